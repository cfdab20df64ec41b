"""Show where the campuses are: map."""

from collections.abc import Sequence

from cmq_cli.commands import sentences
from cmq_cli.commands.selection import asked, choose
from cmq_cli.language import _, shell
from cmq_cli.options import FilterOptions, Words
from cmq_cli.output import records
from cmq_cli.output.answer import Answer, Block, Look
from cmq_cli.registry import Registry


def map_campuses(registry: Registry, words: Words = None, *, filters: FilterOptions) -> Answer:
    """Draw the campuses on a map: here, or as one HTML page or SVG picture. Where a place is asked for, it shows that.

    Raises UsageError for a value that means nothing.
    """
    from cmq_cli.output.tables.campuses import campus_sheet

    chosen = choose(registry, words, filters, ("cmq", "map"))
    found = chosen.campuses
    somewhere = filters.region or filters.academy or filters.department or filters.city
    regions = {campus["region_code"] for campus in found} if somewhere else set()
    notes = chosen.told(len(found))

    def draw(look: Look) -> Sequence[Block]:
        from cmq_cli.output.map import geometry, terminal

        frame = geometry.france(regions, look.height >= terminal.WITH_OVERSEAS)
        return terminal.campus_map(look, registry, found, frame, notes)

    def picture(form: str) -> str:
        from cmq_cli.output.map import geometry, page, svg

        command = _("Here are the campuses that this command finds: {command}")
        asked_for = [command.format(command=shell("cmq", "map", *asked(filters, words))), *notes]
        days = [one["on"] for one in registry["milestones"] if one["campuses"] is not None]
        waves = [str(wave["number"]) for wave in registry["waves"]]
        said = {
            "coverage": [sentences.in_short(registry)],
            "selection": asked_for if asked(filters, words) else [],
            "completeness": [*sentences.of_waves(registry, waves), *(sentences.as_of(registry, day) for day in days)],
        }
        drawn = geometry.picture(found, geometry.france(regions))
        return (svg.alone if form == "svg" else page.page)(registry, drawn, found, said)

    return Answer(
        records.campuses(registry, found),
        records.CAMPUS,
        draw,
        lambda: campus_sheet(registry, found),
        notes=notes,
        picture=picture,
    )
