"""Write every document that is made from the program: ``python scripts/generate.py``. A test compares them."""

from collections.abc import Callable
from pathlib import Path

import completeness
import layout
import manual
import pages

ROOT = Path(__file__).parents[1]

GENERATED: dict[str, Callable[[], str]] = {
    "docs/cli.md": lambda: pages.command_line(manual.read()),
    "docs/cmq.1": lambda: pages.man_page(manual.read()),
    "docs/data.md": lambda: completeness.with_numbers(_kept("docs/data.md")),
    "docs/project-layout.md": lambda: layout.with_rooms(_kept("docs/project-layout.md")),
}
"""Each generated file, and what its text is today."""


def _kept(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


if __name__ == "__main__":
    for name, text in GENERATED.items():
        (ROOT / name).write_text(text(), encoding="utf-8")
