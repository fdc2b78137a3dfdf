"""Fewest cut links: annealing with an exact connectivity check, from many starts.

Validi and Buchanan (2022), "Political districting to minimize cut edges", Mathematical
Programming Computation 14, state the problem and give proven optima. Bounds are in
:mod:`.spectral` and, for small instances, :mod:`.cutproof`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linzhang_plugin.core.grids.model import Floats, Ints, Problem
from linzhang_plugin.core.grids.published.accelerate import sequence
from linzhang_plugin.core.grids.published.annealing import (
    Chain,
    Cooling,
    adjacency,
    anneal,
    start_chain,
)
from linzhang_plugin.core.grids.published.moves import CUT
from linzhang_plugin.core.grids.published.recom import merge_split, tree_plan
from linzhang_plugin.core.progress import Progress, part, silent


@dataclass(frozen=True)
class CutResult:
    """The best plan found; ``plan`` is None when no balanced plan was met."""

    plan: Ints | None
    cuts: float
    moves: int


def count_cuts(plan: Ints, edges: Ints, price: Floats | None = None) -> float:
    """Sum the price (1 by default) of links whose ends are in different grids."""
    cut = plan[edges[:, 0]] != plan[edges[:, 1]]
    return float(cut.sum() if price is None else price[cut].sum())


def cut_chain(
    problem: Problem,
    plan: Ints,
    seed: int,
    run: int,
    accelerated: bool,
    price: Floats | None = None,
) -> Chain:
    """Set a connected plan up for annealing of its cut links."""
    first, rows, _, _ = adjacency(problem.n, problem.edges)
    each = np.ones(len(problem.edges)) if price is None else price
    both = np.concatenate([problem.edges, problem.edges[:, ::-1]])
    order = np.lexsort((both[:, 1], both[:, 0]))
    data = (
        sequence(first, np.int64, accelerated),
        sequence(rows, np.int64, accelerated),
        sequence(np.concatenate([each, each])[order], np.float64, accelerated),
    )
    return start_chain(
        plan, problem.edges, problem.weights, problem.lower, problem.upper, CUT, data,
        count_cuts(plan, problem.edges, price), seed, run, accelerated=accelerated,
    )  # fmt: skip


SMOOTH = ((2.0, 0.4),)
"""First and last temperatures, cut links, where a grid has many units."""

LUMPY = ((2.0, 0.4), (4.0, 0.6), (6.0, 0.8))
"""Where a grid has few units, in turn: a heavy unit leaves its grid at high temperatures only, and
balanced plans with few cut links can differ in all their heavy units."""


def fewest_cuts(
    problem: Problem,
    moves: int,
    seed: int,
    accelerated: bool = True,
    progress: Progress = silent,
) -> CutResult:
    """Anneal many random-tree plans, then merge-split and anneal the best ones again.

    The first part of the work goes to independent starts, the rest to an elite of plans: a
    pair of grids of one is merged and split anew, the whole annealed from a lower
    temperature, and the result takes the place of a worse plan.

    Args:
        problem: Units, links, bounds; the graph must be connected.
        moves: Tried moves in all: the work.
        seed: Seed of all random choices.
        accelerated: Use numba where it is installed; the result is the same.
        progress: Receiver of progress.

    Returns:
        The best balanced plan, every grid connected.
    """
    lumpy = problem.n < FEW_UNITS * problem.k
    schedules = LUMPY if lumpy else SMOOTH
    each = int(min(max(moves // 40, 20_000), 1000 * (len(problem.edges) + 1000)))
    runs = max(2, moves // each)
    fresh = (4 * runs) // 5 if lumpy else runs // 2
    elite: list[tuple[float, int, Ints]] = []
    for run in range(runs):
        rng = np.random.default_rng([seed, run])
        hot, cold = schedules[run % len(schedules)]
        if run < fresh or not elite:
            plan = tree_plan(problem, rng)
        else:
            plan = elite[int(rng.integers(len(elite)))][2]
            for _ in range(int(rng.integers(1, 3))):
                plan = merge_split(problem, plan, rng)
            hot, cold = hot / 2, 0.4
        chain = cut_chain(problem, plan, seed, run, accelerated)
        cooling = Cooling(hot=hot, cold=cold, moves=each, chunk=max(1000, each // 200))
        anneal(chain, cooling, part(progress, run / runs, (run + 1) / runs))
        if np.isfinite(chain.best_cost):
            elite = _keep(elite, chain.best_cost, run, chain.best_plan())
    if not elite:
        return CutResult(None, np.inf, runs * each)
    return CutResult(elite[0][2], elite[0][0], runs * each)


FEW_UNITS = 40
"""Fewer units a grid than this count as few."""

ELITE = 6
"""Plans kept for merge-split."""


def _keep(
    elite: list[tuple[float, int, Ints]], cost: float, run: int, plan: Ints
) -> list[tuple[float, int, Ints]]:
    """Add a plan to the elite unless one like it is there; best first."""
    for other, _, known in elite:
        if other == cost and (plan == known).mean() > 0.98:
            return elite
    return sorted([*elite, (cost, run, plan)], key=lambda entry: entry[:2])[:ELITE]
