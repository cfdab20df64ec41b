"""Where one record of a registry names another: what can be named, and what was perhaps meant by what can't be."""

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from typing import Any

from cmq_cli.model import Registry
from cmq_cli.problems import Finding, Steps
from cmq_cli.text import nearest

_REFERENCES = {
    "source": (("sources", "id"), "No source has this id.", "Correct the id, or add the source to sources."),
    "sector": (("sectors", "id"), "No sector has this id.", "Give an id of sectors; cmq sectors lists them."),
    "region": (
        ("territories", "regions", "code"),
        "No region has this code.",
        "Give a code of territories.regions; cmq regions lists them.",
    ),
    "academy": (
        ("territories", "academies", "name"),
        "No academy has this name.",
        "Give a name of territories.academies; cmq regions lists them.",
    ),
    "department": (
        ("territories", "departments", "code"),
        "No department has this code.",
        "Give a code of territories.departments.",
    ),
    "former region": (
        ("territories", "former_regions", "name"),
        "No former region has this name.",
        "Give a name of territories.former_regions.",
    ),
    "wave": (("waves", "number"), "No wave has this number.", "Give the number of one of the waves, or null."),
}
"""Where a reference leads, what is said when it leads nowhere, and how to mend it."""

REMEDIES = {kind: remedy for kind, (_, _, remedy) in _REFERENCES.items()}

REFERRING = {"sectors": "sector", "source": "source"}
"""The fields that hold an id, which may be badly written, of another record."""

_ALIKE = {"source": 0.75}
"""How much alike a name is that is meant, from 0 to 1; ids of sources, which end in dates, are all rather alike."""

_SUGGESTIONS = 100
"""References for which the name that was meant is looked up; beyond them, that would take too long."""

_LONGEST, _SEARCHED = 100, 5_000
"""Letters of what is written, and names among which the nearest is looked up."""

_LETTERS = 10_000
"""Letters of all that sectors are called, up to which the one that was meant is looked up."""


def suggested(registry: Registry, mistakes: Iterable[Finding]) -> Iterator[Finding]:
    """Give what is wrong in itself; where that was to be an id, with the id of the registry that was perhaps meant."""
    known = Known(registry)
    for finding in mistakes:
        field = next((step for step in reversed(finding.at) if isinstance(step, str)), "")
        kind = REFERRING.get(field, "")
        is_badly_written = finding.remedy == REMEDIES.get(kind)
        yield known.suggesting(finding, kind) if is_badly_written else finding


class Known:
    """What can be referred to."""

    def __init__(self, registry: Registry) -> None:
        territories = registry.territories
        self.sources = {source.id for source in registry.sources}
        self.sectors = {sector.id for sector in registry.sectors}
        self.regions = {region.code: region.name for region in territories.regions}
        self.academies = {academy.name: academy for academy in territories.academies}
        self.departments = {department.code: department for department in territories.departments}
        self.former_regions = {region.name for region in territories.former_regions}
        self.waves = {wave.number: wave for wave in registry.waves}
        self._names: dict[str, Collection[Any]] = {
            "source": self.sources,
            "sector": self.sectors,
            "region": self.regions,
            "academy": self.academies,
            "department": self.departments,
            "former region": self.former_regions,
        }
        self._suggestions = _SUGGESTIONS
        self._registry = registry

    def nowhere(self, at: Steps, kind: str, value: object) -> Finding:
        """Return what is said of a reference that leads nowhere, with the name that was perhaps meant."""
        column, message, remedy = _REFERENCES[kind]
        return self.suggesting(Finding(at, message, value, remedy, (column,)), kind)

    def suggesting(self, finding: Finding, kind: str) -> Finding:
        """Return the finding; if a text was written for which a name was perhaps meant, with that in its remedy."""
        if not isinstance(finding.value, str) or len(finding.value) > _LONGEST or not self._suggestions:
            return finding
        self._suggestions -= 1
        near = self._sector(finding.value) if kind == "sector" else None
        near = near or self._nearest(finding.value, kind)
        return finding._replace(remedy=f"Did you mean {near}? {finding.remedy}") if near else finding

    def _sector(self, typed: str) -> str | None:
        """Return the id of the sector that ``--sector`` would take the text for, if there is just one."""
        if self._letters > _LETTERS:
            return None
        from cmq_cli.vocabulary import sectors  # only what is wrong needs it

        found = sectors(self._registry, typed)
        return found.pop() if len(found) == 1 else None

    def _nearest(self, typed: str, kind: str) -> str | None:
        names = self._names[kind]
        if len(names) > _SEARCHED:
            return None
        return next(iter(nearest(typed, names, limit=1, cutoff=_ALIKE.get(kind, 0.6))), None)

    @cached_property
    def _letters(self) -> int:
        return sum(len(text) for one in self._registry.sectors for text in (one.id, one.label, *one.keywords))
