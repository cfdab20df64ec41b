"""Count campuses."""

from typing import TYPE_CHECKING, Annotated

import typer

from cmq_cli import completion
from cmq_cli.options import FilterOptions, Words

if TYPE_CHECKING:
    from cmq_cli.model import Registry
    from cmq_cli.output.answer import Answer
    from cmq_cli.output.tables.frame import Look, Renderable

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


def answer(registry: "Registry", words: Words = None, *, by: By = None, filters: FilterOptions) -> "Answer":
    """Count the campuses that match, by field if wanted.

    Without --by, the answer is the bare number. A campus of two sectors counts in both, and once in the total.

    \b
    Examples:
      cmq count --region bretagne
      cmq count --by region
      cmq count --by sector --by wave
    """
    from cmq_cli import query
    from cmq_cli.commands import coverage
    from cmq_cli.commands.selection import choose
    from cmq_cli.output import records
    from cmq_cli.output.answer import Answer

    chosen = choose(registry, words, filters)
    fields = tuple(by or ())
    if not fields:
        whole = query.Count((), tuple(chosen.campuses))
        record = records.counted((), whole, len(registry.campuses))
        number, notes = str(record["count"]), (*chosen.remarks, *chosen.notes)
        return Answer([record], records.COUNT, number, single=True, drawn_in_pipes=True, notes=notes)
    counts = query.count(registry, chosen.campuses, fields)
    total = len(chosen.campuses)
    several = coverage.several(total, sum(len(one.campuses) for one in counts))
    remarks = (*chosen.remarks, *coverage.deduced(chosen.campuses, fields), *several)
    below = (*remarks, coverage.total(registry, total))

    def draw(look: "Look") -> "Renderable":
        from cmq_cli.output.tables.counts import count_table, cross_table

        if len(fields) == 1:
            return count_table(look, fields, counts, total, below)
        totals = [query.count(registry, chosen.campuses, [field]) for field in fields]
        return cross_table(look, fields, counts, totals, total, below)

    names = tuple(name for field in fields for name in (field, f"{field}_label"))
    rows = [records.counted(fields, one, total) for one in counts]
    summary = (*names, "count", "campuses")
    return Answer(rows, (*names, *records.COUNT), draw, summary, remarks=remarks, notes=chosen.notes)
