"""`cmq validate`: every problem, how to mend it, and a file rewritten without a fact lost."""

import copy
import csv
import io
import json
import os
import random
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cmq_cli import document as documents
from cmq_cli import reading, seats, validation
from cmq_cli.output.records import names
from cmq_cli.problems import Problem, shown_value, spelled
from registries import BESANCON, BUNDLED, GONE, WHOLE, as_bytes, changed, cmq, document, process, written

FIELDS = ["severity", "kind", "record", "path", "message", "value", "remedy"]


def found(name, *options):
    code, out, err = cmq("validate", name, "--json", *options)
    assert err.startswith("cmq: ")
    return code, json.loads(out)


@pytest.fixture
def wrong(tmp_path):
    """A file with four errors in two campuses and a source."""
    content = changed(
        (f"{BESANCON}.labelled_on", "2017-02-30"),
        (f"{BESANCON}.sectors", ["mecatronique"]),
        ("campuses[plasti-campus].wave", "1"),
        ("sources[bo-2017-07].url", "bo"),
    )
    return written(tmp_path, as_bytes(content, indent=2))


@pytest.fixture
def untidy(tmp_path):
    """A right file that is not canonical: order of a list, of fields, form, and texts."""
    content = changed((f"{BESANCON}.description", " Campus  "), (f"{BESANCON}.notes", "Besanc\u0327on"))
    content["sources"].append(content["sources"].pop(0))
    content["campuses"][0] = dict(reversed(content["campuses"][0].items()))
    return written(tmp_path, as_bytes(content, indent=4))


def test_a_right_file_has_no_problem(tmp_path):
    name = written(tmp_path, BUNDLED)
    assert cmq("validate", name, "--json") == (0, "[]\n", f"cmq: {name!r} is a valid registry.\n")
    assert cmq("validate", name, terminal=True) == (0, f"{name!r} is a valid registry.\n", "") or len(name) > 60
    assert cmq("validate", name)[1] == "\t".join(FIELDS) + "\n"


def test_every_problem_is_told_and_errors_make_exit_1(wrong):
    code, problems = found(wrong)
    assert code == 1
    assert list(names(Problem)) == FIELDS == list(problems[0])
    assert [(each["severity"], each["kind"], each["record"], each["path"], each["value"]) for each in problems] == [
        ("error", "source", "bo-2017-07", "sources[bo-2017-07].url", '"bo"'),
        (
            "error",
            "campus",
            "microtechniques-systemes-intelligents",
            "campuses[microtechniques-systemes-intelligents].labelled_on",
            '"2017-02-30"',
        ),
        (
            "error",
            "campus",
            "microtechniques-systemes-intelligents",
            "campuses[microtechniques-systemes-intelligents].sectors[#1]",
            '"mecatronique"',
        ),
        ("error", "campus", "plasti-campus", "campuses[plasti-campus].wave", '"1"'),
    ]
    assert all(each["message"] and each["remedy"] for each in problems)
    assert cmq("validate", wrong)[2] == f"cmq: {wrong!r} is not a valid registry. Errors: 4. Warnings: 0.\n"


def test_warnings_stand_apart_and_dont_make_exit_1(untidy):
    code, problems = found(untidy)
    assert code == 0
    assert {each["severity"] for each in problems} == {"warning"}
    assert [(each["path"], each["message"]) for each in problems] == [
        ("", "Line 2 is written in another form; the canonical one is indented by two spaces."),
        (f"sources[{document()['sources'][0]['id']}]", problems[1]["message"]),
        ("campuses[aerocampus-auvergne]", "The fields are not in their order: id comes before sources."),
        (f"{BESANCON}.description", "There is a space at one end of the text."),
        (f"{BESANCON}.notes", "Accents are written as characters of their own."),
    ]
    assert problems[1]["message"].endswith("the list is sorted by id.")
    remedies = [each["remedy"] for each in problems]
    assert remedies[:3] == [f"Run: cmq validate --fix {untidy}"] * 3
    assert [each["value"] for each in (problems[0], problems[2])] == ["", ""]
    assert cmq("validate", untidy)[2] == f"cmq: {untidy!r} is a valid registry. Warnings: 5.\n"


def test_errors_and_warnings_of_one_file_are_both_told(tmp_path):
    """A value that is wrong in itself hides no warning but those about itself."""
    content = changed(
        (f"{BESANCON}.labelled_on", "2017-02-30"),
        (f"{BESANCON}.wave", "4"),
        (f"{BESANCON}.notes", " a "),
        (f"{BESANCON}.city_code", "39198"),  # whose campus is in doubt anyway
        ("campuses[plasti-campus].city", "Dole"),
        ("campuses[plasti-campus].fields", GONE),
        ("sources[bo-2017-07].id", "\x1b[31m"),
    )
    content["campuses"].reverse()
    content["licence"] = dict(reversed(content["licence"].items()))
    code, problems = found(written(tmp_path, as_bytes(content, indent=4)))
    assert code == 1
    assert [each["path"] for each in problems if each["severity"] == "error"] == [
        "sources[\\u001b[31m].id",
        "campuses[plasti-campus].fields",
        f"{BESANCON}.wave",
        f"{BESANCON}.labelled_on",
    ]
    assert [(each["path"], each["message"]) for each in problems if each["severity"] == "warning"] == [
        ("", "Line 2 is written in another form; the canonical one is indented by two spaces."),
        ("licence", "The fields are not in their order: facts comes before coordinates."),
        ("sources[\\u001b[31m]", problems[6]["message"]),
        (problems[7]["path"], problems[7]["message"]),
        (f"{BESANCON}.notes", "There is a space at one end of the text."),
    ]
    assert problems[6]["message"].endswith("; the list is sorted by id.")
    assert problems[7]["message"].endswith("; the list is sorted by id.")
    assert problems[7]["path"].startswith("campuses[")


@pytest.mark.parametrize("value", ["NaN", "1e999", '"a\\ud800"', "1" * 300], ids=lambda text: text[:9])
def test_what_cant_be_written_again_hides_the_form_and_nothing_else(tmp_path, value):
    content = changed((f"{BESANCON}.wave", "WAVE"), (f"{BESANCON}.name", " Campus"))
    code, problems = found(written(tmp_path, as_bytes(content, indent=2).replace(b'"WAVE"', value.encode())))
    assert code == 1
    assert [(each["severity"], each["path"]) for each in problems] == [
        ("error", f"{BESANCON}.wave"),
        ("warning", f"{BESANCON}.name"),
    ]


@pytest.mark.parametrize("width", ["60", "100"])
def test_a_person_sees_problems_by_record_with_a_count(wrong, snapshot, width, monkeypatch):
    monkeypatch.chdir(Path(wrong).parent)
    code, out, err = cmq("validate", "registry.json", terminal=True, COLUMNS=width)
    assert (code, err) == (1, "")
    assert max(map(len, out.splitlines())) <= int(width)
    snapshot(f"validate-{width}.txt", out)


def test_a_narrow_window_shows_whole_words_of_every_problem(wrong, monkeypatch):
    monkeypatch.chdir(Path(wrong).parent)
    words = {width: cmq("validate", "registry.json", terminal=True, COLUMNS=str(width))[1] for width in (30, 400)}
    assert max(map(len, words[30].splitlines())) <= 30
    assert "".join(words[30].split()) == "".join(words[400].split())


def test_a_person_sees_warnings_apart(untidy, monkeypatch):
    monkeypatch.chdir(Path(untidy).parent)
    _, out, _ = cmq("validate", "registry.json", terminal=True, COLUMNS="100")
    assert "Errors" not in out
    assert "Warnings (5)" in out
    assert out.endswith("'registry.json' is a valid registry. Warnings: 5.\n")


def test_the_ordinary_forms_hold(wrong, tmp_path):
    _, problems = found(wrong)
    rows = list(csv.DictReader(io.StringIO(cmq("validate", wrong, "--csv")[1])))
    assert rows == problems
    assert cmq("validate", wrong, "--fields", "path,value")[1].splitlines()[1] == 'sources[bo-2017-07].url\t"bo"'
    code, out, _ = cmq("validate", wrong, "-o", tmp_path / "problems.json")
    assert (code, out) == (1, "")
    assert json.loads((tmp_path / "problems.json").read_text(encoding="utf-8")) == problems
    assert cmq("validate", wrong, "--format", "geojson")[0] == 2


def test_a_file_that_is_no_json_is_one_problem_with_its_place(tmp_path):
    code, problems = found(written(tmp_path, '{"schema_version": 1,\n "data_version": }'))
    assert code == 1
    assert problems == [
        {
            "severity": "error",
            "kind": "file",
            "record": None,
            "path": "line 2, column 18",
            "message": "A value is missing here, or isn't written as JSON.",
            "value": "",
            "remedy": "Write a value, or null.",
        }
    ]


@pytest.mark.parametrize("fix", [[], ["--fix"]])
@pytest.mark.parametrize("name", ["missing.json", "", "x" * 5000, "a\0b"])
def test_that_a_file_cant_be_read_is_a_problem_too(name, fix, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, problems = found(name, *fix)
    assert code == 1
    assert [(each["kind"], each["record"], each["path"], each["value"]) for each in problems] == [
        ("file", None, "", "")
    ]
    assert all(each["message"] and each["remedy"] == "Give the name of a registry file." for each in problems)
    code, out, err = cmq("validate", name, *fix, terminal=True)
    assert (code, err) == (1, "")
    assert "Give the name of a registry file." in out


def test_the_file_is_named_by_the_argument_the_option_or_the_environment(wrong, tmp_path, monkeypatch):
    right = written(tmp_path, BUNDLED, "right.json")
    assert cmq("validate", "--registry", wrong)[0] == 1
    monkeypatch.setenv("CMQ_REGISTRY", wrong)
    assert cmq("validate")[0] == 1
    assert cmq("validate", right)[0] == 0
    monkeypatch.delenv("CMQ_REGISTRY")
    assert cmq("validate") == (2, "", "cmq: Which file? Give its name: cmq validate FILE\n")
    assert cmq("validate", right, "--registry", right)[0] == 0
    two = "cmq: FILE and --registry name two files. Give one of them.\n"
    assert cmq("validate", right, "--registry", wrong) == (2, "", two)


def test_standard_input_is_validated(wrong):
    with Path(wrong).open("rb") as file:
        done = process("validate", "-", "--json", stdin=file)
    assert done.returncode == 1
    assert len(json.loads(done.stdout)) == 4
    assert done.stderr == b"cmq: Standard input is not a valid registry. Errors: 4. Warnings: 0.\n"


def test_many_problems_are_told_up_to_a_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(validation, "MOST", 100)
    content = document()
    content["campuses"] = [
        {**content["campuses"][0], "id": f"a-{at}", "wave": "1"} for at in range(validation.MOST + 5)
    ]
    code, problems = found(written(tmp_path, content))
    assert code == 1
    assert len(problems) == validation.MOST
    assert problems[-1]["record"] == f"a-{validation.MOST - 1}"


# --fix


def test_fix_rewrites_the_form_and_nothing_else(untidy):
    before = json.loads(Path(untidy).read_bytes())
    code, out, err = cmq("validate", untidy, "--fix", "--json")
    assert code == 0
    assert f"{untidy!r} was rewritten in its canonical form." in err
    assert [each["path"] for each in json.loads(out)] == [f"{BESANCON}.description", f"{BESANCON}.notes"]
    text = Path(untidy).read_bytes().decode()
    after = json.loads(text)
    assert text == json.dumps(after, ensure_ascii=False, indent=2) + "\n"
    assert _unordered(after) == _unordered(before)
    assert list(after) == list(WHOLE)
    assert cmq("validate", untidy, "--fix")[2].startswith(f"cmq: {untidy!r} is in its canonical form already.")
    assert Path(untidy).read_bytes().decode() == text


def _unordered(value):
    """Return a value in which the order of fields and of records makes no difference, and that of texts does."""
    if isinstance(value, dict):
        return {name: _unordered(part) for name, part in value.items()}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return sorted(json.dumps(_unordered(each), sort_keys=True) for each in value)
    return value


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(), st.sampled_from([None, 0, 1, 4, "\t"]), st.booleans())
def test_whatever_the_order_and_the_form_fix_gives_the_canonical_file_back(tmp_path, seed, indent, ascii_only):
    chance = random.Random(seed)
    content = copy.deepcopy(WHOLE)
    if chance.random() < 0.3:
        content["$schema"] = "campuses.schema.json"
    shuffled = _shuffled(content, chance)
    name = tmp_path / "shuffled.json"
    name.write_bytes(json.dumps(shuffled, indent=indent, ensure_ascii=ascii_only).encode())
    assert cmq("validate", "--fix", name)[0] == 0
    expected = BUNDLED
    if "$schema" in content:
        expected = BUNDLED.replace(b"{\n", b'{\n  "$schema": "campuses.schema.json",\n', 1)
    assert name.read_bytes() == expected
    assert cmq("validate", name, "--json")[:2] == (0, "[]\n")


def _shuffled(content, chance):
    def fields(record):
        pairs = list(record.items())
        chance.shuffle(pairs)
        return dict(pairs)

    for at in documents.LISTS:
        inside = content if len(at) == 1 else content[at[0]]
        chance.shuffle(inside[at[-1]])
        inside[at[-1]] = [fields(record) for record in inside[at[-1]]]
    for campus in content["campuses"]:
        campus["sources"] = [fields(evidence) for evidence in campus["sources"]]
    content["territories"] = fields(content["territories"])
    return fields(content)


def test_the_canonical_form_is_that_of_the_standard_library():
    assert documents.canonical(WHOLE) == BUNDLED.decode() == json.dumps(WHOLE, ensure_ascii=False, indent=2) + "\n"
    empty = {name: [] if isinstance(value, list) else value for name, value in WHOLE.items()}
    empty["territories"] = {name: [] for name in WHOLE["territories"]}
    assert documents.canonical(empty) == json.dumps(empty, ensure_ascii=False, indent=2) + "\n"


REFUSED = {
    "a field twice": BUNDLED.replace(b'"notes": null', b'"notes": null, "notes": "x"', 1),
    "an unknown field": BUNDLED.replace(b'"notes": null', b'"notes": null, "note": "x"', 1),
    "a missing field": BUNDLED.replace(b'"notes": null,', b"", 1),
    "a wrong type": BUNDLED.replace(b'"wave": 4', b'"wave": "4"', 1),
    "no JSON": BUNDLED[:-3],
    "no UTF-8": BUNDLED.decode().encode("cp1252", "replace"),
    "the future": BUNDLED.replace(b'"schema_version": 1', b'"schema_version": 2'),
}


@pytest.mark.parametrize("name", REFUSED)
def test_fix_leaves_a_file_alone_of_which_a_value_might_be_lost(name, tmp_path):
    file = written(tmp_path, REFUSED[name])
    code, _, err = cmq("validate", "--fix", file)
    assert code == 1
    assert "was not rewritten" in err
    assert Path(file).read_bytes() == REFUSED[name]


def test_fix_orders_a_file_whose_rules_are_broken_and_still_exits_1(tmp_path):
    content = changed((f"{BESANCON}.sectors", ["nowhere"]))
    content["campuses"].reverse()
    file = written(tmp_path, content)
    code, problems = found(file, "--fix")
    assert code == 1
    assert [each["path"] for each in problems] == [f"{BESANCON}.sectors[#1]"]
    assert [each["id"] for each in json.loads(Path(file).read_bytes())["campuses"]] == sorted(
        each["id"] for each in content["campuses"]
    )


def test_fix_doesnt_round_a_number(tmp_path):
    data = BUNDLED.replace(b'"latitude": 47.2488', b'"latitude": 47.24880000000000000000001').replace(b"\n ", b"\n  ")
    file = written(tmp_path, data)
    code, out, err = cmq("validate", "--fix", file)
    assert (code, out) == (1, "")
    assert (
        err
        == "cmq: The number 47.24880000000000000000001 has more digits than can be kept. Write fewer, then try again.\n"
    )
    assert Path(file).read_bytes() == data


@pytest.mark.parametrize("number", [b"47.24880", b"4.72488e1", b"472488E-4"])
def test_fix_writes_the_same_number_the_usual_way(tmp_path, number):
    file = written(tmp_path, BUNDLED.replace(b'"latitude": 47.2488', b'"latitude": ' + number))
    assert cmq("validate", "--fix", file)[0] == 0
    assert Path(file).read_bytes() == BUNDLED


@pytest.mark.skipif(sys.platform == "win32", reason="these are files of Unix")
def test_fix_needs_a_file_that_can_be_rewritten(tmp_path, wrong):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for name in ("-", pipe, tmp_path, "/dev/null"):
        assert cmq("validate", "--fix", name)[::2] == (
            2,
            "cmq: Only a file can be rewritten. Give its name: cmq validate --fix FILE\n",
        )
    assert cmq("validate", "--fix", tmp_path / "missing.json")[0] == 1


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are those of Unix")
def test_fix_keeps_permissions_and_links(tmp_path, untidy):
    Path(untidy).chmod(0o640)
    link = tmp_path / "link.json"
    link.symlink_to(untidy)
    assert cmq("validate", "--fix", link)[0] == 0
    assert link.is_symlink()
    assert Path(untidy).stat().st_mode & 0o777 == 0o640
    assert Path(untidy).read_bytes().startswith(b'{\n  "schema_version": 1,\n')
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.json", "registry.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are those of Unix")
def test_fix_leaves_a_file_alone_that_may_not_be_written(tmp_path, untidy, monkeypatch):
    """Although another one could be put in its place."""
    monkeypatch.chdir(tmp_path)
    before = Path(untidy).read_bytes()
    Path(untidy).chmod(0o444)
    tmp_path.chmod(0o777)
    is_root = os.geteuid() == 0
    if is_root:  # who may write everything
        os.setegid(65534)
        os.seteuid(65534)
    try:
        refused = cmq("validate", "--fix", "registry.json")
    finally:
        if is_root:
            os.seteuid(0)
            os.setegid(0)
    said = "cmq: 'registry.json' may not be written. Change its permissions: chmod +w registry.json\n"
    assert refused == (1, "", said)
    assert Path(untidy).read_bytes() == before


def test_fix_that_fails_leaves_the_file_as_it_was(tmp_path, untidy, monkeypatch):
    before = Path(untidy).read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    code, _, err = cmq("validate", "--fix", untidy)
    assert code != 0
    assert "No space left on device" in err
    assert Path(untidy).read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["registry.json"]


def test_fix_doesnt_overwrite_what_somebody_else_has_written_meanwhile(untidy, monkeypatch):
    read = reading.read_bytes
    times = 0

    def twice(name):
        nonlocal times
        times += 1
        if times == 2:
            Path(name).write_bytes(BUNDLED)
        return read(name)

    monkeypatch.setattr(reading, "read_bytes", twice)
    code, _, err = cmq("validate", "--fix", untidy)
    assert code == 1
    assert "changed meanwhile and was not rewritten" in err
    assert Path(untidy).read_bytes() == BUNDLED


# Words for values


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "null"),
        (True, "true"),
        (12, "12"),
        (-1.5, "-1.5"),
        (float("inf"), "Infinity"),
        (10**999, "1" + "0" * 58 + "…"),
        ("Besançon", '"Besançon"'),
        ('a"b\\c', '"a\\"b\\\\c"'),
        ("\x1b[31m\n\u202e\u2028\ud800\U000e0041", '"\\u001b[31m\\n\\u202e\\u2028\\ud800\\udb40\\udc41"'),
        ("x" * 61, '"' + "x" * 59 + '…"'),
        ([1, 2], "[…] (2)"),
        ({"a": 1}, "{…} (1)"),
        (Problem, ""),
    ],
    ids=repr,
)
def test_a_value_is_shown_as_json_on_one_line_and_short(value, shown):
    assert shown_value(value) == shown


def test_what_is_spelled_is_always_printable():
    assert all(spelled(chr(code)).isprintable() for code in range(0x110000))


# The form


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            BUNDLED.replace(b"\n", b"\r\n"),
            "Line 1 ends as on Windows, in CR LF; lines end in LF alone, on every system.",
        ),
        (BUNDLED.replace("é".encode(), b"\\u00e9"), "has a \\u escape; letters are written as they are."),
        (BUNDLED[:-1], "is the last, and has no line break at its end."),
        (BUNDLED + b"\n\n", "and those after it are empty."),
        (
            BUNDLED.replace(b"  ", b"\t"),
            "Line 2 is written in another form; the canonical one is indented by two spaces.",
        ),
        (BUNDLED.replace(b": 47.2488", b": 47.24880"), "is written in another form"),
    ],
    ids=["CR LF", "escapes", "no end", "empty lines", "tabs", "a number"],
)
def test_a_warning_names_what_keeps_the_form_from_being_canonical(data, message, tmp_path):
    name = written(tmp_path, data)
    code, (problem,) = found(name)
    assert code == 0
    assert message in problem["message"]
    assert (problem["kind"], problem["value"]) == ("file", "")
    assert problem["remedy"] == f"Run: cmq validate --fix {name}"
    assert cmq("validate", name, "--fix")[0] == 0
    assert Path(name).read_bytes() == BUNDLED


def test_a_remedy_is_a_command_that_can_be_typed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("mine.json", "my registry.json"):
        written(tmp_path, BUNDLED[:-1], name)
    assert found("mine.json")[1][0]["remedy"] == "Run: cmq validate --fix mine.json"
    assert found("my registry.json")[1][0]["remedy"] == "Run: cmq validate --fix 'my registry.json'"
    with Path("mine.json").open("rb") as file:
        done = process("validate", "-", "--json", stdin=file)
    assert json.loads(done.stdout)[0]["remedy"] == "Run cmq validate --fix with the file."


# Seats


def test_nothing_is_doubted_of_the_bundled_seats():
    assert list(seats.doubts(WHOLE)) == []


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"latitude": 6.0182, "longitude": 47.2488}, "latitude", " km from Besançon (25)."),
        ({"latitude": 48.2488}, "latitude", "With longitude 6.0182, this lies 111 km from Besançon (25)."),
        ({"city_code": "25599"}, None, None),  # a commune that the list may lack: nothing can be told
        ({"city": "Dijon"}, "city_code", "This is the code of Besançon (25), not of Dijon."),
        ({"city": "BESANCON"}, None, None),
        ({"latitude": 47.4, "longitude": 6.3}, None, None),
        (
            {"department_code": "39", "academy": "Besançon"},
            "department_code",
            "25056 of Besançon lies in the department 25",
        ),
        ({"department_code": None}, None, None),
    ],
)
def test_a_seat_that_the_communes_contradict_is_doubted(changes, field, said, tmp_path):
    content = changed(*((f"{BESANCON}.{name}", value) for name, value in changes.items()))
    code, problems = found(written(tmp_path, as_bytes(content, indent=2)))
    assert code == 0
    assert [(each["severity"], each["path"]) for each in problems] == (
        [("warning", f"{BESANCON}.{field}")] if field else []
    )
    assert all(said in each["message"] and each["remedy"].startswith("Correct") for each in problems)


@pytest.mark.parametrize(("code", "department"), [("2A004", "2A"), ("97411", "974"), ("01004", "01"), ("98735", "987")])
def test_a_code_of_a_commune_begins_with_that_of_its_department(code, department):
    campus = {"city": None, "city_code": code, "latitude": None, "longitude": None}
    for own, doubts in ((department, 0), (None, 0), ("25", 1)):
        assert len(list(seats.doubts({"campuses": [{**campus, "department_code": own}]}))) == doubts
