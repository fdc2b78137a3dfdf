"""Stands as cells: the forest cut along ridges and streams into pieces of lognormal size."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from linzhang_plugin.core.sample.cover import FOREST
from linzhang_plugin.core.sample.growth import Ground, pieces, whole
from linzhang_plugin.core.sample.relief import FINE, Relief, noise
from linzhang_plugin.core.sample.units import Units
from linzhang_plugin.core.tables.units import MU_M2

Ints = npt.NDArray[np.int64]

MEAN_MU = 115.0
LEAST_MU = 5.0
MOST_MU = 600.0


def make_segments(rng: np.random.Generator, relief: Relief, units: Units, cover: Ints) -> Ints:
    """Number the forest cells by stand, 0 … n-1; -1 elsewhere. A stand lies in one village."""
    forest = cover == FOREST
    z = relief.height
    line = np.abs(z - ndimage.gaussian_filter(z, 4.0))
    cost = 1.0 + 6.0 * np.clip(line / np.percentile(line[forest], 90), 0, 1.4) ** 2
    plot = np.where(forest, units.village, -1)
    plot = whole(plot, 6)
    part, count = pieces(plot)
    ground = Ground(cost, forest, part)
    cells = len(ground.cells)
    density = np.exp(0.75 * noise(rng, z.shape, 26.0)).ravel()[ground.cells]
    wanted = round(cells * FINE**2 / MU_M2 / MEAN_MU * 0.92)
    chance = np.cumsum(density / density.sum())
    picked = np.searchsorted(chance, rng.random(wanted))
    firsts = np.unique(part.ravel()[ground.cells], return_index=True)[1]
    seeds = np.unique(np.concatenate([picked, firsts[: max(0, count)]]))
    labels = np.full(z.shape, -1)
    owner = ground.nearest(ground.cells[seeds])
    most = round(MOST_MU * MU_M2 / FINE**2)
    for _ in range(8):
        size = np.bincount(owner, minlength=len(seeds))
        large = np.flatnonzero(size > 0.72 * most)
        if not len(large):
            break
        order = np.argsort(owner, kind="stable")
        start = np.concatenate([[0], np.cumsum(size)])
        more = [order[start[i] + (rng.random(3) * size[i]).astype(int)] for i in large]
        seeds = np.unique(np.concatenate([seeds, *more]))
        owner = ground.nearest(ground.cells[seeds])
    labels.ravel()[ground.cells] = owner
    labels = whole(labels, int(np.ceil(LEAST_MU * MU_M2 / FINE**2)) + 1, units.village)
    used = np.unique(labels[labels >= 0])
    renumber = np.full(int(used.max()) + 1, -1)
    renumber[used] = np.arange(len(used))
    return np.where(labels >= 0, renumber[np.maximum(labels, 0)], -1)
