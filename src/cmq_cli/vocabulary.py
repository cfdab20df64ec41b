"""What the values of filters may be called: whatever is accepted in one place is accepted in all."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple

from cmq_cli.language import N_, _, quoted, shell
from cmq_cli.registry import Registry
from cmq_cli.text import SMALL_WORDS, fit, fold, forms, plain, suggest, words

_OVERSEAS = ("DROM", "DOM", "DROM-COM", "DOM-TOM", "outre-mer")
"""What stands for all overseas regions."""

_CORSICA = ("2A", "2B")
"""The departments for which the number until 1976, 20, still stands, and their common name."""

_NUMERALS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")

_ORDINAL = r"0*(\d+|[ivx]+)(?:er|ere|re|nd|nde|i?eme|e)?"
"""A number as people write it, before it is folded: 4, 04, IV, 4e, IVème."""


class Entry(NamedTuple):
    """A value of a vocabulary: its name, the spellings that mean it exactly, and texts of which words may do so too."""

    value: str
    name: str
    exact: Sequence[str]
    partial: Sequence[str]


def _sectors(registry: Registry) -> list[Entry]:
    texts = [(each["id"], each["label"], each["keywords"]) for each in registry["sectors"]]
    return [Entry(id, label, (id, label, *keywords), (label, *keywords)) for id, label, keywords in texts]


def _regions(registry: Registry) -> list[Entry]:
    """Give those of today by INSEE code, and former ones by name."""
    territories = registry["territories"]
    entries = []
    for region in territories["regions"]:
        codes, besides = [region["code"]], region["abbreviations"]
        if region["overseas"]:
            codes += [each["code"] for each in territories["departments"] if each["region_code"] == region["code"]]
            besides = [*besides, *_OVERSEAS]
        entries.append(_place(region["code"], region["name"], codes, besides))
    return entries + [_place(each["name"], each["name"]) for each in territories["former_regions"]]


def _academies(registry: Registry) -> list[Entry]:
    return [_place(each["name"], each["name"]) for each in registry["territories"]["academies"]]


def _departments(registry: Registry) -> list[Entry]:
    return [
        _place(each["code"], each["name"], _numbers(each["code"]), ["Corse"] if each["code"] in _CORSICA else ())
        for each in registry["territories"]["departments"]
    ]


def _cities(registry: Registry) -> list[Entry]:
    """Give those in which a campus has its seat, by INSEE code, or by name without one."""
    seats = {(each["city"], each["city_code"], each["department_code"]) for each in registry["campuses"]}
    return [
        Entry(code or name, name, [name, *_coded(name, _numbers(department or "")), *filter(None, [code])], [name])
        for name, code, department in sorted(seats, key=str)
        if name
    ]


def _place(value: str, name: str, codes: Sequence[str] = (), besides: Sequence[str] = ()) -> Entry:
    return Entry(value, name, [name, *codes, *_coded(name, codes), *besides], [name])


def _coded(name: str, codes: Iterable[str]) -> list[str]:
    return [f"{name} ({code})" for code in codes]


def _numbers(department: str) -> list[str]:
    return [department, department.lstrip("0"), *(["20"] if department in _CORSICA else [])]


class Kind(NamedTuple):
    """A vocabulary: its values, the folded words that may stand beside one, and the sentences about it."""

    entries: Callable[[Registry], list[Entry]]
    besides: Collection[str]
    unknown: str
    remedy: str
    is_one: str


KINDS = {
    "region": Kind(
        _regions,
        ("region", "academique"),
        N_("Unknown region: {typed}."),
        N_("See: cmq regions"),
        N_("{name} is a region: cmq list --region {typed}"),
    ),
    "department": Kind(
        _departments,
        ("departement",),
        N_("Unknown department: {typed}."),
        N_("Give a name (Doubs) or a number (25, 2A, 974)."),
        N_("{name} is a department: cmq list --department {value}"),
    ),
    "academy": Kind(
        _academies,
        ("academie", "rectorat", "ac"),
        N_("Unknown academy: {typed}."),
        N_("See: cmq regions"),
        N_("{name} is an academy: cmq list --academy {typed}"),
    ),
    "sector": Kind(
        _sectors,
        ("secteur", "filiere", "domaine", "metier"),
        N_("Unknown sector: {typed}."),
        N_("See: cmq sectors; any word is looked for with: cmq list WORD"),
        N_("{name} is a sector: cmq list --sector {value}"),
    ),
    "city": Kind(
        _cities,
        ("ville", "commune"),
        N_("Unknown city: {typed}."),
        N_("Give a commune, or its INSEE code (25056)."),
        N_("{name} is a city with a campus: cmq list --city {typed}"),
    ),
}
"""The vocabularies by the option that takes their values, in the order in which a text is looked up in all."""

PLACES = ("region", "department", "academy")


def meant(registry: Registry, kind: str, typed: str) -> set[str]:
    """Return the values that a text means: sectors by id, regions, departments and cities by INSEE code.

    A former region is its name, and so are an academy and a city without a code. Several words may mean a sector that
    has them in several search words, and a place that is the only one partly called so; a region, its academies.
    """
    entries, said = KINDS[kind].entries(registry), _said(typed, KINDS[kind].besides)
    if exact := exactly(entries, typed, said):
        return exact
    partly = {entry.value for entry in entries if any(_occur(said, text) for text in entry.partial)}
    if kind == "sector":
        apart = [
            {entry.value for entry in entries if any(_occur([word], text) for text in entry.partial)} for word in said
        ]
        return partly or set.intersection(*apart or [set()])
    if kind == "academy" and len(partly) != 1:
        return academies_of(registry, meant(registry, "region", typed))
    return partly if len(partly) == 1 else set()


def whole_sectors(registry: Registry, typed: str) -> set[str]:
    """Return the ids of the sectors meant by id, label or words of the label, so that all their campuses are meant."""
    bare, said = plain(typed), _said(typed, KINDS["sector"].besides)
    ids = {each["id"] for each in registry["sectors"] if each["id"] == bare or forms(typed) & forms(each["id"])}
    return ids or {each["id"] for each in registry["sectors"] if _occur(said, each["label"])}


def academies_of(registry: Registry, regions: Collection[str]) -> set[str]:
    """Return the names of the academies of the regions, given by code, and of the former ones, given by name."""
    territories = registry["territories"]
    today = {academy["name"] for academy in territories["academies"] if academy["region_code"] in regions}
    return today.union(*(each["academies"] for each in territories["former_regions"] if each["name"] in regions))


def waves(registry: Registry, typed: str) -> set[int | None]:
    """Return the number of the wave meant (``4``, ``04``, ``IV``, ``4e``, ``vague 4``); None for ``none``."""
    said = "".join(word for word in words(typed) if word not in ("vague", "wave", "n", "no", "numero"))
    if said in ("none", "aucune"):
        return {None}
    number = re.fullmatch(_ORDINAL, said)
    known = [each["number"] for each in registry["waves"]]
    return {each for each in known if number and number[1] in (str(each), *_NUMERALS[each : each + 1])}


def elsewhere(registry: Registry, typed: str, kinds: Iterable[str] = (*PLACES, "sector")) -> str | None:
    """Return the sentence on what is called so: ``Doubs is a department: cmq list -d 25``; None where nothing is."""
    for kind in kinds:
        values = meant(registry, kind, typed)
        if len(values) > 1:
            several = _("{typed} means several values of {option}: cmq list {option} {value}")
            return several.format(typed=quoted(typed), option=f"--{kind}", value=shell(typed.strip()))
        for value in values:
            name = names(registry, kind, values)[0]
            return _(KINDS[kind].is_one).format(name=name, value=value, typed=shell(name))
    return None


def names(registry: Registry, kind: str, values: Collection[str]) -> list[str]:
    """Return what values are called."""
    return list(dict.fromkeys(each.name for each in KINDS[kind].entries(registry) if each.value in values))


def near(registry: Registry, kind: str, typed: str) -> list[str]:
    """Return what may be meant by a mistyped value, one spelling of each value: names and words, no codes."""
    entries = KINDS[kind].entries(registry) + (_regions(registry) if kind == "academy" else [])
    values = {text: entry.value for entry in entries for text in (entry.name, *entry.partial)}
    likely = suggest(typed, values, limit=len(values))
    return list({values[text]: text for text in reversed(likely)}.values())[::-1][:3]


def one_at_a_time(option: str, typed: str, known: Callable[[str], object]) -> str | None:
    """Return how to give several values that stand in one text, where all of them are known."""
    parts = [part.strip() for part in typed.replace(";", ",").split(",")]
    if len(parts) < 2 or not all(map(known, parts)):
        return None
    each = " ".join(f"{option} {shell(part)}" for part in parts)
    return _("{typed} are several values. Repeat the option: {each}", typed=quoted(typed), each=each)


def exactly(entries: Sequence[Entry], typed: str, said: Sequence[str] = ()) -> set[str]:
    """Return the values of which a spelling is the typed text, or its telling words; there may be several."""
    bare = plain(typed)
    same = {entry.value for entry in entries if any(bare == plain(text) for text in entry.exact)}
    if same:  # the usual case, found without folding every spelling
        return same
    wanted = forms(typed) | {"".join(said)}
    return {entry.value for entry in entries if any(wanted & forms(text) for text in entry.exact)}


def _said(typed: str, besides: Collection[str]) -> tuple[str, ...]:
    """Return the telling words of a value, without those that may be said too: "académie" before the name of one."""
    said = tuple(dict.fromkeys(words(typed)))
    return tuple(word for word in said if word not in besides) or said


def _occur(said: Sequence[str], text: str) -> bool:
    folded = fold(text)
    return not SMALL_WORDS.issuperset(said) and all(fit(word, folded) == 2 for word in said)
