"""The commands that answer with the programme: waves, figures."""

from typing import TYPE_CHECKING, Annotated

import typer

from cmq_cli import completion
from cmq_cli.commands import coverage
from cmq_cli.errors import NotFoundError, UsageError
from cmq_cli.model import Registry
from cmq_cli.output import records
from cmq_cli.output.answer import Answer
from cmq_cli.query import sort
from cmq_cli.text import fold, nearest, shown

if TYPE_CHECKING:
    from cmq_cli.output.tables.frame import Look, Renderable

Number = Annotated[
    int | None,
    typer.Argument(
        metavar="[NUMBER]",
        help="Everything about one wave.",
        autocompletion=completion.wave_numbers,
        show_default=False,
    ),
]
FigureId = Annotated[
    str | None,
    typer.Argument(
        metavar="[ID]", help="Everything about one figure.", autocompletion=completion.figures, show_default=False
    ),
]


def waves(registry: Registry, number: Number = None) -> Answer:
    """Show the calls for projects, announced and documented.

    \b
    Examples:
      cmq waves
      cmq waves 4
      cmq waves 4 --json
    """
    if number is None:
        rows = [records.wave(registry, wave) for wave in registry.waves]

        def draw(look: "Look") -> "Renderable":
            from cmq_cli.output.tables.programme import waves

            return waves(look, rows, coverage.waves(registry))

        return Answer(
            rows,
            records.WAVE,
            draw,
            ("number", "call_launched_on", "new", "total", "documented", "campuses", "sources", "sources.url"),
        )

    wave = registry.wave_by_number.get(number)
    if wave is None:
        numbers = ", ".join(map(str, registry.wave_by_number))
        raise UsageError(f"There is no wave {number}. Give one of {numbers}.")
    campuses = sort((campus for campus in registry.campuses if campus.wave == number), "name")

    def draw_one(look: "Look") -> "Renderable":
        from cmq_cli.output.tables.campuses import campus_list
        from cmq_cli.output.tables.programme import wave_page

        below = campus_list(look, registry, campuses, (coverage.wave(wave, campuses),))
        return wave_page(look, registry, wave, below)

    return Answer([records.wave(registry, wave)], records.WAVE, draw_one, single=True)


def figures(registry: Registry, identifier: FigureId = None) -> Answer:
    """Show the figures of 13 February 2017 and their outcome.

    \b
    Examples:
      cmq figures
      cmq figures places-bts
    """
    if identifier is None:
        rows = [records.figure(registry, figure) for figure in registry.figures]

        def draw(look: "Look") -> "Renderable":
            from cmq_cli.output.tables.programme import figures

            return figures(look, registry.figures)

        return Answer(
            rows,
            records.FIGURE,
            draw,
            ("id", "label", "value", "unit", "period", "as_of", "outcome", "sources", "sources.url"),
        )
    figure = next((figure for figure in registry.figures if fold(figure.id) == fold(identifier)), None)
    if figure is None:
        near = nearest(identifier, [figure.id for figure in registry.figures]) or [one.id for one in registry.figures]
        raise NotFoundError(f"No figure is called {shown(identifier)}. Did you mean: {', '.join(near)}?")

    def draw_one(look: "Look") -> "Renderable":
        from cmq_cli.output.tables.programme import figure_page

        return figure_page(look, registry, figure)

    return Answer([records.figure(registry, figure)], records.FIGURE, draw_one, single=True)
