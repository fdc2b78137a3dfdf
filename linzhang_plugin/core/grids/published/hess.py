"""The Hess moment of inertia: units assigned to centre units, weight times squared distance.

Hess, Weaver, Siegfeldt, Whelan and Zitlau (1965), "Nonpartisan political redistricting by
computer", Operations Research 13(6). As in the published instances, distances are whole
kilometres and the moment is ``Σ w_i · (D_ij / 1000)²``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linzhang_plugin.core.grids.model import Floats, Ints, Problem


@dataclass(frozen=True, eq=False)
class Hess:
    """A problem with its distances.

    Attributes:
        problem: Units, links and bounds; every grid has the same bounds.
        far: (n, n) squared distance of unit i from unit j, (1000 km)².
    """

    problem: Problem
    far: Floats

    @property
    def weight(self) -> Floats:
        """(n,) weight of each unit."""
        return self.problem.weights[:, 0]

    @property
    def least(self) -> float:
        """Least weight of a grid."""
        return float(self.problem.lower[0, 0])

    @property
    def most(self) -> float:
        """Greatest weight of a grid."""
        return float(self.problem.upper[0, 0])


def hess(problem: Problem) -> Hess:
    """Set the distances of a problem up: whole km between unit centres, squared, (1000 km)²."""
    x, y = problem.xy.T
    metres = np.hypot(x[:, None] - x[None, :], y[:, None] - y[None, :])
    return Hess(problem, (np.floor(metres / 1000.0 + 0.5) / 1000.0) ** 2)


def moment(model: Hess, plan: Ints) -> tuple[float, Ints]:
    """Give a plan's moment and the centre unit of each grid: its cheapest own unit."""
    k = model.problem.k
    total = 0.0
    centres = np.zeros(k, dtype=np.int64)
    for grid in range(k):
        members = np.flatnonzero(plan == grid)
        costs = model.weight[members] @ model.far[np.ix_(members, members)]
        best = int(costs.argmin())
        centres[grid] = members[best]
        total += float(costs[best])
    return total, centres
