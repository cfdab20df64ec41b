"""Degrees to metres, compared with PROJ, with known points, and with what a projection must keep."""

from math import cos, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from cmq_cli.places import distance_km
from cmq_cli.projection import around, lambert_93

PROJ = Transformer.from_crs("EPSG:4326", "EPSG:2154")
FRANCE = {"latitude": st.floats(41, 51.5), "longitude": st.floats(-5.5, 10)}


@given(**FRANCE)
def test_lambert_93_is_that_of_proj_to_a_millimetre(latitude, longitude):
    assert lambert_93(latitude, longitude) == pytest.approx(PROJ.transform(latitude, longitude), abs=0.001)


def test_lambert_93_has_the_origin_of_its_definition():
    assert lambert_93(46.5, 3) == pytest.approx((700_000, 6_600_000), abs=0.001)


@given(**FRANCE)
def test_lambert_93_is_true_to_scale_within_half_a_percent(latitude, longitude):
    """Along the meridian and along the parallel, which stay at right angles."""
    x, y = lambert_93(latitude, longitude)
    for step in ((0.01, 0), (0, 0.01)):
        x1, y1 = lambert_93(latitude + step[0], longitude + step[1])
        on_earth = distance_km(latitude, longitude, latitude + step[0], longitude + step[1])
        assert ((x1 - x) ** 2 + (y1 - y) ** 2) ** 0.5 / 1000 == pytest.approx(on_earth, rel=0.009)


@given(st.floats(-60, 60), st.floats(-180, 180), st.floats(-1, 1), st.floats(-1, 1))
def test_a_map_around_a_point_has_distances_from_it_right(latitude, longitude, north, east):
    project = around(latitude, longitude)
    assert project(latitude, longitude) == (0, 0)
    x, y = project(latitude + north, longitude + east)
    on_earth = distance_km(latitude, longitude, latitude + north, longitude + east)
    assert (x**2 + y**2) ** 0.5 / 1000 == pytest.approx(on_earth, rel=0.04, abs=0.01)
    assert (x > 0.001) == (east * cos(radians(latitude)) > 1e-8) or abs(east) < 1e-6
    assert (y > 0) == (north > 0) or abs(north) < 1e-9


def test_a_map_around_a_point_may_lie_across_the_date_line():
    x, _ = around(-17.5, -179.9)(-17.5, 179.9)
    assert x == pytest.approx(-0.2 * 111_195 * cos(radians(17.5)), rel=0.001)
