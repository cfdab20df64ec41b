"""Places by name, code or coordinates (WGS 84, in degrees), and how far campuses are from them, in kilometres.

The bytes of places.csv are searched, and only the lines found are parsed: in 2 ms, where the csv module takes 90.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from itertools import dropwhile
from math import asin, cos, isnan, log10, radians, sin, sqrt
from typing import NamedTuple
from unicodedata import normalize

from cmq_cli import vocabulary
from cmq_cli.errors import CmqError, NotFoundError, UsageError
from cmq_cli.language import _, number, printable, quoted
from cmq_cli.language import typed as line
from cmq_cli.registry import bundled, damaged, read_data
from cmq_cli.text import LONGEST, plain, told

EARTH_RADIUS_KM = 6371.0088  # the mean radius of the WGS 84 ellipsoid, (2a + b) / 3, as the IUGG defines it
ALIKE = 0.79  # how alike, up to 1, are names of which one must be the other mistyped
_LARGER = 10  # times as populous is the commune that is meant by the first words of its name
_MOST_WORDS = 12  # more than any place is written with

_ARTICLES = ("l", "la", "le", "les")
_SMALL = (*_ARTICLES, "d", "de", "du", "des", "en", "dans", "a", "sur", "sous")
_BEFORE = ("a", "au", "aux", "d", "de", "des", "du", "vers", "pres", "proche", "autour", "environs", "ville", "commune")
"""What may stand before a place: près de Nancy, aux Sables-d'Olonne."""
_SHORT = {"st": "saint", "ste": "sainte", "s": ""}
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "/": " sur ", "ʼ": "'", **dict.fromkeys("\xad\u200b\u2060\ufeff", "")})
"""How letters are read, Boulogne/Mer and Chalon s/Saône too, without what pasted text carries inside words."""
_CODE = r"(?ai)\d{5}|2[ab]\d{3}"
_OF_DISTRICTS = {"751": "75056", "6938": "69123", "132": "13055"}
"""How INSEE codes of arrondissements begin, which aren't in the list, and the codes of their communes."""
_DISTRICT = r"(paris|lyon|marseille) (?:0?[1-9]|1\d|20)(?:er|e|eme)?(?: arr(?:ondissement)?)?"
_NUMBER = r"([-+]?\d+(?:[.,]\d+)?)"
_POINT = rf"(?a)(?![-+]?\d+,\d+,\d+$){_NUMBER}(?:\s*°?\s*N)?(?:\s*;\s*|\s*,\s+|\s+,?|,){_NUMBER}(?:\s*°?\s*E)?"
"""Two numbers; ``47,24,6`` is refused, because it may be 47.24 and 6 as well as 47 and 24.6."""


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
    postal_codes: tuple[str, ...] = ()
    former_codes: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.name} ({self.department})" if self.department else self.name


class Located(NamedTuple):
    """The place that was typed, and what the first line must say of that, if anything."""

    place: Place
    said: str


class _Meaning(NamedTuple):
    """What a text may mean: one place, or several that must be told apart, the most populous first."""

    candidates: list[Place]
    said: str = ""
    words: int = 1  # that name it, without what tells where it is
    sure: int = 3  # a whole name, a former name, a code or a point; 2: the beginning of one name; 1: of several


def place_key(name: str) -> str:
    """Return the name of a commune as it is searched for: folded words without a leading article.

    Case, accents, ligatures, hyphens, apostrophes and ``St``/``Saint`` make no difference; plurals do.

    >>> place_key("L'Haÿ-les-Roses")
    'hay les roses'
    """
    return plain(" ".join(_bare(_spelled(name))))


def locate(typed: str) -> Located:
    """Return the place that was typed: a commune by name, former name or code, or ``LAT,LON``.

    Raises UsageError for homonyms and what can't be a place, NotFoundError for an unknown place, and RegistryError.
    """
    meaning = _read(typed)
    if meaning is None:
        raise _unknown(typed)
    if len(meaning.candidates) > 1:
        message = _("{typed} may be {number} communes. Give one of: {forms}")
        forms, several = named(meaning.candidates, 8), number(len(meaning.candidates))
        error = UsageError if meaning.sure == 3 else NotFoundError
        raise error(message.format(typed=quoted(typed.strip()), number=several, forms=forms))
    place = meaning.candidates[0]
    if isnan(place.latitude):
        message = _("It isn't known where {place} is. Give LAT,LON instead: cmq near 47.24,6.02")
        raise NotFoundError(message.format(place=place))
    return Located(place, meaning.said)


def split(typed: Sequence[str]) -> tuple[str, list[str]]:
    """Return the place that is typed among words, and the words to look for; all is the place where none is found.

    The place is the longest run of words at the beginning or the end that is one. Where both ends are places, it is
    the one whose name has more words, or else the more populous one.
    """
    words = list(typed) if len(typed) > 1 else " ".join(typed).split()
    found = []
    if not _read(" ".join(words)):
        sizes = range(min(len(words) - 1, _MOST_WORDS), 0, -1)
        for runs in ([slice(size) for size in sizes], [slice(-size, None) for size in sizes]):
            known = [(meaning, run) for run in runs if (meaning := _read(" ".join(words[run])))]
            found += [each for each in known if each[0].sure > 1][:1] or known[:1]
    if not found:
        return " ".join(words), []
    at = max(found, key=lambda each: (each[0].sure > 1, each[0].words, each[0].candidates[0].population))[1]
    place = " ".join(words[at])
    del words[at]
    return place, words


def communes(typed: str, whole: bool = False) -> list[Place]:
    """Return the communes that are called so, the most populous first, or the one that is meant by part of its name.

    Five digits are an INSEE code, or a postal code where no INSEE code is so. With `whole` an article must be typed
    that the name has, so that a word (crèche) isn't taken for a commune (La Crèche).
    """
    if re.fullmatch(_CODE, typed.strip()):
        by_insee, by_postal = _with_code(typed.strip().upper())
        return by_insee or by_postal
    meaning, words = _read(typed), _spelled(typed)
    if meaning is None or meaning.sure == 1 or not any(map(str.isalpha, typed)):
        return []
    called = [place for place in meaning.candidates if _fit("".join(words), place.name) == _IS]
    found = called if len(meaning.candidates) > 1 and called else meaning.candidates
    return [place for place in found if not whole or words[0] in _ARTICLES or _spelled(place.name)[0] not in _ARTICLES]


def like(typed: str, least: float = 0.75) -> list[Place]:
    """Return up to three communes with a name like a mistyped one, the most likely first; it must be so alike."""
    from rapidfuzz.distance import DamerauLevenshtein
    from rapidfuzz.process import extract

    keys = list(dict.fromkeys(re.findall(rb"\|([^|,\n]+)(?=\|)", _data())))
    found: dict[Place, float] = {}
    for words, where in _readings(typed[:LONGEST]):
        key = place_key(" ".join(filter(str.isalpha, words))).encode()
        alike = extract(key, keys, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=least, limit=30)
        scores = {name.decode(): score for name, score, _index in alike if key[2:]}
        for place in _rows(rf"\|(?:{'|'.join(map(re.escape, scores))})(?=\|)") if scores else []:
            score = max(scores.get(place_key(name), 0) for name in (place.name, *place.former_names))
            score += 0.02 * len(key) + 0.01 * log10(place.population + 1) + 0.05 * (place.department in where)
            found[place] = max(score, found.get(place, 0))
    return sorted(found, key=found.__getitem__, reverse=True)[:3]


def named(places: Sequence[Place], most: int = 3) -> str:
    """Return the first of several places as they may be typed in a shell."""
    return ", ".join([*(f'"{place}"' for place in places[:most]), *(["…"] if len(places) > most else [])])


def begins(typed: str, limit: int = 20) -> list[tuple[str, str]]:
    """Return what may be typed for the communes whose name begins so, the most populous first, and what each is."""
    key, letters = place_key(typed) + " " * typed.endswith((" ", "-", "'")), "".join(_bare(_spelled(typed)))
    found = _rows(rf",\|{re.escape(key)}") if key[1:] else []
    names = [plain(place.name) for place in found]
    offers: dict[str, str] = {}
    for place, name in zip(found, names, strict=True):
        if len(offers) == limit:
            break
        spelled = _bare(_spelled(place.name))
        if _agree(letters, "".join(spelled)[: len(letters)]) and not isnan(place.latitude):
            homonym = f"-{place.department.lower()}" if names.count(name) > 1 else ""
            offers[typed + plain("-".join(spelled))[len(key) :] + homonym] = str(place)
    return [*offers.items()]


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance in km between two points in degrees; the ellipsoid differs by 0.57 % at most."""
    lat1, lon1, lat2, lon2 = map(radians, (lat1, lon1, lat2, lon2))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half)))


def _unknown(typed: str) -> CmqError:
    """Return the error for what is no place, with what may be meant: all of it, or its last word or first."""
    forms = _('Give a commune ("Saint-Denis (974)"), a postal code (25000) or LAT,LON (47.24,6.02).')
    if not any(map(str.isalpha, typed)):
        return UsageError(_("{typed} is not a place. {forms}").format(typed=quoted(typed), forms=forms))
    words = typed[:LONGEST].split()
    if near := named(like(typed) or like(words[-1], ALIKE) or like(words[0], ALIKE)):
        return NotFoundError(
            _("No commune matches {typed}. Did you mean: {near}?").format(typed=quoted(typed), near=near)
        )
    return NotFoundError(_("No commune matches {typed}. {forms}").format(typed=quoted(typed), forms=forms))


def _read(typed: str) -> _Meaning | None:
    """Return what a text means as a place; None where it is none."""
    text = typed.strip()
    if not text or len(text) > LONGEST:
        return None
    if numbers := re.fullmatch(_POINT, " ".join(text.replace("−", "-").strip("()[]").split())):
        latitude, longitude = (float(each.replace(",", ".")) for each in numbers.groups())
        good = abs(latitude) <= 90 and abs(longitude) <= 180
        return _Meaning([point(latitude, longitude)], words=_MOST_WORDS) if good else None
    if re.fullmatch(rf"{_CODE}|\d{{4}}", text):
        return _coded(text.upper().zfill(5))
    meanings = []
    for words, where in _readings(text):
        if meaning := _called(text, words, where):
            if meaning.sure == 3:
                return meaning
            meanings.append(meaning)
    return max(meanings, key=lambda meaning: meaning.sure, default=None)


def point(latitude: float, longitude: float) -> Place:
    """Return a bare point, in degrees."""
    return Place("", f"{round(latitude, 4)},{round(longitude, 4)}", "", "", 0, latitude, longitude)


def _coded(code: str) -> _Meaning | None:
    """Return the commune of a postal code, the most populous one, or else of an INSEE code."""
    by_insee, by_postal = _with_code(code)
    if not by_postal and not by_insee:
        return None
    place = (by_postal or by_insee)[0]
    said = _said(code, place)
    if len(by_postal) > 1:
        said = _("{code}: {place}, the largest of the {number} communes of this postal code.")
        said = said.format(code=code, place=place, number=number(len(by_postal)))
    if by_insee and by_insee[0] != place:
        other = _("As an INSEE code it is {name}: {command}")
        said = told(said, other.format(name=by_insee[0].name, command=line("cmq", "near", str(by_insee[0]))))
    return _Meaning([place], said)


def _with_code(code: str) -> tuple[list[Place], list[Place]]:
    """Return the commune of an INSEE code, which may be one that it had, and those of a postal code."""
    city = next((city for start, city in _OF_DISTRICTS.items() if code.startswith(start)), code)
    found = _rows(f"{code}|{city}")
    by_insee = [each for each in found if each.code == city] or [each for each in found if code in each.former_codes]
    return by_insee, [each for each in found if code in each.postal_codes]


def _readings(typed: str) -> Iterator[tuple[list[str], Collection[str]]]:
    """Give what a text may mean: words that are a name, and the departments in one of which it is, if that is said."""
    words = _spelled(typed)
    yield words, ()
    name = words[:-1] if words[-1:] == ["france"] else words
    name = name[: name.index("cedex")] if "cedex" in name else name
    if name != words:
        yield name, ()
    for at in range(1, len(name)):
        for part, area in ((name[:at], name[at:]), (name[at:], name[:at])):
            where: Collection[str] = _areas().get(_area(area), ())
            if re.fullmatch(_CODE, " ".join(area)):
                where = _areas().get(area[0][:2], (area[0][:3],))
            if where and part[-1] not in _SMALL:
                yield part, where
    if district := re.fullmatch(_DISTRICT, plain(" ".join(name))):
        yield [district[1]], ()
    behind = [*dropwhile(lambda word: plain(word) in _BEFORE, name)]
    if behind != name:
        yield behind, ()


@cache
def _areas() -> dict[str, set[str]]:
    """Return the codes of departments by what may be typed beside a place: their names and numbers."""
    areas: dict[str, set[str]] = {}
    for entry in vocabulary.KINDS["department"].entries(bundled()):
        for text in [each for each in entry.exact if "(" not in each]:
            areas.setdefault(_area(_spelled(text)), set()).add(entry.value)
    return areas


def _area(words: Sequence[str]) -> str:
    return " ".join(dropwhile(_SMALL.__contains__, map(plain, words)))


def _called(typed: str, words: Sequence[str], where: Collection[str]) -> _Meaning | None:
    """Return the commune that is called so, or those that may be meant; None where there is none."""
    known = _matches(words)
    found = [(place, kind) for place, kind in known if not where or place.department in where]
    every = [place for place, _kind in found]
    whole, former, longer = ([place for place, kind in found if kind == wanted] for wanted in (_IS, _WAS, _BEGINS))
    standing = every if len(where) == 1 else [place for place in every if _stands(place, every)]
    homonyms = [place for place in whole if place in standing]
    meant = homonyms or [place for place in former if place in standing]
    if (
        not meant and not former
    ):  # of those elsewhere none may be larger either, lest wood in the Vosges be Bois-de-Champ
        meant = longer if whole else [place for place in longer if _stands(place, [place for place, _kind in known])]
    if not found or (where and not (whole or former or meant)):
        return None
    size, sure = len(_bare(words)), 3 if whole or former else 2 if len(meant) == 1 else 1
    if len(meant) != 1 or (len(every) > 1 and isnan(meant[0].latitude)):
        return _Meaning([place for place in every if not homonyms or place not in longer], "", size, sure)
    as_typed = meant[0] in (former if meant[0].part_of else whole)
    return _Meaning(meant, _said(typed, meant[0], [each for each in whole if each not in meant], as_typed), size, sure)


def _stands(place: Place, every: Sequence[Place]) -> bool:
    """Tell whether no other commune that is called so, or begins so, is so much larger that it must be meant."""
    largest = next((each for each in every if each.code not in (place.code, place.part_of)), place)
    return largest == place or largest.population < _LARGER * max(place.population, 1)


def _said(typed: str, place: Place, others: Sequence[Place] = (), as_typed: bool = False) -> str:
    """Return what must be said of a place that isn't called as it was typed, or isn't alone, or no commune today."""
    if place.part_of:
        commune = _with_code(place.part_of)[0][0]
        message = _("{name}, part of {commune}.") if as_typed else _("{typed}: {name}, part of {commune}.")
        return message.format(typed=printable(typed), name=place.name, commune=commune)
    message = "" if as_typed else _("{typed}: {place}.")
    if others:
        message = _("{typed}: {place}; also of this name: {others}.")
    return message.format(typed=printable(typed), place=place, others=named(others))


_IS, _WAS, _BEGINS, _NOT = 0, 1, 2, 4  # a commune is called so, or was, its name begins so (3: began so), or neither


def _matches(words: Sequence[str]) -> list[tuple[Place, int]]:
    """Return the communes that words name, and how, the most populous first. Spaces make no difference."""
    typed = "".join(words)
    keys = {typed, *(typed.removeprefix(article) for article in _ARTICLES)} - {""}
    pattern = "|".join(" ?".join(map(re.escape, plain(key))) for key in sorted(keys))
    found = []
    for place in _rows(rf"\|(?:{pattern})(?=[| ])"):
        names = enumerate((place.name, *place.former_names))
        kinds = [_fit(typed, name) + (at > 0 or place.part_of != "") for at, name in names]
        if min(kinds) < _NOT:
            found.append((place, min(kinds)))
    best = min((kind for _place, kind in found), default=_NOT)
    return [(place, min(kind, _BEGINS)) for place, kind in found if kind <= max(best, _BEGINS)]


def _fit(typed: str, name: str) -> int:
    """Tell how a name is typed, with its article or without."""
    for words in (_spelled(name), _bare(_spelled(name))):
        for size in range(len(words), 0, -1):
            if _agree(typed, "".join(words[:size])):
                return _IS if size == len(words) else _BEGINS
    return _NOT


def _agree(typed: str, name: str) -> bool:
    """Tell whether all letters are the same, with their accents wherever one was typed."""
    return len(typed) == len(name) and all(
        one == other or (one.isascii() and one == plain(other)) for one, other in zip(typed, name, strict=True)
    )


def _spelled(text: str) -> list[str]:
    """Return the words of a text in small letters, with their accents."""
    words = re.findall(r"[^\W_]+", normalize("NFKC", text).casefold().translate(_LETTERS))
    return [_SHORT.get(word, word) for word in words if _SHORT.get(word, word)]


def _bare(words: Sequence[str]) -> Sequence[str]:
    return words[1:] if len(words) > 1 and words[0] in _ARTICLES else words


@cache
def _data() -> bytes:
    data = read_data("places.csv")
    if not data.startswith(b"code,") or not data.endswith(b"|\n"):
        raise damaged("places.csv")
    return data


def _rows(pattern: str) -> list[Place]:
    """Return the communes in whose line a pattern is found, the most populous first."""
    data, found = _data(), {}
    for match in re.finditer(pattern.encode("utf-8", "surrogatepass"), data):
        start = data.rfind(b"\n", 0, match.start()) + 1
        if start and start not in found:  # 0 is the header
            found[start] = _row(data[start : data.find(b"\n", start)])
    return sorted(found.values(), key=lambda place: (-place.population, place.code))


def _row(row: bytes) -> Place:
    try:
        *texts, people, latitude, longitude, part_of, postal, codes, names, _key = row.decode().split(",")
        code, name, department, region = texts
        where = float(latitude or "nan"), float(longitude or "nan")
        lists = tuple(postal.split()), tuple(codes.split()), tuple(filter(None, names.split("|")))
        return Place(code, name, department, region, int(people or 0), *where, part_of, *lists)
    except ValueError:
        raise damaged("places.csv") from None
