"""A workbook for Excel and LibreOffice, made by XlsxWriter: typed cells, and nothing in the data is a formula."""

import io
import re
from datetime import datetime
from textwrap import wrap

from cmq_cli.output.answer import Sheet
from cmq_cli.output.formats import address, flat

NARROWEST, WIDEST = 8, 50  # letters that a column shows
HEADING = 20  # letters of a heading in a line, of which it may have several


def as_workbook(table: Sheet) -> bytes:
    """Return a workbook of one sheet, always of the same bytes: a frozen header with filters, numbers, and texts.

    Dates and codes stay text. A number with a mark stays a number, and an address, also behind words, becomes a link.
    """
    import xlsxwriter

    file = io.BytesIO()
    workbook = xlsxwriter.Workbook(file, {"in_memory": True})
    workbook.set_properties({"title": table.title, "created": datetime(1980, 1, 1)})  # the day of all files in it
    sheet = workbook.add_worksheet(table.title)
    bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    marked, share = (workbook.add_format({"num_format": form}) for form in ('0"*"', "0%"))
    for at, heading in enumerate(table.headings):
        sheet.write_string(0, at, heading, bold)
        longest = max([min(len(heading), HEADING), *(len(flat(row[at])) for row in table.rows)])
        width = min(max(longest + 2, NARROWEST), WIDEST)
        sheet.set_column(at, at, width, share if at in table.shares else None)
    deepest = max(len(wrap(heading, HEADING - 2)) for heading in table.headings)
    sheet.set_row(0, 15 * deepest)  # LibreOffice doesn't see that
    for down, row in enumerate(table.rows, 1):
        for at, value in enumerate(row):
            text = flat(value)
            if re.fullmatch(r"\d+\*", text):
                sheet.write(down, at, int(text[:-1]), marked)
            elif link := address(re.sub(r".*: (?=https?://)", "", text)):
                sheet.write_url(down, at, link, string=text)
            elif isinstance(value, int | float):
                sheet.write(down, at, value)
            elif text:
                sheet.write_string(down, at, text)  # which is never a formula
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)  # one page wide, as many as it takes
    sorted_rows = len(table.rows) - table.totals  # what sums up the others stays below
    sheet.autofilter(0, 0, max(sorted_rows, 1), len(table.headings) - 1)
    workbook.close()
    return file.getvalue()
