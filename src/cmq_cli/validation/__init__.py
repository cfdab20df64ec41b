"""Check a registry file in full: each record against the model, then the rules that span them."""

from functools import cache
from types import NoneType
from typing import Any, NamedTuple, cast, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError
from typing_extensions import is_typeddict

from cmq_cli import model
from cmq_cli.errors import RegistryError
from cmq_cli.language import _, typed
from cmq_cli.validation import file
from cmq_cli.validation.file import called as called
from cmq_cli.validation.report import LISTS, REPORTED, Problem, Report, Steps, explained, reach
from cmq_cli.validation.rules import BASIS, Rules, supported

SCHEMA_KEY = "$schema"
"""The one name that a file may have beside the model's: it tells editors where the JSON Schema is."""


class Examined(NamedTuple):
    """What is to be told of a file, and what `validate --fix` needs."""

    errors: list[Problem]
    warnings: list[Problem]
    data: bytes = b""
    canonical: bytes | None = None
    """The file in its canonical form; None where not each value is right by itself."""


def read_checked(name: str) -> model.Registry:
    """Return the registry in a file, or on standard input for ``-``, with what was left out filled in.

    Raises RegistryError, in one line with the first problem, when the file can't be read or isn't a valid registry.
    """
    try:
        report = check(file.read_bytes(name))
    except file.UnreadableError as error:
        raise RegistryError(f"{called(name)}: {error}") from None
    for first in report.problems("error"):
        message = _("{file} is not a valid registry. {place}: {problem} To see all: {command}").format(
            file=called(name),
            place=f"{first.path} ({first.value})" if first.value else first.path,
            problem=f"{first.message} {first.remedy}",
            command=typed("cmq", "validate", name),
        )
        raise RegistryError(message)
    report.registry.pop(SCHEMA_KEY, None)
    return cast("model.Registry", report.registry)


def examine(name: str, strict: bool = False) -> Examined:
    """Return the errors and the warnings of a file, in its order. That it can't be read is an error too.

    Strictly, a fact that no source supports, and whatever else would be a warning, is an error; only the form isn't.
    """
    try:
        data = file.read_bytes(name)
        report = check(data)
    except file.UnreadableError as error:
        return Examined([Problem("error", "file", None, error.place, error.message, "", error.remedy)], [])
    if not report.is_full:
        Rules(report).doubts("error" if strict else "warning")
    warnings = report.problems("warning")
    canonical = _canonical(report.registry) if report.is_shaped else None
    if canonical and canonical != data:
        message = _("From line {line} on, the file isn't in its canonical form.")
        message = message.format(line=file.first_difference(data, canonical))
        remedy = _("To write it so: {command}").format(command=typed("cmq", "validate", "--fix", name))
        warnings.append(Problem("warning", "file", None, "", message, "", remedy))
    return Examined(report.problems("error"), warnings, data, canonical)


def check(data: bytes) -> Report:
    """Return what the bytes of a file hold, filled in, with its errors.

    Raises UnreadableError when they aren't JSON, or of a later form.
    """
    document = file.parse(data)
    version = document.get("schema_version")
    if isinstance(version, int) and version > model.SCHEMA_VERSION:
        message = _("The file is for a later version of cmq; this one reads files up to version {number}.")
        raise file.UnreadableError(message.format(number=model.SCHEMA_VERSION), _("Update cmq as its README says."))
    report = Report(document)
    _shape(report)
    report.is_shaped = not report.problems("error")
    if not report.is_full:
        Rules(report).errors()
    return report


def _canonical(registry: dict[str, Any]) -> bytes:
    for at, (_kind, _called, key) in LISTS.items():
        reach(registry, at).sort(key=lambda record, key=key: record[key])
    return file.written(registry)


def _shape(report: Report) -> None:
    """Check the values of a registry: its frame, then each record by itself, so that a million mistakes end soon."""
    document, address = report.registry, {}
    if SCHEMA_KEY in document:
        address[SCHEMA_KEY] = _right(model.Text, document[SCHEMA_KEY], (SCHEMA_KEY,), report)
        del document[SCHEMA_KEY]
    lists = {at: records for at in LISTS if isinstance(records := reach(document, at), list)}
    for *above, name in lists:
        reach(document, above)[name] = []
    _fill(document, model.Registry)
    report.registry = address | (_right(model.Registry, document, (), report) or {})
    for at, records in lists.items():
        kind = LISTS[at][0]
        if frame := reach(report.registry, at[:-1]):
            frame[at[-1]] = records
        for position, record in enumerate(records):
            _fill(record, kind)
            if kind is model.Campus and isinstance(record, dict):
                _deduce(record, report.registry)
            records[position] = _right(kind, record, (*at, position), report)
            if report.is_full:
                return


def _fill(record: Any, kind: type) -> None:
    """Add what was left out to a record and to those inside, if it is one."""
    empty, inside = _left_out(kind)
    if isinstance(record, dict):
        for name in empty.keys() - record.keys():
            record[name] = empty[name]()
        for name, inner in inside.items():
            for each in record[name] if isinstance(record[name], list) else [record[name]]:
                _fill(each, inner)


@cache
def _left_out(kind: type) -> tuple[dict[str, type], dict[str, type]]:
    """Return the fields that may be left out, with the type of what they then hold, and those that hold records."""
    empty: dict[str, type] = {}
    inside: dict[str, type] = {}
    for name, hint in get_type_hints(kind).items():
        is_list, arguments = get_origin(hint) is list, get_args(hint)
        inner = arguments[0] if is_list else hint
        if is_typeddict(inner):
            inside[name] = inner
        if is_list or is_typeddict(hint) or NoneType in arguments:
            empty[name] = list if is_list else NoneType if arguments else dict
    return empty, inside


def _deduce(campus: dict[str, Any], registry: dict[str, Any]) -> None:
    """Fill in what follows from other fields where it was left out: the code of the region, and how facts are known."""
    for region in reach(registry, ("territories", "regions")) if "region_code" not in campus else ():
        if region and region["name"] == campus.get("region"):
            campus["region_code"] = region["code"]
    proven = supported(campus)
    for fact in BASIS:
        if campus.get(f"{fact}_basis") is None and (fact in proven or fact == "sectors"):
            campus[f"{fact}_basis"] = "stated" if fact in proven else "assigned"


def _right(kind: Any, value: Any, at: Steps, report: Report) -> Any:
    """Return a value, records in the model's order; what is wrong is told to the report and becomes `REPORTED`."""
    try:
        return _adapter(kind).validate_python(value)
    except ValidationError as error:
        wrong = error.errors(include_url=False)
    for each in wrong:
        report.tell((*at, *each["loc"]), *explained(each, (*at, *each["loc"])))
        if not each["loc"]:  # it isn't an object, or can't be looked into
            return REPORTED
        *way, last = each["loc"]
        reach(value, way)[last] = REPORTED
    return value


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
