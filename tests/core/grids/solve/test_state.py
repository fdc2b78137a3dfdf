"""Running totals, contiguity checks and the local search against slow recounts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from linzhang_plugin.core.grids.contiguity import Graph, join_nearest
from linzhang_plugin.core.grids.model import Problem
from linzhang_plugin.core.grids.solve.goals import Goals, Objective, village_splits
from linzhang_plugin.core.grids.solve.polish import exchange_pairs, polish, try_exchange
from linzhang_plugin.core.grids.solve.recombine import kick, split_anew
from linzhang_plugin.core.grids.solve.recut import Budget, recut
from linzhang_plugin.core.grids.solve.repair import even_out, neighbouring_grids, wanted_flows
from linzhang_plugin.core.grids.solve.state import HARD, State, allowed
from linzhang_plugin.core.grids.solve.transport import allocate, nearest_columns
from linzhang_plugin.core.grids.solve.whole import distance_price, keep_cores, whole
from tests.truth.townships import lattice, make_problem, one_piece, scattered


def town(seed: int, n: int = 80, k: int = 5, tolerance: float = 0.15) -> Problem:
    rng = np.random.default_rng(seed)
    xy, edges = scattered(n, seed)
    problem = make_problem(
        xy, edges, rng.lognormal(0, 0.4, n), k, tolerance, rng.integers(-1, k, n)
    )
    return replace(
        problem,
        mu=rng.lognormal(0, 0.4, n),
        village=rng.integers(-1, 7, n),
        travel=rng.random((n, k)) * 90,
    )


def strips(problem: Problem) -> np.ndarray:
    """A contiguous plan: flood from the k leftmost-to-rightmost seeds."""
    order = np.argsort(problem.xy[:, 0])
    plan = np.full(problem.n, -1)
    plan[order[:: -(-problem.n // problem.k)][: problem.k]] = np.arange(problem.k)
    graph = Graph(problem.n, problem.edges)
    price = distance_price(
        problem.xy, problem.mu, problem.xy[: problem.k], problem.previous, 0.0, 1.0
    )
    return whole(problem, graph, plan, allowed(problem), price)


def state_of(problem: Problem, plan: np.ndarray | None = None, **goals: float) -> State:
    plan = strips(problem) if plan is None else plan
    objective = Objective.of(problem, Goals(**goals))
    return State(problem, Graph(problem.n, problem.edges), objective, plan)


@pytest.mark.parametrize("seed", range(4))
def test_priced_moves_and_exchanges_equal_a_recount(seed: int) -> None:
    state = state_of(town(seed))
    units, to = state.border()
    costs = state.move_costs(units, to)
    out, back = exchange_pairs(state)
    swaps = state.swap_costs(out, back)
    before = state.cost()
    for at in range(0, len(units), 7):
        plan = state.plan.copy()
        plan[units[at]] = to[at]
        after = state_of(state.problem, plan).cost()
        assert costs[at] == pytest.approx(after - before, abs=1e-6)
    for at in range(0, len(out), 31):
        plan = state.plan.copy()
        plan[out[at]], plan[back[at]] = plan[back[at]], plan[out[at]]
        after = state_of(state.problem, plan).cost()
        assert swaps[at] == pytest.approx(after - before, abs=1e-6)


def test_totals_survive_many_moves() -> None:
    state = state_of(town(1))
    rng = np.random.default_rng(0)
    for _ in range(300):
        units, to = state.border()
        at = int(rng.integers(len(units)))
        if state.may_leave(int(units[at])):
            state.move(int(units[at]), int(to[at]))
    fresh = state_of(state.problem, state.plan)
    for name in ("loads", "mass", "first", "second", "count", "villages", "grid_cost"):
        assert np.allclose(getattr(state, name), getattr(fresh, name), atol=1e-3), name
    assert state.changed == pytest.approx(fresh.changed)
    for g in range(state.problem.k):
        assert one_piece(state.problem, np.flatnonzero(state.plan == g).tolist())


@pytest.mark.parametrize("seed", range(3))
def test_may_leave_equals_flooding(seed: int) -> None:
    state = state_of(town(seed, 60, 4))
    for unit in range(state.problem.n):
        rest = [u for u in np.flatnonzero(state.plan == state.plan[unit]) if u != unit]
        expected = bool(rest) and one_piece(state.problem, rest)
        assert state.may_leave(unit) == expected


def test_polish_descends_keeps_grids_whole_and_respects_the_limit() -> None:
    problem = replace(town(2), previous=strips(town(2)))
    for limit in (0.0, 5.0, np.inf):
        state = state_of(problem, problem.previous)
        before = state.cost()
        polish(state, limit)
        assert state.cost() <= before
        assert state.cost() == pytest.approx(
            state.running_cost() - 0.2 / 5 * len(set(problem.village[problem.village >= 0])),
            rel=1e-9,
        )
        for g in range(problem.k):
            assert one_piece(problem, np.flatnonzero(state.plan == g).tolist())
        violated = HARD * state.violation() > 0
        assert violated or state.changed <= limit + 1e-6


def test_an_exchange_that_tears_a_grid_is_undone() -> None:
    xy, edges = lattice(1, 6)
    problem = make_problem(xy, edges, np.ones(6), 2, None)
    state = state_of(problem, np.array([0, 0, 0, 1, 1, 1]))
    assert not try_exchange(state, 0, 5)
    assert state.plan.tolist() == [0, 0, 0, 1, 1, 1]


def test_kicks_and_recuts_never_worsen_and_keep_grids_whole() -> None:
    state = state_of(town(3))
    even_out(state)
    before = state.cost()
    kick(state, 60, np.random.default_rng(1))
    for pair in neighbouring_grids(state)[:3].tolist():
        recut(state, pair, Budget())
    assert state.cost() <= before + 1e-9
    for g in range(state.problem.k):
        assert one_piece(state.problem, np.flatnonzero(state.plan == g).tolist())


def test_a_split_covers_the_same_units() -> None:
    state = state_of(town(4, tolerance=2.0))
    g, h = neighbouring_grids(state)[0].tolist()
    union = np.isin(state.plan, [g, h])
    rng = np.random.default_rng(2)
    done = [split_anew(state, g, h, rng) for _ in range(10)]
    assert any(done)
    assert (np.isin(state.plan, [g, h]) == union).all()


def test_recut_finds_the_planted_balanced_split() -> None:
    xy, edges = lattice(4, 6)
    start = np.where(np.arange(24) % 6 < 1, 0, 1)
    problem = make_problem(xy, edges, np.ones(24), 2, 0.0, start)
    state = state_of(problem, start)
    assert recut(state, [0, 1], Budget(depth=24, nodes=50, rounds=10))
    assert state.violation() == 0
    assert state.changed == 8


def test_even_out_reaches_the_bounds_through_a_chain_of_grids() -> None:
    xy, edges = lattice(2, 20)
    start = np.minimum(np.arange(40) % 20 // 4, 3)
    problem = make_problem(xy, edges, np.ones(40), 4, 0.1, start)
    state = state_of(problem, start)
    assert even_out(state)
    assert set(np.bincount(state.plan)) <= {9, 10, 11}


def test_flows_are_least() -> None:
    xy, edges = lattice(1, 3)
    problem = make_problem(xy, edges, np.ones(3), 3, 0.0)
    arcs = np.array([[0, 1], [1, 0], [1, 2], [2, 1]])
    loads = np.array([[3.0], [0.0], [0.0]])
    flows, off = wanted_flows(problem, loads, arcs, np.zeros(3))
    assert flows == pytest.approx([2, 0, 1, 0])
    assert off == pytest.approx(0)


def test_cores_keep_the_larger_part_and_locks() -> None:
    xy, edges = lattice(1, 7)
    plan = np.array([0, 1, 1, 0, 0, 0, 1])
    problem = make_problem(xy, edges, np.ones(7), 2, None)
    graph = Graph(7, problem.edges)
    assert keep_cores(problem, graph, plan, allowed(problem)).tolist() == [-1, 1, 1, 0, 0, 0, -1]
    locked = replace(problem, fixed=np.array([0, -1, -1, -1, -1, -1, -1]))
    assert keep_cores(locked, graph, plan, allowed(locked)).tolist() == [0, 1, 1, -1, -1, -1, -1]


def test_transport_loads_lie_in_the_band_but_for_cut_units() -> None:
    problem = town(5, 120, 4)
    centres = problem.xy[:4]
    columns = nearest_columns(problem.xy, centres, allowed(problem), 4)
    costs = ((problem.xy[:, None] - centres[columns]) ** 2).sum(axis=2)
    result = allocate(problem, columns, costs, problem.lower, problem.upper)
    shares = np.zeros((120, 4))
    np.put_along_axis(shares, columns, result.shares, axis=1)
    loads = shares.T @ problem.weights[:, 0]
    assert result.slack == pytest.approx(0, abs=1e-6)
    assert (loads <= problem.upper[:, 0] + 1e-6).all()
    assert (loads >= problem.lower[:, 0] - 1e-6).all()
    assert ((result.shares > 1e-6) & (result.shares < 1 - 1e-6)).any(axis=1).sum() <= 4
    assert (result.columns[np.arange(120), result.shares.argmax(axis=1)] == result.plan).all()


def test_components_and_the_shortest_join() -> None:
    graph = Graph(5, np.array([[0, 1], [1, 0], [3, 4], [2, 2]]))
    assert graph.near == [[1], [0], [], [4], [3]]
    assert graph.components().tolist() == [0, 0, 1, 2, 2]
    mask = np.array([False, True, True, False, True])
    assert graph.components(mask).tolist()[0] == -1
    xy = np.array([[0, 0], [1, 0], [5, 0], [7, 0], [9, 0]], dtype=float)
    assert join_nearest(xy, graph.components(), 1) == (2, 3)
    assert graph.disconnected(np.array([0, 0, 0, 1, 1])) == [0]


def test_village_splits_skip_unknown_villages() -> None:
    xy, edges = lattice(1, 4)
    problem = make_problem(
        xy, edges, np.ones(4), 2, None, village=np.array([5, 5, -1, 5], dtype=np.int64)
    )
    assert village_splits(problem, np.array([0, 0, 1, 1])) == 1
    assert village_splits(problem, np.array([0, 0, 1, 0])) == 0
