"""What list, count, near and map have in common: words and filters in, campuses out, and what is said of them."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from cmq_cli import filters as by
from cmq_cli import query
from cmq_cli.commands import sentences
from cmq_cli.language import N_, _, ngettext, number, quoted, shell
from cmq_cli.options import FilterOptions
from cmq_cli.registry import Campus, Registry, index, is_bundled
from cmq_cli.text import fold, told
from cmq_cli.vocabulary import KINDS

if TYPE_CHECKING:
    from cmq_cli.filters import Filter
    from cmq_cli.search import Found, Query

_WHY = {
    "academy": N_("academy not known"),
    "department_code": N_("department of the seat not known"),
    "city": N_("city of the seat not known"),
    "wave": N_("wave not known"),
    "labelled_on": N_("nothing proves the label by then"),
    "excellence": N_("no source says whether it holds the mention"),
}
"""Why the registry can't tell whether a campus passes a filter, by the field that the filter needs to know."""

_REST = ("aliases", "institutions", "attested_on", "specialties", "excellence_since", "website", "description", "notes")
MISSING = (*_WHY, *_REST)
"""The facts that may be unknown."""

_FILTERS: "dict[str, Callable[[Registry, Any], Filter]]" = {
    "sector": by.by_sector,
    "region": by.by_region,
    "academy": by.by_academy,
    "department": by.by_department,
    "city": by.by_city,
    "wave": by.by_wave,
    "excellence": lambda _registry, wanted: by.by_excellence(wanted),
    "as_of": by.by_date,
}
"""What makes a filter of what is typed behind each option."""


class Chosen(NamedTuple):
    """The campuses that were asked for, best fit first or by name, and what must be said of them."""

    campuses: list[Campus]
    notes: tuple[str, ...]
    """Sentences on what was asked and what is left open; what the reader needs first comes first."""
    unsure: dict[str, list[Campus]]
    """The campuses that may match too, by the first field that would tell, but isn't known of them."""
    query: "Query | None"
    """What the words were understood as, if any were typed."""
    filtered: bool
    """Whether anything in particular was asked for."""

    def told(self, shown: int) -> tuple[str, ...]:
        """Return what is said of an answer: how many there are, of which so many are shown; then the notes."""
        found = len(self.campuses)
        if shown < found:
            said = _("{shown} of the {number} campuses that match.")
        elif found:
            said = ngettext("{number} campus.", "{number} campuses.", found)
        elif self.unsure or not self.query:
            said = _("No campus of the registry matches.")
        else:
            return self.notes  # they tell why there is none
        return (said.format(shown=number(shown), number=number(found)), *self.notes)


def choose(
    registry: Registry,
    words: Sequence[str] | None,
    filters: FilterOptions,
    command: Sequence[str] = ("cmq", "list"),
    missing: Sequence[str] = (),
) -> Chosen:
    """Return the campuses in which all the words occur, which pass all the filters, and lack one of the missing facts.

    Of those that lack a fact, all are given that may pass the filter that needs it. `command` begins what sentences
    tell to type. Raises UsageError for what means nothing, or was typed without its quotes.
    """
    words = list(words or ())
    by.refuse_unquoted(registry, words, [(f"--{name}", getattr(filters, name) or ()) for name in (*KINDS, "wave")])
    understood, found = _found(registry, words) if words else (None, None)
    candidates = found.campuses if found else query.sort(registry["campuses"], "name")
    typed = filters._asdict()
    wanted = {name: make(registry, typed[name]) for name, make in _FILTERS.items() if typed[name] not in (None, [])}
    chosen, unsure = query.select(candidates, [*wanted.values()])
    if missing:
        lacking = [campus for campus in chosen if any(_lacks(campus, field) for field in missing)]
        lacking += [campus for field in missing for campus in unsure.pop(field, ())]
        ids = {campus["id"] for campus in lacking}
        chosen = [campus for campus in candidates if campus["id"] in ids]
    notes = _on_words(registry, understood, found) if understood and found else []
    if found and found.campuses and not chosen and not unsure:
        said = _("No campus passes the filters; without them there would be {number}: {command}")
        notes.insert(0, said.format(number=number(len(found.campuses)), command=shell(*command, *words)))
    notes += [note for one in wanted.values() for note in one.notes]
    besides = wanted["sector"].same_sector if "sector" in wanted else found.same_sector if found else ()
    answered, commands = {campus["id"] for campus in chosen}, set[str]()
    for beside in besides if not missing else ():
        pool = candidates if "sector" in wanted else beside.campuses
        passing = query.select(pool, [one for name, one in wanted.items() if name != "sector"]).campuses
        more = [each for each in passing if beside.sector in each["sectors"] and each["id"] not in answered]
        if more and beside.sector not in commands:  # two words may have the sector in common
            commands.add(beside.sector)
            others = words if "sector" in wanted else [term.typed for term in beside.others]
            to_see = shell(*command, *asked(filters._replace(sector=[beside.sector]), others))
            label, word = index(registry["sectors"])[beside.sector]["label"], quoted(beside.term.typed)
            said = ngettext(  # which differ in French
                "{number} more in the sector {sector} without a mention of {word}: {command}",
                "{number} more in the sector {sector} without a mention of {word}: {command}",
                len(more),
                sector=label,
                word=word,
                command=to_see,
            )
            notes.append(said)
    if filters.as_of is not None:
        notes.append(sentences.as_of(registry, filters.as_of))
    notes += sentences.of_waves(registry, filters.wave or ())
    notes += sentences.not_stated(chosen, ["sector"] if filters.sector else [])
    for field, campuses in unsure.items():
        why, so_many = _(_WHY[field]), len(campuses)
        said = ngettext("{number} more may match: {why}.", "{number} more may match: {why}.", so_many, why=why)
        if field != "labelled_on":  # which --missing would look for in those that are answered too
            to_see = shell("cmq", "list", *asked(filters, words), "--missing", field)
            said = told(said, _("See: {command}", command=to_see))
        notes.append(said)
    if understood and filters.excellence is None and any(fold(word) == "excellence" for word in words):
        rest = [word for word in words if fold(word) != "excellence"]
        said = _("Those that hold the mention of excellence: {command}")
        notes.append(said.format(command=shell(*command, *asked(filters._replace(excellence=True), rest))))
    if understood and understood.aside:
        notes.append(_("Not looked for: {words}", words=", ".join(map(quoted, understood.aside))))
    filtered = bool(words or missing or command[2:]) or filters != FilterOptions()
    if not filtered and is_bundled(registry):
        notes.append(_("Not all campuses that exist are documented: cmq waves"))
    return Chosen(chosen, tuple(filter(None, notes)), unsure, understood, filtered)


def _lacks(campus: Campus, field: str) -> bool:
    """Return whether a fact isn't known that would tell something: a dated label needs no proof of a later day."""
    if (field == "attested_on" and campus["labelled_on"]) or (field == "excellence_since" and not campus["excellence"]):
        return False
    return dict(campus)[field] in (None, [])


def _found(registry: Registry, words: Sequence[str]) -> "tuple[Query, Found]":
    from cmq_cli import search  # needed only for words

    understood = search.understood(words, registry)
    return understood, search.find(registry, understood)


def _on_words(registry: Registry, understood: "Query", found: "Found") -> list[str]:
    """Return what was looked for instead of words, and where they were found; or what to try where they weren't."""
    from cmq_cli import lookup, search  # needed only for words

    notes = []
    if not found.campuses:
        notes.append(lookup.no_words(registry, understood, found))
    notes += search.instead_sentences(understood)
    return notes + [search.through_sentence(registry, word, sectors) for word, sectors in found.through.items()]


def asked(filters: FilterOptions, words: Sequence[str] | None = None) -> list[str]:
    """Return the words and options as they were typed, each value by itself, not quoted."""
    typed = [*(words or ())]
    for name, value in filters._asdict().items():
        if isinstance(value, bool):
            typed.append(f"--{name}" if value else f"--no-{name}")
        else:
            for each in [value] if isinstance(value, str) else value or ():
                typed += [f"--{name.replace('_', '-')}", each]
    return typed
