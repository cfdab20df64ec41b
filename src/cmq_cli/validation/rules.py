"""The rules that span fields and records: references that lead somewhere, facts that have a source, totals that add up.

What one value may be is said in `cmq_cli.model`. A value that was itself reported has become `REPORTED`, and neither
that value nor anything that it is compared with is reported again.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from typing import Any, get_args

from cmq_cli.language import _
from cmq_cli.model import Fact
from cmq_cli.registry import index, read_data
from cmq_cli.text import did_you_mean, fold, told
from cmq_cli.validation.report import Finding, Steps

Row = Mapping[str, Any]
At = tuple[str, ...]

REPORTED = ()
"""Stands for a value that was reported: it is set, it is called like nothing and has no items."""

SOURCES, SECTORS, WAVES, MILESTONES, FIGURES = ("sources",), ("sectors",), ("waves",), ("milestones",), ("figures",)
REGIONS, ACADEMIES = ("territories", "regions"), ("territories", "academies")
DEPARTMENTS, FORMER_REGIONS = ("territories", "departments"), ("territories", "former_regions")
CAMPUSES = ("campuses",)

LISTS: dict[At, str] = {
    SOURCES: "id",
    SECTORS: "id",
    REGIONS: "code",
    ACADEMIES: "name",
    DEPARTMENTS: "code",
    FORMER_REGIONS: "name",
    WAVES: "number",
    MILESTONES: "on",
    FIGURES: "id",
    CAMPUSES: "id",
}
"""Where the lists of records are, and the field that tells the records of each apart and sorts them."""

REFERENCES: tuple[tuple[At, str, At, str], ...] = (
    (REGIONS, "former", FORMER_REGIONS, "name"),
    (ACADEMIES, "region", REGIONS, "name"),
    (ACADEMIES, "region_code", REGIONS, "code"),
    (DEPARTMENTS, "region_code", REGIONS, "code"),
    (DEPARTMENTS, "academy", ACADEMIES, "name"),
    (FORMER_REGIONS, "region_code", REGIONS, "code"),
    (FORMER_REGIONS, "academies", ACADEMIES, "name"),
    (WAVES, "sources.source", SOURCES, "id"),
    (MILESTONES, "source", SOURCES, "id"),
    (FIGURES, "sources.source", SOURCES, "id"),
    (CAMPUSES, "region", REGIONS, "name"),
    (CAMPUSES, "region_code", REGIONS, "code"),
    (CAMPUSES, "academy", ACADEMIES, "name"),
    (CAMPUSES, "department_code", DEPARTMENTS, "code"),
    (CAMPUSES, "wave", WAVES, "number"),
    (CAMPUSES, "sectors", SECTORS, "id"),
    (CAMPUSES, "sources.source", SOURCES, "id"),
)
"""The fields that name a record of another list, that list, and the field that it is named by."""

AGREEMENTS: tuple[tuple[At, str, str, At, str, str], ...] = (
    (ACADEMIES, "region", "region_code", REGIONS, "code", "name"),
    (CAMPUSES, "region", "region_code", REGIONS, "code", "name"),
    (CAMPUSES, "region_code", "department_code", DEPARTMENTS, "code", "region_code"),
    (CAMPUSES, "academy", "department_code", DEPARTMENTS, "code", "academy"),
    (CAMPUSES, "region_code", "academy", ACADEMIES, "name", "region_code"),
)
"""The fields that a record, which another field names, has too: where it lies, and the names of both of its fields."""

BASIS = ("region", "academy", "wave", "sectors")
"""The facts of which another field, ``region_basis`` and so on, says how they are known."""

NEEDED = {
    "city_code": "city",
    "latitude": "longitude",
    "longitude": "latitude",
    "excellence_since": "excellence",
    **{f"{fact}_basis": fact for fact in BASIS},
}
"""The fields of a campus that say nothing without another one."""

DATES: dict[At, tuple[str, ...]] = {
    SOURCES: ("published",),
    WAVES: ("call_launched_on", "announcements.on"),
    MILESTONES: ("on",),
    FIGURES: ("as_of",),
    CAMPUSES: ("labelled_on", "attested_on", "excellence_since"),
}
"""Days that can't be later than the day of the data."""

FACTS: tuple[str, ...] = get_args(Fact)
"""The fields of a campus that a source can support."""

FAR_KM = 50
"""How far from its commune a seat is doubted; even Arles, the widest commune of metropolitan France, reaches 40 km."""

_SUGGESTIONS = 100
"""References that lead nowhere for which what was meant is looked up: beyond them that would take too long."""

Broken = Iterator[tuple[Steps, str, str]]
"""The place in a record that breaks a rule, what is wrong, and how to fix it."""


class Known:
    """What the records of a registry are compared with."""

    def __init__(self, registry: Row) -> None:
        self.records = {at: reach(registry, at) for at in LISTS}
        keys = {*LISTS.items(), (REGIONS, "name")}
        self.named = {(at, key): index((row for row in self.records[at] if row), key) for at, key in keys}
        self.day = registry["data_version"]
        self.suggestions = _SUGGESTIONS

    def one(self, at: At, key: str, name: object) -> Row:
        """Return the record of a list that is called so, or an empty one."""
        return self.named[at, key].get(name) or {}


def reach(value: Any, at: Iterable[str | int]) -> Any:
    """Return the value at a place, or `REPORTED` where there is no such place."""
    for step in at:
        try:
            value = value[step]
        except (LookupError, TypeError):
            return REPORTED
    return value


def values(record: Row, path: str) -> list[tuple[Steps, Any]]:
    """Return what a field says, item by item where it is a list, with the place in the record."""
    field, _dot, inside = path.partition(".")
    value = record[field]
    if not isinstance(value, list):
        return [] if value in (None, REPORTED) else [((field,), value)]
    if not inside:
        return [((field, at), each) for at, each in enumerate(value) if each != REPORTED]
    return [((field, at, inside), each[inside]) for at, each in enumerate(value) if each and each[inside] != REPORTED]


def is_set(record: Row, field: str) -> bool:
    """Return whether a field says anything: null and an empty list don't, false does."""
    return record[field] is not None and record[field] != []


def supported(campus: Row) -> set[str]:
    """Return the facts that the sources of a campus, of which nothing is known yet, support."""
    sources = campus["sources"] if isinstance(campus["sources"], list) else []
    lists = [each["supports"] for each in sources if isinstance(each, dict) and isinstance(each["supports"], list)]
    return {fact for each in lists for fact in each if isinstance(fact, str)}


def errors(registry: Row) -> Iterator[Finding]:
    """Give where a registry, all of whose fields are there, contradicts itself."""
    known = Known(registry)
    for at, field, to, key in REFERENCES:
        yield from _broken(known, at, partial(_nowhere, field, to, key))
    for at, field, named, to, key, there in AGREEMENTS:
        yield from _broken(known, at, partial(_otherwise, field, named, to, key, there))
    for at, fields in DATES.items():
        yield from _broken(known, at, partial(_late, fields))
    for at, key in LISTS.items():
        yield from _repeated([record and record[key] for record in known.records[at]], at, (key,))
        for position, record in enumerate(known.records[at]):
            for field, value in record.items() if record else ():
                yield from _repeated(value, (*at, position, field)) if isinstance(value, list) else ()
    yield from _broken(known, WAVES, _sums)
    yield from _broken(known, CAMPUSES, _label)
    yield from _broken(known, CAMPUSES, _evidence)


def warnings(registry: Row) -> Iterator[Finding]:
    """Give the facts that have no source, and the seats of which the list of communes says something else."""
    known = Known(registry)
    for rule in (_has_a_source, _lies_in_its_commune):
        for finding in _broken(known, CAMPUSES, rule):
            yield finding._replace(severity="warning")


def _broken(known: Known, at: At, rule: Callable[[Row, Known], Broken]) -> Iterator[Finding]:
    for position, record in enumerate(known.records[at]):
        for place, message, remedy in rule(record, known) if record else ():
            yield Finding((*at, position, *place), message, reach(record, place), remedy)


def _repeated(items: list[Any], at: Steps, inside: Steps = ()) -> Iterator[Finding]:
    seen: set[str] = set()
    for position, item in enumerate(items):
        said = item if isinstance(item, str) else repr(item)
        if item and said in seen:
            message = _("An earlier item of the list says the same.")
            yield Finding((*at, position, *inside), message, item, _("Change it, or remove one of the two."))
        seen.add(said)


def _nowhere(field: str, to: At, key: str, record: Row, known: Known) -> Broken:
    for place, name in values(record, field):
        if name not in known.named[to, key]:
            meant = ""
            if isinstance(name, str) and known.suggestions:
                known.suggestions -= 1
                meant = did_you_mean(name, filter(None, known.named[to, key]), 1)
            message = _("No record of {list} has this {field}.").format(list=".".join(to), field=key)
            yield place, message, told(meant, _("Correct it, or add the record to {list}.").format(list=".".join(to)))


def _late(fields: Iterable[str], record: Row, known: Known) -> Broken:
    for field in fields:
        for place, day in values(record, field):
            # Compared as text, which is right for partial dates: 2026-12 begins after 2026-11-23, 2026 doesn't.
            if known.day and day > known.day:
                message = _("This is after the day of the data, {day}.").format(day=known.day)
                yield place, message, _("Correct it, or set data_version to the day of the last change.")


def _otherwise(field: str, named: str, to: At, key: str, there: str, record: Row, known: Known) -> Broken:
    wanted = known.one(to, key, record[named]).get(there)
    if (named, there) == ("academy", "region_code") and record["department_code"]:
        return  # which decides: the academy of two departments overseas is that of another region
    if wanted and record[field] not in (None, REPORTED, wanted):
        message = _("Where {field} is {name}, this is {value}.")
        yield (field,), message.format(field=named, name=record[named], value=wanted), _("Correct one of the two.")


def _label(campus: Row, known: Known) -> Broken:
    if known.one(WAVES, "number", campus["wave"]).get("announcements") == []:
        yield ("wave",), _("This wave has announced nothing yet."), _("Add its announcement to waves, or write null.")
    if campus["labelled_on"] and campus["attested_on"]:
        yield ("attested_on",), _("Since labelled_on is known, this says nothing more."), _("Write null.")
    for field, other in NEEDED.items():
        if is_set(campus, field) and campus[field] != REPORTED and campus[other] in (None, False, []):
            yield (field,), _("This says nothing without {field}.").format(field=other), _("Set both, or write null.")


def _evidence(campus: Row, known: Known) -> Broken:
    proven = supported(campus)
    for fact in BASIS:
        if campus[f"{fact}_basis"] not in (None, REPORTED, "stated") and fact in proven:
            message = _("A source supports {field}, so that it is stated.").format(field=fact)
            yield (f"{fact}_basis",), message, _('Write "stated", or take {field} out of supports.').format(field=fact)
    vain = {fact for fact in proven if not is_set(campus, fact)}
    for place, facts in values(campus, "sources.supports") if vain else ():
        for at, fact in enumerate(facts):
            if fact in vain:
                message = _("The source supports a field that is not set.")
                yield (*place, at), message, _("Set {field}, or take it out of supports.").format(field=fact)


def _sums(wave: Row, known: Known) -> Broken:
    series = wave["announcements"]
    if not series or not all(each and REPORTED not in (each["new"], each["total"]) for each in series):
        return
    for field, sum_ in (("new", sum(each["new"] for each in series)), ("total", series[-1]["total"])):
        if wave[field] not in (REPORTED, sum_):
            message = _("The announcements of the wave make {number}.").format(number=sum_)
            yield (field,), message, _("Write {number}, or correct the announcements.").format(number=sum_)
    before = known.one(WAVES, "number", wave["number"] and wave["number"] - 1).get("total")
    for at, each in enumerate(series):
        if before and (sum_ := before + each["new"]) != each["total"]:
            message = _("The total before and the new ones make {number}.").format(number=sum_)
            yield ("announcements", at, "total"), message, _("Correct it, or the announcement before.")
        before = each["total"]


def _has_a_source(campus: Row, known: Known) -> Broken:
    proven = supported(campus)
    for fact in FACTS:
        follows = fact == "department_code" and campus["city"] is not None
        explained = follows or fact == "notes" or campus.get(f"{fact}_basis") not in (None, REPORTED, "stated")
        if is_set(campus, fact) and campus[fact] != REPORTED and fact not in proven and not explained:
            remedy = _("Name {field} in supports of the source that proves it; where there is none, leave it out.")
            yield (fact,), _("No source supports this fact."), remedy.format(field=fact)


@cache
def _communes() -> dict[str, list[str]]:
    """Return the lines of places.csv by the codes of the communes."""
    lines = (line.split(",") for line in read_data("places.csv").decode().splitlines())
    return {line[0]: line for line in lines}


def _lies_in_its_commune(campus: Row, known: Known) -> Broken:
    code, city, department = campus["city_code"], campus["city"], campus["department_code"]
    if city and code is None:
        message = _("Without the code of its commune, nothing can say where the campus is.")
        yield ("city",), message, _("Add city_code, latitude and longitude, as in places.csv.")
    if not code or code not in _communes():
        return
    _code, name, lies_in, _region, _population, latitude, longitude, *_more = _communes()[code]
    if department and department != lies_in:
        message = _("The commune of city_code lies in the department {code}.").format(code=lies_in)
        yield ("department_code",), message, _("Correct it, or city and city_code.")
    if city and fold(city) != fold(name):
        yield ("city_code",), _("This is the code of {name}.").format(name=name), _("Correct it, or city.")
    if campus["latitude"] and campus["longitude"] and latitude:
        from cmq_cli.places import distance_km

        if distance_km(campus["latitude"], campus["longitude"], float(latitude), float(longitude)) > FAR_KM:
            message = _("This is more than {number} km from {name}.").format(number=FAR_KM, name=name)
            remedy = _("Correct city_code, or write {latitude} and {longitude}.")
            yield ("latitude",), message, remedy.format(latitude=latitude, longitude=longitude)
