"""What a command answers, before anything is written: records for programs, blocks for people, and what is said."""

from collections.abc import Callable, Collection, Sequence
from typing import Any, NamedTuple

from cmq_cli.errors import ExitCode

Row = dict[str, Any]  # a record as it leaves the program
UNKNOWN = "–"  # stands for a fact that no source gives
MEASURE = 100  # columns of the longest line that an eye follows with ease: in a wider window, what is read ends there


class Span(NamedTuple):
    """A stretch of text of one style (``bold``, ``dim``, ``cyan`` or none), perhaps with an address behind it."""

    text: str
    style: str = ""
    link: str | None = None


Cell = str | tuple[Span, ...]  # a newline in it begins a line on a terminal; in a pipe it is a blank, save in prose


class Table(NamedTuple):
    """Rows below headings."""

    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    right: Collection[int] = ()  # which columns, counted from 0, go to the right, as numbers do


class Facts(NamedTuple):
    """Named values, one below the other, perhaps below the title of a page."""

    rows: Sequence[tuple[str, Cell]]
    title: Cell = ""


class Prose(NamedTuple):
    """A paragraph, perhaps below a title, perhaps behind a mark such as ``[1] ``, below which it is indented."""

    text: Cell
    title: str = ""
    mark: str = ""


class Drawing(NamedTuple):
    """Lines that stay as they are, such as those of a map."""

    lines: Sequence[Cell]


Block = Table | Facts | Prose | Drawing


class Look(NamedTuple):
    """What the place can show that blocks are drawn for: a window, or a pipe, which has no width."""

    width: int | None  # columns
    height: int = 40  # lines
    ascii: bool = False
    colored: bool = False


class Sheet(NamedTuple):
    """A table for Markdown and workbooks: typed values; a text that is an address of the web becomes a link."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Any]]
    shares: Collection[int] = ()  # which columns, counted from 0, are parts of 1
    totals: bool = False  # whether the last row sums up the others


class Answer(NamedTuple):
    """The whole records, in order, with the names of their fields, and how a person is shown them."""

    records: Sequence[Row]
    fields: tuple[str, ...]  # also those of the records inside, as ``sources.url``
    draw: Callable[[Look], Sequence[Block]] | str = ""  # a text is written as it is, whatever form is asked for
    sheet: Callable[[], Sheet] | None = None  # for Markdown and workbooks; without it they hold the fields
    single: bool = False  # whether one record was asked for, so that JSON is an object rather than an array
    head: tuple[str, ...] = ()  # sentences above a table; in a pipe, and beside other forms, on stderr
    notes: tuple[str, ...] = ()  # sentences below a table; else on stderr as well
    legend: tuple[str, ...] = ()  # what marks mean, told after the notes, but not beside forms that have no marks
    several: str | None = None  # the error, for forms that programs read, where several answer to a question for one
    picture: Callable[[str], str] | None = None  # returns the text of an ``html`` or ``svg`` file, which only maps have
    exit_code: ExitCode = ExitCode.DONE
