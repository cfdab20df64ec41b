"""Which facts of a campus need a source, and what may stand in its place: the one rule, for every registry."""

from collections.abc import Iterator
from itertools import compress
from operator import attrgetter

from cmq_cli.model import Campus
from cmq_cli.problems import Finding, Steps
from cmq_cli.record import names
from cmq_cli.text import fold

BASIS_OF = {"academy": "academy_basis", "wave": "wave_basis", "sectors": "sectors_basis"}
"""The facts of which another field says how they are known."""

BASIS_WITHOUT_A_SOURCE = {"academy": "territory", "wave": "deduced", "sectors": "assigned"}
"""What that other field says when no source states the fact."""

FOLLOWS_FROM = {"region_code": "region", "city_code": "city", "latitude": "city", "longitude": "city"}
"""The fields that are known with another one, and need no source of their own."""

OWN_WORDS = "notes"
"""What the registry itself says, which may have a source and needs none."""

REGION_FROM_A_PLACE = "Région d'après"
"""What the notes say, in whatever typography, where the region is that of a place, which no source names."""

FACTS = tuple(name for name in names(Campus) if name not in ("id", "sources", *BASIS_OF.values(), *FOLLOWS_FROM))
"""The fields that a source can support."""

_facts_of = attrgetter(*FACTS)
_bases_of = attrgetter(*BASIS_OF.values())
_followers_of = attrgetter(*FOLLOWS_FROM)
_origins_of = attrgetter(*FOLLOWS_FROM.values())


def is_set(value: object) -> bool:
    """Tell whether a field says anything: null and an empty list don't, false does."""
    return value is not None and value != ()


def supported(campus: Campus) -> set[str]:
    """Return the fields that a source of the campus supports."""
    return set().union(*[evidence.supports for evidence in campus.sources])


def present(campus: Campus) -> set[str]:
    """Return the facts that are set: neither null nor empty; false is a fact too."""
    known = set(compress(FACTS, _facts_of(campus)))
    if campus.excellence is False:
        known.add("excellence")
    return known


def may_stand_without_a_source(campus: Campus, field: str) -> bool:
    """Tell whether the campus itself explains a fact that no source supports. There is no other excuse than these."""
    if field in BASIS_OF:
        return bool(getattr(campus, BASIS_OF[field]) == BASIS_WITHOUT_A_SOURCE[field])
    if field == "department_code":
        return campus.city is not None
    if field == "region":
        return f" {fold(REGION_FROM_A_PLACE)} " in f" {fold(campus.notes or '')} "
    return field == OWN_WORDS


def broken_rules(campus: Campus, at: Steps) -> Iterator[Finding]:
    """Give what is wrong between the facts of a campus and its sources."""
    proven, known = supported(campus), present(campus)
    for field in sorted(known - proven, key=FACTS.index):
        if not may_stand_without_a_source(campus, field):
            touches = _at(at, "sources", "notes", "city", BASIS_OF.get(field, field))
            yield Finding(
                (*at, field), "No source supports this fact.", getattr(campus, field), _excuse(field), touches
            )
    if not proven <= known:
        yield from _vain(campus, at, known)
    for (field, basis), given in zip(BASIS_OF.items(), _bases_of(campus), strict=True):
        if (given is not None) != (field in known) or (given == "stated") < (field in proven):
            yield _wrong_basis(campus, at, field, basis)
    followers, origins = _followers_of(campus), _origins_of(campus)
    for (field, origin), value, other in zip(FOLLOWS_FROM.items(), followers, origins, strict=True):
        if (value is None) != (other is None):
            message = f"{field} and {origin} are known together or not at all."
            yield Finding((*at, field), message, value, f"Set both {field} and {origin}, or neither.", _at(at, origin))


def _vain(campus: Campus, at: Steps, known: set[str]) -> Iterator[Finding]:
    for position, evidence in enumerate(campus.sources):
        for number, field in enumerate(evidence.supports):
            if field not in known:
                message = "The source supports a field that is not set."
                remedy = f"Set {field}, or take it out of supports."
                yield Finding((*at, "sources", position, "supports", number), message, field, remedy, _at(at, field))


def _wrong_basis(campus: Campus, at: Steps, field: str, basis: str) -> Finding:
    given, other = getattr(campus, basis), BASIS_WITHOUT_A_SOURCE[field]
    if given is None:
        message, remedy = f"{field} is set, but not how it is known.", f'Write "stated" or "{other}".'
    elif not is_set(getattr(campus, field)):
        message, remedy = f"{field} is not set, so that there is nothing to know.", f"Write null, or set {field}."
    else:
        message = f"A source supports {field}, so that it is stated."
        remedy = f'Write "stated", or take {field} out of supports.'
    return Finding((*at, basis), message, given, remedy, _at(at, field, "sources"))


def _excuse(field: str) -> str:
    if field in BASIS_OF:
        return (
            f"Name {field} in supports of the source that proves it, "
            f'or say in {BASIS_OF[field]} that it is "{BASIS_WITHOUT_A_SOURCE[field]}".'
        )
    if field == "region":
        return f"Name region in supports of the source that proves it, or say in notes: {REGION_FROM_A_PLACE}…"
    return f"Name {field} in supports of the source that proves it; where there is none, leave the fact out."


def _at(at: Steps, *names: str) -> tuple[Steps, ...]:
    return tuple((*at, name) for name in names)
