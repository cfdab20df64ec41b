"""The records that leave the program: their names are a promise, and each one leads to its sources."""

import json
from itertools import product

import pytest

from cmq_cli.model import Campus
from cmq_cli.output import records
from cmq_cli.output.records import columns, inner_names, pick
from registries import cmq as program
from registries import document, written

EVIDENCE = "source supports quote title url publisher published"
CITATION = "source quote title url publisher published"
CAMPUS = (
    "id name aliases region region_code academy academy_basis department_code city city_code latitude longitude "
    "lead_institution members wave wave_basis labelled_on labelled_by sectors sectors_basis fields excellence "
    "excellence_since website description notes sources"
)

FROZEN = {
    "list": CAMPUS,
    "show besancon": CAMPUS,
    "near besançon": CAMPUS.replace("id ", "id distance_km ", 1),
    "count": "count share campuses",
    "count --by region": "region region_label count share campuses",
    "count --by sector --by wave": "sector sector_label wave wave_label count share campuses",
    "waves": (
        "number call_launched_on call_reference candidacies announcements new total documented documented_stated "
        "documented_deduced priorities notes sources campuses"
    ),
    "figures": "id label value unit period as_of outcome notes sources",
    "sectors": "id label page keywords count campuses",
    "regions": "code name former abbreviations overseas academies departments count campuses",
    "sources": "id url title publisher published supports",
}
"""The public names, in their order. Whoever renames one breaks the programs of others: add, but never rename."""

FROZEN_INSIDE = {
    "list": {"sources": EVIDENCE},
    "near besançon": {"sources": EVIDENCE},
    "waves": {"announcements": "on new total basis note", "sources": CITATION},
    "figures": {"sources": CITATION},
    "regions": {"departments": "code name academy"},
    "sources": {"supports": "record kind fields quote"},
}


def decoded(text):
    """Return the records of a JSON array, or of a stream of objects."""
    decoder, at, found = json.JSONDecoder(), 0, []
    while at < len(text):
        value, at = decoder.raw_decode(text, at)
        found.append(value)
        at += len(text[at:]) - len(text[at:].lstrip())
    return found[0] if len(found) == 1 and isinstance(found[0], list) else found


@pytest.mark.parametrize("command", FROZEN)
def test_field_names_are_frozen(cmq, command):
    rows = decoded(cmq(*command.split(), "--json").out)
    assert rows
    for row in rows:
        assert " ".join(row) == FROZEN[command]


def test_field_names_of_problems_are_frozen(cmq, tmp_path):
    (tmp_path / "x.json").write_text("{}", encoding="utf-8")
    rows = decoded(cmq("validate", str(tmp_path / "x.json"), "--json").out)
    assert {" ".join(row) for row in rows} == {"severity kind record path message value remedy"}


@pytest.mark.parametrize(
    ("command", "field", "names"), [(each, *pair) for each, inside in FROZEN_INSIDE.items() for pair in inside.items()]
)
def test_field_names_of_nested_records_are_frozen(cmq, command, field, names):
    inside = [each for row in decoded(cmq(*command.split(), "--json").out) for each in row[field]]
    assert inside
    for each in inside:
        assert " ".join(each) == names


@pytest.mark.parametrize("command", FROZEN)
def test_every_name_that_may_be_asked_for_is_there_and_every_one_that_is_there_may_be_asked_for(cmq, command):
    inside = FROZEN_INSIDE.get(command, FROZEN_INSIDE["list"] if FROZEN[command] == CAMPUS else {})
    names = [*FROZEN[command].split(), *(f"{name}.{each}" for name in inside for each in inside[name].split())]
    asked = cmq(*command.split(), "--json", "--fields", ",".join(names))
    assert asked.code == 0
    assert list(decoded(asked.out)[0]) == names
    unknown = cmq(*command.split(), "--json", "--fields", "zzz")
    assert unknown.code == 2
    assert unknown.err.partition("The fields are: ")[2].strip().split(", ") == names


def test_a_record_of_a_campus_is_the_campus_of_the_registry(small):
    for one in small.campuses:
        record = records.campus(small, one)
        for name in records.CAMPUS[:-1]:
            value = getattr(one, name)
            assert record[name] == (list(value) if isinstance(value, tuple) else value)
        assert [each["source"] for each in record["sources"]] == [each.source for each in one.sources]


def test_the_fields_of_a_campus_are_those_of_the_model():
    assert tuple(CAMPUS.split()) == records.CAMPUS == tuple(Campus.__dataclass_fields__)


def sources_of(record, campuses, sources):
    """Return the sources that a record leads to, each with a title and a publisher."""
    if "sources" in record:
        found = record["sources"]
    elif "supports" in record:
        found = [record]
    else:
        found = [each for id in record["campuses"] for each in campuses[id]["sources"]]
    for each in found:
        assert each["title"], record
        assert each["publisher"], record
        assert each["url"] is None or each["url"].startswith("http"), record
    return found


@pytest.mark.parametrize("command", FROZEN)
def test_every_record_leads_to_its_sources(cmq, command):
    campuses = {row["id"]: row for row in decoded(cmq("list", "--json").out)}
    sources = {row["id"]: row for row in decoded(cmq("sources", "--json").out)}
    for row in decoded(cmq(*command.split(), "--json").out):
        assert sources_of(row, campuses, sources) or row["count"] == 0


@pytest.mark.parametrize(
    ("command", "form"),
    [
        *product(["list", "show besancon", "near besançon", "waves", "figures"], ["csv", "tsv", "md", "jsonl", "json"]),
        *product(["list", "show besancon", "near besançon"], ["geojson"]),
    ],
)
def test_every_format_names_the_sources_and_their_addresses(cmq, small, command, form):
    text = cmq(*command.split(), "--format", form).out
    wave = [citation.source for wave in small.waves for citation in wave.sources]
    figure = [citation.source for figure in small.figures for citation in figure.sources]
    campus = [each.source for one in small.campuses for each in one.sources]
    known = {"waves": wave, "figures": figure}.get(command, campus)
    if "besan" in command:
        known = [each.source for one in small.campuses if one.city == "Besançon" for each in one.sources]
    for source in known:
        assert source in text
        assert (small.source_by_id[source].url or "") in text


@pytest.mark.parametrize("command", ["count --by region", "sectors", "regions"])
@pytest.mark.parametrize("form", ["csv", "tsv", "md", "jsonl", "json"])
def test_what_counts_campuses_names_them_in_every_format(cmq, small, command, form):
    text = cmq(*command.split(), "--format", form).out
    for campus in small.campuses:
        assert campus.id in text


def test_a_wave_tells_stated_from_deduced(cmq):
    fourth = next(row for row in decoded(cmq("waves", "--json").out) if row["number"] == 4)
    assert (fourth["documented"], fourth["documented_stated"], fourth["documented_deduced"]) == (3, 2, 1)
    assert len(fourth["campuses"]) == 3


def test_the_shares_of_a_count_by_a_field_are_of_the_campuses_that_match(cmq):
    rows = decoded(cmq("count", "--wave", "4", "--by", "region", "--json").out)
    assert [row["share"] for row in rows] == [round(row["count"] / 3, 4) for row in rows]
    assert sum(row["count"] for row in rows) == 3


def test_a_count_without_by_is_the_share_of_the_registry(cmq, small):
    (row,) = decoded(cmq("count", "--wave", "4", "--json").out)
    assert row["share"] == 0.6
    assert row["count"] == len(row["campuses"]) == 3
    (nothing,) = decoded(cmq("count", "--region", "corse", "--json").out)
    assert nothing == {"count": 0, "share": 0.0, "campuses": []}


def test_what_a_source_supports_is_everything_that_cites_it(small):
    by_id = {row["id"]: row for row in records.sources(small, small.sources)}
    release = by_id["cp-men-2017-02-13"]["supports"]
    assert {each["kind"] for each in release} == {"campus", "wave", "figure", "milestone"}
    milestone = next(each for each in release if each["kind"] == "milestone")
    assert milestone == {"record": "2017-02-13", "kind": "milestone", "fields": ["campuses", "event"], "quote": None}
    cited = sum(len(one.sources) for group in (small.campuses, small.waves, small.figures) for one in group)
    assert sum(len(row["supports"]) for row in by_id.values()) == cited + len(small.milestones)


def test_fields_reach_into_nested_records():
    row = {"id": "x", "sources": [{"source": "a", "url": "u"}, {"source": "b", "url": None}]}
    assert list(pick([row], ["sources.url", "id"])) == [{"sources.url": ["u", None], "id": "x"}]


def test_the_columns_of_a_flat_format_leave_nothing_out():
    wanted = columns(records.WAVE)
    assert set(wanted) == {*records.WAVE, *inner_names(records.WAVE)} - {"announcements.on", "sources.source"}
    assert wanted.index("announcements.new") == wanted.index("announcements") + 1
    assert columns(records.COUNT) == records.COUNT


def test_fields_come_in_their_order_whatever_the_order_in_the_file(tmp_path):
    def backwards(value):
        if isinstance(value, dict):
            return {name: backwards(value[name]) for name in reversed(value)}
        return [backwards(each) for each in value] if isinstance(value, list) else value

    for command in ("list", "waves", "figures", "sectors", "regions", "sources"):
        usual = program(command, "--json", "--registry", written(tmp_path, document(), "usual.json"))
        mixed = program(command, "--json", "--registry", written(tmp_path, backwards(document()), "mixed.json"))
        assert usual == mixed
        assert len(json.loads(usual[1])) > 1
