"""What each field of a registry means, with an example, and which values it may have.

The model (`cmq_cli.model`) says which fields there are and of what type; this table says the rest, for the JSON Schema
and for the check of a file. A test holds the two together: no field is missing here, and none is too much.
"""

from typing import Any, NamedTuple

from cmq_cli import model
from cmq_cli.registry import SCHEMA_VERSION
from cmq_cli.syntax import BLANK, HIDDEN

LISTS: dict[tuple[str, ...], str] = {
    ("sources",): "id",
    ("sectors",): "id",
    ("territories", "regions"): "code",
    ("territories", "academies"): "name",
    ("territories", "departments"): "code",
    ("territories", "former_regions"): "name",
    ("waves",): "number",
    ("milestones",): "on",
    ("figures",): "id",
    ("campuses",): "id",
}
"""Where the lists of records are, and the field that tells the records of each apart and sorts them."""

LONGEST = 10_000
"""Characters that a text may have: twenty times more than any text of the bundled registry."""

GREATEST = 10**15 - 1
"""Every reader of JSON keeps whole numbers up to this one exactly."""

_HIDDEN = "".join(rf"\p{{{category}}}" for category in HIDDEN) + BLANK
"""Characters that can't be seen: never part of a fact."""


class Kind(NamedTuple):
    """The values that a field, or each item of a list, may have; the limits are named as in `pydantic_core`."""

    limits: dict[str, Any]
    wanted: str
    """What is wanted, in a sentence for those who wrote something else."""
    schema_pattern: str | None = None
    """What JSON Schema says instead, whose patterns know no classes of characters."""
    is_date: bool = False


TEXT = Kind(
    {"pattern": rf"^[^{_HIDDEN}]*[^\s{_HIDDEN}][^{_HIDDEN}]*$", "max_length": LONGEST},
    "A text in double quotes is wanted.",
    r"\S",
)
SLUG = Kind(
    {"pattern": r"^[a-z0-9]+(-[a-z0-9]+)*$", "max_length": 100},
    "Lower-case words without accents, joined by hyphens, are wanted.",
)
ADDRESS = Kind(
    {"pattern": rf"^https?://[^\s/{_HIDDEN}]+\.[^\s{_HIDDEN}]+$", "max_length": 2_000},
    "A web address is wanted, which begins with https:// or http://.",
    r"^https?://[^\s/]+\.\S+$",
)
DATE = Kind(
    {"pattern": r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"},
    'A date in double quotes is wanted: "2017-02-13", "2017-02" or "2017".',
    is_date=True,
)
DAY = Kind(
    {"pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}, 'A full date in double quotes is wanted: "2017-02-13".', is_date=True
)
REGION_CODE = Kind(
    {"pattern": r"^[0-9]{2,3}$"}, 'An INSEE code of two or three digits in double quotes is wanted: "27".'
)
DEPARTMENT_CODE = Kind(
    {"pattern": r"^([0-9]{2,3}|2[AB])$"}, 'An INSEE code in double quotes is wanted: "25", "2A" or "974".'
)
CITY_CODE = Kind(
    {"pattern": r"^[0-9][0-9AB][0-9]{3}$"},
    'The INSEE code of a commune is wanted, five characters in double quotes: "25056".',
)
VERSION = Kind(
    {"ge": 1, "le": SCHEMA_VERSION},
    f"The version of the form is wanted, a whole number without quotes; the newest is {SCHEMA_VERSION}.",
)
WAVE_NUMBER = Kind({"ge": 1, "le": 99}, "A whole number from 1 to 99 is wanted, without quotes.")
COUNT = Kind({"ge": 0, "le": GREATEST}, "A whole number is wanted, 0 or more, without quotes.")
SOME = Kind({"ge": 1, "le": GREATEST}, "A whole number is wanted, 1 or more, without quotes.")
NUMBER = Kind({"ge": -GREATEST, "le": GREATEST}, "A whole number of at most fifteen digits is wanted, without quotes.")
LATITUDE = Kind(
    {"ge": -90, "le": 90, "allow_inf_nan": False}, "Degrees from -90 to 90 are wanted, without quotes: 47.2488."
)
LONGITUDE = Kind(
    {"ge": -180, "le": 180, "allow_inf_nan": False}, "Degrees from -180 to 180 are wanted, without quotes: 6.0182."
)
FREE = Kind({}, "")
"""No limit but that of the type: true or false, one of a few words, records."""


class Meaning(NamedTuple):
    """What a field means, in a sentence; an example; its values; the least number of items, where it is a list."""

    description: str
    example: Any = None
    """A value of the field; for records inside, None: theirs is made of their own fields' examples."""
    kind: Kind = TEXT
    least: int = 0


MEANINGS: dict[type, dict[str, Meaning]] = {
    model.Registry: {
        "schema_version": Meaning("Version of the form of this file.", 1, VERSION),
        "data_version": Meaning("Day of the last change of the data, always a full date.", "2026-11-23", DAY),
        "licence": Meaning("Terms under which the data may be used.", None, FREE),
        "sources": Meaning("The sources that the records cite, sorted by id.", None, FREE),
        "sectors": Meaning("The official sectors (filières), sorted by id.", None, FREE),
        "territories": Meaning("The places that a campus can belong to.", None, FREE),
        "waves": Meaning("The calls for projects (vagues), sorted by number.", None, FREE),
        "milestones": Meaning("How many campuses existed officially at a date, sorted by date.", None, FREE),
        "figures": Meaning("The figures of the programme, sorted by id.", None, FREE),
        "campuses": Meaning("The campuses, sorted by id.", None, FREE),
    },
    model.Licence: {
        "facts": Meaning("Licence of the facts.", "Licence Ouverte 2.0 (etalab-2.0)"),
        "coordinates": Meaning("Licence and origin of the coordinates.", "CC BY 4.0, GeoNames"),
    },
    model.Source: {
        "id": Meaning(
            "Unique and never changed: publisher and date, words joined by hyphens.", "bo-2016-41-profan", SLUG
        ),
        "url": Meaning(
            "Where it was read; null where it has no known address.",
            "https://www.education.gouv.fr/bo/16/Hebdo41/MENB1628228N.htm?cid_bo=108403",
            ADDRESS,
        ),
        "title": Meaning("Its title, or what it is.", "ProFan : note de service n° 2016-150 du 7 novembre 2016"),
        "publisher": Meaning("Who published it.", "Bulletin officiel de l'éducation nationale"),
        "published": Meaning("When, as precisely as is known; null where it is not.", "2016-11", DATE),
    },
    model.Citation: {
        "source": Meaning("Id of the source.", "cp-men-2017-02-13", SLUG),
        "quote": Meaning(
            "Short extract that shows what the source says, spelling included; [...] marks a cut.",
            "ce sont désormais 77 Campus des métiers et des qualifications",
        ),
    },
    model.Evidence: {
        "source": Meaning("Id of the source.", "villages-fm-2017-02-13", SLUG),
        "supports": Meaning("The fields of the campus that the source proves.", ["name", "labelled_on"], FREE, least=1),
        "quote": Meaning(
            "Short extract that shows what the source says, spelling included; [...] marks a cut.",
            "Cinq nouveaux Campus labellisés en Bourgogne Franche-Comté lors de l'appel à projets 2016",
        ),
    },
    model.Sector: {
        "id": Meaning("Unique and never changed.", "systemes-innovants-mecatronique", SLUG),
        "label": Meaning("Official name, in French.", "Systèmes innovants, mécatronique"),
        "page": Meaning(
            "The page of the ministry about it.",
            "https://www.education.gouv.fr/systemes-innovants-mecatronique-les-campus-des-metiers-et-des-qualifications-2747",
            ADDRESS,
        ),
        "keywords": Meaning("Words that people search it by, in French.", ["mécatronique", "microtechniques"]),
    },
    model.Territories: {
        "regions": Meaning("The regions since 2016, and overseas collectivities, sorted by code.", None, FREE),
        "academies": Meaning("The académies in their shape of 2017, sorted by name.", None, FREE),
        "departments": Meaning("Departments, and overseas collectivities, sorted by code.", None, FREE),
        "former_regions": Meaning("Regions until 2015 that were united or renamed, sorted by name.", None, FREE),
    },
    model.Region: {
        "code": Meaning("INSEE code, in quotes: 01 is not 1.", "27", REGION_CODE),
        "name": Meaning("Name.", "Bourgogne-Franche-Comté"),
        "former": Meaning("Former regions that it united or renames.", ["Bourgogne", "Franche-Comté"]),
        "abbreviations": Meaning("Usual abbreviations.", ["BFC"]),
        "overseas": Meaning("Whether it lies overseas.", False, FREE),
    },
    model.Academy: {
        "name": Meaning("Name.", "Besançon"),
        "region": Meaning("Name of the region in which it lies.", "Bourgogne-Franche-Comté"),
        "region_code": Meaning("INSEE code of that region.", "27", REGION_CODE),
    },
    model.Department: {
        "code": Meaning("INSEE code, in quotes.", "25", DEPARTMENT_CODE),
        "name": Meaning("Name.", "Doubs"),
        "region_code": Meaning("INSEE code of its region.", "27", REGION_CODE),
        "academy": Meaning("Its academy; null where there is none.", "Besançon"),
    },
    model.FormerRegion: {
        "name": Meaning("Name.", "Franche-Comté"),
        "region_code": Meaning("INSEE code of the region that it became part of.", "27", REGION_CODE),
        "academies": Meaning("Its academies of 2017.", ["Besançon"]),
    },
    model.Wave: {
        "number": Meaning("Number of the call for projects.", 4, WAVE_NUMBER),
        "call_launched_on": Meaning("When the call was launched.", "2016-04-13", DATE),
        "call_reference": Meaning("The text that launched it.", "Lettre du 13 avril 2016, NOR MENE1600282Y, BO n° 15"),
        "candidacies": Meaning("Projects received; null where no source is known.", 29, COUNT),
        "announcements": Meaning("Its series of labels, in the order of time.", None, FREE),
        "new": Meaning("Campuses that the call brought: the sum of its announcements.", 26, COUNT),
        "total": Meaning("Campuses that existed officially after it.", 77, COUNT),
        "priorities": Meaning(
            "What the call asked for in particular, in French.", ["alternance à tous les niveaux de qualification"]
        ),
        "notes": Meaning(
            "What a reader must know, in French.", "Un site de campus écrit « 5e vague » pour février 2017."
        ),
        "sources": Meaning("The sources of what is said here.", None, FREE),
    },
    model.Announcement: {
        "on": Meaning("When it was announced, or the latest day by which it is known.", "2017-02-13", DATE),
        "new": Meaning("Campuses announced.", 26, SOME),
        "total": Meaning("Campuses that existed officially after it.", 77, COUNT),
        "basis": Meaning("Whether a source states it, or it follows from what sources state.", "stated", FREE),
        "note": Meaning("What a reader must know, in French.", "Annoncés au lycée Jules-Haag de Besançon."),
    },
    model.Milestone: {
        "on": Meaning("The date.", "2017-02-13", DATE),
        "campuses": Meaning("Labelled campuses, all waves together; null where no source is known.", 77, COUNT),
        "excellence": Meaning('Campuses with the mention "excellence"; null where no source is known.', 23, COUNT),
        "event": Meaning("What happened, in French.", "26 lauréats du 4e appel ; 5e appel annoncé"),
        "source": Meaning("Id of its source.", "cp-men-2017-02-13", SLUG),
    },
    model.Figure: {
        "id": Meaning("Unique and never changed.", "campus-labellises", SLUG),
        "label": Meaning("What is counted, in French.", "Campus des métiers et des qualifications labellisés"),
        "value": Meaning("The figure.", 77, NUMBER),
        "unit": Meaning("Its unit, in French.", "campus"),
        "period": Meaning("The time that it is about, in French.", "rentrée 2017"),
        "as_of": Meaning("When it was given.", "2017-02-13", DATE),
        "outcome": Meaning("What became of it, in French.", "95 campus en 2018 à l'issue du 5e appel."),
        "notes": Meaning("What a reader must know, in French.", "Des textes de 2017 écrivent aussi 78."),
        "sources": Meaning("The sources of what is said here.", None, FREE),
    },
    model.Campus: {
        "id": Meaning(
            "Unique and never changed, not even when the campus is renamed: words joined by hyphens.",
            "microtechniques-systemes-intelligents",
            SLUG,
        ),
        "name": Meaning(
            "Official name, without the words « Campus des métiers et des qualifications ».",
            "Microtechniques et systèmes intelligents",
        ),
        "aliases": Meaning("Other names that sources use, former and later ones included.", ["CMQ MSI"]),
        "region": Meaning("Name of its region, as in territories.regions.", "Bourgogne-Franche-Comté"),
        "region_code": Meaning("INSEE code of its region, in quotes.", "27", REGION_CODE),
        "academy": Meaning("Name of its academy, as in territories.academies; null where unknown.", "Besançon"),
        "academy_basis": Meaning("How the academy is known; null where it is not.", "territory", FREE),
        "department_code": Meaning("INSEE code of the department of its seat, in quotes.", "25", DEPARTMENT_CODE),
        "city": Meaning("Commune of its seat, by its present official name.", "Besançon"),
        "city_code": Meaning("INSEE code of that commune, in quotes.", "25056", CITY_CODE),
        "latitude": Meaning("Latitude of that commune, in degrees (WGS 84).", 47.2488, LATITUDE),
        "longitude": Meaning("Longitude of that commune, in degrees (WGS 84).", 6.0182, LONGITUDE),
        "lead_institution": Meaning(
            "The institution that supports the campus (établissement support).",
            "SUPMICROTECH, École nationale supérieure de mécanique et des microtechniques (Besançon)",
        ),
        "members": Meaning("Other institutions of the network that sources name.", ["Lycée Jules-Haag (Besançon)"]),
        "wave": Meaning("Number of its call for projects; null where unknown, or after the last.", 4, WAVE_NUMBER),
        "wave_basis": Meaning("How the wave is known; null where it is not.", "stated", FREE),
        "labelled_on": Meaning("Date of the first label, as precise as its source.", "2017-02-13", DATE),
        "labelled_by": Meaning(
            "Where labelled_on is unknown: a date by which a source proves that the label existed.", "2018-08-09", DATE
        ),
        "sectors": Meaning("Ids of its sectors, the most fitting first.", ["systemes-innovants-mecatronique"], SLUG, 1),
        "sectors_basis": Meaning("How the sectors are known.", "assigned", FREE),
        "fields": Meaning(
            "What it is about, in the words of its sources, in lower case.",
            ["microtechniques", "systèmes intelligents"],
        ),
        "excellence": Meaning(
            'Whether a source says that it holds or held the mention "excellence", or not; null where unknown.',
            True,
            FREE,
        ),
        "excellence_since": Meaning("Since when it holds that mention.", "2024-06", DATE),
        "website": Meaning("Its own site.", "https://cmq-bfc.org/cmq-msi", ADDRESS),
        "description": Meaning("One or two sentences, in French.", "Campus porté par une association loi 1901."),
        "notes": Meaning(
            "Deductions, disagreements between sources, renaming, renewal, in French.",
            "Mention « excellence » obtenue en juin 2024.",
        ),
        "sources": Meaning("The evidence: which source proves which fields.", None, FREE, least=1),
    },
}
