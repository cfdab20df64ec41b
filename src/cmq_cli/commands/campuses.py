"""The commands that answer with campuses: list, show, count."""

from typing import TYPE_CHECKING, Annotated

import typer

from cmq_cli import completion, lookup, query
from cmq_cli.commands import coverage
from cmq_cli.commands.missing import Missing, without
from cmq_cli.commands.selection import choose
from cmq_cli.model import Campus, Registry
from cmq_cli.options import FilterOptions, Key, OrderOptions, Words
from cmq_cli.output import records
from cmq_cli.output.answer import Answer

if TYPE_CHECKING:
    from cmq_cli.output.tables.frame import Look, Renderable

SUMMARY = (
    "id",
    "name",
    "region",
    "city",
    "wave",
    "wave_basis",
    "labelled_on",
    "labelled_by",
    "sectors",
    "sectors_basis",
    "sources",
    "sources.url",
)

By = Annotated[
    list[str] | None,
    typer.Option(
        "--by",
        "-b",
        metavar="FIELD",
        help="sector, region, academy, department, city, wave, year or excellence; twice for a cross table.",
        autocompletion=completion.count_fields,
    ),
]


def list_campuses(
    registry: Registry, words: Words = None, *, filters: FilterOptions, missing: Missing = None, order: OrderOptions
) -> Answer:
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
    chosen = choose(registry, words, filters)
    found = without(chosen.campuses, missing) if missing else chosen.campuses
    found = query.sort(found, order.sort) if order.sort else found
    shown = found if order.limit is None else found[: order.limit]
    then = (coverage.as_of(registry, filters.as_of),) if filters.as_of else ()

    def draw(look: "Look") -> "Renderable":
        from cmq_cli.output.tables.campuses import campus_list

        return campus_list(look, registry, shown, (*then, coverage.listed(registry, len(shown), len(found))))

    return Answer(_whole(registry, shown), records.CAMPUS, draw, SUMMARY, remarks=then, notes=chosen.notes, places=True)


def show(registry: Registry, key: Key) -> Answer:
    """Show everything about one campus, with its sources.

    The key is tried as an id, an alias, a city, a name, then as words; all that match at that step are shown.

    \b
    Examples:
      cmq show besancon
      cmq show "jules haag"
      cmq show plasti-campus --json
    """
    found = lookup.find(registry, key)

    def draw(look: "Look") -> "Renderable":
        from cmq_cli.output.tables.campus import campus_pages

        return campus_pages(look, registry, found)

    return Answer(_whole(registry, found), records.CAMPUS, draw, SUMMARY, single=True, places=True)


def count(registry: Registry, words: Words = None, *, by: By = None, filters: FilterOptions) -> Answer:
    """Count the campuses that match, by field if wanted.

    Without --by, the answer is the bare number. A campus of two sectors counts in both, and once in the total.

    \b
    Examples:
      cmq count --region bretagne
      cmq count --by region
      cmq count --by sector --by wave
    """
    chosen = choose(registry, words, filters)
    fields = tuple(by or ())
    then = (coverage.as_of(registry, filters.as_of),) if filters.as_of else ()
    if not fields:
        whole = query.Count((), tuple(chosen.campuses))
        record = records.counted((), whole, len(registry.campuses))
        notes = (*then, *chosen.notes)
        return Answer([record], records.COUNT, _no_table, single=True, number=record["count"], notes=notes)
    counts = query.count(registry, chosen.campuses, fields)
    total = len(chosen.campuses)
    said = coverage.counted(registry, total, sum(len(one.campuses) for one in counts))
    remarks = (*then, *coverage.deduced(chosen.campuses, fields), *said)

    def draw(look: "Look") -> "Renderable":
        from cmq_cli.output.tables.counts import count_table, cross_table

        if len(fields) == 1:
            return count_table(look, fields, counts, total, remarks)
        totals = [query.count(registry, chosen.campuses, [field]) for field in fields]
        return cross_table(look, fields, counts, totals, total, remarks)

    names = tuple(name for field in fields for name in (field, f"{field}_label"))
    rows = [records.counted(fields, one, total) for one in counts]
    return Answer(
        rows, (*names, *records.COUNT), draw, (*names, "count", "campuses"), remarks=remarks[:-1], notes=chosen.notes
    )


def _whole(registry: Registry, campuses: list[Campus]) -> list[records.Record]:
    return [records.campus(registry, campus) for campus in campuses]


def _no_table(look: "Look") -> "Renderable":
    raise NotImplementedError  # an answer that is one number is written as it is
