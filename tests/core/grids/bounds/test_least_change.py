"""The least change: exact in small towns, never undercut by its bound, kept where it can be."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linzhang_plugin.core.grids.bounds.afford import Ceiling, affordable, narrowed, reduced_costs
from linzhang_plugin.core.grids.bounds.leastchange import contiguous_change, least_change_plan
from linzhang_plugin.core.grids.bounds.lower import lower_bound
from linzhang_plugin.core.grids.bounds.stability import (
    _stay_program,
    in_order,
    losable,
    must_change_mu,
)
from linzhang_plugin.core.grids.contiguity import Graph
from linzhang_plugin.core.grids.model import Problem
from linzhang_plugin.core.grids.solve.goals import Goals, Objective, changed_mu
from linzhang_plugin.core.grids.solve.keep import keep_most, replan
from linzhang_plugin.core.grids.solve.reach import reach_of
from linzhang_plugin.core.grids.solve.state import State, allowed
from linzhang_plugin.core.grids.solve.town import least_change, solve_town
from tests.truth.townships import (
    brute_force,
    feasible,
    lattice,
    make_problem,
    plans_of,
    scattered,
)

STAY = Goals(max_change_mu=0.0)


def small_town(seed: int) -> Problem:
    """A town that brute force can search: a plan of last year by halves, or by chance."""
    rng = np.random.default_rng(seed)
    n, k = ((9, 2), (7, 3), (10, 2))[seed % 3]
    xy, edges = scattered(n, seed, 0.4)
    halves = np.where(xy[:, 0] < rng.uniform(200, 800), 0, k - 1)
    previous = rng.integers(-1, k, n) if seed % 2 else halves
    fixed = np.full(n, -1)
    if seed % 5 == 0:
        fixed[0] = max(int(previous[0]), 0)
    problem = make_problem(
        xy, edges, rng.uniform(1, 3, n), k, (0.15, 0.3)[seed % 2], previous, fixed=fixed
    )
    return replace(problem, mu=rng.uniform(0.5, 4, n))


@given(st.integers(0, 100_000))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_small_towns_change_as_little_as_brute_force(seed: int) -> None:
    problem = small_town(seed)
    best = brute_force(problem)
    solution = solve_town(problem, STAY, 1, seed)
    if not best.plans:
        assert solution.violations
        return
    assert not solution.violations
    assert feasible(problem, solution.plan)
    assert changed_mu(problem, solution.plan) == pytest.approx(best.least_change, abs=1e-6)
    assert solution.must_change_mu <= best.least_change + 1e-6


@given(st.integers(0, 100_000), st.floats(0.0, 1.0))
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_bound_with_contiguity_is_valid_below_any_ceiling(seed: int, share: float) -> None:
    problem = small_town(seed)
    best = brute_force(problem)
    if not best.plans:
        return
    graph = Graph(problem.n, problem.edges)
    ceiling = best.least_change + share * float(problem.mu.sum())
    bound = contiguous_change(problem, graph, Ceiling(ceiling), seed % 3)
    assert bound <= best.least_change + 1e-6
    assert must_change_mu(problem, ceiling) <= best.least_change + 1e-6
    assert must_change_mu(problem, ceiling) >= must_change_mu(problem) - 1e-9


def test_the_smaller_part_of_a_torn_grid_must_go() -> None:
    # A row of nine: grid 0 holds both ends, five and one; without contiguity nobody moves.
    xy, edges = lattice(1, 9)
    previous = np.array([0, 0, 0, 0, 0, 1, 1, 1, 0])
    problem = make_problem(xy, edges, np.ones(9), 2, None, previous)
    assert must_change_mu(problem) == pytest.approx(0, abs=1e-6)
    assert must_change_mu(problem, 5.0) == pytest.approx(1, abs=1e-4)
    solution = solve_town(problem, STAY, 0, 0)
    assert solution.plan.tolist() == [0, 0, 0, 0, 0, 1, 1, 1, 1]
    assert solution.must_change_mu == pytest.approx(1, abs=1e-4)


def test_an_island_of_a_grid_inside_another_is_seen_by_the_bound() -> None:
    xy, edges = lattice(6, 12)
    previous = np.where(np.arange(72) % 12 < 6, 0, 1)
    previous[[2 * 12 + 9, 2 * 12 + 10]] = 0
    problem = make_problem(xy, edges, np.ones(72), 2, 0.2, previous)
    solution = solve_town(problem, STAY, 0, 0)
    assert changed_mu(problem, solution.plan) == pytest.approx(2)
    assert solution.must_change_mu == pytest.approx(2, abs=0.01)


def test_surplus_reaches_a_short_grid_over_its_neighbours() -> None:
    # Stripes of 18, 12, 12 and 6 units: what the last lacks is three stripes away.
    xy, edges = lattice(3, 16)
    previous = np.digitize(np.arange(48) % 16, [6, 10, 14])
    problem = make_problem(xy, edges, np.ones(48), 4, 0.1, previous)
    solution = solve_town(problem, STAY, 1, 0)
    assert solution.violations == ()
    load = np.bincount(solution.plan, minlength=4)
    assert (load >= 11).all()
    assert (load <= 13).all()
    # 5 leave the first, 4 of the next two pass on as many but one each, 5 join the last.
    assert changed_mu(problem, solution.plan) <= 14
    assert changed_mu(problem, solution.plan) >= solution.must_change_mu


def test_a_plan_within_its_bounds_is_kept_whole() -> None:
    xy, edges = lattice(8, 8)
    problem = make_problem(xy, edges, np.ones(64), 4, 0.1, np.arange(64) // 16)
    state = State(
        problem, Graph(64, edges), least_change(Objective.of(problem, STAY)), problem.previous
    )
    assert keep_most(state, 50) == 0
    assert solve_town(problem, STAY, 0, 0).plan.tolist() == problem.previous.tolist()


@pytest.mark.parametrize("seed", range(3))
def test_replanning_keeps_locks_contiguity_and_everybody_else(seed: int) -> None:
    xy, edges = lattice(9, 16)
    rng = np.random.default_rng(seed)
    previous = np.digitize(np.arange(144) % 16, [5, 8, 12])
    fixed = np.where(rng.random(144) < 0.05, previous, -1)
    closed = np.array([False, False, False, True])
    weights = rng.uniform(0.5, 2.0, 144)
    problem = make_problem(xy, edges, weights, 4, 0.2, previous, fixed=fixed, closed=closed)
    graph = Graph(144, edges)
    state = State(problem, graph, least_change(Objective.of(problem, STAY)), previous)
    before = state.running_cost()
    replan(state, np.array([0, 1, 2]))
    assert state.running_cost() <= before
    assert graph.disconnected(state.plan) == []
    assert (state.plan[fixed >= 0] == fixed[fixed >= 0]).all()
    assert (state.plan[previous == 3] == 3).all()
    assert not ((state.plan == 3) & (previous != 3)).any()


def test_every_unit_reaches_its_root_over_nearer_units() -> None:
    xy, edges = scattered(80, 3, 0.2)
    problem = make_problem(xy, edges, np.ones(80), 4, 0.2)
    rng = np.random.default_rng(3)
    plan = solve_town(problem, Goals(mode=1), 0, int(rng.integers(9))).plan
    graph = Graph(80, edges)
    state = State(problem, graph, Objective.of(problem, STAY), plan)
    reach = reach_of(state, np.array([0, 1, 2, 3]), 2)
    rooted = np.zeros(len(reach.unit), dtype=bool)
    rooted[reach.root] = True
    has_parent = np.zeros(len(reach.unit), dtype=bool)
    at_home = np.zeros(len(reach.unit), dtype=bool)
    at_home[reach.here] = True
    has_parent[reach.child[at_home[reach.parent] | ~at_home[reach.child]]] = True
    # Nobody at home depends on a stranger, and everybody has somebody.
    assert (has_parent | rooted)[reach.here].all()
    assert (reach.grid[reach.child] == reach.grid[reach.parent]).all()
    linked = {tuple(e) for e in graph.edges.tolist()}
    for child, parent in zip(reach.child[:50].tolist(), reach.parent[:50].tolist(), strict=True):
        pair = sorted((int(reach.unit[child]), int(reach.unit[parent])))
        assert tuple(pair) in linked


@given(st.integers(0, 100_000), st.floats(0.05, 0.6))
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_joint_bound_is_valid_within_a_limit_of_change(seed: int, share: float) -> None:
    problem = small_town(seed)
    rng = np.random.default_rng(seed)
    travel = rng.uniform(1, 60, (problem.n, problem.k)) if seed % 2 else None
    problem = replace(problem, village=rng.integers(-1, 3, problem.n), travel=travel)
    objective = Objective.of(problem, Goals())
    limit = share * float(problem.mu.sum())

    def value(plan: np.ndarray) -> float:
        kept = changed_mu(problem, plan) <= limit + 1e-9
        return objective.value(problem, plan) if kept else np.inf

    best = brute_force(problem, value)
    if not np.isfinite(best.value):
        return
    must = must_change_mu(problem)
    bound = lower_bound(problem, objective, must, 0, limit_mu=limit)
    assert bound <= best.value + 1e-9
    assert bound >= lower_bound(problem, objective, must, 0) - 1e-9


def test_the_exact_plan_is_none_where_no_plan_exists() -> None:
    xy, edges = lattice(1, 4)
    problem = make_problem(
        xy, edges, np.array([1.0, 5.0, 1.0, 1.0]), 2, 0.1, np.array([0, 0, 1, 1])
    )
    assert least_change_plan(problem, Graph(4, edges), np.inf) is None


def test_the_same_seed_gives_the_same_plan() -> None:
    xy, edges = scattered(80, 5, 0.15)
    rng = np.random.default_rng(5)
    previous = (xy[:, 0] // 334).astype(int) + 3 * (xy[:, 1] > 420)
    problem = make_problem(xy, edges, rng.uniform(0.5, 2, 80), 6, 0.15, previous)
    one, two = (solve_town(problem, Goals(max_change_mu=5.0), 1, 3) for _ in range(2))
    assert one.plan.tolist() == two.plan.tolist()
    assert one.lower_bound == two.lower_bound
    assert one.must_change_mu == two.must_change_mu


@given(st.integers(0, 100_000), st.floats(0.0, 0.5))
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_plan_below_the_ceiling_needs_what_no_grid_could_afford(seed: int, share: float) -> None:
    problem = in_order(small_town(seed))
    solved = _stay_program(problem)
    if solved is None:
        assert not brute_force(problem).plans
        return
    _, prices = solved
    graph = Graph(problem.n, problem.edges)
    ceiling = share * float(problem.mu.sum())
    may = allowed(problem)
    base, above = reduced_costs(problem, may, prices)
    lost = losable(problem, ceiling)
    first, second = (
        affordable(problem, graph, Ceiling(ceiling, price, lost)) for price in (None, prices)
    )
    third = narrowed(problem, graph, Ceiling(ceiling, prices, lost))
    units = np.arange(problem.n)
    low, high = problem.lower[:, 0] - 1e-6, problem.upper[:, 0] + 1e-6
    for plan in plans_of(problem.n, problem.k):
        load = np.bincount(plan, problem.weights[:, 0], problem.k)
        if (load < low).any() or (load > high).any() or changed_mu(problem, plan) > ceiling:
            continue
        if not feasible(problem, plan):
            continue
        assert base + float(above[units, plan].sum()) <= changed_mu(problem, plan) + 1e-4
        assert first[units, plan].all()
        assert second[units, plan].all()
        assert third[units, plan].all()
        for grid in range(problem.k):
            had = problem.previous == grid
            assert lost[grid] or (plan[had] == grid).any() or not had.any()


def test_units_that_no_grid_could_afford_are_left_out() -> None:
    # A row of twelve in three grids: two units may change, so each grid reaches two further.
    xy, edges = lattice(1, 12)
    problem = make_problem(xy, edges, np.ones(12), 3, None, np.arange(12) // 4)
    reached = affordable(problem, Graph(12, edges), Ceiling(2.0))
    assert np.flatnonzero(reached[:, 0]).tolist() == list(range(6))
    assert np.flatnonzero(reached[:, 1]).tolist() == list(range(2, 10))


def test_the_numbering_of_the_grids_changes_no_bound() -> None:
    problem = small_town(4)
    swap = np.random.default_rng(1).permutation(problem.k)
    back = np.argsort(swap)

    def renamed(grids: np.ndarray) -> np.ndarray:
        return np.where(grids >= 0, swap[grids], -1)

    other = replace(
        problem,
        previous=renamed(problem.previous),
        start=renamed(problem.start),
        fixed=renamed(problem.fixed),
        lower=problem.lower[back],
        upper=problem.upper[back],
        target=problem.target[back],
        closed=problem.closed[back],
    )
    for ceiling in (None, 5.0, 12.0):
        assert must_change_mu(problem, ceiling) == must_change_mu(other, ceiling)


@pytest.mark.parametrize("seed", [1, 2, 5])
def test_a_plan_that_may_change_much_is_bounded_by_the_one_that_changes_least(seed: int) -> None:
    xy, edges = scattered(60, seed, 0.2)
    rng = np.random.default_rng(seed)
    previous = np.digitize(xy[:, 0], [250, 500, 800])
    previous[rng.random(60) < 0.08] = 0
    problem = make_problem(xy, edges, rng.uniform(0.5, 2, 60), 4, 0.15, previous)
    least = solve_town(problem, Goals(max_change_mu=0.0, stable=0.1), 0, 0)
    free = solve_town(problem, Goals(stable=0.1), 0, 0)
    assert changed_mu(problem, free.plan) > 1.3 * changed_mu(problem, least.plan)
    assert free.must_change_mu == least.must_change_mu
