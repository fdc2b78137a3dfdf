"""Slope of a DEM by Horn's (1981) third-order finite differences."""

from __future__ import annotations

import numpy as np

from linzhang_plugin.core.terrain.raster import Raster, Values

METRES_PER_DEGREE = 111_320.0


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


def slope_degrees(elevation: Values, wide: float, high: float) -> Values:
    """Give the slope of each cell in degrees.

    Args:
        elevation: (rows, columns) heights in m, NaN where unknown.
        wide: Cell width, m.
        high: Cell height, m.

    Returns:
        (rows, columns) degrees; NaN where any of the nine cells is unknown. Edge cells take
        the outermost rows and columns twice.
    """
    z = np.pad(elevation, 1, mode="edge")
    east = z[:-2, 2:] + 2 * z[1:-1, 2:] + z[2:, 2:]
    west = z[:-2, :-2] + 2 * z[1:-1, :-2] + z[2:, :-2]
    south = z[2:, :-2] + 2 * z[2:, 1:-1] + z[2:, 2:]
    north = z[:-2, :-2] + 2 * z[:-2, 1:-1] + z[:-2, 2:]
    return np.degrees(np.arctan(np.hypot((east - west) / (8 * wide), (south - north) / (8 * high))))
