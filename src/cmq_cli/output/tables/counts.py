"""Draw counts: by one field with bars, by two as a cross table."""

from collections.abc import Sequence

from rich.text import Text

from cmq_cli.output.tables.frame import Column, Look, Renderable, bar, fits, grid, note, page, words
from cmq_cli.query import Count, Value

WHICH = "Which campuses: add --json"
LONGEST_BAR = 40


def count_table(
    look: Look, fields: Sequence[str], counts: Sequence[Count], total: int, remarks: Sequence[str]
) -> Renderable:
    """Draw a row per value with a bar of its share."""
    columns = [Column(fields[0].capitalize()), Column("Campuses", right=True), Column("Share", right=True)]
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
    """Draw the first field down, the second across, with the totals of both; or, where that is too wide, long rows."""
    down, across = totals
    numbers = [Column(_value(one.values[0]).plain, right=True) for one in across]
    columns = [Column(fields[0].capitalize()), *numbers, Column("Total", right=True)]
    cells = {one.values: len(one.campuses) for one in counts}
    rows = [
        [
            _value(row.values[0]),
            *(words(cells.get((*row.values, *column.values), "")) for column in across),
            words(len(row.campuses), "bold"),
        ]
        for row in down
    ]
    rows.append([words(each, "bold") for each in ("Total", *(len(column.campuses) for column in across), total)])
    if not fits(look, columns, rows):
        columns = [*(Column(field.capitalize()) for field in fields), Column("Campuses", right=True)]
        rows = [[*map(_value, one.values), words(len(one.campuses))] for one in counts]
    return page(grid(look, columns, rows), note(look, *remarks, WHICH))


def _value(value: Value) -> Text:
    return words(value.label if value.label is not None else "not known")
