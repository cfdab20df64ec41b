"""Registry files for tests: the bundled one, with one thing changed, and the program that is given it."""

import copy
import io
import json
import os
import re
import subprocess
import sys

from cmq_cli.cli import run
from cmq_cli.output.screen import Screen
from cmq_cli.registry import data_file

BUNDLED = data_file("campuses.json").read_bytes()
_DOCUMENT = json.loads(BUNDLED)
BESANCON = "campuses[microtechniques-systemes-intelligents]"
GONE = object()
"""Stands for a field that is taken away."""

_STEP = re.compile(r"([$\w]+)|\[([^\]]+)\]")


def document():
    """Return the bundled registry as JSON that may be changed."""
    return copy.deepcopy(_DOCUMENT)


def reach(content, path):
    """Return the object or list that a path like ``campuses[plasti-campus].city`` ends in, and its last step."""
    steps = [name or key for name, key in _STEP.findall(path)]
    for step in steps[:-1]:
        content = content[_key(content, step)]
    return content, _key(content, steps[-1])


def _key(content, step):
    if isinstance(content, dict):
        return step
    for position, item in enumerate(content):
        names = [item.get(name) for name in ("id", "code", "number", "on", "name", "source")]
        if step in [str(name) for name in names if name is not None]:
            return position
    return int(step)


def changed(*changes):
    """Return the bundled registry with the values at some paths changed: ``changed(("data_version", "2026"))``."""
    content = document()
    for path, value in changes:
        inside, key = reach(content, path)
        if value is GONE:
            del inside[key]
        else:
            inside[key] = value
    return content


def as_bytes(content):
    return bytearray((json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "surrogatepass"))


def written(tmp_path, content, name="registry.json"):
    """Write JSON, text or bytes to a file and return its name."""
    path = tmp_path / name
    if not isinstance(content, (bytes, bytearray, str)):
        content = as_bytes(content)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


class Terminal(io.StringIO):
    def isatty(self):
        return True


def cmq(*arguments, terminal=False, **environ):
    """Return the exit code, what stands on stdout and what stands on stderr."""
    out, err = Terminal() if terminal else io.StringIO(), io.StringIO()
    code = run([*map(str, arguments)], Screen(out, err, {"COLUMNS": "80", "NO_COLOR": "1", **environ}))
    return code, out.getvalue(), err.getvalue()


def process(*arguments, program=("-m", "cmq_cli"), environ=None, **options):
    """Run the real program and return what became of it; it is stopped when it hangs."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("CMQ_")}
    return subprocess.run(
        [sys.executable, *program, *arguments],
        capture_output=True,
        timeout=60,
        env=clean | {"COLUMNS": "80"} | (environ or {}),
        check=False,
        **options,
    )
