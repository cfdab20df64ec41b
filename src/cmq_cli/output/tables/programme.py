"""Draw the calls for projects and the promises, each fact with the numbers of the evidence that supports it."""

import re
from collections.abc import Mapping, Sequence

from cmq_cli.language import N_, _, number
from cmq_cli.output.answer import Block, Column, Look, Row, Span, Table
from cmq_cli.output.tables.lists import Layout, page, table
from cmq_cli.text import plain

_BAR = 20
"""Columns of the longest bar."""


def _wave(row: Row) -> Row:
    announced = [f"{each['on']}{'*' if each['basis'] == 'deduced' else ''}" for each in row["announcements"]]
    return {**row, "number": str(row["number"]), "announced": announced, "notes": row["notes"] or ""}


_COLUMNS = "number call_launched_on candidacies announced new total documented documented_deduced"
WAVES = Layout(N_("Calls for projects"), f"{_COLUMNS} | call_reference priorities notes", _COLUMNS, _wave)
COUNTS = Layout(
    N_("Official counts"),
    "on official excellence source event",
    "on official excellence event+source",
    lambda row: {**row, "official": row["campuses"]},
)
FIGURES = Layout(N_("Figures"), "id promised promise outcome known | as_of notes", "promise+promised+id outcome+known")


def figures(known: Mapping[str, str]) -> Layout:
    """Return the layout of promises, with what the registry knows of each, by id."""

    def shown(row: Row) -> Row:
        promised = ", ".join(filter(None, (f"{number(row['value'])} {row['unit']}", row["period"])))
        outcome = row["outcome"] or ("" if known[row["id"]] else _("Not known: no source tells it."))
        return {
            **row,
            "promise": row["label"],
            "promised": promised,
            "outcome": outcome,
            "known": known[row["id"]],
            "notes": row["notes"] or "",
        }

    return FIGURES._replace(shown=shown)


def counts(look: Look, milestones: Sequence[Row]) -> list[Block]:
    """Draw how many campuses existed officially, by date and with the source; on a terminal bars show the growth."""
    if not milestones:
        return []
    drawn = table(look, COUNTS, milestones)
    most = max(each["campuses"] or 0 for each in milestones)
    if look.width is None or look.width < 5 * _BAR or not most:
        return [drawn]
    bars = [("#" if look.ascii else "█") * round(_BAR * (each["campuses"] or 0) / most) for each in milestones]
    rows = [[*row[:2], (Span(bar, "cyan"),), *row[2:]] for row, bar in zip(drawn.rows, bars, strict=True)]
    return [Table([*drawn.columns[:2], Column(""), *drawn.columns[2:]], rows)]


def wave_page(look: Look, layout: Layout, row: Row) -> list[Block]:
    """Draw a wave with the official counts of its time; its campuses and the evidence follow."""
    announced = [*enumerate(row["announcements"])]
    facts = {name: str(row[name]) for name in ("call_launched_on", "call_reference", "candidacies")}
    facts |= {f"{name} {at}": str(each[name]) for at, each in announced for name in ("new", "total")}
    days = {"call_launched_on": row["call_launched_on"], **{f"on {at}": each["on"] for at, each in announced}}
    marks = _marks(row["sources"], facts, {"notes": row["notes"]}, days)
    said = []
    for at, each in announced:
        values = {name: f"{each[name]} {marks.get(f'{name} {at}', '')}".strip() for name in ("on", "new", "total")}
        message = (
            _("{on}: {new} new, {total} in all")
            if each["basis"] == "stated"
            else _("{on}: {new} new, {total} in all (deduced)")
        )
        said.append(f"{message.format(**values)}. {each['note'] or ''}".strip())
    titled = {
        **layout.shown(row),
        "number": _("Wave {number}", number=row["number"]),
        "announced": "\n".join(said),
    }
    return [
        *page(look, layout._replace(shown=dict), titled, marks),
        *([table(look, COUNTS, row["milestones"])] if row["milestones"] else []),
    ]


def figure_page(look: Look, layout: Layout, row: Row) -> list[Block]:
    """Draw a promise with what became of it; the evidence follows."""
    prose = {"notes": row["notes"], "outcome": row["outcome"]}
    marks = _marks(row["sources"], {"promised": str(row["value"])}, prose, {"as_of": row["as_of"]})
    return page(look, layout, row, marks)


def _marks(
    cited: Sequence[Row], values: Mapping[str, str], prose: Mapping[str, str | None], days: Mapping[str, str]
) -> dict[str, str]:
    """Return, by the name of a fact, the numbers of the evidence that supports it, as ``[1][3]``; by "" the others'.

    The registry doesn't say which fact of a wave or promise a citation supports, but the citation does: an extract was
    chosen for the first number, day or name in it (of a source without extract, in its title), and proves the value
    that is the same, or else the text that has it. What became of a promise is proven only by what may be later, and a
    day by a source of that day.
    """
    found: dict[str, list[int]] = {}
    for at, one in enumerate(cited, 1):
        first = (*told(one["quote"] or one["title"]), None)[0]
        places = [name for name, value in values.items() if first in told(value)]
        if not places:
            places = [name for name, text in prose.items() if first in told(text or "")]
            earlier = one["published"] is not None and one["published"] <= max(days.values())
            if "outcome" in places and (earlier or (one["published"] is None and len(places) > 1)):
                places.remove("outcome")
        places += [name for name, day in days.items() if one["published"] == day and name not in places]
        for name in places or [""]:
            found.setdefault(name, []).append(at)
    return {name: "".join(f"[{at}]" for at in numbers) for name, numbers in found.items()}


_MONTHS = ["janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre"]
_MONTHS += ["decembre"]
_SPELLED = {"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "dix": 10, "onze": 11}
_SPELLED |= {"douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16}  # neuf also means "new"
_TOLD = re.compile(
    rf"\b(?P<day>\d\d?)(?:er)?[ -](?P<month>\d\d?|{'|'.join(_MONTHS)})[ -](?P<year>20\d\d)\b"
    r"|\b(?P<number>20\d\d-\d\d-\d\d|\d{1,3}(?:[ .]\d{3})+|\d+)\b"
    rf"|\b(?P<word>{'|'.join(_SPELLED)})\b(?P<hundreds> cents?\b)?"
)
_NAME = re.compile(r"(?<=[a-zà-ÿ,] )[A-ZÀ-Þ][\w’'-]{3,}")


def told(text: str) -> list[str]:
    """Return the days and numbers that a French text tells, then its names; years and ordinals are none of these.

    >>> told("Le 7 septembre 2017, 2.000 places par an sur cinq ans, à la rentrée 2017, après le 5e appel de Lille")
    ['2017-09-07', '2000', '5', 'Lille']
    """
    found = []
    for match in _TOLD.finditer(plain(text)):
        if match["day"]:
            month = int(match["month"]) if match["month"].isdecimal() else _MONTHS.index(match["month"]) + 1
            found.append(f"{match['year']}-{month:02}-{int(match['day']):02}")
        elif match["word"]:
            found.append(str(_SPELLED[match["word"]] * (100 if match["hundreds"] else 1)))
        elif not re.fullmatch(r"20[1-9]\d", match["number"]):
            found.append(re.sub(r"[ .]", "", match["number"]))
    return found + _NAME.findall(text)
