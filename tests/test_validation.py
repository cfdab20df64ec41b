"""A registry file that nobody vouches for: what is wrong is told at its place, in plain words, with the way out."""

import copy
import json
import re
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmq_cli import model, validation
from cmq_cli.errors import RegistryError
from cmq_cli.validation.report import MOST, reach
from support import GONE, WHOLE, changed, document, written

SMALL = document()
CANONICAL = json.dumps(SMALL, ensure_ascii=False, indent=2) + "\n"
IDS = [campus["id"] for campus in SMALL["campuses"]]
BESANCON = ("campuses", IDS.index("microtechniques-systemes-intelligents"))
PLASTI = ("campuses", IDS.index("plasti-campus"))
BFC = ("territories", "regions", [region["code"] for region in SMALL["territories"]["regions"]].index("27"))
TODAY = SMALL["data_version"]
TOMORROW = str(date.fromisoformat(TODAY) + timedelta(1))
NAMED = [{"source": SMALL["sources"][0]["id"], "supports": ["name", "city"], "quote": None}]
UNPROVEN = [((*PLASTI, "sources"), NAMED), ((*PLASTI, "region_basis"), None)]


def told(content, strict=False):
    """Return the errors and the warnings of a registry."""
    with tempfile.TemporaryDirectory() as folder:
        data = content if isinstance(content, bytes) else json.dumps(content)
        report = validation.examine(written(Path(folder), data), strict)
    return report.problems("error"), report.problems("warning")


def problems(content):
    """Return all that is wrong with a registry but its form."""
    errors, warnings = told(content)
    return [each for each in (*errors, *warnings) if "canonical form" not in each["message"]]


def test_the_small_registry_is_valid_and_read_as_it_is(tmp_path):
    assert problems(SMALL) == []
    read = validation.read_checked(written(tmp_path, {"$schema": "campuses.schema.json", **SMALL}))
    assert json.dumps(read) == json.dumps(SMALL)


OTHER = {
    # what one value may not be, and what the remedy has
    "aliases": (["Plasti", ["a"] * 1_001], '["CMQ MSI"]'),
    "aliases[#2]": ([["a", 1]], '"CMQ MSI"'),
    "city_code": (["1031", 25056], '"25056"; or null'),
    "department_code": (["1", 1], '"25"; or null'),
    "description": ([1], '"Campus porté par une association loi 1901."; or null'),
    "excellence": ([1, "oui"], "true; or null"),
    "id": (["Plasti", "plasti_campus", "-", "é"], '"microtechniques-systemes-intelligents"'),
    "labelled_on": (["13/02/2017", "2017-13", 2017, "17-02-13"], '"2017-02-13"; or null'),
    "latitude": (["46", 91, float("nan"), float("inf")], "47.256; or null"),
    "name": ([["Plasti"], "x" * 10_001, "Plasti \ud800", None], '"Microtechniques et systèmes intelligents"'),
    "region_basis": (["stateed", 1], '"stated", "territory", "deduced"; or null'),
    "region_code": (["8", 84], '"27"'),
    "sources": ([1, {}], "cmq schema"),
    "sources[#1]": ([["x"], [[]]], "cmq schema"),
    "wave": (["4", True, 100, 0, 4.5, 10**400], "4; or null"),
    "website": (["cmq.fr", "ftp://cmq.fr", "https://cmq"], '"https://cmq-bfc.org/cmq-msi"; or null'),
}

WRONG = [
    # what else is wrong with values: (changes, the end of the path, what is told there, the remedy has)
    ([((*PLASTI, "name"), GONE)], "name", "This field is missing.", 'Write, for example: "Microtechniques'),
    ([((*PLASTI, "name"), "")], "name", "Nothing stands here.", "Write, for example"),
    ([((*PLASTI, "name"), " Plasti")], "name", "A text begins and ends", ""),
    ([((*PLASTI, "name"), "Plasti\u202eCampus")], "name", "A text begins and ends", ""),
    ([((*PLASTI, "nam"), "Plasti")], "nam", "There is no field of this name.", "Did you mean name?"),
    ([((*PLASTI, "sectors"), [])], "sectors", "Nothing stands here.", "systemes-innovants-mecatronique"),
    ([((*PLASTI, "labelled_on"), "2017-02-30")], "labelled_on", "no such day", ""),
    ([((*PLASTI, "sources", 0, "supports", 0), "nam")], "supports[#1]", "", 'name? Write, for example: "name"'),
    ([((*PLASTI, "institutions", 0, "uai"), "010016")], "[Lycée Arbez-Carme].uai", "another kind", '"0250011D"'),
    ([(("data_version",), "2026")], "data_version", "another kind", '"2026-'),
    ([(("licence", "facts"), 1)], "licence.facts", "another kind", ""),
    ([(("territories",), [])], "territories", "another kind", "cmq schema"),
    ([(("waves",), {})], "waves", "another kind", "cmq schema"),
    ([(("waves", 0, "announcements", 0, "new"), 0)], "new", "another kind", "26"),
    # references
    ([((*BESANCON, "sectors"), ["systemes-innovants-mecatronic"])], "sectors[#1]", "of sectors", "mecatronique?"),
    ([((*BESANCON, "region"), "Bretange")], "region", "No record of regions has this name.", "Bretagne?"),
    ([((*BESANCON, "academy"), "Besancon")], "academy", "has this name", "Did you mean Besançon?"),
    ([((*BESANCON, "department_code"), "99")], "department_code", "has this code", ""),
    ([((*BESANCON, "wave"), 6)], "wave", "No record of waves has this number", "Correct it"),
    ([((*BESANCON, "sources", 0, "source"), "cp-men-2017-02-14")], ".source", "of sources", "cp-men-2017-02-13?"),
    ([(("milestones", 0, "source"), "nowhere")], ".source", "No record of sources", "add the record"),
    ([(("territories", "former_regions", 0, "academies", 0), "Lion")], "academies[#1]", "has this name", ""),
    ([((*BFC, "former", 0), "Burgundy")], "former[#1]", "No record of former_regions", ""),
    # contradictions
    ([((*BESANCON, "region"), "Bretagne")], "region", "region_code is '27', this is 'Bourgogne-Franche-Comté'", ""),
    ([(("territories", "academies", 0, "region"), "Bretagne")], "region", "region_code is '93', this is 'Prov", ""),
    ([((*BESANCON, "department_code"), "75"), ((*BESANCON, "academy"), None)], "region_code", "'75', this is '11'", ""),
    ([((*BESANCON, "academy"), "Dijon")], "academy", "Where department_code is '25', this is 'Besançon'.", "one of"),
    ([((*BESANCON, "department_code"), None), ((*BESANCON, "academy"), "Lyon")], "region_code", "this is '84'", ""),
    ([((*BESANCON, "attested_on"), "2018")], "attested_on", "says nothing more", "null"),
    ([((*BESANCON, "excellence"), False)], "excellence_since", "This says nothing without excellence.", ""),
    ([((*BESANCON, "excellence"), None)], "excellence_since", "This says nothing without excellence.", ""),
    ([((*BESANCON, "city"), None)], "city_code", "This says nothing without city.", "Set both"),
    ([((*BESANCON, "longitude"), None)], "latitude", "nothing without longitude", ""),
    ([((*BESANCON, "wave"), None)], "wave_basis", "nothing without wave", ""),
    ([((*BESANCON, "wave_basis"), "deduced")], "wave_basis", "so that it is stated", ""),
    ([((*BESANCON, "aliases"), [])], ".aliases", "supports this field, which is not set", "take aliases out"),
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
    ([((*BESANCON, "sectors"), reach(SMALL, (*BESANCON, "sectors")) * 2)], "sectors[#", "An earlier item", ""),
    ([((*BESANCON, "sources", 0, "supports"), ["name", "name"])], "supports[#2]", "An earlier item", ""),
    ([(("sectors", 1, "id"), SMALL["sectors"][0]["id"])], "id", "An earlier item", ""),
    # doubts, which are no errors; no phrase in a free text excuses a fact
    ([*UNPROVEN, ((*PLASTI, "notes"), "Région d'après la commune.")], ".region", "No source supports this fact.", ""),
    ([((*PLASTI, "city_code"), None)], "city", "Without the code", "places.csv"),
    ([((*PLASTI, "city_code"), "25056")], ".city", "is '25056', this is 'Besançon'", ""),
    ([((*PLASTI, "city_code"), "25056")], ".department_code", "is '25056', this is '25'", ""),
    ([((*PLASTI, "latitude"), 40.0)], "latitude", "is '01031', this is '46.2", "one of the two"),
]


def test_everything_that_is_wrong_is_told_once_at_its_place():
    cases = [
        ([((*PLASTI, path.partition("[")[0]), value)], path, "another kind, form or size", remedy)
        for path, (values, remedy) in OTHER.items()
        for value in values
    ]
    missed = []
    for changes, path, message, remedy in (*cases, *WRONG):
        found = problems(changed(*changes))
        told = [e for e in found if e["path"].endswith(path) or (path.endswith("#") and path in e["path"])]
        told = [e for e in told if message in e["message"] and remedy in e["remedy"]]
        if len(told) != 1 or not all(each["message"].endswith(".") and each["remedy"] for each in found):
            missed.append((path, message, remedy, found))
    assert not missed, "\n".join(map(str, missed))


@pytest.mark.parametrize("fact", sorted({*get_args(model.Fact)} - {"notes"}))
def test_a_fact_without_a_source_is_a_warning_and_strictly_an_error(tmp_path, fact):
    """Every fact that the bundled registry knows of some campus loses its source once."""
    content = copy.deepcopy(WHOLE)
    supporting = ((each, evidence["supports"]) for each in content["campuses"] for evidence in each["sources"])
    follows = "city" if fact == "department_code" else ""  # where the city is known, its department is
    campus = next(each for each, facts in supporting if fact in facts and not each.get(follows))
    for evidence in campus["sources"]:
        evidence["supports"] = [name for name in evidence["supports"] if name != fact]
    for strict in (False, True):
        errors, warnings = told(content, strict)
        told_so = errors if strict else warnings
        [found] = [each for each in told_so if each["path"] == f"campuses[{campus['id']}].{fact}"]
        assert found["message"] == "No source supports this fact."
        assert f"Name {fact} in supports" in found["remedy"]
        assert strict or errors == []
    validation.read_checked(written(tmp_path, content))


def test_a_campus_written_by_hand_is_filled_in(tmp_path):
    evidence = {"source": SMALL["sources"][0]["id"], "supports": ["name", "region"]}
    bare = {"id": "mon-campus", "name": "Mon campus", "region": "Bretagne", "sectors": ["materiaux"]}
    content = {**SMALL, "campuses": [{**bare, "sources": [evidence]}]}
    assert problems(content) == []
    [campus] = validation.read_checked(written(tmp_path, content))["campuses"]
    assert list(campus) == list(WHOLE["campuses"][0])
    known = {"region_code": "53", "region_basis": "stated", "sectors_basis": "assigned"}
    known["sources"] = [{**evidence, "quote": None}]
    assert {name: value for name, value in campus.items() if value not in (None, [])} == {**bare, **known}


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
            (("sectors",), 1),  # so that no campus is told that its sector isn't there
        )
    )
    paths = {each["path"].rpartition("]")[2] or each["path"] for each in found}
    hidden = f"campuses[#{PLASTI[1] + 1}]"
    assert paths == {".new", hidden, ".website", ".excellence", ".quote", ".academy", "sectors"}
    assert len(found) == len(paths)
    left_out = changed((("sources", 0, "url"), 1), (("waves",), GONE))  # a mistake elsewhere hides nothing either
    assert "No record of waves has this number." in [each["message"] for each in problems(left_out)]


def test_problems_come_record_by_record():
    found = problems(changed(((*PLASTI, "wave"), 9), (("sources", 0, "url"), 1), ((*PLASTI, "name"), 1), (("x",), 1)))
    assert [each["kind"] for each in found] == ["campus", "campus", "source", "file"]


def test_a_partial_date_counts_from_its_first_day():
    for day in (TODAY[:4], TODAY[:7], TODAY):
        assert problems(changed(((*BESANCON, "labelled_on"), day))) == [], day


JSON = {
    "A registry is one JSON object": ["", "[]", "null"],
    "line 1, column 8: The file ends in the middle;": ['{"a": 1'],
    "There is a comma too many.": ['{"a": [1,]}', '{"a": 1,}', '{"a": 1,, "b": 2}'],
    "line 2, column 2: A comma or a colon is missing here,": ['{"a": 1\n "b": 2}'],
    ": A comma or a colon is missing here,": ['{"a" 1}', '{"a": "il dit "oui""}'],
    "A text isn't closed": ['{"a": "x\ny"}', '{"a": "x', '{"a": "\\x"}'],
    "in straight double quotes": ['{"a": «x»}', '{"a": True}', "{a: 1}", "{// a\n}", '{"a": 01}', '{"a": 47,25}'],
    "line 2, column 1: This is not JSON;": ['{"a": 1,\n<<<<<<< HEAD\n"b": 2}', '{"a": 1\n\0}'],
    "far more values": [
        '{"a": 1' + "0" * 5000 + "}",
        '{"a":' * 100_000,
        "{" + ",".join(f'"{at}":1' for at in range(2_000)) + "}",
        '{"a": [' + "[]," * 3_000_000 + "[]]}",
    ],
    "for a later version of cmq": ['{"schema_version": 2}'],
    "line 1, column 8: This is not UTF-8.": ['{"a": "é"}'.encode("latin-1"), b"{'a': '\xff\xfe\0"],
}


def test_what_is_no_json_is_told_in_plain_words_with_its_place(tmp_path):
    for expected, contents in JSON.items():
        for content in contents:
            report = validation.examine(name := written(tmp_path, content))
            [error] = report.problems("error")
            assert expected in "{path}: {message}".format(**error), content[:60]
            assert (error["severity"], error["kind"], error["record"]) == ("error", "file", None), content[:60]
            assert error["remedy"], content[:60]
            with pytest.raises(RegistryError, match=re.escape(error["message"])):
                validation.read_checked(name)


def test_what_is_no_readable_file_is_told(tmp_path, monkeypatch):
    huge = tmp_path / "huge.json"
    with huge.open("wb") as sparse:
        sparse.truncate(validation.MAX_BYTES + 1)
    for name in ("", str(tmp_path), str(tmp_path / "none.json"), "a\0b", "x" * 5_000, str(huge)):
        [error] = validation.examine(name).problems("error")
        assert error["message"], name
    assert "larger than 64 MiB" in error["message"]
    monkeypatch.setattr(sys, "stdin", None)
    assert "closed" in validation.examine("-").problems("error")[0]["message"]


def test_a_field_that_occurs_twice_is_told():
    text = json.dumps(SMALL).replace('"wave": 4', '"wave": 4, "w\\u0061ve": 4', 1)
    [found] = problems(text.encode())
    assert found["message"] == "This field occurs twice; only the last one would count."
    assert (found["path"].rpartition(".")[2], found["value"]) == ("wave", "4")


def test_an_invalid_registry_ends_in_one_line_that_names_the_first_problem_and_the_command(tmp_path):
    name = written(tmp_path, changed(((*PLASTI, "name"), "\x1b[31m"), ((*BESANCON, "wave"), 9)), "my file.json")
    with pytest.raises(RegistryError) as caught:
        validation.read_checked(name)
    assert str(caught.value).isprintable()
    assert "is not a valid registry. campuses[microtechniques-systemes-intelligents].wave (9): No" in str(caught.value)
    assert f'cmq validate "{name}"' in str(caught.value)


MANY = [{**reach(SMALL, PLASTI), "id": f"a-{n}", "wave": "x"} for n in range(1_500)]
DEEP = json.loads("[" * 900 + "]" * 900)
HOSTILE = {
    "very many records that are none": '{"campuses": [' + "1," * 300_000 + "1]}",
    "very many empty records": '{"campuses": [' + "{}," * 300_000 + "{}]}",
    "one list of very many mistakes": changed(((*PLASTI, "aliases"), [0] * 300_000)),
    "very many doubled fields": '{"campuses": [' + '{"a":1,"a":1},' * 50_000 + "{}]}",
    "thousands of wrong values": {**SMALL, "campuses": MANY},
    "thousands of references to nothing": {
        **SMALL,
        "campuses": [{**each, "wave": None, "sources": [{"source": each["id"], "supports": []}]} for each in MANY],
        "sources": [{**SMALL["sources"][0], "id": f"source-{n}"} for n in range(10_000)],
    },
    "thousands of the same id": {**SMALL, "campuses": [reach(SMALL, PLASTI)] * 1_500},
    "a text of 5 MB": changed((("data_version",), "x" * 5_000_000)),
    "a name of 5 MB": {**SMALL, "x" * 5_000_000: 1},
    "an id of 1 MB": changed(((*PLASTI, "id"), "a-" * 500_000 + "A")),
    "an address of 2 MB": changed(((*PLASTI, "website"), "http://" + "a." * 1_000_000)),
    "spaces of 5 MB": "{" + " " * 5_000_000 + "}",
    "a number of 4,000 digits": json.dumps(SMALL).replace('"wave": 4', '"wave": ' + "9" * 4_000, 1),
    "half a character as a field": changed((("\ud800",), 1), ((*PLASTI, "\udfff"), 1), (("waves",), 5)),
    "deep values": changed(((*PLASTI, "aliases"), DEEP)),
    "deep values before all else": {"$schema": DEEP, **SMALL},
    "an empty name": {"": {"": ""}},
    "nothing but wrong types": dict.fromkeys(SMALL, 1) | {"schema_version": 1},
    "records that are lists": {name: [[]] if isinstance(value, list) else value for name, value in SMALL.items()},
}


def test_hostile_files_end_in_one_clear_line(tmp_path):
    for kind, content in HOSTILE.items():
        name = written(tmp_path, json.dumps(content) if not isinstance(content, str) else content)
        errors = validation.examine(name).problems("error")
        with pytest.raises(RegistryError) as caught:
            validation.read_checked(name)
        assert 1 <= len(errors) <= MOST, kind
        lines = [str(caught.value), *map("{path}{message}{value}{remedy}".format_map, errors[:20])]
        assert all(line.isprintable() and len(line) < 2_000 for line in lines), kind


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.data())
def test_any_value_anywhere_is_told_or_right_and_never_a_traceback(data):
    """Whatever stands at a place, what is wrong is told, and a registry is read only when nothing is."""
    path, inside = [], SMALL
    while isinstance(inside, dict | list) and inside and (not path or data.draw(st.booleans())):
        path.append(data.draw(st.sampled_from([*inside] if isinstance(inside, dict) else range(len(inside)))))
        inside = inside[path[-1]]
    for each in problems(changed((path, data.draw(ANYTHING)))):
        assert each["message"]
        assert each["remedy"]
        text = "{path}{message}{value}{remedy}".format(**each)
        assert text.replace("\xa0", "").replace("\u202f", "").isprintable()


def test_a_file_that_is_not_canonical_is_told_from_which_line_on():
    cases = {
        CANONICAL: None,
        CANONICAL.replace("\n", "\r\n"): "From line 1 on",
        CANONICAL.replace("  ", "\t"): "From line 2 on",
        CANONICAL.replace("é", "\\u00e9", 1): "From line",
    }
    for content, expected in cases.items():
        errors, warnings = told(content.encode(), strict=True)
        assert errors == []
        assert expected in warnings[0]["message"] if expected else not warnings
        assert all("cmq validate --fix" in each["remedy"] for each in warnings)
