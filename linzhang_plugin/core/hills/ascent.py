"""Which summit each cell of a DEM climbs to, and where neighbouring summits' slopes meet.

Heights are ordered totally by (height, cell number), so that plateaus and equal summits need no
special case: every cell but one summit per region has a neighbour above it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from linzhang_plugin.core.progress import Progress, part, silent, step

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

CHUNK = 4_000_000
"""Cells worked at a time."""

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

    def cells(self) -> Ints:
        """(s,) number of cells of each region."""
        flat = self.label.ravel()
        count = np.zeros(len(self.summit), dtype=np.int64)
        for piece in _chunks(flat.size):
            inside = flat[piece]
            count += np.bincount(inside[inside >= 0], minlength=len(self.summit))
        return count


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


def climb(
    dem: npt.NDArray[Any], valid: npt.NDArray[np.bool_], progress: Progress = silent
) -> Climb:
    """Follow the steepest ascent from every cell to its summit.

    Worked strip by strip: beside the DEM itself two 32-bit numbers a cell are held.

    Args:
        dem: (rows, cols) heights, m, square cells; at most 2³¹ cells.
        valid: (rows, cols) cells that belong to the DEM.
        progress: Receiver of progress.

    Returns:
        The regions, numbered in the order of their summits' cells.

    Raises:
        CancelledError: Stopped by ``progress``.
    """
    above = _cell_above(dem, valid, part(progress, 0.0, 0.4))
    inside = valid.ravel()
    cells = _chunks(above.size)
    moving, left = True, 0.5
    while moving:
        moving = False
        for piece in cells:
            step(progress, 0.9 - left)
            further = above[above[piece]]
            moving |= not np.array_equal(further, above[piece])
            above[piece] = further
        left /= 2  # every round doubles the way that has been followed
    summit = np.concatenate(
        [
            piece.start + np.flatnonzero(inside[piece] & (above[piece] == _numbers(piece)))
            for piece in cells
        ]
    )
    number = np.full(above.size, -1, dtype=np.int32)
    number[summit] = np.arange(len(summit), dtype=np.int32)
    for piece in cells:
        step(progress, 0.9)
        above[piece] = np.where(inside[piece], number[above[piece]], np.int32(-1))
    height = np.asarray(dem).ravel()[summit].astype(np.float64)
    return Climb(above.reshape(dem.shape), summit, height)


def _chunks(size: int) -> list[slice]:
    """Cut flat cell numbers into pieces."""
    return [slice(i, min(size, i + CHUNK)) for i in range(0, size, CHUNK)]


def _numbers(piece: slice) -> npt.NDArray[np.int32]:
    """Give the flat cell numbers of a piece."""
    return np.arange(piece.start, piece.stop, dtype=np.int32)


def _strips(rows: int, cols: int) -> list[tuple[int, int]]:
    """Cut rows into strips of about a chunk of cells."""
    high = max(1, CHUNK // cols)
    return [(i, min(rows, i + high)) for i in range(0, rows, high)]


def _cell_above(
    dem: npt.NDArray[Any], valid: npt.NDArray[np.bool_], progress: Progress
) -> npt.NDArray[np.int32]:
    """Give for each cell the neighbour of the steepest ascent, itself on a summit."""
    rows, cols = dem.shape
    above = np.empty(rows * cols, dtype=np.int32)
    for first, last in _strips(rows, cols):
        step(progress, first / rows)
        top, bottom = max(0, first - 1), min(rows, last + 1)
        z = np.where(valid[top:bottom], dem[top:bottom], -np.inf).astype(np.float32)
        own = np.arange(top * cols, bottom * cols, dtype=np.int32).reshape(z.shape)
        found = _steepest(z, own)
        above[first * cols : last * cols] = found[first - top : last - top].ravel()
    return above


def _steepest(z: npt.NDArray[np.float32], own: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """Give the number of each cell's steepest higher neighbour, its own on a summit."""
    best = np.full(z.shape, -1.0, dtype=np.float32)
    above = own.copy()
    for down, right in NEIGHBOURS:
        run = np.float32(1.0 if down == 0 or right == 0 else 2.0**-0.5)
        here, there = _pair(down, right, *z.shape)
        with np.errstate(invalid="ignore"):
            rise = (z[there] - z[here]) * run
        for low, high, steep in ((here, there, rise), (there, here, -rise)):
            # Of level neighbours the one with the greater cell number is above.
            up = (steep > 0) | ((steep == 0) & (own[high] > own[low]))
            take = up & (steep > best[low])
            np.copyto(best[low], steep, where=take)
            np.copyto(above[low], own[high], where=take)
    return above


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


def saddles(dem: npt.NDArray[Any], regions: Climb, progress: Progress = silent) -> Saddles:
    """Find the highest pass between every two touching regions.

    Args:
        dem: (rows, cols) the heights that ``regions`` were made from.
        regions: Result of :func:`climb`.
        progress: Receiver of progress.

    Returns:
        One row a pair of touching regions, ordered by height downwards, then by cell.

    Raises:
        CancelledError: Stopped by ``progress``.
    """
    rows, cols = dem.shape
    found = []
    for first, last in _strips(rows, cols):
        step(progress, first / rows)
        bottom = min(rows, last + 1)
        z = np.asarray(dem[first:bottom], dtype=np.float32)
        found.append(_passes(z, regions.label[first:bottom], first, len(regions.summit)))
    key, height, cell = (np.concatenate(parts) for parts in zip(*found, strict=True))
    kept = _highest(key, height, cell)
    kept = kept[np.lexsort((cell[kept], -height[kept]))]
    count = max(1, len(regions.summit))
    return Saddles(
        key[kept] // count, key[kept] % count, height[kept].astype(np.float64), cell[kept]
    )


def _passes(
    z: npt.NDArray[np.float32], label: npt.NDArray[np.int32], first: int, count: int
) -> tuple[Ints, npt.NDArray[np.float32], Ints]:
    """Give (pair of regions, height, cell) of the highest pass of each pair in a strip."""
    cols = z.shape[1]
    keys, heights, cells = [], [], []
    for down, right in NEIGHBOURS:
        here, there = _pair(down, right, *z.shape)
        a, b = label[here], label[there]
        row, col = np.nonzero((a != b) & (a >= 0) & (b >= 0))
        one, two = a[row, col].astype(np.int64), b[row, col].astype(np.int64)
        z_one, z_two = z[here][row, col], z[there][row, col]
        keys.append(np.minimum(one, two) * count + np.maximum(one, two))
        heights.append(np.minimum(z_one, z_two))
        cell_one = (row + first + here[0].start) * cols + col + here[1].start
        cell_two = (row + first + there[0].start) * cols + col + there[1].start
        # Of two level cells the later one: the same whichever way a pair is met.
        lower_one = (z_one < z_two) | ((z_one == z_two) & (cell_one > cell_two))
        cells.append(np.where(lower_one, cell_one, cell_two))
    key, height, cell = np.concatenate(keys), np.concatenate(heights), np.concatenate(cells)
    kept = _highest(key, height, cell)
    return key[kept], height[kept], cell[kept]


def _highest(key: Ints, height: npt.NDArray[np.float32], cell: Ints) -> Ints:
    """Give the rows of the highest pass of each pair, of level ones that of the first cell."""
    order = np.lexsort((cell, -height, key))
    return order[np.diff(key[order], prepend=-1) != 0]
