"""The page as a reader uses it, in a real browser: with a mouse, with the keyboard alone, on a phone, printed."""

import csv
import json
import re
import shutil
from itertools import combinations
from math import dist
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from cmq_cli import search, text
from cmq_cli.errors import UsageError
from support import WHOLE, cmq, document, written

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
BROWSER = next(filter(None, map(shutil.which, NAMES)), None)
CAMPUSES = {campus["id"]: campus for campus in WHOLE["campuses"]}
ALL = len(CAMPUSES)
BESANCON = "microtechniques-systemes-intelligents"
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}

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
def files(tmp_path_factory):
    """Return the page in each language."""
    folder = tmp_path_factory.mktemp("page")
    for language in ("en", "fr"):
        code, _, err = cmq("map", "-o", folder / f"{language}.html", CMQ_LANG=language)
        assert code == 0, err
    return folder


@pytest.fixture
def visit(browser, files):
    """Return a function that opens the page; nothing may be complained of, nor be asked of the network."""
    contexts, troubles, requests = [], [], []

    def call(address="", path=files / "en.html", scripts=True, **settings):
        context = browser.new_context(java_script_enabled=scripts, **{"viewport": DESK, **settings})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: troubles.append(message.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("dialog", lambda dialog: troubles.append(dialog.message))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(path.as_uri() + address)
        if scripts:
            page.wait_for_selector("html.js", state="attached")
        return page

    yield call
    for context in contexts:
        context.close()
    assert not troubles
    assert len(requests) == len(contexts)
    assert all(url.startswith("file://") for url in requests)


IDS = "links => links.map(link => decodeURIComponent(link.getAttribute('href').slice('#campus='.length)))"


def listed(page):
    """Return the ids of the campuses that were found, in order."""
    return page.eval_on_selector_all("#table tbody:not(.part) a", IDS)


def marked(page):
    """Return how many campuses are seen on the map, by themselves or in a number of several."""
    numbers = page.locator("svg.map .cluster:visible text").all_text_contents()
    return page.locator("svg.map .marks a:visible").count() + sum(map(int, numbers))


def said(page):
    return page.locator("#count").inner_text()


def seated(ids):
    return sum(CAMPUSES[one]["latitude"] is not None for one in ids)


def ids(*arguments):
    return [campus["id"] for campus in json.loads(cmq("list", *arguments, "--json")[1])]


def opened(page, name="Microtechniques et systèmes intelligents"):
    page.locator("#table").get_by_role("link", name=name).click()
    return page.get_by_role("dialog", name=name)


# What is found


def test_a_filter_keeps_what_list_keeps_in_the_list_and_on_the_map(visit):
    page = visit()
    for label, option, arguments in (
        ("Sector", "Tourisme, gastronomie", ["--sector", "tourisme-gastronomie"]),
        ("Region", "Bretagne", ["--region", "bretagne"]),
        ("Region", "Polynésie française", ["--region", "polynesie"]),
        ("Wave", "Wave 4", ["--wave", "4"]),
        ("Wave", "Not known, or later", ["--wave", "none"]),
    ):
        page.get_by_label(label, exact=True).select_option(label=option)
        wanted = ids(*arguments)
        assert listed(page) == wanted, option
        assert marked(page) == seated(wanted), option
        assert said(page) == f"{len(wanted)} of {ALL} campuses, {seated(wanted)} on the map."
        assert page.title().startswith(f"{len(wanted)} campus")
        page.get_by_role("button", name="Clear").click()
    assert listed(page) == ids()
    page.get_by_label("Wave", exact=True).select_option(label="Wave 4")
    assert "15 of the 26 campuses announced by wave 4 are documented." in page.locator("#said").inner_text()
    page.get_by_label("Region", exact=True).select_option(label="Bourgogne-Franche-Comté")
    assert listed(page) == ids("--region", "27", "--wave", "4")


def test_the_legend_is_a_filter_and_its_numbers_follow_the_others(visit):
    page = visit("#region=bretagne")
    button = page.get_by_role("button", name="Alimentaire, agroalimentaire")
    assert button.locator(".number").inner_text() == "1"
    button.click()
    assert listed(page) == ["filiere-alimentaire-quimper"]
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    assert len(listed(page)) == 5


TYPED = """queries => queries.map(query => {
  const box = document.getElementById("q");
  box.value = query;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  const ids = part => [...part.querySelectorAll("a")].map(link => link.getAttribute("href").slice(8));
  const parts = [...document.querySelectorAll("#table tbody.part button")].map(button => button.textContent);
  return [ids(document.querySelector("#table tbody")), parts, document.getElementById("said").innerText];
})"""


def test_words_find_what_they_find_on_the_command_line_in_the_same_order(visit):
    with (Path(__file__).parent / "queries.csv").open(encoding="utf-8", newline="") as rows:
        queries = sorted({row["query"] for row in csv.DictReader(rows)})
    queries += ["MÉCATRONIQUE", "bois  éco-construction", "l'", "1er", "bois 📚", "menuisière ou cuir", "campus", "!bois"]
    queries += ["(.*+?[", "métiers d’art", "soft\u00adhyphen", "e\u0301cole", "ﬁlière", "bois " * 20, "constructor", "📚"]
    labels = {sector["id"]: sector["label"] for sector in WHOLE["sectors"]}
    differ = []
    for query, (there, parts, notes) in zip(queries, visit().evaluate(TYPED, queries), strict=True):
        try:
            understood = search.understood([query], WHOLE)
        except UsageError:
            if there or not notes:
                differ.append(query)
            continue
        found = search.find(WHOLE, understood)
        instead = [word for term in understood.terms for word in term.instead]
        beside = [(len(one.campuses), labels[one.sector], one.term.typed) for one in found.same_sector]
        if there != [campus["id"] for campus in found.campuses]:
            differ.append(query)
        elif not all(f"'{word}'" in notes for word in (*instead, *understood.aside, *found.through)):
            differ.append((query, notes))
        elif len(beside) == 1 and [f"{beside[0][0]} more in the sector {beside[0][1]}"] != [
            part.partition(",  which")[0][: len(f"{beside[0][0]} more in the sector {beside[0][1]}")] for part in parts
        ]:
            differ.append((query, beside, parts))
    assert differ == []


def test_texts_are_folded_as_on_the_command_line(visit):
    cases = ["Œnotourisme à BESANÇON", "ST-DENIS", "R&D", "XXIe siècle", "IIe", "1ère", "Vie", "VIe", "straße", "Łódź"]
    cases += ["L’Haÿ-les-Roses", "Ｃａｍｐｕｓ", "m²", "İstanbul", "__proto__", "ΣΊΣΥΦΟΣ", "", *map(chr, range(32, 0x250))]
    there = visit().evaluate("texts => texts.map(SearchFold)", cases)
    assert dict(zip(cases, there, strict=True)) == {case: text.fold(case) for case in cases}


def test_those_of_the_sector_that_dont_say_it_are_a_part_of_their_own(visit):
    page = visit("#q=bois")
    assert listed(page) == ids("bois")
    more = page.get_by_role("button", name="more in the sector Matériaux, matériaux innovants, which don't mention 'bois'")
    shown = page.locator("#table tbody tr:visible")
    before = shown.count()
    more.click()
    assert shown.count() == before + int(more.inner_text().split()[0])
    expect(more).to_be_focused()
    assert marked(page) == seated(ids("bois")), "they are no answer"


def test_a_search_that_finds_nothing_says_what_may_be_meant_or_what_is_outside_the_filters(visit):
    page = visit("#q=mecatronik")
    assert page.get_by_text("No campus matches.").is_visible()
    page.get_by_text("Did you mean").get_by_role("link").first.click()
    assert listed(page) == ids("mécatronique")
    page.goto(page.url.partition("#")[0] + "#q=bois&region=bretagne")
    page.get_by_role("button", name="Outside the filters 4 campuses mention 'bois'").click()
    assert listed(page) == ids("bois")
    page.get_by_role("searchbox", name="Search").fill("xyzzy")
    page.locator("#empty").get_by_role("button", name="Clear").click()
    assert len(listed(page)) == ALL


# The address


def test_the_address_follows_the_view_and_back_and_forward_go_through_it(visit):
    page = visit()
    views = [ALL]
    page.get_by_label("Region", exact=True).select_option(label="Bretagne")
    views.append(len(listed(page)))
    page.get_by_role("searchbox", name="Search").press_sequentially("mer")
    views.append(len(listed(page)))
    page.get_by_role("button", name="Wave", exact=True).click()
    assert page.url.partition("#")[2] == "q=mer&region=bretagne&sort=wave"
    opened(page, "Industries de la mer").get_by_role("button", name="Close").click()
    expect(page).not_to_have_url(re.compile("campus="))
    page.get_by_role("button", name="Clear").click()
    page.go_back()
    for back in reversed(views):
        page.go_back()
        expect(page.locator("#table tbody:not(.part) tr")).to_have_count(back)
    assert "#" not in page.url
    page.go_forward()
    expect(page.locator("#table tbody tr")).to_have_count(views[1])
    assert page.get_by_label("Region", exact=True).input_value() == "bretagne"


def test_an_address_that_means_nothing_does_no_harm(visit):
    page = visit()
    for address in ("#sector=xyzzy", "#region=%3Cscript%3E", "#wave=9", "#campus=nobody&sort=colour", "#%", "#&&==&q="):
        page.evaluate("address => { location.hash = address }", address)
        assert len(listed(page)) == ALL, address
        assert page.locator("dialog[open]").count() == 0


# The list, and all that is known of one campus


def test_a_column_sorts_both_ways_and_what_is_not_known_comes_last(visit):
    page = visit()
    for name, field in (("City", "city"), ("Region", "region"), ("Labelled", None), ("Wave", None)):
        head = page.get_by_role("columnheader", name=name)
        for sign, order in (("", "ascending"), ("-", "descending")):
            head.get_by_role("button").click()
            expect(head).to_have_attribute("aria-sort", order)
            if field:
                shown = [CAMPUSES[one][field] for one in listed(page)]
                assert shown == [CAMPUSES[one][field] for one in ids("--sort", f"{sign}{field}")]
            column = page.locator("thead th").all_inner_texts().index(head.inner_text()) + 1
            cells = page.locator(f"#table tbody td:nth-child({column})").all_inner_texts()
            known = [cell for cell in cells if cell.strip()]
            assert [cell for cell in cells[: len(known)] if not cell.strip()] == [], name
    assert page.locator("th[aria-sort]").count() == 1


def test_all_that_is_known_is_one_click_away_and_so_is_the_way_back(visit):
    page = visit("#wave=4")
    dialog = opened(page)
    campus = CAMPUSES[BESANCON]
    inside = dialog.inner_text()
    for each in campus["sources"]:
        source = next(one for one in WHOLE["sources"] if one["id"] == each["source"])
        assert each["quote"] in inside
        link = dialog.get_by_role("link", name=source["title"])
        assert not source["url"] or link.first.get_attribute("href") == source["url"]
    assert "assigned by this registry" in inside
    contact = dialog.locator("dt:has-text('Contact') + dd a")
    assert contact.get_attribute("href") == campus["website"] == "https://cmq-bfc.org/cmq-msi"
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    assert page.evaluate("document.activeElement.hash") == f"#campus={BESANCON}"
    page.go_forward()
    expect(dialog).to_be_visible()
    page.go_back()
    expect(dialog).not_to_be_visible()
    assert page.url.endswith("#wave=4")


def test_a_link_is_followed_in_a_tab_of_its_own(browser, files):
    context = browser.new_context()
    context.route(re.compile("^https:"), lambda route: route.fulfill(body="<title>There</title>", content_type="text/html"))
    page = context.new_page()
    page.goto(f"{(files / 'en.html').as_uri()}#campus={BESANCON}")
    with context.expect_page() as there:
        page.get_by_role("dialog").get_by_role("link", name="https://cmq-bfc.org/cmq-msi").click()
    there.value.wait_for_load_state()
    assert there.value.evaluate("[document.referrer, window.opener]") == ["", None]
    context.close()


# The map

TARGETS = """links => links.filter(link => link.checkVisibility()).map(link => {
  const box = link.querySelector("path, circle, polygon").getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2, box.width, box.height];
})"""


@pytest.mark.parametrize("viewport", [PHONE, DESK])
def test_what_is_on_the_map_can_be_hit_and_hides_nothing(visit, viewport):
    page = visit("#view=map", viewport=viewport)
    for step in ("", "#view=map&region=ile-de-france", "#view=map&q=mer", "#view=map&wave=1"):
        page.evaluate("hash => { location.hash = hash || '#view=map' }", step)
        targets = page.eval_on_selector_all("svg.map a", TARGETS)
        assert targets
        assert min(min(width, height) for *_, width, height in targets) >= 23.9, step
        assert min((dist(one[:2], two[:2]) for one, two in combinations(targets, 2)), default=99) >= 30, step
        names = page.eval_on_selector_all(".town", "texts => texts.map(text => { const b = text.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom] })")
        for left, top, right, bottom in names:
            assert not [one for one in targets if left < one[0] < right and top < one[1] < bottom], step


def test_a_number_of_several_zooms_in_and_the_way_back_leads_to_all_of_france(visit):
    page = visit()
    whole = page.locator("svg.map").get_attribute("viewBox")
    marks = page.locator("svg.map .marks a:visible")
    before = marks.count()
    page.locator("svg.map .cluster", has_text="5").first.click()
    assert page.locator("svg.map").get_attribute("viewBox") != whole
    assert page.locator("#card li").count() == 5, "what it stands for is told below the map"
    page.get_by_role("button", name="All of France").click()
    assert page.locator("svg.map").get_attribute("viewBox") == whole
    assert marks.count() == before
    page.get_by_label("Region", exact=True).select_option(label="Bretagne")
    assert page.locator("svg.map").get_attribute("viewBox") != whole
    assert page.locator(".area.chosen").count() == 1
    assert sorted(page.locator(".town").all_text_contents()) == ["Brest", "Guingamp", "Lannion", "Quimper", "Rennes"]
    page.get_by_role("searchbox", name="Search").fill("dijon")
    page.get_by_label("Region", exact=True).select_option(label="All regions")
    page.get_by_role("button", name=re.compile("^2 campuses: Dijon")).click()
    expect(page.locator("#card a").first).to_be_focused()
    page.get_by_role("button", name="Clear").click()
    assert page.locator("svg.map").get_attribute("viewBox") == whole


def test_a_mark_tells_its_campus_and_a_number_keeps_its_region(visit):
    page = visit("#region=bourgogne-franche-comte")
    mark = page.get_by_role("link", name=re.compile("^Microtechniques.*Besançon.*wave 4"))
    for how in ("hover", "focus"):
        getattr(mark, how)()
        assert "Besançon · Bourgogne-Franche-Comté" in page.locator("#card").inner_text()
    mark.click()
    assert page.get_by_role("dialog", name="Microtechniques et systèmes intelligents").is_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Clear").click()
    page.get_by_role("link", name=re.compile("^Auvergne-Rhône-Alpes:.*not known")).click()
    assert listed(page) == ids("--region", "auvergne-rhone-alpes")


# Whoever reads


def test_on_a_phone_the_list_comes_right_after_the_search_and_the_map_is_one_tap_away(visit):
    page = visit(viewport=PHONE, has_touch=True)
    page.get_by_role("searchbox", name="Search").fill("bois")
    assert page.locator("#count").bounding_box()["y"] < 250
    assert page.locator("#table tbody a").first.bounding_box()["y"] < 320
    assert not page.locator("svg.map").is_visible()
    assert not page.get_by_label("Sector", exact=True).is_visible()
    page.get_by_text("Filters").tap()
    page.get_by_label("Region", exact=True).select_option(label="Grand Est")
    assert "(1)" in page.locator("#more summary").inner_text()
    page.get_by_role("button", name="Map").tap()
    assert page.locator("svg.map").is_visible()
    assert not page.locator("#table").is_visible()
    page.locator("svg.map .marks a:visible").tap()
    assert page.get_by_role("dialog", name="Bois Grand Est").is_visible()
    page.go_back()
    page.go_back()
    expect(page.locator("#table")).to_be_visible()


def test_the_keyboard_is_enough(visit):
    page = visit()
    press = page.keyboard.press
    focused = "document.activeElement.id || document.activeElement.textContent"
    press("Tab")
    assert page.evaluate(focused) == "Skip to the list"
    press("Tab")
    page.keyboard.type("microtech")
    assert listed(page) == [BESANCON]
    for name in ("sector", "region", "wave", "Clear the filters"):
        press("Tab")
        assert page.evaluate(focused) == name
    for _ in range(20):
        press("Tab")
        if page.evaluate("!!document.activeElement.querySelector('.mark')"):
            break
    ring = page.evaluate("getComputedStyle(document.activeElement.querySelector('circle, polygon')).stroke")
    assert ring == "rgb(31, 35, 40)", "the focus is seen, on a mark of any colour"
    press("Enter")
    assert page.get_by_role("dialog").is_visible()
    press("Escape")
    assert page.evaluate("!!document.activeElement.querySelector('.mark')"), "the focus is back where it was"
    page.locator(".skip").focus()
    press("Enter")
    press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Campus"
    press("Enter")
    assert "sort=name" in page.url


def violations(page):
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": rules, "rules": {"target-size": {"enabled": True}}})
    return [(each["id"], each["nodes"][0]["html"][:200]) for each in found.response["violations"]]


@pytest.mark.parametrize(
    ("language", "scheme", "viewport", "addresses"),
    [
        ("en", "light", DESK, ["", f"#campus={BESANCON}"]),
        ("fr", "dark", PHONE, ["#q=menuisiere", "#view=map", "#q=mecatronik"]),
    ],
)
def test_axe_finds_nothing(visit, files, language, scheme, viewport, addresses):
    page = visit(path=files / f"{language}.html", color_scheme=scheme, viewport=viewport)
    for address in addresses:
        page.evaluate("address => { location.hash = address }", address)
        assert not violations(page), address


def test_the_page_speaks_french_to_the_end(visit, files):
    page = visit("#q=menuisière", path=files / "fr.html")
    assert page.locator("html").get_attribute("lang") == "fr"
    for role in ("banner", "main", "search", "contentinfo", "status"):
        assert page.get_by_role(role).count() == 1
    seen = page.locator("body").inner_text() + page.title() + " ".join(
        page.eval_on_selector_all("[aria-label], [placeholder]", "all => all.map(one => one.ariaLabel ?? one.placeholder)")
    )
    assert "« menuisière »" in seen.replace("\xa0", " ")
    english = re.findall(r"(?i)\b(?:the|of|not|search|clear|labelled|sector|wave|known|with|map|filters|campuses)\b", seen)
    assert english == []


def test_nothing_is_wider_than_the_window_and_the_dark_is_dark(visit):
    for address in ("", f"#campus={BESANCON}", "#view=map"):
        page = visit(address)
        for width in (320, 390, 768, 1024, 1920):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
    grounds = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        grounds.append(sum(map(int, re.findall(r"\d+", ground))))
    assert grounds[0] == 3 * 255
    assert grounds[1] < 3 * 40


def test_in_print_there_are_the_list_and_the_whole_map_or_what_is_open(visit):
    page = visit("#region=bretagne", viewport={"width": 718, "height": 1000})
    page.emulate_media(media="print")
    assert not page.locator("#filters").is_visible()
    assert page.get_by_role("row").count() == 6
    assert page.locator("svg.map .marks a:visible").count() == 5, "each by itself, where it was drawn"
    assert page.locator("#map").bounding_box()["height"] < 1000
    page.emulate_media(media="screen")
    dialog = opened(page, "Bâtiment durable")
    page.emulate_media(media="print")
    assert dialog.is_visible()
    assert not page.locator("main").is_visible()
    link = dialog.locator("p a").first
    assert link.get_attribute("href") in link.evaluate("link => getComputedStyle(link, '::after').content")
    assert page.pdf()[:5] == b"%PDF-"


def test_without_scripts_there_are_the_list_the_map_and_the_evidence(visit):
    page = visit(f"#campus={BESANCON}", scripts=False)
    assert page.get_by_text("need JavaScript").is_visible()
    assert page.locator("#table tbody tr").count() == ALL
    assert page.locator("svg.map .marks a").count() == seated(CAMPUSES)
    assert page.get_by_role("heading", name="Microtechniques et systèmes intelligents").is_visible()
    assert not page.get_by_role("heading", name="Bois Grand Est").is_visible()


# Whatever the registry holds

TRAP = "</script><script>alert(1)</script><img src=x onerror=alert(1)><!-- <svg/onload=alert(1)>"


def test_texts_that_would_be_markup_are_read_as_texts(visit, tmp_path):
    content = document()
    for campus in content["campuses"]:
        campus.update(name=f"{TRAP} {campus['id']}", notes=TRAP, description=TRAP, specialties=[TRAP], aliases=[TRAP])
        for each in campus["sources"]:
            each["quote"] = TRAP
    for source in content["sources"]:
        source["title"] = f"{TRAP} {source['id']}"
    path = tmp_path / "odd.html"
    code, _, err = cmq("map", "--registry", written(tmp_path, content), "-o", path)
    assert code == 0, err
    page = visit(f"#campus={BESANCON}", path=path)
    assert TRAP in page.get_by_role("dialog").get_by_role("heading", level=2).inner_text()
    assert page.locator("img, [onload], [onerror], a[href^='javascript']").count() == 0
    assert page.locator("script").count() == 3


def test_a_page_without_a_campus_and_one_with_a_thousand(visit, tmp_path):
    none = tmp_path / "none.html"
    assert cmq("map", "--region", "corse", "-o", none)[0] == 0
    page = visit(path=none)
    assert page.get_by_text("No campus matches.").first.is_visible()
    assert said(page) == "0 of 0 campuses, 0 on the map."
    assert "cmq map --region corse" in page.locator("header").inner_text()
    content = document()
    one = next(campus for campus in content["campuses"] if campus["id"] == BESANCON)
    content["campuses"] += [{**one, "id": f"campus-{at:04}", "name": f"Campus {at:04}"} for at in range(1000)]
    content["campuses"].sort(key=lambda campus: campus["id"])
    many = tmp_path / "many.html"
    code, _, err = cmq("map", "--registry", written(tmp_path, content), "-o", many)
    assert code == 0, err
    assert listed(visit("#q=0999", path=many)) == ["campus-0999"]
