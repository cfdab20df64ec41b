"""The colours and shapes of marks in a file: dark enough for a white letter, and each pair of them its own."""

from math import cos, pi, sin

COLORS = (
    "#8a5a00", "#6a3d9a", "#b8175e", "#a03c00", "#4d6200", "#0b5fa5",
    "#00695c", "#5a4a42", "#a3159a", "#b3261e", "#1b6e2c", "#3f4fb5",
)  # fmt: skip
"""By the number of the sector, over again where there are more sectors."""

NO_SECTOR = "#555555"

_SHAPES = ((0, 0.0), (4, pi / 4), (6, pi / 6), (4, 0.0), (8, pi / 8), (5, -pi / 2))
"""Corners, of which a circle has none, and the direction of the first; over again, like the colours."""

_REACH = {0: 1.0, 4: 1.22, 5: 1.18, 6: 1.1, 8: 1.06}
"""How far corners reach beyond the circle, so that all shapes look equally large."""


def color(number: int) -> str:
    """Return the colour of a sector, by its number; -1 is none."""
    return COLORS[number % len(COLORS)] if number >= 0 else NO_SECTOR


def shape(number: int, radius: float) -> str:
    """Return the outline of a sector's mark around 0, 0, as the ``d`` of an SVG path."""
    corners, first = _SHAPES[number % len(_SHAPES)] if number >= 0 else _SHAPES[0]
    if not corners:
        half = f"a{radius:g} {radius:g} 0 1 0"
        return f"M{-radius:g} 0{half} {2 * radius:g} 0{half} {-2 * radius:g} 0z"
    reach = radius * _REACH[corners]
    angles = (first + 2 * pi * at / corners for at in range(corners))
    return "M" + "L".join(f"{reach * cos(angle):.1f} {reach * sin(angle):.1f}" for angle in angles) + "z"
