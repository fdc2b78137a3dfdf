"""The transport problem: the program against brute force, prices against the program."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from linzhang_plugin.core.grids.solve.draft import balance_centres, divide
from linzhang_plugin.core.grids.solve.state import allowed
from linzhang_plugin.core.grids.solve.transport import (
    allocate,
    allocate_by_prices,
    band,
    nearest_columns,
)
from tests.core.grids.solve.test_state import state_of, town
from tests.truth.townships import lattice, make_problem


def priced(problem, centres, q):
    columns = nearest_columns(problem.xy, centres, allowed(problem), q)
    costs = ((problem.xy[:, None] - centres[np.maximum(columns, 0)]) ** 2).sum(axis=2)
    return columns, costs


def test_equal_weights_reach_the_brute_force_optimum() -> None:
    xy, edges = lattice(2, 4)
    rng = np.random.default_rng(3)
    problem = make_problem(xy, edges, np.ones(8), 2, 0.0)
    centres = rng.uniform(0, 300, (2, 2))
    columns, costs = priced(problem, centres, 2)
    found = allocate(problem, columns, costs, problem.lower, problem.upper)
    table = np.take_along_axis(costs, np.argsort(columns, axis=1), axis=1)
    best = min(
        sum(table[i, g] for i, g in enumerate(plan))
        for plan in product((0, 1), repeat=8)
        if sum(plan) == 4
    )
    assert found.value == pytest.approx(best)
    assert found.slack == pytest.approx(0)
    assert np.bincount(found.plan).tolist() == [4, 4]


@pytest.mark.parametrize("seed", range(4))
def test_prices_bound_the_program_and_come_near_it(seed: int) -> None:
    problem = town(seed, 900, 9, 0.05)
    rng = np.random.default_rng(seed)
    centres, _ = balance_centres(
        problem, problem.xy, problem.xy[rng.choice(900, 9, replace=False)], allowed(problem)
    )
    columns, costs = priced(problem, centres, 6)
    lower, upper = band(problem, problem.target, 0.03)
    exact = allocate(problem, columns, costs, lower, upper)
    near = allocate_by_prices(problem, columns, costs, lower, upper)
    assert exact.slack == pytest.approx(0, abs=1e-6)
    assert near.value <= exact.value * (1 + 1e-9)
    assert near.value >= 0.98 * exact.value
    load = np.bincount(near.plan, problem.weights[:, 0], 9)
    assert np.abs(load / problem.target - 1).max() < 0.15
    assert (columns == near.plan[:, None]).any(axis=1).all()


def test_a_unit_that_may_join_one_grid_only_is_offered_that_one() -> None:
    problem = town(1, 60, 5)
    may = allowed(problem)
    may[7] = False
    may[7, 3] = True
    columns = nearest_columns(problem.xy, problem.xy[:5], may, 2)
    assert columns[7].tolist() == [3, -1]
    costs = np.where(columns >= 0, 1.0, 0.0)
    assert allocate_by_prices(problem, columns, costs, problem.lower, problem.upper).plan[7] == 3


@pytest.mark.parametrize("places", [8000, 40])
def test_balancing_on_a_sample_balances_everything(
    places: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("linzhang_plugin.core.grids.solve.draft.SAMPLE_UNITS", places)
    problem = town(6, 600, 6)
    start = problem.xy[np.arange(6) * 100]
    _, plan = balance_centres(problem, problem.xy, start, allowed(problem))
    load = np.bincount(plan, problem.weights[:, 0], 6)
    assert np.abs(load / problem.target - 1).max() < 0.2


@pytest.mark.parametrize("program", [10**9, 0])
def test_a_division_gives_whole_grids_either_way(
    program: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("linzhang_plugin.core.grids.solve.draft.PROGRAM_UNITS", program)
    state = state_of(town(7, 400, 6))
    plan = divide(state.problem, state.graph, state.objective, np.random.default_rng(1), 2)
    assert state.graph.disconnected(plan) == []
    load = np.bincount(plan, state.problem.weights[:, 0], 6)
    assert np.abs(load / state.problem.target - 1).max() < 0.25
