"""Words and filters in, campuses out: what is said of them is true, and what it tells to type works."""

import json
import re
import shlex

import pytest

from cmq_cli.commands.selection import MISSING, asked, choose, shell_line
from cmq_cli.errors import UsageError
from cmq_cli.options import FilterOptions
from support import WHOLE, cmq

CAMPUSES = {campus["id"]: campus for campus in WHOLE["campuses"]}
NONE = FilterOptions()


def chosen(*words, missing=(), command="cmq list", **filters):
    return choose(WHOLE, words, FilterOptions(**filters), command, missing)


def ids(found):
    return [campus["id"] for campus in found.campuses]


def found_by(line):
    """Return the ids of the campuses that a command line finds."""
    program, command, *arguments = shlex.split(line)
    assert program == "cmq"
    code, out, err = cmq("list" if command == "count" else command, *arguments, "--json")
    assert code == 0, (line, err)
    return [row["id"] for row in json.loads(out)]


def commands(err):
    return re.findall(r"cmq (?:list|near|count|map)\b.*", err)


COMMANDS = [
    ["list", "bois"],
    ["list", "bois", "--region", "grand-est"],
    ["list", "bois", "--region", "bretagne"],
    ["list", "cuir", "--excellence"],
    ["list", "cinéma", "ou", "cuir"],
    ["list", "menuisière"],
    ["list", "crèche"],
    ["list", "--sector", "bois"],
    ["list", "--sector", "bois", "--region", "grand est"],
    ["list", "--sector", "cuir", "--wave", "4"],
    ["list", "maintenance", "aéronautique"],
    ["list", "petite enfance", "--city", "Nancy"],
    ["list", "--wave", "4"],
    ["list", "--wave", "4", "--region", "franche-comte"],
    ["list", "--wave", "3", "tourisme"],
    ["list", "--as-of", "2017-02-13"],
    ["list", "--as-of", "2015", "--region", "Pays de la Loire"],
    ["list", "--no-excellence"],
    ["list", "-d", "25"],
    ["list", "-c", "Dijon"],
    ["list", "-a", "Besançon", "numérique"],
    ["count", "bois"],
    ["count", "--wave", "4", "-r", "Franche-Comté"],
    ["map", "nautisme"],
    ["map", "--sector", "nautisme", "-r", "bretagne"],
]


@pytest.mark.parametrize("typed", COMMANDS, ids=" ".join)
def test_what_sentences_tell_to_type_works_and_finds_as_many_as_they_say(typed):
    _code, _out, err = cmq(*typed)
    answer = found_by(shell_line("cmq", typed))
    for sentence in err.splitlines():
        number = re.search(r"\b(\d+) (?:more|outside)", sentence)
        for line in commands(sentence):
            there = found_by(line)
            if "To see" in sentence:
                assert len(there) == int(number[1]), sentence
                assert set(there).isdisjoint(answer), sentence
            elif "Among others" in sentence or "more in the sector" in sentence:
                assert len(set(there) - set(answer)) >= int(number[1]), sentence
            elif "outside them" in sentence:
                assert len(there) == int(number[1]), sentence
                assert answer == []


def test_a_campus_that_only_shares_a_sector_is_no_answer_but_a_line_says_how_to_see_it():
    found = chosen("bois")
    assert found.filtered
    assert all("bois" in json.dumps(each, ensure_ascii=False).lower() for each in found.campuses)
    sector = {campus["id"] for campus in WHOLE["campuses"] if "materiaux" in campus["sectors"]}
    more = len(sector.difference(ids(found)))
    said = f"{more} more in the sector Matériaux, matériaux innovants, which don't mention 'bois': "
    assert f"{said}cmq list --sector materiaux" in found.notes
    assert f"{said}cmq near Nancy --sector materiaux" in chosen("bois", command="cmq near Nancy").notes
    by_sector = chosen(sector=["bois"])
    assert set(ids(by_sector)) == set(ids(found)) & sector
    assert any("which don't mention 'bois': cmq list --sector materiaux" in note for note in by_sector.notes)
    assert set(ids(chosen(sector=["materiaux"]))) == sector


def test_words_that_are_found_outside_the_filters_alone_leave_the_list_empty_and_a_line_says_where():
    found = chosen("bois", region=["bretagne"])
    everywhere = len(chosen("bois").campuses)
    assert found.campuses == []
    assert f"No campus passes the filters; {everywhere} outside them have the words: cmq list bois" in found.notes


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["menuisière"], "'menuisière': looked for 'bois', 'forêt-bois'"),
        (["bac", "pro", "bois"], "Not looked for: 'bac', 'pro'"),
        (["petite enfance"], "No campus mentions 'petite enfance' itself"),
    ],
)
def test_how_words_were_understood_is_said(words, said):
    found = chosen(*words)
    assert found.campuses
    assert sum(said in note for note in found.notes) == 1


def test_notes_say_first_what_the_reader_needs_first():
    marks = ["2 campuses.", "15 of the 26", "3 more may match"]
    err = cmq("list", "--wave", "4", "--region", "franche-comte")[2]
    assert [err.index(mark) for mark in marks] == sorted(err.index(mark) for mark in marks)
    assert len(err.splitlines()) == 3
    assert len({*err.splitlines()}) == 3


@pytest.mark.parametrize(
    ("filters", "field", "why"),
    [
        ({"region": ["franche-comte"], "wave": ["4"]}, "academy", "academy not known"),
        ({"department": ["25"]}, "department_code", "department of the seat not known"),
        ({"city": ["Dijon"]}, "city", "city of the seat not known"),
        ({"wave": ["4"]}, "wave", "wave not known"),
        ({"excellence": True}, "excellence", "no source says whether it holds the mention"),
        ({"as_of": "2017-02-13"}, "labelled_on", "nothing dates the label"),
        ({"as_of": "2017-02-13"}, "attested_on", "label attested only later"),
    ],
)
def test_campuses_of_which_nobody_can_tell_are_counted_with_the_reason(filters, field, why):
    found = chosen(**filters)
    number = len(found.unsure[field])
    assert number
    assert sum(note.startswith(f"{number} more may match: {why}. ") for note in found.notes) == 1
    assert set(ids(found)).isdisjoint(campus["id"] for campus in found.unsure[field])


def test_of_those_that_lack_a_fact_all_are_given_that_may_pass_the_filter_that_needs_it():
    open_ones = chosen(wave=["4"]).unsure["wave"]
    assert set(ids(chosen(wave=["4"], missing=["wave"]))) == {campus["id"] for campus in open_ones}
    assert "wave" not in chosen(wave=["4"], missing=["wave"]).unsure
    lacking = chosen(region=["Grand Est"], missing=["city"])
    assert {(campus["region"], campus["city"]) for campus in lacking.campuses} == {("Grand Est", None)}


KNOWN = {
    **CAMPUSES["microtechniques-systemes-intelligents"],
    **{"aliases": ["CMQ"], "labelled_on": "2017-02-13", "attested_on": None, "wave": 4, "excellence": True},
    "excellence_since": "2020",
}


@pytest.mark.parametrize(
    ("changes", "field", "missing"),
    [
        *(({field: [] if isinstance(KNOWN[field], list) else None}, field, True) for field in MISSING[:7]),
        *(({field: [] if isinstance(KNOWN[field], list) else None}, field, True) for field in MISSING[8:]),
        ({}, "city", False),
        ({"labelled_on": None, "wave": None}, "attested_on", True),
        ({"labelled_on": None, "wave": 4}, "attested_on", False),  # its announcement proves it
        ({"labelled_on": None, "wave": None, "attested_on": "2017"}, "attested_on", False),
        ({"excellence": False, "excellence_since": None}, "excellence_since", False),
        ({"excellence": None, "excellence_since": None}, "excellence_since", False),
        ({"excellence": False}, "excellence", False),
    ],
)
def test_a_fact_is_missing_where_it_would_tell_something(changes, field, missing):
    registry = {**WHOLE, "campuses": [{**KNOWN, **changes}]}
    assert bool(choose(registry, None, NONE, missing=[field]).campuses) is missing


def test_what_can_not_be_missing_is_refused_with_what_can():
    code, _out, err = cmq("list", "--missing", "webste")
    assert (code, err.count("\n")) == (2, 1)
    assert "'webste'" in err
    assert "website" in err.split("Give one of")[0]
    assert all(field in err for field in MISSING)
    assert "--missing city --missing website" in cmq("list", "--missing", "city,website")[2]


def test_options_are_told_as_they_were_typed():
    filters = FilterOptions(region=["Grand Est"], wave=["4", "5"], excellence=False, as_of="2017")
    typed = ["--region", "Grand Est", "--wave", "4", "--wave", "5", "--no-excellence", "--as-of", "2017"]
    assert asked(filters, ["bois"]) == ["bois", *typed]
    assert asked(NONE) == []
    assert shlex.split(shell_line("cmq list", typed)) == ["cmq", "list", *typed]


def test_a_value_that_lost_its_quotes_is_refused_beside_words():
    with pytest.raises(UsageError, match="pays de la loire"):
        chosen("de", "la", "loire", region=["pays"])


def test_without_words_campuses_come_by_name_and_with_words_best_fit_first():
    names = [campus["name"] for campus in chosen().campuses]
    assert names[0].startswith("Aéro")
    assert len(names) == len(CAMPUSES)
    assert not chosen().filtered
    assert ids(chosen("plasti-campus"))[0] == "plasti-campus"
