"""What is wrong with a registry file, where, and how to fix it: in plain words, one row per problem."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from cmq_cli import model
from cmq_cli.language import N_, _, number, printable
from cmq_cli.registry import read_data
from cmq_cli.text import did_you_mean, slug

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
"""What a record of each list is called in the rows that programs read."""

_NAMED_BY = ("id", "code", "number", "on", "name", "source")
"""The first of these fields that a record has names it."""

_SHOWN = 60
"""Characters of a value that a message shows."""

WANTED = {
    model.TEXT: N_("A text on one line is wanted, without spaces at its ends or characters that can't be seen."),
    model.SLUG: N_("Lower-case words without accents, joined by hyphens, are wanted."),
    model.ADDRESS: N_("A web address is wanted, which begins with https:// or http://."),
    model.DATE: N_('A date in double quotes is wanted: "2017-02-13", "2017-02" or "2017".'),
    model.DAY: N_('A full date in double quotes is wanted: "2017-02-13".'),
    model.REGION_CODE: N_('An INSEE code of two or three digits in double quotes is wanted: "27".'),
    model.DEPARTMENT_CODE: N_('An INSEE code in double quotes is wanted: "25", "2A" or "974".'),
    model.CITY_CODE: N_('The INSEE code of a commune is wanted, five characters in double quotes: "25056".'),
    model.UAI: N_('The code of a school is wanted, seven digits and a capital in double quotes: "0250011D".'),
}
"""What is wanted where a text has the form of a pattern, for those who wrote something else."""


SAID = {
    "missing": (N_("This field is missing."), N_("Add it, for example: {example}")),
    "extra_forbidden": (N_("There is no field of this name."), N_("Rename it, or remove it.")),
    "dict_type": (N_("An object in curly brackets is wanted."), N_("See: cmq schema")),
    "list_type": (N_("A list in square brackets is wanted."), N_("Put the value in square brackets.")),
    "too_short": (N_("The list is empty."), N_("Add at least one, for example: {example}")),
    "empty": (N_("The text is empty."), N_("Write it, for example: {example}")),
    "too_long": (N_("The list has more than {most} items."), N_("Remove some.")),
    "string_too_long": (N_("The text has more than {most} characters."), N_("Shorten it.")),
    "string_unicode": (N_("Half a character stands here (a lone surrogate)."), N_("Remove it.")),
    "value_error": (N_("The calendar has no such day."), N_("Correct the date.")),
    "literal_error": (N_("One of these is wanted: {words}."), N_("Correct it.")),
}
"""What is said of pydantic's errors that don't ask for another kind of value, and how to fix them."""


class Problem(NamedTuple):
    """One thing that is wrong: an error, which makes the file unusable, or a warning, which doesn't."""

    severity: str
    """``error`` or ``warning``."""
    kind: str
    """What is wrong: a campus, a source, ..., or the file."""
    record: str | None
    """The id of that record, or what else names it; None for the file."""
    path: str
    """Where: ``campuses[microtechniques-systemes-intelligents].labelled_on``, or a line and a column."""
    message: str
    value: str
    """The value as JSON, shortened."""
    remedy: str


class Finding(NamedTuple):
    """Something wrong, before its place has a name."""

    at: Steps
    message: str
    value: Any
    remedy: str
    severity: str = "error"


class Absent:
    """Stands for a value that isn't there, or isn't worth showing."""


def problem(finding: Finding, root: Any) -> Problem:
    """Name the place of a finding in the JSON of a file."""
    kind, record, path = "file", None, ""
    value = root
    for at, step in enumerate(finding.at):
        try:
            value = value[step]
        except (LookupError, TypeError):
            value = None
        if isinstance(step, str):
            path += f".{_shortened(step)}" if path else _shortened(step)
            continue
        name = _name(value, step)
        path += f"[{name}]"
        if kind == "file":
            kind, record = KINDS.get(str(finding.at[at - 1]), "file"), name
    return Problem(finding.severity, kind, record, path, finding.message, shown_value(finding.value), finding.remedy)


def _name(record: Any, position: int) -> str:
    fields = (record.get(field) for field in _NAMED_BY) if isinstance(record, Mapping) else ()
    known = (field for field in fields if isinstance(field, (str, int)) and field != "")
    return _shortened(str(next(known, f"#{position + 1}")))


def shown_value(value: Any) -> str:
    """Return a value as JSON on one line, shortened; of lists and objects only how much is in them.

    >>> shown_value("a\\x1b[31m")
    '"a\\\\x1b[31m"'
    """
    if value is Absent:
        return ""
    if isinstance(value, Mapping):
        return f"{{…}} ({len(value)})"
    if isinstance(value, list):
        return f"[…] ({len(value)})"
    if isinstance(value, str):
        return f'"{_shortened(value)}"'
    return json.dumps(value)[:_SHOWN]


def _shortened(text: str) -> str:
    return printable(text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…")


def explained(error: Mapping[str, Any], at: Steps) -> Finding:
    """Say in plain words what one of pydantic's errors at a place means."""
    field, beside = _described(at)
    kind, value = error["type"], error["input"]
    name = str(next((step for step in reversed(at) if isinstance(step, str)), ""))
    example = json.dumps(field.get("examples", [[]])[0], ensure_ascii=False)
    told = {
        "example": f'"{name}": {example}' if kind == "missing" else example,
        "most": number(error.get("ctx", {}).get("max_length", 0)),
        "words": ", ".join(f'"{word}"' for word in field.get("enum", ())),
    }
    message, remedy = SAID["empty"] if value == "" else SAID.get(kind) or _wanted(field)
    meant = ""
    if kind == "extra_forbidden":
        meant = did_you_mean(name[:_SHOWN], beside, 1)
    elif kind == "literal_error" and isinstance(value, str):
        meant = did_you_mean(value[:_SHOWN], field["enum"], 1)
    elif field.get("pattern") == model.SLUG and isinstance(value, str) and (spelled := slug(value[:_SHOWN])):
        meant = _("Did you mean {names}?").format(names=spelled)
    shown = Absent if kind in ("missing", "string_unicode") else value
    return Finding(at, _(message).format(**told), shown, " ".join(filter(None, (meant, _(remedy).format(**told)))))


def _wanted(field: Mapping[str, Any]) -> tuple[str, str]:
    """Return what is wanted where another value stands, and what to do."""
    remedy = N_("Correct it, or write null where it is not known.") if "anyOf" in field else N_("Correct it.")
    if "pattern" in field:
        return WANTED[field["pattern"]], remedy
    if field.get("type") == "boolean":
        return N_("true or false is wanted, without quotes."), remedy
    if field.get("type") == "number":
        return N_("Degrees are wanted, without quotes, such as 47.2488."), remedy
    return N_("A whole number is wanted, without quotes, of a size that makes sense."), remedy


@cache
def _schema() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(read_data("campuses.schema.json"))
    return schema


def _described(at: Steps) -> tuple[dict[str, Any], Sequence[str]]:
    """Return what the JSON Schema says of the values at a place, and the names of the fields beside it."""
    node, beside = _schema(), ()
    for step in at:
        fields = node.get("properties", {})
        if isinstance(step, str):
            beside = tuple(fields)
        node = fields.get(step, {}) if isinstance(step, str) else node.get("items", {})
        node = {**node, **node["anyOf"][0]} if "anyOf" in node else node  # the other one is null
        node = _schema()["$defs"][node["$ref"].rpartition("/")[2]] if "$ref" in node else node
    return node, beside
