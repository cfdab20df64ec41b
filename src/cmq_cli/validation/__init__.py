"""Check a registry file in full: each record against the model, then the rules that span them."""

from collections.abc import Iterator
from functools import cache
from itertools import chain, islice
from types import NoneType
from typing import Any, NamedTuple, cast, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError
from typing_extensions import is_typeddict

from cmq_cli import model
from cmq_cli.errors import RegistryError
from cmq_cli.language import _
from cmq_cli.text import shell
from cmq_cli.validation import file, rules
from cmq_cli.validation.file import called as called
from cmq_cli.validation.report import Finding, Problem, Steps, explained, problem

MOST = 1_000
"""The most problems that are told; a file that has more is no registry, and telling takes time."""

_DEEPEST = 6
"""Steps to the deepest value of a registry."""


class Checked(NamedTuple):
    """What a file holds, and what is wrong with it."""

    content: file.Content
    registry: dict[str, Any]
    """Every field of every record in the model's order; a value that was reported is `rules.REPORTED`."""
    is_shaped: bool
    """Whether at least each value is right by itself."""
    findings: list[Finding]


def read_checked(name: str) -> model.Registry:
    """Return the registry in a file, or on standard input for ``-``, with what was left out filled in.

    Raises RegistryError, in one line with the first problem, when the file can't be read or isn't a valid registry.
    """
    try:
        checked = check(file.read_bytes(name))
    except file.UnreadableError as error:
        raise RegistryError(f"{called(name)}: {error}") from None
    if not checked.findings:
        return cast("model.Registry", checked.registry)
    first = problem(checked.findings[0], checked.content.json)
    message = _("{file} is not a valid registry. {place}: {problem} To see all: {command}").format(
        file=called(name),
        place=f"{first.path} ({first.value})" if first.value else first.path,
        problem=f"{first.message} {first.remedy}",
        command=f"cmq validate {shell(name)}",
    )
    raise RegistryError(message)


def examine(name: str, strict: bool = False) -> tuple[list[Problem], list[Problem]]:
    """Return the errors and the warnings of a file, in its order. That it can't be read is an error too.

    Strictly, a fact that no source supports, and whatever else would be a warning, is an error; only the form isn't.
    """
    try:
        data = file.read_bytes(name)
        checked = check(data)
    except file.UnreadableError as error:
        return [Problem("error", "file", None, error.place, error.message, "", error.remedy)], []
    doubts = islice(rules.warnings(checked.registry), MOST)
    found = sorted(chain(checked.findings, doubts), key=_order)
    problems = [problem(finding, checked.content.json) for finding in found]
    errors = [each._replace(severity="error") for each in problems if strict or each.severity == "error"]
    warnings = [each for each in problems if not strict and each.severity == "warning"]
    odd = file.deviation(data, canonical(checked)) if checked.is_shaped else None
    if odd:
        remedy = _("To write it in the canonical form: {command}").format(command=f"cmq validate --fix {shell(name)}")
        warnings.append(Problem("warning", "file", None, "", odd, "", remedy))
    return errors, warnings


def canonical(checked: Checked) -> str:
    """Return a registry each value of which is right as it is written: sorted, every field in the model's order."""
    registry = checked.registry
    for (*above, name), key in rules.LISTS.items():
        within = rules.reach(registry, above)
        within[name] = sorted(within[name], key=lambda record: record[key])
    return file.written(registry, checked.content.json.get(file.SCHEMA_KEY))


def rewritten(name: str) -> tuple[bytes, str | None]:
    """Return what is in a file, and its canonical form: None where not each value is right by itself.

    Raises RegistryError when the file can't be read.
    """
    data = file.read_bytes(name)
    try:
        checked = check(data)
    except file.UnreadableError:
        return data, None
    return data, canonical(checked) if checked.is_shaped else None


def check(data: bytes) -> Checked:
    """Check the bytes of a file. Raises UnreadableError when they aren't JSON, or of a later form."""
    content = file.parse(data)
    version = content.json.get("schema_version")
    if isinstance(version, int) and version > model.SCHEMA_VERSION:
        message = _("The file is for a later version of cmq; this one reads files up to version {number}.")
        raise file.UnreadableError(message.format(number=model.SCHEMA_VERSION), _("Update cmq as its README says."))
    registry, findings = _shaped({name: value for name, value in content.json.items() if name != file.SCHEMA_KEY})
    findings += islice(_twice(content.json) if content.has_twice else (), MOST)
    address = content.json.get(file.SCHEMA_KEY, "")
    if not isinstance(address, str) or not address.isprintable():
        message, remedy = _("The address of the schema is wanted in double quotes."), _("Correct it, or leave it out.")
        findings.append(Finding((file.SCHEMA_KEY,), message, address, remedy))
    is_shaped = not findings
    findings += islice(rules.errors(registry), MOST)
    return Checked(content, registry, is_shaped, sorted(findings[:MOST], key=_order))


def _order(finding: Finding) -> tuple[int, int]:
    """Return a key that puts all that is wrong with a record together, in the order of the model."""
    for number, at in enumerate(rules.LISTS):
        if finding.at[: len(at)] == at and len(finding.at) > len(at):
            return number, int(finding.at[len(at)])
    return -1, 0


def _shaped(document: dict[str, Any]) -> tuple[dict[str, Any], list[Finding]]:
    """Check the values of a registry: its frame, then each record by itself, so that a million mistakes end soon."""
    findings: list[Finding] = []
    frame = _without_lists(document)
    if isinstance(frame.get("territories"), dict):
        frame["territories"] = _without_lists(frame["territories"])
    registry = _right(model.Registry, _filled(model.Registry, frame), (), findings)
    for at in rules.LISTS:
        given, kept = rules.reach(document, at), rules.reach(registry, at)
        kind = _fields(model.Territories if len(at) > 1 else model.Registry)[1][at[-1]]
        for position, record in enumerate(given if isinstance(kept, list) else ()):
            filled = _filled(kind, record)
            if at == rules.CAMPUSES and isinstance(record, dict):
                _deduce(filled, registry)
            kept.append(_right(kind, filled, (*at, position), findings))
            if len(findings) >= MOST:
                return registry, findings
    return registry, findings


def _without_lists(record: dict[str, Any]) -> dict[str, Any]:
    return {name: [] if isinstance(value, list) else value for name, value in record.items()}


def _right(kind: type, record: Any, at: Steps, findings: list[Finding]) -> Any:
    """Return a record in the model's order; what is wrong becomes `rules.REPORTED`, and is added to the findings."""
    try:
        return _adapter(kind).validate_python(record)
    except ValidationError as error:
        told = error.errors(include_url=False)
    for each in told:
        findings.append(explained(each, (*at, *each["loc"])))
        if not each["loc"]:  # it isn't an object, or can't be looked into
            return dict.fromkeys(get_type_hints(kind), rules.REPORTED) if kind is model.Registry else rules.REPORTED
        *way, last = each["loc"]
        rules.reach(record, way)[last] = rules.REPORTED
    return record


@cache
def _adapter(kind: type) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


@cache
def _fields(kind: type) -> tuple[dict[str, Any], dict[str, type]]:
    """Return the fields that may be left out, with what they then hold, and those that hold records."""
    optional: dict[str, Any] = {}
    records: dict[str, type] = {}
    for name, hint in get_type_hints(kind).items():
        is_list = get_origin(hint) is list
        inner = get_args(hint)[0] if is_list else hint
        if is_typeddict(inner):
            records[name] = inner
        if is_list or is_typeddict(hint) or NoneType in get_args(hint):
            optional[name] = [] if is_list else {} if is_typeddict(hint) else None
    return optional, records


def _filled(kind: type, value: Any) -> Any:
    """Return a copy of a record, and of those inside, with what was left out."""
    if not isinstance(value, dict):
        return value
    optional, records = _fields(kind)
    record = optional | value
    for name, inner in records.items():
        inside = record[name]
        many = isinstance(inside, list)
        record[name] = [_filled(inner, each) for each in inside] if many else _filled(inner, inside)
    return record


def _deduce(campus: dict[str, Any], registry: dict[str, Any]) -> None:
    """Fill in what follows from other fields where it was left out: the code of the region, and how facts are known."""
    for region in rules.reach(registry, rules.REGIONS):
        if "region_code" not in campus and region and region["name"] == campus.get("region"):
            campus["region_code"] = region["code"]
    proven = rules.supported(campus)
    for fact in rules.BASIS:
        if campus.get(f"{fact}_basis") is None and (fact in proven or fact == "sectors"):
            campus[f"{fact}_basis"] = "stated" if fact in proven else "assigned"


def _twice(value: Any, at: Steps = ()) -> Iterator[Finding]:
    """Give the fields that occur twice in an object."""
    for name in value.names if isinstance(value, file.Twice) else ():
        message = _("This field occurs twice; only the last one would count.")
        yield Finding((*at, name), message, value[name], _("Remove one of the two."))
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, each in inside if len(at) < _DEEPEST else ():
        yield from _twice(each, (*at, step))
