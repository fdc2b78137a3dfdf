"""What a good plan is: the plugin's weighted objective, one function for solver and report.

Five parts, each without a unit, added with the user's weights:

* ``balance``: mean over grids of the squared relative deviation from the wanted workload.
* ``compact``: mu-weighted moment of the stands about their grid's own centre, as a share of
  what ``k`` equal parts of the town's moment would give (about 1 for round grids).
* ``stable``: share of the town's mu that is not in last year's grid.
* ``village``: villages cut, counted as (village, grid) pairs beyond one a village, per grid.
* ``travel``: mu-weighted minutes from home, as a multiple of what nobody could undercut
  (every stand served from the home nearest to it).

The moment is the classical measure of Hess et al. (1965, Operations Research 13:998-1006).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from linzhang_plugin.core.grids.model import Floats, Ints, Problem


@dataclass(frozen=True)
class Goals:
    """The user's wishes for every township of a run.

    Attributes:
        balance, compact, stable, village, travel: Weights of the parts, >= 0. With the
            defaults a deviation of about 5 % pays for a change of hands, and so does a stand
            that lies twice the grid's mean square radius off.
        mode: 0 adjusts ``Problem.start`` with least change, 1 divides afresh.
        max_change_mu: Greatest mu that may change hands for the sake of the objective
            (MODE 0); None for no limit. Hard rules may need more: they come first.
    """

    balance: float = 10.0
    compact: float = 1.0
    stable: float = 2.0
    village: float = 0.2
    travel: float = 0.5
    mode: int = 0
    max_change_mu: float | None = None


@dataclass(frozen=True, eq=False)
class Objective:
    """The weighted objective of one problem: coefficients ready for use.

    ``per_*`` turn a raw figure (squared deviation, moment, changed mu, splits, mu-minutes)
    into its part of the value, weight included; ``per_mu`` is one over the town's mu.
    """

    goals: Goals
    per_balance: float
    per_moment: float
    per_change: float
    per_split: float
    per_minute: float
    per_mu: float
    xy: Floats = field(repr=False)
    target: Floats = field(repr=False)

    @classmethod
    def of(cls, problem: Problem, goals: Goals) -> Objective:
        """Scale the goals to a problem; the scales do not depend on any plan."""
        total = max(float(problem.mu.sum()), 1e-9)
        k = max(problem.k, 1)
        middle = (problem.mu @ problem.xy) / total if problem.n else np.zeros(2)
        xy = problem.xy - middle
        moment = float(problem.mu @ (xy**2).sum(axis=1)) / k
        per_minute = 0.0
        if problem.travel is not None and problem.n:
            least = float(problem.mu @ problem.travel.min(axis=1))
            per_minute = goals.travel / max(least, total * 1.0)
        mean = max(float(problem.weights[:, 0].sum()) / k, 1e-9)
        return cls(
            goals=goals,
            per_balance=goals.balance / k,
            # Stands all in one place have no shape to judge.
            per_moment=goals.compact / moment if moment > 1e-6 * total else 0.0,
            per_change=goals.stable / total,
            per_split=goals.village / k,
            per_minute=per_minute,
            per_mu=1.0 / total,
            xy=xy,
            target=np.where(problem.target > 0, problem.target, mean),
        )

    def parts(self, problem: Problem, plan: Ints) -> dict[str, float]:
        """Give each part of the value of a plan, weight included.

        Units that are in no grid count in no part but ``stable``.
        """
        k = problem.k
        inside = plan >= 0
        grid, mu, xy = plan[inside], problem.mu[inside], self.xy[inside]
        loads = np.bincount(grid, problem.weights[inside, 0], k)
        deviation = (loads - self.target) / self.target
        return {
            "balance": self.per_balance * float((deviation**2).sum()),
            "compact": self.per_moment * float(moments(xy, mu, grid, k).sum()),
            "stable": self.per_change * changed_mu(problem, plan),
            "village": self.per_split * village_splits(problem, plan),
            "travel": self.per_minute
            * (
                0.0
                if problem.travel is None
                else float(mu @ problem.travel[np.flatnonzero(inside), grid])
            ),
        }

    def value(self, problem: Problem, plan: Ints) -> float:
        """Give the value of a plan; smaller is better."""
        return float(sum(self.parts(problem, plan).values()))


def moments(xy: Floats, mu: Floats, plan: Ints, k: int) -> Floats:
    """Give each grid's moment of mu about its own mu-weighted centre, mu m²."""
    mass = np.bincount(plan, mu, k)
    held = np.maximum(mass, 1e-12)
    centre = np.stack([np.bincount(plan, mu * xy[:, d], k) / held for d in (0, 1)], axis=1)
    apart = xy - centre[plan]
    return sums(plan, mu * (apart**2).sum(axis=1), k)


def sums(plan: Ints, values: Floats, k: int) -> Floats:
    """Add up a value of the units by grid."""
    return np.asarray(np.bincount(plan, values, k), dtype=np.float64)


def load_table(weights: Floats, plan: Ints, k: int) -> Floats:
    """(k, w) load of each grid in each weight column."""
    return np.stack([sums(plan, column, k) for column in weights.T], axis=1)


def changed_mu(problem: Problem, plan: Ints) -> float:
    """Give the mu of the units that are not in their previous grid (units with one)."""
    left = (problem.previous >= 0) & (plan != problem.previous)
    return float(problem.mu[left].sum())


def village_splits(problem: Problem, plan: Ints) -> int:
    """Count (village, grid) pairs beyond one a village; units of unknown village are skipped."""
    known = (problem.village >= 0) & (plan >= 0)
    if not known.any():
        return 0
    pairs = np.unique(problem.village[known] * np.int64(problem.k) + plan[known])
    return len(pairs) - len(np.unique(problem.village[known]))
