"""Few neighbouring grids divided anew: never worse, always sound, and the optimum where they are
all the grids there are."""

from __future__ import annotations

import numpy as np
import pytest

from linzhang_plugin.core.grids.published.hess import hess, moment
from linzhang_plugin.core.grids.published.objectives import violations
from linzhang_plugin.core.grids.published.regroup import regroup
from linzhang_plugin.core.grids.published.separators import link_matrix
from tests.truth.districts import all_plans, hess_value, lattice


@pytest.mark.parametrize("shape", [(3, 4, 3), (2, 6, 3), (3, 3, 2)])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_three_grids_reach_the_brute_force_optimum(shape, seed):
    problem = lattice(*shape, seed, 0.3)
    plans = list(all_plans(problem))
    if not plans:
        pytest.skip("no plan keeps the bounds")
    best = min(hess_value(problem, plan) for plan in plans)
    links = link_matrix(problem.n, problem.edges)
    worst = max(plans, key=lambda plan: hess_value(problem, plan))
    found, milps = regroup(hess(problem), links, np.asarray(worst), True, 100_000)
    assert moment(hess(problem), found)[0] == pytest.approx(best)
    assert violations(problem, found) == ()
    assert milps > 0 or hess_value(problem, worst) == pytest.approx(best)


def test_larger_plans_get_better_and_stay_whole():
    problem = lattice(6, 6, 6, 3, 0.25)
    model, links = hess(problem), link_matrix(36, problem.edges)
    stripes = np.repeat(np.arange(6), 6)
    if violations(problem, stripes):
        pytest.skip("stripes do not keep the bounds")
    found, _ = regroup(model, links, stripes, True, 100_000)
    assert violations(problem, found) == ()
    assert moment(model, found)[0] < moment(model, stripes)[0]
    same, milps = regroup(model, links, stripes, True, 0)
    assert (same == stripes).all() and milps == 0
