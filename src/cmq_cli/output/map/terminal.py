"""The map for a terminal: outlines in braille dots, a letter for each campus, and the names of towns where they fit."""

from collections.abc import Collection, Iterable, Sequence
from itertools import groupby, pairwise, product, zip_longest
from textwrap import wrap
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width, normalize

from cmq_cli.language import _, ngettext, number
from cmq_cli.output.answer import Block, Drawing, Look, Prose, Span
from cmq_cli.output.map import geometry
from cmq_cli.output.map.geometry import WIDTH, Box, Frame, Outline, Picture, Point
from cmq_cli.registry import index

if TYPE_CHECKING:
    from cmq_cli.model import Campus, Registry
    from cmq_cli.places import Place

LEAST = 24
"""Columns below which no shape can be recognized, so that nothing is drawn."""

FARTHEST_KM, NEAREST = 1_000, 9
"""How far a flat map around a place is true to scale, and how many campuses it can tell apart."""

_PIPE, _LARGEST, _FEWEST_ROWS = (80, 40), (400, 120), 10
"""The size of a map in a pipe, and what it never exceeds or falls below, whatever the window says of itself."""
_BESIDE, _LEGEND, _GAP, _MEASURE = 60, (30, 40), 2, 100
"""Columns from which the legend stands beside the map, the least and most that it takes there, those between, and those
at which prose ends in a wide window."""
_WITH_INSETS = 30
"""Rows of a window below which its insets would be too small to be drawn."""

_COLORS = ("red", "green", "magenta", "blue", "cyan", "bright_red", "bright_blue", "bright_magenta")
"""Those of the terminal's own that are seen on a light ground as well as on a dark one: no yellow."""
STYLES = (*(f"bold {color}" for color in _COLORS), *(f"bold underline {color}" for color in _COLORS))
"""How the letters of the sectors are written; where there are more sectors, only the letter tells."""

_ACROSS, _DOWN = 2, 4
"""Dots in a cell; they are about as far apart across as down, because a cell is about twice as high as wide."""
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_UPPER = 0x01 | 0x08 | 0x02 | 0x10
_COVERED = 0.35
"""The part of a name that may hide outlines."""

Line = tuple[Span, ...]
Cell = tuple[int, int]
"""A row and a column."""


class Canvas:
    """Cells to draw on, with the pixels of a picture fitted into their middle; what lies outside is left out."""

    def __init__(self, look: Look, height: float, columns: int, rows: int) -> None:
        self.columns, self.rows, self.braille = columns, rows, not look.ascii
        across, down = columns * _ACROSS - 1, rows * _DOWN - 1
        self.scale = min(across / WIDTH, down / height)
        self.left, self.top = (across - WIDTH * self.scale) / 2, (down - height * self.scale) / 2
        self.dots = [[0] * columns for _row in range(rows)]
        self.text: dict[Cell, tuple[str, str]] = {}

    def dot(self, point: Point) -> Point:
        """Return where a point is drawn, in dots from the upper left corner."""
        return self.left + point[0] * self.scale, self.top + point[1] * self.scale

    def cell(self, point: Point) -> Cell:
        """Return the cell in which a point is drawn."""
        x, y = self.dot(point)
        return round(y) // _DOWN, round(x) // _ACROSS

    def inside(self, outline: Outline) -> list[Cell]:
        """Return the cells of which the middle lies inside an outline, those in the midst of it first."""
        ends = geometry.bounds(self.cell(point) for ring in outline.rings for point in ring)
        rows, columns = (range(int(low), int(low + size) + 1) for low, size in zip(ends[:2], ends[2:], strict=True))
        found = []
        for row, column in product(rows, columns):
            x, y = (column + 0.5) * _ACROSS - 0.5 - self.left, (row + 0.5) * _DOWN - 0.5 - self.top
            if outline.holds((x / self.scale, y / self.scale)):
                found.append((row, column))
        row0, column0 = (sum(cell[axis] for cell in found) / max(len(found), 1) for axis in (0, 1))
        return sorted(found, key=lambda cell: ((cell[0] - row0) * 2) ** 2 + (cell[1] - column0) ** 2)

    def outline(self, outline: Outline) -> None:
        """Draw the borders of a region."""
        across, down = self.columns * _ACROSS, self.rows * _DOWN
        for (x1, y1), (x2, y2) in (border for ring in outline.rings for border in pairwise(map(self.dot, ring))):
            if max(x1, x2) < -1 or min(x1, x2) > across or max(y1, y2) < -1 or min(y1, y2) > down:
                continue
            steps = max(round(max(abs(x2 - x1), abs(y2 - y1))), 1)
            for step in range(steps + 1):
                x, y = round(x1 + (x2 - x1) * step / steps), round(y1 + (y2 - y1) * step / steps)
                if 0 <= x < across and 0 <= y < down:
                    self.dots[y // _DOWN][x // _ACROSS] |= _DOTS[y % _DOWN][x % _ACROSS]

    def write(self, cell: Cell, text: str, style: str = "", covering: float = 1.0, own: int = -1) -> bool:
        """Put text over the lines, if it stands apart from other text but its own mark, and hides so little of them."""
        row, start = cell
        end = start + len(text)
        taken = any((row, at) in self.text for at in range(start - 2, end + 2) if at != own)
        if not text or taken or not (0 <= row < self.rows and start >= 0 and end <= self.columns):
            return False
        if sum(map(bool, self.dots[row][start:end])) > covering * len(text):
            return False
        self.text |= {(row, at): (char, style) for at, char in enumerate(text, start)}
        return True

    def name(self, cell: Cell, name: str, style: str = "", covering: float = _COVERED) -> bool:
        """Write a name to the right of its mark, else to the left of it; tell whether there was room for it."""
        row, column = cell
        starts = (column + 2, column - 1 - len(name))
        return any(self.write((row, start), name, style, covering, own=column) for start in starts)

    def lines(self) -> list[Line]:
        """Return the rows as they are to be seen."""
        lines = []
        for row, dots in enumerate(self.dots):
            cells = [self.text.get((row, at)) or self._border(each) for at, each in enumerate(dots)]
            runs = groupby(cells, key=lambda cell: cell[1])
            lines.append(tuple(Span("".join(char for char, _style in run), style) for style, run in runs))
        return lines

    def _border(self, dots: int) -> tuple[str, str]:
        if not dots or self.braille:
            return (chr(0x2800 + dots), "dim") if dots else (" ", "")
        return (":" if dots & ~_UPPER else "'") if dots & _UPPER else ".", "dim"


def campus_map(
    look: Look,
    registry: "Registry",
    campuses: "Sequence[Campus]",
    regions: Collection[str] = (),
    notes: Sequence[str] = (),
) -> list[Block]:
    """Draw the campuses as large as the window allows: on the whole of France, or on the regions of some INSEE codes.

    The legend stands beside the map, or below a narrow one. The notes are what will be said below all, for which there
    must be room too.
    """
    columns, height = _PIPE if look.width is None else (min(look.width, _LARGEST[0]), min(look.height, _LARGEST[1]))
    if columns < LEAST:
        return [Prose(_no_map())]
    parts = geometry.frames(geometry.read_outlines(), regions)
    found = geometry.picture(campuses, parts if height >= _WITH_INSETS else parts[:1])
    beside = columns >= _BESIDE
    without_room: dict[str, int] = {}
    for _again in range(2):  # what has no room is told below, and takes room there
        said = [" ".join(geometry.told(found, _letters(), without_room)), *notes]
        rows = height - 3 - sum(len(wrap(each, min(columns, _MEASURE))) for each in said)  # two blank, and the prompt
        free = columns - _GAP - _fitted(found.height, columns, rows)[0]
        width = min(max(free, _LEGEND[0]), _LEGEND[1]) if beside else columns
        least = _FEWEST_ROWS if beside else max(_FEWEST_ROWS, columns // 2)
        size = _fitted(found.height, columns - (width + _GAP if beside else 0), max(rows, least))
        canvas = Canvas(look, found.height, *size)
        without_room = _draw(canvas, registry, found)
    legend = _legend(registry, campuses, width, rows if beside else None)
    lines = _abreast(canvas.lines(), legend, size[0] + _GAP) if beside else [*canvas.lines(), (), *legend]
    return [Drawing(lines), Prose(" ".join(geometry.told(found, _letters(), without_room)))]


def near_map(
    look: Look, registry: "Registry", place: "Place", nearest: "Iterable[tuple[Campus, float | None]]"
) -> list[Block]:
    """Draw a place and the campuses nearest to it, which are given with their distances in km, nearest first."""
    columns = min(look.width or _PIPE[0], _MEASURE)
    shown = [campus for campus, km in nearest if km is not None and km <= FARTHEST_KM][:NEAREST]
    if columns < LEAST:
        return [Prose(_no_map())]
    if not shown:
        sentence = _("No map: none of the campuses listed lies within {km} km of {place}.")
        return [Prose(sentence.format(km=number(FARTHEST_KM), place=place))]
    project = geometry.around(place.latitude, place.longitude)
    box = geometry.bounds([(0.0, 0.0), *(project(one["latitude"] or 0, one["longitude"] or 0) for one in shown)])
    box = box.wider(0.15 * max(box.width, box.height))
    box = box.wider(max(0.0, 60_000 - box.width, 60_000 - box.height) / 2)
    rows = max(columns // 4, 14)
    height = max(box.height, box.width * rows * _DOWN / columns / _ACROSS)  # of the window's shape
    width = height * columns * _ACROSS / rows / _DOWN
    box = Box(box.x - (width - box.width) / 2, box.y - (height - box.height) / 2, width, height)
    outlines = [outline.projected(project) for outline in geometry.read_outlines()]
    codes = frozenset(region["code"] for region in registry["territories"]["regions"])
    found = geometry.picture(shown, [Frame(outlines, project, box, codes)])
    canvas = Canvas(look, found.height, columns, rows)
    _draw(canvas, registry, found, canvas.cell((-box.x * WIDTH / width, (box.y + height) * WIDTH / width)), place.name)
    said = ngettext(
        "@ is {place}. The map is {km} km wide and holds the campus nearest to it.",
        "@ is {place}. The map is {km} km wide and holds the {number} campuses nearest to it.",
        len(shown),
    ).format(place=place, km=number(round(width / 1000)), number=len(shown))
    lines = [*canvas.lines(), (), *_legend(registry, shown, columns)]
    return [Drawing(lines), Prose(" ".join([said, *geometry.told(found, _letters())]))]


def _no_map() -> str:
    return _("No map: it takes {columns} columns.").format(columns=LEAST)


def _letters() -> str:
    return _("A letter is a campus by its first sector, a digit so many in one place (+: more than nine).")


def _draw(
    canvas: Canvas, registry: "Registry", found: Picture, here: Cell | None = None, place: str = ""
) -> dict[str, int]:
    """Draw all, perhaps with a place that was asked about; return the counts of regions for which there is no room."""
    for area in found.areas:
        canvas.outline(area)
    for name, box in found.insets:
        row, column = canvas.cell((box.x, box.y))
        canvas.write((row, column), name[: int(box.width * canvas.scale) // _ACROSS - 2], "italic")
    towns = _marked(canvas, registry, found)
    name = _one_cell_each(place)
    if here and canvas.write(here, "@", "bold reverse"):
        canvas.name(here, name, "bold", covering=1)
    elif here and not canvas.name(here, f"@ {name}", "bold reverse", covering=1):  # it hides no campus there
        canvas.name(here, "@", "bold reverse", covering=1)
    without_room = {}
    regions = index(registry["territories"]["regions"], "code")
    for area in found.areas:
        if area.code in found.unseated:
            count, cells = f"+{len(found.unseated[area.code])}", canvas.inside(area)
            names = (regions[area.code]["name"], *regions[area.code]["abbreviations"])
            texts = [*(f"{_one_cell_each(name)} {count}" for name in names), count]
            if not any(_counted(canvas, cells, text, cell) for text, cell in product(texts, cells)):
                without_room[min(names, key=len)] = len(found.unseated[area.code])
    for cell, town in towns.items():
        if cell != here:
            canvas.name(cell, town)
    return without_room


def _counted(canvas: Canvas, inside: Collection[Cell], text: str, middle: Cell) -> bool:
    """Write the count of a region around a cell, if that lies inside and hides nothing."""
    row, start = middle[0], middle[1] - len(text) // 2
    within = all((row, at) in inside for at in range(start, start + len(text)))
    return within and canvas.write((row, start), text, "italic", covering=0)


def _marked(canvas: Canvas, registry: "Registry", found: Picture) -> dict[Cell, str]:
    """Write a letter for each campus, or a digit where several share a cell; return where a town has a name.

    That is where all campuses of a cell are in one town; those of most campuses and of the shortest names come first.
    """
    letters = geometry.marks(registry)
    groups: dict[Cell, list[Campus]] = {}
    for campus, point in found.seats:
        groups.setdefault(canvas.cell(point), []).append(campus)
    for row, column in sorted(groups):
        left = groups.get((row, column - 1), [])
        if len(left) > 1 < len(groups[row, column]):  # a 4 beside a 3 would be read as 43
            left += groups.pop((row, column))
    for cell, there in groups.items():
        mark, style = str(len(there)) if len(there) <= NEAREST else "+", "bold reverse"
        if len(there) == 1:
            sector = geometry.sector_of(there[0])
            mark, style = letters.get(sector, "?"), _style(letters, sector)
        canvas.text[cell] = mark, style
    towns = {cell: {_one_cell_each(campus["city"] or "") for campus in there} for cell, there in groups.items()}
    order = sorted(groups, key=lambda cell: (-len(groups[cell]), len(min(towns[cell]))))
    return {cell: min(towns[cell]) for cell in order if len(towns[cell]) == 1}


def _legend(registry: "Registry", campuses: "Iterable[Campus]", width: int, rows: int | None = None) -> list[Line]:
    """Return the lines that tell which letter is which sector, and how many campuses it marks.

    Labels end where their first line does, where there are too few rows for them.
    """
    letters = geometry.marks(registry)
    lines: list[Line] = []
    for sector, label, times in geometry.legend(registry, campuses):
        first, *rest = wrap(_one_cell_each(label), width - 5) or [""]
        lines.append((Span(letters.get(sector, "?"), _style(letters, sector)), Span(f" {times:>2} {first}")))
        lines += [(Span(f"     {line}"),) for line in rest]
    return [line for line in lines if len(line) > 1] if rows is not None and len(lines) > rows else lines


def _style(letters: dict[str, str], sector: str) -> str:
    return STYLES[[*letters].index(sector) % len(STYLES)] if sector in letters else "bold"


def _fitted(height: float, columns: int, rows: int) -> tuple[int, int]:
    """Return the most columns and rows that a picture so high fills, of those that there are."""
    shape = WIDTH / height * _DOWN / _ACROSS
    width = min(columns, round(rows * shape))
    return max(width, 1), min(max(rows, 1), max(round(width / shape), 1))


def _abreast(left: Sequence[Line], right: Sequence[Line], start: int) -> list[Line]:
    """Return lines with others beside them, which begin at a column."""
    lines: list[Line] = []
    for one, other in zip_longest(left, right, fillvalue=()):
        lines.append((*one, Span(" " * (start - sum(len(span.text) for span in one))), *other))
    return lines


def _one_cell_each(text: str) -> str:
    """Return the text with what doesn't take one cell a character, or is obeyed by a terminal, as question marks."""
    return "".join(char if _takes_one_cell(char) else "?" for char in normalize("NFC", text))


def _takes_one_cell(char: str) -> bool:
    return char.isprintable() and not combining(char) and east_asian_width(char) not in "WF"
