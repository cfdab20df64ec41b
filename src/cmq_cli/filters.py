"""What a filter keeps: typed values become a test of a campus, which answers None where the registry can't tell."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

from cmq_cli import vocabulary
from cmq_cli.errors import UsageError
from cmq_cli.language import _, quoted, shell
from cmq_cli.registry import Campus, Registry, Wave
from cmq_cli.text import first_day, last_day, perhaps, plain, refuse_exclusion, sort_key, told

if TYPE_CHECKING:
    from cmq_cli.search import Beside


class Filter(NamedTuple):
    """A test of a campus, the name of the field that it needs to know, and sentences on what its values mean."""

    field: str
    test: Callable[[Campus], bool | None]
    notes: Sequence[str] = ()
    same_sector: "Sequence[Beside]" = ()  # that of a search word given to --sector, as in `Found`


def make(registry: Registry, option: str, typed: Any) -> Filter:
    """Return the filter of what is typed behind an option, as in `FilterOptions`; raise UsageError for nonsense."""
    if option == "sector":
        return _by_sector(registry, typed)
    if option == "excellence":
        return Filter(option, lambda campus: None if campus["excellence"] is None else campus["excellence"] == typed)
    if option == "as_of":
        return Filter("labelled_on", partial(_labelled, registry, as_of_day(typed)))
    field, test = _TESTS[option]
    wanted, notes = _meant(registry, option, typed)
    return Filter(field, partial(test, registry, wanted), notes)


def _by_sector(registry: Registry, values: Sequence[str]) -> Filter:
    """Keep campuses of the sectors meant by name, and of a search word those that say it, or all where none does."""
    wanted, notes = _meant(registry, "sector", values)
    named = set().union(*(vocabulary.meant(registry, "sector", typed, keywords=False) for typed in values)) & wanted
    whole, saying = {*named}, set[str]()
    beside: list[Beside] = []
    for typed in values:
        if sectors := vocabulary.meant(registry, "sector", typed) - named:
            from cmq_cli import search  # only a search word is looked for in what campuses say

            query = search.understood([typed], registry)
            found = search.find(registry, query)
            said = {each["id"] for each in found.campuses if not sectors.isdisjoint(each["sectors"])}
            saying |= said
            if not said:
                whole |= sectors
            beside += [each for each in found.same_sector if each.sector in sectors]
            notes += search.instead_sentences(query)
            if found.through or not found.campuses:
                notes.append(search.through_sentence(registry, typed, [*sectors]))
    return Filter(
        "sectors", lambda campus: campus["id"] in saying or not whole.isdisjoint(campus["sectors"]), notes, beside
    )


def _seat_in(field: str, registry: Registry, wanted: Any, campus: Campus) -> bool | None:
    """Tell whether the academy or department is one of those wanted: surely, surely not, or maybe."""
    if seat := dict(campus)[field]:
        return seat in wanted
    possible = set()
    for each in registry["territories"]["departments"]:
        known = (campus["region_code"], campus["department_code"] or each["code"], campus["academy"] or each["academy"])
        if known == (each["region_code"], each["code"], each["academy"]):
            possible.add(each["academy"] if field == "academy" else each["code"])
    if possible.isdisjoint(wanted):
        return False
    return True if possible.issubset(wanted) else None


def _in_region(registry: Registry, wanted: Collection[str], campus: Campus) -> bool | None:
    former = [each["academies"] for each in registry["territories"]["former_regions"] if each["name"] in wanted]
    return campus["region_code"] in wanted or _seat_in("academy", registry, set().union(*former), campus)


def _in_city(registry: Registry, wanted: Collection[str], campus: Campus) -> bool | None:
    if seat := campus["city_code"] or campus["city"]:
        return seat in wanted
    departments = {city[:size] for city in wanted for size in (2, 3)}  # with which the codes of communes begin
    return False if _seat_in("department_code", registry, departments, campus) is False else None


def _of_wave(registry: Registry, wanted: Collection[str], campus: Campus) -> bool | None:
    """Tell whether it is of a wave; where that isn't known, the dates of the label tell of which it can't be."""
    if campus["wave"] is not None or "none" in wanted:
        return str(campus["wave"] or "none") in wanted
    calls = [announced([wave]) for wave in registry["waves"] if str(wave["number"]) in wanted]
    earliest, proven = label_dates(registry, campus)
    return None if any(first <= proven and earliest <= last for first, last in calls) else False


def _labelled(registry: Registry, day: date, campus: Campus) -> bool | None:
    earliest, proven = label_dates(registry, campus)
    if proven <= day:
        return True
    return None if earliest <= day else False


_TESTS: Mapping[str, tuple[str, Callable[[Registry, Any, Campus], bool | None]]] = {  # with the field that each needs
    "region": ("academy", _in_region),
    "academy": ("academy", partial(_seat_in, "academy")),
    "department": ("department_code", partial(_seat_in, "department_code")),
    "city": ("city", _in_city),
    "wave": ("wave", _of_wave),
}


def label_dates(registry: Registry, campus: Campus) -> tuple[date, date]:
    """Return the first day on which a label may have existed, and that by which it surely did, or else `date.max`."""
    begun, ended = announced([wave for wave in registry["waves"] if wave["number"] == campus["wave"]])
    known = [last_day(text) for text in (campus["labelled_on"], campus["attested_on"]) if text]
    first, _last = announced(registry["waves"])
    return max(first, begun, first_day(campus["labelled_on"] or "0001")), min([ended, *known])


def announced(waves: Iterable[Wave]) -> tuple[date, date]:
    """Return the first day of the first announcement of the waves and the last of the last; all time without any."""
    on = sorted((each["on"] for wave in waves for each in wave["announcements"]), key=last_day)
    return (first_day(on[0]), last_day(on[-1])) if on else (date.min, date.max)


def as_of_day(typed: str) -> date:
    """Return the last day that the typed date can mean; raises UsageError, with the accepted forms, for none."""
    said = plain(typed).strip().replace("’", "'")
    if said in ("today", "aujourd'hui"):
        return date.today()
    french = re.fullmatch(r"(?:(\d\d?)[/.-])?(\d\d?)[/.-](\d{4})", said)
    parts = [part.zfill(2) for part in reversed(french.groups()) if part] if french else [said]
    try:
        return last_day("-".join(parts))
    except ValueError:
        sentence = _("{typed} is not a date. Write 2017-02-13, 13/02/2017, 2017-02, 2017 or today.")
        raise UsageError(sentence.format(typed=quoted(typed))) from None


def refuse_unquoted(registry: Registry, words: Sequence[str], asked: Mapping[str, Any]) -> None:
    """Raise UsageError, with what to type, where a value and words to look for make one that means something else."""
    # nobody can tell words before an option from those behind its value: any of the first eight in a row are tried
    runs = [" ".join(words[start:end]) for start, end in combinations(range(min(len(words), 8) + 1), 2)]
    given = [(kind, value) for kind in vocabulary.UNKNOWN for value in asked[kind] or ()]
    for kind, value in given:
        option, known = f"--{kind}", vocabulary.entries(registry, kind)
        if kind == "city" and not vocabulary.exactly(known, value):
            from cmq_cli import places  # only a city without a campus is looked for among all communes

            texts = [value, " ".join([value, *words])]
            known += [vocabulary.Entry(each.code, text, (), [text]) for text in texts for each in places.communes(text)]
        alone = vocabulary.exactly(known, value)
        for run in runs:
            whole = f"{value} {run}"
            if kind == "wave" and alone and vocabulary.exactly(known, run):
                raise UsageError(vocabulary.one_at_a_time(option, f"{value},{run}", str))
            if vocabulary.exactly(known, whole) not in (alone, set()):
                sentence = _("{typed} is one value, of several words. Put it in quotes: {option} {value}")
                raise UsageError(sentence.format(typed=quoted(whole), option=option, value=shell(whole)))


def _meant(registry: Registry, kind: str, values: Iterable[str]) -> tuple[set[str], list[str]]:
    """Return what values mean, and a sentence on each that means several, or no seat; raise UsageError for nothing."""
    wanted: set[str] = set()
    notes, known = [], vocabulary.entries(registry, kind)
    for typed in values:
        refuse_exclusion(typed)
        found = vocabulary.meant(registry, kind, typed)
        names = vocabulary.names(registry, kind, found)
        partly = kind in ("region", "department", "city") and not vocabulary.exactly(known, typed)
        if len(names) > 1 or (names and partly):
            listed = _("; ").join(sorted(names, key=sort_key))
            notes.append(_("{typed} means: {names}.", typed=quoted(typed), names=listed))
        if not found and kind == "city":
            from cmq_cli import places  # only a city without a campus is looked for among all communes

            communes = places.communes(typed)
            found = {commune.code for commune in communes}
            if found and not vocabulary.names(registry, kind, found):
                said = _("No campus is known to have its seat in {typed}. Those around it: cmq near {place}")
                place = shell(str(communes[0]) if len(communes) == 1 else typed)
                notes.append(said.format(typed=quoted(typed), place=place))
        if not found:
            raise UsageError(_unknown(registry, kind, typed))
        wanted |= found
    return wanted, notes


def _unknown(registry: Registry, kind: str, typed: str) -> str:
    from cmq_cli import lookup  # needed only for errors

    if several := vocabulary.one_at_a_time(f"--{kind}", typed, partial(vocabulary.meant, registry, kind)):
        return several
    near = vocabulary.near(registry, kind, typed)
    other = None
    if kind != "wave":  # whose numbers are departments too
        other = vocabulary.elsewhere(registry, typed) or (None if near else lookup.commune(typed))
    unknown, remedy = vocabulary.UNKNOWN[kind]
    return told(_(unknown, typed=quoted(typed)), other or told(perhaps(near), _(remedy)))
