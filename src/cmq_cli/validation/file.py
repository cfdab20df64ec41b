"""A registry file as plain JSON: read with care, and written in its canonical form."""

import json
import re
import sys
from collections import Counter
from contextlib import nullcontext
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple

from cmq_cli.errors import RegistryError
from cmq_cli.language import N_, _, number, quoted

MAX_BYTES = 64 * 1024 * 1024
"""The largest file that is read: one of 16,000 campuses like the bundled ones."""

_MOST_PARTS = 5_000_000
"""Brackets and commas of a file; one of `MAX_BYTES` like the bundled one has half of them. Each may cost 60 bytes."""

_MOST_FIELDS = 1_000
"""Fields of an object; a record has at most 27."""

_BOM = b"\xef\xbb\xbf"
_SEE = N_("See: cmq schema")
_ANOTHER = N_("Give the name of a registry file.")

_CAUSES = (
    (r"⌖\s*\Z", N_("The file ends in the middle."), N_("Get the whole file again, or close what is open.")),
    (r",\s*⌖[]},]|⌖,\s*[]}]", N_("There is a comma too many."), N_("Remove it.")),
    (
        r"[:[,{]\s*0?⌖['‘’“”«»/#\w]",
        N_("This is no text, number, true, false or null."),
        N_('Write " before and after a text or a code, numbers as 47.25, and no comment.'),
    ),
    (
        r'["\w}\]]\s*⌖["\w{[]',
        N_("A comma or a colon is missing here."),
        N_('Add it; inside a text, write \\" for ".'),
    ),
    (
        r'⌖["\n\t\\]',
        N_("A text isn't closed on its line, or has a backslash alone."),
        N_('Close it with "; inside, write \\n for a new line and \\\\ for a backslash.'),
    ),
    (r"", N_("This is not JSON."), N_("Look for a comma, a quote or a bracket that is missing, or too much.")),
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

    Raises UnreadableError, with the place, when they are not UTF-8, not one JSON object, or more than a registry holds.
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
        message, remedy = next((message, fix) for pattern, message, fix in _CAUSES if re.search(pattern, around))
        raise UnreadableError(_(message), _(remedy), _place(before)) from None
    except RecursionError:
        raise UnreadableError(_("Brackets stand inside brackets too deep."), _(_SEE)) from None
    except ValueError:  # of Python itself, which reads no numbers of more than 4,300 digits
        raise UnreadableError(_("A number has thousands of digits."), _("Correct it.")) from None
    return content


def _record(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(pairs) > _MOST_FIELDS:
        message = _("An object has more than {number} fields.").format(number=number(_MOST_FIELDS))
        raise UnreadableError(message, _(_SEE))
    record = dict(pairs)
    if len(record) < len(pairs):
        times = Counter(name for name, _value in pairs)
        record |= {name: Twice(record[name]) for name in record if times[name] > 1}
    return record


def _place(before: str) -> str:
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return _("line {line}, column {column}").format(line=line, column=column)


def written(registry: dict[str, Any]) -> bytes:
    """Return the bytes of a file for a registry whose records and fields are in order."""
    return (json.dumps(registry, ensure_ascii=False, indent=2) + "\n").encode()


def first_difference(data: bytes, wanted: bytes) -> int:
    """Return the number of the first line that isn't as wanted."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(data.split(b"\n"), wanted.split(b"\n"), strict=False))
    return len([*same]) + 1
