"""Start the program: as ``cmq``, or as ``python -m cmq_cli``."""

import gc
import sys


def main() -> None:
    """Run the program on the process's arguments and streams, and exit with its code."""
    gc.disable()  # an answer leaves no garbage worth looking for; the looking takes a tenth of the start
    try:
        from cmq_cli.cli import run
        from cmq_cli.output.screen import Screen

        code = int(run(sys.argv[1:], Screen.of_process()))
    except KeyboardInterrupt:  # even while the program is still being loaded
        code = 130
    gc.freeze()  # nor at the end
    sys.exit(code)


if __name__ == "__main__":
    main()
