"""A place and the campuses nearest to it, as rows of cells: as much of the map as holds them, true to scale."""

from collections.abc import Sequence
from typing import NamedTuple

from cmq_cli.model import Campus, Registry
from cmq_cli.output.map import marks
from cmq_cli.output.map.canvas import ACROSS, DOWN, Cells, one_cell_each
from cmq_cli.output.map.frames import Box, Frame, Outline, Point, flattened
from cmq_cli.output.map.picture import Spot, draw
from cmq_cli.output.map.terminal import LEAST, style_of
from cmq_cli.places import Place
from cmq_cli.projection import around

MOST = 9
"""Campuses on the map: its scale must tell them apart."""

FARTHEST_KM = 1_000
"""Beyond this a flat map around the place is no longer true to scale."""

HERE = "@"
"""The mark of the place."""

_NARROWEST, _AROUND = 60_000.0, 0.15
"""The least width and height of the map in metres, and what is added on each side, as a part of the larger one."""


class View(NamedTuple):
    """The drawn map, how wide it is in km, and the campuses on it."""

    cells: Cells
    width_km: float
    campuses: tuple[Campus, ...]


def vicinity(
    registry: Registry,
    outlines: Sequence[Outline],
    place: Place,
    nearest: Sequence[tuple[Campus, float]],
    size: tuple[int, int],
    ascii_only: bool = False,
) -> View:
    """Return the map of a place and the nearest campuses, given with their distances in km, that fills the size."""
    if size[0] < LEAST:
        return View([], 0.0, ())
    project = around(place.latitude, place.longitude)
    marking = marks.marking(registry)
    shown = [campus for campus, km in nearest[:MOST] if km <= FARTHEST_KM]
    spots = []
    for campus in shown:
        number, letter = marking(campus)
        if campus.latitude is not None and campus.longitude is not None:  # as what has a distance does
            at = project(campus.latitude, campus.longitude)
            spots.append(Spot(at, letter, style_of(number), one_cell_each(campus.city or "")))
    here = Spot((0.0, 0.0), HERE, "bold reverse", one_cell_each(place.name))
    box = _filling(_around([here.point, *(spot.point for spot in spots)]), size)
    frame = Frame(str(place), tuple(flattened(outline, project) for outline in outlines), project, box)
    drawn = draw(frame, box, size, spots, here=here, ascii_only=ascii_only)
    return View(drawn.cells, box.width / 1000, tuple(shown))


def _around(points: Sequence[Point]) -> Box:
    """Return a box that holds the points with some space around them."""
    across, down = [x for x, _ in points], [y for _, y in points]
    box = Box(min(across), min(down), max(across), max(down))
    box = box.wider(_AROUND * max(box.width, box.height))
    return box.wider(max(0.0, (_NARROWEST - min(box.width, box.height)) / 2))


def _filling(box: Box, size: tuple[int, int]) -> Box:
    """Return the box made wider, or higher, so that it has the shape of so many columns and rows."""
    shape = size[0] * ACROSS / (size[1] * DOWN)
    wider, higher = max(0.0, box.height * shape - box.width) / 2, max(0.0, box.width / shape - box.height) / 2
    return Box(box.west - wider, box.south - higher, box.east + wider, box.north + higher)
