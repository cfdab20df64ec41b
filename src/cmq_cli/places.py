"""Places by name, code or coordinates (WGS 84, in degrees), and how far campuses are from them, in kilometres."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from math import asin, cos, isnan, radians, sin, sqrt
from typing import NamedTuple
from unicodedata import normalize

from cmq_cli import vocabulary
from cmq_cli.errors import NotFoundError, UsageError
from cmq_cli.language import N_, _, number, printable, quoted
from cmq_cli.registry import bundled, damaged, read_data
from cmq_cli.text import LONGEST, SMALL_WORDS, agree, perhaps, plain, refuse_exclusion, told

SMALL = 5_000  # inhabitants of a commune whose name may as well stand for an area: Bretagne, Doubs
_ARTICLES = ("l", "la", "le", "les")
_LETTERS = str.maketrans({"/": " sur ", "ʼ": "'", **dict.fromkeys("\xad\u200b\u2060\ufeff", "")})  # Boulogne/Mer
_AROUND = (  # the name of a place: près de Nancy, Paris 13e, Besançon cedex 9
    r"\A(?:(?:pr[eè]s|autour|ville) )?(?:[aà]|aux?|de|des|du|d|vers) |"
    r"\b(paris|lyon|marseille) \d\d?(?:er|[eè]me|e)?(?: arr\w*)?\Z| cedex(?: \d+)?\Z|(?<! de) france\Z"
)
_CODE = r"(?ai)\d{4,5}|2[ab]\d{3}"  # postal or INSEE; four digits are what a spreadsheet leaves of 01004
_ANGLE = r"([-+]?\d+(?:[.,]\d+)?)\s*°?\s*(?:(\d+)\s*['’′]\s*)?(?:(\d+(?:[.,]\d+)?)\s*(?:[\"″”]|'')\s*)?"
# Latitude and longitude, in degrees or as 47°14'24"N; 47,24,6 may be 47.24 and 6 as well as 47 and 24.6.
_POINT = rf"(?a)(?![-+]?\d+,\d+,\d+$){_ANGLE}([NS])?(?:\s*;\s*|\s*,\s+|\s+,?|,){_ANGLE}([EWO])?"
_UNKNOWN = N_("No commune matches {typed}.")


class Place(NamedTuple):
    """A commune, a former one, `part_of` another, or a bare point, without code; what isn't known is 0 or no number."""

    code: str
    name: str
    department: str
    region: str
    population: int
    latitude: float
    longitude: float
    part_of: str = ""
    postal_codes: str = ""
    former_codes: str = ""
    former_names: str = ""

    def __str__(self) -> str:
        return f"{self.name} ({self.department})" if self.department else self.name


def place_key(name: str) -> str:
    """Return a name as it is searched for, without case, accents, punctuation and a leading article: hay les roses."""
    words = _words(name)
    return plain(" ".join(words[1:] if words[1:] and words[0] in _ARTICLES else words))


def locate(typed: str) -> tuple[Place, str]:
    """Return the place that was typed, and what must be said of it; raise UsageError, NotFoundError if none is sure."""
    places, said = _read(typed)
    if not places:
        words = typed[:LONGEST].split()
        ask_back(typed)
        ask_back(*words[-1:], *words[:1])
        forms = _('Give a commune ("Saint-Denis (974)"), a postal code (25000) or LAT,LON (47.24,6.02).')
        raise NotFoundError(told(_(_UNKNOWN, typed=quoted(typed)), forms))
    if len(places) > 1:
        message = _("{typed} may be {number} communes. Give one of: {forms}")
        several, forms = number(len(places)), _named(places, 8)
        raise UsageError(message.format(typed=quoted(typed.strip()), number=several, forms=forms))
    if isnan(places[0].latitude):
        message = _("It isn't known where {place} is. Give LAT,LON instead: cmq near 47.24,6.02")
        raise NotFoundError(message.format(place=places[0]))
    return places[0], said


def split(typed: Sequence[str]) -> tuple[str, list[str]]:
    """Return the place typed before or behind words to look for, and those: the surest, the longest, the largest."""
    if "".join(typed)[1:2].isalpha():  # a negative number is no exclusion
        refuse_exclusion(typed[0])
    words = list(typed) if len(typed) > 1 else " ".join(typed).split()
    whole = " ".join(words)
    if _read(whole)[0] or area(whole):
        return whole, []
    likely: list[tuple[tuple[int, ...], str, list[str]]] = [((), whole, [])]
    for size in range(1, min(len(words), 12) + 1):  # no place is written with more words
        for end, rest in ((words[:size], words[size:]), (words[-size:], words[:-size])):
            text = " ".join(end)
            places = _by_itself(text)
            sure = len(places) == 1
            certain = sure and places[0].population >= SMALL  # no small place is beside an area: Marne la Vallée
            if places and (certain or not area(" ".join(rest))):
                rank = (sure, len(place_key(text).split()), places[0].population, len(text))
                likely.append((rank, text, rest))
    _rank, place, others = max(likely)
    return place, others


def area(typed: str) -> str | None:
    """Return the sentence on the department or region that is called so, or None."""
    return vocabulary.elsewhere(bundled(), typed, ("region", "department")) if len(typed) <= LONGEST else None


def communes(typed: str) -> list[Place]:
    """Return the communes that are called so, or the one that begins so; five digits are first of all an INSEE code."""
    if re.fullmatch(_CODE, typed.strip()):
        return next(filter(None, _with_code(typed.strip().upper())), [])
    found = [place for place in _by_itself(typed) if place.code]
    return found if len(found) == 1 else [place for place in found if place_key(place.name) == place_key(typed)]


def ask_back(*texts: str, least: int = 0) -> None:
    """Raise NotFoundError where a text is an area, or like the name of a commune with at least so many inhabitants."""
    if said := next(filter(None, map(area, texts)), None):
        raise NotFoundError(said)
    from rapidfuzz.distance import DamerauLevenshtein
    from rapidfuzz.process import extract

    known = [*dict.fromkeys(re.findall(rb"\|([^|,\n]+)(?=\|)", _data()))]
    for text in texts:
        key = place_key(re.sub(r"\d", "", text[:LONGEST])).encode()
        alike = extract(key, known, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=0.75, limit=30)
        nearest = "|".join(re.escape(name.decode()) for name, score, _index in alike if score >= alike[0][1] - 0.05)
        places = [each for each in _rows(rf"\|(?:{nearest})\|") if each.population >= least]
        if meant := [each for each in places if agree(text, each.name)]:
            raise NotFoundError(told(_(_UNKNOWN, typed=quoted(text)), perhaps([_named(meant[:3])])))


def begins(typed: str) -> Iterator[tuple[str, str]]:
    """Give what may be typed for the 20 most populous communes whose name begins so, and what each is."""
    key = place_key(typed) + " " * typed.endswith((" ", "-", "'"))
    rows = _rows(rf",\|{key}") if key[1:] else []
    found = [place for place in rows if agree(typed, place.name) and not isnan(place.latitude)]
    names = [place_key(place.name) for place in found]
    for place, name in zip(found[:20], names, strict=False):
        homonym = f"-{place.department.lower()}" if names.count(name) > 1 else ""
        yield typed + name[len(key) :].replace(" ", "-") + homonym, str(place)


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance in km between two points in degrees; the ellipsoid differs by 0.57 % at most."""
    lat1, lon1, lat2, lon2 = map(radians, (lat1, lon1, lat2, lon2))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0088 * asin(min(1.0, sqrt(half)))  # the mean radius of the WGS 84 ellipsoid, as the IUGG defines it


def _read(typed: str) -> tuple[list[Place], str]:
    """Return the place that is meant, or the candidates, the most populous first, or none; and what must be said."""
    text = " ".join(typed.replace("−", "-").split())
    if len(text) > LONGEST:
        return [], ""
    if point := re.fullmatch(_POINT, text.removeprefix("geo:").strip("()[]")):
        latitude, longitude = _degrees(*point.groups("")[:4]), _degrees(*point.groups("")[4:])
        place = Place("", f"{round(latitude, 4)},{round(longitude, 4)}", "", "", 0, latitude, longitude)
        return [place] if abs(latitude) <= 90 and abs(longitude) <= 180 else [], ""
    if re.fullmatch(_CODE, text):
        return _coded(text.upper().zfill(5))
    meanings = (_called(text, name, departments) for name, departments in _readings(text))
    return next((meaning for meaning in meanings if meaning[0]), ([], ""))


def _degrees(whole: str, minutes: str, seconds: str, side: str) -> float:
    parts = zip((whole, minutes, seconds), (1, 60, 3600), strict=True)
    angle = sum(float(text.replace(",", ".")) / unit for text, unit in parts if text)
    return round(-angle if side in ("S", "W", "O") else angle, 6)


def _by_itself(typed: str) -> list[Place]:
    """Return what a text means that isn't part of another ("d'avion", "mer Le"), nor a word for La Crèche: crèche."""
    first, *others = _words(typed) or ["de"]
    if first in SMALL_WORDS - {*_ARTICLES, "au", "aux"} or (others and others[-1] in _ARTICLES):
        return []
    places = _read(typed)[0]
    if others:
        return places
    return [each for each in places if each.population > 25_000 or _words(each.name)[0] not in _ARTICLES]  # Le Mans


def _coded(code: str) -> tuple[list[Place], str]:
    by_insee, by_postal = _with_code(code)
    meant = (by_postal or by_insee)[:1]
    said = [_said(code, place) for place in meant]
    if len(by_postal) > 1:
        largest = _("{code}: {place}, the largest of the {number} communes of this postal code.")
        said = [largest.format(code=code, place=meant[0], number=number(len(by_postal)))]
    others = [place for place in by_insee if place not in meant]
    said += [_('As an INSEE code it is {name}: cmq near "{place}"', name=each.name, place=each) for each in others]
    return meant, told(*said)


def _with_code(code: str) -> tuple[list[Place], list[Place]]:
    """Return the commune of an INSEE code, which may be one that it had, and those of a postal code."""
    found = _rows(code)
    by_insee = [each for each in found if each.code == code] or [each for each in found if code in each.former_codes]
    return by_insee, [each for each in found if code in each.postal_codes]


def _readings(typed: str) -> Iterator[tuple[list[str], Collection[str]]]:
    """Give what a text may mean: words that are a name, and the departments in one of which it is, if that is said."""
    words, departments = _words(typed), vocabulary.entries(bundled(), "department")
    for name in (words, re.sub(_AROUND, r"\1", " ".join(words)).split()):
        yield name, ()
        for at in range(len(name) - 1, 0, -1):
            for part, beside in ((name[:at], name[at:]), (name[at:], name[:at])):
                said = re.sub(r"\A(97\d|2[ab]|\d\d)\d{2,3}\Z", r"\1", " ".join(beside))  # 25000 is in 25
                found = vocabulary.exactly(departments, said)
                if found and part[-1] not in SMALL_WORDS:
                    yield part, found


def _called(typed: str, words: Sequence[str], departments: Collection[str]) -> tuple[list[Place], str]:
    """Return the commune that is called so, or the candidates, and what must be said."""
    named = _named_so("".join(words))
    largest = max((each.population for each in named), default=0)
    here = [each for each in named if not departments or each.department in departments]
    large = [each for each in here if each.population * 10 >= largest]
    exactly = [each for each in here if named[each] != "longer"]
    today = [each for each in exactly if named[each] == "today"]
    sure = exactly if departments else [each for each in exactly if each in large]
    if sure:
        meant, candidates = [each for each in sure if each in today] or sure, exactly
    else:  # Chalon-sur-Saône is meant by Chalon, being alone; for Charleville there are two, and a Charleville
        meant, candidates = [each for each in (here if exactly else large) if each not in exactly], here
    if len(meant) != 1:
        return candidates if meant else [], ""
    others = [each for each in today if each not in meant]
    return meant, "" if meant[0] in today and not others else _said(typed, meant[0], others)


def _named_so(typed: str) -> dict[Place, str]:
    """Return the places of a name, spaces aside: that of a commune ``today``, a ``former`` one, or part of a longer."""
    wanted = plain(typed)
    keys = {wanted, *(wanted.removeprefix(article) for article in _ARTICLES)} - {""}
    pattern = "|".join(" ?".join(key) for key in sorted(keys))
    found = {}
    for place in _rows(rf"\|(?:{pattern})(?=[| ])"):
        now, past = _spellings(typed, place.name), _spellings(typed, *place.former_names.split("|"))
        if wanted in now and not place.part_of:
            found[place] = "today"
        elif wanted in now | past:
            found[place] = "former"
        elif any(name.startswith(wanted) for name in now):
            found[place] = "longer"
    return found


def _spellings(typed: str, *names: str) -> set[str]:
    """Return names without spaces, with their article and without, unless accents were typed that they don't have."""
    agreeing = [name for name in names if agree(typed, name)]
    return {plain("".join(_words(name))) for name in agreeing} | {place_key(name).replace(" ", "") for name in agreeing}


def _said(typed: str, place: Place, others: Sequence[Place] = ()) -> str:
    """Return what must be said of a place that isn't called as it was typed, or isn't alone, or no commune today."""
    if place.part_of:
        return _("{name}, part of {commune}.", name=place.name, commune=_with_code(place.part_of)[0][0])
    said = _("{typed}: {place}; also of this name: {others}.") if others else _("{typed}: {place}.")
    return said.format(typed=printable(typed), place=place, others=_named(others))


def _named(places: Sequence[Place], most: int = 3) -> str:
    shown = [f'"{place}"' for place in places[:most]]
    return ", ".join([*shown, "…"] if len(places) > most else shown)


def _words(text: str) -> list[str]:
    """Return the words of a text in small letters, with their accents; none of one that is too long for a place."""
    if len(text) > LONGEST:
        return []
    words = re.findall(r"[^\W_]+", normalize("NFKC", text).casefold().translate(_LETTERS))
    saints = {"st": "saint", "ste": "sainte", "s": ""}
    return [*filter(None, [saints.get(word, word) for word in words])]


@cache
def _data() -> bytes:
    data = read_data("places.csv")
    if not data.startswith(b"code,") or not data.endswith(b"|\n"):
        raise damaged("places.csv")
    return data


def _rows(pattern: str) -> list[Place]:
    """Return the communes in whose line a pattern is found, the most populous first."""
    data, places = _data(), []
    found = [match.start() for match in re.finditer(pattern.encode("utf-8", "surrogatepass"), data)]
    try:
        for line in {data[data.rfind(b"\n", 0, start) + 1 : data.find(b"\n", start)] for start in found}:
            code, name, department, region, people, lat, lon, part_of, *rest, _key = line.decode().split(",")
            people = people if lat else ""  # so that no other gives way to one whose place isn't known
            where = int(people or 0), float(lat or "nan"), float(lon or "nan")
            places.append(Place(code, name, department, region, *where, part_of, *rest))
    except (ValueError, TypeError):
        raise damaged("places.csv") from None
    return sorted(places, key=lambda place: (-place.population, place.code))
