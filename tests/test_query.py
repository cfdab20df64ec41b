"""Selecting, sorting and counting, on campuses that differ only in what is asked about; and laws for any of them."""

from collections import Counter
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmq_cli.errors import UsageError
from cmq_cli.filters import Filter
from cmq_cli.model import Campus, Registry
from cmq_cli.query import DIMENSIONS, SORT_KEYS, Value, count, select, sort
from cmq_cli.registry import load

REGISTRY: Registry = load()


def campus(identifier: str, **known: object) -> Campus:
    """Return a campus of which nothing is known but what is said."""
    unknown = dict.fromkeys(("city", "city_code", "department_code", "academy", "wave", "labelled_on", "labelled_by"))
    base = replace(REGISTRY.campuses[0], id=identifier, name=identifier, excellence=None, sectors=())
    return replace(base, **{**unknown, **known})  # type: ignore[arg-type]


def ids(campuses: list[Campus] | tuple[Campus, ...]) -> list[str]:
    return [one.id for one in campuses]


WAVE = Filter("wave", lambda one: None if one.wave is None else one.wave == 4)
CITY = Filter("city", lambda one: None if one.city is None else one.city == "Dole")


@pytest.mark.parametrize(
    ("filters", "kept", "left_out"),
    [
        ([], ["both", "city", "neither", "wave", "wrong"], {}),
        ([WAVE], ["both", "wave"], {"wave": 2}),
        ([CITY], ["both", "city"], {"city": 3}),
        ([WAVE, CITY], ["both"], {"wave": 2, "city": 1}),
        ([CITY, WAVE], ["both"], {"city": 2, "wave": 1}),
    ],
)
def test_select_counts_what_it_can_not_tell(filters: list[Filter], kept: list[str], left_out: dict[str, int]) -> None:
    campuses = [
        campus("both", wave=4, city="Dole"),
        campus("city", city="Dole"),
        campus("neither"),
        campus("wave", wave=4),
        campus("wrong", wave=3),
    ]
    selection = select(campuses, filters)
    assert (ids(selection.campuses), selection.left_out) == (kept, left_out)


@given(st.lists(st.tuples(st.sampled_from([True, False, None]), st.sampled_from([True, False, None])), max_size=8))
def test_select_keeps_drops_or_counts_every_campus(answers: list[tuple[bool | None, bool | None]]) -> None:
    campuses = [campus(str(at)) for at in range(len(answers))]
    filters = [Filter(name, lambda one, at=at: answers[int(one.id)][at]) for at, name in enumerate(("a", "b"))]
    selection = select(campuses, filters)
    assert ids(selection.campuses) == [str(at) for at, both in enumerate(answers) if both == (True, True)]
    assert sum(selection.left_out.values()) == sum(False not in both and None in both for both in answers)


MIXED = [
    campus("c", name="Zeste", region="Occitanie", city="Évry", wave=2, labelled_on="2015"),
    campus("a", name="énergie", region="Île-de-France", labelled_by="2015-06"),
    campus("b", name="Eau", region="Bretagne", city="Dole", wave=1, labelled_on="2015-12-31"),
    campus("e", name="Eau", region="Bretagne", city="Foix", wave=2, labelled_on="2016-01", labelled_by="2013"),
    campus("d", name="Œnologie", region="Bretagne", city="dax"),
]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("name", "beadc"),
        ("-name", "cdabe"),
        ("id", "abcde"),
        ("-id", "edcba"),
        ("region", "bedac"),
        ("-region", "cabed"),
        ("city", "dbcea"),
        ("-city", "ecbda"),
        ("wave", "becad"),
        ("-wave", "ecbad"),
        ("date", "abced"),  # 2015 may mean its last day; of two dates, the label's own counts
        ("-date", "ebcad"),
    ],
)
def test_sort_puts_the_unknown_last_and_equals_by_name(field: str, expected: str) -> None:
    assert "".join(ids(sort(MIXED, field))) == expected
    assert "".join(ids(sort(reversed(MIXED), field))) == expected


@pytest.mark.parametrize("field", SORT_KEYS)
def test_sort_loses_nobody(field: str) -> None:
    for wanted in (field, f"-{field}"):
        assert sorted(ids(sort(REGISTRY.campuses, wanted))) == sorted(ids(REGISTRY.campuses))


ALL_SORTS = "Give one of: name, region, city, wave, date, id."
ALL_COUNTS = "Give one or two of: sector, region, academy, department, city, wave, year, excellence."


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("nam", f"Can't sort by 'nam'. Did you mean name? {ALL_SORTS}"),
        ("-dates", f"Can't sort by 'dates'. Did you mean date? {ALL_SORTS}"),
        ("wvae", f"Can't sort by 'wvae'. Did you mean wave? {ALL_SORTS}"),
        ("day", f"Can't sort by 'day'. Did you mean date? {ALL_SORTS}"),
        ("size", f"Can't sort by 'size'. {ALL_SORTS}"),
        ("", f"Can't sort by ''. {ALL_SORTS}"),
    ],
)
def test_sort_names_what_it_can_do(field: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        sort(MIXED, field)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (["regoin"], f"Can't count by 'regoin'. Did you mean region? {ALL_COUNTS}"),
        (["region", "yaer"], f"Can't count by 'yaer'. Did you mean year? {ALL_COUNTS}"),
        (["dept"], f"Can't count by 'dept'. Did you mean department? {ALL_COUNTS}"),
        (["weight"], f"Can't count by 'weight'. {ALL_COUNTS}"),
        (["region,wave"], "'region,wave' are several values. Repeat the option: --by region --by wave"),
        (["region,weight"], f"Can't count by 'region,weight'. Did you mean region? {ALL_COUNTS}"),
        (["region", "region"], "Count by one field, or by two different ones: cmq count --by region --by wave"),
        (["region", "wave", "year"], "Count by one field, or by two different ones: cmq count --by region --by wave"),
    ],
)
def test_count_names_what_it_can_do(fields: list[str], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        count(REGISTRY, MIXED, fields)
    assert str(caught.value) == message


def test_every_dimension_gives_an_id_and_a_name() -> None:
    known = campus(
        "a",
        sectors=("systemes-innovants-mecatronique", "chimie-biotechnologies"),
        region="Bourgogne-Franche-Comté",
        region_code="27",
        academy="Besançon",
        department_code="25",
        city="Besançon",
        city_code="25056",
        wave=4,
        labelled_on="2017-02-13",
        excellence=True,
    )
    found = {
        name: [tuple(each) for each in dimension.values(REGISTRY, known)] for name, dimension in DIMENSIONS.items()
    }
    assert found == {
        "sector": [
            ("systemes-innovants-mecatronique", "Systèmes innovants, mécatronique"),
            ("chimie-biotechnologies", "Chimie et biotechnologies"),
        ],
        "region": [("27", "Bourgogne-Franche-Comté")],
        "academy": [("Besançon", "Besançon")],
        "department": [("25", "Doubs")],
        "city": [("25056", "Besançon")],
        "wave": [(4, "4")],
        "year": [(2017, "2017")],
        "excellence": [(True, "yes")],
    }


def test_the_mention_is_counted_in_words() -> None:
    values = [DIMENSIONS["excellence"].values(REGISTRY, campus("a", excellence=held)) for held in (True, False)]
    assert values == [(Value(True, "yes"),), (Value(False, "no"),)]


def test_what_is_not_known_is_counted_as_that() -> None:
    unknown = campus("a", labelled_by="2017")
    may_be_unknown = ("academy", "department", "city", "wave", "year", "excellence")
    assert {DIMENSIONS[name].values(REGISTRY, unknown) for name in may_be_unknown} == {(Value(None, None),)}


def counted(campuses: list[Campus], *fields: str) -> list[tuple[object, ...]]:
    """Return the rows of a count: the ids of the values, and how many."""
    return [(*(value.id for value in row.values), len(row.campuses)) for row in count(REGISTRY, campuses, fields)]


def test_count_puts_the_most_frequent_first_then_by_name_then_the_unknown() -> None:
    names = ["Lille", "Évry", "Dax", "Évry", "dole", "Lille", "Évry", None, None, None, None]
    campuses = [campus(str(at), academy=name) for at, name in enumerate(names)]
    expected = [("Évry", 3), ("Lille", 2), ("Dax", 1), ("dole", 1), (None, 4)]
    assert counted(campuses, "academy") == counted(campuses[::-1], "academy") == expected


def test_count_keeps_the_order_that_values_have() -> None:
    waves = [4, 1, 4, 5, None, 4, 1]
    assert counted([campus(str(at), wave=wave) for at, wave in enumerate(waves)], "wave") == [
        (1, 2),
        (4, 3),
        (5, 1),
        (None, 1),
    ]
    told = [True, False, True, None]
    campuses = [campus(str(at), excellence=one) for at, one in enumerate(told)]
    assert counted(campuses, "excellence") == [(False, 1), (True, 2), (None, 1)]


def test_count_by_two_orders_each_by_its_own_total() -> None:
    places = [("A", 1), ("A", 4), ("B", 4), ("B", 4), ("B", None), ("C", 1), (None, 1)]
    campuses = [campus(str(at), academy=academy, wave=wave) for at, (academy, wave) in enumerate(places)]
    expected = [("B", 4, 2), ("B", None, 1), ("A", 1, 1), ("A", 4, 1), ("C", 1, 1), (None, 1, 1)]
    assert counted(campuses, "academy", "wave") == expected
    assert counted(campuses, "wave", "academy") == [
        (1, "A", 1),
        (1, "C", 1),
        (1, None, 1),
        (4, "B", 2),
        (4, "A", 1),
        (None, "B", 1),
    ]


def test_count_keeps_the_campuses_in_their_order() -> None:
    campuses = [campus("b", wave=1), campus("c", wave=2), campus("a", wave=1)]
    assert [ids(row.campuses) for row in count(REGISTRY, campuses, ["wave"])] == [["b", "a"], ["c"]]
    assert count(REGISTRY, [], ["wave"]) == []


@pytest.mark.parametrize("field", DIMENSIONS)
def test_count_counts_each_campus_once_per_value(field: str) -> None:
    values = Counter(value for one in REGISTRY.campuses for value in DIMENSIONS[field].values(REGISTRY, one))
    rows = count(REGISTRY, REGISTRY.campuses, [field])
    assert {row.values[0]: len(row.campuses) for row in rows} == values
    assert len({row.values for row in rows}) == len(rows)


@pytest.mark.parametrize(("down", "across"), list(permutations(DIMENSIONS, 2)))
def test_cross_table_has_the_values_of_its_fields_in_their_order_and_all_their_campuses(down: str, across: str) -> None:
    cells = count(REGISTRY, REGISTRY.campuses, [down, across])
    for row in count(REGISTRY, REGISTRY.campuses, [down]):
        there = {one.id for cell in cells if cell.values[0] == row.values[0] for one in cell.campuses}
        assert there == set(ids(row.campuses))
    rows = [row.values[0] for row in count(REGISTRY, REGISTRY.campuses, [down])]
    assert list(dict.fromkeys(cell.values[0] for cell in cells)) == rows
