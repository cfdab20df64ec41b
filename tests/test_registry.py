"""A registry of one's own: read by every command, from a file or from standard input, and only when it is right."""

import gc
import io
import json
import os
import sys
import threading
import unicodedata
from dataclasses import asdict
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cmq_cli import document as documents
from cmq_cli import facts, model, reading, registry, validation
from cmq_cli.cli import COMMANDS
from cmq_cli.errors import RegistryError
from cmq_cli.registry import build, data_file, load
from registries import BESANCON, BUNDLED, WHOLE, as_bytes, changed, cmq, document, process, written

NEEDED = {"show": ["besancon"], "near": ["besançon"], "validate": []}


@pytest.fixture(autouse=True)
def _thaw():
    """Let Python look for garbage again among what a registry left behind."""
    yield
    gc.unfreeze()


# Every command


def mine():
    """Return a right registry that can be told from the bundled one in every answer."""
    content = changed(
        (f"{BESANCON}.name", "À moi"),
        ("waves[1].notes", "À moi"),
        ("figures[places-bts].label", "À moi"),
        ("territories.regions[27].abbreviations", ["À moi"]),
        ("sources[bo-2017-07].title", "À moi"),
    )
    content["sectors"][0]["label"] = "À moi"
    return content


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_answers_from_the_file_the_environment_or_standard_input(command, tmp_path):
    """Through the real program: the three give the same answer, which is not that of the bundled registry."""
    arguments = [command, *NEEDED.get(command, []), "--json"]
    name = written(tmp_path, as_bytes(mine(), indent=2))
    by_name = process(*arguments, "--registry", name)
    by_environment = process(*arguments, environ={"CMQ_REGISTRY": name})
    with Path(name).open("rb") as file:
        by_input = process(*arguments, "--registry", "-", stdin=file)
    assert by_name.returncode == 0
    assert by_environment.stdout == by_input.stdout == by_name.stdout
    assert (b"CMQ_REGISTRY" in by_environment.stderr) == (command not in ("validate", "schema"))
    assert b"CMQ_REGISTRY" not in by_name.stderr + by_input.stderr
    signs = {"count": f'"count": {len(mine()["campuses"])}', "validate": "[]", "schema": "2020-12"}
    assert signs.get(command, "À moi") in by_name.stdout.decode()


@pytest.mark.parametrize("command", [command for command in COMMANDS if command != "validate"])
def test_the_bundled_file_answers_like_the_bundled_registry(command):
    arguments = [command, *NEEDED.get(command, []), "--json"]
    assert cmq(*arguments, "--registry", data_file("campuses.json")) == cmq(*arguments)


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_prints_anything_of_a_file_that_is_wrong(command, tmp_path):
    wrong = written(tmp_path, changed(("campuses[plasti-campus].latitude", 91)))
    code, out, err = cmq(command, *NEEDED.get(command, []), "--registry", wrong, "--json")
    assert code == 1
    assert "Besançon" not in out
    assert err.startswith(f"cmq: {wrong!r} is not a valid registry: ") or command == "validate"
    assert err.count("\n") == 1
    if command != "validate":
        assert out == ""
        assert (
            "campuses[plasti-campus].latitude (value: 91): Degrees from -90 to 90 are wanted, without quotes: 47.2488. "
            "Correct it, or write null where it is not known."
        ) in err


def test_the_option_wins_over_the_environment_and_an_empty_environment_means_nothing(tmp_path, monkeypatch):
    mine = written(tmp_path, document())
    monkeypatch.setenv("CMQ_REGISTRY", str(tmp_path / "nowhere.json"))
    assert cmq("count")[0] == 1
    assert cmq("count", "--registry", mine)[:2] == (0, f"{len(document()['campuses'])}\n")
    monkeypatch.setenv("CMQ_REGISTRY", "")
    assert cmq("count")[:2] == (0, f"{len(WHOLE['campuses'])}\n")


@pytest.mark.parametrize("form", [[], ["--json"], ["--fields", "name"], ["--limit", "1"]])
def test_a_registry_that_the_environment_names_is_not_forgotten(tmp_path, monkeypatch, form):
    """Neither on a terminal nor in a pipe, whose standard output stays pure."""
    name = written(tmp_path, document())
    said = f"cmq: The registry asked is {name!r}, as CMQ_REGISTRY says, not the bundled one.\n"
    named = [cmq("list", "plasti", *form, "--registry", name, terminal=terminal) for terminal in (True, False)]
    monkeypatch.setenv("CMQ_REGISTRY", name)
    found = [cmq("list", "plasti", *form, terminal=terminal) for terminal in (True, False)]
    assert found == [(code, out, err + said) for code, out, err in named]


def test_a_registry_of_one_campus_or_without_waves_is_spoken_of_rightly(tmp_path):
    content = document()
    campus = next(each for each in content["campuses"] if each["wave"] is None)
    name = written(tmp_path, {**content, "waves": [], "campuses": [campus]})
    assert " documents 1 campus, " in cmq("list", "--registry", name, terminal=True)[1]
    assert cmq("list", "--wave", "4", "--registry", name)[2] == (
        "cmq: Unknown wave '4'. Give one of: none. See: cmq waves\n"
    )
    assert cmq("waves", "4", "--registry", name)[::2] == (
        1,
        "cmq: The registry has no waves. Add them to it, or ask another one.\n",
    )


@pytest.mark.parametrize("command", ["list", "schema", "validate"])
def test_no_answer_is_written_over_the_registry_that_it_comes_from(tmp_path, monkeypatch, command):
    name = written(tmp_path, BUNDLED)
    (tmp_path / "folder").mkdir()
    link = tmp_path / "folder" / ".." / Path(name).name
    refused = f"cmq: --output names the registry itself: {link}. Give another file for the answer.\n"
    assert cmq(command, "--registry", name, "-o", link) == (2, "", refused)
    if command == "validate":
        assert cmq(command, name, "-o", link) == (2, "", refused)
    monkeypatch.setenv("CMQ_REGISTRY", name)
    assert cmq(command, "-o", link)[0] == 2
    assert Path(name).read_bytes() == BUNDLED
    assert cmq(command, "-o", tmp_path / "other.json")[0] == 0


@pytest.mark.parametrize("line", [("list",), ("validate", "-")])
def test_no_answer_is_written_over_the_registry_on_standard_input(tmp_path, monkeypatch, line):
    name = written(tmp_path, BUNDLED)
    with Path(name).open(encoding="utf-8") as file:
        monkeypatch.setattr("sys.stdin", file)
        assert cmq(*line, "--registry", "-", "-o", name)[:2] == (2, "")
    assert Path(name).read_bytes() == BUNDLED


@pytest.mark.parametrize("command", ["list", "schema"])
def test_no_answer_is_written_over_the_bundled_registry(tmp_path, monkeypatch, command):
    name = written(tmp_path, BUNDLED)
    monkeypatch.setattr("cmq_cli.registry.data_file", lambda _: Path(name))
    assert cmq(command, "-o", name)[:2] == (2, "")
    assert Path(name).read_bytes() == BUNDLED


@pytest.mark.parametrize("line", [("show", "nimes"), ("list", "--sector", "x"), ("sources", "x"), ("waves", "9")])
def test_what_is_not_found_in_a_registry_of_the_environment_says_which_that_was(tmp_path, monkeypatch, line):
    monkeypatch.setenv("CMQ_REGISTRY", written(tmp_path, document()))
    code, out, err = cmq(*line)
    assert (code in (1, 2), out, err.count("\n")) == (True, "", 1)
    assert "as CMQ_REGISTRY says, not the bundled one.)\n" in err


@pytest.mark.parametrize("command", COMMANDS)
def test_a_missing_registry_of_the_environment_says_who_named_it(tmp_path, monkeypatch, command):
    monkeypatch.setenv("CMQ_REGISTRY", str(tmp_path / "nowhere.json"))
    code, out, err = cmq(command, *NEEDED.get(command, []), "--json")
    assert code == 1
    assert "There is no file" in out + err
    assert ("as CMQ_REGISTRY says, not the bundled one.)\n" in err) == (command != "validate")


def test_standard_input_may_be_named_by_the_environment(monkeypatch):
    done = process("count", environ={"CMQ_REGISTRY": "-"}, input=BUNDLED)
    said = b"cmq: The registry asked is standard input, as CMQ_REGISTRY says, not the bundled one."
    number = str(len(WHOLE["campuses"])).encode()
    assert (done.returncode, done.stdout, done.stderr.splitlines()) == (0, number + b"\n", [said])


@pytest.mark.parametrize("by", ["--registry", "CMQ_REGISTRY"])
def test_who_is_sent_to_the_schema_by_a_wrong_registry_is_told_how_to_see_it(tmp_path, monkeypatch, by):
    wrong = written(tmp_path, {})
    if by == "CMQ_REGISTRY":
        monkeypatch.setenv(by, wrong)
    code, out, err = cmq("schema", *([by, wrong] if by == "--registry" else []))
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert " The schema is the same for every registry: without --registry and CMQ_REGISTRY it is shown." in err


def test_several_errors_are_counted_and_the_first_is_told(tmp_path):
    wrong = written(tmp_path, changed(("campuses[plasti-campus].wave", 9), (f"{BESANCON}.labelled_by", "2018")))
    assert cmq("list", "--registry", wrong) == (
        1,
        "",
        f"cmq: {wrong!r} is not a valid registry: 3 errors (see: cmq validate {wrong}), the first: "
        f'{BESANCON}.labelled_by (value: "2018"): '
        "labelled_on says when the label began, so that labelled_by says nothing more. Write null.\n",
    )


def test_a_file_of_the_future_says_to_update_and_nothing_else(tmp_path):
    future = changed(("schema_version", 2), ("campuses", {"by": "region"}), ("data_version", 3))
    code, out, err = cmq("list", "--registry", written(tmp_path, future))
    assert (code, out) == (1, "")
    assert "later version of cmq" in err
    assert "Update cmq as its README says." in err
    assert len(validation.check(as_bytes(future)).errors) == 1


@pytest.mark.parametrize("version", [0, -1, "1", None, 1.0, True])
def test_no_other_version_is_read(version):
    assert [error.path for error in validation.check(as_bytes(changed(("schema_version", version)))).errors] == [
        "schema_version"
    ]


# The same registry, however it is written


def _respelled(content, **options):
    return bytearray(json.dumps(content, **options).encode())


SPELLINGS = {
    "compact": _respelled(WHOLE, ensure_ascii=False, separators=(",", ":")),
    "escaped": _respelled(WHOLE),
    "tabs": _respelled(WHOLE, indent="\t"),
    "spaces before colons": _respelled(WHOLE, indent=1, separators=(" ,\r\n", " \t: ")),
    "fields in another order": _respelled({name: WHOLE[name] for name in reversed(WHOLE)}),
    "sorted fields": _respelled(WHOLE, sort_keys=True),
    "schema first": _respelled({"$schema": "campuses.schema.json", **WHOLE}, indent=2),
    "schema first, spread": bytearray(b' \n{\n\n "$schema"\t:\n"s" , ' + BUNDLED.lstrip()[1:]),
    "schema last": _respelled({**WHOLE, "$schema": "campuses.schema.json"}),
}


@pytest.mark.parametrize("name", SPELLINGS)
def test_it_doesnt_matter_how_a_file_is_written(name):
    data = SPELLINGS[name]
    before = bytes(data)
    checked = validation.check(data)
    assert checked.errors == []
    assert checked.registry == load()
    assert data == before
    assert (validation._read(data) is None) == (name == "schema last")


@pytest.mark.parametrize(
    "text", ['a":', '"":"":', '\\":', 'a\\\\":b', '{"id": 1, "id" : 2}', '"\t:'.replace("\t", " ")]
)
def test_quotes_and_colons_in_a_text_are_no_fields(text):
    data = as_bytes(changed((f"{BESANCON}.notes", text), (f"{BESANCON}.description", text * 3)))
    assert validation._read(data) is not None
    assert validation.check(data).errors == []


TWICE = [
    (b'"data_version":', "data_version"),
    (b'"facts":', "licence.facts"),
    (b'"overseas":', "territories.regions[01].overseas"),
    (b'"candidacies":', "waves[1].candidacies"),
    (b'"wave_basis":', "campuses[aerocampus-auvergne].wave_basis"),
    (b'"quote":', "waves[1].sources[bo-2013-20].quote"),
]


@pytest.mark.parametrize("space", [b"", b" ", b"\n\t"])
@pytest.mark.parametrize(("name", "path"), TWICE, ids=[path for _, path in TWICE])
def test_a_field_that_occurs_twice_is_an_error(name, path, space):
    """Neither JSON nor pydantic minds; but which of two facts is meant, nobody can tell."""
    name, _, colon = name.rpartition(b":")
    data = BUNDLED.replace(name + b":", name + space + b": null, " + name + space + b":", 1)
    found = validation.check(bytearray(data)).errors
    assert ("This field occurs twice; only the last one would count.", path) in [
        (error.message, error.path) for error in found
    ]
    assert colon == b""


def test_a_field_twice_and_one_that_hides_it_from_a_count_are_both_seen():
    sly = BUNDLED.replace(b'"notes": null', b'"notes": null, "notes": null, "x\\\\": 1', 1)
    found = {(error.message, error.path.rpartition(".")[2]) for error in validation.check(bytearray(sly)).errors}
    assert ("There is no field of this name.", "x\\\\") in found
    assert validation._read(bytearray(sly)) is None


@pytest.mark.parametrize("value", [1, None, "\x1b[31m", ["a"]])
def test_the_address_of_the_schema_is_a_text(value):
    for content in ({"$schema": value, **document()}, {**document(), "$schema": value}):
        assert [error.path for error in validation.check(as_bytes(content)).errors] == ["$schema"]


def test_the_bundled_file_may_name_its_schema_or_not(monkeypatch, tmp_path):
    for content in (WHOLE, {"$schema": "campuses.schema.json", **WHOLE}):
        written(tmp_path, content, "campuses.json")
        monkeypatch.setattr(registry, "data_file", lambda name: tmp_path / name)
        assert load() == build(model.Registry, WHOLE)


# Reading


def refusal(name):
    with pytest.raises(RegistryError) as caught:
        load(str(name))
    return str(caught.value)


def test_what_cant_be_read_says_what_to_do(tmp_path):
    missing = tmp_path / "missing.json"
    assert refusal(missing) == f"There is no file {str(missing)!r}. Give the name of a registry file."
    assert refusal(tmp_path) == f"{str(tmp_path)!r} is a directory. Give the name of a registry file."
    assert refusal("") == "The name of the registry file is empty. Give the name of a registry file."
    assert refusal("a\0b") == "'a\\x00b' is no name of a file. Give the name of a registry file."
    assert "can't be read (File name too long)" in refusal("x" * 100_000)
    assert "can't be read (Not a directory)" in refusal(f"{written(tmp_path, document())}/x")


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are those of Unix")
def test_a_file_without_permission_says_so(tmp_path):
    name = written(tmp_path, document())
    Path(name).chmod(0)
    is_root = os.geteuid() == 0
    if is_root:  # who may read everything
        os.seteuid(65534)
    try:
        assert refusal(name) == f"{name!r} may not be read. Change its permissions: chmod +r {name}"
    finally:
        if is_root:
            os.seteuid(0)


def test_a_file_larger_than_any_registry_is_not_read(tmp_path):
    sparse = tmp_path / "sparse.json"
    with sparse.open("wb") as file:
        file.truncate(2**40)  # a terabyte of nothing
    assert refusal(sparse) == (
        f"{str(sparse)!r} is larger than 320 MiB, the most that is read. Give the name of a registry file."
    )


def test_a_hundred_thousand_campuses_are_below_the_limits():
    each = len(as_bytes(WHOLE, indent=2)) / len(WHOLE["campuses"])  # with its share of the sources, which is too much
    assert each * 100_000 < 1.2 * reading.MAX_BYTES
    campuses = as_bytes(WHOLE["campuses"], indent=2)
    assert len(campuses) / len(WHOLE["campuses"]) * 100_000 < 0.8 * reading.MAX_BYTES
    assert reading._weight(campuses) / len(WHOLE["campuses"]) * 100_000 < 0.8 * reading.MAX_WEIGHT
    assert campuses.count(b'"') * reading._BYTES_PER_QUOTE > 20 * len(campuses)
    assert reading._BYTES_PER_WEIGHT * 2 * reading._weight(campuses) < len(as_bytes(WHOLE["campuses"]))


@pytest.mark.parametrize("endless", [b'{"a": "', b" ", b'{"a": 1, '])
def test_an_endless_stream_is_refused_at_the_limit(monkeypatch, endless):
    taken = 0

    class Endless(io.RawIOBase):
        def read(self, size):
            nonlocal taken
            taken += size
            return (endless * size)[:size]

        def fileno(self):
            return os.open(os.devnull, os.O_RDONLY)

    monkeypatch.setattr(reading, "MAX_BYTES", 5_000_000)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=Endless()))
    assert refusal("-").startswith("Standard input is larger than")
    assert taken < 8_000_000


@pytest.mark.parametrize(("begins", "reads"), [(b"\0" * 4, 4), (b"\xff\xfe{\0", 4), (b"[[[[", 4), (b"   x", 4)])
def test_a_stream_that_is_no_registry_is_refused_when_that_is_clear(monkeypatch, begins, reads):
    class Slow(io.RawIOBase):
        def read(self, _):
            nonlocal reads
            assert reads > 0, "read on"
            reads -= 1
            return begins[3 - reads : 4 - reads]

        def fileno(self):
            return os.open(os.devnull, os.O_RDONLY)

    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=Slow()))
    assert "is not a valid registry" in refusal("-")
    assert reads == 0


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_a_person_who_types_a_registry_is_told_so_and_ends_it_once():
    keyboard, terminal = os.openpty()
    try:
        os.write(keyboard, b"{}\n\x04")  # Ctrl-D
        done = process("list", "--registry", "-", stdin=terminal)
    finally:
        os.close(terminal)
        os.close(keyboard)
    first, second = done.stderr.decode().splitlines()
    assert first == "cmq: Type or paste a registry, and end it with Ctrl-D on a line of its own."
    assert second.startswith(
        "cmq: Standard input is not a valid registry: 10 errors (see: cmq validate -), the first: "
    )


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes")
def test_a_pipe_that_delivers_byte_by_byte_is_read(tmp_path):
    data = bytes(as_bytes(document()))
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    def deliver():
        with pipe.open("wb", buffering=0) as file:
            for at in range(10):
                file.write(data[at : at + 1])
            file.write(data[10:])

    writer = threading.Thread(target=deliver)
    writer.start()
    found = load(str(pipe))
    writer.join()
    assert found == build(model.Registry, document())


@pytest.mark.parametrize("written_meanwhile", [b" ", b""], ids=["grows", "is touched"])
def test_a_file_that_changes_while_it_is_read_is_not_believed(monkeypatch, tmp_path, written_meanwhile):
    name = written(tmp_path, document())
    state = os.fstat
    times = 0

    def fstat(descriptor):
        nonlocal times
        times += 1
        if times == 2:
            with Path(name).open("ab") as file:
                file.write(written_meanwhile)
            os.utime(name, ns=(1, 1))
        return state(descriptor)

    monkeypatch.setattr(reading.os, "fstat", fstat)
    assert refusal(name) == f"{name!r} changed while it was read. Try again when it is written."


def test_too_little_memory_is_told(monkeypatch, tmp_path):
    def full(_):
        raise MemoryError

    monkeypatch.setattr(validation, "check", full)
    assert "too little memory" in refusal(written(tmp_path, document()))


def test_the_collector_is_as_it_was(tmp_path):
    name = written(tmp_path, document())
    load(name)
    assert gc.isenabled()
    gc.disable()
    try:
        load(name)
        assert not gc.isenabled()
    finally:
        gc.enable()


# Random registries

CLEAN = st.characters(exclude_categories=["Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"])
TEXTS = st.text(CLEAN, min_size=1, max_size=20).map(str.strip).filter(bool)
TEXTS = TEXTS.map(lambda text: unicodedata.normalize("NFC", text)).filter(lambda text: text == text.strip())
SLUGS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
DATES = st.dates(max_value=date(2026, 11, 23)).flatmap(
    lambda day: st.sampled_from([f"{day:%Y-%m-%d}".zfill(10), f"{day.year:04}-{day.month:02}", f"{day.year:04}"])
)
ADDRESSES = st.from_regex(r"https?://[a-z]{1,5}\.[a-z]{2,3}(/[a-zA-Z0-9%?=&#]{0,9})?", fullmatch=True)
LIST = st.lists(TEXTS, max_size=3, unique=True)


SECTORS = st.sampled_from([each["id"] for each in document()["sectors"]])


def maybe(strategy):
    return st.none() | strategy


def _cited(citation):
    return citation["source"], citation["quote"]


@st.composite
def registries(draw):
    """Draw a right registry: any texts, dates and numbers, all facts with a source."""
    content = document()
    ids = draw(st.lists(SLUGS, min_size=1, max_size=5, unique=True))
    content["sources"] = [
        {
            "id": each,
            "url": draw(maybe(ADDRESSES)),
            "title": draw(TEXTS),
            "publisher": draw(TEXTS),
            "published": draw(maybe(DATES)),
        }
        for each in sorted(ids)
    ]
    cited = st.fixed_dictionaries({"source": st.sampled_from(ids), "quote": maybe(TEXTS)})
    content["waves"] = draw(_waves(cited))
    content["milestones"] = []
    content["figures"] = [
        {
            "id": each,
            "label": draw(TEXTS),
            "value": draw(st.integers(-(10**15) + 1, 10**15 - 1)),
            "unit": draw(TEXTS),
            "period": draw(maybe(TEXTS)),
            "as_of": draw(DATES),
            "outcome": draw(maybe(TEXTS)),
            "notes": draw(maybe(TEXTS)),
            "sources": draw(st.lists(cited, max_size=2, unique_by=_cited)),
        }
        for each in sorted(draw(st.sets(SLUGS, max_size=2)))
    ]
    content["campuses"] = [draw(_campus(each, content, ids)) for each in sorted(draw(st.sets(SLUGS, max_size=3)))]
    return content


@st.composite
def _waves(draw, cited):
    waves, total = [], 0
    for number in range(1, draw(st.integers(1, 4))):
        announcements = []
        for new in draw(st.lists(st.integers(1, 100), max_size=2)):
            total += new
            announcements.append(
                {"on": draw(DATES), "new": new, "total": total, "basis": "stated", "note": draw(maybe(TEXTS))}
            )
        waves.append(
            {
                "number": number,
                "call_launched_on": draw(DATES),
                "call_reference": draw(TEXTS),
                "candidacies": draw(maybe(st.integers(0, 10**15 - 1))),
                "announcements": announcements,
                "new": sum(each["new"] for each in announcements),
                "total": total,
                "priorities": draw(LIST),
                "notes": draw(maybe(TEXTS)),
                "sources": draw(st.lists(cited, max_size=2, unique_by=_cited)),
            }
        )
    return waves


@st.composite
def _campus(draw, identifier, content, ids):
    places = content["territories"]
    department = draw(st.sampled_from([each for each in places["departments"] if each["academy"]]))
    region = next(each for each in places["regions"] if each["code"] == department["region_code"])
    has_city, dated, excellent = draw(st.booleans()), draw(st.booleans()), draw(st.booleans())
    wave = draw(st.sampled_from([None, *(each["number"] for each in content["waves"] if each["announcements"])]))
    campus = {
        "id": identifier,
        "name": draw(TEXTS),
        "aliases": draw(LIST),
        "region": region["name"],
        "region_code": region["code"],
        "academy": department["academy"],
        "academy_basis": "stated",
        "department_code": department["code"],
        "city": draw(TEXTS) if has_city else None,
        "city_code": "25056" if has_city else None,
        "latitude": draw(st.floats(-90, 90)) if has_city else None,
        "longitude": draw(st.floats(-180, 180)) if has_city else None,
        "lead_institution": draw(maybe(TEXTS)),
        "members": draw(LIST),
        "wave": wave,
        "wave_basis": wave and "stated",
        "labelled_on": draw(DATES) if dated else None,
        "labelled_by": None if dated else draw(maybe(DATES)),
        "sectors": draw(st.lists(SECTORS, min_size=1, max_size=2, unique=True)),
        "sectors_basis": "stated",
        "fields": draw(LIST),
        "excellence": excellent or draw(st.sampled_from([None, False])),
        "excellence_since": draw(maybe(DATES)) if excellent else None,
        "website": draw(maybe(ADDRESSES)),
        "description": draw(maybe(TEXTS)),
        "notes": draw(maybe(TEXTS)),
    }
    known = [field for field in facts.FACTS if campus[field] is not None and campus[field] != []]
    campus["sources"] = [{"source": draw(st.sampled_from(ids)), "supports": known, "quote": draw(maybe(TEXTS))}]
    return campus


MANY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@MANY
@given(registries())
def test_a_random_registry_is_written_validated_and_read_back_equal(content):
    original = build(model.Registry, content)
    text = documents.canonical(asdict(original))
    data = bytearray(text.encode())
    checked = validation.check(data)
    assert checked.errors == []
    assert checked.registry == original
    assert asdict(checked.registry) == json.loads(json.dumps(asdict(original)), object_hook=_tuples)
    assert list(documents.deviations(json.loads(text), data, "--fix")) == []
    assert documents.canonical(json.loads(text)) == text


def _tuples(record):
    return {name: tuple(value) if isinstance(value, list) else value for name, value in record.items()}


@MANY
@given(registries(), st.sampled_from(["table", "json", "csv", "md", "tsv"]))
def test_every_command_answers_from_a_random_registry(tmp_path_factory, content, form):
    mine = tmp_path_factory.getbasetemp() / "random.json"
    mine.write_bytes(as_bytes(content))
    lines = [
        ["list"],
        ["list", "--as-of", "2017"],
        ["list", "--missing", "city"],
        ["count", "--by", "wave", "--by", "sector"],
    ]
    lines += [
        ["count", "--by", "department"],
        ["waves"],
        ["figures"],
        ["sectors"],
        ["regions"],
        ["sources"],
        ["validate"],
        ["map"],
    ]
    lines += [["sources", "--unused"], ["near", "besançon"], ["sources", content["sources"][0]["id"]]]
    lines += [["show", campus["id"]] for campus in content["campuses"][:1]]
    lines += [["waves", str(wave["number"])] for wave in content["waves"][:1]]
    for line in lines:
        code, _, err = cmq(*line, "--registry", mine, "--format", form)
        assert code == 0, (line, err)


# Random damage

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=8) | st.sampled_from(facts.FACTS), inner, max_size=3)
    ),
    max_leaves=6,
)


DAMAGES = st.lists(
    st.tuples(
        st.lists(st.integers(0, 1000), min_size=1, max_size=5), st.sampled_from(["replace", "remove", "add"]), JSON
    ),
    min_size=1,
    max_size=4,
)
"""Where to go, step by step, what to do there, and what to put there."""


def damaged(damages):
    """Return a registry in some places of which stands anything at all."""
    content = document()
    for steps, what, value in damages:
        inside = content
        for step in steps[:-1]:
            within = [each for each in _values(inside) if isinstance(each, (dict, list)) and each]
            inside = within[step % len(within)] if within else inside
        key = (list(inside) if isinstance(inside, dict) else range(len(inside)))[steps[-1] % len(inside)]
        if what == "replace":
            inside[key] = value
        elif what == "remove":
            del inside[key]
        elif isinstance(inside, dict):
            inside[str(value)[:8]] = value
        else:
            inside.insert(0, value)
    return content


def _values(inside):
    return inside.values() if isinstance(inside, dict) else inside


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DAMAGES)
def test_the_hurried_and_the_patient_check_agree_on_random_damage(damages):
    data = as_bytes(damaged(damages))
    hurried = validation._read(data)
    patient = validation._patiently(json.loads(data))
    assert (hurried is not None) == patient.is_shaped, patient.errors
    checked = validation.check(data)
    assert (checked.registry is None) == bool(checked.errors)
    assert checked.errors == patient.errors
    for error in checked.errors:
        assert (error.path + error.message + error.value + error.remedy).isprintable()
        assert error.message
        assert error.remedy
