"""The Python interface answers as the command line does."""

import json
import typing
from datetime import datetime
from pathlib import Path

import pytest

import cmq_cli
from cmq_cli import api, registry
from cmq_cli.options import FilterOptions
from support import WHOLE, cmq, document, written


def asked(line):
    """Return what the command line answers as JSON."""
    code, out, err = cmq(*line.split(), "--json")
    assert code == 0, err
    return json.loads(out)


@pytest.mark.parametrize(
    ("ask", "line"),
    [
        (lambda: cmq_cli.select(WHOLE), "list"),
        (lambda: cmq_cli.select(WHOLE, "bois"), "list bois"),
        (lambda: cmq_cli.select(WHOLE, "bois", "ou", "cuir"), "list bois ou cuir"),
        (lambda: cmq_cli.select(WHOLE, region=["bretagne", "corse"]), "list -r bretagne -r corse"),
        (lambda: cmq_cli.select(WHOLE, wave={4, "none"}), "list --wave 4 --wave none"),
        (lambda: cmq_cli.select(WHOLE, excellence=True, academy="besançon"), "list --excellence -a besançon"),
        (lambda: cmq_cli.select(WHOLE, as_of=datetime(2017, 2, 13, 9)), "list --as-of 2017-02-13"),
        (lambda: cmq_cli.select(WHOLE, 4), "list 4"),
        (lambda: cmq_cli.select(WHOLE, as_of=2017), "list --as-of 2017"),
        (lambda: cmq_cli.select(WHOLE, department=25, city=25056), "list -d 25 -c 25056"),
        (lambda: [cmq_cli.show(WHOLE, "besancon")[0]], "list microtechniques --limit 1"),
        (lambda: cmq_cli.near(WHOLE, "Nancy", "bois"), "near Nancy bois"),
        (lambda: cmq_cli.near(WHOLE, "Dole", within=100, sector="materiaux"), "near Dole --within 100 -s materiaux"),
        (lambda: cmq_cli.near(WHOLE, "47.24,6.02", limit=2), "near 47.24,6.02 --limit 2"),
        (lambda: cmq_cli.near(WHOLE, "Dole", all=True), "near Dole --all"),
        (lambda: cmq_cli.count(WHOLE, by="region"), "count --by region"),
        (lambda: cmq_cli.count(WHOLE, "bois", by=["academy", "sector"]), "count bois --by academy --by sector"),
        (lambda: {"count": cmq_cli.count(WHOLE, region="bretagne")}, "count -r bretagne --fields count"),
    ],
)
def test_the_answer_is_that_of_the_command_line(ask, line):
    assert ask() == asked(line)
    assert ask(), "an example that finds nothing says nothing"


def test_those_of_which_nobody_can_tell_are_given_apart():
    sure, unsure = cmq_cli.select(WHOLE, wave=4), cmq_cli.select(WHOLE, wave=4, unsure=True)
    assert {campus["wave"] for campus in sure} == {4}
    assert {campus["wave"] for campus in unsure} == {None}
    assert cmq_cli.select(WHOLE, unsure=True) == []
    assert cmq_cli.count(WHOLE, wave=4) == len(sure)


def test_a_registry_of_ones_own_is_checked_and_asked(tmp_path):
    own = document()
    file = written(tmp_path, own)
    for name in (file, Path(file), file.encode()):
        assert cmq_cli.count(cmq_cli.load(name)) == len(own["campuses"])
    assert cmq_cli.load() is registry.bundled()
    own["campuses"][0]["latitude"] = 95
    with pytest.raises(cmq_cli.CmqError, match="latitude"):
        cmq_cli.load(written(tmp_path, own))


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: cmq_cli.load("missing.json"), "missing.json"),
        (lambda: cmq_cli.show(WHOLE, "xyzzy"), "No campus mentions 'xyzzy'"),
        (lambda: cmq_cli.select(WHOLE, sector="xyzzy"), "xyzzy"),
        (lambda: cmq_cli.near(WHOLE, "xyzzy"), "xyzzy"),
        (lambda: cmq_cli.count(WHOLE, by="colour"), "colour"),
        (lambda: cmq_cli.select(WHOLE, as_of="2017-02-13garbage"), "garbage"),
        (lambda: cmq_cli.select(WHOLE, excellence="no"), "'no'"),
        (lambda: cmq_cli.near(WHOLE, "Dole", limit=-1), "'-1'"),
    ],
)
def test_errors_are_of_one_family_and_one_line(ask, said):
    with pytest.raises(cmq_cli.CmqError) as caught:
        ask()
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_every_filter_of_the_command_line_is_there():
    assert tuple(typing.get_type_hints(api.Filters)) == FilterOptions._fields
    with pytest.raises(TypeError, match="colour"):
        cmq_cli.select(WHOLE, colour="red")


def test_every_name_is_there_and_told_by_dir():
    assert set(cmq_cli.__all__) <= set(dir(cmq_cli))
    assert all(getattr(cmq_cli, name).__doc__ for name in cmq_cli.__all__)
    with pytest.raises(AttributeError, match="no attribute 'serach'"):
        cmq_cli.serach  # noqa: B018
