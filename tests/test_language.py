"""The language that is spoken, and how it writes numbers, days and what was typed."""

import pytest

from cmq_cli import language
from cmq_cli.commands import COMMANDS
from support import cmq, outside, split
from test_cli import WRONG

SPACE, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("environ", "spoken"),
    [
        ({}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr"}, "fr"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "fr_FR.UTF-8"}, "en"),
        ({"LC_MESSAGES": "fr_BE", "LANG": "en_US"}, "fr"),
        ({"LC_ALL": "en_GB", "LC_MESSAGES": "fr_FR", "LANG": "fr_FR"}, "en"),
        ({"CMQ_LANG": "fr", "LC_ALL": "en_US.UTF-8"}, "fr"),
        ({"CMQ_LANG": "en", "LC_ALL": "fr_FR.UTF-8"}, "en"),
        ({"CMQ_LANG": "", "LANG": "fr_FR"}, "fr"),
        ({"CMQ_LANG": "breizh", "LANG": "fr_FR"}, "en"),
    ],
)
def test_the_environment_says_which_language_is_spoken(environ, spoken, monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    assert language.spoken_in(environ) == spoken


@pytest.mark.parametrize(("primary", "spoken"), [(0x040C, "fr"), (0x0C0C, "fr"), (0x0409, "en"), (0x0407, "en")])
def test_windows_says_it_where_the_environment_does_not(primary, spoken, monkeypatch):
    class Windows:
        class kernel32:  # noqa: N801 - what ctypes calls it
            GetUserDefaultUILanguage = staticmethod(lambda: primary)

    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr("ctypes.windll", Windows, raising=False)
    assert language.spoken_in({}) == spoken
    assert language.spoken_in({"LANG": "fr_FR"}) == "fr"
    assert language.spoken_in({"CMQ_LANG": "en"}) == "en"


@pytest.mark.parametrize(
    ("write", "english", "french"),
    [
        (lambda: language.number(7), "7", "7"),
        (lambda: language.number(10_000), "10,000", f"10{NARROW}000"),
        (lambda: language.number(1_234_567), "1,234,567", f"1{NARROW}234{NARROW}567"),
        (lambda: language.day("2017"), "2017", "2017"),
        (lambda: language.day("2025-03"), "March 2025", "mars 2025"),
        (lambda: language.day("2025-03-01"), "1 March 2025", "1er mars 2025"),
        (lambda: language.day("2017-02-13"), "13 February 2017", "13 février 2017"),
        (lambda: language.quoted("bois"), "'bois'", f"«{SPACE}bois{SPACE}»"),
        (lambda: language.quoted("x" * 61), f"'{'x' * 59}…'", f"«{SPACE}{'x' * 59}…{SPACE}»"),
        (lambda: language.quoted("\x1b[1m"), "'\\x1b[1m'", f"«{SPACE}\\x1b[1m{SPACE}»"),
    ],
)
def test_numbers_and_quotes_are_written_as_readers_expect(write, english, french):
    assert write() == english
    language.speak("fr")
    assert write() == french


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Besançon, œuvre « d'art »", "Besançon, œuvre « d'art »"),
        (f"10{NARROW}000{SPACE}%", f"10{NARROW}000{SPACE}%"),
        ("two\nlines\tand more", "two lines and more"),
        ("\x1b[31mred\x07", "\\x1b[31mred\\x07"),
        ("besan\udce7on", "besan\\xe7on"),
        ("\ud800", "\\ud800"),
        ("\u202eturned", "\\u202eturned"),
        ("e\u0301", "e\u0301"),
    ],
)
def test_what_a_terminal_would_obey_or_cannot_show_is_spelled_out(text, shown):
    assert language.printable(text) == shown


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["cmq", "list", "métier"], "cmq list métier"),
        (["Pays de la Loire", "25", "-r"], '"Pays de la Loire" 25 -r'),
        (["L'Haÿ-les-Roses"], '"L\'Haÿ-les-Roses"'),
        (["$(x)", "a`b", "it's $5", "!"], r"""'$(x)' 'a`b' 'it'\''s $5' '!'"""),
        ([""], '""'),
    ],
)
def test_a_line_to_type_has_quotes_where_a_shell_needs_them(words, line):
    assert language.typed(*words) == line


def test_every_word_of_the_help_is_translated(brackets):
    said = "table json jsonl csv tsv md geojson html svg bash zsh fish powershell N A,B KM cmq"
    known = {*said.split(), *COMMANDS}
    for arguments in ([], *([name] for name in COMMANDS)):
        code, page, err = cmq(*arguments, "-h", CMQ_LANG="fr")
        assert (code, err) == (0, "")
        lines = [line for line in outside(page).splitlines() if not line.startswith("  cmq ")]
        words = {word.strip(",") for line in lines for word in line.split() if not word.startswith("-")}
        assert words <= known, arguments


def test_every_error_of_usage_is_translated(brackets):
    answers = {line: cmq(*split(line), CMQ_LANG="fr") for line, _ in WRONG}
    assert {line: err for line, (_, _, err) in answers.items() if outside(err).strip()} == {}


def test_what_programs_read_does_not_change_with_the_language(brackets):
    for line in ("list --json", "count --by region --csv", "waves --fields number,total --format tsv", "schema"):
        english, french = cmq(*line.split()), cmq(*line.split(), CMQ_LANG="fr")
        assert english[:2] == french[:2]
