"""Large-neighbourhood search: cut small groups of neighbouring grids anew, again and again.

Groups are tried in a fixed order; a group is tried again only when one of its grids has
changed. The budget is a count of MILPs.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np

from linzhang_plugin.core.grids.model import Bools
from linzhang_plugin.core.grids.solve.polish import polish
from linzhang_plugin.core.grids.solve.recut import Budget, recut
from linzhang_plugin.core.grids.solve.repair import neighbouring_grids
from linzhang_plugin.core.grids.solve.state import State, troubled
from linzhang_plugin.core.progress import Progress, silent, step

__all__ = ["groups_of", "recut_whole", "search", "troubled"]

SMALL = 100
"""Units × grids up to which a whole piece is cut anew in one MILP."""


def groups_of(state: State, size: int, among: Bools) -> list[list[int]]:
    """List connected groups of ``size`` neighbouring grids, each touching ``among``."""
    near: dict[int, set[int]] = {g: set() for g in range(state.problem.k)}
    for a, b in neighbouring_grids(state).tolist():
        near[a].add(b)
        near[b].add(a)
    found: set[tuple[int, ...]] = set()
    for a in near:
        for b in near[a]:
            if size == 2:
                found.add((min(a, b), max(a, b)))
        if size == 3:
            for b, c in combinations(sorted(near[a]), 2):
                found.add(tuple(sorted((a, b, c))))
    return [list(group) for group in sorted(found) if among[list(group)].any()]


def search(
    state: State,
    milps: int,
    size: int = 2,
    limit_mu: float = np.inf,
    among: Bools | None = None,
    budget: Budget | None = None,
    progress: Progress = silent,
) -> int:
    """Cut groups anew until nothing improves or ``milps`` are spent; give the number spent."""
    budget = budget or Budget()
    k = state.problem.k
    seen: dict[tuple[int, ...], tuple[int, ...]] = {}
    spent = 0
    improved = True
    while improved and spent < milps:
        improved = False
        active = np.ones(k, dtype=bool) if among is None else among
        for group in groups_of(state, size, active):
            stamp = tuple(state.leaving.version[g] for g in group)
            if seen.get(tuple(group)) == stamp:
                continue
            if spent >= milps:
                break
            step(progress, spent / milps)
            spent += 1
            if recut(state, group, budget, limit_mu):
                improved = True
                polish(state, limit_mu)
            seen[tuple(group)] = tuple(state.leaving.version[g] for g in group)
    return spent


def recut_whole(state: State, limit_mu: float = np.inf, rounds: int = 4) -> None:
    """Cut a small piece anew as a whole, the centres following, until nothing improves."""
    problem = state.problem
    if problem.n * problem.k > SMALL or problem.k < 2:
        return
    budget = Budget(depth=problem.n, nodes=100, rounds=8, gap=1e-7)
    for _ in range(rounds):
        if not recut(state, list(range(problem.k)), budget, limit_mu):
            break
        polish(state, limit_mu)
