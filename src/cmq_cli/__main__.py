"""Start the program: as ``cmq``, or as ``python -m cmq_cli``."""

import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn


def main() -> NoReturn:
    """Run the program on the process's arguments and streams, and end the process with its code."""
    gc.disable()  # an answer leaves no garbage worth looking for; the looking takes a tenth of the start
    try:
        from cmq_cli.cli import run
        from cmq_cli.output.screen import Screen

        code = int(run(sys.argv[1:], Screen.of_process()))
    except KeyboardInterrupt:  # even while the program is still being loaded
        code = 130
    _end(code)


def _end(code: int) -> NoReturn:
    """End at once: taking all that was loaded apart again would take a twentieth of a short answer."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError, ValueError):  # there is none, or it can't take what was told
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
