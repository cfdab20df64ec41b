"""What the values of filters are called: what is accepted in one place is accepted in all."""

import pytest

from cmq_cli import vocabulary
from cmq_cli.registry import bundled

REGISTRY = bundled()
TERRITORIES = REGISTRY["territories"]


def spelled():
    """Give each spelling of the vocabularies with its kind, and what it means."""
    for sector in REGISTRY["sectors"]:
        for spelling in (sector["id"], sector["label"], *sector["keywords"]):
            yield "sector", spelling, sector["id"]
    for region in TERRITORIES["regions"]:
        coded = f"{region['name']} ({region['code']})"
        for spelling in (region["name"], region["code"], coded, *region["abbreviations"], f"région {region['name']}"):
            yield "region", spelling, region["code"]
    for former in TERRITORIES["former_regions"]:
        yield "region", former["name"], former["name"]
    for academy in TERRITORIES["academies"]:
        name = academy["name"]
        for spelling in (name, f"académie de {name}", f"ACADÉMIE D’{name}", f"rectorat de {name}"):
            yield "academy", spelling, name
    for department in TERRITORIES["departments"]:
        name, code = department["name"], department["code"]
        short = code.lstrip("0")
        for spelling in (
            name,
            code,
            short,
            code.lower(),
            f"{name} ({code})",
            f"{name} ({short})",
            f"département {code}",
        ):
            yield "department", spelling, code
    for campus in REGISTRY["campuses"]:
        if campus["city"]:
            coded = f"{campus['city']} ({campus['department_code']})"
            for spelling in (campus["city"], campus["city_code"], coded, f"ville de {campus['city']}"):
                yield "city", spelling, campus["city_code"]
    for wave in REGISTRY["waves"]:
        number, roman = wave["number"], ["", "I", "II", "III", "IV", "V"][wave["number"]]
        for spelling in (
            str(number),
            f"0{number}",
            f"{number}e",
            f"vague {number}",
            roman,
            f"{roman}e vague",
            f"n° {number}",
        ):
            yield "wave", spelling, number


def meant(kind, typed):
    return vocabulary.waves(REGISTRY, typed) if kind == "wave" else vocabulary.meant(REGISTRY, kind, typed)


def test_every_spelling_is_understood():
    wrong = [(typed, value) for kind, typed, value in spelled() if value not in meant(kind, typed)]
    assert wrong == []


def test_what_only_one_thing_is_called_means_nothing_else():
    several = {
        typed for kind, typed, value in spelled() if kind not in ("sector", "city") and meant(kind, typed) != {value}
    }
    assert several == set()


def test_whole_sectors_are_meant_by_id_and_label_but_not_by_a_search_word():
    every = [sector["id"] for sector in REGISTRY["sectors"]]
    assert [id for id in every if vocabulary.whole_sectors(REGISTRY, id) != {id}] == []
    labels = [sector["label"] for sector in REGISTRY["sectors"]]
    assert [label for label in labels if not vocabulary.whole_sectors(REGISTRY, label)] == []
    words = {"mécatronique", "Bâtiment", "transports", "secteur du bâtiment"}
    assert {word for word in words if vocabulary.whole_sectors(REGISTRY, word)} == words
    assert [word for word in ("bois", "plasturgie", "santé", "xyzzy") if vocabulary.whole_sectors(REGISTRY, word)] == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("doubs", "Doubs is a department: cmq list --department 25"),
        ("pays de la loire", 'Pays de la Loire is a region: cmq list --region "Pays de la Loire"'),
        ("Lorraine", "Lorraine is a region: cmq list --region Lorraine"),
        ("créteil", "Créteil is an academy: cmq list --academy Créteil"),
        ("matériaux innovants", "Matériaux, matériaux innovants is a sector: cmq list --sector materiaux"),
        ("DROM", "'DROM' means several values of --region: cmq list --region DROM"),
        ("xyzzy", None),
    ],
)
def test_what_else_is_called_so(typed, sentence):
    assert vocabulary.elsewhere(REGISTRY, typed) == sentence


def test_several_values_in_one_text():
    known = {"wood", "sea", "the air"}.__contains__
    assert vocabulary.one_at_a_time("--by", "wood,sea", known) == (
        "'wood,sea' are several values. Repeat the option: --by wood --by sea"
    )
    assert '--by "the air"' in str(vocabulary.one_at_a_time("--by", "wood; the air", known))
    assert vocabulary.one_at_a_time("--by", "wood,stone", known) is None
    assert vocabulary.one_at_a_time("--by", "wood", known) is None
