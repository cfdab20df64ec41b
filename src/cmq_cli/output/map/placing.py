"""Who is drawn where: each campus at the commune of its seat, or counted with its region; none at an invented point."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cmq_cli.model import Campus
from cmq_cli.output.map.frames import Frame, Point


class Mark(NamedTuple):
    """A campus at its seat, in metres, in the frame of that number."""

    campus: Campus
    frame: int
    point: Point


class Placing(NamedTuple):
    """The campuses on the map, those that are only counted with their region, and those that no frame can show."""

    marks: tuple[Mark, ...]
    unseated: dict[str, list[Campus]]
    """By the INSEE code of a region that has an outline."""
    unframed: dict[str, list[Campus]]
    """By the INSEE code of a region that has none."""
    outside: tuple[Campus, ...]
    """Those whose coordinates lie outside of the frame of their region."""
    campuses: tuple[Campus, ...]
    """All of them, in the order given."""


def placed(campuses: Iterable[Campus], frames: Sequence[Frame]) -> Placing:
    """Return where each campus is shown; each is in one of the four parts."""
    campuses = tuple(campuses)
    frame_of = {outline.code: at for at, frame in enumerate(frames) for outline in frame.outlines}
    marks: list[Mark] = []
    outside: list[Campus] = []
    unseated: dict[str, list[Campus]] = {}
    unframed: dict[str, list[Campus]] = {}
    for campus in campuses:
        at = frame_of.get(campus.region_code)
        if at is None:
            unframed.setdefault(campus.region_code, []).append(campus)
        elif campus.latitude is None or campus.longitude is None:
            unseated.setdefault(campus.region_code, []).append(campus)
        elif (point := frames[at].place(campus.latitude, campus.longitude)) is None:
            outside.append(campus)
        else:
            marks.append(Mark(campus, at, point))
    return Placing(tuple(marks), unseated, unframed, tuple(outside), campuses)
