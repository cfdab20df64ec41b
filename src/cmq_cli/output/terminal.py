"""Blocks for a terminal, drawn by Rich in the width of its window. No other module imports Rich."""

import io
import re
from collections.abc import Iterator, Sequence
from typing import Literal

from rich.box import SIMPLE_HEAD, Box
from rich.cells import cell_len, chop_cells
from rich.console import Console, Group, RenderableType
from rich.style import Style
from rich.table import Table as RichTable
from rich.text import Text

from cmq_cli.output.answer import Block, Cell, Column, Drawing, Facts, Heading, Look, Span, Table
from cmq_cli.output.formats import address, shown
from cmq_cli.output.plain import GAP, apart

MEASURE = 100
"""The longest line of prose that an eye follows with ease: in a wider window, what is read ends here."""

LEAST_BESIDE = 24
"""Columns that a text needs beside its name or mark; where it has less, it goes below."""

_ASCII_HEAD = Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)


def as_terminal(blocks: Sequence[Block], look: Look) -> str:
    """Return the blocks as text no wider than the window, save for addresses; with escape codes where it is coloured.

    Addresses stay whole, so that they can be copied or clicked; the terminal itself continues them below.
    """
    assert look.width is not None
    width = max(look.width, 1)
    parts: list[RenderableType] = []
    for at, block in enumerate(blocks):
        if at and apart(blocks[at - 1], block):
            parts.append("")
        parts += _drawn(block, look, width)
    file = io.StringIO()
    colors: Literal["standard"] | None = "standard" if look.colored else None
    console = Console(file=file, width=width, height=25, color_system=colors, no_color=False, legacy_windows=False)
    console.print(Group(*parts), crop=False)  # in a group, a text keeps its own settings
    drawn = _LINK_ID.sub("\x1b]8;;", file.getvalue())
    return "".join(f"{line.rstrip(' ')}\n" for line in drawn.split("\n")[:-1])


_LINK_ID = re.compile("\x1b]8;id=[0-9-]+;")
"""The number by which Rich joins the lines of a link. It is drawn by lot: no two answers would be equal."""


def _drawn(block: Block, look: Look, width: int) -> list[RenderableType]:
    measure = min(width, MEASURE)
    if isinstance(block, Table):
        return _table(block, look, width)
    if isinstance(block, Facts):
        return _facts([(name, _text(value, look)) for name, value in block.rows], measure)
    if isinstance(block, Drawing):
        return [_text(line, look) for line in block.lines]
    if isinstance(block, Heading):
        rule = "-" if look.ascii else "─"
        return [_wrapped(_text(block.text, look, "bold"), measure), _shown(rule * measure, "dim")]
    title = [_wrapped(_shown(block.title, "bold"), measure)] if block.title else []
    return [*title, _beside(_shown(block.mark), _text(block.text, look), measure)]


def _shown(text: str, style: Style | str = "") -> Text:
    """Return text as it can be shown: never markup, never a control code; its lines are broken here, not by Rich."""
    return Text(shown(text.replace("\t", " ")), style, overflow="ignore")


def _text(cell: Cell, look: Look, style: str = "") -> Text:
    text = _shown("", style)
    for span in (Span(cell),) if isinstance(cell, str) else cell:
        target = address(span.link) if look.links else None
        text += _shown(span.text, Style.parse(span.style) + Style(link=target))
    return text


def _table(table: Table, look: Look, width: int) -> list[RenderableType]:
    """Return a table; where its columns can't fit, each row becomes a list of its facts."""
    rows = [[_text(cell, look) for cell in row] for row in table.rows]
    headings = [_shown(column.heading, "bold") for column in table.columns]
    widths = _widths(table.columns, [headings, *rows], width)
    if widths is None:
        named = [[*zip((column.heading for column in table.columns), row, strict=True)] for row in rows]
        lists = [_facts(facts, min(width, MEASURE)) for facts in named]
        return [part for at, each in enumerate(lists) for part in (["", *each] if at else each)]
    box = _ASCII_HEAD if look.ascii else SIMPLE_HEAD
    drawn = RichTable(box=box, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), border_style="dim")
    head, *body = [[*map(_wrapped, row, widths)] for row in (headings, *rows)]
    for cell in (cell for row in (head, *body) for cell in row):
        cell.overflow = None  # or Rich would move nothing to the right
    for column, heading, size in zip(table.columns, head, widths, strict=True):
        drawn.add_column(heading, justify="right" if column.right else "left", width=size)
    for row in body:
        drawn.add_row(*row)
    return [drawn]


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[Text]], room: int) -> list[int] | None:
    """Return how wide the columns are: those that need little get it first; None where a word would be broken."""
    cells = list(zip(*rows, strict=True))
    most = [max(cell_len(line) for text in column for line in text.plain.split("\n")) for column in cells]
    room -= len(GAP) * (len(columns) - 1)
    if sum(most) <= room:
        return most
    widths = [
        full if column.whole else max(map(_widest_piece, texts))
        for column, texts, full in zip(columns, cells, most, strict=True)
    ]
    spare = room - sum(widths)
    if spare < 0:
        return None
    by_need = sorted(range(len(columns)), key=lambda at: most[at] - widths[at])
    for served, at in enumerate(by_need):
        more = min(most[at] - widths[at], spare // (len(columns) - served))
        widths[at] += more
        spare -= more
    return widths


def _facts(facts: Sequence[tuple[str, Text]], width: int) -> list[RenderableType]:
    margin = max((cell_len(name) for name, _ in facts), default=0) + len(GAP)
    return [_beside(_shown(name.ljust(margin), "bold"), value, width) for name, value in facts]


def _beside(mark: Text, text: Text, width: int) -> Text:
    """Return a text behind a mark, and indented by as much; where there is no room for that, below the mark."""
    margin = mark.cell_len
    if width - margin < min(LEAST_BESIDE, width * 2 // 3):
        return _wrapped(_shown("\n").join([mark, text]), width)
    lines = _lines(text, width - margin)
    return _shown("\n").join([mark + lines[0], *(_shown(" " * margin) + line for line in lines[1:])])


_SPACES = re.compile(r"(?<!«)(?<!n°)(?<!\d(?= \d{3}(?!\d))) +(?![%€‰:;!?»]|\(\w{1,3}\)|\[\d)")
"""Where a line may end: not before ``%``, ``:``, ``»``, ``(25)`` or ``[1]``, nor within ``10 000`` or ``n° 5``."""

_INSIDE = re.compile(r"(?<=[^\W_]-)(?<!\d-(?=\d))(?=[^\W_])|(?<=\])(?=\[\d)")
"""Where a word may be broken: after a hyphen, but not in ``2017-02-13``, and within ``[1][2]``."""

_WHOLE = re.compile(r"\W*[a-z0-9]+(-[a-z0-9]+)+\W*|.*://.*")
"""An id or an address, which can be copied, perhaps in brackets."""


def _pieces(line: str) -> Iterator[tuple[int, int]]:
    """Give where the parts of a line that stay whole begin and end; between them there are spaces, or nothing."""
    start, command = 0, line.rfind("cmq ")  # what is to be typed stands last, and stays whole
    for match in [*_SPACES.finditer(line, 0, command if command >= 0 else len(line)), None]:
        end = match.start() if match else len(line)
        if not _WHOLE.fullmatch(line, start, end):
            for inside in _INSIDE.finditer(line, start, end):
                yield start, inside.start()
                start = inside.start()
        yield start, end
        start = match.end() if match else end


def _widest_piece(text: Text) -> int:
    return max(cell_len(line[start:end]) for line in text.plain.split("\n") for start, end in _pieces(line))


def _wrapped(text: Text, width: int) -> Text:
    return _shown("\n").join(_lines(text, width))


def _lines(text: Text, width: int) -> list[Text]:
    """Return the lines of a text, each at most so wide, broken as a French reader expects.

    A word is broken only where it alone is wider than that; an address not even then.
    """
    lines = []
    for line in text.split("\n", allow_blank=True):
        plain, begin, finish = line.plain, 0, 0
        if cell_len(plain) <= width:
            lines.append(line)
            continue
        for start, end in _pieces(plain):
            if start > begin and cell_len(plain[begin:end]) > width:
                lines.append(line[begin:finish])
                begin = start
            while cell_len(plain[begin:end]) > width and "://" not in plain[begin:end]:
                part = _head(plain[begin:end], width)
                lines.append(line[begin : begin + len(part.rstrip(" "))])
                begin += len(part)
            finish = end
        if begin < finish:
            lines.append(line[begin:finish])
    return lines


def _head(piece: str, width: int) -> str:
    """Return what fits of a piece that is too wide: to its last space or hyphen, else all that fits."""
    head = next(filter(None, chop_cells(piece, width)))
    if head == piece:
        return head
    last = max(head.rfind(" ", 1), head.rfind("-"))
    return head[: last + 1] if last > 0 else head
