"""The elevation raster comes back as it was, whole or not at all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("osgeo")
from osgeo import gdal

from linzhang_plugin.core.messages import StoreError
from linzhang_plugin.core.terrain.raster import Raster, read_raster
from linzhang_plugin.workspace.dem import NODATA, write_dem

RASTER = Raster(
    np.arange(12, dtype=np.float32).reshape(3, 4),
    (30.0, 0.0, 500_000.0, 0.0, -30.0, 2_850_000.0),
    "EPSG:4547",
)


def test_heights_place_and_crs_come_back(tmp_path):
    path = tmp_path / "示例 dem.tif"
    raster = replace(RASTER, array=RASTER.array.copy())
    raster.array[0, 0] = np.nan
    write_dem(raster, path)
    opened = gdal.Open(str(path))
    found = opened.ReadAsArray()
    assert found[0, 0] == NODATA == opened.GetRasterBand(1).GetNoDataValue()
    assert (found.ravel()[1:] == raster.array.ravel()[1:]).all()
    assert opened.GetGeoTransform() == (500_000.0, 30.0, 0.0, 2_850_000.0, 0.0, -30.0)
    back = read_raster(str(path))
    assert back.transform == RASTER.transform
    assert np.array_equal(back.array, raster.array, equal_nan=True)
    assert opened.GetSpatialRef().GetAuthorityCode(None) == "4547"
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_an_existing_raster_is_replaced(tmp_path):
    path = tmp_path / "d.tif"
    write_dem(RASTER, path)
    write_dem(replace(RASTER, array=RASTER.array + 1), path)
    assert gdal.Open(str(path)).ReadAsArray()[0, 0] == 1


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(StoreError):
        write_dem(RASTER, tmp_path / "no" / "d.tif")
