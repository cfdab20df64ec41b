"""Each form as a round trip: what is written reads back equal, with a reader of somebody else's."""

import csv
import io
import json
import unicodedata
from urllib.parse import unquote

from geojson_pydantic import Feature, FeatureCollection, Point
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cmq_cli.output import formats
from cmq_cli.output.answer import Drawing, Facts, Prose, Span, Table
from cmq_cli.output.formats import address, as_plain, as_rows, flat, shown

NASTY = (
    "tab\there, two\nlines, a\r\nreturn, a \x1b[31mcolour\x1b[0m, a \x07bell and \x00 nothing",
    "a | pipe, *stars*, _under_, `code`, <b>bold</b>, [link](https://x.fr), &amp; and \\ back, $x$ ~~struck~~",
    '"quoted", and; semicolons',
    "next\x85line \u2028 and \u2029 paragraph, \x9b31m, \u202eright to left",
    "=1+1",
    "1\u202f000 « œuvre » – l’été, 機電一体化, e\u0301te\u0301",
    " ",
)
texts = st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
numbers = st.one_of(st.integers(-(10**6), 10**6), st.floats(-180, 180).map(lambda number: round(number, 4)))
values = st.one_of(st.none(), st.booleans(), numbers, texts, st.lists(texts, max_size=3))
FIELDS = ("id", "name", "wave", "sources")
rows = st.lists(st.lists(values, min_size=4, max_size=4), max_size=4)


def controls(text, allowed="\n"):
    """Return the characters that a terminal would obey, or that end or turn round a line."""
    return {char for char in text if unicodedata.category(char) in ("Cc", "Cs") or char in "\u202e\u2028"} - {*allowed}


def cells(found):
    """Return the texts of a table's cells, whatever its form."""
    return [list(FIELDS), *([flat(value) for value in row] for row in found)]


@given(st.lists(st.dictionaries(texts, values, max_size=3), max_size=3))
@example([{"name": "\x1b[31m \x9b31m \u202e \ud800"}])
def test_json_reads_back_equal(found):
    text, line = formats.as_json(found), formats.as_json(found, indent=None)
    assert json.loads(text) == json.loads(line) == found
    assert line.count("\n") == 1
    assert not controls(text + line)


@given(rows)
@example([['say "hi", twice', None, ["a", "b; c"], ""]])
def test_flat_forms_are_a_header_and_a_line_per_record(found):
    for form, end, allowed in (("tsv", "\n", "\n\t"), ("csv", "\r\n", "\r\n")):
        text = as_rows(form, FIELDS, found)
        assert not controls(text, allowed)
        assert text.count(end) == text.count("\n") == len(text.splitlines()) == len(found) + 1
        file = io.StringIO(text, newline="")
        reads = csv.reader(file, strict=True) if form == "csv" else (line[:-1].split("\t") for line in file)
        assert [*reads] == cells(found)


def markdown_table(text):
    """Return the cells of the one table of a Markdown document, as a reader sees them."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    parts = [f"{part}_{end}" for part in ("table", "thead", "tbody", "tr", "th", "td") for end in ("open", "close")]
    assert {token.type for token in tokens} <= {*parts, "inline"}
    table = []
    for token in tokens:
        if token.type == "tr_open":
            table.append([])
        elif token.type == "inline":
            assert {child.type for child in token.children} <= {"text", "text_special", "link_open", "link_close"}
            table[-1].append("".join(child.content for child in token.children))
    return table


@given(rows)
@example([[text, [text, text], None, True] for text in NASTY])
def test_markdown_is_one_table_in_which_nothing_is_markup(found):
    assert markdown_table(as_rows("md", FIELDS, found)) == [[cell.strip() for cell in row] for row in cells(found)]


def test_an_address_is_a_link_in_markdown_and_what_only_looks_like_one_is_not():
    for url in ("https://cmq-bfc.org/cmq_msi_2*3*4", "http://x.fr/a|b?c=d&amp=e~f<>", "https://x.fr/%C3%A9cole/é`$"):
        tokens = MarkdownIt("commonmark").enable("table").parse(as_rows("md", ("url",), [[url]]))
        cell = [token for token in tokens if token.type == "inline"][1]
        links = [child.attrs["href"] for child in cell.children if child.type == "link_open"]
        assert [unquote(link) for link in links] == [unquote(url)]
    assert "https://x.fr/a b\\>c" in as_rows("md", ("url",), [["https://x.fr/a b>c"]])
    others = [None, "", "x", "javascript:alert(1)", "ftp://x.fr", "//x.fr", "https://a.fr; https://b.fr"]
    assert not any(map(address, others))
    assert address("https://x.fr/é\x1b\\") == "https://x.fr/%C3%A9%1B%5C"


def test_geojson_is_valid_has_the_longitude_first_and_null_where_no_seat_is_known():
    campuses = [{"id": "a", "latitude": 48.1, "longitude": 6.4}, {"id": "b", "latitude": None, "longitude": None}]
    text = formats.as_geojson(campuses, [{"name": NASTY[0]}, {"name": "é"}])
    features = FeatureCollection[Feature[Point | None, dict]].model_validate_json(text).features
    assert not controls(text)
    assert [(feature.id, feature.properties["name"]) for feature in features] == [("a", NASTY[0]), ("b", "é")]
    assert [each.geometry and tuple(each.geometry.coordinates) for each in features] == [(6.4, 48.1), None]


def test_a_value_as_one_cell_and_as_json():
    values = [None, True, 0, 47.24, ["a", "b"], [["a", "b"], ["c"]], [None, "b"], [{"source": "s", "quote": "q"}], []]
    assert [flat(value) for value in values] == ["", "true", "0", "47.24", "a; b", "a, b; c", "; b", "s", ""]
    assert formats.as_json({"name": ["Œno à \x1b[31m"]}) == '{\n  "name": [\n    "Œno à \\u001b[31m"\n  ]\n}\n'
    assert shown("« œ »\n\x1b[0m\t\u2028\ud800") == "« œ »\n\\u001b[0m\\u0009\\u2028\\ud800"
    assert flat("two\nlines,\ta \x1b[31mcolour \ud800") == "two lines, a \\x1b[31mcolour \\ud800"


def test_a_page_in_a_pipe_reads_like_one():
    facts = [("Id", "bois"), ("Website", (Span("https://b.fr", "cyan", "https://b.fr"), Span(" [1]", "dim")))]
    page = [
        Facts(facts, (Span("Bois", "bold"),)),
        Prose("One long paragraph, " * 20 + "here.\nNotes: none."),
        Prose("« non »", title="Evidence", mark="[1] "),
        Prose("two", mark="[2] "),
        Table(["Id", "Wave", "Note"], [[(Span("bois"), Span("\n2013")), "4", "–"]], right=[1]),
        Drawing(["  ⠿", "⠿"]),
    ]
    paragraph = "One long paragraph, " * 20 + "here.\nNotes: none.\n"
    assert as_plain(page) == (
        f"Bois\nId       bois\nWebsite  https://b.fr [1]\n\n{paragraph}\nEvidence\n[1] « non »\n[2] two\n\n"
        "ID         WAVE  NOTE\nbois 2013     4  –\n\n  ⠿\n⠿\n"
    )


spans = st.one_of(texts, st.lists(st.builds(Span, texts), max_size=3).map(tuple))


@given(st.lists(st.lists(spans, min_size=2, max_size=2), max_size=5), st.sets(st.integers(0, 1)))
def test_a_table_in_a_pipe_is_a_header_and_an_aligned_line_per_row_whatever_is_in_it(found, right):
    text = as_plain([Table(["id", "Name", "end"], [[*row, "end"] for row in found], right)])
    assert not controls(text)
    lines = text.removesuffix("\n").split("\n")
    assert len(lines) == len(found) + 1
    assert lines[0].split() == ["ID", "NAME", "END"]
    assert len({line.lower().rindex("end") for line in lines}) == 1
    assert as_plain([Table(["id"], [["a  "]])]) == "ID\na\n"
