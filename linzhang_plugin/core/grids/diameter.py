"""Least greatest diameter under several balance constraints (commercial districting).

Ríos-Mercado and Escalante (2016), Computers & Operations Research 65; Gliesch, Ritt and
Moreira (2018), "A multistart alternating tabu search for commercial districting", EvoCOP. Here
a threshold falls: annealing removes the pairs of units that are farther apart than the threshold
in one grid, balance being priced, and each balanced plan without such a pair lowers it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from scipy.spatial import ConvexHull, QhullError
from scipy.spatial.distance import pdist

from linzhang_plugin.core.grids.accelerate import sequence
from linzhang_plugin.core.grids.annealing import Chain, start_chain
from linzhang_plugin.core.grids.model import Floats, Ints, Problem
from linzhang_plugin.core.grids.moves import DIAMETER
from linzhang_plugin.core.grids.seeding import grow, spread_centres
from linzhang_plugin.core.progress import Progress, part, silent, step


def diameters(xy: Floats, plan: Ints, k: int) -> Floats:
    """(k,) largest distance between two units of a grid, m."""
    result = np.zeros(k)
    for grid in range(k):
        points = xy[plan == grid]
        if len(points) > 30:
            # QhullError: all on a line; then every pair is taken.
            with suppress(QhullError):
                points = points[ConvexHull(points).vertices]
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


EACH = 1500
"""Tried moves a unit that a start needs to come near its best."""


def least_diameter(
    problem: Problem,
    moves: int,
    seed: int,
    accelerated: bool = True,
    progress: Progress = silent,
) -> DiameterResult:
    """Minimise the widest grid over balanced plans of connected grids.

    Args:
        problem: Units, links, bounds of all weights; the graph connected.
        moves: Tried moves in all: the work, shared by as many starts as it allows, at most 8.
        seed: Seed of all random choices.
        accelerated: Use numba where it is installed; the result is the same.
        progress: Receiver of progress.
    """
    runs = int(min(8, max(1, moves // (EACH * problem.n))))
    best = DiameterResult(None, np.inf, 0)
    for run in range(runs):
        share = part(progress, run / runs, (run + 1) / runs)
        found = _one_start(problem, moves // runs, seed, run, accelerated, share)
        if found.diameter < best.diameter or best.plan is None:
            best = found
    return DiameterResult(best.plan, best.diameter, moves)


COOL = 0.67
"""Part of the work that cools down; the rest lowers the threshold."""


def _one_start(
    problem: Problem, moves: int, seed: int, run: int, accelerated: bool, progress: Progress
) -> DiameterResult:
    """Cool a plan down at one ambitious threshold, then lower it each time it is reached."""
    rng = np.random.default_rng([seed, 2, run])
    k, unit = problem.k, problem.n / problem.k
    plan = grow(problem, spread_centres(problem.xy, problem.weights[:, 0], k, rng))
    widest = float(diameters(problem.xy, plan, k).max())
    chain = diameter_chain(problem, plan, FIRST * widest, seed, 2 * run, accelerated)
    best: Ints | None = plan if chain.best_cost < np.inf else None
    rounds = max(60, min(1000, moves // 50_000))
    turn = int(COOL * rounds)
    factor = 1.0
    for number in range(rounds):
        cooling = number < turn
        done = number / rounds
        heat = 0.3 * (0.02 / 0.3) ** (number / turn) if cooling else 0.02 - 0.015 * (done - COOL)
        made, balanced = chain.moves(max(1, moves // rounds), heat, factor * heat * unit)
        if made:
            share = balanced / made
            factor *= 1.05 if share < 0.3 else 0.95 if share > 0.6 else 1.0
            factor = min(max(factor, 0.2), 64.0)
        reached = chain.best_cost < 1e-9
        if chain.best_cost < np.inf and (reached or not cooling or number % 10 == 9):
            met = float(diameters(problem.xy, chain.best_plan(), k).max())
            if best is None or met < widest:
                best, widest = chain.best_plan(), met
                if reached or not cooling:
                    reset_threshold(chain, problem, FALL * widest)
        if number + 1 == turn and best is not None:
            chain = diameter_chain(problem, best, FALL * widest, seed, 2 * run + 1, accelerated)
        step(progress, (number + 1) / rounds)
    return DiameterResult(best, widest if best is not None else np.inf, moves)
