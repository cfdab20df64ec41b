"""The map on the terminal: where things are drawn, what is never drawn, and that it fits."""

import csv
import re
from collections import Counter
from io import StringIO
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmq_cli import registry as registries
from cmq_cli.output.answer import Look
from cmq_cli.output.map import geometry
from cmq_cli.output.map.terminal import LEAST, NEAREST, Canvas, campus_map, near_map
from cmq_cli.places import Place, distance_km
from support import WHOLE, cmq

CAMPUSES = WHOLE["campuses"]
FRAMES = geometry.frames(geometry.read_outlines())
PICTURE = geometry.picture(CAMPUSES, FRAMES)
WINDOWS = ((80, 24), (80, 40), (100, 40), (160, 55), (200, 50))


def drawn(width, height=40, campuses=CAMPUSES, **look):
    """Return the lines of the map as spans, and what is said below them."""
    blocks = campus_map(Look(width, height, **look), WHOLE, campuses)
    return (blocks[0].lines if len(blocks) > 1 else []), blocks[-1].text


def text(lines, keep=lambda span: True):
    return "\n".join("".join(span.text if keep(span) else " " * len(span.text) for span in line) for line in lines)


def marks(lines, campuses):
    """Return what is written in bold, but for the legend: a letter for one campus, a digit for several."""
    bold = Counter(text(lines, lambda span: span.style.startswith("bold")).replace("\n", "").replace(" ", ""))
    letters = geometry.marks(WHOLE)
    return bold - Counter(letters[sector] for sector, *_ in geometry.legend(WHOLE, campuses))


def number(shown):
    return sum(int(char) * times if char.isdigit() else times for char, times in shown.items())


def many(number, **changes):
    campus = next(campus for campus in CAMPUSES if campus["city"] == "Dijon")
    return [{**campus, "id": f"c{at}", **changes} for at in range(number)]


# Where things are


def test_the_projection_is_true_to_scale_around_its_middle_and_goes_the_short_way_round():
    for here, there in (((46.5, 2.5), (46.6, 2.7)), ((-21.1, 55.5), (-21.2, 55.6)), ((0.0, 179.0), (0.0, -179.0))):
        assert hypot(*geometry.around(*here)(*there)) / 1000 == pytest.approx(distance_km(*here, *there), rel=0.001)


def test_every_campus_is_at_its_seat_or_counted_once():
    counted = [campus for there in PICTURE.unseated.values() for campus in there]
    parts = [*(campus for campus, _ in PICTURE.seats), *counted, *PICTURE.outside]
    assert Counter(campus["id"] for campus in parts) == Counter(campus["id"] for campus in CAMPUSES)
    assert {campus["region"] for campus in PICTURE.outside} == {"Polynésie française"}
    for campus, (x, y) in PICTURE.seats:  # to a few pixels: outlines are simplified
        region = next(one for one in PICTURE.areas if one.code == campus["region_code"])
        steps = [(x + 4 * across, y + 4 * down) for across in (-1, 0, 1) for down in (-1, 0, 1)]
        assert any(map(region.holds, steps)), campus["id"]


def test_every_commune_has_a_place_in_the_frame_of_its_region():
    frame_of = {code: frame for frame in FRAMES for code in frame.codes}
    outside = []
    for row in csv.DictReader(StringIO(registries.read_data("places.csv").decode())):
        if row["latitude"] and (frame := frame_of.get(row["region"])):
            seat = frame.project(float(row["latitude"]), float(row["longitude"]))
            outside += [] if frame.holds(seat) else [row["name"]]
    assert outside == ["La Désirade"], "an island that its region's outline leaves out"


@pytest.mark.parametrize("content", [None, b"", b'{"features": [{}]}', b'{"features": [1]}', b"\xff"])
def test_outlines_that_cant_be_read_are_told_with_a_remedy(monkeypatch, tmp_path, content):
    path = tmp_path / "regions.geojson"
    if content is not None:
        path.write_bytes(content)
    find = registries.data_file
    monkeypatch.setattr(registries, "data_file", lambda name: path if name == path.name else find(name))
    code, out, err = cmq("map", terminal=True)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "reinstall cmq" in err


# What is drawn


@pytest.mark.parametrize(("width", "height"), WINDOWS)
def test_as_many_campuses_are_drawn_as_there_are(width, height):
    """A letter is one campus, a digit as many as it says, +N those without a seat: none is lost, none invented."""
    lines, said = drawn(width, height)
    shown = number(marks(lines, CAMPUSES))
    counts = text(lines, lambda span: span.style == "italic") + said.replace("(+", "")
    counts = re.findall(r"(?:\+|map: )(\d+)", counts)
    assert shown + sum(map(int, counts)) == len(CAMPUSES)
    assert height < 30 or shown == len(PICTURE.seats)
    for line in text(lines, lambda span: span.style != "dim").splitlines():  # a name is that of one mark
        assert not re.search(r"(?<!\S)[A-Z0-9] (?=\S*[a-zé])\S+ [A-Z0-9](?!\S)", line[: width - 32]), line


def test_more_than_nine_in_a_cell_are_a_plus_and_numbers_that_would_touch_are_one():
    east = many(1)[0]["longitude"] + 0.25  # the next cell: a 4 beside a 3 would be read as 43
    for campuses, wanted in (
        (many(9), "9"),
        (many(10), "+"),
        ([*many(4), *many(3, longitude=east)], "7"),
        ([*many(1), *many(4, longitude=east)], "A4"),
        (many(2, latitude=0.0, longitude=0.0), ""),
    ):
        lines, said = drawn(80, 40, campuses)
        assert marks(lines, campuses) == Counter(wanted)
        assert ("Not on the map: Bourgogne-Franche-Comté +2." in said) == (not wanted)


@pytest.mark.parametrize(
    ("arguments", "names", "not_there"),
    [
        (["--region", "bretagne"], ["Brest", "Quimper", "Rennes"], ["Nice", "Guadelo"]),
        (["--department", "29"], ["Brest", "Quimper"], ["Nice"]),
        (["--region", "guyane"], ["Matoury"], ["Martini"]),
        (["--region", "bretagne", "--region", "guadeloupe"], ["Brest", "Guadelo"], ["Mayotte"]),
        (["--region", "corse"], [], ["Guadelo"]),
    ],
)
def test_what_is_asked_for_fills_the_map(arguments, names, not_there):
    code, out, err = cmq("map", *arguments, terminal=True, LINES="40")
    assert code == 0, err
    assert [name for name in names if name not in out] == []
    assert [name for name in not_there if name in out] == []


def test_the_legend_counts_every_campus_once_and_one_without_a_sector_too():
    bare = [{**campus, "sectors": []} for campus in CAMPUSES[:3]]
    legend = re.findall(r"^([A-Z?]) +(\d+) (.*)", text(drawn(50, 24, [*CAMPUSES[3:], *bare])[0]), re.MULTILINE)
    assert sum(int(times) for _, times, _ in legend) == len(CAMPUSES)
    assert legend[-1] == ("?", "3", "No sector")


@given(st.lists(st.text(max_size=20), max_size=40))
def test_sectors_share_a_letter_only_where_there_are_more_than_letters(labels):
    sectors = [{"id": str(at), "label": label} for at, label in enumerate(labels)]
    found = [*geometry.marks({**WHOLE, "sectors": sectors}).values()]
    assert len(set(found)) == len(labels) if len(labels) <= 26 else found.count("*") == len(labels) - 26
    assert all(letter.isascii() for letter in found)


@pytest.mark.parametrize("town", ["Ni\u0302mes", "機", "\x1b[31m", "a\u202eb", "🎓", "[bold]"])
def test_a_town_takes_one_cell_a_character_and_is_never_obeyed(town):
    shown = text(drawn(80, 40, many(1, city=town))[0])
    assert not re.search("[\x1b\u202e\u0302機🎓]", shown)
    assert town != "Ni\u0302mes" or "Nîmes" in shown


# How it fits


@pytest.mark.parametrize("width", [1, 20, LEAST, 47, 59, 60, 80, 200, 500])
def test_no_line_is_wider_than_the_window(width):
    for height in (1, 24, 300):
        lines, said = drawn(width, height)
        assert max(map(len, text(lines).split("\n"))) <= min(width, 400)
        assert len(lines) <= max(height, 120)
        assert lines or said == "No map: it takes 24 columns."


def test_it_fits_the_window_with_the_prompt_and_grows_with_it():
    for width, height in WINDOWS:
        for arguments in ([], ["--wave", "4"], ["-r", "bretagne"], ["-r", "franche-comte", "-w", "4"], ["bois"]):
            _, out, _ = cmq("map", *arguments, terminal=True, COLUMNS=str(width), LINES=str(height))
            assert out.count("\n") < height, (width, height, arguments)
    dots = [len(re.findall("[\u2801-\u28ff]", text(drawn(*size)[0]))) for size in WINDOWS[:4]]
    assert dots == sorted(dots)
    assert drawn(None) == drawn(80, 40)


def test_a_terminal_without_braille_gets_none():
    for environ in ({"TERM": "dumb"}, {"TERM": "linux"}, {"LC_ALL": "C"}):
        _, out, _ = cmq("map", terminal=True, **environ)
        assert not re.search("[\u2800-\u28ff]", out)
    side = geometry.WIDTH
    ring = ((0.0, 0.0), (0.0, side), (side, side), (side, 0.0), (0.0, 0.0))
    for braille, rows in ((True, ["⡏⠉⠉⢹", "⣇⣀⣀⣸"]), (False, [":'':", ":..:"])):
        canvas = Canvas(Look(80, ascii=not braille), side, 4, 2)
        canvas.outline(geometry.Outline("", "", (ring, tuple((x + 9999, y) for x, y in ring))))
        assert text(canvas.lines()).split("\n") == rows


# A place and what is near it


def near(latitude, longitude, width=80, name=""):
    seats = [(one, one["latitude"], one["longitude"]) for one in CAMPUSES if one["latitude"] is not None]
    nearest = [(one, distance_km(latitude, longitude, *seat)) for one, *seat in seats]
    nearest.sort(key=lambda pair: pair[1])
    return near_map(Look(width), WHOLE, Place("", name, "", "", 0, latitude, longitude), nearest), nearest


@given(st.floats(41, 51), st.floats(-5, 9))
def test_the_nearest_are_on_the_map_of_a_place_and_nothing_else(latitude, longitude):
    (drawing, said), nearest = near(latitude, longitude)
    wanted = [campus for campus, km in nearest[:NEAREST] if km <= FARTHEST_KM]
    shown = marks(drawing.lines, wanted)
    assert shown.pop("@") == 1
    assert number(shown) == len(wanted)
    assert f"{len(wanted)} campuses nearest" in said.text


def test_the_place_hides_no_campus_and_is_on_its_map_even_where_its_name_has_no_room():
    (drawing, _), _ = near(47.3222, 5.0415, name="Dijon")  # which has two
    assert re.search("2 @ Dijon|@ Dijon 2", text(drawing.lines))
    for campus, _ in PICTURE.seats:
        (drawing, _), _ = near(campus["latitude"], campus["longitude"], LEAST, campus["city"])
        assert "@" in text(drawing.lines), campus["id"]
        assert max(map(len, text(drawing.lines).split("\n"))) <= LEAST


def test_a_map_stands_below_the_same_list_or_a_word_why_not():
    listed, both = (cmq("near", "Dole", "--limit", "3", *more)[1] for more in ([], ["--map"]))
    assert both.startswith(listed)
    assert "@ Dole" in both
    assert near(0.0, -150.0)[0][0].text.startswith("No map: none of the campuses listed lies within 1,000 km of")
    assert near(47.0, 5.0, LEAST - 1)[0][0].text == drawn(LEAST - 1)[1]
