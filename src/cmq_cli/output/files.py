"""Write a file whole or not at all."""

import errno
import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from cmq_cli.errors import CmqError, UsageError
from cmq_cli.text import shown


class WriteError(CmqError):
    """A file can't be written; the one of that name, if any, is as it was."""


_REMEDIES = {
    errno.ENOSPC: "The disk is full: free some space, or give a file elsewhere.",
    errno.EROFS: "The disk is read-only: give a file elsewhere.",
    errno.EACCES: "Give a file, and a folder, that you may write to.",
    errno.EPERM: "Give a file, and a folder, that you may write to.",
    errno.ENAMETOOLONG: "Give a shorter name.",
}


def check_target(name: str) -> None:
    """Raise UsageError, with what to give instead, for a name that no file can be written to."""
    if not name:
        raise UsageError("A file needs a name. Give the name of a file.")
    path = Path(name)
    with suppress(OSError):  # a name that can't even be looked up, such as one that is too long: writing will tell
        if path.is_dir() or name.endswith(("/", os.sep)):
            raise UsageError(f"{shown(name)} is a directory. Give the name of a file in it.")
        if not path.parent.is_dir():
            raise UsageError(f"There is no folder {shown(str(path.parent))}. Create it first, or give another one.")


def write_whole(name: str, pieces: Iterable[str]) -> None:
    """Write the pieces of a text as UTF-8; until all of it is on disk, the file of that name stays as it was.

    A symbolic link is followed, and an existing file's permissions are kept. Raises WriteError when it can't be done.
    """
    path = Path(name)
    content = (piece.encode("utf-8", "backslashreplace") for piece in pieces)
    try:
        if path.exists() and not path.is_file():  # a pipe or a device has no old content to keep
            with path.open("wb") as file:
                file.writelines(content)
        else:
            _replace(Path(os.path.realpath(path)), content)  # Path.resolve raises RuntimeError for a loop of links
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = error.strerror or str(error)
        remedy = _REMEDIES.get(error.errno or 0, "Give another file.")
        raise WriteError(f"Can't write {shown(name)} ({reason}). {remedy}") from None


def _replace(path: Path, content: Iterable[bytes]) -> None:
    """Write beside the file, and put the new one in its place when it is complete.

    A file that may not be written to is refused, as it is everywhere, though its folder would let it be replaced.
    """
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".cmq-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(path.stat().st_mode & 0o7777 if path.exists() else 0o666 & ~_umask())
        Path(temporary).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(temporary).unlink()
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
