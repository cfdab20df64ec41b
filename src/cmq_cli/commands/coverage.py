"""Sentences that keep a reader from taking the registry for the whole truth."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from cmq_cli.dates import last_day
from cmq_cli.filters import as_of_day, first_announced, proven_by
from cmq_cli.model import Campus, Registry, Wave
from cmq_cli.text import shown

if TYPE_CHECKING:
    from cmq_cli.places import Place


def listed(registry: Registry, shown: int, found: int) -> str:
    """Return the sentence below a list of campuses."""
    if not found:
        number = "No campus of the registry matches."
    elif shown < found:
        number = f"{shown} of the {found} campuses that match."
    else:
        number = "1 campus." if found == 1 else f"{found} campuses."
    return f"{number} {of_all(registry)}"


def as_of(registry: Registry, typed: str) -> str:
    """Return the sentence that sets what is documented at a date beside the official count, or says why there is none.

    The official count is the latest one that a milestone or an announcement states at or before the date; what is
    documented is counted at its own date too. All of it concerns the whole country, whatever else is asked for.
    Raises UsageError for a wrong date.
    """
    typed = typed.strip()
    day = as_of_day(typed)
    first = first_announced(registry.waves)
    if first is not None and day < first:
        return f"There was no campus yet on {typed}: the first were announced on {first}."
    documented = _documented(registry, day)
    earlier = [count for count in _official_counts(registry) if count[0] <= day]
    if not earlier:
        return f"Labels proven by {typed} in the whole country: {documented}; there is no official count that early."
    on, official, said = max(earlier)
    if on == day:
        return f"Labels proven by {typed} in the whole country: {documented} of {official} (official count of {said})."
    return (
        f"Labels proven by {typed} in the whole country: {documented}. "
        f"By {said}, the latest official count: {_documented(registry, on)} of {official}."
    )


def _official_counts(registry: Registry) -> list[tuple[date, int, str]]:
    """Return the counts that a source states: the last day of each, the number, and its date as the source gives it."""
    milestones = [(each.on, each.campuses) for each in registry.milestones if each.campuses is not None]
    announced = [each for wave in registry.waves for each in wave.announcements if each.basis == "stated"]
    return [(last_day(on), number, on) for on, number in (*milestones, *((each.on, each.total) for each in announced))]


def _documented(registry: Registry, day: date) -> int:
    return sum((proof := proven_by(registry, campus)) is not None and proof <= day for campus in registry.campuses)


def by_words(typed: str, found: int) -> str:
    """Return the sentence on campuses that have the words of a key, of which none is called so."""
    return (
        f"{found} campuses have the words {shown(typed)}, best fit first; none is called so. "
        f'Add a word to find fewer, or have them listed: cmq list "{typed}"'
    )


def several(total: int, rows: int) -> tuple[str, ...]:
    """Return the sentence on campuses that count in several rows, where the rows have more of them than there are."""
    return ("A campus that has several of these values counts in each, and once in the total.",) if rows > total else ()


def total(registry: Registry, number: int) -> str:
    """Return the sentence below the table of a count."""
    return f"Total: {number}. {of_all(registry)}"


def deduced(campuses: Sequence[Campus], fields: Sequence[str]) -> tuple[str, ...]:
    """Return the sentences below a count by fields that no source states for some of the campuses."""
    number = {
        "wave": sum(campus.wave_basis == "deduced" for campus in campuses),
        "academy": sum(campus.academy_basis == "territory" for campus in campuses),
        "sector": sum(campus.sectors_basis == "assigned" for campus in campuses),
    }
    return tuple(_DEDUCED[field].format(number=number[field]) for field in fields if number.get(field))


_DEDUCED = {
    "wave": "The wave of {number} is deduced from the date of the label, not stated by a source.",
    "academy": "The academy of {number} is deduced from the territory, not stated by a source.",
    "sector": "The sectors of {number} are assigned from the field, not stated by a source.",
}


def of_all(registry: Registry) -> str:
    """Return the sentence that says how much the registry knows."""
    return f"The registry of {registry.data_version} documents {_number(registry)}, not all that exist: see cmq waves."


def _number(registry: Registry) -> str:
    return "1 campus" if len(registry.campuses) == 1 else f"{len(registry.campuses)} campuses"


def in_short(registry: Registry) -> str:
    """Return the sentences at the head of a page: how much the registry knows, and of how many at the last full date.

    A date that is only a year or a month is no day on which anybody counted.
    """
    days = [each.on for each in registry.milestones if each.campuses is not None and each.on.count("-") == 2]
    known = f"The registry of {registry.data_version} documents {_number(registry)}, not all that exist."
    return f"{known} {as_of(registry, max(days))}" if days else known


def of_wave(one: Wave, campuses: Sequence[Campus]) -> str:
    """Return the sentence on how much of a wave is documented."""
    return f"Wave {one.number}: {one.new} announced, {len(campuses)} documented."


def waves(registry: Registry) -> str:
    """Return the sentence below the table of waves."""
    found = [campus for campus in registry.campuses if campus.wave is not None]
    deduced = sum(campus.wave_basis == "deduced" for campus in found)
    others = len(registry.campuses) - len(found)
    return (
        f"Of the {len(registry.campuses)} campuses documented, {len(found)} belong to one of these waves "
        f"({deduced} of them deduced); the wave of the other {others} is not known, or they were labelled later.\n"
        "* deduced, not stated by a source: cmq waves NUMBER tells how."
    )


def wave(one: Wave, campuses: Sequence[Campus]) -> str:
    """Return the sentence below the campuses of a wave."""
    return f"{one.new} announced, {len(campuses)} documented."


def of_sectors(registry: Registry) -> str:
    """Return the sentence below the table of sectors."""
    return f"A campus of two sectors counts in both. {of_all(registry)}"


def unused(registry: Registry, number: int) -> str:
    """Return the sentence below the list of the sources that nothing cites."""
    return f"{number} of the {len(registry.sources)} sources support nothing yet."


def of_sources(registry: Registry) -> str:
    """Return the sentence below the list of sources."""
    number = "1 source" if len(registry.sources) == 1 else f"{len(registry.sources)} sources"
    return f"{number}. What one supports: cmq sources ID"


def near(where: "Place", within: float | None, *, shown: int, found: int, known: int, filtered: bool) -> str:
    """Return the sentence below campuses by distance: how many are shown, how many so near, how many have a seat."""
    if not known:
        return f"No campus with a known seat is left to measure from {where}."
    if within is None:
        sentence = _BY_DISTANCE[filtered]
    elif not found:
        sentence = _NONE_WITHIN[filtered]
    else:
        sentence = _NEAREST_WITHIN[filtered] if shown < found else _WITHIN[filtered]
    return sentence.format(place=where, km=f"{within or 0:g}", shown=shown, found=found, known=known)


_BY_DISTANCE = (
    "{shown} of {known} campuses with a known seat, by distance from {place}.",
    "{shown} of {known} campuses that match and have a known seat, by distance from {place}.",
)
_WITHIN = (
    "{found} of {known} campuses with a known seat are within {km} km of {place}.",
    "{found} of {known} campuses that match and have a known seat are within {km} km of {place}.",
)
_NEAREST_WITHIN = (
    "{found} of {known} campuses with a known seat are within {km} km of {place}; the nearest {shown} are shown.",
    "{found} of {known} campuses that match and have a known seat are within {km} km of {place}; "
    "the nearest {shown} are shown.",
)
_NONE_WITHIN = (
    "No campus with a known seat is within {km} km of {place}; {known} have one.",
    "No campus that matches and has a known seat is within {km} km of {place}; {known} match and have one.",
)


def turned_round(where: "Place", other: "Place | None") -> tuple[str, ...]:
    """Return the sentence on a point that makes sense when its two numbers are exchanged."""
    if other is None:
        return ()
    return (f"{where} is far from every campus; latitude comes first. Did you mean: cmq near {other}",)


def unplaced(number: int, here: int = 0, region: str = "", asked: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the sentences on the campuses that have no distance: how many, and how to list those of the region.

    `here` of them are in the region of the place; `asked` are the options that they were found with.
    """
    if not number:
        return ()
    sentence = _UNPLACED[number > 1].format(number=number)
    if not here:
        return (sentence,)
    from shlex import join

    command = join(("cmq", "list", *asked))
    of_the_region = _UNPLACED_HERE[(number > 1) + (here > 1)].format(number=here, region=region, command=command)
    return (f"{sentence} {of_the_region}",)


_UNPLACED = (
    "1 more has no known seat; it has no distance and is left out.",
    "{number} more have no known seat; they have no distance and are left out.",
)
_UNPLACED_HERE = (
    'It is in {region}: {command} --region "{region}" --missing city',
    '1 of them is in {region}: {command} --region "{region}" --missing city',
    '{number} of them are in {region}: {command} --region "{region}" --missing city',
)
