"""The frames of the map, metropolitan France and an inset for each overseas region that has an outline."""

import json
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from cmq_cli.errors import RegistryError
from cmq_cli.projection import Projection, around, lambert_93
from cmq_cli.registry import REMEDY, data_file

CREDIT = "Outlines: IGN, Admin Express 2018, Licence Ouverte."

INSETS = ("01", "02", "03", "04", "06")
"""The INSEE codes of the overseas regions, from the Antilles to the Indian Ocean."""

_MARGIN, _SHARE = 5_000, 0.02
"""How far a seat may lie outside the outlines, which are simplified and leave small islands out: so many metres, and
this part of the frame's larger side."""

Point = tuple[float, float]
Ring = tuple[Point, ...]


class Outline(NamedTuple):
    """A region's simplified outline: rings of points, closed."""

    code: str
    name: str
    rings: tuple[Ring, ...]


class Box(NamedTuple):
    """A rectangle in metres."""

    west: float
    south: float
    east: float
    north: float

    @property
    def width(self) -> float:
        """From west to east."""
        return self.east - self.west

    @property
    def height(self) -> float:
        """From south to north."""
        return self.north - self.south

    def wider(self, metres: float) -> "Box":
        """Return the box with so much more on each side."""
        return Box(self.west - metres, self.south - metres, self.east + metres, self.north + metres)

    def holds(self, point: Point) -> bool:
        """Tell whether the point lies inside."""
        return self.west <= point[0] <= self.east and self.south <= point[1] <= self.north


class Frame(NamedTuple):
    """A part of the map: its regions' outlines in metres, how to get there from degrees, and how far it reaches."""

    name: str
    outlines: tuple[Outline, ...]
    project: Projection
    box: Box

    def place(self, latitude: float, longitude: float) -> Point | None:
        """Return where a point of the earth is, or None when that is outside the frame."""
        point = self.project(latitude, longitude)
        return point if self.box.holds(point) else None


def read_outlines(path: Path | None = None) -> list[Outline]:
    """Read the bundled outlines, or another file of the same form; points are longitude and latitude in degrees.

    Raises RegistryError, which says how to mend it, when the file is missing or damaged.
    """
    path = path or data_file("regions.geojson")
    try:
        return [_outline(feature) for feature in json.loads(path.read_bytes())["features"]]
    except OSError as error:
        raise RegistryError(f"The outlines can't be read ({error.strerror}: {path}); {REMEDY}") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise RegistryError(f"The outlines (regions.geojson) are damaged; {REMEDY}") from None


def _outline(feature: dict[str, dict[str, object]]) -> Outline:
    coordinates: object = feature["geometry"]["coordinates"]
    polygons = coordinates if feature["geometry"]["type"] == "MultiPolygon" else [coordinates]
    rings = tuple(tuple((float(x), float(y)) for x, y in ring) for polygon in polygons for ring in polygon)  # type: ignore[attr-defined]
    return Outline(str(feature["properties"]["code"]), str(feature["properties"]["nom"]), rings)


def frames(outlines: Sequence[Outline]) -> list[Frame]:
    """Return metropolitan France in Lambert-93, and then the insets, each around its own middle."""
    mainland = _frame("France", [outline for outline in outlines if outline.code not in INSETS], lambert_93)
    overseas = {outline.code: outline for outline in outlines if outline.code in INSETS}
    return [mainland, *(_inset(overseas[code]) for code in INSETS if code in overseas)]


def _inset(outline: Outline) -> Frame:
    box = _bounds(outline.rings)
    return _frame(outline.name, [outline], around((box.south + box.north) / 2, (box.west + box.east) / 2))


def _frame(name: str, outlines: Iterable[Outline], project: Projection) -> Frame:
    flat = tuple(flattened(outline, project) for outline in outlines)
    box = _bounds(ring for outline in flat for ring in outline.rings)
    return Frame(name, flat, project, box.wider(_MARGIN + _SHARE * max(box.width, box.height)))


def flattened(outline: Outline, project: Projection) -> Outline:
    """Return the outline in metres."""
    return outline._replace(
        rings=tuple(tuple(project(latitude, longitude) for longitude, latitude in ring) for ring in outline.rings)
    )


def _bounds(rings: Iterable[Ring]) -> Box:
    points = [point for ring in rings for point in ring]
    across, along = [x for x, _ in points], [y for _, y in points]
    return Box(min(across), min(along), max(across), max(along))


def inside(point: Point, outline: Outline) -> bool:
    """Tell whether a point lies inside an outline, by the parity of the borders to its east."""
    x, y = point
    crossings = 0
    for ring in outline.rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            crossings += (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1)
    return crossings % 2 == 1
