"""Draw lists of campuses, one campus as a page, and counts."""

from collections.abc import Sequence

from rich import box
from rich.console import Group
from rich.panel import Panel
from rich.text import Text

from cmq_cli.model import Campus, Registry
from cmq_cli.output.tables.evidence import evidence
from cmq_cli.output.tables.frame import GAP, Look, Renderable, bar, facts, grid, lines, note, page, words, wrap
from cmq_cli.query import Count, Value

DEDUCED = "* wave deduced from the date of the label (cmq show ID tells how)"
BY = "by: the label is proven to have existed at that date; when it began is not known"

WAVE_WIDTH = 4
LABEL_WIDTH = len("by 2017-02-13")
LONGEST_ID = 42


def campus_list(
    look: Look,
    registry: Registry,
    campuses: Sequence[Campus],
    remarks: Sequence[str],
    distances: dict[str, float] | None = None,
) -> Renderable:
    """Draw a table of campuses, with their distances in km where there are any."""
    if not campuses:
        return words("\n".join(remarks))
    layout = _layout(look, distances is not None)
    table = grid(look, *layout, right=("km",), widths=layout, apart="Id" not in layout)
    for campus in campuses:
        cells = {
            "Campus": words(campus.name, "bold"),
            "Id": words(campus.id, "cyan"),
            "Where": words(place(campus)),
            "Sector": words("\n".join(registry.sector_by_id[sector].label for sector in campus.sectors)),
            "Wave": words(wave(look, campus)),
            "Labelled": words(labelled(look, campus)),
            "km": words(f"{distances[campus.id]:.1f}" if distances else ""),
        }
        below = [cells[name] for name in ("Id", "Where") if name not in layout]
        cells["Campus"] = lines(cells["Campus"], *below)
        table.add_row(*(wrap(cells[name], layout[name]) for name in layout))
    deduced = any(campus.wave_basis == "deduced" for campus in campuses)
    proven = any(campus.labelled_by for campus in campuses)
    return page(table, note(*remarks, DEDUCED if deduced else None, BY if proven else None))


def _layout(look: Look, distances: bool) -> dict[str, int]:
    """Return the columns that fit, with their widths; what has no column of its own goes below the name."""
    layout = {"km": 6} if distances else {}
    room = look.width - sum(width + GAP for width in (*layout.values(), WAVE_WIDTH)) - LABEL_WIDTH
    if look.wide:
        sector = 30 if room >= 150 else 0
        where = min(max(look.width - 100, 18), 27)
        name = min(room - sector - where - LONGEST_ID - GAP * (4 if sector else 3), 60)
        layout |= {"Campus": name, "Id": LONGEST_ID, "Where": where} | ({"Sector": sector} if sector else {})
    elif look.narrow:
        layout |= {"Campus": room - GAP}
    else:
        where = min(max(room - LONGEST_ID - 2 * GAP, 15), 27)
        layout |= {"Campus": room - where - 2 * GAP, "Where": where}
    return layout | {"Wave": WAVE_WIDTH, "Labelled": LABEL_WIDTH}


def place(campus: Campus) -> str:
    """Return the city and region, as far as they are known."""
    return f"{campus.city}\n{campus.region}" if campus.city else campus.region


def wave(look: Look, campus: Campus) -> str:
    """Return the wave's number, with a mark where it is deduced."""
    if campus.wave is None:
        return look.unknown
    return f"{campus.wave}*" if campus.wave_basis == "deduced" else str(campus.wave)


def labelled(look: Look, campus: Campus) -> str:
    """Return the date of the label, as precise as it is known; or the date by which it is proven."""
    if campus.labelled_on:
        return campus.labelled_on
    return f"by {campus.labelled_by}" if campus.labelled_by else look.unknown


def campus_pages(look: Look, registry: Registry, campuses: Sequence[Campus]) -> Renderable:
    """Draw a page per campus."""
    return page(*(campus_page(look, registry, campus) for campus in campuses))


def campus_page(look: Look, registry: Registry, campus: Campus) -> Renderable:
    """Draw everything that is known of a campus: what, where, since when, who, and the evidence."""
    department = registry.department_by_code.get(campus.department_code or "")
    sectors = words("\n".join(registry.sector_by_id[sector].label for sector in campus.sectors))
    if campus.sectors_basis == "assigned":
        sectors.append("\nassigned from its field, not stated by a source", "dim")
    known = facts(
        look,
        [
            ("Id", words(campus.id, "cyan")),
            ("Also called", _each(campus.aliases)),
            ("Sector", sectors),
            ("Field", words(", ".join(campus.fields)) if campus.fields else None),
            ("City", _city(look, campus, department.name if department else None)),
            ("Academy", _academy(look, campus)),
            ("Region", words(campus.region)),
            ("Labelled", _labelled(look, campus)),
            ("Wave", _wave(look, registry, campus)),
            ("Excellence", _excellence(look, campus)),
            ("Led by", words(campus.lead_institution or look.unknown)),
            ("Members", _each(campus.members)),
            ("Website", words(campus.website, link=campus.website) if campus.website else None),
        ],
    )
    content = page(
        known,
        words(campus.description) if campus.description else None,
        Group(words("Notes", "bold"), words(campus.notes)) if campus.notes else None,
        evidence(look, registry, campus.sources),
    )
    frame = box.ASCII if look.ascii else box.ROUNDED
    return Panel(content, title=words(campus.name, "bold"), title_align="left", box=frame, padding=(1, 2))


def _each(values: Sequence[str]) -> Text | None:
    return words("\n".join(values)) if values else None


def _city(look: Look, campus: Campus, department: str | None) -> Text:
    if campus.city and department:
        return words(f"{campus.city} ({department}, {campus.department_code})")
    if department:
        return words(f"{look.unknown} ({department}, {campus.department_code})")
    return words(campus.city or look.unknown)


def _academy(look: Look, campus: Campus) -> Text:
    text = words(campus.academy or look.unknown)
    if campus.academy_basis == "territory":
        text.append("  deduced from the territory", "dim")
    return text


def _labelled(look: Look, campus: Campus) -> Text:
    if campus.labelled_by:
        return words(f"{look.unknown} (proven to exist by {campus.labelled_by})")
    return words(campus.labelled_on or look.unknown)


def _wave(look: Look, registry: Registry, campus: Campus) -> Text:
    if campus.wave is None:
        return words(f"{look.unknown} (not known, or labelled after the five waves)")
    text = words(f"{campus.wave} (call of {registry.wave_by_number[campus.wave].call_launched_on})")
    text.append(
        "  deduced from the date of the label" if campus.wave_basis == "deduced" else "  stated by a source", "dim"
    )
    return text


def _excellence(look: Look, campus: Campus) -> Text:
    if campus.excellence is None:
        return words(look.unknown)
    if campus.excellence and campus.excellence_since:
        return words(f"yes, since {campus.excellence_since}")
    return words("yes" if campus.excellence else "no")


def count_table(
    look: Look, fields: Sequence[str], counts: Sequence[Count], total: int, remarks: Sequence[str]
) -> Renderable:
    """Draw a row per value with a bar of its share."""
    table = grid(
        look, fields[0].capitalize(), "Campuses", "Share", "", right=("Campuses", "Share"), fixed=("Campuses", "Share")
    )
    length = max(min(look.width - 60, 40), 8)
    most = max((len(one.campuses) for one in counts), default=1)
    for one in counts:
        share = len(one.campuses) / total
        drawn = words(bar(len(one.campuses) / most, look, length), "cyan")
        table.add_row(_value(one.values[0]), str(len(one.campuses)), f"{share:.0%}", drawn)
    return page(table, note(*remarks))


def cross_table(
    look: Look,
    fields: Sequence[str],
    counts: Sequence[Count],
    totals: Sequence[Sequence[Count]],
    total: int,
    remarks: Sequence[str],
) -> Renderable:
    """Draw the first field down, the second across, with the totals of both."""
    down, across = totals
    headings = [_value(one.values[0]).plain for one in across]
    room = look.width - max((len(_value(one.values[0])) for one in down), default=0)
    if sum(len(heading) + GAP for heading in [*headings, "Total"]) > room:
        return _long_table(look, fields, counts, remarks)
    table = grid(look, fields[0].capitalize(), *headings, "Total", right=(*headings, "Total"))
    cells = {one.values: len(one.campuses) for one in counts}
    for row in down:
        numbers = [str(cells.get((*row.values, *column.values), "")) for column in across]
        table.add_row(_value(row.values[0]), *numbers, words(len(row.campuses), "bold"))
    table.add_row("Total", *(str(len(column.campuses)) for column in across), str(total), style="bold")
    return page(table, note(*remarks))


def _long_table(look: Look, fields: Sequence[str], counts: Sequence[Count], remarks: Sequence[str]) -> Renderable:
    """Draw a row per combination, where the columns of a cross table would not fit."""
    table = grid(look, *(field.capitalize() for field in fields), "Campuses", right=("Campuses",), fixed=("Campuses",))
    for one in counts:
        table.add_row(*map(_value, one.values), str(len(one.campuses)))
    return page(table, note(*remarks))


def _value(value: Value) -> Text:
    return words(value.label if value.label is not None else "not known")
