"""Check a registry file, or rewrite it in its canonical form."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cmq_cli.errors import ExitCode, RegistryError, UsageError
from cmq_cli.options import RegistryOptions, from_environment
from cmq_cli.output.answer import Answer
from cmq_cli.problems import Problem
from cmq_cli.record import names

if TYPE_CHECKING:
    from cmq_cli.output.tables.frame import Look, Renderable

File = Annotated[
    str | None,
    typer.Argument(metavar="FILE", help="A registry file; - is standard input.", show_default=False),
]
Fix = Annotated[bool, typer.Option("--fix", help="Rewrite the file in its canonical form: order and indent, no fact.")]


def answer(file: File = None, *, fix: Fix = False, where: RegistryOptions) -> Answer:
    """Show every problem of a registry file, and how to mend it.

    Errors make the file unusable, and end in exit code 1; warnings don't.

    \b
    Examples:
      cmq validate campuses.json
      cmq validate campuses.json --json
      cmq validate --fix campuses.json
    """
    name = _the_file(file, where.registry)
    from cmq_cli import validation
    from cmq_cli.registry import in_one_go

    with in_one_go():
        done = _fix(name) if fix else None
        errors, warnings = validation.examine(name)
    verdict = validation.verdict(name, errors, warnings)
    remarks = (done, verdict) if done else (verdict,)

    def draw(look: "Look") -> "Renderable":
        from cmq_cli.output.tables.problems import problems

        return problems(look, errors, warnings, remarks)

    rows = [vars(problem) for problem in (*errors, *warnings)]
    code = ExitCode.NOT_FOUND if errors else ExitCode.DONE
    return Answer(rows, names(Problem), draw, remarks=remarks, exit_code=code)


def _the_file(file: str | None, registry: str | None) -> str:
    """Return which file is meant: the one named first, or that of every command."""
    if file is None and registry is None:
        raise UsageError("Which file? Give its name: cmq validate FILE")
    if file is None:
        return str(registry)
    if registry not in (None, file, from_environment()):
        raise UsageError("FILE and --registry name two files. Give one of them.")
    return file


def _fix(name: str) -> str:
    """Rewrite a file canonically, and return what was done."""
    from cmq_cli.document import canonical, check_numbers
    from cmq_cli.output.files import write_whole
    from cmq_cli.reading import UnreadableError, called, read_bytes, typed
    from cmq_cli.validation import right_document

    if name == "-" or _is_no_plain_file(name):
        raise UsageError("Only a file can be rewritten. Give its name: cmq validate --fix FILE")
    try:
        data = read_bytes(name)
        document = right_document(data)
    except UnreadableError:
        document = None
    if document is None:
        return f"{called(name)} was not rewritten. Mend the errors first."
    check_numbers(data)
    text = canonical(document)
    if text.encode() == data:
        return f"{called(name)} is in its canonical form already."
    try:
        Path(name).open("r+b").close()  # another file could be put in its place, against the will of who protected it
    except PermissionError:
        remedy = f"Change its permissions: chmod +w {typed(name)}"
        raise RegistryError(f"{called(name)} may not be written. {remedy}") from None
    if read_bytes(name) != data:
        raise RegistryError(f"{called(name)} changed meanwhile and was not rewritten. Try again.")
    write_whole(name, [text])
    return f"{called(name)} was rewritten in its canonical form."


def _is_no_plain_file(name: str) -> bool:
    """Tell whether there is something else of that name: a directory, a pipe or a device."""
    with suppress(OSError, ValueError):  # a name that can't even be looked up: reading will tell
        return bool(name) and Path(name).exists() and not Path(name).is_file()
    return False
