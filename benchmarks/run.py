"""Measure how fast cmq answers, beside what no Python program can beat and beside its peers.

python3 benchmarks/run.py            everything; the tables of RESULTS.md are written anew
python3 benchmarks/run.py --quick    a first impression in a minute or two; nothing is written
"""

import argparse
import os
import sys
from datetime import date

import growth
import measure
import report
from environment import HERE, HOME, Tools, commit, machine, prepare
from subjects import MINIMAL, Subject, all_subjects

FULL_SIZES, QUICK_SIZES = (103, 1_000, 10_000, 100_000), (103, 1_000)


def main() -> None:
    arguments = _arguments()
    load = os.getloadavg()[0]
    _say("installing cmq and its peers")
    tools = prepare(arguments.fresh)
    folder = HOME / "data"
    folder.mkdir(exist_ok=True)
    _say("trying every command once")
    subjects, missing = measure.tried(all_subjects(tools, folder))
    _say(f"running {len(subjects)} commands {arguments.rounds} times, in turn")
    took = measure.timed(subjects, arguments.rounds)
    missing |= {one.name: "it failed in a later round" for one in subjects if one.name not in took}
    own = [one for one in subjects if one.group != "peers"]
    counter: str | None = None
    counts: dict[str, float] = {}
    crossed: dict[str, float] = {}
    if not arguments.quick:
        _say("counting instructions")
        counter, counts = measure.instructions(own, tools)
        _say("asking hyperfine")
        crossed = measure.cross_checked(_to_cross(subjects), tools, arguments.rounds, folder)
    sizes = QUICK_SIZES if arguments.quick else FULL_SIZES
    _say(f"growing registries to {sizes[-1]:,} campuses")
    stages = growth.stages(tools, folder, sizes, arguments.rounds)
    about = _about(tools, arguments.rounds, counter, load)
    results = report.Results(subjects, took, tools.missing | missing, counts, stages, crossed, about)
    tables = report.markdown(results)
    print(tables)
    if not arguments.quick:
        report.put(HERE / "RESULTS.md", tables)


def _arguments() -> argparse.Namespace:
    if sys.version_info < (3, 11) or not hasattr(os, "wait4"):
        raise SystemExit("This needs Python 3.11 or later on Linux, macOS or WSL.")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="few rounds, small registries, no instruction counts")
    parser.add_argument("--rounds", type=int, help="how often each command runs (40; 10 with --quick)")
    parser.add_argument("--fresh", action="store_true", help="install everything anew first")
    arguments = parser.parse_args()
    arguments.rounds = max(arguments.rounds or (10 if arguments.quick else 40), 2)
    return arguments


def _to_cross(subjects: list[Subject]) -> list[Subject]:
    wanted = (MINIMAL, "cmq --version", "cmq show besancon --json", "cmq list --sector mecatronique --json")
    return [one for one in subjects if one.name in wanted]


def _about(tools: Tools, rounds: int, counter: str | None, load: float) -> list[str]:
    versions = ", ".join(f"{name} {version}" for name, version in tools.versions.items())
    return [
        f"{date.today()}, commit {commit()}",
        f"{machine()}; {load:.1f} processes wanted to run on it at the start",
        f"{rounds} rounds of all commands in turn; instructions counted by {counter or 'nothing'}",
        versions,
    ]


def _say(what: str) -> None:
    print(f"{what} ...", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
