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
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 15
REGISTRY = json.loads((Path(__file__).resolve().parents[1] / "data" / "campuses.json").read_bytes())
PATH = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
CMQ = shutil.which("cmq", path=PATH) or sys.exit("cmq isn't installed beside this Python.")
ENVIRON = {"PATH": PATH, "HOME": os.environ["HOME"], "LC_ALL": "C.UTF-8", "TERM": "xterm", "COLUMNS": "100"}

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
def main(rows: str) -> None:
    table = Table("Campus", "Where", "Wave", "Labelled")
    with open(rows, encoding="utf-8") as file:
        for line in file:
            table.add_row(*line.rstrip("\\n").replace("|", "\\n").split("\\t"))
    Console().print(table)
typer.run(main)
""",
    LOADS: "import json, sys; print(json.dumps(json.load(open(sys.argv[1], 'rb')), ensure_ascii=False))",
}
SECTOR = "systemes-innovants-mecatronique"


class Subject(NamedTuple):
    """A command line, the floor that it is compared with, and at most how many times as long it is to take."""

    name: str
    line: list[str]
    floor: str = ""
    target: float = 0
    terminal: bool = False
    environ: dict[str, str] = {}  # noqa: RUF012 - never changed


def subjects(folder: Path) -> list[Subject]:
    """Return the floors, the questions with the targets of the project, and the peers, which are to take longer."""

    def asked(line: str, target: float, floor: str = MINIMAL, terminal: bool = False, **environ: str) -> Subject:
        beside = " ".join(["", *environ.values(), *["on a terminal"] * terminal]).replace(" word=", " and Tab behind ")
        return Subject(f"cmq {line}{beside}", [CMQ, *line.split()], floor, target, terminal, environ)

    sql = f"select * from campuses where sectors like '%{SECTOR}%'"
    peers = {
        "sqlite-utils": ["memory", f"{folder}/campuses.json", sql],
        "csvgrep": ["-c", "sectors", "-r", SECTOR, f"{folder}/campuses.csv"],
    }
    given = {TABLES: f"{folder}/rows.tsv", LOADS: f"{folder}/10000.json"}
    return [
        *(
            Subject(name, [sys.executable, "-c", text, *filter(None, [given.get(name)])], terminal=name == TABLES)
            for name, text in FLOORS.items()
        ),
        asked("--version", 1.1),
        asked("", 1.1, _CMQ_COMPLETE="word=sh"),
        asked("list --sector", 1.25, _CMQ_COMPLETE="word=mec"),
        asked("near", 1.6, _CMQ_COMPLETE="word=Dol"),
        asked("show besancon --json", 1.25),
        asked("list --sector mecatronique --json", 1.3),
        asked("near Nancy --json", 1.6),
        asked("list", 1.3),
        asked("list --sector mecatronique", 1.3),
        asked("list --sector mecatronique", 1.4, CMQ_LANG="fr"),
        asked("near Nancy", 1.7, CMQ_LANG="fr"),
        asked("list", 1.1, TABLES, terminal=True),
        asked("show besancon", 1.1, TABLES, terminal=True),
        asked(f"list --json --registry {given[LOADS]}", 4, LOADS)._replace(
            name="cmq list --json of 10,000 of one's own"
        ),
        *(
            Subject(f"{name}, the same sector", [program, *line], "cmq list --sector mecatronique --json")
            for name, line in peers.items()
            if (program := shutil.which(name, path=PATH))
        ),
    ]


def write_data(folder: Path) -> None:
    """Write the rows of the table, the data of the peers, and a registry of 1,000 and one of 10,000 campuses."""
    campuses = REGISTRY["campuses"]
    cells = (("name", "id"), ("city", "region"), ("wave",), ("labelled_on",))
    rows = ["\t".join("|".join(str(each[name] or "–") for name in names) for names in cells) for each in campuses]
    (folder / "rows.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    for name in ("campuses.json", "campuses.csv"):
        subprocess.run([CMQ, "list", "--output", str(folder / name)], check=True, stderr=subprocess.DEVNULL)
    for size in (1_000, 10_000):
        many = []
        for at in range(size):
            each, copy = campuses[at % len(campuses)], at // len(campuses)
            aliases = [f"{alias} {copy}" for alias in each["aliases"]]
            many.append({**each, "id": f"{each['id']}-{copy}", "name": f"{each['name']} {copy}", "aliases": aliases})
        (folder / f"{size}.json").write_text(json.dumps({**REGISTRY, "campuses": many}), encoding="utf-8")


def run(subject: Subject) -> tuple[float, float]:
    """Run a command once, and return the milliseconds that it took on the clock and of processor time."""
    seen, shown = pty.openpty() if subject.terminal else (-1, os.open(os.devnull, os.O_WRONLY))
    begun, environ = time.perf_counter(), ENVIRON | subject.environ
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(subject.line, stdin=subprocess.DEVNULL, stdout=shown, stderr=said, env=environ)
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
            said.seek(0)
            sys.exit(f"{subject.name}: exit code {child.returncode}, {said.read().decode()}")
    return 1000 * took, 1000 * (used.ru_utime + used.ru_stime)


def instructions(subject: Subject) -> float:
    """Return the millions of instructions of one run, 0 where nothing counts them or it would take minutes."""
    if not shutil.which("valgrind") or LOADS in (subject.name, subject.floor):
        return 0
    with tempfile.NamedTemporaryFile() as log:
        counting = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", f"--log-file={log.name}"]
        run(subject._replace(line=counting + subject.line, environ=subject.environ | {"PYTHONHASHSEED": "0"}))
        found = re.search(rb"Collected : (\d+)", Path(log.name).read_bytes())
    return int(found[1]) / 1e6 if found else 0


def compared(all_of: list[Subject]) -> None:
    """Run everything in turn and print the table of ratios."""
    taken: dict[str, list[tuple[float, float]]] = {subject.name: [] for subject in all_of}
    for at in range(ROUNDS + 1):
        for subject in random.Random(at).sample(all_of, len(all_of)):
            took = run(subject)
            taken[subject.name] += [took] if at else []  # in the first round, what is kept compiled is compiled
    counted = {subject.name: instructions(subject) for subject in all_of}
    print("| | compared with | target | clock | CPU | instructions | ms | M instructions | |")
    print("|---|---|--:|--:|--:|--:|--:|--:|---|")
    for name, _line, floor, target, *_more in all_of:
        pairs = [*zip(taken[name], taken.get(floor, ()), strict=False)]
        wall, busy = (statistics.median([own[at] / least[at] for own, least in pairs] or [0]) for at in (0, 1))
        times = counted[name] / (counted.get(floor) or 1) if floor else 0
        ms, met = statistics.median(wall for wall, _busy in taken[name]), "met" if busy <= target else "missed"
        cells = [f"{value:.2f}" if value else "" for value in (target, wall, busy, times)]
        print(f"| {name} | {floor} | {' | '.join(cells)} | {ms:.0f} | {counted[name]:.0f} | {met if target else ''} |")


def limited(folder: Path) -> None:
    """Print the table of what must not grow out of hand: long questions, and ten times as many campuses."""

    def busy(*arguments: Any) -> float:
        return min(run(Subject("cmq list", [CMQ, "list", *map(str, arguments)]))[1] for _ in range(3)) / 1000

    words = [word for each in REGISTRY["campuses"] for word in each["name"].split() if word[0].isalpha()] * 9
    questions = {"400 words": words[:400], "1,000 words": words[:1000], "60,000 letters": ["bois" * 15_000]}
    questions["100,000 letters"] = ["mécan" * 20_000]
    took = {f"{name}, seconds": (busy(*question), 1) for name, question in questions.items()}
    least, small, large = busy("--json"), *(busy("--json", "--registry", folder / f"{n}.json") for n in (1000, 10000))
    took["10,000 campuses beside 1,000, times"] = ((large - least) / (small - least), 10)
    print("\n| cmq list, processor time | at most | | |\n|---|--:|--:|---|")
    for name, (value, target) in took.items():
        print(f"| {name} | {target} | {value:.2f} | {'met' if value <= target else 'missed'} |")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        write_data(Path(name))
        installed = [f"{each} {metadata.version(each)}" for each in ("cmq-cli", "typer", "rich", "pydantic")]
        print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {', '.join(installed)}, {ROUNDS} rounds\n")
        compared(subjects(Path(name)))
        limited(Path(name))
