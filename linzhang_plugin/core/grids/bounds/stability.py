"""The least mu that has to leave its previous grid: what no plan can avoid.

A linear program over the shares of units that stay. It forgets contiguity and lets a unit
be cut, so it bounds every plan from below. A grid's surplus is shed by the units with most
weight a mu; what is shed may go to any grid that may gain. Towns of ordinary size are bounded
with contiguity, too (see :mod:`leastchange`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from linzhang_plugin.core.grids.bounds.afford import Ceiling
from linzhang_plugin.core.grids.bounds.leastchange import contiguous_change
from linzhang_plugin.core.grids.bounds.rootsolve import INFEASIBLE
from linzhang_plugin.core.grids.contiguity import Graph
from linzhang_plugin.core.grids.model import NOWHERE, Bools, Floats, Ints, Problem
from linzhang_plugin.core.grids.solve.state import allowed

MOST_PAIRS = 60_000
"""Units × grids up to which it is asked which units a grid could afford."""

OF_GRIDS = ("lower", "upper", "target", "closed")
"""What a problem says of each grid, travel aside."""

OF_UNITS = ("fixed", "start", "previous")
"""What names a grid for each unit; where two name it, the later tells it from others."""


def must_change_mu(problem: Problem, ceiling: float | None = None, effort: int = 1) -> float | None:
    """Give a proven lower bound on the changed mu of any plan within the hard rules.

    None where the relaxed rules themselves contradict each other (then no plan exists).

    Args:
        problem: The town.
        ceiling: Changed mu of a plan within the hard rules, contiguity included, that is
            known; None if there is none: then contiguity is left out of the bound.
        effort: More programs, a better bound.
    """
    problem = in_order(problem)
    solved = _stay_program(problem)
    if solved is None:
        return None
    result, prices = solved
    result = max(0.0, result - 1e-9 * max(1.0, abs(result)))
    if ceiling is None or ceiling <= result or problem.n * problem.k > MOST_PAIRS:
        return result
    graph = Graph(problem.n, problem.edges)
    known = Ceiling(ceiling, prices, losable(problem, ceiling))
    tied = contiguous_change(problem, graph, known, effort)
    return max(result, tied - 1e-7 * max(1.0, tied))


def in_order(problem: Problem) -> Problem:
    """Number the grids by the first unit that they had, then by their rules.

    Cuts are found in the order of the grids: so two namings of one town give the same bound.
    Travel is left out.
    """
    k, n = problem.k, problem.n
    first = np.full(k, n, dtype=np.int64)
    for name in OF_UNITS:
        grids = getattr(problem, name)
        held = np.flatnonzero(grids >= 0)[::-1]
        had = np.full(k, n, dtype=np.int64)
        had[grids[held]] = held
        first = np.where(had < n, had, first)
    keys = [problem.target, *problem.lower.T, *problem.upper.T, problem.closed, first]
    order = np.lexsort(keys)
    number = np.full(k + 1, NOWHERE, dtype=np.int64)
    number[order] = np.arange(k)
    of_grids = {name: getattr(problem, name)[order] for name in OF_GRIDS}
    of_units = {name: number[getattr(problem, name)] for name in OF_UNITS}
    return replace(problem, travel=None, **of_grids, **of_units)


@dataclass(frozen=True, eq=False)
class Stay:
    """Rows of a program over the shares of units that stay, and what the grids gain.

    Columns: a share for each unit that had a grid, then each grid's gain in each weight, in
    mean grids.

    Attributes:
        had: Units with a previous grid.
        home: That grid.
        village: Their villages.
        a_ub, b_ub: Loads within bounds; None where nothing is bounded.
        a_eq, b_eq: What leaves and what had no grid is gained somewhere.
        bounds: (size, 2) of the columns.
        load: (k, size) load of column 0 of a grid, in its own unit; ``landed`` not included.
        landed: (k,) load that is locked into another grid than its own.
    """

    had: Ints
    home: Ints
    village: Ints
    a_ub: sparse.csr_matrix | None
    b_ub: Floats | None
    a_eq: sparse.csr_matrix
    b_eq: Floats
    bounds: Floats
    load: sparse.csr_matrix
    landed: Floats

    @property
    def size(self) -> int:
        """Number of columns."""
        return len(self.bounds)


def stay_rows(problem: Problem) -> Stay:
    """Set up what every plan within the hard rules satisfies, contiguity aside."""
    k, w = problem.k, problem.weights.shape[1]
    may = allowed(problem)
    had = np.flatnonzero(problem.previous >= 0)
    home = problem.previous[had]
    may_stay = may[had, home].astype(np.float64)
    forced = problem.fixed >= 0
    stay, gains = len(had), k * w
    m = stay + gains
    scale = np.maximum(problem.weights.sum(axis=0) / max(k, 1), 1e-9)
    rows, rhs, loads, lands = [], [], [], []
    eq_rows, eq_rhs = [], []
    # A unit locked into another grid than its own lands there for certain.
    sure = forced & (problem.previous != problem.fixed)
    for c in range(w):
        weight = problem.weights[:, c] / scale[c]
        landed = np.bincount(problem.fixed[sure], weight[sure], k) if sure.any() else np.zeros(k)
        load = sparse.csr_matrix(
            (weight[had], (home, np.arange(stay))), shape=(k, m)
        ) + _gain_block(k, c, stay, m)
        loads.append(load)
        lands.append(landed)
        for sign, limit in ((1.0, problem.upper[:, c]), (-1.0, problem.lower[:, c])):
            held = np.flatnonzero(np.isfinite(limit))
            if len(held):
                rows.append(sign * load[held])
                rhs.append(sign * (limit[held] / scale[c] - landed[held]))
        pool = float(weight.sum()) - float(landed.sum())
        whole = np.zeros(m)
        whole[:stay] = weight[had]
        whole[stay + c * k : stay + (c + 1) * k] = 1.0
        eq_rows.append(sparse.csr_matrix(whole))
        eq_rhs.append(pool)
    top = np.concatenate([may_stay, np.tile(np.where(~problem.closed, np.inf, 0.0), w)])
    least = np.concatenate([np.where(forced[had], may_stay, 0.0), np.zeros(gains)])
    _closed_room(problem, top, stay, w, scale)
    return Stay(
        had,
        home,
        problem.village[had],
        sparse.vstack(rows).tocsr() if rows else None,
        np.concatenate(rhs) if rows else None,
        sparse.vstack(eq_rows).tocsr(),
        np.array(eq_rhs),
        np.stack([least, top], axis=1),
        loads[0] * scale[0],
        lands[0] * scale[0],
    )


def _stay_program(problem: Problem) -> tuple[float, Floats] | None:
    """Solve it: the least change, mu, and the (k, w) prices of weight, mu each."""
    stay = stay_rows(problem)
    mu = problem.mu[stay.had]
    unit = max(float(problem.mu.sum()), 1e-9)
    result = linprog(
        np.concatenate([-mu / unit, np.zeros(stay.size - len(mu))]),
        A_ub=stay.a_ub,
        b_ub=stay.b_ub,
        A_eq=stay.a_eq,
        b_eq=stay.b_eq,
        bounds=stay.bounds,
        method="highs",
    )
    if result.x is None:
        return None
    return float(mu.sum() + result.fun * unit), _prices(problem, result.ineqlin.marginals) * unit


def losable(problem: Problem, ceiling: float) -> Bools:
    """(k,) grids that could lose every unit they had in a plan that changes ``ceiling`` mu."""
    stay = stay_rows(problem)
    mu = problem.mu[stay.had]
    unit = max(float(problem.mu.sum()), 1e-9)
    cost = np.concatenate([-mu / unit, np.zeros(stay.size - len(mu))])
    found = np.bincount(stay.home, mu, problem.k) <= ceiling + 1e-9
    for g in np.flatnonzero(found):
        bounds = stay.bounds.copy()
        bounds[np.flatnonzero(stay.home == g)] = 0.0
        result = linprog(cost, A_ub=stay.a_ub, b_ub=stay.b_ub, A_eq=stay.a_eq, b_eq=stay.b_eq,
                         bounds=bounds, method="highs")  # fmt: skip
        if result.status == INFEASIBLE:
            found[g] = False
        elif result.x is not None:
            found[g] = float(mu.sum() + result.fun * unit) <= ceiling + 1e-6 * unit
    return np.asarray(found, dtype=np.bool_)


def _prices(problem: Problem, marginals: Floats) -> Floats:
    """Sum the duals of the rows of :func:`stay_rows` by grid and weight."""
    prices = np.zeros(problem.lower.shape)
    scale = np.maximum(problem.weights.sum(axis=0) / max(problem.k, 1), 1e-9)
    at = 0
    for c in range(prices.shape[1]):
        for sign, limit in ((1.0, problem.upper[:, c]), (-1.0, problem.lower[:, c])):
            held = np.flatnonzero(np.isfinite(limit))
            prices[held, c] += sign * np.asarray(marginals[at : at + len(held)]) / scale[c]
            at += len(held)
    return prices


def _gain_block(k: int, c: int, stay: int, m: int) -> sparse.csr_matrix:
    grids: Ints = np.arange(k)
    return sparse.csr_matrix((np.ones(k), (grids, stay + c * k + grids)), shape=(k, m))


def _closed_room(problem: Problem, top: Floats, stay: int, w: int, scale: Floats) -> None:
    """Let a closed grid take back what starts there though it was not there last year."""
    k = problem.k
    for grid in np.flatnonzero(problem.closed):
        own = (problem.start == grid) & (problem.previous != grid) & (problem.fixed < 0)
        for c in range(w):
            top[stay + c * k + grid] = float(problem.weights[own, c].sum()) / scale[c]
