"""Pockets behind one stand: found like a slow search finds them, and proven misfits."""

from __future__ import annotations

import numpy as np
import pytest

from linzhang_plugin.core.grids.contiguity import Graph
from linzhang_plugin.core.grids.solve.goals import Goals
from linzhang_plugin.core.grids.solve.town import solve_town
from linzhang_plugin.core.grids.whynot.bottleneck import Pocket, misfit, pockets, tolerance_needed
from linzhang_plugin.core.grids.whynot.infeasible import reasons
from tests.truth.townships import brute_force, lattice, make_problem, scattered


@pytest.mark.parametrize("seed", range(5))
def test_cut_stands_equal_a_slow_search(seed: int) -> None:
    xy, edges = scattered(25, seed, 0.12)
    graph = Graph(25, edges)
    weight = np.random.default_rng(seed).random(25)
    found = {(p.unit, round(p.weight, 9), p.units) for p in pockets(graph, weight)}
    expected = set()
    for unit in range(25):
        mask = np.arange(25) != unit
        label = graph.components(mask)
        parts = [np.flatnonzero(label == c) for c in range(label.max() + 1)]
        if len(parts) > 1:
            for part in parts:
                rest = [u for u in range(25) if u != unit and u not in set(part.tolist())]
                expected.add((unit, round(float(weight[part].sum()), 9), len(part)))
                expected.add((unit, round(float(weight[rest].sum()), 9), len(rest)))
    assert found == expected


def dumbbell() -> tuple[np.ndarray, np.ndarray]:
    """Six stands in a row and three in a pocket behind the fourth: weights of one."""
    xy = np.array([[0, 0], [1, 0], [2, 0], [3, 0], [4, 0], [5, 0], [3, 1], [3, 2], [3, 3]]) * 1.0
    edges = np.array([[0, 1], [1, 2], [2, 3], [3, 4], [4, 5], [3, 6], [6, 7], [7, 8]])
    return xy, edges


def test_a_misfit_pocket_is_proven_and_told_with_the_tolerance_that_helps() -> None:
    xy, edges = lattice(1, 7)
    # Ten in front, then a narrow stand of 1, then a pocket of 3: grids of about 7.
    weights = np.array([2.0, 2, 2, 4, 1, 1, 2])
    problem = make_problem(xy, edges, weights, 2, 0.05)
    assert brute_force(problem).plans == 0
    texts = [str(reason) for reason in reasons(problem)]
    assert any("by one stand alone" in text for text in texts)
    solution = solve_town(problem, Goals(mode=1))
    assert "would satisfy a tolerance" in str(solution.reasons[-1])


@pytest.mark.parametrize("seed", range(30))
def test_a_proven_misfit_never_contradicts_brute_force(seed: int) -> None:
    rng = np.random.default_rng(seed)
    xy, edges = scattered(8, seed, 0.2)
    problem = make_problem(xy, edges, rng.uniform(1, 3, 8), 2, 0.15)
    told = any(misfit(problem, p) for p in pockets(Graph(8, edges), problem.weights[:, 0]))
    assert not (told and brute_force(problem).plans)


def test_tolerance_needed_of_a_known_pocket() -> None:
    xy, edges = dumbbell()
    problem = make_problem(xy, edges, np.ones(9), 3, 0.1)
    assert tolerance_needed(problem, Pocket(3, 3.0, 3)) == pytest.approx(0.0)
    assert tolerance_needed(problem, Pocket(3, 4.0, 4)) == pytest.approx(0.0)
    assert tolerance_needed(problem, Pocket(3, 2.4, 3)) == pytest.approx(0.4 / 3)
    assert not misfit(problem, Pocket(3, 3.0, 3))
    assert misfit(problem, Pocket(3, 2.4, 3))
