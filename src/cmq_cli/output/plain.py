"""Blocks as plain text, for a pipe: a line per record, aligned by spaces; nothing is wrapped, cut or coloured."""

import unicodedata
from collections.abc import Sequence

from cmq_cli.output.answer import Block, Cell, Drawing, Facts, Heading, Prose, Table
from cmq_cli.output.formats import shown

GAP = "  "
"""What stands between one column and the next."""


def as_plain(blocks: Sequence[Block]) -> str:
    """Return the blocks one below the other, each line without blanks at its end."""
    lines: list[str] = []
    for at, block in enumerate(blocks):
        if at and apart(blocks[at - 1], block):
            lines.append("")
        lines += _lines(block)
    return "".join(f"{line.rstrip(' ')}\n" for line in lines)


def apart(before: Block, block: Block) -> bool:
    """Return whether a blank line stands between two blocks: not below a title, nor within a list of marked texts."""
    listed = isinstance(block, Prose) and block.mark != "" and not block.title
    return not (isinstance(before, Heading) or (listed and isinstance(before, Prose) and before.mark))


def _text(cell: Cell, between: str = " ") -> str:
    """Return a cell as text in which a terminal finds nothing to obey; its lines are joined."""
    text = cell if isinstance(cell, str) else "".join(span.text for span in cell)
    return shown(text.replace("\t", " ").replace("\n", between))


def _lines(block: Block) -> list[str]:
    if isinstance(block, Table):
        headings = [column.heading.upper() for column in block.columns]
        rows = [headings, *([_text(cell) for cell in row] for row in block.rows)]
        return _aligned(rows, [column.right for column in block.columns])
    if isinstance(block, Facts):
        return _aligned([(name, _text(value)) for name, value in block.rows], (False, False))
    if isinstance(block, Drawing):
        return [_text(line) for line in block.lines]
    if isinstance(block, Heading):
        return [_text(block.text)]
    text = f"{block.mark}{_text(block.text, chr(10))}".split("\n")
    return [block.title, *text] if block.title else text


def _aligned(rows: Sequence[Sequence[str]], right: Sequence[bool]) -> list[str]:
    """Return rows with their columns below each other."""
    columns = []
    for texts, to_the_right in zip(zip(*rows, strict=True), right, strict=True):
        sizes = [columns_of(text) for text in texts]
        width = max(sizes)
        blanks = [" " * (width - size) for size in sizes]
        pairs = zip(blanks, texts, strict=True) if to_the_right else zip(texts, blanks, strict=True)
        columns.append(["".join(pair) for pair in pairs])
    return [GAP.join(row) for row in zip(*columns, strict=True)]


def columns_of(text: str) -> int:
    """Return how many columns of a terminal a text takes: two for an East Asian letter, none for a combining mark.

    >>> columns_of("œuvre"), columns_of("e\\u0301te\\u0301"), columns_of("機電")
    (5, 3, 4)
    """
    marks = "\u0300"  # the first of the combining ones
    if text.isascii() or max(text) < marks:
        return len(text)
    shown = (char for char in text if char < marks or unicodedata.category(char) not in ("Mn", "Me", "Cf"))
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in shown)
