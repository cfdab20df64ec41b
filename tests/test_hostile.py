"""Files that nobody vouches for: each ends in exit 1 or 2 and one clear line, whatever command is given it."""

import csv
import gzip
import io
import json
import os
import subprocess
import sys
import threading
import zipfile
from itertools import cycle
from xml.etree import ElementTree

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
    return TEXT.replace('"latitude": 47.2488', f'"latitude": {text}')


def with_wave(text):
    return TEXT.replace('"wave": 4', f'"wave": {text}', 1)


def zipped(name):
    """Return an archive with a registry in it, as office programs write their files too."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, BUNDLED)
    return archive.getvalue()


def many(number, **fields):
    """Return a registry of many campuses that all have something wrong."""
    content = document()
    one = content["campuses"][0]
    return {**content, "campuses": [{**one, "id": f"a-{at:05}", **fields} for at in range(number)]}


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
    "two encodings": BUNDLED[:5000] + "é".encode("latin-1") + BUNDLED[5000:],
    "letters in more bytes than they need": BUNDLED.replace("é".encode(), b"\xc1\xa9", 1),
    "halves of a character as UTF-8": BUNDLED.replace("é".encode(), b"\xed\xa0\xbd", 1),
    "UTF-16 from its big end": BUNDLED.decode().encode("utf-16-be"),
    "EBCDIC": BUNDLED.decode().encode("cp500", "replace"),
    "a byte order mark before a CSV": "\ufeffid;nom\nplasti-campus;Plasti Campus\n",
    "gzip": gzip.compress(BUNDLED),
    "zip": zipped("registry.json"),
    "a workbook": zipped("xl/workbook.xml"),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "a page": "<!DOCTYPE html><title>Campus</title>",
    "a CSV": "id;name\nplasti-campus;Plasti Campus\n",
    "YAML": "schema_version: 1\n",
    "Python": "__import__('os').system('echo never')",
    "a pickle": b"\x80\x04\x95\x1f\0\0\0\0\0\0\0\x8c\x05posix\x8c\x06system\x93\x8c\x0aecho never\x85R.",
    "JSON for a browser": f"campuses({TEXT});",
    "a pointer of Git LFS": "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
    "a conflict of Git": TEXT.replace('"data_version"', '\n<<<<<<< HEAD\n"data_version"', 1),
    "coloured JSON": f"\x1b[1m{TEXT}",
    # JSON, but no registry
    "null": "null",
    "a number": "1",
    "a text": '"campus"',
    "a list": "[]",
    "an object": "{}",
    "an object of nothing known": '{"a": 1}',
    "a list of campuses": document()["campuses"],
    "one campus alone": document()["campuses"][0],
    "a registry in a list": [document()],
    "a registry in an object": {"registry": document()},
    "GeoJSON": {"type": "FeatureCollection", "features": []},
    "two objects": TEXT + TEXT,
    "something after the end": TEXT + "fin",
    "a control code after the end": TEXT + "\x1a",
    "a Python dict": repr(document()),
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
    "deep in the address of the schema": '{"$schema": ' + "[" * DEEP + "]" * DEEP + "," + TEXT[1:],
    "as deep as is parsed": TEXT.replace('"aliases": []', f'"aliases": {"[" * 950}{"]" * 950}', 1),
    "a name of 1 MB": {**document(), "x" * 1_000_000: 1},
    "an id of 1 MB": changed((f"{BESANCON}.id", "a-" * 500_000 + "A")),
    "an address of 2 MB": changed((f"{BESANCON}.website", "http://" + "a." * 1_000_000)),
    "a date of 1 MB": changed((f"{BESANCON}.labelled_on", "2" * 1_000_000)),
    "backslashes of 15 MB": '{"a": "' + "\\\\" * 7_500_000 + '"}',
    "quotes of 15 MB": "{" + '"' * 15_000_000,
    "escaped quotes and colons": '{"a": "' + '\\":' * 5_000_000 + '"}',
    "line breaks of 50 MB": "{" + "\n" * 50_000_000 + "}",
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
    "thousands of wrong values": many(3_000, wave="1", latitude="x", city=1),
    "thousands of references to nothing": many(6_000, sectors=["nowhere"]),
    "thousands of the same id": many(6_000, id="a"),
    "thousands of the same text": changed((f"{BESANCON}.sectors", ["bois"] * 50_000)),
    "a long number": '{"schema_version": ' + "9" * 1_000_000 + "}",
    "a number beyond floats": with_number("1e999"),
    "a huge latitude": with_number("1e308"),
    "NaN": with_number("NaN"),
    "Infinity": with_number("-Infinity"),
    "a long exponent": with_number("1e" + "9" * 5_000),
    "a number of 500 digits": with_wave("9" * 500),
    "a number of 4,000 digits": with_wave("9" * 4_000),
    "a number in base 16": with_wave("0x4"),
    "a number with a sign": with_wave("+4"),
    "a number that begins with a point": with_wave(".4"),
    "a number in wide digits": with_wave("４"),
    "a fraction that is whole": with_wave("4e0"),
    "a word of another language": with_wave("undefined"),
    "a latitude in words": with_number('"47.2488"'),
    "a latitude that is true": with_number("true"),
    # a field or record twice
    "a field twice": '{"schema_version": 1, ' + TEXT.lstrip("{ \n"),
    "a field twice by an escape": with_wave('4, "w\\u0061ve": 5'),
    "a field twice with the same value": with_wave('4, "wave": 4'),
    "the schema twice": '{"$schema": "a", "$schema": "b", ' + TEXT[1:],
    "a sector twice": changed((f"{BESANCON}.sectors", ["systemes-innovants-mecatronique"] * 2)),
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
    "an escape sequence in the address of the schema": {"$schema": "\x1b[31m", **document()},
    "a bidi override in a field's name": {**document(), "\u202ered": 1},
    "half a character in a field's name": TEXT.replace('"aliases"', '"aliases\\ud800"', 1),
    "a field without a name": {**document(), "": 1},
    "nothing that can be seen": changed((NAME, "\u3164\u2800")),
    "only a wide space": changed((NAME, "\u3000")),
    "a mark of the byte order in a name": changed((NAME, "\ufeffCampus")),
    "a null in an id": changed((f"{BESANCON}.id", "a\0b")),
    "a line break at the end of an id": changed((f"{BESANCON}.id", "campus\n")),
    "an id with accents": changed((f"{BESANCON}.id", "besançon")),
    "a path for an id": changed((f"{BESANCON}.id", "../../etc/passwd")),
    "a link that is no web page": changed((f"{BESANCON}.website", "javascript:alert(1)")),
    # facts that can't be
    "no such day": changed((f"{BESANCON}.labelled_on", "2017-02-30")),
    "a date without its zeros": changed((f"{BESANCON}.labelled_on", "2017-2-3")),
    "a date in other digits": changed((f"{BESANCON}.labelled_on", "٢٠١٧")),
    "a date with a line break": changed((f"{BESANCON}.labelled_on", "2017-02-13\n")),
    "a date before all years": changed((f"{BESANCON}.labelled_on", "0000-01-01")),
    "a day of the data in no month": changed(("data_version", "2026-00-23")),
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


ODD = [
    "[bold red]Campus[/] [link=https://cmq.fr]x[/link] :smile:",
    '=HYPERLINK("https://cmq.fr";"x")',
    "</script><script>alert(1)</script><img src=x onerror=alert(1)>&amp;",
    "| a | *b* | _c_ # `d` \\",
    "a;b,c\"d'e",
    "مرحبا بالعالم",
    "{name} %s ${x} $(id)",
    "a" + "\u0301" * 50,
    "x" * 9_000,
]
COMMAND_LINES = [
    ["list"],
    ["show", "plasti-campus"],
    ["count", "--by", "region", "--by", "sector"],
    ["map"],
    ["waves", "4"],
    ["figures"],
    ["sectors"],
    ["sources"],
]


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    """A right registry whose texts are what a form or a terminal might take for something else."""
    content, texts = document(), cycle(ODD)
    for records, fields in (
        (content["campuses"], ("name", "city", "lead_institution", "description", "notes")),
        (content["sources"], ("title", "publisher")),
        (content["sectors"], ("label",)),
        (content["waves"], ("call_reference", "notes")),
        (content["figures"], ("label", "unit", "outcome")),
    ):
        for record in records:
            record.update({field: next(texts) for field in fields if record[field] is not None})
    return written(tmp_path_factory.mktemp("odd"), content)


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv", "tsv", "md", "html", "svg"])
def test_an_odd_text_breaks_out_of_no_form(odd, form):
    for line in COMMAND_LINES if form not in ("html", "svg") else [["map"]]:
        code, out, err = cmq(*line, "--registry", odd, "--format", form)
        assert code == 0, err
        assert not set(out) & {"\x1b", "\x07", "\x9b", "\x00"}
        if form == "json":
            json.loads(out)
        elif form == "jsonl":
            assert all(isinstance(json.loads(row), dict) for row in out.splitlines())
        elif form == "csv":
            assert len({len(row) for row in csv.reader(io.StringIO(out, newline=""))}) == 1
        elif form == "tsv":
            assert len({row.count("\t") for row in out.splitlines()}) == 1
        elif form == "html":
            assert "<script>alert" not in out
            assert "<img src=x" not in out
        elif form == "svg":
            assert ElementTree.fromstring(out).tag.endswith("svg")


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
