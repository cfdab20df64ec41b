"""The geometry of the map: flat outlines of the regions, those overseas moved nearer, and who stands where."""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from itertools import chain, cycle, pairwise, product
from math import asinh, degrees, dist, inf, radians, tan
from typing import NamedTuple

from cmq_cli.language import _
from cmq_cli.registry import Campus, Registry, damaged, read_data
from cmq_cli.text import plain

OVERSEAS = ("01", "02", "03", "04", "06")  # INSEE codes of regions that are drawn in a row below metropolitan France
WIDTH = 800  # of a picture in a file, in pixels
Point = tuple[float, float]  # to the right and down, on a map of the earth or in a picture
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

    def holds(self, point: Point) -> bool:
        """Tell whether a point lies inside."""
        return 0 <= point[0] - self.x <= self.width and 0 <= point[1] - self.y <= self.height

    def fitted(self, into: "Box") -> Move:
        """Return what moves points of this box into the middle of another, in which it fills one direction."""
        scale = min(into.width / self.width, into.height / self.height)
        left = into.x + into.width / 2 - (self.x + self.width / 2) * scale
        top = into.y + into.height / 2 - (self.y + self.height / 2) * scale
        return lambda point: (left + point[0] * scale, top + point[1] * scale)


def bounds(rings: Iterable[Iterable[Point]], across: float = 0, down: float = 0) -> Box:
    """Return the smallest box that holds points, with margins on the left and the right, and above and below."""
    xs, ys = zip(*chain.from_iterable(rings), strict=True)
    return Box(min(xs) - across, min(ys) - down, max(xs) - min(xs) + 2 * across, max(ys) - min(ys) + 2 * down)


class Outline(NamedTuple):
    """A region's simplified outline: closed rings of points."""

    code: str
    name: str
    rings: list[list[Point]]

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
        x, y, width, height = bounds(self.rings)
        grid = ((x + width * across / 14, y + height * down / 14) for down, across in product(range(1, 14), repeat=2))
        borders = [*chain.from_iterable(self.rings)]
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
    codes: Collection[str]  # INSEE codes of the regions that it is about
    moves: dict[str, Move]  # how points of regions overseas are moved, by INSEE code


def france(regions: Collection[str] = (), overseas: bool = True) -> Frame:
    """Return the frame of some regions, or of all, or of those that are not overseas."""
    outlines, moves = {one.code: one for one in read_outlines()}, {}
    far = [outlines.pop(code) for code in OVERSEAS]
    mainland = bounds(ring for one in outlines.values() for ring in one.rings)
    part = mainland.width / len(far)
    for at, one in enumerate(far):
        place = Box(mainland.x + part * at, mainland.y + mainland.height + 0.55, part * 0.7, 2.2)
        moves[one.code] = bounds(one.rings).fitted(place)
        outlines[one.code] = one.moved(moves[one.code])
    codes = outlines.keys() & regions or outlines.keys() - (() if overseas else OVERSEAS)
    margin = 0.2  # the outlines are simplified, and leave small islands out
    box = bounds((ring for code in codes for ring in outlines[code].rings), margin, margin)
    return Frame(box, [*outlines.values()], codes, moves)


class Picture(NamedTuple):
    """All that is drawn: each campus at its seat, or counted with its region, never at an invented point."""

    width: float
    height: float
    fit: Move  # how points of the frame are moved
    areas: list[Outline]
    seats: list[tuple[Campus, Point]]
    unseated: Counter[str]  # how many have no known seat, by the INSEE code of a region that has an outline
    outside: Counter[str]  # how many are not on it: of other regions, or without room; by the region's name


def picture(campuses: Iterable[Campus], frame: Frame, width: float = WIDTH, height: float = inf) -> Picture:
    """Return where all that is in a frame is drawn, in a picture at most so wide and high."""
    shape = frame.box.height / frame.box.width
    width = min(width, height / shape)
    fit = frame.box.fitted(Box(0, 0, width, width * shape))
    seen = [one.moved(fit) for one in frame.outlines if any(map(frame.box.holds, chain.from_iterable(one.rings)))]
    found = Picture(width, width * shape, fit, seen, [], Counter(), Counter())
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


def marks(registry: Registry, looks: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return each sector's letter, of its label if possible, ``*`` where none is left, and a look, in turn."""
    found: dict[str, str] = {}
    for sector in registry["sectors"]:
        label = plain(sector["label"]).replace("-", " ").upper()
        first = [word[0] for word in label.split() if len(word) > len("aux")]
        wanted = (*first, *label, *"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        found[sector["id"]] = next((one for one in wanted if "A" <= one <= "Z" and one not in found.values()), "*")
    found[""] = "?"
    return {id: (letter, look) for (id, letter), look in zip(found.items(), cycle(looks), strict=False)}


def sector_of(campus: Campus) -> str:
    """Return the id of the sector that a campus is marked with, or an empty text."""
    return next(iter(campus["sectors"]), "")


def legend(registry: Registry, campuses: Iterable[Campus]) -> list[tuple[str, str, int]]:
    """Return the id, the label and the number of the campuses of each sector that marks some, most frequent first."""
    labels = {sector["id"]: sector["label"] for sector in registry["sectors"]} | {"": _("No sector")}
    counts = Counter(map(sector_of, campuses))
    return [(sector, labels[sector], times) for sector, times in counts.most_common()]


def remarks(found: Picture, letters: str) -> list[str]:
    """Return what `letters` and numbers on a map mean, and how many campuses are not on it."""
    said = [letters] if found.seats else []
    if found.unseated:
        said.append(_("+N counts those of a region whose seat is not known."))
    if len(found.outside) > 6:
        count, regions = found.outside.total(), len(found.outside)
        said.append(_("Not on the map: {number} campuses of {regions} regions.", number=count, regions=regions))
    elif found.outside:
        names = ", ".join(f"{name} +{number}" for name, number in found.outside.most_common())
        said.append(_("Not on the map: {regions}.", regions=names))
    return [*said, _("Outlines: IGN, Admin Express 2018, Licence Ouverte.")]
