"""French: the catalogue is whole and well set, and what is said is what a French reader would write."""

import json
import re
from html import unescape
from pathlib import Path
from string import Formatter

import openpyxl
import pytest

import catalogue
from cmq_cli import language
from cmq_cli.commands import COMMANDS
from support import WHOLE, changed, cmq, outside, split, written

MESSAGES = [message for message in catalogue.translated() if message.id]
PAIRS = [
    pair
    for each in MESSAGES
    for pair in (zip(each.id, each.string, strict=True) if each.pluralizable else [(each.id, each.string)])
]
"""Each message, and each of its plural forms, with its translation."""


def test_the_catalogue_is_up_to_date():
    made = catalogue.PO.read_bytes(), catalogue.MO.read_bytes()
    assert made == catalogue.today(), "python scripts/catalogue.py, then translate what it names, and run it again"
    assert b"Creation-Date" not in made[0]


def test_every_message_is_found_and_translated():
    code = "\n".join(path.read_text(encoding="utf-8") for path in (catalogue.ROOT / "src").rglob("*.py"))
    lost = re.finditer(r"""\bf(["'])(?:(?!\1).)*\{(?:_|ngettext)\(['"].*""", code)
    assert [each[0] for each in lost] == [], "no message is found inside of an f-string"
    assert [english for english, french in PAIRS if not french.strip()] == []
    assert [message.id for message in MESSAGES if message.fuzzy] == []


def fields(text):
    return {name for _text, name, _form, _conversion in Formatter().parse(text) if name}


def to_type(text):
    """Return the commands, options, files and coordinates that a sentence names."""
    commands = "|".join(COMMANDS)
    return sorted(set(re.findall(rf"\bcmq (?:{commands})|--[a-z-]+|[a-z]+\.(?:json|csv)|\d+\.\d+", text)))


def test_a_translation_keeps_every_placeholder_and_all_that_is_to_be_typed():
    """A number may be left out of, or added to, one of two forms: « le plus proche », « les 3 plus proches »."""
    lost = [pair for pair in PAIRS if to_type(pair[0]) != to_type(pair[1])]
    for message in MESSAGES:
        free = {"number"} if message.pluralizable else set()
        forms = zip(message.id, message.string, strict=True) if free else [(message.id, message.string)]
        lost += [(english, french) for english, french in forms if (fields(english) ^ fields(french)) - free]
    assert lost == []


MISTAKES = {
    "an ordinary space before a sign": r" [:;!?»%]",
    "no space before a sign": r"[^\s:;!?][;!?](?= |$)|[^\s]:(?= |$)",
    "a wide space before ; ! ?": r"\u00a0[;!?]",
    "a narrow space before : »": r"\u202f[:»%]",
    "a quotation mark without its space": r"«[^\u00a0]|[^\u00a0]»",
    "a straight apostrophe": r"\w'\w",
    "an English quotation mark": r"[“”]|(?<!\w)'\w",
    "an ordinal of more than a letter": r"\d(?:ème|ième|me)\b",
    "three dots": r"\.\.\.",
    "a ligature in two letters": r"(?i)\b(?:œ?uvre|c?oeur|oeu|noeud|voeu)",
    "a capital without its accent": r"\bE(?=[cdtpv][a-zéè])|\bIle\b|\bA (?=[a-zà])",
    "a blank too many": r"[ \u00a0\u202f]{2}|(?<!;)[ \u00a0\u202f]$|^[ \u00a0\u202f](?!;)",
    "a familiar address": r"(?i)\b(?:tu|toi|tes)\b",
    "an English word": r"(?i)\b(?:the|of|with|not|known|is|are|and|or)\b",
    "another word for the same thing": r"(?i)\b(?:secteurs?|mots?-clés?|séries?|institutions?|siège social|domaines?|"
    r"appels? d’offres|certifications?|étiquet\w+|répar\w+|indisponibles?|pipe|mails?)\b",
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_french_is_set_as_it_is_printed(mistake):
    texts = [re.sub(r"\{\w+(?::de)?\}", "x", french) for _, french in PAIRS]
    assert [text for text in texts if re.search(MISTAKES[mistake], text)] == []


def test_0_and_1_are_singular():
    language.speak("fr")
    forms = "{number} campus documented.", "{number} campuses documented."
    said = [language.ngettext(*forms, each) for each in range(4)]
    assert said == ["0 campus documenté.", "1 campus documenté.", "2 campus documentés.", "3 campus documentés."]


def test_a_name_stands_behind_de_as_it_is_spoken():
    language.speak("fr")
    academies = [each["name"] for each in WHOLE["territories"]["academies"]]
    said = {language._("academy of {name}").format(name=language.Name(name)) for name in academies}
    assert {"académie d’Aix-Marseille", "académie d’Orléans-Tours", "académie de La Réunion"} <= said
    assert not [one for one in said if re.search(r"de [AEIOUYÉÎ]|d’[^AEIOUYÉÎ]", one)]


# What is typed, and one line of what is said; * stands for a number.
SAID = re.findall(r"^\$ cmq (.*)\n(.*)$", Path(__file__).with_name("french.txt").read_text("utf-8"), re.MULTILINE)


def test_it_is_said_in_french():
    """Blanks are ordinary and single here; `MISTAKES` looks at those of French."""
    wrong = {}
    for line, said in SAID:
        _code, out, err = cmq(*split(line), CMQ_LANG="fr")
        pattern = re.compile(re.escape(said).replace(r"\*", r"\d+"))
        if not any(pattern.fullmatch(" ".join(each.split())) for each in (out + err).splitlines()):
            wrong[line] = err or out[:200]
    assert wrong == {}


LINES = [
    *("list", "list cuir", "show besancon", "show tourisme", "count bois", "count --by wave --by excellence"),
    *("near Nancy bois", "near 38300 --map", "map", "map -r bretagne", "waves", "waves 4", "figures", "figures bts"),
    *("sectors bois", "regions bretagne", "sources --unused", "list --as-of 2017-02-13", "list -w 4 -r bourgogne"),
    *("list -f md", "count --by region -f md", "waves -f md", "map -f svg", "map bois -f html"),
]
BESIDES = "UAI Jallieu Bourgoin cmq sources annuaire dataset explore table text official count"
"""Words of commands, addresses and the page's own fields, and those behind January: in brackets the months lack one."""


def words(value):
    if isinstance(value, dict | list):
        return set().union(*map(words, value.values() if isinstance(value, dict) else value))
    return set(re.findall(r"[^\W\d_]+", str(value)))


def test_whatever_is_said_passes_through_the_catalogue(brackets, tmp_path):
    known, left = words(WHOLE) | {*BESIDES.split()}, {}
    for line in [*LINES, *(line for line, _said in SAID)]:
        for columns in ("0", "80", "150"):
            _code, out, err = cmq(*split(line), CMQ_LANG="fr", terminal=columns > "0", COLUMNS=columns)
            drawn = r"(?s)<(style|script).*?</\1>|<[^>]*>" if "<svg" in out else r"(?m)^.*[\u2801-\u28ff].*$"
            out = re.sub(drawn, " ", out)
            unknown = set(re.findall(r"[^\W\d_]{2,}", outside(unescape(out + err)))) - known
            left |= {(line, columns): unknown} if unknown else {}
    assert left == {}
    content = changed((("campuses", 0, "name"), " "), (("campuses", 1, "wave"), 9), (("campuses", 2, "sectors"), ["x"]))
    problems = json.loads(cmq("validate", written(tmp_path, content), "--json", CMQ_LANG="fr")[1])
    assert len(problems) > 2
    assert [each for each in problems if outside(each["message"] + each["remedy"]).strip()] == []


DAYS = ("2017-02-13", "13/02/2017", "13.2.2017", "02/2017", "2017-02", "today", "aujourd'hui", "Aujourd’hui")


def test_a_day_is_typed_as_the_french_write_it():
    counted = [cmq("count", "--as-of", day, CMQ_LANG="fr")[:2] for day in DAYS]
    assert {code for code, _ in counted} == {0}
    assert len(set(counted[:3])) == 1


def test_a_workbook_has_french_titles(tmp_path):
    chosen = "Id Campus Filières Région Académie Département Commune Vague Labellisé Excellence Établissement support"
    lines = {"list": chosen, "near Dole": f"km {chosen} Contact", "count -b region -b wave": "Région Vague 1"}
    for line, wanted in lines.items():
        file = tmp_path / "campus.xlsx"
        assert cmq(*split(line), "-o", file, CMQ_LANG="fr")[0] == 0
        sheet = openpyxl.load_workbook(file).active
        assert sheet.title == "Campus"
        assert " ".join(cell.value for cell in sheet[1]).startswith(wanted)


def test_a_program_reads_in_french_what_it_reads_in_english():
    lines = ["show besancon --json", "near Nancy --csv", "list -w 4 -f geojson", "sources -f jsonl", "schema"]
    lines += ["count", "count --by wave --by excellence --json", "regions --csv", "sectors --json", "show zzzz"]
    for line in lines:
        english, french = cmq(*line.split()), cmq(*line.split(), CMQ_LANG="fr")
        assert english[:2] == french[:2], line
