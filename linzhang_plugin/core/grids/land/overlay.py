"""Which grid a stand lies in when a plan comes as polygons: the one with its largest share."""

from __future__ import annotations

import numpy as np
import shapely

from linzhang_plugin.core.grids.arrays import Array
from linzhang_plugin.core.grids.model import NOWHERE, Floats, Ints

LEAST_SHARE = 0.5
"""A stand with less than this of its area in one grid is counted as cut."""


def largest_share(stands: Array, grids: Array) -> tuple[Ints, Floats]:
    """Give the grid that holds most of each stand, and the share it holds.

    Args:
        stands: (n,) polygons, projected.
        grids: (k,) polygons in the same CRS.

    Returns:
        (n,) grid, -1 where none is met, and (n,) share of the stand's area, 0 … 1. Equal
        shares go to the first grid.
    """
    grid = np.full(len(stands), NOWHERE, dtype=np.int64)
    share = np.zeros(len(stands))
    if not len(grids) or not len(stands):
        return grid, share
    tree = shapely.STRtree(grids)
    whole, holder = tree.query(stands, predicate="covered_by")
    stand, met = tree.query(stands, predicate="intersects")
    loose = ~np.isin(stand, whole)
    stand, met = stand[loose], met[loose]
    area = shapely.area(shapely.intersection(stands[stand], grids[met]))
    part = area / np.maximum(shapely.area(stands[stand]), 1e-12)
    stand, met = np.r_[stand, whole], np.r_[met, holder]
    part = np.r_[part, np.ones(len(whole))]
    order = np.lexsort((met, -part, stand))
    first = np.r_[True, stand[order][1:] != stand[order][:-1]] if len(order) else []
    best = order[first]
    held = best[part[best] > 1e-9]
    grid[stand[held]] = met[held]
    share[stand[held]] = part[held]
    return grid, share
