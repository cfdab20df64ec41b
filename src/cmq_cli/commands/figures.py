"""Show the figures of the programme."""

from typing import TYPE_CHECKING, Annotated

import typer

from cmq_cli import completion
from cmq_cli.errors import NotFoundError
from cmq_cli.model import Registry
from cmq_cli.output import records
from cmq_cli.output.answer import Answer
from cmq_cli.text import fold, shown

if TYPE_CHECKING:
    from cmq_cli.output.tables.frame import Look, Renderable

FigureId = Annotated[
    str | None,
    typer.Argument(
        metavar="[ID]", help="Everything about one figure.", autocompletion=completion.figures, show_default=False
    ),
]


def answer(registry: Registry, identifier: FigureId = None) -> Answer:
    """Show the figures of 13 February 2017 and their outcome.

    \b
    Examples:
      cmq figures
      cmq figures places-bts
    """
    return _all(registry) if identifier is None else _one(registry, identifier)


def _all(registry: Registry) -> Answer:
    def draw(look: "Look") -> "Renderable":
        from cmq_cli.output.tables.programme import figures

        return figures(look, registry)

    rows = [records.figure(registry, figure) for figure in registry.figures]
    summary = ("id", "label", "value", "unit", "period", "as_of", "outcome", "sources", "sources.url")
    return Answer(rows, records.FIGURE, draw, summary)


def _one(registry: Registry, identifier: str) -> Answer:
    figure = next((figure for figure in registry.figures if fold(figure.id) == fold(identifier)), None)
    if figure is None:
        from cmq_cli import hints  # needed only here

        near = hints.for_id(identifier, {one.id: (one.label, str(one.value)) for one in registry.figures})
        hint = f"Did you mean: {', '.join(near)}? See: cmq figures" if near else "See: cmq figures"
        raise NotFoundError(f"No figure is called {shown(identifier)}. {hint}")

    def draw(look: "Look") -> "Renderable":
        from cmq_cli.output.tables.programme import figure_page

        return figure_page(look, registry, figure)

    return Answer([records.figure(registry, figure)], records.FIGURE, draw, single=True)
