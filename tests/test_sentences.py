"""Sentences on how much an answer covers: true of the registry that is asked, and said where they tell something."""

from datetime import date

import pytest

from cmq_cli import filters, query
from cmq_cli.commands import sentences
from cmq_cli.errors import UsageError
from cmq_cli.options import FilterOptions
from support import WHOLE, document

CAMPUSES = WHOLE["campuses"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2017-02-13", "52 of the 77 campuses of the official count of 13 February 2017 are documented."),
        ("13/02/2017", "52 of the 77 campuses of the official count of 13 February 2017 are documented."),
        ("2018", "of the 95 campuses of the official count of 2018 are documented."),
        ("2016", "of the 51 campuses of the official count of 12 October 2016 are documented."),
        ("2013-09-10", "There was no campus yet: the first were announced on 11 September 2013."),
        ("2013-09-11", "of the 12 campuses of the official count of 11 September 2013 are documented."),
    ],
)
def test_at_a_date_what_is_documented_stands_beside_the_official_count(typed, said):
    assert said in sentences.as_of(WHOLE, typed)


def test_what_is_documented_at_the_day_of_a_count_is_what_the_filter_finds():
    for typed in ("2014-03-05", "2016-10-12", "2017-02-13"):
        wanted = [filters.dated(WHOLE, typed), filters.by_date(WHOLE, typed)]
        found = len(query.select(CAMPUSES, wanted).campuses)
        assert sentences.as_of(WHOLE, typed).startswith(f"{found} of the ")


def test_no_date_is_refused_and_without_any_count_that_is_said():
    with pytest.raises(UsageError):
        sentences.as_of(WHOLE, "soon")
    own = {**document(), "waves": [], "milestones": []}
    assert sentences.as_of(own, "2030").endswith("There is no official count that early.")
    assert sentences.official_count(own, date(2030, 1, 1)) is None


@pytest.mark.parametrize(
    ("day", "official"),
    [
        (date(2013, 9, 10), None),
        (date(2013, 9, 11), (12, "2013-09-11")),
        (date(2013, 12, 31), (12, "2013-10-14")),  # 14 is deduced for the end of that year, and stated in March
        (date(2017, 2, 13), (77, "2017-02-13")),
        (date(2018, 6, 1), (77, "2017-02-13")),  # "2018" may mean its last day
        (date(2026, 1, 1), (95, "2018")),
    ],
)
def test_the_official_count_is_the_latest_that_a_source_states(day, official):
    assert sentences.official_count(WHOLE, day) == official


def test_waves_say_how_many_of_those_announced_are_documented():
    said = "{} of the {} campuses announced by wave {} are documented: cmq waves {}"
    assert sentences.of_waves(WHOLE, ["4", "IV"]) == [said.format(15, 26, 4, 4)]
    assert sentences.of_waves(WHOLE, ["5e", "none", "1"]) == [said.format(10, 14, 1, 1), said.format(2, 18, 5, 5)]
    assert sentences.of_waves(WHOLE, ["none"]) == []


@pytest.mark.parametrize(
    ("filters", "official"),
    [
        (FilterOptions(), None),
        (FilterOptions(wave=["4"]), (26, "2017-02-13")),
        (FilterOptions(wave=["5"]), (18, "2018")),
        (FilterOptions(wave=["none"]), None),
        (FilterOptions(wave=["4"], excellence=True), None),
        (FilterOptions(as_of="2017-02-13"), (77, "2017-02-13")),
        (FilterOptions(as_of="2017-02-13", wave=["4"]), None),
        (FilterOptions(region=["bretagne"]), None),
    ],
)
def test_an_official_number_is_known_of_a_date_or_of_waves_alone(filters, official):
    assert sentences.official(WHOLE, filters) == official


@pytest.mark.parametrize(
    ("shown", "found", "filtered", "said"),
    [
        (0, 0, True, ["No campus of the registry matches."]),
        (1, 1, True, ["1 campus."]),
        (12, 12, True, ["12 campuses."]),
        (5, 12, True, ["5 of the 12 campuses that match."]),
        (12, 12, False, ["12 campuses.", "Not all campuses that exist are documented: cmq waves"]),
    ],
)
def test_how_many_there_are(shown, found, filtered, said):
    assert sentences.counted(WHOLE, shown, found, filtered) == said
    assert sentences.counted(document(), shown, found, filtered) == said[:1]  # the user's own may hold all


def test_at_the_head_of_a_page_stands_how_much_is_known():
    assert sentences.in_short(WHOLE).startswith(f"{len(CAMPUSES)} campuses documented. 52 of the 77 campuses")
    own = document()
    assert sentences.in_short(own) == f"{len(own['campuses'])} campuses documented."
    assert sentences.in_short({**own, "campuses": own["campuses"][:1], "milestones": []}) == "1 campus documented."


def test_marks_are_explained_where_they_stand():
    stated = {**CAMPUSES[0], "wave_basis": "stated", "labelled_on": "2017", "attested_on": None}
    deduced = {**stated, "wave_basis": "deduced"}
    attested = {**stated, "labelled_on": None, "attested_on": "2017"}
    assert sentences.marks([stated]) == ()
    assert sentences.marks([stated, deduced]) == ("* deduced, not stated by a source.",)
    assert sentences.marks([attested, stated]) == ("≤ attested by then; when it began is not known.",)
    assert sentences.marks([attested, deduced])[0].count("*") == sentences.marks([attested, deduced])[0].count("≤") == 1


def test_what_no_source_states_is_said_of_the_fields_that_are_counted_by():
    assigned = sum(campus["sectors_basis"] == "assigned" for campus in CAMPUSES)
    said = f"Of {assigned} this registry assigns the sectors, not a source."
    assert sentences.not_stated(CAMPUSES, ["sector"]) == [said]
    assert len(sentences.not_stated(CAMPUSES, ["academy", "wave"])) == 2
    assert sentences.not_stated(CAMPUSES, ["city", "year"]) == []
    assert sentences.not_stated([{**CAMPUSES[0], "sectors_basis": "stated"}], ["sector"]) == []
