"""Free words: where they occur in what is known of a campus, and how well they fit. Pure functions."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from cmq_cli.model import Campus, Registry
from cmq_cli.record import Record
from cmq_cli.text import fit, fold, initials, sort_key, stub, words

OWN_WEIGHTS = {"name": 10, "alias": 9, "city": 8, "institutions": 7, "fields": 6, "acronyms": 5, "place": 4, "codes": 4}
"""How much a word counts by where it occurs in what is said of the campus itself; heaviest first."""

SPELLED = tuple(kind for kind in OWN_WEIGHTS if kind not in ("acronyms", "codes"))
"""What holds words that a typing error may be in; everything looks like a few capitals."""

WEIGHTS = {**OWN_WEIGHTS, "sector": 3, "description": 2, "keywords": 1}
"""The same, with what only its sector, or a sentence about it, says."""

_OPENING = 3
"""What a word counts for that opens a text; one inside counts 2, the start of one 1."""

_UNTOLD = frozenset(
    fold(
        "bac pro bts cap licence master diplôme chef responsable agent technicien technicienne ingénieur ingénieure "
        "ouvrier ouvrière opérateur opératrice employé employée"
    ).split()
)
"""Folded words for levels and posts, by which the registry doesn't tell campuses apart: each has many."""

GENERIC = _UNTOLD | frozenset(
    fold(
        "campus cmq cmqe métier domaine secteur filière rectorat département formation former se étudier études "
        "apprendre je j cherche veux voudrais quel quelle où comment est il y liste tout tous toute près"
    ).split()
)
"""Folded words that every campus answers to, and those that only ask."""

_WORD = re.compile(r"[^\W_]+")

_ARTS = re.compile(r"\bmetier (?:d ?)?art\b")
"""The one field that has such a word in its name: "métiers d'art", arts and crafts, are more than art."""

STARTS_IN_PROSE = 4
"""Letters that the start of a word must have in a sentence or a search word: "vin" isn't meant to find "vingtaine"."""

PROSE = ("description", "keywords")

NAMING = ("name", "alias", "institutions", "fields", "sector", "keywords")
"""What names the fields that trades deal with."""

ARTICLES = ("la", "le", "les", "l", "du", "des")
"""Folded words before the field of a trade in a sentence, which has verbs as well: what covers (couvre) is no roof."""

_TITLE = re.compile(
    r"\A(?:l[ea] )?(?:cmqe?|campu(?: (?:des? )?metier(?! d art))?(?: et)?(?: (?:des? )?qualification)?)"
    r"(?: d excellence)?(?: cmqe?)?(?: (?:de la|de l|des?|du|d))? (?=.)"
)
"""The official title and what people make of it, at the beginning of a folded text that goes on."""


class Text(Record):
    """What is known of a campus, folded, by kind; each kind is a tuple of texts."""

    campus: Campus
    parts: Mapping[str, tuple[str, ...]]

    @cached_property
    def solid(self) -> dict[str, str]:
        """The texts of each kind without spaces: a word that doesn't occur there is quickly known to be in none."""
        return {kind: "|".join(parts).replace(" ", "") for kind, parts in self.parts.items()}


def without_title(folded: str) -> str:
    """Return a folded text without the leading words "campus des métiers et des qualifications (d'excellence)".

    >>> without_title(fold("Campus des métiers et des qualifications d'excellence de la plasturgie"))
    'plasturgie'
    """
    return _TITLE.sub("", folded)


def query_words(typed: Iterable[str]) -> tuple[str, ...]:
    """Return the folded words to look for, each once; a text typed as one argument may hold several.

    Articles, prepositions, the official title and words that only ask count only when nothing else is said.

    >>> query_words(["Quels campus pour les métiers de la mer ?"])
    ('mer',)
    """
    folded = fold(" ".join(typed))
    said = tuple(dict.fromkeys(words(without_title(folded))))
    generic = GENERIC - {"metier"} if _ARTS.search(folded) else GENERIC
    return tuple(word for word in said if word not in generic) or said


def left_aside(typed: Sequence[str]) -> list[str]:
    """Return the words for levels and posts, as they were typed, that are not looked for because of the others."""
    wanted = query_words(typed)
    return [word for word in " ".join(typed).split() if fold(word) in _UNTOLD.difference(wanted)]


def texts(registry: Registry, campuses: Iterable[Campus]) -> list[Text]:
    """Return the searchable text of each campus, in the order given.

    Places include what people still say: the department, the region's abbreviations, the academy's former region.
    """
    sectors = {sector.id: (fold(sector.label), tuple(map(fold, sector.keywords))) for sector in registry.sectors}
    former = {academy: region.name for region in registry.territories.former_regions for academy in region.academies}

    def text(campus: Campus) -> Text:
        institutions = [name for name in (campus.lead_institution, *campus.members) if name]
        said = {
            "name": _with_short([campus.name]),
            "alias": _with_short(campus.aliases),
            "city": (campus.city,),
            "institutions": institutions,
            "fields": campus.fields,
            "acronyms": [word for name in (campus.name, *campus.aliases, *institutions) for word in initials(name)],
            "place": (*_place(registry, campus), former.get(campus.academy or "")),
            "codes": _codes(registry, campus),
            "description": (campus.description,),
        }
        parts = {kind: tuple(fold(value) for value in values if value) for kind, values in said.items()}
        known = [sectors[sector] for sector in campus.sectors if sector in sectors]
        parts["sector"] = tuple(label for label, _ in known)
        parts["keywords"] = tuple(word for _, keywords in known for word in keywords)
        return Text(campus, parts)

    return [text(campus) for campus in campuses]


def score(wanted: tuple[str, ...], text: Text, weights: Mapping[str, int] = WEIGHTS, least: int = 1) -> int:
    """Tell how well the words fit: 0 unless all of them occur, and higher the better the places where they do.

    A word may also be written in two, or two as one; a trade fits what it deals with, half as well. Words that occur
    together in one name or the like count once more. With `least` 2, only whole words count, and no trades.
    """
    total = 0
    for at in range(len(wanted)):
        points = _of_word(wanted, at, text, weights, least)
        if not points:
            return 0
        total += points
    return total + (_best(wanted, text, weights, least) if len(wanted) > 1 else 0)


def ranked(
    wanted: tuple[str, ...], found: Iterable[Text], weights: Mapping[str, int] = WEIGHTS, least: int = 1
) -> list[Campus]:
    """Return the campuses in which all the words occur, best fit first; equals by name, then id.

    Those that have all as whole words come before those that have only the start of one.
    """
    order = []
    for text in found:
        if points := score(wanted, text, weights, least):
            whole = bool(score(wanted, text, weights, least=2))
            order.append((not whole, -points, sort_key(text.campus.name), text.campus.id, text.campus))
    return [campus for *_, campus in sorted(order)]


def for_sectors(registry: Registry, typed: Sequence[str], known: Sequence[Text]) -> dict[str, list[str]]:
    """Return the typed words that no campus has but by the search words of its sectors, with these sectors' labels."""
    wanted = query_words(typed)
    own = {kind: weight for kind, weight in WEIGHTS.items() if kind != "keywords"}
    strange = [at for at in range(len(wanted)) if not any(_of_word(wanted, at, text, own, least=1) for text in known)]
    if not strange:
        return {}
    used = {sector for text in known for sector in text.campus.sectors}
    sectors = [
        (sector.label, Text(known[0].campus, {"keywords": tuple(map(fold, sector.keywords))}))
        for sector in registry.sectors
        if sector.id in used
    ]
    found = {}
    for at in strange:
        spelled = next((word for word in _WORD.findall(" ".join(typed)) if fold(word) == wanted[at]), wanted[at])
        found[spelled] = [label for label, text in sectors if _of_word(wanted, at, text, {"keywords": 1}, least=1)]
    return {word: labels for word, labels in found.items() if labels}


def _with_short(names: Iterable[str]) -> list[str]:
    return [text for name in names for text in dict.fromkeys((name, without_title(fold(name))))]


def _place(registry: Registry, campus: Campus) -> list[str]:
    department = registry.department_by_code.get(campus.department_code or "")
    return [
        f"région {campus.region}",
        *((f"académie de {campus.academy}",) if campus.academy else ()),
        *((department.name,) if department else ()),
    ]


def _codes(registry: Registry, campus: Campus) -> list[str]:
    region = registry.region_by_code.get(campus.region_code)
    return [
        *(region.abbreviations if region else ()),
        *(("DROM", "outremer") if region and region.overseas else ()),
        *((campus.department_code,) if campus.department_code else ()),
    ]


def _of_word(wanted: Sequence[str], at: int, text: Text, weights: Mapping[str, int], least: int) -> int:
    """Return the points of one of the words, by itself, with another, or as a trade."""
    points = _best((wanted[at],), text, weights, least) or _joined(wanted, at, text, weights, least)
    return points or (_of_trade(wanted[at], text, weights) if least == 1 else 0)


def _best(wanted: Sequence[str], text: Text, weights: Mapping[str, int], least: int) -> int:
    """Return the points of the best single part in which all the words occur."""
    best = 0
    for kind, weight in weights.items():
        if _OPENING * weight <= best:  # the heaviest come first
            break
        if all(stub(word) in text.solid[kind] for word in wanted):
            worst_fits = (min(_points(word, part) for word in wanted) for part in text.parts[kind])
            short = kind in PROSE and min(map(len, wanted)) < STARTS_IN_PROSE
            best = max(best, *(weight * fits for fits in worst_fits if fits >= (2 if short else least)), 0)
    return best


def _points(word: str, part: str) -> int:
    return _OPENING if part == word or part.startswith(f"{word} ") else fit(word, part)


def _joined(wanted: Sequence[str], at: int, text: Text, weights: Mapping[str, int], least: int) -> int:
    """Return the points of a word that occurs only as one with the word before or behind it, or with all of them."""
    together = (wanted[max(at - 1, 0) : at + 1], wanted[at : at + 2], wanted)
    return max(_best(("".join(several),), text, weights, least) for several in together)


def _of_trade(word: str, text: Text, weights: Mapping[str, int]) -> int:
    from cmq_cli.trades import fields  # only a word that isn't there by itself may be a trade

    naming = {kind: weight for kind, weight in weights.items() if kind in NAMING}
    best = max((_best((field,), text, naming, least=2) for field in fields(word)), default=0)
    in_prose = 2 * weights.get("description", 0)
    if best < in_prose and any(_with_article(field, text) for field in fields(word)):
        best = in_prose
    return (best + 1) // 2


def _with_article(field: str, text: Text) -> bool:
    said = [f" {part} " for part in text.parts["description"] if field in part]
    return any(f" {article} {field} " in part for part in said for article in ARTICLES)
