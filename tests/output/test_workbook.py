"""Workbooks, read back by a library of somebody else's."""

import io
import warnings
import zipfile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from cmq_cli.output.answer import Sheet
from cmq_cli.output.formats import flat
from cmq_cli.output.workbook import WIDEST, as_workbook

ROWS = [
    ["bois", "01", "2017-02-13", 4, 12.5, True, "https://b.fr/été", None, "=1+1"],
    ["cuir", "2A", "2017", None, -0.5, False, "", "https://a.fr; https://b.fr", "+33 1"],
]
HEADINGS = ("Id", "Région", "Label", "Vague", "km", "Excellence", "Contact", "Note", "Texte")


def opened(headings, rows, **more):
    return load_workbook(io.BytesIO(as_workbook(Sheet("Campus", headings, rows, **more)))).active


def test_cells_are_typed_and_codes_dates_and_formulas_stay_text():
    sheet = opened(HEADINGS, ROWS)
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert values == [list(HEADINGS), *([None if value == "" else value for value in row] for row in ROWS)]
    assert [cell.data_type for cell in sheet[2]] == ["s", "s", "s", "n", "n", "b", "s", "n", "s"]
    linked = {cell.coordinate: cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    assert linked == {"G2": "https://b.fr/%C3%A9t%C3%A9"}
    assert sheet.title == "Campus"


def test_the_header_stays_in_sight_and_columns_are_as_wide_as_what_they_hold():
    sheet = opened(("Id", "Description"), [["x", "word " * 50], ["y" * 30, "z"]])
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B3")
    assert (sheet["A1"].font.bold, sheet["A2"].font.bold) == (True, False)
    assert 30 < sheet.column_dimensions["A"].width < 34
    assert sheet.column_dimensions["B"].width == pytest.approx(WIDEST, abs=1)
    assert opened(("Id",), []).auto_filter.ref == "A1:A2"


def test_shares_marks_totals_and_links_are_what_a_spreadsheet_can_use():
    rows = [["3*", "the page of its sector: https://a.fr/b", 0.25], ["All", "", 1.0]]
    sheet = opened(("Wave", "Contact", "Part"), rows, shares=[2], totals=True)
    wave, contact, share = sheet[2]
    assert (wave.value, wave.number_format) == (3, '0"*"')
    assert (contact.value, contact.hyperlink.target) == (rows[0][1], "https://a.fr/b")
    assert share.number_format == "0%"
    assert sheet.auto_filter.ref == "A1:C2"  # the total isn't sorted among the others


texts = st.sampled_from(["_x0041_", "\ufffe\ud800", "\x1b[0m\x00", "http://", "https://x.fr/#a b'c", "'", "=1", "12"])
numbers = st.one_of(st.integers(-(10**9), 10**9), st.floats(-1e6, 1e6))
values = st.one_of(st.none(), st.booleans(), numbers, texts, st.text(max_size=30))


@given(st.lists(st.lists(values, min_size=2, max_size=2), max_size=4))
@example([["mailto:x", "internal:Sheet!A1"], ["external:c:\\x.xls", "{=1}"]])
def test_whatever_is_in_the_rows_reads_back(rows):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        sheet = opened(("a", "b"), rows)
    for row, cells in zip(rows, sheet.iter_rows(min_row=2, max_row=len(rows) + 1), strict=True):
        for value, cell in zip(row, cells, strict=True):
            if isinstance(value, str):
                assert (cell.value or "") == flat(value)
            else:
                assert cell.value == (pytest.approx(value) if isinstance(value, float) else value)


def test_the_same_rows_give_the_same_bytes_on_every_day():
    sheet = Sheet("Campus", HEADINGS, ROWS)
    book = as_workbook(sheet)
    assert as_workbook(sheet) == book
    files = zipfile.ZipFile(io.BytesIO(book))
    assert files.read("docProps/core.xml").count(b">1980-01-01T") == 2
    assert {each.date_time[0] for each in files.infolist()} == {1980}
