"""A plan with its running totals: what any move costs, without adding up again.

The cost that the searches descend is ``HARD × violation + objective``. Violation adds, over
grids and weight columns, the missing or excess weight as a share of the mean grid, and one
for each empty grid: it is zero exactly when every bound holds.
"""

from __future__ import annotations

import copy

import numpy as np

from linzhang_plugin.core.grids.contiguity import Graph, Leaving
from linzhang_plugin.core.grids.model import Bools, Floats, Ints, Problem
from linzhang_plugin.core.grids.solve.goals import Objective, changed_mu, load_table, sums
from linzhang_plugin.core.grids.solve.price import HARD, SLACK, Figures, Walk

__all__ = ["HARD", "SLACK", "State", "allowed", "troubled"]


class State:
    """A complete plan (every unit in a grid) of a problem with a connected link graph."""

    def __init__(self, problem: Problem, graph: Graph, objective: Objective, plan: Ints) -> None:
        """Add up the totals of ``plan``; the plan is copied."""
        self.problem = problem
        self.graph = graph
        self.objective = objective
        self.plan: Ints = np.array(plan, dtype=np.int64)
        self.where: list[int] = self.plan.tolist()
        self.leaving = Leaving(graph, problem.k)
        self.allowed: Bools = allowed(problem)
        self.scale = np.maximum(problem.weights.sum(axis=0) / max(problem.k, 1), 1e-9)
        self._linear = self._walk()
        self.figures = Figures(problem, objective, self.scale)
        self.moves = 0
        self.looked = {"moves": self._never(), "swaps": self._never()}
        self.recount()

    def _walk(self) -> Walk | None:
        """Cost of travel; None without a travel table."""
        problem, objective = self.problem, self.objective
        if problem.travel is None or objective.per_minute == 0:
            return None
        return Walk(problem, objective.per_minute)

    def _never(self) -> Ints:
        return np.full(self.problem.k, -1, dtype=np.int64)

    def clone(self) -> State:
        """Copy the plan and its totals; problem, graph and objective are shared."""
        other = copy.copy(self)
        for name in ("plan", "count", "loads", "mass", "first", "second", "villages", "grid_cost"):
            setattr(other, name, getattr(self, name).copy())
        other.where = self.where.copy()
        other.leaving = self.leaving.clone()
        other.looked = {kind: seen.copy() for kind, seen in self.looked.items()}
        return other

    def become(self, other: State) -> None:
        """Take the plan and totals of a clone over."""
        self.__dict__.update(other.__dict__)

    def unseen(self, kind: str) -> Bools:
        """(k,) grids that changed since this was last asked for ``kind``: now seen.

        What a step costs depends only on the two grids it touches, so a search that found
        nothing between two grids need not look again until one of them changes.
        """
        now = np.array(self.leaving.version, dtype=np.int64)
        fresh: Bools = now != self.looked[kind]
        self.looked[kind] = now
        return fresh

    def recount(self) -> None:
        """Add everything up afresh from ``plan``."""
        problem, k, plan = self.problem, self.problem.k, self.plan
        xy, mu = self.objective.xy, problem.mu
        self.count = np.bincount(plan, minlength=k)
        self.loads = load_table(problem.weights, plan, k)
        self.mass = sums(plan, mu, k)
        self.first = load_table(mu[:, None] * xy, plan, k)
        self.second = sums(plan, mu * (xy**2).sum(axis=1), k)
        n_villages = int(problem.village.max(initial=-1)) + 1
        self.villages = np.zeros((n_villages, k), dtype=np.int64)
        known = problem.village >= 0
        np.add.at(self.villages, (problem.village[known], plan[known]), 1)
        self.changed = changed_mu(problem, plan)
        self.grid_cost = self.cost_of(
            np.arange(k), self.loads, self.mass, self.first, self.second, self.count
        )

    def cost_of(
        self, g: Ints, loads: Floats, mass: Floats, first: Floats, second: Floats, count: Ints
    ) -> Floats:
        """Cost of grids ``g`` if their totals were these: bounds, balance and moment."""
        problem, objective = self.problem, self.objective
        under, over = problem.lower[g] - loads, loads - problem.upper[g]
        off = np.maximum(np.maximum(under, over), 0.0) / self.scale
        off[off < SLACK] = 0.0
        deviation = loads[:, 0] / objective.target[g] - 1.0
        moment = second - (first**2).sum(axis=1) / np.maximum(mass, 1e-12)
        return (
            HARD * (off.sum(axis=1) + (count == 0))
            + objective.per_balance * deviation**2
            + objective.per_moment * np.maximum(moment, 0.0)
        )

    def violation(self) -> float:
        """Give the total violation of bounds (see the module)."""
        problem = self.problem
        off = np.maximum(np.maximum(problem.lower - self.loads, self.loads - problem.upper), 0.0)
        off /= self.scale
        off[off < SLACK] = 0.0
        return float(off.sum() + (self.count == 0).sum())

    def cost(self) -> float:
        """Give the whole cost, afresh."""
        return HARD * self.violation() + self.objective.value(self.problem, self.plan)

    def change_of(self, units: Ints, to: Ints) -> Floats:
        """Changed mu that moves would add (negative: they bring units home)."""
        previous = self.problem.previous[units]
        had = previous >= 0
        now = (self.plan[units] != previous) & had
        then = (to != previous) & had
        return self.problem.mu[units] * (then.astype(np.float64) - now)

    def move_costs(self, units: Ints, to: Ints) -> Floats:
        """Cost that each single move ``units[i] → to[i]`` would add."""
        weights, mu, xy = self.problem.weights[units], self.problem.mu[units], self.objective.xy
        shift = mu[:, None] * xy[units]
        square = mu * (xy[units] ** 2).sum(axis=1)
        source = self.plan[units]
        one = np.ones(len(units), dtype=np.int64)
        cost = self._after(source, -weights, -mu, -shift, -square, -one)
        cost += self._after(to, weights, mu, shift, square, one)
        return cost + self._side_costs(units, source, to)

    def swap_costs(self, out: Ints, back: Ints) -> Floats:
        """Cost that each exchange of ``out[i]`` and ``back[i]`` would add."""
        problem, xy = self.problem, self.objective.xy
        a, b = self.plan[out], self.plan[back]
        weights = problem.weights[out] - problem.weights[back]
        mu = problem.mu[out] - problem.mu[back]
        moved_out, moved_back = (
            problem.mu[out][:, None] * xy[out],
            problem.mu[back][:, None] * xy[back],
        )
        shift = moved_out - moved_back
        square = (moved_out * xy[out]).sum(axis=1) - (moved_back * xy[back]).sum(axis=1)
        none = np.zeros(len(out), dtype=np.int64)
        cost = self._after(a, -weights, -mu, -shift, -square, none)
        cost += self._after(b, weights, mu, shift, square, none)
        apart = problem.village[out] != problem.village[back]
        cost += self._side_costs(out, a, b, apart)
        return cost + self._side_costs(back, b, a, apart)

    def move_cost(self, unit: int, to: int) -> float:
        """Cost that one move would add; as :meth:`move_costs`, quicker for a single one."""
        figures, source = self.figures, self.where[unit]
        mu, x, y = figures.mu[unit], figures.x[unit], figures.y[unit]
        weights = figures.weights[unit]
        cost = self._shifted(source, [-w for w in weights], -mu, x, y, -mu * (x * x + y * y), -1)
        cost += self._shifted(to, weights, mu, x, y, mu * (x * x + y * y), 1)
        return cost + self._side_cost(unit, source, to, True)

    def swap_cost(self, out: int, back: int) -> float:
        """Cost that one exchange would add; as :meth:`swap_costs`."""
        figures = self.figures
        a, b = self.where[out], self.where[back]
        weights = [v - w for v, w in zip(figures.weights[out], figures.weights[back], strict=True)]
        one, other = figures.mu[out], figures.mu[back]
        x, y, u, v = figures.x[out], figures.y[out], figures.x[back], figures.y[back]
        shift = (one * x - other * u, one * y - other * v)
        square = one * (x * x + y * y) - other * (u * u + v * v)
        cost = 0.0
        for g, sign in ((a, -1.0), (b, 1.0)):
            first = self.first[g].tolist()
            loads = [m + sign * w for m, w in zip(self.loads[g].tolist(), weights, strict=True)]
            cost += figures.grid_cost(
                g,
                loads,
                float(self.mass[g]) + sign * (one - other),
                [first[0] + sign * shift[0], first[1] + sign * shift[1]],
                float(self.second[g]) + sign * square,
                int(self.count[g]),
            ) - float(self.grid_cost[g])
        apart = figures.village[out] != figures.village[back]
        cost += self._side_cost(out, a, b, apart)
        return cost + self._side_cost(back, b, a, apart)

    def _shifted(
        self, g: int, weights: list[float], mu: float, x: float, y: float, square: float, one: int
    ) -> float:
        """Cost that a grid's totals would gain by a unit of ``mu`` at (x, y)."""
        first = self.first[g].tolist()
        return self.figures.grid_cost(
            g,
            [m + w for m, w in zip(self.loads[g].tolist(), weights, strict=True)],
            float(self.mass[g]) + mu,
            [first[0] + mu * x, first[1] + mu * y],
            float(self.second[g]) + square,
            int(self.count[g]) + one,
        ) - float(self.grid_cost[g])

    def _side_cost(self, unit: int, source: int, to: int, counted: bool) -> float:
        """Change, travel and village of one unit's move; as :meth:`_side_costs`."""
        figures = self.figures
        cost = figures.per_change * figures.changed(unit, source, to)
        if self._linear is not None:
            cost += self._linear.step(unit, source, to)
        village = figures.village[unit]
        if figures.per_split and counted and village >= 0:
            held = self.villages[village]
            cost += figures.per_split * ((held[to] == 0) - float(held[source] == 1))
        return float(cost)

    def _after(
        self, g: Ints, weights: Floats, mu: Floats, shift: Floats, square: Floats, count: Ints
    ) -> Floats:
        cost = self.cost_of(
            g,
            self.loads[g] + weights,
            self.mass[g] + mu,
            self.first[g] + shift,
            self.second[g] + square,
            self.count[g] + count,
        )
        return cost - self.grid_cost[g]

    def _side_costs(
        self, units: Ints, source: Ints, to: Ints, villages: Bools | None = None
    ) -> Floats:
        """Change, travel and villages: what does not depend on the grids' totals."""
        problem, objective = self.problem, self.objective
        previous = problem.previous[units]
        had = previous >= 0
        change = ((to != previous) & had).astype(np.float64) - ((source != previous) & had)
        cost = objective.per_change * problem.mu[units] * change
        if self._linear is not None:
            cost += self._linear[units, to] - self._linear[units, source]
        if objective.per_split and len(self.villages):
            village = problem.village[units]
            known = village >= 0
            v = np.maximum(village, 0)
            more = (self.villages[v, to] == 0).astype(np.float64) - (self.villages[v, source] == 1)
            counted = known if villages is None else known & villages
            cost += objective.per_split * np.where(counted, more, 0.0)
        return cost

    def border(self, among: Bools | None = None) -> tuple[Ints, Ints]:
        """List the moves to a neighbouring grid that locks allow: units and where to.

        Args:
            among: (k,) grids of which a move must touch at least one; None for all.
        """
        i, j = self.graph.edges[:, 0], self.graph.edges[:, 1]
        if among is not None:
            inside = among[self.plan]
            if not inside.all():
                i, j = self.graph.links_of(np.flatnonzero(inside))
        a, b = self.plan[i], self.plan[j]
        cut = a != b
        i, j, a, b = i[cut], j[cut], a[cut], b[cut]
        k = self.problem.k
        pairs = np.unique(np.concatenate([i * k + b, j * k + a]))
        units, to = pairs // k, pairs % k
        may = self.allowed[units, to]
        return units[may], to[may]

    def may_leave(self, unit: int) -> bool:
        """Tell whether the unit's grid stays whole and not empty without it."""
        return self.leaving.may_leave(self.where, unit)

    def touches(self, unit: int, grid: int, but: int = -1) -> bool:
        """Tell whether a unit is linked to a grid (by a unit other than ``but``)."""
        where = self.where
        return any(where[j] == grid and j != but for j in self.graph.near[unit])

    def move(self, unit: int, to: int) -> None:
        """Carry a move out, whatever it costs."""
        figures, source = self.figures, self.where[unit]
        mu, x, y = figures.mu[unit], figures.x[unit], figures.y[unit]
        square = mu * (x * x + y * y)
        for grid, sign in ((source, -1), (to, 1)):
            loads, first = self.loads[grid], self.first[grid]
            for column, weight in enumerate(figures.weights[unit]):
                loads[column] += sign * weight
            first[0] += sign * mu * x
            first[1] += sign * mu * y
            self.mass[grid] += sign * mu
            self.second[grid] += sign * square
            self.count[grid] += sign
            self.leaving.touch(grid)
            self.grid_cost[grid] = figures.grid_cost(
                grid,
                loads.tolist(),
                float(self.mass[grid]),
                first.tolist(),
                float(self.second[grid]),
                int(self.count[grid]),
            )
        village = figures.village[unit]
        if village >= 0:
            held = self.villages[village]
            held[source] -= 1
            held[to] += 1
        self.changed += figures.changed(unit, source, to)
        self.plan[unit] = to
        self.where[unit] = to
        self.moves += 1

    def move_all(self, units: Ints, to: Ints) -> None:
        """Carry several moves out."""
        for unit, grid in zip(units.tolist(), to.tolist(), strict=True):
            self.move(unit, grid)

    def change_mask(self) -> Bools:
        """(n,) whether a unit is out of its previous grid."""
        previous = self.problem.previous
        return (previous >= 0) & (self.plan != previous)

    def running_cost(self) -> float:
        """Give the cost from the running totals, but for a constant."""
        objective = self.objective
        cost = float(self.grid_cost.sum()) + objective.per_change * self.changed
        if self._linear is not None:
            cost += float(self._linear[np.arange(len(self.plan)), self.plan].sum())
        return cost + objective.per_split * int((self.villages > 0).sum())

    def adopt(self, plan: Ints) -> None:
        """Replace the plan and add up afresh."""
        for grid in np.unique(
            np.concatenate([self.plan[plan != self.plan], plan[plan != self.plan]])
        ):
            self.leaving.touch(int(grid))
        self.plan = np.array(plan, dtype=np.int64)
        self.where = self.plan.tolist()
        self.recount()


def allowed(problem: Problem) -> Bools:
    """(n, k) whether a unit may be in a grid: locks and closed grids.

    A closed grid keeps its own units (those that start there) and gains none.
    """
    may = np.ones((problem.n, problem.k), dtype=bool)
    own = np.where(problem.start >= 0, problem.start, problem.previous)
    for grid in np.flatnonzero(problem.closed):
        may[:, grid] = own == grid
    locked = problem.fixed >= 0
    may[locked] = False
    may[locked, problem.fixed[locked]] = True
    return may


def troubled(state: State) -> Bools:
    """(k,) grids outside their bounds, or vacant."""
    problem = state.problem
    tiny = 1e-9 * state.scale
    under = (state.loads < problem.lower - tiny).any(axis=1)
    over = (state.loads > problem.upper + tiny).any(axis=1)
    return np.asarray(under | over | (state.count == 0))
