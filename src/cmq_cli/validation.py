"""Check a registry file in full: first whether it is right, in a hurry; if not, what is wrong, with patience."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, NamedTuple

from cmq_cli import checks, document, mistakes, references, schema, seats, syntax
from cmq_cli.meaning import LISTS, MEANINGS
from cmq_cli.model import Registry
from cmq_cli.problems import Finding, Problem, Steps, problem
from cmq_cli.reading import DamagedError, UnreadableError, called, read_bytes, typed
from cmq_cli.registry import SCHEMA_VERSION, build, parts
from cmq_cli.salvage import Wrong

MOST = 5_000
"""The most problems that are told; a file that has more is no registry, and telling takes time and memory."""

_MOST_NAMES = 100
"""The most names per object, on average, with which a file is looked at more closely; a record has at most 27."""

_MOST_ITEMS = 100_000
"""The most values in one record that are looked at one by one."""

_SCHEMA_MEMBER = re.compile(rb'\s*\{\s*("\$schema"\s*:\s*"[^"\\\x00-\x1f]*"\s*,)')
_SPACED_COLON = re.compile(rb'"[ \t\r\n]+:')
_ESCAPED_COLON = re.compile(rb'\\"[ \t\r\n]*:')


class Checked(NamedTuple):
    """A registry, or None where there are errors; and the errors, in the order of the file."""

    registry: Registry | None
    errors: list[Problem]
    wrong: Collection[Steps] | None = ()
    """Where a value is wrong in itself, and all that it is part of; None for what can't be looked at any further."""

    @property
    def is_shaped(self) -> bool:
        """Tell whether it is at least JSON in which each value by itself is right."""
        return self.wrong is not None and not self.wrong


def check_file(name: str) -> Checked:
    """Check a file, or standard input for ``-``. Raises RegistryError when it can't be read."""
    try:
        return check(read_bytes(name))
    except DamagedError as error:
        return Checked(None, [damage(error)], None)


def examine(name: str) -> tuple[list[Problem], list[Problem]]:
    """Return the errors and the warnings of a file. That it can't be read is an error too."""
    try:
        data = read_bytes(name)
    except UnreadableError as error:
        return [damage(error)], []
    checked = check(data)
    if checked.wrong is None:
        return checked.errors, []
    content = document.parse(data)
    fix = "Run cmq validate --fix with the file." if name == "-" else f"Run: cmq validate --fix {typed(name)}"
    odd = islice(chain(document.deviations(content, data, fix), seats.doubts(content, checked.wrong)), MOST)
    return checked.errors, _told(odd, content)


def right_document(data: bytearray) -> dict[str, Any] | None:
    """Return the JSON of a file in which each value by itself is right, or None."""
    return document.parse(data) if check(data).is_shaped else None


def check(data: bytearray) -> Checked:
    """Check the bytes of a file: the types and values, then the rules that span records."""
    registry = _read(data)
    if registry is not None:
        found = _told(islice(checks.find(registry), MOST), registry)
        return Checked(None if found else registry, found)
    if data.count(b'":') > _MOST_NAMES * data.count(b"{"):
        return Checked(None, [damage(DamagedError("An object has too many fields.", "See: cmq schema"))], None)
    try:
        return _patiently(document.parse(data))
    except DamagedError as error:
        return Checked(None, [damage(error)], None)
    except RecursionError:
        return Checked(None, [damage(syntax.too_deep(data.decode()))], None)


def summary(name: str, errors: Sequence[Problem]) -> str:
    """Return in a line that a file is no registry, and the first of the reasons."""
    reason = _in_a_line(errors[0])
    if len(errors) == 1:
        return f"{called(name)} is not a valid registry: {reason}"
    number, all_of_them = _number(errors), f"cmq validate {typed(name)}"
    return f"{called(name)} is not a valid registry: {number} errors (see: {all_of_them}), the first: {reason}"


def _in_a_line(one: Problem) -> str:
    if one.path and one.value:
        return f"{one.path} (value: {one.value}): {one.message} {one.remedy}"
    return f"{one.path}: {one.message} {one.remedy}" if one.path else f"{one.message} {one.remedy}"


def verdict(name: str, errors: Sequence[Problem], warnings: Sequence[Problem]) -> str:
    """Return in a line how many problems a file has."""
    if not errors and not warnings:
        return f"{called(name)} is a valid registry."
    if not errors:
        return f"{called(name)} is a valid registry. Warnings: {_number(warnings)}."
    return f"{called(name)} is not a valid registry. Errors: {_number(errors)}. Warnings: {_number(warnings)}."


def _number(problems: Sequence[Problem]) -> str:
    return f"{len(problems):,}" if len(problems) < MOST else f"{MOST:,} or more"


def damage(error: UnreadableError) -> Problem:
    """Return as a problem that a file can't be read, or not as JSON."""
    return Problem("error", "file", None, error.place, error.message, "", error.remedy)


def _read(data: bytearray) -> Registry | None:
    """Return the registry of a file when each value is right and no field is unknown or occurs twice, else None."""
    member = _SCHEMA_MEMBER.match(data)
    start, end = member.span(1) if member else (0, 0)
    original = data[start:end]
    del member
    data[start:end] = b" " * len(original)  # in place: a copy would take as much memory again
    registry = schema.read(data)
    right = registry is not None and _has_names(data, schema.keys(registry))
    data[start:end] = original
    return registry if right else None


def _has_names(data: bytearray, number: int) -> bool:
    """Tell whether there are just so many names of fields in JSON that has no fewer.

    A name is what a quote before a colon ends, unless the quote is escaped, and thus part of a text.
    """
    quotes = data.count(b'":') + sum(1 for _ in _SPACED_COLON.finditer(data))
    if quotes == number:
        return True
    escaped = sum(1 for found in _ESCAPED_COLON.finditer(data) if _backslashes(data, found.start()) % 2)
    return quotes - escaped == number


def _backslashes(data: bytearray, last: int) -> int:
    """Return how many backslashes in a row there are up to the last one."""
    first = last
    while data[first - 1] == ord("\\"):
        first -= 1
    return last - first + 1


def _patiently(content: Any) -> Checked:
    """Tell everything that is wrong, as far as what is wrong already lets one see it."""
    if not isinstance(content, dict):
        raise DamagedError("A registry is one JSON object, which begins with {.", "See: cmq schema")
    version = content.get("schema_version")
    if isinstance(version, int) and version > SCHEMA_VERSION:
        message = f"The file is for a later version of cmq; this one reads files up to version {SCHEMA_VERSION}."
        newer = Finding(("schema_version",), message, version, "Update cmq as its README says.")
        return Checked(None, [problem(newer, content)], None)
    found = list(islice(chain(_mistakes(content), document.twice(content)), MOST))
    if len(found) == MOST:
        return Checked(None, _told(found, content), None)
    wrong = Wrong(found)
    registry: Registry = wrong.leaving(Registry, content) if found else build(Registry, _own(content))
    found = list(references.suggested(registry, found))
    found += islice((each for each in checks.find(registry) if not wrong.touches(each)), MOST)
    return Checked(None if found else registry, _told(found[:MOST], content), wrong.above if wrong.places else ())


def _told(found: Iterable[Finding], root: Any) -> list[Problem]:
    """Return the findings as problems, in the order of the file."""
    return [problem(each, root) for each in sorted(found, key=lambda each: _order(each.at))]


def _own(content: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name != document.SCHEMA_KEY}


def _order(at: Steps) -> list[tuple[int, str]]:
    """Return a key that sorts places as a canonical file has them; what no class knows comes last."""
    kind: type | None = Registry
    key = []
    for step in at:
        if isinstance(step, int):
            key.append((step, ""))
            continue
        names = list(MEANINGS[kind]) if kind else []
        key.append((names.index(step) if step in names else len(names), step))
        kind = next((inner for name, inner, _ in parts(kind) if name == step), None) if kind else None
    return key


def _mistakes(content: Mapping[str, Any]) -> Iterator[Finding]:
    """Give what pydantic finds, record by record, so that a file of millions of mistakes takes no memory."""
    address = content.get(document.SCHEMA_KEY, "")
    if not isinstance(address, str) or not address.isprintable():
        message = "The address of the schema, or the name of its file, is wanted in double quotes."
        yield Finding((document.SCHEMA_KEY,), message, address, "Correct it, or leave $schema out.")
    frame = _own(content)
    places = frame.get("territories")
    for at in LISTS:
        if len(at) == 1 and isinstance(frame.get(at[0]), list):
            frame[at[0]] = []
    if isinstance(places, dict):
        frame["territories"] = {name: [] if isinstance(value, list) else value for name, value in places.items()}
    yield from map(mistakes.explain, schema.mistakes(frame))
    alone = schema.empty()
    for at in LISTS:
        only = document.reach(alone, at)
        for position, record in enumerate(document.records(content, at)):
            only[:] = [record]
            if not schema.is_right(alone):
                yield from _of_record(alone, at, position)
        only.clear()


def _of_record(alone: dict[str, Any], at: tuple[str, ...], position: int) -> Iterator[Finding]:
    """Give what is wrong with a record, which stands alone in a registry that has no other."""
    record = document.reach(alone, at)[0]
    if _is_huge(record):
        message = f"The record holds more than {_MOST_ITEMS:,} values."
        yield Finding((*at, position), message, record, "See: cmq schema")
        return
    for error in schema.mistakes(alone):
        if error["type"] == "too_short" and error["input"]:
            continue  # pydantic counts the items that are right
        yield mistakes.explain({**error, "loc": (*at, position, *error["loc"][len(at) + 1 :])})


def _is_huge(record: Any) -> bool:
    number, left = 0, [record]
    while left and number <= _MOST_ITEMS:
        value = left.pop()
        if isinstance(value, (dict, list)):
            number += len(value)
            left += value.values() if isinstance(value, dict) else value
    return number > _MOST_ITEMS
