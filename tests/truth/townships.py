"""Small townships with known answers: planted plans, last years gone wrong, brute force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from scipy.spatial import Delaunay

from linzhang_plugin.core.grids.model import Ints, Problem


def make_problem(
    xy: np.ndarray,
    edges: np.ndarray,
    weights: np.ndarray,
    k: int,
    tolerance: float | None = 0.1,
    previous: np.ndarray | None = None,
    **changes: object,
) -> Problem:
    """Assemble a problem: target the mean, bounds the mean ± tolerance (None: none)."""
    n = len(xy)
    weights = np.asarray(weights, dtype=float).reshape(n, -1 if n else 1)
    mean = weights[:, 0].sum() / k
    lower, upper = np.full((k, weights.shape[1]), -np.inf), np.full((k, weights.shape[1]), np.inf)
    if tolerance is not None:
        lower[:, 0], upper[:, 0] = mean * (1 - tolerance), mean * (1 + tolerance)
    was = np.full(n, -1, dtype=np.int64) if previous is None else np.asarray(previous, np.int64)
    problem = Problem(
        name="示例",
        xy=np.asarray(xy, dtype=float),
        weights=weights,
        mu=weights[:, 0].copy(),
        edges=np.asarray(edges, dtype=np.int64).reshape(-1, 2),
        lower=lower,
        upper=upper,
        target=np.full(k, mean),
        previous=was,
        start=was.copy(),
        fixed=np.full(n, -1, dtype=np.int64),
        closed=np.zeros(k, dtype=bool),
        village=np.full(n, -1, dtype=np.int64),
    )
    return replace(problem, **changes)  # type: ignore[arg-type]


def lattice(rows: int, columns: int, step: float = 100.0) -> tuple[np.ndarray, np.ndarray]:
    """Centres and links of a rows × columns lattice, unit ``r * columns + c``."""
    at = np.arange(rows * columns).reshape(rows, columns)
    xy = np.stack([at % columns, at // columns], axis=-1).reshape(-1, 2) * step
    across = np.stack([at[:, :-1].ravel(), at[:, 1:].ravel()], axis=1)
    down = np.stack([at[:-1].ravel(), at[1:].ravel()], axis=1)
    return xy.astype(float), np.unique(np.concatenate([across, down]), axis=0)


def scattered(n: int, seed: int, far: float = 0.25) -> tuple[np.ndarray, np.ndarray]:
    """Random centres in a 1 km square with Delaunay links shorter than ``far`` of it.

    A spanning set of the shortest links is always kept, so the graph is connected.
    """
    rng = np.random.default_rng(seed)
    xy = rng.random((n, 2)) * 1000
    if n < 4:
        return xy, np.array([(i, i + 1) for i in range(n - 1)], dtype=np.int64).reshape(-1, 2)
    triangles = Delaunay(xy).simplices
    pairs = np.sort(
        np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [0, 2]]])
    )
    pairs = np.unique(pairs, axis=0)
    length = np.hypot(*(xy[pairs[:, 0]] - xy[pairs[:, 1]]).T)
    root = list(range(n))

    def find(i: int) -> int:
        while root[i] != i:
            i = root[i]
        return i

    keep = length < far * 1000
    for at in np.argsort(length):
        a, b = find(int(pairs[at, 0])), find(int(pairs[at, 1]))
        if a != b:
            root[a] = b
            keep[at] = True
    return xy, pairs[keep]


@dataclass(frozen=True)
class Best:
    """What brute force found over all feasible plans; infinite where there is none."""

    plans: int
    least_change: float
    value: float


def plans_of(n: int, k: int) -> Iterator[Ints]:
    """Every assignment of n units to k grids."""
    for code in range(k**n):
        plan = np.empty(n, dtype=np.int64)
        for i in range(n):
            code, plan[i] = divmod(code, k)
        yield plan


def feasible(problem: Problem, plan: Ints) -> bool:
    """Slow check of every hard rule, by a flood of its own."""
    for g in range(problem.k):
        members = [i for i in range(problem.n) if plan[i] == g]
        if not members or not one_piece(problem, members):
            return False
        load = problem.weights[members].sum(axis=0)
        if (load < problem.lower[g] - 1e-6).any() or (load > problem.upper[g] + 1e-6).any():
            return False
        if problem.closed[g]:
            own = np.where(problem.start >= 0, problem.start, problem.previous)
            if any(own[i] != g and problem.fixed[i] != g for i in members):
                return False
    locked = problem.fixed >= 0
    return bool((plan[locked] == problem.fixed[locked]).all())


def one_piece(problem: Problem, members: list[int]) -> bool:
    """Tell by flooding whether the members hang together."""
    inside = set(members)
    near: dict[int, list[int]] = {i: [] for i in inside}
    for i, j in problem.edges.tolist():
        if i in inside and j in inside:
            near[i].append(j)
            near[j].append(i)
    seen, stack = {members[0]}, [members[0]]
    while stack:
        for j in near[stack.pop()]:
            if j not in seen:
                seen.add(j)
                stack.append(j)
    return len(seen) == len(inside)


def brute_force(problem: Problem, value: object = None) -> Best:
    """Try every plan: the least changed mu, and the least value (a function of the plan)."""
    count, change, best = 0, np.inf, np.inf
    had = problem.previous >= 0
    low, high = problem.lower[:, 0] - 1e-6, problem.upper[:, 0] + 1e-6
    weight = problem.weights[:, 0]
    for plan in plans_of(problem.n, problem.k):
        load = np.bincount(plan, weight, problem.k)
        if (load < low).any() or (load > high).any() or not feasible(problem, plan):
            continue
        count += 1
        change = min(change, float(problem.mu[had & (plan != problem.previous)].sum()))
        if callable(value):
            best = min(best, value(plan))
    return Best(count, change, best)
