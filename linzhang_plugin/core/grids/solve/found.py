"""Found the grids of vacant posts: on orphaned land, else where overfull grids meet.

A new grid grows unit by unit from a seed, taking first what its neighbours must give up
anyway, never cutting a neighbour in two nor robbing it below its lower bound. Many seeds are
tried roughly, a few in full.
"""

from __future__ import annotations

import heapq

import numpy as np

from linzhang_plugin.core.grids.model import Floats, Ints
from linzhang_plugin.core.grids.solve.repair import even_out, neighbouring_grids, wanted_flows
from linzhang_plugin.core.grids.solve.state import State


def found_posts(state: State, rough: int = 24, full: int = 3) -> None:
    """Give every vacant post a grid, changing ``state``.

    Args:
        state: A plan in which every unit is in a grid; its objective decides.
        rough: Seeds whose growth is tried for each post.
        full: The best of them whose loads are evened out before the best is taken.
    """
    for post in vacant_posts(state):
        trials = sorted(
            (*_try_seed(state, post, seed), at, seed)
            for at, seed in enumerate(_seeds(state, rough))
        )[:full]
        best: tuple[float, State] | None = None
        for *_, seed in trials:
            trial = state.clone()
            grow_post(trial, post, seed)
            if len(trials) > 1:
                even_out(trial, 6)
            cost = trial.running_cost()
            if trial.count[post] and (best is None or cost < best[0] - 1e-9):
                best = cost, trial
        if best is not None:
            state.become(best[1])


def vacant_posts(state: State) -> list[int]:
    """List posts without a unit that may have one."""
    return [int(g) for g in np.flatnonzero((state.count == 0) & ~state.problem.closed)]


def _seeds(state: State, most: int) -> list[int]:
    """Choose a border unit for each pair of neighbouring grids, by what they hold too much."""
    problem, objective = state.problem, state.objective
    over = state.loads[:, 0] - objective.target
    capped = np.isfinite(problem.upper[:, 0])
    over = np.where(capped, np.maximum(state.loads[:, 0] - problem.upper[:, 0], 0.1 * over), over)
    free = (problem.fixed < 0) & (state.count[state.plan] > 1)
    centre = state.first / np.maximum(state.mass, 1e-12)[:, None]
    units, to = state.border()
    keep = free[units]
    units, to = units[keep], to[keep]
    if not len(units):
        return [int(u) for u in np.flatnonzero(free)[:most]]
    near: dict[int, set[int]] = {}
    for unit, grid in zip(units.tolist(), to.tolist(), strict=True):
        near.setdefault(unit, {state.where[unit]}).add(grid)
    score = {u: float(sum(over[g] for g in grids)) for u, grids in near.items()}
    chosen: dict[tuple[int, ...], tuple[float, float, int]] = {}
    for u, grids in near.items():
        key = tuple(sorted(grids))
        middle = centre[list(key)].mean(axis=0)
        apart = float(((objective.xy[u] - middle) ** 2).sum())
        rank = (-score[u], apart, u)
        chosen[key] = min(rank, chosen.get(key, rank))
    seeds = [u for _, _, u in sorted(chosen.values())[:most]]
    # Where one grid is alone overfull, its inside may be the place.
    heavy = int(np.argmax(np.where(state.count > 1, over, -np.inf)))
    members = np.flatnonzero((state.plan == heavy) & free)
    if len(members):
        tip = ((objective.xy[members] - centre[heavy]) ** 2).sum(axis=1)
        seeds.append(int(members[np.argmax(tip)]))
    return list(dict.fromkeys(seeds))


def _try_seed(state: State, post: int, seed: int) -> tuple[float, float]:
    """Grow and undo; give the violation left and a guess of all the mu that then changes."""
    moved = grow_post(state, post, seed)
    arcs = _around(state, post, 4)
    flows, off = wanted_flows(state.problem, state.loads, arcs, np.zeros(state.problem.k))
    # Mu a unit of load, of the grid that gives.
    price = state.mass[arcs[:, 0]] / np.maximum(state.loads[arcs[:, 0], 0], 1e-9)
    cost = state.changed + float((flows * price).sum())
    for unit, source in reversed(moved):
        state.move(unit, source)
    return (round(off, 9), cost)


def _around(state: State, post: int, hops: int) -> Ints:
    """Ordered pairs of neighbouring grids within some hops of a post."""
    arcs = neighbouring_grids(state)
    near = np.zeros(state.problem.k, dtype=bool)
    near[post] = True
    for _ in range(hops):
        near[arcs[near[arcs[:, 0]], 1]] = True
    return arcs[near[arcs[:, 0]] & near[arcs[:, 1]]]


def grow_post(state: State, post: int, seed: int) -> list[tuple[int, int]]:
    """Grow a vacant post's grid from a seed to its lower bound; give (unit, old grid) pairs."""
    problem, objective = state.problem, state.objective
    aim = _aim(state, post)
    moved: list[tuple[int, int]] = []
    heap: list[tuple[float, int]] = [(0.0, seed)]
    skipped: list[int] = []
    loads, weight = state.loads, problem.weights
    reach = _radius(state, post)
    start = objective.xy[seed]
    while heap and loads[post, 0] < aim:
        _, unit = heapq.heappop(heap)
        source = state.where[unit]
        if source == post or problem.fixed[unit] >= 0 or not state.allowed[unit, post]:
            continue
        if _robs(state, source, weight[unit]) or not state.may_leave(unit):
            skipped.append(unit)
            continue
        if loads[post, 0] + weight[unit, 0] > problem.upper[post, 0] and moved:
            continue
        state.move(unit, post)
        moved.append((unit, source))
        for other in state.graph.near[unit]:
            if state.where[other] != post:
                apart = float(((objective.xy[other] - start) ** 2).sum()) / reach
                giver = state.where[other]
                need = float(loads[giver, 0] > problem.upper[giver, 0])
                heapq.heappush(heap, (apart * (1.0 - 0.5 * need), other))
    return moved


def _aim(state: State, post: int) -> float:
    low = float(state.problem.lower[post, 0])
    if np.isfinite(low) and low > 0:
        return low
    return float(state.objective.target[post]) * 0.9


def _radius(state: State, post: int) -> float:
    del post
    scale = state.second.sum() - (state.first**2).sum() / max(state.mass.sum(), 1e-12)
    return max(float(scale) / max(float(state.mass.sum()), 1e-12) / state.problem.k, 1e-9)


def _robs(state: State, source: int, weights: Floats) -> bool:
    """Tell whether a grid without this weight falls below a bound, or is left empty."""
    if state.count[source] <= 1:
        return True
    low = state.problem.lower[source]
    rest = state.loads[source] - weights
    return bool(((rest < low - 1e-9) & (state.loads[source] >= low)).any())
