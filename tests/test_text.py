"""The comparison of French text: tables of cases, and laws that hold for any text."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmq_cli import text

FRENCH = st.text("abcdefghilmnopqrstuvxyzàâæçéèêëîïôœùûüÿABCDEFGHIÀÇÉÈÎÔŒ0123456789 '-&.,()")
FOLDED = FRENCH.map(text.fold)
PHRASES = FOLDED.filter(bool)

SAME = [
    "Plasti Campus|PLASTI CAMPUS|plasti campus",
    "Besançon|besancon|BESANÇON|Besanc\u0327on",
    "Évry|EVRY|E\u0301vry",
    "œnotourisme|oenotourisme|Œnotourisme|ŒNOTOURISME",
    "Lætitia|Laetitia|LÆTITIA",
    "métiers d'art|métiers d’art|métiers d‘art|metiers dʼart|METIERS D`ART|métiers d′art|métiers d art",
    "éco-construction|éco‐construction|éco‑construction|éco–construction|éco_construction|eco - construction",
    "Le Touquet|Le\u00a0Touquet|Le\u202fTouquet|Le\tTouquet| Le  Touquet\n|Le\u2009Touquet",
    "mécatronique|méca\u00adtronique|méca\u200btronique|\ufeffmécatronique|méca\u2060tronique",
    "Saint-Denis|St-Denis|ST DENIS|St. Denis|saint denis",
    "Sainte-Foy|Ste-Foy|STE FOY",
    "hôtelleries|hôtellerie|HOTELLERIES",
    "matériaux|matériau",
    "Chimie & biotechnologies|chimie et biotechnologie|Chimie&biotechnologies",
    "ＢＴＰ|BTP",
    '« Campus Lumière »|"Campus Lumière"|“campus lumiere”|Campus-Lumière',
    "industrie 4.0|Industrie 4,0|industrie 4-0",
]


def test_fold_makes_spellings_equal_and_keeps_words_apart():
    assert [same for same in SAME if len(set(map(text.fold, same.split("|")))) > 1] == []
    different = [("Saint-Denis", "Sainte-Denis"), ("bois", "bio"), ("3D", "3E"), ("bus", "bu")]
    assert [pair for pair in different if text.fold(pair[0]) == text.fold(pair[1])] == []


def test_fold():
    cases = {
        "Métiers d’art à ST-PAUL-LÈS-DAX": "metier d art a saint paul les dax",
        "Design, matériaux & innovation (DM&I)": "design materiau et innovation dm et i",
        "Straße": "strasse",
        "ﬁlière": "filiere",
        " '’-–": "",
        "\udc80\x00\x1b[31m👩‍👧": "31m",
    }
    assert {typed: text.fold(typed) for typed in cases} == cases


@given(st.text(st.characters(exclude_categories=())))
def test_folding_twice_changes_nothing(any_):
    assert text.fold(text.fold(any_)) == text.fold(any_)
    assert text.plain(text.plain(any_)) == text.plain(any_)


@given(FRENCH, st.randoms(use_true_random=False))
def test_how_french_is_written_makes_no_difference(french, choose: random.Random):
    written = french.replace("œ", choose.choice(["œ", "oe"])).replace("æ", choose.choice(["æ", "ae"]))
    written = unicodedata.normalize(choose.choice(["NFC", "NFD"]), written)
    written = written.replace("'", choose.choice("'’‘ʼ′")).replace("-", choose.choice("-‐‑–—− "))
    written = written.replace(" ", choose.choice([" ", "\u00a0", "\u202f", "  ", "\t"]))
    written = choose.choice([str.upper, str.lower, str.casefold, str.swapcase])(written)
    bare = "".join(char for char in unicodedata.normalize("NFD", written) if not unicodedata.combining(char))
    assert text.fold(bare) == text.fold(written) == text.fold(french)
    assert text.words(written) == text.words(french)
    assert text.forms(written) == text.forms(french)


def test_words_and_slugs():
    cases = {"Les métiers de la mer": "metier mer", "bien-être et santé": "bien etre sante", "de la": "de la", "!?": ""}
    assert {typed: " ".join(text.words(typed)) for typed in cases} == cases
    cases = {"Île-de-France": "ile-de-france", "Côte d’Azur (06)": "cote-d-azur-06", "Œuvre & C°": "oeuvre-et-c"}
    assert {name: text.slug(name) for name in cases} == cases


def test_forms_meet_where_two_texts_say_the_same():
    meeting = {
        **{"éco-construction": "écoconstruction", "Plasti Campus": "plasticampus", "Côte-d'Or": "cote dor"},
        **{"Hauts-de-France": "#HautsDeFrance", "Pays de la Loire": "Pays de Loire", "métiers d'art": "métierdart"},
        **{"Les Sables-d'Olonne": "sables d olonne", "Travaux publics": "travauxpublics"},
    }
    assert [pair for pair in meeting.items() if text.forms(pair[0]).isdisjoint(text.forms(pair[1]))] == []
    assert text.forms("Loire").isdisjoint(text.forms("Haute-Loire"))
    assert text.forms("") == frozenset()


FITS = [
    ("mer", "economie de la mer", 2),
    ("ecoconstruction", "bois eco construction", 2),
    ("dart", "metier d art", 2),
    ("aero", "aeronautique", 1),
    ("mode", "modele et mode", 2),
    ("navale", "industrie naval", 0),  # no rule of word formation
    ("", "mer", 0),
    ("industrie du futur", "design et industrie du futur", 2),
    (".*", "anything", 0),
]


def test_fit():
    assert [(word, within, text.fit(word, within)) for word, within, _ in FITS] == FITS


@given(PHRASES, FOLDED, FOLDED)
def test_fit_finds_whole_words_anywhere_and_starts(phrase, before, behind):
    whole = " ".join(filter(None, (before, phrase, behind)))
    assert text.fit(phrase, phrase) == text.fit(phrase, whole) == text.fit(phrase.replace(" ", ""), phrase) == 2
    start = phrase.split()[-1][:4]
    assert text.fit(start, phrase) >= (len(start) >= 3)


def test_sorting_follows_a_french_dictionary():
    names = ["Zeste", "énergie", "Eau", "Œnologie", "odeur", "Île-de-France", "Oise", "cote", "Côte-d'Or", "côté"]
    expected = ["cote", "côté", "Côte-d'Or", "Eau", "énergie", "Île-de-France", "odeur", "Œnologie", "Oise", "Zeste"]
    assert sorted(names, key=text.sort_key) == expected


SUGGESTED = [
    ("bretange", "Bretagne|Normandie", "Bretagne"),
    ("mecatronik", "mécatronique|Systèmes innovants, mécatronique", "mécatronique|Systèmes innovants, mécatronique"),
    ("search", "near|show|sectors|sources", ""),
    ("desc", "name|region|city|wave|date|id", ""),
    ("wvae", "wave|name", "wave"),
    ("dep", "department|date", "department"),
    ("lsit", "list|near", "list"),
    ("hautes france", "Hauts-de-France|Île-de-France", "Hauts-de-France"),
    ("sport", "transport|port|export", ""),
    ("x", "xy", ""),
    ("m" * 10_000, "mer", ""),
]


def test_suggestions_are_like_in_spelling_and_plausible():
    got = [(typed, names, "|".join(text.suggest(typed, names.split("|")))) for typed, names, _ in SUGGESTED]
    assert got == SUGGESTED


def test_accents_that_were_typed_must_agree():
    pairs = [("maçon", "maçon"), ("macon", "maçon"), ("patissière", "pâtissière"), ("Œnologue", "œnologue")]
    assert [text.agree(*pair) for pair in (*pairs, ("Mâcon", "maçon"))] == [True] * 4 + [False]


def test_partial_dates():
    last = {"2017": "2017-12-31", "2016-02": "2016-02-29", "9999-12": "9999-12-31", "2017-02-13": "2017-02-13"}
    assert {typed: str(text.last_day(typed)) for typed in last} == last
    first = {"2017": "2017-01-01", "2016-02": "2016-02-01", "2017-02-13": "2017-02-13"}
    assert {typed: str(text.first_day(typed)) for typed in first} == first
    wrong = ["", "17", "2017-2", "2017-00", "2017-13", "2017-02-30", "0000", "２０１７", "2017-02-13\n", "20170213"]
    for typed in wrong:
        with pytest.raises(ValueError, match=r"."):
            text.last_day(typed)
