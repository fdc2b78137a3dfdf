"""Slow oracles and tiny instances for the published objectives."""

from __future__ import annotations

import itertools

import numpy as np

from linzhang_plugin.core.grids.model import NOWHERE, Problem


def lattice(rows: int, columns: int, k: int, seed: int, tolerance: float, width: int = 1):
    """A jittered lattice with whole weights; spacing 40 km so that whole kilometres matter."""
    draw = np.random.default_rng(seed)
    n = rows * columns
    place = np.stack(np.divmod(np.arange(n), columns), axis=1)[:, ::-1] * 40_000.0
    xy = place + draw.uniform(-9_000, 9_000, (n, 2))
    weights = draw.integers(50, 150, (n, width)).astype(float)
    edges = [
        (a, b)
        for a in range(n)
        for b in range(a + 1, n)
        if np.abs(np.subtract(divmod(a, columns), divmod(b, columns))).sum() == 1
    ]
    mean = weights.sum(axis=0) / k
    nowhere = np.full(n, NOWHERE)
    return Problem(
        f"lattice {seed}", xy, weights, weights[:, 0], np.array(edges, dtype=np.int64),
        np.tile(mean * (1 - tolerance), (k, 1)), np.tile(mean * (1 + tolerance), (k, 1)),
        np.full(k, mean[0]), nowhere, nowhere, nowhere, np.zeros(k, dtype=bool), nowhere,
    )  # fmt: skip


def whole(members: set[int], near: list[set[int]]) -> bool:
    """Tell whether units are linked among themselves."""
    start = min(members)
    seen, stack = {start}, [start]
    while stack:
        for other in near[stack.pop()] & members - seen:
            seen.add(other)
            stack.append(other)
    return seen == members


def all_plans(problem: Problem, contiguous: bool = True):
    """Give every balanced plan (of connected grids), grids numbered by their first unit."""
    near: list[set[int]] = [set() for _ in range(problem.n)]
    for i, j in problem.edges.tolist():
        near[i].add(j)
        near[j].add(i)
    weights = problem.weights
    for tail in itertools.product(range(problem.k), repeat=problem.n - 1):
        plan = (0, *tail)
        firsts = [plan.index(g) if g in plan else -1 for g in range(problem.k)]
        if -1 in firsts or firsts != sorted(firsts):
            continue
        array = np.array(plan)
        loads = np.stack([weights[array == g].sum(axis=0) for g in range(problem.k)])
        if (loads < problem.lower).any() or (loads > problem.upper).any():
            continue
        if not contiguous or all(
            whole(set(np.flatnonzero(array == g).tolist()), near) for g in range(problem.k)
        ):
            yield array


def hess_value(problem: Problem, plan: np.ndarray) -> float:
    """The Hess moment, unit by unit."""
    total = 0.0
    for grid in range(problem.k):
        members = np.flatnonzero(plan == grid)
        total += min(
            sum(
                problem.weights[i, 0]
                * (np.floor(np.hypot(*(problem.xy[i] - problem.xy[j])) / 1000 + 0.5) / 1000) ** 2
                for i in members
            )
            for j in members
        )
    return float(total)


def cut_value(problem: Problem, plan: np.ndarray) -> float:
    """Links between grids."""
    return float(sum(plan[i] != plan[j] for i, j in problem.edges.tolist()))


def diameter_value(problem: Problem, plan: np.ndarray) -> float:
    """Largest distance inside a grid."""
    return max(
        float(np.hypot(*(problem.xy[i] - problem.xy[j])))
        for i in range(problem.n)
        for j in range(i + 1)
        if plan[i] == plan[j]
    )


VALUES = {
    "hess_moment_of_inertia": hess_value,
    "hess_moment_of_inertia_contiguous": hess_value,
    "cut_edges_contiguous": cut_value,
    "max_diameter_contiguous": diameter_value,
}
