"""The annealing loop: prices are true changes, plans stay connected, numba changes nothing."""

from __future__ import annotations

import numpy as np
import pytest

from linzhang_plugin.core.grids.model import Problem
from linzhang_plugin.core.grids.published import accelerate
from linzhang_plugin.core.grids.published.annealing import Chain, Cooling, adjacency, anneal
from linzhang_plugin.core.grids.published.cutedges import cut_chain
from linzhang_plugin.core.grids.published.diameter import PAIR, diameter_chain, excess
from linzhang_plugin.core.grids.published.hess import hess, moment
from linzhang_plugin.core.grids.published.momentsearch import moment_chain
from linzhang_plugin.core.grids.published.recom import tree_plan
from tests.truth.districts import VALUES, lattice, whole


def chains(problem: Problem, seed: int, accelerated: bool) -> dict[str, Chain]:
    plan = tree_plan(problem, np.random.default_rng(seed))
    return {
        "cut": cut_chain(problem, plan, seed, 0, accelerated),
        "moment": moment_chain(hess(problem), plan, seed, 0, accelerated),
        "diameter": diameter_chain(problem, plan, 70_000.0, seed, 0, accelerated),
    }


def value(problem: Problem, name: str, plan: np.ndarray) -> float:
    if name == "cut":
        return VALUES["cut_edges_contiguous"](problem, plan)
    if name == "moment":
        return moment(hess(problem), plan)[0]
    return float(excess(problem.xy, plan, problem.k, 70_000.0, PAIR).sum()) / 2


HEAT = {"cut": 1.0, "moment": 10.0, "diameter": 0.3}


@pytest.mark.parametrize("name", ["cut", "moment", "diameter"])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_running_cost_is_the_plans_cost(name: str, seed: int) -> None:
    problem = lattice(6, 7, 4, seed, 0.15, width=2)
    chain = chains(problem, seed, False)[name]
    near = [set() for _ in range(problem.n)]
    for i, j in problem.edges.tolist():
        near[i].add(j)
        near[j].add(i)
    moved = 0
    for _ in range(20):
        moved += chain.moves(50, HEAT[name], 5.0)[0]
        plan = np.array(chain.plan)
        assert chain.cost[0] == pytest.approx(value(problem, name, plan), abs=1e-6)
        loads = np.zeros((problem.k, 2))
        np.add.at(loads, plan, problem.weights)
        over = np.maximum(problem.lower - loads, 0) + np.maximum(loads - problem.upper, 0)
        scale = problem.k / problem.weights.sum(axis=0)
        assert chain.cost[1] == pytest.approx((over * scale).sum(), abs=1e-9)
        assert all(whole(set(np.flatnonzero(plan == g).tolist()), near) for g in range(4))
    assert moved > 0


@pytest.mark.parametrize("name", ["cut", "moment", "diameter"])
def test_best_plan_is_balanced_and_has_the_best_cost(name: str) -> None:
    problem = lattice(6, 6, 3, 4, 0.1)
    chain = chains(problem, 7, False)[name]
    anneal(chain, Cooling(HEAT[name], HEAT[name] / 10, 20_000, 500))
    assert np.isfinite(chain.best_cost)
    plan = chain.best_plan()
    loads = np.bincount(plan, problem.weights[:, 0], 3)
    assert (loads >= problem.lower[:, 0]).all()
    assert (loads <= problem.upper[:, 0]).all()
    assert value(problem, name, plan) == pytest.approx(chain.best_cost, abs=1e-6)


def test_locked_units_stay() -> None:
    from linzhang_plugin.core.grids.published.annealing import start_chain
    from linzhang_plugin.core.grids.published.moves import CUT

    problem = lattice(5, 5, 2, 0, 0.3)
    plan = tree_plan(problem, np.random.default_rng(0))
    whole_chain = cut_chain(problem, plan, 0, 0, False)
    locked = np.zeros(25, dtype=np.int64)
    locked[::3] = 1
    chain = start_chain(plan, problem.edges, problem.weights, problem.lower, problem.upper, CUT,
                        whole_chain.data, 0.0, 0, locked=locked, accelerated=False)  # fmt: skip
    chain.moves(5000, 5.0, 0.0)
    assert (np.array(chain.plan)[::3] == plan[::3]).all()
    assert (np.array(chain.plan) != plan).any()


@pytest.mark.skipif(not accelerate.AVAILABLE, reason="numba is not installed")
@pytest.mark.parametrize("name", ["cut", "moment", "diameter"])
def test_numba_changes_no_result(name: str) -> None:
    problem = lattice(6, 7, 4, 3, 0.15, width=2)
    slow, fast = (chains(problem, 3, accelerated)[name] for accelerated in (False, True))
    for chain in (slow, fast):
        anneal(chain, Cooling(HEAT[name], HEAT[name] / 20, 30_000, 1000))
    assert list(slow.plan) == list(fast.plan)
    assert list(slow.best) == list(fast.best)
    assert list(slow.cost) == list(fast.cost)
    assert list(slow.ints) == list(fast.ints)


def test_adjacency_pairs_opposite_entries() -> None:
    problem = lattice(4, 4, 2, 0, 0.3)
    first, rows, tail, twin = adjacency(problem.n, problem.edges)
    assert len(rows) == 2 * len(problem.edges)
    assert (rows[twin] == tail).all()
    assert (tail[twin] == rows).all()
    assert (np.diff(first) == np.bincount(problem.edges.ravel(), minlength=16)).all()


def test_seed_states_differ_and_are_in_range() -> None:
    states = {accelerate.seed_state(seed, run) for seed in range(40) for run in range(40)}
    assert len(states) == 1600
    assert all(0 < state < accelerate.MODULUS for state in states)
