"""The map as a page: one file that holds map, filters, table and evidence, and asks the network for nothing."""

import json
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from cmq_cli.model import Campus, Registry, Source
from cmq_cli.output import records
from cmq_cli.output.controls import SHOWN, address
from cmq_cli.output.map import marks, palette
from cmq_cli.output.map.frames import CREDIT
from cmq_cli.output.map.plan import RADIUS, WIDTH, Plan
from cmq_cli.output.map.svg import TITLE, drawing, text
from cmq_cli.search import ARTICLES, GENERIC, NAMING, OWN_WEIGHTS, texts
from cmq_cli.slugs import slug
from cmq_cli.text import SMALL_WORDS, fold
from cmq_cli.trades import ENDINGS

_SHOWN = frozenset(records.CAMPUS) - {"region", "city_code", "department_code", "latitude", "longitude"}
"""The fields of a campus that the page shows, or from which it tells what it shows."""

_WHOLE = re.compile(r"\d{4}(-\d\d)+")
"""A date, which a line doesn't break."""

_ENDING_A_SCRIPT = {ord(char): f"\\u{ord(char):04x}" for char in "<>&"}
"""What could end a script or begin a comment in it: in JSON it stands in texts only, where it may be escaped."""


class Said(NamedTuple):
    """The sentences on the page, each whole."""

    lead: str
    """How much the registry knows."""
    selection: Sequence[str]
    """Which campuses were asked for, and what could not be told; empty for all."""
    completeness: Sequence[str]
    waves: dict[int, str]
    """What is documented of each wave."""
    notes: str
    """How to read the map, and what it doesn't show."""


def page(registry: Registry, plan: Plan, campuses: Sequence[Campus], said: Said) -> str:
    """Return the page as HTML; whatever the texts of the registry hold, they are only ever texts there."""
    script, folding, style = (_part(name) for name in ("page.js", "fold.js", "page.css"))
    slugs = {region.code: slug(region.name) for region in registry.territories.regions}
    drawn = drawing(
        registry, plan, lambda campus: f"#campus={quote(campus.id)}", lambda code: f"#region={quote(slugs[code])}"
    )
    parts = {
        "title": TITLE,
        "script_hashes": f"{_allowed(folding)} {_allowed(script)}",
        "style_hash": _allowed(style),
        "style": style,
        "coverage": _WHOLE.sub(r'<span class="whole">\g<0></span>', text(said.lead)),
        "selection": "\n".join(f"<p>{text(sentence)}</p>" for sentence in said.selection),
        "width": str(WIDTH + 16),
        "height": str(round(plan.height) + 16),
        "drawing": "\n".join(drawn),
        "legend": "\n".join(_legend(registry, campuses)),
        "notes": text(said.notes),
        "completeness": "\n".join(f"<li>{text(sentence)}</li>" for sentence in said.completeness),
        "credit": text(f"{CREDIT} Facts: {registry.licence.facts}. Coordinates: {registry.licence.coordinates}."),
        "data": _json(_data(registry, campuses, said, slugs)),
        "fold": folding,
        "script": script,
    }
    return re.sub(r"\{(\w+)\}", lambda match: parts[match[1]], _part("page.html"))


def _part(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _allowed(inline: str) -> str:
    """Return what lets the browser run this very script, or apply this very style, and no other."""
    return f"'sha256-{b64encode(sha256(inline.encode()).digest()).decode()}'"


def _legend(registry: Registry, campuses: Sequence[Campus]) -> list[str]:
    """Return a button for each sector that one of the campuses has, the most frequent first."""
    letters = marks.letters(registry.sectors)
    numbers = {sector.id: number for number, sector in enumerate(registry.sectors)}
    used = {sector: sum(sector in campus.sectors for campus in campuses) for sector in numbers}
    lines = []
    for sector in sorted((each for each in registry.sectors if used[each.id]), key=lambda each: -used[each.id]):
        number = numbers[sector.id]
        shape = f'<path fill="{palette.color(number)}" d="{palette.shape(number, RADIUS)}"/><text y="4">'
        lines.append(
            f'<li><button type="button" aria-pressed="false" data-sector="{text(sector.id)}">'
            f'<svg class="mark" viewBox="-13 -13 26 26" aria-hidden="true">{shape}{letters[sector.id]}</text></svg>'
            f'<span lang="fr">{text(sector.label)}</span><span class="number">{used[sector.id]}</span></button></li>'
        )
    return lines


def _data(registry: Registry, campuses: Sequence[Campus], said: Said, slugs: dict[str, str]) -> dict[str, Any]:
    """Return what the script needs to know."""
    cited = dict.fromkeys(evidence.source for campus in campuses for evidence in campus.sources)
    numbers = {source: number for number, source in enumerate(cited)}
    return {
        "campuses": [
            _campus(registry, campus, numbers, searched.parts)
            for campus, searched in zip(campuses, texts(registry, campuses), strict=True)
        ],
        "sources": [_source(registry.source_by_id[source]) for source in cited],
        "sectors": [
            {
                "id": sector.id,
                "label": sector.label,
                "folded": fold(sector.label),
                "keywords": [fold(word) for word in sector.keywords],
            }
            for sector in registry.sectors
        ],
        "regions": [
            {"code": region.code, "name": region.name, "slug": slugs[region.code]}
            for region in registry.territories.regions
        ],
        "waves": [{"number": number, "sentence": sentence} for number, sentence in said.waves.items()],
        "small": sorted(SMALL_WORDS),
        "generic": sorted(GENERIC),
        "trades": ENDINGS,
        "articles": ARTICLES,
    }


def _campus(
    registry: Registry, campus: Campus, numbers: Mapping[str, int], searched: Mapping[str, Sequence[str]]
) -> records.Row:
    """Return what the page shows of a campus: what is known, its sources by number, and the texts that words are in."""
    record = {name: value for name, value in records.campus(registry, campus).items() if name in _SHOWN}
    record["website"] = address(campus.website)
    record["sources"] = [
        {"source": numbers[each.source], "supports": each.supports, "quote": each.quote} for each in campus.sources
    ]
    naming = [part for kind in OWN_WEIGHTS if kind in NAMING for part in searched[kind]]
    others = [part for kind in OWN_WEIGHTS if kind not in NAMING for part in searched[kind]]
    record["naming"] = list(dict.fromkeys(naming))
    record["texts"] = list(dict.fromkeys(others))
    record["prose"] = list(searched["description"])
    return {name: value for name, value in record.items() if value is not None}


def _source(source: Source) -> records.Row:
    return {
        "title": source.title,
        "url": address(source.url),
        "publisher": source.publisher,
        "published": source.published,
    }


def _json(value: object) -> str:
    """Return JSON that can stand in a page: as text that nothing in it, whatever it says, can leave."""
    return json.dumps(_tamed(value), ensure_ascii=False, separators=(",", ":")).translate(_ENDING_A_SCRIPT)


def _tamed(value: Any) -> Any:
    """Return the value with what would reorder a line or can't be written spelled out in its texts."""
    if isinstance(value, str):
        return value.translate(SHOWN).encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {name: _tamed(inner) for name, inner in value.items()}
    return [_tamed(inner) for inner in value] if isinstance(value, (list, tuple)) else value
