"""Draw the calls for projects, and the figures of the programme."""

from collections.abc import Sequence

from rich.text import Text

from cmq_cli.model import Figure, Registry, Wave
from cmq_cli.output.records import Row
from cmq_cli.output.tables.evidence import evidence
from cmq_cli.output.tables.frame import (
    GAP,
    Column,
    Look,
    Renderable,
    bar,
    facts,
    grid,
    heading,
    lines,
    note,
    number,
    page,
    words,
)

NO_OUTCOME = "no source is known"

LEAST_GROWTH, LEAST_BAR = 20, 8
"""Columns in which a growth can be seen well, and in which it can be seen at all."""


def waves(look: Look, records: Sequence[Row], summary: str) -> Renderable:
    """Draw announced beside documented, wave by wave, and the growth of the total."""
    columns = [
        Column("Wave"),
        Column("Call", fixed=True, goes=3),
        Column("Candidacies", right=True, goes=4),  # those of most calls are not known
        Column("Announced on", fixed=True),
        Column("New", right=True, goes=1),  # the growth below tells it, and the total, once more
        Column("Total", right=True, goes=2),
        Column("Documented", right=True),
    ]
    rows = []
    for wave in records:
        documented = words(f"{wave['documented']} of {wave['new']}")
        if wave["documented_deduced"]:
            documented.append(f"\n{wave['documented_deduced']} deduced", "dim")
        rows.append(
            [
                words(wave["number"]),
                words(wave["call_launched_on"]),
                words(look.unknown if wave["candidacies"] is None else wave["candidacies"]),
                words("\n".join(_dated(each["on"], each["basis"]) for each in wave["announcements"])),
                words(wave["new"]),
                words(wave["total"]),
                documented,
            ]
        )
    return page(grid(look, columns, rows, apart=True), growth(look, records), note(look, summary))


def growth(look: Look, records: Sequence[Row]) -> Renderable:
    """Draw the official total after each announcement as bars: what there was, and what the announcement added.

    A campus takes a column at most; in a narrow window, the bars are worth more than the numbers of the new ones.
    """
    steps = [each for wave in records for each in wave["announcements"]]
    most = max((each["total"] for each in steps), default=1)
    room = look.width - sum(len(name) + GAP for name in ("2017-02-13*", "New", "Total"))
    squeezed = room < LEAST_GROWTH
    length = min(room + squeezed * (len("New") + GAP), max(most, LEAST_GROWTH))
    legend = "# before, + new" if look.ascii else "█ before, ▒ new"
    columns = [Column("Announced", fixed=True), Column("New", right=True, goes=1), Column("Total", right=True)]
    rows = [
        [words(_dated(each["on"], each["basis"])), words(f"+{each['new']}"), words(each["total"])] for each in steps
    ]
    if length >= LEAST_BAR:
        columns.append(Column(legend if length >= len(legend) else legend.replace(", ", "\n")))
        for row, each in zip(rows, steps, strict=True):
            row.append(_grown(look, each["total"], each["new"], most, length))
    return grid(look, columns, rows)


def _grown(look: Look, total: int, new: int, most: int, length: int) -> Text:
    whole = bar(total / most, look, length)
    before = bar((total - new) / most, look, length)[: len(whole) - 1 if new > 0 else None]  # what is new can be seen
    added = ("+" if look.ascii else "▒") * (len(whole) - len(before))
    return words(before, "cyan") + words(added, "cyan")


def _dated(on: str, basis: str) -> str:
    return f"{on}*" if basis == "deduced" else on


def wave_page(look: Look, registry: Registry, wave: Wave, campuses: Renderable) -> Renderable:
    """Draw a wave with its announcements, priorities, notes, sources and campuses."""
    known = facts(
        look,
        [
            ("Call", words(f"{wave.call_launched_on}\n{wave.call_reference}")),
            ("Candidacies", words(wave.candidacies if wave.candidacies is not None else look.unknown)),
            ("New", words(wave.new)),
            ("Total", words(wave.total)),
            ("Priorities", words("\n".join(wave.priorities)) if wave.priorities else None),
            ("Notes", words(wave.notes) if wave.notes else None),
        ],
    )
    columns = [
        Column("Announced", fixed=True),
        Column("New", right=True),
        Column("Total", right=True),
        Column("How it is known", least=18),
    ]
    rows = [
        [
            words(each.on),
            words(each.new),
            words(each.total),
            lines(words(each.basis), words(each.note, "dim") if each.note else None),
        ]
        for each in wave.announcements
    ]
    return page(
        heading(look, words(f"Wave {wave.number}")),
        known,
        grid(look, columns, rows),
        campuses,
        evidence(look, registry, wave.sources),
    )


def figures(look: Look, registry: Registry) -> Renderable:
    """Draw each promise beside what became of it."""
    rows = []
    for figure in registry.figures:
        promised = lines(
            words(f"{number(figure.value)} {figure.unit}", "bold"),
            words(figure.label),
            words(figure.period) if figure.period else None,
            words(figure.id, "cyan"),
        )
        became = _outcome(look, registry, figure)
        rows.append(
            [lines(promised, words("What became of it:", "dim"), became)] if look.narrow else [promised, became]
        )
    columns = [Column("Promised")] if look.narrow else [Column("Promised"), Column("What became of it")]
    announced = ", ".join(sorted({figure.as_of for figure in registry.figures}))
    said = f"As announced on {announced}. Sources: cmq figures ID" if announced else None
    return page(grid(look, columns, rows, apart=True), note(look, said))


def _outcome(look: Look, registry: Registry, figure: Figure) -> Text:
    """Return what became of a figure, and where the campuses are if a wave announced as many on its day."""
    waves = (
        words(f"Wave {wave.number} announced {each.new} campuses that day: cmq waves {wave.number}", "dim")
        for wave in registry.waves
        for each in wave.announcements
        if (each.on, each.new, "campus") == (figure.as_of, figure.value, figure.unit)
    )
    return lines(words(figure.outcome or f"{look.unknown} ({NO_OUTCOME})"), *waves)


def figure_page(look: Look, registry: Registry, figure: Figure) -> Renderable:
    """Draw a figure with its notes and sources."""
    known = facts(
        look,
        [
            ("Id", words(figure.id, "cyan")),
            ("Promised", words(f"{number(figure.value)} {figure.unit}", "bold")),
            ("Period", words(figure.period) if figure.period else None),
            ("Announced", words(figure.as_of)),
            ("Outcome", _outcome(look, registry, figure)),
            ("Notes", words(figure.notes) if figure.notes else None),
        ],
    )
    return page(heading(look, words(figure.label)), known, evidence(look, registry, figure.sources))
