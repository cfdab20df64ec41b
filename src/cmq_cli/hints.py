"""What to try when a key, words or a value find nothing: what else is called so, and how it may be spelled."""

import re
from collections.abc import Mapping, Sequence

from cmq_cli.model import Registry
from cmq_cli.search import GENERIC, SPELLED, Text, query_words, ranked
from cmq_cli.text import akin, fit, fold, nearest, shown, words
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

_WORD = re.compile(r"[^\W_]+")

_WIDER = "Try a wider word (cmq sectors lists many), or: cmq regions, cmq near PLACE"
_FURTHER = "Look further with: cmq list WORD, cmq sectors, cmq regions"


def for_key(registry: Registry, key: str, suggested: Sequence[str], others: int, known: list[Text]) -> str:
    """Return what to say of a key that finds no campus.

    That is what it names instead, how to list the campuses that have its words elsewhere, if any, the ids that were
    perhaps meant, or what there is to say of its words.
    """
    for named in dict.fromkeys((key, " ".join(_said([key])))):
        if other := elsewhere(registry, named) or commune(registry, named):
            return f"No campus matches {shown(key)}. {other}"
    if others:
        sentence = 'No campus is called {key}. Campuses that have to do with it: {number}. See: cmq list "{words}"'
        return sentence.format(key=shown(key), number=others, words=" ".join(_said([key])))
    if suggested:
        return f"No campus matches {shown(key)}. Did you mean: {', '.join(suggested)}?"
    return _of_words(registry, [key], known) or f"No campus matches {shown(key)}. {_FURTHER}"


def for_words(registry: Registry, typed: Sequence[str], known: list[Text]) -> str:
    """Return what to say of words that occur together in no campus."""
    strange = " ".join(word for word in _said(typed) if not ranked(query_words([word]), known))
    return _of_words(registry, typed, known) or f"No campus has {shown(strange)}. {_WIDER}"


def _of_words(registry: Registry, typed: Sequence[str], known: list[Text]) -> str | None:
    said = _said(typed)
    number = {word: len(ranked(query_words([word]), known)) for word in said}
    strange = [word for word in said if not number[word]]
    if said and (other := elsewhere(registry, " ".join(strange or said))):
        return f"No campus has {shown(' '.join(strange or said))}. {other}"
    if said and not strange:
        each = ", ".join(f"{word} {number[word]}" for word in said)
        return f"No campus has all of these words. How many have each: {each}."
    if other := commune(registry, " ".join(strange)):
        return f"No campus has {shown(' '.join(strange))}. {other}"
    if near := respelled(query_words(typed), known):
        spelled = _spellings(registry)
        did_you_mean = ", ".join(dict.fromkeys(spelled.get(word, word) for word in near))
        return f"No campus has {shown(' '.join(strange))}. Did you mean: {did_you_mean}?"
    return None


def for_id(typed: str, known: Mapping[str, Sequence[str]]) -> list[str]:
    """Return up to three ids that were perhaps meant, of those known with what else each is called.

    They are those of which the id and the other texts have all the typed words, whole words first; only where none has
    them, the ids most like what was typed.
    """
    said = words(typed)
    fits = {}
    for one, texts in known.items():
        text = fold(" ".join((one, *texts)))
        if worst := fit(fold(typed), text) or min((fit(word, text) for word in said), default=0):
            fits[one] = worst
    return sorted(fits, key=lambda one: -fits[one])[:_MOST] or nearest(typed, known, _MOST)


def respelled(wanted: Sequence[str], known: list[Text]) -> list[str]:
    """Return up to three spellings, folded, of the first of the folded words that no campus has, most like first.

    Where some of them occur together with the other words, only those are given.
    """
    strange = next((word for word in wanted if not ranked((word,), known)), "")
    kinds = (*SPELLED, "sector", "keywords")  # what the words of a sentence are like, nobody meant
    everything = {word for text in known for kind in kinds for part in text.parts[kind] for word in part.split()}
    everything -= GENERIC
    if len(strange) <= _SHORT:  # few begin so short a word with a wrong letter: a sport is no port
        everything = {word for word in everything if word[0] == strange[:1]}
    like = akin(strange, [word for word in everything if len(word) >= _SHORTEST], _LIKE)
    least = max(like.values(), default=0.0) - _FAR_BEHIND
    near = sorted((word for word in like if like[word] >= least), key=lambda word: (-like[word], word))
    together = [
        word for word in near[:_TRIED] if ranked(tuple(word if each == strange else each for each in wanted), known)
    ]
    return (together or near)[:_MOST]


def _said(typed: Sequence[str]) -> list[str]:
    """Return the words that are looked for, as they were typed."""
    wanted = set(query_words(typed))
    return [word for word in " ".join(typed).split() if not wanted.isdisjoint(query_words([word]))]


def _spellings(registry: Registry) -> dict[str, str]:
    """Return how the registry writes a folded word, in small letters where it ever does."""
    campuses = [
        (one.name, *one.aliases, one.city, one.lead_institution, *one.members, *one.fields, one.description, one.region)
        for one in registry.campuses
    ]
    sectors = [(sector.label, *sector.keywords) for sector in registry.sectors]
    places = [each.name for each in registry.territories.departments]
    places += [each.name for each in registry.territories.academies]
    places += [each.name for each in registry.territories.former_regions]
    texts = " ".join(text for several in (*campuses, *sectors, places) for text in several if text)
    return {fold(word): word for word in sorted(set(_WORD.findall(texts)))}  # capitals sort first, small letters stay
