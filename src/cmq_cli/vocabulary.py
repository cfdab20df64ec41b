"""What the values of filters may be called: whatever is accepted in one place is accepted in all."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from cmq_cli.language import N_, _, quoted
from cmq_cli.language import typed as shell
from cmq_cli.text import SMALL_WORDS, fit, fold, forms, plain, suggest, words

if TYPE_CHECKING:
    from cmq_cli.model import Registry

_OVERSEAS = ("DROM", "DOM", "DROM-COM", "DOM-TOM", "outre-mer")
"""What stands for all overseas regions."""

_CORSICA = ("2A", "2B")
"""The departments for which the number until 1976, 20, still stands, and their common name."""

_NUMERALS = {1: "i", 5: "v", 10: "x"}
"""Roman numerals that `fold` leaves as they are, since they may be anything."""


class Entry(NamedTuple):
    """A value of a vocabulary: its name, the spellings that mean it exactly, and texts of which words may do so too."""

    value: str
    name: str
    exact: tuple[str, ...]
    partial: tuple[str, ...]


def sectors(registry: "Registry", typed: str) -> set[str]:
    """Return the ids of the sectors meant by id, label, words of the label, or search words."""
    entries, said = sector_entries(registry), _said(typed, ("secteur", "filiere", "domaine", "metier"))
    apart = [{entry.value for entry in entries if any(_occur([word], text) for text in entry.partial)} for word in said]
    return exactly(entries, typed, said) or _partly(entries, said) or set.intersection(*apart or [set()])


def whole_sectors(registry: "Registry", typed: str) -> set[str]:
    """Return the ids of the sectors meant by id, label or words of the label, so that all their campuses are meant."""
    said = _said(typed, ("secteur", "filiere", "domaine"))
    return {
        sector["id"]
        for sector in registry["sectors"]
        if forms(typed) & forms(sector["id"]) or _occur(said, sector["label"])
    }


def regions(registry: "Registry", typed: str) -> set[str]:
    """Return the INSEE codes of the regions meant by name, code or abbreviation, and the names of former ones."""
    return _one_place(region_entries(registry), typed, ("region", "academique"))


def academies(registry: "Registry", typed: str) -> set[str]:
    """Return the names of the academies meant by name; a region's name, former or not, means all its academies."""
    own = _one_place(academy_entries(registry), typed, ("academie", "rectorat", "ac"))
    return own or academies_of(registry, regions(registry, typed))


def academies_of(registry: "Registry", regions: Collection[str]) -> set[str]:
    """Return the names of the academies of the regions, given by code, and of the former ones, given by name."""
    territories = registry["territories"]
    today = {academy["name"] for academy in territories["academies"] if academy["region_code"] in regions}
    return today.union(*(each["academies"] for each in territories["former_regions"] if each["name"] in regions))


def departments(registry: "Registry", typed: str) -> set[str]:
    """Return the INSEE codes of the departments meant by number or name."""
    return _one_place(department_entries(registry), typed, ("departement",))


def cities(registry: "Registry", typed: str) -> set[str]:
    """Return the INSEE codes, or the names without one, of the cities with a campus that are meant by name or code."""
    return _one_place(city_entries(registry), typed, ("ville", "commune"))


def waves(registry: "Registry", typed: str) -> set[int | None]:
    """Return the number of the wave meant (``4``, ``04``, ``IV``, ``4e``, ``vague 4``); None for ``none``."""
    said = "".join(word for word in words(typed) if word not in ("vague", "wave", "n", "no", "numero"))
    if said in ("none", "aucune"):
        return {None}
    number = said.removesuffix("e").lstrip("0")
    known = [each["number"] for each in registry["waves"]]
    return {each for each in known if number in (str(each), _NUMERALS.get(each))}


def sector_entries(registry: "Registry") -> list[Entry]:
    """Return the vocabulary of sectors, by id."""
    texts = [(each["id"], each["label"], each["keywords"]) for each in registry["sectors"]]
    return [Entry(id, label, (id, label, *keywords), (label, *keywords)) for id, label, keywords in texts]


def region_entries(registry: "Registry") -> list[Entry]:
    """Return the vocabulary of regions: INSEE codes for those of today, names for former ones."""
    territories = registry["territories"]
    entries = []
    for region in territories["regions"]:
        name, codes, besides = region["name"], [region["code"]], region["abbreviations"]
        if region["overseas"]:
            codes += [each["code"] for each in territories["departments"] if each["region_code"] == region["code"]]
            besides = [*besides, *_OVERSEAS]
        coded = [f"{name} ({code})" for code in codes]
        entries.append(Entry(region["code"], name, (name, *codes, *coded, *besides), (name,)))
    return entries + [_named(each["name"]) for each in territories["former_regions"]]


def academy_entries(registry: "Registry") -> list[Entry]:
    """Return the vocabulary of academies, by name."""
    return [_named(each["name"]) for each in registry["territories"]["academies"]]


def department_entries(registry: "Registry") -> list[Entry]:
    """Return the vocabulary of departments, by INSEE code."""
    known = [(each["code"], each["name"]) for each in registry["territories"]["departments"]]
    return [
        Entry(code, name, (*_coded(name, code), *_codes(code), *(["Corse"] if code in _CORSICA else [])), (name,))
        for code, name in known
    ]


def city_entries(registry: "Registry") -> list[Entry]:
    """Return the vocabulary of the cities in which a campus has its seat, by INSEE code, or by name without one."""
    seats = {(each["city"], each["city_code"], each["department_code"]) for each in registry["campuses"]}
    return [
        Entry(code or name, name, (*_coded(name, department), *filter(None, [code])), (name,))
        for name, code, department in sorted(seats, key=str)
        if name
    ]


def _named(name: str) -> Entry:
    return Entry(name, name, (name,), (name,))


def _codes(department: str) -> list[str]:
    return [department, department.lstrip("0"), *(["20"] if department in _CORSICA else [])]


def _coded(name: str, department: str | None) -> list[str]:
    return [name, *(f"{name} ({code})" for code in _codes(department or ""))]


class Kind(NamedTuple):
    """A vocabulary of which values are words: its option, what a text means in it, and the sentences about it."""

    option: str
    meaning: "Callable[[Registry, str], set[str]]"
    entries: "Callable[[Registry], list[Entry]]"
    unknown: str
    remedy: str
    is_one: str


KINDS = {
    "region": Kind(
        "--region",
        regions,
        region_entries,
        N_("Unknown region: {typed}."),
        N_("See: cmq regions"),
        N_("{name} is a region: cmq list --region {typed}"),
    ),
    "department": Kind(
        "--department",
        departments,
        department_entries,
        N_("Unknown department: {typed}."),
        N_("Give a name (Doubs) or a number (25, 2A, 974)."),
        N_("{name} is a department: cmq list --department {value}"),
    ),
    "academy": Kind(
        "--academy",
        academies,
        lambda registry: [*academy_entries(registry), *region_entries(registry)],
        N_("Unknown academy: {typed}."),
        N_("See: cmq regions"),
        N_("{name} is an academy: cmq list --academy {typed}"),
    ),
    "sector": Kind(
        "--sector",
        sectors,
        sector_entries,
        N_("Unknown sector: {typed}."),
        N_("See: cmq sectors; any word is looked for with: cmq list WORD"),
        N_("{name} is a sector: cmq list --sector {value}"),
    ),
    "city": Kind(
        "--city",
        cities,
        city_entries,
        N_("Unknown city: {typed}."),
        N_("Give a commune, or its INSEE code (25056); a postal code isn't one."),
        N_("{name} is a city with a campus: cmq list --city {typed}"),
    ),
}

PLACES = ("region", "department", "academy")
"""In the order in which a text is looked up that may be in any; a sector is looked up last."""


def elsewhere(registry: "Registry", typed: str, kinds: Iterable[str] = (*PLACES, "sector")) -> str | None:
    """Return the sentence on what is called so: ``Doubs is a department: cmq list -d 25``; None where nothing is."""
    for kind in map(KINDS.__getitem__, kinds):
        values = kind.meaning(registry, typed)
        if len(values) > 1:
            several = _("{typed} means several values of {option}: cmq list {option} {value}")
            return several.format(typed=quoted(typed), option=kind.option, value=shell(typed.strip()))
        for value in values:
            name = next(entry.name for entry in kind.entries(registry) if entry.value == value)
            return _(kind.is_one).format(name=name, value=value, typed=shell(name))
    return None


def near(registry: "Registry", kind: str, typed: str) -> list[str]:
    """Return what may be meant by a mistyped value, one spelling of each value: names and words, no codes."""
    values = {text: entry.value for entry in KINDS[kind].entries(registry) for text in (entry.name, *entry.partial)}
    likely = suggest(typed, values, limit=len(values))
    return list({values[text]: text for text in reversed(likely)}.values())[::-1][:3]


def one_at_a_time(option: str, typed: str, known: Callable[[str], bool]) -> str | None:
    """Return how to give several values that stand in one text, where all of them are known."""
    parts = [part.strip() for part in typed.replace(";", ",").split(",")]
    if len(parts) < 2 or not all(map(known, parts)):
        return None
    each = " ".join(f"{option} {shell(part)}" for part in parts)
    return _("{typed} are several values. Repeat the option: {each}").format(typed=quoted(typed), each=each)


def _one_place(entries: Sequence[Entry], typed: str, besides: Collection[str]) -> set[str]:
    """Return the places called so; of places that are only partly called so, the one that there is."""
    said = _said(typed, besides)
    if exact := exactly(entries, typed, said):
        return exact
    found = _partly(entries, said)
    return found if len(found) == 1 else set()


def _said(typed: str, besides: Collection[str]) -> tuple[str, ...]:
    """Return the telling words of a value, without those that may be said too: "académie" before the name of one."""
    said = tuple(dict.fromkeys(words(typed)))
    return tuple(word for word in said if word not in besides) or said


def exactly(entries: Sequence[Entry], typed: str, said: Sequence[str] = ()) -> set[str]:
    """Return the values of which a spelling is the typed text, or its telling words; there may be several."""
    bare = plain(typed)
    same = {entry.value for entry in entries if any(bare == plain(text) for text in entry.exact)}
    if same:  # the usual case, found without folding every spelling
        return same
    wanted = forms(typed) | {"".join(said)}
    return {entry.value for entry in entries if any(wanted & forms(text) for text in entry.exact)}


def _partly(entries: Sequence[Entry], said: Sequence[str]) -> set[str]:
    """Return the values that have a text in which all the words occur."""
    return {entry.value for entry in entries if any(_occur(said, text) for text in entry.partial)}


def _occur(said: Sequence[str], text: str) -> bool:
    folded = fold(text)
    return not SMALL_WORDS.issuperset(said) and all(fit(word, folded) == 2 for word in said)
