"""Partial dates: ``2017``, ``2017-02`` or ``2017-02-13``, never more precise than their source."""

import re
from calendar import monthrange
from datetime import date

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def _parts(text: str) -> tuple[int, int | None, int | None]:
    match = _FORM.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is not a date of the form 2017-02-13, 2017-02 or 2017")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    return year, month, day


def first_day(text: str) -> date:
    """Return the first day that a partial date can mean.

    Raises ValueError when the text has none of the three forms or names a day that doesn't exist.
    """
    year, month, day = _parts(text)
    return date(year, month or 1, day or 1)


def last_day(text: str) -> date:
    """Return the last day that a partial date can mean.

    Raises ValueError when the text has none of the three forms or names a day that doesn't exist.
    """
    year, month, day = _parts(text)
    month = month or 12
    return date(year, month, day or monthrange(date(year, month, 1).year, month)[1])
