"""Partial dates: ``2017``, ``2017-02`` or ``2017-02-13``, never more precise than their source."""

import re
from calendar import monthrange
from datetime import date

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def first_day(text: str) -> date:
    """Return the first day that a partial date can mean.

    Raises ValueError when the text has none of the three forms or names a day that doesn't exist.

    >>> first_day("2017-02")
    datetime.date(2017, 2, 1)
    """
    year, month, day = _parts(text)
    return date(year, 1 if month is None else month, 1 if day is None else day)


def last_day(text: str) -> date:
    """Return the last day that a partial date can mean.

    Raises ValueError when the text has none of the three forms or names a day that doesn't exist.

    >>> last_day("2017-02")
    datetime.date(2017, 2, 28)
    """
    year, month, day = _parts(text)
    month = 12 if month is None else month
    return date(year, month, monthrange(year, month)[1] if day is None else day)


def _parts(text: str) -> tuple[int, int | None, int | None]:
    match = _FORM.fullmatch(text)
    if not match:
        raise ValueError("not a date of the form 2017-02-13, 2017-02 or 2017")
    year, month, day = match.groups()
    return int(year), int(month) if month else None, int(day) if day else None
