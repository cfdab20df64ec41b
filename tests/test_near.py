"""The campuses around a place: which, in what order, what is said of them, and what is refused."""

import json

import pytest

from cmq_cli.commands.where import kilometres
from cmq_cli.errors import UsageError
from support import WHOLE, changed, cmq, written

SEATS = sum(campus["latitude"] is not None for campus in WHOLE["campuses"])
UNPLACED = len(WHOLE["campuses"]) - SEATS


def asked(*typed):
    """Return the exit code, the distances and ids of the rows, and what is said, of which the first is the head."""
    code, out, err = cmq("near", *typed)
    rows = [line.split()[:2] for line in out.splitlines()[1:]]
    return code, rows, err.splitlines()


def test_the_ten_nearest_come_first_then_those_of_the_region_whose_seat_is_not_known():
    code, rows, (head, *_rest) = asked("Nancy")
    distances = [int(km) for km, _id in rows[:10]]
    assert (code, distances[0], rows[0][1]) == (0, 63, "bois-grand-est")
    assert distances == sorted(distances)
    academies = {campus["id"]: campus["academy"] for campus in WHOLE["campuses"]}
    seatless = [(km, academies[id] == "Nancy-Metz") for km, id in rows[10:]]
    assert seatless == [("–", True), ("–", True), ("–", False), ("–", False)]
    assert head == (
        f"From Nancy (54), as the crow flies. 10 of {SEATS} campuses, the nearest first (all: --all). "
        "Then those of Grand Est whose seat is not known, the academy of Nancy-Metz first: 4."
    )


def test_json_has_the_same_rows_equals_by_id_and_null_for_a_distance_that_is_not_known():
    records = json.loads(cmq("near", "Nancy", "--json")[1])
    assert [record["id"] for record in records] == [id for _km, id in asked("Nancy")[1]]
    assert [record["distance_km"] is None for record in records] == [False] * 10 + [True] * 4
    assert records[0]["distance_km"] == 62.7
    assert "| 62.7 | bois-grand-est |" in cmq("near", "Nancy", "-f", "md")[1]
    in_dijon = [record["id"] for record in json.loads(cmq("near", "Dijon", "--json")[1]) if record["city"] == "Dijon"]
    assert in_dijon == sorted(in_dijon)
    assert len(in_dijon) > 1


SAID = f"""
Nancy bois | 3 0 | From Nancy (54)~: campuses found for 'bois'. 3 of 4 campuses, the nearest first (all: --all).
Châlons | 10 4 | Châlons: Châlons-en-Champagne (51). | From Châlons-en-Champagne (51)~.
Nancy Metz | 2 3 | From Metz (57)~: campuses found for 'Nancy'.
Nancy --limit 3 | 3 4 | From Nancy (54)~. 3 of {SEATS} campuses, the nearest first (all: --all).
Nancy --limit 3 --all | 3 4 | From Nancy (54)~. 3 of {SEATS} campuses, the nearest first. Then those of Grand Est
Nancy --all | {SEATS} 4 | From Nancy (54)~. {SEATS} campuses with a known seat. Then those of Grand Est
Nancy --within 100km | 2 0 | From Nancy (54)~. 2 of {SEATS} campuses~~. Left out, because their seat is not known: 4.
Nancy --within 50,5 | 0 0 | From Nancy (54)~. No campus is so near: the nearest is 63 km away (all: --all). Left
Papeete | 0 2 | From Papeete (987)~. No campus is so near: the nearest is 10,355 km away (all: --all). Then those
47.24,6.02 | 10 0 | From 47.24,6.02~. | * deduced
-21.1,55.5 | 1 0 | From -21.1,55.5~. 1 of {SEATS} campuses~~. Left out, because their seat is not known: {UNPLACED}.
Nancy xyzzy | 0 0 | From Nancy (54)~: campuses found for 'xyzzy'. | No campus mentions 'xyzzy'.
Nancy bois, | 3 0 | From Nancy (54)~: campuses found for 'bois'. 3 of 4 campuses
Nancy -r corse -w 1 | 0 0 | From Nancy (54)~. | No campus of the registry matches.
Bretagne | 10 5 | Bretagne is a region: cmq list --region | Bretagne: Bretagne (90); also of | From Bretagne (90)
"""
"""What is typed; how many are listed with and without a distance; how what is said begins, with ~ and ~~ below."""


def test_what_is_listed_and_said():
    for case in SAID.strip().split("\n"):
        said = case.replace("~~", ", the nearest first (all: --all)").replace("~", ", as the crow flies")
        typed, numbers, *said = said.split(" | ")
        code, rows, err = asked(*typed.split())
        near, seatless = map(int, numbers.split())
        assert (code, [km == "–" for km, _id in rows]) == (0, [False] * near + [True] * seatless), typed
        assert [line[: len(wanted)] for line, wanted in zip(err, said, strict=False)] == said, typed


REFUSED = """
Saint-Denis | 'Saint-Denis' may be 4 communes. Give one of: "Saint-Denis (974)", "Saint-Denis (93)"
Jura | Jura is a department: cmq list --department 39
25 | Doubs is a department: cmq list --department 25
Villeneuve la Garene | No commune matches 'Villeneuve la Garene'. Did you mean "Villeneuve-la-Garenne (92)"
bois Nanci | No commune matches 'Nanci'. Did you mean "Nancy (54)"
Bora-Bora | It isn't known where Bora-Bora (987) is. Give LAT,LON instead: cmq near 47.24,6.02
xyzzy | No commune matches 'xyzzy'. Give a commune
Nancy --within abc | 'abc' is not a distance. Give a number of kilometres, 0 or more: --within 50
Nancy --within -3 | '−3' is not a distance.
Nancy !bois | Nothing can be excluded
"""


def test_what_is_refused_says_what_to_type():
    for case in REFUSED.strip().split("\n"):
        typed, said = case.split(" | ")
        code, rows, err = asked(*typed.split())
        assert (code in (1, 2), rows, len(err)) == (True, [], 1), typed
        assert err[0].startswith(f"cmq: {said}"), err


def test_a_registry_of_ones_own_may_know_no_seat(tmp_path):
    seatless = [campus for campus in changed()["campuses"] if campus["latitude"] is None]
    _code, rows, err = asked("Nancy", "--registry", written(tmp_path, changed((("campuses",), seatless))))
    assert {km for km, _id in rows} <= {"–"}
    assert err[0].startswith("From Nancy (54), as the crow flies. 0 campuses with a known seat.")


def test_distances_as_people_type_them():
    assert [kilometres(typed) for typed in ("50", "50km", "50,5 KM", "0", " 7.25 ")] == [50, 50, 50.5, 0, 7.25]
    for typed in ("", "km", "-1", "nan", "inf", "1e3", "5 miles", "1.2.3", "x" * 100_000):
        with pytest.raises(UsageError, match=r"is not a distance\. Give a number of kilometres"):
            kilometres(typed)
