"""What a command answers, before anything is written: records for programs, blocks for people, and what is said."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from cmq_cli.errors import ExitCode

Row = dict[str, Any]
"""A record as it leaves the program."""


class Span(NamedTuple):
    """A stretch of text of one style (``bold``, ``dim``, ``cyan`` or none), perhaps with an address behind it."""

    text: str
    style: str = ""
    link: str | None = None


Cell = str | tuple[Span, ...]
"""Text of a table or page; a newline in it begins a new line on a terminal, and is a blank in a pipe, save in prose."""


class Column(NamedTuple):
    """A column of a table; numbers go to the right."""

    heading: str
    right: bool = False


class Table(NamedTuple):
    """Rows below headings."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


class Heading(NamedTuple):
    """The title of a page."""

    text: Cell


class Facts(NamedTuple):
    """Named values, one below the other."""

    rows: Sequence[tuple[str, Cell]]


class Prose(NamedTuple):
    """A paragraph, perhaps below a title, perhaps behind a mark such as ``[1] ``, below which it is indented."""

    text: Cell
    title: str = ""
    mark: str = ""


class Drawing(NamedTuple):
    """Lines that stay as they are, such as those of a map."""

    lines: Sequence[Cell]


Block = Table | Heading | Facts | Prose | Drawing


class Look(NamedTuple):
    """What the place can show that blocks are drawn for: a window, or a pipe, which has no width."""

    width: int | None
    height: int = 40
    ascii: bool = False
    colored: bool = False

    @property
    def unknown(self) -> str:
        """What stands for a fact that no source gives."""
        return "-" if self.ascii else "–"

    @property
    def by(self) -> str:
        """What stands before the date at which a label is attested, where it isn't known when it began."""
        return "<=" if self.ascii else "≤"


class Sheet(NamedTuple):
    """A table for Markdown and workbooks: typed values; a text that is an address of the web becomes a link."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str | int | float | bool | None]]


class Answer(NamedTuple):
    """The whole records, in order, with the names of their fields, and how a person is shown them."""

    records: Sequence[Row]
    fields: tuple[str, ...]
    draw: Callable[[Look], Sequence[Block]] | str = ""
    """Gives the blocks of a table or page; a text is written as it is, whatever form is asked for."""
    sheet: Callable[[], Sheet] | None = None
    """Gives what Markdown and workbooks hold; without it, and where fields are chosen, that is the fields."""
    single: bool = False
    """Whether the question was about one record, so that JSON is an object rather than an array."""
    head: tuple[str, ...] = ()
    """Sentences above a table; in a pipe, and beside other forms, on stderr."""
    notes: tuple[str, ...] = ()
    """Sentences below a table; else on stderr as well."""
    legend: tuple[str, ...] = ()
    """What marks mean, told after the notes, but not beside forms that have none: fields, and what programs read."""
    several: str | None = None
    """The error, for forms that programs read, of a question about one record that several answer to."""
    picture: Callable[[str], str] | None = None
    """Returns the whole text of a file in one of the forms that only a map has: ``html`` or ``svg``."""
    exit_code: ExitCode = ExitCode.DONE
