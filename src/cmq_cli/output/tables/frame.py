"""What all tables share: how wide, in which characters, in colour or not, and text from data kept as text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rich.console import Group, RenderableType
from rich.style import Style
from rich.text import Text

from cmq_cli.output.controls import SHOWN, address
from cmq_cli.output.formats import flat
from cmq_cli.output.records import Row
from cmq_cli.output.tables.prose import widest_line, widest_piece, wrap

Renderable = RenderableType

GAP = 2
"""Columns between one table column and the next."""

LEAST_TEXT = 8
"""Columns that a text needs behind its mark; where it has less, it goes on below."""

LEAST_VALUE = 24
"""Columns that a fact needs beside its name; where it has less, it goes below."""

MEASURE = 100
"""The longest line of prose that an eye follows with ease: in a wider window, what is read ends here."""


@dataclass(frozen=True)
class Look:
    """What the terminal can do."""

    width: int
    ascii: bool = False
    colored: bool = False
    links: bool = True
    height: int = 40
    braille: bool = True

    @property
    def unknown(self) -> str:
        """What stands for a fact that no source gives."""
        return "-" if self.ascii else "–"

    @property
    def rule(self) -> str:
        """What a line below a heading is made of."""
        return "-" if self.ascii else "─"

    @property
    def measure(self) -> int:
        """How wide a text is that is read, rather than looked up."""
        return min(self.width, MEASURE)

    @property
    def narrow(self) -> bool:
        """Whether what doesn't fit beside goes below."""
        return self.width < 72

    @property
    def wide(self) -> bool:
        """Whether there is room for columns that are nice to have."""
        return self.width >= 118


@dataclass(frozen=True)
class Column:
    """A column of a table: numbers go to the right, and fixed lines are never broken.

    A width may be wished for, and a least one be asked for, below which the text would be a ladder of words. Where
    there is no room for all columns, those that may go do so, the one with the highest `goes` first.
    """

    heading: str
    right: bool = False
    fixed: bool = False
    width: int | None = None
    least: int = 0
    goes: int = 0


def words(text: object, style: str = "", link: str | None = None) -> Text:
    """Return text from data as it can be shown: never markup, never a control code; perhaps with a link behind it."""
    shown = Text(str(text).translate(SHOWN), style=style, no_wrap=True, overflow="ignore")
    if target := address(link):
        shown.stylize(Style(link=target))
    return shown


def lines(*texts: Text | None) -> Text:
    """Return the texts one below the other."""
    return words("\n").join(text for text in texts if text is not None)


def paragraph(look: Look, text: Text, mark: str = "") -> Text:
    """Return the text as wide as it reads well, behind a mark and indented like it.

    An address is never broken, so that it can be copied, or clicked, as a whole. A word that fits the look, but not
    behind the mark, is not broken either: the text goes on below the mark then.
    """
    width = look.measure
    longest = widest_piece(text, addresses=False, whole_ids=False)
    if width < len(mark) + max(LEAST_TEXT, longest if longest <= width else 0):
        return wrap(words(mark.lstrip()) + text, width, addresses_whole=True)
    broken = wrap(text, width - len(mark), addresses_whole=True).split("\n", allow_blank=True)
    margins = (words(mark if at == 0 else " " * len(mark)) for at in range(len(broken)))
    return words("\n").join(margin + line for margin, line in zip(margins, broken, strict=True))


def grid(look: Look, columns: Sequence[Column], rows: Iterable[Sequence[Text | str]], apart: bool = False) -> Text:
    """Return a table; if they are to, its rows stand apart as soon as one of them takes several lines.

    Where it can't fit, not even without the columns that may go, each row becomes a list of its facts.
    """
    cells = [[words(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
    kept = _kept(look, columns, cells)
    if kept is None:
        headings = [column.heading for column in columns]
        return words("\n\n").join(facts(look, zip(headings, row, strict=True)) for row in cells)
    shown, their_cells, widths = kept
    head = _row(shown, widths, [words(column.heading, "bold") for column in shown], at_bottom=True)
    rule = words(look.rule * (sum(widths) + GAP * (len(shown) - 1)))
    body = [_row(shown, widths, row) for row in their_cells]
    apart = apart and any("\n" in row.plain for row in body)
    return lines(head, rule, words("\n\n" if apart else "\n").join(body) if body else None)


def _row(columns: Sequence[Column], widths: Sequence[int], cells: Sequence[Text], at_bottom: bool = False) -> Text:
    """Return a row of a table, as high as its highest cell."""
    wrapped = [list(wrap(cell, width).split("\n", allow_blank=True)) for cell, width in zip(cells, widths, strict=True)]
    if at_bottom:
        height = max(map(len, wrapped))
        wrapped = [[words("")] * (height - len(parts)) + parts for parts in wrapped]
    drawn = []
    for parts in zip_longest(*wrapped, fillvalue=words("")):
        line = words("")
        for part, column, width in zip(parts, columns, widths, strict=True):
            missing = words(" " * (width - part.cell_len))
            line += (missing + part if column.right else part + missing) + words(" " * GAP)
        line.rstrip()
        drawn.append(line)
    return lines(*drawn)


def fits(look: Look, columns: Sequence[Column], rows: Sequence[Sequence[Text]]) -> bool:
    """Tell whether a table of these columns and rows is narrow enough."""
    return _widths(look, columns, rows) is not None


Cells = Sequence[Sequence[Text]]


def _kept(look: Look, columns: Sequence[Column], cells: Cells) -> tuple[Sequence[Column], Cells, list[int]] | None:
    """Return the columns that there is room for, their cells and widths; None where there is none even for the others.

    Rather than that, an id is broken, after a hyphen.
    """
    order = sorted((at for at, column in enumerate(columns) if column.goes), key=lambda at: -columns[at].goes)
    for whole_ids in (True, False):
        for gone in range(len(order) + 1):
            stay = [at for at in range(len(columns)) if at not in order[:gone]]
            some, their = [columns[at] for at in stay], [[row[at] for at in stay] for row in cells]
            widths = _widths(look, some, their, whole_ids)
            if widths is not None:
                return some, their, widths
    return None


def _widths(look: Look, columns: Sequence[Column], cells: Cells, whole_ids: bool = True) -> list[int] | None:
    """Return how wide the columns are: as wished for, then those that need little get it, and the others share.

    None means that the window is too narrow for them: a word would have to be broken.
    """
    least, most = [], []
    for at, column in enumerate(columns):
        texts = [words(column.heading), *(row[at] for row in cells)]
        full = max(map(widest_line, texts))
        longest = max(widest_piece(text, whole_ids=whole_ids) for text in texts)
        least.append(full if column.fixed else max(min(column.least, full), longest))
        most.append(max(column.width or full, least[-1]))
    spare = look.width - GAP * (len(columns) - 1) - sum(least)
    if spare < 0:
        return None
    widths = list(least)
    by_need = sorted(range(len(columns)), key=lambda at: (columns[at].width is None, most[at] - least[at]))
    for served, at in enumerate(by_need):
        share = spare // (len(columns) - served) if columns[at].width is None else spare
        more = min(most[at] - least[at], share)
        widths[at] += more
        spare -= more
    return widths


Fact = tuple[str, Text | None]
"""What is known, and what it is called."""

BLANK: Fact = ("", Text(""))
"""A blank line between facts."""


def facts(look: Look, rows: Iterable[Fact]) -> Text:
    """Return a list of named facts; those without a value are left out."""
    known = [(name, value) for name, value in rows if value is not None]
    short = (len(name) for name, _ in known if len(name) <= look.width * 2 // 5)
    margin = max(short, default=0) + GAP
    return lines(*(_fact(look, margin, name, value) for name, value in known))


def _fact(look: Look, margin: int, name: str, value: Text) -> Text:
    """Return a value beside its name, or below where that is long, or the words of the value don't fit there."""
    room = look.width - margin
    fitting = widest_line(value) <= room or max(LEAST_VALUE, widest_piece(value, addresses=False)) <= room
    if fitting and len(name) + GAP <= margin:
        return _beside(look, name.ljust(margin), value)
    return lines(paragraph(look, words(name, "bold")) if name else None, paragraph(look, value, "  "))


def _beside(look: Look, name: str, value: Text) -> Text:
    text = paragraph(look, value, name)
    text.stylize("bold", 0, len(name.rstrip()))
    return text


def page(*parts: Renderable | None) -> Group:
    """Return the parts one below the other, with a blank line between them."""
    present = [part for part in parts if part is not None]
    return Group(*(each for at, part in enumerate(present) for each in ((Text(""), part) if at else (part,))))


def heading(look: Look, title: Text) -> Text:
    """Return a title over a line."""
    title.stylize("bold")
    return lines(paragraph(look, title), words(look.rule * look.measure, "dim"))


def note(look: Look, *sentences: str | None) -> Text | None:
    """Return remarks below a table, or None when there is nothing to remark."""
    said = [sentence for sentence in sentences if sentence]
    return paragraph(look, words("\n".join(said), "dim")) if said else None


def bar(share: float, look: Look, length: int) -> str:
    """Return a bar of a share from 0 to 1 of the length, in columns; anything above 0 can be seen."""
    size = max(round(share * length), 1) if share > 0 else 0
    return ("#" if look.ascii else "█") * size


def number(value: int) -> str:
    """Return a number with its thousands apart, as in French."""
    return f"{value:,}".replace(",", " ")


def of_fields(look: Look, records: Sequence[Row], fields: Sequence[str]) -> Renderable:
    """Draw a plain table of the fields that were asked for; the values of a list stand one below the other."""
    rows = [[_value(look, record[name]) for name in fields] for record in records]
    columns = [Column(name, right=_are_numbers(record[name] for record in records)) for name in fields]
    return grid(look, columns, rows)


def _are_numbers(values: Iterable[object]) -> bool:
    return {type(value) for value in values} - {type(None)} in ({int}, {float})


def _value(look: Look, value: object) -> Text:
    several = value if isinstance(value, list) and value else [value]
    cells = [flat([each] if isinstance(each, list) else each) for each in several]
    return lines(*(words(cell or look.unknown, link=cell) for cell in cells))
