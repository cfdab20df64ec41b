"""The check of single values by pydantic, and the JSON Schema that says the same to editors."""

import ast
import copy
import json
import subprocess
import sys
import unicodedata
from dataclasses import fields, is_dataclass
from pathlib import Path

import jsonschema
import pytest
from pydantic_core import SchemaValidator, ValidationError

import cmq_cli
from cmq_cli import meaning, model, schema, validation
from cmq_cli.meaning import LISTS, MEANINGS
from cmq_cli.syntax import is_hidden
from registries import BESANCON, BUNDLED, GONE, WHOLE, as_bytes, changed, cmq, document, reach

SCHEMA = schema.json_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
CAMPUS_VALIDATOR = jsonschema.Draft202012Validator({"$ref": "#/$defs/Campus", "$defs": SCHEMA["$defs"]})
EVERY_FIELD = [(kind, field) for kind, meanings in MEANINGS.items() for field in meanings]
FIELD_IDS = [f"{kind.__name__}.{field}" for kind, field in EVERY_FIELD]
CLASSES = {value for value in vars(model).values() if isinstance(value, type) and is_dataclass(value)}


# One model


def test_every_field_of_the_model_has_a_meaning_and_nothing_else_has():
    assert set(MEANINGS) == CLASSES
    for kind, meanings in MEANINGS.items():
        assert list(meanings) == [field.name for field in fields(kind)], kind.__name__


def test_pydantic_makes_the_very_dataclasses_of_the_model():
    registry = schema.read(BUNDLED)
    assert type(registry) is model.Registry
    assert type(registry.campuses[0]) is model.Campus
    assert type(registry.campuses[0].sources[0]) is model.Evidence
    assert type(registry.campuses[0].sources) is tuple


def test_every_single_value_is_strict_and_every_text_is_limited():
    leaves = [node for node in schema._nodes(schema._limited()) if node["type"] in ("str", "int", "float", "bool")]
    assert len(leaves) > 70
    assert all(leaf["strict"] for leaf in leaves)
    assert all("pattern" in leaf for leaf in leaves if leaf["type"] == "str")
    assert all({"ge", "le"} <= set(leaf) for leaf in leaves if leaf["type"] in ("int", "float"))


def test_schema_is_the_only_importer_of_pydantic():
    source = Path(cmq_cli.__file__).parent
    importers = set()
    for path in source.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(name.partition(".")[0] in ("pydantic", "pydantic_core") for name in names):
                importers.add(path.relative_to(source).as_posix())
    assert importers == {"schema.py"}


@pytest.mark.parametrize(
    ("module", "others"),
    [
        ("model", {"meaning", "schema", "registry", "facts", "checks", "problems"}),
        ("registry", {"meaning", "schema", "validation", "document", "mistakes", "checks", "facts", "problems"}),
    ],
)
def test_the_model_and_the_bundled_registry_load_nothing_of_the_check(module, others):
    program = f"import sys; from cmq_cli import {module}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    loaded = done.stdout.split()
    assert not {f"cmq_cli.{other}" for other in others} & set(loaded)
    assert "pydantic" not in loaded


def test_the_names_in_a_file_are_counted_as_they_are():
    names = 0

    def count(pairs):
        nonlocal names
        names += len(pairs)
        return dict(pairs)

    json.loads(BUNDLED, object_pairs_hook=count)
    assert schema.keys(schema.read(BUNDLED)) == names


# Values


def errors(*changes):
    found = validation.check(as_bytes(changed(*changes))).errors
    return [(error.path, error.message) for error in found]


NO_TEXT = "A text in double quotes is wanted."
NO_DATE = 'A date in double quotes is wanted: "2017-02-13", "2017-02" or "2017".'
NO_DAY = "The calendar has no such day."
NO_ADDRESS = "A web address is wanted, which begins with https:// or http://."
NO_SLUG = "Lower-case words without accents, joined by hyphens, are wanted."
NO_WAVE = "A whole number from 1 to 99 is wanted, without quotes."
NO_COUNT = "A whole number is wanted, 0 or more, without quotes."
NO_TRUTH = "true or false is wanted, without quotes."
WRONG = [
    ("name", 12, NO_TEXT),
    ("name", None, NO_TEXT),
    ("name", True, NO_TEXT),
    ("name", ["Campus"], NO_TEXT),
    ("name", {}, NO_TEXT),
    ("name", "", "The text is empty."),
    ("name", " \u00a0", "The text is empty."),
    ("name", "x" * 10_001, "The text has 10,001 characters; no more than 10,000 are read."),
    ("name", "a\tb", "An invisible character stands in the text: control code, U+0009."),
    ("name", "a\nb", "An invisible character stands in the text: control code, U+000A."),
    ("name", "\x1b[31mred", "An invisible character stands in the text: control code, U+001B."),
    ("name", "\x9b31m", "An invisible character stands in the text: control code, U+009B."),
    ("name", "Besan\u202eçon", "An invisible character stands in the text: RIGHT-TO-LEFT OVERRIDE, U+202E."),
    ("name", "a\u200bb", "An invisible character stands in the text: ZERO WIDTH SPACE, U+200B."),
    ("name", "\ue000", "An invisible character stands in the text: private use, U+E000."),
    ("name", "\u3164", "An invisible character stands in the text: HANGUL FILLER, U+3164."),
    ("sectors", ["a" * 101], "The text has 101 characters; no more than 100 are read."),
    ("website", "https://cmq.fr/" + "a" * 2_000, "The text has 2,015 characters; no more than 2,000 are read."),
    ("name", "a\U000e0041b", "An invisible character stands in the text: TAG LATIN CAPITAL LETTER A, U+E0041."),
    ("name", "a\ud800b", "Half a character stands in the text (a lone surrogate)."),
    ("aliases", "CMQ MSI", "A list in square brackets is wanted."),
    ("aliases", {"0": "CMQ MSI"}, "A list in square brackets is wanted."),
    ("aliases", None, "A list in square brackets is wanted."),
    ("aliases[0]", 1, NO_TEXT),
    ("region_code", 27, 'An INSEE code of two or three digits in double quotes is wanted: "27".'),
    ("region_code", "2A", 'An INSEE code of two or three digits in double quotes is wanted: "27".'),
    ("department_code", "1", 'An INSEE code in double quotes is wanted: "25", "2A" or "974".'),
    ("city_code", "2505", 'The INSEE code of a commune is wanted, five characters in double quotes: "25056".'),
    ("latitude", "47.2", "Degrees from -90 to 90 are wanted, without quotes: 47.2488."),
    ("latitude", 90.0001, "Degrees from -90 to 90 are wanted, without quotes: 47.2488."),
    ("latitude", True, "Degrees from -90 to 90 are wanted, without quotes: 47.2488."),
    ("longitude", -180.5, "Degrees from -180 to 180 are wanted, without quotes: 6.0182."),
    ("longitude", 10**400, "Degrees from -180 to 180 are wanted, without quotes: 6.0182."),
    ("wave", "4", NO_WAVE),
    ("wave", 4.0, NO_WAVE),
    ("wave", 4.5, NO_WAVE),
    ("wave", True, NO_WAVE),
    ("wave", 0, NO_WAVE),
    ("wave", -4, NO_WAVE),
    ("wave", 10**30, NO_WAVE),
    ("wave_basis", "guessed", 'One of these words is wanted: "stated", "deduced".'),
    ("academy_basis", "deduced", 'One of these words is wanted: "stated", "territory".'),
    ("sectors_basis", None, 'One of these words is wanted: "stated", "assigned".'),
    ("labelled_on", "2017-02-30", NO_DAY),
    ("labelled_on", "2017-13", NO_DAY),
    ("labelled_on", "2019-02-29", NO_DAY),
    ("labelled_on", "0000", NO_DAY),
    ("labelled_on", "13/02/2017", NO_DATE),
    ("labelled_on", "2017-2-13", NO_DATE),
    ("labelled_on", "2017-02-13T00:00", NO_DATE),
    ("labelled_on", "٢٠١٧", NO_DATE),
    ("labelled_on", 2017, NO_DATE),
    ("labelled_on", "", "The text is empty."),
    ("sectors", [], "The list is empty; at least one item is wanted."),
    ("sectors", ["Mécatronique"], NO_SLUG),
    ("excellence", 1, NO_TRUTH),
    ("excellence", "true", NO_TRUTH),
    ("website", "www.cmq.fr", NO_ADDRESS),
    ("website", "javascript:alert(1)", NO_ADDRESS),
    ("website", "file:///etc/passwd", NO_ADDRESS),
    ("website", "https://cmq", NO_ADDRESS),
    ("website", "https://cmq.fr/a b", NO_ADDRESS),
    ("website", "https://cmq.fr/\u202e", "An invisible character stands in the text: RIGHT-TO-LEFT OVERRIDE, U+202E."),
    ("sources", [], "The list is empty; at least one item is wanted."),
    ("sources", None, "A list in square brackets is wanted."),
    ("sources[0]", "cp-men-2017-02-13", "An object in curly brackets is wanted."),
    ("sources[0].supports", [], "The list is empty; at least one item is wanted."),
    ("sources[0].supports", "name", "A list in square brackets is wanted."),
    ("sources[0].quote", 1, NO_TEXT),
    ("nom", "Microtechniques", "There is no field of this name."),
    ("notes", GONE, "This field is missing."),
    ("members", GONE, "This field is missing."),
    ("name", GONE, "This field is missing."),
]


@pytest.mark.parametrize(
    ("field", "value", "message"), WRONG, ids=[f"{at}-{field}" for at, (field, *_) in enumerate(WRONG)]
)
def test_a_wrong_value_is_told_at_its_place(field, value, message):
    """Told once, in plain words, with a remedy, and nothing follows from it."""
    checked = validation.check(as_bytes(changed((f"{BESANCON}.{field}", value))))
    assert checked.registry is None
    assert len(checked.errors) == 1, checked.errors
    error = checked.errors[0]
    assert error.message == message
    assert error.remedy
    place = f"{BESANCON}.{field}".replace("sources[0]", "sources[cp-men-2017-02-13]").replace(
        "aliases[0]", "aliases[#1]"
    )
    assert error.path in (place, f"{BESANCON}.sectors[#1]", f"{BESANCON}.sources[#1]")
    assert (error.kind, error.record) == ("campus", "microtechniques-systemes-intelligents")
    assert (error.path + error.value + error.message).isprintable()
    assert len(error.value) < 80


def test_a_field_that_no_source_can_support_is_told():
    assert errors((f"{BESANCON}.sources[0].supports[0]", "nom")) == [
        (
            f"{BESANCON}.sources[cp-men-2017-02-13].supports[#1]",
            "No field of a campus that a source can support has this name.",
        )
    ]


@pytest.mark.parametrize("path", ["", *(".".join(at) for at in LISTS), "territories", "licence", "data_version"])
@pytest.mark.parametrize("value", [None, 1, "text", True, [1], {"a": 1}], ids=repr)
def test_whatever_stands_in_the_place_of_a_part_is_told(path, value):
    content = document()
    if path:
        inside, key = reach(content, path)
        inside[key] = value
    else:
        content = value
    checked = validation.check(as_bytes(content))
    assert checked.registry is None
    assert checked.errors
    if path:
        assert all(error.path.startswith(path) for error in checked.errors), checked.errors


@pytest.mark.parametrize("at", LISTS, ids=".".join)
@pytest.mark.parametrize("value", [None, 1, "text", [], {}], ids=repr)
def test_whatever_stands_in_the_place_of_a_record_is_told(at, value):
    content = document()
    inside, key = reach(content, ".".join(at))
    inside[key].insert(0, value)
    checked = validation.check(as_bytes(content))
    assert checked.registry is None
    assert {error.path.split("]")[0] for error in checked.errors} == {f"{'.'.join(at)}[#1"}


@pytest.mark.parametrize(("kind", "field"), EVERY_FIELD, ids=FIELD_IDS)
def test_each_field_is_needed_and_each_other_name_refused(kind, field):
    path = _place_of(kind)
    whole = {"": document()}
    owner, key = reach(whole[""], path) if path else (whole, "")
    owner[key] = {(f"{name}x" if name == field else name): value for name, value in owner[key].items()}
    content = whole[""]
    told = {(error.message, error.path.rpartition(".")[2]) for error in validation.check(as_bytes(content)).errors}
    assert {("This field is missing.", field), ("There is no field of this name.", f"{field}x")} <= told


def _place_of(kind):
    """Return a path to a record of the class in the bundled registry."""
    paths = {
        model.Registry: "",
        model.Licence: "licence",
        model.Source: "sources[bo-2017-07]",
        model.Citation: "figures[places-bts].sources[0]",
        model.Evidence: f"{BESANCON}.sources[0]",
        model.Sector: "sectors[mode-luxe-textile-design]",
        model.Territories: "territories",
        model.Region: "territories.regions[27]",
        model.Academy: "territories.academies[Lyon]",
        model.Department: "territories.departments[25]",
        model.FormerRegion: "territories.former_regions[Alsace]",
        model.Wave: "waves[4]",
        model.Announcement: "waves[4].announcements[0]",
        model.Milestone: "milestones[2018]",
        model.Figure: "figures[places-bts]",
        model.Campus: BESANCON,
    }
    return paths[kind].replace("mode-luxe-textile-design", document()["sectors"][0]["id"])


def test_a_missing_field_says_what_to_add():
    remedies = {
        "notes": 'Add it; where it is not known: "notes": null',
        "members": 'Add it; where there is none: "members": []',
        "name": 'Add it; for example: "name": "Microtechniques et systèmes intelligents"',
    }
    for field, remedy in remedies.items():
        assert validation.check(as_bytes(changed((f"{BESANCON}.{field}", GONE)))).errors[0].remedy == remedy
    found = validation.check(as_bytes(changed((f"{BESANCON}.labeled_on", "2017")))).errors
    assert found[0].remedy == "Did you mean labelled_on? Rename it, or remove it."


@pytest.mark.parametrize(
    ("owner", "path"), [("", "a\\ud800"), ("licence", "licence.a\\ud800"), (BESANCON, f"{BESANCON}.a\\ud800")]
)
def test_half_a_character_in_the_name_of_a_field_is_told_at_its_place(owner, path):
    data = as_bytes(changed((f"{owner}.HALF".lstrip("."), 1))).replace(b'"HALF"', b'"a\\ud800"')
    (error,) = validation.check(data).errors
    assert (error.path, error.message) == (
        path,
        "Half a character stands in the name of this field (a lone surrogate).",
    )


def test_no_invisible_character_passes_and_every_french_one_does():
    text = SchemaValidator({"type": "str", **meaning.TEXT.limits})
    address = SchemaValidator({"type": "str", **meaning.ADDRESS.limits})
    for code in range(0x110000):
        char = chr(code)
        if unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp") or code in (0xE000, 0xF8FF, 0x10FFFD, 0x2800, 0x3164):
            assert is_hidden(char)
            for validator, sample in ((text, f"a{char}b"), (address, f"https://a.fr/{char}b")):
                with pytest.raises(ValidationError):
                    validator.validate_python(sample)
    french = "L’Œuvre « d’art » : à, é, ÿ – n° 5 — 3 €\u202f; ½ …"
    assert text.validate_python(french) == french


# JSON Schema


def test_it_is_json_schema_2020_12():
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_bundled_registry_is_valid_for_an_independent_validator():
    VALIDATOR.validate(WHOLE)
    VALIDATOR.validate({"$schema": "campuses.schema.json", **WHOLE})


def test_the_committed_copy_is_what_the_program_prints():
    code, out, err = cmq("schema")
    assert (code, err) == (0, "")
    committed = (Path(__file__).parents[1] / "data" / "campuses.schema.json").read_bytes().decode()
    assert out == committed, "write it anew: cmq schema -o data/campuses.schema.json"
    assert json.loads(out) == SCHEMA
    assert cmq("schema", "--json")[1] == out
    assert cmq("schema", terminal=True)[1] == out


def test_it_is_printed_as_json_or_not_at_all(tmp_path):
    assert cmq("schema", "--csv") == (2, "", "cmq: No such option: --csv. See: cmq schema -h\n")
    assert cmq("schema", "-o", tmp_path / "schema.csv") == (2, "", "cmq: This can't be written as csv, only as json.\n")
    for name in ("schema.json", "schema.txt"):
        assert cmq("schema", "-o", tmp_path / name) == (0, "", "")
        assert json.loads((tmp_path / name).read_text(encoding="utf-8")) == SCHEMA


def test_only_options_that_apply_are_offered(capsys):
    cmq("schema", "--help")
    offered = capsys.readouterr().out
    assert "--output" in offered
    assert not [option for option in ("--format", "--csv", "--excel", "--fields", "--color") if option in offered]


def _described(kind):
    return SCHEMA if kind is model.Registry else SCHEMA["$defs"][kind.__name__]


@pytest.mark.parametrize(("kind", "field"), EVERY_FIELD, ids=FIELD_IDS)
def test_every_field_has_a_description_and_an_example_that_is_valid(kind, field):
    described = _described(kind)["properties"][field]
    assert described["description"].endswith(".")
    assert described["examples"]
    only = jsonschema.Draft202012Validator({**described, "$defs": SCHEMA["$defs"]})
    for example in described["examples"]:
        assert example is not None
        only.validate(example)
        _check_by_pydantic(kind, field, example)


def _check_by_pydantic(kind, field, example):
    content = document()
    inside, key = reach(content, f"{_place_of(kind)}.{field}".lstrip("."))
    inside[key] = copy.deepcopy(example)
    wrong = [finding for finding in validation._mistakes(content) if field in finding.at]
    assert wrong == []


@pytest.mark.parametrize("kind", MEANINGS, ids=lambda kind: kind.__name__)
def test_every_object_names_all_its_fields_and_no_others(kind):
    described = _described(kind)
    own = [name for name in described["properties"] if name != "$schema"]
    assert own == described["required"] == list(MEANINGS[kind])
    assert described["additionalProperties"] is False
    assert described["description"]
    assert all("title" not in properties for properties in described["properties"].values())


def test_the_one_name_beside_the_model_is_that_of_the_schema():
    assert SCHEMA["properties"]["$schema"]["description"]
    assert "$schema" not in SCHEMA["required"]


BEYOND_SCHEMA = ("The calendar", "An invisible", "Half a")
AGREED = [row for row in WRONG if not row[2].startswith(BEYOND_SCHEMA) and repr(row[1]) != "4.0"]


@pytest.mark.parametrize(
    ("field", "value", "message"), AGREED, ids=[f"{at}-{field}" for at, (field, *_) in enumerate(AGREED)]
)
def test_an_editor_refuses_what_the_program_refuses(field, value, message):
    """Save what JSON Schema can't say: days that don't exist, what can't be seen, and 4.0, which it takes for 4."""
    inside, key = reach(changed((f"{BESANCON}.{field}", value)), BESANCON)
    assert not CAMPUS_VALIDATOR.is_valid(inside[key]), message
