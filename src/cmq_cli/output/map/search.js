// What was typed, understood and looked for as cmq does it (text.py, search.py, lookup.py); a test holds both to the
// same answers. The texts of the campuses come folded, in the order of the list; only what is typed is folded here.
"use strict";

const Search = (data) => {
  const bases = { "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i" };
  for (const char of "ʹʺʻʼʽˈˊˋꞋꞌ") bases[char] = "'";
  for (const char of "\u00ad\u200b\u200c\u200d\u2060\ufeff") bases[char] = "";
  const numerals = "ii 2 iii 3 iv 4 vi 6 vii 7 viii 8 ix 9 xi 11 xii 12 xiii 13 xiv 14 xv 15 xvi 16 xvii 17 xviii 18 xix 19 xx 20";
  const wholes = new Map(`st saint ste sainte ${numerals}`.match(/\S+ \S+/g).map((pair) => pair.split(" ")));
  const ordinal = /^(?:(\d+)(?:er|ere|re|nd|nde|i?eme|e)|((?!vie)[ivx]{2,})(?:i?eme|e))$/;
  const title = new RegExp(data.title, "u");
  const token = /(?:[\p{L}\p{N}][\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]*(?:[-\u2010\u2011](?=[\p{L}\p{N}]))?)+|\|/gu;
  const punctuation = /^[\s!-/:-@[-`{-~«»‹›“”„‘’‚…–—·•°]*$/u;
  const excluding = /^[!¬−–-]+(?=[\p{L}\p{N}])/u;
  const [small, untold, asking] = [data.small, data.untold, data.asking].map((words) => new Set(words));
  const texts = data.texts.map((text) => ({
    parts: text.split(";").map((parts) => parts.split("|").filter(Boolean)),
    solid: text.replaceAll(" ", ""),
  }));
  const PROSE = data.weights.length - 1;
  const LONGEST = 200;
  const LEVEL = 1e6; // is added to the points of what is said in sentences, and twice of what is said in names

  // Folding

  const lower = (char) => char.toLowerCase().toUpperCase().toLowerCase().normalize("NFKD");
  const letter = (char) => Array.from(lower(lower(char)).replace(/\p{M}/gu, ""), (each) => bases[each] ?? each).join("");
  function stem(word) {
    word = word.slice(0, 3) + word.slice(3).replace(/[sx]+$/, "");
    const match = ordinal.exec(word);
    const number = match && (match[1] ?? wholes.get(match[2]));
    return wholes.get(word) ?? (number ? `${number}e` : word);
  }
  const raw = (text) => Array.from(text, letter).join("").replaceAll("&", " et ").match(/[\p{L}\p{N}]+/gu) ?? [];
  const fold = (text) => raw(text).map(stem).join(" ");
  const synonyms = data.synonyms.split("\n").map((line) => line.split(","));
  const runs = new Map(data.phrases.map((phrase) => [phrase, { instead: [] }]));
  for (const [said, feminine, words] of synonyms)
    for (const name of [said, feminine].filter(Boolean)) {
      const folded = fold(name).split(" ");
      const telling = folded.filter((word) => !small.has(word));
      runs.set((telling.length ? telling : folded).join(" "), { name, instead: words.split("|") });
    }

  // What was typed

  const unique = (terms) => [...new Map(terms.map((each) => [JSON.stringify(each), each])).values()];
  function understood(text) {
    const parts = text.split(/\s+/u).filter(Boolean);
    if (parts.some((part) => excluding.test(part))) return { refused: true, alternatives: [] };
    const alternatives = [[]];
    for (const { 0: typed, index: start } of text.matchAll(token)) {
      if (typed === "|" || typed === "OR" || typed.toLowerCase() === "ou") alternatives.push([]);
      else if (fold(typed)) alternatives.at(-1).push({ words: fold(typed).split(" "), start, end: start + typed.length });
    }
    const told = alternatives.filter((tokens) => tokens.length).map(telling);
    if (!told.length) return { refused: true, alternatives: [] };
    const aside = [];
    const found = unique(told.map((tokens) => unique(terms(text, tokens, aside))).filter((terms) => terms.length));
    if (!found.length) return { alternatives: told.map((tokens) => unique(tokens.map((token) => term(text, token)))), aside: [] };
    const excellence = alternatives.flat().filter((token) => token.words.join() === "excellence" && !told.flat().includes(token));
    aside.push(...excellence.map((token) => text.slice(token.start, token.end)));
    aside.push(...parts.filter((part) => !part.match(token) && !punctuation.test(part)));
    return { alternatives: found, aside: [...new Set(aside)] };
  }
  function telling(tokens) {
    const named = title.exec(tokens.flatMap((token) => token.words).join(" "));
    let rest = named ? named[0].trim().split(" ").length : 0;
    const after = tokens.filter((token) => (rest -= token.words.length) < 0);
    const told = after.filter((token) => token.words.some((word) => !small.has(word)));
    return told.length ? told : after;
  }
  function terms(text, tokens, aside) {
    const found = [];
    for (let at = 0; at < tokens.length; ) {
      const { words } = tokens[at];
      const [one, length] = together(text, tokens.slice(at)) ?? [term(text, tokens[at]), 1];
      const known = words.every((word) => untold.has(word) || asking.has(word) || small.has(word));
      if (one.instead.length || length > 1 || !known) found.push(one);
      else if (words.some((word) => untold.has(word))) aside.push(one.typed);
      at += length;
    }
    return found;
  }
  function together(text, tokens) {
    for (let length = Math.min(8, tokens.length); length; length -= 1) {
      const run = runs.get(tokens.slice(0, length).flatMap((token) => token.words).join(" "));
      const typed = text.slice(tokens[0].start, tokens[length - 1].end).trim().replace(/\s+/gu, " ");
      if (run && (!run.name || agree(typed, run.name))) {
        const instead = run.instead.filter((word) => fold(word) !== fold(typed));
        return [{ typed, wanted: [...new Set([fold(typed), ...instead.map(fold)])], instead }, length];
      }
    }
    return null;
  }
  function agree(typed, meant) {
    const accents = (text) => Array.from(text.toLowerCase()).filter((char) => char > "\x7f");
    const left = accents(meant);
    return accents(typed).filter((char) => /\p{L}/u.test(char)).every((char) => left.includes(char) && left.splice(0, left.indexOf(char) + 1));
  }
  function term(text, { words, start, end }) {
    const typed = text.slice(start, end);
    const participle = /^([\p{L}\p{N}]+)ée?s?$/iu.exec(typed);
    return { typed, wanted: participle ? [words.join(" "), `${fold(participle[1])}é`] : [words.join(" ")], instead: [] };
  }

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
  function points(word, part) {
    if (part === word || part.startsWith(`${word} `)) return data.opening;
    const apart = word.split(" ").filter((each) => !small.has(each));
    return apart.length > 1 && apart.every((each) => fit(each, part) === 2) ? 2 : fit(word, part);
  }
  function ofWord(word, text, share = 1, whole = false) {
    if (word.length > LONGEST || !word.split(" ").every((each) => text.solid.includes(each))) return 0;
    let best = 0;
    text.parts.forEach((parts, kind) => {
      for (const part of parts) {
        const times = kind === PROSE ? 2 * ` ${part} `.includes(` ${word} `) : points(word, part);
        const level = times < 2 ? 0 : kind === PROSE || share > 1 ? 1 : 2;
        if (times > Number(whole)) best = Math.max(best, level * LEVEL + Math.ceil((data.weights[kind] * times) / share));
      }
    });
    return best;
  }
  function ofTerm(terms, at, text) {
    const { typed, wanted, instead } = terms[at];
    const short = wanted[0].length < typed.length && typed.length <= 5;
    let best = Math.max(...wanted.map((word, rank) => (instead.length ? ofWord(word, text, 1 + 2 * rank, true) : ofWord(word, text, 1, short))));
    const apart = wanted[0].split(" ");
    if (!best && apart.length > 1 && apart.length < 8 && !typed.includes(" ")) best = Math.min(...apart.map((word) => ofWord(word, text, 1, true)));
    if (best || terms.length < 2) return best;
    const runs = [terms.slice(Math.max(at - 1, 0), at + 1), terms.slice(at, at + 2), terms].filter((run) => run.length > 1);
    return Math.max(...runs.map((run) => ofWord(run.map((each) => each.wanted[0]).join(""), text)));
  }
  function reading(terms, at) {
    const said = new Map(texts.map((text, number) => [number, ofTerm(terms, at, text)]).filter(([, fit]) => fit));
    const { wanted } = terms[at];
    let sectors = data.sectors.filter(({ called }) => wanted.some((word) => called.includes(word.replaceAll(" ", ""))));
    if (!said.size && !sectors.length) sectors = data.sectors.filter(({ names }) => wanted.some((word) => names.some((name) => fit(word, name) === 2)));
    const used = sectors.filter((sector) => sector.campuses.length);
    if ([...said.values()].some((fit) => fit >= LEVEL) || !used.length) return { said, sectors, through: [] };
    return { said: new Map(used.flatMap((sector) => sector.campuses.map((number) => [number, LEVEL + 1]))), sectors: [], through: used.map(({ id }) => id) };
  }
  function search(alternatives) {
    const best = new Map();
    const through = new Map();
    const beside = [];
    for (const terms of alternatives) {
      const readings = terms.map((_, at) => reading(terms, at));
      const times = (number) => readings.filter(({ said }) => said.has(number)).length;
      texts.forEach((_, number) => {
        if (times(number) < terms.length) return;
        const fits = readings.map(({ said }) => said.get(number));
        const level = Math.floor(Math.min(...fits) / LEVEL);
        const all = level * LEVEL + fits.reduce((sum, fit) => sum + (fit % LEVEL), 0);
        best.set(number, Math.max(all, best.get(number) ?? 0));
        readings.forEach(({ through: sectors }, at) => sectors.length && through.set(terms[at].typed, sectors));
      });
      readings.forEach(({ said, sectors }, at) => {
        for (const { id, campuses } of sectors)
          beside.push({ sector: id, typed: terms[at].typed, campuses: campuses.filter((each) => !said.has(each) && times(each) === terms.length - 1) });
      });
    }
    const rank = (number) => (best.get(number) >= LEVEL ? LEVEL : 0) + (best.get(number) % LEVEL);
    const found = [...best.keys()].sort((one, other) => rank(other) - rank(one) || one - other);
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
    const most = Math.min(1 + (typed.length > 5) + Math.floor(typed.length / 10), meant.length - 1);
    if (Math.abs(typed.length - meant.length) > most) return 0;
    const number = errors(typed, meant) + (typed[0] !== meant[0]);
    const alike = 1 - number / Math.max(typed.length, meant.length);
    return number <= most && alike >= 0.7 ? alike : 0;
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
    const least = Math.max(...scores.map(([, score]) => score)) - 0.12;
    const near = scores.filter(([, score]) => score && score >= least).sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1)).slice(0, 6);
    const others = terms.filter((each) => each !== strange);
    const asked = near.map(([word]) => ({ word, q: [...others.map((each) => each.typed), word].join(" ") }));
    const together = asked.filter(({ q }) => search(understood(q).alternatives).found.length);
    return (together.length ? together : asked).slice(0, 3);
  }

  // The campuses that say what was typed, by their numbers, best fit first, and what must be said of them; null for none.
  function find(text) {
    if (!text.trim()) return null;
    const { refused, alternatives, aside = [] } = understood(text.slice(0, 1000));
    const { found, through, beside } = search(alternatives);
    return { found, through, beside, aside, refused, terms: unique(alternatives.flat()), meant: found.length ? [] : meant(alternatives) };
  }
  return { find, fold, plain: (text) => raw(text).join(" ") };
};
