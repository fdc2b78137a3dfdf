"""What an observer sees of a DEM, by rays to the perimeter with a running horizon.

From the observer one ray goes to every cell on the border of the window; along it heights are
interpolated linearly between the two cells that it passes between, and the highest angle so far
is kept. A cell is seen when its own angle (with the target's height) reaches the horizon one step
before it, interpolated between the two rays that pass beside it. This is the R2 idea of Franklin
and Ray (1994, *Higher isn't necessarily better: visibility algorithms and experiments*) turned
round: cells look up rays instead of rays painting cells, so each cell is judged with its own
height and exactly once.

Earth curvature and refraction lower a point at distance d by d² (1 - k) / 2R with R = 6,371,008 m
and k = 0.13 (the usual coefficient of refraction for light, e.g. GRASS r.viewshed's 0.14286
differs by less than 3 cm at 5 km).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from linzhang_plugin.core.progress import Progress, silent, step

EARTH_RADIUS_M = 6_371_008.0
REFRACTION = 0.13
VOID = np.float32(-1e7)
"""Height of cells without data and beyond the DEM: they hide nothing and are not seen."""

RAYS = 2
"""Rays to each cell of the perimeter: with two, half as many cells as with one are misjudged
where ground is flat or in whole metres."""

Bools = npt.NDArray[np.bool_]
Floats32 = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Fan:
    """The rays of one quarter of a window, made once and used for every observer and quarter.

    Attributes:
        reach: Window's half width r, cells.
        left: (r, n) flat index of the cell to the left of ray j at step i.
        share: (r, n) share of the cell to the right of it.
        drop: (r, n) curvature drop, m.
        seen_step: (t,) step of each cell of the quarter.
        seen_cell: (t,) its flat index in the quarter.
        seen_ray: (t,) flat index of the ray to its left one step before it.
        seen_share: (t,) share of the ray to its right.
        seen_drop: (t,) its curvature drop, m.
    """

    reach: int
    left: Ints
    share: Floats32
    drop: Floats32
    seen_step: Floats32
    seen_cell: Ints
    seen_ray: Ints
    seen_share: Floats32
    seen_drop: Floats32


def fan(reach: int, cell: float, limit: float = np.inf, refraction: float = REFRACTION) -> Fan:
    """Prepare the rays for windows of one size.

    Args:
        reach: Half width of the window, cells, at least 1.
        cell: Cell size, m.
        limit: Farthest distance seen, m; cells beyond it are not judged.
        refraction: Coefficient of refraction; 1 switches curvature off.
    """
    bend = (1.0 - refraction) / (2.0 * EARTH_RADIUS_M) * cell**2
    steps = np.arange(1, reach + 1, dtype=np.float64)[:, None]
    count = 2 * RAYS * reach + 1
    across = steps * np.linspace(-1.0, 1.0, count)[None, :]
    floor = np.minimum(np.floor(across), reach - 1)
    width = 2 * reach + 1
    left = (np.arange(reach)[:, None] * width + floor + reach).astype(np.int64)
    drop = bend * (steps**2 + across**2)
    row, offset = np.nonzero(np.abs(np.arange(-reach, reach + 1))[None, :] <= steps)
    i, m = row + 1.0, offset - float(reach)
    judged = (i**2 + m**2) * cell**2 <= limit**2
    row, offset, i, m = row[judged], offset[judged], i[judged], m[judged]
    place = (m / i + 1.0) * reach * RAYS
    ray = np.minimum(np.floor(place), count - 2)
    return Fan(
        reach,
        left,
        (across - floor).astype(np.float32),
        drop.astype(np.float32),
        i.astype(np.float32),
        row * width + offset,
        np.maximum(row - 1, 0) * count + ray.astype(np.int64),
        (place - ray).astype(np.float32),
        (bend * (i**2 + m**2)).astype(np.float32),
    )


def padded(dem: npt.NDArray[Any], valid: Bools, reach: int) -> Floats32:
    """Surround a DEM by ``reach`` void cells so that windows never leave it."""
    z = np.where(valid, dem, VOID).astype(np.float32)
    return np.pad(z, reach, constant_values=VOID)


def seen_from(
    surroundings: Floats32, row: int, col: int, rays: Fan, eye: float, target: float = 0.0
) -> Bools:
    """Tell which cells of the window around a cell are seen from it.

    Args:
        surroundings: Result of :func:`padded` with the fan's reach.
        row: Observer's row in the unpadded DEM.
        col: Observer's column.
        rays: Result of :func:`fan`.
        eye: Observer's eye above the ground, m.
        target: Height above the ground that has to be seen, m.

    Returns:
        (2r+1, 2r+1) seen cells; the observer's own cell is seen.
    """
    reach = rays.reach
    window = surroundings[row : row + 2 * reach + 1, col : col + 2 * reach + 1]
    height = np.float32(window[reach, reach] + eye)
    seen = np.zeros(window.shape, dtype=bool)
    seen[reach, reach] = True
    for turned, painted in (
        (window, seen),
        (window[::-1], seen[::-1]),
        (window.T, seen.T),
        (window.T[::-1], seen.T[::-1]),
    ):
        quarter = np.ascontiguousarray(turned[reach + 1 :])
        found = _seen_in_quarter(quarter, height, rays, np.float32(target))
        rows, cols = np.divmod(rays.seen_cell[found], 2 * reach + 1)
        painted[rows + reach + 1, cols] = True
    return seen


def _seen_in_quarter(quarter: Floats32, height: np.float32, rays: Fan, target: np.float32) -> Bools:
    """Judge the cells of one quarter; the observer looks along increasing rows."""
    flat = quarter.ravel()
    near = flat[rays.left]
    angle = near + (flat[rays.left + 1] - near) * rays.share
    angle -= rays.drop
    angle -= height
    angle /= np.arange(1, rays.reach + 1, dtype=np.float32)[:, None]
    np.maximum.accumulate(angle, axis=0, out=angle)
    ground = flat[rays.seen_cell]
    own = (ground + target - rays.seen_drop - height) / rays.seen_step
    horizons = angle.ravel()
    horizon = horizons[rays.seen_ray]
    horizon += (horizons[rays.seen_ray + 1] - horizon) * rays.seen_share
    return ((own >= horizon) | (rays.seen_step == 1)) & (ground > VOID / 2)


def times_seen(
    dem: npt.NDArray[Any],
    valid: Bools,
    observers: Iterable[tuple[int, int]],
    rays: Fan,
    eye: float,
    target: float = 0.0,
    progress: Progress = silent,
) -> npt.NDArray[np.int32]:
    """Count for each cell how many observers see it.

    Args:
        dem: (rows, cols) heights, m, square cells.
        valid: (rows, cols) cells with data.
        observers: (row, col) of each observer, inside the DEM.
        rays: Result of :func:`fan`.
        eye: Eye above the ground, m.
        target: Height above the ground to be seen, m.
        progress: Receiver of progress.

    Returns:
        (rows, cols) counts.

    Raises:
        CancelledError: Stopped by ``progress``.
    """
    reach = rays.reach
    surroundings = padded(dem, valid, reach)
    counts = np.zeros(surroundings.shape, dtype=np.int32)
    places = list(observers)
    for number, (row, col) in enumerate(places):
        if number % 16 == 0:
            step(progress, number / len(places))
        seen = seen_from(surroundings, row, col, rays, eye, target)
        counts[row : row + 2 * reach + 1, col : col + 2 * reach + 1] += seen
    rows, cols = dem.shape
    return counts[reach : reach + rows, reach : reach + cols]
