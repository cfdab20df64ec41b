"""What to try when a key, words or a value find nothing: what else is called so, and how it may be spelled."""

from collections.abc import Sequence

from cmq_cli.model import Registry
from cmq_cli.search import SPELLED, Text, query_words, ranked
from cmq_cli.text import akin, shown
from cmq_cli.values import commune, elsewhere

_LIKE = 0.7
"""Least likeness of a word that may have been meant."""

_FAR_BEHIND = 0.12
"""How much less likely than the best a word may be before it only distracts."""

_TRIED = 12
"""Words that are tried beside the others."""

_MOST = 3
"""Suggestions beyond which a message isn't read."""

_SHORTEST = 4
"""Letters of a word that is worth suggesting."""

_SHORT = 5
"""Letters of a word that is like many others."""

_FURTHER = "Look further with: cmq list WORD, cmq sectors, cmq regions"


def for_key(registry: Registry, key: str, suggested: Sequence[str]) -> str:
    """Return what to say of a key that finds no campus: what it names instead, or the ids that were perhaps meant."""
    if other := elsewhere(registry, key) or commune(registry, key):
        return f"No campus matches {shown(key)}. {other}"
    if suggested:
        return f"No campus matches {shown(key)}. Did you mean: {', '.join(suggested)}?"
    return f"No campus matches {shown(key)}. {_FURTHER}"


def for_words(registry: Registry, typed: Sequence[str], known: list[Text]) -> str:
    """Return what to say of words that occur together in no campus."""
    said = [word for word in " ".join(typed).split() if not set(query_words([word])).isdisjoint(query_words(typed))]
    number = {word: len(ranked(query_words([word]), known)) for word in said}
    strange = [word for word in said if not number[word]]
    if other := elsewhere(registry, " ".join(strange or said)):
        return f"No campus has {shown(' '.join(strange or said))}. {other}"
    if not strange:
        each = ", ".join(f"{word} {number[word]}" for word in said)
        return f"No campus has all of these words. How many have each: {each}."
    if other := commune(registry, " ".join(strange)):
        return f"No campus has {shown(' '.join(strange))}. {other}"
    if near := respelled(query_words(typed), known):
        return f"No campus has {shown(' '.join(strange))}. Did you mean: {', '.join(near)}?"
    return f"No campus has {shown(' '.join(strange))}. Look further with: cmq sectors, cmq regions, cmq near PLACE"


def respelled(wanted: Sequence[str], known: list[Text]) -> list[str]:
    """Return up to three spellings, folded, of the first of the folded words that no campus has, most like first.

    Where some of them occur together with the other words, only those are given.
    """
    strange = next((word for word in wanted if not ranked((word,), known)), "")
    kinds = (*SPELLED, "sector", "description", "keywords")
    everything = {word for text in known for kind in kinds for part in text.parts[kind] for word in part.split()}
    if len(strange) <= _SHORT:  # few begin so short a word with a wrong letter: a sport is no port
        everything = {word for word in everything if word[0] == strange[:1]}
    like = akin(strange, [word for word in everything if len(word) >= _SHORTEST], _LIKE)
    least = max(like.values(), default=0.0) - _FAR_BEHIND
    near = sorted((word for word in like if like[word] >= least), key=lambda word: (-like[word], word))
    together = [
        word for word in near[:_TRIED] if ranked(tuple(word if each == strange else each for each in wanted), known)
    ]
    return (together or near)[:_MOST]
