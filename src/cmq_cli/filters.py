"""What a filter keeps: each function turns values as people type them into a test of a campus.

A test answers True, False or None: None where the registry doesn't know the campus's academy, city, wave or the like,
and what it does know leaves both answers open. Values of one filter are alternatives; one that means nothing raises
UsageError, which names the nearest ones.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from cmq_cli import vocabulary
from cmq_cli.dates import first_day, last_day
from cmq_cli.errors import UsageError
from cmq_cli.model import Campus, Registry, Wave
from cmq_cli.text import shown, words
from cmq_cli.values import ACADEMY, DEPARTMENT, REGION, SECTOR, meant, one_at_a_time

if TYPE_CHECKING:
    from cmq_cli.places import Place

Test = Callable[[Campus], bool | None]


class Filter(NamedTuple):
    """A test of a campus, the name of the field that it needs to know, and sentences on what its values mean."""

    field: str
    test: Test
    notes: tuple[str, ...] = ()


def by_sector(registry: Registry, values: Iterable[str]) -> Filter:
    """Keep campuses of the sectors meant by id, label, a word of the label, or a search word."""
    wanted, notes = meant(registry, SECTOR, values)
    return Filter("sectors", lambda campus: not wanted.isdisjoint(campus.sectors), notes)


def by_region(registry: Registry, values: Iterable[str]) -> Filter:
    """Keep campuses of the regions meant by name, INSEE code, abbreviation or former name.

    A former region stands for its academies of 2017; ``DROM`` stands for all overseas regions.
    """
    wanted, notes = meant(registry, REGION, values)
    former = wanted - registry.region_by_code.keys()
    in_academies = _in_academies(registry, vocabulary.academies_of(registry, former))
    return Filter("academy", lambda campus: campus.region_code in wanted or in_academies(campus), notes)


def by_academy(registry: Registry, values: Iterable[str]) -> Filter:
    """Keep campuses of the academies of 2017 meant by name; a region's name, former or not, means all its academies."""
    wanted, notes = meant(registry, ACADEMY, values)
    return Filter("academy", _in_academies(registry, wanted), notes)


def by_department(registry: Registry, values: Iterable[str]) -> Filter:
    """Keep campuses whose seat is in the departments meant by number or name."""
    wanted, notes = meant(registry, DEPARTMENT, values)
    return Filter("department_code", lambda campus: _certainty(_possible_departments(registry, campus), wanted), notes)


def by_city(registry: Registry, values: Iterable[str]) -> Filter:
    """Keep campuses whose seat is in the cities meant by name or INSEE code; a commune may have none."""
    seats = {_seat(campus): campus.department_code for campus in registry.campuses}
    wanted: dict[str | None, str | None] = {}
    notes = []
    for typed in values:
        cities: dict[str | None, str | None] = {seat: seats[seat] for seat in vocabulary.cities(registry, typed)}
        if not cities:
            communes = _communes(registry, typed)
            cities = {commune.code: commune.department for commune in communes}
            if seats.keys().isdisjoint(cities):
                notes.append(_no_seat(typed, communes))
        wanted |= cities
    departments = set(wanted.values())

    def test(campus: Campus) -> bool | None:
        if _seat(campus) is not None:
            return _seat(campus) in wanted
        return False if departments.isdisjoint(_possible_departments(registry, campus)) else None

    return Filter("city", test, tuple(notes))


def by_wave(registry: Registry, values: Iterable[str]) -> Filter:
    """Keep campuses of the waves meant by number; ``none`` means those whose wave isn't known or that came later.

    Where the wave isn't known, the dates of the label tell of which it can't be.
    """
    numbers = {str(number): number for number in registry.wave_by_number}
    meanings: dict[str, int | None] = {"none": None, **numbers, **{f"{text}e": wave for text, wave in numbers.items()}}
    wanted: set[int | None] = set()
    for typed in values:
        said = " ".join(word for word in words(typed) if word not in ("vague", "wave"))
        if said not in meanings:
            several = one_at_a_time("--wave", typed, meanings.__contains__)
            known = ", ".join((*numbers, "none"))
            raise UsageError(several or f"Unknown wave {shown(typed)}. Give one of: {known}. See: cmq waves")
        wanted.add(meanings[said])

    def test(campus: Campus) -> bool | None:
        if campus.wave in wanted:
            return True
        if campus.wave is not None:
            return False
        possible = (_may_be_of(registry, campus, registry.wave_by_number[one]) for one in wanted if one is not None)
        return None if any(possible) else False

    return Filter("wave", test)


def by_excellence(wanted: bool) -> Filter:
    """Keep campuses that a source says to hold, or to have held, the mention "excellence"; or not to."""
    return Filter("excellence", lambda campus: None if campus.excellence is None else campus.excellence == wanted)


def by_date(registry: Registry, typed: str) -> Filter:
    """Keep campuses whose label is proven by the last day of the date; of others that may have had it, nobody knows."""
    day, earliest = as_of_day(typed), possible_from(registry)

    def test(campus: Campus) -> bool | None:
        proof = proven_by(registry, campus)
        if proof is not None and proof <= day:
            return True
        return None if earliest(campus) <= day else False

    return Filter("labelled_by", test)


def dated(registry: Registry, typed: str) -> Filter:
    """Keep campuses whose label something dates; the others may have had it on the last day of the date, or not."""
    day, earliest = as_of_day(typed), possible_from(registry)

    def test(campus: Campus) -> bool | None:
        if proven_by(registry, campus) is not None:
            return True
        return None if earliest(campus) <= day else False

    return Filter("labelled_on", test)


def as_of_day(typed: str) -> date:
    """Return the last day that the typed date can mean.

    Raises UsageError, with the three accepted forms, when it isn't a date.
    """
    try:
        return last_day(typed.strip())
    except ValueError:
        raise UsageError(f"{shown(typed)} is not a date. Write 2017-02-13, 2017-02 or 2017.") from None


def proven_by(registry: Registry, campus: Campus) -> date | None:
    """Return the first day on which the label is proven to exist, or None where nothing dates it.

    The earliest of: the last day of `labelled_on`, the last day of `labelled_by`, the last announcement of the wave.
    """
    days = [last_day(text) for text in (campus.labelled_on, campus.labelled_by) if text]
    if campus.wave is not None:
        announced = last_announced(registry.wave_by_number[campus.wave])
        days += [announced] if announced else []
    return min(days, default=None)


def possible_from(registry: Registry) -> Callable[[Campus], date]:
    """Return a function that tells the first day on which a label may have existed; `date.min` where nothing says.

    It isn't before the first announcement of all, nor that of the campus's wave, nor the first day of `labelled_on`.
    """
    first = first_announced(registry.waves) or date.min
    of_wave = {wave.number: first_announced([wave]) or first for wave in registry.waves}

    def earliest(campus: Campus) -> date:
        labelled = first_day(campus.labelled_on) if campus.labelled_on else first
        return max(first, labelled, first if campus.wave is None else of_wave[campus.wave])

    return earliest


def first_announced(waves: Iterable[Wave]) -> date | None:
    """Return the first day that the first announcement of the waves can mean, or None where there is none."""
    first = min((each.on for wave in waves for each in wave.announcements), key=last_day, default=None)
    return first_day(first) if first else None


def last_announced(wave: Wave) -> date | None:
    """Return the last day that the last announcement of the wave can mean, or None where there is none."""
    return max((last_day(each.on) for each in wave.announcements), default=None)


def _may_be_of(registry: Registry, campus: Campus, wave: Wave) -> bool:
    """Tell whether the label may have come between the first and the last announcement of the wave."""
    first, last = first_announced([wave]), last_announced(wave)
    proof = proven_by(registry, campus)
    too_early = proof is not None and first is not None and proof < first
    too_late = campus.labelled_on is not None and last is not None and first_day(campus.labelled_on) > last
    return not (too_early or too_late)


def _communes(registry: Registry, typed: str) -> "list[Place]":
    """Return the communes called so; raise UsageError, with up to three that are near, where there are none."""
    from cmq_cli import places  # only a city without a campus is looked for among all communes

    departments, gazetteer = registry.territories.departments, places.read_gazetteer()
    found = places.named(typed, departments, lambda: gazetteer)
    if not found:
        if several := one_at_a_time("--city", typed, lambda part: bool(vocabulary.cities(registry, part))):
            raise UsageError(several)
        near = [str(place) for place in places.nearest(typed, departments, lambda: gazetteer)]
        known = near or vocabulary.near(vocabulary.city_entries(registry), typed)
        did_you_mean = "Unknown city {typed}. Did you mean: {near}? Give a commune, or its INSEE code."
        unknown = "Unknown city {typed}. Give a commune, or its INSEE code (25056); a postal code isn't one."
        raise UsageError((did_you_mean if known else unknown).format(typed=shown(typed), near=", ".join(known)))
    return found


def _no_seat(typed: str, communes: "Sequence[Place]") -> str:
    one = "No campus is known to have its seat in {typed}. Those around it: cmq near {place}"
    several = (
        "No campus is known to have its seat in one of the {number} communes called {typed}. "
        "Those around the largest: cmq near {place}"
    )
    sentence = one if len(communes) == 1 else several
    return sentence.format(number=len(communes), typed=shown(typed), place=f'"{communes[0]}"')


def _in_academies(registry: Registry, wanted: Collection[str]) -> Test:
    return lambda campus: _certainty(_possible_academies(registry, campus), wanted)


def _possible_academies(registry: Registry, campus: Campus) -> set[str | None]:
    if campus.academy:
        return {campus.academy}
    if campus.department_code:
        return {registry.department_by_code[campus.department_code].academy}
    return {academy.name for academy in registry.territories.academies if academy.region_code == campus.region_code}


def _seat(campus: Campus) -> str | None:
    return campus.city_code or campus.city


def _possible_departments(registry: Registry, campus: Campus) -> set[str]:
    if campus.department_code:
        return {campus.department_code}
    return {
        department.code
        for department in registry.territories.departments
        if department.region_code == campus.region_code and campus.academy in (None, department.academy)
    }


def _certainty(possible: Collection[str | None], wanted: Collection[str]) -> bool | None:
    """Tell whether what is one of the possible values is one of the wanted ones: surely, surely not, or maybe."""
    hits = sum(value in wanted for value in possible)
    if not hits:
        return False
    return True if hits == len(possible) else None
