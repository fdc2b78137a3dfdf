"""Why a township has no plan within the hard rules, and what would make one possible."""

from __future__ import annotations

from typing import Any

import numpy as np

from linzhang_plugin.core.grids.contiguity import Graph
from linzhang_plugin.core.grids.model import Floats, Ints, Problem
from linzhang_plugin.core.grids.solve.state import allowed
from linzhang_plugin.core.grids.whynot.bottleneck import misfit, pockets, tolerance_needed
from linzhang_plugin.core.messages import ConflictError, Message


def check(problem: Problem) -> None:
    """Refuse a problem that contradicts itself.

    Raises:
        ConflictError: No posts, or a lock that names no post, or locked stands of one grid
            that no path of free stands can join.
    """
    if problem.n and not problem.k:
        raise ConflictError("Township {town} has stands but no post.", town=problem.name)
    if (problem.fixed >= problem.k).any():
        raise ConflictError(
            "Township {town}: a stand is locked into a grid that has no post.", town=problem.name
        )
    graph = Graph(problem.n, problem.edges)
    labels = graph.components()
    for grid in np.unique(problem.fixed[problem.fixed >= 0]):
        locked = np.flatnonzero(problem.fixed == grid)
        if problem.k > 1 and len(np.unique(labels[locked])) > 1:
            raise ConflictError(
                "Township {town}: stands locked into grid {grid} are not linked to each other;"
                " unlock some of them or widen LINK_DISTANCE.",
                town=problem.name,
                grid=int(grid) + 1,
            )
        for part in np.unique(labels[locked]):
            mine = locked[labels[locked] == part]
            if not _joinable(problem, graph, int(grid), mine):
                raise ConflictError(
                    "Township {town}: the locked stands of grid {grid} are cut off from each"
                    " other by other grids' locked stands; unlock some of them.",
                    town=problem.name,
                    grid=int(grid) + 1,
                )


def _joinable(problem: Problem, graph: Graph, grid: int, locked: Ints) -> bool:
    may = (problem.fixed < 0) | (problem.fixed == grid)
    if problem.closed[grid]:
        may &= allowed(problem)[:, grid]
    label = graph.components(may)
    return len(np.unique(label[locked])) <= 1


def reasons(problem: Problem) -> list[Message]:
    """Say what proves that no plan satisfies the bounds; empty where nothing is proven."""
    found: list[Message] = []
    for column in range(problem.weights.shape[1]):
        found += _total(problem, column)
        found += _too_large(problem, column)
    if problem.n < problem.k:
        found.append(
            Message(
                "Township {town} has {k} posts but only {n} stands: {more} posts stay vacant.",
                {
                    "town": problem.name,
                    "k": problem.k,
                    "n": problem.n,
                    "more": problem.k - problem.n,
                },
            )
        )
    found += _components(problem)
    return found or _pockets(problem)


def nearest(problem: Problem, plan: Ints) -> Message:
    """Say which request the plan at hand would satisfy."""
    loads = np.bincount(plan, problem.weights[:, 0], problem.k)
    target = np.where(problem.target > 0, problem.target, 1.0)
    worst = float(np.abs(loads / target - 1).max())
    return Message(
        "Township {town}: no plan within the bounds was found; the plan given would satisfy a"
        " tolerance of {percent} %.",
        {"town": problem.name, "percent": int(np.ceil(100 * worst - 1e-9))},
    )


def _pockets(problem: Problem) -> list[Message]:
    """Pockets behind one stand that fit no whole grids; the worst three."""
    graph = Graph(problem.n, problem.edges)
    bad = [p for p in pockets(graph, problem.weights[:, 0]) if misfit(problem, p)]
    bad.sort(key=lambda p: (-tolerance_needed(problem, p), p.units, p.unit))
    return [
        Message(
            "Township {town}: {n} stands with {weight} hang on the rest by one stand alone: too"
            " much for that stand's grid and too little for grids of their own; a tolerance of"
            " {percent} %, or another link, would do.",
            {
                "town": problem.name,
                "n": p.units,
                "weight": round(p.weight, 1),
                "percent": int(np.ceil(100 * tolerance_needed(problem, p) - 1e-9)),
                "unit": p.unit,
            },
        )
        for p in bad[:3]
    ]


def _total(problem: Problem, column: int) -> list[Message]:
    total = float(problem.weights[:, column].sum())
    tiny = 1e-9 * max(total, 1.0)
    if total > float(problem.upper[:, column].sum()) + tiny:
        values = _sums(problem, total, problem.upper[:, column])
        return [
            Message(
                "Township {town}: {k} grids may hold at most {limit} together, but there is"
                " {total}; {posts} posts, or an upper bound of {each} a grid, would do.",
                values | {"posts": int(np.ceil(values["posts"] - 1e-9))},
            )
        ]
    if total < float(problem.lower[:, column].sum()) - tiny:
        values = _sums(problem, total, problem.lower[:, column])
        return [
            Message(
                "Township {town}: {k} grids must hold at least {limit} together, but there is"
                " only {total}; {posts} posts, or a lower bound of {each} a grid, would do.",
                values | {"posts": int(values["posts"] + 1e-9)},
            )
        ]
    return []


def _sums(problem: Problem, total: float, limits: Floats) -> dict[str, Any]:
    """Figures of a total beyond the grids' limits; as many posts as these could serve."""
    mean = float(limits.mean())
    return {
        "town": problem.name,
        "total": round(total, 1),
        "k": problem.k,
        "limit": round(float(limits.sum()), 1),
        "posts": total / mean if mean > 0 else problem.k,
        "each": round(total / problem.k, 1),
    }


def _too_large(problem: Problem, column: int) -> list[Message]:
    roof = float(problem.upper[:, column].max(initial=-np.inf))
    if not np.isfinite(roof):
        return []
    unit = int(np.argmax(problem.weights[:, column])) if problem.n else -1
    largest = float(problem.weights[unit, column]) if problem.n else 0.0
    if largest <= roof * (1 + 1e-9):
        return []
    mean = float(problem.weights[:, column].sum()) / problem.k
    return [
        Message(
            "Township {town}: one stand alone has {largest}, more than the {roof} a grid may"
            " hold; split the stand, or allow {percent} % above the mean.",
            {
                "town": problem.name,
                "largest": round(largest, 1),
                "roof": round(roof, 1),
                "percent": int(np.ceil(100 * (largest / max(mean, 1e-9) - 1))),
            },
        )
    ]


def _components(problem: Problem) -> list[Message]:
    """Components whose weight fits no whole number of grids."""
    labels = Graph(problem.n, problem.edges).components()
    if int(labels.max(initial=0)) == 0 or not np.isfinite(problem.upper[:, 0]).all():
        return []
    low, high = float(problem.lower[:, 0].min()), float(problem.upper[:, 0].max())
    found = []
    for part in range(int(labels.max()) + 1):
        weight = float(problem.weights[labels == part, 0].sum())
        if low <= 0 or high <= 0:
            continue
        fewest, most = int(np.ceil(weight / high - 1e-9)), int(weight / low + 1e-9)
        if fewest > most or most == 0:
            found.append(
                Message(
                    "Township {town}: {n} stands that no link joins to the rest hold {weight},"
                    " which no whole number of grids of {low} to {high} fits; widen"
                    " LINK_DISTANCE or the tolerance.",
                    {
                        "town": problem.name,
                        "n": int((labels == part).sum()),
                        "weight": round(weight, 1),
                        "low": round(low, 1),
                        "high": round(high, 1),
                    },
                )
            )
    return found
