"""The program: from a command line to its answer, and the one place where errors become messages."""

import sys
from collections.abc import Sequence

from cmq_cli import __version__, language
from cmq_cli.commands import COMMANDS
from cmq_cli.completion import complete, install
from cmq_cli.errors import CmqError, ExitCode
from cmq_cli.language import _
from cmq_cli.options import ask
from cmq_cli.output.screen import Screen
from cmq_cli.registry import data_version
from cmq_cli.usage import page, parse, refuse_word


def run(arguments: Sequence[str], screen: Screen | None = None) -> int:
    """Answer a command line, on the process's own screen unless one is given, and return the exit code."""
    screen = screen or Screen.of_process()
    language.speak(language.spoken_in(screen.environ))
    try:
        if (told := _told(arguments, screen)) is not None:
            screen.write(told)
            return ExitCode.DONE
        name, *words = arguments
        answer, output = ask(name, parse(name, words))
        from cmq_cli.output.present import present

        present(answer, COMMANDS[name].forms, output, screen)
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
        screen.say(_("Can't write to standard output ({why}).", why=language.reason(error)))
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
        said = _("cmq {version} (data {data}, Python {python})")
        return said.format(version=__version__, data=data_version(), python=sys.version.split()[0]) + "\n"
    name, equals, shell = first.partition("=")
    if name == "--install-completion":
        return install([shell] if equals else words)
    if first not in COMMANDS:
        refuse_word(name if name.startswith("-") else first, arguments)
    return None
