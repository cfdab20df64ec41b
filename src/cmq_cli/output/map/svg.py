"""The map as SVG: outlines, insets, a mark for each campus with a known seat, and a number for those without one."""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import combinations, pairwise, product
from math import cos, dist, hypot, pi, sin
from textwrap import wrap
from typing import TYPE_CHECKING
from urllib.parse import quote

from cmq_cli.language import _, ngettext, spoken
from cmq_cli.output.formats import address, shown
from cmq_cli.output.map import geometry
from cmq_cli.output.map.geometry import WIDTH, Outline, Picture, Point
from cmq_cli.text import slug

if TYPE_CHECKING:
    from cmq_cli.model import Campus, Registry

TITLE = "Campus des métiers et des qualifications"
RADIUS = 9.5
"""Of a mark, in pixels."""
MOST = 200
"""Marks beyond which there is no room to move them apart."""

_LEGEND, _MARGIN, _MOVED = 330, 8, 3
"""The width of the legend, what lies around all, and how far a mark is moved before a line joins it to its seat."""

_COLORS = (
    "#8a5a00", "#6a3d9a", "#b8175e", "#a03c00", "#4d6200", "#0b5fa5",
    "#00695c", "#5a4a42", "#a3159a", "#b3261e", "#1b6e2c", "#3f4fb5",
)  # fmt: skip
"""By the number of the sector, over again where there are more; dark enough for a white letter."""
_SHAPES = ((0, 0.0, 1.0), (4, pi / 4, 1.22), (6, pi / 6, 1.1), (4, 0.0, 1.22), (8, pi / 8, 1.06), (5, -pi / 2, 1.18))
"""Corners, of which a circle has none, the direction of the first, and how far they reach: all look equally large."""
_NO_SECTOR = "#555555"

_HIT = f'<circle class="hit" r="{RADIUS}"/>'
"""What can be hit of a mark in a page, whatever its shape is."""

_STYLE = """\
svg { background: #fff; font: 13px system-ui, "Segoe UI", "Liberation Sans", sans-serif; fill: #1f2328 }
.area { fill: #eef1f4; stroke: #9aa4ae; stroke-linejoin: round }
.inset { fill: none; stroke: #d0d7de }
.leader line { stroke: #1f2328; stroke-width: .7 }
.mark { stroke: #fff; stroke-width: 1.2 }
.mark text { fill: #fff; stroke: none; font-weight: 700; font-size: 11px; text-anchor: middle }
.tally { font-weight: 600; text-anchor: middle; fill: #444c56 }
.title { font-size: 18px; font-weight: 700 }
.small { font-size: 11px; fill: #57606a }
"""


def spread(points: Sequence[Point], apart: float) -> list[Point]:
    """Return the points moved so that they are about so far apart, each as little as possible; the same each time.

    Points that are apart stay where they are. More than `MOST` are returned as they are.
    """
    if len(points) > MOST:
        return list(points)
    # Points at the same place have no direction to leave it in: each gets one of its own.
    moved = [(x + cos(2.4 * at) / 1000, y + sin(2.4 * at) / 1000) for at, (x, y) in enumerate(points)]
    for _round in range(60):
        for one, other in combinations(range(len(moved)), 2):
            (x1, y1), (x2, y2) = moved[one], moved[other]
            if (gap := hypot(x1 - x2, y1 - y2)) < apart:
                push = (apart - gap) / 2 / gap
                moved[one] = x1 + (x1 - x2) * push, y1 + (y1 - y2) * push
                moved[other] = x2 - (x1 - x2) * push, y2 - (y1 - y2) * push
    return [start if dist(start, end) < 0.01 else end for start, end in zip(points, moved, strict=True)]


def roomiest(area: Outline, marks: Sequence[Point]) -> Point:
    """Return the point inside a region, of some evenly spaced ones, that is farthest from its border and the marks."""
    border = [point for ring in area.rings for point in ring]
    x, y, width, height = geometry.bounds(border)
    grid = ((x + width * across / 16, y + height * down / 16) for across, down in product(range(1, 16), repeat=2))
    around = [*((point, 0.0) for point in border), *((mark, RADIUS) for mark in marks)]
    inside = [point for point in grid if area.holds(point)] or border[:1]
    return max(inside, key=lambda point: min(dist(point, other) - radius for other, radius in around))


def alone(registry: "Registry", drawn: Picture, campuses: "Sequence[Campus]", sentences: Iterable[str]) -> str:
    """Return a whole SVG file: the map, beside it the legend, and below that what must be said about them."""
    left, top, beside = WIDTH + 15, 72.0, []
    for at, line in enumerate(wrap(TITLE, 30)):
        beside.append(f'<text class="title" x="{left}" y="{16 + 22 * at}">{line}</text>')
    for sector, label, times in geometry.legend(registry, campuses):
        beside.append(_placed("mark", (left + RADIUS, top - 4.5), shape(registry, sector)))
        for line in wrap(f"{label} ({times})", 38):
            beside.append(f'<text x="{left + 27}" y="{top:g}">{text(line)}</text>')
            top += 17
        top += 6
    for sentence in sentences:
        for line in wrap(sentence, 50):
            beside.append(f'<text class="small" x="{left}" y="{top:g}">{text(line)}</text>')
            top += 15
        top += 6
    width, height = WIDTH + _LEGEND + 2 * _MARGIN, round(max(drawn.height, top)) + 2 * _MARGIN
    lines = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" lang="{spoken()}"',
        f' viewBox="{-_MARGIN} {-_MARGIN} {width} {height}"><title>{TITLE}</title>',
        f"<style>\n{_STYLE}</style>",
        *beside,
        *drawing(registry, drawn),
        "</svg>\n",
    )
    return "\n".join(lines)


def view_box(drawn: Picture) -> str:
    """Return the part of the plane that a map without a legend takes."""
    return f"{-_MARGIN} {-_MARGIN} {WIDTH + 2 * _MARGIN} {drawn.height + 2 * _MARGIN:.0f}"


def drawing(registry: "Registry", drawn: Picture, in_page: bool = False) -> list[str]:
    """Return the lines inside the SVG. A mark leads to the campus's own site, and its title tells what it stands for.

    In a page marks and numbers lead to what it tells of them, and are labelled for whoever hears it.
    """
    moved = spread([seat for _campus, seat in drawn.seats], 2 * RADIUS + 6)
    marks = [(campus, at, seat) for (campus, seat), at in zip(drawn.seats, moved, strict=True)]
    lines = ['<g class="areas" lang="fr">']
    for area in drawn.areas:
        path, title = "".join(map(_path, area.rings)), f"<title>{text(area.name)}</title>"
        lines.append(f'<path class="area" data-region="{slug(area.name)}" d="{path}">{title}</path>')
    lines.append('</g><g class="insets" lang="fr">')
    for name, (x, y, width, height) in drawn.insets:
        lines.append(f'<rect class="inset" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height}" rx="4"/>')
        lines.append(f'<text x="{x + 8:.1f}" y="{y + 15:.1f}">{text(name)}</text>')
    lines.append('</g><g class="leaders">')
    for campus, at, seat in marks:
        if dist(at, seat) > _MOVED:
            x, y = seat[0] - at[0], seat[1] - at[1]
            line = f'<line x1="{x:.1f}" y1="{y:.1f}" x2="0" y2="0"/><circle cx="{x:.1f}" cy="{y:.1f}" r="1.8"/>'
            lines.append(_placed("leader", at, line, f' data-id="{text(campus["id"])}"'))
    lines.append('</g><g class="tallies">')
    for area in drawn.areas:
        if number := len(drawn.unseated.get(area.code, ())):
            moved.append(roomiest(area, moved))
            inner, region = f'{_HIT * in_page}<text y="4">+{number}</text>', slug(area.name)
            label = ngettext(
                "{region}: {number} whose seat is not known", "{region}: {number} whose seats are not known", number
            ).format(region=area.name, number=number)
            target = f"#region={region}" if in_page else None
            lines.append(_link("tally", moved[-1], inner, label, f' data-tally="{region}"', in_page, target))
    lines.append('</g><g class="marks" lang="fr">')
    for campus, at, seat in marks:
        inner = _HIT * in_page + shape(registry, geometry.sector_of(campus))
        target = page_address(campus) if in_page else address(campus["website"])
        data = f' data-seat="{seat[0]:.1f} {seat[1]:.1f}"'
        lines.append(_link("mark", at, inner, described(registry, campus), data, in_page, target))
    return [*lines, "</g>"]


def _path(ring: Sequence[Point]) -> str:
    """Return a closed line: its first point, and from there on the way from each to the next."""
    points = [(round(10 * x), round(10 * y)) for x, y in ring]
    steps = (f"{(x2 - x1) / 10:g} {(y2 - y1) / 10:g}" for (x1, y1), (x2, y2) in pairwise(points))
    return f"M{points[0][0] / 10:g} {points[0][1] / 10:g}l{' '.join(steps)}z"


def _link(kind: str, at: Point, inner: str, label: str, data: str, in_page: bool, target: str | None) -> str:
    drawn = _placed(kind, at, inner if in_page else f"<title>{text(label)}</title>{inner}", data)
    said = f' aria-label="{text(label)}"' if in_page else ""
    return f'<a href="{text(target)}"{said}>{drawn}</a>' if target else drawn


def _placed(kind: str, at: Point, inner: str, data: str = "") -> str:
    return f'<g class="{kind}"{data} transform="translate({at[0]:.1f} {at[1]:.1f})">{inner}</g>'


def shape(registry: "Registry", sector: str) -> str:
    """Return the mark of a sector around 0, 0: a colour, a shape and a letter tell it from the others."""
    letters = geometry.marks(registry)
    number = [*letters].index(sector) if sector in letters else 0
    color = _COLORS[number % len(_COLORS)] if sector in letters else _NO_SECTOR
    corners, first, reach = _SHAPES[number % len(_SHAPES)]
    angles = (first + 2 * pi * at / corners for at in range(corners))
    path = " ".join(f"{RADIUS * reach * cos(angle):.1f},{RADIUS * reach * sin(angle):.1f}" for angle in angles)
    drawn = f'<polygon fill="{color}" points="{path}"/>' if corners else f'<circle fill="{color}" r="{RADIUS}"/>'
    return f'{drawn}<text y="4">{letters.get(sector, "?")}</text>'


def described(registry: "Registry", campus: "Campus") -> str:
    """Return what a mark stands for: the campus, its place, its sector and its wave."""
    sectors = ", ".join(each["label"] for each in registry["sectors"] if each["id"] in campus["sectors"])
    wave = {"stated": _("wave {number}"), "deduced": _("wave {number} (deduced)")}.get(campus["wave_basis"] or "", "")
    said = (campus["name"], campus["city"], campus["region"], sectors, wave.format(number=campus["wave"]))
    return " · ".join(filter(None, said))


def page_address(campus: "Campus") -> str:
    """Return what the address of a page ends in where it shows all that is known of a campus."""
    return f"#campus={quote(campus['id'])}"


def text(value: str) -> str:
    """Return text from data as it can stand in SVG or HTML: never markup, no control code, nothing that XML refuses.

    >>> text('<script>"&\\x07')
    '&lt;script&gt;&quot;&amp;\\\\u0007'
    """
    lines = shown(value).replace("\n", " ").translate({0xFFFE: "\\ufffe", 0xFFFF: "\\uffff"})
    return escape(lines, quote=False).replace('"', "&quot;")
