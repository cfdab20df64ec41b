"""Find the bundled registry and read it."""

import json
from dataclasses import fields
from functools import cache
from pathlib import Path
from types import GenericAlias, UnionType
from typing import Any, get_args, get_type_hints

from cmq_cli.errors import RegistryError
from cmq_cli.model import Registry

SCHEMA_VERSION = 1


def data_file(name: str) -> Path:
    """Return the path of a bundled data file: inside the installed package, or at the top of a checkout."""
    package = Path(__file__).parent
    installed = package / "data" / name
    return installed if installed.exists() else package.parents[1] / "data" / name


@cache
def _shape(kind: type) -> tuple[tuple[str, type | None, bool], ...]:
    """Return a record class's fields: name, class of the records inside (if any), whether there are many of them."""
    hints = get_type_hints(kind)
    shape = []
    for field in fields(kind):
        hint = hints[field.name]
        many = isinstance(hint, GenericAlias)
        inner = get_args(hint)[0] if many else hint
        nested = isinstance(inner, type) and not isinstance(inner, UnionType) and hasattr(inner, "__dataclass_fields__")
        shape.append((field.name, inner if nested else None, many))
    return tuple(shape)


def build(kind: type, row: dict[str, Any]) -> Any:
    """Make a record of the class from its JSON object; the values themselves are trusted.

    Raises KeyError for a missing field, TypeError for an unknown one or for a value of the wrong shape.
    """
    shape = _shape(kind)
    if len(row) != len(shape):
        raise TypeError(f"{kind.__name__} has unknown fields")
    values = []
    for name, inner, many in shape:
        value = row[name]
        if inner is not None:
            value = tuple([build(inner, item) for item in value]) if many else build(inner, value)
        elif many:
            value = tuple(value)
        values.append(value)
    return kind(*values)


def load(path: str | None = None) -> Registry:
    """Read a registry: the bundled one, which was checked before it was released, or a file, which is checked in full.

    Raises RegistryError, with the way to mend it, when the file is missing, unreadable, damaged or invalid.
    """
    if path is not None:
        raise RegistryError("A registry of one's own is not read yet.")
    return _bundled()


def _bundled() -> Registry:
    path = data_file("campuses.json")
    remedy = "reinstall it: pip install --force-reinstall cmq-cli"
    try:
        document = json.loads(path.read_bytes())
        registry: Registry = build(Registry, document)
    except OSError as error:
        raise RegistryError(f"The bundled registry can't be read ({error.strerror}: {path}); {remedy}") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise RegistryError(f"The bundled registry is damaged ({path}); {remedy}") from None
    return registry
