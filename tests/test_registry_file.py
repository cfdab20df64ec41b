"""validate, schema and init: what a keeper of a registry of one's own types."""

import json
import os
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from cmq_cli import validation
from support import GONE, WHOLE, changed, cmq, document, written

SCHEMA = json.loads((Path(__file__).parents[1] / "data" / "campuses.schema.json").read_text(encoding="utf-8"))
IDS = [campus["id"] for campus in document()["campuses"]]
PLASTI = ("campuses", IDS.index("plasti-campus"))
CANONICAL = json.dumps(document(), ensure_ascii=False, indent=2) + "\n"


def read(name):
    return json.loads(Path(name).read_text(encoding="utf-8"))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_verdict_stands_on_stdout_and_an_empty_table_has_no_header(folder):
    written(folder, CANONICAL)
    for terminal in (False, True):
        code, out, err = cmq("validate", "registry.json", terminal=terminal)
        assert (code, out.strip(), err) == (0, "'registry.json' is a valid registry.", "")
    written(folder, changed(((*PLASTI, "website"), "https://plasti.fr"), ((*PLASTI, "name"), "")))
    code, out, err = cmq("validate", "registry.json")
    assert (code, err) == (1, "")
    assert out.splitlines()[-1] == "'registry.json' is not a valid registry. 1 error. 1 warning."
    rows = [line.split()[0] for line in out.splitlines() if "campuses[plasti-campus]" in line]
    assert rows == ["error", "warning"]


def test_problems_are_records_for_programs(folder):
    written(folder, changed(((*PLASTI, "wave"), 9), ((*PLASTI, "labelled_on"), "2017-02-30")))
    code, out, _err = cmq("validate", "registry.json", "--json")
    found = json.loads(out)
    assert code == 1
    assert [each["path"] for each in found] == ["campuses[plasti-campus].labelled_on", "campuses[plasti-campus].wave"]
    assert list(found[0]) == ["severity", "kind", "record", "path", "message", "value", "remedy"]
    assert found[0]["value"] == '"2017-02-30"'


def test_a_warning_ends_in_0_and_strictly_in_1(folder):
    evidence = {"source": "cp-men-2017-02-13", "supports": ["name"], "quote": None}
    written(folder, json.dumps(changed(((*PLASTI, "sources"), [evidence])), ensure_ascii=False, indent=2) + "\n")
    assert cmq("validate", "registry.json")[0] == 0
    assert cmq("validate", "registry.json", "--strict")[0] == 1
    assert cmq("list", "--registry", "registry.json")[0] == 0


def test_which_file_is_meant(folder, monkeypatch):
    name = written(folder, CANONICAL)
    assert cmq("validate", "--registry", name)[0] == 0
    code, _out, err = cmq("validate")
    assert (code, err) == (2, "cmq: Which file? Give its name: cmq validate FILE\n")
    code, out, _err = cmq("validate", "nowhere.json")
    assert code == 1
    assert "The file can't be read (No such file or directory)." in out
    with Path(name).open(encoding="utf-8") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        assert cmq("validate", "-")[:2] == (0, "Standard input is a valid registry.\n")
    assert cmq("validate", "--fix", "-")[0] == cmq("validate", "--fix", str(folder))[0] == 2
    monkeypatch.setenv("CMQ_REGISTRY", "nowhere.json")
    assert cmq("validate", "registry.json") == (0, "'registry.json' is a valid registry.\n", "")
    assert "nowhere.json', as CMQ_REGISTRY says." in cmq("validate")[2]


def test_fix_writes_the_canonical_form_whatever_the_file_looked_like(folder):
    content = document()
    content["campuses"].reverse()
    content["territories"]["departments"].reverse()
    for at, campus in enumerate(content["campuses"]):
        said = reversed(campus.items())
        content["campuses"][at] = {name: value for name, value in said if value not in (None, [])}
    odd = "\ufeff" + json.dumps(content, indent=1).replace("\n", "\r\n")
    for text in (odd, CANONICAL + "\n\n", CANONICAL.encode("utf-8-sig")):
        written(folder, text)
        code, out, _err = cmq("validate", "--fix", "registry.json")
        assert code == 0
        said = ["'registry.json' was written anew in its canonical form.", "'registry.json' is a valid registry."]
        assert [line for line in out.splitlines() if line] == said
        assert Path("registry.json").read_bytes() == CANONICAL.encode()
    assert "is in its canonical form already" in cmq("validate", "--fix", "registry.json")[1]


def test_fix_leaves_alone_what_is_wrong_protected_or_changing(folder, monkeypatch):
    before = Path(written(folder, changed(((*PLASTI, "name"), GONE)))).read_bytes()
    code, out, _err = cmq("validate", "--fix", "registry.json")
    assert code == 1
    assert "was not written anew: fix the errors first." in out
    assert Path("registry.json").read_bytes() == before
    written(folder, b"{")
    assert cmq("validate", "--fix", "registry.json")[0] == 1
    assert Path("registry.json").read_bytes() == b"{"

    before = Path(written(folder, document())).read_bytes()
    monkeypatch.setattr(os, "access", lambda *_: False)  # read-only, for whoever isn't allowed everything
    code, _out, err = cmq("validate", "--fix", "registry.json")
    assert (code, Path("registry.json").read_bytes()) == (1, before)
    assert "Can't write" in err

    examine = validation.examine

    def change(name, *options):
        report = examine(name, *options)
        Path(name).write_text("{}", encoding="utf-8")
        return report

    monkeypatch.setattr(validation, "examine", change)
    code, _out, err = cmq("validate", "--fix", "registry.json")
    assert (code, Path("registry.json").read_text(encoding="utf-8")) == (1, "{}")
    assert "changed meanwhile and was not written anew. Try again." in err


def test_a_registry_is_not_begun_on_standard_output():
    assert cmq("init", "-") == (2, "", "cmq: A registry is begun in a file. Give its name: cmq init mine.json\n")


def test_the_schema_is_not_written_under_the_ending_of_another_form(tmp_path):
    assert [cmq("schema", "-o", tmp_path / name)[0] for name in ("s.xlsx", "s.csv", "s.json", "s")] == [2, 2, 0, 0]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["s", "s.json"]


def test_the_schema_says_what_the_check_says():
    code, out, err = cmq("schema")
    assert (code, json.loads(out), err) == (0, SCHEMA, "")
    Draft202012Validator.check_schema(SCHEMA)
    schema = Draft202012Validator(SCHEMA)
    assert list(schema.iter_errors(WHOLE)) == []
    assert list(schema.iter_errors({**document(), "$schema": "campuses.schema.json"})) == []
    for changes in (
        ((*PLASTI, "name"), GONE),
        ((*PLASTI, "name"), " "),
        ((*PLASTI, "nom"), "Plasti"),
        ((*PLASTI, "wave"), "4"),
        ((*PLASTI, "labelled_on"), "2017-13"),
        ((*PLASTI, "aliases"), ["a", "a"]),
        ((*PLASTI, "sources"), []),
        (("sources", 0, "publisher"), None),
    ):
        assert list(schema.iter_errors(changed(changes))), changes
    for left_out in ("aliases", "region_code", "sectors_basis", "city", "notes"):
        assert list(schema.iter_errors(changed(((*PLASTI, left_out), GONE)))) == [], left_out


def test_every_field_is_described_and_every_value_has_an_example():
    fields = [each for kind in (SCHEMA, *SCHEMA["$defs"].values()) for each in kind["properties"].items()]
    for name, field in fields:
        assert field["description"], name
        if name != "$schema" and "$ref" not in json.dumps(field):
            [example] = field["examples"]
            assert list(Draft202012Validator({**field, "$defs": SCHEMA["$defs"]}).iter_errors(example)) == [], name


def test_an_empty_registry_is_valid_and_no_file_is_overwritten(folder):
    code, out, err = cmq("init", "mine.json")
    assert (code, err) == (0, "")
    assert "cmq validate mine.json" in out
    mine = read("mine.json")
    assert (mine["campuses"], mine["figures"], mine["milestones"]) == ([], [], [])
    assert mine["territories"] == WHOLE["territories"]
    assert cmq("validate", "mine.json", "--strict")[:2] == (0, "'mine.json' is a valid registry.\n")
    assert cmq("count", "--registry", "mine.json")[1].split() == ["0"]

    Path("mine.json").write_text("precious", encoding="utf-8")
    Path("link.json").symlink_to("nowhere.json")
    for name in ("mine.json", "link.json"):
        code, _out, err = cmq("init", name)
        assert code == 2
        assert "exists already, and is not overwritten" in err
    assert Path("mine.json").read_text(encoding="utf-8") == "precious"
    for name in (".", "", "none/mine.json", "x" * 300):
        code, _out, err = cmq("init", name)
        assert code in (1, 2), name
        assert err.count("\n") == 1, name


@pytest.mark.parametrize("region", ["bretagne", "53", "BRE"])
def test_a_registry_of_a_region_has_its_territories_alone(folder, region):
    assert cmq("init", "mine.json", "--region", region)[0] == 0
    territories = read("mine.json")["territories"]
    assert [each["name"] for each in territories["regions"]] == ["Bretagne"]
    assert [each["name"] for each in territories["academies"]] == ["Rennes"]
    assert [each["code"] for each in territories["departments"]] == ["22", "29", "35", "56"]
    assert cmq("validate", "mine.json", "--strict")[0] == 0


def test_the_data_of_a_region_or_of_all_are_valid_and_may_be_corrected(folder):
    assert cmq("init", "all.json", "--with-data")[0] == 0
    assert read("all.json") == {name: value for name, value in WHOLE.items() if name != "$schema"}
    assert cmq("init", "some.json", "--with-data", "--region", "Franche-Comté")[0] == 0
    some = read("some.json")
    wanted = [campus["id"] for campus in WHOLE["campuses"] if campus["region_code"] == "27"]
    assert [campus["id"] for campus in some["campuses"]] == wanted
    assert len(some["sources"]) < len(WHOLE["sources"])
    for name in ("all.json", "some.json"):
        assert cmq("validate", name, "--strict")[:2] == (0, f"'{name}' is a valid registry.\n")


def test_an_example_says_what_is_left_to_fill_in(folder):
    assert cmq("init", "mine.json", "--example", "Épinal", "--region", "lorraine")[0] == 0
    mine = read("mine.json")
    [campus] = mine["campuses"]
    assert list(campus) == list(WHOLE["campuses"][0])
    known = {"region": "Grand Est", "region_code": "44", "academy": "Nancy-Metz", "department_code": "88"}
    assert (known | {"city": "Épinal", "city_code": "88160"}).items() <= campus.items()
    assert (round(campus["latitude"]), round(campus["longitude"])) == (48, 6)
    code, out, _err = cmq("validate", "mine.json", "--json")
    left = ["name", "sectors", "publisher", "title"]
    assert (code, [each["path"].rpartition(".")[2] for each in json.loads(out)]) == (1, left)

    campus |= {"name": "Textile", "sectors": ["materiaux"]}
    [source] = [each for each in mine["sources"] if each["id"] == campus["sources"][0]["source"]]
    source |= {"title": "Un campus à Épinal", "publisher": "Vosges Matin"}
    written(folder, json.dumps(mine, ensure_ascii=False, indent=2) + "\n", "mine.json")
    assert cmq("validate", "mine.json", "--strict")[:2] == (0, "'mine.json' is a valid registry.\n")
    assert "Épinal" in cmq("show", "textile", "--registry", "mine.json")[1]


def test_an_example_is_refused_where_it_is_no_commune_or_lies_elsewhere(folder):
    refused = {
        ("--example", "Nancy", "--region", "bretagne"): "Nancy",
        ("--example", "Zzzz"): "Zzzz",
        ("--example", "Annecy-le-Vieux"): "Give the commune of today.",
        ("--example", "47.24,6.02"): "47.24,6.02",
        ("--region", "Bretange"): "Bretagne",
    }
    for options, expected in refused.items():
        code, _out, err = cmq("init", "mine.json", *options)
        assert code in (1, 2), options
        assert expected in err, options
        assert not Path("mine.json").exists(), options
