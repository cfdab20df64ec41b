"""The parts of the benchmark that can be wrong without anyone noticing; nothing is timed here."""

import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

import growth
import measure
import report
import subjects

REAL = json.loads((ROOT / "data" / "campuses.json").read_bytes())
NUMBER = len(REAL["campuses"])


@pytest.mark.parametrize("size", [1, NUMBER, NUMBER + 1, 1000])
def test_a_grown_registry_is_as_canonical_as_the_real_one(tmp_path, size):
    target = tmp_path / "grown.json"
    growth.write_registry(target, size)
    text = target.read_text(encoding="utf-8")
    document = json.loads(text)
    ids = [campus["id"] for campus in document["campuses"]]
    assert json.dumps(document, ensure_ascii=False, indent=2) + "\n" == text
    assert ids == sorted(set(ids))
    assert len(ids) == size
    assert {**document, "campuses": 0} == {**REAL, "campuses": 0}


def test_a_registry_grown_to_its_own_size_is_the_real_one(tmp_path):
    growth.write_registry(tmp_path / "same.json", NUMBER)
    assert (tmp_path / "same.json").read_bytes() == (ROOT / "data" / "campuses.json").read_bytes()


def test_copies_share_no_name_and_no_alias():
    campuses = list(growth.grown(REAL["campuses"], 3 * NUMBER))
    for names in ([campus["name"] for campus in campuses], [a for campus in campuses for a in campus["aliases"]]):
        assert len(set(names)) == len(names)


def test_runs_are_summed_up():
    taken = [(0.001 * wall, 0.0005, 2, 0) for wall in (5, 1, 2, 4, 3)]
    found = measure.spread(taken)
    assert found.median == pytest.approx(3)
    assert found.quartiles == pytest.approx((2, 4))
    assert found.processor == pytest.approx([0.5] * 5)
    assert found.peak == 2 * measure.PEAK_UNIT


def test_a_ratio_is_that_of_most_rounds():
    assert measure.ratio((2, 20, 3), (1, 10, 3)) == 2


def test_a_target_is_judged_by_the_ratio_to_its_floor():
    def took(milliseconds):
        return measure.spread([(milliseconds / 1000, milliseconds / 1000, 1, 0)])

    ours = subjects.Subject("ours", ["-"], "cmq", "floor", at_most=1.15)
    slow = subjects.Subject("slow", ["-"], "cmq", "floor", at_most=1.15)
    peer = subjects.Subject("peer", ["-"], "peers", "ours", slower_than_floor=True)
    gone = subjects.Subject("gone", ["-"], "cmq", "floor", at_most=1.0)
    times = {"floor": took(100), "ours": took(114), "slow": took(120), "peer": took(200)}
    text = report.markdown(report.Results([ours, slow, peer, gone], times, {"gone": "why"}, {}, [], {}, ["about"]))
    assert "| ours | floor | at most 1.15 | 1.14 | 1.14 |  | yes |" in text
    assert "| slow | floor | at most 1.15 | 1.20 | 1.20 |  | **no** |" in text
    assert "| peer | ours | slower | 1.75 | 1.75 |  | yes |" in text
    assert "| gone | floor | at most 1.00 |  |  |  | not measured |" in text
    assert "- gone: why" in text


def test_what_surrounds_the_tables_is_kept(tmp_path):
    target = tmp_path / "RESULTS.md"
    target.write_text(f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n", encoding="utf-8")
    report.put(target, "new\n")
    assert target.read_text(encoding="utf-8") == f"before\n{report.BEGIN}\n\nnew\n\n{report.END}\nafter\n"


def test_the_results_have_a_place_for_the_tables():
    text = (ROOT / "benchmarks" / "RESULTS.md").read_text(encoding="utf-8")
    assert text.count(report.BEGIN) == text.count(report.END) == 1


def test_right_and_wrong_answers_are_told_apart():
    check = subjects.in_sector(REAL["campuses"], json.loads)
    right = [campus for campus in REAL["campuses"] if subjects.SECTOR in campus["sectors"]]
    assert check(json.dumps(right))
    assert not check(json.dumps(right[1:]))
    assert not check(json.dumps(REAL["campuses"]))
