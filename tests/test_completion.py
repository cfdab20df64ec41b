"""What the shell offers at Tab, asked as the shells ask."""

import os
import subprocess
import sys

import pytest

from cmq_cli import completion, registry


def at_tab(shell, line):
    """Return what the program offers for a command line with the cursor at its end."""
    words = line.split(" ")
    environ = {
        **os.environ,
        "_CMQ_COMPLETE": f"complete_{shell}",
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
    }
    done = subprocess.run(
        [sys.executable, "-m", "cmq_cli"], capture_output=True, encoding="utf-8", env=environ, check=True
    )
    assert done.stderr == ""
    return done.stdout.rstrip("\n")


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("cmq sh", ["show"]),
        ("cmq list --sect", ["--sector"]),
        ("cmq show mic", ["microtechniques-systemes-intelligents"]),
        ("cmq list --sector chi", ["chimie-biotechnologies"]),
        ("cmq list --region ile", ["ile-de-france"]),
        ("cmq list --region franche", ["franche-comte"]),
        ("cmq list --academy nancy", ["nancy-metz"]),
        ("cmq list --department 2", ["21", "22", "23", "24", "25", "26", "27", "28", "29", "2A", "2B"]),
        ("cmq count --city st", []),
        ("cmq count --city besan", ["besancon"]),
        ("cmq near Dole --wave ", ["1", "2", "3", "4", "5", "none"]),
        ("cmq list --sort w", ["wave"]),
        ("cmq count --by acad", ["academy"]),
        ("cmq list --fields id,excellence_", ["id,excellence_since"]),
        ("cmq list --fields al", ["aliases", "all"]),
        ("cmq list --fields id,al", ["id,aliases", "id,all"]),
        ("cmq show nimes --fields sources.u", ["sources.url"]),
        ("cmq near Dole --fields d", ["distance_km", "department_code", "description"]),
        ("cmq waves --fields doc", ["documented", "documented_stated", "documented_deduced"]),
        ("cmq figures --fields o", ["outcome"]),
        ("cmq figures places", ["places-bts"]),
        ("cmq sources cp-men", ["cp-men-2017-02-13"]),
        ("cmq list --format js", ["json", "jsonl"]),
    ],
)
def test_bash_is_offered_values(line, offered):
    assert at_tab("bash", line).split() == offered


def test_zsh_and_fish_show_the_name_beside_the_id():
    name = "Microtechniques et systèmes intelligents"
    assert at_tab("zsh", "cmq show mic") == f'_arguments \'*: :(("microtechniques-systemes-intelligents":"{name}"))\''
    assert at_tab("fish", "cmq show mic") == f"microtechniques-systemes-intelligents\t{name}"


@pytest.mark.parametrize(
    "complete",
    [
        completion.campuses,
        completion.sectors,
        completion.regions,
        completion.academies,
        completion.departments,
        completion.cities,
        completion.waves,
        completion.figures,
        completion.sources,
    ],
)
def test_values_are_ascii_and_need_no_quotes(complete):
    offers = complete("")
    assert offers
    for value, _ in offers:
        assert value.isascii()
        assert value.replace("-", "").isalnum()


def test_a_missing_registry_offers_nothing_and_says_nothing(monkeypatch, tmp_path):
    monkeypatch.setattr(registry, "data_file", lambda name: tmp_path / name)
    assert completion.campuses("m") == []
