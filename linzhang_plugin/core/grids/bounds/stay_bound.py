"""Balance, stability, villages and travel bounded together: what they cannot all have at once.

Each part alone has a low minimum: loads can be even if everybody may move, and nobody moves
if loads may be uneven. One linear program over the shares of units that stay (see
:mod:`stability`) prices them together:

* the squared deviation of each grid's load by its tangents, added where the last solution
  lies below the parabola (Kelley's cutting planes);
* what leaves its grid;
* a village counts in each grid where a unit of it stays, and once more than it has grids is
  a split;
* travel from the own home for who stays, from the best other home for who leaves.

Contiguity and whole units are forgotten, so every plan costs at least as much.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from linzhang_plugin.core.grids.bounds.stability import Stay, stay_rows
from linzhang_plugin.core.grids.model import Floats, Ints, Problem
from linzhang_plugin.core.grids.solve.goals import Objective
from linzhang_plugin.core.grids.solve.state import allowed

TANGENTS = (0.0, 0.5, 0.8, 0.95, 1.0, 1.05, 1.2, 1.5, 2.0, 3.0)
"""Loads, as multiples of the wanted ones, at which the first tangents touch."""

ROUNDS = 2
"""Programs with ever more tangents."""


def stay_bound(
    problem: Problem, objective: Objective, must_change: float, limit_mu: float = np.inf
) -> float | None:
    """Give a proven bound on all parts but compactness; None where the rules contradict.

    Args:
        problem: The town.
        objective: Weights and scales.
        must_change: Proven least change, mu.
        limit_mu: Most mu that may change hands.
    """
    stay = stay_rows(problem)
    size = stay.size
    k, had = problem.k, stay.had
    pairs, pair_of, villages = _pairs(problem, stay)
    at_pair, at_split, at_value = size, size + pairs, size + pairs + villages
    total = at_value + k
    cost = np.zeros(total)
    mu = problem.mu[had]
    here, away, constant = _travel(problem, objective, stay)
    cost[: len(had)] = here - away - objective.per_change * mu
    constant += float(away.sum()) + objective.per_change * float(mu.sum())
    cost[at_split:at_value] = objective.per_split
    cost[at_value:] = objective.per_balance
    blocks = [_wide(stay.a_ub, total)] if stay.a_ub is not None else []
    sides = [stay.b_ub] if stay.b_ub is not None else []
    if objective.per_split and pairs:
        village, side = _village_rows(stay, pairs, pair_of, at_pair, at_split, total)
        blocks.append(village)
        sides.append(side)
    # Changed mu: Σ mu (1 - x), between what must and what may change.
    row = np.zeros(total)
    row[: len(had)] = mu
    blocks.append(sparse.csr_matrix(np.stack([row, -row])))
    most = float(mu.sum())
    tiny = 1e-7 * max(most, 1.0)
    sides.append(np.array([most - must_change + tiny, min(limit_mu, most) - most + tiny]))
    ratio = _wide(sparse.diags(1.0 / objective.target) @ stay.load, total)
    base = stay.landed / objective.target
    touch = np.repeat(np.array(TANGENTS)[None], k, axis=0)
    bounds = np.zeros((total, 2))
    bounds[:, 1] = np.inf
    bounds[:size] = stay.bounds
    bounds[at_pair:at_split, 1] = 1.0
    best: float | None = None
    for _ in range(ROUNDS):
        tangent, least = _tangents(ratio, base, touch, at_value)
        result = linprog(
            cost,
            A_ub=sparse.vstack([*blocks, tangent]).tocsr(),
            b_ub=np.concatenate([*sides, least]),
            A_eq=_wide(stay.a_eq, total),
            b_eq=stay.b_eq,
            bounds=bounds,
            method="highs",
        )
        if result.x is None:
            return best
        best = max(best or 0.0, float(result.fun) + constant)
        at = np.asarray(ratio @ result.x + base)
        if float(((at - 1) ** 2 - result.x[at_value:]).max(initial=0.0)) < 1e-4:
            break
        touch = np.concatenate([touch, at[:, None]], axis=1)
    return best


def _wide(matrix: sparse.csr_matrix, total: int) -> sparse.csr_matrix:
    """Append empty columns."""
    more = sparse.csr_matrix((matrix.shape[0], total - matrix.shape[1]))
    return sparse.hstack([matrix, more]).tocsr()


def _pairs(problem: Problem, stay: Stay) -> tuple[int, Ints, int]:
    """Number (village, last year's grid) pairs; the pair of each unit that had a grid, or -1."""
    village = problem.village[stay.had]
    known = village >= 0
    pair_of = np.full(len(stay.had), -1, dtype=np.int64)
    if not known.any():
        return 0, pair_of, 0
    key = village[known] * np.int64(problem.k) + stay.home[known]
    used, number = np.unique(key, return_inverse=True)
    pair_of[known] = number
    return len(used), pair_of, int(problem.village.max()) + 1


def _village_rows(
    stay: Stay, pairs: int, pair_of: Ints, at_pair: int, at_split: int, total: int
) -> tuple[sparse.csr_matrix, Floats]:
    """Who stays holds its pair; pairs beyond one a village are splits."""
    units = np.flatnonzero(pair_of >= 0)
    rows = np.arange(len(units))
    holds = sparse.csr_matrix(
        (
            np.concatenate([np.ones(len(units)), -np.ones(len(units))]),
            (np.concatenate([rows, rows]), np.concatenate([units, at_pair + pair_of[units]])),
        ),
        shape=(len(units), total),
    )
    first = np.zeros(pairs, dtype=np.int64)
    first[pair_of[units]] = units
    village = stay.village[first]
    cut = np.unique(village)
    number = np.searchsorted(cut, village)
    splits = sparse.csr_matrix(
        (
            np.concatenate([np.ones(pairs), -np.ones(len(cut))]),
            (
                np.concatenate([number, np.arange(len(cut))]),
                np.concatenate([at_pair + np.arange(pairs), at_split + cut]),
            ),
        ),
        shape=(len(cut), total),
    )
    most = np.repeat([0.0, 1.0], [len(units), len(cut)]).astype(np.float64)
    return sparse.vstack([holds, splits]).tocsr(), most


def _travel(problem: Problem, objective: Objective, stay: Stay) -> tuple[Floats, Floats, float]:
    """Travel's cost for who stays, and at least for who leaves; and of units without a grid."""
    had = stay.had
    if problem.travel is None or not objective.per_minute:
        return np.zeros(len(had)), np.zeros(len(had)), 0.0
    way = np.where(allowed(problem), problem.travel, np.inf)
    price = objective.per_minute * problem.mu
    rest = np.ones(problem.n, dtype=bool)
    rest[had] = False
    constant = float((price * way.min(axis=1))[rest].sum())
    here = price[had] * problem.travel[had, stay.home]
    way[had, stay.home] = np.inf
    least = way.min(axis=1, initial=np.inf)[had]
    # Who may only stay has no way to leave: any price will do.
    away = np.where(np.isfinite(least), price[had] * np.where(np.isfinite(least), least, 0.0), here)
    return here, away, constant


def _tangents(
    ratio: sparse.csr_matrix, base: Floats, touch: Floats, at_value: int
) -> tuple[sparse.csr_matrix, Floats]:
    """Rows v ≥ (a-1)² + 2 (a-1) (r-a) for every grid and every a at which a tangent touches."""
    k, many = touch.shape
    total = ratio.shape[1]
    slope = 2.0 * (touch - 1.0)
    least = (touch - 1.0) ** 2 - slope * touch + slope * base[:, None]
    grids = np.repeat(np.arange(k), many)
    flat = slope.ravel()
    value = sparse.csr_matrix(
        (np.ones(k * many), (np.arange(k * many), at_value + grids)), shape=(k * many, total)
    )
    matrix = sparse.diags(flat) @ ratio[grids] - value
    return matrix.tocsr(), np.negative(least).ravel()
