"""Visibility against exact line of sight, on made and on real raw mountains."""

from pathlib import Path

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter

from linzhang_plugin.core.messages import CancelledError
from linzhang_plugin.core.terrain import viewshed
from tests.truth.line_of_sight import sees

REAL = Path(__file__).parents[4] / "shared/data/terrain/bigtujunga/bigtujunga.tif"


def rough(seed, shape=(160, 180)):
    rng = np.random.default_rng(seed)
    return sum(gaussian_filter(rng.normal(size=shape), s) * s**1.7 for s in (1, 3, 9, 25)) * 60


def compare(dem, reach, cell, eye, target, spots, draws, seed):
    """Count right, wrongly seen and missed cells over random observers and targets."""
    rng = np.random.default_rng(seed)
    rays = viewshed.fan(reach, cell)
    around = viewshed.padded(dem, np.ones(dem.shape, bool), reach)
    right = wrong = missed = 0
    for _ in range(spots):
        row, col = rng.integers(0, dem.shape[0]), rng.integers(0, dem.shape[1])
        seen = viewshed.seen_from(around, row, col, rays, eye, target)
        for _ in range(draws):
            r = rng.integers(max(0, row - reach), min(dem.shape[0], row + reach + 1))
            c = rng.integers(max(0, col - reach), min(dem.shape[1], col + reach + 1))
            truth = sees(dem, (row, col), (r, c), cell, eye, target)
            got = bool(seen[r - row + reach, c - col + reach])
            right += truth and got
            wrong += got and not truth
            missed += truth and not got
    return right / (right + missed), right / (right + wrong)


@pytest.mark.parametrize(("eye", "target"), [(1.5, 0.0), (3.5, 0.0), (30.0, 5.0)])
def test_agrees_with_exact_line_of_sight_on_rough_ground(eye, target):
    recall, precision = compare(rough(1), 70, 30.0, eye, target, 12, 250, 5)
    assert recall >= 0.98
    assert precision >= 0.98


@pytest.mark.skipif(not REAL.exists(), reason="no reference DEM beside the checkout")
def test_agrees_on_raw_mountains():
    rasterio = pytest.importorskip("rasterio")
    with rasterio.open(REAL) as source:
        dem = source.read(1).astype(float)
    recall, precision = compare(dem, 160, 30.0, 1.5, 0.0, 10, 500, 7)
    assert recall >= 0.98
    assert precision >= 0.98


def test_a_wall_hides_what_is_behind_it_and_nothing_else():
    dem = np.zeros((41, 41))
    dem[15, :] = 50.0
    seen = viewshed.seen_from(
        viewshed.padded(dem, np.ones(dem.shape, bool), 20), 20, 20, viewshed.fan(20, 10.0), 2.0
    )
    assert seen[15].all()
    # The row at the wall's foot is seen along it at a glancing angle, where the horizon is
    # interpolated with a ray that already climbs the wall: only there may cells be lost.
    assert seen[17:].all()
    assert seen[16].mean() > 0.3
    assert not seen[:15, :].any()


def test_a_target_tall_enough_is_seen_over_the_wall():
    dem = np.zeros((41, 41))
    dem[15, :] = 10.0
    around = viewshed.padded(dem, np.ones(dem.shape, bool), 20)
    rays = viewshed.fan(20, 10.0)
    # Sight from 2 m over the wall's top at 50 m climbs 8/50 a metre: 18 m at 100 m.
    assert not viewshed.seen_from(around, 20, 20, rays, 2.0, 17.5)[10, 20]
    assert viewshed.seen_from(around, 20, 20, rays, 2.0, 18.5)[10, 20]


def test_curvature_hides_the_foot_of_far_ground():
    dem = np.zeros((1, 301))
    around = viewshed.padded(dem, np.ones(dem.shape, bool), 300)
    bent = viewshed.seen_from(around, 0, 0, viewshed.fan(300, 30.0), 1.7)
    flat = viewshed.seen_from(around, 0, 0, viewshed.fan(300, 30.0, refraction=1.0), 1.7)
    # The horizon of an eye at 1.7 m with k = 0.13 is sqrt(2 R h / (1 - k)) = 4,990 m.
    last = np.flatnonzero(bent[300, 300:]).max() * 30.0
    assert last == pytest.approx(4990, abs=31)
    assert flat[300, 300:].all()


def test_nothing_is_seen_in_voids_or_beyond_the_limit():
    dem = np.zeros((61, 61))
    valid = np.ones(dem.shape, bool)
    valid[:, 40:] = False
    rays = viewshed.fan(30, 10.0, limit=150.0)
    counts = viewshed.times_seen(dem, valid, [(30, 30)], rays, 5.0)
    row, col = np.nonzero(counts)
    assert col.max() == 39
    assert np.hypot(row - 30, col - 30).max() <= 15.0
    assert counts[30, 16] == 1


def test_counts_add_up_over_observers_and_do_not_depend_on_their_order():
    dem = rough(3, (60, 60))
    valid = np.ones(dem.shape, bool)
    rays = viewshed.fan(25, 30.0)
    spots = [(5, 5), (30, 40), (59, 0), (30, 40)]
    together = viewshed.times_seen(dem, valid, spots, rays, 2.0)
    apart = sum(viewshed.times_seen(dem, valid, [s], rays, 2.0) for s in spots)
    assert (together == apart).all()
    assert (together == viewshed.times_seen(dem, valid, spots[::-1], rays, 2.0)).all()
    assert together.max() >= 2


def test_stops_when_told_to():
    dem = np.zeros((20, 20))
    with pytest.raises(CancelledError):
        viewshed.times_seen(
            dem,
            np.ones(dem.shape, bool),
            [(1, 1)],
            viewshed.fan(5, 10.0),
            1.0,
            progress=lambda fraction, message: False,
        )
