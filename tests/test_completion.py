"""What a shell offers at Tab: as the program answers, and as bash, zsh and fish show it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest

import cmq_cli
from cmq_cli import registry
from cmq_cli.errors import ExitCode
from support import changed, cmq, environment, written


def tab(line):
    """Return what is offered at the end of a line: values, and what is said of them."""
    *words, last = line.split(" ")
    code, out, err = cmq(*words, _CMQ_COMPLETE=f"word={last}")
    assert (code, err) == (ExitCode.DONE, "")
    return dict(offer.split("\t") if "\t" in offer else (offer, "") for offer in out.splitlines())


OFFERED = [
    ("sh", "show"),
    ("c", "count completion"),
    ("--v", "--version"),
    ("list --sect", "--sector"),
    ("show bes", "besancon"),
    ("list -s Méca", "Mécatronique Mécanique"),
    ("list --region il", "ile-de-france"),
    ("list --region Île", "Île-de-france"),
    ("list --region=Île", "--region=Île-de-france"),
    ("list --region = Île", "Île-de-france"),  # as bash hands it over
    ("list --region =", "ile-de-france bretagne"),
    ('list --region "Île', "Île-de-france"),
    ("list --department 2", "21 22 23 24 25 26 27 28 29 2A 2B"),
    ("near Dole --wave ", "1 2 3 4 5 none"),
    ("list --as-of ", "today"),
    ("list --sort -w", "-wave"),
    ("count --by acad", "academy"),
    ("list --missing we", "website"),
    ("near Dole --fields d", "distance_km department_code description"),
    ("count --by region --fields reg", "region region_code"),
    ("figures places", "places-bts"),
    ("sources cp-men", "cp-men-2017-02-13"),
    ("list --format js", "json jsonl"),
    ("completion z", "zsh"),
    ("near dol", "dole dol-de-bretagne"),
    ("list -o cam", ":files"),
    ("validate ", ":files"),
    ("list --registry=", ":files"),
    ("foo ", ""),
    ("list -- --sect", ""),
]


def test_what_an_option_takes_is_offered():
    offers = {line: [*tab(line)] for line, _ in OFFERED}
    for line, wanted in OFFERED:
        some = line.endswith(("=", " ")) or line in ("near dol", "list -s Méca")  # and more
        assert (set(wanted.split()) <= {*offers[line]}) if some and wanted else (" ".join(offers[line]) == wanted), line


def test_without_a_letter_each_value_is_offered_once_needs_no_quotes_and_is_understood():
    assert tab("list --sector ") == {sector["id"]: sector["label"] for sector in registry.bundled()["sectors"]}
    assert len(tab("show ")) == len(registry.bundled()["campuses"])
    for line in ("show ", "list -s ", "list -r ", "list -a ", "list -d ", "list -c ", "list -w "):
        values = [*tab(line)]
        assert [value for value in values if not re.fullmatch("[A-Za-z0-9-]+", value)] == []
        assert cmq(*line.split(), values[-1], "--json")[0] == ExitCode.DONE


def test_a_registry_of_ones_own_is_asked_whatever_it_holds(tmp_path, monkeypatch):
    strange = ((("campuses", 0, "id"), "zz-own"), (("campuses", 0, "name"), "\x1b[31m\nsecond"))
    file = written(tmp_path, changed(*strange, (("campuses", 1, "id"), "zz$(touch x)")))
    assert [*tab(f"show --registry {file} zz")] == [*tab(f"show --registry={file} zz")] == ["zz-own"]
    monkeypatch.setenv("CMQ_REGISTRY", file)
    assert tab("show zz") == {"zz-own": "\\x1b[31m second"}
    for content in ("[]", '{"campuses": 1}', '{"campuses": [{"id": 1, "name": 2}]}', "[" * 9999):
        written(tmp_path, content)
        assert tab("show zz") == {}
    for name in (str(tmp_path), str(tmp_path / "nowhere"), "-"):
        assert tab(f"show --registry {name} zz") == {}


SCRIPTS = Path(cmq_cli.__file__).parent / "shells"
STRANGE = "L'\" $(touch x) `touch x`: \\"


def test_the_script_of_a_shell_is_printed():
    for shell in ("bash", "zsh", "fish", "powershell"):
        script = (SCRIPTS / f"cmq.{shell}").read_text("utf-8")
        assert cmq("completion", shell) == cmq("completion", shell.upper()) == (ExitCode.DONE, script, "")


SHELLS = {
    "bash --norc -c": """
        source "$1"; COMP_WORDS=(cmq {words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
        _cmq cmq; printf '%s\\n' "${{COMPREPLY[@]}}"
    """,
    "zsh -f -c": """
        compdef() {{ }}; _files() {{ print files }}; _describe() {{ print -l -- $offers }}
        source "$1"; words=(cmq {words}); CURRENT=$#words; _cmq
    """,
    "fish --no-config -c": "source $argv[2]; complete -C 'cmq {words}'",
}


@pytest.mark.parametrize(
    ("shell", "words", "offered"),
    [
        ("bash", "show mic", "microtechniques-systemes-intelligents"),
        ("bash", "list --region = Île", "Île-de-france"),
        ("bash", "show zz", "zz-own"),
        ("zsh", "list --region Île", "Île-de-france:Île-de-France"),
        ("zsh", "show zz", f"zz-own:{STRANGE}"),
        ("fish", "list --region=Île", "--region=Île-de-france\tÎle-de-France"),
        ("fish", "show zz", f"zz-own\t{STRANGE}"),
    ],
)
def test_a_shell_offers_it_and_runs_nothing_of_it(shell, words, offered, tmp_path):
    if shutil.which(shell) is None:
        pytest.skip(f"needs {shell}")
    own = changed((("campuses", 0, "id"), "zz-own"), (("campuses", 0, "name"), STRANGE))
    program = tmp_path / "cmq"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cmq_cli "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    environ = {"PATH": f"{tmp_path}:{environment()['PATH']}", "LC_ALL": "C.UTF-8", "HOME": str(tmp_path)}
    environ["CMQ_REGISTRY"] = written(tmp_path, own)
    start, script = next(each for each in SHELLS.items() if each[0].startswith(shell))
    command = [*start.split(), script.format(words=words), shell, SCRIPTS / f"cmq.{shell}"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=tmp_path, env=environment(**environ))
    assert (done.stdout.splitlines(), done.stderr) == ([offered], "")
    assert not (tmp_path / "x").exists()


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Return a function that installs the completion in an empty home, where a shell is in use."""
    for home in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(home, str(tmp_path))
    monkeypatch.setattr("subprocess.check_output", lambda command, **_: f"{tmp_path / command[0]}.ps1\n")

    def installed(used, option="--install-completion", *named):
        monkeypatch.setattr("shellingham.detect_shell", lambda: (used, used))
        return cmq(option, *named)

    return installed


def test_the_completion_is_installed_once_for_the_shell_in_use_or_named(install, tmp_path):
    (tmp_path / ".bashrc").write_text("alias ll='ls -l'", encoding="utf-8")
    told = f"From its next start on, bash completes cmq at Tab ({tmp_path / '.bashrc'}).\n"
    assert install("bash") == install("fish", "--install-completion=bash") == (ExitCode.DONE, told, "")
    line = 'eval "$(cmq completion bash 2> /dev/null)"'
    assert (tmp_path / ".bashrc").read_text("utf-8") == f"alias ll='ls -l'\n{line}\n"
    fish = tmp_path / ".config" / "fish" / "completions" / "cmq.fish"
    files = {"zsh": tmp_path / ".zshrc", "fish": fish, "pwsh": tmp_path / "pwsh.ps1"}  # which is asked for its profile
    for shell, file in files.items():
        assert install("bash", "--install-completion", shell)[0] == ExitCode.DONE
        assert f"cmq completion {shell.replace('pwsh', 'powershell')}" in file.read_text("utf-8")


def test_what_cannot_be_installed_is_told_and_changes_nothing(install, tmp_path, monkeypatch):
    (tmp_path / ".bashrc").mkdir()
    assert install("tcsh") == cmq("completion", "tcsh")
    monkeypatch.setattr("subprocess.check_output", Mock(side_effect=subprocess.CalledProcessError(3, "pwsh")))
    for shell, why in (("pwsh", "exit status 3"), ("bash", "Is a directory")):
        code, out, err = install(shell)
        assert (code, out) == (ExitCode.NOT_FOUND, "")
        assert why in err
        assert err.endswith("cmq completion SHELL\n")
    assert [path.name for path in tmp_path.iterdir()] == [".bashrc"]
