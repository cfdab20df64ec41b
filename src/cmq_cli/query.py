"""Questions to the registry: which campuses, in what order, how many. Pure functions; nothing here prints."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from cmq_cli.dates import last_day
from cmq_cli.errors import UsageError
from cmq_cli.filters import Filter
from cmq_cli.model import Campus, Registry
from cmq_cli.text import nearest, shown, sort_key
from cmq_cli.values import one_at_a_time


class Selection(NamedTuple):
    """The campuses that match, and how many were left out because a field that would tell isn't known."""

    campuses: tuple[Campus, ...]
    left_out: dict[str, int]


def select(campuses: Iterable[Campus], filters: Sequence[Filter]) -> Selection:
    """Return the campuses that pass every filter, in the order given.

    A campus that no filter excludes but of which one can't tell is left out, and counted under that filter's field.
    """
    kept = []
    left_out: Counter[str] = Counter()
    for campus in campuses:
        answers = [(one.field, one.test(campus)) for one in filters]
        if any(answer is False for _, answer in answers):
            continue
        open_fields = [field for field, answer in answers if answer is None]
        if open_fields:
            left_out[open_fields[0]] += 1
        else:
            kept.append(campus)
    return Selection(tuple(kept), dict(left_out))


def _date(campus: Campus) -> Any:
    known = campus.labelled_on or campus.labelled_by
    return last_day(known) if known else None


SORT_KEYS: dict[str, Callable[[Campus], Any]] = {
    "name": lambda campus: sort_key(campus.name),
    "region": lambda campus: sort_key(campus.region),
    "city": lambda campus: sort_key(campus.city) if campus.city else None,
    "wave": lambda campus: campus.wave,
    "date": _date,
    "id": lambda campus: campus.id,
}
"""What `sort` accepts. Names sort as a French reader expects; a date counts as the last day that it can mean."""


def sort(campuses: Iterable[Campus], field: str) -> list[Campus]:
    """Return the campuses sorted by a field; a leading ``-`` reverses, and unknown values come last both ways.

    Equals are in the order of their names, then ids. Raises UsageError for a field that isn't one of `SORT_KEYS`.
    """
    name, reverse = field.removeprefix("-"), field.startswith("-")
    if name not in SORT_KEYS:
        near = nearest(name, SORT_KEYS, cutoff=0.5)
        hint = f"Did you mean {near[0]}? " if near else ""
        raise UsageError(f"Can't sort by {shown(name)}. {hint}Give one of: {', '.join(SORT_KEYS)}.")
    key = SORT_KEYS[name]
    by_name = sorted(campuses, key=lambda campus: (sort_key(campus.name), campus.id))
    keyed = [(key(campus), campus) for campus in by_name]
    known = sorted((pair for pair in keyed if pair[0] is not None), key=itemgetter(0), reverse=reverse)
    return [campus for _, campus in known] + [campus for unknown, campus in keyed if unknown is None]


class Value(NamedTuple):
    """A value that campuses are counted by: its id, and its name for people; None and None where it isn't known."""

    id: str | int | bool | None
    label: str | None


class Dimension(NamedTuple):
    """A way of counting: the values that a campus counts in, and whether the values have an order of their own."""

    values: Callable[[Registry, Campus], tuple[Value, ...]]
    ordered: bool = False


def _one(identifier: str | int | bool | None, label: str | None = None) -> tuple[Value, ...]:
    if identifier is None:
        return (Value(None, None),)
    return (Value(identifier, label if label is not None else str(identifier)),)


def _year(_: Registry, campus: Campus) -> tuple[Value, ...]:
    return _one(int(campus.labelled_on[:4]) if campus.labelled_on else None)


def _department(registry: Registry, campus: Campus) -> tuple[Value, ...]:
    code = campus.department_code
    return _one(code, registry.department_by_code[code].name if code else None)


def _excellence(_: Registry, campus: Campus) -> tuple[Value, ...]:
    return _one(campus.excellence, {True: "yes", False: "no", None: None}[campus.excellence])


DIMENSIONS: dict[str, Dimension] = {
    "sector": Dimension(
        lambda registry, campus: tuple(Value(id, registry.sector_by_id[id].label) for id in campus.sectors)
    ),
    "region": Dimension(lambda _, campus: _one(campus.region_code, campus.region)),
    "academy": Dimension(lambda _, campus: _one(campus.academy)),
    "department": Dimension(_department),
    "city": Dimension(lambda _, campus: _one(campus.city_code, campus.city)),
    "wave": Dimension(lambda _, campus: _one(campus.wave), ordered=True),
    "year": Dimension(_year, ordered=True),
    "excellence": Dimension(_excellence, ordered=True),
}
"""What campuses can be counted by. `year` is that of the first label, where a source dates it."""


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
    dimensions = _dimensions(fields)
    cells: dict[tuple[Value, ...], list[Campus]] = {(): list(campuses)}
    for dimension in dimensions:
        finer: dict[tuple[Value, ...], list[Campus]] = {}
        for values, members in cells.items():
            for campus in members:
                for value in dimension.values(registry, campus):
                    finer.setdefault((*values, value), []).append(campus)
        cells = finer
    ranks = [
        _ranks(dimension, [(values[at], found) for values, found in cells.items()])
        for at, dimension in enumerate(dimensions)
    ]
    order = sorted(cells, key=lambda values: [rank[value] for rank, value in zip(ranks, values, strict=True)])
    return [Count(values, tuple(cells[values])) for values in order]


def _dimensions(fields: Sequence[str]) -> list[Dimension]:
    for field in fields:
        if field not in DIMENSIONS:
            if several := one_at_a_time("--by", field, DIMENSIONS.__contains__):
                raise UsageError(several)
            near = nearest(field, DIMENSIONS, cutoff=0.5)
            hint = f"Did you mean {near[0]}? " if near else ""
            raise UsageError(f"Can't count by {shown(field)}. {hint}Give one or two of: {', '.join(DIMENSIONS)}.")
    if len(fields) > 2 or len(set(fields)) < len(fields):
        raise UsageError("Count by one field, or by two different ones: cmq count --by region --by wave")
    return [DIMENSIONS[field] for field in fields]


def _ranks(dimension: Dimension, counted: Iterable[tuple[Value, list[Campus]]]) -> dict[Value, int]:
    ids: dict[Value, set[str]] = {}
    for value, found in counted:  # a campus that is in several of the combinations is one
        ids.setdefault(value, set()).update(campus.id for campus in found)

    def key(value: Value) -> tuple[Any, ...]:
        if value.id is None or value.label is None:
            return (1,)
        return (0, value.id) if dimension.ordered else (0, -len(ids[value]), sort_key(value.label))

    return {value: rank for rank, value in enumerate(sorted(ids, key=key))}
