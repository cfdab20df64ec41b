"""Run programs one after the other and note what each took: wall time, processor time, peak memory, exit code.

This is a program of its own, and as small as an interpreter can be (``python -I -S stopwatch.py``): on Linux the peak
memory of a child is at least that of the process that starts it, so a big parent would hide what a small child needs.

Standard input is a marshalled pair: the runs, each as (arguments, environment), and the seconds that one may take.
Standard output is a marshalled list of what they took, in the same order.
"""

import marshal
import os
import signal
import sys
from time import perf_counter

Run = tuple[list[str], dict[str, str]]
Taken = tuple[float, float, int, int]
"""Seconds on the clock, seconds of processor time, peak memory as the system counts it, exit code."""


def take(run: Run, nowhere: int, limit: int) -> Taken:
    """Start a program with nothing to read and nobody to read it, and wait for its end; stop it after the limit."""
    arguments, environment = run
    streams = [(os.POSIX_SPAWN_DUP2, nowhere, descriptor) for descriptor in (0, 1, 2)]
    start = perf_counter()
    child = os.posix_spawn(arguments[0], arguments, environment, file_actions=streams, setpgroup=0)
    signal.signal(signal.SIGALRM, lambda *_: os.killpg(child, signal.SIGKILL))
    signal.alarm(limit)
    _, status, usage = os.wait4(child, 0)
    wall = perf_counter() - start
    signal.alarm(0)
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, os.waitstatus_to_exitcode(status)


def main() -> None:
    runs, limit = marshal.load(sys.stdin.buffer)
    nowhere = os.open(os.devnull, os.O_RDWR)
    taken = []
    for number, run in enumerate(runs, 1):
        taken.append(take(run, nowhere, limit))
        if sys.stderr.isatty():
            sys.stderr.write(f"\r  {number} of {len(runs)} runs ")
    marshal.dump(taken, sys.stdout.buffer)


if __name__ == "__main__":
    main()
