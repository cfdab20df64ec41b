"""What tests share: the bundled registry, a small one that may be changed, and the program to ask."""

import copy
import io
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from cmq_cli import registry as registries
from cmq_cli.cli import run
from cmq_cli.errors import CmqError
from cmq_cli.output.screen import Screen

WHOLE = registries.bundled()
KEPT = ("microtechniques-systemes-intelligents", "plasti-campus", "bois-grand-est", "aeronautique-paca")
GONE = object()  # stands for a field that is taken away
WRONG = re.findall(r"^\$ cmq (.*)\ncmq: (.*)$", Path(__file__).with_name("wrong.txt").read_text("utf-8"), re.MULTILINE)
EMPTY = {"aliases": [], "institutions": [], "specialties": [], "sectors": [], "name": "Nichts"}
EMPTY |= dict.fromkeys(("academy", "department_code", "city", "city_code", "description", "notes"))
EMPTY |= dict.fromkeys(("wave", "labelled_on", "attested_on", "excellence"))


def _few():
    """Return the bundled registry with a dozen campuses only, and the sources that are cited: to be quick."""
    few = copy.deepcopy(WHOLE)
    few["campuses"] = [each for at, each in enumerate(few["campuses"]) if at % 12 == 0 or each["id"] in KEPT]
    citing = [*few["campuses"], *few["waves"], *few["figures"]]
    cited = {each["source"] for record in citing for each in record["sources"]}
    cited |= {milestone["source"] for milestone in few["milestones"]}
    few["sources"] = [source for source in few["sources"] if source["id"] in cited]
    return few


_FEW = json.dumps(_few())


def document():
    """Return a registry as JSON that may be changed: the bundled one, with a dozen of its campuses."""
    return json.loads(_FEW)


def changed(*changes):
    """Return that registry with the values at some paths changed: ``changed((("campuses", 0, "city"), "Dole"))``."""
    content = document()
    for path, value in changes:
        inside = content
        for step in path[:-1]:
            inside = inside[step]
        if value is GONE:
            del inside[path[-1]]
        else:
            inside[path[-1]] = value
    return content


def written(folder, content, name="registry.json"):
    """Write JSON, text or bytes to a file and return its name."""
    path = folder / name
    if not isinstance(content, bytes | str):
        content = json.dumps(content, ensure_ascii=False)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def campus(id, **known):
    """Return a campus of which only these fields are known."""
    return {**WHOLE["campuses"][0], **EMPTY, "id": id, **known}


def school(name, city=None):
    return {"name": name, "role": "member", "city": city, "city_code": None, "uai": None}


def problem(answer):
    try:
        answer()
    except CmqError as error:
        return str(error)
    return ""


def ids(campuses):
    return [one["id"] for one in campuses]


def split(line):
    """Return the words of a command line, in which some may stand in single quotes."""
    return [word.strip("'") for word in re.findall(r"'[^']*'|\S+", line)]


def outside(text):
    """Return what stands outside of all brackets, which the fixture `brackets` puts around what is translated."""
    while (less := re.sub(r"‹[^‹›]*›", " ", text)) != text:
        text = less
    return text


class Terminal(io.StringIO):
    def isatty(self):
        return True


def cmq(*arguments, terminal=False, **environ):
    """Return the exit code, what stands on stdout and what stands on stderr; English unless CMQ_LANG says otherwise."""
    out, err = Terminal() if terminal else io.StringIO(), io.StringIO()
    environ = {"COLUMNS": "80", "NO_COLOR": "1", "CMQ_LANG": "en", **environ}
    code = run([*map(str, arguments)], Screen(out, err, environ))
    return code, out.getvalue(), err.getvalue()


# Where the processes of the tests keep compiled modules, so that they start fast and leave nothing in the tree.
_BYTECODE = tempfile.TemporaryDirectory(prefix="cmq-tests-")


def environment(**environ):
    """Return the environment of a process that speaks English, and to which nothing else is said than is given."""
    ours = ("CMQ_", "LC_", "LANG", "COVERAGE_", "PYTHON", "NO_COLOR", "FORCE_COLOR", "_CMQ")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**clean, "COLUMNS": "80", "CMQ_LANG": "en", "PYTHONPYCACHEPREFIX": _BYTECODE.name, **environ}


def process(*arguments, program=("-m", "cmq_cli"), environ=None, **options):
    """Run the real program and return what became of it; it is stopped when it hangs."""
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "timeout": 60, **options}
    command = [sys.executable, *program, *arguments]
    return subprocess.run(command, env=environment(**(environ or {})), check=False, **options)
