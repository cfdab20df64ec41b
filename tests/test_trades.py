"""Trades: what they deal with, and where that is found."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmq_cli import search
from cmq_cli.registry import load
from cmq_cli.text import fold
from cmq_cli.trades import fields
from hostile import HOSTILE

REGISTRY = load()
TEXTS = search.texts(REGISTRY, REGISTRY.campuses)


@pytest.mark.parametrize(
    ("trade", "field"),
    [
        *(("soudeur", "soudure"), ("soudeuse", "soudure"), ("usineur", "usinage"), ("pêcheuse", "pêche")),
        *(("agriculteur", "agriculture"), ("agricultrice", "agriculture"), ("constructeur", "construction")),
        *(("décolleteur", "décolletage"), ("transporteur", "transport"), ("restauratrice", "restauration")),
        *(("chaudronnier", "chaudronnerie"), ("couturière", "couture"), ("cuisinier", "cuisine")),
        *(("hôtelière", "hôtellerie"), ("horlogère", "horlogerie"), ("boucher", "boucherie"), ("laitier", "lait")),
        *(("mécanicienne", "mécanique"), ("électricien", "électricité"), ("automaticien", "automatisme")),
        *(("pharmacien", "pharmacie"), ("chimiste", "chimie"), ("paysagiste", "paysage")),
        *(("urbaniste", "urbanisme"), ("graphiste", "graphique"), ("commerçante", "commerce")),
        *(("gestionnaire", "gestion"), ("photographe", "photographie"), ("géologue", "géologie")),
        *(("forestière", "forêt"), ("soignante", "soin"), ("enseignant", "enseignement"), ("cinéaste", "cinéma")),
    ],
)
def test_trade_deals_with_its_field(trade: str, field: str) -> None:
    assert fold(field) in fields(fold(trade))


@pytest.mark.parametrize("word", ["", "bois", "mer", "former", "informer", "eur", "iste", "luxe", "art"])
def test_other_words_are_no_trades(word: str) -> None:
    assert fields(fold(word)) == ()


@given(st.text())
def test_any_word_has_few_fields(word: str) -> None:
    assert len(fields(word)) <= 12


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_words_are_no_trap(typed: str) -> None:
    fields(typed)


@pytest.mark.parametrize(
    ("trade", "field"),
    [("soudeur", "soudure"), ("pêcheur", "pêche"), ("chimiste", "chimie"), ("logisticien", "logistique")],
)
def test_trade_finds_the_campuses_of_its_field(trade: str, field: str) -> None:
    found = {campus.id for campus in search.ranked(search.query_words([trade]), TEXTS)}
    whole = {campus.id for campus in search.ranked(search.query_words([field]), TEXTS, least=2)}
    assert whole <= found
    assert not search.ranked(search.query_words([trade]), TEXTS, least=2)


@pytest.mark.parametrize(
    ("description", "found"),
    [
        ("Forme à la pêche et aux cultures marines.", True),
        ("Forme aux besoins de l'équipage et du transport.", False),
        ("Pêche les talents.", False),
        ("Réseau qui pêche par excès.", False),
    ],
)
def test_sentence_names_a_field_with_its_article(description: str, found: bool) -> None:
    campus = replace(REGISTRY.campuses[0], description=description)
    assert bool(search.ranked(("pecheur",), search.texts(REGISTRY, [campus]))) is found


@pytest.mark.parametrize("typed", ["couvreur", "développeuse", "relieur"])
def test_verb_in_a_sentence_is_no_field(typed: str) -> None:
    assert not search.ranked(search.query_words([typed]), TEXTS)
