"""Every option, declared once: a command names the bundles that it takes and gets them filled in."""

import inspect
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from copy import copy
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, get_args

from typer import Argument, Option

from cmq_cli.errors import CmqError, UsageError
from cmq_cli.language import N_, _, quoted

if TYPE_CHECKING:
    from cmq_cli.model import Registry
    from cmq_cli.output.answer import Answer

WHICH = N_("Which campuses:")
ORDER = N_("In what order:")
FORM = N_("In what form:")
"""Titles of groups of options; an option of one command joins a group by ``rich_help_panel=``."""

VARIABLE = "CMQ_REGISTRY"
"""The variable of the environment that names the registry to ask."""


def whole_number(typed: str) -> int:
    """Return a number of campuses; raise UsageError for what isn't a whole number from 0 on."""
    digits = "".join(typed.split()).removeprefix("+")
    if not digits.isdecimal():
        message = _("{value} is not a number of campuses. Give a whole number, 0 or more: --limit 10")
        raise UsageError(message.format(value=quoted(typed)))
    return int(digits[:9])


Texts = list[str] | None

Words = Annotated[
    Texts, Argument(metavar=N_("[WORDS]..."), help=N_("All must be said of a campus; OR between alternatives."))
]
Key = Annotated[list[str], Argument(metavar=N_("KEY..."), help=N_("An id, an alias, a city, a name, or words."))]


class FilterOptions(NamedTuple):
    """Which campuses: one option repeated means "or", different options mean "and"."""

    sector: Annotated[Texts, Option("--sector", "-s", metavar=N_("SECTOR"), help=N_("Id, label or search word."))] = (
        None
    )
    region: Annotated[
        Texts, Option("--region", "-r", metavar=N_("REGION"), help=N_("Name, former name, abbreviation or INSEE code."))
    ] = None
    academy: Annotated[Texts, Option("--academy", "-a", metavar=N_("ACADEMY"), help=N_("Name, as of 2017."))] = None
    department: Annotated[Texts, Option("--department", "-d", metavar=N_("DEPARTMENT"), help=N_("Number or name."))] = (
        None
    )
    city: Annotated[
        Texts, Option("--city", "-c", metavar=N_("CITY"), help=N_("Name or INSEE code of the seat's commune."))
    ] = None
    wave: Annotated[
        Texts, Option("--wave", "-w", metavar=N_("WAVE"), help=N_("Number of the call for projects, or none."))
    ] = None
    excellence: Annotated[
        bool | None, Option("--excellence/--no-excellence", help=N_("With, or without, the mention of excellence."))
    ] = None
    as_of: Annotated[
        str | None,
        Option("--as-of", metavar=N_("DATE"), help=N_("Label proven by then: 2017, 2017-02, 2017-02-13 or today.")),
    ] = None


class OrderOptions(NamedTuple):
    """In what order, and how many."""

    sort: Annotated[
        str | None,
        Option("--sort", metavar=N_("FIELD"), help=N_("name, region, city, wave, date or id; -name is the reverse.")),
    ] = None
    limit: Annotated[
        int | None, Option("--limit", "-n", metavar="N", parser=whole_number, help=N_("At most N campuses."))
    ] = None


class OutputOptions(NamedTuple):
    """In what form, and where to."""

    format: Annotated[str | None, Option("--format", "-f", metavar=N_("FORM"), parser=str.lower)] = None
    json: Annotated[bool, Option("--json", help=N_("The same as --format json."))] = False
    csv: Annotated[bool, Option("--csv", help=N_("The same as --format csv."))] = False
    fields: Annotated[
        str | None,
        Option(
            "--fields",
            metavar="A,B",
            help=N_("Only these, in this order; sources.url reaches into records; all means every field."),
        ),
    ] = None
    output: Annotated[
        str | None,
        Option(
            "--output", "-o", metavar=N_("FILE"), help=N_("Write a file; its ending, such as .xlsx, says the form.")
        ),
    ] = None
    color: Annotated[
        Literal["auto", "always", "never"],
        Option("--color", metavar=N_("WHEN"), help=N_("auto, always or never."), case_sensitive=False),
    ] = "auto"


class RegistryOptions(NamedTuple):
    """Which registry."""

    registry: Annotated[
        str | None,
        Option(
            "--registry",
            metavar=N_("FILE"),
            envvar=VARIABLE,
            help=N_("Ask a registry of your own; - is standard input. Or set CMQ_REGISTRY."),
        ),
    ] = None


def declared(command: "Callable[..., Answer]", forms: Sequence[str]) -> dict[str, inspect.Parameter]:
    """Return what can be given to a command, by name: its own arguments and options, and those of its bundles.

    Those for the output that its forms need are added, and that for the registry. What is said of each is translated.
    """
    own = inspect.signature(command).parameters
    output = [*OutputOptions._fields] if len(forms) > 1 else ["json", "output"] if forms else []
    found = [parameter for parameter in own.values() if parameter.name != "registry"]
    found += [parameter for parameter in _inside(OutputOptions) if parameter.name in output]
    found += _inside(RegistryOptions) if "registry" in own else []
    apart = [each for parameter in found for each in (_inside(parameter.annotation) or [parameter])]
    return {each.name: _translated(each, ", ".join(forms)) for each in apart}


def _inside(bundle: Any) -> list[inspect.Parameter]:
    """Return the options of a bundle, and none of what isn't one."""
    return [*inspect.signature(bundle).parameters.values()] if hasattr(bundle, "_fields") else []


def _translated(parameter: inspect.Parameter, forms: str) -> inspect.Parameter:
    """Return a parameter with a copy of its declaration that speaks the language, and names the command's forms."""
    kind, declaration = get_args(parameter.annotation)
    declaration = copy(declaration)
    declaration.help = forms if parameter.name == "format" else _(declaration.help or "")
    declaration.metavar = _(declaration.metavar or "") or None
    return parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=Annotated[kind, declaration])


def with_options(
    command: "Callable[..., Answer]", forms: Sequence[str]
) -> "Callable[..., tuple[Answer, OutputOptions]]":
    """Return the command as Typer is to see it: with all that `declared` returns, each bundle taken apart.

    The command gets its bundles filled in, and as its first argument, if that is called `registry`, the registry that
    is asked. What is asked of the output is returned beside the answer.
    """
    own = inspect.signature(command).parameters
    bundles = {name: each.annotation for name, each in own.items() if _inside(each.annotation)}

    @wraps(command)
    def with_bundles(**given: Any) -> "tuple[Answer, OutputOptions]":
        output = OutputOptions(**{name: given.pop(name) for name in OutputOptions._fields if name in given})
        file, where = given.get("file"), given.get("registry")
        given = {name: value if name in ("file", "registry") else _decoded(value) for name, value in given.items()}
        for name, bundle in bundles.items():
            given[name] = bundle(**{field: given.pop(field) for field in bundle._fields})
        forgotten = where is not None and where == os.environ.get(VARIABLE) and not file
        reminder = _("The registry asked is {file}, as CMQ_REGISTRY says.").format(file=quoted(where or ""))
        try:
            if output.output not in (None, "-"):
                _spare(output.output, file, where)
            if "registry" in own:
                given["registry"] = read_registry(where)
            answer = command(**given)
        except CmqError as error:
            error.args = (f"{error} ({reminder})",) if forgotten else error.args
            raise
        return answer._replace(notes=(*answer.notes, reminder)) if forgotten else answer, output

    with_bundles.__signature__ = inspect.Signature([*declared(command, forms).values()])  # type: ignore[attr-defined]
    with_bundles.__annotations__ = {}  # the signature has them; Typer would resolve them once more
    return with_bundles


def _decoded(typed: Any) -> Any:
    """Return a text, or each of several, as UTF-8, in which it was typed, also where the locale (``C``) is ASCII.

    Not so the name of a file, which is the same bytes in every locale.
    """
    if isinstance(typed, str) and not typed.isascii():
        with suppress(UnicodeEncodeError):
            return typed.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
    return [_decoded(each) for each in typed] if isinstance(typed, list) else typed


def read_registry(name: str | None) -> "Registry":
    """Return the registry in a file, which is checked in full, or the bundled one; raises RegistryError."""
    if name is None:
        from cmq_cli.registry import bundled

        return bundled()
    from cmq_cli.validation import read_checked

    return read_checked(name)


def _spare(output: str, *registries: str | None) -> None:
    """Raise UsageError for an answer that is to be written over the registry that it comes from, or the bundled one."""
    from cmq_cli.output.files import check_target
    from cmq_cli.registry import data_file

    check_target(
        output, [data_file("campuses.json"), *("/dev/stdin" if name == "-" else name for name in registries if name)]
    )
