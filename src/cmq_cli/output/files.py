"""Write a file whole or not at all."""

import errno
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from cmq_cli.errors import CmqError, UsageError
from cmq_cli.language import N_, _, quoted


class WriteError(CmqError):
    """A file can't be written; the one of that name, if any, is as it was."""


_REMEDIES: dict[int | None, str] = {
    errno.ENOSPC: N_("The disk is full: free some space, or give a file elsewhere."),
    errno.EROFS: N_("The disk is read-only: give a file elsewhere."),
    **dict.fromkeys((errno.EACCES, errno.EPERM), N_("Give a file, and a folder, that you may write to.")),
    errno.ENAMETOOLONG: N_("Give a shorter name."),
}


def check_target(name: str, spared: Iterable[str | Path] = ()) -> None:
    """Raise UsageError, with what to give instead, for a name to which no file can be written.

    Those that are spared are files from which the answer comes.
    """
    if not name:
        raise UsageError(_("A file needs a name. Give the name of a file."))
    path = Path(name)
    with suppress(OSError, ValueError):  # a name that can't even be looked up, such as a long one: writing will tell
        if path.is_dir() or name.endswith(("/", os.sep)):
            raise UsageError(_("{file} is a folder. Give the name of a file in it.").format(file=quoted(name)))
        if not path.parent.is_dir():
            message = _("There is no folder {folder}. Create it first, or give another one.")
            raise UsageError(message.format(folder=quoted(str(path.parent))))
    for source in spared:
        with suppress(OSError, ValueError):  # a file that isn't there can't be lost
            if path.samefile(source):
                message = _("--output names the registry itself: {file}. Give another file for the answer.")
                raise UsageError(message.format(file=quoted(name)))


def write_whole(name: str, content: str | bytes) -> None:
    """Write a text as UTF-8, or bytes; until all is on disk, the file of that name stays as it was.

    A symbolic link is followed, and an existing file's permissions are kept. Raises WriteError when it can't be done.
    """
    path = Path(name)
    data = content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
    try:
        if path.exists() and not path.is_file():  # a pipe or a device has no old content to keep
            path.write_bytes(data)
        else:
            _replace(Path(os.path.realpath(path)), data)  # Path.resolve raises RuntimeError for a loop of links
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        remedy = _(_REMEDIES.get(getattr(error, "errno", None), ""))
        reason = getattr(error, "strerror", None) or error  # in the language of the system
        message = (
            _("Can't write {file}. {remedy}") if remedy else _("Can't write {file} ({reason}). Give another file.")
        )
        raise WriteError(message.format(file=quoted(name), reason=reason, remedy=remedy)) from None


def _replace(path: Path, data: bytes) -> None:
    """Write beside the file, and put the new one in its place when it is complete.

    A file that may not be written to is refused, as it is everywhere, though its folder would let it be replaced.
    """
    import tempfile

    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".cmq-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.umask(mask := os.umask(0))  # the only way to ask for it
        Path(temporary).chmod(path.stat().st_mode & 0o7777 if path.exists() else 0o666 & ~mask)
        Path(temporary).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(temporary).unlink()
        raise
