"""Show where the campuses are: map."""

from typing import TYPE_CHECKING

from cmq_cli.commands import coverage
from cmq_cli.commands.selection import choose
from cmq_cli.model import Registry
from cmq_cli.options import FilterOptions, Words
from cmq_cli.output import records
from cmq_cli.output.answer import Answer

if TYPE_CHECKING:
    from cmq_cli.output.tables.frame import Look, Renderable


def answer(registry: Registry, words: Words = None, *, filters: FilterOptions) -> Answer:
    """Draw the campuses that match on a map.

    In a pipe the map is drawn as well, without colour; --format gives the same campuses in the other forms of list.

    \b
    Examples:
      cmq map
      cmq map --sector tourisme
      cmq map --as-of 2017-02-13 --wave 4
    """
    chosen = choose(registry, words, filters)
    found = chosen.campuses
    then = (coverage.as_of(registry, filters.as_of),) if filters.as_of else ()

    def draw(look: "Look") -> "Renderable":
        from cmq_cli.output.map.frames import frames, read_outlines
        from cmq_cli.output.map.placing import placed
        from cmq_cli.output.tables.map import campus_map

        parts = frames(read_outlines())
        remarks = (*then, coverage.listed(registry, len(found), len(found)))
        return campus_map(look, registry, parts, placed(found, parts), remarks)

    return Answer(
        records.campuses(registry, found),
        records.CAMPUS,
        draw,
        records.CAMPUS_SUMMARY,
        remarks=then,
        notes=chosen.notes,
        places=True,
        forms=("table", "json", "jsonl", "csv", "tsv", "md", "geojson"),
    )
