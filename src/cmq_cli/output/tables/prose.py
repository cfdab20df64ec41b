"""Break French text into lines as a reader expects: at spaces and after hyphens, never inside a word."""

import re
from collections.abc import Iterator

from rich.cells import cell_len, chop_cells
from rich.text import Text

_SPACES = re.compile(r"(?<!«)(?<!n°)(?<!\d(?= \d{3}(?!\d))) +(?![%€‰:;!?»]|\(\w{1,3}\)|\[\d)")
"""Where a line may end: not before ``%``, ``:``, ``»``, ``(25)`` or ``[1]``, nor within ``10 000`` or ``n° 5``."""

_INSIDE = re.compile(r"(?<=[^\W_]-)(?<!\d-(?=\d))(?=[^\W_])|(?<=\])(?=\[\d)")
"""Where a word may be broken: after a hyphen, but not in ``2017-02-13``, and within ``[1][2]``."""


_ID = re.compile("[a-z0-9]+(-[a-z0-9]+)+")
"""An id on a line of its own stays whole, so that it can be copied."""


def pieces(line: str, whole_ids: bool = True) -> Iterator[tuple[int, int]]:
    """Yield where the parts of a line that stay whole begin and end; between them there are spaces, or nothing."""
    start = 0
    if whole_ids and _ID.fullmatch(line):
        yield start, len(line)
        return
    for match in [*_SPACES.finditer(line), None]:
        end = match.start() if match else len(line)
        if "://" not in line[start:end]:
            for inside in _INSIDE.finditer(line, start, end):
                yield start, inside.start()
                start = inside.start()
        yield start, end
        start = match.end() if match else end


def widest_line(text: Text) -> int:
    """Return how many columns the text takes when no line is broken."""
    return max(map(cell_len, text.plain.split("\n")))


def widest_piece(text: Text, addresses: bool = True, whole_ids: bool = True) -> int:
    """Return how many columns the text takes at least when no word, or no id, is broken, addresses counted or not."""
    found = (line[start:end] for line in text.plain.split("\n") for start, end in pieces(line, whole_ids))
    return max((cell_len(piece) for piece in found if addresses or "://" not in piece), default=0)


def wrap(text: Text, width: int, addresses_whole: bool = False) -> Text:
    """Return the text with its lines broken so that each takes at most the width.

    A word is broken only where it alone is wider than that; an address not even then, if it is to stay whole. What a
    line is indented by, its further lines are, too.
    """
    broken = (
        part for line in text.split("\n", allow_blank=True) for part in _indented(line, max(width, 1), addresses_whole)
    )
    return Text("\n", no_wrap=True, overflow="ignore").join(broken)


def _indented(line: Text, width: int, addresses_whole: bool) -> Iterator[Text]:
    margin = len(line.plain) - len(line.plain.lstrip(" "))
    if not margin or 2 * margin >= width:
        return _broken(line, width, addresses_whole)
    return (line[:margin] + part for part in _broken(line[margin:], width - margin, addresses_whole))


def _broken(line: Text, width: int, addresses_whole: bool) -> Iterator[Text]:
    plain = line.plain
    begin = finish = 0
    for start, end in pieces(plain):
        if start > begin and cell_len(plain[begin:end]) > width:
            yield line[begin:finish]
            begin = start
        if not (addresses_whole and "://" in plain[begin:end]):
            while cell_len(plain[begin:end]) > width:
                part = _head(plain[begin:end], width)
                yield line[begin : begin + len(part.rstrip(" "))]
                begin += len(part)
        finish = end
    yield line[begin:finish]


def _head(piece: str, width: int) -> str:
    """Return what fits of a piece that is too wide: up to its last space, or a hyphen of an id, else all there is."""
    head = next(filter(None, chop_cells(piece, width)))
    if head == piece:
        return head
    hyphens = _INSIDE.finditer(piece) if _ID.fullmatch(piece) else ()
    last = max((cut.start() for cut in hyphens if cut.start() <= len(head)), default=head.rfind(" ", 1) + 1)
    return head[:last] if last > 0 else head
