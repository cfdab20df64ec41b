"""Words and filters in, campuses out: what is said of them is true, and what it tells to type works."""

import json
import re
import shlex

from cmq_cli.commands.selection import MISSING, asked, choose
from cmq_cli.language import shell
from cmq_cli.options import FilterOptions
from support import WHOLE, cmq, document, split


def chosen(*words, missing=(), command=("cmq", "list"), **filters):
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


COMMANDS = """\
list bois
count bois ou cuir
list bois --region grand-est
list bois --region bretagne
list cuir --excellence
list menuisière
list --sector bois
list --sector bois --region 'grand est'
list --sector cuir --wave 4
list maintenance aéronautique
list 'petite enfance' --city Nancy
list --wave 4 --region franche-comte
list --as-of 2017-02-13
list --no-excellence
list -c Dijon
list -a Besançon numérique
map --sector nautisme -r bretagne""".splitlines()


def test_what_sentences_tell_to_type_works_and_finds_as_many_as_they_say():
    wrong, followed = [], 0
    for typed in map(split, COMMANDS):
        answer = set(found_by(shell("cmq", *typed)))
        for sentence in cmq(*typed)[2].splitlines():
            number = re.search(r"\b(\d+) more|there would be (\d+)", sentence)
            for told in re.findall(r"cmq (?:list|near|count|map)\b.*", sentence) if number else ():
                there = set(found_by(told))
                followed += 1
                if "may match" in sentence:
                    right = len(there) == int(number[1]) and there.isdisjoint(answer)
                elif "more" in sentence:  # than there are in the answer
                    right = len(there - answer) == int(number[1])
                else:
                    right = len(there) == int(number[2]) and not answer
                wrong += [] if right else [sentence]
    assert wrong == []
    assert followed > len(COMMANDS)


def test_a_campus_that_only_shares_a_sector_is_no_answer_but_a_line_says_how_to_see_it():
    found = chosen("bois")
    assert all("bois" in json.dumps(each, ensure_ascii=False).lower() for each in found.campuses)
    sector = {campus["id"] for campus in WHOLE["campuses"] if "materiaux" in campus["sectors"]}
    more = len(sector.difference(ids(found)))
    said = f"{more} more in the sector Matériaux, matériaux innovants without a mention of 'bois': "
    assert f"{said}cmq list --sector materiaux" in found.notes
    assert f"{said}cmq near Nancy --sector materiaux" in chosen("bois", command=("cmq", "near", "Nancy")).notes
    by_sector = chosen(sector=["bois"])
    assert set(ids(by_sector)) == set(ids(found)) & sector
    assert f"{said}cmq list --sector materiaux" in by_sector.notes
    assert set(ids(chosen(sector=["materiaux"]))) == sector
    assert "without a mention" not in " ".join(chosen("bois", missing=["city"]).notes)


def test_words_that_are_found_outside_the_filters_alone_leave_the_list_empty_and_a_line_says_so():
    found = chosen("bois", region=["bretagne"])
    everywhere = len(chosen("bois").campuses)
    said = f"No campus passes the filters; without them there would be {everywhere}: cmq list bois"
    assert (found.campuses, found.notes[0], found.notes_on(0)) == ([], said, found.notes)
    assert chosen("bois", region=["bretagne"], missing=["city"]).notes_on(0) == (said,)


def test_how_words_were_understood_is_said():
    understood = {
        "menuisière": "'menuisière': looked for 'bois', 'forêt-bois'",
        "bac pro bois": "Not looked for: 'bac', 'pro'",
        "petite enfance": "No campus mentions 'petite enfance' itself",
    }
    for words, said in understood.items():
        found = chosen(words)
        assert found.campuses
        assert sum(said in note for note in found.notes) == 1


TOLD = [
    ({"city": ["Dole"]}, 0, ["No campus of the registry matches.", "No campus is known to have its seat"]),
    ({"city": ["Dijon"]}, 2, ["2 campuses.", "3 more may match: city of the seat not known. See: cmq list"]),
    ({"wave": ["4"]}, 15, ["15 campuses.", "15 of the 26 campuses announced by wave 4"]),
    ({"wave": ["4"]}, 2, ["2 of the 15 campuses that match.", "15 of the 26"]),
    ({}, 107, ["107 campuses.", "Not all campuses that exist are documented: cmq waves"]),
]


def test_the_notes_say_first_how_many_there_are_then_what_the_reader_needs_first():
    for filters, shown, said in TOLD:
        told = chosen(**filters).notes_on(shown)
        assert [sentence[: len(begin)] for sentence, begin in zip(told[:2], said, strict=True)] == said
        assert len(told) == len({*told}) <= 3
    own = choose(document(), (), FilterOptions())
    assert own.notes_on(9) == (f"9 of the {len(own.campuses)} campuses that match.",)  # the user's own may be all


UNSURE = [
    ({"region": ["franche-comte"], "wave": ["4"]}, "academy", "academy not known"),
    ({"department": ["25"]}, "department_code", "department of the seat not known"),
    ({"city": ["Dijon"]}, "city", "city of the seat not known"),
    ({"wave": ["4"]}, "wave", "wave not known"),
    ({"excellence": True}, "excellence", "no source says whether it holds the mention"),
    ({"as_of": "2017-02-13"}, "labelled_on", "nothing proves the label by then"),
]


def test_those_of_which_nobody_can_tell_are_counted_with_the_reason_and_given_by_missing():
    for filters, field, why in UNSURE:
        found, given = chosen(**filters), chosen(**filters, missing=[field])
        said = f"{len(found.unsure[field])} more may match: {why}."
        assert sum(note.startswith(said) for note in found.notes) == 1
        assert not {*ids(found)}.intersection(ids(given))
        assert given.campuses == found.unsure[field]
        assert field not in given.unsure


def test_campuses_lack_one_of_the_missing_facts_where_it_would_tell_something():
    assert all(campus["labelled_on"] is None for campus in chosen(missing=["attested_on"]).campuses)
    assert all(campus["excellence"] for campus in chosen(missing=["excellence_since"]).campuses)
    for field in {*MISSING} - {"attested_on", "excellence_since"}:
        lacking = [campus["id"] for campus in chosen().campuses if campus[field] in (None, [])]
        assert ids(chosen(missing=[field])) == lacking
    found = chosen(region=["Grand Est"], missing=["city", "wave"]).campuses
    assert {campus["region"] for campus in found} == {"Grand Est"}
    assert all(None in (campus["city"], campus["wave"]) for campus in found)


def test_what_can_not_be_missing_is_refused_with_what_can_and_a_value_without_its_quotes_too():
    said = f"cmq: No campus can lack 'webste'. Did you mean website? Give one of: {', '.join(MISSING)}.\n"
    assert cmq("list", "--missing", "webste") == (2, "", said)
    assert "--missing city --missing website" in cmq("list", "--missing", "city,website")[2]
    assert "'pays de la loire' is one value" in cmq("list", "--region", "pays", "de", "la", "loire")[2]


def test_options_are_told_as_they_were_typed():
    filters = FilterOptions(region=["Grand Est"], wave=["4", "5"], excellence=False, as_of="2017")
    typed = ["--region", "Grand Est", "--wave", "4", "--wave", "5", "--no-excellence", "--as-of", "2017"]
    assert asked(filters, ["bois"]) == ["bois", *typed]
    assert asked(FilterOptions()) == []


def test_without_words_campuses_come_by_name_and_with_words_best_fit_first():
    assert chosen().campuses[0]["name"].startswith("Aéro")
    assert ids(chosen("plasti-campus"))[0] == "plasti-campus"
