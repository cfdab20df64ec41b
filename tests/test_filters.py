"""Filters: which campuses they keep, of which they can't tell, and what they say to an unknown value."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from re import MULTILINE, findall
from typing import Any

import pytest

from cmq_cli import filters
from cmq_cli.dates import last_day
from cmq_cli.errors import UsageError
from cmq_cli.filters import Filter
from cmq_cli.model import Announcement, Campus, Registry
from cmq_cli.registry import load
from hostile import HOSTILE

REGISTRY = load()
BY_ID = {campus.id: campus for campus in REGISTRY.campuses}
CHANGES = (Path(__file__).parents[1] / "data" / "CHANGELOG.md").read_text(encoding="utf-8")
FIRST = {*findall(r"^- `([\w-]+)`", CHANGES.rpartition("\n## ")[2], MULTILINE)}
"""The campuses of the first registry: to count those alone is to count the same when others are added."""

Make = Callable[[Registry, Iterable[str]], Filter]


def answers(made: Filter) -> tuple[set[str], set[str]]:
    """Return the ids of the campuses that a filter keeps, and of those of which it can't tell."""
    tested = [(campus.id, made.test(campus)) for campus in REGISTRY.campuses]
    return {id for id, answer in tested if answer}, {id for id, answer in tested if answer is None}


def someone(**known: object) -> Campus:
    """Return a campus in Normandie of which only these fields are known."""
    unknown = {"academy": None, "department_code": None, "city": None, "city_code": None, "wave": None}
    undated = {"labelled_on": None, "labelled_by": None, "excellence": None}
    return replace(BY_ID["ceine"], **{**unknown, **undated, **known})  # type: ignore[arg-type]


FRANCHE_COMTE = {
    "agroequipements-vesoul",
    "maroquinerie-metiers-d-art",
    "microtechniques-systemes-intelligents",
    "mobicampus",
}
SOMEWHERE_IN_BFC = {"industrie-collaborative-innovante", "industrie-technologique", "territoire-intelligent"}
NORMANDIE = {"biotechnologies-normandie", "ceine", "energies-cherbourg", "energies-fecamp", "propulsions-normandie"}
OVERSEAS = {
    "audiovisuel-cinema-guadeloupe",
    "bois-eco-construction-guyane",
    "genie-civil-milieu-tropical",
    "hotellerie-restauration-pacifique",
    "mer-martinique",
    "mer-polynesie-francaise",
    "solidarites-bien-etre-la-reunion",
    "tourisme-guadeloupe",
}
SOMEWHERE_IN_69 = {"auto-mobilites-auvergne-rhone-alpes", "design-et-habitat", "textile-mode-cuir-design-rhone-alpes"}
SOMEWHERE_IN_28 = {"cosmetopharma", "mecatronique-centre-val-de-loire", "patmat", "transnum"}
SOMEWHERE_IN_93 = {"metiers-de-la-securite", "mode-ile-de-france", "transition-numerique-construction"}


@pytest.mark.parametrize(
    ("make", "values", "kept", "open_"),
    [
        pytest.param(filters.by_region, ["Franche-Comté"], FRANCHE_COMTE, SOMEWHERE_IN_BFC, id="former region"),
        pytest.param(
            filters.by_region,
            ["bfc"],
            {*FRANCHE_COMTE, *SOMEWHERE_IN_BFC, "alimentation-gout-tourisme", "energie-construction-green-city"},
            set(),
            id="region of today",
        ),
        pytest.param(
            filters.by_region,
            ["Centre"],
            {"cosmetopharma", "mecatronique-centre-val-de-loire", "patmat", "transnum"},
            set(),
            id="former region of all the academies",
        ),
        pytest.param(
            filters.by_region,
            ["Franche-Comté", "Bourgogne"],
            {*FRANCHE_COMTE, *SOMEWHERE_IN_BFC, "alimentation-gout-tourisme", "energie-construction-green-city"},
            set(),
            id="two former regions make a whole one",
        ),
        pytest.param(filters.by_region, ["DROM"], OVERSEAS, set(), id="overseas"),
        pytest.param(filters.by_region, ["Corse"], set(), set(), id="region without campus"),
        pytest.param(filters.by_region, ["Corse", "Normandie"], NORMANDIE, set(), id="two regions"),
        pytest.param(filters.by_academy, ["normandie"], NORMANDIE, set(), id="later academy, of two"),
        pytest.param(
            filters.by_academy,
            ["Caen"],
            {"energies-cherbourg"},
            {"ceine", "propulsions-normandie"},
            id="one academy of two",
        ),
        pytest.param(filters.by_academy, ["académie de besançon"], FRANCHE_COMTE, SOMEWHERE_IN_BFC, id="academy"),
        pytest.param(
            filters.by_academy,
            ["DROM"],
            OVERSEAS - {"hotellerie-restauration-pacifique", "mer-polynesie-francaise"},
            set(),
            id="Polynesia has no academy",
        ),
        pytest.param(filters.by_department, ["2A"], set(), set(), id="department without campus"),
        pytest.param(
            filters.by_department,
            ["93"],
            {"creation-numerique-saint-denis", "hub-aeroportuaire"},
            SOMEWHERE_IN_93,
            id="department",
        ),
        pytest.param(
            filters.by_department,
            ["doubs"],
            {"microtechniques-systemes-intelligents"},
            {"maroquinerie-metiers-d-art", "mobicampus", *SOMEWHERE_IN_BFC},
            id="department by name",
        ),
        pytest.param(
            filters.by_department,
            ["974", "971"],
            {
                *("genie-civil-milieu-tropical", "solidarites-bien-etre-la-reunion"),
                *("audiovisuel-cinema-guadeloupe", "tourisme-guadeloupe"),
            },
            set(),
            id="two departments",
        ),
        pytest.param(filters.by_city, ["St-Denis"], {"creation-numerique-saint-denis"}, SOMEWHERE_IN_93, id="city"),
        pytest.param(
            filters.by_city,
            ["25056"],
            {"microtechniques-systemes-intelligents"},
            {"maroquinerie-metiers-d-art", "mobicampus", *SOMEWHERE_IN_BFC},
            id="city by code",
        ),
        pytest.param(
            filters.by_city,
            ["nimes", "Avignon"],
            {"campus-3a-avignon", "design-industries-creatives-nimes", "developpement-culturel", "herec-nimes"},
            {"gastronomie-tourisme-occitanie", "aeronautique-paca", "industrie-du-futur-sud", "relation-client"},
            id="two cities",
        ),
        pytest.param(
            filters.by_sector,
            ["logistique", "thermalisme"],
            {campus.id for campus in REGISTRY.campuses}
            & {
                *("hub-aeroportuaire", "metiers-de-la-securite", "relation-client"),
                *("autonomie-inclusion-grand-est", "autonomie-longevite-sante", "sante-autonomie-bien-vieillir"),
                *("solidarites-bien-etre-la-reunion", "thermalisme-bien-etre"),
            },
            set(),
            id="two sectors",
        ),
    ],
)
def test_filter_keeps_what_is_sure(make: Make, values: list[str], kept: set[str], open_: set[str]) -> None:
    assert answers(make(REGISTRY, values)) == (kept, open_)


@pytest.mark.parametrize(
    ("values", "kept", "open_", "notes"),
    [
        pytest.param(
            ["marseille"],
            set(),
            {"aeronautique-paca", "industrie-du-futur-sud", "relation-client"},
            ["No campus is known to have its seat in 'marseille'. Those around it: cmq near \"Marseille (13)\""],
            id="commune without campus",
        ),
        pytest.param(
            ["Montreuil"],
            set(),
            {*SOMEWHERE_IN_93, *SOMEWHERE_IN_28, "industries-creatives-mode-luxe"},
            [
                "No campus is known to have its seat in one of the 3 communes called 'Montreuil'. "
                'Those around the largest: cmq near "Montreuil (93)"'
            ],
            id="three communes without campus",
        ),
        pytest.param(
            ["Ajaccio", "Lannion"],
            {"numerique-photonique-lannion"},
            set(),
            ["No campus is known to have its seat in 'Ajaccio'. Those around it: cmq near \"Ajaccio (2A)\""],
            id="one commune with campus, one without",
        ),
        pytest.param(["Lyon 8e"], {"lumiere-intelligente"}, SOMEWHERE_IN_69, [], id="arrondissement"),
        pytest.param(["69388"], {"lumiere-intelligente"}, SOMEWHERE_IN_69, [], id="arrondissement by code"),
    ],
)
def test_commune_may_have_no_campus(values: list[str], kept: set[str], open_: set[str], notes: list[str]) -> None:
    made = filters.by_city(REGISTRY, values)
    assert (*answers(made), list(made.notes)) == (kept, open_, notes)


@pytest.mark.parametrize(
    ("values", "waves"),
    [
        pytest.param(["4"], {4}, id="number"),
        pytest.param(["vague 4"], {4}, id="with the word"),
        pytest.param(["IVe vague"], {4}, id="Roman"),
        pytest.param(["none"], {None}, id="none"),
        pytest.param(["1", "none"], {1, None}, id="one or none"),
        pytest.param(["1", "2", "3", "4", "5"], {1, 2, 3, 4, 5}, id="all"),
    ],
)
def test_waves(values: list[str], waves: set[int | None]) -> None:
    meant = {campus.id for campus in REGISTRY.campuses if campus.wave in waves}
    unknown = {campus.id for campus in REGISTRY.campuses if campus.wave is None}
    kept, may_match = answers(filters.by_wave(REGISTRY, values))
    assert kept == meant
    assert may_match <= unknown - meant


def test_only_campuses_that_may_be_of_a_wave_are_left_open() -> None:
    """The fourth was announced on one day: whose label is dated is of it or not, and who had it earlier isn't."""
    expected = {
        campus.id
        for campus in REGISTRY.campuses
        if campus.wave is None
        and campus.labelled_on is None
        and (campus.labelled_by is None or last_day(campus.labelled_by) >= date(2017, 2, 13))
    }
    assert answers(filters.by_wave(REGISTRY, ["4"]))[1] == expected
    assert [len(answers(filters.by_wave(REGISTRY, [wave]))[1]) for wave in "12345"] == [51, 51, 51, 39, 37]


def test_the_dates_of_no_campus_contradict_its_wave() -> None:
    for campus in REGISTRY.campuses:
        if campus.wave is not None:
            assert filters.by_wave(REGISTRY, [str(campus.wave)]).test(replace(campus, wave=None)) is not False, (
                campus.id
            )


@pytest.mark.parametrize(
    ("values", "known", "expected"),
    [
        pytest.param(["2"], {"labelled_on": "2015-12"}, None, id="perhaps on the day of the last announcement"),
        pytest.param(["2"], {"labelled_on": "2015-12-03"}, False, id="after the last announcement"),
        pytest.param(["2"], {"labelled_by": "2015-12-03"}, None, id="proven after the last announcement"),
        pytest.param(["2"], {"labelled_by": "2015-01-30"}, None, id="proven on the day of the first announcement"),
        pytest.param(["2"], {"labelled_by": "2015-01-29"}, False, id="proven before the first announcement"),
        pytest.param(["2"], {"labelled_on": "2014"}, False, id="before the first announcement"),
        pytest.param(["5"], {"labelled_on": "2018-12-31"}, None, id="in the year of the last wave"),
        pytest.param(["1", "2", "3", "4", "5"], {"labelled_on": "2019"}, False, id="after the last wave"),
        pytest.param(["1", "4"], {"labelled_by": "2014"}, None, id="one of two is possible"),
        pytest.param(["4", "none"], {"labelled_on": "2019"}, True, id="none is wanted too"),
    ],
)
def test_dates_tell_of_which_wave_a_label_may_be(
    values: list[str], known: dict[str, Any], expected: bool | None
) -> None:
    assert filters.by_wave(REGISTRY, values).test(someone(wave=None, **known)) is expected


def test_dates_tell_nothing_of_a_wave_that_nobody_announced() -> None:
    silent = replace(REGISTRY.wave_by_number[2], announcements=())
    registry = replace(REGISTRY, waves=(silent,))
    assert filters.by_wave(registry, ["2"]).test(someone(wave=None, labelled_on="2019")) is None
    assert filters.by_wave(registry, ["2"]).test(someone(wave=None, labelled_on="2012")) is None


@pytest.mark.parametrize(
    ("known", "wanted", "expected"),
    [
        pytest.param(True, True, True, id="holds it"),
        pytest.param(True, False, False, id="holds it, others wanted"),
        pytest.param(False, True, False, id="doesn't hold it"),
        pytest.param(False, False, True, id="doesn't hold it, as wanted"),
        pytest.param(None, True, None, id="unknown"),
        pytest.param(None, False, None, id="unknown, others wanted"),
    ],
)
def test_excellence(known: bool | None, wanted: bool, expected: bool | None) -> None:
    assert filters.by_excellence(wanted).test(someone(excellence=known)) is expected


@pytest.mark.parametrize(
    ("made", "known", "expected"),
    [
        pytest.param(filters.by_academy(REGISTRY, ["Caen"]), {}, None, id="academy unknown"),
        pytest.param(filters.by_academy(REGISTRY, ["Caen"]), {"department_code": "50"}, True, id="known by department"),
        pytest.param(filters.by_academy(REGISTRY, ["Caen"]), {"department_code": "76"}, False, id="another department"),
        pytest.param(filters.by_academy(REGISTRY, ["Lille"]), {}, False, id="academy of another region"),
        pytest.param(filters.by_academy(REGISTRY, ["Caen", "Rouen"]), {}, True, id="either of all"),
        pytest.param(filters.by_region(REGISTRY, ["Basse-Normandie"]), {}, None, id="former region"),
        pytest.param(filters.by_region(REGISTRY, ["Basse-Normandie"]), {"academy": "Caen"}, True, id="its academy"),
        pytest.param(filters.by_department(REGISTRY, ["50"]), {}, None, id="department unknown"),
        pytest.param(filters.by_department(REGISTRY, ["50"]), {"academy": "Rouen"}, False, id="in the other academy"),
        pytest.param(
            filters.by_department(REGISTRY, ["27", "76"]),
            {"academy": "Rouen"},
            True,
            id="either department of the academy",
        ),
        pytest.param(filters.by_city(REGISTRY, ["Fécamp"]), {}, None, id="city unknown"),
        pytest.param(filters.by_city(REGISTRY, ["Fécamp"]), {"department_code": "76"}, None, id="in the department"),
        pytest.param(
            filters.by_city(REGISTRY, ["Fécamp"]), {"department_code": "27"}, False, id="not in the department"
        ),
        pytest.param(filters.by_city(REGISTRY, ["Fécamp"]), {"academy": "Caen"}, False, id="in the other academy"),
        pytest.param(filters.by_wave(REGISTRY, ["2"]), {}, None, id="wave unknown"),
        pytest.param(filters.by_wave(REGISTRY, ["2"]), {"wave": 2}, True, id="in the wave"),
        pytest.param(filters.by_wave(REGISTRY, ["2"]), {"wave": 3}, False, id="in another wave"),
        pytest.param(filters.by_date(REGISTRY, "2020"), {}, None, id="undated: nothing proves it"),
        pytest.param(filters.by_date(REGISTRY, "2020"), {"labelled_by": "2021"}, None, id="proven only later"),
        pytest.param(filters.by_date(REGISTRY, "2020"), {"labelled_on": "2021"}, False, id="later"),
        pytest.param(filters.by_date(REGISTRY, "2013-09"), {}, None, id="after the first announcement"),
        pytest.param(filters.by_date(REGISTRY, "2013-08"), {}, False, id="before the first announcement"),
    ],
)
def test_what_is_known_decides_as_far_as_it_goes(made: Filter, known: dict[str, object], expected: bool | None) -> None:
    assert made.test(someone(**known)) is expected


def test_city_without_a_code_answers_to_its_name() -> None:
    nameless = someone(id="x", city="Ville-Nouvelle", department_code="76")
    registry = replace(REGISTRY, campuses=(nameless, BY_ID["energies-fecamp"]))
    made = filters.by_city(registry, ["ville nouvelle"])
    assert [made.test(campus) for campus in registry.campuses] == [True, False]


@pytest.mark.parametrize(
    ("typed", "number", "undated", "proven_later"),
    [
        pytest.param("2013-08", 0, 0, 0, id="before the first"),
        pytest.param("2013-09-10", 0, 0, 0, id="the day before the first"),
        pytest.param("2013-09-11", 1, 18, 41, id="first letters"),
        pytest.param("2013-09", 3, 18, 39, id="a month means its last day"),
        pytest.param("2013-12-30", 4, 18, 39, id="the wave isn't announced in full"),
        pytest.param("2013", 10, 18, 33, id="a year means its last day"),
        pytest.param("2017-02-12", 37, 18, 21, id="the day before the fourth wave"),
        pytest.param("2017-02-13", 52, 18, 21, id="press release"),
        pytest.param(" 2017-02-13 ", 52, 18, 21, id="spaces"),
        pytest.param("2017-02-14", 53, 18, 20, id="the day after"),
        pytest.param("9999", 85, 18, 0, id="all that are dated"),
    ],
)
def test_as_of(typed: str, number: int, undated: int, proven_later: int) -> None:
    kept, open_ = (found & FIRST for found in answers(filters.by_date(REGISTRY, typed)))
    dated, without = (found & FIRST for found in answers(filters.dated(REGISTRY, typed)))
    assert (len(kept), len(without), len(open_ - without)) == (number, undated, proven_later)
    assert without <= open_
    assert kept <= dated


@pytest.mark.parametrize(
    ("known", "first"),
    [
        pytest.param({}, date(2013, 9, 11), id="nothing known: the first announcement of all"),
        pytest.param({"labelled_by": "2019"}, date(2013, 9, 11), id="proven later"),
        pytest.param({"labelled_on": "2013"}, date(2013, 9, 11), id="the year of the first announcement"),
        pytest.param({"labelled_on": "2016-03"}, date(2016, 3, 1), id="a month"),
        pytest.param({"wave": 3}, date(2016, 1, 29), id="first announcement of the wave"),
        pytest.param({"wave": 5}, date(2018, 1, 1), id="announced in a year"),
    ],
)
def test_possible_from(known: dict[str, object], first: date) -> None:
    assert filters.possible_from(REGISTRY)(someone(**known)) == first
    nobody = replace(REGISTRY, waves=())
    assert filters.possible_from(nobody)(someone(wave=None)) == date.min


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param({}, None, id="undated"),
        pytest.param({"labelled_on": "2015"}, date(2015, 12, 31), id="year of the label"),
        pytest.param({"labelled_by": "2016-02-03"}, date(2016, 2, 3), id="proven by"),
        pytest.param({"wave": 4}, date(2017, 2, 13), id="announcement of the wave"),
        pytest.param({"wave": 2}, date(2015, 12, 2), id="last announcement of the wave"),
        pytest.param({"wave": 4, "labelled_on": "2017"}, date(2017, 2, 13), id="wave before the end of the year"),
        pytest.param(
            {"wave": 2, "labelled_on": "2015-01-30"}, date(2015, 1, 30), id="label before the last announcement"
        ),
        pytest.param(
            {"wave": 3, "labelled_by": "2016-04-15"}, date(2016, 4, 15), id="proof before the last announcement"
        ),
    ],
)
def test_proven_by(known: dict[str, object], expected: date | None) -> None:
    assert filters.proven_by(REGISTRY, someone(**known)) == expected


def test_wave_that_nobody_announced_proves_nothing() -> None:
    silent = replace(REGISTRY.wave_by_number[1], announcements=())
    registry = replace(REGISTRY, waves=(silent,))
    assert filters.proven_by(registry, someone(wave=1)) is None
    spoken = replace(silent, announcements=(Announcement("2014", 1, 1, "stated", None),))
    assert filters.proven_by(replace(REGISTRY, waves=(spoken,)), someone(wave=1)) == date(2014, 12, 31)


@pytest.mark.parametrize(
    ("make", "typed", "message"),
    [
        pytest.param(
            filters.by_sector,
            "gastronmie",
            "Unknown sector 'gastronmie'. Did you mean: gastronomie? See: cmq sectors",
            id="sector",
        ),
        pytest.param(
            filters.by_sector,
            "xyzzy",
            "Unknown sector 'xyzzy'. See: cmq sectors; words are looked for everywhere with: cmq list WORD",
            id="no sector near",
        ),
        *(
            pytest.param(
                filters.by_sector,
                typed,
                f"Unknown sector '{typed}'. See: cmq sectors; words are looked for everywhere with: cmq list WORD",
                id=f"nothing is near {typed}",
            )
            for typed in ("sport", "tertiaire", "vin", "eau", "viticulture", "banque")
        ),
        pytest.param(
            filters.by_region,
            "jura",
            "'jura' is no value of --region. Jura is a department: cmq list --department 39",
            id="department for a region",
        ),
        pytest.param(
            filters.by_department,
            "bretagne",
            "'bretagne' is no value of --department. Bretagne is a region: cmq list --region \"Bretagne\"",
            id="region for a department",
        ),
        pytest.param(
            filters.by_department,
            "Franche-Comté",
            "'Franche-Comté' is no value of --department. "
            'Franche-Comté is a region: cmq list --region "Franche-Comté"',
            id="former region for a department",
        ),
        pytest.param(
            filters.by_academy,
            "mécatronique",
            "'mécatronique' is no value of --academy. "
            '"Systèmes innovants, mécatronique" is a sector: cmq list --sector systemes-innovants-mecatronique',
            id="sector for an academy",
        ),
        pytest.param(
            filters.by_region,
            "Nanterre",
            "'Nanterre' is no value of --region. Nanterre (92) is a commune: cmq near \"Nanterre (92)\"",
            id="commune for a region",
        ),
        pytest.param(
            filters.by_sector,
            "bois, cuir",
            "'bois, cuir' are several values. Repeat the option: --sector bois --sector cuir",
            id="several sectors in one",
        ),
        pytest.param(
            filters.by_region,
            "paca;grand est",
            "'paca;grand est' are several values. Repeat the option: --region paca --region \"grand est\"",
            id="several regions in one",
        ),
        pytest.param(
            filters.by_city,
            "nimes,avignon",
            "'nimes,avignon' are several values. Repeat the option: --city nimes --city avignon",
            id="several cities in one",
        ),
        pytest.param(
            filters.by_wave,
            "4,5",
            "'4,5' are several values. Repeat the option: --wave 4 --wave 5",
            id="several waves in one",
        ),
        pytest.param(
            filters.by_region,
            "Bretange",
            "Unknown region 'Bretange'. Did you mean: Bretagne? See: cmq regions",
            id="region",
        ),
        pytest.param(
            filters.by_region,
            "France",
            "Unknown region 'France'. Did you mean: Hauts-de-France, Île-de-France? See: cmq regions",
            id="part of two regions",
        ),
        pytest.param(filters.by_region, "", "Unknown region ''. See: cmq regions", id="empty"),
        pytest.param(
            filters.by_academy,
            "Strassbourg",
            "Unknown academy 'Strassbourg'. Did you mean: Strasbourg? See: cmq regions",
            id="academy",
        ),
        pytest.param(filters.by_academy, "99", "Unknown academy '99'. See: cmq regions", id="no academy near"),
        pytest.param(
            filters.by_department,
            "alpes",
            "Unknown department 'alpes'. Did you mean: Alpes-de-Haute-Provence, Alpes-Maritimes, Hautes-Alpes? "
            "Give a name (Doubs) or a number (25, 2A, 974).",
            id="part of three departments",
        ),
        pytest.param(
            filters.by_department,
            "99",
            "Unknown department '99'. Give a name (Doubs) or a number (25, 2A, 974).",
            id="no such department",
        ),
        pytest.param(
            filters.by_city,
            "Besanson",
            "Unknown city 'Besanson'. Did you mean: Besançon (25), Besson (03), Bresson (38)? "
            "Give a commune, or its INSEE code.",
            id="city",
        ),
        pytest.param(
            filters.by_city,
            "Tahiti",
            "Unknown city 'Tahiti'. Give a commune, or its INSEE code (25056); a postal code isn't one.",
            id="no city near",
        ),
        pytest.param(
            filters.by_wave,
            "6",
            "Unknown wave '6'. Give one of: 1, 2, 3, 4, 5, none. See: cmq waves",
            id="wave",
        ),
    ],
)
def test_unknown_value_is_answered_with_what_to_type(make: Make, typed: str, message: str) -> None:
    known = {"by_sector": "bois", "by_wave": "1", "by_city": "Nice"}.get(make.__name__, "Paris")
    values = [typed] if make is filters.by_region else [known, typed]
    with pytest.raises(UsageError) as caught:
        make(REGISTRY, values)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("make", "typed", "notes"),
    [
        pytest.param(
            filters.by_sector,
            "innovants",
            ["'innovants' means: Matériaux, matériaux innovants; Systèmes innovants, mécatronique."],
            id="a word of two labels",
        ),
        pytest.param(filters.by_department, "Corse", ["'Corse' means: Corse-du-Sud; Haute-Corse."], id="a name of two"),
        pytest.param(filters.by_academy, "normandie", ["'normandie' means: Caen; Rouen."], id="a region for academies"),
        pytest.param(filters.by_sector, "mécatronique", [], id="one sector"),
        pytest.param(filters.by_region, "PACA", [], id="one region"),
    ],
)
def test_what_means_several_things_is_said(make: Make, typed: str, notes: list[str]) -> None:
    assert list(make(REGISTRY, [typed]).notes) == notes


@pytest.mark.parametrize("typed", ["13/02/2017", "2017-13", "2017-00", "hier", ""])
def test_what_is_no_date_is_answered_with_the_three_forms(typed: str) -> None:
    with pytest.raises(UsageError) as caught:
        filters.by_date(REGISTRY, typed)
    assert str(caught.value) == f"{typed!r} is not a date. Write 2017-02-13, 2017-02 or 2017."


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_values_are_answered_in_one_line(typed: str) -> None:
    makes = (filters.by_region, filters.by_academy, filters.by_department, filters.by_city, filters.by_wave)
    for make in makes:
        with pytest.raises(UsageError) as caught:
            make(REGISTRY, [typed])
        assert str(caught.value).isprintable()
        assert len(str(caught.value)) < 600
    with pytest.raises(UsageError) as caught:
        filters.by_date(REGISTRY, typed)
    assert str(caught.value).isprintable()
