"""Draw lists of whatever isn't a campus, and a page of one; what evidence looks like."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from cmq_cli.language import N_, _, number
from cmq_cli.output.answer import Block, Cell, Column, Facts, Heading, Look, Prose, Row, Sheet, Span, Table

_STYLES = {"id": "cyan", "source": "cyan", **dict.fromkeys(("label", "name", "title", "promise"), "bold")}


class Layout(NamedTuple):
    """What is shown of a kind of record: one layout makes the table, the page, the workbook and what a pipe gets."""

    title: str
    fields: str
    """Those of a line in a pipe, then ``|`` and those that only pages and workbooks have."""
    wide: str
    """The columns on a terminal; fields joined by ``+`` stand one below the other. The first is the title of a page."""
    shown: Callable[[Row], Row] = dict
    """Returns a record with what is shown instead of, or beside, its fields."""


HEADINGS = {
    "abbreviations": N_("Abbreviations"),
    "academies": N_("Academies"),
    "announced": N_("Announced on"),
    "as_of": N_("Announced on"),
    "call_launched_on": N_("Call"),
    "call_reference": N_("Reference"),
    "candidacies": N_("Applications"),
    "code": N_("Code"),
    "count": N_("Campuses"),
    "departments": N_("Departments"),
    "documented": N_("Documented"),
    "documented_deduced": N_("Deduced"),
    "event": N_("Event"),
    "excellence": N_("Excellence"),
    "fields": N_("Fields"),
    "former": N_("Former regions"),
    "id": N_("Id"),
    "keywords": N_("Search words"),
    "kind": N_("Supports"),
    "known": N_("In this registry"),
    "label": N_("Sector"),
    "message": N_("Problem"),
    "name": N_("Region"),
    "new": N_("New"),
    "notes": N_("Notes"),
    "number": N_("Wave"),
    "official": N_("Official"),
    "on": N_("Date"),
    "outcome": N_("What became of it"),
    "page": N_("Page"),
    "path": N_("Place"),
    "priorities": N_("Priorities"),
    "promise": N_("What was promised"),
    "promised": N_("Number"),
    "published": N_("Published"),
    "publisher": N_("Publisher"),
    "quote": N_("Quote"),
    "record": N_("Record"),
    "remedy": N_("To fix it"),
    "severity": N_("Severity"),
    "source": N_("Source"),
    "supported": N_("Supports"),
    "title": N_("Title"),
    "total": N_("Total"),
    "url": N_("Address"),
    "value": N_("Value"),
}
"""What people read above, or before, each field."""


def sheet(layout: Layout, rows: Sequence[Row]) -> Sheet:
    """Return all fields of the records as the table of a workbook."""
    names = layout.fields.replace("| ", "").split()
    cells = [[shown[name] for name in names] for shown in map(layout.shown, rows)]
    values = [[value if isinstance(value, int | None) else _text(value) for value in row] for row in cells]
    return Sheet(_(layout.title), [_(HEADINGS[name]) for name in names], values)


def table(look: Look, layout: Layout, rows: Sequence[Row]) -> Table:
    """Return a table of records: in a pipe a line for each, on a terminal often several."""
    shown = [layout.shown(row) for row in rows]
    spec = layout.fields.partition("|")[0] if look.width is None else layout.wide
    columns = [names.split("+") for names in spec.split()]
    numbers = [names for names in columns if any(isinstance(row[names[0]], int) for row in shown)]
    heads = [Column(_(HEADINGS[names[0]]), names in numbers) for names in columns]
    return Table(heads, [[_cell(look, row, names) for names in columns] for row in shown])


def _cell(look: Look, row: Row, names: Sequence[str]) -> Cell:
    if len(names) == 1:
        return _text(row[names[0]]) or look.unknown
    known = [(name, text) for name in names if (text := _text(row[name]))]
    spans = [Span(text, _STYLES.get(name, "dim" if at else "")) for at, (name, text) in enumerate(known)]
    return tuple(each for span in spans for each in (Span("\n"), span))[1:] or look.unknown


def _text(value: Any) -> str:
    """Return a value as a person reads it; the records in a list by name and code."""
    if isinstance(value, list):
        return ", ".join(f"{each['name']} ({each['code']})" if isinstance(each, dict) else each for each in value)
    return number(value) if isinstance(value, int) else str(value or "")


def page(look: Look, layout: Layout, row: Row, marks: Mapping[str, str] | None = None) -> list[Block]:
    """Return the title of a record and its fields, with the numbers of the evidence beside what it supports.

    A field that isn't known is shown as such; an empty list or text isn't shown.
    """
    marks, shown, title = marks or {}, layout.shown(row), layout.wide.partition("+")[0].split()[0]
    facts: list[tuple[str, Cell]] = []
    for name in layout.fields.replace("| ", "").split():
        if name != title and shown[name] not in ([], ""):
            text = _text(shown[name]) or look.unknown
            link = text if text.startswith("http") else None
            facts.append(
                (_(HEADINGS[name]), (Span(f"{text} {marks.get(name, '')}".strip(), _STYLES.get(name, ""), link),))
            )
    return [Heading(f"{_text(shown[title])} {marks.get('', '')}".strip()), Facts(facts)]


_KINDS = {"campus": N_("campus"), "wave": N_("wave"), "figure": N_("figure"), "milestone": N_("official count")}
"""What a record is called that a source supports."""
SECTORS = Layout(N_("Sectors"), "id label count keywords | page", "label+id+keywords count")
REGIONS = Layout(
    N_("Regions"),
    "code name count abbreviations former academies departments",
    "name+code+abbreviations+former count academies departments",
)
SOURCES = Layout(
    N_("Sources"),
    "id published supported publisher title | url",
    "title+publisher+id published supported",
    lambda row: {**row, "supported": len(row["supports"])},
)
SUPPORTED = Layout(
    N_("Supports"),
    "kind record fields quote",
    "kind record+fields quote",
    lambda row: {**row, "record": str(row["record"]), "kind": _(_KINDS[row["kind"]]), "quote": quotation(row["quote"])},
)
PROBLEMS = Layout(
    N_("Problems"),
    "severity record path value message remedy",
    "severity path+value message+remedy",
    lambda row: {**row, "severity": {"error": _("error"), "warning": _("warning")}[row["severity"]]},
)


def source_page(look: Look, layout: Layout, row: Row) -> list[Block]:
    """Draw a source with everything that it supports."""
    supported = table(look, SUPPORTED, row["supports"]) if row["supports"] else Prose(_("No record cites it."))
    return [*page(look, layout, row), supported]


def quotation(quote: str | None) -> str:
    """Return what a source says between French quotation marks."""
    return f"«\N{NO-BREAK SPACE}{quote}\N{NO-BREAK SPACE}»" if quote else ""


def evidence(cited: Sequence[Row]) -> list[Block]:
    """Draw the numbered sources of a record: what each says, its title, publisher and date, and where to see more."""
    blocks: list[Block] = []
    for at, one in enumerate(cited, 1):
        known = ", ".join(filter(None, (one["publisher"], one["published"])))
        quote = f"{quotation(one['quote'])} " if one["quote"] else ""
        command = Span(f" (cmq sources {one['source']})", "dim")
        text = (Span(quote), Span(one["title"], link=one["url"]), Span(f", {known}"), command)
        blocks.append(Prose(text, title=_("Evidence") if at == 1 else "", mark=f"[{at}] "))
    return blocks
