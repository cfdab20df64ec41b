"""What is wrong with a registry file, where, and how to mend it."""

import json
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from cmq_cli.record import Record

Steps = tuple[str | int, ...]
"""The way to a value: names of fields, and positions in lists, from the top of the file."""

KINDS = {
    "sources": "source",
    "sectors": "sector",
    "regions": "region",
    "academies": "academy",
    "departments": "department",
    "former_regions": "former region",
    "waves": "wave",
    "milestones": "milestone",
    "figures": "figure",
    "campuses": "campus",
}
"""What a record of each list is called."""

_NAMED_BY = ("id", "code", "number", "on", "name", "source")
"""The first of these fields that a record has names it."""

_SHOWN = 60
"""Characters of a value that a message shows."""


class Problem(Record):
    """One thing that is wrong: an error, which makes the file unusable, or a warning, which doesn't."""

    severity: Literal["error", "warning"]
    kind: str
    """What is wrong with it: a campus, a source, ..., or the file."""
    record: str | None
    """The id of that record, or what else names it; None for the file."""
    path: str
    """Where: ``campuses[microtechniques-systemes-intelligents].labelled_on``, or a line and a column."""
    message: str
    value: str
    """The value as JSON, shortened, with all that a terminal would obey spelled out."""
    remedy: str


class Finding(NamedTuple):
    """A rule that a registry breaks, before the place has a name."""

    at: Steps
    message: str
    value: Any
    remedy: str
    touches: tuple[Steps, ...] = ()
    """The values that the rule looked at, beside the one at the place itself."""
    severity: Literal["error", "warning"] = "error"


class Absent:
    """Stands for the value of a field that is missing."""


def problem(finding: Finding, root: Any) -> Problem:
    """Name the place of a finding, in a registry or in the JSON that was to be one."""
    kind, record, path = "file", None, ""
    value = root
    for at, part in enumerate(finding.at):
        value = _inside(value, part)
        if isinstance(part, str):
            path += f".{spelled(part)}" if path else spelled(part)
            continue
        name = _name(value, part)
        path += f"[{name}]"
        if kind == "file":
            kind, record = KINDS.get(str(finding.at[at - 1]), "file"), name
    return Problem(finding.severity, kind, record, path, finding.message, shown_value(finding.value), finding.remedy)


def _inside(value: Any, part: str | int) -> Any:
    if isinstance(part, int):
        return value[part] if isinstance(value, (list, tuple)) and part < len(value) else None
    return value.get(part) if isinstance(value, Mapping) else getattr(value, part, None)


def _name(record: Any, position: int) -> str:
    for field in _NAMED_BY:
        name = _inside(record, field)
        if isinstance(name, str) and name:
            return spelled(name)
        if isinstance(name, int):
            return spelled(str(name))
    return f"#{position + 1}"


def shown_value(value: Any) -> str:
    """Return a value as JSON on one line, shortened; of lists and objects only how much is in them.

    >>> shown_value("a\\x1b[31m")
    '"a\\\\u001b[31m"'
    """
    if isinstance(value, type):
        return ""
    if isinstance(value, Mapping):
        return f"{{…}} ({len(value)})"
    if isinstance(value, (list, tuple)):
        return f"[…] ({len(value)})"
    if isinstance(value, str):
        return f'"{spelled(value)}"'
    if isinstance(value, int) and not isinstance(value, bool):
        return spelled(str(value))
    return json.dumps(value)


def spelled(text: str) -> str:
    """Return a text shortened, with quotes, backslashes and all that can't be seen spelled as in JSON.

    >>> spelled("Besan\\u202eçon")
    'Besan\\\\u202eçon'
    """
    short = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
    return "".join(char if char.isprintable() and char not in '"\\' else json.dumps(char)[1:-1] for char in short)
