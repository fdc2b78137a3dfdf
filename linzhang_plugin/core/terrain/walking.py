"""Walking time over a DEM: directed least-cost paths by a law of walking, Tobler's by default.

Tobler (1993): speed = 6·exp(−3.5·|slope + 0.05|) km/h, so downhill differs from uphill and the
graph is directed; :mod:`.walkinglaw` has others. Each cell is linked with its eight neighbours;
``scipy`` runs Dijkstra.
"""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp
from scipy.sparse.csgraph import dijkstra

from linzhang_plugin.core.terrain.raster import Raster, Values
from linzhang_plugin.core.terrain.walkinglaw import law_of

OFF_PATH = 0.6
"""Tobler's factor for walking off paths."""


def walking_graph(
    elevation: Values,
    wide: float,
    high: float,
    pace: Values | None = None,
    law: str = "tobler",
) -> sp.csr_matrix:
    """Make the directed graph of minutes between neighbouring cells.

    Args:
        elevation: (rows, columns) heights in m; cells with NaN are not entered.
        wide: Cell width, m.
        high: Cell height, m.
        pace: (rows, columns) factor of the speed in a cell (1 on roads, ``OFF_PATH``
            elsewhere, 0 for barriers); OFF_PATH everywhere when None.
        law: Name of a law of walking.

    Returns:
        (cells, cells) sparse minutes from row to column.

    Raises:
        InputError: There is no such law.
    """
    seconds = law_of(law).pace
    rows, columns = elevation.shape
    speed = np.full(elevation.shape, OFF_PATH) if pace is None else pace
    number = np.arange(rows * columns).reshape(rows, columns)
    starts, ends, minutes = [], [], []
    for down, right in ((0, 1), (1, 0), (1, 1), (1, -1)):
        here = (slice(0, rows - down), slice(max(0, -right), columns - max(0, right)))
        there = (slice(down, rows), slice(max(0, right), columns + min(0, right)))
        length = float(np.hypot(down * high, right * wide))
        rise = elevation[there] - elevation[here]
        share = np.minimum(speed[here], speed[there])
        usable = np.isfinite(rise) & (share > 0)
        for a, b, climb in ((here, there, rise), (there, here, -rise)):
            slope = climb[usable] / length
            starts.append(number[a][usable])
            ends.append(number[b][usable])
            minutes.append(length * seconds(slope) / (60.0 * share[usable]))
    size = rows * columns
    return sp.csr_matrix(
        (np.concatenate(minutes), (np.concatenate(starts), np.concatenate(ends))),
        shape=(size, size),
    )


def walking_minutes(
    graph: sp.csr_matrix, raster: Raster, home: tuple[float, float], limit: float
) -> Values:
    """Give the minutes from a home to every cell, inf beyond ``limit`` or out of reach."""
    row, column = raster.cells_of(np.array([home[0]]), np.array([home[1]]))
    rows, columns = raster.array.shape
    r, c = int(np.clip(row[0], 0, rows - 1)), int(np.clip(column[0], 0, columns - 1))
    times = dijkstra(graph, directed=True, indices=r * columns + c, limit=limit)
    return np.asarray(times, dtype=np.float64).reshape(rows, columns)
