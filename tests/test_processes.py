"""The real program among others: closed ends, full disks, Ctrl-C, odd locales and encodings, strangers' files."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import cmq_cli
from cmq_cli import registry
from support import environment, process

pytestmark = pytest.mark.skipif(os.name == "nt", reason="shells, signals and devices of POSIX")
needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")


def shell(line, **environ):
    """Run a line in a shell; return the code of the first program of its pipe, and what is left of both streams."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("needs bash")
    script = f'cmq() {{ "{sys.executable}" -m cmq_cli "$@"; }}; {line}; exit ${{PIPESTATUS[0]}}'
    done = subprocess.run([bash, "-c", script], capture_output=True, timeout=60, env=environment(**environ))
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.mark.parametrize("line", ["list --json | head -1", "list --help | true", "show besancon | true", "-h | true"])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_goes_is_no_error(line, unbuffered):
    code, _, err = shell(f"cmq {line}", PYTHONUNBUFFERED=unbuffered)
    assert (code, "Traceback" in err, "rror" in err) == (0, False, False)


@pytest.mark.parametrize("line", ["list", "show besancon --json", "schema", "list -h", "--version"])
@pytest.mark.parametrize(
    ("where", "why"),
    [(">&-", "standard output is closed"), pytest.param("> /dev/full", "No space left on device", marks=needs_full)],
)
def test_an_output_that_cannot_be_written_is_one_line(line, where, why):
    assert shell(f"cmq {line} {where}") == (
        1,
        "",
        f"cmq: Can't write to standard output ({why}). Give a file: -o FILE\n",
    )


@pytest.mark.parametrize("stream", ["2>&-", pytest.param("2> /dev/full", marks=needs_full), "2> >(true)"])
def test_a_standard_error_that_is_gone_changes_nothing(stream):
    code, out, _ = shell(f"cmq list --wave 4 --json {stream}")
    assert (code, len(json.loads(out)) > 10) == (0, True)
    assert shell(f"cmq show xyzzy {stream}")[:2] == (1, "")
    assert shell("cmq show xyzzy >&- 2>&-") == shell("cmq list >&- 2>&-") == (1, "", ""), "both are gone"


def test_a_disk_that_gets_full_leaves_whole_files_only(tmp_path):
    """Python must write no bytecode meanwhile: it would be cut, and break whatever is run later."""
    (tmp_path / "old.json").write_text("old", encoding="utf-8")
    limit = "ulimit -f 2; trap '' XFSZ; "
    quiet = {"PYTHONDONTWRITEBYTECODE": "1"}
    for name in ("old.json", "new.json"):
        code, out, err = shell(f"{limit} cd {tmp_path}; cmq list -o {name}", **quiet)
        assert (code, out) == (1, "")
        assert err.startswith(f"cmq: Can't write '{name}' (")
    assert [path.name for path in tmp_path.iterdir()] == ["old.json"]
    assert (tmp_path / "old.json").read_text("utf-8") == "old"
    code, _, err = shell(f"{limit} cmq list --json > {tmp_path}/cut.json", **quiet)
    assert code == 1
    assert err.startswith("cmq: Can't write to standard output (")


@pytest.mark.parametrize(
    "environ",
    [{"LC_ALL": "POSIX"}, {"PYTHONIOENCODING": "cp1252"}, {"LC_ALL": "C", "PYTHONIOENCODING": "ascii:strict"}],
    ids=str,
)
def test_what_is_typed_and_written_is_utf_8_in_every_locale(environ):
    done = process("show", "besançon", "--json", environ=environ)
    assert json.loads(done.stdout.decode("utf-8"))["city"] == "Besançon"
    done = process("list", "-r", "Franche-Comté", "-s", "mécatronique", environ=environ)
    assert "Agroéquipements" in done.stdout.decode("utf-8")
    done = process("show", "zzzœ", environ=environ)
    assert (done.returncode, b"Traceback" in done.stderr) == (1, False)
    assert "zzzœ" in done.stderr.decode("utf-8")


def test_bytes_that_are_no_utf_8_are_shown_as_bytes(tmp_path):
    done = process(os.fsdecode(b"besan\xe7on"))
    assert done.stderr.decode("utf-8").startswith("cmq: There is no command 'besan\\xe7on'.")
    name = os.fsdecode(bytes(tmp_path) + b"/donn\xe9es.json")
    shutil.copy(registry.data_file("campuses.json"), name)
    done = process("count", "--registry", name)
    assert (done.returncode, done.stdout.strip().isdigit()) == (0, True)
    assert process("list", "--json", "-o", name + ".json").returncode == 0
    assert Path(name + ".json").exists()


def test_a_strangers_files_in_the_folder_are_not_run(tmp_path):
    for name in ("json", "typer", "csv", "rich"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('never')", encoding="utf-8")
    done = process("list", "-f", "table", "--color", "always", cwd=tmp_path)
    assert (done.returncode, b"never" in done.stderr) == (0, False)


def test_ctrl_c_does_not_wait_for_a_reader_to_take_the_rest():
    """The pipe is full before the program begins, so that all of its short output is still to be written."""
    read, write = os.pipe()
    os.set_blocking(write, False)
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(write, b"x" * 4096)
    os.set_blocking(write, True)
    count = [sys.executable, "-m", "cmq_cli", "count"]
    with subprocess.Popen(count, stdout=write, stderr=subprocess.PIPE, env=environment()) as running:
        time.sleep(1)  # by now it waits for the pipe; and while it still loads, the answer is the same
        running.send_signal(signal.SIGINT)
        assert (running.wait(timeout=20), running.stderr.read()) == (130, b"")
    os.close(write)
    os.close(read)


STRUCK = """import signal, sys
import cmq_cli.__main__
class Loading:
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            {strike}
sys.meta_path.insert(0, Loading())
sys.exit(cmq_cli.__main__.main())
"""


@pytest.mark.parametrize("name", ["typer", "cmq_cli.options", "cmq_cli.commands.campuses", "json", "cmq_cli.query"])
def test_ctrl_c_while_it_loads_ends_with_130_and_no_word(name):
    done = process("list", program=("-c", STRUCK.format(name=name, strike="signal.raise_signal(signal.SIGINT)")))
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_ctrl_c_where_python_can_only_print_it_ends_with_130_and_no_word():
    """As where an object is freed: the import system's locks are, at each module."""
    freed = "type('Freed', (), {'__del__': lambda self: signal.raise_signal(signal.SIGINT)})()"
    done = process("count", program=("-c", STRUCK.format(name="cmq_cli.query", strike=freed)))
    assert (done.returncode, b"Interrupt" in done.stderr) == (130, False)


def test_the_command_and_the_module_are_the_same_program(tmp_path):
    command = shutil.which("cmq", path=str(Path(sys.executable).parent))
    if command is None:
        pytest.skip("needs the package installed")
    done = subprocess.run([command, "show", "besancon", "--json"], capture_output=True, cwd=tmp_path, env=environment())
    assert (done.returncode, done.stdout) == (0, process("show", "besancon", "--json").stdout)


def test_a_missing_file_is_named_where_it_should_be(tmp_path):
    """As installed, beside the package; what lies at the place of a checkout's data is none of the program's."""
    site = tmp_path / "lib" / "site-packages"
    shutil.copytree(
        Path(cmq_cli.__file__).parent, site / "cmq_cli", ignore=shutil.ignore_patterns("data", "__pycache__")
    )
    (tmp_path / "lib" / "data").mkdir()
    (tmp_path / "lib" / "data" / "campuses.json").write_text("{}", encoding="utf-8")
    done = process("list", environ={"PYTHONPATH": str(site)})
    assert done.returncode == 1
    assert str(site / "cmq_cli" / "data" / "campuses.json") in done.stderr.decode()
    assert "reinstall cmq as its README says" in done.stderr.decode()
