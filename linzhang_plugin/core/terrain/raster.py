"""Reading and writing rasters: the only module that opens a raster file.

rasterio where it is installed, else GDAL's own Python bindings (QGIS on Windows has those).
"""

from __future__ import annotations

import importlib
import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from linzhang_plugin.core.messages import InputError, MissingLibraryError

Values = npt.NDArray[np.float64]
Cells = npt.NDArray[np.floating[Any]]
"""Cells of a raster, of 32 bits where memory counts."""

CACHE_MB = 64
"""GDAL's cache of blocks: strips are read once, and its default is a twentieth of all memory."""


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


@dataclass(frozen=True)
class RasterFile:
    """What a raster file says of itself; its cells are read in strips.

    Attributes:
        path: The file.
        shape: (rows, columns).
        transform: As in :class:`Raster`.
        crs: WKT.
        kinds: Data type of each band.
        nodata: Nodata value of each band, None for none.
        titles: Description of each band, "" for none.
        backend: ``rasterio`` or ``gdal``.
    """

    path: str
    shape: tuple[int, int]
    transform: tuple[float, float, float, float, float, float]
    crs: str
    kinds: tuple[np.dtype[Any], ...]
    nodata: tuple[float | None, ...]
    titles: tuple[str, ...]
    backend: str
    handle: Any = field(default=None, repr=False, compare=False)

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
        read = _STRIPS[self.backend]
        try:
            return read(self.handle, band, first, last, self.shape[1])
        except Exception as error:  # each backend has error types of its own
            raise _unreadable(self.path, error) from error

    def valid(self, band: int, values: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
        """Tell which of a band's stored values are data."""
        known = np.isfinite(values)
        nothing = self.nodata[band - 1]
        if nothing is not None and not np.isnan(nothing):
            known &= values != np.asarray(nothing).astype(values.dtype)
        return known


def open_raster(path: str, backend: str = "") -> RasterFile:
    """Open a raster file.

    Args:
        path: The file.
        backend: ``rasterio`` or ``gdal`` to insist on one; whichever is installed when empty.

    Raises:
        InputError: The file cannot be opened, is turned or has no CRS.
        MissingLibraryError: Neither rasterio nor GDAL's bindings are installed.
    """
    for name, opener in _OPENERS.items():
        if backend not in ("", name):
            continue
        try:
            file = opener(path)
        except ImportError:
            continue
        a, b, _, d, e, _ = file.transform
        if not file.crs:
            raise InputError(
                "Raster {file} has no coordinate reference system; set it first.",
                file=Path(path).name,
            )
        if b != 0 or d != 0 or e >= 0 or a <= 0:
            raise InputError("Raster {file} is not north-up; warp it first.", file=Path(path).name)
        return file
    raise MissingLibraryError(
        "Rasters need rasterio or GDAL's Python bindings; install python3-rasterio or python3-gdal."
    )


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
        return _WARPERS[file.backend](file, crs, nothing)
    except Exception as error:  # each backend has error types of its own
        raise _unreadable(file.path, error) from error


def read_raster(path: str, band: int = 1, backend: str = "") -> Raster:
    """Read one band of a raster file, NaN where it has no data.

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
    file = open_raster(path, backend)
    if not 1 <= band <= file.bands:
        raise InputError(
            "Raster {file} has no band {band}, only {n}.",
            file=Path(path).name,
            band=band,
            n=file.bands,
        )
    stored = file.strip(band, 0, file.shape[0])
    known = file.valid(band, stored)
    array = stored.astype(np.result_type(stored.dtype, np.float32), copy=False)
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
    for name, writer in _WRITERS.items():
        if backend not in ("", name):
            continue
        try:
            writer(str(aside), raster)
            os.replace(aside, path)
        except ImportError:
            continue
        except Exception as error:  # each backend has error types of its own
            aside.unlink(missing_ok=True)
            raise InputError(
                "Raster {file} cannot be written ({reason}); check the folder and free space.",
                file=Path(path).name,
                reason=str(error)[:200],
            ) from error
        return
    raise MissingLibraryError(
        "Rasters need rasterio or GDAL's Python bindings; install python3-rasterio or python3-gdal."
    )


def _unreadable(path: str, error: Exception) -> InputError:
    return InputError(
        "Raster {file} cannot be read ({reason}); choose another file.",
        file=Path(path).name,
        reason=str(error)[:200],
    )


def _open_with_rasterio(path: str) -> RasterFile:
    rasterio = importlib.import_module("rasterio")
    try:
        with rasterio.Env(GDAL_CACHEMAX=CACHE_MB):
            file = rasterio.open(path)
    except (rasterio.errors.RasterioError, OSError) as error:
        raise _unreadable(path, error) from error
    return _told_by_rasterio(path, file)


def _told_by_rasterio(path: str, file: Any) -> RasterFile:
    return RasterFile(
        path,
        file.shape,
        tuple(file.transform)[:6],
        file.crs.to_wkt() if file.crs else "",
        tuple(np.dtype(kind) for kind in file.dtypes),
        file.nodatavals,
        tuple(title or "" for title in file.descriptions),
        "rasterio",
        file,
    )


def _warped_with_rasterio(file: RasterFile, crs: str, nothing: float) -> RasterFile:
    vrt = importlib.import_module("rasterio.vrt").WarpedVRT
    target = importlib.import_module("rasterio").crs.CRS.from_user_input(crs)
    made = _told_by_rasterio(
        file.path, vrt(file.handle, crs=target, src_nodata=nothing, nodata=nothing)
    )
    return replace(made, titles=file.titles)


def _open_with_gdal(path: str) -> RasterFile:
    gdal = importlib.import_module("osgeo.gdal")
    gdal.UseExceptions()
    gdal.SetCacheMax(CACHE_MB * 2**20)
    try:
        file = gdal.Open(path)
    except RuntimeError as error:
        raise _unreadable(path, error) from error
    return _told_by_gdal(path, file)


def _warped_with_gdal(file: RasterFile, crs: str, nothing: float) -> RasterFile:
    gdal = importlib.import_module("osgeo.gdal")
    made = gdal.Warp(
        "",
        file.handle,
        format="VRT",
        dstSRS=crs,
        srcNodata=nothing,
        dstNodata=nothing,
        resampleAlg="near",
    )
    return replace(_told_by_gdal(file.path, made), titles=file.titles)


def _told_by_gdal(path: str, file: Any) -> RasterFile:
    array = importlib.import_module("osgeo.gdal_array")
    bands = [file.GetRasterBand(number + 1) for number in range(file.RasterCount)]
    c, a, b, f, d, e = file.GetGeoTransform()
    kinds = (array.GDALTypeCodeToNumericTypeCode(band.DataType) for band in bands)
    return RasterFile(
        path,
        (file.RasterYSize, file.RasterXSize),
        (a, b, c, d, e, f),
        file.GetProjection(),
        tuple(np.dtype(kind) for kind in kinds),
        tuple(band.GetNoDataValue() for band in bands),
        tuple(band.GetDescription() or "" for band in bands),
        "gdal",
        file,
    )


def _strip_with_rasterio(
    handle: Any, band: int, first: int, last: int, columns: int
) -> npt.NDArray[Any]:
    env = importlib.import_module("rasterio").Env
    with env(GDAL_CACHEMAX=CACHE_MB):
        return handle.read(band, window=((first, last), (0, columns)))


def _strip_with_gdal(
    handle: Any, band: int, first: int, last: int, columns: int
) -> npt.NDArray[Any]:
    return handle.GetRasterBand(band).ReadAsArray(0, first, columns, last - first)


def _write_with_rasterio(path: str, raster: Raster) -> None:
    rasterio = importlib.import_module("rasterio")
    rows, columns = raster.array.shape
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        height=rows,
        width=columns,
        count=1,
        dtype="float32",
        crs=rasterio.crs.CRS.from_user_input(raster.crs),
        transform=rasterio.Affine(*raster.transform),
        nodata=np.nan,
        compress="deflate",
        predictor=3,
    ) as file:
        file.write(raster.array.astype(np.float32), 1)


def _write_with_gdal(path: str, raster: Raster) -> None:
    gdal = importlib.import_module("osgeo.gdal")
    osr = importlib.import_module("osgeo.osr")
    gdal.UseExceptions()
    rows, columns = raster.array.shape
    options = ["COMPRESS=DEFLATE", "PREDICTOR=3"]
    driver = gdal.GetDriverByName("GTiff")
    file = driver.Create(path, columns, rows, 1, gdal.GDT_Float32, options)
    a, b, c, d, e, f = raster.transform
    file.SetGeoTransform((c, a, b, f, d, e))
    reference = osr.SpatialReference()
    reference.SetFromUserInput(raster.crs)
    file.SetProjection(reference.ExportToWkt())
    band = file.GetRasterBand(1)
    band.SetNoDataValue(float("nan"))
    band.WriteArray(raster.array.astype(np.float32))
    file.FlushCache()


_OPENERS = {"rasterio": _open_with_rasterio, "gdal": _open_with_gdal}
_STRIPS = {"rasterio": _strip_with_rasterio, "gdal": _strip_with_gdal}
_WARPERS = {"rasterio": _warped_with_rasterio, "gdal": _warped_with_gdal}
_WRITERS = {"rasterio": _write_with_rasterio, "gdal": _write_with_gdal}
