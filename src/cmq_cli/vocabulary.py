"""What a filter's values may be called: vocabularies, and what a typed text means in one. Pure functions."""

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from cmq_cli.model import Region, Registry
from cmq_cli.text import SMALL_WORDS, akin, fit, fold, forms, sort_key, words

_LIKE = 0.66
"""Least likeness of a spelling that may have been meant."""

_FAR_BEHIND = 0.12
"""How much less likely than the best a spelling may be before it only distracts."""

_OVERSEAS = ("DROM", "DOM", "DROM-COM", "DOM-TOM", "outre-mer")
"""What stands for all overseas regions."""

_CORSICA = ("Corse", "20")
"""What stands for both of its departments: their common name, and their number until 1976."""


class Entry(NamedTuple):
    """A value of a vocabulary: the spellings that mean it exactly, and the texts of which words may stand for it."""

    value: str
    exact: tuple[str, ...]
    partial: tuple[str, ...] = ()


def sectors(registry: Registry, typed: str) -> set[str]:
    """Return the ids of the sectors meant by id, label, words of the label, or search words."""
    entries, besides = sector_entries(registry), ("secteur", "filiere", "domaine", "metier")
    return _exactly(entries, typed, besides) or _partly(entries, typed, besides) or _wordwise(entries, typed, besides)


def regions(registry: Registry, typed: str) -> set[str]:
    """Return the INSEE codes of the regions meant by name, code or abbreviation, and the names of former ones."""
    return _one_place(region_entries(registry), typed, ("region", "academique"))


def academies(registry: Registry, typed: str) -> set[str]:
    """Return the names of the academies meant by name; a region's name, former or not, means all its academies."""
    own = _one_place(academy_entries(registry), typed, ("academie", "rectorat", "ac"))
    return own or academies_of(registry, regions(registry, typed))


def academies_of(registry: Registry, regions: Collection[str]) -> set[str]:
    """Return the names of the academies of the regions, given by code, and of the former ones, given by name."""
    territories = registry.territories
    today = {academy.name for academy in territories.academies if academy.region_code in regions}
    return today.union(*(former.academies for former in territories.former_regions if former.name in regions))


def departments(registry: Registry, typed: str) -> set[str]:
    """Return the INSEE codes of the departments meant by number or name."""
    return _one_place(department_entries(registry), typed.strip().zfill(2), ("departement",))


def cities(registry: Registry, typed: str) -> set[str]:
    """Return the INSEE codes, or the names without one, of the cities with a campus that are meant by name or code."""
    return _one_place(city_entries(registry), typed, ("ville", "commune"))


def near(entries: Sequence[Entry], typed: str, limit: int = 3) -> list[str]:
    """Return the spellings most like the typed text, best first, one of each entry; equals in alphabetical order.

    Where some have all the typed words, if only the start of them, only those are given. Codes and abbreviations, which
    everything is like by chance, and names with a code are left out.
    """
    said = _said(typed, ())
    owners = [(text, entry.value) for entry in entries for text in (*entry.exact, *entry.partial) if not _is_code(text)]
    scores = {text: 1.0 for text, _ in owners if _occur(said, text, 1)}
    if not scores:
        like = akin(fold(typed), [fold(text) for text, _ in owners], _LIKE)
        least = max(like.values(), default=0.0) - _FAR_BEHIND
        scores = {text: points for text, _ in owners if (points := like.get(fold(text), 0.0)) > max(least, 0.0)}
    chosen: dict[str, str] = {}
    for text, value in sorted(owners, key=lambda owner: (-scores.get(owner[0], 0.0), sort_key(owner[0]))):
        if text in scores:
            chosen.setdefault(value, text)
    return list(dict.fromkeys(chosen.values()))[:limit]


def exactly(entries: Sequence[Entry]) -> Callable[[str], frozenset[str]]:
    """Return a function that tells the values of which a spelling is a typed text."""
    owners: dict[str, set[str]] = {}
    for entry in entries:
        for form in frozenset[str]().union(*map(forms, entry.exact)):
            owners.setdefault(form, set()).add(entry.value)
    return lambda typed: frozenset[str]().union(*(owners.get(form, ()) for form in forms(typed)))


def sector_entries(registry: Registry) -> list[Entry]:
    """Return the vocabulary of sectors, by id."""
    return [
        Entry(sector.id, (sector.id, sector.label, *sector.keywords), (sector.label, *sector.keywords))
        for sector in registry.sectors
    ]


def region_entries(registry: Registry) -> list[Entry]:
    """Return the vocabulary of regions: INSEE codes for those of today, names for former ones."""
    territories = registry.territories

    def spellings(region: Region) -> tuple[str, ...]:
        known = (region.name, region.code, *region.abbreviations)
        if not region.overseas:
            return known
        departments = [each.code for each in territories.departments if each.region_code == region.code]
        return (*known, *departments, *_OVERSEAS)

    today = [Entry(region.code, spellings(region), (region.name,)) for region in territories.regions]
    return today + [Entry(region.name, (region.name,), (region.name,)) for region in territories.former_regions]


def academy_entries(registry: Registry) -> list[Entry]:
    """Return the vocabulary of academies, by name."""
    return [Entry(academy.name, (academy.name,), (academy.name,)) for academy in registry.territories.academies]


def department_entries(registry: Registry) -> list[Entry]:
    """Return the vocabulary of departments, by INSEE code."""
    return [
        Entry(
            department.code,
            (
                department.name,
                department.code,
                f"{department.name} ({department.code})",
                *(_CORSICA if department.code in ("2A", "2B") else ()),
            ),
            (department.name,),
        )
        for department in registry.territories.departments
    ]


def city_entries(registry: Registry) -> list[Entry]:
    """Return the vocabulary of the cities in which a campus has its seat, by INSEE code, or by name without one."""
    seats = {(campus.city, campus.city_code, campus.department_code) for campus in registry.campuses if campus.city}
    return [
        Entry(code or name, (name, f"{name} ({department})", *((code,) if code else ())), (name,))
        for name, code, department in sorted(seats, key=str)
    ]


def _exactly(entries: Sequence[Entry], typed: str, besides: Collection[str]) -> set[str]:
    """Return the values of which a spelling is the typed text; there may be several.

    The folded words `besides` may be said as well: "academie" before the name of one.
    """
    wanted = forms(typed) | {"".join(_said(typed, besides))}
    return {entry.value for entry in entries if any(wanted & forms(text) for text in entry.exact)}


def _partly(entries: Sequence[Entry], typed: str, besides: Collection[str]) -> set[str]:
    """Return the values that have a text in which all the typed words that carry meaning occur."""
    said = _said(typed, besides)
    return {entry.value for entry in entries if any(_occur(said, text, 2) for text in entry.partial)}


def _wordwise(entries: Sequence[Entry], typed: str, besides: Collection[str]) -> set[str]:
    """Return the values of which each typed word that carries meaning occurs in one text or another."""
    said = _said(typed, besides)
    return {
        entry.value
        for entry in entries
        if said and all(any(_occur((word,), text, 2) for text in entry.partial) for word in said)
    }


def _one_place(entries: Sequence[Entry], typed: str, besides: Collection[str]) -> set[str]:
    """Return the places called so; of places that are only partly called so, the one that there is."""
    if exact := _exactly(entries, typed, besides):
        return exact
    found = _partly(entries, typed, besides)
    return found if len(found) == 1 else set()


def _said(typed: str, besides: Collection[str]) -> tuple[str, ...]:
    said = tuple(dict.fromkeys(words(typed)))
    return tuple(word for word in said if word not in besides) or said


def _occur(said: Collection[str], text: str, at_least: int) -> bool:
    folded = fold(text)
    return not SMALL_WORDS.issuperset(said) and all(fit(word, folded) >= at_least for word in said)


def _is_code(text: str) -> bool:
    return text[:1].isdigit() or text.endswith(")") or text.isupper()
