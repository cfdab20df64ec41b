"""Campuses as a table, as a page, as the rows of a workbook, and counted; and how each can be reached."""

import re
from collections.abc import Mapping, Sequence
from math import inf
from typing import TYPE_CHECKING, Any

from cmq_cli.language import N_, Name, _, semicolon
from cmq_cli.output import records
from cmq_cli.output.answer import Block, Cell, Facts, Look, Prose, Row, Sheet, Span, Table
from cmq_cli.output.tables.lists import Layout, evidence, joined, sheet, table
from cmq_cli.registry import Campus, Institution, Registry, index

if TYPE_CHECKING:
    from cmq_cli.query import Count, Value

Distances = Mapping[str, float]  # in km, by the id of the campus, if its seat is known

LAYOUT = Layout(  # thirteen columns of a sheet, those that only tables have, and what else campuses are counted by
    "km id name sectors region academy department city wave labelled excellence lead address "
    "contact where seat sector year",
    N_(
        "km|Id|Campus|Sectors|Region|Academy|Department|City|Wave|Labelled|Excellence|Lead institution|Contact|"
        "Contact|Where|Where|Sector|Year"
    ),
    piped="id name city region wave labelled",
    title=N_("Campuses"),
)

# The columns in a window from so many columns on. The width alone decides, so that no table jumps with its contents;
# each has room for the longest id in one piece.
_NEAR = (
    (190, f"km {LAYOUT.piped} contact"),
    (106, "km name+id where+contact wave labelled"),
    (86, "km name+id seat+region+contact labelled+of_wave"),
    (66, "km name+id+where+contact labelled+of_wave"),
    (0, "km name+id+where+told+contact"),
)
_LISTED = (
    (140, LAYOUT.piped),
    *((least - 6, columns.replace("km ", "").replace("+contact", "")) for least, columns in _NEAR[1:]),
)
_SHORT = 35  # letters of an address that stands in a table as it is; of a longer one the host does, which links to it
_SCHOOL = "https://data.education.gouv.fr/explore/dataset/fr-en-annuaire-education/table/?q={uai}"  # how to reach it


def campus_table(look: Look, registry: Registry, campuses: Sequence[Campus], away: Distances | None = None) -> Table:
    """Return a table of campuses, a line for each in a pipe; with distances it tells people how to reach each too."""
    layouts, km = (_LISTED, "") if away is None else (_NEAR, "km ")
    wide = next(columns for least, columns in layouts if least <= (look.width or 0))
    rows = [_values(registry, campus, (away or {}).get(campus["id"])) for campus in campuses]
    return table(look, LAYOUT._replace(wide=wide, piped=km + LAYOUT.piped), rows)


def campus_sheet(registry: Registry, campuses: Sequence[Campus], away: Distances | None = None) -> Sheet:
    """Return what Markdown and workbooks hold of campuses: chosen columns, with labels; None for what isn't known."""
    rows = []
    for campus in campuses:
        km = round(away[campus["id"]], 1) if away and campus["id"] in away else None
        rows.append({**_values(registry, campus, km), "wave": wave(campus), "labelled": labelled(campus)})
    return sheet(LAYOUT, rows, LAYOUT.fields.split()[away is None : 13])


def _values(registry: Registry, campus: Campus, km: float | None = None) -> Row:
    """Return what can be shown of a campus; None for what isn't known, unless it stands within a sentence."""
    departments, labels = index(registry["territories"]["departments"], "code"), index(registry["sectors"])
    code, (reached, url) = campus["department_code"], contact(registry, campus)
    site = reached.partition("://")[2].rstrip("/")
    nearer = campus["website"] or campus["institutions"]  # than the page of a sector, which is said to be that
    with_url = _("{contact}: {url}", contact=reached, url=url) if url not in (None, reached) else reached
    said = {"date": labelled(campus) or "–", "number": str(wave(campus) or "–")}
    return {
        **campus,
        "km": km,
        "sectors": semicolon().join(labels[sector]["label"] for sector in campus["sectors"]),
        "department": f"{departments[code]['name']} ({code})" if code else None,
        "seat": campus["city"],
        "where": ", ".join(filter(None, (campus["city"], campus["region"]))),
        "wave": said["number"],
        "of_wave": _("wave {number}", **said),
        "labelled": said["date"],
        "told": _("labelled {date}, wave {number}", **said),
        "excellence": {None: None, False: _("no"), True: _("yes")}[campus["excellence"]],
        "lead": semicolon().join(named(one) for one in campus["institutions"] if one["role"] == "lead") or None,
        "contact": (site if len(site) <= _SHORT else site.partition("/")[0]) or reached,
        "contact_with_url": with_url,
        "address": (nearer and url) or with_url or None,
        "links": {"name": campus["website"], "contact": url},
    }


def wave(campus: Campus) -> int | str | None:
    """Return the wave's number, with a mark where it is deduced."""
    return f"{campus['wave']}*" if campus["wave_basis"] == "deduced" else campus["wave"]


def labelled(campus: Campus) -> str | None:
    """Return the date of the label, as precise as it is known; or the date by which it is attested."""
    return campus["labelled_on"] or (f"≤ {campus['attested_on']}" if campus["attested_on"] else None)


def contact(registry: Registry, campus: Campus) -> tuple[str, str | None]:
    """Return the nearest that is known of how to reach a campus, and the address of the web, if there is any."""
    if campus["website"]:
        return campus["website"], campus["website"]
    institutions = sorted(campus["institutions"], key=lambda one: one["role"] != "lead")
    for one in institutions:
        if one["uai"]:
            return named(one), _SCHOOL.format(uai=one["uai"])
    page = index(registry["sectors"])[campus["sectors"][0]]["page"]
    if page and not institutions:
        return _("the ministry's page of its sector"), page
    return semicolon().join(map(named, institutions)), None


def named(one: Institution) -> str:
    """Return an institution with its city, unless its name says it."""
    return f"{one['name']}, {one['city']}" if one["city"] and one["city"] not in one["name"] else one["name"]


_BASES = {
    "assigned": N_("assigned by this registry"),
    "territory": N_("deduced"),
    "deduced": N_("deduced"),
    "attested": N_("attested by then; when it began is not known"),
}


def campus_page(look: Look, registry: Registry, campus: Campus) -> list[Block]:
    """Return everything that is known of a campus: what it is, how to reach it, since when, and last who says so."""
    cited, values = records.cited(registry, [campus])[0]["sources"], _values(registry, campus)
    attested = "attested" if campus["attested_on"] and not campus["labelled_on"] else ""
    known: dict[str, Any] = {**campus, "labelled_on_basis": attested}

    def fact(told: Cell | None, *fields: str) -> tuple[Span, ...]:
        if not told:
            return ()
        numbers = []
        for at, one in enumerate(cited, 1):
            if not set(fields).isdisjoint(one["supports"]):
                numbers.append(Span(f"[{at}]", "dim", one["url"]))
        basis = _BASES.get(known.get(f"{fields[0]}_basis") or "")
        note = [Span(f"({_(basis)})", "dim")] if basis else []
        return joined(" ", ([Span(told)] if isinstance(told, str) else told, numbers, note))

    def institutions(role: str) -> tuple[Span, ...]:
        schools = [[_school(one)] for one in campus["institutions"] if one["role"] == role]
        return fact(joined(semicolon(), schools), "institutions")

    city = f"{campus['city']} ({campus['department_code']})" if campus["city"] else _("city not known")
    academy = _("academy of {name}", name=Name(campus["academy"])) if campus["academy"] else None
    of_wave = _("wave not known, or later than the last")
    if campus["wave"]:
        call = index(registry["waves"], "number")[campus["wave"]]["call_launched_on"]
        of_wave = _("wave {number}, call of {date}", number=campus["wave"], date=call)
    excellence = values["excellence"] or _("not known")
    if campus["excellence_since"]:
        excellence = _("since {date}", date=campus["excellence_since"])
    reached, url = contact(registry, campus)
    reachable = Span(reached if look.colored else values["contact_with_url"], link=url)
    notes = _("Notes: {notes}", notes=campus["notes"]) if campus["notes"] else None
    seat = (fact(city, "city", "department_code"), fact(campus["region"], "region"), fact(academy, "academy"))
    since = (fact(labelled(campus) or _("not known"), "labelled_on", "attested_on"), fact(of_wave, "wave"))
    facts = {
        _("Id"): (Span(campus["id"], "cyan"),),
        _("Also called"): fact(semicolon().join(campus["aliases"]), "aliases"),
        _("Sector"): fact(values["sectors"], "sectors"),
        _("Specialties"): fact(", ".join(campus["specialties"]), "specialties"),
        _("Seat"): joined(", ", seat),
        _("Led by"): institutions("lead"),
        _("Members"): institutions("member"),
        _("Contact"): fact((reachable,) if reached else None, "website"),
        _("Labelled"): joined(", ", since),
        _("Excellence"): fact(excellence, "excellence", "excellence_since"),
    }
    prose = joined("\n", (fact(campus["description"], "description"), fact(notes, "notes")))
    return [
        Facts([(name, value) for name, value in facts.items() if value], fact(campus["name"], "name")),
        *([Prose(prose)] if prose else []),
        *evidence(cited),
    ]


def _school(one: Institution) -> Span:
    code, text = one["uai"], named(one)
    return Span(f"{text} (UAI {code})", link=_SCHOOL.format(uai=code)) if code else Span(text)


_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def count_sheet(
    fields: Sequence[str], counts: "Sequence[Count]", of_each: "Sequence[Sequence[Count]]", total: int
) -> Sheet:
    """Return a row per value with its share; of two fields the first down, the second across, with all totals."""
    first, *second = (LAYOUT.named()[field] for field in fields)
    if not second:
        shares = [(_name(one.values[0]), len(one.campuses), round(len(one.campuses) / total, 4)) for one in counts]
        return Sheet(_("Campuses"), [first, _("Campuses"), _("Share")], shares, shares=[2])
    down, across = of_each
    cells = {one.values: len(one.campuses) for one in counts}
    rows: list[list[str | int | None]] = []
    for row in down:
        numbers = [cells.get((*row.values, *column.values)) for column in across]
        rows.append([_name(row.values[0]), *numbers, len(row.campuses)])
    rows.append([_("Total"), *(len(column.campuses) for column in across), total])
    heads = [_name(column.values[0]) for column in across]
    if fields[1] in ("wave", "year", "excellence"):  # of which the values don't say what they are
        heads = [f"{second[0]} {head}" for head in heads]
    return Sheet(_("Campuses"), [first, *heads, _("Total")], rows, totals=True)


def count_table(look: Look, fields: Sequence[str], counts: "Sequence[Count]", sheet: Sheet) -> list[Block]:
    """Return a row per value with its share, and where there is room a bar; of two fields the cross table.

    Where its heads have no room, letters stand above the columns; where these have none, a row has a combination.
    """
    if len(fields) == 1:
        return [_bars(look, sheet)]
    first, *heads, total = sheet.headings
    letters = [left + right for left in ("", *_ALPHABET) for right in _ALPHABET][: len(heads)]
    room = look.width or inf
    names = heads if _needed((*heads, total)) <= room else letters
    if _needed((*names, total)) > room:
        rows = [[*map(_name, one.values), str(len(one.campuses))] for one in counts]
        return [Table([*(LAYOUT.named()[field] for field in fields), _("Campuses")], rows, right=[len(fields)])]
    *rows, totals = [["" if value is None else str(value) for value in row] for row in sheet.rows]
    bold = [(Span(text, "bold"),) for text in totals]
    table = Table([first, *names, total], [*rows, bold], right=range(1, len(sheet.headings)))
    return [table, Facts([*zip(letters, heads, strict=True)])] if names is letters else [table]


def _needed(heads: Sequence[str]) -> int:
    """Return the columns that a cross table needs, in which heads may break, but not their words."""
    words = [re.split(r"(?<=-)| ", head) for head in heads]
    return 24 + sum(max(2, *map(len, each)) + len("  ") for each in words)  # 24 do for the names beside


def _bars(look: Look, sheet: Sheet) -> Table:
    longest = min((look.width or 0) - 60, 40)
    most = max((found for _name, found, _share in sheet.rows), default=0)
    rows: list[list[Cell]] = []
    for name, found, share in sheet.rows:
        bar = Span("█" * max(1, round(longest * found / most)), "cyan")
        rows.append([name, str(found), _("{number}%", number=round(100 * share)), (bar,)])
    shown = 4 if longest >= 8 else 3
    return Table([*sheet.headings, ""][:shown], [row[:shown] for row in rows], right=(1, 2))


def _name(value: "Value") -> str:
    return _("not known") if value.label is None else _(value.label)
