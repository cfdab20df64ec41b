"""`-o FILE`: whole or not at all, and a remedy for every name that can't be written."""

import errno
import os
import signal
import stat
from pathlib import Path

import pytest

from cmq_cli.errors import UsageError
from cmq_cli.output import files
from cmq_cli.output.files import WriteError, check_target, write_whole

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


REFUSED = {
    "": "Give the name of a file.",
    "folder": "is a folder. Give the name of a file in it.",
    "new/": "is a folder. Give the name of a file in it.",
    "missing/x.json": "There is no folder 'missing'. Create it first, or give another one.",
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_name_that_cannot_be_written_comes_with_a_remedy(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    check_target("folder/x.json")
    with pytest.raises(UsageError) as told:
        check_target(name)
    assert str(told.value).endswith(REFUSED[name])


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EPERM, errno.ENAMETOOLONG, errno.EIO])
def test_the_old_file_stays_when_writing_fails_and_every_reason_has_a_remedy(old, monkeypatch, code):
    def fail(_):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(files.os, "fsync", fail)
    with pytest.raises(WriteError, match=r"^Can't write '.*'( \(.+\))?\. (The|Give) .+\.$"):
        write_whole(str(old), "new")
    assert old.read_text(encoding="utf-8") == "old"


def test_a_name_that_no_file_can_have_is_no_traceback(tmp_path):
    for name in ("x" * 300, "nul\0inside"):
        check_target(str(tmp_path / name))
        with pytest.raises(WriteError):
            write_whole(str(tmp_path / name), "new")


@posix
def test_the_old_file_stays_after_ctrl_c(old, monkeypatch):
    monkeypatch.setattr(files.os, "fsync", lambda _: signal.raise_signal(signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        write_whole(str(old), "new")
    assert old.read_text(encoding="utf-8") == "old"


@posix
def test_a_link_is_followed_and_permissions_are_kept(tmp_path):
    real, link, loop = tmp_path / "real.json", tmp_path / "link.json", tmp_path / "loop.json"
    real.write_text("old", encoding="utf-8")
    real.chmod(0o640)
    link.symlink_to(real)
    write_whole(str(link), "new")
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == "new"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    loop.symlink_to(loop)
    write_whole(str(loop), "new")
    assert loop.read_text(encoding="utf-8") == "new"


@posix
def test_a_file_that_may_not_be_written_to_stays_though_its_folder_lets_it_be_replaced(old, monkeypatch):
    monkeypatch.setattr(files.os, "access", lambda _, mode: mode != os.W_OK)  # root may write to everything
    with pytest.raises(WriteError, match=r"'\. Give a file, and a folder, that you may"):
        write_whole(str(old), "new")
    assert old.read_text(encoding="utf-8") == "old"


@posix
def test_a_new_file_has_the_permissions_that_the_user_gives_to_new_files(tmp_path):
    before = os.umask(0o027)
    try:
        write_whole(str(tmp_path / "x"), "new")
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == 0o640


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_device_is_written_to_as_it_is():
    with pytest.raises(WriteError, match="The disk is full"):
        write_whole("/dev/full", "new")
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)


def test_a_file_that_the_answer_comes_from_is_spared(old, monkeypatch):
    monkeypatch.chdir(old.parent)
    with pytest.raises(UsageError, match="--output names the registry itself"):
        check_target("x.json", ["nowhere", str(old)])
    check_target("y.json", [str(old)])
