"""The link graph: components, parts of a grid, and whether a unit may leave its grid.

The check is exact. It is amortised by remembering the answer for a unit until its grid
changes (:class:`Leaving`), and cut short where the unit's neighbours in the grid are linked
among themselves, as they mostly are in a plane.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph
from scipy.spatial import cKDTree

from linzhang_plugin.core.grids.model import Bools, Floats, Ints


class Graph:
    """Neighbour lists of ``n`` units from an (m, 2) array of links."""

    def __init__(self, n: int, edges: Ints) -> None:
        """Build the lists, sorted, each neighbour once."""
        self.n = n
        edges = np.asarray(edges, dtype=np.int64).reshape(-1, 2)
        edges = edges[edges[:, 0] != edges[:, 1]]
        edges = np.unique(np.sort(edges, axis=1), axis=0) if len(edges) else edges
        self.edges: Ints = edges
        both = np.concatenate([edges, edges[:, ::-1]]) if len(edges) else edges
        both = both[np.lexsort((both[:, 1], both[:, 0]))] if len(both) else both
        starts = np.searchsorted(both[:, 0], np.arange(n + 1)) if len(both) else [0] * (n + 1)
        self._first = np.asarray(starts, dtype=np.int64)
        self._target: Ints = both[:, 1] if len(both) else np.zeros(0, dtype=np.int64)

    @cached_property
    def near(self) -> list[list[int]]:
        """Neighbours of each unit, sorted."""
        starts, targets = self._first.tolist(), self._target.tolist()
        return [targets[starts[i] : starts[i + 1]] for i in range(self.n)]

    @cached_property
    def near_sets(self) -> list[frozenset[int]]:
        """Neighbours of each unit as sets."""
        return [frozenset(near) for near in self.near]

    def links_of(self, units: Ints) -> tuple[Ints, Ints]:
        """Give both ends of the links of some units, the unit first (twice between two)."""
        first = self._first[units]
        many = self._first[units + 1] - first
        ends = np.repeat(first - np.cumsum(many) + many, many) + np.arange(int(many.sum()))
        return np.repeat(units, many), self._target[ends]

    def components(self, mask: Bools | None = None) -> Ints:
        """Label each unit with its component; with a mask, -1 outside it."""
        edges = self.edges
        if mask is not None:
            edges = edges[mask[edges[:, 0]] & mask[edges[:, 1]]]
        labels = _label(self.n, edges)
        if mask is None:
            return labels
        used, fresh = np.unique(labels[mask], return_inverse=True)
        del used
        result = np.full(self.n, -1, dtype=np.int64)
        result[mask] = fresh
        return result

    def parts(self, plan: Ints) -> Ints:
        """Label each unit with its connected part of its own grid; units nowhere as a grid."""
        same = plan[self.edges[:, 0]] == plan[self.edges[:, 1]]
        return _label(self.n, self.edges[same])

    def disconnected(self, plan: Ints) -> list[int]:
        """List the grids that have more than one part."""
        parts = self.parts(plan)
        inside = plan >= 0
        pairs = np.unique(np.stack([plan[inside], parts[inside]], axis=1), axis=0)
        grids, counts = np.unique(pairs[:, 0], return_counts=True)
        return [int(g) for g in grids[counts > 1]]

    def connected_without(self, plan: Sequence[int], unit: int) -> bool:
        """Tell whether the unit's grid stays in one piece (and not empty) without it.

        The grid must be in one piece with it.
        """
        grid = plan[unit]
        around = [j for j in self.near[unit] if plan[j] == grid]
        if len(around) <= 1:
            return len(around) == 1
        if self._linked_among(around):
            return True
        wanted = set(around[1:])
        seen = {unit, around[0]}
        stack = [around[0]]
        near = self.near
        while stack:
            for j in near[stack.pop()]:
                if j not in seen and plan[j] == grid:
                    if j in wanted:
                        wanted.discard(j)
                        if not wanted:
                            return True
                    seen.add(j)
                    stack.append(j)
        return False

    def _linked_among(self, around: list[int]) -> bool:
        left = set(around[1:])
        stack = [around[0]]
        while stack and left:
            met = self.near_sets[stack.pop()] & left
            left -= met
            stack.extend(met)
        return not left


class Leaving:
    """Remembers which units may leave their grid, until that grid changes."""

    def __init__(self, graph: Graph, k: int) -> None:
        """Start with nothing known."""
        self.graph = graph
        self.version = [0] * k
        self._known = [-1] * graph.n
        self._answer = [False] * graph.n

    def clone(self) -> Leaving:
        """Copy what is known."""
        other = Leaving(self.graph, 0)
        other.version = self.version.copy()
        other._known = self._known.copy()
        other._answer = self._answer.copy()
        return other

    def touch(self, grid: int) -> None:
        """Forget what is known of a grid."""
        self.version[grid] += 1

    def may_leave(self, plan: Sequence[int], unit: int) -> bool:
        """Tell whether the unit's grid stays whole without it (see :class:`Graph`)."""
        # Versions are unique to (grid, change): a unit that moved never meets its old stamp.
        stamp = self.version[plan[unit]] * len(self.version) + int(plan[unit])
        if self._known[unit] != stamp:
            self._known[unit] = stamp
            self._answer[unit] = self.graph.connected_without(plan, unit)
        return self._answer[unit]


def _label(n: int, edges: Ints) -> Ints:
    if not n:
        return np.zeros(0, dtype=np.int64)
    ones = np.ones(len(edges), dtype=np.int8)
    matrix = sparse.coo_matrix((ones, (edges[:, 0], edges[:, 1])), shape=(n, n)).tocsr()
    labels = csgraph.connected_components(matrix, directed=False)[1]
    return np.asarray(labels, dtype=np.int64)


def join_nearest(xy: Floats, labels: Ints, lonely: int) -> tuple[int, int]:
    """Find the shortest segment from a component to any other one: its two units."""
    inside = np.flatnonzero(labels == lonely)
    outside = np.flatnonzero(labels != lonely)
    gap, at = cKDTree(xy[outside]).query(xy[inside])
    best = int(np.argmin(gap))
    return int(inside[best]), int(outside[at[best]])
