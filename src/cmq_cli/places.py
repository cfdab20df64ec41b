"""Places by name, code or coordinates (WGS 84, in degrees), and how far campuses are from them, in kilometres."""

import re
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from itertools import product
from math import asin, cos, nan, radians, sin, sqrt
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

from cmq_cli.errors import NotFoundError, RegistryError, UsageError
from cmq_cli.model import Campus, Department
from cmq_cli.registry import REMEDY, data_file
from cmq_cli.text import plain, shown

EARTH_RADIUS_KM = 6371.0088  # the mean radius of the WGS 84 ellipsoid, (2a + b) / 3, as the IUGG defines it
_HEADER = "code,name,department,region,population,latitude,longitude"
_DAMAGED = f"The list of communes (places.csv) is damaged; {REMEDY}"
_FORMS = 'Write a commune ("Saint-Denis (974)"), an INSEE code (25056) or LAT,LON (47.24,6.02; up to ±90,±180).'
_MISSING = "Communes of fewer than 500 inhabitants may be missing: give LAT,LON (47.24,6.02) instead."
_LONGEST = 200  # characters; no place is written with more
_MOST_CHOICES, _SUGGESTIONS = 8, 3
_FAR_KM = 1000  # nobody looks for campuses so far from all of them
_LIKE = 0.7  # as `difflib` measures it: two typing errors pass in all but the shortest names
_WORD = r"[^\W_]+"  # like the other patterns compiled when it is wanted, not at every start of the program
_SHORT = {"st": "saint", "ste": "sainte", "s": "sur"}
_BREAKS, _MINUS = str.maketrans("-'", "  ", "()"), str.maketrans("−–", "--")
_INSEE = r"(?ai)\d{4,5}|2[AB]\d{3}"
_NUMBER_WORDS = r"(?i)(?<![a-z])(?:nan|inf(?:inity)?|[ensow])(?![a-z])"  # 1e9, 47.24N
_NUMBER = r"([-+]?\d+(?:[.,]\d+)?)"
_POINT = rf"(?![-+]?\d+,\d+,\d+$){_NUMBER}(?:\s*;\s*|\s*,\s+|\s+,?|,){_NUMBER}"
"""Two numbers; ``47,24,6`` is refused, because it may be 47.24 and 6 as well as 47 and 24.6."""
_CITIES = {
    "paris": ("75056", range(75101, 75121)),
    "lyon": ("69123", range(69381, 69390)),
    "marseille": ("13055", range(13201, 13217)),
}
"""The communes, and the INSEE codes of their arrondissements, which aren't in the gazetteer."""
_DISTRICT = r"(paris|lyon|marseille) 0?(\d{1,2})(?:er?|eme|ere)?(?: arr(?:ondissement)?)?"


class Place(NamedTuple):
    """A commune, or a bare point, of which `code` and `department` (INSEE codes both) are None; its text finds it."""

    code: str | None
    name: str
    department: str | None
    latitude: float
    longitude: float

    def __str__(self) -> str:
        return f"{self.name} ({self.department})" if self.department else self.name


Gazetteer = list[tuple[str, str]]  # for each commune of places.csv, its name, folded, and its line as it is
Reading = tuple[str, str | None]  # a folded name, and the code of the department that it is said to be in


def read_gazetteer(path: Path | None = None) -> Gazetteer:
    """Read the bundled list of communes, or another of the same form; nothing else here reads a file.

    No field holds a comma or a quote, so that a line can wait until it is wanted: twice as fast as the csv module.
    Raises RegistryError, which says how to mend it, when the file is missing, unreadable or damaged.
    """
    try:
        header, *lines = (path or data_file("places.csv")).read_bytes().decode().splitlines()
        if header != _HEADER or any(line.count(",") != 6 for line in lines):
            raise ValueError
        # As `_fold` does it, but all at once, which is six times as fast.
        names = "\n".join([line.split(",", 2)[1] for line in lines]).casefold().replace("œ", "oe").replace("æ", "ae")
        ascii_names = normalize("NFKD", names).encode("ascii", "ignore").decode().replace(" - ", " ").translate(_BREAKS)
        return list(zip(ascii_names.split("\n"), lines, strict=True))
    except OSError as error:
        raise RegistryError(f"The communes can't be read ({error.strerror}: {error.filename}); {REMEDY}") from None
    except ValueError:
        raise RegistryError(_DAMAGED) from None


def _row(line: str) -> tuple[Place, int]:  # with the population
    with suppress(ValueError):
        code, name, department, _, population, latitude, longitude = line.split(",")
        place = Place(code, name, department, float(latitude), float(longitude))
        if abs(place.latitude) <= 90 and abs(place.longitude) <= 180:
            return place, int(population)
    raise RegistryError(_DAMAGED)


def with_codes(codes: Collection[str], gazetteer: Callable[[], Gazetteer] = read_gazetteer) -> dict[str, Place]:
    """Return the communes that have these INSEE codes, as far as they are listed."""
    return {code: _row(line)[0] for _, line in gazetteer() if (code := line.split(",", 1)[0]) in codes}


def _fold(typed: str) -> str:
    """Fold like `cmq_cli.text.fold`, but keep plurals apart: Laon and Laons, Alès and Alex are different places."""
    return " ".join(_SHORT.get(word, word) for word in re.findall(_WORD, plain(typed)))


def _bare(name: str) -> str:
    first, _, rest = name.partition(" ")
    return rest if rest and first in ("l", "la", "le", "les") else name


_LEVELS: tuple[Callable[[str], str], ...] = (str, _bare, lambda name: name.replace(" ", ""))
"""How folded names are compared, strictest first: as they are; without a leading article; run together (``dascq``)."""


def locate(typed: str, departments: Iterable[Department], gazetteer: Callable[[], Gazetteer] = read_gazetteer) -> Place:
    """Return the place that was typed: a commune by name, ``name (department)`` or INSEE code, or ``LAT,LON``.

    Case, accents, hyphens, ``St``/``Saint`` and a leading article count only where they tell homonyms apart. A point
    needs no `gazetteer`. Raises UsageError for homonyms and what can't be a place, NotFoundError, RegistryError.
    """
    text = _short(typed)
    coded = re.fullmatch(_INSEE, text)
    if not coded and not any(map(str.isalpha, re.sub(_NUMBER_WORDS, "", text))):
        return _point(typed)
    communes = gazetteer()
    found = named(text, departments, lambda: communes)
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(_homonyms(typed, found))
    if coded:
        code = text.upper().zfill(5)
        raise NotFoundError(f"No commune has the INSEE code {code}; a postal code isn't one. {_FORMS}")
    raise NotFoundError(_unknown(typed, _readings(text, departments), communes))


def named(
    typed: str, departments: Iterable[Department], gazetteer: Callable[[], Gazetteer] = read_gazetteer
) -> list[Place]:
    """Return the communes that are called so, the most populous first; several where nothing tells homonyms apart.

    They are meant as in `locate`. Raises RegistryError for a damaged gazetteer.
    """
    text = _short(typed)
    if re.fullmatch(_INSEE, text):
        return _by_code(text.upper().zfill(5), gazetteer())
    rows = sorted(map(_row, _matches(_readings(text, departments), gazetteer())), key=lambda row: -row[1])
    # An exact spelling tells homonyms apart; all in lower case and without accents, it says nothing about accents.
    case = str if text.isascii() else str.casefold
    exact = [place for place, _ in rows if case(place.name) == case(normalize("NFC", text))]
    return exact if len(exact) == 1 else [place for place, _ in rows]


def begun(
    typed: str, departments: Iterable[Department], gazetteer: Callable[[], Gazetteer] = read_gazetteer
) -> Place | None:
    """Return the one commune of which the typed words begin the name, as Cherbourg does Cherbourg-en-Cotentin's."""
    communes = gazetteer()
    for name, code in _readings(_short(typed), departments):
        lines = [
            line for other, line in communes if other.startswith(f"{name} ") and code in (None, line.split(",")[2])
        ]
        if name and len(lines) == 1:
            return _row(lines[0])[0]
    return None


def nearest(
    typed: str, departments: Iterable[Department], gazetteer: Callable[[], Gazetteer] = read_gazetteer
) -> list[Place]:
    """Return up to three communes with a name like the typed one, the most likely first."""
    return [place for place, _ in _nearest(*_readings(_short(typed), departments)[-1], gazetteer())[:_SUGGESTIONS]]


def _short(typed: str) -> str:
    return typed.strip() if len(typed) <= _LONGEST else ""


def _point(typed: str) -> Place:
    match = re.fullmatch(_POINT, _short(typed).translate(_MINUS))
    latitude, longitude = [float(number.replace(",", ".")) for number in match.groups()] if match else (nan, nan)
    if abs(latitude) <= 90 and abs(longitude) <= 180:
        return Place(None, f"{round(latitude, 4)},{round(longitude, 4)}", None, latitude, longitude)
    raise UsageError(f"{shown(typed)} isn't a place. {_FORMS}")


def _homonyms(typed: str, found: list[Place]) -> str:
    forms = ", ".join(f'"{place}"' for place in found[:_MOST_CHOICES])
    more = len(found) - _MOST_CHOICES
    if more > 0:
        return f"{shown(typed)} fits {len(found)} communes. Write one of: {forms}, or one of {more} more."
    return f"{shown(typed)} fits {len(found)} communes. Write one of: {forms}."


def _unknown(typed: str, readings: list[Reading], gazetteer: Gazetteer) -> str:
    near = _nearest(*readings[-1], gazetteer)
    if not near:
        return f"No commune matches {shown(typed)}. {_MISSING}"
    forms = ", ".join(f'"{place}"' for place, _ in near[:_SUGGESTIONS])
    begun = sum(f" {readings[0][0]} " in f" {name} " for name, _ in gazetteer)
    if begun > _SUGGESTIONS:
        return (
            f"No commune matches {shown(typed)}. Did you mean: {forms}? "
            f"{begun} communes have it in their name: write the whole name, or give LAT,LON (47.24,6.02) instead."
        )
    return f"No commune matches {shown(typed)}. Did you mean: {forms}? {_MISSING}"


def _by_code(code: str, gazetteer: Gazetteer) -> list[Place]:
    cities = (city for city, districts in _CITIES.values() if code.isdigit() and int(code) in districts)
    start = f"{next(cities, code)},"
    return [_row(line)[0] for _, line in gazetteer if line.startswith(start)]


def _readings(typed: str, departments: Iterable[Department]) -> list[Reading]:
    """Return what a text may mean: all of it a name, or its end a department or an arrondissement."""
    codes = {_bare(_fold(text)): one.code for one in departments for text in (one.name, one.code, one.code.lstrip("0"))}
    words = _fold(typed).split()
    splits = [(" ".join(words[:at]), codes.get(_bare(" ".join(words[at:])))) for at in range(1, len(words))]
    district = re.fullmatch(_DISTRICT, " ".join(words))
    exists = district is not None and 1 <= int(district[2]) <= len(_CITIES[district[1]][1])
    return [
        (" ".join(words), None),
        *(split for split in splits if split[1]),
        *([(district[1], None)] if district and exists else []),
    ]


def _matches(readings: Iterable[Reading], gazetteer: Gazetteer) -> list[str]:
    for level, (name, code) in product(_LEVELS, readings):
        wanted = level(name)
        same = [line for other, line in gazetteer if level(other) == wanted]
        if found := [line for line in same if code in (None, line.split(",")[2])]:
            return found
    return []


def _nearest(name: str, code: str | None, gazetteer: Gazetteer) -> list[tuple[Place, int]]:
    """Return communes like a folded name, most like first; a common part counts as much as a small typing error."""
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, b=name, autojunk=False)
    scored: list[tuple[float, tuple[Place, int]]] = []
    for other, line in gazetteer:
        matcher.set_seq1(other)
        score = 0.9 * (f" {name} " in f" {other} ") + 0.05 * other.startswith(f"{name} ")
        score = max(score, (0.8 + len(other) / 1000) * (f" {other} " in f" {name} "))
        if matcher.real_quick_ratio() >= _LIKE and matcher.quick_ratio() >= _LIKE:
            score = max(score, matcher.ratio())
        if score >= _LIKE:
            row = _row(line)
            scored.append((score + 0.05 * (row[0].department == code), row))
    return [row for _, row in sorted(scored, key=lambda pair: (-pair[0], -pair[1][1]))]


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance in km between two points in degrees, by the haversine formula.

    The ellipsoid differs by 0.57 % at most, and by 0.32 % at most within metropolitan France.
    """
    lat1, lon1, lat2, lon2 = map(radians, (lat1, lon1, lat2, lon2))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half)))


def by_distance(
    campuses: Iterable[Campus], latitude: float, longitude: float, within_km: float | None = None
) -> tuple[list[tuple[Campus, float]], list[Campus]]:
    """Return campuses with their distance in km, nearest first, equals by id; and those that have no coordinates.

    `within_km` keeps those at most so far away. Raises UsageError when it is negative or not a number.
    """
    if within_km is not None and not within_km >= 0:
        raise UsageError(f"{shown(str(within_km))} isn't a distance. Give a number of kilometres, 0 or more.")
    known: list[tuple[Campus, float]] = []
    unplaced: list[Campus] = []
    for campus in campuses:
        if campus.latitude is None or campus.longitude is None:
            unplaced.append(campus)
        else:
            known.append((campus, distance_km(latitude, longitude, campus.latitude, campus.longitude)))
    near = [pair for pair in known if within_km is None or pair[1] <= within_km]
    return sorted(near, key=lambda pair: (pair[1], pair[0].id)), unplaced


def turned_round(place: Place, campuses: Iterable[Campus]) -> Place | None:
    """Return the point with latitude and longitude exchanged where that, and not the point itself, is near a campus."""
    if place.code is not None or abs(place.longitude) > 90:
        return None
    other = Place(
        None, f"{round(place.longitude, 4)},{round(place.latitude, 4)}", None, place.longitude, place.latitude
    )
    every = list(campuses)
    here, there = (by_distance(every, point.latitude, point.longitude, _FAR_KM)[0] for point in (place, other))
    return other if there and not here else None
