"""The figures of a plan, the same for a computed plan, last year's and one drawn by hand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy.sparse as sp
import shapely
from scipy.sparse.csgraph import connected_components

from linzhang_plugin.core.grids.arrays import Array
from linzhang_plugin.core.grids.land.islands import components
from linzhang_plugin.core.grids.model import Bools, Floats, Ints

TINY = 1e-6
"""Mu or percent by which a bound may be missed without being broken."""


@dataclass(frozen=True, eq=False)
class Parts:
    """How the grids of a plan hang together.

    Attributes:
        label: (n,) part of each stand, numbered over the whole plan; -1 without a grid.
        n_parts: (k,) parts of each grid, islands included.
        n_islands: (k,) parts that are whole components of their town's links, in a grid that
            has other parts: no link reaches them (飞地).
        disconnected: (k,) True where parts that links could reach lie apart.
        enclave: (n,) stand lies in a part of its grid that is not the grid's largest and that
            links do reach: it was cut off.
    """

    label: Ints
    n_parts: Ints
    n_islands: Ints
    disconnected: Bools
    enclave: Bools


def find_parts(plan: Ints, k: int, links: Ints, mu: Floats) -> Parts:
    """Split every grid into the parts that links hold together.

    Args:
        plan: (n,) grid of each stand, -1 for none.
        k: Number of grids.
        links: (m, 2) links within towns.
        mu: (n,) mu, decides which part is the main one.
    """
    n = len(plan)
    inner = links[(plan[links[:, 0]] == plan[links[:, 1]]) & (plan[links[:, 0]] >= 0)]
    graph = sp.coo_matrix((np.ones(len(inner)), (inner[:, 0], inner[:, 1])), shape=(n, n))
    label = connected_components(graph, directed=False)[1].astype(np.int64)
    land = components(n, links)
    count = label.max() + 1 if n else 0
    grid_of = np.full(count, -1, dtype=np.int64)
    grid_of[label] = plan
    size, mass = np.bincount(label, minlength=count), np.bincount(label, mu, count)
    land_of = np.zeros(count, dtype=np.int64)
    land_of[label] = land
    whole = size == np.bincount(land)[land_of]
    real = grid_of >= 0
    n_parts = np.bincount(grid_of[real], minlength=k)
    main = np.zeros(count, dtype=bool)
    order = np.lexsort((np.arange(count), -mass, whole, grid_of))
    first = np.flatnonzero(np.r_[True, grid_of[order][1:] != grid_of[order][:-1]][:count])
    main[order[first]] = True
    island = real & whole & ~main
    cut = real & ~whole & ~main
    return Parts(
        np.where(plan >= 0, label, -1),
        n_parts,
        np.bincount(grid_of[island], minlength=k),
        np.bincount(grid_of[cut], minlength=k) > 0,
        cut[label],
    )


def polsby_popper(shapes: Array) -> Floats:
    """Give 4π·area / perimeter² of each shape, 1 for a circle (Polsby & Popper 1991)."""
    length = np.maximum(shapely.length(shapes), 1e-9)
    return np.minimum(1.0, 4.0 * np.pi * shapely.area(shapes) / length**2)


def deviation_percent(workload: Floats, wanted: Floats) -> Floats:
    """Give each grid's deviation from its wanted workload, percent."""
    return 100.0 * (workload / np.maximum(wanted, 1e-12) - 1.0)


def under_over(
    area: Floats,
    deviation: Floats,
    bounds: tuple[Floats | float, Floats | float],
    tolerance: float | None,
) -> tuple[Bools, Bools]:
    """Tell which grids are below and above what the hard rules allow.

    Args:
        area: (k,) forest mu.
        deviation: (k,) deviation of workload from its share, percent.
        bounds: Least and greatest mu.
        tolerance: Greatest deviation, percent, or None.
    """
    low, high = area < bounds[0] - TINY, area > bounds[1] + TINY
    if tolerance is not None:
        low = low | (deviation < -tolerance - TINY)
        high = high | (deviation > tolerance + TINY)
    return low, high


def village_splits(villages: pd.Series, plan: Ints) -> int:
    """Count (village, grid) pairs beyond one a village; stands without a village are skipped."""
    known = (villages != "").to_numpy() & (plan >= 0)
    pairs = pd.DataFrame({"village": villages.to_numpy()[known], "grid": plan[known]})
    return len(pairs.drop_duplicates()) - pairs["village"].nunique()


def moment_km2(xy: Floats, mu: Floats, plan: Ints, k: int) -> Floats:
    """Give each grid's moment of mu about its own centre, mu·km²."""
    inside = plan >= 0
    grid, weight, points = plan[inside], mu[inside], xy[inside] / 1000.0
    mass = np.maximum(np.bincount(grid, weight, k), 1e-12)
    centre = np.column_stack([np.bincount(grid, weight * points[:, d], k) / mass for d in (0, 1)])
    apart = ((points - centre[grid]) ** 2).sum(axis=1)
    return np.bincount(grid, weight * apart, k).astype(np.float64)
