"""Figures of single units and grids as plain numbers, for pricing one step after another.

An array program prices a hundred thousand moves at once at less than a microsecond each, but
one move at a hundred microseconds; plain numbers price one in five.
"""

from __future__ import annotations

from typing import Any

from linzhang_plugin.core.grids.model import Floats, Problem
from linzhang_plugin.core.grids.solve.goals import Objective

SLACK = 1e-9
"""Relative tolerance on bounds, against rounding of running sums."""

HARD = 1e5
"""Cost of one mean grid's weight outside the bounds: before anything the objective can gain."""


class Walk:
    """Cost of the walk of units in grids, without a table of all of them."""

    def __init__(self, problem: Problem, per_minute: float) -> None:
        """Keep the table of minutes and what a unit's minute costs."""
        assert problem.travel is not None
        self.minutes = problem.travel
        self.each: Floats = per_minute * problem.mu

    def __getitem__(self, at: tuple[Any, Any]) -> Any:
        """Give the costs of units in grids, pair by pair."""
        units, grids = at
        return self.each[units] * self.minutes[units, grids]

    def step(self, unit: int, source: int, to: int) -> float:
        """Give what one unit's move adds."""
        minutes = self.minutes
        gain = float(minutes[unit, to]) - float(minutes[unit, source])
        return float(self.each[unit]) * gain


class Figures:
    """Plain numbers of a problem under an objective.

    Attributes:
        weights: Weights of each unit.
        mu, x, y: Area and place of each unit.
        previous, village: Last year's grid and village, -1 for none.
    """

    def __init__(self, problem: Problem, objective: Objective, scale: Floats) -> None:
        """Turn the arrays into lists once."""
        self.weights: list[list[float]] = problem.weights.tolist()
        self.mu: list[float] = problem.mu.tolist()
        self.x: list[float] = objective.xy[:, 0].tolist()
        self.y: list[float] = objective.xy[:, 1].tolist()
        self.previous: list[int] = problem.previous.tolist()
        self.village: list[int] = problem.village.tolist()
        self.lower: list[list[float]] = problem.lower.tolist()
        self.upper: list[list[float]] = problem.upper.tolist()
        self.target: list[float] = objective.target.tolist()
        self.scale: list[float] = scale.tolist()
        self.per_balance = objective.per_balance
        self.per_moment = objective.per_moment
        self.per_change = objective.per_change
        self.per_split = objective.per_split

    def grid_cost(
        self, g: int, loads: list[float], mass: float, first: list[float], second: float, count: int
    ) -> float:
        """Cost of a grid if its totals were these; as ``State.cost_of``."""
        off = 0.0 if count else 1.0
        for load, low, high, scale in zip(
            loads, self.lower[g], self.upper[g], self.scale, strict=True
        ):
            out = (low - load if load < low else load - high if load > high else 0.0) / scale
            if out >= SLACK:
                off += out
        deviation = loads[0] / self.target[g] - 1.0
        x, y = first
        moment = second - (x * x + y * y) / (mass if mass > 1e-12 else 1e-12)
        cost = HARD * off + self.per_balance * deviation * deviation
        return cost + self.per_moment * moment if moment > 0 else cost

    def changed(self, unit: int, source: int, to: int) -> float:
        """Give the changed mu that a move adds (negative: it brings the unit home)."""
        previous = self.previous[unit]
        if previous < 0:
            return 0.0
        return self.mu[unit] * ((to != previous) - (source != previous))
