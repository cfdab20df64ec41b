"""A registry file as plain JSON: read with care, and written in its canonical form."""

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from operator import itemgetter
from typing import Any

from cmq_cli import syntax
from cmq_cli.errors import RegistryError
from cmq_cli.json_text import array, indented
from cmq_cli.meaning import LISTS, MEANINGS
from cmq_cli.model import Registry
from cmq_cli.problems import Absent, Finding, Place
from cmq_cli.reading import AS_UTF8, DamagedError
from cmq_cli.registry import parts

SCHEMA_KEY = "$schema"
"""The one name that a file may have beside the model's: it tells editors where the JSON Schema is."""

_MOST_FIELDS = 1_000
_MOST_TWICE = 1_000
_LONGEST_NUMBER = 1_000
_SHOWN_NUMBER = 60


class Twice(dict[str, Any]):
    """An object some of whose names occur twice."""

    names: tuple[str, ...] = ()


def parse(data: bytearray) -> Any:
    """Return what the bytes say as JSON; names that occur twice in an object make it a `Twice`.

    Raises DamagedError, with the place, where they are not UTF-8 or not JSON.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DamagedError("This line is not UTF-8.", AS_UTF8, f"line {line}") from None
    doubtful = 0

    def record(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal doubtful
        if len(pairs) > _MOST_FIELDS:
            raise DamagedError(f"An object has more than {_MOST_FIELDS:,} fields.", "See: cmq schema")
        unique = dict(pairs)
        if len(unique) == len(pairs):
            return unique
        doubtful += 1
        if doubtful > _MOST_TWICE:
            raise DamagedError(f"More than {_MOST_TWICE:,} objects have a field twice.", "See: cmq schema")
        names = [name for name, _ in pairs]
        twice = Twice(unique)
        twice.names = tuple(name for name in unique if names.count(name) > 1)
        return twice

    try:
        return json.loads(text, object_pairs_hook=record, parse_int=_whole)
    except json.JSONDecodeError as error:
        raise syntax.explain(error) from None
    except RecursionError:
        raise DamagedError("Brackets stand inside brackets too deep.", "A registry has six levels of them.") from None


def _whole(text: str) -> int:
    if len(text) > _LONGEST_NUMBER:
        raise DamagedError(f"A number has {len(text):,} digits.", "No number of a registry has more than fifteen.")
    return int(text)


def twice(document: Any, at: Place = ()) -> Iterator[Finding]:
    """Give the names that occur twice in an object."""
    if isinstance(document, Twice):
        for name in document.names:
            message = "This field occurs twice; only the last one would count."
            yield Finding((*at, name), message, document[name], "Remove one of the two.")
    inside: Iterable[tuple[str | int, Any]] = document.items() if isinstance(document, dict) else enumerate(document)
    for step, part in inside:
        if isinstance(part, (dict, list)):
            yield from twice(part, (*at, step))


def canonical(document: Mapping[str, Any]) -> str:
    """Return a right document as it is to be written: sorted, the fields in the order of the model, indented by two."""
    first = {SCHEMA_KEY: document[SCHEMA_KEY]} if SCHEMA_KEY in document else {}
    return "".join(_pieces(first | _ordered(Registry, document)))


def _pieces(document: Mapping[str, Any]) -> Iterator[str]:
    before = "{"
    for name, value in document.items():
        yield f'{before}\n  "{name}": '
        yield from array(value, "\n  ") if isinstance(value, list) else [indented(value, "\n  ")]
        before = ","
    yield "\n}\n"


def _ordered(kind: type, record: Mapping[str, Any], at: tuple[str, ...] = ()) -> dict[str, Any]:
    ordered = {}
    for name, inner, many in parts(kind):
        value = record[name]
        if inner is not None:
            value = (
                [_ordered(inner, each, (*at, name)) for each in value] if many else _ordered(inner, value, (*at, name))
            )
        key = LISTS.get((*at, name))
        ordered[name] = sorted(value, key=itemgetter(key)) if key else value
    return ordered


def reach(document: Mapping[str, Any], at: Place) -> Any:
    """Return the value at a place, all of which exists."""
    value: Any = document
    for part in at:
        value = value[part]
    return value


def check_numbers(data: bytearray) -> None:
    """Raise RegistryError when writing the file again would round one of its numbers."""

    def exact(text: str) -> float:
        value = float(text)
        if Decimal(text) != Decimal(repr(value)):
            raise RegistryError(
                f"The number {text[:_SHOWN_NUMBER]} has more digits than can be kept. Write fewer, then try again."
            )
        return value

    json.loads(data, parse_float=exact)


def deviations(document: Mapping[str, Any], data: bytearray, fix: str) -> Iterator[Finding]:
    """Give what keeps a right document from being canonical: order, texts, form; `fix` mends all but texts."""
    for at, key in LISTS.items():
        records = reach(document, at)
        for position, (one, other) in enumerate(pairwise(records), 1):
            if other[key] < one[key]:
                message = f"It stands after {one[key]}; the list is sorted by {key}."
                yield Finding((*at, position), message, other[key], fix, (), "warning")
                break
    own = {name: document[name] for name in document if name != SCHEMA_KEY}
    for place, found, wanted in _fields_in_disorder(Registry, own, ()):
        message = f"The fields are not in their order: {wanted} comes before {found}."
        yield Finding(place, message, Absent, fix, (), "warning")
    if SCHEMA_KEY in document and next(iter(document)) != SCHEMA_KEY:
        yield Finding((SCHEMA_KEY,), "It is not the first field.", document[SCHEMA_KEY], fix, (), "warning")
    yield from _odd_texts(document, ())
    if (odd := _form(document, data)) is not None:
        yield Finding((), odd, Absent, fix, (), "warning")


def _fields_in_disorder(kind: type, record: Mapping[str, Any], at: Place) -> Iterator[tuple[Place, str, str]]:
    """Give each record whose fields are in disorder, the first that is, and the one that is wanted in its place."""
    for found, wanted in zip(record, MEANINGS[kind], strict=True):
        if found != wanted:
            yield at, found, wanted
            break
    for name, inner, many in parts(kind):
        if inner is not None:
            for row, each in enumerate(record[name] if many else [record[name]]):
                yield from _fields_in_disorder(inner, each, (*at, name, row) if many else (*at, name))


def _odd_texts(value: Any, at: Place) -> Iterator[Finding]:
    if isinstance(value, str):
        if value != value.strip():
            yield Finding(at, "There is a space at one end of the text.", value, "Remove it.", (), "warning")
        if not unicodedata.is_normalized("NFC", value):
            message = "Accents are written as characters of their own."
            yield Finding(at, message, value, "Type the letters with their accents again (NFC).", (), "warning")
        if "\ufffd" in value:
            message = "A character was lost when the text was converted."
            yield Finding(at, message, value, "Write it again.", (), "warning")
    elif isinstance(value, (dict, list)):
        for name, part in value.items() if isinstance(value, dict) else enumerate(value):
            if isinstance(part, (str, dict, list)):
                yield from _odd_texts(part, (*at, name))


def _form(document: Mapping[str, Any], data: bytearray) -> str | None:
    """Return how the file is written other than in its canonical form, and from which line on."""
    at = 0
    for piece in _pieces(document):
        wanted = piece.encode()
        if not data.startswith(wanted, at):
            at += next((same for same, byte in enumerate(wanted) if data[at + same : at + same + 1] != bytes([byte])))
            break
        at += len(wanted)
    if at == len(data) and data.endswith(b"\n"):
        return None
    line = data.count(b"\n", 0, at) + 1
    if data.startswith(b"\r\n", at):
        return f"Line {line} ends as on Windows, in CR LF; lines end in LF alone, on every system."
    if data.startswith(b"\\u", at):
        return f"Line {line} has a \\u escape; letters are written as they are."
    if at == len(data):
        return f"Line {line} is the last, and has no line break at its end."
    if not data[at:].strip():
        return f"Line {line} and those after it are empty."
    return f"Line {line} is written in another form; the canonical one is indented by two spaces."
