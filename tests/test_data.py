"""The data files, checked: every fact has a source, every reference leads somewhere, no count is stale.

The files are read as plain JSON and CSV. Of the package only the model is used, for the names and the types of fields,
and the number of the schema.
"""

import csv
import json
import re
import unicodedata
from calendar import monthrange
from collections import Counter
from dataclasses import fields, is_dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Literal, get_args, get_origin, get_type_hints
from urllib.parse import urlsplit

import pytest

from cmq_cli import model
from cmq_cli.registry import SCHEMA_VERSION

DATA = Path(__file__).parents[1] / "data"
CAMPUSES_JSON = (DATA / "campuses.json").read_bytes()
REGISTRY = json.loads(CAMPUSES_JSON)
PLACES_CSV = (DATA / "places.csv").read_bytes().decode()
PLACES = list(csv.DictReader(PLACES_CSV.splitlines()))
README = (DATA / "README.md").read_text(encoding="utf-8")
LICENCES = (DATA / "LICENSE.md").read_text(encoding="utf-8")

# Written out, so that a record that is lost or added by accident is noticed: change them together with the data.
COUNTS = {"sources": 264, "sectors": 12, "waves": 5, "milestones": 13, "figures": 6, "campuses": 103}
TERRITORIES = {"regions": 24, "academies": 31, "departments": 107, "former_regions": 17}
DOCUMENTED_CAMPUSES_OF_WAVE = {1: 10, 2: 7, 3: 8, 4: 15, 5: 1, None: 62}
CAMPUSES_OF_REGIONS = [15, 12, 11, 9, 8, 8, 7, 7, 5, 5, 4, 4, 2, 2, 2, 1, 1]
CAMPUSES_OF_SECTORS = [19, 18, 18, 13, 12, 12, 11, 9, 6, 5, 5, 3]
CAMPUSES_WITHOUT = {"city": 46, "excellence": 69, "wave": 62}

# Official, and history: these don't change.
NEW_CAMPUSES_OF_WAVE = {1: 14, 2: 23, 3: 14, 4: 26, 5: 18}
TOTAL_AFTER_WAVE = {1: 14, 2: 37, 3: 51, 4: 77, 5: 95}
TOTAL_AFTER_ANNOUNCEMENT = [12, 14, 31, 37, 47, 49, 51, 77, 95]

PRESS_RELEASE = "cp-men-2017-02-13"

SORT_KEYS = {
    "sources": "id",
    "sectors": "id",
    "waves": "number",
    "milestones": "on",
    "figures": "id",
    "campuses": "id",
    "regions": "code",
    "academies": "name",
    "departments": "code",
    "former_regions": "name",
}

# South, north, west, east, with some room; by region code, `None` is metropolitan France.
BOXES = {
    None: (41.3, 51.2, -5.3, 9.7),
    "01": (15.8, 16.6, -61.9, -60.9),
    "02": (14.3, 15.0, -61.3, -60.7),
    "03": (2.0, 6.0, -54.7, -51.5),
    "04": (-21.5, -20.8, 55.1, 55.9),
    "06": (-13.1, -12.5, 44.9, 45.4),
    "975": (46.7, 47.2, -56.5, -56.0),
    "977": (17.8, 18.0, -63.0, -62.7),
    "978": (17.9, 18.2, -63.2, -62.9),
    "986": (-14.5, -13.1, -178.4, -176.0),
    "987": (-28.0, -7.0, -155.0, -134.0),
    "988": (-23.0, -19.4, 158.0, 172.5),
}

# The only departments whose academy is that of another region.
ACADEMY_OF_ANOTHER_REGION = {"977": "Guadeloupe", "978": "Guadeloupe"}

# Ministers in office, the only persons whom a civility may introduce.
MINISTERS = ("Najat Vallaud-Belkacem",)


def records(name):
    """Return one list of the registry, whether it stands at the top or among the territories."""
    return REGISTRY[name] if name in REGISTRY else REGISTRY["territories"][name]


def by(key, rows):
    return {row[key]: row for row in rows}


def expect_none(problems):
    """Fail with one line for each problem."""
    problems = list(problems)
    assert not problems, "\n".join([f"{len(problems)} problem(s):", *problems])


def is_set(value):
    return value is not None and value not in ("", [])


def fold(text):
    """Return a text without case, accents and punctuation, the way that two names are the same."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe"))
    return " ".join(re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c))))


def walk(value, path=""):
    """Give every value of a document that is not a container, with a path that names records by their id."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from walk(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            name = number
            if isinstance(inner, dict):
                name = next(
                    (inner[key] for key in ("id", "source", "code", "name", "number", "on") if key in inner), number
                )
            yield from walk(inner, f"{path}[{name}]")
    else:
        yield path, value


def texts():
    return ((path, value) for path, value in walk(REGISTRY) if isinstance(value, str))


def first_day(text):
    year, month, day = ([int(part) for part in text.split("-")] + [1, 1])[:3]
    return date(year, month, day)


def last_day(text):
    parts = [int(part) for part in text.split("-")]
    year, month = [*parts, 12][:2]
    return date(year, month, parts[2] if len(parts) == 3 else monthrange(year, month)[1])


# The shape of the file


def test_the_registry_is_canonical_json():
    again = json.dumps(REGISTRY, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    assert again.encode() == CAMPUSES_JSON, "put campuses.json in its canonical form (data/README.md says how)"


def mismatches(value, hint, path):
    """Give every place where a JSON value isn't of the type that the model asks for."""
    if is_dataclass(hint):
        names = [field.name for field in fields(hint)]
        if not isinstance(value, dict) or list(value) != names:
            yield f"{path}: {list(value) if isinstance(value, dict) else value!r}, not the fields {names}"
            return
        hints = get_type_hints(hint)
        for name in names:
            yield from mismatches(value[name], hints[name], f"{path}.{name}")
    elif get_origin(hint) is tuple:
        if not isinstance(value, list):
            yield f"{path}: {value!r} is not a list"
            return
        for number, inner in enumerate(value):
            name = inner.get("id", number) if isinstance(inner, dict) else number
            yield from mismatches(inner, get_args(hint)[0], f"{path}[{name}]")
    elif get_origin(hint) is Literal:
        if value not in get_args(hint):
            yield f"{path}: {value!r} is not one of {get_args(hint)}"
    elif get_args(hint):  # a union with None, of a plain type or of words
        if not any(not list(mismatches(value, inner, path)) for inner in get_args(hint)):
            yield f"{path}: {value!r} is not {hint}"
    elif type(value) is not hint:  # exactly: true is not a number
        yield f"{path}: {value!r} is not {hint.__name__}"


def test_every_record_has_the_fields_of_the_model_in_its_order_and_with_its_types():
    own = {name: value for name, value in REGISTRY.items() if name != "$schema"}
    expect_none(mismatches(own, model.Registry, "registry"))


def test_the_registry_tells_editors_where_its_schema_is():
    assert next(iter(REGISTRY)) == "$schema"
    assert (DATA / REGISTRY["$schema"]).is_file()
    assert REGISTRY["schema_version"] == SCHEMA_VERSION


def test_no_record_is_lost_or_added_unnoticed():
    assert {name: len(records(name)) for name in COUNTS} == COUNTS
    assert {name: len(records(name)) for name in TERRITORIES} == TERRITORIES


def test_what_other_tests_count_in_the_file_to_compare_it_with_answers_is_this():
    campuses = records("campuses")
    regions = Counter(campus["region"] for campus in campuses)
    sectors = Counter(sector for campus in campuses for sector in campus["sectors"])
    assert sorted(regions.values(), reverse=True) == CAMPUSES_OF_REGIONS
    assert sorted(sectors.values(), reverse=True) == CAMPUSES_OF_SECTORS
    assert (regions["Auvergne-Rhône-Alpes"], regions["Bretagne"], regions["Martinique"]) == (15, 5, 1)
    assert sectors["services-entreprises-logistique"] == 3
    assert {name: sum(campus[name] is None for campus in campuses) for name in CAMPUSES_WITHOUT} == CAMPUSES_WITHOUT
    dates = ("labelled_on", "labelled_by", "wave")
    undated = [campus["region"] for campus in campuses if not any(campus[name] for name in dates)]
    assert (len(undated), undated.count("Bretagne")) == (18, 3)


@pytest.mark.parametrize(("name", "key"), SORT_KEYS.items())
def test_lists_are_sorted_and_no_key_occurs_twice(name, key):
    keys = [record[key] for record in records(name)]
    expect_none(f"{name}: {later!r} stands after {earlier!r}" for earlier, later in pairwise(keys) if earlier >= later)


@pytest.mark.parametrize("name", ["sources", "sectors", "figures", "campuses"])
def test_ids_are_lower_case_ascii_slugs(name):
    slug = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
    expect_none(f"{name}: {record['id']!r}" for record in records(name) if not slug.fullmatch(record["id"]))


def test_texts_are_clean():
    for path, text in texts():
        assert text, f"{path}: empty text; the unknown is null"
        assert text == text.strip(), f"{path}: space at an end: {text!r}"
        assert unicodedata.is_normalized("NFC", text), f"{path}: not in NFC: {text!r}"
        odd = [c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Co", "Cn", "Zl", "Zp") or c == "\ufffd"]
        assert not odd, f"{path}: {odd} in {text!r}"


def test_lists_of_texts_have_no_duplicates():
    def twice(record, path):
        for key, value in record.items():
            if isinstance(value, list) and value and isinstance(value[0], str):
                for text, times in Counter(fold(text) for text in value).items():
                    if times > 1:
                        yield f"{path}.{key}: {text!r} {times} times"
            for inner in value if isinstance(value, list) else [value]:
                if isinstance(inner, dict):
                    yield from twice(inner, f"{path}[{inner.get('id') or inner.get('source') or key}]")

    expect_none(twice(REGISTRY, "registry"))


# References


def test_regions_academies_departments_and_former_regions_agree():
    regions = by("code", records("regions"))
    academies = by("name", records("academies"))
    for academy in academies.values():
        assert academy["region_code"] in regions, f"academy {academy['name']}: region_code {academy['region_code']!r}"
        assert academy["region"] == regions[academy["region_code"]]["name"], f"academy {academy['name']}: region"
    for department in records("departments"):
        where = f"department {department['code']}"
        assert department["region_code"] in regions, f"{where}: region_code {department['region_code']!r}"
        if department["academy"] is not None:
            assert department["academy"] in academies, f"{where}: academy {department['academy']!r}"
            if ACADEMY_OF_ANOTHER_REGION.get(department["code"]) != department["academy"]:
                region_code = academies[department["academy"]]["region_code"]
                assert region_code == department["region_code"], f"{where}: academy {department['academy']!r} elsewhere"
    code = re.compile(r"\d\d|2[AB]|\d{3}", re.ASCII)
    odd = [
        row["code"] for name in ("regions", "departments") for row in records(name) if not code.fullmatch(row["code"])
    ]
    assert not odd, f"codes that are not INSEE codes: {odd}"
    empty = set(regions) - {department["region_code"] for department in records("departments")}
    assert not empty, f"regions without department: {empty}"


def test_former_regions_share_out_the_academies_of_the_regions_that_united_them():
    academies = by("name", records("academies"))
    former_names = {name for region in records("regions") for name in region["former"]}
    assert former_names == {former["name"] for former in records("former_regions")}
    for former in records("former_regions"):
        assert former["academies"], f"former region {former['name']}: no academy"
        for name in former["academies"]:
            assert name in academies, f"former region {former['name']}: academy {name!r} is unknown"
    for region in records("regions"):
        parts = [former for former in records("former_regions") if former["region_code"] == region["code"]]
        assert sorted(region["former"]) == [former["name"] for former in parts], f"region {region['code']}: former"
        if parts:
            inherited = sorted(name for former in parts for name in former["academies"])
            present = sorted(name for name, row in academies.items() if row["region_code"] == region["code"])
            assert inherited == present, f"region {region['code']}: academies of its former regions"


def test_the_region_academy_and_department_of_a_campus_exist_and_agree():
    regions = by("code", records("regions"))
    academies = by("name", records("academies"))
    departments = by("code", records("departments"))
    departments_of = Counter(department["region_code"] for department in departments.values())
    for campus in records("campuses"):
        where = f"campus {campus['id']}"
        assert campus["region_code"] in regions, f"{where}: region_code {campus['region_code']!r}"
        assert campus["region"] == regions[campus["region_code"]]["name"], f"{where}: region {campus['region']!r}"
        if campus["academy"] is not None:
            assert campus["academy"] in academies, f"{where}: academy {campus['academy']!r}"
            academy = academies[campus["academy"]]
            assert academy["region_code"] == campus["region_code"], f"{where}: academy {academy['name']!r} is elsewhere"
        if campus["department_code"] is not None:
            assert campus["department_code"] in departments, f"{where}: department_code {campus['department_code']!r}"
            department = departments[campus["department_code"]]
            assert department["region_code"] == campus["region_code"], f"{where}: department_code is elsewhere"
            assert department["academy"] == campus["academy"], f"{where}: academy isn't {department['academy']!r}"
        elif departments_of[campus["region_code"]] == 1:
            pytest.fail(f"{where}: department_code is null, though the region has one department")


def test_every_sector_wave_and_source_that_a_record_names_exists():
    sources, sectors = by("id", records("sources")), by("id", records("sectors"))
    waves = by("number", records("waves"))
    for campus in records("campuses"):
        where = f"campus {campus['id']}"
        assert campus["sectors"], f"{where}: no sectors"
        assert campus["fields"], f"{where}: no fields"
        expect_none(f"{where}: sectors: {name!r} is unknown" for name in campus["sectors"] if name not in sectors)
        assert campus["wave"] is None or campus["wave"] in waves, f"{where}: wave {campus['wave']!r} is unknown"
    for name, key in (("campuses", "id"), ("waves", "number"), ("figures", "id")):
        for record in records(name):
            cited = [citation["source"] for citation in record["sources"]]
            where = f"{name} {record[key]}"
            assert cited, f"{where}: no sources"
            expect_none(f"{where}: sources: {source!r} is unknown" for source in cited if source not in sources)
            expect_none(f"{where}: sources: {source!r} twice" for source, n in Counter(cited).items() if n > 1)
    for milestone in records("milestones"):
        assert milestone["source"] in sources, f"milestone {milestone['on']}: source {milestone['source']!r} is unknown"


def test_names_leave_out_the_words_that_all_campuses_share_and_fields_are_in_lower_case():
    for campus in records("campuses"):
        assert "campus des metiers" not in fold(campus["name"]), f"campus {campus['id']}: name {campus['name']!r}"
        expect_none(f"campus {campus['id']}: fields: {f!r}" for f in campus["fields"] if f != f.lower())


def test_no_name_means_two_campuses():
    owners = {}
    for campus in records("campuses"):
        for name in (campus["name"], *campus["aliases"]):
            owners.setdefault(fold(name), []).append(campus["id"])
    expect_none(f"{name!r}: {ids}" for name, ids in owners.items() if len(ids) > 1)


def test_no_search_word_leads_to_two_sectors_and_no_name_to_two_regions():
    owners = {}
    for sector in records("sectors"):
        assert sector["keywords"], f"sector {sector['id']}: no keywords"
        for word in sector["keywords"]:
            owners.setdefault(fold(word), []).append(f"sector {sector['id']}")
    for region in records("regions"):
        for word in (region["name"], *region["former"], *region["abbreviations"]):
            owners.setdefault(fold(word), []).append(f"region {region['code']}")
    expect_none(f"{word!r}: {ids}" for word, ids in owners.items() if len(ids) > 1)


def test_addresses_are_web_addresses_and_each_is_one_source():
    addresses = [(f"source {source['id']}: url", source["url"]) for source in records("sources") if source["url"]]
    owners = Counter(address for _, address in addresses)
    expect_none(
        f"{where}: {address} also belongs to another source" for where, address in addresses if owners[address] > 1
    )
    addresses += [(f"sector {sector['id']}: page", sector["page"]) for sector in records("sectors")]
    addresses += [(f"campus {c['id']}: website", c["website"]) for c in records("campuses") if c["website"]]
    for where, address in addresses:
        parts = urlsplit(address)
        assert parts.scheme in ("http", "https"), f"{where}: {address}"
        assert "." in parts.netloc, f"{where}: {address}"
        assert " " not in address, f"{where}: {address}"


# Every fact has a source

BASIS_OF = {"academy": "academy_basis", "wave": "wave_basis", "sectors": "sectors_basis"}
BASIS_WITHOUT_A_SOURCE = {"academy": "territory", "wave": "deduced", "sectors": "assigned"}
FOLLOWS_FROM = {"region_code": "region", "city_code": "city", "latitude": "city", "longitude": "city"}
FACTS = [
    field.name
    for field in fields(model.Campus)
    if field.name not in ("id", "sources", *BASIS_OF.values(), *FOLLOWS_FROM)
]
OWN_WORDS = "notes"
REGION_FROM_A_PLACE = "Région d'après"


def may_stand_without_a_source(campus, field):
    """Tell whether the campus itself explains a fact that no source supports. There is no other excuse than these."""
    if field in BASIS_OF:
        return campus[BASIS_OF[field]] == BASIS_WITHOUT_A_SOURCE[field]
    if field == "department_code":
        return campus["city"] is not None
    if field == "region":
        return REGION_FROM_A_PLACE in (campus["notes"] or "")
    return field == OWN_WORDS


def supported(campus):
    return {field for evidence in campus["sources"] for field in evidence["supports"]}


def test_a_source_supports_facts_and_only_facts_that_are_set():
    for campus in records("campuses"):
        for evidence in campus["sources"]:
            where = f"campus {campus['id']}: source {evidence['source']}"
            assert evidence["supports"], f"{where}: supports nothing"
            for field in evidence["supports"]:
                assert field in FACTS, f"{where}: supports {field!r}, which is not a fact"
                assert is_set(campus[field]), f"{where}: supports {field!r}, which is {campus[field]!r}"


def test_every_fact_that_is_set_has_a_source_or_an_explanation():
    expect_none(
        f"campus {campus['id']}: {field} {campus[field]!r} has no source"
        for campus in records("campuses")
        for field in FACTS
        if is_set(campus[field]) and field not in supported(campus) and not may_stand_without_a_source(campus, field)
    )


def test_facts_that_follow_from_another_are_set_with_it():
    for campus in records("campuses"):
        for field, origin in FOLLOWS_FROM.items():
            both = is_set(campus[field]) == is_set(campus[origin])
            assert both, f"campus {campus['id']}: {field} {campus[field]!r}, {origin} {campus[origin]!r}"


@pytest.mark.parametrize(("field", "basis"), BASIS_OF.items())
def test_a_basis_is_given_with_its_fact_and_is_stated_exactly_when_a_source_says_so(field, basis):
    for campus in records("campuses"):
        where = f"campus {campus['id']}: {basis} {campus[basis]!r}"
        assert is_set(campus[basis]) == is_set(campus[field]), f"{where}, {field} {campus[field]!r}"
        assert (campus[basis] == "stated") == (field in supported(campus)), f"{where}, {field} in supports or not"


def test_an_academy_known_by_its_territory_follows_from_it():
    departments = by("code", records("departments"))
    for campus in records("campuses"):
        if campus["academy_basis"] != "territory":
            continue
        named = [
            former["academies"]
            for former in records("former_regions")
            if re.search(rf"ancienne région {re.escape(former['name'])}(?![\w-])", campus["notes"] or "")
        ]
        if campus["department_code"]:
            origin, academies = "department", [departments[campus["department_code"]]["academy"]]
        elif named:
            origin, academies = "former region in the notes", [name for names in named for name in names]
        else:
            origin = "region"
            academies = [a["name"] for a in records("academies") if a["region_code"] == campus["region_code"]]
        assert academies == [campus["academy"]], f"campus {campus['id']}: academy: its {origin} has {academies}"


def test_the_notes_name_the_place_of_a_region_that_no_source_names_and_of_no_other():
    for campus in records("campuses"):
        where = f"campus {campus['id']}: region"
        explained = REGION_FROM_A_PLACE in (campus["notes"] or "")
        assert explained != ("region" in supported(campus)), f"{where}: a source or the notes, one of them"
        if f"{REGION_FROM_A_PLACE} la commune" in (campus["notes"] or ""):
            assert campus["city"], f"{where}: taken from the city, which is null"


def test_the_notes_explain_a_wave_that_is_deduced():
    for campus in records("campuses"):
        explained = re.findall(r"Vague (\d) déduite", campus["notes"] or "")
        deduced = [str(campus["wave"])] if campus["wave_basis"] == "deduced" else []
        assert explained == deduced, (
            f"campus {campus['id']}: wave {campus['wave']}, {campus['wave_basis']}; notes: {explained}"
        )


# Waves, announcements and milestones


def test_new_and_total_of_the_waves_are_the_official_ones():
    assert {wave["number"]: wave["new"] for wave in records("waves")} == NEW_CAMPUSES_OF_WAVE
    assert {wave["number"]: wave["total"] for wave in records("waves")} == TOTAL_AFTER_WAVE


def test_announcements_add_up_to_their_wave_and_to_the_next_total():
    total = 0
    totals = []
    for wave in records("waves"):
        before = total
        for announcement in wave["announcements"]:
            total += announcement["new"]
            totals.append(announcement["total"])
            where = f"wave {wave['number']}: announcement {announcement['on']}"
            assert announcement["new"] > 0, f"{where}: new {announcement['new']}"
            assert announcement["basis"] == "stated" or announcement["note"], f"{where}: deduced, and no note says how"
            assert announcement["total"] == total, f"{where}: total {announcement['total']}, not {total}"
        assert wave["new"] == total - before, f"wave {wave['number']}: new {wave['new']}, not {total - before}"
        assert wave["total"] == total, f"wave {wave['number']}: total {wave['total']}, not {total}"
    assert totals == TOTAL_AFTER_ANNOUNCEMENT


def test_as_many_campuses_of_each_wave_are_documented_as_before_and_never_more_than_there_are():
    documented = Counter(campus["wave"] for campus in records("campuses"))
    assert documented == DOCUMENTED_CAMPUSES_OF_WAVE
    expect_none(f"wave {n}: {documented[n]} of {new}" for n, new in NEW_CAMPUSES_OF_WAVE.items() if documented[n] > new)


def test_quotes_give_the_figures_and_the_candidacies():
    for figure in records("figures"):
        quotes = {citation["source"]: citation["quote"] or "" for citation in figure["sources"]}
        quote = quotes.get(PRESS_RELEASE, "").replace(" ", "")
        where = f"figure {figure['id']}"
        assert re.search(rf"(?<!\d){figure['value']}(?!\d)", quote), f"{where}: {figure['value']} is not in its quote"
        assert figure["as_of"] == by("id", records("sources"))[PRESS_RELEASE]["published"], f"{where}: as_of"
    for wave in records("waves"):
        if wave["candidacies"] is not None:
            quotes = [citation["quote"] or "" for citation in wave["sources"]]
            said = any(f"{wave['candidacies']} candidatures" in quote for quote in quotes)
            assert said, f"wave {wave['number']}: candidacies {wave['candidacies']} is in no quote"


def test_milestones_count_what_had_been_announced_by_their_day():
    announcements = [announcement for wave in records("waves") for announcement in wave["announcements"]]
    for milestone in records("milestones"):
        if milestone["campuses"] is not None:
            day = last_day(milestone["on"])
            total = max((a["total"] for a in announcements if last_day(a["on"]) <= day), default=0)
            assert milestone["campuses"] == total, f"milestone {milestone['on']}: {milestone['campuses']}, not {total}"
    for name in ("campuses", "excellence"):
        numbers = [milestone[name] for milestone in records("milestones") if milestone[name] is not None]
        assert numbers == sorted(numbers), f"milestones: {name} goes down: {numbers}"


# Dates

DATES = {
    "as_of",
    "call_launched_on",
    "data_version",
    "excellence_since",
    "labelled_by",
    "labelled_on",
    "on",
    "published",
}


def dates():
    return ((path, value) for path, value in walk(REGISTRY) if path.rpartition(".")[2] in DATES and value is not None)


def test_dates_have_one_of_three_forms_and_exist():
    form = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)
    for path, text in dates():
        assert form.fullmatch(text), f"{path}: {text!r}"
        try:
            first_day(text), last_day(text)
        except ValueError as error:
            pytest.fail(f"{path}: {text!r}: {error}")


def test_no_date_is_later_than_the_data():
    version = REGISTRY["data_version"]
    assert len(version) == 10, f"data_version {version!r} is not a full date"
    expect_none(f"{path}: {text!r}" for path, text in dates() if first_day(text) > date.fromisoformat(version))


def test_a_label_has_one_date_at_most_and_none_before_the_first_call():
    first_call = first_day(records("waves")[0]["call_launched_on"])
    for campus in records("campuses"):
        where = f"campus {campus['id']}"
        assert campus["labelled_on"] is None or campus["labelled_by"] is None, f"{where}: labelled_on and labelled_by"
        for field in ("labelled_on", "labelled_by"):
            if campus[field]:
                assert last_day(campus[field]) >= first_call, f"{where}: {field} {campus[field]!r}"


def test_the_mention_excellence_is_dated_only_where_it_is_held_and_not_before_the_label():
    for campus in records("campuses"):
        where = f"campus {campus['id']}: excellence_since {campus['excellence_since']!r}"
        if campus["excellence_since"]:
            assert campus["excellence"] is True, f"{where}, excellence {campus['excellence']!r}"
            if campus["labelled_on"]:
                label = campus["labelled_on"]
                assert last_day(campus["excellence_since"]) >= first_day(label), f"{where}, labelled_on {label!r}"
            if campus["labelled_by"]:  # the mention proves the label
                proof = campus["labelled_by"]
                assert last_day(campus["excellence_since"]) >= first_day(proof), f"{where}, labelled_by {proof!r}"


def test_the_label_of_a_campus_is_dated_between_the_call_and_the_last_announcement_of_its_wave():
    waves = by("number", records("waves"))
    for campus in records("campuses"):
        if campus["wave"] is None:
            continue
        wave = waves[campus["wave"]]
        where = f"campus {campus['id']}: wave {campus['wave']}"
        end = max(last_day(announcement["on"]) for announcement in wave["announcements"])
        for field in ("labelled_on", "labelled_by"):
            if campus[field]:
                assert last_day(campus[field]) >= first_day(wave["call_launched_on"]), (
                    f"{where}, {field} {campus[field]!r}"
                )
        if campus["labelled_on"]:
            assert first_day(campus["labelled_on"]) <= end, f"{where}, labelled_on {campus['labelled_on']!r}"


def test_calls_and_announcements_follow_each_other():
    waves = records("waves")
    calls = [first_day(wave["call_launched_on"]) for wave in waves]
    assert calls == sorted(calls), "waves: call_launched_on"
    days = [last_day(announcement["on"]) for wave in waves for announcement in wave["announcements"]]
    assert days == sorted(days), "announcements: on"
    for wave, call in zip(waves, calls, strict=True):
        for announcement in wave["announcements"]:
            where = f"wave {wave['number']}: announcement {announcement['on']} before the call"
            assert last_day(announcement["on"]) > call, where


# Places


def in_france(latitude, longitude, region_code):
    south, north, west, east = BOXES.get(region_code, BOXES[None])
    return south <= latitude <= north and west <= longitude <= east


def test_every_overseas_region_has_a_box_and_no_other():
    assert {region["code"] for region in records("regions") if region["overseas"]} == set(BOXES) - {None}


def test_places_are_sorted_complete_and_where_their_codes_say():
    assert "\r" not in PLACES_CSV
    assert PLACES_CSV.endswith("\n")
    assert PLACES_CSV.splitlines()[0] == "code,name,department,region,population,latitude,longitude"
    codes = [place["code"] for place in PLACES]
    expect_none(f"places.csv: {later} after {earlier}" for earlier, later in pairwise(codes) if earlier >= later)
    departments = by("code", records("departments"))
    for place in PLACES:
        where = f"places.csv: {place['code']}"
        assert None not in place, f"{where}: too many columns"
        assert None not in place.values(), f"{where}: too few columns"
        assert re.fullmatch(r"\d[\dAB]\d{3}", place["code"], re.ASCII), f"{where}: code"
        assert place["name"] == place["name"].strip() != "", f"{where}: name {place['name']!r}"
        assert place["code"].startswith(place["department"]), f"{where}: department {place['department']!r}"
        assert place["department"] in departments, f"{where}: department {place['department']!r}"
        region = departments[place["department"]]["region_code"]
        assert place["region"] == region, f"{where}: region {place['region']!r}, not {region!r}"
        assert re.fullmatch(r"[1-9]\d*", place["population"], re.ASCII), f"{where}: population {place['population']!r}"
        latitude, longitude = float(place["latitude"]), float(place["longitude"])
        assert in_france(latitude, longitude, place["region"]), (
            f"{where}: {latitude}, {longitude} not in {place['region']}"
        )


def test_the_city_of_a_campus_is_set_as_a_whole_and_agrees_with_places():
    places = by("code", PLACES)
    for campus in records("campuses"):
        where = f"campus {campus['id']}"
        parts = [campus[name] for name in ("city", "city_code", "latitude", "longitude")]
        assert all(part is None for part in parts) or None not in parts, f"{where}: city set in part: {parts}"
        if campus["city"] is None:
            continue
        assert campus["department_code"], f"{where}: city without department_code"
        assert campus["city_code"] in places, f"{where}: city_code {campus['city_code']!r} is not in places.csv"
        place = places[campus["city_code"]]
        assert campus["city"] == place["name"], f"{where}: city {campus['city']!r}, not {place['name']!r}"
        for field, column in (("department_code", "department"), ("region_code", "region")):
            assert campus[field] == place[column], f"{where}: {field} {campus[field]!r}, not {place[column]!r}"
        for field in ("latitude", "longitude"):
            assert abs(campus[field] - float(place[field])) < 0.001, (
                f"{where}: {field} {campus[field]}, not {place[field]}"
            )
        assert in_france(campus["latitude"], campus["longitude"], campus["region_code"]), f"{where}: not in France"


# Nobody's private data

ADDRESSES = (".url", ".page", ".website")  # the numbers in them are no phone numbers


def test_there_is_no_e_mail_address_and_no_phone_number():
    mail = re.compile(r"[\w.+-]+(@|\[at\]|\(at\))[\w-]+\.\w+|mailto:", re.IGNORECASE)
    phone = re.compile(r"(?<![\d-])(\+\d{1,3}|00\d{1,3}|0)[\s.]?\(?0?\)?[1-9]([\s.-]?\d{2}){4}(?!\d)", re.ASCII)
    expect_none(f"{path}: {text!r}" for path, text in texts() if mail.search(text))
    expect_none(f"{path}: {text!r}" for path, text in texts() if phone.search(text) and not path.endswith(ADDRESSES))


def test_no_civility_introduces_a_person_but_a_minister():
    civility = re.compile(r"\b(?:M\.|MM\.|Mme|Mmes|Mlle|Monsieur|Madame|Mr|Mrs|Ms)\s+(?=[A-ZÉÈ])")
    expect_none(
        f"{path}: {text!r}"
        for path, text in texts()
        for found in civility.finditer(text)
        if not text[found.end() :].startswith(MINISTERS)
    )


# What the documents say about the data

RECORDS = {
    "Top level": model.Registry,
    "`licence`": model.Licence,
    "`sources`": model.Source,
    "`sectors`": model.Sector,
    "`territories`": model.Territories,
    "`regions`": model.Region,
    "`academies`": model.Academy,
    "`departments`": model.Department,
    "`former_regions`": model.FormerRegion,
    "`waves`": model.Wave,
    "`announcements`": model.Announcement,
    "`milestones`": model.Milestone,
    "`figures`": model.Figure,
    "`citations`": model.Citation,
    "`campuses`": model.Campus,
    "`evidence`": model.Evidence,
}


def test_the_readme_is_asked_about_every_record_of_the_model():
    assert set(RECORDS.values()) == {
        value for value in vars(model).values() if isinstance(value, type) and is_dataclass(value)
    }


def section(heading):
    """Return the text of the README below a heading, up to the next heading."""
    found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", README, re.MULTILINE | re.DOTALL)
    assert found, f"README.md has no heading {heading!r}"
    return found[1]


def described(heading):
    """Return the rows of the table below a heading: the field, and the second column."""
    return re.findall(r"^\| `(\w+)` \| (.*?) \|", section(heading), re.MULTILINE)


@pytest.mark.parametrize(("heading", "record"), RECORDS.items())
def test_the_readme_describes_every_field_and_says_which_may_be_null(heading, record):
    hints = get_type_hints(record)
    rows = described(heading)
    assert [name for name, _ in rows] == [field.name for field in fields(record)]
    for name, kind in rows:
        nullable = type(None) in get_args(hints[name])
        assert nullable == ("null" in kind), f"{heading}: {name}: {kind!r}"
        for word in (word for part in (hints[name], *get_args(hints[name])) for word in get_args(part)):
            if isinstance(word, str):
                assert f"`{word}`" in kind, f"{heading}: {name}: {word!r} is missing from {kind!r}"


def test_the_readme_explains_every_basis():
    words = {campus[basis] for campus in records("campuses") for basis in BASIS_OF.values()} - {None}
    words |= {announcement["basis"] for wave in records("waves") for announcement in wave["announcements"]}
    assert words == {name for name, _ in described("Conventions")}


def test_the_readme_describes_every_column_of_places():
    assert [name for name, _ in described("`places.csv`")] == PLACES_CSV.splitlines()[0].split(",")


MAY_BE_UNKNOWN = [
    "academy",
    "department_code",
    "city",
    "lead_institution",
    "wave",
    "labelled_on",
    "labelled_by",
    "labelled_on or labelled_by",
    "excellence",
    "excellence_since",
    "website",
    "description",
]


def counted():
    """Return the counts that the README gives, as it gives them."""
    campuses = records("campuses")
    cited = {
        citation["source"]
        for name in ("campuses", "waves", "figures")
        for r in records(name)
        for citation in r["sources"]
    }
    cited |= {milestone["source"] for milestone in records("milestones")}
    rows = [
        ("campuses", len(campuses)),
        ("sources", len(records("sources"))),
        ("sources that a record cites", len(cited)),
    ]
    rows += [
        (name.replace("_", " "), len(records(name)))
        for name in ("sectors", *TERRITORIES, "waves", "milestones", "figures")
    ]
    rows += [("communes in `places.csv`", len(PLACES))]
    lines = [f"Data of {REGISTRY['data_version']}.", "", "| records | number |", "|---|---|"]
    lines += [f"| {name} | {number} |" for name, number in rows]

    of_wave = Counter(campus["wave"] for campus in campuses)
    waves = records("waves")
    lines += ["", "| wave | officially new | official total | documented here |", "|---|---|---|---|"]
    lines += [f"| {w['number']} | {w['new']} | {w['total']} | {of_wave[w['number']]} |" for w in waves]
    documented = sum(of_wave[wave["number"]] for wave in waves)
    lines += [f"| all | {sum(wave['new'] for wave in waves)} | {waves[-1]['total']} | {documented} |"]
    lines += [f"| none: not known, or labelled later | | | {of_wave[None]} |"]

    lines += ["", "| field of a campus | known for | unknown for |", "|---|---|---|"]
    for alternatives in MAY_BE_UNKNOWN:
        names = alternatives.split(" or ")
        known = sum(any(campus[name] is not None for name in names) for campus in campuses)
        lines += [f"| {' or '.join(f'`{name}`' for name in names)} | {known} | {len(campuses) - known} |"]
    return "\n".join(lines)


def test_the_counts_in_the_readme_are_those_of_the_data(updating):
    block = re.search(r"<!-- counts:[^\n]*-->\n\n(.*?)\n\n<!-- end of counts -->", README, re.DOTALL)
    assert block, "README.md has no block of counts"
    if updating:
        (DATA / "README.md").write_text(README.replace(block[1], counted()), encoding="utf-8", newline="\n")
    else:
        assert block[1] == counted(), "the counts in data/README.md are stale: make update writes them anew"


def test_the_readme_says_by_what_every_list_is_sorted():
    said = dict(re.findall(r"`(\w+)` \| list \| see `\w+`; sorted by `(\w+)`", README))
    assert said == SORT_KEYS


@pytest.mark.parametrize("document", [README, LICENCES], ids=["README.md", "LICENSE.md"])
def test_the_documents_credit_the_origin_of_every_data_file(document):
    for words in ("Licence Ouverte 2.0", "CC BY 4.0", "GeoNames", "Etalab", "decoupage-administratif 6.0.0"):
        assert words in document, words
    files = [path.name for path in DATA.iterdir() if path.suffix in (".json", ".csv", ".geojson")]
    expect_none(name for name in files if name not in document)


def test_the_registry_names_the_licences_that_the_documents_name():
    assert REGISTRY["licence"]["facts"].startswith("Licence Ouverte 2.0")
    assert "CC BY 4.0" in REGISTRY["licence"]["coordinates"]
    assert "GeoNames" in REGISTRY["licence"]["coordinates"]
