"""Places by name, code or coordinates (WGS 84, in degrees), and how far campuses are from them, in kilometres.

Read are a point, a postal or INSEE code, and a name: as it stands, beside its department, without what stands around.
"""

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

EARTH_RADIUS_KM = 6371.0088  # the mean radius of the WGS 84 ellipsoid, (2a + b) / 3, as the IUGG defines it
_ALIKE = 0.75  # how alike, up to 1, are names of which one must be the other mistyped
_LARGER = 10  # times as populous is the commune that is meant by the first words of its name
SMALL = 5_000  # inhabitants of a commune whose name may as well stand for an area: Bretagne, Doubs
_MOST_WORDS = 12  # more than any place is written with
_IS, _WAS, _BEGINS = range(3)  # a commune is called so, or was, or its name begins so

_ARTICLES = ("l", "la", "le", "les")
_SHORT = {"st": "saint", "ste": "sainte", "s": ""}
_LETTERS = str.maketrans({"/": " sur ", "ʼ": "'", **dict.fromkeys("\xad\u200b\u2060\ufeff", "")})
"""How characters are read: Boulogne/Mer and Chalon s/Saône too, without what pasted text carries inside words."""
_AROUND = (
    r"\A(?:(?:pr[eè]s|autour|ville) )?(?:[aà]|aux?|de|des|du|d|vers) |"
    r"\b(paris|lyon|marseille) \d\d?(?:er|[eè]me|e)?(?: arr\w*)?\Z| cedex(?: \d+)?\Z|(?<! de) france\Z"
)
"""What may stand around the name of a place: près de Nancy, Paris 13e, Besançon cedex 9."""
_CODE = r"(?ai)\d{4,5}|2[ab]\d{3}"  # postal or INSEE; four digits are what a spreadsheet leaves of 01004
_CODE_BESIDE = r"\A(97\d|2[ab]|\d\d)\d{2,3}\Z"  # with its department: 25000 Besançon
_NUMBER = r"([-+]?\d+(?:[.,]\d+)?)"
_POINT = rf"(?a)(?![-+]?\d+,\d+,\d+$){_NUMBER}(?:\s*°?\s*N)?(?:\s*;\s*|\s*,\s+|\s+,?|,){_NUMBER}(?:\s*°?\s*E)?"
"""Two numbers; ``47,24,6`` is refused, because it may be 47.24 and 6 as well as 47 and 24.6."""
_ANGLE = r"(?<![\d.,])(\d+)\s*°\s*(?:(\d+)\s*['’′]\s*)?(?:([\d.]+)\s*(?:[\"″”]|''))?\s*([NSEWO])\b"
"""Degrees, minutes and seconds with their side: 47°14'24"N, as maps on the web give them."""
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
    return plain(" ".join(words[1:] if len(words) > 1 and words[0] in _ARTICLES else words))


def locate(typed: str) -> tuple[Place, str]:
    """Return the place that was typed, a commune or ``LAT,LON``, and what must be said of how it was understood.

    Raises UsageError where several places may be meant, NotFoundError for an unknown one, and RegistryError.
    """
    places, said = _read(typed)
    if not places:
        words = typed[:LONGEST].split()
        ask_back(typed, *words[-1:], *words[:1])
        forms = _('Give a commune ("Saint-Denis (974)"), a postal code (25000) or LAT,LON (47.24,6.02).')
        raise NotFoundError(told(_(_UNKNOWN).format(typed=quoted(typed)), forms))
    if len(places) > 1:
        message = _("{typed} may be {number} communes. Give one of: {forms}")
        several, forms = number(len(places)), _named(places, 8)
        raise UsageError(message.format(typed=quoted(typed.strip()), number=several, forms=forms))
    if isnan(places[0].latitude):
        message = _("It isn't known where {place} is. Give LAT,LON instead: cmq near 47.24,6.02")
        raise NotFoundError(message.format(place=places[0]))
    return places[0], said


def split(typed: Sequence[str]) -> tuple[str, list[str]]:
    """Return the place that is typed before or behind words to look for, and those; all is the place where none is.

    Of several, that is the place which needs no question, has the most words, or is the most populous. No small place
    stands beside the name of an area: Marne la Vallée is not La Vallée.
    """
    if "".join(typed)[1:2].isalpha():  # a negative number is no exclusion
        refuse_exclusion(typed[0])
    words = list(typed) if len(typed) > 1 else " ".join(typed).split()
    whole = " ".join(words)
    if _read(whole)[0] or area(whole):
        return whole, []
    sizes = range(1, min(len(words), _MOST_WORDS + 1))
    ends = [(" ".join(words[:size]), words[size:]) for size in sizes]
    ends += [(" ".join(words[-size:]), words[:-size]) for size in sizes]
    found = [(_spelled_out(text), text, rest) for text, rest in ends if _may_stand_alone(text)]
    likely = [
        ((len(places) == 1, len(place_key(text).split()), places[0].population, len(text)), text, rest)
        for places, text, rest in found
        if places and ((len(places) == 1 and places[0].population >= SMALL) or not area(" ".join(rest)))
    ]
    return max(likely)[1:] if likely else (whole, [])


def area(typed: str) -> str | None:
    """Return the sentence on the department or region that is called so, or None."""
    return vocabulary.elsewhere(bundled(), typed, ("department", "region")) if len(typed) <= LONGEST else None


def communes(typed: str) -> list[Place]:
    """Return the communes that are called so, or the one that begins so; five digits are first of all an INSEE code."""
    if re.fullmatch(_CODE, typed.strip()):
        return next(filter(None, _with_code(typed.strip().upper())), [])
    found = [place for place in _spelled_out(typed) if place.code]
    return found if len(found) == 1 else [place for place in found if place_key(place.name) == place_key(typed)]


def ask_back(*texts: str, least: int = 0) -> None:
    """Raise NotFoundError where a text is an area, or like the name of a commune with at least so many inhabitants."""
    from rapidfuzz.distance import DamerauLevenshtein
    from rapidfuzz.process import extract

    known = [*dict.fromkeys(re.findall(rb"\|([^|,\n]+)(?=\|)", _data()))]
    scorer = DamerauLevenshtein.normalized_similarity
    for text in texts:
        if said := area(text):
            raise NotFoundError(said)
        key = place_key(re.sub(r"\d", "", text[:LONGEST])).encode()
        alike = extract(key, known if key[2:] else [], scorer=scorer, score_cutoff=_ALIKE, limit=30)
        nearest = [re.escape(name.decode()) for name, score, _index in alike if score >= alike[0][1] - 0.05]
        places = _rows(rf"\|(?:{'|'.join(nearest)})\|") if nearest else []
        if meant := [each for each in places if each.population >= least and agree(text, each.name)][:3]:
            raise NotFoundError(told(_(_UNKNOWN).format(typed=quoted(text)), perhaps([_named(meant)])))


def begins(typed: str, limit: int = 20) -> list[tuple[str, str]]:
    """Return what may be typed for the communes whose name begins so, the most populous first, and what each is."""
    key = place_key(typed) + " " * typed.endswith((" ", "-", "'"))
    rows = _rows(rf",\|{re.escape(key)}") if key[1:] else []
    found = [place for place in rows if agree(typed, place.name) and not isnan(place.latitude)]
    names = [place_key(place.name) for place in found]
    offers = []
    for place, name in zip(found[:limit], names, strict=False):
        homonym = f"-{place.department.lower()}" if names.count(name) > 1 else ""
        offers.append((typed + name[len(key) :].replace(" ", "-") + homonym, str(place)))
    return offers


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance in km between two points in degrees; the ellipsoid differs by 0.57 % at most."""
    lat1, lon1, lat2, lon2 = map(radians, (lat1, lon1, lat2, lon2))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half)))


def _read(typed: str) -> tuple[list[Place], str]:
    """Return the place that is meant, or the candidates, the most populous first, or none; and what must be said."""
    text = " ".join(typed.replace("−", "-").split())
    if len(text) > LONGEST:
        return [], ""
    if len(angles := re.findall(_ANGLE, text)) == 2:
        degrees = (
            int(whole) + float(minutes or 0) / 60 + float(rest or 0) / 3600 for whole, minutes, rest, _side in angles
        )
        text = ",".join(f"{'-' * (each[3] in 'SWO')}{angle:.6f}" for each, angle in zip(angles, degrees, strict=True))
    if numbers := re.fullmatch(_POINT, text.removeprefix("geo:").strip("()[]")):
        latitude, longitude = (float(each.replace(",", ".")) for each in numbers.groups())
        point = Place("", f"{round(latitude, 4)},{round(longitude, 4)}", "", "", 0, latitude, longitude)
        return [point] if abs(latitude) <= 90 and abs(longitude) <= 180 else [], ""
    if re.fullmatch(_CODE, text):
        return _coded(text.upper().zfill(5))
    meanings = (_called(text, name, departments) for name, departments in _readings(text))
    return next((meaning for meaning in meanings if meaning[0]), ([], ""))


def _spelled_out(typed: str) -> list[Place]:
    """Return what a text means, unless it is a single word and the name has an article too: crèche isn't La Crèche."""
    places = _read(typed)[0]
    alone = bool(places) and len(_words(typed)) == 1
    sure = _LARGER * SMALL // 2  # inhabitants, of Le Havre and Le Mans
    return [each for each in places if not alone or each.population > sure or _words(each.name)[0] not in _ARTICLES]


def _may_stand_alone(text: str) -> bool:
    """Return whether a text is no part of something else: "d'avion" and "mer Le" are none that is called so."""
    words = _words(text)
    return (
        bool(words) and words[0] not in SMALL_WORDS - set(_ARTICLES) and (len(words) == 1 or words[-1] not in _ARTICLES)
    )


def _coded(code: str) -> tuple[list[Place], str]:
    """Return the most populous commune of a postal code, or else that of an INSEE code, and what must be said."""
    by_insee, by_postal = _with_code(code)
    meant = (by_postal or by_insee)[:1]
    said = [_said(code, place) for place in meant]
    if len(by_postal) > 1:
        largest = _("{code}: {place}, the largest of the {number} communes of this postal code.")
        said = [largest.format(code=code, place=meant[0], number=number(len(by_postal)))]
    for other in [each for each in by_insee if each not in meant]:
        said.append(_('As an INSEE code it is {name}: cmq near "{place}"', name=other.name, place=other))
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
                found = vocabulary.exactly(departments, re.sub(_CODE_BESIDE, r"\1", " ".join(beside)))
                if found and part[-1] not in SMALL_WORDS:
                    yield part, found


def _called(typed: str, words: Sequence[str], departments: Collection[str]) -> tuple[list[Place], str]:
    """Return the commune that is called so, or the candidates, and what must be said. Spaces make no difference."""
    letters = "".join(words)
    keys = {letters, *(letters.removeprefix(article) for article in _ARTICLES)} - {""}
    pattern = "|".join(" ?".join(map(re.escape, plain(key))) for key in sorted(keys))
    rows = _rows(rf"\|(?:{pattern})(?=[| ])")
    known = {place: kind for place in rows if (kind := _fit(letters, place)) is not None}
    here = [place for place in known if not departments or place.department in departments]
    today, former, begun = ([place for place in here if known[place] == kind] for kind in (_IS, _WAS, _BEGINS))
    largest = max((place.population for place in known), default=0)
    standing = {place for place in here if place.population * _LARGER >= largest}
    sure = here if departments else standing
    meant = [place for place in today if place in sure] or [place for place in former if place in sure]
    candidates = today + former if meant else here
    if not meant:  # Chalon-sur-Saône is meant by Chalon, being alone; for Charleville there are two, and a Charleville
        meant = begun if today or former else [place for place in begun if place in standing]
    if len(meant) != 1:
        return candidates if meant else [], ""
    others = [place for place in today if place not in meant]
    return meant, "" if meant[0] in today and not others else _said(typed, meant[0], others)


def _fit(letters: str, place: Place) -> int | None:
    """Tell how a place has the name that is typed, with its article or without, with the accents that were typed."""
    typed = plain(letters)
    today, *former = [
        {plain("".join(_words(name))), place_key(name).replace(" ", "")} if agree(letters, name) else set()
        for name in (place.name, *place.former_names.split("|"))
    ]
    if typed in today:
        return _WAS if place.part_of else _IS
    if typed in set().union(*former):
        return _WAS
    return _BEGINS if any(name.startswith(typed) for name in today) else None


def _said(typed: str, place: Place, others: Sequence[Place] = ()) -> str:
    """Return what must be said of a place that isn't called as it was typed, or isn't alone, or no commune today."""
    if place.part_of:
        return _("{name}, part of {commune}.", name=place.name, commune=_with_code(place.part_of)[0][0])
    message = _("{typed}: {place}; also of this name: {others}.") if others else _("{typed}: {place}.")
    return message.format(typed=printable(typed), place=place, others=_named(others))


def _named(places: Sequence[Place], most: int = 3) -> str:
    """Return the first of several places as they may be typed in a shell."""
    return ", ".join([*(f'"{place}"' for place in places[:most]), *(["…"] if len(places) > most else [])])


def _words(text: str) -> list[str]:
    """Return the words of a text in small letters, with their accents."""
    words = re.findall(r"[^\W_]+", normalize("NFKC", text).casefold().translate(_LETTERS))
    return [*filter(None, [_SHORT.get(word, word) for word in words])]


@cache
def _data() -> bytes:
    data = read_data("places.csv")
    if not data.startswith(b"code,") or not data.endswith(b"|\n"):
        raise damaged("places.csv")
    return data


def _rows(pattern: str) -> list[Place]:
    """Return the communes in whose line a pattern is found, the most populous first."""
    data = _data()
    found = [match.start() for match in re.finditer(pattern.encode("utf-8", "surrogatepass"), data)]
    lines = {data[data.rfind(b"\n", 0, start) + 1 : data.find(b"\n", start)] for start in found}
    return sorted(map(_row, lines), key=lambda place: (-place.population, place.code))


def _row(row: bytes) -> Place:
    """Return the commune of a line; one whose place isn't known counts as empty, so that no other gives way to it."""
    try:
        code, name, department, region, people, lat, lon, part_of, postal, codes, names, _key = row.decode().split(",")
        population = int(people or 0) if lat else 0
        where = float(lat or "nan"), float(lon or "nan")
        return Place(code, name, department, region, population, *where, part_of, postal, codes, names)
    except ValueError:
        raise damaged("places.csv") from None
