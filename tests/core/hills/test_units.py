"""Basic units: equal cells, no gap, no overlap, no town crossed."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from linzhang_plugin.core.hills.units import basic_units, net
from linzhang_plugin.core.messages import InputError

CRS = "EPSG:4547"
AREA = (500000.0, 2800000.0, 506000.0, 2804000.0)


@pytest.mark.parametrize("shape", ["hexagon", "square"])
def test_cells_are_equal_and_cover_their_bounds(shape):
    cells = net(AREA, shape, 80_000.0)
    assert shapely.area(cells) == pytest.approx(80_000.0, rel=1e-4)
    covered = shapely.union_all(cells)
    assert shapely.difference(shapely.box(*AREA), covered).area < 1.0
    assert shapely.area(cells).sum() == pytest.approx(covered.area, rel=1e-6)


@pytest.mark.parametrize("shape", ["hexagon", "square"])
def test_units_are_exactly_the_forest_within_each_town(shape):
    blobs = shapely.buffer(shapely.points([[501500, 2802000], [504300, 2802200]]), [1300, 900])
    forest = gpd.GeoDataFrame(geometry=blobs, crs=CRS)
    towns = gpd.GeoDataFrame(
        {"town_code": ["360702100", "360702101"]},
        geometry=[
            shapely.box(500000, 2800000, 502000, 2804000),
            shapely.box(502000, 2800000, 504500, 2804000),
        ],
        crs=CRS,
    )
    made = basic_units(forest, net(AREA, shape, 80_000.0), towns)
    assert made.area_m2.sum() == pytest.approx(shapely.union_all(blobs).area, rel=1e-6)
    assert shapely.union_all(made.geometry.to_numpy()).area == pytest.approx(
        made.area_m2.sum(), rel=1e-6
    )
    for code, town in zip(towns.town_code, towns.geometry, strict=True):
        mine = made[made.town_code == code].geometry
        assert mine.area.sum() == pytest.approx(mine.intersection(town).area.sum(), rel=1e-6)
    assert made.unit_id.is_unique
    small = made.area_m2 < 0.25 * 80_000.0
    assert small.mean() < 0.1
    assert np.isclose(made.area_mu.sum() * 10000 / 15, made.area_m2.sum())


def test_no_forest_is_said():
    forest = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 10, 10)], crs=CRS)
    with pytest.raises(InputError, match="No forest"):
        basic_units(forest, net(AREA, "square", 80_000.0))
