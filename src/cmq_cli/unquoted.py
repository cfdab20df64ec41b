"""Values of several words that were typed without quotes, so that all but the first became words to look for."""

from collections.abc import Callable, Iterator, Sequence

from cmq_cli import vocabulary
from cmq_cli.errors import UsageError
from cmq_cli.model import Registry
from cmq_cli.options import FilterOptions
from cmq_cli.text import shown
from cmq_cli.values import ACADEMY, DEPARTMENT, REGION, SECTOR

_MOST_WORDS = 8
"""Words that are looked at: a line of more is no value that goes on."""

_LONGEST = 5
"""Words by which a value may go on, as Provence does: Alpes, Côte, d'Azur."""


def refuse(registry: Registry, words: Sequence[str] | None, options: FilterOptions) -> None:
    """Raise UsageError, with what to type, where a value and words to look for make one that means something else.

    On a command line nobody can tell words before an option from those behind its value: all are tried.
    """
    runs = list(_runs(list(words or ())[:_MOST_WORDS]))
    if not runs:
        return
    for option, values, meaning in _asked(registry, options):
        for value in values:
            for run in runs:
                whole = " ".join((value, *run))
                meant = meaning(whole)
                if meant and meant != meaning(value):
                    sentence = '{typed} is one value, of several words. Put it in quotes: {option} "{value}"'
                    raise UsageError(sentence.format(typed=shown(whole), option=option, value=whole))


def _runs(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """Return all the words that follow each other, the most first."""
    for length in range(min(_LONGEST, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            yield words[start : start + length]


def _asked(
    registry: Registry, options: FilterOptions
) -> Iterator[tuple[str, Sequence[str], Callable[[str], frozenset[str]]]]:
    """Return each option that takes words, with its values and what a text means exactly in its vocabulary."""
    typed = ((SECTOR, options.sector), (REGION, options.region), (ACADEMY, options.academy))
    for kind, values in (*typed, (DEPARTMENT, options.department)):
        if values:
            yield kind.option, values, vocabulary.exactly(kind.entries(registry))
    if options.city:
        seats = vocabulary.exactly(vocabulary.city_entries(registry))
        yield "--city", options.city, seats
        if elsewhere := [value for value in options.city if not vocabulary.cities(registry, value)]:
            yield "--city", elsewhere, _communes(registry)


def _communes(registry: Registry) -> Callable[[str], frozenset[str]]:
    from cmq_cli import places  # only a city without a campus is looked for among all communes

    gazetteer = places.read_gazetteer()
    departments = registry.territories.departments
    return lambda typed: frozenset(map(str, places.named(typed, departments, lambda: gazetteer)))
