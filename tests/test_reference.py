"""Waves, promises, sectors, regions and sources: what is found, what it says, and what its evidence proves."""

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from cmq_cli.output.answer import Look
from cmq_cli.output.tables.lists import days_and_numbers, problems
from cmq_cli.registry import data_file
from support import WHOLE, changed, cmq, split, written

MARKS = re.compile(r" ((?:\[\d+\])+)")


def asked(*words, **environ):
    """Return what a command prints, which must be without an error."""
    code, out, err = cmq(*words, **environ)
    assert code == 0, err
    return out


def found(line):
    """Return the ids, codes or numbers that a line of words finds, or its error."""
    code, out, err = cmq(*split(line), "--json")
    if code:
        return err.strip()
    records = json.loads(out)
    records = records if isinstance(records, list) else [records]
    return " ".join(str(each.get("id") or each.get("code") or each["number"]) for each in records)


FOUND = """
waves 4 | 4
waves IV | 4
waves vague 4 | 4
waves | 1 2 3 4 5
figures places-bts | places-bts
figures Places-BTS | places-bts
figures 10000 | places-bts
figures 10 000 | places-bts
figures 26 | nouveaux-campus
figures 77 | campus-labellises
figures pro-fan | etablissements-pro-fan
figures places de bts | places-bts
sectors materiaux | materiaux
regions bfc | 27
regions 27 | 27
regions franche-comté | 27
sources cp-men-2017-02-13 | cp-men-2017-02-13
sources CP MEN 2017 02 13 | cp-men-2017-02-13
sources https://www.aprotect.fr/bts-et-iut-les-recteurs-imposent-des-quotas-2 | aprotect-sts
sources recteurs quotas | aprotect-sts
figures placse-bts | cmq: No figure is called 'placse-bts'. Did you mean places-bts? See: cmq figures
figures zzzz | cmq: No figure is called 'zzzz'. See: cmq figures
waves 9 | cmq: No wave is called '9'. See: cmq waves
sectors zzzz | cmq: No sector is called 'zzzz'. See: cmq sectors
regions doubs | cmq: No region is called 'doubs'. Doubs is a department: cmq list --department 25
figures !bts | cmq: Nothing can be excluded, so '!bts' means nothing. To look for it, leave out the sign: bts
regions zzzz | cmq: No region is called 'zzzz'. See: cmq regions
sources zzzz | cmq: No source is called 'zzzz'. See: cmq sources
sources '' | cmq: No source is called ''. See: cmq sources
waves '' | cmq: No wave is called ''. See: cmq waves
"""


def test_a_record_is_found_by_what_people_call_it():
    rows = [row.split(" | ") for row in FOUND.strip().splitlines()]
    assert [(line, found(line)) for line, _ in rows] == [(line, wanted) for line, wanted in rows]


def test_several_are_listed_and_the_question_is_which():
    code, out, err = cmq("figures", "bts")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == ["ID", "places-bts", "regions-bac-pro-bts"]
    assert err == "2 answer to 'bts'. Which one? cmq figures places-bts\n"
    code, out, err = cmq("figures", "bts", "-o", "/dev/null", "--json")
    assert (code, out) == (1, "")
    assert "places-bts" in err


@given(st.text(max_size=30))
def test_any_text_is_answered_in_a_line(text):
    for command in ("waves", "figures", "sectors", "regions", "sources"):
        code, _, err = cmq(command, "--json", "--", text)
        assert code in (0, 1, 2)
        assert code == 0 or err.count("\n") == 1


def marks(command, key):
    """Return which evidence stands at which line of a page: ``{"Number": "[1]"}``; at its title, "" has it."""
    page = asked(command, key).split("\nEvidence\n")[0].split("\n\n")[0].splitlines()
    rows = [("", page[0])] + [re.split(r"\s{2,}", line, maxsplit=1) for line in page[1:]]
    return {name: " ".join(MARKS.findall(text)) for name, text in rows if MARKS.findall(text)}


PROVEN = """
figures places-bts | Number [1], What became of it [3], Announced on [1], Notes [2][3]
figures nouveaux-campus | Number [1], Announced on [1], Notes [2]
figures campus-labellises |  [3], Number [1], Announced on [1][2]
figures nouvelles-formations |  [2], Number [1], What became of it [3], Announced on [1]
figures regions-bac-pro-bts |  [2][3], Number [1], What became of it [4], Announced on [1]
figures etablissements-pro-fan |  [2][5], Number [1][3], What became of it [4], Announced on [1]
waves 1 | Call [1], Announced on [2][3] [4][5][6], New [5][6], Total [5][6], Reference [1], Notes [7]
waves 2 | Call [1], Announced on [2] [3], Total [3], Reference [1]
waves 3 | Call [1], Announced on [2] [2][3] [3][4], Total [4], Reference [1]
waves 4 | Call [3], Applications [4], Announced on [1][2][5], New [1][2], Total [5], Reference [3]
waves 5 |  [3][5], Call [2], Announced on [4], Total [4], Reference [2], Notes [1]
"""


def test_evidence_stands_at_the_fact_that_it_proves():
    """That of an announcement stands behind its sentence; a promise's outcome has none of the day of the promise."""
    rows = [row.split(" | ", 1) for row in PROVEN.strip().splitlines()]
    found = {line: ", ".join(f"{name} {at}" for name, at in marks(*line.split()).items()) for line, _ in rows}
    assert found == dict(rows)


def test_no_evidence_is_left_out():
    for command, records in (("figures", WHOLE["figures"]), ("waves", WHOLE["waves"])):
        for record in records:
            key = str(record.get("id") or record["number"])
            cited = {number for texts in marks(command, key).values() for number in re.findall(r"\d+", " ".join(texts))}
            assert cited == {str(at) for at in range(1, len(record["sources"]) + 1)}, key
            below = asked(command, key).split("\nEvidence\n")[1].splitlines()
            assert len(below) == len(record["sources"])
            for line, one in zip(below, record["sources"], strict=True):
                assert f"(cmq sources {one['source']})" in line
                assert (one["quote"] or "") in line


TELLS = {
    "Lettre du 10-2-2017": ["2017-02-10"],
    "du 1er mars 2016 au 2 août 2016": ["2016-03-01", "2016-08-02"],
    "2017-02-13: 26 new": ["2017-02-13", "26"],
    "2.000, 2,000 ou 2 000 places en 2018, 10\u202f163 élèves": ["2000", "2000", "2000", "10163"],
    "le 5e appel, deuxième, neuf campus": [],
    "30% de BTS": ["30"],
}


def test_days_and_numbers_are_read_as_french_writes_them():
    assert {text: days_and_numbers(text) for text in TELLS} == TELLS


def test_the_26_of_2017_are_answered_with_what_is_known():
    of_wave = sum(each["wave"] == 4 for each in WHOLE["campuses"])
    page = asked("figures", "26")
    assert f"{of_wave} of the 26 campuses announced by wave 4 are documented: cmq waves 4" in page
    assert "Official count of all campuses since then: 77 (13 February 2017), 95 (2018)." in page
    assert "no source" not in page
    assert "of the 77 campuses" in asked("figures", "77")
    assert "In this registry" not in asked("figures", "places-bts")


def test_what_a_registry_of_ones_own_does_not_know_is_told(tmp_path):
    own = written(tmp_path, changed((("figures", 3, "outcome"), None)))
    assert "Not known: no source tells it." in asked("figures", WHOLE["figures"][3]["id"], "--registry", own)
    empty = changed(*(((name,), []) for name in ("campuses", "waves", "milestones", "figures", "sources")))
    own = written(tmp_path, empty)
    assert cmq("waves", "4", "--registry", own)[0] == 1
    for command in ("waves", "figures", "sources"):
        _code, out, err = cmq(command, "--registry", own)
        assert (out.count("\n") <= 1, "* deduced" in err) == (True, False)
    assert "* deduced" in cmq("waves")[2]


def test_a_wave_has_its_campuses_and_the_official_counts_of_its_time():
    page = asked("waves", "4")
    for campus in WHOLE["campuses"]:
        assert (f"\n{campus['id']} " in page) == (campus["wave"] == 4), campus["id"]
    assert re.search(r"\n2017-02-13 +77 +– +cp-men-2017-02-13 +26 lauréats", page)
    assert "4*" in page


def test_the_waves_end_with_the_official_counts_by_date():
    first, second = asked("waves").split("\n\n")
    assert [line.split()[0] for line in first.splitlines()] == ["WAVE", "1", "2", "3", "4", "5"]
    rows = [line.split() for line in second.splitlines()[1:]]
    assert [(row[0], row[3]) for row in rows] == [(each["on"], each["source"]) for each in WHOLE["milestones"]]
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)


def test_a_bar_is_as_long_as_the_count():
    out = asked("waves", terminal=True, COLUMNS="120")
    bars = {row.split()[0]: row.count("█") for row in out.splitlines() if "█" in row}
    most = max(each["campuses"] or 0 for each in WHOLE["milestones"])
    counts = {each["on"]: each["campuses"] for each in WHOLE["milestones"] if each["campuses"]}
    assert bars == {on: round(20 * count / most) for on, count in counts.items()}


COMMANDS = ("waves", "waves 4", "figures", "figures 77", "sectors", "sectors bois", "regions", "regions paca")
COMMANDS += ("sources", "sources --unused", "sources cp-men-2017-02-13")


def test_a_line_in_a_pipe_is_a_record():
    lists = {name: WHOLE[name] for name in ("figures", "sectors", "sources")}
    for command, records in {**lists, "regions": WHOLE["territories"]["regions"]}.items():
        keys = [each.get("id") or each["code"] for each in records]
        assert [line.split()[0] for line in asked(command).splitlines()[1:]] == keys


def test_it_fits_every_window():
    for line in COMMANDS:
        for width in (20, 40, 60, 80, 100, 140):
            out = asked(*line.split(), terminal=True, COLUMNS=str(width))
            long = [row for row in out.splitlines() if len(row) > width and "http" not in row]
            assert long == [], (line, width)


def test_what_a_terminal_shows_a_pipe_shows_too():
    """Apart from where lines break: the words of the pipe are those of the terminal."""
    for line in COMMANDS:
        if not line.startswith(("waves", "sources")):  # bars, and the headings of other columns
            words = {*re.findall(r"\w{4,}", asked(*line.split(), terminal=True, COLUMNS="400"))}
            piped = "".join(cmq(*line.split())[1:])
            assert {word for word in words if word.lower() not in piped.lower()} == set(), line


def test_records_have_all_that_the_pages_say():
    row = json.loads(asked("waves", "4", "--json"))
    assert row["documented"] == row["documented_stated"] + row["documented_deduced"] == len(row["campuses"])
    assert {each["source"] for each in row["milestones"]} == {"cp-men-2017-02-13"}
    region = json.loads(asked("regions", "bfc", "--json"))
    found = [each["id"] for each in WHOLE["campuses"] if each["region_code"] == "27"]
    assert (region["academies"], region["count"], region["campuses"]) == (["Besançon", "Dijon"], len(found), found)
    assert {"code": "25", "name": "Doubs", "academy": "Besançon"} in region["departments"]
    sector = json.loads(asked("sectors", "bois", "--json"))
    assert sector["campuses"] == [each["id"] for each in WHOLE["campuses"] if "materiaux" in each["sectors"]]


def test_sources_that_support_nothing_are_told_apart():
    unused = [each["id"] for each in json.loads(asked("sources", "--json")) if not each["supports"]]
    assert [each["id"] for each in json.loads(asked("sources", "--unused", "--json"))] == unused
    assert "No record cites it." in asked("sources", unused[0])
    code, _, err = cmq("sources", "--unused", "cp-men-2017-02-13")
    assert (code, err) == (2, "cmq: --unused lists sources; it goes without an id: cmq sources --unused\n")


def test_markdown_has_a_head_and_every_record():
    for line, rows in (("waves", 5), ("figures", 6), ("sectors", 12), ("regions", 24), ("figures 77", 1)):
        head, _line, *others = asked(*line.split(), "-f", "md").splitlines()
        assert (len(others), "|  |" in head) == (rows, False), line


def test_problems_are_a_line_each_in_a_pipe_and_nothing_where_there_is_none():
    given = {"record": "a", "path": "x.y", "value": "1", "message": "It is wrong.", "remedy": "Fix it."}
    found = [{"severity": severity, **given} for severity in ("error", "warning", "warning")]
    rows = [["".join(span.text for span in cell) for cell in row] for row in problems(Look(None), found).rows]
    assert [row[0] for row in rows] == ["error", "warning", "warning"]
    assert rows[0][1:] == [*given.values()]
    assert "".join(span.text for span in problems(Look(80), found).rows[0][-1]) == "It is wrong.\nFix it."
    assert cmq("validate", data_file("campuses.json"))[1].count("\n") == 1
