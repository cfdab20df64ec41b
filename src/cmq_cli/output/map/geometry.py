"""The geometry of the map: flat outlines of the regions, insets for those overseas, and who stands where.

Metropolitan France is drawn in Lambert-93, the projection of its official maps, so that it has the shape that people
know. pyproj, which knows all projections, takes longer to import than the map to be drawn; a test compares with it.
"""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import pairwise
from math import atanh, cos, exp, radians, sin
from typing import TYPE_CHECKING, NamedTuple

from cmq_cli.language import _
from cmq_cli.registry import damaged, read_data
from cmq_cli.text import plain

if TYPE_CHECKING:
    from cmq_cli.model import Campus, Registry

INSETS = ("01", "02", "03", "04", "06")
"""The INSEE codes of the overseas regions, from the Antilles to the Indian Ocean."""

_MARGIN, _SHARE = 5_000, 0.02
"""How far a seat may lie outside the outlines, which are simplified and leave small islands out: so many metres, and
this part of the frame's larger side."""

# IGN, NTG 71 and the definition of Lambert-93 (EPSG:2154): a conformal cone through the parallels of 44° and 49° N.
_ECCENTRICITY = 0.0818191910428158  # of the ellipsoid GRS 80
_EXPONENT = 0.7256077650532670
_CONSTANT = 11_754_255.426096
_POLE_X, _POLE_Y = 700_000.0, 12_655_612.049876
_MERIDIAN = radians(3)

_RADIUS = 6_371_008.8  # the mean radius of the WGS 84 ellipsoid, as the IUGG defines it

Point = tuple[float, float]
Projection = Callable[[float, float], Point]
"""Takes latitude and longitude in degrees, returns x (to the east) and y (to the north) in metres."""


def lambert_93(latitude: float, longitude: float) -> Point:
    """Return a point of metropolitan France as x and y of Lambert-93.

    >>> [round(metres) for metres in lambert_93(46.5, 3)]
    [700000, 6600000]
    """
    sine = sin(radians(latitude))
    isometric = atanh(sine) - _ECCENTRICITY * atanh(_ECCENTRICITY * sine)
    radius, angle = _CONSTANT * exp(-_EXPONENT * isometric), _EXPONENT * (radians(longitude) - _MERIDIAN)
    return _POLE_X + radius * sin(angle), _POLE_Y - radius * cos(angle)


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
    known = {outline.code: outline for outline in outlines}
    wanted = frozenset(known.keys() & regions) or frozenset(known)
    mainland = [outline.projected(lambert_93) for outline in outlines if outline.code not in INSETS]
    found = [_frame(mainland, lambert_93, wanted.difference(INSETS))] if wanted.difference(INSETS) else []
    for code in INSETS:
        if code in wanted:
            degrees = bounds(point for ring in known[code].rings for point in ring)
            project = around(degrees.y + degrees.height / 2, degrees.x + degrees.width / 2)
            found.append(_frame([known[code].projected(project)], project, frozenset([code])))
    return found


def _frame(outlines: list[Outline], project: Projection, codes: frozenset[str]) -> Frame:
    box = bounds(point for outline in outlines if outline.code in codes for ring in outline.rings for point in ring)
    return Frame(outlines, project, box.wider(_MARGIN + _SHARE * max(box.width, box.height)), codes)


class Placing(NamedTuple):
    """Where campuses are shown: each at its seat, or counted with its region, never at an invented point."""

    seats: "list[tuple[Campus, int, Point]]"
    """Campuses, the number of the frame that each is in, and its seat in metres there."""
    unseated: "dict[str, list[Campus]]"
    """By the INSEE code of a region that has an outline."""
    outside: "list[Campus]"
    """Those whose region has no outline, or whose seat lies outside of it."""


def placed(campuses: "Iterable[Campus]", parts: Sequence[Frame]) -> Placing:
    """Return where each campus is shown."""
    frame_of = {code: at for at, frame in enumerate(parts) for code in frame.codes}
    found = Placing([], {}, [])
    for campus in campuses:
        at, latitude, longitude = frame_of.get(campus["region_code"]), campus["latitude"], campus["longitude"]
        if at is None:
            found.outside.append(campus)
        elif latitude is None or longitude is None:
            found.unseated.setdefault(campus["region_code"], []).append(campus)
        else:
            (x, y), box = parts[at].project(latitude, longitude), parts[at].box
            if 0 <= x - box.x <= box.width and 0 <= y - box.y <= box.height:
                found.seats.append((campus, at, (x, y)))
            else:
                found.outside.append(campus)
    return found


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


def told(found: Placing, letters: str, without_room: Iterable[str] = ()) -> list[str]:
    """Return the sentences on what the marks and numbers of a map mean, and on the campuses that are not on it.

    `letters` explains the marks; `without_room` are the numbers of regions for which there was no room.
    """
    outside = Counter(campus["region"] for campus in found.outside)
    missing = ", ".join([*without_room, *(f"{name} +{number}" for name, number in outside.items())])
    said = (
        letters if found.seats else "",
        _("+N counts those of a region whose seat is not known.") if found.unseated else "",
        _("Not on the map: {regions}.").format(regions=missing) if missing else "",
        _("Outlines: IGN, Admin Express 2018, Licence Ouverte."),
    )
    return [*filter(None, said)]
