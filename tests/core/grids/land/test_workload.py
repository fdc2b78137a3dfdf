"""Workload: slope codes told from degrees, DEM slope, roads, risk, and their product."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from linzhang_plugin.core.grids.land.workload import access_factor, add_workload, slope_class
from linzhang_plugin.core.grids.rules import GridRules, bounds_of_town, grid_rules
from linzhang_plugin.core.messages import InputError
from linzhang_plugin.core.tables.rules import load_rules, parse
from linzhang_plugin.core.terrain.raster import Raster
from tests.truth.small_counties import CRS, squares


def stands(n: int = 3) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"mu": np.full(n, 540.0)}, geometry=squares(n, 1), crs=CRS)


def test_codes_names_and_degrees_are_told_apart():
    assert slope_class(pd.Series([1, 3, 6])).tolist() == [1, 3, 6]
    assert slope_class(pd.Series(["1", "2", None])).tolist()[:2] == [1, 2]
    assert slope_class(pd.Series([4.0, 12.0, 28.0])).tolist() == [1, 2, 4]
    assert slope_class(pd.Series([0, 5, 15, 25, 35, 45])).tolist() == [1, 2, 3, 4, 5, 6]
    assert slope_class(pd.Series(["陡坡", "Ⅱ", "VI"])).tolist() == [4, 2, 6]
    assert np.isnan(slope_class(pd.Series([None, "?"]))).all()


def test_the_product_of_the_factors_is_the_workload():
    frame = stands()
    frame["po_du"] = [1, 4, 6]
    road = gpd.GeoDataFrame(
        geometry=[shapely.LineString([(500_300, 2_849_000), (500_300, 2_852_000)])], crs=CRS
    )
    zones = gpd.GeoDataFrame(
        geometry=[shapely.box(500_600, 2_850_000, 500_900, 2_850_600)], crs=CRS
    )
    made = add_workload(frame, GridRules(), None, road, zones)
    assert made["slope_factor"].tolist() == [0.9, 1.25, 1.5]
    assert made["road_m"].round().tolist() == [0, 600, 1200]
    assert made["access_factor"].tolist() == [0.95, 1.0, 1.0]
    assert made["risk_share"].round(6).tolist() == [0.0, 0.5, 0.0]
    assert made["workload"].round(3).tolist() == [
        round(540 * 0.9 * 0.95, 3), round(540 * 1.25 * 1.5, 3), round(540 * 1.5, 3)
    ]  # fmt: skip


def test_without_inputs_workload_is_mu():
    made = add_workload(stands(), GridRules())
    assert made["workload"].tolist() == made["mu"].tolist()


def test_a_given_workload_is_kept():
    frame = stands()
    frame["workload"] = [1.0, 2.0, 3.0]
    frame["po_du"] = [1, 4, 6]
    made = add_workload(frame, GridRules())
    assert made["workload"].tolist() == [1.0, 2.0, 3.0]
    assert made["slope_factor"].tolist() == [1.0, 1.0, 1.0]


def test_slope_comes_from_the_dem_where_the_stand_says_nothing():
    # A plane that rises 1 m in 2 m to the east: 26.6 degrees, class 4.
    x = np.arange(0, 3000, 30.0)
    plane = np.tile(x / 2.0, (60, 1))
    dem = Raster(plane, (30.0, 0.0, 499_500.0, 0.0, -30.0, 2_851_200.0), CRS)
    frame = stands()
    frame["po_du"] = [None, 1, None]
    assert add_workload(frame, GridRules(), dem)["slope_class"].tolist() == [4, 1, 4]


def test_access_rises_with_distance_and_is_one_where_unknown():
    rules = GridRules()
    got = access_factor(np.array([0.0, 499.0, 500.0, 2000.0, 9e9, np.nan]), rules)
    assert got.tolist() == [0.95, 0.95, 1.0, 1.1, 1.2, 1.0]


def test_shipped_rules_give_bounds_of_towns_and_farms():
    rules = grid_rules(load_rules("jiangxi_hills"), load_rules("mountain"))
    assert bounds_of_town(rules, "104") == (2000.0, 8000.0)
    assert bounds_of_town(rules, "501") == (4000.0, 15000.0)
    high = grid_rules(load_rules("yongchun"), load_rules("mountain"))
    assert bounds_of_town(high, "501")[1] >= bounds_of_town(high, "104")[1]


def test_a_broken_rule_set_is_named():
    broken = parse('{"name": "x", "kind": "grids", "slope_factor": [1, 2]}', "x.json")
    with pytest.raises(InputError, match="slope_factor"):
        grid_rules(broken)
