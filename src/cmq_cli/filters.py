"""What a filter's value means: each function turns values as people type them into a test of a campus.

A test answers True, False or None: None where the registry doesn't know the campus's academy, city, wave or the like,
and what it does know leaves both answers open. Values of one filter are alternatives.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cmq_cli.dates import last_day
from cmq_cli.errors import UsageError
from cmq_cli.model import Campus, Registry
from cmq_cli.text import fit, fold, nearest, shown, solid, words

Test = Callable[[Campus], bool | None]


@dataclass(frozen=True)
class Filter:
    """A test of a campus, and the name of the field that it needs to know."""

    field: str
    test: Test


@dataclass(frozen=True)
class Entry:
    """A value of a vocabulary: the spellings that mean it exactly, and the texts of which single words may stand for it."""

    value: str
    exact: tuple[str, ...]
    partial: tuple[str, ...] = ()


def find(entries: Sequence[Entry], typed: str) -> set[str]:
    """Return the vocabulary's values that the typed text means; empty when it means none.

    An exact spelling wins; otherwise an entry is meant when all words that carry meaning occur in one of its texts.
    """
    wanted = solid(typed)
    if not wanted:
        return set()
    exact = {entry.value for entry in entries if any(solid(text) == wanted for text in entry.exact)}
    if exact:
        return exact
    typed_words = words(typed)
    return {
        entry.value
        for entry in entries
        if any(all(fit(word, folded) == 2 for word in typed_words) for folded in map(fold, entry.partial))
    }


def unknown(kind: str, typed: str, spellings: Iterable[str], hint: str) -> UsageError:
    """Return the error for a value that means nothing, with the nearest values that do."""
    near = nearest(typed, spellings, cutoff=0.5)
    if near:
        return UsageError(f"Unknown {kind} {shown(typed)}. Did you mean: {', '.join(near)}? {hint}")
    return UsageError(f"Unknown {kind} {shown(typed)}. {hint}")


def by_sector(registry: Registry, values: Iterable[str]) -> Filter:
    """Keep campuses of the sectors meant by id, label, a word of the label, or a search word."""
    entries = sector_entries(registry)
    wanted: set[str] = set()
    for typed in values:
        found = find(entries, typed)
        if not found:
            spellings = [spelling for entry in entries for spelling in (entry.value, *entry.partial)]
            raise unknown("sector", typed, spellings, "See: cmq sectors")
        wanted |= found
    return Filter("sectors", lambda campus: not wanted.isdisjoint(campus.sectors))


def by_region(registry: Registry, values: Iterable[str]) -> Filter:
    """Keep campuses of the regions meant by name, INSEE code, abbreviation or former name.

    A former region stands for its academies of 2017; ``DROM`` stands for all overseas regions.
    """
    entries = region_entries(registry)
    codes: set[str] = set()
    academies: set[str] = set()
    former = {region.name: region.academies for region in registry.territories.former_regions}
    for typed in values:
        found = find(entries, typed)
        if not found:
            spellings = [spelling for entry in entries for spelling in entry.exact[:1]]
            raise unknown("region", typed, spellings, "See: cmq regions")
        codes |= {value for value in found if value in registry.region_by_code}
        academies |= {academy for value in found for academy in former.get(value, ())}
    in_academies = _in_academies(registry, academies)
    return Filter("academy", lambda campus: campus.region_code in codes or in_academies(campus))


def by_academy(registry: Registry, values: Iterable[str]) -> Filter:
    """Keep campuses of the academies of 2017 meant by name; a region's name means all its academies."""
    entries = academy_entries(registry)
    wanted: set[str] = set()
    for typed in values:
        found = find(entries, typed)
        if not found:
            codes = find(region_entries(registry), typed)
            found = {academy.name for academy in registry.territories.academies if academy.region_code in codes}
        if not found:
            raise unknown("academy", typed, [entry.value for entry in entries], "See: cmq regions")
        wanted |= found
    return Filter("academy", _in_academies(registry, wanted))


def by_department(registry: Registry, values: Iterable[str]) -> Filter:
    """Keep campuses whose seat is in the departments meant by number or name."""
    entries = department_entries(registry)
    wanted: set[str] = set()
    for typed in values:
        found = find(entries, typed)
        if not found:
            spellings = [spelling for entry in entries for spelling in entry.exact]
            raise unknown("department", typed, spellings, "Give a number (25, 2A, 974) or a name (Doubs).")
        wanted |= found
    return Filter("department_code", lambda campus: _certainty(_possible_departments(registry, campus), wanted))


def by_city(registry: Registry, values: Iterable[str]) -> Filter:
    """Keep campuses whose seat is in the cities meant by name or INSEE code."""
    entries = city_entries(registry)
    wanted: set[str] = set()
    for typed in values:
        found = find(entries, typed)
        if not found:
            spellings = [entry.exact[0] for entry in entries]
            raise unknown("city", typed, spellings, "No campus is known to have its seat there.")
        wanted |= found
    departments = {campus.department_code for campus in registry.campuses if campus.city_code in wanted}

    def test(campus: Campus) -> bool | None:
        if campus.city_code is not None:
            return campus.city_code in wanted
        return False if departments.isdisjoint(_possible_departments(registry, campus)) else None

    return Filter("city", test)


def by_wave(registry: Registry, values: Iterable[str]) -> Filter:
    """Keep campuses of the waves meant by number; ``none`` means those whose wave isn't known or that came later."""
    wanted: set[int | None] = set()
    for typed in values:
        folded = fold(typed).removeprefix("vague ").removeprefix("wave ").removesuffix("e")
        if fold(typed) == "none":
            wanted.add(None)
        elif folded.isascii() and folded.isdigit() and int(folded[:9]) in registry.wave_by_number:
            wanted.add(int(folded))
        else:
            numbers = ", ".join(map(str, registry.wave_by_number))
            raise UsageError(f"Unknown wave {shown(typed)}. Give one of {numbers}, or none. See: cmq waves")

    def test(campus: Campus) -> bool | None:
        if campus.wave in wanted:
            return True
        return None if campus.wave is None else False

    return Filter("wave", test)


def by_excellence(wanted: bool) -> Filter:
    """Keep campuses that a source says to hold, or to have held, the mention "excellence"; or not to."""
    return Filter(
        "excellence", lambda campus: campus.excellence if campus.excellence is None else campus.excellence == wanted
    )


def by_date(registry: Registry, typed: str) -> Filter:
    """Keep campuses whose label is proven by the last day of the date."""
    day = as_of_day(typed)

    def test(campus: Campus) -> bool:
        proof = proven_by(registry, campus)
        return proof is not None and proof <= day

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
    dates = [text for text in (campus.labelled_on, campus.labelled_by) if text]
    days = [last_day(text) for text in dates]
    if campus.wave is not None:
        days.append(
            max(last_day(announcement.on) for announcement in registry.wave_by_number[campus.wave].announcements)
        )
    return min(days, default=None)


def sector_entries(registry: Registry) -> list[Entry]:
    """Return the vocabulary of sectors."""
    return [
        Entry(sector.id, (sector.id, sector.label, *sector.keywords), (sector.label, *sector.keywords))
        for sector in registry.sectors
    ]


def region_entries(registry: Registry) -> list[Entry]:
    """Return the vocabulary of regions: INSEE codes for those of today, names for former ones."""
    territories = registry.territories
    entries = [
        Entry(
            region.code,
            (
                region.name,
                region.code,
                *_without_article(region.name),
                *region.abbreviations,
                *(("DROM", "DOM", "outre-mer") if region.overseas else ()),
            ),
        )
        for region in territories.regions
    ]
    return entries + [Entry(former.name, (former.name,)) for former in territories.former_regions]


def academy_entries(registry: Registry) -> list[Entry]:
    """Return the vocabulary of academies, by name."""
    return [
        Entry(
            academy.name,
            (
                academy.name,
                *_without_article(academy.name),
                f"académie de {academy.name}",
                f"académie d'{academy.name}",
                f"académie de la {academy.name}",
            ),
            (f"académie {academy.name}",),
        )
        for academy in registry.territories.academies
    ]


def department_entries(registry: Registry) -> list[Entry]:
    """Return the vocabulary of departments, by INSEE code."""
    return [
        Entry(
            department.code,
            (department.name, department.code, department.code.lstrip("0"), *_without_article(department.name)),
        )
        for department in registry.territories.departments
    ]


def city_entries(registry: Registry) -> list[Entry]:
    """Return the vocabulary of the cities in which a campus has its seat, by INSEE code."""
    names = {campus.city_code: campus.city for campus in registry.campuses if campus.city and campus.city_code}
    return [Entry(code, (name, code, *_without_article(name)), (name,)) for code, name in names.items()]


def _without_article(name: str) -> tuple[str, ...]:
    first, _, rest = name.partition(" ")
    return (rest,) if rest and first in {"La", "Le", "Les"} else ()


def _in_academies(registry: Registry, wanted: Collection[str]) -> Test:
    academies_of: dict[str, set[str]] = {}
    for academy in registry.territories.academies:
        academies_of.setdefault(academy.region_code, set()).add(academy.name)
    return lambda campus: _certainty(
        {campus.academy} if campus.academy else academies_of.get(campus.region_code, set()), wanted
    )


def _possible_departments(registry: Registry, campus: Campus) -> set[str]:
    if campus.department_code:
        return {campus.department_code}
    return {
        department.code
        for department in registry.territories.departments
        if department.region_code == campus.region_code and campus.academy in (None, department.academy)
    }


def _certainty(possible: Collection[str], wanted: Collection[str]) -> bool | None:
    """Tell whether what is one of the possible values is one of the wanted ones: surely, surely not, or maybe."""
    hits = sum(value in wanted for value in possible)
    if not hits:
        return False
    return True if hits == len(possible) else None
