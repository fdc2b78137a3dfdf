"""Terrain of an invented county: hills carved by streams that drain into two joining rivers.

Heights come from a stream-power landscape (uplift against incision; implicit scheme of Braun
and Willett 2013, Geomorphology 180) on 75 m cells, so that every valley drains and every ridge
is a divide. The 25 m model is its cubic interpolation with flat valley floors and fine noise.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import ndimage

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

COARSE = 75.0
"""Cell of the drainage model, m."""
FINE = 25.0
"""Cell of the elevation model, m."""
TIMES = 3
LOWEST = 93.0
HIGHEST = 1016.4
STEPS = 40
ROUNDED = (10, 24)
"""Turns before which slopes creep; creeping makes pits, so they drain by flooding again."""


@dataclass(frozen=True, eq=False)
class Relief:
    """Terrain and drainage; all rasters north first.

    Attributes:
        height: (R, C) m, on FINE cells.
        above_stream: (R, C) height above the stream that the cell drains to, m.
        from_river: (R, C) distance to the middle of the main rivers, m.
        coarse: (r, c) m, on COARSE cells.
        receiver: (r*c,) cell that each coarse cell drains to; itself for a river cell.
        upstream: (r*c,) drained area, km².
        rivers: Main rivers as (n, 2) arrays of metres from the south-west corner.
    """

    height: Floats
    above_stream: Floats
    from_river: Floats
    coarse: Floats
    receiver: Ints
    upstream: Floats
    rivers: tuple[Floats, ...]


def make_relief(rng: np.random.Generator, width: float, length: float) -> Relief:
    """Make the terrain of a rectangle of ``width`` by ``length`` m (west–east, south–north)."""
    shape = (round(length / COARSE), round(width / COARSE))
    rivers = main_rivers(rng, shape[1] * COARSE, shape[0] * COARSE)
    distance, profile = river_rasters(rivers, shape)
    base = distance < COARSE
    uplift = uplift_of(rng, shape, distance)
    rough = 6.0 * noise(rng, shape, 9.0) + 3.0 * noise(rng, shape, 3.0) + 0.004 * distance
    z, receiver, area = carve(rough, base, uplift)
    z = stretch(z)
    stream = stream_height(z, receiver, area, base)
    floor = np.maximum(z - stream, 0.0)
    z = LOWEST + profile + stream + soften(floor)
    fine = ndimage.zoom(z, TIMES, order=3, mode="nearest", grid_mode=True)
    hand = np.maximum(zoom(soften(floor)), 0.0)
    fine += np.clip(hand / 40.0, 0.0, 1.0) * 4.0 * noise(rng, fine.shape, 3.0)
    return Relief(
        height=np.clip(fine, LOWEST, HIGHEST),
        above_stream=hand,
        from_river=np.maximum(zoom(distance), 0.0),
        coarse=z,
        receiver=receiver,
        upstream=area,
        rivers=rivers,
    )


def zoom(coarse: Floats) -> Floats:
    """Bring a coarse raster to FINE cells."""
    return ndimage.zoom(coarse, TIMES, order=1, mode="nearest", grid_mode=True)


def noise(rng: np.random.Generator, shape: tuple[int, ...], sigma: float) -> Floats:
    """Give smooth noise of mean 0 and standard deviation 1; ``sigma`` in cells."""
    raw = ndimage.gaussian_filter(rng.standard_normal(shape), sigma, mode="nearest")
    return (raw - raw.mean()) / raw.std()


def main_rivers(rng: np.random.Generator, width: float, length: float) -> tuple[Floats, ...]:
    """Draw two rivers, from the south-west and the east, that join and leave to the north."""
    meeting = np.array([0.50 * width, 0.60 * length])
    west = bent(rng, np.array([-0.02 * width, 0.40 * length]), meeting, 0.05 * width)
    east = bent(rng, np.array([1.02 * width, 0.52 * length]), meeting, 0.05 * width)
    north = bent(rng, meeting, np.array([0.40 * width, 1.02 * length]), 0.045 * width)
    return (np.vstack([west, north[1:]]), east)


def bent(rng: np.random.Generator, start: Floats, end: Floats, swing: float) -> Floats:
    """Give a meandering line between two points, ends kept."""
    t = np.linspace(0.0, 1.0, 161)
    phase, waves = rng.random(3), 1.6 + rng.random(3) * np.array([0.8, 1.8, 2.6])
    side = sum(
        np.sin(2 * np.pi * (waves[i] * t + phase[i])) * swing / (i + 1) ** 1.2 for i in range(3)
    )
    side = side * np.sin(np.pi * t) ** 0.6
    along = end - start
    normal = np.array([-along[1], along[0]]) / np.hypot(*along)
    line = start + t[:, None] * along + np.asarray(side)[:, None] * normal
    return np.asarray(line)


def river_rasters(rivers: tuple[Floats, ...], shape: tuple[int, int]) -> tuple[Floats, Floats]:
    """Give per coarse cell the distance to a river (m) and that river's height above the outlet."""
    rows, columns = shape
    mark = np.full(shape, np.nan)
    falls = (0.00035, 0.00045)
    for line, fall, lift in zip(reversed(rivers), reversed(falls), (0.0, 0.0), strict=True):
        steps = np.hypot(*np.diff(line, axis=0).T)
        dense = np.concatenate([[0.0], np.cumsum(steps)])
        at = np.arange(0.0, dense[-1], COARSE / 3)
        x, y = np.interp(at, dense, line[:, 0]), np.interp(at, dense, line[:, 1])
        row, column = rows - 1 - (y // COARSE).astype(int), (x // COARSE).astype(int)
        inside = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
        mark[row[inside], column[inside]] = lift + fall * (dense[-1] - at[inside])
    distance, (near_row, near_column) = ndimage.distance_transform_edt(
        np.isnan(mark), sampling=COARSE, return_indices=True
    )
    return distance, ndimage.gaussian_filter(mark[near_row, near_column], 8.0)


def uplift_of(rng: np.random.Generator, shape: tuple[int, int], distance: Floats) -> Floats:
    """Let low mountains rise in the south-east and the north-west, hills in between."""
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]]
    x, y = x / shape[1], 1.0 - y / shape[0]
    south = 2.6 * np.exp(-(((x - 0.64) / 0.24) ** 2 + ((y - 0.19) / 0.17) ** 2))
    west = 1.3 * np.exp(-(((x - 0.16) / 0.17) ** 2 + ((y - 0.80) / 0.20) ** 2))
    east = 0.7 * np.exp(-(((x - 0.90) / 0.15) ** 2 + ((y - 0.84) / 0.18) ** 2))
    rise = 0.85 + south + west + east + 0.30 * noise(rng, shape, shape[1] / 22)
    return np.clip(rise, 0.3, None) * np.clip(distance / 1800.0, 0.2, 1.0)


def carve(
    start: Floats, base: npt.NDArray[np.bool_], uplift: Floats
) -> tuple[Floats, Ints, Floats]:
    """Let streams cut the rising land until valleys and ridges stand.

    Returns:
        Height above the rivers (model units), receivers, drained area in km².
    """
    shape = start.shape
    z = np.where(base, 0.0, np.maximum(start - start.min(), 0.01)).ravel()
    fixed, rise = base.ravel(), uplift.ravel()
    receiver, length = flood_receivers(z.reshape(shape), base)
    area = np.zeros(z.size)
    for turn in range(STEPS):
        if turn in ROUNDED:
            z = np.where(fixed, 0.0, ndimage.gaussian_filter(z.reshape(shape), 0.9).ravel())
            receiver, length = flood_receivers(z.reshape(shape), base)
        elif turn:
            receiver, length = steepest(z.reshape(shape), fixed)
        levels = tree_levels(receiver)
        area = accumulate(receiver, levels) * (COARSE / 1000) ** 2
        dt = 4.0 if turn < STEPS - 6 else 1.0
        factor = dt * 0.9 * area**0.45 / (length / COARSE)
        z = np.where(fixed, 0.0, z + dt * rise)
        for level in levels[1:]:
            z[level] = (z[level] + factor[level] * z[receiver[level]]) / (1.0 + factor[level])
    return z.reshape(shape), receiver, area


NEIGHBOURS = ((-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1))


def steepest(z: Floats, fixed: npt.NDArray[np.bool_]) -> tuple[Ints, Floats]:
    """Give each cell's steepest lower neighbour (itself where there is none) and the distance."""
    rows, columns = z.shape
    padded = np.pad(z, 1, constant_values=np.inf)
    best = np.zeros(z.shape)
    receiver = np.arange(z.size).reshape(z.shape)
    own = receiver.copy()
    length = np.full(z.shape, COARSE)
    for down, right in NEIGHBOURS:
        far = COARSE * float(np.hypot(down, right))
        other = padded[1 + down : 1 + down + rows, 1 + right : 1 + right + columns]
        slope = (z - other) / far
        better = slope > best
        best[better] = slope[better]
        receiver[better] = (own + down * columns + right)[better]
        length[better] = far
    receiver, length = receiver.ravel(), length.ravel()
    receiver[fixed] = np.flatnonzero(fixed)
    return receiver, length


def flood_receivers(z: Floats, base: npt.NDArray[np.bool_]) -> tuple[Ints, Floats]:
    """Give receivers without pits: from each cell up to the river (priority flood).

    Barnes, Lehman, Mulla 2014, Computers & Geosciences 62.
    """
    rows, columns = z.shape
    height = z.ravel()
    receiver = np.arange(z.size)
    length = np.full(z.size, COARSE)
    seen = base.ravel().copy()
    heap = [(0.0, int(cell)) for cell in np.flatnonzero(seen)]
    heapq.heapify(heap)
    while heap:
        level, cell = heapq.heappop(heap)
        row, column = divmod(cell, columns)
        for down, right in NEIGHBOURS:
            r, c = row + down, column + right
            if not (0 <= r < rows and 0 <= c < columns):
                continue
            other = r * columns + c
            if seen[other]:
                continue
            seen[other] = True
            receiver[other] = cell
            length[other] = COARSE * float(np.hypot(down, right))
            heapq.heappush(heap, (max(level, float(height[other])), other))
    return receiver, length


def tree_levels(receiver: Ints) -> list[Ints]:
    """Group the cells by their number of steps to the end of their stream."""
    depth = (receiver != np.arange(receiver.size)).astype(np.int64)
    jump = receiver.copy()
    while True:
        further = depth + depth[jump]
        if np.array_equal(further, depth):
            break
        depth, jump = further, jump[jump]
    order = np.argsort(depth, kind="stable")
    return np.split(order, np.cumsum(np.bincount(depth))[:-1])


def accumulate(receiver: Ints, levels: list[Ints]) -> Floats:
    """Count the cells that drain through each cell, itself included."""
    count = np.ones(receiver.size)
    for level in reversed(levels[1:]):
        np.add.at(count, receiver[level], count[level])
    return count


def stretch(z: Floats) -> Floats:
    """Bring model heights to metres above the river: many low hills, few mountains."""
    share = z / z.max()
    return (HIGHEST - LOWEST - 12.0) * (0.62 * share + 0.38 * share**2.5)


def stream_height(
    z: Floats, receiver: Ints, area: Floats, base: npt.NDArray[np.bool_], least: float = 0.45
) -> Floats:
    """Give the height of the stream cell (draining ``least`` km² or more) below each cell."""
    stream = (area >= least) | base.ravel()
    height = z.ravel().copy()
    for level in tree_levels(receiver)[1:]:
        dry = level[~stream[level]]
        height[dry] = height[receiver[dry]]
    return height.reshape(z.shape)


def soften(above: Floats, floor: float = 9.0) -> Floats:
    """Flatten the lowest metres above a stream into a valley floor; order is kept."""
    return above * above / (above + floor)
