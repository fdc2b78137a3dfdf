"""The Hess model itself, for few units: its LP bound, and a stronger one by branching.

Hess, Weaver, Siegfeldt, Whelan and Zitlau (1965) with the strong inequalities ``x_ij <= x_jj``.
Reduced costs at the LP's optimum settle the variables that no plan cheaper than a known one can
use (Dantzig, Fulkerson and Johnson 1954); HiGHS then strengthens the rest by cuts and a few nodes.
Contiguity is relaxed, so the bound holds for plans with and without it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from linzhang_plugin.core.grids.model import Bools, Floats, Ints
from linzhang_plugin.core.grids.published.hess import Hess

SAFE = 1e-6
"""Part of a bound that is given away for the tolerances of LP and MILP."""


@dataclass(frozen=True, eq=False)
class Model:
    """The columns left open, as rows of constraints.

    Attributes:
        unit: (c,) unit of each column.
        centre: (c,) centre unit of each column.
        each: One centre a unit.
        least: Load of a centre not below the least, as ``least >= 0``.
        most: Load of a centre not above the most, as ``most <= 0``.
        strong: A unit only at a unit that is a centre, as ``strong <= 0``.
        count: Number of centres.
    """

    unit: Ints
    centre: Ints
    each: sparse.csr_matrix
    least: sparse.csr_matrix
    most: sparse.csr_matrix
    strong: sparse.csr_matrix
    count: sparse.csr_matrix


def table(model: Hess, free: Bools) -> Model:
    """Set the rows up for the open pairs of unit and centre."""
    n = model.problem.n
    unit, centre = np.nonzero(free)
    size = len(unit)
    cells = np.arange(size)
    number = np.full((n, n), -1, dtype=np.int64)
    number[unit, centre] = cells
    own = np.flatnonzero(np.diag(free))
    load = sparse.csr_matrix((model.weight[unit] / model.most, (centre, cells)), shape=(n, size))
    opened = sparse.csr_matrix((np.ones(len(own)), (own, number[own, own])), shape=(n, size))
    away = np.flatnonzero(unit != centre)
    rows = np.arange(len(away))
    strong = sparse.csr_matrix(
        (
            np.concatenate([np.ones(len(away)), -np.ones(len(away))]),
            (np.tile(rows, 2), np.concatenate([away, number[centre[away], centre[away]]])),
        ),
        shape=(len(away), size),
    )
    return Model(
        unit, centre,
        sparse.csr_matrix((np.ones(size), (unit, cells)), shape=(n, size)),
        load - opened * (model.least / model.most),
        load - opened,
        strong,
        sparse.csr_matrix((unit == centre).astype(float)[None, :]),
    )  # fmt: skip


def branched_bound(model: Hess, ceiling: float, columns: int) -> float | None:
    """Bound the moment from below.

    Args:
        model: The problem: (n² + n) columns.
        ceiling: Moment of a known plan; infinite for none.
        columns: Undecided variables times grids that the MILP may have; an eighth of them to
            spare is one more node: the work.

    Returns:
        A bound, never above the ceiling, or None where the LP was not solved.
    """
    k = model.problem.k
    answer = _linear(model, ceiling)
    if answer is None:
        return None
    bound, open_to = answer
    if not np.isfinite(ceiling) or bound >= ceiling:
        return min(bound, ceiling)
    size = k * int(open_to.sum())
    if size > columns or not open_to.any(axis=1).all():
        # No column left for a unit: no plan is cheaper than the ceiling.
        return bound if size > columns else ceiling
    nodes = 1 + int(8 * (columns - size) / max(size, 1))
    return max(bound, _search(model, open_to, ceiling, min(nodes, 2000)))


def cheaper_pairs(model: Hess, ceiling: float) -> Bools | None:
    """Give (n, n) which unit may have which centre in a plan cheaper than the ceiling.

    None where no plan is, as far as the LP and its reduced costs tell.
    """
    answer = _linear(model, ceiling)
    if answer is None or answer[0] >= ceiling or not answer[1].any(axis=1).all():
        return None
    return answer[1]


def _linear(model: Hess, ceiling: float) -> tuple[float, Bools] | None:
    """Solve the LP; give its bound and the pairs that reduced costs leave open."""
    n, k = model.problem.n, model.problem.k
    rows = table(model, np.ones((n, n), dtype=bool))
    cost = _cost(model, rows)
    scale = max(float(np.median(cost)), 1e-300)
    upper = sparse.vstack([-rows.least, rows.most, rows.strong]).tocsr()
    equal = sparse.vstack([rows.each, rows.count]).tocsr()
    result = linprog(
        cost / scale,
        A_ub=upper,
        b_ub=np.zeros(upper.shape[0]),
        A_eq=equal,
        b_eq=np.concatenate([np.ones(n), [float(k)]]),
        bounds=(0, 1),
        method="highs-ipm",
    )
    if result.status != 0:
        return None
    bound = float(result.fun) * scale * (1 - SAFE)
    if not np.isfinite(ceiling) or bound >= ceiling:
        return bound, np.ones((n, n), dtype=bool)
    reduced = cost / scale - upper.T @ result.ineqlin.marginals
    reduced -= equal.T @ result.eqlin.marginals
    open_to = np.zeros((n, n), dtype=bool)
    open_to[rows.unit, rows.centre] = reduced * scale <= (ceiling - bound) * (1 + SAFE)
    open_to &= np.diag(open_to)[None, :]
    return bound, open_to


def _cost(model: Hess, rows: Model) -> Floats:
    return np.asarray(model.weight[rows.unit] * model.far[rows.unit, rows.centre])


def _search(model: Hess, free: Bools, ceiling: float, nodes: int) -> float:
    """Bound of the MILP; its last column gives up at the ceiling, so it is never without a plan."""
    k = model.problem.k
    rows = table(model, free)

    def wide(part: sparse.csr_matrix, last: float) -> sparse.csr_matrix:
        return sparse.hstack([part, np.full((part.shape[0], 1), last)]).tocsr()

    result = milp(
        np.concatenate([_cost(model, rows) / ceiling, [1.0]]),
        integrality=np.ones(len(rows.unit) + 1),
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(wide(rows.each, 1.0), 1, 1),
            LinearConstraint(wide(rows.least, 0.0), 0, np.inf),
            LinearConstraint(wide(rows.most, 0.0), -np.inf, 0),
            LinearConstraint(wide(rows.strong, 0.0), -np.inf, 0),
            LinearConstraint(wide(rows.count, float(k)), k, k),
        ],
        options={"node_limit": nodes, "mip_rel_gap": 1e-6},
    )
    bound = getattr(result, "mip_dual_bound", None)
    if bound is None or not np.isfinite(bound):
        return 0.0
    return min(float(bound) * (1 - SAFE), 1.0) * ceiling
