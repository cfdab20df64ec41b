"""Standard output and error as the program finds them: a terminal or a pipe, how wide, with colour or not."""

import errno
import io
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TextIO


class _Closed(io.StringIO):
    """Stands for a standard output that was closed before the program began: nothing can be written to it."""

    def write(self, text: str) -> int:
        raise OSError(errno.EBADF, "standard output is closed")


@dataclass(frozen=True)
class Screen:
    """The two streams and the environment, as one object that a test can replace."""

    stdout: TextIO
    stderr: TextIO
    environ: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of_process(cls) -> "Screen":
        """Return the process's own streams, which always write UTF-8, whatever the locale or code page."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        return cls(sys.stdout or _Closed(), sys.stderr or io.StringIO(), os.environ)

    def abandon(self) -> None:
        """Give up what could not be written, so that the interpreter doesn't try again, and complain, when it ends."""
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.stdout.fileno())
            os.close(nowhere)

    @property
    def is_terminal(self) -> bool:
        """Whether a person reads along."""
        try:
            return self.stdout.isatty()
        except (AttributeError, ValueError):  # no stdout at all, or a closed one
            return False

    @property
    def width(self) -> int:
        """The width in columns: that of ``COLUMNS``, else of the terminal, else 80."""
        columns = self.environ.get("COLUMNS", "")
        if columns.isascii() and columns.isdigit() and int(columns[:5]):
            return int(columns[:5])
        try:
            return os.get_terminal_size(self.stdout.fileno()).columns or 80
        except (AttributeError, OSError, ValueError):
            return 80

    @property
    def ascii_only(self) -> bool:
        """Whether lines and marks are drawn in ASCII, because the terminal says that it can't do more."""
        locale = next((self.environ[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if self.environ.get(name)), "")
        return self.environ.get("TERM") == "dumb" or locale in ("C", "POSIX")

    def colored(self, when: str) -> bool:
        """Tell whether to colour: as ``--color`` says, then ``NO_COLOR``, ``FORCE_COLOR``, ``TERM`` and the stream."""
        if when != "auto":
            return when == "always"
        if self.environ.get("NO_COLOR"):
            return False
        if self.environ.get("FORCE_COLOR"):
            return True
        return self.is_terminal and self.environ.get("TERM") != "dumb"
