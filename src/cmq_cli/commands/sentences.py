"""Sentences that say how much an answer covers, so that nobody takes the registry for the whole truth."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cmq_cli import vocabulary
from cmq_cli.filters import as_of_day, first_announced, proven_by
from cmq_cli.language import N_, _, day, ngettext, number
from cmq_cli.registry import index, is_bundled
from cmq_cli.text import last_day

if TYPE_CHECKING:
    from datetime import date

    from cmq_cli.model import Campus, Registry, Wave
    from cmq_cli.options import FilterOptions


def counted(registry: "Registry", shown: int, found: int, filtered: bool) -> list[str]:
    """Return the sentences on how many campuses there are, of which so many are shown.

    Where nothing in particular was asked for, the bundled registry adds that there are more than it documents.
    """
    if not found:
        return [_("No campus of the registry matches.")]
    if shown < found:
        said = ngettext("{shown} of {number} campus.", "{shown} of the {number} campuses that match.", found)
    else:
        said = ngettext("{number} campus.", "{number} campuses.", found)
    return [said.format(shown=number(shown), number=number(found)), *([] if filtered else partly(registry))]


def partly(registry: "Registry") -> list[str]:
    """Return the sentence that the bundled registry doesn't document all campuses; one of the user's own may."""
    return [_("Not all campuses that exist are documented: cmq waves")] if is_bundled(registry) else []


def in_short(registry: "Registry") -> str:
    """Return the sentences at the head of a page: how much the registry knows, and of how many at the last full date.

    A date that is only a year or a month is no day on which anybody counted.
    """
    found = len(registry["campuses"])
    said = ngettext("{number} campus documented.", "{number} campuses documented.", found).format(number=number(found))
    days = [one["on"] for one in registry["milestones"] if one["campuses"] is not None and one["on"].count("-") == 2]
    return f"{said} {as_of(registry, max(days))}" if days and is_bundled(registry) else said


def as_of(registry: "Registry", typed: str) -> str:
    """Return the sentence that sets what is documented beside the latest official count at or before a date.

    Both are those of the whole country, whatever else is asked for. Raises UsageError for what is no date.
    """
    asked = as_of_day(typed)
    first = first_announced(registry["waves"])
    if first is not None and asked < first:
        return _("There was no campus yet: the first were announced on {day}.").format(day=day(first.isoformat()))
    if (official := official_count(registry, asked)) is None:
        return _("There is no official count that early.")
    total, on = official
    proofs = (proven_by(registry, campus) for campus in registry["campuses"])
    documented = sum(proof is not None and proof <= last_day(on) for proof in proofs)
    said = _("{documented} of the {official} campuses of the official count of {day} are documented.")
    return said.format(documented=number(documented), official=number(total), day=day(on))


def official_count(registry: "Registry", asked: "date") -> tuple[int, str] | None:
    """Return the latest count at or before a day that a source states, with its date; None where there is none."""
    announced = [one for wave in registry["waves"] for one in wave["announcements"] if one["basis"] == "stated"]
    counts = [(last_day(one["on"]), one["total"], one["on"]) for one in announced]
    counts += [(last_day(one["on"]), one["campuses"], one["on"]) for one in registry["milestones"] if one["campuses"]]
    known = [count for count in counts if count[0] <= asked]
    return max(known)[1:] if known else None


def of_waves(registry: "Registry", typed: Sequence[str]) -> list[str]:
    """Return a sentence on each wave that is meant: how many campuses of those that it announced are documented."""
    said = _("{documented} of the {announced} campuses announced by wave {wave} are documented: cmq waves {wave}")
    numbers = [campus["wave"] for campus in registry["campuses"]]
    return [
        said.format(documented=number(numbers.count(one)), announced=number(wave["new"]), wave=one)
        for one, wave in _waves(registry, typed).items()
        if wave
    ]


def _waves(registry: "Registry", typed: Sequence[str]) -> "dict[int | None, Wave | None]":
    """Return the waves that are meant, by number; None stands for that of the campuses without one."""
    wanted = {wave for one in typed for wave in vocabulary.waves(registry, one)}
    known = index(registry["waves"], "number")
    return {one: known.get(one) for one in sorted(wanted, key=lambda one: one or 0)}


def official(registry: "Registry", filters: "FilterOptions") -> tuple[int, str] | None:
    """Return the official number, with its date, of what filters ask for that are a date or waves alone."""
    if sum(value not in (None, []) for value in filters) != 1:
        return None
    if filters.as_of:
        return official_count(registry, as_of_day(filters.as_of))
    waves = [*_waves(registry, filters.wave or ()).values()]
    dates = [one["on"] for wave in waves if wave for one in wave["announcements"]]
    return (sum(wave["new"] for wave in waves if wave), max(dates, key=last_day)) if dates and all(waves) else None


_BASES = (
    ("sector", "sectors_basis", "assigned", N_("Of {number} this registry assigns the sectors, not a source.")),
    ("wave", "wave_basis", "deduced", N_("Of {number} the wave is deduced from the date of the label.")),
    ("academy", "academy_basis", "territory", N_("Of {number} the academy is deduced from the territory.")),
)


def not_stated(campuses: "Sequence[Campus]", fields: Sequence[str]) -> list[str]:
    """Return a sentence on each field that no source states for some of the campuses that are counted by it."""
    numbers = [
        (said, sum(dict(campus)[name] == basis for campus in campuses))
        for field, name, basis, said in _BASES
        if field in fields
    ]
    return [_(said).format(number=number(found)) for said, found in numbers if found]


def marks(campuses: "Sequence[Campus]") -> tuple[str, ...]:
    """Return what the marks in a table of campuses mean, in one line, if any stands there."""
    deduced = any(campus["wave_basis"] == "deduced" for campus in campuses)
    attested = any(campus["attested_on"] and not campus["labelled_on"] for campus in campuses)
    said = [_("* deduced, not stated by a source.")] if deduced else []
    said += [_("≤ attested by then; when it began is not known.")] if attested else []
    return (" ".join(said),) if said else ()
