"""What is projected and square stays; the rest comes into its 3° zone."""

import numpy as np
import pyproj
import pytest

from linzhang_plugin.core.terrain.metric import metric
from linzhang_plugin.core.terrain.raster import Raster


def test_a_projected_square_raster_is_left_alone():
    raster = Raster(np.ones((4, 5)), (25, 0, 5e5, 0, -25, 2.86e6), "EPSG:4547")
    assert metric(raster) is raster


@pytest.mark.parametrize(("lon", "zone"), [(114.9, 4547), (116.4, 4548), (113.0, 4547)])
def test_degrees_go_to_the_zone_of_their_middle(lon, zone):
    heights = np.tile(np.linspace(100, 200, 60), (50, 1))
    raster = Raster(heights, (0.0003, 0, lon, 0, -0.0003, 25.9), "EPSG:4490")
    made = metric(raster)
    assert pyproj.CRS.from_wkt(made.crs).to_epsg() == zone
    assert made.cell[0] == made.cell[1]
    assert np.nanmax(made.array) == pytest.approx(200, abs=2)
    assert np.nanmin(made.array) == pytest.approx(100, abs=2)


def test_oblong_cells_become_square_and_a_wanted_size_is_kept():
    raster = Raster(np.ones((40, 40)), (20, 0, 5e5, 0, -30, 2.86e6), "EPSG:4547")
    assert metric(raster).cell[0] == metric(raster).cell[1]
    assert metric(raster, cell=50.0).cell == (50.0, 50.0)
