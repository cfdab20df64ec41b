"""The map in a file, read as text: what it holds, and what no text of a registry can make of it."""

import re
from base64 import b64encode
from collections import Counter
from hashlib import sha256
from html.parser import HTMLParser
from itertools import combinations
from math import dist
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmq_cli.output.map import geometry, svg
from cmq_cli.output.map.svg import MOST, RADIUS, spread, text
from support import WHOLE, cmq, document, written

SVG = "{http://www.w3.org/2000/svg}"


def file(form, *arguments, **environ):
    code, out, err = cmq("map", *arguments, "--format", form, **environ)
    assert code == 0, err
    return out


def said_in(picture):
    return " ".join(element.text or "" for element in ElementTree.fromstring(picture).iter(f"{SVG}text"))


class Elements(HTMLParser):
    """All start tags of a page with their attributes, and the text of each script and style."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.inline, self._open = [], [], None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            self.inline.append([tag, dict(attrs), ""])
            self._open = self.inline[-1]

    def handle_endtag(self, tag):
        if self._open and tag == self._open[0]:
            self._open = None

    def handle_data(self, data):
        if self._open:
            self._open[2] += data


@pytest.fixture(scope="module")
def whole():
    return file("html")


# One file


def test_the_page_is_one_file_that_asks_for_nothing(whole):
    for page in (whole, file("html", CMQ_LANG="fr")):
        assert len(page.encode()) < 450_000
    for tag, attrs in Elements(whole).tags:
        assert tag not in ("img", "iframe", "object", "embed", "base", "video", "audio")
        assert not [name for name in attrs if name == "src" or name == "style" or name.startswith("on")]
        if tag == "link":
            assert attrs == {"rel": "icon", "href": "data:,"}
        elif "href" in attrs:
            assert attrs["href"].startswith(("#", "https://", "http://"))
    assert not re.search(r"@import|url\(", Elements(whole).inline[0][2])
    assert file("html") == whole, "the same is written each time"


def test_only_the_scripts_and_the_style_that_are_on_the_page_may_run(whole):
    elements = Elements(whole)
    policy = next(attrs["content"] for _, attrs in elements.tags if "http-equiv" in attrs)
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for tag, attrs, inside in elements.inline:
        if "type" not in attrs:
            allowed = f"'sha256-{b64encode(sha256(inside.encode()).digest()).decode()}'"
            assert allowed in policy.split("style-src")[tag == "style"]


def test_the_page_says_how_complete_it_is_and_a_file_of_some_campuses_says_which(whole):
    assert f"{len(WHOLE['campuses'])} campuses documented." in whole
    assert "52 of the 77 campuses of the official count of 13 February 2017 are documented." in whole
    assert "15 of the 26 campuses announced by wave 4 are documented." in whole
    assert "IGN, Admin Express 2018, Licence Ouverte" in whole
    assert "this command finds" not in whole + said_in(file("svg"))
    for said in (
        file("html", "bois", "--region", "guyane", "--no-excellence").replace("&quot;", '"'),
        said_in(file("svg", "bois", "--region", "guyane", "--no-excellence")),
    ):
        assert "cmq map bois --region guyane --no-excellence" in said
    assert "more may match" in said_in(file("svg", "--wave", "4"))
    assert "No campus of the registry matches." in said_in(file("svg", "--region", "corse"))


# Texts stay texts

TRAPS = (
    "</script><script>alert(1)</script><!-- <script> --> ]]> <img src=x onerror=alert(1)> {data} {title} "
    "\" ' & &lt; <svg/onload=alert(1)> ${alert(1)} `"
)


def trapped():
    content = document()
    for source in content["sources"]:
        source.update(title=f"{TRAPS}{source['id']}", publisher=TRAPS)
    for sector in content["sectors"]:
        sector["label"] += TRAPS
    for campus in content["campuses"]:
        campus.update(name=f"{TRAPS}{campus['id']}", description=TRAPS, notes=TRAPS, specialties=[TRAPS])
        for each in campus["sources"]:
            each["quote"] = TRAPS
    return content


def test_no_text_becomes_markup(tmp_path):
    plain, odd = (
        Elements(file("html", "--registry", written(tmp_path, content, f"{at}.json")))
        for at, content in enumerate((document(), trapped()))
    )
    assert Counter(tag for tag, _ in odd.tags) - Counter(tag for tag, _ in plain.tags) <= Counter(
        dt=99, dd=99, p=99, br=99
    )
    assert [inside for _, attrs, inside in odd.inline if not attrs] == [
        inside for _, attrs, inside in plain.inline if not attrs
    ]
    names = {name for _, attrs in odd.tags for name in attrs}
    assert names == {name for _, attrs in plain.tags for name in attrs}
    assert "alert(1)</title>" not in file("svg", "--registry", written(tmp_path, trapped()))


def test_a_picture_is_xml_whatever_the_texts(tmp_path):
    drawn = ElementTree.fromstring(file("svg", "--registry", written(tmp_path, trapped())))
    allowed = {"svg", "title", "style", "text", "g", "path", "polygon", "rect", "line", "circle", "a"}
    assert {element.tag.removeprefix(SVG) for element in drawn.iter()} <= allowed
    assert not [name for element in drawn.iter() for name in element.attrib if name.startswith("on")]
    assert all(link.get("href").startswith(("http://", "https://")) for link in drawn.iter(f"{SVG}a"))


@given(st.text(max_size=40))
def test_any_text_can_stand_in_a_picture(value):
    element = ElementTree.fromstring(f'<a href="{text(value)}">{text(value)}</a>')
    assert element.text is None or element.text == element.get("href").replace("\t", " ")


# The picture


def test_the_picture_marks_every_campus_with_a_seat_and_counts_the_others():
    drawn = ElementTree.fromstring(file("svg"))
    groups = Counter(group.get("class") for group in drawn.iter(f"{SVG}g"))
    sectors = len(geometry.legend(WHOLE, WHOLE["campuses"]))
    assert groups["mark"] == sectors + sum(campus["latitude"] is not None for campus in WHOLE["campuses"])
    counted = [group.find(f"{SVG}text").text for group in drawn.iter(f"{SVG}g") if group.get("class") == "tally"]
    assert sum(map(int, counted)) + groups["mark"] - sectors + 2 == len(WHOLE["campuses"])
    said = said_in(file("svg"))
    assert "Not on the map: Polynésie française +2." in said
    assert "Création, design, audiovisuel (19)" in said
    assert "The legend counts each campus once." in said


def test_a_picture_of_a_region_shows_it_large():
    code = file("svg", "--region", "bretagne")
    assert "Guadeloupe" not in code
    whole, region = (
        ElementTree.fromstring(each).find(f".//{SVG}path[@data-region='bretagne']").get("d")
        for each in (file("svg"), code)
    )
    assert len(region) > len(whole)


def test_marks_are_apart_and_near_their_seats():
    seats = [seat for _, seat in geometry.picture(WHOLE["campuses"], geometry.frames(geometry.read_outlines())).seats]
    moved = spread(seats, 2 * RADIUS + 6)
    assert min(dist(one, other) for one, other in combinations(moved, 2)) > 2 * RADIUS
    assert max(map(dist, seats, moved)) < 4 * RADIUS
    assert sum(map(dist, seats, moved)) < RADIUS * len(seats)
    assert spread([(1.0, 1.0)] * (MOST + 1), 20) == [(1.0, 1.0)] * (MOST + 1)


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(0, 300)), max_size=12))
def test_marks_spread_apart_from_anywhere(points):
    moved = spread(points, 20)
    assert moved == spread(points, 20)
    assert all(dist(one, other) > 17 for one, other in combinations(moved, 2))


def luminance(color):
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_letters_and_texts_have_the_contrast_that_reading_takes():
    """That of level AA: 4.5 to 1; and 3 to 1 for what isn't text."""
    shapes = [svg.shape(WHOLE, sector["id"]) for sector in (*WHOLE["sectors"], {"id": ""})]
    colors = [re.search(r'fill="(#\w{6})"', shape)[1] for shape in shapes]
    assert len(set(colors)) == len(WHOLE["sectors"]) + 1
    assert min(contrast(color, "#ffffff") for color in colors) >= 4.5
    style = Path(svg.__file__).with_name("page.css").read_text(encoding="utf-8")
    for theme in re.findall(r":root \{([^}]*)\}", style)[:2]:
        themed = dict(re.findall(r"--(\w+): (#\w{6})", theme))
        for name in ("text", "quiet", "link"):
            for ground in ("ground", "panel", "land", "pressed"):
                assert contrast(themed[name], themed[ground]) >= 4.5, (name, ground)
        for name in ("coast", "focus"):
            assert min(contrast(themed[name], themed[ground]) for ground in ("ground", "panel")) >= 3, name


def test_a_file_is_written_by_its_ending(tmp_path):
    for form in ("html", "svg"):
        path = tmp_path / f"campus.{form}"
        code, out, err = cmq("map", "--wave", "4", "-o", path)
        assert (code, out) == (0, "")
        assert path.read_text(encoding="utf-8") == file(form, "--wave", "4")
        assert "more may match" in err
