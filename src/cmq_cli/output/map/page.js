// The filters, the table, the map and the evidence, which follow the address: #sector=...&region=...&wave=...&q=...
"use strict";

(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const sectors = new Map(data.sectors.map((sector) => [sector.id, sector]));
  const regions = new Map(data.regions.map((region) => [region.code, region]));
  const campuses = new Map(data.campuses.map((campus) => [campus.id, campus]));
  const small = new Set(data.small);
  const generic = new Set(data.generic);
  const filters = ["sector", "region", "wave", "q"];

  // Text from the data only ever becomes text; addresses that aren't of the web were left out when the page was made.
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(name, value);
    element.append(...children.filter((child) => child !== undefined && child !== null));
    return element;
  }
  const outside = (url, ...inner) => make("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...inner);

  // What is shown of a campus

  const waveOf = (campus) => (campus.wave ? `${campus.wave}${campus.wave_basis === "deduced" ? "*" : ""}` : "");
  const labelOf = (campus) => campus.labelled_on ?? (campus.labelled_by ? `by ${campus.labelled_by}` : "");
  const sectorsOf = (campus) =>
    campus.sectors.map((id) => sectors.get(id).label + (campus.sectors_basis === "assigned" ? "*" : "")).join("; ");
  const regionOf = (campus) => regions.get(campus.region_code).name;
  const whole = (text) => text.split(" ").flatMap((word, at) => [at ? " " : "", make("span", { class: "whole" }, word)]);
  const columns = [
    ["name", "Campus", (campus) => campus.name],
    ["city", "City", (campus) => campus.city ?? ""],
    ["region", "Region", regionOf],
    ["sector", "Sector", sectorsOf],
    ["wave", "Wave", waveOf],
    ["labelled", "Labelled", labelOf],
  ];
  const keys = { labelled: (campus) => campus.labelled_on ?? campus.labelled_by ?? "" };

  // The address is the state

  function read() {
    const said = new URLSearchParams(location.hash.slice(1));
    const state = Object.fromEntries(filters.map((name) => [name, said.get(name) ?? ""]));
    if (!sectors.has(state.sector)) state.sector = "";
    if (!data.regions.some((region) => region.slug === state.region)) state.region = "";
    if (!["none", ...data.waves.map((wave) => String(wave.number))].includes(state.wave)) state.wave = "";
    const sort = said.get("sort") ?? "";
    state.sort = columns.some(([name]) => name === sort.replace(/^-/, "")) ? sort : "name";
    state.campus = campuses.has(said.get("campus")) ? said.get("campus") : "";
    return state;
  }

  function address(state) {
    const said = new URLSearchParams();
    for (const name of [...filters, "sort", "campus"])
      if (state[name] && !(name === "sort" && state[name] === "name")) said.set(name, state[name]);
    return String(said) ? `#${said}` : location.href.replace(/#.*/s, "");
  }

  let state = read();
  // What changes the view is a step that the browser's Back undoes; one thing changed again, as by typing, is one step.
  function go(change, replacing = false) {
    const before = address(state);
    state = { ...state, ...change };
    const [after, step] = [address(state), Object.keys(change).join()];
    if (replacing || history.state === step) history.replaceState(history.state, "", after);
    else if (after !== before) history.pushState(step, "", after);
    show();
  }

  // Which campuses

  function test(view) {
    const words = Fold.wanted(view.q, small, generic);
    const code = data.regions.find((region) => region.slug === view.region)?.code;
    return (campus) =>
      (!view.sector || campus.sectors.includes(view.sector)) &&
      (!code || campus.region_code === code) &&
      (!view.wave || String(campus.wave ?? "none") === view.wave) &&
      (!words.length || Fold.matches(words, campus, data.trades, data.articles));
  }
  for (const campus of data.campuses) {
    const own = campus.sectors.map((id) => sectors.get(id));
    campus.naming.push(...own.map((sector) => sector.folded));
    campus.keywords = own.flatMap((sector) => sector.keywords);
  }

  // The table

  const rows = new Map(data.campuses.map((campus) => [campus.id, row(campus)]));
  function row(campus) {
    const link = make("a", { "data-campus": campus.id, href: `#campus=${encodeURIComponent(campus.id)}` }, campus.name);
    const cells = columns.slice(1).map(([name, title, value]) =>
      make("td", { "data-label": title }, ...(name === "labelled" ? whole(value(campus)) : [value(campus)])),
    );
    return make("tr", { "data-id": campus.id }, make("th", { scope: "row" }, link), ...cells);
  }
  for (const [name, title] of columns) {
    const button = make("button", { type: "button" }, title);
    button.addEventListener("click", () => go({ sort: state.sort === name ? `-${name}` : name }));
    document.querySelector("#table thead tr").append(make("th", { scope: "col", "data-sort": name }, button));
  }

  function sorted(found) {
    const name = state.sort.replace(/^-/, "");
    const sign = state.sort.startsWith("-") ? -1 : 1;
    const value = keys[name] ?? columns.find(([column]) => column === name)[2];
    // What isn't known comes last both ways; equals stand in the order of their ids.
    return found
      .map((campus) => [value(campus), campus])
      .sort(([a, one], [b, other]) =>
        !a !== !b ? (a ? -1 : 1) : sign * Fold.compare(a, b) || (one.id < other.id ? -1 : 1),
      )
      .map(([, campus]) => campus);
  }

  // All that follows the filters

  function show() {
    const found = data.campuses.filter(test(state));
    const ids = new Set(found.map((campus) => campus.id));
    const order = sorted(found).map((campus) => rows.get(campus.id));
    const body = document.querySelector("#table tbody");
    if (order.length !== body.rows.length || order.some((row, at) => row !== body.rows[at])) body.replaceChildren(...order);
    for (const head of document.querySelectorAll("#table thead th")) {
      const name = head.dataset.sort;
      if (state.sort.replace(/^-/, "") === name) head.setAttribute("aria-sort", state.sort === name ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    }
    $("empty").hidden = found.length > 0;
    $("table").hidden = !found.length;
    for (const mark of document.querySelectorAll("svg.map [data-id]")) (mark.closest("a") ?? mark).toggleAttribute("hidden", !ids.has(mark.dataset.id));
    for (const tally of document.querySelectorAll("svg.map [data-tally]")) count(tally, found);
    for (const area of document.querySelectorAll("svg.map .area"))
      if (area.classList.toggle("chosen", !!state.region && regions.get(area.dataset.region)?.slug === state.region))
        area.parentElement.append(area); // above the borders of the others
    const others = state.sector ? data.campuses.filter(test({ ...state, sector: "" })) : found;
    for (const button of document.querySelectorAll(".legend button")) {
      button.setAttribute("aria-pressed", String(button.dataset.sector === state.sector));
      button.querySelector(".number").textContent = others.filter((campus) => campus.sectors.includes(button.dataset.sector)).length;
    }
    for (const name of filters) if ($(name).value !== state[name]) $(name).value = state[name];
    $("count").textContent = counted(found);
    details();
  }

  function count(tally, found) {
    const number = found.filter((campus) => campus.region_code === tally.dataset.tally && !drawn.has(campus.id)).length;
    const last = tally.querySelector("text");
    last.textContent = `+${number}`;
    const link = tally.closest("a");
    link.setAttribute("aria-label", `${regions.get(tally.dataset.tally).name}: ${number} without a place on the map`);
    link.toggleAttribute("hidden", !number);
  }

  const drawn = new Set([...document.querySelectorAll("svg.map .mark")].map((mark) => mark.dataset.id));
  function counted(found) {
    const placed = found.filter((campus) => drawn.has(campus.id)).length;
    const wave = data.waves.find((each) => String(each.number) === state.wave);
    return [
      `${found.length} of ${data.campuses.length} campuses: ${placed} on the map, ${found.length - placed} without a place on it.`,
      wave ? wave.sentence : "",
    ].join(" ").trim();
  }

  // The evidence of one campus

  let opener = null;
  function details() {
    const dialog = $("details");
    const campus = campuses.get(state.campus);
    if (!campus) return dialog.open && dialog.close();
    if (dialog.dataset.id === campus.id && dialog.open) return undefined;
    dialog.dataset.id = campus.id;
    const close = make("button", { type: "button", class: "close" }, "Close");
    close.addEventListener("click", () => dialog.close());
    dialog.replaceChildren(close, make("h2", { id: "details-title", lang: "fr" }, campus.name), facts(campus), evidence(campus));
    if (!dialog.open) {
      opener = document.activeElement;
      dialog.showModal();
    }
    return undefined;
  }
  $("details").addEventListener("close", () => {
    if (state.campus && history.state === "campus") history.back();
    else if (state.campus) go({ campus: "" }, true);
    if (opener?.isConnected) opener.focus();
  });
  $("details").addEventListener("click", (event) => event.target === $("details") && $("details").close());

  const supporting = (campus, field) =>
    campus.sources.map((each, at) => (each.supports.includes(field) ? `[${at + 1}]` : "")).join("");
  function facts(campus) {
    const deduced = (basis, word) => (basis === word ? ` (${word === "assigned" ? "assigned from its field" : "deduced"}, not stated by a source)` : "");
    const known = [
      ["Id", campus.id, ""],
      ["Also called", campus.aliases?.join("; "), "aliases"],
      ["Sector", campus.sectors.map((id) => sectors.get(id).label).join("; ") + deduced(campus.sectors_basis, "assigned"), "sectors"],
      ["Field", campus.fields?.join("; "), "fields"],
      ["City", campus.city, "city"],
      ["Region", regionOf(campus), "region"],
      ["Academy", campus.academy && campus.academy + deduced(campus.academy_basis, "territory"), "academy"],
      ["Wave", campus.wave && campus.wave + deduced(campus.wave_basis, "deduced"), "wave"],
      ["Labelled", labelOf(campus), campus.labelled_on ? "labelled_on" : "labelled_by"],
      ["Excellence", campus.excellence === undefined ? "" : campus.excellence ? `yes${campus.excellence_since ? `, since ${campus.excellence_since}` : ""}` : "no", "excellence"],
      ["Led by", campus.lead_institution, "lead_institution"],
      ["Members", campus.members?.join("; "), "members"],
      ["Website", campus.website && outside(campus.website, campus.website), "website"],
      ["What it does", campus.description, "description"],
      ["Notes", campus.notes, "notes"],
    ];
    const list = make("dl");
    for (const [name, value, field] of known)
      if (value) list.append(make("dt", {}, name), make("dd", { lang: "fr" }, value, ` ${field && supporting(campus, field)}`));
    return list;
  }

  function evidence(campus) {
    const list = make("ol", { class: "evidence", lang: "fr" });
    for (const each of campus.sources) {
      const source = data.sources[each.source];
      const title = source.url ? outside(source.url, source.title) : source.title;
      const from = [source.publisher, source.published].filter(Boolean).join(", ");
      list.append(
        make("li", {}, title, ` (${from})`, each.quote && make("blockquote", {}, `« ${each.quote} »`), make("span", { class: "notes", lang: "en" }, `supports ${each.supports.join(", ")}`)),
      );
    }
    return make("section", { "aria-labelledby": "evidence-title" }, make("h3", { id: "evidence-title" }, "Evidence"), list);
  }

  // The card beside a mark

  const card = $("card");
  let leaving = 0;
  function open(mark) {
    clearTimeout(leaving);
    const campus = campuses.get(mark.dataset.id);
    const place = [campus.city, regionOf(campus)].filter(Boolean).join(", ");
    card.replaceChildren(
      make("p", {}, make("strong", { lang: "fr" }, campus.name)),
      make("p", { lang: "fr" }, place),
      make("p", { lang: "fr" }, sectorsOf(campus)),
      make("p", {}, campus.wave ? `Wave ${waveOf(campus)}` : "Wave not known", ...(labelOf(campus) ? whole(`, labelled ${labelOf(campus)}`) : [])),
      campus.website ? make("p", {}, outside(campus.website, "Website")) : "",
    );
    card.hidden = false;
    const [figure, box] = [card.parentElement.getBoundingClientRect(), mark.getBoundingClientRect()];
    const left = Math.min(Math.max(box.left - figure.left - card.offsetWidth / 2, 0), figure.width - card.offsetWidth);
    const below = box.bottom - figure.top + 6;
    card.style.left = `${left}px`;
    card.style.top = `${box.top - figure.top > card.offsetHeight + 8 ? box.top - figure.top - card.offsetHeight - 6 : below}px`;
  }
  const close = () => (card.hidden = true);
  const soon = () => (leaving = setTimeout(close, 300));
  card.addEventListener("pointerenter", () => clearTimeout(leaving));
  card.addEventListener("pointerleave", soon);
  for (const mark of document.querySelectorAll("svg.map .mark")) {
    const link = mark.closest("a");
    link.addEventListener("pointerenter", () => open(mark));
    link.addEventListener("pointerleave", soon);
    link.addEventListener("focus", () => open(mark));
    link.addEventListener("blur", soon);
  }
  document.addEventListener("keydown", (event) => event.key === "Escape" && close());

  // What people do

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const said = new URLSearchParams(link.getAttribute("href").slice(1));
    if (said.has("campus")) go({ campus: said.get("campus") });
    else if (said.has("region")) go({ region: state.region === said.get("region") ? "" : said.get("region") });
    else if (link.hasAttribute("data-skip")) $("table").focus();
  });
  for (const button of document.querySelectorAll(".legend button"))
    button.addEventListener("click", () => go({ sector: state.sector === button.dataset.sector ? "" : button.dataset.sector }));
  const clear = () => go({ sector: "", region: "", wave: "", q: "" });
  for (const name of filters) $(name).addEventListener("input", () => go({ [name]: $(name).value }));
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  $("filters").addEventListener("reset", (event) => (event.preventDefault(), clear(), $("q").focus()));
  document.querySelector("[data-clear]").addEventListener("click", () => (clear(), $("q").focus()));
  addEventListener("hashchange", () => ((state = read()), show()));
  addEventListener("popstate", () => ((state = read()), show()));

  const option = (value, text) => make("option", { value, lang: value ? "fr" : undefined }, text);
  const used = (test) => data.campuses.some(test);
  $("sector").append(option("", "All sectors"), ...data.sectors.map((each) => option(each.id, each.label)));
  const here = data.regions.filter((region) => used((campus) => campus.region_code === region.code));
  here.sort((one, other) => Fold.compare(one.name, other.name));
  $("region").append(option("", "All regions"), ...here.map((each) => option(each.slug, each.name)));
  $("wave").append(option("", "All waves"), ...data.waves.map((each) => make("option", { value: each.number }, `Wave ${each.number}`)), make("option", { value: "none" }, "Not known, or later"));
  $("script-needed").hidden = true;
  show();
})();
