"""Records as they leave the program: plain dicts whose field names are a public contract (frozen by a test).

Each one can be traced to its sources: citations carry the source's title, address and date beside its id.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from cmq_cli.model import (
    Academy,
    Announcement,
    Campus,
    Citation,
    Department,
    Evidence,
    Figure,
    Region,
    Registry,
    Sector,
    Source,
    Wave,
)
from cmq_cli.record import names

if TYPE_CHECKING:
    from cmq_cli.query import Count

Row = dict[str, Any]


CITATION = ("title", "url", "publisher", "published")
CAMPUS = names(Campus)
CAMPUS_SUMMARY = (
    "id",
    "name",
    "region",
    "city",
    "wave",
    "wave_basis",
    "labelled_on",
    "labelled_by",
    "sectors",
    "sectors_basis",
    "sources",
    "sources.url",
)
NEAR = ("id", "distance_km", *CAMPUS[1:])
COUNT = ("count", "share", "campuses")
WAVE = (*names(Wave)[:7], "documented", "documented_stated", "documented_deduced", *names(Wave)[7:], "campuses")
FIGURE = names(Figure)
SECTOR = (*names(Sector), "count", "campuses")
REGION = (*names(Region), "academies", "departments", "count", "campuses")
SOURCE = (*names(Source), "supports")

EVIDENCE = (*names(Evidence), *CITATION)
CITED = (*names(Citation), *CITATION)

NESTED: dict[tuple[str, ...], dict[str, tuple[str, ...]]] = {
    CAMPUS: {"sources": EVIDENCE},
    NEAR: {"sources": EVIDENCE},
    WAVE: {"announcements": names(Announcement), "sources": CITED},
    FIGURE: {"sources": CITED},
    REGION: {"departments": ("code", "name", "academy")},
    SOURCE: {"supports": ("record", "kind", "fields", "quote")},
}
"""The fields of the records inside each kind of record, which ``sources.url`` and the like reach."""


def inner_names(fields: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of all fields inside the records that a kind of record holds, as ``sources.url``."""
    return tuple(f"{name}.{inner}" for name, inside in NESTED.get(fields, {}).items() for inner in inside)


def columns(fields: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns of a flat format that together say all that the records do.

    A field that holds records stands for their first field, which names them; the others follow it, each on its own.
    """
    inside = NESTED.get(fields, {})
    return tuple(
        column for name in fields for column in (name, *(f"{name}.{inner}" for inner in inside.get(name, ())[1:]))
    )


def campus(registry: Registry, one: Campus) -> Row:
    """Return a campus whole, as in the registry, its sources with their titles and addresses."""
    record = _plain(one)
    record["sources"] = [_cited(registry, evidence) for evidence in one.sources]
    return record


class Made:
    """Records that are made when they are read, one by one."""

    def __init__(self, make: Callable[[Campus], Row], of: Sequence[Campus]) -> None:
        self.make, self.of = make, of

    def __iter__(self) -> Iterator[Row]:
        return map(self.make, self.of)


def campuses(registry: Registry, found: Sequence[Campus]) -> Iterable[Row]:
    """Return campuses whole."""
    return Made(partial(campus, registry), found)


def near(registry: Registry, one: Campus, distance_km: float) -> Row:
    """Return a campus with its distance from the place asked for, in km, to 100 m."""
    record = campus(registry, one)
    return {name: round(distance_km, 1) if name == "distance_km" else record[name] for name in NEAR}


def counted(fields: Sequence[str], one: "Count", total: int) -> Row:
    """Return a row of a count: per field the value's id and label, then how many, their share, and which campuses."""
    record: Row = {}
    for field, value in zip(fields, one.values, strict=True):
        record[field] = value.id
        record[f"{field}_label"] = value.label
    number = len(one.campuses)
    record["count"] = number
    record["share"] = round(number / total, 4) if total else 0.0
    record["campuses"] = [campus.id for campus in one.campuses]
    return record


def wave(registry: Registry, one: Wave) -> Row:
    """Return a wave with its announcements and citations, and which of its campuses the registry documents."""
    record = _plain(one)
    found = [campus for campus in registry.campuses if campus.wave == one.number]
    record["announcements"] = [_plain(announcement) for announcement in one.announcements]
    record["sources"] = [_cited(registry, citation) for citation in one.sources]
    record["documented"] = len(found)
    record["documented_stated"] = sum(campus.wave_basis == "stated" for campus in found)
    record["documented_deduced"] = sum(campus.wave_basis == "deduced" for campus in found)
    record["campuses"] = [campus.id for campus in found]
    return {name: record[name] for name in WAVE}


def figure(registry: Registry, one: Figure) -> Row:
    """Return a figure of the programme with its citations."""
    return {**_plain(one), "sources": [_cited(registry, citation) for citation in one.sources]}


def sector(registry: Registry, one: Sector) -> Row:
    """Return a sector with its search words and its campuses."""
    found = [campus.id for campus in registry.campuses if one.id in campus.sectors]
    return {**_plain(one), "count": len(found), "campuses": found}


def region(registry: Registry, one: Region) -> Row:
    """Return a region with its former regions, academies, departments and campuses."""
    found = [campus.id for campus in registry.campuses if campus.region_code == one.code]
    territories = registry.territories
    academies: list[Academy] = [academy for academy in territories.academies if academy.region_code == one.code]
    departments: list[Department] = [each for each in territories.departments if each.region_code == one.code]
    return {
        **_plain(one),
        "academies": [academy.name for academy in academies],
        "departments": [{"code": each.code, "name": each.name, "academy": each.academy} for each in departments],
        "count": len(found),
        "campuses": found,
    }


def sources(registry: Registry, wanted: Iterable[Source]) -> list[Row]:
    """Return sources with everything that each supports: which record, which of its fields, with which quote."""
    supports: dict[str, list[Row]] = {source.id: [] for source in registry.sources}

    def add(source: str, kind: str, record: str | int, fields: Sequence[str], quote: str | None) -> None:
        supports[source].append({"record": record, "kind": kind, "fields": list(fields), "quote": quote})

    for campus in registry.campuses:
        for evidence in campus.sources:
            add(evidence.source, "campus", campus.id, evidence.supports, evidence.quote)
    for wave in registry.waves:
        for citation in wave.sources:
            add(citation.source, "wave", wave.number, (), citation.quote)
    for figure in registry.figures:
        for citation in figure.sources:
            add(citation.source, "figure", figure.id, (), citation.quote)
    for milestone in registry.milestones:
        fields = [name for name in ("campuses", "excellence") if getattr(milestone, name) is not None]
        add(milestone.source, "milestone", milestone.on, [*fields, "event"], None)
    return [{**_plain(source), "supports": supports[source.id]} for source in wanted]


def _plain(one: object) -> Row:
    return {name: list(value) if type(value) is tuple else value for name, value in vars(one).items()}


def _cited(registry: Registry, citation: Citation | Evidence) -> Row:
    source = registry.source_by_id[citation.source]
    return {**_plain(citation), **{name: getattr(source, name) for name in CITATION}}


def pick(records: Iterable[Mapping[str, Any]], wanted: Sequence[str]) -> Iterator[Row]:
    """Give the records with the wanted fields only, in that order; ``sources.url`` reaches into nested records."""
    return ({name: reach(record, name) for name in wanted} for record in records)


def reach(record: Mapping[str, Any], name: str) -> Any:
    """Return a field's value; of a list of records, with ``list.field``, the list of that field's values."""
    head, _, rest = name.partition(".")
    value = record[head]
    if not rest:
        return value
    return [item[rest] for item in value]
