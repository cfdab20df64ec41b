"""Free words: where they occur in what is known of a campus, and how well they fit. Pure functions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cmq_cli.model import Campus, Registry
from cmq_cli.text import fit, fold, sort_key, words

OWN_WEIGHTS = {"name": 10, "city": 8, "institutions": 7, "fields": 6, "place": 4}
"""How much a word counts by where it occurs in what is said of the campus itself; heaviest first."""

WEIGHTS = {**OWN_WEIGHTS, "sector": 3, "description": 2, "keywords": 1}
"""The same, with what only its sector, or a sentence about it, says."""

_GENERIC = frozenset(map(fold, ("campus", "cmq", "cmqe")))
"""Words that every campus answers to."""

_TITLES = tuple(
    map(fold, ("Campus des métiers et des qualifications d'excellence", "Campus des métiers et des qualifications"))
)


@dataclass(frozen=True)
class Text:
    """What is known of a campus, folded, by kind; each kind is a tuple of texts."""

    campus: Campus
    parts: Mapping[str, tuple[str, ...]]


def query_words(typed: Iterable[str]) -> tuple[str, ...]:
    """Return the folded words to look for; each text typed as one argument may hold several.

    Articles, prepositions, "campus" and the full official title count only when nothing else is said.
    """
    folded = " ".join(without_title(fold(text)) for text in typed)
    specific = tuple(word for word in words(folded) if word not in _GENERIC)
    return specific or words(folded)


def without_title(folded: str) -> str:
    """Return a folded text without the leading words "campus des métiers et des qualifications (d'excellence)"."""
    for title in _TITLES:
        if folded.startswith(f"{title} "):
            return folded.removeprefix(f"{title} ")
    return folded


def texts(registry: Registry, campuses: Iterable[Campus]) -> list[Text]:
    """Return the searchable text of each campus, in the order given.

    Places include what people still say: the department, the region's abbreviations, the academy's former region.
    """
    sector_words = {sector.id: (fold(sector.label), tuple(map(fold, sector.keywords))) for sector in registry.sectors}
    former = {academy: region.name for region in registry.territories.former_regions for academy in region.academies}

    def text(campus: Campus) -> Text:
        region = registry.region_by_code.get(campus.region_code)
        department = registry.department_by_code.get(campus.department_code or "")
        sectors = [sector_words[sector] for sector in campus.sectors if sector in sector_words]
        place = (
            campus.region,
            *(region.abbreviations if region else ()),
            *(("DROM",) if region and region.overseas else ()),
            campus.academy,
            former.get(campus.academy or ""),
            department.name if department else None,
        )
        said = {
            "name": (campus.name, *campus.aliases),
            "city": (campus.city,),
            "institutions": (campus.lead_institution, *campus.members),
            "fields": campus.fields,
            "place": place,
            "description": (campus.description,),
        }
        folded = {kind: tuple(fold(value) for value in values if value) for kind, values in said.items()}
        folded["sector"] = tuple(label for label, _ in sectors)
        folded["keywords"] = tuple(word for _, keywords in sectors for word in keywords)
        return Text(campus, folded)

    return [text(campus) for campus in campuses]


def score(wanted: tuple[str, ...], text: Text, weights: Mapping[str, int] = WEIGHTS) -> int:
    """Tell how well the words fit: 0 unless all of them occur, and higher the better the places where they do.

    A whole word counts twice what the start of one does; words that stand together as typed count once more.
    """
    total = 0
    for word in wanted:
        best = _best(word, text, weights)
        if not best:
            return 0
        total += best
    if len(wanted) > 1:
        total += _best(" ".join(wanted), text, weights)
    return total


def ranked(wanted: tuple[str, ...], found: Iterable[Text], weights: Mapping[str, int] = WEIGHTS) -> list[Campus]:
    """Return the campuses in which all the words occur, best fit first; equals by name, then id."""
    scored = ((score(wanted, text, weights), text.campus) for text in found)
    order = sorted((-points, sort_key(campus.name), campus.id, campus) for points, campus in scored if points)
    return [campus for *_, campus in order]


def _best(word: str, text: Text, weights: Mapping[str, int]) -> int:
    for kind, weight in weights.items():
        fits = max((fit(word, part) for part in text.parts[kind]), default=0)
        if fits:
            return fits * weight
    return 0
