"""What is wrong with a registry, where, and how to fix it: in plain words, one row per problem."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from cmq_cli import model
from cmq_cli.language import N_, _, number, printable
from cmq_cli.registry import read_data
from cmq_cli.text import did_you_mean, told
from cmq_cli.validation.file import Twice

MOST = 1_000
"""The most problems that are told; a file that has more is no registry, and telling takes time."""

Steps = tuple[str | int, ...]
"""The way to a value: names of fields, and positions in lists, from the top of the file."""

LISTS: dict[Steps, tuple[type, str, str]] = {
    ("sources",): (model.Source, "source", "id"),
    ("sectors",): (model.Sector, "sector", "id"),
    ("territories", "regions"): (model.Region, "region", "code"),
    ("territories", "academies"): (model.Academy, "academy", "name"),
    ("territories", "departments"): (model.Department, "department", "code"),
    ("territories", "former_regions"): (model.FormerRegion, "former region", "name"),
    ("waves",): (model.Wave, "wave", "number"),
    ("milestones",): (model.Milestone, "milestone", "on"),
    ("figures",): (model.Figure, "figure", "id"),
    ("campuses",): (model.Campus, "campus", "id"),
}
"""Where the lists of records are; the kind of a record, what programs call it, and the field that names and sorts."""

REPORTED = ()
"""Stands for a value that was reported: it is set, it is called like nothing and has no items."""

_SHOWN = 60
"""Characters of a value that a message shows."""

_SAID = {
    "missing": N_("This field is missing."),
    "twice": N_("This field occurs twice; only the last one would count."),
    "extra_forbidden": N_("There is no field of this name."),
    "dict_type": N_("An object in curly brackets is wanted."),
    "list_type": N_("A list in square brackets is wanted."),
    "too_short": N_("The list is empty."),
    "too_long": N_("The list has more than {most} items."),
    "empty": N_("The text is empty."),
    "string_too_long": N_("The text has more than {most} characters."),
    "string_unicode": N_("Half a character stands here (a lone surrogate)."),
    "value_error": N_("The calendar has no such day."),
    "literal_error": N_("One of these is wanted: {words}."),
    "bool_type": N_("true or false is wanted, without quotes."),
    model.TEXT: N_("A text on one line is wanted, without spaces at its ends or characters that can't be seen."),
    model.SLUG: N_("Lower-case words without accents, joined by hyphens, are wanted."),
    model.ADDRESS: N_("A web address is wanted, which begins with https:// or http://."),
    model.DATE: N_('A date in double quotes is wanted: "2017-02-13", "2017-02" or "2017".'),
    "text": N_("A code or a text of another form is wanted, in double quotes."),
    "number": N_("A number is wanted, without quotes, of a size that makes sense."),
}
"""What is said of pydantic's errors, and of other values than have the form of a pattern."""

_REMEDIES = {
    "twice": N_("Remove one of the two."),
    "extra_forbidden": N_("Rename it, or remove it."),
    "a value": N_("Write, for example: {example}"),
    "a value or null": N_("Write, for example, {example}; or null where it is not known."),
    "an object": N_("See: cmq schema"),
}
"""How to fix it, or else what is wanted."""


class Problem(NamedTuple):
    """One thing that is wrong: an error, which makes the file unusable, or a warning, which doesn't."""

    severity: str
    kind: str
    """What is wrong: a campus, a source, ..., or the file."""
    record: str | None
    """The id of that record, or what else names it; None for the file."""
    path: str
    """Where: ``campuses[microtechniques-systemes-intelligents].labelled_on``, or a line and a column."""
    message: str
    value: str
    remedy: str


class TooManyError(Exception):
    """There are more problems than are told."""


class Report:
    """A registry that is being checked, and what was found to be wrong with it so far."""

    severity = "error"
    """That of what is told from now on."""
    data = b""
    """What is in its file, where each value is right by itself."""
    canonical: bytes | None = None
    """That in its canonical form."""

    def __init__(self, registry: dict[str, Any]) -> None:
        self.registry = registry
        self._found: list[tuple[Steps, Problem]] = []

    def tell(self, at: Steps, message: str, remedy: str) -> None:
        """Add what is wrong at a place, and how to fix it; raise TooManyError where that is enough."""
        kind, record, path = "file", None, ""
        for depth, step in enumerate(at):
            if isinstance(step, str):
                path += f".{_shortened(step)}" if path else _shortened(step)
                continue
            name = _name(reach(self.registry, at[: depth + 1]), step)
            path += f"[{name}]"
            if record is None:
                kind, record = LISTS[at[:depth]][1], name
        value = shown(reach(self.registry, at)) if at else ""
        problem = Problem(self.severity, kind, record, path, printable(message), value, printable(remedy))
        if len(self._found) == MOST:
            raise TooManyError
        self._found.append((at, problem))

    def problems(self, severity: str) -> list[Problem]:
        """Return the errors, or the warnings, by the place in the file; its lists come in alphabetical order."""
        return [problem for _at, problem in sorted(self._found) if problem.severity == severity]


def reach(value: Any, at: Iterable[str | int]) -> Any:
    """Return the value at a place, or `REPORTED` where there is no such place."""
    for step in at:
        try:
            value = value[step]
        except (LookupError, TypeError):
            return REPORTED
    return value


def _name(record: Any, position: int) -> str:
    fields = ("id", "code", "number", "on", "name", "source") if isinstance(record, Mapping) else ()
    known = (record[field] for field in fields if isinstance(record.get(field), (str, int)))
    return _shortened(str(next(filter(None, known), f"#{position + 1}")))


def shown(value: Any) -> str:
    """Return a value as JSON on one line, shortened; of lists and objects only how much is in them."""
    value = value.last if isinstance(value, Twice) else value
    if isinstance(value, str):
        return f'"{_shortened(value)}"'
    if isinstance(value, list | dict):
        return "{}…{} ({})".format(*("[]" if isinstance(value, list) else "{}"), len(value))
    return "" if value == REPORTED else json.dumps(value)[:_SHOWN]


def _shortened(text: str) -> str:
    return printable(text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…")


def explained(error: Mapping[str, Any], at: Steps) -> tuple[str, str]:
    """Say in plain words what one of pydantic's errors at a place means, and how to fix it."""
    field, kind, value = described(at), error["type"], error["input"]
    known = field.get("enum", ())
    if isinstance(value, Twice):
        kind = "twice"
    elif kind == "extra_forbidden":
        value, known = at[-1], described(at[:-1])["properties"]
    elif kind not in _SAID:
        form = "empty" if value == "" else field.get("pattern", "")
        kind = form if form in _SAID else "text" if kind.startswith("string") else "number"
    wanted = "an object" if "examples" not in field else "a value or null" if "anyOf" in field else "a value"
    remedy, example = _(_REMEDIES.get(kind, _REMEDIES[wanted])), json.dumps(field.get("examples"), ensure_ascii=False)
    meant = did_you_mean(value[:_SHOWN], known, 1) if isinstance(value, str) else ""
    most, words = number(error.get("ctx", {}).get("max_length", 0)), ", ".join(f'"{word}"' for word in known)
    return _(_SAID[kind]).format(most=most, words=words), told(meant, remedy.format(example=example[1:-1]))


@cache
def _schema() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(read_data("campuses.schema.json"))
    return schema


def described(at: Steps) -> dict[str, Any]:
    """Return what the JSON Schema says of the value at a place, nothing where it knows none."""
    node = _schema()
    for step in at:
        node = node.get("properties", {}).get(step, {}) if isinstance(step, str) else node.get("items", {})
        node = {**node, **node.get("anyOf", [{}])[0]}  # the other one is null
        node = _schema()["$defs"][node["$ref"].rpartition("/")[2]] if "$ref" in node else node
    return node
