"""How much of the own grid was walked past: 10 m cells, silences not bridged blindly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pyproj
import shapely
from scipy.ndimage import distance_transform_edt
from scipy.spatial import cKDTree

from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.patrols.fixes import Bools, Fixes, Floats, Ints
from linzhang_plugin.core.patrols.sources import ByPeople
from linzhang_plugin.core.progress import Progress, silent, step
from linzhang_plugin.core.tables.zones import to_zone
from linzhang_plugin.core.terrain.outlines import outlines
from linzhang_plugin.core.terrain.runs import patches, runs_of

CELL_M = 10.0
SPACING_M = 4.0
"""Ways are filled with points so far apart: the buffer's edge errs by under 0.1 m."""
LARGEST_CELLS = 4_000_000
SPAN = 2**32
"""More rows than a raster of the Earth has: column and row are one number."""


@dataclass(frozen=True)
class CoverageParams:
    """How coverage is measured.

    Attributes:
        buffer_m: What a ranger sees to either side.
        cell_m: Cell size; larger grids take larger cells.
        silent_minutes: The way through a longer silence is not known: only its ends count.
        longest_m: Nor is that through a longer step.
    """

    buffer_m: float = 100.0
    cell_m: float = CELL_M
    silent_minutes: float = 5.0
    longest_m: float = 500.0


def coverage(
    fixes: Fixes | ByPeople,
    grids: gpd.GeoDataFrame,
    params: CoverageParams,
    forest: gpd.GeoDataFrame | None = None,
    progress: Progress = silent,
    seen: Heat | None = None,
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Give the share of each grid within the buffer of its own ranger's way.

    Args:
        fixes: In order of person and time, WGS84; those of valid patrols, whole or some persons
            at a time.
        grids: ``grid_code``, ``ranger_id`` and polygons.
        params: Buffer, cells, silences.
        forest: Polygons of forest; only they count. None: the whole grid.
        progress: Told after every grid.
        seen: Takes the minutes of all fixes too, so that they are read once.

    Returns:
        Coverage by grid (columns of the table ``coverage``) and the unvisited areas, both in the
        grids' CRS.

    Raises:
        CancelledError: The user stopped it.
    """
    flat = to_zone(grids)
    wood = None if forest is None else forest.to_crs(flat.crs).geometry.to_numpy()
    tree = None if wood is None else shapely.STRtree(wood)
    done: dict[int, Row] = {}
    whole = list(flat.itertuples(index=False))
    by_ranger: dict[str, list[int]] = {}
    for number, grid in enumerate(whole):
        by_ranger.setdefault(str(getattr(grid, "ranger_id", None)), []).append(number)

    def measure(number: int, way: Floats) -> None:
        step(progress, len(done) / max(1, len(whole)), Message("Grid {n}.", {"n": len(done) + 1}))
        area = _within(whole[number].geometry, wood, tree)
        done[number] = _measured(whole[number], cover(area, way, params), params, len(way))

    for some in [fixes] if isinstance(fixes, Fixes) else fixes:
        step(progress, len(done) / max(1, len(whole)))
        if seen is not None:
            seen.add(some)
        for person, way in ways_of(some, flat.crs, params).items():
            for number in by_ranger.pop(person, []) if len(way) else []:
                measure(number, way)
    for number in [number for numbers in by_ranger.values() for number in numbers]:
        measure(number, np.empty((0, 2)))
    rows = [done[number][0] for number in range(len(whole))]
    empty = [done[number][1] for number in range(len(whole))]
    names = ["grid_code", "ranger_id", "town_code", "area_m2", "covered_m2", "covered_percent"]
    table = gpd.GeoDataFrame(
        rows, columns=[*names, "buffer_m", "n_fix"], geometry=list(flat.geometry), crs=flat.crs
    )
    missing = [row for row in empty if not row[2].is_empty]
    gaps = gpd.GeoDataFrame(
        [row[:2] for row in missing],
        columns=["grid_code", "area_m2"],
        geometry=[_multi(row[2]) for row in missing],
        crs=flat.crs,
    )
    table["geometry"] = [_multi(shape) for shape in table.geometry]
    return table.to_crs(grids.crs), gaps.to_crs(grids.crs)


Row = tuple[tuple[object, ...], tuple[object, float, shapely.Geometry]]
"""A grid's row of the table ``coverage`` and what is unvisited of it."""


def _measured(
    grid: Any, found: tuple[float, float, shapely.Geometry], params: CoverageParams, n_fix: int
) -> Row:
    covered, total, missed = found
    percent = 100.0 * covered / total if total else None
    ranger, town = getattr(grid, "ranger_id", None), getattr(grid, "town_code", None)
    row = (grid.grid_code, ranger, town, total, covered, percent, params.buffer_m, n_fix)
    return row, (grid.grid_code, missed.area, missed)


def ways_of(fixes: Fixes, crs: pyproj.CRS, params: CoverageParams) -> Mapping[str, Floats]:
    """Give each person's way as points at most SPACING_M apart, (n, 2) metres in ``crs``."""
    if not len(fixes):
        return {}
    x, y = pyproj.Transformer.from_crs(4326, crs, always_xy=True).transform(fixes.lon, fixes.lat)
    starts = np.searchsorted(fixes.person, np.arange(len(fixes.people) + 1))
    out: dict[str, Floats] = {}
    for code, person in enumerate(fixes.people):
        rows = slice(starts[code], starts[code + 1])
        out[person] = densified(x[rows], y[rows], fixes.time[rows] / 60_000.0, params)
    return out


def densified(x: Floats, y: Floats, minutes: Floats, params: CoverageParams) -> Floats:
    """Fill the known ways between fixes with points."""
    if len(x) < 2:
        return np.column_stack([x, y])
    dx, dy = np.diff(x), np.diff(y)
    length = np.hypot(dx, dy)
    known = (np.diff(minutes) <= params.silent_minutes) & (length <= params.longest_m)
    pieces = np.where(known, np.ceil(length / SPACING_M), 1).astype(np.int64)
    pieces = np.maximum(pieces, 1)
    which = np.repeat(np.arange(len(pieces)), pieces)
    first = np.concatenate([[0], np.cumsum(pieces)[:-1]])
    part = (np.arange(len(which)) - first[which]) / pieces[which]
    points = np.column_stack([x[which] + part * dx[which], y[which] + part * dy[which]])
    return np.concatenate([points, [[x[-1], y[-1]]]])


def cover(
    area: shapely.Geometry, way: Floats, params: CoverageParams
) -> tuple[float, float, shapely.Geometry]:
    """Give the covered m², the whole m² and the unvisited part of an area.

    Cells clearly inside or outside the buffer are told by a distance transform; only those near
    its edge are measured against the way itself, so the result is that of the exact buffer
    sampled at cell centres.
    """
    if area is None or area.is_empty:
        return 0.0, 0.0, shapely.Polygon()
    total = float(area.area)
    west, south, east, north = area.bounds
    near = way[
        (way[:, 0] > west - params.buffer_m) & (way[:, 0] < east + params.buffer_m)
        & (way[:, 1] > south - params.buffer_m) & (way[:, 1] < north + params.buffer_m)
    ]  # fmt: skip
    if not len(near):
        return 0.0, total, area
    cell = max(params.cell_m, ((east - west) * (north - south) / LARGEST_CELLS) ** 0.5)
    inside, x, y = _cells(area, cell)
    count = int(inside.sum())
    if not count:
        return 0.0, total, area
    covered = inside & _near(near, x, y, inside, cell, params.buffer_m)
    share = covered.sum() / count
    missed = _outline(inside & ~covered, x, y, cell)
    return float(share * total), total, shapely.intersection(missed, area)


def _cells(area: shapely.Geometry, cell: float) -> tuple[Bools, Floats, Floats]:
    west, south, east, north = area.bounds
    x = np.arange(np.floor(west / cell), np.ceil(east / cell)) * cell + cell / 2
    y = np.arange(np.floor(south / cell), np.ceil(north / cell)) * cell + cell / 2
    return filled(area, x, y, cell), x, y


def filled(area: shapely.Geometry, x: Floats, y: Floats, cell: float) -> Bools:
    """Tell which centres of cells lie in an area: odd after an odd number of borders in the row.

    Args:
        area: Polygon or multipolygon.
        x: (c,) centres, rising by ``cell``.
        y: (r,) centres, rising by ``cell``.
        cell: m.
    """
    rings = shapely.get_rings(shapely.get_parts(area))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    edge = np.flatnonzero(ring[1:] == ring[:-1])
    (x0, y0), (x1, y1) = points[edge].T, points[edge + 1].T
    low = np.ceil((np.minimum(y0, y1) - y[0]) / cell).astype(np.int64)
    high = np.ceil((np.maximum(y0, y1) - y[0]) / cell).astype(np.int64)
    low, high = (np.clip(rows, 0, len(y)) for rows in (low, high))
    which = np.repeat(np.arange(len(edge)), high - low)
    row = np.arange(len(which)) - np.repeat(np.cumsum(high - low) - high, high - low)
    slope = (x1[which] - x0[which]) / (y1[which] - y0[which])
    crossing = x0[which] + (y[row] - y0[which]) * slope
    column = np.clip(np.ceil((crossing - x[0]) / cell), 0, len(x)).astype(np.int64)
    width = len(x) + 1
    borders = np.bincount(row * width + column, minlength=len(y) * width).reshape(len(y), width)
    odd = (borders[:, :-1] & 1).astype(bool)
    return np.asarray(np.logical_xor.accumulate(odd, axis=1), dtype=np.bool_)


def _near(way: Floats, x: Floats, y: Floats, inside: Bools, cell: float, buffer_m: float) -> Bools:
    pad = int(np.ceil(buffer_m / cell)) + 2
    shape = (len(y) + 2 * pad, len(x) + 2 * pad)
    column = np.floor((way[:, 0] - x[0]) / cell + 0.5).astype(np.int64) + pad
    row = np.floor((way[:, 1] - y[0]) / cell + 0.5).astype(np.int64) + pad
    kept = (row >= 0) & (row < shape[0]) & (column >= 0) & (column < shape[1])
    free: npt.NDArray[np.bool_] = np.ones(shape, dtype=bool)
    free[row[kept], column[kept]] = False
    if free.all():
        return np.zeros(inside.shape, dtype=bool)
    distance = distance_transform_edt(free)[pad:-pad, pad:-pad] * cell
    slack = 1.5 * cell  # both ends of the distance may lie half a diagonal off
    near = distance <= buffer_m - slack
    edge = np.flatnonzero((inside & ~near & (distance <= buffer_m + slack)).ravel())
    if len(edge):
        points = np.column_stack([x[edge % len(x)], y[edge // len(x)]])
        found, _ = cKDTree(way).query(points, distance_upper_bound=buffer_m + 1e-9)
        near.ravel()[edge] = np.isfinite(found)
    return near


def _outline(cells: Bools, x: Floats, y: Floats, cell: float) -> shapely.Geometry:
    """Give the union of cells."""
    runs = runs_of(cells)
    if not len(runs):
        return shapely.Polygon()
    patch = patches(runs)
    place = (cell, 0.0, float(x[0]) - cell / 2, 0.0, cell, float(y[0]) - cell / 2)
    return shapely.multipolygons(outlines(runs, patch, int(patch.max()) + 1, place))


def _within(
    grid: shapely.Geometry, wood: npt.NDArray[np.object_] | None, tree: shapely.STRtree | None
) -> shapely.Geometry:
    if wood is None or tree is None:
        return grid
    near = tree.query(grid, predicate="intersects")
    return shapely.union_all(shapely.intersection(wood[np.sort(near)], grid))


def _multi(shape: shapely.Geometry) -> shapely.Geometry:
    parts = [p for p in shapely.get_parts(shape) if p.geom_type in ("Polygon", "MultiPolygon")]
    flat = [q for p in parts for q in shapely.get_parts(p)]
    return shapely.MultiPolygon(flat)


class Heat:
    """Minutes spent in each cell of a projected CRS, added up part by part.

    Args:
        crs: Projected CRS of the raster.
        cell: Cell size, m.
        silent_minutes: Longer silences count for nobody.
    """

    def __init__(self, crs: pyproj.CRS, cell: float, silent_minutes: float) -> None:
        """Begin without minutes."""
        self._place = pyproj.Transformer.from_crs(4326, crs, always_xy=True)
        self.cell, self.silent_minutes = cell, silent_minutes
        self._cells: Ints = np.zeros(0, dtype=np.int64)
        self._minutes: Floats = np.zeros(0)

    def add(self, fixes: Fixes) -> None:
        """Add the minutes of fixes in order of person and time, WGS84."""
        x, y = self._place.transform(fixes.lon, fixes.lat)
        minutes = np.diff(fixes.time) / 60_000.0
        good = (np.diff(fixes.person) == 0) & (minutes <= self.silent_minutes)
        lasting = np.where(good, minutes, 0.0)
        weight = np.zeros(len(fixes))
        weight[:-1] += lasting / 2
        weight[1:] += lasting / 2
        column = np.floor(x / self.cell).astype(np.int64)
        row = np.floor(-y / self.cell).astype(np.int64)
        cells = np.concatenate([self._cells, column * SPAN + row])
        self._cells, which = np.unique(cells, return_inverse=True)
        weights = np.concatenate([self._minutes, weight])
        summed = np.bincount(which, weights, minlength=len(self._cells))
        self._minutes = np.asarray(summed, np.float64)

    def raster(self) -> tuple[Floats, float, float]:
        """Give the minutes, rows from north to south, and the west and north edge (m).

        Without any fix there are no rows.
        """
        if not len(self._cells):
            return np.zeros((0, 0)), 0.0, 0.0
        column = np.floor_divide(self._cells + SPAN // 2, SPAN)
        row = self._cells - column * SPAN
        west, north = int(column.min()), int(row.min())
        column, row = column - west, row - north
        grid = np.zeros((int(row.max()) + 1, int(column.max()) + 1))
        grid[row, column] = self._minutes
        return grid, west * self.cell, -north * self.cell
