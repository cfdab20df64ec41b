"""The map as a page: one file that holds map, filters, list and evidence, and asks the network for nothing."""

from base64 import b64encode
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any
from zlib import compress

from cmq_cli import search
from cmq_cli.language import _, quoted
from cmq_cli.output.answer import Cell, Facts, Look, Prose, Span
from cmq_cli.output.formats import address, as_json
from cmq_cli.output.map.geometry import Picture, remarks
from cmq_cli.output.map.svg import drawing, filled, part, shape, text
from cmq_cli.output.tables.campuses import campus_page, labelled, wave
from cmq_cli.registry import Campus, Registry, index
from cmq_cli.text import SMALL_WORDS, fold, forms, slug, sort_key
from cmq_cli.vocabulary import entries


def page(registry: Registry, drawn: Picture, campuses: Sequence[Campus], said: Mapping[str, list[str]]) -> str:
    """Return the page as HTML, with sentences by what they are on; texts of the registry are only ever texts there."""
    by_name = sorted(campuses, key=lambda campus: sort_key(campus["name"]))
    regions = sorted({campus["region"] for campus in campuses}, key=sort_key)
    used = Counter(sector for campus in campuses for sector in campus["sectors"])
    sectors = index(registry["sectors"])
    documented = Counter(campus["wave"] for campus in registry["campuses"])
    waves = {wave["number"]: (documented[wave["number"]], wave["new"]) for wave in registry["waves"]}
    live = {"lang": _("en"), "waves": waves, "search": _searched(registry, by_name)}
    inline = {"script": part("search.js") + part("page.js"), "style": part("page.css")}
    marks = _("A letter marks a campus by its first sector, at the commune of its seat; a number, several.")
    sentences = {**said, "notes": remarks(drawn, marks)}
    parts = {
        **inline,
        **{f"{kind}_digest": b64encode(sha256(code.encode()).digest()).decode() for kind, code in inline.items()},
        **{name: [{"sentence": each} for each in several] for name, several in sentences.items()},
        "lang": _("en"),
        "quoted": quoted("{text}"),
        "sectors": registry["sectors"],
        "regions": [{"slug": slug(region), "name": region} for region in regions],
        "waves": [{"number": number, "label": _("Wave {number}", number=number)} for number in waves],
        "campuses": [_campus(registry, campus) for campus in by_name],
        "found": bool(campuses),
        "height": round(drawn.height),
        "drawing": drawing(registry, drawn, in_page=True),
        "legend": [{**sectors[id], "shape": shape(registry, id), "number": times} for id, times in used.most_common()],
        "credit": _("Facts: {licence}.", licence=registry["licence"]["facts"]),
        "data": b64encode(compress(as_json(live, indent=None).encode(), 9)).decode(),  # else a fifth of the page
    }
    return filled(part("page.html"), parts)


def _campus(registry: Registry, campus: Campus) -> dict[str, Any]:
    """Return what the page has of a campus: its row in the list, and what opens behind its name."""
    labels = index(registry["sectors"])
    mark = "*" if campus["sectors_basis"] == "assigned" else ""
    blocks = campus_page(Look(None, colored=True), registry, campus)
    title, facts = next((block.title, block.rows) for block in blocks if isinstance(block, Facts))
    return {
        **campus,
        "sectors": " ".join(campus["sectors"]),
        "labels": _("; ").join(f"{labels[sector]['label']}{mark}" for sector in campus["sectors"]),
        "wave": wave(campus),
        "labelled": labelled(campus),
        "heading": _html(title),
        "facts": [{"fact": name, "html": _html(value)} for name, value in facts],
        "prose": [{**block._asdict(), "html": _html(block.text)} for block in blocks if isinstance(block, Prose)],
    }


def _html(cell: Cell) -> str:
    """Return spans with their links, but for those of the numbers of sources, which stand below, and for commands."""
    html = ""
    for span in (Span(cell),) if isinstance(cell, str) else cell:
        link = None if span.text.startswith("[") else address(span.link)
        if not span.text.strip().startswith("(cmq "):
            inner = "<br>".join(map(text, span.text.split("\n")))
            html += f'<a href="{text(link)}">{inner}</a>' if link else inner
    return html


def _searched(registry: Registry, campuses: Sequence[Campus]) -> dict[str, object]:
    """Return what the page looks for words in, folded, and what is said instead of other words."""
    together = dict.fromkeys(search.runs(registry).values())
    return {
        "texts": [";".join(each.values()) for each in search.searchable({**registry, "campuses": [*campuses]})],
        "weights": [*search.WEIGHTS.values()],
        "points": [search.OPENING, search.INSIDE, search.BEGINNING],
        "title": search.TITLE.pattern,
        "small": sorted(SMALL_WORDS),
        "aside": sorted(search.ASIDE),
        "silent": sorted(search.SILENT),
        "together": [[each.said, each.feminine, *each.words] for each in together],
        "spelled": search.spelled(registry),
        "sectors": [
            {
                "id": sector.value,
                "names": [*map(fold, sector.spellings)],
                "called": sorted({form for name in sector.spellings for form in forms(name)}),
                "campuses": [at for at, campus in enumerate(campuses) if sector.value in campus["sectors"]],
            }
            for sector in entries(registry, "sector")
        ],
    }
