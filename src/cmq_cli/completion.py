"""What a shell offers at Tab, and the scripts by which it asks.

A script of ``shells/`` runs the program with the words before the cursor as its arguments, and the word at the cursor
in the variable `VARIABLE`. The answer is a line for each value, with what it is behind a tab; or `FILES`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, cast, get_args

import typer

from cmq_cli.commands import COMMANDS
from cmq_cli.errors import CmqError, UsageError
from cmq_cli.language import N_, _, quoted, reason
from cmq_cli.options import VARIABLE as REGISTRY
from cmq_cli.options import declared

if TYPE_CHECKING:
    from cmq_cli.model import Registry
    from cmq_cli.output.answer import Answer

VARIABLE = "_CMQ_COMPLETE"
FILES = ":files"
"""The answer where the shell shall offer files."""

_STARTS = {
    "bash": ("~/.bashrc", 'eval "$(cmq completion bash 2> /dev/null)"'),
    "zsh": ("~/.zshrc", 'autoload -Uz compinit; compinit; eval "$(cmq completion zsh 2> /dev/null)"'),
    "fish": ("~/.config/fish/completions/cmq.fish", "cmq completion fish 2> /dev/null | source"),
    "powershell": ("$PROFILE", "cmq completion powershell | Out-String | Invoke-Expression"),
}
"""The file that each shell reads before it completes, and the line to add to it."""

Shell = Annotated[str, typer.Argument(metavar=N_("SHELL"), help=", ".join(_STARTS), show_default=False)]


def print_completion(shell: Shell) -> "Answer":
    """Print the script by which a shell asks what to offer; raise UsageError for a shell that there is none for."""
    from cmq_cli.output.answer import Answer

    if (name := shell.lower().replace("pwsh", "powershell")) not in _STARTS:
        message = _("There is no completion for {shell}, only for {shells}: cmq completion bash")
        raise UsageError(message.format(shell=quoted(shell), shells=", ".join(_STARTS)))
    return Answer([], (), (Path(__file__).parent / "shells" / f"cmq.{name}").read_text(encoding="utf-8"))


def install(words: Sequence[str]) -> str:
    """Let the shell that the program was started from complete it at Tab, and return what was done.

    Raises UsageError for more words than the option, CmqError where the shell can't be told or its file not written.
    """
    import shellingham  # type: ignore[import-untyped]

    from cmq_cli.output.files import write_whole

    if len(words) > 1:
        message = _("--install-completion stands alone, for the shell that you use. For another: cmq completion SHELL")
        raise UsageError(message)
    try:
        shell, program = shellingham.detect_shell()
        file, line = _STARTS[shell.replace("pwsh", "powershell")]
    except (shellingham.ShellDetectionFailure, KeyError):
        raise CmqError(_("It can't be told which shell you use. Name it: cmq completion SHELL")) from None
    try:
        if file == "$PROFILE":
            from subprocess import check_output

            file = check_output([program, "-NoProfile", "-Command", "echo $PROFILE"], encoding="utf-8").strip()
        path = Path(file).expanduser()
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        if line not in before:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(str(path), f"{before.rstrip()}\n{line}\n".lstrip())
    except (OSError, ValueError, CmqError) as error:
        message = _("{file} can't be changed ({why}). Add this line to it: {line}")
        raise CmqError(message.format(file=file, why=reason(error), line=line)) from None
    return _("From its next start on, {shell} completes cmq at Tab ({file}).").format(shell=shell, file=path)


class Line(NamedTuple):
    """A command line at whose end something is to be offered."""

    before: list[str]
    typed: str
    environ: Mapping[str, str]

    @property
    def command(self) -> str:
        """The command, or "" where there is none yet."""
        return next((word for word in self.before if not word.startswith("-")), "")

    def behind(self, *options: str) -> list[str]:
        """Return the values that stand behind some options."""
        apart = [part for word in self.before for part in (word.split("=", 1) if word[:2] == "--" else [word])]
        return [value for option, value in pairwise(apart) if option in options]

    def registry(self) -> "Registry":
        """Return the registry that is asked; one of the user's own is not checked, which would take too long."""
        if own := [self.environ.get(REGISTRY, ""), *self.behind("--registry")][-1]:
            import json

            return cast("Registry", json.loads(Path(own).read_bytes()))
        from cmq_cli.registry import bundled

        return bundled()


Offers = Iterable[tuple[str, str]]
"""Values, and what each is: a name, or the value of which it is another name."""


def complete(words: Sequence[str], environ: Mapping[str, str]) -> str:
    """Return what to offer behind some words; nothing, rather than a message, where anything goes wrong."""
    typed, before = _unquoted(environ[VARIABLE].removeprefix("word=")), [*map(_unquoted, words)]
    option, equals, value = typed.partition("=")
    begin = f"{option}=" if equals and option[:2] == "--" else ""
    if begin:
        before, typed = [*before, option], value
    line = Line([word for word in before if word != "="], typed.removeprefix("="), environ)  # bash sets it apart
    try:
        offers = _offers(line)
        if offers is None:
            return f"{FILES}\n"
        found = {whole: said for value, said in offers if (whole := _continued(line.typed, value))}
    except Exception:  # Tab is no place for an error, whatever is wrong with a registry of one's own
        return ""
    said = {value: "".join(char if char.isprintable() else " " for char in text) for value, text in found.items()}
    return "".join(f"{begin}{value}\t{text}\n" for value, text in said.items())


def _unquoted(word: str) -> str:
    """Return a word without the quotes and backslashes of a shell, the last of which may still be missing."""
    if word[:1] in ("'", '"'):
        return word[1:].removesuffix(word[0])
    return re.sub(r"\\(.)", r"\1", word)


def _continued(typed: str, value: str) -> str | None:
    """Return a value in continuation of what was typed, be it with accents and capitals, or None if it is no beginning.

    >>> _continued("Île", "ile-de-france")
    'Île-de-france'
    """
    begun = typed
    if not value.startswith(typed):
        from cmq_cli.text import slug

        begun = slug(typed) and slug(typed) + "-" * (not typed[-1].isalnum())
        if not begun or not value.lower().startswith(begun):
            return None
    rest = value[len(begun) :]
    return typed + rest if re.fullmatch(r"[\w.,-]*", rest, re.ASCII) else None  # whatever a registry's ids may be


def _offers(line: Line) -> Offers | None:
    """Return what may stand at the end of a line, or None for the name of a file."""
    if not line.command:
        if line.typed.startswith("-"):
            return [("--help", ""), ("--version", ""), ("--install-completion", "")]
        return [(name, _(entry.help).partition("\n")[0]) for name, entry in COMMANDS.items()]
    entry, options, arguments = COMMANDS[line.command], {"--help": ("", True, "")}, []
    for name, parameter in declared(entry.load(), entry.forms).items():
        kind, declaration = get_args(parameter.annotation)
        names = [text for text in (declaration.default, *(declaration.param_decls or ())) if isinstance(text, str)]
        is_flag = bool in (kind, *get_args(kind))
        options |= {text: (name, is_flag, declaration.help) for text in "/".join(names).split("/") if text}
        arguments += [] if names else [name]
    wanted, is_flag, _said = options.get(line.before[-1], ("", True, ""))
    if is_flag and line.typed.startswith("-") and "--" not in line.before:
        return [(option, said) for option, (_name, _is_flag, said) in options.items()]
    return _values(arguments[0] if is_flag and arguments else wanted, line)


_RECORDS = {
    "key": "campuses id name aliases city",
    "sector": "sectors id label keywords",
    "region": "territories.regions name name former abbreviations",
    "academy": "territories.academies name name",
    "department": "territories.departments code name name",
    "city": "campuses city city",
    "wave": "waves number call_reference",
    "figure": "figures id label",
    "source": "sources id title",
}
"""Where the values of a parameter stand in a registry: the records, what identifies one, what it is, other names."""


def _values(parameter: str, line: Line) -> Offers | None:
    """Return the values of a parameter, or None for the names of files."""
    words: Iterable[str] = ()
    match parameter:
        case "file" | "output" | "registry":
            return None
        case "place":
            from cmq_cli.places import begins

            return begins(line.typed)
        case "fields":
            words = _fields(line)
        case "format":
            words = COMMANDS[line.command].forms
        case "sort":
            from cmq_cli.query import SORT_KEYS

            words = [sign + field for sign in ("", "-") for field in SORT_KEYS]
        case "by":
            from cmq_cli.query import DIMENSIONS

            words = DIMENSIONS
        case "missing":
            from cmq_cli.commands.selection import MISSING

            words = MISSING
        case "color":
            words = ("auto", "always", "never")
        case "as_of":
            words = ("today",)
        case "shell":
            words = _STARTS
        case _ if parameter in _RECORDS:
            return _recorded(line, *_RECORDS[parameter].split())
    return [(word, "") for word in words]


def _recorded(line: Line, path: str, key: str, said: str, *others: str) -> Offers:
    """Give what identifies each of some records, and once something is typed their other names."""
    from cmq_cli.text import slug

    records: Any = line.registry()
    for step in path.split("."):
        records = records[step]
    for record in records:
        value = slug(record[key] or "") if key in ("name", "city") else str(record[key])
        yield value, record[said] or ""
        for other in others if line.typed else ():
            names = record[other] if isinstance(record[other], list) else [record[other] or ""]
            yield from ((slug(name), value) for name in names if not value.startswith(slug(name)))
    if path == "waves" and line.command != "waves":
        yield "none", _("not known, or labelled later")


def _fields(line: Line) -> list[str]:
    """Return the fields of the command's records, behind the last comma; those of records inside, behind their dot."""
    from cmq_cli.output import records

    if line.command == "count":
        known = records.fields_of_count(line.behind("--by", "-b"))
    else:
        known = getattr(records, COMMANDS[line.command].fields)
    before, comma, last = line.typed.rpartition(",")
    return [before + comma + name for name in (*known, *(records.inner_names(known) if "." in last else ()), "all")]
