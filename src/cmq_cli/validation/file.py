"""A registry file as plain JSON: read with care, and written in its canonical form."""

import json
import re
import sys
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any, NamedTuple

from cmq_cli.errors import RegistryError
from cmq_cli.language import N_, _, number, quoted

SCHEMA_KEY = "$schema"
"""The one name that a file may have beside the model's: it tells editors where the JSON Schema is."""

MAX_BYTES = 64 * 1024 * 1024
"""The largest file that is read: one of 16,000 campuses like the bundled ones."""

_MOST_PARTS = 5_000_000
"""Brackets and commas of a file; one of `MAX_BYTES` like the bundled one has half of them. Each may cost 60 bytes."""

_MOST_FIELDS = 1_000
"""Fields of an object; a record has at most 27."""

_BOM = b"\xef\xbb\xbf"
_AS_UTF8 = N_("Save it as UTF-8; Notepad offers that under Save as, Encoding.")
_SEE = N_("See: cmq schema")
_ANOTHER = N_("Give the name of a registry file.")

_CAUSES = (
    (r"", r"\s*\Z", N_("The file ends in the middle."), N_("Get the whole file again, or close what is open.")),
    (r",\s*\Z", r"\s*[]},]", N_("There is a comma too many."), N_("Remove it.")),
    (r"", r",\s*[]}]", N_("There is a comma too many."), N_("Remove it.")),
    (r"", r"<{7}|={7}|>{7}|\|{7}", N_("Git has left two versions here."), N_("Keep one, and remove the marks.")),
    (r"", r"//|/\*|#", N_("JSON has no comments."), N_("Remove it; what must be said can stand in notes.")),
    (r"", r"['‘’“”«»]", N_("A text stands in straight double quotes."), N_('Write " before and after it.')),
    (r"\d,\Z", r"\d", N_("A number has a decimal comma."), N_("Write a point: 47.2488")),
    (r"\b0\Z", r"\d", N_("A number begins with 0."), N_('A code stands in double quotes: "01"')),
    (r"[:[,{]\s*\Z", r"[^\W\d]", N_("A word stands here without quotes."), N_('Write " before and after a text.')),
    (r"[:[,{]\s*\Z", r'"', N_("The text that begins here has no end."), N_('Close it with ".')),
    (
        r'["\w}\]]\s*\Z',
        r'["\w{[]',
        N_("A comma or a colon is missing here."),
        N_('Add it; inside a text, write \\" for ".'),
    ),
    (r"", r"[\n\t]", N_("A text isn't closed on its line."), N_('Close it with ", or write \\n or \\t inside.')),
    (r"", r"\\", N_("A backslash stands alone in a text."), N_("Write two for one.")),
    (r"", r"", N_("This is not JSON."), N_("Look for a comma, a quote or a bracket that is missing, or too much.")),
)
"""What is often wrong: patterns of what stands before the place that can't be read and of what follows it."""


class UnreadableError(RegistryError):
    """A file can't be read, or isn't JSON: why, how to fix it, and where in the file, if that is known."""

    def __init__(self, message: str, remedy: str, place: str = "") -> None:
        super().__init__(" ".join((f"{place}: {message}" if place else message, remedy)))
        self.message, self.remedy, self.place = message, remedy, place


class Twice(dict[str, Any]):
    """An object some of whose fields occur twice."""

    names: tuple[str, ...] = ()


class Content(NamedTuple):
    """What is in a file, as JSON, and whether any of its objects is a `Twice`."""

    json: dict[str, Any]
    has_twice: bool


def called(name: str) -> str:
    """Return what a file is called in a sentence."""
    return _("Standard input") if name == "-" else quoted(name, longest=200)


def read_bytes(name: str) -> bytes:
    """Return what is in a file; ``-`` is standard input.

    Raises UnreadableError, with the way to fix it, when there is no such file, or it can't be read or is too large.
    """
    if not name:
        raise UnreadableError(_("The name of the registry file is empty."), _(_ANOTHER))
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


def parse(data: bytes) -> Content:
    """Return what the bytes say as JSON. A byte order mark doesn't matter.

    Raises UnreadableError, with the place, when they are not UTF-8, not one JSON object, or more than a registry holds.
    """
    text = _decoded(data)
    if not text.strip():
        raise UnreadableError(_("The file is empty."), _(_SEE))
    if not text.lstrip().startswith("{"):
        raise UnreadableError(_("A registry is one JSON object, which begins with {."), _(_SEE), _place(text, 0))
    if sum(map(text.count, "[{,")) > _MOST_PARTS:
        raise UnreadableError(_("The file holds far more values than a registry."), _(_SEE))
    has_twice = False

    def record(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal has_twice
        if len(pairs) > _MOST_FIELDS:
            message = _("An object has more than {number} fields.").format(number=number(_MOST_FIELDS))
            raise UnreadableError(message, _(_SEE))
        unique = dict(pairs)
        if len(unique) == len(pairs):
            return unique
        has_twice = True
        twice = Twice(unique)
        names = [name for name, _value in pairs]
        twice.names = tuple(name for name in unique if names.count(name) > 1)
        return twice

    try:
        return Content(json.loads(text, object_pairs_hook=record), has_twice)
    except json.JSONDecodeError as error:
        raise UnreadableError(*_reason(text, error.pos), _place(text, error.pos)) from None
    except RecursionError:
        raise UnreadableError(_("Brackets stand inside brackets too deep."), _(_SEE)) from None
    except ValueError:  # of Python itself, which reads no numbers of more than 4,300 digits
        raise UnreadableError(_("A number has thousands of digits."), _("Correct it.")) from None


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:4]:
        raise UnreadableError(_("The file is UTF-16, or not text."), _(_AS_UTF8))
    try:
        return data.removeprefix(_BOM).decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        place = _("line {line}").format(line=line)
        raise UnreadableError(_("This line is not UTF-8."), _(_AS_UTF8), place) from None


def _reason(text: str, at: int) -> tuple[str, str]:
    before, after = text[max(at - 100, 0) : at], text[at : at + 100]
    causes = ((_(message), _(fix)) for b, a, message, fix in _CAUSES if re.search(b, before) and re.match(a, after))
    return next(causes)


def _place(text: str, at: int) -> str:
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return _("line {line}, column {column}").format(line=line, column=column)


def written(registry: Mapping[str, Any], schema: object = None) -> str:
    """Return the text of a file for a registry whose records and fields are in order; `schema` goes before all else."""
    first = {} if schema is None else {SCHEMA_KEY: schema}
    return json.dumps({**first, **registry}, ensure_ascii=False, indent=2) + "\n"


def deviation(data: bytes, wanted: str) -> str | None:
    """Return in a sentence how a file is written otherwise than in its canonical form, or None."""
    if data == wanted.encode():
        return None
    if data.startswith(_BOM):
        return _("The file begins with a byte order mark (BOM).")
    if b"\r\n" in data:
        return _("Lines end as on Windows, in CR LF; here they end in LF alone.")
    pairs = enumerate(zip(data.split(b"\n"), wanted.encode().split(b"\n"), strict=False), 1)
    line = next((line for line, (is_, should_be) in pairs if is_ != should_be), data.count(b"\n") + 1)
    return _("From line {line} on, the file isn't in its canonical form.").format(line=line)
