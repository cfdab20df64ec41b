"""The map in a file, before it is written: where each outline, mark, count and inset lies, in pixels."""

from collections.abc import Callable, Iterable, Sequence
from itertools import product
from textwrap import wrap
from typing import NamedTuple

from cmq_cli.model import Campus, Registry
from cmq_cli.output.map.frames import Frame, Outline, Point, inside
from cmq_cli.output.map.placing import Placing
from cmq_cli.output.map.spreading import MOST, roomiest, spread

WIDTH = 800
RADIUS = 9.5
"""Of a mark; those of a crowd, which are too many to move apart, are smaller."""

CROWDED = 3.5
SPACE = 5.7
"""Between two marks: as much as keeps them apart on a phone, where the page draws them larger."""

INSET_HEIGHT = 118
GAP = 10
LABEL = 20
"""Height of a line in an inset."""

_NAME_LETTERS = 18
_SAMPLES = 16
"""Places tried for a count across a region, and as many down."""


Box = tuple[float, float, float, float]
"""Left, top, width and height, in pixels."""


class Area(NamedTuple):
    """A region: its INSEE code, name and rings."""

    code: str
    name: str
    rings: tuple[tuple[Point, ...], ...]


class Pin(NamedTuple):
    """A campus: where its mark is drawn, and where its seat is."""

    campus: Campus
    at: Point
    seat: Point


class Tally(NamedTuple):
    """The campuses of a region that are only counted, and where their number stands."""

    code: str
    name: str
    at: Point
    campuses: tuple[Campus, ...]


class Inset(NamedTuple):
    """A box with the name of what is in it: lines below each other, from its upper left corner on."""

    lines: tuple[str, ...]
    box: Box


class Plan(NamedTuple):
    """All that is drawn, and how high it is; it is `WIDTH` wide."""

    height: float
    areas: tuple[Area, ...]
    pins: tuple[Pin, ...]
    tallies: tuple[Tally, ...]
    insets: tuple[Inset, ...]

    @property
    def is_crowded(self) -> bool:
        """Whether there are too many marks to move them apart: they are small then, without a letter."""
        return len(self.pins) > MOST


def plan(registry: Registry, frames: Sequence[Frame], placing: Placing) -> Plan:
    """Return where all is drawn: metropolitan France, and below it a row of insets."""
    mainland, *overseas = frames
    height = WIDTH * mainland.box.height / mainland.box.width
    number = len(overseas) + bool(placing.unframed)
    across = (WIDTH - GAP * (number - 1)) / number
    boxes = [(at * (across + GAP), height + GAP, across, float(INSET_HEIGHT)) for at in range(number)]
    insets = [Inset((frame.name,), box) for frame, box in zip(overseas, boxes, strict=False)]
    inner = [(left, top + LABEL, width, high - LABEL) for left, top, width, high in boxes]
    fits = [_fit(frame, box) for frame, box in zip(frames, [(0.0, 0.0, float(WIDTH), height), *inner], strict=False)]

    areas = [
        Area(outline.code, outline.name, tuple(tuple(map(fit, ring)) for ring in outline.rings))
        for frame, fit in zip(frames, fits, strict=True)
        for outline in frame.outlines
    ]
    seats = [fits[mark.frame](mark.point) for mark in placing.marks]
    moved = spread(seats, 2 * RADIUS + SPACE)
    pins = [Pin(mark.campus, at, seat) for mark, at, seat in zip(placing.marks, moved, seats, strict=True)]
    tallies = _tallies(areas, placing, moved)
    if placing.unframed:
        inset, numbers = _names(registry, placing, boxes[-1])
        insets.append(inset)
        tallies += numbers
    bottom = max((top + high for _, top, _, high in (inset.box for inset in insets)), default=height)
    return Plan(bottom, tuple(areas), tuple(pins), tuple(tallies), tuple(insets))


def _fit(frame: Frame, box: Box) -> Callable[[Point], Point]:
    """Return what takes metres of the frame to pixels of the box, in the middle of it."""
    left, top, width, height = box
    scale = min(width / frame.box.width, height / frame.box.height)
    left += (width - frame.box.width * scale) / 2
    top += (height - frame.box.height * scale) / 2
    return lambda point: (left + (point[0] - frame.box.west) * scale, top + (frame.box.north - point[1]) * scale)


def _tallies(areas: Iterable[Area], placing: Placing, taken: Iterable[Point]) -> list[Tally]:
    """Return the counts of the regions with an outline, each where its region has most room."""
    marks = list(taken)
    found = []
    for area in areas:
        if campuses := placing.unseated.get(area.code):
            border = [point for ring in area.rings for point in ring]
            at = roomiest(_within(area), marks, border, RADIUS)
            marks.append(at)
            found.append(Tally(area.code, area.name, at, tuple(campuses)))
    return found


def _within(area: Area) -> list[Point]:
    """Return some points inside a region, evenly spaced; its first corner where it is too small for that."""
    across, down = zip(*(point for ring in area.rings for point in ring), strict=True)
    outline = Outline(area.code, area.name, area.rings)
    grid = (
        (
            min(across) + (max(across) - min(across)) * x / _SAMPLES,
            min(down) + (max(down) - min(down)) * y / _SAMPLES,
        )
        for x, y in product(range(1, _SAMPLES), repeat=2)
    )
    return [point for point in grid if inside(point, outline)] or [area.rings[0][0]]


def _names(registry: Registry, placing: Placing, box: Box) -> tuple[Inset, list[Tally]]:
    """Return a box for the regions that have no outline, as high as it must be: names, and below each its number."""
    left, top, width, height = box
    lines: list[str] = []
    tallies = []
    for code, campuses in placing.unframed.items():
        name = registry.region_by_code[code].name
        lines += [*wrap(name, _NAME_LETTERS), ""]
        tallies.append(Tally(code, name, (left + width / 2, top + LABEL * len(lines) - 10), tuple(campuses)))
    return Inset(tuple(lines), (left, top, width, max(height, LABEL * len(lines) + 8))), tallies
