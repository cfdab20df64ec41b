"""Questions to the registry: which campuses, in what order, how many. Pure functions; nothing here prints."""

from collections.abc import Callable, Iterable, Sequence
from itertools import product
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from cmq_cli.errors import UsageError
from cmq_cli.language import N_, _, quoted
from cmq_cli.registry import Campus, Registry
from cmq_cli.text import did_you_mean, last_day, sort_key, told

if TYPE_CHECKING:
    from cmq_cli.filters import Filter


class Selection(NamedTuple):
    """The campuses that match, and those left out because a field that would tell isn't known, by that field."""

    campuses: list[Campus]
    unsure: dict[str, list[Campus]]


def select(campuses: Iterable[Campus], filters: "Sequence[Filter]") -> Selection:
    """Return the campuses that pass every filter, in the order given.

    A campus that no filter excludes but of which one can't tell is left out, and stands under that filter's field.
    """
    selection = Selection([], {})
    for campus in campuses:
        answers = [(one.field, one.test(campus)) for one in filters]
        if all(answer for _field, answer in answers):
            selection.campuses.append(campus)
        elif all(answer is not False for _field, answer in answers):
            field = next(field for field, answer in answers if answer is None)
            selection.unsure.setdefault(field, []).append(campus)
    return selection


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
        keyed = [(SORT_KEYS[name](campus), campus) for campus in found]
        sure = [pair for pair in keyed if pair[0] is not None]
        sure.sort(key=itemgetter(0), reverse=field.startswith("-"))
        found = [campus for _key, campus in sure] + [campus for unknown, campus in keyed if unknown is None]
    return found


class Value(NamedTuple):
    """A value that campuses are counted by: its id, and its name for people; None and None where it isn't known."""

    id: str | int | bool | None
    label: str | None


def _one(identifier: str | int | bool | None, label: str | None = None) -> tuple[Value, ...]:
    if identifier is None:
        return (Value(None, None),)
    return (Value(identifier, str(identifier) if label is None else label),)


DIMENSIONS: dict[str, Callable[[Campus, dict[str, str]], tuple[Value, ...]]] = {
    "sector": lambda campus, labels: tuple(Value(each, labels[each]) for each in campus["sectors"]),
    "region": lambda campus, _: _one(campus["region_code"], campus["region"]),
    "academy": lambda campus, _: _one(campus["academy"]),
    "department": lambda campus, labels: _one(campus["department_code"], labels.get(campus["department_code"] or "")),
    "city": lambda campus, _: _one(campus["city_code"] or campus["city"], campus["city"]),
    "wave": lambda campus, _: _one(campus["wave"]),
    "year": lambda campus, _: _one(int((campus["labelled_on"] or "0")[:4]) or None),
    "excellence": lambda campus, _: _one(campus["excellence"], N_("yes") if campus["excellence"] else N_("no")),
}
"""What campuses can be counted by. `year` is that of the first label, where a source dates it."""

_ORDERED = ("wave", "year", "excellence")
"""Those of which the values have an order of their own."""


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
    _check(fields)
    labels = {each["id"]: each["label"] for each in registry["sectors"]}
    labels |= {each["code"]: each["name"] for each in registry["territories"]["departments"]}
    cells: dict[tuple[Value, ...], list[Campus]] = {}
    for campus in campuses:
        for values in product(*(DIMENSIONS[field](campus, labels) for field in fields)):
            cells.setdefault(values, []).append(campus)
    ranks = [_ranks(field in _ORDERED, at, cells) for at, field in enumerate(fields)]
    order = sorted(cells, key=lambda values: [rank[value] for rank, value in zip(ranks, values, strict=True)])
    return [Count(values, tuple(cells[values])) for values in order]


def _check(fields: Sequence[str]) -> None:
    for unknown in (field for field in fields if field not in DIMENSIONS):
        from cmq_cli.vocabulary import one_at_a_time

        if several := one_at_a_time("--by", unknown, DIMENSIONS.__contains__):
            raise UsageError(several)
        cannot = _("Can't count by {typed}.", typed=quoted(unknown))
        known = _("Give one or two of: {known}.", known=", ".join(DIMENSIONS))
        raise UsageError(told(cannot, did_you_mean(unknown, DIMENSIONS), known))
    if len(fields) > 2 or len(set(fields)) < len(fields):
        raise UsageError(_("Count by one field, or by two different ones: cmq count --by region --by wave"))


def _ranks(ordered: bool, at: int, cells: dict[tuple[Value, ...], list[Campus]]) -> dict[Value, int]:
    ids: dict[Value, set[str]] = {}
    for values, found in cells.items():  # a campus that is in several of the combinations is one
        ids.setdefault(values[at], set()).update(campus["id"] for campus in found)

    def key(value: Value) -> tuple[Any, ...]:
        if value.id is None or value.label is None:
            return (1,)
        return (0, value.id) if ordered else (0, -len(ids[value]), sort_key(value.label))

    return {value: rank for rank, value in enumerate(sorted(ids, key=key))}
