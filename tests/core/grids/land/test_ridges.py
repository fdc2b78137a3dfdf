"""Ridges as borders: a planted ridge parts what it should, and nothing else moves."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pyproj
import pytest
import shapely

from linzhang_plugin.core.grids.job import Request, optimize
from linzhang_plugin.core.grids.land.links import link_stands
from linzhang_plugin.core.grids.land.ridges import crest_over, ridge_links, stretched
from linzhang_plugin.core.grids.params import AFRESH, GridParams
from linzhang_plugin.core.progress import silent
from linzhang_plugin.core.terrain.raster import Raster
from tests.core.grids.test_county import FIELDS
from tests.truth.small_counties import county, squares

CRS = pyproj.CRS(4547)
WEST, SOUTH, CELL = 499_000.0, 2_849_000.0, 30.0


def land(height, columns: int = 400, rows: int = 300) -> Raster:
    """Give a DEM of 12 × 9 km whose height is a function of x and y from the stands' corner."""
    x = WEST + (np.arange(columns) + 0.5) * CELL - 500_000.0
    y = SOUTH + (rows - np.arange(rows) - 0.5) * CELL - 2_850_000.0
    return Raster(
        height(*np.meshgrid(x, y)),
        (CELL, 0.0, WEST, 0.0, -CELL, SOUTH + rows * CELL),
        "EPSG:4547",
    )


def ridge(at: float):
    """Give a sharp ridge of 150 m along x = ``at``."""
    return land(lambda x, y: 100.0 + np.maximum(0.0, 150.0 - 0.5 * np.abs(x - at)))


def places(columns: int, rows: int) -> tuple[np.ndarray, np.ndarray]:
    shapes = squares(columns, rows)
    xy = shapely.get_coordinates(shapely.centroid(shapes))
    return xy, link_stands(shapes, np.zeros(len(shapes), dtype=np.int64), 0.0)


def test_links_over_the_planted_ridge_are_found_and_no_others():
    xy, links = places(10, 6)
    over = ridge_links(xy, links, ridge(3000.0), CRS)
    column = (xy[links][:, :, 0] - 500_000.0) // 600.0
    expected = (column.min(axis=1) == 4) & (column.max(axis=1) == 5)
    assert over.tolist() == expected.tolist()
    climb = crest_over(xy, links, ridge(3000.0), CRS)
    # The centres lie 300 m from the crest: half of the 150 m below it, but for the cells.
    assert climb[expected] == pytest.approx(np.full(expected.sum(), 150.0), abs=25.0)


def test_slopes_and_valleys_are_no_ridges_and_move_nothing():
    xy, links = places(8, 5)
    for dem in (
        land(lambda x, y: 0.2 * x + 0.1 * y),
        land(lambda x, y: 0.5 * np.abs(x - 2400.0)),
        land(lambda x, y: 100.0 + 2.0 * np.sin(x / 90.0)),
    ):
        assert not ridge_links(xy, links, dem, CRS).any()
        assert (stretched(xy, links, dem, CRS, 1.0) == xy).all()


def test_a_ridge_opens_a_gap_of_its_climb_and_leaves_each_side_as_it_is():
    xy, links = places(10, 6)
    moved = stretched(xy, links, ridge(3000.0), CRS, 1.0)
    column = ((xy[:, 0] - 500_000.0) // 600.0).astype(int)
    climb = crest_over(xy, links, ridge(3000.0), CRS).max()
    shift = moved - xy
    assert np.ptp(shift[column < 5], axis=0) == pytest.approx([0.0, 0.0], abs=1e-6)
    assert np.ptp(shift[column > 4], axis=0) == pytest.approx([0.0, 0.0], abs=1e-6)
    opened = shift[column > 4].mean(axis=0) - shift[column < 5].mean(axis=0)
    assert opened == pytest.approx([7.92 * climb, 0.0], rel=0.05, abs=1e-6)
    half = stretched(xy, links, ridge(3000.0), CRS, 0.5) - xy
    assert half == pytest.approx(shift / 2.0, abs=1e-6)
    assert (stretched(xy, links, ridge(3000.0), CRS, 0.0) == xy).all()
    assert (stretched(xy, links, None, CRS, 1.0) == xy).all()


def test_parts_without_links_and_a_dem_elsewhere_are_taken_as_they_are():
    xy, links = places(6, 4)
    both = np.vstack([xy, xy + np.array([9_000_000.0, 0.0])])
    twice = np.vstack([links, links + len(xy)])
    moved = stretched(both, twice, ridge(1800.0), CRS, 1.0)
    assert np.isfinite(moved).all()
    assert (moved[len(xy) :] == both[len(xy) :]).all()
    assert (stretched(xy, links[:0], ridge(1800.0), CRS, 1.0) == xy).all()


def borders_on_the_ridge(dem, weight: float, seed: int = 0) -> float:
    """Give the share of the ridge's length that is a border between grids."""
    stands = county(columns=12, rows=8, towns=1)
    stands["previous_grid_code"] = ""
    stands["village_code"] = ""
    params = GridParams(AFRESH, 40.0, 0.0, 1e9, None, 5, effort=0, seed=seed, weight_ridge=weight)
    plan = optimize(Request(stands, FIELDS, None, params=params, dem=dem), 1, "", silent)
    assert plan.figures["N_DISCONNECTED"] == 0 and plan.figures["N_VIOLATIONS"] == 0
    grid = plan.stands["grid"].to_numpy().reshape(8, 12)
    return float((grid[:, 4] != grid[:, 5]).mean())


def test_borders_run_along_the_ridge_when_asked_and_need_not_otherwise():
    dem = ridge(3000.0)
    plain = np.mean([borders_on_the_ridge(dem, 0.0, seed) for seed in range(3)])
    asked = np.mean([borders_on_the_ridge(dem, 1.0, seed) for seed in range(3)])
    assert asked == 1.0
    assert plain < 0.8


def test_without_a_dem_the_weight_changes_nothing():
    assert borders_on_the_ridge(None, 0.0) == borders_on_the_ridge(None, 5.0)


def test_a_dem_in_degrees_finds_the_same_ridge():
    xy, links = places(10, 6)
    metric = ridge(3000.0)
    frame = gpd.GeoSeries([shapely.box(WEST, SOUTH, WEST + 12_000, SOUTH + 9_000)], crs=4547)
    west, south, east, north = frame.to_crs(4490).total_bounds
    step = 0.0002
    x, y = np.meshgrid(np.arange(west, east, step), np.arange(north, south, -step))
    move = pyproj.Transformer.from_crs(4490, 4547, always_xy=True)
    px, py = move.transform(x + step / 2, y - step / 2)
    degrees = Raster(metric.at(px, py), (step, 0.0, west, 0.0, -step, north), "EPSG:4490")
    assert (ridge_links(xy, links, degrees, CRS) == ridge_links(xy, links, metric, CRS)).all()
