"""Draw tables, pages and sheets of records; and all that isn't a campus: waves, figures, vocabulary, sources."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from cmq_cli.language import N_, _, number
from cmq_cli.output.answer import Block, Cell, Column, Facts, Heading, Look, Prose, Row, Sheet, Span, Table
from cmq_cli.text import plain


class Layout(NamedTuple):
    """What people are shown of a kind of record: one layout makes the table, the page, the sheet and a pipe's lines."""

    fields: str
    """All that there is to show."""
    headings: str
    """What stands above, or before, each of them: one message, of which a translator keeps the order."""
    wide: str = ""
    """The columns on a terminal; fields joined by ``+`` stand one below the other. The first is the title of a page."""
    piped: str = ""
    """The columns in a pipe, where these aren't all fields."""
    title: str = ""

    def named(self) -> dict[str, str]:
        """Return the headings by field."""
        return dict(zip(self.fields.split(), _(self.headings).split("|"), strict=True))


_STYLES = {**dict.fromkeys(("id", "source", "bar"), "cyan"), **dict.fromkeys(("label", "name", "title"), "bold")}
_NUMBERS = (
    "km",
    "count",
    "supported",
    "candidacies",
    "new",
    "total",
    "documented",
    "documented_deduced",
    "campuses",
    "excellence",
)
"""The fields of which the columns go to the right."""


def table(look: Look, layout: Layout, rows: Sequence[Row]) -> Table:
    """Return a table of records: in a pipe a line for each, on a terminal often several.

    ``links`` of a record has the addresses behind its fields.
    """
    headings, shown = layout.named(), layout.piped or layout.fields if look.width is None else layout.wide
    columns = [names.split("+") for names in shown.split()]
    heads = [Column(headings.get(first, ""), right=first in _NUMBERS) for first, *_below in columns]
    return Table(heads, [[_cell(row, names) for names in columns] for row in rows])


def _cell(row: Row, names: Sequence[str]) -> Cell:
    links = row.get("links", {})
    spans = [
        Span(_text(row[name]), _STYLES.get(name, "dim" if name != names[0] else ""), links.get(name))
        for name in names
        if row[name] is not None
    ]
    return joined("\n", ([span] for span in spans if span.text)) or "–"


def _text(value: Any) -> str:
    """Return a value as a person reads it; the records in a list by name and code."""
    if isinstance(value, list):
        return ", ".join(f"{each['name']} ({each['code']})" if isinstance(each, dict) else each for each in value)
    if isinstance(value, float):
        return f"{value:.0f}"
    return number(value) if isinstance(value, int) else str(value or "")


def joined(between: str, parts: Iterable[Sequence[Span]]) -> tuple[Span, ...]:
    """Return parts that aren't empty as one, with a text between them."""
    return tuple(span for part in parts if part for span in (Span(between), *part))[1:]


def sheet(layout: Layout, rows: Sequence[Row], names: Sequence[str] = ()) -> Sheet:
    """Return the fields of records, all or those that are named, as the table of a workbook."""
    headings = layout.named()
    names = names or [*headings]
    cells = [[row[name] for name in names] for row in rows]
    values = [[value if isinstance(value, int | float | None) else _text(value) for value in row] for row in cells]
    return Sheet(_(layout.title), [headings[name] for name in names], values)


def page(layout: Layout, row: Row, marks: Mapping[str, str] | None = None) -> list[Block]:
    """Return the title of a record and its fields, with the numbers of the evidence beside what it supports.

    A field that isn't known is shown as such; an empty list or text isn't shown.
    """
    marks, (title, *_others) = marks or {}, re.split(r"\W", layout.wide)
    facts: list[tuple[str, Cell]] = []
    for name, heading in layout.named().items():
        if name != title and row[name] not in ([], ""):
            text = _text(row[name]) or "–"
            link = text if text.startswith("http") else None
            facts.append((heading, (Span(f"{text} {marks.get(name, '')}".strip(), _STYLES.get(name, ""), link),)))
    return [Heading(f"{_text(row[title])} {marks.get('', '')}".strip()), Facts(facts)]


def evidence(cited: Sequence[Row]) -> list[Block]:
    """Draw the numbered sources of a record: what each says, its title, publisher and date, and where to see more."""
    blocks: list[Block] = []
    for at, one in enumerate(cited, 1):
        known = ", ".join(filter(None, (one["publisher"], one["published"])))
        quote = f"{_quotation(one['quote'])} " if one["quote"] else ""
        command = Span(f" (cmq sources {one['source']})", "dim")
        text = (Span(quote), Span(one["title"], link=one["url"]), Span(f", {known}"), command)
        blocks.append(Prose(text, title=_("Evidence") if at == 1 else "", mark=f"[{at}] "))
    return blocks


def _quotation(quote: str | None) -> str:
    return f"«\N{NO-BREAK SPACE}{quote}\N{NO-BREAK SPACE}»" if quote else ""


SECTORS = Layout(
    "id label count keywords page",
    N_("Id|Sector|Campuses|Search words|Page"),
    wide="label+id+keywords count",
    piped="id label count keywords",
    title=N_("Sectors"),
)
REGIONS = Layout(
    "code name count abbreviations former academies departments",
    N_("Code|Region|Campuses|Abbreviations|Former regions|Academies|Departments"),
    wide="name+code+abbreviations+former count academies departments",
    title=N_("Regions"),
)
SOURCES = Layout(
    "id published supported publisher title url",
    N_("Id|Published|Supports|Publisher|Title|Address"),
    wide="title+publisher+id published supported",
    piped="id published supported publisher title",
    title=N_("Sources"),
)
_SUPPORTED = Layout("kind record fields quote", N_("Supports|Record|Fields|Quote"), wide="kind record+fields quote")
_KINDS = {"campus": N_("campus"), "wave": N_("wave"), "figure": N_("figure"), "milestone": N_("official count")}
_PROBLEMS = Layout(
    "severity record path value message remedy",
    N_("Severity|Record|Place|Value|Problem|To fix it"),
    wide="severity path+value message+remedy",
)
_CALLS = "number call_launched_on candidacies announced new total documented documented_deduced"
WAVES = Layout(
    f"{_CALLS} call_reference priorities notes",
    N_("Wave|Call|Applications|Announced on|New|Total|Documented|Deduced|Reference|Priorities|Notes"),
    wide=_CALLS,
    piped=_CALLS,
    title=N_("Calls for projects"),
)
_COUNTS = Layout(
    "on campuses excellence source event",
    N_("Date|Official|Excellence|Source|Event"),
    wide="on campuses excellence event+source",
)
FIGURES = Layout(
    "id promised label outcome known as_of notes",
    N_("Id|Number|What was promised|What became of it|In this registry|Announced on|Notes"),
    wide="label+promised+id outcome+known",
    piped="id promised label outcome known",
    title=N_("Figures"),
)


def source_page(look: Look, row: Row) -> list[Block]:
    """Draw a source with everything that it supports."""
    supported = [
        {**each, "record": str(each["record"]), "kind": _(_KINDS[each["kind"]]), "quote": _quotation(each["quote"])}
        for each in row["supports"]
    ]
    below = table(look, _SUPPORTED, supported) if supported else Prose(_("No record cites it."))
    return [*page(SOURCES, row), below]


def problems(look: Look, found: Sequence[Row]) -> Table:
    """Draw the problems of a file, each with its remedy."""
    severities = {"error": _("error"), "warning": _("warning")}
    return table(look, _PROBLEMS, [{**row, "severity": severities[row["severity"]]} for row in found])


def counts(look: Look, milestones: Sequence[Row]) -> Table:
    """Draw how many campuses existed officially, by date and with the source; on a wide terminal bars show the growth."""
    most = max((row["campuses"] or 0 for row in milestones), default=0) or 1
    rows = [{**row, "bar": "█" * round(20 * (row["campuses"] or 0) / most) or " "} for row in milestones]
    wide = _COUNTS.wide.replace("excellence", "bar excellence")
    return table(look, _COUNTS._replace(wide=wide) if (look.width or 0) >= 100 else _COUNTS, rows)


def wave(row: Row) -> Row:
    """Return a call for projects with what people are shown of it; a star marks a date that is deduced."""
    announced = [f"{each['on']}{'*' if each['basis'] == 'deduced' else ''}" for each in row["announcements"]]
    return {**row, "announced": announced, "notes": row["notes"] or ""}


def wave_page(look: Look, row: Row) -> list[Block]:
    """Draw a call for projects with the official counts of its time; its campuses and the evidence follow."""
    announced = [*enumerate(row["announcements"])]
    facts = {name: str(row[name]) for name in ("call_launched_on", "call_reference", "candidacies", "notes")}
    facts |= {f"{name} {at}": str(each[name]) for at, each in announced for name in ("on", "new", "total")}
    marks = _marks(row["sources"], facts)
    said = []
    for at, each in announced:
        values = {name: f"{each[name]} {marks.get(f'{name} {at}', '')}".strip() for name in ("on", "new", "total")}
        stated, deduced = N_("{on}: {new} new, {total} in all"), N_("{on}: {new} new, {total} in all (deduced)")
        said.append(f"{_(stated if each['basis'] == 'stated' else deduced, **values)}. {each['note'] or ''}".strip())
    titled = {**row, "number": _("Wave {number}", number=row["number"]), "announced": "\n".join(said)}
    return [*page(WAVES, titled, marks), table(look, _COUNTS, row["milestones"])]


def figure(row: Row, known: str) -> Row:
    """Return a promise with what people are shown of it, and of what the registry knows."""
    return {
        **row,
        "promised": ", ".join(filter(None, (f"{number(row['value'])} {row['unit']}", row["period"]))),
        "outcome": row["outcome"] or ("" if known else _("Not known: no source tells it.")),
        "known": known,
        "notes": row["notes"] or "",
    }


def figure_page(_look: Look, row: Row) -> list[Block]:
    """Draw a promise with what became of it; the evidence follows."""
    facts = {"promised": str(row["value"]), **{name: row[name] for name in ("as_of", "notes", "outcome")}}
    return page(FIGURES, row, _marks(row["sources"], facts))


def _marks(cited: Sequence[Row], facts: Mapping[str, str]) -> dict[str, str]:
    """Return, by the name of a fact, the numbers of the evidence that supports it, as ``[1][3]``; by "" the others'.

    The registry doesn't say which fact of a wave or promise a citation supports, but the citation does: its extract was
    chosen for the first number or day in it (that of the title, where there is no extract), and a source of a day for
    that day. What became of a promise is proven only by what may be later.
    """
    found: dict[str, str] = {}
    for at, one in enumerate(cited, 1):
        first, published = (*told(one["quote"] or one["title"]), None)[0], one["published"]
        names = [name for name, text in facts.items() if first in told(text) or text in (first, published)]
        if "outcome" in names and (published <= facts["as_of"] if published else len(names) > 1):
            names.remove("outcome")
        for name in names or [""]:
            found[name] = f"{found.get(name, '')}[{at}]"
    return found


_MONTHS = "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
_TOLD = re.compile(
    rf"\b(\d\d?)(?:er)?[ -](\d\d?|{_MONTHS})[ -](20\d\d)\b"  # a day
    r"|\b(?!20[1-9]\d\b)(\d{1,3}(?:[ .]\d{3})+|\d+)\b"
)


def told(text: str) -> list[str]:
    """Return the days and numbers that a French text tells in digits; years and ordinals are none of these.

    >>> told("Le 7 septembre 2017, 2.000 places par an, à la rentrée 2017, après le 5e appel, au lieu de 80")
    ['2017-09-07', '2000', '80']
    """
    found = []
    for of_month, month, year, figure in _TOLD.findall(plain(text)):
        if figure:
            found.append(re.sub("[ .]", "", figure))
        else:
            in_year = month if month.isdecimal() else _MONTHS.split("|").index(month) + 1
            found.append(f"{year}-{int(in_year):02}-{int(of_month):02}")
    return found
