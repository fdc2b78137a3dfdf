"""Location-allocation: stands to posts as a transport problem, posts as columns.

Hess et al. (1965): with the centres of the grids given, the best division into grids of
bounded weight is a transport LP, whose vertex solutions cut at most one stand a bound; move
the centres to the new grids' own, and repeat. Only the ``q`` nearest centres of a unit get
a column; bounds that cannot be met that way are met by elastic slack.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import linprog
from scipy.spatial import cKDTree

from linzhang_plugin.core.grids.model import Bools, Floats, Ints, Problem
from linzhang_plugin.core.grids.solve.goals import Objective

PRICE_ROUNDS = 150
"""Rounds of prices in a town too large for a program."""


@dataclass(frozen=True, eq=False)
class Allocation:
    """A solved transport problem.

    Attributes:
        plan: (n,) grid with the largest share of each unit.
        slack: Weight (column 0) outside the bounds that had to be accepted.
        value: The LP's optimum, slack cost included.
        columns: (n, q) grids offered to each unit; -1 where none.
        shares: (n, q) share of the unit in each offered grid.
    """

    plan: Ints
    slack: float
    value: float
    columns: Ints
    shares: Floats


def nearest_columns(xy: Floats, centres: Floats, may: Bools, q: int) -> Ints:
    """Offer each unit its ``q`` nearest centres that it may join; -1 fills up."""
    k = len(centres)
    q = min(q, k)
    at = np.asarray(cKDTree(centres).query(xy, q)[1], dtype=np.int64).reshape(len(xy), q)
    columns = np.where(np.take_along_axis(may, at, axis=1), at, -1)
    for i in np.flatnonzero((columns >= 0).sum(axis=1) == 0):
        free = np.flatnonzero(may[i])
        if len(free):
            apart = ((centres[free] - xy[i]) ** 2).sum(axis=1)
            best = free[np.argsort(apart, kind="stable")[:q]]
            columns[i, : len(best)] = best
    return columns


def allocate(
    problem: Problem, columns: Ints, costs: Floats, lower: Floats, upper: Floats
) -> Allocation:
    """Solve the transport LP over the offered columns.

    Args:
        problem: Units and weights.
        columns: (n, q) offered grids, -1 for none.
        costs: (n, q) cost of the whole unit in that grid.
        lower: (k, w) least weight of a grid, elastic.
        upper: (k, w) greatest weight, elastic.
    """
    n, q = columns.shape
    k, w = lower.shape
    row, slot = np.nonzero(columns >= 0)
    grid = columns[row, slot]
    m = len(row)
    cost = costs[row, slot]
    top = float(np.abs(cost).max(initial=0.0)) + 1e-9
    scale = np.maximum(problem.weights.sum(axis=0) / k, 1e-9)
    each = sparse.csr_matrix((np.ones(m), (row, np.arange(m))), shape=(n, m))
    blocks, bounds, prices = [], [], []
    for c in range(w):
        load = sparse.csr_matrix((problem.weights[row, c], (grid, np.arange(m))), shape=(k, m))
        for sign, limit in ((1.0, upper[:, c]), (-1.0, -lower[:, c])):
            held = np.flatnonzero(np.isfinite(limit))
            if len(held):
                blocks.append((sign * load[held]) / scale[c])
                bounds.append(limit[held] / scale[c])
                prices.append(len(held))
    slacks = int(sum(prices))
    # A mean grid outside its bounds costs more than moving all its units to the worst grid.
    penalty = top * n / k * 4.0
    a_ub = None
    if blocks:
        a_ub = sparse.hstack([sparse.vstack(blocks), -sparse.identity(slacks)]).tocsr()
    result = linprog(
        np.concatenate([cost / top, np.full(slacks, penalty / top)]),
        A_ub=a_ub,
        b_ub=np.concatenate(bounds) if bounds else None,
        A_eq=sparse.hstack([each, sparse.csr_matrix((n, slacks))]).tocsr(),
        b_eq=np.ones(n),
        bounds=(0, None),
        method="highs",
    )
    if result.x is None:
        raise ArithmeticError(f"transport LP: {result.message}")
    shares = np.zeros((n, q))
    shares[row, slot] = result.x[:m]
    plan = columns[np.arange(n), np.argmax(shares, axis=1)]
    slack = float(result.x[m:].sum() * scale[0]) if slacks else 0.0
    return Allocation(plan, slack, float(result.fun) * top, columns, shares)


def allocate_by_prices(
    problem: Problem, columns: Ints, costs: Floats, lower: Floats, upper: Floats
) -> Allocation:
    """Solve the transport problem nearly, by prices: for towns too large for a program.

    A price a unit of load rises where a grid is over its upper bound and falls where it is under
    its lower one; every unit goes where cost plus price is least (ascent of the Lagrangian dual,
    the step a share of what neighbouring grids differ by). Only column 0 of the weights is looked
    at. Loads end near the bounds, not inside: the repair does the rest.

    Args: see :func:`allocate`. ``value`` is the best dual value met: a bound on that program's
    optimum without its slack.
    """
    n, q = columns.shape
    k = len(lower)
    weight = problem.weights[:, 0]
    at = np.maximum(columns, 0)
    costs = np.where(columns >= 0, costs, np.inf)
    mean = max(float(weight.sum()) / k, 1e-12)
    low = np.maximum(lower[:, 0], 0.0)
    high = np.where(np.isfinite(upper[:, 0]), upper[:, 0], np.inf)
    two = np.partition(costs, min(1, q - 1), axis=1)[:, : min(2, q)]
    gap = np.where(np.isfinite(two[:, -1]), two[:, -1] - two[:, 0], 0.0)
    # What half of all units would pay to be with their second choice, a unit of load.
    pace = float(np.median(gap / np.maximum(weight, 1e-12)))
    price = np.zeros(k)
    rows = np.arange(n)
    best, plan, value = np.inf, columns[:, 0], -np.inf
    for turn in range(PRICE_ROUNDS):
        paid = costs + weight[:, None] * price[at]
        pick = np.argmin(paid, axis=1)
        fresh = columns[rows, pick]
        load = np.bincount(fresh, weight, k)
        off = np.maximum(np.maximum(low - load, load - high), 0.0)
        dual = float(paid[rows, pick].sum())
        dual -= float((np.maximum(price, 0.0) * np.where(price > 0, high, 0.0)).sum())
        dual += float((np.maximum(-price, 0.0) * low).sum())
        value = max(value, dual)
        if off.sum() < best:
            best, plan = float(off.sum()), fresh
        if best <= 0:
            break
        step = pace * (1.0 if turn < PRICE_ROUNDS // 2 else 0.4)
        price += step * np.clip(np.where(load > high, load - high, np.minimum(load - low, 0.0))
                                / mean, -1.0, 1.0)  # fmt: skip
        # A price that nothing holds up falls back.
        inside = (load > low) & (load < high)
        price[inside] *= 0.98
    shares = (columns == plan[:, None]).astype(np.float64)
    return Allocation(plan, best, value, columns, shares)


def allocation_costs(
    problem: Problem, objective: Objective, centres: Floats, columns: Ints
) -> Floats:
    """(n, q) cost of a unit in each offered grid: moment about the centre, change, travel."""
    at = np.maximum(columns, 0)
    apart = objective.xy[:, None, :] - centres[at]
    costs = objective.per_moment * problem.mu[:, None] * (apart**2).sum(axis=2)
    previous = problem.previous[:, None]
    costs = costs + objective.per_change * problem.mu[:, None] * (
        (previous >= 0) & (previous != at)
    )
    if problem.travel is not None and objective.per_minute:
        travel = np.take_along_axis(problem.travel, at, axis=1)
        costs = costs + objective.per_minute * problem.mu[:, None] * travel
    return np.where(columns >= 0, costs, 0.0)


def band(problem: Problem, target: Floats, share: float) -> tuple[Floats, Floats]:
    """Narrow the bounds of column 0 to ``target`` ± ``share``, never outside the hard ones."""
    lower, upper = problem.lower.copy(), problem.upper.copy()
    lower[:, 0] = np.clip(target * (1 - share), problem.lower[:, 0], problem.upper[:, 0])
    upper[:, 0] = np.clip(target * (1 + share), problem.lower[:, 0], problem.upper[:, 0])
    return lower, upper


def centres_of(xy: Floats, mu: Floats, plan: Ints, k: int, old: Floats) -> Floats:
    """(k, 2) mu-weighted centres of the grids; an empty grid keeps its old one."""
    mass = np.bincount(plan, mu, k)
    centre = np.stack([np.bincount(plan, mu * xy[:, d], k) for d in (0, 1)], axis=1)
    return np.where(mass[:, None] > 0, centre / np.maximum(mass, 1e-12)[:, None], old)
