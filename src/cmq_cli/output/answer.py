"""What a command answers, before anything is written."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from cmq_cli.errors import ExitCode

if TYPE_CHECKING:
    from cmq_cli.output.records import Row
    from cmq_cli.output.tables.frame import Look, Renderable


class Answer(NamedTuple):
    """The whole records, in order, and how a person is shown them.

    `draw` is called only when a table is wanted, and is the only part that may import rich; a text is shown as it is.
    Without it, the answer is nothing but JSON.
    """

    records: "Iterable[Row]"
    """They may be made when they are read, each time; nobody needs all of them at once."""
    fields: tuple[str, ...]
    """The names of all fields of the records, in the order in which they are written."""
    draw: "Callable[[Look], Renderable] | str | None" = None
    summary: tuple[str, ...] = ()
    """The fields of a Markdown table, where all of them would be too many."""
    single: bool = False
    """Whether the question was about single records, so that JSON is an object each rather than an array."""
    drawn_in_pipes: bool = False
    """Whether a pipe, too, gets what is drawn, unless it asks for a form or for fields."""
    notes: tuple[str, ...] = ()
    """Sentences for stderr: what a reader of the records alone would not know."""
    remarks: tuple[str, ...] = ()
    """Sentences that the table says itself; for stderr when another form is written."""
    places: bool = False
    """Whether the records are campuses, which GeoJSON can place."""
    picture: "Callable[[str], str] | None" = None
    """Returns the whole text of a file in one of the forms that only a map has: ``html`` or ``svg``."""
    exit_code: ExitCode = ExitCode.DONE
    """What the program ends with after the answer."""
