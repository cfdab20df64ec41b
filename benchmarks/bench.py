"""Measure how fast cmq answers, beside the least that such a program can take: ``python benchmarks/bench.py [ROUNDS]``.

Run it in an environment in which cmq is installed, on Linux, macOS or WSL. Each round runs every command once, as a
whole process and in a new order, so that what disturbs the machine disturbs all alike; a ratio is the median of the
ratios of each round. Compare ratios between runs and machines, never milliseconds. Where valgrind is installed, it
counts instructions, which don't drift. The peers, sqlite-utils and csvkit, are measured where they are installed.
"""

import json
import os
import platform
import pty
import random
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from importlib import metadata
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

PATH = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
ENVIRON = {"PATH": PATH, "HOME": os.environ["HOME"], "LC_ALL": "C.UTF-8", "TERM": "xterm", "COLUMNS": "100"}
REGISTRY = json.loads((Path(__file__).resolve().parents[1] / "data" / "campuses.json").read_bytes())
MINIMAL, TABLES, LOADS = "minimal Typer program", "minimal table program", "json.loads + json.dumps"
FLOORS = {
    MINIMAL: """
import typer
def main(name: str = "world") -> None:
    print(f"Hello {name}")
typer.run(main)
""",
    TABLES: """
import typer
from rich.console import Console
from rich.table import Table
def main() -> None:
    table = Table("Campus", "Where", "Wave", "Labelled")
    with open("rows.tsv", encoding="utf-8") as file:
        for line in file:
            table.add_row(*line.rstrip("\\n").replace("|", "\\n").split("\\t"))
    Console().print(table)
typer.run(main)
""",
    LOADS: "import json; print(json.dumps(json.load(open('10000.json', 'rb')), ensure_ascii=False))",
}
TEXTS = {
    "WORDS": [word for each in REGISTRY["campuses"] * 9 for word in each["name"].split() if word.isalpha()][:1000],
    "LETTERS": ["mécan" * 20_000],
}
SECTOR = "cmq list --sector mecatronique --json"
QUESTIONS = (  # what is typed, what it is compared with, and at most how many times as long it is to take; 0: peers
    ("cmq --version", MINIMAL, 1.1),
    ("_CMQ_COMPLETE=word=sh cmq", MINIMAL, 1.1),
    ("_CMQ_COMPLETE=word=mec cmq list --sector", MINIMAL, 1.25),
    ("_CMQ_COMPLETE=word=Dol cmq near", MINIMAL, 1.6),
    ("cmq show besancon --json", MINIMAL, 1.25),
    (SECTOR, MINIMAL, 1.3),
    ("cmq near Nancy --json", MINIMAL, 1.6),
    ("cmq list", MINIMAL, 1.3),
    ("cmq list --sector mecatronique", MINIMAL, 1.3),
    ("CMQ_LANG=fr cmq list --sector mecatronique", MINIMAL, 1.4),
    ("CMQ_LANG=fr cmq near Nancy", MINIMAL, 1.7),
    ("cmq list", TABLES, 1.1),
    ("cmq show besancon", TABLES, 1.1),
    ("cmq list WORDS", MINIMAL, 12),
    ("cmq list LETTERS", MINIMAL, 12),
    ("cmq list --json --registry 10000.json", LOADS, 4),
    ("cmq list bois --registry 1000.json", MINIMAL, 20),
    ("cmq list bois --registry 10000.json", "cmq list bois --registry 1000.json", 10),
    ("sqlite-utils memory campuses.json \"select * from campuses where sectors like '%mecatronique%'\"", SECTOR, 0),
    ("csvgrep -c sectors -r mecatronique campuses.csv", SECTOR, 0),
)


class Subject(NamedTuple):
    """A command line, and what is asked of it."""

    name: str
    line: list[str]
    floor: str = ""
    target: float = 0
    terminal: bool = False
    environ: dict[str, str] = {}  # noqa: RUF012 - never changed


def subjects() -> list[Subject]:
    """Return the floors, and what is asked of the programs that are installed; tables are drawn on a terminal."""
    found = [Subject(name, [sys.executable, "-c", text], terminal=name == TABLES) for name, text in FLOORS.items()]
    for typed, floor, target in QUESTIONS:
        words = shlex.split(typed)
        environ = dict(word.split("=", 1) for word in words if re.match(r"\w+=", word))
        line = [part for word in words[len(environ) :] for part in TEXTS.get(word, [word])]
        if shutil.which(line[0], path=PATH):
            name = f"{typed} on a terminal" if floor == TABLES else typed
            found.append(Subject(name, line, floor, target, floor == TABLES, environ))
    return found


def write_data() -> None:
    """Write the rows of the table, the data of the peers, and a registry of 1,000 and one of 10,000 campuses."""
    row = "{name}|{id}\t{city}|{region}\t{wave}\t{labelled_on}\n"
    Path("rows.tsv").write_text("".join(row.format(**each) for each in REGISTRY["campuses"]), encoding="utf-8")
    for name in ("campuses.json", "campuses.csv"):
        subprocess.run(["cmq", "list", "--output", name], env=ENVIRON, check=True, stderr=subprocess.DEVNULL)
    for size in (1_000, 10_000):
        Path(f"{size}.json").write_text(json.dumps(registry_of(size)), encoding="utf-8")


def registry_of(size: int) -> dict[str, Any]:
    """Return a valid registry of so many campuses: copies of the documented ones, each with names of its own."""
    many = []
    for at, each in enumerate(islice(cycle(REGISTRY["campuses"]), size)):
        aliases = [f"{alias} {at}" for alias in each["aliases"]]
        many.append({**each, "id": f"{each['id']}-{at}", "name": f"{each['name']} {at}", "aliases": aliases})
    return {**REGISTRY, "campuses": many}


def run(subject: Subject) -> tuple[float, float]:
    """Run a command once, and return the milliseconds that it took on the clock and of processor time."""
    seen, shown = pty.openpty() if subject.terminal else (-1, os.open(os.devnull, os.O_WRONLY))
    begun, environ, nothing = time.perf_counter(), ENVIRON | subject.environ, subprocess.DEVNULL
    child = subprocess.Popen(subject.line, stdin=nothing, stdout=shown, stderr=nothing, env=environ)
    os.close(shown)
    try:
        while subject.terminal and os.read(seen, 65536):
            pass
    except OSError:  # how a terminal ends
        os.close(seen)
    _child, status, used = os.wait4(child.pid, 0)
    took = time.perf_counter() - begun
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{shlex.join(subject.line)[:200]}: exit code {child.returncode}")
    return 1000 * took, 1000 * (used.ru_utime + used.ru_stime)


def instructions(subject: Subject) -> float:
    """Return the millions of instructions of one run, 0 where nothing counts them or it would take minutes."""
    if not shutil.which("valgrind") or "10000.json" in str(subject.line):
        return 0
    counting = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", "--log-file=counted.txt"]
    run(subject._replace(line=counting + subject.line, environ=subject.environ | {"PYTHONHASHSEED": "0"}))
    found = re.search(r"Collected : (\d+)", Path("counted.txt").read_text(encoding="utf-8"))
    return int(found[1]) / 1e6 if found else 0


if __name__ == "__main__":
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    installed = [f"{each} {metadata.version(each)}" for each in ("cmq-cli", "typer", "rich", "pydantic")]
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {', '.join(installed)}, {rounds} rounds\n")
    every = subjects()
    taken: dict[str, list[tuple[float, float]]] = {subject.name: [] for subject in every}
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        write_data()
        for at in range(rounds + 1):
            for subject in random.Random(at).sample(every, len(every)):
                taken[subject.name].append(run(subject))
        counted = {subject.name: instructions(subject) for subject in every}
    print("| | compared with | at most | clock | CPU | instructions | ms | M instructions | |")
    print("|---|---|--:|--:|--:|--:|--:|--:|---|")
    for name, _line, floor, target, *_more in every:
        pairs = [*zip(taken[name], taken[floor or name], strict=True)][1:]  # at first what is kept compiled is compiled
        wall, busy = (median(own[at] / least[at] for own, least in pairs) for at in (0, 1))
        times, ms = counted[name] / (counted[floor or name] or 1), median(own[0] for own, _least in pairs)
        cells = f"{wall:.2f} | {busy:.2f} | {times:.2f} | {ms:.0f} | {counted[name]:.0f}"
        met = "met" if busy <= target else "missed"
        print(f"| {name} | {floor} | {target or ''} | {cells} | {met if target else ''} |")
