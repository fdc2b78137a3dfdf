"""Resampling: planes stay planes, classes stay classes, voids stay voids."""

import numpy as np
import pyproj
import pytest

from linzhang_plugin.core.messages import InputError
from linzhang_plugin.core.terrain.raster import Raster
from linzhang_plugin.core.terrain.warp import Grid, grid_of, resampled, square_grid

UTM = pyproj.CRS.from_epsg(4547)


def degrees(rows=90, columns=110, cell=0.0003, left=114.9, top=25.9):
    transform = (cell, 0.0, left, 0.0, -cell, top)
    lon = left + cell * (np.arange(columns) + 0.5)
    lat = top - cell * (np.arange(rows) + 0.5)
    return transform, *np.meshgrid(lon, lat)


def test_a_smooth_surface_keeps_its_values_under_another_crs():
    transform, lon, lat = degrees()
    source = Raster(1000 * (lon - 114.9) + 2000 * (lat - 25.85), transform, "EPSG:4490")
    grid = square_grid(source, UTM)
    assert grid.cell == pytest.approx(33.2, abs=0.3)
    made = resampled(source, grid)
    a, _, c, _, e, f = grid.transform
    x, y = np.meshgrid(
        c + a * (np.arange(grid.columns) + 0.5), f + e * (np.arange(grid.rows) + 0.5)
    )
    back = pyproj.Transformer.from_crs(UTM, 4490, always_xy=True).transform(x, y)
    expected = 1000 * (back[0] - 114.9) + 2000 * (back[1] - 25.85)
    known = np.isfinite(made)
    assert known.mean() > 0.9
    inner = known.copy()
    inner[:2], inner[-2:], inner[:, :2], inner[:, -2:] = False, False, False, False
    assert made[inner] == pytest.approx(expected[inner], abs=0.16)


def test_the_same_grid_gives_the_same_array():
    transform, lon, _ = degrees(10, 12)
    source = Raster(lon.copy(), transform, "EPSG:4490")
    assert resampled(source, grid_of(source)) is source.array


def test_shifted_by_half_a_cell_a_plane_is_interpolated_and_voids_stay():
    array = np.add.outer(np.arange(8.0) * 10, np.arange(9.0))
    array[3, 4] = np.nan
    source = Raster(array, (10.0, 0, 0, 0, -10.0, 80.0), "EPSG:4547")
    made = resampled(source, Grid(8, 9, (10.0, 0, 2.0, 0, -10.0, 78.0), "EPSG:4547"))
    assert made[1, 1] == pytest.approx(11 + 0.2 + 2.0)
    assert np.isnan(made[3, 4])
    assert np.isfinite(made[3, 3])
    assert 30 < made[3, 3] < 40


def test_classes_are_never_mixed():
    rng = np.random.default_rng(0)
    source = Raster(
        rng.integers(1, 5, (40, 40)).astype(float), (10, 0, 0, 0, -10, 400), "EPSG:4547"
    )
    made = resampled(source, Grid(70, 70, (5.3, 0, 11, 0, -5.3, 390), "EPSG:4547"), classes=True)
    assert set(np.unique(made[np.isfinite(made)])) <= {1.0, 2.0, 3.0, 4.0}


def test_outside_is_void():
    source = Raster(np.ones((5, 5)), (10, 0, 0, 0, -10, 50), "EPSG:4547")
    assert np.isnan(resampled(source, Grid(3, 3, (10, 0, 500, 0, -10, 50), "EPSG:4547"))).all()


def test_a_place_out_of_reach_is_refused():
    transform, lon, _ = degrees(left=-66.0, top=95.0)
    with pytest.raises(InputError, match="reach"):
        square_grid(Raster(lon, transform, "EPSG:4490"), UTM)
