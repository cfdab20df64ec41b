"""Find one campus by whatever people call it."""

from collections.abc import Callable, Iterable
from math import log
from typing import NamedTuple

from cmq_cli.errors import NotFoundError
from cmq_cli.model import Campus, Registry
from cmq_cli.search import OWN_WEIGHTS, SPELLED, Text, query_words, ranked, texts, without_title
from cmq_cli.text import akin, fold, forms, mistyped

_LIKE, _SHORT_KEY = 0.66, 12
"""Least likeness of a spelling to a key of so many letters at most: it lets one or two typing errors pass."""

_LIKE_LONG = 0.75
"""Least likeness of a spelling to a longer key, and of one word to another."""

_SHORTEST = 4
"""Letters of a word that may contain a typing error; shorter ones are too like each other."""

_WORDS = 0.9
"""What likeness of single words counts beside that of a whole name."""

_LEAST = 0.45
"""Least nearness of a suggestion: of two words that are as rare, one may be wrong altogether."""

_VERY_LIKE, _LONG_KEY = 0.85, 6
"""Likeness from which a key of so many letters at least is a spelling with a typing error, and not other words."""

_FAR_BEHIND = 0.12
"""How much less likely than the best a suggestion may be before it only distracts."""

_MOST_WORDS = 12
"""Words of a key beyond which it isn't a name with a typing error any more."""


class Found(NamedTuple):
    """The campuses that a key finds, and whether they only have its words rather than being called so."""

    campuses: list[Campus]
    by_words: bool


def find(registry: Registry, key: str) -> list[Campus]:
    """Return every campus that the key finds, as `search` does."""
    return search(registry, key).campuses


def search(registry: Registry, key: str) -> Found:
    """Return every campus that matches the key at the first step that any matches.

    The steps: id; alias; city; name; all words, best fit first: as whole words in what is said of the campus itself;
    only when that finds nothing as beginnings of words; only then in its sector's search words and its description too,
    as whole words again: to look for wine finds no "vingtaine".

    Raises NotFoundError, which says what else is called so or up to three campuses that were perhaps meant, when no
    step matches, or only the last two and the key is very nearly the name of another campus.
    """
    wanted = forms(key) | forms(without_title(fold(key)))
    steps: tuple[Callable[[Campus], Iterable[str | None]], ...] = (
        lambda campus: (campus.id,),
        lambda campus: campus.aliases,
        lambda campus: (campus.city, campus.city_code),
        lambda campus: (campus.name,),
    )
    for spellings in steps:
        found = [
            campus
            for campus in registry.campuses
            if any(text and not wanted.isdisjoint(forms(text)) for text in spellings(campus))
        ]
        if found:
            return Found(sorted(found, key=lambda campus: campus.id), by_words=False)
    typed = query_words([key])
    known = texts(registry, registry.campuses)
    found = ranked(typed, known, OWN_WEIGHTS, least=2)
    if found:
        return Found(found, by_words=True)
    found = ranked(typed, known, OWN_WEIGHTS) or ranked(typed, known, least=2)
    misspelled = _means_another(key, known, found)
    if not found or misspelled:
        from cmq_cli import hints  # needed only here

        near = [f"{campus.id} ({campus.city or campus.region})" for campus in suggestions(key, known)]
        others = 0 if misspelled else len(ranked(typed, known))
        raise NotFoundError(hints.for_key(registry, key, near, others, known))
    return Found(found, by_words=True)


def suggestions(key: str, known: list[Text], limit: int = 3) -> list[Campus]:
    """Return the campuses that were perhaps meant despite a typing error, best first; equals by id.

    A campus is as near as its nearest spelling (id, name, alias, city), or nearly as its own words are to those typed.
    """
    each = zip(_whole_likeness(key, known), _word_likeness(query_words([key]), known), known, strict=True)
    nearness = [(max(whole, _WORDS * words), text.campus) for whole, words, text in each]
    nearness.sort(key=lambda near: (-near[0], near[1].id))
    best = nearness[0][0] if nearness else 0.0
    return [campus for points, campus in nearness[:limit] if points >= max(_LEAST, best - _FAR_BEHIND)]


def _means_another(key: str, known: list[Text], found: list[Campus]) -> bool:
    wholes = zip(_whole_likeness(key, known), known, strict=True)
    nearly = {text.campus.id for likeness, text in wholes if likeness >= _VERY_LIKE}
    return len(without_title(fold(key))) >= _LONG_KEY and bool(nearly) and nearly.isdisjoint(one.id for one in found)


def _whole_likeness(key: str, known: list[Text]) -> list[float]:
    spellings = [
        {fold(text.campus.id), *text.parts["name"], *text.parts["alias"], *text.parts["city"]} for text in known
    ]
    wanted = without_title(fold(key))
    like = mistyped(wanted, set().union(*spellings), _LIKE if len(wanted) <= _SHORT_KEY else _LIKE_LONG)
    return [max((like.get(spelling, 0.0) for spelling in each), default=0.0) for each in spellings]


def _word_likeness(typed: tuple[str, ...], known: list[Text]) -> list[float]:
    """Return how near the typed words are to each campus's own: their mean, in which rare words tell more."""
    vocabularies = [{word for kind in SPELLED for part in text.parts[kind] for word in part.split()} for text in known]
    everything = set().union(*vocabularies)
    long_enough = [word for word in everything if len(word) >= _SHORTEST]
    sums, total = [0.0] * len(known), 0.0
    for word in typed[:_MOST_WORDS]:
        like = {**akin(word, long_enough, _LIKE_LONG), word: 1.0}
        points = [max(map(like.__getitem__, like.keys() & vocabulary), default=0.0) for vocabulary in vocabularies]
        weight = log(1 + len(known) / max(sum(map(bool, points)), 1))
        sums = [so_far + weight * more for so_far, more in zip(sums, points, strict=True)]
        total += weight
    return [points / total for points in sums] if total else sums
