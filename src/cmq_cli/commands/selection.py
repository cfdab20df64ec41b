"""What list, count, near and map have in common: words and filters in, campuses out, and what is said of them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from cmq_cli import filters as by
from cmq_cli import query, search
from cmq_cli.commands import sentences
from cmq_cli.language import N_, _, ngettext, number, quoted
from cmq_cli.language import typed as shell
from cmq_cli.options import FilterOptions
from cmq_cli.registry import index

if TYPE_CHECKING:
    from cmq_cli.filters import Filter
    from cmq_cli.model import Campus, Registry
    from cmq_cli.search import Beside, Found, Query

MISSING = (
    "aliases",
    "academy",
    "department_code",
    "city",
    "institutions",
    "wave",
    "labelled_on",
    "attested_on",
    "specialties",
    "excellence",
    "excellence_since",
    "website",
    "description",
    "notes",
)
"""The facts that may be unknown, in the order of the model."""

_WHY = {
    "academy": N_("academy not known"),
    "department_code": N_("department of the seat not known"),
    "city": N_("city of the seat not known"),
    "wave": N_("wave not known"),
    "labelled_on": N_("nothing dates the label"),
    "attested_on": N_("label attested only later"),
    "excellence": N_("no source says whether it holds the mention"),
}
"""Why the registry can't tell whether a campus passes a filter, by the field that the filter needs to know."""

_LACKING = {"labelled_on": "attested_on", "attested_on": "labelled_on"}
"""What a campus lacks of which --as-of can't tell: one that nothing dates, a date that attests its label."""


class Chosen(NamedTuple):
    """The campuses that were asked for, and what must be said of them."""

    campuses: "list[Campus]"
    """Best fit first where words were looked for, else by name."""
    notes: tuple[str, ...]
    """Sentences on what was asked and what is left open; what the reader needs first comes first."""
    unsure: "dict[str, list[Campus]]"
    """The campuses that may match too, by the first field that would tell, but isn't known of them."""
    query: "Query"
    """What the words were understood as."""
    filtered: bool
    """Whether anything in particular was asked for."""

    @property
    def explained(self) -> bool:
        """Whether the notes tell why there is no campus: what was looked for isn't there."""
        return not self.campuses and not self.unsure and bool(self.query.alternatives)


def choose(
    registry: "Registry",
    words: Sequence[str] | None,
    filters: FilterOptions,
    command: str = "cmq list",
    missing: Sequence[str] = (),
) -> Chosen:
    """Return the campuses in which all the words occur, which pass all the filters, and lack one of the missing facts.

    Of those that lack a fact, all are given that may pass the filter that needs it. `command` begins what sentences
    tell to type. Raises UsageError for what means nothing, or was typed without its quotes.
    """
    words = list(words or ())
    if words and filters != FilterOptions():
        repeated = [(f"--{name}", values) for name, values in filters._asdict().items() if isinstance(values, list)]
        by.refuse_unquoted(registry, words, repeated)
    wanted = filters_of(registry, filters)
    understood = search.understood(words, registry)
    found = search.find(registry, understood) if understood.alternatives else None
    candidates = found.campuses if found else query.sort(registry["campuses"], "name")
    chosen, unsure = query.select(candidates, wanted)
    if missing:
        open_fields = [field for field in unsure if not {field, _LACKING.get(field)}.isdisjoint(missing)]
        may_match = [campus for field in open_fields for campus in unsure.pop(field)]
        lacking = [one for one in (*chosen, *may_match) if any(_lacks(registry, one, name) for name in missing)]
        ids = {campus["id"] for campus in lacking}
        chosen = [campus for campus in candidates if campus["id"] in ids]
    besides: list[tuple[Filter | None, Beside]] = [(one, each) for one in wanted for each in one.same_sector]
    notes = [note for one in wanted for note in one.notes]
    if found:
        outside = bool(found.campuses) and not chosen and not unsure
        notes = [*_on_words(registry, understood, found, outside, shell_line(command, words)), *notes]
        besides += [(None, each) for each in found.same_sector if not filters.sector]
    shown, known = ({campus["id"] for campus in campuses} for campuses in (chosen, candidates))
    for origin, beside in () if missing else besides:
        pool = [campus for campus in beside.campuses if origin is None or campus["id"] in known]
        passing = query.select(pool, [one for one in wanted if one is not origin]).campuses
        if more := sum(campus["id"] not in shown for campus in passing):
            typed = words if origin else [term.typed for term in beside.others]
            line = shell_line(command, asked(filters._replace(sector=[beside.sector]), typed))
            notes.append(_more(registry, beside, more, line))
    if filters.as_of is not None:
        notes.append(sentences.as_of(registry, filters.as_of))
    notes += sentences.of_waves(registry, filters.wave or ())
    if filters.sector and any(campus["sectors_basis"] == "assigned" for campus in chosen):
        notes.append(_("Sectors are assigned by this registry, not by a source."))
    notes += [_may_match(field, len(campuses), asked(filters, words)) for field, campuses in unsure.items()]
    if understood.aside:
        notes.append(_("Not looked for: {words}").format(words=", ".join(map(quoted, understood.aside))))
    return Chosen(chosen, tuple(notes), unsure, understood, bool(words or missing) or filters != FilterOptions())


def _on_words(registry: "Registry", understood: "Query", found: "Found", outside: bool, line: str) -> list[str]:
    """Return what was looked for instead of words, and where they were found; or what to try where they weren't."""
    said = _("{word}: looked for {words}")
    notes = [
        said.format(word=quoted(term.typed), words=", ".join(map(quoted, term.instead)))
        for term in understood.terms
        if term.instead
    ]
    notes += [search.through_sentence(registry, word, sectors) for word, sectors in found.through.items()]
    if not found.campuses:
        from cmq_cli import lookup  # needed only here

        notes.insert(0, lookup.no_words(registry, understood, line))
    if outside:
        elsewhere = ngettext(
            "No campus passes the filters; {number} outside them has the words: {command}",
            "No campus passes the filters; {number} outside them have the words: {command}",
            len(found.campuses),
        )
        notes.insert(0, elsewhere.format(number=number(len(found.campuses)), command=line))
    return notes


def _more(registry: "Registry", beside: "Beside", number_of: int, line: str) -> str:
    """Return how many campuses of a sector don't say a word, and how to see them."""
    said = ngettext(
        "{number} more in the sector {sector}, which doesn't mention {word}: {command}",
        "{number} more in the sector {sector}, which don't mention {word}: {command}",
        number_of,
    )
    sector = index(registry["sectors"])[beside.sector]["label"]
    return said.format(number=number(number_of), sector=sector, word=quoted(beside.term.typed), command=line)


def _may_match(field: str, campuses: int, typed: Sequence[str]) -> str:
    """Return how many campuses may match too, why nobody can tell, and how to see them."""
    said = ngettext(
        "{number} more may match: {why}. To see it: {command}",
        "{number} more may match: {why}. To see them: {command}",
        campuses,
    )
    if field == "attested_on":  # the command gives those too of which the registry can tell
        said = _("{number} more may match: {why}. Among others, they are in: {command}")
    line = shell_line("cmq list", [*typed, "--missing", _LACKING.get(field, field)])
    return said.format(number=number(campuses), why=_(_WHY[field]), command=line)


def _lacks(registry: "Registry", campus: "Campus", field: str) -> bool:
    """Tell whether a fact is missing where it would tell something: a dated label needs no date that attests it."""
    if field == "attested_on" and by.proven_by(registry, campus) is not None:
        return False
    if field == "excellence_since" and campus["excellence"] is not True:
        return False
    return dict(campus)[field] in (None, [])


def filters_of(registry: "Registry", options: FilterOptions) -> "list[Filter]":
    """Return the filters that the options ask for; raises UsageError for a value that means nothing."""
    repeated = (
        (by.by_sector, options.sector),
        (by.by_region, options.region),
        (by.by_academy, options.academy),
        (by.by_department, options.department),
        (by.by_city, options.city),
        (by.by_wave, options.wave),
    )
    chosen = [make(registry, values) for make, values in repeated if values]
    if options.excellence is not None:
        chosen.append(by.by_excellence(options.excellence))
    if options.as_of is not None:
        chosen += [by.dated(registry, options.as_of), by.by_date(registry, options.as_of)]
    return chosen


def asked(filters: FilterOptions, words: Sequence[str] | None = None) -> list[str]:
    """Return the words and options as they were typed, each value by itself, not quoted."""
    typed = [*(words or ())]
    for name, value in filters._asdict().items():
        option = f"--{name.replace('_', '-')}"
        if isinstance(value, bool):
            typed.append(option if value else f"--no-{name}")
        else:
            values = [value] if isinstance(value, str) else value or ()
            typed += [text for each in values for text in (option, each)]
    return typed


def shell_line(command: str, typed: Sequence[str]) -> str:
    """Return a command with what is typed behind it, in quotes where a shell needs them."""
    return " ".join((command, *map(shell, typed)))
