"""Hess's parts: prices and bounds of fixed centres, separators, Lagrangian and LP bounds."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from linzhang_plugin.core.grids.published.fixedcentres import (
    dual_value,
    exact_prices,
    price_grids,
    search_centres,
)
from linzhang_plugin.core.grids.published.hess import hess, moment
from linzhang_plugin.core.grids.published.hessproof import branched_bound
from linzhang_plugin.core.grids.published.lagrange import lagrangian_bound
from linzhang_plugin.core.grids.published.separators import link_matrix, separator, solve_fixed
from tests.truth.districts import all_plans, hess_value, lattice, whole


@pytest.mark.parametrize("seed", range(4))
def test_fixed_centres_match_brute_force_for_every_pair_of_centres(seed: int) -> None:
    problem = lattice(3, 3, 2, seed, 0.2)
    model = hess(problem)
    links = link_matrix(problem.n, problem.edges)
    plans = list(all_plans(problem))
    assert plans
    for pair in itertools.combinations(range(problem.n), 2):
        centres = np.array(pair)
        costs = [
            float(
                model.weight @ model.far[np.arange(9), centres[(p if p[pair[0]] == 0 else 1 - p)]]
            )
            for p in plans
            if p[pair[0]] != p[pair[1]]
        ]
        prices = exact_prices(model, centres, price_grids(model, centres))
        ceiling = prices.bound * 3 + 1
        answer = solve_fixed(model, centres, prices, ceiling, links)
        best = min(costs, default=np.inf)
        if best >= ceiling:
            assert answer.plan is None
            continue
        assert answer.cost == pytest.approx(best, rel=1e-6)
        assert prices.bound <= best * (1 + 1e-9)
        assert answer.bound <= best * (1 + 1e-6)


def test_prices_of_any_kind_are_bounds_and_exact_ones_are_best() -> None:
    draw = np.random.default_rng(3)
    problem = lattice(5, 6, 3, 3, 0.05)
    model = hess(problem)
    for _ in range(10):
        centres = draw.choice(problem.n, 3, replace=False)
        near = price_grids(model, centres)
        exact = exact_prices(model, centres, near)
        assert near.bound <= exact.bound * (1 + 1e-9)
        assert near.bound >= exact.bound * 0.995
        wild = dual_value(model, model.far[:, centres], draw.normal(0, 0.01, 3))
        assert wild <= exact.bound * (1 + 1e-9)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("k", [2, 3])
def test_bounds_over_all_centres_hold(seed: int, k: int) -> None:
    problem = lattice(3, 3, k, seed, 0.3)
    model = hess(problem)
    plans = list(all_plans(problem))
    if not plans:
        pytest.skip("no balanced plan with this seed")
    best = min(hess_value(problem, plan) for plan in plans)
    relaxed = lagrangian_bound(model, np.zeros(9), best, steps=200)
    linear = branched_bound(model, best, 0)
    assert linear is not None
    branched = branched_bound(model, best, 10_000)
    assert branched is not None
    assert linear <= branched * (1 + 1e-9)
    apart = min(hess_value(problem, plan) for plan in all_plans(problem, contiguous=False))
    # Enough nodes: the optimum without contiguity, or the ceiling where that is no less.
    assert branched == pytest.approx(min(apart, best), rel=1e-5)
    assert branched <= apart * (1 + 1e-9)
    assert branched_bound(model, np.inf, 10_000) == pytest.approx(linear, rel=1e-4)
    assert relaxed.bound <= linear * (1 + 1e-5)
    assert linear <= best * (1 + 1e-9)
    assert relaxed.bound > 0
    # Fixing never drops a centre of an optimal plan.
    for plan in plans:
        if hess_value(problem, plan) <= best * (1 + 1e-12):
            assert relaxed.may_be_centre[moment(model, plan)[1]].all()


def test_separator_is_one_and_minimal() -> None:
    problem = lattice(5, 5, 2, 0, 0.5)
    links = link_matrix(25, problem.edges)
    near = [set(links[i].indices.tolist()) for i in range(25)]
    may = np.ones(25, dtype=bool)
    cut = set(separator(np.array([24]), 0, may, links).tolist())
    assert cut == {19, 23}
    rest = set(range(25)) - cut
    assert not whole(rest, near)
    for unit in cut:
        assert whole(rest | {unit}, near)


def test_distances_are_whole_kilometres() -> None:
    problem = lattice(2, 2, 2, 0, 0.5)
    kilometres = np.sqrt(hess(problem).far) * 1000
    assert np.abs(kilometres - kilometres.round()).max() < 1e-9
    assert kilometres.max() > 30


def test_search_values_are_bounds_of_their_centres() -> None:
    problem = lattice(5, 5, 2, 1, 0.1)
    model = hess(problem)
    found = search_centres(model, 5, 0)
    value, centres = found.best(1)[0]
    exact = exact_prices(model, np.array(centres), price_grids(model, np.array(centres)))
    assert value == pytest.approx(exact.bound, rel=1e-6)
    assert value == min(found.values.values())
