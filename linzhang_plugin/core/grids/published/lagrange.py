"""A lower bound on the Hess moment over all choices of centres, by Lagrangian relaxation.

Assignment of each unit to exactly one grid is priced; what is left falls apart by centre: the
best bounded load each centre could attract, of which the k best are kept (Diehr 1972; Hojny,
Joormann, Lübben and Schmidt 2021, Mathematical Programming Computation 13). Every price vector
gives a valid bound; subgradient steps (Held, Wolfe and Crowder 1974) raise it towards the LP's.
Contiguity is relaxed, so the bound holds for plans with and without it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linzhang_plugin.core.grids.model import Bools, Floats
from linzhang_plugin.core.grids.published.hess import Hess
from linzhang_plugin.core.progress import Progress, silent, step


@dataclass(frozen=True, eq=False)
class Relaxation:
    """The best bound found.

    Attributes:
        bound: No plan of the problem has a smaller moment.
        may_be_centre: (n,) False where a unit is no centre of any plan cheaper than the
            ceiling.
        steps: Subgradient steps made.
    """

    bound: float
    may_be_centre: Bools
    steps: int


def lagrangian_bound(
    model: Hess, start: Floats, ceiling: float, steps: int = 150, progress: Progress = silent
) -> Relaxation:
    """Bound the moment from below.

    Args:
        model: The problem.
        start: (n,) first price of a unit, (1000 km)² a unit of weight, such as its distance
            less the price of its grid in a good plan.
        ceiling: Cost of a known plan, or a guess: guides the steps.
        steps: Subgradient steps: the work.
        progress: Receiver of progress.
    """
    n, k = model.problem.n, model.problem.k
    price = start.astype(float).copy()
    attract = np.zeros(n)
    best, kept = -np.inf, np.ones(n, dtype=bool)
    theta, stale = 1.0, 0
    heading = np.zeros(n)
    for number in range(steps):
        values = _refresh(model, price, attract, k)
        chosen = np.argsort(values, kind="stable")[:k]
        bound = float(model.weight @ price + values[chosen].sum())
        if bound > best:
            best, stale = bound, 0
            last = np.partition(values, k - 1)[k - 1]
            kept &= bound - last + values <= ceiling * (1 + 1e-9)
        else:
            stale += 1
            if stale >= 10:
                theta, stale = theta * 0.7, 0
        taken = (model.far[:, chosen] - price[:, None] - attract[chosen] < 0).sum(axis=1)
        # A deflected direction (Camerini, Fratta and Maffioli 1975) zigzags less.
        heading = 0.7 * heading + model.weight * (1.0 - taken)
        size = float(heading @ heading)
        if size <= 0 or theta < 1e-4 or ceiling - best < 1e-9 * abs(ceiling):
            break
        price = price + theta * max(ceiling - bound, 1e-6 * abs(ceiling)) / size * heading
        step(progress, (number + 1) / steps)
    return Relaxation(best, kept, number + 1)


def _refresh(model: Hess, price: Floats, attract: Floats, k: int) -> Floats:
    """Value every centre at its attraction, improving (in place) those that could be chosen."""
    values = _values(model, price, attract, None)
    done = np.zeros(len(values), dtype=bool)
    for _ in range(20):
        front = np.argsort(values, kind="stable")[: 4 * k]
        todo = front[~done[front]]
        if not len(todo) or done[front[:k]].all():
            break
        attract[todo] = _balance(model, price, todo)
        values[todo] = _values(model, price, attract, todo)
        done[todo] = True
    return values


def _values(model: Hess, price: Floats, attract: Floats, some: Floats | None) -> Floats:
    """Dual value of centres: weight they draw at their attraction, bounds priced."""
    pick = slice(None) if some is None else some
    pull = attract[pick]
    gain = model.far[:, pick] - price[:, None] - pull
    np.minimum(gain, 0.0, out=gain)
    limits = np.where(pull > 0, model.least, model.most)
    return np.asarray(model.weight @ gain + limits * pull, dtype=np.float64)


def _balance(model: Hess, price: Floats, some: Floats) -> Floats:
    """Best attraction of some centres: the load is within bounds, or 0 attraction."""
    gap = model.far[:, some] - price[:, None]
    order = np.argsort(gap, axis=0, kind="stable")
    ranked = np.take_along_axis(gap, order, axis=0)
    loads = np.cumsum(model.weight[order], axis=0)
    drawn = (model.weight[:, None] * (gap < 0)).sum(axis=0)
    last = len(gap) - 1
    columns = np.arange(len(some))
    reach = np.minimum((loads < model.least).sum(axis=0), last)
    spill = np.minimum((loads < model.most).sum(axis=0), last)
    up = np.maximum(ranked[reach, columns], 0.0)
    down = np.minimum(ranked[spill, columns], 0.0)
    return np.where(drawn < model.least, up, np.where(drawn > model.most, down, 0.0))
