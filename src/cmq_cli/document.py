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
from cmq_cli.problems import Absent, Finding, Steps, spelled
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

    def whole(digits: str) -> int:
        if len(digits) > _LONGEST_NUMBER:
            message = f"A number has {len(digits):,} digits."
            remedy = "Correct it; no number of a registry has more than fifteen."
            raise DamagedError(message, remedy, syntax.place(text, text.index(digits)))
        return int(digits)

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
        return json.loads(text, object_pairs_hook=record, parse_int=whole)
    except json.JSONDecodeError as error:
        raise syntax.explain(error) from None
    except RecursionError:
        raise syntax.too_deep(text) from None


def twice(document: Any, at: Steps = ()) -> Iterator[Finding]:
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


def reach(document: Mapping[str, Any], at: Steps) -> Any:
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


def records(document: Mapping[str, Any], at: tuple[str, ...]) -> list[Any]:
    """Return the list of records at a place, which is empty where there is none."""
    value: Any = document
    for name in at:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, list) else []


def deviations(document: Mapping[str, Any], data: bytearray, fix: str) -> Iterator[Finding]:
    """Give what keeps a document from being canonical: order, texts, form; `fix` mends all but texts.

    Some of its values may be wrong; what they hide can't be told.
    """
    yield from _unsorted(document, fix)
    for place, kind, record in _inside(Registry, document, ()):
        yield from _disorder(place, kind, record, fix)
        for name in MEANINGS[kind]:
            value = record.get(name)
            for step, text in enumerate(value) if isinstance(value, list) else [(None, value)]:
                if isinstance(text, str):
                    yield from _odd_text(text, (*place, name) if step is None else (*place, name, step))
    if SCHEMA_KEY in document and next(iter(document)) != SCHEMA_KEY:
        yield Finding((SCHEMA_KEY,), "It is not the first field.", document[SCHEMA_KEY], fix, (), "warning")
    if (odd := _form(document, data)) is not None:
        yield Finding((), odd, Absent, fix, (), "warning")


def _unsorted(document: Mapping[str, Any], fix: str) -> Iterator[Finding]:
    """Give the first record of each list that stands after one that it should stand before."""
    for at, key in LISTS.items():
        names = [each.get(key) if isinstance(each, dict) else None for each in records(document, at)]
        kind = int if key == "number" else str
        known: list[tuple[int, Any]] = [(row, name) for row, name in enumerate(names) if isinstance(name, kind)]
        for (_, one), (row, other) in pairwise(known):
            if other < one:
                message = f"It stands after {spelled(str(one))}; the list is sorted by {key}."
                yield Finding((*at, row), message, other, fix, (), "warning")
                break


def _inside(kind: type, record: Any, at: Steps) -> Iterator[tuple[Steps, type, dict[str, Any]]]:
    """Give each record that is an object: its place, its class and itself."""
    if not isinstance(record, dict):
        return
    yield at, kind, record
    for name, inner, many in parts(kind):
        if inner is not None and many:
            for row, each in enumerate(records(record, (name,))):
                yield from _inside(inner, each, (*at, name, row))
        elif inner is not None:
            yield from _inside(inner, record.get(name), (*at, name))


def _disorder(at: Steps, kind: type, record: Mapping[str, Any], fix: str) -> Iterator[Finding]:
    """Give the first of a record's fields that is not where it should be among those that the class knows."""
    known = (name for name in record if name in MEANINGS[kind])
    ordered = (name for name in MEANINGS[kind] if name in record)
    for found, wanted in zip(known, ordered, strict=True):
        if found != wanted:
            message = f"The fields are not in their order: {wanted} comes before {found}."
            yield Finding(at, message, Absent, fix, (), "warning")
            break


def _odd_text(text: str, at: Steps) -> Iterator[Finding]:
    if text != text.strip():
        yield Finding(at, "There is a space at one end of the text.", text, "Remove it.", (), "warning")
    if not unicodedata.is_normalized("NFC", text):
        message = "Accents are written as characters of their own."
        yield Finding(at, message, text, "Type the letters with their accents again (NFC).", (), "warning")
    if "\ufffd" in text:
        message = "A character was lost when the text was converted."
        yield Finding(at, message, text, "Write it again.", (), "warning")


def _form(document: Mapping[str, Any], data: bytearray) -> str | None:
    """Return how the file is written other than in its canonical form, and from which line on.

    That can't be told where a value can't be written, or a field that occurs twice is written once.
    """
    if next(twice(document), None) is not None:
        return None
    at = 0
    try:
        for piece in _pieces(document):
            wanted = piece.encode()
            if not data.startswith(wanted, at):
                at += next(same for same, byte in enumerate(wanted) if data[at + same : at + same + 1] != bytes([byte]))
                break
            at += len(wanted)
    except (ValueError, RecursionError):
        return None
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
