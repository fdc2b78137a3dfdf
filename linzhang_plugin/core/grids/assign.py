"""Rangers to grids: one full-time ranger a grid, least walking, last year's hill preferred.

The assignment problem (Kuhn's Hungarian method, ``scipy.optimize.linear_sum_assignment``): the
cost of a pair is the walk from the home to the grid, less a bonus for the share of the grid
that the ranger had last year.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from linzhang_plugin.core.grids.model import NOWHERE, Floats, Ints

FORBIDDEN = 1e7
"""Minutes that stand for another town's ranger."""
BONUS = 120.0
"""Minutes of walking that keeping all of last year's hill is worth."""


def assign_rangers(
    minutes: Floats,
    kept: Floats,
    grid_towns: Sequence[str],
    ranger_towns: Sequence[str],
    bonus: float = BONUS,
) -> Ints:
    """Give the ranger of each grid, -1 where none is left.

    Args:
        minutes: (k, r) walking minutes from each ranger's home to each grid; NaN where no home
            is known (counts as the grid's mean over the others).
        kept: (k, r) share of the grid that the ranger had last year, 0 … 1.
        grid_towns: (k,) town of each grid.
        ranger_towns: (r,) town of each ranger; empty goes anywhere.
        bonus: Minutes that a kept share of 1 is worth.

    Returns:
        (k,) ranger of each grid. As many grids as possible get a ranger; among those the sum
        of minutes less bonuses is least.
    """
    k, r = minutes.shape
    if not k or not r:
        return np.full(k, NOWHERE, dtype=np.int64)
    known = np.isfinite(minutes)
    mean = np.where(known, minutes, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    cost = np.where(known, minutes, mean[:, None]) - bonus * kept
    towns = np.asarray(grid_towns, dtype=object)[:, None]
    homes = np.asarray(ranger_towns, dtype=object)[None, :]
    allowed = (towns == homes) | (homes == "") | (towns == "")
    cost = np.where(allowed, cost, FORBIDDEN)
    # Ties go to the earlier ranger, whatever the solver's order is.
    cost = cost + np.arange(r)[None, :] * 1e-9
    grid, ranger = linear_sum_assignment(cost)
    found = np.full(k, NOWHERE, dtype=np.int64)
    good = allowed[grid, ranger]
    found[grid[good]] = ranger[good]
    return found
