"""The program: from a command line to its answer, and the one place where errors become messages."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from cmq_cli import __version__, language
from cmq_cli.commands import COMMANDS
from cmq_cli.completion import complete, install
from cmq_cli.errors import CmqError, ExitCode
from cmq_cli.language import N_, _
from cmq_cli.options import ask, build
from cmq_cli.output.screen import Screen
from cmq_cli.usage import page, refuse, refuse_fields, refuse_word

if TYPE_CHECKING:
    from cmq_cli.options import OutputOptions
    from cmq_cli.output.answer import Answer


def run(arguments: Sequence[str], screen: Screen | None = None) -> int:
    """Answer a command line and return the exit code; every error ends here as one line on stderr.

    Without a screen, it is that of the process.
    """
    screen = screen or Screen.of_process()
    language.speak(language.spoken_in(screen.environ))
    unwritten = N_("Can't write to standard output ({why}).")
    try:
        if (told := _told(arguments, screen)) is not None:
            screen.write(told)
            return ExitCode.DONE
        answer, output = _answer(*arguments)
        from cmq_cli.output.present import present

        if COMMANDS[arguments[0]].forms:
            unwritten = N_("Can't write to standard output ({why}). Try a file: -o FILE")
        present(answer, output, screen)
        return int(answer.exit_code)
    except CmqError as error:
        screen.say(str(error))
        return int(error.exit_code)
    except KeyboardInterrupt:
        screen.abandon()
        return ExitCode.INTERRUPTED
    except BrokenPipeError:  # who reads has read enough
        screen.abandon()
        return ExitCode.DONE
    except OSError as error:
        screen.abandon()
        screen.say(_(unwritten, why=language.reason(error)))
        return ExitCode.NOT_FOUND


def _told(arguments: Sequence[str], screen: Screen) -> str | None:
    """Return what is asked of the program itself, or None where a command is asked; raise UsageError where none is."""
    if "_CMQ_COMPLETE" in screen.environ:
        return complete(arguments, screen.environ)
    first, *words = arguments if arguments not in ([], ["--"]) else ["-h"]
    options = words[: words.index("--")] if "--" in words else words
    if first in ("-h", "--help") or (first in COMMANDS and not {"-h", "--help"}.isdisjoint(options)):
        return page(first if first in COMMANDS else "", screen.width)
    if first == "--version":
        from cmq_cli.registry import data_version

        python = sys.version.partition(" ")[0]
        said = _(
            "cmq {version} (data {data}, Python {python})", version=__version__, data=data_version(), python=python
        )
        return f"{said}\n"
    name, equals, shell = first.partition("=")
    if name == "--install-completion":
        return install([shell] if equals else words)
    if first not in COMMANDS:
        refuse_word(name if name.startswith("-") else first, arguments)
    return None


def _answer(name: str, *words: str) -> "tuple[Answer, OutputOptions]":
    """Return what a command answers, and what is asked of the output; raise UsageError for what it doesn't take."""
    refuse_fields(name, words)
    command = build(name)
    numbers = [f"−{word[1:]}" if word[:1] == "-" and word[1:2].isdigit() else word for word in words]  # are no options
    try:
        with command.make_context(name, numbers) as context:
            given = command.invoke(context)
    except typer.TyperException as error:
        refuse(command, words, error)
    return ask(name, given)
