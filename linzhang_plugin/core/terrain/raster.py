"""Reading rasters: the only module that opens a raster file.

rasterio where it is installed, else GDAL's own Python bindings (QGIS on Windows has those).
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from linzhang_plugin.core.messages import InputError, MissingLibraryError

Values = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Raster:
    """A one-band north-up raster in memory.

    Attributes:
        array: (rows, columns) values, NaN where there is no data.
        transform: (a, b, c, d, e, f): x = a·column + b·row + c, y = d·column + e·row + f, of
            the cell's upper left corner; b and d are 0, e is negative.
        crs: Authority code or WKT.
    """

    array: Values
    transform: tuple[float, float, float, float, float, float]
    crs: str

    @property
    def cell(self) -> tuple[float, float]:
        """Width and height of a cell in the CRS's unit."""
        return abs(self.transform[0]), abs(self.transform[4])

    def cells_of(self, x: Values, y: Values) -> tuple[npt.NDArray[np.int64], ...]:
        """Give row and column of points; outside ones lie out of the array's range."""
        a, _, c, _, e, f = self.transform
        column = np.floor((np.asarray(x) - c) / a).astype(np.int64)
        row = np.floor((np.asarray(y) - f) / e).astype(np.int64)
        return row, column

    def at(self, x: Values, y: Values) -> Values:
        """Give the values under points, NaN outside."""
        row, column = self.cells_of(x, y)
        rows, columns = self.array.shape
        inside = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
        values = np.full(np.shape(x), np.nan)
        values[inside] = self.array[row[inside], column[inside]]
        return values

    def window(self, bounds: tuple[float, float, float, float]) -> Raster:
        """Cut to bounds (minx, miny, maxx, maxy), at least one cell, at most the raster."""
        minx, miny, maxx, maxy = bounds
        rows, columns = self.cells_of(np.array([minx, maxx]), np.array([maxy, miny]))
        top, left = max(0, int(rows[0])), max(0, int(columns[0]))
        bottom = min(self.array.shape[0], int(rows[1]) + 1)
        right = min(self.array.shape[1], int(columns[1]) + 1)
        a, b, c, d, e, f = self.transform
        cut = self.array[top : max(top + 1, bottom), left : max(left + 1, right)]
        return Raster(cut, (a, b, c + a * left, d, e, f + e * top), self.crs)


def read_raster(path: str, band: int = 1) -> Raster:
    """Read one band of a raster file.

    Raises:
        InputError: The file cannot be opened, or is turned or has no CRS.
        MissingLibraryError: Neither rasterio nor GDAL's bindings are installed.
    """
    for reader in (_by_rasterio, _by_gdal):
        try:
            array, transform, crs = reader(path, band)
        except ImportError:
            continue
        if not crs:
            raise InputError(
                "Raster {file} has no coordinate reference system; set it first.",
                file=Path(path).name,
            )
        if abs(transform[1]) > 0 or abs(transform[3]) > 0 or transform[4] >= 0:
            raise InputError("Raster {file} is not north-up; warp it first.", file=Path(path).name)
        return Raster(array, transform, crs)
    raise MissingLibraryError(
        "Rasters need rasterio or GDAL's Python bindings; install python3-rasterio or python3-gdal."
    )


def _unreadable(path: str, error: Exception) -> InputError:
    return InputError(
        "Raster {file} cannot be read ({reason}); choose another file.",
        file=Path(path).name,
        reason=str(error)[:200],
    )


def _by_rasterio(path: str, band: int) -> tuple[Values, Any, str]:
    rasterio = importlib.import_module("rasterio")
    try:
        with rasterio.open(path) as file:
            array = file.read(band, masked=True).astype(np.float64).filled(np.nan)
            crs = file.crs.to_wkt() if file.crs else ""
            return array, tuple(file.transform)[:6], crs
    except (rasterio.errors.RasterioError, IndexError) as error:
        raise _unreadable(path, error) from error


def _by_gdal(path: str, band: int) -> tuple[Values, Any, str]:
    gdal = importlib.import_module("osgeo.gdal")
    gdal.UseExceptions()
    try:
        file = gdal.Open(path)
        source = file.GetRasterBand(band)
        array = source.ReadAsArray().astype(np.float64)
    except (RuntimeError, AttributeError) as error:
        raise _unreadable(path, error) from error
    nothing = source.GetNoDataValue()
    if nothing is not None:
        array[array == nothing] = np.nan
    c, a, b, f, d, e = file.GetGeoTransform()
    return array, (a, b, c, d, e, f), file.GetProjection()
