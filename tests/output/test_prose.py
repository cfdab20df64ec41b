"""Lines end where a reader expects: at spaces and after hyphens, never inside a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmq_cli.output.tables.prose import Text, cell_len, pieces, widest_line, widest_piece, wrap


def wrapped(text, width, **settings):
    return wrap(Text(text), width, **settings).plain.split("\n")


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        pytest.param("un deux trois", 8, ["un deux", "trois"], id="at-spaces"),
        pytest.param("un deux trois", 7, ["un deux", "trois"], id="exactly"),
        pytest.param("éco-réhabilitation", 14, ["éco-", "réhabilitation"], id="after-a-hyphen"),
        pytest.param(
            "Bourgogne-Franche-Comté", 18, ["Bourgogne-Franche-", "Comté"], id="after-the-last-hyphen-that-fits"
        ),
        pytest.param("le 2017-02-13 ici", 12, ["le", "2017-02-13", "ici"], id="not-in-a-date"),
        pytest.param("soit 30 % de BTS", 7, ["soit", "30 % de", "BTS"], id="not-before-percent"),
        pytest.param("en 2017 : non ; oui ?", 9, ["en 2017 :", "non ;", "oui ?"], id="not-before-high-punctuation"),
        pytest.param("dit « oui » ou non", 7, ["dit", "« oui »", "ou non"], id="not-inside-quotation-marks"),
        pytest.param("un 10 000 places", 6, ["un", "10 000", "places"], id="not-in-a-number"),
        pytest.param("en 2017 2018", 8, ["en 2017", "2018"], id="between-two-years"),
        pytest.param("décret n° 2021-227", 11, ["décret", "n° 2021-227"], id="not-after-numero"),
        pytest.param("la Meuse (55), x", 11, ["la", "Meuse (55),", "x"], id="not-before-a-department"),
        pytest.param("un mot [1][2]", 7, ["un", "mot [1]", "[2]"], id="a-number-stays-with-its-word"),
        pytest.param("microtechniques »", 16, ["microtechniques", "»"], id="at-a-held-space-rather-than-in-a-word"),
        pytest.param("anticonstitutionnel", 8, ["anticons", "titution", "nel"], id="a-word-wider-than-the-line"),
        pytest.param("a\n\nb c", 1, ["a", "", "b", "c"], id="own-line-breaks-stay"),
        pytest.param("bois-eco-construction", 10, ["bois-eco-", "constructi", "on"], id="an-id-after-a-hyphen"),
        pytest.param("bo-2017-02-13", 9, ["bo-", "2017-02-1", "3"], id="an-id-not-in-its-date-if-that-fits"),
        pytest.param("grenoble-energies-2013-11-14", 26, ["grenoble-energies-", "2013-11-14"], id="an-id-with-a-date"),
        pytest.param("  un deux trois", 9, ["  un deux", "  trois"], id="indented-like-its-first-line"),
        pytest.param("  un deux", 4, ["  un", "deux"], id="not-indented-where-that-leaves-no-room"),
        pytest.param("", 5, [""], id="nothing"),
        pytest.param("abc", 0, ["a", "b", "c"], id="no-width"),
        pytest.param("機電一体化", 4, ["機電", "一体", "化"], id="wide-characters"),
        pytest.param("voir http://x.fr/a-b-c", 9, ["voir", "http://x.", "fr/a-b-c"], id="an-address"),
    ],
)
def test_wrap(text, width, lines):
    assert wrapped(text, width) == lines


def test_an_address_stays_whole_where_that_is_wanted():
    text = "voir http://x.fr/a-b-c et plus"
    assert wrapped(text, 9, addresses_whole=True) == ["voir", "http://x.fr/a-b-c", "et plus"]


prose = st.text(st.sampled_from("abé -–«»%:;?10[]()°\n機"), max_size=40)


@given(prose, st.integers(0, 20))
def test_no_line_is_too_wide_and_no_letter_is_lost(text, width):
    lines = wrapped(text, width)
    assert all(cell_len(line) <= max(width, 1) or len(line) == 1 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(prose, st.integers(1, 20))
def test_a_word_is_broken_only_where_it_alone_is_too_wide(text, width):
    whole = {line[start:end] for line in text.split("\n") for start, end in pieces(line)}
    if all(cell_len(piece) <= width for piece in whole):
        for line in wrapped(text, width):
            assert {line[start:end] for start, end in pieces(line)} <= whole | {""}


def test_styles_follow_their_words():
    text = Text("un ", style="bold").append("deux trois", "italic")
    broken = wrap(text, 8)
    assert broken.plain == "un deux\ntrois"
    assert [broken.plain[span.start : span.end] for span in broken.spans if span.style == "italic"] == ["deux", "trois"]


def test_widths():
    assert widest_line(Text("un deux\ntrois")) == 7
    assert widest_piece(Text("éco-construction de\nla mer")) == len("construction")
    assert widest_piece(Text("x" * 99)) == 99
    assert widest_piece(Text("Bois\nbois-grand-est")) == len("bois-grand-est")
    assert widest_piece(Text("Bois\nbois-grand-est"), whole_ids=False) == len("grand-")
    assert widest_piece(Text("un http://x.fr/a-b")) == len("http://x.fr/a-b")
    assert widest_piece(Text("un http://x.fr/a-b"), addresses=False) == len("un")
    assert widest_piece(Text("http://x.fr/a-b"), addresses=False) == 0
    assert widest_line(Text("")) == widest_piece(Text("")) == 0
