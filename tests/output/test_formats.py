"""Each machine format as a round trip: what is written reads back equal, with a reader of somebody else's."""

import csv
import io
import json
import re
import unicodedata
from dataclasses import replace
from urllib.parse import unquote

import pandas
import pytest
from geojson_pydantic import Feature, FeatureCollection, Point
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cmq_cli.output import formats, records
from cmq_cli.output.formats import flat
from cmq_cli.registry import load

NASTY = (
    "tab\there, two\nlines, a\r\nreturn, a \x1b[31mcolour\x1b[0m, a \x07bell and \x00 nothing",
    "a | pipe, *stars*, _under_, `code`, <b>bold</b>, [link](https://x.fr), &amp; and \\ back",
    '"quoted", and; semicolons',
    "[bold]not markup[/bold] [/]",
    "next\x85line \u2028 and \u2029 paragraph, \x9b31m, \u202eright to left",
    "=1+1",
    "+33 1 23",
    "-5 %",
    "@SUM(A1)",
    "  =cmd|' /C calc'!A0",
    "＝1+1",
    "1\u202f000 « œuvre » – l’été",
    "",
    " ",
    "'",
    "$x$ ~~struck~~",
)
texts = st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**6), 10**6),
    st.floats(-180, 180).map(lambda number: round(number, 4)),
    texts,
    st.lists(texts, max_size=3),
)
FIELDS = ("id", "name", "wave", "sources")
rows = st.lists(st.fixed_dictionaries(dict.fromkeys(FIELDS, values)), max_size=4)
nested = st.lists(st.fixed_dictionaries({"source": texts, "supports": st.lists(texts, max_size=2)}), max_size=2)
deep = st.lists(st.fixed_dictionaries({"id": texts, "sources": nested, "wave": values}), max_size=3)


def on_one_line(value):
    """Return the text of a cell as a format of one line per record can hold it."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", flat(value))


def of_several_lines(value):
    """Return the text of a cell as a quoted value can hold it."""
    newlines = flat(value).replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]", " ", newlines)


def controls(text, allowed="\n"):
    """Return the characters that a terminal would obey."""
    return {char for char in text if unicodedata.category(char) == "Cc"} - set(allowed)


@given(deep)
def test_json_reads_back_equal(found):
    text = "".join(formats.as_json(found, single=False))
    assert json.loads(text) == found
    assert not controls(text)


@given(deep)
def test_a_stream_of_json_objects_reads_back_equal(found):
    text, decoder, read, at = "".join(formats.as_json(found, single=True)), json.JSONDecoder(), [], 0
    if not found:
        assert text == "[]\n"
        return
    while at < len(text):
        value, at = decoder.raw_decode(text, at)
        read.append(value)
        assert text[at] == "\n"
        at += 1
    assert read == found


@pytest.mark.parametrize(
    "form",
    [
        lambda found: formats.as_json(found, single=False),
        lambda found: formats.as_json(found, single=True),
        formats.as_jsonl,
        lambda found: formats.as_csv(found, FIELDS),
        lambda found: formats.as_tsv(found, FIELDS),
        lambda found: formats.as_excel(found, FIELDS),
        lambda found: formats.as_markdown(found, FIELDS),
    ],
)
def test_a_record_is_written_before_the_next_is_made(form):
    made = []

    def some():
        for identifier in ("one", "two", "three"):
            made.append(identifier)
            yield dict.fromkeys(FIELDS, identifier)

    written = ""
    for piece in form(some()):
        written += piece
        if "one" in written:
            break
    assert made == ["one"]


@given(deep)
def test_jsonl_is_one_line_per_record_whatever_counts_as_a_line(found):
    text = "".join(formats.as_jsonl(found))
    lines = text.splitlines()
    assert [json.loads(line) for line in lines] == found
    assert text.count("\n") == len(found)
    assert not controls(text)


def test_json_keeps_accents_and_escapes_what_a_terminal_would_obey():
    text = "".join(formats.as_jsonl([{"name": "Œnotourisme à Besançon \x1b[31m \x9b31m \u202e \ud800"}]))
    assert text == '{"name": "Œnotourisme à Besançon \\u001b[31m \\u009b31m \\u202e \\ud800"}\n'


@given(rows)
def test_tsv_is_a_header_and_one_line_per_record(found):
    text = "".join(formats.as_tsv(found, FIELDS))
    assert not controls(text, "\n\t")
    head, *lines = [line.split("\t") for line in text.removesuffix("\n").split("\n")]
    assert head == list(FIELDS)
    assert lines == [[on_one_line(row[name]) for name in FIELDS] for row in found]
    assert len(text.splitlines()) == len(found) + 1


@given(rows)
def test_tsv_is_read_by_the_csv_module(found):
    read = list(csv.reader(io.StringIO("".join(formats.as_tsv(found, FIELDS))), delimiter="\t", quoting=csv.QUOTE_NONE))
    assert read[1:] == [[on_one_line(row[name]) for name in FIELDS] for row in found]


@pytest.mark.parametrize("line", ["list", "waves", "figures", "sectors", "regions", "sources", "count --by city"])
def test_all_cells_of_tsv_are_those_of_csv_for_every_reader_that_takes_quotes_as_they_are(cmq, line):
    whole = load()
    figure = replace(whole.figures[0], label='"one" of all')
    begun = replace(whole.campuses[0], name='"one" of all', city='"')
    whole = replace(whole, campuses=(begun, *whole.campuses[1:]), figures=(figure, *whole.figures[1:]))
    tsv, comma = (cmq(*line.split(), "--format", form, registry=whole).out for form in ("tsv", "csv"))
    cells = [[on_one_line(cell) for cell in row] for row in csv.reader(io.StringIO(comma, newline=""))]
    assert [row.split("\t") for row in tsv.removesuffix("\n").split("\n")] == cells
    read = pandas.read_csv(io.StringIO(tsv), sep="\t", quoting=csv.QUOTE_NONE, dtype=str, keep_default_na=False)
    assert [list(read), *read.values.tolist()] == cells


@given(rows)
def test_csv_reads_back_equal(found):
    text = "".join(formats.as_csv(found, FIELDS))
    head, *lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert head == list(FIELDS)
    assert lines == [[of_several_lines(row[name]) for name in FIELDS] for row in found]
    assert not controls(text, "\r\n\t")


def test_csv_is_that_of_rfc_4180():
    found = [{"id": 'say "hi", twice', "name": "two\r\nlines\tand a tab"}, {"id": None, "name": ["a", "b; c"]}]
    assert "".join(formats.as_csv(found, ("id", "name"))) == (
        'id,name\r\n"say ""hi"", twice","two\nlines\tand a tab"\r\n,a; b; c\r\n'
    )


def read_by_pandas(text):
    return pandas.read_csv(
        io.BytesIO(text.encode()), sep=";", decimal=",", encoding="utf-8-sig", keep_default_na=False, na_values=[]
    )


LITERAL = re.compile(r'="((?:[^"\n]|"")*)"')
NUMBER = re.compile(r"-?\d+(?:,\d+)?(?:e[+-]\d+)?")
DATE = re.compile(r"\d+[-/.]\d+(?:[-/.]\d+)?")


def opened(cell):
    """Return what a French spreadsheet makes of a cell of a CSV file: a number, or a text; a formula only of a text."""
    if literal := LITERAL.fullmatch(cell):
        return literal[1].replace('""', '"')
    assert not cell.lstrip().startswith(tuple("=+-@＝＋－＠")) or NUMBER.fullmatch(cell), cell
    assert not DATE.fullmatch(cell.strip()), cell
    return float(cell.replace(",", ".")) if NUMBER.fullmatch(cell.strip()) else cell


def excel(found, fields):
    """Return the rows of CSV for Excel, without the header, as a spreadsheet opens them."""
    text = "".join(formats.as_excel(found, fields))
    assert text.startswith("\ufeff")
    head, *lines = csv.reader(io.StringIO(text[1:], newline=""), delimiter=";", strict=True)
    assert head == list(fields)
    assert text[1:] == "".join(";".join(map(quoted, line)) + "\r\n" for line in (head, *lines))
    return [[opened(cell) for cell in line] for line in lines]


def quoted(cell):
    """Return a cell as a program reads it whole, whichever separators it believes in."""
    return '"' + cell.replace('"', '""') + '"'


@given(rows)
@example([dict.fromkeys(FIELDS, text) for text in NASTY])
def test_excel_opens_numbers_as_numbers_and_texts_as_the_same_texts(found):
    for row, line in zip(found, excel(found, FIELDS), strict=True):
        for value, cell in zip((row[name] for name in FIELDS), line, strict=True):
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                assert cell == value
            else:
                text = of_several_lines(value)
                assert cell in (text, f"'{text}")
                assert cell == text or text.lstrip()[0] in "=+-@＝＋－＠"


CHANGED = (
    *("01", "09122", "2A", "2017", "2017-02", "2017-02-13", "13/02/2017", "1,5", "1.5", "1 000", "5 %", "5 €", "(5)"),
    *("1e5", "10:30", "12:30 PM", "1/2", "5 mars 2017", "mars 2017", "févr-17", "13 Aug 2016", '5"', " 01 ", "VRAI"),
    *("lundi 13 février 2017", "Monday, February 13, 2017 10:30:00 PM"),
)
"""Texts; nearly all of them are something else, or look otherwise, when a spreadsheet is left to guess."""


@pytest.mark.parametrize("text", CHANGED)
def test_a_text_that_a_spreadsheet_would_change_is_written_as_a_text(text):
    found = [{"id": text, "name": [text], "wave": [text, text], "sources": [{"source": text}]}]
    assert excel(found, FIELDS) == [[text, text, f"{text}; {text}", text]]
    assert "".join(formats.as_excel(found, ("id",))) == f'\ufeff"id"\r\n{quoted("=" + quoted(text))}\r\n'


@pytest.mark.parametrize(
    "text",
    [
        "plasti-campus",
        "5 ans",
        "rentrée 2017",
        "80 établissements",
        "x; y",
        'dit "oui"',
        "5\n6",
        "; ".join(["2017-02-13"] * 30),
    ],
)
def test_an_ordinary_text_is_written_as_it_is(text):
    assert excel([{"id": text}], ("id",)) == [[text]]
    assert "".join(formats.as_excel([{"id": text}], ("id",))) == f'\ufeff"id"\r\n{quoted(text)}\r\n'


def test_what_is_a_number_is_told_by_the_type_and_not_by_the_look():
    found = [{"text": "4", "number": 4, "share": 0.5, "latitude": -21.0, "texts": ["4"], "known": True, "none": None}]
    _, line = "".join(formats.as_excel(found, tuple(found[0]))).splitlines()
    assert line == '"=""4""";"4";"0,5";"-21,0";"=""4""";"true";""'


def test_codes_and_dates_of_the_program_survive_excel(cmq, small):
    fields = ("id", "region_code", "department_code", "city_code", "labelled_on", "wave", "sources.published")
    _, *lines = csv.reader(io.StringIO(cmq("list", "--excel", "--fields", ",".join(fields)).out), delimiter=";")
    by_id = {campus.id: campus for campus in small.campuses}
    assert len(lines) == len(by_id)
    for identifier, *cells, published in lines:
        campus = by_id[identifier]
        known = [getattr(campus, name) for name in fields[1:-1]]
        assert [opened(cell) for cell in cells] == ["" if value is None else value for value in known]
        assert opened(published) == flat([small.source_by_id[one.source].published for one in campus.sources])


def test_excel_is_read_by_pandas(small):
    found = [records.campus(small, campus) for campus in small.campuses]
    found[0] |= {"name": "=HYPERLINK(1)", "description": "two; parts\nand « lines »", "notes": "-1"}
    wanted = records.columns(records.CAMPUS)
    frame = read_by_pandas("".join(formats.as_excel(records.pick(found, wanted), wanted)))
    assert list(frame.columns) == list(wanted)
    assert frame["name"].tolist()[1:] == [row["name"] for row in found][1:]
    assert frame["name"][0] == "'=HYPERLINK(1)"
    assert frame["notes"][0] == "'-1"
    codes = [opened(cell) for cell in frame["region_code"]]
    assert codes == [row["region_code"] for row in found]
    assert frame["description"][0] == "two; parts\nand « lines »"
    known = [row for row in found if row["latitude"] is not None]
    assert known
    placed = frame[frame["latitude"] != ""]
    assert [float(str(each).replace(",", ".")) for each in placed["latitude"]] == [row["latitude"] for row in known]
    assert frame["sources.url"].tolist() == [flat([each["url"] for each in row["sources"]]) for row in found]


def test_pandas_reads_plain_csv_with_codes_as_texts(cmq, small):
    codes = dict.fromkeys(("region_code", "department_code", "city_code"), str)
    frame = pandas.read_csv(io.StringIO(cmq("list", "--csv").out), dtype=codes, keep_default_na=False)
    known = {campus.id: [getattr(campus, name) or "" for name in codes] for campus in small.campuses}
    assert dict(zip(frame["id"], frame[list(codes)].values.tolist(), strict=True)) == known


def test_pandas_takes_decimal_commas_for_numbers():
    found = [{"latitude": 47.2378, "longitude": -3.5}, {"latitude": -21.0, "longitude": 55.5}]
    frame = read_by_pandas("".join(formats.as_excel(found, ("latitude", "longitude"))))
    assert frame["latitude"].tolist() == [47.2378, -21.0]
    assert frame["longitude"].tolist() == [-3.5, 55.5]


def markdown_table(text):
    """Return the cells of the one table of a Markdown document, as a reader sees them."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    kinds = {token.type for token in tokens}
    assert kinds <= {
        f"{part}_{end}" for part in ("table", "thead", "tbody", "tr", "th", "td") for end in ("open", "close")
    } | {"inline"}, kinds
    table = []
    for token in tokens:
        if token.type == "tr_open":
            table.append([])
        elif token.type == "inline":
            assert {child.type for child in token.children} <= {"text", "text_special", "link_open", "link_close"}
            table[-1].append("".join(child.content for child in token.children))
    return table


@given(rows)
@example([dict.fromkeys(FIELDS, text) for text in NASTY])
@example([{name: [text, text] for name in FIELDS} for text in NASTY])
def test_markdown_is_one_table_in_which_nothing_is_markup(found):
    head, *lines = markdown_table("".join(formats.as_markdown(found, FIELDS)))
    assert head == list(FIELDS)
    # A Markdown reader drops spaces at the ends of a cell, and takes NUL, which is a space here, for nothing else.
    assert lines == [["; ".join(map(str.strip, parts(row[name]))).strip() for name in FIELDS] for row in found]


def parts(value):
    return [on_one_line(each) for each in value] if isinstance(value, list) else [on_one_line(value)]


@pytest.mark.parametrize(
    "url",
    [
        "https://cmq-bfc.org/cmq_msi_2*3*4",
        "http://x.fr/a|b?c=d&amp=e~f",
        "https://x.fr/%C3%A9cole/é",
        "https://x.fr/a`b`$c$",
    ],
)
def test_an_address_is_a_link_in_markdown(url):
    text = "".join(formats.as_markdown([{"url": [url, url]}], ("url",)))
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    cell = [token for token in tokens if token.type == "inline"][1]
    links = [child.attrs["href"] for child in cell.children if child.type == "link_open"]
    assert [unquote(link) for link in links] == [unquote(url)] * 2


def test_what_only_looks_like_an_address_is_no_link():
    text = "".join(formats.as_markdown([{"url": "https://x.fr/a b>c"}], ("url",)))
    assert "\\>" in text
    assert "<https" not in text


places = st.tuples(st.floats(-90, 90), st.floats(-180, 180)) | st.just((None, None))


@given(st.lists(st.tuples(places, texts), max_size=4))
def test_geojson_is_valid_and_reads_back_equal(found):
    campuses = [
        {"id": str(at), "name": name, "latitude": latitude, "longitude": longitude}
        for at, ((latitude, longitude), name) in enumerate(found)
    ]
    text = "".join(formats.as_geojson(campuses, [{"name": campus["name"]} for campus in campuses]))
    collection = FeatureCollection[Feature[Point | None, dict]].model_validate_json(text)
    assert not controls(text)
    for campus, feature in zip(campuses, collection.features, strict=True):
        assert feature.id == campus["id"]
        assert feature.properties == {"name": campus["name"]}
        if campus["latitude"] is None:
            assert feature.geometry is None
        else:
            assert (feature.geometry.coordinates.longitude, feature.geometry.coordinates.latitude) == (
                campus["longitude"],
                campus["latitude"],
            )


def test_geojson_of_the_program(cmq, small):
    text = cmq("list", "--format", "geojson").out
    features = FeatureCollection[Feature[Point | None, dict]].model_validate_json(text).features
    assert [feature.id for feature in features] == [row["id"] for row in json.loads(cmq("list", "--json").out)]
    by_id = {campus.id: campus for campus in small.campuses}
    for feature in features:
        campus = by_id[feature.id]
        assert feature.properties["name"] == campus.name
        assert set(feature.properties) == set(records.CAMPUS) - {"latitude", "longitude"}
        if campus.longitude is None:
            assert feature.geometry is None
        else:
            assert tuple(feature.geometry.coordinates)[:2] == (campus.longitude, campus.latitude)
    assert {feature.geometry is None for feature in features} == {True, False}
    chosen = json.loads(cmq("list", "--format", "geojson", "--fields", "name,latitude").out)
    assert list(chosen["features"][0]["properties"]) == ["name", "latitude"]


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "tsv", "md", "geojson"])
def test_nothing_found_is_an_empty_document(cmq, form):
    empty = {
        "json": "[]\n",
        "jsonl": "",
        "csv": "id,name\r\n",
        "tsv": "id\tname\n",
        "md": "| id | name |\n| --- | --- |\n",
        "geojson": '{\n  "type": "FeatureCollection",\n  "features": []\n}\n',
    }
    shown = cmq("list", "--region", "corse", "--format", form, "--fields", "id,name")
    assert (shown.code, shown.out) == (0, empty[form])


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "true"),
        (0, "0"),
        (47.24, "47.24"),
        ("x", "x"),
        (["a", "b"], "a; b"),
        ([["a", "b"], ["c"]], "a, b; c"),
        ([None, "b"], "; b"),
        ([{"source": "s", "quote": "q"}], "s"),
        ([], ""),
    ],
)
def test_a_value_as_one_cell(value, cell):
    assert flat(value) == cell
