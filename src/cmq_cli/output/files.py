"""Write a file whole or not at all."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from cmq_cli.errors import CmqError, UsageError
from cmq_cli.language import N_, _, quoted, reason


def check_target(name: str, spared: Iterable[str | Path] = ()) -> None:
    """Raise UsageError, with what to give instead, for a name that no file can have, or that of one that is spared."""
    path, file = Path(name), quoted(name)
    with suppress(OSError):  # a name that can't even be looked up, such as a long one: writing will tell
        if path.is_dir() or name.endswith(("/", os.sep)):
            raise UsageError(_("{file} is a folder. Give the name of a file in it.", file=file))
        if not path.parent.is_dir():
            folder = quoted(str(path.parent))
            raise UsageError(_("There is no folder {folder}. Create it first, or give another one.", folder=folder))
        if path.exists() and any(path.samefile(source) for source in map(Path, spared) if source.exists()):
            message = _("--output names the registry itself: {file}. Give another file for the answer.", file=file)
            raise UsageError(message)


def write_whole(name: str, content: str | bytes) -> None:
    """Write a text as UTF-8, or bytes, to where a symbolic link leads; raise CmqError when it can't be done."""
    path = Path(name)
    data = content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
    try:
        if path.exists() and not path.is_file():  # a pipe or a device has no old content to keep
            path.write_bytes(data)
        else:
            _replace(Path(os.path.realpath(path)), data)  # Path.resolve raises RuntimeError for a loop of links
    except OSError as error:
        message = _("Can't write {file} ({reason}). Give another file, or another folder.")
        raise CmqError(message.format(file=quoted(name), reason=reason(error))) from None


def _replace(path: Path, data: bytes) -> None:
    """Write a file anew beside the old one, whose permissions it gets, and put it in its place."""
    exists = path.exists()
    if exists and not os.access(path, os.W_OK):  # though its folder would let it be replaced
        raise PermissionError(N_("Permission denied"))
    new = path.with_name(f".cmq-{os.urandom(8).hex()}")
    try:
        with new.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if exists:
            new.chmod(path.stat().st_mode & 0o7777)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)  # there is none any more where all went well
