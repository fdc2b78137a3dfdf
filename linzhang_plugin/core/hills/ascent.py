"""Which summit each cell of a DEM climbs to, and where neighbouring summits' slopes meet.

Heights are ordered totally by (height, cell number), so that plateaus and equal summits need no
special case: every cell but one summit per region has a neighbour above it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

NEIGHBOURS = ((0, 1), (1, 0), (1, 1), (1, -1))
"""Half of the eight directions; the other half are their opposites."""


@dataclass(frozen=True, eq=False)
class Climb:
    """A DEM cut into the regions that climb to the same summit.

    Attributes:
        label: (rows, cols) number of the region, 0 … s-1; -1 outside the DEM.
        summit: (s,) flat cell number of each region's summit.
        height: (s,) its height, m.
    """

    label: npt.NDArray[np.int32]
    summit: Ints
    height: Floats


@dataclass(frozen=True, eq=False)
class Saddles:
    """The highest pass between each two touching regions, highest first.

    Attributes:
        first: (e,) region on one side.
        second: (e,) region on the other.
        height: (e,) height of the pass, m: the lower of its two cells.
        cell: (e,) flat cell number of the pass.
    """

    first: Ints
    second: Ints
    height: Floats
    cell: Ints


def climb(dem: npt.NDArray[Any], valid: npt.NDArray[np.bool_]) -> Climb:
    """Follow the steepest ascent from every cell to its summit.

    Args:
        dem: (rows, cols) heights, m, square cells.
        valid: (rows, cols) cells that belong to the DEM.

    Returns:
        The regions, numbered in the order of their summits' cells.
    """
    above = _cell_above(np.asarray(dem, dtype=np.float32), valid)
    while True:
        further = above[above]
        if np.array_equal(further, above):
            break
        above = further
    inside = valid.ravel()
    is_summit = inside & (above == np.arange(above.size, dtype=above.dtype))
    summit = np.flatnonzero(is_summit)
    number = np.full(above.size, -1, dtype=np.int32)
    number[summit] = np.arange(len(summit), dtype=np.int32)
    label = np.where(inside, number[above], np.int32(-1)).reshape(dem.shape)
    return Climb(label, summit, np.asarray(dem, dtype=np.float64).ravel()[summit])


def _cell_above(dem: npt.NDArray[np.float32], valid: npt.NDArray[np.bool_]) -> Ints:
    """Give for each cell the neighbour of the steepest ascent, itself on a summit."""
    rows, cols = dem.shape
    z = np.where(valid, dem, np.float32(-np.inf))
    own = np.arange(rows * cols, dtype=np.int64).reshape(rows, cols)
    best = np.full((rows, cols), -1.0, dtype=np.float32)
    above = own.copy()
    for down, right in NEIGHBOURS:
        run = np.float32(1.0 if down == 0 or right == 0 else 2.0**-0.5)
        here, there = _pair(down, right, rows, cols)
        for low, high in ((here, there), (there, here)):
            with np.errstate(invalid="ignore"):
                rise = (z[high] - z[low]) * run
            up = (rise > 0) | ((rise == 0) & (own[high] > own[low]))
            take = up & (rise > best[low])
            best[low] = np.where(take, rise, best[low])
            above[low] = np.where(take, own[high], above[low])
    return above.ravel()


def _pair(
    down: int, right: int, rows: int, cols: int
) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    """Give the slices of all cells and of their neighbours in one direction."""
    if right >= 0:
        here = (slice(0, rows - down), slice(0, cols - right))
        there = (slice(down, rows), slice(right, cols))
    else:
        here = (slice(0, rows - down), slice(-right, cols))
        there = (slice(down, rows), slice(0, cols + right))
    return here, there


def saddles(dem: npt.NDArray[Any], regions: Climb) -> Saddles:
    """Find the highest pass between every two touching regions.

    Args:
        dem: (rows, cols) the heights that ``regions`` were made from.
        regions: Result of :func:`climb`.

    Returns:
        One row a pair of touching regions, ordered by height downwards, then by cell.
    """
    rows, cols = dem.shape
    count = len(regions.summit)
    keys, heights, cells = [], [], []
    z = np.asarray(dem, dtype=np.float32)
    for down, right in NEIGHBOURS:
        here, there = _pair(down, right, rows, cols)
        a, b = regions.label[here], regions.label[there]
        row, col = np.nonzero((a != b) & (a >= 0) & (b >= 0))
        if not len(row):
            continue
        one, two = a[row, col].astype(np.int64), b[row, col].astype(np.int64)
        z_one, z_two = z[here][row, col], z[there][row, col]
        keys.append(np.minimum(one, two) * count + np.maximum(one, two))
        heights.append(np.minimum(z_one, z_two))
        cell_one = (row + here[0].start) * cols + col + here[1].start
        cell_two = (row + there[0].start) * cols + col + there[1].start
        cells.append(np.where(z_one <= z_two, cell_one, cell_two))
    if not keys:
        none = np.empty(0, dtype=np.int64)
        return Saddles(none, none, np.empty(0), none)
    key, height, cell = np.concatenate(keys), np.concatenate(heights), np.concatenate(cells)
    order = np.lexsort((cell, -height, key))
    first_of_pair = np.r_[True, np.diff(key[order]) != 0]
    kept = order[first_of_pair]
    kept = kept[np.lexsort((cell[kept], -height[kept]))]
    return Saddles(
        key[kept] // count, key[kept] % count, height[kept].astype(np.float64), cell[kept]
    )
