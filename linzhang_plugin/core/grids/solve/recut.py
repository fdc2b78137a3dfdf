"""Cut a few neighbouring grids anew, exactly: a mixed-integer program with contiguity.

Large-neighbourhood search: the stands of two or three neighbouring grids are divided again
by a MILP in which bounds, locks, change, travel and moment (about the present centres) are
exact and balance is a convex polygon through the true parabola. Contiguity comes by
a,b-separators added where a solution breaks it (Carvajal et al. 2013, Operations Research
61:824-836; Validi, Buchanan and Lykhovyd 2022, Operations Research 70:867-892). The result
counts only if the true cost of the state falls.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from linzhang_plugin.core.grids.model import Floats, Ints
from linzhang_plugin.core.grids.solve.polish import GAIN
from linzhang_plugin.core.grids.solve.state import HARD, State

TANGENTS = 9
"""Tangents by which the balance parabola is bounded below."""


@dataclass(frozen=True)
class Budget:
    """Work a cut may take.

    Attributes:
        depth: Links from the border of the chosen grids to the farthest unit that may move.
        nodes: Branch-and-bound nodes of one MILP.
        rounds: MILPs with ever more separators.
        gap: Relative gap at which a MILP may stop.
    """

    depth: int = 4
    nodes: int = 20
    rounds: int = 4
    gap: float = 1e-3


@dataclass
class Model:
    """The MILP's columns and the rows that grow with the separators.

    Attributes:
        grids: Chosen grids.
        column: (unit, grid) to column.
        pinned: Units of the chosen grids that stay, by grid.
        rows: Rows as (columns, coefficients, lower, upper).
    """

    grids: list[int]
    column: dict[tuple[int, int], int] = field(default_factory=dict)
    pinned: dict[int, set[int]] = field(default_factory=dict)
    rows: list[tuple[list[int], list[float], float, float]] = field(default_factory=list)
    size: int = 0


def recut(state: State, grids: list[int], budget: Budget, limit_mu: float = np.inf) -> bool:
    """Divide the stands of ``grids`` anew; True if the plan got better."""
    units = np.flatnonzero(np.isin(state.plan, grids))
    reach = _reach(state, units, grids, budget.depth)
    if not reach:
        return False
    model, costs, integral, top = _build(state, units, reach, grids, limit_mu)
    for _ in range(budget.rounds):
        plan = _solve(state, model, costs, integral, top, budget)
        if plan is None:
            return False
        broken = _separate(state, model, plan)
        if not broken:
            return _accept(state, plan, limit_mu)
        model.rows += broken
    return False


def _reach(state: State, units: Ints, grids: list[int], depth: int) -> dict[int, list[int]]:
    """Grids that each movable unit may be in: its own, and those within ``depth`` links."""
    near, where = state.graph.near, state.where
    inside = set(units.tolist())
    reach: dict[int, list[int]] = {}
    for g in grids:
        seen = {u for u in inside if where[u] == g}
        layer = sorted(seen)
        for _ in range(depth):
            layer = sorted({j for u in layer for j in near[u] if j in inside and j not in seen})
            seen.update(layer)
            for u in layer:
                reach.setdefault(u, [where[u]]).append(g)
    fixed, may = state.problem.fixed, state.allowed
    return {
        u: sorted(g for g in reach[u] if may[u, g] or g == where[u])
        for u in sorted(reach)
        if fixed[u] < 0
    }


def _build(
    state: State, units: Ints, reach: dict[int, list[int]], grids: list[int], limit_mu: float
) -> tuple[Model, Floats, Ints, Floats]:
    problem, objective = state.problem, state.objective
    model = Model(grids)
    free = np.array(list(reach), dtype=np.int64)
    for g in grids:
        model.pinned[g] = {int(u) for u in units if state.where[u] == g and int(u) not in reach}
    centre = state.first / np.maximum(state.mass, 1e-12)[:, None]
    costs: list[float] = []
    for u, open_to in reach.items():
        apart = ((objective.xy[u] - centre[open_to]) ** 2).sum(axis=1)
        linear = objective.per_moment * problem.mu[u] * apart
        previous = problem.previous[u]
        for g, cost in zip(open_to, linear.tolist(), strict=True):
            if previous >= 0 and g != previous:
                cost += objective.per_change * problem.mu[u]
            if state._linear is not None:
                cost += float(state._linear[u, g])
            model.column[u, g] = len(costs)
            costs.append(cost)
        own = [model.column[u, g] for g in open_to]
        model.rows.append((own, [1.0] * len(own), 1.0, 1.0))
    binaries = len(costs)
    _add_loads(state, model, costs)
    _add_neighbours(state, model, free)
    _add_limit(state, model, free, limit_mu)
    model.size = len(costs)
    integral = np.zeros(model.size, dtype=np.int64)
    integral[:binaries] = 1
    top = np.where(integral == 1, 1.0, np.inf)
    return model, np.array(costs), integral, top


def _add_loads(state: State, model: Model, costs: list[float]) -> None:
    """Bounds with elastic slack, and balance as the hull of its tangents."""
    problem, objective = state.problem, state.objective
    for g in model.grids:
        mine = [(u, at) for (u, h), at in model.column.items() if h == g]
        ids, held = [at for _, at in mine], sorted(model.pinned[g])
        for c in range(problem.weights.shape[1]):
            weights = [float(problem.weights[u, c]) / state.scale[c] for u, _ in mine]
            base = float(problem.weights[held, c].sum()) / state.scale[c] if held else 0.0
            low, high = problem.lower[g, c] / state.scale[c], problem.upper[g, c] / state.scale[c]
            slack = len(costs)
            costs += [HARD, HARD]
            model.rows.append(([*ids, slack], [*weights, 1.0], low - base, np.inf))
            model.rows.append(([*ids, slack + 1], [*weights, -1.0], -np.inf, high - base))
            if c == 0 and objective.per_balance:
                _add_balance(state, model, costs, g, ids, weights, base)
        if not held and ids:
            model.rows.append((ids, [1.0] * len(ids), 1.0, np.inf))


def _add_balance(
    state: State,
    model: Model,
    costs: list[float],
    g: int,
    ids: list[int],
    weights: list[float],
    base: float,
) -> None:
    ratio = float(state.scale[0] / state.objective.target[g])
    now = float(state.loads[g, 0] / state.objective.target[g])
    spread = max(0.1, abs(now - 1.0))
    value = len(costs)
    costs.append(state.objective.per_balance)
    for at in np.linspace(1 - spread, 1 + spread, TANGENTS).tolist():
        # (r-1)² >= (a-1)² + 2 (a-1) (r-a) for every a.
        slope = 2 * (at - 1)
        constant = (at - 1) ** 2 - slope * at
        coefficients = [-slope * ratio * w for w in weights]
        model.rows.append(
            ([*ids, value], [*coefficients, 1.0], constant + slope * ratio * base, np.inf)
        )


def _add_neighbours(state: State, model: Model, free: Ints) -> None:
    """A unit needs a neighbour in its grid, unless it could be the whole grid."""
    near = state.graph.near
    for u in free.tolist():
        for g in model.grids:
            if (u, g) not in model.column:
                continue
            if not model.pinned[g] and not _too_light(state, u, g):
                continue
            if any(j in model.pinned[g] for j in near[u]):
                continue
            others = [model.column[j, g] for j in near[u] if (j, g) in model.column]
            model.rows.append(
                ([model.column[u, g], *others], [1.0, *[-1.0] * len(others)], -np.inf, 0.0)
            )


def _too_light(state: State, unit: int, grid: int) -> bool:
    problem = state.problem
    return bool((problem.weights[unit] < problem.lower[grid] - 1e-9).any())


def _add_limit(state: State, model: Model, free: Ints, limit_mu: float) -> None:
    """Keep the changed mu of the whole plan within the limit, or where it is."""
    problem = state.problem
    if not np.isfinite(limit_mu):
        return
    now = float(state.change_mask()[free] @ problem.mu[free])
    room = max(limit_mu - state.changed, 0.0) + now
    ids, mus = [], []
    for (u, g), at in model.column.items():
        if problem.previous[u] >= 0 and g != problem.previous[u]:
            ids.append(at)
            mus.append(float(problem.mu[u]))
    if ids:
        model.rows.append((ids, mus, -np.inf, room * (1 + 1e-9)))


def _solve(
    state: State, model: Model, costs: Floats, integral: Ints, top: Floats, budget: Budget
) -> Ints | None:
    """Solve once; the plan of all units, or None without a solution."""
    rows = np.repeat(np.arange(len(model.rows)), [len(r[0]) for r in model.rows])
    columns = np.concatenate([np.array(r[0], dtype=np.int64) for r in model.rows])
    values = np.concatenate([np.array(r[1], dtype=np.float64) for r in model.rows])
    matrix = sparse.csr_matrix((values, (rows, columns)), shape=(len(model.rows), model.size))
    low = np.array([r[2] for r in model.rows])
    high = np.array([r[3] for r in model.rows])
    result = milp(
        costs / max(float(np.abs(costs[integral == 1]).max(initial=0.0)), 1e-12),
        integrality=integral,
        bounds=Bounds(np.zeros(model.size), top),
        constraints=LinearConstraint(matrix, low, high),
        options={"mip_rel_gap": budget.gap, "node_limit": budget.nodes},
    )
    if result.x is None:
        return None
    plan = state.plan.copy()
    for (u, g), at in model.column.items():
        if result.x[at] > 0.5:
            plan[u] = g
    return plan


def _separate(
    state: State, model: Model, plan: Ints
) -> list[tuple[list[int], list[float], float, float]]:
    """Rows that forbid the detached parts of a solution; none if all grids are whole."""
    near = state.graph.near
    where = plan.tolist()
    rows = []
    for g in model.grids:
        parts = pieces(near, where, np.flatnonzero(plan == g).tolist())
        if len(parts) < 2:
            continue
        main = max(
            parts,
            key=lambda p: (bool(p & model.pinned[g]), len(p & model.pinned[g]), len(p), -min(p)),
        )
        for detached in parts:
            if detached is not main:
                rows += _cut_off(near, model, g, detached, main)
    return rows


def _cut_off(
    near: list[list[int]], model: Model, g: int, detached: set[int], main: set[int]
) -> list[tuple[list[int], list[float], float, float]]:
    """Separator rows: a unit of ``detached`` needs one of the separating units in its grid."""
    around = {j for u in detached for j in near[u] if j not in detached}
    reach = _reached(near, main, around, model, g)
    separator = [model.column[j, g] for j in sorted(around & reach) if (j, g) in model.column]
    anchored = bool(main & model.pinned[g])
    root = min(main)
    ones = [u for u in sorted(detached) if (u, g) in model.column]
    stuck = not ones
    rows = []
    for u in ones[:8]:
        ids, values, most = [model.column[u, g]], [1.0], 0.0
        if not anchored and (root, g) in model.column:
            ids.append(model.column[root, g])
            values.append(1.0)
            most = 1.0
        rows.append(([*ids, *separator], [*values, *[-1.0] * len(separator)], -np.inf, most))
    if stuck:
        # Pinned units cut off from the main part: one of the separators must come to them.
        rows.append((separator, [1.0] * len(separator), 1.0, np.inf))
    return rows


def _reached(
    near: list[list[int]], main: set[int], wall: set[int], model: Model, g: int
) -> set[int]:
    """Units of ``wall`` met from ``main`` through units that could be in the grid."""
    met: set[int] = set()
    seen = set(main)
    stack = sorted(main)
    while stack:
        for j in near[stack.pop()]:
            if j in seen:
                continue
            seen.add(j)
            if j in wall:
                met.add(j)
            elif (j, g) in model.column or j in model.pinned[g]:
                stack.append(j)
    return met


def pieces(near: list[list[int]], where: list[int], members: list[int]) -> list[set[int]]:
    """Connected parts of one grid, as sets of units, in order of their least unit."""
    left = set(members)
    found = []
    for first in members:
        if first not in left:
            continue
        left.discard(first)
        part, stack = {first}, [first]
        while stack:
            for j in near[stack.pop()]:
                if j in left:
                    left.discard(j)
                    part.add(j)
                    stack.append(j)
        found.append(part)
    del where
    return found


def _accept(state: State, plan: Ints, limit_mu: float) -> bool:
    """Take the new plan over if its true cost is lower and the limit is kept."""
    before = state.running_cost()
    changes = np.flatnonzero(plan != state.plan)
    if not len(changes):
        return False
    old = state.plan[changes].copy()
    changed = state.changed
    state.move_all(changes, plan[changes])
    if state.running_cost() < before - GAIN and state.changed <= max(limit_mu, changed) + 1e-9:
        return True
    state.move_all(changes, old)
    return False
