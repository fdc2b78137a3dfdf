"""Change as little as the hard rules allow: small neighbourhoods re-planned by exact programs.

Where last year's plan breaks a bound, a few neighbouring grids at a time are planned anew by
an integer program whose cost is the mu that changes hands. Its contiguity comes from
:mod:`reach`, its bounds are hard (elastic only where they are broken already). The grids in
trouble come first, each with those over which it could be helped; then all that have changed,
until nothing improves. The budget is a count of programs.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from linzhang_plugin.core.grids.model import Bools, Floats, Ints
from linzhang_plugin.core.grids.solve.polish import GAIN, polish
from linzhang_plugin.core.grids.solve.reach import Reach, reach_of
from linzhang_plugin.core.grids.solve.state import State
from linzhang_plugin.core.progress import Progress, silent, step

DEPTH = 3
"""Links from a grid's edge to the farthest unit that may join it."""

NODES = 10
"""Branch-and-bound nodes of one program."""

CLOSE = 2e-3
"""Relative gap at which a program may stop."""

COARSE = 2e-2
"""The same where much is out of bounds: then the way there matters more than the last mu."""

MUCH = 0.1
"""Weight out of bounds, in mean grids a grid, that is much."""

FIRST = 40
"""Programs, or a fifth of the budget, after which flows take over where much is out of bounds.

Flows with a few programs after them then changed no more, in half the time
(docs/benchmarks-stability.md).
"""

INSET = 1e-6
"""Share of a mean grid by which programs keep inside the bounds, against their rounding."""

BROKEN = 1e3
"""Cost of a mean grid's weight outside the bounds, in mean grids that change hands."""


def keep_most(
    state: State, programs: int, size: int = 3, limit: int = 700, progress: Progress = silent
) -> int:
    """Lower the cost of a plan whose objective is the least change; give the programs solved.

    Args:
        state: The plan, changed in place (see :func:`town.least_change` for its objective).
        programs: Most programs.
        size: Grids planned anew at a time.
        limit: Most units of a group.
        progress: Told about each program.
    """
    spent = 0
    much = float(_trouble(state).sum()) > MUCH * state.problem.k
    close = COARSE if much else CLOSE
    programs = min(programs, max(FIRST, programs // 5)) if much else programs
    seen: dict[tuple[int, ...], tuple[int, ...]] = {}
    improved = True
    while improved and spent < programs:
        improved = False
        for group in _groups(state, size):
            stamp = tuple(state.leaving.version[g] for g in group)
            if seen.get(group) == stamp or int(state.count[list(group)].sum()) > limit:
                continue
            if spent >= programs:
                break
            step(progress, spent / programs)
            spent += 1
            if replan(state, np.array(group, dtype=np.int64), close=close):
                improved = True
            seen[group] = tuple(state.leaving.version[g] for g in group)
    return spent


def _groups(state: State, size: int) -> Iterator[tuple[int, ...]]:
    """Groups worth planning anew, one about each grid, as the plan stands when it is asked for."""
    trouble = _trouble(state)
    for g in np.argsort(-trouble, kind="stable").tolist():
        if trouble[g] > 0:
            yield _rescue(state, g, size + 2)
    stir = _stir(state)
    for g in np.argsort(-stir, kind="stable").tolist():
        if stir[g] > 0:
            yield _around(state, g, size, stir)


def _trouble(state: State) -> Floats:
    """(k,) weight outside the bounds, in mean grids."""
    problem = state.problem
    off = np.maximum(np.maximum(problem.lower - state.loads, state.loads - problem.upper), 0.0)
    off /= state.scale
    off[off < 1e-9] = 0.0
    return np.asarray(off.sum(axis=1), dtype=np.float64)


def _stir(state: State) -> Floats:
    """(k,) mu that each grid has lost or gained since last year."""
    changed, k = state.change_mask(), state.problem.k
    mu = state.problem.mu[changed]
    lost = np.bincount(state.problem.previous[changed], mu, k)
    return np.asarray(lost + np.bincount(state.plan[changed], mu, k), dtype=np.float64)


def _borders(state: State) -> Ints:
    """(k, k) links between the grids."""
    a, b = state.plan[state.graph.edges].T
    table = np.zeros((state.problem.k, state.problem.k), dtype=np.int64)
    np.add.at(table, (a, b), 1)
    np.add.at(table, (b, a), 1)
    np.fill_diagonal(table, 0)
    return table


def _around(state: State, g: int, size: int, stir: Floats) -> tuple[int, ...]:
    """A grid and those neighbours that touch the group most, changed ones before others."""
    borders = _borders(state)
    group = [g]
    weight = 1.0 + 3.0 * stir / max(float(stir.max()), 1e-9)
    while len(group) < min(size, state.problem.k):
        touch = borders[group].sum(axis=0) * weight
        touch[group] = 0.0
        best = int(np.argmax(touch))
        if touch[best] <= 0:
            break
        group.append(best)
    return tuple(sorted(group))


def _rescue(state: State, g: int, size: int) -> tuple[int, ...]:
    """A grid in trouble and the way to the nearest grids that can take or give what it needs."""
    problem = state.problem
    near = _borders(state) > 0
    short = state.loads[g] < problem.lower[g]
    spare = np.where(short, state.loads - problem.lower, problem.upper - state.loads)
    broken = short | (state.loads[g] > problem.upper[g])
    need = np.maximum(np.maximum(problem.lower[g] - state.loads[g], 0.0),
                      np.maximum(state.loads[g] - problem.upper[g], 0.0))[broken]  # fmt: skip
    if not broken.any():
        return (g,)
    group = [g]
    came = {g: g}
    layer = [g]
    helped = np.zeros(len(need))
    while layer and len(group) < size:
        for h in layer:
            if h == g or h in group:
                continue
            gift = np.maximum(spare[h][broken], 0.0)
            if (gift <= 0).any():
                continue
            way = [h]
            while came[way[-1]] not in group:
                way.append(came[way[-1]])
            if len(group) + len(way) > size:
                continue
            group += way
            helped += gift
        if (helped >= need).all():
            break
        fresh: list[int] = []
        for h in layer:
            for j in np.flatnonzero(near[h]).tolist():
                if j not in came:
                    came[j] = h
                    fresh.append(j)
        layer = sorted(fresh, key=lambda j: (-float(spare[j][broken].min()), j))
    return tuple(sorted(group))


def replan(
    state: State, grids: Ints, depth: int = DEPTH, nodes: int = NODES, close: float = CLOSE
) -> bool:
    """Plan a few grids anew with the least change; True if the plan got better."""
    if len(grids) < 2 or (state.count[grids] == 0).any():
        return False
    reach = reach_of(state, grids, depth)
    plan = _solve(state, reach, nodes, close)
    if plan is None:
        return False
    moved = np.flatnonzero(plan != state.plan)
    if not len(moved):
        return False
    before, old = state.running_cost(), state.plan[moved].copy()
    state.move_all(moved, plan[moved])
    if state.running_cost() < before - GAIN and not _torn(state, grids):
        polish(state, state.changed)
        return True
    state.move_all(moved, old)
    return False


def _torn(state: State, grids: Ints) -> bool:
    """Tell whether one of the grids is in several pieces, or empty."""
    parts = state.graph.parts(state.plan)
    inside: Bools = np.isin(state.plan, grids)
    pairs = np.unique(np.stack([state.plan[inside], parts[inside]]), axis=1)
    return pairs.shape[1] != len(grids)


def _solve(state: State, reach: Reach, nodes: int, close: float) -> Ints | None:
    """The least change in a group; the plan of all units, or None without a solution."""
    m, k = len(reach.unit), len(reach.grids)
    columns: Ints = np.arange(m)
    loads, low, high = _loads(state, reach)
    slacks = loads.shape[0]
    each = sparse.csr_matrix((np.ones(m), (reach.unit, columns)), shape=(len(reach.units), m))
    rooted = np.ones(m, dtype=bool)
    rooted[reach.root] = False
    need = sparse.identity(m, format="csr") - sparse.csr_matrix(
        (np.ones(len(reach.child)), (reach.child, reach.parent)), shape=(m, m)
    )
    need = need[rooted]
    costs = _costs(state, reach)
    mean = max(float(state.problem.mu.sum()) / state.problem.k, 1e-9)
    matrix = sparse.vstack(
        [
            sparse.hstack([each, sparse.csr_matrix((len(reach.units), 2 * slacks))]),
            sparse.hstack([loads, sparse.identity(slacks), -sparse.identity(slacks)]),
            sparse.hstack([need, sparse.csr_matrix((need.shape[0], 2 * slacks))]),
        ]
    ).tocsr()
    ones = np.ones(len(reach.units))
    most = np.full(m + 2 * slacks, np.inf)
    most[:m] = 1.0
    least = np.zeros(m + 2 * slacks)
    least[reach.root] = 1.0
    result = milp(
        np.concatenate([costs, np.full(2 * slacks, BROKEN * mean)]) / mean * k,
        integrality=np.concatenate([np.ones(m), np.zeros(2 * slacks)]),
        bounds=Bounds(least, most),
        constraints=LinearConstraint(
            matrix,
            np.concatenate([ones, low, np.full(need.shape[0], -np.inf)]),
            np.concatenate([ones, high, np.zeros(need.shape[0])]),
        ),
        options={"mip_rel_gap": close, "node_limit": nodes},
    )
    if result.x is None:
        return None
    share = np.full((len(reach.units), k), -1.0)
    share[reach.unit, reach.grid] = result.x[:m]
    plan = state.plan.copy()
    plan[reach.units] = reach.grids[share.argmax(axis=1)]
    return plan


def _loads(state: State, reach: Reach) -> tuple[sparse.csr_matrix, Floats, Floats]:
    """Rows of the grids' loads in mean grids, with their bounds a hair narrower."""
    problem, m, k = state.problem, len(reach.unit), len(reach.grids)
    blocks, low, high = [], [], []
    for c in range(problem.weights.shape[1]):
        weight = problem.weights[reach.units[reach.unit], c] / state.scale[c]
        blocks.append(sparse.csr_matrix((weight, (reach.grid, np.arange(m))), shape=(k, m)))
        one = problem.lower[reach.grids, c] / state.scale[c]
        other = problem.upper[reach.grids, c] / state.scale[c]
        inset = np.where(other - one > 4 * INSET, INSET, 0.0)
        low.append(one + inset)
        high.append(other - inset)
    return sparse.vstack(blocks).tocsr(), np.concatenate(low), np.concatenate(high)


def _costs(state: State, reach: Reach) -> Floats:
    """Mu that changes hands in each column; the other parts of the objective break ties."""
    problem, objective = state.problem, state.objective
    units, grids = reach.units[reach.unit], reach.grids[reach.grid]
    mu = problem.mu[units]
    leaves = (problem.previous[units] >= 0) & (problem.previous[units] != grids)
    inside = np.isin(problem.previous[units], reach.grids)
    cost = mu * (leaves & inside)
    centre = state.first / np.maximum(state.mass, 1e-12)[:, None]
    side = objective.per_moment * mu * ((objective.xy[units] - centre[grids]) ** 2).sum(axis=1)
    if state._linear is not None:
        side = side + state._linear[units, grids]
    return np.asarray(cost + side / max(objective.per_change, 1e-12), dtype=np.float64)
