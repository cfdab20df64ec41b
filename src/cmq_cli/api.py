"""The Python interface: read a registry, select campuses, find one, and turn it into plain data with its sources.

A registry and its records are immutable. What a field means is told by `cmq_cli.model`; every error is a `CmqError`
of `cmq_cli.errors`, whose text is one line that says what to do.
"""

import os
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from cmq_cli import lookup
from cmq_cli import registry as registries
from cmq_cli.errors import UsageError
from cmq_cli.model import Campus, Registry
from cmq_cli.output import records
from cmq_cli.text import shown

Values = str | int | Iterable[str | int] | None
"""One value, several of which one must match, or no filter."""


class Selected(NamedTuple):
    """The campuses that match, and what can't be told about others, in whole sentences."""

    campuses: tuple[Campus, ...]
    notes: tuple[str, ...]


def load(path: str | os.PathLike[str] | None = None) -> Registry:
    """Return the bundled registry, or that of a file, which is checked in full first.

    Raises CmqError when the file is missing, unreadable, damaged or invalid.
    """
    try:
        return registries.load(None if path is None else os.fsdecode(path))
    except TypeError:
        raise _wrong("path", path, "the name of a file") from None


def select(
    registry: Registry,
    *words: str,
    sector: Values = None,
    region: Values = None,
    academy: Values = None,
    department: Values = None,
    city: Values = None,
    wave: Values = None,
    excellence: bool | None = None,
    as_of: str | int | date | None = None,
) -> Selected:
    """Return the campuses in which all the words occur and which pass all the filters, as ``cmq list`` does.

    They come by how well the words fit, or without words by name. Values are written as on the command line: ids,
    labels, search words, abbreviations; several of one filter mean "or". `wave` is a number or ``"none"``; `as_of` is a
    date such as ``"2017-02-13"``, ``"2017-02"`` or ``2017``, or one of `datetime`. A campus of which the registry can't
    tell whether it passes is left out, and counted in the notes.

    Raises CmqError for a value that means nothing, naming the nearest ones.
    """
    from cmq_cli.commands.selection import chosen
    from cmq_cli.options import FilterOptions

    if not isinstance(excellence, bool | None):
        raise _wrong("excellence", excellence, "True, False or None")
    options = FilterOptions(
        sector=_several("sector", sector),
        region=_several("region", region),
        academy=_several("academy", academy),
        department=_several("department", department),
        city=_several("city", city),
        wave=_several("wave", wave),
        excellence=excellence,
        as_of=_day(as_of),
    )
    found = chosen(_registry(registry), [_text("words", word) for word in words], options)
    return Selected(tuple(found.campuses), found.notes)


def show(registry: Registry, key: str) -> tuple[Campus, ...]:
    """Return the campuses that a key means, as ``cmq show`` does: an id, alias, city, name, or words.

    Raises CmqError, with up to three suggestions, when there is none.
    """
    return tuple(lookup.find(_registry(registry), _text("key", key)))


def to_dict(registry: Registry, campus: Campus) -> dict[str, Any]:
    """Return a campus as plain data, the same as in JSON: each source with its title, address, publisher and date.

    Raises CmqError for what is no campus.
    """
    if not isinstance(campus, Campus):
        raise _wrong("campus", campus, "a campus of the registry, as select and show return them")
    return records.campus(_registry(registry), campus)


def _registry(given: object) -> Registry:
    if not isinstance(given, Registry):
        raise _wrong("registry", given, "a registry, as load returns it")
    return given


def _several(name: str, given: Any) -> list[str] | None:
    if given is None:
        return None
    is_one = isinstance(given, str | bytes) or not isinstance(given, Iterable)
    return [_text(name, value) for value in ([given] if is_one else given)]


def _day(given: Any) -> str | None:
    if given is None:
        return None
    return str(given)[: len("2017-02-13")] if isinstance(given, date) else _text("as_of", given)


def _text(name: str, given: object) -> str:
    """Return a text, or a whole number of whatever class, as it is typed."""
    if not isinstance(given, str) and (isinstance(given, bool) or not hasattr(given, "__index__")):
        raise _wrong(name, given, "a text or a whole number")
    return str(given)


def _wrong(name: str, given: object, wanted: str) -> UsageError:
    return UsageError(f"{name} can't be {shown(str(given))}. Give {wanted}.")
