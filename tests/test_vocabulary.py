"""What the values of filters are called, and what is said near an unknown one."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmq_cli import vocabulary
from cmq_cli.model import Registry
from cmq_cli.registry import load
from hostile import HOSTILE

REGISTRY = load()
TERRITORIES = REGISTRY.territories

SECTORS = [
    pytest.param(spelling, sector.id, id=spelling)
    for sector in REGISTRY.sectors
    for spelling in (sector.id, sector.label, *sector.keywords)
]
REGIONS = [
    pytest.param(spelling, region.code, id=f"{region.code} {spelling}")
    for region in TERRITORIES.regions
    for spelling in (region.name, region.code, *region.abbreviations)
]
FORMER = [pytest.param(region.name, id=region.name) for region in TERRITORIES.former_regions]
ACADEMIES = [pytest.param(academy.name, id=academy.name) for academy in TERRITORIES.academies]
DEPARTMENTS = [
    pytest.param(spelling, department.code, id=f"{department.code} {spelling}")
    for department in TERRITORIES.departments
    for spelling in (department.name, department.code, department.code.lstrip("0"), department.code.lower())
]
CITIES = [
    pytest.param(spelling, campus.city_code, id=f"{campus.id} {spelling}")
    for campus in REGISTRY.campuses
    if campus.city and campus.city_code
    for spelling in (campus.city, campus.city_code, f"{campus.city} ({campus.department_code})")
]


@pytest.mark.parametrize(("spelling", "sector"), SECTORS)
def test_sector_answers_to_each_spelling(spelling: str, sector: str) -> None:
    assert sector in vocabulary.sectors(REGISTRY, spelling)


@pytest.mark.parametrize(("spelling", "code"), REGIONS)
def test_region_answers_to_name_code_and_abbreviation(spelling: str, code: str) -> None:
    assert vocabulary.regions(REGISTRY, spelling) == {code}


@pytest.mark.parametrize("name", FORMER)
def test_former_region_answers_to_its_name(name: str) -> None:
    assert vocabulary.regions(REGISTRY, name) == {name}


@pytest.mark.parametrize("name", ACADEMIES)
def test_academy_answers_with_or_without_the_word(name: str) -> None:
    spellings = (name, f"académie de {name}", f"ACADÉMIE D’{name}", f"Académie de la {name}", f"rectorat de {name}")
    assert [vocabulary.academies(REGISTRY, spelling) for spelling in spellings] == [{name}] * len(spellings)


@pytest.mark.parametrize(("spelling", "code"), DEPARTMENTS)
def test_department_answers_to_name_and_number(spelling: str, code: str) -> None:
    assert vocabulary.departments(REGISTRY, spelling) == {code}


@pytest.mark.parametrize(("spelling", "code"), CITIES)
def test_city_answers_to_name_and_code(spelling: str, code: str) -> None:
    assert vocabulary.cities(REGISTRY, spelling) == {code}


@pytest.mark.parametrize(
    ("means", "typed", "expected"),
    [
        pytest.param(vocabulary.sectors, "patrimoine", {"creation-design-audiovisuel"}, id="exact before partial"),
        pytest.param(
            vocabulary.sectors,
            "industries",
            {
                "creation-design-audiovisuel",
                "chimie-biotechnologies",
                "mobilite-aeronautique-transports",
                "systemes-innovants-mecatronique",
                "transition-energetique-eco-industrie",
            },
            id="a word of several sectors means all of them",
        ),
        pytest.param(vocabulary.sectors, "transport maritime", {"mobilite-aeronautique-transports"}, id="two words"),
        pytest.param(vocabulary.sectors, "bois design", set(), id="words of different sectors"),
        pytest.param(vocabulary.sectors, "et", set(), id="a small word means nothing"),
        pytest.param(vocabulary.regions, "Loire", set(), id="a part of two regions means none"),
        pytest.param(vocabulary.regions, "Languedoc", {"Languedoc-Roussillon"}, id="a part of one region"),
        pytest.param(vocabulary.regions, "Bourgogne", {"Bourgogne"}, id="the former region, not the new one"),
        pytest.param(vocabulary.academies, "Normandie", {"Caen", "Rouen"}, id="later academy"),
        pytest.param(vocabulary.academies, "Haute-Normandie", {"Rouen"}, id="academy of a former region"),
        pytest.param(vocabulary.academies, "Polynésie française", set(), id="region without academy"),
        pytest.param(vocabulary.departments, "Corse", {"2A", "2B"}, id="both Corsican departments"),
        pytest.param(vocabulary.departments, "20", {"2A", "2B"}, id="former number of Corsica"),
        pytest.param(vocabulary.departments, "Loire", {"42"}, id="a name that is part of others"),
        pytest.param(vocabulary.departments, "Pyrénées", set(), id="a part of three departments"),
    ],
)
def test_meaning(means: Callable[[Registry, str], set[str]], typed: str, expected: set[str]) -> None:
    assert means(REGISTRY, typed) == expected


@pytest.mark.parametrize(
    ("entries", "typed", "expected"),
    [
        pytest.param(vocabulary.sector_entries, "mecatronic", ["mécatronique"], id="sector"),
        pytest.param(vocabulary.sector_entries, "gastronomi", ["gastronomie"], id="search word"),
        pytest.param(vocabulary.sector_entries, "aéro", ["aéronautique"], id="start of a word"),
        pytest.param(vocabulary.region_entries, "Bretange", ["Bretagne"], id="region"),
        pytest.param(vocabulary.region_entries, "Loire", ["Centre-Val de Loire", "Pays de la Loire"], id="parts"),
        pytest.param(vocabulary.region_entries, "Dromm", [], id="abbreviations are near by chance"),
        pytest.param(vocabulary.academy_entries, "Besancon-Dijon", ["Besançon"], id="academy"),
        pytest.param(
            vocabulary.department_entries,
            "Pyrénées",
            ["Hautes-Pyrénées", "Pyrénées-Atlantiques", "Pyrénées-Orientales"],
            id="department",
        ),
        pytest.param(vocabulary.department_entries, "99", [], id="codes are near by chance"),
        pytest.param(vocabulary.city_entries, "Toulouze", ["Toulon"], id="city"),
        pytest.param(vocabulary.city_entries, "", [], id="nothing"),
        pytest.param(vocabulary.sector_entries, "xyzzy", [], id="nothing near"),
    ],
)
def test_near(entries: Callable[[Registry], list[vocabulary.Entry]], typed: str, expected: list[str]) -> None:
    assert vocabulary.near(entries(REGISTRY), typed) == expected


@settings(deadline=None)
@given(st.sampled_from([case.values for case in SECTORS if len(str(case.values[0])) >= 5]), st.data())
def test_one_wrong_letter_leads_to_the_sector(case: tuple[str, str], data: st.DataObject) -> None:
    spelling, sector = case
    at = data.draw(st.integers(0, len(spelling) - 1))
    typed = spelling[:at] + data.draw(st.sampled_from(["", "z"])) + spelling[at + 1 :]
    meant = vocabulary.sectors(REGISTRY, typed)
    near = vocabulary.near(vocabulary.sector_entries(REGISTRY), typed)
    assert meant or sector in set().union(*(vocabulary.sectors(REGISTRY, spelling) for spelling in near))


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_values_mean_nothing(typed: str) -> None:
    for entries in (vocabulary.sector_entries, vocabulary.region_entries, vocabulary.department_entries):
        vocabulary.near(entries(REGISTRY), typed)
    assert not vocabulary.sectors(REGISTRY, typed) or "bois" in typed
    assert not vocabulary.regions(REGISTRY, typed)
    assert not vocabulary.academies(REGISTRY, typed)
    assert not vocabulary.departments(REGISTRY, typed)
    assert not vocabulary.cities(REGISTRY, typed)
