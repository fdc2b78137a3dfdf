"""Hess-contiguous plans: good centres first, then the exact best plan about each set of them.

Sets of centres are taken in the order of their bounds. For each, a MILP with lazy separators
finds the best contiguous plan cheaper than the best so far, or shows that there is none; a set
whose bound is no less is skipped. Where units are few and lumpy, annealing gives the first
plan, so that the MILPs have a tight ceiling, and its plans give centres that relaxations miss.
The Lagrangian bound at the end holds for all centres.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linzhang_plugin.core.grids.fixedcentres import (
    FEW,
    CentreSearch,
    Prices,
    exact_prices,
    price_grids,
    search_centres,
)
from linzhang_plugin.core.grids.hess import Hess, hess, moment
from linzhang_plugin.core.grids.lagrange import lagrangian_bound, linear_bound
from linzhang_plugin.core.grids.model import Ints, Problem
from linzhang_plugin.core.grids.momentsearch import anneal_moment
from linzhang_plugin.core.grids.separators import link_matrix, solve_fixed
from linzhang_plugin.core.progress import Progress, part, silent, step

LUMPY = 40
"""Annealing goes first where a grid has fewer units than this."""


@dataclass(frozen=True)
class HessWork:
    """Counts of work.

    Attributes:
        starts: Location-allocation starts.
        moves: Annealing moves in all (lumpy problems only).
        sets: Most sets of centres that are solved exactly.
        milps: Most MILPs in all.
        nodes: Branch-and-bound nodes a MILP.
        steps: Subgradient steps of the bound.
    """

    starts: int = 30
    moves: int = 10_000_000
    sets: int = 60
    milps: int = 60
    nodes: int = 500
    steps: int = 150


@dataclass(frozen=True, eq=False)
class HessResult:
    """The best plan; None where no balanced contiguous plan was met."""

    plan: Ints | None
    cost: float
    bound: float
    work: dict[str, int]


@dataclass
class _Best:
    plan: Ints | None = None
    cost: float = np.inf

    def offer(self, plan: Ints, cost: float) -> bool:
        """Keep a plan if it is cheaper."""
        if cost < self.cost * (1 - 1e-12):
            self.plan, self.cost = plan, cost
            return True
        return False


def solve_hess(
    problem: Problem,
    work: HessWork,
    seed: int,
    accelerated: bool = True,
    progress: Progress = silent,
) -> HessResult:
    """Minimise the Hess moment over balanced plans of connected grids.

    Args:
        problem: Units, links, bounds (the same for every grid); the graph connected.
        work: Counts of work.
        seed: Seed of all random choices.
        accelerated: Use numba where it is installed; the result is the same.
        progress: Receiver of progress.
    """
    model = hess(problem)
    best = _Best()
    found = search_centres(model, work.starts, seed, part(progress, 0.0, 0.2))
    first: list[tuple[int, ...]] = []
    if problem.n < LUMPY * problem.k and work.moves:
        runs = max(6, work.moves // 600_000)
        share = part(progress, 0.2, 0.6)
        for cost, plan in anneal_moment(model, work.moves, runs, seed, accelerated, share)[:12]:
            best.offer(plan, cost)
            first.append(_add_set(model, found, moment(model, plan)[1]))
    solved, milps = _solve_sets(model, found, first[:6], best, work, part(progress, 0.6, 0.9))
    bound = _bound(model, found, best, work, part(progress, 0.9, 1.0))
    counts = {"centre_sets": len(found.values), "solved_sets": solved, "milps": milps}
    return HessResult(best.plan, best.cost, min(bound, best.cost), counts)


def _add_set(model: Hess, found: CentreSearch, centres: Ints) -> tuple[int, ...]:
    key = tuple(sorted(centres.tolist()))
    if key not in found.values:
        found.values[key] = price_grids(model, np.array(key)).bound
    return key


CEILINGS = (1.0005, 1.003, 1.02, 1.1, 1.4)
"""Costs tried, as multiples of a set's bound, while no plan is known."""


def _solve_sets(
    model: Hess,
    found: CentreSearch,
    first: list[tuple[int, ...]],
    best: _Best,
    work: HessWork,
    progress: Progress,
) -> tuple[int, int]:
    """Solve sets of centres exactly, known plans' first, then cheapest bound first.

    Returns:
        Sets and MILPs solved.
    """
    links = link_matrix(model.problem.n, model.problem.edges)
    tried: set[tuple[int, ...]] = set()
    milps = 0
    while len(tried) < work.sets and milps < work.milps:
        left = [key for key in first if key not in tried]
        left += [key for _, key in found.best(work.sets + len(tried)) if key not in tried]
        left = [key for key in left if found.values[key] < best.cost]
        if not left:
            break
        centres = np.array(left[0])
        tried.add(left[0])
        prices = exact_prices(model, centres, price_grids(model, centres))
        for factor in CEILINGS:
            ceiling = min(best.cost, prices.bound * factor)
            rounds = max(1, min(40, work.milps - milps))
            answer = solve_fixed(model, centres, prices, ceiling, links, work.nodes, rounds)
            milps += answer.rounds
            if answer.plan is not None:
                cost, own = moment(model, answer.plan)
                if best.offer(answer.plan, cost):
                    _add_set(model, found, own)
            if answer.plan is not None or ceiling >= best.cost or milps >= work.milps:
                break
        step(progress, len(tried) / work.sets)
    return len(tried), milps


def _bound(
    model: Hess, found: CentreSearch, best: _Best, work: HessWork, progress: Progress
) -> float:
    """Lower bound over all centres, from the prices of the best set."""
    if model.problem.n <= FEW:
        bound = linear_bound(model)
        if bound is not None:
            return bound
    value, centres = found.best(1)[0]
    prices: Prices = price_grids(model, np.array(centres))
    first = (model.far[:, list(centres)] - prices.price).min(axis=1)
    ceiling = best.cost if np.isfinite(best.cost) else 1.01 * value
    return lagrangian_bound(model, first, ceiling, work.steps, progress).bound
