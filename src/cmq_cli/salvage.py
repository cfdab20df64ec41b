"""What can be checked of a registry some values of which are wrong."""

from collections.abc import Iterable
from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

from cmq_cli.meaning import LISTS
from cmq_cli.problems import Finding, Steps
from cmq_cli.registry import parts


class Wrong:
    """The values that are wrong in themselves, so that no rule that looks at them can be asked."""

    def __init__(self, found: Iterable[Finding]) -> None:
        self.places = {finding.at for finding in found}
        self.above = {at[:length] for at in self.places for length in range(len(at) + 1)}
        for at, key in LISTS.items():
            depth = len(at)
            if any(place[:depth] == at and place[depth + 1 :] in ((), (key,)) for place in self.places):
                self.above.add((*at, key))  # so that what refers to the list may be right

    def touches(self, finding: Finding) -> bool:
        """Tell whether a rule looked at a value that is wrong in itself."""
        return any(
            at in self.above or any(at[:length] in self.places for length in range(len(at) + 1))
            for at in (finding.at, *finding.touches)
        )

    def leaving(self, kind: type, record: Any, at: Steps = ()) -> Any:
        """Return the record with something harmless in the place of what is wrong."""
        given = record if isinstance(record, dict) and at not in self.places else {}
        values: list[Any] = []
        for name, inner, many in parts(kind):
            here = (*at, name)
            value: Any = given.get(name)
            if inner is not None and many:
                items = value if isinstance(value, list) else []
                values.append(tuple(self.leaving(inner, item, (*here, row)) for row, item in enumerate(items)))
            elif inner is not None:
                values.append(self.leaving(inner, value, here))
            elif name not in given or here in self.places:
                values.append(_harmless(kind, name))
            elif many:  # whose items keep their positions
                values.append(tuple("" if (*here, row) in self.places else item for row, item in enumerate(value)))
            else:
                values.append(value)
        return kind(*values)


@cache
def _harmless(kind: type, field: str) -> Any:
    """Return a value of the field's type that no rule minds."""
    hint = get_type_hints(kind)[field]
    options = get_args(hint)
    if type(None) in options:
        return None
    if get_origin(hint) is Literal:
        return options[0]
    return () if options else hint()
