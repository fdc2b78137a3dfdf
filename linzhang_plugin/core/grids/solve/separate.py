"""Towns whose link graph has several components: which post serves which component.

No grid spans two components unless there are fewer posts than components need. A component
without a post is tied to its nearest neighbour by one invented link, the shortest there is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from linzhang_plugin.core.grids.contiguity import Graph, join_nearest
from linzhang_plugin.core.grids.model import NOWHERE, Ints, Problem
from linzhang_plugin.core.grids.solve.goals import Objective


@dataclass(frozen=True, eq=False)
class Piece:
    """A connected part of a problem: a problem of its own.

    Attributes:
        problem: Units and posts renumbered from 0.
        units: Index of each of its units in the whole problem.
        grids: Index of each of its posts.
        graph: Its links, invented ones included.
        objective: The whole problem's scales on this piece.
    """

    problem: Problem
    units: Ints
    grids: Ints
    graph: Graph
    objective: Objective


def separate(problem: Problem, objective: Objective, mode: int) -> list[Piece]:
    """Split a problem into connected pieces with posts of their own."""
    edges = Graph(problem.n, problem.edges).edges
    while True:
        labels = Graph(problem.n, edges).components()
        if int(labels.max(initial=0)) == 0:
            return [_piece(problem, objective, edges, labels, 0, np.zeros(problem.k, np.int64))]
        post_of = share_posts(problem, labels, mode)
        empty = [c for c in range(int(labels.max()) + 1) if not (post_of == c).any()]
        if not empty:
            return [
                _piece(problem, objective, edges, labels, c, post_of)
                for c in range(int(labels.max()) + 1)
            ]
        weight = np.bincount(labels, problem.weights[:, 0])
        lonely = min(empty, key=lambda c: (weight[c], c))
        link = join_nearest(problem.xy, labels, lonely)
        edges = np.concatenate([edges, np.sort(np.array([link], dtype=np.int64), axis=1)])


def share_posts(problem: Problem, labels: Ints, mode: int) -> Ints:
    """(k,) component of each post: where it is locked or lies, else where most load waits."""
    n_parts = int(labels.max()) + 1
    need = np.bincount(labels, problem.weights[:, 0], n_parts)
    post_of = np.full(problem.k, NOWHERE, dtype=np.int64)
    anchors = [problem.fixed]
    if mode == 0:
        anchors += [problem.start]
    for anchor in anchors:
        for grid in np.flatnonzero(post_of == NOWHERE):
            mine = anchor == grid
            if mine.any():
                mu = np.bincount(labels[mine], problem.mu[mine] + 1e-9, n_parts)
                post_of[grid] = int(np.argmax(mu))
    for grid in range(problem.k):
        if post_of[grid] >= 0:
            need[post_of[grid]] -= problem.target[grid]
    for grid in np.flatnonzero(post_of == NOWHERE):
        post_of[grid] = int(np.argmax(need))
        need[post_of[grid]] -= problem.target[grid]
    return _even_posts(problem, labels, post_of, n_parts)


def _even_posts(problem: Problem, labels: Ints, post_of: Ints, n_parts: int) -> Ints:
    """Move posts between components while that lowers the weight outside their joint bounds."""
    weight = np.bincount(labels, problem.weights[:, 0], n_parts)
    locked = np.zeros(problem.k, dtype=bool)
    locked[np.unique(problem.fixed[problem.fixed >= 0])] = True
    locked |= problem.closed

    def off(posts: Ints) -> float:
        low = np.bincount(posts, problem.lower[:, 0], n_parts)
        high = np.bincount(posts, problem.upper[:, 0], n_parts)
        return float(np.maximum(np.maximum(low - weight, weight - high), 0.0).sum())

    size = np.bincount(np.maximum(problem.start, 0), problem.mu * (problem.start >= 0), problem.k)
    best = off(post_of)
    while best > 1e-9:
        options = []
        for grid in np.flatnonzero(~locked):
            for part in range(n_parts):
                if part != post_of[grid]:
                    trial = post_of.copy()
                    trial[grid] = part
                    options.append((off(trial), float(size[grid]), int(grid), part))
        if not options or min(options)[0] >= best - 1e-9:
            break
        best, _, grid, part = min(options)
        post_of[grid] = part
    return post_of


def _piece(
    problem: Problem, objective: Objective, edges: Ints, labels: Ints, part: int, post_of: Ints
) -> Piece:
    units, grids = np.flatnonzero(labels == part), np.flatnonzero(post_of == part)
    unit_at = np.full(problem.n, NOWHERE, dtype=np.int64)
    unit_at[units] = np.arange(len(units))
    grid_at = np.full(problem.k + 1, NOWHERE, dtype=np.int64)
    grid_at[grids] = np.arange(len(grids))
    mine = labels[edges[:, 0]] == part
    sub = replace(
        problem,
        xy=problem.xy[units],
        weights=problem.weights[units],
        mu=problem.mu[units],
        edges=unit_at[edges[mine]],
        lower=problem.lower[grids],
        upper=problem.upper[grids],
        target=problem.target[grids],
        previous=grid_at[problem.previous[units]],
        start=grid_at[problem.start[units]],
        fixed=grid_at[problem.fixed[units]],
        closed=problem.closed[grids],
        village=problem.village[units],
        travel=None if problem.travel is None else problem.travel[np.ix_(units, grids)],
    )
    return Piece(
        sub,
        units,
        grids,
        Graph(len(units), sub.edges),
        replace(objective, xy=objective.xy[units], target=objective.target[grids]),
    )
