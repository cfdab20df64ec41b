"""Draw a campus as a page: what it is, where, since when and how we know, who leads it, what it does, the evidence."""

from collections.abc import Sequence

from rich.text import Text

from cmq_cli.model import Campus, Registry
from cmq_cli.output.tables.evidence import evidence
from cmq_cli.output.tables.frame import (
    BLANK,
    Fact,
    Look,
    Renderable,
    facts,
    heading,
    lines,
    note,
    page,
    paragraph,
    words,
)


def campus_pages(look: Look, registry: Registry, campuses: Sequence[Campus]) -> Renderable:
    """Draw a page per campus."""
    return page(*(campus_page(look, registry, campus) for campus in campuses))


def campus_page(look: Look, registry: Registry, campus: Campus) -> Renderable:
    """Draw everything that is known of a campus; numbers in brackets are those of the sources that say so."""
    groups = [
        _what(registry, campus),
        _where(look, registry, campus),
        _when(look, registry, campus),
        _who(look, registry, campus),
    ]
    known = [row for group in groups for row in (BLANK, *group)][1:]
    return page(
        heading(look, words(campus.name) + _said(registry, campus, "name")),
        facts(look, known),
        _prose(look, registry, campus, "What it does", "description"),
        _prose(look, registry, campus, "Notes", "notes"),
        evidence(look, registry, campus.sources),
        note(look, f"{look.unknown} no source is known" if _open(campus) else None),
    )


def _open(campus: Campus) -> bool:
    """Tell whether the page shows that something isn't known."""
    shown = (campus.city, campus.academy, campus.labelled_on, campus.wave, campus.excellence, campus.lead_institution)
    return None in shown


def _what(registry: Registry, campus: Campus) -> list[Fact]:
    sectors = words("\n".join(registry.sector_by_id[sector].label for sector in campus.sectors))
    if campus.sectors_basis == "assigned":
        sectors.append("\nassigned from its field, not stated by a source", "dim")
    aliases = _several(registry, campus, "aliases")
    fields = words(", ".join(campus.fields)) + _said(registry, campus, "fields")
    return [
        ("Id", words(campus.id, "cyan")),
        ("Also called", aliases if campus.aliases else None),
        ("Sector", sectors + _said(registry, campus, "sectors")),
        ("Field", fields if campus.fields else None),
    ]


def _where(look: Look, registry: Registry, campus: Campus) -> list[Fact]:
    city = words(campus.city or look.unknown)
    if campus.department_code:
        city.append(f" ({registry.department_by_code[campus.department_code].name}, {campus.department_code})")
    city += _said(registry, campus, "city", "city_code", "department_code")
    if campus.city_code:
        city.append(f"\nINSEE {campus.city_code}", "dim")
    if campus.latitude is not None and campus.longitude is not None:
        city.append(f"\nlatitude {campus.latitude}, longitude {campus.longitude}", "dim")
    academy = words(campus.academy or look.unknown) + _said(registry, campus, "academy")
    if campus.academy_basis == "territory":
        academy.append("\ndeduced from the territory", "dim")
    return [("City", city), ("Academy", academy), ("Region", words(campus.region) + _said(registry, campus, "region"))]


def _when(look: Look, registry: Registry, campus: Campus) -> list[Fact]:
    if campus.labelled_by:
        label = f"{look.unknown} (proven to exist by {campus.labelled_by})"
    else:
        label = campus.labelled_on or look.unknown
    if campus.wave is None:
        wave = words(f"{look.unknown} (not known, or labelled after the five waves)")
    else:
        wave = words(f"{campus.wave} (call of {registry.wave_by_number[campus.wave].call_launched_on})")
    wave += _said(registry, campus, "wave")
    if campus.wave_basis == "deduced":
        wave.append("\ndeduced from the date of the label, not stated by a source", "dim")
    excellence = {None: look.unknown, False: "no", True: "yes"}[campus.excellence]
    if campus.excellence and campus.excellence_since:
        excellence = f"yes, since {campus.excellence_since}"
    return [
        ("Labelled", words(label) + _said(registry, campus, "labelled_on", "labelled_by")),
        ("Wave", wave),
        ("Excellence", words(excellence) + _said(registry, campus, "excellence", "excellence_since")),
    ]


def _who(look: Look, registry: Registry, campus: Campus) -> list[Fact]:
    members = _several(registry, campus, "members")
    website = words(campus.website or "", link=campus.website) + _said(registry, campus, "website")
    return [
        ("Led by", words(campus.lead_institution or look.unknown) + _said(registry, campus, "lead_institution")),
        ("Members", members if campus.members else None),
        ("Website", website if campus.website else None),
    ]


def _prose(look: Look, registry: Registry, campus: Campus, title: str, field: str) -> Text | None:
    text = getattr(campus, field)
    if not text:
        return None
    return lines(words(title, "bold"), paragraph(look, words(text) + _said(registry, campus, field)))


def _several(registry: Registry, campus: Campus, field: str) -> Text:
    """Return the values of a field one below the other, and then the sources, which are those of all of them."""
    values = getattr(campus, field)
    said = _said(registry, campus, field)
    if len(values) > 1 and said:
        return lines(words("\n".join(values)), said[1:])
    return words("\n".join(values)) + said


def _said(registry: Registry, campus: Campus, *fields: str) -> Text:
    """Return the numbers of the sources that support the fields, each a link to the source."""
    numbers = words("")
    for at, one in enumerate(campus.sources, 1):
        if not set(fields).isdisjoint(one.supports):
            url = registry.source_by_id[one.source].url
            numbers += words(f"[{at}]", "dim", link=url)
    return words(" ") + numbers if numbers else numbers
