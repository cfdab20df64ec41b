"""How a sector is told from the others: by a letter, which reads without colour, and by a colour."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from cmq_cli.model import Campus, Registry, Sector
from cmq_cli.text import plain

_LETTERS = "abcdefghijklmnopqrstuvwxyz"

NO_SECTOR = "?"
"""Stands for a campus that has no sector."""

SHARED = "*"
"""Stands for the sectors for which no letter is left."""


class Entry(NamedTuple):
    """A line of the legend: a sector by number and letter, and how many of the campuses are marked with it."""

    number: int
    letter: str
    label: str
    campuses: int


def letters(sectors: Sequence[Sector]) -> dict[str, str]:
    """Return the letter of each sector: if possible the first of its label, or of another word of it.

    It depends on the registry's sectors alone, so that it means the same on every map.
    """
    words = {sector.id: plain(sector.label).replace("-", " ").split() for sector in sectors}
    wishes = (
        {one: said[0][:1] for one, said in words.items() if said},
        {one: "".join(word[0] for word in said if len(word) > len("aux")) for one, said in words.items()},
        {one: "".join(said) for one, said in words.items()},
        dict.fromkeys(words, _LETTERS),
    )
    found: dict[str, str] = {}
    for wished in wishes:
        for one, wanted in wished.items():
            free = [letter for letter in wanted if letter in _LETTERS and letter not in found.values()]
            if one not in found and free:
                found[one] = free[0]
    return {one: found.get(one, SHARED).upper() for one in words}


def marking(registry: Registry) -> Callable[[Campus], tuple[int, str]]:
    """Return what tells a campus's mark: the number of its sector, from 0 on, or -1 without one, and its letter."""
    known = letters(registry.sectors)
    marks = {one: (number, letter) for number, (one, letter) in enumerate(known.items())}
    return lambda campus: marks[campus.sectors[0]] if campus.sectors else (-1, NO_SECTOR)


def legend(registry: Registry, campuses: Iterable[Campus]) -> list[Entry]:
    """Return the sectors that the campuses are marked with, most frequent first; the counts add up to all of them."""
    mark = marking(registry)
    counts = Counter(mark(campus) for campus in campuses)
    labels = {-1: "No sector", **{number: sector.label for number, sector in enumerate(registry.sectors)}}
    entries = (Entry(number, letter, labels[number], times) for (number, letter), times in counts.items())
    return sorted(entries, key=lambda entry: (entry.number < 0, -entry.campuses, entry.number))
