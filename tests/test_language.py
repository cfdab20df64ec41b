"""The language that is spoken, and how it writes numbers, days and what was typed."""

from types import SimpleNamespace

from cmq_cli import language
from cmq_cli.commands import COMMANDS
from support import WRONG, cmq, outside, split

SPACE, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"

SPOKEN = [
    ({}, "en"),
    ({"LANG": "fr_FR.UTF-8"}, "fr"),
    ({"LANG": "de_DE.UTF-8"}, "en"),
    ({"LC_ALL": "C", "LANG": "fr_FR.UTF-8"}, "en"),
    ({"LC_MESSAGES": "fr_BE", "LANG": "en_US"}, "fr"),
    ({"CMQ_LANG": "fr", "LC_ALL": "en_US.UTF-8"}, "fr"),
    ({"CMQ_LANG": "en", "LC_ALL": "fr_FR.UTF-8"}, "en"),
    ({"CMQ_LANG": "", "LANG": "fr_FR"}, "fr"),
    ({"CMQ_LANG": "breizh", "LANG": "fr_FR"}, "en"),
]


def test_the_environment_says_which_language_is_spoken_and_on_windows_else_the_system(monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    assert [(environ, language.spoken_in(environ)) for environ, _ in SPOKEN] == SPOKEN
    monkeypatch.setattr("sys.platform", "win32")
    for system, spoken in ((0x0C0C, "fr"), (0x0407, "en")):
        kernel = SimpleNamespace(GetUserDefaultUILanguage=lambda system=system: system)
        monkeypatch.setattr("ctypes.windll", SimpleNamespace(kernel32=kernel), raising=False)
        assert [language.spoken_in(environ) for environ in ({}, {"CMQ_LANG": "en"})] == [spoken, "en"]


WRITTEN = [
    (lambda: language.number(1_234_567), "1,234,567", f"1{NARROW}234{NARROW}567"),
    (lambda: language.day("2017"), "2017", "2017"),
    (lambda: language.day("2025-03"), "March 2025", "mars 2025"),
    (lambda: language.day("2025-03-01"), "1 March 2025", "1er mars 2025"),
    (lambda: language.day("2017-02-13"), "13 February 2017", "13 février 2017"),
    (lambda: language.quoted("bois"), "'bois'", f"«{SPACE}bois{SPACE}»"),
    (lambda: language.quoted("x" * 61), f"'{'x' * 59}…'", f"«{SPACE}{'x' * 59}…{SPACE}»"),
    (lambda: language.quoted("\x1b[1m"), "'\\x1b[1m'", f"«{SPACE}\\x1b[1m{SPACE}»"),
]


def test_numbers_and_quotes_are_written_as_readers_expect():
    assert [write() for write, *_ in WRITTEN] == [english for _, english, _ in WRITTEN]
    language.speak("fr")
    assert [write() for write, *_ in WRITTEN] == [french for *_, french in WRITTEN]


SPELLED = {
    "Besançon, œuvre « d'art »": "Besançon, œuvre « d'art »",
    f"10{NARROW}000{SPACE}%": f"10{NARROW}000{SPACE}%",
    "two\nlines\tand more": "two lines and more",
    "\x1b[31mred\x07": "\\x1b[31mred\\x07",
    "besan\udce7on": "besan\\xe7on",
    "\ud800": "\\ud800",
    "\u202eturned": "\\u202eturned",
    "e\u0301": "e\u0301",
}
LINES = {
    ("cmq", "list", "métier"): "cmq list métier",
    ("Pays de la Loire", "25", "-r"): '"Pays de la Loire" 25 -r',
    ("L'Haÿ-les-Roses",): '"L\'Haÿ-les-Roses"',
    ("$(x)", "a`b", "it's $5", "!"): r"""'$(x)' 'a`b' 'it'\''s $5' '!'""",
    ("",): '""',
}


def test_what_a_terminal_or_a_shell_would_obey_is_spelled_out_or_quoted():
    assert {text: language.printable(text) for text in SPELLED} == SPELLED
    assert {words: language.shell(*words) for words in LINES} == LINES


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
