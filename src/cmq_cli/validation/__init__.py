"""Check a registry file in full: read it with care, each record against the model, then the rules that span them."""

import json
import re
import sys
from collections import Counter
from contextlib import nullcontext, suppress
from itertools import zip_longest
from operator import itemgetter
from pathlib import Path
from typing import Any, cast

from pydantic import TypeAdapter, ValidationError

from cmq_cli import model
from cmq_cli.errors import RegistryError
from cmq_cli.language import N_, _, reason, shell
from cmq_cli.validation.report import LISTS, REPORTED, Report, Steps, StoppedError, reach
from cmq_cli.validation.rules import Rules

MAX_BYTES = 64 * 1024 * 1024  # of a file: one of 16,000 campuses like the bundled ones
_MOST_PARTS = 5_000_000  # brackets and commas; the largest file like the bundled one has half of them
_MOST_FIELDS = 1_000  # of an object; a record has at most 27

_WHOLE = TypeAdapter(model.Registry)

# What is often wrong: patterns of the text around the place that can't be read, which ⌖ marks.
_TYPOS = (
    (r"⌖\s*\Z", N_("The file ends in the middle; something is still open.")),
    (r",\s*⌖[]},]|⌖,\s*[]}]", N_("There is a comma too many.")),
    (r"[:[,{]\s*0?⌖['‘’“”«»/#\w]", N_("A text or a code stands in straight double quotes, a number is written 47.25.")),
    (r'["\w}\]]\s*⌖["\w{[]', N_('A comma or a colon is missing here, or the \\ before a " inside a text.')),
    (r'⌖["\n\t\\]', N_("A text isn't closed on its line, or has a backslash alone, which is written \\\\.")),
    (r"", N_("This is not JSON; a comma, a quote or a bracket is missing, or too much.")),
)


def read_checked(name: str) -> model.Registry:
    """Return the registry in a file, with what was left out filled in; raise RegistryError for its first problem."""
    report = Report(name)
    with suppress(StoppedError):
        _check(report)
    for first in report.problems("error"):
        problem, place, command = f"{first['message']} {first['remedy']}", first["path"], shell("cmq", "validate", name)
        if not place:
            raise RegistryError(_("{file}: {problem}", file=report.file, problem=problem))
        place += f" ({first['value']})" if first["value"] else ""
        message = _("{file} is not a valid registry. {place}: {problem} To see all: {command}")
        raise RegistryError(message.format(file=report.file, place=place, problem=problem, command=command))
    report.registry.pop("$schema", None)
    return cast("model.Registry", report.registry)


def examine(name: str, strict: bool = False) -> Report:
    """Return all that is wrong with a file, or that it can't be read; strictly, only its form remains a warning."""
    report = Report(name)
    with suppress(StoppedError):
        _check(report)
        report.severity = "warning"
        if not report.problems("error"):
            _compare(report)
        report.severity = "error" if strict else "warning"
        Rules(report).doubts()
    return report


def _compare(report: Report) -> None:
    """Note the canonical form of a valid file, and tell from which line on the file isn't written so."""
    for at, (_adapter, _kind, key) in LISTS.items():
        reach(report.registry, at).sort(key=itemgetter(key))
    report.canonical = (json.dumps(report.registry, ensure_ascii=False, indent=2) + "\n").encode()
    lines = enumerate(zip_longest(report.data.split(b"\n"), report.canonical.split(b"\n")), start=1)
    if line := next((number for number, (now, canonical) in lines if now != canonical), 0):
        report.tell((), "form", line=line, command=shell("cmq", "validate", "--fix", report.name))


def _check(report: Report) -> None:
    """Read a file, fill it in and tell the report each error; raise StoppedError where more can't be told."""
    report.data = _read(report)
    report.registry = _parse(report)
    report.registry = _right(_WHOLE, (), report)
    if report.problems("error"):  # of each list the first wrong record was told, and nothing was filled in
        report.registry.setdefault("territories", {})
        for at, (adapter, _kind, _key) in LISTS.items():
            if (frame := reach(report.registry, at[:-1])) != REPORTED:
                records = frame.setdefault(at[-1], [])
                for position in range(len(records)):
                    records[position] = _right(adapter, (*at, position), report)
    Rules(report).errors()


def _right(adapter: TypeAdapter[Any], at: Steps, report: Report) -> Any:
    """Return the record at a place filled in, in the model's order; or with what is wrong told to the report."""
    try:
        return adapter.validate_python(reach(report.registry, at))
    except ValidationError as error:
        for each in error.errors(include_url=False):
            if each["input"] != REPORTED:
                report.explain((*at, *each["loc"]), each)
    return reach(report.registry, at)


def _read(report: Report) -> bytes:
    """Return what is in the file; stop the report when there is none, or it can't be read or is too large."""
    try:
        with nullcontext(sys.stdin.buffer) if report.name == "-" else Path(report.name).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        report.stop("unreadable", reason=reason(error))
    except (ValueError, AttributeError):  # the latter where standard input is closed
        report.stop("unreadable", reason=_("closed, or no name of a file"))
    if len(data) > MAX_BYTES:
        report.stop("large", number=MAX_BYTES // 1024**2)
    return data


def _parse(report: Report) -> dict[str, Any]:
    """Return what the file says, with a byte order mark or without; stop the report where that is no JSON object."""
    try:
        text = report.data.decode("utf-8-sig")
        if not text.lstrip().startswith("{"):
            report.stop("object")
        if sum(map(text.count, "[{,")) > _MOST_PARTS:
            raise ValueError
        content: dict[str, Any] = json.loads(text, object_pairs_hook=_record)
    except UnicodeDecodeError as error:
        report.stop("encoding", error.object[: error.start].decode())
    except json.JSONDecodeError as error:
        before, after = text[: error.pos], text[error.pos : error.pos + 100]
        cause = next(cause for pattern, cause in _TYPOS if re.search(pattern, f"{before[-100:]}⌖{after}"))
        report.stop("typo", before, cause=_(cause))
    except (RecursionError, ValueError):  # Python reads numbers of up to 4,300 digits
        report.stop("beyond")
    version = content.get("schema_version")
    if isinstance(version, int) and version > model.SCHEMA_VERSION:
        report.stop("later", number=model.SCHEMA_VERSION)
    return content


def _record(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; what a field says that occurs twice becomes a tuple of it, which the model allows nowhere."""
    record = dict(pairs)
    if len(pairs) > _MOST_FIELDS:
        raise ValueError
    if len(record) < len(pairs):
        times = Counter(name for name, _value in pairs)
        record |= {name: (record[name],) for name in record if times[name] > 1}
    return record
