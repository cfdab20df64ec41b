"""What the program says of its own commands and options, as plain records: the one source of the reference pages."""

import ast
import inspect
from itertools import pairwise
from typing import Any, NamedTuple

from typer.main import get_command

from cmq_cli import errors, options
from cmq_cli.cli import app

ENVIRONMENT = (
    ("CMQ_REGISTRY", "The registry that is asked, where --registry names none."),
    ("COLUMNS", "How many columns a table or a map may take; without it, as many as the terminal has."),
    ("LINES", "How many lines a map may take; without it, as many as the terminal has."),
    ("TERM", "What the terminal can do; dumb means no colour, and lines drawn in plain ASCII."),
    ("NO_COLOR", "No colour, unless its value is empty."),
    ("FORCE_COLOR", "Colour in a pipe too, unless its value is empty or NO_COLOR is set."),
)


class Option(NamedTuple):
    """An option or an argument: how it is written, and what it means."""

    written: str
    meaning: str


class Command(NamedTuple):
    """A command as its help describes it; `shared` are the titles of the groups of options that others take too."""

    name: str
    usage: str
    summary: str
    details: tuple[str, ...]
    examples: tuple[str, ...]
    arguments: tuple[Option, ...]
    options: tuple[Option, ...]
    shared: tuple[str, ...]


class Group(NamedTuple):
    """Options that several commands share."""

    title: str
    summary: str
    options: tuple[Option, ...]


class Manual(NamedTuple):
    """The whole program."""

    program: Command
    commands: tuple[Command, ...]
    groups: tuple[Group, ...]
    exit_codes: tuple[Option, ...]


def read() -> Manual:
    """Return what the program says of itself today; neither the terminal nor the environment changes it."""
    group: Any = get_command(app)
    context = group.context_class(group, info_name="cmq", **group.context_settings)
    bundles = [kind for name, kind in vars(options).items() if name.endswith("Options") and hasattr(kind, "_fields")]
    found = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        found.append((command, command.context_class(command, info_name=name, parent=context)))
    shared = [bundle for bundle in bundles if sum(_takes(command, bundle) for command, _ in found) > 1]
    commands = tuple(_command(command, inner, shared) for command, inner in found)
    groups = tuple(_group(bundle, *next(each for each in found if _takes(each[0], bundle))) for bundle in shared)
    return Manual(_command(group, context, []), commands, groups, _exit_codes())


def _takes(command: Any, bundle: Any) -> bool:
    return {parameter.name for parameter in command.params} >= set(bundle._fields)


def _command(command: Any, context: Any, shared: list[Any]) -> Command:
    paragraphs = inspect.cleandoc(command.help).split("\n\n")
    examples = next((each for each in paragraphs if "Examples:" in each), "")
    summary, *details = (" ".join(each.split()) for each in paragraphs if each != examples)
    bundles = [bundle for bundle in shared if _takes(command, bundle)]
    elsewhere = {name for bundle in bundles for name in bundle._fields}
    parameters = command.get_params(context)
    return Command(
        context.command_path,
        " ".join([context.command_path, *(each.strip("{}") for each in command.collect_usage_pieces(context))]),
        summary,
        tuple(details),
        tuple(line.strip() for line in examples.partition("Examples:")[2].splitlines() if line.strip()),
        tuple(_option(each, context) for each in parameters if each.param_type_name == "argument"),
        tuple(
            _option(each, context)
            for each in parameters
            if each.param_type_name == "option" and each.name not in elsewhere
        ),
        tuple(_title(bundle) for bundle in bundles),
    )


def _group(bundle: Any, command: Any, context: Any) -> Group:
    members = [each for each in command.get_params(context) if each.name in bundle._fields]
    return Group(_title(bundle), inspect.cleandoc(bundle.__doc__), tuple(_option(each, context) for each in members))


def _title(bundle: Any) -> str:
    """Return the heading of a bundle of options.

    >>> _title(options.FilterOptions), _title(options.JsonOptions)
    ('Filter options', 'JSON options')
    """
    kind = bundle.__name__.removesuffix("Options")
    return f"{kind.upper() if kind == 'Json' else kind} options"


def _option(parameter: Any, context: Any) -> Option:
    written, meaning = parameter.get_help_record(context)
    return Option(written, " ".join(meaning.split()))


def _exit_codes() -> tuple[Option, ...]:
    """Return the exit codes with the sentence that follows each in the source."""
    tree = ast.parse(inspect.getsource(errors.ExitCode))
    body = next(node.body for node in tree.body if isinstance(node, ast.ClassDef))
    return tuple(
        Option(str(ast.literal_eval(code.value)), ast.literal_eval(sentence.value))
        for code, sentence in pairwise(body)
        if isinstance(code, ast.Assign) and isinstance(sentence, ast.Expr)
    )
