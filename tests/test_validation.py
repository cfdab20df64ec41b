"""A registry file that nobody vouches for: what is wrong is told at its place, in plain words, with the way out."""

import copy
import json
import re
import sys
import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmq_cli import model, validation
from cmq_cli.errors import RegistryError
from cmq_cli.validation import file, rules
from cmq_cli.validation.report import MOST, reach, shown
from support import GONE, WHOLE, changed, document, written

SMALL = document()
IDS = [campus["id"] for campus in SMALL["campuses"]]
BESANCON = ("campuses", IDS.index("microtechniques-systemes-intelligents"))
PLASTI = ("campuses", IDS.index("plasti-campus"))
REGIONS = [region["code"] for region in SMALL["territories"]["regions"]]
BFC = ("territories", "regions", REGIONS.index("27"))
TODAY = SMALL["data_version"]
TOMORROW = str(date.fromisoformat(TODAY) + timedelta(1))


def of(path):
    """Return what stands at a place of the small registry."""
    return reach(SMALL, path)


def problems(content):
    """Return the errors and warnings of a registry as (path, message, value, remedy), without that of the form."""
    report = validation.check(json.dumps(content).encode() if not isinstance(content, bytes) else content)
    rules.Rules(report).doubts("warning")
    return [*report.problems("error"), *report.problems("warning")]


def test_the_small_registry_is_valid_and_read_as_it_is(tmp_path):
    assert problems(SMALL) == []
    own = {name: value for name, value in SMALL.items() if name != "$schema"}
    read = validation.read_checked(written(tmp_path, SMALL))
    assert read == own
    assert json.dumps(read) == json.dumps(own)


WRONG = [
    # what one value may be: (changes, what is told at the last step of the path, the remedy has)
    ([((*PLASTI, "name"), GONE)], "name", "This field is missing.", 'example: "Microtechniques'),
    ([((*PLASTI, "name"), "")], "name", "The text is empty.", "Write, for example"),
    ([((*PLASTI, "name"), " Plasti")], "name", "A text on one line", ""),
    ([((*PLASTI, "name"), "Plasti\nCampus")], "name", "A text on one line", ""),
    ([((*PLASTI, "name"), "Plasti\u202eCampus")], "name", "A text on one line", ""),
    ([((*PLASTI, "name"), "x" * 10_001)], "name", "more than 10,000 characters", "Shorten"),
    ([((*PLASTI, "name"), "Plasti \ud800")], "name", "Half a character", "Remove"),
    ([((*PLASTI, "name"), ["Plasti"])], "name", "A text on one line", ""),
    ([((*PLASTI, "description"), 1)], "description", "A text on one line", "or null"),
    ([((*PLASTI, "nam"), "Plasti")], "nam", "There is no field of this name.", "Did you mean name?"),
    ([((*PLASTI, "aliases"), "Plasti")], "aliases", "A list in square brackets", ""),
    ([((*PLASTI, "aliases"), ["a"] * 1_001)], "aliases", "more than 1,000 items", ""),
    ([((*PLASTI, "aliases"), ["a", 1])], "aliases[#2]", "A text on one line", ""),
    ([((*PLASTI, "sectors"), [])], "sectors", "The list is empty.", "systemes-innovants-mecatronique"),
    ([((*PLASTI, "sectors"), GONE)], "sectors", "The list is empty.", ""),
    ([((*PLASTI, "sources"), [])], "sources", "The list is empty.", ""),
    ([((*PLASTI, "wave"), "4")], "wave", "A number is wanted", "or null"),
    ([((*PLASTI, "wave"), True)], "wave", "A number", ""),
    ([((*PLASTI, "wave"), 100)], "wave", "A number", ""),
    ([((*PLASTI, "latitude"), "46")], ".latitude", "A number", ""),
    ([((*PLASTI, "latitude"), 91)], ".latitude", "A number", ""),
    ([((*PLASTI, "latitude"), float("nan"))], ".latitude", "A number", ""),
    ([((*PLASTI, "excellence"), 1)], "excellence", "true or false", "or null"),
    ([((*PLASTI, "website"), "cmq.fr")], "website", "https://", ""),
    ([((*PLASTI, "labelled_on"), "13/02/2017")], "labelled_on", '"2017-02-13"', ""),
    ([((*PLASTI, "labelled_on"), "2017-02-30")], "labelled_on", "no such day", ""),
    ([((*PLASTI, "labelled_on"), "2017-13")], "labelled_on", '"2017-02"', ""),
    ([((*PLASTI, "department_code"), "1")], "department_code", "A code", '"25"'),
    ([((*PLASTI, "city_code"), "1031")], "city_code", "A code", '"25056"'),
    ([((*PLASTI, "region_code"), 84)], "region_code", "A code", '"27"'),
    ([((*PLASTI, "region_basis"), "stateed")], "region_basis", '"stated", "territory"', "Did you mean stated?"),
    ([((*PLASTI, "sources", 0, "supports", 0), "nam")], "supports[#1]", '"name", "aliases"', "Did you mean name?"),
    ([((*PLASTI, "sources", 0), "x")], "sources[#1]", "An object in curly brackets", ""),
    ([((*PLASTI, "institutions", 0, "role"), "chef")], "role", '"lead", "member"', ""),
    ([((*PLASTI, "institutions", 0, "uai"), "010016")], "uai", "A code", '"0250011D"'),
    ([(("data_version",), "2026")], "data_version", "A code", '"2026-'),
    ([(("licence", "facts"), 1)], "facts", "A text", ""),
    ([(("territories",), [])], "territories", "An object in curly brackets", ""),
    ([(("waves",), {})], "waves", "A list in square brackets", ""),
    ([(("waves", 0, "announcements", 0, "new"), 0)], "new", "A number", ""),
    ([(("sources", 0, "id"), "Le Monde 2017")], "id", "Lower-case words", "bo-2016-41"),
    # references
    (
        [((*BESANCON, "sectors"), ["systemes-innovants-mecatronic"])],
        "sectors[#1]",
        "No record of sectors",
        "mecatronique?",
    ),
    ([((*BESANCON, "region_code"), "99")], "region_code", "No record of regions", ""),
    ([((*BESANCON, "region"), "Bretange")], "region", "No record of regions has this name", "Bretagne?"),
    ([((*BESANCON, "academy"), "Besancon")], "academy", "has this name", "Did you mean Besançon?"),
    ([((*BESANCON, "department_code"), "99")], "department_code", "has this code", ""),
    ([((*BESANCON, "wave"), 6)], "wave", "No record of waves has this number", "Correct it"),
    (
        [((*BESANCON, "sources", 0, "source"), "cp-men-2017-02-14")],
        ".source",
        "No record of sources",
        "cp-men-2017-02-13?",
    ),
    ([(("waves", 3, "sources", 0, "source"), "nowhere")], ".source", "No record of sources", ""),
    ([(("figures", 0, "sources", 0, "source"), "nowhere")], ".source", "No record of sources", ""),
    ([(("milestones", 0, "source"), "nowhere")], ".source", "No record of sources", "add the record"),
    ([(("territories", "academies", 0, "region_code"), "99")], "region_code", "has this code", ""),
    ([(("territories", "academies", 0, "region"), "Bretange")], "region", "has this name", ""),
    ([(("territories", "departments", 0, "region_code"), "99")], "region_code", "has this code", ""),
    ([(("territories", "departments", 0, "academy"), "Lion")], "academy", "has this name", "Did you mean Lyon?"),
    ([(("territories", "former_regions", 0, "region_code"), "99")], "region_code", "has this code", ""),
    ([(("territories", "former_regions", 0, "academies", 0), "Lion")], "academies[#1]", "has this name", ""),
    ([((*BFC, "former", 0), "Burgundy")], "former[#1]", "No record of former_regions", ""),
    # contradictions
    ([((*BESANCON, "region"), "Bretagne")], "region", "Where region_code is '27', this is 'Bourgogne-Franche-Comté'.", ""),
    ([(("territories", "academies", 0, "region"), "Bretagne")], "region", "Where region_code is '93', this is 'Prov", ""),
    ([((*BESANCON, "department_code"), "75"), ((*BESANCON, "academy"), None)], "region_code", "is '75', this is '11'", ""),
    ([((*BESANCON, "academy"), "Dijon")], "academy", "Where department_code is '25', this is 'Besançon'.", "one of"),
    ([((*BESANCON, "department_code"), None), ((*BESANCON, "academy"), "Lyon")], "region_code", "'Lyon', this is '84'", ""),
    ([((*BESANCON, "attested_on"), "2018")], "attested_on", "says nothing more", "null"),
    ([((*BESANCON, "excellence"), False)], "excellence_since", "This says nothing without excellence.", ""),
    ([((*BESANCON, "excellence"), None)], "excellence_since", "This says nothing without excellence.", ""),
    ([((*BESANCON, "labelled_on"), TOMORROW)], "labelled_on", f"after the day of the data, {TODAY}", ""),
    ([(("sources", 0, "published"), TOMORROW)], "published", "after the day", ""),
    ([(("waves", 4, "announcements", 0, "on"), TOMORROW)], "on", "after the day", ""),
    ([(("milestones", 12, "on"), TOMORROW)], "on", "after the day", ""),
    ([(("figures", 0, "as_of"), TOMORROW)], "as_of", "after the day", ""),
    ([(("waves", 3, "new"), 27)], "new", "make 26", ""),
    ([(("waves", 3, "total"), 78)], "total", "make 77", ""),
    ([(("waves", 2, "announcements", 1, "total"), 50)], "total", "The announcements of the wave make 49", ""),
    ([(("waves", 3, "announcements", 0, "total"), 78), (("waves", 3, "total"), 78)], "total", "make 77", ""),
    ([(("waves", 3, "announcements"), [])], "microtechniques-systemes-intelligents].wave", "announced nothing", ""),
    ([((*BESANCON, "city"), None)], "city_code", "This says nothing without city.", "Set both"),
    ([((*BESANCON, "longitude"), None)], "latitude", "nothing without longitude", ""),
    ([((*BESANCON, "wave"), None)], "wave_basis", "nothing without wave", ""),
    ([((*BESANCON, "wave_basis"), "deduced")], "wave_basis", "so that it is stated", ""),
    ([((*BESANCON, "aliases"), [])], ".aliases", "supports this field, which is not set", "take aliases out"),
    ([((*BESANCON, "sectors"), of((*BESANCON, "sectors")) * 2)], "sectors[#", "An earlier item", ""),
    ([((*BESANCON, "sources"), of((*BESANCON, "sources")) * 2)], "sources[cp-men-2017-02-13]", "An earlier item", ""),
    ([(("sectors", 1, "id"), of(("sectors", 0, "id")))], "id", "An earlier item", ""),
    # doubts, which are no errors
    ([((*BESANCON, "website"), "https://msi.fr"), ((*BESANCON, "sources"), [])], "sources", "The list is empty.", ""),
    ([((*PLASTI, "city_code"), None)], "city", "Without the code", "places.csv"),
    ([((*PLASTI, "city_code"), "25056")], ".city", "is '25056', this is 'Besançon'", ""),
    ([((*PLASTI, "city_code"), "25056")], ".department_code", "is '25056', this is '25'", ""),
    ([((*PLASTI, "latitude"), 40.0)], "latitude", "is '01031', this is '46.2", "one of the two"),
]


def test_everything_that_is_wrong_is_told_once_at_its_place():
    missed = []
    for changes, path, message, remedy in WRONG:
        found = problems(changed(*changes))
        told = [e for e in found if path in e.path and message in e.message and remedy in e.remedy]
        if len(told) != 1 or not all(each.message.endswith((".", ":")) and each.remedy for each in found):
            missed.append((path, message, found))
    assert not missed, "\n".join(map(str, missed))


@pytest.mark.parametrize("fact", [fact for fact in rules.FACTS if fact != "notes"])
def test_a_fact_without_a_source_is_a_warning_and_strictly_an_error(tmp_path, fact):
    """Every fact that the bundled registry knows of some campus loses its source once."""
    content = copy.deepcopy(WHOLE)
    seated = fact == "department_code"  # it follows from the city where that is known
    campus = next(
        each
        for each in content["campuses"]
        if any(fact in evidence["supports"] for evidence in each["sources"]) and not (seated and each["city"])
    )
    for evidence in campus["sources"]:
        evidence["supports"] = [name for name in evidence["supports"] if name != fact]
    name = written(tmp_path, content)
    for strict in (False, True):
        errors, warnings, *_more = validation.examine(name, strict)
        told = [each for each in (errors if strict else warnings) if each.path == f"campuses[{campus['id']}].{fact}"]
        assert [each.message for each in told] == ["No source supports this fact."]
        assert f"Name {fact} in supports" in told[0].remedy
        assert strict or errors == []
    validation.read_checked(name)


def test_no_phrase_in_a_free_text_excuses_a_fact():
    campus = {**of(PLASTI), "notes": "Région d'après la commune.", "region_basis": None}
    campus["sources"] = [{**each, "supports": ["name", "city"]} for each in campus["sources"]]
    assert any(each.path.endswith(".region") for each in problems(changed((PLASTI, campus))))


def test_a_campus_written_by_hand_is_filled_in(tmp_path):
    content = document()
    evidence = {"source": content["sources"][0]["id"], "supports": ["name", "region"]}
    bare = {
        "id": "mon-campus",
        "name": "Mon campus",
        "region": "Bretagne",
        "sectors": ["materiaux"],
        "sources": [evidence],
    }
    content["campuses"] = [bare]
    assert problems(content) == []
    [campus] = validation.read_checked(written(tmp_path, content))["campuses"]
    assert list(campus) == list(WHOLE["campuses"][0])
    assert {name: value for name, value in campus.items() if value not in (None, [])} == {
        **bare,
        "region_code": "53",
        "region_basis": "stated",
        "sectors_basis": "assigned",
        "sources": [{**evidence, "quote": None}],
    }


def test_lists_and_objects_that_hold_nothing_may_be_left_out(tmp_path):
    read = validation.read_checked(written(tmp_path, {"schema_version": 1, "data_version": TODAY}))
    assert list(read) == [name for name in WHOLE if name != "$schema"]
    assert read["territories"] == {"regions": [], "academies": [], "departments": [], "former_regions": []}
    assert read["licence"] == {"facts": None, "coordinates": None, "uai": None}


def test_what_is_wrong_hides_only_itself():
    found = problems(
        changed(
            ((*BESANCON, "website"), 12),  # that a source supports it is no second error
            ((*BESANCON, "excellence"), "oui"),  # so that nothing is said of its date
            ((*BESANCON, "sources", 0, "quote"), 3),
            ((*BESANCON, "academy"), "Dijon"),  # rules of the same campus are asked all the same
            (PLASTI, "no record"),
            (("waves", 3, "announcements", 0, "new"), "x"),
        )
    )
    paths = [each.path.rpartition("]")[2] or each.path for each in found]
    assert sorted(paths) == sorted(
        [".new", f"campuses[#{PLASTI[1] + 1}]", ".website", ".excellence", ".quote", ".academy"]
    )


def test_problems_come_record_by_record_in_the_order_of_the_model():
    found = problems(changed(((*PLASTI, "wave"), 9), (("sources", 0, "url"), 1), ((*PLASTI, "name"), 1), (("x",), 1)))
    assert [each.kind for each in found] == ["file", "source", "campus", "campus"]


def test_a_partial_date_counts_from_its_first_day():
    for day in (TODAY[:4], TODAY[:7], TODAY):
        assert problems(changed(((*BESANCON, "labelled_on"), day))) == [], day


JSON = {
    "": "The file is empty.",
    "[]": "line 1, column 1: A registry is one JSON object",
    "null": "A registry is one JSON object",
    '{"a": 1': "The file ends in the middle.",
    '{"a": [1,]}': "There is a comma too many.",
    '{"a": 1,}': "There is a comma too many.",
    '{"a": 1,, "b": 2}': "There is a comma too many.",
    '{"a": 1\n "b": 2}': "line 2, column 2: A comma or a colon is missing here.",
    '{"a" 1}': "A comma or a colon is missing here.",
    '{"a": "il dit "oui""}': "A comma or a colon is missing here.",
    '{"a": "x\ny"}': "A text isn't closed on its line.",
    '{"a": "x': "The text that begins here has no end.",
    "{\"a\": 'x'}": "straight double quotes",
    '{"a": «x»}': "straight double quotes",
    '{"a": True}': "A word stands here without quotes.",
    "{a: 1}": "A word stands here without quotes.",
    '{"a": 01}': "A number begins with 0.",
    '{"a": 47,25}': "A number has a decimal comma.",
    '{"a": "\\x"}': "A backslash stands alone",
    "{// a\n}": "JSON has no comments.",
    '{"a": 1,\n<<<<<<< HEAD\n"b": 2}': "line 2, column 1: Git has left two versions here.",
    '{"a": 1}}': "This is not JSON.",
    '{"a": 1' + "0" * 5000 + "}": "A number has thousands of digits.",
    '{"a":' * 100_000: "Brackets stand inside brackets too deep.",
    "{" + ",".join(f'"{at}":1' for at in range(2_000)) + "}": "An object has more than 1,000 fields.",
    '{"a": [' + "[]," * 3_000_000 + "[]]}": "far more values than a registry",
    '{"schema_version": 2}': "for a later version of cmq",
    b"\xff\xfe{\0": "The file is UTF-16, or not text.",
    b"{\0": "The file is UTF-16, or not text.",
    '{"a": "é"}'.encode("latin-1"): "line 1: This line is not UTF-8.",
    b"\x80\x04\x95": "This line is not UTF-8.",
}


def test_what_is_no_json_is_told_in_plain_words_with_its_place(tmp_path):
    for content, expected in JSON.items():
        name = written(tmp_path, content)
        [error], warnings, *_more = validation.examine(name)
        assert expected in f"{error.path}: {error.message}", content[:60]
        assert (error.severity, error.kind, error.record, warnings) == ("error", "file", None, []), content[:60]
        assert error.remedy, content[:60]
        with pytest.raises(RegistryError, match=re.escape(error.message)):
            validation.read_checked(name)


def test_what_is_no_readable_file_is_told(tmp_path, monkeypatch):
    huge = tmp_path / "huge.json"
    with huge.open("wb") as sparse:
        sparse.truncate(file.MAX_BYTES + 1)
    names = ("", str(tmp_path), str(tmp_path / "none.json"), "a\0b", "x" * 5_000, str(huge))
    for name in names:
        [error], *_more = validation.examine(name)
        assert error.message, name
    assert "larger than 64 MiB" in error.message
    monkeypatch.setattr(sys, "stdin", None)
    assert validation.examine("-")[0][0].message == "Standard input is closed."


def test_a_field_that_occurs_twice_is_told():
    text = json.dumps(SMALL).replace('"wave": 4', '"wave": 4, "w\\u0061ve": 4', 1)
    [found] = problems(text.encode())
    assert (found.message, found.path.rpartition(".")[2]) == (
        "This field occurs twice; only the last one would count.",
        "wave",
    )
    deep = '{"a": 1, "a": 1, "b": ' + "[" * 900 + "]" * 900 + "}"
    assert "twice" in str(problems(deep.encode()))


def test_an_invalid_registry_ends_in_one_line_that_names_the_first_problem_and_the_command(tmp_path):
    name = written(tmp_path, changed(((*PLASTI, "name"), "\x1b[31m"), ((*BESANCON, "wave"), 9)), "my file.json")
    with pytest.raises(RegistryError) as caught:
        validation.read_checked(name)
    told = str(caught.value)
    assert told.isprintable()
    assert "is not a valid registry. campuses[" in told
    assert f'cmq validate "{name}"' in told


HOSTILE = {
    "very many records that are none": '{"campuses": [' + "1," * 300_000 + "1]}",
    "very many empty records": '{"campuses": [' + "{}," * 300_000 + "{}]}",
    "one list of very many mistakes": json.dumps(changed(((*PLASTI, "aliases"), [0] * 300_000))),
    "very many doubled fields": '{"campuses": [' + '{"a":1,"a":1},' * 50_000 + "{}]}",
    "thousands of wrong values": {
        **SMALL,
        "campuses": [{**of(PLASTI), "id": f"a-{n}", "wave": "x"} for n in range(1_500)],
    },
    "thousands of references to nothing": {
        **SMALL,
        "campuses": [{**of(PLASTI), "id": f"a-{n}", "sectors": [f"b-{n}"]} for n in range(1_500)],
    },
    "thousands of the same id": {**SMALL, "campuses": [of(PLASTI)] * 1_500},
    "a text of 5 MB": changed((("data_version",), "x" * 5_000_000)),
    "a name of 5 MB": {**SMALL, "x" * 5_000_000: 1},
    "an id of 1 MB": changed(((*PLASTI, "id"), "a-" * 500_000 + "A")),
    "an address of 2 MB": changed(((*PLASTI, "website"), "http://" + "a." * 1_000_000)),
    "spaces of 5 MB": "{" + " " * 5_000_000 + "}",
    "a number of 4,000 digits": json.dumps(SMALL).replace('"wave": 4', '"wave": ' + "9" * 4_000, 1),
    "numbers beyond floats": json.dumps(SMALL).replace('"wave": 4', '"wave": 1e999', 1),
    "half a character as a field": changed((("\ud800",), 1), ((*PLASTI, "\udfff"), 1)),
    "deep values": changed(((*PLASTI, "aliases"), json.loads("[" * 900 + "]" * 900))),
    "deep values before all else": {**SMALL, "$schema": json.loads("[" * 900 + "]" * 900)},
    "half a character before all else": {**SMALL, "$schema": "\ud800"},
    "an empty name": {"": {"": ""}},
    "nothing but wrong types": dict.fromkeys(SMALL, 1) | {"schema_version": 1},
    "records that are lists": {name: [[]] if isinstance(value, list) else value for name, value in SMALL.items()},
}


def test_hostile_files_end_in_one_clear_line_and_soon(tmp_path):
    slow = {}
    for kind, content in HOSTILE.items():
        name = written(tmp_path, json.dumps(content) if not isinstance(content, str) else content)
        before = time.process_time()
        errors, *_more = validation.examine(name)
        with pytest.raises(RegistryError) as caught:
            validation.read_checked(name)
        slow[kind] = time.process_time() - before
        assert 1 <= len(errors) <= MOST, kind
        for line in (
            str(caught.value),
            *(f"{each.path}{each.message}{each.value}{each.remedy}" for each in errors[:20]),
        ):
            assert line.isprintable(), kind
            assert len(line) < 2_000, kind
    assert max(slow.values()) < 4, slow


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.data())
def test_any_value_anywhere_is_told_or_right_and_never_a_traceback(data):
    """Whatever stands at a place, what is wrong is told, and a registry is read only when nothing is."""
    content, path = document(), []
    inside = content
    while isinstance(inside, dict | list) and inside and (not path or data.draw(st.booleans())):
        path.append(data.draw(st.sampled_from([*inside] if isinstance(inside, dict) else range(len(inside)))))
        inside = inside[path[-1]]
    content = changed((path, data.draw(VALUES)))
    for each in problems(content):
        assert each.message
        assert each.remedy
        assert f"{each.path}{each.message}{each.value}".isprintable()


@given(st.lists(st.sampled_from(["facts", "fields", "lists"])))
def test_the_canonical_form_is_one_whatever_the_order_was(tmp_path_factory, orders):
    content = document()
    if "fields" in orders:
        content["campuses"] = [dict(reversed(campus.items())) for campus in content["campuses"]]
    if "lists" in orders:
        content["campuses"].reverse()
        content["territories"]["departments"].reverse()
    if "facts" in orders:
        content["campuses"] = [
            {name: value for name, value in campus.items() if value not in (None, [])} for campus in content["campuses"]
        ]
    text = json.dumps(SMALL, ensure_ascii=False, indent=2) + "\n"
    name = written(tmp_path_factory.mktemp("x"), content)
    assert validation.examine(name).canonical == text.encode()


def test_a_file_that_is_not_canonical_is_told_from_which_line_on(tmp_path):
    text = json.dumps(SMALL, ensure_ascii=False, indent=2) + "\n"
    cases = {
        text: None,
        "\ufeff" + text: "byte order mark",
        text.replace("\n", "\r\n"): "CR LF",
        text.replace("  ", "\t"): "From line 2 on",
        text.removesuffix("\n"): "line",
        text.replace("é", "\\u00e9", 1): "From line",
    }
    for content, expected in cases.items():
        errors, warnings, *_more = validation.examine(written(tmp_path, content), strict=True)
        assert errors == []
        assert expected in warnings[0].message if expected else not warnings
        assert all("cmq validate --fix" in each.remedy for each in warnings)


def test_values_are_shown_shortened_and_without_what_a_terminal_obeys():
    values = {"a\x1b[31m": '"a\\x1b[31m"', 12: "12", None: "null", True: "true", 9**99: None, "x" * 99: None}
    for value, expected in values.items():
        assert shown(value) == expected or expected is None
        assert len(shown(value)) <= 62
    assert (shown({"a": 1}), shown([1, 2])) == ("{…} (1)", "[…] (2)")


def test_the_newest_form_is_that_of_the_bundled_registry():
    assert WHOLE["schema_version"] == model.SCHEMA_VERSION
