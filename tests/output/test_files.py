"""`-o FILE`: whole or not at all, and a remedy for every name that can't be written."""

import errno
import os
import re
import signal
import stat
from pathlib import Path

import pytest

from cmq_cli.errors import CmqError, UsageError
from cmq_cli.output import files
from cmq_cli.output.files import check_target, write_whole

posix = pytest.mark.skipif(os.name == "nt", reason="permissions, links and signals of POSIX")


@pytest.fixture
def old(tmp_path):
    """Return a file that there is already; afterwards it is the only one in its folder."""
    path = tmp_path / "x.json"
    path.write_text("old", encoding="utf-8")
    yield path
    assert [each.name for each in tmp_path.iterdir()] == ["x.json"]


def test_a_text_is_utf_8_with_the_line_ends_of_its_form_and_bytes_are_bytes(old):
    write_whole(str(old), "é\r\nœ\n\ud800")
    assert old.read_bytes() == "é\r\nœ\n\\ud800".encode()
    write_whole(str(old), b"PK\x00\xff")
    assert old.read_bytes() == b"PK\x00\xff"


def test_a_name_that_cannot_be_written_comes_with_a_remedy(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "own.json").touch()
    spared, long = ["nowhere", tmp_path / "own.json"], "x" * 300
    for name, remedy in (
        *((name, "is a folder. Give the name of a file in it.") for name in ("", "folder", "new/")),
        ("missing/x.json", "There is no folder 'missing'. Create it first, or give another one."),
        ("own.json", "--output names the registry itself: 'own.json'. Give another file for the answer."),
    ):
        with pytest.raises(UsageError, match=f"{re.escape(remedy)}$"):
            check_target(name, spared)
    for name in ("folder/x.json", long):
        check_target(name, spared)
    with pytest.raises(CmqError, match="Give another file"):
        write_whole(long, "new")


def full(_):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize(
    ("call", "fails", "error", "why"),
    [
        ("fsync", full, CmqError, r"^Can't write '.*' \(No space left on device\)\. Give another file, or another"),
        ("access", lambda _, mode: mode != os.W_OK, CmqError, r"\(Permission denied\)\. Give"),  # for root too
        pytest.param("fsync", lambda _: signal.raise_signal(signal.SIGINT), KeyboardInterrupt, "^$", marks=posix),
    ],
)
def test_the_old_file_stays_when_writing_fails_or_is_stopped(old, monkeypatch, call, fails, error, why):
    monkeypatch.setattr(files.os, call, fails)
    with pytest.raises(error, match=why):
        write_whole(str(old), "new")
    assert old.read_text(encoding="utf-8") == "old"


@posix
def test_links_are_followed_and_permissions_are_kept_or_those_that_the_user_gives_to_new_files(tmp_path):
    real, link, loop, new = (tmp_path / name for name in ("real", "link", "loop", "new"))
    real.write_text("old", encoding="utf-8")
    real.chmod(0o604)
    link.symlink_to(real)
    loop.symlink_to(loop)
    before = os.umask(0o027)
    try:
        for path in (link, loop, new):
            write_whole(str(path), "new")
    finally:
        os.umask(before)
    assert link.is_symlink()
    assert {path.read_text(encoding="utf-8") for path in (real, loop, new)} == {"new"}
    assert [stat.S_IMODE(path.stat().st_mode) for path in (real, new)] == [0o604, 0o640]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_device_is_written_to_as_it_is():
    with pytest.raises(CmqError, match="No space left"):
        write_whole("/dev/full", "new")
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)
