"""How much of each site is seen, from how many kilometres of each class, and by whom first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from linzhang_plugin.core.progress import Progress, silent, step
from linzhang_plugin.core.slopes.observers import Observers, ViewClass
from linzhang_plugin.core.terrain.raster import Raster
from linzhang_plugin.core.terrain.viewshed import Fan, fan, padded, seen_from
from linzhang_plugin.core.terrain.zonal import cells_of_each

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Sight:
    """What is seen.

    Attributes:
        metres: (s, c) metres of each class's lines from which some of the site is seen.
        spots: (s, c) observers of each class that see some of it.
        share: (s,) share of the site's cells that anybody sees.
        looked: (s,) sites of which some cell has a height; of the others nothing is known.
    """

    metres: Floats
    spots: Ints
    share: Floats
    looked: npt.NDArray[np.bool_]


def sight(
    dem: Raster,
    shapes: npt.NDArray[np.object_],
    points: Observers,
    classes: list[ViewClass],
    reach_m: float,
    target_m: float = 0.0,
    progress: Progress = silent,
) -> Sight:
    """Look from every observer at every site within reach.

    Args:
        dem: Heights, m, square cells, projected CRS (m).
        shapes: (s,) site polygons in the DEM's CRS.
        points: Observers in the DEM's CRS; those outside the DEM see nothing.
        classes: The view classes that ``points.kind`` numbers.
        reach_m: Farthest distance seen, m.
        target_m: Height above the ground of what is looked at, m.
        progress: Receiver of progress.

    Raises:
        CancelledError: Stopped by ``progress``.
    """
    site, row, col = cells_of_each(dem, shapes)
    size = np.bincount(site, minlength=len(shapes))
    reach = max(1, round(reach_m / dem.cell[0]))
    rays: Fan = fan(reach, dem.cell[0], reach_m)
    known = np.isfinite(dem.array)
    looked = np.bincount(site[known[row, col]], minlength=len(shapes)) > 0
    around = padded(dem.array, known, reach)
    metres = np.zeros((len(shapes), len(classes)))
    spots = np.zeros((len(shapes), len(classes)), dtype=np.int64)
    ever = np.zeros(len(site), dtype=bool)
    at_row, at_col = dem.cells_of(points.xy[:, 0], points.xy[:, 1])
    for number, (r, c) in enumerate(zip(at_row.tolist(), at_col.tolist(), strict=True)):
        if number % 16 == 0:
            step(progress, number / max(1, len(at_row)))
        if not (0 <= r < known.shape[0] and 0 <= c < known.shape[1] and known[r, c]):
            continue
        near = np.flatnonzero((np.abs(row - r) <= reach) & (np.abs(col - c) <= reach))
        if not len(near):
            continue
        kind = int(points.kind[number])
        seen = seen_from(around, r, c, rays, classes[kind].eye_m, target_m)
        hit = near[seen[row[near] - r + reach, col[near] - c + reach]]
        ever[hit] = True
        sites = np.unique(site[hit])
        metres[sites, kind] += points.metres[number]
        spots[sites, kind] += 1
    share = np.bincount(site, weights=ever, minlength=len(shapes)) / np.maximum(size, 1)
    return Sight(metres, spots, share, looked)


def first_hillside(dem: Raster, foot: Floats, top: Floats, ridge_m: float) -> npt.NDArray[np.bool_]:
    """Tell whether no ridge lies between a corridor and a site (第一面山坡).

    The profile from the corridor's nearest point to the site's nearest cell is followed: a ridge
    has been crossed where the ground, having risen by ``ridge_m`` above the corridor, falls by
    ``ridge_m`` again.

    Args:
        dem: Heights, m, projected CRS.
        foot: (s, 2) nearest points of the corridors.
        top: (s, 2) points of the sites.
        ridge_m: Least height of a ridge, m.
    """
    first = np.zeros(len(foot), dtype=bool)
    for number, (start, end) in enumerate(zip(foot, top, strict=True)):
        length = float(np.hypot(*(end - start)))
        t = np.linspace(0.0, 1.0, max(2, int(np.ceil(length / (0.5 * dem.cell[0]))) + 1))
        line = start + t[:, None] * (end - start)
        ground = dem.at(line[:, 0], line[:, 1])
        ground = ground[np.isfinite(ground)]
        if not len(ground):
            continue
        highest = np.maximum.accumulate(ground)
        crossed = (highest >= ground[0] + ridge_m) & (ground <= highest - ridge_m)
        first[number] = not crossed.any()
    return first
