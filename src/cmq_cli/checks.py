"""The rules that span records: references that lead somewhere, names that occur once, totals that add up.

What one value may be is said in `cmq_cli.meaning`, which facts need a source in `cmq_cli.facts`. The rules hold for
every registry, the bundled one included; what is asked of the bundled data alone is asked by its tests. Each rule costs
the same for each record, however many there are.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from operator import attrgetter
from typing import Any

from cmq_cli import facts
from cmq_cli.meaning import LISTS
from cmq_cli.model import Campus, Registry
from cmq_cli.problems import Finding, Steps
from cmq_cli.references import Known
from cmq_cli.registry import parts


def find(registry: Registry) -> Iterator[Finding]:
    """Give every rule that the registry breaks, in no particular order."""
    known = Known(registry)
    yield from _twice(registry)
    yield from _repeated(registry)
    yield from _late(registry)
    yield from _territories(registry, known)
    yield from _programme(registry, known)
    yield from _chain(registry)
    for position, campus in enumerate(registry.campuses):
        at: Steps = ("campuses", position)
        yield from _places(campus, at, known)
        yield from _label(campus, at, known)
        for number, evidence in enumerate(campus.sources):
            if evidence.source not in known.sources:
                yield known.nowhere((*at, "sources", number, "source"), "source", evidence.source)
        yield from facts.broken_rules(campus, at)


def _twice(registry: Registry) -> Iterator[Finding]:
    for at, key in LISTS.items():
        records = attrgetter(".".join(at))(registry)
        names = list(map(attrgetter(key), records))
        if len(set(names)) == len(names):
            continue
        seen: set[Any] = set()
        for position, name in enumerate(names):
            if name in seen:
                message = "An earlier record is called the same; each needs a name of its own."
                yield Finding((*at, position, key), message, name, "Change it, or make one record of the two.")
            seen.add(name)


def _repeated(registry: Registry) -> Iterator[Finding]:
    """Give what a list within a record says twice, which would count twice."""
    for at in LISTS:
        for position, record in enumerate(attrgetter(".".join(at))(registry)):
            yield from _repeated_in(record, (*at, position))
    for position, campus in enumerate(registry.campuses):
        for number, evidence in enumerate(campus.sources):
            yield from _repeated_in(evidence, ("campuses", position, "sources", number))


def _repeated_in(record: Any, at: Steps) -> Iterator[Finding]:
    kind: type = type(record)
    for name, key in _lists(kind):
        items = getattr(record, name)
        if len(items) < 2:
            continue
        keys = [getattr(item, key) for item in items] if key else items
        if len(set(keys)) == len(keys):  # sooner told than whether whole records are equal
            continue
        first: dict[Any, int] = {}
        for number, item in enumerate(items):
            earlier = first.setdefault(item, number)
            if earlier != number:
                message = "An earlier item of the list says just the same."
                value, touches = keys[number], ((*at, name, earlier),)
                yield Finding((*at, name, number), message, value, "Remove one of the two.", touches)


@cache
def _lists(kind: type) -> tuple[tuple[str, str | None], ...]:
    """Return the lists within a record, each with the first field of its items where these are records themselves."""
    return tuple((name, parts(inner)[0][0] if inner else None) for name, inner, many in parts(kind) if many)


def _late(registry: Registry) -> Iterator[Finding]:
    lists: list[tuple[Steps, Iterable[Any], tuple[str, ...]]] = [
        (("sources",), registry.sources, ("published",)),
        (("waves",), registry.waves, ("call_launched_on",)),
        *((("waves", at, "announcements"), wave.announcements, ("on",)) for at, wave in enumerate(registry.waves)),
        (("milestones",), registry.milestones, ("on",)),
        (("figures",), registry.figures, ("as_of",)),
        (("campuses",), registry.campuses, ("labelled_on", "labelled_by", "excellence_since")),
    ]
    version = registry.data_version
    for at, records, names in lists:
        for name in names:
            for position, date in enumerate(map(attrgetter(name), records)):
                # Compared as text, which is right for partial dates too: 2026-12 begins after 2026-11-23, 2026 doesn't.
                if date is not None and date > version:
                    message = f"This is after the day of the data, {version}."
                    remedy = "Correct the date, or set data_version to the day of the last change."
                    yield Finding((*at, position, name), message, date, remedy, (("data_version",),))


def _territories(registry: Registry, known: Known) -> Iterator[Finding]:
    places = registry.territories
    for name in ("academies", "departments", "former_regions"):
        for position, each in enumerate(getattr(places, name)):
            if each.region_code not in known.regions:
                at: Steps = ("territories", name, position, "region_code")
                yield known.nowhere(at, "region", each.region_code)
    for position, academy in enumerate(places.academies):
        at = ("territories", "academies", position)
        yield from _named(known.regions.get(academy.region_code), academy.region, at)
    for position, department in enumerate(places.departments):
        if department.academy is not None and department.academy not in known.academies:
            at = ("territories", "departments", position, "academy")
            yield known.nowhere(at, "academy", department.academy)
    for position, region in enumerate(places.regions):
        for number, former in enumerate(region.former):
            if former not in known.former_regions:
                at = ("territories", "regions", position, "former", number)
                yield known.nowhere(at, "former region", former)
    for position, one in enumerate(places.former_regions):
        for number, academy_name in enumerate(one.academies):
            if academy_name not in known.academies:
                at = ("territories", "former_regions", position, "academies", number)
                yield known.nowhere(at, "academy", academy_name)


def _named(name: str | None, given: str, at: Steps) -> Iterator[Finding]:
    if name is not None and given != name:
        message = f"The region of this region_code is called {name}."
        remedy = f"Write {name}, or correct region_code."
        yield Finding((*at, "region"), message, given, remedy, ((*at, "region_code"), ("territories", "regions")))


def _programme(registry: Registry, known: Known) -> Iterator[Finding]:
    for name in ("waves", "figures"):
        for position, record in enumerate(getattr(registry, name)):
            for number, citation in enumerate(record.sources):
                if citation.source not in known.sources:
                    at: Steps = (name, position, "sources", number, "source")
                    yield known.nowhere(at, "source", citation.source)
    for position, milestone in enumerate(registry.milestones):
        if milestone.source not in known.sources:
            yield known.nowhere(("milestones", position, "source"), "source", milestone.source)


def _chain(registry: Registry) -> Iterator[Finding]:
    """Compare each total with the one before and what came on top, in the order of the waves' numbers."""
    before: int | None = None
    waves = (("waves",),)
    for position, wave in sorted(enumerate(registry.waves), key=lambda one: one[1].number):
        at: Steps = ("waves", position)
        for number, each in enumerate(wave.announcements):
            expected = max(each.total, each.new) if before is None else before + each.new
            if each.total != expected:
                message = f"The total before and the new ones make {expected}."
                remedy = "Correct new or total, here or in the announcement before."
                yield Finding((*at, "announcements", number, "total"), message, each.total, remedy, waves)
            before = each.total
        if wave.announcements:
            sums = {"new": sum(each.new for each in wave.announcements), "total": wave.announcements[-1].total}
            for field, expected in sums.items():
                if getattr(wave, field) != expected:
                    message = f"The announcements of the wave make {expected}."
                    remedy = f"Write {expected}, or correct the announcements."
                    yield Finding((*at, field), message, getattr(wave, field), remedy, waves)


def _places(campus: Campus, at: Steps, known: Known) -> Iterator[Finding]:
    name = known.regions.get(campus.region_code)
    if name is None:
        yield known.nowhere((*at, "region_code"), "region", campus.region_code)
    elif name != campus.region:
        yield from _named(name, campus.region, at)
    if campus.department_code is not None:
        yield from _department(campus, campus.department_code, at, known)
    if campus.academy is not None:
        yield from _academy(campus, campus.academy, at, known)


def _department(campus: Campus, code: str, at: Steps, known: Known) -> Iterator[Finding]:
    department = known.departments.get(code)
    if department is None:
        yield known.nowhere((*at, "department_code"), "department", code)
    elif department.region_code != campus.region_code and campus.region_code in known.regions:
        message = f"This department lies in the region {department.region_code}."
        remedy = "Correct department_code, or region and region_code."
        touches = ((*at, "region_code"), ("territories",))
        yield Finding((*at, "department_code"), message, code, remedy, touches)


def _academy(campus: Campus, name: str, at: Steps, known: Known) -> Iterator[Finding]:
    academy = known.academies.get(name)
    department = known.departments.get(campus.department_code or "")
    if academy is None:
        yield known.nowhere((*at, "academy"), "academy", name)
    elif department is not None and department.academy is not None:
        if department.academy != name:
            message = f"The academy of the department {department.code} is {department.academy}."
            touches = ((*at, "department_code"), ("territories",))
            yield Finding((*at, "academy"), message, name, "Correct academy, or department_code.", touches)
    elif academy.region_code != campus.region_code and campus.region_code in known.regions:
        message = f"This academy lies in the region {academy.region_code}."
        touches = ((*at, "region_code"), ("territories",))
        yield Finding((*at, "academy"), message, name, "Correct academy, or region and region_code.", touches)


def _label(campus: Campus, at: Steps, known: Known) -> Iterator[Finding]:
    for number, sector in enumerate(campus.sectors):
        if sector not in known.sectors:
            yield known.nowhere((*at, "sectors", number), "sector", sector)
    if campus.wave is not None:
        wave = known.waves.get(campus.wave)
        if wave is None:
            yield known.nowhere((*at, "wave"), "wave", campus.wave)
        elif not wave.announcements:
            message = "This wave has announced nothing yet."
            remedy = "Add its announcement to waves, or write null."
            yield Finding((*at, "wave"), message, campus.wave, remedy, (("waves",),))
    if campus.labelled_on is not None and campus.labelled_by is not None:
        message = "labelled_on says when the label began, so that labelled_by says nothing more."
        yield Finding((*at, "labelled_by"), message, campus.labelled_by, "Write null.", ((*at, "labelled_on"),))
    if campus.excellence_since is not None and campus.excellence is not True:
        message = "The mention is dated, and excellence doesn't say that it is held."
        remedy = "Write true for excellence, or null here."
        touches = ((*at, "excellence"),)
        yield Finding((*at, "excellence_since"), message, campus.excellence_since, remedy, touches)
