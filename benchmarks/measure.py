"""Measure: try each subject once, then run all of them in turn, many times; count instructions; ask hyperfine."""

import json
import marshal
import random
import re
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from environment import HERE, Tools, run_text
from stopwatch import Taken
from subjects import Subject

PEAK_UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in which the system counts peak memory."""


@dataclass(frozen=True)
class Spread:
    """What the runs of one command took, in order: milliseconds on the clock and of processor time; and peak bytes."""

    wall: tuple[float, ...]
    processor: tuple[float, ...]
    peak: int

    @property
    def median(self) -> float:
        return statistics.median(self.wall)

    @property
    def quartiles(self) -> tuple[float, float]:
        """The first and the third."""
        if len(self.wall) < 2:
            return self.wall[0], self.wall[0]
        first, _, third = statistics.quantiles(self.wall, n=4, method="inclusive")
        return first, third


def ratio(ours: Sequence[float], others: Sequence[float]) -> float:
    """Return how many times as long ours took, as the median of the ratios of each round.

    What slows a whole round down leaves its ratio as it is.
    """
    return statistics.median(mine / other for mine, other in zip(ours, others, strict=True))


def tried(subjects: Sequence[Subject], limit: int = 120) -> tuple[list[Subject], dict[str, str]]:
    """Run each subject once; return those that answer rightly, and why the others can't be measured."""
    good: list[Subject] = []
    bad: dict[str, str] = {}
    for subject in subjects:
        problem = _problem(subject, limit)
        if problem is None:
            good.append(subject)
        else:
            bad[subject.name] = problem
    return good, bad


def _problem(subject: Subject, limit: int) -> str | None:
    try:
        done = run_text(subject.arguments, env=subject.whole_environment, stdin=subprocess.DEVNULL, timeout=limit)
    except subprocess.TimeoutExpired:
        return f"no answer within {limit} s"
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["nothing said"]
        return f"exit code {done.returncode}: {said[-1][:100]}"
    return None if subject.check(done.stdout) else "its answer is not the expected one"


def timed(subjects: Sequence[Subject], rounds: int, limit: int = 600) -> dict[str, Spread]:
    """Run the subjects in turn, each round in another order, so that whatever disturbs the machine disturbs all alike.

    Subjects that fail in any round are left out.
    """
    shuffled = random.Random(rounds)
    order = [at for _ in range(rounds) for at in shuffled.sample(range(len(subjects)), len(subjects))]
    runs = [(subjects[at].arguments, subjects[at].whole_environment) for at in order]
    stopwatch = [sys.executable, "-I", "-S", str(HERE / "stopwatch.py")]
    done = subprocess.run(stopwatch, input=marshal.dumps((runs, limit)), stdout=subprocess.PIPE, check=True)
    taken: dict[str, list[Taken]] = {subject.name: [] for subject in subjects}
    for at, one in zip(order, marshal.loads(done.stdout), strict=True):
        taken[subjects[at].name].append(one)
    return {name: spread(many) for name, many in taken.items() if not any(code for *_, code in many)}


def spread(taken: Sequence[Taken]) -> Spread:
    """Sum up the runs of one command."""
    wall, processor, peaks, _ = zip(*taken, strict=True)
    return Spread(
        tuple(1000 * seconds for seconds in wall),
        tuple(1000 * seconds for seconds in processor),
        max(peaks) * PEAK_UNIT,
    )


def joined(parts: Sequence[Spread]) -> Spread:
    """Return the runs of several times as those of one."""
    wall = tuple(time for part in parts for time in part.wall)
    processor = tuple(time for part in parts for time in part.processor)
    return Spread(wall, processor, max(part.peak for part in parts))


def instructions(subjects: Sequence[Subject], tools: Tools) -> tuple[str | None, dict[str, float]]:
    """Count the instructions of one run of each subject; return what counted them, and millions by name.

    The seed of Python's hashing is fixed, since it changes how often hash tables collide.
    """
    counter = next((tool for tool in ("perf", "valgrind") if tool in tools.paths and _counts(tool, tools)), None)
    if counter is None:
        return None, {}
    counts = {subject.name: _count(counter, tools, subject) for subject in subjects}
    return counter, {name: count for name, count in counts.items() if count}


def _counts(tool: str, tools: Tools) -> bool:
    return _count(tool, tools, Subject("nothing", [tools.paths["python"], "-c", "pass"], "floors")) is not None


def _count(tool: str, tools: Tools, subject: Subject) -> float | None:
    options = {
        "perf": ["stat", "-x", ",", "-e", "instructions:u"],
        "valgrind": ["--tool=callgrind", "--callgrind-out-file=/dev/null"],
    }
    pattern = {"perf": r"^(\d+),", "valgrind": r"Collected : (\d+)"}
    environment = {**subject.whole_environment, "PYTHONHASHSEED": "0"}
    arguments = [tools.paths[tool], *options[tool], *subject.arguments]
    said = run_text(arguments, env=environment, stdin=subprocess.DEVNULL).stderr
    found = re.search(pattern[tool], said, re.MULTILINE)
    return int(found[1]) / 1e6 if found else None


def cross_checked(subjects: Sequence[Subject], tools: Tools, runs: int, folder: Path) -> dict[str, float]:
    """Return hyperfine's medians in milliseconds; it runs one command to the end before it begins the next."""
    if "hyperfine" not in tools.paths:
        return {}
    found = {}
    for subject in subjects:
        target = folder / "hyperfine.json"
        options = ["-N", "--style", "none", "--warmup", "2", "--runs", str(runs), "--export-json", str(target)]
        line = " ".join(map(_quoted, subject.arguments))
        if run_text([tools.paths["hyperfine"], *options, line], env=subject.whole_environment).returncode == 0:
            found[subject.name] = 1000 * json.loads(target.read_bytes())["results"][0]["median"]
    return found


def _quoted(argument: str) -> str:
    return "'" + argument.replace("'", "'\\''") + "'"
