"""Stands that no link reaches: which share a grid problem, which ride along as 飞地.

A town's links may fall into several components. A component with work for half a grid or more
gets posts of its own and is a problem by itself; a smaller one is an island: it is attached to
the nearest stand of a component with posts and goes to that stand's grid. Where last year's plan
is adjusted, a component that could fill a grid but was only an outlying part of one stays so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
import shapely
from scipy.optimize import linear_sum_assignment
from scipy.sparse.csgraph import connected_components

from linzhang_plugin.core.grids.arrays import Array
from linzhang_plugin.core.grids.model import Bools, Floats, Ints


@dataclass(frozen=True, eq=False)
class Mainlands:
    """A town's components that get posts, and the islands that ride along.

    Attributes:
        area: (n,) number of the mainland each stand belongs to, islands by their host.
        host: (n,) the stand itself, or the mainland stand an island's stand is attached to.
        posts: (k,) mainland of each post.
        n_islands: Number of island components.
    """

    area: Ints
    host: Ints
    posts: Ints
    n_islands: int


def components(n: int, links: Ints) -> Ints:
    """Number the connected components of n stands, 0 first by their lowest stand."""
    graph = sp.coo_matrix((np.ones(len(links)), (links[:, 0], links[:, 1])), shape=(n, n))
    labels = connected_components(graph, directed=False)[1]
    first = np.unique(labels, return_index=True)[1]
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first, kind="stable")] = np.arange(len(first))
    return rank[labels]


def find_mainlands(
    shapes: Array,
    links: Ints,
    workload: Floats,
    wanted: Floats | sp.spmatrix,
    pinned: Ints,
    mu: Floats | None = None,
    bounds: tuple[float, float] = (0.0, np.inf),
    keep: bool = False,
) -> Mainlands:
    """Share a town's posts among its components and attach the rest as islands.

    Args:
        shapes: (n,) the town's stands.
        links: Links between them.
        workload: (n,) workload.
        wanted: (n, k) work that ties each stand to each post (last year's), for choosing
            which post goes to which component; dense or sparse.
        pinned: (n,) post a stand is locked to, -1 where free; its component must hold it.
        mu: (n,) forest mu, for the bounds; the workload when None.
        bounds: Least and greatest mu of a grid: a component that cannot fill a grid is an
            island, and none gets more posts than it can fill.
        keep: Last year's plan is to be kept: a component that only holds lesser parts of
            last year's grids stays an island of theirs instead of taking a post away.
    """
    n, k = wanted.shape
    ties = sp.csr_matrix(wanted)
    label = components(n, links)
    total: Floats = np.bincount(label, weights=workload).astype(np.float64)
    size = np.bincount(label)
    needs = _locked_posts(label, pinned, len(total))
    forest = np.bincount(label, weights=workload if mu is None else mu).astype(np.float64)
    outlying = np.full(len(total), -1)
    if keep:
        outlying = _outlying(label, ties, workload if mu is None else mu, bounds[1])
        fills = (total * k >= 0.5 * total.sum()) & (forest >= bounds[0])
        outlying[(needs > 0) | ~fills] = -1
    shares = _share_posts(total, size, k, needs, forest, bounds, outlying < 0)
    main = np.flatnonzero(shares > 0)
    posts = _place_posts(label, main, shares, ties, pinned)
    number = np.full(len(total), -1, dtype=np.int64)
    number[main] = np.arange(len(main))
    host = np.arange(n)
    lone = np.flatnonzero(number[label] < 0)
    if len(lone):
        land = np.flatnonzero(number[label] >= 0)
        host[lone] = _nearest_hosts(shapes, label, lone, land, ties, outlying)
    return Mainlands(number[label[host]], host, posts, int((shares == 0).sum()))


def _outlying(label: Ints, ties: sp.csr_matrix, mu: Floats, most_mu: float) -> Ints:
    """Give the post that each outlying component stays with, -1 for every other component.

    A component is outlying when stands of it were in grids last year but none of these grids
    has its largest part there, and the grid that it stays with is not too large.
    """
    count, n = int(label.max()) + 1, len(label)
    member = sp.csr_matrix((np.ones(n), (label, np.arange(n))), shape=(count, n))
    tie = np.asarray((member @ ties).toarray()).T
    size = np.asarray((ties > 0).T @ mu, dtype=np.float64)
    known = tie.sum(axis=1) > 0
    heart = np.zeros(count, dtype=bool)
    heart[tie.argmax(axis=1)[known]] = True
    post = tie.argmax(axis=0).astype(np.int64)
    stays = ~heart & (tie.max(axis=0) > 0) & (size[post] <= most_mu)
    return np.where(stays, post, -1)


def _locked_posts(label: Ints, pinned: Ints, count: int) -> Ints:
    """Count the posts that locks tie to each component (the one with most locked stands)."""
    needs = np.zeros(count, dtype=np.int64)
    for post in np.unique(pinned[pinned >= 0]):
        needs[np.bincount(label[pinned == post]).argmax()] += 1
    return needs


def _share_posts(
    total: Floats,
    size: Ints,
    k: int,
    needs: Ints,
    mu: Floats,
    bounds: tuple[float, float],
    may: Bools,
) -> Ints:
    """Share k posts by workload, largest remainder, within what bounds and sizes allow.

    A component below half a post, or below a grid's least mu, gets none unless a lock needs
    one, nor does one that may not; the largest always has some.
    """
    least_mu, most_mu = bounds
    quota = total / max(total.sum(), 1e-12) * k
    largest = int(np.lexsort((np.arange(len(total)), -total))[0])
    open_to = ((quota >= 0.5) & (mu >= least_mu) & may) | (needs > 0)
    open_to[largest] = True
    while np.maximum(1, needs)[open_to].sum() > k and open_to.sum() > 1:
        spare = np.flatnonzero(open_to & (np.arange(len(total)) != largest))
        open_to[spare[np.lexsort((total[spare], needs[spare] > 0))[0]]] = False
    quota = np.where(open_to, total, 0.0)
    quota = quota / max(float(quota.sum()), 1e-12) * k
    fewest = np.where(open_to, np.maximum(1, needs), 0)
    most = np.where(open_to, size, 0)
    by_bound = np.where(open_to, np.maximum(fewest, np.ceil(mu / most_mu - 1e-9)), 0)
    if by_bound.sum() <= k and (by_bound <= most).all():
        fewest = by_bound.astype(np.int64)
    if least_mu > 0:
        filled = np.where(open_to, np.maximum(fewest, np.floor(mu / least_mu + 1e-9)), 0)
        if np.minimum(filled, most).sum() >= k:
            most = np.minimum(filled, most).astype(np.int64)
    shares = np.clip(np.floor(quota).astype(np.int64), fewest, most)
    while shares.sum() > k:
        over = np.where(shares > fewest, quota - shares, np.inf)
        if not np.isfinite(over.min()):
            over = np.where(shares > 0, quota - shares, np.inf)
        shares[int(np.argmin(over))] -= 1
    while shares.sum() < k:
        room = np.where(shares < most, quota - shares, -np.inf)
        if not np.isfinite(room.max()):
            room = np.where(shares < size, total, -np.inf)
        shares[int(np.argmax(room))] += 1
    return shares


def _place_posts(label: Ints, main: Ints, shares: Ints, ties: sp.csr_matrix, pinned: Ints) -> Ints:
    """Put each post where most of its work was last year, keeping the shares."""
    slots = np.repeat(np.arange(len(main)), shares[main])
    tie = np.zeros((ties.shape[1], len(main)))
    for column, component in enumerate(main):
        inside = label == component
        tie[:, column] = np.asarray(ties[inside].sum(axis=0)).ravel()
        held = np.unique(pinned[inside & (pinned >= 0)])
        tie[held, column] += 1e3 * max(1.0, float(ties.sum()))
    post, slot = linear_sum_assignment(-tie[:, slots])
    placed = np.empty(ties.shape[1], dtype=np.int64)
    placed[post] = slots[slot]
    return placed


def _nearest_hosts(
    shapes: Array, label: Ints, lone: Ints, land: Ints, ties: sp.csr_matrix, outlying: Ints
) -> Ints:
    """Give the host of each island stand: one for a whole island, its nearest mainland stand.

    An outlying part of a last year's grid is attached to that grid's own nearest stand.
    """
    hosts = np.empty(len(lone), dtype=np.int64)
    tree = shapely.STRtree(shapes[land])
    for component in np.unique(label[lone]):
        here = np.flatnonzero(label[lone] == component)
        own, among = tree, land
        if outlying[component] >= 0:
            grid = land[ties.getcol(int(outlying[component])).toarray().ravel()[land] > 0]
            if len(grid):
                own, among = shapely.STRtree(shapes[grid]), grid
        near = among[own.nearest(shapes[lone[here]])]
        gaps = shapely.distance(shapes[lone[here]], shapes[near])
        hosts[here] = near[int(np.argmin(gaps))]
    return hosts
