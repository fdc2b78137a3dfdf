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
from scipy.spatial.distance import cdist, pdist

from linzhang_plugin.core.grids.model import Floats, Ints, Problem
from linzhang_plugin.core.grids.published.accelerate import sequence
from linzhang_plugin.core.grids.published.annealing import Chain, member_lists, start_chain
from linzhang_plugin.core.grids.published.moves import DIAMETER
from linzhang_plugin.core.grids.published.seeding import grow, spread_centres
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


def excess(xy: Floats, plan: Ints, k: int, threshold: float, pair: float) -> Floats:
    """(n,) violation of the threshold over each unit's pairs in its grid; each pair counts twice.

    Half the sum is the cost of the annealing.
    """
    far = np.zeros(len(xy))
    square = max(threshold * threshold, 1e-300)
    for grid in range(k):
        members = np.flatnonzero(plan == grid)
        gap = cdist(xy[members], xy[members], "sqeuclidean")
        far[members] = np.where(gap > square, (gap - square) / square + pair, 0.0).sum(axis=1)
    return far


PAIR = 0.02
"""Price of a pair that is too far apart, besides how much too far."""


def diameter_chain(
    problem: Problem, plan: Ints, threshold: float, seed: int, run: int, accelerated: bool
) -> Chain:
    """Set a connected plan up for annealing below a threshold."""
    k = problem.k
    members, place, sizes = member_lists(plan, k)
    far = excess(problem.xy, plan, k, threshold, PAIR)
    data = (
        sequence(problem.xy[:, 0], np.float64, accelerated),
        sequence(problem.xy[:, 1], np.float64, accelerated),
        sequence([threshold, PAIR], np.float64, accelerated),
        sequence(members, np.int64, accelerated),
        sequence(place, np.int64, accelerated),
        sequence(sizes, np.int64, accelerated),
        sequence([problem.n], np.int64, accelerated),
        sequence(far, np.float64, accelerated),
    )
    return start_chain(
        plan, problem.edges, problem.weights, problem.lower, problem.upper, DIAMETER, data,
        float(far.sum()) / 2, seed, run, accelerated=accelerated,
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
    far = excess(problem.xy, plan, problem.k, threshold, PAIR)
    chain.data[2][0] = threshold
    chain.data[7][:] = far if isinstance(chain.data[7], np.ndarray) else far.tolist()
    chain.cost[0] = float(far.sum()) / 2
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


USUAL = 100
"""Units of a grid for which the temperatures are given."""

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
    # The excess of a unit grows with the units of its grid: so must the temperature.
    scale = max(1.0, unit / USUAL)
    rounds = max(60, min(1000, moves // 50_000))
    turn = int(COOL * rounds)
    factor = 1.0
    for number in range(rounds):
        cooling = number < turn
        done = number / rounds
        heat = 0.3 * (0.02 / 0.3) ** (number / turn) if cooling else 0.02 - 0.015 * (done - COOL)
        heat *= scale
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
        if number + 1 == turn:
            # Nothing balanced at the ambitious threshold: balance first, then lower it.
            plan = np.asarray(chain.plan, dtype=np.int64) if best is None else best
            widest = float(diameters(problem.xy, plan, k).max())
            limit = (FALL if best is not None else 1.0) * widest
            chain = diameter_chain(problem, plan, limit, seed, 2 * run + 1, accelerated)
        step(progress, (number + 1) / rounds)
    return DiameterResult(best, widest if best is not None else np.inf, moves)
