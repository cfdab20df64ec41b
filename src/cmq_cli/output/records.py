"""Records as they leave the program: plain dicts whose field names are a public contract (frozen by a test).

Each one can be traced to its sources: citations carry the source's title, address, publisher and date beside its id.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from cmq_cli.output.answer import Row
from cmq_cli.registry import Campus, Figure, Milestone, Region, Registry, Sector, Source, Wave, index


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


def campuses(registry: Registry, found: Iterable[Campus]) -> list[Row]:
    """Return campuses whole, their sources with titles and addresses."""
    by_id = index(registry["sources"])
    return [_cited(one, CAMPUS, by_id) for one in found]


def near(registry: Registry, found: Iterable[tuple[Campus, float | None]]) -> list[Row]:
    """Return campuses with their distance from a place in km, to 100 m; None where the seat isn't known."""
    by_id = index(registry["sources"])
    rows = [(_cited(one, CAMPUS, by_id), None if km is None else round(km, 1)) for one, km in found]
    return [{"id": row["id"], "distance_km": km, **row} for row, km in rows]


def fields_of_count(by: Sequence[str]) -> tuple[str, ...]:
    """Return the fields of a count by some fields: those of each value, then the numbers."""
    values = [name for field in by for name in (field, BESIDE.get(field)) if name]
    return (*values, *COUNT) if by else COUNT_OF_ALL


def counted(
    by: Sequence[str],
    values: Sequence[tuple[Any, str | None]],
    found: Sequence[Campus],
    total: int,
    official: tuple[int, str] | None = None,
) -> Row:
    """Return a row of a count: values with their labels, number, share, campuses; without ``--by`` what is official."""
    row: list[Any] = []
    for field, (identifier, label) in zip(by, values, strict=True):
        if field == "sector":
            row += [identifier, label]
        elif field in BESIDE:
            row += [label, None if identifier == label else identifier]  # a city without a code counts by its name
        else:
            row.append(identifier)
    row += [len(found), round(len(found) / total, 4) if total else 0.0, [one["id"] for one in found]]
    return dict(zip(fields_of_count(by), row if by else [*row, *(official or (None, None))], strict=True))


def wave(registry: Registry, one: Wave) -> Row:
    """Return a wave: its announcements, the official counts of its time, and which campuses the registry documents."""
    begins = {each["number"]: each["announcements"][0]["on"] for each in registry["waves"] if each["announcements"]}
    begin = begins.get(one["number"], one["call_launched_on"])
    end = min((each for each in begins.values() if each > begin), default="~")  # after every date
    found = [each for each in registry["campuses"] if each["wave"] == one["number"]]
    bases = [each["wave_basis"] for each in found]
    return _cited(one, WAVE, index(registry["sources"])) | {
        "documented": len(found),
        "documented_stated": bases.count("stated"),
        "documented_deduced": bases.count("deduced"),
        "milestones": [milestone(registry, each) for each in registry["milestones"] if begin <= each["on"] < end],
        "campuses": [each["id"] for each in found],
    }


def milestone(registry: Registry, one: Milestone) -> Row:
    """Return an official count at a date, with what its source is."""
    return _fields({**index(registry["sources"])[one["source"]], **one}, MILESTONE)


def figure(registry: Registry, one: Figure) -> Row:
    """Return a figure of the programme with its citations."""
    return _cited(one, FIGURE, index(registry["sources"]))


def sector(registry: Registry, one: Sector) -> Row:
    """Return a sector with its search words and its campuses."""
    found = [each["id"] for each in registry["campuses"] if one["id"] in each["sectors"]]
    return _fields(one, SECTOR) | {"count": len(found), "campuses": found}


def region(registry: Registry, one: Region) -> Row:
    """Return a region with its former regions, academies, departments and campuses."""

    def inside(records: Iterable[Any]) -> list[Any]:
        return [each for each in records if each["region_code"] == one["code"]]

    found = [each["id"] for each in inside(registry["campuses"])]
    return _fields(one, REGION) | {
        "academies": [each["name"] for each in inside(registry["territories"]["academies"])],
        "departments": [_fields(each, DEPARTMENT) for each in inside(registry["territories"]["departments"])],
        "count": len(found),
        "campuses": found,
    }


def sources(registry: Registry, wanted: Iterable[Source]) -> list[Row]:
    """Return sources with all that each supports: which record, which of its fields, with which quote."""
    supports: dict[str, list[Row]] = {source["id"]: [] for source in registry["sources"]}
    kinds = {"campus": ("campuses", "id"), "wave": ("waves", "number"), "figure": ("figures", "id")}
    for kind, (name, key) in {**kinds, "milestone": ("milestones", "on")}.items():
        for one in cast("dict[str, Any]", registry)[name]:
            for each in one.get("sources", [one]):  # a milestone is its own citation
                told = [name for name in ("campuses", "excellence", "event") if each.get(name) is not None]
                row = {"record": one[key], "kind": kind, "fields": each.get("supports", told)}
                supports[each["source"]].append(row | {"quote": each.get("quote")})
    return [_fields(each, SOURCE) | {"supports": supports[each["id"]]} for each in wanted]


def _fields(one: Mapping[str, Any], names: Sequence[str]) -> Row:
    return {name: one.get(name) for name in names}


def _cited(one: Mapping[str, Any], fields: tuple[str, ...], sources: Mapping[str, Any]) -> Row:
    """Return the fields of a record, with what the source of each citation is."""
    names = NESTED[fields]["sources"]
    cited = [_fields({**sources[each["source"]], **each}, names) for each in one["sources"]]
    return _fields(one, fields) | {"sources": cited}


def inner_names(fields: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of all fields inside the records that a kind of record holds, as ``sources.url``."""
    return tuple(f"{name}.{inner}" for name, inside in NESTED.get(fields, {}).items() for inner in inside)


def columns(fields: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns of a flat form that say all: a field of records is their first field; the others follow."""
    found: list[str] = []
    for name in fields:
        found += [name, *(f"{name}.{inner}" for inner in NESTED.get(fields, {}).get(name, ())[1:])]
    return tuple(found)


def pick(records: Iterable[Mapping[str, Any]], wanted: Sequence[str]) -> list[Row]:
    """Return the records with the wanted fields only, in that order; ``sources.url`` reaches into nested records."""
    return [{name: _reach(record, name) for name in wanted} for record in records]


def _reach(record: Mapping[str, Any], name: str) -> Any:
    head, _, rest = name.partition(".")
    return [each[rest] for each in record[head]] if rest else record[head]
