"""The only importer of pydantic: it checks a registry against the dataclasses of the model, and describes them.

pydantic reads the types from the model itself; the limits of the values are those of `cmq_cli.meaning`. Numbers and
texts are never converted into each other: "1" is no number, and neither is true.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import ErrorDetails, SchemaValidator

from cmq_cli.dates import last_day
from cmq_cli.facts import FACTS
from cmq_cli.meaning import LISTS, MEANINGS, Meaning
from cmq_cli.model import Campus, Evidence, Figure, Licence, Milestone, Registry, Territories
from cmq_cli.record import names

_Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_UNKNOWN_TOGETHER: dict[type, tuple[str, ...]] = {
    Campus: ("labelled_by",),  # which stands only where labelled_on doesn't
    Figure: ("period",),
    Milestone: ("excellence",),
}
"""Fields that are null in the example of a whole record, so that the record is one that exists."""


def read(data: bytes | bytearray) -> Registry | None:
    """Make a registry of the bytes of a file, or return None when a value in it is wrong.

    Made for speed and for files that mean harm: it stops at the first mistake, and it doesn't see fields that the model
    doesn't know or that occur twice, which `keys` betrays.
    """
    try:
        registry: Registry = _hasty().validate_json(data)
    except (ValidationError, _MissingError):
        return None
    return registry


def is_right(document: Any) -> bool:
    """Tell whether pydantic finds nothing wrong with a registry that was read as plain JSON."""
    return _strict(fail_fast=True).isinstance_python(document)


def mistakes(document: Any) -> list[ErrorDetails]:
    """Return everything that pydantic finds wrong with a registry that was read as plain JSON."""
    try:
        _strict(fail_fast=False).validate_python(document)
    except ValidationError as error:
        return error.errors(include_url=False)
    return []


def empty() -> dict[str, Any]:
    """Return a right registry as plain JSON that has no record."""
    registry: dict[str, Any] = {name: example(Registry, name) for name in MEANINGS[Registry]}
    for at in LISTS:
        (registry if len(at) == 1 else registry[at[0]])[at[-1]] = []
    return registry


def keys(registry: Registry) -> int:
    """Return how many names of fields the file of a registry has when each occurs as often as it must."""

    def of(records: tuple[Any, ...]) -> int:
        return len(records) * len(names(type(records[0]))) if records else 0

    places = registry.territories
    flat = (registry.sources, registry.sectors, registry.milestones)
    number = len(names(Registry)) + len(names(Licence)) + len(names(Territories)) + sum(map(of, flat))
    number += of(places.regions) + of(places.academies) + of(places.departments) + of(places.former_regions)
    number += sum(of(wave.announcements) + of(wave.sources) for wave in registry.waves) + of(registry.waves)
    number += sum(of(figure.sources) for figure in registry.figures) + of(registry.figures)
    evidence = len(names(Evidence)) * sum([len(campus.sources) for campus in registry.campuses])
    return number + of(registry.campuses) + evidence


class _MissingError(Exception):
    """A field is missing."""


def _stop() -> Any:
    raise _MissingError


@cache
def _hasty() -> SchemaValidator:
    """Return what reads a registry and stops at the first mistake.

    A missing field stops it by an exception: pydantic's own error would hold the whole object that lacks the field, and
    the whole of a file for each field that the file lacks.
    """
    schema = _limited()
    for node in list(_nodes(schema)):
        if node["type"] == "dataclass-args":
            node["extra_behavior"] = "ignore"
            for field in node["fields"]:
                field["schema"] = {"type": "default", "schema": field["schema"], "default_factory": _stop}
        elif node["type"] == "tuple":
            node["fail_fast"] = True
    return SchemaValidator(schema)


@cache
def _strict(fail_fast: bool) -> SchemaValidator:
    """Return what checks plain JSON, unknown fields included, up to the first mistake in each list or beyond."""
    schema = _limited()
    for node in _nodes(schema):
        if node["type"] == "dataclass-args":
            node["extra_behavior"] = "forbid"
        elif node["type"] == "tuple":
            node["fail_fast"] = fail_fast
    return SchemaValidator(schema)


def _limited() -> _Schema:
    """Return pydantic's own description of the model, with the limits of the values."""
    schema: _Schema = dict(TypeAdapter(Registry).core_schema)
    for node in [node for node in _nodes(schema) if node["type"] == "dataclass"]:
        for field in node["schema"]["fields"]:
            meaning = MEANINGS[node["cls"]][field["name"]]
            field["schema"] = _limit(field["schema"], meaning)
            if (node["cls"], field["name"]) == (Evidence, "supports"):
                field["schema"]["items_schema"] = [{"type": "literal", "expected": list(FACTS)}]
    return schema


def _limit(schema: _Schema, meaning: Meaning) -> _Schema:
    if schema["type"] == "nullable":
        return schema | {"schema": _limit(schema["schema"], meaning)}
    if schema["type"] == "tuple":
        return schema | {"items_schema": [_limit(schema["items_schema"][0], meaning)], "min_length": meaning.least}
    if schema["type"] not in ("str", "int", "float", "bool"):
        return schema
    limited = schema | meaning.kind.limits | {"strict": True}
    if meaning.kind.is_date:
        return {"type": "function-after", "function": {"type": "no-info", "function": _existing}, "schema": limited}
    return limited


@lru_cache(maxsize=10_000)
def _existing(text: str) -> str:
    last_day(text)
    return text


def _nodes(schema: Any) -> Iterator[_Schema]:
    """Give every part of pydantic's description that has a type."""
    if isinstance(schema, dict):
        if isinstance(schema.get("type"), str):
            yield schema
        for name, part in schema.items():
            if name not in ("metadata", "config", "function"):
                yield from _nodes(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from _nodes(part)


def json_schema() -> _Schema:
    """Return the JSON Schema (2020-12) of a registry file, with a description and an example for every field."""
    generated = GenerateJsonSchema().generate(_limited())
    definitions = generated.pop("$defs")
    whole = _described(Registry, generated["properties"])
    whole["properties"] = {
        "$schema": {
            "description": "Where this JSON Schema is, for editors; cmq itself doesn't follow it.",
            "type": "string",
            "examples": ["campuses.schema.json"],
        },
        **whole["properties"],
    }
    inner = {kind.__name__: kind for kind in MEANINGS if kind is not Registry}
    return {
        "$schema": DIALECT,
        "title": "Registry of the Campus des métiers et des qualifications",
        **whole,
        "$defs": {name: _described(kind, definitions[name]["properties"]) for name, kind in sorted(inner.items())},
    }


def _described(kind: type, properties: _Schema) -> _Schema:
    """Return what JSON Schema says of a class, in an order that doesn't depend on pydantic's version."""
    described = {}
    for field, meaning in MEANINGS[kind].items():
        own = {name: value for name, value in sorted(properties[field].items()) if name != "title"}
        if meaning.kind.schema_pattern is not None:
            _texts(own, meaning.kind.schema_pattern)
        if own.get("type") == "array":
            own["uniqueItems"] = True
        described[field] = {"description": meaning.description, **own, "examples": [example(kind, field)]}
    return {
        "description": kind.__doc__,
        "type": "object",
        "properties": described,
        "required": list(described),
        "additionalProperties": False,
    }


def _texts(schema: _Schema, pattern: str) -> None:
    for node in _nodes(schema):
        if node["type"] == "string":
            node["pattern"] = pattern


def example(kind: type, field: str) -> Any:
    """Return an example of a field; that of records inside is made of the examples of their own fields."""
    meaning = MEANINGS[kind][field]
    if meaning.example is not None:
        return meaning.example
    hint = get_type_hints(kind)[field]
    inner, *many = get_args(hint) or (hint,)
    unknown = _UNKNOWN_TOGETHER.get(inner, ())
    record = {name: None if name in unknown else example(inner, name) for name in MEANINGS[inner]}
    return [record] if many else record
