"""JSON as `json.dumps` writes it, indented by two, but piece by piece: the whole at once takes ten times its memory."""

import json
from collections.abc import Iterable, Iterator
from typing import Any


def indented(value: Any, margin: str = "\n") -> str:
    """Return a value as JSON whose further lines begin with the margin, a line break and spaces.

    Raises ValueError for what is no number in JSON: NaN and the infinities.
    """
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    return text.replace("\n", margin) if margin != "\n" else text  # a line break in a text is written as \n


def array(values: Iterable[Any], margin: str = "\n") -> Iterator[str]:
    """Give the pieces of an array of the values.

    >>> print("".join(array([1, {}])))
    [
      1,
      {}
    ]
    """
    before = "["
    for value in values:
        inside_brackets = indented([value], margin)[1 : -1 - len(margin)]
        yield f"{before}{inside_brackets}"
        before = ","
    yield "[]" if before == "[" else f"{margin}]"
