"""What is wrong with a registry, where, and how to fix it: in plain words, one row per problem."""

import json
from collections.abc import Iterable, Mapping
from functools import reduce
from operator import getitem, itemgetter
from typing import Any, NoReturn

from pydantic import TypeAdapter

from cmq_cli import model
from cmq_cli.language import N_, _, printable, quoted
from cmq_cli.registry import read_data
from cmq_cli.text import perhaps, suggest, told

MOST = 1_000  # problems that are told; a file that has more is no registry, and telling takes time
_LONGEST = 60  # characters that are shown of a name or a value
REPORTED = ()  # stands for a value that was reported: it is set, it is called like nothing and has no items

Row = dict[str, Any]
Steps = tuple[str | int, ...]  # the way to a value: names of fields, and positions in lists, from the top of the file

# Where the lists of records are: what checks a record, what programs call it, and the field that names and sorts.
LISTS: dict[Steps, tuple[TypeAdapter[Any], str, str]] = {
    ("sources",): (TypeAdapter(model.Source), "source", "id"),
    ("sectors",): (TypeAdapter(model.Sector), "sector", "id"),
    ("territories", "regions"): (TypeAdapter(model.Region), "region", "code"),
    ("territories", "academies"): (TypeAdapter(model.Academy), "academy", "name"),
    ("territories", "departments"): (TypeAdapter(model.Department), "department", "code"),
    ("territories", "former_regions"): (TypeAdapter(model.FormerRegion), "former region", "name"),
    ("waves",): (TypeAdapter(model.Wave), "wave", "number"),
    ("milestones",): (TypeAdapter(model.Milestone), "milestone", "on"),
    ("figures",): (TypeAdapter(model.Figure), "figure", "id"),
    ("campuses",): (TypeAdapter(model.Campus), "campus", "id"),
}

_SCHEMA: Row = json.loads(read_data("campuses.schema.json"))

# What may be wrong, and how to fix it where no example shows that.
SENTENCES = {
    "unreadable": (N_("The file can't be read ({reason})."), N_("Give the name of a registry file.")),
    "large": (N_("The file is larger than {number} MiB, the most that is read."), N_("Leave out what isn't needed.")),
    "encoding": (N_("This is not UTF-8."), N_("Save the file as UTF-8; Notepad offers that under Save as, Encoding.")),
    "object": (N_("A registry is one JSON object, in curly brackets."), N_("See: cmq schema")),
    "beyond": (N_("The file holds far more values, brackets or digits than a registry."), N_("See: cmq schema")),
    "typo": ("{cause}", N_("Correct it, then check again.")),
    "later": (N_("The file is for a later version of cmq; this one reads version {number}."), N_("Update cmq.")),
    # of pydantic, whose other kinds of errors are "other"
    "missing": (N_("This field is missing."), ""),
    "extra_forbidden": (N_("There is no field of this name."), N_("Rename it, or remove it.")),
    "value_error": (N_("The calendar has no such day."), ""),
    "twice": (N_("This field occurs twice; only the last one would count."), N_("Remove one of the two.")),
    "empty": (N_("Nothing stands here."), ""),
    "hidden": (N_("A text begins and ends without a space, has one line, and no hidden characters."), ""),
    "other": (N_("A value of another kind, form or size is wanted."), ""),
    # of the rules
    "repeated": (N_("An earlier item of the list says the same."), N_("Change it, or remove one of the two.")),
    "nowhere": (N_("No record of {list} has this {field}."), N_("Correct it, or add the record to {list}.")),
    "late": (N_("This is after the day of the data, {day}."), N_("Correct it, or set data_version to the last day.")),
    "otherwise": (N_("Where {field} is {name}, this is {value}."), N_("Correct one of the two.")),
    "unannounced": (N_("This wave has announced nothing yet."), N_("Add its announcement, or write null.")),
    "needless": (N_("Since labelled_on is known, this says nothing more."), N_("Write null.")),
    "alone": (N_("This says nothing without {field}."), N_("Set both, or write null.")),
    "unset": (N_("A source supports this field, which is not set."), N_("Set it, or take {field} out of supports.")),
    "stated": (N_("A source supports {field}, so that it is stated."), N_('Write "stated", or correct supports.')),
    "sum": (N_("The announcements of the wave make {number}."), N_("Correct it, or the announcements.")),
    "unsupported": (N_("No source supports this fact."), N_("Name {field} in supports of a source, or leave it out.")),
    "seat": (N_("Without the code of its commune, the campus is nowhere."), N_("Add city_code, as in places.csv.")),
    "form": (N_("From line {line} on, the file isn't in its canonical form."), N_("To write it so: {command}")),
}


class StoppedError(Exception):
    """There is more to tell than is told, or nothing can be told of the rest."""


class Report:
    """A registry file, standard input for ``-``, that is being checked; and what is wrong with it."""

    def __init__(self, name: str) -> None:
        self.name, self.data = name, b""
        self.canonical = b""  # what is to be in a valid file instead of its data
        self.file = _("Standard input") if name == "-" else quoted(name, longest=200)  # as a sentence has it
        self.severity = "error"  # of what is told next
        self.registry: Row = {}
        self._found: list[tuple[Steps, Row]] = []

    def problems(self, severity: str) -> list[Row]:
        """Return the errors, or the warnings, as records: list by list in alphabetical order, each by its place."""
        found = sorted(self._found, key=itemgetter(0))
        return [problem for _at, problem in found if problem["severity"] == severity]

    def stop(self, what: str, before: str | None = None, **values: Any) -> NoReturn:
        """Tell what is wrong with the file, or with what stands behind the text `before`, and raise StoppedError."""
        at: Steps = ()
        if before is not None:
            line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
            at = (_("line {line}, column {column}", line=line, column=column),)
        self.tell(at, what, **values)
        raise StoppedError

    def tell(self, at: Steps, what: str, hint: str = "", **values: Any) -> None:
        """Add one of the `SENTENCES` on the value at a place, and a hint; raise StoppedError after `MOST`."""
        if len(self._found) == MOST:
            raise StoppedError
        row: Row = {"severity": self.severity, "kind": "file", "record": None, "path": ""}
        for depth, step in enumerate(at):
            if isinstance(step, str):
                row["path"] += f".{_short(step)}"
                continue
            name = _name(reach(self.registry, at[: depth + 1]), step)
            row["path"] += f"[{name}]"
            if row["record"] is None:
                row |= {"kind": LISTS[at[:depth]][1], "record": name}
        message, remedy = (printable(_(sentence).format(**values)) for sentence in SENTENCES[what])
        value = _shown(reach(self.registry, at)) if at else ""
        row |= {"path": row["path"][1:], "message": message, "value": value, "remedy": told(printable(hint), remedy)}
        self._found.append((at, row))

    def explain(self, at: Steps, error: Mapping[str, Any]) -> None:
        """Tell one of pydantic's errors at a place, and what may be written there; it is `REPORTED` from now on."""
        field, what, value = _described(at), error["type"], error["input"]
        known = field.get("enum", ())
        if isinstance(value, tuple):
            what = "twice"
        elif what == "extra_forbidden":
            value, known = at[-1], _described(at[:-1])["properties"]
        elif value == "" or what == "too_short":
            what = "empty"
        elif what == "string_pattern_mismatch" and field["pattern"] == model.TEXT:
            what = "hidden"
        what = what if what in SENTENCES else "other"
        meant = perhaps(suggest(value[:_LONGEST], known, 1)) if isinstance(value, str) else ""
        examples = ", ".join(json.dumps(each, ensure_ascii=False) for each in known or field.get("examples", [])[:1])
        fix = N_("Write, for example: {examples}") if examples else N_("See: cmq schema")
        fix = N_("Write, for example, {examples}; or null where it is not known.") if "anyOf" in field else fix
        self.tell(at, what, told(meant, "" if SENTENCES[what][1] else _(fix, examples=examples)))
        if not at:  # a field is called by half a character, so that nothing was looked at
            raise StoppedError
        reach(self.registry, at[:-1])[at[-1]] = REPORTED


def reach(value: Any, at: Iterable[str | int]) -> Any:
    """Return the value at a place, or `REPORTED` where there is no such place."""
    try:
        return reduce(getitem, at, value)
    except (LookupError, TypeError):
        return REPORTED


def _name(record: Any, position: int) -> str:
    fields = ("id", "code", "number", "on", "name", "source") if isinstance(record, dict) else ()
    known = [str(record[field]) for field in fields if isinstance(record.get(field), str | int)]
    return _short(next(filter(None, known), f"#{position + 1}"))


def _shown(value: Any) -> str:
    """Return a value as JSON on one line, shortened; of lists and objects only how much is in them."""
    if isinstance(value, list | dict):
        return f"… ({len(value)})"
    if isinstance(value, tuple):  # of what occurs twice, or nothing
        return "".join(map(_shown, value))
    return _short(json.dumps(value, ensure_ascii=False))


def _short(text: str) -> str:
    return printable(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")


def _described(at: Steps) -> Row:
    """Return what the JSON Schema says of the value at a place, nothing where it knows none."""
    node = _SCHEMA
    for step in at:
        if isinstance(step, str):
            node = reach(node, ("properties", step)) or {}
        else:
            node = {"examples": node.get("examples", [[]])[0], **node.get("items", {})}
        node = {**node, **node.get("anyOf", [{}])[0]}  # the other one is null
        if "$ref" in node:
            node = _SCHEMA["$defs"][node["$ref"].rpartition("/")[2]]
    return node
