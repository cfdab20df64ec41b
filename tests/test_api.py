"""The Python interface says what the command line says, and costs nothing until it is used."""

import json
import subprocess
import sys
from datetime import date, datetime
from inspect import signature
from pathlib import Path

import pytest

import cmq_cli
from cmq_cli.filters import by_wave
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


class Number:
    """A whole number of another class, such as numpy's."""

    def __index__(self):
        return 4

    def __str__(self):
        return "4"


@pytest.mark.parametrize(
    ("given", "typed"),
    [
        ({"as_of": 2017}, {"as_of": "2017"}),
        ({"as_of": date(2017, 2, 13)}, {"as_of": "2017-02-13"}),
        ({"as_of": datetime(2017, 2, 13, 18, 30)}, {"as_of": "2017-02-13"}),
        ({"wave": (number for number in (4, "none"))}, {"wave": ["4", "none"]}),
        ({"wave": {Number()}}, {"wave": "4"}),
        ({"wave": Number()}, {"wave": "4"}),
        ({"city": 25056}, {"city": "25056"}),
    ],
)
def test_a_value_may_be_of_any_class_that_says_it_plainly(given, typed):
    found = cmq_cli.select(BUNDLED, **given)
    assert found == cmq_cli.select(BUNDLED, **typed)
    assert 0 < len(found.campuses) < len(BUNDLED.campuses)


def test_a_word_or_a_key_may_be_a_number():
    assert cmq_cli.show(BUNDLED, 25056) == cmq_cli.show(BUNDLED, "besancon")
    assert cmq_cli.select(BUNDLED, 2017) == cmq_cli.select(BUNDLED, "2017")


def test_select_says_what_it_left_out():
    assert cmq_cli.select(BUNDLED).notes == ()
    [note] = cmq_cli.select(BUNDLED, wave=4).notes
    maybe = sum(by_wave(BUNDLED, ["4"]).test(campus) is None for campus in BUNDLED.campuses)
    assert note.startswith(f"{maybe} more may match")


def test_select_takes_words_and_values_apart():
    """They were given apart; only on a command line may quotes be missing."""
    assert cmq_cli.select(BUNDLED, "Franche", "Comté", region="Bourgogne").campuses


def test_select_has_every_filter_of_the_command_line():
    assert tuple(signature(cmq_cli.select).parameters)[2:] == FilterOptions._fields


@pytest.mark.parametrize("key", ["besancon", "plasti-campus", "bretagne"])
def test_show_finds_what_show_finds(key):
    program = subprocess.run(
        [sys.executable, "-m", "cmq_cli", "show", key, "--format", "jsonl"], capture_output=True, check=True
    )
    found = [cmq_cli.to_dict(BUNDLED, campus) for campus in cmq_cli.show(BUNDLED, key)]
    assert found == [json.loads(line) for line in program.stdout.splitlines()]


@pytest.mark.parametrize("path", ["data/campuses.json", b"data/campuses.json", Path("data/campuses.json")])
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
        (lambda: cmq_cli.select(BUNDLED, as_of=20170213), "Write 2017-02-13, 2017-02 or 2017."),
        (lambda: cmq_cli.select(BUNDLED, as_of=["2017"]), "as_of can't be \"['2017']\". Give a text or a whole"),
        (lambda: cmq_cli.select(BUNDLED, as_of=True), "as_of can't be 'True'. Give a text or a whole number."),
        (lambda: cmq_cli.select(BUNDLED, None), "words can't be 'None'. Give a text or a whole number."),
        (lambda: cmq_cli.select(BUNDLED, ["mer"]), "words can't be"),
        (lambda: cmq_cli.select(BUNDLED, wave=[None]), "wave can't be 'None'."),
        (lambda: cmq_cli.select(BUNDLED, wave=4.0), "wave can't be '4.0'."),
        (lambda: cmq_cli.select(BUNDLED, city=b"Dole"), "city can't be"),
        (lambda: cmq_cli.select(BUNDLED, sector=len), "sector can't be"),
        (lambda: cmq_cli.select(BUNDLED, excellence="no"), "excellence can't be 'no'. Give True, False or None."),
        (lambda: cmq_cli.select(None), "registry can't be 'None'. Give a registry, as load returns it."),
        (lambda: cmq_cli.select("registry.json", "mer"), "registry can't be 'registry.json'."),
        (lambda: cmq_cli.show(None, "besancon"), "registry can't be 'None'."),
        (lambda: cmq_cli.show(BUNDLED, None), "key can't be 'None'. Give a text or a whole number."),
        (lambda: cmq_cli.load(5), "path can't be '5'. Give the name of a file."),
        (lambda: cmq_cli.load([]), "path can't be '[]'. Give the name of a file."),
        (lambda: cmq_cli.to_dict(BUNDLED, "plasti-campus"), "campus can't be 'plasti-campus'. Give a campus"),
        (lambda: cmq_cli.to_dict(None, BUNDLED.campuses[0]), "registry can't be 'None'."),
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
