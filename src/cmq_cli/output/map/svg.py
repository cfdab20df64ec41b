"""The map as SVG: outlines, a mark for each campus with a known seat, and a number for those without one."""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from math import cos, dist, sin, sqrt
from pathlib import Path
from textwrap import wrap

from cmq_cli.language import _, ngettext, plural, spoken
from cmq_cli.output.formats import address, shown
from cmq_cli.output.map import geometry
from cmq_cli.output.map.geometry import WIDTH, Picture, Point
from cmq_cli.output.tables.campuses import wave
from cmq_cli.registry import Campus, Registry
from cmq_cli.text import slug

RADIUS = 9.5
"""Of a mark, in pixels."""
MOST = 200
"""Marks beyond which there is no room to move them apart."""

_COLORS = (
    "#8a5a00", "#6a3d9a", "#b8175e", "#a03c00", "#4d6200", "#0b5fa5", "#00695c",
    "#5a4a42", "#a3159a", "#b3261e", "#1b6e2c", "#3f4fb5", "#555555",
)  # fmt: skip
"""By the number of the sector, over again where there are more; dark enough for a white letter."""

APART = 2 * RADIUS + 6
"""Of the middles of two marks, at least."""


def spread(points: Sequence[Point]) -> list[Point]:
    """Return where marks are drawn so that none hides another: each on a spiral, as near to its own point as is free.

    More than `MOST` stay where they are.
    """
    placed: list[Point] = []
    for x, y in points:
        turns = ((2.4 * at, 3 * sqrt(at)) for at in range(400 if len(points) <= MOST else 1))
        spots = ((x + away * cos(angle), y + away * sin(angle)) for angle, away in turns)
        placed.append(next((spot for spot in spots if is_free(spot, placed)), (x, y)))
    return placed


def is_free(spot: Point, marks: Iterable[Point]) -> bool:
    """Tell whether a mark would hide no other there."""
    return all(dist(spot, mark) >= APART for mark in marks)


def alone(registry: Registry, drawn: Picture, campuses: Sequence[Campus], said: Mapping[str, list[str]]) -> str:
    """Return a whole SVG file: the map, the legend, and the sentences on the `selection` and the `coverage`."""
    marks = _(
        "A letter marks a campus by its first sector, at the commune of its seat; where marks would hide each other "
        "they are moved, and a line leads to the seat. The legend counts each campus once."
    )
    sectors = [(shape(registry, id), f"{label} ({times})") for id, label, times in geometry.legend(registry, campuses)]
    sentences = [("", one) for one in (*said["selection"], *said["coverage"], *geometry.told(drawn, marks))]
    top, lines = 72.0, []
    for mark, words in (*sectors, *sentences):
        kind, left, letters, leading = ("label", 47, 38, 17) if mark else ("small", 20, 50, 15)
        if mark:
            lines.append(_placed("mark", (WIDTH + 20 + RADIUS, top - 4.5), mark))
        for line in wrap(words, letters):
            lines.append(f'<text class="{kind}" x="{WIDTH + left}" y="{top:g}">{text(line)}</text>')
            top += leading
        top += 6
    parts = {
        "height": f"{max(drawn.height, top):.0f}",
        "map_height": f"{drawn.height:.0f}",
        "lang": spoken(),
        "legend": "\n".join(lines),
        "drawing": drawing(registry, drawn),
    }
    return filled("picture.svg", parts)


def drawing(registry: Registry, drawn: Picture, in_page: bool = False) -> str:
    """Return what is inside the SVG. A mark leads to the campus's own site, and its title tells what it stands for.

    In a page marks and numbers lead to what it tells of them.
    """
    moved = spread([seat for _campus, seat in drawn.seats])
    areas, leaders, tallies, marks = [], [], [], []
    for area in drawn.areas:
        region = slug(area.name)
        path = "".join(f"M{' '.join(f'{x:.1f},{y:.1f}' for x, y in ring)}z" for ring in area.rings)
        areas.append(f'<path class="area" data-region="{region}" d="{path}"><title>{text(area.name)}</title></path>')
        if area.code in geometry.OVERSEAS:
            x, y, *_size = geometry.bounds(area.points)
            areas.append(f'<text x="{x:.1f}" y="{y - 8:.1f}">{text(area.name)}</text>')
        if number := drawn.unseated[area.code]:
            one, several = "{region}: {number} whose seat is not known", "{region}: {number} whose seats are not known"
            label = ngettext(one, several, number, region=area.name)
            spots = area.inside()
            moved.append(next((spot for spot in spots if is_free(spot, moved)), area.points[0]))
            data = f' data-tally="{region}" data-spots="{" ".join(f"{x:.0f},{y:.0f}" for x, y in spots[::3])}"'
            link = f"#region={region}" if in_page else None
            inner = f'<circle class="hit" r="{RADIUS}"/><text y="4">+{number}</text>'
            tallies.append(_placed("tally", moved[-1], inner, data, label, link))
    for (campus, seat), at in zip(drawn.seats, moved, strict=False):
        if at != seat:
            path = f"M{at[0]:.1f},{at[1]:.1f}L{seat[0]:.1f},{seat[1]:.1f}"
            leaders.append(f'<path class="leader" data-id="{text(campus["id"])}" d="{path}"/>')
        link = f"#campus={campus['id']}" if in_page else address(campus["website"])
        data = f' data-id="{text(campus["id"])}" data-seat="{seat[0]:.1f} {seat[1]:.1f}"'
        sectors = ", ".join(each["label"] for each in registry["sectors"] if each["id"] in campus["sectors"])
        call = _("wave {number}", number=wave(campus)) if campus["wave"] else None
        label = " · ".join(filter(None, (campus["name"], campus["city"], campus["region"], sectors, call)))
        marks.append(_placed("mark", at, shape(registry, geometry.sector_of(campus)), data, label, link))
    lower, upper = "".join(areas + leaders), "".join(marks)
    return f'<g class="areas" lang="fr">{lower}</g>{"".join(tallies)}<g class="marks" lang="fr">{upper}</g>'


def _placed(kind: str, at: Point, inner: str, data: str = "", label: str = "", link: str | None = None) -> str:
    """Return what is drawn around a point, with a title that says what it stands for, and a link if it has one."""
    title = f"<title>{text(label)}</title>" if label else ""
    drawn = f'{title}<g class="{kind}"{data} transform="translate({at[0]:.1f} {at[1]:.1f})">{inner}</g>'
    return f'<a href="{text(link)}">{drawn}</a>' if link else f"<g>{drawn}</g>"


def shape(registry: Registry, sector: str) -> str:
    """Return the mark of a sector around 0, 0: a colour and a letter."""
    known = geometry.letters(registry)
    color = _COLORS[[*known].index(sector) % len(_COLORS)]
    return f'<circle fill="{color}" r="{RADIUS}"/><text y="4">{known[sector]}</text>'


def text(value: str) -> str:
    """Return text from data as it can stand in SVG or HTML: never markup, no control code, nothing that XML refuses.

    >>> text('<script>"&\\x07')
    '&lt;script&gt;&quot;&amp;\\\\u0007'
    """
    lines = shown(value).replace("\n", " ").translate({0xFFFE: "\\ufffe", 0xFFFF: "\\uffff"})
    return escape(lines, quote=False).replace('"', "&quot;")


def filled(name: str, parts: Mapping[str, str]) -> str:
    """Return a template of this folder with its parts, ``{=name}``, and its messages, ``{_ message _}``, put in.

    Of a message that has a plural, behind a bar, it has both forms.
    """

    def said(found: re.Match[str]) -> str:
        one, _bar, several = found[1].partition(" | ")
        return text(" | ".join(plural(one, several, number) for number in (1, 2)) if several else _(one))

    template = re.sub(r"\{_ (.+?) _\}", said, part(name))
    return re.sub(r"\{=(\w+)\}", lambda found: parts[found[1]], template)


def part(name: str) -> str:
    """Return a file of this folder, without its indents and comments."""
    return re.sub(r"(?m)^ +(//.*\n)?", "", Path(__file__).with_name(name).read_text(encoding="utf-8"))
