"""List campuses, show one, count them."""

from collections.abc import Sequence
from typing import Annotated

from cmq_cli import query
from cmq_cli.commands import sentences
from cmq_cli.commands.selection import MISSING, choose
from cmq_cli.language import N_, _, number, quoted
from cmq_cli.options import FilterOptions, Key, OrderOptions, Texts, Words, form, which
from cmq_cli.output import records
from cmq_cli.output.answer import Answer, Drawing, Sheet
from cmq_cli.output.tables.campuses import campus_page, campus_sheet, campus_table, count_sheet, count_table
from cmq_cli.registry import Campus, Registry
from cmq_cli.vocabulary import not_one_of

_OF_MISSING = N_("Of which this is not known: city, wave ...")
_OF_BY = N_("sector, region, academy, department, city, wave, year, excellence.")
Missing = Annotated[Texts, which("--missing", _OF_MISSING, N_("FIELD"), autocompletion=lambda: [*MISSING])]
By = Annotated[Texts, form("--by -b", _OF_BY, N_("FIELD"))]


def list_campuses(
    registry: Registry, words: Words = None, *, filters: FilterOptions, missing: Missing = None, order: OrderOptions
) -> Answer:
    """List campuses: the best fit first, or by name, or as `order` says; raise UsageError for what doesn't exist."""
    for field in missing or ():
        if field not in MISSING:
            raise not_one_of(MISSING, "--missing", field, N_("No campus can lack {typed}."))
    chosen = choose(registry, words, filters, missing=missing or ())
    found = query.sort(chosen.campuses, *order.sort) if order.sort else chosen.campuses
    shown = found[: order.limit]
    return listed(registry, shown)._replace(notes=chosen.notes_on(len(shown)))


def listed(registry: Registry, campuses: Sequence[Campus]) -> Answer:
    """Return the answer that has campuses, in their order, and says nothing of them but what marks mean."""
    return Answer(
        records.cited(registry, campuses),
        records.CAMPUS,
        lambda look: [campus_table(look, registry, campuses)],
        lambda: campus_sheet(registry, campuses),
        legend=sentences.marks(campuses),
    )


def show_campus(registry: Registry, key: Key) -> Answer:
    """Show one campus, or list several, with the question which one is meant; raise NotFoundError for none."""
    from cmq_cli import lookup  # needed only here

    found = lookup.find(registry, " ".join(key))
    answer = listed(registry, found)._replace(single=True)
    if len(found) == 1:
        return answer._replace(draw=lambda look: campus_page(look, registry, found[0]), legend=())
    count, typed = number(len(found)), quoted(" ".join(key))
    which = _("{number} campuses match {words}. Which one? cmq show ID", number=count, words=typed)
    return answer._replace(notes=(which,), several=f"{which} ({', '.join(campus['id'] for campus in found)})")


def count_campuses(registry: Registry, words: Words = None, *, by: By = None, filters: FilterOptions) -> Answer:
    """Count campuses: all, or by the values of one field or two; raise UsageError for what doesn't exist."""
    chosen = choose(registry, words, filters, ("cmq", "count"))
    total = len(chosen.campuses)
    if not by:
        official = None if words else sentences.official(registry, filters)
        row = records.counted((), (), chosen.campuses, len(registry["campuses"]), official)
        bare = Drawing([str(total)])
        sheet = Sheet(_("Campuses"), [_("Campuses")], [[total]])
        return Answer([row], records.COUNT_OF_ALL, lambda look: [bare], lambda: sheet, single=True, notes=chosen.notes)
    counts = query.count(registry, chosen.campuses, by)
    rows = [records.counted(by, one.values, one.campuses, total) for one in counts]
    sheet = count_sheet(by, counts, [query.count(registry, chosen.campuses, [field]) for field in by], total)
    notes = chosen.notes_on(total)
    if sum(row["count"] for row in rows) > total:
        notes += (_("A campus that has several of these values counts in each, and once in the total."),)
    return Answer(
        rows,
        records.fields_of_count(by),
        lambda look: count_table(look, by, counts, sheet),
        lambda: sheet,
        notes=tuple(dict.fromkeys((*notes, *sentences.not_stated(chosen.campuses, by)))),
    )
