"""The lists of changes say what is true, and versions and dates agree wherever they stand."""

import json
import re
import tomllib
from datetime import date
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

import pytest

from cmq_cli import __version__
from cmq_cli.registry import SCHEMA_VERSION

ROOT = Path(__file__).parents[1]
REGISTRY = json.loads((ROOT / "data" / "campuses.json").read_text(encoding="utf-8"))
KINDS = ("Added", "Changed", "Removed")


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def entries(text, level):
    """Return the sections of a list of changes, each heading with what stands below it."""
    parts = re.split(rf"^{'#' * level} (.*)$", text, flags=re.MULTILINE)
    return list(zip(parts[1::2], parts[2::2], strict=True))


def test_the_changes_of_the_data_lead_to_the_campuses_of_today():
    there = set()
    for _, entry in reversed(entries(read("data/CHANGELOG.md"), 2)):
        changes = {kind: re.findall(r"^- `([\w-]+)`", text, re.MULTILINE) for kind, text in entries(entry, 3)}
        assert set(changes) <= set(KINDS)
        assert all(changes.values())
        assert there.isdisjoint(changes.get("Added", ()))
        assert there.issuperset((*changes.get("Changed", ()), *changes.get("Removed", ())))
        there = there.union(changes.get("Added", ())).difference(changes.get("Removed", ()))
    assert there == {campus["id"] for campus in REGISTRY["campuses"]}


def test_the_changes_of_the_data_are_dated_newest_first():
    days = [heading for heading, _ in entries(read("data/CHANGELOG.md"), 2)]
    assert days[0] == REGISTRY["data_version"]
    assert all(date.fromisoformat(later) > date.fromisoformat(earlier) for later, earlier in pairwise(days))


def test_the_first_registry_held_what_it_is_said_to():
    *_, (_, first) = entries(read("data/CHANGELOG.md"), 2)
    number = int(re.search(r"The first registry: (\d+) campuses", first)[1])
    assert number == len(re.findall(r"^- `", first, re.MULTILINE))


def test_the_changes_of_the_program_are_of_versions_newest_first():
    first, *others = [heading for heading, _ in entries(read("CHANGELOG.md"), 2)]
    released = others if first == "Unreleased" else [first, *others]
    numbers = [
        tuple(map(int, re.fullmatch(r"(\d+)\.(\d+)\.(\d+) — \d{4}-\d\d-\d\d", each).groups())) for each in released
    ]
    assert numbers == sorted(set(numbers), reverse=True)
    latest = ".".join(map(str, numbers[0])) if numbers else None
    assert latest == __version__ or first == "Unreleased"


def test_the_version_is_written_once():
    project = tomllib.loads(read("pyproject.toml"))
    assert "version" in project["project"]["dynamic"]
    assert project["tool"]["hatch"]["version"]["path"] == "src/cmq_cli/__init__.py"
    assert version("cmq-cli") == __version__


def test_the_same_pythons_are_named_everywhere():
    project = tomllib.loads(read("pyproject.toml"))["project"]
    oldest = project["requires-python"].removeprefix(">=")
    named = [each.rpartition(" ")[2] for each in project["classifiers"] if re.search(r":: 3\.\d+$", each)]
    assert named[0] == oldest
    for guide in ("README.md", "README.fr.md", "CONTRIBUTING.md"):
        assert set(re.findall(r"Python (3\.\d+)", read(guide))) == {oldest}, guide
    matrix = re.search(r"python: \[(.*?)\]", read(".github/workflows/check.yml"))[1]
    assert re.findall(r"3\.\d+", matrix) == named


@pytest.mark.parametrize("name", ["data/README.md", "docs/data.md"])
def test_the_date_of_the_data_is_the_same_everywhere(name):
    assert set(re.findall(r"(?:[Rr]egistry|Data) of (\d{4}-\d\d-\d\d)", read(name))) == {REGISTRY["data_version"]}


def test_the_version_of_the_schema_is_the_one_that_the_program_reads():
    assert REGISTRY["schema_version"] == SCHEMA_VERSION
