"""Records as text in the forms that programs read, and in Markdown. Pure functions: values go in, text comes out."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cmq_cli.language import printable
from cmq_cli.output.answer import Row

_MARKUP = re.compile(r"[\\|<>*_`\[\]&~$]")
"""What is markup in the middle of a line, to one reader of Markdown or another."""

_SPELLED = re.compile(
    "[\x00-\t\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""What steers a terminal, begins a line or turns it round, for one reader or another, and halves of letters."""


def shown(text: str) -> str:
    """Return a text in which a terminal finds nothing to obey: that is spelled out as in JSON; line breaks stay."""
    return text if text.isprintable() else _SPELLED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def address(text: str | None) -> str | None:
    """Return an address of the web as it can be linked to, or None for anything else."""
    if text is None or not re.fullmatch(r"https?://\S+", text):
        return None
    from urllib.parse import quote

    return quote(text, safe="!#$%&'()*+,-./:;=?@_~[]", errors="replace")


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
    return printable(str(value))


def as_json(value: Row | Sequence[Row], indent: int | None = 2) -> str:
    """Return a record or an array of records as JSON, in which a terminal finds nothing to obey."""
    return shown(json.dumps(value, ensure_ascii=False, indent=indent)) + "\n"


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
    return "".join("\t".join(map(flat, row)) + "\n" for row in (headings, *rows))


def as_csv(headings: Sequence[str], rows: Rows) -> str:
    """Return comma-separated values as in RFC 4180, with a header."""
    import csv
    import io

    file = io.StringIO()
    csv.writer(file).writerows(map(flat, row) for row in (headings, *rows))
    return file.getvalue()


def as_markdown(headings: Sequence[str], rows: Rows) -> str:
    """Return a Markdown table; addresses are links, and nothing else in the data is markup."""
    cells = [[_for_markdown(value) for value in row] for row in (headings, *rows)]
    cells.insert(1, ["---"] * len(headings))
    return "".join(f"| {' | '.join(row)} |\n" for row in cells)


def _for_markdown(value: Any) -> str:
    text = flat(value).strip()
    link = address(text)
    return f"<{link}>" if link else _MARKUP.sub(r"\\\g<0>", text)


FLAT = {"csv": as_csv, "tsv": as_tsv, "md": as_markdown}
"""The forms of a row per record and a column per field."""
