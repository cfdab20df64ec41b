"""Draw tables, pages and sheets of records; and all that isn't a campus: waves, figures, vocabulary, sources."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from cmq_cli.language import N_, _, number
from cmq_cli.output.answer import UNKNOWN, Block, Cell, Facts, Look, Prose, Row, Sheet, Span, Table
from cmq_cli.text import plain


class Layout(NamedTuple):
    """What people are shown of a kind of record, as a table, a page, a sheet and the lines of a pipe."""

    fields: str  # all that there is to show
    headings: str  # what stands above, or before, each: one message, of which a translator keeps the order
    wide: str = ""  # the columns on a terminal, "+" between fields below each other
    piped: str = ""  # the columns in a pipe, where these aren't all fields
    title: str = ""  # of a sheet

    def named(self) -> dict[str, str]:
        """Return the headings by field."""
        return dict(zip(self.fields.split(), _(self.headings).split("|"), strict=True))


_TITLES = ("label", "name", "title", "number")  # the field that is the title of a record
_STYLES = {
    **dict.fromkeys(_TITLES, "bold"),
    **dict.fromkeys(("id", "source", "bar"), "cyan"),
    **dict.fromkeys(("of_wave", "told", "contact", "keywords", "publisher", "abbreviations", "former"), "dim"),
}


def table(look: Look, layout: Layout, rows: Sequence[Row]) -> Table:
    """Return a table of records, numbers to the right; ``links`` of a record has the addresses behind its fields."""
    headings = layout.named()
    shown = layout.wide if look.width else layout.piped or layout.fields
    columns = [names.split("+") for names in shown.split()]
    firsts = [names[0] for names in columns]
    right = [at for at, first in enumerate(firsts) if any(isinstance(row[first], int | float) for row in rows)]
    heads = [headings.get(first, "") for first in firsts]
    return Table(heads, [[_cell(row, names) for names in columns] for row in rows], right)


def _cell(row: Row, names: Sequence[str]) -> Cell:
    links = row.get("links", {})
    spans = [Span(_text(row[name]), _STYLES.get(name, ""), links.get(name)) for name in names]
    return joined("\n", ([span] for span in spans if span.text)) or UNKNOWN


def _text(value: Any) -> str:
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


def page(look: Look, layout: Layout, row: Row) -> list[Block]:
    """Return the title of a record, its fields, each with the numbers of its evidence, and what records are in it."""
    row = {**row, **row.get("in_full", {})}  # what a page tells and a table only marks
    title = next(name for name in layout.named() if name in _TITLES)
    cited = row.get("sources", ())
    facts: list[tuple[str, Cell]] = []
    said = ""
    for name, heading in layout.named().items():
        if name == title or row[name] in ([], ""):
            continue
        text = _text(row[name]) or UNKNOWN
        if name not in ("known", "documented", "documented_deduced"):  # which the registry says itself
            after = row["as_of"] if name == "outcome" else ""
            text = "\n".join(_proven(line, cited, after) for line in text.split("\n"))
        facts.append((heading, (Span(text, _STYLES.get(name, ""), link=text),)))
        said += text
    marks = (f"[{at}]" for at, _one in enumerate(cited, 1))
    others = "".join(mark for mark in marks if mark not in said)  # what proves no line stands at the title
    blocks: list[Block] = [Facts(facts, f"{row[title]} {others}".strip())]
    if "milestones" in row:
        blocks.append(table(look, _COUNTS, row["milestones"]))
    if "supports" in row:
        supported = [
            {**each, "record": str(each["record"]), "kind": _(_KINDS[each["kind"]]), "quote": _quotation(each["quote"])}
            for each in row["supports"]
        ]
        blocks.append(table(look, _SUPPORTED, supported) if supported else Prose(_("No record cites it.")))
    return blocks


def _proven(line: str, cited: Sequence[Row], after: str) -> str:
    """Return a line with the numbers of the evidence, later than `after`, that was chosen for a number or day in it."""
    known, marks = {*days_and_numbers(line)}, ""
    for at, one in enumerate(cited, 1):
        published = one["published"] or ""
        proofs = {published, *days_and_numbers(one["quote"] or one["title"])[:1]}
        if known & proofs and (published > after or not after):
            marks += f"[{at}]"
    return f"{line} {marks}".strip()


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


def problems(look: Look, found: Sequence[Row]) -> Table:
    """Draw the problems of a file, each with its remedy."""
    severities = {"error": _("error"), "warning": _("warning")}
    return table(look, _PROBLEMS, [{**row, "severity": severities[row["severity"]]} for row in found])


def counts(look: Look, milestones: Sequence[Row]) -> Table:
    """Draw how many campuses existed officially, by date and with the source; where there is room, with bars."""
    most = max((row["campuses"] or 0 for row in milestones), default=0) or 1
    rows = [{**row, "bar": "█" * round(20 * (row["campuses"] or 0) / most) or " "} for row in milestones]
    with_bars = _COUNTS._replace(wide="on campuses bar excellence event+source")
    return table(look, with_bars if (look.width or 0) >= 100 else _COUNTS, rows)


def wave(row: Row) -> Row:
    """Return a call for projects as people are shown it: with dates in a table, of which some have a star, or told."""
    stated, deduced = N_("{on}: {new} new, {total} in all"), N_("{on}: {new} new, {total} in all (deduced)")
    dates, said = [], []
    for each in row["announcements"]:
        message, star = (deduced, "*") if each["basis"] == "deduced" else (stated, "")
        dates.append(f"{each['on']}{star}")
        said.append(f"{_(message, **each)}. {each['note'] or ''}".strip())
    in_full = {"number": _("Wave {number}", number=row["number"]), "announced": "\n".join(said)}
    return {**row, "number": str(row["number"]), "announced": dates, "notes": row["notes"] or "", "in_full": in_full}


_MONTHS = "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
_DAY = rf"\b(\d\d?)(?:er)?[ -](\d\d?|{_MONTHS})[ -](20\d\d)\b"
_DAY_OR_NUMBER = r"\b(?:20\d\d-\d\d-\d\d|(?!20[1-9]\d\b)(?:\d{1,3}(?:[ .,]\d{3})+|\d+))\b"


def days_and_numbers(text: str) -> list[str]:
    """Return the days, as 2017-02-13, and numbers that a French text tells in digits, but no years and ordinals."""
    found = re.findall(_DAY_OR_NUMBER, re.sub(_DAY, _iso, plain(text)))
    return [re.sub("[ .,]", "", each) for each in found]


def _iso(day: re.Match[str]) -> str:
    month = int(day[2]) if day[2].isdecimal() else _MONTHS.split("|").index(day[2]) + 1
    return f"{day[3]}-{month:02}-{int(day[1]):02}"
