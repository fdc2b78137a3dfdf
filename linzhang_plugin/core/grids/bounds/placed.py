"""Who could be where, contiguity aside: the program's plain rows, and what its loads are worth."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from linzhang_plugin.core.grids.model import Bools, Floats, Ints, Problem

ROUNDING = 1e-9
"""Slack on loads, in mean grids."""

Block = tuple[sparse.csr_matrix, Floats, Floats]
"""Rows of a program with their least and greatest values."""


def plain_rows(problem: Problem, unit: Ints, grid: Ints, size: int) -> list[Block]:
    """One grid a unit, then loads within bounds.

    Args:
        problem: The town.
        unit: (m,) of the first ``m`` columns, which say who is where.
        grid: (m,) of the same.
        size: Columns of the program.
    """
    n, m = problem.n, len(unit)
    ones = sparse.csr_matrix((np.ones(m), (unit, np.arange(m))), shape=(n, size))
    blocks: list[Block] = [(ones, np.ones(n), np.ones(n))]
    for c in range(problem.weights.shape[1]):
        scale = _scale(problem)[c]
        low, high = problem.lower[:, c] / scale, problem.upper[:, c] / scale
        if _bounded(problem, c):
            load = problem.weights[unit, c] / scale
            matrix = sparse.csr_matrix((load, (grid, np.arange(m))), shape=(problem.k, size))
            blocks.append((matrix, low - ROUNDING, high + ROUNDING))
    return blocks


def change_costs(problem: Problem, unit: Ints, grid: Ints) -> Floats:
    """(m,) mu that changes hands with each unit in each grid."""
    leaves = (problem.previous[unit] >= 0) & (problem.previous[unit] != grid)
    return np.asarray(problem.mu[unit] * leaves, dtype=np.float64)


def load_prices(problem: Problem, may: Bools) -> Floats | None:
    """What weight is worth to each grid where the least mu changes hands, contiguity aside.

    The duals of the linear program over the places that are open: (k, w) mu a unit of weight;
    above 0 where a grid lacks weight, below where it has too much. None without a solution.

    Args:
        problem: The town.
        may: (n, k) whether a unit may be in a grid.
    """
    if not may.any(axis=1).all():
        return None
    unit, grid = np.nonzero(may)
    (ones, one, _), *loads = plain_rows(problem, unit, grid, len(unit))
    prices = np.zeros(problem.lower.shape)
    if not loads:
        return prices
    mean = max(float(problem.mu.sum()) / problem.n, 1e-9)
    matrix = sparse.vstack([block for block, _, _ in loads]).tocsr()
    low = np.concatenate([low for _, low, _ in loads])
    high = np.concatenate([high for _, _, high in loads])
    under, over = np.flatnonzero(np.isfinite(low)), np.flatnonzero(np.isfinite(high))
    result = linprog(
        change_costs(problem, unit, grid) / mean,
        A_ub=sparse.vstack([-matrix[under], matrix[over]]).tocsr(),
        b_ub=np.concatenate([-low[under], high[over]]),
        A_eq=ones,
        b_eq=one,
        bounds=(0, 1),
        method="highs",
    )
    if result.x is None:
        return None
    worth = np.zeros(len(low))
    worth[under] -= result.ineqlin.marginals[: len(under)]
    worth[over] += result.ineqlin.marginals[len(under) :]
    columns = [c for c in range(prices.shape[1]) if _bounded(problem, c)]
    prices[:, columns] = worth.reshape(len(columns), problem.k).T * mean / _scale(problem)[columns]
    return prices


def _bounded(problem: Problem, c: int) -> bool:
    return bool(np.isfinite(problem.lower[:, c]).any() or np.isfinite(problem.upper[:, c]).any())


def _scale(problem: Problem) -> Floats:
    """(w,) weight of the mean grid."""
    return np.asarray(np.maximum(problem.weights.sum(axis=0) / max(problem.k, 1), 1e-9), np.float64)
