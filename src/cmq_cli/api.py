"""The Python interface: read a registry, and ask it what the command line asks.

An answer is a list of plain dicts, the same as the command line's JSON: what `cmq_cli.model` describes, and beside each
citation the title, address, publisher and day of its source. The lists in it are the registry's own: copy what you
change. Errors are `CmqError`: one line that says what to do.
"""

import os
from collections.abc import Iterable
from datetime import date
from typing import Any, TypedDict, Unpack, overload

from cmq_cli.commands import read_registry
from cmq_cli.errors import UsageError
from cmq_cli.language import _, quoted
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

    chosen = choose(registry, _texts(words), _options(filters))
    may_match = [campus for campuses in chosen.unsure.values() for campus in campuses]
    return records.cited(registry, may_match if unsure else chosen.campuses)


def show(registry: Registry, key: str) -> list[Row]:
    """Return the campuses that a key means, as ``cmq show`` does; raises CmqError where there is none."""
    from cmq_cli.commands.campuses import show_campus

    return [*show_campus(registry, [str(key)]).records]


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

    There are ten, or `limit`, or those `within` so many km, or `all`; then those of the region without a known seat.
    """
    from cmq_cli.commands.where import near_place

    if limit is not None and limit < 0:
        raise UsageError(_("{typed} is no number of campuses. Give 0 or more: limit=10", typed=quoted(str(limit))))
    asked = {"within": within, "limit": limit, "however_far": all, "filters": _options(filters)}
    return [*near_place(registry, _texts([place, *words]), **asked).records]


@overload
def count(registry: Registry, *words: str, by: None = None, **filters: Unpack[Filters]) -> int: ...
@overload
def count(registry: Registry, *words: str, by: str | Iterable[str], **filters: Unpack[Filters]) -> list[Row]: ...
def count(
    registry: Registry, *words: str, by: str | Iterable[str] | None = None, **filters: Unpack[Filters]
) -> int | list[Row]:
    """Return how many campuses `select` returns, or counted `by` one field or two, a dict a value; raises CmqError."""
    from cmq_cli.commands.campuses import count_campuses

    rows = count_campuses(registry, _texts(words), by=_texts(by), filters=_options(filters)).records
    return [*rows] if by else int(rows[0]["count"])


def _options(filters: Filters) -> Any:
    from cmq_cli.options import FilterOptions  # not to read a registry, as it loads Typer

    excellence, as_of = filters.pop("excellence", None), filters.pop("as_of", None)
    if excellence not in (True, False, None):
        raise UsageError(_("{typed} is neither True nor False: excellence=True", typed=quoted(str(excellence))))
    day = as_of.isoformat()[:10] if isinstance(as_of, date) else as_of  # a datetime is a date too
    options = {name: _texts(value) for name, value in filters.items()}
    return FilterOptions(**options, excellence=excellence, as_of=None if day is None else str(day))


def _texts(values: Any) -> Any:
    several = [values] if isinstance(values, str | int) else values
    return several and [str(value) for value in several]
