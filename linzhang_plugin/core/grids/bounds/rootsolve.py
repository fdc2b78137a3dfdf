"""Solve the rooted program with the cuts so far: as a linear or as an integer program."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, linprog, milp

from linzhang_plugin.core.grids.bounds.rooted import Rooted, as_block
from linzhang_plugin.core.grids.model import Floats

APART = 1e-5
"""Greatest difference of price between equal columns, in mean units' mu."""

INFEASIBLE = 2
"""Status of scipy's solvers that says so."""


@dataclass(frozen=True, eq=False)
class Answer:
    """What one solution of the program says.

    Attributes:
        bound: No contiguous plan below the ceiling changes less, mu; infinite where there is
            no such plan.
        shares: (n, k) who is where; None without a solution.
        roots: (n, k) who is root.
        steps: Simplex steps that it took.
    """

    bound: float
    shares: Floats | None
    roots: Floats | None
    steps: int = 0


def relaxed(program: Rooted, steps: int) -> Answer | None:
    """Solve the linear program within so many simplex steps; None where they were too few."""
    # Equal costs make the simplex method circle: every column is given a price of its own,
    # and what a whole plan could pay for these is taken off the bound.
    apart = APART * (np.arange(len(program.cost)) * 0.6180339887498949 % 1.0)
    most = APART * (program.problem.n + program.problem.k)
    unit = _unit(program)
    result = _linear(program.cost / unit + apart, *_rows(program), steps)
    if result.status == INFEASIBLE:
        return Answer(np.inf, None, None)
    if result.status != 0 or not np.isfinite(result.fun):
        return None
    bound = max(0.0, float(result.fun) - most) * unit
    return Answer(bound, *_tables(program, result.x), int(result.nit))


def whole(program: Rooted, nodes: int) -> Answer | None:
    """Solve the integer program within so many nodes; None where no bound was found."""
    size, unit = len(program.cost), _unit(program)
    result = milp(
        program.cost / unit,
        integrality=(np.arange(size) < program.m).astype(np.int64),
        bounds=Bounds(np.zeros(size), np.ones(size)),
        constraints=LinearConstraint(*_rows(program)),
        options={"mip_rel_gap": 1e-9, "node_limit": nodes},
    )
    if result.status == INFEASIBLE:
        return Answer(np.inf, None, None)
    bound = result.mip_dual_bound
    if bound is None or not np.isfinite(bound):
        return None
    if result.x is None:
        return Answer(float(bound) * unit, None, None)
    return Answer(float(bound) * unit, *_tables(program, result.x))


def _unit(program: Rooted) -> float:
    """Mu of the mean unit, in which costs are measured."""
    return max(float(program.problem.mu.sum()) / max(program.problem.n, 1), 1e-9)


def _rows(program: Rooted) -> tuple[sparse.csr_matrix, Floats, Floats]:
    """Rows of the program, cuts included, with their least and greatest values."""
    block, low, high = as_block(program.cuts, len(program.cost), 0.0)
    matrix = sparse.vstack([program.rows, block]).tocsr()
    return matrix, np.concatenate([program.low, low]), np.concatenate([program.high, high])


def _linear(
    cost: Floats, matrix: sparse.csr_matrix, low: Floats, high: Floats, steps: int
) -> OptimizeResult:
    """Solve the linear program, within a count of steps.

    Not presolved: the steps that HiGHS takes after presolve are not counted.
    """
    equal = low == high
    upper, lower = np.isfinite(high) & ~equal, np.isfinite(low) & ~equal
    return linprog(
        cost,
        A_ub=sparse.vstack([matrix[upper], -matrix[lower]]).tocsr(),
        b_ub=np.concatenate([high[upper], -low[lower]]),
        A_eq=matrix[equal],
        b_eq=low[equal],
        bounds=(0, 1),
        method="highs-ds",
        options={"maxiter": steps, "presolve": False},
    )


def _tables(program: Rooted, values: Floats) -> tuple[Floats, Floats]:
    shares = np.zeros(program.number.shape)
    shares[program.unit, program.grid] = values[: program.m]
    roots = np.where(program.root >= 0, values[program.root], 0.0)
    return shares, roots
