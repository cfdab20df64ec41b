"""The rules that span fields and records: references that lead somewhere, facts that have a source, totals that add up.

A value that was itself reported is `REPORTED`; neither it nor what it is compared with is reported again.
"""

import csv
from collections.abc import Sequence
from typing import Any, get_args

from cmq_cli.language import quoted
from cmq_cli.model import Fact
from cmq_cli.registry import index, read_data
from cmq_cli.text import fold, perhaps, suggest
from cmq_cli.validation.report import LISTS, REPORTED, Report, Row, Steps, reach

# The fields, of whatever record, that name a record of another list: that list, and the field that it is named by.
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

# By the field that names a record, or a commune: the fields that say the same as it, and what it calls them.
AGREEMENTS = {
    "region_code": {"region": "name"},
    "department_code": {"region_code": "region_code", "academy": "academy"},
    "academy": {"region_code": "region_code"},
    "city_code": {"city": "name", "department_code": "department", "latitude": "latitude", "longitude": "longitude"},
}

# The fields, of whatever record, that can't be later than the day of the data.
DATES = {"published", "call_launched_on", "on", "as_of", "labelled_on", "attested_on", "excellence_since"}
BASIS = ("region", "academy", "wave", "sectors")  # facts of which `region_basis` and so on say how they are known
# The fields of a campus that say nothing without another one.
NEEDED = {"city_code": "city", "latitude": "longitude", "longitude": "latitude", "excellence_since": "excellence"}
NEEDED |= {f"{fact}_basis": fact for fact in BASIS}
_UNSET: tuple[Any, ...] = (None, [])
_UNKNOWN: tuple[Any, ...] = (None, [], REPORTED)
_FAR = 0.5  # degrees from a seat to its commune; Arles, the widest of metropolitan France, reaches 40 km
_COMPARED = 30_000  # names that are compared at most with references that lead nowhere, which takes half a second


class Rules:
    """What the records of a registry are held to; what breaks a rule is told to its report."""

    def __init__(self, report: Report) -> None:
        self.tell, self.registry, self.compared = report.tell, report.registry, 0
        found = {at[-1]: reach(self.registry, at) for at in LISTS}
        self.lists: dict[Any, Any] = {name: [()] if each == REPORTED else each for name, each in found.items()}
        self.named: dict[str, dict[Any, Any]] = {}
        for field, (name, key) in REFERENCES.items():
            self.named[field] = {reach(each, [key]): each for each in self.lists[name]}

    def errors(self) -> None:
        """Fill in what follows from other fields, and tell where the registry contradicts itself."""
        own: Any = {"academies": self._agreement, "waves": self._sums, "campuses": self._campus}
        for at, (_adapter, _kind, key) in LISTS.items():
            records = self.lists[at[-1]]
            self._unique([reach(each, [key]) for each in records], at, key)
            for position, record in enumerate(records):
                if record:
                    self._values(record, (*at, position))
                if record and at[-1] in own:
                    own[at[-1]](record, (*at, position))

    def doubts(self) -> None:
        """Tell which facts have no source, and of which seats the list of communes says something else."""
        codes = {"code", *(reach(each, ["city_code"]) for each in self.lists["campuses"])}
        lines = read_data("places.csv").decode().splitlines()
        seats = csv.DictReader(line for line in lines if line.partition(",")[0] in codes)
        self.named["city_code"] = index(seats, "code")
        for position, campus in enumerate(self.lists["campuses"]):
            if campus:
                self._unsupported(campus, ("campuses", position))
                self._agreement(campus, ("campuses", position), "city_code")

    def _unique(self, items: Sequence[Any], at: Steps, *inside: str) -> None:
        first: dict[str, int] = {}
        for position, item in enumerate(items if len(items) > 1 else ()):
            if first.setdefault(repr(item), position) < position and item:
                self.tell((*at, position, *inside), "repeated")

    def _values(self, record: Row, at: Steps) -> None:
        """Check each value by the name of its field, those in lists and in the records of lists as well."""
        for field, value in record.items():
            is_checked = field in DATES or field in REFERENCES
            if isinstance(value, list):
                self._unique(value, (*at, field))
                for position, each in enumerate(value):
                    if isinstance(each, dict):
                        self._values(each, (*at, field, position))
                    elif is_checked:
                        self._value(field, each, (*at, field, position))
            elif is_checked:
                self._value(field, value, (*at, field))

    def _value(self, field: str, value: Any, at: Steps) -> None:
        today, known = self.registry.get("data_version"), self.named.get(field, (value,))
        # Days are compared as text, which is right for partial ones: 2026-12 begins after 2026-11-23, 2026 doesn't.
        if value and field in DATES and today and value > today:
            self.tell(at, "late", day=today)
        if value and value not in known and REPORTED not in known:
            self.compared += len(known)
            meant = perhaps(suggest(str(value), map(str, known), 1)) if self.compared < _COMPARED else ""
            name, key = REFERENCES[field]
            self.tell(at, "nowhere", meant, list=name, field=key)

    def _agreement(self, record: Row, at: Steps, *names: str) -> None:
        for named in names or ("region_code", "department_code", "academy"):
            if named == "academy" and record.get("department_code"):
                continue  # which decides: the academy of two departments overseas is that of another region
            other = self._one(named, record.get(named))
            for field, there in AGREEMENTS[named].items():
                value, wanted = record.get(field), other.get(there)
                if wanted and value not in _UNKNOWN and not _same(value, wanted):
                    self.tell((*at, field), "otherwise", field=named, name=quoted(record[named]), value=quoted(wanted))

    def _one(self, field: str, name: object) -> Row:
        """Return the record that a field names, or an empty one."""
        return self.named[field].get(name or None) or {}

    def _campus(self, campus: Row, at: Steps) -> None:
        proven = _supported(campus)
        if campus.get("region_code") is None:
            campus["region_code"] = self._one("region", campus["region"]).get("code")
        for fact in BASIS:
            if campus.get(f"{fact}_basis") is None and (fact in proven or fact == "sectors"):
                campus[f"{fact}_basis"] = "stated" if fact in proven else "assigned"
        for fact in proven:
            if campus.get(fact) in _UNSET:
                self.tell((*at, fact), "unset", field=fact)
            if campus.get(f"{fact}_basis") not in (*_UNKNOWN, "stated"):
                self.tell((*at, f"{fact}_basis"), "stated", field=fact)
        for field, other in NEEDED.items():
            if campus.get(field) not in _UNKNOWN and (campus.get(other) in _UNSET or campus[other] is False):
                self.tell((*at, field), "alone", field=other)
        if campus.get("labelled_on") and campus.get("attested_on"):
            self.tell((*at, "attested_on"), "needless")
        if self._one("wave", campus.get("wave")).get("announcements") == []:
            self.tell((*at, "wave"), "unannounced")
        self._agreement(campus, at)

    def _sums(self, wave: Row, at: Steps) -> None:
        series = wave.get("announcements", [])
        new, totals = ([reach(each, [field]) for each in series] for field in ("new", "total"))
        if not series or REPORTED in (*new, *totals):
            return
        before = [self._one("wave", wave["number"] and wave["number"] - 1).get("total"), *totals]
        sums: dict[Steps, int] = {("new",): sum(new), ("total",): totals[-1]}
        sums |= {("announcements", n, "total"): before[n] + new[n] for n in range(len(series)) if before[n]}
        for place, number in sums.items():
            if reach(wave, place) not in (REPORTED, number):
                self.tell((*at, *place), "sum", number=number)

    def _unsupported(self, campus: Row, at: Steps) -> None:
        if campus.get("city") and campus.get("city_code") is None:
            self.tell((*at, "city"), "seat")
        if REPORTED in [reach(each, ["supports"]) for each in campus["sources"] or [REPORTED]]:
            return
        proven = _supported(campus)
        for fact in get_args(Fact):
            follows = fact == "notes" or (fact == "department_code" and campus.get("city") is not None)
            explained = follows or campus.get(f"{fact}_basis") not in (None, "stated")
            if campus.get(fact) not in _UNKNOWN and fact not in proven and not explained:
                self.tell((*at, fact), "unsupported", field=fact)


def _supported(campus: Row) -> set[str]:
    return {fact for each in campus["sources"] for fact in reach(each, ["supports"]) if fact}


def _same(value: Any, wanted: str) -> bool:
    return fold(value) == fold(wanted) if isinstance(value, str) else abs(value - float(wanted)) < _FAR
