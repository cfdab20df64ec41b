"""Check a registry file in full: each record against the model, then the rules that span them."""

import json
from contextlib import suppress
from itertools import zip_longest
from operator import itemgetter
from typing import Any, cast

from pydantic import TypeAdapter, ValidationError

from cmq_cli import model
from cmq_cli.errors import RegistryError
from cmq_cli.language import _, quoted, shell
from cmq_cli.validation import file
from cmq_cli.validation.report import LISTS, REPORTED, Report, Steps, StoppedError, reach
from cmq_cli.validation.rules import Rules

_FRAME = TypeAdapter(model.Registry)


def read_checked(name: str) -> model.Registry:
    """Return the registry in a file, or on standard input for ``-``, with what was left out filled in.

    Raises RegistryError, in one line with the first problem, when the file can't be read or isn't a valid registry.
    """
    report = Report()
    with suppress(StoppedError):
        _check(report, name)
    for first in report.problems("error"):
        problem, place, command = f"{first['message']} {first['remedy']}", first["path"], shell("cmq", "validate", name)
        if not place:
            raise RegistryError(_("{file}: {problem}", file=called(name), problem=problem))
        place += f" ({first['value']})" if first["value"] else ""
        message = _("{file} is not a valid registry. {place}: {problem} To see all: {command}")
        raise RegistryError(message.format(file=called(name), place=place, problem=problem, command=command))
    report.registry.pop("$schema", None)
    return cast("model.Registry", report.registry)


def examine(name: str, strict: bool = False) -> Report:
    """Return all that is wrong with a file; that it can't be read is an error too.

    Strictly, a fact that no source supports, and whatever else would be a warning, is an error; only the form isn't.
    """
    report = Report()
    with suppress(StoppedError):
        _check(report, name)
        is_valid = not report.problems("error")
        report.severity = "error" if strict else "warning"
        Rules(report).doubts()
        report.severity = "warning"
        if is_valid:
            _compare(report, name)
    return report


def called(name: str) -> str:
    """Return what a file is called in a sentence."""
    return _("Standard input") if name == "-" else quoted(name, longest=200)


def _compare(report: Report, name: str) -> None:
    """Note the canonical form of a valid file, and tell from which line on the file isn't written so."""
    for at, (_adapter, _kind, key) in LISTS.items():
        reach(report.registry, at).sort(key=itemgetter(key))
    report.canonical = (json.dumps(report.registry, ensure_ascii=False, indent=2) + "\n").encode()
    lines = zip_longest(report.data.split(b"\n"), report.canonical.split(b"\n"))
    for line in [number for number, (now, canonical) in enumerate(lines, start=1) if now != canonical][:1]:
        report.tell((), "form", line=line, command=shell("cmq", "validate", "--fix", name))


def _check(report: Report, name: str) -> None:
    """Read a file, fill it in and tell the report each error; raises StoppedError where more can't be told.

    The frame is checked without its lists, and each of their records for itself, so that a million mistakes end soon.
    """
    report.data = file.read_bytes(name, report)
    report.registry = file.parse(report.data, report)
    lists = {at: records for at in LISTS if isinstance(records := reach(report.registry, at), list)}
    for *above, last in lists:
        reach(report.registry, above)[last] = []
    report.registry = _right(_FRAME, report.registry, (), report)
    for at, records in lists.items():
        if frame := reach(report.registry, at[:-1]):
            frame[at[-1]] = records
        for position, record in enumerate(records):
            records[position] = _right(LISTS[at][0], record, (*at, position), report)
    Rules(report).errors()


def _right(adapter: TypeAdapter[Any], value: Any, at: Steps, report: Report) -> Any:
    """Return a record filled in, in the model's order; what is wrong is told to the report and becomes `REPORTED`."""
    try:
        return adapter.validate_python(value)
    except ValidationError as error:
        for each in error.errors(include_url=False):
            report.explain((*at, *each["loc"]), each)
            if not each["loc"]:  # it isn't an object
                return REPORTED
            *way, last = each["loc"]
            reach(value, way)[last] = REPORTED
    return value
