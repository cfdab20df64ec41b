"""A workbook for Excel and LibreOffice, made by XlsxWriter: typed cells, and nothing in the data is a formula."""

import io
import re
from collections.abc import Sequence
from datetime import datetime
from textwrap import wrap
from typing import Any

from cmq_cli.language import _
from cmq_cli.output.formats import address, flat

NARROWEST, HEADING, WIDEST = 8, 20, 50
"""Letters that a column shows at least, for its heading, which may have several lines, and at most."""


def as_workbook(title: str, headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """Return a workbook of one sheet: a frozen header with filters, numbers as numbers, all else as text.

    Dates and codes stay the text that they are, and an address of the web becomes a link. The same rows give the same
    bytes.
    """
    import xlsxwriter

    file = io.BytesIO()
    workbook = xlsxwriter.Workbook(file, {"in_memory": True})
    workbook.set_properties({"title": title, "created": datetime(1980, 1, 1)})  # the day of all files in it
    sheet = workbook.add_worksheet(title)
    bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    formats = {"deduced": '0"*"', _("Share"): "0%"}
    marked = {name: workbook.add_format({"num_format": number}) for name, number in formats.items()}
    for at, heading in enumerate(headings):
        sheet.write_string(0, at, heading, bold)
        longest = max([min(len(heading), HEADING), *(len(flat(row[at])) for row in rows)])
        sheet.set_column(at, at, min(max(longest + 2, NARROWEST), WIDEST))
    sheet.set_row(0, 15 * max(len(wrap(heading, HEADING - 2)) for heading in headings))  # LibreOffice doesn't see that
    for down, row in enumerate(rows, 1):
        for at, value in enumerate(row):
            _write(sheet, (down, at), value, marked["deduced"], marked.get(headings[at]))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)  # one page wide, as many as it takes
    totals = bool(rows) and rows[-1][0] == _("Total")  # which stays below what is sorted
    sheet.autofilter(0, 0, max(len(rows) - totals, 1), len(headings) - 1)
    workbook.close()
    return file.getvalue()


def _write(sheet: Any, cell: tuple[int, int], value: Any, deduced: Any, shown: Any = None) -> None:
    """Write a cell; a number with a mark stays a number, and an address behind words is a link below them."""
    text = flat(value)
    if isinstance(value, bool):
        sheet.write_boolean(*cell, value)
    elif isinstance(value, int | float):
        sheet.write_number(*cell, value, shown)
    elif re.fullmatch(r"\d+\*", text):
        sheet.write_number(*cell, int(text[:-1]), deduced)
    elif link := address(re.sub(r".*: (?=https?://)", "", text)):
        sheet.write_url(*cell, link, string=text)
    elif text:
        sheet.write_string(*cell, text)
