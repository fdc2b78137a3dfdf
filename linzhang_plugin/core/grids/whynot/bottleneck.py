"""Stands through which everything must pass, and pockets behind them that fit no grids.

If taking one stand away cuts a pocket off, at most one grid (that stand's own) reaches from
outside into the pocket. So the pocket's weight must be made of ``m`` whole grids and a part of
that one: m·L ≤ W ≤ (m+1)·U - w. Where no ``m`` does, no plan exists.
Cut vertices by depth-first search: Hopcroft and Tarjan (1973), CACM 16:372-378.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linzhang_plugin.core.grids.contiguity import Graph
from linzhang_plugin.core.grids.model import Floats, Problem


@dataclass(frozen=True)
class Pocket:
    """A part of the town behind one stand.

    Attributes:
        unit: The stand that is the only way in.
        weight: Workload behind it.
        units: Number of stands behind it.
    """

    unit: int
    weight: float
    units: int


def pockets(graph: Graph, weight: Floats) -> list[Pocket]:
    """List the pockets behind every cut stand, both ways round."""
    found: list[Pocket] = []
    order = [-1] * graph.n
    low = [0] * graph.n
    load = weight.tolist()
    count = [1] * graph.n
    clock = 0
    for root in range(graph.n):
        if order[root] >= 0:
            continue
        tree: list[Pocket] = []
        order[root] = low[root] = clock
        clock += 1
        stack = [(root, -1, iter(graph.near[root]))]
        while stack:
            unit, parent, children = stack[-1]
            step = next(children, None)
            if step is None:
                stack.pop()
                if parent >= 0:
                    low[parent] = min(low[parent], low[unit])
                    if low[unit] >= order[parent]:
                        tree.append(Pocket(parent, load[unit], count[unit]))
                    load[parent] += load[unit]
                    count[parent] += count[unit]
            elif order[step] < 0:
                order[step] = low[step] = clock
                clock += 1
                stack.append((step, unit, iter(graph.near[step])))
            elif step != parent:
                low[unit] = min(low[unit], order[step])
        found += _both_ways(tree, root, load[root], count[root], weight)
    return found


def _both_ways(
    tree: list[Pocket], root: int, total: float, count: int, weight: Floats
) -> list[Pocket]:
    """All parts that appear without each cut stand, and what lies opposite each of them."""
    behind: dict[int, list[Pocket]] = {}
    for pocket in tree:
        behind.setdefault(pocket.unit, []).append(pocket)
    found = []
    for unit, parts in behind.items():
        own = float(weight[unit])
        if unit != root:
            rest = total - own - sum(p.weight for p in parts)
            parts.append(Pocket(unit, rest, count - 1 - sum(p.units for p in parts)))
        if len(parts) > 1:
            for p in parts:
                found.append(p)
                found.append(Pocket(unit, total - own - p.weight, count - 1 - p.units))
    return found


def misfit(problem: Problem, pocket: Pocket) -> bool:
    """Tell whether no number of whole grids and a part of one makes the pocket's workload."""
    low, high = float(problem.lower[:, 0].min()), float(problem.upper[:, 0].max())
    return misfit_of(pocket, problem.weights[:, 0], problem.k, (low, high))


def misfit_of(pocket: Pocket, weight: Floats, k: int, bounds: tuple[float, float]) -> bool:
    """Tell whether no number of whole grids and a part of one makes the pocket's weight.

    Args:
        pocket: The pocket, its weight measured by ``weight``.
        weight: (n,) weight of each unit.
        k: Number of grids.
        bounds: Least and greatest weight of a grid; bounds that do not bind prove nothing.
    """
    low, high = bounds
    if not np.isfinite(high) or not np.isfinite(low) or low <= 0:
        return False
    own = float(weight[pocket.unit])
    tiny = 1e-9 * max(pocket.weight, 1.0)
    for whole in range(k + 1):
        if whole * low <= pocket.weight + tiny and pocket.weight <= (whole + 1) * high - own + tiny:
            return False
    return True


def tolerance_needed(problem: Problem, pocket: Pocket) -> float:
    """Least tolerance (share of the mean) at which the pocket could be made of grids."""
    mean = float(problem.weights[:, 0].sum()) / problem.k
    own = float(problem.weights[pocket.unit, 0])
    best = np.inf
    for whole in range(problem.k + 1):
        under = 1 - pocket.weight / (whole * mean) if whole else 0.0
        over = (pocket.weight + own) / ((whole + 1) * mean) - 1
        best = min(best, max(under, over, 0.0))
    return float(best)
