"""Blocks for a terminal, drawn by Rich in the width of its window. No other module imports Rich."""

import io
import re
from collections.abc import Iterable, Iterator, Sequence

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.table import Table as RichTable
from rich.text import Text

from cmq_cli.output.answer import MEASURE, Block, Cell, Drawing, Facts, Look, Prose, Span, Table
from cmq_cli.output.formats import address, held, pieces, shown, spaced


def as_terminal(blocks: Sequence[Block], look: Look) -> str:
    """Return the blocks as text no wider than the window, save for addresses, which stay whole to be clicked."""
    file, width = io.StringIO(), look.width or 1
    console = Console(
        file=file, width=width, color_system="standard" if look.colored else None, no_color=False, legacy_windows=False
    )
    console.print(Group(*_drawn(blocks, width)), crop=False, overflow="ignore")
    drawn = re.sub(r"(?<=\x1b]8;)id=[0-9-]+", "", file.getvalue())  # drawn by lot: no two answers would be equal
    for mark, plain in (("─", "-"), ("–", "-"), ("≤", "<="), ("█", "#")) if look.ascii else ():
        drawn = drawn.replace(mark, plain)
    return "".join(f"{line.rstrip(' ')}\n" for line in drawn.split("\n")[:-1])


def _drawn(blocks: Sequence[Block], width: int) -> Iterator[RenderableType]:
    """Give what Rich prints of blocks in a window of a width."""
    measure = min(width, MEASURE)
    for block in spaced(blocks):
        if isinstance(block, Prose | Facts) and block.title:
            yield _wrapped(_text(block.title, "bold"), measure)
        if isinstance(block, Table):
            yield from _table(block, width)
        elif isinstance(block, Drawing):
            yield from map(_text, block.lines)
        elif isinstance(block, Prose):
            yield _wrapped(_text(block.text), measure, _text(block.mark))
        else:
            if block.title:
                yield _text("─" * measure, "dim")
            margin = max((cell_len(name) for name, _value in block.rows), default=0) + 2
            for name, value in block.rows:
                yield _wrapped(_text(value), measure, _text(name.ljust(margin), "bold"))


def _text(cell: Cell, style: str = "") -> Text:
    """Return text as it can be shown: never markup, never a control code."""
    text = Text("", style)
    for span in (Span(cell),) if isinstance(cell, str) else cell:
        link = address(span.link)
        text.append(shown(span.text), f"{span.style} link {link}" if link else span.style)
    return text


def _table(table: Table, width: int) -> Iterable[RenderableType]:
    """Return a table; where its columns can't fit, each row becomes a list of its facts."""
    head, *rows = [[_text(cell) for cell in row] for row in (table.headings, *table.rows)]
    widths = _widths([head, *rows], width)
    if widths is None:
        return _drawn([Facts([*zip(table.headings, row, strict=True)]) for row in table.rows], width)
    drawn = RichTable(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), border_style="dim")
    for at, (heading, size) in enumerate(zip(head, widths, strict=True)):
        drawn.add_column(_wrapped(heading, size), justify="right" if at in table.right else "left", width=size)
    for row in rows:
        drawn.add_row(*map(_wrapped, row, widths))
    return [drawn]


def _widths(rows: Sequence[Sequence[Text]], room: int) -> list[int] | None:
    """Return how wide the columns are: those that need little get it first; None where a word would be broken."""
    columns = ["\n".join(text.plain for text in texts) for texts in zip(*rows, strict=True)]
    most = [max(map(cell_len, column.split("\n"))) for column in columns]
    widths = [max(map(cell_len, re.split(r"[ \n]|(?<=-)", held(column, len(column))))) for column in columns]
    spare = room - 2 * (len(columns) - 1) - sum(widths)
    if spare < 0:
        return None
    for served, at in enumerate(sorted(range(len(columns)), key=lambda at: most[at] - widths[at])):
        more = min(most[at] - widths[at], spare // (len(columns) - served))
        widths[at] += more
        spare -= more
    return widths


def _wrapped(text: Text, width: int, mark: Text | None = None) -> Text:
    """Return a text in lines, broken as a French reader expects, behind a mark, or below one that takes half a line."""
    mark = mark or Text()
    if mark.cell_len * 2 > width:
        return _wrapped(Text("\n").join([mark, text]), width)
    width -= mark.cell_len
    lines: list[Text] = []
    for line in text.split("\n", allow_blank=True):
        if line.cell_len <= width:
            lines.append(line)
            continue
        room = width if max(map(cell_len, line.plain)) < 2 else max(width // 2, 1)  # East Asian letters take two
        lines += [line[piece] for piece in pieces(line.plain, room, "://" not in line)]
    return mark + Text("\n" + " " * mark.cell_len).join(lines)
