"""Minutes on foot from a ranger's home to stands: on a straight line, or over the DEM."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyproj
import shapely

from linzhang_plugin.core.grids.arrays import Array
from linzhang_plugin.core.grids.model import Floats
from linzhang_plugin.core.grids.rules import GridRules
from linzhang_plugin.core.progress import Progress, silent, step
from linzhang_plugin.core.terrain.gradient import cell_metres
from linzhang_plugin.core.terrain.raster import Raster
from linzhang_plugin.core.terrain.walking import OFF_PATH, walking_graph, walking_minutes

LIMIT = 240.0
"""Walks longer than this many minutes are not searched on the DEM."""
CELLS = 250_000
"""Cells of a town's DEM before it is thinned."""


def straight_minutes(xy: Floats, homes: Floats, slope: Floats, rules: GridRules) -> Floats:
    """Give minutes one way on a straight line times detour and slope factor.

    Args:
        xy: (n, 2) stand centres, m.
        homes: (k, 2) homes, NaN where unknown.
        slope: (n,) slope class, NaN where unknown.
        rules: Speed, detour, factors.

    Returns:
        (n, k) minutes; NaN for unknown homes.
    """
    metres = np.hypot(*(xy[:, None, :] - homes[None, :, :]).transpose(2, 0, 1))
    which = np.where(np.isfinite(slope), slope, 1).astype(np.int64) - 1
    factor = np.where(np.isfinite(slope), np.asarray(rules.slope_minutes)[which], 1.0)
    return metres * rules.detour / (rules.walking_kmh * 1000.0 / 60.0) * factor[:, None]


def dem_minutes(
    xy: Floats,
    homes: Floats,
    dem: Raster,
    crs: pyproj.CRS,
    roads: Array | None = None,
    progress: Progress = silent,
) -> Floats:
    """Give minutes one way over the DEM with Tobler's function, roads walked at full speed.

    Args:
        xy: (n, 2) stand centres in ``crs``, m.
        homes: (k, 2) homes in ``crs``, NaN where unknown.
        dem: Heights in any CRS.
        crs: The computing CRS.
        roads: Lines in ``crs``, or None.
        progress: Told after each home.

    Returns:
        (n, k) minutes; NaN for unknown homes, inf where the DEM gives no way in 4 h.
    """
    move = pyproj.Transformer.from_crs(crs, dem.crs, always_xy=True)
    known = np.flatnonzero(np.isfinite(homes).all(axis=1))
    minutes = np.full((len(xy), len(homes)), np.nan)
    if not len(known):
        return minutes
    here = np.column_stack(move.transform(xy[:, 0], xy[:, 1]))
    doors = np.column_stack(move.transform(homes[known, 0], homes[known, 1]))
    every = np.vstack([here, doors])
    wide, high = dem.cell
    near = dem.window((*(every.min(axis=0) - 5 * np.array([wide, high])),
                       *(every.max(axis=0) + 5 * np.array([wide, high]))))  # fmt: skip
    near = _thinned(near)
    geographic = bool(pyproj.CRS.from_user_input(dem.crs).is_geographic)
    graph = walking_graph(near.array, *cell_metres(near, geographic), _pace(near, roads, move))
    for number, post in enumerate(known):
        step(progress, number / len(known))
        x, y = doors[number]
        time = walking_minutes(graph, near, (float(x), float(y)), LIMIT)
        surface = Raster(time, near.transform, near.crs)
        minutes[:, post] = surface.at(here[:, 0], here[:, 1])
    return np.where(np.isnan(minutes) & np.isfinite(homes).all(axis=1)[None, :], np.inf, minutes)


def _thinned(dem: Raster) -> Raster:
    """Take every n-th cell of a DEM that is finer than a walk needs."""
    every = int(np.ceil(np.sqrt(dem.array.size / CELLS)))
    if every <= 1:
        return dem
    a, b, c, d, e, f = dem.transform
    return Raster(
        dem.array[every // 2 :: every, every // 2 :: every],
        (a * every, b, c, d, e * every, f),
        dem.crs,
    )


def _pace(dem: Raster, roads: Array | None, move: pyproj.Transformer) -> Floats:
    """Give 1 on cells that a road meets and OFF_PATH elsewhere."""
    pace = np.full(dem.array.shape, OFF_PATH)
    if roads is None or not len(roads):
        return pace
    points = shapely.get_coordinates(shapely.segmentize(roads, 15.0))
    row, column = dem.cells_of(*move.transform(points[:, 0], points[:, 1]))
    rows, columns = pace.shape
    inside = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
    pace[row[inside], column[inside]] = 1.0
    return pace


def town_minutes(
    stands: pd.DataFrame,
    xy: Floats,
    posts: pd.DataFrame,
    rules: GridRules,
    dem: Raster | None,
    crs: pyproj.CRS | None,
    roads: Array | None,
    progress: Progress = silent,
) -> Floats | None:
    """Give (n, k) minutes one way of a town; None where no home is known.

    Where the DEM gives no way the straight line counts; a post without a home takes the mean
    of the others, so that it neither attracts nor repels.
    """
    homes = posts[["x", "y"]].to_numpy(np.float64)
    if not np.isfinite(homes).all(axis=1).any():
        return None
    slope = stands["slope_class"].to_numpy(np.float64, na_value=np.nan)
    minutes = straight_minutes(xy, homes, slope, rules)
    if dem is not None and crs is not None:
        walked = dem_minutes(xy, homes, dem, crs, roads, progress)
        minutes = np.where(np.isfinite(walked), walked, minutes)
    mean = np.nanmean(minutes, axis=1, keepdims=True)
    return np.where(np.isfinite(minutes), minutes, mean)
