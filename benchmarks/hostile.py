"""What a hostile registry costs: every file of ``tests/test_hostile.py``, refused by the real program.

    .venv/bin/python benchmarks/hostile.py

Run it in the environment of the tests. Each file should be refused within 2 s and 500 MB.
"""

import marshal
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests"))

from registries import written
from test_hostile import FILES

SECONDS, MEGABYTES = 2.0, 500.0
LIMIT = 120
DEVICES = ("/dev/zero", "/dev/urandom")


def measured(names: list[str]) -> list[tuple[float, float, float]]:
    """Return what the refusal of each file takes: seconds on the clock, seconds of processor time, megabytes."""
    program = [sys.executable, "-m", "cmq_cli", "list", "--registry"]
    runs = [([*program, name], dict(os.environ)) for name in names]
    stopwatch = [sys.executable, "-I", "-S", str(HERE / "stopwatch.py")]
    done = subprocess.run(stopwatch, input=marshal.dumps((runs, LIMIT)), stdout=subprocess.PIPE, check=True)
    unit = 1 if sys.platform == "darwin" else 1024
    return [(wall, busy, peak * unit / 1e6) for wall, busy, peak, _ in marshal.loads(done.stdout)]


def main() -> None:
    """Print what each file took, slowest first."""
    with tempfile.TemporaryDirectory() as folder:
        files = {name: written(Path(folder), content, f"{at}.json") for at, (name, content) in enumerate(FILES.items())}
        files |= {device: device for device in DEVICES if Path(device).exists()}
        taken = dict(zip(files, measured(list(files.values())), strict=True))
    print(f"{'s':>6}  {'cpu s':>6}  {'MB':>5}  file")
    for name, (seconds, busy, megabytes) in sorted(taken.items(), key=lambda item: -item[1][0]):
        print(f"{seconds:6.2f}  {busy:6.2f}  {megabytes:5.0f}  {name}")
    over = [name for name, (seconds, _, megabytes) in taken.items() if seconds > SECONDS or megabytes > MEGABYTES]
    said = ", ".join(over) or "none"
    print(f"{len(taken)} files; over {SECONDS:g} s or {MEGABYTES:g} MB: {said}")


if __name__ == "__main__":
    main()
