"""Find one campus by whatever people call it."""

from collections.abc import Callable, Iterable

from cmq_cli.errors import NotFoundError
from cmq_cli.model import Campus, Registry
from cmq_cli.search import OWN_WEIGHTS, Text, query_words, ranked, texts, without_title
from cmq_cli.text import fold, likeness, shown, solid

_LIKE = 0.6
"""Least likeness of a suggestion; it lets one or two typing errors pass."""

_FAR_BEHIND = 0.2
"""How much less likely than the best a suggestion may be before it only distracts."""


def find(registry: Registry, key: str) -> list[Campus]:
    """Return every campus that matches the key at the first step that any matches.

    The steps: id; alias; city; name; all words, best fit first, in what is said of the campus itself, and only
    when that finds nothing in its sector's search words and its description too.

    Raises NotFoundError, with up to three suggestions, when no step matches.
    """
    wanted = solid(without_title(fold(key)))
    steps: tuple[Callable[[Campus], Iterable[str | None]], ...] = (
        lambda campus: (campus.id,),
        lambda campus: campus.aliases,
        lambda campus: (campus.city, campus.city_code),
        lambda campus: (campus.name,),
    )
    for step in steps:
        found = [campus for campus in registry.campuses if wanted and wanted in map(_solid, step(campus))]
        if found:
            return sorted(found, key=lambda campus: campus.id)
    typed = query_words([key])
    known = texts(registry, registry.campuses)
    found = ranked(typed, known, OWN_WEIGHTS) or ranked(typed, known)
    if not found:
        raise _not_found(key, known)
    return found


def _solid(text: str | None) -> str:
    return solid(without_title(fold(text))) if text else ""


def _not_found(key: str, known: list[Text]) -> NotFoundError:
    near = suggestions(key, known)
    if near:
        named = ", ".join(f"{campus.id} ({campus.city or campus.region})" for campus in near)
        return NotFoundError(f"No campus matches {shown(key)}. Did you mean: {named}?")
    return NotFoundError(f"No campus matches {shown(key)}. Look further with: cmq list WORD, cmq sectors, cmq regions")


def suggestions(key: str, known: list[Text], limit: int = 3) -> list[Campus]:
    """Return the campuses that were perhaps meant despite a typing error, best first; equals by id.

    A campus is as near as its nearest spelling (id, name, alias, city), or as the words typed are near to its own.
    """
    wanted = fold(key)
    typed = query_words([key])
    alike: dict[tuple[str, str], float] = {}

    def compare(one: str, other: str) -> float:
        if (one, other) not in alike:
            alike[one, other] = likeness(one, other, _LIKE)
        return alike[one, other]

    def nearness(text: Text) -> tuple[float, float]:
        spellings = {fold(text.campus.id), *text.parts["name"], *text.parts["city"]}
        whole = max(compare(wanted, spelling) for spelling in spellings)
        vocabulary = {word for kind in OWN_WEIGHTS for part in text.parts[kind] for word in part.split()}
        each = [max((compare(word, other) for other in vocabulary), default=0.0) for word in typed]
        return max(whole, min(each, default=0.0)), whole

    scored = sorted(((nearness(text), text.campus) for text in known), key=lambda pair: pair[1].id)
    scored.sort(key=lambda pair: pair[0], reverse=True)
    best = scored[0][0][0] if scored else 0.0
    return [campus for (points, _), campus in scored[:limit] if points >= max(_LIKE, best - _FAR_BEHIND)]
