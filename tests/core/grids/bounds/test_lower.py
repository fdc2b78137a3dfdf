"""Bounds never exceed what brute force finds, and are not idle."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linzhang_plugin.core.grids.bounds.lower import balance_bound, lower_bound
from linzhang_plugin.core.grids.bounds.moment_bound import moment_bound
from linzhang_plugin.core.grids.bounds.stability import must_change_mu
from linzhang_plugin.core.grids.model import Problem
from linzhang_plugin.core.grids.solve.goals import Goals, Objective, moments
from linzhang_plugin.core.grids.solve.separate import separate, share_posts
from linzhang_plugin.core.grids.whynot.infeasible import reasons
from tests.truth.townships import brute_force, lattice, make_problem, scattered


def tiny(seed: int, tolerance: float | None) -> Problem:
    rng = np.random.default_rng(seed)
    n, k = (7, 3) if seed % 2 else (9, 2)
    xy, edges = scattered(n, seed, 2.0)
    problem = make_problem(xy, edges, rng.uniform(1, 3, n), k, tolerance, rng.integers(-1, k, n))
    return replace(problem, mu=rng.uniform(0.5, 4, n), village=rng.integers(-1, 3, n))


@given(st.integers(0, 100_000), st.sampled_from([0.2, 0.5, None]), st.integers(0, 2))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_bounds_never_exceed_brute_force(seed: int, tolerance: float | None, effort: int) -> None:
    problem = tiny(seed, tolerance)
    objective = Objective.of(problem, Goals())
    best = brute_force(problem, lambda plan: objective.value(problem, plan))
    must = must_change_mu(problem)
    bound = lower_bound(problem, objective, must, effort)
    if best.plans:
        assert must <= best.least_change + 1e-9
        assert bound <= best.value + 1e-9


@pytest.mark.parametrize("seed", range(6))
def test_moment_bound_is_valid_and_close(seed: int) -> None:
    problem = tiny(seed, 0.5)
    xy = problem.xy - problem.xy.mean(axis=0)
    best = brute_force(problem, lambda plan: float(moments(xy, problem.mu, plan, problem.k).sum()))
    bound = moment_bound(problem, xy, 60)
    assert 0.4 * best.value <= bound <= best.value * (1 + 1e-9)


def test_moment_bound_of_a_lattice_lies_just_below_its_squares() -> None:
    xy, edges = lattice(20, 20)
    squares = (np.arange(400) // 20 // 5) * 4 + np.arange(400) % 20 // 5
    problem = make_problem(xy, edges, np.ones(400), 16, 0.0)
    value = float(moments(xy, problem.mu, squares, 16).sum())
    bound = moment_bound(problem, xy - xy.mean(axis=0), 60)
    assert 0.9 * value <= bound <= value


def test_balance_bound_of_unequal_bounds() -> None:
    xy, edges = lattice(1, 4)
    problem = make_problem(xy, edges, np.ones(4), 2, None)
    objective = Objective.of(problem, Goals(balance=2.0))
    assert balance_bound(problem, objective) == pytest.approx(0, abs=1e-9)
    tight = replace(problem, lower=np.array([[3.0], [0.0]]))
    # One grid must hold 3 of 4 where 2 are wanted: (1/2)² twice, times 2/2.
    assert balance_bound(tight, objective) == pytest.approx(0.5)
    assert balance_bound(replace(problem, upper=np.full((2, 1), 1.5)), objective) is None


def test_must_change_of_planted_surplus_and_of_a_vacant_post() -> None:
    xy, edges = lattice(2, 10)
    start = np.where(np.arange(20) % 10 < 6, 0, 1)
    problem = make_problem(xy, edges, np.ones(20), 2, 0.0, start)
    assert must_change_mu(problem) == pytest.approx(2, abs=1e-6)
    vacant = make_problem(xy, edges, np.ones(20), 4, 0.0, start)
    assert must_change_mu(vacant) == pytest.approx(10, abs=1e-6)
    locked = replace(problem, fixed=np.where(np.arange(20) == 0, 1, -1))
    assert must_change_mu(locked) == pytest.approx(2, abs=1e-6)
    wide = replace(locked, lower=problem.lower * 0, upper=problem.upper * 9)
    assert must_change_mu(wide) == pytest.approx(1, abs=1e-6)


def test_must_change_is_none_where_bounds_contradict() -> None:
    xy, edges = lattice(1, 4)
    problem = make_problem(xy, edges, np.ones(4), 2, 0.1)
    assert must_change_mu(replace(problem, upper=problem.upper * 0.5)) is None


def test_posts_go_where_the_load_waits() -> None:
    xy, edges = lattice(3, 8)
    cut = (edges[:, 0] % 8 == 5) & (edges[:, 1] % 8 == 6)
    problem = make_problem(xy, edges[~cut], np.ones(24), 4, 0.1)
    labels = np.where(np.arange(24) % 8 < 6, 0, 1)
    assert sorted(share_posts(problem, labels, 1).tolist()) == [0, 0, 0, 1]
    pieces = separate(problem, Objective.of(problem, Goals()), 1)
    assert sorted(len(piece.units) for piece in pieces) == [6, 18]
    assert sorted(g for piece in pieces for g in piece.grids) == [0, 1, 2, 3]


def test_a_part_without_a_post_is_tied_to_its_nearest_neighbour() -> None:
    xy, edges = lattice(1, 5)
    problem = make_problem(xy, edges[:3], np.ones(5), 1, None)
    (piece,) = separate(problem, Objective.of(problem, Goals()), 1)
    assert piece.graph.near[4] == [3]


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"upper": np.full((2, 1), 3.0)}, "may hold at most 6.0"),
        ({"lower": np.full((2, 1), 6.0), "upper": np.full((2, 1), 9.0)}, "only 8.0"),
        ({"weights": np.array([[7.0], *[[0.1]] * 7])}, "one stand alone has 7.0"),
    ],
)
def test_reasons_name_constraint_and_remedy(change: dict, part: str) -> None:
    xy, edges = lattice(2, 4)
    problem = replace(make_problem(xy, edges, np.ones(8), 2, 0.1), **change)
    assert any(part in str(reason) for reason in reasons(problem))


def test_reasons_are_silent_where_nothing_is_proven() -> None:
    xy, edges = lattice(2, 4)
    assert reasons(make_problem(xy, edges, np.ones(8), 2, 0.1)) == []


def test_an_odd_component_is_named() -> None:
    xy, edges = lattice(1, 10)
    problem = make_problem(xy, edges[edges[:, 0] != 6], np.ones(10), 2, 0.1)
    assert "no whole number of grids" in str(reasons(problem)[0])
