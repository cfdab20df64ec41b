"""Show where the campuses are: map."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cmq_cli.commands import sentences
from cmq_cli.commands.selection import asked, choose, shell_line
from cmq_cli.language import _
from cmq_cli.options import FilterOptions, Words
from cmq_cli.output import records
from cmq_cli.output.answer import Answer, Block, Look

if TYPE_CHECKING:
    from cmq_cli.commands.selection import Chosen
    from cmq_cli.model import Registry


def map_campuses(registry: "Registry", words: Words = None, *, filters: FilterOptions) -> Answer:
    """Draw the campuses on a map: here, or as one HTML page or SVG picture. Where regions are asked for, it shows them.

    Raises UsageError for a value that means nothing.
    """
    from cmq_cli.output.tables.campuses import campus_sheet

    chosen = choose(registry, words, filters, "cmq map")
    found = chosen.campuses
    regions = _regions(registry, filters, chosen)
    counted = [] if chosen.explained else sentences.counted(registry, len(found), len(found), chosen.filtered)
    notes = (*counted, *chosen.notes)

    def draw(look: Look) -> Sequence[Block]:
        from cmq_cli.output.map.terminal import campus_map

        return campus_map(look, registry, found, regions, notes)

    def picture(form: str) -> str:
        from cmq_cli.output.map import geometry, page, svg

        drawn = geometry.picture(found, geometry.frames(geometry.read_outlines(), regions))
        command = _("Here are the campuses that this command finds: {command}")
        asked_for = [command.format(command=shell_line("cmq map", asked(filters, words))), *notes]
        selection, coverage = asked_for if chosen.filtered else [], sentences.in_short(registry)
        if form == "svg":
            letters = _(
                "A letter marks a campus by its first sector, at the commune of its seat; where marks would hide each "
                "other they are moved, and a line leads to the seat. The legend counts each campus once."
            )
            return svg.alone(registry, drawn, found, [*selection, coverage, *geometry.told(drawn, letters)])
        letters = _("A letter marks a campus by its first sector, at the commune of its seat; a number, several.")
        days = [one["on"] for one in registry["milestones"] if one["campuses"] is not None]
        said = {
            "coverage": [coverage],
            "selection": selection,
            "notes": geometry.told(drawn, letters),
            "completeness": [sentences.as_of(registry, day) for day in days],
        }
        return page.page(registry, drawn, found, said)

    return Answer(
        records.campuses(registry, found),
        records.CAMPUS,
        draw,
        lambda: campus_sheet(registry, found),
        notes=notes,
        picture=picture,
    )


def _regions(registry: "Registry", filters: FilterOptions, chosen: "Chosen") -> set[str]:
    """Return the INSEE codes of the regions that were asked for, or in which what was asked for lies."""
    if filters.region:
        from cmq_cli import vocabulary

        return {code for typed in filters.region for code in vocabulary.meant(registry, "region", typed)}
    if filters.academy or filters.department or filters.city:
        return {campus["region_code"] for campus in chosen.campuses}
    return set()
