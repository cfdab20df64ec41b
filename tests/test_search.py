"""Free words: what is looked for, where it is found, and what comes first."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmq_cli import search
from cmq_cli.model import Campus
from cmq_cli.registry import load
from cmq_cli.text import fold, sort_key
from hostile import HOSTILE

REGISTRY = load()
TEXTS = search.texts(REGISTRY, REGISTRY.campuses)
TITLES = [
    *("CMQ", "CMQE", "cmq", "Campus", "le campus", "campus des métiers", "CAMPUS DES MÉTIERS ET DES QUALIFICATIONS"),
    *(
        "Campus des métiers et qualifications",
        "Campus des métiers et des qualifications d’excellence",
        "CMQ d'excellence",
    ),
    *("Campus des métiers et des qualifications CMQ", "campus métiers qualifications", "Campus d'excellence"),
]


def campus(id: str, **known: object) -> Campus:
    """Return a campus of which only these fields are known."""
    empty: dict[str, object] = {"name": "Campus", "aliases": (), "members": (), "fields": (), "sectors": ()}
    empty |= dict.fromkeys(("academy", "department_code", "city", "city_code", "lead_institution", "description"))
    return replace(REGISTRY.campuses[0], id=id, **{**empty, **known})  # type: ignore[arg-type]


def ranking(*campuses: Campus, words: str) -> list[str]:
    return [one.id for one in search.ranked(search.query_words([words]), search.texts(REGISTRY, campuses))]


def test_what_words_are_looked_for_in_and_what_not() -> None:
    one = campus(
        "one",
        name="Alpha",
        aliases=("Beta",),
        city="Gamma",
        department_code="25",
        academy="Besançon",
        lead_institution="Delta",
        members=("Epsilon",),
        fields=("Zeta",),
        sectors=("tourisme-gastronomie",),
        description="Theta",
        notes="Omega",
        labelled_on="2017-02-13",
    )
    own = ("alpha", "beta", "gamma", "doubs", "25", "besançon", "delta", "epsilon", "zeta", "tourisme", "theta")
    assert [word for word in own if not ranking(one, words=word)] == []
    publisher = REGISTRY.source_by_id[one.sources[0].source].publisher
    assert [word for word in ("omega", "2017", "2017-02-13", publisher) if ranking(one, words=word)] == []


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("name", ["plasturgie", "Automobile et mobilités du futur", "3A"])
def test_title_before_a_name_makes_no_difference(title: str, name: str) -> None:
    assert search.without_title(fold(f"{title} {name}")) == fold(name)
    assert search.query_words([title, name]) == search.query_words([name])
    assert search.query_words([f"{title} « {name} »"]) == search.query_words([name])


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("Campus du cuir", "cuir", id="of the"),
        pytest.param("Campus de la mer de Toulon", "mer de toulon", id="only the first"),
        pytest.param("Campus des métiers d'art", "metier d art", id="arts and crafts"),
        pytest.param("Campus", "campu", id="nothing else"),
        pytest.param("CMQ", "cmq", id="acronym alone"),
        pytest.param("Plasti Campus", "plasti campu", id="not at the beginning"),
        pytest.param("campusien", "campusien", id="another word"),
    ],
)
def test_without_title(typed: str, expected: str) -> None:
    assert search.without_title(fold(typed)) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param(["Métiers", "d’art"], ("metier", "art"), id="two arguments"),
        pytest.param(["l'économie de la mer"], ("economie", "mer"), id="one argument"),
        pytest.param(["bois", "BOIS", "bois"], ("boi",), id="each once"),
        pytest.param(["campus"], ("campu",), id="nothing but campus"),
        pytest.param(["campus", "cmq"], ("cmq",), id="nothing but campus and acronym"),
        pytest.param(["le", "la"], ("le", "la"), id="nothing but articles"),
        pytest.param(["bois campus"], ("boi",), id="campus behind"),
        pytest.param(["Quels campus pour le bois ?"], ("boi",), id="question"),
        pytest.param(["métiers de la mer"], ("mer",), id="trades"),
        pytest.param(["metiers dart"], ("metier", "dart"), id="arts and crafts in one"),
        pytest.param(["bac pro bois"], ("boi",), id="level"),
        pytest.param(["BTS"], ("bts",), id="nothing but a level"),
        pytest.param(["formations"], ("formation",), id="nothing but training"),
        pytest.param(["", "!"], (), id="no word"),
        pytest.param([], (), id="nothing"),
    ],
)
def test_query_words(typed: list[str], expected: tuple[str, ...]) -> None:
    assert search.query_words(typed) == expected


PLACES = {
    "name": campus("name", name="Nautisme"),
    "alias": campus("alias", aliases=("Nautisme",)),
    "city": campus("city", city="Nautisme"),
    "member": campus("member", members=("Nautisme",)),
    "lead": campus("lead", lead_institution="Nautisme"),
    "field": campus("field", fields=("nautisme",)),
    "academy": campus("academy", academy="Nautisme"),
    "description": campus("description", description="Du nautisme."),
    "keyword": campus("keyword", sectors=("mobilite-aeronautique-transports",)),
    "nowhere": campus("nowhere"),
}


def test_words_count_by_where_they_occur() -> None:
    shuffled = random.Random(3).sample(list(PLACES.values()), len(PLACES))
    assert ranking(*shuffled, words="nautisme") == [
        *("name", "alias", "city", "lead", "member", "field", "academy", "description", "keyword")
    ]


@pytest.mark.parametrize(
    ("words", "names", "expected"),
    [
        pytest.param("mer", ["Économie de la mer", "Mer à la Martinique"], [1, 0], id="at the beginning before inside"),
        pytest.param(
            "auto", ["Automobile", "Autonomie", "Auto'Mobilités"], [2, 0, 1], id="whole before beginning, then by name"
        ),
        pytest.param(
            "futur industrie", ["Industrie", "Futur", "Industrie du futur"], [2], id="all words, in any order"
        ),
        pytest.param("éco construction", ["Écoconstruction", "Éco-construction"], [1, 0], id="two words may be one"),
        pytest.param("ecoconstruction", ["Éco-construction", "Écoconstruction"], [1, 0], id="one word may be two"),
        pytest.param("sup micro tech", ["SUPMICROTECH"], [0], id="three words may be one"),
        pytest.param("bois", ["Étude du bois", "Etude du bois", "Arts du bois"], [2, 1, 0], id="equals by name"),
        pytest.param("bois", ["Bois", "Bois"], [0, 1], id="equal names by id"),
        pytest.param("laval", ["La valorisation du patrimoine"], [], id="words don't begin across a space"),
        pytest.param("bois mer", ["Bois", "Mer"], [], id="not all words"),
    ],
)
def test_ranking_by_name(words: str, names: list[str], expected: list[int]) -> None:
    named = [campus(str(at), name=name) for at, name in enumerate(names)]
    assert ranking(*named, words=words) == [str(at) for at in expected]


def test_whole_word_anywhere_comes_before_the_start_of_one() -> None:
    start = campus("start", name="Luxembourg")
    whole = campus("whole", description="Le luxe.")
    assert ranking(start, whole, words="luxe") == ["whole", "start"]


def test_feminine_is_the_same_word() -> None:
    men, women, start = (
        campus(str(at), name=name) for at, name in enumerate(("Spatial", "Spatiale", "Spatialisation"))
    )
    assert ranking(men, women, start, words="spatiale") == ["1", "0", "2"]
    assert ranking(men, women, start, words="spatial") == ["0", "1", "2"]


def test_trade_finds_its_field_after_itself() -> None:
    field, itself = campus("field", fields=("soudure",)), campus("itself", description="Soudeurs.")
    assert ranking(field, itself, words="soudeur") == ["itself", "field"]


def test_three_letters_start_no_word_of_a_sentence() -> None:
    said, named = campus("said", description="Une vingtaine."), campus("named", name="Vinification")
    assert ranking(said, named, words="vin") == ["named"]
    assert ranking(said, named, words="ving") == ["said"]


def test_words_in_one_text_count_more_than_words_in_two() -> None:
    apart = campus("apart", name="Design", aliases=("Habitat",))
    together = campus("together", name="Design et habitat")
    assert ranking(apart, together, words="habitat design") == ["together", "apart"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("Franche-Comté", True, id="former region of the academy"),
        pytest.param("BFC", True, id="abbreviation of the region"),
        pytest.param("Doubs", True, id="department"),
        pytest.param("25", True, id="number of the department"),
        pytest.param("académie de Besançon", True, id="academy"),
        pytest.param("région Bourgogne Franche Comté", True, id="region"),
        pytest.param("Bourgogne", True, id="part of the region"),
        pytest.param("Jura", False, id="another department"),
        pytest.param("outre-mer", False, id="overseas"),
    ],
)
def test_places_that_people_say(words: str, expected: bool) -> None:
    known = {"region": "Bourgogne-Franche-Comté", "region_code": "27", "academy": "Besançon", "department_code": "25"}
    assert ranking(campus("x", **known), words=words) == (["x"] if expected else [])


@pytest.mark.parametrize("words", ["DROM", "outre-mer", "outre mer", "outremer"])
def test_overseas_is_no_sea(words: str) -> None:
    island = campus("island", region="La Réunion", region_code="04")
    assert ranking(island, words=words) == ["island"]
    assert ranking(island, words="mer") == []


def test_acronyms_are_made_of_initials() -> None:
    school = campus(
        "school", lead_institution="École nationale supérieure de mécanique et des microtechniques (Besançon)"
    )
    assert ranking(school, words="ENSMM") == ["school"]


def test_ties_are_broken_by_name_then_id_and_not_by_what_comes_first() -> None:
    found = search.ranked(("tourisme",), TEXTS)
    points = {text.campus.id: search.score(("tourisme",), text) for text in TEXTS}
    assert found == sorted(found, key=lambda one: (-points[one.id], sort_key(one.name), one.id))
    assert found == search.ranked(("tourisme",), TEXTS[::-1])


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(sorted({word for text in TEXTS for part in text.parts["name"] for word in part.split()})))
)
def test_more_words_never_find_more(words: list[str]) -> None:
    wanted = tuple(dict.fromkeys(words))
    fewer = {one.id for one in search.ranked(wanted[:-1], TEXTS)}
    found = {one.id for one in search.ranked(wanted, TEXTS)}
    assert len(wanted) < 2 or found <= fewer or any(len(word) <= 2 for word in wanted)


@settings(deadline=None)
@given(st.sampled_from(TEXTS), st.data())
def test_any_words_of_a_campus_find_it(text: search.Text, data: st.DataObject) -> None:
    vocabulary = sorted({word for parts in text.parts.values() for part in parts for word in part.split()})
    wanted = data.draw(st.lists(st.sampled_from(vocabulary), min_size=1, unique=True))
    assert text.campus in search.ranked(tuple(wanted), TEXTS)


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_words_are_no_trap(typed: str) -> None:
    search.ranked(search.query_words([typed, typed]), TEXTS)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (["couture"], {"couture": ["Création, design, audiovisuel"]}),
        (["haute", "couture", "bretagne"], {"couture": ["Création, design, audiovisuel"]}),
        (["Couturière"], {"Couturière": ["Création, design, audiovisuel"]}),
        (["vêtement"], {}),
        (["bois"], {}),
        ([], {}),
    ],
)
def test_words_that_only_sectors_have(typed: list[str], expected: dict[str, list[str]]) -> None:
    assert search.for_sectors(REGISTRY, typed, TEXTS) == expected


def test_word_of_several_sectors_names_each_that_has_a_campus() -> None:
    """A sector without a campus finds nothing."""
    one, two, three = (replace(sector, keywords=("zythologie",)) for sector in REGISTRY.sectors[:3])
    registry = replace(REGISTRY, sectors=(one, two, three))
    campuses = [replace(REGISTRY.campuses[0], sectors=(sector.id,)) for sector in (one, two)]
    known = search.texts(registry, campuses)
    assert search.for_sectors(registry, ["Zythologie"], known) == {"Zythologie": [one.label, two.label]}
    known = search.texts(registry, [replace(campuses[0], description="Zythologie."), campuses[1]])
    assert search.for_sectors(registry, ["Zythologie"], known) == {}
