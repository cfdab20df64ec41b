"""Draw the vocabulary: the sectors and regions that filters accept, with how many campuses each has."""

from collections.abc import Sequence

from cmq_cli.output.records import Row
from cmq_cli.output.tables.frame import Column, Look, Renderable, grid, lines, note, page, words


def sectors(look: Look, records: Sequence[Row], summary: str) -> Renderable:
    """Draw the sectors with their search words, which go below the name in a narrow window."""
    columns = [
        Column("Sector", width=None if look.narrow else 44 if look.wide else 34),
        Column("Campuses", right=True),
        Column("Search words", least=18),
    ]
    rows = []
    for record in records:
        name = lines(words(record["label"], "bold", link=record["page"]), words(record["id"], "cyan"))
        number, searched = words(record["count"]), ", ".join(record["keywords"])
        below = lines(name, words(f"search words: {searched}", "dim"))
        rows.append([below, number] if look.narrow else [name, number, words(searched)])
    return page(grid(look, columns[:2] if look.narrow else columns, rows, apart=True), note(look, summary))


def regions(look: Look, records: Sequence[Row], summary: str) -> Renderable:
    """Draw the regions with their abbreviations, former regions, academies and departments."""
    columns = [
        Column("Code"),
        Column("Region", width=26 if look.wide else None),
        Column("Campuses", right=True),
        Column("Academies and departments"),
    ]
    rows = []
    for record in records:
        names = lines(
            words(record["name"], "bold"),
            words(f"also {', '.join(record['abbreviations'])}", "dim") if record["abbreviations"] else None,
            words(f"formerly {', '.join(record['former'])}", "dim") if record["former"] else None,
        )
        departments = ", ".join(f"{each['name']} ({each['code']})" for each in record["departments"])
        academies = ", ".join(record["academies"]) or look.unknown
        code, number = words(record["code"]), words(record["count"])
        if look.narrow:
            below = (words(f"academies: {academies}"), words(f"departments: {departments}", "dim"))
            rows.append([code, lines(names, *below), number])
        else:
            rows.append([code, names, number, lines(words(academies), words(departments, "dim"))])
    return page(grid(look, columns[:3] if look.narrow else columns, rows, apart=True), note(look, summary))
