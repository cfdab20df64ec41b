"""Free words: what they ask for, understood once, and which campuses say it, best fit first."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from cmq_cli.errors import UsageError
from cmq_cli.language import N_, _, quoted
from cmq_cli.registry import Campus, Registry, Synonym, index, synonyms
from cmq_cli.text import SHORTEST_START, SMALL_WORDS, agree, fit, fold, forms, refuse_exclusion, sort_key, words
from cmq_cli.vocabulary import PLACES, entries

_WORDS = Path(__file__).with_name("aside.txt").read_text(encoding="utf-8")
# Folded words that aren't looked for: those that only ask, levels and posts, which is told; and those of sentences.
ASIDE, SILENT = (frozenset(fold(part).split()) for part in _WORDS.split("\n\n"))
# The official title and what people make of it, at the beginning of a text, folded or as typed, that goes on.
TITLE = re.compile(
    r"^(?:l[ea] )?(?:cmqe?|campus?(?: (?:des? )?m[eé]tiers?(?! d.arts?\b))?(?: et)?(?: (?:des? )?qualifications?)?)"
    r"(?: (?:de la|de l|des?|du|d))?[ '’]+(?!(?:des? |et |m[eé]tiers? ?|qualifications? ?)*[?!.]*$)",
    re.IGNORECASE,
)
# A word as it is typed, or several joined by hyphens, perhaps with combining accents and what pasted text carries.
_TOKEN = re.compile(r"(?:[^\W_][\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]*(?:[-\u2010\u2011](?=[^\W_]))?)+")


class Term(NamedTuple):
    """A word, or words that belong together, to look for, as typed."""

    typed: str
    wanted: tuple[str, ...]  # folded words and phrases of which any counts, the later the less; its own spelling first
    instead: tuple[str, ...] = ()  # what it stands for as a synonym, as it is shown


class Query(NamedTuple):
    """A whole text as typed, understood: alternatives, each of terms that must all occur."""

    alternatives: tuple[tuple[Term, ...], ...] = ()
    aside: tuple[str, ...] = ()  # typed words that only ask, or say a level or post, and are not looked for
    typed: str = ""

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms of all alternatives, each once."""
        return tuple(dict.fromkeys(term for terms in self.alternatives for term in terms))


def understood(typed: Sequence[str], registry: Registry) -> Query:
    """Return what typed words ask for; raise UsageError for too many, for none, and for a leading ``!`` or ``-``."""
    parts = " ".join(typed).split()
    text, together = " ".join(parts), runs(registry)
    for part in parts:
        refuse_exclusion(part)
    if len(_TOKEN.findall(text)) > 2_000:  # which is no question, and would take long
        raise UsageError(_("{typed} is too long to look for. Give a few words: cmq list bois", typed=quoted(text)))
    alternatives = re.split(r"(?<![\w-])(?:(?i:ou)|OR)(?![\w\u0300-\u036f-])|\|", text)
    every = [terms for each in dict.fromkeys(alternatives) if (terms := _terms(each, together))]
    if not every:
        raise UsageError(_("There is nothing to look for in {typed}. Give a word: cmq list bois", typed=quoted(text)))
    idle = ASIDE | SILENT | SMALL_WORDS
    asking = {term for terms in every for term in terms if not term.instead and idle.issuperset(words(term.typed))}
    sought = [*filter(None, ([term for term in terms if term not in asking] for terms in every))]
    unsought = [term.typed for terms in every for term in terms if sought and term in asking]
    aside = [each for each in unsought if not ASIDE.isdisjoint(words(each))]
    aside += [part for part in parts if unicodedata.category(part[0]) == "So" and not _TOKEN.search(part)]
    different = dict.fromkeys(map(tuple, sought or every))  # alone, what only asks is looked for
    return Query(tuple(different), tuple(dict.fromkeys(aside)), text)


def runs(registry: Registry) -> dict[tuple[str, ...], Synonym]:
    """Return what belongs together, by its telling words: synonyms, search words of sectors, names of regions."""
    territories = registry["territories"]
    names = [each["name"] for each in (*territories["regions"], *territories["former_regions"])]
    names += [each for sector in registry["sectors"] for each in sector["keywords"]]
    phrases = {run: Synonym(each, "", (each,)) for each in names if len(run := words(each)) > 1 and run[0] != "filiere"}
    return phrases | {words(name): each for each in synonyms() for name in (each.said, each.feminine) if name}


def _terms(text: str, together: dict[tuple[str, ...], Synonym]) -> list[Term]:
    """Return the terms of one alternative, each once: words that belong together, in the longest run, else each one."""
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
    pairs = ["".join(pair) for pair in pairwise(own)]  # as in "éco construction"
    return [term._replace(wanted=(*term.wanted, *pairs[max(at - 1, 0) : at + 1])) for at, term in enumerate(terms)]


# How much a word counts by where it is said of the campus itself; heaviest first.
WEIGHTS = {"name": 10, "alias": 9, "city": 8, "school": 7, "specialty": 6, "short": 5, "place": 4, "prose": 2}
OPENING, INSIDE, BEGINNING = 150, 100, 1  # times that, where a word opens a text, is inside it, only begins one


class Beside(NamedTuple):
    """Campuses that mention all terms of a query but one, of which they only share the sector that is called so."""

    sector: str
    term: Term
    others: tuple[Term, ...]
    campuses: list[Campus]


class Found(NamedTuple):
    """The campuses that a query finds, best fit first, equals by name; and what must be said of them."""

    campuses: list[Campus]
    named: list[Campus]  # those that say all of it themselves, as whole words, in names and the like
    counts: dict[Term, int]  # how many campuses each term finds by itself
    through: dict[str, list[str]]  # words that no campus says, with the ids of the sectors through which they count
    same_sector: list[Beside]


def searchable(registry: Registry) -> list[dict[str, str]]:
    """Return what is said of each campus, folded, by kind, between bars; places include what people still say."""
    territories = registry["territories"]
    regions, departments = index(territories["regions"], "code"), index(territories["departments"], "code")
    found = []
    for campus in registry["campuses"]:
        region, department = regions[campus["region_code"]], departments.get(campus["department_code"])
        academy = campus["academy"] or (department["academy"] if department else None)
        former = [each["name"] for each in territories["former_regions"] if academy in each["academies"]]
        places = [region["name"], *region["abbreviations"], academy or "", *former]
        places += [department["code"], department["name"]] if department else []
        places += ["DROM", "outremer"] if region["overseas"] else []
        schools = [f"{each['name']}, {each['city'] or ''}" for each in campus["institutions"]]
        texts = {
            "name": [campus["name"]],
            "alias": campus["aliases"],
            "city": [campus["city"] or ""],
            "school": schools,
            "specialty": campus["specialties"],
            "short": map(_short, [campus["name"], *campus["aliases"], *schools]),
            "place": places,
            "prose": [campus["description"] or ""],
        }
        found.append({kind: f"| {' | '.join(dict.fromkeys(map(fold, each)))} |" for kind, each in texts.items()})
    return found


def _short(name: str) -> str:
    """Return the initials of a name and of its parts between commas or brackets; parts of two words as they are."""
    parts = map(words, (name, *re.split(r"[():–,]", name)))
    return " ".join("".join(word[0] for word in part) if len(part) > 2 else " ".join(part) for part in parts)


def find(registry: Registry, query: Query) -> Found:
    """Return the campuses that have all terms of an alternative; one that none says counts through its sectors."""
    campuses = registry["campuses"]
    texts = [(each, "".join(each.values()).replace(" ", "")) for each in searchable(registry)]
    said = {term: _said(registry, texts, term) for term in query.terms}
    best: dict[str, float] = {}
    named: set[str] = set()
    beside: dict[tuple[str, Term, tuple[Term, ...]], list[Campus]] = {}
    for terms in query.alternatives:
        for campus in campuses:
            id = campus["id"]
            fits = [said[term].points.get(id, 0) for term in terms]
            if all(fits):
                best[id] = max(best.get(id, 0), sum(fits))
                if min(fits) >= WEIGHTS["place"] * INSIDE:
                    named.add(id)
            elif fits.count(0) == 1:
                at = fits.index(0)
                for sector in said[terms[at]].beside:
                    if sector in campus["sectors"]:
                        beside.setdefault((sector, terms[at], terms[:at] + terms[at + 1 :]), []).append(campus)
    found = [campus for campus in campuses if campus["id"] in best]
    found.sort(key=lambda campus: (-best[campus["id"]], sort_key(campus["name"])))
    return Found(
        found,
        [campus for campus in found if campus["id"] in named],
        {term: len(each.points) for term, each in said.items()},
        {term.typed: each.through for term, each in said.items() if found and each.through},
        [Beside(*key, sharing) for key, sharing in beside.items()],
    )


class _Said(NamedTuple):
    points: dict[str, float]  # of the campuses that say a term, or share a sector through which it counts; by their ids
    through: list[str]  # the sectors called so, where no campus says it,
    beside: list[str]  # or else here


def _said(registry: Registry, texts: list[tuple[dict[str, str], str]], term: Term) -> _Said:
    points = {}
    for campus, text in zip(registry["campuses"], texts, strict=True):
        if said := _points(term, *text):
            points[campus["id"]] = said
    sectors = _sectors(registry, term, said=bool(points))
    sharing = [campus["id"] for campus in registry["campuses"] if not set(sectors).isdisjoint(campus["sectors"])]
    if sharing and max(points.values(), default=0) <= WEIGHTS["name"] * BEGINNING:
        return _Said(dict.fromkeys(sharing, BEGINNING), sectors, [])
    return _Said(points, [], sectors)


def _sectors(registry: Registry, term: Term, said: bool) -> list[str]:
    """Return the ids of the sectors called so; where no campus says it, else of those with a name that has it."""
    every = [(sector.value, name) for sector in entries(registry, "sector") for name in sector.spellings]
    solid = {word.replace(" ", "") for word in term.wanted}
    called = [id for id, name in every if not solid.isdisjoint(forms(name))]
    if not called and not said:
        called = [id for id, name in every if any(fit(word, fold(name)) == 2 for word in term.wanted)]
    return [*dict.fromkeys(called)]


def _points(term: Term, texts: dict[str, str], solid: str) -> float:
    """Return the points of a campus for how it says a term, 0 where it doesn't; `solid` is all it says, unspaced."""
    best = 0.0
    for rank, word in enumerate(term.wanted):
        if word.replace(" ", "") in solid:  # which is quickly told
            points = max(weight * _times(term, word, kind, texts[kind]) for kind, weight in WEIGHTS.items())
            best = max(best, points / (1 + 3 * rank))
    return best


def _times(term: Term, word: str, kind: str, text: str) -> int:
    """Return how much a wanted word of a term counts in a text of a kind."""
    if term.instead and word == term.wanted[0] and re.search(f" {word} (par|depui) ", text):
        return 0  # who says "pilote" doesn't mean what is "piloté par"
    if f"| {word} " in text:
        return OPENING
    if kind == "prose":  # where "vin" isn't meant to find "vingt"
        return INSIDE * (f" {word} " in text)
    fits = fit(word, text)
    if term.instead and fits == 1:  # nor is autonomy meant by "auto"
        return 0
    return (0, BEGINNING, INSIDE)[fits]


def spelled(registry: Registry) -> list[str]:
    """Return the words of all names, and the trades, as they are written: in small letters if ever."""
    named = [entry for kind in (*PLACES, "sector", "city") for entry in entries(registry, kind)]
    texts = [text for entry in named for text in entry.texts]
    for campus in registry["campuses"]:
        schools = [each["name"] for each in campus["institutions"]]
        texts += [campus["name"], *campus["aliases"], *campus["specialties"], *schools]
    found = {fold(word): word for word in sorted(re.findall(r"[^\W_]+", " ".join(texts)))}  # small letters sort last
    words = [word for folded, word in found.items() if len(word) > SHORTEST_START and folded not in ASIDE | SILENT]
    return words + [name for each in synonyms() for name in (each.said, each.feminine) if name]


def instead_sentences(query: Query) -> list[str]:
    """Return a sentence on each word that stands for others: what was looked for."""
    stand_for = {term.typed: ", ".join(map(quoted, term.instead)) for term in query.terms if term.instead}
    return [_("{word}: looked for {words}", word=quoted(word), words=words) for word, words in stand_for.items()]


def through_sentence(registry: Registry, typed: str, sectors: Sequence[str]) -> str:
    """Return the sentence on a word that no campus says, and that counts through sectors, given by their ids."""
    labels = _("; ").join(each["label"] for each in registry["sectors"] if each["id"] in sectors)
    said = N_("No campus mentions {typed} itself; these are the campuses of the sector: {labels}.")
    return _(said, typed=quoted(typed), labels=labels)
