"""Standard output and error as the program finds them: a terminal or a pipe, how wide, with colour or not."""

import errno
import io
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import NamedTuple, TextIO

from cmq_cli.language import _, printable


class _Closed(io.StringIO):
    """Stands for a standard output that was closed before the program began: nothing can be written to it."""

    def write(self, text: str) -> int:
        raise OSError(errno.EBADF, "standard output is closed")


class Screen(NamedTuple):
    """The two streams and the environment, as one object that a test can replace."""

    stdout: TextIO
    stderr: TextIO
    environ: Mapping[str, str] = MappingProxyType({})

    @classmethod
    def of_process(cls) -> "Screen":
        """Return the process's own streams, which write UTF-8 and the line ends of the format, on every system."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
        return cls(sys.stdout or _Closed(), sys.stderr or io.StringIO(), os.environ)

    def write(self, text: str) -> None:
        """Write a text to standard output, to its end; raises OSError when it can't be done."""
        self.stdout.write(text)
        self.stdout.flush()

    def say(self, message: str) -> None:
        """Write to standard error what went wrong, or what to beware of, behind the program's name."""
        self.remark(_("cmq: {message}").format(message=message))

    def remark(self, sentence: str) -> None:
        """Write a sentence to standard error: as one line, which a terminal gets broken between words.

        When that can't be written, there is nobody to tell.
        """
        line = printable(sentence)
        try:
            if self.stderr.isatty():
                from textwrap import fill  # a word wider than the window, such as an address, stays whole

                line = fill(line, self.width, break_long_words=False, break_on_hyphens=False)
            self.stderr.write(f"{line}\n")
            self.stderr.flush()
        except (OSError, ValueError):
            _drop(self.stderr)

    def abandon(self) -> None:
        """Give up what could not be written, so that the interpreter doesn't try again, and complain, when it ends."""
        _drop(self.stdout)

    @property
    def is_terminal(self) -> bool:
        """Whether a person reads along."""
        try:
            return self.stdout.isatty()
        except (AttributeError, ValueError):  # no stdout at all, or a closed one
            return False

    @property
    def width(self) -> int:
        """The width in columns: that of ``COLUMNS``, else of the terminal, also behind a pager, else 80."""
        return self._size("COLUMNS", "columns") or 80

    @property
    def height(self) -> int:
        """The height in rows, found in the same way: that of ``LINES``, else of the terminal, else 40."""
        return self._size("LINES", "lines") or 40

    def _size(self, variable: str, side: str) -> int:
        """Return a side of the window as a variable says, else as the terminal does, or 0."""
        said = self.environ.get(variable, "")
        if said.isascii() and said.isdigit() and int(said[:5]):
            return int(said[:5])
        for stream in (self.stdout, self.stderr):
            with suppress(AttributeError, OSError, ValueError):
                if found := getattr(os.get_terminal_size(stream.fileno()), side):
                    return int(found)
        return 0

    @property
    def ascii_only(self) -> bool:
        """Whether lines and marks are drawn in ASCII, because the terminal says that it can't do more."""
        locales = (self.environ.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))
        return self.environ.get("TERM") == "dumb" or "utf" not in next(filter(None, locales), "UTF-8").lower()

    @property
    def braille(self) -> bool:
        """Whether a map may be drawn in braille dots, which the console of Linux has no letters for."""
        return not self.ascii_only and self.environ.get("TERM") != "linux"

    @property
    def links(self) -> bool:
        """Whether links may stand behind words: the console of Linux would show their addresses as rubbish."""
        return self.environ.get("TERM") not in ("dumb", "linux")

    def colored(self, when: str) -> bool:
        """Tell whether to colour: as ``--color`` says, then ``NO_COLOR``, ``FORCE_COLOR``, ``TERM`` and the stream."""
        if when != "auto":
            return when == "always"
        if self.environ.get("NO_COLOR"):
            return False
        if self.environ.get("FORCE_COLOR"):
            return True
        if not self.is_terminal or self.environ.get("TERM") == "dumb":
            return False
        return sys.platform != "win32" or os.system("") == 0  # after that, the console of Windows obeys codes


def _drop(stream: TextIO) -> None:
    """Send what a stream still holds, and all that follows, nowhere."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
