"""List campuses, show one, count them."""

from collections.abc import Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Annotated

import typer

from cmq_cli import query
from cmq_cli.commands import sentences
from cmq_cli.commands.selection import MISSING, choose
from cmq_cli.errors import UsageError
from cmq_cli.language import N_, _, number, quoted
from cmq_cli.options import WHICH, FilterOptions, Key, OrderOptions, Words
from cmq_cli.output import records
from cmq_cli.output.answer import Answer, Drawing, Sheet
from cmq_cli.text import did_you_mean, told
from cmq_cli.vocabulary import one_at_a_time

if TYPE_CHECKING:
    from cmq_cli.model import Registry


def _views() -> ModuleType:
    """Return what shows campuses to people; answers to programs come sooner without it."""
    from cmq_cli.output.tables import campuses

    return campuses


Missing = Annotated[
    list[str] | None,
    typer.Option(
        "--missing",
        metavar=N_("FIELD"),
        help=N_("Campuses of which this is not known: city, wave, labelled_on, website, ..."),
        rich_help_panel=WHICH,
    ),
]
By = Annotated[
    list[str] | None,
    typer.Option(
        "--by",
        "-b",
        metavar=N_("FIELD"),
        help=N_("sector, region, academy, department, city, wave, year or excellence; twice for a cross table."),
    ),
]


def list_campuses(
    registry: "Registry", words: Words = None, *, filters: FilterOptions, missing: Missing = None, order: OrderOptions
) -> Answer:
    """List campuses: the best fit first, or by name, or as `order` says; `missing` are facts that aren't known of them.

    Raises UsageError for a value, a fact or an order that doesn't exist.
    """
    chosen = choose(registry, words, filters, missing=_facts(missing or ()))
    found = chosen.campuses if order.sort is None else query.sort(chosen.campuses, order.sort)
    shown = found if order.limit is None else found[: order.limit]
    counted = [] if chosen.explained else sentences.counted(registry, len(shown), len(found), chosen.filtered)
    return Answer(
        records.campuses(registry, shown),
        records.CAMPUS,
        lambda look: _views().campus_table(look, registry, shown),
        lambda: _views().campus_sheet(registry, shown),
        notes=(*counted, *chosen.notes),
        legend=sentences.marks(shown),
    )


def _facts(typed: Sequence[str]) -> Sequence[str]:
    """Return the facts that may be missing; raises UsageError, with their names, for one that can't be."""
    if unknown := next((name for name in typed if name not in MISSING), None):
        said = _("No campus can lack {typed}.").format(typed=quoted(unknown))
        known = _("Give one of: {fields}.").format(fields=", ".join(MISSING))
        several = one_at_a_time("--missing", unknown, MISSING.__contains__)
        raise UsageError(several or told(said, did_you_mean(unknown, MISSING), known))
    return typed


def show_campus(registry: "Registry", key: Key) -> Answer:
    """Show one campus; several that a key finds are listed, with the question which one is meant.

    Raises NotFoundError, which says what to try, where there is none.
    """
    from cmq_cli import lookup

    typed = " ".join(key)
    found = lookup.find(registry, typed)
    rows = records.campuses(registry, found)
    answer = Answer(
        rows, records.CAMPUS, sheet=lambda: _views().campus_sheet(registry, found), single=True
    )
    if len(found) == 1:
        return answer._replace(draw=lambda look: _views().campus_page(look, registry, found[0]))
    which = _("{number} campuses mention {words}. Which one? cmq show ID")
    several = _("{number} campuses mention {words}. Give the id of one: {ids}")
    ids = ", ".join(campus["id"] for campus in found)
    said = {"number": number(len(found)), "words": quoted(typed), "ids": ids}
    return answer._replace(
        draw=lambda look: _views().campus_table(look, registry, found),
        notes=(which.format(**said),),
        legend=sentences.marks(found),
        several=several.format(**said),
    )


def count_campuses(registry: "Registry", words: Words = None, *, by: By = None, filters: FilterOptions) -> Answer:
    """Count campuses: the number alone, or a row per value of a field, or a cross table of two.

    Raises UsageError for a value or a field that doesn't exist.
    """
    chosen = choose(registry, words, filters, "cmq count")
    total = len(chosen.campuses)
    if not by:
        official = None if words else sentences.official(registry, filters)
        row = records.counted((), (), chosen.campuses, len(registry["campuses"]), official)
        notes = (*chosen.notes, *([] if chosen.filtered else sentences.partly(registry)))
        bare = [Drawing([str(total)])]
        return Answer([row], records.COUNT_OF_ALL, lambda _: bare, single=True, notes=notes)
    from cmq_cli.output.tables import counts as tables

    counts = query.count(registry, chosen.campuses, by)
    of_each = [query.count(registry, chosen.campuses, [field]) for field in by]
    several = _("A campus that has several of these values counts in each, and once in the total.")
    notes = (
        *([] if chosen.explained else sentences.counted(registry, total, total, chosen.filtered)),
        *([several] if sum(len(one.campuses) for one in counts) > total else []),
        *chosen.notes,
        *sentences.not_stated(chosen.campuses, by),
    )

    def sheet() -> Sheet:
        return tables.count_sheet(by, counts, of_each, total)

    rows = [records.counted(by, one.values, one.campuses, total) for one in counts]
    fields = records.fields_of_count(by)
    return Answer(rows, fields, lambda look: tables.count_table(look, by, counts, sheet()), sheet, notes=notes)
