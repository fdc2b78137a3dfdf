"""Slow oracle: prominence by looking for the highest pass to higher ground, cell by cell."""

import heapq

import numpy as np


def neighbours(index, rows, cols):
    r, c = divmod(index, cols)
    for dr in (-1, 0, 1):
        for dc in (-1, 0, 1):
            if (dr or dc) and 0 <= r + dr < rows and 0 <= c + dc < cols:
                yield (r + dr) * cols + c + dc


def summits(dem):
    """Cells with no neighbour above them in the order (height, cell number)."""
    z = dem.ravel()
    rows, cols = dem.shape
    return [
        i for i in range(z.size) if all((z[j], j) < (z[i], i) for j in neighbours(i, rows, cols))
    ]


def prominence(dem, summit):
    """Best-first search from the summit downwards until ground above it is reached."""
    z = dem.ravel()
    rows, cols = dem.shape
    level, seen, heap = z[summit], {summit}, [(-z[summit], summit)]
    while heap:
        height, here = heapq.heappop(heap)
        level = min(level, -height)
        if (z[here], here) > (z[summit], summit):
            return float(z[summit] - level)
        for there in neighbours(here, rows, cols):
            if there not in seen:
                seen.add(there)
                heapq.heappush(heap, (-z[there], there))
    return float(z[summit] - np.min(z))
