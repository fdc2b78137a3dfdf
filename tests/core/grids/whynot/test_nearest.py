"""Requests that cannot be kept: the cause is named, and what is suggested succeeds when asked."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from linzhang_plugin.core.grids.job import Request, optimize
from linzhang_plugin.core.grids.params import AFRESH, GridParams
from linzhang_plugin.core.grids.whynot.wish import Change, Wish
from linzhang_plugin.core.messages import ConflictError
from linzhang_plugin.core.progress import silent
from tests.core.grids.test_county import FIELDS
from tests.truth.small_counties import CRS, SIDE, county, posts

TOWN = "360702100"
UNIT = SIDE * SIDE * 15 / 10_000
"""Mu of one square stand: 540."""


def plan_of(stands, rangers, params):
    return optimize(Request(stands, FIELDS, rangers, params=params), 1, "", silent)


def asked(params: GridParams, wish: Change) -> GridParams:
    """Give the request with the suggested parameters, as a user would type them."""
    return replace(
        params,
        tolerance=params.tolerance if wish.tolerance is None else wish.tolerance,
        min_mu=params.min_mu if wish.least is None else wish.least,
        max_mu=params.max_mu if wish.most is None else wish.most,
    )


def with_posts(rangers: gpd.GeoDataFrame, nearest) -> gpd.GeoDataFrame:
    """Give the rangers with the suggested posts left out or vacant ones added."""
    if nearest.posts.more_posts < 0:
        return rangers[~rangers["person_id"].isin(nearest.dropped)].reset_index(drop=True)
    vacant = {"person_id": "", "name": "", "town_code": nearest.town, "previous_grid_code": "",
              "geometry": None}  # fmt: skip
    rows = gpd.GeoDataFrame(
        [vacant] * nearest.posts.more_posts, geometry="geometry", crs=rangers.crs
    )
    return pd.concat([rangers, rows], ignore_index=True)


def check(stands, rangers, params, words: str):
    """Ask what cannot be kept, look at the cause, then ask for each suggestion."""
    plan = plan_of(stands, rangers, params)
    assert plan.figures["N_VIOLATIONS"] > 0
    text = "\n".join(map(str, plan.causes))
    assert words in text, text
    assert "{" not in text
    (nearest,) = plan.nearest
    assert nearest.bounds is not None or nearest.posts is not None
    if nearest.bounds is not None:
        again = plan_of(stands, rangers, asked(params, nearest.asked.change_to(nearest.bounds)))
        assert again.figures["N_VIOLATIONS"] == 0
        assert not again.causes and not again.nearest
    if nearest.posts is not None:
        again = plan_of(stands, with_posts(rangers, nearest), params)
        assert again.figures["N_VIOLATIONS"] == 0
        assert again.figures["N_GRIDS"] == nearest.n_posts + nearest.posts.more_posts
    return nearest


def town(columns: int = 6, rows: int = 4, per_grid: int = 4) -> gpd.GeoDataFrame:
    return county(columns=columns, rows=rows, towns=1, per_grid=per_grid)


def row(count: int, per_grid: int) -> gpd.GeoDataFrame:
    """Give a town of squares in one row, grids of last year one after the other."""
    stands = county(columns=count, rows=1, towns=1, per_grid=1)
    stands["previous_grid_code"] = [f"{TOWN}W{i // per_grid + 1:03d}" for i in range(count)]
    return stands


def test_too_many_posts_for_the_minimum():
    stands = town(6, 3, 3)
    params = GridParams(0, None, 3.5 * UNIT, 1e9, effort=0)
    found = check(stands, posts(stands), params, "too many posts")
    # Five grids of at least four stands each would need 20 stands, and there are 18.
    assert found.posts == Wish(None, 3.5 * UNIT, 1e9, -2)
    assert found.bounds.least == pytest.approx(3 * UNIT, abs=60.0)


def test_too_few_posts_for_the_maximum():
    stands = town(6, 3, 3)
    params = GridParams(0, None, 0.0, 2.5 * UNIT, effort=0)
    found = check(stands, posts(stands), params, "too few posts")
    assert found.posts.more_posts >= 1
    assert found.bounds.most == pytest.approx(3 * UNIT, abs=60.0)


def test_a_stand_above_the_maximum():
    stands = town()
    big = shapely.union_all(stands.geometry.iloc[[0, 1, 6, 7, 12, 13]].to_numpy())
    stands = stands.drop(index=[1, 6, 7, 12, 13]).reset_index(drop=True)
    stands.loc[0, "geometry"] = big
    params = GridParams(0, None, 0.0, 5 * UNIT, 100.0, effort=0)
    found = check(stands, posts(stands), params, "stand s0000 alone has 3240 mu")
    assert found.bounds.most == pytest.approx(6 * UNIT, abs=30.0)


def test_a_stand_above_the_tolerance():
    stands = town()
    big = shapely.union_all(stands.geometry.iloc[[0, 1, 6, 7, 12, 13]].to_numpy())
    stands = stands.drop(index=[1, 6, 7, 12, 13]).reset_index(drop=True)
    stands.loc[0, "geometry"] = big
    params = GridParams(0, 26.0, 0.0, 1e9, 100.0, effort=0)
    found = check(stands, posts(stands), params, "the workload of stand s0000 alone")
    assert found.bounds.tolerance == 50.0


def test_a_stand_that_its_islands_make_too_heavy():
    stands = town(4, 2, 2)
    # Two of eight squares lie far off, nearest to one stand: with it they are three.
    up = stands.geometry.iloc[3].bounds[1] - stands.geometry.iloc[7].bounds[1]
    stands.loc[[3], "geometry"] = stands.loc[[3], "geometry"].translate(5000.0)
    stands.loc[[7], "geometry"] = stands.loc[[7], "geometry"].translate(9000.0, up)
    params = GridParams(0, 20.0, 1.2 * UNIT, 1e9, 100.0, effort=0)
    plan = plan_of(stands, posts(stands), params)
    text = "\n".join(map(str, plan.causes))
    assert plan.figures["N_VIOLATIONS"] > 0
    assert "stand s0002 and the 2 islands attached to it is 50.0 percent above" in text, text


def dumbbell() -> gpd.GeoDataFrame:
    """Give 14 squares, then a stand of two squares that is the only way to four more."""
    block = county(columns=7, rows=2, towns=1, per_grid=2)
    left, low = block.total_bounds[2], block.total_bounds[1]
    neck = shapely.box(left, low, left + 2 * SIDE, low + SIDE)
    far = [shapely.box(left + (2 + i) * SIDE, low, left + (3 + i) * SIDE, low + SIDE)
           for i in range(4)]  # fmt: skip
    more = gpd.GeoDataFrame(
        {
            "stand_id": ["neck", "far0", "far1", "far2", "far3"],
            "town_code": TOWN,
            "village_code": "",
            "previous_grid_code": "",
            "locked": 0,
            "po_du": 1,
        },
        geometry=[neck, *far],
        crs=CRS,
    )
    both = gpd.GeoDataFrame(pd.concat([block, more], ignore_index=True), crs=CRS)
    both["previous_grid_code"] = ""
    return both


def test_a_stand_that_is_the_only_way_to_others_is_named():
    stands = dumbbell()
    params = GridParams(AFRESH, 10.0, 0.0, 1e9, None, 4, effort=0)
    plan = optimize(Request(stands, FIELDS, None, params=params), 1, "", silent)
    text = "\n".join(map(str, plan.causes))
    assert "stand neck is the only way to 4 stands with 2160 mu (around far0)" in text
    (nearest,) = plan.nearest
    assert nearest.bounds.tolerance == 20.0
    again = optimize(
        Request(stands, FIELDS, None, params=replace(params, tolerance=20.0)), 1, "", silent
    )
    assert again.figures["N_VIOLATIONS"] == 0


@pytest.mark.full
def test_a_bottleneck_by_bounds_of_mu_is_named_too():
    stands = dumbbell()
    params = GridParams(AFRESH, None, 4.5 * UNIT, 5.5 * UNIT, None, 4, effort=0)
    plan = optimize(Request(stands, FIELDS, None, params=params), 1, "", silent)
    assert "stand neck is the only way to 4 stands" in "\n".join(map(str, plan.causes))
    wish = plan.nearest[0].asked.change_to(plan.nearest[0].bounds)
    again = optimize(Request(stands, FIELDS, None, params=asked(params, wish)), 1, "", silent)
    assert again.figures["N_VIOLATIONS"] == 0


def test_a_closed_grid_that_is_too_big():
    stands = town()
    code = sorted(stands["previous_grid_code"].unique())[0]
    mine = stands["previous_grid_code"].isin(sorted(stands["previous_grid_code"].unique())[:2])
    who = posts(stands)
    stands.loc[mine, "previous_grid_code"] = code
    stands.loc[stands["previous_grid_code"] == code, "locked"] = 2
    who.loc[1, "previous_grid_code"] = ""
    params = GridParams(0, None, 0.0, 6 * UNIT, 100.0, effort=0)
    found = check(stands, who, params, f"locked into grid {code} have 4320 mu")
    assert found.bounds.most == pytest.approx(8 * UNIT, abs=20.0)


@pytest.mark.full
def test_a_closed_grid_that_is_too_small():
    stands = town()
    code = sorted(stands["previous_grid_code"].unique())[0]
    stands.loc[18, "previous_grid_code"] = stands["previous_grid_code"][19]
    stands.loc[stands["previous_grid_code"] == code, "locked"] = 2
    params = GridParams(0, None, 3.5 * UNIT, 1e9, 100.0, effort=0)
    found = check(stands, posts(stands), params, f"grid {code} is closed (lock 2) with 1620 mu")
    assert found.bounds.least == pytest.approx(3 * UNIT, abs=20.0)


def test_whole_stands_do_not_fit_though_the_sums_would():
    stands = row(7, 2)
    rangers = posts(stands).iloc[:3].reset_index(drop=True)
    # Seven equal stands and three posts: 2, 2 and 3 deviate by 28.6 percent at best.
    params = GridParams(0, 15.0, 0.0, 1e9, 100.0, effort=0)
    found = check(stands, rangers, params, "whole stands and their links do not")
    assert found.bounds.tolerance == 29.0


@pytest.mark.full
def test_a_part_that_no_link_reaches():
    stands = town()
    west = stands.geometry.bounds["minx"] < 500_000 + 2 * SIDE - 1
    stands.loc[west, "geometry"] = stands.loc[west, "geometry"].translate(-5000.0)
    params = GridParams(0, 15.0, 0.0, 1e9, 100.0, effort=0)
    rangers = posts(stands)
    plan = plan_of(stands, rangers.iloc[:5].reset_index(drop=True), params)
    assert plan.figures["N_VIOLATIONS"] > 0
    (nearest,) = plan.nearest
    wish = nearest.asked.change_to(nearest.bounds)
    again = plan_of(stands, rangers.iloc[:5].reset_index(drop=True), asked(params, wish))
    assert again.figures["N_VIOLATIONS"] == 0


def test_stop_says_cause_and_nearest_request_in_one_sentence():
    stands = town(4, 2, 2)
    params = GridParams(0, None, 2.5 * UNIT, 1e9, effort=0, stop_if_infeasible=True)
    with pytest.raises(ConflictError, match="too many posts.*nearest requests.*MIN_MU"):
        plan_of(stands, posts(stands), params)


@pytest.mark.full
def test_towns_together_get_one_request_that_all_of_them_keep():
    stands = county(columns=12, rows=4, towns=2, per_grid=4)
    stands = stands[~((stands["town_code"] == "360702101") & (stands.index % 11 == 0))]
    stands = stands.reset_index(drop=True)
    params = GridParams(0, None, 4.5 * UNIT, 1e9, 100.0, effort=0)
    plan = plan_of(stands, posts(stands), params)
    assert len(plan.nearest) == 2
    assert str(plan.causes[-1]).startswith("For all these towns together")
    least = min(n.bounds.least for n in plan.nearest)
    assert f"a MIN_MU of {least:.10g} mu" in str(plan.causes[-1])
    again = plan_of(stands, posts(stands), replace(params, min_mu=least))
    assert again.figures["N_VIOLATIONS"] == 0


any_town = given(
    st.integers(0, 10_000),
    st.sampled_from([None, 3.0, 10.0]),
    st.floats(0.0, 1.6),
    st.floats(0.6, 3.0),
    st.booleans(),
)


@pytest.mark.full
@settings(max_examples=60, deadline=None)
@any_town
def test_whatever_is_suggested_for_many_towns_succeeds(seed, tolerance, low, high, afresh):
    suggested_and_asked(seed, tolerance, low, high, afresh)


def suggested_and_asked(seed, tolerance, low, high, afresh):
    """Make a town with holes, ask for bounds at random, then for what is suggested."""
    rng = np.random.default_rng(seed)
    stands = county(columns=6, rows=4, towns=1, per_grid=4, seed=seed)
    stands = stands[rng.random(len(stands)) > 0.2].reset_index(drop=True)
    rangers = posts(stands)
    mean = len(stands) * UNIT / len(rangers)
    params = GridParams(AFRESH if afresh else 0, tolerance, low * mean, max(low, high) * mean,
                        None if afresh else 20.0, effort=0, seed=seed)  # fmt: skip
    plan = plan_of(stands, rangers, params)
    assert bool(plan.nearest) == (plan.figures["N_VIOLATIONS"] > 0)
    for nearest in plan.nearest:
        if nearest.bounds is not None:
            wish = asked(params, nearest.asked.change_to(nearest.bounds))
            assert plan_of(stands, rangers, wish).figures["N_VIOLATIONS"] == 0
        if nearest.posts is not None:
            other = with_posts(rangers, nearest)
            assert plan_of(stands, other, params).figures["N_VIOLATIONS"] == 0
