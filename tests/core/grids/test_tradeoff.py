"""Plans to choose from: more change never makes a plan worse, and no plan is dominated."""

from __future__ import annotations

import re
from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhang_plugin.core.grids.job import Request
from linzhang_plugin.core.grids.params import GridParams
from linzhang_plugin.core.grids.tables import CURVE, PLAN_GRIDS, PLANS
from linzhang_plugin.core.grids.tradeoff import (
    Candidate,
    allowed_changes,
    choose,
    trade_off,
    tradeoff_report,
)
from linzhang_plugin.core.messages import InputError
from linzhang_plugin.core.progress import silent
from tests.core.grids.test_county import FIELDS
from tests.truth.small_counties import county, posts


def candidate(changed: float, quality: float, broken: int = 0, adjusts: bool = True) -> Candidate:
    town = SimpleNamespace(stands=pd.DataFrame({"mu": [100.0]}))
    return Candidate(town, [], changed, broken, quality, adjusts)


figures = st.tuples(st.floats(0, 100), st.floats(0, 10), st.integers(0, 2))


@given(st.lists(figures, min_size=5, max_size=5), st.lists(figures, min_size=5, max_size=5))
def test_whatever_the_solver_gives_the_chosen_plans_rise_in_change_and_fall_in_cost(one, other):
    changes = allowed_changes(5)
    candidates = [
        [candidate(*a[:2], a[2], at < 4), candidate(*b[:2], b[2], at < 4)]
        for at, (a, b) in enumerate(zip(one, other, strict=True))
    ]
    chosen = choose(changes, candidates)
    for town in (0, 1):
        mine = [plan[town] for plan in chosen]
        for less, more in pairwise(mine):
            assert (more.broken, more.quality) <= (less.broken, less.quality)
            assert more.changed >= less.changed or more.broken == less.broken
            same = (more.broken, more.quality) == (less.broken, less.quality)
            assert same or more.changed > less.changed
        best = min((c[town] for c in candidates), key=lambda c: (c.broken, c.quality))
        assert (mine[-1].broken, mine[-1].quality) == (best.broken, best.quality)


@pytest.fixture(scope="module")
def result():
    stands = county(columns=12, rows=6, towns=2, per_grid=6, seed=3)
    rng = np.random.default_rng(1)
    # Some stands changed hands badly last year: there is something to win.
    codes = stands["previous_grid_code"].to_numpy().copy()
    for row in rng.choice(len(stands) - 1, 10, replace=False):
        if stands["town_code"][row] == stands["town_code"][row + 1]:
            codes[row] = codes[row + 1]
    who = posts(stands)
    stands["previous_grid_code"] = codes
    request = Request(stands, FIELDS, who, params=GridParams(0, None, 0.0, 1e9, effort=0))
    return trade_off(request, 5, 1, "", silent)


def test_plans_of_a_county_rise_in_change_and_fall_in_cost(result):
    curve = result.curve
    assert curve["plan"].tolist() == [1, 2, 3, 4, 5]
    assert (np.diff(curve["changed_percent"]) >= -1e-9).all()
    assert (np.diff(curve["quality"]) <= 1e-9).all()
    assert curve["quality"].iloc[-1] < curve["quality"].iloc[0]
    assert (curve["n_disconnected"] == 0).all() and (curve["n_violations"] == 0).all()
    for (_, less), (_, more) in pairwise(curve.iterrows()):
        names = ("max_deviation_percent", "moment", "village_splits", "travel_min")
        dominated = more["changed_percent"] > less["changed_percent"] and all(
            more[name] >= less[name] for name in names
        )
        assert not dominated


def test_the_limits_are_kept_and_every_plan_is_whole(result):
    shares = []
    for number, change in enumerate(allowed_changes(5), start=1):
        stands = result.stands[result.stands["plan"] == number]
        assert len(stands) == 72 and (stands["grid_code"] != "").all()
        moved = stands["mu"].where(stands["changed"], 0.0).groupby(stands["town_code"]).sum()
        shares.append(100.0 * moved / stands.groupby("town_code")["mu"].sum())
        # A town's limit is what was allowed, or what its rules force.
        if change:
            assert (shares[-1] <= np.maximum(change, shares[0]) + 1e-6).all()
    assert set(PLANS.names) <= set(result.stands.columns)
    assert set(CURVE.names) <= set(result.curve.columns)
    missing = set(PLAN_GRIDS.names) - set(result.grids.columns)
    assert missing <= {"created_at", "updated_at"}
    for number, plan in enumerate(result.plans, start=1):
        rows = result.grids[result.grids["plan"] == number]
        assert rows["area_mu"].sum() == pytest.approx(plan.stands["mu"].sum())
        assert rows["grid_code"].is_unique


def test_the_report_draws_two_charts_and_nothing_that_runs(result):
    page = tradeoff_report(result).html()
    assert page.count("<svg") == 2 and "<script" not in page
    assert len(re.findall("<circle", page)) == 15
    assert "change nothing that need not" in page and "divide afresh" in page


def test_fewer_than_two_plans_are_refused():
    with pytest.raises(InputError, match="at least two"):
        allowed_changes(1)
    for count in range(2, 12):
        limits = allowed_changes(count)
        assert len(limits) == count and limits[0] == 0.0 and limits[-1] is None
        assert all(a < b for a, b in pairwise(limits[:-1]))
