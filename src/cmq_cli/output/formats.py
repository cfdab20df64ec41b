"""Records, tables and pages as text, in the forms that need no library. Values go in, text comes out."""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from cmq_cli.language import printable
from cmq_cli.output.answer import Block, Cell, Drawing, Facts, Prose, Row, Table

_SPELLED = re.compile("[\0-\t\v-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What steers a terminal, begins a line or turns it round, for one reader or another, and halves of letters."""
_HELD = str.maketrans(" -", "\N{NO-BREAK SPACE}\N{NON-BREAKING HYPHEN}")
_WHOLE = re.compile(  # what stays whole in a line that has room for it
    r"(?<!\S)\S*?://\S*"  # an address
    r"|\(?\bcmq (?!.*\bcmq ).*"  # what is to be typed, which stands last
    r"|(?<!\S)\S+ \[\d\S*"  # a word with the numbers of its sources
    r"|(?<!\S)[^\w\s]*[a-z0-9]+(?:-[a-z0-9]+)+[^\w\s]*(?!\S)"  # an id
    r"|(?<=«) | (?=[%€‰:;!?»]|\(\w{1,3}\))|(?<=n°) |(?<=[≤=]) |(?<=\d) (?=\d{3}\b)"  # « 30 % », Meuse (55), 10 000
)


def shown(text: str) -> str:
    """Return a text in which a terminal finds nothing to obey: that is spelled out as in JSON; line breaks stay."""
    return text if text.isprintable() else _SPELLED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def pieces(line: str, width: int, breaks: bool = True) -> Iterator[slice]:
    """Give the parts of a line that fit a width, broken as a French reader expects; if it `breaks`, also in words."""
    from textwrap import wrap

    whole, end = held(line, width if breaks else len(line)), 0
    for part in wrap(whole, width, break_long_words=breaks, break_on_hyphens=breaks):
        start = whole.index(part, end)
        end = start + len(part)
        yield slice(start, end)


def held(text: str, width: int) -> str:
    """Return a text in which all that stays whole in a line of a width has no blank or hyphen to break it at."""
    return _WHOLE.sub(lambda found: found[0].translate(_HELD) if len(found[0]) <= width else found[0], text)


def address(text: str | None) -> str | None:
    """Return an address of the web as it can be linked to, or None for anything else."""
    if text is None or not re.fullmatch(r"https?://\S+", text):
        return None
    from urllib.parse import quote

    return quote(text, safe="!#$%&'()*+,-./:;=?@_~[]", errors="replace")


def flat(value: Any, between: str = "; ") -> str:
    """Return a value as the text of one cell: lists joined, those in lists by commas; records by their first field."""
    if isinstance(value, Mapping):
        return flat(next(iter(value.values()), None))
    if isinstance(value, list):
        return between.join(flat(each, ", ") for each in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else printable(str(value))


def as_json(value: Row | Sequence[Row], indent: int | None = 2) -> str:
    """Return a record or an array of records as JSON, in which a terminal finds nothing to obey."""
    return shown(json.dumps(value, ensure_ascii=False, indent=indent)) + "\n"


def as_geojson(records: Iterable[Row], properties: Iterable[Row]) -> str:
    """Return a GeoJSON FeatureCollection (RFC 7946) of campuses with these properties; null where no seat is known."""
    features = []
    for record, inside in zip(records, properties, strict=True):
        point = [record["longitude"], record["latitude"]]
        geometry = None if None in point else {"type": "Point", "coordinates": point}
        features.append({"type": "Feature", "id": record["id"], "geometry": geometry, "properties": inside})
    return as_json({"type": "FeatureCollection", "features": features})


def as_rows(form: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return a header and a line per row as ``csv`` (RFC 4180), ``tsv`` or ``md``, where only addresses are markup."""
    cells = [[*map(flat, row)] for row in (headings, *rows)]
    if form == "csv":
        import csv
        import io

        file = io.StringIO()
        csv.writer(file).writerows(cells)
        return file.getvalue()
    if form == "tsv":
        return "".join("\t".join(row) + "\n" for row in cells)
    cells = [[*map(_for_markdown, row)] for row in cells]
    cells.insert(1, ["---"] * len(headings))
    return "".join(f"| {' | '.join(row)} |\n" for row in cells)


def _for_markdown(text: str) -> str:
    link = address(text.strip())
    return f"<{link}>" if link else re.sub(r"[\\|<>*_`\[\]&~$]", r"\\\g<0>", text.strip())


def as_plain(blocks: Sequence[Block]) -> str:
    """Return blocks for a pipe: a line per record, aligned by spaces; nothing is wrapped, cut or coloured."""
    return "".join(f"{line.rstrip(' ')}\n" for block in spaced(blocks) for line in _lines(block))


def spaced(blocks: Sequence[Block]) -> Iterator[Block]:
    """Give the blocks with a blank line between them, but not before a marked text, which goes on with a list."""
    for at, block in enumerate(blocks):
        if at and not (isinstance(block, Prose) and block.mark and not block.title):
            yield Drawing([""])
        yield block


def _lines(block: Block) -> list[str]:
    if isinstance(block, Table):
        return _aligned([[heading.upper() for heading in block.headings], *block.rows], block.right)
    if isinstance(block, Drawing):
        return [*map(_text, block.lines)]
    title = [_text(block.title)] if block.title else []
    if isinstance(block, Facts):
        return [*title, *_aligned(block.rows)]
    return [*title, *f"{block.mark}{_text(block.text)}".split("\n")]


def _text(cell: Cell) -> str:
    return shown(cell if isinstance(cell, str) else "".join(span.text for span in cell))


def _aligned(rows: Sequence[Sequence[Cell]], right: Collection[int] = ()) -> list[str]:
    columns = []
    for at, cells in enumerate(zip(*rows, strict=True)):
        texts = [_text(cell).replace("\n", " ") for cell in cells]
        width = max(map(len, texts))
        columns.append([text.rjust(width) if at in right else text.ljust(width) for text in texts])
    return ["  ".join(row) for row in zip(*columns, strict=True)]
