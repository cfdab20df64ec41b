"""Draw lists of campuses."""

from collections.abc import Sequence

from rich.text import Text

from cmq_cli.model import Campus, Registry
from cmq_cli.output.tables.frame import GAP, Column, Look, Renderable, grid, lines, note, page, words

DEDUCED = "* deduced, not stated by a source"
ASSIGNED = "* assigned from the field, not stated by a source"
BOTH = "* not stated by a source: a wave is deduced, a sector assigned from the field"
BY = "by: the label is proven to have existed at that date; when it began is not known"
SOURCES = "Sources and deductions: cmq show ID"

LABEL_WIDTH = len("by 2017-02-13")
LONGEST_ID = 42
LEAST_CAMPUS = 18
LEAST_NAME = 30
LEAST_WHERE, LONGEST_REGION = len("Auvergne-Rhône-Alpes"), len("Provence-Alpes-Côte d'Azur")
WHOLE_PLACE = len("Clermont-Ferrand, Auvergne-Rhône-Alpes")
ROOMY_NAME = 46


def campus_list(
    look: Look,
    registry: Registry,
    campuses: Sequence[Campus],
    remarks: Sequence[str],
    distances: dict[str, float] | None = None,
) -> Renderable:
    """Draw a table of campuses, with their distances in km where there are any."""
    if not campuses:
        return note(look, *remarks) or words("")
    layout = _layout(look, registry, campuses, distances is not None)
    on_one_line = layout.get("Where", WHOLE_PLACE) >= WHOLE_PLACE
    rows = []
    for campus in campuses:
        cells = {
            "Campus": words(campus.name, "bold", link=campus.website),
            "Id": words(campus.id, "cyan"),
            "Where": words(place(campus, ", " if on_one_line else "\n")),
            "Sector": sectors(registry, campus),
            "Wave": words(wave(look, campus)),
            "Labelled": words(labelled(look, campus)),
            "km": words(f"{distances[campus.id]:.1f}" if distances else ""),
        }
        below = [cells[name] for name in ("Id", "Where") if name not in layout]
        if "Labelled" not in layout:
            below.append(words(f"labelled {labelled(look, campus)}, wave {wave(look, campus)}", "dim"))
        elif "Wave" not in layout:
            cells["Labelled"] = lines(cells["Labelled"], words(f"wave {wave(look, campus)}", "dim"))
        cells["Campus"] = lines(cells["Campus"], *below)
        rows.append([cells[name] for name in layout])
    columns = [
        Column(name, right=name == "km", width=width, least=LEAST_CAMPUS if name == "Campus" else 0)
        for name, width in layout.items()
    ]
    deduced = any(campus.wave_basis == "deduced" for campus in campuses)
    assigned = "Sector" in layout and any(campus.sectors_basis == "assigned" for campus in campuses)
    marked = {(True, False): DEDUCED, (False, True): ASSIGNED, (True, True): BOTH}.get((deduced, assigned))
    proven = any(campus.labelled_by for campus in campuses)
    return page(
        grid(look, columns, rows, apart=True),
        note(look, *remarks, marked, BY if proven else None, SOURCES),
    )


def _layout(look: Look, registry: Registry, campuses: Sequence[Campus], distances: bool) -> dict[str, int]:
    """Return the columns that fit, with their widths; what has no column of its own goes below the name, or the date.

    A column goes rather than an id, which is there to be copied, is broken.
    """
    first = {"km": 6} if distances else {}
    last = {"Wave": 4, "Labelled": LABEL_WIDTH}
    identifier = min(max(len(campus.id) for campus in campuses), LONGEST_ID)
    room = _room(look, first, last)
    if look.wide:
        return {**first, **_wide(registry, campuses, identifier, room), **last}
    places = (line for campus in campuses for line in place(campus, "\n").split("\n"))
    least = min(max(map(len, places)), LEAST_WHERE)
    choices = (last, {"Labelled": LABEL_WIDTH})
    for kept in () if look.narrow else choices:
        room = _room(look, first, kept) - GAP
        if room - least >= identifier:
            where = min(room - identifier, LONGEST_REGION)
            return {**first, "Campus": room - where, "Where": where, **kept}
    for kept in choices:
        room = _room(look, first, kept)
        if room >= identifier:
            return {**first, "Campus": room, **kept}
    return {**first, "Campus": _room(look, first)}


def _room(look: Look, *others: dict[str, int]) -> int:
    """Return how wide a column may be beside the others."""
    return look.width - sum(width + GAP for columns in others for width in columns.values())


def _wide(registry: Registry, campuses: Sequence[Campus], identifier: int, room: int) -> dict[str, int]:
    """Return the columns of a campus, but for the date, in a window that has room for its id beside the name."""
    sector = {}
    if room >= 150:
        longest = max(len(line) for campus in campuses for line in sectors(registry, campus).plain.split("\n"))
        sector = {"Sector": min(longest, 34 if room < 170 else 46 if room < 192 else longest)}
    room -= sum(width + GAP for width in (identifier, *sector.values()))
    roomy = room - GAP - WHOLE_PLACE >= ROOMY_NAME
    where = WHOLE_PLACE if roomy else min(max(room - GAP - LEAST_NAME, LEAST_WHERE), LONGEST_REGION)
    name = min(room - GAP - where, max(len(campus.name) for campus in campuses))
    return {"Campus": name, "Id": identifier, "Where": where, **sector}


def sectors(registry: Registry, campus: Campus) -> Text:
    """Return the sectors by name, with a mark where no source states them."""
    mark = "*" if campus.sectors_basis == "assigned" else ""
    return words("\n".join(f"{registry.sector_by_id[sector].label}{mark}" for sector in campus.sectors))


def place(campus: Campus, between: str) -> str:
    """Return the city and region, as far as they are known."""
    return f"{campus.city}{between}{campus.region}" if campus.city else campus.region


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
