"""First plans: connected grids grown around spread-out centres, not yet balanced."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from linzhang_plugin.core.grids.model import Floats, Ints, Problem


def spread_centres(xy: Floats, weights: Floats, k: int, rng: np.random.Generator) -> Floats:
    """Place k centres by weighted k-means++ (Arthur and Vassilvitskii 2007), then Lloyd's steps.

    Args:
        xy: (n, 2) unit centres, m.
        weights: (n,) weight of each unit.
        k: Number of centres.
        rng: Source of random choices.

    Returns:
        (k, 2) centres, m.
    """
    share = np.maximum(weights, 0.0) + 1e-12 * max(float(weights.sum()), 1.0)
    chosen = [int(rng.choice(len(xy), p=share / share.sum()))]
    nearest = ((xy - xy[chosen[0]]) ** 2).sum(axis=1)
    while len(chosen) < k:
        chance = share * nearest
        if chance.sum() <= 0.0:
            chance = share * (~np.isin(np.arange(len(xy)), chosen))
        chosen.append(int(rng.choice(len(xy), p=chance / chance.sum())))
        nearest = np.minimum(nearest, ((xy - xy[chosen[-1]]) ** 2).sum(axis=1))
    centres = xy[chosen].astype(float)
    for _ in range(12):
        owner = nearest_centre(xy, centres)
        total = np.bincount(owner, weights=share, minlength=k)
        for axis in (0, 1):
            moved = np.bincount(owner, weights=share * xy[:, axis], minlength=k)
            centres[:, axis] = np.where(
                total > 0, moved / np.maximum(total, 1e-300), centres[:, axis]
            )
    return centres


def nearest_centre(xy: Floats, centres: Floats) -> Ints:
    """Give the nearest centre of each unit, ties to the lowest number."""
    gap = (xy[:, None, 0] - centres[None, :, 0]) ** 2 + (xy[:, None, 1] - centres[None, :, 1]) ** 2
    return np.asarray(gap.argmin(axis=1), dtype=np.int64)


def grow(problem: Problem, centres: Floats) -> Ints:
    """Give each unit to the centre that is nearest along the links: every grid is connected.

    Args:
        problem: Units and links; the graph must be connected.
        centres: (k, 2) places, m; each grows from the unit nearest to it that is not taken.

    Returns:
        (n,) grid of each unit.
    """
    roots: list[int] = []
    for centre in centres:
        gap = ((problem.xy - centre) ** 2).sum(axis=1)
        gap[roots] = np.inf
        roots.append(int(gap.argmin()))
    i, j = problem.edges.T
    length = np.hypot(*(problem.xy[i] - problem.xy[j]).T) + 1e-9
    n = problem.n
    graph = csr_matrix(
        (np.concatenate([length, length]), (np.concatenate([i, j]), np.concatenate([j, i]))),
        shape=(n, n),
    )
    _, source = _nearest_root(graph, roots)
    number = np.full(n, -1, dtype=np.int64)
    number[roots] = np.arange(len(roots))
    return number[source]


def _nearest_root(graph: csr_matrix, roots: list[int]) -> tuple[Floats, Ints]:
    distance, _, source = dijkstra(
        graph, directed=False, indices=roots, min_only=True, return_predecessors=True
    )
    return distance, source.astype(np.int64)
