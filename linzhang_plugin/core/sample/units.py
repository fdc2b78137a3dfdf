"""County, towns and villages of the sample: who lies where, on whose side of which ridge."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from linzhang_plugin.core.sample.growth import Ground, shared_out, spread_points, whole
from linzhang_plugin.core.sample.names import TOWNS, TownPlan
from linzhang_plugin.core.sample.relief import COARSE, FINE, TIMES, Relief, noise

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
NONE = -1


@dataclass(frozen=True, eq=False)
class Units:
    """Where the units lie, on FINE cells.

    Attributes:
        towns: The towns' plans, scaled.
        town: (R, C) index of the town, -1 outside the county.
        village: (R, C) index of the village, -1 outside.
        village_town: (v,) town of each village.
        seats: (v, 2) row and column of each village's seat.
    """

    towns: tuple[TownPlan, ...]
    town: Ints
    village: Ints
    village_town: Ints
    seats: Ints


def make_units(rng: np.random.Generator, relief: Relief, scale: float) -> Units:
    """Draw the county, its towns and their villages."""
    towns = tuple(plan.scaled(scale) for plan in TOWNS)
    z, river = relief.coarse, zoomed_out(relief.from_river)
    ridge = np.clip(z - ndimage.gaussian_filter(z, 6.0), 0.0, None)
    ridge /= np.percentile(ridge, 95)
    cost = 1.0 + 7.0 * np.clip(ridge, 0, 1.5) ** 2 + np.where(river < COARSE * 1.2, 14.0, 0.0)
    county = county_mask(rng, cost, sum(plan.km2 for plan in towns))
    town = partition_towns(cost, county, towns, z)
    village, village_town, seats = partition_villages(rng, cost, town, towns, relief)
    fine = refined(village, relief)
    return Units(
        towns=towns,
        town=np.where(fine >= 0, village_town[np.maximum(fine, 0)], NONE),
        village=fine,
        village_town=village_town,
        seats=seats_inside(seats, fine, relief),
    )


def zoomed_out(fine: Floats) -> Floats:
    """Give the coarse cells' middle values of a fine raster."""
    return fine[TIMES // 2 :: TIMES, TIMES // 2 :: TIMES]


def county_mask(rng: np.random.Generator, cost: Floats, km2: float) -> npt.NDArray[np.bool_]:
    """Take the cells that are cheapest to reach from the middle, up to the wanted area."""
    rows, columns = cost.shape
    ground = Ground(cost, np.ones(cost.shape, dtype=bool))
    middle = int(0.48 * rows) * columns + int(0.5 * columns)
    far = ground.distances(np.array([middle]))[0].reshape(cost.shape)
    y, x = np.mgrid[0:rows, 0:columns]
    round_ = np.hypot((x / columns - 0.5) / 0.5, (y / rows - 0.5) / 0.5)
    score = far / np.median(far) + 1.5 * round_ + 0.12 * noise(rng, cost.shape, columns / 25)
    edge = np.minimum(np.minimum(x, columns - 1 - x), np.minimum(y, rows - 1 - y))
    score = ndimage.gaussian_filter(score, 2.0) + np.where(edge < 4, 99.0, 0.0)
    wanted = int(km2 * 1e6 / COARSE**2)
    mask = score <= np.partition(score.ravel(), wanted)[wanted]
    parts, _ = ndimage.label(mask)
    mask = parts == 1 + int(np.argmax(np.bincount(parts.ravel())[1:]))
    return np.asarray(ndimage.binary_fill_holes(mask))


def partition_towns(
    cost: Floats, county: npt.NDArray[np.bool_], towns: tuple[TownPlan, ...], z: Floats
) -> Ints:
    """Share the county out among its towns by area."""
    rows, columns = np.nonzero(county)
    height, width = np.ptp(rows) + 1, np.ptp(columns) + 1
    seeds = []
    for plan in towns:
        row = rows.min() + (1.0 - plan.north) * height
        column = columns.min() + plan.east * width
        off = np.hypot(rows - row, columns - column)
        if plan.kind == "state_farm":
            # A state farm lies high: the best hilltop near its place.
            off = off - 0.08 * width * z[rows, columns] / z.max()
        seeds.append(int(np.argmin(off)))
    ground = Ground(cost, county)
    owner = shared_out(
        ground.distances(rows[seeds] * county.shape[1] + columns[seeds]),
        np.array([plan.km2 for plan in towns]),
    )
    town = np.full(county.shape, NONE)
    town.ravel()[ground.cells] = owner
    return whole(town, 1)


def partition_villages(
    rng: np.random.Generator, cost: Floats, town: Ints, towns: tuple[TownPlan, ...], relief: Relief
) -> tuple[Ints, Ints, Ints]:
    """Share each town out among its villages, their seats in the valleys."""
    village = np.full(town.shape, NONE)
    belongs: list[int] = []
    seats: list[tuple[int, int]] = []
    low = 1.0 / (1.0 + zoomed_out(relief.above_stream) / 8.0)
    wet = zoomed_out(relief.from_river) < 260.0
    for index, plan in enumerate(towns):
        mask = town == index
        inner = ndimage.binary_erosion(mask, iterations=4) & ~wet
        rows, columns = np.nonzero(inner if inner.any() else mask)
        chosen = spread_points(rng, rows, columns, plan.villages, low[rows, columns])
        ground = Ground(cost, mask)
        share = np.exp(0.38 * rng.standard_normal(len(chosen)))
        owner = shared_out(
            ground.distances(rows[chosen] * mask.shape[1] + columns[chosen]), share, 50
        )
        village.ravel()[ground.cells] = len(belongs) + owner
        belongs += [index] * len(chosen)
        seats += [(int(rows[i]), int(columns[i])) for i in chosen]
    return whole(village, 8), np.array(belongs), np.array(seats)


def refined(village: Ints, relief: Relief) -> Ints:
    """Bring village borders to fine cells, drawn to the ridges and streams nearby."""
    fine = np.repeat(np.repeat(village, TIMES, axis=0), TIMES, axis=1)
    near = ndimage.grey_dilation(fine, 9) != ndimage.grey_erosion(fine, 9)
    z = relief.height
    line = np.abs(z - ndimage.gaussian_filter(z, 5.0))
    cost = 1.0 + 9.0 * np.clip(line / np.percentile(line, 92), 0, 1.5) ** 2
    reach = ndimage.binary_dilation(near)
    ground = Ground(cost, reach)
    seeds = np.flatnonzero(reach & ~near)
    source = ground.nearest(seeds)
    made = fine.copy()
    value = fine.ravel()[seeds[np.maximum(source, 0)]]
    flat = made.ravel()
    flat[ground.cells] = np.where(source >= 0, value, flat[ground.cells])
    return whole(made, 20)


def seats_inside(seats: Ints, village: Ints, relief: Relief) -> Ints:
    """Give each village's seat on fine cells: low ground of its own near the chosen place."""
    made = []
    for index, (row, column) in enumerate(seats * TIMES + TIMES // 2):
        rows, columns = np.nonzero(village == index)
        off = np.hypot(rows - row, columns - column) * FINE
        dry = relief.from_river[rows, columns] > 220.0
        off = off + 30.0 * relief.above_stream[rows, columns] + np.where(dry, 0.0, 5000.0)
        best = int(np.argmin(off))
        made.append((rows[best], columns[best]))
    return np.array(made)
