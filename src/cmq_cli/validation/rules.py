"""The rules that span fields and records: references that lead somewhere, facts that have a source, totals that add up.

What one value may be is said in `cmq_cli.model`. A value that was itself reported has become `REPORTED`, and neither
that value nor anything that it is compared with is reported again.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, get_args

from cmq_cli.language import quoted
from cmq_cli.model import Fact
from cmq_cli.registry import index, read_data
from cmq_cli.text import did_you_mean, fold
from cmq_cli.validation.report import LISTS, REPORTED, Report, Steps, reach

Row = Mapping[str, Any]

REFERENCES = {
    "academies": ("academies", "name"),
    "academy": ("academies", "name"),
    "department_code": ("departments", "code"),
    "former": ("former_regions", "name"),
    "region": ("regions", "name"),
    "region_code": ("regions", "code"),
    "sectors": ("sectors", "id"),
    "source": ("sources", "id"),
    "wave": ("waves", "number"),
}
"""The fields, of whatever record, that name a record of another list: that list, and the field that it is named by."""

AGREEMENTS = (
    ("region", "region_code", "name"),
    ("region_code", "department_code", "region_code"),
    ("academy", "department_code", "academy"),
    ("region_code", "academy", "region_code"),
)
"""Fields that the record which another field names has as well, called as said last."""

DATES = {"published", "call_launched_on", "on", "as_of", "labelled_on", "attested_on", "excellence_since"}
"""The fields, of whatever record, that can't be later than the day of the data."""

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

_CHECKED = {*REFERENCES, *DATES}
_UNSET: tuple[Any, ...] = (None, [])
_UNKNOWN: tuple[Any, ...] = (None, [], REPORTED)
_FAR = 0.5  # degrees from a seat to its commune; Arles, the widest of metropolitan France, reaches 40 km
_COMPARED = 30_000  # names that are compared at most with references that lead nowhere, which takes half a second


def supported(campus: Row) -> set[str]:
    """Return the facts that the sources of a campus, of which nothing is known yet, support."""
    sources = campus["sources"] if isinstance(campus.get("sources"), list) else ()
    lists = [each.get("supports") for each in sources if isinstance(each, dict)]
    return {fact for facts in lists if isinstance(facts, list) for fact in facts if isinstance(fact, str)}


@cache
def _communes() -> dict[str, list[str]]:
    """Return the lines of places.csv by the codes of the communes."""
    lines = (line.split(",") for line in read_data("places.csv").decode().splitlines())
    return {line[0]: line for line in lines}


class Rules:
    """What a registry, all of whose fields are there, is held to; what breaks a rule is told to its report."""

    def __init__(self, report: Report) -> None:
        self.tell, self.registry, self.compared = report.tell, report.registry, 0
        lists = {at[-1]: reach(self.registry, at) for at in LISTS}
        self.named = {(name, key): index(filter(None, lists[name]), key) for name, key in REFERENCES.values()}
        whole = {name for name, records in lists.items() if records != REPORTED and all(records)}
        self.known = {target for target, named in self.named.items() if target[0] in whole and REPORTED not in named}

    def _records(self, *at: str | int) -> list[tuple[Steps, Row]]:
        """Return the records of a list with their places; one that was reported is left out."""
        return [((*at, position), each) for position, each in enumerate(reach(self.registry, at)) if each]

    def _one(self, field: str, name: object) -> Row:
        """Return the record that a field names, or an empty one."""
        return self.named[REFERENCES[field]].get(name) or {}

    def errors(self) -> None:
        """Tell where the registry contradicts itself."""
        for at, (_kind, _called, key) in LISTS.items():
            self._unique([each and each[key] for each in reach(self.registry, at)], at, key)
            for place, record in self._records(*at):
                self._values(record, place)
        for place, record in (*self._records("territories", "academies"), *self._records("campuses")):
            self._agreement(record, place)
        for place, wave in self._records("waves"):
            self._sums(wave, place)
        for place, campus in self._records("campuses"):
            self._contradiction(campus, place)

    def doubts(self) -> None:
        """Tell which facts have no source, and of which seats the list of communes says something else."""
        for place, campus in self._records("campuses"):
            self._unsupported(campus, place)
            self._elsewhere(campus, place)

    def _unique(self, items: list[Any], at: Steps, *inside: str) -> None:
        first: dict[str, int] = {}
        for position, item in enumerate(items):
            said = item if isinstance(item, str) else repr(item)
            if first.setdefault(said, position) < position and item:
                self.tell((*at, position, *inside), "repeated")

    def _values(self, record: Row, at: Steps) -> None:
        """Check each value by the name of its field, those in lists and in the records of lists as well."""
        for field, value in record.items():
            is_checked = field in _CHECKED
            if isinstance(value, list):
                if len(value) > 1:
                    self._unique(value, (*at, field))
                for position, each in enumerate(value):
                    if isinstance(each, dict):
                        self._values(each, (*at, field, position))
                    elif is_checked:
                        self._value(field, each, (*at, field, position))
            elif is_checked:
                self._value(field, value, (*at, field))

    def _value(self, field: str, value: Any, at: Steps) -> None:
        if value in _UNKNOWN:
            return
        today, target = self.registry["data_version"], REFERENCES.get(field)
        # Days are compared as text, which is right for partial ones: 2026-12 begins after 2026-11-23, 2026 doesn't.
        if field in DATES and today and value > today:
            self.tell(at, "late", day=today)
        if target in self.known and value not in self.named[target]:
            names = [str(name) for name in self.named[target] if name]
            self.compared += len(names)
            meant = did_you_mean(str(value), names, 1) if self.compared < _COMPARED else ""
            self.tell(at, "nowhere", meant, list=target[0], field=target[1])

    def _agreement(self, record: Row, at: Steps) -> None:
        for field, named, there in AGREEMENTS:
            if named == "academy" and record.get("department_code"):
                continue  # which decides: the academy of two departments overseas is that of another region
            wanted = self._one(named, record.get(named)).get(there)
            if wanted and record[field] not in (*_UNKNOWN, wanted):
                self.tell((*at, field), "otherwise", field=named, name=quoted(record[named]), value=quoted(wanted))

    def _contradiction(self, campus: Row, at: Steps) -> None:
        if self._one("wave", campus["wave"]).get("announcements") == []:
            self.tell((*at, "wave"), "unannounced")
        if campus["labelled_on"] and campus["attested_on"]:
            self.tell((*at, "attested_on"), "needless")
        for field, other in NEEDED.items():
            if campus[field] not in _UNKNOWN and (campus[other] in _UNSET or campus[other] is False):
                self.tell((*at, field), "alone", field=other)
        for fact in supported(campus):
            if campus[fact] in _UNSET:
                self.tell((*at, fact), "unset", field=fact)
            if campus.get(f"{fact}_basis") not in (*_UNKNOWN, "stated"):
                self.tell((*at, f"{fact}_basis"), "stated", field=fact)

    def _sums(self, wave: Row, at: Steps) -> None:
        series = wave["announcements"]
        new, totals = ([each and each[field] for each in series] for field in ("new", "total"))
        if not series or REPORTED in (*new, *totals):
            return
        before = [self._one("wave", wave["number"] and wave["number"] - 1).get("total"), *totals]
        sums: dict[Steps, int] = {("new",): sum(new), ("total",): totals[-1]}
        sums |= {("announcements", n, "total"): before[n] + new[n] for n in range(len(series)) if before[n]}
        for place, number in sums.items():
            if reach(wave, place) not in (REPORTED, number):
                self.tell((*at, *place), "sum", number=number)

    def _unsupported(self, campus: Row, at: Steps) -> None:
        if any(each == REPORTED or each["supports"] == REPORTED for each in campus["sources"] or [REPORTED]):
            return
        proven = supported(campus)
        for fact in get_args(Fact):
            follows = fact == "notes" or (fact == "department_code" and campus["city"] is not None)
            explained = follows or campus.get(f"{fact}_basis") not in (*_UNKNOWN, "stated")
            if campus[fact] not in _UNKNOWN and fact not in proven and not explained:
                self.tell((*at, fact), "unsupported", field=fact)

    def _elsewhere(self, campus: Row, at: Steps) -> None:
        code = campus["city_code"]
        if campus["city"] and code is None:
            self.tell((*at, "city"), "seat")
        _code, city, department, _region, _population, latitude, longitude, *_more = _communes().get(code) or [""] * 7
        commune = {"city": city, "department_code": department, "latitude": latitude, "longitude": longitude}
        for field, wanted in commune.items():
            value = campus[field]
            if not wanted or value in _UNKNOWN:
                continue
            same = fold(value) == fold(wanted) if isinstance(value, str) else abs(value - float(wanted)) < _FAR
            if not same:
                self.tell((*at, field), "otherwise", field="city_code", name=quoted(code), value=quoted(wanted))
