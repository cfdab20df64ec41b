"""What the generated pages are made of: tables, and the part of a page between two marks."""

from collections.abc import Iterable, Sequence


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table.

    >>> print(table(["a", "b"], [[1, "x|y"]]))
    | a | b |
    | --- | --- |
    | 1 | x\\|y |
    """
    escaped = [[str(cell).replace("|", "\\|") for cell in row] for row in rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in (heads, ["---"] * len(heads), *escaped))


def between(page: str, name: str, blocks: Iterable[str]) -> str:
    """Return the page with these blocks between its mark of that name and the end mark.

    Raises ValueError where the page has no such marks.
    """
    before, begin, rest = page.partition(f"<!-- {name}: python scripts/generate.py writes what follows -->")
    _, end, after = rest.partition(f"<!-- end of {name} -->")
    if not end:
        raise ValueError(f"the page has no marks for {name}")
    return before + "\n\n".join([begin, *blocks, end]) + after
