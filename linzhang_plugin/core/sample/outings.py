"""Walkers of the sample county, all at once: where each is every fifteen seconds.

A walker heads for a place in the own grid, turns slowly, breathes in pace, rests, and chooses the
next place near by. Positions before GPS noise are the truth. Nothing here uses the engines that
will judge the traces.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

STEP_S = 15
"""Seconds between fixes, as the platforms record."""
CHOICES = 4
"""Places among which a walker chooses the next."""
REST_CHANCE = 0.004
"""Chance that a rest begins at a step."""


@dataclass(frozen=True, eq=False)
class Country:
    """Places to walk to, by grid.

    Attributes:
        xy: (c, 2) places in m, those of a grid together.
        first: (g + 1,) where each grid's places begin.
    """

    xy: Floats
    first: Ints

    def some(self, rng: np.random.Generator, grid: Ints) -> Floats:
        """Give a random place of each of these grids, (n, 2) m."""
        size = self.first[grid + 1] - self.first[grid]
        pick = self.first[grid] + np.floor(rng.random(len(grid)) * size).astype(np.int64)
        return np.asarray(self.xy[pick])


@dataclass(frozen=True, eq=False)
class Orders:
    """What p walkers are to do.

    Attributes:
        grid: (p,) index of the grid walked in.
        steps: (p,) steps of fifteen seconds.
        pace: (p,) m/s while moving; 0 stays where it is.
        ride: (p,) first steps that are ridden.
        start: (p, 2) m.
        calls: For a walker the places to visit first, each (x, y), and to stay at.
    """

    grid: Ints
    steps: Ints
    pace: Floats
    ride: Ints
    start: Floats
    calls: dict[int, list[tuple[float, float]]]


RIDE_PACE = 7.0
"""m/s of a motorbike on a forest road: 25 km/h."""


def walk_all(rng: np.random.Generator, country: Country, orders: Orders) -> Floats:
    """Walk.

    Returns:
        (t, p, 2) positions in m; a walker stays where it ended.
    """
    count, longest = len(orders.grid), int(orders.steps.max(initial=0)) + 1
    way = np.empty((longest, count, 2))
    here = orders.start.copy()
    calls = {walker: list(places) for walker, places in orders.calls.items()}
    called = np.zeros(count, dtype=bool)
    goal = country.some(rng, orders.grid)
    for walker, places in calls.items():
        goal[walker], called[walker] = places.pop(0), True
    heading = rng.uniform(0.0, 2.0 * np.pi, count)
    breath = np.zeros(count)
    rest = np.zeros(count, dtype=np.int64)
    for t in range(longest):
        way[t] = here
        riding = t < orders.ride
        _new_goals(rng, country, orders, here, goal, called, calls, rest, riding)
        toward = np.arctan2(goal[:, 1] - here[:, 1], goal[:, 0] - here[:, 0])
        turn = np.mod(toward - heading + np.pi, 2.0 * np.pi) - np.pi
        most = np.where(riding, 1.5, 0.9)
        heading += np.clip(turn, -most, most) + rng.normal(0.0, 0.12, count)
        breath = 0.9 * breath + rng.normal(0.0, 0.06, count)
        begins = (rest == 0) & ~riding & (rng.random(count) < REST_CHANCE)
        rest[begins] = rng.integers(16, 60, count)[begins]
        speed = np.where(riding, RIDE_PACE, orders.pace) * np.clip(1.0 + breath, 0.5, 1.5)
        speed[(rest > 0) | (t >= orders.steps) | (orders.pace == 0.0)] = 0.0
        rest[rest > 0] -= 1
        here = here + (speed * STEP_S)[:, None] * np.stack(
            [np.cos(heading), np.sin(heading)], axis=1
        )
    return way


def _new_goals(
    rng: np.random.Generator,
    country: Country,
    orders: Orders,
    here: Floats,
    goal: Floats,
    called: Bools,
    calls: dict[int, list[tuple[float, float]]],
    rest: Ints,
    riding: Bools,
) -> None:
    """Give those who have arrived the next place; who was called there stays six minutes."""
    reach = np.where(riding, 180.0, np.where(called, 15.0, 40.0))
    there = np.flatnonzero(np.hypot(*(goal - here).T) < reach)
    if not len(there):
        return
    for walker in there[called[there]].tolist():
        rest[walker] = 24
        more = calls.get(walker)
        if more:
            goal[walker] = more.pop(0)
        else:
            called[walker] = False
    free = there[~called[there]]
    wanted = np.where(riding[free], 900.0, 450.0)
    best = np.full(len(free), np.inf)
    for _ in range(CHOICES):
        place = country.some(rng, orders.grid[free])
        off = np.abs(np.hypot(*(place - here[free]).T) - wanted)
        better = off < best
        goal[free[better]] = place[better]
        best[better] = off[better]


def add_noise(rng: np.random.Generator, way: Floats) -> None:
    """Add GPS errors that drift to positions (t, p, 2), m: 3 m each way, 0.6 m from fix to fix."""
    error = rng.normal(0.0, 3.0, way.shape[1:])
    way[:1] += error
    for here in way[1:]:
        error = 0.98 * error + rng.normal(0.0, 0.6, error.shape)
        here += error
