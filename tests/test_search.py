"""Free words: what they are understood as, where they are found, and what comes first."""

import copy
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmq_cli import search
from cmq_cli.errors import CmqError, UsageError
from cmq_cli.language import printable
from cmq_cli.registry import bundled
from cmq_cli.text import fold

REGISTRY = bundled()
TEXTS = search.searchable(REGISTRY)
EMPTY = {"aliases": [], "institutions": [], "specialties": [], "sectors": [], "name": "Nichts"}
EMPTY |= dict.fromkeys(("academy", "department_code", "city", "city_code", "description", "notes"))


def campus(id, **known):
    """Return a campus of which only these fields are known."""
    return {**REGISTRY["campuses"][0], **EMPTY, "id": id, **known}


def school(name, city=None):
    return {"name": name, "role": "member", "city": city, "city_code": None, "uai": None}


def understood(*typed):
    return search.understood(typed, REGISTRY)


def problem(answer):
    """Return what is said instead of an answer."""
    try:
        answer()
    except CmqError as error:
        return str(error)
    return ""


def found(*campuses, words):
    registry = {**REGISTRY, "campuses": list(campuses)}
    return search.find(registry, search.understood([words], registry))


def ranking(*campuses, words):
    return [one["id"] for one in found(*campuses, words=words).campuses]


def wanted(*typed):
    return [tuple(term.typed for term in terms) for terms in understood(*typed).alternatives]


def test_what_is_understood():
    cases = {
        "Métiers d’art": [("Métiers d’art",)],
        "l'économie de la mer": [("économie", "mer")],
        "bois BOIS boiss": [("bois", "BOIS", "boiss")],
        "campus": [("campus",)],
        "le la": [("le", "la")],
        "Quels campus pour le bois ?": [("bois",)],
        "bac pro bois": [("bois",)],
        "BTS": [("BTS",)],
        "je veux travailler": [("je", "veux", "travailler")],
        "« Bois » & cuir": [("Bois", "cuir")],
        "bois ou cuir": [("bois",), ("cuir",)],
        "bois nancy OU cuir": [("bois", "nancy"), ("cuir",)],
        "bois OR cuir|mer": [("bois",), ("cuir",), ("mer",)],
        "ou bois ou": [("bois",)],
        "où le bois": [("bois",)],
        "or": [("or",)],
        "Saint-Nazaire": [("Saint-Nazaire",)],
        "chef de cuisine Nice": [("chef de cuisine", "Nice")],
        "agent d'entretien": [("agent d'entretien",)],
        "agent entretien": [("agent entretien",)],
        "industrie du  futur": [("industrie du futur",)],
        "filière bois": [("bois",)],
        "est-ce que le bois": [("bois",)],
        "piloté": [("piloté",)],
    }
    assert {typed: wanted(typed) for typed in cases} == cases
    assert wanted("Métiers", "d’art") == [("Métiers d’art",)]
    assert search.understood([], REGISTRY) == search.Query()


def test_the_words_of_a_query_are_each_looked_for_once():
    assert len(understood("bois bois nancy ou bois nancy").terms) == 2


@pytest.mark.parametrize("typed", ["", " ", "😀", "?!", "ou", "|", "«»", "\udce7"])
def test_text_without_a_word_is_told(typed):
    with pytest.raises(UsageError, match="There is nothing to look for in"):
        understood(typed)


@pytest.mark.parametrize("typed", ["!bois", "-bois", "bois -cuir", "nancy !cuir"])
def test_nothing_is_excluded(typed):
    with pytest.raises(UsageError, match="Nothing can be excluded"):
        understood(typed)


TITLES = [
    *("CMQ", "CMQE", "Campus", "le campus", "campus des métiers", "CAMPUS DES MÉTIERS ET DES QUALIFICATIONS"),
    *("Campus des métiers et qualifications", "Campus des métiers et des qualifications d’excellence"),
    *("CMQ d'excellence", "Campus des métiers et des qualifications CMQ", "campus métiers qualifications"),
]


def test_title_before_a_name_makes_no_difference():
    names = ["plasturgie", "Automobile et mobilités du futur", "3A"]
    cases = [(title, name) for title in TITLES for name in names]
    assert [case for case in cases if search.without_title(fold(" ".join(case))) != fold(case[1])] == []
    assert [case for case in cases if wanted(" ".join(case)) != wanted(case[1])] == []
    assert search.without_title(fold("Plasti Campus")) == "plasti campu"


def test_what_words_are_looked_for_in_and_what_not():
    one = campus(
        "one",
        name="Alpha",
        aliases=["Beta"],
        city="Gamma",
        department_code="25",
        academy="Besançon",
        institutions=[school("Delta", "Epsilon")],
        specialties=["Zeta"],
        sectors=["tourisme-gastronomie"],
        description="Theta",
        notes="Omega",
    )
    other = campus("other", name="Tourisme omega 2013")
    own = ("alpha", "beta", "gamma", "doubs", "25", "besançon", "franche-comté", "delta", "epsilon", "zeta", "theta")
    assert [word for word in own if ranking(one, other, words=word) != ["one"]] == []
    assert [word for word in ("omega", "2013", "tourisme") if ranking(one, other, words=word) != ["other"]] == []


PLACES = {
    "name": {"name": "Nautisme"},
    "alias": {"aliases": ["Nautisme"]},
    "city": {"city": "Nautisme"},
    "school": {"institutions": [school("Nautisme")]},
    "specialty": {"specialties": ["nautisme"]},
    "academy": {"academy": "Nautisme"},
    "description": {"description": "Du nautisme."},
}


def test_words_count_by_where_they_occur():
    campuses = [campus(place, **known) for place, known in PLACES.items()]
    shuffled = random.Random(3).sample([*campuses, campus("nowhere")], len(campuses) + 1)
    assert ranking(*shuffled, words="nautisme") == [*PLACES]


RANKS = [
    ("mer", ["Économie de la mer", "Mer à la Martinique"], [1, 0]),
    ("agri", ["Agritech", "Agri et eau", "Agrinove"], [1, 2, 0]),
    ("futur industrie", ["Industrie", "Futur", "Industrie du futur"], [2]),
    ("éco construction", ["Écoconstruction", "Éco-construction"], [1, 0]),
    ("ecoconstruction", ["Éco-construction", "Écoconstruction"], [1, 0]),
    ("sup micro tech", ["SUPMICROTECH"], [0]),
    ("micro-techniques", ["Microtechniques"], [0]),
    ("forêt-bois", ["Bois et forêt"], [0]),
    ("chêne", ["Étude du chêne", "Etude du chêne", "Arts du chêne"], [2, 1, 0]),
    ("laval", ["La valorisation du patrimoine"], []),
    ("bois mer", ["Bois", "Mer"], []),
    ("nau", ["Nautisme"], [0]),
    ("auto", ["Autonomie"], []),
    ("sais", ["Saint", "Saison"], []),
    ("ia", ["Iard"], []),
]


def test_ranking_by_name():
    got = []
    for words, names, _ in RANKS:
        named = [campus(str(at), name=name) for at, name in enumerate(names)]
        got.append((words, names, [int(id) for id in ranking(*named, words=words)]))
    assert got == RANKS


def test_in_sentences_only_whole_words_count():
    said, named = campus("said", description="Une vingtaine de chaudières."), campus("named", name="Vingtaine")
    assert ranking(said, named, words="vingtain") == ["named"]
    assert ranking(said, named, words="vingtaine") == ["named", "said"]


def test_what_was_done_is_no_thing():
    done = campus("done", description="Campus piloté par deux lycées, portées par la santé.", specialties=["lycée"])
    assert [word for word in ("pilote", "porte") if ranking(done, words=word)] == []
    assert [word for word in ("piloté", "portées", "lycee", "sante", "santé") if not ranking(done, words=word)] == []


def test_a_trade_finds_what_it_stands_for_behind_its_own_spelling():
    wood, itself = campus("wood", name="Bois"), campus("itself", description="Pour les menuisières.")
    forest, named = campus("forest", specialties=["forêt-bois"]), campus("named", name="Menuisières")
    assert ranking(wood, itself, forest, named, words="menuisières") == ["named", "wood", "itself", "forest"]
    assert [understood(typed).terms[0].instead for typed in ("menuisier", "Menuisières", "bois")] == [
        ("bois", "forêt-bois"),
        ("bois", "forêt-bois"),
        (),
    ]


def test_all_words_of_a_name_find_it_and_the_longest_run_counts():
    assert understood("conducteur de travaux").terms[0].instead != understood("conducteur").terms[0].instead
    assert wanted("hôtesse de l'air Nice") == [("hôtesse de l'air", "Nice")]


@pytest.mark.parametrize("words", ["DROM", "outre-mer", "outre mer", "outremer"])
def test_overseas_is_no_sea(words):
    island = campus("island", region="La Réunion", region_code="04")
    assert ranking(island, words=words) == ["island"]
    assert ranking(island, words="mer") == []


def test_acronyms_are_made_of_initials():
    name = "École nationale supérieure de mécanique et des microtechniques (Besançon)"
    assert ranking(campus("x", institutions=[school(name)]), words="ENSMM") == ["x"]
    assert ranking(campus("x", name="Relation client"), words="RC") == []


def test_a_word_that_nobody_says_counts_through_its_sectors():
    sea, wood = campus("sea", sectors=["mobilite-aeronautique-transports"]), campus("wood", sectors=["materiaux"])
    answer = found(sea, wood, words="pêche")
    assert ([one["id"] for one in answer.campuses], answer.through) == (
        ["sea"],
        {"pêche": ["mobilite-aeronautique-transports"]},
    )
    said = found(sea, wood, campus("said", description="La pêche."), words="pêche")
    assert ([one["id"] for one in said.campuses], said.through) == (["said"], {})
    assert [(each.sector, [one["id"] for one in each.campuses]) for each in said.same_sector] == [
        ("mobilite-aeronautique-transports", ["sea"])
    ]
    assert found(wood, words="pêche").campuses == []


def test_campuses_of_the_sector_are_told_if_they_have_all_other_words():
    both = campus("both", name="Bois", city="Nancy", sectors=["materiaux"])
    there = campus("there", city="Nancy", sectors=["materiaux"])
    elsewhere = campus("elsewhere", city="Metz", sectors=["materiaux"])
    answer = found(both, there, elsewhere, words="bois nancy")
    assert [one["id"] for one in answer.campuses] == ["both"]
    (beside,) = answer.same_sector
    assert (beside.sector, beside.term.typed, [each.typed for each in beside.others]) == (
        "materiaux",
        "bois",
        ["nancy"],
    )
    assert beside.campuses == [there]


def test_alternatives_are_ranked_as_one_answer():
    one, two, three = campus("1", name="Cuir"), campus("2", name="Bois"), campus("3", specialties=["bois"])
    assert ranking(three, two, one, words="bois ou cuir") == ["2", "1", "3"]
    assert ranking(three, two, one, words="bois xyzzy ou cuir") == ["1"]


def test_the_registry_is_searched_without_being_changed():
    before = copy.deepcopy(REGISTRY["campuses"][:3])
    search.find(REGISTRY, understood("bois"))
    assert REGISTRY["campuses"][:3] == before


WORDS = sorted({word for text in TEXTS for part in text.parts["name"] for word in part.split() if len(word) > 2})


@given(st.lists(st.sampled_from(WORDS), min_size=2, max_size=4, unique=True))
def test_more_words_never_find_more(words):
    terms = tuple(search.Term(word, (word,)) for word in words)
    fewer = search.find(REGISTRY, search.Query((terms[:1],))).campuses
    assert [one for one in search.find(REGISTRY, search.Query((terms,))).campuses if one not in fewer] == []


@given(st.sampled_from(TEXTS), st.data())
def test_any_words_of_a_campus_find_it(text, data):
    own = sorted({word for kind in text.parts for part in text.parts[kind] for word in part.split()})
    words = data.draw(st.lists(st.sampled_from(own), min_size=1, max_size=5, unique=True))
    answer = search.find(REGISTRY, search.Query((tuple(search.Term(word, (word,)) for word in words),)))
    assert text.campus in answer.campuses


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_is_answered(typed):
    said = problem(lambda: search.find(REGISTRY, understood(typed)))
    assert printable(said) == said


LONG = {
    "invented words": " ".join(f"{word}{number}" for number in range(125) for word in ("abcd", "mno", "ou", "xyz") * 2),
    "words of the registry": " ".join(WORDS * 3),
    "alternatives": " ou ".join(WORDS * 2),
    "one word": "a" * 100_000,
    "accents": "e\u0301" * 50_000,
    "hyphens": "bois-" * 20_000,
    "trades": "menuisier maçon chef de cuisine " * 3_000,
}


@pytest.mark.parametrize("typed", LONG.values(), ids=LONG)
def test_long_text_is_understood_and_looked_for_within_a_second(typed):
    began = time.process_time()
    search.find(REGISTRY, understood(typed))
    assert time.process_time() - began < 1
