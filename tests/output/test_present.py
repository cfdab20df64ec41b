"""Which form an answer takes, where it goes, and what the program takes the terminal for."""

import errno
import io
import json
import sys
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook

from cmq_cli.errors import CmqError, NotFoundError
from cmq_cli.output import screen as screens
from cmq_cli.output.answer import Answer, Column, Look, Prose, Sheet, Table
from cmq_cli.output.present import ENDINGS, FORMS, present
from cmq_cli.output.screen import Screen

ROWS = [
    {"id": "bois", "wave": 4, "latitude": 48.1, "longitude": 6.4, "tags": ["a", "b"], "sources": []},
    {"id": "cuir", "wave": None, "latitude": None, "longitude": None, "tags": [], "sources": []},
]
FIELDS = tuple(ROWS[0])


def drawn(look):
    width = "a pipe" if look.width is None else f"{look.width} columns"
    return [Table([Column("Id"), Column("Place")], [[row["id"], width] for row in ROWS])]


def sheet():
    return Sheet("Campus", ("Id", "Vague"), [[row["id"], row["wave"]] for row in ROWS])


LIST = Answer(ROWS, FIELDS, drawn, sheet, head=("A head.",), notes=("A note.",), legend=("* a legend.",), places=True)
MAP = LIST._replace(picture=lambda form: f"<{form}/>\n")
ONE = Answer(ROWS[:1], FIELDS, lambda look: [Prose("A page.")], single=True, places=True)
SEVERAL = LIST._replace(single=True, several="Which one? bois, cuir")
NUMBER = Answer([{"count": 2}], ("count",), "2", single=True, notes=("A note.",))
SCHEMA = Answer([{"type": "object"}], ("type",), single=True)
SCRIPT = Answer([], (), "complete -c cmq\n")


class Terminal(io.StringIO):
    def isatty(self):
        return True


class Broken(io.StringIO):
    def write(self, text):
        raise OSError(errno.ENOSPC, "No space left on device")


def shown(answer, terminal=False, environ=(), **options):
    """Return what stands on stdout and on stderr."""
    wishes = {"format": None, "json": False, "csv": False, "fields": None, "output": None, "color": "auto"} | options
    screen = Screen(Terminal() if terminal else io.StringIO(), io.StringIO(), {"COLUMNS": "40", **dict(environ)})
    present(answer, SimpleNamespace(**wishes), screen)
    return screen.stdout.getvalue(), screen.stderr.getvalue()


def refused(answer, **options):
    with pytest.raises(CmqError) as told:
        shown(answer, **options)
    assert str(told.value).isprintable()
    return f"{type(told.value).__name__}: {told.value}"


def test_a_pipe_gets_the_table_alone_and_a_terminal_what_is_said_about_it_too():
    assert shown(LIST) == ("ID    PLACE\nbois  a pipe\ncuir  a pipe\n", "A head.\nA note.\n* a legend.\n")
    assert shown(LIST, terminal=True, environ={"NO_COLOR": "1"}) == (
        "A head.\n\nId    Place\n────────────────\nbois  40 columns\ncuir  40 columns\n\nA note.\n* a legend.\n",
        "",
    )
    assert shown(NUMBER) == shown(NUMBER, terminal=True) == ("2\n", "A note.\n")
    assert shown(SCRIPT) == ("complete -c cmq\n", "")


@pytest.mark.parametrize("terminal", [True, False])
def test_an_empty_answer_is_a_sentence_and_no_head_of_a_table(terminal):
    empty = Answer([], FIELDS, lambda look: [Table([Column("Id")], [])], notes=("No campus is in Oz.",))
    out, err = shown(empty, terminal=terminal, environ={"NO_COLOR": "1"})
    assert (out, err) == (("No campus is in Oz.\n", "") if terminal else ("", "No campus is in Oz.\n"))
    assert shown(empty, json=True)[0] == "[]\n"
    assert shown(empty, fields="id", terminal=True, environ={"NO_COLOR": "1"})[0] == "No campus is in Oz.\n"
    assert "Nothing is known of this.\n" in shown(empty._replace(notes=()), terminal=terminal)


def test_colour_is_for_terminals_unless_always_is_asked_for():
    notes = LIST._replace(head=(), legend=())
    assert "\x1b[2mA note.\x1b[0m" in shown(notes, terminal=True)[0]
    assert "\x1b[2mA note.\x1b[0m" in shown(notes, color="always")[0]
    assert "\x1b" not in shown(notes, terminal=True, color="never")[0]
    assert shown(notes, environ={"FORCE_COLOR": "1"}) == shown(notes)


FORM_OF = {
    "json": lambda text: json.loads(text) == ROWS,
    "jsonl": lambda text: [json.loads(line) for line in text.splitlines()] == ROWS,
    "csv": lambda text: text.startswith("id,wave,latitude,longitude,tags,sources\r\nbois,4,48.1,6.4,a; b,\r\n"),
    "tsv": lambda text: text.startswith("id\twave\tlatitude\tlongitude\ttags\tsources\nbois\t4\t"),
    "md": lambda text: text == "| Id | Vague |\n| --- | --- |\n| bois | 4 |\n| cuir |  |\n",
    "geojson": lambda text: [*json.loads(text)["features"][0]["properties"]] == ["id", "wave", "tags", "sources"],
    "html": lambda text: text == "<html/>\n",
    "svg": lambda text: text == "<svg/>\n",
    "table": lambda text: text.startswith("ID    PLACE\n"),
}


def test_every_form_can_be_asked_for_by_option_and_by_ending(tmp_path):
    for ending, form in ENDINGS.items():
        if form == "xlsx":
            continue
        out, err = shown(MAP, format=form)
        assert FORM_OF[form](out), form
        assert err == "A head.\nA note.\n" + ("* a legend.\n" if form in ("table", "md") else "")
        path = tmp_path / f"x.csv{ending.upper()}"
        assert shown(MAP, output=str(path), terminal=True) == ("", err)
        assert path.read_bytes().decode() == out
    assert {*FORM_OF, "xlsx"} == {*FORMS} == {*ENDINGS.values()}
    assert shown(LIST, json=True, format="json") == shown(LIST, json=True, output="-") == shown(LIST, format="json")
    assert shown(LIST, output="-") == shown(LIST)


def test_a_workbook_is_written_to_a_file(tmp_path):
    def written(answer, **options):
        shown(answer, output=str(tmp_path / "x.xlsx"), **options)
        return [[cell.value for cell in row] for row in load_workbook(tmp_path / "x.xlsx").active.iter_rows()]

    assert written(LIST) == written(LIST, format="xlsx") == [["Id", "Vague"], ["bois", 4], ["cuir", None]]
    assert written(LIST, fields="wave,tags,id") == [["wave", "tags", "id"], [4, "a; b", "bois"], [None, None, "cuir"]]
    assert written(NUMBER) == [["count"], [2]]
    assert refused(LIST, format="xlsx") == "UsageError: A workbook needs a file: -o FILE.xlsx"


@pytest.mark.parametrize(
    ("answer", "options", "said"),
    [
        (LIST, {"json": True, "csv": True}, "--json and --csv ask for different forms. Give one of them."),
        (LIST, {"csv": True, "format": "tsv"}, "--csv and --format ask for different forms. Give one of them."),
        (LIST, {"format": "svg"}, "Only a map can be written as svg: cmq map -o campuses.svg"),
        (LIST, {"output": "x.htm"}, "Only a map can be written as html: cmq map -o campuses.html"),
        (NUMBER, {"format": "geojson"}, "GeoJSON is for campuses: list, show, near and map. Give --json here."),
        (SCHEMA, {"output": "x.csv"}, "This can't be written as csv. Give one of: json"),
        (SCRIPT, {"output": "x.json"}, "This can't be written as json. Give one of: table"),
        (LIST, {"output": "x.json", "csv": True}, "End it in .csv, or leave out --csv."),
        (LIST, {"output": "x.geojson", "json": True}, "End it in .json, or leave out --json."),
        (LIST, {"output": "x.md", "format": "table"}, "End it in .txt, or leave out --format."),
        (LIST, {"output": "x.XLS"}, "can't be written. Excel and LibreOffice open: -o FILE.xlsx"),
        (MAP, {"output": "x.png"}, "Office programs open a map as cmq map -o FILE.svg, browsers as FILE.html"),
        (LIST, {"output": "x.json.gz"}, "End it in .txt, .md, .xlsx, .json, .jsonl, .csv, .tsv, .geojson, .markdown, "),
        (LIST, {"output": ""}, "Give the name of a file."),
        (MAP, {"format": "svg", "fields": "id"}, "A map as svg has no fields to choose. Leave out --fields."),
        (LIST, {"fields": "id,,wave"}, "A field has no name in 'id,,wave'. Separate the names by one comma"),
        (LIST, {"fields": "wav"}, "Unknown field 'wav'. The fields are: wave, id, latitude, longitude, tags, sources"),
        (LIST, {"fields": "\x1b[31m"}, "Unknown field '\\x1b[31m'. The fields are: id, wave, latitude"),
    ],
)
def test_what_cannot_be_written_is_refused_with_what_to_type(tmp_path, monkeypatch, answer, options, said):
    monkeypatch.chdir(tmp_path)
    told = refused(answer, **options)
    assert told.startswith("UsageError: ")
    assert said in told
    assert not [*tmp_path.iterdir()]


def test_a_single_record_is_an_object_and_several_that_answer_are_an_error_for_programs(tmp_path):
    assert json.loads(shown(ONE, json=True)[0]) == ROWS[0]
    assert shown(ONE) == ("A page.\n", "")
    for form in ("json", "jsonl", "csv", "tsv", "geojson"):
        assert refused(SEVERAL, format=form) == "NotFoundError: Which one? bois, cuir"
    with pytest.raises(NotFoundError):
        shown(SEVERAL, fields="id")
    assert shown(SEVERAL)[0].startswith("ID ")
    assert shown(SEVERAL, format="md")[0].count("\n") == 4
    assert shown(SCHEMA) == shown(SCHEMA, terminal=True) == shown(SCHEMA, json=True)
    shown(SCHEMA, output=str(tmp_path / "schema"))
    assert json.loads((tmp_path / "schema").read_text(encoding="utf-8")) == {"type": "object"}


def test_fields_are_tab_separated_in_a_pipe_and_a_table_on_a_terminal():
    assert shown(LIST, fields=" wave , id,wave")[0] == "wave\tid\n4\tbois\n\tcuir\n"
    assert shown(NUMBER, fields="count")[0] == "count\n2\n"
    assert shown(LIST, fields="wave,tags", format="table")[0] == "WAVE  TAGS\n   4  a; b\n   –  –\n"
    assert shown(LIST._replace(head=()), fields="tags,wave", terminal=True, environ={"NO_COLOR": "1"})[0] == (
        "tags  wave\n──────────\na; b     4\n–        –\n\nA note.\n"
    )
    assert json.loads(shown(LIST, fields="all", json=True)[0]) == ROWS
    assert shown(LIST, fields="tags,all", csv=True)[0].startswith("tags,id,wave,latitude,longitude,sources\r\n")
    features = json.loads(shown(LIST, fields="latitude", format="geojson")[0])["features"]
    assert features[0]["properties"] == {"latitude": 48.1}
    linked = Answer([{"url": "https://b.fr"}], ("url",), lambda look: [])
    assert "\x1b]8;;https://b.fr\x1b\\" in shown(linked, fields="url", terminal=True)[0]


def screen(terminal=True, **environ):
    return Screen(Terminal() if terminal else io.StringIO(), io.StringIO(), environ)


def test_colour_follows_the_option_then_the_environment_then_the_stream():
    for terminal, environ, when, colored in (
        (True, {}, "auto", True),
        (False, {}, "auto", False),
        (True, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, "auto", False),
        (True, {"NO_COLOR": ""}, "auto", True),
        (True, {"TERM": "dumb"}, "auto", False),
        (True, {"TERM": "dumb", "FORCE_COLOR": "1"}, "auto", True),
        (False, {"NO_COLOR": "1"}, "always", True),
        (True, {"FORCE_COLOR": "1"}, "never", False),
    ):
        assert screen(terminal, **environ).colored(when) is colored, (terminal, environ, when)


def test_lines_are_drawn_in_ascii_where_the_terminal_has_no_more():
    for environ, ascii_only in (
        ({}, False),
        ({"TERM": "dumb", "LANG": "fr_FR.UTF-8"}, True),
        ({"LANG": "C.utf8"}, False),
        ({"LC_ALL": "C", "LANG": "fr_FR.UTF-8"}, True),
        ({"LC_ALL": "", "LC_CTYPE": "", "LANG": "fr_FR.UTF-8"}, False),
        ({"LC_CTYPE": "fr_FR.ISO-8859-15", "LANG": "fr_FR.UTF-8"}, True),
    ):
        assert (screen(**environ).ascii_only, screen(**environ).braille) == (ascii_only, not ascii_only), environ
    assert [screen(TERM=term).links for term in ("linux", "dumb", "xterm")] == [False, False, True]
    assert not screen(TERM="linux").braille
    assert [(look.unknown, look.by) for look in (Look(80), Look(80, ascii=True))] == [("–", "≤"), ("-", "<=")]


def test_the_window_is_as_wide_as_the_environment_or_any_stream_says(monkeypatch):
    for columns, width in (("120", 120), ("1", 1), ("0", 80), ("-5", 80), ("wide", 80), ("²", 80), ("9" * 30, 99999)):
        assert screen(COLUMNS=columns).width == width
    sizes = {6: (132, 50), 7: (0, 0)}
    monkeypatch.setattr(screens.os, "get_terminal_size", lambda number: screens.os.terminal_size(sizes[number]))
    pipe, window, nowhere = io.StringIO(), *(SimpleNamespace(fileno=lambda at=at: at) for at in (6, 7))
    assert (Screen(pipe, window).width, Screen(window, pipe).height) == (132, 50)
    assert (Screen(nowhere, pipe).width, Screen(nowhere, nowhere).height) == (80, 40)
    assert Screen(window, pipe, {"COLUMNS": "60", "LINES": "12"})._replace(stdout=pipe).height == 12


@pytest.mark.parametrize("width", [20, 60, 200])
def test_a_message_is_one_line_which_a_terminal_gets_broken_between_words(width):
    message = "3 more may match;\n10\u202f000 \x1b[31m; see /a/long-path/that/is-not/to/be-broken/x.json, please."
    wide, pipe = Terminal(), io.StringIO()
    Screen(io.StringIO(), wide, {"COLUMNS": str(width)}).say(message)
    Screen(io.StringIO(), pipe).say(message)
    told = pipe.getvalue()
    assert told.startswith("cmq: 3 more may match; 10\u202f000 \\x1b[31m; see /a/long")
    assert told.count("\n") == 1
    assert " ".join(wide.getvalue().split("\n")) == told.replace("\n", " ")
    assert all(len(line) <= width or "/" in line for line in wide.getvalue().splitlines())


def test_streams_that_are_broken_closed_or_missing_are_no_traceback(monkeypatch):
    closed = io.StringIO()
    closed.close()
    for stream in (Broken(), closed):
        Screen(io.StringIO(), stream).say("x")
    assert not Screen(closed, io.StringIO()).is_terminal
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    nowhere = Screen.of_process()
    nowhere.say("x")
    with pytest.raises(OSError, match="standard output is closed"):
        nowhere.write("x")
    nowhere.abandon()


def test_streams_write_utf_8_and_their_own_line_ends_as_on_windows(monkeypatch):
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="cp1252", newline="\r\n"))
    Screen.of_process().write("œ→\r\n\ud800\n")
    assert raw.getvalue() == "œ→\r\n\\ud800\n".encode()
