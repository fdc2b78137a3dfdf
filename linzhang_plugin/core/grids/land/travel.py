"""Minutes on foot from a ranger's home to stands: on a straight line, or over the DEM."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

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
AROUND = 1500.0
"""Ground around a town's stands and homes that ways may lead over, m."""
SINGLE = 8_000_000
"""Stands × homes above which minutes are held in single precision, for memory's sake."""
DOOR = 5
"""Cells within which a home on a barrier or beside the DEM is put on open ground."""


@dataclass(frozen=True, eq=False)
class Ground:
    """What is walked on, in the computing CRS but for the DEM; each part is optional.

    Attributes:
        dem: Heights in any CRS.
        roads: Lines walked at full speed.
        barriers: Lines or polygons that are not entered.
        bridges: Where barriers are crossed.
    """

    dem: Raster | None = None
    roads: Array | None = None
    barriers: Array | None = None
    bridges: Array | None = None


def straight_minutes(xy: Floats, homes: Floats, slope: Floats, rules: GridRules) -> Floats:
    """Give minutes one way on a straight line times detour and slope factor.

    Args:
        xy: (n, 2) stand centres, m.
        homes: (k, 2) homes, NaN where unknown.
        slope: (n,) slope class, NaN where unknown.
        rules: Speed, detour, factors.

    Returns:
        (n, k) minutes, in single precision above ``SINGLE``; NaN for unknown homes.
    """
    which = np.where(np.isfinite(slope), slope, 1).astype(np.int64) - 1
    factor = np.where(np.isfinite(slope), np.asarray(rules.slope_minutes)[which], 1.0)
    factor = factor * rules.detour / (rules.walking_kmh * 1000.0 / 60.0)
    single = len(xy) * len(homes) > SINGLE
    minutes: Any = np.empty((len(xy), len(homes)), dtype=np.float32 if single else np.float64)
    for post, (x, y) in enumerate(homes):
        minutes[:, post] = np.hypot(xy[:, 0] - x, xy[:, 1] - y) * factor
    return np.asarray(minutes)


def dem_minutes(
    xy: Floats,
    homes: Floats,
    ground: Ground,
    crs: pyproj.CRS,
    progress: Progress = silent,
) -> Floats:
    """Give minutes one way over the DEM with Tobler's function, roads walked at full speed.

    Args:
        xy: (n, 2) stand centres in ``crs``, m.
        homes: (k, 2) homes in ``crs``, NaN where unknown.
        ground: The DEM and what lies on it.
        crs: The computing CRS.
        progress: Told after each home.

    Returns:
        (n, k) minutes; NaN for unknown homes and where the DEM says nothing, inf where no way
        of 4 hours leads.
    """
    dem = ground.dem
    minutes = np.full((len(xy), len(homes)), np.nan)
    known = np.flatnonzero(np.isfinite(homes).all(axis=1))
    if not len(known) or dem is None:
        return minutes
    move = pyproj.Transformer.from_crs(crs, dem.crs, always_xy=True)
    here = np.column_stack(move.transform(xy[:, 0], xy[:, 1]))
    doors = np.column_stack(move.transform(homes[known, 0], homes[known, 1]))
    every = np.vstack([here, doors])
    geographic = bool(pyproj.CRS.from_user_input(dem.crs).is_geographic)
    beyond = np.maximum(5 * np.array(dem.cell), AROUND / (111_000.0 if geographic else 1.0))
    near = dem.window((*(every.min(axis=0) - beyond), *(every.max(axis=0) + beyond)))
    near = _thinned(near)
    metres = cell_metres(near, geographic)
    pace = _pace(near, ground, move, max(metres))
    graph = walking_graph(near.array, *metres, pace)
    open_ground = np.isfinite(near.array) & (pace > 0)
    covered = np.isfinite(near.at(here[:, 0], here[:, 1]))
    for number, post in enumerate(known):
        step(progress, number / len(known))
        door = _door(near, open_ground, doors[number])
        if door is None:
            continue
        time = _with_edges(walking_minutes(graph, near, door, LIMIT), open_ground)
        surface = Raster(time, near.transform, near.crs)
        minutes[covered, post] = surface.at(here[covered, 0], here[covered, 1])
    return minutes


def _door(dem: Raster, open_ground: Array, home: Floats) -> tuple[float, float] | None:
    """Give the home, or the middle of the nearest cell that can be walked on; None if far."""
    row, column = (int(v[0]) for v in dem.cells_of(home[:1], home[1:]))
    rows, columns = open_ground.shape
    if 0 <= row < rows and 0 <= column < columns and open_ground[row, column]:
        return float(home[0]), float(home[1])
    top, left = max(0, row - DOOR), max(0, column - DOOR)
    at = np.argwhere(open_ground[top : max(0, row + DOOR + 1), left : max(0, column + DOOR + 1)])
    if not len(at):
        return None
    at = at + np.array([top, left])
    r, c = at[int(np.argmin(((at - np.array([row, column])) ** 2).sum(axis=1)))]
    a, _, x0, _, e, y0 = dem.transform
    return float(x0 + (c + 0.5) * a), float(y0 + (r + 0.5) * e)


def _with_edges(time: Floats, open_ground: Array) -> Floats:
    """Give cells that are not entered the least minutes of their neighbours."""
    around = np.pad(time, 1, constant_values=np.inf)
    rows, columns = time.shape
    least = np.min(
        [around[r : r + rows, c : c + columns] for r in range(3) for c in range(3)], axis=0
    )
    return np.where(open_ground, time, least)


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


def _pace(dem: Raster, ground: Ground, move: pyproj.Transformer, cell: float) -> Floats:
    """Give 1 on cells that a road meets, 0 on barriers but for their bridges, else OFF_PATH."""
    pace = np.full(dem.array.shape, OFF_PATH)
    if ground.roads is not None and len(ground.roads):
        pace[_met_cells(dem, ground.roads, move, cell)] = 1.0
    if ground.barriers is None or not len(ground.barriers):
        return pace
    barred = _barred(dem, ground.barriers, move, cell)
    if ground.bridges is not None and len(ground.bridges):
        wide = shapely.buffer(ground.bridges, 1.5 * cell, quad_segs=4)
        over = barred & _inside(dem, wide, move)
        pace[over] = 1.0
        barred &= ~over
    pace[barred] = 0.0
    return pace


def _met_cells(dem: Raster, lines: Array, move: pyproj.Transformer, cell: float) -> Array:
    """Tell which cells lines meet: a look every quarter of a cell, at most 15 m."""
    met = np.zeros(dem.array.shape, dtype=bool)
    points = shapely.get_coordinates(shapely.segmentize(lines, min(15.0, cell / 4.0)))
    row, column = dem.cells_of(*move.transform(points[:, 0], points[:, 1]))
    rows, columns = met.shape
    inside = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
    met[row[inside], column[inside]] = True
    return met


def _barred(dem: Raster, barriers: Array, move: pyproj.Transformer, cell: float) -> Array:
    """Tell which cells barriers fill, without a diagonal to slip through."""
    areas = barriers[shapely.get_dimensions(barriers) == 2]
    edges = np.where(shapely.get_dimensions(barriers) == 2, shapely.boundary(barriers), barriers)
    barred = _met_cells(dem, edges, move, cell)
    if len(areas):
        barred |= _inside(dem, areas, move)
    # Where two cells touch at a corner only, one of the two beside them closes the gap.
    falling = barred[:-1, :-1] & barred[1:, 1:] & ~barred[:-1, 1:] & ~barred[1:, :-1]
    rising = barred[:-1, 1:] & barred[1:, :-1] & ~barred[:-1, :-1] & ~barred[1:, 1:]
    barred[:-1, 1:] |= falling
    barred[:-1, :-1] |= rising
    return barred


def _inside(dem: Raster, areas: Array, move: pyproj.Transformer) -> Array:
    """Tell which cells' middles lie in polygons."""
    rows, columns = dem.array.shape
    a, _, x0, _, e, y0 = dem.transform
    x, y = np.meshgrid(x0 + (np.arange(columns) + 0.5) * a, y0 + (np.arange(rows) + 0.5) * e)
    x, y = move.transform(x.ravel(), y.ravel(), direction="INVERSE")
    found = np.zeros(rows * columns, dtype=bool)
    x, y = np.asarray(x), np.asarray(y)
    bounds = shapely.bounds(areas)
    for area, (west, south, east, north) in zip(areas, bounds, strict=True):
        near = np.flatnonzero((x >= west) & (x <= east) & (y >= south) & (y <= north))
        if len(near):
            shapely.prepare(area)
            found[near[shapely.contains_xy(area, x[near], y[near])]] = True
    return found.reshape(rows, columns)


def settled(walked: Floats, straight: Floats) -> Floats:
    """Give the walk where the DEM knows it, else the straight line.

    What the DEM covers but no way of ``LIMIT`` minutes reaches is never nearer than that.
    """
    beyond = np.maximum(straight, LIMIT)
    return np.where(np.isfinite(walked), walked, np.where(np.isinf(walked), beyond, straight))


def town_minutes(
    stands: pd.DataFrame,
    xy: Floats,
    posts: pd.DataFrame,
    rules: GridRules,
    ground: Ground,
    crs: pyproj.CRS | None,
    progress: Progress = silent,
) -> Floats | None:
    """Give (n, k) minutes one way of a town; None where no home is known.

    Where the DEM says nothing the straight line counts; a post without a home takes the mean
    of the others, so that it neither attracts nor repels.
    """
    homes = posts[["x", "y"]].to_numpy(np.float64)
    if not np.isfinite(homes).all(axis=1).any():
        return None
    slope = stands["slope_class"].to_numpy(np.float64, na_value=np.nan)
    minutes = straight_minutes(xy, homes, slope, rules)
    if ground.dem is not None and crs is not None:
        minutes = settled(dem_minutes(xy, homes, ground, crs, progress), minutes)
    known = np.isfinite(minutes)
    if known.all():
        return minutes
    mean = np.nanmean(minutes, axis=1, keepdims=True)
    return np.where(known, minutes, mean)
