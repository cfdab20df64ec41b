"""Questions to the registry: which campuses, in what order, how many. Pure functions; nothing here prints."""

from collections.abc import Callable, Iterable, Sequence
from itertools import product
from typing import Any, NamedTuple

from cmq_cli.errors import UsageError
from cmq_cli.filters import Filter
from cmq_cli.language import N_, _
from cmq_cli.registry import Campus, Registry
from cmq_cli.text import last_day, sort_key
from cmq_cli.vocabulary import not_one_of


def select(campuses: Iterable[Campus], filters: Sequence[Filter]) -> tuple[list[Campus], dict[str, list[Campus]]]:
    """Return the campuses that pass all filters, and those that may, by the field of the first that can't tell."""
    passing, unsure = [], dict[str, list[Campus]]()
    for campus in campuses:
        answers = [one.test(campus) for one in filters]
        if all(answers):
            passing.append(campus)
        elif False not in answers:
            unsure.setdefault(filters[answers.index(None)].field, []).append(campus)
    return passing, unsure


SORT_KEYS: dict[str, Callable[[Campus], Any]] = {
    "name": lambda campus: sort_key(campus["name"]),
    "region": lambda campus: sort_key(campus["region"]),
    "city": lambda campus: sort_key(campus["city"]) if campus["city"] else None,
    "wave": lambda campus: campus["wave"],
    "date": lambda campus: last_day(known) if (known := campus["labelled_on"] or campus["attested_on"]) else None,
    "id": lambda campus: campus["id"],
}  # a date counts as the last day that it can mean


def sort(campuses: Iterable[Campus], *fields: str) -> list[Campus]:
    """Sort campuses by fields, then by name and id; ``-`` reverses, unknowns are last; raise UsageError for others."""
    found = sorted(campuses, key=lambda campus: (sort_key(campus["name"]), campus["id"]))
    for field in reversed(fields):
        key = SORT_KEYS.get(field.removeprefix("-"))
        if not key:
            raise not_one_of(SORT_KEYS, "--sort", field, N_("Can't sort by {typed}."))
        unknown = [campus for campus in found if key(campus) is None]
        rest = (campus for campus in found if key(campus) is not None)
        found = sorted(rest, key=key, reverse=field.startswith("-")) + unknown
    return found


class Value(NamedTuple):
    """A value that campuses are counted by: its id, and its name for people; None and None where it isn't known."""

    id: str | int | None
    label: str | None


# Ids, and names where they differ; of a sector and a department, those are elsewhere.
DIMENSIONS: dict[str, Callable[[Campus], list[tuple[str | int | None, str | None]]]] = {
    "sector": lambda campus: [(sector, None) for sector in campus["sectors"]],
    "region": lambda campus: [(campus["region_code"], campus["region"])],
    "academy": lambda campus: [(campus["academy"], None)],
    "department": lambda campus: [(campus["department_code"], None)],
    "city": lambda campus: [(campus["city_code"] or campus["city"], campus["city"])],
    "wave": lambda campus: [(campus["wave"], None)],
    "year": lambda campus: [(int(campus["labelled_on"][:4]) if campus["labelled_on"] else None, None)],
    "excellence": lambda campus: [(campus["excellence"], N_("yes") if campus["excellence"] else N_("no"))],
}


class Count(NamedTuple):
    """How many campuses have a combination of values, one per dimension; and which."""

    values: tuple[Value, ...]
    campuses: list[Campus]


def count(registry: Registry, campuses: Sequence[Campus], fields: Sequence[str]) -> list[Count]:
    """Return a row per value, or pair of values, in their order or most frequent first; raise UsageError for others."""
    for field in fields:
        if field not in DIMENSIONS:
            raise not_one_of(DIMENSIONS, "--by", field, N_("Can't count by {typed}."))
    if len(fields) > 2 or len(set(fields)) < len(fields):
        raise UsageError(_("Count by one field, or by two different ones: cmq count --by region --by wave"))
    labels: dict[str | int, str] = {each["id"]: each["label"] for each in registry["sectors"]}
    labels |= {each["code"]: each["name"] for each in registry["territories"]["departments"]}
    cells: dict[tuple[Value, ...], list[Campus]] = {}
    for campus in campuses:
        for pairs in product(*(DIMENSIONS[field](campus) for field in fields)):
            values = tuple(Value(id, None if id is None else label or labels.get(id, str(id))) for id, label in pairs)
            cells.setdefault(values, []).append(campus)
    found = [Count(*cell) for cell in cells.items()]
    if len(fields) == 1:
        return sorted(found, key=lambda row: _rank(fields[0], row))
    down = [row.values[0] for row in count(registry, campuses, fields[:1])]
    across = [row.values[0] for row in count(registry, campuses, fields[1:])]
    return sorted(found, key=lambda row: (down.index(row.values[0]), across.index(row.values[1])))


def _rank(field: str, row: Count) -> tuple[Any, ...]:
    id, label = row.values[0]
    if label is None:
        return (1,)
    return (0, id) if field in ("wave", "year", "excellence") else (0, -len(row.campuses), sort_key(label))
