// The list, the map and the filters, which follow the address: #q=...&sector=...&region=...&wave=...&sort=...
"use strict";

(async () => {
  const $ = (id) => document.getElementById(id);
  const packed = Uint8Array.from(atob($("data").textContent), (char) => char.charCodeAt(0));
  const data = await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"))).json();
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const search = Search(data.search);
  const filters = ["sector", "region", "wave"];
  const phone = matchMedia("screen and (max-width: 48rem)");
  const printing = matchMedia("print");

  // Texts. What comes from the data, or was typed, only ever becomes text.

  const said = Object.fromEntries(all("p", $("texts").content).map((text) => [text.title, text.textContent.split(" | ")]));
  const plural = new Intl.PluralRules(data.lang);
  function say(name, values = {}) {
    const [one, several = one] = said[name];
    const text = plural.select(values.number) === "one" ? one : several;
    return text.replace(/\{(\w+)\}/g, (_, key) => values[key].toLocaleString(data.lang));
  }
  const quoted = (text) => say("quoted", { text });
  function make(tag, attributes = {}, ...children) {
    const inside = tag.startsWith("svg:") ? "svg" : "body";
    const element = document.createElementNS(document.querySelector(inside).namespaceURI, tag.replace("svg:", ""));
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  // What is on the page already

  const rows = all("#table tbody tr").map((row, at) => {
    const [name, city, region, sector, wave, labelled] = [...row.cells].map((cell) => cell.textContent.trim());
    const keys = { name, city, region, sector, wave, labelled: labelled.replace(/^\D+/, "") };
    return { id: row.dataset.id, at, row, keys, sectors: row.dataset.sectors.split(" ") };
  });
  const byId = new Map(rows.map((one) => [one.id, one]));
  const label = (name, value) => all("option", $(name)).find((option) => option.value === value)?.textContent;

  const heads = all("#table thead th");
  $("sort").append(...heads.map((head) => make("option", { value: head.dataset.sort }, head.textContent)));

  // The address is the state

  function read() {
    const said = new URLSearchParams(location.hash.slice(1));
    const state = { q: said.get("q") ?? "", view: said.get("view") === "map" ? "map" : "" };
    for (const name of filters) state[name] = label(name, said.get(name)) ? said.get(name) : "";
    const sort = said.get("sort") ?? "";
    state.sort = label("sort", sort.replace(/^-/, "")) ? sort : "";
    state.campus = byId.has(said.get("campus")) ? said.get("campus") : "";
    return state;
  }
  function address(state) {
    const said = new URLSearchParams();
    for (const name of ["q", ...filters, "sort", "view", "campus"]) if (state[name]) said.set(name, state[name]);
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

  // Which campuses, and what is said of them

  const passes = (view) => (one) =>
    (!view.sector || one.sectors.includes(view.sector)) &&
    (!view.region || one.keys.region === label("region", view.region)) &&
    (!view.wave || (parseInt(one.keys.wave, 10) || "none") == view.wave);
  function sorted(found) {
    if (!state.sort) return found;
    const name = state.sort.replace(/^-/, "");
    const sign = state.sort === name ? 1 : -1;
    // What isn't known comes last both ways.
    const compare = (a, b) => (a === b ? 0 : a < b ? -1 : 1);
    const order = ([a, one], [b, other]) => (!a !== !b ? (a ? -1 : 1) : sign * compare(a, b) || one.at - other.at);
    return found.map((one) => [search.plain(one.keys[name]), one]).sort(order).map(([, one]) => one);
  }
  function answer() {
    const asked = search.find(state.q);
    const saying = asked ? asked.found.map((at) => rows[at]) : rows;
    const found = sorted(saying.filter(passes(state)));
    const notes = [];
    const [number, announced] = data.waves[state.wave] ?? [];
    if (announced) notes.push(say("wave", { number, announced, wave: state.wave }));
    if (!asked) return { saying, found, notes, parts: [], meant: [] };
    const list = (words) => words.map(quoted).join(", ");
    for (const { typed, instead } of asked.terms) if (instead.length) notes.push(say("instead", { word: quoted(typed), words: list(instead) }));
    for (const [typed, sectors] of asked.through) {
      const labels = sectors.map((id) => label("sector", id)).join(data.lang === "fr" ? "\u202f; " : "; ");
      notes.push(say("through", { number: sectors.length, typed: quoted(typed), labels }));
    }
    if (asked.aside.length) notes.push(say("aside", { words: list(asked.aside) }));
    if (asked.refused) notes.push(say("refused", { typed: quoted(state.q.trim()) }));
    const taken = new Set(found);
    const parts = state.sector ? [] : asked.beside.map(({ sector, typed, campuses }) => {
      const more = sorted(campuses.map((at) => rows[at])).filter((one) => passes(state)(one) && !taken.has(one));
      more.forEach((one) => taken.add(one));
      const text = say("beside", { number: more.length, sector: label("sector", sector), word: quoted(typed) });
      return { sector, more, text };
    });
    return { saying, found, notes, parts: parts.filter((part) => part.more.length), meant: saying.length ? [] : asked.meant };
  }

  // All that follows the state

  const { title } = document;
  const table = $("table");
  const body = table.tBodies[0];
  const opened = new Set();
  let current;
  function show() {
    const focused = document.activeElement;
    current = answer();
    const { saying, found, notes, parts, meant } = current;
    all("tbody.part", table).forEach((part) => part.remove());
    const same = found.length === body.rows.length && found.every((one, at) => one.row === body.rows[at]);
    if (!same) body.replaceChildren(...found.map((one) => one.row));
    table.append(...parts.map(part));
    for (const head of heads) {
      head.removeAttribute("aria-sort");
      if (state.sort.replace(/^-/, "") === head.dataset.sort) head.setAttribute("aria-sort", state.sort.startsWith("-") ? "descending" : "ascending");
    }
    $("empty").hidden = found.length > 0;
    table.hidden = !found.length && !parts.length;
    body.hidden = !found.length;
    $("meant").replaceChildren(...(meant.length ? suggestions(meant) : []));
    $("said").replaceChildren(...notes.map((note) => make("p", {}, note)));
    if (!found.length && saying.length && state.q) {
      const text = say("elsewhere", { number: saying.length, words: quoted(state.q.trim()) });
      $("said").prepend(make("button", { type: "button", "data-unfilter": "" }, text));
    }
    const chosen = filters.filter((name) => state[name]).length;
    $("chosen").textContent = chosen ? ` (${chosen})` : "";
    for (const name of filters) $(name).value = state[name];
    $("sort").value = state.sort.replace(/^-/, "");
    if ($("q").value !== state.q) $("q").value = state.q;
    const others = state.sector ? saying.filter(passes({ ...state, sector: "" })) : found;
    for (const button of all(".legend button")) {
      button.setAttribute("aria-pressed", String(button.dataset.sector === state.sector));
      const number = others.filter((one) => one.sectors.includes(button.dataset.sector)).length;
      button.querySelector(".number").textContent = number;
      button.parentElement.hidden = !number && state.sector !== button.dataset.sector;
    }
    const placed = found.filter((one) => marks.has(one.id)).length;
    $("count").textContent = say("found", { number: found.length, total: rows.length, placed });
    document.title = `${say("title", { number: found.length })} – ${title}`;
    document.body.dataset.view = state.view;
    $("switch").setAttribute("aria-pressed", String(!!state.view));
    aim();
    if (focused.isConnected && focused !== document.activeElement) focused.focus({ preventScroll: true }); // it was moved
    details();
  }
  function part({ sector, more, text }) {
    const open = opened.has(sector);
    const button = make("button", { type: "button", "aria-expanded": String(open) }, text);
    button.addEventListener("click", () => {
      if (!opened.delete(sector)) opened.add(sector);
      show();
      all("tbody.part button", table).find((one) => one.textContent === text).focus();
    });
    const head = make("tr", {}, make("th", { colspan: 6, scope: "rowgroup" }, button));
    return make("tbody", { class: "part", lang: "fr" }, head, ...(open ? more.map((one) => one.row) : []));
  }
  function suggestions(words) {
    const links = words.map(({ word, q }) => make("a", { href: `#q=${encodeURIComponent(q)}`, lang: "fr" }, word));
    return [say("meant"), ...links.flatMap((link, at) => [at ? ", " : " ", link])];
  }

  // All that is known of one campus

  const dialog = $("details");
  function details() {
    const article = state.campus && $(`campus=${state.campus}`);
    if (!article) return dialog.open && dialog.close();
    if (dialog.open && dialog.dataset.campus === state.campus) return undefined;
    const copy = article.cloneNode(true);
    copy.removeAttribute("id");
    copy.querySelector("h2").id = "opened";
    dialog.dataset.campus = state.campus;
    dialog.lastElementChild.replaceChildren(copy);
    return dialog.open || dialog.showModal();
  }
  dialog.addEventListener("close", () => {
    if (state.campus && history.state === "campus") history.back();
    else if (state.campus) go({ campus: "" }, true);
  });
  dialog.addEventListener("click", (event) => (event.target === dialog || event.target.matches(".close")) && dialog.close());

  // The map: marks and what stands for several of them are as large on every screen, whatever is zoomed to

  const svg = document.querySelector("svg.map");
  const { x, y, width, height } = svg.viewBox.baseVal;
  const whole = { x, y, width, height };
  const viewBox = svg.getAttribute("viewBox");
  const DRAWN = 9.5; // the radius of a mark, as it comes
  const RADIUS = 12; // in pixels, of a mark as it is shown: a target is 24 wide
  const APART = 32; // pixels between two of them, with room for the ring around the one in focus
  const CLOSEST = whole.width / 14;
  let view = whole;
  let unit = 1; // of the drawing, in pixels
  const marks = new Map(all(".mark", svg).map((mark) => {
    const [x, y] = mark.dataset.seat.split(" ").map(Number);
    const { id } = mark.dataset;
    return [id, { ...byId.get(id), link: mark.closest("a"), mark, x, y, home: mark.getAttribute("transform") }];
  }));
  const tallies = all(".tally", svg).map((tally) => {
    const spots = tally.dataset.spots.split(" ").map((spot) => spot.split(",").map(Number)).map(([x, y]) => ({ x, y }));
    return { tally, spots, slug: tally.dataset.tally, link: tally.closest("a"), home: tally.getAttribute("transform") };
  });
  const layer = svg.appendChild(make("svg:g", { class: "live" }));

  // A part of the drawing, by its middle, that holds some points.
  function around(points, least) {
    const [xs, ys] = [points.map((point) => point.x), points.map((point) => point.y)];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const [width, height] = [right - left, bottom - top].map((size) => Math.max(size * 1.3, least));
    return { x: (left + right) / 2, y: (top + bottom) / 2, width, height };
  }
  // What was asked for fills the map: a region, or where the campuses are, unless that is most of the country.
  function aim() {
    svg.querySelector(".area.chosen")?.classList.remove("chosen");
    const region = state.region && svg.querySelector(`.area[data-region="${state.region}"]`);
    if (!region) {
      const here = current.found.flatMap((one) => marks.get(one.id) ?? []);
      const box = here.length && current.found.length < rows.length ? around(here, whole.width / 3) : whole;
      return Math.max(box.width, box.height) > whole.width * 0.6 ? zoom(whole) : zoom(box);
    }
    region.classList.add("chosen");
    region.parentElement.append(region); // above the borders of the others
    const { x, y, width, height } = region.getBBox();
    return zoom({ x: x + width / 2, y: y + height / 2, width: width * 1.05, height: height * 1.05 });
  }
  function zoom(box) {
    const width = Math.min(Math.max(box.width, (box.height * whole.width) / whole.height), whole.width);
    const height = (width * whole.height) / whole.width;
    const within = (at, least, size, all) => Math.min(Math.max(at - size / 2, least), least + all - size);
    view = { x: within(box.x, whole.x, width, whole.width), y: within(box.y, whole.y, height, whole.height), width, height };
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
    svg.classList.toggle("zoomed", width < whole.width);
    layout();
  }

  const place = (element, point, scale) => element.setAttribute("transform", `translate(${point.x} ${point.y}) scale(${scale})`);
  function layout() {
    const size = svg.getBoundingClientRect();
    if (!size.width) return; // it isn't shown
    const print = printing.matches;
    if (print) svg.setAttribute("viewBox", viewBox);
    unit = print ? 1 : size.width / view.width;
    svg.style.setProperty("--unit", 1 / unit);
    const ids = new Set(current.found.map((one) => one.id));
    const groups = [];
    for (const mark of marks.values()) {
      const found = ids.has(mark.id);
      mark.link.toggleAttribute("hidden", !found || !(print || inView(mark)));
      if (print) mark.mark.setAttribute("transform", mark.home);
      else if (found && inView(mark)) {
        const near = groups.find((group) => far(group, mark) < APART);
        if (near) near.members.push(mark);
        else groups.push({ x: mark.x, y: mark.y, members: [mark] });
      }
    }
    for (const leader of all(".leader", svg)) leader.toggleAttribute("hidden", !print || !ids.has(leader.dataset.id));
    layer.replaceChildren();
    if (!print) groups.forEach(group);
    const taken = groups.map(({ x, y }) => ({ x, y }));
    for (const tally of tallies) counted(tally, taken, print);
    if (!print) name(groups, taken);
  }
  const inView = ({ x, y }, margin = 0) =>
    x >= view.x + margin && x <= view.x + view.width - margin && y >= view.y + margin && y <= view.y + view.height - margin;
  const far = (one, other) => Math.hypot(one.x - other.x, one.y - other.y) * unit;
  const scale = () => RADIUS / DRAWN / unit;

  function group({ x, y, members }) {
    if (members.length === 1) return place(members[0].mark, { x, y }, scale());
    members.forEach((mark) => mark.link.setAttribute("hidden", ""));
    const towns = [...new Set(members.map((mark) => mark.keys.city))].join(", ");
    const label = say("cluster", { number: members.length, towns });
    const inside = [make("svg:circle", { r: DRAWN }), make("svg:text", { y: 4 }, String(members.length))];
    const mark = make("svg:g", { class: "mark" }, ...inside);
    const link = make("svg:a", { href: "#", "aria-label": label, role: "button", class: "cluster" }, mark);
    place(mark, { x, y }, scale());
    link.addEventListener("click", (event) => {
      event.preventDefault();
      event.stopPropagation();
      zoom(around(members, CLOSEST));
      tell(members);
      if (event.detail === 0) $("card").querySelector("a").focus(); // by the keyboard
    });
    told.set(link, members);
    layer.append(link);
    return undefined;
  }
  // The number of a region's campuses without a seat, inside it, where it hides nothing.
  function counted({ tally, slug, spots, link, home }, taken, print) {
    const region = label("region", slug);
    const number = current.found.filter((one) => one.keys.region === region && !marks.has(one.id)).length;
    const at = spots.find((spot) => inView(spot, RADIUS / unit) && taken.every((other) => far(spot, other) >= APART));
    link.toggleAttribute("hidden", !number || !(at || print));
    tally.querySelector("text").textContent = `+${number}`;
    link.querySelector("title").textContent = say("unseated", { region, number });
    if (print) tally.setAttribute("transform", home);
    else if (number && at) taken.push(at), place(tally, at, scale());
  }
  // The names of towns: to the right of the mark, else to the left, else none.
  function name(groups, taken) {
    const box = (left, y, width, high) => ({ left, right: left + width / unit, top: y - high / unit, bottom: y + high / unit });
    const apart = (one, other) => one.right < other.left || one.left > other.right || one.bottom < other.top || one.top > other.bottom;
    const boxes = taken.map(({ x, y }) => box(x - 15 / unit, y, 30, 13));
    for (const { x, y, members } of [...groups].sort((a, b) => b.members.length - a.members.length)) {
      const [town, other] = new Set(members.map((mark) => mark.keys.city));
      if (other) continue;
      const text = layer.appendChild(make("svg:text", { class: "town", y: y + 4 / unit, "aria-hidden": "true" }, town));
      const long = text.getComputedTextLength() * unit + 4;
      const places = [x + 17 / unit, x - (17 + long) / unit].map((left) => box(left, y, long, 7));
      const fits = places.find((one) => one.left >= view.x && one.right <= view.x + view.width && boxes.every((each) => apart(one, each)));
      if (!fits) text.remove();
      else boxes.push(fits), text.setAttribute("x", fits.left);
    }
  }

  // Below the map stands what is pointed at, or in focus

  function tell(members) {
    const said = (mark) => mark.link.querySelector("title").textContent.slice(mark.keys.name.length);
    const link = (mark) => make("a", { href: mark.link.getAttribute("href") }, mark.keys.name);
    $("card").replaceChildren(make("ul", {}, ...members.map((mark) => make("li", {}, link(mark), said(mark)))));
  }
  const told = new WeakMap([...marks.values()].map((mark) => [mark.link, [mark]]));
  for (const event of ["pointerover", "focusin"])
    $("map").addEventListener(event, ({ target }) => told.has(target.closest("a")) && tell(told.get(target.closest("a"))));

  const middle = () => ({ x: view.x + view.width / 2, y: view.y + view.height / 2 });
  for (const button of all("[data-zoom]"))
    button.addEventListener("click", () => {
      const width = view.width * Number(button.dataset.zoom) || whole.width;
      if (width >= CLOSEST / 2) zoom({ ...middle(), width, height: 0 });
    });
  let drag = null;
  svg.addEventListener("pointerdown", (event) => {
    if (!event.target.closest("a")) drag = { x: middle().x + event.clientX / unit, y: middle().y + event.clientY / unit };
  });
  svg.addEventListener("pointermove", (event) => {
    if (drag) zoom({ ...view, x: drag.x - event.clientX / unit, y: drag.y - event.clientY / unit });
  });
  addEventListener("pointerup", () => (drag = null));
  svg.style.aspectRatio = `${whole.width} / ${whole.height}`;
  new ResizeObserver(layout).observe(svg);
  printing.addEventListener("change", () => zoom({ ...view, ...middle() }));

  // What people do

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-unfilter]")) return go({ sector: "", region: "", wave: "" });
    const outside = event.target.closest("a[href^='http']");
    if (outside) outside.target = "_blank";
    const link = event.target.closest("a[href^='#']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return undefined;
    event.preventDefault();
    const said = new URLSearchParams(link.getAttribute("href").slice(1));
    if (said.has("campus")) return go({ campus: said.get("campus") });
    if (said.has("region")) return go({ region: state.region === said.get("region") ? "" : said.get("region") });
    if (said.has("q")) return go({ q: said.get("q") });
    return table.focus();
  });
  for (const head of heads) {
    const name = head.dataset.sort;
    head.firstElementChild.addEventListener("click", () => go({ sort: state.sort === name ? `-${name}` : name }));
  }
  for (const button of all(".legend button"))
    button.addEventListener("click", () => go({ sector: state.sector === button.dataset.sector ? "" : button.dataset.sector }));
  const clear = () => (go({ sector: "", region: "", wave: "", q: "" }), $("q").focus());
  for (const name of ["q", ...filters, "sort"]) $(name).addEventListener("input", () => (opened.clear(), go({ [name]: $(name).value })));
  $("filters").addEventListener("submit", (event) => (event.preventDefault(), $("q").blur()));
  $("filters").addEventListener("reset", (event) => (event.preventDefault(), clear()));
  document.querySelector("[data-clear]").addEventListener("click", clear);
  $("switch").addEventListener("click", () => go({ view: state.view ? "" : "map" }));
  for (const event of ["hashchange", "popstate"]) addEventListener(event, () => ((state = read()), show()));
  const unfold = () => ($("more").open = !phone.matches);
  phone.addEventListener("change", unfold);
  document.documentElement.classList.add("js");
  unfold();
  for (const name of ["wave", "labelled"]) table.style.setProperty(`--${name}`, JSON.stringify(`${label("sort", name)} `));
  if (state.campus) scrollTo(0, 0); // not where its evidence stands for readers without scripts
  show();
})();
