"""The Hess moment by annealing: strong where units are few and lumpy.

Each grid is always priced at its own best centre, exactly, so the search needs no centres. With
many units the fixed-centre method (see :mod:`.fixedcentres`) is stronger; here the
annealing supplies the first plan and its centres.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from linzhang_plugin.core.grids.model import Floats, Ints
from linzhang_plugin.core.grids.published.accelerate import sequence
from linzhang_plugin.core.grids.published.annealing import (
    Chain,
    Cooling,
    anneal,
    member_lists,
    start_chain,
)
from linzhang_plugin.core.grids.published.fixedcentres import Prices
from linzhang_plugin.core.grids.published.hess import Hess, moment
from linzhang_plugin.core.grids.published.moves import CENTRED, MOMENT
from linzhang_plugin.core.grids.published.pool import Pool
from linzhang_plugin.core.grids.published.recom import merge_split, tree_plan
from linzhang_plugin.core.grids.published.seeding import grow
from linzhang_plugin.core.progress import Progress, part, silent


def moment_chain(
    model: Hess, plan: Ints, seed: int, run: int, accelerated: bool, pool: Pool | None = None
) -> Chain:
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
        *(sequence(each, np.int64, accelerated) for each in member_lists(plan, problem.k)),
    )
    return start_chain(
        plan, problem.edges, problem.weights, problem.lower, problem.upper, MOMENT, data,
        float(own.min(axis=1).sum()), seed, run, accelerated=accelerated, pool=pool,
    )  # fmt: skip


HOT = 0.05
"""First temperature, as a part of the moment."""

COLD = (0.1, 0.2)
"""Last temperature of a fresh plan, as a part of the first, in turn: how rough the landscape is
differs. Improved plans end at the lower one."""

FRESH = 0.2
"""Part of the runs that start afresh."""

NEAR = 1.1
"""A plan's grids go to the pool if it costs less than so many times the best known."""


def anneal_moment(
    model: Hess,
    moves: int,
    runs: int,
    seed: int,
    accelerated: bool = True,
    progress: Progress = silent,
    pool: Pool | None = None,
    known: list[tuple[float, Ints]] | None = None,
    first: int = 0,
) -> list[tuple[float, Ints]]:
    """Anneal random-tree plans; give the balanced plans found, best first, no plan twice.

    Args:
        model: The problem; its graph connected.
        moves: Tried moves in all runs together: the work.
        runs: Number of starts; the later four fifths start from merged and split good plans.
        seed: Seed of all random choices.
        accelerated: Use numba where it is installed; the result is the same.
        progress: Receiver of progress.
        pool: Receiver of the balanced grids of good plans met on the way.
        known: Moments and balanced plans to go on from, given back too.
        first: Number of the first run among those of the same seed.
    """
    found = sorted(known or [], key=lambda entry: entry[0])
    each = max(1000, moves // runs)
    for run in range(runs):
        rng = np.random.default_rng([seed, 1, first + run])
        plan = tree_plan(model.problem, rng)
        start, cold = HOT, COLD[run % len(COLD)]
        if run >= int(FRESH * runs) and found:
            _, plan = found[min(int(rng.exponential(3.0)), len(found) - 1)]
            for _ in range(int(rng.integers(1, 4))):
                plan = merge_split(model.problem, plan, rng)
            start, cold = HOT / float(rng.integers(1, 4)), COLD[0]
        if pool is not None and found:
            pool.limit[0] = NEAR * found[0][0]
        chain = moment_chain(model, plan, seed, first + run, accelerated, pool)
        scale = max(1e-9, min(float(chain.cost[0]), found[0][0] if found else np.inf))
        cooling = Cooling(start * scale, cold * HOT * scale, each, max(200, each // 200))
        anneal(chain, cooling, part(progress, run / runs, (run + 1) / runs))
        cost = chain.best_cost
        if np.isfinite(cost) and all(abs(cost - other[0]) > 1e-9 * cost for other in found):
            found.append((cost, chain.best_plan()))
            found.sort(key=lambda entry: entry[0])
    return [(moment(model, plan)[0], plan) for _, plan in found]


def joined(plan: Ints, centres: Ints, price: Floats, links: sparse.csr_matrix) -> Ints:
    """Make every grid connected: parts cut off from a centre join the cheapest grid beside them.

    Args:
        plan: (n,) grid of each unit.
        centres: (k,) centre unit of each grid.
        price: (n, k) cost of a unit in each grid.
        links: (n, n) symmetric adjacency of a connected graph.
    """
    plan = plan.copy()
    plan[centres] = np.arange(len(centres))
    i, j = sparse.triu(links).nonzero()
    same = plan[i] == plan[j]
    inner = sparse.csr_matrix((np.ones(same.sum()), (i[same], j[same])), shape=links.shape)
    _, label = csgraph.connected_components(inner, directed=False)
    stray = label != label[centres][plan]
    while stray.any():
        at, to = links[np.flatnonzero(stray)].nonzero()
        at = np.flatnonzero(stray)[at]
        home = ~stray[to]
        at, grid = at[home], plan[to[home]]
        best = int((price[at, grid] - price[at, plan[at]]).argmin())
        plan[at[best]], stray[at[best]] = grid[best], False
    return plan


def anneal_about(
    model: Hess,
    centres: Ints,
    prices: Prices,
    links: sparse.csr_matrix,
    moves: int,
    seed: int,
    run: int,
    accelerated: bool = True,
    progress: Progress = silent,
) -> tuple[float, Ints] | None:
    """Find a balanced contiguous plan near given centres, the centres following.

    With the centres given a move costs O(1) to price, so plans of many units cool quickly. The
    first plan is the transport plan made connected, or in odd runs one grown along the links.

    Args:
        model: The problem; its graph connected.
        centres: (k,) centre units to start from.
        prices: Dual of the transport problem of these centres.
        links: (n, n) symmetric adjacency.
        moves: Tried moves: the work.
        seed: Seed of all random choices.
        run: Number of this call among those of the same seed.
        accelerated: Use numba where it is installed; the result is the same.
        progress: Receiver of progress.

    Returns:
        The plan's moment and the plan, or None where no balanced plan was met.
    """
    problem, k = model.problem, model.problem.k
    price = model.weight[:, None] * model.far[:, centres]
    if run % 2:
        plan = grow(problem, problem.xy[centres])
    else:
        plan = joined(prices.plan, centres, price, links)
    best: tuple[float, Ints] | None = None
    for turn, (hot, cold) in enumerate(WARM):
        price = model.weight[:, None] * model.far[:, centres]
        spent = float(price[np.arange(problem.n), plan].sum())
        data = (
            sequence(price, np.float64, accelerated),
            sequence([k], np.int64, accelerated),
        )
        chain = start_chain(
            plan, problem.edges, problem.weights, problem.lower, problem.upper, CENTRED, data,
            spent, seed, len(WARM) * run + turn, accelerated=accelerated,
        )  # fmt: skip
        mean = spent / problem.n
        count = moves // len(WARM)
        cooling = Cooling(hot * mean, cold * mean, count, max(200, count // 200), 2.0, 1000.0)
        anneal(chain, cooling, part(progress, turn / len(WARM), (turn + 1) / len(WARM)))
        if not np.isfinite(chain.best_cost):
            plan = np.asarray(chain.plan, dtype=np.int64)
            continue
        plan = chain.best_plan()
        cost, centres = moment(model, plan)
        if best is None or cost < best[0]:
            best = cost, plan
    return best


WARM = ((1.0, 0.05), (0.3, 0.03), (0.1, 0.01), (0.03, 0.0003))
"""First and last temperatures about given centres, in mean costs of a unit."""
