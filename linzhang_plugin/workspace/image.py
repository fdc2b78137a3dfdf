"""Images beside a workspace: reflectance as whole numbers in a compressed GeoTIFF."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
from osgeo import gdal, osr

from linzhang_plugin.core.terrain.warp import Grid
from linzhang_plugin.workspace.connection import said, sentence

SCALE = 10_000
"""Digital number of a reflectance of 1, as Sentinel-2 has it."""
STEP = 20
"""Digital numbers are multiples of it: finer differences are noise that does not compress."""


def write_image(bands: Mapping[str, npt.NDArray[np.float32]], grid: Grid, path: Path) -> None:
    """Write reflectances, whole or not at all; NaN becomes 0, which is nodata.

    Args:
        bands: (rows, columns) reflectance by band name, in order.
        grid: Where the cells lie.
        path: The ``.tif`` file; replaced if it exists.

    Raises:
        StoreError: Read-only or full.
    """
    draft = path.with_name(path.stem + ".part.tif")
    gdal.UseExceptions()
    try:
        made = gdal.GetDriverByName("GTiff").Create(
            str(draft), grid.columns, grid.rows, len(bands), gdal.GDT_UInt16,
            ["COMPRESS=DEFLATE", "PREDICTOR=2", "TILED=YES", "INTERLEAVE=BAND"],
        )  # fmt: skip
        a, b, c, d, e, f = grid.transform
        made.SetGeoTransform((c, a, b, f, d, e))
        reference = osr.SpatialReference()
        reference.SetFromUserInput(str(grid.crs))
        made.SetProjection(reference.ExportToWkt())
        for number, (name, values) in enumerate(bands.items(), start=1):
            band = made.GetRasterBand(number)
            band.SetDescription(name)
            band.SetNoDataValue(0)
            band.WriteArray(numbers(values))
            band.FlushCache()
            del band
        del made
        with said(path):
            os.replace(draft, path)
    except RuntimeError as error:
        raise sentence(path, f"disk I/O {error}") from error
    finally:
        draft.unlink(missing_ok=True)


def numbers(values: npt.NDArray[np.float32]) -> npt.NDArray[np.uint16]:
    """Give reflectances as digital numbers; a cell with data is never 0."""
    whole = np.rint(np.nan_to_num(values, nan=0.0) * (SCALE / STEP)) * STEP
    whole = np.clip(whole, STEP, 65_000)
    return np.where(np.isfinite(values), whole, 0).astype(np.uint16)
