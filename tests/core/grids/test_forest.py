"""The made forest townships: scale, memory, contiguity, change against what must change."""

from __future__ import annotations

import numpy as np
import pytest

from linzhang_plugin.core.grids.contiguity import Graph
from linzhang_plugin.core.grids.solve.goals import Goals, changed_mu
from linzhang_plugin.core.grids.solve.town import solve_town
from tests.truth.forest import FOLDER, forest

needs_data = pytest.mark.skipif(
    not (FOLDER / "synth_forest_3k" / "units.csv").exists(),
    reason=f"{FOLDER}/synth_forest_* is not on this machine",
)


def check(name: str, mode: int, effort: int) -> None:
    problem = forest(name)
    total = float(problem.mu.sum())
    limit = 0.1 * total if mode == 0 else None
    solution = solve_town(problem, Goals(mode=mode, max_change_mu=limit), effort, 1)
    assert solution.violations == ()
    assert Graph(problem.n, problem.edges).disconnected(solution.plan) == []
    load = np.bincount(solution.plan, problem.weights[:, 0], problem.k)
    assert np.abs(load / problem.target - 1).max() <= 0.1 + 1e-9
    assert solution.must_change_mu is not None
    assert solution.must_change_mu <= changed_mu(problem, solution.plan)
    if limit is not None:
        assert changed_mu(problem, solution.plan) <= limit
    assert solution.lower_bound is not None
    assert 0.55 * solution.objective <= solution.lower_bound <= solution.objective or mode == 1


@needs_data
def test_3000_stands_adjusted() -> None:
    check("synth_forest_3k", 0, 0)


@needs_data
@pytest.mark.full
@pytest.mark.parametrize(
    ("name", "mode", "effort"),
    [("synth_forest_3k", 1, 0), ("synth_forest_12k", 0, 1), ("synth_forest_12k", 1, 0)],
)
def test_large_townships(name: str, mode: int, effort: int) -> None:
    check(name, mode, effort)
