"""Records as text in the machine formats. Pure functions: they take records and give the text, piece by piece."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from cmq_cli import json_text
from cmq_cli.output.controls import BLANKED, KEPT_IN_CSV, escaped_in_json

if TYPE_CHECKING:
    from cmq_cli.output.records import Row


def as_json(records: "Iterable[Row]", single: bool) -> Iterator[str]:
    """Give one array; or, for a question about single records, one object each, one after the other."""
    if single:
        some = map(json_text.indented, records)
        pieces: Iterable[str] = (f"{text}\n" for text in chain([next(some, "[]")], some))
    else:
        pieces = chain(json_text.array(records), "\n")
    return map(_readable, pieces)


def as_jsonl(records: "Iterable[Row]") -> Iterator[str]:
    """Give one JSON object per line."""
    return (_readable(json.dumps(record, ensure_ascii=False)) + "\n" for record in records)


def as_geojson(records: "Iterable[Row]", properties: "Iterable[Row]") -> Iterator[str]:
    """Give a GeoJSON FeatureCollection (RFC 7946) of campuses with these properties.

    Longitude comes first; where no seat is known, the geometry is null.
    """
    features = map(_feature, records, properties)
    yield '{\n  "type": "FeatureCollection",\n  "features": '
    yield from map(_readable, json_text.array(features, "\n  "))
    yield "\n}\n"


def _feature(record: "Row", properties: "Row") -> "Row":
    known = record["latitude"] is not None and record["longitude"] is not None
    point = {"type": "Point", "coordinates": [record["longitude"], record["latitude"]]}
    return {"type": "Feature", "id": record["id"], "geometry": point if known else None, "properties": properties}


def _readable(text: str) -> str:
    """Escape what a terminal obeys; that is rare, and all of it is what Unicode calls unprintable."""
    return text if text.replace("\n", "").isprintable() else text.translate(escaped_in_json())


def as_tsv(records: "Iterable[Row]", columns: Sequence[str]) -> Iterator[str]:
    """Give tab-separated values with a header: one line per record, whatever is in it."""
    return ("\t".join(cell.translate(BLANKED) for cell in row) + "\n" for row in _rows(records, columns, flat))


def as_csv(records: "Iterable[Row]", columns: Sequence[str]) -> Iterator[str]:
    """Give comma-separated values as in RFC 4180, with a header; a text of several lines stays one value."""
    return _csv(_rows(records, columns, _for_csv), ",")


def as_excel(records: "Iterable[Row]", columns: Sequence[str]) -> Iterator[str]:
    """Give CSV that a French Excel or LibreOffice opens as it is: byte order mark, semicolons, decimal commas.

    Numbers are numbers, and every text stays the text that it is: "01" keeps its zero, and "=1+1" is not computed. All
    cells are quoted, because LibreOffice takes commas for separators too unless it is told otherwise.
    """
    return chain("\ufeff", _csv(_rows(records, columns, _for_excel), ";", all_quoted=True))


def _rows(records: "Iterable[Row]", columns: Sequence[str], cell: Callable[[Any], str]) -> Iterator[list[str]]:
    yield [*columns]
    for record in records:
        yield [cell(record[name]) for name in columns]


def _csv(rows: Iterable[Sequence[str]], delimiter: str, all_quoted: bool = False) -> Iterator[str]:
    import csv

    writer = csv.writer(
        _Echo(),
        delimiter=delimiter,
        lineterminator="\r\n",
        quoting=csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL,
    )
    return map(writer.writerow, rows)


class _Echo:
    """A file that gives back what is written to it, which the csv module hands on."""

    def write(self, text: str) -> str:
        return text


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
    if len(text) > _LONGEST_NUMBER or "\n" in text or not any(map(str.isdigit, text)):
        return text.strip().lower() in _TRUTHS
    return all(re.match(_IN_NUMBERS, word) for word in re.findall(r"[^\W\d_]+", text))


_LONGEST_NUMBER = 64
"""Characters in the longest date and time, in words; and Excel refuses a formula with a text of more than 255."""

_TRUTHS = frozenset(("vrai", "faux", "true", "false"))
_IN_NUMBERS = (
    r"(?i)[etz]$|[ap]m?$|jan|f[ée][vb]|ma[riy]|a[vp]r|ju[inl]|ao[uû]|aug|sep|oct|nov|d[ée]c"
    r"|lun|mar|mer|jeu|ven|sam|dim|mon|tue|wed|thu|fri|sat|sun"
)
"""Words of numbers and dates: 1e5, 10:30 pm, and the months and days in French and in English, long or short."""


def as_markdown(records: "Iterable[Row]", columns: Sequence[str]) -> Iterator[str]:
    """Give a Markdown table; addresses are links, and nothing else in the data is markup."""
    rows = _rows(records, columns, _for_markdown)
    return (f"| {' | '.join(row)} |\n" for row in chain([next(rows), ["---"] * len(columns)], rows))


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


FLAT: "dict[str, Callable[[Iterable[Row], Sequence[str]], Iterator[str]]]" = {
    "csv": as_csv,
    "tsv": as_tsv,
    "md": as_markdown,
}
"""The flat formats: a row per record, a column per field."""
