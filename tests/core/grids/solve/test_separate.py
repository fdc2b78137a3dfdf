"""Posts of towns in several parts: shares against brute force, pieces against the whole."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from linzhang_plugin.core.grids.solve.goals import Goals, Objective
from linzhang_plugin.core.grids.solve.separate import separate, share_posts
from tests.truth.townships import lattice, make_problem


def parts_of(sizes: list[int], k: int, tolerance: float | None, seed: int = 0):
    """A town of lattices 10 km apart, of random weights, without links between them."""
    rng = np.random.default_rng(seed)
    xys, links, first = [], [], 0
    for part, size in enumerate(sizes):
        xy, edges = lattice(2, size)
        xys.append(xy + np.array([10_000.0 * part, 0.0]))
        links.append(edges + first)
        first += len(xy)
    problem = make_problem(
        np.concatenate(xys), np.concatenate(links), rng.uniform(0.8, 1.2, first), k, tolerance
    )
    labels = np.repeat(np.arange(len(sizes)), [2 * s for s in sizes])
    return problem, labels


@pytest.mark.parametrize("seed", range(6))
def test_posts_are_shared_as_well_as_any_other_way(seed: int) -> None:
    rng = np.random.default_rng(seed)
    sizes = [int(s) for s in rng.integers(2, 9, 3)]
    problem, labels = parts_of(sizes, 5, 0.15, seed)
    weight = np.bincount(labels, problem.weights[:, 0])

    def off(posts: np.ndarray) -> float:
        count = np.bincount(posts, minlength=3)
        low, high = count * problem.lower[0, 0], count * problem.upper[0, 0]
        return float(np.maximum(np.maximum(low - weight, weight - high), 0).sum())

    best = min(off(np.array(posts)) for posts in product(range(3), repeat=5))
    assert off(share_posts(problem, labels, 1)) == pytest.approx(best)


def test_a_post_goes_where_it_is_locked_before_where_it_was() -> None:
    problem, labels = parts_of([4, 4], 2, None)
    start = np.where(labels == 0, 0, 1)
    locked = np.full(len(labels), -1)
    locked[0], locked[-1] = 1, 0
    problem = replace(problem, start=start, previous=start)
    assert share_posts(problem, labels, 0).tolist() == [0, 1]
    assert share_posts(replace(problem, fixed=locked), labels, 0).tolist() == [1, 0]


@pytest.mark.parametrize("k", [1, 2, 3, 5])
def test_pieces_are_the_whole_in_one_piece_each(k: int) -> None:
    problem, _ = parts_of([3, 5, 2], k, None)
    objective = Objective.of(problem, Goals())
    pieces = separate(problem, objective, 1)
    assert sorted(np.concatenate([p.units for p in pieces]).tolist()) == list(range(problem.n))
    assert sorted(np.concatenate([p.grids for p in pieces]).tolist()) == list(range(k))
    assert len(pieces) == min(k, 3)
    for piece in pieces:
        assert int(piece.graph.components().max()) == 0
        assert np.array_equal(piece.problem.weights, problem.weights[piece.units])
        assert piece.objective.per_moment == objective.per_moment


def test_a_part_without_a_post_is_tied_by_the_shortest_link() -> None:
    problem, labels = parts_of([3, 5, 2], 2, None)
    pieces = separate(problem, Objective.of(problem, Goals()), 1)
    joined = next(p for p in pieces if len(np.unique(labels[p.units])) == 2)
    # The lightest part, the last, lies beside the middle one.
    assert set(labels[joined.units].tolist()) == {1, 2}
    invented = joined.units[joined.problem.edges]
    across = labels[invented[:, 0]] != labels[invented[:, 1]]
    assert across.sum() == 1
    a, b = invented[across][0]
    gap = np.hypot(*(problem.xy[a] - problem.xy[b]))
    every = problem.xy[labels == 1][:, None] - problem.xy[labels == 2][None]
    assert gap == pytest.approx(np.hypot(every[..., 0], every[..., 1]).min())
