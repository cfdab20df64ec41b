"""How time and memory grow: registries made from the real one, read as a file of one's own and as the bundled file."""

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from environment import PROGRAMS, ROOT, Tools, build_into
from measure import Spread, timed, tried
from subjects import PASS, REGISTRY, Subject

COMPACT = "json.loads + json.dumps"
INDENTED = "json.loads + json.dumps(indent=2)"
CHECKED = "cmq list --json --registry FILE"
BUNDLED = "cmq list --json, as the bundled file"

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


def stage(tools: Tools, folder: Path, size: int, rounds: int) -> Stage:
    """Measure the answers for a registry of one size, which is made for it and removed again."""
    registry, package = folder / f"campuses-{size}.json", folder / f"package-{size}"
    write_registry(registry, size)
    bundle(registry, package)
    good, missing = tried(subjects(tools, registry, package), limit=600)
    took = timed(good, rounds)
    missing |= {one.name: "it failed in a later round" for one in good if one.name not in took}
    measured = Stage(size, registry.stat().st_size, took.pop(PASS).peak, took, missing)
    registry.unlink()
    shutil.rmtree(package)
    return measured


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


def per_campus(first: Stage, later: Stage, name: str) -> float | None:
    """Return the microseconds that each campus adds, counted from the smaller registry, or None if not measured."""
    if name not in first.took or name not in later.took:
        return None
    return 1000 * (later.took[name].median - first.took[name].median) / (later.campuses - first.campuses)
