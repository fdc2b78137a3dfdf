"""Walks from home: slope, roads, barriers and bridges; and what they do to a plan."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely

from linzhang_plugin.core.grids.job import Request, optimize
from linzhang_plugin.core.grids.land.bridges import find_bridges
from linzhang_plugin.core.grids.land.travel import (
    LIMIT,
    Ground,
    dem_minutes,
    settled,
    straight_minutes,
    town_minutes,
)
from linzhang_plugin.core.grids.params import AFRESH, GridParams
from linzhang_plugin.core.grids.planjob import Evaluation, PlanLayer, evaluate_layers
from linzhang_plugin.core.grids.rules import GridRules
from linzhang_plugin.core.progress import silent
from linzhang_plugin.core.terrain.raster import Raster, read_raster
from tests.core.grids.test_county import FIELDS
from tests.truth.small_counties import county, posts

CRS = pyproj.CRS(4547)
WEST, NORTH, CELL = 500_000.0, 2_860_000.0, 25.0
OFF_ROAD = 60.0 / (6000.0 * np.exp(-3.5 * 0.05) * 0.6)
"""Minutes a metre on the flat, off paths, by Tobler's function."""


def land(height=0.0, rows: int = 160, columns: int = 240) -> Raster:
    array = np.zeros((rows, columns)) + height
    return Raster(array, (CELL, 0.0, WEST, 0.0, -CELL, NORTH), "EPSG:4547")


def at(*places) -> np.ndarray:
    """Give points by their metres east of the west and south of the north edge, cell middles."""
    return np.array([(WEST + x + CELL / 2, NORTH - y - CELL / 2) for x, y in places])


def walk(ground: Ground, homes, stands) -> np.ndarray:
    return dem_minutes(at(*stands), at(*homes), ground, CRS)


def lines(*places) -> np.ndarray:
    return np.array([shapely.LineString(at(*places))], dtype=object)


HOME, FAR = (500.0, 2000.0), (3500.0, 2000.0)


def test_a_walk_on_the_flat_is_toblers_and_a_road_is_faster():
    minutes = walk(Ground(land()), [HOME], [FAR, HOME])
    assert minutes[0, 0] == pytest.approx(3000.0 * OFF_ROAD, rel=1e-6)
    assert minutes[1, 0] == 0.0
    road = walk(Ground(land(), lines((0, 2000), (4000, 2000))), [HOME], [FAR])
    assert road[0, 0] == pytest.approx(0.6 * minutes[0, 0], rel=0.02)


def test_uphill_takes_longer_than_downhill():
    slope = land(np.arange(240) * CELL * 0.3)
    up = walk(Ground(slope), [HOME], [FAR])[0, 0]
    down = walk(Ground(slope), [FAR], [HOME])[0, 0]
    assert up == pytest.approx(3000.0 * OFF_ROAD * np.exp(3.5 * 0.35 - 3.5 * 0.05), rel=1e-6)
    assert down == pytest.approx(3000.0 * OFF_ROAD * np.exp(3.5 * 0.25 - 3.5 * 0.05), rel=1e-6)


@pytest.mark.parametrize("wide", [0.0, 90.0], ids=["line", "polygon"])
@pytest.mark.parametrize("lean", [0.0, 900.0], ids=["straight", "slanting"])
def test_a_river_is_walked_round_and_a_bridge_shortens_the_way(wide, lean):
    river = lines((2000, -2000), (2000 + lean, 3000))
    if wide:
        river = shapely.buffer(river, wide / 2, cap_style="flat")
    free = walk(Ground(land()), [HOME], [FAR])[0, 0]
    round_it = walk(Ground(land(), None, river), [HOME], [FAR])[0, 0]
    assert round_it > 1.2 * free
    road = lines((0, 1000), (4000, 1000))
    bridge = find_bridges(river, road)
    assert len(bridge) == 1
    over = walk(Ground(land(), road, river, bridge), [HOME], [FAR])[0, 0]
    same_road = walk(Ground(land(), road, river), [HOME], [FAR])[0, 0]
    assert over < 0.9 * same_road
    assert over >= walk(Ground(land(), road), [HOME], [FAR])[0, 0] - 1e-9


def test_what_no_way_reaches_is_never_nearer_than_the_limit():
    river = lines((2000, -3000), (2000, 5000))
    walked = walk(Ground(land(), None, river), [HOME], [FAR, (600.0, 2000.0)])
    assert np.isinf(walked[0, 0]) and np.isfinite(walked[1, 0])
    straight = np.array([[60.0], [2.0]])
    assert settled(walked, straight)[0, 0] == LIMIT
    assert settled(walked, 5.0 * LIMIT * straight / 60.0)[0, 0] == 5.0 * LIMIT
    assert settled(walked, straight)[1, 0] == walked[1, 0]


def test_homes_and_stands_on_a_barrier_and_off_the_dem():
    pond = np.array([shapely.Point(at(HOME)[0]).buffer(60.0)], dtype=object)
    walked = walk(Ground(land(), None, pond), [HOME], [FAR])
    assert np.isfinite(walked).all()
    back = walk(Ground(land(), None, lines((3500, 0), (3500, 3000))), [HOME], [FAR])
    assert np.isfinite(back).all()
    outside = walk(Ground(land()), [HOME], [(-90_000.0, 0.0)])
    assert np.isnan(outside).all()
    lost = walk(Ground(land()), [(-90_000.0, 0.0)], [FAR])
    assert np.isnan(lost).all()


def test_a_town_takes_the_walk_where_known_and_the_straight_line_elsewhere():
    stands = county(columns=6, rows=4, towns=1).assign(slope_class=np.nan)
    xy = shapely.get_coordinates(shapely.centroid(stands.geometry.to_numpy()))
    here = posts(stands).assign(x=lambda f: f.geometry.x, y=lambda f: f.geometry.y)
    here.loc[1, ["x", "y"]] = np.nan
    rules = GridRules()
    plain = town_minutes(stands, xy, here, rules, Ground(), CRS)
    homes = here[["x", "y"]].to_numpy()
    assert plain[:, 0] == pytest.approx(
        straight_minutes(xy, homes, np.full(len(xy), np.nan), rules)[:, 0]
    )
    others = [c for c in range(plain.shape[1]) if c != 1]
    assert plain[:, 1] == pytest.approx(plain[:, others].mean(axis=1))
    beside = Raster(np.zeros((9, 9)), (30.0, 0.0, 0.0, 0.0, -30.0, 0.0), "EPSG:4547")
    assert town_minutes(stands, xy, here, rules, Ground(beside), CRS) == pytest.approx(plain)


def plan_of(stands, rangers, params, **more):
    return optimize(Request(stands, FIELDS, rangers, params=params, **more), 1, "", silent)


def test_more_weight_on_the_walk_shortens_it():
    stands = county(columns=12, rows=6, towns=1, per_grid=6)
    stands["previous_grid_code"] = ""
    rng = np.random.default_rng(2)
    rangers = posts(county(columns=12, rows=6, towns=1, per_grid=6)).drop(
        columns="previous_grid_code"
    )
    xy = rng.uniform([500_000, 2_850_000], [507_200, 2_853_600], (len(rangers), 2))
    rangers = rangers.set_geometry(gpd.GeoSeries(shapely.points(xy), crs=stands.crs))
    hills = 200.0 * np.sin(np.arange(400) / 12.0)[None, :] * np.ones((300, 1))
    dem = Raster(hills, (30.0, 0.0, 498_000.0, 0.0, -30.0, 2_857_000.0), "EPSG:4547")
    params = GridParams(AFRESH, 60.0, 0.0, 1e9, None, effort=0)
    walks = [
        plan_of(stands, rangers, replace(params, weight_travel=w), dem=dem).figures[
            "MEAN_TRAVEL_MIN"
        ]
        for w in (0.0, 1.0, 10.0)
    ]
    assert walks[0] > walks[1] >= walks[2] - 1e-9


def test_more_weight_on_villages_keeps_them_whole():
    stands = county(columns=12, rows=6, towns=1, per_grid=6)
    stands["previous_grid_code"] = ""
    params = GridParams(AFRESH, 25.0, 0.0, 1e9, None, 7, effort=0)
    splits = [
        plan_of(stands, None, replace(params, weight_village=w)).figures["VILLAGE_SPLITS"]
        for w in (0.0, 5.0)
    ]
    assert splits[1] < splits[0]


def test_a_ranger_with_more_capacity_gets_more_forest():
    stands = county(columns=12, rows=6, towns=1, per_grid=6)
    rangers = posts(stands)
    stands["previous_grid_code"] = ""
    rangers = rangers.drop(columns="previous_grid_code")
    rangers["capacity_mu"] = np.where(rangers.index == 3, 6000.0, 3000.0)
    plan = plan_of(stands, rangers, GridParams(AFRESH, 20.0, 0.0, 1e9, None, effort=0))
    work = plan.grids.set_index("ranger_id")["workload"]
    share = work / work.sum()
    big = rangers["person_id"][3]
    assert share[big] == pytest.approx(2 / 13, rel=0.2)
    assert (share.drop(big) < 1.21 / 13).all()
    assert plan.figures["N_VIOLATIONS"] == 0


def test_an_evaluation_measures_the_same_walks_as_the_optimisation():
    stands = county(columns=12, rows=6, towns=2, per_grid=6)
    rangers = posts(stands)
    rangers.loc[2, "geometry"] = None
    hills = 150.0 * np.sin(np.arange(400) / 9.0)[None, :] * np.ones((300, 1))
    dem = Raster(hills, (30.0, 0.0, 498_000.0, 0.0, -30.0, 2_857_000.0), "EPSG:4547")
    river = gpd.GeoDataFrame(
        geometry=[shapely.LineString([(501_000, 2_840_000), (501_000, 2_853_000)])], crs=stands.crs
    )
    road = gpd.GeoDataFrame(
        geometry=[shapely.LineString([(500_000, 2_851_000), (502_000, 2_851_000)])], crs=stands.crs
    )
    more = {"dem": dem, "barriers": river, "roads": road}
    params = GridParams(0, None, 0.0, 1e9, effort=0)
    plan = plan_of(stands, rangers, params, **more)
    asked = Evaluation(
        Request(stands, FIELDS, rangers, params=params, **more),
        PlanLayer(plan.grids, plan.stands[["stand_id", "grid_code"]]),
    )
    made, summary = evaluate_layers(asked, silent)
    assert summary["MEAN_TRAVEL_MIN"] == pytest.approx(plan.figures["MEAN_TRAVEL_MIN"])
    one = plan.grids.set_index("grid_code")["travel_min"]
    other = made.set_index("grid_code")["travel_min"]
    assert other.isna().sum() == 1
    pd.testing.assert_series_equal(one, other.reindex(one.index), check_dtype=False)


YOUWUZHEN = Path("/work/shared/data/terrain/youwuzhen/spatial/ywzdem30m.tif")


@pytest.mark.skipif(not YOUWUZHEN.exists(), reason="the Youwuzhen DEM is not here")
def test_real_hills_make_walks_longer_and_directed():
    dem = read_raster(str(YOUWUZHEN))
    crs = pyproj.CRS.from_user_input(dem.crs)
    a, _, x0, _, e, y0 = dem.transform
    rows, columns = np.nonzero(np.isfinite(dem.array))
    rng = np.random.default_rng(0)
    pick = rng.choice(len(rows), 40, replace=False)
    xy = np.column_stack([x0 + (columns[pick] + 0.5) * a, y0 + (rows[pick] + 0.5) * e])
    there = dem_minutes(xy, xy[:5], Ground(dem), crs)
    flat = np.hypot(*(xy[:, None, :] - xy[None, :5, :]).transpose(2, 0, 1)) * OFF_ROAD
    known = np.isfinite(there)
    assert known.mean() > 0.9
    # No walk beats a slight descent all the way, and hills cost.
    assert (there[known] >= flat[known] * np.exp(-3.5 * 0.05) - 1e-6).all()
    assert np.median(there[known & (flat > 0)] / flat[known & (flat > 0)]) > 1.1
    back = dem_minutes(xy[:5], xy, Ground(dem), crs).T
    both = np.isfinite(back) & known
    assert not np.allclose(there[both], back[both])
