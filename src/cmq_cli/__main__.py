"""Start the program: as ``cmq``, or as ``python -m cmq_cli``."""

import gc
import sys


def main() -> int:
    """Run the program on the process's arguments and streams, and return its exit code."""
    gc.disable()  # an answer leaves no garbage worth looking for, and the looking takes a twentieth of the time
    unseen: list[object] = []
    sys.unraisablehook = unseen.append  # Python can't raise Ctrl-C, nor show anything of use, where it frees an object
    try:
        from cmq_cli.cli import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # even while the program is still being loaded
        return 130
    return 130 if any(getattr(each, "exc_type", None) is KeyboardInterrupt for each in unseen) else code


if __name__ == "__main__":
    if not sys.flags.safe_path:
        del sys.path[0]  # the current folder, where a stranger's json.py may lie
    sys.exit(main())
