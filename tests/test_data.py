"""The data files, checked as they lie there: each fact has a source, each reference leads somewhere, no count is stale.

What the program itself checks of a registry is asked of it, strictly; the rest is read as plain JSON and CSV.
"""

import csv
import json
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

import data
from cmq_cli import validation
from cmq_cli.text import first_day, fold, last_day
from cmq_cli.validation import rules

DATA = Path(__file__).parents[1] / "data"
CAMPUSES_JSON = (DATA / "campuses.json").read_bytes()
REGISTRY = json.loads(CAMPUSES_JSON)
CAMPUSES, SOURCES, WAVES = REGISTRY["campuses"], REGISTRY["sources"], REGISTRY["waves"]
TERRITORIES = REGISTRY["territories"]
PLACES = {row["code"]: row for row in csv.DictReader((DATA / "places.csv").read_text(encoding="utf-8").splitlines())}
SYNONYMS = list(csv.DictReader((DATA / "synonyms.csv").read_text(encoding="utf-8").splitlines()))

# Written out, so that a record that is lost or added by accident is noticed: change them together with the data.
COUNTS = {"sources": 296, "sectors": 12, "waves": 5, "milestones": 13, "figures": 6, "campuses": 107}
PLACES_COUNTED = {"regions": 24, "academies": 31, "departments": 107, "former_regions": 17}
DOCUMENTED_CAMPUSES_OF_WAVE = {1: 10, 2: 7, 3: 8, 4: 15, 5: 2, None: 65}
UNSET = (None, [])
KNOWN = {"city": 59, "academy": 89, "department_code": 66, "institutions": 52, "labelled_on": 49, "attested_on": 39}
INSTITUTIONS, WITH_UAI = 63, 39
COMMUNES, FORMER_COMMUNES, NOWHERE = 34_969, 2_076, 62

# Official, and history: these don't change.
NEW_AND_TOTAL_OF_WAVE = {1: (14, 14), 2: (23, 37), 3: (14, 51), 4: (26, 77), 5: (18, 95)}
TOTALS = [12, 14, 31, 37, 47, 49, 51, 77, 95]

# South, north, west, east, with some room; by the code of the region, `None` is metropolitan France.
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

MINISTERS = ("Najat Vallaud-Belkacem",)  # in office; the only persons whom a civility may introduce


def expect_none(problems):
    """Fail with one line for each problem."""
    problems = list(problems)
    assert not problems, "\n".join([f"{len(problems)} problem(s):", *map(str, problems)])


def walk(value, path=""):
    """Give every text of a document, with a path that names records by their id."""
    if isinstance(value, str):
        yield path, value
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        fields = inner if isinstance(inner, dict) else {}
        names = [fields[name] for name in ("id", "source", "code", "name") if name in fields]
        yield from walk(inner, f"{path}.{[*names, key][0]}")


TEXTS = list(walk(REGISTRY))


def test_the_registry_is_valid_strictly_and_in_its_canonical_form():
    report = validation.examine(str(DATA / "campuses.json"), strict=True)
    assert report.problems("error") == report.problems("warning") == []
    assert (DATA / REGISTRY["$schema"]).is_file()
    assert next(iter(REGISTRY)) == "$schema"


def test_no_record_is_lost_or_added_unnoticed():
    assert {name: len(REGISTRY[name]) for name in COUNTS} == COUNTS
    assert {name: len(TERRITORIES[name]) for name in TERRITORIES} == PLACES_COUNTED
    assert Counter(campus["wave"] for campus in CAMPUSES) == DOCUMENTED_CAMPUSES_OF_WAVE
    assert {name: sum(campus[name] not in UNSET for campus in CAMPUSES) for name in KNOWN} == KNOWN
    institutions = [institution for campus in CAMPUSES for institution in campus["institutions"]]
    assert (len(institutions), sum(each["uai"] is not None for each in institutions)) == (INSTITUTIONS, WITH_UAI)


def test_what_is_made_of_the_model_and_of_names_is_up_to_date():
    for path, text in data.made().items():
        committed = path.read_text(encoding="utf-8")
        same = json.loads(committed) == json.loads(text) if path.suffix == ".json" else committed == text
        assert same, f"{path.name}: run scripts/data.py"


def test_texts_are_clean_names_leave_out_what_all_campuses_share_and_specialties_are_in_lower_case():
    expect_none(f"{path}: {text!r}" for path, text in TEXTS if not unicodedata.is_normalized("NFC", text))
    expect_none(campus["id"] for campus in CAMPUSES if "campus des metiers" in fold(campus["name"]))
    expect_none(campus["id"] for campus in CAMPUSES if not campus["specialties"])
    expect_none(each for campus in CAMPUSES for each in campus["specialties"] if each != each.lower())


def test_there_is_no_e_mail_address_no_phone_number_and_no_private_person():
    mail = re.compile(r"[\w.+-]+(@|\[at\]|\(at\))[\w-]+\.\w+|mailto:", re.IGNORECASE)
    phone = re.compile(r"(?<![\d-])(\+\d{1,3}|00\d{1,3}|0)[\s.]?\(?0?\)?[1-9]([\s.-]?\d{2}){4}(?!\d)", re.ASCII)
    civility = re.compile(r"\b(?:M\.|MM\.|Mme|Mmes|Mlle|Monsieur|Madame|Mr|Mrs|Ms)\s+(?=[A-ZÉÈ])")
    expect_none((path, text) for path, text in TEXTS if mail.search(text))
    expect_none((path, t) for path, t in TEXTS if phone.search(t) and not path.endswith((".url", ".page", ".website")))
    introduced = ((path, text[at.end() :]) for path, text in TEXTS for at in civility.finditer(text))
    expect_none((path, rest) for path, rest in introduced if not rest.startswith(MINISTERS))


def test_no_name_means_two_things():
    owners = {}
    for campus in CAMPUSES:
        for name in (campus["name"], *campus["aliases"]):
            owners.setdefault(("campus", fold(name)), set()).add(campus["id"])
    for sector in REGISTRY["sectors"]:
        assert sector["keywords"], sector["id"]
        for word in sector["keywords"]:
            owners.setdefault(("word", word.lower()), set()).add(sector["id"])
    for region in TERRITORIES["regions"]:
        for word in (region["name"], *region["former"], *region["abbreviations"]):
            owners.setdefault(("word", word.lower()), set()).add(region["code"])
    for source in SOURCES:
        owners.setdefault(("address", source["url"] or source["id"]), set()).add(source["id"])
    expect_none((name, ids) for name, ids in owners.items() if len(ids) > 1 and name != ("word", "jeu vidéo"))


def test_everything_is_cited_and_says_how_it_is_known():
    """That what is cited exists, and that every fact is cited or explained, is a rule of every registry."""
    citing = [*CAMPUSES, *WAVES, *REGISTRY["figures"]]
    expect_none(record for record in citing if not record["sources"])
    expect_none((c["id"], each["source"]) for c in CAMPUSES for each in c["sources"] if not each["supports"])
    based = [(campus, fact, campus[f"{fact}_basis"]) for campus in CAMPUSES for fact in rules.BASIS]
    proven = {c["id"]: {field for each in c["sources"] for field in each["supports"]} for c in CAMPUSES}
    expect_none((c["id"], fact) for c, fact, basis in based if (basis == "stated") != (fact in proven[c["id"]]))
    expect_none((c["id"], fact) for c, fact, basis in based if (basis is None) == (c[fact] not in UNSET))


def test_the_notes_explain_a_wave_that_is_deduced():
    for campus in CAMPUSES:
        explained = re.findall(r"Vague (\d) déduite", campus["notes"] or "")
        deduced = [str(campus["wave"])] if campus["wave_basis"] == "deduced" else []
        assert explained == deduced, campus["id"]


def test_an_academy_known_by_its_territory_follows_from_it():
    academy_of = {department["code"]: department["academy"] for department in TERRITORIES["departments"]}
    for campus in CAMPUSES:
        if campus["academy_basis"] != "territory":
            continue
        notes = campus["notes"] or ""
        named = [
            former["academies"]
            for former in TERRITORIES["former_regions"]
            if re.search(rf"ancienne région {re.escape(former['name'])}(?![\w-])", notes)
        ]
        if campus["department_code"]:
            academies = [academy_of[campus["department_code"]]]
        elif named:
            academies = [name for names in named for name in names]
        else:
            academies = [a["name"] for a in TERRITORIES["academies"] if a["region_code"] == campus["region_code"]]
        assert academies == [campus["academy"]], campus["id"]


def test_the_waves_and_milestones_are_the_official_ones_and_add_up():
    assert {wave["number"]: (wave["new"], wave["total"]) for wave in WAVES} == NEW_AND_TOTAL_OF_WAVE
    series = [announcement for wave in WAVES for announcement in wave["announcements"]]
    assert [announcement["total"] for announcement in series] == TOTALS
    days = [last_day(announcement["on"]) for announcement in series]
    assert days == sorted(days)
    counted = [each["campuses"] for each in REGISTRY["milestones"] if each["campuses"] is not None]
    assert counted == sorted(counted)
    assert set(counted) <= set(TOTALS)
    assert all(number <= NEW_AND_TOTAL_OF_WAVE[wave][0] for wave, number in DOCUMENTED_CAMPUSES_OF_WAVE.items() if wave)


def test_labels_lie_between_the_call_and_the_last_announcement_of_their_wave():
    """On this rests that a campus "may match" a wave, or can't."""
    waves = {wave["number"]: wave for wave in WAVES}
    for campus in CAMPUSES:
        proof = campus["labelled_on"] or campus["attested_on"]
        if campus["excellence_since"] and proof:
            assert last_day(campus["excellence_since"]) >= first_day(proof), campus["id"]
        if campus["wave"] is None or proof is None:
            continue
        wave = waves[campus["wave"]]
        assert last_day(proof) >= first_day(wave["call_launched_on"]), campus["id"]
        if campus["labelled_on"]:
            assert first_day(proof) <= max(last_day(each["on"]) for each in wave["announcements"]), campus["id"]


def test_places_are_sorted_complete_and_where_their_codes_say():
    assert (sum(not row["part_of"] for row in PLACES.values()), len(PLACES)) == (COMMUNES, COMMUNES + FORMER_COMMUNES)
    assert list(PLACES) == sorted(PLACES)
    assert sum(not row["latitude"] for row in PLACES.values()) == NOWHERE
    region_of = {each["code"]: each["region_code"] for each in TERRITORIES["departments"]}
    code = r"\d[\dAB]\d{3}"
    for where, row in PLACES.items():
        assert re.fullmatch(code, where), where
        assert row["name"] == row["name"].strip() != "", where
        assert row["part_of"] or where.startswith(row["department"]), where
        assert row["region"] == region_of.get(row["department"], row["region"]), where  # 984 and 989 aren't listed
        assert not row["part_of"] or PLACES[row["part_of"]]["part_of"] == "", where
        assert re.fullmatch(r"(\d{5}( \d{5})*)?", row["postal_codes"]), where
        assert re.fullmatch(f"({code}( {code})*)?", row["former_codes"]), where
        south, north, west, east = BOXES.get(row["region"], BOXES[None])
        if row["latitude"]:
            assert south <= float(row["latitude"]) <= north, where
            assert west <= float(row["longitude"]) <= east, where
        assert row["key"].isascii(), where
        assert row["key"] == row["key"].lower(), where
    assert {region["code"] for region in TERRITORIES["regions"] if region["overseas"]} == set(BOXES) - {None}


def test_the_seat_of_a_campus_is_that_of_its_commune():
    only = Counter(each["region_code"] for each in TERRITORIES["departments"])
    for campus in CAMPUSES:
        where = campus["id"]
        parts = [campus[name] for name in ("city", "city_code", "latitude", "longitude")]
        assert None not in parts or parts == [None] * 4, where
        assert campus["department_code"] or only[campus["region_code"]] > 1, where
        if campus["city"]:
            place = PLACES[campus["city_code"]]
            assert parts == [place["name"], place["code"], float(place["latitude"]), float(place["longitude"])], where
            assert campus["department_code"] == place["department"], where
            assert campus["region_code"] == place["region"], where
    for institution in (each for campus in CAMPUSES for each in campus["institutions"]):
        city = institution["city_code"] and PLACES[institution["city_code"]]["name"]
        assert institution["city"] == city, institution


def test_institutions_have_their_leads_first_and_codes_of_the_right_form():
    """The letter of a UAI code follows from its digits."""
    letters = "ABCDEFGHJKLMNPRSTUVWXYZ"
    for campus in CAMPUSES:
        roles = [each["role"] for each in campus["institutions"]]
        assert roles == sorted(roles), campus["id"]
        for uai in (each["uai"] for each in campus["institutions"] if each["uai"]):
            assert uai[7] == letters[int(uai[:7]) % 23], uai


def test_synonyms_are_unique_and_plain():
    said = [row["said"] for row in SYNONYMS]
    assert len(said) == len(set(said)) >= 448
    assert '"' not in (DATA / "synonyms.csv").read_text(encoding="utf-8")
    assert all(row["words"] and set(row) == {"said", "feminine", "words"} for row in SYNONYMS)


@pytest.mark.parametrize("name", ["README.md", "LICENSE.md", "datapackage.json"])
def test_the_documents_name_every_file_and_credit_its_origin(name):
    document = (DATA / name).read_text(encoding="utf-8")
    origins = ("Licence Ouverte 2.0", "GeoNames", "Etalab", "decoupage-administratif 6.0.0", "Admin Express", "DEPP")
    expect_none(origin for origin in origins if origin not in document)
    files = [path.name for path in DATA.iterdir() if path.suffix in (".json", ".csv", ".geojson")]
    expect_none(each for each in files if each not in document and each != name)
    assert re.search(r"CC[- ]BY[- ]4\.0", document)


def test_the_readme_describes_every_column():
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    for name in ("places.csv", "synonyms.csv"):
        section = readme.partition(f"## `{name}`\n")[2].partition("\n## ")[0]
        head = (DATA / name).read_text(encoding="utf-8").partition("\n")[0]
        assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == head.split(","), name
    words = {value for campus in CAMPUSES for name, value in campus.items() if name.endswith("_basis") and value}
    expect_none(word for word in words if f"\n| `{word}` | " not in readme)


def test_the_citation_and_the_last_entry_of_the_changes_are_of_the_day_of_the_data():
    citation = (DATA.parent / "CITATION.cff").read_text(encoding="utf-8")
    assert f'version: "{REGISTRY["data_version"]}"' in citation
    assert f'date-released: "{REGISTRY["data_version"]}"' in citation
    changes = (DATA / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+)$", changes, re.MULTILINE)[0] == REGISTRY["data_version"]
    named = re.findall(r"^- `([\w-]+)`", changes, re.MULTILINE)
    assert {campus["id"] for campus in CAMPUSES} <= set(named)


def test_the_data_package_is_valid_and_of_the_day_of_the_data():
    frictionless = pytest.importorskip("frictionless")
    package = frictionless.Package(str(DATA / "datapackage.json"))
    report = package.validate()
    assert report.valid, report.flatten(["name", "type", "message"])[:10]
    assert package.version == REGISTRY["data_version"]
    assert all(resource.licenses for resource in package.resources)
