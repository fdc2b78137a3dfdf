"""The Hess moment by annealing: strong where units are few and lumpy.

Each grid is always priced at its own best centre, exactly, so the search needs no centres. With
many units the fixed-centre method (see :mod:`.fixedcentres`) is stronger; here the
annealing supplies the first plan and its centres.
"""

from __future__ import annotations

import numpy as np

from linzhang_plugin.core.grids.accelerate import sequence
from linzhang_plugin.core.grids.annealing import Chain, Cooling, anneal, start_chain
from linzhang_plugin.core.grids.hess import Hess, moment
from linzhang_plugin.core.grids.model import Ints
from linzhang_plugin.core.grids.moves import MOMENT
from linzhang_plugin.core.grids.recom import merge_split, tree_plan
from linzhang_plugin.core.progress import Progress, part, silent


def moment_chain(model: Hess, plan: Ints, seed: int, run: int, accelerated: bool) -> Chain:
    """Set a connected plan up for annealing of its moment."""
    problem = model.problem
    price = model.weight[:, None] * model.far
    inside = np.zeros((problem.k, problem.n))
    np.add.at(inside, plan, price)
    own = np.where(plan[None, :] == np.arange(problem.k)[:, None], inside, np.inf)
    data = (
        sequence(price, np.float64, accelerated),
        sequence(inside, np.float64, accelerated),
        sequence(own.min(axis=1), np.float64, accelerated),
        sequence([problem.n], np.int64, accelerated),
    )
    return start_chain(
        plan, problem.edges, problem.weights, problem.lower, problem.upper, MOMENT, data,
        float(own.min(axis=1).sum()), seed, run, accelerated=accelerated,
    )  # fmt: skip


HOT = (0.1, 0.05, 0.02)
"""First temperatures, as parts of the moment, in turn: how rough the landscape is
differs, and a plan is improved at the temperature that found it."""


def anneal_moment(
    model: Hess,
    moves: int,
    runs: int,
    seed: int,
    accelerated: bool = True,
    progress: Progress = silent,
) -> list[tuple[float, Ints]]:
    """Anneal random-tree plans; give the balanced plans found, best first, no plan twice.

    Args:
        model: The problem; its graph connected.
        moves: Tried moves in all runs together: the work.
        runs: Number of starts; the last two thirds start from merged and split good plans.
        seed: Seed of all random choices.
        accelerated: Use numba where it is installed; the result is the same.
        progress: Receiver of progress.
    """
    found: list[tuple[float, float, Ints]] = []
    each = max(1000, moves // runs)
    for run in range(runs):
        rng = np.random.default_rng([seed, 1, run])
        plan, hot = tree_plan(model.problem, rng), HOT[run % len(HOT)]
        cold = hot / 10
        if run >= runs // 3 and found:
            _, hot, plan = found[min(int(rng.exponential(3.0)), len(found) - 1)]
            cold = hot / 10
            for _ in range(int(rng.integers(1, 4))):
                plan = merge_split(model.problem, plan, rng)
            start = hot / float(rng.integers(1, 4))
        else:
            start = hot
        chain = moment_chain(model, plan, seed, run, accelerated)
        scale = max(1e-9, min(float(chain.cost[0]), found[0][0] if found else np.inf))
        cooling = Cooling(start * scale, cold * scale, each, max(200, each // 200))
        anneal(chain, cooling, part(progress, run / runs, (run + 1) / runs))
        cost = chain.best_cost
        if np.isfinite(cost) and all(abs(cost - known[0]) > 1e-9 * cost for known in found):
            found.append((cost, hot, chain.best_plan()))
            found.sort(key=lambda entry: entry[:2])
    return [(moment(model, plan)[0], plan) for _, _, plan in found]
