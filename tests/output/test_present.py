"""Which form an answer takes, where it goes, and what the program takes the terminal for."""

import errno
import io
import json
import sys

import pytest
from openpyxl import load_workbook

from cmq_cli import commands
from cmq_cli.errors import NotFoundError, UsageError
from cmq_cli.options import CommonOptions
from cmq_cli.output import screen as screens
from cmq_cli.output.answer import Answer, Drawing, Prose, Sheet, Table
from cmq_cli.output.present import ENDINGS, FORMS, PEOPLE, PICTURES, present
from cmq_cli.output.screen import Screen
from support import Terminal

ROWS = [
    {"id": "bois", "wave": 4, "latitude": 48.1, "longitude": 6.4, "tags": ["a", "b"], "sources": []},
    {"id": "cuir", "wave": None, "latitude": None, "longitude": None, "tags": [], "sources": []},
]
FIELDS = tuple(ROWS[0])
SHEET = Sheet("Campus", ("Id", "Vague"), [[row["id"], row["wave"]] for row in ROWS])
SAID = {"head": ("A head.",), "notes": ("A note.",), "legend": ("* a legend.",)}


def drawn(look):
    width = "a pipe" if look.width is None else f"{look.width} columns"
    return [Table(["Id", "Place"], [[row["id"], width] for row in ROWS])]


LIST = Answer(ROWS, FIELDS, drawn, lambda: SHEET, **SAID)
MAP = LIST._replace(picture=lambda form: f"<{form}/>\n")
ONE = Answer(ROWS[:1], FIELDS, lambda look: [Prose("A page.")], single=True)
SEVERAL = LIST._replace(single=True, several="Which one? bois, cuir")
NUMBER = Answer([{"count": 2}], ("count",), lambda look: [Drawing(["2"])], single=True, notes=("A note.",))
TEXT = Answer((), (), "complete -c cmq")


def shown(answer, terminal=False, **options):
    """Return what stands on stdout and on stderr."""
    out, err = Terminal() if terminal else io.StringIO(), io.StringIO()
    forms = commands.CAMPUSES if "latitude" in answer.fields else commands.ROWS
    forms = (*forms, *PICTURES) if answer.picture else forms
    present(answer, forms, CommonOptions(**options), Screen(out, err, {"COLUMNS": "40", "NO_COLOR": "1"}))
    return out.getvalue(), err.getvalue()


def test_a_pipe_gets_the_table_alone_and_a_terminal_what_is_said_about_it_too():
    assert shown(LIST) == ("ID    PLACE\nbois  a pipe\ncuir  a pipe\n", "A head.\nA note.\n* a legend.\n")
    assert shown(LIST, terminal=True) == (
        "A head.\n\nId    Place\n────────────────\nbois  40 columns\ncuir  40 columns\n\nA note.\n* a legend.\n",
        "",
    )
    assert shown(NUMBER) == ("2\n", "A note.\n")
    assert shown(NUMBER, color="always") == ("2\n\n\x1b[2mA note.\x1b[0m\n", "")
    assert shown(TEXT) == shown(TEXT, terminal=True) == shown(TEXT, json=True) == ("complete -c cmq\n", "")


def test_an_empty_answer_is_a_sentence_and_no_head_of_a_table():
    empty = Answer([], FIELDS, lambda look: [Table(["Id"], [])], notes=("No campus is in Oz.",))
    for terminal, told in ((True, ("No campus is in Oz.\n", "")), (False, ("", "No campus is in Oz.\n"))):
        assert shown(empty, terminal=terminal) == shown(empty, fields="id", format="table", terminal=terminal) == told
    assert shown(empty, json=True)[0] == "[]\n"


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
    for answer, options, wanted in (
        (LIST, {}, [("Id", "Vague"), ("bois", 4), ("cuir", None)]),
        (LIST, {"format": "xlsx", "fields": "tags,id"}, [("tags", "id"), ("a; b", "bois"), (None, "cuir")]),
        (NUMBER, {}, [("count",), (2,)]),
    ):
        shown(answer, output=str(tmp_path / "x.xlsx"), **options)
        assert [*load_workbook(tmp_path / "x.xlsx").active.iter_rows(values_only=True)] == wanted


@pytest.mark.parametrize(
    ("answer", "options", "said"),
    [
        (LIST, {"json": True, "csv": True}, "--json and --csv ask for different forms. Give one of them."),
        (LIST, {"csv": True, "format": "tsv"}, "--csv and --format ask for different forms. Give one of them."),
        (LIST, {"csv": True, "output": "x.json"}, "--csv and -o x.json ask for different forms. Give one of them."),
        (LIST, {"format": "xlsx"}, "A workbook needs a file: -o FILE.xlsx"),
        (LIST, {"format": "svg"}, "Only a map can be written as svg: cmq map -o campuses.svg"),
        (LIST, {"output": "x.htm"}, "Only a map can be written as html: cmq map -o campuses.html"),
        (NUMBER, {"format": "geojson"}, "This can't be written as geojson. Give one of: table, md, xlsx, json, "),
        (LIST, {"output": "x.XLS"}, "No form has the ending of 'x.XLS'. End it in .xlsx, or give --format."),
        (MAP, {"output": "x.png"}, "No form has the ending of 'x.png'. End it in .svg, or give --format."),
        (LIST, {"output": "x.png"}, "End it in .txt, .md, .xlsx, .json, .jsonl, .csv, .tsv, .geojson, .markdown, or "),
        (MAP, {"format": "svg", "fields": "id"}, "A map as svg has no fields to choose. Leave out --fields."),
        (LIST, {"fields": "wav"}, "Unknown field 'wav'. The fields are: wave, id, latitude, longitude, tags, sources"),
        (LIST, {"fields": "\x1b[31m"}, "Unknown field '\\x1b[31m'. The fields are: id, wave, latitude"),
        *((SEVERAL, {"format": form}, "Which one? bois, cuir") for form in FORMS if form not in PEOPLE + PICTURES),
        (SEVERAL, {"fields": "id"}, "Which one? bois, cuir"),
    ],
)
def test_what_cannot_be_written_is_refused_with_what_to_type(tmp_path, monkeypatch, answer, options, said):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NotFoundError if answer is SEVERAL else UsageError) as told:
        shown(answer, **options)
    assert said in str(told.value)
    assert str(told.value).isprintable()
    assert not [*tmp_path.iterdir()]


def test_a_single_record_is_an_object_and_several_that_answer_are_listed_for_people():
    assert json.loads(shown(ONE, json=True)[0]) == ROWS[0]
    assert shown(ONE) == ("A page.\n", "")
    assert shown(SEVERAL)[0].startswith("ID ")
    assert shown(SEVERAL, format="md")[0].count("\n") == 4


def test_fields_are_tab_separated_in_a_pipe_and_a_table_on_a_terminal():
    assert shown(LIST, fields=" wave , id,,wave")[0] == "wave\tid\n4\tbois\n\tcuir\n"
    assert shown(NUMBER, fields="count")[0] == "count\n2\n"
    assert shown(LIST, fields="wave,tags", format="table")[0] == "WAVE  TAGS\n   4  a; b\n   –  –\n"
    assert shown(LIST._replace(head=()), fields="tags,wave", terminal=True)[0] == (
        "tags  wave\n──────────\na; b     4\n–        –\n\nA note.\n"
    )
    assert json.loads(shown(LIST, fields="all", json=True)[0]) == ROWS
    assert shown(LIST, fields="tags,all", csv=True)[0].startswith("tags,id,wave,latitude,longitude,sources\r\n")
    features = json.loads(shown(LIST, fields="latitude", format="geojson")[0])["features"]
    assert features[0]["properties"] == {"latitude": 48.1}
    linked = Answer([{"url": "https://b.fr"}], ("url",), lambda look: [])
    assert "\x1b]8;;https://b.fr\x1b\\" in shown(linked, fields="url", color="always")[0]


def test_what_a_terminal_can_show_follows_the_option_then_the_environment_then_the_stream():
    for terminal, environ, color, seen in (
        (True, {}, "auto", "coloured"),
        (False, {}, "auto", None),
        (False, {"FORCE_COLOR": "1"}, "auto", None),
        (False, {"NO_COLOR": "1"}, "always", "coloured"),
        (True, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, "auto", "plain"),
        (True, {"NO_COLOR": ""}, "auto", "coloured"),
        (True, {"FORCE_COLOR": "1"}, "never", "plain"),
        (True, {"TERM": "linux", "LANG": "fr_FR.UTF-8"}, "auto", "plain ascii"),
        (True, {"TERM": "dumb", "FORCE_COLOR": "1"}, "auto", "coloured ascii"),
        (True, {"LC_ALL": "C", "LANG": "fr_FR.UTF-8"}, "auto", "coloured ascii"),
        (True, {"LC_ALL": "", "LC_CTYPE": "", "LANG": "C.utf8"}, "auto", "coloured"),
        (True, {"LC_CTYPE": "fr_FR.ISO-8859-15", "LANG": "fr_FR.UTF-8"}, "auto", "coloured ascii"),
    ):
        look = Screen(Terminal() if terminal else io.StringIO(), None, environ).look(color)
        told = f"{'coloured' if look.colored else 'plain'}{' ascii' if look.ascii else ''}"
        assert (None if look.width is None else told) == seen, (terminal, environ, color)


def test_the_window_is_as_large_as_the_environment_says_or_else_the_terminal(monkeypatch):
    sizes = {1: (90, 50)}

    def size_of(descriptor):
        if descriptor not in sizes:
            raise OSError(errno.ENOTTY, "Inappropriate ioctl for device")
        return sizes[descriptor]

    monkeypatch.setattr(screens.os, "get_terminal_size", size_of)
    for columns, width in (("120", 120), ("1", 1), ("0", 90), ("-5", 90), ("wide", 90), ("²", 90), ("9" * 30, 99999)):
        look = Screen(Terminal(), None, {"COLUMNS": columns}).look("auto")
        assert (look.width, look.height) == (width, 50)
    for found, width, height in (({2: (70, 0)}, 70, 40), ({1: (0, 0)}, 80, 40), ({}, 80, 40)):
        sizes = found
        look = Screen(Terminal(), None, {}).look("auto")
        assert (look.width, look.height) == (width, height)


@pytest.mark.parametrize("width", [20, 60, 200])
def test_a_message_is_one_line_which_a_terminal_gets_broken_between_words(width):
    message = "3 more may match;\n10\u202f000 \x1b[31m; see /a/long-path/that/is-not/to/be-broken/x.json, please."
    wide, pipe = Terminal(), io.StringIO()
    Screen(None, wide, {"COLUMNS": str(width)}).remark(message)
    Screen(None, pipe, {}).remark(message)
    told = pipe.getvalue()
    assert told.startswith("3 more may match; 10\u202f000 \\x1b[31m; see /a/long")
    assert told.count("\n") == 1
    assert " ".join(wide.getvalue().split("\n")) == told.replace("\n", " ")
    assert all(len(line) <= width or "/" in line for line in wide.getvalue().splitlines())


def test_a_remark_is_seen_at_once_and_what_is_given_up_is_never_written(tmp_path):
    path = tmp_path / "x"
    with path.open("w", encoding="utf-8") as stream:
        Screen(None, stream, {}).remark("seen")
        assert path.read_text(encoding="utf-8") == "seen\n"
        stream.write("held back")
        Screen(stream, None, {}).abandon()
    assert path.read_text(encoding="utf-8") == "seen\n"


def test_streams_write_utf_8_and_their_own_line_ends_as_on_windows(monkeypatch):
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="cp1252", newline="\r\n"))
    Screen.of_process().write("œ→\r\n\ud800\n")
    assert raw.getvalue() == "œ→\r\n\\ud800\n".encode()
