"""The program from the command line to the answer, as a user types it."""

import io
import json
import re
import shlex
from collections import Counter

import pytest

from cmq_cli import __version__, cli, registry
from cmq_cli.cli import COMMANDS, run
from cmq_cli.commands import coverage
from cmq_cli.errors import ExitCode
from cmq_cli.filters import by_wave
from cmq_cli.output.screen import Screen

REGISTRY = json.loads(registry.data_file("campuses.json").read_bytes())
CAMPUSES = REGISTRY["campuses"]


def number(**known):
    """Return how many campuses the file has of which this is so: a test that counts holds for the next campus too."""
    return sum(all(campus[field] == value for field, value in known.items()) for campus in CAMPUSES)


MAYBE_OF_WAVE_4 = sum(by_wave(registry.load(), ["4"]).test(campus) is None for campus in registry.load().campuses)
SEATED = len(CAMPUSES) - number(city=None)
SEATED_BRETONS = number(region="Bretagne") - number(region="Bretagne", city=None)
UNDATED = {"labelled_on": None, "labelled_by": None, "wave": None}


class Terminal(io.StringIO):
    def isatty(self):
        return True


def cmq(*arguments, terminal=False, **environ):
    """Return the exit code, what stands on stdout and what stands on stderr."""
    out, err = Terminal() if terminal else io.StringIO(), io.StringIO()
    code = run(arguments, Screen(out, err, {"COLUMNS": "80", "NO_COLOR": "1", **environ}))
    return code, out.getvalue(), err.getvalue()


def ids(*arguments):
    code, out, _ = cmq(*arguments, "--json", "--fields", "id")
    assert code == ExitCode.DONE
    return [record["id"] for record in json.loads(out)]


def keys(*arguments):
    """Return the ids of a stream of JSON objects."""
    _, out, _ = cmq(*arguments, "--format", "jsonl")
    return [json.loads(line)["id"] for line in out.splitlines()]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("besancon", ["microtechniques-systemes-intelligents"]),
        ("jules haag", ["microtechniques-systemes-intelligents"]),
        ("nimes", ["design-industries-creatives-nimes", "herec-nimes"]),
    ],
)
def test_show_finds_what_is_meant(key, expected):
    assert keys("show", key) == expected


def test_a_key_may_be_several_words():
    assert keys("show", "jules", "haag") == keys("show", "jules haag")


def test_show_says_that_several_campuses_only_have_the_words():
    said = "3 campuses have the words 'marseille', best fit first; none is called so."
    _, out, err = cmq("show", "marseille", "--json")
    assert said in err
    _, out, err = cmq("show", "marseille", terminal=True)
    assert said in " ".join(out.split())
    assert out.index("developpement-culturel") < out.index("Evidence"), "a list comes first"
    assert err == ""
    assert "none is called so" not in cmq("show", "nimes", "--json")[2]
    assert "none is called so" not in cmq("show", "jules haag", "--json")[2]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            ["couture"],
            "cmq: No campus says 'couture' of itself; it is found by the search words of the sector "
            "Création, design, audiovisuel.\n",
        ),
        (
            ["Fibre"],
            "cmq: No campus says 'Fibre' of itself; it is found by the search words of the sector "
            "Numérique, télécommunications.\n",
        ),
        (["plasturgie"], ""),
        (["mecatronique"], ""),
        (["brest"], ""),
    ],
)
def test_words_that_stand_for_whole_sectors_are_named(typed, said):
    for command in ("list", "count"):
        assert cmq(command, *typed)[2] == said
    assert "of itself" not in cmq("list", "couture", "xyzzy")[2], "nothing was found by it"


def test_words_for_levels_and_posts_that_are_left_aside_are_named():
    _, out, err = cmq("list", "bac pro bois", "technicienne", "--fields", "id")
    assert out == cmq("list", "bois", "--fields", "id")[1]
    assert err == (
        "cmq: Not looked for: bac pro technicienne. The registry doesn't tell campuses apart by level or post.\n"
    )
    assert cmq("list", "BTS", "--fields", "id")[2] == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["mecatronik"], "No campus has 'mecatronik'. Did you mean: mécatronique?"),
        (["plastrugie", "lorraine"], "No campus has 'plastrugie'. Did you mean: plasturgie?"),
        (["plastrugie", "corse"], "No campus has 'plastrugie corse'. Did you mean: plasturgie?"),
        (["infirmier"], "No campus has 'infirmier'. Try a wider word"),  # and not "informer", which a description has
        (["bois", "bretagne"], "No campus has all of these words. How many have each: bois 11, bretagne 5."),
        (["métiers", "jura"], "No campus has 'jura'. Jura is a department: cmq list --department 39"),
        (["laval"], "No campus has 'laval'. Laval (53) is a commune: cmq near \"Laval (53)\""),
        (
            ["xyzzy"],
            "No campus has 'xyzzy'. Try a wider word (cmq sectors lists many), or: cmq regions, cmq near PLACE",
        ),
        (["charlville"], "No campus has 'charlville'. Did you mean: Charleville?"),
        (
            ["sport"],
            "No campus has 'sport'. Try a wider word (cmq sectors lists many), or: cmq regions, cmq near PLACE",
        ),
    ],
    ids=str,
)
def test_words_that_find_nothing_say_what_to_try(words, said):
    code, out, err = cmq("list", *words, "--json")
    assert (code, out) == (ExitCode.DONE, "[]\n")
    assert said in err
    assert cmq("count", *words) == (ExitCode.DONE, "0\n", err)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["show"], "Which campus? Give an id, a name, a city or words: cmq show KEY", id="no key"),
        pytest.param(["near"], "Which place? Give a commune, its INSEE code or LAT,LON: cmq near PLACE", id="no place"),
        pytest.param(
            ["list", "--limit", "x"],
            "'x' can't be the value of --limit. Give a whole number, 0 or more: --limit 10",
            id="no number",
        ),
        pytest.param(
            ["list", "-n", "-3"],
            "-3 can't be the value of --limit. Give a whole number, 0 or more: --limit 10",
            id="less than nothing",
        ),
        pytest.param(
            ["near", "Dole", "--within", "abc"],
            "'abc' can't be the value of --within. Give a number, 0 or more: --within 10",
            id="no distance",
        ),
        pytest.param(
            ["foo"], "No such command 'foo'. To find a campus: cmq show KEY. The commands: cmq -h", id="no command"
        ),
        pytest.param(["lst"], "No such command 'lst'. Did you mean 'list'?", id="nearly a command"),
        pytest.param(["list", "--foolish"], "No such option: --foolish. See: cmq list -h", id="no option"),
        pytest.param(["list", "-f"], "Option '-f' requires an argument. See: cmq list -h", id="no value"),
        pytest.param(["--foolish", "list"], "No such option: --foolish. See: cmq -h", id="no option of all commands"),
        pytest.param(
            ["near", "Dole", "--map", "-o", "near.html"],
            "Only a map can be written as html. Give cmq map -o campus.html, or another form here.",
            id="no page of a place",
        ),
        pytest.param(
            ["figures", "a", "b"], "Got unexpected extra argument(s) (b). See: cmq figures -h", id="one too many"
        ),
    ],
)
def test_a_command_line_that_cannot_be_read_is_answered_with_what_to_type(arguments, message):
    assert cmq(*arguments) == (ExitCode.USAGE, "", f"cmq: {message}\n")


def test_list_filters():
    assert "microtechniques-systemes-intelligents" in ids("list", "--sector", "mecatronique")
    assert ids("list", "--sector", "chimie et biotechnologie", "--region", "grand-est") == ["bioraffinerie-grand-est"]
    assert ids("list", "--region", "franche-comte", "--wave", "4") == [
        "maroquinerie-metiers-d-art",
        "microtechniques-systemes-intelligents",
    ]
    assert len(ids("list", "--wave", "4")) == number(wave=4)
    assert len(ids("list")) == len(CAMPUSES)


def test_one_option_repeated_means_or_and_different_ones_mean_and():
    either = ids("list", "-r", "bretagne", "-r", "corse", "-r", "guyane")
    assert set(either) == {*ids("list", "-r", "bretagne"), *ids("list", "-r", "guyane")}
    both = ids("list", "-r", "bretagne", "--excellence")
    assert set(both) == set(ids("list", "-r", "bretagne")) & set(ids("list", "--excellence"))


def test_a_known_value_without_a_campus_is_an_empty_list():
    assert cmq("list", "--region", "corse", "--json") == (ExitCode.DONE, "[]\n", "")
    code, out, _ = cmq("list", "--region", "corse", terminal=True)
    assert code == ExitCode.DONE
    assert out.startswith("No campus of the registry matches.")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["list", "--region", "franche-comte", "--wave", "4"], "3 more may match, but their academy is not known"),
        (["count", "--wave", "4"], f"cmq: {MAYBE_OF_WAVE_4} more may match, but their wave is not known"),
        (
            ["list", "--excellence"],
            f"{number(excellence=None)} more may match, but no source says whether they hold the mention",
        ),
        (["list", "--city", "besançon"], "5 more may match, but the city of their seat is not known"),
    ],
)
def test_what_a_filter_cannot_tell_is_said_on_stderr(arguments, said):
    _, out, err = cmq(*arguments)
    assert said in err
    assert "may match" not in out


def test_words_rank_and_sort_overrides():
    found = ids("list", "plasturgie")
    assert set(found[:3]) == {"metallurgie-plasturgie-picardie", "plasti-campus", "plasturgie-lorraine"}
    assert set(found[3:]) < set(ids("list", "--sector", "materiaux"))
    assert ids("list", "plasturgie", "--sort", "-id") == sorted(ids("list", "plasturgie"), reverse=True)
    assert ids("list", "--limit", "2") == ids("list")[:2]


def test_sorted_unknowns_come_last_both_ways():
    _, out, _ = cmq("list", "--sort", "wave", "--json", "--fields", "wave")
    _, back, _ = cmq("list", "--sort", "-wave", "--json", "--fields", "wave")
    up = [record["wave"] for record in json.loads(out)]
    down = [record["wave"] for record in json.loads(back)]
    known = sorted(campus["wave"] for campus in CAMPUSES if campus["wave"] is not None)
    assert up == known + [None] * number(wave=None)
    assert down == known[::-1] + [None] * number(wave=None)


def test_names_sort_as_a_french_reader_expects():
    _, out, _ = cmq("list", "--fields", "name")
    names = out.splitlines()[1:]
    assert (
        names.index("Économie de la mer") < names.index("Énergie et maintenance") < names.index("Filière alimentaire")
    )
    assert names.index("Éco-construction et efficacité énergétique (3E)") < names.index("Économie de la mer")


def test_count_without_by_is_the_bare_number():
    bretons = number(region="Bretagne")
    assert cmq("count", "--region", "bretagne") == (ExitCode.DONE, f"{bretons}\n", "")
    assert cmq("count", "--region", "bretagne", terminal=True)[1] == f"{bretons}\n"
    assert json.loads(cmq("count", "--region", "bretagne", "--json")[1])["count"] == bretons


def test_count_by_region_adds_up():
    _, out, _ = cmq("count", "--by", "region", "--json")
    rows = json.loads(out)
    assert rows[0] | {"campuses": []} == {
        "region": "84",
        "region_label": "Auvergne-Rhône-Alpes",
        "count": number(region="Auvergne-Rhône-Alpes"),
        "share": round(number(region="Auvergne-Rhône-Alpes") / len(CAMPUSES), 4),
        "campuses": [],
    }
    assert sum(row["count"] for row in rows) == len(CAMPUSES)


def test_a_campus_of_two_sectors_counts_in_both_and_the_output_says_so():
    code, out, err = cmq("count", "--by", "sector", "--csv")
    assert code == ExitCode.DONE
    assert "counts in each, and once in the total" in err
    _, out, err = cmq("count", "--by", "sector", terminal=True)
    assert "counts in each, and once in the total" in " ".join(out.split())
    assert f"Total: {len(CAMPUSES)}." in out
    assert err == ""


def test_the_total_of_a_count_is_said_below_its_table_only():
    assert cmq("count", "--by", "region", "--csv")[2] == ""
    deduced = (
        f"The wave of {number(wave_basis='deduced')} is deduced from the date of the label, not stated by a source."
    )
    assert cmq("count", "--by", "wave", "--csv")[2] == f"cmq: {deduced}\n"
    assert f"Total: {len(CAMPUSES)}. The registry of" in cmq("count", "--by", "region", "-f", "table")[1]


@pytest.mark.parametrize(
    ("width", "down"),
    [
        pytest.param(250, "Region", id="names above"),
        pytest.param(120, "Region", id="letters above"),
        pytest.param(80, "Region", id="letters above, narrow"),
        pytest.param(60, "Region", id="letters above, names broken"),
    ],
)
def test_a_cross_table_has_totals_at_every_width(width, down):
    _, out, _ = cmq("count", "--by", "region", "--by", "sector", terminal=True, COLUMNS=str(width))
    table = out.split("\n\n")[0].splitlines()
    assert max(map(len, table)) <= width
    rule = next(at for at, line in enumerate(table) if line.startswith("───"))
    assert table[rule - 1].split()[0] == down
    assert table[rule - 1].split()[-1] == "Total"
    totals = [line.split()[-1] for line in table[rule + 1 :] if line.split()[-1].isdigit()]
    regions = Counter(campus["region"] for campus in CAMPUSES)
    sectors = Counter(sector for campus in CAMPUSES for sector in campus["sectors"])
    assert totals == [*map(str, sorted(regions.values(), reverse=True)), str(len(CAMPUSES))]
    assert table[-1].split() == ["Total", *map(str, sorted(sectors.values(), reverse=True)), str(len(CAMPUSES))]
    for sector in ("Création,", "Services aux entreprises," if width < 250 else "entreprises,"):
        assert sector in out


@pytest.mark.parametrize("width", [20, 40])
def test_a_cross_table_in_long_rows_has_totals(width):
    _, out, _ = cmq("count", "--by", "region", "--by", "sector", terminal=True, COLUMNS=str(width))
    said = re.sub(r"Region sector |Campuses ", "", " ".join(out.split()))
    assert f"Martinique {number(region='Martinique')} " in said
    assert f"Bretagne {number(region='Bretagne')} " in said
    served = sum("services-entreprises-logistique" in campus["sectors"] for campus in CAMPUSES)
    services = f"Services aux entreprises, ({served} logistique|logistique {served}) "
    assert re.search(f" Total {len(CAMPUSES)} .* {services}", said)


TOTAL_BY_WAVE = re.compile(
    rf"^Total +{' +'.join(str(number(wave=wave)) for wave in (1, 2, 3, 4, 5, None))} +{len(CAMPUSES)}$", re.MULTILINE
)


def test_a_cross_table_says_what_its_numbers_are():
    _, out, _ = cmq("count", "--by", "region", "--by", "wave", terminal=True)
    head, numbers = out.splitlines()[:2]
    assert head.split() == ["Wave"] * 6
    assert numbers.split() == ["Region", "1", "2", "3", "4", "5", "not", "known", "Total"]
    assert TOTAL_BY_WAVE.search(out)


def test_a_cross_table_is_turned_where_only_that_fits():
    _, out, _ = cmq("count", "--by", "wave", "--by", "sector", terminal=True)
    assert out.splitlines()[1].split()[0] == "Sector"
    assert TOTAL_BY_WAVE.search(out)


def test_waves_set_documented_beside_announced():
    _, out, _ = cmq("waves", "--json")
    rows = [(row["number"], row["new"], row["total"], row["documented"]) for row in json.loads(out)]
    announced = [(1, 14, 14), (2, 23, 37), (3, 14, 51), (4, 26, 77), (5, 18, 95)]
    assert rows == [(*wave, number(wave=wave[0])) for wave in announced]
    _, out, _ = cmq("waves", terminal=True)
    assert "15 of 26" in out


def test_one_wave_in_full():
    _, out, _ = cmq("waves", "4", terminal=True)
    assert "NOR MENE1600282Y" in out
    assert "la liste des 26 nouveaux" in out
    assert "microtechniques-systemes-intelligents" in out
    assert "26 announced, 15 documented." in out
    wave = json.loads(cmq("waves", "4", "--json")[1])
    assert wave["candidacies"] == 29
    assert len(wave["campuses"]) == 15


def test_figures_set_the_promise_beside_the_outcome():
    _, out, _ = cmq("figures", terminal=True)
    assert "10 000 places" in " ".join(out.split())
    assert "refuse de confirmer" in out
    assert json.loads(cmq("figures", "places-bts", "--json")[1])["value"] == 10000


def test_deduced_and_partial_are_told_apart():
    _, out, _ = cmq("list", "lumiere", "eclairage", terminal=True, COLUMNS="100")
    assert re.search(r"4\* +2017$", out, re.MULTILINE)
    assert re.search(r"^\* .*not stated by a source", out, re.MULTILINE)
    _, out, _ = cmq("list", "--city", "thiviers", terminal=True)
    assert "by 2019-01-25" in out
    _, out, _ = cmq("show", "lumiere-intelligente", terminal=True)
    assert "deduced from the date of the label" in out


def test_show_gives_the_evidence():
    _, out, _ = cmq("show", "besancon", terminal=True)
    flat = " ".join(out.replace("│", " ").split())
    for part in (
        "microtechniques-systemes-intelligents",
        "SUPMICROTECH",
        "Lycée Jules-Haag (Besançon)",
        "yes, since 2024-06",
        "établissement nouvellement labellisé",
        "cp-men-2017-02-13",
        "supports name, wave, labelled_on, members",
    ):
        assert part in flat


def test_a_source_shows_what_it_supports():
    source = json.loads(cmq("sources", "cp-men-2017-02-13", "--json")[1])
    assert {"campus", "wave", "figure", "milestone"} == {each["kind"] for each in source["supports"]}
    assert len(json.loads(cmq("sources", "--json")[1])) == len(REGISTRY["sources"])


@pytest.mark.parametrize(
    ("date", "sentence"),
    [
        pytest.param(
            "2013-08", "There was no campus yet on 2013-08: the first were announced on 2013-09-11.", id="none"
        ),
        pytest.param(
            "2013-09-11",
            "Labels proven by 2013-09-11 in the whole country: 1 of 12 (official count of 2013-09-11).",
            id="an announcement is an official count",
        ),
        pytest.param(
            "2013",
            "Labels proven by 2013 in the whole country: 10. By 2013-10-14, the latest official count: 3 of 12.",
            id="a deduced announcement is not one",
        ),
        pytest.param(
            "2017-02-13",
            "Labels proven by 2017-02-13 in the whole country: 52 of 77 (official count of 2017-02-13).",
            id="the day of the count",
        ),
        pytest.param(
            "2018", "Labels proven by 2018 in the whole country: 56 of 95 (official count of 2018).", id="its year"
        ),
        pytest.param(
            "2030",
            "Labels proven by 2030 in the whole country: 85. By 2018, the latest official count: 56 of 95.",
            id="long after the count",
        ),
    ],
)
@pytest.mark.parametrize(
    "asked", [["list"], ["list", "-r", "bretagne"], ["count", "-b", "wave"], ["near", "dole"]], ids=" ".join
)
def test_as_of_sets_documented_beside_official(asked, date, sentence):
    _, out, err = cmq(*asked, "--as-of", date, terminal=True)
    assert sentence in " ".join(out.split())
    code, out, err = cmq(*asked, "--as-of", date, "--json")
    assert code == ExitCode.DONE
    assert sentence in err
    assert (out == "[]\n") or "no campus yet" not in sentence


def test_as_of_says_what_it_cannot_tell():
    assert len(ids("list", "--as-of", "2017-02-13")) == 52
    code, out, err = cmq("count", "--as-of", "2017-02-13")
    assert (code, out) == (ExitCode.DONE, "52\n")
    assert f"{number(**UNDATED)} more may match, but nothing dates their label; they are left out." in err
    later = [one for one in CAMPUSES if not one["labelled_on"] and (one["labelled_by"] or "") > "2017-02-13"]
    number_later = sum(one["wave"] in (None, 5) for one in later)
    assert number_later == 21
    assert f" {number_later} more may match, but their label is proven only by a later date; they are left out." in err
    assert "may match" not in cmq("count", "--as-of", "2013-08")[2]
    _, _, err = cmq("count", "--as-of", "2030", "-r", "bretagne")
    assert f"{number(**UNDATED, region='Bretagne')} more may match, but nothing dates their label" in err


def test_near_lists_the_nearest_first_and_says_what_has_no_distance():
    _, out, err = cmq("near", "Dole", "--json", "--fields", "id,distance_km,city")
    rows = json.loads(out)
    assert [row["city"] for row in rows[:4]] == ["Dijon", "Dijon", "Besançon", "Vesoul"]
    assert [row["distance_km"] for row in rows] == sorted(row["distance_km"] for row in rows)
    assert len(rows) == SEATED
    assert f"{SEATED} of {SEATED} campuses with a known seat, by distance from Dole (39)." in err
    assert f"{number(city=None)} more have no known seat" in err
    assert ids("near", "dole", "--within", "50") == [
        "alimentation-gout-tourisme",
        "energie-construction-green-city",
        "microtechniques-systemes-intelligents",
    ]
    assert ids("near", "dole", "--sector", "mecatronique", "--limit", "1") == ["microtechniques-systemes-intelligents"]


UNSEATED = re.compile(r"left out\. (?:(\d+) of them (?:is|are)|It is) in ([^:]+): cmq (list .+)")


@pytest.mark.parametrize(
    ("place", "region"),
    [("Papeete", "Polynésie française"), ("Dole", "Bourgogne-Franche-Comté"), ("Cayenne", "Guyane")],
)
@pytest.mark.parametrize("asked", [[], ["--sector", "Tourisme, gastronomie"], ["--as-of", "2020", "-s", "automobile"]])
def test_near_says_how_many_of_the_region_have_no_known_seat_and_lists_just_those(place, region, asked):
    _, _, err = cmq("near", place, *asked, "--limit", "1")
    said = UNSEATED.search(err)
    missing = [one["id"] for one in CAMPUSES if not one["city"] and one["region"] == region]
    wanted = [one for one in ids("list", *asked) if one in missing]
    assert (int(said[1] or 1) if said else 0) == len(wanted)
    if said:
        assert said[2] == region
        assert ids(*shlex.split(said[3])) == wanted


@pytest.mark.parametrize(
    ("number", "here", "sentences"),
    [
        pytest.param(0, 0, None, id="none"),
        pytest.param(1, 0, "1 more has no known seat; it has no distance and is left out.", id="one, elsewhere"),
        pytest.param(
            1,
            1,
            "1 more has no known seat; it has no distance and is left out. "
            "It is in Île-de-France: cmq list --sector 'a b' --region \"Île-de-France\" --missing city",
            id="one, here",
        ),
        pytest.param(
            2,
            1,
            "2 more have no known seat; they have no distance and are left out. "
            "1 of them is in Île-de-France: cmq list --sector 'a b' --region \"Île-de-France\" --missing city",
            id="one of two",
        ),
        pytest.param(
            3,
            2,
            "3 more have no known seat; they have no distance and are left out. "
            "2 of them are in Île-de-France: cmq list --sector 'a b' --region \"Île-de-France\" --missing city",
            id="two of three",
        ),
    ],
)
def test_what_is_said_of_campuses_without_a_distance(number, here, sentences):
    said = coverage.unplaced(number, here, "Île-de-France", ["--sector", "a b"])
    assert said == (() if sentences is None else (sentences,))


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("near 47.24,6.02", id="the region of a point is not known"),
        pytest.param("near Dole --region franche-comte --region bretagne", id="the regions were named"),
    ],
)
def test_near_says_nothing_of_the_region_where_there_is_nothing_to_add(line):
    _, _, err = cmq(*line.split(), "--limit", "1")
    assert "have no known seat; they have no distance and are left out.\n" in err


@pytest.mark.parametrize("typed", ["--nope", "--nope=3", "-z", "--limi"])
def test_near_knows_an_unknown_option(typed):
    option = typed.partition("=")[0]
    for arguments in (["Dole", typed], [typed, "Dole"]):
        assert cmq("near", *arguments) == (ExitCode.USAGE, "", f"cmq: No such option: {option}. See: cmq near -h\n")


def test_near_takes_a_negative_latitude_and_words_without_quotes():
    assert ids("near", "-21.1,55.5", "--limit", "1") == ["solidarites-bien-etre-la-reunion"]
    assert ids("near", "lons", "le", "saunier", "--limit", "1") == ["plasti-campus"]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        pytest.param(
            ["--limit", "3"], f"3 of {SEATED} campuses with a known seat, by distance from Quimper (29).", id="limit"
        ),
        pytest.param(
            ["--within", "150"],
            f"4 of {SEATED} campuses with a known seat are within 150 km of Quimper (29).",
            id="within",
        ),
        pytest.param(
            ["--within", "150", "--limit", "3"],
            f"4 of {SEATED} campuses with a known seat are within 150 km of Quimper (29); the nearest 3 are shown.",
            id="within and limit",
        ),
        pytest.param(
            ["--within", "150", "--region", "bretagne"],
            f"4 of {SEATED_BRETONS} campuses that match and have a known seat are within 150 km of Quimper (29).",
            id="within and filter",
        ),
        pytest.param(
            ["--region", "bretagne", "--limit", "1"],
            f"1 of {SEATED_BRETONS} campuses that match and have a known seat, by distance from Quimper (29).",
            id="limit and filter",
        ),
        pytest.param(
            ["--sector", "bois", "--within", "100"],
            "No campus that matches and has a known seat is within 100 km of Quimper (29); 7 match and have one.",
            id="none that matches within",
        ),
        pytest.param(
            ["--region", "corse"], "No campus with a known seat is left to measure from Quimper (29).", id="none left"
        ),
    ],
)
def test_near_says_of_how_many(asked, sentence):
    for terminal in (True, False):
        _, out, err = cmq("near", "quimper", *asked, terminal=terminal)
        assert sentence in " ".join((out if terminal else err).split())


def test_near_within_nothing_says_so():
    assert cmq("near", "ajaccio", "--within", "10", "--json")[:2] == (ExitCode.DONE, "[]\n")
    _, _, err = cmq("near", "ajaccio", "--within", "10")
    assert f"No campus with a known seat is within 10 km of Ajaccio (2A); {SEATED} have one." in err


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("bretagne", "No commune matches 'bretagne'. Bretagne is a region: cmq list --region \"Bretagne\""),
        ("isère", "No commune matches 'isère'. Isère is a department: cmq list --department 38"),
        ("aix", "No commune matches 'aix'. Did you mean: \"Aix-en-Provence (13)\""),
    ],
)
def test_near_knows_regions_and_departments(place, said):
    code, out, err = cmq("near", place)
    assert (code, out) == (ExitCode.NOT_FOUND, "")
    assert said in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["count", "--by", "region,sector"], "Repeat the option: --by region --by sector"),
        (["list", "--missing", "city,website"], "Repeat the option: --missing city --missing website"),
    ],
)
def test_several_fields_in_one_are_told_apart(arguments, said):
    code, _, err = cmq(*arguments)
    assert code == ExitCode.USAGE
    assert said in err


def test_near_asks_whether_the_numbers_are_turned_round():
    code, _, err = cmq("near", "6.02,47.24", "--limit", "1")
    assert code == ExitCode.DONE
    assert "6.02,47.24 is far from every campus; latitude comes first. Did you mean: cmq near 47.24,6.02" in err
    assert "far from every campus" not in cmq("near", "47.24,6.02", "--limit", "1")[2]


def test_city_without_campus_is_an_empty_answer():
    code, out, err = cmq("list", "--city", "marseille", "--json")
    assert (code, out) == (ExitCode.DONE, "[]\n")
    assert "No campus is known to have its seat in 'marseille'. Those around it: cmq near \"Marseille (13)\"" in err
    assert cmq("count", "--city", "marseille")[:2] == (ExitCode.DONE, "0\n")
    assert cmq("count", "--city", "marseile")[0] == ExitCode.USAGE


NEEDED = {"show": ["besancon"], "near": ["besançon"], "validate": [str(registry.data_file("campuses.json"))]}


NEEDED = {"show": ["besancon"], "near": ["besançon"], "validate": [str(registry.data_file("campuses.json"))]}
"""What a command can't do without."""


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_json(command):
    code, out, _ = cmq(command, *NEEDED.get(command, []), "--json")
    assert code == ExitCode.DONE
    assert out[0] in "[{"
    json.loads(out)


def help_of(capsys, *arguments):
    assert run([*arguments], Screen(io.StringIO(), io.StringIO())) == ExitCode.DONE
    return capsys.readouterr().out


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_every_command_shows_examples(capsys, command):
    text = help_of(capsys, command, "-h")
    assert f"Usage: cmq {command}" in text
    assert f"  cmq {command}" in text.partition("Examples:")[2]


@pytest.mark.parametrize("arguments", [[], ["-h"], ["--help"]])
def test_no_arguments_and_help_show_the_commands(capsys, arguments):
    text = help_of(capsys, *arguments)
    for command in COMMANDS:
        assert re.search(rf"^  {command} +\w", text, re.MULTILINE)
    assert "Exit codes:" in text


def test_version(capsys):
    assert re.fullmatch(
        rf"cmq {__version__} \(data \d{{4}}-\d\d-\d\d, Python 3\.\d+\.\S+\)\n", help_of(capsys, "--version")
    )


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["list", "--sector", "mecatronik"], 2, "Unknown sector 'mecatronik'. Did you mean: mécatronique"),
        (["list", "--region", "bretange"], 2, "Bretagne"),
        (["list", "--academy", "bezançon"], 2, "Besançon"),
        (["list", "--department", "Doubbs"], 2, "Doubs"),
        (["list", "--city", "nime"], 0, ""),
        (["list", "--wave", "6"], 2, "Give one of: 1, 2, 3, 4, 5, none."),
        (["list", "--sort", "nam"], 2, "Did you mean name?"),
        (["list", "--fields", "nme"], 2, "The fields are: name,"),
        (["list", "--as-of", "hier"], 2, "Write 2017-02-13, 2017-02 or 2017."),
        (["list", "--as-of", "2017-02-30"], 2, "Write 2017-02-13, 2017-02 or 2017."),
        (["list", "--limit", "-1"], 2, "--limit"),
        (["list", "--json", "--csv"], 2, "--json and --csv ask for different forms"),
        (["count", "--by", "regoin"], 2, "Did you mean region?"),
        (["count", "--by", "region", "--by", "region"], 2, "two different ones"),
        (["show", "bezancon"], 1, "microtechniques-systemes-intelligents (Besançon)"),
        (["show", "xyzzy"], 1, "Look further with: cmq list WORD"),
        (["show", ""], 1, "No campus matches ''."),
        (["show"], 2, "KEY"),
        (["waves", "9"], 1, "There is no wave 9. Give one of 1, 2, 3, 4, 5."),
        (["waves", "0"], 1, "There is no wave 0. Give one of 1, 2, 3, 4, 5."),
        (["waves", "--", "-1"], 1, "There is no wave -1. Give one of 1, 2, 3, 4, 5."),
        (["waves", "IV"], 2, "'IV' isn't the number of a wave. Give a number: 1, 2, 3, 4, 5."),
        (["waves", "4.5"], 2, "'4.5' isn't the number of a wave. Give a number: 1, 2, 3, 4, 5."),
        (["waves", "none"], 2, "'none' isn't the number of a wave. Give a number: 1, 2, 3, 4, 5."),
        (["waves", ""], 2, "'' isn't the number of a wave. Give a number: 1, 2, 3, 4, 5."),
        (["waves", "9" * 5000], 2, "isn't the number of a wave. Give a number: 1, 2, 3, 4, 5."),
        (["figures", "bts"], 1, "'bts'. Did you mean: places-bts, regions-bac-pro-bts? See: cmq figures"),
        (["figures", "500"], 1, "'500'. Did you mean: nouvelles-formations? See: cmq figures"),
        (["figures", "10 000"], 1, "'10 000'. Did you mean: places-bts? See: cmq figures"),
        (["figures", "création de places"], 1, "No figure is called 'création de places'. See: cmq figures"),
        (["figures", "plcaes-bts"], 1, "Did you mean: places-bts? See: cmq figures"),
        (["sources", "villages"], 1, "'villages'. Did you mean: villages-fm-2017-02-13? See: cmq sources"),
        (["sources", "cp-men"], 1, "'cp-men'. Did you mean: cp-men-2017-02-13? See: cmq sources"),
        (["sources", "visite jules-haag"], 1, "Did you mean: villages-fm-2017-02-13? See: cmq sources"),
        (["sources", "bo-2013"], 1, "bo-2013-20"),
        (["sources", "xyzzy"], 1, "No source is called 'xyzzy'. See: cmq sources"),
        (["near", "saint-denis"], 2, '"Saint-Denis (974)"'),
        (["near", "bezançon"], 1, '"Besançon (25)"'),
        (["near", "95,200"], 2, "LAT,LON"),
        (["near", "Dole", "--within", "nan"], 2, "Give a number of kilometres, 0 or more."),
        (["near"], 2, "PLACE"),
        (["lst"], 2, "Did you mean 'list'?"),
        (["list", "--sectr", "x"], 2, "--sector"),
    ],
)
def test_an_error_is_one_line_that_says_what_to_do(arguments, code, message):
    got, out, err = cmq(*arguments)
    assert got == code
    assert message in err
    assert code == 0 or (out == "" and err.count("\n") == 1 and err.startswith("cmq: "))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "can't be read (No such file or directory"),
        (b"", "is damaged"),
        (b'{"schema_version": 1', "is damaged"),
        (b"[]", "is damaged"),
        (b"{}", "is damaged"),
        (b"\xff\xfe", "is damaged"),
        (b"[" * 100_000, "is damaged"),
    ],
)
def test_a_damaged_bundled_registry_is_one_line(tmp_path, monkeypatch, content, said):
    path = tmp_path / "campuses.json"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setattr(registry, "data_file", lambda name: path)
    code, out, err = cmq("list")
    assert (code, out) == (ExitCode.NOT_FOUND, "")
    assert said in err
    assert "reinstall cmq as its README says" in err
    assert err.count("\n") == 1


def test_the_version_is_told_also_when_the_data_are_damaged(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(registry, "data_file", lambda name: tmp_path / name)
    code, _, err = cmq("--version")
    assert code == ExitCode.NOT_FOUND
    told = capsys.readouterr().out
    assert re.fullmatch(rf"cmq {__version__} \(no data that can be read, Python 3\.\d+\.\S+\)\n", told)
    assert "can't be read (No such file or directory" in err
    assert err.count("\n") == 1


def test_every_command_is_built_only_when_asked_for(monkeypatch):
    asked = []
    monkeypatch.setattr(cli, "import_module", lambda name: asked.append(name) or __import__(name, fromlist=["_"]))
    cmq("waves", "--json")
    assert asked == ["cmq_cli.commands.waves"]
