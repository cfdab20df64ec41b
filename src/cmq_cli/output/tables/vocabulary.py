"""Draw the vocabulary: the sectors and regions that filters accept, with how many campuses each has."""

from collections.abc import Sequence

from cmq_cli.output.records import Record
from cmq_cli.output.tables.frame import Column, Look, Renderable, grid, lines, note, page, words


def sectors(look: Look, records: Sequence[Record], summary: str) -> Renderable:
    """Draw the sectors with their search words."""
    columns = [
        Column("Sector", width=26 if look.narrow else 44 if look.wide else 34),
        Column("Campuses", right=True),
        Column("Search words"),
    ]
    rows = [
        [
            lines(words(record["label"], "bold", link=record["page"]), words(record["id"], "cyan")),
            words(record["count"]),
            words(", ".join(record["keywords"])),
        ]
        for record in records
    ]
    return page(grid(look, columns, rows, apart=True), note(look, summary))


def regions(look: Look, records: Sequence[Record], summary: str) -> Renderable:
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
        where = lines(words(", ".join(record["academies"]) or look.unknown), words(departments, "dim"))
        rows.append([words(record["code"]), names, words(record["count"]), where])
    return page(grid(look, columns, rows, apart=True), note(look, summary))
