"""Finding one campus: the order of the steps, and what is said and suggested when none matches."""

import random

from hypothesis import given
from hypothesis import strategies as st

from cmq_cli import lookup, search
from cmq_cli.language import printable
from cmq_cli.registry import bundled
from cmq_cli.search import TITLE, understood
from cmq_cli.text import fold
from support import campus, ids, problem, school

REGISTRY = bundled()
MISSPELLED = [  # long enough, without "CMQ", to be recognised with an error in them
    (spelling, campus["id"])
    for campus in REGISTRY["campuses"]
    for spelling in (campus["name"], *campus["aliases"], campus["city"] or "")
    if len(TITLE.sub("", fold(spelling))) >= 6
]
STEPS = [
    campus("nautisme", specialties=["bois"]),
    campus("b-alias", aliases=["Nautisme"]),
    campus("c-city", city="Nautisme"),
    campus("d-name", name="Nautisme"),
    campus("e-word", institutions=[school("Lycée du nautisme")]),
    campus("f-said", description="Forme au nautisme."),
]


def found(campuses, key):
    return ids(lookup.find({**REGISTRY, "campuses": campuses}, key))


def test_first_step_that_matches_decides():
    shuffled = [random.Random(first).sample(STEPS[first:], len(STEPS) - first) for first in range(len(STEPS))]
    assert [found(campuses, "Nautisme") for campuses in shuffled] == [[step["id"]] for step in STEPS]


def test_of_several_all_are_found_or_the_only_one_that_is_called_so():
    seated = [campus("z", city="Nîmes"), campus("a", city="Nîmes"), campus("m", name="Nîmes")]
    assert found(seated, "nimes") == ["a", "z"]
    said, named = campus("said", description="Le nautisme."), campus("named", specialties=["nautisme"])
    other = campus("other", institutions=[school("Lycée du nautisme")])
    assert found([said, named], "nautisme") == ["named"]
    assert found([said, named, other], "le nautisme") == ["named", "other", "said"]


def test_every_spelling_finds_its_campus():
    wrong = []
    for one in REGISTRY["campuses"]:
        titled = f"Campus des métiers et des qualifications d'excellence {one['name']}"
        for spelling in filter(None, (one["id"], *one["aliases"], one["city"], one["city_code"], one["name"], titled)):
            typed = (spelling, spelling.upper(), spelling.replace("-", " ").replace("'", "’"))
            wrong += [each for each in typed if one["id"] not in found(REGISTRY["campuses"], each)]
    assert wrong == []


@given(st.sampled_from(MISSPELLED), st.data())
def test_one_wrong_letter_still_leads_to_the_campus(case, data):
    spelling, id = case
    at = data.draw(st.sampled_from([at for at, char in enumerate(spelling) if char.isalnum() and at]))
    swapped = spelling[at + 1 : at + 2] + spelling[at] + spelling[at + 2 :]
    others = [letter + spelling[at + 1 :] for letter in ("", *"aeirtz")]
    typed = spelling[:at] + data.draw(st.sampled_from([swapped, *others]))
    query = understood([typed], REGISTRY)
    if not search.find(REGISTRY, query).campuses:  # that is another word, of others
        suggested = ids(lookup.suggestions(REGISTRY, query))
        assert len(suggested) <= 3
        assert id in suggested or id in found(REGISTRY["campuses"], typed)


def test_a_word_is_no_commune_of_another_spelling():
    assert [word for word in ("maçon", "crèche", "Crèche", "boucher", "verre") if lookup.commune(word)] == []


@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_any_key_is_answered_in_one_line(typed):
    said = problem(lambda: found(REGISTRY["campuses"][:9], typed))
    assert printable(said) == said
