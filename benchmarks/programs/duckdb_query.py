"""The question, asked of DuckDB: which campuses of a CSV file have a sector, as JSON."""

import json
import sys

import duckdb


def main(name: str, sector: str) -> None:
    found = duckdb.execute(
        "select * from read_csv(?) where list_contains(string_split(sectors, ';'), ?)", [name, sector]
    )
    names = [column[0] for column in found.description]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    print(json.dumps(rows, ensure_ascii=False, default=str))


if __name__ == "__main__":
    main(*sys.argv[1:])
