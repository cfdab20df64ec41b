"""Draw the map of campuses: the cells in their colours, the legend, and what the map can't show."""

from collections.abc import Sequence
from itertools import groupby, zip_longest

from rich.text import Text

from cmq_cli.model import Campus, Registry
from cmq_cli.output.map import marks, telling
from cmq_cli.output.map.canvas import Cell
from cmq_cli.output.map.frames import CREDIT, Frame, Outline
from cmq_cli.output.map.placing import Placing
from cmq_cli.output.map.terminal import BESIDE, LEAST, Sheet, sheet, style_of
from cmq_cli.output.map.vicinity import FARTHEST_KM, vicinity
from cmq_cli.output.tables.frame import GAP, Look, Renderable, lines, note, page, paragraph, words
from cmq_cli.places import Place

LEGEND = 38
"""Columns of the legend beside the map."""

LEAST_ROWS = 14
"""Rows of the map, however low the window is."""

MOST_COLUMNS = 100
"""Columns of the map of a place: the list goes on below it."""

PROMPT = 1
"""Rows of the window that the shell's prompt takes below the answer."""


def campus_map(
    look: Look,
    registry: Registry,
    frames: Sequence[Frame],
    placing: Placing,
    remarks: Sequence[str],
    notes: Sequence[str] = (),
) -> Renderable:
    """Draw the map as large as the window allows, with the legend beside it where it is wide, else below it.

    The remarks stand below it; the notes, for which there must be room too, are said after it.
    """
    beside = look.width >= BESIDE + GAP + LEGEND
    width = look.width - (GAP + LEGEND) * beside
    entries = marks.legend(registry, placing.campuses)
    room = LEGEND if beside else look.width if look.width < BESIDE else (look.width - GAP) // 2
    legend = _in_columns(_legend(Look(room), entries), look.width // room if not beside else 1, room)

    def below(found: Sheet) -> Text | None:
        return note(look, *remarks, *_told(registry, placing, found))

    after = sum(len(paragraph(look, words(f"cmq: {sentence}")).split("\n")) for sentence in notes)

    def drawn(told: Text | None) -> Sheet:
        others = [PROMPT, after, *([] if beside else [1, len(legend)]), *([1, len(told.split("\n"))] if told else [])]
        return sheet(registry, frames, placing, (width, max(look.height - sum(others), LEAST_ROWS)), not look.braille)

    found = drawn(below(Sheet([])))
    if found.without_room or found.is_crowded:  # which is told below, and takes room there
        found = drawn(below(found))
    picture = [_text(row) for row in found.cells]
    if not beside:
        return page(lines(*picture) if picture else None, lines(*legend) if legend else None, below(found))
    return page(lines(*_abreast(picture, legend, width + GAP)), below(found))


def near_map(
    look: Look, registry: Registry, outlines: Sequence[Outline], place: Place, nearest: Sequence[tuple[Campus, float]]
) -> Renderable | None:
    """Draw a place and the campuses nearest to it, which are given with their distances in km."""
    columns = min(look.width, MOST_COLUMNS)
    view = vicinity(registry, outlines, place, nearest, (columns, max(columns // 4, LEAST_ROWS)), not look.braille)
    if not view.cells:
        return note(look, telling.NARROW.format(columns=LEAST))
    if not view.campuses:
        return note(look, telling.FAR.format(km=FARTHEST_KM, place=place)) if nearest else None
    legend = [line for entry in _legend(look, marks.legend(registry, view.campuses)) for line in entry]
    said = telling.VICINITY.format(place=place, number=len(view.campuses), km=round(view.width_km))
    below = note(look, said, f"{telling.LETTER} {CREDIT}")
    return page(lines(*map(_text, view.cells)), lines(*legend) if legend else None, below)


def _told(registry: Registry, placing: Placing, found: Sheet) -> list[str]:
    marked = "" if not placing.marks else telling.CROWDED if found.is_crowded else telling.LETTER
    counted = telling.UNSEATED_IN_SHORT if placing.unseated else ""
    return [
        " ".join(filter(None, (marked, counted))),
        " ".join([*telling.left_out(registry, placing, found.without_room), CREDIT]),
    ]


def _legend(look: Look, entries: Sequence[marks.Entry]) -> list[list[Text]]:
    """Return the lines of each entry of the legend: how many campuses a letter stands for."""
    found = []
    widest = max((len(str(entry.campuses)) for entry in entries), default=0)
    for entry in entries:
        text = paragraph(look, words(entry.label), f"{entry.letter} {entry.campuses:{widest}} ")
        text.stylize(style_of(entry.number), 0, 1)
        found.append(list(text.split("\n")))
    return found


def _in_columns(entries: Sequence[list[Text]], columns: int, width: int) -> list[Text]:
    """Return the lines of the entries in one column, or in two of which the longer one is as short as can be."""
    if columns < 2:
        return [line for entry in entries for line in entry]
    pairs = (
        [[line for entry in part for line in entry] for part in (entries[:at], entries[at:])]
        for at in range(len(entries), -1, -1)
    )
    first, second = min(pairs, key=lambda pair: max(map(len, pair)))
    return _abreast(first, second, width + GAP)


def _abreast(left: Sequence[Text], right: Sequence[Text], start: int) -> list[Text]:
    """Return lines with others beside them, which begin at a column."""
    pairs = zip_longest(left, right, fillvalue=words(""))
    return [one + words(" " * (start - one.cell_len)) + other for one, other in pairs]


def _text(row: Sequence[Cell]) -> Text:
    """Return a row of cells as text in their styles."""
    runs = groupby(row, key=lambda cell: cell.style)
    return words("").join(words("".join(cell.char for cell in run), style) for style, run in runs)
