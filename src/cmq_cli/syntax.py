"""What the reader of JSON finds wrong with a file, in plain words and with the way to mend it."""

import re
import unicodedata
from json import JSONDecodeError

from cmq_cli.reading import DamagedError

HIDDEN = ("Cc", "Cf", "Co", "Zl", "Zp")
"""Unicode categories of the characters that can't be seen but move the cursor, reorder a line or hide text."""

BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
"""Letters, marks and signs that can't be seen either, so that a text of them seems empty."""

_QUOTES = "'`´‘’“”„«»"
_COMMENTS = ("//", "/*", "#")
_CONFLICT = ("<" * 7, "|" * 7, "=" * 7, ">" * 7)
"""What Git writes into a file two versions of which it couldn't unite."""

_DECIMAL_COMMA = re.compile(r"[0-9],\Z")
_SPACE_IN_NUMBER = re.compile(r"[1-9][0-9]*[ \u00a0\u202f]\Z")
_ZERO_FIRST = re.compile(r"[^0-9.eE+-]-?0\Z")

_LEVELS = 6
"""Brackets inside brackets that a registry has."""

_TEXT_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]')

_NO_COMMA = "Expecting ','"

_UNCLOSED = {
    "}": ("A list is not closed before this bracket.", "Remove it, or write ] before it."),
    "]": ("An object is not closed before this bracket.", "Remove it, or write } before it."),
}

_BY_MESSAGE = {
    "Invalid control character": (
        "The text has no end on its line.",
        "Close it with a double quote; a line break inside is written \\n.",
    ),
    "Invalid \\": ("A backslash in a text isn't followed by what JSON knows.", "Write two backslashes for one."),
    "Unterminated string": (
        "The text that begins here has no end.",
        "Close it with a double quote, or get the whole file again.",
    ),
    "Extra data": (
        "Something follows after the end of the registry.",
        "Remove it, or the closing bracket too many before it.",
    ),
    "Expecting property name": ("The name of a field in double quotes is missing here.", "Write it."),
    "Expecting value": ("A value is missing here, or isn't written as JSON.", "Write a value, or null."),
    "Expecting ':'": ("A colon is missing here, between the name of a field and its value.", "Add it."),
    _NO_COMMA: (
        "A comma or a closing bracket is missing here.",
        'Add it; a double quote inside a text is written \\".',
    ),
}
"""What is said for what Python's reader says, by its beginning."""


def explain(error: JSONDecodeError) -> DamagedError:
    """Say in plain words where and why a text is no JSON."""
    if error.msg.startswith("Illegal trailing comma"):  # of Python 3.13; older ones name the bracket behind it
        bracket = len(error.doc) - len(error.doc[error.pos + 1 :].lstrip())
        error = JSONDecodeError("Expecting value", error.doc, bracket)
    at, reason = error.pos, _reason(error)
    if reason == _BY_MESSAGE[_NO_COMMA]:
        at = len(error.doc[:at].rstrip())  # it is missing at the end of what stands before
    return DamagedError(*reason, place(error.doc, at))


def too_deep(text: str) -> DamagedError:
    """Say of JSON, as far as it can be read, which bracket stands deeper than any of a registry."""
    depth, where = 0, ""
    for found in _TEXT_OR_BRACKET.finditer(text):
        depth += (found[0] in "[{") - (found[0] in "]}")
        if depth > _LEVELS:
            where = place(text, found.start())
            break
    return DamagedError(
        "Brackets stand inside brackets too deep.", f"A registry has {_LEVELS} levels of them; see: cmq schema", where
    )


def place(text: str, at: int) -> str:
    """Return a position in a text as a line and a column, both counted from 1."""
    return f"line {text.count(chr(10), 0, at) + 1}, column {at - text.rfind(chr(10), 0, at)}"


def _reason(error: JSONDecodeError) -> tuple[str, str]:
    """Return what is wrong, and how to mend it."""
    before, after = error.doc[max(error.pos - 100, 0) : error.pos], error.doc[error.pos : error.pos + 7]
    if not error.doc[error.pos :].strip():
        return "The file ends in the middle.", "Get the whole file again, or close what is open."
    in_text = error.msg.startswith(("Invalid", "Unterminated"))
    if after[0] == "\t" and in_text:
        return "A tab stands inside a text.", "Write a space, or \\t."
    if after[0] not in " \t\r\n" and (is_hidden(after[0]) or after[0].isspace()):
        return f"An invisible character stands here: {named(after[0])}.", "Remove it."
    if not in_text and (found := _between(before, after)):
        return found
    if error.msg.startswith(_NO_COMMA) and after[0] in _UNCLOSED:
        return _UNCLOSED[after[0]]
    known = (said for beginning, said in _BY_MESSAGE.items() if error.msg.startswith(beginning))
    return next(known, ("This is not JSON.", "See: cmq schema"))


def _between(before: str, after: str) -> tuple[str, str] | None:
    """Return what is wrong with a character outside of texts, if it is known for being written there."""
    char = after[0]
    last = before.rstrip()[-1:]
    if (char in "]}" and last == ",") or (char == "," and last in (",", "[", "{")):
        return "There is a comma too many.", "Remove it."
    if after in _CONFLICT:
        return (
            "Git has left two versions here.",
            "Keep one, and remove the lines that begin with <<<<<<<, ======= and >>>>>>>.",
        )
    if after.startswith(_COMMENTS):
        return "JSON has no comments.", "Remove it; what must be said can stand in notes."
    if char in _QUOTES:
        return "A text stands in straight double quotes.", 'Write " before and after it.'
    if char == ";":
        return "JSON has no semicolons.", "Write a comma."
    if char.isdecimal() and _DECIMAL_COMMA.search(before):
        return "A number has a decimal comma.", "Write a point: 47.2488"
    if char.isdecimal() and _SPACE_IN_NUMBER.search(before):
        return "A number has a space in it.", "Write it without: 10000"
    if char.isdecimal() and _ZERO_FIRST.search(before):
        return "A number begins with 0.", 'Remove the 0; a code stands in double quotes: "01"'
    if char.isalpha() and last in (":", "[", ","):
        return "A word stands here without quotes.", 'Write " before and after it; only true, false and null have none.'
    return None


def is_hidden(char: str) -> bool:
    """Tell whether a character can't be seen and is more than a space; no text of a registry has one."""
    return unicodedata.category(char) in HIDDEN or char in BLANK


def named(char: str) -> str:
    """Return the name and the code of a character that can't be seen."""
    unnamed = "private use" if unicodedata.category(char) == "Co" else "control code"
    return f"{unicodedata.name(char, unnamed)}, U+{ord(char):04X}"
