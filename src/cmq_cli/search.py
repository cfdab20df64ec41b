"""Free words: what was asked, and which campuses say so, best fit first."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from cmq_cli.language import ngettext, quoted, semicolon
from cmq_cli.question import ASKING, TITLE, UNTOLD, Query, Term, participle, runs, understood, without_title
from cmq_cli.registry import index, synonyms
from cmq_cli.text import LONGEST, SHORTEST_START, SMALL_WORDS, fit, fold, forms, sort_key, words

if TYPE_CHECKING:
    from cmq_cli.model import Campus, Registry, Sector

__all__ = ["ASKING", "TITLE", "UNTOLD", "Query", "Term", "find", "runs", "searchable", "understood", "without_title"]

WEIGHTS = {
    **{"name": 10, "alias": 9, "city": 8, "institutions": 7, "specialties": 6, "acronyms": 5, "place": 4, "codes": 4},
    "description": 2,
}
"""How much a word counts by where it occurs in what is said of the campus itself; heaviest first."""

PROSE = "description"
"""The kind of text that is made of sentences: only whole words of it count. "vin" isn't meant to find "vingt"."""

OPENING = 3
"""What a word counts for that opens a text; one inside counts 2, the start of one 1."""

_WORD = re.compile(r"[^\W_]+")

_MANY = 8
"""Words joined by hyphens that are no name any more."""

_SHORT = 5
"""Letters of a word that loses so much with an ending of the plural that what is left begins too many others."""


class Beside(NamedTuple):
    """Campuses that have all other terms of a query, but of one only the sector: they are no answer."""

    sector: str
    """The id of the sector, of which the term is a search word or part of the label."""
    term: Term
    """What they don't mention."""
    others: tuple[Term, ...]
    """What they do mention."""
    campuses: "list[Campus]"


class Found(NamedTuple):
    """The campuses that a query finds, and what must be said of them."""

    campuses: "list[Campus]"
    """Best fit first."""
    through: dict[str, list[str]]
    """Typed words that no campus says, with the ids of the sectors whose search words they are, and count through."""
    same_sector: tuple[Beside, ...]
    named: "list[Campus]"
    """Those that say all of it, as whole words, in names and the like."""


class Text(NamedTuple):
    """What is said of a campus, folded, by kind; each kind is a tuple of texts."""

    campus: "Campus"
    parts: Mapping[str, tuple[str, ...]]
    solid: str
    """All of it without spaces: a word that doesn't occur there is quickly known to be in none."""


def searchable(registry: "Registry") -> list[Text]:
    """Return what is said of each campus, folded.

    Places include what people still say: the department, the region's abbreviations, the academy's former region.
    """
    territories = registry["territories"]
    regions, departments = index(territories["regions"], "code"), index(territories["departments"], "code")
    former = {academy: each["name"] for each in territories["former_regions"] for academy in each["academies"]}
    topics = {fold(word) for word in _WORD.findall(_topics(registry)) if participle(word)}

    def text(campus: "Campus") -> Text:
        region, department = regions.get(campus["region_code"]), departments.get(campus["department_code"] or "")
        institutions = [f"{each['name']}, {each['city'] or ''}" for each in campus["institutions"]]
        academy = campus["academy"] or (department and department["academy"])
        codes = [campus["department_code"], *(region["abbreviations"] if region else ())]
        if region and region["overseas"]:
            codes += ["DROM", "outremer"]
        parts = {
            "name": _with_short([campus["name"]]),
            "alias": _with_short(campus["aliases"]),
            "city": _folded([campus["city"]]),
            "institutions": _folded(institutions),
            "specialties": _folded(campus["specialties"]),
            "acronyms": _acronyms([campus["name"], *campus["aliases"], *institutions]),
            "place": _folded([campus["region"], academy, department and department["name"], former.get(academy or "")]),
            "codes": _folded(codes),
            PROSE: (_prose(campus["description"] or "", topics),),
        }
        return Text(campus, parts, "|".join(part for each in parts.values() for part in each).replace(" ", ""))

    return [text(campus) for campus in registry["campuses"]]


def _topics(registry: "Registry") -> str:
    """Return the texts that name what campuses are about, in one."""
    names = [word for sector in registry["sectors"] for word in (sector["label"], *sector["keywords"])]
    for campus in registry["campuses"]:
        names += [campus["name"], *campus["aliases"], *campus["specialties"]]
        names += [each["name"] for each in campus["institutions"]]
    return " ".join(names)


def _prose(text: str, topics: Collection[str]) -> str:
    """Return sentences folded, in which what was done ("piloté par") isn't taken for a thing ("pilote")."""
    said = [(fold(word), participle(word)) for word in _WORD.findall(text)]
    return " ".join(done if done and word not in topics else word for word, done in said)


def _folded(texts: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(text) for text in texts if text))


def _with_short(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for name in names for text in (fold(name), without_title(fold(name)))))


def _acronyms(names: Iterable[str]) -> tuple[str, ...]:
    """Return the initials of each name, and of each part of it between commas or brackets."""
    parts = [
        words(part) for name in names for whole in re.split(r"[():–]", name) for part in (whole, *whole.split(","))
    ]
    return tuple(dict.fromkeys("".join(word[0] for word in part) for part in parts if len(part) > 2))


class Fit(NamedTuple):
    """How well a campus fits: how surely all is said, and points for the places where it is."""

    level: int
    """2 where it is said so in names and the like, 1 in sentences or other words, 0 where words are only begun so."""
    points: int


def find(registry: "Registry", query: Query) -> Found:
    """Return the campuses in which all the terms of one of the alternatives occur, best fit first; equals by name.

    A term that no campus says counts through the sectors whose search word it is.
    """
    texts = searchable(registry)
    best: dict[int, Fit] = {}
    through: dict[str, list[str]] = {}
    beside: list[Beside] = []
    for terms in query.alternatives:
        readings: list[_Reading] = []
        times_said: Counter[int] = Counter()
        for at in range(len(terms)):
            readings.append(_read(registry, texts, terms, at))
            times_said.update(readings[-1].said.keys())
            if max(times_said.values(), default=0) < at:  # all lack two: of a thousand words, few are looked for
                break
        else:
            for number in [number for number, times in times_said.items() if times == len(terms)]:
                fits = [reading.said[number] for reading in readings]
                fit = Fit(min(fits).level, sum(fit.points for fit in fits))
                best[number] = max(fit, best.get(number, fit))
                through |= {reading.term.typed: reading.through for reading in readings if reading.through}
            for reading in readings:
                others = tuple(term for term in terms if term != reading.term)
                for sector, sharing in reading.sharing.items():
                    rest = [each for each in sharing if each not in reading.said and times_said[each] == len(others)]
                    beside.append(Beside(sector, reading.term, others, [texts[each].campus for each in rest]))

    def order(number: int) -> tuple[bool, int, tuple[str, str]]:
        return not best[number].level, -best[number].points, sort_key(texts[number].campus["name"])

    found = [texts[number].campus for number in sorted(best, key=order)]
    kept = [each._replace(campuses=[one for one in each.campuses if one not in found]) for each in beside]
    named = [texts[number].campus for number, fit in best.items() if fit.level == 2]
    return Found(found, through, tuple(each for each in kept if each.campuses), named)


class _Reading(NamedTuple):
    """Which campuses say a term, and which are of the sectors whose search word it is; by their numbers."""

    term: Term
    said: dict[int, Fit]
    sharing: dict[str, list[int]]
    through: list[str]
    """The sectors through which it counts, since no campus says it."""


def _read(registry: "Registry", texts: Sequence[Text], terms: Sequence[Term], at: int) -> _Reading:
    said = {number: fit for number, text in enumerate(texts) if (fit := _of_term(terms, at, text))}
    sectors = [each["id"] for each in registry["sectors"] if _is_called(each, terms[at])]
    if not said and not sectors:
        sectors = [each["id"] for each in registry["sectors"] if _is_mentioned(each, terms[at])]
    sharing = {id: [number for number, text in enumerate(texts) if id in text.campus["sectors"]] for id in sectors}
    if not any(fit.level for fit in said.values()) and any(sharing.values()):
        said = {number: Fit(1, 1) for numbers in sharing.values() for number in numbers}
        return _Reading(terms[at], said, {}, [id for id in sectors if sharing[id]])
    return _Reading(terms[at], said, sharing, [])


def names(sector: "Sector") -> tuple[str, ...]:
    """Return what a sector is called: its id, its label and the parts of it, its search words."""
    return (sector["id"], sector["label"], *sector["label"].split(","), *sector["keywords"])


def _is_called(sector: "Sector", term: Term) -> bool:
    return any(word.replace(" ", "") in forms(name) for name in names(sector) for word in term.wanted)


def _is_mentioned(sector: "Sector", term: Term) -> bool:
    return any(fit(word, fold(name)) == 2 for name in (sector["label"], *sector["keywords"]) for word in term.wanted)


def _of_term(terms: Sequence[Term], at: int, text: Text) -> Fit | None:
    """Return how a campus says a term: by itself, or written as one with its neighbours, or by what it stands for."""
    term = terms[at]
    if not term.instead:
        short = len(term.wanted[0]) < len(term.typed) <= _SHORT  # "sais" isn't meant to find "saint"
        found = [_of_word(word, text, whole=short) for word in term.wanted]
    else:  # its own spelling is no beginning of other words: who says "auto" doesn't mean autonomy
        found = [_of_word(word, text, 1 + 2 * rank, whole=True) for rank, word in enumerate(term.wanted)]
    fits = [fit for fit in found if fit]
    apart = term.wanted[0].split()
    if not fits and 1 < len(apart) < _MANY and " " not in term.typed:  # joined by a hyphen, which means little
        each = [_of_word(word, text, whole=True) for word in apart]
        fits = [min(filter(None, each))] if all(each) else []
    if not fits and len(terms) > 1:
        runs = (terms[max(at - 1, 0) : at + 1], terms[at : at + 2], terms)
        together = ["".join(each.wanted[0] for each in run) for run in runs if len(run) > 1]
        fits = [fit for word in together if (fit := _of_word(word, text))]
    return max(fits, default=None)


def _of_word(word: str, text: Text, share: int = 1, whole: bool = False) -> Fit | None:
    """Return how a campus says a folded word or phrase, at a share of the points; if not `whole`, also as beginning."""
    if len(word) > LONGEST or not all(each in text.solid for each in word.split()):
        return None
    fits = []
    for kind, weight in WEIGHTS.items():
        for part in text.parts[kind]:
            points = _points(word, part) if kind != PROSE else 2 * (f" {word} " in f" {part} ")
            level = 0 if points < 2 else 1 if kind == PROSE or share > 1 else 2
            if points > whole:
                fits.append(Fit(level, -(-weight * points // share)))
    return max(fits, default=None)


def _points(word: str, part: str) -> int:
    """Return the points of a word in a name or the like; the words of a phrase may stand apart there."""
    if part == word or part.startswith(f"{word} "):
        return OPENING
    apart = [each for each in word.split() if each not in SMALL_WORDS]
    return 2 if len(apart) > 1 and all(fit(each, part) == 2 for each in apart) else fit(word, part)


def spelled(registry: "Registry") -> list[str]:
    """Return the words of names, places and sectors, and the trades, as they are written: in small letters if ever."""
    territories = registry["territories"]
    places = (*territories["departments"], *territories["academies"], *territories["former_regions"])
    texts = [_topics(registry), *(each["name"] for each in places)]
    texts += [text for campus in registry["campuses"] for text in (campus["city"] or "", campus["region"])]
    found = {fold(word): word for word in sorted(_WORD.findall(" ".join(texts)))}  # small letters sort last, and stay
    words = [word for folded, word in found.items() if len(word) > SHORTEST_START and folded not in UNTOLD | ASKING]
    return words + [name for each in synonyms() for name in (each.said, each.feminine) if name]


def through_sentence(registry: "Registry", typed: str, sectors: Sequence[str]) -> str:
    """Return the sentence on a word that no campus says, and that counts through sectors, given by their ids."""
    labels = [each["label"] for each in registry["sectors"] if each["id"] in sectors]
    sentence = ngettext(
        "No campus mentions {typed} itself; it is a search word of the sector {labels}.",
        "No campus mentions {typed} itself; it is a search word of several sectors: {labels}.",
        len(labels),
    )
    return sentence.format(typed=quoted(typed), labels=semicolon().join(labels))
