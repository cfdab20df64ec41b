"""The Python interface says what the command line says, and costs nothing until it is used."""

import json
import subprocess
import sys
from inspect import signature
from pathlib import Path

import pytest

import cmq_cli
from cmq_cli.options import FilterOptions

BUNDLED = cmq_cli.load()


def asked(*arguments):
    done = subprocess.run(
        [sys.executable, "-m", "cmq_cli", *arguments, "--json"], capture_output=True, encoding="utf-8", check=True
    )
    return json.loads(done.stdout), done.stderr


@pytest.mark.parametrize(
    ("words", "filters", "arguments"),
    [
        ((), {}, []),
        (("thermalisme",), {}, ["thermalisme"]),
        (("maintenance", "aéronautique"), {}, ["maintenance", "aéronautique"]),
        ((), {"sector": "mecatronique", "region": ["BFC", "PACA"]}, ["-s", "mecatronique", "-r", "BFC", "-r", "PACA"]),
        ((), {"wave": 4}, ["--wave", "4"]),
        ((), {"wave": [4, "none"], "academy": "Besançon"}, ["-w", "4", "-w", "none", "-a", "Besançon"]),
        ((), {"department": "25"}, ["-d", "25"]),
        ((), {"department": 25, "city": "Besançon"}, ["-d", "25", "-c", "Besançon"]),
        ((), {"excellence": False}, ["--no-excellence"]),
        ((), {"as_of": "2017-02-13"}, ["--as-of", "2017-02-13"]),
    ],
)
def test_select_finds_what_list_finds(words, filters, arguments):
    found = cmq_cli.select(BUNDLED, *words, **filters)
    records, said = asked("list", *arguments)
    assert [cmq_cli.to_dict(BUNDLED, campus) for campus in found.campuses] == records
    assert all(note in said for note in found.notes)


def test_select_says_what_it_left_out():
    assert cmq_cli.select(BUNDLED).notes == ()
    [note] = cmq_cli.select(BUNDLED, wave=4).notes
    assert f"{sum(campus.wave is None for campus in BUNDLED.campuses)} more may match" in note


def test_select_has_every_filter_of_the_command_line():
    assert tuple(signature(cmq_cli.select).parameters)[2:] == FilterOptions._fields


@pytest.mark.parametrize("key", ["besancon", "plasti-campus", "bretagne"])
def test_show_finds_what_show_finds(key):
    program = subprocess.run(
        [sys.executable, "-m", "cmq_cli", "show", key, "--format", "jsonl"], capture_output=True, check=True
    )
    found = [cmq_cli.to_dict(BUNDLED, campus) for campus in cmq_cli.show(BUNDLED, key)]
    assert found == [json.loads(line) for line in program.stdout.splitlines()]


@pytest.mark.parametrize("path", ["data/campuses.json", Path("data/campuses.json")])
def test_a_file_is_read_by_text_or_path(path, monkeypatch):
    monkeypatch.chdir(Path(__file__).parents[1])
    assert cmq_cli.load(path) == BUNDLED


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: cmq_cli.load("missing.json"), "There is no file 'missing.json'."),
        (lambda: cmq_cli.show(BUNDLED, "bezancon"), "Did you mean: microtechniques-systemes-intelligents"),
        (lambda: cmq_cli.select(BUNDLED, sector="mecatronik"), "Did you mean: mécatronique?"),
        (lambda: cmq_cli.select(BUNDLED, as_of="hier"), "Write 2017-02-13, 2017-02 or 2017."),
    ],
)
def test_errors_say_what_to_do(ask, said):
    with pytest.raises(cmq_cli.CmqError) as caught:
        ask()
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_every_name_is_there_and_told_by_dir():
    assert set(cmq_cli.__all__) <= set(dir(cmq_cli))
    assert all(getattr(cmq_cli, name).__doc__ for name in cmq_cli.__all__)
    with pytest.raises(AttributeError, match="no attribute 'serach'"):
        cmq_cli.serach  # noqa: B018


def test_the_page_on_the_interface_tells_every_name():
    page = (Path(__file__).parents[1] / "docs" / "python.md").read_text(encoding="utf-8")
    assert [name for name in cmq_cli.__all__ if f"`{name}" not in page] == []
    filters = [name for name in signature(cmq_cli.select).parameters if name not in ("registry", "words")]
    assert [name for name in filters if f"`{name}`" not in page] == []


def test_importing_the_package_loads_nothing_else():
    code = "import sys; before = set(sys.modules); import cmq_cli; print(*set(sys.modules) - before)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.split() == ["cmq_cli"]


def test_asking_for_records_loads_neither_rich_nor_pydantic():
    code = (
        "import sys, cmq_cli; registry = cmq_cli.load(); cmq_cli.select(registry, 'mer'); "
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert not {"rich", "pydantic"} & set(done.stdout.split())


def test_no_module_of_the_package_takes_a_name_of_the_interface():
    modules = {path.stem for path in Path(cmq_cli.__file__).parent.iterdir()}
    assert modules.isdisjoint(cmq_cli.__all__)
