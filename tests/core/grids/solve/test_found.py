"""Grids for vacant posts: planted places, hard rules, nothing lost."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from linzhang_plugin.core.grids.solve.found import found_posts, grow_post, vacant_posts
from linzhang_plugin.core.grids.solve.repair import neighbouring_grids
from tests.core.grids.solve.test_state import state_of, strips, town
from tests.truth.townships import lattice, make_problem, one_piece


def test_the_new_grid_stands_in_the_overfull_one() -> None:
    xy, edges = lattice(4, 12)
    column = np.arange(48) % 12
    start = np.where(column < 3, 0, np.where(column < 9, 1, 2))
    problem = make_problem(xy, edges, np.ones(48), 4, 0.1, start)
    state = state_of(problem, start)
    assert vacant_posts(state) == [3]
    found_posts(state)
    assert vacant_posts(state) == []
    taken = start[state.plan == 3]
    assert np.bincount(taken, minlength=3).argmax() == 1
    assert state.violation() < 0.35
    for grid in range(4):
        assert one_piece(problem, np.flatnonzero(state.plan == grid).tolist())


@pytest.mark.parametrize("seed", range(4))
def test_grids_stay_whole_and_none_is_robbed_below_its_bound(seed: int) -> None:
    problem = town(seed, 90, 6, 0.3)
    plan = strips(problem)
    joined = next(g for g, h in neighbouring_grids(state_of(problem, plan)).tolist() if h == 5)
    plan = np.where(plan == 5, joined, plan)
    state = state_of(problem, plan)
    before = state.loads[:, 0].copy()
    low = problem.lower[:, 0]
    moved = grow_post(state, 5, int(np.flatnonzero(plan == joined)[0]))
    assert {u for u, _ in moved} == set(np.flatnonzero(state.plan == 5).tolist())
    for grid in range(6):
        members = np.flatnonzero(state.plan == grid).tolist()
        assert not members or one_piece(problem, members)
        assert state.loads[grid, 0] >= min(low[grid], before[grid]) - 1e-9


def test_locked_units_and_closed_posts_are_left_alone() -> None:
    xy, edges = lattice(3, 8)
    plan = np.where(np.arange(24) % 8 < 4, 0, 1)
    fixed = np.where(np.arange(24) % 8 < 3, 0, -1)
    problem = make_problem(xy, edges, np.ones(24), 4, None)
    problem = replace(problem, fixed=fixed, closed=np.array([False, False, False, True]))
    state = state_of(problem, plan)
    assert vacant_posts(state) == [2]
    found_posts(state)
    assert state.count[2] > 0
    assert state.count[3] == 0
    assert (state.plan[fixed == 0] == 0).all()
