"""Who could join which grid, and over which neighbour: contiguity that a linear program knows.

Every grid grows from a root, the unit nearest its centre. A unit that is in the grid needs a
neighbour in the grid that lies nearer to the root on the shortest way through the grid's
present territory (ways outside it count a thousandfold, so that nobody at home depends on a
stranger). Such "monotone paths" allow nearly every good shape, need no separators and keep
the linear program tight: cf. Cova and Church (2000, Geographical Analysis 32:306-329).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from linzhang_plugin.core.grids.model import Floats, Ints
from linzhang_plugin.core.grids.solve.state import State

OUTSIDE = 1e3
"""How many longest links a step outside the grid's territory counts."""


@dataclass(frozen=True, eq=False)
class Reach:
    """Columns: a unit in a grid that it could be in.

    Attributes:
        grids: Chosen grids, sorted.
        units: All their units, sorted.
        unit: Of each column, as a position in ``units``.
        grid: Of each column, as a position in ``grids``.
        here: Columns that are the present plan.
        root: Column of each grid's root.
        child, parent: Pairs of columns of one grid: linked, the parent nearer to the root.
    """

    grids: Ints
    units: Ints
    unit: Ints
    grid: Ints
    here: Ints
    root: Ints
    child: Ints
    parent: Ints


def reach_of(state: State, grids: Ints, depth: int) -> Reach:
    """List what could become of the units of some grids, each of them not empty.

    Args:
        state: The plan; its grids are each in one piece.
        grids: Grids that may exchange units among each other.
        depth: Links from a grid's edge, or from what was its last year, to the farthest
            unit that may join it.
    """
    grids = np.sort(np.asarray(grids, dtype=np.int64))
    place = np.full(state.problem.k, -1, dtype=np.int64)
    place[grids] = np.arange(len(grids))
    units = np.flatnonzero(place[state.plan] >= 0)
    at = np.full(state.problem.n, -1, dtype=np.int64)
    at[units] = np.arange(len(units))
    links = at[state.graph.edges]
    links = links[(links >= 0).all(axis=1)]
    links = np.concatenate([links, links[:, ::-1]])
    own = place[state.plan[units]]
    unit, grid = _columns(state, grids, units, own, links, depth)
    key = unit * len(grids) + grid
    here = np.searchsorted(key, np.arange(len(units)) * len(grids) + own)
    xy = state.objective.xy[units]
    root = here[_innermost(xy, state.problem.mu[units], own, len(grids))]
    child, parent = _towards(xy, own, unit, grid, key, links, root, len(grids))
    return Reach(grids, units, unit, grid, here, root, child, parent)


def _columns(
    state: State, grids: Ints, units: Ints, own: Ints, links: Ints, depth: int
) -> tuple[Ints, Ints]:
    """(unit, grid) pairs, sorted: within ``depth`` links of the grid, and allowed there."""
    n, k = len(units), len(grids)
    ones = np.ones(len(links), dtype=np.int8)
    near = sparse.csr_matrix((ones, (links[:, 0], links[:, 1])), shape=(n, n))
    belongs = np.zeros((n, k), dtype=bool)
    belongs[np.arange(n), own] = True
    was = np.searchsorted(grids, state.problem.previous[units])
    was = np.minimum(was, k - 1)
    back = grids[was] == state.problem.previous[units]
    belongs[np.flatnonzero(back), was[back]] = True
    for _ in range(depth):
        belongs |= near @ belongs.astype(np.float32) > 0
    belongs &= state.allowed[np.ix_(units, grids)]
    belongs[np.arange(n), own] = True
    unit, grid = np.nonzero(belongs)
    return unit.astype(np.int64), grid.astype(np.int64)


def _innermost(xy: Floats, mu: Floats, own: Ints, k: int) -> Ints:
    """(k,) unit nearest each grid's centre."""
    mass = np.bincount(own, mu + 1e-9, k)
    middle = np.stack([np.bincount(own, (mu + 1e-9) * xy[:, d], k) for d in (0, 1)], axis=1)
    apart = ((xy - (middle / mass[:, None])[own]) ** 2).sum(axis=1)
    order = np.lexsort((apart, own))
    return np.asarray(order[np.searchsorted(own[order], np.arange(k))], dtype=np.int64)


def _towards(
    xy: Floats, own: Ints, unit: Ints, grid: Ints, key: Ints, links: Ints, root: Ints, k: int
) -> tuple[Ints, Ints]:
    """Linked columns of one grid, the second nearer to the root."""
    m = len(unit)
    first = np.searchsorted(unit, np.arange(len(own) + 1))
    many = first[links[:, 0] + 1] - first[links[:, 0]]
    start = np.repeat(first[links[:, 0]], many)
    one = start + np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many)
    wanted = np.repeat(links[:, 1], many) * k + grid[one]
    other = np.minimum(np.searchsorted(key, wanted), m - 1)
    same = key[other] == wanted
    one, other = one[same], other[same]
    length = np.hypot(*(xy[unit[one]] - xy[unit[other]]).T) + 1e-6
    length = length + OUTSIDE * float(length.max(initial=1.0)) * (own[unit[other]] != grid[other])
    ways = sparse.csr_matrix(
        (
            np.concatenate([length, np.full(len(root), 1e-6)]),
            (np.concatenate([one, np.full(len(root), m)]), np.concatenate([other, root])),
        ),
        shape=(m + 1, m + 1),
    )
    far = csgraph.dijkstra(ways, indices=m)[:m]
    nearer = far[other] < far[one]
    return one[nearer], other[nearer]
