"""Read the bytes of a file that nobody vouches for: never more than a registry can have, and nothing but text."""

import os
import stat
import sys
from pathlib import Path
from typing import BinaryIO

from cmq_cli.errors import RegistryError
from cmq_cli.text import shown

MAX_BYTES = 320 * 1024 * 1024
"""The largest file that is read. A registry of 100,000 campuses like the bundled ones has 220 MiB."""

MAX_VALUES = 8_000_000
"""The most values in a file. A registry of 100,000 campuses has 5 million; JSON may hide ten times more in as many
bytes, and each of them takes memory when it is read."""

_CHUNK = 1024 * 1024
_HEAD = 4

_MARKS = (
    (b"\xef\xbb\xbf", "It begins with a byte order mark.", "Save it as UTF-8 without a byte order mark (BOM)."),
    (b"\xff\xfe", "It is UTF-16.", "Save it as UTF-8."),
    (b"\xfe\xff", "It is UTF-16.", "Save it as UTF-8."),
    (b"\0\0\xfe\xff", "It is UTF-32.", "Save it as UTF-8."),
)


class DamagedError(RegistryError):
    """The bytes of a file are no JSON: what is wrong, where in the file (if that is known), and how to mend it."""

    def __init__(self, message: str, remedy: str, place: str = "") -> None:
        super().__init__(f"{place}: {message} {remedy}" if place else f"{message} {remedy}")
        self.message = message
        self.remedy = remedy
        self.place = place


def read_bytes(name: str) -> bytearray:
    """Return what is in a file; ``-`` is standard input.

    Raises RegistryError, with the way to mend it, when there is no such file, or when it can't be read, is larger than
    any registry or changes meanwhile; DamagedError when it doesn't begin as a JSON object in UTF-8.
    """
    given = called(name)
    if not name:
        raise RegistryError("A registry file has a name. Give the name of a registry file.")
    if name == "-" and sys.stdin is None:
        raise RegistryError("Standard input is closed. Give the name of a registry file.")
    try:
        with sys.stdin.buffer if name == "-" else Path(name).open("rb", buffering=0) as file:
            return _bounded(file, given)
    except IsADirectoryError:
        raise RegistryError(f"{given} is a directory. Give the name of a registry file.") from None
    except FileNotFoundError:
        raise RegistryError(f"There is no file {given}. Give the name of a registry file.") from None
    except PermissionError:
        raise RegistryError(f"{given} may not be read. Change its permissions: chmod +r FILE") from None
    except OSError as error:
        raise RegistryError(f"{given} can't be read ({error.strerror}). Give another file.") from None
    except ValueError:
        raise RegistryError(f"{given} is no name of a file. Give the name of a registry file.") from None


def called(name: str) -> str:
    """Return what a file is called in a message."""
    return "Standard input" if name == "-" else shown(name, longest=200)


def _bounded(file: BinaryIO, name: str) -> bytearray:
    before = os.fstat(file.fileno())
    if stat.S_ISREG(before.st_mode) and before.st_size > MAX_BYTES:
        raise _too_large(name)
    data = bytearray()
    while len(data) < _HEAD and (chunk := file.read(_HEAD)):
        data += chunk
    _check_encoding(data)
    has_begun = _has_begun(data, data)
    while chunk := file.read(_CHUNK):
        data += chunk
        has_begun = has_begun or _has_begun(chunk, data)
        if len(data) > MAX_BYTES:
            raise _too_large(name)
    after = os.fstat(file.fileno())
    if stat.S_ISREG(before.st_mode) and _state(before) != _state(after):
        raise RegistryError(f"{name} changed while it was read. Try again when it is written.")
    if not has_begun:
        raise DamagedError("The file is empty.", "Give a registry file; cmq schema tells what is in one.")
    if data.count(b",") > MAX_VALUES:
        raise DamagedError(f"The file holds more than {MAX_VALUES:,} values.", "No registry has so many.")
    return data


def _too_large(name: str) -> RegistryError:
    return RegistryError(
        f"{name} is larger than {MAX_BYTES // 1024**2} MiB, the most that is read. Give a registry file."
    )


def _state(status: os.stat_result) -> tuple[int, int]:
    return status.st_size, status.st_mtime_ns


def _check_encoding(head: bytearray) -> None:
    """Raise DamagedError when the first bytes are those of anything but UTF-8."""
    for mark, message, remedy in _MARKS:
        if head.startswith(mark):
            raise DamagedError(message, remedy)
    if b"\0" in head:
        raise DamagedError("It is not text, or it is UTF-16.", "Save it as UTF-8.")


def _has_begun(chunk: bytes | bytearray, data: bytearray) -> bool:
    """Tell whether there is anything but space in a chunk; raise DamagedError when that doesn't begin an object."""
    text = chunk.lstrip(b" \t\r\n")
    if text and not text.startswith(b"{"):
        line = data.count(b"\n", 0, len(data) - len(text)) + 1
        raise DamagedError("A registry is one JSON object, which begins with {.", "See: cmq schema", f"line {line}")
    return bool(text)
