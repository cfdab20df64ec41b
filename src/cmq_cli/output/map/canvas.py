"""A canvas of character cells: lines in braille dots, eight to a cell, and text over them.

Written here because the libraries cost more than they save: plotext takes five times as long to import as the map to be
drawn, and drawille has had no release for years and knows neither text over dots nor ASCII.
"""

from itertools import pairwise
from typing import NamedTuple
from unicodedata import combining, east_asian_width, normalize

from cmq_cli.output.map.frames import Box, Point, Ring

ACROSS, DOWN = 2, 4
"""Dots in a cell; they are about as far apart across as down, because a cell is about twice as high as wide."""

_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_UPPER = 0x01 | 0x08 | 0x02 | 0x10


class Cell(NamedTuple):
    """A character and the name of its style."""

    char: str
    style: str = ""


BLANK = Cell(" ")
Cells = list[list[Cell]]


class Scale(NamedTuple):
    """How metres become dots: the box is fitted into the cells, in the middle, with the same scale both ways."""

    box: Box
    columns: int
    rows: int

    @property
    def dots(self) -> float:
        """Dots per metre."""
        across, down = self.columns * ACROSS - 1, self.rows * DOWN - 1
        return min(across / self.box.width, down / self.box.height)

    def dot(self, point: Point) -> Point:
        """Return where a point is drawn, in dots from the upper left corner."""
        across, down = self.columns * ACROSS - 1, self.rows * DOWN - 1
        left, top = (across - self.box.width * self.dots) / 2, (down - self.box.height * self.dots) / 2
        return left + (point[0] - self.box.west) * self.dots, top + (self.box.north - point[1]) * self.dots

    def cell(self, point: Point) -> tuple[int, int]:
        """Return the row and column of the cell in which a point is drawn."""
        x, y = self.dot(point)
        return round(y) // DOWN, round(x) // ACROSS

    def middle(self, row: int, column: int) -> Point:
        """Return the point, in metres, in the middle of a cell."""
        x, y = self.dot((self.box.west, self.box.north))
        across, down = (column + 0.5) * ACROSS - 0.5 - x, (row + 0.5) * DOWN - 0.5 - y
        return self.box.west + across / self.dots, self.box.north - down / self.dots


def one_cell_each(text: str) -> str:
    """Return the text with what doesn't take one cell a character, or is obeyed by a terminal, as question marks.

    >>> one_cell_each("Be\u0301ziers")
    'Béziers'
    """
    return "".join(char if _takes_one_cell(char) else "?" for char in normalize("NFC", text))


def _takes_one_cell(char: str) -> bool:
    return char.isprintable() and not combining(char) and east_asian_width(char) not in "WF"


class Canvas:
    """Cells that are drawn on; what lies outside is left out."""

    def __init__(self, scale: Scale, ascii_only: bool = False) -> None:
        self.scale = scale
        self.ascii_only = ascii_only
        self._dots = [[0] * scale.columns for _ in range(scale.rows)]
        self._text: dict[tuple[int, int], Cell] = {}

    def outline(self, ring: Ring) -> None:
        """Draw a closed line."""
        points = [self.scale.dot(point) for point in ring]
        for start, end in pairwise(points):
            self._line(start, end)

    def _line(self, start: Point, end: Point) -> None:
        across, down = self.scale.columns * ACROSS, self.scale.rows * DOWN
        (x1, y1), (x2, y2) = start, end
        if max(x1, x2) < 0 or min(x1, x2) > across or max(y1, y2) < 0 or min(y1, y2) > down:
            return
        steps = max(round(max(abs(x2 - x1), abs(y2 - y1))), 1)
        for step in range(steps + 1):
            x, y = round(x1 + (x2 - x1) * step / steps), round(y1 + (y2 - y1) * step / steps)
            if 0 <= x < across and 0 <= y < down:
                self._dots[y // DOWN][x // ACROSS] |= _DOTS[y % DOWN][x % ACROSS]

    def write(self, row: int, column: int, text: str, style: str = "") -> None:
        """Put text over the lines; each character takes one cell."""
        for at, char in enumerate(text, column):
            if 0 <= row < self.scale.rows and 0 <= at < self.scale.columns:
                self._text[row, at] = Cell(char, style)

    def is_blank(self, row: int, column: int) -> bool:
        """Tell whether neither line nor text has touched a cell."""
        return not self._dots[row][column] and (row, column) not in self._text

    def has_text(self, row: int, column: int) -> bool:
        """Tell whether text stands in a cell."""
        return (row, column) in self._text

    def cells(self) -> Cells:
        """Return the rows of cells as they are to be seen."""
        return [
            [self._text.get((row, column)) or self._drawn(dots) for column, dots in enumerate(line)]
            for row, line in enumerate(self._dots)
        ]

    def _drawn(self, dots: int) -> Cell:
        if not dots:
            return BLANK
        if not self.ascii_only:
            return Cell(chr(0x2800 + dots), "dim")
        if dots & _UPPER and dots & ~_UPPER:
            return Cell(":", "dim")
        return Cell("'" if dots & _UPPER else ".", "dim")
