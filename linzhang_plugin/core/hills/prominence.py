"""Prominence, key saddle and parent of every summit, and the merging of small hills.

Lowering the sea over the saddle graph (Kruskal's maximum spanning tree): when two islands meet
at a pass, the lower of their summits gets that pass as its key saddle and the other as its
parent. Prominence is the summit's height above its key saddle (Helman, *The Finest Peaks*, 2005).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from linzhang_plugin.core.hills.ascent import Climb, Saddles

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

PASSES_AT_ONCE = 200_000


@dataclass(frozen=True, eq=False)
class Peaks:
    """Every summit's place among the others.

    Attributes:
        prominence: (s,) m above the key saddle; above the lowest cell for an island's highest.
        saddle: (s,) flat cell number of the key saddle, -1 for an island's highest.
        parent: (s,) the summit met at the key saddle, -1 for an island's highest.
        across: (s,) the region on the other side of the key saddle, -1 likewise.
    """

    prominence: Floats
    saddle: Ints
    parent: Ints
    across: Ints


class _Forest:
    """Union-find over regions; a root may carry more than its own number."""

    def __init__(self, size: int) -> None:
        self.up = list(range(size))

    def find(self, item: int) -> int:
        up = self.up
        while up[item] != item:
            up[item] = up[up[item]]
            item = up[item]
        return item


def peaks(regions: Climb, passes: Saddles, lowest: float) -> Peaks:
    """Give each summit its prominence, key saddle and parent.

    Args:
        regions: Result of :func:`linzhang_plugin.core.hills.ascent.climb`.
        passes: Result of :func:`linzhang_plugin.core.hills.ascent.saddles`.
        lowest: Lowest height of the DEM, m: the base of summits that have no higher neighbour.
    """
    count = len(regions.summit)
    height = regions.height.tolist()
    order = np.lexsort((regions.summit, regions.height))
    rank = np.empty(count, dtype=np.int64)
    rank[order] = np.arange(count)
    prominence = regions.height - lowest
    saddle, parent, across = (np.full(count, -1, dtype=np.int64) for _ in range(3))
    islands = _Forest(count)
    ranks = rank.tolist()
    for one, two, level, cell in _rows(passes):
        a, b = islands.find(one), islands.find(two)
        if a == b:
            continue
        low, high, beyond = (a, b, two) if ranks[a] < ranks[b] else (b, a, one)
        islands.up[low] = high
        prominence[low] = height[low] - level
        saddle[low], parent[low], across[low] = cell, high, beyond
    return Peaks(prominence, saddle, parent, across)


def _rows(passes: Saddles) -> Iterator[tuple[int, int, float, int]]:
    """Give the passes one by one: lists of all of them would outweigh the DEM."""
    for begin in range(0, len(passes.cell), PASSES_AT_ONCE):
        some = slice(begin, begin + PASSES_AT_ONCE)
        yield from zip(
            passes.first[some].tolist(),
            passes.second[some].tolist(),
            passes.height[some].tolist(),
            passes.cell[some].tolist(),
            strict=True,
        )


def merge_by_prominence(regions: Climb, found: Peaks, least: float) -> Ints:
    """Give each region the summit of the hill it belongs to.

    A summit under ``least`` joins the hill across its key saddle. When it does, its own island
    holds no other hill: a lower summit of that island with enough prominence would give the
    higher one at least as much.

    Args:
        regions: The regions.
        found: Their peaks.
        least: Least prominence of a hill, m; islands' highest summits always stay.

    Returns:
        (s,) number of the hill's summit for each region.
    """
    hills = _Forest(len(regions.summit))
    small = np.flatnonzero((found.prominence < least) & (found.across >= 0))
    level = regions.height[small] - found.prominence[small]
    for low in small[np.lexsort((small, -level))].tolist():
        other = hills.find(int(found.across[low]))
        if other != hills.find(low):
            hills.up[hills.find(low)] = other
    roots = np.array([hills.find(i) for i in range(len(regions.summit))], dtype=np.int64)
    return _named_by_highest(roots, regions)


def merge_by_area(hill: Ints, area: Floats, regions: Climb, passes: Saddles, least: float) -> Ints:
    """Join hills that are too small to the neighbour over the highest pass, smallest first.

    Args:
        hill: (s,) hill of each region.
        area: (s,) area of each region, any unit.
        regions: The regions.
        passes: Their passes, highest first.
        least: Least area of a hill, same unit; a hill without neighbours stays.

    Returns:
        (s,) hill of each region.
    """
    total = np.bincount(hill, weights=area, minlength=len(hill))
    neighbours = _neighbours(hill, passes)
    merged = _Forest(len(hill))
    present = np.unique(hill)
    waiting = present[np.lexsort((present, total[present]))].tolist()
    while waiting:
        small = [h for h in waiting if merged.find(h) == h and total[h] < least]
        if not small:
            break
        changed = False
        for own in small:
            if merged.find(own) != own or total[own] >= least:
                continue
            target = _best_neighbour(own, neighbours, merged)
            if target < 0:
                continue
            merged.up[own] = target
            total[target] += total[own]
            neighbours[target] = sorted(neighbours[target] + neighbours[own])
            changed = True
        if not changed:
            break
        waiting = small
    return _named_by_highest(np.array([merged.find(h) for h in hill.tolist()]), regions)


def _neighbours(hill: Ints, passes: Saddles) -> dict[int, list[tuple[int, int]]]:
    """Give (rank of the highest pass, neighbour) of each hill's neighbours, highest first."""
    first, second = hill[passes.first], hill[passes.second]
    low, high = np.minimum(first, second), np.maximum(first, second)
    apart = np.flatnonzero(low != high)
    # Passes come highest first, so the first of each pair is its highest.
    _, best = np.unique(low[apart] * len(hill) + high[apart], return_index=True)
    rank = np.sort(apart[best])
    neighbours: dict[int, list[tuple[int, int]]] = {}
    for number, a, b in zip(rank.tolist(), low[rank].tolist(), high[rank].tolist(), strict=True):
        neighbours.setdefault(a, []).append((number, b))
        neighbours.setdefault(b, []).append((number, a))
    return neighbours


def _best_neighbour(own: int, neighbours: dict[int, list[tuple[int, int]]], merged: _Forest) -> int:
    """Give the hill over the highest pass, -1 where there is none."""
    for _, other in neighbours.get(own, ()):
        root = merged.find(other)
        if root != own:
            return root
    return -1


def _named_by_highest(group: Ints, regions: Climb) -> Ints:
    """Name each group of regions by its highest summit."""
    order = np.lexsort((regions.summit, regions.height))
    highest = np.full(int(group.max(initial=-1)) + 1, -1, dtype=np.int64)
    highest[group[order]] = order
    return highest[group]
