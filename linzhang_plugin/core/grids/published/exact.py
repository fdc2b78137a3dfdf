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
from scipy import sparse
from scipy.sparse import csgraph

from linzhang_plugin.core.grids.model import Ints, Problem
from linzhang_plugin.core.grids.published.assembly import Plans, search_and_assemble
from linzhang_plugin.core.grids.published.fixedcentres import (
    FEW,
    CentreSearch,
    Prices,
    exact_prices,
    price_grids,
    search_centres,
)
from linzhang_plugin.core.grids.published.hess import Hess, hess, moment
from linzhang_plugin.core.grids.published.hessproof import branched_bound
from linzhang_plugin.core.grids.published.lagrange import lagrangian_bound
from linzhang_plugin.core.grids.published.momentsearch import anneal_about, anneal_moment
from linzhang_plugin.core.grids.published.pool import Pool
from linzhang_plugin.core.grids.published.regroup import regroup
from linzhang_plugin.core.grids.published.separators import link_matrix, solve_fixed
from linzhang_plugin.core.progress import Progress, part, silent, step

LUMPY = 40
"""Annealing goes first where a grid has fewer units than this."""


@dataclass(frozen=True)
class HessWork:
    """Counts of work.

    Attributes:
        starts: Location-allocation starts.
        moves: Annealing moves in all.
        sets: Most sets of centres that are solved exactly.
        milps: Most MILPs in all.
        effort: Most work of all MILPs, see :class:`.separators.Fixed`.
        nodes: Branch-and-bound nodes a MILP.
        steps: Subgradient steps of the bound.
        values: Most sets of centres valued.
        columns: Undecided variables times grids up to which the bound branches, see
            :mod:`.hessproof`.
        few: Units up to which the bound is the Hess model's own LP.
        groups: Columns of the programs on few neighbouring grids, see :mod:`.regroup`.
        rounds: Times that annealing is followed by plans put together, see :mod:`.assembly`.
        choices: Grids that a MILP puts a plan together from.
    """

    starts: int = 30
    moves: int = 10_000_000
    sets: int = 60
    milps: int = 60
    effort: float = 1_000_000.0
    nodes: int = 500
    steps: int = 150
    values: int = 1_000_000
    columns: int = 0
    few: int = FEW
    groups: int = 0
    rounds: int = 1
    choices: int = 1000


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
    contiguous: bool = True,
) -> HessResult:
    """Minimise the Hess moment over balanced plans, of connected grids or of any.

    Args:
        problem: Units, links, bounds (the same for every grid); the graph connected.
        work: Counts of work.
        seed: Seed of all random choices.
        accelerated: Use numba where it is installed; the result is the same.
        progress: Receiver of progress.
        contiguous: Whether every grid must be connected.
    """
    model = hess(problem)
    links = link_matrix(problem.n, problem.edges)
    whole, _ = csgraph.connected_components(links, directed=False)
    best = _Best()
    found = search_centres(model, work.starts, seed, part(progress, 0.0, 0.2), values=work.values)
    share = part(progress, 0.2, 0.6)
    # Plans of connected grids are plans for either problem.
    if not work.moves or whole > 1:
        plans = []
    elif problem.n < LUMPY * problem.k:
        plans = _anneal_lumpy(model, work, seed, accelerated, share)
    else:
        plans = _anneal_sets(model, found, links, work.moves, seed, accelerated, share)
    first: list[tuple[int, ...]] = []
    for cost, plan in plans[:12]:
        best.offer(plan, cost)
        first.append(_add_set(model, found, moment(model, plan)[1]))
    first = list(dict.fromkeys(first))[:6]
    solved, milps = _solve_sets(
        model, found, links if contiguous else None, first, best, work, part(progress, 0.6, 0.85)
    )
    if best.plan is not None and work.groups:
        aside = part(progress, 0.85, 0.9)
        plan, more = regroup(model, links, best.plan, contiguous, work.groups, aside)
        best.offer(plan, moment(model, plan)[0])
        milps += more
    bound = _bound(model, found, best, work, part(progress, 0.9, 1.0))
    counts = {"centre_sets": len(found.values), "solved_sets": solved, "milps": milps}
    return HessResult(best.plan, best.cost, min(bound, best.cost), counts)


def _anneal_lumpy(
    model: Hess, work: HessWork, seed: int, accelerated: bool, progress: Progress
) -> list[tuple[float, Ints]]:
    """Anneal plans and put the grids met together, by turns; give the plans, best first."""
    moves = work.moves // work.rounds
    runs = max(6, moves // 600_000)

    def search(pool: Pool, known: Plans, turn: int, share: Progress) -> Plans:
        return anneal_moment(model, moves, runs, seed, accelerated, share, pool, known, runs * turn)

    n, k = model.problem.n, model.problem.k
    return search_and_assemble(search, n, k, work.rounds, work.choices, accelerated, progress)


EACH = 4000
"""Tried moves a unit of one annealing about given centres."""


def _anneal_sets(
    model: Hess,
    found: CentreSearch,
    links: sparse.csr_matrix,
    moves: int,
    seed: int,
    accelerated: bool,
    progress: Progress,
) -> list[tuple[float, Ints]]:
    """Anneal about the cheapest sets of centres; give the balanced plans, best first."""
    runs = max(2, min(12, moves // (EACH * model.problem.n)))
    sets = [np.array(key) for _, key in found.best(max(1, runs // 2))]
    plans: list[tuple[float, Ints]] = []
    for run in range(runs):
        centres = sets[run % len(sets)]
        answer = anneal_about(
            model, centres, price_grids(model, centres), links, moves // runs, seed, run,
            accelerated, part(progress, run / runs, (run + 1) / runs),
        )  # fmt: skip
        if answer is not None:
            plans.append(answer)
    return sorted(plans, key=lambda entry: entry[0])


def _add_set(model: Hess, found: CentreSearch, centres: Ints) -> tuple[int, ...]:
    key = tuple(sorted(centres.tolist()))
    if key not in found.values:
        found.values[key] = price_grids(model, np.array(key)).bound
    return key


CEILINGS = (1.0002, 1.001, 1.003, 1.01, 1.03, 1.1, 1.4)
"""Costs tried, as multiples of a set's bound, while no plan is known."""


def _solve_sets(
    model: Hess,
    found: CentreSearch,
    links: sparse.csr_matrix | None,
    first: list[tuple[int, ...]],
    best: _Best,
    work: HessWork,
    progress: Progress,
) -> tuple[int, int]:
    """Solve sets of centres exactly: by turns a known plan's and the one of cheapest bound.

    Returns:
        Sets and MILPs solved.
    """
    tried: set[tuple[int, ...]] = set()
    milps, spent = 0, 0.0
    while len(tried) < work.sets and milps < work.milps and spent < work.effort:
        known = [key for key in first if key not in tried]
        cheap = [key for _, key in found.best(work.sets + len(tried)) if key not in tried]
        left = known + cheap if len(tried) % 2 == 0 else cheap
        left = [key for key in left if found.values[key] < best.cost]
        if not left:
            break
        centres = np.array(left[0])
        tried.add(left[0])
        prices = exact_prices(model, centres, price_grids(model, centres))
        for factor in CEILINGS:
            ceiling = min(best.cost, prices.bound * factor)
            rounds = max(1, min(40, work.milps - milps))
            answer = solve_fixed(
                model, centres, prices, ceiling, links, work.nodes, rounds, work.effort - spent
            )
            milps += answer.rounds
            spent += answer.spent
            if answer.plan is not None:
                cost, own = moment(model, answer.plan)
                if best.offer(answer.plan, cost):
                    _add_set(model, found, own)
            if answer.plan is not None or ceiling >= best.cost or answer.bound < ceiling:
                break
        step(progress, len(tried) / work.sets)
    return len(tried), milps


def _bound(
    model: Hess, found: CentreSearch, best: _Best, work: HessWork, progress: Progress
) -> float:
    """Lower bound over all centres, from the prices of the best set."""
    if model.problem.n <= work.few:
        bound = branched_bound(model, best.cost, work.columns)
        if bound is not None:
            return bound
    value, centres = found.best(1)[0]
    prices: Prices = price_grids(model, np.array(centres))
    first = (model.far[:, list(centres)] - prices.price).min(axis=1)
    ceiling = best.cost if np.isfinite(best.cost) else 1.01 * value
    return lagrangian_bound(model, first, ceiling, work.steps, progress).bound
