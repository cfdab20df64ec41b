"""The map for a terminal: outlines in braille dots, a letter for each campus, and the names of towns where they fit."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from textwrap import shorten, wrap
from typing import TYPE_CHECKING
from unicodedata import normalize

from cmq_cli.language import _
from cmq_cli.output.answer import Block, Drawing, Look, Prose, Span
from cmq_cli.output.map import geometry
from cmq_cli.output.map.geometry import Box, Frame, Outline, Picture, Point
from cmq_cli.registry import Campus, Registry

if TYPE_CHECKING:
    from cmq_cli.places import Place

LEAST = 24
"""Columns below which no shape can be recognized, so that nothing is drawn."""
NEAREST = 10
"""Campuses at most on the map of a place."""

_FEWEST_ROWS = 10
"""Of a map, however low the window says that it is."""
_BESIDE, _LEGEND, _GAP, _MEASURE = 60, 34, 2, 100
"""Columns from which the legend stands beside the map, the least that it takes there, those between, and those at which
prose ends in a wide window."""
WITH_OVERSEAS = 30
"""Rows of a window below which the regions overseas would be too small to be drawn."""
_AROUND = 0.4
"""Degrees at the margins of a map around a place, so that a single campus there has surroundings."""

_COLORS = ("red", "green", "magenta", "blue", "cyan", "bright_red", "bright_blue", "bright_magenta")
"""Those of the terminal's own that are seen on a light ground as well as on a dark one: no yellow."""
STYLES = [f"{style} {color}" for style in ("bold", "bold underline") for color in _COLORS]
"""How the letters of the sectors are written; where there are more sectors, only the letter tells."""

_ACROSS, _DOWN = 2, 4
"""Dots in a cell; they are about as far apart across as down, because a cell is about twice as high as wide."""
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_UPPER = 0x01 | 0x08 | 0x02 | 0x10
_COVERED = 0.35
"""The part of a town's name that may hide outlines."""

Cell = tuple[int, int]
"""A row and a column."""


def cell(point: Point) -> Cell:
    """Return the cell of a point in a picture, of which the unit is a dot."""
    return round(point[1]) // _DOWN, round(point[0]) // _ACROSS


class Canvas:
    """Cells that hold dots, and characters over them."""

    def __init__(self, look: Look, found: Picture) -> None:
        self.rows, self.columns = (last + 1 for last in cell((found.width, found.height)))
        self.braille = not look.ascii
        self.dots: Counter[Cell] = Counter()
        self.text: dict[Cell, tuple[str, str]] = {}

    def outline(self, outline: Outline) -> None:
        """Draw the borders of a region; what lies outside is left out."""
        for (x1, y1), (x2, y2) in (border for ring in outline.rings for border in pairwise(ring)):
            steps = max(round(max(abs(x2 - x1), abs(y2 - y1))), 1)
            for step in range(steps + 1):
                x, y = round(x1 + (x2 - x1) * step / steps), round(y1 + (y2 - y1) * step / steps)
                row, column = cell((x, y))
                if 0 <= row < self.rows and 0 <= column < self.columns:
                    self.dots[row, column] |= _DOTS[y % _DOWN][x % _ACROSS]

    def put(self, at: Cell, text: str, style: str = "") -> None:
        """Put text over whatever is there; what may not take one cell a character is replaced by question marks."""
        latin = re.sub("[^ -~¡-¬®-˿‐-‧]", "?", normalize("NFC", text))
        self.text |= {(at[0], column): (char, style) for column, char in enumerate(latin, at[1])}

    def write(self, at: Cell, text: str, style: str = "", covering: float = 1.0, own: int = -1) -> bool:
        """Put text over the lines; tell whether it stands apart from other text but its own mark, and hides so few."""
        row, start = at
        end = start + len(text)
        taken = any((row, column) in self.text for column in range(start - 2, end + 2) if column != own)
        hidden = sum((row, column) in self.dots for column in range(start, end))
        within = 0 <= row < self.rows and start >= 0 and end <= self.columns
        fits = bool(text) and within and not taken and hidden <= covering * len(text)
        if fits:
            self.put(at, text, style)
        return fits

    def name(self, mark: Cell, name: str, style: str = "", covering: float = _COVERED) -> None:
        """Write a name to the right of its mark, else to the left of it, if there is room."""
        row, column = mark
        starts = (column + 2, column - 1 - len(name))
        any(self.write((row, start), name, style, covering, own=column) for start in starts)

    def drawing(self) -> Drawing:
        """Return the rows as they are to be seen."""
        shown = {at: self._border(dots) for at, dots in self.dots.items()} | self.text
        rows, columns = (max((at[axis] for at in shown), default=0) + 1 for axis in (0, 1))
        lines = []
        for row in range(rows):
            line = [shown.get((row, column), (" ", "")) for column in range(columns)]
            runs = groupby(line, key=lambda each: each[1])
            lines.append(tuple(Span("".join(char for char, _style in run), style) for style, run in runs))
        return Drawing(lines)

    def _border(self, dots: int) -> tuple[str, str]:
        if self.braille:
            return chr(0x2800 + dots), "dim"
        return (":" if dots & ~_UPPER else "'") if dots & _UPPER else ".", "dim"


def campus_map(
    look: Look,
    registry: Registry,
    campuses: Sequence[Campus],
    frame: Frame,
    notes: Sequence[str] = (),
    place: "Place | None" = None,
) -> list[Block]:
    """Draw a frame as large as the window allows, with the legend beside it, or below where it is narrow.

    The notes are what will be said below, for which there must be room too. A place was asked about.
    """
    columns = look.width or 80
    if columns < LEAST:
        return [Prose(_("No map: it takes {columns} columns.", columns=LEAST))]
    letters = _("A letter is a campus by its first sector, a digit so many in one place (+: more than nine).")
    letters = _("@ is {place}.", place=place) + f" {letters}" if place else letters
    beside = columns >= _BESIDE
    across = columns - _LEGEND - _GAP if beside else columns
    least = _FEWEST_ROWS if beside else max(_FEWEST_ROWS, columns // 2)
    told = geometry.told(geometry.picture(campuses, frame), letters)
    for _again in range(2):  # what has no room is told below, and takes room there
        below = (" ".join(told), *notes)
        rows = look.height - 3 - sum(len(wrap(each, min(columns, _MEASURE))) for each in below)  # and the prompt
        found = geometry.picture(campuses, frame, across * _ACROSS - 1, max(rows, least) * _DOWN - 1)
        canvas = Canvas(look, found)
        told = geometry.told(found, letters, _draw(canvas, registry, found, frame, place))
    corner = (0, canvas.columns + _GAP) if beside else (canvas.rows + 1, 0)
    _legend(canvas, registry, campuses, corner, columns - corner[1])
    return [canvas.drawing(), Prose(" ".join(told))]


def near_map(look: Look, registry: Registry, place: "Place", nearest: Sequence[Campus]) -> list[Block]:
    """Draw a place and the campuses nearest to it, which are given nearest first and have a known seat."""
    shown = nearest[:NEAREST]
    if not shown:
        return [Prose(_("No map: no campus with a known seat is listed."))]
    seats = [geometry.flat(one["longitude"] or 0, one["latitude"] or 0) for one in shown]
    box = geometry.bounds([geometry.flat(place.longitude, place.latitude), *seats])
    box = box.wider(_AROUND + box.height / 4, _AROUND + box.width / 4)
    frame = Frame(box, geometry.read_outlines(), {campus["region_code"] for campus in shown}, {})
    return campus_map(look, registry, shown, frame, place=place)


def _draw(canvas: Canvas, registry: Registry, found: Picture, frame: Frame, place: "Place | None") -> dict[str, int]:
    """Draw all, perhaps with a place that was asked about; return the counts of regions for which there is no room."""
    for area in found.areas:
        canvas.outline(area)
        if area.code in frame.codes and area.code in frame.moves:
            box = geometry.bounds(area.points)
            above = cell((box.x, box.y - _DOWN))
            any(canvas.write(above, area.name[:letters], "italic") for letters in (20, 8, 4))
    groups = _marked(canvas, registry, found)
    if place:
        fit = frame.box.fitted(Box(0, 0, found.width, found.height))
        row, column = cell(fit(geometry.flat(place.longitude, place.latitude)))
        groups.pop((row, column), None)
        around = ((row, column), (row, column + 1), (row, column - 1), (row + 1, column), (row - 1, column))
        here = next((one for one in around if one not in canvas.text), around[0])  # it hides no campus there
        canvas.put(here, "@", "bold reverse")
        canvas.name(here, place.name, "bold", covering=1)
    without_room = {}
    for area in found.areas:
        if count := found.unseated[area.code]:
            spots = [cell(point) for point in area.inside()]
            if not any(canvas.write((row, column - 1), f"+{count}", "italic", _COVERED) for row, column in spots):
                without_room[area.name] = count
    for mark, there in sorted(groups.items(), key=lambda group: -len(group[1])):
        town, *others = {campus["city"] or "" for campus in there}
        if not others:
            canvas.name(mark, town)
    return without_room


def _marked(canvas: Canvas, registry: Registry, found: Picture) -> dict[Cell, list[Campus]]:
    """Write a letter for each campus, or a digit where several share a cell; return the campuses of each cell."""
    groups: dict[Cell, list[Campus]] = {}
    for campus, point in found.seats:
        groups.setdefault(cell(point), []).append(campus)
    for row, column in sorted(groups):
        left = groups.get((row, column - 1), [])
        if len(left) > 1 < len(groups[row, column]):  # a 4 beside a 3 would be read as 43
            left += groups.pop((row, column))
    for mark, there in groups.items():
        if len(there) == 1:
            canvas.put(mark, *_letter(registry, geometry.sector_of(there[0])))
        else:
            canvas.put(mark, str(len(there)) if len(there) < 10 else "+", "bold reverse")
    return groups


def _legend(canvas: Canvas, registry: Registry, campuses: Iterable[Campus], corner: Cell, width: int) -> None:
    """Write which letter is which sector, how many campuses it marks, and as much of the label as a line holds."""
    top, left = corner
    for row, (sector, label, times) in enumerate(geometry.legend(registry, campuses), top):
        canvas.put((row, left), *_letter(registry, sector))
        canvas.put((row, left + 2), f"{times:>2} {shorten(label, width - 5, placeholder='…')}")


def _letter(registry: Registry, sector: str) -> tuple[str, str]:
    """Return the letter of a sector and how it is written."""
    letters = geometry.letters(registry)
    return letters[sector], STYLES[[*letters].index(sector) % len(STYLES)]
