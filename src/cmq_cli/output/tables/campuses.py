"""Campuses as a table, as a page, as the rows of a workbook, and counted; and how each can be reached."""

import re
from collections.abc import Mapping, Sequence
from math import inf
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

from cmq_cli.language import N_, Name, _
from cmq_cli.output import records
from cmq_cli.output.answer import Block, Cell, Facts, Look, Prose, Row, Sheet, Span, Table
from cmq_cli.output.tables.lists import Layout, evidence, joined, sheet, table
from cmq_cli.registry import Campus, Institution, Registry, index

if TYPE_CHECKING:
    from cmq_cli.query import Count, Value

Distances = Mapping[str, float]  # in km, by the id of the campus, if its seat is known

_SHEET = "id name sectors region academy department city wave labelled excellence lead address"
_PIPED = "id name city region wave labelled"
LAYOUT = Layout(  # with distances first, and last what only tables have, and what else campuses are counted by
    f"km {_SHEET} contact where seat sector year",
    N_(
        "km|Id|Campus|Sectors|Region|Academy|Department|City|Wave|Labelled|Excellence|Lead institution|Contact|"
        "Contact|Where|Where|Sector|Year"
    ),
    title=N_("Campuses"),
)
# The columns in a window from so many columns on. The width alone decides, so that no table jumps with its contents;
# each has room for the longest id in one piece.
_LISTED = {
    140: _PIPED,
    100: "name+id where wave labelled",
    80: "name+id seat+region labelled+of_wave",
    60: "name+id+where labelled+of_wave",
    0: "name+id+where+told",
}
_NEAR = {
    190: f"km {_PIPED} contact",
    106: "km name+id where+contact wave labelled",
    86: "km name+id seat+region+contact labelled+of_wave",
    66: "km name+id+where+contact labelled+of_wave",
    0: "km name+id+where+told+contact",
}
_SHORT = 35  # letters of an address that stands in a table as it is; of a longer one the host does, which links to it
_SCHOOL = "https://data.education.gouv.fr/explore/dataset/fr-en-annuaire-education/table/?q={uai}"  # how to reach it


def campus_table(look: Look, registry: Registry, campuses: Sequence[Campus], away: Distances | None = None) -> Table:
    """Return a table of campuses, a line for each in a pipe; with distances it tells people how to reach each too."""
    piped, layouts = (_PIPED, _LISTED) if away is None else (f"km {_PIPED}", _NEAR)
    wide = next(columns for least, columns in layouts.items() if least <= (look.width or 0))
    rows = [_values(registry, campus, (away or {}).get(campus["id"])) for campus in campuses]
    return table(look, LAYOUT._replace(wide=wide, piped=piped), rows)


def campus_sheet(registry: Registry, campuses: Sequence[Campus], away: Distances | None = None) -> Sheet:
    """Return what Markdown and workbooks hold of campuses: chosen columns, with labels; None for what isn't known."""
    rows = []
    for campus in campuses:
        km = round(away[campus["id"]], 1) if away and campus["id"] in away else None
        rows.append({**_values(registry, campus, km), "wave": wave(campus), "labelled": labelled(campus)})
    return sheet(LAYOUT, rows, (_SHEET if away is None else f"km {_SHEET}").split())


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
        "sectors": _("; ").join(labels[sector]["label"] for sector in campus["sectors"]),
        "department": f"{departments[code]['name']} ({code})" if code else None,
        "seat": campus["city"],
        "where": ", ".join(filter(None, (campus["city"], campus["region"]))),
        "wave": said["number"],
        "of_wave": _("wave {number}", **said),
        "labelled": said["date"],
        "told": _("labelled {date}, wave {number}", **said),
        "excellence": {None: None, False: _("no"), True: _("yes")}[campus["excellence"]],
        "lead": _("; ").join(named(one) for one in campus["institutions"] if one["role"] == "lead") or None,
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
    return _("; ").join(map(named, institutions)), None


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
    schools: dict[str, list[list[Span]]] = {"lead": [], "member": []}
    for one in campus["institutions"]:
        code, text = one["uai"], named(one)
        school = Span(f"{text} (UAI {code})", link=_SCHOOL.format(uai=code)) if code else Span(text)
        schools[one["role"]].append([school])
    city = f"{campus['city']} ({campus['department_code']})" if campus["city"] else _("city not known")
    academy = _("academy of {name}", name=Name(campus["academy"])) if campus["academy"] else ""
    of_wave = _("wave not known, or later than the last")
    if campus["wave"]:
        call = index(registry["waves"], "number")[campus["wave"]]["call_launched_on"]
        of_wave = _("wave {number}, call of {date}", number=campus["wave"], date=call)
    excellence = values["excellence"] or _("not known")
    if campus["excellence_since"]:
        excellence = _("since {date}", date=campus["excellence_since"])
    reached, url = contact(registry, campus)
    reachable = (Span(reached if look.colored else values["contact_with_url"], link=url),)
    notes = _("Notes: {notes}", notes=campus["notes"]) if campus["notes"] else ""
    attested = "attested" if campus["attested_on"] and not campus["labelled_on"] else None
    since = (labelled(campus) or _("not known"), "labelled_on attested_on", attested)
    seat = [(city, "city department_code"), (campus["region"], "region", campus["region_basis"])]
    rows: dict[str, list[tuple[Any, ...]]] = {  # what is said, the fields that it tells, perhaps how else it is known
        _("Also called"): [(_("; ").join(campus["aliases"]), "aliases")],
        _("Sector"): [(values["sectors"], "sectors", campus["sectors_basis"])],
        _("Specialties"): [(", ".join(campus["specialties"]), "specialties")],
        _("Seat"): [*seat, (academy, "academy", campus["academy_basis"])],
        _("Led by"): [(joined(_("; "), schools["lead"]), "institutions")],
        _("Members"): [(joined(_("; "), schools["member"]), "institutions")],
        _("Contact"): [(reachable if reached else "", "website")],
        _("Labelled"): [since, (of_wave, "wave", campus["wave_basis"])],
        _("Excellence"): [(excellence, "excellence excellence_since")],
    }
    facts: list[tuple[str, Cell]] = [(_("Id"), (Span(campus["id"], "cyan"),))]
    for heading, parts in rows.items():
        if cell := joined(", ", [_proven(cited, *part) for part in parts]):
            facts.append((heading, cell))
    told = [_proven(cited, campus["description"] or "", "description"), _proven(cited, notes, "notes")]
    prose = [Prose(joined("\n", told))] if any(told) else []
    return [Facts(facts, _proven(cited, campus["name"], "name")), *prose, *evidence(cited)]


def _proven(cited: Sequence[Row], said: Cell, fields: str, basis: str | None = None) -> tuple[Span, ...]:
    """Return what is said of some fields with the numbers of the sources that say it, and how else it is known."""
    if not said:
        return ()
    proofs = [(at, one["url"]) for at, one in enumerate(cited, 1) if not {*fields.split()}.isdisjoint(one["supports"])]
    numbers = [Span(f"[{at}]", "dim", url) for at, url in proofs]
    note = [Span(f"({_(_BASES[basis])})", "dim")] if basis in _BASES else []
    return joined(" ", ([Span(said)] if isinstance(said, str) else said, numbers, note))


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
    """Return a row per value with its share, and a bar; of two fields the cross table, narrowed as far as needed."""
    if len(fields) == 1:
        return [_bars(look, sheet)]
    first, *heads, total = sheet.headings
    letters = [left + right for left in ("", *ascii_uppercase) for right in ascii_uppercase][: len(heads)]
    room = look.width or inf
    names = heads if _needed((*heads, total)) <= room else letters  # a key of which stands below
    if _needed((*names, total)) > room:  # for letters too
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
