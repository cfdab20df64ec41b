"""Blocks on a terminal: nothing wider than the window, nothing broken that is read whole, nothing obeyed."""

import re
import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from cmq_cli.output import terminal
from cmq_cli.output.answer import Drawing, Facts, Look, Prose, Span, Table
from cmq_cli.output.terminal import as_terminal

SGR = re.compile(r"\x1b\[[0-9;]*m")
LINK = re.compile(r"\x1b]8;;([!-~]*)\x1b\\")
HOSTILE = "[bold]b[/] [link=x]y[/] \x1b[31mred\x1b[0m \x07 \x9b31m \u202e :smile: \r\n \x1b]8;;evil\x1b\\"


def wrapped(text, width):
    return terminal._wrapped(Text(text), width).plain.split("\n")


LINES = """
7 un deux/trois
14 éco-|réhabilitation
18 Bourgogne-Franche-|Comté
12 le/2017-02-13/ici
7 soit/30 % de/BTS
9 en 2017 :/non ;/oui ?
7 dit/« oui »/ou non
6 un/10 000/places
11 décret/n° 2021-227
12 la/Meuse (55)/ici
11 un/mot [1][2]
13 label/≤ 2016-02-03
12 anticonstitu|tionnel
12 voir/(bois-eco)
12 bois-eco-|construction
17 7 more:/cmq list -s bois
9 voir/http:––x.fr–a-b-c/et
4 機電/一体|化
1 機
"""
"""Widths, and texts: at ``/`` a line ends instead of a blank, at ``|`` within a word; ``–`` stands for a slash."""


def test_lines_end_where_a_french_reader_expects():
    for row in LINES.strip().split("\n"):
        width, text = row.split(" ", 1)
        expected = [line.replace("–", "/") for line in re.split(r"[/|]", text)]
        assert wrapped(text.replace("/", " ").replace("|", "").replace("–", "/"), int(width)) == expected, row
    assert wrapped("un 10\u202f000 places", 6) == ["un", "10\u202f000", "places"]
    assert wrapped("a\n\nb c", 1) == ["a", "", "b", "c"]


prose = st.text(st.sampled_from("abé -–«»%:;?10[]()°\n機"), max_size=40)


@given(prose, st.integers(1, 20))
def test_no_line_is_too_wide_and_no_letter_is_lost(text, width):
    lines = wrapped(text, width)
    assert all(cell_len(line) <= width or len(line) == 1 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


NAMES = ["Bois", "bois-eco-construction-guyane", "Provence-Alpes-Côte d'Azur", "10 000 places", "機電", "", "–"]
OTHERS = [HOSTILE, "« labellisé » [1][2]", "https://www.education.gouv.fr/une-adresse?a=b", "e\u0301" * 9]
words = st.sampled_from(NAMES + OTHERS)
links = st.sampled_from([None, "https://x.fr/é", "x"])
spans = st.builds(Span, words, st.sampled_from(["", "bold", "dim", "cyan"]), links)
cells = st.one_of(words, st.lists(spans, min_size=1, max_size=4).map(tuple))


@st.composite
def tables(draw):
    heads = draw(st.lists(words, min_size=1, max_size=6))
    row = st.lists(cells, min_size=len(heads), max_size=len(heads))
    return Table(heads, draw(st.lists(row, min_size=1, max_size=4)), draw(st.sets(st.integers(0, 5))))


blocks = st.one_of(
    tables(),
    st.builds(Facts, st.lists(st.tuples(words, cells), max_size=4), cells),
    st.builds(Prose, cells, words, st.sampled_from(["", "[1] "])),
)


@given(st.lists(blocks, max_size=4), st.integers(20, 300), st.booleans(), st.booleans())
@example([Table(["機" * 9], [["x"]])], 1, True, True)
@example([Table(["Id"], [["bois-eco-construction-guyane機" + "e\u0301" * 9]])], 20, True, False)
def test_nothing_is_wider_than_the_window_lost_or_obeyed(drawn, width, colored, ascii):
    text = as_terminal(drawn, Look(width, ascii=ascii, colored=colored))
    plain = LINK.sub("", SGR.sub("", text))
    for line in plain.splitlines():
        assert cell_len(line) <= width or "://" in str(drawn) or width < 20, (width, line)
        assert colored or line == line.rstrip(" ")
    assert not [char for char in plain if unicodedata.category(char) == "Cc" and char != "\n"]
    assert not {"\u202e", *("─" if ascii else "")} & {*plain}
    assert colored or plain == text
    assert set(LINK.findall(text)) <= {"", "https://x.fr/%C3%A9"}
    if any("[bold]b[/]" in str(block) for block in drawn):
        assert "[bold]b[/]" in "".join(plain.split())


def test_a_table_takes_the_lines_that_it_needs_and_where_it_cannot_fit_is_a_list():
    columns = ["Campus", "Wave", "Labelled"]
    cell = (Span("Bois, éco-construction et éco-technologie de Guyane"), Span("\nbois-guyane"))
    assert as_terminal([Table(columns, [[cell, "4", "≤ 2016-02-03"]], right=[1])], Look(44)) == (
        "Campus                    Wave  Labelled\n"
        "────────────────────────────────────────────\n"
        "Bois, éco-construction       4  ≤ 2016-02-03\n"
        "et éco-technologie de\nGuyane\nbois-guyane\n"
    )
    rows = [["bois-grand-est", "Épinal"], ["x", "–"]]
    shown = as_terminal([Table(["Id", "City"], rows)], Look(20))
    assert shown == "Id    bois-grand-est\nCity  Épinal\n\nId    x\nCity  –\n"


def test_an_address_stays_whole_though_the_window_is_narrow():
    url = "https://www.education.gouv.fr/les-campus"
    shown = as_terminal([Facts([("Site", url)]), Prose(f"voir {url}"), Table(["A"], [[url]])], Look(20))
    assert shown == f"Site  {url}\n\nvoir\n{url}\n\nA  {url}\n"


def test_a_page_stands_below_its_title_and_marks_are_indented():
    page = [
        Facts([("Id", "bois"), ("Seat", "Épinal (88), Grand Est, académie de Nancy-Metz [1] [2]")], "Bois"),
        Prose("« Un campus qui est labellisé depuis longtemps. »", title="Evidence", mark="[1] "),
        Prose("two", mark="[2] "),
        Drawing(["  ⠿"]),
    ]
    assert as_terminal(page, Look(40)) == (
        f"Bois\n{'─' * 40}\n"
        "Id    bois\nSeat  Épinal (88), Grand Est, académie\n      de Nancy-Metz [1] [2]\n\n"
        "Evidence\n[1] « Un campus qui est labellisé depuis\n    longtemps. »\n[2] two\n\n  ⠿\n"
    )
    assert as_terminal([Facts([], "≤ Bois –")], Look(10, ascii=True)) == "<= Bois -\n----------\n"
    assert len(as_terminal(page[:1], Look(300)).splitlines()[1]) == terminal.MEASURE


def test_styles_and_links_are_there_where_the_terminal_can_show_them():
    cell = (Span("Bois", "bold"), Span(" site", "cyan", "https://b.fr/été"))
    assert as_terminal([Prose(cell)], Look(40, colored=True)) == (
        "\x1b[1mBois\x1b[0m\x1b]8;;https://b.fr/%C3%A9t%C3%A9\x1b\\\x1b[36m site\x1b[0m\x1b]8;;\x1b\\\n"
    )
    assert as_terminal([Prose(cell)], Look(40)) == "Bois site\n"
    assert as_terminal([], Look(60)) == ""
