"""The Python interface: read a registry, and ask it what the command line asks.

Every answer is a list of plain dicts, the same as the command line's JSON, whose fields `cmq_cli.model` describes; each
citation has the title, address, publisher and day of its source beside it. Every error is a `CmqError`, whose text is
one line that says what to do.
"""

import os
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, TypedDict, Unpack, overload

from cmq_cli.options import FilterOptions, read_registry

if TYPE_CHECKING:
    from cmq_cli.model import Registry

Row = dict[str, Any]
"""A record, as it stands in the command line's JSON."""
Values = str | int | Iterable[str | int] | None
"""One value, several of which one must match, or no filter."""


class Filters(TypedDict, total=False):
    """Which campuses: values are written as on the command line; several of one filter mean "or"."""

    sector: Values
    """Ids, labels or search words."""
    region: Values
    """Names, former names, abbreviations or INSEE codes."""
    academy: Values
    department: Values
    """Numbers or names."""
    city: Values
    """Names or INSEE codes of communes."""
    wave: Values
    """Numbers, or ``"none"``."""
    excellence: bool | None
    as_of: str | int | date | None
    """A day, month or year: ``date(2017, 2, 13)``, ``"2017-02"``, ``2017``."""


def load(path: str | os.PathLike[str] | None = None) -> "Registry":
    """Return the bundled registry, or that of a file, which is checked in full first.

    Raises CmqError when the file is missing, unreadable, damaged or invalid.
    """
    return read_registry(None if path is None else os.fsdecode(path))


def select(registry: "Registry", *words: str, unsure: bool = False, **filters: Unpack[Filters]) -> list[Row]:
    """Return the campuses that have all the words and pass all the filters, as ``cmq list`` does.

    They come by how well the words fit, or without words by name. With `unsure`, return those instead of which the
    registry can't tell whether they pass.

    Raises CmqError for a value that means nothing, naming those that may have been meant.
    """
    from cmq_cli.commands.selection import choose
    from cmq_cli.output import records

    chosen = choose(registry, words, _options(filters))
    open_ones = [campus for campuses in chosen.unsure.values() for campus in campuses]
    return records.campuses(registry, open_ones if unsure else chosen.campuses)


def show(registry: "Registry", key: str) -> list[Row]:
    """Return the campuses that a key means, as ``cmq show`` does: an id, alias, city, name, or words.

    Raises CmqError, with what may have been meant, where there is none.
    """
    from cmq_cli.commands.campuses import show_campus

    return [*show_campus(registry, [key]).records]


def near(
    registry: "Registry",
    place: str,
    *words: str,
    within: float | None = None,
    limit: int | None = None,
    all: bool = False,
    **filters: Unpack[Filters],
) -> list[Row]:
    """Return the campuses nearest to a place with their ``distance_km``, as ``cmq near`` does.

    `within` is in km. Without `limit` there are ten, with `all` every one that has a known seat. Those of the place's
    region whose seat isn't known follow; their distance is None. Raises CmqError for a place that means nothing.
    """
    from cmq_cli.commands.near import near_place

    answer = near_place(registry, [place, *words], within=within, limit=limit, all=all, filters=_options(filters))
    return [*answer.records]


@overload
def count(registry: "Registry", *words: str, by: None = None, **filters: Unpack[Filters]) -> int: ...
@overload
def count(registry: "Registry", *words: str, by: str | Iterable[str], **filters: Unpack[Filters]) -> list[Row]: ...
def count(
    registry: "Registry", *words: str, by: str | Iterable[str] | None = None, **filters: Unpack[Filters]
) -> int | list[Row]:
    """Return how many campuses `select` returns; with one field or two to count `by`, a dict for each value.

    Raises CmqError for a value or a field that means nothing.
    """
    from cmq_cli.commands.campuses import count_campuses

    answer = count_campuses(registry, [*words], by=_texts(by), filters=_options(filters))
    return [*answer.records] if by else int(answer.records[0]["count"])


def _options(filters: Filters) -> FilterOptions:
    plain = {name: _texts(value) for name, value in filters.items() if name not in ("excellence", "as_of")}
    as_of = filters.get("as_of")
    return FilterOptions(
        **plain, excellence=filters.get("excellence"), as_of=None if as_of is None else str(as_of)[:10]
    )


def _texts(values: Any) -> list[str] | None:
    if values is None:
        return None
    return [str(value) for value in ([values] if isinstance(values, str | int) else values)]
