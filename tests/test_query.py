"""Selecting, sorting and counting, on campuses that differ only in what is asked about."""

from itertools import permutations

import pytest

from cmq_cli.filters import Filter
from cmq_cli.query import DIMENSIONS, SORT_KEYS, count, select, sort
from cmq_cli.registry import bundled
from test_search import campus as known_only
from test_search import problem

REGISTRY = bundled()
CAMPUSES = REGISTRY["campuses"]


def campus(identifier, **known):
    """Return a campus of which nothing is known but what is said."""
    unknown = dict.fromkeys(("wave", "labelled_on", "attested_on", "excellence"))
    return known_only(identifier, **{"name": identifier, **unknown, **known})


def ids(campuses):
    return [one["id"] for one in campuses]


WAVE = Filter("wave", lambda one: None if one["wave"] is None else one["wave"] == 4)
CITY = Filter("city", lambda one: None if one["city"] is None else one["city"] == "Dole")


SELECTED = [
    ([], ["both", "city", "neither", "wave", "wrong"], {}),
    ([WAVE], ["both", "wave"], {"wave": ["city", "neither"]}),
    ([CITY], ["both", "city"], {"city": ["neither", "wave", "wrong"]}),
    ([WAVE, CITY], ["both"], {"wave": ["city", "neither"], "city": ["wave"]}),
    ([CITY, WAVE], ["both"], {"city": ["neither", "wave"], "wave": ["city"]}),
]


def test_select_gives_what_it_can_not_tell():
    known = {"both": {"wave": 4, "city": "Dole"}, "city": {"city": "Dole"}, "neither": {}, "wave": {"wave": 4}}
    campuses = [campus(id, **fields) for id, fields in {**known, "wrong": {"wave": 3}}.items()]
    for filters, kept, unsure in SELECTED:
        passing, may_pass = select(campuses, filters)
        assert (ids(passing), {field: ids(each) for field, each in may_pass.items()}) == (kept, unsure)


MIXED = [
    campus("c", name="Zeste", region="Occitanie", city="Évry", wave=2, labelled_on="2015"),
    campus("a", name="énergie", region="Île-de-France", attested_on="2015-06"),
    campus("b", name="Eau", region="Bretagne", city="Dole", wave=1, labelled_on="2015-12-31"),
    campus("e", name="Eau", region="Bretagne", city="Foix", wave=2, labelled_on="2016-01", attested_on="2013"),
    campus("d", name="Œnologie", region="Bretagne", city="dax"),
]
SORTED = {
    **{"name": "beadc", "-name": "cdabe", "id": "abcde", "-id": "edcba", "region": "bedac", "-region": "cabed"},
    **{"city": "dbcea", "-city": "ecbda", "wave": "becad", "-wave": "ecbad"},
    **{"date": "abced", "-date": "ebcad"},  # 2015 may mean its last day; of two dates, the label's own counts
}


def test_sort_puts_the_unknown_last_and_equals_by_name():
    assert {field: "".join(ids(sort(MIXED, field))) for field in SORTED} == SORTED
    assert {field: "".join(ids(sort(reversed(MIXED), field))) for field in SORTED} == SORTED


def test_sort_loses_nobody():
    fields = [sign + field for field in SORT_KEYS for sign in ("", "-")]
    assert [field for field in fields if sorted(ids(sort(CAMPUSES, field))) != sorted(ids(CAMPUSES))] == []


REFUSED = {
    "nam": "Can't sort by 'nam'. Did you mean name? Give one of: name, region, city, wave, date, id.",
    "-dates": "Can't sort by 'dates'. Did you mean date? Give one of: name, region, city, wave, date, id.",
    "desc": "Can't sort by 'desc'. Give one of: name, region, city, wave, date, id.",
    "": "Can't sort by ''. Give one of: name, region, city, wave, date, id.",
}
ALL_COUNTS = "Give one or two of: sector, region, academy, department, city, wave, year, excellence."
TWO = "Count by one field, or by two different ones: cmq count --by region --by wave"
NOT_COUNTED = {
    ("",): f"Can't count by ''. {ALL_COUNTS}",
    ("regoin",): f"Can't count by 'regoin'. Did you mean region? {ALL_COUNTS}",
    ("name",): f"Can't count by 'name'. {ALL_COUNTS}",
    ("region,wave",): "'region,wave' are several values. Repeat the option: --by region --by wave",
    ("region", "region"): TWO,
    ("region", "wave", "year"): TWO,
}


def test_sort_and_count_name_what_they_can_do():
    assert {field: problem(lambda field=field: sort(MIXED, field)) for field in REFUSED} == REFUSED
    said = {fields: problem(lambda fields=fields: count(REGISTRY, MIXED, fields)) for fields in NOT_COUNTED}
    assert said == NOT_COUNTED


def counted(campuses, *fields):
    """Return the rows of a count: the ids of the values, and how many."""
    return [(*(value.id for value in row.values), len(row.campuses)) for row in count(REGISTRY, campuses, fields)]


def test_every_dimension_gives_an_id_and_a_name_and_what_is_not_known():
    known = next(one for one in CAMPUSES if one["id"] == "microtechniques-systemes-intelligents")
    known = {**known, "sectors": ["systemes-innovants-mecatronique", "chimie-biotechnologies"]}
    expected = {
        "sector": [
            ("chimie-biotechnologies", "Chimie et biotechnologies"),
            ("systemes-innovants-mecatronique", "Systèmes innovants, mécatronique"),
        ],
        "region": [("27", "Bourgogne-Franche-Comté")],
        "academy": [("Besançon", "Besançon")],
        "department": [("25", "Doubs")],
        "city": [("25056", "Besançon")],
        "wave": [(4, "4")],
        "year": [(2017, "2017")],
        "excellence": [(True, "yes")],
    }
    assert {name: [tuple(row.values[0]) for row in count(REGISTRY, [known], [name])] for name in DIMENSIONS} == expected
    unknown = campus("a", attested_on="2017")
    open_ = ("academy", "department", "city", "wave", "year", "excellence")
    assert {name: counted([unknown], name) for name in open_} == {name: [(None, 1)] for name in open_}
    assert counted([unknown], "sector") == []


def test_count_puts_the_most_frequent_first_then_by_name_then_the_unknown():
    names = ["Lille", "Évry", "Dax", "Évry", "dole", "Lille", "Évry", None, None, None, None]
    campuses = [campus(str(at), academy=name) for at, name in enumerate(names)]
    expected = [("Évry", 3), ("Lille", 2), ("Dax", 1), ("dole", 1), (None, 4)]
    assert counted(campuses, "academy") == counted(campuses[::-1], "academy") == expected


def test_count_keeps_the_order_that_values_have():
    waves = [campus(str(at), wave=wave) for at, wave in enumerate([4, 1, 4, 5, None, 4, 1])]
    assert counted(waves, "wave") == [(1, 2), (4, 3), (5, 1), (None, 1)]
    told = [campus(str(at), excellence=one) for at, one in enumerate([True, False, True, None])]
    assert counted(told, "excellence") == [(False, 1), (True, 2), (None, 1)]


def test_count_by_two_orders_each_by_its_own_total():
    places = [("A", 1), ("A", 4), ("B", 4), ("B", 4), ("B", None), ("C", 1), (None, 1)]
    campuses = [campus(str(at), academy=academy, wave=wave) for at, (academy, wave) in enumerate(places)]
    expected = [("B", 4, 2), ("B", None, 1), ("A", 1, 1), ("A", 4, 1), ("C", 1, 1), (None, 1, 1)]
    assert counted(campuses, "academy", "wave") == expected


def test_count_keeps_the_campuses_in_their_order():
    campuses = [campus("b", wave=1), campus("c", wave=2), campus("a", wave=1)]
    assert [ids(row.campuses) for row in count(REGISTRY, campuses, ["wave"])] == [["b", "a"], ["c"]]
    assert count(REGISTRY, [], ["wave"]) == []


@pytest.mark.parametrize(("down", "across"), [*permutations(("sector", "region", "wave", "city"), 2)])
def test_cross_table_has_the_values_of_its_fields_in_their_order_and_all_their_campuses(down, across):
    cells = count(REGISTRY, CAMPUSES, [down, across])
    rows = count(REGISTRY, CAMPUSES, [down])
    assert list(dict.fromkeys(cell.values[0] for cell in cells)) == [row.values[0] for row in rows]
    for row in rows:
        there = {one["id"] for cell in cells if cell.values[0] == row.values[0] for one in cell.campuses}
        assert there == set(ids(row.campuses))
