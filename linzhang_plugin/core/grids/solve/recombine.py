"""Kicks out of local optima: merge two neighbouring grids and split them elsewhere.

The split is an edge of a random spanning tree of the merged grids (DeFord, Duchin and
Solomon 2021, Harvard Data Science Review 3.1: "recombination"), so both halves are in one
piece. The local search then descends; the result is kept if the cost fell.
"""

from __future__ import annotations

import numpy as np

from linzhang_plugin.core.grids.model import Ints
from linzhang_plugin.core.grids.solve.polish import GAIN, descend_moves, polish
from linzhang_plugin.core.grids.solve.repair import neighbouring_grids
from linzhang_plugin.core.grids.solve.state import State, troubled
from linzhang_plugin.core.progress import Progress, silent, step

MANY = 40
"""Grids from which on recombinations keep to the places that break a bound, while some do."""


def kick(
    state: State,
    times: int,
    rng: np.random.Generator,
    limit_mu: float = np.inf,
    progress: Progress = silent,
) -> int:
    """Recombine random pairs ``times`` times; give the number of improvements kept."""
    if state.problem.k < 2:
        return 0
    kept = 0
    pairs = _pairs(state)
    # Exchanges seldom make good more than a tenth of what a mean grid costs.
    hope = 0.1 * state.objective.value(state.problem, state.plan) / state.problem.k
    for at in range(times):
        if not len(pairs):
            break
        if at % 20 == 0:
            step(progress, at / times)
        g, h = (int(x) for x in pairs[int(rng.integers(len(pairs)))])
        trial = state.clone()
        if not split_anew(trial, g, h, rng):
            continue
        limit = max(limit_mu, state.changed)
        descend_moves(trial, limit, 20)
        if trial.running_cost() > state.running_cost() + hope:
            continue
        polish(trial, limit, 20)
        cheaper = trial.running_cost() < state.running_cost() - GAIN
        if cheaper and trial.changed <= max(limit_mu, state.changed) + 1e-9:
            state.become(trial)
            pairs = _pairs(state)
            kept += 1
    return kept


def _pairs(state: State) -> Ints:
    """Pairs of neighbouring grids; where few of many break a bound, only those near them."""
    arcs = neighbouring_grids(state)
    near = troubled(state)
    if state.problem.k > MANY and near.any():
        near[arcs[near[arcs[:, 0]], 1]] = True
        arcs = arcs[near[arcs[:, 0]] | near[arcs[:, 1]]]
    return arcs[arcs[:, 0] < arcs[:, 1]]


def split_anew(state: State, g: int, h: int, rng: np.random.Generator) -> bool:
    """Split the union of two grids along a random tree edge that suits bounds and locks."""
    problem = state.problem
    units = np.flatnonzero((state.plan == g) | (state.plan == h)).tolist()
    order, parent = _random_tree(state, units, rng)
    if len(order) < len(units) or len(units) < 2:
        return False
    load = {u: problem.weights[u, 0] for u in order}
    for u in reversed(order[1:]):
        load[parent[u]] += load[u]
    total = load[order[0]]
    cuts = order[1:]
    below = np.array([load[u] for u in cuts])
    low, high = problem.lower[[g, h], 0], problem.upper[[g, h], 0]
    slack = 0.3 * float(state.objective.target[[g, h]].mean())
    one = (below >= low[0] - slack) & (below <= high[0] + slack)
    one &= (total - below >= low[1] - slack) & (total - below <= high[1] + slack)
    two = (below >= low[1] - slack) & (below <= high[1] + slack)
    two &= (total - below >= low[0] - slack) & (total - below <= high[0] + slack)
    choices = [(int(at), g, h) for at in np.flatnonzero(one)]
    choices += [(int(at), h, g) for at in np.flatnonzero(two)]
    if not choices:
        return False
    at, inner, outer = choices[int(rng.integers(len(choices)))]
    side = {cuts[at]}
    for u in order[1:]:
        if parent[u] in side:
            side.add(u)
    moves = [(u, inner if u in side else outer) for u in units]
    moves = [(u, to) for u, to in moves if to != state.where[u]]
    if any(not state.allowed[u, to] for u, to in moves):
        return False
    for u, to in moves:
        state.move(u, to)
    return True


def _random_tree(
    state: State, units: list[int], rng: np.random.Generator
) -> tuple[list[int], dict[int, int]]:
    """A random spanning tree of the units' links (random growth), root first."""
    inside = set(units)
    root = units[int(rng.integers(len(units)))]
    order: list[int] = []
    parent: dict[int, int] = {}
    edge: list[tuple[int, int]] = [(root, -1)]
    draws = rng.random(8 * len(units) + 8).tolist()
    used = 0
    near = state.graph.near
    while edge:
        at = int(draws[used % len(draws)] * len(edge))
        used += 1
        edge[at], edge[-1] = edge[-1], edge[at]
        u, before = edge.pop()
        if u not in inside:
            continue
        inside.discard(u)
        order.append(u)
        if before >= 0:
            parent[u] = before
        edge += [(j, u) for j in near[u] if j in inside]
    return order, parent
