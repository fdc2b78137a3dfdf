"""The ways of very large towns, taken by small ones: hard rules, bound, same plan twice."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from linzhang_plugin.core.grids.contiguity import Graph
from linzhang_plugin.core.grids.model import Problem
from linzhang_plugin.core.grids.solve.goals import Goals
from linzhang_plugin.core.grids.solve.town import solve_town
from tests.truth.townships import make_problem, scattered

FOLDER = "linzhang_plugin.core.grids.solve"


@pytest.fixture
def _everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "draft.PROGRAM_UNITS": 0,
        "draft.SAMPLE_UNITS": 50,
        "repair.FLOWS_FIRST": 0,
        "town.SEED_UNITS": 10,
        "town.KICK_UNITS": 50,
        "town.KEEP_UNITS": 50,
        "recombine.MANY": 2,
    }.items():
        monkeypatch.setattr(f"{FOLDER}.{name}", value)


def poor_town(seed: int, n: int = 300, k: int = 7) -> Problem:
    """Last year's grids are the units nearest to chance centres, with strays and a vacancy."""
    rng = np.random.default_rng(seed)
    xy, edges = scattered(n, seed)
    seats = xy[rng.choice(n, k, replace=False)]
    previous = ((xy[:, None] - seats[None]) ** 2).sum(axis=2).argmin(axis=1)
    previous = np.where(rng.random(n) < 0.02, rng.integers(0, k, n), previous)
    previous[previous == k - 1] = -1
    problem = make_problem(xy, edges, rng.lognormal(0, 0.4, n), k, 0.1, previous)
    home = ((xy[:, None] - seats[None]) ** 2).sum(axis=2) ** 0.5 / 10.0
    return replace(problem, travel=home.astype(np.float32), village=rng.integers(-1, 12, n))


@pytest.mark.usefixtures("_everything_is_large")
@pytest.mark.parametrize(
    ("seed", "mode", "effort"),
    [
        (0, 0, 0),
        (1, 1, 0),
        pytest.param(2, 0, 1, marks=pytest.mark.full),
        pytest.param(3, 1, 1, marks=pytest.mark.full),
    ],
)
def test_the_ways_of_large_towns_keep_every_rule(seed: int, mode: int, effort: int) -> None:
    problem = poor_town(seed)
    solution = solve_town(problem, Goals(mode=mode), effort, seed)
    assert solution.violations == ()
    assert Graph(problem.n, problem.edges).disconnected(solution.plan) == []
    load = np.bincount(solution.plan, problem.weights[:, 0], problem.k)
    assert np.abs(load / problem.target - 1).max() <= 0.1 + 1e-9
    assert solution.lower_bound is not None
    assert 0 < solution.lower_bound <= solution.objective
    again = solve_town(problem, Goals(mode=mode), effort, seed)
    assert again.plan.tobytes() == solution.plan.tobytes()
    assert again.objective == solution.objective


def test_single_precision_walks_change_next_to_nothing() -> None:
    problem = poor_town(5, 200, 4)
    assert problem.travel is not None
    plan = np.asarray(solve_town(problem, Goals(mode=1), 0, 1).plan)
    double = replace(problem, travel=problem.travel.astype(np.float64))
    assert (solve_town(double, Goals(mode=1), 0, 1).plan == plan).all()
