"""Show what campuses are measured by: calls for projects, promises, sectors, regions and sources."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Any, NamedTuple

import typer

from cmq_cli import vocabulary
from cmq_cli.commands import sentences
from cmq_cli.errors import NotFoundError, UsageError
from cmq_cli.language import N_, _, day, ngettext, number, quoted, shell
from cmq_cli.output import records
from cmq_cli.output.answer import Answer, Block, Look, Row
from cmq_cli.output.tables import campuses, lists, programme
from cmq_cli.query import sort
from cmq_cli.registry import Registry
from cmq_cli.text import did_you_mean, fit, fold, refuse_exclusion, suggest, words

Words = list[str] | None
WaveNumber = Annotated[Words, typer.Argument(metavar=N_("[NUMBER]"), help=N_("One wave: 4, IV, vague 4."))]
FigureId = Annotated[Words, typer.Argument(metavar=N_("[ID]"), help=N_("One figure: its id, its number, or words."))]
SectorName = Annotated[Words, typer.Argument(metavar=N_("[NAME]"), help=N_("One sector: id, label or search word."))]
RegionName = Annotated[Words, typer.Argument(metavar=N_("[NAME]"), help=N_("One region: name, abbreviation or code."))]
SourceId = Annotated[Words, typer.Argument(metavar=N_("[ID]"), help=N_("One source: its id, its address, or words."))]
Unused = Annotated[bool, typer.Option("--unused", help=N_("Only the sources that support nothing yet."))]


class _Kind(NamedTuple):
    """A kind of record: its fields, what is shown of it, and what is said of it."""

    fields: tuple[str, ...]
    layout: lists.Layout
    command: str
    unknown: str
    """What is said of a name that none of them has."""
    page: Callable[[Look, lists.Layout, Row], list[Block]] = lists.page


_WAVE = _Kind(records.WAVE, programme.WAVES, "waves", N_("No wave is called {typed}."), programme.wave_page)
_FIGURE = _Kind(records.FIGURE, programme.FIGURES, "figures", N_("No figure is called {typed}."), programme.figure_page)
_SECTOR = _Kind(records.SECTOR, lists.SECTORS, "sectors", N_("No sector is called {typed}."))
_REGION = _Kind(records.REGION, lists.REGIONS, "regions", N_("No region is called {typed}."))
_SOURCE = _Kind(records.SOURCE, lists.SOURCES, "sources", N_("No source is called {typed}."), lists.source_page)


def show_waves(registry: Registry, wave: WaveNumber = None) -> Answer:
    """Show the calls for projects and the official counts by date, or one call with its campuses.

    Raises NotFoundError for a wave that there isn't.
    """
    refuse_exclusion(" ".join(wave or ()))
    every = registry["waves"]
    wanted = vocabulary.meant(registry, "wave", " ".join(wave)) if wave else {str(each["number"]) for each in every}
    rows = [records.wave(registry, each) for each in every if str(each["number"]) in wanted]
    documented = sum(row["documented"] for row in rows)
    said = ngettext(
        "{number} documented campus belongs to one of these waves ({deduced} deduced); of {others} the wave is not "
        "known, or they were labelled later.",
        "{number} documented campuses belong to one of these waves ({deduced} deduced); of {others} the wave is "
        "not known, or they were labelled later.",
        documented,
        deduced=number(sum(row["documented_deduced"] for row in rows)),
        others=number(len(registry["campuses"]) - documented),
    )
    answer = _answer(registry, _WAVE, rows, wave, (said,))
    if wave:
        return answer
    milestones = [records.milestone(registry, each) for each in registry["milestones"]]
    return answer._replace(
        draw=lambda look: [lists.table(look, programme.WAVES, rows), *programme.counts(look, milestones)],
        legend=(_("* deduced, not stated by a source."),),
    )


def show_figures(registry: Registry, figure: FigureId = None) -> Answer:
    """Show the promises and what became of them, or one of them with its evidence.

    Raises NotFoundError for what is no figure.
    """
    found = _matching(registry["figures"], figure, ("id", "value", "unit", "label", "period"))
    rows = [records.figure(registry, each) for each in found]
    layout = programme.figures({row["id"]: _known(registry, row) for row in rows})
    notes = (_("What proves them: cmq figures ID"),) if rows else ()
    return _answer(registry, _FIGURE._replace(layout=layout), rows, figure, notes, registry["figures"])


def _known(registry: Registry, row: Row) -> str:
    """Return what the registry knows of the campuses that a promise counts, "" where it counts no campuses.

    It counts campuses where a wave announced as many of them on its day, or brought their number to as many.
    """
    said: list[str] = []
    for wave in registry["waves"] if row["unit"] == "campus" else ():
        for each in wave["announcements"]:
            if (each["on"], each["new"]) == (row["as_of"], row["value"]):
                said += sentences.of_waves(registry, [str(wave["number"])])
            elif (each["on"], each["total"]) == (row["as_of"], row["value"]):
                said.append(sentences.as_of(registry, row["as_of"]))
    if said and not row["outcome"]:
        later = [each for each in registry["milestones"] if each["campuses"] and each["on"] >= row["as_of"]]
        counts = ", ".join(f"{number(each['campuses'] or 0)} ({day(each['on'])})" for each in later)
        said.insert(0, _("Official count of all campuses since then: {counts}.", counts=counts))
    return "\n".join(said)


def show_sectors(registry: Registry, sector: SectorName = None) -> Answer:
    """Show the sectors with their search words, or one sector with its campuses.

    Raises NotFoundError for what is no sector.
    """
    every = registry["sectors"]
    wanted = vocabulary.meant(registry, "sector", " ".join(sector)) if sector else {each["id"] for each in every}
    rows = [records.sector(registry, each) for each in every if each["id"] in wanted]
    return _answer(registry, _SECTOR, rows, sector, (_("A campus of two sectors counts in both."),), every)


def show_regions(registry: Registry, region: RegionName = None) -> Answer:
    """Show the regions with their academies and departments, or one region with its campuses.

    A former region is part of the one that is shown. Raises NotFoundError for what is no region.
    """
    every = registry["territories"]["regions"]
    wanted = vocabulary.meant(registry, "region", " ".join(region)) if region else {each["code"] for each in every}
    rows = [records.region(registry, each) for each in every if wanted & {each["code"], *each["former"]}]
    return _answer(registry, _REGION, rows, region, (), every)


def show_sources(registry: Registry, source: SourceId = None, *, unused: Unused = False) -> Answer:
    """Show the sources, or one of them with everything that it supports.

    Raises NotFoundError for what is no source, UsageError for --unused beside one.
    """
    if source and unused:
        raise UsageError(_("--unused lists sources; it goes without an id: cmq sources --unused"))
    found = _matching(registry["sources"], source, ("id", "title", "publisher", "published", "url"))
    rows = [row for row in records.sources(registry, found) if not (unused and row["supports"])]
    of_all = _("{number} of {all} sources. What one supports: cmq sources ID")
    notes = (of_all.format(number=number(len(rows)), all=number(len(registry["sources"]))),)
    return _answer(registry, _SOURCE, rows, source, notes, registry["sources"])


def _matching(every: Sequence[Any], typed: Words, fields: Iterable[str]) -> Sequence[Any]:
    """Return the record of an id, else those in which all typed words occur (10 000 is one word), all of no words."""
    said = " ".join(typed or ())
    wanted = words(re.sub(r"(?<=\d)[\s.,](?=\d{3}\b)", "", said)) if said else ()
    texts = [fold(" ".join(str(each[name] or "") for name in fields)) for each in every]
    exact = [each for each in every if fold(each["id"]) == fold(said)]
    if said and not wanted:
        return exact
    return exact or [each for each, text in zip(every, texts, strict=True) if all(fit(word, text) for word in wanted)]


def _answer(
    registry: Registry, kind: _Kind, rows: list[Row], typed: Words, notes: tuple[str, ...], every: Sequence[Any] = ()
) -> Answer:
    """Return the answer to a question for all records of a kind, or for what was typed: one, or several to choose from.

    A page has the campuses that belong to the record below it, and the evidence. Raises NotFoundError where nothing is
    called so.
    """
    said, several, layout = quoted(" ".join(typed or ())), None, kind.layout
    if typed and not rows:
        raise _unknown(registry, kind, " ".join(typed), every)
    if typed and len(rows) == 1:
        row = rows[0]
        belonging = row.get("campuses", ())
        members = sort((each for each in registry["campuses"] if each["id"] in belonging), "name")

        def page(look: Look) -> list[Block]:
            below = campuses.campus_table(look, registry, members) if members else []
            return [*kind.page(look, layout, row), *below, *lists.evidence(row.get("sources", ()))]

        assigned = sentences.not_stated(members, ["sector"]) if kind is _SECTOR else ()
        legend = sentences.marks(members)
        return Answer(
            rows,
            kind.fields,
            page,
            lambda: lists.sheet(layout, rows),
            single=True,
            notes=tuple(assigned),
            legend=legend,
        )
    if typed:
        which = _("{number} answer to {typed}. Which one? cmq {command} {id}")
        several = which.format(
            number=number(len(rows)), typed=said, command=kind.command, id=rows[0].get("id") or rows[0]["code"]
        )
        notes = (several,)
    return Answer(
        rows,
        kind.fields,
        lambda look: [lists.table(look, layout, rows)],
        lambda: lists.sheet(layout, rows),
        notes=notes,
        several=several,
    )


def _unknown(registry: Registry, kind: _Kind, typed: str, every: Sequence[Any]) -> NotFoundError:
    """Return the error for a name that nothing has: what is called so elsewhere, or what may have been meant."""
    message = _(kind.unknown).format(typed=quoted(typed))
    if kind in (_SECTOR, _REGION):
        near = vocabulary.near(registry, "sector" if kind is _SECTOR else "region", typed)
        if elsewhere := vocabulary.elsewhere(registry, typed):
            return NotFoundError(f"{message} {elsewhere}")
    else:
        near = suggest(typed, [each["id"] for each in every])
    see = _("See: {command}", command=shell("cmq", kind.command))
    return NotFoundError(" ".join(filter(None, (message, did_you_mean(typed, near), see))))
