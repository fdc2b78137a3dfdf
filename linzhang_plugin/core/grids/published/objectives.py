"""The objectives of published districting instances behind one door.

An :class:`Objective` names how a plan is valued, how it is sought and what bound is
proven. The search engines are shared: annealing over border moves (:mod:`.annealing`) with the
objective's prices (:mod:`.moves`), merge-split (:mod:`.recom`), priced centres
(:mod:`.fixedcentres`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from linzhang_plugin.core.grids.contiguity import Graph
from linzhang_plugin.core.grids.model import Ints, Problem, Solution
from linzhang_plugin.core.grids.published.accelerate import AVAILABLE
from linzhang_plugin.core.grids.published.cutedges import count_cuts, fewest_cuts
from linzhang_plugin.core.grids.published.cutproof import affordable, prove
from linzhang_plugin.core.grids.published.diameter import diameters, least_diameter
from linzhang_plugin.core.grids.published.exact import LUMPY, HessWork, solve_hess
from linzhang_plugin.core.grids.published.fixedcentres import FEW, value_seconds
from linzhang_plugin.core.grids.published.hess import hess, moment
from linzhang_plugin.core.grids.published.spectral import spectral_bound, spectral_steps
from linzhang_plugin.core.messages import InputError
from linzhang_plugin.core.progress import Progress, part, silent

Found = tuple[Ints | None, float | None, dict[str, int]]
"""Plan, proven lower bound, counts of work."""


@dataclass(frozen=True)
class Objective:
    """A published objective.

    Attributes:
        name: Its name in ``meta.json``.
        contiguous: Whether every grid must be connected.
        value: Value of a plan, exactly as the instance defines it.
        solve: ``solve(problem, seconds, seed, accelerated, progress)``; ``seconds`` chooses
            counts of work before the run and is not looked at again.
    """

    name: str
    value: Callable[[Problem, Ints], float]
    solve: Callable[[Problem, float, int, bool, Progress], Found]
    contiguous: bool = True


COMPILING = 1.5
"""Seconds that numba takes to compile a loop, of which at most a third of the time is set aside."""


def _rate(seconds: float, accelerated: bool, each: float) -> int:
    """Tried moves in some seconds on a slow core, where each second affords ``each`` compiled."""
    if accelerated and AVAILABLE:
        return max(1, int(max(seconds - COMPILING, 2 * seconds / 3) * each))
    return max(1, int(seconds * each / 60))


def _solve_cuts(
    problem: Problem, seconds: float, seed: int, accelerated: bool, progress: Progress
) -> Found:
    each = 9e6 * min(1.0, 300 / problem.n) ** 0.3
    moves = _rate(0.88 * seconds, accelerated, each)
    steps = spectral_steps(problem.n, 0.1 * seconds)
    small = problem.n * problem.k <= affordable(seconds)
    if small:
        # A proof ends the search: seek it after a short one, and go on where it fails.
        moves = (3 * moves) // 10
    result = fewest_cuts(problem, moves, seed, accelerated, part(progress, 0.0, 0.4))
    plan, cuts = result.plan, result.cuts
    bound = spectral_bound(problem, cuts, steps, part(progress, 0.4, 0.5))
    bound = max(bound, cut_bound(problem))
    work = {"moves": result.moves, "eigenvalue_steps": steps}
    if not small:
        return plan, bound, work
    ceiling = cuts if plan is not None else float(len(problem.edges) + 1)
    nodes = int(20 * seconds)
    proof = prove(problem, ceiling, min(bound, ceiling), nodes, 12, part(progress, 0.5, 0.7))
    bound, work["milps"] = proof.bound, proof.milps
    if proof.plan is not None:
        plan, cuts = proof.plan, count_cuts(proof.plan, problem.edges)
    elif plan is None and bound >= ceiling:
        return None, None, work | {"proven_impossible": 1}
    if cuts > bound:
        again = fewest_cuts(problem, moves, seed + AGAIN, accelerated, part(progress, 0.7, 1.0))
        work["moves"] += again.moves
        if again.cuts < cuts:
            plan = again.plan
    return plan, bound, work


AGAIN = 1_000_003
"""Added to the seed of a second search."""


def cut_bound(problem: Problem) -> float:
    """Proven least number of cut links: contracting connected grids leaves a connected graph."""
    parts = int(Graph(problem.n, problem.edges).components().max(initial=0)) + 1
    return float(max(0, problem.k - parts))


def _solve_hess(
    problem: Problem, seconds: float, seed: int, accelerated: bool, progress: Progress
) -> Found:
    work = hess_work(problem, seconds, accelerated)
    result = solve_hess(problem, work, seed, accelerated, progress)
    return result.plan, max(0.0, result.bound), result.work


def _solve_hess_apart(
    problem: Problem, seconds: float, seed: int, accelerated: bool, progress: Progress
) -> Found:
    work = hess_work(problem, seconds, accelerated)
    result = solve_hess(problem, work, seed, accelerated, progress, contiguous=False)
    return result.plan, max(0.0, result.bound), result.work


LUMPY_SHARE = 0.85
"""Of the seconds asked for: the rates below were taken where units are light; few and heavy ones
take so much longer for the same work."""


def hess_work(problem: Problem, seconds: float, accelerated: bool) -> HessWork:
    """Share some seconds of a slow core out as counts of work, from size and shape alone."""
    n, k = problem.n, problem.k
    lumpy = n < LUMPY * k
    rate = 5e6 * min(1.0, 20 / (10 + n / k)) if lumpy else 5e6
    step = 2e-3 + 1.5e-8 * n * n
    if lumpy:
        seconds *= LUMPY_SHARE
    rounds = max(1, int(seconds / 5)) if lumpy else 1
    return HessWork(
        starts=60,
        values=max(3, int(seconds * (0.1 if lumpy else 0.3) / value_seconds(n, k))),
        moves=_rate(seconds * (0.42 if lumpy else 0.2), accelerated, rate),
        rounds=rounds,
        choices=int(min(3000, 500 * seconds / rounds)),
        groups=int(seconds * 250) if lumpy else 0,
        sets=max(4, int(seconds)),
        milps=int(max(8, seconds * (0.8 if lumpy else 3.0))),
        effort=seconds * (1000 if lumpy else 9000),
        steps=int(min(400, max(4, 0.15 * seconds / step))),
        columns=int(seconds * 425),
        few=int(min(FEW, 100 * (seconds / 9) ** 0.26)),
    )


def _solve_diameter(
    problem: Problem, seconds: float, seed: int, accelerated: bool, progress: Progress
) -> Found:
    moves = _rate(0.95 * seconds, accelerated, 9e5 * min(1.0, 200 * problem.k / problem.n))
    result = least_diameter(problem, moves, seed, accelerated, progress)
    return result.plan, diameter_bound(problem), {"moves": result.moves}


def diameter_bound(problem: Problem) -> float:
    """Proven least widest grid: the greatest of the least reaches that gather enough weight.

    A unit's grid weighs at least the lower bound, so it reaches at least as far from
    the unit as its nearest neighbours that weigh so much together.
    """
    tree = cKDTree(problem.xy)
    need = problem.lower.min(axis=0) * (1 - 1e-12)
    bound = 0.0
    for start in range(0, problem.n, 500):
        left = np.arange(start, min(problem.n, start + 500))
        count = min(problem.n, 3 * problem.n // (2 * problem.k) + 20)
        while len(left):
            gap, near = tree.query(problem.xy[left], k=np.arange(1, count + 1))
            gathered = np.cumsum(problem.weights[near], axis=1)
            enough = (gathered[:, -1] >= need).all(axis=1) | (count == problem.n)
            at = np.minimum((gathered < need).sum(axis=1), count - 1).max(axis=1)
            bound = max(bound, float(gap[enough, at[enough]].max(initial=0.0)))
            left = left[~enough]
            count = min(problem.n, 2 * count)
    return bound


OBJECTIVES: dict[str, Objective] = {
    objective.name: objective
    for objective in (
        Objective(
            "hess_moment_of_inertia_contiguous",
            lambda problem, plan: moment(hess(problem), plan)[0],
            _solve_hess,
        ),
        Objective(
            "hess_moment_of_inertia",
            lambda problem, plan: moment(hess(problem), plan)[0],
            _solve_hess_apart,
            contiguous=False,
        ),
        Objective(
            "cut_edges_contiguous",
            lambda problem, plan: count_cuts(plan, problem.edges),
            _solve_cuts,
        ),
        Objective(
            "max_diameter_contiguous",
            lambda problem, plan: float(diameters(problem.xy, plan, problem.k).max()),
            _solve_diameter,
        ),
    )
}
"""Published objectives by name."""


def solve_published(
    problem: Problem,
    objective: str,
    seconds: float = 60.0,
    seed: int = 0,
    accelerated: bool = True,
    progress: Progress = silent,
) -> Solution:
    """Solve a published instance.

    Args:
        problem: Units, links and bounds; the graph connected.
        objective: Name of a published objective.
        seconds: Chooses the counts of work from the instance's size; no clock inside.
        seed: Seed of all random choices.
        accelerated: Use numba where it is installed. The same counts of work give the
            same plan, but more are afforded in the same time.
        progress: Receiver of progress.

    Returns:
        The plan with its value, a proven bound and its violations; the plan of a
        problem for which no balanced plan was met is all NOWHERE and ``vacant`` everywhere.

    Raises:
        InputError: The objective is not known, the links leave units apart, or there are
            fewer units than grids.
    """
    if objective not in OBJECTIVES:
        raise InputError(
            "Objective {name} is not known; choose one of {known}.",
            name=objective,
            known=", ".join(sorted(OBJECTIVES)),
        )
    if not 0 < problem.k <= problem.n:
        raise InputError(
            "{name} has {n} units for {k} grids; ask for at most as many grids as units.",
            name=problem.name,
            n=problem.n,
            k=problem.k,
        )
    chosen = OBJECTIVES[objective]
    _refuse_impossible(problem, chosen)
    only = _only_plan(problem)
    found: Found
    if only is None:
        found = chosen.solve(problem, seconds, seed, accelerated, progress)
    else:
        possible = not violations(problem, only, chosen.contiguous)
        found = (only if possible else None, chosen.value(problem, only), {})
    plan, bound, work = found
    if plan is None:
        nowhere = np.full(problem.n, -1, dtype=np.int64)
        vacant = tuple(("vacant", grid) for grid in range(problem.k))
        return Solution(nowhere, float("inf"), bound, None, vacant, work)
    value = chosen.value(problem, plan)
    lower = min(bound, value) if bound is not None else None
    return Solution(plan, value, lower, None, violations(problem, plan, chosen.contiguous), work)


def _refuse_impossible(problem: Problem, objective: Objective) -> None:
    """Refuse what no plan can satisfy, for a reason that shows at once."""
    apart = int(Graph(problem.n, problem.edges).components().max(initial=0)) + 1
    if objective.contiguous and problem.k > 1 and apart > 1:
        raise InputError(
            "The units of {name} are not all linked: they fall into {parts} parts; "
            "join the parts by links first.",
            name=problem.name,
            parts=apart,
        )
    most = problem.upper.max(axis=0)
    heavy = problem.weights > most * (1 + 1e-12)
    if heavy.any():
        unit, column = (int(at) for at in np.argwhere(heavy)[0])
        raise InputError(
            "Row {row} of the units of {name} weighs {weight}, more than the {most} that a grid "
            "may weigh; split the unit, ask for fewer grids or widen the tolerance.",
            row=unit + 1,
            name=problem.name,
            weight=f"{problem.weights[unit, column]:.6g}",
            most=f"{most[column]:.6g}",
        )
    total = problem.weights.sum(axis=0)
    room = 1e-9 * np.abs(total)
    if (total < problem.lower.sum(axis=0) - room).any() or (
        total > problem.upper.sum(axis=0) + room
    ).any():
        raise InputError(
            "The units of {name} weigh {total} in all, which {k} grids within their bounds "
            "cannot hold; change the bounds or the number of grids.",
            name=problem.name,
            total=f"{total[0]:.6g}",
            k=problem.k,
        )


def _only_plan(problem: Problem) -> Ints | None:
    """Give the plan where there is but one: a single grid, or a grid a unit."""
    if problem.k == 1:
        return np.zeros(problem.n, dtype=np.int64)
    return np.arange(problem.n, dtype=np.int64) if problem.k == problem.n else None


def violations(
    problem: Problem, plan: Ints, contiguous: bool = True
) -> tuple[tuple[str, int], ...]:
    """List the hard rules that a plan breaks."""
    loads = np.zeros((problem.k, problem.weights.shape[1]))
    np.add.at(loads, plan, problem.weights)
    apart = Graph(problem.n, problem.edges).disconnected(plan) if contiguous else ()
    found = [("disconnected", grid) for grid in apart]
    for grid in range(problem.k):
        if (loads[grid] < problem.lower[grid]).any():
            found.append(("under", grid))
        if (loads[grid] > problem.upper[grid]).any():
            found.append(("over", grid))
    return tuple(found)
