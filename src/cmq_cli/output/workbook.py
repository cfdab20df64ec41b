"""A workbook for Excel and LibreOffice, made by XlsxWriter: typed cells, and nothing in the data is a formula."""

import io
import re
from collections.abc import Sequence
from datetime import datetime
from textwrap import wrap
from typing import Any

from cmq_cli.output.formats import address, in_quotes
from cmq_cli.output.plain import columns_of

LONGEST, LONGEST_LINK, MOST_LINKS = 32_767, 2_079, 65_530
"""What Excel can take: characters in a cell and in an address, and links on a sheet; what is beyond is cut, or text."""

NARROWEST, HEADING, WIDEST = 8, 20, 50
"""Letters that a column shows at least, for its heading, which may have several lines, and at most."""

_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
"""What no XML can hold."""


def as_workbook(title: str, headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """Return a workbook of one sheet: a frozen header with filters, numbers as numbers, all else as text.

    Dates and codes stay the text that they are, and an address of the web becomes a link. The same rows give the same
    bytes.
    """
    import xlsxwriter

    file = io.BytesIO()
    workbook = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    )
    workbook.set_properties({"title": _text(title), "created": datetime(1980, 1, 1)})  # the day of all files in it
    sheet = workbook.add_worksheet(_sheet_name(title))
    bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    links = 0
    widths = [min(columns_of(heading), HEADING) for heading in headings]
    for at, heading in enumerate(headings):
        sheet.write_string(0, at, _text(heading), bold)
    for down, row in enumerate(rows, 1):
        for at, value in enumerate(row):
            text = _text(value)
            target = address(text)
            widths[at] = max(widths[at], columns_of(text[:WIDEST]))
            if isinstance(value, bool):
                sheet.write_boolean(down, at, value)
            elif isinstance(value, int | float):
                sheet.write_number(down, at, value)
            elif target and len(target) <= LONGEST_LINK and links < MOST_LINKS:
                links += 1
                sheet.write_url(down, at, target, string=text)
            elif text:
                sheet.write_string(down, at, text)
    for at, width in enumerate(widths):
        sheet.set_column(at, at, min(max(width + 2, NARROWEST), WIDEST))
    sheet.set_row(0, 15 * max(len(wrap(heading, HEADING - 2)) for heading in headings))  # LibreOffice doesn't see that
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(headings) - 1)
    workbook.close()
    return file.getvalue()


def _text(value: Any) -> str:
    """Return a text as a cell can hold it."""
    text = _NO_XML.sub("\ufffd", in_quotes(value))
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _sheet_name(title: str) -> str:
    """Return a title as Excel lets a sheet be called: at most 31 characters, some of them not allowed."""
    name = re.sub(r"[\[\]:*?/\\\s]+", " ", _text(title))[:31].strip(" '")
    return name if name and name.lower() != "history" else "cmq"
