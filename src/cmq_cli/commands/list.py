"""List campuses."""

from typing import TYPE_CHECKING

from cmq_cli.commands.missing import Missing, without
from cmq_cli.options import FilterOptions, OrderOptions, Words

if TYPE_CHECKING:
    from cmq_cli.model import Registry
    from cmq_cli.output.answer import Answer
    from cmq_cli.output.tables.frame import Look, Renderable


def answer(
    registry: "Registry", words: Words = None, *, filters: FilterOptions, missing: Missing = None, order: OrderOptions
) -> "Answer":
    """List the campuses that match the words and the filters.

    Words rank: the best fit comes first. Without words, campuses come by name.

    \b
    Examples:
      cmq list --sector mecatronique
      cmq list --sector "chimie et biotechnologie" --region grand-est
      cmq list aéronautique maintenance
      cmq list --as-of 2017-02-13 --csv > campuses.csv
      cmq list --missing city --missing website
    """
    from cmq_cli import query
    from cmq_cli.commands import coverage
    from cmq_cli.commands.selection import choose
    from cmq_cli.output import records
    from cmq_cli.output.answer import Answer

    chosen = choose(registry, words, filters)
    found = without(chosen.campuses, missing) if missing else chosen.campuses
    found = query.sort(found, order.sort) if order.sort is not None else found
    shown = found if order.limit is None else found[: order.limit]

    def draw(look: "Look") -> "Renderable":
        from cmq_cli.output.tables.campuses import campus_list

        return campus_list(look, registry, shown, (*chosen.remarks, coverage.listed(registry, len(shown), len(found))))

    return Answer(
        records.campuses(registry, shown),
        records.CAMPUS,
        draw,
        records.CAMPUS_SUMMARY,
        remarks=chosen.remarks,
        notes=chosen.notes,
        places=True,
    )
