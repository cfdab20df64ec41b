"""What the values of filters may be called: whatever is accepted in one place is accepted in all."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple

from cmq_cli.errors import UsageError
from cmq_cli.language import N_, _, quoted, shell
from cmq_cli.registry import Registry
from cmq_cli.text import SMALL_WORDS, fit, fold, forms, perhaps, suggest, told, words

PLACES = ("region", "department", "academy")
UNKNOWN = {  # what is said of a value that means nothing, and what to do, by the option that takes it
    "region": (N_("Unknown region: {typed}."), N_("See: cmq regions")),
    "department": (N_("Unknown department: {typed}."), N_("Give a name (Doubs) or a number (25, 2A, 974).")),
    "academy": (N_("Unknown academy: {typed}."), N_("See: cmq regions")),
    "sector": (N_("Unknown sector: {typed}."), N_("See: cmq sectors; any word is looked for with: cmq list WORD")),
    "city": (
        N_("Unknown city: {typed}."),
        N_("Give a commune, in quotes if it has several words, or its INSEE code (25056)."),
    ),
    "wave": (N_("Unknown wave: {typed}."), N_("Give the number of a wave, or none. See: cmq waves")),
}
_IS_ONE = {
    "region": N_("{name} is a region: cmq list --region {typed}"),
    "department": N_("{name} is a department: cmq list --department {value}"),
    "academy": N_("{name} is an academy: cmq list --academy {typed}"),
    "sector": N_("{name} is a sector: cmq list --sector {value}"),
}
_OVERSEAS = ("DROM", "DOM", "DROM-COM", "DOM-TOM", "outre-mer")  # what stands for all overseas regions
_BESIDES = {  # folded words that say what a value is, and may stand beside it
    "region": ("region", "academique"),
    "department": ("departement",),
    "academy": ("academie", "rectorat", "ac"),
    "sector": ("secteur", "filiere", "domaine", "metier"),
    "city": ("ville", "commune"),
    "wave": ("vague", "wave", "n", "no", "numero"),
}
_ORDINALS = ("", "e", "eme", "ieme", "er", "re", "ere", "nd", "nde")
_NUMERALS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


class Entry(NamedTuple):
    """A value of a vocabulary: its name, texts of which words may mean it, and all the spellings that do exactly."""

    value: str
    name: str
    texts: Sequence[str]
    spellings: Sequence[str]


def _entry(value: str, name: str, codes: Collection[str] = (), texts: Collection[str] = ()) -> Entry:
    return Entry(value, name, (name, *texts), (name, *texts, *codes, *(f"{name} ({code})" for code in codes)))


def entries(registry: Registry, kind: str) -> list[Entry]:
    """Return the values of a vocabulary: sectors by id, waves by number or none, places by INSEE code or by name."""
    territories = registry["territories"]
    departments = territories["departments"]
    match kind:
        case "sector":
            return [_entry(each["id"], each["label"], [each["id"]], each["keywords"]) for each in registry["sectors"]]
        case "region":
            found = []
            for region in territories["regions"]:
                inside = [each["code"] for each in departments if each["region_code"] == region["code"]]
                besides = [*inside, *_OVERSEAS] if region["overseas"] else []
                codes = [region["code"], *region["abbreviations"], *besides]
                found.append(_entry(region["code"], region["name"], codes))
            return found + [_entry(each["name"], each["name"]) for each in territories["former_regions"]]
        case "academy":
            return [_entry(each["name"], each["name"]) for each in territories["academies"]]
        case "department":
            return [_entry(each["code"], each["name"], _numbers(each["code"])) for each in departments]
        case "city":
            seats = {(each["city"], each["city_code"], each["department_code"]) for each in registry["campuses"]}
            return [
                _entry(code or city, city, [code or city, *(f"{city} ({number})" for number in _numbers(department))])
                for city, code, department in sorted(seats, key=str)
                if city
            ]
        case _:
            found = [_entry("none", "none", texts=["aucune"])]
            for number in (wave["number"] for wave in registry["waves"]):
                figures = (str(number), f"0{number}", *_NUMERALS[number : number + 1])
                spelled = [figure + ordinal for figure in figures for ordinal in _ORDINALS]
                found.append(_entry(str(number), str(number), texts=spelled))
            return found


def _numbers(department: str | None) -> tuple[str, ...]:
    corsican = ("20", "Corse") if department in ("2A", "2B") else ()  # the number until 1976, and the common name
    return (department, department.lstrip("0"), *corsican) if department else ()


def meant(registry: Registry, kind: str, typed: str, *, keywords: bool = True) -> set[str]:
    """Return the values, as in `entries`, that a text means; without `keywords`, by their own name alone."""
    known = entries(registry, kind)
    if not keywords:
        known = [_entry(each.value, each.name, [each.value]) for each in known]
    telling = words(typed)
    said = [word for word in telling if word not in _BESIDES[kind]] or telling
    if exact := exactly(known, typed, "".join(said)):
        return exact
    texts = {each.value: " | ".join(map(fold, each.texts)) for each in known if not SMALL_WORDS.issuperset(said)}
    partly = {value for value, text in texts.items() if all(fit(word, text) == 2 for word in said)}
    if kind == "academy" and len(partly) != 1:  # all those of a region are meant by its name
        regions, territories = meant(registry, "region", typed), registry["territories"]
        former = (each["academies"] for each in territories["former_regions"] if each["name"] in regions)
        return {each["name"] for each in territories["academies"] if each["region_code"] in regions}.union(*former)
    return partly if kind == "sector" or len(partly) == 1 else set()


def elsewhere(registry: Registry, typed: str, kinds: Iterable[str] = _IS_ONE) -> str | None:
    """Return the sentence on what is called so: ``Doubs is a department: cmq list -d 25``; None where nothing is."""
    for kind in kinds:
        if values := meant(registry, kind, typed):
            name = value = typed.strip()
            if len(values) == 1:
                [name], [value] = names(registry, kind, values), values
            return _(_IS_ONE[kind], name=name, value=shell(value), typed=shell(name))
    return None


def names(registry: Registry, kind: str, values: Collection[str]) -> list[str]:
    """Return what values are called."""
    return list(dict.fromkeys(each.name for each in entries(registry, kind) if each.value in values))


def near(registry: Registry, kind: str, typed: str) -> list[str]:
    """Return what may be meant by a mistyped value, one spelling of each value: names and words, no codes."""
    known = entries(registry, kind) + (entries(registry, "region") if kind == "academy" else [])
    values = {text: each.value for each in known for text in each.texts}
    likely: dict[str, str] = {}
    for text in suggest(typed, values, limit=len(values)):
        likely.setdefault(values[text], text)
    return [*likely.values()][:3]


def one_at_a_time(option: str, typed: str, known: Callable[[str], object]) -> str | None:
    """Return how to give several values that stand in one text, where all of them are known."""
    parts = [part.strip() for part in typed.replace(";", ",").split(",")]
    if len(parts) < 2 or not all(map(known, parts)):
        return None
    each = " ".join(f"{option} {shell(part)}" for part in parts)
    return _("{typed} are several values. Repeat the option: {each}", typed=quoted(typed), each=each)


def not_one_of(known: Collection[str], option: str, typed: str, cannot: str) -> UsageError:
    """Return the error for what is typed behind an option and none of the known words, of which a message tells."""
    several = one_at_a_time(option, typed, lambda part: part.removeprefix("-") in known)  # as --sort has it: -name
    remedy = _("Give one of: {known}.", known=", ".join(known))
    return UsageError(several or told(_(cannot, typed=quoted(typed)), perhaps(suggest(typed, known)), remedy))


def exactly(known: Iterable[Entry], typed: str, folded: str = "") -> set[str]:
    """Return the values of which a spelling is the typed text, or a folded one; there may be several."""
    wanted = forms(typed) | {folded}
    return {each.value for each in known if any(wanted & forms(text) for text in each.spellings)}
