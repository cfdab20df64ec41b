"""Records as text in the forms that programs read, and in Markdown. Pure functions: values go in, text comes out."""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from cmq_cli.language import _
from cmq_cli.output.answer import Row

_CONTROLS = "\x00-\x1f\x7f-\x9f\u2028\u2029"
"""What steers a terminal or begins a line, for one reader or another."""

_REORDERING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"

_BLANKED = f"[{_CONTROLS}]"
_BLANKED_IN_QUOTES = f"(?![\n\t])[{_CONTROLS}]"
_SPELLED = f"(?!\n)[{_CONTROLS}{_REORDERING}\ud800-\udfff]"


def shown(text: str) -> str:
    """Return a text in which a terminal finds nothing to obey: that is spelled out as in JSON; line breaks stay.

    >>> shown("no\\n\\x1b[31mred")
    'no\\n\\\\u001b[31mred'
    """
    if text.isprintable():
        return text
    return re.sub(_SPELLED, lambda found: f"\\u{ord(found[0]):04x}", text)


def address(url: str | None) -> str | None:
    """Return an address of the web as it can be linked to, or None for anything else.

    >>> address("https://cmq.fr/à propos"), address("javascript:alert(1)")
    ('https://cmq.fr/%C3%A0%20propos', None)
    """
    if url is None or not url.startswith(("http://", "https://")):
        return None
    from urllib.parse import quote

    return quote(url, safe="!#$%&'()*+,-./:;=?@_~[]", errors="replace")


def as_json(value: Row | Sequence[Row], indent: int | None = 2) -> str:
    """Return a record or an array of records as JSON, in which a terminal finds nothing to obey."""
    return shown(json.dumps(value, ensure_ascii=False, indent=indent)) + "\n"


def as_jsonl(records: Iterable[Row]) -> str:
    """Return one JSON object per line."""
    return "".join(as_json(record, indent=None) for record in records)


def as_geojson(records: Iterable[Row], properties: Iterable[Row]) -> str:
    """Return a GeoJSON FeatureCollection (RFC 7946) of campuses with these properties.

    Longitude comes first; where no seat is known, the geometry is null.
    """
    features = []
    for record, inside in zip(records, properties, strict=True):
        point = [record["longitude"], record["latitude"]]
        geometry = None if None in point else {"type": "Point", "coordinates": point}
        features.append({"type": "Feature", "id": record["id"], "geometry": geometry, "properties": inside})
    return as_json({"type": "FeatureCollection", "features": features})


Rows = Iterable[Sequence[Any]]


def as_tsv(headings: Sequence[str], rows: Rows) -> str:
    """Return tab-separated values with a header: one line per record, whatever is in it."""
    lines = ("\t".join(re.sub(_BLANKED, " ", flat(value)) for value in row) for row in (headings, *rows))
    return "".join(f"{line}\n" for line in lines)


def as_csv(headings: Sequence[str], rows: Rows) -> str:
    """Return comma-separated values as in RFC 4180, with a header; a text of several lines stays one value."""
    import csv
    import io

    file = io.StringIO()
    csv.writer(file).writerows([in_quotes(value) for value in row] for row in (headings, *rows))
    return file.getvalue()


def in_quotes(value: Any) -> str:
    """Return a value as the text of a cell that may have several lines."""
    return re.sub(_BLANKED_IN_QUOTES, " ", flat(value).replace("\r\n", "\n").replace("\r", "\n"))


def as_markdown(headings: Sequence[str], rows: Rows) -> str:
    """Return a Markdown table; addresses are links, and nothing else in the data is markup."""
    cells = [[_for_markdown(value) for value in row] for row in (headings, *rows)]
    cells.insert(1, ["---"] * len(headings))
    return "".join(f"| {' | '.join(row)} |\n" for row in cells)


def _for_markdown(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(_for_markdown(flat(each)) for each in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    text = re.sub(_BLANKED, " ", flat(value)).strip()
    if text.startswith(("https://", "http://")) and not any(mark in text for mark in ' <>\\"'):
        return f"<{text}>".replace("|", "\\|")
    return "".join(f"\\{char}" if char in _MARKUP else char for char in text)


_MARKUP = frozenset("\\|<>*_`[]&~$")  # in the middle of a line, to one reader of Markdown or another


def flat(value: Any) -> str:
    """Return a value as the text of one cell: lists joined with ``; ``, nested records by their first field.

    >>> flat([True, None, 1.5, ["a", "b"], {"source": "x", "quote": "y"}])
    'true; ; 1.5; a, b; x'
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return flat(next(iter(value.values()), None))
    if isinstance(value, list):
        return "; ".join(", ".join(map(flat, each)) if isinstance(each, list) else flat(each) for each in value)
    return str(value)


FLAT: dict[str, Callable[[Sequence[str], Rows], str]] = {"csv": as_csv, "tsv": as_tsv, "md": as_markdown}
"""The forms of a row per record and a column per field."""
