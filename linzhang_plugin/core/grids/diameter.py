"""Least greatest diameter under several balance constraints (commercial districting).

Ríos-Mercado and Escalante (2016), Computers & Operations Research 65; Gliesch, Ritt and
Moreira (2018), "A multistart alternating tabu search for commercial districting", EvoCOP. Here
a threshold falls: annealing removes the pairs of units that are farther apart than the threshold
in one grid, balance being priced, and each balanced plan without such a pair lowers it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial import ConvexHull, QhullError
from scipy.spatial.distance import pdist

from linzhang_plugin.core.grids.accelerate import sequence
from linzhang_plugin.core.grids.annealing import Chain, start_chain
from linzhang_plugin.core.grids.model import Floats, Ints, Problem
from linzhang_plugin.core.grids.moves import DIAMETER
from linzhang_plugin.core.grids.seeding import grow, spread_centres
from linzhang_plugin.core.progress import Progress, silent, step


def diameters(xy: Floats, plan: Ints, k: int) -> Floats:
    """(k,) largest distance between two units of a grid, m."""
    result = np.zeros(k)
    for grid in range(k):
        points = xy[plan == grid]
        if len(points) > 30:
            try:
                points = points[ConvexHull(points).vertices]
            except QhullError:
                pass  # all on a line: take every pair
        if len(points) > 1:
            result[grid] = pdist(points).max()
    return result


def excess(xy: Floats, plan: Ints, k: int, threshold: float, pair: float) -> float:
    """Cost of the annealing: violation of the threshold summed over pairs in one grid."""
    total = 0.0
    square = threshold * threshold
    for grid in range(k):
        points = xy[plan == grid]
        if len(points) > 1:
            gap = pdist(points, "sqeuclidean")
            far = gap[gap > square]
            total += float(((far - square) / square + pair).sum())
    return total


PAIR = 0.02
"""Price of a pair that is too far apart, besides how much too far."""


def diameter_chain(
    problem: Problem, plan: Ints, threshold: float, seed: int, run: int, accelerated: bool
) -> Chain:
    """Set a connected plan up for annealing below a threshold."""
    n, k = problem.n, problem.k
    order = np.argsort(plan, kind="stable")
    sizes = np.bincount(plan, minlength=k)
    rank = np.arange(n) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    place = np.empty(n, dtype=np.int64)
    place[order] = plan[order] * n + rank
    members = np.zeros(k * n, dtype=np.int64)
    members[place] = np.arange(n)
    data = (
        sequence(problem.xy[:, 0], np.float64, accelerated),
        sequence(problem.xy[:, 1], np.float64, accelerated),
        sequence([threshold, PAIR], np.float64, accelerated),
        sequence(members, np.int64, accelerated),
        sequence(place, np.int64, accelerated),
        sequence(sizes, np.int64, accelerated),
        sequence([n], np.int64, accelerated),
    )
    return start_chain(
        plan, problem.edges, problem.weights, problem.lower, problem.upper, DIAMETER, data,
        excess(problem.xy, plan, k, threshold, PAIR), seed, run, accelerated=accelerated,
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class DiameterResult:
    """The best plan; None where no balanced plan was met."""

    plan: Ints | None
    diameter: float
    moves: int


def reset_threshold(chain: Chain, problem: Problem, threshold: float) -> None:
    """Lower the threshold of a chain and price its current plan anew."""
    plan = np.asarray(chain.plan, dtype=np.int64)
    chain.data[2][0] = threshold
    chain.cost[0] = excess(problem.xy, plan, problem.k, threshold, PAIR)
    chain.cost[2] = np.inf


FIRST = 0.87
"""First threshold, as a part of the start's widest grid."""

FALL = 0.996
"""The next threshold, as a part of the widest grid of the best plan."""


def least_diameter(
    problem: Problem,
    moves: int,
    seed: int,
    accelerated: bool = True,
    progress: Progress = silent,
) -> DiameterResult:
    """Minimise the widest grid over balanced plans of connected grids.

    Two thirds of the work cool a plan down at one ambitious threshold; the rest starts from
    the best plan met and lowers the threshold each time it is reached.

    Args:
        problem: Units, links, bounds of all weights; the graph connected.
        moves: Tried moves: the work.
        seed: Seed of all random choices.
        accelerated: Use numba where it is installed; the result is the same.
        progress: Receiver of progress.
    """
    rng = np.random.default_rng([seed, 2])
    k, unit = problem.k, problem.n / problem.k
    plan = grow(problem, spread_centres(problem.xy, problem.weights[:, 0], k, rng))
    best: Ints | None = None
    widest = float(diameters(problem.xy, plan, k).max())
    threshold = FIRST * widest
    chain = diameter_chain(problem, plan, threshold, seed, 0, accelerated)
    if chain.best_cost < np.inf:
        best = plan
    rounds = max(60, min(1000, moves // 50_000))
    factor = 1.0
    for number in range(rounds):
        done = number / rounds
        cooling = done < 0.67
        heat = 0.3 * (0.02 / 0.3) ** (done / 0.67) if cooling else 0.02 - 0.015 * (done - 0.67)
        made, balanced = chain.moves(max(1, moves // rounds), heat, factor * heat * unit)
        if made:
            share = balanced / made
            factor *= 1.05 if share < 0.3 else 0.95 if share > 0.6 else 1.0
            factor = min(max(factor, 0.2), 64.0)
        if chain.best_cost < np.inf and (not cooling or chain.best_cost < 1e-9 or number % 10 == 9):
            met = float(diameters(problem.xy, chain.best_plan(), k).max())
            if best is None or met < widest:
                best, widest = chain.best_plan(), met
                if not cooling or chain.best_cost < 1e-9:
                    threshold = FALL * widest
                    reset_threshold(chain, problem, threshold)
        if cooling and (number + 1) / rounds >= 0.67 and best is not None:
            chain = diameter_chain(problem, best, FALL * widest, seed, 1, accelerated)
        step(progress, (number + 1) / rounds)
    return DiameterResult(best, widest if best is not None else np.inf, rounds * (moves // rounds))
