"""Records as text in the machine formats. Pure functions: they take records and return the whole text."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cmq_cli.output.controls import BLANKED, ESCAPED_IN_JSON, KEPT_IN_CSV

if TYPE_CHECKING:
    from cmq_cli.output.records import Record


def as_json(records: "Sequence[Record]", single: bool) -> str:
    """Return one array; or, for a question about single records, one object each, one after the other."""
    if single:
        return "".join(_dumped(record, 2) for record in records) or "[]\n"
    return _dumped(list(records), 2)


def as_jsonl(records: "Sequence[Record]") -> str:
    """Return one JSON object per line."""
    return "".join(_dumped(record) for record in records)


def as_geojson(records: "Sequence[Record]", properties: "Sequence[Record]") -> str:
    """Return a GeoJSON FeatureCollection (RFC 7946) of campuses with these properties.

    Longitude comes first; where no seat is known, the geometry is null.
    """
    features = [_feature(record, kept) for record, kept in zip(records, properties, strict=True)]
    return _dumped({"type": "FeatureCollection", "features": features}, 2)


def _feature(record: "Record", properties: "Record") -> "Record":
    known = record["latitude"] is not None and record["longitude"] is not None
    point = {"type": "Point", "coordinates": [record["longitude"], record["latitude"]]}
    return {"type": "Feature", "id": record["id"], "geometry": point if known else None, "properties": properties}


def _dumped(value: Any, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent).translate(ESCAPED_IN_JSON) + "\n"


def as_tsv(records: "Sequence[Record]", columns: Sequence[str]) -> str:
    """Return tab-separated values with a header: one line per record, whatever is in it."""
    return "".join("\t".join(cell.translate(BLANKED) for cell in row) + "\n" for row in _rows(records, columns, flat))


def as_csv(records: "Sequence[Record]", columns: Sequence[str]) -> str:
    """Return comma-separated values as in RFC 4180, with a header; a text of several lines stays one value."""
    return _csv(_rows(records, columns, _for_csv), ",")


def as_excel(records: "Sequence[Record]", columns: Sequence[str]) -> str:
    """Return CSV that a French Excel or LibreOffice opens as it is: byte order mark, semicolons, decimal commas.

    Numbers are numbers, and every text stays the text that it is: "01" keeps its zero, and "=1+1" is not computed.
    """
    return "\ufeff" + _csv(_rows(records, columns, _for_excel), ";")


def _rows(records: "Sequence[Record]", columns: Sequence[str], cell: Callable[[Any], str]) -> list[list[str]]:
    return [[*columns], *([cell(record[name]) for name in columns] for record in records)]


def _csv(rows: Sequence[Sequence[str]], delimiter: str) -> str:
    import csv
    import io

    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def _for_csv(value: Any) -> str:
    return flat(value).replace("\r\n", "\n").replace("\r", "\n").translate(KEPT_IN_CSV)


def _for_excel(value: Any) -> str:
    if isinstance(value, float):
        return flat(value).replace(".", ",")
    text = _for_csv(value)
    if isinstance(value, int):
        return text
    if text.lstrip()[:1] in _FORMULA:
        return f"'{text}"
    quoted = text.replace('"', '""')
    return f'="{quoted}"' if _looks_like_a_number(text) else text


_FORMULA = tuple("=+-@＝＋－＠")
"""How a cell begins that a spreadsheet computes; some take the wide forms for the same."""


def _looks_like_a_number(text: str) -> bool:
    """Tell whether a spreadsheet may take a text for a number, date, time or truth, and change it: 01, 2017-02, 5 mars.

    It may say yes too often, which costs nothing: the cell shows the same text.
    """
    if "\n" in text or not any(map(str.isdigit, text)):
        return text.strip().lower() in _TRUTHS
    return all(re.match(_IN_NUMBERS, word) for word in re.findall(r"[^\W\d_]+", text))


_TRUTHS = frozenset(("vrai", "faux", "true", "false"))
_IN_NUMBERS = r"(?i)[etz]$|[ap]m$|jan|f[ée][vb]|ma[riy]|a[vp]r|ju[inl]|ao[uû]|aug|sep|oct|nov|d[ée]c"
"""Words of numbers and dates: 1e5, 10:30 pm, and the months in French and in English, long or short."""


def as_markdown(records: "Sequence[Record]", columns: Sequence[str]) -> str:
    """Return a Markdown table; addresses are links, and nothing else in the data is markup."""
    head, *body = _rows(records, columns, _for_markdown)
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, ["---"] * len(columns), *body))


def _for_markdown(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return "; ".join(_for_markdown(flat(each)) for each in value)
    text = flat(value).translate(BLANKED).strip()
    if text.startswith(("https://", "http://")) and not any(mark in text for mark in ' <>\\"'):
        return f"<{text}>".replace("|", "\\|")
    return "".join(f"\\{char}" if char in _MARKUP else char for char in text)


_MARKUP = frozenset("\\|<>*_`[]&~$")
"""What Markdown, or GitHub's, may take for markup in the middle of a line."""


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
    if isinstance(value, (list, tuple)):
        return "; ".join(
            ", ".join(map(flat, each)) if isinstance(each, (list, tuple)) else flat(each) for each in value
        )
    return str(value)


FLAT: "dict[str, Callable[[Sequence[Record], Sequence[str]], str]]" = {
    "csv": as_csv,
    "tsv": as_tsv,
    "md": as_markdown,
}
"""The flat formats: a row per record, a column per field."""
