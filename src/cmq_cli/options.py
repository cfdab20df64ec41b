"""The options that several commands share; and the commands as Typer runs them, with what they ask for filled in."""

import inspect
import os
import re
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

from typer import Argument, Option, Typer
from typer.main import get_command

from cmq_cli.commands import COMMANDS
from cmq_cli.errors import CmqError
from cmq_cli.language import N_, _, quoted, shell
from cmq_cli.registry import Registry, bundled, data_file

if TYPE_CHECKING:
    from cmq_cli.output.answer import Answer

WHICH = N_("Which campuses:")
ORDER = N_("In what order:")
FORM = N_("In what form:")
"""Titles of groups of options; an option of one command joins a group by ``rich_help_panel=``."""

Texts = list[str] | None
Words = Annotated[
    Texts, Argument(metavar=N_("[WORDS]..."), help=N_("All must be said of a campus; OR between alternatives."))
]
Key = Annotated[list[str], Argument(metavar=N_("KEY..."), help=N_("An id, an alias, a city, a name, or words."))]


def _option(flags: str, help: str, metavar: str | None = None, **more: Any) -> Any:
    """Return an option that is called by some flags, with what is said of it and what it takes, if anything."""
    return Option(*flags.split(), help=help, metavar=metavar, **more)


class FilterOptions(NamedTuple):
    """Which campuses: one option repeated means "or", different options mean "and"."""

    sector: Annotated[Texts, _option("--sector -s", N_("Id, label or search word."), N_("SECTOR"))] = None
    region: Annotated[Texts, _option("--region -r", N_("Name, former name, abbreviation or code."), N_("REGION"))] = (
        None
    )
    academy: Annotated[Texts, _option("--academy -a", N_("Name, as of 2017."), N_("ACADEMY"))] = None
    department: Annotated[Texts, _option("--department -d", N_("Number or name."), N_("DEPARTMENT"))] = None
    city: Annotated[Texts, _option("--city -c", N_("Name or INSEE code of the seat's commune."), N_("CITY"))] = None
    wave: Annotated[Texts, _option("--wave -w", N_("Number of the call for projects, or none."), N_("WAVE"))] = None
    excellence: Annotated[
        bool | None, _option("--excellence/--no-excellence", N_("With, or without, the mention of excellence."))
    ] = None
    as_of: Annotated[
        str | None, _option("--as-of", N_("Label proven by then: 2017, 2017-02, 2017-02-13 or today."), N_("DATE"))
    ] = None


class OrderOptions(NamedTuple):
    """In what order, and how many."""

    sort: Annotated[
        Texts, _option("--sort", N_("name, region, city, wave, date or id; -name reverses."), N_("FIELD"))
    ] = None
    limit: Annotated[int | None, _option("--limit -n", N_("At most N campuses."), "N", min=0)] = None


class OutputOptions(NamedTuple):
    """In what form, and where to."""

    format: Annotated[str | None, _option("--format -f", "", N_("FORM"), parser=str.lower)] = None
    json: Annotated[bool, _option("--json", N_("The same as --format json."))] = False
    csv: Annotated[bool, _option("--csv", N_("The same as --format csv."))] = False
    fields: Annotated[
        Texts,
        _option(
            "--fields", N_("Only these, in this order; sources.url reaches into records; all means every field."), "A,B"
        ),
    ] = None
    output: Annotated[
        str | None, _option("--output -o", N_("Write a file; its ending, such as .xlsx, says the form."), N_("FILE"))
    ] = None
    color: Annotated[
        Literal["auto", "always", "never"],
        _option("--color", N_("auto, always or never."), N_("WHEN"), case_sensitive=False),
    ] = "auto"


class OtherOptions(NamedTuple):
    """Which registry, for the commands that ask one; and whether help is wanted instead of an answer."""

    registry: Annotated[
        str | None,
        _option(
            "--registry",
            N_("Ask a registry of your own; - is standard input. Or set CMQ_REGISTRY."),
            N_("FILE"),
            envvar="CMQ_REGISTRY",
        ),
    ] = None
    help: Annotated[bool, _option("-h --help", N_("Show this help."))] = False


def build(name: str) -> Any:
    """Return a command as Typer parses it, in the language that is spoken; its module is imported now."""
    entry = COMMANDS[name]
    own = inspect.signature(entry.load()).parameters
    common = OutputOptions._fields if len(entry.forms) > 1 else ("json", "output") if entry.forms else ()
    common = (*common, "help", *(["registry"] if "registry" in own else []))
    options = [part for each in own.values() if each.name != "registry" for part in _options(each.annotation) or [each]]
    options += [each for each in (*_options(OutputOptions), *_options(OtherOptions)) if each.name in common]

    def given(help: bool, **values: Any) -> dict[str, Any]:  # help is shown before anything is parsed
        return values

    signature = inspect.Signature([each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in options])
    given.__signature__ = signature  # type: ignore[attr-defined]
    given.__annotations__ = {}  # the signature has them
    app = Typer(add_completion=False, rich_markup_mode=None)
    app.command(name, add_help_option=False)(given)
    command: Any = get_command(app)
    for parameter in command.params:
        parameter.help = _(parameter.help) if parameter.help else ", ".join(entry.forms)
        parameter.metavar = parameter.metavar and _(parameter.metavar)
    return command


def _options(bundle: Any) -> list[inspect.Parameter]:
    """Return the options of a bundle, and none of what isn't one."""
    return [*inspect.signature(bundle).parameters.values()] if hasattr(bundle, "_fields") else []


def by_name(command: Any) -> dict[str, Any]:
    """Return the options of a command that `build` returned, by all their names."""
    return {name: each for each in command.params for name in (*each.opts, *each.secondary_opts) if name[0] == "-"}


def ask(name: str, given: dict[str, Any]) -> "tuple[Answer, OutputOptions]":
    """Return what a command answers to the values that are given for it, and what is asked of the output.

    Its bundles are filled in, and so is its registry. What is told names a registry that only the environment names,
    and what is told to type asks one that was typed.
    """
    command = COMMANDS[name].load()
    file, where = given.get("file"), given.get("registry")
    given["fields"] = ",".join(given.get("fields") or ()) or None  # repeated, they add up
    output = _bundle(OutputOptions, given)
    reminder = ""
    if where and not file and where == os.environ.get("CMQ_REGISTRY"):
        reminder = _("The registry asked is {file}, as CMQ_REGISTRY says.", file=quoted(where))
    try:
        if output.output not in (None, "-"):
            from cmq_cli.output.files import check_target

            check_target(output.output, [data_file("campuses.json"), *filter(None, (file, where))])
        for each in inspect.signature(command).parameters.values():
            if hasattr(each.annotation, "_fields"):
                given[each.name] = _bundle(each.annotation, given)
            elif each.annotation is Registry:
                given[each.name] = read_registry(where)
        answer: Answer = command(**given)
    except CmqError as error:
        raise type(error)(f"{error} ({reminder})" if reminder else str(error)) from error
    notes = [*answer.notes, *filter(None, [reminder])]
    if where not in (None, "-") and not reminder and not file:
        ask_it = shell("--registry", where)
        notes = [re.sub(r"\bcmq [a-z]+.*", lambda line: f"{line[0]} {ask_it}", note) for note in notes]
    return answer._replace(notes=tuple(notes)), output


def _bundle(bundle: Any, given: dict[str, Any]) -> Any:
    """Return a bundle filled in with what is given for it, which is taken away there."""
    return bundle(**{name: given.pop(name) for name in bundle._fields if name in given})


def read_registry(name: str | None) -> Registry:
    """Return the registry in a file, which is checked in full, or the bundled one; raises RegistryError."""
    if name is None:
        return bundled()
    from cmq_cli.validation import read_checked

    return read_checked(name)
