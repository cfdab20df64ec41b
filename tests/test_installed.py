"""The program as a process: what it loads, and what it leaves behind."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import cmq_cli
from cmq_cli.registry import data_file
from processes import unmeasured

CMQ = [sys.executable, "-m", "cmq_cli"]
LOADED = """
import os, sys
from cmq_cli.__main__ import main
end = os._exit
os._exit = lambda code: (print(*sorted(sys.modules), file=sys.stderr, flush=True), end(code))
sys.argv = ["cmq", *sys.argv[1:]]
main()
"""


def loaded(*arguments, **environ):
    """Return the modules that a command loads."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env=unmeasured(**environ),
    )
    return set(done.stderr.splitlines()[-1].split())


OWN = ["commands", "completion", "controls", "errors", "options", "output", "screen", "__main__", "cli"]
"""The modules that every command line needs."""

READ = ["json_text", "model", "record", "registry", "text"]
ANSWER = ["answer", "formats", "present", "records"]
FIND = ["coverage", "dates", "filters", "missing", "query", "search", "selection", "values", "vocabulary"]
DRAW = ["frames", "marks", "palette", "placing", "plan", "spreading", "svg", "telling"]
DEAR = ["rich", "pydantic", "pydantic_core", "dataclasses", "csv", "tempfile"]
"""Libraries that answers from the registry do without; each costs a hundredth of such an answer or more."""


@pytest.mark.parametrize(
    ("line", "may_load", "dear"),
    [
        ("--version", ["model", "record", "registry"], []),
        ("show besancon --json", ["show lookup search", *READ, *ANSWER], []),
        ("show besancon -f table", ["show lookup search", *READ, *ANSWER], ["rich"]),
        ("list --sector mecatronique --json", ["list", *FIND, *READ, *ANSWER], []),
        ("list", ["list", *FIND, *READ, *ANSWER], []),
        ("list --csv", ["list", *FIND, *READ, *ANSWER], ["csv"]),
        ("list -f table", ["list", *FIND, *READ, *ANSWER], ["rich"]),
        ("near Besançon --json", ["near places", *FIND, *READ, *ANSWER], []),
        ("map --json", ["map", *FIND, *READ, *ANSWER], []),
        ("map -f svg", ["map projection", *FIND, *READ, *ANSWER, *DRAW], []),
        ("map -f html", ["map projection page slugs trades", *FIND, *READ, *ANSWER, *DRAW], []),
        ("count --by region --json", ["count", *FIND, *READ, *ANSWER], []),
        ("waves --json", ["waves coverage dates filters query values vocabulary", *READ, *ANSWER], []),
        ("figures --json", ["figures", *READ, *ANSWER], []),
        ("sources --json", ["sources coverage dates filters values vocabulary", *READ, *ANSWER], []),
    ],
)
def test_an_answer_loads_what_it_needs_and_no_more(line, may_load, dear):
    modules = loaded(*line.split())
    assert own(modules) <= {*OWN, *" ".join(may_load).split()}
    drawn_with = {"dataclasses", "tempfile"} if dear == ["rich"] else set()
    assert modules.isdisjoint({*DEAR} - {*dear} - drawn_with)


@pytest.mark.parametrize(
    ("line", "may_load"),
    [
        ("show mic", "show model record registry"),
        ("list --sector sys", "list missing model record registry"),
        ("list --region ile", "list missing model record registry slugs text"),
        ("count --by reg", "count query filters values vocabulary dates search model record registry text"),
    ],
)
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_tab_loads_no_more_than_it_offers(shell, line, may_load):
    words = f"cmq {line}"
    bash = {"COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1)}
    others = {"_TYPER_COMPLETE_ARGS": words, "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    modules = loaded(_CMQ_COMPLETE=f"complete_{shell}", **bash, **others)
    assert own(modules) <= {*OWN, "shells", *may_load.split()}
    assert modules.isdisjoint(DEAR)


def own(modules):
    """Return the last names of the program's own modules, but for those that draw tables."""
    return {name.rpartition(".")[2] for name in modules if name.startswith("cmq_cli.") and ".tables" not in name}


def test_a_table_loads_rich_and_not_pydantic():
    modules = loaded("list", "--format", "table")
    assert "rich" in modules
    assert "pydantic" not in modules


@pytest.mark.parametrize(
    "arguments", [["list", "--format", "table"], ["near", "Dole"], ["map", "--json"]], ids=" ".join
)
def test_only_a_map_loads_what_draws_maps(arguments):
    drawing = {"cmq_cli.projection", "cmq_cli.output.map.frames", "cmq_cli.output.map.canvas"}
    assert not drawing & loaded(*arguments)
    assert drawing <= loaded("map")
    assert drawing <= loaded("near", "Dole", "--map")


def test_a_missing_file_is_named_where_it_should_be(tmp_path):
    """As installed, beside the package; what lies at the place of a checkout's data is none of the program's."""
    site, python = tmp_path / "lib" / "site-packages", [sys.executable, "-m", "cmq_cli"]
    shutil.copytree(
        Path(cmq_cli.__file__).parent, site / "cmq_cli", ignore=shutil.ignore_patterns("data", "__pycache__")
    )
    (tmp_path / "lib" / "data").mkdir()
    for name in ("campuses.json", "places.csv"):
        (tmp_path / "lib" / "data" / name).write_text("{}", encoding="utf-8")
    environ = {**os.environ, "PYTHONPATH": str(site)}
    for command, name in (
        (["list"], "campuses.json"),
        (["--version"], "campuses.json"),
        (["near", "Dole"], "places.csv"),
    ):
        registry = ["--registry", str(data_file("campuses.json"))] if name == "places.csv" else []
        done = subprocess.run([*python, *command, *registry], capture_output=True, encoding="utf-8", env=environ)
        assert done.returncode == 1
        assert (
            f"({os.strerror(2)}: {site / 'cmq_cli' / 'data' / name}); reinstall cmq as its README says" in done.stderr
        )


@pytest.mark.parametrize("command", ["cmq", "module"])
def test_the_command_and_the_module_are_the_same_program(command, tmp_path):
    program = [str(Path(sys.executable).with_name("cmq"))] if command == "cmq" else CMQ
    done = subprocess.run([*program, "show", "besancon", "--json"], capture_output=True, cwd=tmp_path, check=True)
    assert json.loads(done.stdout)["id"] == "microtechniques-systemes-intelligents"
    assert done.stderr == b""


INTERRUPTED = """
import cmq_cli.cli

def run(*_):
    raise KeyboardInterrupt

cmq_cli.cli.run = run
from cmq_cli.__main__ import main
main()
"""


def test_ctrl_c_ends_quietly_wherever_it_strikes():
    done = subprocess.run([sys.executable, "-c", INTERRUPTED], capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")
