"""The examples of the documents are run, at a terminal of 80 columns or in Python, and must show what they show."""

import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from cmq_cli.cli import COMMANDS, run
from cmq_cli.options import FilterOptions, Format
from cmq_cli.output import records
from cmq_cli.output.present import ENDINGS
from cmq_cli.output.screen import Screen
from cmq_cli.problems import Problem
from cmq_cli.record import names
from registries import cmq

ROOT = Path(__file__).parents[1]
READMES = [ROOT / "README.md", ROOT / "README.fr.md"]
FOLDERS = (".ci", ".github", "benchmarks", "data", "docs", "scripts", "src", "tests")
"""Where documents are kept with the project; a virtual environment beside them has others."""
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.md"))])
REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
CONSOLE, PYTHON = (
    re.compile(rf"^```{language}\n(.*?)^```$", re.DOTALL | re.MULTILINE) for language in ("console", "pycon")
)
SHELL = re.compile(r"^ *```sh\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
PLAYED = [path for path in DOCUMENTS if re.search(r"^ *```(?:console|pycon)", path.read_text(encoding="utf-8"), re.M)]


def named(path):
    return path.relative_to(ROOT).as_posix()


class Terminal(io.StringIO):
    def isatty(self):
        return True


def at_terminal(arguments):
    """Run a command as a person sees it: errors and notes come after the table, on the same screen."""
    out, err = Terminal(), io.StringIO()
    run(arguments, Screen(out, err, {"COLUMNS": "80", "NO_COLOR": "1"}))
    return out.getvalue() + err.getvalue()


def in_shell(line):
    environ = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    shell = [shutil.which("bash") or "sh", "-c", line]  # Windows has one with Git
    done = subprocess.run(shell, capture_output=True, env=environ, encoding="utf-8", check=True)
    return done.stdout + done.stderr


def shown(line, before):
    """Return what a line shows today; what it showed before, where it needs a program that isn't installed here."""
    arguments = shlex.split(line)
    programs = [arguments[0], *(after for pipe, after in pairwise(arguments) if pipe == "|")]
    assert programs[0] == "cmq", f"a console block asks cmq: {line}"
    if len(programs) == 1:
        return at_terminal(arguments[1:])
    return in_shell(line) if all(map(shutil.which, programs[1:])) else before


def played(block):
    """Return a console block as it reads today: each command, then what it shows."""
    entries = [entry.removeprefix("$ ").partition("\n") for entry in re.split(r"\n(?=\$ )", block)]
    return "\n".join(f"$ {line}\n{shown(line, before)}" for line, _, before in entries)


def played_python(blocks):
    """Return the blocks of Python of a document as they read today; each knows what those before it have defined."""
    player = [sys.executable, ROOT / "tests" / "play.py"]
    done = subprocess.run(player, input=json.dumps(blocks).encode(), capture_output=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize("document", PLAYED, ids=named)
def test_documents_show_what_the_program_prints(document, updating, monkeypatch, tmp_path):
    (tmp_path / "data").mkdir()
    shutil.copy(ROOT / "data" / "campuses.json", tmp_path / "data")
    monkeypatch.chdir(tmp_path)  # where what they write to files may lie
    text = document.read_text(encoding="utf-8")
    shown_today = CONSOLE.sub(lambda match: f"```console\n{played(match[1])}```", text)
    answers = iter(played_python(PYTHON.findall(text)))
    today = PYTHON.sub(lambda match: f"```pycon\n{next(answers)}```", shown_today)
    if updating:
        document.write_text(today, encoding="utf-8", newline="\n")
    assert document.read_text(encoding="utf-8") == today


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_no_block_of_a_document_escapes_the_tests(document):
    """What is shown with a prompt is played only where it begins the line, and in these two languages."""
    text = document.read_text(encoding="utf-8")
    opened = re.findall(r"^( *)```(\w*)$(?:.|\n)*?^ *```$", text, re.MULTILINE)
    assert {language for _, language in opened} <= {"console", "pycon", "sh", "text"}
    assert {indent for indent, language in opened if language in ("console", "pycon")} <= {""}
    assert [block for block in SHELL.findall(text) if re.search(r"^ *(?:\$|>>>) ", block, re.MULTILINE)] == []


STANDS_FOR = {"COMMAND": "list", "COMMANDE": "list", "FILE": "campuses.json", "PLACE": "Dole", "WORDS": "bois"}
NEEDED = {"show": ["besancon"], "near": ["Dole"], "validate": ["campuses.json"]}
"""What a command can't do without, where a sentence only names it."""


def commands_to_type():
    """Return the commands that the blocks of shell and the sentences of the documents name, as lists of arguments."""
    found = set()
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        sentences = re.sub(r"^ *```(?:.|\n)*?^ *```$", "", text, flags=re.MULTILINE)
        for line in [*"".join(SHELL.findall(text)).splitlines(), *re.findall(r"`([^`]+)`", sentences)]:
            if re.match(r" *(\.venv/bin/)?cmq\s", line) and "ID" not in line:  # what an id is hangs on the command
                _, *arguments = shlex.split(line.partition(" > ")[0], comments=True)
                found.add(tuple(STANDS_FOR.get(each, each) for each in arguments))
    return sorted(found - {("--install-completion",)})  # which writes into the home of whoever runs the tests


@pytest.mark.parametrize("arguments", commands_to_type(), ids=shlex.join)
def test_a_command_that_a_document_names_can_be_typed(arguments, monkeypatch, tmp_path):
    (tmp_path / "data").mkdir()
    for name in ("campuses.json", "data/campuses.json"):
        shutil.copy(ROOT / "data" / "campuses.json", tmp_path / name)
    monkeypatch.chdir(tmp_path)
    only_options = all(each.startswith("-") for each in arguments[1:])
    code, _, said = cmq(*arguments, *(NEEDED.get(arguments[0], []) if only_options else []))
    assert code == 0, said


@pytest.mark.parametrize(
    "pattern",
    [
        r"^```\w+\n(?:.*\n)*?```$",
        r"^<!--.*-->$",
        r"(?:srcset|src)=\S+",
        r"\]\((?!README)[^)]*\)",
        r"`cmq [^`A-Z]*`|`-[^`A-Z]*`",
    ],
    ids=["blocks", "marks", "pictures", "links", "commands"],
)
def test_the_french_readme_has_what_the_english_one_has_in_the_same_order(pattern):
    english, french = (re.findall(pattern, text, re.MULTILINE) for text in read_readmes())
    assert french == english != []


@pytest.mark.parametrize(
    "pattern",
    ["^## ", "^### ", r"^- \*\*", r"^\| ", "\n\n"],
    ids=["headings", "questions", "hints", "rows", "paragraphs"],
)
def test_the_french_readme_says_as_much_as_the_english_one(pattern):
    english, french = (len(re.findall(pattern, text, re.MULTILINE)) for text in read_readmes())
    assert french == english != 0


@pytest.mark.parametrize("readme", READMES, ids=named)
def test_the_readmes_can_be_read_on_a_terminal_of_80_columns(readme):
    prose = re.sub(r"^```(?:.|\n)*?^```$", "", readme.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert [line for line in prose.splitlines() if len(line) > 80 and not line.lstrip().startswith(("|", "<"))] == []


def read_readmes():
    """Return the texts of the English and the French README."""
    return [readme.read_text(encoding="utf-8") for readme in READMES]


def test_the_two_commands_of_the_readme_are_single_lines():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for mark in ("run", "tests"):
        block = re.search(rf"<!-- {mark} -->\n```sh\n(.*?)```\n<!-- end -->", readme, re.DOTALL)
        assert block is not None, mark
        assert block[1].startswith("python3 -m venv .venv && ")
        assert block[1].count("\n") == 1
    assert block[1] in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def table_of_fields(kind, text):
    """Return the table of the fields of a kind of record."""
    return re.search(rf"<!-- fields {kind} -->\n(.*?)<!-- end -->", text, re.DOTALL)[1]


@pytest.mark.parametrize("readme", read_readmes(), ids=map(named, READMES))
def test_the_readmes_list_every_field_of_a_campus_in_order_with_its_type_and_meaning(readme):
    rows = [line for line in table_of_fields("campus", readme).splitlines() if line.startswith("| `")]
    assert tuple(re.findall(r"`(\w+)`", " ".join(row.split("|")[1] for row in rows))) == (
        *records.CAMPUS,
        "distance_km",
    )
    assert [row for row in rows if not re.fullmatch(r"\| [^|]+ \| [^|]+ \| [^|]+ \|", row)] == []


def test_the_reference_names_the_fields_of_a_campus_in_markdown():
    said = re.search(r"Markdown shows\s+of a campus (.*?) unless", REFERENCE, re.DOTALL)
    assert tuple(re.findall(r"`([\w.]+)`", said[1])) == records.CAMPUS_SUMMARY


LINK = re.compile(r"(?<!!)\[[^]\n]*\]\(<?([^)>\s]+)>?(?: \"[^\"]*\")?\)|^\[[^]]+\]:\s*<?(\S+?)>?$", re.MULTILINE)


def test_relative_links_of_all_documents_lead_somewhere():
    links = [
        (document, link)
        for document in DOCUMENTS
        for match in LINK.finditer(document.read_text(encoding="utf-8"))
        if "://" not in (link := match[1] or match[2]) and not link.startswith("mailto:")
    ]
    assert {document.name for document, _ in links} >= {"README.md", "CONTRIBUTING.md"}
    broken = [
        f"{document.relative_to(ROOT)}: {link}" for document, link in links if not leads_somewhere(document, link)
    ]
    assert broken == []


def leads_somewhere(document, link):
    """Tell whether a file is there, and a heading in it if the link names one."""
    name, _, anchor = link.partition("#")
    target = document.parent / name if name else document
    if not target.exists() or not anchor:
        return target.exists()
    headings = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
    return anchor in {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("readme", READMES, ids=named)
def test_the_readmes_name_every_command(readme):
    assert set(re.findall(r"\bcmq ([a-z]+)", readme.read_text(encoding="utf-8"))) >= set(COMMANDS)


def options_named(text):
    """Return the long options that stand alone between backticks, or before their short form."""
    return re.findall(r"`(--[a-z-]+)(?:/-\w)?`", text)


def bullet(name, text):
    """Return the entry of a list that begins with a name."""
    return re.search(rf"^- \*\*{name}\*\* ?:(.*?)^- ", text, re.DOTALL | re.MULTILINE)[1]


REPEATED = [f"--{name}" for name, kind in get_type_hints(FilterOptions).items() if kind == list[str] | None]


def test_the_reference_lists_every_filter_in_order_and_which_may_be_repeated():
    said = bullet("Filters", REFERENCE)
    all_of_them, _, rest = said.partition(".")
    assert options_named(all_of_them) == [f"--{name.replace('_', '-')}" for name in FilterOptions._fields]
    sentence = next(each for each in rest.split(". ") if "may be repeated" in each)
    assert options_named(sentence) == REPEATED


@pytest.mark.parametrize(("readme", "name"), [*zip(READMES, ["Filters", "Filtres"], strict=True)])
def test_the_readmes_list_the_filters_that_may_be_repeated(readme, name):
    assert options_named(bullet(name, readme.read_text(encoding="utf-8"))) == REPEATED


@pytest.mark.parametrize("readme", READMES, ids=named)
def test_the_readmes_list_the_ending_of_every_form(readme):
    paragraph = next(each for each in readme.read_text(encoding="utf-8").split("\n\n") if each.startswith("`--excel`"))
    assert sorted(re.findall(r"`(\.\w+)`", paragraph)) == sorted(ENDINGS)


def test_the_reference_lists_every_form():
    assert re.search(r"`--format ([a-z|]+)`", REFERENCE)[1].split("|") == list(get_args(Format))


def test_the_reference_has_the_fields_of_every_command():
    told = re.findall(r"`(\w+)`", re.search(r"A \*\*campus\*\* \((.*)\): its fields", REFERENCE)[1])
    told += re.findall(r"^\| `(\w+)`", table_of_fields("others", REFERENCE), re.MULTILINE)
    assert set(told) >= {*COMMANDS} - {"schema"}  # whose answer is a schema, not records


@pytest.mark.parametrize(
    ("command", "fields"),
    [
        ("count", records.COUNT),
        ("waves", records.WAVE),
        ("figures", records.FIGURE),
        ("sectors", records.SECTOR),
        ("regions", records.REGION),
        ("sources", records.SOURCE),
        ("validate", names(Problem)),
    ],
)
def test_the_reference_lists_every_field_of_the_other_records_in_order(command, fields):
    row = next(line for line in table_of_fields("others", REFERENCE).splitlines() if line.startswith(f"| `{command}`"))
    flat = re.sub(r"\([^)]*\)", "", row.split("|")[2])
    assert tuple(re.findall(r"`(\w+)`", flat))[: len(fields)] == fields
