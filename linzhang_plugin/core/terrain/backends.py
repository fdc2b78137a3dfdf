"""The two libraries that open raster files: rasterio, and GDAL's own Python bindings.

QGIS on Windows has the bindings only. Both give the same cells; only :mod:`.raster` calls them.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Transform = tuple[float, float, float, float, float, float]

CACHE_MB = 64
"""GDAL's cache of blocks: strips are read once, and its default is a twentieth of all memory."""


@dataclass(eq=False)
class Opened:
    """An open raster file, as its library tells of it.

    Attributes:
        shape: (rows, columns).
        transform: (a, b, c, d, e, f): x = a·column + b·row + c, y = d·column + e·row + f.
        crs: WKT, "" for none.
        kinds: Data type of each band.
        nodata: Nodata value of each band, None for none.
        titles: Description of each band, "" for none.
        packing: (factor, offset) by which each band's stored numbers become its values.
        units: Unit of each band's values, "" for none.
        handle: The library's own object, None when it was closed.
    """

    shape: tuple[int, int]
    transform: Transform
    crs: str
    kinds: tuple[np.dtype[Any], ...]
    nodata: tuple[float | None, ...]
    titles: tuple[str, ...]
    packing: tuple[tuple[float, float], ...]
    units: tuple[str, ...]
    handle: Any


class Backend(Protocol):
    """What a library does; every call may raise errors of the library's own."""

    def open(self, path: str) -> Opened:
        """Open a file."""

    def warp(self, file: Opened, crs: str, nothing: float) -> Opened:
        """Give a file in another CRS by nearest cells, ``nothing`` where it has no data."""

    def strip(self, file: Opened, band: int, first: int, last: int) -> npt.NDArray[Any]:
        """Read rows ``first`` … ``last - 1`` of a band (from 1)."""

    def write(
        self, path: str, cells: npt.NDArray[np.float32], transform: Transform, crs: str
    ) -> None:
        """Write a compressed GeoTIFF, nodata NaN."""

    def close(self, file: Opened) -> None:
        """Let go of a file."""


class Rasterio:
    """rasterio.

    Raises:
        ImportError: It is not installed.
    """

    def __init__(self) -> None:
        """Import it."""
        self.library = importlib.import_module("rasterio")

    def open(self, path: str) -> Opened:
        """Open a file."""
        with self.library.Env(GDAL_CACHEMAX=CACHE_MB):
            return self._told(self.library.open(path))

    def warp(self, file: Opened, crs: str, nothing: float) -> Opened:
        """Give a file in another CRS."""
        virtual = importlib.import_module("rasterio.vrt").WarpedVRT
        target = self.library.crs.CRS.from_user_input(crs)
        made = virtual(file.handle, crs=target, src_nodata=nothing, nodata=nothing)
        return replace(self._told(made), titles=file.titles)

    def strip(self, file: Opened, band: int, first: int, last: int) -> npt.NDArray[Any]:
        """Read rows of a band."""
        with self.library.Env(GDAL_CACHEMAX=CACHE_MB):
            cells: npt.NDArray[Any] = file.handle.read(
                band, window=((first, last), (0, file.shape[1]))
            )
        return cells

    def write(
        self, path: str, cells: npt.NDArray[np.float32], transform: Transform, crs: str
    ) -> None:
        """Write a GeoTIFF."""
        with self.library.open(
            path,
            "w",
            driver="GTiff",
            height=cells.shape[0],
            width=cells.shape[1],
            count=1,
            dtype="float32",
            crs=self.library.crs.CRS.from_user_input(crs),
            transform=self.library.Affine(*transform),
            nodata=np.nan,
            compress="deflate",
            predictor=3,
        ) as file:
            file.write(cells, 1)

    def close(self, file: Opened) -> None:
        """Let go of a file."""
        file.handle.close()

    def _told(self, handle: Any) -> Opened:
        return Opened(
            handle.shape,
            tuple(handle.transform)[:6],
            handle.crs.to_wkt() if handle.crs else "",
            tuple(np.dtype(kind) for kind in handle.dtypes),
            handle.nodatavals,
            tuple(title or "" for title in handle.descriptions),
            tuple(zip(handle.scales, handle.offsets, strict=True)),
            tuple(unit or "" for unit in handle.units),
            handle,
        )


class Gdal:
    """GDAL's own bindings.

    Raises:
        ImportError: They are not installed.
    """

    def __init__(self) -> None:
        """Import them."""
        self.gdal = importlib.import_module("osgeo.gdal")
        self.osr = importlib.import_module("osgeo.osr")
        self.arrays = importlib.import_module("osgeo.gdal_array")
        self.gdal.UseExceptions()

    def open(self, path: str) -> Opened:
        """Open a file."""
        self.gdal.SetCacheMax(CACHE_MB * 2**20)
        return self._told(self.gdal.Open(path))

    def warp(self, file: Opened, crs: str, nothing: float) -> Opened:
        """Give a file in another CRS."""
        made = self.gdal.Warp(
            "",
            file.handle,
            format="VRT",
            dstSRS=crs,
            srcNodata=nothing,
            dstNodata=nothing,
            resampleAlg="near",
        )
        return replace(self._told(made), titles=file.titles)

    def strip(self, file: Opened, band: int, first: int, last: int) -> npt.NDArray[Any]:
        """Read rows of a band."""
        cells: npt.NDArray[Any] = file.handle.GetRasterBand(band).ReadAsArray(
            0, first, file.shape[1], last - first
        )
        return cells

    def write(
        self, path: str, cells: npt.NDArray[np.float32], transform: Transform, crs: str
    ) -> None:
        """Write a GeoTIFF."""
        rows, columns = cells.shape
        file = self.gdal.GetDriverByName("GTiff").Create(
            path, columns, rows, 1, self.gdal.GDT_Float32, ["COMPRESS=DEFLATE", "PREDICTOR=3"]
        )
        a, b, c, d, e, f = transform
        file.SetGeoTransform((c, a, b, f, d, e))
        reference = self.osr.SpatialReference()
        reference.SetFromUserInput(crs)
        file.SetProjection(reference.ExportToWkt())
        band = file.GetRasterBand(1)
        band.SetNoDataValue(float("nan"))
        band.WriteArray(cells)
        file.FlushCache()

    def close(self, file: Opened) -> None:
        """Let go of a file: the bindings close it with the last hold on it."""
        file.handle = None

    def _told(self, handle: Any) -> Opened:
        bands = [handle.GetRasterBand(number + 1) for number in range(handle.RasterCount)]
        c, a, b, f, d, e = handle.GetGeoTransform()
        kind_of = self.arrays.GDALTypeCodeToNumericTypeCode
        return Opened(
            (handle.RasterYSize, handle.RasterXSize),
            (a, b, c, d, e, f),
            handle.GetProjection(),
            tuple(np.dtype(kind_of(band.DataType)) for band in bands),
            tuple(band.GetNoDataValue() for band in bands),
            tuple(band.GetDescription() or "" for band in bands),
            tuple((_or(band.GetScale(), 1.0), _or(band.GetOffset(), 0.0)) for band in bands),
            tuple(band.GetUnitType() or "" for band in bands),
            handle,
        )


def _or(told: float | None, usual: float) -> float:
    return usual if told is None else told


BACKENDS: Mapping[str, type[Rasterio] | type[Gdal]] = {"rasterio": Rasterio, "gdal": Gdal}


def backends() -> tuple[str, ...]:
    """Name the libraries in the order in which they are to be tried.

    rasterio's wheels bring a libgdal of their own. In a process of QGIS its functions would be
    bound to those of QGIS's other version (the program's own libraries come first), and the two
    set each other's folders of data: there the bindings, which share QGIS's copy, come first.
    """
    if "qgis" in sys.modules and _has_own_gdal():
        return ("gdal", "rasterio")
    return ("rasterio", "gdal")


def _has_own_gdal() -> bool:
    """Tell, without importing it, whether rasterio is a wheel that brings its libraries."""
    found = importlib.util.find_spec("rasterio")
    if found is None or not found.origin:
        return False
    folder = Path(found.origin).parent
    return (folder.parent / "rasterio.libs").is_dir() or (folder / ".dylibs").is_dir()
