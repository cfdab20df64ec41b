"""Blocks as plain text, for a pipe: a line per record, aligned by spaces; nothing is wrapped, cut or coloured."""

from collections.abc import Iterator, Sequence

from cmq_cli.output.answer import Block, Cell, Drawing, Facts, Heading, Prose, Table
from cmq_cli.output.formats import shown

GAP = "  "
"""What stands between one column and the next."""


def as_plain(blocks: Sequence[Block]) -> str:
    """Return the blocks one below the other, each line without blanks at its end."""
    return "".join(f"{line.rstrip(' ')}\n" for block in spaced(blocks) for line in _lines(block))


def spaced(blocks: Sequence[Block]) -> Iterator[Block]:
    """Give the blocks with a blank line between them, but not below a title, nor within a list of marked texts."""
    before: Block | None = None
    for block in blocks:
        listed = isinstance(block, Prose) and block.mark and not block.title
        if before and not isinstance(before, Heading) and not (listed and isinstance(before, Prose) and before.mark):
            yield Drawing([""])
        yield block
        before = block


def _lines(block: Block) -> list[str]:
    if isinstance(block, Table):
        headings = [column.heading.upper() for column in block.columns]
        return _aligned([headings, *block.rows], [column.right for column in block.columns])
    if isinstance(block, Facts):
        return _aligned(block.rows, (False, False))
    if isinstance(block, Drawing):
        return [_text(line) for line in block.lines]
    if isinstance(block, Heading):
        return [_text(block.text)]
    return [*filter(None, [block.title]), *f"{block.mark}{_text(block.text)}".split("\n")]


def _text(cell: Cell) -> str:
    """Return a cell as text in which a terminal finds nothing to obey."""
    return shown(cell if isinstance(cell, str) else "".join(span.text for span in cell))


def _aligned(rows: Sequence[Sequence[Cell]], right: Sequence[bool]) -> list[str]:
    """Return rows, a line each, with their columns below each other."""
    columns = []
    for cells, to_right in zip(zip(*rows, strict=True), right, strict=True):
        texts = [_text(cell).replace("\n", " ") for cell in cells]
        width = max(map(len, texts))
        columns.append([text.rjust(width) if to_right else text.ljust(width) for text in texts])
    return [GAP.join(row) for row in zip(*columns, strict=True)]
