"""The Python interface: read a registry, select campuses, find one, and turn it into plain data with its sources.

A registry and its records are immutable. What a field means is told by `cmq_cli.model`; every error is a `CmqError`
of `cmq_cli.errors`, whose text is one line that says what to do.
"""

import os
from collections.abc import Sequence
from typing import Any, NamedTuple

from cmq_cli import lookup
from cmq_cli import registry as registries
from cmq_cli.model import Campus, Registry
from cmq_cli.output import records

Values = str | int | Sequence[str | int] | None
"""One value, several of which one must match, or no filter."""


class Selected(NamedTuple):
    """The campuses that match, and what can't be told about others, in whole sentences."""

    campuses: tuple[Campus, ...]
    notes: tuple[str, ...]


def load(path: str | os.PathLike[str] | None = None) -> Registry:
    """Return the bundled registry, or that of a file, which is checked in full first.

    Raises CmqError when the file is missing, unreadable, damaged or invalid.
    """
    return registries.load(None if path is None else os.fspath(path))


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
    as_of: str | None = None,
) -> Selected:
    """Return the campuses in which all the words occur and which pass all the filters, as ``cmq list`` does.

    They come by how well the words fit, or without words by name. Values are written as on the command line: ids,
    labels, search words, abbreviations; several of one filter mean "or". `wave` is a number or ``"none"``, `as_of` a
    date such as ``2017-02-13``, ``2017-02`` or ``2017``. A campus of which the registry can't tell whether it passes
    is left out, and counted in the notes.

    Raises CmqError for a value that means nothing, naming the nearest ones.
    """
    from cmq_cli.commands.selection import choose
    from cmq_cli.options import FilterOptions

    options = FilterOptions(
        sector=_several(sector),
        region=_several(region),
        academy=_several(academy),
        department=_several(department),
        city=_several(city),
        wave=_several(wave),
        excellence=excellence,
        as_of=as_of,
    )
    chosen = choose(registry, words, options)
    return Selected(tuple(chosen.campuses), chosen.notes)


def show(registry: Registry, key: str) -> tuple[Campus, ...]:
    """Return the campuses that a key means, as ``cmq show`` does: an id, alias, city, name, or words.

    Raises CmqError, with up to three suggestions, when there is none.
    """
    return tuple(lookup.find(registry, key))


def to_dict(registry: Registry, campus: Campus) -> dict[str, Any]:
    """Return a campus as plain data, the same as in JSON: each source with its title, address, publisher and date."""
    return records.campus(registry, campus)


def _several(values: Values) -> list[str] | None:
    if values is None:
        return None
    return [str(values)] if isinstance(values, str | int) else [str(value) for value in values]
