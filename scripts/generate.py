"""Write every document that is made from the program: ``python scripts/generate.py``. A test compares them."""

from collections.abc import Callable
from pathlib import Path

import layout
import manual
import pages

ROOT = Path(__file__).parents[1]

GENERATED: dict[str, Callable[[], str]] = {
    "docs/cli.md": lambda: pages.command_line(manual.read()),
    "docs/cmq.1": lambda: pages.man_page(manual.read()),
    "docs/project-layout.md": lambda: layout.with_rooms((ROOT / "docs/project-layout.md").read_text(encoding="utf-8")),
}
"""Each generated file, and what its text is today."""

if __name__ == "__main__":
    for name, text in GENERATED.items():
        (ROOT / name).write_text(text(), encoding="utf-8")
