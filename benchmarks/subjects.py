"""What is measured: the floors, the commands of cmq, and the peers on the same question over the same data."""

import csv
import json
import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from environment import PROGRAMS, ROOT, Tools

REGISTRY = ROOT / "data" / "campuses.json"
SECTOR = "systemes-innovants-mecatronique"

PASS = "python -c pass"
MINIMAL = "minimal Typer program"
TABLE = "minimal Typer program + Rich table of 103 rows"
ONE_LINE = "the same with one line per row"
LIST = "cmq list --sector mecatronique --json"

TO_BEAT = ("sqlite-utils", "csvkit", "duckdb")
"""The peers that a Python program can be expected to outrun; jq and Miller are machine code."""

Campuses = list[dict[str, Any]]
Check = Callable[[str], bool]


@dataclass(frozen=True)
class Subject:
    """A command line, how its answer is known to be right, and what it is compared with."""

    name: str
    arguments: list[str]
    group: str
    floor: str | None = None
    at_most: float | None = None
    slower_than_floor: bool = False
    """Whether the target is that this one takes longer than what it is compared with."""
    environment: dict[str, str] = field(default_factory=dict)
    check: Check = bool

    @property
    def whole_environment(self) -> dict[str, str]:
        """The same few variables for everybody: nothing of the user's own shell."""
        common = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
        return {**common, "LC_ALL": "C.UTF-8", **self.environment}


def all_subjects(tools: Tools, folder: Path) -> list[Subject]:
    """Return everything that can be measured with these tools, in the order of the report."""
    campuses = json.loads(REGISTRY.read_bytes())["campuses"]
    write_data(campuses, folder)
    return [*floors(tools, folder), *own(tools, campuses), *peers(tools, folder, campuses)]


def floors(tools: Tools, folder: Path) -> list[Subject]:
    """Return the programs that do as little as one can, in cmq's own environment."""
    python = tools.paths["python"]
    minimal, table = (str(PROGRAMS / name) for name in ("minimal.py", "table.py"))
    return [
        Subject(PASS, [python, "-c", "pass"], "floors", check=lambda text: not text),
        Subject(MINIMAL, [python, minimal, "--name", "Besançon"], "floors", PASS),
        Subject(TABLE, [python, table, "--rows", str(folder / "rows.tsv")], "floors", MINIMAL),
        Subject(ONE_LINE, [python, table, "--rows", str(folder / "short.tsv")], "floors", MINIMAL),
    ]


def own(tools: Tools, campuses: Campuses) -> list[Subject]:
    """Return the commands of cmq, with the targets that they have."""

    def subject(line: str, at_most: float | None, check: Check = bool, floor: str = MINIMAL) -> Subject:
        return Subject(f"cmq {line}", [tools.paths["cmq"], *line.split()], "cmq", floor, at_most, check=check)

    completion = {"_CMQ_COMPLETE": "complete_bash", "COMP_WORDS": "cmq show mic", "COMP_CWORD": "2"}
    everyone = {campus["id"] for campus in campuses}
    return [
        subject("--version", 1.0),
        subject("--help", None),
        subject("show besancon --json", 1.15, lambda text: "microtechniques" in json.loads(text)["id"]),
        subject("list --sector mecatronique --json", 1.15, in_sector(campuses, json.loads)),
        subject("list --sector mecatronique -f table", 1.15, floor=TABLE),
        subject("list -f table", 1.15, floor=TABLE),
        subject("list", None, lambda text: text.count("\n") == len(campuses) + 1),
        subject("list --csv", None, lambda text: ids(_rows(text)) == everyone),
        subject("list --json", None, lambda text: ids(json.loads(text)) == everyone),
        subject("near Besançon --json", None, lambda text: bool(json.loads(text))),
        Subject(
            "completion of cmq show mic", [tools.paths["cmq"]], "cmq", MINIMAL, 1.2, False, completion,
            lambda text: "microtechniques" in text,
        ),
    ]  # fmt: skip


def peers(tools: Tools, folder: Path, campuses: Campuses) -> list[Subject]:
    """Return the other programs that answer which campuses have the sector, whole records each."""
    one_of = f"(^|;){SECTOR}(;|$)"
    table, base = str(folder / "campuses.csv"), str(folder / "campuses.db")
    sql = f"select * from campuses where exists (select 1 from json_each(sectors) where value = '{SECTOR}')"
    jq, miller = f'[.campuses[] | select(.sectors | index("{SECTOR}"))]', f'$sectors =~ "{one_of}"'
    lines: list[tuple[str, str, list[str], Callable[[str], Any]]] = [
        ("jq", "jq on the JSON", [jq, str(REGISTRY)], json.loads),
        ("miller", "Miller on a CSV", ["--icsv", "--ojson", "filter", miller, table], json.loads),
        ("sqlite-utils", "sqlite-utils on a prepared database", ["query", base, sql], json.loads),
        ("csvkit", "csvgrep on a CSV", ["-c", "sectors", "-r", one_of, table], _rows),
        ("duckdb", "DuckDB from Python on a CSV", [str(PROGRAMS / "duckdb_query.py"), table, SECTOR], json.loads),
    ]
    found = [
        Subject(
            name,
            [tools.paths[tool], *arguments],
            "peers",
            LIST,
            slower_than_floor=tool in TO_BEAT,
            check=in_sector(campuses, read),
        )
        for tool, name, arguments, read in lines
        if tool in tools.paths
    ]
    if "norwegianblue" in tools.paths:  # all its other answers need the network
        eol = [tools.paths["norwegianblue"], "norwegianblue", "--json"]
        found.append(Subject("eol norwegianblue --json, from data of its own", eol, "peers", LIST))
    return found


def in_sector(campuses: Campuses, read: Callable[[str], Any]) -> Check:
    """Return a check that an answer holds just the campuses of the sector."""
    wanted = {campus["id"] for campus in campuses if SECTOR in campus["sectors"]}
    return lambda text: ids(read(text)) == wanted


def ids(records: Campuses) -> set[str]:
    """Return the ids of records."""
    return {record["id"] for record in records}


def _rows(text: str) -> Campuses:
    return list(csv.DictReader(text.splitlines()))


def write_data(campuses: Campuses, folder: Path) -> None:
    """Write the campuses for the peers, as CSV and as a database, and the rows of the floors' tables."""
    with (folder / "campuses.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(campuses[0])
        writer.writerows([[_cell(value) for value in campus.values()] for campus in campuses])
    (folder / "campuses.db").unlink(missing_ok=True)
    with sqlite3.connect(folder / "campuses.db") as base:
        base.execute(f"create table campuses ({', '.join(campuses[0])})")
        rows = [[_json(value) for value in campus.values()] for campus in campuses]
        base.executemany(f"insert into campuses values ({', '.join('?' * len(campuses[0]))})", rows)
    base.close()
    for name, row in (("rows.tsv", _row), ("short.tsv", _short_row)):
        (folder / name).write_text("".join("\t".join(row(campus)) + "\n" for campus in campuses), encoding="utf-8")


def _cell(value: Any) -> Any:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ";".join(value)
    return _json(value)


def _json(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value


def _row(campus: dict[str, Any]) -> list[str]:
    """Return what the table of `cmq list` says of a campus at a width of 80."""
    where = "|".join(filter(None, (campus["city"], campus["region"])))
    labelled = campus["labelled_on"] or f"by {campus['labelled_by'] or '–'}"
    return [f"{campus['name']}|{campus['id']}", where, str(campus["wave"] or "–"), labelled]


def _short_row(campus: dict[str, Any]) -> list[str]:
    return [cell.partition("|")[0][:24] for cell in _row(campus)]
