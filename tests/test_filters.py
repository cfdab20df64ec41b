"""Filters: which campuses they keep, of which they can't tell, and what they say to an unknown value."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmq_cli import filters
from cmq_cli.errors import UsageError
from cmq_cli.language import printable
from cmq_cli.registry import bundled
from test_search import campus, problem

REGISTRY = bundled()
CAMPUSES = REGISTRY["campuses"]


def someone(**known):
    """Return a campus in Normandie of which only these fields are known."""
    undated = dict.fromkeys(("wave", "labelled_on", "attested_on", "excellence"))
    return campus("someone", **{"region": "Normandie", "region_code": "28", **undated, **known})


CAEN, ROUEN = {"academy": "Caen"}, {"academy": "Rouen"}
TRUTH = [
    (filters.by_region, ["Normandie"], {}, True),
    (filters.by_region, ["28"], {}, True),
    (filters.by_region, ["Corse"], {}, False),
    (filters.by_region, ["Corse", "nor"], {}, True),
    (filters.by_region, ["DROM"], {}, False),
    (filters.by_region, ["DROM"], {"region_code": "04"}, True),
    (filters.by_region, ["Basse-Normandie"], {}, None),
    (filters.by_region, ["Basse-Normandie"], CAEN, True),
    (filters.by_region, ["Basse-Normandie"], ROUEN, False),
    (filters.by_region, ["Basse-Normandie", "Haute-Normandie"], {}, True),
    (filters.by_academy, ["Caen"], {}, None),
    (filters.by_academy, ["Caen"], {"department_code": "50"}, True),
    (filters.by_academy, ["Caen"], {"department_code": "76"}, False),
    (filters.by_academy, ["Lille"], {}, False),
    (filters.by_academy, ["normandie"], {}, True),
    (filters.by_academy, ["DROM"], {"region_code": "987"}, False),
    (filters.by_department, ["50"], {}, None),
    (filters.by_department, ["Manche", "Doubs"], {"department_code": "50"}, True),
    (filters.by_department, ["50"], ROUEN, False),
    (filters.by_department, ["27", "76"], ROUEN, True),
    (filters.by_department, ["Jura"], {}, False),
    (filters.by_city, ["Fécamp"], {}, None),
    (filters.by_city, ["Fécamp"], {"department_code": "76"}, None),
    (filters.by_city, ["Fécamp"], {"department_code": "27"}, False),
    (filters.by_city, ["Fécamp"], CAEN, False),
    (filters.by_city, ["76259"], {"city": "Fécamp", "city_code": "76259", "department_code": "76"}, True),
    (filters.by_city, ["Fécamp"], {"city": "Vernon", "city_code": "27681", "department_code": "27"}, False),
    (filters.by_city, ["Fécamp (76)", "Vernon"], {"city": "Vernon", "city_code": "27681"}, True),
    (filters.by_wave, ["2"], {}, None),
    (filters.by_wave, ["II"], {"wave": 2}, True),
    (filters.by_wave, ["02", "none"], {"wave": 3}, False),
    (filters.by_wave, ["none"], {}, True),
    (filters.by_wave, ["2"], {"labelled_on": "2015-12"}, None),
    (filters.by_wave, ["2"], {"labelled_on": "2015-12-03"}, False),
    (filters.by_wave, ["2"], {"attested_on": "2015-12-03"}, None),
    (filters.by_wave, ["2"], {"attested_on": "2015-01-30"}, None),
    (filters.by_wave, ["2"], {"attested_on": "2015-01-29"}, False),
    (filters.by_wave, ["2"], {"labelled_on": "2014"}, False),
    (filters.by_wave, ["1", "2", "3", "4", "5"], {"labelled_on": "2019"}, False),
    (filters.by_wave, ["4", "none"], {"labelled_on": "2019"}, True),
    (filters.by_date, "2020", {}, None),
    (filters.by_date, "2020", {"attested_on": "2021"}, None),
    (filters.by_date, "2020", {"attested_on": "2020"}, True),
    (filters.by_date, "2020", {"labelled_on": "2021"}, False),
    (filters.by_date, "13/02/2017", {"wave": 4}, True),
    (filters.by_date, "2017-02-12", {"wave": 4}, False),
    (filters.by_date, "2013-09", {}, None),
    (filters.by_date, "2013-08", {}, False),
]


def test_what_is_known_decides_as_far_as_it_goes():
    got = [(make, typed, known, make(REGISTRY, typed).test(someone(**known))) for make, typed, known, _ in TRUTH]
    assert [case for case, truth in zip(got, TRUTH, strict=True) if case[3] is not truth[3]] == []


def test_excellence():
    held = [
        filters.by_excellence(wanted).test(someone(excellence=one))
        for one in (True, False, None)
        for wanted in (True, False)
    ]
    assert held == [True, False, False, True, None, None]


def test_every_filter_says_which_field_it_needs():
    makes = (filters.by_region, filters.by_academy, filters.by_department, filters.by_city)
    assert [make(REGISTRY, ["Paris" if make is not filters.by_region else "idf"]).field for make in makes] == [
        *("academy", "academy", "department_code", "city")
    ]
    assert filters.by_date(REGISTRY, "2017").field == "labelled_on"


def test_the_dates_of_no_campus_contradict_its_wave():
    wrong = [
        one["id"]
        for one in CAMPUSES
        if one["wave"] is not None
        and filters.by_wave(REGISTRY, [str(one["wave"])]).test({**one, "wave": None}) is False
    ]
    assert wrong == []


def test_a_word_of_sectors_keeps_those_that_say_it_and_tells_the_rest():
    made = filters.by_sector(REGISTRY, ["bois"])
    kept = [one for one in CAMPUSES if made.test(one)]
    (beside,) = made.same_sector
    members = [one["id"] for one in CAMPUSES if "materiaux" in one["sectors"]]
    assert sorted(one["id"] for one in [*kept, *beside.campuses]) == sorted(members)
    assert all("bois" in str(one["specialties"]) + one["name"].lower() for one in kept)
    whole = filters.by_sector(REGISTRY, ["materiaux", "bois"])
    assert [one["id"] for one in CAMPUSES if whole.test(one)] == members
    assert made.notes == ()


def test_a_word_that_no_campus_says_is_its_whole_sector():
    made = filters.by_sector(REGISTRY, ["parfum"])
    assert [one for one in CAMPUSES if made.test(one)] == [
        one for one in CAMPUSES if "chimie-biotechnologies" in one["sectors"]
    ]
    assert made.notes == (
        "No campus mentions 'parfum' itself; these are the campuses of the sector: Chimie et biotechnologies.",
    )


def test_city_without_a_code_answers_to_its_name():
    nameless, other = someone(city="Ville-Nouvelle", department_code="76"), someone(city="Fécamp", city_code="76259")
    made = filters.by_city({**REGISTRY, "campuses": [nameless, other]}, ["ville nouvelle"])
    assert [made.test(nameless), made.test(other)] == [True, False]


def test_commune_may_have_no_campus():
    made = filters.by_city(REGISTRY, ["Ajaccio"])
    assert made.notes == (
        "No campus is known to have its seat in 'Ajaccio'. Those around it: cmq near \"Ajaccio (2A)\"",
    )
    assert [made.test(one) for one in CAMPUSES].count(True) == 0
    assert made.test(someone(region_code="94")) is None


@pytest.mark.parametrize(
    ("known", "first", "proof"),
    [
        ({}, date(2013, 9, 11), None),
        ({"attested_on": "2019"}, date(2013, 9, 11), date(2019, 12, 31)),
        ({"labelled_on": "2013"}, date(2013, 9, 11), date(2013, 12, 31)),
        ({"labelled_on": "2016-03"}, date(2016, 3, 1), date(2016, 3, 31)),
        ({"wave": 3}, date(2016, 1, 29), date(2016, 10, 12)),
        ({"wave": 4, "labelled_on": "2017"}, date(2017, 2, 13), date(2017, 2, 13)),
        ({"wave": 2, "labelled_on": "2015-01-30"}, date(2015, 1, 30), date(2015, 1, 30)),
    ],
)
def test_when_a_label_may_have_begun_and_is_proven(known, first, proof):
    assert filters.possible_from(REGISTRY)(someone(**known)) == first
    assert filters.proven_by(REGISTRY, someone(**known)) == proof


def test_a_wave_that_nobody_announced_proves_nothing():
    silent = {**REGISTRY, "waves": [{**REGISTRY["waves"][1], "announcements": []}]}
    assert filters.proven_by(silent, someone(wave=2)) is None
    assert filters.possible_from(silent)(someone(wave=2)) == date.min
    assert filters.by_wave(silent, ["2"]).test(someone(labelled_on="2012")) is None


def test_what_means_several_things_is_said():
    cases = [
        (
            filters.by_sector,
            "innovants",
            "'innovants' means: Matériaux, matériaux innovants; Systèmes innovants, mécatronique.",
        ),
        (filters.by_department, "Corse", "'Corse' means: Corse-du-Sud; Haute-Corse."),
        (filters.by_academy, "normandie", "'normandie' means: Caen; Rouen."),
    ]
    assert [make(REGISTRY, [typed]).notes for make, typed, _ in cases] == [(note,) for _, _, note in cases]
    assert filters.by_region(REGISTRY, ["PACA"]).notes == ()


def test_days():
    assert (
        filters.as_of_day("today")
        == filters.as_of_day(" Aujourd'hui ")
        == filters.as_of_day("aujourd’hui")
        == date.today()
    )
    for typed in ("2017-13", "2017-00", "13/13/2017", "hier", "", "13/02/17"):
        with pytest.raises(UsageError, match="is not a date"):
            filters.as_of_day(typed)


UNQUOTED = [
    (["Franche", "Comté"], "--region", "Bourgogne", "Bourgogne Franche Comté"),
    (["Aquitaine", "mer"], "--region", "Nouvelle", "Nouvelle Aquitaine"),
    (["Alpes", "Côte", "d'Azur"], "--region", "Provence", "Provence Alpes Côte d'Azur"),
    (["hôtellerie", "de", "la", "loire"], "--region", "pays", "pays de la loire"),
    (["Marseille"], "--academy", "Aix", "Aix Marseille"),
    (["Atlantique"], "--department", "Loire", "Loire Atlantique"),
    (["Denis"], "--city", "Saint", "Saint Denis"),
    (["d'Ascq"], "--city", "Villeneuve", "Villeneuve d'Ascq"),
    (["construction"], "--sector", "éco", "éco construction"),
]


def test_value_without_its_quotes_is_shown_with_them():
    for words, option, value, whole in UNQUOTED:
        with pytest.raises(UsageError) as caught:
            filters.refuse_unquoted(REGISTRY, words, [("--wave", ["4"]), (option, [value])])
        assert str(
            caught.value
        ) == f'{whole!r} is one value, of several words. Put it in quotes: {option} "{whole}"'.replace(
            '"Provence Alpes Côte d\'Azur" is', "'Provence Alpes Côte d'Azur' is"
        ).replace('"Villeneuve d\'Ascq" is', "'Villeneuve d'Ascq' is")


def test_a_wave_behind_a_wave_is_shown_with_its_option():
    with pytest.raises(UsageError, match="--wave 4 --wave 5"):
        filters.refuse_unquoted(REGISTRY, ["5"], [("--wave", ["4"])])


def test_words_beside_a_value_are_words():
    cases = [
        (["mer"], "--region", "bretagne"),
        (["métiers", "d'art"], "--sector", "bois"),
        (["verte"], "--sector", "chimie"),
        (["filière"], "--sector", "bois"),
        (["bretagne"], "--region", "bretagne"),
        (["maritime"], "--department", "17"),
        (["mer"] * 10_000, "--region", "bretagne"),
        (["", "\0"], "--city", "brest"),
        (["Comté"], "--region", "Bourgogne Franche-Comté"),
    ]
    for words, option, value in cases:
        filters.refuse_unquoted(REGISTRY, words, [(option, [value])])


@given(st.sampled_from([filters.by_region, filters.by_academy, filters.by_department, filters.by_wave]), st.text())
def test_any_value_is_answered_in_one_line(make, typed):
    said = problem(lambda: make(REGISTRY, [typed]))
    assert printable(said) == said


@pytest.mark.parametrize("typed", ["s" * 100_000, "1" * 100_000 + "er", "iv" * 50_000 + "e", "&" * 100_000])
def test_long_values_are_answered_too(typed):
    for make in (filters.by_sector, filters.by_region, filters.by_city, filters.by_wave):
        with pytest.raises(UsageError) as caught:
            make(REGISTRY, [typed])
        assert len(str(caught.value)) < 600
