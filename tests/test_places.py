"""Places by name, code or coordinates in the real gazetteer, and distances beside those of a well-kept library."""

import csv
from collections import Counter
from dataclasses import replace

import pytest
from geopy.distance import geodesic, great_circle
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from cmq_cli import places, registry
from cmq_cli.errors import CmqError, ExitCode, NotFoundError, RegistryError, UsageError
from cmq_cli.places import Place, by_distance, distance_km, locate, read_gazetteer
from cmq_cli.text import sort_key
from registries import cmq

REGISTRY = registry.load()
DEPARTMENTS = REGISTRY.territories.departments
GAZETTEER = read_gazetteer()
with registry.data_file("places.csv").open(encoding="utf-8", newline="") as file:
    COMMUNES = list(csv.DictReader(file))
BY_CODE = {row["code"]: row for row in COMMUNES}


def find(typed):
    return locate(typed, DEPARTMENTS, lambda: GAZETTEER)


def failure(typed):
    """Return the error that a text ends in, after the checks that every error must pass."""
    with pytest.raises(CmqError) as caught:
        find(typed)
    message = str(caught.value)
    assert message.isprintable(), "one line, and nothing that a terminal would obey"
    assert len(message) < 600
    message.encode()
    return caught.value


def gazetteer(tmp_path, *rows):
    path = tmp_path / "places.csv"
    path.write_text("".join(f"{line}\n" for line in (",".join(COMMUNES[0]), *rows)), encoding="utf-8")
    return lambda: read_gazetteer(path)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Besançon", "25056"),
        ("besancon", "25056"),
        ("  BESANÇON\t", "25056"),
        ("\u202eBesançon", "25056"),  # a mark that turns the direction of writing
        ("Besanc\u0327on", "25056"),  # the cedilla apart, as macOS writes file names
        ("Montbéliard", "25388"),
        # the big cities are one commune each
        ("Paris", "75056"),
        ("lyon", "69123"),
        ("MARSEILLE", "13055"),
        # hyphens, apostrophes, ligatures, abbreviations
        ("saint etienne", "42218"),
        ("St-Étienne", "42218"),
        ("st etienne", "42218"),
        ("ste-foy-lès-lyon", "69202"),
        ("Chalon-sur-Saône", "71076"),
        ("chalon s/ saone", "71076"),
        ("Villeneuve-d’Ascq", "59009"),
        ("villeneuve d ascq", "59009"),
        ("villeneuve dascq", "59009"),
        ("saint paterne le chevain", "72308"),  # Saint-Paterne - Le Chevain
        ("L'Haÿ-les-Roses", "94038"),
        ("lhay les roses", "94038"),
        ("hay-les-roses", "94038"),
        # with or without the article
        ("Le Mans", "72181"),
        ("mans", "72181"),
        ("Havre", "76351"),
        ("la rochelle", "17300"),
        ("Rochelle", "17300"),
        ("sables d'olonne", "85194"),
        ("le besançon", "25056"),
        # an exact name beats those that contain it, and those that end in a silent letter more
        ("Lille", "59350"),
        ("Laon", "02408"),
        ("laons", "28206"),
        ("Alès", "30007"),
        ("ales", "30007"),
        ("alex", "74003"),
        ("Château-Chinon (Ville)", "58062"),
        ("chateau chinon campagne", "58063"),
        # an exact spelling tells homonyms apart
        ("Moûtiers", "73181"),
        ("MOÛTIERS", "73181"),
        ("moûtiers", "73181"),
        ("Esse", "16131"),
        ("essé", "35108"),
        # with a department
        ("Saint-Denis (974)", "97411"),
        ("Saint-Denis (La Réunion)", "97411"),
        ("saint-denis (reunion)", "97411"),
        ("Saint-Denis, La Réunion", "97411"),
        ("Saint-Denis(93)", "93066"),
        ("st denis 93", "93066"),
        ("St-Denis (Seine-St-Denis)", "93066"),
        ("saint denis seine saint denis", "93066"),
        ("Moutiers (35)", "35200"),
        ("moutiers 73", "73181"),
        ("Ajaccio (2a)", "2A004"),
        ("Ajaccio (Corse du Sud)", "2A004"),
        ("Ambérieu-en-Bugey (1)", "01004"),
        ("Ambérieu-en-Bugey (01)", "01004"),
        ("Beaune (Côte-d'Or)", "21054"),
        ("havre (seine maritime)", "76351"),
        ("Château-Chinon (Ville) (58)", "58062"),
        ("Château-Chinon (Campagne) (Nièvre)", "58063"),
        # INSEE codes
        ("25056", "25056"),
        (" 25056 ", "25056"),
        ("2A004", "2A004"),
        ("2b033", "2B033"),
        ("97411", "97411"),
        ("1004", "01004"),  # what a spreadsheet leaves of 01004
        ("75115", "75056"),
        ("69381", "69123"),
        ("13216", "13055"),
        # arrondissements as people write them; 13 is also the number of Marseille's department
        ("Paris 15e arrondissement", "75056"),
        ("paris 13", "75056"),
        ("Paris 1er", "75056"),
        ("Paris (20ème arr.)", "75056"),
        ("lyon 8", "69123"),
        ("Marseille 13", "13055"),
        ("marseille 05", "13055"),
    ],
)
def test_commune(typed, code):
    row = BY_CODE[code]
    assert find(typed) == Place(code, row["name"], row["department"], float(row["latitude"]), float(row["longitude"]))


@pytest.mark.parametrize(
    ("typed", "latitude", "longitude", "name"),
    [
        ("47.24,6.02", 47.24, 6.02, "47.24,6.02"),
        ("47.24, 6.02", 47.24, 6.02, "47.24,6.02"),
        ("47.24 6.02", 47.24, 6.02, "47.24,6.02"),
        ("47.24;6.02", 47.24, 6.02, "47.24,6.02"),
        ("47.24 , 6.02", 47.24, 6.02, "47.24,6.02"),
        ("47,24, 6,02", 47.24, 6.02, "47.24,6.02"),
        ("47,24 ,6,02", 47.24, 6.02, "47.24,6.02"),
        ("47,24;6,02", 47.24, 6.02, "47.24,6.02"),
        ("47,24 ; 6,02", 47.24, 6.02, "47.24,6.02"),
        ("47,24 6,02", 47.24, 6.02, "47.24,6.02"),
        ("47,24,6,02", 47.24, 6.02, "47.24,6.02"),
        ("47.24,6,02", 47.24, 6.02, "47.24,6.02"),
        ("  47.24,\N{NO-BREAK SPACE}6.02\n", 47.24, 6.02, "47.24,6.02"),
        ("-21.1, 55.5", -21.1, 55.5, "-21.1,55.5"),
        ("−21.1 55.5", -21.1, 55.5, "-21.1,55.5"),
        ("-21,1 55,5", -21.1, 55.5, "-21.1,55.5"),
        ("+47.24,-6.02", 47.24, -6.02, "47.24,-6.02"),
        ("47,24,-6", 47.24, -6, "47.24,-6.0"),
        ("47,6", 47, 6, "47.0,6.0"),
        ("47 6", 47, 6, "47.0,6.0"),
        ("47,24", 47, 24, "47.0,24.0"),
        ("47, 24,6", 47, 24.6, "47.0,24.6"),
        ("47,24, 6", 47.24, 6, "47.24,6.0"),
        ("0,0", 0, 0, "0.0,0.0"),
        ("90,180", 90, 180, "90.0,180.0"),
        ("-90;-180", -90, -180, "-90.0,-180.0"),
        ("47.248765,6.018249", 47.248765, 6.018249, "47.2488,6.0182"),
    ],
)
def test_point(typed, latitude, longitude, name):
    def unread():
        raise AssertionError("a point needs no gazetteer")

    assert locate(typed, DEPARTMENTS, unread) == Place(None, name, None, latitude, longitude)


@given(
    st.floats(-90, 90).map(lambda number: round(number, 4)),
    st.floats(-180, 180).map(lambda number: round(number, 4)),
    st.sampled_from([",", ", ", ";", " ; ", " ", "  "]),
    st.booleans(),
)
def test_every_point_is_read_as_it_was_meant(latitude, longitude, between, comma):
    numbers = [f"{number:.4f}" for number in (latitude, longitude)]
    typed = between.join(number.replace(".", ",") if comma else number for number in numbers)
    place = find(typed)
    assert (place.latitude, place.longitude) == (latitude, longitude)
    assert find(str(place)) == place


@pytest.mark.parametrize(
    "typed",
    [
        *("", "   ", "\n", "?!", "(93)", "-", ",", ";", "𝟜,", "/"),
        *("47.24", "47.24,", ",6.02", "47.24,6.02,1", "47,24,6", "-47,24,6", "47,,6", "4_7,6", "47..2,6", "1 2 3"),
        *("91,0", "-90.0001,0", "0,180.5", "0,-181", "470000,60000", "9" * 199 + ",0"),
        *("nan,nan", "NaN 0", "inf,0", "-inf,0", "0,Infinity", "1e999,0", "0 1E5", "47.24N,6.02E", "47.24°N 6.02°O"),
    ],
)
def test_what_is_no_place_shows_the_accepted_forms(typed):
    error = failure(typed)
    assert type(error) is UsageError
    assert error.exit_code == ExitCode.USAGE
    for form in ('"Saint-Denis (974)"', "25056", "LAT,LON", "47.24,6.02", "±90,±180"):
        assert form in str(error)


@pytest.mark.parametrize(
    ("typed", "choices"),
    [
        ("Saint-Denis", ["Saint-Denis (974)", "Saint-Denis (93)"]),
        ("st denis", ["Saint-Denis (974)", "Saint-Denis (93)"]),
        ("moutiers", ["Moûtiers (73)", "Moutiers (54)", "Moutiers (35)"]),
        ("Moutiers", ["Moûtiers (73)", "Moutiers (54)", "Moutiers (35)"]),
        ("esse", ["Essé (35)", "Esse (16)"]),
        ("Clermont", ["Clermont (60)", "Clermont (40)"]),
    ],
)
def test_homonyms_are_listed_the_most_populous_first(typed, choices):
    error = failure(typed)
    assert type(error) is UsageError
    named = ", ".join(f'"{choice}"' for choice in choices)
    assert str(error) == f"'{typed}' fits {len(choices)} communes. Write one of: {named}."


def test_of_many_homonyms_eight_are_listed(tmp_path):
    rows = [f"{at:02}001,Bourg,{at:02},84,{at * 100},46.0,5.0" for at in range(1, 13)]
    with pytest.raises(UsageError) as caught:
        locate("bourg", DEPARTMENTS, gazetteer(tmp_path, *rows))
    named = ", ".join(f'"Bourg ({at:02})"' for at in range(12, 4, -1))
    assert str(caught.value) == f"'bourg' fits 12 communes. Write one of: {named}, or one of 4 more."
    with pytest.raises(UsageError, match=r'"Bourg \(01\)"\.$'):
        locate("bourg", DEPARTMENTS, gazetteer(tmp_path, *rows[:8]))


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        # typing errors
        ("bezançon", "Besançon (25)"),
        ("besancno", "Besançon (25)"),
        ("Bezançon (25)", "Besançon (25)"),
        ("montpelier", "Montpellier (34)"),
        ("Marseile", "Marseille (13)"),
        ("lyno", "Lyon (69)"),
        ("pris", "Paris (75)"),
        ("Saint Germain en Ley", "Saint-Germain-en-Laye (78)"),
        ("la roche sur yonne", "La Roche-sur-Yon (85)"),
        # a part of the name, or more than the name
        ("Cherbourg", "Cherbourg-en-Cotentin (50)"),
        ("Boulogne", "Boulogne-Billancourt (92)"),
        ("Aix", "Aix-en-Provence (13)"),
        ("quentin", "Saint-Quentin (02)"),
        ("Bourg Ain", "Bourg-en-Bresse (01)"),
        ("25000 Besançon", "Besançon (25)"),
        ("sainte marie aux mines gare", "Sainte-Marie-aux-Mines (68)"),
        ("Paris 21e arrondissement", "Paris (75)"),
        # the wrong department, or none that exists
        ("Saint-Denis (75)", "Saint-Denis (974)"),
        ("Saint-Denis (Atlantide)", "Saint-Denis (974)"),
        ("paris 0", "Paris (75)"),
        ("Lyon (38)", "Lyon (69)"),
    ],
)
def test_an_unknown_commune_names_the_nearest(typed, first):
    error = failure(typed)
    assert type(error) is NotFoundError
    assert error.exit_code == ExitCode.NOT_FOUND
    assert str(error).startswith(f"No commune matches '{typed}'. Did you mean: \"{first}\"")
    assert str(error).count('"') in (2, 4, 6)
    assert find(first) == find(str(find(first)))


def test_a_part_of_many_names_asks_for_the_whole():
    number = sum(" saint martin " in f" {name} " for name, _ in GAZETTEER)
    message = str(failure("saint-martin"))
    assert 'Did you mean: "Saint-Martin-d\'Hères (38)",' in message
    assert f"{number} communes have it in their name: write the whole name, or give LAT,LON" in message
    assert "have it in their name" not in str(failure("montpelier"))


@pytest.mark.parametrize("typed", ["xyzzy", "東京", "q" * 200, "ª" * 50])
def test_an_unknown_commune_that_resembles_none(typed):
    error = failure(typed)
    assert type(error) is NotFoundError
    assert "Did you mean" not in str(error)
    assert "give LAT,LON (47.24,6.02) instead" in str(error)


@pytest.mark.parametrize("typed", ["25000", "75015", "75121", "2a999", "99999", "0000"])
def test_an_unknown_code(typed):
    error = failure(typed)
    assert type(error) is NotFoundError
    assert f"No commune has the INSEE code {typed.upper().zfill(5)}; a postal code isn't one." in str(error)
    assert "LAT,LON" in str(error)


@pytest.mark.parametrize(
    "typed",
    [
        *("x" * 100_000, "1" * 100_000, " " * 100_000, "é" * 100_000, "47.24," + "6" * 100_000, "saint " * 20_000),
        *("1" + " " * 100_000 + "?", "a\u0301\u0327" * 50_000, "1," * 50_000, "-" * 100_000),
        *("\x00", "Besançon\x1b[31m", "Saint\x07Denis\r\nx", "\ud800", "Besan\udce7on", "47.24\x00,6.02"),
        *("\u2028", "{0}", "%s", "../../etc/passwd", "a" * 199, "le la les l' " * 15, "93 " * 60, "ain " * 49),
    ],
)
def test_hostile_text_gives_a_short_error_quickly(typed):
    failure(typed)


@settings(deadline=None, max_examples=60)
@given(
    st.text(max_size=60)
    | st.text(alphabet="0123456789.,;+- eE−", max_size=30)
    | st.from_regex(r"(saint|le|st|mont)[ -]\w{1,12}( \(\d{1,3}\))?", fullmatch=True)
)
@example("\u0130stanbul")
@example("ß")
def test_any_text_gives_a_place_or_one_of_the_errors(typed):
    try:
        place = find(typed)
    except (UsageError, NotFoundError):
        failure(typed)
    else:
        assert -90 <= place.latitude <= 90
        assert -180 <= place.longitude <= 180


def test_fast_folding_gives_what_folding_one_by_one_gives():
    assert [name for name, _ in GAZETTEER] == [sort_key(row["name"])[0] for row in COMMUNES]
    assert [name for name, _ in GAZETTEER] == [places._fold(row["name"]) for row in COMMUNES]


def test_every_commune_has_a_form_of_its_own():
    """A folded name and a department are those of one commune, and no name can be taken for one with a department."""
    pairs = Counter((name, line.split(",")[2]) for name, line in GAZETTEER)
    assert [pair for pair, times in pairs.items() if times > 1] == []
    assert not any(char.isdigit() for name, _ in GAZETTEER for char in name)
    assert not any(char in row["name"] for row in COMMUNES for char in '"`$\\!')  # the quotes of a form hold in a shell
    assert not any('"' in line for _, line in GAZETTEER)
    assert {row["department"] for row in COMMUNES} <= {department.code for department in DEPARTMENTS}


HOMONYMS = {name for name, times in Counter(name for name, _ in GAZETTEER).items() if times > 1}


def test_every_homonym_is_found_by_its_form():
    rows = [row for row, (name, _) in zip(COMMUNES, GAZETTEER, strict=True) if name in HOMONYMS]
    assert len(rows) > 400
    assert [row for row in rows if find(f"{row['name']} ({row['department']})").code != row["code"]] == []


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(COMMUNES), st.sampled_from([str, str.lower, str.upper, lambda name: name.replace("-", " ")]))
def test_any_commune_is_found_by_its_form_and_its_code(row, spelling):
    form = f"{row['name']} ({row['department']})"
    assert find(spelling(form)).code == find(row["code"]).code == row["code"]
    assert str(find(form)) == form
    assume(places._fold(row["name"]) not in HOMONYMS)
    assert find(spelling(row["name"])).code == row["code"]


def test_a_missing_gazetteer_says_how_to_mend_it(tmp_path, monkeypatch):
    monkeypatch.setattr(places, "data_file", lambda name: tmp_path / "gone" / name)
    with pytest.raises(RegistryError, match=r"reinstall cmq as its README says$") as caught:
        locate("Lyon", DEPARTMENTS)
    assert str(tmp_path / "gone" / "places.csv") in str(caught.value)
    with pytest.raises(RegistryError, match="can't be read"):
        read_gazetteer(tmp_path)


WHOLE = registry.data_file("places.csv").read_bytes()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        WHOLE.splitlines()[0],
        WHOLE[:300_000],
        WHOLE[1000:],
        WHOLE.replace(b",", b";"),
        WHOLE.decode().encode("utf-16"),
        WHOLE.decode().encode("cp1252"),
        WHOLE.replace(b"population", b"inhabitants", 1),
        WHOLE.replace(b"25056,", b"25056,,"),
        WHOLE + b"\n",
        b"\x00" * 1000,
        b"version https://git-lfs.github.com/spec/v1\n",
    ],
)
def test_a_damaged_gazetteer_says_how_to_mend_it(tmp_path, content):
    path = tmp_path / "places.csv"
    path.write_bytes(content)
    with pytest.raises(RegistryError, match=r"places\.csv.* damaged; reinstall cmq as its README says"):
        read_gazetteer(path)


@pytest.mark.parametrize("numbers", ["x,45.7,4.8", "5,x,4.8", "5,45.7,", "5,45.7,nan", "5,457.1,4.8", "5,45.7,-inf"])
def test_a_damaged_line_says_how_to_mend_it(tmp_path, numbers):
    damaged = gazetteer(tmp_path, f"69123,Lyon,69,84,{numbers}")
    for typed in ("Lyon", "Lyon (69)", "69123", "lyno"):
        with pytest.raises(RegistryError, match="damaged; reinstall cmq"):
            locate(typed, DEPARTMENTS, damaged)


def test_windows_line_ends_do_no_harm(tmp_path):
    path = tmp_path / "places.csv"
    path.write_bytes(WHOLE.replace(b"\n", b"\r\n"))
    assert read_gazetteer(path) == GAZETTEER


CITIES = [
    # geodesic (WGS 84 ellipsoid) and great-circle distances in km, computed with geopy 2.5.0
    ("Paris (75)", "Marseille (13)", 660.5, 660.5),
    ("Paris (75)", "Lyon (69)", 393.4, 393.2),
    ("Besançon (25)", "Montbéliard (25)", 65.7, 65.5),
    ("Lille (59)", "Toulouse (31)", 791.0, 791.1),
    ("Brest (29)", "Strasbourg (67)", 903.5, 900.8),
    ("Ajaccio (2A)", "Bastia (2B)", 105.0, 105.0),
    ("Nantes (44)", "Lyon (69)", 517.7, 516.4),
    ("Paris (75)", "Cayenne (973)", 7073.8, 7078.0),
    ("Paris (75)", "Nouméa (988)", 16740.5, 16743.5),
    ("Paris (75)", "Saint-Denis (974)", 9344.1, 9365.0),
    ("Paris (75)", "Papeete (987)", 15712.0, 15711.8),
    ("Fort-de-France (972)", "Cayenne (973)", 1435.3, 1438.7),
    ("Saint-Denis (974)", "Mamoudzou (976)", 1409.8, 1411.4),
    ("Saint-Denis (974)", "Saint-Pierre (974)", 50.7, 50.9),
    ("Nouméa (988)", "Papeete (987)", 4619.7, 4613.1),
    ("Lyon (69)", "Lyon (69)", 0, 0),
]


@pytest.mark.parametrize(("one", "other", "on_ellipsoid", "on_sphere"), CITIES)
def test_distances_of_cities(one, other, on_ellipsoid, on_sphere):
    one, other = find(one), find(other)
    km = distance_km(one.latitude, one.longitude, other.latitude, other.longitude)
    assert km == pytest.approx(on_sphere, abs=0.051)
    assert km == pytest.approx(on_ellipsoid, rel=0.005)


def area(south, north, west, east):
    return st.tuples(st.floats(south, north), st.floats(west, east))


METROPOLITAN = area(41.3, 51.1, -5.2, 9.6)
OVERSEAS = st.one_of(
    area(14.3, 18.2, -63.2, -60.8),  # Guadeloupe, Martinique, Saint-Martin, Saint-Barthélemy
    area(2.1, 5.8, -54.6, -51.6),  # Guyane
    area(-21.4, -20.8, 55.2, 55.9),  # La Réunion
    area(46.7, 47.2, -56.5, -56.1),  # Saint-Pierre-et-Miquelon
    area(-13.1, -12.6, 45.0, 45.4),  # Mayotte
    area(-14.4, -13.1, -178.2, -176.1),  # Wallis-et-Futuna
    area(-27.7, -7.8, -154.8, -134.4),  # Polynésie française
    area(-22.7, -19.5, 163.5, 168.2),  # Nouvelle-Calédonie
)
ANYWHERE = area(-90, 90, -180, 180)


@settings(deadline=None)
@given(METROPOLITAN | OVERSEAS | ANYWHERE, METROPOLITAN | OVERSEAS | ANYWHERE)
def test_distances_are_those_of_the_library_s_great_circle(one, other):
    assert distance_km(*one, *other) == pytest.approx(great_circle(one, other).km, rel=1e-6, abs=1e-6)


@settings(deadline=None)
@given(METROPOLITAN, METROPOLITAN | OVERSEAS)
def test_distances_from_metropolitan_france_are_within_half_a_percent_of_the_ellipsoid_s(one, other):
    assert distance_km(*one, *other) == pytest.approx(geodesic(one, other).km, rel=0.005, abs=1e-6)


@settings(deadline=None)
@given(OVERSEAS, METROPOLITAN | OVERSEAS)
def test_distances_near_the_equator_are_nearly_so(one, other):
    """From north to south in Guyane, on the flattened Earth's strongest curve, a sphere is off by 0.56 %."""
    assert distance_km(*one, *other) == pytest.approx(geodesic(one, other).km, rel=0.0057, abs=1e-6)


@given(ANYWHERE, ANYWHERE)
@example((0.0, 0.0), (0.0, 180.0))
@example((90.0, 0.0), (-90.0, 0.0))
@example((47.24, 6.02), (-47.24, -173.98))
def test_distance_is_a_distance(one, other):
    there, back = distance_km(*one, *other), distance_km(*other, *one)
    assert there == pytest.approx(back)
    assert 0 <= there <= 20_015.2  # half way round
    assert distance_km(*one, *one) == 0


def campus(identifier, latitude=None, longitude=None):
    return replace(REGISTRY.campuses[0], id=identifier, latitude=latitude, longitude=longitude)


def test_campuses_by_distance():
    campuses = [campus("c", 48, 2), campus("nowhere"), campus("b", 47, 2), campus("a", 48, 2), campus("lost")]
    near, unknown = by_distance(iter(campuses), 47, 2)
    assert [found.id for found, _ in near] == ["b", "a", "c"]
    assert [round(km, 1) for _, km in near] == [0, 111.2, 111.2]
    assert [one.id for one in unknown] == ["nowhere", "lost"]


def test_within():
    campuses = [campus("a", 47, 2), campus("b", 48, 2), campus("nowhere")]
    (_, farthest) = by_distance(campuses, 47, 2)[0][1]
    for within, found in ((0, ["a"]), (111, ["a"]), (farthest, ["a", "b"]), (float("inf"), ["a", "b"])):
        near, unknown = by_distance(campuses, 47, 2, within)
        assert [one.id for one, _ in near] == found
        assert [one.id for one in unknown] == ["nowhere"]
    assert by_distance([], 47, 2, 10) == ([], [])


@pytest.mark.parametrize("within", [-1, -0.001, float("nan"), float("-inf")])
def test_a_distance_is_0_or_more(within):
    with pytest.raises(UsageError, match=r"isn't a distance\. Give a number of kilometres, 0 or more\.$"):
        by_distance([], 47, 2, within)


def test_every_campus_of_the_registry_is_near_or_unknown():
    near, unknown = by_distance(REGISTRY.campuses, 47.24, 6.02)
    assert len(near) + len(unknown) == len(REGISTRY.campuses)
    assert [km for _, km in near] == sorted(km for _, km in near)
    assert near[0][0].city == "Besançon"
    here = find("Besançon")
    assert by_distance(REGISTRY.campuses, here.latitude, here.longitude, 0)[0] == [
        (one, 0) for one in REGISTRY.campuses if one.city_code == "25056"
    ]


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        pytest.param("6.02,47.24", "47.24,6.02", id="Besançon, turned round"),
        pytest.param("55.5,-21.1", "-21.1,55.5", id="La Réunion, turned round"),
        pytest.param("-52.3,4.9", "4.9,-52.3", id="Guyane, turned round"),
        pytest.param("47.24,6.02", None, id="Besançon"),
        pytest.param("-21.1,55.5", None, id="La Réunion"),
        pytest.param("0,0", None, id="far from all, either way"),
        pytest.param("Mamoudzou", None, id="a commune is where it is"),
    ],
)
def test_turned_round(point, expected):
    turned = places.turned_round(find(point), REGISTRY.campuses)
    assert (turned and str(turned)) == expected


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Cherbourg", "Cherbourg-en-Cotentin (50)"),
        ("charleville (08)", "Charleville-Mézières (08)"),
        ("Châlons", "Châlons-en-Champagne (51)"),
        ("Les Sables", "Les Sables-d'Olonne (85)"),
        ("Roissy", None),
        ("Cherbou", None),
        ("Charleville (25)", None),
        ("", None),
        ("x" * 300, None),
    ],
)
def test_the_one_commune_that_begins_so(typed, found):
    place = places.begun(typed, DEPARTMENTS)
    assert (place and str(place)) == found


def test_near_takes_the_one_commune_that_begins_so_unless_a_region_or_department_is_called_that():
    code, out, err = cmq("near", "Cherbourg", "--fields", "id", "--limit", 1)
    assert (code, out.split()[-1]) == (0, "energies-cherbourg")
    assert "by distance from Cherbourg-en-Cotentin (50)" in err
    code, out, err = cmq("near", "Nord")
    assert (code, out) == (1, "")
    assert "is a region" in err
