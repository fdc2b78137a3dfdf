"""A DEM as the engines want it: projected, in metres, with square cells."""

from __future__ import annotations

import pyproj

from linzhang_plugin.core.tables.zones import zone_of
from linzhang_plugin.core.terrain.raster import Raster, RasterFile, warped
from linzhang_plugin.core.terrain.warp import resampled, square_grid

SQUARE = 1e-3
"""Relative difference of width and height up to which cells count as square."""


def metric(raster: Raster, cell: float = 0.0, crs: pyproj.CRS | None = None) -> Raster:
    """Give the raster itself where it is projected in metres with square cells, else resample it.

    Args:
        raster: Heights in any CRS.
        cell: Wanted cell size, m; 0 for the raster's own.
        crs: Wanted projected CRS; None for the raster's own, or the CGCS2000 3° zone of its
            middle where its own is geographic.
    """
    own = pyproj.CRS.from_user_input(raster.crs)
    same = crs is None or own == crs
    if _in_metres(own) and _square(raster.cell) and same and cell <= 0:
        return raster
    target = crs or (own if _in_metres(own) else _zone(raster, own))
    grid = square_grid(raster, target, cell)
    return Raster(resampled(raster, grid), grid.transform, grid.crs)


def metric_file(file: RasterFile) -> RasterFile:
    """Give the file itself where it is projected in metres with square cells, else warped.

    Args:
        file: An image in any CRS; it is brought into the CGCS2000 3° zone of its middle where
            it is not projected, see :func:`~.raster.warped`.
    """
    own = pyproj.CRS.from_user_input(file.crs)
    if _in_metres(own) and _square(file.cell):
        return file
    return warped(file, (own if _in_metres(own) else _zone(file, own)).to_wkt())


def _in_metres(crs: pyproj.CRS) -> bool:
    return bool(crs.is_projected and crs.axis_info[0].unit_conversion_factor == 1.0)


def _square(cell: tuple[float, float]) -> bool:
    return abs(cell[0] - cell[1]) <= SQUARE * cell[0]


def _zone(raster: Raster | RasterFile, own: pyproj.CRS) -> pyproj.CRS:
    """Give the 3° zone of the raster's middle."""
    a, _, c, _, e, f = raster.transform
    rows, columns = raster.array.shape if isinstance(raster, Raster) else raster.shape
    to_degrees = pyproj.Transformer.from_crs(own, 4490, always_xy=True)
    lon, lat = to_degrees.transform(c + a * columns / 2, f + e * rows / 2)
    return zone_of(lon, lat)
