"""The map as SVG: outlines, insets, a mark for each campus with a known seat, and a number for those without one."""

from collections.abc import Mapping, Sequence
from html import escape
from itertools import combinations
from math import cos, dist, hypot, sin
from textwrap import wrap
from typing import TYPE_CHECKING
from urllib.parse import quote

from cmq_cli.language import _, ngettext, spoken
from cmq_cli.output.formats import address, shown
from cmq_cli.output.map import geometry
from cmq_cli.output.map.geometry import WIDTH, Outline, Picture, Point
from cmq_cli.output.tables.campuses import wave
from cmq_cli.text import slug

if TYPE_CHECKING:
    from cmq_cli.model import Campus, Registry

TITLE = "Campus des métiers et des qualifications"
RADIUS = 9.5
"""Of a mark, in pixels."""
MARGIN = 8
"""What lies around all."""
MOST = 200
"""Marks beyond which there is no room to move them apart."""

_LEGEND, _MOVED = 330, 3
"""The width of the legend, and how far a mark is moved before a line joins it to its seat."""

_COLORS = (
    "#8a5a00", "#6a3d9a", "#b8175e", "#a03c00", "#4d6200", "#0b5fa5", "#00695c",
    "#5a4a42", "#a3159a", "#b3261e", "#1b6e2c", "#3f4fb5", "#555555",
)  # fmt: skip
"""By the number of the sector, over again where there are more; dark enough for a white letter."""

_STYLE = """\
svg { background: #fff; font: 13px system-ui, "Segoe UI", "Liberation Sans", sans-serif; fill: #1f2328 }
.area { fill: #eef1f4; stroke: #9aa4ae; stroke-linejoin: round }
.leader path { stroke: #1f2328; stroke-width: .7 }
.mark { stroke: #fff; stroke-width: 1.2 }
.hit { fill: none; stroke: none }
.mark text { fill: #fff; stroke: none; font-weight: 700; font-size: 11px; text-anchor: middle }
.tally { font-weight: 600; text-anchor: middle; fill: #444c56 }
.title { font-size: 18px; font-weight: 700 }
.small { font-size: 11px; fill: #57606a }
"""


def spread(points: Sequence[Point], apart: float) -> list[Point]:
    """Return the points moved so that they are about so far apart, each as little as possible; the same each time.

    Points that are apart stay where they are, and so do all of more than `MOST`.
    """
    # Points at the same place have no direction to leave it in: each gets one of its own.
    moved = [(x + cos(2.4 * at) / 1000, y + sin(2.4 * at) / 1000) for at, (x, y) in enumerate(points)]
    for _round in range(60 if len(points) <= MOST else 0):
        for one, other in combinations(range(len(moved)), 2):
            (x1, y1), (x2, y2) = moved[one], moved[other]
            if (gap := hypot(x1 - x2, y1 - y2)) < apart:
                push = (apart - gap) / 2 / gap
                moved[one] = x1 + (x1 - x2) * push, y1 + (y1 - y2) * push
                moved[other] = x2 - (x1 - x2) * push, y2 - (y1 - y2) * push
    return [start if dist(start, end) < 0.01 else end for start, end in zip(points, moved, strict=True)]


def roomiest(area: Outline, marks: Sequence[Point]) -> Point:
    """Return the point inside a region, of some evenly spaced ones, that is farthest from its border and the marks."""
    around = [*((point, 0.0) for point in area.points), *((mark, RADIUS) for mark in marks)]
    return max(
        area.inside() or area.points, key=lambda point: min(dist(point, other) - radius for other, radius in around)
    )


def alone(registry: "Registry", drawn: Picture, campuses: "Sequence[Campus]", said: Mapping[str, list[str]]) -> str:
    """Return a whole SVG file: the map, beside it the legend, and below that what must be said about them.

    Of the sentences it has those on the `selection` and the `coverage`.
    """
    marks = _(
        "A letter marks a campus by its first sector, at the commune of its seat; where marks would hide each other "
        "they are moved, and a line leads to the seat. The legend counts each campus once."
    )
    beside = [
        ("title", "", TITLE, 30, 22),
        *(
            ("", shape(registry, id), f"{label} ({times})", 38, 17)
            for id, label, times in geometry.legend(registry, campuses)
        ),
        *(("small", "", one, 50, 15) for one in (*said["selection"], *said["coverage"], *geometry.told(drawn, marks))),
    ]
    left, top, lines = WIDTH + 15, 16.0, []
    for kind, mark, words, most, leading in beside:
        if mark:
            lines.append(_placed("mark", (left + RADIUS, top - 4.5), mark))
        for line in wrap(words, most):
            lines.append(f'<text class="{kind}" x="{left + (27 if mark else 0)}" y="{top:g}">{text(line)}</text>')
            top += leading
        top += 6
    width, height = WIDTH + _LEGEND + 2 * MARGIN, round(max(drawn.height, top)) + 2 * MARGIN
    size = f'width="{width}" height="{height}" viewBox="{-MARGIN} {-MARGIN} {width} {height}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} lang="{spoken()}"><title>{TITLE}</title>'
    return "\n".join((head, f"<style>\n{_STYLE}</style>", *lines, *drawing(registry, drawn), "</svg>\n"))


def drawing(registry: "Registry", drawn: Picture, in_page: bool = False) -> list[str]:
    """Return the lines inside the SVG. A mark leads to the campus's own site, and its title tells what it stands for.

    In a page marks and numbers lead to what it tells of them.
    """
    moved = spread([seat for _campus, seat in drawn.seats], 2 * RADIUS + 6)
    areas, leaders, tallies, marks = [], [], [], []
    for area in drawn.areas:
        region = slug(area.name)
        path = "".join(f"M{' '.join(f'{x:.1f},{y:.1f}' for x, y in ring)}z" for ring in area.rings)
        areas.append(f'<path class="area" data-region="{region}" d="{path}"><title>{text(area.name)}</title></path>')
        if area.code in geometry.OVERSEAS:
            x, y, *_size = geometry.bounds(area.points)
            areas.append(f'<text x="{x:.1f}" y="{y - 8:.1f}">{text(area.name)}</text>')
        if number := len(drawn.unseated.get(area.code, ())):
            label = ngettext(
                "{region}: {number} whose seat is not known", "{region}: {number} whose seats are not known", number
            ).format(region=area.name, number=number)
            moved.append(roomiest(area, moved))
            link, data = f"#region={region}" if in_page else None, f' data-tally="{region}"'
            inner = f'<circle class="hit" r="{RADIUS}"/><text y="4">+{number}</text>'
            tallies.append(_mark("tally", moved[-1], inner, label, data, link))
    for (campus, seat), at in zip(drawn.seats, moved, strict=False):
        if dist(at, seat) > _MOVED:
            line = f'<path d="M{at[0]:.1f},{at[1]:.1f}L{seat[0]:.1f},{seat[1]:.1f}"/>'
            dot = f'<circle cx="{seat[0]:.1f}" cy="{seat[1]:.1f}" r="1.8"/>'
            leaders.append(f'<g class="leader" data-id="{text(campus["id"])}">{line}{dot}</g>')
        link = page_address(campus) if in_page else address(campus["website"])
        data = f' data-id="{text(campus["id"])}" data-seat="{seat[0]:.1f} {seat[1]:.1f}"'
        marks.append(
            _mark("mark", at, shape(registry, geometry.sector_of(campus)), described(registry, campus), data, link)
        )
    layers = {"areas": areas, "leaders": leaders, "tallies": tallies, "marks": marks}
    lines = []
    for name, inside in layers.items():
        lang = "" if name == "tallies" else ' lang="fr"'
        lines += [f'<g class="{name}"{lang}>', *inside, "</g>"]
    return lines


def _mark(kind: str, at: Point, inner: str, label: str, data: str, link: str | None) -> str:
    """Return what can be pointed at: a title says what it stands for."""
    drawn = f"<title>{text(label)}</title>{_placed(kind, at, inner, data)}"
    return f'<a href="{text(link)}">{drawn}</a>' if link else f"<g>{drawn}</g>"


def _placed(kind: str, at: Point, inner: str, data: str = "") -> str:
    return f'<g class="{kind}"{data} transform="translate({at[0]:.1f} {at[1]:.1f})">{inner}</g>'


def shape(registry: "Registry", sector: str) -> str:
    """Return the mark of a sector around 0, 0: a colour and a letter."""
    known = geometry.letters(registry)
    color = _COLORS[[*known].index(sector) % len(_COLORS)]
    return f'<circle fill="{color}" r="{RADIUS}"/><text y="4">{known[sector]}</text>'


def described(registry: "Registry", campus: "Campus") -> str:
    """Return what a mark stands for: the campus, its place, its sector and its wave."""
    sectors = ", ".join(each["label"] for each in registry["sectors"] if each["id"] in campus["sectors"])
    number = _("wave {number}").format(number=wave(campus)) if campus["wave"] else None
    return " · ".join(filter(None, (campus["name"], campus["city"], campus["region"], sectors, number)))


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
