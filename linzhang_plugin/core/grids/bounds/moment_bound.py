"""A lower bound on the mu-weighted moment of any division into grids, centres free.

The moment of a grid S about its own centre c is the least over all points, and for any point
b within ``e`` of c it is ``Σ mu (|x-b|² - |b-c|²) ≥ Σ mu (|x-b|² - e²)`` (Huygens–Steiner). So
if the plane is covered with cells of half-diagonal ``e`` and centres ``b``, some cell's
``Σ mu (|x-b|² - e²)`` undercuts the true moment of S. Contiguity is forgotten, the rule "each
unit in exactly one grid" is priced by multipliers λ (Lagrange), and each grid then chooses the
best cell and the best fractional knapsack of units within its load bounds:

    Σ_i λ_i + Σ_g min_cell min { Σ_i x_i (mu_i (|x_i-b|² - e²) - λ_i) : L_g ≤ Σ w x ≤ U_g }.

That holds for every λ. The multipliers are climbed with a smoothed minimum over the cells;
the cells that decide are then quartered until what ``e`` costs is small. Cf. the Lagrangian of
Hess's model in Validi, Buchanan and Lykhovyd (2022, Operations Research 70:867-892), which
knows centres at units only and so does not bound the moment about free centres.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.spatial import cKDTree

from linzhang_plugin.core.grids.model import Bools, Floats, Ints, Problem
from linzhang_plugin.core.progress import Progress, silent, step

CHUNK = 2_000_000
"""Numbers (cells × units) worked on at once, to hold memory down."""

MOST_CELLS = 60_000
"""Cells at which the quartering ends; the bound is valid there, only weaker."""

MANY_GRIDS = 150
"""Grids from which on the climb looks at fewer cells for each."""


@dataclass(frozen=True, eq=False)
class Demand:
    """Load bounds of the grids, equal ones together: (L, U) pairs and how often each occurs."""

    lower: Floats
    upper: Floats
    times: Floats


@dataclass(frozen=True, eq=False)
class Priced:
    """What a grid chooses from: units with places and prices.

    Attributes:
        problem: Units, mu, loads (column 0).
        xy: (n, 2) centred coordinates.
        demand: Load bounds.
        price: (n,) multipliers, a mu.
    """

    problem: Problem
    xy: Floats
    demand: Demand
    price: Floats


@dataclass(frozen=True, eq=False)
class Cells:
    """Square cells: their (c, 2) centres and the length of a side, m."""

    centre: Floats
    side: float


def moment_bound(
    problem: Problem, xy: Floats, climbs: int = 60, progress: Progress = silent
) -> float:
    """Give a proven lower bound on the sum of the grids' moments, mu m².

    Args:
        problem: Units, mu, loads (column 0) and bounds.
        xy: (n, 2) centred coordinates.
        climbs: Steps of the climb; any number gives a valid bound.
        progress: Told about each step.
    """
    useful = problem.mu > 0
    if problem.k < 1 or int(useful.sum()) < 2:
        return 0.0
    demand = _demand(problem)
    extent = np.maximum(xy.max(axis=0) - xy.min(axis=0), 1e-6)
    # Where there are many grids, fewer places a grid say as much of the prices.
    each = 16.0 if problem.k <= MANY_GRIDS else 5.0
    side = float(np.sqrt(extent.prod() / (each * problem.k)))
    side = max(side, float(extent.max()) / 200)
    cells = Cells(_cover(xy, side), side)
    spread = float(problem.mu @ (xy**2).sum(axis=1)) / float(problem.mu.sum()) / problem.k
    if spread < 1e-6:
        return 0.0
    units = Priced(problem, xy, demand, np.full(problem.n, 2.0 * spread))
    units = replace(units, price=_climb(units, cells, spread, climbs, progress))
    return max(0.0, _certify(units, cells, spread))


def _demand(problem: Problem, classes: int = 6) -> Demand:
    """Group grids by their bounds; more than a few kinds are merged to wider ones."""
    low = np.maximum(problem.lower[:, 0], 0.0)
    high = np.minimum(problem.upper[:, 0], problem.weights[:, 0].sum())
    pairs, times = np.unique(np.stack([low, high], axis=1), axis=0, return_counts=True)
    if len(pairs) <= classes:
        return Demand(pairs[:, 0], pairs[:, 1], times.astype(np.float64))
    order = np.argsort(pairs.sum(axis=1), kind="stable")
    groups = np.array_split(order, classes)
    return Demand(
        np.array([pairs[g, 0].min() for g in groups]),
        np.array([pairs[g, 1].max() for g in groups]),
        np.array([times[g].sum() for g in groups], dtype=np.float64),
    )


def _cover(xy: Floats, side: float) -> Floats:
    """Centres of square cells that cover the units' bounding box."""
    low, high = xy.min(axis=0), xy.max(axis=0)
    counts = np.maximum(np.ceil((high - low) / side), 1).astype(np.int64)
    axes = [low[d] + side * (np.arange(counts[d]) + 0.5) for d in (0, 1)]
    return np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 2)


def _climb(units: Priced, cells: Cells, spread: float, climbs: int, progress: Progress) -> Floats:
    """Climb the multipliers from those given (Adam on the smoothed dual, tail averaged)."""
    problem, price = units.problem, units.price
    q = min(problem.n, int(2.0 * problem.n / problem.k) + 8)
    first, second = np.zeros(problem.n), np.zeros(problem.n)
    average, weight = np.zeros(problem.n), 0.0
    typical = spread * float(problem.mu.sum()) / problem.k
    for at in range(climbs):
        step(progress, at / max(climbs, 1))
        done = at / max(climbs - 1, 1)
        # Cells move a little every time, so that no place between them is forgotten.
        shift = cells.side * (np.array([at * 0.7548776662, at * 0.5698402910]) % 1.0 - 0.5)
        heat = typical * 0.1 * 0.05**done
        used = _usage(replace(units, price=price), cells.centre + shift, q, heat)
        slope = 1.0 - used
        first = 0.8 * first + 0.2 * slope
        second = 0.95 * second + 0.05 * slope**2
        pace = 0.25 * spread * 0.02**done
        hat1, hat2 = first / (1 - 0.8 ** (at + 1)), second / (1 - 0.95 ** (at + 1))
        price = price + pace * hat1 / (np.sqrt(hat2) + 0.05)
        if done > 0.7:
            average += price
            weight += 1.0
    return average / weight if weight else price


def _knapsacks(
    units: Priced, centre: Floats, near: Ints, reach2: float
) -> tuple[Ints, Floats, Floats, Floats]:
    """Sort each cell's candidates by reduced cost a load; running loads, costs and mu."""
    problem, xy, price = units.problem, units.xy, units.price
    mu, load = problem.mu[near], np.maximum(problem.weights[near, 0], 1e-12)
    apart = ((xy[near] - centre[:, None, :]) ** 2).sum(axis=2)
    cost = mu * (apart - reach2 - price[near])
    order = np.argsort(cost / load, axis=1, kind="stable")
    near = np.take_along_axis(near, order, axis=1)
    loads = np.cumsum(np.take_along_axis(load, order, axis=1), axis=1)
    costs = np.cumsum(np.take_along_axis(cost, order, axis=1), axis=1)
    masses = np.cumsum(np.take_along_axis(mu, order, axis=1), axis=1)
    return near, loads, costs, masses


def _cuts(loads: Floats, costs: Floats, low: float, high: float) -> tuple[Floats, Floats]:
    """Best total load within [low, high] of each knapsack, and its cost (infinite if short)."""
    rows = np.arange(len(loads))
    at_least = costs.argmin(axis=1)
    free = np.where(costs[rows, at_least] < 0, loads[rows, at_least], 0.0)
    aim = np.clip(free, low, high)
    last = np.minimum((loads < aim[:, None]).sum(axis=1), loads.shape[1] - 1)
    before = np.where(last > 0, loads[rows, last - 1], 0.0)
    paid = np.where(last > 0, costs[rows, last - 1], 0.0)
    part = (aim - before) / np.maximum(loads[rows, last] - before, 1e-12)
    value = paid + np.clip(part, 0.0, 1.0) * (costs[rows, last] - paid)
    return aim, np.where(loads[:, -1] < aim * (1 - 1e-12), np.inf, value)


def _usage(units: Priced, centre: Floats, q: int, heat: float) -> Floats:
    """How often each unit is used by the grids' choices, smoothed over the cells (e = 0).

    A cell chooses from its ``q`` nearest units.
    """
    problem, demand = units.problem, units.demand
    near = np.asarray(cKDTree(units.xy).query(centre, q)[1], dtype=np.int64)
    near = near.reshape(len(centre), q)
    kept: list[tuple[Ints, Floats, Floats, Floats]] = []
    size = max(1, CHUNK // q)
    for a in range(0, len(centre), size):
        kept.append(_knapsacks(units, centre[a : a + size], near[a : a + size], 0.0))
    candidates = np.concatenate([part[0] for part in kept])
    loads = np.concatenate([part[1] for part in kept])
    costs = np.concatenate([part[2] for part in kept])
    used = np.zeros(problem.n)
    for low, high, times in zip(demand.lower, demand.upper, demand.times, strict=True):
        aim, value = _cuts(loads, costs, float(low), float(high))
        least = float(value.min())
        if not np.isfinite(least):
            return np.ones(problem.n)
        share = np.exp(np.maximum(-(value - least) / heat, -60.0))
        share /= share.sum()
        rows = np.flatnonzero(share > 1e-4 / problem.k)
        own = np.diff(loads[rows], axis=1, prepend=0.0)
        taken = np.clip((aim[rows, None] - (loads[rows] - own)) / own, 0.0, 1.0)
        used += times * np.bincount(
            candidates[rows].ravel(), (share[rows, None] * taken).ravel(), problem.n
        )
    return used


def _certify(units: Priced, cells: Cells, spread: float) -> float:
    """The bound for these prices over the whole plane: quarter the deciding cells."""
    problem = units.problem
    mass = float(problem.mu.sum())
    tolerance = 0.004 * spread * mass / problem.k
    least = _least(units, cells, tolerance)
    if not np.isfinite(least).all():
        return 0.0
    total = float(units.price @ problem.mu) + float(units.demand.times @ least)
    return total - 1e-9 * abs(total)


def _least(units: Priced, cells: Cells, tolerance: float) -> Floats:
    """For each kind of grid: a lower bound on its best knapsack over all covered points."""
    demand = units.demand
    done = np.full(len(demand.times), np.inf)
    known = np.full(len(demand.times), np.inf)
    while True:
        value, exact = _over(units, cells)
        known = np.minimum(known, exact.min(axis=1))
        # Cells that cannot undercut a value that is reached (by much) are settled.
        open_cells = (value < (known - tolerance)[:, None]).any(axis=0)
        if not open_cells.all():
            done = np.minimum(done, value[:, ~open_cells].min(axis=1))
        if not open_cells.any():
            return done
        if 4 * int(open_cells.sum()) > MOST_CELLS:
            return np.asarray(np.minimum(done, value[:, open_cells].min(axis=1)))
        quarter = cells.side / 4 * np.array([[-1, -1], [-1, 1], [1, -1], [1, 1]])
        parts = (cells.centre[open_cells][:, None, :] + quarter[None]).reshape(-1, 2)
        cells = Cells(parts, cells.side / 2)


def _over(units: Priced, cells: Cells) -> tuple[Floats, Floats]:
    """(kinds, cells) the bound with e, and the value at the cell's centre (e = 0)."""
    problem, demand, centre = units.problem, units.demand, cells.centre
    tree = cKDTree(units.xy)
    reach2 = cells.side * cells.side / 2.0
    most = float(units.price.max())
    sparse = float((problem.mu / np.maximum(problem.weights[:, 0], 1e-12)).min())
    kinds = len(demand.times)
    value, exact = np.empty((kinds, len(centre))), np.empty((kinds, len(centre)))
    todo = np.arange(len(centre))
    q = min(problem.n, int(1.5 * problem.n / problem.k) + 8)
    while len(todo):
        size = max(1, CHUNK // q)
        again = []
        for a in range(0, len(todo), size):
            at = todo[a : a + size]
            gap, near = tree.query(centre[at], q)
            gap, near = gap.reshape(len(at), q), near.reshape(len(at), q)
            _, loads, costs, masses = _knapsacks(units, centre[at], near, reach2)
            far = gap[:, -1] ** 2 - reach2 - most
            rows = np.arange(len(at))
            fine = np.ones(len(at), dtype=bool)
            for kind in range(kinds):
                aim, worth = _cuts(
                    loads, costs, float(demand.lower[kind]), float(demand.upper[kind])
                )
                last = np.minimum((loads < aim[:, None]).sum(axis=1), q - 1)
                fine &= _enough(far, loads, costs, last, worth, sparse)
                value[kind, at] = worth
                exact[kind, at] = worth + reach2 * masses[rows, last]
            again.append(at[~fine])
        if q == problem.n:
            break
        todo = np.concatenate(again)
        q = min(problem.n, 2 * q)
    return value, exact


def _enough(
    far: Floats, loads: Floats, costs: Floats, last: Ints, worth: Floats, sparse: float
) -> Bools:
    """Tell for which knapsacks no unit beyond the candidates could improve them.

    Such a unit costs at least ``far`` a mu: harmless if that is no gain, and dearer a load
    (``sparse`` is the least mu a load) than the last one taken.
    """
    rows = np.arange(len(loads))
    before = np.where(last > 0, costs[rows, last - 1], 0.0)
    below = np.where(last > 0, loads[rows, last - 1], 0.0)
    marginal = (costs[rows, last] - before) / np.maximum(loads[rows, last] - below, 1e-12)
    fine: Bools = (far >= 0) & np.isfinite(worth) & (far * sparse >= np.maximum(marginal, 0.0))
    return fine
