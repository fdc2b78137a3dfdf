"""A lower bound on the plugin's objective over all plans that obey the hard rules.

Where last year's plan is adjusted, the limit of change is one of the rules.

The bound adds a bound for each part, or for parts together: the minimum of a sum is at least
the sum of minima.

* compact: :func:`moment_bound.moment_bound`.
* balance, stable, village, travel: together by :func:`stay_bound.stay_bound`, or each alone:
  balance as the convex program in the grids' loads within bounds, adding to the total;
  stable by :func:`stability.must_change_mu`; every stand served from its least home; a village
  heavier than the largest grid is cut that often. The better of the two counts.
"""

from __future__ import annotations

import numpy as np

from linzhang_plugin.core.grids.bounds.moment_bound import moment_bound
from linzhang_plugin.core.grids.bounds.stay_bound import stay_bound
from linzhang_plugin.core.grids.model import Problem
from linzhang_plugin.core.grids.solve.goals import Objective
from linzhang_plugin.core.grids.solve.state import allowed
from linzhang_plugin.core.progress import Progress, silent

CLIMBS = (15, 40, 120)
"""Steps of the climb for the moment's bound, by effort."""

CLIMB_UNITS = 12_000
"""Units from which on fewer steps are made, in proportion: each costs as much more."""


def lower_bound(
    problem: Problem,
    objective: Objective,
    must_change: float | None,
    effort: int = 1,
    progress: Progress = silent,
    limit_mu: float = np.inf,
) -> float | None:
    """Give a proven bound; None where the hard rules are contradictory even when relaxed.

    Args:
        problem: The town.
        objective: Weights and scales.
        must_change: Proven least change, mu; None where the rules contradict each other.
        effort: Work spent on the moment.
        progress: Told about it.
        limit_mu: Most mu that may change hands in the plans that are bounded.
    """
    balance = balance_bound(problem, objective)
    if balance is None or must_change is None:
        return None
    bound = balance + objective.per_change * must_change
    bound += objective.per_split * _splits(problem)
    if problem.travel is not None:
        way = np.where(allowed(problem), problem.travel, np.inf).min(axis=1)
        bound += objective.per_minute * float(problem.mu @ way)
    together = stay_bound(problem, objective, must_change, limit_mu)
    if together is not None:
        bound = max(bound, together)
    if objective.per_moment:
        climbs = CLIMBS[effort]
        if effort < 2:
            climbs = min(climbs, max(CLIMBS[0], CLIMBS[1] * CLIMB_UNITS // max(problem.n, 1)))
        moment = moment_bound(problem, objective.xy, climbs, progress)
        bound += objective.per_moment * moment
    return float(bound) * (1 - 1e-9)


def balance_bound(problem: Problem, objective: Objective) -> float | None:
    """Least balance part over loads within bounds that add up to the total.

    Minimise Σ (W_g/t_g - 1)² subject to l_g ≤ W_g ≤ u_g, Σ W_g = total: by duality
    W_g = clip(t_g + ν t_g², l_g, u_g) with the ν that makes the sum right (bisection).
    """
    total = float(problem.weights[:, 0].sum())
    low, high, t = problem.lower[:, 0], problem.upper[:, 0], objective.target
    low = np.maximum(low, 0.0)
    tiny = 1e-9 * max(total, 1.0)
    if (low > high + tiny).any() or low.sum() > total + tiny or high.sum() < total - tiny:
        return None
    left, right = -1e3 / t.min(), 1e3 * (1 + total / t.sum()) / t.min()
    for _ in range(200):
        middle = (left + right) / 2
        if np.clip(t + middle * t * t, low, high).sum() < total:
            left = middle
        else:
            right = middle
    loads = np.clip(t + left * t * t, low, high)
    # Weak duality with this multiplier holds whatever the bisection's precision.
    value = float(((loads / t - 1) ** 2).sum()) + 2 * left * (total - float(loads.sum()))
    return objective.per_balance * max(0.0, value)


def _splits(problem: Problem) -> int:
    known = problem.village >= 0
    roof = float(problem.upper[:, 0].max(initial=0.0))
    if not known.any() or not np.isfinite(roof) or roof <= 0:
        return 0
    weight = np.bincount(problem.village[known], problem.weights[known, 0])
    return int(np.maximum(np.ceil(weight / roof - 1e-9) - 1, 0).sum())
