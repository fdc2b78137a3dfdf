"""Groups of grids cut anew, and recombination: brute force and what must never happen."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from linzhang_plugin.core.grids.solve.recombine import kick, split_anew
from linzhang_plugin.core.grids.solve.repair import neighbouring_grids
from linzhang_plugin.core.grids.solve.search import groups_of, recut_whole, search, troubled
from tests.core.grids.solve.test_state import state_of, town
from tests.truth.townships import brute_force, lattice, make_problem, one_piece


@pytest.mark.parametrize("size", [2, 3])
def test_groups_are_all_connected_sets_of_grids(size: int) -> None:
    state = state_of(town(3, 90, 6))
    near = {tuple(pair) for pair in neighbouring_grids(state).tolist()}
    among = np.array([True, False, False, True, False, False])
    expected = []
    for group in combinations(range(6), size):
        links = sum((a, b) in near or (b, a) in near for a, b in combinations(group, 2))
        if links >= size - 1 and among[list(group)].any():
            expected.append(list(group))
    assert groups_of(state, size, among) == expected


@pytest.mark.parametrize("seed", range(3))
def test_a_small_town_cut_anew_as_a_whole_reaches_the_brute_force_optimum(seed: int) -> None:
    rng = np.random.default_rng(seed)
    xy, edges = lattice(2, 6)
    problem = make_problem(xy, edges, rng.uniform(0.8, 1.2, 12), 2, 0.4)
    # One corner and the rest: far out of bounds, and no single move mends it.
    state = state_of(problem, np.where(np.isin(np.arange(12), [0, 1, 6]), 0, 1))
    best = brute_force(problem, lambda plan: state.objective.value(problem, plan))
    recut_whole(state)
    assert state.violation() == 0
    value = state.objective.value(problem, state.plan)
    assert best.value - 1e-9 <= value <= 1.02 * best.value


def test_a_search_mends_a_plan_that_single_moves_cannot() -> None:
    # Heavy and light units by turns: no single move, but one exchange of many, evens them.
    xy, edges = lattice(2, 6)
    weights = np.array([4, 1, 4, 1, 1, 1, 4, 1, 4, 1, 1, 2], dtype=float)
    start = np.where(np.arange(12) % 6 < 3, 0, 1)
    problem = make_problem(xy, edges, weights, 2, 0.1, start)
    state = state_of(problem, start)
    assert troubled(state).all()
    spent = search(state, 10, 2, among=troubled(state))
    assert 0 < spent <= 10
    assert state.violation() == 0
    assert not troubled(state).any()


def test_a_search_spends_no_more_than_its_budget() -> None:
    state = state_of(town(5, 90, 6))
    before = state.cost()
    assert search(state, 3) <= 3
    assert state.cost() <= before + 1e-9


@pytest.mark.parametrize("seed", range(4))
def test_splits_are_two_whole_grids_near_their_bounds(seed: int) -> None:
    state = state_of(town(seed, 90, 5, 0.4))
    rng = np.random.default_rng(seed)
    problem = state.problem
    room = 0.3 * problem.target[0]
    for g, h in neighbouring_grids(state).tolist()[:6]:
        before = state.plan.copy()
        if not split_anew(state, g, h, rng):
            assert (state.plan == before).all()
            continue
        for grid in (g, h):
            assert one_piece(problem, np.flatnonzero(state.plan == grid).tolist())
            assert problem.lower[grid, 0] - room <= state.loads[grid, 0] + 1e-9
            assert state.loads[grid, 0] <= problem.upper[grid, 0] + room + 1e-9


def test_kicks_leave_a_worse_outcome_untaken_and_keep_the_limit() -> None:
    problem = town(8, 120, 6, 0.3)
    state = state_of(problem)
    limit = state.changed + 2.0
    cost, plan = state.running_cost(), state.plan.copy()
    kept = kick(state, 40, np.random.default_rng(3), limit)
    assert state.changed <= limit + 1e-9
    assert (state.running_cost() < cost) == (kept > 0)
    assert kept > 0 or (state.plan == plan).all()
    again = state_of(problem, plan)
    assert kick(again, 40, np.random.default_rng(3), limit) == kept
    assert (again.plan == state.plan).all()
