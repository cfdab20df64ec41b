"""The map for a terminal: outlines in braille dots, a letter for each campus, and the names of towns where they fit."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from textwrap import shorten, wrap
from unicodedata import normalize

from cmq_cli.language import _
from cmq_cli.output.answer import MEASURE, Block, Drawing, Look, Prose, Span
from cmq_cli.output.map import geometry
from cmq_cli.output.map.geometry import Frame, Picture, Point
from cmq_cli.places import Place
from cmq_cli.registry import Campus, Registry

LEAST = 24  # columns below which no shape can be recognized, so that nothing is drawn
WITH_OVERSEAS = 30  # rows of a window below which the regions overseas would be too small to be drawn
_COLORS = ("red", "green", "magenta", "blue", "cyan", "bright_red", "bright_blue", "bright_magenta")  # no pale yellow
_STYLES = [f"{style} {color}" for style in ("bold", "bold underline") for color in _COLORS]
_ACROSS, _DOWN = 2, 4  # dots in a cell, about as far apart across as down: a cell is about twice as high as wide
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))

Cell = tuple[int, int]  # a row and a column


def cell(point: Point) -> Cell:
    """Return the cell of a point in a picture, of which the unit is a dot."""
    return round(point[1]) // _DOWN, round(point[0]) // _ACROSS


class Canvas:
    """Cells that hold the dots of outlines, and characters over them."""

    def __init__(self, found: Picture) -> None:
        last_row, last_column = cell((found.width, found.height))
        self.rows, self.columns = last_row + 1, last_column + 1
        self.dots: defaultdict[Cell, int] = defaultdict(int)
        self.text: dict[Cell, tuple[str, str]] = {}
        rings = [ring for area in found.areas for ring in area.rings]
        for (x1, y1), (x2, y2) in (border for ring in rings for border in pairwise(ring)):
            steps = max(round(max(abs(x2 - x1), abs(y2 - y1))), 1)
            for step in range(steps + 1):
                x, y = round(x1 + (x2 - x1) * step / steps), round(y1 + (y2 - y1) * step / steps)
                row, column = cell((x, y))
                if 0 <= row < self.rows and 0 <= column < self.columns:  # an outline may go on outside
                    self.dots[row, column] |= _DOTS[y % _DOWN][x % _ACROSS]

    def put(self, at: Cell, text: str, style: str = "") -> None:
        """Put text over whatever is there; what may not take one cell a character is replaced by question marks."""
        latin = re.sub("[^ -~¡-¬®-˿‐-‧]", "?", normalize("NFC", text))
        self.text |= {(at[0], column): (char, style) for column, char in enumerate(latin, at[1])}

    def name(self, mark: Cell, text: str, style: str = "") -> None:
        """Write the name of a mark on its right, or else on its left, if there is room."""
        row, column = mark
        self.write(text, style, [(row, column + 2), (row, column - 1 - len(text))], mark)

    def write(self, text: str, style: str, spots: Sequence[Cell], mark: Cell | None = None, hide: float = 0.35) -> bool:
        """Put text, perhaps that of a mark, at a spot where few dots are hidden and other text is apart; tell if so."""
        for row, start in spots:
            end = start + len(text)
            near = {(row, column) for column in range(start - 2, end + 2)} - {mark}
            hidden = sum((row, column) in self.dots for column in range(start, end))
            within = 0 <= row < self.rows and start >= 0 and end <= self.columns
            if within and near.isdisjoint(self.text) and hidden <= len(text) * hide:
                self.put((row, start), text, style)
                return True
        return False

    def drawing(self, ascii: bool) -> Drawing:
        """Return the rows as they are to be seen."""
        shown = {at: ("." if ascii else chr(0x2800 + dots), "dim") for at, dots in self.dots.items()} | self.text
        rows, columns = (max((at[axis] for at in shown), default=0) + 1 for axis in (0, 1))
        lines = []
        for row in range(rows):
            line = [shown.get((row, column), (" ", "")) for column in range(columns)]
            runs = groupby(line, key=lambda each: each[1])
            lines.append(tuple(Span("".join(char for char, _style in run), style) for style, run in runs))
        return Drawing(lines)


def campus_map(
    look: Look, registry: Registry, shown: Sequence[Campus], frame: Frame, notes: Sequence[str], place: Place | None
) -> list[Block]:
    """Draw a frame, perhaps with a place in it, as large as a window allows that must hold legend and notes too."""
    columns = look.width or 80
    if columns < LEAST:
        return [Prose(_("No map: it takes {columns} columns.", columns=LEAST))]
    marks = geometry.marks(registry, _STYLES)
    meaning = _("A letter is a campus by its first sector, a digit so many in one place (+: more than nine).")
    meaning = " ".join([_("@ is {place}.", place=place), meaning]) if place else meaning
    beside = columns >= 60
    across, least = (columns - 36, 10) if beside else (columns, max(10, columns // 2))  # however low it is
    remarks: list[str] = []
    for _again in range(2):  # what has no room is told below, and takes room there
        below = sum(len(wrap(each, min(columns, MEASURE))) for each in (" ".join(remarks), *notes))
        rows = max(look.height - 3 - below, least)  # the prompt takes some too
        found = geometry.picture(shown, frame, across * _ACROSS - 1, rows * _DOWN - 1)
        canvas = _drawn(found, marks, frame, place)
        remarks = geometry.remarks(found, meaning)
    top, left = (0, canvas.columns + 2) if beside else (canvas.rows + 1, 0)
    for row, (sector, label, times) in enumerate(geometry.legend(registry, shown), top):
        canvas.put((row, left), *marks[sector])
        canvas.put((row, left + 2), f"{times:>2} {shorten(label, columns - left - 5, placeholder='…')}")
    return [canvas.drawing(look.ascii), Prose(" ".join(remarks))]


def near_map(look: Look, registry: Registry, place: Place, nearest: Sequence[Campus]) -> list[Block]:
    """Draw a place and the campuses nearest to it, all of which have a known seat."""
    if not nearest:
        return [Prose(_("No map: no campus with a known seat is listed."))]
    seats = [geometry.flat(one["longitude"] or 0, one["latitude"] or 0) for one in nearest]
    points = [geometry.flat(place.longitude, place.latitude), *seats]
    box = geometry.bounds([points])
    box = geometry.bounds([points], 0.4 + box.height / 4, 0.4 + box.width / 4)  # surroundings even of a single campus
    frame = Frame(box, geometry.read_outlines(), {campus["region_code"] for campus in nearest}, {})
    return campus_map(look, registry, nearest, frame, (), place)


def _drawn(found: Picture, marks: Mapping[str, tuple[str, str]], frame: Frame, place: Place | None) -> Canvas:
    """Draw all, perhaps with a place that was asked about, and count as outside what has no room."""
    canvas = Canvas(found)
    for area in found.areas:
        if area.code in frame.codes and area.code in frame.moves:
            box = geometry.bounds(area.rings)
            above = cell((box.x, box.y - _DOWN))
            for letters in (20, 8, 4):
                if canvas.write(area.name[:letters], "italic", [above], hide=1):
                    break
    groups = _grouped(found)
    for mark, there in groups.items():
        if len(there) > 1:
            canvas.put(mark, "+" if len(there) > 9 else str(len(there)), "bold reverse")
        else:
            canvas.put(mark, *marks[geometry.sector_of(there[0])])
    if place:
        row, column = cell(found.fit(geometry.flat(place.longitude, place.latitude)))
        groups.pop((row, column), None)
        while (row, column) in canvas.text:  # it hides no campus there
            column += 1
        canvas.put((row, column), "@", "bold reverse")
        canvas.name((row, column), place.name, "bold")
    for area in found.areas:
        if count := found.unseated[area.code]:
            spots = [(row, column - 1) for row, column in map(cell, area.inside())]
            if not canvas.write(f"+{count}", "italic", spots):
                found.outside[area.name] += count
    for mark, there in sorted(groups.items(), key=lambda group: -len(group[1])):
        town, *others = {campus["city"] or "" for campus in there}
        if not others:
            canvas.name(mark, town)
    return canvas


def _grouped(found: Picture) -> dict[Cell, list[Campus]]:
    """Return the campuses of each cell; of two that touch and hold several, as one: 4 and 3 would be read as 43."""
    groups: dict[Cell, list[Campus]] = {}
    for campus, point in found.seats:
        groups.setdefault(cell(point), []).append(campus)
    for row, column in sorted(groups):
        left = groups.get((row, column - 1), [])
        if len(left) > 1 < len(groups[row, column]):
            left += groups.pop((row, column))
    return groups
