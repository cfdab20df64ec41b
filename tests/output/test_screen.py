"""What the program takes the terminal for, which form it therefore chooses, and where its messages go."""

import errno
import io
import json
import sys
from dataclasses import replace
from typing import get_args

import pytest

from cmq_cli.options import Format, OutputOptions
from cmq_cli.output import screen as screens
from cmq_cli.output.answer import Answer
from cmq_cli.output.controls import on_one_line
from cmq_cli.output.present import PICTURES, chosen_format
from cmq_cli.output.screen import Screen


class Terminal(io.StringIO):
    def isatty(self):
        return True


class Broken(io.StringIO):
    def write(self, text):
        raise OSError(errno.ENOSPC, "No space left on device")


def screen(terminal=True, **environ):
    return Screen(Terminal() if terminal else io.StringIO(), io.StringIO(), environ)


@pytest.mark.parametrize(
    ("terminal", "environ", "when", "colored"),
    [
        (True, {}, "auto", True),
        (False, {}, "auto", False),
        (True, {"NO_COLOR": "1"}, "auto", False),
        (True, {"NO_COLOR": ""}, "auto", True),
        (False, {"FORCE_COLOR": "1"}, "auto", True),
        (False, {"FORCE_COLOR": ""}, "auto", False),
        (False, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, "auto", False),
        (True, {"TERM": "dumb"}, "auto", False),
        (True, {"TERM": "dumb", "FORCE_COLOR": "1"}, "auto", True),
        (True, {"TERM": "xterm-256color"}, "auto", True),
        (False, {"NO_COLOR": "1"}, "always", True),
        (True, {"TERM": "dumb"}, "always", True),
        (True, {"FORCE_COLOR": "1"}, "never", False),
    ],
)
def test_colour_follows_the_option_then_the_environment_then_the_stream(terminal, environ, when, colored):
    assert screen(terminal, **environ).colored(when) is colored


def test_a_file_is_coloured_only_when_asked():
    assert not screen(FORCE_COLOR="1").colored("auto", to_file=True)
    assert screen().colored("always", to_file=True)


@pytest.mark.parametrize(
    ("environ", "ascii_only"),
    [
        ({}, False),
        ({"TERM": "dumb"}, True),
        ({"TERM": "dumb", "LANG": "fr_FR.UTF-8"}, True),
        ({"LANG": "fr_FR.UTF-8"}, False),
        ({"LANG": "C.utf8"}, False),
        ({"LC_CTYPE": "UTF-8"}, False),
        ({"LANG": "C"}, True),
        ({"LC_ALL": "C", "LANG": "fr_FR.UTF-8"}, True),
        ({"LC_ALL": "POSIX"}, True),
        ({"LC_ALL": "", "LC_CTYPE": "", "LANG": "fr_FR.UTF-8"}, False),
        ({"LC_CTYPE": "fr_FR.ISO-8859-15", "LANG": "fr_FR.UTF-8"}, True),
    ],
)
def test_lines_are_drawn_in_ascii_where_the_terminal_has_no_more(environ, ascii_only):
    assert screen(**environ).ascii_only is ascii_only


@pytest.mark.parametrize(
    ("columns", "width"),
    [("120", 120), ("60", 60), ("1", 1), ("", 80), ("0", 80), ("-5", 80), ("wide", 80), ("²", 80), ("9" * 30, 99999)],
)
def test_width_is_that_of_columns_else_80(columns, width):
    assert screen(COLUMNS=columns).width == width


def test_width_is_that_of_the_terminal_also_when_only_stderr_is_one(monkeypatch):
    class Stream(io.StringIO):
        def __init__(self, number):
            super().__init__()
            self.number = number

        def fileno(self):
            return self.number

    sizes = {5: OSError(errno.ENOTTY, "no terminal"), 6: (132, 50), 7: (0, 0)}

    def size(number):
        if isinstance(sizes[number], OSError):
            raise sizes[number]
        return screens.os.terminal_size(sizes[number])

    monkeypatch.setattr(screens.os, "get_terminal_size", size)
    assert Screen(Stream(6), Stream(5)).width == 132
    assert Screen(Stream(5), Stream(6)).width == 132
    assert Screen(Stream(7), Stream(5)).width == 80
    assert Screen(Stream(5), Stream(5)).width == 80
    assert Screen(Stream(6), Stream(6), {"COLUMNS": "60"}).width == 60
    assert Screen(Stream(6), Stream(5)).height == 50
    assert Screen(Stream(5), Stream(6), {"LINES": "12"}).height == 12
    assert Screen(Stream(7), Stream(5)).height == 40


@pytest.mark.parametrize(("term", "links"), [("xterm", True), ("", True), ("dumb", False), ("linux", False)])
def test_links_are_left_out_where_they_would_be_rubbish(term, links):
    assert screen(TERM=term).links is links


def options(**given):
    return OutputOptions(**given)


@pytest.mark.parametrize(
    ("given", "terminal", "form"),
    [
        ({}, True, "table"),
        ({}, False, "tsv"),
        ({"format": "table"}, False, "table"),
        ({"format": "tsv"}, True, "tsv"),
        ({"json": True}, True, "json"),
        ({"csv": True}, True, "csv"),
        ({"excel": True}, True, "csv"),
        ({"excel": True, "csv": True, "format": "csv"}, True, "csv"),
        ({"json": True, "format": "json"}, False, "json"),
        ({"output": "-"}, True, "table"),
        ({"output": "-"}, False, "tsv"),
        ({"output": "x.GeoJSON"}, True, "geojson"),
        ({"output": "x.txt", "csv": True}, True, "csv"),
    ],
)
def test_the_form_is_as_asked_else_as_the_ending_says_else_as_the_screen_is(given, terminal, form):
    answer = Answer([], (), "", places=True)
    assert chosen_format(answer, options(**given), screen(terminal)) == form


@pytest.mark.parametrize(
    "arguments",
    [
        ["--json", "--csv"],
        ["--json", "--excel"],
        ["--excel", "--format", "geojson"],
        ["--excel", "--format", "tsv"],
        ["--json", "--format", "jsonl"],
        ["--csv", "--format", "table"],
    ],
)
def test_options_that_ask_for_two_forms_are_a_usage_error(cmq, arguments):
    done = cmq("list", *arguments)
    assert (done.code, done.out) == (2, "")
    assert "ask for different forms. Give one of them." in done.err
    assert all(option in done.err for option in arguments if option.startswith("--"))


@pytest.mark.parametrize("command", ["count", "waves", "figures", "sectors", "regions", "sources"])
def test_geojson_is_for_campuses(cmq, command):
    done = cmq(command, "--format", "geojson")
    assert (done.code, done.out) == (2, "")
    assert "Give --json here, or a file that ends in .json." in done.err


def test_a_format_may_be_written_in_capitals(cmq):
    assert cmq("list", "--format", "GeoJSON").out == cmq("list", "--format", "geojson").out
    assert cmq("count", "-f", "CSV").out == cmq("count", "--csv").out


def test_an_unknown_format_lists_the_valid_ones(cmq):
    done = cmq("list", "--format", "yaml")
    assert done.code == 2
    for form in ("table", "json", "jsonl", "csv", "tsv", "md", "geojson"):
        assert form in done.err


@pytest.mark.parametrize(
    ("asked", "first"),
    [("nme", "name"), ("sources.ur", "sources.url"), ("Wave", "wave"), ("citycode", "city_code"), ("id,nme", "name")],
)
def test_an_unknown_field_lists_the_valid_ones_nearest_first(cmq, asked, first):
    done = cmq("list", "--fields", asked)
    assert (done.code, done.out) == (2, "")
    listed = done.err.partition("The fields are: ")[2].strip().split(", ")
    assert listed[0] == first
    assert len(listed) == len(set(listed)) == 27 + 7
    assert "sources.quote" in listed


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_fields_select_and_order(cmq, form):
    text = cmq("list", "--format", form, "--fields", " wave , id,sources.url,id").out
    rows = json.loads(text) if form == "json" else [json.loads(line) for line in text.splitlines()]
    assert [list(row) for row in rows] == [["wave", "id", "sources.url"]] * 5


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("csv", "wave,id,sources.url\r\n"),
        ("tsv", "wave\tid\tsources.url\n"),
        ("md", "| wave | id | sources.url |\n"),
        ("table", "wave  id "),
    ],
)
def test_fields_select_and_order_in_flat_formats_and_tables(cmq, form, begins):
    shown = cmq("list", "--format", form, "--fields", "wave,id,sources.url", COLUMNS="200")
    assert shown.out.startswith(begins)


def test_all_fields_can_be_asked_for_in_every_form(cmq, small):
    whole = json.loads(cmq("list", "--json").out)
    assert json.loads(cmq("list", "--json", "--fields", "all").out) == whole
    names = list(whole[0])
    assert cmq("list", "--format", "md", "--fields", " all ").out.startswith(f"| {' | '.join(names)} |\n")
    assert cmq("list", "--csv", "--fields", "all").out.startswith(f"{','.join(names)}\r\n")
    assert cmq("count", "--fields", "all").out.startswith("count\tshare\tcampuses\n5\t1.0\t")
    table = cmq("list", "--fields", "all", terminal=True, NO_COLOR="1").out
    assert all(table.count(f"{name} ") >= len(small.campuses) for name in names)
    ordered = ["city", *(name for name in names if name != "city")]
    assert cmq("list", "--csv", "--fields", "city,all,id").out.startswith(f"{','.join(ordered)}\r\n")
    assert cmq("list", "--csv", "--fields", "all,sources.url").out.startswith(f"{','.join(names)},sources.url\r\n")


@pytest.mark.parametrize("asked", ["", " ", ",", "id,,name", "id,", ",id"])
def test_a_field_without_a_name_is_said_so(cmq, asked):
    said = f"cmq: A field has no name in '{asked}'. Separate the names by one comma: --fields id,name\n"
    done = cmq("list", "--fields", asked)
    assert (done.code, done.out) == (2, "")
    assert done.err == said


def test_markdown_shows_a_choice_of_fields_of_which_each_record_can_be_traced(cmq):
    for command in ("list", "near", "waves", "figures", "sectors", "regions", "sources", "count"):
        arguments = {"near": ["Dole"], "count": ["--by", "region"]}.get(command, [])
        head = cmq(command, *arguments, "--format", "md").out.splitlines()[0].strip("| ").split(" | ")
        assert set(head) & {"sources.url", "url", "page", "campuses"}, command
        assert len(head) <= 12


def test_the_bare_number_is_only_for_those_who_ask_for_no_field(cmq):
    assert cmq("count").out == cmq("count", terminal=True).out == "5\n"
    assert cmq("count", "--fields", "share,count").out == "share\tcount\n1.0\t5\n"
    assert cmq("count", "--fields", "count", terminal=True, NO_COLOR="1").out.splitlines()[0] == "count"
    assert cmq("count", "--csv").out.startswith("count,share,campuses\r\n5,1.0,")


@pytest.mark.parametrize(
    ("line", "first"), [("count", "count\tshare"), ("map", "id\tname"), ("near Dole --map", "id\tdistance_km")]
)
def test_who_asks_for_tab_separated_values_gets_them_where_a_pipe_gets_what_is_drawn(cmq, tmp_path, line, first):
    drawn, asked = cmq(*line.split()).out, cmq(*line.split(), "-f", "tsv").out
    assert drawn == cmq(*line.split(), "-f", "table").out
    assert "\t" not in drawn
    assert asked.startswith(f"{first}\t")
    assert cmq(*line.split(), "-o", str(tmp_path / "x.tsv")).code == 0
    assert (tmp_path / "x.tsv").read_bytes().decode() == asked
    head = first.replace("\t", ",")
    assert cmq(*line.split(), "--fields", head).out.startswith(f"{first}\n")


@pytest.mark.parametrize("form", get_args(Format))
@pytest.mark.parametrize("line", ["list", "show besancon", "near Dole", "near Dole --map", "map", "count", "waves"])
def test_an_answer_can_be_written_in_every_form_that_there_is(cmq, tmp_path, line, form):
    needs = {"geojson": ("list", "show", "near", "map"), **dict.fromkeys(PICTURES, ("map",))}
    done = cmq(*line.split(), "--format", form)
    if line.split()[0] not in needs.get(form, (line.split()[0],)):
        assert (done.code, done.out) == (2, "")
        assert " is for campuses" in done.err or "Only a map" in done.err
        return
    assert (done.code, done.out != "") == (0, True), done.err
    if form != "table":
        assert cmq(*line.split(), "--output", str(tmp_path / f"x.{form}")).code == 0
        written = (tmp_path / f"x.{form}").read_bytes().decode()
        assert written.replace(f" -o x.{form}", "") == done.out


def test_a_schema_is_json_and_nothing_else(cmq, tmp_path):
    assert json.loads(cmq("schema").out) == json.loads(cmq("schema", terminal=True).out)
    done = cmq("schema", "-o", str(tmp_path / "schema.csv"))
    assert (done.code, done.out) == (2, "")
    assert done.err == "cmq: This can't be written as csv, only as json.\n"
    assert cmq("schema", "-o", str(tmp_path / "schema")).code == 0


def test_json_of_show_is_a_stream_and_of_list_an_array(cmq, small):
    assert isinstance(json.loads(cmq("list", "--json").out), list)
    assert json.loads(cmq("show", "besancon", "--json").out)["city"] == "Besançon"
    moved = replace(small, campuses=tuple(replace(campus, city="Besançon") for campus in small.campuses))
    several = cmq("show", "besancon", "--json", registry=moved).out
    assert several.count("\n}\n{\n") == 4
    assert len(json.loads(f"[{several.replace('}' + chr(10) + '{', '},{')}]")) == 5


def test_rows_are_the_same_and_in_the_same_order_in_every_form(cmq):
    arguments = ("list", "--sort", "-name")
    ids = [row["id"] for row in json.loads(cmq(*arguments, "--json").out)]
    assert [line.split("\t")[0] for line in cmq(*arguments).out.splitlines()[1:]] == ids
    table = cmq(*arguments, terminal=True, NO_COLOR="1", COLUMNS="120").out
    found = sorted((table.index(f" {id} "), id) for id in ids)
    assert [id for _, id in found] == ids


def test_messages_are_one_line_on_stderr(cmq):
    done = cmq("list", "--wave", "4", "--json")
    assert json.loads(done.out)
    assert done.err.startswith("cmq: 1 more may match")
    assert done.err.count("\n") == 1


def test_what_a_table_says_below_is_said_on_stderr_for_other_forms(cmq):
    for form in ("csv", "json", "md"):
        done = cmq("count", "--by", "sector", "--format", form)
        assert "The sectors of 5 are assigned from the field, not stated by a source." in done.err
        assert "counts in each, and once in the total" in done.err
        assert "counts in each" not in done.out
    table = cmq("count", "--by", "sector", terminal=True, NO_COLOR="1")
    assert table.err == ""
    assert "counts in each" in table.out


@pytest.mark.parametrize("width", [20, 30, 40, 60, 80, 200])
def test_a_message_on_a_terminal_is_broken_between_words(width):
    message = "3 more may match, but their wave is not known; see /a/long-path/that/is-not/to/be-broken/x.json, please."
    terminal, pipe = Terminal(), io.StringIO()
    Screen(io.StringIO(), terminal, {"COLUMNS": str(width)}).say(message)
    Screen(Terminal(), pipe, {"COLUMNS": str(width)}).say(message)
    assert pipe.getvalue() == f"cmq: {message}\n"
    lines = terminal.getvalue().splitlines()
    assert " ".join(line.strip() for line in lines) == f"cmq: {message}"
    assert all(len(line) <= width or "/" in line for line in lines)
    assert all(line.startswith("     ") for line in lines[1:]) or width < 40


@pytest.mark.parametrize(
    "arguments",
    [["show", "\x1b[31mred\x1b[0m\nline"], ["list", "--x\x1b[31m\n\x9b"], ["list", "--fields", "\x1b]0;t\x07"]],
)
def test_messages_never_pass_control_codes_on(cmq, arguments):
    done = cmq(*arguments)
    assert done.code in (1, 2)
    assert done.err.endswith("\n")
    assert done.err[:-1].isprintable()


def test_a_message_is_made_one_line():
    assert on_one_line("a\r\nb\tc \x1b d\u2028e \x85f") == "a b c \\x1b d e f"


def test_a_message_that_cannot_be_written_is_nobodys_problem():
    Screen(io.StringIO(), Broken(), {}).say("x")
    closed = io.StringIO()
    closed.close()
    Screen(io.StringIO(), closed, {}).say("x")
    assert not Screen(closed, io.StringIO(), {}).is_terminal


def test_streams_write_utf_8_and_their_own_line_ends_as_on_windows(monkeypatch):
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="cp1252", newline="\r\n"))
    Screen.of_process().write(["œ→\r\n", "\ud800\n"])
    assert raw.getvalue() == "œ→\r\n\\ud800\n".encode()


def test_streams_that_do_not_exist_are_no_traceback(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    nowhere = Screen.of_process()
    assert not nowhere.is_terminal
    nowhere.say("x")
    with pytest.raises(OSError, match="standard output is closed"):
        nowhere.write(["x"])
    nowhere.abandon()


@pytest.mark.parametrize(("can", "colored"), [(True, True), (False, False)])
def test_a_terminal_that_does_not_obey_codes_gets_none(monkeypatch, can, colored):
    monkeypatch.setattr(screens, "_obeys_codes", lambda: can)
    assert screen().colored("auto") is colored
    assert screen().colored("always") is True
