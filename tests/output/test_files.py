"""`-o FILE`: whole or not at all, in the form of its ending, and a remedy for every name that can't be written."""

import errno
import json
import os
import signal
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from cmq_cli.errors import UsageError
from cmq_cli.output import files
from cmq_cli.output.files import WriteError, check_target, write_whole
from cmq_cli.output.present import ENDINGS, PICTURES

posix = pytest.mark.skipif(os.name == "nt", reason="permissions, links and signals of POSIX")


def left(folder):
    """Return what lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("x.json", "[\n  {\n"),
        ("x.JSON", "[\n  {\n"),
        ("x.jsonl", '{"id": "'),
        ("x.csv", "id,name,"),
        ("x.Csv", "id,name,"),
        ("x.tsv", "id\tname\t"),
        ("x.md", "| id | name |"),
        ("x.geojson", '{\n  "type": "FeatureCollection"'),
        ("no.csv.json", "[\n"),
        ("été à Nîmes.tsv", "id\tname"),
    ],
)
def test_the_ending_gives_the_form(cmq, tmp_path, name, begins):
    done = cmq("list", "-o", str(tmp_path / name), terminal=True)
    assert (done.code, done.out, done.err) == (0, "", "")
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)
    assert left(tmp_path) == [name]


def test_what_is_in_the_file_is_what_would_be_on_standard_output(cmq, tmp_path):
    for form in ("json", "jsonl", "csv", "tsv", "md", "geojson", "table"):
        path = tmp_path / f"x.{'txt' if form == 'table' else form}"
        assert cmq("list", "--format", form, "-o", str(path)).code == 0
        assert path.read_bytes().decode() == cmq("list", "--format", form).out


@pytest.mark.parametrize(
    ("name", "asked", "begins"),
    [
        ("x.csv", ["--excel"], '\ufeff"id";"name";'),
        ("x.csv", ["--csv"], "id,name,"),
        ("x.txt", ["--csv"], "id,name,"),
        ("x.TXT", ["--excel"], '\ufeff"id";"name";'),
        ("x", ["--format", "md"], "| id | name |"),
        ("x.json", ["--format", "geojson"], '{\n  "type": "FeatureCollection"'),
        ("x.txt", ["--format", "table"], "Campus  "),
    ],
)
def test_an_ending_that_says_no_other_form_goes_with_an_option(cmq, tmp_path, name, asked, begins):
    assert cmq("list", *asked, "-o", str(tmp_path / name)).code == 0
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)


@pytest.mark.parametrize(
    ("name", "asked", "remedy"),
    [
        ("e.json", ["--excel"], "can't hold what --excel asks for. End it in .csv, or leave out --excel."),
        ("e.JSON", ["--csv"], "can't hold what --csv asks for. End it in .csv, or leave out --csv."),
        ("e.tsv", ["--excel"], "can't hold what --excel asks for. End it in .csv, or leave out --excel."),
        ("e.csv", ["--json"], "can't hold what --json asks for. End it in .json, or leave out --json."),
        ("e.json", ["--format", "jsonl"], "End it in .jsonl, or leave out --format."),
        ("e.geojson", ["--json"], "End it in .json, or leave out --json."),
        ("e.md", ["--format", "table"], "End it in .txt, or leave out --format."),
    ],
)
def test_an_option_and_an_ending_that_contradict_each_other_are_a_usage_error(cmq, tmp_path, name, asked, remedy):
    done = cmq("list", *asked, "-o", str(tmp_path / name))
    assert (done.code, done.out) == (2, "")
    assert done.err.endswith(f"{remedy}\n")
    assert left(tmp_path) == []


@pytest.mark.parametrize("terminal", [True, False])
def test_a_dash_is_standard_output(cmq, tmp_path, monkeypatch, terminal):
    monkeypatch.chdir(tmp_path)
    assert (
        cmq("list", "-o", "-", terminal=terminal, NO_COLOR="1").out == cmq("list", terminal=terminal, NO_COLOR="1").out
    )
    assert left(tmp_path) == []


def test_a_table_in_a_file_has_no_colour_unless_it_is_asked_for(cmq, tmp_path):
    path = tmp_path / "x.txt"
    cmq("list", "--format", "table", "-o", str(path), terminal=True, FORCE_COLOR="1", TERM="xterm")
    assert "\x1b" not in path.read_text(encoding="utf-8")
    cmq("list", "--format", "table", "--color", "always", "-o", str(path), terminal=True)
    assert "\x1b[" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        (".", "is a directory. Give the name of a file in it."),
        ("", "Give the name of a file."),
        ("folder", "is a directory. Give the name of a file in it."),
        ("folder/", "is a directory. Give the name of a file in it."),
        ("folder.json", "is a directory. Give the name of a file in it."),
        ("new/", "is a directory. Give the name of a file in it."),
        ("missing/x.json", "There is no folder 'missing'. Create it first, or give another one."),
        ("missing/x", "There is no folder 'missing'. Create it first, or give another one."),
    ],
)
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_name_that_cannot_be_written_is_one_line_with_a_remedy(cmq, tmp_path, monkeypatch, name, remedy, form):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder.json").mkdir()
    done = cmq("list", "-o", name, *form)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("cmq: ")
    assert done.err.endswith(f"{remedy}\n")
    assert done.err.count("\n") == 1
    assert left(tmp_path) == ["folder", "folder.json"]


@pytest.mark.parametrize("name", ["x", "x.txt", "json", "x.json.gz"])
def test_an_ending_that_says_nothing_needs_a_format(cmq, tmp_path, name):
    done = cmq("list", "-o", str(tmp_path / name))
    assert (done.code, done.out) == (2, "")
    endings = [ending for ending, form in ENDINGS.items() if form not in PICTURES]
    assert {".json", ".csv", ".geojson"} <= {*endings}
    assert done.err.endswith(f"End it in {', '.join(endings)}, or give --format.\n")
    assert left(tmp_path) == []
    assert cmq("list", "-o", str(tmp_path / name), "--json").code == 0
    assert left(tmp_path) == [name]


@pytest.mark.parametrize("name", ["x.xlsx", "x.XLS", "x.ods"])
@pytest.mark.parametrize("asked", [[], ["--excel"], ["--csv"]])
def test_a_workbook_is_not_promised(cmq, tmp_path, name, asked):
    done = cmq("list", *asked, "-o", str(tmp_path / name))
    assert (done.code, done.out) == (2, "")
    assert done.err.endswith("would not open: cmq writes no workbooks. Give --excel, and end it in .csv.\n")
    assert left(tmp_path) == []


def test_a_usage_error_leaves_the_old_file(cmq, tmp_path):
    path = tmp_path / "x.json"
    path.write_text("old", encoding="utf-8")
    assert cmq("list", "--fields", "nme", "-o", str(path)).code == 2
    assert cmq("show", "xyzzy", "-o", str(path)).code == 1
    assert cmq("waves", "--format", "geojson", "-o", str(path)).code == 2
    assert cmq("list", "--excel", "-o", str(path)).code == 2
    assert path.read_text(encoding="utf-8") == "old"
    assert left(tmp_path) == ["x.json"]


@pytest.mark.parametrize(
    ("step", "error", "said"),
    [
        ("fsync", OSError(errno.ENOSPC, "No space left on device"), "The disk is full: free some space"),
        ("fsync", OSError(errno.EIO, "Input/output error"), "Give another file."),
        ("fsync", KeyboardInterrupt(), None),
    ],
)
def test_the_old_file_stays_when_writing_fails(cmq, tmp_path, monkeypatch, step, error, said):
    def fail(*_):
        raise error

    path = tmp_path / "x.json"
    path.write_text("old", encoding="utf-8")
    monkeypatch.setattr(files.os, step, fail)
    done = cmq("list", "-o", str(path))
    assert (done.code, done.out) == ((130, "") if said is None else (1, ""))
    assert done.err == "" if said is None else said in done.err
    assert path.read_text(encoding="utf-8") == "old"
    assert left(tmp_path) == ["x.json"]


@posix
@pytest.mark.parametrize("limit", [0, 1000, 20_000])
def test_the_old_file_stays_on_a_full_disk(program, tmp_path, limit):
    """A limit on the size of files stands for a disk that is full after so many bytes."""
    path = tmp_path / "x.json"
    path.write_text("old", encoding="utf-8")
    limited = [sys.executable, "-c", LIMITED, str(limit)]
    done = program("list", "-o", str(path), before=limited)
    assert done.returncode == 1
    assert done.stderr.decode().startswith(f"cmq: Can't write '{path}"[:50])
    assert done.stderr.count(b"\n") == 1
    assert path.read_text(encoding="utf-8") == "old"
    assert left(tmp_path) == ["x.json"]


LIMITED = textwrap.dedent(
    """
    import os, resource, sys
    for name in [name for name in os.environ if name.startswith("COVERAGE_")]:
        del os.environ[name]  # what measures coverage would find the disk full, too
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
    os.execv(sys.argv[2], sys.argv[2:])
    """
)


@posix
def test_the_old_file_stays_after_ctrl_c(program, tmp_path):
    """The program is stopped between its last byte and the renaming, by a signal of its own group."""
    path = tmp_path / "x.json"
    path.write_text("old", encoding="utf-8")
    script = textwrap.dedent(
        """
        import os, signal, sys
        from cmq_cli.__main__ import main
        os.fsync = lambda _: os.kill(os.getpid(), signal.SIGINT)
        main()
        """
    )
    done = subprocess.run([sys.executable, "-c", script, "list", "-o", str(path)], capture_output=True, timeout=60)
    assert done.returncode == 130
    assert (done.stdout, done.stderr) == (b"", b"")
    assert path.read_text(encoding="utf-8") == "old"
    assert left(tmp_path) == ["x.json"]


@posix
def test_a_closed_standard_output_does_not_matter_to_a_file(program, tmp_path):
    path = tmp_path / "x.json"
    done = program("list", "--wave", "4", "-o", str(path), before=["sh", "-c", 'exec "$@" >&-', "sh"])
    assert done.returncode == 0
    assert b"more may match" in done.stderr
    assert len(json.loads(path.read_text(encoding="utf-8"))) > 1


@posix
def test_a_link_is_followed_and_permissions_are_kept(tmp_path):
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_text("old", encoding="utf-8")
    real.chmod(0o640)
    link.symlink_to(real)
    write_whole(str(link), ["new"])
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == "new"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


@posix
def test_a_file_that_may_not_be_written_to_stays_though_its_folder_lets_it_be_replaced(tmp_path, monkeypatch):
    path = tmp_path / "x.json"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o444)
    monkeypatch.setattr(files.os, "access", lambda _, mode: mode != os.W_OK)  # root may write to everything
    with pytest.raises(WriteError, match=r"\(Permission denied\)\. Give a file, and a folder, that you may"):
        write_whole(str(path), ["new"])
    assert path.read_text(encoding="utf-8") == "old"
    assert left(tmp_path) == ["x.json"]


@posix
def test_links_that_lead_to_each_other_end_in_no_traceback(tmp_path):
    for name, target in (("a.json", "b.json"), ("b.json", "a.json")):
        (tmp_path / name).symlink_to(tmp_path / target)
    write_whole(str(tmp_path / "a.json"), ["new"])
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == "new"


@posix
def test_a_new_file_has_the_permissions_that_the_user_gives_to_new_files(tmp_path):
    before = os.umask(0o027)
    try:
        write_whole(str(tmp_path / "x"), ["new"])
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == 0o640


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_device_is_written_to_as_it_is(program, tmp_path):
    done = program("list", "--json", "-o", "/dev/full")
    assert done.returncode == 1
    assert done.stderr == (
        b"cmq: Can't write '/dev/full' (No space left on device). "
        b"The disk is full: free some space, or give a file elsewhere.\n"
    )
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)
    piped = program("list", "--json", "-o", "/dev/stdout")
    assert piped.returncode == 0
    assert json.loads(piped.stdout)


def test_the_content_is_utf_8_with_the_line_ends_of_the_format(tmp_path):
    path = tmp_path / "x.csv"
    write_whole(str(path), ["é\r\nœ\n\ud800"])
    assert path.read_bytes() == "é\r\nœ\n\\ud800".encode()


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EPERM, errno.ENAMETOOLONG, errno.EIO])
def test_every_reason_comes_with_a_remedy(tmp_path, monkeypatch, code):
    def fail(*_, **__):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(files.tempfile, "mkstemp", fail)
    with pytest.raises(WriteError, match=r"^Can't write '.*' \(.+\)\. (The|Give) .+\.$"):
        write_whole(str(tmp_path / "x"), ["new"])


def test_a_name_that_is_too_long_is_no_traceback(cmq, tmp_path):
    done = cmq("list", "-o", str(tmp_path / f"{'x' * 300}.json"))
    assert done.code == 1
    assert "Give a shorter name." in done.err


def test_a_good_name_passes(tmp_path):
    check_target(str(tmp_path / "x.json"))
    check_target("x.json")
    with pytest.raises(UsageError):
        check_target("")


@posix
def test_ctrl_c_is_not_swallowed(tmp_path, monkeypatch):
    monkeypatch.setattr(files.os, "fsync", lambda _: signal.raise_signal(signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        write_whole(str(tmp_path / "x"), ["new"])
    assert left(tmp_path) == []
