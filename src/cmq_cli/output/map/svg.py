"""The map as SVG: outlines, a mark for each campus with a known seat, and a number for those without one."""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from math import cos, dist, sin, sqrt
from pathlib import Path
from textwrap import wrap
from typing import Any

from cmq_cli.language import _, ngettext, plural
from cmq_cli.output.formats import address, shown
from cmq_cli.output.map import geometry
from cmq_cli.output.map.geometry import WIDTH, Picture, Point
from cmq_cli.output.tables.campuses import wave
from cmq_cli.registry import Campus, Registry
from cmq_cli.text import slug

RADIUS = 9.5  # of a mark, in pixels
APART = 25  # from the middle of a mark to that of another, at least
_COLORS = (  # by the number of the sector, over again where there are more; dark enough for a white letter
    "#8a5a00", "#6a3d9a", "#b8175e", "#a03c00", "#4d6200", "#0b5fa5", "#00695c",
    "#5a4a42", "#a3159a", "#b3261e", "#1b6e2c", "#3f4fb5", "#555555",
)  # fmt: skip


def spread(points: Sequence[Point]) -> list[Point]:
    """Return where marks hide no other, each on a spiral around its own point, as near as is free."""
    placed: list[Point] = []
    for x, y in points:
        turns = range(400 if len(points) <= 200 else 0)  # more have no room to be moved apart
        spots = ((x + 3 * sqrt(at) * cos(2.4 * at), y + 3 * sqrt(at) * sin(2.4 * at)) for at in turns)
        placed.append(_free(spots, placed) or (x, y))
    return placed


def _free(spots: Iterable[Point], marks: Iterable[Point]) -> Point | None:
    return next((spot for spot in spots if all(dist(spot, mark) >= APART for mark in marks)), None)


def alone(registry: Registry, drawn: Picture, campuses: Sequence[Campus], said: Mapping[str, list[str]]) -> str:
    """Return a whole SVG file: the map, the legend, and the sentences on the `selection` and the `coverage`."""
    marks = _(
        "A letter marks a campus by its first sector, at the commune of its seat; where marks would hide each other "
        "they are moved, and a line leads to the seat. The legend counts each campus once."
    )
    sectors = [(shape(registry, id), f"{label} ({times})") for id, label, times in geometry.legend(registry, campuses)]
    sentences = [("", one) for one in (*said["selection"], *said["coverage"], *geometry.remarks(drawn, marks))]
    top, legend = 72.0, ""
    for mark, words in (*sectors, *sentences):
        kind, left, letters, leading = ("label", 47, 38, 17) if mark else ("small", 20, 50, 15)
        if mark:
            legend += f'<g class="mark" transform="translate({WIDTH + 20 + RADIUS} {top - 4.5})">{mark}</g>\n'
        for line in wrap(words, letters):
            legend += f'<text class="{kind}" x="{WIDTH + left}" y="{top:g}">{text(line)}</text>\n'
            top += leading
        top += 6
    parts = {"lang": _("en"), "height": round(max(drawn.height, top)), "map_height": round(drawn.height)}
    return filled(part("picture.svg"), {**parts, "legend": legend, "drawing": drawing(registry, drawn)})


def drawing(registry: Registry, drawn: Picture, in_page: bool = False) -> str:
    """Return what is inside the SVG. Marks lead to the sites of campuses; in a page, to what it tells of them."""
    moved = spread([seat for _campus, seat in drawn.seats])
    areas, leaders, tallies, marks = "", "", "", ""
    for area in drawn.areas:
        region, name = slug(area.name), text(area.name)
        path = ""
        for ring in area.rings:
            path += f"M{' '.join(f'{x:.1f},{y:.1f}' for x, y in ring)}z"
        areas += f'<path class="area" data-region="{region}" d="{path}"><title>{name}</title></path>'
        if area.code in geometry.OVERSEAS:
            x, y, *_size = geometry.bounds(area.rings)
            areas += f'<text x="{x:.1f}" y="{y - 8:.1f}">{name}</text>'
        if number := drawn.unseated[area.code]:
            one, several = "{region}: {number} whose seat is not known", "{region}: {number} whose seats are not known"
            label = ngettext(one, several, number, region=area.name)
            spots = area.inside()
            moved.append(_free(spots, moved) or area.rings[0][0])
            inner = f'<circle class="hit" r="{RADIUS}"/><text y="4">+{number}</text>'
            data = f'data-tally="{region}" data-spots="{" ".join(f"{x:.0f},{y:.0f}" for x, y in spots[::3])}"'
            tallies += _placed("tally", moved[-1], inner, data, label, f"#region={region}" if in_page else None)
    for (campus, seat), at in zip(drawn.seats, moved, strict=False):
        id = text(campus["id"])
        if at != seat:
            path = f"M{at[0]:.1f},{at[1]:.1f}L{seat[0]:.1f},{seat[1]:.1f}"
            leaders += f'<path class="leader" data-id="{id}" d="{path}"/>'
        sectors = ", ".join(each["label"] for each in registry["sectors"] if each["id"] in campus["sectors"])
        call = _("wave {number}", number=wave(campus)) if campus["wave"] else None
        label = " · ".join(filter(None, (campus["name"], campus["city"], campus["region"], sectors, call)))
        link = f"#campus={id}" if in_page else address(campus["website"])
        data = f'data-id="{id}" data-seat="{seat[0]:.1f} {seat[1]:.1f}"'
        marks += _placed("mark", at, shape(registry, geometry.sector_of(campus)), data, label, link)
    return f'<g class="areas" lang="fr">{areas}{leaders}</g>{tallies}<g class="marks" lang="fr">{marks}</g>'


def _placed(kind: str, at: Point, inner: str, data: str, label: str, link: str | None) -> str:
    mark = f'<g class="{kind}" {data} transform="translate({at[0]:.1f} {at[1]:.1f})">{inner}</g>'
    named = f"<title>{text(label)}</title>{mark}"
    return f'<a href="{text(link)}">{named}</a>' if link else f"<g>{named}</g>"


def shape(registry: Registry, sector: str) -> str:
    """Return the mark of a sector around 0, 0: a colour and a letter."""
    letter, color = geometry.marks(registry, _COLORS)[sector]
    return f'<circle fill="{color}" r="{RADIUS}"/><text y="4">{letter}</text>'


def text(value: object) -> str:
    """Return text from data as it can stand in SVG or HTML: never markup, no control code, nothing that XML refuses."""
    line = shown("" if value is None else str(value)).replace("\n", " ")
    return escape(line.translate({0xFFFE: "\\ufffe", 0xFFFF: "\\uffff"}), quote=False).replace('"', "&quot;")


def filled(template: str, parts: Mapping[str, Any]) -> str:
    """Return a template with its parts and messages put in."""

    def put(found: re.Match[str]) -> str:
        name, inside, kind, value, message = found.groups()
        if name:  # {#name}…{/name} stands once for each record of a list, or where there is something
            each = parts[name] if isinstance(parts[name], list) else [{}] * bool(parts[name])
            return "".join(filled(inside, {**parts, **record}) for record in each)
        if kind:  # {&name} is markup, {=name} a text
            return str(parts[value]) if kind == "&" else text(parts[value])
        one, _bar, several = message.partition(" | ")  # {_ message _} is translated: with a plural, in both forms
        return text(" | ".join(plural(one, several, number) for number in (1, 2)) if several else _(one))

    return re.sub(r"(?s)\{#(\w+)\}(.*?)\{/\1\}|\{([=&])(\w+)\}|\{_ (.+?) _\}", put, template)


def part(name: str) -> str:
    """Return a file of this folder, without its indents and comments."""
    return re.sub(r"(?m)^ +(//.*\n)?", "", Path(__file__).with_name(name).read_text(encoding="utf-8"))
