"""The options that several commands share; and the commands as Typer runs them, with what they ask for filled in."""

import inspect
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

from typer import Argument, Option, Typer
from typer.main import get_command

from cmq_cli.commands import COMMANDS, read_registry
from cmq_cli.language import N_, _
from cmq_cli.registry import Registry, data_file

if TYPE_CHECKING:
    from cmq_cli.output.answer import Answer

Text = str | None
Texts = list[str] | None
When = Literal["auto", "always", "never"]
Words = Annotated[
    Texts, Argument(metavar=N_("[WORDS]..."), help=N_("All must be said of a campus; OR between alternatives."))
]
Key = Annotated[list[str], Argument(metavar=N_("KEY..."), help=N_("An id, an alias, a city, a name, or words."))]


def option(panel: str, names: str, said: str, takes: str | None = None, **more: Any) -> Any:
    """Return an option for Typer: the title above it, its names, what is said of it, what it takes, and what else."""
    return Option(*names.split(), help=said, metavar=takes, rich_help_panel=panel, **more)


# Titles of groups of options, in the order of the help.
WHICH = N_("Which campuses:")
ORDER = N_("In what order:")
FORM = N_("In what form:")
OTHERS = N_("Other options:")
which = partial(option, WHICH)
order = partial(option, ORDER)
form = partial(option, FORM)

_OF_EXCELLENCE = N_("With, or without, the mention of excellence.")
_OF_DATE = N_("Label proven by then: 2017, 2017-02, 2017-02-13 or today.")
_OF_SORT = N_("name, region, city, wave, date or id; -name reverses.")
_OF_FIELDS = N_("Only these, in this order; sources.url reaches into records; all: every field.")
_OF_OUTPUT = N_("Write a file; its ending, such as .xlsx, says the form.")
_OF_REGISTRY = N_("Ask a registry of your own; - is standard input. Or set CMQ_REGISTRY.")


class FilterOptions(NamedTuple):
    """Which campuses: one option repeated means "or", different options mean "and"."""

    sector: Annotated[Texts, which("--sector -s", N_("Id, label or search word."), N_("SECTOR"))] = None
    region: Annotated[Texts, which("--region -r", N_("Name, former name, abbreviation or code."), N_("REGION"))] = None
    academy: Annotated[Texts, which("--academy -a", N_("Name, as of 2017."), N_("ACADEMY"))] = None
    department: Annotated[Texts, which("--department -d", N_("Number or name."), N_("DEPARTMENT"))] = None
    city: Annotated[Texts, which("--city -c", N_("Name or INSEE code of the seat's commune."), N_("CITY"))] = None
    wave: Annotated[Texts, which("--wave -w", N_("Number of the call for projects, or none."), N_("WAVE"))] = None
    excellence: Annotated[bool | None, which("--excellence/--no-excellence", _OF_EXCELLENCE)] = None
    as_of: Annotated[Text, which("--as-of", _OF_DATE, N_("DATE"))] = None


class OrderOptions(NamedTuple):
    """In what order, and how many."""

    sort: Annotated[Texts, order("--sort", _OF_SORT, N_("FIELD"))] = None
    limit: Annotated[int | None, order("--limit -n", N_("At most N campuses."), "N", min=0)] = None


class CommonOptions(NamedTuple):
    """In what form, and where to; and what has nothing to do with the answer."""

    format: Annotated[Text, form("--format -f", "", N_("FORM"), parser=str.lower)] = None
    json: Annotated[bool, form("--json", N_("The same as --format json."))] = False
    csv: Annotated[bool, form("--csv", N_("The same as --format csv."))] = False
    fields: Annotated[Texts, form("--fields", _OF_FIELDS, "A,B")] = None
    output: Annotated[Text, form("--output -o", _OF_OUTPUT, N_("FILE"))] = None
    color: Annotated[When, form("--color", N_("auto, always or never."), N_("WHEN"), case_sensitive=False)] = "auto"
    registry: Annotated[Text, option(OTHERS, "--registry", _OF_REGISTRY, N_("FILE"), envvar="CMQ_REGISTRY")] = None
    help: Annotated[bool, option(OTHERS, "-h --help", N_("Show this help."))] = False


def build(name: str) -> Any:
    """Return a command as Typer parses it, in the language that is spoken; its module is imported now."""
    entry = COMMANDS[name]
    options: list[inspect.Parameter] = []
    common = {"help", "json", "output"} if entry.forms else {"help"}
    if len(entry.forms) > 1:
        common = {*CommonOptions._fields} - {"registry"}
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
    """Return what a command answers to the values given for it, and what is asked of the output; raise CmqError."""
    command = COMMANDS[name].load()
    own = inspect.signature(command).parameters
    bundles = {each.name: each.annotation for each in own.values() if hasattr(each.annotation, "_fields")}
    values = {**given, "fields": ",".join(given.get("fields") or ()) or None}  # repeated, they add up
    made = {}
    for bundle_name, bundle in {**bundles, "common": CommonOptions}.items():
        made[bundle_name] = bundle(**{field: values.pop(field) for field in bundle._fields if field in values})
    common = made.pop("common")
    if common.output not in (None, "-"):
        from cmq_cli.output.files import check_target

        asked = filter(None, (given.get("file"), common.registry))
        check_target(common.output, [data_file("campuses.json"), *asked])
    if "registry" in own:
        checked = own["registry"].annotation is Registry
        made["registry"] = read_registry(common.registry) if checked else common.registry
    return command(**values, **made), common
