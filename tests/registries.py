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

WHOLE = json.loads(data_file("campuses.json").read_bytes())
del WHOLE["$schema"]
BUNDLED = (json.dumps(WHOLE, ensure_ascii=False, indent=2) + "\n").encode()
"""The bundled registry without the address of its schema, which only editors follow."""

_KEPT = ("microtechniques-systemes-intelligents", "plasti-campus", "bois-grand-est", "aeronautique-paca")
BESANCON = "campuses[microtechniques-systemes-intelligents]"
GONE = object()
"""Stands for a field that is taken away."""

_STEP = re.compile(r"([$\w]+)|\[([^\]]+)\]")


def _few():
    """Return the bundled registry with a dozen campuses only, and the sources that are cited: to be quick."""
    few = copy.deepcopy(WHOLE)
    few["campuses"] = [each for at, each in enumerate(few["campuses"]) if at % 12 == 0 or each["id"] in _KEPT]
    citing = [*few["campuses"], *few["waves"], *few["figures"]]
    cited = {each["source"] for record in citing for each in record["sources"]} | {"bo-2017-07"}
    cited |= {milestone["source"] for milestone in few["milestones"]}
    few["sources"] = [source for source in few["sources"] if source["id"] in cited]
    return few


FEW = _few()


def document():
    """Return a registry as JSON that may be changed: the bundled one, with a dozen of its campuses."""
    return json.loads(json.dumps(FEW))


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
        if not isinstance(item, dict):
            continue
        names = [item.get(name) for name in ("id", "code", "number", "on", "name", "source")]
        if step in [str(name) for name in names if name is not None]:
            return position
    return int(step)


def changed(*changes):
    """Return that registry with the values at some paths changed: ``changed(("data_version", "2026"))``."""
    content = document()
    for path, value in changes:
        inside, key = reach(content, path)
        if value is GONE:
            del inside[key]
        else:
            inside[key] = value
    return content


def as_bytes(content, indent=None):
    """Return JSON in UTF-8; half a character, which that can't write, is escaped."""
    text = json.dumps(content, ensure_ascii=False, indent=indent) + "\n"
    try:
        return bytearray(text.encode())
    except UnicodeEncodeError:
        return bytearray(re.sub("[\ud800-\udfff]", lambda half: f"\\u{ord(half[0]):04x}", text).encode())


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
