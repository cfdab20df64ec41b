"""Records as they leave the program: plain dicts whose field names, which a test freezes, are a public contract."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cmq_cli.output.answer import Row
from cmq_cli.registry import Campus, Region, Registry, Sector, Source, Wave, index


def _fields(spec: str) -> tuple[str, ...]:
    """Return the fields that are listed, each followed by those of the records in it, as ``sources.url``."""
    found: list[str] = []
    for name, inner in re.findall(r"(\w+)(?:\((.*?)\))?", spec):
        found += [name, *(f"{name}.{each}" for each in inner.split())]
    return tuple(found)


_SOURCES = "sources(source quote title url publisher published)"
CAMPUS = _fields(
    "id name aliases region region_code region_basis academy academy_basis department_code city city_code latitude "
    "longitude institutions(name role city city_code uai) wave wave_basis labelled_on attested_on sectors "
    "sectors_basis specialties excellence excellence_since website description notes "
    "sources(source supports quote title url publisher published)"
)
NEAR = ("id", "distance_km", *CAMPUS[1:])
COUNT = _fields("count share campuses")
COUNT_OF_ALL = (*COUNT, "official", "official_on")  # without ``--by``
WAVE = _fields(
    "number call_launched_on call_reference candidacies announcements(on new total basis note) new total priorities "
    f"notes {_SOURCES} documented documented_stated documented_deduced "
    "milestones(on campuses excellence event source title url publisher published) campuses"
)
FIGURE = _fields(f"id label value unit period as_of outcome notes {_SOURCES}")
SECTOR = _fields("id label page keywords count campuses")
REGION = _fields("code name former abbreviations overseas academies departments(code name academy) count campuses")
SOURCE = _fields("id url title publisher published supports(record kind fields quote)")
PROBLEM = _fields("severity kind record path message value remedy")


def whole(fields: Iterable[str]) -> list[str]:
    """Return the fields that records have themselves, without those of the records inside them."""
    return [name for name in fields if "." not in name]


def columns(fields: Sequence[str]) -> list[str]:
    """Return the columns of a flat form: that of records is their first field, and those of their others follow it."""
    return [name for name, before in zip(fields, ("", *fields), strict=False) if not name.startswith(f"{before}.")]


def pick(records: Iterable[Mapping[str, Any]], wanted: Iterable[str]) -> list[Row]:
    """Return the records with the wanted fields only, in that order; ``sources.url`` reaches into nested records."""
    return [{name: _reach(record, name) for name in wanted} for record in records]


def _reach(record: Mapping[str, Any], name: str) -> Any:
    head, _, rest = name.partition(".")
    return [each[rest] for each in record[head]] if rest else record[head]


def cited(registry: Registry, found: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Return records whole, each citation with what its source is; the lists inside are the registry's: change none."""
    sources = index(registry["sources"])

    def whole_record(one: Mapping[str, Any]) -> Row:
        if "sources" in one:
            return {**one, "sources": [*map(whole_record, one["sources"])]}
        source = sources[one["source"]]
        return {**one, **{name: source[name] for name in ("title", "url", "publisher", "published")}}

    return [*map(whole_record, found)]


def near(registry: Registry, found: Sequence[Campus], distances: Mapping[str, float]) -> list[Row]:
    """Return campuses with their distance from a place in km, to 100 m; None where the seat isn't known."""
    away = {id: round(km, 1) for id, km in distances.items()}
    return [{"id": row["id"], "distance_km": away.get(row["id"]), **row} for row in cited(registry, found)]


def fields_of_count(by: Sequence[str]) -> tuple[str, ...]:
    """Return the fields of a count by some fields: those of each value, then the numbers."""
    return tuple(counted(by, [(None, None)] * len(by), (), 0))


def counted(
    by: Sequence[str], values: Sequence[tuple[Any, Any]], found: Sequence[Campus], total: int, official: Any = None
) -> Row:
    """Return a row of a count: a region is a name, as in a campus, with its code, a sector an id, with its label."""
    row: Row = {}
    for field, (identifier, label) in zip(by, values, strict=True):
        if field in ("region", "department", "city"):
            code = None if identifier == label else identifier  # a city without a code counts by its name
            row |= {field: label, f"{field}_code": code}
        else:
            row[field] = identifier
        if field == "sector":
            row["sector_label"] = label
    share = round(len(found) / total, 4) if total else 0.0
    row |= {"count": len(found), "share": share, "campuses": [one["id"] for one in found]}
    if not by:
        row["official"], row["official_on"] = official or (None, None)
    return row


def wave(registry: Registry, one: Wave) -> Row:
    """Return a wave: its announcements, the official counts of its time, and which campuses the registry documents."""
    begins = {each["number"]: each["announcements"][0]["on"] for each in registry["waves"] if each["announcements"]}
    begin = begins.get(one["number"], one["call_launched_on"])
    end = min((each for each in begins.values() if each > begin), default="~")  # after every date
    counts = [each for each in registry["milestones"] if begin <= each["on"] < end]
    found = [each for each in registry["campuses"] if each["wave"] == one["number"]]
    bases = [each["wave_basis"] for each in found]
    return {
        **cited(registry, [one])[0],
        "documented": len(found),
        "documented_stated": bases.count("stated"),
        "documented_deduced": bases.count("deduced"),
        "milestones": cited(registry, counts),
        "campuses": [each["id"] for each in found],
    }


def sector(registry: Registry, one: Sector) -> Row:
    """Return a sector with its search words and its campuses."""
    found = [each["id"] for each in registry["campuses"] if one["id"] in each["sectors"]]
    return {**one, "count": len(found), "campuses": found}


def region(registry: Registry, one: Region) -> Row:
    """Return a region with its former regions, academies, departments and campuses."""
    code, territories = one["code"], registry["territories"]
    departments = [each for each in territories["departments"] if each["region_code"] == code]
    found = [each["id"] for each in registry["campuses"] if each["region_code"] == code]
    return {
        **one,
        "academies": [each["name"] for each in territories["academies"] if each["region_code"] == code],
        "departments": pick(departments, ("code", "name", "academy")),
        "count": len(found),
        "campuses": found,
    }


def sources(registry: Registry, wanted: Iterable[Source]) -> list[Row]:
    """Return sources with all that each supports: which record, which of its fields, with which quote."""
    rows: dict[str, Row] = {one["id"]: {**one, "supports": []} for one in registry["sources"]}
    every: Any = registry
    kinds = (("campus", "campuses", "id"), ("wave", "waves", "number"), ("figure", "figures", "id"))
    for kind, records, key in (*kinds, ("milestone", "milestones", "on")):
        for one in every[records]:
            for each in one.get("sources", [one]):  # a milestone is its own citation
                stated = [name for name in ("campuses", "excellence", "event") if each.get(name) is not None]
                row = {"record": one[key], "kind": kind, "fields": each.get("supports", stated)}
                rows[each["source"]]["supports"].append(row | {"quote": each.get("quote")})
    return [rows[one["id"]] for one in wanted]
