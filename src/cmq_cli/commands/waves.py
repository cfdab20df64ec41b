"""Show the calls for projects."""

from typing import TYPE_CHECKING, Annotated

import typer

from cmq_cli import completion
from cmq_cli.commands import coverage
from cmq_cli.errors import NotFoundError, UsageError
from cmq_cli.model import Registry, Wave
from cmq_cli.output import records
from cmq_cli.output.answer import Answer
from cmq_cli.query import sort
from cmq_cli.text import shown

if TYPE_CHECKING:
    from cmq_cli.output.tables.frame import Look, Renderable

Number = Annotated[
    str | None,
    typer.Argument(
        metavar="[NUMBER]",
        help="Everything about one wave.",
        autocompletion=completion.wave_numbers,
        show_default=False,
    ),
]


def answer(registry: Registry, number: Number = None) -> Answer:
    """Show the calls for projects, announced and documented.

    \b
    Examples:
      cmq waves
      cmq waves 4
      cmq waves 4 --json
    """
    return _all(registry) if number is None else _one(registry, _wave(registry, number))


def _all(registry: Registry) -> Answer:
    rows = [records.wave(registry, wave) for wave in registry.waves]

    def draw(look: "Look") -> "Renderable":
        from cmq_cli.output.tables.programme import waves

        return waves(look, rows, coverage.waves(registry))

    summary = ("number", "call_launched_on", "new", "total", "documented", "campuses", "sources", "sources.url")
    return Answer(rows, records.WAVE, draw, summary)


def _one(registry: Registry, wave: Wave) -> Answer:
    campuses = sort((campus for campus in registry.campuses if campus.wave == wave.number), "name")

    def draw(look: "Look") -> "Renderable":
        from cmq_cli.output.tables.campuses import campus_list
        from cmq_cli.output.tables.programme import wave_page

        below = campus_list(look, registry, campuses, (coverage.wave(wave, campuses),))
        return wave_page(look, registry, wave, below)

    return Answer([records.wave(registry, wave)], records.WAVE, draw, single=True)


def _wave(registry: Registry, typed: str) -> Wave:
    """Return the wave of a number; raise UsageError for what isn't a number, NotFoundError where there is none."""
    numbers = ", ".join(map(str, registry.wave_by_number))
    if not numbers:
        raise NotFoundError("The registry has no waves. Add them to it, or ask another one.")
    if not typed.strip().removeprefix("-").isdecimal() or len(typed) > 9:
        raise UsageError(f"{shown(typed)} isn't the number of a wave. Give a number: {numbers}.")
    wave = registry.wave_by_number.get(int(typed))
    if wave is None:
        raise NotFoundError(f"There is no wave {int(typed)}. Give one of {numbers}.")
    return wave
