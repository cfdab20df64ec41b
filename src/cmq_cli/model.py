"""What the registry is made of: plain records, the same as in ``data/campuses.json``, field for field.

Dates are strings of the form ``2017-02-13``, ``2017-02`` or ``2017``: as precise as their source, never more
(`cmq_cli.dates` gives the days that they can mean). ``None`` means that no source is known, not that there is nothing.
"""

from functools import cached_property
from typing import Literal

from cmq_cli.record import Record


class Source(Record):
    """A page, a press release or an official text."""

    id: str
    url: str | None
    title: str
    publisher: str
    published: str | None


class Citation(Record):
    """A source of a wave or a figure, with a short extract that shows what it says."""

    source: str
    quote: str | None


class Evidence(Record):
    """A source of a campus: the fields that it supports, and a short extract that shows what it says."""

    source: str
    supports: tuple[str, ...]
    quote: str | None


class Sector(Record):
    """One of the twelve official sectors (filières), with the words that people search it by."""

    id: str
    label: str
    page: str
    keywords: tuple[str, ...]


class Region(Record):
    """A region since 2016, by its INSEE code, with the former regions that it united."""

    code: str
    name: str
    former: tuple[str, ...]
    abbreviations: tuple[str, ...]
    overseas: bool


class Academy(Record):
    """An academy as of 2017."""

    name: str
    region: str
    region_code: str


class Department(Record):
    """A department or overseas territory, by its INSEE code."""

    code: str
    name: str
    region_code: str
    academy: str | None


class FormerRegion(Record):
    """A region until 2015, which the academies of 2017 still tell apart."""

    name: str
    region_code: str
    academies: tuple[str, ...]


class Territories(Record):
    """The places that a campus can belong to."""

    regions: tuple[Region, ...]
    academies: tuple[Academy, ...]
    departments: tuple[Department, ...]
    former_regions: tuple[FormerRegion, ...]


class Announcement(Record):
    """A day, or month or year, on which campuses of a wave were made known."""

    on: str
    new: int
    total: int
    basis: Literal["stated", "deduced"]
    note: str | None


class Wave(Record):
    """A call for projects; `new` and `total` sum up its announcements."""

    number: int
    call_launched_on: str
    call_reference: str
    candidacies: int | None
    announcements: tuple[Announcement, ...]
    new: int
    total: int
    priorities: tuple[str, ...]
    notes: str | None
    sources: tuple[Citation, ...]


class Milestone(Record):
    """How many campuses, and how many with the mention "excellence", officially existed at a date."""

    on: str
    campuses: int | None
    excellence: int | None
    event: str
    source: str


class Figure(Record):
    """A figure of the programme announced on 13 February 2017, and what became of it."""

    id: str
    label: str
    value: int
    unit: str
    period: str | None
    as_of: str
    outcome: str | None
    notes: str | None
    sources: tuple[Citation, ...]


class Campus(Record):
    """A campus labelled at any time since 2013."""

    id: str
    name: str
    aliases: tuple[str, ...]
    region: str
    region_code: str
    academy: str | None
    academy_basis: Literal["stated", "territory"] | None
    department_code: str | None
    city: str | None
    city_code: str | None
    latitude: float | None
    longitude: float | None
    lead_institution: str | None
    members: tuple[str, ...]
    wave: int | None
    wave_basis: Literal["stated", "deduced"] | None
    labelled_on: str | None
    labelled_by: str | None
    sectors: tuple[str, ...]
    sectors_basis: Literal["stated", "assigned"]
    fields: tuple[str, ...]
    excellence: bool | None
    excellence_since: str | None
    website: str | None
    description: str | None
    notes: str | None
    sources: tuple[Evidence, ...]


class Licence(Record):
    """Under which terms the facts and the coordinates may be used."""

    facts: str
    coordinates: str


class Registry(Record):
    """A whole registry file."""

    schema_version: int
    data_version: str
    licence: Licence
    sources: tuple[Source, ...]
    sectors: tuple[Sector, ...]
    territories: Territories
    waves: tuple[Wave, ...]
    milestones: tuple[Milestone, ...]
    figures: tuple[Figure, ...]
    campuses: tuple[Campus, ...]

    @cached_property
    def source_by_id(self) -> dict[str, Source]:
        """The sources by id."""
        return {source.id: source for source in self.sources}

    @cached_property
    def sector_by_id(self) -> dict[str, Sector]:
        """The sectors by id."""
        return {sector.id: sector for sector in self.sectors}

    @cached_property
    def region_by_code(self) -> dict[str, Region]:
        """The regions by INSEE code."""
        return {region.code: region for region in self.territories.regions}

    @cached_property
    def department_by_code(self) -> dict[str, Department]:
        """The departments by INSEE code."""
        return {department.code: department for department in self.territories.departments}

    @cached_property
    def wave_by_number(self) -> dict[int, Wave]:
        """The waves by number."""
        return {wave.number: wave for wave in self.waves}
