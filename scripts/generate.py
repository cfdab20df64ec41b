"""Write every document that is made from the program: ``python scripts/generate.py``. A test compares them."""

import os
from collections.abc import Callable
from pathlib import Path

import completeness
import layout
import manual
import pages
import picture

ROOT = Path(__file__).parents[1]

GENERATED: dict[str, Callable[[], str]] = {
    "docs/cli.md": lambda: pages.command_line(manual.read()),
    "docs/cmq.1": lambda: pages.man_page(manual.read()),
    "docs/data.md": lambda: completeness.with_numbers(_kept("docs/data.md")),
    "docs/project-layout.md": lambda: layout.with_rooms(_kept("docs/project-layout.md")),
    "docs/images/cmq-light.svg": lambda: picture.svg("light"),
    "docs/images/cmq-dark.svg": lambda: picture.svg("dark"),
    "docs/images/map.svg": picture.map_of_all,
}
"""Each generated file, and what its text is today."""


def _kept(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


if __name__ == "__main__":
    os.environ.pop("CMQ_REGISTRY", None)  # the pictures are of the bundled registry
    for name, text in GENERATED.items():
        (ROOT / name).write_text(text(), encoding="utf-8", newline="\n")
