"""Merge-split by random spanning trees: far moves that border moves cannot make.

DeFord, Duchin and Solomon (2021), "Recombination: a family of Markov chains for
redistricting", Harvard Data Science Review 3(1): a tree over two merged grids is cut at the link
that divides the weight best. Cutting a tree of random link prices gives connected parts with
short borders.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import breadth_first_order, minimum_spanning_tree

from linzhang_plugin.core.grids.model import Bools, Floats, Ints, Problem


def tree_split(
    members: Ints, edges: Ints, weights: Floats, share: float, rng: np.random.Generator
) -> Bools:
    """Split a connected set of units by one random spanning tree.

    Args:
        members: (s,) the units.
        edges: (m, 2) all links; those inside ``members`` are used.
        weights: (n,) weight of each unit.
        share: Wanted part of the weight on the first side.
        rng: Source of random choices.

    Returns:
        (s,) True on the first side; both sides are connected.
    """
    size = len(members)
    local = np.full(len(weights), -1, dtype=np.int64)
    local[members] = np.arange(size)
    inside = (local[edges[:, 0]] >= 0) & (local[edges[:, 1]] >= 0)
    i, j = local[edges[inside]].T
    graph = csr_matrix((rng.random(len(i)) + 0.01, (i, j)), shape=(size, size))
    tree = minimum_spanning_tree(graph)
    order, parent = breadth_first_order(tree, int(rng.integers(size)), directed=False)
    below = weights[members].astype(float)
    for unit in order[:0:-1]:
        below[parent[unit]] += below[unit]
    total = below[order[0]]
    miss = np.minimum(np.abs(below - share * total), np.abs(total - below - share * total))
    miss[order[0]] = np.inf
    top = int(miss.argmin())
    side = np.zeros(size, dtype=bool)
    side[top] = True
    for unit in order[1:]:
        if side[parent[unit]]:
            side[unit] = True
    wanted = abs(below[top] - share * total) <= abs(total - below[top] - share * total)
    return side if wanted else ~side


def tree_plan(problem: Problem, rng: np.random.Generator, tries: int = 4) -> Ints:
    """Divide all units into k connected grids by repeated tree splits.

    Args:
        problem: Units and links; the graph must be connected.
        rng: Source of random choices.
        tries: Trees a split; the one with the fewest cut links among those balanced best.

    Returns:
        (n,) grid of each unit, near balance.
    """
    plan = np.zeros(problem.n, dtype=np.int64)
    stack = [(0, problem.k)]
    weights = problem.weights[:, 0]
    while stack:
        grid, count = stack.pop()
        if count == 1:
            continue
        members = np.flatnonzero(plan == grid)
        half = count // 2
        side = best_split(members, problem.edges, weights, half / count, rng, tries)
        plan[members[~side]] = grid + half
        stack += [(grid, half), (grid + half, count - half)]
    return plan


def best_split(
    members: Ints,
    edges: Ints,
    weights: Floats,
    share: float,
    rng: np.random.Generator,
    tries: int,
) -> Bools:
    """Give the best of several tree splits: near balance first, then few cut links."""
    best = tree_split(members, edges, weights, share, rng)
    score = np.inf
    inside = np.isin(edges, members).all(axis=1)
    local = np.full(len(weights), -1, dtype=np.int64)
    local[members] = np.arange(len(members))
    ends = local[edges[inside]]
    total = weights[members].sum()
    for number in range(tries):
        side = best if number == 0 else tree_split(members, edges, weights, share, rng)
        cut = float((side[ends[:, 0]] != side[ends[:, 1]]).sum())
        miss = abs(weights[members[side]].sum() / max(total, 1e-300) - share)
        value = cut * (1.0 + 20.0 * miss)
        if value < score:
            best, score = side, value
    return best


def merge_split(problem: Problem, plan: Ints, rng: np.random.Generator, tries: int = 4) -> Ints:
    """Merge two neighbouring grids of a plan and split them anew."""
    ends = plan[problem.edges]
    pairs = ends[ends[:, 0] != ends[:, 1]]
    if not len(pairs):
        return plan.copy()
    a, b = pairs[int(rng.integers(len(pairs)))]
    members = np.flatnonzero((plan == a) | (plan == b))
    target = problem.target
    share = target[a] / max(target[a] + target[b], 1e-300)
    side = best_split(members, problem.edges, problem.weights[:, 0], float(share), rng, tries)
    result = plan.copy()
    result[members] = np.where(side, a, b)
    return result
