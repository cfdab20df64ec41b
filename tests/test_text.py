"""The comparison of French text: tables of cases, and laws that hold for any text."""

import random
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmq_cli import text
from hostile import HOSTILE

ANY = st.text(st.characters(exclude_categories=()))
"""Any text, lone surrogates and control characters included."""

FRENCH = st.text("abcdefghilmnopqrstuvxyzàâæçéèêëîïôœùûüÿABCDEFGHIÀÇÉÈÎÔŒ0123456789 '-&.,()")
FOLDED = FRENCH.map(text.fold)
PHRASES = FOLDED.filter(lambda folded: 0 < len(folded) <= 200)

SAME = {
    "case": ["Plasti Campus", "PLASTI CAMPUS", "plasti campus"],
    "accents": ["Besançon", "besancon", "BESANÇON", "Besanc\u0327on"],
    "capital accents": ["Évry", "EVRY", "E\u0301vry"],
    "ligature oe": ["œnotourisme", "oenotourisme", "Œnotourisme", "ŒNOTOURISME"],
    "ligature ae": ["Lætitia", "Laetitia", "LÆTITIA"],
    "apostrophes": [
        *("métiers d'art", "métiers d’art", "métiers d‘art", "metiers dʼart", "METIERS D`ART", "métiers d´art"),
        *("métiers d′art", "métiers d＇art", "métiers d art"),
    ],
    "hyphens": [
        *("éco-construction", "éco‐construction", "éco‑construction", "éco–construction", "éco—construction"),
        *("éco−construction", "éco construction", "éco_construction", "eco - construction"),
    ],
    "spaces": ["Le Touquet", "Le\u00a0Touquet", "Le\u202fTouquet", "Le\tTouquet", " Le  Touquet\n", "Le\u2009Touquet"],
    "invisible": [
        "mécatronique",
        "méca\u00adtronique",
        "méca\u200btronique",
        "\ufeffmécatronique",
        "méca\u2060tronique",
    ],
    "saint": ["Saint-Denis", "St-Denis", "ST DENIS", "St. Denis", "saint denis"],
    "sainte": ["Sainte-Foy", "Ste-Foy", "STE FOY"],
    "plural s": ["hôtelleries", "hôtellerie", "HOTELLERIES"],
    "plural x": ["matériaux", "matériau"],
    "plurals inside": ["métiers d'art", "metier d art", "Métiers d'Arts"],
    "ampersand": ["Chimie & biotechnologies", "chimie et biotechnologie", "Chimie&biotechnologies"],
    "roman numerals": ["Louis XIV", "louis xiv", "LOUIS 14"],
    "ordinals": ["4e", "4ème", "4ème", "IVe", "IVème", "4ᵉ"],
    "first": ["1er", "1re", "1ère", "1e"],
    "full width": ["ＢＴＰ", "BTP"],
    "quotes": ["« Campus Lumière »", '"Campus Lumière"', "“campus lumiere”", "Campus-Lumière"],
    "numbers": ["industrie 4.0", "Industrie 4,0", "industrie 4-0"],
}

DIFFERENT = [
    pytest.param("Saint-Denis", "Sainte-Denis", id="saint isn't sainte"),
    pytest.param("vie", "6e", id="the word vie"),
    pytest.param("bois", "bio", id="short words"),
    pytest.param("3D", "3E", id="a letter behind a digit"),
    pytest.param("bus", "bu", id="words of three letters keep their s"),
    pytest.param("X", "10", id="single letters are no numerals"),
]


@pytest.mark.parametrize(
    ("one", "other"), [pytest.param(all_[0], one, id=f"{name} {one!a}") for name, all_ in SAME.items() for one in all_]
)
def test_fold_makes_spellings_equal(one: str, other: str) -> None:
    assert text.fold(other) == text.fold(one)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_fold_keeps_different_words_apart(one: str, other: str) -> None:
    assert text.fold(one) != text.fold(other)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        pytest.param("Métiers d’art", "metier d art", id="metiers d'art"),
        pytest.param("ST-PAUL-LÈS-DAX", "saint paul les dax", id="saint"),
        pytest.param("Design, matériaux & innovation (DM&I)", "design materiau et innovation dm et i", id="ampersand"),
        pytest.param("Straße", "strasse", id="sharp s"),
        pytest.param("ﬁlière", "filiere", id="typographic ligature"),
        pytest.param("", "", id="empty"),
        pytest.param(" '’-–", "", id="no word"),
        pytest.param("\udc80\x00\x1b[31m", "31m", id="control codes"),
        pytest.param("👩‍👧", "", id="emoji"),
    ],
)
def test_fold(typed: str, folded: str) -> None:
    assert text.fold(typed) == folded


@settings(deadline=None)
@given(ANY)
def test_fold_twice_changes_nothing(any_: str) -> None:
    assert text.fold(text.fold(any_)) == text.fold(any_)


@settings(deadline=None)
@given(ANY)
def test_plain_twice_changes_nothing(any_: str) -> None:
    assert text.plain(text.plain(any_)) == text.plain(any_)


@settings(deadline=None)
@given(FRENCH, st.randoms(use_true_random=False))
def test_fold_ignores_how_french_is_written(french: str, choose: random.Random) -> None:
    written = french.replace("œ", choose.choice(["œ", "oe"])).replace("æ", choose.choice(["æ", "ae"]))
    written = unicodedata.normalize(choose.choice(["NFC", "NFD"]), written)
    written = written.replace("'", choose.choice("'’‘ʼ′")).replace("-", choose.choice("-‐‑–—− "))
    written = written.replace(" ", choose.choice([" ", "\u00a0", "\u202f", "  ", "\t"]))
    written = choose.choice([str.upper, str.lower, str.casefold, str.swapcase])(written)
    assert text.fold(written) == text.fold(french)
    assert text.words(written) == text.words(french)
    assert text.forms(written) == text.forms(french)


@settings(deadline=None)
@given(FRENCH)
def test_fold_ignores_accents(french: str) -> None:
    bare = "".join(char for char in unicodedata.normalize("NFD", french) if not unicodedata.combining(char))
    assert text.fold(bare) == text.fold(french)


@settings(deadline=None)
@given(FRENCH)
def test_words_are_words_of_the_folded_text(french: str) -> None:
    folded = text.fold(french).split()
    kept = text.words(french)
    assert set(kept) <= set(folded)
    assert bool(kept) == bool(folded)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("Les métiers de la mer", ("metier", "mer"), id="articles"),
        pytest.param(
            "Thermalisme, bien-être et pleine santé", ("thermalisme", "bien", "etre", "pleine", "sante"), id="and"
        ),
        pytest.param(
            "Économie touristique Paris-Val d'Europe", ("economie", "touristique", "pari", "val", "europe"), id="d'"
        ),
        pytest.param("de la", ("de", "la"), id="nothing else said"),
        pytest.param("!?", (), id="no word"),
    ],
)
def test_words(typed: str, expected: tuple[str, ...]) -> None:
    assert text.words(typed) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("éco-construction", "écoconstruction", id="hyphen"),
        pytest.param("Plasti Campus", "plasticampus", id="space"),
        pytest.param("Hauts-de-France", "#HautsDeFrance", id="hashtag"),
        pytest.param("Pays de la Loire", "Pays de Loire", id="article left out"),
        pytest.param("Les Sables-d'Olonne", "sables d olonne", id="leading article"),
        pytest.param("Le Touquet", "touquet", id="name without article"),
        pytest.param("Travaux publics", "travauxpublics", id="plurals in a hashtag"),
        pytest.param("Côte-d'Or", "cote dor", id="elision"),
    ],
)
def test_forms_meet(one: str, other: str) -> None:
    assert text.forms(one) & text.forms(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Loire", "Haute-Loire", id="part"),
        pytest.param("", "", id="empty"),
        pytest.param("Savoie", "Haute-Savoie", id="savoie"),
    ],
)
def test_forms_do_not_meet(one: str, other: str) -> None:
    assert not text.forms(one) & text.forms(other)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param(
            "École nationale supérieure de mécanique et des microtechniques (Besançon)", {"ensmm"}, id="school"
        ),
        pytest.param("Autonomie, longévité, santé", {"als"}, id="commas"),
        pytest.param(
            "École spéciale des travaux publics, du bâtiment et de l'industrie (ESTP)", {"estp", "estpbi"}, id="part"
        ),
        pytest.param("Relation client", set(), id="two words make no acronym"),
        pytest.param("", set(), id="empty"),
    ],
)
def test_initials(name: str, expected: set[str]) -> None:
    assert text.initials(name) == expected


@pytest.mark.parametrize(
    ("word", "within", "expected"),
    [
        pytest.param("mer", "economie de la mer", 2, id="whole word"),
        pytest.param("ecoconstruction", "bois eco construction", 2, id="whole words without a space"),
        pytest.param("bois", "bois", 2, id="whole text"),
        pytest.param("dart", "metier d art", 2, id="elision"),
        pytest.param("aero", "aeronautique", 1, id="start of a word"),
        pytest.param("mode", "modele et mode", 2, id="start, and whole later"),
        pytest.param("aerospatiale", "filiere aerospatial", 2, id="feminine"),
        pytest.param("innovante", "materiau innovant", 2, id="feminine participle in t"),
        pytest.param("connectee", "mecanique connecte", 2, id="feminine participle in é"),
        pytest.param("aerospatial", "filiere aerospatiale", 2, id="masculine"),
        pytest.param("naval", "industrie navale", 1, id="short masculine"),
        pytest.param("culture", "developpement culturel", 1, id="adjective"),
        pytest.param("laval", "la valorisation", 0, id="not across the start of a word"),
        pytest.param("naval", "val", 0, id="longer"),
        pytest.param("utique", "aeronautique", 0, id="end of a word"),
        pytest.param("ia", "iard", 0, id="two letters start no word"),
        pytest.param("ia", "projet ia", 2, id="two letters are a word"),
        pytest.param("", "mer", 0, id="nothing"),
        pytest.param("mer", "", 0, id="in nothing"),
        pytest.param("industrie du futur", "design et industrie du futur", 2, id="phrase"),
        pytest.param("m" * 201, "m" * 201, 0, id="longer than anything"),
        pytest.param(".*", "anything", 0, id="no pattern"),
    ],
)
def test_fit(word: str, within: str, expected: int) -> None:
    assert text.fit(word, within) == expected


@settings(deadline=None)
@given(PHRASES, FOLDED, FOLDED)
def test_fit_finds_whole_words_anywhere(phrase: str, before: str, behind: str) -> None:
    assert text.fit(phrase, phrase) == 2
    assert text.fit(phrase, " ".join(filter(None, (before, phrase, behind)))) == 2
    assert text.fit(phrase.replace(" ", ""), phrase) == 2


@settings(deadline=None)
@given(PHRASES, st.integers(min_value=3))
def test_fit_finds_the_start_of_a_word(phrase: str, letters: int) -> None:
    start = phrase.split()[-1][:letters]
    assert text.fit(start, phrase) >= (1 if len(start) >= 3 else 0)


@settings(deadline=None)
@given(FOLDED, FOLDED, FOLDED)
def test_fit_only_grows_with_the_text(word: str, within: str, more: str) -> None:
    assert text.fit(word, within) <= text.fit(word, f"{within} {more}".strip())


@settings(deadline=None)
@given(FOLDED.map(lambda folded: folded.replace(" ", "")), FOLDED)
def test_fit_finds_only_what_is_there(word: str, within: str) -> None:
    if text.fit(word, within):
        assert text.stub(word) in within.replace(" ", "")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("thiviers", "'thiviers'", id="word"),
        pytest.param("l'art", '"l\'art"', id="apostrophe"),
        pytest.param("a\nb\x1b[31m", r"'a\nb\x1b[31m'", id="control codes"),
        pytest.param("\udc80", r"'\udc80'", id="lone surrogate"),
        pytest.param("\u202e", r"'\u202e'", id="direction"),
        pytest.param("Besançon 👍", "'Besançon 👍'", id="letters and emoji stay"),
        pytest.param("x" * 100, "'" + "x" * 59 + "…'", id="long"),
        pytest.param("", "''", id="empty"),
    ],
)
def test_shown(typed: str, expected: str) -> None:
    assert text.shown(typed) == expected


@settings(deadline=None)
@given(ANY)
def test_shown_fits_in_one_line(any_: str) -> None:
    assert text.shown(any_).isprintable()


FRENCH_ORDER = [
    "3E, éco-construction",
    "Aéronautique",
    "Aéronautique et spatial",
    "Auto'Mobilités",
    "Autonomie",
    "cote",
    "coté",
    "côte",
    "Développement",
    "E-commerce",
    "Économie de la mer",
    "Ecoquartier",
    "Éducation",
    "Elan",
    "Étoile",
    "Île-de-France",
    "Industrie",
    "La Réunion",
    "œnologie",
    "Oenotourisme",
    "Ouest",
    "Saint-Denis",
    "Saint-Omer",
    "Sainte-Foy",
    "Zinc",
]


def test_sort_key_sorts_as_a_french_dictionary() -> None:
    shuffled = random.Random(3).sample(FRENCH_ORDER, len(FRENCH_ORDER))
    assert sorted(shuffled, key=text.sort_key) == FRENCH_ORDER


@settings(deadline=None)
@given(ANY, ANY)
def test_sort_key_is_total(one: str, other: str) -> None:
    assert (text.sort_key(one) == text.sort_key(other)) == (one == other)


@settings(deadline=None)
@given(st.lists(FRENCH))
def test_sort_key_leaves_no_order_to_chance(names: list[str]) -> None:
    backwards = names[::-1]
    assert sorted(backwards, key=text.sort_key) == sorted(names, key=text.sort_key)


REGIONS = ["Bretagne", "Bourgogne", "Normandie", "Occitanie", "Corse", "Nouvelle-Aquitaine"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("Bretange", ["Bretagne"], id="two letters changed places"),
        pytest.param("bourgone", ["Bourgogne", "Bretagne"], id="letter missing"),
        pytest.param("NORMENDIE", ["Normandie"], id="wrong letter"),
        pytest.param("corsse", ["Corse"], id="letter doubled"),
        pytest.param("aquitaine", ["Nouvelle-Aquitaine"], id="part"),
        pytest.param("Bretagne", ["Bretagne"], id="right"),
        pytest.param("xyzzy", [], id="nothing near"),
        pytest.param("", [], id="empty"),
        pytest.param("b" * 100_000, [], id="long"),
    ],
)
def test_nearest(typed: str, expected: list[str]) -> None:
    assert text.nearest(typed, REGIONS) == expected


def test_nearest_puts_the_best_first_and_equals_in_alphabetical_order() -> None:
    assert text.nearest("region", ["regiom", "légion", "region", "regiot", "regiob"], limit=4) == [
        "region",
        "légion",
        "regiob",
        "regiom",
    ]


@settings(deadline=None)
@given(FRENCH, st.lists(FRENCH, unique=True), st.integers(min_value=0, max_value=5))
def test_nearest_gives_candidates_in_one_order(typed: str, candidates: list[str], limit: int) -> None:
    near = text.nearest(typed, candidates, limit=limit)
    assert len(near) <= limit
    assert set(near) <= set(candidates)
    assert near == text.nearest(typed, list(reversed(candidates)), limit=limit)


@settings(deadline=None)
@given(st.sampled_from(REGIONS), st.data())
def test_nearest_forgives_one_letter(region: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(region) - 1))
    letter = data.draw(st.sampled_from(["", "e", "z"]))
    assert region in text.nearest(region[:at] + letter + region[at + 1 :], REGIONS)


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_text_is_compared(typed: str) -> None:
    for compare in (text.plain, text.fold, text.words, text.forms, text.initials, text.sort_key, text.shown):
        compare(typed)
    text.fit(text.fold(typed), "bois eco construction")
    text.nearest(typed, REGIONS)


@pytest.mark.parametrize("word", ["vie", "vire", "ivre", "vinde", "mixe", "dix", "six"])
def test_a_word_that_begins_like_a_numeral_is_no_ordinal(word: str) -> None:
    assert not text.fold(word)[0].isdigit()


def test_forms_are_without_spaces() -> None:
    assert text.forms("Éco-construction & bois") == {"ecoconstructionetboi", "ecoconstructionboi"}
    assert text.forms("Métiers d'art") == {"metierdart", "metierart", "metiersdart"}
    assert text.forms("Pays de la Loire") == {"paydelaloire", "payloire", "paysdelaloire"}
    assert text.forms(" - ") == frozenset()


def test_a_phrase_fits_a_text_that_writes_it_as_one_word() -> None:
    assert text.fit("eco construction", "bois ecoconstruction") == 2
    assert text.fit("eco construction", "bois ecoconstructions") == 0


def test_a_text_is_cut_only_where_it_is_too_long() -> None:
    assert text.shown("a" * 60) == repr("a" * 60)
    assert text.shown("a" * 61) == repr("a" * 59 + "…")


def test_words_apart_sort_before_words_joined() -> None:
    assert sorted(["Pôle2", "Pôle 2", "Pôle"], key=text.sort_key) == ["Pôle", "Pôle 2", "Pôle2"]


def test_three_are_near_enough() -> None:
    assert text.nearest("besancon", ["besancon a", "besancon b", "besancon c", "besancon d"]) == [
        *("besancon a", "besancon b", "besancon c")
    ]


@pytest.mark.parametrize(
    ("wanted", "others", "cutoff", "expected"),
    [
        pytest.param("a", ["a", "b"], 0.6, {"a": 1.0}, id="one letter"),
        pytest.param("", ["", "a"], 0.0, {}, id="nothing is like nothing"),
        pytest.param("a", ["abc"], 0.5, {"abc": 0.5}, id="just enough"),
        pytest.param("ab" * 100, ["ab" * 100], 0.6, {"ab" * 100: 1.0}, id="as long as may be"),
        pytest.param("ab" * 100, ["ba" * 100], 0.6, {"ba" * 100: 0.995}, id="letters that occur often count too"),
        pytest.param("ab" * 100, ["ab" * 100 + "a"], 0.6, {}, id="other too long"),
        pytest.param("ab" * 100 + "a", ["ab" * 100], 0.6, {}, id="too long"),
        pytest.param("abcdef", ["abc", "abcdefg", "xyz"], 0.6, {"abc": 2 / 3, "abcdefg": 12 / 13}, id="some"),
    ],
)
def test_alike(wanted: str, others: list[str], cutoff: float, expected: dict[str, float]) -> None:
    assert text.alike(wanted, others, cutoff) == pytest.approx(expected)


def test_the_longest_word_fits_itself() -> None:
    assert text.fit("a" * 200, "a" * 200) == 2
    assert text.fit("a" * 201, "a" * 201) == 0


@pytest.mark.parametrize(
    ("typed", "meant", "errors"),
    [
        pytest.param("besancon", "besancon", 0, id="none"),
        pytest.param("", "dole", 4, id="nothing typed"),
        pytest.param("bezancon", "besancon", 1, id="wrong"),
        pytest.param("besancn", "besancon", 1, id="too few"),
        pytest.param("bessancon", "besancon", 1, id="too many"),
        pytest.param("ebsancon", "besancon", 1, id="exchanged at the beginning"),
        pytest.param("besancno", "besancon", 1, id="exchanged at the end"),
        pytest.param("badc", "abcd", 2, id="exchanged twice"),
        pytest.param("ca", "abc", 2, id="exchanged, with a letter between"),
        pytest.param("acb", "ba", 2, id="exchanged, with a letter too many"),
        pytest.param("abcdx", "xabcd", 2, id="moved"),
        pytest.param("abab", "baba", 2, id="repeated"),
        pytest.param("chimie", "cuisine", 3, id="another word"),
    ],
)
def test_typing_errors(typed: str, meant: str, errors: int) -> None:
    assert text.typing_errors(typed, meant) == text.typing_errors(meant, typed) == errors


LETTERS = st.text("abc", max_size=6)


@given(LETTERS, LETTERS, LETTERS)
def test_typing_errors_are_a_distance(one: str, other: str, third: str) -> None:
    errors = text.typing_errors(one, other)
    assert (errors == 0) == (one == other)
    assert abs(len(one) - len(other)) <= errors <= max(len(one), len(other))
    assert errors <= text.typing_errors(one, third) + text.typing_errors(third, other)


@pytest.mark.parametrize(
    ("typed", "others", "cutoff", "expected"),
    [
        pytest.param("besancon", ["bezancno", "bezaccno"], 0.0, {"bezancno"}, id="two errors in one word"),
        pytest.param(
            "a" * 15, ["a" * 12 + "bcd", "a" * 11 + "bcde"], 0.0, {"a" * 12 + "bcd"}, id="one to five letters"
        ),
        pytest.param("a" * 14, ["a" * 11 + "bcd"], 0.0, set(), id="not yet three"),
        pytest.param("pays loire", ["pays de la loire"], 0.6, {"pays de la loire"}, id="several words"),
        pytest.param("pays loire", ["haute loire"], 0.8, set(), id="several words, too unlike"),
    ],
)
def test_mistyped(typed: str, others: list[str], cutoff: float, expected: set[str]) -> None:
    assert set(text.mistyped(typed, others, cutoff)) == expected
    assert text.mistyped(typed, others, cutoff).items() <= text.alike(typed, others, cutoff).items()


@pytest.mark.parametrize(
    ("typed", "others", "expected"),
    [
        pytest.param("luxe", ["lixe", "luxee", "lix", "uxe"], {"lixe", "luxee", "uxe"}, id="short: one error"),
        pytest.param("fruit", ["froid", "frui"], {"frui"}, id="five letters are short"),
        pytest.param("sports", ["spurts", "spirta", "ports"], {"spurts", "spirta", "ports"}, id="longer: two errors"),
        pytest.param("sports", ["spirtaa", "borts"], set(), id="longer: three, or two and the first"),
        pytest.param("mmcatronqu", ["mecatronique"], {"mecatronique"}, id="as long as twelve letters: three errors"),
        pytest.param("hotelier", ["hotellerie", "hotes"], {"hotellerie"}, id="of one stem"),
        pytest.param("hotel luxe", ["transport"], {"transport"}, id="several words: any likeness"),
        pytest.param("bois", ["boiserie"], set(), id="no stem of four letters"),
    ],
)
def test_akin(typed: str, others: list[str], expected: set[str]) -> None:
    assert set(text.akin(typed, others, 0.0)) == expected
