"""The map for a terminal, as rows of cells: metropolitan France, and the insets beside or below it."""

from collections.abc import Sequence
from itertools import zip_longest
from textwrap import wrap
from typing import NamedTuple

from cmq_cli.model import Registry
from cmq_cli.output.map import marks
from cmq_cli.output.map.canvas import ACROSS, BLANK, DOWN, Cell, Cells, one_cell_each
from cmq_cli.output.map.frames import Frame
from cmq_cli.output.map.picture import MANY, Count, Spot, draw
from cmq_cli.output.map.placing import Placing

COLORS = ("red", "green", "magenta", "blue", "cyan", "bright_red", "bright_blue", "bright_magenta")
"""Those of the terminal's own that are seen on a light ground as well as on a dark one: no yellow."""

STYLES = (*(f"bold {color}" for color in COLORS), *(f"bold underline {color}" for color in COLORS))
"""How the letters of the sectors are written, by number; where there are more sectors, only the letter tells."""

LEAST = 24
"""Columns below which no shape can be recognized, so that nothing is drawn."""

BESIDE = 60
"""Columns from which the insets stand beside the map."""

LARGEST = (400, 120)
"""Columns and rows that the map never exceeds, whatever ``COLUMNS`` and ``LINES`` say: no window shows more."""

_GAP = 2
_INSET_COLUMNS = (18, 26)
_INSET_ROWS = 4
_THREE_ABREAST = 48
_COLUMNS_A_ROW = 2
"""Of a map with the insets below it: together they are higher than a window anyway, so that it takes all the width."""


class Sheet(NamedTuple):
    """The drawn map, and the INSEE codes of the regions whose count it has no room for."""

    cells: Cells
    without_room: tuple[str, ...] = ()

    @property
    def is_crowded(self) -> bool:
        """Whether there are more campuses in a cell than a digit can say."""
        return any(MANY in row for row in self.cells)


def sheet(
    registry: Registry, frames: Sequence[Frame], placing: Placing, size: tuple[int, int], ascii_only: bool = False
) -> Sheet:
    """Return the map in so many columns at most, and in so many rows or the more that the insets or the width need."""
    columns, rows = map(min, size, LARGEST)
    if columns < LEAST:
        return Sheet([], tuple(placing.unseated))
    marked = spots(registry, placing, len(frames))
    mainland, *insets = frames
    beside = columns >= BESIDE
    abreast = 1 if beside else 3 if columns >= _THREE_ABREAST else 2
    across = _INSET_COLUMNS[0] if beside else (columns - _GAP * (abreast - 1)) // abreast
    least = len(insets) * _INSET_ROWS + len(placing.unframed) if beside else columns // _COLUMNS_A_ROW
    width, height = fitted(mainland, columns - (across + _GAP) * beside, max(rows, least))
    counts = [count for outline in mainland.outlines if (count := _count(registry, outline.code, placing))]
    drawn = draw(mainland, mainland.box, (width, height), marked[0], counts, ascii_only=ascii_only)
    down = _INSET_ROWS + 1
    if beside:
        across = min(columns - width - _GAP, _INSET_COLUMNS[1])
        down = max((height - len(placing.unframed)) // max(len(insets), 1), _INSET_ROWS)
    blocks = [
        _inset(frame, (across, down), there, placing, ascii_only)
        for frame, there in zip(insets, marked[1:], strict=True)
    ]
    named = ((registry.region_by_code[code].name, len(found)) for code, found in placing.unframed.items())
    blocks += [_lines(f"{name} +{number}", across) for name, number in named]
    if beside:
        cells = side_by_side([drawn.cells, [row for block in blocks for row in block]])
    else:
        bands = [side_by_side(blocks[at : at + abreast]) for at in range(0, len(blocks), abreast)]
        cells = [*drawn.cells, *(row for band in bands for row in band)]
    while all(cell == BLANK for cell in cells[-1]):
        cells.pop()
    return Sheet(cells, drawn.without_room)


def spots(registry: Registry, placing: Placing, frames: int) -> list[list[Spot]]:
    """Return what is marked in each of so many frames."""
    marking = marks.marking(registry)
    found: list[list[Spot]] = [[] for _ in range(frames)]
    for mark in placing.marks:
        number, letter = marking(mark.campus)
        town = one_cell_each(mark.campus.city or "")
        found[mark.frame].append(Spot(mark.point, letter, style_of(number), town))
    return found


def style_of(number: int) -> str:
    """Return how the letter of a sector is written, by the sector's number; -1 is none."""
    return STYLES[number % len(STYLES)] if number >= 0 else "bold"


def fitted(frame: Frame, columns: int, rows: int) -> tuple[int, int]:
    """Return the most columns and rows that the frame fills, of those that there are."""
    shape = frame.box.width / frame.box.height * DOWN / ACROSS
    width = min(columns, round(rows * shape))
    return width, min(rows, max(round(width / shape), 1))


def _count(registry: Registry, code: str, placing: Placing) -> Count | None:
    if code not in placing.unseated:
        return None
    number = len(placing.unseated[code])
    region = registry.region_by_code[code]
    names = map(one_cell_each, (region.name, *region.abbreviations))
    return Count(code, (*(f"{name} +{number}" for name in names), f"+{number}"))


def _inset(frame: Frame, size: tuple[int, int], there: Sequence[Spot], placing: Placing, ascii_only: bool) -> Cells:
    """Return an inset with its name, and behind it how many campuses have no known seat."""
    number = sum(len(placing.unseated.get(outline.code, ())) for outline in frame.outlines)
    name = _lines(f"{frame.name} +{number}" if number else frame.name, size[0])
    drawn = draw(frame, frame.box, (size[0], size[1] - len(name)), there, ascii_only=ascii_only)
    return [*name, *drawn.cells]


def _lines(text: str, width: int) -> Cells:
    return [[Cell(char, "italic") for char in line.ljust(width)] for line in wrap(one_cell_each(text), width)]


def side_by_side(blocks: Sequence[Cells]) -> Cells:
    """Return blocks of cells one beside the other, each as wide as its widest row."""
    widths = [max(map(len, block), default=0) for block in blocks]
    rows: Cells = []
    for parts in zip_longest(*blocks, fillvalue=[]):
        row: list[Cell] = []
        for part, width in zip(parts, widths, strict=True):
            row += [*([BLANK] * _GAP if row else []), *part, *([BLANK] * (width - len(part)))]
        rows.append(row)
    return rows
