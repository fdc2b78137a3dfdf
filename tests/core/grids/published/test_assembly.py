"""Pools of grids and plans put together from them, against brute force and the plain loop."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from linzhang_plugin.core.grids.published import accelerate
from linzhang_plugin.core.grids.published.annealing import Cooling, anneal
from linzhang_plugin.core.grids.published.assembly import (
    Grids,
    grids_of,
    joint,
    put_together,
    search_and_assemble,
)
from linzhang_plugin.core.grids.published.hess import hess
from linzhang_plugin.core.grids.published.momentsearch import moment_chain
from linzhang_plugin.core.grids.published.objectives import violations
from linzhang_plugin.core.grids.published.pool import Pool, empty_pool
from linzhang_plugin.core.grids.published.recom import tree_plan
from tests.truth.districts import all_plans, hess_value, lattice, whole


def annealed(problem, capacity: int, accelerated: bool = False, seed: int = 0) -> Pool:
    pool = empty_pool(problem.n, problem.k, capacity, accelerated)
    plan = tree_plan(problem, np.random.default_rng(seed))
    chain = moment_chain(hess(problem), plan, seed, 0, accelerated, pool)
    anneal(chain, Cooling(20.0, 1.0, 20_000, 500))
    return pool


def columns(grids: Grids) -> list[tuple[int, ...]]:
    cover = grids.cover
    return [tuple(cover.indices[a:b]) for a, b in zip(cover.indptr, cover.indptr[1:], strict=False)]


def test_a_pool_holds_each_balanced_connected_grid_once_at_its_cost():
    problem = lattice(5, 6, 4, 1, 0.1)
    near = [set() for _ in range(problem.n)]
    for i, j in problem.edges.tolist():
        near[i].add(j)
        near[j].add(i)
    grids = grids_of(annealed(problem, 5000))
    met = columns(grids)
    assert len(met) > 20
    assert len(set(met)) == len(met)
    for units, cost in zip(met, grids.costs, strict=True):
        load = problem.weights[list(units), 0].sum()
        assert problem.lower[0, 0] <= load <= problem.upper[0, 0]
        assert whole(set(units), near)
        assert cost == pytest.approx(cost_of(problem, units))


@pytest.mark.parametrize("capacity", [1, 7, 30])
def test_a_full_pool_takes_no_more(capacity: int):
    problem = lattice(5, 6, 4, 1, 0.1)
    grids = grids_of(annealed(problem, capacity))
    assert 0 < len(grids.costs) <= capacity
    assert columns(grids) == columns(grids_of(annealed(problem, 5000)))[: len(grids.costs)]


@pytest.mark.skipif(not accelerate.AVAILABLE, reason="numba is not installed")
def test_numba_changes_no_pool():
    problem = lattice(5, 6, 4, 2, 0.1)
    slow, fast = (grids_of(annealed(problem, 300, accelerated)) for accelerated in (False, True))
    assert columns(slow) == columns(fast)
    assert slow.costs.tolist() == fast.costs.tolist()


@pytest.mark.parametrize("seed", range(4))
def test_all_grids_together_give_the_brute_force_optimum(seed: int):
    problem = lattice(3, 4, 3, seed, 0.2)
    plans = list(all_plans(problem))
    values = [hess_value(problem, plan) for plan in plans]
    costs = {}
    for plan in plans:
        for grid in range(problem.k):
            units = tuple(np.flatnonzero(plan == grid))
            costs[units] = cost_of(problem, units)
    listed = sorted(costs)
    cover = sparse.lil_matrix((problem.n, len(listed)))
    for column, units in enumerate(listed):
        cover[list(units), column] = 1.0
    grids = Grids(cover.tocsc(), np.array([costs[units] for units in listed]))
    for ceiling in (np.inf, max(values) * 1.01):
        better, _ = put_together(grids, problem.k, ceiling, 10_000)
        assert better is not None
        cost, plan = better
        assert cost == pytest.approx(min(values))
        assert hess_value(problem, plan) == pytest.approx(cost)
        assert violations(problem, plan) == ()
    assert put_together(grids, problem.k, min(values), 10_000)[0] is None


def cost_of(problem, units: tuple[int, ...]) -> float:
    model = hess(problem)
    return float((model.weight[:, None] * model.far)[np.ix_(units, units)].sum(axis=0).min())


def test_a_pool_without_a_plan_gives_none():
    cover = sparse.csc_matrix(np.array([[1.0, 1.0], [1.0, 0.0], [0.0, 1.0]]))
    better, order = put_together(Grids(cover, np.array([1.0, 2.0])), 2, np.inf, 10)
    assert better is None
    assert set(order.tolist()) <= {0, 1}


def test_joint_grids_are_there_once():
    first = Grids(sparse.csc_matrix(np.array([[1.0, 0.0], [0.0, 1.0]])), np.array([1.0, 2.0]))
    second = Grids(sparse.csc_matrix(np.array([[0.0, 1.0], [1.0, 1.0]])), np.array([2.0, 3.0]))
    both = joint(first, second)
    assert columns(both) == [(0,), (1,), (0, 1)]
    assert both.costs.tolist() == [1.0, 2.0, 3.0]


def test_rounds_hand_plans_on_and_never_lose_the_best():
    problem = lattice(3, 4, 3, 0, 0.2)
    seen = []

    def search(pool, known, turn, progress):
        seen.append((turn, len(known)))
        return known or [(hess_value(problem, worst), worst)]

    worst = np.asarray(max(all_plans(problem), key=lambda plan: hess_value(problem, plan)))
    plans = search_and_assemble(search, problem.n, problem.k, 3, 100, False)
    assert [turn for turn, _ in seen] == [0, 1, 2]
    assert seen[1][1] == 1
    assert plans[0][0] == pytest.approx(hess_value(problem, worst))
