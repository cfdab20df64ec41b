"""The reference pages: ``docs/cli.md`` for readers of the repository, ``docs/cmq.1`` for ``man cmq``."""

import re
from collections.abc import Iterable, Sequence

from cmq_cli import __version__
from cmq_cli.registry import data_version
from manual import ENVIRONMENT, Command, Manual, Option
from markdown import table

GENERATED = "Generated from the program by scripts/generate.py; don't edit it by hand."


def command_line(manual: Manual) -> str:
    """Return the Markdown page of every command and option."""
    return "\n\n".join(_markdown(manual)) + "\n"


def _markdown(manual: Manual) -> Iterable[str]:
    yield f"<!-- {GENERATED} -->"
    yield "# The command line"
    yield manual.program.summary
    links = [(f"[`{each.name}`](#{_anchor(each.name)})", each.summary) for each in manual.commands]
    yield table(("command", "answer"), links)
    shared = " · ".join(f"[{group.title}](#{_anchor(group.title)})" for group in manual.groups)
    yield f"What several commands share: {shared}."
    for command in (manual.program, *manual.commands):
        yield from _markdown_command(command)
    for group in manual.groups:
        yield f"## {group.title}"
        yield group.summary
        yield _options("option", group.options)
    yield "## Exit codes"
    yield _options("code", manual.exit_codes)
    yield "## Environment"
    yield table(("variable", "meaning"), [(f"`{name}`", meaning) for name, meaning in ENVIRONMENT])


def _markdown_command(command: Command) -> Iterable[str]:
    yield f"## {command.name}"
    yield f"```text\n{command.usage}\n```"
    yield command.summary
    yield from command.details
    if command.arguments:
        yield _options("argument", command.arguments)
    yield _options("option", command.options)
    if command.shared:
        yield f"Also: {', '.join(f'[{title}](#{_anchor(title)})' for title in command.shared)}."
    yield "```sh\n" + "\n".join(command.examples) + "\n```"


def _options(heading: str, options: Sequence[Option]) -> str:
    return table((heading, "meaning"), [(f"`{each.written}`", each.meaning) for each in options])


def _anchor(title: str) -> str:
    return title.lower().replace(" ", "-")


def man_page(manual: Manual) -> str:
    """Return the page for ``man cmq``, in the man macros that groff and mandoc know."""
    return "\n".join(_man(manual)) + "\n"


def _man(manual: Manual) -> Iterable[str]:
    yield f'.\\" {GENERATED}'
    yield f'.TH CMQ 1 "{data_version()}" "cmq {__version__}" "User commands"'
    yield ".SH NAME"
    name = manual.program.summary.rstrip(".")
    yield f"cmq \\- {_roff(name[0].lower() + name[1:])}"
    yield ".SH SYNOPSIS"
    for at, command in enumerate(manual.commands):
        yield from ([".br"] if at else [])
        yield f".B {_roff(command.name)}"
        yield _roff(command.usage.removeprefix(command.name).strip())
    yield ".SH DESCRIPTION"
    yield _roff(manual.program.summary)
    yield "On a terminal the answer is a table; in a pipe it is tab\\-separated values with a header."
    yield ".SH COMMANDS"
    for command in manual.commands:
        yield from _man_command(command)
    yield ".SH OPTIONS"
    yield from _man_options(manual.program.options)
    for group in manual.groups:
        yield f".SS {_roff(group.title)}"
        yield _roff(group.summary)
        yield from _man_options(group.options)
    yield ".SH EXIT STATUS"
    yield from _man_options(manual.exit_codes)
    yield ".SH ENVIRONMENT"
    yield from _man_options([Option(*each) for each in ENVIRONMENT])
    yield ".SH EXAMPLES"
    yield from _man_examples(manual.program.examples)


def _man_command(command: Command) -> Iterable[str]:
    yield f".SS {_roff(command.usage)}"
    yield _roff(command.summary)
    for sentence in command.details:
        yield ".PP"
        yield _roff(sentence)
    yield from _man_options((*command.arguments, *(each for each in command.options if "--help" not in each.written)))
    if command.shared:
        yield ".PP"
        yield _roff(f"Also: {', '.join(command.shared)}, below.")
    yield ".PP"
    yield from _man_examples(command.examples)


def _man_options(options: Iterable[Option]) -> Iterable[str]:
    for each in options:
        yield ".TP"
        yield f".B {_roff(each.written)}"
        yield _roff(each.meaning)


def _man_examples(examples: Iterable[str]) -> Iterable[str]:
    yield from (".RS 4", ".nf")
    yield from map(_roff, examples)
    yield from (".fi", ".RE")


def _roff(text: str) -> str:
    """Return a text as roff input: no character of it is a command, and all are in ASCII.

    >>> _roff("--région")
    '\\\\-\\\\-r\\\\[u00E9]gion'
    """
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq")
    ascii_only = "".join(char if char.isascii() else f"\\[u{ord(char):04X}]" for char in escaped)
    return re.sub(r"^(?=[.'])", r"\\&", ascii_only)
