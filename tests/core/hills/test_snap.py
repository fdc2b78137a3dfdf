"""Hills along stand borders: whole stands, none too small, parents that are on the map."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from linzhang_plugin.core.hills.delineate import HillRules, delineate_hills
from linzhang_plugin.core.hills.snap import snapped
from tests.core.hills.test_delineate import CRS, hilly


def boxes_over(found, width=170, height=210):
    """Give stands that tile the hills and reach beyond them."""
    west, south, east, north = found.hills.total_bounds
    x, y = np.meshgrid(np.arange(west, east + 300, width), np.arange(south - 400, north, height))
    boxes = shapely.box(x.ravel(), y.ravel(), x.ravel() + width, y.ravel() + height)
    return gpd.GeoDataFrame({"stand_id": range(len(boxes))}, geometry=boxes, crs=CRS)


def test_snapped_hills_are_unions_of_whole_stands():
    dem = hilly(1)
    found = delineate_hills(dem, HillRules(20, 200))
    stands = boxes_over(found)
    boxes = stands.geometry.to_numpy()
    on_stands = snapped(found, dem, stands)
    shapes = on_stands.hills.geometry.to_numpy()
    assert shapely.area(shapes).sum() == pytest.approx(shapely.area(boxes).sum())
    assert on_stands.hills.n_stands.sum() == len(stands)
    inside = shapely.contains_properly(shapely.buffer(found.hills.geometry.to_numpy()[0], 1), boxes)
    first = on_stands.hills[on_stands.hills.hill_id == found.hills.hill_id[0]].geometry.iloc[0]
    assert inside.any()
    assert shapely.covers(first, boxes[inside]).all()


@pytest.mark.parametrize("seed", range(6))
def test_no_hill_of_stands_is_too_small_and_the_highest_peak_stays(seed):
    dem = hilly(seed)
    found = delineate_hills(dem, HillRules(20, 200))
    # Few stands, far apart in size: many hills keep only a little.
    stands = boxes_over(found, 500, 900)
    before = snapped(found, dem, stands).hills
    after = snapped(found, dem, stands, 800.0).hills
    assert (before.area_mu < 800).any()
    assert (after.area_mu >= 800).all()
    assert after.area_m2.sum() == pytest.approx(before.area_m2.sum())
    assert after.n_stands.sum() == len(stands)
    peak = after.set_index("hill_id").peak_m
    for _, hill in after.iterrows():
        inside = before[before.representative_point().within(hill.geometry)]
        assert inside.peak_m.max() == hill.peak_m
        assert hill.parent_id is None or peak[hill.parent_id] >= hill.peak_m
    # Whoever has a higher ancestor on the map names one.
    assert after.parent_id.isna().sum() == 1


def test_a_hill_that_touches_no_other_stays():
    dem = hilly(1)
    found = delineate_hills(dem, HillRules(20, 200))
    tops = found.peaks.geometry.to_numpy()
    stands = gpd.GeoDataFrame(geometry=shapely.buffer(tops, 40), crs=CRS)
    alone = snapped(found, dem, stands, 800.0).hills
    assert len(alone) == len(found.hills)
    assert alone.hill_id.tolist() == found.hills.hill_id.tolist()
    assert alone.parent_id.tolist() == found.hills.parent_id.tolist()
