"""Show what campuses are measured by: calls for projects, promises, sectors, regions and sources."""

import re
from collections.abc import Sequence
from typing import Annotated, Any

from typer import Argument, Option

from cmq_cli import vocabulary
from cmq_cli.commands import sentences
from cmq_cli.errors import NotFoundError, UsageError
from cmq_cli.language import N_, _, day, number, quoted, shell
from cmq_cli.options import Texts
from cmq_cli.output import records
from cmq_cli.output.answer import Answer, Block, Look, Row
from cmq_cli.output.tables import campuses, lists
from cmq_cli.query import sort
from cmq_cli.registry import Registry
from cmq_cli.text import fit, fold, perhaps, refuse_exclusion, suggest, told, words

WaveNumber = Annotated[Texts, Argument(metavar=N_("[NUMBER]"), help=N_("One wave: 4, IV, vague 4."))]
FigureId = Annotated[Texts, Argument(metavar=N_("[ID]"), help=N_("One figure: its id, its number, or words."))]
SectorName = Annotated[Texts, Argument(metavar=N_("[NAME]"), help=N_("One sector: id, label or search word."))]
RegionName = Annotated[Texts, Argument(metavar=N_("[NAME]"), help=N_("One region: name, abbreviation or code."))]
SourceId = Annotated[Texts, Argument(metavar=N_("[ID]"), help=N_("One source: its id, its address, or words."))]
Unused = Annotated[bool, Option("--unused", help=N_("Only the sources that support nothing yet."))]
_KINDS = {  # by command: the fields of a record, how people are shown it, and what is said where none is called so
    "waves": (records.WAVE, lists.WAVES, N_("No wave is called {typed}.")),
    "figures": (records.FIGURE, lists.FIGURES, N_("No figure is called {typed}.")),
    "sectors": (records.SECTOR, lists.SECTORS, N_("No sector is called {typed}.")),
    "regions": (records.REGION, lists.REGIONS, N_("No region is called {typed}.")),
    "sources": (records.SOURCE, lists.SOURCES, N_("No source is called {typed}.")),
}


def show_waves(registry: Registry, wave: WaveNumber = None) -> Answer:
    """Show the calls for projects and the official counts, or one with its campuses; raise NotFoundError for none."""
    wanted = vocabulary.meant(registry, "wave", " ".join(wave or ()))
    rows = [records.wave(registry, each) for each in registry["waves"] if not wave or str(each["number"]) in wanted]
    shown = [lists.wave(row) for row in rows]
    answer = _answer(registry, "waves", wave, rows, shown)
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
        legend=(_("* deduced, not stated by a source."),) if "*" in str(shown) else (),
    )


def show_figures(registry: Registry, figure: FigureId = None) -> Answer:
    """Show the promises and what became of them, or one with its evidence; raise NotFoundError for what is none."""
    rows = records.cited(registry, _matching(registry["figures"], figure, "value unit label period"))
    note = _("What proves them: cmq figures ID") if rows else ""
    return _answer(registry, "figures", figure, rows, [_promise(registry, row) for row in rows], note)


def _promise(registry: Registry, row: Row) -> Row:
    """Return a figure as people are shown it, with what is known of the campuses that waves announced in its number."""
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
    return _answer(registry, "sectors", sector, rows, rows, _("A campus of two sectors counts in both."))


def show_regions(registry: Registry, region: RegionName = None) -> Answer:
    """Show the regions of today, or the one that is or holds what is meant; raise NotFoundError for what is none."""
    wanted = vocabulary.meant(registry, "region", " ".join(region or ()))
    every = registry["territories"]["regions"]
    found = [each for each in every if not region or wanted & {each["code"], *each["former"]}]
    rows = [records.region(registry, each) for each in found]
    return _answer(registry, "regions", region, rows, rows)


def show_sources(registry: Registry, source: SourceId = None, *, unused: Unused = False) -> Answer:
    """Show the sources, or one with everything that it supports; raise NotFoundError, UsageError for both at once."""
    if source and unused:
        raise UsageError(_("--unused lists sources; it goes without an id: cmq sources --unused"))
    found = _matching(registry["sources"], source, "title publisher published url")
    rows = [row for row in records.sources(registry, found) if not (unused and row["supports"])]
    shown = [{**row, "supported": len(row["supports"])} for row in rows]
    every = number(len(registry["sources"]))
    note = _("{number} of {all} sources. What one supports: cmq sources ID", number=number(len(rows)), all=every)
    return _answer(registry, "sources", source, rows, shown, note)


def _matching(every: Sequence[Any], typed: Texts, fields: str) -> Sequence[Any]:
    """Return the record of an id, else those in which all typed words occur (10 000 is one word), all of no words."""
    said = " ".join(typed or ())
    wanted = words(re.sub(r"(?<=\d)[\s.,](?=\d{3}\b)", "", said))
    exact = [each for each in every if fold(each["id"]) == fold(said)]
    if exact or (typed and not wanted):
        return exact
    found = []
    for each in every:
        text = fold(" ".join(str(each[name] or "") for name in ("id", *fields.split())))
        if all(fit(word, text) for word in wanted):
            found.append(each)
    return found


def _answer(registry: Registry, kind: str, typed: Texts, rows: list[Row], shown: list[Row], note: str = "") -> Answer:
    """Return the answer on all records of a kind, `shown` to people, or on what was typed; raise NotFoundError."""
    said = " ".join(typed or ())
    refuse_exclusion(said)
    fields, layout, unknown = _KINDS[kind]
    answer = Answer(
        rows,
        fields,
        lambda look: [lists.table(look, layout, shown)],
        lambda: lists.sheet(layout, shown),
        notes=(note,) if note else (),
    )
    if not typed:
        return answer
    if not rows:
        raise NotFoundError(told(_(unknown, typed=quoted(said)), _instead(registry, kind, said)))
    row = rows[0]
    if len(rows) > 1:
        which = _("{number} answer to {typed}. Which one? cmq {command} {id}")
        first = row.get("id") or row["code"]
        which = which.format(number=number(len(rows)), typed=quoted(said), command=kind, id=first)
        return answer._replace(notes=(which,), several=which)
    members = [each for each in sort(registry["campuses"]) if each["id"] in row.get("campuses", ())]

    def draw(look: Look) -> list[Block]:
        page = lists.page(look, layout, shown[0])
        return [*page, campuses.campus_table(look, registry, members), *lists.evidence(row.get("sources", ()))]

    assigned = tuple(sentences.not_stated(members, ["sector"])) if kind == "sectors" else ()
    return answer._replace(draw=draw, single=True, notes=assigned, legend=sentences.marks(members))


def _instead(registry: Registry, kind: str, typed: str) -> str:
    if kind in ("sectors", "regions"):
        if elsewhere := vocabulary.elsewhere(registry, typed):
            return elsewhere
        near = vocabulary.near(registry, kind.removesuffix("s"), typed)
    else:
        near = suggest(typed, [str(each.get("id", "")) for each in dict[str, Any](registry)[kind]])
    return told(perhaps(suggest(typed, near)), _("See: {command}", command=shell("cmq", kind)))
