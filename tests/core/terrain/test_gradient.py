"""Gradients of planes and cones are known exactly."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhang_plugin.core.terrain.gradient import (
    aspect_degrees,
    gradient,
    slope_degrees,
    surface_factor,
)

rise = st.floats(-3, 3, allow_nan=False)


@given(rise, rise, st.floats(0.5, 90))
def test_a_plane_has_its_gradient_everywhere_also_at_the_border(a, b, cell):
    y, x = np.mgrid[0:9, 0:12] * cell
    east, south = gradient(a * x + b * y, np.ones(x.shape, bool), cell)
    assert east == pytest.approx(a, abs=2e-3)
    assert south == pytest.approx(b, abs=2e-3)


def test_voids_leave_the_slopes_beside_them_alone():
    y, x = np.mgrid[0:20, 0:20] * 10.0
    dem = 0.4 * x - 0.2 * y
    valid = np.ones(dem.shape, bool)
    valid[8:11, 8:11] = False
    east, south = gradient(np.where(valid, dem, -9999.0), valid, 10.0)
    assert east[valid] == pytest.approx(0.4, abs=0.02)
    assert south[valid] == pytest.approx(-0.2, abs=0.02)
    assert (east[~valid] == 0).all()


@pytest.mark.parametrize(
    ("a", "b", "facing"), [(0, 1, 0), (-1, 0, 90), (0, -1, 180), (1, 0, 270), (-1, 1, 45)]
)
def test_aspect_is_the_compass_direction_downhill(a, b, facing):
    # b > 0: the ground rises towards the south, so it faces north.
    y, x = np.mgrid[0:7, 0:7] * 5.0
    east, south = gradient(a * x + b * y, np.ones(x.shape, bool), 5.0)
    assert aspect_degrees(east, south)[3, 3] == pytest.approx(facing, abs=1e-3)


def test_slope_and_surface_of_a_sixty_degree_face():
    _, x = np.mgrid[0:9, 0:9] * 2.0
    east, south = gradient(x * np.sqrt(3), np.ones(x.shape, bool), 2.0)
    assert slope_degrees(east, south) == pytest.approx(60, abs=1e-3)
    assert surface_factor(east, south) == pytest.approx(2, abs=1e-3)


def test_flat_ground_faces_nowhere():
    east, south = gradient(np.full((5, 5), 7.0), np.ones((5, 5), bool), 30.0)
    assert np.isnan(aspect_degrees(east, south)).all()
    assert (surface_factor(east, south) == 1).all()


def test_the_surface_of_a_cone_adds_up():
    y, x = np.mgrid[-150:151, -150:151] * 1.0
    r = np.hypot(x, y)
    dem = np.maximum(0, 100 - r)
    east, south = gradient(dem, np.ones(dem.shape, bool), 1.0)
    inside = r < 99
    plan = inside.sum()
    assert surface_factor(east, south)[inside].sum() == pytest.approx(plan * 2**0.5, rel=0.005)
