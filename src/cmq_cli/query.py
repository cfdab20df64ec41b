"""Questions to the registry: which campuses, in what order, how many. Pure functions; nothing here prints."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from cmq_cli.errors import UsageError
from cmq_cli.filters import Filter
from cmq_cli.model import Campus, Registry
from cmq_cli.text import nearest, sort_key


@dataclass(frozen=True)
class Selection:
    """The campuses that match, and how many were left out because a field that would tell isn't known."""

    campuses: tuple[Campus, ...]
    left_out: dict[str, int]


def select(campuses: Iterable[Campus], filters: Sequence[Filter]) -> Selection:
    """Return the campuses that pass every filter, in the order given.

    A campus that no filter excludes but of which one can't tell is left out, and counted under that filter's field.
    """
    kept = []
    left_out: Counter[str] = Counter()
    for campus in campuses:
        answers = [(one.field, one.test(campus)) for one in filters]
        if any(answer is False for _, answer in answers):
            continue
        open_fields = [field for field, answer in answers if answer is None]
        if open_fields:
            left_out[open_fields[0]] += 1
        else:
            kept.append(campus)
    return Selection(tuple(kept), dict(left_out))
