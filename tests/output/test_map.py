"""The map on the terminal: where things are drawn, what is never drawn, and that it fits."""

import csv
import re
from collections import Counter
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from cmq_cli import registry as registries
from cmq_cli.output.answer import Look
from cmq_cli.output.map import geometry
from cmq_cli.output.map.geometry import Box, Outline, around, frames, lambert_93, placed, read_outlines
from cmq_cli.output.map.terminal import FARTHEST_KM, LEAST, NEAREST, STYLES, Canvas, campus_map, near_map
from cmq_cli.places import distance_km, point
from support import WHOLE, cmq

OUTLINES = read_outlines()
FRAMES = frames(OUTLINES)
PLACING = placed(WHOLE["campuses"], FRAMES)
WINDOWS = ((80, 24), (80, 40), (100, 40), (120, 50), (160, 55), (200, 50))


def drawn(width, height=40, campuses=WHOLE["campuses"], regions=(), registry=WHOLE, **look):
    """Return the lines of the map as spans, and what is said below them."""
    blocks = campus_map(Look(width, height, **look), registry, campuses, regions)
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
    campus = next(campus for campus in WHOLE["campuses"] if campus["city"] == "Dijon")
    return [{**campus, "id": f"c{at}", **changes} for at in range(number)]


# Where things are


def test_the_projection_is_that_of_the_official_maps():
    transformer = Transformer.from_crs("EPSG:4326", "EPSG:2154")
    for campus in WHOLE["campuses"]:
        if campus["latitude"] and campus["region_code"] not in geometry.INSETS:
            here = campus["latitude"], campus["longitude"]
            assert lambert_93(*here) == pytest.approx(transformer.transform(*here), abs=0.01)
    assert around(0, 179)(0, -179)[0] == pytest.approx(222_390, abs=1), "the short way round"


def test_every_campus_is_in_one_part_of_the_map():
    parts = [*(campus for campus, *_ in PLACING.seats), *sum(PLACING.unseated.values(), []), *PLACING.outside]
    assert Counter(campus["id"] for campus in parts) == Counter(campus["id"] for campus in WHOLE["campuses"])
    assert all(campus["latitude"] is not None for campus, *_ in PLACING.seats)
    assert {campus["region"] for campus in PLACING.outside} == {"Polynésie française"}
    assert [frame.outlines[0].name for frame in FRAMES[1:]] == [
        *("Guadeloupe", "Martinique", "Guyane", "La Réunion", "Mayotte")
    ]


def test_every_seat_lies_in_its_region_and_every_commune_in_the_frame_of_its_region():
    """To a few kilometres: outlines are simplified, and small islands are left out."""
    frame_of = {code: frame for frame in FRAMES for code in frame.codes}
    for campus, at, (x, y) in PLACING.seats:
        region = next(one for one in FRAMES[at].outlines if one.code == campus["region_code"])
        steps = [(x + 4000 * across, y + 4000 * down) for across in (-1, 0, 1) for down in (-1, 0, 1)]
        assert any(map(region.holds, steps)), campus["id"]
    outside = []
    for row in csv.DictReader(StringIO(registries.read_data("places.csv").decode())):
        if row["latitude"] and (frame := frame_of.get(row["region"])):
            x, y = frame.project(float(row["latitude"]), float(row["longitude"]))
            if not (0 <= x - frame.box.x <= frame.box.width and 0 <= y - frame.box.y <= frame.box.height):
                outside.append(row["name"])
    assert outside == ["La Désirade"], "an island that its region's outline leaves out"


def test_the_outlines_are_closed_and_of_the_regions_of_the_registry():
    names = {region["code"]: region["name"] for region in WHOLE["territories"]["regions"]}
    assert {outline.code: outline.name for outline in OUTLINES}.items() <= names.items()
    assert len(OUTLINES) == 18
    assert all(ring[0] == ring[-1] and len(ring) >= 4 for outline in OUTLINES for ring in outline.rings)


@pytest.mark.parametrize("content", [None, b"", b"{}", b"[]", b'{"features": [{}]}', b'{"features": [1]}', b"\xff"])
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
    lines, said = drawn(width, height, regions=FRAMES[0].codes)
    here = [campus for campus, frame, _ in PLACING.seats if frame == 0]
    assert number(marks(lines, WHOLE["campuses"])) == len(here)
    counts = re.findall(r"\+(\d+)", text(lines, lambda span: span.style == "italic") + said.replace("(+", ""))
    assert sum(map(int, counts)) + len(here) == len(WHOLE["campuses"])


def test_more_than_nine_in_a_cell_are_a_plus_and_numbers_that_would_touch_are_one():
    east = many(1)[0]["longitude"] + 0.25  # the next cell: a 4 beside a 3 would be read as 43
    for campuses, wanted in (
        (many(9), "9"),
        (many(10), "+"),
        ([*many(4), *many(3, longitude=east)], "7"),
        ([*many(4), *many(9, longitude=east)], "+"),
        ([*many(1), *many(4, longitude=east)], "A4"),
    ):
        assert marks(drawn(80, 40, campuses)[0], campuses) == Counter(wanted)


@pytest.mark.parametrize(("width", "height"), WINDOWS)
def test_a_name_keeps_apart_from_the_mark_of_another(width, height):
    for line in text(drawn(width, height)[0], lambda span: span.style != "dim").splitlines():
        assert not re.search(r"(?<!\S)[A-Z0-9] (?=\S*[a-zé])\S+ [A-Z0-9](?!\S)", line[: width - 32]), line


@pytest.mark.parametrize(
    ("arguments", "names", "not_there"),
    [
        (["--region", "bretagne"], ["Brest", "Quimper", "Rennes"], ["Nice", "Guadeloupe"]),
        (["--department", "29"], ["Brest", "Quimper"], ["Nice"]),
        (["--region", "guyane"], ["Matoury"], ["Martinique"]),
        (["--region", "bretagne", "--region", "guadeloupe"], ["Brest", "Guadeloupe"], ["Mayotte"]),
        (["--region", "corse"], [], ["Guadeloupe"]),
    ],
)
def test_what_is_asked_for_fills_the_map(arguments, names, not_there):
    code, out, err = cmq("map", *arguments, terminal=True, LINES="24")
    assert code == 0, err
    assert [name for name in names if name not in out] == []
    assert [name for name in not_there if name in out] == []


def test_the_legend_counts_every_campus_once_and_a_campus_without_a_sector_too():
    bare = [{**campus, "sectors": []} for campus in WHOLE["campuses"][:3]]
    lines, _ = drawn(50, 24, [*WHOLE["campuses"][3:], *bare])
    counts = re.findall(r"^[A-Z?] +(\d+) ", text(lines), re.MULTILINE)
    assert sum(map(int, counts)) == len(WHOLE["campuses"])
    assert "?  3 No sector" in text(lines)


def test_a_seat_far_from_its_region_is_told_and_not_drawn():
    lost = many(2, latitude=0.0, longitude=0.0)
    lines, said = drawn(80, 24, lost)
    assert not marks(lines, lost)
    assert "Not on the map: Bourgogne-Franche-Comté +2." in said


@given(st.lists(st.text(max_size=20), max_size=40))
def test_sectors_share_a_letter_only_where_there_are_more_than_letters(labels):
    sectors = [{"id": str(at), "label": label} for at, label in enumerate(labels)]
    found = [*geometry.marks({**WHOLE, "sectors": sectors}).values()]
    assert len(found) == len(labels)
    assert len(set(found)) == len(labels) if len(labels) <= 26 else found.count("*") == len(labels) - 26
    assert all(letter.isascii() for letter in found)


def test_the_letters_are_seen_on_a_light_ground_and_on_a_dark_one():
    assert len(set(STYLES)) >= len(WHOLE["sectors"])
    assert not [style for style in STYLES if re.search("yellow|white|black|bright_(green|cyan)", style)]


# How it fits


@pytest.mark.parametrize("width", [1, 20, LEAST, 30, 47, 59, 60, 79, 80, 100, 200, 500])
def test_no_line_is_wider_than_the_window(width):
    for height in (1, 24, 300):
        lines, _ = drawn(width, height)
        assert max(map(len, text(lines).split("\n")), default=0) <= min(width, 400)
        assert len(lines) <= max(height, 120)


def test_it_fits_the_window_with_the_prompt():
    for width, height in WINDOWS:
        for arguments in ([], ["--wave", "4"], ["-r", "bretagne"], ["-r", "franche-comte", "-w", "4"], ["bois"]):
            _, out, _ = cmq("map", *arguments, terminal=True, COLUMNS=str(width), LINES=str(height))
            assert out.count("\n") < height, (width, height, arguments)


def test_it_grows_with_the_window_and_in_a_pipe_is_as_on_a_terminal():
    dots = [len(re.findall("[\u2801-\u28ff]", text(drawn(*size)[0]))) for size in WINDOWS]
    assert dots[:5] == sorted(dots[:5])
    assert drawn(None) == drawn(80, 40)
    assert "\x1b[" in cmq("map", "--color", "always")[1]


def test_a_terminal_without_braille_gets_none():
    for environ in ({"TERM": "dumb"}, {"TERM": "linux"}, {"LC_ALL": "C"}):
        _, out, _ = cmq("map", terminal=True, **environ)
        assert not re.search("[\u2800-\u28ff]", out)
        assert ":" in out


def test_a_window_too_narrow_for_a_shape_shows_the_counts():
    lines, said = drawn(LEAST - 1)
    assert not lines
    assert "Auvergne-Rhône-Alpes +10" in said


def test_a_square_is_drawn_as_a_square():
    ring = ((0.0, 0.0), (0.0, 7.0), (7.0, 7.0), (7.0, 0.0), (0.0, 0.0))
    for braille, rows in ((True, ["⡏⠉⠉⢹", "⣇⣀⣀⣸"]), (False, [":'':", ":..:"])):
        canvas = Canvas(Look(80, braille=braille), Box(0, 0, 7, 7), 4, 2)
        canvas.outline(Outline("", "", (ring, tuple((x + 1000, y) for x, y in ring))))
        assert text(canvas.lines()).split("\n") == rows


@pytest.mark.parametrize("town", ["Ni\u0302mes", "機", "\x1b[31m", "a\u202eb", "🎓", "[bold]"])
def test_a_town_takes_one_cell_a_character_and_is_never_obeyed(town):
    shown = text(drawn(80, 40, many(1, city=town))[0])
    assert max(map(len, shown.split("\n"))) <= 80
    assert not re.search("[\x1b\u202e\u0302機🎓]", shown)
    assert town != "Ni\u0302mes" or "Nîmes" in shown


# A place and what is near it


def near(latitude, longitude, width=80, name=""):
    seats = [(one, one["latitude"], one["longitude"]) for one in WHOLE["campuses"] if one["latitude"] is not None]
    nearest = [(one, distance_km(latitude, longitude, *seat)) for one, *seat in seats]
    nearest.sort(key=lambda pair: pair[1])
    return near_map(Look(width), WHOLE, point(latitude, longitude)._replace(name=name), nearest), nearest


@given(st.floats(41, 51), st.floats(-5, 9))
def test_the_nearest_are_on_the_map_of_a_place_and_nothing_else(latitude, longitude):
    (drawing, said), nearest = near(latitude, longitude)
    wanted = [campus for campus, km in nearest[:NEAREST] if km <= FARTHEST_KM]
    shown = marks(drawing.lines, wanted)
    assert shown.pop("@") == 1
    assert number(shown) == len(wanted)
    assert f"{len(wanted)} campuses nearest" in said.text


def test_the_place_hides_no_campus():
    (drawing, _), _ = near(47.3222, 5.0415, name="Dijon")  # which has two
    picture = text(drawing.lines)
    assert re.search("2 @ Dijon|@ Dijon 2", picture), picture


@pytest.mark.parametrize("width", [LEAST, 40])
def test_the_place_is_on_its_map_even_where_there_is_no_room_for_its_name(width):
    for campus, *_ in PLACING.seats:
        (drawing, _), _ = near(campus["latitude"], campus["longitude"], width, campus["city"])
        assert "@" in text(drawing.lines), campus["id"]
        assert max(map(len, text(drawing.lines).split("\n"))) <= width


def test_where_there_is_nothing_to_draw_there_is_a_word_instead():
    assert near(0.0, -150.0)[0][0].text.startswith("No map: none of the campuses listed lies within 1,000 km of")
    assert near(47.0, 5.0, LEAST - 1)[0][0].text == "No map: it takes 24 columns."


def test_a_map_stands_below_the_same_list():
    listed, both = (cmq("near", "Dole", "--limit", "3", *more)[1] for more in ([], ["--map"]))
    assert both.startswith(listed)
    assert "@ Dole" in both
