"""Show what campuses are measured by: calls for projects, promises, sectors, regions and sources."""

import re
from collections.abc import Callable, Sequence
from typing import Annotated, Any, NamedTuple

from typer import Argument, Option

from cmq_cli import vocabulary
from cmq_cli.commands import sentences
from cmq_cli.errors import NotFoundError, UsageError
from cmq_cli.language import N_, _, day, number, quoted, shell
from cmq_cli.output import records
from cmq_cli.output.answer import Answer, Block, Look, Row
from cmq_cli.output.tables import campuses, lists
from cmq_cli.query import sort
from cmq_cli.registry import Registry
from cmq_cli.text import did_you_mean, fit, fold, refuse_exclusion, suggest, told, words

Words = list[str] | None
WaveNumber = Annotated[Words, Argument(metavar=N_("[NUMBER]"), help=N_("One wave: 4, IV, vague 4."))]
FigureId = Annotated[Words, Argument(metavar=N_("[ID]"), help=N_("One figure: its id, its number, or words."))]
SectorName = Annotated[Words, Argument(metavar=N_("[NAME]"), help=N_("One sector: id, label or search word."))]
RegionName = Annotated[Words, Argument(metavar=N_("[NAME]"), help=N_("One region: name, abbreviation or code."))]
SourceId = Annotated[Words, Argument(metavar=N_("[ID]"), help=N_("One source: its id, its address, or words."))]
Unused = Annotated[bool, Option("--unused", help=N_("Only the sources that support nothing yet."))]


class _Kind(NamedTuple):
    """A kind of record: its command and fields, what is said of a name that none has, and what is shown of it."""

    command: str
    fields: tuple[str, ...]
    unknown: str
    layout: lists.Layout
    told: Callable[[Row], Row] = dict
    """Returns a record as its page tells it, where that isn't what a table shows."""


_WAVE = _Kind("waves", records.WAVE, N_("No wave is called {typed}."), lists.WAVES, lists.wave_told)
_FIGURE = _Kind("figures", records.FIGURE, N_("No figure is called {typed}."), lists.FIGURES)
_SECTOR = _Kind("sectors", records.SECTOR, N_("No sector is called {typed}."), lists.SECTORS)
_REGION = _Kind("regions", records.REGION, N_("No region is called {typed}."), lists.REGIONS)
_SOURCE = _Kind("sources", records.SOURCE, N_("No source is called {typed}."), lists.SOURCES)


def show_waves(registry: Registry, wave: WaveNumber = None) -> Answer:
    """Show the calls for projects and the official counts, or one with its campuses; raise NotFoundError for none."""
    wanted = vocabulary.waves(registry, " ".join(wave or ()))
    rows = [records.wave(registry, each) for each in registry["waves"] if not wave or each["number"] in wanted]
    shown = [*map(lists.wave, rows)]
    answer = _answer(registry, _WAVE, wave, rows, shown)
    if wave:
        return answer
    documented = sum(row["documented"] for row in rows)
    said = _(
        "Documented campuses of these waves: {number} ({deduced} deduced); wave not known, or label later: {others}.",
        number=number(documented),
        deduced=number(sum(row["documented_deduced"] for row in rows)),
        others=number(len(registry["campuses"]) - documented),
    )
    milestones = records.cited(registry, registry["milestones"])
    return answer._replace(
        draw=lambda look: [lists.table(look, lists.WAVES, shown), lists.counts(look, milestones)],
        notes=(said,),
        legend=(_("* deduced, not stated by a source."),),
    )


def show_figures(registry: Registry, figure: FigureId = None) -> Answer:
    """Show the promises and what became of them, or one with its evidence; raise NotFoundError for what is none."""
    found = _matching(registry["figures"], figure, "value unit label period")
    rows = records.cited(registry, found)
    notes = (_("What proves them: cmq figures ID"),) if rows else ()
    return _answer(registry, _FIGURE, figure, rows, [_promise(registry, row) for row in rows], notes)


def _promise(registry: Registry, row: Row) -> Row:
    """Return a figure as people are shown it, with what the registry knows of the campuses that it counts, if any.

    It counts campuses where a wave announced as many of them on its day, or brought their number to as many.
    """
    known: list[str] = []
    for wave in registry["waves"] if row["unit"] == "campus" else ():
        for each in wave["announcements"]:
            if (each["on"], each["new"]) == (row["as_of"], row["value"]):
                known += sentences.of_waves(registry, [str(wave["number"])])
            elif (each["on"], each["total"]) == (row["as_of"], row["value"]):
                known.append(sentences.as_of(registry, row["as_of"]))
    if known and not row["outcome"]:
        later = [each for each in registry["milestones"] if each["campuses"] and each["on"] >= row["as_of"]]
        counts = ", ".join(f"{number(each['campuses'] or 0)} ({day(each['on'])})" for each in later)
        known.insert(0, _("Official count of all campuses since then: {counts}.", counts=counts))
    return {
        **row,
        "promised": ", ".join(filter(None, (f"{number(row['value'])} {row['unit']}", row["period"]))),
        "outcome": row["outcome"] or ("" if known else _("Not known: no source tells it.")),
        "known": "\n".join(known),
        "notes": row["notes"] or "",
    }


def show_sectors(registry: Registry, sector: SectorName = None) -> Answer:
    """Show the sectors with their search words, or one with its campuses; raise NotFoundError for what is none."""
    wanted = vocabulary.meant(registry, "sector", " ".join(sector or ()))
    rows = [records.sector(registry, each) for each in registry["sectors"] if not sector or each["id"] in wanted]
    return _answer(registry, _SECTOR, sector, rows, rows, (_("A campus of two sectors counts in both."),))


def show_regions(registry: Registry, region: RegionName = None) -> Answer:
    """Show the regions of today, or the one that is or holds what is meant; raise NotFoundError for what is none."""
    wanted = vocabulary.meant(registry, "region", " ".join(region or ()))
    every = registry["territories"]["regions"]
    found = [each for each in every if not region or wanted & {each["code"], *each["former"]}]
    rows = [records.region(registry, each) for each in found]
    return _answer(registry, _REGION, region, rows, rows)


def show_sources(registry: Registry, source: SourceId = None, *, unused: Unused = False) -> Answer:
    """Show the sources, or one with everything that it supports; raise NotFoundError, UsageError for both at once."""
    if source and unused:
        raise UsageError(_("--unused lists sources; it goes without an id: cmq sources --unused"))
    found = _matching(registry["sources"], source, "title publisher published url")
    rows = [row for row in records.sources(registry, found) if not (unused and row["supports"])]
    shown = [{**row, "supported": len(row["supports"])} for row in rows]
    many, all = number(len(rows)), number(len(registry["sources"]))
    note = _("{number} of {all} sources. What one supports: cmq sources ID", number=many, all=all)
    return _answer(registry, _SOURCE, source, rows, shown, (note,))


def _matching(every: Sequence[Any], typed: Words, fields: str) -> Sequence[Any]:
    """Return the record of an id, else those in which all typed words occur (10 000 is one word), all of no words."""
    said = " ".join(typed or ())
    wanted = words(re.sub(r"(?<=\d)[\s.,](?=\d{3}\b)", "", said))
    exact = [each for each in every if fold(each["id"]) == fold(said)]
    if exact or (said and not wanted):
        return exact
    texts = [fold(" ".join(str(each[name] or "") for name in ("id", *fields.split()))) for each in every]
    return [each for each, text in zip(every, texts, strict=True) if all(fit(word, text) for word in wanted)]


def _answer(
    registry: Registry, kind: _Kind, typed: Words, rows: list[Row], shown: list[Row], notes: tuple[str, ...] = ()
) -> Answer:
    """Return the answer to a question for all records of a kind, or for what was typed: one, or several to choose from.

    `shown` are the records as people are shown them. A page has the campuses that belong to the record below it, and
    the evidence. Raises NotFoundError where nothing is called so.
    """
    said = " ".join(typed or ())
    refuse_exclusion(said)
    answer = Answer(
        rows,
        kind.fields,
        lambda look: [lists.table(look, kind.layout, shown)],
        lambda: lists.sheet(kind.layout, shown),
        notes=notes,
    )
    if not typed:
        return answer
    if not rows:
        raise _unknown(registry, kind, said)
    row = rows[0]
    if len(rows) > 1:
        id = row.get("id") or row["code"]
        which = _("{number} answer to {typed}. Which one? cmq {command} {id}")
        which = which.format(number=number(len(rows)), typed=quoted(said), command=kind.command, id=id)
        return answer._replace(notes=(which,), several=which)
    members = [each for each in sort(registry["campuses"], "name") if each["id"] in row.get("campuses", ())]

    def draw(look: Look) -> list[Block]:
        page = lists.page(look, kind.layout, kind.told(shown[0]))
        return [*page, *campuses.campus_table(look, registry, members), *lists.evidence(row.get("sources", ()))]

    assigned = tuple(sentences.not_stated(members, ["sector"])) if kind is _SECTOR else ()
    return answer._replace(draw=draw, single=True, notes=assigned, legend=sentences.marks(members))


def _unknown(registry: Registry, kind: _Kind, typed: str) -> NotFoundError:
    """Return the error for a name that nothing has: what is called so elsewhere, or what may have been meant."""
    vocabulary_of, message = kind.command.removesuffix("s"), _(kind.unknown, typed=quoted(typed))
    if kind in (_SECTOR, _REGION):
        near = vocabulary.near(registry, vocabulary_of, typed)
        if elsewhere := vocabulary.elsewhere(registry, typed):
            return NotFoundError(told(message, elsewhere))
    else:
        near = suggest(typed, [str(each.get("id", "")) for each in dict[str, Any](registry)[kind.command]])
    see = _("See: {command}", command=shell("cmq", kind.command))
    return NotFoundError(told(message, did_you_mean(typed, near), see))
