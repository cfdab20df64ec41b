"""Values of several words that were typed without quotes."""

import pytest

from cmq_cli.errors import ExitCode, UsageError
from cmq_cli.options import FilterOptions
from cmq_cli.registry import load
from cmq_cli.unquoted import refuse
from registries import cmq

REGISTRY = load()


@pytest.mark.parametrize(
    ("typed", "option", "value"),
    [
        ("--region Bourgogne Franche Comté", "--region", "Bourgogne Franche Comté"),
        ("--region Auvergne Rhone Alpes", "--region", "Auvergne Rhone Alpes"),
        ("--region Nouvelle Aquitaine mer", "--region", "Nouvelle Aquitaine"),
        ("--region La Réunion", "--region", "La Réunion"),
        ("--region Provence Alpes Côte d'Azur", "--region", "Provence Alpes Côte d'Azur"),
        ("hôtellerie --region pays de la loire", "--region", "pays de la loire"),
        ("--region bretagne -r Ile de France", "--region", "Ile de France"),
        ("--academy La Réunion", "--academy", "La Réunion"),
        ("--academy Aix Marseille", "--academy", "Aix Marseille"),
        ("--department Loire Atlantique", "--department", "Loire Atlantique"),
        ("--department Haute Garonne", "--department", "Haute Garonne"),
        ("--city Saint Denis", "--city", "Saint Denis"),
        ("--city Villeneuve d'Ascq", "--city", "Villeneuve d'Ascq"),
        ("--sector éco construction", "--sector", "éco construction"),
    ],
)
@pytest.mark.parametrize("command", ["list", "count", "map", "near Dole"])
def test_value_without_its_quotes_is_shown_with_them(command: str, typed: str, option: str, value: str) -> None:
    code, out, err = cmq(*command.split(), *typed.split())
    assert (code, out) == (ExitCode.USAGE, "")
    assert err == f'cmq: {value!r} is one value, of several words. Put it in quotes: {option} "{value}"\n'


@pytest.mark.parametrize(
    "typed",
    [
        "mer --region bretagne",
        "métiers d'art --sector bois",
        "verte --sector chimie",
        "filière --sector bois",
        "21 --city dijon",
        "bois --city Dole",
        "bretagne --region bretagne",
        "maritime --department 17",
        "--region bretagne --excellence",
    ],
)
def test_words_beside_a_value_are_words(typed: str) -> None:
    assert cmq("count", *typed.split())[0] == ExitCode.DONE


@pytest.mark.parametrize("words", [None, [], ["mer"] * 10_000, [""], ["\0"]])
def test_words_that_make_no_value_are_let_through(words: list[str] | None) -> None:
    refuse(REGISTRY, words, FilterOptions(region=["bretagne"], city=["brest"]))


def test_value_with_its_quotes_is_let_through() -> None:
    refuse(REGISTRY, ["mer"], FilterOptions(region=["Bourgogne Franche Comté"]))
    with pytest.raises(UsageError):
        refuse(REGISTRY, ["Comté"], FilterOptions(region=["Bourgogne Franche"]))
