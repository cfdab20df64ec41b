"""Records as they leave the program: plain dicts whose field names are a public contract (frozen by a test).

Each one can be traced to its sources: citations carry the source's title, address, publisher and date beside its id.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cmq_cli.output.answer import Row
from cmq_cli.registry import index

if TYPE_CHECKING:
    from cmq_cli.model import Campus, Figure, Milestone, Region, Registry, Sector, Source, Wave


def _names(names: str) -> tuple[str, ...]:
    return tuple(names.split())


CAMPUS = _names(
    "id name aliases region region_code region_basis academy academy_basis department_code city city_code latitude "
    "longitude institutions wave wave_basis labelled_on attested_on sectors sectors_basis specialties excellence "
    "excellence_since website description notes sources"
)
NEAR = ("id", "distance_km", *CAMPUS[1:])
COUNT = _names("count share campuses")
COUNT_OF_ALL = (*COUNT, "official", "official_on")
"""The fields of a count without ``--by``."""
WAVE = _names(
    "number call_launched_on call_reference candidacies announcements new total documented documented_stated "
    "documented_deduced milestones priorities notes sources campuses"
)
FIGURE = _names("id label value unit period as_of outcome notes sources")
SECTOR = _names("id label page keywords count campuses")
REGION = _names("code name former abbreviations overseas academies departments count campuses")
SOURCE = _names("id url title publisher published supports")
PROBLEM = _names("severity kind record path message value remedy")

CITATION = _names("title url publisher published")
"""What each citation says of its source, beside the source's id."""
EVIDENCE = ("source", "supports", "quote", *CITATION)
CITED = ("source", "quote", *CITATION)
MILESTONE = ("on", "campuses", "excellence", "event", "source", *CITATION)
DEPARTMENT = _names("code name academy")

NESTED: dict[tuple[str, ...], dict[str, tuple[str, ...]]] = {
    CAMPUS: {"institutions": _names("name role city city_code uai"), "sources": EVIDENCE},
    WAVE: {"announcements": _names("on new total basis note"), "milestones": MILESTONE, "sources": CITED},
    FIGURE: {"sources": CITED},
    REGION: {"departments": DEPARTMENT},
    SOURCE: {"supports": _names("record kind fields quote")},
}
"""The fields of the records inside each kind of record, which ``sources.url`` and the like reach."""
NESTED[NEAR] = NESTED[CAMPUS]

BESIDE = {"sector": "sector_label", "region": "region_code", "department": "department_code", "city": "city_code"}
"""The second field of what campuses are counted by: ``region`` is a name, as in a campus; ``sector`` is an id."""


def campuses(registry: "Registry", found: "Iterable[Campus]") -> list[Row]:
    """Return campuses whole, in the order of `CAMPUS`, their sources with titles and addresses."""
    by_id = index(registry["sources"])
    return [_fields(one, CAMPUS) | {"sources": _cited(one["sources"], by_id, EVIDENCE)} for one in found]


def campus(registry: "Registry", one: "Campus") -> Row:
    """Return a campus whole, its sources with titles and addresses."""
    return campuses(registry, [one])[0]


def near(registry: "Registry", found: "Sequence[tuple[Campus, float | None]]") -> list[Row]:
    """Return campuses with their distance from a place in km, to 100 m; None where the seat isn't known."""
    distances = [None if distance is None else round(distance, 1) for _one, distance in found]
    rows = campuses(registry, [one for one, _distance in found])
    return [{"id": row["id"], "distance_km": km, **row} for row, km in zip(rows, distances, strict=True)]


def fields_of_count(by: Sequence[str]) -> tuple[str, ...]:
    """Return the fields of a count by some fields: those of each value, then the numbers."""
    values = [name for field in by for name in (field, BESIDE.get(field)) if name]
    return (*values, *COUNT) if by else COUNT_OF_ALL


def counted(
    by: Sequence[str],
    values: Sequence[tuple[Any, str | None]],
    found: "Sequence[Campus]",
    total: int,
    official: tuple[int, str] | None = None,
) -> Row:
    """Return a row of a count: values with their labels, number, share, campuses; without ``--by`` what is official."""
    row: Row = {}
    for field, (identifier, label) in zip(by, values, strict=True):
        if field in BESIDE and field != "sector":
            row[field], row[BESIDE[field]] = label, identifier if identifier != label else None
        else:
            row |= {field: identifier, BESIDE.get(field, field): label if field in BESIDE else identifier}
    row["count"] = len(found)
    row["share"] = round(len(found) / total, 4) if total else 0.0
    row["campuses"] = [one["id"] for one in found]
    if not by:
        row["official"], row["official_on"] = official or (None, None)
    return row


def wave(registry: "Registry", one: "Wave") -> Row:
    """Return a wave: its announcements, the official counts of its time, and which campuses the registry documents."""
    found = [each for each in registry["campuses"] if each["wave"] == one["number"]]
    bases = [each["wave_basis"] for each in found]
    return {
        **_fields(one, WAVE),
        "documented": len(found),
        "documented_stated": bases.count("stated"),
        "documented_deduced": bases.count("deduced"),
        "milestones": [milestone(registry, each) for each in _milestones_of(registry, one)],
        "sources": _cited(one["sources"], index(registry["sources"]), CITED),
        "campuses": [each["id"] for each in found],
    }


def _milestones_of(registry: "Registry", one: "Wave") -> "list[Milestone]":
    """Return the milestones from a wave's first announcement until the next one's: what was official then."""
    begins = {each["number"]: each["announcements"][0]["on"] for each in registry["waves"] if each["announcements"]}
    begin = begins.get(one["number"], one["call_launched_on"])
    end = min((each for each in begins.values() if each > begin), default="~")  # after every date
    return [each for each in registry["milestones"] if begin <= each["on"] < end]


def milestone(registry: "Registry", one: "Milestone") -> Row:
    """Return an official count at a date, with what its source is."""
    return _fields({**index(registry["sources"])[one["source"]], **one}, MILESTONE)


def figure(registry: "Registry", one: "Figure") -> Row:
    """Return a figure of the programme with its citations."""
    return _fields(one, FIGURE) | {"sources": _cited(one["sources"], index(registry["sources"]), CITED)}


def sector(registry: "Registry", one: "Sector") -> Row:
    """Return a sector with its search words and its campuses."""
    found = [each["id"] for each in registry["campuses"] if one["id"] in each["sectors"]]
    return _fields(one, SECTOR) | {"count": len(found), "campuses": found}


def region(registry: "Registry", one: "Region") -> Row:
    """Return a region with its former regions, academies, departments and campuses."""
    code, territories = one["code"], registry["territories"]
    found = [each["id"] for each in registry["campuses"] if each["region_code"] == code]
    departments = [each for each in territories["departments"] if each["region_code"] == code]
    return {
        **_fields(one, REGION),
        "academies": [each["name"] for each in territories["academies"] if each["region_code"] == code],
        "departments": [_fields(each, DEPARTMENT) for each in departments],
        "count": len(found),
        "campuses": found,
    }


def sources(registry: "Registry", wanted: "Iterable[Source]") -> list[Row]:
    """Return sources with all that each supports: which record, which of its fields, with which quote."""
    supports: dict[str, list[Row]] = {source["id"]: [] for source in registry["sources"]}
    citing: list[tuple[str, str | int, Sequence[Mapping[str, Any]]]] = [
        *(("campus", one["id"], one["sources"]) for one in registry["campuses"]),
        *(("wave", one["number"], one["sources"]) for one in registry["waves"]),
        *(("figure", one["id"], one["sources"]) for one in registry["figures"]),
        *(("milestone", one["on"], [one]) for one in registry["milestones"]),
    ]
    for kind, record, citations in citing:
        for each in citations:
            counts = [name for name in ("campuses", "excellence", "event") if each.get(name) is not None]
            fields, quote = each.get("supports", counts), each.get("quote")
            supports[each["source"]].append({"record": record, "kind": kind, "fields": fields, "quote": quote})
    return [_fields(each, SOURCE) | {"supports": supports[each["id"]]} for each in wanted]


def _fields(one: Mapping[str, Any], names: Sequence[str]) -> Row:
    return {name: one.get(name) for name in names}


def _cited(citations: Iterable[Mapping[str, Any]], sources: Mapping[str, Any], names: Sequence[str]) -> list[Row]:
    return [_fields({**sources[each["source"]], **each}, names) for each in citations]


def inner_names(fields: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of all fields inside the records that a kind of record holds, as ``sources.url``."""
    return tuple(f"{name}.{inner}" for name, inside in NESTED.get(fields, {}).items() for inner in inside)


def columns(fields: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns of a flat form that say all: a field of records is their first field; the others follow."""
    inside = NESTED.get(fields, {})
    return tuple(
        column for name in fields for column in (name, *(f"{name}.{inner}" for inner in inside.get(name, ())[1:]))
    )


def pick(records: Iterable[Mapping[str, Any]], wanted: Sequence[str]) -> list[Row]:
    """Return the records with the wanted fields only, in that order; ``sources.url`` reaches into nested records."""
    return [{name: _reach(record, name) for name in wanted} for record in records]


def _reach(record: Mapping[str, Any], name: str) -> Any:
    head, _, rest = name.partition(".")
    return [each[rest] for each in record[head]] if rest else record[head]
