"""Bringing a raster onto another grid: another CRS, cell size or extent.

Cell centres are transformed on a coarse net and interpolated between its nodes (as GDAL's
approximating transformer does), then values are taken bilinearly, or from the nearest cell for
classes. Cells beside a void take the known cells' weights only; a cell whose nearest source cell
is void stays void.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyproj

from linzhang_plugin.core.messages import InputError
from linzhang_plugin.core.terrain.raster import Cells, Raster, Values

NET = 32
"""Cells between two nodes of the coarse net: a 3° zone bends by millimetres over that."""

BLOCK_ROWS = 256


@dataclass(frozen=True)
class Grid:
    """Where the cells of a north-up raster lie.

    Attributes:
        rows: Number of rows.
        columns: Number of columns.
        transform: (a, b, c, d, e, f) as in :class:`~.raster.Raster`.
        crs: Authority code or WKT.
    """

    rows: int
    columns: int
    transform: tuple[float, float, float, float, float, float]
    crs: str

    @property
    def cell(self) -> float:
        """Cell width in the CRS's unit."""
        return abs(self.transform[0])


def grid_of(raster: Raster) -> Grid:
    """Give the grid that a raster lies on."""
    rows, columns = raster.array.shape
    return Grid(rows, columns, raster.transform, raster.crs)


def square_grid(raster: Raster, crs: pyproj.CRS, cell: float = 0.0) -> Grid:
    """Lay square cells in a projected CRS over a raster's extent.

    Args:
        raster: What is to be covered.
        crs: Projected CRS, m.
        cell: Cell size, m; 0 for that of the raster at its middle, rounded to three digits.

    Raises:
        InputError: The raster lies outside the CRS's reach.
    """
    rows, columns = raster.array.shape
    a, _, c, _, e, f = raster.transform
    edge = np.linspace(0.0, 1.0, 33)
    side = np.concatenate((edge, edge, np.zeros(33), np.ones(33)))
    top = np.concatenate((np.zeros(33), np.ones(33), edge, edge))
    forward = pyproj.Transformer.from_crs(raster.crs, crs, always_xy=True)
    x, y = forward.transform(c + a * columns * side, f + e * rows * top)
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        raise InputError("The raster lies outside the reach of {crs}.", crs=crs.name)
    if cell <= 0:
        middle_x, middle_y = c + a * columns / 2, f + e * rows / 2
        here = forward.transform([middle_x, middle_x], [middle_y, middle_y + e])
        size = float(np.hypot(here[0][1] - here[0][0], here[1][1] - here[1][0]))
        cell = float(f"{size:.3g}")
    left, upper = np.floor(min(x) / cell) * cell, np.ceil(max(y) / cell) * cell
    return Grid(
        int(np.ceil((upper - min(y)) / cell)),
        int(np.ceil((max(x) - left) / cell)),
        (cell, 0.0, float(left), 0.0, -cell, float(upper)),
        crs.to_wkt(),
    )


def resampled(raster: Raster, grid: Grid, classes: bool = False) -> Cells:
    """Give a raster's values on another grid.

    Args:
        raster: The source; NaN where there is no data.
        grid: The target.
        classes: Take the nearest cell instead of interpolating.

    Returns:
        (rows, columns) values; NaN outside the source and in its voids.
    """
    if grid == grid_of(raster):
        return raster.array
    out = np.empty((grid.rows, grid.columns), dtype=raster.array.dtype)
    net_x, net_y = _net(raster, grid)
    for first in range(0, grid.rows, BLOCK_ROWS):
        rows = np.arange(first, min(grid.rows, first + BLOCK_ROWS))
        x, y = (_between(net, rows, grid.columns) for net in (net_x, net_y))
        out[rows] = _values_at(raster.array, y, x, classes)
    return out


def _net(raster: Raster, grid: Grid) -> tuple[Values, Values]:
    """Give source (column, row) positions, in cells from centre 0, at the net's nodes."""
    node_rows = np.arange(0, grid.rows + NET, NET)
    node_columns = np.arange(0, grid.columns + NET, NET)
    a, _, c, _, e, f = grid.transform
    x, y = np.meshgrid(c + a * (node_columns + 0.5), f + e * (node_rows + 0.5))
    back = pyproj.Transformer.from_crs(grid.crs, raster.crs, always_xy=True)
    source_x, source_y = back.transform(x, y)
    a, _, c, _, e, f = raster.transform
    return (np.asarray(source_x) - c) / a - 0.5, (np.asarray(source_y) - f) / e - 0.5


def _between(net: Values, rows: npt.NDArray[np.int64], columns: int) -> Values:
    """Interpolate the net at whole cells of some rows."""
    column = np.arange(columns)
    at, share = column // NET, (column % NET) / NET
    along = net[:, at] * (1 - share) + net[:, at + 1] * share
    down = ((rows % NET) / NET)[:, None]
    return along[rows // NET] * (1 - down) + along[rows // NET + 1] * down


def _values_at(array: Cells, y: Values, x: Values, classes: bool) -> Values:
    """Take values at fractional (row, column) positions."""
    rows, columns = array.shape
    inside = (y > -0.5) & (y < rows - 0.5) & (x > -0.5) & (x < columns - 0.5)
    near_row = np.clip(np.rint(np.where(inside, y, 0)), 0, rows - 1).astype(np.int64)
    near_column = np.clip(np.rint(np.where(inside, x, 0)), 0, columns - 1).astype(np.int64)
    nearest = np.where(inside, array[near_row, near_column], np.nan)
    if classes:
        return nearest
    low_row = np.clip(np.floor(np.where(inside, y, 0)), 0, max(0, rows - 2)).astype(np.int64)
    low_column = np.clip(np.floor(np.where(inside, x, 0)), 0, max(0, columns - 2)).astype(np.int64)
    down = np.clip(np.where(inside, y, 0) - low_row, 0, 1)
    right = np.clip(np.where(inside, x, 0) - low_column, 0, 1)
    total, weight = np.zeros(y.shape), np.zeros(y.shape)
    for row, share_row in ((low_row, 1 - down), (np.minimum(low_row + 1, rows - 1), down)):
        for column, share in (
            (low_column, 1 - right),
            (np.minimum(low_column + 1, columns - 1), right),
        ):
            value = array[row, column]
            part = np.where(np.isfinite(value), share_row * share, 0)
            total += np.where(part > 0, value, 0) * part
            weight += part
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(np.isfinite(nearest) & (weight > 0), total / weight, np.nan)
