"""The program: from a command line to its answer, and the one place where errors become messages."""

import os
import re
import sys
from collections.abc import Sequence

from cmq_cli import __version__, language
from cmq_cli.commands import COMMANDS
from cmq_cli.errors import CmqError, ExitCode
from cmq_cli.language import _
from cmq_cli.options import ask
from cmq_cli.output.screen import Screen
from cmq_cli.registry import data_version
from cmq_cli.usage import page, parse, refuse_command, refuse_option


def run(arguments: Sequence[str], screen: Screen | None = None) -> int:
    """Answer a command line, on the process's own screen unless one is given, and return the exit code."""
    screen = screen or Screen.of_process()
    language.speak(language.spoken_in(screen.environ))
    try:
        said = _answer_itself(arguments, screen)
        if said is None:
            return _answer(arguments, screen)
        screen.write(said)
        return ExitCode.DONE
    except CmqError as error:
        screen.remark(_("cmq: {message}", message=error))
        return int(error.exit_code)
    except KeyboardInterrupt:
        screen.abandon()
        return ExitCode.INTERRUPTED
    except BrokenPipeError:  # who reads has read enough
        screen.abandon()
        return ExitCode.DONE
    except OSError as error:
        screen.abandon()
        said = _("Can't write to standard output ({why}). Give a file: -o FILE", why=language.reason(error))
        screen.remark(_("cmq: {message}", message=said))
        return ExitCode.NOT_FOUND


def _answer_itself(arguments: Sequence[str], screen: Screen) -> str | None:
    """Answer what is asked of the program itself; return None for a command, and raise UsageError for neither."""
    if "_CMQ_COMPLETE" in screen.environ:
        from cmq_cli.commands.completion import complete  # needed only here

        return complete(arguments, screen.environ)
    first, *words = arguments if [*arguments] not in ([], ["--"]) else ["-h"]
    name, _equals, shell = first.partition("=")
    options = words[: words.index("--")] if "--" in words else words
    asks_help = not {"-h", "--help"}.isdisjoint([first, *options])
    if asks_help and (first in COMMANDS or name in ("-h", "--help", "--install-completion")):
        return page(first if first in COMMANDS else "", screen.width)
    if first == "--version":
        versions = {"version": __version__, "data": data_version(), "python": sys.version.split()[0]}
        return _("cmq {version} (data {data}, Python {python})", **versions) + "\n"
    if name == "--install-completion":
        from cmq_cli.commands.completion import install  # needed only here

        return install(" ".join([shell, *words]).strip())
    if name.startswith("-") and name != "-":
        refuse_option(name, arguments)
    if first not in COMMANDS:
        refuse_command(first, arguments)
    return None


def _answer(arguments: Sequence[str], screen: Screen) -> int:
    """Answer a command and return the exit code; the lines that are told to type ask the same registry as it does."""
    from cmq_cli.output.present import present  # not to be loaded for help

    given = parse(arguments[0], arguments[1:])
    own = None if given.get("file") else given.get("registry")
    option = reminder = ""
    if own and own == os.environ.get("CMQ_REGISTRY"):
        reminder = _("The registry asked is {file}, as CMQ_REGISTRY says.", file=language.quoted(own))
    elif own not in (None, "-"):
        option = " " + language.shell("--registry", own)

    def whole(sentence: str) -> str:  # the option stands behind the name of each command that asks a registry
        return re.sub(r"(?<![^ ])cmq (?!validate|schema|init)[a-z]+", lambda line: line[0] + option, sentence)

    try:
        answer, output = ask(arguments[0], given)
        head, notes = (tuple(map(whole, each)) for each in (answer.head, answer.notes))
        notes += (reminder,) if reminder else ()
        whole_answer = answer._replace(head=head, notes=notes, several=whole(answer.several or ""))
        present(whole_answer, COMMANDS[arguments[0]].forms, output, screen)
    except CmqError as error:
        raise type(error)(f"{whole(str(error))} ({reminder})" if reminder else whole(str(error))) from error
    return int(answer.exit_code)
