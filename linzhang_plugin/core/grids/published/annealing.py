"""Simulated annealing over border moves, for any objective that can price a move.

A move gives one unit of a grid's border to the neighbouring grid. Connectivity is checked
exactly; balance is a priced violation, whose price rises while plans are out of balance and
falls while they are within (strategic oscillation, Glover and Hao 2011), and only balanced
plans are kept. Cooling is geometric (Kirkpatrick, Gelatt and Vecchi 1983).

An objective is two functions over its own flat data (see :mod:`.moves`): ``price`` tells what
a move adds to the cost, ``apply`` brings the data up to date when the move is made.
"""

# ruff: noqa: ANN001, ANN202
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from linzhang_plugin.core.grids.model import Floats, Ints
from linzhang_plugin.core.grids.published.accelerate import (
    MODULUS,
    compiled,
    exponential_quantiles,
    seed_state,
    sequence,
)
from linzhang_plugin.core.grids.published.pool import Pool, recorder
from linzhang_plugin.core.progress import Progress, silent, step


@dataclass(frozen=True)
class Moves:
    """What an objective adds to the search.

    Attributes:
        price: ``price(data, part, unit, old, new, most) -> float``, change of the cost, or any
            number above ``most`` where the change exceeds it.
        apply: ``apply(data, part, unit, old, new)``, called before the plan is changed.
        worth: ``worth(data, part, grid) -> float``, cost of one grid, where the cost of a plan is
            the sum of its grids'.
    """

    price: Callable[..., Any]
    apply: Callable[..., Any]
    worth: Callable[..., Any] | None = None


@lru_cache(maxsize=16)
def _loop(moves: Moves, pooled: bool, accelerated: bool) -> Callable[..., Any]:  # noqa: C901, PLR0915
    """Build the loop for one objective; compiled once a process where numba is there."""
    price = compiled(moves.price, accelerated)
    apply = compiled(moves.apply, accelerated)
    note = recorder(moves.worth if pooled else None, accelerated)

    def stays_connected(first, rows, part, unit, old, mark, queue, stamp):  # type: ignore[no-untyped-def]
        """Search from one neighbour in the old grid until all the others are met."""
        wanted = 0
        start = -1
        for p in range(first[unit], first[unit + 1]):
            v = rows[p]
            if part[v] == old:
                wanted += 1
                start = v
        if wanted == 0:
            return False
        if wanted == 1:
            return True
        mark[unit] = stamp
        mark[start] = stamp
        queue[0] = start
        head = 0
        size = 1
        # neighbours of the unit count once each, when first met
        for p in range(first[unit], first[unit + 1]):
            v = rows[p]
            if part[v] == old and v != start:
                mark[v] = stamp - 1
        wanted -= 1
        while head < size:
            v = queue[head]
            head += 1
            for p in range(first[v], first[v + 1]):
                w = rows[p]
                if part[w] == old and mark[w] != stamp:
                    if mark[w] == stamp - 1:
                        wanted -= 1
                        if wanted == 0:
                            return True
                    mark[w] = stamp
                    queue[size] = w
                    size += 1
        return False

    connected = compiled(stays_connected, accelerated)

    def outside(load, low, high, scale):  # type: ignore[no-untyped-def]
        if load < low:
            return (low - load) * scale
        if load > high:
            return (load - high) * scale
        return 0.0

    excess = compiled(outside, accelerated)

    def loop(  # type: ignore[no-untyped-def]  # noqa: C901, PLR0915
        first, rows, tail, twin, part, best, size, weights, width, loads, low, high, scale,
        locked, cut, place, mark, queue, quantiles, ints, cost, data, count, heat, charge, pool,
    ):  # fmt: skip
        """Try ``count`` moves; ``ints`` is [random state, cut links, stamp, met, feasible]."""
        state = ints[0]
        n_cut = ints[1]
        stamp = ints[2]
        feasible_moves = 0
        made = 0
        for _ in range(count):
            if n_cut == 0:
                break
            state = (state * 48271) % MODULUS
            p = cut[state % n_cut]
            unit = tail[p]
            old = part[unit]
            new = part[rows[p]]
            if locked[unit] or size[old] == 1:
                continue
            # balance
            before = 0.0
            after = 0.0
            for c in range(width):
                amount = weights[unit * width + c]
                x = old * width + c
                y = new * width + c
                before += excess(loads[x], low[x], high[x], scale[c])
                before += excess(loads[y], low[y], high[y], scale[c])
                after += excess(loads[x] - amount, low[x], high[x], scale[c])
                after += excess(loads[y] + amount, low[y], high[y], scale[c])
            state = (state * 48271) % MODULUS
            most = heat * quantiles[state % 4096] - charge * (after - before)
            gain = price(data, part, unit, old, new, most)
            if gain > most:
                continue
            stamp += 2
            if not connected(first, rows, part, unit, old, mark, queue, stamp):
                continue
            apply(data, part, unit, old, new)
            made += 1
            cost[0] += gain
            cost[1] += after - before
            for c in range(width):
                amount = weights[unit * width + c]
                loads[old * width + c] -= amount
                loads[new * width + c] += amount
            size[old] -= 1
            size[new] += 1
            part[unit] = new
            for p in range(first[unit], first[unit + 1]):
                v = rows[p]
                if part[v] == new:
                    if place[p] >= 0:
                        for q in (p, twin[p]):
                            n_cut -= 1
                            last = cut[n_cut]
                            cut[place[q]] = last
                            place[last] = place[q]
                            place[q] = -1
                elif place[p] < 0:
                    for q in (p, twin[p]):
                        cut[n_cut] = q
                        place[q] = n_cut
                        n_cut += 1
            note(pool, data, part, unit, old, new, loads, low, high, width, cost)
            if cost[1] < 1e-9:
                feasible_moves += 1
                if cost[0] < cost[2] - 1e-9:
                    # price says feasible: count again exactly, sums drift
                    ok = True
                    for x in range(len(loads)):
                        if loads[x] < low[x] or loads[x] > high[x]:
                            ok = False
                            break
                    if ok:
                        cost[2] = cost[0]
                        for i in range(len(part)):
                            best[i] = part[i]
        ints[0] = state
        ints[1] = n_cut
        ints[2] = stamp
        ints[3] = made
        ints[4] = feasible_moves

    return compiled(loop, accelerated)


@dataclass
class Chain:
    """A plan under annealing; every sequence is flat and owned by the chain.

    Attributes:
        plan: Current grid of each unit.
        best: The best balanced plan met so far.
        best_cost: Its cost; infinite while none has been met.
    """

    graph: tuple[Any, ...]
    plan: Any
    best: Any
    balance: tuple[Any, ...]
    sizes: Any
    locked: Any
    cuts: tuple[Any, Any]
    room: tuple[Any, Any]
    ints: Any
    cost: Any
    data: Any
    width: int
    run: Callable[..., Any]
    quantiles: Any
    pool: tuple[Any, ...]

    @property
    def best_cost(self) -> float:
        """Cost of the best balanced plan."""
        return float(self.cost[2])

    def moves(self, count: int, heat: float, charge: float) -> tuple[int, int]:
        """Try moves at one temperature; give how many were made and how many kept balance."""
        first, rows, tail, twin = self.graph
        weights, loads, low, high, scale = self.balance
        self.run(
            first, rows, tail, twin, self.plan, self.best, self.sizes, weights, self.width, loads,
            low, high, scale, self.locked, self.cuts[0], self.cuts[1], self.room[0],
            self.room[1], self.quantiles, self.ints, self.cost, self.data, count, heat, charge,
            self.pool,
        )  # fmt: skip
        return int(self.ints[3]), int(self.ints[4])

    def best_plan(self) -> Ints:
        """Give the best balanced plan as an array."""
        return np.asarray(self.best, dtype=np.int64)


def adjacency(n: int, edges: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Give links by unit: row starts (n+1,), other ends (2m,), own ends, and opposite entries."""
    both = np.concatenate([edges, edges[:, ::-1]])
    order = np.lexsort((both[:, 1], both[:, 0]))
    rank = np.empty(len(both), dtype=np.int64)
    rank[order] = np.arange(len(both))
    m = len(edges)
    opposite = np.concatenate([np.arange(m, 2 * m), np.arange(m)])
    first = np.zeros(n + 1, dtype=np.int64)
    np.cumsum(np.bincount(both[:, 0], minlength=n), out=first[1:])
    return first, both[order, 1], both[order, 0], rank[opposite[order]]


def member_lists(plan: Ints, k: int) -> tuple[Ints, Ints, Ints]:
    """Give (k·n) units by grid, n places a grid; (n) place of each unit there; (k) sizes."""
    n = len(plan)
    order = np.argsort(plan, kind="stable")
    sizes = np.bincount(plan, minlength=k)
    rank = np.arange(n) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    place = np.empty(n, dtype=np.int64)
    place[order] = plan[order] * n + rank
    members = np.zeros(k * n, dtype=np.int64)
    members[place] = np.arange(n)
    return members, place, sizes.astype(np.int64)


def start_chain(
    plan: Ints,
    edges: Ints,
    weights: Floats,
    lower: Floats,
    upper: Floats,
    moves: Moves,
    data: tuple[Any, ...],
    cost: float,
    seed: int,
    run: int = 0,
    locked: Ints | None = None,
    accelerated: bool = True,
    pool: Pool | None = None,
) -> Chain:
    """Set a connected plan up for annealing.

    Args:
        plan: (n,) grid of each unit; every grid connected and not empty.
        edges: (m, 2) links, i < j.
        weights: (n, w) balanced weights.
        lower: (k, w) least total.
        upper: (k, w) greatest total.
        moves: The objective's functions.
        data: The objective's own sequences, made with ``sequence``.
        cost: The plan's cost.
        seed: Seed of all random choices.
        run: Number of this chain among those of the same seed.
        locked: (n,) 1 for units that may not move.
        accelerated: Use numba where it is installed; the result is the same.
        pool: Receiver of the balanced grids met on the way.
    """
    n, width = weights.shape
    k = len(lower)
    first, rows, tail, twin = adjacency(n, edges)
    loads = np.zeros((k, width))
    np.add.at(loads, plan, weights)
    scale = k / np.maximum(weights.sum(axis=0), 1e-300)
    is_cut = plan[tail] != plan[rows]
    cut = np.concatenate([np.flatnonzero(is_cut), np.zeros(len(rows) - is_cut.sum(), dtype=int)])
    place = np.full(len(rows), -1, dtype=np.int64)
    place[cut[: is_cut.sum()]] = np.arange(is_cut.sum())
    excess = np.maximum(lower - loads, 0.0) + np.maximum(loads - upper, 0.0)
    violation = float((excess * scale).sum())
    known = cost if violation == 0.0 else np.inf

    def ints(values: Any) -> Any:
        return sequence(values, np.int64, accelerated)

    def floats(values: Any) -> Any:
        return sequence(values, np.float64, accelerated)

    free = np.zeros(n) if locked is None else locked
    return Chain(
        graph=(ints(first), ints(rows), ints(tail), ints(twin)),
        plan=ints(plan),
        best=ints(plan),
        balance=(floats(weights), floats(loads), floats(lower), floats(upper), floats(scale)),
        sizes=ints(np.bincount(plan, minlength=k)),
        locked=ints(free),
        cuts=(ints(cut), ints(place)),
        room=(ints(np.zeros(n)), ints(np.zeros(n + 1))),
        ints=ints([seed_state(seed, run), is_cut.sum(), 10, 0, 0]),
        cost=floats([cost, violation, known]),
        data=data,
        width=width,
        run=_loop(moves, pool is not None, accelerated),
        quantiles=floats(exponential_quantiles()),
        pool=pool.joined_by(plan, k, accelerated) if pool is not None else (),
    )


@dataclass(frozen=True)
class Cooling:
    """A geometric schedule.

    Attributes:
        hot: First temperature, in units of the objective.
        cold: Last temperature.
        moves: Tried moves in all.
        chunk: Moves between two changes of temperature and of the balance price.
        least: Least price of the imbalance that one unit of mean weight makes, temperatures.
        most: Greatest such price.
    """

    hot: float
    cold: float
    moves: int
    chunk: int
    least: float = 0.2
    most: float = 32.0


def anneal(chain: Chain, cooling: Cooling, progress: Progress = silent) -> None:
    """Cool a chain down; the best balanced plan is in ``chain.best``.

    The balance price follows the temperature, times a factor that rises while fewer than 30 %
    of the made moves leave a balanced plan and falls while more than 60 % do.
    """
    rounds = max(1, cooling.moves // cooling.chunk)
    unit = len(chain.plan) / max(1, len(chain.sizes))
    factor = 1.0
    for number in range(rounds):
        heat = cooling.hot * (cooling.cold / cooling.hot) ** (number / max(1, rounds - 1))
        made, balanced = chain.moves(cooling.chunk, heat, factor * heat * unit)
        if made:
            share = balanced / made
            factor *= 1.05 if share < 0.3 else 0.95 if share > 0.6 else 1.0
            factor = min(max(factor, cooling.least), cooling.most)
        step(progress, (number + 1) / rounds)
