"""Random-tree plans are connected, near balance, and repeatable."""

from __future__ import annotations

import numpy as np
import pytest

from linzhang_plugin.core.grids.published.recom import merge_split, tree_plan, tree_split
from linzhang_plugin.core.grids.published.seeding import grow, spread_centres
from tests.truth.districts import lattice, whole


def sets_of(problem):
    near = [set() for _ in range(problem.n)]
    for i, j in problem.edges.tolist():
        near[i].add(j)
        near[j].add(i)
    return near


@pytest.mark.parametrize("k", [1, 2, 3, 7])
@pytest.mark.parametrize("seed", range(3))
def test_plans_are_connected_and_near_balance(k: int, seed: int) -> None:
    problem = lattice(10, 12, k, seed, 0.1)
    near = sets_of(problem)
    for plan in (
        tree_plan(problem, np.random.default_rng(seed)),
        grow(
            problem,
            spread_centres(problem.xy, problem.weights[:, 0], k, np.random.default_rng(seed)),
        ),
    ):
        assert set(plan.tolist()) == set(range(k))
        assert all(whole(set(np.flatnonzero(plan == g).tolist()), near) for g in range(k))
    loads = np.bincount(tree_plan(problem, np.random.default_rng(seed)), problem.weights[:, 0])
    assert loads.max() < 2.0 * loads.mean()


def test_merge_split_touches_one_pair_only() -> None:
    problem = lattice(8, 8, 5, 0, 0.1)
    near = sets_of(problem)
    plan = tree_plan(problem, np.random.default_rng(1))
    for seed in range(10):
        other = merge_split(problem, plan, np.random.default_rng(seed))
        touched = set(plan[other != plan].tolist()) | set(other[other != plan].tolist())
        assert len(touched) <= 2
        assert all(whole(set(np.flatnonzero(other == g).tolist()), near) for g in range(5))


def test_split_takes_the_wanted_share_of_a_path() -> None:
    edges = np.array([[i, i + 1] for i in range(9)])
    side = tree_split(np.arange(10), edges, np.ones(10), 0.3, np.random.default_rng(0))
    assert side.sum() == 3
    assert side[:3].all() or side[-3:].all()


def test_same_random_numbers_same_plan() -> None:
    problem = lattice(9, 9, 4, 0, 0.1)
    first, again = (tree_plan(problem, np.random.default_rng(5)) for _ in range(2))
    assert (first == again).all()
