"""Bring a plan's weights inside the hard bounds by shifting units from grid to grid.

Who must give how much to whom is a small network flow on the graph of neighbouring grids
(a linear program with a node a grid); border units then carry it out, and the local search
of :mod:`polish` finishes. Contiguity holds throughout.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from linzhang_plugin.core.grids.model import Floats, Ints, Problem
from linzhang_plugin.core.grids.solve.polish import descend_moves, polish
from linzhang_plugin.core.grids.solve.state import State

FLOWS_FIRST = 5000
"""Units from which on loads are evened by flows before exchanges are looked for."""


def neighbouring_grids(state: State) -> Ints:
    """(a, 2) ordered pairs (from, to) between which a border unit may move."""
    units, to = state.border()
    k = state.problem.k
    pairs = np.unique(state.plan[units] * k + to)
    return np.stack([pairs // k, pairs % k], axis=1)


def wanted_flows(
    problem: Problem, loads: Floats, arcs: Ints, inset: Floats
) -> tuple[Floats, float]:
    """Least shifting of weight along ``arcs`` that brings every load inside its bounds.

    Args:
        problem: Bounds of every weight column.
        loads: (k, w) present loads.
        arcs: (a, 2) neighbouring grids, from and to.
        inset: (k,) margin kept inside the bounds of column 0, elastic.

    Returns:
        (a,) weight of column 0 to shift along each arc; and the violation that remains.
        Other columns travel in the proportion in which the giving grid holds them.
    """
    k, w = loads.shape
    a = len(arcs)
    if not a:
        return np.zeros(0), np.inf
    scale = np.maximum(problem.weights.sum(axis=0) / k, 1e-9)
    rows, rhs, prices = [], [], []
    node_in = sparse.csr_matrix((np.ones(a), (arcs[:, 1], np.arange(a))), shape=(k, a))
    for c in range(w):
        ratio = loads[arcs[:, 0], c] / np.maximum(loads[arcs[:, 0], 0], 1e-9) if c else np.ones(a)
        node_out = sparse.csr_matrix((ratio, (arcs[:, 0], np.arange(a))), shape=(k, a))
        net = (node_in @ sparse.diags(ratio) - node_out) / scale[c]
        for sign, limit, margin in ((1.0, problem.upper, -inset), (-1.0, problem.lower, inset)):
            for soft in (False, True):
                if soft and (c or not inset.any()):
                    continue
                bound = limit[:, c] + (margin if soft else 0.0)
                held = np.flatnonzero(np.isfinite(bound))
                rows.append(sign * net[held])
                rhs.append(sign * (bound[held] - loads[held, c]) / scale[c])
                prices.append(np.full(len(held), 1.5 if soft else 1000.0))
    slacks = sum(len(r) for r in rhs)
    if not slacks:
        return np.zeros(a), 0.0
    result = linprog(
        np.concatenate([np.full(a, 1.0 / scale[0]), *prices]),
        A_ub=sparse.hstack([sparse.vstack(rows), -sparse.identity(slacks)]).tocsr(),
        b_ub=np.concatenate(rhs),
        bounds=(0, None),
        method="highs",
    )
    if result.x is None:
        return np.zeros(a), np.inf
    hard = np.concatenate(prices) > 10
    return result.x[:a], float(result.x[a:][hard].sum())


def even_out(state: State, rounds: int = 30, limit_mu: float = np.inf) -> bool:
    """Bring the loads inside the bounds; True when every bound holds.

    The best plan met is kept: a round that made things worse is undone.
    """
    best, best_plan = state.violation(), state.plan.copy()
    stuck = 0
    for _ in range(rounds):
        descend_moves(state, limit_mu)
        # In a large town exchanges wait until flows alone get no further.
        if state.violation() > 0 and (stuck or state.problem.n <= FLOWS_FIRST):
            polish(state, limit_mu)
        now = state.violation()
        if now < best - 1e-12:
            best, best_plan, stuck = now, state.plan.copy(), 0
        else:
            stuck += 1
        if best == 0 or stuck > 4:
            break
        if not _shift(state, stuck):
            break
    if state.violation() > best:
        state.adopt(best_plan)
    return best == 0


def _shift(state: State, stuck: int) -> int:
    """Carry the wanted flows out with border units; give the number of moves."""
    problem = state.problem
    arcs = neighbouring_grids(state)
    # Whole units rarely hit a bound exactly: where rounds fail, aim a little inside.
    mean = float(problem.weights[:, 0].mean())
    off = (state.loads < problem.lower).any(axis=1) | (state.loads > problem.upper).any(axis=1)
    room = (problem.upper[:, 0] - problem.lower[:, 0]) / 4
    inset = np.where(off & np.isfinite(room), np.minimum(mean * 0.5 * stuck, room), 0.0)
    flows, _ = wanted_flows(problem, state.loads, arcs, inset)
    done = 0
    for at in np.argsort(-flows, kind="stable"):
        if flows[at] <= 1e-9:
            break
        done += _carry(state, int(arcs[at, 0]), int(arcs[at, 1]), float(flows[at]))
    return done


def _carry(state: State, source: int, to: int, flow: float) -> int:
    """Move border units of ``source`` to ``to``, cheapest a unit of weight, up to ``flow``."""
    weight = state.problem.weights[:, 0]
    done = 0
    members = np.flatnonzero(state.plan == source)
    members = members[state.allowed[members, to]]
    near = {u for u in members.tolist() if state.touches(u, to)}
    while flow > 1e-9:
        units = np.array([u for u in sorted(near) if weight[u] < 2 * flow], dtype=np.int64)
        if not len(units):
            break
        cost = _soft_costs(state, units, np.full(len(units), to)) / np.maximum(weight[units], 1e-9)
        for unit in units[np.lexsort((units, cost))]:
            if state.may_leave(int(unit)):
                state.move(int(unit), to)
                near.discard(int(unit))
                near.update(
                    u
                    for u in state.graph.near[int(unit)]
                    if state.where[u] == source and state.allowed[u, to]
                )
                flow -= float(weight[unit])
                done += 1
                break
        else:
            break
    return done


def _soft_costs(state: State, units: Ints, to: Ints) -> Floats:
    """What moves cost in moment, change, travel and villages, bounds and balance aside."""
    objective, mu, xy = state.objective, state.problem.mu[units], state.objective.xy[units]
    source = state.plan[units]
    centre = state.first / np.maximum(state.mass, 1e-12)[:, None]
    nearer = ((xy - centre[to]) ** 2).sum(axis=1) - ((xy - centre[source]) ** 2).sum(axis=1)
    return state._side_costs(units, source, to) + objective.per_moment * mu * nearer
