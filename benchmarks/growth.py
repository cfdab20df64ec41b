"""How time and memory grow: registries made from the real one, read as a file of one's own and as the bundled file."""

import json
import shutil
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from environment import PROGRAMS, ROOT, Tools, build_into
from measure import Spread, joined, timed, tried
from subjects import PASS, REGISTRY, Subject

COMPACT = "json.loads + json.dumps"
INDENTED = "json.loads + json.dumps(indent=2)"
CHECKED = "cmq list --json --registry FILE"
BUNDLED = "cmq list --json, as the bundled file"

TURNS = 3
"""How often the sizes are gone through."""

_NOT_NEEDED = (".*", "benchmarks", "tests", "dist", "build", "__pycache__")
"""What of a checkout the package isn't built from."""


@dataclass(frozen=True)
class Stage:
    """What was measured with a registry of one size."""

    campuses: int
    file_size: int
    interpreter_peak: int
    took: dict[str, Spread]
    missing: dict[str, str]


def grown(campuses: Sequence[dict[str, Any]], size: int) -> Iterator[dict[str, Any]]:
    """Give as many campuses as wanted, sorted by id: the real ones, and copies with new ids, names and aliases.

    The copies keep everything else, so that rows are as long as real ones and refer to what the registry knows.
    """
    keys = [(at % len(campuses), at // len(campuses)) for at in range(size)]
    for at, copy in sorted(keys, key=lambda key: _named(campuses[key[0]]["id"], "-", key[1])):
        campus = campuses[at]
        aliases = [_named(alias, " ", copy) for alias in campus["aliases"]]
        own = {"id": _named(campus["id"], "-", copy), "name": _named(campus["name"], " ", copy), "aliases": aliases}
        yield campus | own


def _named(text: str, joint: str, copy: int) -> str:
    return f"{text}{joint}{copy}" if copy else text


def write_registry(target: Path, size: int) -> None:
    """Write a registry of that many campuses in the canonical form, one campus at a time."""
    document = json.loads(REGISTRY.read_bytes())
    campuses = document.pop("campuses")
    with target.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_dumped(document).removesuffix("\n}") + ',\n  "campuses": [')
        for at, campus in enumerate(grown(campuses, size)):
            file.write(("," if at else "") + "\n    " + _dumped(campus).replace("\n", "\n    "))
        file.write("\n  ]\n}\n")


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def bundle(registry: Path, target: Path) -> None:
    """Install a package whose bundled registry is the given one, made by the same build as every other."""
    source = target.with_name("source")
    shutil.rmtree(source, ignore_errors=True)
    shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(*_NOT_NEEDED))
    shutil.copyfile(registry, source / "data" / "campuses.json")
    build_into(source, target)
    shutil.rmtree(source)


def stages(tools: Tools, folder: Path, sizes: Sequence[int], rounds: int) -> list[Stage]:
    """Measure the answers for registries of these sizes, in turns, so that no size has a quiet hour of its own."""
    prepared = [_prepared(tools, folder, size) for size in sizes]
    taken: list[dict[str, list[Spread]]] = [{one.name: [] for one in good} for _, good, _ in prepared]
    for _ in range(TURNS):
        for (size, good, _), known in zip(prepared, taken, strict=True):
            for name, spread in timed(good, _rounds(size, rounds)).items():
                known[name].append(spread)
    found = []
    for (size, _, missing), known in zip(prepared, taken, strict=True):
        registry, package = _places(folder, size)
        took = {name: joined(spreads) for name, spreads in known.items() if len(spreads) == TURNS}
        missing |= {name: "it failed in a later round" for name in known if name not in took}
        found.append(Stage(size, registry.stat().st_size, took.pop(PASS).peak, took, missing))
        registry.unlink()
        shutil.rmtree(package)
    return found


def _prepared(tools: Tools, folder: Path, size: int) -> tuple[int, list[Subject], dict[str, str]]:
    """Make a registry and its package; return what can be measured of them, and why the rest can't."""
    registry, package = _places(folder, size)
    write_registry(registry, size)
    bundle(registry, package)
    return size, *tried(subjects(tools, registry, package), limit=600)


def _places(folder: Path, size: int) -> tuple[Path, Path]:
    return folder / f"campuses-{size}.json", folder / f"package-{size}"


def _rounds(size: int, rounds: int) -> int:
    """Return how often to run in a turn: less often what takes longer, which a disturbance hurts less."""
    return max(rounds // (TURNS * max(size // 1000, 1)), 1)


def subjects(tools: Tools, registry: Path, package: Path) -> list[Subject]:
    """Return what is run for a registry: the interpreter, CPython's own JSON, and cmq both ways."""
    python, cmq, floor = tools.paths["python"], tools.paths["cmq"], str(PROGRAMS / "loads_dumps.py")
    return [
        Subject(PASS, [python, "-c", "pass"], "growth", check=lambda text: not text),
        Subject(COMPACT, [python, floor, str(registry)], "growth"),
        Subject(INDENTED, [python, floor, str(registry), "--indent"], "growth"),
        Subject(CHECKED, [cmq, "list", "--json", "--registry", str(registry)], "growth"),
        Subject(BUNDLED, [cmq, "list", "--json"], "growth", environment={"PYTHONPATH": str(package)}),
    ]


def per_campus(first: Stage, later: Stage, name: str, what: Callable[[Spread], Sequence[float]]) -> float | None:
    """Return the microseconds that each campus adds, counted from the smaller registry, or None if not measured."""
    if name not in first.took or name not in later.took:
        return None
    more = statistics.median(what(later.took[name])) - statistics.median(what(first.took[name]))
    return 1000 * more / (later.campuses - first.campuses)
