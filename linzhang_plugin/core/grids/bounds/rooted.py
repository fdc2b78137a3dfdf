"""Least change with contiguity: who may root a grid, and cuts that tie every unit to a root.

A grid is in one piece exactly if, with one of its units called its root, every unit ``i`` of
it meets every set ``S`` that separates it from a region without the root:

    x[i,h] ≤ Σ_{s ∈ S} x[s,h] + Σ_{j ∈ C} r[j,h]

where ``C`` is what ``S`` cuts off with ``i`` in it, ``x`` says who is in grid ``h`` and ``r``
who is its root (the a,b-separators of Carvajal et al. 2013, Operations Research 61:824-836,
and of Oehrlein and Haunert 2017, Journal of Spatial Information Science 15:89-120, with the
root a choice of the model). Of a grid that keeps some of last year's units the root is
the first kept one of a fixed order; so the later ones can be roots only where all the earlier
ones were lost, which a plan that changes less than a known one cannot afford.

Cuts are added where a solution breaks them. The linear program bounds every contiguous plan
from below; the integer program finds the best one where the town is small.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from linzhang_plugin.core.grids.bounds.afford import Ceiling, narrowed
from linzhang_plugin.core.grids.bounds.placed import Block, change_costs, plain_rows
from linzhang_plugin.core.grids.contiguity import Graph
from linzhang_plugin.core.grids.model import Bools, Floats, Ints, Problem

Cut = tuple[list[int], list[float]]
"""Columns and coefficients of a row ``≤ 0``."""


@dataclass(eq=False)
class Rooted:
    """The program's columns: who is where, then who is root; and its rows so far.

    Attributes:
        problem: The town.
        graph: Its links.
        unit, grid: Of each of the first ``m`` columns.
        number: (n, k) column of a unit in a grid, -1 where it may not be.
        root: (n, k) column of a unit as a grid's root, -1 where it cannot be.
        cost: Of each column, mu.
        rows, low, high: Rows of the program.
        cuts: Rows added since.
    """

    problem: Problem
    graph: Graph
    unit: Ints
    grid: Ints
    number: Ints
    root: Ints
    cost: Floats
    rows: sparse.csr_matrix
    low: Floats
    high: Floats
    cuts: list[Cut] = field(default_factory=list)

    @property
    def m(self) -> int:
        """Columns that say who is where."""
        return len(self.unit)


def rooted(problem: Problem, graph: Graph, ceiling: Ceiling) -> Rooted:
    """Set the program up for all plans below the ceiling; the more is known, the smaller it is."""
    n, k = problem.n, problem.k
    may = narrowed(problem, graph, ceiling)
    unit, grid = np.nonzero(may)
    m = len(unit)
    number = np.full((n, k), -1, dtype=np.int64)
    number[unit, grid] = np.arange(m)
    loss = np.full(k, ceiling.mu)
    if ceiling.losable is not None:
        kept = ~ceiling.losable
        loss[kept] = np.minimum(ceiling.mu, _all_but_one(problem)[kept])
    orders = [_candidates(problem, graph, may, g, float(loss[g])) for g in range(k)]
    root = np.full((n, k), -1, dtype=np.int64)
    size = m
    for g, order in enumerate(orders):
        root[order, g] = size + np.arange(len(order))
        size += len(order)
    cost = np.zeros(size)
    cost[:m] = change_costs(problem, unit, grid)
    blocks = [
        *plain_rows(problem, unit, grid, size),
        _one_root(problem, root, size),
        _own_roots(root, number, size),
        _first_kept(problem, orders, number, root, size),
        _near_rows(graph, number, root, size),
    ]
    rows = sparse.vstack([block for block, _, _ in blocks]).tocsr()
    low = np.concatenate([low for _, low, _ in blocks])
    high = np.concatenate([high for _, _, high in blocks])
    return Rooted(problem, graph, unit, grid, number, root, cost, rows, low, high)


def root_order(problem: Problem, graph: Graph, grid: int) -> Ints:
    """Last year's units of a grid, the innermost first (links from its edge, then mu)."""
    own = problem.previous == grid
    members = np.flatnonzero(own)
    depth = np.zeros(problem.n, dtype=np.int64)
    layer = [u for u in members.tolist() if any(not own[j] for j in graph.near[u])]
    seen = set(layer)
    at = 0
    while layer:
        depth[layer] = at
        layer = sorted({j for u in layer for j in graph.near[u] if own[j]} - seen)
        seen.update(layer)
        at += 1
    return members[np.lexsort((members, -problem.mu[members], -depth[members]))]


def _all_but_one(problem: Problem) -> Floats:
    """(k,) mu of what each grid had, less a hair: to lose more is to lose all."""
    had = problem.previous >= 0
    return np.asarray(
        np.bincount(problem.previous[had], problem.mu[had], problem.k) * (1 - 1e-6), np.float64
    )


def _candidates(problem: Problem, graph: Graph, may: Bools, grid: int, ceiling: float) -> Ints:
    """Units that may be a grid's root, in the order in which they are it."""
    locked = np.flatnonzero(problem.fixed == grid)
    if len(locked):
        return locked[:1]
    order = root_order(problem, graph, grid)
    lost = np.concatenate([[0.0], np.cumsum(problem.mu[order])])
    first = order[lost[:-1] <= ceiling + 1e-9]
    first = first[may[first, grid]]
    if lost[-1] > ceiling + 1e-9:
        return first
    others = np.flatnonzero(may[:, grid] & (problem.previous != grid))
    return np.concatenate([first, others])


def _one_root(problem: Problem, root: Ints, size: int) -> Block:
    """Every grid has one root; a closed one may be empty."""
    unit, grid = np.nonzero(root >= 0)
    block = sparse.csr_matrix(
        (np.ones(len(unit)), (grid, root[unit, grid])), shape=(problem.k, size)
    )
    return block, np.where(problem.closed, 0.0, 1.0), np.ones(problem.k)


def _own_roots(root: Ints, number: Ints, size: int) -> Block:
    """A root is in its grid."""
    unit, grid = np.nonzero(root >= 0)
    cuts = [
        ([r, x], [1.0, -1.0])
        for r, x in zip(root[unit, grid].tolist(), number[unit, grid].tolist(), strict=True)
    ]
    return as_block(cuts, size, 0.0)


def _first_kept(
    problem: Problem, orders: Sequence[Ints], number: Ints, root: Ints, size: int
) -> Block:
    """Where a unit is kept, no later one is the root."""
    cuts: list[Cut] = []
    for g, order in enumerate(orders):
        columns = root[order, g].tolist()
        for at, unit in enumerate(order.tolist()):
            if problem.previous[unit] == g and at + 1 < len(columns):
                later = columns[at + 1 :]
                cuts.append(([int(number[unit, g]), *later], [1.0] * (1 + len(later))))
    return as_block(cuts, size, 1.0)


def _near_rows(graph: Graph, number: Ints, root: Ints, size: int) -> Block:
    """A unit has a neighbour in its grid, or is the root."""
    cuts: list[Cut] = []
    for unit, near in enumerate(graph.near):
        for g in np.flatnonzero(number[unit] >= 0).tolist():
            around = [int(c) for c in number[near, g] if c >= 0] if near else []
            if root[unit, g] >= 0:
                around.append(int(root[unit, g]))
            cuts.append(([int(number[unit, g]), *around], [1.0, *[-1.0] * len(around)]))
    return as_block(cuts, size, 0.0)


def as_block(cuts: Sequence[Cut], size: int, most: float) -> Block:
    """Give rows ``≤ most`` as a matrix over ``size`` columns, with their two limits."""
    rows = np.repeat(np.arange(len(cuts)), [len(c[0]) for c in cuts])
    columns = np.array([c for cut in cuts for c in cut[0]], dtype=np.int64)
    values = np.array([v for cut in cuts for v in cut[1]], dtype=np.float64)
    matrix = sparse.csr_matrix((values, (rows, columns)), shape=(len(cuts), size))
    return matrix, np.full(len(cuts), -np.inf), np.full(len(cuts), most)
