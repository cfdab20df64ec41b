"""The documents show what the program prints today, and what they name can be typed."""

import re
import shlex

import pytest

import documents
from support import cmq, written

ROOT = documents.ROOT
MARKDOWN = sorted([*documents.PLAYED, *(ROOT / ".github").rglob("*.md")])
READMES = [ROOT / "README.md", ROOT / "README.fr.md"]
TEXTS = {path: path.read_text(encoding="utf-8") for path in MARKDOWN}


def test_documents_are_up_to_date(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CMQ_REGISTRY", raising=False)
    made = documents.documents()
    old = [path.name for path, today in made.items() if path.read_text(encoding="utf-8") != today]
    assert old == [], "python scripts/documents.py, then read git diff"


def test_no_block_of_a_document_escapes_being_played():
    """What is shown with a prompt is played only where it begins the line, and in these two languages."""
    blocks = re.findall(r"^ *```(\w+)\n(.*?)```", "\n".join(TEXTS.values()), re.MULTILINE | re.DOTALL)
    assert {kind for kind, _ in blocks} <= {"console", "pycon", "sh", "text"}
    unplayed = [block for kind, block in blocks if kind in ("sh", "text")]
    assert [block for block in unplayed if re.search(r"^ *(?:\$|>>>) ", block, re.MULTILINE)] == []


STANDS_FOR = {"FILE": "campuses.json", "PLACE": "Dole", "WORD": "bois", "MOT": "bois", "SHELL": "bash", "FIELD": "city"}
# What a command can't do without, where a sentence only names it.
NEEDED = {"show": ["besancon"], "near": ["Dole"], "validate": ["campuses.json"], "init": ["new.json"]}


def commands_to_type():
    """Return the commands that the documents name outside what is played, as lists of arguments."""
    found = set()
    for text in TEXTS.values():
        played = re.sub(r"^```(?:console|pycon)\n.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
        for line in re.findall(r"(?:^|`|\.venv/bin/)(cmq [^`\n]+)", played, re.MULTILINE):
            arguments = shlex.split(line.partition(" > ")[0].partition(")")[0], comments=True)[1:]
            if "ID" not in arguments and "COMMAND" not in arguments:
                found.add(tuple(STANDS_FOR.get(each, each) for each in arguments))
    return sorted(found - {("--install-completion",)})  # which writes into the home of whoever runs the tests


def test_commands_that_a_document_names_can_be_typed(monkeypatch, tmp_path):
    (tmp_path / "data").mkdir()
    for name in ("campuses.json", "data/campuses.json", "mine.json"):
        (tmp_path / name).write_bytes((ROOT / "data" / "campuses.json").read_bytes())
    monkeypatch.chdir(tmp_path)
    refused = []
    for number, (command, *rest) in enumerate(commands_to_type()):
        arguments = [command, *(f"{number}.json" if command == "init" and "json" in each else each for each in rest)]
        only_options = all(each.startswith("-") for each in arguments[1:])
        code, _out, said = cmq(*arguments, *(NEEDED.get(arguments[0], []) if only_options else []))
        refused += [(shlex.join(arguments), said)] if code and "-h" not in arguments else []
    assert refused == []


def test_the_readmes_take_two_minutes_and_fit_a_terminal_of_80_columns():
    for path in READMES:
        prose = re.sub(r"^```(?:.|\n)*?^```$", "", TEXTS[path], flags=re.MULTILINE)
        assert len(TEXTS[path].splitlines()) <= 200, path.name
        assert [line for line in prose.splitlines() if len(line) > 80 and not line.startswith(("|", "!"))] == []
    for mark in ("run", "tests"):
        [block] = re.findall(rf"<!-- {mark} -->\n```sh\n(.*?)```\n<!-- end -->", TEXTS[READMES[0]], re.DOTALL)
        assert re.fullmatch("python3 -m venv .venv && .*\n", block), "a single line"


@pytest.mark.parametrize(
    "pattern", [r"^```(?:sh|pycon)\n(?:.*\n)*?```$", r"^\$ .*$", r"^<!--.*-->$", r"`cmq [^`]+`", "^## "]
)
def test_the_french_readme_has_what_the_english_one_has(pattern):
    english, french = (re.findall(pattern, TEXTS[path], re.MULTILINE) for path in READMES)
    assert english
    assert french == english if pattern != "^## " else len(french) == len(english)


def test_what_is_measured_is_asked_of_a_valid_registry(tmp_path):
    bench = pytest.importorskip("bench", reason="needs the terminals of POSIX")
    code, out, said = cmq("count", "--registry", written(tmp_path, bench.registry_of(250)))
    assert (code, out) == (0, "250\n"), said


def test_links_lead_somewhere():
    links = [(path, link) for path, text in TEXTS.items() for link in re.findall(r"\]\((?!https?://)([^)#]+)", text)]
    assert [(path.name, link) for path, link in links if not (path.parent / link).exists()] == []
