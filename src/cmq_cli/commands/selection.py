"""What list, count, near and map have in common: words and filters in, campuses out, and what is said of them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from cmq_cli import query
from cmq_cli.commands import sentences
from cmq_cli.filters import make, refuse_unquoted
from cmq_cli.language import N_, _, ngettext, number, quoted, shell
from cmq_cli.options import FilterOptions
from cmq_cli.registry import Campus, Registry, bundled, index
from cmq_cli.text import fold, told

if TYPE_CHECKING:
    from cmq_cli.search import Beside, Query

_WHY = {  # why the registry can't tell whether a campus passes a filter, by the field that the filter needs
    "academy": N_("academy not known"),
    "department_code": N_("department of the seat not known"),
    "city": N_("city of the seat not known"),
    "wave": N_("wave not known"),
    "labelled_on": N_("nothing proves the label by then"),
    "excellence": N_("no source says whether it holds the mention"),
}
_REST = ("aliases", "institutions", "attested_on", "specialties", "excellence_since", "website", "description", "notes")
MISSING = (*_WHY, *_REST)  # the facts that may be unknown


class Chosen(NamedTuple):
    """The campuses that were asked for, best fit first or by name, and what must be said of them."""

    campuses: list[Campus]
    notes: tuple[str, ...]  # on what was asked and what is left open; what the reader needs first comes first
    unsure: dict[str, list[Campus]]  # those that may match too, by the first field that would tell, but isn't known
    query: "Query | None"

    def notes_on(self, shown: int) -> tuple[str, ...]:
        """Return the notes on a list that shows so many of them, behind the sentence on how many there are."""
        found = len(self.campuses)
        if shown < found:
            said = _("{shown} of the {number} campuses that match.", shown=number(shown), number=number(found))
        elif found:
            said = ngettext("{number} campus.", "{number} campuses.", found)
        elif self.unsure or not self.query:
            said = _("No campus of the registry matches.")
        else:
            return self.notes  # they tell why there is none
        return (said, *self.notes)


def choose(
    registry: Registry,
    words: Sequence[str] | None,
    filters: FilterOptions,
    command: Sequence[str] = ("cmq", "list"),  # begins what is told to type
    missing: Sequence[str] = (),  # facts, of which they lack one; those of which a filter that needs it can't tell
) -> Chosen:
    """Return the campuses with all the words that pass all filters; raise UsageError for what means nothing."""
    words = list(words or ())
    chosen = _select(registry, words, filters, command, missing)
    notes = [*chosen.notes]
    if filters.as_of is not None:
        notes.append(sentences.as_of(registry, filters.as_of))
    notes += sentences.of_waves(registry, filters.wave or ())
    if filters.sector:
        notes += sentences.not_stated(chosen.campuses, ["sector"])
    for field, campuses in chosen.unsure.items():
        why = _(_WHY[field])
        said = ngettext("{number} more may match: {why}.", "{number} more may match: {why}.", len(campuses), why=why)
        see = shell("cmq", "list", *asked(filters, words), "--missing", field)
        notes.append(told(said, _("See: {command}", command=see)))
    if chosen.query and filters.excellence is None and "excellence" in map(fold, words):
        rest = asked(filters._replace(excellence=True), [word for word in words if fold(word) != "excellence"])
        notes.append(_("Those that hold the mention of excellence: {command}", command=shell(*command, *rest)))
    if chosen.query and chosen.query.aside:
        notes.append(_("Not looked for: {words}", words=", ".join(map(quoted, chosen.query.aside))))
    if registry is bundled() and not (asked(filters, words) or missing or "near" in command):
        notes.append(_("Not all campuses that exist are documented: cmq waves"))
    return chosen._replace(notes=tuple(filter(None, notes)))


def _select(
    registry: Registry, words: Sequence[str], filters: FilterOptions, command: Sequence[str], missing: Sequence[str]
) -> Chosen:
    """Return the campuses that are chosen, with what is to be said of how words and values were understood."""
    candidates, notes = query.sort(registry["campuses"]), list[str]()
    understood: Query | None = None
    same_sector: Sequence[Beside] = ()
    if words:
        from cmq_cli import lookup, search  # needed only for words

        refuse_unquoted(registry, words, filters._asdict())
        understood = search.understood(words, registry)
        searched = search.find(registry, understood)
        candidates, same_sector = searched.campuses, searched.same_sector
        if not candidates:
            notes.append(lookup.no_words(registry, understood, searched))
        notes += search.instead_sentences(understood)
        notes += [search.through_sentence(registry, word, sectors) for word, sectors in searched.through.items()]
    made = {name: make(registry, name, value) for name, value in filters._asdict().items() if value not in (None, [])}
    notes += [note for one in made.values() for note in one.notes]
    campuses, unsure = query.select(candidates, [*made.values()])
    if missing:
        lacking = [unsure.pop(field, []) or [one for one in campuses if _lacks(one, field)] for field in missing]
        ids = {campus["id"] for each in lacking for campus in each}
        campuses = [campus for campus in candidates if campus["id"] in ids]
    if words and candidates and not campuses and not unsure:
        said = _("No campus passes the filters; without them there would be {number}: {command}")
        notes.insert(0, said.format(number=number(len(candidates)), command=shell(*command, *words)))
    by_sector = made.pop("sector", None)
    pool = registry["campuses"]
    if by_sector:
        same_sector, pool = by_sector.same_sector, candidates
    others = {campus["id"] for campus in pool}.difference(campus["id"] for campus in campuses)
    for sector in dict.fromkeys(each.sector for each in same_sector if not missing):
        beside = next(each for each in same_sector if each.sector == sector)
        passing, _unsure = query.select(beside.campuses, [*made.values()])
        if more := sum(campus["id"] in others for campus in passing):
            rest = words if by_sector else [term.typed for term in beside.others]
            see = shell(*command, *asked(filters._replace(sector=[sector]), rest))
            notes.append(
                ngettext(  # which differ in French
                    "{number} more in the sector {sector} without a mention of {word}: {command}",
                    "{number} more in the sector {sector} without a mention of {word}: {command}",
                    more,
                    sector=index(registry["sectors"])[sector]["label"],
                    word=quoted(beside.term.typed),
                    command=see,
                )
            )
    return Chosen(campuses, tuple(notes), unsure, understood)


def _lacks(campus: Campus, field: str) -> bool:
    """Return whether a fact isn't known that would tell something: a dated label needs no proof of a later day."""
    if (field == "attested_on" and campus["labelled_on"]) or (field == "excellence_since" and not campus["excellence"]):
        return False
    return dict(campus)[field] in (None, [])


def asked(filters: FilterOptions, words: Sequence[str] | None = None) -> list[str]:
    """Return the words and options as they were typed, each value by itself, not quoted."""
    typed = [*(words or ())]
    for name, value in filters._asdict().items():
        if isinstance(value, bool):
            typed.append(f"--{name}" if value else f"--no-{name}")
        else:
            values = [value] if isinstance(value, str) else value
            for each in values or ():
                typed += [f"--{name.replace('_', '-')}", each]
    return typed
