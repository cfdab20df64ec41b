"""Write what the documents show of the program anew: ``python scripts/documents.py``; then read ``git diff``.

A block of ``console`` is a session at a terminal of 80 columns, a block of ``pycon`` one of Python; a document whose
name ends in ``.fr.md`` is played in French. ``docs/cli.md``, the page for ``man cmq`` and the map are made as a whole.
"""

import doctest
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cmq_cli import __version__, language
from cmq_cli.cli import run
from cmq_cli.commands import COMMANDS
from cmq_cli.output.screen import Screen
from cmq_cli.registry import data_version

ROOT = Path(__file__).parents[1]
PLAYED = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "data").glob("*.md")])


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def at_terminal(*arguments: str, spoken: str = "en", **environ: str) -> str:
    """Return what a person sees of a command: errors come after the answer, on the same screen."""
    out, err = _Terminal(), io.StringIO()
    run(arguments, Screen(out, err, {"COLUMNS": "80", "NO_COLOR": "1", "CMQ_LANG": spoken, **environ}))
    return out.getvalue() + err.getvalue()


def played(text: str, spoken: str) -> str:
    """Return a document as it reads today."""
    names: dict[str, Any] = {}
    block = r"(?ms)(?<=^```%s\n)(.*?)(?=^```$)"
    text = re.sub(block % "console", lambda found: _session(found[1], spoken), text)
    return re.sub(block % "pycon", lambda found: _python(found[1], names), text)


def _session(block: str, spoken: str) -> str:
    lines = re.findall(r"^\$ (.*)$", block, re.MULTILINE)
    return "\n".join(f"$ {line}\n{_answer(line, spoken)}" for line in lines)


def _answer(line: str, spoken: str) -> str:
    arguments = shlex.split(line)
    if "|" not in arguments and ">" not in arguments:
        return at_terminal(*arguments[1:], spoken=spoken)
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    here = {**os.environ, "CMQ_LANG": spoken, "PATH": path}
    shell = [shutil.which("bash") or "sh", "-c", line]  # Windows has one with Git
    done = subprocess.run(shell, capture_output=True, env=here, encoding="utf-8", check=True)
    return done.stdout + done.stderr


def _python(block: str, names: dict[str, Any]) -> str:
    language.speak("en")
    today = []
    for example in doctest.DocTestParser().get_examples(block):
        with redirect_stdout(io.StringIO()) as printed:
            exec(compile(example.source, "<document>", "single"), names)
        first, *rest = example.source.splitlines()
        today += [f">>> {first}", *(f"... {line}" for line in rest), *printed.getvalue().splitlines()]
    return "".join(f"{line}\n" for line in today)


def command_line() -> str:
    """Return the page of every command and option: their own helps."""
    helps = "".join(f"## cmq {name}\n\n```text\n{at_terminal(name, '-h')}```\n\n" for name in COMMANDS)
    return f"# The command line\n\n```text\n{at_terminal('-h')}```\n\n{helps}".rstrip("\n") + "\n"


def man_page() -> str:
    """Return the page for ``man cmq``: the same helps, in the man macros that groff and mandoc know."""

    def verbatim(text: str) -> str:
        escaped = text.strip("\n").replace("\\", "\\e").replace("-", "\\-")
        ascii_only = "".join(char if char.isascii() else f"\\[u{ord(char):04X}]" for char in escaped)
        return ".nf\n" + re.sub(r"^(?=[.'])", r"\\&", ascii_only, flags=re.MULTILINE) + "\n.fi\n"

    helps = "".join(f".SS cmq {name}\n{verbatim(at_terminal(name, '-h'))}" for name in COMMANDS)
    return (
        f'.TH CMQ 1 "{data_version()}" "cmq {__version__}" "User commands"\n'
        ".SH NAME\ncmq \\- look up the French Campus des m\\[u00E9]tiers et des qualifications\n"
        ".SH SYNOPSIS\n.B cmq\n[COMMAND] [WORDS] [OPTIONS]\n"
        f".SH DESCRIPTION\n{verbatim(at_terminal('-h'))}.SH COMMANDS\n{helps}"
    )


def documents() -> dict[Path, str]:
    """Return what the text of each document that shows something of the program is today."""
    made = {}
    for path in PLAYED:
        made[path] = played(path.read_text(encoding="utf-8"), "fr" if path.name.endswith(".fr.md") else "en")
    made[ROOT / "docs" / "cli.md"] = command_line()
    made[ROOT / "docs" / "cmq.1"] = man_page()
    made[ROOT / "docs" / "images" / "map.svg"] = at_terminal("map", "--format", "svg", spoken="fr")
    return made


if __name__ == "__main__":
    os.environ.pop("CMQ_REGISTRY", None)  # the documents show the bundled registry
    with TemporaryDirectory() as folder:
        os.chdir(folder)  # where the files that they write may lie
        for path, text in documents().items():
            path.write_text(text, encoding="utf-8", newline="\n")
        os.chdir(ROOT)
