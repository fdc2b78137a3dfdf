"""Regions grown over a raster: fronts start at seeds, run slower uphill, and meet on ridges."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

ALL_ROUND = ((0, 1, 1.0), (1, 0, 1.0), (1, 1, 2**0.5), (1, -1, 2**0.5))


class Ground:
    """Cells that can be entered, and what a step between neighbours costs.

    Attributes:
        cells: (n,) flat index of each cell in the raster.
        number: Raster of cell numbers, -1 where nothing can be entered.
    """

    def __init__(self, cost: Floats, mask: Bools, groups: Ints | None = None) -> None:
        """Link each masked cell to its eight neighbours of the same group."""
        self.shape = cost.shape
        self.cells = np.flatnonzero(mask)
        self.number = np.full(mask.shape, -1)
        self.number.ravel()[self.cells] = np.arange(len(self.cells))
        pairs, weights = [], []
        for down, right, far in ALL_ROUND:
            a, b = shifted(self.number, down, right)
            ca, cb = shifted(cost, down, right)
            joined = (a >= 0) & (b >= 0)
            if groups is not None:
                ga, gb = shifted(groups, down, right)
                joined &= ga == gb
            pairs.append(np.stack([a[joined], b[joined]]))
            weights.append(far * 0.5 * (ca[joined] + cb[joined]))
        first, second = np.concatenate(pairs, axis=1)
        size = len(self.cells)
        self.links = sparse.coo_matrix(
            (np.concatenate(weights), (first, second)), shape=(size, size)
        ).tocsr()

    def distances(self, seeds: Ints) -> Floats:
        """Give the cost from each of k seeds (flat raster indices) to each cell: (k, n)."""
        start = self.number.ravel()[seeds]
        return np.asarray(csgraph.dijkstra(self.links, directed=False, indices=start))

    def nearest(self, seeds: Ints) -> Ints:
        """Give for each cell the position in ``seeds`` of the nearest one, -1 if none reaches."""
        start = self.number.ravel()[seeds]
        _, _, source = csgraph.dijkstra(
            self.links, directed=False, indices=start, min_only=True, return_predecessors=True
        )
        where = np.full(len(self.cells) + 1, -1)
        where[start] = np.arange(len(start))
        return np.where(source >= 0, where[source], -1)


def shifted(
    raster: npt.NDArray[Any], down: int, right: int
) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Give two views of a raster: each cell, and its neighbour ``down`` and ``right``."""
    rows, columns = raster.shape
    left, other = max(0, -right), max(0, right)
    return (
        raster[: rows - down, left : columns - other],
        raster[down:, left + right : columns - other + right],
    )


def shared_out(
    distance: Floats, targets: Floats, turns: int = 80, size: Floats | None = None
) -> Ints:
    """Give each cell to a seed so that the seeds' shares come near their targets.

    An additively weighted Voronoi partition whose weights are moved until the areas fit; every
    share stays connected to its seed.

    Args:
        distance: (k, n) costs.
        targets: (k,) wanted numbers of cells; scaled to n.
        turns: Rounds of adjustment.
        size: (n,) sizes of the cells, all alike when None.

    Returns:
        (n,) seed of each cell.
    """
    each = np.ones(distance.shape[1]) if size is None else size
    wanted = targets * each.sum() / targets.sum()
    reach = np.where(np.isfinite(distance), distance, 1e12)
    weight = np.zeros(len(targets))
    best, error = np.zeros(reach.shape[1], dtype=np.int64), np.inf
    for turn in range(turns):
        owner = np.argmin(reach - weight[:, None], axis=0)
        have = np.bincount(owner, each, minlength=len(targets))
        off = (wanted - have) / wanted
        # As a ratio: a share that vanished is infinitely wrong.
        ratio = float(np.max(np.maximum(wanted / np.maximum(have, 1e-9), have / wanted)))
        if ratio < error:
            best, error = owner, ratio
        if error < 1.01:
            break
        weight += 0.5 * (1.0 - 2.4 / turns) ** turn * np.clip(off, -1, 1) * np.sqrt(wanted)
    return best


def spread_points(
    rng: np.random.Generator, rows: Ints, columns: Ints, count: int, favour: Floats
) -> Ints:
    """Choose ``count`` cells far from each other, favoured ones first (positions)."""
    chosen = [int(np.argmax(favour + 0.3 * rng.random(len(rows))))]
    nearest = np.hypot(rows - rows[chosen[0]], columns - columns[chosen[0]])
    while len(chosen) < min(count, len(rows)):
        pick = int(
            np.argmax(nearest * (0.55 + 0.45 * favour) * (0.8 + 0.2 * rng.random(len(rows))))
        )
        chosen.append(pick)
        nearest = np.minimum(nearest, np.hypot(rows - rows[pick], columns - columns[pick]))
    return np.array(chosen)


def pieces(labels: Ints) -> tuple[Ints, int]:
    """Number the 4-connected pieces of equal labels; cells below 0 get -1."""
    inside = labels >= 0
    number = np.full(labels.shape, -1)
    number[inside] = np.arange(int(inside.sum()))
    pairs = []
    for down, right in ((0, 1), (1, 0)):
        a, b = shifted(number, down, right)
        la, lb = shifted(labels, down, right)
        same = (a >= 0) & (b >= 0) & (la == lb)
        pairs.append(np.stack([a[same], b[same]]))
    first, second = np.concatenate(pairs, axis=1)
    size = int(inside.sum())
    graph = sparse.coo_matrix((np.ones(len(first)), (first, second)), shape=(size, size))
    count, piece = csgraph.connected_components(graph, directed=False)
    made = np.full(labels.shape, -1)
    made[inside] = piece
    return made, int(count)


def whole(labels: Ints, least: int, groups: Ints | None = None) -> Ints:
    """Make every label one 4-connected piece of ``least`` cells or more.

    Smaller and severed pieces join the neighbour (of the same group) with the longest shared
    border; where there is none they stay.
    """
    labels = labels.copy()
    for _ in range(6):
        piece, count = pieces(labels)
        inside = piece >= 0
        size = np.bincount(piece[inside], minlength=count)
        owner = np.zeros(count, dtype=np.int64)
        owner[piece[inside]] = labels[inside]
        main = np.zeros(count, dtype=bool)
        order = np.lexsort((np.arange(count), -size, owner))
        first = np.ones(count, dtype=bool)
        first[1:] = owner[order][1:] != owner[order][:-1]
        main[order[first]] = True
        weak = ~main | (size < least)
        if not weak.any():
            break
        target = strongest_neighbour(piece, count, size, weak, groups)
        moved = weak & (target >= 0)
        if not moved.any():
            break
        new = np.where(moved, owner[np.maximum(target, 0)], owner)
        labels[inside] = new[piece[inside]]
    return labels


def strongest_neighbour(
    piece: Ints, count: int, size: Ints, weak: Bools, groups: Ints | None
) -> Ints:
    """Give for each weak piece the neighbour that it shares most border with, -1 for none.

    A weak neighbour counts only where it is larger, so that two weak pieces never swap.
    """
    keys = []
    for down, right in ((0, 1), (1, 0)):
        a, b = shifted(piece, down, right)
        touch = (a >= 0) & (b >= 0) & (a != b)
        if groups is not None:
            ga, gb = shifted(groups, down, right)
            touch &= ga == gb
        a, b = a[touch].astype(np.int64), b[touch].astype(np.int64)
        keys += [a * count + b, b * count + a]
    pair, border = np.unique(np.concatenate(keys), return_counts=True)
    one, other = pair // count, pair % count
    rank = size * count + np.arange(count)
    good = weak[one] & (~weak[other] | (rank[other] > rank[one]))
    one, other, border = one[good], other[good], border[good]
    order = np.lexsort((other, -border, one))
    target = np.full(count, -1)
    first = np.unique(one[order], return_index=True)[1]
    target[one[order][first]] = other[order][first]
    return target
