"""From a DEM to the county's hills (山头): a gap-free partition with peaks and parents."""

from __future__ import annotations

from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from linzhang_plugin.core.hills.ascent import Climb, climb, saddles
from linzhang_plugin.core.hills.prominence import (
    Peaks,
    merge_by_area,
    merge_by_prominence,
    peaks,
)
from linzhang_plugin.core.messages import InputError, Message
from linzhang_plugin.core.progress import Progress, part, silent, step
from linzhang_plugin.core.tables.units import MU_M2
from linzhang_plugin.core.terrain.outlines import outlines
from linzhang_plugin.core.terrain.raster import Raster
from linzhang_plugin.core.terrain.runs import Runs, patches, runs_of_classes

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class HillRules:
    """What is a hill of its own.

    Attributes:
        min_prominence: Least prominence, m.
        min_mu: Least area, mu; smaller hills join the neighbour over the highest pass.
    """

    min_prominence: float = 30.0
    min_mu: float = 300.0


@dataclass(frozen=True, eq=False)
class HillMap:
    """Hills and their peaks.

    Attributes:
        hills: Rows of :data:`linzhang_plugin.core.hills.tables.HILLS`, in the DEM's CRS.
        peaks: Rows of :data:`linzhang_plugin.core.hills.tables.PEAKS`.
    """

    hills: gpd.GeoDataFrame
    peaks: gpd.GeoDataFrame


def delineate_hills(dem: Raster, rules: HillRules, progress: Progress = silent) -> HillMap:
    """Cut a DEM into hills.

    Every cell goes to the summit that its steepest ascent leads to; summits of too little
    prominence or area join the hill across their key saddle. Hills are numbered from north to
    south and from west to east by their peaks.

    Args:
        dem: Heights, m, square cells in a projected CRS (m).
        rules: Limits.
        progress: Receiver of progress.

    Raises:
        InputError: The DEM has no heights, or is quite flat.
        CancelledError: Stopped by ``progress``.
    """
    valid = np.isfinite(dem.array)
    if not valid.any():
        raise InputError("The DEM holds no heights; check its nodata value and extent.")
    lowest = float(np.nanmin(dem.array))
    if float(np.nanmax(dem.array)) == lowest:
        raise InputError("The DEM is flat everywhere; choose one with heights.")
    step(progress, 0.0, Message("Following the slopes to their summits …"))
    regions = climb(dem.array, valid, part(progress, 0.0, 0.3))
    del valid
    passes = saddles(dem.array, regions, part(progress, 0.3, 0.5))
    step(progress, 0.5, Message("Measuring prominences …"))
    found = peaks(regions, passes, lowest)
    hill = merge_by_prominence(regions, found, rules.min_prominence)
    cell_m2 = dem.cell[0] * dem.cell[1]
    area = regions.cells() * cell_m2
    hill = merge_by_area(hill, area, regions, passes, rules.min_mu * MU_M2)
    del passes
    step(progress, 0.7, Message("Drawing the hills …"))
    summit = _numbered(regions, np.unique(hill), dem.array.shape[1])
    number = np.full(len(hill), -1, dtype=np.int32)
    number[summit] = np.arange(len(summit), dtype=np.int32)
    # Label -1, outside the DEM, takes the entry that is appended at the end.
    runs, value = runs_of_classes(regions.label, np.append(number[hill], np.int32(-1)))
    # The runs hold the labels now; as much memory as the DEM is given back.
    regions = replace(regions, label=np.empty((0, 0), dtype=np.int32))
    shapes = _shapes(runs, value, len(summit), dem)
    del runs, value
    return _drawn(dem, regions, found, hill, summit, shapes)


def _shapes(runs: Runs, value: Ints, count: int, dem: Raster) -> npt.NDArray[np.object_]:
    """Give the MultiPolygon of each class of runs."""
    patch = patches(runs, classes=value)
    pieces = int(patch.max()) + 1
    owner = np.empty(pieces, dtype=np.int64)
    owner[patch] = value
    return _multi(outlines(runs, patch, pieces, dem.transform), owner, count)


def _drawn(
    dem: Raster,
    regions: Climb,
    found: Peaks,
    hill: Ints,
    summit: Ints,
    shapes: npt.NDArray[np.object_],
) -> HillMap:
    """Make the tables of hills and peaks."""
    number = np.full(len(hill), -1, dtype=np.int32)
    number[summit] = np.arange(len(summit), dtype=np.int32)
    ids = np.array([f"H{n + 1:04d}" for n in range(len(summit))], dtype=object)
    parent = np.where(found.parent[summit] >= 0, hill[found.parent[summit]], -1)
    area = shapely.area(shapes)
    prominence = found.prominence[summit]
    table = pd.DataFrame(
        {
            "hill_id": ids,
            "hill_name": None,
            "peak_m": regions.height[summit],
            "prominence_m": prominence,
            "saddle_m": np.where(parent >= 0, regions.height[summit] - prominence, np.nan),
            "parent_id": pd.Series(
                [ids[number[p]] if p >= 0 else None for p in parent], dtype=object
            ),
            "area_m2": area,
            "area_mu": area / MU_M2,
            "n_stands": None,
        }
    )
    x, y = _place(dem, regions.summit[summit])
    saddle_x, saddle_y = _place(dem, np.maximum(found.saddle[summit], 0))
    top = table[["hill_id", "hill_name", "peak_m", "prominence_m"]].assign(
        saddle_x=np.where(parent >= 0, saddle_x, np.nan),
        saddle_y=np.where(parent >= 0, saddle_y, np.nan),
    )
    return HillMap(
        gpd.GeoDataFrame(table, geometry=shapes, crs=dem.crs),
        gpd.GeoDataFrame(top, geometry=shapely.points(x, y), crs=dem.crs),
    )


def _numbered(regions: Climb, kept: Ints, columns: int) -> Ints:
    """Order the kept summits from north to south, then from west to east."""
    row, column = np.divmod(regions.summit[kept], columns)
    return kept[np.lexsort((column, row))]


def _place(dem: Raster, cell: Ints) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Give the centres of flat cell numbers."""
    row, column = np.divmod(cell, dem.array.shape[1])
    a, _, c, _, e, f = dem.transform
    return c + a * (column + 0.5), f + e * (row + 0.5)


def _multi(polygons: npt.NDArray[np.object_], owner: Ints, count: int) -> npt.NDArray[np.object_]:
    """Gather polygons into one MultiPolygon an owner; every owner has at least one."""
    order = np.argsort(owner, kind="stable")
    begin = np.searchsorted(owner[order], np.arange(count + 1))
    made = np.empty(count, dtype=object)
    for number in range(count):
        made[number] = shapely.multipolygons(polygons[order[begin[number] : begin[number + 1]]])
    return made


def named(found: HillMap, names: gpd.GeoDataFrame, field: str) -> HillMap:
    """Give hills the names (小地名) of the points that lie in them.

    Of several points in a hill the one nearest to its peak names it.

    Args:
        found: Hills and peaks.
        names: Points in the same CRS.
        field: Column of the name.
    """
    points = names[names[field].notna()]
    tree = shapely.STRtree(points.geometry.to_numpy())
    hills, peaks_ = found.hills.copy(), found.peaks.copy()
    hill, point = tree.query(hills.geometry.to_numpy(), predicate="intersects")
    tops = peaks_.geometry.to_numpy()
    far = shapely.distance(tops[hill], points.geometry.to_numpy()[point])
    # A point on a border names one hill only, and a hill takes one name only.
    for by_point in (True, False):
        owner, other = (point, hill) if by_point else (hill, point)
        order = np.lexsort((other, far, owner))
        first = order[np.diff(owner[order], prepend=-1) != 0]
        hill, point, far = hill[first], point[first], far[first]
    called = np.array([None] * len(hills), dtype=object)
    called[hill] = points[field].to_numpy()[point]
    # As objects: newer pandas would turn missing text into NaN.
    hills["hill_name"] = pd.Series(called, index=hills.index, dtype=object)
    peaks_["hill_name"] = pd.Series(called, index=peaks_.index, dtype=object)
    return HillMap(hills, peaks_)


def unused_names(hills: gpd.GeoDataFrame, names: gpd.GeoDataFrame, field: str) -> tuple[int, int]:
    """Count the named points, and those of them that no hill took its name from."""
    given = int(names[field].notna().sum())
    return given, given - int(hills["hill_name"].notna().sum())
