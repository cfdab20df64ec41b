"""The geometry of the map: flat outlines of the regions, those overseas moved nearer, and who stands where."""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from itertools import pairwise, product
from math import asinh, degrees, dist, inf, radians, tan
from typing import NamedTuple

from cmq_cli.language import _
from cmq_cli.registry import Campus, Registry, damaged, read_data
from cmq_cli.text import plain

OVERSEAS = ("01", "02", "03", "04", "06")
"""The INSEE codes of the regions that are drawn in a row below metropolitan France."""

WIDTH = 800
"""Of a picture in a file, in pixels."""

Point = tuple[float, float]
"""To the right and down, on a map of the earth or in a picture."""
Move = Callable[[Point], Point]


def flat(longitude: float, latitude: float) -> Point:
    """Return where a point on earth lies on Mercator's map, of which the unit is a degree of longitude."""
    return longitude, -degrees(asinh(tan(radians(latitude))))


class Box(NamedTuple):
    """A rectangle, by its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    def wider(self, across: float, down: float) -> "Box":
        """Return the box with so much more on the left and the right, and so much above and below."""
        return Box(self.x - across, self.y - down, self.width + 2 * across, self.height + 2 * down)

    def holds(self, point: Point) -> bool:
        """Tell whether a point lies inside."""
        return 0 <= point[0] - self.x <= self.width and 0 <= point[1] - self.y <= self.height

    def fitted(self, into: "Box") -> Move:
        """Return what moves points of this box into the middle of another, in which it fills one direction."""
        scale = min(into.width / self.width, into.height / self.height)
        left = into.x + into.width / 2 - (self.x + self.width / 2) * scale
        top = into.y + into.height / 2 - (self.y + self.height / 2) * scale
        return lambda point: (left + point[0] * scale, top + point[1] * scale)


def bounds(points: Iterable[Point]) -> "Box":
    """Return the smallest box that holds the points."""
    across, down = zip(*points, strict=True)
    return Box(min(across), min(down), max(across) - min(across), max(down) - min(down))


class Outline(NamedTuple):
    """A region's simplified outline: closed rings of points."""

    code: str
    name: str
    rings: list[list[Point]]

    @property
    def points(self) -> list[Point]:
        """The points of all its rings."""
        return [point for ring in self.rings for point in ring]

    def moved(self, move: Move) -> "Outline":
        """Return the outline with each of its points moved."""
        return self._replace(rings=[[*map(move, ring)] for ring in self.rings])

    def holds(self, point: Point) -> bool:
        """Tell whether a point lies inside, by the parity of the borders to its right."""
        x, y = point
        borders = (border for ring in self.rings for border in pairwise(ring))
        crossed = ((y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1) for (x1, y1), (x2, y2) in borders)
        return sum(crossed) % 2 == 1

    def inside(self) -> list[Point]:
        """Return some evenly spaced points that lie inside, those farthest from the borders first."""
        x, y, width, height = bounds(self.points)
        grid = ((x + width * across / 14, y + height * down / 14) for down, across in product(range(1, 14), repeat=2))
        borders = self.points
        return sorted(filter(self.holds, grid), key=lambda point: -min(dist(point, border) for border in borders))


def read_outlines() -> list[Outline]:
    """Read the outlines of the regions on Mercator's map; raises RegistryError when they are missing or damaged."""
    outlines = []
    try:
        for feature in json.loads(read_data("regions.geojson"))["features"]:
            properties, shape = feature["properties"], feature["geometry"]
            polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
            rings = [[flat(*point) for point in ring] for polygon in polygons for ring in polygon]
            outlines.append(Outline(properties["code"], properties["nom"], rings))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise damaged("regions.geojson") from None
    return outlines


class Frame(NamedTuple):
    """A part of the map of the earth, and all that is seen in it."""

    box: Box
    outlines: list[Outline]
    codes: Collection[str]
    """The INSEE codes of the regions that it is about."""
    moves: dict[str, Move]
    """How points of regions overseas are moved, by INSEE code."""


def france(regions: Collection[str] = (), overseas: bool = True) -> Frame:
    """Return the frame of some regions, or of all, or of those that are not overseas."""
    outlines, moves = {one.code: one for one in read_outlines()}, {}
    far = [outlines.pop(code) for code in OVERSEAS]
    mainland = bounds(point for one in outlines.values() for point in one.points)
    part = mainland.width / len(far)
    for at, one in enumerate(far):
        place = Box(mainland.x + part * at, mainland.y + mainland.height + 0.55, part * 0.7, 2.2)
        moves[one.code] = bounds(one.points).fitted(place)
        outlines[one.code] = one.moved(moves[one.code])
    codes = outlines.keys() & regions or outlines.keys() - (() if overseas else OVERSEAS)
    box = bounds(point for code in codes for point in outlines[code].points)
    margin = 0.2  # the outlines are simplified, and leave small islands out
    return Frame(box.wider(margin, margin), [*outlines.values()], codes, moves)


class Picture(NamedTuple):
    """All that is drawn: each campus at its seat, or counted with its region, never at an invented point."""

    width: float
    height: float
    areas: list[Outline]
    seats: list[tuple[Campus, Point]]
    unseated: Counter[str]
    """How many have no known seat, by the INSEE code of a region that has an outline."""
    outside: Counter[str]
    """How many are of a region that has no outline here, or have their seat outside of it, by the region's name."""


def picture(campuses: Iterable[Campus], frame: Frame, width: float = WIDTH, height: float = inf) -> Picture:
    """Return where all that is in a frame is drawn, in a picture at most so wide and high."""
    shape = frame.box.height / frame.box.width
    width = min(width, height / shape)
    fit = frame.box.fitted(Box(0, 0, width, width * shape))
    seen = [one.moved(fit) for one in frame.outlines if any(map(frame.box.holds, one.points))]
    found = Picture(width, width * shape, seen, [], Counter(), Counter())
    for campus in campuses:
        code, latitude, longitude = campus["region_code"], campus["latitude"], campus["longitude"]
        seat = flat(longitude or 0, latitude or 0)
        seat = frame.moves[code](seat) if code in frame.moves else seat
        if code in frame.codes and (latitude is None or longitude is None):
            found.unseated[code] += 1
        elif code in frame.codes and frame.box.holds(seat):
            found.seats.append((campus, fit(seat)))
        else:
            found.outside[campus["region"]] += 1
    return found


def letters(registry: Registry) -> dict[str, str]:
    """Return the letter of each sector, the same on every map: of its label if possible, ``*`` where none is left."""
    found: dict[str, str] = {}
    for sector in registry["sectors"]:
        label = plain(sector["label"]).replace("-", " ").upper()
        first = [word[0] for word in label.split() if len(word) > len("aux")]
        wanted = (*first, *label, *"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        found[sector["id"]] = next((one for one in wanted if "A" <= one <= "Z" and one not in found.values()), "*")
    return {**found, "": "?"}


def sector_of(campus: Campus) -> str:
    """Return the id of the sector that a campus is marked with, or an empty text."""
    return next(iter(campus["sectors"]), "")


def legend(registry: Registry, campuses: Iterable[Campus]) -> list[tuple[str, str, int]]:
    """Return the id, the label and the number of the campuses of each sector that marks some, most frequent first."""
    labels = {sector["id"]: sector["label"] for sector in registry["sectors"]} | {"": _("No sector")}
    counts = Counter(map(sector_of, campuses))
    order = sorted(labels, key=lambda sector: -counts[sector])
    return [(sector, labels[sector], counts[sector]) for sector in order if counts[sector]]


def told(found: Picture, letters: str, without_room: dict[str, int] | None = None) -> list[str]:
    """Return what must be said of a map: what its `letters` and numbers mean, and which campuses are not on it.

    `without_room` are the numbers of regions, by name, for which there was no room.
    """
    said = [letters] if found.seats else []
    if found.unseated:
        said.append(_("+N counts those of a region whose seat is not known."))
    missing = Counter(without_room) + found.outside
    names = ", ".join(f"{name} +{number}" for name, number in missing.items())
    if len(missing) > 6:
        count, regions = missing.total(), len(missing)
        said.append(_("Not on the map: {number} campuses of {regions} regions.", number=count, regions=regions))
    elif missing:
        said.append(_("Not on the map: {regions}.", regions=names))
    return [*said, _("Outlines: IGN, Admin Express 2018, Licence Ouverte.")]
