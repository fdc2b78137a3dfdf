"""Polygons of patches given as runs: the exact outlines of their cells.

Every unit side between a patch's cell and a cell of another patch (or none) is found from the
runs alone, directed so that the patch lies on its right; sides in line are joined at once, and
the corners are strung together into rings (exteriors clockwise in raster space, holes the other
way).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from linzhang_plugin.core.terrain.runs import Runs

Ints = npt.NDArray[np.int64]
Transform = tuple[float, float, float, float, float, float]


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
    a, b, c, d, e, f = transform
    polygons = np.empty(count, dtype=object)
    for number in range(count):
        rings = _rings(runs.take(order[begin[number] : begin[number + 1]]))
        shells = [
            np.column_stack((a * x + b * y + c, d * x + e * y + f))
            for x, y in ((ring[:, 0], ring[:, 1]) for ring in rings)
        ]
        polygons[number] = shapely.Polygon(shells[0], shells[1:])
    return polygons


def _rings(runs: Runs) -> list[npt.NDArray[np.float64]]:
    """Give the rings of one patch in corner coordinates (column, row), the shell first."""
    follow = _sides(runs)
    rings = []
    while follow:
        start = min(follow)
        rings.append(_one_ring(start, follow))
    # The ring through the topmost, leftmost corner is the shell: a hole never reaches it.
    return rings


def _one_ring(
    start: tuple[int, int], follow: dict[tuple[int, int], Any]
) -> npt.NDArray[np.float64]:
    """String sides together from ``start``, taking them out of ``follow``."""
    corners = [start]
    here, came = start, None
    while True:
        ends = follow[here]
        end = ends.pop(_turn(here, came, ends)) if len(ends) > 1 else ends.pop()
        if not ends:
            del follow[here]
        came, here = here, end
        if here == start:
            break
        corners.append(here)
    ring = np.array([(col, row) for row, col in [*corners, start]], dtype=np.float64)
    return ring


def _turn(here: tuple[int, int], came: tuple[int, int] | None, ends: list[tuple[int, int]]) -> int:
    """Choose among two sides at a corner where the patch touches itself: turn left.

    The patch is connected elsewhere, so one of the two gaps at that corner is enclosed by it:
    turning left keeps that gap a ring of its own, a hole that touches the shell in one point.
    """
    if came is None:
        return 0
    down, right = here[0] - came[0], here[1] - came[1]
    for number, (row, col) in enumerate(ends):
        # Left of the direction of travel, rows growing downwards.
        if (row - here[0]) * right - (col - here[1]) * down < 0:
            return number
    return 0


def _sides(runs: Runs) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """Give every side of the patch as start corner → end corners, (row, col), clockwise."""
    follow: dict[tuple[int, int], list[tuple[int, int]]] = {}
    rows, starts, ends = runs.row, runs.start, runs.end
    tops = _uncovered(runs, -1)
    bottoms = _uncovered(runs, 1)
    for row, first, last in tops:
        follow.setdefault((row, first), []).append((row, last))
    for row, first, last in bottoms:
        follow.setdefault((row + 1, last), []).append((row + 1, first))
    for row, first, last in zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True):
        follow.setdefault((row, last), []).append((row + 1, last))
        follow.setdefault((row + 1, first), []).append((row, first))
    return follow


def _uncovered(runs: Runs, side: int) -> list[tuple[int, int, int]]:
    """Give the stretches (row, first, last) that no run of the row above or below covers."""
    by_row: dict[int, list[tuple[int, int]]] = {}
    triples = list(zip(runs.row.tolist(), runs.start.tolist(), runs.end.tolist(), strict=True))
    for row, first, last in triples:
        by_row.setdefault(row, []).append((first, last))
    free = []
    for row, first, last in triples:
        at = first
        for begin, end in by_row.get(row + side, ()):
            if end <= at or begin >= last:
                continue
            if begin > at:
                free.append((row, at, begin))
            at = max(at, end)
        if at < last:
            free.append((row, at, last))
    return free
