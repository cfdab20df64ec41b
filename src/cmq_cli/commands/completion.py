"""What a shell offers at Tab, and the scripts by which it asks.

A script of ``shells/`` runs the program with the words before the cursor, and in `_CMQ_COMPLETE` the word at it, behind
``word=`` as some systems have no empty variables. The answer is ``:files``, or in each line a value and what it is.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

from typer import Argument

from cmq_cli.commands import COMMANDS, FLAGS, HELP
from cmq_cli.errors import CmqError, UsageError
from cmq_cli.language import N_, _, printable, quoted, reason
from cmq_cli.options import build, by_name
from cmq_cli.output.answer import Answer
from cmq_cli.registry import bundled
from cmq_cli.text import slug

_STARTS = {  # the file that each shell reads before it completes, and the line to add to it
    "bash": ("~/.bashrc", 'eval "$(cmq completion bash 2> /dev/null)"'),
    "zsh": ("~/.zshrc", 'autoload -Uz compinit; compinit; eval "$(cmq completion zsh 2> /dev/null)"'),
    "fish": ("~/.config/fish/completions/cmq.fish", "cmq completion fish 2> /dev/null | source"),
    "powershell": ("$PROFILE", "cmq completion powershell | Out-String | Invoke-Expression"),
}
_RECORDS = {  # where the values of a parameter are in a registry: records, what identifies one, what it is, other names
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
Offers = Iterable[tuple[str, str]]  # values, and what each is: a name, or the value of which it is another name
Shell = Annotated[str, Argument(metavar=N_("SHELL"), help=", ".join(_STARTS), autocompletion=lambda: [*_STARTS])]


def print_completion(shell: Shell) -> Answer:
    """Print the script by which a shell asks what to offer; raise UsageError for a shell that there is none for."""
    script = Path(__file__).parents[1] / "shells" / f"cmq.{_known(shell)}"
    return Answer([], (), script.read_text(encoding="utf-8"))


def _known(shell: str) -> str:
    name = shell.lower().replace("pwsh", "powershell")
    if name not in _STARTS:
        message = N_("There is no completion for {shell}, only for {shells}: cmq completion bash")
        raise UsageError(_(message, shell=quoted(shell), shells=", ".join(_STARTS)))
    return name


def install(named: str) -> str:
    """Let the shell that is named, or else the one in use, complete at Tab; return what was done, or raise CmqError."""
    from subprocess import SubprocessError, check_output

    from shellingham import detect_shell

    try:
        shell, program = (named, named) if named else detect_shell()
        file, line = _STARTS[_known(shell)]
        if file == "$PROFILE":
            file = check_output([program, "-NoProfile", "-Command", "echo $PROFILE"], encoding="utf-8").strip()
        path = Path(file).expanduser()
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as start:
            start.seek(0)
            if line.encode() not in start.read():
                start.write(f"\n{line}\n".encode())
    except (OSError, SubprocessError, ValueError) as error:  # an OSError also where the shell in use isn't found out
        message = N_("The completion can't be installed by itself ({why}). How to do it: cmq completion SHELL")
        raise CmqError(_(message, why=reason(error) or "?")) from None
    return _("From its next start on, {shell} completes cmq at Tab ({file}).", shell=shell, file=path) + "\n"


def complete(words: Sequence[str], environ: Mapping[str, str]) -> str:
    """Return what to offer behind some words; nothing, rather than a message, where anything goes wrong."""
    typed, *before = [word.strip("\"'") for word in (environ["_CMQ_COMPLETE"].removeprefix("word="), *words)]
    before = [word for word in before if word != "="]  # which bash sets apart
    typed = typed.removeprefix("=")
    begin = ""
    if typed.startswith("--") and "=" in typed:
        option, _equals, typed = typed.partition("=")
        before, begin = [*before, option], f"{option}="
    try:
        offers = _offers(before, typed)
        if offers is None:
            return ":files\n"
        found = {whole: said for value, said in offers if (whole := _continued(typed, value))}
    except Exception:  # Tab is no place for an error, whatever is wrong with a registry of one's own
        return ""
    return "".join(f"{begin}{value}\t{printable(said)}\n" for value, said in found.items())


def _continued(typed: str, value: str) -> str:
    """Return a value in continuation of what was typed, Île-de-france for Île, or "" where that doesn't begin it."""
    begun = typed if value.startswith(typed) else slug(typed) + "-" * (not typed[-1].isalnum())
    rest = value[len(begun) :]
    shown = re.fullmatch(r"[\w.,-]*", rest, re.ASCII)  # whatever a registry's ids may be
    return typed + rest if shown and value.lower().startswith(begun.lower()) else ""


def _offers(before: list[str], typed: str) -> Offers | None:
    """Return what may stand behind some words, or None for the name of a file."""
    command = next((word for word in before if not word.startswith("-")), None)
    if command is None:
        return [(names.split(", ")[-1], _(said)) for names, said in (FLAGS if typed[:1] == "-" else HELP).items()]
    built = build(command)
    options = by_name(built)
    parameter = options.get(before[-1])
    if not parameter or parameter.is_flag:
        if typed.startswith("-") and "--" not in before:
            return [(option, each.help) for option, each in options.items()]
        parameter = next((each for each in built.params if each.param_type_name == "argument"), None)
    context = built.make_context(command, before[before.index(command) + 1 :], resilient_parsing=True)
    return _values(parameter, context, typed) if parameter else []


def _values(parameter: Any, context: Any, typed: str) -> Offers | None:
    """Return what a parameter takes, as a registry, a table of the code or Typer says; None for the name of a file."""
    from cmq_cli import query
    from cmq_cli.output import records

    name, command = parameter.name, COMMANDS[context.command.name]
    if name in ("file", "output", "registry"):
        return None
    if name == "place":
        from cmq_cli.places import begins

        return begins(typed)
    if name in _RECORDS:
        unknown = [("none", _("not known, or labelled later"))] if parameter.opts[0] == "--wave" else []
        return [*_recorded(context.params.get("registry"), typed, *_RECORDS[name].split()), *unknown]
    if name == "fields":
        by = context.params.get("by")
        known = records.fields_of_count(by) if by else getattr(records, command.fields)
        before, comma, last = typed.rpartition(",")
        return [(before + comma + field, "") for field in (*known, "all") if "." in last or "." not in field]
    words: dict[str, Iterable[str]] = {
        "format": command.forms,
        "by": query.DIMENSIONS,
        "sort": [*query.SORT_KEYS, *(f"-{key}" for key in query.SORT_KEYS)],
        "as_of": ["today"],
    }
    offered = words.get(name) or [each.value for each in parameter.shell_complete(context, typed)]
    return [(word, "") for word in offered]


def _recorded(own: str | None, typed: str, path: str, key: str, said: str, *others: str) -> Offers:
    """Give what identifies each of some records, and once something is typed their other names; `own` isn't checked."""
    records: Any = json.loads(Path(own).read_bytes()) if own else bundled()
    for step in path.split("."):
        records = records[step]
    for record in records:
        value = slug(record[key] or "") if key in ("name", "city") else str(record[key])
        yield value, record[said] or ""
        for other in others if typed else ():
            names = record[other] if isinstance(record[other], list) else [record[other] or ""]
            yield from ((name, value) for name in map(slug, names) if not value.startswith(name))
