"""The map on the terminal: where things are drawn, what is never drawn, and pictures at three sizes."""

import csv
import json
import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmq_cli import registry as registries
from cmq_cli.errors import ExitCode, RegistryError
from cmq_cli.model import Sector
from cmq_cli.output.map import marks
from cmq_cli.output.map.canvas import Canvas, Scale, one_cell_each
from cmq_cli.output.map.frames import INSETS, Box, frames, inside, read_outlines
from cmq_cli.output.map.placing import placed
from cmq_cli.output.map.terminal import LARGEST, LEAST, fitted, sheet, style_of
from cmq_cli.output.map.vicinity import FARTHEST_KM, MOST, vicinity
from cmq_cli.output.tables.prose import cell_len
from cmq_cli.places import Place, by_distance
from cmq_cli.registry import data_file, load

OUTLINES = read_outlines()
FRAMES = frames(OUTLINES)
WHOLE = load()
PLACING = placed(WHOLE.campuses, FRAMES)
SIZES = ((60, 30), (80, 40), (160, 55))
PLAIN = {"NO_COLOR": "1", "TERM": "xterm-256color", "LANG": "fr_FR.UTF-8"}


def drawn(cmq, *arguments, columns=80, rows=40, **settings):
    done = cmq("map", *arguments, terminal=True, COLUMNS=str(columns), LINES=str(rows), **{**PLAIN, **settings})
    assert done.code == 0, done.err
    return done.out


@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_pictures(cmq, snapshot, columns, rows):
    snapshot(f"map-{columns}x{rows}.txt", drawn(cmq, columns=columns, rows=rows, registry=WHOLE))


def test_a_map_grows_no_larger_than_any_window():
    """A variable may say anything, and a sheet of a million cells would take long to draw."""
    largest = sheet(WHOLE, FRAMES, PLACING, LARGEST)
    assert sheet(WHOLE, FRAMES, PLACING, (2000, 1000)) == largest
    assert 0.9 * LARGEST[1] < len(largest.cells) <= LARGEST[1]
    assert max(map(len, largest.cells)) <= LARGEST[0]


def test_a_picture_in_ascii(cmq, snapshot):
    picture = drawn(cmq, "--wave", "4", registry=WHOLE, LANG="C")
    snapshot("map-ascii.txt", picture)
    assert not re.search("[\u2800-\u28ff]", picture)


@pytest.mark.parametrize("environ", [{"TERM": "dumb"}, {"TERM": "linux"}, {"LC_ALL": "C"}])
def test_a_terminal_without_braille_gets_no_braille(cmq, environ):
    assert not re.search("[\u2800-\u28ff]", drawn(cmq, **environ))
    assert not re.search("[\u2800-\u28ff]", near(cmq, "Dole", **environ))


# Where things are


def test_every_campus_is_in_one_part_of_the_map():
    unseated = [campus for found in PLACING.unseated.values() for campus in found]
    unframed = [campus for found in PLACING.unframed.values() for campus in found]
    parts = [*(mark.campus for mark in PLACING.marks), *unseated, *unframed, *PLACING.outside]
    assert Counter(campus.id for campus in parts) == Counter(campus.id for campus in WHOLE.campuses)
    assert {mark.campus.id for mark in PLACING.marks} == {one.id for one in WHOLE.campuses if one.latitude is not None}
    assert {campus.region for campus in unframed} == {"Polynésie française"}
    assert not PLACING.outside


def near_or_inside(point, outline, metres):
    x, y = point
    steps = [(x + metres * across, y + metres * down) for across in (-1, 0, 1) for down in (-1, 0, 1)]
    return any(inside(step, outline) for step in steps)


@pytest.mark.parametrize("columns", [30, 60, 120])
def test_every_mark_is_drawn_in_the_cell_of_its_seat_in_its_region(columns):
    """To one cell: outlines are simplified."""
    for mark in PLACING.marks:
        frame = FRAMES[mark.frame]
        scale = Scale(frame.box, *fitted(frame, columns, 200))
        row, column = scale.cell(mark.point)
        assert 0 <= row < scale.rows
        assert 0 <= column < scale.columns
        region = next(outline for outline in frame.outlines if outline.code == mark.campus.region_code)
        assert near_or_inside(scale.middle(row, column), region, 4 / scale.dots), mark.campus.id


def test_every_commune_of_a_region_with_an_outline_has_a_place_in_its_frame():
    frame_of = {outline.code: frame for frame in FRAMES for outline in frame.outlines}
    with data_file("places.csv").open(encoding="utf-8", newline="") as file:
        for place in csv.DictReader(file):
            if frame := frame_of.get(place["region"]):
                assert frame.place(float(place["latitude"]), float(place["longitude"])), place["name"]


def letters_of(cells):
    return Counter(cell.char for row in cells for cell in row if cell.style.startswith("bold"))


@pytest.mark.parametrize(("columns", "rows"), [*SIZES, (30, 20), (200, 100)])
def test_as_many_campuses_are_marked_as_have_a_seat(columns, rows):
    """A letter is one campus, a digit as many as it says: none is lost, none invented."""
    shown = letters_of(sheet(WHOLE, FRAMES, PLACING, (columns, rows)).cells)
    assert "+" not in shown
    assert sum(int(char) * times if char.isdigit() else times for char, times in shown.items()) == len(PLACING.marks)


@pytest.mark.parametrize(("columns", "rows"), [*SIZES, (30, 20), (200, 100)])
def test_every_campus_without_a_seat_is_counted_on_the_map_or_told_to_have_no_room(columns, rows):
    found = sheet(WHOLE, FRAMES, PLACING, (columns, rows))
    text = "\n".join("".join(cell.char if cell.style == "italic" else " " for cell in row) for row in found.cells)
    elsewhere = sum(len(PLACING.unseated[code]) for code in found.without_room)
    assert sum(map(int, re.findall(r"\+(\d+)", text))) + elsewhere == len(WHOLE.campuses) - len(PLACING.marks)


def test_more_than_nine_in_a_cell_are_a_plus(small):
    campus = next(campus for campus in small.campuses if campus.latitude is not None)
    many = [replace(campus, id=f"c{number}") for number in range(10)]
    shown = letters_of(sheet(small, FRAMES, placed(many, FRAMES), (80, 40)).cells)
    assert shown == Counter("+")


def test_a_plus_is_explained_where_there_is_one(cmq, small):
    campus = next(campus for campus in small.campuses if campus.latitude is not None)
    for number, wanted in ((9, "so many in one place."), (10, "so many in one place; +, more than nine.")):
        many = replace(small, campuses=tuple(replace(campus, id=f"c{at}") for at in range(number)))
        assert wanted in " ".join(drawn(cmq, registry=many).split())


def test_numbers_that_would_touch_are_one(small):
    """A 4 beside a 3 would be read as 43; with a 9 beside it, it is more than a digit can say."""
    campus = next(campus for campus in small.campuses if campus.latitude is not None)
    east = replace(campus, longitude=campus.longitude + 0.18)
    for numbers, wanted in (((4, 3), ["7"]), ((4, 9), ["+"]), ((1, 4), ["4"])):
        there = [
            replace(one, id=f"c{at}{number}")
            for at, one in ((numbers[0], campus), (numbers[1], east))
            for number in range(at)
        ]
        cells = sheet(small, FRAMES, placed(there, FRAMES), (80, 40)).cells
        marked = [cell.char for row in cells for cell in row if "reverse" in cell.style]
        assert marked == wanted


@pytest.mark.parametrize("columns", [40, 60, 80, 120, 200])
def test_a_text_keeps_apart_from_the_mark_of_another(columns):
    """A name stands beside its own mark, and two cells from the others, so that it is read as the name of none."""
    for row in sheet(WHOLE, FRAMES, PLACING, (columns, 50)).cells:
        line = "".join(cell.char if cell.style != "dim" else " " for cell in row)
        assert not re.search(r"(?<!\S)[A-Z0-9] (?=\S*[a-zé])\S+( \S+)* [A-Z0-9](?!\S)", line), line
        assert not re.search(r"\d\d", re.sub(r"\+\d+", "", line)), line


def test_a_seat_far_from_its_region_is_told_and_not_drawn(cmq, small):
    lost = [replace(campus, latitude=0.0, longitude=0.0, region_code="53") for campus in small.campuses[:2]]
    picture = drawn(cmq, registry=replace(small, campuses=tuple(lost)))
    assert "Not drawn, because the seat lies outside the outlines of the region: 2." in " ".join(picture.split())
    assert not placed(lost, FRAMES).marks


def test_corsica_is_in_the_south_east_and_the_insets_come_in_order():
    mainland = FRAMES[0]
    corsica = next(outline for outline in mainland.outlines if outline.name == "Corse")
    scale = Scale(mainland.box, *fitted(mainland, 100, 100))
    for point in corsica.rings[0]:
        row, column = scale.cell(point)
        assert row > scale.rows * 0.75
        assert column > scale.columns * 0.75
    assert [frame.name for frame in FRAMES] == ["France", "Guadeloupe", "Martinique", "Guyane", "La Réunion", "Mayotte"]
    assert [frame.outlines[0].code for frame in FRAMES[1:]] == [*INSETS]


def test_france_is_about_as_wide_as_high_on_a_screen_of_cells_twice_as_high_as_wide():
    columns, rows = fitted(FRAMES[0], 100, 100)
    assert columns / (2 * rows) == pytest.approx(1.05, abs=0.03)


# How it fits


@pytest.mark.parametrize("columns", [1, 10, 20, 23, 24, 30, 47, 48, 59, 60, 79, 80, 99, 100, 120, 200, 400])
@pytest.mark.parametrize("rows", [1, 40, 100])
def test_no_line_is_wider_than_the_window(cmq, columns, rows):
    for line in drawn(cmq, columns=columns, rows=rows, registry=WHOLE).splitlines():
        assert cell_len(line) <= columns
        assert line == line.rstrip()


@pytest.mark.parametrize(("columns", "rows"), [(80, 40), (80, 60), (120, 40), (160, 40), (160, 55), (240, 80)])
def test_it_fits_the_window_with_the_prompt(cmq, columns, rows):
    for arguments in ([], ["--wave", "4"], ["--region", "bretagne"], ["-r", "franche-comte", "-w", "4"]):
        settings = {**PLAIN, "COLUMNS": str(columns), "LINES": str(rows)}
        done = cmq("map", *arguments, terminal=True, registry=WHOLE, **settings)
        notes = sum(-(-len(line) // columns) for line in done.err.splitlines())
        assert done.out.count("\n") + notes < rows


def test_it_grows_with_the_window(cmq):
    dots = [
        len(re.findall("[\u2801-\u28ff]", drawn(cmq, columns=each[0], rows=each[1], registry=WHOLE))) for each in SIZES
    ]
    assert dots == sorted(dots)
    assert dots[-1] > 2 * dots[1]


@pytest.mark.parametrize("columns", [30, 40, 50, 59])
def test_a_narrow_map_takes_all_the_width(columns):
    cells = sheet(WHOLE, FRAMES, placed([], FRAMES), (columns, 14)).cells
    drawn = [at for row in cells for at, cell in enumerate(row) if cell.style == "dim"]
    assert max(drawn) - min(drawn) > columns * 0.88


def test_a_window_too_narrow_for_a_shape_shows_the_counts(cmq):
    picture = drawn(cmq, columns=LEAST - 1, registry=WHOLE)
    assert not re.search("[\u2800-\u28ff]", picture)
    assert f"{len(WHOLE.campuses)} campuses." in " ".join(picture.split())
    assert "Auvergne-Rhône-Alpes+10" in "".join(picture.split())


# What it says


def test_a_map_in_a_pipe_is_the_map_of_a_terminal_without_colour(cmq):
    assert cmq("map", registry=WHOLE).out == drawn(cmq, registry=WHOLE)
    assert "\x1b[" in cmq("map", "--color", "always").out
    assert "\x1b[" in drawn(cmq, NO_COLOR="")


@pytest.mark.parametrize("filters", [["--wave", "4"], ["bois"], ["-r", "franche-comte"], ["--as-of", "2017-02-13"]])
def test_words_filters_and_notes_are_those_of_list(cmq, filters):
    for form in ("json", "csv", "geojson"):
        here, there = (
            cmq("map", *filters, "-f", form, registry=WHOLE),
            cmq("list", *filters, "-f", form, registry=WHOLE),
        )
        assert (here.out, here.err) == (there.out, there.err)
    ids = [campus["id"] for campus in json.loads(cmq("list", *filters, "--json", registry=WHOLE).out)]
    table = cmq("map", *filters, terminal=True, registry=WHOLE)
    assert f"{len(ids)} campus" in table.out
    assert set(table.err.splitlines()) == set(cmq("list", *filters, terminal=True, registry=WHOLE).err.splitlines())


def test_the_legend_counts_every_campus_once(cmq):
    counts = re.findall(r"^[A-Z] +(\d+) ", drawn(cmq, columns=50, registry=WHOLE), re.MULTILINE)
    assert sum(map(int, counts)) == len(WHOLE.campuses)


def test_a_map_says_that_its_legend_counts_each_campus_by_its_most_fitting_sector(cmq):
    for said in (drawn(cmq), near(cmq, "Dole")):
        assert "Letters and counts go by the most fitting sector; a digit is so many" in " ".join(said.split())


def test_what_a_map_says_of_itself(cmq):
    said = " ".join(drawn(cmq, registry=WHOLE).split())
    number = len(WHOLE.campuses)
    assert f"{number} campuses. The registry of {WHOLE.data_version} documents {number} campuses, not all" in said
    assert "No outline to draw for: Polynésie française +2." in said
    assert "IGN, Admin Express 2018, Licence Ouverte" in said
    assert "52 of 77" in drawn(cmq, "--as-of", "2017-02-13", registry=WHOLE)
    assert "+N" not in drawn(cmq, "--city", "brest", registry=WHOLE)
    nothing = drawn(cmq, "--region", "corse", registry=WHOLE)
    assert "No campus of the registry matches." in nothing
    assert not letters_of(sheet(WHOLE, FRAMES, placed([], FRAMES), (80, 40)).cells)


# Marks


def test_the_letters_of_the_sectors():
    known = marks.letters(WHOLE.sectors)
    assert len(set(known.values())) == 12
    assert known["tourisme-gastronomie"] == "T"
    assert known["creation-design-audiovisuel"] == "D"


SECTORS = st.lists(st.text(max_size=20), max_size=40).map(
    lambda labels: [Sector(str(at), label, "", ()) for at, label in enumerate(labels)]
)


@given(SECTORS)
def test_sectors_share_a_letter_only_where_there_are_more_than_letters(sectors):
    known = list(marks.letters(sectors).values())
    assert len(known) == len(sectors)
    assert len(set(known)) == len(sectors) if len(sectors) <= 26 else known.count(marks.SHARED) == len(sectors) - 26
    assert all(letter.isascii() for letter in known)


def test_the_letters_are_seen_on_a_light_ground_and_on_a_dark_one():
    styles = [style_of(number) for number in range(len(WHOLE.sectors))]
    assert len(set(styles)) == 12
    assert not [style for style in styles if re.search("yellow|white|black|bright_(green|cyan)", style)]


def test_a_campus_without_a_sector_is_in_the_legend(cmq, small):
    bare = replace(small, campuses=tuple(replace(campus, sectors=()) for campus in small.campuses))
    assert f"? {len(small.campuses)} No sector" in drawn(cmq, registry=bare)


# Canvas and outlines


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Nîmes", "Nîmes"),
        ("Ni\u0302mes", "Nîmes"),
        ("機", "?"),
        ("\x1b[31m", "?[31m"),
        ("a\u202eb", "a?b"),
        ("🎓", "?"),
    ],
)
def test_a_name_takes_one_cell_a_character(text, shown):
    assert one_cell_each(text) == shown
    assert cell_len(shown) == len(shown)


def test_a_square_is_drawn_as_a_square():
    ring = ((0.0, 0.0), (0.0, 7.0), (7.0, 7.0), (7.0, 0.0), (0.0, 0.0))
    for ascii_only, rows in ((False, ["⡏⠉⠉⢹", "⣇⣀⣀⣸"]), (True, [":'':", ":..:"])):
        canvas = Canvas(Scale(Box(0, 0, 7, 7), 4, 2), ascii_only)
        canvas.outline(ring)
        canvas.outline(tuple((x + 1000, y) for x, y in ring))
        assert ["".join(cell.char for cell in row) for row in canvas.cells()] == rows


@pytest.mark.parametrize("content", [None, b"", b"{}", b"[]", b'{"features": [{}]}', b'{"features": [1]}', b"\xff"])
def test_outlines_that_cant_be_read_are_told_with_a_remedy(cmq, monkeypatch, tmp_path, content):
    path = tmp_path / "regions.geojson"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(RegistryError, match="reinstall cmq as its README says"):
        read_outlines(path)
    monkeypatch.setattr("cmq_cli.output.map.frames.data_file", lambda _: path)
    done = cmq("map", terminal=True)
    assert done.code == ExitCode.NOT_FOUND
    assert done.out == ""
    assert done.err.count("\n") == 1


def test_the_outlines_are_closed_and_of_the_regions_of_the_registry():
    outlines = read_outlines()
    names = {region.code: region.name for region in WHOLE.territories.regions}
    assert {outline.code: outline.name for outline in outlines}.items() <= names.items()
    assert len(outlines) == 18
    for outline in outlines:
        assert all(ring[0] == ring[-1] and len(ring) >= 4 for ring in outline.rings)
    assert registries.data_file("regions.geojson").stat().st_size < 50_000


# A place and what is near it


def near(cmq, *arguments, columns=80, **settings):
    done = cmq("near", *arguments, "--map", COLUMNS=str(columns), **{"registry": WHOLE, **PLAIN, **settings})
    assert done.code == 0, done.err
    return done.out


def view(latitude, longitude, size=(80, 20), name="here"):
    nearest, _ = by_distance(WHOLE.campuses, latitude, longitude)
    place = Place(None, name, None, latitude, longitude)
    return vicinity(WHOLE, OUTLINES, place, nearest, size), nearest


def test_a_picture_of_a_place(cmq, snapshot):
    snapshot("near-map.txt", near(cmq, "Dole", "--limit", "5") + near(cmq, "Dijon", "--limit", "3", LANG="C"))


@pytest.mark.parametrize("columns", [1, 10, 23, 24, 40, 60, 80, 120, 300])
def test_no_line_of_a_place_is_wider_than_the_window(cmq, columns):
    for line in near(cmq, "Ajaccio", columns=columns).splitlines():
        assert cell_len(line) <= columns or "://" in line


@given(st.floats(41, 51), st.floats(-5, 9))
def test_the_nearest_are_on_the_map_of_a_place_and_nothing_else(latitude, longitude):
    drawn, nearest = view(latitude, longitude)
    assert drawn.campuses == tuple(campus for campus, km in nearest[:MOST] if km <= FARTHEST_KM)
    shown = [char for char in letters_of(drawn.cells).elements() if char.isdigit() or char.isupper()]
    assert sum(int(char) if char.isdigit() else 1 for char in shown) == len(drawn.campuses)
    assert "@" in {cell.char for row in drawn.cells for cell in row}
    farthest = max(km for campus, km in nearest[:MOST])
    assert drawn.width_km >= farthest * 0.9
    assert drawn.width_km >= 60


def test_a_place_far_from_all_is_alone_on_its_map(cmq):
    picture = near(cmq, "-21.1,55.5", "--limit", "3")
    assert "holds the campuses nearest to it: 1." in " ".join(picture.split())
    assert len(re.findall(r"^8\d\d\d\.\d", picture, re.MULTILINE)) == 2, "the others are in the list"


def test_where_no_campus_is_near_there_is_a_word_instead_of_a_map(cmq):
    assert view(0.0, -150.0)[0].campuses == ()
    far = near(cmq, "Nouméa", "--limit", "2")
    assert far.endswith("\n\nNo map: none of the campuses listed lies within 1000 km of Nouméa (988).\n")
    assert "@" not in far
    assert near(cmq, "Ajaccio", "--within", "10").startswith("No campus with a known seat is within 10 km")
    assert "No map: it takes 24" in near(cmq, "Dole", columns=LEAST - 1)


def test_the_place_hides_no_campus(cmq):
    """Dijon has two."""
    drawn, _ = view(47.3222, 5.0415)
    text = "\n".join("".join(cell.char for cell in row) for row in drawn.cells)
    assert "@ here" in text
    assert letters_of(drawn.cells)["2"] == 1


@pytest.mark.parametrize("columns", [60, 70, 80, 90, 100])
def test_the_name_of_the_place_stands_beside_its_own_campuses(cmq, columns):
    """Besançon has a campus, as has Dijon to its west: what is written over Dijon would be read as its name."""
    picture = near(cmq, "Besançon", columns=columns)
    assert re.search("^[^@]* Y @ Besançon|@ Besançon Y", picture, re.MULTILINE), picture


@pytest.mark.parametrize("columns", [LEAST, 40])
def test_the_place_is_on_its_map_even_where_there_is_no_room_for_its_name(columns):
    for campus in WHOLE.campuses:
        if campus.latitude is not None:
            cells = view(campus.latitude, campus.longitude, (columns, 14), campus.city)[0].cells
            assert "@" in {cell.char for row in cells for cell in row}, campus.city


def test_a_map_of_a_place_stands_below_the_same_list_where_it_stays_in_sight(cmq):
    plain = cmq("near", "Dole", "--limit", "3", "--format", "table", registry=WHOLE, **PLAIN).out
    assert near(cmq, "Dole", "--limit", "3").startswith(f"{plain}\n")
    for form in ("json", "csv"):
        both = [cmq("near", "Dole", *more, "-f", form, registry=WHOLE) for more in ([], ["--map"])]
        assert both[0] == both[1]
    refused = cmq("near", "Dole", "--map", "-f", "svg", registry=WHOLE)
    assert refused.code == ExitCode.USAGE
