"""Standard output and error as the program finds them: a terminal or a pipe, how wide, with colour or not."""

import io
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple, TextIO

from cmq_cli.language import printable
from cmq_cli.output.answer import Look
from cmq_cli.output.formats import pieces


class Screen(NamedTuple):
    """The two streams, None where they were closed from the start, and the environment: a test can replace them."""

    stdout: TextIO | None
    stderr: TextIO | None
    environ: Mapping[str, str]

    @classmethod
    def of_process(cls) -> "Screen":
        """Return the process's own streams, which write UTF-8 and the line ends of the format, on every system."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
        return cls(sys.stdout, sys.stderr, os.environ)

    def write(self, text: str) -> None:
        """Write a text to standard output, to its end; raises OSError when it can't be done."""
        if self.stdout is None:
            raise OSError("standard output is closed")
        self.stdout.write(text)
        self.stdout.flush()

    def remark(self, sentence: str) -> None:
        """Write a sentence to standard error, if it can be: as one line, which a terminal gets broken between words."""
        if self.stderr is None:
            return
        line = printable(sentence)
        if self.stderr.isatty():
            line = "\n".join(line[piece] for piece in pieces(line, self.width, breaks=False))
        try:
            print(line, file=self.stderr, flush=True)
        except OSError:
            self.abandon(self.stderr)

    def abandon(self, stream: TextIO | None = None) -> None:
        """Give up what standard output, or a stream, still holds: else the interpreter tries again when it ends."""
        if stream := stream or self.stdout:
            with suppress(OSError):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, stream.fileno())
                os.close(nowhere)

    @property
    def width(self) -> int:
        """The width in columns: that of ``COLUMNS``, else of the terminal, also behind a pager, else 80."""
        return self._size("COLUMNS", 0) or 80

    def _size(self, variable: str, side: int) -> int:
        """Return a side of the window as a variable says, else as the terminal does, or 0."""
        said = self.environ.get(variable, "")[:5]
        if said.isdecimal() and int(said):
            return int(said)
        for descriptor in (1, 2):
            with suppress(OSError):
                return os.get_terminal_size(descriptor)[side]
        return 0

    def look(self, color: str) -> Look:
        """Return what standard output can show, coloured as ``--color`` and the environment say."""
        if color != "always" and not (self.stdout and self.stdout.isatty()):
            return Look(None)
        simple = self.environ.get("TERM") in ("dumb", "linux")  # the console of Linux has no braille and no links
        locale = self.environ.get("LC_ALL") or self.environ.get("LC_CTYPE") or self.environ.get("LANG") or "UTF-8"
        colored = color == "always"
        if color == "auto" and not self.environ.get("NO_COLOR"):
            windows_obeys = sys.platform != "win32" or os.system("") == 0  # which makes it obey
            colored = bool(self.environ.get("FORCE_COLOR")) or (not simple and windows_obeys)
        ascii = simple or "utf" not in locale.lower()
        return Look(self.width, self._size("LINES", 1) or 40, ascii, colored)
