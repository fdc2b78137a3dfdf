"""A pool of the balanced grids that annealing meets, most of them in unbalanced plans.

Where units are few and heavy, balanced plans are rare but balanced grids are not:
:mod:`.assembly` puts plans together from them.
"""

# ruff: noqa: ANN001, ANN202
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from linzhang_plugin.core.grids.model import Ints
from linzhang_plugin.core.grids.published.accelerate import compiled, sequence


@dataclass(frozen=True, eq=False)
class Pool:
    """Connected balanced grids by the units in them; owned sequences, filled by the loop.

    Attributes:
        marks: (n,) a random number a unit: a grid's key is the exclusive or of its units'.
        table: Keys of the grids in it, by open addressing; 0 is an empty place.
        ends: Where each grid's units start, and where the last one's end.
        units: Units of one grid after the other.
        costs: Cost of each grid.
        count: [number of grids].
        limit: [greatest cost of a plan whose grids are put in].
    """

    marks: Any
    table: Any
    ends: Any
    units: Any
    costs: Any
    count: Any
    limit: Any

    def joined_by(self, plan: Ints, k: int, accelerated: bool) -> tuple[Any, ...]:
        """Give what the loop needs of it for a chain that starts at a plan of k grids."""
        keys = np.zeros(k, dtype=np.int64)
        np.bitwise_xor.at(keys, plan, np.asarray(self.marks, dtype=np.int64))
        return (
            self.marks, sequence(keys, np.int64, accelerated), self.table, self.ends, self.units,
            self.costs, self.count, self.limit,
        )  # fmt: skip


def empty_pool(n: int, k: int, capacity: int, accelerated: bool) -> Pool:
    """Set a pool up for some number of grids of n / k units on average."""
    marks = np.random.default_rng(n).integers(1, 2**61, n)

    def room(size: int, kind: type) -> Any:
        return sequence(np.zeros(size), kind, accelerated)

    return Pool(
        marks=sequence(marks, np.int64, accelerated),
        table=room(2 * capacity + 1, np.int64),
        ends=room(capacity + 1, np.int64),
        units=room(capacity * -(-n // k) + n + 1, np.int64),
        costs=room(capacity, np.float64),
        count=room(1, np.int64),
        limit=sequence([np.inf], np.float64, accelerated),
    )


def _forget(pool, data, part, unit, old, new, loads, low, high, width, cost):  # type: ignore[no-untyped-def]
    """Keep nothing."""


def recorder(  # noqa: C901
    worth: Callable[..., Any] | None, accelerated: bool
) -> Callable[..., Any]:
    """Build what the annealing loop calls after a move; it does nothing without a worth.

    Args:
        worth: ``worth(data, part, grid)``, cost of one grid.
        accelerated: Compile it with numba where that is installed.
    """
    if worth is None:
        return compiled(_forget, accelerated)
    value = compiled(worth, accelerated)

    def record(pool, data, part, unit, old, new, loads, low, high, width, cost):  # type: ignore[no-untyped-def]
        """Put the two grids of the move into the pool if they are balanced and new to it."""
        marks, keys, table, ends, units, costs, count, limit = pool
        keys[old] ^= marks[unit]
        keys[new] ^= marks[unit]
        if cost[0] > limit[0]:
            return
        for grid in (old, new):
            fits = True
            for x in range(grid * width, grid * width + width):
                if loads[x] < low[x] or loads[x] > high[x]:
                    fits = False
            at = count[0]
            if not fits or at == len(costs):
                continue
            slot = keys[grid] % len(table)
            while table[slot] != 0 and table[slot] != keys[grid]:
                slot = (slot + 1) % len(table)
            if table[slot] != 0:
                continue
            end = ends[at]
            for member in range(len(part)):
                if part[member] == grid and end < len(units):
                    units[end] = member
                    end += 1
            if end == len(units):
                continue  # no room for all of its units
            table[slot] = keys[grid]
            ends[at + 1] = end
            costs[at] = value(data, part, grid)
            count[0] = at + 1

    return compiled(record, accelerated)
