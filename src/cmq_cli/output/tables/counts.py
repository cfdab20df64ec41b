"""Draw counts: by one field with bars, by two as a cross table."""

from collections.abc import Mapping, Sequence
from string import ascii_uppercase
from typing import NamedTuple

from rich.text import Text

from cmq_cli.output.tables.frame import Column, Look, Renderable, bar, facts, fits, grid, note, page, words
from cmq_cli.output.tables.prose import widest_line
from cmq_cli.query import DIMENSIONS, Count, Value

WHICH = "Which campuses: add --json"
LONGEST_BAR = 40
LONGEST_HEAD = 12
"""Columns of a heading above a number, if its words are no longer: the eye is to follow the row."""


def count_table(
    look: Look, fields: Sequence[str], counts: Sequence[Count], total: int, remarks: Sequence[str]
) -> Renderable:
    """Draw a row per value with a bar of its share."""
    columns = [Column(fields[0].capitalize()), Column("Campuses", right=True), Column("Share", right=True, goes=1)]
    rows = [
        [_value(one.values[0]), words(len(one.campuses)), words(f"{len(one.campuses) / total:.0%}")] for one in counts
    ]
    length = min(look.width - 60, LONGEST_BAR) if look.width >= 72 else look.width - 50
    if length >= 8:
        most = max((len(one.campuses) for one in counts), default=1)
        columns.append(Column("", fixed=True))
        for row, one in zip(rows, counts, strict=True):
            row.append(words(bar(len(one.campuses) / most, look, length), "cyan"))
    return page(grid(look, columns, rows), note(look, *remarks, WHICH))


def cross_table(
    look: Look,
    fields: Sequence[str],
    counts: Sequence[Count],
    totals: Sequence[Sequence[Count]],
    total: int,
    remarks: Sequence[str],
) -> Renderable:
    """Draw the first field down, the second across, or the other way round, with the totals of both and of all.

    Where the names of the values are too wide, letters stand above the columns; where these are too many, the second
    values stand below the first.
    """
    cells = {one.values: len(one.campuses) for one in counts}
    (down_field, across_field), (down, across) = fields, totals
    given = _Cross(down_field, across_field, down, across, cells)
    turned = _Cross(across_field, down_field, across, down, {values[::-1]: number for values, number in cells.items()})
    fewest = min(given, turned, key=lambda cross: len(cross.across))
    for cross, lettered in ((given, False), (turned, False), (fewest, True)):
        columns, rows = _square(cross, total, lettered)
        if fits(look, columns, rows):
            return page(
                grid(look, columns, rows), _legend(look, cross) if lettered else None, note(look, *remarks, WHICH)
            )
    return page(grid(look, *_long(given, total)), note(look, *remarks, WHICH))


class _Cross(NamedTuple):
    """Two fields, the values of each with their totals, and how many campuses have a value of both."""

    down_field: str
    across_field: str
    down: Sequence[Count]
    across: Sequence[Count]
    cells: Mapping[tuple[Value, ...], int]


def _square(cross: _Cross, total: int, lettered: bool) -> tuple[list[Column], list[list[Text]]]:
    names = _letters(cross) if lettered else [_head(cross.across_field, one) for one in cross.across]
    heads = (Column(name, right=True, width=min(widest_line(words(name)), LONGEST_HEAD)) for name in names)
    columns = [Column(cross.down_field.capitalize()), *heads, Column("Total", right=True)]
    rows = [
        [
            _value(row.values[0]),
            *(words(cross.cells.get((*row.values, *column.values), "")) for column in cross.across),
            words(len(row.campuses), "bold"),
        ]
        for row in cross.down
    ]
    sums = (len(column.campuses) for column in cross.across)
    return columns, [*rows, [words(each, "bold") for each in ("Total", *sums, total)]]


def _long(cross: _Cross, total: int) -> tuple[list[Column], list[list[Text]]]:
    columns = [Column(f"{cross.down_field.capitalize()}\n  {cross.across_field}"), Column("Campuses", right=True)]
    rows: list[list[Text]] = []
    for row in cross.down:
        rows.append([_value(row.values[0], "bold"), words(len(row.campuses), "bold")])
        numbers = ((column, cross.cells.get((*row.values, *column.values))) for column in cross.across)
        rows += ([_below(column), words(number)] for column, number in numbers if number)
    rows.append([words("Total", "bold"), words(total, "bold")])
    return columns, [*rows, *([_below(column), words(len(column.campuses))] for column in cross.across)]


def _below(one: Count) -> Text:
    return words("  ") + _value(one.values[0])


def _head(field: str, one: Count) -> str:
    """Return what stands above a column: a number, a yes or a no doesn't say by itself what it is."""
    name = _value(one.values[0]).plain
    return f"{field.capitalize()}\n{name}" if DIMENSIONS[field].ordered else name


def _letters(cross: _Cross) -> list[str]:
    """Return A, B, ... Z, AA, AB, ... for the columns."""
    singles = ["", *ascii_uppercase]
    return [first + second for first in singles for second in ascii_uppercase][: len(cross.across)]


def _legend(look: Look, cross: _Cross) -> Renderable:
    names = [_head(cross.across_field, one).replace("\n", " ") for one in cross.across]
    return facts(look, [(letter, words(name)) for letter, name in zip(_letters(cross), names, strict=True)])


def _value(value: Value, style: str = "") -> Text:
    return words(value.label if value.label is not None else "not known", style)
