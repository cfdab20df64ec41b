"""Workbooks, read back by a library of somebody else's."""

import io
import re
import warnings
import zipfile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from cmq_cli.output.formats import in_quotes
from cmq_cli.output.workbook import LONGEST, LONGEST_LINK, WIDEST, as_workbook


def opened(*args):
    return load_workbook(io.BytesIO(as_workbook(*args))).active


ROWS = [
    ["bois", "01", "2017-02-13", 4, 12.5, True, "https://b.fr/été", None, "=1+1"],
    ["cuir", "2A", "2017", None, -0.5, False, "", "non", "+33 1"],
]
HEADINGS = ("Id", "Région", "Label", "Vague", "km", "Excellence", "Contact", "Note", "Texte")


def test_cells_are_typed_and_codes_dates_and_formulas_stay_text():
    sheet = opened("Campus", HEADINGS, ROWS)
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    kept = [[None if value == "" else value for value in row] for row in ROWS]
    assert values == [list(HEADINGS), *kept]
    assert [cell.data_type for cell in sheet[2]] == ["s", "s", "s", "n", "n", "b", "s", "n", "s"]
    assert sheet["G2"].hyperlink.target == "https://b.fr/%C3%A9t%C3%A9"
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_the_header_stays_in_sight_and_filters_and_columns_are_as_wide_as_what_they_hold():
    long = [["x", "word " * 50], ["y" * 30, "z"]]
    sheet = opened("Campus", ("Id", "Description"), long)
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B3"
    assert sheet["A1"].font.bold
    assert not sheet["A2"].font.bold
    assert 30 < sheet.column_dimensions["A"].width < 34
    assert sheet.column_dimensions["B"].width == pytest.approx(WIDEST, abs=1)
    assert opened("Campus", ("Id",), []).auto_filter.ref == "A1:A2"


def test_a_sheet_is_called_as_excel_allows():
    names = {
        "a/b:c*[d]?\\e": "a b c d e",
        "'x'": "x",
        "": "cmq",
        "History": "cmq",
        "Campus, " * 5: "Campus, " * 3 + "Campus,",
    }
    assert {title: opened(title, ("Id",), [["x"]]).title for title in names} == names


texts = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["_x0041_", "\ufffe\ud800", "\x1b[0m\x00", "http://", "https://x.fr/#a b'c", "'"]),
)
values = st.one_of(st.none(), st.booleans(), st.integers(-(10**9), 10**9), st.floats(-1e6, 1e6), texts)


@given(st.lists(st.lists(values, min_size=2, max_size=2), max_size=4))
@example([["mailto:x", "internal:Sheet!A1"], ["external:c:\\x.xls", "{=1}"]])
def test_whatever_is_in_the_rows_reads_back(rows):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        sheet = opened("x", ("a", "b"), rows)
    for row, cells in zip(rows, sheet.iter_rows(min_row=2, max_row=len(rows) + 1), strict=True):
        for value, cell in zip(row, cells, strict=True):
            if not isinstance(value, str):
                assert cell.value == (pytest.approx(value) if isinstance(value, float) else value)
            else:
                assert (cell.value or "") == re.sub("[\ufffe\uffff\ud800]", "\ufffd", in_quotes(value))


def test_what_excel_cannot_take_is_cut_or_left_a_text():
    url = "https://x.fr/" + "a" * LONGEST_LINK
    sheet = opened("x", ("a", "b"), [["é" * (LONGEST + 5), url]])
    assert len(sheet["A2"].value) == LONGEST
    assert sheet["A2"].value.endswith("é…")
    assert (sheet["B2"].value, sheet["B2"].hyperlink) == (url, None)


def test_more_links_than_excel_can_take_are_texts(monkeypatch):
    monkeypatch.setattr("cmq_cli.output.workbook.MOST_LINKS", 3)
    sheet = opened("x", ("a",), [[f"https://x.fr/{at}"] for at in range(5)])
    assert [cell.hyperlink is not None for (cell,) in sheet.iter_rows(min_row=2)] == [True] * 3 + [False] * 2


def test_the_same_rows_give_the_same_bytes_on_every_day():
    book = as_workbook("Campus", HEADINGS, ROWS)
    assert as_workbook("Campus", HEADINGS, ROWS) == book
    files = zipfile.ZipFile(io.BytesIO(book))
    assert files.read("docProps/core.xml").count(b">1980-01-01T") == 2
    assert {each.date_time[0] for each in files.infolist()} == {1980}
