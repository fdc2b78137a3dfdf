"""Published objectives against brute force, their bounds, determinism, and bad requests."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from linzhang_plugin.core.grids.published import objectives
from linzhang_plugin.core.grids.published.accelerate import AVAILABLE
from linzhang_plugin.core.grids.published.fixedcentres import (
    exact_prices,
    price_grids,
    value_seconds,
)
from linzhang_plugin.core.grids.published.hess import hess
from linzhang_plugin.core.grids.published.objectives import OBJECTIVES, solve_published, violations
from linzhang_plugin.core.grids.published.separators import link_matrix, solve_fixed
from linzhang_plugin.core.messages import CancelledError, InputError
from tests.truth.districts import VALUES, all_plans, hess_value, lattice

CASES = [(3, 3, 2, 1), (3, 3, 3, 2), (2, 5, 2, 3), (2, 5, 3, 4)]


@pytest.mark.parametrize("name", sorted(OBJECTIVES))
@pytest.mark.parametrize("case", CASES)
def test_tiny_instances_reach_the_brute_force_optimum(name: str, case: tuple[int, ...]) -> None:
    rows, columns, k, seed = case
    problem = lattice(rows, columns, k, seed, 0.2, width=2 if "diameter" in name else 1)
    plans = all_plans(problem, OBJECTIVES[name].contiguous)
    best = min((VALUES[name](problem, plan) for plan in plans), default=None)
    assert best is not None, "choose a seed with a feasible plan"
    solution = solve_published(problem, name, seconds=2, seed=5, accelerated=False)
    assert solution.violations == ()
    assert solution.objective == pytest.approx(best, rel=1e-9)
    assert VALUES[name](problem, solution.plan) == pytest.approx(best, rel=1e-9)
    assert solution.lower_bound is not None
    assert solution.lower_bound <= best * (1 + 1e-9)


@pytest.mark.parametrize("name", sorted(OBJECTIVES))
def test_value_functions_agree_with_slow_ones(name: str) -> None:
    problem = lattice(3, 3, 3, 8, 0.9)
    plans = list(all_plans(problem))[:40]
    assert len(plans) == 40
    for plan in plans:
        fast = OBJECTIVES[name].value(problem, plan)
        assert fast == pytest.approx(VALUES[name](problem, plan), rel=1e-12)


@pytest.mark.parametrize("name", sorted(OBJECTIVES))
def test_same_seed_same_plan_other_budget_allowed(name: str) -> None:
    problem = lattice(5, 6, 3, 9, 0.1)
    first = solve_published(problem, name, seconds=1, seed=3, accelerated=False)
    again = solve_published(problem, name, seconds=1, seed=3, accelerated=False)
    assert (first.plan == again.plan).all()
    assert first.objective == again.objective
    assert first.violations == ()


@pytest.mark.parametrize("name", sorted(OBJECTIVES))
def test_impossible_balance_gives_no_plan_and_says_so(name: str) -> None:
    problem = lattice(2, 3, 2, 1, 0.0)
    problem = replace(problem, weights=np.array([[10.0], [10], [10], [10], [10], [13]]))
    problem = replace(problem, lower=np.full((2, 1), 31.0), upper=np.full((2, 1), 32.0))
    solution = solve_published(problem, name, seconds=1, seed=0, accelerated=False)
    assert (solution.plan == -1).all()
    assert solution.violations == (("vacant", 0), ("vacant", 1))
    assert solution.objective == float("inf")


def test_bounds_hold_for_every_balanced_plan() -> None:
    for seed in range(4):
        problem = lattice(3, 3, 2, seed, 0.25)
        plans = list(all_plans(problem))
        if not plans:
            continue
        assert objectives.cut_bound(problem) <= min(
            VALUES["cut_edges_contiguous"](problem, p) for p in plans
        )
        least = min(VALUES["max_diameter_contiguous"](problem, p) for p in plans)
        assert 0 < objectives.diameter_bound(problem) <= least


def test_unknown_objective_names_the_known_ones() -> None:
    with pytest.raises(InputError, match="cut_edges_contiguous"):
        solve_published(lattice(2, 2, 2, 0, 0.5), "roundest")


def test_parted_units_are_refused() -> None:
    problem = lattice(2, 3, 2, 0, 0.5)
    problem = replace(problem, edges=problem.edges[:1])
    with pytest.raises(InputError, match="not all linked.* 5 parts"):
        solve_published(problem, "cut_edges_contiguous", seconds=1)


def test_parted_units_may_be_divided_where_grids_need_not_be_connected() -> None:
    problem = lattice(2, 4, 2, 0, 0.4)
    problem = replace(problem, edges=problem.edges[:1])
    solution = solve_published(problem, "hess_moment_of_inertia", seconds=1, accelerated=False)
    best = min(hess_value(problem, plan) for plan in all_plans(problem, contiguous=False))
    assert solution.objective == pytest.approx(best)
    assert solution.violations == ()


@pytest.mark.parametrize("name", sorted(OBJECTIVES))
def test_a_unit_too_heavy_for_any_grid_is_named(name: str) -> None:
    problem = lattice(2, 3, 2, 1, 0.1)
    weights = problem.weights.copy()
    weights[4] = 2 * weights.sum()
    with pytest.raises(InputError, match="Row 5 of the units"):
        solve_published(replace(problem, weights=weights), name, seconds=1)


def test_bounds_that_no_plan_can_keep_are_refused() -> None:
    problem = lattice(2, 3, 2, 1, 0.1)
    problem = replace(problem, lower=problem.upper * 1.1, upper=problem.upper * 1.2)
    with pytest.raises(InputError, match="in all"):
        solve_published(problem, "cut_edges_contiguous", seconds=1)


@pytest.mark.parametrize("name", sorted(OBJECTIVES))
def test_cancel_stops(name: str) -> None:
    with pytest.raises(CancelledError):
        solve_published(lattice(4, 4, 2, 0, 0.3), name, seconds=1, accelerated=False,
                        progress=lambda fraction, message=None: False)  # fmt: skip


def test_violations_name_grid_and_rule() -> None:
    problem = lattice(1, 4, 2, 0, 0.3)
    problem = replace(problem, weights=np.array([[1.0], [1], [1], [5]]))
    problem = replace(problem, lower=np.full((2, 1), 3.0), upper=np.full((2, 1), 5.0))
    assert violations(problem, np.array([0, 1, 0, 1])) == (
        ("disconnected", 0), ("disconnected", 1), ("under", 0), ("over", 1),
    )  # fmt: skip
    assert violations(problem, np.array([0, 0, 0, 1])) == ()


@pytest.mark.parametrize("name", sorted(OBJECTIVES))
def test_one_grid_and_as_many_grids_as_units(name: str) -> None:
    problem = lattice(2, 3, 1, 0, 0.5)
    one = solve_published(problem, name, seconds=1, accelerated=False)
    assert (one.plan == 0).all()
    assert one.objective == pytest.approx(VALUES[name](problem, np.zeros(6, dtype=int)))
    problem = lattice(2, 2, 4, 0, 1.0)
    each = solve_published(problem, name, seconds=1, accelerated=False)
    assert sorted(each.plan.tolist()) == [0, 1, 2, 3]
    assert each.violations == ()


def test_more_grids_than_units_is_refused() -> None:
    with pytest.raises(InputError, match="4 units for 5 grids"):
        solve_published(lattice(2, 2, 5, 0, 1.0), "cut_edges_contiguous", seconds=1)


@pytest.mark.parametrize("shape", [(30, 2), (67, 7), (160, 9), (532, 3), (2500, 14), (9000, 40)])
def test_counts_of_work_follow_the_seconds(shape: tuple[int, int]) -> None:
    n, k = shape
    problem = lattice(1, 2, 2, 0, 1.0)
    big = replace(problem, xy=np.zeros((n, 2)), target=np.ones(k))
    small = objectives.hess_work(big, 5, True)
    large = objectives.hess_work(big, 60, True)
    for name in ("values", "moves", "milps", "effort", "steps", "columns"):
        assert 0 < getattr(small, name) <= getattr(large, name)
    assert large.values * value_seconds(n, k) <= max(60 * 0.31, 3 * value_seconds(n, k))
    slow = objectives.hess_work(big, 60, False)
    assert slow.moves < large.moves / 20 or not AVAILABLE
    assert replace(slow, moves=0) == replace(large, moves=0)


def test_a_milp_takes_no_more_nodes_than_its_work_allows() -> None:
    problem = lattice(8, 8, 4, 2, 0.02)
    model, links = hess(problem), link_matrix(64, problem.edges)
    centres = np.array([9, 14, 49, 54])
    prices = exact_prices(model, centres, price_grids(model, centres))
    none = solve_fixed(model, centres, prices, prices.bound * 1.5, links, work=10.0)
    assert (none.plan, none.rounds, none.spent) == (None, 0, 0.0)
    for work in (4_000.0, 40_000.0):
        some = solve_fixed(model, centres, prices, prices.bound * 1.5, links, work=work)
        # The last node may be under way when the limit is met.
        assert some.spent <= work * 1.05
        assert some.bound <= max(some.cost, prices.bound * 1.5) * (1 + 1e-9)
