"""Selecting, sorting and counting, on campuses that differ only in what is asked about."""

from itertools import permutations

from cmq_cli.filters import Filter
from cmq_cli.query import DIMENSIONS, SORT_KEYS, count, select, sort
from cmq_cli.registry import bundled
from support import campus, ids, problem

REGISTRY = bundled()
CAMPUSES = REGISTRY["campuses"]
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
    assert {field.removeprefix("-") for field in SORTED} == {*SORT_KEYS}
    assert {field: "".join(ids(sort(MIXED, field))) for field in SORTED} == SORTED
    assert {field: "".join(ids(sort(reversed(MIXED), field))) for field in SORTED} == SORTED


ALL_SORTS = "Give one of: name, region, city, wave, date, id."
REFUSED = {
    "nam": f"Can't sort by 'nam'. Did you mean name? {ALL_SORTS}",
    "-dates": f"Can't sort by '-dates'. Did you mean date? {ALL_SORTS}",
    "": f"Can't sort by ''. {ALL_SORTS}",
    "city,-wave": "'city,-wave' are several values. Repeat the option: --sort city --sort -wave",
}
ALL_COUNTS = "Give one of: sector, region, academy, department, city, wave, year, excellence."
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


NAMES = ["Lille", "Évry", "Dax", "Évry", "dole", "Lille", "Évry", None, None, None, None]
BOTH = [("A", 1), ("A", 4), ("B", 4), ("B", 4), ("B", None), ("C", 1), (None, 1)]
COUNTED = [
    (["academy"], [(name,) for name in NAMES], [("Évry", 3), ("Lille", 2), ("Dax", 1), ("dole", 1), (None, 4)]),
    (["wave"], [(4,), (1,), (4,), (5,), (None,), (4,), (1,)], [(1, 2), (4, 3), (5, 1), (None, 1)]),
    (["excellence"], [(True,), (False,), (True,), (None,)], [(False, 1), (True, 2), (None, 1)]),
    (["academy", "wave"], BOTH, [("B", 4, 2), ("B", None, 1), ("A", 1, 1), ("A", 4, 1), ("C", 1, 1), (None, 1, 1)]),
]


def test_count_keeps_the_order_that_values_have_else_the_most_frequent_come_first_then_by_name_then_the_unknown():
    for fields, values, expected in COUNTED:
        campuses = [campus(str(at), **dict(zip(fields, each, strict=True))) for at, each in enumerate(values)]
        assert counted(campuses, *fields) == counted(campuses[::-1], *fields) == expected


def test_count_keeps_the_campuses_in_their_order():
    campuses = [campus("b", wave=1), campus("c", wave=2), campus("a", wave=1)]
    assert [ids(row.campuses) for row in count(REGISTRY, campuses, ["wave"])] == [["b", "a"], ["c"]]
    assert count(REGISTRY, [], ["wave"]) == []


def test_cross_table_has_the_values_of_its_fields_in_their_order_and_all_their_campuses():
    for down, across in permutations(("sector", "region", "wave", "city"), 2):
        there = {}
        for cell in count(REGISTRY, CAMPUSES, [down, across]):
            there.setdefault(cell.values[:1], set()).update(ids(cell.campuses))
        assert [*there.items()] == [(row.values, {*ids(row.campuses)}) for row in count(REGISTRY, CAMPUSES, [down])]
