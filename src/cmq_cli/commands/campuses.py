"""List campuses, show one, count them."""

from collections.abc import Sequence
from types import ModuleType
from typing import Annotated

import typer

from cmq_cli import query
from cmq_cli.commands import sentences
from cmq_cli.errors import UsageError
from cmq_cli.language import N_, _, number, quoted
from cmq_cli.options import FORM, WHICH, FilterOptions, Key, OrderOptions, Words
from cmq_cli.output import records
from cmq_cli.output.answer import Answer, Drawing, Sheet
from cmq_cli.registry import Campus, Registry
from cmq_cli.text import did_you_mean, told
from cmq_cli.vocabulary import one_at_a_time


def _views() -> ModuleType:
    """Return what shows campuses to people; programs are answered sooner without it."""
    from cmq_cli.output.tables import campuses

    return campuses


def _facts() -> list[str]:
    """Return the facts that may be missing; what needs them is imported when they, or campuses, are asked for."""
    from cmq_cli.commands.selection import MISSING

    return [*MISSING]


Missing = Annotated[
    list[str] | None,
    typer.Option(
        "--missing",
        metavar=N_("FIELD"),
        help=N_("Of which this is not known: city, wave ..."),
        rich_help_panel=WHICH,
        autocompletion=_facts,
    ),
]
By = Annotated[
    list[str] | None,
    typer.Option(
        "--by",
        "-b",
        metavar=N_("FIELD"),
        help=N_("sector, region, academy, department, city, wave, year, excellence."),
        rich_help_panel=FORM,
    ),
]


def list_campuses(
    registry: Registry, words: Words = None, *, filters: FilterOptions, missing: Missing = None, order: OrderOptions
) -> Answer:
    """List campuses: the best fit first, or by name, or as `order` says; `missing` are facts that aren't known of them.

    Raises UsageError for a value, a fact or an order that doesn't exist.
    """
    from cmq_cli.commands.selection import MISSING, choose

    for unknown in (name for name in missing or () if name not in MISSING):
        said = _("No campus can lack {typed}.", typed=quoted(unknown))
        known = _("Give one of: {fields}.", fields=", ".join(MISSING))
        several = one_at_a_time("--missing", unknown, MISSING.__contains__)
        raise UsageError(several or told(said, did_you_mean(unknown, MISSING), known))
    chosen = choose(registry, words, filters, missing=missing or ())
    found = chosen.campuses if not order.sort else query.sort(chosen.campuses, *order.sort)
    shown = found[: order.limit]
    return _campuses(registry, shown)._replace(notes=chosen.told(len(shown)))


def _campuses(registry: Registry, campuses: Sequence[Campus]) -> Answer:
    return Answer(
        records.cited(registry, campuses),
        records.CAMPUS,
        lambda look: _views().campus_table(look, registry, campuses),
        lambda: _views().campus_sheet(registry, campuses),
        legend=sentences.marks(campuses),
    )


def show_campus(registry: Registry, key: Key) -> Answer:
    """Show one campus; several that a key finds are listed, with the question which one is meant.

    Raises NotFoundError, which says what to try, where there is none.
    """
    from cmq_cli import lookup  # needed only here

    found = lookup.find(registry, " ".join(key))
    answer = _campuses(registry, found)._replace(single=True)
    if len(found) == 1:
        return answer._replace(draw=lambda look: _views().campus_page(look, registry, found[0]), legend=())
    which = _("{number} campuses match {words}. Which one? cmq show ID")
    which = which.format(number=number(len(found)), words=quoted(" ".join(key)))
    ids = ", ".join(campus["id"] for campus in found)
    return answer._replace(notes=(which,), several=f"{which} ({ids})")


def count_campuses(registry: Registry, words: Words = None, *, by: By = None, filters: FilterOptions) -> Answer:
    """Count campuses: the number alone, or a row per value of a field, or a cross table of two.

    Raises UsageError for a value or a field that doesn't exist.
    """
    from cmq_cli.commands.selection import choose

    chosen = choose(registry, words, filters, ("cmq", "count"))
    total = len(chosen.campuses)
    if not by:
        official = None if words else sentences.official(registry, filters)
        row = records.counted((), (), chosen.campuses, len(registry["campuses"]), official)
        bare = Drawing([str(total)])
        sheet = Sheet(_("Campuses"), [_("Campuses")], [[total]])
        return Answer([row], records.COUNT_OF_ALL, lambda _: [bare], lambda: sheet, single=True, notes=chosen.notes)
    from cmq_cli.output.tables.counts import count_sheet, count_table

    counts = query.count(registry, chosen.campuses, by)
    of_each = [query.count(registry, chosen.campuses, [field]) for field in by]
    rows = [records.counted(by, one.values, one.campuses, total) for one in counts]
    sheet = count_sheet(by, counts, of_each, total)
    several = _("A campus that has several of these values counts in each, and once in the total.")
    notes = (
        *chosen.told(total),
        *([several] if sum(row["count"] for row in rows) > total else []),
        *sentences.not_stated(chosen.campuses, by),
    )
    return Answer(
        rows,
        records.fields_of_count(by),
        lambda look: count_table(look, by, counts, sheet),
        lambda: sheet,
        notes=tuple(dict.fromkeys(notes)),
    )
