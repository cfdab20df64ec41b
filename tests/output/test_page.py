"""The map in a file, read as text: what it holds, and what no text of a registry can make of it."""

import re
from collections import Counter
from itertools import combinations
from math import dist
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmq_cli.output.map import geometry, svg
from support import WHOLE, cmq, document, written

SVG = "{http://www.w3.org/2000/svg}"


def file(form, *arguments, **environ):
    code, out, err = cmq("map", *arguments, "--format", form, **environ)
    assert code == 0, err
    return out


def said_in(picture):
    return " ".join(element.text or "" for element in ElementTree.fromstring(picture).iter(f"{SVG}text"))


@pytest.fixture(scope="module")
def whole():
    return file("html")


def test_the_page_is_one_small_file_that_asks_for_nothing_and_allows_nothing_but_its_own(whole):
    for page in (whole, file("html", CMQ_LANG="fr")):
        assert len(page.encode()) < 450_000
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', whole)[1]
    own = r"default-src 'none'; script-src 'sha256-\S{44}'; style-src 'sha256-\S{44}'; img-src data:;"
    assert re.fullmatch(own + " base-uri 'none'; form-action 'none'", policy)
    markup = re.sub(r"(?s)<(script|style).*?</\1>", "", whole)
    assert not re.findall(r'<(?:img|iframe|object|embed|base)\b|<[^>]* (?:src|srcset|style|on\w+)="', markup)
    assert all(re.match("#|https?://|data:,$", target) for target in re.findall(r'href="([^"]*)"', markup))
    assert file("html") == whole, "the same is written each time"


def test_a_page_says_how_complete_it_is_and_a_file_of_some_campuses_says_which(whole):
    for said in (
        f"{len(WHOLE['campuses'])} campuses documented.",
        "52 of the 77 campuses of the official count of 13 February 2017 are documented.",
        "15 of the 26 campuses announced by wave 4 are documented",
        "IGN, Admin Express 2018, Licence Ouverte",
    ):
        assert said in whole
    assert "this command finds" not in whole + said_in(file("svg"))
    asked = ("bois", "--region", "guyane", "--no-excellence")
    for said in (file("html", *asked), said_in(file("svg", *asked))):
        assert "cmq map bois --region guyane --no-excellence" in said
    assert "more may match" in said_in(file("svg", "--wave", "4"))
    assert "No campus of the registry matches." in said_in(file("svg", "--region", "corse"))


TRAPS = "</script><script>alert(1)</script><!-- ]]> <img src=x onerror=alert(1)> {data} {_ Map _} \" ' & &lt; `${x}`"


def test_no_text_becomes_markup(tmp_path):
    content = document()
    for source in content["sources"]:
        source.update(title=f"{TRAPS}{source['id']}", publisher=TRAPS)
    for campus in content["campuses"]:
        campus.update(name=f"{TRAPS}{campus['id']}", description=TRAPS, notes=TRAPS, specialties=[TRAPS])
    path = written(tmp_path, content)
    picture, page = file("svg", "--registry", path), file("html", "--registry", path)
    elements = [*ElementTree.fromstring(picture).iter()]
    allowed = {"svg", "title", "style", "text", "g", "path", "circle", "a"}
    assert {element.tag.removeprefix(SVG) for element in elements} <= allowed
    assert not [name for element in elements for name in element.attrib if name.startswith("on")]
    assert {element.get("href", "https://")[:8] for element in elements} <= {"https://", "http://w"}
    assert not re.findall(r"<img|<script>alert|<!--", page)
    assert page.count("{_ Map _}") >= 2 * len(content["campuses"])


@given(st.text(max_size=40))
def test_any_text_can_stand_in_a_picture(value):
    element = ElementTree.fromstring(f'<a href="{svg.text(value)}">{svg.text(value)}</a>')
    assert (element.text or "") == element.get("href")


def test_the_picture_marks_every_campus_with_a_seat_and_counts_the_others():
    picture = file("svg")
    groups = Counter(group.get("class") for group in ElementTree.fromstring(picture).iter(f"{SVG}g"))
    marks = groups["mark"] - len(geometry.legend(WHOLE, WHOLE["campuses"]))
    assert marks == sum(campus["latitude"] is not None for campus in WHOLE["campuses"])
    counted = re.findall(r" \+(\d+)", said_in(picture))  # on the map, and said not to be there
    assert marks + sum(map(int, counted)) == len(WHOLE["campuses"])
    for said in ("Création, design, audiovisuel (19)", "The legend counts each campus once."):
        assert said in said_in(picture)
    assert "Guadeloupe" not in file("svg", "--region", "bretagne"), "which it shows alone"
    drawn = ElementTree.fromstring(file("svg", "--region", "bretagne"))
    assert drawn.find(f"{SVG}svg").get("width") == "800", "so that no neighbour hides the legend"


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(0, 300)), max_size=20))
def test_marks_spread_apart_from_anywhere(points):
    moved = svg.spread(points)
    assert all(dist(one, other) >= svg.APART for one, other in combinations(moved, 2))
    assert moved[:1] == points[:1]
    assert svg.spread([(1.0, 1.0)] * 201) == [(1.0, 1.0)] * 201


def test_a_white_letter_can_be_read_on_every_colour():
    """At level AA: 4.5 to 1."""
    shapes = [svg.shape(WHOLE, sector) for sector in geometry.marks(WHOLE, "x")]
    colors = {re.search(r'fill="#(\w{6})"', shape)[1] for shape in shapes}
    assert len(colors) == len(shapes)
    for color in colors:
        values = [value / 255 for value in bytes.fromhex(color)]
        linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in values]
        assert 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05) >= 4.5, color
