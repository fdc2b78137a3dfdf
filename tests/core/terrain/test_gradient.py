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
    known = np.ones(x.shape, bool)
    east, south = gradient(x * np.sqrt(3), known, 2.0)
    assert slope_degrees(east, south) == pytest.approx(60, abs=1e-3)
    assert surface_factor(x * np.sqrt(3), known, 2.0) == pytest.approx(2, abs=1e-3)


def test_flat_ground_faces_nowhere():
    level, known = np.full((5, 5), 7.0), np.ones((5, 5), bool)
    east, south = gradient(level, known, 30.0)
    assert np.isnan(aspect_degrees(east, south)).all()
    assert (surface_factor(level, known, 30.0) == 1).all()


def test_the_surface_of_a_cone_adds_up():
    y, x = np.mgrid[-150:151, -150:151] * 1.0
    r = np.hypot(x, y)
    dem = np.maximum(0, 100 - r)
    inside = r < 99
    plan = inside.sum()
    factor = surface_factor(dem, np.ones(dem.shape, bool), 1.0)
    assert factor[inside].sum() == pytest.approx(plan * 2**0.5, rel=0.005)


@pytest.mark.parametrize("cell", [10.0, 30.0])
@pytest.mark.parametrize(("wave", "high"), [(200, 20), (300, 30), (600, 100), (1000, 150)])
def test_the_surface_of_waves_is_that_of_their_formula(cell, wave, high):
    k = 2 * np.pi / wave
    spots = np.arange(cell / 2, 3000, cell)
    x, y = np.meshgrid(spots, spots)
    dem = high * np.sin(k * x) * np.sin(0.8 * k * y + 1)
    inner = slice(4, -4)
    fine = np.arange(1.0, 3000, 2)[int(2 * cell) : -int(2 * cell)]
    x, y = np.meshgrid(fine, fine)
    across = high * k * np.cos(k * x) * np.sin(0.8 * k * y + 1)
    down = high * 0.8 * k * np.sin(k * x) * np.cos(0.8 * k * y + 1)
    truth = np.sqrt(1 + across**2 + down**2).mean()
    got = surface_factor(dem, np.ones(dem.shape, bool), cell)[inner, inner].mean()
    assert got == pytest.approx(truth, rel=0.005)


def test_the_surface_beside_voids_and_in_oblong_cells():
    y, x = np.mgrid[0:20, 0:30] * 1.0
    plane = 0.6 * x * 10 + 0.3 * y * 20
    known = np.ones(x.shape, bool)
    known[8:11, 8:11] = known[:, 20] = known[0, :3] = False
    known[1, 0] = False  # leaves no neighbour to the left of row 0
    factor = surface_factor(np.where(known, plane, -32768.0), known, (10.0, 20.0))
    assert factor[known] == pytest.approx(np.sqrt(1 + 0.36 + 0.09), abs=1e-4)
    alone = np.zeros((5, 5), bool)
    alone[2, 2] = True
    assert (surface_factor(np.full((5, 5), 9.0), alone, 10.0) == 1).all()
