"""The program: its commands, built when they are asked for, and the one place where errors become messages."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_command

from cmq_cli import __version__, language
from cmq_cli.commands import COMMANDS
from cmq_cli.errors import CmqError, ExitCode, RegistryError
from cmq_cli.language import N_, _
from cmq_cli.options import with_options
from cmq_cli.output.screen import Screen


class Told(Exception):  # noqa: N818 - nothing is wrong
    """What is asked of the program itself, such as its help, ends a command line with a text to print."""


def _help_option() -> TyperOption:
    def tell(context: Any, option: Any, asked: bool) -> None:
        if asked and not context.resilient_parsing:
            from cmq_cli.usage import page

            raise Told(page(context))

    return TyperOption(
        param_decls=["-h", "--help"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=tell,
        help=_("Show this help."),
    )


class Command(TyperCommand):
    """A command whose help is grouped and translated, and whose errors say what to type."""

    def get_help_option(self, ctx: Any) -> Any:
        """Return the option that asks for help, the same one each time."""
        self._help_option = self._help_option or _help_option()
        return self._help_option

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Understand what was typed behind the command; raise UsageError, with what to type, where that fails."""
        typed = [*args]
        ctx.allow_extra_args = True  # it is told below that there are too many
        try:
            super().parse_args(ctx, args)
        except typer.TyperException as error:
            _refuse(ctx, typed, error)
        behind_json = any(option in ("--json", "--csv") and word[:1] != "-" for option, word in pairwise(typed))
        if ctx.args or behind_json or ctx.ignore_unknown_options:
            from cmq_cli.usage import check

            check(ctx, typed)
        return []


class Group(TyperGroup):
    """The program itself, whose commands are imported, and their options built, only when they are asked for."""

    get_help_option = Command.get_help_option

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Understand what was typed before the command; raise Told when the program itself is asked for something."""
        typed = [*args]
        try:
            super().parse_args(ctx, args if args not in ([], ["--"]) else ["--help"])
        except typer.TyperException as error:
            _refuse(ctx, typed, error)
        if ctx.params["version"]:
            _tell_versions()
        if ctx.params["install_completion"]:
            from cmq_cli.completion import install

            raise Told(install(typed))
        return [*ctx.args]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command's name, the command, and what was typed behind it; raise UsageError for an unknown one."""
        if args[0] not in COMMANDS:
            from cmq_cli.usage import no_command

            raise no_command(args)
        return args[0], self.get_command(ctx, args[0]), args[1:]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a command, built anew; its module is imported now."""
        entry = COMMANDS[cmd_name]
        single = typer.Typer(add_completion=False, rich_markup_mode=None)
        settings = {"ignore_unknown_options": entry.hyphens}
        single.command(cmd_name, cls=Command, context_settings=settings)(with_options(entry.load(), entry.forms))
        return get_command(single)


def _refuse(context: Any, typed: list[str], error: typer.TyperException) -> NoReturn:
    from cmq_cli.usage import explained

    raise explained(context, typed, error) from None


def program() -> Group:
    """Return the program, which speaks the language that is spoken now."""
    flags = {
        "--version": _("Show the versions of cmq, its data and Python."),
        "--install-completion": _("Let the shell that you use complete commands and values at Tab."),
    }
    options = [TyperOption(param_decls=[flag], is_flag=True, default=False, help=said) for flag, said in flags.items()]
    return Group(name="cmq", params=[*options], rich_markup_mode=None)


def _tell_versions() -> NoReturn:
    """Tell the versions of the package, its data and Python; where the data can't be read, all that can be told."""
    import sys

    from cmq_cli.registry import data_version

    python = sys.version.partition(" ")[0]
    try:
        raise Told(f"cmq {__version__} (data {data_version()}, Python {python})")
    except RegistryError as error:
        raise Told(f"cmq {__version__} (Python {python})") from error


def run(arguments: Sequence[str], screen: Screen | None = None) -> int:
    """Answer a command line and return the exit code; every error ends here as one line on stderr.

    Without a screen, it is that of the process.
    """
    screen = screen or Screen.of_process()
    language.speak(language.spoken_in(screen.environ))
    unwritten = N_("Can't write to standard output ({why}).")
    try:
        if "_CMQ_COMPLETE" in screen.environ:
            from cmq_cli.completion import complete

            screen.write(complete(arguments, screen.environ))
            return ExitCode.DONE
        try:
            with program().make_context("cmq", [*arguments], obj=screen) as context:
                answer, output = context.command.invoke(context)
        except Told as told:
            screen.write(f"{told}\n")
            if told.__cause__:
                raise told.__cause__ from None
            return ExitCode.DONE
        from cmq_cli.output.present import present

        if COMMANDS[str(context.invoked_subcommand)].forms:
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
        screen.say(_(unwritten).format(why=language.reason(error)))
        return ExitCode.NOT_FOUND
