"""Whole townships: hard rules, determinism, planted truth and brute force."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linzhang_plugin.core.grids.bounds.stability import must_change_mu
from linzhang_plugin.core.grids.model import Problem, Solution
from linzhang_plugin.core.grids.solve.goals import Goals, Objective, changed_mu
from linzhang_plugin.core.grids.solve.town import solve_town
from linzhang_plugin.core.messages import CancelledError, ConflictError
from tests.truth.townships import (
    brute_force,
    feasible,
    lattice,
    make_problem,
    one_piece,
    scattered,
)


def rows_of_four() -> Problem:
    """4 × 4 units, last year's grids its four rows: feasible and balanced."""
    xy, edges = lattice(4, 4)
    return make_problem(xy, edges, np.ones(16), 4, 0.0, np.arange(16) // 4)


def keeps_hard_rules(problem: Problem, solution: Solution) -> None:
    plan = solution.plan
    assert ((plan >= 0) & (plan < problem.k)).all()
    locked = problem.fixed >= 0
    assert (plan[locked] == problem.fixed[locked]).all()
    for g in range(problem.k):
        members = np.flatnonzero(plan == g).tolist()
        if members:
            assert one_piece(problem, members)
    assert bool(solution.violations) != feasible(problem, plan)


def test_a_feasible_plan_is_left_alone_when_nothing_may_change() -> None:
    problem = rows_of_four()
    solution = solve_town(problem, Goals(mode=0, max_change_mu=0.0))
    assert (solution.plan == problem.previous).all()
    assert solution.must_change_mu == 0
    assert solution.violations == ()


def test_an_enclave_goes_to_the_grid_around_it() -> None:
    xy, edges = lattice(5, 10)
    truth = np.where(np.arange(50) % 10 < 5, 0, 1)
    start = truth.copy()
    start[2 * 10 + 2] = 1
    problem = make_problem(xy, edges, np.ones(50), 2, 0.1, start)
    solution = solve_town(problem, Goals(mode=0, max_change_mu=0.0))
    assert (solution.plan == truth).all()
    assert changed_mu(problem, solution.plan) == 1


def test_orphans_go_to_the_vacant_post() -> None:
    xy, edges = lattice(4, 12)
    truth = np.arange(48) % 12 // 4
    start = np.where(truth == 1, -1, truth)
    problem = make_problem(xy, edges, np.ones(48), 3, 0.1, start)
    solution = solve_town(problem, Goals(mode=0, max_change_mu=0.0))
    assert (solution.plan == truth).all()
    assert changed_mu(problem, solution.plan) == 0


def test_a_new_post_without_territory_gets_a_share() -> None:
    xy, edges = lattice(6, 12)
    problem = make_problem(xy, edges, np.ones(72), 3, 0.1, np.arange(72) % 12 // 6)
    solution = solve_town(problem, Goals(mode=0, max_change_mu=0.0))
    keeps_hard_rules(problem, solution)
    assert solution.violations == ()
    # Two grids of 36 must each come down to 26: 20 change, no more needed.
    assert changed_mu(problem, solution.plan) <= 22 + 1e-9


def test_locks_hold_and_contradictory_locks_are_told() -> None:
    problem = rows_of_four()
    fixed = problem.fixed.copy()
    fixed[0], fixed[12] = 3, 0
    with pytest.raises(ConflictError):
        bad = fixed.copy()
        bad[[0, 4, 8, 12]] = [0, 1, 1, 0]
        bad[[5, 6, 7, 1, 2, 3]] = 1
        solve_town(replace(problem, fixed=bad), Goals(mode=0))
    loose = replace(problem, lower=problem.lower * 0.5, upper=problem.upper * 2, fixed=fixed)
    solution = solve_town(loose, Goals(mode=0))
    keeps_hard_rules(loose, solution)
    assert solution.plan[0] == 3 and solution.plan[12] == 0


def test_a_closed_grid_gains_nothing() -> None:
    xy, edges = lattice(4, 8)
    previous = np.where(np.arange(32) % 8 < 2, 0, 1)
    closed = np.array([True, False])
    problem = make_problem(xy, edges, np.ones(32), 2, 0.2, previous, closed=closed)
    solution = solve_town(problem, Goals(mode=0))
    assert (solution.plan == 0).sum() <= 8
    assert ("under", 0) in solution.violations


def test_an_impossible_town_gets_a_plan_its_violations_and_a_reason() -> None:
    xy, edges = lattice(3, 3)
    weights = np.ones(9)
    weights[4] = 50.0
    problem = make_problem(xy, edges, weights, 3, 0.1)
    solution = solve_town(problem, Goals(mode=1))
    keeps_hard_rules(problem, solution)
    assert any(rule == "over" for rule, _ in solution.violations)
    assert "one stand alone" in str(solution.reasons[0])
    assert solution.lower_bound is None


def test_more_posts_than_stands_leaves_posts_vacant() -> None:
    xy, edges = lattice(1, 3)
    problem = make_problem(xy, edges, np.ones(3), 5, None)
    for mode in (0, 1):
        solution = solve_town(problem, Goals(mode=mode))
        assert sorted(rule for rule, _ in solution.violations) == ["vacant", "vacant"]
        assert len(set(solution.plan.tolist())) == 3
        assert "stay vacant" in str(solution.reasons[0])


def test_no_grid_spans_two_components_of_the_links() -> None:
    xy, edges = lattice(3, 8)
    cut = (edges[:, 0] % 8 == 3) & (edges[:, 1] % 8 == 4)
    problem = make_problem(xy, edges[~cut], np.ones(24), 4, 0.1)
    solution = solve_town(problem, Goals(mode=1))
    keeps_hard_rules(problem, solution)
    assert solution.violations == ()


def test_fewer_posts_than_components_is_told() -> None:
    xy, edges = lattice(1, 4)
    problem = make_problem(xy, edges[:1], np.ones(4), 1, None)
    assert solve_town(problem, Goals(mode=1)).violations == (("disconnected", 0),)


def test_empty_town_and_one_grid() -> None:
    nothing = make_problem(np.zeros((0, 2)), np.zeros((0, 2)), np.zeros(0), 1, None)
    assert len(solve_town(nothing).plan) == 0
    xy, edges = lattice(2, 2)
    assert (solve_town(make_problem(xy, edges, np.ones(4), 1)).plan == 0).all()


def test_stands_in_one_place_and_without_weight() -> None:
    chain = np.array([(i, i + 1) for i in range(19)])
    heap = make_problem(np.full((20, 2), 4e7), chain, np.repeat([0.0, 1.0], 10), 4, 0.5)
    assert solve_town(heap, Goals(mode=1)).violations == ()
    rng = np.random.default_rng(0)
    weightless = make_problem(rng.random((20, 2)) + 4e7, chain, np.zeros(20), 4, None)
    solution = solve_town(weightless, Goals(mode=1))
    assert solution.violations == ()
    assert np.isfinite(solution.objective)


def test_homes_out_of_reach_do_not_spoil_the_sums() -> None:
    rng = np.random.default_rng(1)
    xy, edges = scattered(40, 1)
    travel = np.where(rng.random((40, 3)) < 0.1, np.inf, rng.random((40, 3)) * 50)
    solution = solve_town(make_problem(xy, edges, np.ones(40), 3, 0.1, travel=travel))
    assert solution.violations == ()
    assert 0 < solution.lower_bound <= solution.objective < np.inf


def test_forest_bounds_in_a_second_column() -> None:
    rng = np.random.default_rng(3)
    xy, edges = scattered(120, 3, 0.15)
    load = rng.lognormal(0, 0.5, 120)
    mu = load * rng.uniform(0.5, 2.0, 120)
    mean = mu.sum() / 4
    problem = replace(
        make_problem(xy, edges, np.stack([load, mu], axis=1), 4, None),
        lower=np.tile([-np.inf, 0.9 * mean], (4, 1)),
        upper=np.tile([np.inf, 1.1 * mean], (4, 1)),
    )
    solution = solve_town(problem, Goals(mode=1))
    held = np.bincount(solution.plan, mu, 4) / mean
    assert solution.violations == ()
    assert ((held >= 0.9 - 1e-9) & (held <= 1.1 + 1e-9)).all()


def test_the_names_of_the_grids_do_not_matter() -> None:
    xy, edges = scattered(60, 8)
    start = np.minimum((xy[:, 0] / 1000 * 4).astype(int), 3)
    problem = make_problem(xy, edges, np.ones(60), 4, 0.2, start)
    swap = np.array([2, 0, 3, 1])
    renamed = replace(problem, previous=swap[start], start=swap[start])
    goals = Goals(mode=0, max_change_mu=0.0)
    one, two = solve_town(problem, goals), solve_town(renamed, goals)
    for solution, town in ((one, problem), (two, renamed)):
        keeps_hard_rules(town, solution)
        assert solution.violations == ()
    # The bound, with contiguity or without, does not know the names.
    least = min(changed_mu(problem, one.plan), changed_mu(renamed, two.plan))
    for ceiling in (None, least, least + 3.0):
        bounds = [must_change_mu(town, ceiling) for town in (problem, renamed)]
        assert bounds[0] == bounds[1]
        assert bounds[0] <= least + 1e-6
    if changed_mu(problem, one.plan) == changed_mu(renamed, two.plan):
        assert one.must_change_mu == two.must_change_mu
    assert changed_mu(problem, one.plan) == pytest.approx(changed_mu(renamed, two.plan), abs=2)


@pytest.mark.parametrize("seed", range(3))
def test_change_stays_near_what_must_change(seed: int) -> None:
    rng = np.random.default_rng(seed)
    xy, edges = scattered(200, seed, 0.15)
    weights = rng.lognormal(0, 0.5, 200)
    last = solve_town(make_problem(xy, edges, weights, 5, 0.05), Goals(mode=1), 0, seed).plan
    grown = weights * np.exp(rng.normal(0, 0.08, 5))[last]
    problem = make_problem(xy, edges, grown, 5, 0.1, last, mu=weights)
    solution = solve_town(problem, Goals(mode=0, max_change_mu=0.0))
    assert solution.violations == ()
    total, largest = problem.mu.sum(), problem.mu.max()
    change = changed_mu(problem, solution.plan)
    assert change - solution.must_change_mu <= max(0.002 * total, largest)


def test_stopping_is_obeyed() -> None:
    with pytest.raises(CancelledError):
        solve_town(rows_of_four(), progress=lambda fraction, message: False)


@pytest.mark.parametrize("seed", [0, 1, 2, 3, 6, 7, 9])
def test_small_towns_against_brute_force(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n, k = (9, 3) if seed % 2 else (12, 2)
    xy, edges = scattered(n, seed, 0.45)
    previous = rng.integers(-1, k, n)
    problem = make_problem(xy, edges, rng.uniform(1, 2, n).round(2), k, 0.35, previous)
    goals = Goals(mode=0, max_change_mu=None)
    objective = Objective.of(problem, goals)
    best = brute_force(problem, lambda plan: objective.value(problem, plan))
    for mode in (0, 1):
        solution = solve_town(problem, replace(goals, mode=mode), effort=1)
        keeps_hard_rules(problem, solution)
        if not best.plans:
            assert solution.violations
            continue
        assert solution.violations == ()
        assert solution.must_change_mu <= best.least_change + 1e-6
        assert solution.lower_bound <= best.value + 1e-9
        assert solution.objective <= best.value * 1.02 + 1e-9
    if best.plans:
        kept = solve_town(problem, Goals(mode=0, max_change_mu=0.0, balance=0, compact=0.01))
        assert changed_mu(problem, kept.plan) == pytest.approx(best.least_change)


@st.composite
def towns(draw: st.DrawFn) -> Problem:
    n, seed = draw(st.integers(1, 40)), draw(st.integers(0, 10_000))
    k = draw(st.integers(1, min(6, n)))
    rng = np.random.default_rng(seed)
    xy, edges = scattered(n, seed, draw(st.sampled_from([0.1, 0.2, 0.4])))
    if draw(st.booleans()) and len(edges) > 2:
        edges = edges[rng.random(len(edges)) > 0.2]
    previous = rng.integers(-1, k, n) if draw(st.booleans()) else np.full(n, -1)
    tolerance = draw(st.sampled_from([None, 0.05, 0.3, 0.6]))
    problem = make_problem(xy, edges, rng.lognormal(0, 0.5, n), k, tolerance, previous)
    problem = replace(problem, village=rng.integers(-1, 5, n))
    if draw(st.booleans()):
        problem = replace(problem, travel=rng.random((n, k)) * 60)
    return problem


@given(towns(), st.sampled_from([0, 1]))
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_town_keeps_the_hard_rules_or_says_what_is_broken(problem: Problem, mode: int) -> None:
    goals = Goals(mode=mode, max_change_mu=0.1 * problem.mu.sum())
    solution = solve_town(problem, goals, effort=0)
    again = solve_town(problem, goals, effort=0)
    assert (solution.plan == again.plan).all()
    assert solution.objective == again.objective
    told = {rule for rule, _ in solution.violations}
    if "disconnected" not in told:
        keeps_hard_rules(problem, solution)
    if solution.lower_bound is not None:
        assert solution.lower_bound <= solution.objective
    if solution.must_change_mu is not None and not told:
        assert solution.must_change_mu <= changed_mu(problem, solution.plan) + 1e-9
