"""The elevation raster beside a workspace, as a GeoTIFF."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
from osgeo import gdal, osr

from linzhang_plugin.core.terrain.raster import Raster
from linzhang_plugin.workspace.connection import said, sentence

NODATA = -9999.0


def write_dem(raster: Raster, path: Path) -> None:
    """Write a raster, whole or not at all.

    Args:
        raster: Heights, m, north first.
        path: The ``.tif`` file; replaced if it exists.

    Raises:
        StoreError: Read-only or full.
    """
    draft = path.with_name(path.stem + ".part.tif")
    array = np.where(np.isfinite(raster.array), raster.array, NODATA).astype(np.float32)
    rows, columns = array.shape
    gdal.UseExceptions()
    try:
        made = gdal.GetDriverByName("GTiff").Create(
            str(draft), columns, rows, 1, gdal.GDT_Float32,
            ["COMPRESS=DEFLATE", "PREDICTOR=3", "TILED=YES"],
        )  # fmt: skip
        a, b, c, d, e, f = raster.transform
        made.SetGeoTransform((c, a, b, f, d, e))
        reference = osr.SpatialReference()
        reference.SetFromUserInput(str(raster.crs))
        made.SetProjection(reference.ExportToWkt())
        band = made.GetRasterBand(1)
        band.SetNoDataValue(NODATA)
        band.WriteArray(array)
        band.ComputeStatistics(False)
        band.FlushCache()
        del band, made
        with said(path):
            os.replace(draft, path)
            for leftover in (draft.with_name(draft.name + ".aux.xml"),):
                leftover.unlink(missing_ok=True)
    except RuntimeError as error:
        raise sentence(path, f"disk I/O {error}") from error
    finally:
        draft.unlink(missing_ok=True)
