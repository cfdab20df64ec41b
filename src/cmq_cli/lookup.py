"""Find one campus by whatever people call it, and say what to try where nothing is found."""

import re
from collections.abc import Callable, Iterable, Sequence
from math import log
from operator import mul
from typing import TYPE_CHECKING

from cmq_cli.errors import NotFoundError
from cmq_cli.language import _, ngettext, number, quoted
from cmq_cli.language import typed as shell
from cmq_cli.text import did_you_mean as did_you_mean
from cmq_cli.text import fold, forms, likeness, perhaps, slug, told
from cmq_cli.text import suggest as suggest
from cmq_cli.vocabulary import PLACES, elsewhere

if TYPE_CHECKING:
    from cmq_cli.model import Campus, Registry
    from cmq_cli.question import Query, Term

_TITLES = ("campu ", "cmq ", "cmqe ")
"""Folded words of the official title, with which a key may begin."""

_MOST_WORDS = 12
"""Words of a question that are looked at one by one: more are no mistyped name."""

_SHORTEST = 4
"""Letters of a word that may contain a typing error; shorter ones are too like each other."""

_WORDS = 0.9
"""What likeness of single words counts beside that of a whole name."""

_LEAST, _FAR_BEHIND = 0.45, 0.12
"""Least nearness of a campus that is suggested, one of two words being wrong, and how far it may be behind the best."""


def find(registry: "Registry", key: str) -> "list[Campus]":
    """Return the campuses that a key finds at the first step that finds any: id, alias, city, name, words.

    Raises NotFoundError, in one line that says what to type next, where no step does, and UsageError as `understood`.
    """
    ids, wanted = {slug(key)}, forms(key)
    if fold(key).removeprefix("le ").removeprefix("la ").startswith(_TITLES):
        from cmq_cli.question import without_title

        name = without_title(fold(key))
        ids, wanted = ids | {slug(name)}, wanted | forms(name)
    steps: tuple[Callable[[Campus], Iterable[str | None]], ...] = (
        lambda campus: (key,) if campus["id"] in ids else (),
        lambda campus: campus["aliases"],
        lambda campus: (campus["city"], campus["city_code"]),
        lambda campus: (campus["name"],),
    )
    for spellings in steps:
        campuses = [
            campus
            for campus in registry["campuses"]
            if any(text and not wanted.isdisjoint(forms(text)) for text in spellings(campus))
        ]
        if campuses:
            return sorted(campuses, key=lambda campus: campus["id"])
    from cmq_cli import search  # only what nothing is called is looked for as words

    query = search.understood([key], registry)
    found = search.find(registry, query)
    if not found.campuses or found.through:
        raise NotFoundError(_no_key(registry, key, query, through=bool(found.through)))
    return found.named if len(found.named) == 1 else found.campuses  # who is called so is meant, not who mentions it


def suggestions(registry: "Registry", query: "Query", key: str, limit: int = 3) -> "list[Campus]":
    """Return the campuses that were perhaps meant despite typing errors in a key, best first; equals by id.

    A campus is as near as its nearest spelling (id, name, alias, city), or nearly as its own words are to those typed,
    of which rare ones tell more.
    """
    from cmq_cli import search

    whole = search.without_title(fold(key))
    typed = [term.wanted[0] for term in query.terms[:_MOST_WORDS]]
    spelled, said, campuses = [], [], []
    for text in search.searchable(registry):
        parts = {kind: parts for kind, parts in text.parts.items() if kind not in (search.PROSE, "acronyms", "codes")}
        names = (fold(text.campus["id"]), *parts["name"], *parts["alias"], *parts["city"])
        words = {word for each in parts.values() for part in each for word in part.split() if len(word) >= _SHORTEST}
        campuses.append(text.campus)
        spelled.append(max(likeness(whole, name) for name in names))
        said.append([max((likeness(word, own) for own in words), default=0.0) for word in typed])
    weights = [log(1 + len(said) / max(1, sum(map(bool, each)))) for each in zip(*said, strict=True)]
    worded = [_WORDS * sum(map(mul, weights, each)) / sum(weights) for each in said] if weights else spelled
    near = sorted(zip(map(max, spelled, worded), campuses, strict=True), key=lambda pair: (-pair[0], pair[1]["id"]))[
        :limit
    ]
    return [campus for nearness, campus in near if nearness >= max(_LEAST, near[0][0] - _FAR_BEHIND)]


def commune(typed: str, others: Sequence[str] = ()) -> str | None:
    """Return the sentence on the commune that is called so, with the other words to look for near it, or None."""
    from cmq_cli import places  # only what nothing else is called is looked for among all communes

    found = places.communes(typed)
    if not found:
        return None
    sentence = ngettext(
        "{name} is a commune: cmq near {place}",
        "{number} communes are called so; around the largest: cmq near {place}",
        len(found),
    )
    place = " ".join(map(shell, (str(found[0]), *others)))
    return sentence.format(name=found[0], number=number(len(found)), place=place)


def no_words(registry: "Registry", query: "Query", command: str = "cmq list") -> str:
    """Return what to say of words that occur together in no campus, and what to try."""
    counted = _counted(registry, query)
    return _of_words(registry, query, counted) or told(
        _no_campus_mentions(term for term, found in counted.items() if not found),
        _("For more words: cmq sectors, cmq regions; around a place: cmq near PLACE"),
    )


def _no_key(registry: "Registry", key: str, query: "Query", through: bool) -> str:
    """Return what to say of a key that finds no campus: what it names instead, or what was perhaps meant."""
    unknown = _("No campus matches {key}.").format(key=quoted(key))
    said = " ".join(term.typed for term in query.terms)
    for named in dict.fromkeys((key, said)):
        if other := elsewhere(registry, named, PLACES) or commune(named):
            return told(unknown, other)
    if through:
        wider = _("Campuses of the sector whose search word it is: cmq list {words}")
        return told(unknown, wider.format(words=shell(said)))
    counted = _counted(registry, query)
    near = [] if all(counted.values()) else suggestions(registry, query, key)
    if near:
        names = [f"{campus['id']} ({campus['city'] or campus['region']})" for campus in near]
        return told(unknown, perhaps(names))
    further = _("To look further: cmq list WORD, cmq sectors, cmq regions")
    return _of_words(registry, query, counted) or told(unknown, further)


def _counted(registry: "Registry", query: "Query") -> "dict[Term, int]":
    """Return how many campuses each of the words finds."""
    from cmq_cli import search

    asked = {term: search.Query(((term,),)) for term in query.terms[:_MOST_WORDS]}
    return {term: len(search.find(registry, alone).campuses) for term, alone in asked.items()}


def _of_words(registry: "Registry", query: "Query", counted: "dict[Term, int]") -> str | None:
    """Return how many campuses have each word, where all are known, or what those that aren't may mean, or None."""
    strange = [term for term, found in counted.items() if not found]
    if not strange:
        each = ", ".join(f"{term.typed} {found}" for term, found in counted.items())
        return _("No campus has all of these words. How many have each: {each}.").format(each=each)
    typed = " ".join(term.typed for term in strange)
    article = re.search(rf"\b(?:l[ae] |les |l['’]){re.escape(typed)}", query.typed, re.IGNORECASE)
    others = [term.typed for term in counted if term not in strange]
    named = commune(article[0] if article else typed, others)
    other = elsewhere(registry, typed, PLACES) or named or _respelled(registry, query, strange[0])
    return told(_no_campus_mentions(strange), other) if other else None


def _no_campus_mentions(terms: "Iterable[Term]") -> str:
    return _("No campus mentions {words}.").format(words=quoted(" ".join(term.typed for term in terms)))


def _respelled(registry: "Registry", query: "Query", strange: "Term") -> str:
    """Return the sentence on what a word that no campus has may be; if possible, on what occurs with the others."""
    from cmq_cli import search

    near = suggest(strange.typed, search.spelled(registry), limit=6)
    others = tuple(term for term in query.terms if term != strange)
    asked = {word: search.Query(((*others, *search.understood([word], registry).terms),)) for word in near}
    together = [word for word, query in asked.items() if search.find(registry, query).campuses]
    return perhaps((together or near)[:3])
