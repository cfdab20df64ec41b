"""What list, count, near and map have in common: words and filters in, campuses out, and what must be said of them."""

from collections.abc import Sequence
from typing import NamedTuple

from cmq_cli import filters as by
from cmq_cli.commands import coverage
from cmq_cli.filters import Filter
from cmq_cli.model import Campus, Registry
from cmq_cli.options import FilterOptions
from cmq_cli.query import select, sort
from cmq_cli.search import Text, for_sectors, left_aside, query_words, ranked, texts
from cmq_cli.text import shown

_UNKNOWN = {
    "academy": "{number} more may match, but their academy is not known; they are left out.",
    "department_code": "{number} more may match, but the department of their seat is not known; they are left out.",
    "city": "{number} more may match, but the city of their seat is not known; they are left out.",
    "wave": "{number} more may match, but their wave is not known; they are left out (see --wave none).",
    "labelled_on": "{number} more may match, but nothing dates their label; they are left out.",
    "labelled_by": "{number} more may match, but their label is proven only by a later date; they are left out.",
    "excellence": "{number} more may match, but no source says whether they hold the mention; they are left out.",
}


_ASIDE = "Not looked for: {words}. The registry doesn't tell campuses apart by level or post."

_FOR_SECTOR = "No campus says {word} of itself; it is found by the search words of the sector {sectors}."
_FOR_SECTORS = "No campus says {word} of itself; it is found by the search words of several sectors: {sectors}."


class Chosen(NamedTuple):
    """The campuses that were asked for, best fit or name first, and sentences on what was asked and what is left open.

    The remarks belong below a table; the notes are for stderr, whatever is written.
    """

    campuses: list[Campus]
    notes: tuple[str, ...]
    remarks: tuple[str, ...]


def choose(registry: Registry, words: Sequence[str] | None, options: FilterOptions) -> Chosen:
    """Return the campuses in which all the words of a command line occur and which pass all its filters.

    Raises UsageError for a value that means nothing, or that was typed without its quotes.
    """
    if words and options != FilterOptions():
        from cmq_cli import unquoted  # words and values that may belong together are few

        unquoted.refuse(registry, words, options)
    return chosen(registry, words, options)


def chosen(registry: Registry, words: Sequence[str] | None, options: FilterOptions) -> Chosen:
    """Return the campuses in which all the words occur and which pass all the filters.

    Raises UsageError for a value that means nothing.
    """
    candidates = registry.campuses
    wanted = query_words(words or ())
    notes = []
    if aside := left_aside(words or ()):
        notes.append(_ASIDE.format(words=" ".join(aside)))
    if wanted:
        known = texts(registry, candidates)
        candidates = tuple(ranked(wanted, known))
        if not candidates:
            from cmq_cli import hints  # needed only here

            notes.append(hints.for_words(registry, words or (), known))
        else:
            notes += _for_sectors(registry, words or (), known)
    asked = filters(registry, options)
    selection = select(candidates, asked)
    notes += [note for one in asked for note in one.notes]
    left_out = selection.left_out
    notes += [sentence.format(number=left_out[field]) for field, sentence in _UNKNOWN.items() if field in left_out]
    campuses = list(selection.campuses) if wanted else sort(selection.campuses, "name")
    then = () if options.as_of is None else (coverage.as_of(registry, options.as_of),)
    return Chosen(campuses, tuple(notes), then)


def _for_sectors(registry: Registry, words: Sequence[str], known: Sequence[Text]) -> list[str]:
    """Return a sentence on each word that finds only whole sectors."""
    return [
        (_FOR_SECTOR if len(sectors) == 1 else _FOR_SECTORS).format(word=shown(word), sectors="; ".join(sectors))
        for word, sectors in for_sectors(registry, words, known).items()
    ]


def filters(registry: Registry, options: FilterOptions) -> list[Filter]:
    """Return the filters that the options ask for."""
    repeated = (
        (by.by_sector, options.sector),
        (by.by_region, options.region),
        (by.by_academy, options.academy),
        (by.by_department, options.department),
        (by.by_city, options.city),
        (by.by_wave, options.wave),
    )
    chosen = [make(registry, values) for make, values in repeated if values]
    if options.excellence is not None:
        chosen.append(by.by_excellence(options.excellence))
    if options.as_of is not None:
        chosen += [by.dated(registry, options.as_of), by.by_date(registry, options.as_of)]
    return chosen


def asked(options: FilterOptions) -> list[str]:
    """Return the options as they may be typed."""
    typed = []
    for name, value in options._asdict().items():
        option = f"--{name.replace('_', '-')}"
        if isinstance(value, bool):
            typed.append(option if value else f"--no-{name}")
        else:
            typed += [text for each in ([value] if isinstance(value, str) else value or ()) for text in (option, each)]
    return typed
