"""Every option, declared once; and the commands as Typer runs them, with the options that they ask for filled in."""

import inspect
import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

import typer
from typer import Argument, Option
from typer.main import get_command

from cmq_cli.commands import COMMANDS, Command
from cmq_cli.errors import CmqError
from cmq_cli.language import N_, _, quoted, shell
from cmq_cli.registry import Registry

if TYPE_CHECKING:
    from cmq_cli.output.answer import Answer

WHICH = N_("Which campuses:")
ORDER = N_("In what order:")
FORM = N_("In what form:")
"""Titles of groups of options; an option of one command joins a group by ``rich_help_panel=``."""

VARIABLE = "CMQ_REGISTRY"
"""The variable of the environment that names the registry to ask."""

Texts = list[str] | None
Words = Annotated[
    Texts, Argument(metavar=N_("[WORDS]..."), help=N_("All must be said of a campus; OR between alternatives."))
]
Key = Annotated[list[str], Argument(metavar=N_("KEY..."), help=N_("An id, an alias, a city, a name, or words."))]


class FilterOptions(NamedTuple):
    """Which campuses: one option repeated means "or", different options mean "and"."""

    sector: Texts = None
    region: Texts = None
    academy: Texts = None
    department: Texts = None
    city: Texts = None
    wave: Texts = None
    excellence: bool | None = None
    as_of: str | None = None


class OrderOptions(NamedTuple):
    """In what order, and how many."""

    sort: Texts = None
    limit: int | None = None


class OutputOptions(NamedTuple):
    """In what form, and where to."""

    format: str | None = None
    json: bool = False
    csv: bool = False
    fields: Texts = None
    output: str | None = None
    color: Literal["auto", "always", "never"] = "auto"


class RegistryOptions(NamedTuple):
    """Which registry."""

    registry: str | None = None


class HelpOptions(NamedTuple):
    """Whether help is wanted instead of an answer."""

    help: bool = False


_DECLARED = {
    "sector": Option("--sector", "-s", metavar=N_("SECTOR"), help=N_("Id, label or search word.")),
    "region": Option("--region", "-r", metavar=N_("REGION"), help=N_("Name, former name, abbreviation or code.")),
    "academy": Option("--academy", "-a", metavar=N_("ACADEMY"), help=N_("Name, as of 2017.")),
    "department": Option("--department", "-d", metavar=N_("DEPARTMENT"), help=N_("Number or name.")),
    "city": Option("--city", "-c", metavar=N_("CITY"), help=N_("Name or INSEE code of the seat's commune.")),
    "wave": Option("--wave", "-w", metavar=N_("WAVE"), help=N_("Number of the call for projects, or none.")),
    "excellence": Option("--excellence/--no-excellence", help=N_("With, or without, the mention of excellence.")),
    "as_of": Option(
        "--as-of", metavar=N_("DATE"), help=N_("Label proven by then: 2017, 2017-02, 2017-02-13 or today.")
    ),
    "sort": Option("--sort", metavar=N_("FIELD"), help=N_("name, region, city, wave, date or id; -name reverses.")),
    "limit": Option("--limit", "-n", metavar="N", min=0, help=N_("At most N campuses.")),
    "format": Option("--format", "-f", metavar=N_("FORM"), parser=str.lower),
    "json": Option("--json", help=N_("The same as --format json.")),
    "csv": Option("--csv", help=N_("The same as --format csv.")),
    "fields": Option(
        "--fields",
        metavar="A,B",
        help=N_("Only these, in this order; sources.url reaches into records; all means every field."),
    ),
    "output": Option(
        "--output", "-o", metavar=N_("FILE"), help=N_("Write a file; its ending, such as .xlsx, says the form.")
    ),
    "color": Option("--color", metavar=N_("WHEN"), help=N_("auto, always or never."), case_sensitive=False),
    "registry": Option(
        "--registry",
        metavar=N_("FILE"),
        envvar=VARIABLE,
        help=N_("Ask a registry of your own; - is standard input. Or set CMQ_REGISTRY."),
    ),
    "help": Option("-h", "--help", help=N_("Show this help.")),
}
"""How the options of the bundles are called, and what is said of them."""

_FILES = ("file", "output", "registry")
"""What names a file is the same bytes in every locale; other texts are UTF-8."""


def build(name: str) -> Any:
    """Return a command as Typer parses it, in the language that is spoken; its module is imported now."""
    entry = COMMANDS[name]

    def given(help: bool, **values: Any) -> dict[str, Any]:  # help is shown before anything is parsed
        return values

    given.__signature__ = inspect.Signature(_parameters(entry))  # type: ignore[attr-defined]
    given.__annotations__ = {}  # the signature has them
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(name, add_help_option=False)(given)
    command: Any = get_command(app)
    for parameter in command.params:
        parameter.help = _(parameter.help) if parameter.help else ", ".join(entry.forms)
        parameter.metavar = parameter.metavar and _(parameter.metavar)
    return command


def by_name(command: Any) -> dict[str, Any]:
    """Return the options of a command that `build` returned, by all their names."""
    return {name: each for each in command.params for name in (*each.opts, *each.secondary_opts) if name[0] == "-"}


def ask(name: str, given: dict[str, Any]) -> "tuple[Answer, OutputOptions]":
    """Return what a command answers to the values that are given for it, and what is asked of the output.

    Its bundles are filled in; a parameter called `registry` that is none gets the registry that is asked.
    """
    command = COMMANDS[name].load()
    file, where = given.get("file"), given.get("registry")
    given = {name: value if name in _FILES else _decoded(value) for name, value in given.items()}
    given["fields"] = ",".join(given.get("fields") or ()) or None  # repeated, they add up
    output = _bundle(OutputOptions, given)
    for name, parameter in inspect.signature(command).parameters.items():
        if hasattr(parameter.annotation, "_fields"):
            given[name] = _bundle(parameter.annotation, given)
    forgotten = not file and where is not None and where == os.environ.get(VARIABLE)
    reminder = _("The registry asked is {file}, as CMQ_REGISTRY says.", file=quoted(where or ""))
    try:
        if output.output not in (None, "-"):
            from cmq_cli.output.files import check_target
            from cmq_cli.registry import data_file

            check_target(output.output, [data_file("campuses.json"), *filter(None, (file, where))])
        if "registry" in given:
            given["registry"] = read_registry(where)
        answer: Answer = command(**given)
    except CmqError as error:
        raise type(error)(f"{error} ({reminder})" if forgotten else str(error)) from error
    if forgotten:
        return answer._replace(notes=(*answer.notes, reminder)), output
    if where not in (None, "-") and not file:  # what sentences tell to type asks the same registry
        ask_it = shell("--registry", str(where))
        notes = [re.sub(r"\bcmq [a-z]+.*", lambda line: f"{line[0]} {ask_it}", note) for note in answer.notes]
        return answer._replace(notes=tuple(notes)), output
    return answer, output


def read_registry(name: str | None) -> Registry:
    """Return the registry in a file, which is checked in full, or the bundled one; raises RegistryError."""
    if name is None:
        from cmq_cli.registry import bundled

        return bundled()
    from cmq_cli.validation import read_checked

    return read_checked(name)


def _parameters(entry: Command) -> list[inspect.Parameter]:
    """Return what can be given to a command: its own parameters, and the options of its bundles and of all commands."""
    own = inspect.signature(entry.load()).parameters
    output = OutputOptions._fields if len(entry.forms) > 1 else ("json", "output") if entry.forms else ()
    found = [part for each in own.values() if each.name != "registry" for part in _options(each.annotation) or [each]]
    found += [each for each in _options(OutputOptions) if each.name in output]
    found += _options(RegistryOptions) if "registry" in own else []
    return [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in (*found, *_options(HelpOptions))]


def _options(bundle: Any) -> list[inspect.Parameter]:
    """Return the options of a bundle, as they are declared, and none of what isn't one."""
    fields = inspect.signature(bundle).parameters.values() if hasattr(bundle, "_fields") else ()
    return [each.replace(annotation=Annotated[each.annotation, _DECLARED[each.name]]) for each in fields]


def _bundle(bundle: Any, given: dict[str, Any]) -> Any:
    """Return a bundle filled in with what is given for it, which is taken away there."""
    return bundle(**{name: given.pop(name) for name in bundle._fields if name in given})


def _decoded(typed: Any) -> Any:
    """Return a text, or each of several, as the UTF-8 in which it was typed, also where the locale (``C``) is ASCII."""
    if isinstance(typed, str):
        with suppress(UnicodeEncodeError):
            return typed.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
    return [_decoded(each) for each in typed] if isinstance(typed, list) else typed
