"""The tables of rooms in ``docs/project-layout.md``: each module, and the first sentence that it says of itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

from markdown import between, table

SOURCE = Path(__file__).parents[1] / "src" / "cmq_cli"


def with_rooms(page: str) -> str:
    """Return the page with its tables of rooms as the modules are today."""
    return between(page, "rooms", _tables())


def folders() -> list[Path]:
    """Return the package and the packages inside, outermost first."""
    return sorted(path.parent for path in SOURCE.rglob("__init__.py"))


def _tables() -> Iterator[str]:
    for folder in folders():
        modules = [path for path in sorted(folder.glob("*.py")) if path.name != "__init__.py"]
        title = folder.relative_to(SOURCE.parent).as_posix()
        yield f"### `{title}/`"
        if folder != SOURCE:
            yield _first_sentence(folder / "__init__.py")
        yield table(("module", "what it is for"), [(f"`{path.name}`", _first_sentence(path)) for path in modules])


def _first_sentence(path: Path) -> str:
    documented = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    if not documented:
        raise ValueError(f"{path} must begin with a sentence that says what it is for")
    return " ".join(documented.split("\n\n")[0].split()).replace("``", "`")
