"""Counts: by one field with bars, by two as a cross table."""

import re
from collections.abc import Sequence
from string import ascii_uppercase
from typing import TYPE_CHECKING

from cmq_cli.language import _
from cmq_cli.output.answer import Block, Cell, Column, Facts, Look, Sheet, Span, Table
from cmq_cli.output.tables.campuses import HEADINGS

if TYPE_CHECKING:
    from cmq_cli.query import Count, Value

_NUMBERED = ("wave", "year", "excellence")
"""Fields whose values don't say by themselves what they are."""

_LABEL, _GAP = 24, 2
"""Columns that the names beside the numbers of a cross table can do with, and those between its columns."""


def count_sheet(
    fields: Sequence[str], counts: "Sequence[Count]", totals: "Sequence[Sequence[Count]]", total: int
) -> Sheet:
    """Return a row per value with its share; of two fields the first down, the second across, with all totals."""
    names = [_(HEADINGS[field]) for field in fields]
    if len(fields) == 1:
        shares = [(_name(one.values[0]), len(one.campuses), round(len(one.campuses) / total, 4)) for one in counts]
        return Sheet(_("Campuses"), [*names, _("Campuses"), _("Share")], shares)
    down, across = totals
    cells = {one.values: len(one.campuses) for one in counts}
    rows: list[list[str | int | float | bool | None]] = []
    for row in down:
        numbers = [cells.get((*row.values, *column.values)) for column in across]
        rows.append([_name(row.values[0]), *numbers, len(row.campuses)])
    rows.append([_("Total"), *(len(column.campuses) for column in across), total])
    heads = [_name(column.values[0]) for column in across]
    heads = [f"{names[1]} {head}" for head in heads] if fields[1] in _NUMBERED else heads
    return Sheet(_("Campuses"), [names[0], *heads, _("Total")], rows)


def count_table(look: Look, fields: Sequence[str], counts: "Sequence[Count]", sheet: Sheet) -> list[Block]:
    """Return a row per value with its share, and on a terminal that has room a bar; of two fields the cross table.

    Where its heads are too wide, letters stand above the columns, and are explained below; where these are too many as
    well, the combinations stand below each other.
    """
    if not counts:
        return []
    return _bars(look, sheet) if len(fields) == 1 else _crossed(look, sheet) or _listed(fields, counts)


def _bars(look: Look, sheet: Sheet) -> list[Block]:
    length = min((look.width or 0) - 60, 40)
    most = max(float(row[1] or 0) for row in sheet.rows)
    columns = [Column(heading, right=at > 0) for at, heading in enumerate(sheet.headings)]
    rows: list[list[Cell]] = []
    for name, found, share in sheet.rows:
        bar = ("#" if look.ascii else "█") * max(1, round(length * float(found or 0) / most))
        of_all = _("{number}%").format(number=round(100 * float(share or 0)))
        rows.append([str(name), str(found), of_all, *([(Span(bar, "cyan"),)] if length >= 8 else [])])
    return [Table([*columns, *([Column("")] if length >= 8 else [])], rows)]


def _crossed(look: Look, sheet: Sheet) -> list[Block]:
    """Return the cross table, or nothing where it is too wide."""
    first, *heads, last = sheet.headings
    rows = [["" if value is None else str(value) for value in row] for row in sheet.rows]
    letters = [a + b for a in ("", *ascii_uppercase) for b in ascii_uppercase][: len(heads)]
    for names in (heads, letters):
        pieces = [re.split(r"\s|(?<=-)", name) for name in (*names, last)]
        widths = [max(map(len, column)) for column in zip(*(row[1:] for row in rows), strict=True)]
        least = sum(max(width, *map(len, piece)) + _GAP for width, piece in zip(widths, pieces, strict=True))
        if look.width is None or _LABEL + least <= look.width:
            columns = [Column(first), *(Column(name, right=True) for name in (*names, last))]
            bold: list[list[Cell]] = [[*row[:-1], (Span(row[-1], "bold"),)] for row in rows[:-1]]
            bold.append([(Span(value, "bold"),) for value in rows[-1]])
            return [Table(columns, bold), *([Facts([*zip(letters, heads, strict=True)])] if names is letters else [])]
    return []


def _listed(fields: Sequence[str], counts: "Sequence[Count]") -> list[Block]:
    columns = [*(Column(_(HEADINGS[field])) for field in fields), Column(_("Campuses"), right=True)]
    return [Table(columns, [[*map(_name, one.values), str(len(one.campuses))] for one in counts])]


def _name(value: "Value") -> str:
    return _("not known") if value.label is None else _(value.label)
