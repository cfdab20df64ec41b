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

# Titles of groups of options; an option of one command joins a group by ``rich_help_panel=``.
WHICH = N_("Which campuses:")
ORDER = N_("In what order:")
FORM = N_("In what form:")
OTHERS = N_("Other options:")

Text = str | None
Texts = list[str] | None
When = Literal["auto", "always", "never"]
Words = Annotated[
    Texts, Argument(metavar=N_("[WORDS]..."), help=N_("All must be said of a campus; OR between alternatives."))
]
Key = Annotated[list[str], Argument(metavar=N_("KEY..."), help=N_("An id, an alias, a city, a name, or words."))]


def option(names: str, said: str, takes: str | None = None, panel: str | None = None, **more: Any) -> Any:
    """Return an option for Typer: its names, what is said of it, what it takes, the title above it, and what else."""
    return Option(*names.split(), help=said, metavar=takes, rich_help_panel=panel, **more)


class FilterOptions(NamedTuple):
    """Which campuses: one option repeated means "or", different options mean "and"."""

    sector: Annotated[Texts, option("--sector -s", N_("Id, label or search word."), N_("SECTOR"))] = None
    region: Annotated[Texts, option("--region -r", N_("Name, former name, abbreviation or code."), N_("REGION"))] = None
    academy: Annotated[Texts, option("--academy -a", N_("Name, as of 2017."), N_("ACADEMY"))] = None
    department: Annotated[Texts, option("--department -d", N_("Number or name."), N_("DEPARTMENT"))] = None
    city: Annotated[Texts, option("--city -c", N_("Name or INSEE code of the seat's commune."), N_("CITY"))] = None
    wave: Annotated[Texts, option("--wave -w", N_("Number of the call for projects, or none."), N_("WAVE"))] = None
    excellence: Annotated[
        bool | None, option("--excellence/--no-excellence", N_("With, or without, the mention of excellence."))
    ] = None
    as_of: Annotated[
        Text, option("--as-of", N_("Label proven by then: 2017, 2017-02, 2017-02-13 or today."), N_("DATE"))
    ] = None


class OrderOptions(NamedTuple):
    """In what order, and how many."""

    sort: Annotated[
        Texts, option("--sort", N_("name, region, city, wave, date or id; -name reverses."), N_("FIELD"))
    ] = None
    limit: Annotated[int | None, option("--limit -n", N_("At most N campuses."), "N", min=0)] = None


class CommonOptions(NamedTuple):
    """In what form, and where to; and what has nothing to do with the answer."""

    format: Annotated[Text, option("--format -f", "", N_("FORM"), parser=str.lower)] = None
    json: Annotated[bool, option("--json", N_("The same as --format json."))] = False
    csv: Annotated[bool, option("--csv", N_("The same as --format csv."))] = False
    fields: Annotated[
        Texts,
        option("--fields", N_("Only these, in this order; sources.url reaches into records; all: every field."), "A,B"),
    ] = None
    output: Annotated[
        Text, option("--output -o", N_("Write a file; its ending, such as .xlsx, says the form."), N_("FILE"))
    ] = None
    color: Annotated[When, option("--color", N_("auto, always or never."), N_("WHEN"), case_sensitive=False)] = "auto"
    registry: Annotated[
        Text,
        option(
            "--registry",
            N_("Ask a registry of your own; - is standard input. Or set CMQ_REGISTRY."),
            N_("FILE"),
            envvar="CMQ_REGISTRY",
        ),
    ] = None
    help: Annotated[bool, option("-h --help", N_("Show this help."))] = False


def build(name: str) -> Any:
    """Return a command as Typer parses it, in the language that is spoken; its module is imported now."""
    entry = COMMANDS[name]
    options: list[inspect.Parameter] = []
    common = {"help"}
    if entry.forms:
        common |= {"json", "output"} if len(entry.forms) == 1 else {*CommonOptions._fields[:-2]}
    for each in inspect.signature(entry.load()).parameters.values():
        if hasattr(each.annotation, "_fields"):
            options += inspect.signature(each.annotation).parameters.values()
        elif each.name == "registry":
            common.add("registry")
        else:
            options.append(each)
    options += [each for each in inspect.signature(CommonOptions).parameters.values() if each.name in common]

    def given(**values: Any) -> dict[str, Any]:
        return values

    signature = inspect.Signature([each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in options])
    given.__signature__ = signature  # type: ignore[attr-defined]
    app = Typer(add_completion=False, rich_markup_mode=None)
    app.command(name, add_help_option=False)(given)
    command: Any = get_command(app)
    for parameter in command.params:
        parameter.help = _(parameter.help) if parameter.help else ", ".join(entry.forms)
        parameter.metavar = parameter.metavar and _(parameter.metavar)
    return command


def by_name(command: Any) -> dict[str, Any]:
    """Return the options of a command that `build` returned, by all their names."""
    return {name: each for each in command.params for name in (*each.opts, *each.secondary_opts) if name[0] == "-"}


def ask(name: str, given: dict[str, Any]) -> "tuple[Answer, CommonOptions]":
    """Return what a command answers to the values that are given for it, and what is asked of the output.

    What is told names a registry that only the environment names, and what is told to type asks one that was typed.
    """
    command = COMMANDS[name].load()
    own = inspect.signature(command).parameters
    given["fields"] = ",".join(given.get("fields") or ()) or None  # repeated, they add up
    bundles = {each.name: each.annotation for each in own.values() if hasattr(each.annotation, "_fields")}
    for bundle_name, bundle in {**bundles, "common": CommonOptions}.items():
        given[bundle_name] = bundle(**{field: given.pop(field) for field in bundle._fields if field in given})
    common = given.pop("common")
    where = common.registry
    file = given.get("file")
    reminder = ""
    if where and not file and where == os.environ.get("CMQ_REGISTRY"):
        reminder = _("The registry asked is {file}, as CMQ_REGISTRY says.", file=quoted(where))
    try:
        if common.output not in (None, "-"):
            from cmq_cli.output.files import check_target

            check_target(common.output, [data_file("campuses.json"), *filter(None, (file, where))])
        if "registry" in own:
            given["registry"] = read_registry(where) if own["registry"].annotation is Registry else where
        answer: Answer = command(**given)
    except CmqError as error:
        raise type(error)(f"{error} ({reminder})" if reminder else str(error)) from error
    notes = answer.notes
    if reminder:
        notes = (*notes, reminder)
    elif where not in (None, "-") and not file:
        typed = shell("--registry", where)
        notes = tuple(re.sub(r"\bcmq [a-z]+.*", lambda line: f"{line[0]} {typed}", note) for note in notes)
    return answer._replace(notes=notes), common


def read_registry(name: str | None) -> Registry:
    """Return the registry in a file, which is checked in full, or the bundled one; raises RegistryError."""
    if name is None:
        return bundled()
    from cmq_cli.validation import read_checked

    return read_checked(name)
