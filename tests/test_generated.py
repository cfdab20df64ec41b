"""What is made from the program is as the program is today, and doesn't hang on where it is made."""

import io
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

import generate
import manual
import picture
from cmq_cli import __version__, query
from cmq_cli.cli import COMMANDS, run
from cmq_cli.output import records
from cmq_cli.output.screen import Screen
from cmq_cli.registry import load

ROOT = Path(__file__).parents[1]
SVG = "{http://www.w3.org/2000/svg}"
RICH = [f"docs/images/cmq-{theme}.svg" for theme in picture.THEMES]


@pytest.mark.parametrize("name", generate.GENERATED)
def test_generated_documents_are_as_the_program_is(name, updating):
    today = generate.GENERATED[name]()
    path = ROOT / name
    if updating:
        path.write_text(today, encoding="utf-8", newline="\n")
    kept = path.read_text(encoding="utf-8")
    if name in RICH:  # how rich draws it may change; what is to be read in it may not
        kept, today = lines_of(kept), lines_of(today)
    assert kept == today, "make update writes it anew"


def lines_of(picture):
    """Return the lines of text in a picture, from top to bottom."""
    lines = {}
    for text in ElementTree.fromstring(picture).iter(f"{SVG}text"):
        lines.setdefault(float(text.get("y")), []).append((float(text.get("x")), text.text))
    texts = ("".join(part for _, part in sorted(parts)).rstrip() for _, parts in sorted(lines.items()))
    return [text for text in texts if text]


@pytest.mark.parametrize("theme", picture.THEMES)
def test_the_picture_shows_what_the_program_prints_and_loads_nothing(theme):
    drawn = (ROOT / "docs" / "images" / f"cmq-{theme}.svg").read_text(encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()
    run([*picture.QUESTION.split()[1:], "--format", "table"], Screen(out, err, {"COLUMNS": "80", "NO_COLOR": "1"}))
    printed = f"$ {picture.QUESTION}\n{out.getvalue()}{err.getvalue()}"
    assert "".join("".join(lines_of(drawn)).split()) == "".join(printed.split())
    assert re.findall(r"(?:https?:|url\()[^\s\"']*", drawn.replace("http://www.w3.org/2000/svg", "")) == re.findall(
        r"url\(#cmq-[\w-]+\)", drawn
    )


@pytest.mark.parametrize("name", generate.GENERATED)
def test_neither_the_width_nor_the_locale_changes_them(name, monkeypatch):
    before = generate.GENERATED[name]()
    for variable, value in {"COLUMNS": "40", "LC_ALL": "C", "FORCE_COLOR": "1"}.items():
        monkeypatch.setenv(variable, value)
    assert generate.GENERATED[name]() == before


@pytest.mark.parametrize("command", COMMANDS)
def test_the_manual_holds_every_option_that_the_help_shows(command, capsys):
    run([command, "--help"], Screen(io.StringIO(), io.StringIO()))
    in_help = set(re.findall(r"(?<![\w-])--?[a-z][\w-]*", capsys.readouterr().out.partition("Options:")[2]))
    found = next(each for each in manual.read().commands if each.name == f"cmq {command}")
    groups = [group for group in manual.read().groups if group.title in found.shared]
    written = " ".join(option.written for each in (found, *groups) for option in each.options)
    assert in_help - {"-name"} <= set(re.findall(r"--?[a-z][\w-]*", written))


def test_the_man_page_is_for_this_version_and_these_data():
    first = f'.TH CMQ 1 "{load().data_version}" "cmq {__version__}"'
    assert f"\n{first}" in (ROOT / "docs" / "cmq.1").read_text(encoding="utf-8")


def test_the_man_page_is_plain_roff():
    text = (ROOT / "docs" / "cmq.1").read_bytes()
    assert text.isascii()
    macros = {line.split()[0] for line in text.decode().splitlines() if line.startswith((".", "'"))}
    assert macros <= {'.\\"', ".TH", ".SH", ".SS", ".B", ".br", ".PP", ".TP", ".RS", ".RE", ".nf", ".fi"}


def rows_of(heading):
    """Return the rows of the table in docs/data.md whose first heading this is, as lists of cells."""
    text = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    table = re.search(rf"^\| {heading} \|.*\n\|[ -|]*\n((?:\|.*\n)*)", text, re.MULTILINE)[1]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]


def test_the_numbers_of_the_data_page_are_those_that_the_program_counts():
    registry = load()
    by_region = query.count(registry, registry.campuses, ["region"])
    listed = {name: int(number) for name, number, *_ in rows_of("region")}
    assert listed.pop("all") == sum(listed.values()) == len(registry.campuses)
    assert {name: number for name, number in listed.items() if number} == {
        row.values[0].label: len(row.campuses) for row in by_region
    }
    *waves, _ = rows_of("wave")
    program = [records.wave(registry, wave) for wave in registry.waves]
    fields = ("number", "call_launched_on", "new", "documented_stated", "documented_deduced")
    assert waves == [[str(wave[field]) for field in fields] for wave in program]


def test_the_script_writes_what_the_tests_compare(tmp_path):
    for folder in ("data", "docs", "scripts", "src"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / "docs" / "cli.md").unlink()
    (tmp_path / "src" / "cmq_cli" / "attic.py").write_text('"""Room for what is kept."""\n', encoding="utf-8")
    subprocess.run([sys.executable, tmp_path / "scripts" / "generate.py"], check=True)
    assert (tmp_path / "docs" / "cli.md").read_bytes() == (ROOT / "docs" / "cli.md").read_bytes()
    layout = (tmp_path / "docs" / "project-layout.md").read_text(encoding="utf-8")
    assert "| `attic.py` | Room for what is kept. |" in layout
