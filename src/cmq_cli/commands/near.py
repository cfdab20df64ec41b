"""The command that answers with distances: near."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from cmq_cli.errors import UsageError
from cmq_cli.options import FilterOptions

if TYPE_CHECKING:
    from cmq_cli.model import Campus, Registry
    from cmq_cli.output.answer import Answer
    from cmq_cli.output.tables.frame import Look, Renderable
    from cmq_cli.places import Place

SUMMARY = ("distance_km", "id", "name", "city", "region", "sources", "sources.url")

PlaceWords = Annotated[
    list[str],
    typer.Argument(
        metavar="PLACE", help='A commune ("Dole", "Saint-Denis (974)"), its INSEE code, or LAT,LON.', show_default=False
    ),
]
Within = Annotated[float | None, typer.Option("--within", metavar="KM", min=0, help="At most so far, in km.")]
Map = Annotated[bool, typer.Option("--map", help="Below the list, draw the place and the campuses nearest to it.")]
Limit = Annotated[int | None, typer.Option("--limit", "-n", metavar="N", min=0, help="At most N campuses.")]


def answer(
    registry: "Registry",
    place: PlaceWords,
    *,
    within: Within = None,
    limit: Limit = None,
    map: Map = False,
    filters: FilterOptions,
) -> "Answer":
    """List the campuses nearest to a place.

    Distances are great circles, from the commune (or the point) to the commune of the campus's seat.

    \b
    Examples:
      cmq near Dole
      cmq near "Saint-Denis (974)" --within 100
      cmq near 47.24,6.02 --sector mecatronique --json
      cmq near Dole --map --limit 5
    """
    from cmq_cli.commands import coverage
    from cmq_cli.commands.selection import choose
    from cmq_cli.output import records
    from cmq_cli.output.answer import Answer
    from cmq_cli.places import by_distance, turned_round

    _no_options(place)
    if filters != FilterOptions():
        from cmq_cli import unquoted

        unquoted.refuse(registry, place, filters)
    where = _place(registry, " ".join(place))
    chosen = choose(registry, None, filters)
    found, unplaced = by_distance(chosen.campuses, where.latitude, where.longitude, within)
    shown = found if limit is None else found[:limit]
    rows = [records.near(registry, campus, km) for campus, km in shown]
    known = len(chosen.campuses) - len(unplaced)
    filtered = filters != FilterOptions()
    sentence = coverage.near(where, within, shown=len(shown), found=len(found), known=known, filtered=filtered)
    remarks = (*chosen.remarks, sentence)

    def draw(look: "Look") -> "Renderable":
        from cmq_cli.output.tables.campuses import campus_list

        distances = {campus.id: km for campus, km in shown}
        table = campus_list(look, registry, [campus for campus, _ in shown], remarks, distances)
        if not map:
            return table
        from cmq_cli.output.map.frames import read_outlines
        from cmq_cli.output.tables.frame import page
        from cmq_cli.output.tables.map import near_map

        return page(table, near_map(look, registry, read_outlines(), where, shown))

    turned = coverage.turned_round(where, turned_round(where, registry.campuses))
    notes = (*turned, *chosen.notes, *_unplaced(registry, where, unplaced, filters))
    return Answer(rows, records.NEAR, draw, SUMMARY, remarks=remarks, notes=notes, places=True, drawn_in_pipes=map)


def _unplaced(
    registry: "Registry", where: "Place", campuses: Sequence["Campus"], filters: FilterOptions
) -> tuple[str, ...]:
    from cmq_cli.commands import coverage
    from cmq_cli.commands.selection import asked

    department = registry.department_by_code.get(where.department or "")
    region = registry.region_by_code.get(department.region_code) if department else None
    if region is None or filters.region:  # who names regions, knows where they are
        return coverage.unplaced(len(campuses))
    here = sum(campus.region_code == region.code for campus in campuses)
    return coverage.unplaced(len(campuses), here, region.name, asked(filters))


def _no_options(typed: Sequence[str]) -> None:
    """Raise UsageError for an option that there isn't: of what begins with a hyphen, only numbers are places."""
    if unknown := next((word for word in typed if re.match(r"-[^\d.,\s]", word)), None):
        from cmq_cli.text import shown

        option = unknown.partition("=")[0]
        raise UsageError(f"No such option: {shown(option)[1:-1]}. See: cmq near -h")


def _place(registry: "Registry", typed: str) -> "Place":
    from cmq_cli.errors import NotFoundError
    from cmq_cli.places import begun, locate

    try:
        return locate(typed, registry.territories.departments)
    except NotFoundError:
        from cmq_cli.text import shown
        from cmq_cli.values import DEPARTMENT, REGION, elsewhere

        if other := elsewhere(registry, typed, (REGION, DEPARTMENT)):
            raise NotFoundError(f"No commune matches {shown(typed)}. {other}") from None
        if only := begun(typed, registry.territories.departments):
            return only
        raise


SETTINGS = {"ignore_unknown_options": True}
"""A latitude may be negative, and looks like an option then; what is neither is refused here."""
