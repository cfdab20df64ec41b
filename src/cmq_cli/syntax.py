"""What the reader of JSON finds wrong with a file, in plain words and with the way to mend it."""

import re
import unicodedata
from json import JSONDecodeError

from cmq_cli.reading import DamagedError

HIDDEN = ("Cc", "Cf", "Co", "Zl", "Zp")
"""Unicode categories of the characters that can't be seen but do harm; `cmq_cli.meaning` refuses them in texts."""

_QUOTES = "'`´‘’“”„«»"
_COMMENTS = ("//", "/*", "#")

_DECIMAL_COMMA = re.compile(r"[0-9],\Z")
_SPACE_IN_NUMBER = re.compile(r"[1-9][0-9]*[ \u00a0\u202f]\Z")
_ZERO_FIRST = re.compile(r"[^0-9.eE+-]-?0\Z")

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
    line, column = error.doc.count("\n", 0, at) + 1, at - error.doc.rfind("\n", 0, at)
    return DamagedError(*reason, f"line {line}, column {column}")


def _reason(error: JSONDecodeError) -> tuple[str, str]:
    """Return what is wrong, and how to mend it."""
    before, after = error.doc[max(error.pos - 100, 0) : error.pos], error.doc[error.pos : error.pos + 2]
    if not error.doc[error.pos :].strip():
        return "The file ends in the middle.", "Get the whole file again, or close what is open."
    in_text = error.msg.startswith(("Invalid", "Unterminated"))
    if after[0] == "\t" and in_text:
        return "A tab stands inside a text.", "Write a space, or \\t."
    if after[0] not in "\t\r\n" and (hidden := _hidden(after[0])):
        return f"An invisible character stands here: {hidden}.", "Remove it."
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


def _hidden(char: str) -> str | None:
    """Return the name and the code of a character that can't be seen, or None for any other."""
    if unicodedata.category(char) not in HIDDEN and (char == " " or not char.isspace()):
        return None
    return f"{unicodedata.name(char, 'control code')}, U+{ord(char):04X}"
