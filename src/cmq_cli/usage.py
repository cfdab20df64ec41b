"""How the program is used: the pages of its help, and what is said of a command line that can't be understood."""

from collections.abc import Sequence
from pathlib import Path
from textwrap import fill
from typing import Any

from cmq_cli.commands import COMMANDS
from cmq_cli.errors import UsageError
from cmq_cli.language import N_, _, quoted, typed
from cmq_cli.options import FORM, ORDER, WHICH, FilterOptions, OrderOptions, OutputOptions
from cmq_cli.text import fold, suggest

ABOUT = N_("Look up the French Campus des métiers et des qualifications, every fact with its source.")
EXAMPLES = ("list bois", "show besancon", "near Nancy", "count --by region", "map -o campus.html")
CODES = N_("Exit codes: 0 done, 1 not found or a damaged registry, 2 usage, 130 interrupted.")
OTHERS = N_("Other options:")

_GROUPS = {
    **dict.fromkeys(FilterOptions._fields, WHICH),
    **dict.fromkeys(OrderOptions._fields, ORDER),
    **dict.fromkeys(OutputOptions._fields, FORM),
}
_WIDEST = 80
_NAMES = 28
"""Columns that the names of an option may take before what is said of it moves to the next line."""
_LONGEST = 160
"""Letters of a line to type that anybody would type."""
_NEEDS = {
    "list": N_("WORDS"),
    "show": N_("KEY"),
    "near": N_("PLACE"),
    "validate": N_("FILE"),
    "init": N_("FILE"),
    "completion": N_("SHELL"),
}
"""What is to be typed behind a command, where nothing was."""


def page(context: Any) -> str:
    """Return the help of the program, or of one of its commands."""
    width, path, entry = min(context.obj.width, _WIDEST), context.command_path, COMMANDS.get(context.command.name)
    parameters = context.command.get_params(context)
    arguments = [param for param in parameters if param.param_type_name == "argument"]
    options = [param for param in parameters if param.param_type_name == "option"]
    if entry:
        usage, about, examples, end = _usage(context), _(entry.help), entry.examples, ""
        parts = [_section(_("Arguments:"), [(param.metavar, param.help) for param in arguments], width)]
    else:
        usage, about, examples, end = _("cmq COMMAND [OPTIONS]"), _(ABOUT), EXAMPLES, _filled(_(CODES), width)
        commands = [(name, _(each.help).partition("\n")[0]) for name, each in COMMANDS.items()]
        parts = [_section(_("Commands:"), commands, width)]
    groups: dict[str, list[tuple[str, str]]] = {title: [] for title in (WHICH, ORDER, FORM, OTHERS)}
    for option in options:
        groups[option.rich_help_panel or _GROUPS.get(option.name, OTHERS)].append((_names(option), option.help))
    column = max(len(names) for rows in groups.values() for names, _said in rows if len(names) <= _NAMES)
    alone = all(title == OTHERS for title, rows in groups.items() if rows)
    for title, rows in groups.items():
        parts.append(_section(_("Options:") if alone else _(title), rows, width, column))
    parts.append("\n".join([_("Examples:"), *(f"  {path} {example}".rstrip() for example in examples)]))
    head = _filled(_("Usage: {usage}").format(usage=usage), width, 7)
    return "\n\n".join(filter(None, [head, _filled(" ".join(about.split("\n")), width), *parts, end]))


def _usage(context: Any) -> str:
    """Return how a command is written: ``cmq list [OPTIONS] [WORDS]...``."""
    arguments = [param.metavar for param in context.command.params if param.param_type_name == "argument"]
    return " ".join([context.command_path, _("[OPTIONS]"), *arguments])


def _names(option: Any) -> str:
    """Return the names of an option, the long one always in the same column: ``-s, --sector SECTOR``."""
    names = ", ".join(sorted(option.opts, key=len)).replace("--", "--[no-]" if option.secondary_opts else "--")
    return f"{'' if len(option.opts) > 1 else '    '}{names}{'' if option.is_flag else f' {option.metavar}'}"


def _section(title: str, rows: Sequence[tuple[str, str]], width: int, column: int = 0) -> str:
    """Return a title with rows below it, names and what is said of each, or nothing where there are none."""
    column = 4 + (column or max((len(names) for names, _said in rows), default=0))
    column = column if width - column >= _NAMES else 10  # in a narrow window, below the names
    lines = [title]
    for names, said in rows:
        text = _filled(said, width - column).replace("\n", "\n" + " " * column)
        first = f"  {names}  "
        lines.append(f"{first:<{column}}{text}" if len(first) <= column else f"{first.rstrip()}\n{' ' * column}{text}")
    return "\n".join(lines) if rows else ""


def _filled(text: str, width: int, indent: int = 0) -> str:
    """Break a text between words only, and not at the no-break spaces of French."""
    return fill(text, max(width, 20), subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False)


def no_command(words: Sequence[str]) -> UsageError:
    """Return the error for a command line whose first word is no command, with the line that may have been meant."""
    first, *rest = words
    meant = fold(first) if fold(first) in COMMANDS else _instead(fold(first))
    if meant == "CMQ_LANG":
        return _of_language()
    if meant == "-h":
        line = [*(word for word in rest[:1] if word in COMMANDS), "-h"]
    elif meant:
        line = [*meant.split(), *(rest or ([_(_NEEDS[meant])] if meant in _NEEDS else []))]
    message = _("There is no command {word}. Type: {line}")
    if not meant and (near := suggest(first, COMMANDS, 1)):
        message, line = _("There is no command {word}. Did you mean: {line}"), [*near, *rest]
    elif not meant:
        message, line = _("There is no command {word}. To find campuses: {line}"), ["list", *words]
    return UsageError(message.format(word=quoted(first), line=_line(*line)))


def explained(context: Any, words: Sequence[str], error: Any) -> UsageError:
    """Return the error for what was typed before or behind a command, from the class and the fields of Typer's."""
    kind, option = type(error).__name__, getattr(error, "option_name", "")
    known, name = _options(context, context.command), context.command.name
    if kind == "NoSuchOption":
        return _no_option(context, words, option)
    if kind == "BadOptionUsage" and known[option].is_flag:
        line = [option if word.startswith(f"{option}=") else word for word in words]
        return UsageError(_("{option} takes no value. Type: {line}").format(option=option, line=_line(name, *line)))
    if kind == "BadOptionUsage":
        usage = f"{context.command_path} {option} {known[option].metavar}"
        return UsageError(_("{option} needs a value: {usage}").format(option=option, usage=usage))
    if kind == "BadParameter":
        option, values = error.param.opts[0], ", ".join(error.param.type.choices)
        return UsageError(_("{option} takes one of: {values}").format(option=option, values=values))
    if kind == "MissingParameter":
        return UsageError(_(COMMANDS[name].needed))
    return UsageError(_("The command line can't be understood. See: {line}").format(line=f"{context.command_path} -h"))


def _no_option(context: Any, words: Sequence[str], option: str) -> UsageError:
    """Return the error for an option that doesn't exist, with the line that may have been meant."""
    known, meant = _options(context, context.command), _instead(option) or _instead(option.lower())
    if meant == "CMQ_LANG":
        return _of_language()
    line = [*([context.command.name] if context.parent else []), *words]
    if not context.parent and meant not in known:  # it belongs to a command, and comes before it
        at = next((at for at, word in enumerate(words) if word in COMMANDS), -1)
        line = ["list", *words] if at < 0 else [words[at], *words[:at], *words[at + 1 :]]
        known = _options(context, context.command.get_command(context, line[0]))
        if option in known:
            return UsageError(_("Options come behind the command: {line}").format(line=_line(*line)))
    near: list[str] = []
    if meant.split(" ")[0] in known:
        message = _("There is no option {option}. Type: {line}")
        line = [part for word in line for part in _replaced(word, option, meant)]
    elif near := suggest(option, known):
        message, line = _("There is no option {option}. Did you mean {names}? See: {line}"), [line[0], "-h"]
    else:
        message, line = (
            _("There is no option {option}. See: {line}"),
            [*line[: 1 if line[0] in words or context.parent else 0], "-h"],
        )
    return UsageError(message.format(option=quoted(option), names=", ".join(near), line=_line(*line)))


def _of_language() -> UsageError:
    return UsageError(_("The language is the one that the variable CMQ_LANG names, fr or en; else the system's."))


def check(context: Any, words: Sequence[str]) -> None:
    """Raise UsageError for what can be read and yet means nothing: words too many, fields behind ``--json``."""
    name = context.command.name
    for at, word in enumerate(words[:-1]):
        if word in ("--json", "--csv") and _are_fields(words[at + 1], name):
            line = _line(name, *words[: at + 1], "--fields", *words[at + 1 :])
            raise UsageError(_("Fields are chosen by --fields: {line}").format(line=line))
    for word in context.params["place"] if context.ignore_unknown_options and "--" not in words else ():
        if word.startswith("-") and not word[1:2].isdigit():
            raise _no_option(context, words, word.partition("=")[0])
    if context.args:
        message = _("That is more than the command takes: {words}. Usage: {usage}")
        raise UsageError(message.format(words=quoted(" ".join(context.args)), usage=_usage(context)))


def _options(context: Any, command: Any) -> dict[str, Any]:
    """Return the options of a command by all their names."""
    found = [param for param in command.get_params(context) if param.param_type_name == "option"]
    return {name: param for param in found for name in (*param.opts, *param.secondary_opts)}


def _instead(word: str) -> str:
    """Return what is meant by a word that other programs know as a command or an option, or ""."""
    table = Path(__file__).with_name("commands").joinpath("instead.txt").read_text(encoding="utf-8")
    lines = [line.partition(": ") for line in table.splitlines()[1:]]
    return next((meant for meant, _colon, words in lines if word in words.split()), "")


def _replaced(word: str, option: str, meant: str) -> list[str]:
    """Return what is meant in the place of an option, which may hold its value; any other word as it is."""
    name, _equals, value = word.partition("=")
    return [*meant.split(), *([value] if value else [])] if name == option else [word]


def _are_fields(word: str, command: str) -> bool:
    """Return whether a word is a choice of fields, as some programs take it behind ``--json``."""
    from cmq_cli.output import records

    known = {*records.CAMPUS, *getattr(records, COMMANDS[command].fields, ())}
    return word in ("id", "name", "all") or ("," in word and not known.isdisjoint(word.replace(" ", "").split(",")))


def _line(*words: str) -> str:
    """Return a line to type; where it would be too long, that which shows the help."""
    line = typed("cmq", *words)
    return line if len(line) <= _LONGEST else "cmq -h"
