"""Show the sources, and what they support."""

from typing import TYPE_CHECKING, Annotated

import typer

from cmq_cli import completion
from cmq_cli.commands import coverage
from cmq_cli.errors import NotFoundError, UsageError
from cmq_cli.model import Registry
from cmq_cli.output import records
from cmq_cli.output.answer import Answer
from cmq_cli.text import fold, shown

if TYPE_CHECKING:
    from cmq_cli.output.tables.frame import Look, Renderable

SourceId = Annotated[
    str | None,
    typer.Argument(
        metavar="[ID]",
        help="One source, with all that it supports.",
        autocompletion=completion.sources,
        show_default=False,
    ),
]
Unused = Annotated[bool, typer.Option("--unused", help="Only the sources that support nothing yet.")]


def answer(registry: Registry, identifier: SourceId = None, *, unused: Unused = False) -> Answer:
    """Show the sources, and what each one supports.

    \b
    Examples:
      cmq sources
      cmq sources cp-men-2017-02-13
      cmq sources --unused
    """
    if identifier is None:
        return _all(registry, unused)
    if unused:
        raise UsageError("--unused lists sources; it goes without an id: cmq sources --unused")
    return _one(registry, identifier)


def _all(registry: Registry, unused: bool) -> Answer:
    rows = [row for row in records.sources(registry, registry.sources) if not (unused and row["supports"])]
    summary = coverage.unused(registry, len(rows)) if unused else coverage.of_sources(registry)

    def draw(look: "Look") -> "Renderable":
        from cmq_cli.output.tables.evidence import source_list

        return source_list(look, rows, summary)

    return Answer(rows, records.SOURCE, draw, ("id", "title", "publisher", "published", "url"))


def _one(registry: Registry, identifier: str) -> Answer:
    source = next((source for source in registry.sources if fold(source.id) == fold(identifier)), None)
    if source is None:
        from cmq_cli import hints  # needed only here

        near = hints.for_id(identifier, {one.id: (one.title, one.publisher) for one in registry.sources})
        hint = f"Did you mean: {', '.join(near)}? See: cmq sources" if near else "See: cmq sources"
        raise NotFoundError(f"No source is called {shown(identifier)}. {hint}")
    row = records.sources(registry, [source])[0]

    def draw(look: "Look") -> "Renderable":
        from cmq_cli.output.tables.evidence import source_page

        return source_page(look, row)

    return Answer([row], records.SOURCE, draw, single=True)
