"""The records that leave the program: their names are a promise, and each one leads to its sources."""

import re

from cmq_cli import model
from cmq_cli.output import records
from cmq_cli.output.records import columns, pick, whole
from cmq_cli.registry import bundled

WHOLE = bundled()

SOURCE = "title url publisher published"
CITED = f"sources(source quote {SOURCE})"
CAMPUS = (
    "aliases region region_code region_basis academy academy_basis department_code city city_code latitude longitude "
    "institutions(name role city city_code uai) wave wave_basis labelled_on attested_on sectors sectors_basis "
    f"specialties excellence excellence_since website description notes sources(source supports quote {SOURCE})"
)
FROZEN = {
    "CAMPUS": f"id name {CAMPUS}",
    "NEAR": f"id distance_km name {CAMPUS}",
    "COUNT_OF_ALL": "count share campuses official official_on",
    "WAVE": "number call_launched_on call_reference candidacies announcements(on new total basis note) new total "
    f"priorities notes {CITED} documented documented_stated documented_deduced "
    f"milestones(on campuses excellence event source {SOURCE}) campuses",
    "FIGURE": f"id label value unit period as_of outcome notes {CITED}",
    "SECTOR": "id label page keywords count campuses",
    "REGION": "code name former abbreviations overseas academies departments(code name academy) count campuses",
    "SOURCE": "id url title publisher published supports(record kind fields quote)",
    "PROBLEM": "severity kind record path message value remedy",
}
"""The public names, in their order. Whoever renames one breaks the programs of others: add, but never rename."""

ROWS = {
    "CAMPUS": records.cited(WHOLE, WHOLE["campuses"]),
    "NEAR": records.near(
        WHOLE, WHOLE["campuses"], {one["id"]: at / 3 for at, one in enumerate(WHOLE["campuses"]) if at}
    ),
    "COUNT_OF_ALL": [records.counted((), (), WHOLE["campuses"], 200, (77, "2017-02-13"))],
    "WAVE": [records.wave(WHOLE, one) for one in WHOLE["waves"]],
    "FIGURE": records.cited(WHOLE, WHOLE["figures"]),
    "SECTOR": [records.sector(WHOLE, one) for one in WHOLE["sectors"]],
    "REGION": [records.region(WHOLE, one) for one in WHOLE["territories"]["regions"]],
    "SOURCE": records.sources(WHOLE, WHOLE["sources"]),
    "PROBLEM": [],
}


def test_field_names_are_frozen_and_are_those_of_the_records():
    for kind, names in FROZEN.items():
        fields = getattr(records, kind)
        inside = {name: inner.split() for name, inner in re.findall(r"(\w+)\((.*?)\)", names)}
        assert whole(fields) == re.sub(r"\(.*?\)", "", names).split(), kind
        inner = [f"{name}.{each}" for name in inside for each in inside[name]]
        assert [name for name in fields if "." in name] == inner, kind
        for row in ROWS[kind]:
            assert [*row] == whole(fields), kind
            assert all([*each] == inside[name] for name in inside for each in row[name]), kind
        first = {f"{name}.{names[0]}" for name, names in inside.items()}  # the field itself stands for it
        assert columns(fields) == [name for name in fields if name not in first]
    for by, names in (
        ("region", "region region_code"),
        ("sector wave", "sector sector_label wave"),
        ("department city", "department department_code city city_code"),
        ("academy year", "academy year"),
    ):
        assert " ".join(records.fields_of_count(by.split())) == f"{names} count share campuses"
    for kind, fields in (("Campus", records.CAMPUS), ("Wave", records.WAVE), ("Figure", records.FIGURE)):
        assert {*getattr(model, kind).__annotations__} <= {*fields}


def test_a_record_is_that_of_the_registry_and_says_what_its_sources_are():
    sources = {source["id"]: source for source in WHOLE["sources"]}
    for kind, name in (("CAMPUS", "campuses"), ("WAVE", "waves"), ("FIGURE", "figures")):
        for one, row in zip(WHOLE[name], ROWS[kind], strict=True):
            assert row.items() >= {**one, "sources": row["sources"]}.items()
            for evidence, cited in zip(one["sources"], row["sources"], strict=True):
                assert cited == {**evidence, **{name: sources[evidence["source"]][name] for name in SOURCE.split()}}
    assert [row["distance_km"] for row in ROWS["NEAR"][:3]] == [None, 0.3, 0.7]


def test_region_is_a_name_in_a_count_as_in_a_campus_and_sector_an_id():
    found = WHOLE["campuses"][:3]
    numbers = {"count": 3, "share": 0.375, "campuses": [one["id"] for one in found]}
    row = records.counted(("region", "sector"), [("84", "Auvergne"), ("mode", "Mode, luxe")], found, 8)
    names = {"region": "Auvergne", "region_code": "84", "sector": "mode", "sector_label": "Mode, luxe"}
    assert row == names | numbers
    unknown = records.counted(("region", "wave", "city"), [(None, None), (None, None), ("Oz", "Oz")], [], 0)
    names = {"region": None, "region_code": None, "wave": None, "city": "Oz", "city_code": None}
    assert unknown == names | {"count": 0, "share": 0.0, "campuses": []}
    assert records.counted((), (), found, 8) == numbers | {"official": None, "official_on": None}


def test_a_region_has_campuses_academies_and_departments_of_its_own():
    [bfc] = [row for row in ROWS["REGION"] if row["name"] == "Bourgogne-Franche-Comté"]
    own = [one["id"] for one in WHOLE["campuses"] if one["region"] == bfc["name"]]
    assert (bfc["count"], bfc["campuses"], bfc["academies"]) == (len(own), own, ["Besançon", "Dijon"])
    assert [each["code"] for each in bfc["departments"]] == ["21", "25", "39", "58", "70", "71", "89", "90"]


def test_a_wave_tells_stated_from_deduced_and_what_was_official_in_its_time():
    for row in ROWS["WAVE"]:
        found = [one for one in WHOLE["campuses"] if one["wave"] == row["number"]]
        assert row["campuses"] == [one["id"] for one in found]
        assert row["documented"] == len(found) == row["documented_stated"] + row["documented_deduced"]
    assert [" ".join(each["on"] for each in row["milestones"]) for row in ROWS["WAVE"]] == [
        "2013-10-14 2014-03-05 2014-09-29",
        "2015-01-30 2015-12-02",
        "2016-01-29 2016-06-08 2016-10-12",
        "2017-02-13",
        "2018 2020-02-06 2021-03-18 2022-04-15",
    ]


def test_what_a_source_supports_is_everything_that_cites_it_and_fields_reach_into_it():
    by_id = {row["id"]: row["supports"] for row in ROWS["SOURCE"]}
    release = by_id["cp-men-2017-02-13"]
    assert {each["kind"] for each in release} == {"campus", "wave", "figure", "milestone"}
    milestone = {"record": "2017-02-13", "kind": "milestone", "fields": ["campuses", "event"], "quote": None}
    assert [each for each in release if each["kind"] == "milestone"] == [milestone]
    cited = sum(len(one["sources"]) for kind in ("campuses", "waves", "figures") for one in WHOLE[kind])
    assert sum(map(len, by_id.values())) == cited + len(WHOLE["milestones"])
    row = {"id": "x", "sources": [{"source": "a", "url": "u"}, {"source": "b", "url": None}]}
    assert pick([row], ["sources.url", "id"]) == [{"sources.url": ["u", None], "id": "x"}]
