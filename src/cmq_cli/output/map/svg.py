"""The map as SVG: outlines, insets, a mark for each campus with a known seat, and a number for those without one."""

from collections.abc import Callable, Iterable, Sequence
from html import escape
from math import dist
from textwrap import wrap

from cmq_cli.model import Campus, Registry
from cmq_cli.output.controls import SHOWN, address
from cmq_cli.output.map import marks, palette
from cmq_cli.output.map.frames import Point
from cmq_cli.output.map.plan import CROWDED, LABEL, RADIUS, WIDTH, Pin, Plan, Tally

TITLE = "Campus des métiers et des qualifications"

LEGEND = 330
"""Width of the legend in pixels."""

_MARGIN, _LINE = 8, 17
_TITLE_LETTERS, _ENTRY_LETTERS, _SENTENCE_LETTERS = 30, 38, 50
_MOVED = 3
"""Pixels beyond which a mark that was moved is joined to its seat."""

_STYLE = """\
svg { background: #fff; font: 13px system-ui, "Segoe UI", "Liberation Sans", sans-serif; fill: #1f2328 }
.area { fill: #eef1f4; stroke: #9aa4ae; stroke-linejoin: round }
.inset { fill: none; stroke: #d0d7de }
.leader line { stroke: #1f2328; stroke-width: .7 }
.mark path { stroke: #fff; stroke-width: 1.2 }
.mark text { fill: #fff; font-weight: 700; font-size: 11px; text-anchor: middle }
.tally { font-weight: 600; text-anchor: middle; fill: #444c56 }
.title { font-size: 18px; font-weight: 700 }
.small { font-size: 11px; fill: #57606a }
"""


def text(value: str) -> str:
    """Return text from data as it can stand in SVG or HTML: never markup, no control code, nothing that XML refuses.

    >>> text('<script>"&\\x07')
    '&lt;script&gt;&quot;&amp;\\\\x07'
    """
    shown = value.translate(SHOWN | {0xFFFE: "\\ufffe", 0xFFFF: "\\uffff"})
    return escape(shown.encode("utf-8", "backslashreplace").decode())


def described(registry: Registry, campus: Campus) -> str:
    """Return what a mark stands for: the campus, its place, its sector and its wave."""
    sectors = ", ".join(registry.sector_by_id[sector].label for sector in campus.sectors)
    waves = {"stated": f"wave {campus.wave}", "deduced": f"wave {campus.wave} (deduced)"}
    said = (campus.name, campus.city, campus.region, sectors, waves.get(campus.wave_basis or ""))
    return " · ".join(each for each in said if each)


def alone(registry: Registry, plan: Plan, campuses: Sequence[Campus], sentences: Iterable[str]) -> str:
    """Return a whole SVG file: the map, beside it the legend, and below that what must be said about them."""
    left, top = WIDTH + 15, 72.0
    titles = enumerate(wrap(TITLE, _TITLE_LETTERS))
    beside = [f'<text class="title" x="{left}" y="{16 + 22 * at}">{text(line)}</text>' for at, line in titles]
    for entry in marks.legend(registry, campuses):
        beside.append(_placed("mark", (left + RADIUS, top - 4.5), _shape(entry.number, entry.letter, RADIUS)))
        for line in wrap(f"{entry.label} ({entry.campuses})", _ENTRY_LETTERS):
            beside.append(f'<text x="{left + 27}" y="{top:g}">{text(line)}</text>')
            top += _LINE
        top += 6
    for sentence in sentences:
        for line in wrap(sentence, _SENTENCE_LETTERS):
            beside.append(f'<text class="small" x="{left}" y="{top:g}">{text(line)}</text>')
            top += _LINE - 2
        top += 6
    width, height = WIDTH + LEGEND + 2 * _MARGIN, round(max(plan.height, top)) + 2 * _MARGIN
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
            f' viewBox="{-_MARGIN} {-_MARGIN} {width} {height}" lang="fr">',
            f"<title>{TITLE}</title>",
            f"<style>\n{_STYLE}</style>",
            *beside,
            *drawing(registry, plan, lambda campus: address(campus.website)),
            "</svg>\n",
        )
    )


def drawing(
    registry: Registry,
    plan: Plan,
    link: Callable[[Campus], str | None],
    region_link: Callable[[str], str] | None = None,
) -> list[str]:
    """Return the lines inside the SVG; `link` and `region_link` tell where a mark and a region's number lead to.

    What a mark stands for is its title, which is seen when a pointer rests on it. In a page, where the regions have
    links, it is the label of its link instead: the page shows more than a title can.
    """
    marking = marks.marking(registry)
    lines = ['<g class="areas" lang="fr">']
    for area in plan.areas:
        shown = "".join(f"M{'L'.join(map(_xy, ring))}z" for ring in area.rings)
        lines.append(
            f'<path class="area" data-region="{text(area.code)}" d="{shown}"><title>{text(area.name)}</title></path>'
        )
    lines.append('</g><g class="insets" lang="fr">')
    for inset in plan.insets:
        left, top, width, height = inset.box
        lines.append(
            f'<rect class="inset" x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:g}" rx="4"/>'
        )
        named = ((top + LABEL * at - 5, line) for at, line in enumerate(inset.lines, 1) if line)
        lines += (f'<text x="{left + 8:.1f}" y="{down:.1f}">{text(line)}</text>' for down, line in named)
    lines.append('</g><g class="tallies">')
    lines += (_tally(tally, region_link) for tally in plan.tallies)
    lines.append('</g><g class="leaders">')
    lines += (_leader(pin) for pin in plan.pins if dist(pin.at, pin.seat) > _MOVED)
    lines.append('</g><g class="marks" lang="fr">')
    for pin in plan.pins:
        number, letter = marking(pin.campus)
        shape = _shape(number, "", CROWDED) if plan.is_crowded else _shape(number, letter, RADIUS)
        label = described(registry, pin.campus)
        title = "" if region_link else f"<title>{text(label)}</title>"
        drawn = _placed("mark", pin.at, title + shape, pin.campus.id)
        lines.append(_linked(drawn, link(pin.campus), label if region_link else None))
    lines.append("</g>")
    return lines


def _tally(tally: Tally, region_link: Callable[[str], str] | None) -> str:
    """Return the number of the campuses that are only counted, as a text that may lead to their region."""
    number = len(tally.campuses)
    label = f"{tally.name}: {number} without a place on the map"
    inner = f'<title>{text(label)}</title><text y="4">+{number}</text>'
    placed = _placed("tally", tally.at, inner, attributes=f' data-tally="{text(tally.code)}"')
    return _linked(placed, region_link(tally.code), label) if region_link else placed


def _leader(pin: Pin) -> str:
    """Return the line from a seat to its mark, which was moved so that it can be seen."""
    x, y = (f"{seat - at:.1f}" for seat, at in zip(pin.seat, pin.at, strict=True))
    line = f'<line x1="{x}" y1="{y}" x2="0" y2="0"/><circle cx="{x}" cy="{y}" r="1.8"/>'
    return _placed("leader", pin.at, line, pin.campus.id)


def _shape(number: int, letter: str, radius: float) -> str:
    shape = f'<path fill="{palette.color(number)}" d="{palette.shape(number, radius)}"/>'
    return f'{shape}<text y="4">{text(letter)}</text>' if letter else shape


def _placed(kind: str, at: Point, inner: str, identifier: str | None = None, attributes: str = "") -> str:
    data = "" if identifier is None else f' data-id="{text(identifier)}"'
    return f'<g class="{kind}"{data}{attributes} transform="translate({at[0]:.1f} {at[1]:.1f})">{inner}</g>'


def _linked(drawn: str, target: str | None, label: str | None = None) -> str:
    said = f' aria-label="{text(label)}"' if label else ""
    return drawn if target is None else f'<a href="{text(target)}"{said}>{drawn}</a>'


def _xy(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"
