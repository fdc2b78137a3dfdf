"""Make every grid one piece: keep a core of each, give the rest to neighbours.

Units that are nowhere (orphans, detached fragments) are grown onto the cores best first, a
Dijkstra-like flood over the links, so what results is connected by construction.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable

import numpy as np

from linzhang_plugin.core.grids.contiguity import Graph
from linzhang_plugin.core.grids.model import NOWHERE, Bools, Floats, Ints, Problem

Price = Callable[[int, int], float]
"""Cost of a unit in a grid, for choosing among neighbouring grids."""


def keep_cores(problem: Problem, graph: Graph, plan: Ints, may: Bools) -> Ints:
    """Keep one part of each grid: the locked one, else the largest by mu; free the rest.

    Locked units of one grid that lie in several parts are first joined by the path of least
    foreign mu.
    """
    plan = plan.copy()
    for grid in np.unique(problem.fixed[problem.fixed >= 0]):
        _join_locked(problem, graph, plan, int(grid), may)
    parts = graph.parts(plan)
    inside = np.flatnonzero(plan >= 0)
    size = np.bincount(parts, problem.mu + 1e-9)
    locked = np.bincount(parts, problem.fixed >= 0) > 0
    best: dict[int, tuple[bool, float, int]] = {}
    for unit in inside:
        part, grid = int(parts[unit]), int(plan[unit])
        rank = (bool(locked[part]), float(size[part]), -part)
        if grid not in best or rank > best[grid]:
            best[grid] = rank
    core = np.array([-best[int(plan[u])][2] for u in inside], dtype=np.int64)
    loose = inside[(parts[inside] != core) & (problem.fixed[inside] < 0)]
    plan[loose] = NOWHERE
    return plan


def _join_locked(problem: Problem, graph: Graph, plan: Ints, grid: int, may: Bools) -> None:
    """Join the parts of a grid that hold its locked units, changing ``plan``."""
    locked = np.flatnonzero(problem.fixed == grid)
    while True:
        parts = graph.parts(plan)
        groups = np.unique(parts[locked])
        if len(groups) <= 1:
            return
        source = parts == groups[0]
        goal = np.isin(parts, groups[1:]) & (plan == grid)
        path = cheapest_path(
            graph, source, goal, lambda u: float(problem.mu[u]) * (plan[u] != grid), may[:, grid]
        )
        if path is None:
            return
        plan[path] = grid


def cheapest_path(
    graph: Graph, source: Bools, goal: Bools, price: Callable[[int], float], may: Bools
) -> list[int] | None:
    """Find the cheapest path of units from ``source`` to ``goal``; None where there is none."""
    best = {int(u): 0.0 for u in np.flatnonzero(source)}
    before: dict[int, int] = {}
    heap = [(0.0, u) for u in sorted(best)]
    done: set[int] = set()
    while heap:
        cost, unit = heapq.heappop(heap)
        if unit in done:
            continue
        done.add(unit)
        if goal[unit]:
            path = [unit]
            while path[-1] in before:
                path.append(before[path[-1]])
            return path
        for other in graph.near[unit]:
            if may[other] and other not in done:
                total = cost + price(other) + 1e-9
                if total < best.get(other, np.inf):
                    best[other] = total
                    before[other] = unit
                    heapq.heappush(heap, (total, other))
    return None


def grow(graph: Graph, plan: Ints, may: Bools, price: Price) -> Ints:
    """Give every unit that is nowhere to a grid it touches, cheapest first.

    Units that no grid may take are left nowhere.
    """
    plan = plan.copy()
    heap: list[tuple[float, int, int]] = []

    def offer(unit: int) -> None:
        grid = int(plan[unit])
        for other in graph.near[unit]:
            if plan[other] == NOWHERE and may[other, grid]:
                heapq.heappush(heap, (price(other, grid), other, grid))

    for unit in np.flatnonzero(plan >= 0):
        offer(int(unit))
    while heap:
        _, unit, grid = heapq.heappop(heap)
        if plan[unit] == NOWHERE:
            plan[unit] = grid
            offer(unit)
    return plan


def whole(problem: Problem, graph: Graph, plan: Ints, may: Bools, price: Price) -> Ints:
    """Give a plan in which every grid is one piece and every unit is in a grid.

    Where closed grids fence units in, the fence gives way: a stand must be somewhere.
    """
    plan = grow(graph, keep_cores(problem, graph, plan, may), may, price)
    if (plan == NOWHERE).any():
        plan = grow(graph, plan, np.ones_like(may), price)
    return plan


def distance_price(
    xy: Floats, mu: Floats, centres: Floats, previous: Ints, per_change: float, per_moment: float
) -> Price:
    """Price by moment about the grid's centre and by leaving last year's grid."""
    points, middle = xy.tolist(), centres.tolist()
    was, size = previous.tolist(), mu.tolist()

    def price(unit: int, grid: int) -> float:
        (x, y), (a, b) = points[unit], middle[grid]
        change = per_change if was[unit] >= 0 and was[unit] != grid else 0.0
        return size[unit] * (change + per_moment * ((x - a) ** 2 + (y - b) ** 2))

    return price
