"""One districting problem and its solution, as arrays: what every grid solver takes and gives.

A county is a set of townships; a township (or a published benchmark instance) is one
:class:`Problem`. Units are stands, grids are posts ``0 … k-1``. Solvers never see a layer.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from linzhang_plugin.core.messages import Message

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

NOWHERE = -1
"""Grid index of a unit that is in no grid."""


@dataclass(frozen=True, eq=False)
class Problem:
    """A township's units, links, posts and hard rules.

    Attributes:
        name: The township's name or code, for messages.
        xy: (n, 2) unit centres, m, projected.
        weights: (n, w) what is balanced; column 0 is the workload, further columns (forest mu,
            the other activities of a published instance) have bounds only.
        mu: (n,) area, mu: what compactness and change are weighted by.
        edges: (m, 2) links between units, i < j, each once, sorted.
        lower: (k, w) least total of each weight in each grid; -inf for none. Hard.
        upper: (k, w) greatest total; inf for none. Hard.
        target: (k,) wanted total of column 0 (the mean, or a ranger's share); soft.
        previous: (n,) grid the unit was in last year, as an index of the post that continues
            it; NOWHERE if none does. Leaving it is a change.
        start: (n,) grid of the draft to continue from; NOWHERE where it says nothing.
        fixed: (n,) grid the unit must be in (locks); NOWHERE where it is free.
        closed: (k,) grids that may gain no unit beyond ``fixed``.
        village: (n,) village of each unit as a number; -1 where unknown.
        travel: (n, k) minutes from the ranger's home (there and back), or None.
        crowd: Units of all townships that are solved with this one and share the time that
            people wait; 0 for its own.
    """

    name: str
    xy: Floats
    weights: Floats
    mu: Floats
    edges: Ints
    lower: Floats
    upper: Floats
    target: Floats
    previous: Ints
    start: Ints
    fixed: Ints
    closed: Bools
    village: Ints
    travel: Floats | None = None
    crowd: int = 0

    @property
    def n(self) -> int:
        """Number of units."""
        return len(self.xy)

    @property
    def k(self) -> int:
        """Number of grids."""
        return len(self.target)


@dataclass(frozen=True, eq=False)
class Solution:
    """A plan for one problem.

    Attributes:
        plan: (n,) grid of each unit.
        objective: Value of the objective that was minimised.
        lower_bound: Proven bound over all plans that satisfy the hard rules, else None.
        must_change_mu: Least mu that has to leave its previous grid under the hard rules
            (a proven bound), else None.
        violations: Hard rules that the plan breaks, as (rule, grid) pairs; empty for a
            feasible plan. Rules: ``under``, ``over``, ``disconnected``, ``vacant``.
        work: Counts of the work done (LPs, MILPs, moves …), for the report.
        reasons: Why no plan satisfies the bounds, where that is proven, and what would help.
    """

    plan: Ints
    objective: float
    lower_bound: float | None = None
    must_change_mu: float | None = None
    violations: tuple[tuple[str, int], ...] = ()
    work: dict[str, int] = field(default_factory=dict)
    reasons: tuple[Message, ...] = ()
