"""How the program is used: the pages of its help, and what is said of a command line that can't be understood."""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn

import typer
from typer.core import TyperCommand

from cmq_cli.commands import COMMANDS, FLAGS, HELP, MORE
from cmq_cli.errors import UsageError
from cmq_cli.language import N_, _, quoted, shell
from cmq_cli.options import FORM, ORDER, OTHERS, WHICH, build, by_name
from cmq_cli.text import fold, refuse_exclusion, suggest

ARGUMENTS = N_("Arguments:")


def page(name: str, width: int) -> str:
    """Return the help of a command, or of the program where none is named, for a window so many columns wide."""
    formatter = typer.Context(TyperCommand(name), terminal_width=min(width, 80)).make_formatter()
    if name:
        command = build(name)
        written = usage(command)
        about = f"{_(HELP[name])} {_(MORE.get(name, ''))}"
        groups = _groups(command)
        examples = [line for line in _text("examples.txt") if line.split()[1] == name]
    else:
        written = _("cmq COMMAND [OPTIONS]")
        about = _("Look up the French Campus des métiers et des qualifications, every fact with its source.")
        groups = {_("Commands:"): [(command, _(said)) for command, said in HELP.items()]}
        groups |= {_("Options:"): [(flags, _(said)) for flags, said in FLAGS.items()]}
        lines = ("list bois", "show besancon", "near Nancy", "count --by region", "map -o campus.html")
        examples = [f"cmq {line}" for line in lines]
    formatter.write_text(_("Usage: {usage}", usage=written))
    formatter.write_paragraph()
    formatter.write_text(about)
    for title, rows in groups.items():
        formatter.write(f"\n{title}\n")
        with formatter.indentation():
            formatter.write_dl(rows, col_max=28 if width > 60 else 6)  # longer names stand above what is said of them
    formatter.write("\n  ".join(["\n" + _("Examples:"), *examples]) + "\n")
    if not name:
        formatter.write_paragraph()
        formatter.write_text(_("Exit codes: 0 done, 1 not found or a damaged registry, 2 usage, 130 interrupted."))
    return formatter.getvalue()


def usage(command: Any) -> str:
    """Return how a command is written: ``cmq list [OPTIONS] [WORDS]...``."""
    arguments = [each.metavar for each in command.params if each.param_type_name == "argument"]
    return " ".join(["cmq", command.name, _("[OPTIONS]"), *arguments])


def _groups(command: Any) -> dict[str, list[tuple[str, str]]]:
    """Return the names of a command's arguments and options, and what is said of each, below titles."""
    groups: dict[str, list[tuple[str, str]]] = {title: [] for title in (ARGUMENTS, WHICH, ORDER, FORM, OTHERS)}
    for each in command.params:
        if each.param_type_name == "argument":
            groups[ARGUMENTS].append((each.metavar, each.help))
            continue
        names = ", ".join(sorted(each.opts, key=len)).replace("--", "--[no-]" if each.secondary_opts else "--")
        apart = "" if len(each.opts) > 1 else "    "  # so that long names stand in the same column
        groups[each.rich_help_panel or OTHERS].append((f"{apart}{names} {each.metavar or ''}".rstrip(), each.help))
    return {_(title): rows for title, rows in groups.items() if rows}


def parse(name: str, words: Sequence[str]) -> dict[str, Any]:
    """Return what the words behind a command give it; raise UsageError, which says what to type, for a wrong one."""
    command = build(name)
    _refuse_misread(command, words)
    numbers = [re.sub(r"^-(?=\d[\W\d]*$)", "−", word) for word in words]  # and points are no options
    try:
        with command.make_context(name, numbers) as context:
            return dict(command.invoke(context))
    except typer.TyperException as error:
        _refuse_error(command, words, error)


def _refuse_misread(command: Any, words: Sequence[str]) -> None:
    """Raise UsageError for what would be taken for something else: fields behind ``--json``, and ``-cuir``."""
    from cmq_cli.output import records

    known = {*records.CAMPUS, *getattr(records, COMMANDS[command.name].fields, ()), "all"}
    for at, (before, word) in enumerate(pairwise([command.name, *words])):
        fields = {field.strip() for field in word.split(",")}
        if before in ("--json", "--csv") and fields & ({"id", "name", "all"} if len(fields) == 1 else known):
            message = N_("Fields are chosen by --fields: {line}")
            _refuse(word, message, command.name, *words[:at], "--fields", *words[at:])
        if before != "--sort" and re.match(r"-[^\W\d_fho][a-zà-ÿ]{2}", word):  # not -rPACA, -fjson, -ofile
            refuse_exclusion(word, shell(word[:2], word[2:]) if word[:2] in by_name(command) else "")


def _refuse_error(command: Any, words: Sequence[str], error: Any) -> NoReturn:
    """Raise UsageError for what was typed behind a command, from the class and the fields of Typer's error."""
    kind = type(error).__name__
    if kind == "NoSuchOption":
        refuse_option(error.option_name, [command.name, *words])
    if kind == "UsageError":
        raise UsageError(_("That is more than the command takes. Usage: {usage}", usage=usage(command)))
    what = line = f"cmq {command.name}"
    option = by_name(command).get(getattr(error, "option_name", "")) or error.param
    if option.param_type_name == "option":
        what = max(option.opts, key=len)
        line += f" {what}"
    line = f"{line} {option.metavar or ''}".rstrip()
    message = N_("{option} is written like this: {line} ({help})")
    if kind == "MissingParameter":
        message = N_("More is needed: {line} ({help})")
    raise UsageError(_(message, option=what, line=line, help=option.help))


def refuse_command(word: str, words: Sequence[str]) -> NoReturn:
    """Raise UsageError for a word of a line that is no command, with the line that may be meant."""
    if meant := _meant(word, words, words, COMMANDS):
        _refuse(word, N_("There is no command {word}. Try: {line}"), *meant)
    _refuse(word, N_("There is no command {word}. To find campuses: {line}"), "list", *words)


def refuse_option(word: str, words: Sequence[str]) -> NoReturn:
    """Raise UsageError for a word of a line that is no option, or stands before the command, as `refuse_command`."""
    command = next((each for each in words if each in COMMANDS), "list")
    behind = [each for each in words if each != command]
    options = by_name(build(command))
    if word in options:
        _refuse(word, N_("Options come behind the command: {line}"), command, *behind)
    if meant := _meant(word, words, [command, *behind], options):
        _refuse(word, N_("There is no option {option}. Try: {line}"), *meant)
    _refuse(word, N_("There is no option {option}. See: {line}"), command, "-h")


def _meant(word: str, typed: Sequence[str], words: Sequence[str], known: Collection[str]) -> list[str]:
    """Return the words of a line with what is meant by one of them in its place, or none where that isn't known."""
    meant = _instead(word)
    if meant == "--version":
        return [meant]
    if meant == "-h":
        named = [each for each in typed if each in COMMANDS]
        return [*named[:1], meant]
    instead = meant.split() if meant.partition(" ")[0] in known else suggest(word, known, 1)
    line: list[str] = []
    for each in words if instead else ():
        name, _equals, value = each.partition("=")
        line += [*instead, *filter(None, [value])] if word in (name, each) else [each]
    return line


def _refuse(word: str, message: str, *words: str) -> NoReturn:
    """Raise UsageError for a word, with a line to type; where nobody would type that, one that shows the help."""
    line = shell("cmq", *words)
    raise UsageError(_(message, word=quoted(word), option=quoted(word), line=line if len(line) <= 160 else "cmq -h"))


def _instead(word: str) -> str:
    """Return what is meant by a word that other programs know as a command or an option, or ""; raise for languages."""
    lines = [line.partition(": ") for line in _text("instead.txt")]
    instead = {word: meant for meant, _colon, words in lines for word in words.split()}
    meant = instead.get(word) or instead.get(word.lower()) or instead.get(fold(word), "")
    if meant == "CMQ_LANG":
        raise UsageError(_("The language is the one that the variable CMQ_LANG names, fr or en; else the system's."))
    return meant


def _text(name: str) -> list[str]:
    return (Path(__file__).parent / "commands" / name).read_text(encoding="utf-8").splitlines()[1:]  # below a title
