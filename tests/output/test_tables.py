"""What a person sees: pictures under review, and what must hold at every width, on every terminal, for any data."""

import json
import re
import unicodedata
from dataclasses import replace
from string import ascii_uppercase

import pytest

from cmq_cli import registry as registries
from cmq_cli.model import Registry
from cmq_cli.output.tables.prose import cell_len

WIDTHS = (60, 80, 120, 200)
PICTURES = {
    "list": ["list"],
    "show": ["show", "besancon"],
    "count": ["count", "--by", "region"],
    "count-cross": ["count", "--by", "sector", "--by", "wave"],
    "waves": ["waves"],
    "figures": ["figures"],
    "sectors": ["sectors"],
    "regions": ["regions"],
    "source": ["sources", "cp-men-2017-02-13"],
    "fields": ["list", "--fields", "id,name,wave,sources.url", "--limit", "2"],
}
"""Seen at each width; the others once, at 80."""
OTHERS = [["near", "Dole", "--limit", "2"], ["waves", "4"], ["figures", "places-bts"]]
PLAIN = [["show", "lumiere-intelligente"], ["waves"], ["count", "--by", "region"]]
COMMANDS = [
    *PICTURES.values(),
    *OTHERS,
    PLAIN[0],
    ["sources"],
    ["list", "--region", "corse"],
    ["list", "--as-of", "2017-02-13"],
    ["count"],
    ["count", "--by", "excellence"],
    ["count", "--by", "city", "--by", "sector"],
    ["waves", "1"],
    ["sources", "bo-2013-20"],
    ["list", "--fields", "id,name,aliases,region,fields,description,notes,sources.quote,sources.title"],
]
TINY = (1, 2, 5)
EVERY = (12, 20, 30, 40, 50, *WIDTHS, 71, 72, 100, 117, 118, 150, 400)

SGR = re.compile(r"\x1b\[[0-9;]*m")
OSC_8 = re.compile(r"\x1b]8;(?:id=\d+)?;([!-~]*)\x1b\\")


def drawn(cmq, arguments, width=80, **settings):
    environ = {"NO_COLOR": "1", "TERM": "xterm-256color", "LANG": "fr_FR.UTF-8", **settings.pop("environ", {})}
    done = cmq(*arguments, terminal=True, COLUMNS=str(width), **settings, **environ)
    assert done.code == 0, done.err
    return done.out


@pytest.mark.parametrize("name", PICTURES)
def test_pictures(cmq, snapshot, name):
    parts = [
        f"$ COLUMNS={width} cmq {' '.join(PICTURES[name])}\n{drawn(cmq, PICTURES[name], width)}\n" for width in WIDTHS
    ]
    snapshot(f"{name}.txt", "".join(parts))


def test_pictures_at_80_columns(cmq, snapshot):
    snapshot("others.txt", "".join(f"$ COLUMNS=80 cmq {' '.join(each)}\n{drawn(cmq, each)}\n" for each in OTHERS))


def test_pictures_of_windows_that_are_too_narrow_for_tables(cmq, snapshot):
    commands = [["list", "--wave", "4"], ["near", "Dole", "--limit", "2"], ["waves"], ["regions"]]
    parts = [
        f"$ COLUMNS={width} cmq {' '.join(each)}\n{drawn(cmq, each, width)}\n"
        for width in (30, 40)
        for each in commands
    ]
    snapshot("narrow.txt", "".join(parts))


def test_pictures_of_plain_terminals(cmq, snapshot):
    dumb = {"TERM": "dumb"}
    parts = [f"$ TERM=dumb cmq {' '.join(each)}\n{drawn(cmq, each, environ=dumb)}\n" for each in PLAIN]
    snapshot("dumb.txt", "".join(parts))
    assert drawn(cmq, ["waves"], environ={"LC_ALL": "C"}) in "".join(parts)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_line_is_wider_than_the_window(cmq, command):
    """Save for addresses, which stay whole so that they can be copied; the terminal itself continues them below."""
    for width in TINY:
        assert drawn(cmq, command, width)
    for width in EVERY:
        for line in drawn(cmq, command, width).splitlines():
            assert cell_len(line) <= width or "://" in line, f"{width}: {line}"
            assert line == line.rstrip()


def atoms(text):
    """Return the words of a text, broken where a line may be."""
    return {atom for word in text.split() for atom in re.findall(r"\[\d+\]|[^-[]+-?|-+|\[", word)}


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_word_is_cut(cmq, command):
    """Every word is one of the widest window, of the data, or of the narrow headings, unless it alone is too wide."""
    said = "What became of it: Address Wave wave labelled Campuses search words academies departments Sector sector"
    data = cmq(*command, "--json").out.translate(dict.fromkeys(map(ord, '"\\{}[],'), " "))
    whole = atoms(drawn(cmq, command, 4000)) | atoms(data) | atoms(said) | {*ascii_uppercase}
    loose = {atom.strip("«»\"'().,:;") for atom in whole}
    for width in (*range(24, 60, 3), 40, *WIDTHS):
        halved = "".join(atom for atom in whole if len(atom) > width)
        for atom in atoms(drawn(cmq, command, width)):
            bar = not set(atom) - set("█▒─")
            known = bar or atom in whole or atom.strip("«»\"'().,:;") in loose or atom in halved
            assert known, f"{width}: {atom}"


def solid(text):
    return "".join(text.split())


@pytest.mark.parametrize("width", [20, 40, 60, 80, 120, 200])
@pytest.mark.parametrize("key", ["besancon", "lumiere-intelligente", "bois-grand-est"])
def test_a_page_says_all_that_is_known(cmq, small, key, width):
    page = solid(drawn(cmq, ["show", key], width))
    for one in json.loads(f"[{cmq('show', key, '--json').out}]"):
        for name, value in one.items():
            if name in ("region_code", "academy_basis", "wave_basis", "sectors_basis", "sources", "sectors"):
                continue
            for each in value if isinstance(value, list) else [value]:
                shown = {None: "", True: "yes", False: "no"}.get(each, each)
                assert solid(str(shown)) in page, name
        for sector in one["sectors"]:
            assert solid(small.sector_by_id[sector].label) in page
        for evidence in one["sources"]:
            for value in (*evidence["supports"], *(evidence[name] or "" for name in evidence if name != "supports")):
                assert solid(value) in page


def test_a_page_is_ordered_what_where_when_who_what_it_does_evidence(cmq):
    page = drawn(cmq, ["show", "besancon"])
    marks = ["Microtechniques et", "Sector", "City", "Region", "Labelled", "Wave", "Led by", "What it does", "Evidence"]
    found = [page.index(mark) for mark in marks]
    assert found == sorted(found)


def test_a_page_says_behind_each_fact_which_sources_say_so(cmq, small):
    page = drawn(cmq, ["show", "besancon"], 200)
    campus = next(campus for campus in small.campuses if campus.city == "Besançon")
    for label, field in (("City", "city"), ("Wave", "wave"), ("Led by", "lead_institution"), ("Website", "website")):
        numbers = [at for at, one in enumerate(campus.sources, 1) if field in one.supports]
        (fact,) = re.findall(rf"^{label} .*(?:\n .*)*", page, re.MULTILINE)
        assert [int(each) for each in re.findall(r"\[(\d)\]", fact)] == numbers
    for at, one in enumerate(campus.sources, 1):
        assert f"[{at}] {small.source_by_id[one.source].title}" in " ".join(page.split())


@pytest.mark.parametrize("arguments", [["waves", "4"], ["figures", "places-bts"], ["sources", "cp-men-2017-02-13"]])
def test_nothing_is_numbered_where_nothing_refers_to_the_numbers(cmq, arguments):
    page = drawn(cmq, arguments)
    assert re.search(r"^(Evidence|Supports)$", page, re.MULTILINE)
    assert not re.search(r"\[\d\]", page)


@pytest.mark.parametrize(
    ("arguments", "mark"),
    [
        (["show", "lumiere-intelligente"], "deduced from the date of the label, not stated by a source"),
        (["show", "lumiere-intelligente"], "assigned from its field, not stated by a source"),
        (["show", "lumiere-intelligente"], "deduced from the territory"),
        (["show", "bois-grand-est"], "– (proven to exist by 2016-02-03)"),
        (["show", "bois-grand-est"], "– no source is known"),
        (["list"], "4*"),
        (["list"], "* not stated by a source: a wave is deduced, a sector assigned from the field"),
        (["list"], "by 2016-02-03"),
        (["waves"], "2016-06-08*"),
        (["waves"], "1 deduced"),
        (["waves", "1"], "deduced"),
        (["count", "--by", "wave"], "The wave of 1 is deduced from the date of the label"),
        (["count", "--by", "sector"], "The sectors of 5 are assigned from the field"),
        (["count", "--by", "academy"], "The academy of 5 is deduced from the territory"),
        (["count", "--by", "wave"], "not known"),
        (["figures"], "– (no source is known)"),
    ],
)
def test_what_is_deduced_or_not_known_is_said_in_words(cmq, arguments, mark):
    assert mark in drawn(cmq, arguments, 200)


def test_marks_stand_only_where_something_is_deduced(cmq, small):
    stated = tuple(replace(one, wave_basis="stated", labelled_by=None) for one in small.campuses if one.wave)
    text = drawn(cmq, ["list"], registry=replace(small, campuses=stated))
    assert "deduced, not stated" not in text
    assert "by: the label is proven" not in text
    wide = drawn(cmq, ["list"], 200, registry=replace(small, campuses=stated))
    assert "* assigned from the field, not stated by a source" in wide
    assert "deduced, not stated" not in wide
    fitting = tuple(replace(one, sectors_basis="stated") for one in stated)
    assert "*" not in drawn(cmq, ["list"], 200, registry=replace(small, campuses=fitting))
    assert "* deduced, not stated by a source" in drawn(cmq, ["list"], 80)
    assert "Sources and deductions: cmq show ID" in text


def test_waves_grow_at_a_glance(cmq):
    for width in WIDTHS:
        rows = re.findall(r"^(\d{4}\S*) +\+(\d+) +(\d+) +(█*)(▒+)$", drawn(cmq, ["waves"], width), re.MULTILINE)
        assert [int(total) for _, _, total, _, _ in rows] == [12, 14, 31, 37, 47, 49, 51, 77, 95]
        assert [int(new) for _, new, _, _, _ in rows] == [12, 2, 17, 6, 10, 2, 2, 26, 18]
        lengths = [len(before + added) for *_, before, added in rows]
        assert lengths == sorted(set(lengths))
        room = lengths[-1]
        for _, new, total, before, added in rows:
            assert abs(len(before + added) - room * int(total) / 95) <= 1
            assert abs(len(added) - room * int(new) / 95) <= 1


def test_what_a_small_announcement_added_can_be_seen_in_a_narrow_window_too(cmq):
    for width in (28, 30, 40, 50):
        rows = re.findall(r"^(\d{4}\S*) .* (\d+) +(█*)(▒+)$", drawn(cmq, ["waves"], width), re.MULTILINE)
        assert [int(total) for _, total, _, _ in rows] == [12, 14, 31, 37, 47, 49, 51, 77, 95]
    assert max(map(cell_len, drawn(cmq, ["waves"], 400).splitlines())) <= 120


def test_an_id_is_whole_wherever_it_fits(cmq, small):
    for command in (["list"], ["near", "Dole"], ["figures"], ["sectors"], ["sources"], ["show", "besancon"]):
        for width in (52, 60, 72, 80, 120):
            text = drawn(cmq, command, width)
            ids = [json.loads(line)["id"] for line in cmq(*command, "--format", "jsonl").out.splitlines()]
            assert [one for one in ids if not re.search(rf"(^|\s){one}(\s|$)", text)] == []


def test_what_is_read_is_no_wider_than_an_eye_follows_and_what_is_looked_up_may_be(cmq):
    for command in (["show", "besancon"], ["waves", "4"], ["sources", "bo-2013-20"], ["figures", "places-bts"]):
        prose = [line for line in drawn(cmq, command, 400).splitlines() if "://" not in line]
        assert 90 < max(map(cell_len, prose)) <= (400 if command[0] == "waves" else 100)
    assert max(map(cell_len, drawn(cmq, ["list"], 400).splitlines())) > 150


def test_columns_go_in_a_narrow_window_and_those_that_matter_stay(cmq):
    heads = {width: drawn(cmq, ["waves"], width).splitlines()[0].split("  ") for width in (80, 60, 50, 40, 30)}
    found = {width: " ".join(filter(None, map(str.strip, head))) for width, head in heads.items()}
    assert found == {
        80: "Wave Call Candidacies Announced on New Total Documented",
        60: "Wave Call Announced on New Total Documented",
        50: "Wave Announced on New Total Documented",
        40: "Wave Announced on New Documented",
        30: "Wave Announced on Documented",
    }
    assert drawn(cmq, ["count", "--by", "sector"], 40).startswith("Sector ")
    assert "Share" in drawn(cmq, ["count", "--by", "sector"], 40)
    assert "Share" not in drawn(cmq, ["count", "--by", "sector"], 30)


def test_figures_set_the_promise_beside_the_outcome(cmq):
    line = next(line for line in drawn(cmq, ["figures"]).splitlines() if line.startswith("10 000 places"))
    assert line.endswith("Le 7 septembre 2017, le ministre")
    below = drawn(cmq, ["figures"], 60)
    assert below.index("10 000 places") < below.index("Le 7 septembre 2017, le ministre suivant")


def test_a_figure_of_new_campuses_leads_to_the_wave_that_announced_them(cmq, small):
    pointer = "Wave 4 announced 26 campuses that day: cmq waves 4"
    assert drawn(cmq, ["figures"], 200).count(pointer) == 1
    assert pointer in drawn(cmq, ["figures", "nouveaux-campus"])
    assert pointer not in drawn(cmq, ["figures", "campus-labellises"])
    later = tuple(replace(figure, as_of="2017-02-14") for figure in small.figures)
    assert "announced 26" not in drawn(cmq, ["figures"], 200, registry=replace(small, figures=later))


def test_a_cross_table_that_is_too_wide_gets_letters_then_its_second_values_below_the_first(cmq):
    command = ["count", "--by", "sector", "--by", "region"]
    assert "Auvergne" in drawn(cmq, command, 120).split("───")[0]
    lettered = drawn(cmq, command, 50)
    head = lettered.splitlines()[0].split()
    assert (head[0], head[1], head[-1]) == ("Sector", "A", "Total")
    assert re.search(r"^A  \S", lettered, re.MULTILINE)
    below = drawn(cmq, command, 30)
    assert re.match(r"Sector\n  region +Campuses\n", below)
    assert re.search(r"^Systèmes innovants, +2\nmécatronique\n  Bourgogne-Franche- +1\n  Comté\n", below, re.MULTILINE)
    assert re.search(r"^Total +5\n  Bourgogne-Franche- +2\n", below, re.MULTILINE)


def test_fields_that_do_not_fit_beside_each_other_go_below_each_other(cmq):
    command = ["list", "--fields", "id,sources.url", "--limit", "1"]
    assert drawn(cmq, command, 200).splitlines()[0].split() == ["id", "sources.url"]
    assert [line.split()[0] for line in drawn(cmq, command, 60).splitlines()[:2]] == ["id", "sources.url"]
    assert drawn(cmq, ["list", "--fields", "id,name,description,notes,fields,sources.title"], 20)


def test_of_the_fields_that_were_asked_for_numbers_go_to_the_right(cmq):
    _, _, *rows = drawn(cmq, ["near", "Dole", "--fields", "id,distance_km,wave,excellence"]).splitlines()
    assert len({re.search(r"\d+\.\d", row).end() for row in rows}) == 1
    assert {row[row.rindex("  ") + 2 :] for row in rows} <= {"true", "–"}


def test_colour_says_nothing_that_words_do_not(cmq):
    for command in COMMANDS:
        for width in (40, 120):
            plain = drawn(cmq, command, width)
            coloured = drawn(cmq, command, width, environ={"NO_COLOR": ""})
            assert "\n".join(line.rstrip() for line in bare(coloured).split("\n")) == plain


def bare(text):
    """Return what is left of a coloured text without colours and links."""
    return OSC_8.sub("", SGR.sub("", text))


def test_sources_and_websites_are_links_where_the_terminal_can(cmq, small):
    for command in (["show", "besancon"], ["sources"], ["sources", "cmq-bfc-msi"], ["list"]):
        text = drawn(cmq, command, environ={"NO_COLOR": ""})
        assert "https://cmq-bfc.org/cmq-msi" in OSC_8.findall(text)
    page = drawn(cmq, ["show", "besancon"], environ={"NO_COLOR": ""})
    campus = next(campus for campus in small.campuses if campus.city == "Besançon")
    urls = {small.source_by_id[one.source].url for one in campus.sources} - {None}
    assert urls <= set(OSC_8.findall(page))
    assert "]8;" not in drawn(cmq, ["show", "besancon"])
    linux = drawn(cmq, ["show", "besancon"], environ={"NO_COLOR": "", "TERM": "linux"})
    assert "]8;" not in linux
    assert "\x1b[1m" in linux


def test_the_same_question_gets_the_same_codes_and_the_lines_of_a_link_one_number(cmq):
    pages = {drawn(cmq, ["show", "besancon"], 30, environ={"NO_COLOR": ""}) for _ in range(2)}
    assert len(pages) == 1
    numbered = re.findall(r"\x1b]8;id=(\d+);([!-~]+)\x1b", pages.pop())
    assert len({number for number, _ in numbered}) < len(numbered)
    assert len(set(numbered)) == len({number for number, _ in numbered})


def test_addresses_can_be_copied_whole(cmq, small):
    for width in (20, 60, 80):
        lines = drawn(cmq, ["show", "besancon"], width).splitlines()
        campus = next(campus for campus in small.campuses if campus.city == "Besançon")
        for one in campus.sources:
            url = small.source_by_id[one.source].url
            assert url is None or any(line.strip() == url for line in lines)


ROUGH = (
    "[bold]not markup[/bold] [loire] [/] :smile: tab\there, two\nlines, \x1b[31mred\x1b[0m \x07 \x9b31m \x85 \u202e "
    "機電一体化 👩‍🔬 e\u0301 \u200b " + "mot" * 40 + " \\[x] \x1b]8;;http://x.fr\x1b\\link\x1b]8;;\x1b\\ \u2028 \ud800"
)


@pytest.fixture
def rough(small):
    """Return a registry whose texts try all that a text can try."""
    url = "https://x.fr/\x1b]0;title\x07 é\u202e\n" + "chemin-" * 40
    sources = tuple(replace(one, title=ROUGH, publisher=ROUGH, url=url, published=ROUGH) for one in small.sources)
    sectors = tuple(replace(one, label=ROUGH, keywords=(ROUGH, ROUGH)) for one in small.sectors)
    campuses = tuple(
        replace(
            one,
            name=ROUGH,
            aliases=(ROUGH,),
            city=ROUGH,
            lead_institution=ROUGH,
            members=(ROUGH,),
            fields=(ROUGH,),
            website=url,
            description=ROUGH,
            notes=ROUGH,
            labelled_on=None,
            labelled_by=ROUGH,
            sources=tuple(replace(each, quote=ROUGH) for each in one.sources),
        )
        for one in small.campuses
    )
    figures = tuple(replace(one, label=ROUGH, unit=ROUGH, period=ROUGH, outcome=ROUGH) for one in small.figures)
    waves = tuple(replace(one, call_reference=ROUGH, notes=ROUGH, priorities=(ROUGH,)) for one in small.waves)
    return replace(small, sources=sources, sectors=sectors, campuses=campuses, figures=figures, waves=waves)


ROUGH_COMMANDS = [
    ["list"],
    ["list", "--fields", "name,description,sources.url"],
    ["near", "Dole"],
    ["map"],
    ["show", "microtechniques-systemes-intelligents"],
    ["count", "--by", "sector"],
    ["count", "--by", "sector", "--by", "city"],
    ["waves"],
    ["waves", "4"],
    ["figures"],
    ["figures", "places-bts"],
    ["sectors"],
    ["sources"],
    ["sources", "cp-men-2017-02-13"],
]


def obeyed(text):
    """Return the characters of a text that a terminal would obey, or that would reorder a line."""
    reordering = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029")
    return {char for char in text if unicodedata.category(char) == "Cc" or char in reordering} - {"\n"}


@pytest.mark.parametrize("command", ROUGH_COMMANDS, ids=" ".join)
def test_text_from_data_is_never_markup_nor_control_codes(cmq, rough, command):
    for width in (1, 20, 80, 200):
        plain = drawn(cmq, command, width, registry=rough)
        assert not obeyed(plain)
        coloured = drawn(cmq, command, width, registry=rough, environ={"NO_COLOR": ""})
        assert not obeyed(bare(coloured))
        if width == 200 and command != ["waves"]:
            assert "[loire]" in plain
            assert "[/]" in plain
            assert ":smile:" in plain
            assert "\\x1b" in plain


@pytest.mark.parametrize("form", ["json", "jsonl", "tsv", "csv", "md", "geojson"])
@pytest.mark.parametrize("command", ROUGH_COMMANDS, ids=" ".join)
def test_no_format_passes_control_codes_on(cmq, rough, command, form):
    done = cmq(*command, "--format", form, registry=rough)
    kept = {"csv": "\r\n\t", "tsv": "\n\t"}.get(form, "\n")
    assert not {char for char in done.out if unicodedata.category(char) == "Cc"} - set(kept)


def test_ascii_terminals_see_only_ascii_around_ascii_data(cmq, small):
    text = unicodedata.normalize("NFKD", json.dumps(as_document(small), ensure_ascii=False))
    plain = registries.build(Registry, json.loads(text.encode("ascii", "ignore")))
    for command in COMMANDS:
        for environ in ({"TERM": "dumb"}, {"LC_ALL": "C"}):
            for width in (20, 80, 200):
                assert drawn(cmq, command, width, registry=plain, environ=environ).isascii()


def as_document(registry):
    from dataclasses import asdict

    return asdict(registry)


@pytest.mark.parametrize("term", ["dumb", "xterm"])
def test_a_dumb_terminal_gets_no_codes_unless_asked_for(cmq, term):
    shown = drawn(cmq, ["show", "besancon"], environ={"NO_COLOR": "", "TERM": term})
    assert ("\x1b" in shown) is (term != "dumb")
    done = cmq("show", "besancon", "--color", "always", terminal=True, TERM=term)
    assert "\x1b[1m" in done.out
    assert all(cell_len(line) <= 80 or "://" in line for line in bare(done.out).splitlines())


def test_a_table_can_be_forced_in_a_pipe(cmq):
    assert cmq("list", "--format", "table").out == drawn(cmq, ["list"])
