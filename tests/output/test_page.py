"""The map in a file, read as text: what it holds, and what no text of a registry can make of it."""

import io
import json
import re
from base64 import b64encode
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from itertools import combinations
from math import dist
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmq_cli.cli import run
from cmq_cli.errors import ExitCode
from cmq_cli.filters import by_wave
from cmq_cli.output.map import palette
from cmq_cli.output.map.frames import frames, read_outlines
from cmq_cli.output.map.placing import placed
from cmq_cli.output.map.plan import RADIUS, plan
from cmq_cli.output.map.spreading import MOST, spread
from cmq_cli.output.map.svg import text
from cmq_cli.output.screen import Screen
from cmq_cli.registry import load

WHOLE = load()
SVG = "{http://www.w3.org/2000/svg}"


def written(cmq, form, *arguments, registry=WHOLE):
    done = cmq("map", *arguments, "--format", form, registry=registry)
    assert done.code == 0, done.err
    return done.out


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


def data_of(page):
    return next(
        json.loads(inside) for tag, attrs, inside in Elements(page).inline if attrs.get("type") == "application/json"
    )


@pytest.fixture(scope="module")
def whole():
    out = io.StringIO()
    assert run(["map", "--format", "html"], Screen(out, io.StringIO(), {})) == 0
    return out.getvalue()


# One file


def test_the_page_is_one_file_of_less_than_400_kb(whole):
    assert len(whole.encode()) < 400_000


def test_the_page_asks_for_nothing(whole):
    for tag, attrs in Elements(whole).tags:
        assert tag not in ("img", "iframe", "object", "embed", "base", "form action", "video", "audio")
        assert "src" not in attrs
        assert "style" not in attrs
        assert not [name for name in attrs if name.startswith("on")]
        if tag == "link":
            assert attrs == {"rel": "icon", "href": "data:,"}
        elif "href" in attrs:
            assert attrs["href"].startswith("#")
    assert "@import" not in whole
    assert not re.search(r"url\(", Elements(whole).inline[0][2])


def test_only_the_scripts_and_the_style_that_are_on_the_page_may_run(whole):
    elements = Elements(whole)
    policy = next(
        attrs["content"] for _, attrs in elements.tags if attrs.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for tag, attrs, inside in elements.inline:
        if "type" not in attrs:
            allowed = f"'sha256-{b64encode(sha256(inside.encode()).digest()).decode()}'"
            assert allowed in policy.split("style-src")[tag == "style"]


def test_the_same_page_is_written_each_time(cmq, whole):
    assert written(cmq, "html") == whole


def test_the_page_holds_every_campus_with_its_evidence(whole):
    data = data_of(whole)
    assert {campus["id"] for campus in data["campuses"]} == {campus.id for campus in WHOLE.campuses}
    assert len(data["campuses"]) == len(WHOLE.campuses)
    for shown in data["campuses"]:
        campus = next(one for one in WHOLE.campuses if one.id == shown["id"])
        said = [(data["sources"][each["source"]]["title"], each["quote"]) for each in shown["sources"]]
        assert said == [(WHOLE.source_by_id[each.source].title, each.quote) for each in campus.sources]
        for name in ("name", "city", "wave", "wave_basis", "labelled_on", "labelled_by", "description", "notes"):
            assert shown.get(name) == getattr(campus, name)


def test_the_page_says_how_complete_it_is(whole):
    said = re.sub(r"</?span[^>]*>", "", whole)
    assert f"The registry of {WHOLE.data_version} documents {len(WHOLE.campuses)} campuses, not all that exist." in said
    assert "52 of 77" in whole
    assert "IGN, Admin Express 2018, Licence Ouverte" in whole
    assert f"Wave 4: 26 announced, {sum(campus.wave == 4 for campus in WHOLE.campuses)} documented." in whole


def test_a_page_of_some_campuses_says_which(cmq):
    page = written(cmq, "html", "bois", "--region", "grand-est", "--region", "guyane", "--no-excellence")
    assert "cmq map --region grand-est --region guyane --no-excellence -- bois" in page
    page = written(cmq, "html", "--wave", "4")
    maybe = sum(by_wave(WHOLE, ["4"]).test(campus) is None for campus in WHOLE.campuses)
    assert f"{maybe} more may match, but their wave is not known" in page
    assert len(data_of(page)["campuses"]) == sum(campus.wave == 4 for campus in WHOLE.campuses)
    assert "this command finds" not in written(cmq, "html")


def test_a_page_and_a_picture_say_what_their_legends_count(cmq):
    """That of the page is a filter, and counts a campus in each of its sectors; that of a picture counts it once."""
    page = written(cmq, "html")
    shown = dict(re.findall(r'data-sector="([^"]+)".*<span class="number">(\d+)</span>', page))
    assert {each: int(number) for each, number in shown.items()} == Counter(
        sector for campus in WHOLE.campuses for sector in campus.sectors
    )
    assert "The number beside a sector counts all campuses that have it, one of two sectors in both" in page
    assert "The legend counts" not in page
    assert "The legend counts each campus once, by its most fitting sector." in said_in(written(cmq, "svg"))
    nothing = ("--region", "corse")
    assert "The number beside" not in written(cmq, "html", *nothing)
    assert "The legend counts" not in said_in(written(cmq, "svg", *nothing))


def test_a_picture_says_what_was_asked_and_how_complete_it_is(cmq):
    def said(*arguments):
        return said_in(written(cmq, "svg", *arguments))

    picture = said("bois", "--region", "grand-est", "--wave", "4")
    assert "Here are the campuses that this command finds: cmq map --region grand-est --wave 4 -- bois" in picture
    assert "more may match, but their wave is not known" in picture
    assert "52 of 77" in said()
    assert "No campus of the registry matches." in said("--region", "corse")
    assert "this command finds" not in said()
    assert "cmq waves" not in said(), "whoever sees a picture has no command at hand"


# Texts stay texts

TRAPS = (
    "</script><script>alert(1)</script><!-- <script> --> \u2028 \u2029 ]]> <img src=x onerror=alert(1)> {data} "
    "\" ' & &lt; \x00\x1b[31m \u202e \ud800 \ufffe <svg/onload=alert(1)> ${alert(1)} `"
)


@pytest.fixture
def trapped(small):
    """Return a registry all of whose texts try to become markup or script, and whose addresses try to run."""
    sources = tuple(
        replace(one, title=TRAPS, publisher=TRAPS, published=TRAPS, url="javascript:alert(1)") for one in small.sources
    )
    sectors = tuple(replace(one, label=TRAPS, keywords=(TRAPS,)) for one in small.sectors)
    regions = tuple(replace(one, name=TRAPS + one.name) for one in small.territories.regions)
    territories = replace(small.territories, regions=regions)
    sites = ("javascript:alert(1)", "data:text/html,x", " javascript:alert(1)", 'https://x.fr/"onmouseover="alert(1)')
    campuses = tuple(
        replace(
            one,
            name=TRAPS,
            city=TRAPS,
            region=TRAPS,
            description=TRAPS,
            notes=TRAPS,
            fields=(TRAPS,),
            website=sites[at % len(sites)],
            sources=tuple(replace(each, quote=TRAPS) for each in one.sources),
        )
        for at, one in enumerate(small.campuses)
    )
    return replace(small, sources=sources, sectors=sectors, territories=territories, campuses=campuses)


def test_no_text_becomes_markup(cmq, small, trapped):
    plain, odd = (Elements(written(cmq, "html", registry=each)) for each in (small, trapped))
    assert [tag for tag, _ in odd.tags] == [tag for tag, _ in plain.tags]
    assert [inside for _, attrs, inside in odd.inline if not attrs] == [
        inside for _, attrs, inside in plain.inline if not attrs
    ]
    assert [sorted(attrs) for _, attrs in odd.tags] == [sorted(attrs) for _, attrs in plain.tags]


def test_no_address_that_runs_becomes_a_link(cmq, trapped):
    data = data_of(written(cmq, "html", registry=trapped))
    links = [each.get("website") for each in data["campuses"]] + [each.get("url") for each in data["sources"]]
    assert all(link is None or link.startswith(("http://", "https://")) for link in links)
    assert any(links)
    drawn = ElementTree.fromstring(written(cmq, "svg", registry=trapped))
    assert all(link.get("href").startswith(("http://", "https://")) for link in drawn.iter(f"{SVG}a"))


def test_a_picture_is_xml_whatever_the_texts(cmq, trapped):
    drawn = ElementTree.fromstring(written(cmq, "svg", registry=trapped))
    allowed = {"svg", "title", "style", "text", "g", "path", "rect", "line", "circle", "a"}
    assert {element.tag.removeprefix(SVG) for element in drawn.iter()} <= allowed
    assert not [name for element in drawn.iter() for name in element.attrib if name.startswith("on")]


@given(st.text(max_size=40))
def test_any_text_can_stand_in_a_picture(value):
    element = ElementTree.fromstring(f'<a href="{text(value)}">{text(value)}</a>')
    assert element.text is None or element.text.isascii() or element.text


# The picture


def test_the_picture_marks_every_campus_with_a_seat_and_counts_the_others(cmq):
    drawn = ElementTree.fromstring(written(cmq, "svg"))
    groups = [group for group in drawn.iter(f"{SVG}g") if group.get("data-id")]
    marked = {group.get("data-id") for group in groups if group.get("class") == "mark"}
    assert marked == {campus.id for campus in WHOLE.campuses if campus.latitude is not None}
    counted = [group.find(f"{SVG}text").text for group in drawn.iter(f"{SVG}g") if group.get("class") == "tally"]
    assert sum(map(int, counted)) == len(WHOLE.campuses) - len(marked)
    said = " ".join(element.text or "" for element in drawn.iter(f"{SVG}text"))
    assert "IGN, Admin Express 2018, Licence Ouverte." in said
    assert "Création, design, audiovisuel (18)" in said


def test_marks_are_apart_and_near_their_seats():
    parts = frames(read_outlines())
    pins = plan(WHOLE, parts, placed(WHOLE.campuses, parts)).pins
    assert min(dist(one.at, other.at) for one, other in combinations(pins, 2)) > 2 * RADIUS
    assert max(dist(pin.at, pin.seat) for pin in pins) < 4 * RADIUS
    assert sum(pin.at == pin.seat for pin in pins) > len(pins) / 2


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(0, 300)), max_size=12))
def test_marks_spread_apart_from_anywhere(points):
    moved = spread(points, 20)
    assert moved == spread(points, 20)
    assert len(moved) == len(points)
    assert all(dist(one, other) > 17 for one, other in combinations(moved, 2))


def test_a_crowd_is_not_spread(small):
    assert spread([(1.0, 1.0)] * (MOST + 1), 20) == [(1.0, 1.0)] * (MOST + 1)
    campus = next(campus for campus in small.campuses if campus.latitude is not None)
    many = [replace(campus, id=f"c{number}") for number in range(MOST + 1)]
    parts = frames(read_outlines())
    assert plan(small, parts, placed(many, parts)).is_crowded


def luminance(color):
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_letters_and_texts_have_the_contrast_that_reading_takes():
    """That of level AA: 4.5 to 1; and 3 to 1 for what isn't text."""
    for color in (*palette.COLORS, palette.NO_SECTOR):
        assert contrast(color, "#ffffff") >= 4.5
    style = Path(palette.__file__).with_name("page.css").read_text(encoding="utf-8")
    for theme in re.findall(r":root \{([^}]*)\}", style)[:2]:
        colors = dict(re.findall(r"--(\w+): (#\w{6})", theme))
        for name in ("text", "quiet", "link"):
            for ground in ("ground", "panel", "land", "pressed"):
                assert contrast(colors[name], colors[ground]) >= 4.5, (name, ground)
        for ground in ("ground", "panel"):
            assert contrast(colors["coast"], colors[ground]) >= 3
            assert contrast(colors["focus"], colors[ground]) >= 3
        assert colors["focus"] not in palette.COLORS


def test_each_sector_has_a_mark_of_its_own_without_colour():
    shapes = [palette.shape(number, 10) for number in range(12)]
    assert len(set(shapes)) == 6
    assert len({palette.color(number) for number in range(12)}) == 12


# Where it is written


def test_a_file_is_written_by_its_ending(cmq, tmp_path):
    for form in ("html", "svg"):
        path = tmp_path / f"campus.{form}"
        done = cmq("map", "--wave", "4", "-o", str(path))
        assert (done.code, done.out) == (0, "")
        assert path.read_text(encoding="utf-8") == cmq("map", "--wave", "4", "-f", form).out
        assert "more may match" in done.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["map", "-o", "campus.png"], ".html, .svg"),
        (["map", "-o", "campus.html", "--fields", "id"], "Leave out --fields."),
        (["map", "-o", "campus.html", "--json"], "leave out --json"),
        (["list", "-o", "campus.html"], "cmq map -o campus.html"),
        (["waves", "-f", "svg"], "cmq map -o campus.svg"),
        (["map", "-o", "no/such/folder/campus.html"], "Create it first"),
    ],
)
def test_a_form_that_cant_be_is_refused_with_a_remedy(cmq, tmp_path, monkeypatch, arguments, message):
    monkeypatch.chdir(tmp_path)
    done = cmq(*arguments)
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert message in done.err
    assert done.err.count("\n") == 1
    assert not list(tmp_path.iterdir())
