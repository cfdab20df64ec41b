"""Marks that would hide each other, moved apart: pure functions on points of a plane."""

from collections.abc import Sequence
from itertools import product
from math import cos, dist, hypot, pi, sin, sqrt

from cmq_cli.output.map.frames import Point

MOST = 400
"""Marks beyond which there is no room to move them apart."""

_ROUNDS = 120
_GOLDEN = pi * (3 - sqrt(5))
"""An angle whose multiples never come back to the same direction."""


def spread(points: Sequence[Point], apart: float) -> list[Point]:
    """Return the points moved so that they are about so far apart, each as little as possible; the same each time.

    Points that are apart stay where they are. More than `MOST` are returned as they are.
    """
    if len(points) > MOST:
        return list(points)
    # Points at the same place have no direction to leave it in: each gets one of its own.
    moved = [(x + cos(at * _GOLDEN) / 100, y + sin(at * _GOLDEN) / 100) for at, (x, y) in enumerate(points)]
    for _ in range(_ROUNDS):
        pushes = _pushes(moved, apart)
        if not pushes:
            break
        for at, (x, y) in pushes.items():
            moved[at] = (moved[at][0] + x, moved[at][1] + y)
    return [start if dist(start, end) < 0.02 else end for start, end in zip(points, moved, strict=True)]


def _pushes(points: Sequence[Point], apart: float) -> dict[int, Point]:
    """Return how far each point that is too near to another is pushed away."""
    buckets: dict[tuple[int, int], list[int]] = {}
    for at, (x, y) in enumerate(points):
        buckets.setdefault((int(x // apart), int(y // apart)), []).append(at)
    pushes: dict[int, Point] = {}
    for (column, row), here in buckets.items():
        around = [
            each
            for step in product((-1, 0, 1), repeat=2)
            for each in buckets.get((column + step[0], row + step[1]), ())
        ]
        for at, other in product(here, around):
            (x1, y1), (x2, y2) = points[at], points[other]
            gap = hypot(x1 - x2, y1 - y2)
            if at != other and gap < apart - 0.05:
                x, y = pushes.get(at, (0.0, 0.0))
                strength = (apart - gap) / 2 / gap
                pushes[at] = (x + (x1 - x2) * strength, y + (y1 - y2) * strength)
    return pushes


def roomiest(candidates: Sequence[Point], marks: Sequence[Point], border: Sequence[Point], radius: float) -> Point:
    """Return the candidate that is farthest from the border, and from what the marks of that radius cover."""

    def room(point: Point) -> float:
        distances = (*(dist(point, mark) - radius for mark in marks), *(dist(point, corner) for corner in border))
        return min(distances, default=0.0)

    return max(candidates, key=room)
