"""The page as a reader uses it, in a real browser: with a mouse, with the keyboard alone, on a phone, printed."""

import csv
import json
import re
import shutil
from itertools import combinations, product
from math import dist
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from cmq_cli.registry import load
from cmq_cli.search import query_words, ranked, texts
from cmq_cli.text import fold
from registries import cmq, document, written

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
BROWSER = next(filter(None, map(shutil.which, NAMES)), None)
REGISTRY = load()
ALL = len(REGISTRY.campuses)
BRETONS = sum(campus.region == "Bretagne" for campus in REGISTRY.campuses)
TEXTS = texts(REGISTRY, REGISTRY.campuses)
BESANCON = "microtechniques-systemes-intelligents"

pytestmark = pytest.mark.skipif(
    BROWSER is None, reason=f"no browser is installed: one of {', '.join(NAMES)} must be on the PATH"
)


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "campus.html"
    assert cmq("map", "-o", path) == (0, "", "")
    return path


@pytest.fixture
def visit(browser, file):
    """Return a function that opens the page; nothing may be complained of, nor be asked of the network."""
    contexts, troubles, requests = [], [], []

    def call(address="", path=file, scripts=True, **settings):
        settings = {"viewport": {"width": 1280, "height": 900}, **settings}
        context = browser.new_context(java_script_enabled=scripts, **settings)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: troubles.append(message.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("dialog", lambda dialog: troubles.append(dialog.message))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(path.as_uri() + address)
        return page

    yield call
    for context in contexts:
        context.close()
    assert not troubles
    assert not [url for url in requests if not url.startswith("file://")]
    assert len(requests) == len(contexts)


VISIBLE = "marks => marks.filter(mark => mark.checkVisibility()).map(mark => mark.dataset.id)"


def listed(page):
    """Return the ids of the campuses in the table, in order."""
    return page.eval_on_selector_all("#table tbody tr", "rows => rows.map(row => row.dataset.id)")


def marked(page):
    """Return the ids of the campuses that are seen on the map."""
    return set(page.eval_on_selector_all("svg.map .mark", VISIBLE))


def said(page):
    return page.locator("#count").inner_text()


def with_seat(ids):
    return {campus.id for campus in REGISTRY.campuses if campus.id in ids and campus.latitude is not None}


def ids(*arguments):
    return [campus["id"] for campus in json.loads(cmq("list", *arguments, "--json")[1])]


# Filters


@pytest.mark.parametrize(
    ("label", "option", "arguments"),
    [
        ("Sector", "Tourisme, gastronomie", ["--sector", "tourisme-gastronomie"]),
        ("Region", "Bretagne", ["--region", "bretagne"]),
        ("Region", "Polynésie française", ["--region", "polynesie"]),
        ("Wave", "Wave 4", ["--wave", "4"]),
        ("Wave", "Not known, or later", ["--wave", "none"]),
    ],
)
def test_a_filter_keeps_what_list_keeps_in_the_table_and_on_the_map(visit, label, option, arguments):
    page = visit()
    page.get_by_label(label, exact=True).select_option(label=option)
    wanted = ids(*arguments)
    assert sorted(listed(page)) == sorted(wanted)
    assert marked(page) == with_seat(wanted)
    assert said(page).startswith(f"{len(wanted)} of {ALL} campuses: {len(with_seat(wanted))} on the map")
    page.get_by_role("button", name="Clear").click()
    assert len(listed(page)) == ALL


def test_a_region_counts_those_without_a_seat_that_pass_the_filters(visit):
    page = visit("#sector=tourisme-gastronomie")
    shown = [int(text) for text in page.locator("svg.map .tally text:visible").all_text_contents()]
    assert sum(shown) == len(listed(page)) - len(marked(page)) > 0
    assert page.get_by_role("link", name="Pays de la Loire:").count() == 0


def test_filters_together_mean_and_and_a_wave_says_how_much_of_it_is_documented(visit):
    page = visit()
    page.get_by_label("Region", exact=True).select_option(label="Bourgogne-Franche-Comté")
    page.get_by_label("Wave", exact=True).select_option(label="Wave 4")
    assert sorted(listed(page)) == sorted(ids("--region", "27", "--wave", "4"))
    assert "Wave 4: 26 announced, 15 documented." in said(page)


def test_the_legend_is_a_filter_and_its_numbers_follow_the_others(visit):
    page = visit("#region=bretagne")
    button = page.get_by_role("button", name="Alimentaire, agroalimentaire")
    assert button.locator(".number").inner_text() == "1"
    button.click()
    assert listed(page) == ["filiere-alimentaire-quimper"]
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    assert len(listed(page)) == 5


def test_where_nothing_matches_the_page_says_so_and_clears(visit):
    page = visit("#q=xyzzy")
    assert page.get_by_text("No campus matches.").is_visible()
    assert not page.locator("#table").is_visible()
    page.get_by_role("button", name="Clear the filters").click()
    assert len(listed(page)) == ALL


# Search

with (Path(__file__).parent / "queries.csv").open(encoding="utf-8", newline="") as rows:
    QUERIES = sorted({row["query"] for row in csv.DictReader(rows)})

TYPED = """queries => queries.map(query => {
  const box = document.getElementById("q");
  box.value = query;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  return [...document.querySelectorAll("#table tbody tr")].map(row => row.dataset.id).sort();
})"""


def test_words_find_what_they_find_on_the_command_line(visit):
    asked = [
        *QUERIES,
        "mecatronique",
        "MÉCATRONIQUE",
        "relieur",
        "développeuse",
        "couvreur",
        "formateur",
        "bois  éco-construction",
        "(.*+?[",
        "l'",
        "campus",
        "1er",
        "📚",
    ]
    found = visit().evaluate(TYPED, asked)
    for query, there in zip(asked, found, strict=True):
        wanted = query_words([query])
        here = ranked(wanted, TEXTS) if wanted else REGISTRY.campuses
        assert there == sorted(campus.id for campus in here), query


CASES = [
    *("Œnotourisme à BESANÇON", "ST-DENIS", "Sainte-Rose", "Métiers d’art", "éco‑construction", "R&D", "XXIe siècle"),
    *(
        "soft\u00adhyphen",
        "e\u0301cole",
        "ﬁlière",
        "IIe",
        "1ère",
        "Vie",
        "VIe",
        "straße",
        "L’Haÿ-les-Roses",
        "Ｃａｍｐｕｓ",
    ),
    *("n° 5", "m²", "Łódź", "İstanbul", "constructor", "__proto__", "hasOwnProperty", "ΣΊΣΥΦΟΣ", ""),
    *map(chr, range(0x20, 0x250)),
]


def test_texts_are_folded_as_on_the_command_line(visit):
    there = visit().evaluate("texts => texts.map(Fold.fold)", CASES)
    assert dict(zip(CASES, there, strict=True)) == {text: fold(text) for text in CASES}


@pytest.mark.parametrize("typed", ["besançon", "besancon", "BESANCON", "Besanç"])
def test_a_search_as_one_types(visit, typed):
    page = visit()
    page.get_by_role("searchbox", name="Search").press_sequentially(typed)
    assert BESANCON in listed(page)
    assert len(listed(page)) < 10
    assert BESANCON in marked(page)


# The address


def test_the_address_follows_the_view_and_the_view_the_address(visit, file):
    page = visit()
    page.get_by_label("Sector", exact=True).select_option(label="Tourisme, gastronomie")
    page.get_by_label("Region", exact=True).select_option(label="Occitanie")
    page.get_by_role("searchbox", name="Search").fill("pyrénées & co")
    page.get_by_role("searchbox", name="Search").fill("pyrén")
    page.get_by_role("button", name="Wave").click()
    address = page.url.partition("#")[2]
    assert address == "sector=tourisme-gastronomie&region=occitanie&q=pyr%C3%A9n&sort=wave"
    other = visit(f"#{address}")
    assert listed(other) == listed(page) != []
    assert other.get_by_role("searchbox", name="Search").input_value() == "pyrén"
    other.evaluate("location.hash = '#wave=4'")
    expect(other.locator("#table tbody tr")).to_have_count(15)
    other.go_back()
    expect(other.locator("#table tbody tr")).to_have_count(len(listed(page)))


def test_back_and_forward_go_through_what_was_chosen(visit):
    page = visit()
    views = [ALL]
    page.get_by_label("Region", exact=True).select_option(label="Bretagne")
    views.append(len(listed(page)))
    page.get_by_role("searchbox", name="Search").press_sequentially("mer")
    views.append(len(listed(page)))
    page.get_by_role("link", name="Industries de la mer").last.click()
    page.get_by_role("button", name="Close").click()
    expect(page).not_to_have_url(re.compile("campus="))
    page.get_by_role("button", name="Clear").click()
    assert views == [ALL, BRETONS, 1]
    for back in reversed(views):
        page.go_back()
        expect(page.locator("#table tbody tr")).to_have_count(back)
    assert page.get_by_label("Region", exact=True).input_value() == ""
    assert "#" not in page.url
    page.go_forward()
    expect(page.locator("#table tbody tr")).to_have_count(5)
    assert page.get_by_label("Region", exact=True).input_value() == "bretagne"


def test_back_closes_the_evidence(visit):
    page = visit("#wave=4")
    page.get_by_role("link", name="Microtechniques et systèmes intelligents").last.click()
    assert page.get_by_role("dialog").is_visible()
    page.go_back()
    expect(page.get_by_role("dialog")).not_to_be_visible()
    assert page.url.endswith("#wave=4")
    page.go_forward()
    expect(page.get_by_role("dialog")).to_be_visible()


@pytest.mark.parametrize(
    "address",
    ["#sector=xyzzy", "#region=%3Cscript%3E", "#wave=9", "#campus=nobody&sort=colour", "#%", "#&&==&q=", "#q=%E9"],
)
def test_an_address_that_means_nothing_does_no_harm(visit, address):
    page = visit(address)
    assert len(listed(page)) == ALL or "q=%E9" in address
    assert page.locator("dialog[open]").count() == 0


# The table


@pytest.mark.parametrize(("name", "field"), [("Campus", "name"), ("City", "city"), ("Region", "region")])
def test_a_column_sorts_both_ways_as_the_command_does(visit, name, field):
    page = visit("#sort=labelled")
    head = page.get_by_role("columnheader", name=name)
    for sign, order in (("", "ascending"), ("-", "descending")):
        head.get_by_role("button").click()
        expect(head).to_have_attribute("aria-sort", order)
        values = {campus.id: getattr(campus, field) for campus in REGISTRY.campuses}
        shown = [values[one] for one in listed(page)]
        assert shown == [values[one] for one in ids("--sort", f"{sign}{field}")]
    assert page.locator("th[aria-sort]").count() == 1


def test_waves_and_dates_that_are_not_known_come_last_both_ways(visit):
    for address in ("#sort=wave", "#sort=-wave", "#sort=labelled", "#sort=-labelled"):
        page = visit(address)
        cells = page.locator(f"#table tbody td:nth-child({5 if 'wave' in address else 6})").all_inner_texts()
        known = [cell for cell in cells if cell]
        assert cells[: len(known)] == known
        assert len(known) < len(cells)


def test_what_is_deduced_is_marked(visit):
    page = visit()
    campuses = {campus.id: campus for campus in REGISTRY.campuses}
    for row in page.locator("#table tbody tr").all():
        campus = campuses[row.get_attribute("data-id")]
        cells = row.locator("td").all_inner_texts()
        assert ("*" in cells[3]) == (campus.wave_basis == "deduced")
        assert cells[2].count("*") == len(campus.sectors) * (campus.sectors_basis == "assigned")


# Evidence


def test_the_evidence_is_one_click_away_and_its_links_lead_there(visit):
    page = visit()
    page.get_by_role("link", name="Microtechniques et systèmes intelligents").last.click()
    dialog = page.get_by_role("dialog", name="Microtechniques et systèmes intelligents")
    assert dialog.is_visible()
    campus = next(campus for campus in REGISTRY.campuses if campus.id == BESANCON)
    for each in campus.sources:
        source = REGISTRY.source_by_id[each.source]
        item = dialog.get_by_role("listitem").filter(has_text=source.title)
        assert each.quote in item.inner_text()
        if source.url:
            assert item.get_by_role("link").get_attribute("href") == source.url
    assert "assigned from its field, not stated by a source" in dialog.inner_text()
    assert f"campus={BESANCON}" in page.url
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    expect(page).not_to_have_url(re.compile("#"))
    assert page.evaluate("document.activeElement.dataset.campus") == BESANCON


def test_a_link_is_followed_in_a_tab_of_its_own(browser, file):
    context = browser.new_context()
    context.route(
        re.compile("^https:"), lambda route: route.fulfill(body="<title>There</title>", content_type="text/html")
    )
    page = context.new_page()
    page.goto(f"{file.as_uri()}#campus={BESANCON}")
    with context.expect_page() as opened:
        page.get_by_role("link", name="https://cmq-bfc.org/cmq-msi").click()
    opened.value.wait_for_load_state()
    assert opened.value.url == "https://cmq-bfc.org/cmq-msi"
    assert opened.value.evaluate("[document.referrer, window.opener]") == ["", None]
    context.close()


# The map


@pytest.mark.parametrize("how", ["hover", "focus"])
def test_a_mark_shows_its_campus_under_the_pointer_and_in_focus(visit, how):
    page = visit()
    mark = page.get_by_role("link", name=re.compile("^Microtechniques.*Besançon.*wave 4"))
    getattr(mark, how)()
    card = page.locator("#card")
    assert card.is_visible()
    for text in (
        "Microtechniques et systèmes intelligents",
        "Besançon, Bourgogne-Franche-Comté",
        "mécatronique*",
        "Wave 4",
    ):
        assert text in card.inner_text()
    assert card.get_by_role("link").get_attribute("href") == "https://cmq-bfc.org/cmq-msi"
    if how == "hover":
        card.hover()
        page.wait_for_timeout(500)
        assert card.is_visible(), "the link on it can be reached"
    page.keyboard.press("Escape")
    assert not card.is_visible()


def test_a_tap_on_a_mark_opens_its_campus(visit):
    page = visit(viewport={"width": 390, "height": 844}, has_touch=True)
    page.locator(f".mark[data-id={BESANCON}]").tap()
    dialog = page.get_by_role("dialog")
    assert dialog.is_visible()
    assert "Wave" in dialog.inner_text()


def test_the_border_of_the_chosen_region_is_above_the_others(visit):
    page = visit("#region=bourgogne-franche-comte")
    assert page.locator(".areas > *").last.get_attribute("class") == "area chosen"
    assert page.locator(".area.chosen").count() == 1


def test_marks_and_numbers_are_apart_on_a_phone(visit):
    page = visit(viewport={"width": 360, "height": 740})
    script = """each => each.map(one => one.getBoundingClientRect())
        .map(box => [box.x + box.width / 2, box.y + box.height / 2, box.width])"""
    marks = page.eval_on_selector_all("svg.map .mark path", script)
    numbers = page.eval_on_selector_all("svg.map .tally text", script)
    least = min(width for *_, width in marks)
    for one, other in combinations(marks, 2):
        assert dist(one[:2], other[:2]) > 0.95 * least
    for mark, number in product(marks, numbers):
        assert dist(mark[:2], number[:2]) > 0.8 * least


def test_a_number_on_the_map_keeps_its_region(visit):
    page = visit()
    page.get_by_role("link", name="Auvergne-Rhône-Alpes:").click()
    assert sorted(listed(page)) == sorted(ids("--region", "auvergne-rhone-alpes"))
    assert page.url.endswith("#region=auvergne-rhone-alpes")


# Whoever reads


def test_the_keyboard_is_enough(visit):
    page = visit()
    press = page.keyboard.press
    focused = "document.activeElement.id || document.activeElement.textContent"
    press("Tab")
    assert page.evaluate(focused) == "Skip to the table"
    press("Tab")
    assert page.evaluate(focused) == "q"
    page.keyboard.type("microtech")
    assert BESANCON in listed(page)
    for name in ("sector", "region", "wave", "Clear"):
        press("Tab")
        assert page.evaluate(focused) == name
    for _ in range(60):
        press("Tab")
        if page.evaluate("!!document.activeElement.querySelector('.mark')"):
            break
    outline = page.evaluate("getComputedStyle(document.activeElement.querySelector('path')).stroke")
    assert outline == "rgb(31, 35, 40)", "the focus is seen, on a mark of any colour"
    press("Enter")
    assert page.get_by_role("dialog").is_visible()
    press("Escape")
    assert page.evaluate("!!document.activeElement.querySelector('.mark')"), "the focus is back where it was"
    page.locator(".skip").focus()
    press("Enter")
    assert page.evaluate(focused).startswith("table")
    press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Campus"
    press("Enter")
    assert "sort=-name" in page.url


def violations(page):
    found = Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    return [(each["id"], each["nodes"][0]["html"][:200]) for each in found.response["violations"]]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
@pytest.mark.parametrize("address", ["", "#q=xyzzy", f"#campus={BESANCON}"])
def test_axe_finds_nothing(visit, scheme, width, address):
    page = visit(address, color_scheme=scheme, viewport={"width": width, "height": 800})
    assert not violations(page)


def test_the_count_is_announced_and_the_landmarks_are_named(visit):
    page = visit()
    assert page.get_by_role("status").inner_text().startswith(f"{ALL} of {ALL} campuses")
    for role in ("banner", "main", "search", "contentinfo"):
        assert page.get_by_role(role).count() == 1
    for name in ("Map", "Campuses"):
        assert page.get_by_role("region", name=name).count() == 1
    assert page.get_by_role("heading", level=1).inner_text() == "Campus des métiers et des qualifications"


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1920])
@pytest.mark.parametrize("address", ["", f"#campus={BESANCON}"])
def test_nothing_is_wider_than_the_window(visit, width, address):
    page = visit(address, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_dark_is_dark(visit):
    colors = {}
    for scheme in ("light", "dark"):
        page = visit(color_scheme=scheme)
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        colors[scheme] = sum(map(int, re.findall(r"\d+", ground)))
    assert colors["light"] == 3 * 255
    assert colors["dark"] < 3 * 40


def test_in_print_there_are_the_map_and_the_table_without_the_filters(visit):
    page = visit("#region=bretagne")
    page.emulate_media(media="print")
    assert not page.locator("#filters").is_visible()
    assert not page.locator(".skip").is_visible()
    assert page.locator("svg.map").is_visible()
    assert page.get_by_role("row").count() == 6
    assert page.locator("#count").is_visible()
    assert page.pdf()[:5] == b"%PDF-"


def test_the_map_and_its_legend_are_printed_on_one_page(visit):
    page = visit(viewport={"width": 718, "height": 1000})
    page.emulate_media(media="print")
    assert page.evaluate("document.getElementById('map').getBoundingClientRect().bottom") < 1000


def test_of_open_evidence_only_that_is_printed_with_its_addresses(visit):
    page = visit(f"#campus={BESANCON}")
    page.emulate_media(media="print")
    dialog = page.get_by_role("dialog")
    assert dialog.is_visible()
    assert not page.locator("main").is_visible()
    assert not dialog.get_by_role("button", name="Close").is_visible()
    link = dialog.get_by_role("link", name="L'activité du CMQ MSI")
    assert "https://cmq-bfc.org/cmq-msi" in link.evaluate("link => getComputedStyle(link, '::after').content")


def test_without_scripts_there_are_the_map_and_a_word_on_the_rest(visit):
    page = visit(scripts=False)
    assert page.get_by_text("need JavaScript").is_visible()
    assert len(marked(page)) == sum(campus.city is not None for campus in REGISTRY.campuses)


# Whatever the registry holds


def test_a_page_without_a_campus_says_so(visit, tmp_path):
    path = tmp_path / "none.html"
    assert cmq("map", "--region", "corse", "-o", path)[0] == 0
    page = visit(path=path)
    assert page.get_by_text("No campus matches.").is_visible()
    assert said(page).startswith("0 of 0 campuses")
    assert "cmq map --region corse" in page.locator("header").inner_text()
    assert not violations(page)


TRAP = "</script><script>alert(1)</script><img src=x onerror=alert(1)><!-- <svg/onload=alert(1)>"


def test_texts_that_would_be_markup_are_read_as_texts(visit, tmp_path):
    content = document()
    for campus in content["campuses"]:
        campus.update(name=f"{TRAP} {campus['id']}", notes=TRAP)
        campus.update({name: TRAP for name in ("description", "lead_institution") if campus[name]})
        campus.update({name: [TRAP] for name in ("fields", "members", "aliases") if campus[name]})
        for each in campus["sources"]:
            each["quote"] = TRAP
    for source in content["sources"]:
        source["title"] = f"{TRAP} {source['id']}"
    path = tmp_path / "odd.html"
    code, _, err = cmq("map", "--registry", written(tmp_path, content), "-o", path)
    assert code == 0, err
    page = visit(f"#campus={BESANCON}", path=path)
    dialog = page.get_by_role("dialog")
    assert dialog.get_by_role("heading", level=2).inner_text() == f"{TRAP} {BESANCON}"
    assert page.locator("img, [onload], [onerror]").count() == 0
    assert page.locator("script").count() == 3
    assert dialog.locator("a[href^='javascript']").count() == 0


def test_ten_thousand_campuses_are_listed(visit, tmp_path):
    content = document()
    one = next(campus for campus in content["campuses"] if campus["id"] == BESANCON)
    many = [{**one, "id": f"campus-{at:05}", "name": f"Campus {at:05}"} for at in range(10_000)]
    content["campuses"] = sorted([*content["campuses"], *many], key=lambda campus: campus["id"])
    path = tmp_path / "many.html"
    code, _, err = cmq("map", "--registry", written(tmp_path, content), "-o", path)
    assert code == 0, err
    page = visit("#q=09999", path=path)
    assert listed(page) == ["campus-09999"]
    assert said(page).startswith(f"1 of {len(content['campuses'])} campuses")
