"""Plans put together from a pool of grids: set partitioning.

Garfinkel and Nemhauser (1970), "Optimal political districting by implicit enumeration
techniques", Management Science 16(8): a plan is a choice of grids that hold every unit once, and
costs the sum of theirs. The LP over the pool is solved by columns (Mehrotra, Johnson and
Nemhauser 1998, Management Science 44(8)); a grid whose reduced cost exceeds what is left below
the best plan is in no better one, so that few are left for the MILP. The pool holds what
annealing met (:mod:`.pool`), so the answer is the best of the pool, no bound for others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from linzhang_plugin.core.grids.model import Floats, Ints
from linzhang_plugin.core.grids.published.pool import Pool, empty_pool
from linzhang_plugin.core.progress import Progress, part, silent, step

CAPACITY = 60_000
"""Grids of a pool."""
FIRST, NEXT = 2000, 1500
"""Grids that the LP starts with, and that it takes in a turn."""
TURNS = 12
"""LPs of one solution by columns; the last one's prices are used."""
STALE = 0.1
"""Grids whose reduced cost exceeds this part of the ceiling leave the LP."""
NODES = 50
"""Branch-and-bound nodes of a MILP."""

Plans = list[tuple[float, Ints]]
"""Costs and balanced plans, best first."""


@dataclass(frozen=True, eq=False)
class Grids:
    """Grids to choose from.

    Attributes:
        cover: (n, c) 1 where a unit is in a grid.
        costs: (c,) cost of each grid.
    """

    cover: sparse.csc_matrix
    costs: Floats

    def some(self, columns: Ints) -> Grids:
        """Give some of the grids."""
        return Grids(self.cover[:, columns], self.costs[columns])


def search_and_assemble(
    search: Callable[[Pool, Plans, int, Progress], Plans],
    n: int,
    k: int,
    rounds: int,
    choices: int,
    accelerated: bool,
    progress: Progress = silent,
) -> Plans:
    """By turns search, and put the grids met together to the best plan that they allow.

    Args:
        search: ``search(pool, known, round, progress)``: goes on from known plans, gives
            all plans known then, and fills a pool.
        n: Number of units.
        k: Number of grids.
        rounds: Number of turns.
        choices: Most grids of a MILP: the work of one turn.
        accelerated: Whether the search is compiled.
        progress: Receiver of progress.

    Returns:
        All plans known in the end, best first.
    """
    plans: Plans = []
    kept: Grids | None = None
    for turn in range(rounds):
        pool = empty_pool(n, k, CAPACITY, accelerated)
        middle = (turn + 0.6) / rounds
        plans = search(pool, plans, turn, part(progress, turn / rounds, middle))
        grids = joint(kept, grids_of(pool))
        if not len(grids.costs):
            continue
        ceiling = plans[0][0] if plans else np.inf
        aside = part(progress, middle, (turn + 1) / rounds)
        better, order = put_together(grids, k, ceiling, choices, aside)
        kept = grids.some(order)
        plans = plans if better is None else [better, *plans]
    return plans


def grids_of(pool: Pool) -> Grids:
    """Give what is in a pool."""
    count = int(pool.count[0])
    ends = np.asarray(pool.ends[: count + 1], dtype=np.int64)
    units = np.asarray(pool.units[: ends[-1]], dtype=np.int64)
    shape = (len(pool.marks), count)
    cover = sparse.csc_matrix((np.ones(len(units)), units, ends), shape=shape)
    return Grids(cover, np.asarray(pool.costs[:count], dtype=np.float64))


def joint(first: Grids | None, second: Grids) -> Grids:
    """Give the grids of both, none twice."""
    if first is None or not len(first.costs):
        return second
    cover = sparse.hstack([first.cover, second.cover]).tocsc()
    marks = np.random.default_rng(0).integers(1, 2**61, cover.shape[0])
    keys = np.add.reduceat(marks[cover.indices], cover.indptr[:-1])
    once = np.sort(np.unique(keys, return_index=True)[1])
    return Grids(cover, np.concatenate([first.costs, second.costs])).some(once)


def put_together(
    grids: Grids, k: int, ceiling: float, choices: int, progress: Progress = silent
) -> tuple[tuple[float, Ints] | None, Ints]:
    """Find the cheapest plan of k of the grids that costs less than a ceiling.

    Args:
        grids: The grids; at least one.
        k: Grids of a plan.
        ceiling: Cost of a known plan; infinite for none.
        choices: Most grids of the MILP, those of least reduced cost: the work.
        progress: Receiver of progress.

    Returns:
        Cost and plan, or None where none was found; and the grids that the MILP had.
    """
    dear = ceiling if np.isfinite(ceiling) else 3.0 * k * float(np.median(grids.costs))
    price = _unit_prices(grids, dear, progress)
    reduced = grids.costs - grids.cover.T @ price
    order = np.argsort(reduced, kind="stable")
    order = order[reduced[order] <= (dear - float(price.sum())) * (1 + 1e-6)][:choices]
    few = grids.some(order)
    if not len(order) or (few.cover.sum(axis=1) == 0).any():
        return None, order
    table = sparse.vstack([few.cover, np.ones((1, len(order)))])
    once = np.append(np.ones(len(price)), float(k))
    result = milp(
        few.costs / dear,
        integrality=np.ones(len(order)),
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(table, once, once),
            LinearConstraint(few.costs[None, :] / dear, -np.inf, 1.0),
        ],
        options={"node_limit": NODES, "mip_rel_gap": 1e-6},
    )
    if result.x is None:
        return None, order
    chosen = few.some(np.flatnonzero(result.x > 0.5))
    cost = float(chosen.costs.sum())
    if cost >= ceiling * (1 - 1e-9):
        return None, order
    return (cost, chosen.cover.tocsr().indices.astype(np.int64)), order


def _unit_prices(grids: Grids, dear: float, progress: Progress) -> Floats:
    """(n,) duals of the LP over the grids, or prices close to them where turns run out."""
    n, count = grids.cover.shape
    size = np.diff(grids.cover.indptr)
    taken = np.zeros(count, dtype=bool)
    taken[np.argsort(grids.costs / size, kind="stable")[:FIRST]] = True
    price = np.zeros(n)
    for turn in range(TURNS):
        columns = np.flatnonzero(taken)
        result = linprog(
            # A unit without a grid costs more than any plan: the LP always has a solution.
            np.concatenate([grids.costs[columns] / dear, np.ones(n)]),
            A_eq=sparse.hstack([grids.cover[:, columns], sparse.identity(n)]).tocsc(),
            b_eq=np.ones(n),
            bounds=(0, None),
            method="highs",
        )
        if result.status != 0:
            break
        price = result.eqlin.marginals * dear
        reduced = grids.costs - grids.cover.T @ price
        cheap = np.flatnonzero((reduced < -1e-7 * dear) & ~taken)
        if not len(cheap):
            break
        taken &= reduced < STALE * dear
        taken[cheap[np.argsort(reduced[cheap], kind="stable")[:NEXT]]] = True
        step(progress, 0.7 * (turn + 1) / TURNS)
    return price
