"""The floor of a table: the minimal Typer program, and one Rich table with Rich's own defaults.

A line of the file is a row: cells apart by tabs, lines of a cell by ``|``.
"""

import typer
from rich.console import Console
from rich.table import Table


def main(rows: str = "rows.tsv") -> None:
    table = Table("Campus", "Where", "Wave", "Labelled")
    with open(rows, encoding="utf-8") as file:
        for line in file:
            table.add_row(*line.rstrip("\n").replace("|", "\n").split("\t"))
    Console().print(table)


if __name__ == "__main__":
    typer.run(main)
