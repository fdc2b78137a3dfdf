"""Plain-number prices against array prices and slow recounts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linzhang_plugin.core.grids.solve.polish import exchange_pairs, try_exchange
from linzhang_plugin.core.grids.solve.state import State
from tests.core.grids.solve.test_state import state_of, strips, town
from tests.truth.townships import one_piece


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 500))
def test_single_prices_equal_array_prices(seed: int) -> None:
    state = state_of(town(seed, 60, 4))
    units, to = state.border()
    single = [state.move_cost(u, g) for u, g in zip(units.tolist(), to.tolist(), strict=True)]
    assert np.allclose(single, state.move_costs(units, to), rtol=1e-9, atol=1e-7)
    out, back = exchange_pairs(state)
    single = [state.swap_cost(i, j) for i, j in zip(out.tolist(), back.tolist(), strict=True)]
    assert np.allclose(single, state.swap_costs(out, back), rtol=1e-9, atol=1e-7)


@pytest.mark.parametrize("seed", range(3))
def test_the_border_of_some_grids_is_the_whole_border_that_touches_them(seed: int) -> None:
    state = state_of(town(seed, 120, 8))
    among = np.zeros(8, dtype=bool)
    among[[1, 5]] = True
    units, to = state.border()
    keep = among[state.plan[units]] | among[to]
    few, there = state.border(among)
    assert few.tolist() == units[keep].tolist()
    assert there.tolist() == to[keep].tolist()


def exchanged_whole(state: State, i: int, j: int) -> bool:
    """Both grids in one piece after the exchange, by flooding; and linked by the exchange."""
    plan = state.plan.copy()
    a, b = plan[i], plan[j]
    plan[i], plan[j] = b, a
    return all(one_piece(state.problem, np.flatnonzero(plan == g).tolist()) for g in (a, b))


def test_exchanges_leave_both_grids_whole_or_the_plan_as_it_was() -> None:
    made = 0
    for seed in range(4):
        problem = town(seed, 50, 3)
        plan = strips(problem)
        state = state_of(problem, plan)
        for i, j in zip(*(side.tolist() for side in exchange_pairs(state)), strict=True):
            whole = exchanged_whole(state, i, j)
            free = state.may_leave(i) and state.may_leave(j)
            free &= state.touches(j, int(plan[i]), but=i) and state.touches(i, int(plan[j]), but=j)
            done = try_exchange(state, i, j)
            made += done
            assert free <= done <= whole
            if done:
                assert (state.plan[i], state.plan[j]) == (plan[j], plan[i])
                assert int((state.plan != plan).sum()) == 2
                state = state_of(problem, plan)
            else:
                assert (state.plan == plan).all()
                assert state.where == plan.tolist()
    assert made > 0
