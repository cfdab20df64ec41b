"""Campuses as a table, as a page, and as the rows of a workbook; and how each can be reached."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from cmq_cli.language import N_, _
from cmq_cli.output import records
from cmq_cli.output.answer import Block, Cell, Column, Facts, Heading, Look, Prose, Sheet, Span, Table
from cmq_cli.output.tables.lists import evidence
from cmq_cli.registry import index

if TYPE_CHECKING:
    from cmq_cli.model import Campus, Institution, Registry

Distances = Mapping[str, float | None]
"""The distances of campuses from a place in km, by id of the campus; None where the seat isn't known."""

_LAYOUTS = (
    (140, "id name city region wave labelled"),
    (100, "name+id where wave labelled"),
    (80, "name+id city+region labelled+of_wave"),
    (60, "name+id+where labelled+of_wave"),
    (0, "name+id+where+told"),
)
"""The columns in a window from so many columns on; what is joined by ``+`` stands one below the other.

The width alone decides, so that no table jumps with its contents; each has room for the longest id in one piece.
"""

_NEAR = (
    (190, "km id name city region wave labelled contact"),
    (106, "km name+id where+contact wave labelled"),
    (86, "km name+id city+region+contact labelled+of_wave"),
    (66, "km name+id+where+contact labelled+of_wave"),
    (0, "km name+id+where+told+contact"),
)

HEADINGS = {
    "km": N_("km"),
    "id": N_("Id"),
    "name": N_("Campus"),
    "sectors": N_("Sectors"),
    "region": N_("Region"),
    "academy": N_("Academy"),
    "department": N_("Department"),
    "city": N_("City"),
    "wave": N_("Wave"),
    "labelled": N_("Labelled"),
    "excellence": N_("Excellence"),
    "lead": N_("Lead institution"),
    "contact": N_("Contact"),
    "where": N_("Where"),
    "sector": N_("Sector"),
    "year": N_("Year"),
}
"""What stands above columns, here and in tables of counts."""

_SHEET = [*HEADINGS][:13]
_STYLES = {"name": "bold", "id": "cyan", "of_wave": "dim", "told": "dim", "contact": "dim"}

_SCHOOL = "https://data.education.gouv.fr/explore/dataset/fr-en-annuaire-education/table/?q={uai}"
"""The public record of a school, with its address and telephone."""


def campus_table(
    look: Look, registry: "Registry", campuses: "Sequence[Campus]", distances: Distances | None = None
) -> list[Block]:
    """Return a table of campuses, with their distances where there are any; nothing where there is no campus.

    In a pipe each has a line, which begins with its id, or its distance. On a terminal a table with distances also
    tells how to reach each campus.
    """
    if not campuses:
        return []
    layouts = _LAYOUTS if distances is None else _NEAR
    shown = next(columns for least, columns in layouts if look.width is None or look.width >= least).split()
    if look.width is None and distances is not None:
        shown.remove("contact")
    columns = []
    for names in shown:
        first = names.split("+")[0]
        heading = "where" if names.startswith("city+") else first
        columns.append(Column(_(HEADINGS[heading]), right=first == "km"))
    rows: list[list[Cell]] = []
    for campus in campuses:
        texts = _texts(look, campus)
        links = {"name": campus["website"]}
        if distances is not None:
            distance = distances.get(campus["id"])
            texts["km"] = "" if distance is None else f"{distance:.0f}"
            text, links["contact"], _note = contact(registry, campus)
            texts["contact"] = text.partition("://")[2].partition("/")[0] or text  # an address by its host
        spans = {name: (Span(text, _STYLES.get(name, ""), links.get(name)),) for name, text in texts.items() if text}
        cells = [_joined("\n", [spans.get(name, ()) for name in names.split("+")]) for names in shown]
        rows.append([cell or look.unknown for cell in cells])
    return [Table(columns, rows)]


def _texts(look: Look, campus: "Campus") -> dict[str, str]:
    """Return what a table shows of a campus; nothing for what isn't known, unless it stands within a sentence."""
    number, date = wave(look, campus), labelled(look, campus)
    return {
        "id": campus["id"],
        "name": campus["name"],
        "city": campus["city"] or "",
        "region": campus["region"],
        "where": ", ".join(filter(None, (campus["city"], campus["region"]))),
        "wave": number,
        "of_wave": _("wave {number}").format(number=number),
        "labelled": date,
        "told": _("labelled {date}, wave {number}").format(date=date, number=number),
    }


def wave(look: Look, campus: "Campus") -> str:
    """Return the wave's number, with a mark where it is deduced."""
    return f"{campus['wave'] or look.unknown}{'*' if campus['wave_basis'] == 'deduced' else ''}"


def labelled(look: Look, campus: "Campus") -> str:
    """Return the date of the label, as precise as it is known; or the date by which it is attested."""
    attested = f"{look.by} {campus['attested_on']}" if campus["attested_on"] else look.unknown
    return campus["labelled_on"] or attested


def contact(registry: "Registry", campus: "Campus") -> tuple[str, str | None, str]:
    """Return how to reach a campus: what is shown, an address of the web, and what that is unless it is its own site.

    That is its website; else the public record of the school that leads it, or of another; where no school has a code,
    the names of its institutions; where none is known, the ministry's page of its sector.
    """
    if campus["website"]:
        return campus["website"], campus["website"], ""
    institutions = sorted(campus["institutions"], key=lambda one: one["role"] != "lead")
    if one := next((one for one in institutions if one["uai"]), None):
        note = _("public record of the lead school") if one["role"] == "lead" else _("public record of a member")
        return named(one), _SCHOOL.format(uai=one["uai"]), note
    if institutions:
        return "; ".join(map(named, institutions)), None, _("no address is known")
    page = next((each["page"] for each in registry["sectors"] if each["id"] in campus["sectors"][:1]), None)
    return (_("the ministry's page of its sector"), page, _("nothing nearer is known")) if page else ("", None, "")


def named(one: "Institution") -> str:
    """Return an institution with its city, unless its name says it."""
    return f"{one['name']}, {one['city']}" if one["city"] and one["city"] not in one["name"] else one["name"]


_BASES = {"assigned": N_("assigned by this registry"), "territory": N_("deduced"), "deduced": N_("deduced")}
"""What is said of facts that no source states."""


def campus_page(look: Look, registry: "Registry", campus: "Campus") -> list[Block]:
    """Return everything that is known of a campus: what it is, how to reach it, since when, and last who says so.

    Numbers in brackets, links where the terminal has any, are those of the sources that say what they stand behind.
    """
    cited = records.campuses(registry, [campus])[0]["sources"]

    def numbers(*fields: str) -> tuple[Span, ...]:
        found = [(at, one) for at, one in enumerate(cited, 1) if not set(fields).isdisjoint(one["supports"])]
        return (Span(" "), *(Span(f"[{at}]", "dim", one["url"]) for at, one in found)) if found else ()

    def fact(text: str | None, *fields: str, basis: str | None = None, link: str | None = None) -> tuple[Span, ...]:
        note = [Span(f" ({_(_BASES[basis])})", "dim")] if basis in _BASES else []
        return (Span(text, "", link), *numbers(*fields), *note) if text else ()

    def institutions(role: str) -> tuple[Span, ...]:
        found = [_school(one) for one in campus["institutions"] if one["role"] == role]
        return (*_joined("; ", found), *numbers("institutions")) if found else ()

    city = f"{campus['city']} ({campus['department_code']})" if campus["city"] else _("city not known")
    academy = _("academy of {name}").format(name=campus["academy"]) if campus["academy"] else None
    seat = (
        fact(city, "city", "department_code"),
        fact(campus["region"], "region", basis=campus["region_basis"]),
        fact(academy, "academy", basis=campus["academy_basis"]),
    )
    attested = _("{date} (attested by then; when it began is not known)")
    date = labelled(look, campus) if campus["labelled_on"] else attested.format(date=labelled(look, campus))
    since = (
        fact(date if campus["labelled_on"] or campus["attested_on"] else _("not known"), "labelled_on", "attested_on"),
        fact(_call(registry, campus), "wave", basis=campus["wave_basis"]),
    )
    excellence = {None: _("not known"), False: _("no"), True: _("yes, since when is not known")}[campus["excellence"]]
    if campus["excellence_since"]:
        excellence = _("since {date}").format(date=campus["excellence_since"])
    text, url, kind = contact(registry, campus)
    address = f" ({kind})" if url is None or (look.colored) else f" ({kind}): {url}"
    facts: list[tuple[str, Cell]] = [
        (_("Id"), (Span(campus["id"], "cyan"),)),
        (_("Also called"), fact("; ".join(campus["aliases"]), "aliases")),
        (_("Sector"), fact("; ".join(_labels(registry, campus)), "sectors", basis=campus["sectors_basis"])),
        (_("Specialties"), fact(", ".join(campus["specialties"]), "specialties")),
        (_("Seat"), _joined(", ", seat)),
        (_("Led by"), institutions("lead")),
        (_("Members"), institutions("member")),
        (_("Contact"), fact(text + address if kind else text, *([] if kind else ["website"]), link=url)),
        (_("Labelled"), _joined(", ", since)),
        (_("Excellence"), fact(excellence, "excellence", "excellence_since")),
    ]
    notes = _("Notes: {notes}").format(notes=campus["notes"]) if campus["notes"] else None
    prose = _joined("\n", (fact(campus["description"], "description"), fact(notes, "notes")))
    return [
        Heading(fact(campus["name"], "name")),
        Facts([(name, cell) for name, cell in facts if cell]),
        *([Prose(prose)] if prose else []),
        *evidence(cited),
    ]


def _school(one: "Institution") -> tuple[Span, ...]:
    link = _SCHOOL.format(uai=one["uai"]) if one["uai"] else None
    return (Span(f"{named(one)} (UAI {one['uai']})" if link else named(one), "", link),)


def _call(registry: "Registry", campus: "Campus") -> str:
    if campus["wave"] is None:
        return _("wave not known, or later than the last")
    call = index(registry["waves"], "number")[campus["wave"]]["call_launched_on"]
    return _("wave {number}, call of {date}").format(number=campus["wave"], date=call)


def _joined(between: str, parts: Iterable[tuple[Span, ...]]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for part in filter(None, parts):
        spans += [*([Span(between)] if spans else []), *part]
    return tuple(spans)


def _labels(registry: "Registry", campus: "Campus") -> list[str]:
    labels = index(registry["sectors"])
    return [labels[sector]["label"] for sector in campus["sectors"]]


def campus_sheet(registry: "Registry", campuses: "Sequence[Campus]", distances: Distances | None = None) -> Sheet:
    """Return what Markdown and workbooks hold of campuses: chosen columns, with labels."""
    departments = index(registry["territories"]["departments"], "code")
    first = distances is None  # then there is no column for them
    rows = []
    for campus in campuses:
        code = campus["department_code"]
        text, url, _kind = contact(registry, campus)
        own = campus["website"] or campus["institutions"]  # the page of a sector is said to be that
        distance = (distances or {}).get(campus["id"])
        row = (
            None if distance is None else round(distance, 1),
            campus["id"],
            campus["name"],
            "; ".join(_labels(registry, campus)),
            campus["region"],
            campus["academy"],
            f"{departments[code]['name']} ({code})" if code else None,
            campus["city"],
            wave(Look(None), campus) if campus["wave_basis"] == "deduced" else campus["wave"],
            labelled(Look(None), campus) if campus["labelled_on"] or campus["attested_on"] else None,
            {None: None, False: _("no"), True: _("yes")}[campus["excellence"]],
            "; ".join(named(one) for one in campus["institutions"] if one["role"] == "lead") or None,
            (url if url and own else ": ".join(filter(None, (text, url)))) or None,
        )
        rows.append(row[first:])
    return Sheet(_("Campuses"), [_(HEADINGS[name]) for name in _SHEET[first:]], rows)
