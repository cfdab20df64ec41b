"""The Python interface: read a registry, and ask it what the command line asks.

An answer is a list of plain dicts, the same as the command line's JSON: what `cmq_cli.model` describes, and beside each
citation the title, address, publisher and day of its source; what is inside them belongs to the registry, so that only
a ``copy.deepcopy`` may be changed. Errors are `CmqError`: one line that says what to do.
"""

import os
from collections.abc import Iterable
from datetime import date
from typing import Any, TypedDict, Unpack, overload

from cmq_cli.options import FilterOptions, read_registry
from cmq_cli.output.answer import Row
from cmq_cli.registry import Registry

Values = str | int | Iterable[str | int] | None  # one value, several of which one must match, or no filter


class Filters(TypedDict, total=False):
    """Which campuses: values as on the command line, ids, names, codes or search words; `as_of` also as a date."""

    sector: Values
    region: Values
    academy: Values
    department: Values
    city: Values
    wave: Values
    excellence: bool | None
    as_of: str | int | date | None


def load(path: str | os.PathLike[str] | None = None) -> Registry:
    """Return the bundled registry, or that of a file, which is checked in full first; raises CmqError."""
    return read_registry(None if path is None else os.fsdecode(path))


def select(registry: Registry, *words: str, unsure: bool = False, **filters: Unpack[Filters]) -> list[Row]:
    """Return the campuses that have all the words and pass all the filters, as ``cmq list`` does; raises CmqError.

    They come by how well the words fit, or by name. With `unsure`, they are those of which nobody can tell.
    """
    from cmq_cli.commands.selection import choose
    from cmq_cli.output import records

    chosen = choose(registry, words, _options(filters))
    may_match = [campus for campuses in chosen.unsure.values() for campus in campuses]
    return records.cited(registry, may_match if unsure else chosen.campuses)


def show(registry: Registry, key: str) -> list[Row]:
    """Return the campuses that a key means, as ``cmq show`` does; raises CmqError where there is none."""
    from cmq_cli.commands.campuses import show_campus

    return [*show_campus(registry, [key]).records]


def near(
    registry: Registry,
    place: str,
    *words: str,
    within: float | None = None,
    limit: int | None = None,
    all: bool = False,
    **filters: Unpack[Filters],
) -> list[Row]:
    """Return the campuses nearest to a place with their ``distance_km``, as ``cmq near`` does; raises CmqError.

    There are ten, or `limit`, or those `within` so many km, or `all` that have a known seat. Behind them come those of
    the place's region whose seat isn't known; their distance is None.
    """
    from cmq_cli.commands.where import near_place

    asked = _options(filters)
    return [*near_place(registry, [place, *words], within=within, limit=limit, all=all, filters=asked).records]


@overload
def count(registry: Registry, *words: str, by: None = None, **filters: Unpack[Filters]) -> int: ...
@overload
def count(registry: Registry, *words: str, by: str | Iterable[str], **filters: Unpack[Filters]) -> list[Row]: ...
def count(
    registry: Registry, *words: str, by: str | Iterable[str] | None = None, **filters: Unpack[Filters]
) -> int | list[Row]:
    """Return how many campuses `select` returns, or counted `by` one field or two, a dict a value; raises CmqError."""
    from cmq_cli.commands.campuses import count_campuses

    rows = count_campuses(registry, [*words], by=_texts(by), filters=_options(filters)).records
    return [*rows] if by else int(rows[0]["count"])


def _options(filters: Filters) -> FilterOptions:
    excellence, as_of = filters.pop("excellence", None), filters.pop("as_of", None)
    day = None if as_of is None else str(as_of)[:10]
    return FilterOptions(**{name: _texts(value) for name, value in filters.items()}, excellence=excellence, as_of=day)


def _texts(values: Any) -> list[str] | None:
    if values is None:
        return None
    return [str(value) for value in ([values] if isinstance(values, str | int) else values)]
