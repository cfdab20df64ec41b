"""The page as a reader uses it, in a real browser: with a mouse, with the keyboard alone, on a phone, printed."""

import base64
import csv
import json
import re
import shutil
import zlib
from itertools import combinations
from math import dist
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from cmq_cli import lookup, search, text
from cmq_cli.errors import UsageError
from cmq_cli.query import sort
from support import WHOLE, cmq, document, written

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
BROWSER = next(filter(None, map(shutil.which, NAMES)), None)
CAMPUSES = {campus["id"]: campus for campus in sort(WHOLE["campuses"], "name")}
ALL = len(CAMPUSES)
BESANCON = "microtechniques-systemes-intelligents"
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}

pytestmark = pytest.mark.skipif(BROWSER is None, reason=f"none of {', '.join(NAMES)} is on the PATH")


@pytest.fixture(scope="module")
def browser():
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=BROWSER, args=flags) as started:
        yield started


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Return the folder of the page in each language, and of one of few campuses."""
    folder = tmp_path_factory.mktemp("page")
    for name, language, arguments in (("en", "en", ()), ("fr", "fr", ()), ("few", "fr", ("--wave", "4"))):
        assert cmq("map", *arguments, "-o", folder / f"{name}.html", CMQ_LANG=language)[0] == 0
    return folder


@pytest.fixture
def visit(browser, files):
    """Return a function that opens the page; nothing may be complained of, nor be asked of the network."""
    contexts, troubles, requests = [], [], []

    def call(address="", path=files / "en.html", scripts=True, **settings):
        contexts.append(browser.new_context(java_script_enabled=scripts, **{"viewport": DESK, **settings}))
        contexts[-1].set_default_timeout(5000)
        page = contexts[-1].new_page()
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


def go(page, address):
    page.evaluate("address => { location.hash = address }", address)


def listed(page):
    """Return the ids of the campuses that were found, in order."""
    return page.eval_on_selector_all("#table tbody:not(.part) tr", "rows => rows.map(row => row.dataset.id)")


def marked(page):
    """Return how many campuses are seen on the map, by themselves or in a number of several."""
    numbers = page.locator("svg.map .cluster:visible text").all_text_contents()
    return page.locator("svg.map .marks a:visible").count() + sum(map(int, numbers))


def seated(ids):
    return sum(CAMPUSES[one]["latitude"] is not None for one in ids)


def ids(*arguments):
    return [campus["id"] for campus in json.loads(cmq("list", *arguments, "--json")[1])]


def choose(page, label, option):
    page.get_by_label(label, exact=True).select_option(label=option)


def press(page, name):
    page.get_by_role("button", name=name).first.click()


def test_a_filter_keeps_what_list_keeps_in_the_list_and_on_the_map(visit):
    page = visit()
    for label, option, value in (
        ("Sector", "Tourisme, gastronomie", "tourisme-gastronomie"),
        ("Region", "Polynésie française", "polynesie"),
        ("Region", "Bretagne", "bretagne"),
        ("Wave", "Not known, or later", "none"),
        ("Wave", "Wave 4", "4"),
    ):
        press(page, "Clear")
        choose(page, label, option)
        wanted = ids(f"--{label.lower()}", value)
        assert (listed(page), marked(page)) == (wanted, seated(wanted)), option
        said = page.get_by_role("status").inner_text()
        assert said == f"{len(wanted)} of {ALL} campuses, {seated(wanted)} on the map."
        assert page.title().startswith(f"{len(wanted)} campus")
    assert "15 of the 26 campuses announced by wave 4 are documented." in page.locator("#said").inner_text()
    choose(page, "Region", "Bretagne")
    assert listed(page) == []
    choose(page, "Wave", "All waves")
    button = page.get_by_role("button", name="Alimentaire, agroalimentaire")
    assert button.locator(".number").inner_text() == "1"
    button.click()
    assert listed(page) == ["filiere-alimentaire-quimper"]
    expect(button).to_have_attribute("aria-pressed", "true")


def test_words_find_what_they_find_on_the_command_line_in_the_same_order(visit):
    with (Path(__file__).parent / "queries.csv").open(encoding="utf-8", newline="") as rows:
        queries = sorted({row["query"] for row in csv.DictReader(rows)} - {""})[::4]
    queries += ["MÉCATRONIQUE", "bois  éco-construction", "l'", "bois 📚", "menuisière ou cuir", "campus", "!bois"]
    queries += ["métiers d’art", "soft\u00adhyphen", "e\u0301cole", "ﬁlière", "bois " * 20, "constructor", "(.*+?["]
    page, ids, differ = visit(), [*CAMPUSES], []
    data = json.loads(zlib.decompress(base64.b64decode(page.locator("#data").text_content())))["search"]
    texts = ["ST-DENIS", "R&D", "XXIe", "IIe", "1ère", "Vie", "VIe", "m²", "İstanbul", *map(chr, range(32, 0x250))]
    folded = page.evaluate("([data, texts]) => texts.map(Search(data).fold)", [data, texts])
    assert dict(zip(texts, folded, strict=True)) == {one: text.fold(one) for one in texts}
    find = "([data, queries]) => queries.map(Search(data).find).map(one => ({...one, through: [...one.through]}))"
    for query, there in zip(queries, page.evaluate(find, [data, queries]), strict=True):
        there["found"] = [ids[at] for at in there["found"]]
        there["beside"] = [[*one.values()] for one in there["beside"]]
        there["meant"] = ", ".join(one["word"] for one in there["meant"])
        try:
            understood = search.understood([query], WHOLE)
        except UsageError:
            here = {"found": [], "refused": True}
        else:
            found = search.find(WHOLE, understood)
            here = {
                "found": [campus["id"] for campus in found.campuses],
                "through": [[typed, sectors] for typed, sectors in found.through.items()],
                "aside": [*understood.aside],
                "terms": json.loads(json.dumps([one._asdict() for one in understood.terms])),
                "beside": [
                    [one.sector, one.term.typed, sorted(ids.index(each["id"]) for each in one.campuses)]
                    for one in found.same_sector
                ],
            }
            if there["meant"] and (said := re.search(r"mean (.*)\?", lookup.no_words(WHOLE, understood, found))):
                here["meant"] = said[1]
        differ += [(query, name, here[name], there.get(name)) for name in here if here[name] != there.get(name)]
    assert differ == []


def test_what_doesnt_say_it_is_a_part_of_its_own_and_what_finds_nothing_says_what_may_be_meant(visit):
    page = visit("#q=bois")
    said = "more in the sector Matériaux, matériaux innovants, which don't mention 'bois'"
    more, shown = page.get_by_role("button", name=said), page.locator("#table tbody tr:visible")
    before = shown.count()
    more.click()
    assert shown.count() == before + int(more.inner_text().split()[0])
    expect(more).to_be_focused()
    assert listed(page) == ids("bois")
    assert marked(page) == seated(ids("bois")), "the others are no answer"
    page.get_by_role("searchbox", name="Search").fill("mecatronik")
    assert page.get_by_text("No campus matches.").is_visible()
    page.get_by_text("Did you mean").get_by_role("link").first.click()
    assert listed(page) == ids("mécatronique")
    go(page, "#q=menuisière&region=bretagne")
    assert "'menuisière': looked for 'bois', 'forêt-bois'" in page.locator("#said").inner_text()
    press(page, "Outside the filters 4 campuses mention 'menuisière'")
    assert listed(page) == ids("menuisière")


def test_the_address_follows_the_view_and_back_and_forward_go_through_it(visit):
    page = visit()
    choose(page, "Region", "Bretagne")
    page.get_by_role("searchbox", name="Search").press_sequentially("mer")
    page.get_by_role("button", name="Wave", exact=True).click()
    assert page.url.partition("#")[2] == "q=mer&region=bretagne&sort=wave"
    page.locator("#table").get_by_role("link", name="Industries de la mer").click()
    press(page, "Close")
    expect(page).not_to_have_url(re.compile("campus="))
    press(page, "Clear")
    page.go_back()
    for back in (1, 5, ALL):
        page.go_back()
        expect(page.locator("#table tbody:not(.part) tr")).to_have_count(back)
    assert "#" not in page.url
    page.go_forward()
    expect(page.locator("#table tbody tr")).to_have_count(5)
    assert page.get_by_label("Region", exact=True).input_value() == "bretagne"
    for address in ("#sector=xyzzy", "#region=%3Cscript%3E", "#wave=9", "#campus=nobody&sort=colour", "#%", "#&&==&q="):
        go(page, address)
        assert len(listed(page)) == ALL, address
        assert page.locator("dialog[open]").count() == 0


def test_a_column_sorts_both_ways_and_what_is_not_known_comes_last(visit):
    page = visit("#sort=region")
    head = page.get_by_role("columnheader", name="City")
    for order, by in (("ascending", "city"), ("descending", "-city")):
        head.get_by_role("button").click()
        expect(head).to_have_attribute("aria-sort", order)
        assert [CAMPUSES[one]["city"] for one in listed(page)] == [CAMPUSES[one]["city"] for one in ids("--sort", by)]
    assert page.locator("th[aria-sort]").count() == 1


def test_all_that_is_known_is_one_click_away_and_so_is_the_way_back(visit):
    page = visit("#wave=4")
    page.locator("#table").get_by_role("link", name="Microtechniques et systèmes intelligents").click()
    dialog = page.get_by_role("dialog", name="Microtechniques et systèmes intelligents")
    for each in CAMPUSES[BESANCON]["sources"]:
        source = next(one for one in WHOLE["sources"] if one["id"] == each["source"])
        assert each["quote"] in dialog.inner_text()
        links = dialog.get_by_role("link", name=source["title"]).evaluate_all("all => all.map(one => one.href)")
        assert source["url"] in (None, *links)
    contact = dialog.locator("dt:has-text('Contact') + dd a")
    assert contact.get_attribute("href") == "https://cmq-bfc.org/cmq-msi"
    stay = "link => (link.addEventListener('click', (event) => event.preventDefault()), link.click(), link.target)"
    assert contact.evaluate(stay) == "_blank", "it is followed in a tab of its own"
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    assert page.evaluate("document.activeElement.hash") == f"#campus={BESANCON}"
    page.go_forward()
    expect(dialog).to_be_visible()
    page.go_back()
    expect(dialog).not_to_be_visible()
    assert page.url.endswith("#wave=4")


BOXES = """all => all.filter(one => one.checkVisibility()).map(one => one.getBoundingClientRect())
  .map(box => [box.left, box.top, box.right, box.bottom])"""


@pytest.mark.parametrize("viewport", [PHONE, DESK])
def test_what_is_on_the_map_can_be_hit_and_hides_nothing(visit, viewport):
    page = visit("#view=map", viewport=viewport)
    for step in ("", "&region=ile-de-france", "&q=mer", "&wave=1"):
        go(page, f"#view=map{step}")
        targets = page.eval_on_selector_all("svg.map a", BOXES)
        assert min(min(right - left, bottom - top) for left, top, right, bottom in targets) >= 23.9, step
        middles = [((left + right) / 2, (top + bottom) / 2) for left, top, right, bottom in targets]
        assert min(map(dist, *zip(*combinations(middles, 2), strict=True)), default=99) >= 30, step
        for left, top, right, bottom in page.eval_on_selector_all(".town", BOXES):
            assert not [one for one in middles if left < one[0] < right and top < one[1] < bottom], step


def test_the_map_zooms_to_what_is_asked_and_back(visit):
    page = visit()
    svg, marks = page.locator("svg.map"), page.locator("svg.map .marks a:visible")
    whole, before = svg.get_attribute("viewBox"), marks.count()
    page.locator("svg.map .cluster", has_text="5").first.click()
    assert svg.get_attribute("viewBox") != whole
    assert page.locator("#card li").count() == 5, "what it stands for is told below the map"
    press(page, "Whole map")
    assert (svg.get_attribute("viewBox"), marks.count()) == (whole, before)
    choose(page, "Region", "Bretagne")
    assert svg.get_attribute("viewBox") != whole
    assert page.locator(".area.chosen").count() == 1
    assert sorted(page.locator(".town").all_text_contents()) == ["Brest", "Guingamp", "Lannion", "Quimper", "Rennes"]
    mark = page.get_by_role("link", name=re.compile("^Bâtiment durable.*Rennes"))
    for point_at in (mark.hover, mark.focus):
        point_at()
        assert "Rennes · Bretagne" in page.locator("#card").inner_text()
    choose(page, "Region", "All regions")
    page.get_by_role("searchbox", name="Search").fill("dijon")
    page.get_by_role("button", name="2 campuses: Dijon").press("Enter")
    expect(page.locator("#card a").first).to_be_focused()
    press(page, "Clear")
    assert svg.get_attribute("viewBox") == whole
    page.get_by_role("link", name=re.compile("^Auvergne-Rhône-Alpes:.*not known")).click()
    assert listed(page) == ids("--region", "auvergne-rhone-alpes")


def test_on_a_phone_the_list_comes_right_after_the_search_and_the_map_is_one_tap_away(visit):
    page = visit(viewport=PHONE, has_touch=True)
    page.get_by_role("searchbox", name="Search").fill("bois")
    assert page.locator("#table tbody a").first.bounding_box()["y"] < 400
    assert not page.locator("svg.map").is_visible()
    assert not page.get_by_label("Sector", exact=True).is_visible()
    page.locator("#more summary").tap()
    choose(page, "Region", "Grand Est")
    assert "(1)" in page.locator("#more summary").inner_text()
    page.get_by_role("button", name="Map", exact=True).tap()
    assert not page.locator("#table").is_visible()
    page.locator("svg.map .marks a:visible").tap()
    assert page.get_by_role("dialog", name="Bois Grand Est").is_visible()
    page.go_back()
    page.go_back()
    expect(page.locator("#table")).to_be_visible()


def test_the_keyboard_is_enough(visit):
    page = visit()
    focused = "document.activeElement.id || document.activeElement.textContent"
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "Skip to the list"
    page.keyboard.press("Tab")
    page.keyboard.type("microtech")
    assert listed(page) == [BESANCON]
    for name in ("sector", "region", "wave", "Clear the filters"):
        page.keyboard.press("Tab")
        assert page.evaluate(focused) == name
    while not page.evaluate("!!document.activeElement.querySelector('.mark')"):
        page.keyboard.press("Tab")
        assert page.evaluate(focused) != "Skip to the list"
    ring = page.evaluate("getComputedStyle(document.activeElement.querySelector('circle')).stroke")
    assert ring == "rgb(31, 35, 40)", "the focus is seen, on a mark of any colour"
    page.keyboard.press("Enter")
    assert page.get_by_role("dialog").is_visible()
    page.keyboard.press("Escape")
    assert page.evaluate("!!document.activeElement.querySelector('.mark')"), "the focus is back where it was"
    page.locator(".skip").focus()
    for key in ("Enter", "Tab", "Enter"):
        page.keyboard.press(key)
    assert "sort=name" in page.url


def test_axe_finds_nothing(visit, files):
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    for scheme, viewport, addresses in (
        ("light", DESK, ["", f"#campus={BESANCON}"]),
        ("dark", PHONE, ["#q=bois", "#view=map", "#q=mecatronik"]),
    ):
        page = visit(path=files / "few.html", color_scheme=scheme, viewport=viewport)
        for address in addresses:
            go(page, address)
            found = Axe().run(page, options={"runOnly": rules}).response["violations"]
            assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == [], address


def test_the_page_speaks_french_to_the_end(visit, files):
    page = visit("#q=menuisière", path=files / "fr.html")
    assert page.locator("html").get_attribute("lang") == "fr"
    said = "all => all.map(one => one.ariaLabel ?? one.placeholder)"
    labels = page.eval_on_selector_all("[aria-label], [placeholder]", said)
    seen = " ".join([page.title(), page.locator("body").inner_text(), *labels])
    assert "« menuisière »" in seen.replace("\xa0", " ")
    assert re.findall(r"(?i)\b(?:the|of|not|search|clear|sector|wave|known|with|map|filters|campuses)\b", seen) == []


def test_nothing_is_wider_than_the_window_and_the_dark_is_dark(visit):
    page = visit(viewport={"width": 320, "height": 800})
    for address in ("", f"#campus={BESANCON}", "#view=map"):
        go(page, address)
        for width in (320, 768):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
    for scheme, color in (("light", "rgb(255, 255, 255)"), ("dark", "rgb(13, 17, 23)")):
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == color


def test_in_print_there_are_the_list_and_the_whole_map_or_what_is_open(visit):
    page = visit("#region=bretagne", viewport={"width": 718, "height": 1000})
    page.emulate_media(media="print")
    assert not page.locator("#filters").is_visible()
    assert page.get_by_role("row").count() == 6
    assert page.locator("svg.map .marks a:visible").count() == 5, "each by itself, where it was drawn"
    assert page.locator("#map").bounding_box()["height"] < 1000
    page.emulate_media(media="screen")
    page.locator("#table").get_by_role("link", name="Bâtiment durable").click()
    page.emulate_media(media="print")
    assert not page.locator("main").is_visible()
    link = page.get_by_role("dialog", name="Bâtiment durable").locator("p a").first
    assert link.get_attribute("href") in link.evaluate("link => getComputedStyle(link, '::after').content")
    assert page.pdf()[:5] == b"%PDF-"


def test_without_scripts_there_are_the_list_the_map_and_the_evidence(visit):
    page = visit(f"#campus={BESANCON}", scripts=False)
    assert page.get_by_text("need JavaScript").is_visible()
    assert (page.locator("tbody tr").count(), page.locator(".marks a").count()) == (ALL, seated(CAMPUSES))
    assert page.get_by_role("heading", name="Microtechniques et systèmes intelligents").is_visible()
    assert not page.get_by_role("heading", name="Bois Grand Est").is_visible()


def test_a_page_without_a_campus_and_one_with_hundreds_whose_texts_would_be_markup(visit, tmp_path):
    none, many = tmp_path / "none.html", tmp_path / "many.html"
    assert cmq("map", "--region", "corse", "-o", none)[0] == 0
    page = visit(path=none)
    assert page.get_by_text("No campus matches.").first.is_visible()
    assert page.get_by_role("status").inner_text() == "0 of 0 campuses, 0 on the map."
    assert "cmq map --region corse" in page.get_by_role("banner").inner_text()
    trap = "</script><script>alert(1)</script><img src=x onerror=alert(1)><!-- <svg/onload=alert(1)>"
    content = document()
    one = {**CAMPUSES[BESANCON], "notes": trap, "specialties": [trap]}
    content["campuses"] += [{**one, "id": f"campus-{at:04}", "name": f"{trap} {at:04}"} for at in range(400)]
    content["campuses"].sort(key=lambda campus: campus["id"])
    code, _, err = cmq("map", "--registry", written(tmp_path, content), "-o", many)
    assert code == 0, err
    page = visit("#q=0399", path=many)
    assert listed(page) == ["campus-0399"]
    page.locator("#table tbody a").click()
    assert page.get_by_role("dialog").get_by_role("heading", level=2).inner_text().startswith(f"{trap} 0399")
    assert page.locator("img, [onload], [onerror]").count() == 0
