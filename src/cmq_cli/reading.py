"""Read the bytes of a file that nobody vouches for: never more than a registry can have, and nothing but text."""

import os
import re
import stat
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO

from cmq_cli.errors import RegistryError
from cmq_cli.text import shown

MAX_BYTES = 320 * 1024 * 1024
"""The largest file that is read. A registry of 100,000 campuses like the bundled ones has 220 MiB."""

MAX_WEIGHT = 12_000_000
"""The most that the values of a file may weigh (see `_weight`); those of 100,000 campuses weigh 7.4 million."""

_BYTES_PER_WEIGHT = 10
"""The fewest bytes that come with a value, on average; in the bundled registry, even without any space, it is 22.

JSON can hide a value in three bytes, and each takes a hundred in memory when it is read: what is read takes at most
fifteen times the size of its file.
"""

_BYTES_PER_QUOTE = 1024
"""The most bytes that come with a double quote, on average; in the bundled registry it is 16."""

_EVER_DENSE, _EVER_SPARSE = 1024 * 1024, 16 * 1024 * 1024
"""Bytes up to which a file may be as dense, or as sparse, as it likes, so that what is wrong with it is told."""

_ANOTHER = "Give the name of a registry file."
_CHUNK = 1024 * 1024
_HEAD = 4

AS_UTF8 = "Save it as UTF-8; Notepad offers that under Save as, Encoding."

_MARKS = (
    (
        b"\xef\xbb\xbf",
        "The file begins with a byte order mark (BOM).",
        "Save it as UTF-8 without BOM; Notepad offers that under Save as, Encoding.",
    ),
    (b"\xff\xfe", "The file is UTF-16.", AS_UTF8),
    (b"\xfe\xff", "The file is UTF-16.", AS_UTF8),
    (b"\0\0\xfe\xff", "The file is UTF-32.", AS_UTF8),
)

_PLAIN = r"[\w./\\:+@~-]{1,100}"
"""A name that every shell takes as it is."""


class UnreadableError(RegistryError):
    """A file can't be read: why, how to mend it, and where in the file it is, if that is known."""

    def __init__(self, message: str, remedy: str, place: str = "") -> None:
        super().__init__(f"{place}: {message} {remedy}" if place else f"{message} {remedy}")
        self.message = message
        self.remedy = remedy
        self.place = place


class DamagedError(UnreadableError):
    """What was read is no JSON, or so much of it that it can't be a registry."""


def read_bytes(name: str) -> bytearray:
    """Return what is in a file; ``-`` is standard input.

    Raises UnreadableError, with the way to mend it, when there is no such file, or when it can't be read, is larger
    than any registry or changes meanwhile; DamagedError when it doesn't begin as a JSON object in UTF-8, or holds more
    values than a registry of its size.
    """
    given = called(name)
    if not name:
        raise UnreadableError("The name of the registry file is empty.", _ANOTHER)
    try:
        with _standard_input() if name == "-" else Path(name).open("rb", buffering=0) as file:
            return _bounded(file, given)
    except IsADirectoryError:
        raise UnreadableError(f"{given} is a directory.", _ANOTHER) from None
    except FileNotFoundError:
        raise UnreadableError(f"There is no file {given}.", _ANOTHER) from None
    except PermissionError:
        raise UnreadableError(f"{given} may not be read.", _permission(name)) from None
    except OSError as error:
        raise UnreadableError(f"{given} can't be read ({error.strerror}).", _ANOTHER) from None
    except ValueError:
        raise UnreadableError(f"{given} is no name of a file.", _ANOTHER) from None


def _standard_input() -> AbstractContextManager[BinaryIO]:
    """Return standard input without a buffer, which would ask a person twice for the end; and tell a person to type."""
    if sys.stdin is None:
        raise UnreadableError("Standard input is closed.", _ANOTHER)
    buffer = sys.stdin.buffer
    if buffer.isatty():
        end = "Ctrl-Z and Enter" if sys.platform == "win32" else "Ctrl-D"
        print(
            f"cmq: Type or paste a registry, and end it with {end} on a line of its own.", file=sys.stderr, flush=True
        )
    return nullcontext(getattr(buffer, "raw", buffer))


def _permission(name: str) -> str:
    return _ANOTHER if sys.platform == "win32" else f"Change its permissions: chmod +r {typed(name)}"


def called(name: str) -> str:
    """Return what a file is called in a message."""
    return "Standard input" if name == "-" else shown(name, longest=200)


def typed(name: str) -> str:
    """Return a file's name as it is typed in a command."""
    return name if re.fullmatch(_PLAIN, name) else shown(name, longest=200)


def _bounded(file: BinaryIO, name: str) -> bytearray:
    before = os.fstat(file.fileno())
    if stat.S_ISREG(before.st_mode) and before.st_size > MAX_BYTES:
        raise _too_large(name)
    data = bytearray()
    while len(data) < _HEAD and (chunk := file.read(_HEAD)):
        data += chunk
    _check_encoding(data)
    has_begun = _has_begun(data, data)
    while len(data) >= _HEAD and (chunk := file.read(_CHUNK)):  # a person can't be asked for the end twice
        data += chunk
        has_begun = has_begun or _has_begun(chunk, data)
        if len(data) > MAX_BYTES:
            raise _too_large(name)
    after = os.fstat(file.fileno())
    if stat.S_ISREG(before.st_mode) and _state(before) != _state(after):
        raise UnreadableError(f"{name} changed while it was read.", "Try again when it is written.")
    if not has_begun:
        raise DamagedError("The file is empty.", "Give a registry file; cmq schema tells what is in one.")
    _check_density(data)
    return data


def _check_density(data: bytearray) -> None:
    """Raise DamagedError for what holds so much, or so little for its size, that reading it would only take memory."""
    weight = _weight(data)
    if weight > MAX_WEIGHT or (len(data) > _EVER_DENSE and weight * _BYTES_PER_WEIGHT > len(data)):
        raise DamagedError("The file holds far more values than a registry of its size.", "See: cmq schema")
    if len(data) > _EVER_SPARSE and data.count(b'"') * _BYTES_PER_QUOTE < len(data):
        raise DamagedError("The file holds little but space, or one long text.", "See: cmq schema")


def _weight(data: bytearray) -> int:
    """Return how much there is in JSON: one for each value, one more for each list, and four more for each object."""
    return data.count(b",") + data.count(b"[") + 4 * data.count(b"{")


def _too_large(name: str) -> UnreadableError:
    return UnreadableError(f"{name} is larger than {MAX_BYTES // 1024**2} MiB, the most that is read.", _ANOTHER)


def _state(status: os.stat_result) -> tuple[int, int]:
    return status.st_size, status.st_mtime_ns


def _check_encoding(head: bytearray) -> None:
    """Raise DamagedError when the first bytes are those of anything but UTF-8."""
    for mark, message, remedy in _MARKS:
        if head.startswith(mark):
            raise DamagedError(message, remedy)
    if b"\0" in head:
        raise DamagedError("The file is not text, or it is UTF-16.", AS_UTF8)


def _has_begun(chunk: bytes | bytearray, data: bytearray) -> bool:
    """Tell whether there is anything but space in a chunk; raise DamagedError when that doesn't begin an object."""
    text = chunk.lstrip(b" \t\r\n")
    if text and not text.startswith(b"{"):
        line = data.count(b"\n", 0, len(data) - len(text)) + 1
        raise DamagedError("A registry is one JSON object, which begins with {.", "See: cmq schema", f"line {line}")
    return bool(text)
