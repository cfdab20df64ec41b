"""The program: its commands, found when they are asked for, and the one place where errors become messages."""

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any, cast

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException
from typer.main import get_command

from cmq_cli import __version__
from cmq_cli.errors import CmqError, ExitCode, RegistryError
from cmq_cli.options import OutputOptions, with_options
from cmq_cli.output.screen import Screen

COMMANDS = (
    "list",
    "show",
    "count",
    "near",
    "map",
    "waves",
    "figures",
    "sectors",
    "regions",
    "sources",
    "validate",
    "schema",
)
"""The commands, in the order of the help; each is the function `answer` of the module of its name in ``commands/``."""


_SWITCHES = frozenset({"--install-completion", "--show-completion"})
"""The options that write what a shell needs to ask at Tab."""


class LazyGroup(TyperGroup):
    """A group whose commands are imported, and their options built, only when they are asked for."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = cast(Any, dict.fromkeys(COMMANDS))  # the names alone: "did you mean" needs no more

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a command, or None when there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"cmq_cli.commands.{cmd_name}")
        command = with_options(module.answer, getattr(module, "OUTPUT", OutputOptions))
        single = typer.Typer(add_completion=False, rich_markup_mode=None)
        single.command(cmd_name, context_settings=getattr(module, "SETTINGS", None))(command)
        return get_command(single)


app = typer.Typer(
    name="cmq",
    cls=LazyGroup,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 done, 1 not found or a damaged registry, 2 usage, 130 interrupted.",
)


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the versions of cmq, its data and Python.")] = False,
) -> None:
    """Look up the French Campus des métiers et des qualifications, every fact with its source.

    \b
    Examples:
      cmq list --sector mecatronique
      cmq show besancon
      cmq count --by region
      cmq map
      cmq list --wave 4 --json
    """
    if version:
        tell_versions()
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def tell_versions() -> None:
    """Print the versions; raise RegistryError, when all that can be told is printed, if that of the data can't be."""
    try:
        typer.echo(versions())
    except RegistryError:
        typer.echo(f"cmq {__version__} (no data that can be read, Python {python_version()})")
        raise


def versions() -> str:
    """Return the versions of the package, of its data and of Python, on one line."""
    from cmq_cli.registry import data_version

    return f"cmq {__version__} (data {data_version()}, Python {python_version()})"


def python_version() -> str:
    """Return the version of Python as its own ``--version`` tells it."""
    return sys.version.partition(" ")[0]


def run(arguments: Sequence[str], screen: Screen) -> int:
    """Answer a command line and return the exit code; every error ends here as one line on stderr."""
    unwritten = "Can't write to standard output ({why})."
    try:
        if "_CMQ_COMPLETE" in screen.environ or not _SWITCHES.isdisjoint(arguments):
            from cmq_cli import shells

            shells.prepare()
        outcome = get_command(app).main(list(arguments), prog_name="cmq", standalone_mode=False)
        if isinstance(outcome, tuple):
            from cmq_cli.output.present import present

            answer, output = outcome
            unwritten = "Can't write to standard output ({why}). Try a file: -o FILE"
            present(answer, output, screen)
            outcome = answer.exit_code
        else:
            screen.write([""])  # help and version are written by Typer, which doesn't notice a closed output
    except CmqError as error:
        return _complain(screen, str(error), error.exit_code)
    except TyperException as error:
        from cmq_cli.usage import explained

        command = " ".join(["cmq", *(word for word in arguments[:1] if word in COMMANDS)])
        return _complain(screen, explained(error, command), ExitCode(error.exit_code))
    except (KeyboardInterrupt, typer.Abort):
        screen.abandon()
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        screen.abandon()
        return ExitCode.DONE
    except SystemExit as leaving:  # how Typer ends completion; and help, when its reader has gone
        if isinstance(leaving.__context__, BrokenPipeError):
            screen.abandon()
            return ExitCode.DONE
        return leaving.code if isinstance(leaving.code, int) else ExitCode.DONE
    except OSError as error:
        screen.abandon()
        return _complain(screen, unwritten.format(why=error.strerror or error), ExitCode.NOT_FOUND)
    return outcome if isinstance(outcome, int) else ExitCode.DONE


def _complain(screen: Screen, message: str, code: ExitCode) -> ExitCode:
    """Say in one line on stderr what went wrong."""
    screen.say(message)
    return code
