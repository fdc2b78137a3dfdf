"""Polygons of patches given as runs: the exact outlines of their cells.

Every side between a patch's cell and a cell of another patch (or none) is found from the runs
alone, directed so that the patch lies on its right. Each side is linked to the one that goes on
from its end, which makes rings (exteriors clockwise in raster space, holes the other way); one
depth-first walk over all of them, each ring's end tied to the next one's beginning, gives the
corners in order.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, depth_first_order

from linzhang_plugin.core.terrain.runs import Runs, counting

Ints = npt.NDArray[np.int64]
Transform = tuple[float, float, float, float, float, float]

RUNS_AT_ONCE = 500_000
"""Runs whose sides are held in memory at a time; one patch is never divided."""

EAST, SOUTH, WEST, NORTH = range(4)


@dataclass(frozen=True, eq=False)
class _Sides:
    """Directed sides, ordered by the corner that they begin at.

    Attributes:
        patch: (s,) patch on the right.
        row: (s,) row of the corner where the side begins.
        column: (s,) its column.
        heading: (s,) EAST, SOUTH, WEST or NORTH.
        following: (s,) the side that goes on from its end.
    """

    patch: Ints
    row: Ints
    column: Ints
    heading: Ints
    following: Ints


def outlines(runs: Runs, patch: Ints, count: int, transform: Transform) -> npt.NDArray[np.object_]:
    """Give the polygon of each patch.

    Args:
        runs: Runs ordered by row and column.
        patch: (r,) patch of each run, 0 … count-1; each patch connected by sides.
        count: Number of patches.
        transform: (a, b, c, d, e, f) of the upper left corner of cell (0, 0), as in rasterio.

    Returns:
        (count,) valid polygons with holes, in the transform's CRS.
    """
    order = np.argsort(patch, kind="stable")
    begin = np.searchsorted(patch[order], np.arange(count + 1))
    made = [np.empty(0, dtype=object)]
    first = 0
    while first < count:
        last = max(first + 1, int(np.searchsorted(begin, begin[first] + RUNS_AT_ONCE, "right")) - 1)
        some = order[begin[first] : begin[last]]
        made.append(_polygons(_sides(runs.take(some), patch[some] - first), transform))
        first = last
    return np.concatenate(made)


def _sides(runs: Runs, patch: Ints) -> _Sides:
    """Find all sides of runs ordered by patch, row and column, and link them."""
    high, wide = int(runs.row.max()) + 3, int(runs.end.max()) + 2
    line = patch * high + runs.row + 1
    right = np.arange(len(runs))
    top, top_from, top_to = _uncovered(runs, line, wide, -1)
    low, low_from, low_to = _uncovered(runs, line, wide, 1)
    run = np.concatenate((top, right, low, right))
    heading = np.repeat([EAST, SOUTH, WEST, NORTH], [len(top), len(runs), len(low), len(runs)])
    begins_lower, ends_lower = heading >= WEST, (heading == SOUTH) | (heading == WEST)
    column = np.concatenate((top_from, runs.end, low_to, runs.start))
    end_column = np.concatenate((top_to, runs.end, low_from, runs.start))
    code = (line[run] + begins_lower) * wide + column
    order = np.argsort(code, kind="stable")
    run, heading, code = run[order], heading[order], code[order]
    end = (line[run] + ends_lower[order]) * wide + end_column[order]
    following = np.searchsorted(code, end)
    # Where the patch touches itself at a corner two sides begin: turn left. The patch is
    # connected elsewhere, so one of the two gaps there is enclosed by it: turning left keeps
    # that gap a ring of its own, a hole that touches the shell in one point.
    second = np.minimum(following + 1, len(code) - 1)
    forked = (code[second] == code[following]) & (second != following)
    following += forked & (heading[following] != (heading - 1) % 4)
    return _Sides(
        patch[run], runs.row[run] + begins_lower[order], column[order], heading, following
    )


def _uncovered(runs: Runs, line: Ints, wide: int, side: int) -> tuple[Ints, Ints, Ints]:
    """Give the stretches (run, first, last) that no run of the line above or below covers."""
    beside = (line + side) * wide
    first = np.searchsorted(line * wide + runs.end, beside + runs.start, side="right")
    last = np.searchsorted(line * wide + runs.start, beside + runs.end, side="left")
    covers = np.maximum(last - first, 0)
    # Between c covers there are c + 1 stretches; those of no length are dropped.
    run = np.repeat(np.arange(len(runs)), covers + 1)
    number = counting(covers + 1)
    cover = first[run] + number
    begins, ends = number == 0, number == covers[run]
    left = np.where(begins, runs.start[run], runs.end[np.maximum(cover - 1, 0)])
    right = np.where(ends, runs.end[run], runs.start[np.minimum(cover, len(runs) - 1)])
    free = right > left
    return run[free], left[free], right[free]


def _polygons(sides: _Sides, transform: Transform) -> npt.NDArray[np.object_]:
    """String the sides together, ring by ring; the corners in line are left out."""
    start, order = _in_rings(sides.following)
    before = np.empty_like(sides.following)
    before[sides.following] = np.arange(len(before))
    turns = (sides.heading != sides.heading[before])[order]
    begins = np.zeros(len(order), dtype=bool)
    begins[np.isin(order, start)] = True
    ring = np.cumsum(begins) - 1
    corner, ring = order[turns], ring[turns]
    size = np.bincount(ring, minlength=len(start))
    offset = np.concatenate(([0], np.cumsum(size + 1)))
    # Every ring ends where it begins.
    at = np.arange(offset[-1])
    number = np.repeat(np.arange(len(start)), size + 1)
    at -= number
    closing = offset[1:] - 1
    at[closing] = offset[:-1] - np.arange(len(start))
    x, y = sides.column[corner][at], sides.row[corner][at]
    a, b, c, d, e, f = transform
    points = np.column_stack((a * x + b * y + c, d * x + e * y + f))
    # The ring through the topmost, leftmost corner comes first: a hole never reaches it.
    # Not by from_ragged_array: shapely 2.1.0 (Debian 13) writes beyond its arrays there.
    rings = shapely.linearrings(points, indices=number)
    return np.asarray(shapely.polygons(rings, indices=sides.patch[start]), dtype=object)


def _in_rings(following: Ints) -> tuple[Ints, Ints]:
    """Give the first side of each ring, ascending, and all sides ring by ring in walking order."""
    count = len(following)
    edges = (np.ones(count, dtype=np.int8), following, np.arange(count + 1))
    _, ring = connected_components(csr_array(edges, (count, count)), directed=False)
    start = np.sort(np.unique(ring, return_index=True)[1])
    before = np.empty_like(following)
    before[following] = np.arange(count)
    tied = following.copy()
    tied[before[start]] = np.append(start[1:], start[0])
    edges = (np.ones(count, dtype=np.int8), tied, np.arange(count + 1))
    walk = csr_array(edges, (count, count))
    return start, depth_first_order(walk, int(start[0]), return_predecessors=False)
