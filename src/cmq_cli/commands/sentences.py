"""Sentences that say how much an answer covers, so that nobody takes the registry for the whole truth."""

from collections.abc import Iterable, Sequence
from datetime import date

from cmq_cli import vocabulary
from cmq_cli.filters import announced, as_of_day, label_dates
from cmq_cli.language import N_, _, day, ngettext, number
from cmq_cli.options import FilterOptions
from cmq_cli.registry import Campus, Registry, Wave, bundled
from cmq_cli.text import last_day, told


def in_short(registry: Registry) -> str:
    """Return what stands at the head of a page: how much is known, of the bundled registry also out of how many."""
    said = ngettext("{number} campus documented.", "{number} campuses documented.", len(registry["campuses"]))
    days = [each["on"] for each in registry["milestones"] if each["campuses"] and each["on"].count("-") == 2]
    return told(said, as_of(registry, max(days)) if days and registry is bundled() else "")


def as_of(registry: Registry, typed: str) -> str:
    """Return what is documented beside the latest official count by a date; raise UsageError for what is no date."""
    counted = official(registry, FilterOptions(as_of=typed))
    if not counted:
        first = announced(registry["waves"])[0]
        known = first > date.min and registry["milestones"]
        return _("The first campuses were announced on {day}.", day=day(first.isoformat())) if known else ""
    total, on = counted
    documented = sum(label_dates(registry, campus)[1] <= last_day(on) for campus in registry["campuses"])
    return ngettext(
        "{number} of the {official} campuses of the official count of {day} is documented.",
        "{number} of the {official} campuses of the official count of {day} are documented.",
        documented,
        official=number(total),
        day=day(on),
    )


def official(registry: Registry, filters: FilterOptions) -> tuple[int, str] | None:
    """Return the latest official number, with its date, of what is asked for by a date alone, or by one wave alone."""
    counts: dict[date, tuple[int, str]] = {}
    if filters.as_of is not None and filters == FilterOptions(as_of=filters.as_of):
        until = as_of_day(filters.as_of)
        counted = [one for one in registry["milestones"] if one["campuses"] and last_day(one["on"]) <= until]
        counts = {last_day(one["on"]): (one["campuses"] or 0, one["on"]) for one in counted}
    elif filters.wave and filters == FilterOptions(wave=filters.wave) and len(filters.wave) == 1:
        waves = _waves(registry, filters.wave)
        counts = {last_day(one["on"]): (wave["new"], one["on"]) for wave in waves for one in wave["announcements"]}
    return counts[max(counts)] if counts else None


def of_waves(registry: Registry, typed: Iterable[str]) -> list[str]:
    """Return a sentence on each wave that is meant: how many campuses of those that it announced are documented."""
    numbers = [campus["wave"] for campus in registry["campuses"]]
    return [
        ngettext(
            "{number} of the {announced} campuses announced by wave {wave} is documented: cmq waves {wave}",
            "{number} of the {announced} campuses announced by wave {wave} are documented: cmq waves {wave}",
            numbers.count(wave["number"]),
            announced=number(wave["new"]),
            wave=wave["number"],
        )
        for wave in _waves(registry, typed)
    ]


def _waves(registry: Registry, typed: Iterable[str]) -> list[Wave]:
    meant = set().union(*(vocabulary.meant(registry, "wave", each) for each in typed))
    return [wave for wave in registry["waves"] if str(wave["number"]) in meant]


_NOT_STATED = {
    "sector": ("sectors_basis", "assigned", N_("The sectors of {number} are assigned by this registry, not a source.")),
    "wave": ("wave_basis", "deduced", N_("The wave of {number} is deduced from the date of the label.")),
    "academy": ("academy_basis", "territory", N_("The academy of {number} is deduced from the territory.")),
}


def not_stated(campuses: Sequence[Campus], fields: Iterable[str]) -> list[str]:
    """Return a sentence on each field that no source states for some of the campuses."""
    sentences = []
    for name, basis, said in (_NOT_STATED[field] for field in fields if field in _NOT_STATED):
        if found := sum(dict(campus)[name] == basis for campus in campuses):
            sentences.append(_(said, number=number(found)))
    return sentences


def marks(campuses: Sequence[Campus]) -> tuple[str, ...]:
    """Return what the marks in a table of campuses mean, in one line, if any stands there."""
    marks = []
    if any(campus["wave_basis"] == "deduced" for campus in campuses):
        marks.append(_("* deduced, not stated by a source."))
    if any(campus["attested_on"] and not campus["labelled_on"] for campus in campuses):
        marks.append(_("≤ attested by then; when it began is not known."))
    return (" ".join(marks),) if marks else ()
