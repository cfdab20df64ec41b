"""Finding one campus: the order of the steps, and what is said and suggested when none matches."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmq_cli import lookup, search
from cmq_cli.errors import NotFoundError, UsageError
from cmq_cli.registry import bundled
from cmq_cli.text import fold
from test_search import campus, school

REGISTRY = bundled()
MISSPELLED = [
    (spelling, campus["id"])
    for campus in REGISTRY["campuses"]
    for spelling in (campus["name"], *campus["aliases"], campus["city"] or "")
    if len(search.without_title(fold(spelling))) >= 6
]
"""Names, aliases and cities that are long enough, without "CMQ", to be recognised with an error in them."""


def found(campuses, key):
    return [one["id"] for one in lookup.find({**REGISTRY, "campuses": campuses}, key)]


STEPS = [
    campus("nautisme", specialties=["bois"]),
    campus("b-alias", aliases=["Nautisme"]),
    campus("c-city", city="Nautisme"),
    campus("d-name", name="Nautisme"),
    campus("e-word", institutions=[school("Lycée du nautisme")]),
    campus("f-said", description="Forme au nautisme."),
]


@pytest.mark.parametrize("first", range(len(STEPS)))
def test_first_step_that_matches_decides(first):
    shuffled = random.Random(first).sample(STEPS[first:], len(STEPS) - first)
    assert found(shuffled, "Nautisme") == [STEPS[first]["id"]]


def test_everything_that_matches_at_a_step_is_found():
    assert found([campus("z", city="Nîmes"), campus("a", city="Nîmes"), campus("m", name="Nîmes")], "nimes") == [
        "a",
        "z",
    ]


def test_of_several_that_mention_the_words_the_only_one_that_is_called_so_is_meant():
    said, named = campus("said", description="Le nautisme."), campus("named", specialties=["nautisme"])
    other = campus("other", institutions=[school("Lycée du nautisme")])
    assert found([said, named], "nautisme") == ["named"]
    assert found([said, named, other], "le nautisme") == ["other", "named", "said"]


def test_every_spelling_finds_its_campus():
    titled = "Campus des métiers et des qualifications d'excellence"
    wrong = []
    for one in REGISTRY["campuses"]:
        for spelling in (
            one["id"],
            *one["aliases"],
            one["city"],
            one["city_code"],
            one["name"],
            f"{titled} {one['name']}",
        ):
            for typed in (spelling, spelling.upper(), spelling.replace("-", " ").replace("'", "’")) if spelling else ():
                if one["id"] not in found(REGISTRY["campuses"], typed):
                    wrong.append(typed)
    assert wrong == []


def found_or_suggested(typed):
    try:
        return found(REGISTRY["campuses"], typed)
    except NotFoundError:
        near = lookup.suggestions(REGISTRY, search.understood([typed], REGISTRY), typed)
        assert len(near) <= 3
        return [one["id"] for one in near]


@given(st.sampled_from(MISSPELLED), st.sampled_from(["delete", "replace", "swap"]), st.data())
def test_one_wrong_letter_still_leads_to_the_campus(case, error, data):
    spelling, id = case
    letters = [at for at, char in enumerate(spelling) if char.isalnum() and at]
    at = data.draw(st.sampled_from(letters))
    if error == "swap":
        typed = spelling[:at] + spelling[at + 1 : at + 2] + spelling[at] + spelling[at + 2 :]
    else:
        typed = spelling[:at] + ("" if error == "delete" else data.draw(st.sampled_from("aeirtz"))) + spelling[at + 1 :]
    says_others = search.find(REGISTRY, search.understood([typed], REGISTRY)).campuses
    assert id in found_or_suggested(typed) or says_others


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (
            "bezancon",
            "No campus matches 'bezancon'. Did you mean microtechniques-systemes-intelligents (Besançon), "
            "agroequipements-vesoul (Vesoul), maroquinerie-metiers-d-art (Bourgogne-Franche-Comté)?",
        ),
        ("tiviers", "No campus matches 'tiviers'. Did you mean cuir-textile-mode-luxe (Thiviers)?"),
        ("jura", "No campus matches 'jura'. Jura is a department: cmq list --department 39"),
        ("Mâcon", "No campus matches 'Mâcon'. Mâcon (71) is a commune: cmq near \"Mâcon (71)\""),
        (
            "parfum",
            "No campus matches 'parfum'. Campuses of the sector whose search word it is: cmq list parfum",
        ),
        ("xyzzy", "No campus matches 'xyzzy'. To look further: cmq list WORD, cmq sectors, cmq regions"),
        ("cuir nantes", "No campus has all of these words. How many have each: cuir 3, nantes 4."),
    ],
)
def test_what_is_said_of_a_key_that_finds_nothing(typed, message):
    with pytest.raises(NotFoundError) as caught:
        lookup.find(REGISTRY, typed)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("mecatronik", "No campus mentions 'mecatronik'. Did you mean mécatronique?"),
        ("pâtisier", "No campus mentions 'pâtisier'. Did you mean pâtissier, pâtissière, pâtisserie?"),
        (
            "nautisme La Rochelle",
            "No campus mentions 'Rochelle'. La Rochelle (17) is a commune: cmq near \"La Rochelle (17)\" nautisme",
        ),
        (
            "vétérinaire lyon",
            "No campus mentions 'vétérinaire'. For more words: cmq sectors, cmq regions; "
            "around a place: cmq near PLACE",
        ),
        ("luxe bois", "No campus has all of these words. How many have each: luxe 8, bois 4."),
    ],
)
def test_what_is_said_of_words_that_find_nothing(typed, message):
    assert lookup.no_words(REGISTRY, search.understood([typed], REGISTRY)) == message


@pytest.mark.parametrize("word", ["maçon", "crèche", "Crèche", "boucher", "verre"])
def test_a_word_is_no_commune_of_another_spelling(word):
    assert lookup.commune(word) is None


@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_any_key_is_answered_in_one_line(typed):
    try:
        found(REGISTRY["campuses"][:9], typed)
    except (NotFoundError, UsageError) as error:
        assert str(error).isprintable()
