"""Campuses as people see them: as a table at every width, as a page, as a sheet, counted; and how to reach each."""

import json
import re
from collections import Counter

import pytest

from cmq_cli.output.answer import Look
from cmq_cli.output.formats import as_plain
from cmq_cli.output.tables import campuses as tables
from cmq_cli.output.terminal import as_terminal
from support import WHOLE, cmq, written

CAMPUSES = {campus["id"]: campus for campus in WHOLE["campuses"]}
MSI = CAMPUSES["microtechniques-systemes-intelligents"]
IDS = sorted(CAMPUSES)


def text(blocks, look):
    return as_plain(blocks) if look.width is None else as_terminal(blocks, look)


def test_in_a_pipe_each_campus_has_a_line_that_begins_with_its_id():
    code, out, err = cmq("list", "--sector", "mecatronique")
    head, *rows = out.splitlines()
    assert (code, head.split()) == (0, ["ID", "CAMPUS", "CITY", "REGION", "WAVE", "LABELLED"])
    sector = {campus["id"] for campus in WHOLE["campuses"] if "systemes-innovants-mecatronique" in campus["sectors"]}
    assert {row.split()[0] for row in rows} == sector
    assert len(out.encode()) < 200 * (1 + len(rows))
    assert f"{len(rows)} campuses." in err
    assert "are assigned by this registry, not a source." in err
    for row in rows:
        campus = CAMPUSES[row.split()[0]]
        for name, value in (("CAMPUS", campus["name"]), ("CITY", campus["city"]), ("REGION", campus["region"])):
            assert row[head.index(name) :].startswith(value or "–")


def test_near_begins_with_km_and_tells_on_a_terminal_how_to_reach_each():
    distances = {MSI["id"]: 118.4, "plasturgie-lorraine": None, "plasti-campus": 0.0}
    found = [CAMPUSES[each] for each in distances]
    plain = text([tables.campus_table(Look(None), WHOLE, found, distances)], Look(None)).splitlines()
    assert plain[0].split() == ["KM", "ID", "CAMPUS", "CITY", "REGION", "WAVE", "LABELLED"]
    assert [row.split()[0] for row in plain[1:]] == ["118", "–", "0"]
    for width in (50, 70, 90, 120, 200):
        drawn = text([tables.campus_table(Look(width), WHOLE, found, distances)], Look(width))
        for reach in ("cmq-bfc.org/cmq-msi", "the ministry's", "Arbez-Carme"):
            assert reach in " ".join(drawn.split())


HEADS = {
    50: "Campus",
    71: "Campus Labelled",
    80: "Campus Where Labelled",
    100: "Campus Where Wave Labelled",
    139: "Campus Where Wave Labelled",
    140: "Id Campus City Region Wave Labelled",
    200: "Id Campus City Region Wave Labelled",
}


@pytest.mark.parametrize("distances", [None, dict.fromkeys(IDS, 1234.0)], ids=["list", "near"])
def test_only_the_width_decides_what_a_table_looks_like_and_no_id_is_broken(distances):
    wrong = []
    for width, head in HEADS.items():
        heads = set()
        for found in (WHOLE["campuses"], [MSI], WHOLE["campuses"][10:14]):
            drawn = text([tables.campus_table(Look(width), WHOLE, found, distances)], Look(width))
            heads.add(" ".join(drawn.splitlines()[0].split()))
            wrong += [(width, each["id"]) for each in found if not re.search(rf"(^|\s){each['id']}(\s|$)", drawn)]
            for fact in ("Microtechniques", "Besançon", "Bourgogne", "2017-02-13") if found == [MSI] else ():
                wrong += [] if fact in drawn else [(width, fact)]
        wrong += [] if heads == {head} or (distances and len(heads) == 1) else [(width, heads)]
    assert wrong == []


@pytest.mark.parametrize(
    ("changes", "wave", "labelled"),
    [
        ({"wave": 4, "wave_basis": "deduced", "labelled_on": "2017"}, "4*", "2017"),
        ({"wave": 4, "labelled_on": None, "attested_on": "2016-10"}, 4, "≤ 2016-10"),
        ({"wave": None, "wave_basis": None, "labelled_on": None}, None, None),
    ],
)
def test_marks(changes, wave, labelled):
    campus = {**MSI, **changes}
    assert (tables.wave(campus), tables.labelled(campus)) == (wave, labelled)
    for width in (None, 80, 50):
        drawn = text([tables.campus_table(Look(width), WHOLE, [campus])], Look(width))
        assert str(wave or "–") in drawn
        assert (labelled or "–") in drawn
    drawn = text([tables.campus_table(Look(80), WHOLE, [campus])], Look(80, ascii=True))
    assert (labelled or "-").replace("≤", "<=") in drawn
    assert not {"–", "≤"} & {*drawn}


UAI = "https://data.education.gouv.fr/explore/dataset/fr-en-annuaire-education/table/?q="
LEAD = {"name": "Lycée A", "role": "lead", "city": "Dole", "city_code": "39198", "uai": "0390001A"}
MEMBER = {"name": "Lycée B de Dole", "role": "member", "city": "Dole", "city_code": "39198", "uai": "0390002B"}
LEADS = [{**MEMBER, "uai": None}, {**LEAD, "uai": None, "city": None}]
OF_SECTOR = next(each["page"] for each in WHOLE["sectors"] if each["id"] in MSI["sectors"])
MINISTRY = "the ministry's page of its sector"


@pytest.mark.parametrize(
    ("website", "institutions", "shown", "address", "in_sheet"),
    [
        ("https://x.fr/a", [LEAD], "https://x.fr/a", "https://x.fr/a", "https://x.fr/a"),
        (None, [MEMBER, LEAD], "Lycée A, Dole", f"{UAI}0390001A", f"{UAI}0390001A"),
        (None, [{**LEAD, "uai": None}, MEMBER], "Lycée B de Dole", f"{UAI}0390002B", f"{UAI}0390002B"),
        (None, LEADS, "Lycée A; Lycée B de Dole", None, "Lycée A; Lycée B de Dole"),
        (None, [], MINISTRY, OF_SECTOR, f"{MINISTRY}: {OF_SECTOR}"),
        (None, [], "", None, None),  # where no sector has a page
    ],
)
def test_contact_is_the_nearest_that_is_known(website, institutions, shown, address, in_sheet):
    campus = {**MSI, "website": website, "institutions": institutions}
    own = WHOLE if shown else {**WHOLE, "sectors": [{**each, "page": None} for each in WHOLE["sectors"]]}
    assert tables.contact(own, campus) == (shown, address)
    assert tables.campus_sheet(own, [campus]).rows[0][-1] == in_sheet
    page = text(tables.campus_page(Look(None), own, campus), Look(None))
    rows = [line for line in page.splitlines() if line.startswith("Contact")]
    assert [shown in row and (address or "") in row for row in rows] == [True] * bool(shown)


def test_a_page_says_what_and_how_to_reach_it_first_and_the_evidence_last():
    page = cmq("show", "besancon", terminal=True)[1]
    order = ["Microtechniques et", "Id ", "Also called", "Sector", "Specialties", "Seat", "Led by", "Members"]
    order += ["Contact", "Labelled", "Excellence", "Campus porté", "Notes: ", "Evidence", "[1] «", "[4] «"]
    found = [page.index(mark) for mark in order]
    assert found == sorted(found)
    assert "".join(page.split()).endswith("(cmqsourcesfrance3-besancon-2017-02-13)")
    page = cmq("show", "plasti-campus", terminal=True, NO_COLOR="", TERM="xterm-256color")[1]
    sources = {source["id"]: source["url"] for source in WHOLE["sources"]}
    urls = {sources[one["source"]] for one in CAMPUSES["plasti-campus"]["sources"]} - {None}
    assert {*urls, f"{UAI}0011119L"} <= {*re.findall(r"\x1b]8;;([!-~]+)\x1b", page)}
    for environ in ({"TERM": "dumb"}, {"NO_COLOR": "1", "TERM": "xterm"}):  # where it can't be a link, it can be read
        assert f"{UAI}0011119L" in cmq("show", "plasti-campus", terminal=True, **{"NO_COLOR": "", **environ})[1]


def test_pages_fit_a_small_window_without_their_evidence_where_the_facts_allow():
    pages = {campus["id"]: tables.campus_page(Look(80, colored=True), WHOLE, campus) for campus in WHOLE["campuses"]}
    above = {id: text(page, Look(80)).split("Evidence")[0].rstrip() for id, page in pages.items()}
    heights = {id: len(shown.splitlines()) for id, shown in above.items()}
    assert heights[MSI["id"]] <= 24
    assert sum(height > 24 for height in heights.values()) <= len(heights) // 10


def test_behind_each_fact_stand_the_numbers_of_the_sources_that_say_it():
    rows = {"aliases": "Also called", "specialties": "Specialties", "website": "Contact", "excellence": "Excellence"}
    rows |= {"institutions": "Led by", "labelled_on": "Labelled", "city": "Seat", "notes": "Notes:"}
    wrong = []
    for campus in WHOLE["campuses"]:
        page = text(tables.campus_page(Look(None), WHOLE, campus), Look(None))
        for field, label in rows.items():
            line = next((line for line in page.splitlines() if line.startswith(label)), None)
            numbers = {at for at, one in enumerate(campus["sources"], 1) if field in one["supports"]}
            known = {int(at) for at in re.findall(r"\[(\d+)\]", line or "")}
            if line and campus[field] and not numbers <= known:
                wrong.append((campus["id"], field, numbers, known))
    assert wrong == []


SAYS = [
    ("lumiere-intelligente", "wave 4, call of 2016-04-13 (deduced)"),
    ("lumiere-intelligente", "(assigned by this registry)"),
    ("bois-grand-est", "≤ 2016-02-03 [1] (attested by then; when it began is not known), wave not known, or later"),
    ("plasturgie-lorraine", "city not known, Grand Est [1], academy of Nancy-Metz (deduced)"),
    (MSI["id"], "since 2024-06 [2]"),
    (MSI["id"], "Besançon (25) [2], Bourgogne-Franche-Comté [3]"),
    ("plasti-campus", "2013 [1][2], wave 1, call of 2013-05-06 [1][4]"),
    ("plasti-campus", f"Lycée Arbez-Carme, Bellignat: {UAI}0011119L"),
]


def test_what_a_page_says_of_what_is_stated_deduced_or_not_known():
    assert [(key, said) for key, said in SAYS if said not in cmq("show", key)[1]] == []


def test_several_that_a_key_finds_are_listed_with_the_question_which_and_are_an_error_for_programs():
    code, out, err = cmq("show", "tourisme")
    ids = [row.split()[0] for row in out.splitlines()[1:]]
    assert code == 0
    assert len(ids) == len(set(ids)) == 10
    assert "10 campuses match 'tourisme'. Which one? cmq show ID" in err
    for form in ("--json", "--csv", "--fields=id"):
        code, out, err = cmq("show", "tourisme", form)
        assert (code, out, err.count("\n")) == (1, "", 1)
        assert all(each in err for each in ids)
    assert json.loads(cmq("show", "besancon", "--json")[1])["id"] == MSI["id"]


def test_the_sheet_has_chosen_columns_with_labels():
    found = [MSI, CAMPUSES["bois-grand-est"], CAMPUSES["lumiere-intelligente"]]
    sheet = tables.campus_sheet(WHOLE, found, {MSI["id"]: 12.345})
    titles = "km|Id|Campus|Sectors|Region|Academy|Department|City|Wave|Labelled|Excellence|Lead institution|Contact"
    assert "|".join(sheet.headings) == titles
    assert "|".join(map(str, sheet.rows[0])) == (
        f"12.3|{MSI['id']}|Microtechniques et systèmes intelligents|Systèmes innovants, mécatronique|"
        "Bourgogne-Franche-Comté|Besançon|Doubs (25)|Besançon|4|2017-02-13|yes|SUPMICROTECH, École nationale "
        "supérieure de mécanique et des microtechniques, Besançon|https://cmq-bfc.org/cmq-msi"
    )
    waves = [(row[0], row[8], row[9]) for row in sheet.rows]
    assert waves == [(12.3, 4, "2017-02-13"), (None, None, "≤ 2016-02-03"), (None, "4*", "2017")]
    assert [*tables.campus_sheet(WHOLE, []).headings] == [*sheet.headings[1:]]


def test_count_prints_the_number_alone_and_json_the_official_one():
    for typed, official in (("--as-of 13/02/2017", (77, "2017-02-13")), ("--as-of 2017-02-13 numerique", (None, None))):
        row = json.loads(cmq("count", *typed.split(), "--json")[1])
        assert (row["official"], row["official_on"]) == official
        assert row["count"] == len(row["campuses"]) == len(json.loads(cmq("list", *typed.split(), "--json")[1]))
        assert cmq("count", *typed.split())[:2] == (0, f"{row['count']}\n")
        assert cmq("count", *typed.split(), terminal=True)[1].splitlines()[0] == str(row["count"])


def test_count_by_a_field_has_bars_on_a_terminal_only():
    regions = Counter(campus["region"] for campus in WHOLE["campuses"])
    plain = cmq("count", "--by", "region")[1].splitlines()
    drawn = cmq("count", "--by", "region", terminal=True)[1]
    assert plain[0].split() == ["REGION", "CAMPUSES", "SHARE"]
    assert {row[:26].strip(): int(row[26:].split()[0]) for row in plain[1:]} == regions
    lengths = [line.count("█") for line in drawn.splitlines()[2 : 2 + len(regions)]]
    assert (lengths, lengths[0], lengths[-1]) == (sorted(lengths, reverse=True), 20, 1)
    assert "█" not in "".join(plain) + cmq("count", "--by", "region", terminal=True, COLUMNS="60")[1]
    assert cmq("count", "--by", "region", terminal=True, TERM="dumb")[1] == drawn.replace("█", "#").replace("─", "-")
    assert cmq("count", "xyzzy", "--by", "region")[1] == ""
    several = "A campus that has several of these values counts in each, and once in the total."
    assert [several in cmq("count", "--by", field)[2] for field in ("sector", "region")] == [True, False]


def test_a_cross_table_has_totals_letters_where_it_is_narrow_and_else_a_row_for_each():
    wave = Counter(campus["wave"] for campus in WHOLE["campuses"])
    numbers = [str(wave[each]) for each in (1, 2, 3, 4, 5, None)]
    sheet = cmq("count", "--by", "region", "--by", "wave")[1].splitlines()
    assert re.split("  +", sheet[0])[0:2] == ["REGION", "WAVE 1"]
    assert sheet[-1].split() == ["Total", *numbers, str(len(IDS))]
    wide = cmq("count", "--by", "region", "--by", "wave", terminal=True)[1]
    assert re.search(rf"^Total +{' +'.join(numbers)} +{len(IDS)}$", wide, re.MULTILINE)
    assert not re.search(r"^A  ", wide, re.MULTILINE)
    lettered = cmq("count", "--by", "region", "--by", "sector", terminal=True, COLUMNS="90")[1]
    assert lettered.splitlines()[0].split() == ["Region", *"ABCDEFGHIJKL", "Total"]
    assert re.search(r"^A  Infrastructures, bâtiment, éco-construction$", lettered, re.MULTILINE)
    below = cmq("count", "--by", "city", "--by", "department", terminal=True)[1]
    assert below.splitlines()[0].split() == ["City", "Department", "Campuses"]
    assert re.search(r"^Dijon +Côte-d'Or +2$", below, re.MULTILINE)
    markdown = cmq("count", "--by", "region", "--by", "wave", "-f", "md")[1]
    assert markdown.splitlines()[-1].replace("|", " ").split() == ["Total", *numbers, str(len(IDS))]


def test_limits_and_orders():
    orders = {"--limit 0": [], "--region saint-barthelemy": [], "--sort id": IDS, "--sort -id -n 2": IDS[:-3:-1]}
    for typed, ids in orders.items():
        assert [row.split()[0] for row in cmq("list", *typed.split())[1].splitlines()[1:]] == ids
    assert "3 of the 107 campuses that match." in cmq("list", "--limit", "3")[2]


def test_of_a_registry_of_ones_own_nothing_is_said_that_is_only_true_of_the_bundled_one(tmp_path):
    mine = written(tmp_path, {**WHOLE, "campuses": [MSI]})
    for arguments in (["list"], ["count"], ["count", "--by", "region"]):
        code, _out, err = cmq(*arguments, "--registry", mine)
        assert (code, "exist" in err, "exist" in cmq(*arguments)[2]) == (0, False, True)
