// What was typed, understood and looked for as cmq does it (text.py, search.py, lookup.py); a test holds both to the
// same answers. The texts of the campuses come folded, in the order of the list; only what is typed is folded here.
"use strict";

const Search = (data) => {
  const bases = { "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i" };
  const apostrophes = /[ʹʺʻʼʽˈˊˋꞋꞌ]/;
  const removed = /[\u00ad\u200b-\u200d\u2060\ufeff]/;
  const saints = { st: "saint", ste: "sainte" };
  const numerals = {
    ii: 2, iii: 3, iv: 4, vi: 6, vii: 7, viii: 8, ix: 9, xi: 11, xii: 12, xiii: 13, xiv: 14, xv: 15, xvi: 16,
    xvii: 17, xviii: 18, xix: 19, xx: 20,
  };
  const ordinal = /^(?:(\d+)(?:er|ere|re|nd|nde|i?eme|e)|((?!vie)[ivx]{2,})(?:i?eme|e))$/;
  const title = new RegExp(data.title, "u");
  const token = /[\p{L}\p{N}](?:[\p{L}\p{N}]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff])*|\|/gu;
  const punctuation = /^[\s!-/:-@[-`{-~«»‹›“”„‘’‚…–—·•°]*$/u;
  const excluding = /^[!¬−–-]+(?=[\p{L}\p{N}])/u;
  const [small, untold, asking] = [data.small, data.untold, data.asking].map((words) => new Set(words));
  const runs = new Map(data.phrases.map((phrase) => [phrase, []]));
  const texts = data.texts.map((text) => ({
    parts: text.split(";").map((parts) => parts.split("|").filter(Boolean)),
    solid: text.replaceAll(" ", ""),
  }));
  const PROSE = data.weights.length - 1;
  const LONGEST = 200;
  const WHOLE = 1e6; // is added to the points of what is said in whole words

  // Folding

  const own = (table, key) => (Object.hasOwn(table, key) ? table[key] : undefined);
  const lower = (char) => char.toLowerCase().toUpperCase().toLowerCase().normalize("NFKD");
  const letter = (char) =>
    Array.from(lower(lower(char)).replace(/\p{M}/gu, ""), (each) => (removed.test(each) ? "" : apostrophes.test(each) ? "'" : bases[each] ?? each)).join("");
  function stem(word) {
    word = word.slice(0, 3) + word.slice(3).replace(/[sx]+$/, "");
    const whole = own(saints, word) ?? own(numerals, word);
    if (whole !== undefined) return String(whole);
    const match = ordinal.exec(word);
    const number = match && (match[1] ?? own(numerals, match[2]));
    return number ? `${number}e` : word;
  }
  const raw = (text) => Array.from(text, letter).join("").replaceAll("&", " et ").match(/[\p{L}\p{N}]+/gu) ?? [];
  const fold = (text) => raw(text).map(stem).join(" ");
  const telling = (words, of = (word) => word) => {
    const found = words.filter((word) => !small.has(of(word)));
    return found.length ? found : words;
  };
  const synonyms = data.synonyms.split("\n").map((line) => line.split(","));
  for (const [said, feminine, words] of synonyms)
    for (const name of [said, feminine]) runs.set(telling(fold(name).split(" ")).join(" "), words.split("|"));
  const longestRun = Math.max(...[...runs.keys()].map((key) => key.split(" ").length));

  // What was typed

  function understood(text) {
    const parts = text.split(/\s+/u).filter(Boolean);
    if (parts.some((part) => excluding.test(part))) return { refused: "excluded" };
    const strange = parts.filter((part) => !part.match(token) && !punctuation.test(part));
    const alternatives = [[]];
    for (const match of text.matchAll(token)) {
      if (match[0] === "|" || match[0].toLowerCase() === "ou" || match[0] === "OR") alternatives.push([]);
      else for (const word of fold(match[0]).split(" ").filter(Boolean)) alternatives.at(-1).push({ word, start: match.index, end: match.index + match[0].length });
    }
    const typed = alternatives.filter((pieces) => pieces.length).map(withoutTitle);
    if (!typed.length) return { refused: "no_letters" };
    const each = typed.map((pieces) => terms(text, pieces));
    const found = each.map(([terms]) => unique(terms)).filter((terms) => terms.length);
    if (!found.length) return { alternatives: typed.map((pieces) => pieces.map((piece) => term(piece, text))), aside: [] };
    return { alternatives: found, aside: [...new Set([...each.flatMap(([, aside]) => aside), ...strange])] };
  }
  function withoutTitle(pieces) {
    const named = title.exec(pieces.map((piece) => piece.word).join(" "));
    const after = named ? pieces.slice(named[0].trim().split(" ").length) : pieces;
    return telling(after, (piece) => piece.word);
  }
  function terms(text, pieces) {
    const [found, aside] = [[], []];
    for (let at = 0; at < pieces.length; ) {
      let length = Math.min(longestRun, pieces.length - at);
      const key = () => pieces.slice(at, at + length).map((piece) => piece.word).join(" ");
      while (length && !runs.has(key())) length -= 1;
      const piece = pieces[at];
      if (length) {
        const typed = text.slice(piece.start, pieces[at + length - 1].end).trim().replace(/\s+/gu, " ");
        const own = fold(typed);
        const instead = runs.get(key()).filter((word) => fold(word) !== own);
        found.push({ typed, wanted: [...new Set([own, ...instead.map(fold)])], instead });
      } else if (untold.has(piece.word)) aside.push(text.slice(piece.start, piece.end));
      else if (!asking.has(piece.word)) found.push(term(piece, text));
      at += length || 1;
    }
    return [found, aside];
  }
  function term({ word, start, end }, text) {
    const typed = text.slice(start, end);
    const participle = /^(.+)ée?s?$/iu.exec(typed);
    return { typed, wanted: participle ? [word, `${fold(participle[1])}é`] : [word], instead: [] };
  }
  const unique = (terms) => [...new Map(terms.map((each) => [JSON.stringify(each), each])).values()];

  // Where it is said

  function fit(word, text) {
    if (!word || word.length > LONGEST) return 0;
    if (` ${text} `.includes(` ${word} `)) return 2;
    const solid = word.replaceAll(" ", "");
    if (text.replaceAll(" ", "").includes(solid)) {
      const spaced = Array.from(solid, (char) => char.replace(/[^\p{L}\p{N}]/u, "\\$&")).join(" ?");
      if (new RegExp(`(?<![^ ])${spaced}(?![^ ])`, "u").test(text)) return 2;
    }
    return word.length >= 3 && ` ${text}`.includes(` ${word}`) ? 1 : 0;
  }
  const points = (word, part) => (part === word || part.startsWith(`${word} `) ? data.opening : fit(word, part));
  function ofWord(word, text, own = true, whole = false, prose = true) {
    if (word.length > LONGEST) return 0;
    let best = 0;
    if (text.solid.includes(word.replaceAll(" ", "")))
      text.parts.slice(0, prose ? undefined : PROSE).forEach((parts, kind) => {
        for (const part of parts) {
          const times = points(word, part);
          if (times > 1 || (times && !whole && kind !== PROSE)) {
            const all = data.weights[kind] * times;
            best = Math.max(best, (times > 1 ? WHOLE : 0) + (own ? all : Math.floor((all + 1) / 2)));
          }
        }
      });
    const apart = word.split(" ");
    if (best || apart.length < 2) return best;
    const each = apart.filter((one) => !small.has(one)).map((one) => ofWord(one, text, own, true, false));
    return each.length ? Math.min(...each) : 0;
  }
  function ofTerm(terms, at, text) {
    const { wanted, instead } = terms[at];
    const best = Math.max(...wanted.map((word, first) => ofWord(word, text, !first, instead.length > 0)));
    if (best || terms.length < 2) return best;
    const runs = [terms.slice(Math.max(at - 1, 0), at + 1), terms.slice(at, at + 2), terms].filter((run) => run.length > 1);
    return Math.max(...runs.map((run) => ofWord(run.map((each) => each.wanted[0]).join(""), text)));
  }
  function together(terms, text) {
    if (terms.length < 2) return 0;
    const each = text.parts.flatMap((parts, kind) => parts.map((part) => data.weights[kind] * Math.min(...terms.map((term) => points(term.wanted[0], part)))));
    return Math.max(0, ...each);
  }
  function reading(terms, at) {
    const said = new Map(texts.map((text, number) => [number, ofTerm(terms, at, text)]).filter(([, fit]) => fit));
    const { wanted } = terms[at];
    let sectors = data.sectors.filter(({ called }) => wanted.some((word) => called.includes(word.replaceAll(" ", ""))));
    if (!said.size && !sectors.length) sectors = data.sectors.filter(({ names }) => wanted.some((word) => names.some((name) => fit(word, name) === 2)));
    const used = sectors.filter((sector) => sector.campuses.length);
    if ([...said.values()].some((fit) => fit >= WHOLE) || !used.length) return { said, sectors, through: [] };
    return { said: new Map(used.flatMap((sector) => sector.campuses.map((number) => [number, WHOLE + 1]))), sectors: [], through: used.map(({ id }) => id) };
  }
  function search(alternatives) {
    const best = new Map();
    const through = new Map();
    const beside = [];
    for (const terms of alternatives) {
      const readings = terms.map((_, at) => reading(terms, at));
      const times = (number) => readings.filter(({ said }) => said.has(number)).length;
      texts.forEach((text, number) => {
        if (times(number) < terms.length) return;
        const fits = readings.map(({ said }) => said.get(number));
        const whole = fits.every((fit) => fit >= WHOLE) ? WHOLE : 0;
        const all = whole + fits.reduce((sum, fit) => sum + (fit % WHOLE), 0) + together(terms, text);
        best.set(number, Math.max(all, best.get(number) ?? 0));
        readings.forEach(({ through: sectors }, at) => sectors.length && through.set(terms[at].typed, sectors));
      });
      readings.forEach(({ said, sectors }, at) => {
        for (const { id, campuses } of sectors)
          beside.push({ sector: id, typed: terms[at].typed, campuses: campuses.filter((each) => !said.has(each) && times(each) === terms.length - 1) });
      });
    }
    const found = [...best.keys()].sort((one, other) => best.get(other) - best.get(one) || one - other);
    return { found, through, beside: beside.map((each) => ({ ...each, campuses: each.campuses.filter((one) => !best.has(one)) })) };
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
    if (typed.length >= 3 && meant.startsWith(typed)) return typed === meant ? 1 : 0.9;
    const most = Math.min(1 + (typed.length > 5) + Math.floor(typed.length / 12), meant.length - 1);
    if (Math.abs(typed.length - meant.length) > most) return 0;
    const number = errors(typed, meant) + (typed[0] !== meant[0]);
    return number <= most ? 1 - number / Math.max(typed.length, meant.length) : 0;
  }
  function likeness(typed, meant) {
    const whole = Math.max(alike(typed, meant), alike(typed.replaceAll(" ", ""), meant.replaceAll(" ", "")));
    const parts = meant.split(" ");
    if (whole || parts.length === 1) return whole;
    const each = typed.split(" ").map((word) => Math.max(...parts.map((part) => alike(word, part))));
    return each.every(Boolean) ? (0.9 * each.reduce((sum, one) => sum + one)) / each.length : 0;
  }
  function meant(alternatives) {
    const terms = unique(alternatives.flat()).slice(0, 12);
    const strange = terms.find((each) => !search([[each]]).found.length);
    const wanted = strange && fold(strange.typed);
    if (!wanted || wanted.length < 3 || wanted.length > LONGEST) return [];
    const trades = synonyms.flatMap(([said, feminine]) => [said, feminine]).filter(Boolean);
    const scores = [...data.spelled, ...trades].map((word) => [word, likeness(wanted, fold(word))]);
    const least = Math.max(0.6, Math.max(...scores.map(([, score]) => score)) - 0.12);
    const near = scores.filter(([, score]) => score >= least).sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1)).slice(0, 6);
    const others = terms.filter((each) => each !== strange);
    const asked = near.map(([word]) => ({ word, q: [...others.map((each) => each.typed), word].join(" ") }));
    const together = asked.filter(({ q }) => search(understood(q).alternatives).found.length);
    return (together.length ? together : asked).slice(0, 3);
  }

  // The campuses that say what was typed, by their numbers, best fit first, and what must be said of them; null for none.
  function find(text) {
    if (!text.trim()) return null;
    const { refused, alternatives = [], aside = [] } = understood(text.slice(0, 1000));
    const { found, through, beside } = search(alternatives);
    return { found, through, beside, aside, refused, terms: unique(alternatives.flat()), meant: found.length ? [] : meant(alternatives) };
  }
  return { find, fold };
};
