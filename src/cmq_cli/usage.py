"""How the program is used: the pages of its help, and what is said of a command line that can't be understood."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn

import typer
from typer.core import TyperCommand

from cmq_cli.commands import COMMANDS, FLAGS
from cmq_cli.errors import UsageError
from cmq_cli.language import N_, _, quoted, shell
from cmq_cli.options import FORM, ORDER, WHICH, FilterOptions, OrderOptions, OutputOptions, build, by_name
from cmq_cli.text import fold, suggest

ABOUT = N_("Look up the French Campus des métiers et des qualifications, every fact with its source.")
EXAMPLES = ["cmq list bois", "cmq show besancon", "cmq near Nancy", "cmq count --by region", "cmq map -o campus.html"]
CODES = N_("Exit codes: 0 done, 1 not found or a damaged registry, 2 usage, 130 interrupted.")
ARGUMENTS, OTHERS = N_("Arguments:"), N_("Other options:")

_GROUPS = {
    **dict.fromkeys(FilterOptions._fields, WHICH),
    **dict.fromkeys(OrderOptions._fields, ORDER),
    **dict.fromkeys(OutputOptions._fields, FORM),
}
_NO_COMMAND = N_("There is no command {word}. Type: {line}")
_NO_OPTION = N_("There is no option {option}. Type: {line}")
_LONGEST = 160
"""Letters of a line to type that anybody would type."""


def page(name: str, width: int) -> str:
    """Return the help of a command, or of the program where none is named, for a window so many columns wide."""
    formatter = typer.Context(TyperCommand(name), terminal_width=min(width, 80)).make_formatter()
    names = 28 if width > 60 else 6  # columns for the names; longer ones stand above what is said of them
    if name:
        command, entry = build(name), COMMANDS[name]
        written, about, groups = usage(command), f"{_(entry.help)} {_(entry.more)}", _groups(command)
        examples = [line for line in _text("examples.txt") if line.split()[1] == name]
    else:
        written, about, examples = _("cmq COMMAND [OPTIONS]"), _(ABOUT), EXAMPLES
        groups = {_("Commands:"): [(command, _(entry.help)) for command, entry in COMMANDS.items()]}
        groups |= {_("Options:"): [(flags, _(said)) for flags, said in FLAGS.items()]}
    formatter.write_text(_("Usage: {usage}", usage=written))
    formatter.write_paragraph()
    formatter.write_text(about)
    for title, rows in groups.items():
        formatter.write(f"\n{title}\n")
        with formatter.indentation():
            formatter.write_dl(rows, col_max=names)
    formatter.write("\n  ".join(["\n" + _("Examples:"), *examples]) + "\n")
    if not name:
        formatter.write_paragraph()
        formatter.write_text(_(CODES))
    return formatter.getvalue()


def usage(command: Any) -> str:
    """Return how a command is written: ``cmq list [OPTIONS] [WORDS]...``."""
    arguments = [each.metavar for each in command.params if each.param_type_name == "argument"]
    return " ".join(["cmq", command.name, _("[OPTIONS]"), *arguments])


def _groups(command: Any) -> dict[str, list[tuple[str, str]]]:
    """Return the names of a command's arguments and options, and what is said of each, below titles."""
    groups: dict[str, list[tuple[str, str]]] = {_(title): [] for title in (ARGUMENTS, WHICH, ORDER, FORM, OTHERS)}
    for each in command.params:
        is_argument = each.param_type_name == "argument"
        title = ARGUMENTS if is_argument else each.rich_help_panel or _GROUPS.get(each.name, OTHERS)
        groups[_(title)].append((each.metavar if is_argument else _names(each), each.help))
    return {title: rows for title, rows in groups.items() if rows}


def _names(option: Any) -> str:
    """Return the names of an option, the long one always in the same column: ``-s, --sector SECTOR``."""
    names = ", ".join(sorted(option.opts, key=len)).replace("--", "--[no-]" if option.secondary_opts else "--")
    return f"{'' if len(option.opts) > 1 else '    '}{names} {option.metavar or ''}".rstrip()


def refuse_command(words: Sequence[str]) -> NoReturn:
    """Raise UsageError for a line that begins with no command, with the line that may have been meant."""
    first, *rest = words
    meant = fold(first) if fold(first) in COMMANDS else _instead(first)
    is_option = first.startswith("-") and first != "-"
    if meant in ("-h", "--version"):
        line = [*(word for word in rest[:1] if word in COMMANDS), meant]
        _refuse(first, _NO_OPTION if is_option else _NO_COMMAND, *line)
    if is_option:
        at = next((at for at, word in enumerate(words) if word in COMMANDS), None)
        name, others = ("list", words) if at is None else (words[at], [*words[:at], *words[at + 1 :]])
        _refuse_option(build(name), others, first.partition("=")[0])
    if meant in COMMANDS and not rest and COMMANDS[meant].needed:
        raise UsageError(_(COMMANDS[meant].needed))
    if meant:
        _refuse(first, _NO_COMMAND, *meant.split(), *rest)
    if near := suggest(first, COMMANDS, 1):
        _refuse(first, N_("There is no command {word}. Did you mean: {line}"), *near, *rest)
    _refuse(first, N_("There is no command {word}. To find campuses: {line}"), "list", *words)


def refuse(command: Any, words: Sequence[str], error: Any) -> NoReturn:
    """Raise UsageError for what was typed behind a command, from the class and the fields of Typer's error."""
    kind = type(error).__name__
    if kind == "NoSuchOption":
        _refuse_option(command, words, error.option_name)
    if kind == "MissingParameter":
        raise UsageError(_(COMMANDS[command.name].needed))
    if kind in ("BadOptionUsage", "BadParameter"):
        name = getattr(error, "option_name", "") or error.param.opts[0]
        option = by_name(command)[name]
        line = " ".join(filter(None, ["cmq", command.name, name, option.metavar]))
        raise UsageError(_("{option} is written like this: {line} ({help})", option=name, line=line, help=option.help))
    raise UsageError(_("That is more than the command takes. Usage: {usage}", usage=usage(command)))


def refuse_fields(command: str, words: Sequence[str]) -> None:
    """Raise UsageError for fields behind ``--json`` or ``--csv``, where other programs take them."""
    from cmq_cli.output import records

    known = {*records.CAMPUS, *getattr(records, COMMANDS[command].fields, ()), "all"}
    for at, (option, word) in enumerate(pairwise(words), 1):
        fields = {field.strip() for field in word.split(",")}
        if option in ("--json", "--csv") and fields & ({"id", "name", "all"} if len(fields) == 1 else known):
            message = N_("Fields are chosen by --fields: {line}")
            _refuse(word, message, command, *words[:at], "--fields", *words[at:])


def _refuse_option(command: Any, words: Sequence[str], option: str) -> NoReturn:
    """Raise UsageError for an option that a command doesn't have, or that stood before it."""
    known, meant, message = by_name(command), _instead(option).split(), _NO_OPTION
    if option in known:
        _refuse(option, N_("Options come behind the command: {line}"), command.name, *words)
    if not meant or meant[0] not in known:
        meant, message = suggest(option, known, 1), N_("There is no option {option}. Did you mean: {line}")
    if not meant:
        _refuse(option, N_("There is no option {option}. See: {line}"), command.name, "-h")
    line: list[str] = []
    for word in words:
        name, _equals, value = word.partition("=")
        line += [*meant, *filter(None, [value])] if name == option else [word]
    _refuse(option, message, command.name, *line)


def _refuse(word: str, message: str, *words: str) -> NoReturn:
    """Raise UsageError for a word with a line to type; where that would be too long, one that shows the help."""
    line = shell("cmq", *words)
    line = line if len(line) <= _LONGEST else "cmq -h"
    raise UsageError(_(message).format(word=quoted(word), option=quoted(word), line=line))


def _instead(word: str) -> str:
    """Return what is meant by a word that other programs know as a command or an option, or ""; raise for languages."""
    lines = [line.partition(": ") for line in _text("instead.txt")]
    instead = {word: meant for meant, _colon, words in lines for word in words.split()}
    meant = instead.get(word) or instead.get(word.lower()) or instead.get(fold(word), "")
    if meant == "CMQ_LANG":
        raise UsageError(_("The language is the one that the variable CMQ_LANG names, fr or en; else the system's."))
    return meant


def _text(name: str) -> list[str]:
    """Return the lines of a file beside the commands, without its title."""
    return (Path(__file__).parent / "commands" / name).read_text(encoding="utf-8").splitlines()[1:]
