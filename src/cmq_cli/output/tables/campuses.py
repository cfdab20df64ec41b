"""Campuses as a table, as a page, and as the rows of a workbook; and how each can be reached."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cmq_cli.language import N_, Name, _, semicolon
from cmq_cli.output import records
from cmq_cli.output.answer import Block, Cell, Column, Facts, Look, Prose, Sheet, Span, Table
from cmq_cli.output.tables.lists import evidence
from cmq_cli.registry import Campus, Institution, Registry, index

Distances = Mapping[str, float | None]  # in km, by the id of the campus; None where the seat isn't known

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
    "address": N_("Contact"),
    "contact": N_("Contact"),
    "where": N_("Where"),
    "sector": N_("Sector"),
    "year": N_("Year"),
}
"""What stands above columns, here and in tables of counts; the first thirteen are the columns of a workbook."""

_LAYOUTS = (
    (184, "km id name city region wave labelled contact"),
    (140, "id name city region wave labelled"),
    (100, "km name+id where+contact wave labelled"),
    (80, "km name+id city+region+contact labelled+of_wave"),
    (60, "km name+id+where+contact labelled+of_wave"),
    (0, "km name+id+where+told+contact"),
)
"""The columns in a window from so many columns on; what is joined by ``+`` stands one below the other.

The width alone decides, so that no table jumps with its contents; each has room for the longest id in one piece. Where
there are no distances, ``km``, which takes six, and ``contact`` are left out; where there are, the second is.
"""

_STYLES = {"name": "bold", "id": "cyan", "of_wave": "dim", "told": "dim", "contact": "dim"}
_UNKNOWN = "–"
_SHORT = 35
"""Letters of an address that stands in a table as it is; of a longer one the host does, which links to it."""
_RECORD = "https://data.education.gouv.fr/explore/dataset/fr-en-annuaire-education/table/?q={uai}"
"""The public record of a school, with its address and telephone."""


def campus_table(
    look: Look, registry: Registry, campuses: Sequence[Campus], distances: Distances | None = None
) -> list[Block]:
    """Return a table of campuses, a line for each in a pipe; with distances it tells people how to reach each too."""
    left_out = ["km", "contact"] if distances is None else ["contact"] if look.width is None else []
    room = (look.width or 200) - (0 if distances is None else 6)
    layouts = [columns for least, columns in _LAYOUTS if room >= least and (distances is None or "km" in columns)]
    stacks = [[name for name in names.split("+") if name not in left_out] for names in layouts[0].split()]
    stacks = [names for names in stacks if names]
    headings = [HEADINGS["where" if "region" in below else first] for first, *below in stacks]
    away = {identifier: f"{km:.0f}" for identifier, km in (distances or {}).items() if km is not None}
    every = [_values(registry, campus, away) for campus in campuses]
    rows = [[_stacked(values, names) for names in stacks] for values in every]
    return [Table([Column(_(heading), right=heading == "km") for heading in headings], rows)]


def _stacked(values: Mapping[str, Any], names: Sequence[str]) -> tuple[Span, ...]:
    """Return what stands one below the other in a cell; above the wave there is always a date, or the lack of one."""
    links = {"name": values["website"], "contact": values["url"]}
    shown = [name for name in names if values[name] is not None or name == "labelled" or len(names) == 1]
    texts = {name: _UNKNOWN if values[name] is None else str(values[name]) for name in shown}
    return _joined("\n", [(Span(text, _STYLES.get(name, ""), links.get(name)),) for name, text in texts.items()])


def campus_sheet(registry: Registry, campuses: Sequence[Campus], distances: Distances | None = None) -> Sheet:
    """Return what Markdown and workbooks hold of campuses: chosen columns, with labels."""
    names = [*HEADINGS][distances is None : 13]
    away = {identifier: round(km, 1) for identifier, km in (distances or {}).items() if km is not None}
    every = [_values(registry, campus, away) for campus in campuses]
    rows = [[values[name] for name in names] for values in every]
    return Sheet(_("Campuses"), [_(HEADINGS[name]) for name in names], rows)


def _values(registry: Registry, campus: Campus, away: Mapping[str, str | float]) -> dict[str, Any]:
    """Return what columns hold of a campus: None for what isn't known, unless it stands within a sentence."""
    departments, labels = index(registry["territories"]["departments"], "code"), index(registry["sectors"])
    code, (text, url) = campus["department_code"], contact(registry, campus)
    nearer = campus["website"] or campus["institutions"]  # than the page of a sector, which is said to be that
    said = {"date": labelled(campus) or _UNKNOWN, "number": wave(campus) or _UNKNOWN}
    site = text.partition("://")[2].rstrip("/")
    return {
        **campus,
        "km": away.get(campus["id"]),
        "sectors": semicolon().join(labels[sector]["label"] for sector in campus["sectors"]),
        "department": f"{departments[code]['name']} ({code})" if code else None,
        "wave": wave(campus),
        "labelled": labelled(campus),
        "labelled_on_basis": "attested" if campus["attested_on"] and not campus["labelled_on"] else None,
        "excellence": {None: None, False: _("no"), True: _("yes")}[campus["excellence"]],
        "lead": semicolon().join(named(one) for one in campus["institutions"] if one["role"] == "lead") or None,
        "address": (nearer and url) or _addressed(text, url) or None,
        "contact": (site if len(site) <= _SHORT else site.partition("/")[0]) or text or None,
        "url": url,
        "where": ", ".join(filter(None, (campus["city"], campus["region"]))),
        "of_wave": _("wave {number}").format(**said),
        "told": _("labelled {date}, wave {number}").format(**said),
    }


def wave(campus: Campus) -> int | str | None:
    """Return the wave's number, with a mark where it is deduced."""
    return f"{campus['wave']}*" if campus["wave_basis"] == "deduced" else campus["wave"]


def labelled(campus: Campus) -> str | None:
    """Return the date of the label, as precise as it is known; or the date by which it is attested."""
    return campus["labelled_on"] or (f"≤ {campus['attested_on']}" if campus["attested_on"] else None)


def contact(registry: Registry, campus: Campus) -> tuple[str, str | None]:
    """Return how to reach a campus, as it is shown, and the address of the web, if there is any.

    Its website; else the public record of the lead school, or of another; else the names of its institutions; where
    none is known, the ministry's page of its sector.
    """
    if campus["website"]:
        return campus["website"], campus["website"]
    institutions = sorted(campus["institutions"], key=lambda one: one["role"] != "lead")
    schools = [one for one in institutions if one["uai"]]
    if schools:
        return named(schools[0]), _RECORD.format(uai=schools[0]["uai"])
    page = index(registry["sectors"])[campus["sectors"][0]]["page"]
    if page and not institutions:
        return _("the ministry's page of its sector"), page
    return semicolon().join(map(named, institutions)), None


def _addressed(contact: str, url: str | None) -> str:
    return _("{contact}: {url}", contact=contact, url=url) if url else contact


def named(one: Institution) -> str:
    """Return an institution with its city, unless its name says it."""
    return f"{one['name']}, {one['city']}" if one["city"] and one["city"] not in one["name"] else one["name"]


_BASES = {
    **{"assigned": N_("assigned by this registry"), "territory": N_("deduced"), "deduced": N_("deduced")},
    "attested": N_("attested by then; when it began is not known"),
}


def campus_page(look: Look, registry: Registry, campus: Campus) -> list[Block]:
    """Return everything that is known of a campus: what it is, how to reach it, since when, and last who says so.

    Numbers in brackets, links where the terminal has any, are those of the sources that say what they stand behind.
    """
    cited, shown = records.cited(registry, [campus])[0]["sources"], _values(registry, campus, {})

    def fact(told: Cell | None, *fields: str, link: str | None = None) -> tuple[Span, ...]:
        if not told:
            return ()
        text = (Span(told, "", link),) if isinstance(told, str) else told
        stating = [(at, one["url"]) for at, one in enumerate(cited, 1) if not set(fields).isdisjoint(one["supports"])]
        numbers = [Span(f"[{at}]", "dim", url) for at, url in stating]
        basis = _BASES.get(shown.get(f"{fields[0]}_basis", ""))
        note = [Span(f" ({_(basis)})", "dim")] if basis else []
        return (*text, *([Span(" "), *numbers] if numbers else []), *note)

    def institutions(role: str) -> tuple[Span, ...]:
        schools = []
        for one in campus["institutions"]:
            code, text = one["uai"], named(one)
            school = Span(f"{text} (UAI {code})", "", _RECORD.format(uai=code)) if code else Span(text)
            schools += [(school,)] if one["role"] == role else []
        return fact(_joined(semicolon(), schools), "institutions")

    city = f"{campus['city']} ({campus['department_code']})" if campus["city"] else _("city not known")
    academy = _("academy of {name}", name=Name(campus["academy"])) if campus["academy"] else None
    of_wave = _("wave not known, or later than the last")
    if campus["wave"]:
        call = index(registry["waves"], "number")[campus["wave"]]["call_launched_on"]
        of_wave = _("wave {number}, call of {date}", number=campus["wave"], date=call)
    excellence, reached, url = shown["excellence"] or _("not known"), shown["contact"], shown["url"]
    if campus["excellence_since"]:
        excellence = _("since {date}", date=campus["excellence_since"])
    if url and not campus["website"] and not look.colored:
        reached = _addressed(reached, url)
    facts: dict[str, list[tuple[Span, ...]]] = {
        _("Id"): [(Span(campus["id"], "cyan"),)],
        _("Also called"): [fact(semicolon().join(campus["aliases"]), "aliases")],
        _("Sector"): [fact(shown["sectors"], "sectors")],
        _("Specialties"): [fact(", ".join(campus["specialties"]), "specialties")],
        _("Seat"): [fact(city, "city", "department_code"), fact(campus["region"], "region"), fact(academy, "academy")],
        _("Led by"): [institutions("lead")],
        _("Members"): [institutions("member")],
        _("Contact"): [fact(campus["website"] or reached, "website", link=url)],
        _("Labelled"): [fact(shown["labelled"] or _("not known"), "labelled_on", "attested_on"), fact(of_wave, "wave")],
        _("Excellence"): [fact(excellence, "excellence", "excellence_since")],
    }
    notes = _("Notes: {notes}", notes=campus["notes"]) if campus["notes"] else None
    prose = _joined("\n", (fact(campus["description"], "description"), fact(notes, "notes")))
    return [
        Facts(
            [(name, _joined(", ", parts)) for name, parts in facts.items() if any(parts)], fact(campus["name"], "name")
        ),
        *([Prose(prose)] if prose else []),
        *evidence(cited),
    ]


def _joined(between: str, parts: Iterable[tuple[Span, ...]]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for part in filter(None, parts):
        spans += [*([Span(between)] if spans else []), *part]
    return tuple(spans)
