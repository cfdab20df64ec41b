// What was typed, understood and looked for as cmq does it (text.py, search.py, lookup.py); a test holds
// both to the same answers. The texts of the campuses come folded, in the order of the list; only what is typed is
// folded here.
"use strict";

const Search = (data) => {
  const bases = { "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i" };
  for (const char of "ʹʺʻʼʽˈˊˋꞋꞌ") bases[char] = "'";
  for (const char of "\u00ad\u200b\u200c\u200d\u2060\ufeff") bases[char] = "";
  const title = new RegExp(data.title, "iu");
  const alternative = /(?<![\p{L}\p{N}_-])(?:[oO][uU]|OR)(?![\p{L}\p{N}_\u0300-\u036f-])|\|/u;
  const token = /(?:[\p{L}\p{N}][\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]*(?:[-\u2010\u2011](?=[\p{L}\p{N}]))?)+/gu;
  const excluding = /^[!¬−–-]+(?=[\p{L}\p{N}])/u;
  const [small, aside, silent] = [data.small, data.aside, data.silent].map((words) => new Set(words));
  const texts = data.texts.map((text) => ({ parts: text.split(";"), solid: text.replaceAll(/[ ;]/g, "") }));
  const PROSE = data.weights.length - 1;
  const [OPENING, INSIDE, BEGINNING] = data.points;

  // Folding

  const lower = (char) => char.toLowerCase().toUpperCase().toLowerCase().normalize("NFKD");
  const letter = (char) => Array.from(lower(lower(char)).replace(/\p{M}/gu, ""), (each) => bases[each] ?? each).join("");
  const plainWords = (text) => Array.from(text, letter).join("").replaceAll("&", " et ").match(/[\p{L}\p{N}]+/gu) ?? [];
  const plain = (text) => plainWords(text).join(" ");
  const singular = (word) => {
    const bare = word.slice(0, 3) + word.slice(3).replace(/[sx]+$/, "");
    return bare === "st" || bare === "ste" ? bare.replace("st", "saint") : bare;
  };
  const fold = (text) => plainWords(text).map(singular).join(" ");
  function words(text) {
    const folded = fold(text).split(" ");
    const telling = folded.filter((word) => !small.has(word));
    return telling.length ? telling : folded;
  }
  const together = new Map();
  for (const [said, feminine, ...meaning] of data.together)
    for (const name of [said, feminine].filter(Boolean)) together.set(words(name).join(" "), { said, spelled: `${said} ${feminine}`.toLowerCase(), meaning });
  const longest = Math.max(...[...together.keys()].map((run) => run.split(" ").length));

  // What was typed

  const unique = (terms) => [...new Map(terms.map((each) => [JSON.stringify(each), each])).values()];
  const onlyAsks = ({ typed, instead }) => !instead.length && words(typed).every((word) => aside.has(word) || silent.has(word) || small.has(word));
  function understood(text) {
    const parts = text.split(/\s+/u).filter(Boolean);
    const every = parts.join(" ").split(alternative).map(terms).filter((terms) => terms.length);
    if (parts.some((part) => excluding.test(part)) || !every.length) return { refused: true, alternatives: [], aside: [] };
    const sought = every.map((terms) => terms.filter((term) => !onlyAsks(term))).filter((terms) => terms.length);
    const leftAside = sought.length ? every.flat().filter(onlyAsks).map(({ typed }) => typed) : [];
    const asking = leftAside.filter((typed) => words(typed).some((word) => aside.has(word)));
    const symbols = parts.filter((part) => /^\p{So}/u.test(part) && !part.match(token));
    return { alternatives: unique(sought.length ? sought : every), aside: [...new Set([...asking, ...symbols])] };
  }
  function terms(text) {
    text = text.trim().replace(title, "");
    const every = [...text.matchAll(token)].filter(([typed]) => fold(typed));
    const telling = every.filter(([typed]) => words(typed).some((word) => !small.has(word)));
    const tokens = telling.length ? telling : every;
    const found = [];
    for (let at = 0; at < tokens.length; ) {
      let [size, typed, meant] = [longest + 1];
      do {
        const run = tokens.slice(at, at + --size);
        typed = text.slice(run[0].index, run.at(-1).index + run.at(-1)[0].length);
        meant = together.get(run.flatMap(([word]) => words(word)).join(" "));
        if (meant && !agree(typed, meant.spelled)) meant = null;
      } while (!meant && size > 1);
      const meaning = meant?.meaning ?? [];
      found.push({ typed, wanted: [...new Set([typed, ...meaning].map(fold))], instead: meaning.join() === meant?.said ? [] : meaning });
      at += size;
    }
    const each = unique(found);
    const own = each.map(({ wanted }) => wanted[0].replaceAll(" ", ""));
    const pairs = own.slice(1).map((word, at) => own[at] + word);
    return each.map((term, at) => ({ ...term, wanted: [...term.wanted, ...pairs.slice(Math.max(at - 1, 0), at + 1)] }));
  }
  const agree = (typed, said) => Array.from(typed.toLowerCase()).every((char) => char < "\x80" || !/\p{L}/u.test(char) || said.includes(char));

  // Where it is said

  function fit(word, text) {
    if (` ${text} `.includes(` ${word} `)) return 2;
    const joined = word.replaceAll(" ", "");
    if (joined && text.replaceAll(" ", "").includes(joined)) {
      const spaced = Array.from(joined, (char) => char.replace(/[^\p{L}\p{N}]/u, "\\$&")).join(" ?");
      if (new RegExp(`(?<![^ ])${spaced}(?![^ ])`, "u").test(text)) return 2;
    }
    return Number(word.length >= 3 && ` ${text}`.includes(` ${word}`));
  }
  function times({ wanted, instead }, word, kind, text) {
    if (instead.length && word === wanted[0] && new RegExp(` ${word} (par|depui) `).test(text)) return 0;
    if (text.includes(`| ${word} `)) return OPENING;
    if (kind === PROSE) return INSIDE * text.includes(` ${word} `);
    return [0, instead.length ? 0 : BEGINNING, INSIDE][fit(word, text)];
  }
  function points(term, { parts, solid }) {
    const said = [0];
    term.wanted.forEach((word, rank) => {
      if (solid.includes(word.replaceAll(" ", "")))
        said.push(...parts.map((text, kind) => (data.weights[kind] * times(term, word, kind, text)) / (1 + 3 * rank)));
    });
    return Math.max(...said);
  }
  function sectorsOf({ wanted }, said) {
    const called = data.sectors.filter(({ called }) => wanted.some((word) => called.includes(word.replaceAll(" ", ""))));
    if (called.length || said) return called;
    return data.sectors.filter(({ names }) => wanted.some((word) => names.some((name) => fit(word, name) === 2)));
  }
  function search(alternatives) {
    const readings = new Map();
    const through = new Map();
    for (const term of alternatives.flat()) {
      let said = new Map(texts.map((text, at) => [at, points(term, text)]).filter(([, each]) => each));
      let sectors = sectorsOf(term, said.size);
      const sharing = new Set(sectors.flatMap(({ campuses }) => campuses));
      if (sharing.size && Math.max(0, ...said.values()) <= data.weights[0] * BEGINNING) {
        said = new Map([...sharing].map((at) => [at, BEGINNING]));
        through.set(term.typed, sectors.map(({ id }) => id));
        sectors = [];
      }
      readings.set(term, { said, sectors });
    }
    const best = new Map();
    const beside = new Map();
    for (const terms of alternatives) {
      texts.forEach((_, number) => {
        const each = terms.map((term) => readings.get(term).said.get(number) ?? 0);
        const lacking = each.indexOf(0);
        if (lacking < 0) best.set(number, Math.max(each.reduce((sum, one) => sum + one), best.get(number) ?? 0));
        else if (lacking === each.lastIndexOf(0))
          for (const { id, campuses } of readings.get(terms[lacking]).sectors.filter(({ campuses }) => campuses.includes(number))) {
            const key = JSON.stringify([id, terms[lacking], terms]);
            if (!beside.has(key)) beside.set(key, { sector: id, typed: terms[lacking].typed, campuses: [] });
            beside.get(key).campuses.push(number);
          }
      });
    }
    const found = [...best.keys()].sort((one, other) => best.get(other) - best.get(one) || one - other);
    const strange = alternatives.flat().find((term) => !readings.get(term).said.size);
    return { found, through: found.length ? through : new Map(), beside: [...beside.values()], strange };
  }

  // What was perhaps meant

  function errors(typed, meant) {
    let [before, last] = [[], [...Array(meant.length + 1).keys()]];
    for (let at = 1; at <= typed.length; at += 1) {
      const row = [at];
      for (let to = 1; to <= meant.length; to += 1) {
        const same = typed[at - 1] === meant[to - 1];
        row[to] = Math.min(last[to] + 1, row[to - 1] + 1, last[to - 1] + !same);
        if (at > 1 && to > 1 && typed[at - 1] === meant[to - 2] && typed[at - 2] === meant[to - 1]) row[to] = Math.min(row[to], before[to - 2] + 1);
      }
      [before, last] = [last, row];
    }
    return last[meant.length];
  }
  function alike(typed, meant) {
    if (typed === meant) return 1;
    if (typed.length >= 3 && meant.startsWith(typed)) return 0.85;
    const longest = Math.max(typed.length, meant.length);
    if (Math.abs(typed.length - meant.length) > 0.3 * longest) return 0;
    const alike = 1 - (errors(typed, meant) + (typed[0] !== meant[0])) / longest;
    return alike > 0.7 ? alike : 0;
  }
  function likeness(typed, meant) {
    const each = typed.split(" ").map((word) => Math.max(...meant.split(" ").map((own) => alike(word, own))));
    const whole = alike(typed.replaceAll(" ", ""), meant.replaceAll(" ", ""));
    return Math.max(whole, each.every(Boolean) ? each.reduce((sum, one) => sum + one) / each.length : 0);
  }
  function meant(alternatives, strange) {
    const wanted = strange ? fold(strange.typed) : "";
    if (wanted.length < 3 || wanted.length > 200) return [];
    const scores = data.spelled.map((word) => [word, likeness(wanted, fold(word))]);
    const least = Math.max(...scores.map(([, score]) => score)) - 0.12;
    const near = scores.filter(([, score]) => score && score >= least).sort(([a, one], [b, other]) => other - one || (plain(a) < plain(b) ? -1 : 1));
    const others = unique(alternatives.flat()).filter((each) => each !== strange).map((each) => each.typed);
    return near.slice(0, 3).map(([word]) => ({ word, q: [...others, word].join(" ") }));
  }

  // The campuses that say what was typed, by their numbers, best fit first, and what must be said of them; null for none.
  function find(text) {
    if (!text.trim()) return null;
    const { refused, alternatives, aside } = understood(text.slice(0, 1000));
    const { found, through, beside, strange } = search(alternatives);
    const said = { found, through, beside, aside, refused, terms: unique(alternatives.flat()) };
    return { ...said, meant: found.length ? [] : meant(alternatives, strange) };
  }
  return { find, fold, plain };
};
