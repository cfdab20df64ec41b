"""A question in free words, understood once: what is looked for, what it stands for, and what is left aside."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from cmq_cli.errors import UsageError
from cmq_cli.language import _, quoted
from cmq_cli.registry import Registry, Synonym, synonyms
from cmq_cli.text import SMALL_WORDS, agree, fold, refuse_exclusion, words

_WORDS = Path(__file__).with_name("aside.txt").read_text(encoding="utf-8")
ASIDE, SILENT = (frozenset(fold(part).split()) for part in _WORDS.split("\n\n"))
"""Folded words that aren't looked for, since no campus differs by them: those that only ask, levels and posts, which is
told; and those that make a sentence."""

TITLE = re.compile(
    r"^(?:l[ea] )?(?:cmqe?|campus?(?: (?:des? )?m[eé]tiers?(?! d.arts?\b))?(?: et)?(?: (?:des? )?qualifications?)?)"
    r"(?: (?:de la|de l|des?|du|d))?[ '’]+(?!(?:des? |et |m[eé]tiers? ?|qualifications? ?)*[?!.]*$)",
    re.IGNORECASE,
)
"""The official title and what people make of it, at the beginning of a text, folded or as typed, that goes on."""

_ALTERNATIVE = re.compile(r"(?<![\w-])(?:(?i:ou)|OR)(?![\w\u0300-\u036f-])|\|")

_TOKEN = re.compile(r"(?:[^\W_][\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]*(?:[-\u2010\u2011](?=[^\W_]))?)+")
"""A word as it is typed, or several joined by hyphens, perhaps with combining accents and what pasted text carries."""


class Term(NamedTuple):
    """A word, or words that belong together, to look for, as typed."""

    typed: str
    wanted: tuple[str, ...]
    """Folded words and phrases of which any counts, the later the less; the first is its own spelling."""
    instead: tuple[str, ...] = ()
    """What it stands for as a synonym, as it is shown; nothing where it is none."""


class Query(NamedTuple):
    """A whole text as typed, understood: alternatives, each of terms that must all occur."""

    alternatives: tuple[tuple[Term, ...], ...] = ()
    aside: tuple[str, ...] = ()
    """Typed words that only ask, or say a level or post, and are not looked for."""
    typed: str = ""

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms of all alternatives, each once."""
        return tuple(dict.fromkeys(term for terms in self.alternatives for term in terms))


def understood(typed: Sequence[str], registry: Registry) -> Query:
    """Return what typed words ask for. Words that make a trade or a search word of the registry stay together.

    ``ou``, ``OR`` and ``|`` stand between alternatives. Raises UsageError for text without letter or digit, and for a
    leading ``!`` or ``-``, since nothing can be excluded.
    """
    parts = " ".join(typed).split()
    text, together = " ".join(parts), runs(registry)
    for part in parts:
        refuse_exclusion(part)
    if len(_TOKEN.findall(text)) > 2_000:  # which is no question, and would take long
        raise UsageError(_("{typed} is too long to look for. Give a few words: cmq list bois", typed=quoted(text)))
    every = [terms for each in _ALTERNATIVE.split(text) if (terms := _terms(each, together))]
    if typed and not every:
        raise UsageError(_("There is nothing to look for in {typed}. Give a word: cmq list bois", typed=quoted(text)))
    idle = ASIDE | SILENT | SMALL_WORDS
    asking = {term for terms in every for term in terms if not term.instead and idle.issuperset(words(term.typed))}
    sought = [left for terms in every if (left := [term for term in terms if term not in asking])]
    unsought = [term.typed for terms in every for term in terms if sought and term in asking]
    aside = [each for each in unsought if not ASIDE.isdisjoint(words(each))]
    aside += [part for part in parts if unicodedata.category(part[0]) == "So" and not _TOKEN.search(part)]
    alternatives = dict.fromkeys(map(tuple, sought or every))  # alone, what only asks is looked for
    return Query(tuple(alternatives), tuple(dict.fromkeys(aside)), text)


def runs(registry: Registry) -> dict[tuple[str, ...], Synonym]:
    """Return what belongs together, by its telling words: synonyms, search words of sectors, names of regions."""
    territories = registry["territories"]
    names = [each["name"] for each in (*territories["regions"], *territories["former_regions"])]
    names += [each for sector in registry["sectors"] for each in sector["keywords"]]
    phrases = {run: Synonym(each, "", (each,)) for each in names if len(run := words(each)) > 1 and run[0] != "filiere"}
    return phrases | {words(name): each for each in synonyms() for name in (each.said, each.feminine) if name}


def _terms(text: str, together: dict[tuple[str, ...], Synonym]) -> list[Term]:
    """Return the terms of one alternative, each once: words that belong together, in the longest run, else each word.

    They may also be written as one with those beside them, as in "éco construction".
    """
    text = TITLE.sub("", text.strip())
    every = [token for token in _TOKEN.finditer(text) if fold(token[0])]
    tokens = [token for token in every if not SMALL_WORDS.issuperset(words(token[0]))] or every
    terms: list[Term] = []
    longest = max(map(len, together))
    while tokens:
        for size in range(min(longest, len(tokens)), 0, -1):
            typed = text[tokens[0].start() : tokens[size - 1].end()]
            meant = together.get(words(typed))
            if meant and agree(typed, f"{meant.said} {meant.feminine}"):
                break
        else:
            meant = Synonym(typed, "", (typed,))
        instead = () if meant.words == (meant.said,) else meant.words
        terms.append(Term(typed, tuple(dict.fromkeys(map(fold, (typed, *meant.words)))), instead))
        tokens = tokens[size:]
    terms = [*dict.fromkeys(terms)]
    own = [term.wanted[0].replace(" ", "") for term in terms]
    pairs = ["".join(pair) for pair in pairwise(own)]
    return [term._replace(wanted=(*term.wanted, *pairs[max(at - 1, 0) : at + 1])) for at, term in enumerate(terms)]
