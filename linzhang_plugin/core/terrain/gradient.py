"""Gradient of a DEM, slope and aspect from it, and true surface area.

Horn's (1981, *Hill shading and the reflectance map*, Proc. IEEE 69) weighted differences of the
eight neighbours, as in gdaldem and QGIS. A neighbour without data is replaced by the cell itself
mirrored (its opposite difference), so that slopes at voids and borders are those of the known
side instead of cliffs.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from linzhang_plugin.core.terrain.raster import Raster

METRES_PER_DEGREE = 111_320.0

Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]


def gradient(
    dem: npt.NDArray[Any], valid: Bools, cell: float | tuple[float, float]
) -> tuple[Floats, Floats]:
    """Rise per metre towards the east and towards the south.

    Args:
        dem: (rows, cols) heights, m.
        valid: (rows, cols) cells with data.
        cell: Cell size, or width and height, m.

    Returns:
        Two (rows, cols) arrays; 0 at cells without data.
    """
    z = np.pad(np.asarray(dem, dtype=np.float32), 1, mode="edge")
    if valid.all():
        _mirror_border(z)
    else:
        z = _mended(z, np.pad(valid, 1, constant_values=False))
    side = z[:, 2:] - z[:, :-2]
    east = side[:-2] + 2 * side[1:-1] + side[2:]
    side = z[2:] - z[:-2]
    south = side[:, :-2] + 2 * side[:, 1:-1] + side[:, 2:]
    wide, high = cell if isinstance(cell, tuple) else (cell, cell)
    east *= np.float32(1.0 / (8.0 * wide))
    south *= np.float32(1.0 / (8.0 * high))
    if not valid.all():
        east[~valid] = 0
        south[~valid] = 0
    return east, south


def _mirror_border(z: Floats) -> None:
    """Continue the surface linearly over its border, in place."""
    for edge, inner, second in ((0, 1, 2), (-1, -2, -3)):
        if z.shape[0] > 3:
            z[edge] = 2 * z[inner] - z[second]
        if z.shape[1] > 3:
            z[:, edge] = 2 * z[:, inner] - z[:, second]


def _mended(z: Floats, known: Bools) -> Floats:
    """Fill cells without data from their known neighbours, continued linearly where possible."""
    total = np.zeros_like(z)
    weight = np.zeros_like(z)
    height, width = z.shape
    for down in (-1, 0, 1):
        for right in (-1, 0, 1):
            if down == 0 and right == 0:
                continue
            near = _shifted(known, down, right)
            far = near & _shifted(known, 2 * down, 2 * right)
            first, second = _shifted(z, down, right), _shifted(z, 2 * down, 2 * right)
            guess = np.where(far, 2 * first - second, first)
            # Continued values count far more than repeated ones, which flatten the surface.
            share = np.where(far, np.float32(1.0), np.float32(1e-3)) * near
            total += np.where(near, guess, 0) * share
            weight += share
    filled = np.where(weight > 0, total / np.maximum(weight, np.float32(1e-9)), 0)
    return np.where(known, z, filled).astype(np.float32)


def _shifted(array: npt.NDArray[Any], down: int, right: int) -> npt.NDArray[Any]:
    """Give each cell the value of the cell ``down`` and ``right`` of it; 0 from outside."""
    out = np.zeros_like(array)
    rows, cols = array.shape
    to_rows = slice(max(0, -down), rows - max(0, down))
    to_cols = slice(max(0, -right), cols - max(0, right))
    from_rows = slice(max(0, down), rows - max(0, -down))
    from_cols = slice(max(0, right), cols - max(0, -right))
    out[to_rows, to_cols] = array[from_rows, from_cols]
    return out


def cell_metres(raster: Raster, geographic: bool) -> tuple[float, float]:
    """Give a cell's width and height in metres, at the middle latitude of a geographic DEM."""
    wide, high = raster.cell
    if not geographic:
        return wide, high
    middle = raster.transform[5] + raster.transform[4] * raster.array.shape[0] / 2
    return (
        wide * METRES_PER_DEGREE * float(np.cos(np.radians(middle))),
        high * METRES_PER_DEGREE,
    )


def slope_of(raster: Raster, geographic: bool) -> Raster:
    """Give the slope of a DEM in degrees, NaN where the DEM has no data.

    Args:
        raster: Heights, m.
        geographic: Its cells are in degrees.
    """
    known = np.isfinite(raster.array)
    east, south = gradient(raster.array, known, cell_metres(raster, geographic))
    slope = np.where(known, slope_degrees(east, south), np.nan)
    return Raster(slope, raster.transform, raster.crs)


def slope_degrees(east: Floats, south: Floats) -> Floats:
    """Slope in degrees, 0 to 90."""
    return np.degrees(np.arctan(np.hypot(east, south))).astype(np.float32)


def aspect_degrees(east: Floats, south: Floats) -> Floats:
    """Direction that the slope faces (downhill), degrees clockwise from north; NaN where flat."""
    facing = np.degrees(np.arctan2(-east, south)) % 360.0
    return np.where((east == 0) & (south == 0), np.nan, facing).astype(np.float32)


def surface_factor(
    dem: npt.NDArray[Any], valid: Bools, cell: float | tuple[float, float]
) -> Floats:
    """True surface area of a cell ÷ its plan area.

    The mean of the four triangles that a cell's centre makes with its neighbours in the row and
    in the column (as Jenness 2004, *Calculating landscape surface area from digital elevation
    models*, with the outer four left to the neighbours): Horn's differences level ridges and
    gullies a few cells wide and lose several per cent of their surface. A missing neighbour's
    part is taken by the opposite one.

    Args:
        dem: (rows, cols) heights, m.
        valid: (rows, cols) cells with data.
        cell: Cell size, or width and height, m.

    Returns:
        (rows, cols) factors, at least 1; 1 at cells without data or neighbours.
    """
    wide, high = cell if isinstance(cell, tuple) else (cell, cell)
    z = np.asarray(dem, dtype=np.float32)
    total = np.zeros_like(z)
    down = _square_rises(z, valid, 0, high)
    for across in _square_rises(z, valid, 1, wide):
        across += 1
        for along in down:
            total += np.sqrt(across + along)
    total *= np.float32(0.25)
    return total


def _square_rises(z: Floats, valid: Bools, axis: int, length: float) -> tuple[Floats, Floats]:
    """Squared rises per metre to the neighbours before and after along an axis."""
    before, after = np.zeros_like(z), np.zeros_like(z)
    if z.shape[axis] < 2:
        return before, after
    rise = np.diff(z, axis=axis)
    rise *= np.float32(1.0 / length)
    rise *= rise
    # Views with the axis in front: the values themselves stay in their order.
    rises, back, forth, known = (np.moveaxis(v, axis, 0) for v in (rise, before, after, valid))
    both = known[1:] & known[:-1]
    rises[~both] = 0
    back[1:] = forth[:-1] = rises
    back[0], forth[-1] = rises[0], rises[-1]
    if not both.all():
        lacking = both[1:] & ~both[:-1], both[:-1] & ~both[1:]
        back[1:-1][lacking[0]] = rises[1:][lacking[0]]
        forth[1:-1][lacking[1]] = rises[:-1][lacking[1]]
    return before, after
