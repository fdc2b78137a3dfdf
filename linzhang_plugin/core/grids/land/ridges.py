"""Ridges as natural borders: what a ridge parts counts as further apart.

Forest offices draw a grid's border along the crest (以山脊为界), since nobody patrols over it.
The compactness part of the objective measures distances between stands; here the stands are
moved apart where a ridge lies between them, so that a grid over a ridge is less compact than
one beside it, and the solver and its bound need to know nothing of ridges.

For each link the excess is the climb over the crest between the two centres, above the higher
of them, times ``PER_CLIMB``. The places ``u`` then solve, in the sense of least squares,
``u_i - u_j = (x_i - x_j)·(1 + excess / length)`` over all links: a Poisson equation on the link
graph, as in gradient-domain methods (Fattal et al. 2002, ACM TOG 21:249-256). Without ridges
the places stay as they are.
"""

from __future__ import annotations

import numpy as np
import pyproj
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import splu

from linzhang_plugin.core.grids.model import Bools, Floats, Ints
from linzhang_plugin.core.terrain.raster import Raster

PER_CLIMB = 7.92
"""Metres on the flat that a metre of climb is worth on foot (Scarf 2007, Naismith's rule)."""
NOISE = 5.0
"""Crests lower than this above the higher stand are no ridges, m: error of a DEM."""
LOOKS = 15
"""Heights looked at along the line between two stands."""
MOST = 4.0
"""A link is lengthened by no more than this multiple of its length (a weight of 1)."""


def crest_over(xy: Floats, links: Ints, dem: Raster, crs: pyproj.CRS) -> Floats:
    """Give how far the ground between two linked stands rises above the higher one, m.

    Args:
        xy: (n, 2) stand centres in ``crs``.
        links: (m, 2) links.
        dem: Heights, m, in any CRS.
        crs: CRS of ``xy``.

    Returns:
        (m,) metres; 0 where the DEM says nothing.
    """
    if not len(links):
        return np.zeros(0)
    move = pyproj.Transformer.from_crs(crs, dem.crs, always_xy=True)
    at = np.linspace(0.0, 1.0, LOOKS)[None, :, None]
    way = xy[links[:, 0]][:, None, :] * (1.0 - at) + xy[links[:, 1]][:, None, :] * at
    x, y = move.transform(way[:, :, 0].ravel(), way[:, :, 1].ravel())
    height = dem.at(np.asarray(x), np.asarray(y)).reshape(len(links), LOOKS)
    ends = np.maximum(height[:, 0], height[:, -1])
    inner = np.where(np.isfinite(height), height, -np.inf).max(axis=1)
    return np.where(np.isfinite(ends), np.maximum(inner - ends, 0.0), 0.0)


def ridge_links(xy: Floats, links: Ints, dem: Raster, crs: pyproj.CRS) -> Bools:
    """Tell which links lead over a ridge."""
    return np.asarray(crest_over(xy, links, dem, crs) > NOISE)


def stretched(
    xy: Floats,
    links: Ints,
    dem: Raster | None,
    crs: pyproj.CRS | None,
    weight: float,
) -> Floats:
    """Move stands apart where ridges lie between them.

    Args:
        xy: (n, 2) stand centres, m.
        links: (m, 2) links between them.
        dem: Heights or None: the places stay as they are.
        crs: CRS of ``xy``.
        weight: WEIGHT_RIDGE; 1 counts a metre of climb as ``PER_CLIMB`` metres.

    Returns:
        (n, 2) places, m, each connected part about its own middle.
    """
    if dem is None or crs is None or weight <= 0 or len(links) < 1:
        return xy
    climb = crest_over(xy, links, dem, crs)
    climb = np.where(climb > NOISE, climb, 0.0)
    if not climb.any():
        return xy
    apart = xy[links[:, 0]] - xy[links[:, 1]]
    length = np.maximum(np.hypot(apart[:, 0], apart[:, 1]), 1.0)
    extra = weight * np.minimum(PER_CLIMB * climb / length, MOST)
    return xy + _solved(len(xy), links, apart * extra[:, None])


def _solved(n: int, links: Ints, wanted: Floats) -> Floats:
    """Give the moves whose differences along the links are nearest to what is wanted."""
    m = len(links)
    rows = np.repeat(np.arange(m), 2)
    ends = sp.csr_matrix((np.tile([1.0, -1.0], m), (rows, links.ravel())), shape=(m, n))
    label = connected_components(ends.T @ ends, directed=False)[1]
    fixed = np.unique(label, return_index=True)[1]
    free = np.setdiff1d(np.arange(n), fixed)
    moves = np.zeros((n, 2))
    if len(free):
        inner = ends[:, free]
        moves[free] = splu((inner.T @ inner).tocsc()).solve(inner.T @ wanted)
    count = np.maximum(np.bincount(label), 1)
    for axis in (0, 1):
        moves[:, axis] -= (np.bincount(label, moves[:, axis]) / count)[label]
    return moves
