"""Show where the campuses are: map."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cmq_cli.options import FilterOptions, Words

if TYPE_CHECKING:
    from cmq_cli.commands.selection import Chosen
    from cmq_cli.model import Registry
    from cmq_cli.output.answer import Answer
    from cmq_cli.output.map.page import Said
    from cmq_cli.output.tables.frame import Look, Renderable


def answer(registry: "Registry", words: Words = None, *, filters: FilterOptions) -> "Answer":
    """Draw the campuses that match on a map: here, or in a file.

    Here, and in a pipe, the map is drawn in characters. -o campus.html writes one page with a map, filters, a table and
    the evidence, which needs no network; -o campus.svg writes the picture alone. The other forms are those of list.

    \b
    Examples:
      cmq map
      cmq map --sector tourisme
      cmq map -o campus.html
      cmq map --region bretagne -o bretagne.svg
    """
    from cmq_cli.commands import coverage
    from cmq_cli.commands.selection import asked, choose
    from cmq_cli.output import records
    from cmq_cli.output.answer import Answer

    chosen = choose(registry, words, filters)
    found = chosen.campuses
    remarks = (*chosen.remarks, coverage.listed(registry, len(found), len(found)))

    def draw(look: "Look") -> "Renderable":
        from cmq_cli.output.map.frames import frames, read_outlines
        from cmq_cli.output.map.placing import placed
        from cmq_cli.output.tables.map import campus_map

        parts = frames(read_outlines())
        return campus_map(look, registry, parts, placed(found, parts), remarks, chosen.notes)

    def picture(form: str) -> str:
        from cmq_cli.output.map import telling
        from cmq_cli.output.map.frames import CREDIT, frames, read_outlines
        from cmq_cli.output.map.placing import placed
        from cmq_cli.output.map.plan import plan

        parts = frames(read_outlines())
        placing = placed(found, parts)
        drawn = plan(registry, parts, placing)
        told = telling.of_file(registry, placing)
        typed = (*asked(filters), *(("--", *words) if words else ()))
        selection = _selection(typed, chosen)
        if form == "svg":
            from cmq_cli.output.map.svg import alone

            nothing = () if found else (telling.NONE,)
            counted = (telling.COUNTED_ONCE,) if found else ()
            sentences = (*selection, *nothing, coverage.in_short(registry), *counted, *told, CREDIT)
            return alone(registry, drawn, found, sentences)
        from cmq_cli.output.map.page import page

        counted = (telling.COUNTED_IN_EACH,) if found else ()
        return page(registry, drawn, found, _said(registry, selection, (*counted, *told)))

    return Answer(
        records.campuses(registry, found),
        records.CAMPUS,
        draw,
        records.CAMPUS_SUMMARY,
        remarks=chosen.remarks,
        notes=chosen.notes,
        places=True,
        drawn_in_pipes=True,
        picture=picture,
    )


def _selection(asked: Sequence[str], chosen: "Chosen") -> tuple[str, ...]:
    """Return what a file, which is read without the command beside it, says about what was asked for."""
    from shlex import join

    from cmq_cli.output.map.telling import ASKED

    return (ASKED.format(command=join(("cmq", "map", *asked))), *chosen.remarks, *chosen.notes) if asked else ()


def _said(registry: "Registry", selection: Sequence[str], told: Sequence[str]) -> "Said":
    """Return what the page says about the campuses on it."""
    from cmq_cli.commands import coverage
    from cmq_cli.output.map.page import Said

    found = {one.number: [each for each in registry.campuses if each.wave == one.number] for one in registry.waves}
    waves = {one.number: coverage.of_wave(one, found[one.number]) for one in registry.waves}
    dates = [each.on for each in registry.milestones if each.campuses is not None]
    return Said(
        lead=coverage.in_short(registry),
        selection=selection,
        completeness=(*waves.values(), *(coverage.as_of(registry, on) for on in dates)),
        waves=waves,
        notes=" ".join(told),
    )
