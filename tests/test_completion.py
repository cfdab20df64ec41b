"""What the shell offers at Tab, asked as the shells ask."""

import os
import re
import subprocess
import sys
from types import SimpleNamespace

import pytest

from cmq_cli import completion, registry
from registries import document, written

CONTEXT = SimpleNamespace(params={"registry": None})


def at_tab(shell, line, **environ):
    """Return what the program offers for a command line with the cursor at its end."""
    words = re.split(r" |(?<==)|(?==)", line)  # bash takes an equals sign for a word
    environ = {
        **os.environ,
        "_CMQ_COMPLETE": f"complete_{shell}",
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "COMP_WORDS": "\n".join(words),
        "COMP_CWORD": str(len(words) - 1),
        **environ,
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
        ("cmq list --region=br", ["bretagne"]),
        ("cmq list --wave=", ["1", "2", "3", "4", "5", "none"]),
        ("cmq list --sector=materiaux --city=br", ["brest", "bruay-la-buissiere"]),
        ("cmq list --fields=id,na", ["id,name"]),
    ],
)
def test_bash_is_offered_values(line, offered):
    assert at_tab("bash", line).split() == offered


def test_zsh_and_fish_show_the_name_beside_the_id():
    name = "Microtechniques et systèmes intelligents"
    assert at_tab("zsh", "cmq show mic") == f'_arguments \'*: :(("microtechniques-systemes-intelligents":"{name}"))\''
    assert at_tab("fish", "cmq show mic") == f"microtechniques-systemes-intelligents\t{name}"


def test_zsh_and_fish_are_offered_the_option_with_a_value_behind_an_equals_sign():
    assert at_tab("zsh", "cmq list --region=br") == '_arguments \'*: :(("--region=bretagne":"Bretagne"))\''
    assert at_tab("fish", "cmq list --region=br") == "--region=bretagne\tBretagne"
    assert at_tab("fish", "cmq count --region=bretagne --by=sec") == "--by=sector"


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
    offers = complete(CONTEXT, "")
    assert offers
    for value, _ in offers:
        assert value.isascii()
        assert value.replace("-", "").isalnum()


def test_a_missing_registry_offers_nothing_and_says_nothing(monkeypatch, tmp_path):
    monkeypatch.setattr(registry, "data_file", lambda name: tmp_path / name)
    assert completion.campuses(CONTEXT, "m") == []


@pytest.fixture
def own(tmp_path):
    """Return the name of a registry file in which a campus lies elsewhere, and bears a strange name."""
    strange = 'L\'"essai\\" <(touch x) $(touch x) `touch x`'
    content = document()
    content["campuses"][-1] |= {"id": "zz-own", "city": "Zuydcoote", "name": strange}
    return written(tmp_path, content)


def test_a_registry_of_ones_own_is_asked_at_tab(own):
    assert at_tab("bash", f"cmq list --registry {own} --city zu") == "zuydcoote"
    assert at_tab("bash", "cmq list --city zu", CMQ_REGISTRY=own) == "zuydcoote"
    assert at_tab("bash", "cmq show zz", CMQ_REGISTRY=own) == "zz-own"
    assert at_tab("bash", f"cmq list --registry {own} --city quimp") == ""


def test_a_strange_name_is_harmless_to_the_shell(own):
    shown = "L'\\'' essai   <(touch x)  (touch x)  touch x "
    assert at_tab("zsh", "cmq show zz", CMQ_REGISTRY=own) == f'_arguments \'*: :(("zz-own":"{shown}"))\''


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"campuses": 1}', '{"campuses": [{"id": 1, "name": 2}]}', "[" * 9999]
)
def test_a_file_that_is_no_registry_offers_nothing_and_says_nothing(content, tmp_path):
    file = tmp_path / "x.json"
    file.write_text(content)
    for path in (file, tmp_path, tmp_path / "missing", "-"):
        assert at_tab("bash", f"cmq list --registry {path} --city zu") == ""
        assert at_tab("bash", f"cmq show --registry {path} z") == ""


def test_zsh_offers_at_the_first_tab_of_a_session():
    script = "from cmq_cli import shells; shells.prepare(); from typer import _completion_shared as typers; "
    script += "print(typers.get_completion_script(prog_name='cmq', complete_var='_CMQ_COMPLETE', shell='zsh'))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    assert 'loadautofunc ]]; then\n  _cmq_completion "$@"\nfi' in done.stdout


def test_apostrophes_reach_zsh():
    assert "\"Côte-d'\\''Or\"" in at_tab("zsh", "cmq list --department 21")
