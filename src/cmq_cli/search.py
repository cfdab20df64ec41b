"""Free words: what was asked, and which campuses say so, best fit first."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from cmq_cli.errors import UsageError
from cmq_cli.language import _, ngettext, quoted
from cmq_cli.registry import index, synonyms
from cmq_cli.text import ASKING as ASKING
from cmq_cli.text import (
    LONGEST,
    SHORTEST_START,
    SMALL_WORDS,
    agree,
    fit,
    fold,
    forms,
    refuse_exclusion,
    sort_key,
    words,
)
from cmq_cli.text import TITLE as TITLE
from cmq_cli.text import UNTOLD as UNTOLD
from cmq_cli.text import without_title as without_title

if TYPE_CHECKING:
    from cmq_cli.model import Campus, Registry, Sector

WEIGHTS = {
    **{"name": 10, "alias": 9, "city": 8, "institutions": 7, "specialties": 6, "acronyms": 5, "place": 4, "codes": 4},
    "description": 2,
}
"""How much a word counts by where it occurs in what is said of the campus itself; heaviest first."""

PROSE = "description"
"""The kind of text that is made of sentences: only whole words of it count. "vin" isn't meant to find "vingt"."""

OPENING = 3
"""What a word counts for that opens a text; one inside counts 2, the start of one 1."""

_TOKEN = re.compile(r"(?:[^\W_][\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]*(?:[-\u2010\u2011](?=[^\W_]))?)+|\|")
"""Words as they are typed, joined by hyphens, perhaps with combining accents and what pasted text carries; or a bar."""

_WORD = re.compile(r"[^\W_]+")

_PUNCTUATION = re.compile(r"[\s!-/:-@\[-`{-~«»‹›“”„‘’‚…–—·•°]*")

_PARTICIPLE = re.compile(r"([^\W_]+)ée?s?", re.IGNORECASE)

_LONGEST_RUN = 8
"""Words that belong together, at most; a trade of the synonyms has seven."""

_SHORT = 5
"""Letters of a word that loses so much with an ending of the plural that what is left begins too many others."""


_Runs = Mapping[tuple[str, ...], tuple[str, ...]]


class Term(NamedTuple):
    """A word, or words that belong together, to look for."""

    typed: str
    """As it was typed."""
    wanted: tuple[str, ...]
    """Folded words and phrases of which any counts; the first is its own spelling."""
    instead: tuple[str, ...] = ()
    """What it stands for as a synonym, as it is shown; nothing where it is none."""


class Query(NamedTuple):
    """What was typed, understood: alternatives, each of terms that must all occur."""

    alternatives: tuple[tuple[Term, ...], ...] = ()
    """Nothing is looked for where it is empty."""
    aside: tuple[str, ...] = ()
    """Typed words that only ask, or say a level or post, and are not looked for."""
    typed: str = ""
    """The whole text."""

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms of all alternatives, each once."""
        return tuple(dict.fromkeys(term for terms in self.alternatives for term in terms))


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


def understood(typed: Sequence[str], registry: "Registry") -> Query:
    """Return what typed words ask for. Words that make a trade or a search word of the registry stay together.

    ``ou``, ``OR`` and ``|`` stand between alternatives. Raises UsageError for text without letter or digit, and for a
    leading ``!`` or ``-``, since nothing can be excluded.

    >>> from cmq_cli.registry import bundled
    >>> understood(["travailler le bois"], bundled()).terms
    (Term(typed='bois', wanted=('boi',), instead=()),)
    """
    text = " ".join(typed)
    for part in text.split():
        refuse_exclusion(part)
    alternatives: list[list[_Token]] = [[]]
    for match in _TOKEN.finditer(text):
        if match[0] in ("|", "OR") or match[0].lower() == "ou":
            alternatives.append([])
        elif folded := tuple(fold(match[0]).split()):
            alternatives[-1].append(_Token(folded, *match.span()))
    telling = [_telling(tokens) for tokens in alternatives if tokens]
    if typed and not telling:
        sentence = _("There is nothing to look for in {typed}. Give a word: cmq list bois")
        raise UsageError(sentence.format(typed=quoted(text)))
    together = runs(registry)
    each = [_terms(text, tokens, together) for tokens in telling]
    found = [terms for terms, _aside in each if terms]
    if not found:  # then those that only ask are looked for
        terms = [dict.fromkeys(_term(text, token) for token in tokens) for tokens in telling]
        return Query(tuple(map(tuple, terms)), (), text)
    aside = [word for _terms, aside in each for word in aside]
    asked = [token for tokens in alternatives for token in tokens if token.words == ("excellence",)]
    aside += [text[token.start : token.end] for token in asked if not any(token in tokens for tokens in telling)]
    aside += [part for part in text.split() if not _TOKEN.search(part) and not _PUNCTUATION.fullmatch(part)]
    return Query(tuple(dict.fromkeys(tuple(dict.fromkeys(terms)) for terms in found)), tuple(dict.fromkeys(aside)), text)


class _Token(NamedTuple):
    """The folded words of what was typed without a blank, and where in the text it begins and ends."""

    words: tuple[str, ...]
    start: int
    end: int


def _telling(tokens: Sequence[_Token]) -> list[_Token]:
    """Return the tokens without the official title at their beginning, articles and prepositions, unless all are."""
    title = TITLE.match(" ".join(word for token in tokens for word in token.words))
    known = len(title[0].split()) if title else 0
    sizes = accumulate(len(token.words) for token in tokens)
    after = [token for token, size in zip(tokens, sizes, strict=True) if size > known]
    return [token for token in after if not SMALL_WORDS.issuperset(token.words)] or after


def _terms(text: str, tokens: Sequence[_Token], runs: _Runs) -> tuple[list[Term], list[str]]:
    """Return what to look for, words that belong together as one, and the words left aside."""
    terms, aside = [], []
    at = 0
    while at < len(tokens):
        words = tokens[at].words
        term, length = _run(text, tokens[at:], runs) or (_term(text, tokens[at]), 1)
        if term.instead or length > 1 or not (UNTOLD | ASKING | SMALL_WORDS).issuperset(words):
            terms.append(term)
        elif not UNTOLD.isdisjoint(words):
            aside.append(term.typed)
        at += length
    return terms, aside


def _run(text: str, tokens: Sequence[_Token], runs: _Runs) -> tuple[Term, int] | None:
    """Return the longest run of words at the beginning that belong together, and how many tokens it has, if any."""
    for length in range(min(_LONGEST_RUN, len(tokens)), 0, -1):
        run = tuple(word for token in tokens[:length] for word in token.words)
        typed = " ".join(text[tokens[0].start : tokens[length - 1].end].split()) if run in runs else ""
        if typed and (run not in _said_instead() or agree(typed, _said_instead()[run][0])):
            own = fold(typed)
            instead = tuple(word for word in runs[run] if fold(word) != own)
            return Term(typed, tuple(dict.fromkeys((own, *map(fold, instead)))), instead), length
    return None


def _term(text: str, token: _Token) -> Term:
    typed = text[token.start : token.end]
    participle = _participle(typed)
    return Term(typed, (" ".join(token.words), participle) if participle else (" ".join(token.words),))


def _participle(word: str) -> str:
    """Return a word that ends like a participle as sentences keep it, unless it names a topic: with its accent."""
    match = _PARTICIPLE.fullmatch(word)  # such as "piloté", "privées"
    return f"{fold(match[1])}é" if match else ""


@cache
def _said_instead() -> dict[tuple[str, ...], tuple[str, tuple[str, ...]]]:
    said = [(text, each.words) for each in synonyms() for text in (each.said, each.feminine) if text]
    return {words(text): (text, instead) for text, instead in said}


def runs(registry: "Registry") -> _Runs:
    """Return folded words that belong together, small ones left out, with what they stand for, if for anything else."""
    keywords = [words(keyword) for sector in registry["sectors"] for keyword in sector["keywords"]]
    phrases = {run: () for run in keywords if len(run) > 1 and not _CALLED.intersection(run)}
    return {**phrases, **{run: instead for run, (_said, instead) in _said_instead().items()}}


_CALLED = frozenset(("filiere", "secteur", "domaine"))
"""Words before the name of a sector, which say no more than the name."""


def searchable(registry: "Registry") -> list[Text]:
    """Return what is said of each campus, folded.

    Places include what people still say: the department, the region's abbreviations, the academy's former region.
    """
    territories = registry["territories"]
    regions, departments = index(territories["regions"], "code"), index(territories["departments"], "code")
    former = {academy: each["name"] for each in territories["former_regions"] for academy in each["academies"]}
    topics = {fold(word) for word in _WORD.findall(_topics(registry)) if _participle(word)}

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
    said = [(fold(word), _participle(word)) for word in _WORD.findall(text)]
    return " ".join(participle if participle and word not in topics else word for word, participle in said)


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
    if not fits and 1 < len(apart) < _LONGEST_RUN and " " not in term.typed:  # joined by a hyphen, which means little
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
            if points > whole:
                fits.append(Fit(0 if points == 1 else 1 if kind == PROSE or share > 1 else 2, -(-weight * points // share)))
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
    return sentence.format(typed=quoted(typed), labels="; ".join(labels))
