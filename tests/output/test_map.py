"""The map on the terminal: where things are drawn, what is never drawn, and that it fits."""

import re
from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmq_cli import registry as registries
from cmq_cli.output.answer import Look
from cmq_cli.output.map import geometry
from cmq_cli.output.map.terminal import LEAST, WITH_OVERSEAS, Canvas, campus_map, near_map
from cmq_cli.places import Place, distance_km
from support import WHOLE, cmq

CAMPUSES = WHOLE["campuses"]
DIJON = next(campus for campus in CAMPUSES if campus["city"] == "Dijon")
FRANCE = geometry.france()
PICTURE = geometry.picture(CAMPUSES, FRANCE)
WINDOWS = ((80, 24), (80, 40), (100, 40), (160, 55), (200, 50))


def drawn(width, height=40, campuses=CAMPUSES, **look):
    """Return the lines of the map as spans, and what is said below them."""
    frame = geometry.france(overseas=height >= WITH_OVERSEAS)
    blocks = campus_map(Look(width, height, **look), WHOLE, campuses, frame, (), None)
    return (blocks[0].lines if len(blocks) > 1 else []), blocks[-1].text


def text(lines, keep=lambda span: True):
    return "\n".join("".join(span.text if keep(span) else " " * len(span.text) for span in line) for line in lines)


def marks(lines, campuses):
    """Return what is written in bold, but for the legend: a letter for one campus, a digit for several."""
    bold = Counter(text(lines, lambda span: span.style.startswith("bold")).replace("\n", "").replace(" ", ""))
    letters = geometry.marks(WHOLE, [""])
    return bold - Counter(letters[sector][0] for sector, *_ in geometry.legend(WHOLE, campuses))


def number(shown):
    return sum(int(char) * times if char.isdigit() else times for char, times in shown.items())


def many(number, **changes):
    return [{**DIJON, "id": f"c{at}", **changes} for at in range(number)]


def test_every_campus_is_at_its_seat_or_counted_once():
    assert [campus for campus, _ in PICTURE.seats] == [one for one in CAMPUSES if one["latitude"] is not None]
    assert {*PICTURE.outside} == {"Polynésie française"}
    assert len(PICTURE.seats) + PICTURE.unseated.total() + PICTURE.outside.total() == len(CAMPUSES)
    for campus, (x, y) in PICTURE.seats:  # to a few pixels: outlines are simplified
        region = next(one for one in PICTURE.areas if one.code == campus["region_code"])
        steps = [(x + 4 * across, y + 4 * down) for across in (-1, 0, 1) for down in (-1, 0, 1)]
        assert any(map(region.holds, steps)), campus["id"]


def test_outlines_that_cant_be_read_are_told_with_a_remedy(monkeypatch, tmp_path):
    path, find = tmp_path / "regions.geojson", registries.data_file
    monkeypatch.setattr(registries, "data_file", lambda name: path if name == path.name else find(name))
    for content in (b"", b'{"features": [{}]}', b'{"features": [1]}', b"\xff"):
        path.write_bytes(content)
        code, out, err = cmq("map", terminal=True)
        assert (code, out, err.count("\n"), "reinstall cmq" in err) == (1, "", 1, True)


@pytest.mark.parametrize(("width", "height"), WINDOWS)
def test_as_many_campuses_are_drawn_as_there_are(width, height):
    lines, said = drawn(width, height)
    shown, numbers = number(marks(lines, CAMPUSES)), text(lines, lambda span: span.style == "italic")
    assert shown + sum(map(int, re.findall(r"(?:\+|map: )(\d+)", numbers + said))) == len(CAMPUSES)
    assert height < WITH_OVERSEAS or shown == len(PICTURE.seats)
    for line in text(lines, lambda span: span.style != "dim").splitlines():  # a name is that of one mark
        assert not re.search(r"(?<!\S)[A-Z0-9] (?=\S*[a-zé])\S+ [A-Z0-9](?!\S)", line[: width - 32]), line


def test_more_than_nine_in_a_cell_are_a_plus_and_numbers_that_would_touch_are_one():
    east = DIJON["longitude"] + 0.25  # the next cell: a 4 beside a 3 would be read as 43
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


def test_what_is_asked_for_fills_the_map():
    for arguments, there, elsewhere in (
        ("-r bretagne", "Brest Quimper Rennes", "Nice Guadelo"),
        ("-d 29", "Brest Quimper", "Nice"),
        ("-r guyane", "Matoury", "Martini Cayenne"),
        ("-r bretagne -r guadeloupe", "Brest Guadelo", "Mayotte"),
    ):
        _code, out, _err = cmq("map", *arguments.split(), terminal=True, LINES="40")
        assert [name for name in f"{there} {elsewhere}".split() if name in out] == there.split(), arguments


def test_the_legend_counts_every_campus_once_and_one_without_a_sector_too():
    bare = [{**campus, "sectors": []} for campus in CAMPUSES[:3]]
    legend = re.findall(r"^([A-Z?]) +(\d+) (.*)", text(drawn(50, 24, [*CAMPUSES[3:], *bare])[0]), re.MULTILINE)
    assert sum(int(times) for _, times, _ in legend) == len(CAMPUSES)
    assert ("?", "3", "No sector") in [(mark, times, label.strip()) for mark, times, label in legend]


@given(st.lists(st.text(max_size=20), max_size=40))
def test_sectors_share_a_letter_only_where_there_are_more_than_letters(labels):
    sectors = [{"id": f"s{at}", "label": label} for at, label in enumerate(labels)]
    found = [letter for letter, _look in geometry.marks({**WHOLE, "sectors": sectors}, "x").values()]
    assert found.pop() == "?"
    assert len(set(found)) == len(labels) if len(labels) <= 26 else found.count("*") == len(labels) - 26
    assert all(letter.isascii() for letter in found)


@pytest.mark.parametrize("town", ["Ni\u0302mes", "機", "\x1b[31m", "a\u202eb", "🎓", "[bold]"])
def test_a_town_takes_one_cell_a_character_and_is_never_obeyed(town):
    shown = text(drawn(80, 40, many(1, city=town))[0])
    assert not re.search("[\x1b\u202e\u0302機🎓]", shown)
    assert town != "Ni\u0302mes" or "Nîmes" in shown


@pytest.mark.parametrize("width", [1, 20, LEAST, 47, 59, 60, 80, 200, 400])
def test_no_line_is_wider_than_the_window(width):
    for height in (1, 24, 120):
        lines, said = drawn(width, height)
        assert max(map(len, text(lines).split("\n"))) <= width
        assert len(lines) <= max(height, 60)
        assert lines or said == "No map: it takes 24 columns."


def test_it_fits_the_window_with_the_prompt_and_grows_with_it():
    asked = ("", "--wave 4", "-r bretagne", "-r franche-comte -w 4", "bois")
    for (width, height), arguments in product(WINDOWS, asked):
        _, out, _ = cmq("map", *arguments.split(), terminal=True, COLUMNS=str(width), LINES=str(height))
        assert out.count("\n") < height, (width, height, arguments)
    dots = [len(re.findall("[\u2801-\u28ff]", text(drawn(*size)[0]))) for size in WINDOWS[:4]]
    assert dots == sorted(dots)
    assert drawn(None) == drawn(80, 40)


def test_a_terminal_without_braille_gets_none():
    assert not re.search("[\u2800-\u28ff]", cmq("map", terminal=True, TERM="linux")[1])
    ring = [(0.0, 0.0), (0.0, 7.0), (7.0, 7.0), (7.0, 0.0), (0.0, 0.0)]
    square = geometry.Outline("", "", [ring, [(x + 9999, y) for x, y in ring]])
    canvas = Canvas(PICTURE._replace(width=7, height=7, areas=[square]))
    for ascii, rows in ((False, ["⡏⠉⠉⢹", "⣇⣀⣀⣸"]), (True, ["....", "...."])):
        assert text(canvas.drawing(ascii).lines).split("\n") == rows


def near(latitude, longitude, width=80, name=""):
    seats = [one for one in CAMPUSES if one["latitude"] is not None]
    nearest = sorted(seats, key=lambda one: distance_km(latitude, longitude, one["latitude"], one["longitude"]))
    place = Place("", name, "", "", 0, latitude, longitude)
    return near_map(Look(width), WHOLE, place, nearest[:10]), nearest[:10]


@given(st.floats(41, 51), st.floats(-5, 9))
def test_the_nearest_are_on_the_map_of_a_place_and_nothing_else(latitude, longitude):
    (drawing, said), wanted = near(latitude, longitude)
    shown = marks(drawing.lines, wanted)
    assert shown.pop("@") == 1
    assert number(shown) == len(wanted)
    assert said.text.startswith("@ is ")


def test_the_place_hides_no_campus_and_is_on_its_map_even_where_its_name_has_no_room():
    assert "2@ Dijon" in text(near(47.3222, 5.0415, name="Dijon")[0][0].lines)  # which has two
    for campus, _ in PICTURE.seats[::3]:
        (drawing, _), _ = near(campus["latitude"], campus["longitude"], LEAST, campus["city"])
        assert "@" in text(drawing.lines), campus["id"]
        assert max(map(len, text(drawing.lines).split("\n"))) <= LEAST


def test_a_map_stands_below_the_same_list_or_a_word_why_not():
    listed, both = (cmq("near", "Dole", "--limit", "3", *more)[1] for more in ([], ["--map"]))
    assert both.startswith(listed)
    assert "@ Dole" in both
    assert "No map: no campus with a known seat is listed." in cmq("near", "Papeete", "--map")[1]
    assert near(47.0, 5.0, LEAST - 1)[0][0].text == drawn(LEAST - 1)[1]
