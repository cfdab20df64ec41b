"""A registry file as plain JSON: read with care, and written in its canonical form."""

import json
import re
import sys
from collections import Counter
from contextlib import nullcontext
from pathlib import Path
from typing import Any, NamedTuple

from cmq_cli.errors import RegistryError
from cmq_cli.language import N_, _, quoted
from cmq_cli.model import SCHEMA_VERSION

MAX_BYTES = 64 * 1024 * 1024
"""The largest file that is read: one of 16,000 campuses like the bundled ones."""

_MOST_PARTS = 5_000_000
"""Brackets and commas of a file; one of `MAX_BYTES` like the bundled one has half of them. Each may cost 60 bytes."""

_MOST_FIELDS = 1_000
"""Fields of an object; a record has at most 27."""

_BOM = b"\xef\xbb\xbf"
_SEE = N_("See: cmq schema")
_ANOTHER = N_("Give the name of a registry file.")

_TYPOS = (
    (r"⌖\s*\Z", N_("The file ends in the middle; something is still open.")),
    (r",\s*⌖[]},]|⌖,\s*[]}]", N_("There is a comma too many.")),
    (r"[:[,{]\s*0?⌖['‘’“”«»/#\w]", N_("A text or a code stands in straight double quotes, a number is written 47.25.")),
    (r'["\w}\]]\s*⌖["\w{[]', N_('A comma or a colon is missing here, or the \\ before a " inside a text.')),
    (r'⌖["\n\t\\]', N_("A text isn't closed on its line, or has a backslash alone, which is written \\\\.")),
    (r"", N_("This is not JSON; a comma, a quote or a bracket is missing, or too much.")),
)
"""What is often wrong: patterns of the text around the place that can't be read, which ⌖ marks."""


class UnreadableError(RegistryError):
    """A file can't be read, or isn't JSON: why, how to fix it, and where in the file, if that is known."""

    def __init__(self, message: str, remedy: str, place: str = "") -> None:
        super().__init__(" ".join((f"{place}: {message}" if place else message, remedy)))
        self.message, self.remedy, self.place = message, remedy, place


class Twice(NamedTuple):
    """Stands for what a field says that occurs twice in an object, and is nothing that the model allows."""

    last: Any


def called(name: str) -> str:
    """Return what a file is called in a sentence."""
    return _("Standard input") if name == "-" else quoted(name, longest=200)


def read_bytes(name: str) -> bytes:
    """Return what is in a file; ``-`` is standard input.

    Raises UnreadableError, with the way to fix it, when there is no such file, or it can't be read or is too large.
    """
    try:
        with nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except AttributeError:
        raise UnreadableError(_("Standard input is closed."), _(_ANOTHER)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or _("no name of a file")
        raise UnreadableError(_("The file can't be read ({reason}).").format(reason=reason), _(_ANOTHER)) from None
    if len(data) > MAX_BYTES:
        message = _("The file is larger than {number} MiB, the most that is read.")
        raise UnreadableError(message.format(number=MAX_BYTES // 1024**2), _(_ANOTHER))
    return data


def parse(data: bytes) -> dict[str, Any]:
    """Return what the bytes say as JSON; a byte order mark doesn't matter, and `Twice` stands where a field does.

    Raises UnreadableError, with the place, when they aren't UTF-8, or one JSON object, or such as a registry is.
    """
    data = data.removeprefix(_BOM)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        remedy = _("Save the file as UTF-8; Notepad offers that under Save as, Encoding.")
        raise UnreadableError(_("This is not UTF-8."), remedy, _place(data[: error.start].decode())) from None
    if not text.lstrip().startswith("{"):
        raise UnreadableError(_("A registry is one JSON object, which begins with {."), _(_SEE), _place(""))
    if sum(map(text.count, "[{,")) > _MOST_PARTS:
        raise UnreadableError(_("The file holds far more values than a registry."), _(_SEE))
    try:
        content: dict[str, Any] = json.loads(text, object_pairs_hook=_record)
    except json.JSONDecodeError as error:
        before, after = text[: error.pos], text[error.pos : error.pos + 100]
        around = f"{before[-100:]}⌖{after}"
        message = next(message for pattern, message in _TYPOS if re.search(pattern, around))
        raise UnreadableError(_(message), _("Correct it, then check again."), _place(before)) from None
    except (RecursionError, ValueError):  # Python reads numbers of up to 4,300 digits
        message = _("Brackets stand inside brackets too deep, or a number has thousands of digits.")
        raise UnreadableError(message, _(_SEE)) from None
    version = content.get("schema_version")
    if isinstance(version, int) and version > SCHEMA_VERSION:
        message = _("The file is for a later version of cmq; this one reads files up to version {number}.")
        raise UnreadableError(message.format(number=SCHEMA_VERSION), _("Update cmq as its README says."))
    return content


def _record(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(pairs) > _MOST_FIELDS:
        raise UnreadableError(_("The file holds far more values than a registry."), _(_SEE))
    record = dict(pairs)
    if len(record) < len(pairs):
        times = Counter(name for name, _value in pairs)
        record |= {name: Twice(record[name]) for name in record if times[name] > 1}
    return record


def _place(before: str) -> str:
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return _("line {line}, column {column}").format(line=line, column=column)
