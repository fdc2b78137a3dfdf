"""The Hess problem with its centres given: a transport problem, its bound, and good centres.

With centres fixed the relaxation is a transport LP. Its dual has one price a grid: a unit
goes where squared distance less price is least (a power diagram), and the prices are those that
bring every load inside its bounds. So a set of centres is valued in milliseconds, and
centres are found by location-allocation (Cooper 1964) from many starts and by moving one
centre at a time to a unit nearby. A value from fixed centres bounds only plans with those centres.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from linzhang_plugin.core.grids.model import Floats, Ints
from linzhang_plugin.core.grids.published.hess import Hess
from linzhang_plugin.core.grids.published.seeding import spread_centres
from linzhang_plugin.core.progress import Progress, silent, step


@dataclass(frozen=True, eq=False)
class Prices:
    """Dual of the transport problem for one set of centres.

    Attributes:
        bound: Dual value: no plan with these centres costs less.
        price: (k,) price of a grid, (1000 km)² a unit of weight.
        plan: (n,) grid of each unit at these prices.
    """

    bound: float
    price: Floats
    plan: Ints


def price_grids(model: Hess, centres: Ints, start: Floats | None = None) -> Prices:
    """Raise the dual by Newton's method on smoothed minima, smoothing less and less.

    Replacing the least of a unit's reduced distances by a soft minimum (entropy smoothing, Fang
    and Wu 1997) makes the dual concave and smooth in k prices. The value given back is the
    exact dual at the prices found, hence always a bound.

    Args:
        model: The problem.
        centres: (k,) centre units.
        start: (k,) prices to start from.
    """
    far = model.far[:, centres]
    scale = float(model.weight @ far.min(axis=1) / max(model.weight.sum(), 1e-300)) or 1e-9
    price = np.zeros(len(centres)) if start is None else start.copy()
    keep, best = price, dual_value(model, far, price)
    for blur in (0.5, 0.1, 0.02, 0.004, 0.001) if start is None else (0.1, 0.01, 0.001):
        price = _newton(model, far, price, blur * scale)
        value = dual_value(model, far, price)
        if value > best:
            best, keep = value, price
    return Prices(best, keep, np.asarray((far - keep).argmin(axis=1), dtype=np.int64))


def _newton(model: Hess, far: Floats, price: Floats, blur: float, steps: int = 30) -> Floats:
    """Maximise the smoothed dual at one blur, by damped Newton steps."""
    k = len(price)
    middle, half = (model.least + model.most) / 2, (model.most - model.least) / 2

    def smooth(at: Floats) -> tuple[float, Floats, Floats]:
        reduced = far - at
        least = reduced.min(axis=1)
        soft = np.exp((least[:, None] - reduced) / blur)
        total = soft.sum(axis=1)
        root = np.sqrt(at * at + blur * blur)
        value = model.weight @ (least - blur * np.log(total)) + (middle * at - half * root).sum()
        return float(value), soft / total[:, None], root

    value, share, root = smooth(price)
    damping = 1e-6
    for _ in range(steps):
        load = model.weight @ share
        slope = middle - load - half * price / root
        bend = (np.diag(load) - (share * model.weight[:, None]).T @ share) / blur
        bend += np.diag(half * blur * blur / root**3)
        # Far from the optimum the bend vanishes: damp the step until it climbs (Marquardt 1963).
        while damping < 1e6:
            move = np.linalg.solve(bend + damping * middle / blur * np.eye(k), slope)
            trial = smooth(price + move)
            if trial[0] >= value:
                break
            damping *= 10.0
        else:
            break
        gain = trial[0] - value
        price = price + move
        value, share, root = trial
        damping = max(damping / 10.0, 1e-9)
        if gain < 1e-7 * abs(value):
            break
    return price


def dual_value(model: Hess, far: Floats, price: Floats) -> float:
    """Value of the transport dual at given prices: a bound for these centres."""
    limits = np.where(price > 0, model.least, model.most)
    return float(model.weight @ (far - price).min(axis=1) + limits @ price)


def exact_prices(model: Hess, centres: Ints, near: Prices, slack: float = 0.05) -> Prices:
    """Solve the transport LP over the columns that the prices leave open.

    Args:
        model: The problem.
        centres: (k,) centre units.
        near: Prices close to the best.
        slack: Columns dearer than this part of the bound are left out, and admitted again
            if the dual says that they matter.
    """
    far = model.far[:, centres]
    k = len(centres)
    weight = model.weight
    price = near.price
    for _ in range(4):
        reduced = far - price
        reduced -= reduced.min(axis=1)[:, None]
        free = weight[:, None] * reduced <= slack * abs(near.bound) / max(1, k)
        unit, grid = np.nonzero(free)
        cells = np.arange(len(unit))
        each = sparse.csr_matrix(
            (np.ones(len(unit)), (unit, cells)), shape=(len(weight), len(unit))
        )
        load = sparse.csr_matrix((weight[unit], (grid, cells)), shape=(k, len(unit)))
        scale = model.most
        result = linprog(
            weight[unit] * far[unit, grid],
            A_ub=sparse.vstack([load / scale, -load / scale]),
            b_ub=np.concatenate([np.full(k, model.most / scale), np.full(k, -model.least / scale)]),
            A_eq=each,
            b_eq=np.ones(len(weight)),
            bounds=(0, None),
            method="highs",
        )
        if result.x is not None:
            duals = result.ineqlin.marginals / scale
            price = duals[:k] - duals[k:]
            bound = dual_value(model, far, price)
            if bound >= result.fun * (1 - 1e-7):
                near = Prices(
                    bound, price, np.asarray((far - price).argmin(axis=1), dtype=np.int64)
                )
                break
        slack *= 4
    return near


FEW = 160
"""Up to this many units the transport LP itself is solved: smoothing is rough on few units."""


def value_seconds(n: int, k: int) -> float:
    """Seconds that valuing a set of centres takes on a slow core, about."""
    return 5e-3 + 6e-6 * n * k if n <= FEW else 2e-3 + 6e-7 * n * k


def value_centres(model: Hess, centres: Ints, start: Floats | None = None) -> Prices:
    """Value one set of centres: by smoothing for many units, exactly for few."""
    prices = price_grids(model, centres, start)
    if model.problem.n > FEW:
        return prices
    return exact_prices(model, centres, prices)


@dataclass
class CentreSearch:
    """All sets of centres valued so far.

    Attributes:
        values: Dual value of each set (sorted tuple of units), not lowered by later work.
        valued: Valuations made.
        limit: Most valuations.
    """

    values: dict[tuple[int, ...], float] = field(default_factory=dict)
    valued: int = 0
    limit: int = 1_000_000

    def best(self, count: int) -> list[tuple[float, tuple[int, ...]]]:
        """Give the cheapest sets, ties by units."""
        return sorted((value, centres) for centres, value in self.values.items())[:count]


def medians(model: Hess, plan: Ints, k: int) -> Ints:
    """Best centre unit of each grid among its own units."""
    centres = np.zeros(k, dtype=np.int64)
    for grid in range(k):
        members = np.flatnonzero(plan == grid)
        if len(members) == 0:
            continue
        costs = model.weight[members] @ model.far[np.ix_(members, members)]
        centres[grid] = members[int(costs.argmin())]
    return centres


def search_centres(
    model: Hess,
    starts: int,
    seed: int,
    progress: Progress = silent,
    polished: int = 6,
    values: int = 1_000_000,
) -> CentreSearch:
    """Find good sets of centres.

    Args:
        model: The problem.
        starts: Location-allocation starts: the work.
        seed: Seed of all random choices.
        progress: Receiver of progress.
        polished: Local optima improved by moving single centres.
        values: Most sets of centres valued: the work. Two thirds go to the starts at most.
    """
    found = CentreSearch(limit=values)
    k = model.problem.k
    optima: dict[tuple[int, ...], Prices] = {}
    for number in range(starts):
        rng = np.random.default_rng([seed, number])
        places = spread_centres(model.problem.xy, model.weight, k, rng)
        gaps = ((model.problem.xy[:, None, :] - places[None, :, :]) ** 2).sum(axis=2)
        centres = _distinct(gaps)
        prices: Prices | None = None
        if number and 3 * found.valued >= 2 * found.limit:
            break
        for _ in range(15):
            prices = value_centres(model, centres, prices.price if prices else None)
            found.valued += 1
            found.values[tuple(sorted(centres.tolist()))] = prices.bound
            moved = medians(model, prices.plan, k)
            if len(set(moved.tolist())) < k or np.array_equal(moved, centres):
                break
            centres = moved
        assert prices is not None
        optima[tuple(centres.tolist())] = prices
        step(progress, 0.6 * (number + 1) / starts)
    ranked = sorted(optima, key=lambda c: (optima[c].bound, c))
    kept: dict[tuple[int, ...], tuple[int, ...]] = {}
    for centres_of in ranked:
        kept.setdefault(tuple(sorted(centres_of)), centres_of)
    for number, start in enumerate(list(kept.values())[:polished]):
        _descend(model, np.array(start), optima[start], found)
        step(progress, 0.6 + 0.4 * (number + 1) / polished)
    return found


def _distinct(gaps: Floats) -> Ints:
    chosen: list[int] = []
    for grid in range(gaps.shape[1]):
        column = gaps[:, grid].copy()
        column[chosen] = np.inf
        chosen.append(int(column.argmin()))
    return np.array(chosen, dtype=np.int64)


def _descend(
    model: Hess, centres: Ints, prices: Prices, found: CentreSearch, width: int = 12
) -> None:
    """Move one centre at a time to one of the nearest units while the value falls."""
    k = len(centres)
    value = prices.bound
    improved = True
    while improved:
        improved = False
        for grid in range(k):
            near = np.argsort(model.far[centres[grid]], kind="stable")[: width + 1]
            for unit in near:
                if unit in centres:
                    continue
                trial = centres.copy()
                trial[grid] = unit
                key = tuple(sorted(trial.tolist()))
                if key in found.values:
                    continue
                if found.valued >= found.limit:
                    return
                found.valued += 1
                new = value_centres(model, trial, prices.price)
                found.values[key] = new.bound
                if new.bound < value * (1 - 1e-9):
                    centres, prices, value, improved = trial, new, new.bound, True
