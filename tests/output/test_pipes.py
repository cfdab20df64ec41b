"""The real program among other programs: closed ends, full disks, signals, odd encodings, and the tools of a shell."""

import contextlib
import csv
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="shells, signals and devices of POSIX")

CHANGING = ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "CMQ_REGISTRY", "PYTHONUNBUFFERED")
OWN = {name: value for name, value in os.environ.items() if name not in CHANGING}
"""The environment without what would change what the program does; unbuffered, it never meets a late error."""

CMQ = f'"{sys.executable}" -m cmq_cli'
FULL = Path("/dev/full")
full = pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full")


def shell(line, **environ):
    """Run a line in a shell; return the code of the first program of its pipe, and what is left of both streams."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("needs bash")
    script = f'cmq() {{ {CMQ} "$@"; }}; {line}; exit ${{PIPESTATUS[0]}}'
    done = subprocess.run([bash, "-c", script], capture_output=True, timeout=60, env={**OWN, **environ})
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.mark.parametrize(
    "command",
    [
        "list",
        "list --json",
        "list --format table",
        "list --format table --color always",
        "show besancon",
        "show besancon --json",
        "sources --csv",
        "count",
        "waves --format md",
        "--help",
        "list --help",
        "--version",
    ],
)
@pytest.mark.parametrize("reader", ["head -1", "true"])
def test_a_reader_that_goes_is_no_error(command, reader):
    code, _, err = shell(f"cmq {command} | {reader}")
    assert (code, err) == (0, "")


@pytest.mark.parametrize("command", ["list", "count", "--help"])
def test_a_reader_that_goes_is_no_error_when_nothing_is_buffered(command):
    code, _, err = shell(f"cmq {command} | true", PYTHONUNBUFFERED="1")
    assert (code, err) == (0, "")


def test_head_gets_the_header_and_the_first_line():
    _, out, _ = shell("cmq list | head -2")
    assert out.count("\n") == 2
    assert out.startswith("id\tname\t")


WRITING = [
    "list",
    "show besancon --json",
    "list --format table",
    "count",
    "schema",
    "--help",
    "list --help",
    "--version",
]


def remedy(command):
    """Return what is said to be tried where standard output fails: a file, which only an answer can be written to."""
    return "" if command.split()[-1] in ("--help", "--version") else " Try a file: -o FILE"


@pytest.mark.parametrize("command", WRITING)
def test_a_closed_standard_output_is_one_line_on_stderr(command):
    code, out, err = shell(f"cmq {command} >&-")
    assert (code, out) == (1, "")
    assert err == f"cmq: Can't write to standard output (standard output is closed).{remedy(command)}\n"


@full
@pytest.mark.parametrize("command", WRITING)
def test_a_full_disk_is_one_line_on_stderr(command):
    code, out, err = shell(f"cmq {command} > /dev/full")
    assert (code, out) == (1, "")
    assert err == f"cmq: Can't write to standard output (No space left on device).{remedy(command)}\n"


@pytest.mark.parametrize("stream", ["2>&-", pytest.param("2>/dev/full", marks=full), "2> >(true)"])
@pytest.mark.parametrize(("command", "code"), [("list --wave 4 --json", 0), ("show xyzzy", 1), ("list --sort x", 2)])
def test_a_standard_error_that_is_gone_changes_nothing(command, code, stream):
    got, out, _ = shell(f"cmq {command} {stream}")
    assert got == code
    assert (json.loads(out) != []) if code == 0 else out == ""


@pytest.mark.parametrize("command", ["list", "show xyzzy", "list --sort x"])
def test_both_streams_gone_is_no_hang(command):
    code, out, err = shell(f"cmq {command} >&- 2>&-")
    assert code in (1, 2)
    assert (out, err) == ("", "")


def test_messages_never_stand_in_the_data():
    code, out, err = shell("cmq list --wave 4 --json")
    assert code == 0
    assert len(json.loads(out)) > 10
    assert err.startswith("cmq: ")
    assert err.count("\n") == 1


ODD = [
    {"LC_ALL": "C"},
    {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    {"PYTHONIOENCODING": "cp1252"},
    {"PYTHONIOENCODING": "ascii:strict"},
    {"LC_ALL": "C", "PYTHONIOENCODING": "latin-1"},
]


@pytest.mark.parametrize("environ", ODD, ids=str)
@pytest.mark.parametrize("form", ["tsv", "json", "csv", "md", "table"])
def test_output_is_utf_8_in_every_locale(program, environ, form):
    done = program("show", "besancon", "--format", form, environ=environ)
    assert done.returncode == 0
    text = done.stdout.decode("utf-8")
    assert "Besançon" in text
    assert "œuvre" in text or form == "md"


@pytest.mark.parametrize("environ", ODD, ids=str)
def test_messages_are_utf_8_in_every_locale(program, environ):
    done = program("show", "bezancon", environ=environ)
    assert done.returncode == 1
    assert "(Besançon)" in done.stderr.decode("utf-8")
    assert b"Traceback" not in done.stderr


def test_no_colour_and_no_link_in_a_pipe():
    for command in ("list", "list --format table", "show besancon --format table", "show besancon"):
        assert "\x1b" not in shell(f"cmq {command} | cat")[1]
    assert "\x1b[1m" in shell("cmq show besancon --format table", FORCE_COLOR="1")[1]
    assert "\x1b[1m" in shell("cmq show besancon --format table --color always", NO_COLOR="1")[1]
    assert "\x1b" not in shell("cmq show besancon --format table --color never", FORCE_COLOR="1")[1]
    assert "\x1b[1m" in shell("cmq show besancon --format table --color always", TERM="dumb")[1]
    assert "\x1b" not in shell("cmq list", FORCE_COLOR="1")[1]


def test_a_table_in_a_pipe_is_80_columns_or_as_many_as_columns_says():
    rule = shell("cmq list --format table")[1].splitlines()[1]
    assert rule == "─" * len(rule)
    assert len(rule) == 80
    assert len(shell("cmq list --format table", COLUMNS="60")[1].splitlines()[1]) == 60


@pytest.fixture(scope="module")
def table():
    """Return the rows of the list as JSON gives them."""
    return json.loads(shell("cmq list --json")[1])


def test_cut(table):
    _, out, _ = shell("cmq list | cut -f1")
    assert out.splitlines() == ["id", *(row["id"] for row in table)]


def test_awk(table):
    _, out, _ = shell("cmq list | awk -F'\\t' '{ print NF, $2 }'")
    lines = [line.split(" ", 1) for line in out.splitlines()]
    assert len({fields for fields, _ in lines}) == 1
    assert [name for _, name in lines[1:]] == [row["name"] for row in table]


def test_sort_and_wc(table):
    _, out, err = shell("cmq list --sort id --fields id | tail -n +2 | LC_ALL=C sort -c; cmq list | wc -l")
    assert err == ""
    assert int(out) == len(table) + 1


@pytest.mark.skipif(shutil.which("column") is None, reason="needs column")
def test_column(table):
    _, out, err = shell("cmq list --fields id,city,wave | column -t -s$'\\t'")
    assert err == ""
    assert [line.split()[0] for line in out.splitlines()] == ["id", *(row["id"] for row in table)]


def test_csv_through_a_pipe_is_read_by_the_csv_module(table):
    _, out, _ = shell("cmq list --csv | cat")
    rows = list(csv.DictReader(io.StringIO(out, newline="")))
    assert [row["name"] for row in rows] == [row["name"] for row in table]
    assert [row["sources.url"].split("; ") for row in rows] == [
        [each["url"] or "" for each in row["sources"]] for row in table
    ]


@pytest.mark.parametrize("command", [["list", "--json"], ["list"], ["sources", "--json"]])
def test_ctrl_c_ends_with_130_and_no_word(command):
    """Nobody reads, so that the program waits in the middle of its output, which is more than a pipe holds."""
    read, write = os.pipe()
    arguments = [sys.executable, "-m", "cmq_cli", *command]
    with subprocess.Popen(arguments, stdout=write, stderr=subprocess.PIPE, env=OWN) as running:
        os.close(write)
        first = os.read(read, 1)  # it has begun to write
        time.sleep(0.3)
        assert running.poll() is None, "more than a pipe holds was expected"
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=20) == 130
        assert running.stderr.read() == b""
    os.close(read)
    assert first


def test_ctrl_c_does_not_wait_for_a_reader_to_take_the_rest():
    """The pipe is full before the program begins, so that all of its short output is still to be written."""
    read, write = os.pipe()
    os.set_blocking(write, False)
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(write, b"x" * 4096)
    os.set_blocking(write, True)
    ready = "import os; from cmq_cli.__main__ import main; os.write(2, b'.'); main()"
    arguments = [sys.executable, "-c", ready, "count"]
    with subprocess.Popen(arguments, stdout=write, stderr=subprocess.PIPE, env=OWN) as running:
        assert running.stderr.read(1) == b"."
        time.sleep(1)  # by now it waits for the pipe; and while it still loads, the answer is the same
        running.send_signal(signal.SIGINT)
        try:
            assert running.wait(timeout=20) == 130
        finally:
            running.kill()
        assert running.stderr.read() == b""
    os.close(write)
    os.close(read)


def test_ctrl_c_while_it_loads_ends_with_130_and_no_word():
    script = """
import signal, sys
import cmq_cli.__main__
class Loading:
    def find_spec(self, name, path=None, target=None):
        if name == "cmq_cli.query":
            signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, Loading())
cmq_cli.__main__.main()
"""
    done = subprocess.run([sys.executable, "-c", script, "list"], capture_output=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def on_a_terminal(arguments, columns, **environ):
    """Return what the program writes to a terminal of so many columns."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    with subprocess.Popen(
        [sys.executable, "-m", "cmq_cli", *arguments],
        stdout=theirs,
        stderr=subprocess.PIPE,
        env={**OWN, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **environ},
    ) as running:
        os.close(theirs)
        seen = b""
        while True:
            try:
                read = os.read(ours, 65536)
            except OSError:  # how Linux says that the other end is closed
                break
            if not read:
                break
            seen += read
        assert running.wait(timeout=60) == 0
    os.close(ours)
    return seen.decode().replace("\r\n", "\n")


@pytest.mark.parametrize("columns", [60, 80, 120, 200])
def test_on_a_terminal_it_is_a_table_as_wide_as_the_window_in_colour_with_links(columns):
    seen = on_a_terminal(["list", "--wave", "4"], columns)
    rule = max(re.findall("─+", seen), key=len)
    assert 0.8 * columns < len(rule) <= columns
    assert "\x1b[1m" in seen
    assert "\x1b]8;" in on_a_terminal(["show", "besancon"], columns)


def test_on_a_terminal_the_environment_is_heeded():
    assert "\x1b" not in on_a_terminal(["list"], 80, NO_COLOR="1")
    assert "\x1b" not in on_a_terminal(["list"], 80, TERM="dumb")
    assert "\x1b" not in on_a_terminal(["list", "--color", "never"], 80)
    assert "─" * 100 in on_a_terminal(["list"], 80, COLUMNS="100")
    assert "─" not in on_a_terminal(["list"], 80, TERM="dumb")
    assert json.loads(on_a_terminal(["list", "--json"], 80))
    assert on_a_terminal(["list", "--format", "tsv"], 80).startswith("id\tname")
