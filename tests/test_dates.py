"""Partial dates: their first and last day, and what isn't one."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmq_cli.dates import first_day, last_day


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        pytest.param("2017-02-13", date(2017, 2, 13), date(2017, 2, 13), id="day"),
        pytest.param("2017-02", date(2017, 2, 1), date(2017, 2, 28), id="month"),
        pytest.param("2016-02", date(2016, 2, 1), date(2016, 2, 29), id="leap month"),
        pytest.param("2017-12", date(2017, 12, 1), date(2017, 12, 31), id="december"),
        pytest.param("2017", date(2017, 1, 1), date(2017, 12, 31), id="year"),
        pytest.param("0001", date(1, 1, 1), date(1, 12, 31), id="first year"),
        pytest.param("9999-12", date(9999, 12, 1), date(9999, 12, 31), id="last month"),
    ],
)
def test_days_of_a_partial_date(typed: str, first: date, last: date) -> None:
    assert first_day(typed) == first
    assert last_day(typed) == last


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("", id="empty"),
        pytest.param("13/02/2017", id="French form"),
        pytest.param("13 février 2017", id="in words"),
        pytest.param("2017-2-13", id="one digit"),
        pytest.param("2017-13", id="month 13"),
        pytest.param("2017-00", id="month 0"),
        pytest.param("2017-02-29", id="no leap year"),
        pytest.param("2017-02-00", id="day 0"),
        pytest.param("0000", id="year 0"),
        pytest.param("0000-01", id="month of year 0"),
        pytest.param("20170213", id="no hyphens"),
        pytest.param("2017-02-13T10:00", id="with a time"),
        pytest.param(" 2017", id="space"),
        pytest.param("2017\n", id="line end"),
        pytest.param("２０１７", id="full-width digits"),
        pytest.param("٢٠١٧", id="Arabic digits"),
        pytest.param("1" * 100_000, id="long"),
    ],
)
def test_what_is_no_date(typed: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        first_day(typed)
    with pytest.raises(ValueError, match=r"\w"):
        last_day(typed)


@settings(deadline=None)
@given(st.dates())
def test_days_of_the_three_forms_enclose_each_other(day: date) -> None:
    whole = day.isoformat()
    assert first_day(whole) == last_day(whole) == day
    assert first_day(whole[:4]) <= first_day(whole[:7]) <= day <= last_day(whole[:7]) <= last_day(whole[:4])
    assert first_day(whole[:7]).day == 1
    assert last_day(whole[:7]).month == day.month
