"""How a sector is told from the others: by a letter, which reads without colour, and by a colour."""

from collections.abc import Iterable, Sequence
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


def sector_of(campus: Campus) -> str | None:
    """Return the id of the sector that a campus is marked with: the most fitting one."""
    return campus.sectors[0] if campus.sectors else None


def legend(registry: Registry, campuses: Iterable[Campus]) -> list[Entry]:
    """Return the sectors that the campuses are marked with, most frequent first; the counts add up to all of them."""
    counts: dict[str | None, int] = {}
    for campus in campuses:
        counts[sector_of(campus)] = counts.get(sector_of(campus), 0) + 1
    letter = letters(registry.sectors)
    known = [
        Entry(number, letter[sector.id], sector.label, counts[sector.id])
        for number, sector in enumerate(registry.sectors)
        if sector.id in counts
    ]
    unknown = [Entry(-1, NO_SECTOR, "No sector", counts[None])] if None in counts else []
    return [*sorted(known, key=lambda entry: -entry.campuses), *unknown]
