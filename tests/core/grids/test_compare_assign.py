"""Comparison, overlay, evaluation and assignment against truths found by hand or brute force."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from linzhang_plugin.core.grids.assign import assign_rangers
from linzhang_plugin.core.grids.compare import compare, compare_report
from linzhang_plugin.core.grids.indicators import find_parts, moment_km2, village_splits
from linzhang_plugin.core.grids.land.islands import components, find_mainlands
from linzhang_plugin.core.grids.land.overlay import largest_share
from linzhang_plugin.core.grids.posts import share_count, wanted_shares
from tests.truth.small_counties import county, squares


def test_the_largest_share_wins():
    stands = squares(3, 1, side=100.0, x0=0.0, y0=0.0)
    grids = np.array([shapely.box(0, 0, 140, 100), shapely.box(140, 0, 260, 100)])
    grid, share = largest_share(stands, grids)
    assert grid.tolist() == [0, 1, 1]
    assert share.round(6).tolist() == [1.0, 0.6, 0.6]
    assert largest_share(stands, grids[:0])[0].tolist() == [-1, -1, -1]


def test_comparison_counts_stands_mu_and_grids():
    stands = county(columns=4, rows=1, towns=1, per_grid=1)
    stands["mu"] = [100.0, 200.0, 300.0, 400.0]
    before = pd.Series(["A", "A", "B", ""])
    after = pd.Series(["A", "B", "C", "C"])
    made, total = compare(stands, before, after, {"A": "甲", "B": "乙"}, {"A": "甲", "C": "丙"})
    assert total["N_MOVED"] == 2 and total["MOVED_MU"] == 500.0
    assert total["ORPHAN_MU"] == 400.0 and total["LOST_MU"] == 0.0
    assert total["CHANGED_PERCENT"] == pytest.approx(100 * 500 / 600)
    assert (total["N_BEFORE"], total["N_AFTER"], total["N_KEPT"], total["N_NEW"]) == (2, 3, 2, 1)
    assert made["mu"].tolist() == [400.0, 300.0, 200.0]
    assert made["ranger_to"].tolist()[:2] == ["丙", "丙"]
    page = compare_report(made, total).html()
    assert "500.0" in page and "丙" in page


def test_equal_plans_have_no_changes():
    stands = county(columns=4, rows=1, towns=1)
    stands["mu"] = 1.0
    codes = stands["previous_grid_code"]
    made, total = compare(stands, codes, codes, {}, {})
    assert not len(made) and total["CHANGED_PERCENT"] == 0.0
    assert total["N_UNCHANGED"] == total["N_BEFORE"]


@given(st.integers(0, 10_000), st.integers(1, 5), st.integers(1, 5))
def test_assignment_is_the_cheapest_of_all(seed, k, r):
    rng = np.random.default_rng(seed)
    minutes, kept = rng.uniform(0, 100, (k, r)), rng.choice([0.0, 0.5, 1.0], (k, r))
    cost = minutes - 30.0 * kept
    found = assign_rangers(minutes, kept, ["t"] * k, ["t"] * r, 30.0)
    used = found[found >= 0]
    assert len(used) == min(k, r) == len(set(used.tolist()))
    got = sum(cost[g, m] for g, m in enumerate(found) if m >= 0)
    if k <= r:
        best = min(sum(cost[g, p[g]] for g in range(k)) for p in permutations(range(r), k))
    else:
        best = min(sum(cost[p[m], m] for m in range(r)) for p in permutations(range(k), r))
    assert got == pytest.approx(best, abs=1e-5)


def test_rangers_stay_in_their_town_and_on_their_hill():
    minutes = np.array([[10.0, 12.0], [10.0, 50.0]])
    kept = np.array([[0.0, 1.0], [0.0, 0.0]])
    assert assign_rangers(minutes, kept, ["a", "a"], ["a", "a"]).tolist() == [1, 0]
    assert assign_rangers(minutes, kept * 0, ["a", "b"], ["b", "a"]).tolist() == [1, 0]
    assert assign_rangers(minutes, kept, ["a", "b"], ["a", "a"]).tolist() in ([0, -1], [1, -1])
    unknown = np.array([[np.nan, 12.0], [np.nan, 50.0]])
    assert sorted(assign_rangers(unknown, kept, ["a", "a"], ["a", "a"])) == [0, 1]
    assert assign_rangers(np.empty((2, 0)), np.empty((2, 0)), ["a", "a"], []).tolist() == [-1, -1]


def test_parts_islands_and_enclaves_are_told_apart():
    # 0-1-2-3 in a row, 4 alone; grids: 0 = {0, 2, 4}, 1 = {1, 3}.
    links = np.array([[0, 1], [1, 2], [2, 3]])
    plan = np.array([0, 1, 0, 1, 0])
    parts = find_parts(plan, 2, links, np.array([5.0, 1.0, 2.0, 3.0, 9.0]))
    assert parts.n_parts.tolist() == [3, 2]
    assert parts.n_islands.tolist() == [1, 0]
    assert parts.disconnected.tolist() == [True, True]
    assert parts.enclave.tolist() == [False, True, True, False, False]
    alone = find_parts(np.array([0, 0, 0, 0, 0]), 1, links, np.ones(5))
    assert not alone.disconnected.any() and alone.n_islands.tolist() == [1]


def test_moment_and_village_splits():
    xy = np.array([[0.0, 0.0], [2000.0, 0.0], [50.0, 50.0]])
    assert moment_km2(xy, np.array([10.0, 10.0, 5.0]), np.array([0, 0, 1]), 2).tolist() == [20, 0]
    assert village_splits(pd.Series(["a", "a", "b", ""]), np.array([0, 1, 1, 0])) == 1


@given(st.lists(st.floats(1.0, 1e4), min_size=1, max_size=8), st.integers(1, 40))
def test_a_count_is_shared_by_work(load, count):
    sizes = np.full(len(load), 50)
    counts = share_count(np.array(load), sizes, count)
    assert counts.sum() == max(count, len(load))
    assert (counts >= 1).all()
    quota = np.array(load) / sum(load) * counts.sum()
    assert (np.abs(counts - quota) < 1.0 + 1e-6).all() or (quota < 1.0).any()


def test_capacity_gives_shares_and_missing_ones_the_mean():
    posts = pd.DataFrame({"capacity_mu": [1000.0, 3000.0, np.nan]})
    assert wanted_shares(posts, 60.0).tolist() == [10.0, 30.0, 20.0]
    assert wanted_shares(pd.DataFrame({"capacity_mu": [np.nan] * 2}), 10.0).tolist() == [5.0, 5.0]


def test_a_part_that_cannot_fill_a_grid_is_an_island():
    shapes = np.concatenate([squares(6, 1), squares(2, 1, x0=520_000.0)])
    links = np.array([[i, i + 1] for i in range(5)] + [[6, 7]])
    load, free = np.full(8, 540.0), np.full(8, -1)
    ties = np.zeros((8, 2))
    split = find_mainlands(shapes, links, load, ties, free, load, (1000.0, 5000.0))
    assert split.n_islands == 0 and sorted(split.posts.tolist()) == [0, 1]
    whole = find_mainlands(shapes, links, load, ties, free, load, (1500.0, 5000.0))
    assert whole.n_islands == 1 and whole.posts.tolist() == [0, 0]
    assert whole.host[6:].tolist() == [5, 5]
    locked = free.copy()
    locked[7] = 1
    held = find_mainlands(shapes, links, load, ties, locked, load, (1500.0, 5000.0))
    assert held.posts[1] == held.area[7] and held.n_islands == 0
    assert components(8, links).tolist() == [0] * 6 + [1] * 2
