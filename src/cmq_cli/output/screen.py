"""Standard output and error as the program finds them: a terminal or a pipe, how wide, with colour or not."""

import errno
import io
import os
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import NamedTuple, TextIO

from cmq_cli.output.controls import on_one_line


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

    def write(self, pieces: Iterable[str]) -> None:
        """Write a text to standard output, to its end; raises OSError when it can't be done."""
        self.stdout.writelines(pieces)
        self.stdout.flush()

    def say(self, message: str) -> None:
        """Write a message to standard error: as one line, which a terminal gets broken between words.

        When that can't be written either, there is nobody to tell.
        """
        try:
            line = f"cmq: {on_one_line(message)}"
            self.stderr.write(f"{_broken(line, self.width) if self.stderr.isatty() else line}\n")
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
        locale = next(
            (self.environ[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if self.environ.get(name)), "UTF-8"
        )
        return self.environ.get("TERM") == "dumb" or "utf" not in locale.lower()

    @property
    def braille(self) -> bool:
        """Whether a map may be drawn in braille dots, which the console of Linux has no letters for."""
        return not self.ascii_only and self.environ.get("TERM") != "linux"

    @property
    def links(self) -> bool:
        """Whether links may stand behind words: the console of Linux would show their addresses as rubbish."""
        return self.environ.get("TERM") not in ("dumb", "linux")

    def colored(self, when: str, to_file: bool = False) -> bool:
        """Tell whether to colour: as ``--color`` says, then ``NO_COLOR``, ``FORCE_COLOR``, ``TERM`` and the stream.

        A file is coloured only by ``--color always``: `FORCE_COLOR` is about what a person looks at.
        """
        if when != "auto":
            return when == "always"
        if to_file or self.environ.get("NO_COLOR"):
            return False
        if self.environ.get("FORCE_COLOR"):
            return True
        return self.is_terminal and self.environ.get("TERM") != "dumb" and _obeys_codes()


def _broken(line: str, width: int) -> str:
    """Break a line between words; a word that is wider than the terminal, such as an address, stays whole."""
    from textwrap import fill

    margin = "     " if width >= 40 else ""  # below the first word behind "cmq: "
    return fill(line, width, subsequent_indent=margin, break_long_words=False, break_on_hyphens=False)


def _drop(stream: TextIO) -> None:
    """Send what a stream still holds, and all that follows, nowhere."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _obeys_codes() -> bool:
    """Tell whether the terminal obeys escape codes; the console of Windows does when it is asked to."""
    if sys.platform != "win32":
        return True
    import ctypes

    console = ctypes.windll.kernel32
    output, mode, obey = console.GetStdHandle(-11), ctypes.c_ulong(), 4
    return bool(
        console.GetConsoleMode(output, ctypes.byref(mode)) and console.SetConsoleMode(output, mode.value | obey)
    )
