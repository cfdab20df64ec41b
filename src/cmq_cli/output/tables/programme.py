"""Draw the calls for projects, and the figures of the programme."""

from collections.abc import Sequence

from cmq_cli.model import Figure, Registry, Wave
from cmq_cli.output.records import Record
from cmq_cli.output.tables.evidence import evidence
from cmq_cli.output.tables.frame import Look, Renderable, bar, facts, grid, lines, note, number, page, words


def waves(look: Look, records: Sequence[Record], milestones: str) -> Renderable:
    """Draw announced beside documented, wave by wave, and the growth of the total."""
    columns = ("Wave", "Call", "Candidacies", "Announced on", "Announced", "Total", "Documented")
    table = grid(
        look,
        *columns,
        right=("Candidacies", "Announced", "Total", "Documented"),
        fixed=("Wave", "Call", "Announced on"),
    )
    for wave in records:
        announced = "\n".join(_dated(each["on"], each["basis"]) for each in wave["announcements"])
        documented = words(f"{wave['documented']} of {wave['new']}")
        if wave["documented_deduced"]:
            documented.append(f"\n{wave['documented_deduced']} deduced", "dim")
        table.add_row(
            str(wave["number"]),
            wave["call_launched_on"],
            str(wave["candidacies"] or look.unknown),
            announced,
            str(wave["new"]),
            str(wave["total"]),
            documented,
        )
    return page(table, growth(look, records), note(milestones))


def growth(look: Look, records: Sequence[Record]) -> Renderable:
    """Draw the official total after each announcement as bars."""
    steps = [each for wave in records for each in wave["announcements"]]
    most = max((each["total"] for each in steps), default=1)
    table = grid(look, "Campuses", "Total", "", right=("Total",), fixed=("Campuses", "Total"))
    for each in steps:
        drawn = words(bar(each["total"] / most, look, max(look.width - 24, 10)), "cyan")
        table.add_row(_dated(each["on"], each["basis"]), str(each["total"]), drawn)
    return table


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
    announced = grid(look, "Announced", "New", "Total", "How", right=("New", "Total"), fixed=("Announced",))
    for each in wave.announcements:
        said = words(each.basis)
        if each.note:
            said.append(f"\n{each.note}")
        announced.add_row(each.on, str(each.new), str(each.total), said)
    title = words(f"Wave {wave.number}", "bold")
    return page(title, known, announced, evidence(look, registry, wave.sources), campuses)


def figures(look: Look, wanted: Sequence[Figure]) -> Renderable:
    """Draw each promise beside what became of it."""
    table = grid(look, *(["Promised"] if look.narrow else ["Promised", "What became of it"]), apart=True)
    for figure in wanted:
        promised = lines(
            words(f"{number(figure.value, look)} {figure.unit}", "bold"),
            words(figure.label),
            *([words(figure.period)] if figure.period else []),
            words(figure.id, "cyan"),
        )
        became = words(figure.outcome or f"{look.unknown} (no source known)")
        if look.narrow:
            table.add_row(lines(promised, words("What became of it:", "dim"), became))
        else:
            table.add_row(promised, became)
    announced = sorted({figure.as_of for figure in wanted})
    return page(table, note(f"As announced on {', '.join(announced)}. Sources: cmq figures ID"))


def figure_page(look: Look, registry: Registry, figure: Figure) -> Renderable:
    """Draw a figure with its notes and sources."""
    known = facts(
        look,
        [
            ("Id", words(figure.id, "cyan")),
            ("Promised", words(f"{number(figure.value, look)} {figure.unit}", "bold")),
            ("Period", words(figure.period) if figure.period else None),
            ("Announced", words(figure.as_of)),
            ("Outcome", words(figure.outcome or f"{look.unknown} (no source known)")),
            ("Notes", words(figure.notes) if figure.notes else None),
        ],
    )
    title = words(figure.label, "bold")
    return page(title, known, evidence(look, registry, figure.sources))
