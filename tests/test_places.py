"""Places as people type them, in the real list of communes: each is found, named among several, or refused truly."""

import csv
import re

import pytest
from geopy.distance import geodesic, great_circle
from hypothesis import example, given
from hypothesis import strategies as st

from cmq_cli import places, registry
from cmq_cli.errors import CmqError, RegistryError
from cmq_cli.places import begins, communes, distance_km, locate, place_key, split

WHOLE = registry.data_file("places.csv").read_bytes()
ROWS = list(csv.DictReader(WHOLE.decode().splitlines()))
KNOWN = [row for row in ROWS if row["latitude"]]


def told(typed):
    """Return the place that is found, or what is said of it; of an error, which is one short line, what it names."""
    try:
        place, said = locate(typed)
    except CmqError as error:
        message = str(error)
        assert message.replace("\N{NO-BREAK SPACE}", "").isprintable()
        assert len(message) < 500
        forms = re.sub(r".* is a (department|region)|.*(Did you mean|Give one of:) |\?$", r"\1", message)
        return f"{type(error).__name__}: {'LAT,LON' if 'LAT,LON' in message else forms}"
    return said or str(place)


AS_IT_IS = """
Besançon (25) | Besançon | besancon |   BESANÇON  | Besanc\u0327on | Besan\u00adçon | \u202eBesançon
Besançon (25) | 25000 Besançon | Besançon 25000 | Besançon (25000) | 25030 Besançon cedex 9
Besançon (25) | Besançon (25) | Besançon, Doubs | besancon doubs | 25 - Besançon | Besançon, France | à Besançon
Besançon (25) | BESANCON CEDEX | Besançon dans le Doubs | près de Besançon | ville de Besançon
Saint-Étienne (42) | saint etienne | St-Étienne | st etienne | SAINT ÉTIENNE | Saintetienne
Chalon-sur-Saône (71) | Chalon-sur-Saône | chalon s/ saone | Chalon/Saône
Boulogne-sur-Mer (62) | Boulogne/Mer | boulogne sur mer
Villeneuve-d'Ascq (59) | Villeneuve-d’Ascq | villeneuve d ascq | villeneuve dascq
L'Haÿ-les-Roses (94) | l'hay les roses | lhay les roses | hay-les-roses
Le Havre (76) | Le Havre | Havre | au Havre | lehavre | havre (seine maritime)
Les Sables-d'Olonne (85) | les sables d'olonne | aux Sables-d'Olonne | sables dolonne
La Crèche (79) | La Crèche | crèche
Évry (89) | Évry (89)
Bourgoin-Jallieu (38) | Bourgoin-Jallieu | bourgoin jallieu
Bastia (2B) | Bastia (20) | Bastia (2b) | Bastia (Corse) | 20200 Bastia
Château-Chinon (Ville) (58) | Château-Chinon (Ville) (58) | château chinon ville nièvre
Saint-Denis (974) | Saint-Denis (974) | Saint-Denis La Réunion | st denis de la réunion | 97400 Saint-Denis
Saint-Denis (93) | st denis 93 | Saint-Denis(93) | St-Denis (Seine-St-Denis)
Paris (75) | Paris 13e | paris 13 | Paris 1er | Paris (20ème arr.) | 75013 Paris
Lyon (69) | Lyon 3e arrondissement | 69326 Lyon cedex 03 | lyon 08
Marseille (13) | Marseille 13 | marseille 05 | Marseille (13)
Fort-de-France (972) | Fort de France | Fort-de-France (Martinique) | Fort-de-France, France
"""
"""A place, and texts that mean it and nothing else."""

SAID = {
    "Châlons": "Châlons: Châlons-en-Champagne (51).",
    "chalons (51)": "chalons (51): Châlons-en-Champagne (51).",
    "Chalon": 'Chalon: Chalon-sur-Saône (71); also of this name: "Le Chalon (26)", "Chalon (38)".',
    "Évry": 'Évry: Évry-Courcouronnes (91); also of this name: "Évry (89)".',
    "Vire": 'Vire: Vire Normandie (14); also of this name: "Viré (71)".',
    "Viré": "Viré (71)",
    "Saint-Ouen": 'Saint-Ouen: Saint-Ouen-sur-Seine (93); also of this name: "Saint-Ouen (41)", "Saint-Ouen (80)".',
    "Annecy-le-Vieux": "Annecy-le-Vieux, part of Annecy (74).",
    "38053": "38053: Bourgoin-Jallieu (38).",
    "74011": "Annecy-le-Vieux, part of Annecy (74).",
    "38300": "38300: Bourgoin-Jallieu (38), the largest of the 17 communes of this postal code. "
    'As an INSEE code it is Penol: cmq near "Penol (38)"',
    "75013": '75013: Paris (75). As an INSEE code it is Le Bourget: cmq near "Le Bourget (93)"',
    "38196": "38196: Bourgoin-Jallieu (38).",  # Jallieu, until 1967
    "2a004": "2A004: Ajaccio (2A).",
    "1004": "01004: Ambérieu-en-Bugey (01).",  # what a spreadsheet leaves of 01004
    # several may be meant
    "Saint-Denis": 'UsageError: "Saint-Denis (974)", "Saint-Denis (93)", "Saint-Denis (11)", "Saint-Denis (30)"',
    "essé": "Essé (35)",
    "esse": 'UsageError: "Essé (35)", "Esse (16)"',
    "Charleville": 'UsageError: "Charleville-Mézières (08)", "Charleville-sous-Bois (57)", "Charleville (51)"',
    "Clermont": 'UsageError: "Clermont-Ferrand (63)", "Clermont (60)", "Clermont-l\'Hérault (34)", '
    '"Clermont-en-Argonne (55)", "Clermont-Créans (72)", "Clermont-Dessous (47)", "Clermont (40)", '
    '"Clermont-le-Fort (31)", …',
    "Corbeil": 'UsageError: "Corbeil-Essonnes (91)", "Corbeil-Cerf (60)", "Corbeil (51)"',
    "Vergne (17)": 'UsageError: "La Vergne (17)", "Vergné (17)"',
    "Roissy": 'UsageError: "Roissy-en-Brie (77)", "Roissy-en-France (95)"',
    # where it is isn't known
    "Bora-Bora": "NotFoundError: LAT,LON",
    "Saint-Barthélemy (977)": "NotFoundError: LAT,LON",
    # typing errors
    "bezançon": 'NotFoundError: "Besançon (25)"',
    "maçon": "NotFoundError: LAT,LON",
    "lyno": 'NotFoundError: "Lyon (69)", "Lano (2B)"',
    "la roche sur yonne": 'NotFoundError: "La Roche-sur-Yon (85)"',
    "Saint Germian en Laye": 'NotFoundError: "Saint-Germain-en-Laye (78)"',
    "tourisme Nanci": 'NotFoundError: "Nancy (54)", "Nance (39)"',
    # areas, and no place at all
    "Jura": "NotFoundError: department: cmq list --department 39",
    "bois jura": "NotFoundError: department: cmq list --department 39",
    "Pays de la Loire": 'NotFoundError: region: cmq list --region "Pays de la Loire"',
    **dict.fromkeys(["xyzzy", "東京", "q" * 200, "tourisme", "", "   ", "?!", "-", "99999"], "NotFoundError: LAT,LON"),
    **dict.fromkeys(["0000", "47.24", "91,0", "0,180.5", "47,24,6", "-47,24,6", "47,,6"], "NotFoundError: LAT,LON"),
    **dict.fromkeys(["4_7,6", "9" * 199 + ",0", "6.02E, 47.24N", "nan,nan", "1e999,0"], "NotFoundError: LAT,LON"),
}


def test_places_as_people_type_them():
    meant = dict(SAID)
    for line in AS_IT_IS.strip().split("\n"):
        place, *texts = line.split(" | ")
        meant |= dict.fromkeys(texts, place)
    assert {typed: told(typed) for typed in meant} == meant


POINTS = """
47.24 6.02 | 47.24,6.02 | 47.24, 6.02 | 47.24 6.02 | 47.24;6.02 | 47.24 , 6.02 | (47.24, 6.02) | [47.24,6.02]
47.24 6.02 | geo:47.24,6.02 | 47°14'24"N 6°01'12"E | 47° 14′ 24″ N, 6° 1′ 12″ E
47.24 6.02 | 47,24, 6,02 | 47,24;6,02 | 47,24 6,02 | 47,24,6,02 | 47.24,6,02 |   47.24,\N{NO-BREAK SPACE}6.02
47.24 6.02 | 47.24° N, 6.02° E | 47.24N 6.02E | +47.24,+6.02
-21.1 55.5 | -21.1, 55.5 | −21.1 55.5 | -21,1 55,5
47.24 -6 | 47,24,-6
47 6 | 47,6 | 47 6
47 24.6 | 47, 24,6
47.24 6 | 47,24, 6
-90 -180 | -90;-180
"""


def test_points_as_people_type_them():
    for line in POINTS.strip().split("\n"):
        where, *texts = line.split(" | ")
        for typed in texts:
            place, said = locate(typed)
            assert ([place.latitude, place.longitude], said) == ([float(each) for each in where.split()], ""), typed
            assert locate(str(place))[0] == place


SPLIT = """
Nancy bois > Nancy | bois
bois Nancy > Nancy | bois
bois près de Nancy > près de Nancy | bois
crèche Nancy > Nancy | crèche
Saint-Denis 974 tourisme > Saint-Denis 974 | tourisme
25000 Besançon bois > 25000 Besançon | bois
bois ou cuir Nancy > Nancy | bois ou cuir
47.24 6.02 bois > 47.24 6.02 | bois
bois (47.24, 6.02) > (47.24, 6.02) | bois
Les Sables d'Olonne nautisme > Les Sables d'Olonne | nautisme
bois à la Rochelle > à la Rochelle | bois
mer Le Havre > Le Havre | mer
tourisme Les Sables-d'Olonne > Les Sables-d'Olonne | tourisme
Toulouse pilote d'avion > Toulouse | pilote d'avion
Paris pilote de ligne > Paris | pilote de ligne
marne la vallée > marne la vallée |
bois Jura > bois Jura |
Grand Est > Grand Est |
Nancy la montagne > Nancy | la montagne
métiers de la mer Brest > Brest | métiers de la mer
Paris 13e mode > Paris 13e | mode
Bois d'Arcy > Bois d'Arcy |
tourisme xyzzy > tourisme xyzzy |
"""


def test_a_place_stands_before_or_behind_the_words_to_look_for():
    for case in SPLIT.strip().split("\n"):
        typed, _, wanted = case.partition(" > ")
        place, words = split(typed.split())
        assert f"{place} | {' '.join(words)}".strip() == wanted
        assert split([typed]) == (place, words), "in quotes too"
    assert split(["Saint-Denis (974)", "bois ou cuir"]) == ("Saint-Denis (974)", ["bois ou cuir"])
    assert split([]) == ("", [])


CALLED = {
    "Saint-Denis": "Saint-Denis (974), Saint-Denis (93), Saint-Denis (11), Saint-Denis (30)",
    "Clermont": "Clermont (60), Clermont (40), Clermont (74), Clermont (09)",
    **{"Châlons": "Châlons-en-Champagne (51)", "38300": "Penol (38)", "25000": "Besançon (25)"},
    **{"Bora-Bora": "Bora-Bora (987)", "La Crèche": "La Crèche (79)"},
    **dict.fromkeys(["crèche", "maçon", "Roissy", "47.24,6.02", "25"], ""),
}


def test_communes_that_are_called_so():
    assert {typed: ", ".join(map(str, communes(typed))) for typed in CALLED} == CALLED


def test_what_a_shell_may_offer_for_a_place():
    assert next(begins("Dol")) == ("Dole", "Dole (39)")
    assert next(begins("le hav")) == ("le havre", "Le Havre (76)")
    assert {"dol-de-bretagne": "Dol-de-Bretagne (35)"}.items() <= dict(begins("dol-")).items()
    assert [*begins("saint-deni")][1] == ("saint-denis-93", "Saint-Denis (93)")
    assert [len([*begins(typed)]) for typed in ("sa", "x" * 300, "d", "")] == [20, 0, 0, 0]
    for typed in ("Bes", "saint-m", "Épi"):
        for offered, name in begins(typed):
            assert offered.startswith(typed)
            assert name in (str(locate(offered)[0]), *map(str, communes(offered)))


@given(st.sampled_from(KNOWN), st.sampled_from([str, str.lower, str.upper, lambda name: name.replace("-", " ")]))
def test_every_commune_is_found_by_its_name_with_the_department(row, spelling):
    form = f"{row['name']} ({row['department']})"
    if form not in ("La Longeville (25)", "Vergné (17)"):  # others are called so too, or are when no accent was typed
        assert (locate(spelling(form))[0].code, str(locate(form)[0])) == (row["code"], form)


def test_every_line_of_the_list_is_in_its_form():
    for row in ROWS:
        keys = [place_key(name) for name in (row["name"], *row["former_names"].split("|")) if name]
        assert row["key"] == f"|{'|'.join(dict.fromkeys(keys))}|"
        assert not set(row["name"]) & set('"`$\\!,')  # a name in quotes holds in a shell
        assert not any(char.isdigit() for char in row["name"])  # and can't be taken for one with a department


HOSTILE = [
    *("x" * 100_000, "e" + "\u0301" * 99_000, "47.24," + "6" * 100_000, "saint " * 20_000),
    *("a" * 199, "93 " * 60, "le la les l' " * 15, "47°" + "1" * 90 + "'" + "1.1.1" * 9 + '"N 6'),
    *("\x00", "Besançon\x1b[31m x", "Saint\x07Denis\r\nx", "Besan\udce7on", "47.24\x00,6.02", "{0}", "[", "| ", "İ"),
]


def test_hostile_text_gives_a_short_error():
    for typed in HOSTILE:
        assert told(typed).startswith(("UsageError", "NotFoundError"))
        place, rest = split([typed] * 100)
        assert " ".join([typed] * 100).split() == " ".join([place, *rest]).split()
        assert communes(typed) == [*begins(typed)] == []


@given(
    st.text(max_size=60)
    | st.text(alphabet="0123456789.,;+- eE−°()", max_size=30)
    | st.from_regex(r"(saint|le|st|mont)[ -]\w{1,12}( \(\d{1,3}\))?", fullmatch=True)
)
def test_any_text_gives_a_place_or_one_of_the_errors(typed):
    if "Error" not in told(typed):
        place, _said = locate(typed)
        assert (abs(place.latitude) <= 90, abs(place.longitude) <= 180) == (True, True)


def test_a_damaged_list_says_how_to_fix_it(tmp_path, monkeypatch):
    file = tmp_path / "places.csv"
    monkeypatch.setattr(registry, "data_file", lambda name: file)
    damaged = [b"", WHOLE[:300_000], WHOLE[1000:], WHOLE.replace(b"\n", b"\r\n"), b"\x00" * 1000]
    for content in (None, *damaged, WHOLE.replace(b"69123,Lyon,69,84,", b"69123,Lyon,69,84,x")):
        if content is not None:
            file.write_bytes(content)
        places._data.cache_clear()
        with pytest.raises(RegistryError, match=r"(can't be read .*|is damaged); reinstall cmq"):
            locate("Lyon")
    places._data.cache_clear()


ANYWHERE = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
METROPOLITAN = st.tuples(st.floats(41.3, 51.1), st.floats(-5.2, 9.6))


@given(ANYWHERE | METROPOLITAN, ANYWHERE | METROPOLITAN)
@example((0.0, 0.0), (0.0, 180.0))
def test_distances_are_those_of_the_library_s_great_circle_and_nearly_of_the_ellipsoid(one, other):
    assert distance_km(*one, *other) == pytest.approx(great_circle(one, other).km, rel=1e-6, abs=1e-6)
    assert distance_km(*one, *other) == pytest.approx(geodesic(one, other).km, rel=0.0057, abs=1e-6)
