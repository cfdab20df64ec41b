"""From the command line to the answer: which command is asked, the pages of help, and what is said of wrong lines."""

import json
import os
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmq_cli import __version__, language, registry
from cmq_cli.cli import run
from cmq_cli.commands import COMMANDS
from cmq_cli.errors import ExitCode
from cmq_cli.options import CommonOptions, FilterOptions, OrderOptions
from cmq_cli.output.screen import Screen
from cmq_cli.text import sort_key
from support import WRONG, cmq, document, split, written

# What a command can't do without.
NEEDED = {"show": ["besancon"], "near": ["Dole"], "validate": [str(registry.data_file("campuses.json"))]}
LONG = "x" * 100_000


@pytest.mark.parametrize("typed", ["-r PACA", "-d 54", "-w IV", "-c Dijon"])
def test_a_value_may_be_attached_to_a_short_option(typed):
    assert cmq("count", typed.replace(" ", "")) == cmq("count", *typed.split())


def test_of_a_line_that_cannot_be_understood_it_is_said_what_to_type():
    answers = {line: cmq(*split(line)) for line, _ in WRONG}
    assert answers == {line: (ExitCode.USAGE, "", f"cmq: {said}\n") for line, said in WRONG}
    assert len(answers) > 25


def test_the_line_to_type_is_understood():
    """Of each line that is told to be typed, but for those with a word to replace."""
    told = [said.rpartition(": ")[2].replace('"', "'") for _, said in WRONG if ": cmq " in said]
    told = [line for line in told if not re.search(r"[A-Z]{3}|xlsx|\\|\(", line)]
    assert len(told) > 15
    assert [line for line in told if cmq(*split(line)[1:])[0] == ExitCode.USAGE] == []


def test_a_number_below_zero_is_no_option_and_a_name_no_number(tmp_path, monkeypatch):
    assert json.loads(cmq("near", "-21.1", "55.5", "--json")[1])[0]["region"] == "La Réunion"
    assert "'−5'" in cmq("near", "Dole", "--within", "-5")[2]
    monkeypatch.chdir(tmp_path)
    assert cmq("list", "-o", "-1.csv")[0] == ExitCode.DONE
    assert [path.name for path in tmp_path.iterdir()] == ["-1.csv"]


ODD = [
    *(["\x1b[31mlist"], [""], [LONG], [f"--{LONG}"], ["list", "--region", LONG], ["show", LONG]),
    *(["list", "--academy", "\x1b[31m\x07\r\n"], ["list", "--department", "\u202excvb"], ["list", "--format", "xml"]),
    *(["list", "--registry", ""], ["list", "--registry", "\x1b[31m\n\udc80"], ["--install-completion=tcsh"]),
    ["list", "-o", "no/such/folder/campuses.csv"],
]


def test_whatever_is_wrong_it_ends_in_one_clear_line(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for arguments in ODD:
        code, out, err = cmq(*arguments)
        shown = str(arguments)[:80]
        assert (code, out) in [(1, ""), (2, "")], shown
        assert re.fullmatch(r"cmq: [^\n]{1,1200}\n", err), shown
        assert err[:-1].isprintable(), shown
    assert not list(tmp_path.iterdir()), "nothing was written"


USUAL = (
    "bois besancon bezançon --json --csv -f table md geojson --sector -r PACA 4 --wave none --by region --sort -name "
    "--limit 3 --as-of 2017 --fields id,name --excellence --missing city --within 50 --color always -h -- - --strict "
    "--registry --unused --version cp-men-2017-02-13 47.2,6.0 nowhere.json . --ville fish OU"
)
TEXT = st.text(max_size=9).filter(lambda text: not text.startswith("-"))
ASKING = st.sampled_from([*(name for name in COMMANDS if name != "init"), "lst", ""])


@given(ASKING, st.lists(st.one_of(st.sampled_from(sorted(USUAL.split())), TEXT), max_size=6))
def test_any_line_ends_in_a_documented_code_and_errors_in_one_line(command, words):
    with pytest.MonkeyPatch.context() as patch, open(os.devnull, encoding="utf-8") as nothing:  # noqa: PTH123
        patch.setattr("sys.stdin", nothing)
        code, out, err = cmq(command, *words)
    assert code in [*ExitCode]
    assert code == ExitCode.DONE or (command == "validate" and out) or (out == "" and err.count("\n") == 1)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("spoken", ["en", "fr"])
def test_each_command_has_json_and_a_page_of_help(command, spoken):
    code, page, err = cmq(command, "-h", CMQ_LANG=spoken)
    assert (code, err) == (ExitCode.DONE, "")
    assert re.match(rf"Usage\W+cmq {command} ", page)
    assert max(map(len, page.splitlines())) <= 80
    assert page.count("\n") < 50
    narrow = cmq(command, "--nonsense", "--help", COLUMNS="50", CMQ_LANG=spoken)[1].splitlines()
    assert max(len(line) for line in narrow if not line.startswith("  cmq ")) <= 50
    assert f":\n  cmq {command}" in page, "examples"
    forms = COMMANDS[command].forms
    assert (f" {', '.join(forms)} --json" in " ".join(page.split())) is (len(forms) > 1)
    if forms:
        code, out, _ = cmq(command, *NEEDED.get(command, []), "--json")
        assert (code, out[0] in "[{") == (ExitCode.DONE, True)
        json.loads(out)


def test_options_stand_in_groups():
    page = cmq("list", "-h")[1]
    groups = dict(re.findall(r"^(\w[^\n]*:)\n(.*?)(?:\n\n|\Z)", page, re.MULTILINE | re.DOTALL))
    found = {title: re.findall(r"^ .{5}--(?:\[no-\])?([\w-]+)", rows, re.MULTILINE) for title, rows in groups.items()}
    assert found == {
        "Arguments:": [],
        "Which campuses:": [*FilterOptions._fields[:-1], "as-of", "missing"],
        "In what order:": [*OrderOptions._fields],
        "In what form:": [*CommonOptions._fields[:-2]],
        "Other options:": ["registry", "help"],
        "Examples:": [],
    }
    assert "--fields" not in cmq("schema", "-h")[1]


def test_the_program_itself_shows_its_commands_and_versions(monkeypatch, tmp_path):
    [page] = {cmq(*arguments)[1] for arguments in ([], ["-h"], ["--"], ["--install-completion", "-h"])}
    assert [name for name in COMMANDS if not re.search(rf"^  {name} +[A-Z]", page, re.MULTILINE)] == []
    assert page.endswith("Exit codes: 0 done, 1 not found or a damaged registry, 2 usage, 130 interrupted.\n")
    assert run((), Screen(None, None, {})) == ExitCode.NOT_FOUND, "which has nowhere to write"
    code, out, _ = cmq("--version")
    assert code == ExitCode.DONE
    assert re.fullmatch(rf"cmq {__version__} \(data \d{{4}}-\d\d-\d\d, Python 3\.\d+\.\S+\)\n", out)
    monkeypatch.setattr(registry, "data_file", lambda name: tmp_path / name)
    code, out, err = cmq("--version")
    assert (code, out, "reinstall cmq" in err) == (ExitCode.NOT_FOUND, "", True)


SAME = {
    "list --limit 1 --limit 2": "list --limit 2",
    "list --excellence --no-excellence": "list --no-excellence",
    "list --format json --json --json": "list --json",
    "list --as-of 2010 --as-of 2017": "list --as-of 2017",
    "list --color NEVER": "list",
    "waves -f JSON": "waves --json",
    "list --fields id --fields name": "list --fields id,name",
    "near -21.1,55.5 --json": "near --json -- -21.1,55.5",
}


def test_of_an_option_that_is_repeated_the_last_counts_but_fields_and_order_add_up():
    assert {line: cmq(*line.split()) for line in SAME} == {line: cmq(*same.split()) for line, same in SAME.items()}
    waves = cmq("list", "--sort", "wave", "--sort=-name", "--fields", "wave,name")[1].splitlines()[1:11]
    assert [line[0] for line in waves] == ["1"] * 10
    assert waves == sorted(waves, reverse=True, key=lambda line: sort_key(line[2:]))


def test_the_registry_that_the_environment_names_is_asked_and_said_so(tmp_path, monkeypatch):
    content = document()
    content["campuses"] = content["campuses"][:1]
    file = written(tmp_path, content)
    said = f"The registry asked is {language.quoted(file)}, as CMQ_REGISTRY says."
    assert cmq("count", "--registry", file) == (ExitCode.DONE, "1\n", "")
    own = f"--registry {file}"
    for line, told in {
        "list bois": f'cmq near {own} "Bois (17)"',
        "near 38300": f'cmq near {own} "Penol (38)"',
        "show zzzz": f"cmq sectors {own}, cmq regions {own}; around a place: cmq near {own} PLACE",
        "sources men --json": f"Which one? cmq sources {own} ",
        "list --format svg": f"cmq map {own} -o campuses.svg",
    }.items():
        assert told in cmq(*line.split(), "--registry", file)[2]
    monkeypatch.setenv("CMQ_REGISTRY", file)
    assert cmq("count") == (ExitCode.DONE, "1\n", f"{said}\n")
    assert cmq("show", "xyzzy")[2].endswith(f" ({said})\n")
    assert "registry.json' is a valid registry. " in cmq("validate")[1]
    monkeypatch.setenv("CMQ_REGISTRY", str(tmp_path / "nowhere.json"))
    code, out, err = cmq("count")
    assert (code, out, "as CMQ_REGISTRY says" in err) == (ExitCode.NOT_FOUND, "", True)
    assert cmq("count", "--registry", file) == (ExitCode.DONE, "1\n", "")


def test_an_answer_is_never_written_over_the_registry_that_is_asked(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file = written(tmp_path, document())
    (tmp_path / "link.json").symlink_to(file)
    before = (tmp_path / "registry.json").read_bytes()
    for name in ("registry.json", "./registry.json", "link.json"):
        for line in ("list --registry registry.json", "validate ./registry.json", f"list --json --registry {file}"):
            code, _, err = cmq(*line.split(), "-o", name)
            assert (code, "--output names the registry itself" in err) == (ExitCode.USAGE, True)
    assert cmq("list", "-o", str(registry.data_file("campuses.json")))[0] == ExitCode.USAGE
    assert (tmp_path / "registry.json").read_bytes() == before
