"""Command lines that nobody means: each ends in a documented exit code and at most one line of complaint."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmq_cli.cli import COMMANDS
from cmq_cli.errors import ExitCode
from registries import cmq, process

LONG = "x" * 100_000
NEEDED = {"show": ["besancon"], "near": ["Dole"]}
WRONG = {
    "an unknown command": ["lst"],
    "an unknown command with odd signs": ["\x1b[31mlist"],
    "an empty command": [""],
    "an unknown option": ["list", "--sectr", "x"],
    "an unknown option of the program": ["--foo"],
    "an unknown short option": ["list", "-z"],
    "an option without its value": ["list", "--sector"],
    "a flag with a value": ["list", "--json=yes"],
    "an unknown value": ["list", "--sector", "xyzzy"],
    "an empty value": ["list", "--sector", ""],
    "a blank value": ["list", "--region", "   "],
    "a long value": ["list", "--region", LONG],
    "a long command": [LONG],
    "a long option": [f"--{LONG}"],
    "a value of control characters": ["list", "--academy", "\x1b[31m\x07\r\n"],
    "a value of half characters": ["list", "--city", "\udc80\udcff"],
    "a value that turns the line": ["list", "--department", "\u202excvb"],
    "an unknown form": ["list", "--format", "xml"],
    "two forms": ["list", "--json", "--csv"],
    "an unknown field": ["list", "--fields", "colour"],
    "an empty field": ["list", "--fields", ""],
    "a field too many": ["list", "--fields", "id,,name"],
    "an unknown order": ["list", "--sort", "colour"],
    "an empty order": ["list", "--sort", ""],
    "a negative limit": ["list", "--limit", "-1"],
    "a limit in words": ["list", "--limit", "ten"],
    "a limit that is no whole number": ["list", "--limit", "1.5"],
    "a date that is none": ["list", "--as-of", "hier"],
    "a day that doesn't exist": ["list", "--as-of", "2017-02-30"],
    "an empty date": ["list", "--as-of", ""],
    "a wave that isn't one": ["list", "--wave", "6"],
    "a colour that isn't one": ["list", "--color", "red"],
    "an ending that isn't one": ["list", "-o", "campuses.docx"],
    "a folder for a file": ["list", "-o", "."],
    "a folder that isn't there": ["list", "-o", "no/such/folder/campuses.csv"],
    "GeoJSON of what has no place": ["waves", "--format", "geojson"],
    "no key": ["show"],
    "two keys": ["show", "besancon", "nimes"],
    "an unknown key": ["show", "xyzzy"],
    "an empty key": ["show", ""],
    "a long key": ["show", LONG],
    "a key of half characters": ["show", "\udc80"],
    "a key that looks like an option": ["show", "--besancon"],
    "no place": ["near"],
    "a place that isn't on Earth": ["near", "95,200"],
    "a place that is no number": ["near", "nan,nan"],
    "a distance below nothing": ["near", "Dole", "--within", "-1"],
    "a field to count by that isn't one": ["count", "--by", "colour"],
    "three fields to count by": ["count", "--by", "region", "--by", "wave", "--by", "year"],
    "an unknown number": ["waves", "9"],
    "a number in words": ["waves", "four"],
    "a very long number": ["waves", "9" * 5000],
    "an unknown figure": ["figures", "xyzzy"],
    "an unknown source": ["sources", "xyzzy"],
    "an id and --unused": ["sources", "bo-2013-20", "--unused"],
    "a field that can't be missing": ["list", "--missing", "colour"],
    "no file to check": ["validate"],
    "a registry that isn't there": ["list", "--registry", "no-such-file.json"],
    "words for a command that takes none": ["sectors", "bois"],
}


def one_clear_line(code, out, err):
    assert code in (ExitCode.NOT_FOUND, ExitCode.USAGE)
    assert out == ""
    assert err.startswith("cmq: ")
    assert err.count("\n") == 1
    assert err[:-1].isprintable(), "nothing that a terminal would obey"
    assert "Traceback" not in err
    assert len(err) < 1200, "a long value is shortened"


@pytest.mark.parametrize("arguments", WRONG.values(), ids=WRONG)
def test_a_wrong_command_line_ends_in_one_line(arguments, tmp_path):
    """Through the real program."""
    arguments = [argument.replace("\0", "") for argument in arguments]
    done = process(*arguments, cwd=tmp_path)
    one_clear_line(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert not list(tmp_path.iterdir()), "nothing was written"


EVERYWHERE = {
    "an option without its value": ["--registry"],
    "an option with an empty value": ["--registry", ""],
    "an option twice, the last one wrong": ["--output", "-", "--output", ""],
    "an option of control characters and half ones": ["--\x1b[31m\n\udc80"],
    "a file of control characters and half ones": ["--registry", "\x1b[31m\n\udc80"],
    "a very long file": ["--registry", LONG],
}


@pytest.mark.parametrize("arguments", EVERYWHERE.values(), ids=EVERYWHERE)
@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_wrong_everywhere_ends_in_one_line_of_every_command(command, arguments, tmp_path):
    """Through the real program; `near` takes an unknown option, which may be a latitude below 0, for a place."""
    form = ["--json"] if command == "validate" and "--registry" in arguments else []
    done = process(command, *NEEDED.get(command, []), *form, *arguments, cwd=tmp_path)
    out = done.stdout.decode()
    if form and len(arguments) == 2:  # that there is no such file is what is wrong with it
        assert [problem["kind"] for problem in json.loads(out)] == ["file"]
        out = ""
    one_clear_line(done.returncode, out, done.stderr.decode())
    assert not list(tmp_path.iterdir()), "nothing was written"


@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "--limit", "1", "--limit", "2"],
        ["list", "--json", "--json"],
        ["list", "--format", "json", "--json"],
        ["list", "--sector", "bois", "--sector", "bois"],
        ["list", "--sort", "name", "--sort", "id"],
        ["list", "--no-excellence", "--excellence"],
        ["list", "--limit", "0"],
        ["list", "--limit", "9" * 30],
        ["list", "--", "--json"],
        ["list", LONG],
        ["list", "\udc80", "\x1b[31m"],
        ["count", ""],
    ],
    ids=lambda arguments: " ".join(arguments)[:40].encode("ascii", "backslashreplace").decode().replace("\x1b", "ESC"),
)
def test_an_odd_command_line_that_means_something_is_answered(arguments):
    done = process(*arguments)
    assert done.returncode == ExitCode.DONE
    assert b"Traceback" not in done.stderr
    assert b"\x1b" not in done.stdout + done.stderr


ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.mark.parametrize(
    ("arguments", "id"),
    [
        pytest.param(["show", "besançon"], "microtechniques-systemes-intelligents", id="key"),
        pytest.param(["list", "-r", "Franche-Comté", "-s", "mécatronique"], "agroequipements-vesoul", id="filters"),
        pytest.param(["list", "aérospatial", "île", "de", "france"], "aeronautique-spatial-ile-de-france", id="words"),
        pytest.param(["near", "Nîmes", "--limit", "1"], "design-industries-creatives-nimes", id="place"),
    ],
)
def test_what_is_typed_is_utf_8_also_where_the_locale_is_ascii(arguments, id):
    done = process(*arguments, "--fields", "id", environ=ASCII)
    assert done.returncode == ExitCode.DONE
    assert id in done.stdout.decode().split()


USUAL = (
    "bois besancon bezançon --json --csv -f table md geojson --sector -r PACA 4 --wave none --by region --sort -name "
    "--limit 3 --as-of 2017 --fields id,name --excellence --missing city --within 50 --excel --color always -h -- -"
    " --registry --unused --version cp-men-2017-02-13 47.2,6.0 html svg nowhere.json ."
)
ODD = st.one_of(
    st.sampled_from([*USUAL.split(), ""]),
    st.text(max_size=12).filter(lambda text: not text.startswith(("-o", "--o"))),
)


@settings(deadline=None, max_examples=300)
@given(st.sampled_from([*COMMANDS, "lst"]), st.lists(ODD, max_size=6))
def test_any_command_line_ends_in_a_documented_exit_code(command, arguments):
    with pytest.MonkeyPatch.context() as patch, Path(os.devnull).open(encoding="utf-8") as nothing:
        patch.setattr("sys.stdin", nothing)
        code, out, err = cmq(command, *arguments)
    assert code in [*ExitCode]
    assert "Traceback" not in out + err
    assert code == ExitCode.DONE or (command == "validate" and out) or (out == "" and err.count("\n") == 1)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.text(alphabet="abcdefghijklmnopqrstuvwxyzéèœ-' ", min_size=1, max_size=20), min_size=1, max_size=3))
def test_any_words_give_a_list(words):
    code, out, _ = cmq("list", "--json", "--", *words)
    assert code == ExitCode.DONE
    assert isinstance(json.loads(out), list)
