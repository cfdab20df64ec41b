"""Sentences on how much an answer covers: true of the registry that is asked, and said where they tell something."""

import pytest

from cmq_cli import filters
from cmq_cli.commands import sentences
from cmq_cli.errors import UsageError
from cmq_cli.options import FilterOptions
from support import WHOLE, document

CAMPUSES = WHOLE["campuses"]


AT_DATES = {
    "13/02/2017": "52 of the 77 campuses of the official count of 13 February 2017 are documented.",
    "2018": "of the 95 campuses of the official count of 2018 are documented.",
    "01/06/2018": "of the 77 campuses",  # "2018" may mean its last day
    "2016": "of the 51 campuses of the official count of 12 October 2016 are documented.",
    "2013-10-14": "of the 12 campuses of the official count of 14 October 2013 are documented.",
    "2013-10-13": "The first campuses were announced on 11 September 2013.",
}


def test_at_a_date_what_is_documented_stands_beside_the_official_count_and_is_what_the_filter_finds():
    assert [typed for typed, said in AT_DATES.items() if said not in sentences.as_of(WHOLE, typed)] == []
    for typed in ("2014-03-05", "2016-10-12", "2017-02-13"):
        proven = sum(filters.make(WHOLE, "as_of", typed).test(one) is True for one in CAMPUSES)
        assert sentences.as_of(WHOLE, typed).startswith(f"{proven} of the ")


def test_no_date_is_refused_and_of_no_waves_nothing_is_said():
    with pytest.raises(UsageError):
        sentences.as_of(WHOLE, "soon")
    assert sentences.as_of({**document(), "waves": [], "milestones": []}, "2030") == ""


def test_waves_say_how_many_of_those_announced_are_documented():
    said = "{} of the {} campuses announced by wave {} are documented: cmq waves {}"
    assert sentences.of_waves(WHOLE, ["4", "IV"]) == [said.format(15, 26, 4, 4)]
    assert sentences.of_waves(WHOLE, ["5e", "none", "1"]) == [said.format(10, 14, 1, 1), said.format(2, 18, 5, 5)]
    assert sentences.of_waves(WHOLE, ["none"]) == []


OFFICIAL = [
    (FilterOptions(), None),
    (FilterOptions(wave=["IV"]), (26, "2017-02-13")),
    (FilterOptions(wave=["5"]), (18, "2018")),
    (FilterOptions(wave=["4", "5"]), None),
    (FilterOptions(wave=["none"]), None),
    (FilterOptions(wave=["4"], excellence=True), None),
    (FilterOptions(as_of="2017-02-13"), (77, "2017-02-13")),
    (FilterOptions(as_of="2017-02-13", wave=["4"]), None),
    (FilterOptions(region=["bretagne"]), None),
]


def test_an_official_number_is_known_of_a_date_or_of_a_wave_alone():
    assert [(filters, sentences.official(WHOLE, filters)) for filters, _official in OFFICIAL] == OFFICIAL


def test_at_the_head_of_a_page_stands_how_much_is_known():
    assert sentences.in_short(WHOLE) == f"{len(CAMPUSES)} campuses documented. {sentences.as_of(WHOLE, '2017-02-13')}"
    own = document()  # of which nobody knows how many there are
    assert sentences.in_short(own) == f"{len(own['campuses'])} campuses documented."
    assert sentences.in_short({**own, "campuses": own["campuses"][:1]}) == "1 campus documented."


def test_marks_are_explained_where_they_stand():
    stated = {**CAMPUSES[0], "wave_basis": "stated", "labelled_on": "2017", "attested_on": None}
    deduced = {**stated, "wave_basis": "deduced"}
    attested = {**stated, "labelled_on": None, "attested_on": "2017"}
    star, less = "* deduced, not stated by a source.", "≤ attested by then; when it began is not known."
    for campuses, said in (([stated], ()), ([stated, deduced], (star,)), ([attested, deduced], (f"{star} {less}",))):
        assert sentences.marks(campuses) == said


def test_what_no_source_states_is_said_of_the_fields_that_are_counted_by():
    assigned = sum(campus["sectors_basis"] == "assigned" for campus in CAMPUSES)
    said = f"The sectors of {assigned} are assigned by this registry, not a source."
    assert sentences.not_stated(CAMPUSES, ["sector"]) == [said]
    assert len(sentences.not_stated(CAMPUSES, ["academy", "wave", "city", "year"])) == 2
    assert sentences.not_stated([{**CAMPUSES[0], "sectors_basis": "stated"}], ["sector"]) == []
