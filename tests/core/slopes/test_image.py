"""Strips of an image with what lies under them: the same whatever their height."""

import numpy as np
import pyproj
import pytest
import shapely
from scipy.ndimage import gaussian_filter

from linzhang_plugin.core.messages import InputError
from linzhang_plugin.core.slopes.detect import Detection, detect
from linzhang_plugin.core.slopes.image import Image, Mask
from linzhang_plugin.core.terrain.raster import Raster, open_raster, read_raster, write_raster

rasterio = pytest.importorskip("rasterio")
WEST, NORTH, CELL = 590_000.0, 2_860_000.0, 10.0
ROWS, COLUMNS = 150, 170
BANDS = {"blue": 1, "red": 2, "nir": 3, "swir1": 4}
GREEN, SOIL = (0.03, 0.04, 0.34, 0.15), (0.09, 0.22, 0.27, 0.38)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("image")
    rng = np.random.default_rng(1)
    bare = gaussian_filter(rng.normal(size=(ROWS, COLUMNS)), 3) > 0.08
    profile = {"driver": "GTiff", "height": ROWS, "width": COLUMNS, "crs": "EPSG:4547",
               "transform": rasterio.Affine(CELL, 0, WEST, 0, -CELL, NORTH)}  # fmt: skip
    with rasterio.open(made / "image.tif", "w", count=4, dtype="float32", **profile) as file:
        for band in range(4):
            values = np.where(bare, SOIL[band], GREEN[band]) + rng.normal(0, 0.004, bare.shape)
            file.write(values.astype("f4"), band + 1)
    heights = gaussian_filter(rng.normal(size=(90, 90)), 5) * 700 + 300
    place = (23.0, 0.0, WEST - 100, 0.0, -23.0, NORTH + 150)
    write_raster(str(made / "dem.tif"), Raster(heights, place, "EPSG:32650"))
    utm = pyproj.Transformer.from_crs(4547, 32650, always_xy=True).transform(WEST, NORTH)
    place = (23.0, 0.0, utm[0] - 150, 0.0, -23.0, utm[1] + 150)
    write_raster(str(made / "utm.tif"), Raster(heights, place, "EPSG:32650"))
    return made


def image(folder, masks=(), dem="utm.tif"):
    return Image(
        open_raster(str(folder / "image.tif")), BANDS, read_raster(str(folder / dem)), list(masks)
    )


def masks():
    field = shapely.box(WEST + 300, NORTH - 900, WEST + 800, NORTH - 300)
    town = shapely.box(WEST + 600, NORTH - 700, WEST + 1200, NORTH - 500)
    return [Mask("耕地", np.array([field])), Mask("建设用地", np.array([town]))]


@pytest.mark.parametrize("rows_at_once", [17, 40, 64, 149])
def test_strips_of_any_height_give_the_same_sites_heights_and_masked_area(folder, rows_at_once):
    whole, cut = image(folder, masks()), image(folder, masks())
    one = detect(whole.read, whole.shape, CELL, Detection(), rows_at_once=10_000)
    two = detect(cut.read, cut.shape, CELL, Detection(), rows_at_once=rows_at_once)
    assert len(one.table) >= 3
    assert np.allclose(one.table.to_numpy(), two.table.to_numpy(), rtol=1e-6)
    assert whole.masked_cells == cut.masked_cells == {"耕地": 50 * 60, "建设用地": 60 * 20 - 400}
    assert whole.known_cells == cut.known_cells
    assert whole.without_heights() == cut.without_heights()


def test_a_dem_elsewhere_is_refused_before_the_work(folder):
    with pytest.raises(InputError, match="does not cover"):
        image(folder, dem="dem.tif")
