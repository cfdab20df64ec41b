"""The map as a page: one file that holds map, filters, list and evidence, and asks the network for nothing."""

from base64 import b64encode
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from html import escape
from typing import Any
from zlib import compress

from cmq_cli import question, search
from cmq_cli.language import _, quoted, semicolon, spoken
from cmq_cli.output.answer import Cell, Facts, Heading, Look, Prose, Span
from cmq_cli.output.formats import address, as_json, shown
from cmq_cli.output.map.geometry import Picture, told
from cmq_cli.output.map.svg import drawing, filled, part, shape, text
from cmq_cli.output.tables.campuses import campus_page, labelled, wave
from cmq_cli.registry import Campus, Registry, Sector, index
from cmq_cli.text import SMALL_WORDS, fold, forms, slug, sort_key
from cmq_cli.vocabulary import KINDS


def page(registry: Registry, drawn: Picture, campuses: Sequence[Campus], said: Mapping[str, list[str]]) -> str:
    """Return the page as HTML; whatever the texts of the registry hold, they are only ever texts there.

    `said` has sentences: `coverage`, how much the registry knows; `selection`, which campuses were asked for;
    `completeness`, how many campuses there were when.
    """
    sectors = index(registry["sectors"])
    by_name = sorted(campuses, key=lambda campus: sort_key(campus["name"]))
    regions = sorted({campus["region"] for campus in campuses}, key=sort_key)
    waves = {wave["number"]: _("Wave {number}", number=wave["number"]) for wave in registry["waves"]}
    used = Counter(sector for campus in campuses for sector in campus["sectors"])
    documented = Counter(campus["wave"] for campus in registry["campuses"])
    announced = {wave["number"]: (documented[wave["number"]], wave["new"]) for wave in registry["waves"]}
    live = {"lang": spoken(), "waves": announced, "search": _searched(registry, by_name)}
    inline = {"script": part("search.js") + part("page.js"), "style": part("page.css")}
    digests = {kind: b64encode(sha256(code.encode()).digest()).decode() for kind, code in inline.items()}
    marks = _("A letter marks a campus by its first sector, at the commune of its seat; a number, several.")
    said = {**said, "notes": told(drawn, marks)}
    parts = {
        **{name: "".join(f"<p>{text(sentence)}" for sentence in sentences) for name, sentences in said.items()},
        "lang": spoken(),
        "quoted": quoted("{text}"),
        **inline,
        "allowed": "; ".join(f"{kind}-src 'sha256-{digest}'" for kind, digest in digests.items()),
        "sector_options": _options({id: sector["label"] for id, sector in sectors.items()}),
        "region_options": _options({slug(region): region for region in regions}),
        "wave_options": _options(waves),
        "rows": "\n".join(_row(campus, sectors) for campus in by_name),
        "empty": " hidden" if campuses else "",
        "height": f"{drawn.height:.0f}",
        "drawing": drawing(registry, drawn, in_page=True),
        "legend": "\n".join(_button(registry, sectors[sector], number) for sector, number in used.most_common()),
        "credit": text(_("Facts: {licence}.", licence=registry["licence"]["facts"])),
        "articles": "\n".join(_article(registry, campus) for campus in by_name),
        "data": b64encode(compress(as_json(live, indent=None).encode(), 9)).decode(),  # else a fifth of the page
    }
    return filled("page.html", parts)


def _options(labels: Mapping[Any, str]) -> str:
    return "".join(f'<option value="{text(str(value))}">{text(label)}</option>' for value, label in labels.items())


def _row(campus: Campus, sectors: Mapping[str, Sector]) -> str:
    """Return the row of a campus, in the order of the columns; HTML closes cells and rows by itself."""
    mark = "*" if campus["sectors_basis"] == "assigned" else ""
    cells = (
        campus["city"] or "",
        campus["region"],
        semicolon().join(f"{sectors[sector]['label']}{mark}" for sector in campus["sectors"]),
        str(wave(campus) or ""),
        labelled(campus) or "",
    )
    row = f'<tr data-id="{text(campus["id"])}" data-sectors="{text(" ".join(campus["sectors"]))}">'
    name = f'<th scope="row"><a href="#campus={text(campus["id"])}">{text(campus["name"])}</a>'
    return row + name + "".join(f"<td>{text(cell)}" for cell in cells)


def _button(registry: Registry, sector: Sector, number: int) -> str:
    """Return the line of the legend by which a sector is chosen."""
    return (
        f'<li><button type="button" aria-pressed="false" data-sector="{text(sector["id"])}">'
        f'<svg class="mark" viewBox="-13 -13 26 26" aria-hidden="true">{shape(registry, sector["id"])}</svg>'
        f'<span lang="fr">{text(sector["label"])}</span><span class="number">{number}</span></button></li>'
    )


def _article(registry: Registry, campus: Campus) -> str:
    """Return all that is known of a campus, as ``cmq show`` tells it."""
    html = ""
    for block in campus_page(Look(None, colored=True), registry, campus):
        if isinstance(block, Heading):
            html += f"<h2>{_cell(block.text)}</h2>"
        elif isinstance(block, Facts):
            html += f"<dl>{''.join(f'<dt>{text(name)}<dd>{_cell(value)}' for name, value in block.rows)}</dl>"
        elif isinstance(block, Prose):
            html += f"<h3>{text(block.title)}</h3>" if block.title else ""
            html += f"<p>{text(block.mark)}{_cell(block.text)}"
    return f'<article id="campus={text(campus["id"])}">{html}</article>'


def _cell(cell: Cell) -> str:
    """Return spans with their links, but for those of the numbers of sources, which stand below, and for commands."""
    html = ""
    for span in (Span(cell),) if isinstance(cell, str) else cell:
        link = None if span.text.startswith("[") else address(span.link)
        if not span.text.strip().startswith("(cmq "):
            inner = escape(shown(span.text), quote=False).replace("\n", "<br>")
            html += f'<a href="{text(link)}">{inner}</a>' if link else inner
    return html


def _searched(registry: Registry, campuses: Sequence[Campus]) -> dict[str, object]:
    """Return what the page looks for words in, folded, and what is said instead of other words."""
    here: Registry = {**registry, "campuses": [*campuses]}
    together = dict.fromkeys(question.runs(registry).values())
    return {
        "texts": [";".join(each.values()) for each in search.searchable(here)],
        "weights": [*search.WEIGHTS.values()],
        "points": [search.OPENING, search.INSIDE, search.BEGINNING],
        "title": question.TITLE.pattern,
        "small": sorted(SMALL_WORDS),
        "aside": sorted(question.ASIDE),
        "silent": sorted(question.SILENT),
        "together": [[each.said, each.feminine, *each.words] for each in together],
        "spelled": search.spelled(registry),
        "sectors": [
            {
                "id": sector.value,
                "names": [*map(fold, sector.exact)],
                "called": sorted({form for name in sector.exact for form in forms(name)}),
                "campuses": [at for at, campus in enumerate(campuses) if sector.value in campus["sectors"]],
            }
            for sector in KINDS["sector"].entries(registry)
        ],
    }
