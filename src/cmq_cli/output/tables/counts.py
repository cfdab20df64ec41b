"""Counts: by one field with bars, by two as a cross table."""

import re
from collections.abc import Sequence
from math import inf
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

from cmq_cli.language import _
from cmq_cli.output.answer import Block, Cell, Facts, Look, Sheet, Span, Table
from cmq_cli.output.tables.campuses import LAYOUT

if TYPE_CHECKING:
    from cmq_cli.query import Count, Value

_LABEL = 24
"""Columns that the names beside the numbers of a cross table can do with."""


def count_sheet(
    fields: Sequence[str], counts: "Sequence[Count]", of_each: "Sequence[Sequence[Count]]", total: int
) -> Sheet:
    """Return a row per value with its share; of two fields the first down, the second across, with all totals."""
    first, *second = (LAYOUT.named()[field] for field in fields)
    if not second:
        shares = [(_name(one.values[0]), len(one.campuses), round(len(one.campuses) / total, 4)) for one in counts]
        return Sheet(_("Campuses"), [first, _("Campuses"), _("Share")], shares)
    down, across = of_each
    cells = {one.values: len(one.campuses) for one in counts}
    rows: list[list[str | int | None]] = []
    for row in down:
        numbers = [cells.get((*row.values, *column.values)) for column in across]
        rows.append([_name(row.values[0]), *numbers, len(row.campuses)])
    rows.append([_("Total"), *(len(column.campuses) for column in across), total])
    heads = [_name(column.values[0]) for column in across]
    if fields[1] in ("wave", "year", "excellence"):  # of which the values don't say what they are
        heads = [f"{second[0]} {head}" for head in heads]
    return Sheet(_("Campuses"), [first, *heads, _("Total")], rows)


def count_table(look: Look, fields: Sequence[str], counts: "Sequence[Count]", sheet: Sheet) -> list[Block]:
    """Return a row per value with its share, and on a terminal that has room a bar; of two fields the cross table.

    Where its heads are too wide, letters stand above the columns, and are explained below; where these are too many as
    well, the combinations stand below each other.
    """
    if len(fields) == 1:
        return [_bars(look, sheet)]
    first, *heads, total = sheet.headings
    letters = [a + b for a in ("", *ascii_uppercase) for b in ascii_uppercase][: len(heads)]
    room = look.width or inf
    names = heads if _needed((*heads, total)) <= room else letters
    if _needed((*names, total)) > room:
        heads = [*(LAYOUT.named()[field] for field in fields), _("Campuses")]
        rows = [[*map(_name, one.values), str(len(one.campuses))] for one in counts]
        return [Table(heads, rows, right=[len(fields)])]
    *rows, totals = [["" if value is None else str(value) for value in row] for row in sheet.rows]
    right = range(1, len(sheet.headings))
    table = Table([first, *names, total], [*rows, [(Span(text, "bold"),) for text in totals]], right)
    return [table, Facts([*zip(letters, heads, strict=True)])] if names is letters else [table]


def _needed(heads: Sequence[str]) -> int:
    """Return the columns that a cross table needs, in which heads may break, but not their words."""
    words = [re.split(r"(?<=-)| ", head) for head in heads]
    return _LABEL + sum(max(2, *map(len, each)) + len("  ") for each in words)


def _bars(look: Look, sheet: Sheet) -> Table:
    longest = min((look.width or 0) - 60, 40)
    rows: list[list[Cell]] = []
    values: Sequence[Any] = sheet.rows
    most = max((found for _name, found, _share in values), default=0)
    for name, found, share in values:
        bar = Span("█" * max(1, round(longest * found / most)), "cyan")
        rows.append([name, str(found), _("{number}%", number=round(100 * share)), (bar,)])
    shown = 4 if longest >= 8 else 3
    return Table([*sheet.headings, ""][:shown], [row[:shown] for row in rows], right=(1, 2))


def _name(value: "Value") -> str:
    return _("not known") if value.label is None else _(value.label)
