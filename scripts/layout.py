"""The tables of rooms in ``docs/project-layout.md``: each module, and the first sentence that it says of itself."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src" / "cmq_cli"
BEGIN = "<!-- rooms: python scripts/generate.py takes each sentence from the module itself -->"
END = "<!-- end of rooms -->"


def with_rooms(page: str) -> str:
    """Return the page with its tables of rooms as the modules are today."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + "\n\n".join([BEGIN, *_tables(), END]) + after


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
        yield _table((f"`{path.name}`", _first_sentence(path)) for path in modules)


def _table(rows: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"| {name} | {what} |" for name, what in (("module", "what it is for"), ("---", "---"), *rows))


def _first_sentence(path: Path) -> str:
    documented = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    if not documented:
        raise ValueError(f"{path} must begin with a sentence that says what it is for")
    return " ".join(documented.split("\n\n")[0].split()).replace("``", "`").replace("|", "\\|")
