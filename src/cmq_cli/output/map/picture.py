"""One frame as cells: outlines, marks, the counts of regions, and the names of towns where there is room."""

from collections.abc import Iterable, Sequence
from itertools import product
from typing import NamedTuple

from cmq_cli.output.map.canvas import Canvas, Cell, Cells, Scale
from cmq_cli.output.map.frames import Box, Frame, Outline, Point, inside

NUMBER = "bold reverse"
"""The style of a number of campuses in one cell."""

MANY = Cell("+", NUMBER)
"""Stands for more campuses in a cell than a digit can say."""

_APART = 2
"""The cells between a text and what is written beside it, so that it isn't read as its name."""

_MOST_COVERED = 0.3
"""The part of a name that may lie over an outline."""

_ASKEW = 2
"""How many cells more a name may hide beside its mark than above or below it."""

_ALL = 1.01
"""All of a name may."""


class Spot(NamedTuple):
    """What is marked at a point: a character and its style, for what it stands, and the name of the town."""

    point: Point
    char: str
    style: str
    town: str = ""


class Count(NamedTuple):
    """A text that stands somewhere in a region, which is known by its INSEE code; the first that fits is taken."""

    code: str
    texts: tuple[str, ...]


class Drawn(NamedTuple):
    """A frame as cells, and the codes of the regions in which there was no room for their count."""

    cells: Cells
    without_room: tuple[str, ...]


def draw(
    frame: Frame,
    box: Box,
    size: tuple[int, int],
    spots: Sequence[Spot],
    counts: Iterable[Count] = (),
    here: Spot | None = None,
    ascii_only: bool = False,
) -> Drawn:
    """Return the part of a frame that lies in the box as so many columns and rows of cells.

    `here` is the place that was asked about. It hides no campus: where there are some, its mark stands with its name.
    """
    canvas = Canvas(Scale(box, *size), ascii_only)
    for outline in frame.outlines:
        for ring in outline.rings:
            canvas.outline(ring)
    groups = _joined(_groups(canvas.scale, spots))
    for (row, column), there in groups.items():
        canvas.write(row, column, *_mark(there))
    if here is not None:
        _write_here(canvas, here)
    outlines = {outline.code: outline for outline in frame.outlines}
    without_room = tuple(count.code for count in counts if not _write_count(canvas, count, outlines[count.code]))
    own = canvas.scale.cell(here.point) if here else None
    names = [
        (-len(there), len(name), name, cell) for cell, there in groups.items() if (name := _name(there)) and cell != own
    ]
    for *_, name, cell in sorted(names):
        _write_name(canvas, name, cell)
    return Drawn(canvas.cells(), without_room)


def _write_here(canvas: Canvas, here: Spot) -> None:
    cell = canvas.scale.cell(here.point)
    if canvas.has_text(*cell):
        if not _write_name(canvas, f"{here.char} {here.town}", cell, here.style, _ALL):
            _write_name(canvas, here.char, cell, here.style, _ALL)
    else:
        canvas.write(*cell, here.char, here.style)
        _write_name(canvas, here.town, cell, "bold", _ALL)


def _name(there: Sequence[Spot]) -> str:
    """Return the name of the town, or nothing where there are several, or none is known."""
    towns = {spot.town for spot in there}
    return towns.pop() if len(towns) == 1 else ""


def _groups(scale: Scale, spots: Iterable[Spot]) -> dict[tuple[int, int], list[Spot]]:
    """Return what is marked in each cell, by row and column."""
    groups: dict[tuple[int, int], list[Spot]] = {}
    for spot in spots:
        groups.setdefault(scale.cell(spot.point), []).append(spot)
    return groups


def _joined(groups: dict[tuple[int, int], list[Spot]]) -> dict[tuple[int, int], list[Spot]]:
    """Return the groups with two numbers that would touch as one number: a 4 beside a 3 would be read as 43."""
    joined: dict[tuple[int, int], list[Spot]] = {}
    for (row, column), there in sorted(groups.items()):
        left = joined.get((row, column - 1), [])
        if len(there) > 1 < len(left):
            joined[row, column - 1] = left + there
        else:
            joined[row, column] = there
    return joined


def _mark(there: Sequence[Spot]) -> Cell:
    if len(there) == 1:
        return Cell(there[0].char, there[0].style)
    return Cell(str(len(there)), NUMBER) if len(there) <= 9 else MANY


def _write_count(canvas: Canvas, count: Count, outline: Outline) -> bool:
    """Write the first text that fits as near to the middle of the region as there is room; tell whether there was."""
    cells = _cells(canvas.scale, outline)
    if not cells:
        return False
    row0, column0 = (sum(cell[axis] for cell in cells) / len(cells) for axis in (0, 1))
    cells.sort(key=lambda cell: ((cell[0] - row0) * 2) ** 2 + (cell[1] - column0) ** 2)
    within = set(cells)
    for text, apart, (row, middle) in product(count.texts, (_APART, 1), cells):
        start = middle - len(text) // 2
        wanted = [(row, column) for column in range(start, start + len(text))]
        if not within.issuperset(wanted) or not all(canvas.is_blank(*cell) for cell in wanted):
            continue
        if _is_apart(canvas, wanted, apart):
            canvas.write(row, start, text, "italic")
            return True
    return False


def _cells(scale: Scale, outline: Outline) -> list[tuple[int, int]]:
    """Return the cells, by row and column, of which the middle lies inside an outline."""
    ends = [scale.cell(point) for ring in outline.rings for point in ring]
    rows, columns = [row for row, _ in ends], [column for _, column in ends]
    return [
        (row, column)
        for row in range(max(min(rows), 0), min(max(rows) + 1, scale.rows))
        for column in range(max(min(columns), 0), min(max(columns) + 1, scale.columns))
        if inside(scale.middle(row, column), outline)
    ]


def _write_name(
    canvas: Canvas, name: str, cell: tuple[int, int], style: str = "", covering: float = _MOST_COVERED
) -> bool:
    """Write a name beside its mark, or askew, where it hides least, and no more than that part; tell whether it fits.

    Askew, above or below, it may not stand over what is beside the mark, as if it named that.
    """
    row, column = cell
    right, left = column + 2, column - 1 - len(name)
    askew = product((column + 1, column - len(name)), (row - 1, row + 1))
    places = [(row, right, 0), (row, left, 0), *((at, start, _ASKEW) for start, at in askew)]
    best: tuple[int, int] | None = None
    least = float("inf")
    for at, start, cost in places:
        wanted = [(at, each) for each in range(start, start + len(name))]
        if not (0 <= at < canvas.scale.rows and start >= 0 and start + len(name) <= canvas.scale.columns):
            continue
        if any(canvas.has_text(*each) for each in wanted) or not _is_apart(canvas, wanted, _APART, cell):
            continue
        if cost and any(canvas.has_text(row, each) for _, each in wanted):
            continue
        covered = sum(not canvas.is_blank(*each) for each in wanted)
        if covered < len(name) * covering and covered + cost < least:
            best, least = (at, start), covered + cost
    if best:
        canvas.write(*best, name, style)
    return best is not None


def _is_apart(
    canvas: Canvas, wanted: Sequence[tuple[int, int]], apart: int, own: tuple[int, int] | None = None
) -> bool:
    """Tell whether a text at these cells stands so far from what is written beside it, but for its own mark."""
    (row, first), (_, last) = wanted[0], wanted[-1]
    beside = (*range(first - apart, first), *range(last + 1, last + 1 + apart))
    return not any(canvas.has_text(row, column) for column in beside if (row, column) != own)
