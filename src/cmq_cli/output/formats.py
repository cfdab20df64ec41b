"""Records as text in the machine formats. Pure functions: they take records and return the whole text."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cmq_cli.output.records import Record, pick

NOT_CELLS = str.maketrans(dict.fromkeys([*range(32), 127, *range(128, 160), 8232, 8233], " "))
"""Control characters and line breaks, which would break a line of tab-separated values, become spaces."""


def as_json(records: Sequence[Record], single: bool) -> str:
    """Return one array; or, for a question about single records, one object each, one after the other."""
    if single:
        return "".join(_dumped(record) for record in records) or "[]\n"
    return _dumped(list(records))


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def as_jsonl(records: Sequence[Record]) -> str:
    """Return one JSON object per line."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def as_tsv(records: Sequence[Record], fields: Sequence[str]) -> str:
    """Return tab-separated values with a header: one line per record, whatever is in it."""
    rows = [fields, *([flat(record[name]) for name in fields] for record in records)]
    return "".join("\t".join(cell.translate(NOT_CELLS) for cell in row) + "\n" for row in rows)


def as_csv(records: Sequence[Record], fields: Sequence[str]) -> str:
    """Return comma-separated values as in RFC 4180, with a header."""
    return _csv([fields, *([flat(record[name]) for name in fields] for record in records)], ",")


def as_excel(records: Sequence[Record], fields: Sequence[str]) -> str:
    """Return CSV that a French Excel opens as it is: byte order mark, semicolons, decimal commas, no live formulas."""
    rows = [[_for_excel(record[name]) for name in fields] for record in records]
    return "\ufeff" + _csv([fields, *rows], ";")


def _csv(rows: Sequence[Sequence[str]], delimiter: str) -> str:
    import csv
    import io

    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def _for_excel(value: Any) -> str:
    if isinstance(value, float):
        return flat(value).replace(".", ",")
    if isinstance(value, int):
        return flat(value)
    text = flat(value)
    return f"'{text}" if text.lstrip()[:1] in ("=", "+", "-", "@") or text[:1] in ("\t", "\r") else text


def as_markdown(records: Sequence[Record], fields: Sequence[str]) -> str:
    """Return a Markdown table."""
    rows = [fields, ["---"] * len(fields), *([_for_markdown(record[name]) for name in fields] for record in records)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _for_markdown(value: Any) -> str:
    text = " ".join(flat(value).translate(NOT_CELLS).split())
    for mark in "\\|<>*_`[]":
        text = text.replace(mark, f"\\{mark}")
    return text


def as_geojson(records: Sequence[Record], fields: Sequence[str] | None = None) -> str:
    """Return a GeoJSON FeatureCollection (RFC 7946), longitude first; no known seat, no geometry.

    The properties are the fields, or all of them but the two that make the geometry.
    """
    features = [_feature(record, fields) for record in records]
    return _dumped({"type": "FeatureCollection", "features": features})


def _feature(record: Record, fields: Sequence[str] | None) -> Record:
    known = record["latitude"] is not None and record["longitude"] is not None
    point = {"type": "Point", "coordinates": [record["longitude"], record["latitude"]]}
    wanted = fields or [name for name in record if name not in ("latitude", "longitude")]
    properties = pick([record], wanted)[0]
    return {"type": "Feature", "id": record["id"], "geometry": point if known else None, "properties": properties}


def flat(value: Any) -> str:
    """Return a value as the text of one cell: lists joined with ``; ``, nested records by their first field."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return flat(next(iter(value.values()), None))
    if isinstance(value, (list, tuple)):
        return "; ".join(map(flat, value))
    return str(value)


FLAT: dict[str, Callable[[Sequence[Record], Sequence[str]], str]] = {
    "csv": as_csv,
    "tsv": as_tsv,
    "md": as_markdown,
}
"""The flat formats: a row per record, a column per field."""
