"""Local search on a plan: border moves, exchanges, and chains through the grids.

Every step keeps each grid in one piece and lowers the cost of :class:`State`, so hard bounds
come first, then the objective. Moves are priced all at once with numpy; the promising ones
are then checked one by one, best first, priced again where a grid has changed meanwhile.
"""

from __future__ import annotations

import numpy as np

from linzhang_plugin.core.grids.model import Bools, Floats, Ints
from linzhang_plugin.core.grids.solve.state import State

GAIN = 1e-9
"""Least gain that counts: below it sums of floats differ by rounding."""

PATIENCE = 30
"""Exchanges of a grid that may fail on contiguity before the round gives it up."""


def polish(state: State, limit_mu: float = np.inf, rounds: int = 200) -> int:
    """Descend by moves and exchanges until nothing pays; give the number of steps.

    Args:
        state: The plan, changed in place; each grid must be in one piece.
        limit_mu: Changed mu that no step may exceed (steps that lower it are always free).
        rounds: Most rounds of pricing.
    """
    steps = 0
    for _ in range(rounds):
        done = descend_moves(state, limit_mu, rounds)
        done += _exchange_round(state, limit_mu)
        steps += done
        if not done:
            break
    return steps


def descend_moves(state: State, limit_mu: float = np.inf, rounds: int = 200) -> int:
    """Descend by single border moves until none pays."""
    steps = 0
    for _ in range(rounds):
        units, to = state.border(state.unseen("moves"))
        if not len(units):
            break
        costs = state.move_costs(units, to)
        pays = np.flatnonzero(costs < -GAIN)
        done = _carry_out(state, units[pays], to[pays], costs[pays], limit_mu)
        steps += done
        if not done:
            break
    return steps


def _carry_out(state: State, units: Ints, to: Ints, costs: Floats, limit_mu: float) -> int:
    order = np.lexsort((to, units, costs))
    version = state.leaving.version
    fresh = list(version)
    done = 0
    for unit, grid in zip(units[order].tolist(), to[order].tolist(), strict=True):
        source = state.where[unit]
        if source == grid or not state.allowed[unit, grid]:
            continue
        stale = version[source] != fresh[source] or version[grid] != fresh[grid]
        if stale and (not state.touches(unit, grid) or state.move_cost(unit, grid) >= -GAIN):
            continue
        if not within(state, state.figures.changed(unit, source, grid), limit_mu):
            continue
        if state.may_leave(unit):
            state.move(unit, grid)
            done += 1
    return done


def within(state: State, change: float, limit_mu: float) -> bool:
    """Tell whether a step that adds ``change`` mu of changed hands may be made."""
    return change <= 0 or state.changed + change <= limit_mu + 1e-9


def _exchange_round(state: State, limit_mu: float) -> int:
    """Exchange pairs of units across borders where that pays; one pricing for all pairs."""
    out, back = exchange_pairs(state, state.unseen("swaps"))
    if not len(out):
        return 0
    costs = np.concatenate(
        [
            state.swap_costs(out[a : a + 200_000], back[a : a + 200_000])
            for a in range(0, len(out), 200_000)
        ]
    )
    pays = np.flatnonzero(costs < -GAIN)
    order = pays[np.lexsort((back[pays], out[pays], costs[pays]))]
    version, changed = state.leaving.version, state.figures.changed
    fresh = list(version)
    failed = [0] * state.problem.k
    done = 0
    for i, j in zip(out[order].tolist(), back[order].tolist(), strict=True):
        a, b = state.where[i], state.where[j]
        if a == b or failed[a] > PATIENCE or not (state.allowed[i, b] and state.allowed[j, a]):
            continue
        stale = version[a] != fresh[a] or version[b] != fresh[b]
        if stale and state.swap_cost(i, j) >= -GAIN:
            failed[a] += 1
            continue
        if not within(state, changed(i, a, b) + changed(j, b, a), limit_mu):
            continue
        if try_exchange(state, i, j):
            done += 1
            failed[a] = failed[b] = 0
        else:
            failed[a] += 1
            failed[b] += 1
    return done


def exchange_pairs(state: State, among: Bools | None = None) -> tuple[Ints, Ints]:
    """List pairs of border units of neighbouring grids that could change places."""
    units, to = state.border(among)
    k = state.problem.k
    source = state.plan[units]
    key = source * k + to
    order = np.argsort(key, kind="stable")
    units, key = units[order], key[order]
    keys, starts, counts = np.unique(key, return_index=True, return_counts=True)
    at = {int(key): (int(s), int(c)) for key, s, c in zip(keys, starts, counts, strict=True)}
    outs, backs = [], []
    for value, (start, count) in at.items():
        a, b = divmod(value, k)
        other = at.get(b * k + a)
        if a < b and other is not None:
            ours, theirs = units[start : start + count], units[other[0] : other[0] + other[1]]
            outs.append(np.repeat(ours, len(theirs)))
            backs.append(np.tile(theirs, len(ours)))
    if not outs:
        none = np.zeros(0, dtype=np.int64)
        return none, none
    return np.concatenate(outs), np.concatenate(backs)


def try_exchange(state: State, i: int, j: int) -> bool:
    """Exchange two units if both grids stay whole; else leave everything as it was."""
    a, b = state.where[i], state.where[j]
    if not state.touches(i, b, but=j) or not state.touches(j, a, but=i):
        return False
    # Each grid stays whole without the one and is linked to the other: nothing else to look at.
    if not (state.may_leave(i) and state.may_leave(j)) and not _in_turn(state, i, j):
        return False
    state.move(i, b)
    state.move(j, a)
    return True


def _in_turn(state: State, i: int, j: int) -> bool:
    """Tell whether one unit may go when the other has come first."""
    where = state.where
    for first, second in ((i, j), (j, i)):
        source, to = where[first], where[second]
        if state.may_leave(first):
            where[first] = to
            whole = state.graph.connected_without(where, second)
            where[first] = source
            if whole:
                return True
    return False
