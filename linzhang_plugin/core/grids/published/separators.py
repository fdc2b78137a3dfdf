"""The Hess problem with fixed centres, exactly: a MILP with lazy a,b-separator cuts.

Oehrlein and Haunert (2017), "A cutting-plane method for contiguity-constrained spatial
aggregation", Journal of Spatial Information Science 15; Validi, Buchanan and Lykhovyd (2022),
"Imposing contiguity constraints in political districting models", Operations Research 70. A
unit that is in a grid needs, in every separator between it and the grid's centre, a unit of the
grid. HiGHS through scipy has no callbacks: solve, cut, solve again.

Reduced costs leave few units undecided: a unit whose reduced cost in a grid exceeds the
allowed excess over the bound cannot be there in any plan worth finding.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csgraph

from linzhang_plugin.core.grids.model import Bools, Floats, Ints
from linzhang_plugin.core.grids.published.fixedcentres import Prices
from linzhang_plugin.core.grids.published.hess import Hess


@dataclass(frozen=True, eq=False)
class Fixed:
    """Answer for one set of centres.

    Attributes:
        plan: (n,) the best plan below the ceiling, or None where there is none.
        cost: Its moment about these centres.
        bound: Least cost of any plan with these centres, as far as proven.
        rounds: MILPs solved.
        spent: Their work, see :func:`toll`.
    """

    plan: Ints | None
    cost: float
    bound: float
    rounds: int
    spent: float = 0.0


ROOT = 40
"""Nodes that the root of a MILP counts for."""

MANY = 800
"""Undecided units from which on a node costs more than in proportion."""


def toll(free: Bools) -> float:
    """Work of one branch-and-bound node: undecided units, and more than that where many."""
    units = float((free.sum(axis=1) > 1).sum())
    return units * max(1.0, units / MANY)


ROUGH, FINE = 3e-5, 1e-7
"""Relative gaps at which a MILP stops: while cuts are missing, and at the end."""


def solve_fixed(
    model: Hess,
    centres: Ints,
    prices: Prices,
    ceiling: float,
    links: sparse.csr_matrix | None,
    nodes: int = 2000,
    rounds: int = 40,
    work: float = np.inf,
) -> Fixed:
    """Find the cheapest contiguous plan with these centres that costs less than the ceiling.

    Args:
        model: The problem.
        centres: (k,) centre units.
        prices: Dual of the transport problem of these centres.
        ceiling: Only plans below this cost are sought.
        links: (n, n) symmetric adjacency; None where grids need not be connected.
        nodes: Branch-and-bound nodes a MILP may take: a count of work, not a clock.
        rounds: Most MILPs.
        work: Most work of all MILPs.
    """
    best, cost, spent = None, np.inf, 0.0
    reduced = model.weight[:, None] * (model.far[:, centres] - prices.price)
    reduced = reduced - reduced.min(axis=1)[:, None]
    cuts: list[tuple[int, int, Ints]] = []
    bound, gap, number = prices.bound, ROUGH, 0
    while number < rounds and spent <= work and ceiling > prices.bound:
        free = reduced <= ceiling - prices.bound
        free[centres] = False
        free[centres, np.arange(len(centres))] = True
        node = max(1.0, toll(free))
        allowed = int(min(nodes, (work - spent) / node - ROOT))
        if allowed < 1:
            break
        number += 1
        plan, value, proven, count = _solve(model, centres, free, cuts, ceiling, allowed, gap)
        spent += node * (ROOT + count)
        if plan is None:
            bound = ceiling if proven else bound
            break
        bound = max(bound, value)
        new = violated(plan, centres, free, links) if links is not None else []
        cuts += new
        if new:
            continue
        best = plan
        cost = float(model.weight @ model.far[np.arange(len(plan)), centres[plan]])
        if gap == FINE:
            break
        # Rough answers suffice while cuts are missing; the last is sought below the best known.
        ceiling, gap = cost * (1 - FINE), FINE
    return Fixed(best, cost, min(bound, cost), number, spent)


def _solve(
    model: Hess,
    centres: Ints,
    free: Bools,
    cuts: list[tuple[int, int, Ints]],
    ceiling: float,
    nodes: int,
    gap: float,
) -> tuple[Ints | None, float, bool, int]:
    """Solve the MILP with the cuts so far; give plan, bound, if that is proven, and nodes."""
    unit, grid = np.nonzero(free)
    size = len(unit)
    cells = np.arange(size)
    k = len(centres)
    number = np.full(free.shape, -1, dtype=np.int64)
    number[unit, grid] = cells
    cost = model.weight[unit] * model.far[unit, centres[grid]]
    each = sparse.csr_matrix((np.ones(size), (unit, cells)), shape=(len(free), size))
    load = sparse.csr_matrix((model.weight[unit], (grid, cells)), shape=(k, size))
    constraints = [
        LinearConstraint(each, 1, 1),
        LinearConstraint(load / model.most, model.least / model.most, 1.0),
        LinearConstraint(sparse.csr_matrix(cost[None, :] / ceiling), -np.inf, 1.0),
    ]
    if cuts:
        constraints.append(_cut_rows(cuts, number, size))
    least = (free.sum(axis=1) == 1)[unit].astype(float)
    result = milp(
        cost / ceiling,
        integrality=np.ones(size),
        bounds=Bounds(least, 1),
        constraints=constraints,
        options={"node_limit": nodes, "mip_rel_gap": gap},
    )
    count = int(getattr(result, "mip_node_count", None) or 0)
    if result.x is None:
        return None, np.inf, result.status == 2, count
    chosen = result.x > 0.5
    plan = np.full(len(free), -1, dtype=np.int64)
    plan[unit[chosen]] = grid[chosen]
    proven = getattr(result, "mip_dual_bound", None)
    return plan, float(proven if proven is not None else result.fun) * ceiling, True, count


def _cut_rows(cuts: list[tuple[int, int, Ints]], number: Ints, size: int) -> LinearConstraint:
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for row, (unit, grid, separator) in enumerate(cuts):
        rows.append(row)
        columns.append(int(number[unit, grid]))
        values.append(-1.0)
        for other in separator:
            if number[other, grid] >= 0:
                rows.append(row)
                columns.append(int(number[other, grid]))
                values.append(1.0)
    matrix = sparse.csr_matrix((values, (rows, columns)), shape=(len(cuts), size))
    return LinearConstraint(matrix, 0, np.inf)


def violated(
    plan: Ints, centres: Ints, free: Bools, links: sparse.csr_matrix
) -> list[tuple[int, int, Ints]]:
    """List cuts (unit, grid, separator) that a disconnected plan breaks.

    The separator of a stray part from the centre is the part's border, less what the
    centre cannot reach but through the border: a minimal separator. Only units that may be in
    the grid count.
    """
    found: list[tuple[int, int, Ints]] = []
    for grid, centre in enumerate(centres):
        members = np.flatnonzero(plan == grid)
        _, label = csgraph.connected_components(links[members][:, members], directed=False)
        home = label[np.flatnonzero(members == centre)[0]]
        for stray in np.unique(label[label != home]):
            part = members[label == stray]
            border = separator(part, int(centre), free[:, grid], links)
            found += [(int(unit), grid, border) for unit in part[:12]]
    return found


def separator(part: Ints, centre: int, may: Bools, links: sparse.csr_matrix) -> Ints:
    """Give the units of ``may`` next to a part that the centre reaches without crossing them."""
    inside = np.zeros(len(may), dtype=bool)
    inside[part] = True
    touched = np.zeros(len(may), dtype=bool)
    touched[links[part].indices] = True
    border = touched & ~inside & may
    rest = np.flatnonzero(may & ~border & ~inside)
    _, label = csgraph.connected_components(links[rest][:, rest], directed=False)
    own = np.flatnonzero(rest == centre)
    if len(own) == 0:
        return np.array([centre], dtype=np.int64)
    reached = np.zeros(len(may), dtype=bool)
    reached[rest[label == label[own[0]]]] = True
    near = np.zeros(len(may), dtype=bool)
    near[links[np.flatnonzero(reached)].indices] = True
    return np.flatnonzero(border & near)


def link_matrix(n: int, edges: Ints) -> sparse.csr_matrix:
    """Give the symmetric adjacency matrix of the links."""
    i, j = edges.T
    ones: Floats = np.ones(2 * len(edges))
    both = (np.concatenate([i, j]), np.concatenate([j, i]))
    return sparse.csr_matrix((ones, both), shape=(n, n))
