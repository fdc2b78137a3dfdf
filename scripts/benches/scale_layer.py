"""A made county of any size as layers: stands that tile the hills, posts, and a poor last year.

The stands are cells of a bent lattice with wiggly edges that neighbours share vertex by vertex;
farmland (smooth blobs) is left out, so that some neighbours face each other across gaps. Towns
are the cells nearest to spread seats, with ragged borders. Last year's grids are the stands
nearest to chance centres: unequal, with a few enclaves, as inherited plans are.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from scipy.ndimage import gaussian_filter
from scipy.spatial import cKDTree

CRS = "EPSG:4547"
ORIGIN = np.array([500_000.0, 2_850_000.0])
"""South-west corner, m."""
SIDE = 163.0
"""Mean side of a stand, m: about 40 mu."""
BENDS = 4
"""Vertices between two corners of a stand."""


@dataclass(frozen=True, eq=False)
class Made:
    """Stands (``id, town, village, last_year, po_du``) and rangers, in ``CRS``."""

    stands: gpd.GeoDataFrame
    rangers: gpd.GeoDataFrame


def made_county(n: int = 60_000, k: int = 600, towns: int = 20, seed: int = 0) -> Made:
    """Make about ``n`` stands for ``k`` posts in ``towns`` towns."""
    rng = np.random.default_rng([seed, n, k, towns])
    wide = int(np.ceil(np.sqrt(n / 0.93)))
    cells = _cells(wide, rng)
    field = gaussian_filter(rng.normal(size=(wide, wide)), 2.0).ravel()
    keep = np.flatnonzero(field > np.quantile(field, 0.07))
    xy = np.column_stack(np.divmod(keep, wide)).astype(float)[:, ::-1] * SIDE
    town = _towns(xy, towns, wide * SIDE, rng)
    steep = gaussian_filter(rng.normal(size=(wide, wide)), 12.0).ravel()[keep]
    slope = 1 + np.searchsorted(np.quantile(steep, [0.1, 0.3, 0.55, 0.8, 0.95]), steep)
    last, homes, owner = _last_year(xy, town, k, rng)
    village = cKDTree(xy[rng.choice(len(xy), max(1, 3 * k // 2), replace=False)]).query(xy)[1]
    names = np.array([f"360702{100 + t:03d}" for t in range(towns)])
    codes = np.array([f"{names[t]}W{g:03d}" for g, t in enumerate(owner)])
    stands = gpd.GeoDataFrame(
        {
            "id": [f"s{i:06d}" for i in range(len(xy))],
            "town": names[town],
            "village": [f"{names[t]}{v % 1000:03d}" for t, v in zip(town, village, strict=True)],
            "last_year": codes[last],
            "po_du": slope.astype(np.int64),
        },
        geometry=cells[keep],
        crs=CRS,
    )
    places = shapely.points(*(homes + ORIGIN).T)
    rangers = gpd.GeoDataFrame(
        {
            "person_id": [f"p{i:04d}" for i in range(k)],
            "name": [f"示例{i:04d}" for i in range(k)],
            "town_code": names[owner],
            "previous_grid_code": codes,
        },
        geometry=places,
        crs=CRS,
    )
    return Made(stands, rangers)


def _cells(wide: int, rng: np.random.Generator) -> np.ndarray:
    """(wide²,) polygons of a bent lattice, row by row; edges are shared vertex by vertex."""
    at = np.arange(wide + 1) * SIDE
    x, y = np.meshgrid(at, at)
    corner = np.stack([x, y], axis=2) + rng.uniform(-0.32, 0.32, (wide + 1, wide + 1, 2)) * SIDE
    across = _bent(corner[:, :-1], corner[:, 1:], rng)
    along = _bent(corner[:-1], corner[1:], rng)
    ring = np.concatenate(
        [across[:-1], along[:, 1:], across[1:, :, ::-1], along[:, :-1, ::-1]], axis=2
    )
    # Each stretch holds its first corner; turned ones lost theirs and hold the other's.
    ring = ring.reshape(wide * wide, -1, 2) + ORIGIN
    ring = np.concatenate([ring, ring[:, :1]], axis=1)
    return np.asarray(shapely.make_valid(shapely.polygons(ring)))


def _bent(start: np.ndarray, end: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Stretches of a start corner, bends and an end corner: (rows, columns, 2 + BENDS, 2)."""
    share = np.linspace(0.0, 1.0, BENDS + 2)
    line = start[:, :, None] + (end - start)[:, :, None] * share[:, None]
    wiggle = rng.uniform(-0.03, 0.03, line.shape) * SIDE
    wiggle[:, :, [0, -1]] = 0.0
    return line + wiggle


def _towns(xy: np.ndarray, towns: int, wide: float, rng: np.random.Generator) -> np.ndarray:
    """(n,) town of each stand."""
    seats = rng.uniform(0, wide, (towns, 2))
    for _ in range(8):
        near = cKDTree(seats).query(xy)[1]
        seats = np.array([xy[near == t].mean(axis=0) if (near == t).any() else seats[t]
                          for t in range(towns)])  # fmt: skip
    ragged = xy + np.stack([np.sin(xy[:, 1] / 900.0), np.cos(xy[:, 0] / 700.0)], axis=1) * 400.0
    return np.asarray(cKDTree(seats).query(ragged)[1])


def _last_year(
    xy: np.ndarray, town: np.ndarray, k: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Last year's grid of each stand; home and town of each grid."""
    size = np.bincount(town)
    posts = np.maximum(1, np.round(size / len(xy) * k).astype(int))
    while posts.sum() != k:
        posts[int(np.argmax(size / posts if posts.sum() < k else -size / posts))] += np.sign(
            k - posts.sum()
        )
    last, homes, owner, first = np.zeros(len(xy), dtype=int), [], [], 0
    for t, count in enumerate(posts):
        here = np.flatnonzero(town == t)
        seats = xy[rng.choice(here, count, replace=False)]
        # Two steps towards even grids: poor, not absurd.
        for _ in range(2):
            near = cKDTree(seats).query(xy[here])[1]
            seats = np.array([xy[here][near == g].mean(axis=0) if (near == g).any() else seats[g]
                              for g in range(count)])  # fmt: skip
        last[here] = first + cKDTree(seats).query(xy[here])[1]
        homes.append(seats + rng.normal(0, 400.0, seats.shape))
        owner += [t] * count
        first += count
    stray = rng.random(len(xy)) < 0.004
    grid_xy = np.concatenate(homes)
    for i in np.flatnonzero(stray):
        mine = np.flatnonzero(np.array(owner) == town[i])
        gap = ((grid_xy[mine] - xy[i]) ** 2).sum(axis=1)
        last[i] = mine[np.argsort(gap)[min(1, len(mine) - 1)]]
    return last, grid_xy, np.array(owner)
