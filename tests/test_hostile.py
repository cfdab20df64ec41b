"""Files that nobody vouches for: each ends in exit 1 or 2 and one clear line, whatever command is given it."""

import json
import os
import subprocess
import sys
import threading

import pytest

from registries import BESANCON, BUNDLED, GONE, as_bytes, changed, cmq, document, process, written

NAME = f"{BESANCON}.name"
TEXT = as_bytes(document()).decode()
DEEP = 100_000


def cut(fraction):
    return BUNDLED[: int(len(BUNDLED) * fraction)]


def before(text, content=TEXT):
    return content[: content.index(text)]


def with_number(text):
    return TEXT.replace('"latitude": 47.2488', f'"latitude": {text}').replace(
        '"latitude":47.2488', f'"latitude":{text}'
    )


FILES = {
    # nothing, or not text
    "empty": b"",
    "spaces": b" \n\t\r\n" * 100,
    "a null byte": b"\0",
    "null bytes": b"\0" * 100_000,
    "a null byte in the middle": BUNDLED[:1000] + b"\0" + BUNDLED[1000:],
    "a null byte at the end": BUNDLED + b"\0",
    "not UTF-8": BUNDLED[:5000] + b"\xff\xfe\xfa" + BUNDLED[5000:],
    "Latin-1": BUNDLED.decode().encode("latin-1", "replace"),
    "half a letter": BUNDLED[: BUNDLED.index("é".encode()) + 1],
    "a byte order mark": b"\xef\xbb\xbf" + BUNDLED,
    "UTF-16": BUNDLED.decode().encode("utf-16"),
    "UTF-16 without a mark": BUNDLED.decode().encode("utf-16-le"),
    "UTF-32": BUNDLED.decode().encode("utf-32"),
    "gzip": b"\x1f\x8b\x08\0" + bytes(range(256)) * 40,
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "a page": "<!DOCTYPE html><title>Campus</title>",
    "a CSV": "id;name\nplasti-campus;Plasti Campus\n",
    "YAML": "schema_version: 1\n",
    "Python": "__import__('os').system('echo never')",
    "a pickle": b"\x80\x04\x95\x1f\0\0\0\0\0\0\0\x8c\x05posix\x8c\x06system\x93\x8c\x0aecho never\x85R.",
    # JSON, but no registry
    "null": "null",
    "a number": "1",
    "a text": '"campus"',
    "a list": "[]",
    "an object": "{}",
    "an object of nothing known": '{"a": 1}',
    "two objects": TEXT + TEXT,
    "lines of JSON": '{"id": 1}\n{"id": 2}\n',
    "a comment": "// campus\n" + TEXT,
    "a comma too many": TEXT.rstrip().removesuffix("}") + ",}",
    "single quotes": TEXT.replace('"', "'"),
    # truncated
    "one bracket": "{",
    **{f"cut at {fraction:.0%}": cut(fraction) for fraction in (0.01, 0.2, 0.4, 0.6, 0.8, 0.99)},
    "cut in a name": before('hema_version"'),
    "cut before a colon": before(":"),
    "cut before a comma": before(","),
    "cut in an escape": '{"schema_version": "\\u00',
    "cut in a number": '{"schema_version": -',
    "cut in a word": '{"schema_version": tru',
    # deep, long, large
    "deep lists": "[" * DEEP,
    "deep objects": '{"a":' * DEEP,
    "deep inside": TEXT.replace('"aliases": []', f'"aliases": {"[" * DEEP}{"]" * DEEP}', 1),
    "a deep field": '{"campuses": ' + "[" * DEEP + "]" * DEEP + "}",
    "a text of 50 MB": json.dumps({"schema_version": 1, "data_version": "x" * 50_000_000}),
    "a text of 15 MB": json.dumps({"schema_version": 1, "data_version": "😀" + "x" * 15_000_000}, ensure_ascii=False),
    "spaces of 50 MB": "{" + " " * 50_000_000,
    "a name of 50 MB": '{"' + "x" * 50_000_000 + '": 1}',
    "very many fields": "{" + ",".join(f'"f{at}": 1' for at in range(200_000)) + "}",
    "dense objects": '{"campuses": [' + "{}," * 5_000_000 + "{}]}",
    "dense lists": '{"campuses": [' + "[]," * 5_000_000 + "[]]}",
    "dense texts": '{"campuses": [' + '"ab",' * 4_000_000 + '""]}',
    "dense fields": '{"campuses": [' + '{"a":1},' * 2_000_000 + "{}]}",
    "dense fields twice": '{"campuses": [' + '{"a":1,"a":1},' * 1_300_000 + "{}]}",
    "one field many times": "{" + '"a":1,' * 3_000_000 + '"a":1}',
    "as dense as is read": '{"campuses": [' + f'{{"a":1,"b":2{" " * 48}}},' * 400_000 + "{}]}",
    "one mistake many times": TEXT.replace('"aliases": []', f'"aliases": [{"0," * 100_000}0]', 1),
    "very many mistakes": '{"campuses": [' + ",".join(["{}"] * 100_000) + "]}",
    "a long number": '{"schema_version": ' + "9" * 1_000_000 + "}",
    "a number beyond floats": with_number("1e999"),
    "a huge latitude": with_number("1e308"),
    "NaN": with_number("NaN"),
    "Infinity": with_number("-Infinity"),
    "a latitude in words": with_number('"47.2488"'),
    "a latitude that is true": with_number("true"),
    # a field or record twice
    "a field twice": '{"schema_version": 1, ' + TEXT.lstrip("{ \n"),
    "a campus twice": changed(("campuses", [*document()["campuses"], document()["campuses"][0]])),
    # texts that would be obeyed
    "an escape sequence": changed((NAME, "\x1b[2J\x1b[31mCampus\x1b[0m")),
    "a title of the window": changed((NAME, "\x1b]0;owned\x07")),
    "an eight-bit escape": changed((NAME, "\x9b31mCampus")),
    "a bell": changed((NAME, "Campus\x07")),
    "backspaces": changed((NAME, "Campus\b\b\b\b\b\bAutre")),
    "a null in a text": changed((NAME, "Cam\0pus")),
    "a line break in a name": changed((NAME, "Campus\nAutre campus")),
    "a bidi override": changed((NAME, "Campus \u202esupmac\u202c")),
    "a bidi isolate": changed((NAME, "Campus \u2066x\u2069")),
    "half a character": changed((NAME, "Campus \ud800")),
    "an escape sequence in a field's name": {**document(), "\x1b[31mred": 1},
    "an escape sequence in an id": changed((f"{BESANCON}.id", "\x1b[31m")),
    "a path for an id": changed((f"{BESANCON}.id", "../../etc/passwd")),
    "a link that is no web page": changed((f"{BESANCON}.website", "javascript:alert(1)")),
    # facts that can't be
    "no such day": changed((f"{BESANCON}.labelled_on", "2017-02-30")),
    "a label of tomorrow": changed((f"{BESANCON}.labelled_on", "2999")),
    "no such sector": changed((f"{BESANCON}.sectors", ["sorcellerie"])),
    "no such region": changed((f"{BESANCON}.region_code", "99")),
    "no such source": changed((f"{BESANCON}.sources[0].source", "on-dit")),
    "a fact without a source": changed((f"{BESANCON}.sources", [])),
    "a field too few": changed((f"{BESANCON}.name", GONE)),
    "a field too many": changed((f"{BESANCON}.colour", "red")),
    "off the earth": changed((f"{BESANCON}.latitude", 91.0)),
    "a wave that doesn't add up": changed(("waves[4].total", 78)),
    "a version of the future": changed(("schema_version", 2)),
}


def one_clear_line(code, out, err):
    """Fail unless that is how a person is told that a file can't be used."""
    assert code in (1, 2)
    assert out == ""
    assert err.startswith("cmq: ")
    assert err.count("\n") == 1
    assert err.endswith("\n")
    assert err[:-1].isprintable(), "nothing that a terminal would obey"
    assert "Traceback" not in err
    assert len(err) < 1000


def test_there_are_as_many_files_as_promised():
    assert len(FILES) >= 60


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_a_hostile_file_ends_in_one_line_of_the_real_program(content, tmp_path):
    done = process("list", "--registry", written(tmp_path, content))
    one_clear_line(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_validate_tells_what_is_wrong_and_obeys_nothing(content, tmp_path):
    code, out, err = cmq("validate", written(tmp_path, content), terminal=True)
    assert code == 1
    assert err == ""
    assert "Traceback" not in out
    assert out.replace("\n", "").isprintable()


@pytest.mark.parametrize(
    "text", ["[bold red]Campus[/]", "=1+2", "@SUM(A1)", "{name}", "%s", "$(touch x)", "'; DROP TABLE campus; --", "<b>"]
)
def test_text_that_is_only_odd_is_shown_as_it_is(text, tmp_path):
    name = written(tmp_path, changed((NAME, text)))
    code, out, _ = cmq("list", "--registry", name, "--city", "besançon", terminal=True)
    assert code == 0
    assert text in out
    _, out, _ = cmq("list", "--registry", name, "--city", "besançon", "--json", "--fields", "name")
    assert json.loads(out) == [{"name": text}]


@pytest.mark.parametrize("name", ["", "no-such-file.json", "a\0b", "x" * 5000, ".", "\udc80.json"])
def test_a_name_that_is_no_file_ends_in_one_line(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    one_clear_line(*cmq("list", "--registry", name))


@pytest.mark.skipif(sys.platform == "win32", reason="these are files of Unix")
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/urandom"])
def test_a_device_is_refused_soon(device):
    done = process("list", "--registry", device)
    one_clear_line(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes on Windows")
@pytest.mark.parametrize("sent", [b"", BUNDLED[:3000]])
def test_a_named_pipe_that_closes_early_is_refused(sent, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes(sent), daemon=True)
    writer.start()
    done = process("list", "--registry", str(pipe))
    writer.join(timeout=10)
    one_clear_line(done.returncode, done.stdout.decode(), done.stderr.decode())


def test_standard_input_that_never_ends_is_refused():
    endless = subprocess.Popen([sys.executable, "-c", "while True: print(' ' * 65536)"], stdout=subprocess.PIPE)
    try:
        done = process("list", "--registry", "-", stdin=endless.stdout)
    finally:
        endless.kill()
        endless.stdout.close()
        endless.wait()
    one_clear_line(done.returncode, done.stdout.decode(), done.stderr.decode())
