"""What pydantic finds wrong with a value, in plain words and with the way to mend it."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, get_args, get_type_hints

from cmq_cli.facts import FACTS
from cmq_cli.meaning import LONGEST, MEANINGS, SLUG, Meaning
from cmq_cli.model import Registry
from cmq_cli.problems import Absent, Finding, Steps
from cmq_cli.references import REFERRING, REMEDIES
from cmq_cli.registry import parts
from cmq_cli.schema import example
from cmq_cli.slugs import slug
from cmq_cli.syntax import is_hidden, named
from cmq_cli.text import nearest

_LONGEST_NAME = 100


def explain(error: Mapping[str, Any]) -> Finding:
    """Say in plain words what one of pydantic's errors means."""
    at: Steps = error["loc"]
    kind, field = _field(at)
    value = error["input"]
    match error["type"]:
        case "missing":
            return Finding(at, "This field is missing.", Absent, _addition(kind, field))
        case "unexpected_keyword_argument":
            return Finding(at, "There is no field of this name.", value, _renaming(kind, field))
        case "dataclass_type" | "dataclass_exact_type":
            return Finding(at, "An object in curly brackets is wanted.", value, "See: cmq schema")
        case "tuple_type":
            return Finding(at, "A list in square brackets is wanted.", value, "Put the value in square brackets.")
        case "too_short":
            return Finding(at, "The list is empty; at least one item is wanted.", value, "Add one.")
        case "literal_error":
            return _choice(at, kind, field, value)
        case "value_error":
            return Finding(at, "The calendar has no such day.", value, "Correct the date.")
        case "string_unicode" if _holds_records(kind, field):  # it is the name of a field there
            message = "Half a character stands in the name of this field (a lone surrogate)."
            return Finding((*at, value), message, Absent, "Remove it, or correct the name.")
        case "string_unicode":
            return Finding(at, "Half a character stands in the text (a lone surrogate).", value, "Remove it.")
        case "string_too_long":
            message = f"The text has {len(value):,} characters; no more than {error['ctx']['max_length']:,} are read."
            return Finding(at, message, value, "Shorten it.")
        case "string_pattern_mismatch" if not value.strip():
            return Finding(at, "The text is empty.", value, _unknown(kind, field))
        case "string_pattern_mismatch" if hidden := _hidden(value):
            return Finding(at, f"An invisible character stands in the text: {named(hidden)}.", value, "Remove it.")
    wanted = MEANINGS[kind][field].kind.wanted or "true or false is wanted, without quotes."
    if field in REFERRING:
        return Finding(at, wanted, value, REMEDIES[REFERRING[field]])
    return Finding(at, wanted, value, _spelling(kind, field, value) or _unknown(kind, field))


def _field(at: Steps) -> tuple[type, str]:
    """Return the class and the name of the field that a place lies in."""
    kind: type = Registry
    inner: type | None = Registry
    field = ""
    for part in at:
        if isinstance(part, str):
            kind, field = inner or kind, part
            inner = next((each for name, each, _ in parts(kind) if name == part), None)
    return kind, field


def _holds_records(kind: type, field: str) -> bool:
    return not field or any(name == field and inner is not None for name, inner, _ in parts(kind))


_hints = cache(get_type_hints)
"""The types of a class's fields, which take a quarter of a millisecond to find."""


def _nullable(kind: type, field: str) -> bool:
    return type(None) in get_args(_hints(kind)[field])


def _unknown(kind: type, field: str) -> str:
    return "Correct it, or write null where it is not known." if _nullable(kind, field) else "Correct it."


def _spelling(kind: type, field: str, value: Any) -> str | None:
    """Return how to write as an id what was written as a name."""
    if MEANINGS[kind][field].kind is not SLUG or not isinstance(value, str) or len(value) > _LONGEST_NAME:
        return None
    spelled = slug(value)
    return f"Write {spelled}." if spelled.isascii() and spelled else None


def _addition(kind: type, field: str) -> str:
    meaning: Meaning = MEANINGS[kind][field]
    many = next(many for name, _, many in parts(kind) if name == field)
    if _nullable(kind, field):
        return f'Add it; where it is not known: "{field}": null'
    if many and not meaning.least:
        return f'Add it; where there is none: "{field}": []'
    return f'Add it; for example: "{field}": {json.dumps(example(kind, field), ensure_ascii=False)}'


def _renaming(kind: type, field: str) -> str:
    near = _nearest(field, MEANINGS[kind])
    return f"Did you mean {near[0]}? Rename it, or remove it." if near else "Remove it; notes take what has no field."


def _choice(at: Steps, kind: type, field: str, value: Any) -> Finding:
    if field == "supports":
        near = _nearest(value, FACTS)
        remedy = f"Did you mean {near[0]}?" if near else f"Give one of: {', '.join(FACTS)}."
        return Finding(at, "No field of a campus that a source can support has this name.", value, remedy)
    hint = _hints(kind)[field]
    words = [word for part in (hint, *get_args(hint)) for word in get_args(part) if isinstance(word, str)]
    choices = ", ".join(f'"{word}"' for word in words)
    return Finding(at, f"One of these words is wanted: {choices}.", value, _unknown(kind, field))


def _nearest(value: Any, names: Iterable[str]) -> list[str]:
    """Return the name most like a value, unless that is so long that even a look at it takes its time."""
    return nearest(value, names, limit=1) if isinstance(value, str) and len(value) <= _LONGEST_NAME else []


def _hidden(text: str) -> str | None:
    return next(filter(is_hidden, text[:LONGEST]), None)
