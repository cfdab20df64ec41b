"""Check a registry file in full: each record against the model, then the rules that span them."""

import json
from contextlib import suppress
from itertools import takewhile
from typing import Any, cast

from pydantic import TypeAdapter, ValidationError

from cmq_cli import model
from cmq_cli.errors import RegistryError
from cmq_cli.language import _, quoted, shell
from cmq_cli.validation import file
from cmq_cli.validation.report import LISTS, REPORTED, Report, Steps, StoppedError, described, reach
from cmq_cli.validation.rules import BASIS, Rules, supported

_FRAME = TypeAdapter(model.Registry)


def read_checked(name: str) -> model.Registry:
    """Return the registry in a file, or on standard input for ``-``, with what was left out filled in.

    Raises RegistryError, in one line with the first problem, when the file can't be read or isn't a valid registry.
    """
    report = Report()
    with suppress(StoppedError):
        _check(report, name)
    for first in report.problems("error"):
        problem = f"{first.message} {first.remedy}"
        if not first.path:
            raise RegistryError(_("{file}: {problem}", file=called(name), problem=problem))
        message = _("{file} is not a valid registry. {place}: {problem} To see all: {command}")
        place = f"{first.path} ({first.value})" if first.value else first.path
        command = shell("cmq", "validate", name)
        raise RegistryError(message.format(file=called(name), place=place, problem=problem, command=command))
    report.registry.pop("$schema", None)
    return cast("model.Registry", report.registry)


def examine(name: str, strict: bool = False) -> Report:
    """Return all that is wrong with a file; that it can't be read is an error too.

    Strictly, a fact that no source supports, and whatever else would be a warning, is an error; only the form isn't.
    """
    report = Report()
    with suppress(StoppedError):
        is_shaped = _check(report, name)
        report.severity = "error" if strict else "warning"
        Rules(report).doubts()
        report.severity = "warning"
        if is_shaped:
            _compare(report, name)
    return report


def called(name: str) -> str:
    """Return what a file is called in a sentence."""
    return _("Standard input") if name == "-" else quoted(name, longest=200)


def _compare(report: Report, name: str) -> None:
    """Note the canonical form of a file, and tell where the file isn't written so."""
    for at, (_kind, _called, key) in LISTS.items():
        reach(report.registry, at).sort(key=lambda record, key=key: record[key])
    text = json.dumps(report.registry, ensure_ascii=False, indent=2) + "\n"
    report.canonical = text.encode(errors="backslashreplace")
    if report.canonical != report.data:
        lines = zip(report.data.split(b"\n"), report.canonical.split(b"\n"), strict=False)
        same = len([*takewhile(lambda pair: pair[0] == pair[1], lines)])
        report.tell((), "form", line=same + 1, command=shell("cmq", "validate", "--fix", name))


def _check(report: Report, name: str) -> bool:
    """Read a file, fill it in, tell the report each error, and return whether each value is right by itself.

    Raises StoppedError where more can't be told.
    """
    report.data = file.read_bytes(name, report)
    report.registry = file.parse(report.data, report)
    _shape(report)
    is_shaped = not report.problems("error")
    Rules(report).errors()
    return is_shaped


def _shape(report: Report) -> None:
    """Check the values: those of the frame, then record by record, so that a million mistakes end soon."""
    document = report.registry
    lists = {at: records for at in LISTS if isinstance(records := reach(document, at), list)}
    for *above, name in lists:
        reach(document, above)[name] = []
    report.registry = _right(_FRAME, document, (), report) or {}
    for at, records in lists.items():
        if frame := reach(report.registry, at[:-1]):
            frame[at[-1]] = records
        for position, record in enumerate(records):
            if at == ("campuses",) and isinstance(record, dict):
                _deduce(record, reach(report.registry, ("territories", "regions")))
            records[position] = _right(LISTS[at][0], record, (*at, position), report)


def _right(adapter: TypeAdapter[Any], value: Any, at: Steps, report: Report) -> Any:
    """Return a record, filled in, in the model's order; what is wrong is told to the report and becomes `REPORTED`."""
    try:
        return adapter.validate_python(value)
    except ValidationError as error:
        wrong = error.errors(include_url=False)
    if [each for each in wrong if _fill(value, each, at)]:
        return _right(adapter, value, at, report)
    for each in wrong:
        report.explain((*at, *each["loc"]), each)
        if not each["loc"]:  # it isn't an object, or can't be looked into
            return REPORTED
        *way, last = each["loc"]
        reach(value, way)[last] = REPORTED
    return value


def _fill(record: Any, error: Any, at: Steps) -> bool:
    """Fill in a field of which an error says that it is missing, if it may be left out; tell whether it was."""
    if error["type"] != "missing":
        return False
    *way, name = error["loc"]
    field = described((*at, *way, name))
    empty: dict[str, Any] = {"anyOf": None, "array": [], "object": {}}
    kind = "anyOf" if "anyOf" in field else field["type"]
    if kind in empty:
        reach(record, way)[name] = empty[kind]
    return kind in empty


def _deduce(campus: dict[str, Any], regions: list[dict[str, Any]]) -> None:
    """Fill in what follows from other fields where it was left out: the code of the region, and how facts are known."""
    for region in regions if "region_code" not in campus else ():
        if region and region["name"] == campus.get("region"):
            campus["region_code"] = region["code"]
    proven = supported(campus)
    for fact in BASIS:
        if campus.get(f"{fact}_basis") is None and (fact in proven or fact == "sectors"):
            campus[f"{fact}_basis"] = "stated" if fact in proven else "assigned"
