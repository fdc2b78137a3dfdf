"""Reading and writing rasters: the only module that opens a raster file.

By rasterio or by GDAL's own Python bindings, whichever :mod:`.backends` finds: same results.
"""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from linzhang_plugin.core.messages import InputError, MissingLibraryError
from linzhang_plugin.core.terrain.backends import BACKENDS, Backend, Opened, Transform, backends

Values = npt.NDArray[np.float64]
Cells = npt.NDArray[np.floating[Any]]
"""Cells of a raster, of 32 bits where memory counts."""

FOOT, SURVEY_FOOT = 0.3048, 1200 / 3937
METRES = {
    **dict.fromkeys(("ft", "foot", "feet", "international foot"), FOOT),
    **dict.fromkeys(("us survey foot", "us-ft", "us ft", "ftus", "foot us"), SURVEY_FOOT),
    **dict.fromkeys(("dm", "decimetre", "decimeter", "decimetres", "decimeters", "分米"), 0.1),
    **dict.fromkeys(("cm", "centimetre", "centimeter", "centimetres", "centimeters", "厘米"), 0.01),
}
"""Metres of the units that a band may name; every other word leaves its values alone."""


@dataclass(frozen=True, eq=False)
class Raster:
    """A one-band north-up raster in memory.

    Attributes:
        array: (rows, columns) values, NaN where there is no data.
        transform: (a, b, c, d, e, f): x = a·column + b·row + c, y = d·column + e·row + f, of
            the cell's upper left corner; b and d are 0, e is negative.
        crs: Authority code or WKT.
    """

    array: Cells
    transform: Transform
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


@dataclass(eq=False)
class RasterFile(Opened):
    """What a raster file says of itself; its cells are read in strips.

    A file that is still open when QGIS ends ends the process in a crash: QGIS takes GDAL's
    drivers down with it. Close it, or hold it no longer than the work lasts.

    Attributes:
        path: The file.
        backend: The library that opened it.
    """

    path: str
    backend: Backend

    @property
    def bands(self) -> int:
        """Number of bands."""
        return len(self.kinds)

    @property
    def cell(self) -> tuple[float, float]:
        """Width and height of a cell in the CRS's unit."""
        return abs(self.transform[0]), abs(self.transform[4])

    def strip(self, band: int, first: int, last: int) -> npt.NDArray[Any]:
        """Read rows ``first`` … ``last - 1`` of a band (from 1) as they are stored.

        Raises:
            InputError: The file is damaged there.
        """
        try:
            return self.backend.strip(self, band, first, last)
        except Exception as error:  # each backend has error types of its own
            raise _unreadable(self.path, error) from error

    def close(self) -> None:
        """Let go of the file; it cannot be read any more."""
        self.backend.close(self)

    def valid(self, band: int, values: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
        """Tell which of a band's stored values are data."""
        known = np.isfinite(values)
        nothing = self.nodata[band - 1]
        if nothing is not None and not np.isnan(nothing):
            known &= values != np.asarray(nothing).astype(values.dtype)
        return known

    def values(self, band: int, stored: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Give a band's values for its stored numbers: unpacked, lengths in metres.

        The numbers themselves come back where the file names neither packing nor another unit.
        """
        factor, offset = self.packing[band - 1]
        metres = METRES.get(self.units[band - 1].strip().lower().replace("_", " "), 1.0)
        if (factor, offset, metres) == (1.0, 0.0, 1.0):
            return stored
        real = stored.astype(np.result_type(stored.dtype, np.float32), copy=False)
        return real * real.dtype.type(factor * metres) + real.dtype.type(offset * metres)


def open_raster(path: str, backend: str = "") -> RasterFile:
    """Open a raster file.

    Args:
        path: The file.
        backend: ``rasterio`` or ``gdal`` to insist on one; whichever is installed when empty.

    Raises:
        InputError: The file cannot be opened, is turned or has no CRS.
        MissingLibraryError: Neither rasterio nor GDAL's bindings are installed.
    """
    library = _library(backend)
    try:
        file = RasterFile(**vars(library.open(path)), path=path, backend=library)
    except Exception as error:  # each backend has error types of its own
        raise _unreadable(path, error) from error
    a, b, _, d, e, _ = file.transform
    if not file.crs:
        raise InputError(
            "Raster {file} has no coordinate reference system; set it first.",
            file=Path(path).name,
        )
    if b != 0 or d != 0 or e >= 0 or a <= 0:
        raise InputError("Raster {file} is not north-up; warp it first.", file=Path(path).name)
    return file


def warped(file: RasterFile, crs: str) -> RasterFile:
    """Give a file as it lies in another CRS: square cells of about its own size, nearest values.

    Nothing is written; cells are brought over strip by strip when they are read. Where the
    file names no nodata value, NaN (floats) or 0 (whole numbers) stands for none.

    Args:
        file: The file.
        crs: Authority code or WKT.

    Raises:
        InputError: The file lies outside the CRS's reach.
    """
    usual = float("nan") if np.issubdtype(file.kinds[0], np.floating) else 0.0
    nothing = file.nodata[0] if file.nodata and file.nodata[0] is not None else usual
    try:
        made = file.backend.warp(file, crs, nothing)
    except Exception as error:  # each backend has error types of its own
        raise _unreadable(file.path, error) from error
    return RasterFile(**vars(made), path=file.path, backend=file.backend)


def read_raster(path: str, band: int = 1, backend: str = "") -> Raster:
    """Read one band of a raster file, NaN where it has no data, lengths in metres.

    Numbers that 32-bit floats hold exactly come as such: a DEM of 100 million cells takes
    400 MB, not 800.

    Args:
        path: The file.
        band: Band number from 1.
        backend: As in :func:`open_raster`.

    Raises:
        InputError: The file cannot be opened, has no such band, is turned or has no CRS.
        MissingLibraryError: Neither rasterio nor GDAL's bindings are installed.
    """
    with closing(open_raster(path, backend)) as file:
        if not 1 <= band <= file.bands:
            raise InputError(
                "Raster {file} has no band {band}, only {n}.",
                file=Path(path).name,
                band=band,
                n=file.bands,
            )
        stored = file.strip(band, 0, file.shape[0])
    known = file.valid(band, stored)
    values = file.values(band, stored)
    array = values.astype(np.result_type(values.dtype, np.float32), copy=False)
    if not known.all():
        array = np.where(known, array, array.dtype.type(np.nan))
    return Raster(array, file.transform, file.crs)


def write_raster(path: str, raster: Raster, backend: str = "") -> None:
    """Write a raster as a compressed GeoTIFF of 32-bit floats, nodata NaN.

    The file is written aside and moved into place, so that a full disk leaves nothing half.

    Raises:
        InputError: The file cannot be written.
        MissingLibraryError: Neither rasterio nor GDAL's bindings are installed.
    """
    aside = Path(path).with_name(f".{Path(path).name}.part.tif")
    library = _library(backend)
    try:
        library.write(str(aside), raster.array.astype(np.float32), raster.transform, raster.crs)
        os.replace(aside, path)
    except Exception as error:  # each backend has error types of its own
        aside.unlink(missing_ok=True)
        raise InputError(
            "Raster {file} cannot be written ({reason}); check the folder and free space.",
            file=Path(path).name,
            reason=str(error)[:200],
        ) from error


def _library(wanted: str) -> Backend:
    """Give the library of that name, or the first that is installed.

    Raises:
        MissingLibraryError: There is none.
    """
    for name in backends():
        if wanted in ("", name):
            try:
                return BACKENDS[name]()
            except ImportError:
                continue
    raise MissingLibraryError(
        "Rasters need rasterio or GDAL's Python bindings; install python3-rasterio or python3-gdal."
    )


def _unreadable(path: str, error: Exception) -> InputError:
    return InputError(
        "Raster {file} cannot be read ({reason}); choose another file.",
        file=Path(path).name,
        reason=str(error)[:200],
    )
