"""Hills as polygons: gap-free, numbered, named."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from scipy.ndimage import gaussian_filter

from linzhang_plugin.core.hills.delineate import HillRules, delineate_hills, named
from linzhang_plugin.core.messages import CancelledError, InputError
from linzhang_plugin.core.terrain.raster import Raster, read_raster

REAL = Path(__file__).parents[4] / "shared/data/terrain/youwuzhen/spatial/ywzdem30m.tif"
CRS = "EPSG:4547"


def cones():
    """Two cones, the western one 100 m, the eastern one 80 m, on 10 m cells."""
    y, x = np.mgrid[0:60, 0:100].astype(float)
    heights = np.maximum(100 - np.hypot(y - 30, x - 25), 80 - np.hypot(y - 30, x - 75))
    return Raster(heights, (10.0, 0, 500000.0, 0, -10.0, 2860600.0), CRS)


def hilly(seed=0):
    rng = np.random.default_rng(seed)
    heights = gaussian_filter(rng.normal(size=(120, 150)), 6) * 900 + 300
    return Raster(heights, (30.0, 0, 500000.0, 0, -30.0, 2860000.0), CRS)


def test_two_cones_are_two_hills_with_the_right_parents():
    found = delineate_hills(cones(), HillRules(10, 0))
    hills = found.hills.set_index("hill_id")
    assert list(hills.index) == ["H0001", "H0002"]
    assert hills.peak_m.tolist() == [100, 80]
    assert hills.parent_id.tolist() == [None, "H0001"]
    assert hills.prominence_m["H0002"] == pytest.approx(80 - hills.saddle_m["H0002"])
    top = found.peaks.geometry.to_numpy()
    assert shapely.get_x(top).tolist() == [500255.0, 500755.0]
    assert shapely.get_y(top).tolist() == [2860295.0, 2860295.0]
    assert np.isnan(found.peaks.saddle_x[0])
    assert 500500 < found.peaks.saddle_x[1] < 500700


@pytest.mark.parametrize("seed", range(3))
def test_the_hills_are_a_partition_of_the_dem(seed):
    dem = hilly(seed)
    dem.array[:20, :30] = np.nan
    found = delineate_hills(dem, HillRules(20, 100))
    shapes = found.hills.geometry.to_numpy()
    assert shapely.is_valid(shapes).all()
    land = np.isfinite(dem.array).sum() * 900.0
    assert shapely.area(shapes).sum() == pytest.approx(land)
    assert shapely.area(shapely.union_all(shapes)) == pytest.approx(land)
    assert found.hills.area_mu.sum() == pytest.approx(land * 15 / 10000)
    assert (found.hills.area_mu.iloc[:] >= 100).all() or len(found.hills) == 1
    assert shapely.contains(shapes, found.peaks.geometry.to_numpy()).all()


def test_the_nearest_point_to_the_peak_names_the_hill():
    found = delineate_hills(cones(), HillRules(10, 0))
    places = gpd.GeoDataFrame(
        {"xdm": ["远岭", "尖峰", None, "外面"]},
        geometry=shapely.points([[500100, 2860300], [500250, 2860290], [500700, 2860300], [0, 0]]),
        crs=CRS,
    )
    called = named(found, places, "xdm")
    assert called.hills.hill_name.tolist() == ["尖峰", None]
    assert called.peaks.hill_name.tolist() == ["尖峰", None]
    assert found.hills.hill_name.tolist() == [None, None]


@pytest.mark.parametrize(
    ("heights", "word"), [(np.full((4, 4), np.nan), "no heights"), (np.zeros((4, 4)), "flat")]
)
def test_useless_dems_are_refused_in_a_sentence(heights, word):
    with pytest.raises(InputError, match=word):
        delineate_hills(Raster(heights, (1, 0, 0, 0, -1, 0), CRS), HillRules())


def test_stops_when_told_to():
    with pytest.raises(CancelledError):
        delineate_hills(cones(), HillRules(), progress=lambda fraction, message: False)


@pytest.mark.skipif(not REAL.exists(), reason="no reference DEM beside the checkout")
def test_the_red_soil_hills_of_a_real_watershed():
    found = delineate_hills(read_raster(str(REAL)), HillRules(20, 150))
    assert 5 <= len(found.hills) <= 20
    assert found.hills.is_valid.all()
    assert found.hills.peak_m.max() == pytest.approx(549.5, abs=0.1)
