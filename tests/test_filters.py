"""Filters: which campuses they keep, of which they can't tell, and what they say to an unknown value."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmq_cli import filters, vocabulary
from cmq_cli.errors import UsageError
from cmq_cli.language import printable
from cmq_cli.registry import bundled
from support import campus, problem

REGISTRY = bundled()
CAMPUSES = REGISTRY["campuses"]


def make(option, typed, registry=REGISTRY):
    return filters.make(registry, option, typed)


def someone(**known):
    """Return a campus in Normandie of which only these fields are known."""
    return campus("someone", **{"region": "Normandie", "region_code": "28", **known})


CAEN, ROUEN = {"academy": "Caen"}, {"academy": "Rouen"}
TRUTH = [
    ("region", ["Normandie"], {}, True),
    ("region", ["Corse"], {}, False),
    ("region", ["Corse", "nor"], {}, True),
    ("region", ["DROM"], {"region_code": "04"}, True),
    ("region", ["Basse-Normandie"], {}, None),
    ("region", ["Basse-Normandie"], CAEN, True),
    ("region", ["Basse-Normandie"], ROUEN, False),
    ("region", ["Basse-Normandie", "Haute-Normandie"], {}, True),
    ("academy", ["Caen"], {}, None),
    ("academy", ["Caen"], {"department_code": "50"}, True),
    ("academy", ["Caen"], {"department_code": "76"}, False),
    ("academy", ["Lille"], {}, False),
    ("academy", ["normandie"], {}, True),
    ("academy", ["DROM"], {"region_code": "987"}, False),
    ("department", ["50"], {}, None),
    ("department", ["Manche", "Doubs"], {"department_code": "50"}, True),
    ("department", ["50"], ROUEN, False),
    ("department", ["27", "76"], ROUEN, True),
    ("city", ["Fécamp"], {}, None),
    ("city", ["Fécamp"], {"department_code": "76"}, None),
    ("city", ["Fécamp"], {"department_code": "27"}, False),
    ("city", ["Fécamp"], CAEN, False),
    ("city", ["76259"], {"city": "Fécamp", "city_code": "76259", "department_code": "76"}, True),
    ("city", ["Fécamp"], {"city": "Vernon", "city_code": "27681", "department_code": "27"}, False),
    ("city", ["Fécamp (76)", "Vernon"], {"city": "Vernon", "city_code": "27681"}, True),
    ("wave", ["2"], {}, None),
    ("wave", ["II"], {"wave": 2}, True),
    ("wave", ["02", "none"], {"wave": 3}, False),
    ("wave", ["none"], {}, True),
    ("wave", ["2"], {"labelled_on": "2015-12"}, None),
    ("wave", ["2"], {"labelled_on": "2015-12-03"}, False),
    ("wave", ["2"], {"attested_on": "2015-12-03"}, None),
    ("wave", ["2"], {"attested_on": "2015-01-30"}, None),
    ("wave", ["2"], {"attested_on": "2015-01-29"}, False),
    ("wave", ["2"], {"labelled_on": "2014"}, False),
    ("wave", ["1", "2", "3", "4", "5"], {"labelled_on": "2019"}, False),
    ("wave", ["4", "none"], {"labelled_on": "2019"}, True),
    ("as_of", "2020", {}, None),
    ("as_of", "2020", {"attested_on": "2020"}, True),
    ("as_of", "2020", {"labelled_on": "2021"}, False),
    ("as_of", "13/02/2017", {"wave": 4}, True),
    ("as_of", "2017-02-12", {"wave": 4}, False),
    ("as_of", "2013-09", {}, None),
    ("as_of", "2013-08", {}, False),
    ("excellence", True, {"excellence": True}, True),
    ("excellence", True, {"excellence": False}, False),
    ("excellence", False, {"excellence": False}, True),
    ("excellence", False, {}, None),
]


def test_what_is_known_decides_as_far_as_it_goes():
    got = [(option, typed, known, make(option, typed).test(someone(**known))) for option, typed, known, _ in TRUTH]
    assert [case for case, truth in zip(got, TRUTH, strict=True) if case[3] is not truth[3]] == []


def test_the_dates_of_no_campus_contradict_its_wave():
    dated = [one for one in CAMPUSES if one["wave"] is not None]
    assert [one["id"] for one in dated if make("wave", [str(one["wave"])]).test({**one, "wave": None}) is False] == []


def test_a_word_of_sectors_keeps_those_that_say_it_and_tells_the_rest():
    made = make("sector", ["bois"])
    kept = [one for one in CAMPUSES if made.test(one)]
    (beside,) = made.same_sector
    members = [one["id"] for one in CAMPUSES if "materiaux" in one["sectors"]]
    assert sorted(one["id"] for one in [*kept, *beside.campuses]) == sorted(members)
    assert all("bois" in str(one["specialties"]) + one["name"].lower() for one in kept)
    assert made.notes == []
    whole = make("sector", ["materiaux", "bois"])
    assert [one["id"] for one in CAMPUSES if whole.test(one)] == members


def test_a_word_that_no_campus_of_its_sector_says_is_the_whole_sector():
    made = make("sector", ["parfum"])
    members = [one for one in CAMPUSES if "chimie-biotechnologies" in one["sectors"]]
    assert [one for one in CAMPUSES if made.test(one)] == members
    said = "No campus mentions 'parfum' itself; these are the campuses of the sector: Chimie et biotechnologies."
    assert made.notes == [said]
    elsewhere = make("sector", ["soudure"])  # which one of another sector says
    assert sum(map(elsewhere.test, CAMPUSES)) == sum("materiaux" in one["sectors"] for one in CAMPUSES)
    assert elsewhere.notes == []


def test_a_city_may_have_no_code_and_a_commune_no_campus():
    nameless, other = someone(city="Ville-Nouvelle", department_code="76"), someone(city="Fécamp", city_code="76259")
    made = make("city", ["ville nouvelle"], {**REGISTRY, "campuses": [nameless, other]})
    assert [made.test(nameless), made.test(other)] == [True, False]
    made = make("city", ["Ajaccio"])
    said = "No campus is known to have its seat in 'Ajaccio'. Those around it: cmq near \"Ajaccio (2A)\""
    assert made.notes == [said]
    assert [made.test(one) for one in CAMPUSES].count(True) == 0
    assert made.test(someone(region_code="94")) is None
    said = "No campus is known to have its seat in 'Beaumont'. Those around it: cmq near Beaumont"
    assert make("city", ["Beaumont"]).notes == [said]


DATES = [
    ({}, (date(2013, 9, 11), date.max)),
    ({"attested_on": "2019"}, (date(2013, 9, 11), date(2019, 12, 31))),
    ({"labelled_on": "2013"}, (date(2013, 9, 11), date(2013, 12, 31))),
    ({"labelled_on": "2016-03"}, (date(2016, 3, 1), date(2016, 3, 31))),
    ({"wave": 3}, (date(2016, 1, 29), date(2016, 10, 12))),
    ({"wave": 4, "labelled_on": "2017"}, (date(2017, 2, 13), date(2017, 2, 13))),
    ({"wave": 2, "labelled_on": "2015-01-30"}, (date(2015, 1, 30), date(2015, 1, 30))),
]


def test_when_a_label_may_have_begun_and_is_proven():
    assert [(known, filters.label_dates(REGISTRY, someone(**known))) for known, _dates in DATES] == DATES
    silent = {**REGISTRY, "waves": [{**REGISTRY["waves"][1], "announcements": []}]}
    assert filters.label_dates(silent, someone(wave=2)) == (date.min, date.max)
    assert make("wave", ["2"], silent).test(someone(labelled_on="2012")) is None


def test_what_means_several_things_is_said():
    means = [
        (
            "sector",
            "innovants",
            ["'innovants' means: Matériaux, matériaux innovants; Systèmes innovants, mécatronique."],
        ),
        ("department", "Corse", ["'Corse' means: Corse-du-Sud; Haute-Corse."]),
        ("academy", "normandie", ["'normandie' means: Caen; Rouen."]),
        ("region", "PACA", []),
    ]
    assert [(option, typed, make(option, [typed]).notes) for option, typed, _said in means] == means


def test_days():
    assert {filters.as_of_day(typed) for typed in ("today", " Aujourd'hui ", "aujourd’hui")} == {date.today()}
    for typed in ("2017-13", "2017-00", "13/13/2017", "hier", "", "13/02/17"):
        with pytest.raises(UsageError, match="is not a date"):
            make("as_of", typed)


def refuse(words, kind, value):
    asked = {**dict.fromkeys(vocabulary.UNKNOWN), "wave": ["4"], kind: [value]}
    return problem(lambda: filters.refuse_unquoted(REGISTRY, words, asked))


UNQUOTED = [
    (["Franche", "Comté"], "region", "Bourgogne", "Bourgogne Franche Comté"),
    (["Aquitaine", "mer"], "region", "Nouvelle", "Nouvelle Aquitaine"),
    (["Alpes", "Côte", "d'Azur"], "region", "Provence", "Provence Alpes Côte d'Azur"),
    (["hôtellerie", "de", "la", "loire"], "region", "pays", "pays de la loire"),
    (["Marseille"], "academy", "Aix", "Aix Marseille"),
    (["Atlantique"], "department", "Loire", "Loire Atlantique"),
    (["Denis"], "city", "Saint", "Saint Denis"),
    (["en", "Bresse"], "city", "Bourg", "Bourg en Bresse"),  # where no campus is
    (["construction"], "sector", "éco", "éco construction"),
]


def test_value_without_its_quotes_is_shown_with_them():
    said = "'{}' is one value, of several words. Put it in quotes: --{} \"{}\""
    for words, kind, value, whole in UNQUOTED:
        assert refuse(words, kind, value) == said.format(whole, kind, whole)
    assert refuse(["5"], "wave", "4") == "'4,5' are several values. Repeat the option: --wave 4 --wave 5"


def test_words_beside_a_value_are_words():
    cases = [
        (["mer"], "region", "bretagne"),
        (["métiers", "d'art"], "sector", "bois"),
        (["verte"], "sector", "chimie"),
        (["bretagne"], "region", "bretagne"),
        (["maritime"], "department", "17"),
        (["mer"] * 10_000, "region", "bretagne"),
        (["", "\0"], "city", "brest"),
        (["corse"], "city", "Ajaccio"),
        (["Comté"], "region", "Bourgogne Franche-Comté"),
    ]
    assert [case for case in cases if refuse(*case)] == []


@given(st.sampled_from(["region", "academy", "department", "wave"]), st.text())
def test_any_value_is_answered_in_one_line(option, typed):
    said = problem(lambda: make(option, [typed]))
    assert printable(said) == said


def test_long_values_are_answered_too():
    for typed in ("s" * 100_000, "1" * 100_000 + "er", "iv" * 50_000 + "e", "&" * 100_000):
        for option in ("sector", "region", "city", "wave"):
            assert 0 < len(problem(lambda option=option, typed=typed: make(option, [typed]))) < 600
