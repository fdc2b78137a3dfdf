"""How long it takes to walk from homes into the forest and back: a raster and a table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from scipy.ndimage import distance_transform_edt
from scipy.sparse.csgraph import dijkstra

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.progress import Progress, silent, step
from linzhang_plugin.core.terrain.raster import Raster, Values
from linzhang_plugin.core.terrain.walking import OFF_PATH, walking_graph
from linzhang_plugin.core.terrain.zonal import cells_inside, cells_of_each

DOORSTEP = 100.0
"""Farthest that a home's own cell may lie from ground that can be walked on, m."""

LONG_WALK = 120.0
"""Minutes that count as far: two hours."""


@dataclass(frozen=True, eq=False)
class Outing:
    """Minutes of walking.

    Attributes:
        there: (rows, columns) minutes from the nearest home; inf beyond the limit.
        back: (rows, columns) minutes back to that home.
        home: (rows, columns) row of that home, -1 beyond the limit.
        ground: (rows, columns) cells that can be walked on: neither closed nor void.
        far: (rows, columns) those of them beyond two hours or out of reach, whatever the limit.
    """

    there: Values
    back: Values
    home: npt.NDArray[np.int64]
    ground: npt.NDArray[np.bool_]
    far: npt.NDArray[np.bool_]


def pace(
    dem: Raster,
    roads: npt.NDArray[np.object_] | None = None,
    barriers: npt.NDArray[np.object_] | None = None,
    cover: Values | None = None,
) -> Values:
    """Give the factor of walking speed in each cell.

    Roads win over barriers: where a road crosses a river there is a bridge.

    Args:
        dem: The grid, projected (m).
        roads: Lines on which one walks at full speed.
        barriers: Lines or polygons that cannot be crossed.
        cover: (rows, columns) factor by land cover; OFF_PATH everywhere when None.
    """
    factor = np.full(dem.array.shape, OFF_PATH) if cover is None else cover.copy()
    if barriers is not None:
        factor[touched(dem, barriers)] = 0.0
    if roads is not None:
        factor[touched(dem, roads)] = 1.0
    return factor


def touched(dem: Raster, shapes: npt.NDArray[np.object_]) -> npt.NDArray[np.bool_]:
    """Mark the cells that lines run through, without a diagonal gap, and cells in polygons."""
    mark = np.zeros(dem.array.shape, dtype=bool)
    flat = shapely.get_dimensions(shapes) == 2
    if flat.any():
        _, row, column = cells_inside(dem, shapes[flat])
        mark[row, column] = True
    lines = shapes[shapely.get_dimensions(shapes) == 1]
    if len(lines):
        xy = shapely.get_coordinates(shapely.segmentize(lines, dem.cell[0] / 4))
        row, column = dem.cells_of(xy[:, 0], xy[:, 1])
        rows, columns = mark.shape
        inside = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
        mark[row[inside], column[inside]] = True
        # Two marked cells that meet at a corner only would let a walker slip through.
        a, b, c, d = mark[:-1, :-1], mark[:-1, 1:], mark[1:, :-1], mark[1:, 1:]
        b |= a & d & ~b & ~c
        a |= b & c & ~a & ~d
    return mark


def outing(
    dem: Raster,
    homes: Values,
    factor: Values,
    limit: float,
    progress: Progress = silent,
    law: str = "tobler",
) -> Outing:
    """Walk from every home at once: each cell belongs to the home that reaches it first.

    Args:
        dem: Heights, m, projected (m).
        homes: (h, 2) homes, m.
        factor: Result of :func:`pace`.
        limit: Longest walk, minutes.
        progress: Receiver of progress.
        law: Law of walking, see :mod:`.walkinglaw`.

    Raises:
        InputError: No home lies on the DEM.
        CancelledError: Stopped by ``progress``.
    """
    rows, columns = dem.array.shape
    ground = np.isfinite(dem.array) & (factor > 0)
    row, column, on_ground = _doors(dem, homes, ground)
    if not on_ground.any():
        raise InputError("No origin lies on the DEM; check that both cover the same area.")
    step(progress, 0.05, Message("Linking cells by walking time …"))
    graph = walking_graph(dem.array, *dem.cell, factor, law)
    cell = row[on_ground] * columns + column[on_ground]
    number = np.flatnonzero(on_ground)
    step(progress, 0.4, Message("Walking from {n} homes …", {"n": len(cell)}))
    there, _, source = dijkstra(
        graph,
        indices=np.unique(cell),
        min_only=True,
        limit=max(limit, LONG_WALK),
        return_predecessors=True,
    )
    far = ground & ~(there <= LONG_WALK).reshape(rows, columns)
    beyond = there > limit
    there[beyond], source[beyond] = np.inf, -1
    step(progress, 0.7)
    back = dijkstra(graph.T.tocsr(), indices=np.unique(cell), min_only=True, limit=limit * 4)
    first = dict(zip(cell[::-1].tolist(), number[::-1].tolist(), strict=True))
    home = np.array([first.get(c, -1) for c in source.tolist()], dtype=np.int64)
    shape = (rows, columns)
    return Outing(there.reshape(shape), back.reshape(shape), home.reshape(shape), ground, far)


def _doors(
    dem: Raster, homes: Values, ground: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Give the cell that each home steps out to, and which homes have one.

    A home whose cell is closed (a house on the bank of a river as wide as a cell) or void
    steps out to the nearest open cell, at most ``DOORSTEP`` away.
    """
    rows, columns = dem.array.shape
    row, column = dem.cells_of(homes[:, 0], homes[:, 1])
    inside = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
    closed = ~ground
    shut = np.zeros(len(row), dtype=bool)
    shut[inside] = closed[row[inside], column[inside]]
    if not shut.any() or closed.all():
        return row, column, inside & ~shut
    wide, high = dem.cell
    far, near = distance_transform_edt(closed, sampling=(high, wide), return_indices=True)
    at = row[shut], column[shut]
    on_ground = inside.copy()
    on_ground[shut] = far[at] <= DOORSTEP
    row, column = row.copy(), column.copy()
    row[shut], column[shut] = near[0][at], near[1][at]
    return row, column, on_ground


def outing_table(
    dem: Raster, made: Outing, shapes: npt.NDArray[np.object_], homes: Values
) -> pd.DataFrame:
    """Describe the walk into each stand or grid.

    Args:
        dem: The DEM.
        made: Result of :func:`outing`.
        shapes: (u,) polygons, m.
        homes: (h, 2) homes, m.

    Returns:
        A row a shape: minutes_in (to the nearest cell), minutes_out, minutes_mean over reached
        cells, climb_m (height above the home of the highest cell), far_share (of the cells that
        can be walked on, those beyond two hours or out of reach; NaN without such cells) and home
        (row of the nearest one, -1 for none).

    Raises:
        InputError: No shape lies on the DEM.
    """
    owner, row, column = cells_of_each(dem, shapes)
    if not len(owner):
        raise InputError(tr("UNITS: none of them lies on the DEM; check where both lie."))
    count = len(shapes)
    there, back = made.there[row, column], made.back[row, column]
    reached = np.isfinite(there)
    cells = np.bincount(owner, weights=made.ground[row, column], minlength=count)
    far = np.bincount(owner, weights=made.far[row, column], minlength=count)
    order = np.lexsort((there, owner))
    first = np.full(count, -1)
    first[owner[order][::-1]] = order[::-1]
    has = (first >= 0) & np.isfinite(np.where(first >= 0, there[np.maximum(first, 0)], np.inf))
    at = np.maximum(first, 0)
    home = np.where(has, made.home[row, column][at], -1)
    own = dem.at(homes[:, 0], homes[:, 1])
    top = np.full(count, -np.inf)
    np.fmax.at(top, owner, dem.array[row, column])
    known = np.bincount(owner[reached], minlength=count)
    total = np.bincount(owner[reached], weights=there[reached], minlength=count)
    return pd.DataFrame(
        {
            "minutes_in": np.where(has, there[at], np.nan),
            "minutes_out": np.where(has & np.isfinite(back[at]), back[at], np.nan),
            "minutes_mean": np.divide(total, known, out=np.full(count, np.nan), where=known > 0),
            "climb_m": np.where(has, np.maximum(0, top - own[np.maximum(home, 0)]), np.nan),
            "far_share": np.divide(far, cells, out=np.full(count, np.nan), where=cells > 0),
            "home": home,
        }
    )
