// Words as cmq compares them (text.py, search.py and trades.py); a test holds both to the same answers.
"use strict";

const Fold = (() => {
  const bases = { "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i" };
  const apostrophes = /[ʹʺʻʼʽˈˊˋꞋꞌ]/;
  const removed = /[\u00ad\u200b-\u200d\u2060\ufeff]/;
  const saints = { st: "saint", ste: "sainte" };
  const numerals = {
    ii: 2, iii: 3, iv: 4, vi: 6, vii: 7, viii: 8, ix: 9, xi: 11, xii: 12, xiii: 13, xiv: 14, xv: 15, xvi: 16,
    xvii: 17, xviii: 18, xix: 19, xx: 20,
  };
  const ordinal = /^(?:(\d+)(?:er|ere|re|nd|nde|i?eme|e)|((?!vie)[ivx]{2,})(?:i?eme|e))$/;
  const arts = /(?<![^ ])metier (?:d ?)?art(?![^ ])/;
  const title =
    /^(?:l[ea] )?(?:cmqe?|campu(?: (?:des? )?metier(?! d art))?(?: et)?(?: (?:des? )?qualification)?)(?: d excellence)?(?: cmqe?)?(?: (?:de la|de l|des?|du|d))? (?=.)/;
  const longest = 200;
  const ended = 6;

  const lower = (char) => char.toLowerCase().toUpperCase().toLowerCase().normalize("NFKD");
  const letter = (char) =>
    Array.from(lower(lower(char)).replace(/\p{M}/gu, ""), (each) => (removed.test(each) ? "" : apostrophes.test(each) ? "'" : bases[each] ?? each)).join("");

  const own = (table, key) => (Object.hasOwn(table, key) ? table[key] : undefined);

  function stem(word) {
    word = word.slice(0, 3) + word.slice(3).replace(/[sx]+$/, "");
    const whole = own(saints, word) ?? own(numerals, word);
    if (whole !== undefined) return String(whole);
    const match = ordinal.exec(word);
    const number = match && (match[1] ?? own(numerals, match[2]));
    return number ? `${number}e` : word;
  }

  const words = (text) => Array.from(text, letter).join("").replaceAll("&", " et ").match(/[\p{L}\p{N}]+/gu) ?? [];
  const fold = (text) => words(text).map(stem).join(" ");

  // Two texts as a French dictionary sorts them: punctuation aside; accents break ties.
  const collator = new Intl.Collator("fr");
  const compare = (one, other) =>
    collator.compare(words(one).join(" "), words(other).join(" ")) || collator.compare(one, other);

  // The folded words to look for; small words, and those that every campus answers to, only where there are no others.
  function wanted(text, small, generic) {
    const folded = fold(text);
    const said = fold(folded.replace(title, "")).split(" ").filter(Boolean);
    const strong = said.filter((word) => !small.has(word));
    const all = [...new Set(strong.length ? strong : said)];
    const special = all.filter((word) => !generic.has(word) || (word === "metier" && arts.test(folded)));
    return special.length ? special : all;
  }

  const stub = (word) => word.slice(0, ended) + word.slice(ended).replace(/e+$/, "");

  function whole(word, text) {
    if (!word || word.length > longest) return false;
    if (` ${text} `.includes(` ${word} `)) return true;
    const solid = stub(word).replaceAll(" ", "");
    if (!text.replaceAll(" ", "").includes(solid)) return false;
    const spaced = Array.from(solid, (char) => char.replace(/[^\p{L}\p{N}]/u, "\\$&")).join(" ?");
    return new RegExp(`(?<![^ ])${spaced}${word.length > ended ? "e*" : ""}(?![^ ])`, "u").test(text);
  }

  const begins = (word, text, least) =>
    word.length >= least && word.length <= longest && ` ${text} `.includes(` ${stub(word)}`);

  // What a trade may deal with: fields in trades.py.
  function fields(word, trades) {
    return trades.flatMap(([ending, fields]) => {
      const root = new RegExp(`^(.{3,}?)(?:${ending})$`, "u").exec(word)?.[1];
      return root === undefined ? [] : fields.map((field) => root + field);
    });
  }

  // Whether all the words occur in the folded texts of a campus; two words may be written as one there, and one as two.
  // The field of a trade counts in what names fields, and in prose with an article: a verb is none.
  function matches(wanted, campus, trades, articles) {
    const { naming, texts, keywords, prose } = campus;
    const wholly = (word, parts) => parts.some((text) => whole(word, text));
    const some = (word) =>
      wholly(word, [...naming, ...texts, ...keywords, ...prose]) ||
      [...naming, ...texts].some((text) => begins(word, text, 3)) ||
      [...keywords, ...prose].some((text) => begins(word, text, 4));
    return wanted.every(
      (word, at) =>
        some(word) ||
        some(wanted.slice(Math.max(at - 1, 0), at + 1).join("")) ||
        some(wanted.slice(at, at + 2).join("")) ||
        some(wanted.join("")) ||
        fields(word, trades).some(
          (field) =>
            wholly(field, [...naming, ...keywords]) ||
            articles.some((article) => prose.some((text) => ` ${text} `.includes(` ${article} ${field} `))),
        ),
    );
  }

  return { fold, wanted, matches, compare };
})();
