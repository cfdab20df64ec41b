"""Free words: what they are understood as, where they are found, and what comes first."""

import random
import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmq_cli import lookup, search
from cmq_cli.errors import UsageError
from cmq_cli.registry import bundled
from cmq_cli.search import Query, Term, understood
from support import campus, ids, problem, school

REGISTRY = bundled()
TEXTS = search.searchable(REGISTRY)


def found(*campuses, words):
    registry = {**REGISTRY, "campuses": list(campuses)}
    return search.find(registry, understood([words], registry))


def ranking(*campuses, words):
    return ids(found(*campuses, words=words).campuses)


def wanted(*typed):
    return [term.typed for term in understood(typed, REGISTRY).terms]


def test_words_are_understood_together_and_each_once():
    assert wanted("Métiers", "d’art") == ["Métiers d’art"]
    assert wanted("bois bois nancy ou bois nancy") == ["bois", "nancy"]
    started = process_time()
    assert wanted("bois" + "|" * 500_000) == ["bois"]
    assert process_time() - started < 2, "in seconds"


REFUSED = {
    "There is nothing to look for in": ["", " ", "😀", "?!", "ou", "|", "«»", "\udce7"],
    "Nothing can be excluded": ["!bois", "-bois", "−bois", "–bois", "--bois", "¬bois", "bois -cuir", "nancy !cuir"],
    "is too long": ["a " * 2001, "ou " * 5000, "bois,cuir," * 1001],
}


@pytest.mark.parametrize("said", REFUSED)
def test_what_means_nothing_is_told(said):
    for typed in REFUSED[said]:
        with pytest.raises(UsageError, match=said):
            understood([typed], REGISTRY)


TITLES = """CMQ|CMQE|Campus|le campus|campus des métiers|CMQ d'excellence|campus métiers qualifications
CAMPUS DES MÉTIERS ET DES QUALIFICATIONS|Campus des métiers et qualifications
Campus des métiers et des qualifications d’excellence|campus des métiers et des qualifications de la"""


def test_title_before_a_name_makes_no_difference():
    for title in re.split(r"[|\n]", TITLES):
        for name in ("plasturgie", "Automobile et mobilités du futur", "3A"):
            assert wanted(title, name) == wanted(name), title


def test_what_words_are_looked_for_in_and_what_not():
    known = {"name": "Alpha", "aliases": ["Beta"], "city": "Gamma", "specialties": ["Zeta"], "description": "Theta"}
    schools = {"institutions": [school("Delta", "Epsilon")], "sectors": ["tourisme-gastronomie"], "notes": "Omega"}
    one = campus("one", department_code="25", academy="Besançon", **known, **schools)
    other = campus("other", name="Tourisme omega 2013")
    own = ("alpha", "beta", "gamma", "doubs", "25", "besançon", "franche-comté", "delta", "epsilon", "zeta", "theta")
    assert [word for word in own if ranking(one, other, words=word) != ["one"]] == []
    assert [word for word in ("omega", "2013", "tourisme") if ranking(one, other, words=word) != ["other"]] == []


def test_words_count_by_where_they_occur():
    named = [campus(field, **{field: "Nautisme"}) for field in ("name", "city", "academy", "description")]
    listed = [campus(field, **{field: ["Nautisme"]}) for field in ("aliases", "specialties")]
    taught = campus("institutions", institutions=[school("Nautisme")])
    shuffled = random.Random(3).sample([*named, *listed, taught, campus("nowhere")], 8)
    order = "name aliases city institutions specialties academy description"
    assert ranking(*shuffled, words="nautisme") == order.split()


RANKS = [
    ("mer", ["Économie de la mer", "Mer à la Martinique"], [1, 0]),
    ("agri", ["Agritech", "Agri et eau", "Agrinove"], [1, 2, 0]),
    ("futur industrie", ["Industrie", "Futur", "Industrie du futur"], [2]),
    ("éco construction", ["Écoconstruction", "Éco-construction"], [1, 0]),
    ("ecoconstruction", ["Éco-construction", "Écoconstruction"], [1, 0]),
    ("plasti tech", ["Plastitech", "Plastique"], [0]),
    ("micro-techniques", ["Microtechniques"], [0]),
    ("chêne", ["Étude du chêne", "Etude du chêne", "Arts du chêne"], [2, 1, 0]),
    ("laval", ["La valorisation du patrimoine"], []),
    ("bois mer", ["Bois", "Mer"], []),
    ("nau", ["Nautisme"], [0]),
    ("auto", ["Autonomie"], []),
    ("ia", ["Iard"], []),
]


def test_ranking_by_name():
    got = []
    for words, names, _ in RANKS:
        named = [campus(str(at), name=name) for at, name in enumerate(names)]
        got.append((words, names, [int(id) for id in ranking(*named, words=words)]))
    assert got == RANKS


def test_in_sentences_only_whole_words_count_and_what_was_done_is_no_thing():
    said, named = campus("said", description="Une vingtaine de chaudières."), campus("named", name="Vingtaine")
    assert ranking(said, named, words="vingtain") == ["named"]
    assert ranking(said, named, words="vingtaine") == ["named", "said"]
    done = campus("done", description="Campus piloté par deux lycées, porté par la santé.")
    said = {word: ranking(done, words=word) for word in ("pilote", "piloté", "lycee", "sante", "santé")}
    assert [word for word, found in said.items() if not found] == ["pilote"]


def test_a_trade_finds_what_it_stands_for_behind_its_own_spelling():
    wood, itself = campus("wood", name="Bois"), campus("itself", description="Pour les menuisières.")
    forest, named = campus("forest", specialties=["forêt-bois"]), campus("named", name="Menuisières")
    assert ranking(wood, itself, forest, named, words="menuisières") == ["named", "wood", "itself", "forest"]
    meant = [understood([typed], REGISTRY).terms[0].instead for typed in ("menuisier", "Menuisières", "bois")]
    assert meant == [("bois", "forêt-bois"), ("bois", "forêt-bois"), ()]


def test_a_word_that_nobody_says_counts_through_its_sectors():
    mobility = "mobilite-aeronautique-transports"
    sea, wood = campus("sea", sectors=[mobility]), campus("wood", sectors=["materiaux"])
    answer = found(sea, wood, words="pêche")
    assert (ids(answer.campuses), answer.through) == (["sea"], {"pêche": [mobility]})
    answer = found(sea, wood, campus("said", description="La pêche."), words="pêche")
    assert (ids(answer.campuses), answer.through) == (["said"], {})
    assert [(each.sector, ids(each.campuses)) for each in answer.same_sector] == [(mobility, ["sea"])]
    assert found(wood, words="pêche").campuses == []


def test_campuses_of_the_sector_are_told_if_they_have_all_other_words():
    both = campus("both", name="Bois", city="Nancy", sectors=["materiaux"])
    there, elsewhere = (campus(city, city=city, sectors=["materiaux"]) for city in ("Nancy", "Metz"))
    answer = found(both, there, elsewhere, words="bois nancy")
    assert ids(answer.campuses) == ["both"]
    (beside,) = answer.same_sector
    assert (beside.sector, beside.term.typed, beside.campuses) == ("materiaux", "bois", [there])
    assert [term.typed for term in beside.others] == ["nancy"]


def test_alternatives_are_ranked_as_one_answer():
    one, two, three = campus("1", name="Cuir"), campus("2", name="Bois"), campus("3", specialties=["bois"])
    assert ranking(three, two, one, words="bois ou cuir") == ["2", "1", "3"]
    assert ranking(three, two, one, words="bois xyzzy ou cuir") == ["1"]


def words_of(*texts):
    return sorted({word for text in texts for part in text.values() for word in part.split()} - {"|"})


SAID = words_of(*TEXTS)


def query(words):
    return Query((tuple(Term(word, (word,)) for word in words),))


@given(st.lists(st.sampled_from(SAID), min_size=2, max_size=4, unique=True))
def test_more_words_never_find_more(words):
    fewer = search.find(REGISTRY, query(words[:1])).campuses
    assert [one for one in search.find(REGISTRY, query(words)).campuses if one not in fewer] == []


@given(st.sampled_from(range(len(TEXTS))), st.data())
def test_any_words_of_a_campus_find_it(at, data):
    own = words_of(TEXTS[at])
    words = data.draw(st.lists(st.sampled_from(own), min_size=1, max_size=5, unique=True))
    assert REGISTRY["campuses"][at] in search.find(REGISTRY, query(words)).campuses


LONG = {
    "invented words": " ".join(f"{word}{number}" for number in range(125) for word in ("abcd", "mno", "ou", "xyz") * 2),
    "words of the registry": " ".join(random.Random(1).sample(SAID, 1_000)),
    "alternatives": " ou ".join(random.Random(2).sample(SAID, 500)),
    "one word": "a" * 100_000,
    "marks": "a" + "\u0301\u0323\u0345" * 33_000,
    "hyphens": "bois-" * 20_000,
    "many words": " ".join(f"w{number}" for number in range(16_000)),
}


@pytest.mark.parametrize("typed", LONG.values(), ids=LONG)
def test_long_text_is_answered_in_a_line(typed):
    assert re.search("^$|is too long", problem(lambda: search.find(REGISTRY, understood([typed], REGISTRY))))
    of_one = problem(lambda: lookup.find(REGISTRY, typed))
    assert of_one.isprintable()
    assert len(of_one) < 1_000
