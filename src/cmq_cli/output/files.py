"""Write a file whole or not at all."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from cmq_cli.errors import UsageError
from cmq_cli.text import shown


def write_whole(name: str, text: str) -> None:
    """Write the text as UTF-8; until all of it is on disk, the file of that name stays as it was.

    A symbolic link is followed, and an existing file's permissions are kept. Raises UsageError for a directory, and
    OSError when the file can't be written.
    """
    path = Path(name)
    if path.is_dir():
        raise UsageError(f"{shown(name)} is a directory. Give the name of a file in it.")
    if path.exists() and not path.is_file():  # a pipe or a device has no old content to keep
        path.write_text(text, encoding="utf-8", newline="")
        return
    path = path.resolve()
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(path.stat().st_mode if path.exists() else 0o666 & ~_umask())
        Path(temporary).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(temporary).unlink()
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
