"""Finding one campus: the order of the steps, and what is suggested when none matches."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmq_cli import lookup
from cmq_cli.errors import ExitCode, NotFoundError
from cmq_cli.model import Campus, Registry
from cmq_cli.registry import load
from cmq_cli.search import OWN_WEIGHTS, query_words, ranked, texts, without_title
from cmq_cli.text import fold
from hostile import HOSTILE

REGISTRY = load()
TEXTS = texts(REGISTRY, REGISTRY.campuses)
SPELLINGS = [
    pytest.param(spelling, campus.id, id=f"{campus.id}: {spelling}")
    for campus in REGISTRY.campuses
    for spelling in (campus.id, *campus.aliases, campus.city, campus.city_code, campus.name)
    if spelling
]
MISSPELLED = [
    (spelling, campus.id)
    for campus in REGISTRY.campuses
    for spelling in (campus.name, *campus.aliases, campus.city or "")
    if len(without_title(fold(spelling))) >= 6
]
"""Names, aliases and cities that are long enough, without "CMQ", to be recognised with an error in them."""


def campus(id: str, **known: object) -> Campus:
    """Return a campus of which only these fields are known."""
    empty: dict[str, object] = {"name": "Campus", "aliases": (), "members": (), "fields": (), "sectors": ()}
    empty |= dict.fromkeys(("academy", "department_code", "city", "city_code", "lead_institution", "description"))
    return replace(REGISTRY.campuses[0], id=id, **{**empty, **known})  # type: ignore[arg-type]


def registry(*campuses: Campus) -> Registry:
    return replace(REGISTRY, campuses=campuses)


def found(one: Registry, key: str) -> list[str]:
    return [campus.id for campus in lookup.find(one, key)]


STEPS = [
    campus("nautisme", fields=("bois",)),
    campus("b-alias", aliases=("Nautisme",)),
    campus("c-city", city="Nautisme"),
    campus("d-name", name="Nautisme"),
    campus("e-word", lead_institution="Lycée du nautisme"),
    campus("f-beginning", lead_institution="Lycée des nautismeries"),
    campus("g-said", description="Forme au nautisme."),
]


@pytest.mark.parametrize("first", range(len(STEPS)))
def test_first_step_that_matches_decides(first: int) -> None:
    shuffled = random.Random(first).sample(STEPS[first:], len(STEPS) - first)
    assert found(registry(*shuffled), "Nautisme") == [STEPS[first].id]


def test_everything_that_matches_at_a_step_is_shown() -> None:
    same = [campus("z", city="Nîmes"), campus("a", city="Nîmes"), campus("m", name="Nîmes")]
    assert found(registry(*same), "nimes") == ["a", "z"]


def test_words_are_ranked() -> None:
    ranked = [campus("a", fields=("cuir",)), campus("b", name="Mode et cuir"), campus("c", name="Cuir et mode")]
    assert found(registry(*ranked), "le cuir") == ["c", "b", "a"]


@pytest.mark.parametrize(("spelling", "id"), SPELLINGS)
def test_every_spelling_finds_its_campus(spelling: str, id: str) -> None:
    for typed in (spelling, spelling.upper(), spelling.replace("-", " ").replace("'", "’")):
        assert id in found(REGISTRY, typed)


@pytest.mark.parametrize("title", ["CMQ", "Campus", "Campus des métiers et des qualifications d'excellence"])
def test_every_name_may_have_the_title(title: str) -> None:
    for one in REGISTRY.campuses:
        assert one.id in found(REGISTRY, f"{title} {one.name}")


def found_or_suggested(typed: str) -> list[str]:
    try:
        return found(REGISTRY, typed)
    except NotFoundError:
        near = lookup.suggestions(typed, TEXTS)
        assert len(near) <= 3
        return [campus.id for campus in near]


@settings(deadline=None)
@given(st.sampled_from(MISSPELLED), st.sampled_from(["delete", "replace", "swap"]), st.data())
def test_one_wrong_letter_still_leads_to_the_campus(case: tuple[str, str], error: str, data: st.DataObject) -> None:
    spelling, id = case
    letters = [at for at, char in enumerate(spelling) if char.isalnum()]
    at = data.draw(st.sampled_from(letters))
    if error == "swap":
        typed = spelling[:at] + spelling[at + 1 : at + 2] + spelling[at] + spelling[at + 2 :]
    else:
        typed = spelling[:at] + ("" if error == "delete" else data.draw(st.sampled_from("aeirtz"))) + spelling[at + 1 :]
    says_others = ranked(query_words([typed]), TEXTS, OWN_WEIGHTS, least=2)  # "spatials" isn't "spatiales" any more
    assert id in found_or_suggested(typed) or says_others


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        pytest.param(
            "bezancon",
            "No campus matches 'bezancon'. Did you mean: microtechniques-systemes-intelligents (Besançon), "
            "agroequipements-vesoul (Vesoul), maroquinerie-metiers-d-art (Bourgogne-Franche-Comté)?",
            id="three are near",
        ),
        pytest.param(
            "plasti canpus oyonax",
            "No campus matches 'plasti canpus oyonax'. Did you mean: plasti-campus (Bellignat)?",
            id="one is near",
        ),
        pytest.param(
            "xyzzy",
            "No campus matches 'xyzzy'. Look further with: cmq list WORD, cmq sectors, cmq regions",
            id="none is near",
        ),
        *(
            pytest.param(
                typed,
                f"No campus matches '{typed}'. Look further with: cmq list WORD, cmq sectors, cmq regions",
                id=f"nothing is near {typed}",
            )
            for typed in ("drone", "viticulture", "luthier", "sport", "tertiaire", "fleuriste")
        ),
        pytest.param(
            "jura", "No campus matches 'jura'. Jura is a department: cmq list --department 39", id="a department"
        ),
        pytest.param(
            "Corse", "No campus matches 'Corse'. Corse is a region: cmq list --region \"Corse\"", id="a region"
        ),
        pytest.param(
            "campus en Corse",
            "No campus matches 'campus en Corse'. Corse is a region: cmq list --region \"Corse\"",
            id="a region, among other words",
        ),
        pytest.param(
            "électrissité", "No campus has 'électrissité'. Did you mean: électricité?", id="a word of a sector"
        ),
        pytest.param(
            "pêche bretagne",
            "No campus has all of these words. How many have each: pêche 2, bretagne 5.",
            id="words that don't occur together",
        ),
        pytest.param(
            "formation couturière",
            "No campus is called 'formation couturière'. Campuses that have to do with it: 18. "
            'See: cmq list "couturière"',
            id="a trade of a sector",
        ),
        pytest.param(
            "laval", "No campus matches 'laval'. Laval (53) is a commune: cmq near \"Laval (53)\"", id="a commune"
        ),
        pytest.param(
            "montreuil",
            "No campus matches 'montreuil'. There are 3 communes of this name; around the largest: "
            'cmq near "Montreuil (93)"',
            id="several communes",
        ),
        pytest.param(
            "", "No campus matches ''. Look further with: cmq list WORD, cmq sectors, cmq regions", id="empty"
        ),
    ],
)
def test_what_is_not_found_is_answered_with_what_to_type(typed: str, message: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        lookup.find(REGISTRY, typed)
    assert str(caught.value) == message
    assert caught.value.exit_code == ExitCode.NOT_FOUND


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        pytest.param("Bios Grand Est", "bois-grand-est", id="name"),
        pytest.param("Le Main", "mer-martinique", id="city"),
        pytest.param("Saint-mer", "industrie-transition-numerique-saint-omer", id="city in two words"),
        pytest.param("Industries de la mez", "industries-de-la-mer-brest", id="found in a sentence about another"),
    ],
)
def test_nearly_a_name_is_no_word_of_another_campus(typed: str, id: str) -> None:
    with pytest.raises(NotFoundError, match=id):
        lookup.find(REGISTRY, typed)


def test_suggestions_leave_no_order_to_chance() -> None:
    for typed in ("bezancon", "plastrugie", "hotelerie", "aeronotique"):
        assert lookup.suggestions(typed, TEXTS) == lookup.suggestions(typed, TEXTS[::-1])


def test_registry_of_one_campus_suggests_it() -> None:
    one = registry(campus("seul", name="Métiers du nautisme", city="Étaples"))
    for typed in ("etapes", "nautizme", "seull"):
        with pytest.raises(NotFoundError, match="Did you mean: seul"):
            lookup.find(one, typed)


def test_empty_registry_suggests_nothing() -> None:
    with pytest.raises(NotFoundError, match="Look further"):
        lookup.find(registry(), "xyzzy")


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_keys_are_answered_in_one_line(typed: str) -> None:
    message = ""
    try:
        lookup.find(REGISTRY, typed)
    except NotFoundError as error:
        message = str(error)
    assert message.isprintable()
    assert len(message) < 600


@pytest.mark.parametrize(
    ("typed", "by_words"),
    [
        pytest.param("nimes", False, id="city"),
        pytest.param("Plasti Campus", False, id="name"),
        pytest.param("horlogerie", True, id="search word of a sector"),
        pytest.param("marseille", True, id="word of an institution"),
    ],
)
def test_search_tells_names_from_words(typed: str, by_words: bool) -> None:
    assert lookup.search(REGISTRY, typed).by_words is by_words
