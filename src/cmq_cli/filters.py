"""What a filter keeps: each function turns values as people type them into a test of a campus.

A test answers True, False or None: None where the registry doesn't know the campus's academy, city, wave or the like,
and what it does know leaves both answers open. Values of one filter are alternatives; one that means nothing raises
UsageError, which names the nearest ones.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from functools import partial
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from cmq_cli import vocabulary
from cmq_cli.errors import UsageError
from cmq_cli.language import _, ngettext, quoted, semicolon, shell
from cmq_cli.registry import Campus, Registry, Wave
from cmq_cli.text import first_day, last_day, perhaps, plain, refuse_exclusion, sort_key, told
from cmq_cli.vocabulary import KINDS

if TYPE_CHECKING:
    from cmq_cli.places import Place
    from cmq_cli.search import Beside

Test = Callable[["Campus"], bool | None]


class Filter(NamedTuple):
    """A test of a campus, the name of the field that it needs to know, and sentences on what its values mean."""

    field: str
    test: Test
    notes: tuple[str, ...] = ()
    same_sector: "tuple[Beside, ...]" = ()
    """Campuses that only share the sector of a search word given to --sector, as in `Found`."""


def by_sector(registry: Registry, values: Iterable[str]) -> Filter:
    """Keep campuses of the sectors meant by id, label or words of it, and of a search word those that say it.

    Where no campus of its sectors says the word, all of them are kept, and a note says so.
    """
    values = list(values)
    wanted, notes = _meant(registry, "sector", values)
    whole = set().union(*(vocabulary.whole_sectors(registry, typed) for typed in values)) & wanted
    saying: set[str] = set()
    beside: list[Beside] = []
    for typed in values if wanted > whole else ():
        from cmq_cli import search  # only a search word is looked for in what campuses say

        sectors = vocabulary.meant(registry, "sector", typed) - whole
        query = search.understood([typed], registry)
        found = search.find(registry, query)
        notes += tuple(search.instead_sentences(query))
        mentioning = {campus["id"] for campus in found.campuses if not sectors.isdisjoint(campus["sectors"])}
        if mentioning and not found.through:
            saying |= mentioning
            beside += [each for each in found.same_sector if each.sector in sectors]
        elif sectors:
            whole |= sectors
            if found.through or not found.campuses:
                notes += (search.through_sentence(registry, typed, [*sectors]),)

    def test(campus: Campus) -> bool:
        return campus["id"] in saying or not whole.isdisjoint(campus["sectors"])

    return Filter("sectors", test, notes, tuple(beside))


def by_region(registry: Registry, values: Iterable[str]) -> Filter:
    """Keep campuses of the regions meant by name, INSEE code, abbreviation or former name.

    A former region stands for its academies of 2017; ``DROM`` stands for all overseas regions.
    """
    wanted, notes = _meant(registry, "region", values)
    former = wanted - {region["code"] for region in registry["territories"]["regions"]}
    possible, academies = _possible_academies(registry), vocabulary.academies_of(registry, former)

    def test(campus: Campus) -> bool | None:
        return campus["region_code"] in wanted or _certainty(possible(campus), academies)

    return Filter("academy", test, notes)


def by_academy(registry: Registry, values: Iterable[str]) -> Filter:
    """Keep campuses of the academies of 2017 meant by name; a region's name, former or not, means all its academies."""
    wanted, notes = _meant(registry, "academy", values)
    possible = _possible_academies(registry)
    return Filter("academy", lambda campus: _certainty(possible(campus), wanted), notes)


def by_department(registry: Registry, values: Iterable[str]) -> Filter:
    """Keep campuses whose seat is in the departments meant by number or name."""
    wanted, notes = _meant(registry, "department", values)
    possible = _possible_departments(registry)
    return Filter("department_code", lambda campus: _certainty(possible(campus), wanted), notes)


def by_city(registry: Registry, values: Iterable[str]) -> Filter:
    """Keep campuses whose seat is in the cities meant by name or INSEE code; a commune may have none."""
    seats = {_seat(campus): campus["department_code"] for campus in registry["campuses"]}
    wanted: dict[str | None, str | None] = {}
    notes: tuple[str, ...] = ()
    for typed in values:
        refuse_exclusion(typed)
        if cities := vocabulary.meant(registry, "city", typed):
            wanted |= {seat: seats[seat] for seat in cities}
            continue
        from cmq_cli import places  # only a city without a campus is looked for among all communes

        communes = places.communes(typed)
        if not communes:
            raise UsageError(_unknown(registry, "city", typed))
        wanted |= {commune.code: commune.department for commune in communes}
        if seats.keys().isdisjoint(wanted):
            notes += (_no_seat(typed, communes),)
    departments = {code for code in wanted.values() if code}
    possible = _possible_departments(registry)

    def test(campus: Campus) -> bool | None:
        if _seat(campus) is not None:
            return _seat(campus) in wanted
        return False if departments.isdisjoint(possible(campus)) else None

    return Filter("city", test, notes)


def by_wave(registry: Registry, values: Iterable[str]) -> Filter:
    """Keep campuses of the waves meant by number; ``none`` means those whose wave isn't known or that came later.

    Where the wave isn't known, the dates of the label tell of which it can't be.
    """
    wanted: set[int | None] = set()
    for typed in values:
        refuse_exclusion(typed)
        meant = vocabulary.waves(registry, typed)
        if not meant:
            several = vocabulary.one_at_a_time("--wave", typed, partial(vocabulary.waves, registry))
            known = ", ".join([*(str(wave["number"]) for wave in registry["waves"]), "none"])
            unknown = _("Unknown wave: {typed}. Give one of: {known}. See: cmq waves")
            raise UsageError(several or unknown.format(typed=quoted(typed), known=known))
        wanted |= meant
    waves = [wave for wave in registry["waves"] if wave["number"] in wanted]

    def test(campus: Campus) -> bool | None:
        if campus["wave"] is not None or None in wanted:
            return campus["wave"] in wanted
        return None if any(_may_be_of(registry, campus, wave) for wave in waves) else False

    return Filter("wave", test)


def by_excellence(wanted: bool) -> Filter:
    """Keep campuses that a source says to hold, or to have held, the mention "excellence"; or not to."""
    return Filter("excellence", lambda campus: None if campus["excellence"] is None else campus["excellence"] == wanted)


def by_date(registry: Registry, typed: str) -> Filter:
    """Keep campuses whose label is proven by the last day of the date; of others that may have had it, nobody knows."""
    day, earliest = as_of_day(typed), possible_from(registry)

    def test(campus: Campus) -> bool | None:
        proof = proven_by(registry, campus)
        if proof is not None and proof <= day:
            return True
        return None if earliest(campus) <= day else False

    return Filter("labelled_on", test)


def as_of_day(typed: str) -> date:
    """Return the last day that the typed date can mean.

    Raises UsageError, with the accepted forms, when it isn't a date.
    """
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


def proven_by(registry: Registry, campus: Campus) -> date | None:
    """Return the first day on which the label is proven to exist, or None where nothing dates it.

    The earliest of: the last day of `labelled_on`, the last day of `attested_on`, the last announcement of the wave.
    """
    days = [last_day(text) for text in (campus["labelled_on"], campus["attested_on"]) if text]
    announced = [last_announced(wave) for wave in registry["waves"] if wave["number"] == campus["wave"]]
    return min([*days, *filter(None, announced)], default=None)


def possible_from(registry: Registry) -> Callable[[Campus], date]:
    """Return a function that tells the first day on which a label may have existed; `date.min` where nothing says.

    It isn't before the first announcement of all, nor that of the campus's wave, nor the first day of `labelled_on`.
    """
    first = first_announced(registry["waves"]) or date.min
    of_wave = {wave["number"]: first_announced([wave]) or first for wave in registry["waves"]}

    def earliest(campus: Campus) -> date:
        labelled = first_day(campus["labelled_on"]) if campus["labelled_on"] else first
        return max(first, labelled, first if campus["wave"] is None else of_wave[campus["wave"]])

    return earliest


def first_announced(waves: Iterable[Wave]) -> date | None:
    """Return the first day that the first announcement of the waves can mean, or None where there is none."""
    first = min((each["on"] for wave in waves for each in wave["announcements"]), key=last_day, default=None)
    return first_day(first) if first else None


def last_announced(wave: Wave) -> date | None:
    """Return the last day that the last announcement of the wave can mean, or None where there is none."""
    return max((last_day(each["on"]) for each in wave["announcements"]), default=None)


def refuse_unquoted(registry: Registry, words: Sequence[str], asked: Iterable[tuple[str, Sequence[str]]]) -> None:
    """Raise UsageError, with what to type, where a value and words to look for make one that means something else.

    `asked` gives each option with its values: ``("--region", ["pays"])``. On a command line nobody can tell words
    before an option from those behind its value, so that all that follow each other are tried.
    """
    for option, values in asked:
        if option == "--wave" and values and (more := [word for word in words if vocabulary.waves(registry, word)]):
            raise UsageError(vocabulary.one_at_a_time(option, ",".join([*values, *more]), str))
    runs = [" ".join(words[start:end]) for start in range(min(len(words), 8)) for end in range(start + 5, start, -1)]
    for option, values in asked if runs else ():
        kind = KINDS.get(option.removeprefix("--"))
        entries = kind.entries(registry) if kind else []
        for value, run in product(values, dict.fromkeys(runs) if entries else ()):
            whole = f"{value} {run}"
            meant = vocabulary.exactly(entries, whole)
            if not meant and option == "--city" and not vocabulary.exactly(entries, value):
                from cmq_cli import places  # only a city without a campus is looked for among all communes

                meant = {place.code for place in places.communes(whole)}
            if meant and meant != vocabulary.exactly(entries, value):
                sentence = _("{typed} is one value, of several words. Put it in quotes: {option} {value}")
                raise UsageError(sentence.format(typed=quoted(whole), option=option, value=shell(whole)))


def _may_be_of(registry: Registry, campus: Campus, wave: Wave) -> bool:
    """Tell whether the label may have come between the first and the last announcement of the wave."""
    first, last = first_announced([wave]), last_announced(wave)
    proof = proven_by(registry, campus)
    too_early = proof is not None and first is not None and proof < first
    too_late = bool(campus["labelled_on"]) and last is not None and first_day(campus["labelled_on"] or "") > last
    return not (too_early or too_late)


def _meant(registry: Registry, kind: str, values: Iterable[str]) -> tuple[set[str], tuple[str, ...]]:
    """Return what the values of a vocabulary mean, and a sentence on each that means several things.

    Raises UsageError, with the way to say it, where one means nothing.
    """
    wanted: set[str] = set()
    notes: tuple[str, ...] = ()
    for typed in values:
        refuse_exclusion(typed)
        found = vocabulary.meant(registry, kind, typed)
        if not found:
            raise UsageError(_unknown(registry, kind, typed))
        if len(found) > 1:
            names = semicolon().join(sorted(vocabulary.names(registry, kind, found), key=sort_key))
            notes += (_("{typed} means: {names}.", typed=quoted(typed), names=names),)
        wanted |= found
    return wanted, notes


def _unknown(registry: Registry, kind: str, typed: str) -> str:
    if several := vocabulary.one_at_a_time(f"--{kind}", typed, partial(vocabulary.meant, registry, kind)):
        return several
    unknown = _(KINDS[kind].unknown).format(typed=quoted(typed))
    if other := vocabulary.elsewhere(registry, typed):
        return told(unknown, other)
    near = vocabulary.near(registry, kind, typed)
    if not near:
        from cmq_cli import lookup  # what nothing else is called like may be a commune

        if commune := lookup.commune(typed):
            return told(unknown, commune)
    return told(unknown, perhaps(near), _(KINDS[kind].remedy))


def _no_seat(typed: str, communes: "Sequence[Place]") -> str:
    return ngettext(
        "No campus is known to have its seat in {typed}. Those around it: cmq near {place}",
        "No campus is known to have its seat in one of the {number} communes called {typed}. "
        "Those around the largest: cmq near {place}",
        len(communes),
        typed=quoted(typed),
        place=shell(str(communes[0])),
    )


def _possible_academies(registry: Registry) -> Callable[[Campus], set[str]]:
    territories = registry["territories"]
    of_department = {each["code"]: each["academy"] for each in territories["departments"]}

    def possible(campus: Campus) -> set[str]:
        if known := campus["academy"] or of_department.get(campus["department_code"] or ""):
            return {known}
        region = campus["region_code"]
        return {each["name"] for each in territories["academies"] if each["region_code"] == region}

    return possible


def _seat(campus: Campus) -> str | None:
    return campus["city_code"] or campus["city"]


def _possible_departments(registry: Registry) -> Callable[[Campus], set[str]]:
    departments = registry["territories"]["departments"]

    def possible(campus: Campus) -> set[str]:
        if campus["department_code"]:
            return {campus["department_code"]}
        inside = [each for each in departments if each["region_code"] == campus["region_code"]]
        return {each["code"] for each in inside if campus["academy"] in (None, each["academy"])}

    return possible


def _certainty(possible: Collection[str], wanted: Collection[str]) -> bool | None:
    """Tell whether what is one of the possible values is one of the wanted ones: surely, surely not, or maybe."""
    hits = sum(value in wanted for value in possible)
    if not hits:
        return False
    return True if hits == len(possible) else None
