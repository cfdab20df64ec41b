"""Find a registry, the bundled one or a file of the user's, and read it."""

import gc
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import GenericAlias
from typing import Any

from cmq_cli.errors import RegistryError
from cmq_cli.model import Registry
from cmq_cli.record import Record, made

SCHEMA_VERSION = 1
"""The newest form of a registry file that this version of the program reads."""

_BEGINNING = 1000
"""Bytes of a registry in its canonical form in which its day is told."""

_DATA_VERSION = re.compile(rb'"data_version": "([0-9-]+)"')

REMEDY = "reinstall cmq as its README says"
"""How to mend an installation whose files are missing or damaged."""


def data_file(name: str) -> Path:
    """Return the path where a bundled data file is, or should be: inside the package, or at the top of a checkout."""
    package = Path(__file__).parent
    installed = package / "data" / name
    if package.parent.name == "src" and not installed.exists():
        return package.parents[1] / "data" / name
    return installed


@cache
def parts(kind: type) -> tuple[tuple[str, type | None, bool], ...]:
    """Return a record class's fields: name, class of the records inside (if any), whether there are many of them."""
    found = []
    for name, hint in kind.__annotations__.items():
        many = isinstance(hint, GenericAlias)
        inner = hint.__args__[0] if isinstance(hint, GenericAlias) else hint
        nested = isinstance(inner, type) and issubclass(inner, Record)
        found.append((name, inner if nested else None, many))
    return tuple(found)


def build(kind: type, row: dict[str, Any]) -> Any:
    """Make a record of the class from its JSON object; the values themselves are trusted.

    Raises KeyError, TypeError or AttributeError for fields that aren't those of the class and values of a wrong shape.
    """
    fields = row.copy()
    for name, inner, many in _compound(kind):
        value = row[name]
        if inner is None:
            fields[name] = tuple(value)
        else:
            fields[name] = tuple([build(inner, each) for each in value]) if many else build(inner, value)
    return made(kind, fields)


@cache
def _compound(kind: type) -> tuple[tuple[str, type | None, bool], ...]:
    """Return the parts of a record that aren't taken over as they are."""
    return tuple(part for part in parts(kind) if part[1] or part[2])


def load(path: str | None = None) -> Registry:
    """Read a registry: the bundled one, which was checked before it was released, or a file, which is checked in full.

    ``-`` is standard input. Raises RegistryError, with the way to mend it, when the file is missing, unreadable,
    damaged or invalid.
    """
    return _bundled() if path is None else _checked(path)


def data_version() -> str:
    """Return the day of the bundled registry, which its canonical form tells at once: the rest isn't read.

    Raises RegistryError, with the way to mend it, when the file is missing or unreadable, or begins otherwise.
    """
    with _vouched_for() as path, path.open("rb") as file:
        told = _DATA_VERSION.search(file.read(_BEGINNING))
        if told is None:
            raise ValueError("it doesn't begin as a registry does")
        return told[1].decode()


def _bundled() -> Registry:
    with bundled() as document:
        document.pop("$schema", None)
        registry: Registry = build(Registry, document)
    return registry


@contextmanager
def bundled() -> Iterator[dict[str, Any]]:
    """Give the bundled registry as plain JSON, for those who need no records.

    Raises RegistryError, with the way to mend it, when the file is missing, unreadable or damaged.
    """
    with _vouched_for() as path:
        yield json.loads(path.read_bytes())


@contextmanager
def _vouched_for() -> Iterator[Path]:
    """Give the path of the bundled registry; what goes wrong with it is said to be the installation's fault."""
    path = data_file("campuses.json")
    try:
        yield path
    except OSError as error:
        raise RegistryError(f"The bundled registry can't be read ({error.strerror}: {path}); {REMEDY}") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise RegistryError(f"The bundled registry is damaged ({path}); {REMEDY}") from None


@contextmanager
def unchecked(path: str | None) -> Iterator[dict[str, Any]]:
    """Give a registry as plain JSON: the bundled one or a file, which isn't checked.

    Raises RegistryError when that isn't possible, or what is looked for isn't there. Only a regular file is read.
    """
    if path is None:
        with bundled() as document:
            yield document
        return
    from cmq_cli.reading import read_bytes

    if not Path(path).is_file():
        raise RegistryError(f"{path} is no file.")
    try:
        yield json.loads(read_bytes(path))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise RegistryError(f"{path} is no registry.") from None


def _checked(path: str) -> Registry:
    from cmq_cli.validation import check_file, summary

    with in_one_go():
        checked = check_file(path)
    if checked.registry is None:
        raise RegistryError(summary(path, checked.errors))
    return checked.registry


@contextmanager
def in_one_go() -> Iterator[None]:
    """Keep Python from looking for garbage while a registry is read, of which nothing is garbage.

    With 100,000 campuses, that takes half as long as the reading. What was read stays until the program ends, and is
    not looked at again. Raises RegistryError where memory runs out.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    except MemoryError:
        raise RegistryError("There is too little memory for this registry. Use a smaller file.") from None
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()
