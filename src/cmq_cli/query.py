"""Questions to the registry: which campuses, in what order, how many. Pure functions; nothing here prints."""

from collections.abc import Callable, Iterable, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from cmq_cli.errors import UsageError
from cmq_cli.language import N_, _, quoted
from cmq_cli.registry import Campus, Registry
from cmq_cli.text import did_you_mean, last_day, sort_key, told
from cmq_cli.vocabulary import one_at_a_time

if TYPE_CHECKING:
    from cmq_cli.filters import Filter


def select(campuses: Iterable[Campus], filters: "Sequence[Filter]") -> tuple[list[Campus], dict[str, list[Campus]]]:
    """Return the campuses that pass every filter, in the order given, and those that may, by the field that would tell.

    That is the field of the first filter of which one can't tell.
    """
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
}
"""What `sort` accepts. Names sort as a French reader expects; a date counts as the last day that it can mean."""


def sort(campuses: Iterable[Campus], *fields: str) -> list[Campus]:
    """Return the campuses sorted by fields, the first before all; a leading ``-`` reverses, unknown values come last.

    Equals are in the order of their names, then ids. Raises UsageError for a field that isn't one of `SORT_KEYS`.
    """
    found = sorted(campuses, key=lambda campus: (sort_key(campus["name"]), campus["id"]))
    for field in reversed(fields):
        name = field.removeprefix("-")
        if name not in SORT_KEYS:
            cannot = _("Can't sort by {typed}.", typed=quoted(name))
            known = _("Give one of: {known}.", known=", ".join(SORT_KEYS))
            raise UsageError(told(cannot, did_you_mean(name, SORT_KEYS), known))
        key = SORT_KEYS[name]
        unknown = [campus for campus in found if key(campus) is None]
        rest = (campus for campus in found if key(campus) is not None)
        found = sorted(rest, key=key, reverse=field.startswith("-")) + unknown
    return found


_Id = str | int | bool | None


class Value(NamedTuple):
    """A value that campuses are counted by: its id, and its name for people; None and None where it isn't known."""

    id: _Id
    label: str | None


DIMENSIONS: dict[str, Callable[[Campus, dict[str, str]], list[tuple[_Id, str | None]]]] = {
    "sector": lambda campus, labels: [(each, labels[each]) for each in campus["sectors"]],
    "region": lambda campus, _: [(campus["region_code"], campus["region"])],
    "academy": lambda campus, _: [(campus["academy"], None)],
    "department": lambda campus, labels: [(campus["department_code"], labels.get(campus["department_code"] or ""))],
    "city": lambda campus, _: [(campus["city_code"] or campus["city"], campus["city"])],
    "wave": lambda campus, _: [(campus["wave"], None)],
    "year": lambda campus, _: [(int((campus["labelled_on"] or "0")[:4]) or None, None)],
    "excellence": lambda campus, _: [(campus["excellence"], N_("yes") if campus["excellence"] else N_("no"))],
}
"""What campuses can be counted by: ids, and names where they differ. `year` is that of the first label, if known."""


class Count(NamedTuple):
    """How many campuses have a combination of values, one per dimension; and which."""

    values: tuple[Value, ...]
    campuses: tuple[Campus, ...]


def count(registry: Registry, campuses: Sequence[Campus], fields: Sequence[str]) -> list[Count]:
    """Return a row per value, or per combination of two; a campus of two sectors counts in both.

    Values with an order of their own (wave, year) keep it; others come most frequent first, equals as a French reader
    sorts their labels; the unknown value comes last. Raises UsageError for an unknown field, one given twice, or more
    than two.
    """
    for unknown in (field for field in fields if field not in DIMENSIONS):
        cannot = _("Can't count by {typed}.", typed=quoted(unknown))
        known = _("Give one or two of: {known}.", known=", ".join(DIMENSIONS))
        several = one_at_a_time("--by", unknown, DIMENSIONS.__contains__)
        raise UsageError(several or told(cannot, did_you_mean(unknown, DIMENSIONS), known))
    if len(fields) > 2 or len(set(fields)) < len(fields):
        raise UsageError(_("Count by one field, or by two different ones: cmq count --by region --by wave"))
    labels = {each["id"]: each["label"] for each in registry["sectors"]}
    labels |= {each["code"]: each["name"] for each in registry["territories"]["departments"]}
    cells: dict[tuple[Value, ...], list[Campus]] = {}
    for campus in campuses:
        for pairs in product(*(DIMENSIONS[field](campus, labels) for field in fields)):
            values = tuple(Value(id, None if id is None else label or str(id)) for id, label in pairs)
            cells.setdefault(values, []).append(campus)
    found = [Count(values, tuple(cells[values])) for values in cells]
    if len(fields) == 1:
        return sorted(found, key=lambda row: _rank(fields[0], row.values[0], len(row.campuses)))
    places = [[row.values[0] for row in count(registry, campuses, [field])] for field in fields]
    return sorted(found, key=lambda row: [*map(list.index, places, row.values)])


def _rank(field: str, value: Value, number: int) -> tuple[Any, ...]:
    if value.id is None or value.label is None:
        return (1,)
    return (0, value.id) if field in ("wave", "year", "excellence") else (0, -number, sort_key(value.label))
