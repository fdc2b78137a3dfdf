"""First plans: last year's made whole, or the town divided afresh from many starts."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment

from linzhang_plugin.core.grids.contiguity import Graph
from linzhang_plugin.core.grids.goals import Objective, load_table
from linzhang_plugin.core.grids.model import NOWHERE, Bools, Floats, Ints, Problem
from linzhang_plugin.core.grids.repair import wanted_flows
from linzhang_plugin.core.grids.state import allowed
from linzhang_plugin.core.grids.transport import (
    allocate,
    allocation_costs,
    band,
    centres_of,
    nearest_columns,
)
from linzhang_plugin.core.grids.whole import Price, distance_price, grow, keep_cores, whole

COLUMNS = 10
"""Nearest centres offered to each unit in the transport LP."""


def resume(problem: Problem, graph: Graph, objective: Objective) -> Ints:
    """Continue from ``start``: keep each grid's core, found the vacant posts, adopt orphans.

    Every unit ends in a grid, every grid is one piece; weights may still be out of bounds.
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
    return found_by_splitting(problem, graph, plan, objective)


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


def found_by_splitting(
    problem: Problem, graph: Graph, plan: Ints, objective: Objective, tries: int = 12
) -> Ints:
    """Give each vacant post a piece of a grid where, with it, least weight need be shifted."""
    plan = plan.copy()
    for post in vacant(problem, plan):
        loads = load_table(problem.weights, plan, problem.k)
        donors = _donors(problem, graph, plan, loads, int(post), tries)
        for donor in donors:
            piece = _piece(problem, graph, plan, objective, int(donor), int(post), loads)
            if len(piece):
                plan[piece] = post
                break
    return plan


def _adjacent(plan: Ints, graph: Graph, k: int) -> Bools:
    a, b = plan[graph.edges[:, 0]], plan[graph.edges[:, 1]]
    near = np.zeros((k, k), dtype=bool)
    near[a, b] = near[b, a] = True
    np.fill_diagonal(near, False)
    return near


def _donors(
    problem: Problem, graph: Graph, plan: Ints, loads: Floats, post: int, tries: int
) -> list[int]:
    """Order grids by the shifting that a new post beside them would leave to do."""
    near = _adjacent(plan, graph, problem.k)
    surplus = loads[:, 0] - np.where(np.isfinite(problem.upper[:, 0]), problem.target, 0.0)
    count = np.bincount(plan, minlength=problem.k)
    free = np.bincount(plan, problem.fixed < 0, problem.k) > 0
    can = np.flatnonzero((count > 1) & free)
    around = surplus + near @ np.maximum(surplus, 0.0)
    can = can[np.argsort(-around[can], kind="stable")][:tries]
    scores = []
    for donor in can:
        linked = near.copy()
        row = near[donor].copy()
        row[donor] = True
        linked[post, row] = linked[row, post] = True
        arcs = np.argwhere(linked)
        arcs = arcs[~problem.closed[arcs[:, 1]]]
        flows, off = wanted_flows(problem, loads, arcs, np.zeros(problem.k))
        scores.append((off, float(flows.sum())))
    return [int(can[at]) for at in sorted(range(len(can)), key=lambda s: (scores[s], s))]


def _piece(
    problem: Problem,
    graph: Graph,
    plan: Ints,
    objective: Objective,
    donor: int,
    post: int,
    loads: Floats,
) -> Ints:
    """Cut a connected piece off a grid, on the side of its heaviest neighbours."""
    xy = objective.xy
    members = np.flatnonzero(plan == donor)
    free = members[problem.fixed[members] < 0]
    may = allowed(problem)
    free = free[may[free, post]]
    if not len(free) or len(members) < 2:
        return np.zeros(0, dtype=np.int64)
    near = np.flatnonzero(_adjacent(plan, graph, problem.k)[donor])
    centre = centres_of(xy, problem.mu, plan, problem.k, np.zeros((problem.k, 2)))
    pull = np.maximum(loads[near, 0] - problem.target[near], 0.0)
    way = (pull[:, None] * (centre[near] - centre[donor])).sum(axis=0) if len(near) else np.zeros(2)
    if not way.any():
        way = np.array([0.0, 1.0])
    tip = int(free[np.argmax((xy[free] - centre[donor]) @ way)])
    floor = problem.lower[:, 0]
    spare = loads[donor, 0] - (floor[donor] if np.isfinite(floor[donor]) else 0.0)
    aim = floor[post] if np.isfinite(floor[post]) else problem.target[post] / 2
    aim = min(max(aim, 1e-9), max(spare, loads[donor, 0] / 2))
    piece = _grow_piece(problem, graph, set(free.tolist()), xy, tip, float(aim))
    rest = np.setdiff1d(members, np.array(sorted(piece), dtype=np.int64))
    if not len(rest):
        return np.zeros(0, dtype=np.int64)
    mask = np.zeros(problem.n, dtype=bool)
    mask[rest] = True
    label = graph.components(mask)[rest]
    locked = np.bincount(label, problem.fixed[rest] >= 0) > 0
    size = np.bincount(label, problem.mu[rest] + 1e-9)
    main = int(np.lexsort((-size, ~locked))[0])
    cut = rest[label != main]
    if (problem.fixed[cut] >= 0).any():
        return np.zeros(0, dtype=np.int64)
    return np.sort(np.concatenate([np.array(sorted(piece), dtype=np.int64), cut]))


def _grow_piece(
    problem: Problem, graph: Graph, free: set[int], xy: Floats, tip: int, aim: float
) -> set[int]:
    piece, weight = {tip}, float(problem.weights[tip, 0])
    edge = {j for j in graph.near[tip] if j in free}
    while edge and weight < aim and len(piece) < len(free):
        nearest = min(edge, key=lambda j: (float(((xy[j] - xy[tip]) ** 2).sum()), j))
        piece.add(nearest)
        weight += float(problem.weights[nearest, 0])
        edge |= {j for j in graph.near[nearest] if j in free}
        edge -= piece
    return piece


def divide(
    problem: Problem,
    graph: Graph,
    objective: Objective,
    rng: np.random.Generator,
    rounds: int,
    share: float = 0.02,
) -> Ints:
    """Divide afresh: spread centres, location-allocation, round, make whole, name the posts."""
    k, xy, mu = problem.k, objective.xy, problem.mu
    may = allowed(problem)
    centres = _spread(problem, xy, rng)
    for _ in range(4):
        nearest = nearest_columns(xy, centres, may, 1)[:, 0]
        centres = centres_of(xy, mu, nearest, k, centres)
    plan = nearest
    lower, upper = band(problem, _shares(problem), share)
    for _ in range(rounds):
        columns = nearest_columns(xy, centres, may, COLUMNS)
        costs = allocation_costs(problem, objective, centres, columns)
        fresh = allocate(problem, columns, costs, lower, upper).plan
        moved = centres_of(xy, mu, fresh, k, centres)
        same = bool((fresh == plan).all())
        plan, centres = fresh, moved
        if same:
            break
    per_moment = objective.per_moment or 1e-12
    price = distance_price(xy, mu, centres, problem.previous, objective.per_change, per_moment)
    plan = whole(problem, graph, plan, may, price)
    plan = found_by_splitting(problem, graph, plan, objective)
    return name_posts(problem, objective, plan)


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
        way = np.zeros((k, k))
        np.add.at(way, plan, problem.mu[:, None] * problem.travel)
        cost += objective.per_minute * way
    name = linear_sum_assignment(cost)[1]
    return np.asarray(name, dtype=np.int64)[plan]
