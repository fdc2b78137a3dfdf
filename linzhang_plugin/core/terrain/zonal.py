"""Means of a raster over polygons, by scan lines: no raster library needed."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from linzhang_plugin.core.terrain.raster import Raster, Values


def zonal_mean(raster: Raster, shapes: npt.NDArray[np.object_]) -> Values:
    """Give the mean of the cells whose centre lies in each polygon.

    Args:
        raster: Values; NaN cells do not count.
        shapes: (n,) polygons in the raster's CRS.

    Returns:
        (n,) means. A polygon that holds no cell centre takes the cell under its inner point;
        NaN outside the raster.
    """
    owner, row, column = cells_inside(raster, shapes)
    values = raster.array[row, column]
    known = np.isfinite(values)
    count = np.bincount(owner[known], minlength=len(shapes))
    total = np.bincount(owner[known], weights=values[known], minlength=len(shapes))
    means = np.divide(total, count, out=np.full(len(shapes), np.nan), where=count > 0)
    bare = np.flatnonzero(count == 0)
    inner = shapely.point_on_surface(shapes[bare])
    means[bare] = raster.at(shapely.get_x(inner), shapely.get_y(inner))
    return means


def cells_inside(
    raster: Raster, shapes: npt.NDArray[np.object_]
) -> tuple[npt.NDArray[np.int64], ...]:
    """Give (owner, row, column) of every cell whose centre lies in a polygon.

    Even-odd scan lines: on each row of cell centres the crossings of the outline are sorted,
    and the centres between a crossing and the next are inside.
    """
    a, _, c, _, e, f = raster.transform
    rows, columns = raster.array.shape
    owner, row, x = _crossings(shapes, f, e, rows)
    order = np.lexsort((x, row, owner))
    owner, row, x = owner[order], row[order], x[order]
    first = np.ceil((x[0::2] - c) / a - 0.5).astype(np.int64)
    last = np.ceil((x[1::2] - c) / a - 0.5).astype(np.int64)
    first, last = np.clip(first, 0, columns), np.clip(last, 0, columns)
    length = np.maximum(0, last - first)
    within = np.arange(length.sum()) - np.repeat(np.cumsum(length) - length, length)
    return (
        np.repeat(owner[0::2], length),
        np.repeat(row[0::2], length),
        np.repeat(first, length) + within,
    )


def cells_of_each(
    raster: Raster, shapes: npt.NDArray[np.object_]
) -> tuple[npt.NDArray[np.int64], ...]:
    """Give (owner, row, column) as :func:`cells_inside`, at least one cell a polygon.

    A polygon between cell centres takes the cell under its inner point; one outside the raster
    has none.

    Returns:
        Ordered by owner.
    """
    owner, row, column = cells_inside(raster, shapes)
    bare = np.setdiff1d(np.arange(len(shapes)), owner)
    inner = shapely.point_on_surface(shapes[bare])
    x, y = shapely.get_x(inner), shapely.get_y(inner)
    bare, x, y = (v[np.isfinite(x)] for v in (bare, x, y))
    more_row, more_column = raster.cells_of(x, y)
    rows, columns = raster.array.shape
    on = (more_row >= 0) & (more_row < rows) & (more_column >= 0) & (more_column < columns)
    owner = np.concatenate((owner, bare[on]))
    order = np.argsort(owner, kind="stable")
    return (
        owner[order],
        np.concatenate((row, more_row[on]))[order],
        np.concatenate((column, more_column[on]))[order],
    )


def _crossings(shapes: Any, top: float, height: float, rows: int) -> tuple[Any, Any, Any]:
    """Give (owner, row, x) of every crossing of an outline with a row of cell centres."""
    parts, of = shapely.get_parts(shapes, return_index=True)
    rings, of_part = shapely.get_rings(parts, return_index=True)
    points, of_ring = shapely.get_coordinates(rings, return_index=True)
    same = of_ring[1:] == of_ring[:-1]
    owner = of[of_part[of_ring[1:][same]]]
    x0, y0 = points[:-1][same].T
    x1, y1 = points[1:][same].T
    r0, r1 = (y0 - top) / height - 0.5, (y1 - top) / height - 0.5
    low, high = np.minimum(r0, r1), np.maximum(r0, r1)
    first = np.clip(np.ceil(low).astype(np.int64), 0, rows)
    last = np.clip(np.ceil(high).astype(np.int64), 0, rows)
    count = np.maximum(0, last - first)
    edge = np.repeat(np.arange(len(count)), count)
    row = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count) + first[edge]
    share = (row - r0[edge]) / (r1[edge] - r0[edge])
    return owner[edge], row, x0[edge] + share * (x1[edge] - x0[edge])
