"""A registry file as plain JSON, read with care."""

import json
import re
import sys
from collections import Counter
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from cmq_cli.language import N_, _, reason
from cmq_cli.model import SCHEMA_VERSION
from cmq_cli.validation.report import Report, Twice

MAX_BYTES = 64 * 1024 * 1024
"""The largest file that is read: one of 16,000 campuses like the bundled ones."""

_MOST_PARTS = 5_000_000  # brackets and commas; the largest file like the bundled one has half of them
_MOST_FIELDS = 1_000  # of an object; a record has at most 27

_TYPOS = (
    (r"⌖\s*\Z", N_("The file ends in the middle; something is still open.")),
    (r",\s*⌖[]},]|⌖,\s*[]}]", N_("There is a comma too many.")),
    (r"[:[,{]\s*0?⌖['‘’“”«»/#\w]", N_("A text or a code stands in straight double quotes, a number is written 47.25.")),
    (r'["\w}\]]\s*⌖["\w{[]', N_('A comma or a colon is missing here, or the \\ before a " inside a text.')),
    (r'⌖["\n\t\\]', N_("A text isn't closed on its line, or has a backslash alone, which is written \\\\.")),
    (r"", N_("This is not JSON; a comma, a quote or a bracket is missing, or too much.")),
)
"""What is often wrong: patterns of the text around the place that can't be read, which ⌖ marks."""


def read_bytes(name: str, report: Report) -> bytes:
    """Return what is in a file; ``-`` is standard input.

    Stops the report when there is no such file, or it can't be read or is too large.
    """
    try:
        with nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        report.stop("unreadable", reason=reason(error))
    except (ValueError, AttributeError):  # the latter where standard input is closed
        report.stop("unreadable", reason=_("closed, or no name of a file"))
    if len(data) > MAX_BYTES:
        report.stop("large", number=MAX_BYTES // 1024**2)
    return data


def parse(data: bytes, report: Report) -> dict[str, Any]:
    """Return what the bytes say as JSON; a byte order mark doesn't matter, and `Twice` stands where a field does.

    Stops the report when they aren't UTF-8, or one JSON object, or one that is no registry.
    """
    try:
        text = data.decode("utf-8-sig")
        if not text.lstrip().startswith("{"):
            report.stop("object")
        if sum(map(text.count, "[{,")) > _MOST_PARTS:
            raise ValueError
        content: dict[str, Any] = json.loads(text, object_pairs_hook=_record)
    except UnicodeDecodeError as error:
        report.stop("encoding", _place(error.object[: error.start].decode()))
    except json.JSONDecodeError as error:
        before, after = text[: error.pos], text[error.pos : error.pos + 100]
        cause = next(cause for pattern, cause in _TYPOS if re.search(pattern, f"{before[-100:]}⌖{after}"))
        report.stop("typo", _place(before), cause=_(cause))
    except (RecursionError, ValueError):  # Python reads numbers of up to 4,300 digits
        report.stop("beyond")
    version = content.get("schema_version")
    if isinstance(version, int) and version > SCHEMA_VERSION:
        report.stop("later", number=SCHEMA_VERSION)
    return content


def _record(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(pairs) > _MOST_FIELDS:
        raise ValueError
    if len(record) < len(pairs):
        times = Counter(name for name, _value in pairs)
        record |= {name: Twice(record[name]) for name in record if times[name] > 1}
    return record


def _place(before: str) -> str:
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return _("line {line}, column {column}", line=line, column=column)
