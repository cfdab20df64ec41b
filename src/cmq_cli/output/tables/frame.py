"""What all tables share: how wide, in which characters, in colour or not, and text from data kept as text."""

import io
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from cmq_cli.output.formats import flat
from cmq_cli.output.records import Record

Renderable = RenderableType

_PLAIN_HEAD = box.Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)
"""Rich's SIMPLE_HEAD in ASCII."""

GAP = 2
"""Columns between one table column and the next."""

_HIDDEN = {code: f"\\x{code:02x}" for code in [*range(32), *range(127, 160)] if code != 10} | {
    code: f"\\u{code:04x}" for code in (0x61C, *range(0x200E, 0x2010), *range(0x2028, 0x202F), *range(0x2066, 0x206A))
}
"""Control codes and marks that reorder a line: shown as what they are, never obeyed."""


@dataclass(frozen=True)
class Look:
    """What the terminal can do."""

    width: int
    ascii: bool = False
    colored: bool = False

    @property
    def unknown(self) -> str:
        """What stands for a fact that no source gives."""
        return "-" if self.ascii else "–"

    @property
    def narrow(self) -> bool:
        """Whether what doesn't fit beside goes below."""
        return self.width < 72

    @property
    def wide(self) -> bool:
        """Whether there is room for columns that are nice to have."""
        return self.width >= 118


def as_text(renderable: Renderable, look: Look) -> str:
    """Draw to a string exactly as wide as the look, with escape codes only where it is coloured."""
    file = io.StringIO()
    console = Console(
        file=file,
        width=look.width,
        force_terminal=look.colored,
        no_color=not look.colored,
        color_system="auto" if look.colored else None,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    console.print(renderable)
    return (
        "".join(f"{line.rstrip()}\n" for line in file.getvalue().splitlines()) if not look.colored else file.getvalue()
    )


def words(text: object, style: str = "", link: str | None = None) -> Text:
    """Return text from data as it can be shown: never markup, never a control code; perhaps with a link behind it."""
    shown = Text(str(text).translate(_HIDDEN), style=style)
    if link and link.startswith(("http://", "https://")):
        shown.stylize(Style(link=link.translate(_HIDDEN)))
    return shown


def lines(*texts: Text) -> Text:
    """Return the texts one below the other."""
    return Text("\n").join(texts)


def wrap(text: Text, width: int) -> Text:
    """Return the text broken into lines of at most the width, at spaces and after hyphens, never inside a word.

    Only a word that alone is wider than the width is broken.
    """
    breaks = textwrap.TextWrapper(width=max(width, 1), break_on_hyphens=True)
    offsets: list[int] = []
    start = 0
    for line in text.plain.split("\n"):
        at = start
        for piece in breaks.wrap(line):
            at = text.plain.index(piece, at) + len(piece)
            offsets.append(at)
        start += len(line) + 1
    broken = text.divide(offsets[:-1])
    for part in broken:
        part.plain = part.plain.strip()
    return lines(*broken)


def grid(
    look: Look,
    *columns: str,
    right: Sequence[str] = (),
    fixed: Sequence[str] = (),
    widths: Mapping[str, int] | None = None,
    apart: bool = False,
) -> Table:
    """Return an empty table with these headings.

    The `right` columns hold numbers, the `fixed` ones never wrap; rows of several lines stand apart.
    """
    table = Table(
        box=_PLAIN_HEAD if look.ascii else box.SIMPLE_HEAD,
        header_style="bold",
        show_edge=False,
        pad_edge=False,
        padding=(0, GAP - 1, 0, 0),  # the frame itself adds a column
        leading=1 if apart else 0,
    )
    for column in columns:
        table.add_column(
            column,
            justify="right" if column in right else "left",
            no_wrap=column in fixed,
            width=widths[column] if widths else None,
            overflow="fold",
        )
    return table


def facts(look: Look, rows: Iterable[tuple[str, Renderable | None]]) -> Table:
    """Return a list of named facts; those without a value are left out."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in rows:
        if value is not None:
            table.add_row(name, value)
    return table


def page(*parts: Renderable | None) -> Group:
    """Return the parts one below the other, with a blank line between them."""
    present = [part for part in parts if part is not None]
    return Group(*(Padding(part, (0, 0, 1 if at < len(present) - 1 else 0, 0)) for at, part in enumerate(present)))


def note(*sentences: str | None) -> Text | None:
    """Return remarks below a table, or None when there is nothing to remark."""
    lines = [sentence for sentence in sentences if sentence]
    return words("\n".join(lines), "dim") if lines else None


def bar(share: float, look: Look, length: int) -> str:
    """Return a bar of a share from 0 to 1 of the length, in columns; anything above 0 can be seen."""
    size = max(round(share * length), 1) if share > 0 else 0
    return ("#" if look.ascii else "█") * size


def number(value: int, look: Look) -> str:
    """Return a number with its thousands apart, as in French."""
    return f"{value:,}".replace(",", " " if look.ascii else "\u202f")


def of_fields(look: Look, records: Sequence[Record], fields: Sequence[str]) -> Renderable:
    """Draw a plain table of the fields that were asked for."""
    table = grid(look, *fields)
    for record in records:
        table.add_row(*(words(flat(record[name]) or look.unknown) for name in fields))
    return table
