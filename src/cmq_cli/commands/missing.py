"""What is worth finding next: the campuses of which a field is not known."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from cmq_cli.errors import UsageError

if TYPE_CHECKING:
    from cmq_cli.model import Campus

FIELDS = (
    "aliases",
    "academy",
    "department_code",
    "city",
    "lead_institution",
    "members",
    "wave",
    "labelled_on",
    "labelled_by",
    "fields",
    "excellence",
    "excellence_since",
    "website",
    "description",
)
"""The facts that may be unknown, in the order of the model."""


def offers(incomplete: str) -> list[tuple[str, str]]:
    """Offer the fields that may be unknown to the shell."""
    return [(field, "") for field in FIELDS if field.startswith(incomplete)]


Missing = Annotated[
    list[str] | None,
    typer.Option(
        "--missing",
        metavar="FIELD",
        help="Campuses of which this is not known: city, wave, labelled_on, website, ...",
        autocompletion=offers,
    ),
]


def without(campuses: "Iterable[Campus]", fields: Sequence[str]) -> "list[Campus]":
    """Return the campuses of which one of the fields is not known.

    A label that is dated needs no `labelled_by`, and a mention that isn't held no `excellence_since`: they are missing
    where they would tell something. Raises UsageError, with the valid names, for a field that can't be missing.
    """
    for field in fields:
        if field not in FIELDS:
            from cmq_cli.text import nearest, shown
            from cmq_cli.values import one_at_a_time

            if several := one_at_a_time("--missing", field, FIELDS.__contains__):
                raise UsageError(several)
            near = nearest(field, FIELDS, cutoff=0.5)
            others = [each for each in FIELDS if each not in near]
            raise UsageError(f"Can't look for what lacks {shown(field)}. Give one of: {', '.join([*near, *others])}.")
    return [campus for campus in campuses if any(_is_missing(campus, field) for field in fields)]


def _is_missing(campus: "Campus", field: str) -> bool:
    if field == "labelled_by" and campus.labelled_on is not None:
        return False
    if field == "excellence_since" and campus.excellence is not True:
        return False
    return getattr(campus, field) in (None, ())
