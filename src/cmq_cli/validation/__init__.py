"""Check a registry file in full: each record against the model, then the rules that span them."""

import json
from contextlib import suppress
from functools import cache
from itertools import takewhile
from typing import Any, cast

from pydantic import TypeAdapter, ValidationError

from cmq_cli import model
from cmq_cli.errors import RegistryError
from cmq_cli.language import _, typed
from cmq_cli.validation import file
from cmq_cli.validation.file import called as called
from cmq_cli.validation.report import LISTS, REPORTED, Report, Steps, TooManyError, described, explained, reach
from cmq_cli.validation.rules import BASIS, Rules, supported


def read_checked(name: str) -> model.Registry:
    """Return the registry in a file, or on standard input for ``-``, with what was left out filled in.

    Raises RegistryError, in one line with the first problem, when the file can't be read or isn't a valid registry.
    """
    try:
        report = Report(file.parse(file.read_bytes(name)))
    except file.UnreadableError as error:
        raise RegistryError(f"{called(name)}: {error}") from None
    with suppress(TooManyError):
        check(report)
    for first in report.problems("error"):
        message = _("{file} is not a valid registry. {place}: {problem} To see all: {command}").format(
            file=called(name),
            place=f"{first.path} ({first.value})" if first.value else first.path,
            problem=f"{first.message} {first.remedy}",
            command=typed("cmq", "validate", name),
        )
        raise RegistryError(message)
    report.registry.pop("$schema", None)
    return cast("model.Registry", report.registry)


def examine(name: str, strict: bool = False) -> Report:
    """Return all that is wrong with a file; that it can't be read is an error too.

    Strictly, a fact that no source supports, and whatever else would be a warning, is an error; only the form isn't.
    """
    try:
        data = file.read_bytes(name)
        report = Report(file.parse(data))
    except file.UnreadableError as error:
        report = Report({})
        report.tell((error.place,) if error.place else (), error.message, error.remedy)
        return report
    with suppress(TooManyError):
        is_shaped = check(report)
        report.severity = "error" if strict else "warning"
        Rules(report).doubts()
        if is_shaped:
            report.severity, report.data, report.canonical = "warning", data, _canonical(report.registry)
            lines = zip(data.split(b"\n"), report.canonical.split(b"\n"), strict=False)
            same = len([*takewhile(lambda pair: pair[0] == pair[1], lines)])
            message = _("From line {line} on, the file isn't in its canonical form.").format(line=same + 1)
            remedy = _("To write it so: {command}").format(command=typed("cmq", "validate", "--fix", name))
            if data != report.canonical:
                report.tell((), message, remedy)
    return report


def _canonical(registry: dict[str, Any]) -> bytes:
    for at, (_kind, _called, key) in LISTS.items():
        reach(registry, at).sort(key=lambda record, key=key: record[key])
    return (json.dumps(registry, ensure_ascii=False, indent=2) + "\n").encode()


def check(report: Report) -> bool:
    """Check a registry, filling it in, tell the report each error, and return whether each value is right by itself.

    Raises TooManyError.
    """
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
    report.registry = _right(model.Registry, document, (), report) or {}
    for at, records in lists.items():
        kind = LISTS[at][0]
        if frame := reach(report.registry, at[:-1]):
            frame[at[-1]] = records
        for position, record in enumerate(records):
            if kind is model.Campus and isinstance(record, dict):
                _deduce(record, reach(report.registry, ("territories", "regions")))
            records[position] = _right(kind, record, (*at, position), report)


def _right(kind: Any, value: Any, at: Steps, report: Report) -> Any:
    """Return a record, filled in, in the model's order; what is wrong is told to the report and becomes `REPORTED`."""
    try:
        return _adapter(kind).validate_python(value)
    except ValidationError as error:
        wrong = error.errors(include_url=False)
    if sum(_fill(value, each, at) for each in wrong):
        return _right(kind, value, at, report)
    for each in wrong:
        place = (*at, *each["loc"])
        report.tell(place, *explained(each, place))
        if not each["loc"]:  # it isn't an object, or can't be looked into
            return REPORTED
        *way, last = each["loc"]
        reach(value, way)[last] = REPORTED
    return value


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _fill(record: Any, error: Any, at: Steps) -> bool:
    """Fill in a field of which an error says that it is missing, if it may be left out; tell whether it was."""
    *way, name = error["loc"] or [""]
    field = described((*at, *error["loc"]))
    kind = "null" if "anyOf" in field else field.get("type")
    if error["type"] != "missing" or kind not in ("null", "array", "object"):
        return False
    reach(record, way)[name] = [] if kind == "array" else {} if kind == "object" else None
    return True


def _deduce(campus: dict[str, Any], regions: list[dict[str, Any]]) -> None:
    """Fill in what follows from other fields where it was left out: the code of the region, and how facts are known."""
    for region in regions if "region_code" not in campus else ():
        if region and region["name"] == campus.get("region"):
            campus["region_code"] = region["code"]
    proven = supported(campus)
    for fact in BASIS:
        if campus.get(f"{fact}_basis") is None and (fact in proven or fact == "sectors"):
            campus[f"{fact}_basis"] = "stated" if fact in proven else "assigned"
