"""The results as Markdown: what took how long, beside what it must reach."""

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from growth import CHECKED, COMPACT, Stage, per_campus
from measure import Spread, ratio
from subjects import MINIMAL, Subject

Clock = Callable[[Spread], Sequence[float]]

BEGIN, END = "<!-- tables: written by benchmarks/run.py -->", "<!-- end of tables -->"

WALL: Clock = attrgetter("wall")
PROCESSOR: Clock = attrgetter("processor")

TIME_OF_JSON, MEMORY_OF_FILE, LINEAR = 2.5, 6.0, 1.2
"""The targets of growth: times the time of `json`, times the size of the file, a campus in the largest registry
compared with one in the smallest."""


@dataclass(frozen=True)
class Results:
    """Everything that a run found out."""

    subjects: Sequence[Subject]
    took: dict[str, Spread]
    missing: dict[str, str]
    instructions: dict[str, float]
    stages: Sequence[Stage]
    crossed: dict[str, float]
    about: Sequence[str]


def markdown(results: Results) -> str:
    """Return all the tables."""
    parts = [
        "\n".join(f"- {line}" for line in results.about),
        "### Targets\n\n" + _targets(results),
        "### One question\n\n" + _times(results),
    ]
    if results.stages[1:]:
        parts.append("### Growth\n\n" + _growth(results.stages))
    if results.crossed:
        parts.append("### Cross-check\n\n" + _crossed(results))
    missing = {name: why for stage in results.stages for name, why in stage.missing.items()} | results.missing
    if missing:
        parts.append("### Not measured\n\n" + "\n".join(f"- {name}: {why}" for name, why in missing.items()))
    return "\n\n".join(parts) + "\n"


def put(target: Path, tables: str) -> None:
    """Put the tables between the marks of a file, and leave what is around them."""
    before, begin, rest = target.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{target.name} has lost one of the marks {BEGIN} and {END}; put them back.")
    target.write_text(f"{before}{BEGIN}\n\n{tables}\n{END}{after}", encoding="utf-8")


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table; all columns but the first hold numbers."""
    lines = [headings, ["---", *("---:" for _ in headings[1:])], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _times(results: Results) -> str:
    headings = ["", "median ms", "IQR ms", "fastest", "CPU ms", "peak MB", "M instructions", "compared with", "times"]
    rows = []
    for subject in results.subjects:
        if (took := results.took.get(subject.name)) is None:
            continue
        wall = [f"{took.median:.1f}", _range(took, 1, 1), f"{min(took.wall):.1f}"]
        others = [f"{statistics.median(took.processor):.1f}", f"{took.peak / 1e6:.1f}"]
        count = f"{results.instructions[subject.name]:.0f}" if subject.name in results.instructions else ""
        rows.append([subject.name, *wall, *others, count, subject.floor or "", _times_of(results, subject)[0]])
    return table(headings, rows)


def _range(took: Spread, unit: float, digits: int) -> str:
    return "–".join(f"{quartile / unit:.{digits}f}" for quartile in took.quartiles)


def _times_of(results: Results, subject: Subject) -> tuple[str, str, str]:
    """Return how many times what its floor takes a subject takes: on the clock, of the processor, of instructions."""
    took, floor = results.took.get(subject.name), results.took.get(subject.floor or "")
    if took is None or floor is None:
        return "", "", ""
    mine, its = results.instructions.get(subject.name), results.instructions.get(subject.floor or "")
    counted = f"{mine / its:.2f}" if mine and its else ""
    return f"{ratio(took.wall, floor.wall):.2f}", f"{ratio(took.processor, floor.processor):.2f}", counted


def _targets(results: Results) -> str:
    headings = ["what", "compared with", "target", "clock", "CPU", "instructions", "met"]
    rows = []
    for subject in results.subjects:
        if subject.at_most is None and not subject.slower_than_floor:
            continue
        clock, *others = _times_of(results, subject)
        target = "slower" if subject.slower_than_floor else f"at most {subject.at_most:.2f}"
        met = "not measured" if not clock else _met(_reached(subject, float(clock)))
        rows.append([subject.name, subject.floor or "", target, clock, *others, met])
    return table(headings, [*rows, *_growth_targets(results.stages)])


def _reached(subject: Subject, times: float) -> bool:
    return times > 1 if subject.at_most is None else times <= subject.at_most


def _met(reached: bool) -> str:
    return "yes" if reached else "**no**"


def _growth_targets(stages: Sequence[Stage]) -> list[list[str]]:
    """Return the rows for the largest registry; the instructions of so long a run aren't counted."""
    if not stages[1:]:
        return []
    first, largest = stages[0], stages[-1]
    mine, its = largest.took.get(CHECKED), largest.took.get(COMPACT)
    what = f"{CHECKED}, {largest.campuses:,} campuses"
    targets = (f"at most {TIME_OF_JSON}", f"at most {MEMORY_OF_FILE}")
    if mine is None or its is None:
        rows = [[what, COMPACT, targets[0], "", "", "", "not measured"]]
    else:
        time, processor = ratio(mine.wall, its.wall), ratio(mine.processor, its.processor)
        memory = (mine.peak - largest.interpreter_peak) / largest.file_size
        times = [f"{time:.2f}", f"{processor:.2f}", "", _met(time <= TIME_OF_JSON)]
        peak = [f"{memory:.2f}", "", "", _met(memory <= MEMORY_OF_FILE)]
        rows = [
            [f"{what}: time", COMPACT, targets[0], *times],
            [f"{what}: memory", "size of the file", targets[1], *peak],
        ]
    for name in largest.took:
        if name.startswith("cmq") and len(stages) > 2:
            rows.append(_linear(name, first, stages[1], largest))
    return rows


def _linear(name: str, first: Stage, small: Stage, largest: Stage) -> list[str]:
    what = [f"{name}: per campus, {largest.campuses:,}", f"per campus, {small.campuses:,}", f"at most {LINEAR}"]
    times = []
    for clock in (WALL, PROCESSOR):
        few, many = per_campus(first, small, name, clock), per_campus(first, largest, name, clock)
        if few is None or many is None:
            return [*what, "", "", "", "not measured"]
        times.append(many / few)
    return [*what, *(f"{each:.2f}" for each in times), "", _met(times[0] <= LINEAR)]


def _growth(stages: Sequence[Stage]) -> str:
    headings = ["campuses", "file MB", "", "median s", "IQR s", "times json", "peak MB", "times file", "µs per campus"]
    rows = [
        [f"{stage.campuses:,}", f"{stage.file_size / 1e6:.1f}", name, *_grown(stages[0], stage, name)]
        for stage in stages
        for name in stage.took
    ]
    remark = (
        "Memory is compared with the size of the file after that of the interpreter is taken off. "
        f"What a campus costs is counted from the registry of {stages[0].campuses}."
    )
    return f"{table(headings, rows)}\n\n{remark}"


def _grown(first: Stage, stage: Stage, name: str) -> list[str]:
    took = stage.took[name]
    absolute = [f"{took.median / 1000:.3f}", _range(took, 1000, 3)]
    json, peak = f"{ratio(took.wall, stage.took[COMPACT].wall):.2f}", f"{took.peak / 1e6:.0f}"
    file = f"{(took.peak - stage.interpreter_peak) / stage.file_size:.1f}"
    added = per_campus(first, stage, name, WALL) if stage is not first else None
    return [*absolute, json, peak, file, f"{added:.1f}"] if added else [*absolute, "", peak, "", ""]


def _crossed(results: Results) -> str:
    rows = [
        [name, f"{median:.1f}", f"{median / results.crossed[MINIMAL]:.2f}"]
        for name, median in results.crossed.items()
        if MINIMAL in results.crossed
    ]
    remark = "hyperfine runs one command to the end before the next, so that a busy moment hits one command alone."
    return f"{table(['hyperfine', 'median ms', 'times the minimal program'], rows)}\n\n{remark}"
