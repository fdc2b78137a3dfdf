"""Making grids whole: paths against brute force, floods against their own rules."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, permutations

import numpy as np
import pytest

from linzhang_plugin.core.grids.contiguity import Graph
from linzhang_plugin.core.grids.solve.state import allowed
from linzhang_plugin.core.grids.solve.whole import cheapest_path, distance_price, grow, whole
from tests.core.grids.solve.test_state import town
from tests.truth.townships import lattice, make_problem, one_piece


@pytest.mark.parametrize("seed", range(5))
def test_the_cheapest_path_is_the_best_of_all_paths(seed: int) -> None:
    rng = np.random.default_rng(seed)
    xy, edges = lattice(2, 4)
    graph = Graph(8, edges)
    price = rng.integers(1, 9, 8).astype(float)
    source, goal = np.zeros(8, dtype=bool), np.zeros(8, dtype=bool)
    source[0] = goal[7] = True
    may = np.ones(8, dtype=bool)
    may[int(rng.integers(1, 7))] = False
    costs = []
    for length in range(7):
        for middle in permutations(range(1, 7), length):
            way = [0, *middle, 7]
            linked = all(b in graph.near[a] for a, b in pairwise(way))
            if linked and may[way].all():
                costs.append(price[way[1:]].sum())
    path = cheapest_path(graph, source, goal, lambda u: float(price[u]), may)
    if not costs:
        assert path is None
        return
    assert path is not None
    assert price[path].sum() - price[0] * (0 in path) == pytest.approx(min(costs), abs=1e-6)


@pytest.mark.parametrize("seed", range(4))
def test_any_plan_becomes_whole_grids_that_keep_locks(seed: int) -> None:
    problem = town(seed, 80, 5)
    rng = np.random.default_rng(seed)
    plan = rng.integers(-1, 5, 80)
    fixed = np.full(80, -1)
    locked = [10, 40]
    fixed[locked] = [1, 3]
    plan[locked] = [1, 3]
    problem = replace(problem, fixed=fixed)
    graph = Graph(80, problem.edges)
    price = distance_price(problem.xy, problem.mu, problem.xy[:5], problem.previous, 0.0, 1.0)
    made = whole(problem, graph, plan, allowed(problem), price)
    assert (made >= 0).all()
    assert made[locked].tolist() == [1, 3]
    for grid in np.unique(made):
        assert one_piece(problem, np.flatnonzero(made == grid).tolist())


def test_locks_apart_are_joined_over_the_least_foreign_mu() -> None:
    xy, edges = lattice(3, 3)
    mu = np.array([1, 9, 1, 1, 9, 1, 1, 1, 1], dtype=float)
    fixed = np.array([0, -1, 0, -1, -1, -1, -1, -1, -1])
    plan = np.array([0, 1, 0, 1, 1, 1, 1, 1, 1])
    problem = make_problem(xy, edges, np.ones(9), 2, None)
    problem = replace(problem, mu=mu, fixed=fixed)
    price = distance_price(problem.xy, mu, problem.xy[[1, 7]], plan, 0.0, 1.0)
    made = whole(problem, Graph(9, problem.edges), plan, allowed(problem), price)
    # Over the top it is 9 mu, round the bottom it is 5.
    assert one_piece(problem, np.flatnonzero(made == 0).tolist())
    assert made[1] != 0 or made[[3, 6, 7, 8, 5]].tolist() != [0] * 5
    assert made[[3, 6, 7, 8, 5]].tolist() == [0] * 5


def test_a_flood_leaves_out_what_no_grid_may_take() -> None:
    xy, edges = lattice(1, 4)
    problem = make_problem(xy, edges, np.ones(4), 1, None)
    may = np.array([[True], [True], [False], [True]])
    price = distance_price(xy, np.ones(4), xy[:1], np.zeros(4, dtype=int), 0.0, 1.0)
    made = grow(Graph(4, problem.edges), np.array([0, -1, -1, -1]), may, price)
    assert made.tolist() == [0, 0, -1, -1]
