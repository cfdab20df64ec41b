"""The rules that span fields and records: references that lead somewhere, facts that have a source, totals that add up.

What one value may be is said in `cmq_cli.model`. A value that was itself reported has become `REPORTED`, and neither
that value nor anything that it is compared with is reported again.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, get_args

from cmq_cli.language import _, quoted
from cmq_cli.model import Fact
from cmq_cli.registry import index, read_data
from cmq_cli.text import did_you_mean, fold, told
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

DATES = {"published", "call_launched_on", "on", "as_of", "labelled_on", "attested_on", "excellence_since"}
"""The fields, of whatever record, that can't be later than the day of the data."""

AGREEMENTS = (
    ("region", "region_code", "name"),
    ("region_code", "department_code", "region_code"),
    ("academy", "department_code", "academy"),
    ("region_code", "academy", "region_code"),
)
"""Fields that the record which another field names has as well, called as said last."""

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

FACTS: tuple[str, ...] = get_args(Fact)
"""The fields of a campus that a source can support."""

FAR = 0.5
"""Degrees between a seat and its commune that are doubted; Arles, the widest of metropolitan France, reaches 40 km."""

_COMPARED = 100_000
"""Names that are compared with references that lead nowhere, to suggest what was meant; more would take too long."""


def is_set(value: Any) -> bool:
    """Return whether a value says anything: null and an empty list don't, false does."""
    return value is not None and value != []


def supported(campus: Row) -> set[str]:
    """Return the facts that the sources of a campus, of which nothing is known yet, support."""
    sources = campus["sources"] if isinstance(campus.get("sources"), list) else ()
    lists = [each.get("supports") for each in sources if isinstance(each, dict)]
    return {fact for facts in lists if isinstance(facts, list) for fact in facts if isinstance(fact, str)}


class Rules:
    """What a registry, all of whose fields are there, is held to; what breaks a rule is told to its report."""

    def __init__(self, report: Report) -> None:
        self.tell, self.registry, self.compared = report.tell, report.registry, 0
        records = {at[-1]: [record for _at, record in self._records(*at)] for at in LISTS}
        self.named = {(name, key): index(records[name], key) for name, key in REFERENCES.values()}

    def _records(self, *at: str | int) -> list[tuple[Steps, Row]]:
        """Return the records of a list with their places; one that was reported is left out."""
        return [((*at, position), each) for position, each in enumerate(reach(self.registry, at)) if each]

    def errors(self) -> None:
        """Tell where the registry contradicts itself."""
        for at, (_kind, _called, key) in LISTS.items():
            self._unique([each and each[key] for each in reach(self.registry, at)], at, key)
            for place, record in self._records(*at):
                self._values(record, place)
        for place, academy in self._records("territories", "academies"):
            self._agreement(academy, place)
        for place, wave in self._records("waves"):
            self._sums(wave, place)
        for place, campus in self._records("campuses"):
            self._agreement(campus, place)
            self._label(campus, place)
            self._evidence(campus, place)

    def doubts(self) -> None:
        """Tell which facts have no source, and of which seats the list of communes says something else."""
        for place, campus in self._records("campuses"):
            self._unsupported(campus, place)
            self._elsewhere(campus, place)

    def _unique(self, items: list[Any], at: Steps, *inside: str) -> None:
        first: dict[str, int] = {}
        for position, item in enumerate(items if len(items) > 1 else ()):
            said = item if isinstance(item, str) else repr(item)
            if first.setdefault(said, position) < position and item:
                message = _("An earlier item of the list says the same.")
                self.tell((*at, position, *inside), message, _("Change it, or remove one of the two."))

    def _values(self, record: Row, at: Steps) -> None:
        """Check each value by the name of its field, those in lists and in the records of lists as well."""
        for field, value in record.items():
            is_checked = field in REFERENCES or field in DATES
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
        target = REFERENCES.get(field)
        if value in (None, REPORTED):
            return
        # Days are compared as text, which is right for partial ones: 2026-12 begins after 2026-11-23, 2026 doesn't.
        today = self.registry["data_version"]
        if field in DATES and today and value > today:
            message = _("This is after the day of the data, {day}.").format(day=today)
            self.tell(at, message, _("Correct it, or set data_version to the day of the last change."))
        if target and value not in self.named[target]:
            names = [str(name) for name in self.named[target] if name]
            self.compared += len(names)
            meant = did_you_mean(str(value), names, 1) if self.compared < _COMPARED else ""
            message = _("No record of {list} has this {field}.").format(list=target[0], field=target[1])
            self.tell(at, message, told(meant, _("Correct it, or add the record to {list}.").format(list=target[0])))

    def _agreement(self, record: Row, at: Steps) -> None:
        for field, named, there in AGREEMENTS:
            if named == "academy" and record.get("department_code"):
                continue  # which decides: the academy of two departments overseas is that of another region
            wanted = self._one(named, record.get(named)).get(there)
            if wanted and record[field] not in (None, REPORTED, wanted):
                self._where(named, record[named], wanted, (*at, field))

    def _one(self, field: str, name: object) -> Row:
        """Return the record that a field names, or an empty one."""
        return self.named[REFERENCES[field]].get(name) or {}

    def _where(self, field: str, name: str, wanted: str, at: Steps) -> None:
        """Tell that what another field says calls for another value here."""
        message = _("Where {field} is {name}, this is {value}.")
        message = message.format(field=field, name=quoted(name), value=quoted(wanted))
        self.tell(at, message, _("Correct one of the two."))

    def _label(self, campus: Row, at: Steps) -> None:
        if self._one("wave", campus["wave"]).get("announcements") == []:
            message, remedy = _("This wave has announced nothing yet."), _("Add its announcement, or write null.")
            self.tell((*at, "wave"), message, remedy)
        if campus["labelled_on"] and campus["attested_on"]:
            message = _("Since labelled_on is known, this says nothing more.")
            self.tell((*at, "attested_on"), message, _("Write null."))
        for field, other in NEEDED.items():
            if campus[field] not in (None, REPORTED) and campus[other] in (None, False, []):
                message = _("This says nothing without {field}.").format(field=other)
                self.tell((*at, field), message, _("Set both, or write null."))

    def _evidence(self, campus: Row, at: Steps) -> None:
        for fact in supported(campus):
            if not is_set(campus[fact]):
                remedy = _("Set it, or take {field} out of supports.").format(field=fact)
                self.tell((*at, fact), _("A source supports this field, which is not set."), remedy)
            if campus.get(f"{fact}_basis") not in (None, REPORTED, "stated"):
                message = _("A source supports {field}, so that it is stated.").format(field=fact)
                remedy = _('Write "stated", or take {field} out of supports.').format(field=fact)
                self.tell((*at, f"{fact}_basis"), message, remedy)

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
                message = _("The announcements of the wave make {number}.").format(number=number)
                self.tell((*at, *place), message, _("Correct it, or the announcements."))

    def _unsupported(self, campus: Row, at: Steps) -> None:
        proven = supported(campus)
        for fact in FACTS:
            follows = fact == "department_code" and campus["city"] is not None
            explained = follows or fact == "notes" or campus.get(f"{fact}_basis") not in (None, REPORTED, "stated")
            if is_set(campus[fact]) and campus[fact] != REPORTED and fact not in proven and not explained:
                remedy = _("Name {field} in supports of the source that proves it; where there is none, leave it out.")
                self.tell((*at, fact), _("No source supports this fact."), remedy.format(field=fact))

    def _elsewhere(self, campus: Row, at: Steps) -> None:
        code = campus["city_code"]
        if campus["city"] and code is None:
            message = _("Without the code of its commune, nothing can say where the campus is.")
            self.tell((*at, "city"), message, _("Add city_code, latitude and longitude, as in places.csv."))
        _code, city, department, _region, _population, latitude, longitude, *_more = _communes().get(code) or [""] * 7
        for field, wanted in (("city", city), ("department_code", department)):
            if wanted and campus[field] and fold(campus[field]) != fold(wanted):
                self._where("city_code", code, wanted, (*at, field))
        for field, wanted in (("latitude", latitude), ("longitude", longitude)):
            if wanted and campus[field] and abs(campus[field] - float(wanted)) > FAR:
                self._where("city_code", code, wanted, (*at, field))


@cache
def _communes() -> dict[str, list[str]]:
    """Return the lines of places.csv by the codes of the communes."""
    lines = (line.split(",") for line in read_data("places.csv").decode().splitlines())
    return {line[0]: line for line in lines}
