"""Draw the vocabulary: the sectors and regions that filters accept, with how many campuses each has."""

from collections.abc import Sequence

from cmq_cli.output.records import Record
from cmq_cli.output.tables.frame import GAP, Look, Renderable, grid, lines, note, page, words, wrap


def sectors(look: Look, records: Sequence[Record], summary: str) -> Renderable:
    """Draw the sectors with their search words."""
    name = 26 if look.narrow else 34
    widths = {"Sector": name, "Campuses": 8, "Search words": look.width - name - 8 - 2 * GAP}
    table = grid(look, *widths, right=("Campuses",), widths=widths, apart=True)
    for record in records:
        title = lines(words(record["label"], "bold", link=record["page"]), words(record["id"], "cyan"))
        table.add_row(wrap(title, name), str(record["count"]), words(", ".join(record["keywords"])))
    return page(table, note(summary))


def regions(look: Look, records: Sequence[Record], summary: str) -> Renderable:
    """Draw the regions with their abbreviations, former regions, academies and departments."""
    table = grid(
        look,
        "Code",
        "Region",
        "Campuses",
        "Academies and departments",
        right=("Campuses",),
        fixed=("Code", "Campuses"),
        apart=True,
    )
    for record in records:
        names = [words(record["name"], "bold")]
        if record["abbreviations"]:
            names.append(words(", ".join(record["abbreviations"]), "cyan"))
        if record["former"]:
            names.append(words("\n".join(record["former"]), "dim"))
        departments = ", ".join(f"{each['name']} {each['code']}" for each in record["departments"])
        where = lines(words(", ".join(record["academies"]) or look.unknown), words(departments, "dim"))
        table.add_row(record["code"], lines(*names), str(record["count"]), where)
    return page(table, note(summary))
