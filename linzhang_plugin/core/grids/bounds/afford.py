"""Which units a grid could be in, given that a plan may change only so much.

What a way of units from a grid's own to another costs, in mu or at the prices that a linear
program gave weight, must fit below the change of a plan that is known (Lagrangian fixing).
With fewer places left the program's prices bound more, and leave fewer places again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from linzhang_plugin.core.grids.bounds.placed import load_prices
from linzhang_plugin.core.grids.contiguity import Graph
from linzhang_plugin.core.grids.model import Bools, Floats, Problem
from linzhang_plugin.core.grids.solve.state import allowed

NARROWER = 0.98
"""Share of the places that must be left at most for another round to be worth it."""

ROUNDS = 5
"""Rounds at most."""


@dataclass(frozen=True, eq=False)
class Ceiling:
    """The plans that are looked at: all that change at most so much, and what that tells.

    Attributes:
        mu: Most mu that may change.
        prices: (k, w) mu that a unit of weight is worth to a grid; none where None.
        losable: (k,) grids that could lose every unit they had; None where all could.
    """

    mu: float
    prices: Floats | None = None
    losable: Bools | None = None


def narrowed(problem: Problem, graph: Graph, ceiling: Ceiling) -> Bools:
    """(n, k) whether a unit may be in a grid of a plan below the ceiling, by several prices.

    With its price a grid that lacks weight could pay any way, however far; without it, the way
    must fit into what the plan leaves once all *other* grids have what they lack. The prices
    are then found anew, over the places that are left.
    """
    may = affordable(problem, graph, replace(ceiling, prices=None))
    prices = ceiling.prices
    for _ in range(ROUNDS):
        if prices is None:
            break
        before = int(may.sum())
        may = affordable(problem, graph, replace(ceiling, prices=prices), may)
        for g in np.flatnonzero(prices.any(axis=1)).tolist():
            others = prices.copy()
            others[g] = 0.0
            may = affordable(problem, graph, replace(ceiling, prices=others), may, [g])
        if int(may.sum()) > NARROWER * before:
            break
        prices = load_prices(problem, may)
    return may


def affordable(
    problem: Problem,
    graph: Graph,
    ceiling: Ceiling,
    may: Bools | None = None,
    grids: Iterable[int] | None = None,
) -> Bools:
    """(n, k) whether a unit may be in a grid of a plan below the ceiling.

    A grid reaches a unit only over a way of units that are in it, too, from one that it keeps
    or that is locked into it; or it has lost all it had. Either costs at least what these
    units cost above their cheapest grids when weight has the given prices (Lagrange).

    Args:
        problem: The town.
        graph: Its links.
        ceiling: The plans that are looked at.
        may: (n, k) places that are known to hold all such plans; None for all that rules allow.
        grids: Grids whose places are looked at; None for all.
    """
    may = allowed(problem) if may is None else may
    base, above = reduced_costs(problem, may, ceiling.prices)
    room = ceiling.mu - base + 1e-6 * max(float(problem.mu.sum()), 1.0)
    ends = np.concatenate([graph.edges, graph.edges[:, ::-1]])
    chosen = range(problem.k) if grids is None else grids
    found = may.copy()
    for g in chosen:
        found[:, g] &= above[:, g] <= room
        own = problem.previous == g
        losable = ceiling.losable is None or ceiling.losable[g]
        if not own.any() or (losable and float(problem.mu[own].sum()) <= ceiling.mu + 1e-9):
            continue
        first = np.flatnonzero((own | (problem.fixed == g)) & may[:, g])
        inside = may[ends[:, 0], g] & may[ends[:, 1], g]
        source, goal = ends[inside].T
        price = above[:, g] + 1e-12
        ways = sparse.csr_matrix(
            (
                np.concatenate([price[goal], price[first]]),
                (
                    np.concatenate([source, np.full(len(first), problem.n)]),
                    np.concatenate([goal, first]),
                ),
            ),
            shape=(problem.n + 1, problem.n + 1),
        )
        cost = csgraph.dijkstra(ways, indices=problem.n)[: problem.n]
        found[:, g] &= cost <= room
    return found


def reduced_costs(
    problem: Problem, may: Bools, prices: Floats | None = None
) -> tuple[float, Floats]:
    """Price the bounds on loads: a bound on the change, and what each place costs above it.

    Every plan within the bounds that puts unit ``i`` into grid ``g`` changes at least the first
    figure and ``above[i, g]``, summed over all units, whatever the prices (weak duality).

    Returns:
        The bound in mu; (n, k) ``above`` in mu, infinite where a unit may not be.
    """
    k = problem.k
    had = problem.previous >= 0
    cost = np.where(
        had[:, None] & (problem.previous[:, None] != np.arange(k)), problem.mu[:, None], 0.0
    )
    base = 0.0
    if prices is not None:
        cost = cost - problem.weights @ prices.T
        limit = np.where(prices > 0, problem.lower, problem.upper)
        base = float((prices[prices != 0] * limit[prices != 0]).sum())
    cost = np.where(may, cost, np.inf)
    least = cost.min(axis=1)
    if not np.isfinite(base) or not np.isfinite(least).all():
        return 0.0, np.where(may, 0.0, np.inf)
    return base + float(least.sum()), cost - least[:, None]
