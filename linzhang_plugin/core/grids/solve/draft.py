"""First plans: last year's made whole, or the town divided afresh from many starts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.optimize import linear_sum_assignment

from linzhang_plugin.core.grids.contiguity import Graph
from linzhang_plugin.core.grids.model import NOWHERE, Bools, Floats, Ints, Problem
from linzhang_plugin.core.grids.solve.goals import Objective, load_table
from linzhang_plugin.core.grids.solve.state import allowed
from linzhang_plugin.core.grids.solve.transport import (
    allocate,
    allocate_by_prices,
    allocation_costs,
    band,
    centres_of,
    nearest_columns,
)
from linzhang_plugin.core.grids.solve.whole import Price, distance_price, grow, keep_cores, whole

COLUMNS = 8
"""Nearest centres offered to each unit in the transport LP."""

FULL_ROUNDS = 4
"""Last rounds of balancing, which look at every unit."""

PROGRAM_UNITS = 8000
"""Units of a county from which on transport is solved by its prices, not as a program."""

SAMPLE_UNITS = 8000
"""Units that most rounds of balancing look at: where there are more, a sample of them."""


def resume(problem: Problem, graph: Graph, objective: Objective) -> Ints:
    """Continue from ``start``: keep each grid's core, hand orphans to vacant posts and neighbours.

    Every unit ends in a grid, every grid is one piece; weights may still be out of bounds and
    posts vacant that found no orphans.
    """
    may = allowed(problem)
    plan = np.where(problem.start >= 0, problem.start, NOWHERE)
    plan = np.where(problem.fixed >= 0, problem.fixed, plan)
    inside = np.flatnonzero(plan >= 0)
    plan[inside[~may[inside, plan[inside]]]] = NOWHERE
    orphan = plan == NOWHERE
    plan = keep_cores(problem, graph, plan, may)
    if not (plan >= 0).any():
        return divide(problem, graph, objective, np.random.default_rng(0), 6)
    plan = found_on_orphans(problem, graph, plan, orphan, may)
    plan = grow(graph, plan, may, _keeping(problem, objective, plan))
    if (plan == NOWHERE).any():
        plan = grow(graph, plan, np.ones_like(may), _keeping(problem, objective, plan))
    return plan


def _keeping(problem: Problem, objective: Objective, plan: Ints) -> Price:
    """Price by nearness, after returning a unit to last year's grid."""
    inside = plan >= 0
    centres = centres_of(
        objective.xy[inside], problem.mu[inside], plan[inside], problem.k, np.zeros((problem.k, 2))
    )
    per_moment = objective.per_moment or 1e-12
    far = float((objective.xy**2).sum(axis=1).max()) * 4 * per_moment
    return distance_price(objective.xy, problem.mu, centres, problem.previous, far, per_moment)


def vacant(problem: Problem, plan: Ints) -> Ints:
    """List the posts without any unit that may be given one."""
    count = np.bincount(plan[plan >= 0], minlength=problem.k)
    return np.flatnonzero((count == 0) & ~problem.closed)


def found_on_orphans(problem: Problem, graph: Graph, plan: Ints, orphan: Bools, may: Bools) -> Ints:
    """Give the largest orphaned territories whole to vacant posts (nearest home first)."""
    plan = plan.copy()
    posts = vacant(problem, plan)
    free = orphan & (plan == NOWHERE)
    if not len(posts) or not free.any():
        return plan
    label = graph.components(free)
    weight = np.bincount(label[free], problem.weights[free, 0])
    wanted = float(np.median(problem.target)) * 0.2
    big = [int(c) for c in np.argsort(-weight, kind="stable") if weight[c] >= wanted][: len(posts)]
    if not big:
        return plan
    cost = np.zeros((len(posts), len(big)))
    for b, piece in enumerate(big):
        units = np.flatnonzero(label == piece)
        for a, post in enumerate(posts):
            home = float((problem.previous[units] == post) @ problem.mu[units])
            way = 0.0
            if problem.travel is not None:
                way = float(np.average(problem.travel[units, post]))
            cost[a, b] = way - 1e3 * home / max(float(problem.mu[units].sum()), 1e-9)
    for a, b in zip(*linear_sum_assignment(cost), strict=True):
        units = np.flatnonzero(label == big[b])
        plan[units[may[units, posts[a]]]] = posts[a]
    return keep_cores(problem, graph, plan, may)


def divide(
    problem: Problem,
    graph: Graph,
    objective: Objective,
    rng: np.random.Generator | None,
    rounds: int,
    share: float = 0.03,
) -> Ints:
    """Divide afresh: centres, location-allocation, round, make whole, name the posts.

    Args:
        problem: What to divide.
        graph: Its links.
        objective: Scales and weights.
        rng: Spreads the centres; None starts from last year's centres and keeps its names.
        rounds: Transport LPs, the centres following each.
        share: Half width of the band about the wanted workload that the LP keeps.
    """
    k, xy, mu = problem.k, objective.xy, problem.mu
    may = allowed(problem)
    if rng is None:
        had = problem.previous >= 0
        centres = centres_of(xy[had], mu[had], problem.previous[had], k, np.full((k, 2), np.nan))
        centres = np.where(
            np.isnan(centres), _spread(problem, xy, np.random.default_rng(0)), centres
        )
        known = objective
    else:
        centres = _spread(problem, xy, rng)
        # The centres are not yet anyone's: change and travel wait for the names.
        known = replace(objective, per_change=0.0, per_minute=0.0)
    centres, plan = balance_centres(problem, xy, centres, may)
    lower, upper = band(problem, _shares(problem), share)
    crowd = max(problem.n, problem.crowd)
    share_out = allocate if crowd <= PROGRAM_UNITS else allocate_by_prices
    for _ in range(rounds):
        columns = nearest_columns(xy, centres, may, COLUMNS)
        costs = allocation_costs(problem, known, centres, columns)
        fresh = share_out(problem, columns, costs, lower, upper).plan
        moved = centres_of(xy, mu, fresh, k, centres)
        same = bool((fresh == plan).all())
        plan, centres = fresh, moved
        if same:
            break
    per_moment = objective.per_moment or 1e-12
    price = distance_price(xy, mu, centres, problem.previous, known.per_change, per_moment)
    plan = whole(problem, graph, plan, may, price)
    named = name_posts(problem, objective, plan)
    if rng is None and objective.value(problem, plan) <= objective.value(problem, named):
        return plan
    return named


def balance_centres(
    problem: Problem, xy: Floats, centres: Floats, may: Bools, rounds: int = 30
) -> tuple[Floats, Ints]:
    """Move centres to the middle of their balanced power cells (Aurenhammer et al. 1998).

    A unit goes to the centre with least d² - ω; ω grows where load is missing. Cheap, and
    near enough to balance for the transport LP to finish. In a very large town most rounds
    look at a sample of the units.
    """
    k, mu = problem.k, problem.mu
    target = _shares(problem)
    reach = float(mu @ (xy**2).sum(axis=1)) / max(float(mu.sum()), 1e-12) / k
    bonus = np.zeros(k)
    plan = nearest_columns(xy, centres, may, 1)[:, 0]
    some = _sample(problem)
    part_of = float(problem.weights[some, 0].sum()) / max(float(problem.weights[:, 0].sum()), 1e-12)
    for at in range(rounds):
        look = some if at < rounds - FULL_ROUNDS else np.arange(problem.n)
        share = part_of if at < rounds - FULL_ROUNDS else 1.0
        columns = nearest_columns(xy[look], centres, may[look], COLUMNS)
        apart = ((xy[look, None, :] - centres[np.maximum(columns, 0)]) ** 2).sum(axis=2)
        value = np.where(columns >= 0, apart - bonus[np.maximum(columns, 0)], np.inf)
        plan = columns[np.arange(len(look)), np.argmin(value, axis=1)]
        load = np.bincount(plan, problem.weights[look, 0], k)
        missing = 1.0 - load / np.maximum(share * target, 1e-12)
        bonus += reach * (0.6 if at < rounds // 2 else 0.3) * np.clip(missing, -1.0, 1.0)
        centres = centres_of(xy[look], mu[look], plan, k, centres)
    return centres, plan


def _sample(problem: Problem) -> Ints:
    """Choose the units that rough rounds look at; all but in a very large town."""
    most = max(SAMPLE_UNITS, 15 * problem.k)
    if problem.n <= 2 * most:
        return np.arange(problem.n)
    return np.sort(np.random.default_rng(problem.n).choice(problem.n, most, replace=False))


def _shares(problem: Problem) -> Floats:
    """Targets scaled to the town's total."""
    target = np.where(problem.target > 0, problem.target, problem.target.mean() or 1.0)
    return target * float(problem.weights[:, 0].sum()) / float(target.sum())


def _spread(problem: Problem, xy: Floats, rng: np.random.Generator) -> Floats:
    """Choose centres far apart, by mu (k-means++); locked grids start at their locks."""
    k, mu = problem.k, problem.mu + 1e-9
    centres = np.zeros((k, 2))
    placed = np.zeros(k, dtype=bool)
    for grid in np.unique(problem.fixed[problem.fixed >= 0]):
        locked = problem.fixed == grid
        centres[grid] = np.average(xy[locked], axis=0, weights=mu[locked])
        placed[grid] = True
    apart = np.full(problem.n, np.inf)
    for grid in np.flatnonzero(placed):
        apart = np.minimum(apart, ((xy - centres[grid]) ** 2).sum(axis=1))
    for grid in np.flatnonzero(~placed):
        chance = mu if np.isinf(apart).any() else mu * apart
        total = chance.sum()
        chance = chance / total if total > 0 else np.full(problem.n, 1.0 / problem.n)
        centres[grid] = xy[int(rng.choice(problem.n, p=chance))]
        apart = np.minimum(apart, ((xy - centres[grid]) ** 2).sum(axis=1))
    return centres


def name_posts(problem: Problem, objective: Objective, plan: Ints) -> Ints:
    """Give the territories to the posts so that bounds, change, travel and balance are best.

    With locks or closed grids the names are left as they are.
    """
    k = problem.k
    if (problem.fixed >= 0).any() or problem.closed.any():
        return plan
    loads = load_table(problem.weights, plan, problem.k)
    scale = np.maximum(problem.weights.sum(axis=0) / k, 1e-9)
    off = np.maximum(
        np.maximum(problem.lower[None] - loads[:, None], loads[:, None] - problem.upper[None]), 0.0
    )
    cost = 1e5 * (off / scale).sum(axis=2)
    cost += objective.per_balance * (loads[:, :1] / objective.target[None] - 1.0) ** 2
    had = problem.previous >= 0
    kept = np.zeros((k, k))
    np.add.at(kept, (plan[had], problem.previous[had]), problem.mu[had])
    cost -= objective.per_change * kept
    if problem.travel is not None:
        for grid in range(k):
            units = np.flatnonzero(plan == grid)
            cost[grid] += objective.per_minute * (problem.mu[units] @ problem.travel[units])
    name = linear_sum_assignment(cost)[1]
    return np.asarray(name, dtype=np.int64)[plan]
