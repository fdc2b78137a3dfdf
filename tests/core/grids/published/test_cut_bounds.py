"""Proven bounds on cut links: below every plan, exact where the MILP ends, safe when stopped."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from linzhang_plugin.core.grids.published.cutproof import prove
from linzhang_plugin.core.grids.published.spectral import spectral_bound
from tests.truth.districts import all_plans, cut_value, lattice


def fewest(problem) -> float:
    return min((cut_value(problem, plan) for plan in all_plans(problem)), default=np.inf)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("shape", [(3, 3, 2), (2, 5, 3), (1, 8, 4)])
def test_eigenvalues_bound_every_plan(seed: int, shape: tuple[int, int, int]) -> None:
    problem = lattice(*shape, seed, 0.3)
    best = fewest(problem)
    for steps in (0, 1, 5, 60):
        bound = spectral_bound(problem, best, steps)
        assert bound == int(bound)
        assert 0 <= bound <= best


def test_eigenvalues_say_more_than_contraction_and_steps_raise_them() -> None:
    problem = lattice(12, 12, 4, 0, 0.02)
    # Four squares of 6 by 6 cut 24 links; three cut lines would be the contraction's bound.
    once, often = spectral_bound(problem, 24, 1), spectral_bound(problem, 24, 80)
    assert 3 < once <= often <= 24


def test_weightless_units_do_no_harm() -> None:
    problem = lattice(3, 3, 2, 1, 0.3)
    weights = problem.weights.copy()
    weights[[0, 4]] = 0.0
    mean = weights.sum() / 2
    problem = replace(problem, weights=weights, lower=np.full((2, 1), 0.7 * mean),
                      upper=np.full((2, 1), 1.3 * mean))  # fmt: skip
    assert 0 < spectral_bound(problem, 9, 40) <= fewest(problem)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("shape", [(3, 3, 2), (2, 5, 3)])
def test_proof_is_exact_below_and_above_the_optimum(seed: int, shape: tuple[int, int, int]) -> None:
    problem = lattice(*shape, seed, 0.2)
    best = fewest(problem)
    if not np.isfinite(best):
        pytest.skip("no balanced plan with this seed")
    at = prove(problem, best, 0.0, 2000)
    assert (at.bound, at.plan) == (best, None)
    above = prove(problem, best + 3, 0.0, 2000, rounds=30)
    assert above.plan is not None
    assert cut_value(problem, above.plan) == best
    assert above.bound == best


def test_a_stopped_proof_claims_no_more_than_it_has() -> None:
    for seed in range(3):
        problem = lattice(3, 4, 2, seed, 0.2)
        best = fewest(problem)
        stopped = prove(problem, best + 2, 1.0, 1, rounds=1)
        assert 1.0 <= stopped.bound <= best


def test_proof_that_no_plan_exists_gives_the_ceiling() -> None:
    problem = lattice(2, 3, 2, 1, 0.0)
    problem = replace(problem, weights=np.array([[10.0], [10], [10], [10], [10], [13]]))
    problem = replace(problem, lower=np.full((2, 1), 31.0), upper=np.full((2, 1), 32.0))
    answer = prove(problem, 8.0, 0.0, 1000)
    assert (answer.bound, answer.plan) == (8.0, None)
