"""The geometry of the map: flat outlines of the regions, insets for those overseas, and who stands where."""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from math import cos, radians
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from cmq_cli.language import _
from cmq_cli.registry import damaged, read_data
from cmq_cli.text import plain

if TYPE_CHECKING:
    from cmq_cli.model import Campus, Registry

INSETS = ("01", "02", "03", "04", "06")
"""The INSEE codes of the overseas regions, from the Antilles to the Indian Ocean."""

_NAMED = 6
"""Regions at most that are named, where they are not on the map."""

_MARGIN, _SHARE = 5_000, 0.02
"""How far a seat may lie outside the outlines, which are simplified and leave small islands out: so many metres, and
this part of the frame's larger side."""

WIDTH = 800
_HEIGHT, _INSET, _GAP, _LINE = 900, 118, 10, 20
"""In pixels, of a map; the height of an inset, what lies between, and the height of a line in an inset."""

_RADIUS = 6_371_008.8  # the mean radius of the WGS 84 ellipsoid, as the IUGG defines it

Point = tuple[float, float]
Projection = Callable[[float, float], Point]
"""Takes latitude and longitude in degrees, returns x (to the east) and y (to the north) in metres."""


def around(lat0: float, lon0: float) -> Projection:
    """Return the projection for a map around a point, which becomes 0, 0; true to scale near its parallel.

    >>> [round(metres) for metres in around(45, 5)(46, 5)]
    [0, 111195]
    """

    def project(latitude: float, longitude: float) -> Point:
        east = (longitude - lon0 + 180) % 360 - 180  # the short way round
        return _RADIUS * cos(radians(lat0)) * radians(east), _RADIUS * radians(latitude - lat0)

    return project


class Box(NamedTuple):
    """A rectangle, given by its lower left corner in metres (in pixels, its upper left)."""

    x: float
    y: float
    width: float
    height: float

    def wider(self, more: float) -> "Box":
        """Return the box with so much more on each side."""
        return Box(self.x - more, self.y - more, self.width + 2 * more, self.height + 2 * more)


def bounds(points: Iterable[Point]) -> Box:
    """Return the smallest box that holds the points."""
    across, along = zip(*points, strict=True)
    return Box(min(across), min(along), max(across) - min(across), max(along) - min(along))


class Outline(NamedTuple):
    """A region's simplified outline: closed rings of points; in degrees (longitude, latitude) until projected."""

    code: str
    name: str
    rings: tuple[tuple[Point, ...], ...]

    def moved(self, move: Callable[[Point], Point]) -> "Outline":
        """Return the outline with each of its points moved."""
        return self._replace(rings=tuple(tuple(map(move, ring)) for ring in self.rings))

    def projected(self, project: Projection) -> "Outline":
        """Return the outline in metres."""
        return self.moved(lambda point: project(point[1], point[0]))

    def holds(self, point: Point) -> bool:
        """Tell whether a point lies inside, by the parity of the borders to its east."""
        x, y = point
        borders = (border for ring in self.rings for border in pairwise(ring))
        crossed = ((y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1) for (x1, y1), (x2, y2) in borders)
        return sum(crossed) % 2 == 1


class Frame(NamedTuple):
    """A part of the map: the outlines that are seen in it, how to get there from degrees, and how far it reaches."""

    outlines: list[Outline]
    project: Projection
    box: Box
    codes: frozenset[str]
    """The INSEE codes of the regions that it is about; the others are seen beside them."""

    def holds(self, point: Point) -> bool:
        """Tell whether a point in metres lies inside."""
        x, y = point[0] - self.box.x, point[1] - self.box.y
        return 0 <= x <= self.box.width and 0 <= y <= self.box.height


def read_outlines() -> list[Outline]:
    """Read the outlines of the regions, in degrees; raises RegistryError when they are missing or damaged."""
    content = read_data("regions.geojson")
    try:
        outlines = []
        for feature in json.loads(content)["features"]:
            properties, geometry = feature["properties"], feature["geometry"]
            polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
            rings = tuple(tuple((float(x), float(y)) for x, y in ring) for polygon in polygons for ring in polygon)
            outlines.append(Outline(properties["code"], properties["nom"], rings))
        return outlines
    except (ValueError, KeyError, TypeError, RecursionError):
        raise damaged("regions.geojson") from None


def frames(outlines: Sequence[Outline], regions: Collection[str] = ()) -> list[Frame]:
    """Return the frames that show some regions, or all: that of metropolitan France first, then the insets."""
    wanted = frozenset(one.code for one in outlines if not regions or one.code in regions)
    wanted = wanted or frozenset(one.code for one in outlines)
    mainland = [one for one in outlines if one.code not in INSETS]
    insets = [[one] for code in INSETS for one in outlines if one.code == code]
    found = []
    for group in (mainland, *insets):
        if codes := wanted.intersection(one.code for one in group):
            degrees = bounds(point for one in group if one.code in codes for ring in one.rings for point in ring)
            project = around(degrees.y + degrees.height / 2, degrees.x + degrees.width / 2)
            flat = [one.projected(project) for one in group]
            box = bounds(point for one in flat if one.code in codes for ring in one.rings for point in ring)
            found.append(Frame(flat, project, box.wider(_MARGIN + _SHARE * max(box.width, box.height)), codes))
    return found


class Picture(NamedTuple):
    """All that is drawn, in pixels: each campus at its seat, or counted with its region, never at an invented point."""

    height: float
    """It is as wide as `WIDTH`."""
    areas: list[Outline]
    insets: list[tuple[str, Box]]
    """The frames after the first, in a row below it, by name."""
    seats: "list[tuple[Campus, Point]]"
    unseated: "dict[str, list[Campus]]"
    """Those whose seat is not known, by the INSEE code of a region that has an outline."""
    outside: "list[Campus]"
    """Those whose region has no outline here, or whose seat lies outside of it."""


def picture(campuses: "Iterable[Campus]", parts: Sequence[Frame]) -> Picture:
    """Return where all is drawn: the first frame, and the others in a row of insets below it."""
    first, *others = parts
    height = min(_HEIGHT, WIDTH * first.box.height / first.box.width)
    across = (WIDTH - _GAP * (len(others) - 1)) / max(len(others), 1)
    boxes = [Box(at * (across + _GAP), height + _GAP, across, _INSET) for at in range(len(others))]
    below_names = [box._replace(y=box.y + _LINE, height=box.height - _LINE) for box in boxes]
    fits = [_fit(frame.box, box) for frame, box in zip(parts, [Box(0, 0, WIDTH, height), *below_names], strict=True)]
    areas = [outline.moved(fit) for frame, fit in zip(parts, fits, strict=True) for outline in frame.outlines]
    insets = [(frame.outlines[0].name, box) for frame, box in zip(others, boxes, strict=True)]
    found = Picture(height + (_GAP + _INSET if others else 0), areas, insets, [], {}, [])
    frame_of = {code: at for at, frame in enumerate(parts) for code in frame.codes}
    for campus in campuses:
        at, latitude, longitude = frame_of.get(campus["region_code"]), campus["latitude"], campus["longitude"]
        if at is None:
            found.outside.append(campus)
        elif latitude is None or longitude is None:
            found.unseated.setdefault(campus["region_code"], []).append(campus)
        elif parts[at].holds(point := parts[at].project(latitude, longitude)):
            found.seats.append((campus, fits[at](point)))
        else:
            found.outside.append(campus)
    return found


def _fit(metres: Box, pixels: Box) -> Callable[[Point], Point]:
    """Return what takes points of the one box into the middle of the other, north to its top."""
    scale = min(pixels.width / metres.width, pixels.height / metres.height)
    left = pixels.x + (pixels.width - metres.width * scale) / 2
    bottom = pixels.y + (pixels.height + metres.height * scale) / 2
    return lambda point: (left + (point[0] - metres.x) * scale, bottom - (point[1] - metres.y) * scale)


def marks(registry: "Registry") -> dict[str, str]:
    """Return the letter that marks each sector: of a word of its label if possible, ``*`` where none is left.

    It depends on the registry's sectors alone, so that it means the same on every map.
    """
    found: dict[str, str] = {}
    for sector in registry["sectors"]:
        label = plain(sector["label"]).replace("-", " ").upper()
        first = [word[0] for word in label.split() if len(word) > len("aux")]
        letters = (*first, *label, *"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        found[sector["id"]] = next((one for one in letters if "A" <= one <= "Z" and one not in found.values()), "*")
    return found


def sector_of(campus: "Campus") -> str:
    """Return the id of the sector that a campus is marked with, or an empty text."""
    return campus["sectors"][0] if campus["sectors"] else ""


def legend(registry: "Registry", campuses: "Iterable[Campus]") -> list[tuple[str, str, int]]:
    """Return the id, the label and the number of the campuses of each sector that marks some, most frequent first."""
    labels = {sector["id"]: sector["label"] for sector in registry["sectors"]} | {"": _("No sector")}
    counts = Counter(map(sector_of, campuses))
    order = sorted(labels, key=lambda sector: (not sector, -counts[sector]))
    return [(sector, labels[sector], counts[sector]) for sector in order if counts[sector]]


def told(found: Picture, letters: str, without_room: Mapping[str, int] = MappingProxyType({})) -> list[str]:
    """Return the sentences on what the marks and numbers of a map mean, and on the campuses that are not on it.

    `letters` explains the marks; `without_room` are the numbers of regions, by name, for which there was no room.
    """
    missing = {**without_room, **Counter(campus["region"] for campus in found.outside)}
    lost = _("Not on the map: {regions}.").format(regions=", ".join(f"{name} +{missing[name]}" for name in missing))
    if len(missing) > _NAMED:
        lost = _("Not on the map: {number} campuses of {regions} regions.")
        lost = lost.format(number=sum(missing.values()), regions=len(missing))
    said = (
        letters if found.seats else "",
        _("+N counts those of a region whose seat is not known.") if found.unseated else "",
        lost if missing else "",
        _("Outlines: IGN, Admin Express 2018, Licence Ouverte."),
    )
    return [*filter(None, said)]
