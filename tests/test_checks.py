"""The rules that span values: each is broken once, and each is told at its place, with the way to mend it."""

import copy
import json
import sys
import unicodedata
from dataclasses import replace
from datetime import date, timedelta

import pytest

import test_data
from cmq_cli import facts, model, references, schema, validation
from cmq_cli.checks import find
from cmq_cli.meaning import LISTS
from cmq_cli.record import Record
from cmq_cli.registry import build, parts
from registries import BESANCON, BUNDLED, GONE, WHOLE, as_bytes, changed, document, reach

PLASTI = "campuses[plasti-campus]"
PACA = "campuses[aeronautique-paca]"


def errors(*changes):
    """Return the errors of the bundled registry after some changes: path, message, value and remedy of each."""
    found = validation.check(as_bytes(changed(*changes))).errors
    return [(error.path, error.message, error.value, error.remedy) for error in found]


def test_the_bundled_registry_breaks_no_rule():
    checked = validation.check(bytearray(BUNDLED))
    assert checked.errors == []
    assert checked.registry == build(model.Registry, WHOLE)
    assert validation.check(as_bytes(document())).errors == []


def test_the_rules_are_those_that_the_tests_of_the_data_ask_by_themselves():
    assert list(facts.FACTS) == test_data.FACTS
    assert facts.BASIS_OF == test_data.BASIS_OF
    assert facts.BASIS_WITHOUT_A_SOURCE == test_data.BASIS_WITHOUT_A_SOURCE
    assert facts.FOLLOWS_FROM == test_data.FOLLOWS_FROM
    assert facts.OWN_WORDS == test_data.OWN_WORDS
    assert facts.REGION_FROM_A_PLACE == test_data.REGION_FROM_A_PLACE
    assert {at[-1]: key for at, key in LISTS.items()} == test_data.SORT_KEYS


REFERENCES = [
    (f"{BESANCON}.sectors", ["systemes-innovants-mecatronic"], "No sector has this id.", "mecatronique?"),
    (
        f"{BESANCON}.sectors",
        ["mecatronique"],
        "No sector has this id.",
        "Did you mean systemes-innovants-mecatronique?",
    ),
    (f"{BESANCON}.sectors", ["metiers"], "No sector has this id.", "Give an id of sectors; cmq sectors lists them."),
    (f"{BESANCON}.region_code", "99", "No region has this code.", ""),
    (f"{BESANCON}.academy", "Besancon", "No academy has this name.", "Did you mean Besançon?"),
    (f"{BESANCON}.department_code", "99", "No department has this code.", ""),
    (f"{BESANCON}.wave", 6, "No wave has this number.", "or null"),
    (f"{BESANCON}.sources[0].source", "cp-men-2017", "No source has this id.", "Did you mean cp-men-2017-02-13?"),
    ("waves[4].sources[0].source", "nowhere", "No source has this id.", "add the source"),
    ("figures[places-bts].sources[0].source", "nowhere", "No source has this id.", "add the source"),
    ("milestones[2018].source", "nowhere", "No source has this id.", "add the source"),
    ("territories.academies[Lyon].region_code", "99", "No region has this code.", "territories.regions"),
    ("territories.departments[25].region_code", "99", "No region has this code.", "territories.regions"),
    ("territories.departments[25].academy", "Lion", "No academy has this name.", "Did you mean Lyon?"),
    ("territories.former_regions[Alsace].region_code", "99", "No region has this code.", "territories.regions"),
    ("territories.former_regions[Alsace].academies", ["Lion"], "No academy has this name.", "Did you mean Lyon?"),
    ("territories.regions[27].former", ["Burgundy"], "No former region has this name.", "former_regions"),
]


@pytest.mark.parametrize(
    ("path", "value", "message", "remedy"), REFERENCES, ids=[f"{row[0]}-{row[1]}" for row in REFERENCES]
)
def test_a_reference_that_leads_nowhere_is_told(path, value, message, remedy):
    found = errors((path, value))
    place = path.replace("sources[0]", f"sources[{value}]") + ("[#1]" if isinstance(value, list) else "")
    told = [error for error in found if error[1] == message]
    assert [error[0] for error in told] == [place]
    assert json.dumps(value if isinstance(value, (str, int)) else value[0], ensure_ascii=False) == told[0][2]
    assert remedy in told[0][3]


TODAY = WHOLE["data_version"]
TOMORROW = str(date.fromisoformat(TODAY) + timedelta(1))
NEXT_YEAR = str(int(TODAY[:4]) + 1)

CONTRADICTIONS = [
    ("a region's name", [(f"{BESANCON}.region", "Bretagne")], f"{BESANCON}.region", "called Bourgogne-Franche-Comté"),
    (
        "an academy's region",
        [("territories.academies[Lyon].region", "Bretagne")],
        "territories.academies[Lyon].region",
        "called Auvergne-Rhône-Alpes",
    ),
    ("another region's department", [(f"{BESANCON}.department_code", "75")], f"{BESANCON}.department_code", "lies in"),
    ("another department's academy", [(f"{BESANCON}.academy", "Dijon")], f"{BESANCON}.academy", "is Besançon"),
    (
        "another region's academy",
        [("campuses[aerocampus-auvergne].academy", "Paris"), ("campuses[aerocampus-auvergne].academy_basis", "stated")],
        "campuses[aerocampus-auvergne].academy",
        "",
    ),
    ("both dates of a label", [(f"{BESANCON}.labelled_by", "2018")], f"{BESANCON}.labelled_by", "says nothing more"),
    ("a mention that isn't held", [(f"{BESANCON}.excellence", False)], f"{BESANCON}.excellence_since", "is dated"),
    ("a mention of which nothing is known", [(f"{BESANCON}.excellence", None)], f"{BESANCON}.excellence_since", ""),
    ("a label after the data", [(f"{BESANCON}.labelled_on", NEXT_YEAR)], f"{BESANCON}.labelled_on", TODAY),
    (
        "a proof after the data",
        [("campuses[bois-grand-est].labelled_by", f"{NEXT_YEAR}-01")],
        "campuses[bois-grand-est].",
        "",
    ),
    ("a mention after the data", [(f"{BESANCON}.excellence_since", TOMORROW)], f"{BESANCON}.excellence_since", ""),
    (
        "a source after the data",
        [("sources[bo-2017-07].published", f"{NEXT_YEAR}-01-01")],
        "sources[bo-2017-07].published",
        "",
    ),
    ("a call after the data", [("waves[5].call_launched_on", NEXT_YEAR)], "waves[5].call_launched_on", ""),
    ("a figure after the data", [("figures[places-bts].as_of", NEXT_YEAR)], "figures[places-bts].as_of", ""),
    ("a milestone after the data", [("milestones[2018].on", "2031")], "milestones[2031].on", "after the day"),
    ("old data", [("data_version", "2016-12-31")], f"{BESANCON}.labelled_on", "2016-12-31"),
    ("a sum of new ones", [("waves[4].new", 27)], "waves[4].new", "make 26"),
    ("a total of a wave", [("waves[4].total", 78)], "waves[4].total", "make 77"),
    ("a total that doesn't chain", [("waves[3].announcements[0].total", 52)], "waves[3].announcements[", "make"),
    ("an announcement too small", [("waves[1].announcements[0].total", 11)], "waves[1].announcements[", "make 12"),
    ("a wave that announced nothing", [("waves[4].announcements", [])], f"{BESANCON}.wave", "announced nothing"),
    ("no latitude of a city", [(f"{BESANCON}.latitude", None)], f"{BESANCON}.latitude", "together"),
    ("no longitude of a city", [(f"{BESANCON}.longitude", None)], f"{BESANCON}.longitude", "together"),
    ("no code of a city", [(f"{BESANCON}.city_code", None)], f"{BESANCON}.city_code", "together"),
    ("coordinates of no city", [(f"{PACA}.latitude", 43.0)], f"{PACA}.latitude", "together"),
    ("no source of a website", [("campuses[bois-grand-est].website", "https://b.fr")], "campuses[bois-grand-est].", ""),
    ("a basis of no wave", [("campuses[bois-grand-est].wave_basis", "stated")], "campuses[bois-grand-est].wave_", ""),
    ("no basis of a wave", [(f"{BESANCON}.wave_basis", None)], f"{BESANCON}.wave_basis", "not how it is known"),
    ("no basis of an academy", [(f"{BESANCON}.academy_basis", None)], f"{BESANCON}.academy_basis", "not how"),
    ("a stated wave called deduced", [(f"{BESANCON}.wave_basis", "deduced")], f"{BESANCON}.wave_basis", "is stated"),
    ("assigned sectors called stated", [(f"{BESANCON}.sectors_basis", "stated")], f"{BESANCON}.sectors", "No source"),
    ("a proof of nothing", [(f"{BESANCON}.aliases", [])], f"{BESANCON}.sources[cmq-bfc-msi].supports", "not set"),
]


@pytest.mark.parametrize(
    ("changes", "path", "words"), [row[1:] for row in CONTRADICTIONS], ids=[r[0] for r in CONTRADICTIONS]
)
def test_a_contradiction_is_told(changes, path, words):
    found = errors(*changes)
    told = [error for error in found if error[0].startswith(path) and words in error[1]]
    assert told, found
    assert all(error[3] for error in told), "no way to mend it"


@pytest.mark.parametrize("field", [field for field in facts.FACTS if field != facts.OWN_WORDS])
def test_a_fact_without_a_source_is_told(field):
    """Every fact that the bundled registry knows of some campus is left without its source once."""
    content = copy.deepcopy(WHOLE)
    campus = next(each for each in content["campuses"] if _is_proven(each, field))
    for evidence in campus["sources"]:
        evidence["supports"] = [name for name in evidence["supports"] if name != field]
    campus["sources"] = [evidence for evidence in campus["sources"] if evidence["supports"]]
    if field == "region":
        campus["notes"] = None
        for evidence in campus["sources"]:
            evidence["supports"] = [name for name in evidence["supports"] if name != "notes"] or ["name"]
    found = validation.check(as_bytes(content)).errors
    assert f"campuses[{campus['id']}].{field}: No source supports this fact." in [
        f"{error.path}: {error.message}" for error in found
    ]


def _is_proven(campus, field):
    if field == "department_code" and campus["city"] is not None:
        return False
    if not any(field in evidence["supports"] for evidence in campus["sources"]):
        return False
    return any(name not in (field, "notes") for evidence in campus["sources"] for name in evidence["supports"])


def test_the_notes_need_no_source_and_what_a_basis_explains_neither():
    content = copy.deepcopy(WHOLE)
    for campus in content["campuses"]:
        for evidence in campus["sources"]:
            evidence["supports"] = [name for name in evidence["supports"] if name != "notes"] or ["name"]
    registry = build(model.Registry, content)
    assert not [finding for finding in find(registry) if "No source" in finding.message]
    explained = {field for campus in registry.campuses for field in facts.present(campus) - facts.supported(campus)}
    assert explained == {"notes", "region", "academy", "wave", "sectors", "department_code"}


@pytest.mark.parametrize(("at", "key"), LISTS.items(), ids=[".".join(at) for at in LISTS])
def test_two_records_of_the_same_name_are_told(at, key):
    content = document()
    records = reach(content, ".".join(at))[0][at[-1]]
    records.insert(3, dict(records[1]))
    found = validation.check(as_bytes(content)).errors
    name = records[1][key]
    assert (f"{'.'.join(at)}[{name}].{key}", "An earlier record is called the same; each needs a name of its own.") in [
        (error.path, error.message) for error in found
    ]


TWICE = "An earlier item of the list says just the same."

LISTS_OF_TEXTS = [
    "territories.regions[27].former",
    "territories.regions[27].abbreviations",
    "territories.former_regions[Franche-Comté].academies",
    "sectors[alimentaire-agroalimentaire].keywords",
    "waves[4].priorities",
    f"{BESANCON}.sources[0].supports",
    *(f"{BESANCON}.{name}" for name in ("aliases", "members", "sectors", "fields")),
]


@pytest.mark.parametrize("path", LISTS_OF_TEXTS)
def test_a_list_that_names_something_twice_is_told(path):
    """A campus that has its sector twice would be counted twice there."""
    inside, key = reach(document(), path)
    found = errors((path, [*inside[key], inside[key][0]]))
    shown = json.dumps(inside[key][0], ensure_ascii=False)
    assert [error[1:] for error in found] == [(TWICE, shown, "Remove one of the two.")]
    place = path.replace("sources[0]", "sources[cp-men-2017-02-13]")
    assert found[0][0] == f"{place}[#{len(inside[key]) + 1}]"


LISTS_OF_RECORDS = [f"{BESANCON}.sources", "waves[4].sources", "waves[4].announcements", "figures[places-bts].sources"]


@pytest.mark.parametrize("path", LISTS_OF_RECORDS)
def test_a_record_that_stands_twice_in_a_list_is_told(path):
    """A campus that has its evidence twice would be shown with two sources where there is one."""
    inside, key = reach(document(), path)
    items = inside[key]
    [told] = [error for error in errors((path, [*items, items[0]])) if error[1] == TWICE]
    name = next(iter(items[0].values()))
    assert told == (f"{path}[{name}]", TWICE, json.dumps(name), "Remove one of the two.")


def test_no_list_within_a_record_is_forgotten():
    kinds = [kind for kind in vars(model).values() if isinstance(kind, type) and issubclass(kind, Record)]
    inner = [kind for kind in kinds if kind not in (Record, model.Registry, model.Territories)]
    lists = {name for kind in inner for name, _, many in parts(kind) if many}
    assert {path.rpartition(".")[2] for path in (*LISTS_OF_TEXTS, *LISTS_OF_RECORDS)} == lists


@pytest.mark.parametrize(("field", "value"), [("quote", "Un autre extrait."), ("supports", ["name"])])
def test_a_source_may_be_cited_twice_for_different_things(field, value):
    [first, *others] = reach(document(), f"{BESANCON}.sources")[0]["sources"]
    assert first[field] != value
    assert errors((f"{BESANCON}.sources", [first, {**first, field: value}, *others])) == []


def test_evidence_that_is_wrong_in_itself_is_no_copy_of_another():
    [first, *others] = reach(document(), f"{BESANCON}.sources")[0]["sources"]
    last = {**first, "quote": None}
    found = errors((f"{BESANCON}.sources", [{**first, "quote": 12}, *others, last]))
    assert [error[2] for error in found] == ["12"]


def test_every_sector_that_was_meant_is_named():
    """Up to a limit; beyond it, each is told all the same."""
    typed = ["mecatronique", "Systèmes innovants, mécatronique", "Mécatronique", "systemes-innovants-mecatronic"]
    found = errors((f"{BESANCON}.sectors", typed), (f"{PLASTI}.sectors", ["chimie"]))
    places = [f"{BESANCON}.sectors[#{number}]" for number in (1, 2, 3, 4)]
    assert [error[0] for error in found] == [*places, f"{PLASTI}.sectors[#1]"]
    assert all(error[3].startswith("Did you mean systemes-innovants-mecatronique? ") for error in found[:4])
    assert found[4][3].startswith("Did you mean chimie-")
    many = [f"systemes-innovants-mecatronique-{number}" for number in range(150)]
    remedies = [error[3] for error in errors((f"{BESANCON}.sectors", many))]
    assert len(remedies) == 150
    assert sum("Did you mean" in remedy for remedy in remedies) == references._SUGGESTIONS


def test_a_field_that_holds_no_id_is_not_taken_for_one():
    found = errors(("waves[4].sectors", "mecatronique"), (f"{BESANCON}.sources[0].source", "BO 2017-07"))
    assert [error[3] for error in found if "sectors" in error[0]] == ["Remove it; notes take what has no field."]
    [remedy] = [error[3] for error in found if "sectors" not in error[0]]
    assert remedy == f"Did you mean bo-2017-07? {references.REMEDIES['source']}"


@pytest.mark.parametrize(
    ("path", "typed", "remedy"),
    [
        (f"{PLASTI}.id", "Aérocampus Auvergne", "Write aerocampus-auvergne."),
        ("sources[bo-2017-07].id", "B.O. n° 7 (2017)", "Write b-o-n-7-2017."),
        ("sectors[alimentaire-agroalimentaire].id", "Œuvres & métiers d’art", "Write oeuvres-metiers-d-art."),
        (f"{PLASTI}.id", "Προβηγκία", "Correct it."),
        (f"{PLASTI}.id", "!", "Correct it."),
        (f"{PLASTI}.id", 12, "Correct it."),
    ],
)
def test_a_badly_written_id_is_told_with_the_right_spelling(path, typed, remedy):
    told = [error for error in errors((path, typed)) if error[0].endswith(".id")]
    assert [(error[1], error[3]) for error in told] == [
        ("Lower-case words without accents, joined by hyphens, are wanted.", remedy)
    ]


@pytest.mark.parametrize(
    ("notes", "is_said"),
    [
        ("Région d'après la commune.", True),
        ("Région d’après la commune.", True),
        ("Siège déduit. région d'après son lycée", True),
        (unicodedata.normalize("NFD", "RÉGION D’APRÈS la commune."), True),
        ("Région d'apresto.", False),
        ("Sous-région.", False),
        (None, False),
    ],
)
def test_the_notes_say_where_a_region_comes_from_in_whatever_typography(notes, is_said):
    content = document()
    [campus] = [each for each in content["campuses"] if each["id"] == "plasti-campus"]
    for evidence in campus["sources"]:
        evidence["supports"] = [field for field in evidence["supports"] if field not in ("region", "notes")] or ["name"]
    campus["notes"] = notes
    found = [error.path for error in validation.check(as_bytes(content)).errors]
    assert found == ([] if is_said else [f"{PLASTI}.region"])


def test_a_chain_may_begin_with_a_later_wave_and_waves_may_stand_in_any_order():
    content = document()
    content["waves"] = [wave for wave in reversed(content["waves"]) if wave["number"] > 1]
    content["campuses"] = [campus for campus in content["campuses"] if campus["wave"] != 1]
    assert validation.check(as_bytes(content)).errors == []


def test_a_partial_date_counts_from_its_first_day():
    for day in (TODAY[:4], TODAY[:7], TODAY):
        assert errors((f"{BESANCON}.labelled_on", day)) == [], day
    for day in (NEXT_YEAR, f"{NEXT_YEAR}-01", TOMORROW):
        assert [error[0] for error in errors((f"{BESANCON}.labelled_on", day))] == [f"{BESANCON}.labelled_on"], day


def test_what_is_wrong_in_itself_doesnt_hide_what_contradicts_elsewhere():
    """One campus has a mistake in a value, a rule broken beside it, and one broken because of it."""
    found = errors(
        (f"{BESANCON}.website", 12),  # wrong in itself; that a source supports it is no second error
        (f"{BESANCON}.excellence", None),  # a rule of the same campus that doesn't look at it
        (f"{PLASTI}.sectors", ["nowhere"]),
        ("sources[bo-2017-07].id", 3),  # what refers to a source may be right: it can't be told
        ("waves[4].sources[0].source", "nowhere"),
    )
    assert [error[0] for error in found] == [
        "sources[3].id",
        f"{BESANCON}.excellence_since",
        f"{BESANCON}.website",
        f"{BESANCON}.sources[cmq-bfc-msi].supports[#6]",
        f"{PLASTI}.sectors[#1]",
    ]


def test_a_mistake_elsewhere_in_a_list_hides_no_reference():
    found = errors(("sources[bo-2017-07].url", "ftp://bo"), ("waves[4].sources[0].source", "nowhere"))
    assert [error[0] for error in found] == ["sources[bo-2017-07].url", "waves[4].sources[nowhere].source"]


def test_a_field_that_is_missing_hides_only_its_own_rules():
    found = errors((f"{BESANCON}.wave_basis", GONE), (f"{BESANCON}.latitude", None), (f"{PLASTI}.nom", "Plasti"))
    assert {error[0] for error in found} == {f"{BESANCON}.wave_basis", f"{BESANCON}.latitude", f"{PLASTI}.nom"}


def test_errors_come_in_the_order_of_the_file():
    found = errors(
        ("campuses[bois-grand-est].wave", 9), ("sources[bo-2017-07].published", "2030"), ("data_version", "2026-11-22")
    )
    paths = [error[0] for error in found]
    assert paths[0].startswith("sources")
    assert paths[-1].startswith("campuses")


def test_four_times_the_campuses_take_four_times_the_steps():
    registry = schema.read(BUNDLED)

    def steps(times):
        campuses = tuple(replace(each, id=f"{each.id}-{n}") for n in range(times) for each in registry.campuses)
        larger = replace(registry, campuses=campuses)
        number = 0

        def count(*_):
            nonlocal number
            number += 1

        sys.setprofile(count)
        try:
            assert list(find(larger)) == []
        finally:
            sys.setprofile(None)
        return number

    none, one, four = steps(0), steps(1), steps(4)
    assert four - none == pytest.approx(4 * (one - none), rel=0.01)
