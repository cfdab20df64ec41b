"""What a registry is: the records of ``data/campuses.json``, field for field. There is no other description of them.

The check of a file, its JSON Schema and the data dictionary are made from it. ``None`` means that no source is known,
not that there is nothing. Dates are as precise as their source: ``2017-02-13``, ``2017-02`` or ``2017``.
"""

from datetime import date
from typing import Annotated, Literal, NotRequired, TypeVar

from pydantic import AfterValidator, ConfigDict, FailFast, Field, with_config
from typing_extensions import TypedDict

SCHEMA_VERSION = 1  # the newest form of a registry file that is read
MOST = 1_000  # items of a list within a record
_GREATEST = 10**15 - 1  # every reader of JSON keeps whole numbers up to this one exactly

_HIDDEN = (  # what can't be seen, but ends a line, turns it round or hides what it says; and what stands for lost ones
    r"\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    r"\u2800\u3164\ue000-\uf8ff\ufeff\uffa0\ufff9-\ufffd"
)
TEXT = rf"^[^\s{_HIDDEN}]([^{_HIDDEN}]*[^\s{_HIDDEN}])?$"
DATE = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
DAY = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"


def _of_the_calendar(text: str) -> str:
    date.fromisoformat(f"{text}-01-01"[:10])
    return text


Text = Annotated[str, Field(pattern=TEXT, max_length=10_000)]  # twenty times more than any of the bundled registry has
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=100)]
Address = Annotated[str, Field(pattern=rf"^https?://[^\s/{_HIDDEN}]+\.[^\s{_HIDDEN}]+$", max_length=2_000)]
Date = Annotated[str, Field(pattern=DATE), AfterValidator(_of_the_calendar)]
Day = Annotated[str, Field(pattern=DAY), AfterValidator(_of_the_calendar)]
RegionCode = Annotated[str, Field(pattern=r"^[0-9]{2,3}$")]
DepartmentCode = Annotated[str, Field(pattern=r"^([0-9]{2,3}|2[AB])$")]
CityCode = Annotated[str, Field(pattern=r"^[0-9][0-9AB][0-9]{3}$")]
Uai = Annotated[str, Field(pattern=r"^[0-9]{3}[0-9]{4}[A-Z]$")]
WaveNumber = Annotated[int, Field(ge=1, le=99)]
Count = Annotated[int, Field(ge=0, le=_GREATEST)]

# What these hold may be left out; the check fills in that nothing is known, or that there is none.
T = TypeVar("T")
Maybe = Annotated[T | None, Field(default=None)]
Records = Annotated[list[T], Field(default_factory=list), FailFast()]
Items = Annotated[list[T], Field(default_factory=list, max_length=MOST)]

# What writes the JSON Schema adds the docstrings of fields; to read them takes a tenth of a second.
CONFIG = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


@with_config(CONFIG)
class Record(TypedDict):
    """A JSON object that has these fields and no other; nothing is converted: "1" is no number, and neither is true."""


class Licence(Record):
    """Under which terms the data may be used."""

    facts: Annotated[Maybe[Text], Field(examples=["Licence Ouverte 2.0 (etalab-2.0)"])]
    """licence of the facts"""
    coordinates: Annotated[Maybe[Text], Field(examples=["Licence Ouverte 2.0, IGN Admin Express 2018"])]
    """licence and origin of the coordinates"""
    uai: Annotated[Maybe[Text], Field(examples=["Licence Ouverte 2.0, DEPP"])]
    """licence and origin of the codes of schools"""


class Source(Record):
    """A page, a press release or an official text."""

    id: Annotated[Slug, Field(examples=["bo-2016-41-profan"])]
    """publisher and date, lower-case ASCII words joined by hyphens; unique; never changes"""
    url: Annotated[Maybe[Address], Field(examples=["https://www.education.gouv.fr/bo/16/Hebdo41/MENB1628228N.htm"])]
    """where it was read, sometimes on a site that copies the original (`publisher` then says so)"""
    title: Annotated[Text, Field(examples=["ProFan : note de service n° 2016-150 du 7 novembre 2016"])]
    """its title, or what it is"""
    publisher: Annotated[Text, Field(examples=["Bulletin officiel de l'éducation nationale"])]
    """who published it"""
    published: Annotated[Maybe[Date], Field(examples=["2016-11"])]
    """when"""


class Sector(Record):
    """One of the official sectors (*filières*) of the ministry."""

    id: Annotated[Slug, Field(examples=["systemes-innovants-mecatronique"])]
    """lower-case ASCII words joined by hyphens; unique; never changes"""
    label: Annotated[Text, Field(examples=["Systèmes innovants, mécatronique"])]
    """official name"""
    page: Annotated[Address, Field(examples=["https://www.education.gouv.fr/systemes-innovants-mecatronique"])]
    """the ministry's page about it"""
    keywords: Annotated[Items[Text], Field(examples=[["mécatronique", "microtechniques"]])]
    """words that people search it by, in French"""


class Region(Record):
    """A region since 2016, or an overseas collectivity."""

    code: Annotated[RegionCode, Field(examples=["27"])]
    """INSEE code"""
    name: Annotated[Text, Field(examples=["Bourgogne-Franche-Comté"])]
    """name"""
    former: Annotated[Items[Text], Field(examples=[["Bourgogne", "Franche-Comté"]])]
    """former regions that it united or renames; empty where nothing changed"""
    abbreviations: Annotated[Items[Text], Field(examples=[["BFC"]])]
    """usual abbreviations"""
    overseas: Annotated[bool, Field(examples=[False])]
    """whether it lies overseas"""


class Academy(Record):
    """An education authority (*académie*) in its shape of 2017."""

    name: Annotated[Text, Field(examples=["Besançon"])]
    """name"""
    region: Annotated[Text, Field(examples=["Bourgogne-Franche-Comté"])]
    """region in which it lies"""
    region_code: Annotated[RegionCode, Field(examples=["27"])]
    """INSEE code of that region"""


class Department(Record):
    """A department, or an overseas collectivity."""

    code: Annotated[DepartmentCode, Field(examples=["25"])]
    """INSEE code"""
    name: Annotated[Text, Field(examples=["Doubs"])]
    """name"""
    region_code: Annotated[RegionCode, Field(examples=["27"])]
    """INSEE code of its region"""
    academy: Annotated[Maybe[Text], Field(examples=["Besançon"])]
    """its academy; null where there is none (Polynésie française is not an academy)"""


class FormerRegion(Record):
    """A region until 2015 that was united or renamed. Academies still tell them apart."""

    name: Annotated[Text, Field(examples=["Franche-Comté"])]
    """name"""
    region_code: Annotated[RegionCode, Field(examples=["27"])]
    """INSEE code of the region that it became part of"""
    academies: Annotated[Items[Text], Field(examples=[["Besançon"]])]
    """its academies of 2017"""


class Territories(Record):
    """The places that a campus can belong to."""

    regions: Records[Region]
    """sorted by `code`"""
    academies: Records[Academy]
    """sorted by `name`"""
    departments: Records[Department]
    """sorted by `code`"""
    former_regions: Records[FormerRegion]
    """sorted by `name`"""


class Citation(Record):
    """A source of a wave or of a figure."""

    source: Annotated[Slug, Field(examples=["cp-men-2017-02-13"])]
    """id of the source"""
    quote: Annotated[Maybe[Text], Field(examples=["ce sont désormais 77 Campus des métiers et des qualifications"])]
    """short extract that shows what it says, spelling included; `[...]` marks a cut"""


class Announcement(Record):
    """One series of labels of a wave."""

    on: Annotated[Date, Field(examples=["2017-02-13"])]
    """when it was announced, or the latest day by which it is known"""
    new: Annotated[int, Field(ge=1, le=_GREATEST, examples=[26])]
    """campuses announced"""
    total: Annotated[Count, Field(examples=[77])]
    """campuses that existed officially after it"""
    basis: Annotated[Literal["stated", "deduced"], Field(examples=["stated"])]
    """whether a source says so"""
    note: Annotated[Maybe[Text], Field(examples=["Annoncés au lycée Jules-Haag de Besançon."])]
    """what a reader must know, in French"""


class Wave(Record):
    """A national call for projects (*appel à projets*, *vague*), with the official figures of what came of it."""

    number: Annotated[WaveNumber, Field(examples=[4])]
    """1 to 5"""
    call_launched_on: Annotated[Date, Field(examples=["2016-04-13"])]
    """when the call was launched"""
    call_reference: Annotated[Text, Field(examples=["Lettre du 13 avril 2016, NOR MENE1600282Y, BO n° 15"])]
    """the text that launched it"""
    candidacies: Annotated[Maybe[Count], Field(examples=[29])]
    """projects received"""
    announcements: Items[Announcement]
    """in the order of time"""
    new: Annotated[Count, Field(examples=[26])]
    """campuses that the call brought: the sum of its announcements"""
    total: Annotated[Count, Field(examples=[77])]
    """campuses that existed officially after it"""
    priorities: Annotated[Items[Text], Field(examples=[["alternance à tous les niveaux de qualification"]])]
    """what the call asked for in particular, in French"""
    notes: Annotated[Maybe[Text], Field(examples=["Un site de campus écrit « 5e vague » pour février 2017."])]
    """what a reader must know, in French"""
    sources: Items[Citation]
    """what says so"""


class Milestone(Record):
    """How many campuses existed officially at a date."""

    on: Annotated[Date, Field(examples=["2017-02-13"])]
    """the date"""
    campuses: Annotated[Maybe[Count], Field(examples=[77])]
    """labelled campuses, all waves together"""
    excellence: Annotated[Maybe[Count], Field(examples=[23])]
    """campuses with the mention "excellence\""""
    event: Annotated[Text, Field(examples=["26 lauréats du 4e appel ; 5e appel annoncé"])]
    """what happened, in French"""
    source: Annotated[Slug, Field(examples=["cp-men-2017-02-13"])]
    """id of its source"""


class Figure(Record):
    """A figure of the press release of 13 February 2017 (source `cp-men-2017-02-13`), and what became of it."""

    id: Annotated[Slug, Field(examples=["campus-labellises"])]
    """lower-case ASCII words joined by hyphens; unique; never changes"""
    label: Annotated[Text, Field(examples=["Campus des métiers et des qualifications labellisés"])]
    """what is counted, in French"""
    value: Annotated[int, Field(ge=-_GREATEST, le=_GREATEST, examples=[77])]
    """the figure"""
    unit: Annotated[Text, Field(examples=["campus"])]
    """its unit, in French"""
    period: Annotated[Maybe[Text], Field(examples=["rentrée 2017"])]
    """the time that it is about, in French"""
    as_of: Annotated[Date, Field(examples=["2017-02-13"])]
    """when it was given"""
    outcome: Annotated[Maybe[Text], Field(examples=["95 campus en 2018 à l'issue du 5e appel."])]
    """what became of it, in French"""
    notes: Annotated[Maybe[Text], Field(examples=["Des textes de 2017 écrivent aussi 78."])]
    """what a reader must know, in French"""
    sources: Items[Citation]
    """what says so"""


class Institution(Record):
    """A school, university or other body of the network of a campus."""

    name: Annotated[Text, Field(examples=["Lycée Jules-Haag"])]
    """name, as sources write it"""
    role: Annotated[Literal["lead", "member"], Field(examples=["lead"])]
    """`lead` supports the campus (*établissement support*, *porteur*); `member` is any other"""
    city: Annotated[Maybe[Text], Field(examples=["Besançon"])]
    """commune, by its present official name"""
    city_code: Annotated[Maybe[CityCode], Field(examples=["25056"])]
    """INSEE code of that commune"""
    uai: Annotated[Maybe[Uai], Field(examples=["0250011D"])]
    """national code of a school, which joins it to all open data on French education; matched by name and commune"""


# the fields of a campus that a source can support
_WhatAndWhere = Literal["name", "aliases", "region", "academy", "department_code", "city", "institutions"]
_WhenAndOfWhat = Literal["wave", "labelled_on", "attested_on", "sectors", "specialties"]
Fact = Literal[_WhatAndWhere, _WhenAndOfWhat, "excellence", "excellence_since", "website", "description", "notes"]


class Evidence(Record):
    """A source of a campus."""

    source: Annotated[Slug, Field(examples=["villages-fm-2017-02-13"])]
    """id of the source"""
    supports: Annotated[Items[Fact], Field(examples=[["name", "labelled_on"]])]
    """the fields of the campus that it proves"""
    quote: Annotated[Maybe[Text], Field(examples=["Cinq nouveaux Campus labellisés en Bourgogne Franche-Comté"])]
    """short extract that shows what it says, spelling included; `[...]` marks a cut"""


class Campus(Record):
    """A campus labelled at any time since 2013."""

    id: Annotated[Slug, Field(examples=["microtechniques-systemes-intelligents"])]
    """lower-case ASCII words joined by hyphens; unique; never changes, not even when the campus is renamed"""
    name: Annotated[Text, Field(examples=["Microtechniques et systèmes intelligents"])]
    """official name, without « Campus des métiers et des qualifications »; where none is known, field and region"""
    aliases: Annotated[Items[Text], Field(examples=[["CMQ MSI"]])]
    """other names that sources use, later names included"""
    region: Annotated[Text, Field(examples=["Bourgogne-Franche-Comté"])]
    """region, as named in `regions`"""
    region_code: Annotated[RegionCode, Field(default=None, examples=["27"])]
    """its INSEE code; left out, it follows from `region`"""
    region_basis: Annotated[Maybe[Literal["stated", "territory", "deduced"]], Field(examples=["stated"])]
    """how the region is known: `territory` by its commune or academy, `deduced` as the notes say"""
    academy: Annotated[Maybe[Text], Field(examples=["Besançon"])]
    """academy, as named in `academies`"""
    academy_basis: Annotated[Maybe[Literal["stated", "territory"]], Field(examples=["territory"])]
    """how the academy is known; null where it is unknown"""
    department_code: Annotated[Maybe[DepartmentCode], Field(examples=["25"])]
    """INSEE code of the department of the seat; always set in a region of one department"""
    city: Annotated[Maybe[Text], Field(examples=["Besançon"])]
    """commune of the seat, by its present official name"""
    city_code: Annotated[Maybe[CityCode], Field(examples=["25056"])]
    """its INSEE code"""
    latitude: Annotated[Maybe[float], Field(ge=-90, le=90, examples=[47.256])]
    """of the centre of the commune, as in `places.csv`, not of a building; WGS 84, degrees"""
    longitude: Annotated[Maybe[float], Field(ge=-180, le=180, examples=[6.0179])]
    """the same"""
    institutions: Items[Institution]
    """schools, universities and other bodies that sources name, the lead first; hardly ever all of them"""
    wave: Annotated[Maybe[WaveNumber], Field(examples=[4])]
    """number of the call for projects; null where it is unknown, and for the labels that came after the fifth call"""
    wave_basis: Annotated[Maybe[Literal["stated", "deduced"]], Field(examples=["stated"])]
    """how the wave is known; null where it is unknown"""
    labelled_on: Annotated[Maybe[Date], Field(examples=["2017-02-13"])]
    """date of the first label"""
    attested_on: Annotated[Maybe[Date], Field(examples=["2018-08-09"])]
    """where `labelled_on` is unknown: the earliest date at which a source proves the label, which may be older"""
    sectors: Annotated[list[Slug], Field(min_length=1, max_length=MOST, examples=[["systemes-innovants-mecatronique"]])]
    """ids of `sectors`, the most fitting first"""
    sectors_basis: Annotated[Literal["stated", "assigned"], Field(default=None, examples=["assigned"])]
    """how the sectors are known; left out, `stated` where a source supports them, else `assigned`"""
    specialties: Annotated[Items[Text], Field(examples=[["microtechniques", "systèmes intelligents"]])]
    """what the campus is about, in the words of its sources, in French, in lower case"""
    excellence: Annotated[Maybe[bool], Field(examples=[True])]
    """whether a source says that it holds or has held the mention "excellence", or that it doesn't"""
    excellence_since: Annotated[Maybe[Date], Field(examples=["2024-06"])]
    """since when"""
    website: Annotated[Maybe[Address], Field(examples=["https://cmq-bfc.org/cmq-msi"])]
    """its own site"""
    description: Annotated[Maybe[Text], Field(examples=["Campus porté par une association loi 1901."])]
    """one or two sentences, in French"""
    notes: Annotated[Maybe[Text], Field(examples=["Mention « excellence » obtenue en juin 2024."])]
    """deductions, disagreements between sources, renaming, renewal, in French: read them before you quote a date"""
    sources: Annotated[list[Evidence], Field(min_length=1, max_length=MOST)]
    """the evidence: which source proves which fields"""


_Schema = Annotated[str, Field(description="where this JSON Schema is, for editors")]
_Addressed = TypedDict("_Addressed", {"$schema": NotRequired[_Schema]})


class Registry(Record, _Addressed):
    """A whole registry: one JSON object."""

    schema_version: Annotated[int, Field(ge=1, le=SCHEMA_VERSION, examples=[1])]
    """version of the form described here"""
    data_version: Annotated[Day, Field(examples=["2026-11-27"])]
    """day of the last change of the data, always a full date"""
    licence: Annotated[Licence, Field(default_factory=dict, validate_default=True)]
    """terms under which the data may be used"""
    sources: Records[Source]
    """what the records cite; sorted by `id`"""
    sectors: Records[Sector]
    """the official sectors; sorted by `id`"""
    territories: Annotated[Territories, Field(default_factory=dict, validate_default=True)]
    """the places that a campus can belong to"""
    waves: Records[Wave]
    """the calls for projects; sorted by `number`"""
    milestones: Records[Milestone]
    """how many campuses existed officially at a date; sorted by `on`"""
    figures: Records[Figure]
    """figures of the programme; sorted by `id`"""
    campuses: Records[Campus]
    """the campuses; sorted by `id`"""
