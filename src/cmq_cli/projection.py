"""From latitude and longitude (degrees) to a flat map (metres, x to the east and y to the north): pure functions.

Metropolitan France is drawn in Lambert-93, the projection of its official maps, so that it has the shape that people
know. pyproj, which knows all projections, takes longer to import than the map to be drawn; the tests compare with it.
"""

from collections.abc import Callable
from functools import partial
from math import atanh, cos, exp, radians, sin

Projection = Callable[[float, float], tuple[float, float]]
"""Takes latitude and longitude in degrees, returns x and y in metres."""

# IGN, NTG 71 and the definition of Lambert-93 (EPSG:2154): a conformal cone through the parallels of 44° and 49° N.
_ECCENTRICITY = 0.0818191910428158  # of the ellipsoid GRS 80
_EXPONENT = 0.7256077650532670
_CONSTANT = 11_754_255.426096
_POLE_X, _POLE_Y = 700_000.0, 12_655_612.049876
_MERIDIAN = radians(3)

_RADIUS = 6_371_008.8  # the mean radius of the WGS 84 ellipsoid, as the IUGG defines it


def lambert_93(latitude: float, longitude: float) -> tuple[float, float]:
    """Return a point of metropolitan France as x and y of Lambert-93.

    >>> [round(metres) for metres in lambert_93(46.5, 3)]
    [700000, 6600000]
    """
    sine = sin(radians(latitude))
    isometric = atanh(sine) - _ECCENTRICITY * atanh(_ECCENTRICITY * sine)
    radius, angle = _CONSTANT * exp(-_EXPONENT * isometric), _EXPONENT * (radians(longitude) - _MERIDIAN)
    return _POLE_X + radius * sin(angle), _POLE_Y - radius * cos(angle)


def around(latitude: float, longitude: float) -> Projection:
    """Return the projection for a map around a point, which becomes 0, 0; true to scale near its parallel.

    >>> [round(metres) for metres in around(45, 5)(46, 5)]
    [0, 111195]
    """
    return partial(_equirectangular, latitude, longitude)


def _equirectangular(lat0: float, lon0: float, latitude: float, longitude: float) -> tuple[float, float]:
    east = (longitude - lon0 + 180) % 360 - 180  # the short way round
    return _RADIUS * cos(radians(lat0)) * radians(east), _RADIUS * radians(latitude - lat0)
