"""A county from stands to tables: hard rules, locks, islands, figures, repeatability."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from linzhang_plugin.core.batch import in_processes
from linzhang_plugin.core.grids import reasons
from linzhang_plugin.core.grids.county import optimize_grids
from linzhang_plugin.core.grids.intake import StandFields
from linzhang_plugin.core.grids.job import Request, optimize, prepare
from linzhang_plugin.core.grids.params import AFRESH, GridParams
from linzhang_plugin.core.grids.report import plan_report
from linzhang_plugin.core.grids.tables import CHANGES, GRIDS, STAND_GRID
from linzhang_plugin.core.messages import ConflictError, InputError
from linzhang_plugin.core.progress import silent
from tests.truth.small_counties import SIDE, county, posts, squares

FIELDS = StandFields("stand_id", "", "", "town_code", "village_code", "previous_grid_code", "",
                     "locked", "")  # fmt: skip
FREE = GridParams(min_mu=0.0, max_mu=1e9)
STAY = GridParams(min_mu=0.0, max_mu=1e9, max_change=0.0, effort=0)


def plan_of(stands, rangers=None, params=STAY, fields=FIELDS, **more):
    return optimize(Request(stands, fields, rangers, params=params, **more), 1, "", silent)


def one_piece(shapes: np.ndarray) -> bool:
    """Tell by geometry alone whether squares hang together by their edges."""
    return shapely.union_all(shapes).buffer(-1.0).geom_type == "Polygon"


def test_a_good_plan_is_left_alone():
    stands = county()
    plan = plan_of(stands, posts(stands))
    assert plan.figures["CHANGED_PERCENT"] == 0.0
    assert plan.figures["MUST_CHANGE_PERCENT"] == 0.0
    assert not len(plan.changes)
    assert plan.stands["grid_code"].tolist() == stands["previous_grid_code"].tolist()


def test_an_enclave_goes_back_to_its_surroundings_with_the_reason():
    stands = county()
    far = stands.index[(stands["town_code"] == "360702100")][3 * 12]
    last = stands["previous_grid_code"].to_numpy().copy()
    target = "360702100W006"
    assert last[far] != target
    stands.loc[far, "previous_grid_code"] = target
    plan = plan_of(stands, posts(stands))
    assert plan.figures["N_DISCONNECTED"] == 0
    moved = plan.changes.set_index("stand_id")
    name = stands["stand_id"][far]
    assert name in moved.index
    assert "lay apart" in str(moved.loc[name, "reason"])
    assert plan.figures["MUST_CHANGE_PERCENT"] <= plan.figures["CHANGED_PERCENT"] + 1e-9


def test_orphans_get_a_grid_and_no_hands_change_for_them():
    stands = county()
    stands.loc[[5, 6], "previous_grid_code"] = ""
    plan = plan_of(stands, posts(county()))
    assert (plan.stands["grid_code"] != "").all()
    assert plan.changes["from_grid"].isna().sum() == 2
    assert plan.figures["CHANGED_PERCENT"] == 0.0


def test_a_post_that_ends_leaves_its_stands_to_others():
    stands = county(towns=1)
    rangers = posts(stands).iloc[1:]
    plan = plan_of(stands, rangers)
    gone = posts(stands)["previous_grid_code"].iloc[0]
    assert plan.figures["N_GRIDS"] == len(rangers)
    lost = 100.0 * (stands["previous_grid_code"] == gone).mean()
    assert plan.figures["MUST_CHANGE_PERCENT"] >= lost - 1e-9
    assert any(gone in str(notice) for notice in plan.notices)


def test_a_vacant_post_makes_its_grid_and_carries_the_flag():
    stands = county(towns=1)
    rangers = posts(stands)
    rangers.loc[0, ["person_id", "name"]] = ["", ""]
    plan = plan_of(stands, rangers)
    vacant = plan.grids[plan.grids["flags"].str.contains("vacant")]
    assert vacant["previous_grid_code"].tolist() == [rangers["previous_grid_code"][0]]
    assert plan.figures["N_VIOLATIONS"] == 0


def test_a_successor_takes_the_grid_that_nobody_claims():
    stands = county(towns=1)
    rangers = posts(stands)
    rangers.loc[2, "previous_grid_code"] = ""
    plan = plan_of(stands, rangers)
    assert plan.figures["CHANGED_PERCENT"] == 0.0
    row = plan.grids[plan.grids["ranger_id"] == rangers["person_id"][2]]
    assert row["previous_grid_code"].tolist() == [posts(stands)["previous_grid_code"][2]]


def test_stands_that_no_link_reaches_ride_along_as_enclaves():
    stands = county(columns=6, towns=1)
    lone = stands.iloc[[0]].copy()
    lone["stand_id"] = "lone"
    lone["geometry"] = [shapely.box(497_000, 2_850_000, 497_500, 2_850_500)]
    lone["previous_grid_code"] = stands["previous_grid_code"].iloc[-1]
    both = gpd.GeoDataFrame(pd.concat([stands, lone], ignore_index=True), crs=stands.crs)
    plan = plan_of(both, posts(stands))
    assert plan.figures["N_ISLANDS"] == 1
    assert plan.figures["N_DISCONNECTED"] == 0
    got = plan.stands.set_index("stand_id")
    assert bool(got.loc["lone", "island"])
    nearest = got.loc["s0000", "grid_code"]
    assert got.loc["lone", "grid_code"] == nearest


def test_two_lands_of_a_town_get_posts_of_their_own():
    west, east = county(columns=4, towns=1), county(columns=4, towns=1)
    east.geometry = east.geometry.translate(20_000)
    east["stand_id"] = "e" + east["stand_id"]
    east["previous_grid_code"] = "e" + east["previous_grid_code"]
    both = gpd.GeoDataFrame(pd.concat([west, east], ignore_index=True), crs=west.crs)
    plan = plan_of(both, posts(both))
    assert plan.figures["N_ISLANDS"] == 0
    assert plan.figures["N_DISCONNECTED"] == 0
    assert plan.figures["CHANGED_PERCENT"] == 0.0


def test_an_outlying_part_of_a_grid_takes_no_post_away_when_last_years_plan_is_kept():
    stands = county(columns=8, towns=1)
    codes = stands["previous_grid_code"].unique()
    part = stands[stands["previous_grid_code"] == codes[-1]].copy()
    part.geometry = part.geometry.translate(20_000)
    part["stand_id"] = "e" + part["stand_id"]
    part["previous_grid_code"] = codes[0]
    both = gpd.GeoDataFrame(pd.concat([stands, part.iloc[:-1]], ignore_index=True), crs=stands.crs)
    who = posts(stands)
    kept = plan_of(both, who, params=GridParams(min_mu=0.0, max_mu=1e9))
    assert kept.figures["N_ISLANDS"] == 1
    assert kept.figures["N_DISCONNECTED"] == 0
    east = kept.stands[kept.stands["stand_id"].str.startswith("e")]
    assert east["grid_code"].nunique() == 1
    assert not east["changed"].any()
    afresh = plan_of(both, who, params=GridParams(AFRESH, None, 0.0, 1e9, None))
    assert afresh.figures["N_ISLANDS"] == 0


def test_grids_are_counted_by_workload_where_there_are_no_rangers():
    stands = county(columns=12, towns=3)
    stands["previous_grid_code"] = ""
    plan = plan_of(stands, params=GridParams(AFRESH, 30.0, 0.0, 1e9, None, 9))
    assert plan.grids.groupby("town_code").size().tolist() == [3, 3, 3]
    assert plan.figures["N_VIOLATIONS"] == 0
    assert not plan.grids["flags"].str.contains("vacant").any()


def test_locked_stands_stay_and_a_closed_grid_gains_nothing():
    stands = county(towns=1)
    codes = sorted(stands["previous_grid_code"].unique())
    stands.loc[stands["previous_grid_code"] == codes[3], "locked"] = 2
    stands.loc[stands["stand_id"] == "s0000", "locked"] = 1
    stands["po_du"] = np.where(stands["previous_grid_code"] == codes[2], 6, 1)
    fields = StandFields("stand_id", "", "", "town_code", "village_code", "previous_grid_code",
                         "", "locked", "po_du")  # fmt: skip
    params = GridParams(0, None, 0.0, 1e9, 100.0, weight_balance=100.0)
    plan = plan_of(stands, posts(stands), params, fields)
    got, before = plan.stands, stands["previous_grid_code"]
    inside = before == codes[3]
    home = plan.grids.set_index("previous_grid_code")["grid_code"]
    assert (got.loc[inside, "grid_code"] == home[codes[3]]).all()
    assert not (got.loc[~inside, "grid_code"] == home[codes[3]]).any()
    assert got["grid_code"].iloc[0] == home[before.iloc[0]]
    assert plan.figures["CHANGED_PERCENT"] > 0.0


def test_contradicting_locks_are_refused():
    stands = county(towns=1)
    stands.loc[0, ["locked", "previous_grid_code"]] = [1, ""]
    with pytest.raises(ConflictError, match="s0000"):
        plan_of(stands, posts(county(towns=1)))
    stands = county(towns=1)
    code = stands["previous_grid_code"].iloc[0]
    stands.loc[[0, 95], "previous_grid_code"] = code
    stands.loc[[0, 95], "locked"] = 1
    wall = stands["previous_grid_code"] == "360702100W006"
    stands.loc[wall, "locked"] = 2
    with pytest.raises(ConflictError, match="locked"):
        plan_of(stands, posts(stands))
    gone = county(towns=1)
    gone.loc[0, "locked"] = 1
    rangers = posts(gone)
    rangers = rangers[rangers["previous_grid_code"] != gone["previous_grid_code"].iloc[0]]
    with pytest.raises(ConflictError, match="has no post"):
        plan_of(gone, rangers)


def test_what_cannot_be_kept_is_told_or_stops():
    stands = county(towns=1)
    params = GridParams(0, None, 9000.0, 20_000.0, effort=0)
    plan = plan_of(stands, posts(stands), params)
    assert plan.figures["N_VIOLATIONS"] > 0
    assert plan.figures["LOWER_BOUND"] is None and plan.figures["GAP_PERCENT"] is None
    assert "at least 9000 mu" in str(plan.causes[0])
    assert plan.grids["flags"].str.contains("under").any()
    assert plan.figures["N_DISCONNECTED"] == 0
    stop = replace(params, stop_if_infeasible=True)
    with pytest.raises(ConflictError, match="at least 9000 mu"):
        plan_of(stands, posts(stands), stop)


def test_one_stand_above_the_maximum_is_named():
    stands = county(towns=1)
    plan = plan_of(stands, posts(stands), GridParams(0, None, 0.0, 500.0, effort=0))
    assert any("stand s0000 alone has 540 mu" in str(cause) for cause in plan.causes)


def test_capacity_shares_the_work():
    stands = county(towns=1)
    stands["previous_grid_code"] = ""
    rangers = posts(county(towns=1)).drop(columns="previous_grid_code")
    rangers["capacity_mu"] = [2000.0] + [1000.0] * (len(rangers) - 1)
    plan = plan_of(stands, rangers, GridParams(AFRESH, 25.0, 0.0, 1e9, None))
    grids = plan.grids.set_index("ranger_id")
    big = grids.loc["p000", "wanted"]
    assert big == pytest.approx(2.0 * grids.loc["p001", "wanted"])
    assert plan.figures["N_VIOLATIONS"] == 0


def test_tables_hold_what_is_promised():
    stands = county()
    stands.loc[5, "previous_grid_code"] = ""
    plan = plan_of(stands, posts(stands), GridParams(0, None, 0.0, 1e9, year=2024))
    missing = {"created_at", "updated_at"}
    assert set(GRIDS.names) - set(plan.grids.columns) <= missing
    assert set(STAND_GRID.names) - set(plan.stands.columns) == set()
    assert set(CHANGES.names) - set(plan.changes.columns) == set()
    assert plan.grids["area_mu"].sum() == pytest.approx(plan.stands["mu"].sum())
    assert plan.grids["grid_name"].str.match(r"10[01]-\d{3}$").all()
    assert plan.grids["workload"].sum() == pytest.approx(plan.stands["workload"].sum())
    assert plan.grids["n_stands"].sum() == len(stands)
    assert (plan.grids["grid_year"] == 2024).all()
    assert plan.grids.geometry.is_valid.all()
    page = plan_report(plan, 10.0).html()
    assert "s0005" in page and "<script" not in page


def test_the_same_plan_whatever_does_the_work():
    stands = county(columns=6, rows=4, towns=3, seed=3)
    stands["previous_grid_code"] = ""
    params = GridParams(AFRESH, None, 0.0, 1e9, None, 6, effort=0, seed=4)
    request = Request(stands, FIELDS, None, params=params)
    ready = prepare(request)
    serial = optimize_grids(ready.stands, ready.links, None, None, params)
    side = optimize_grids(ready.stands, ready.links, None, None, params, run=in_processes(2))
    pd.testing.assert_frame_equal(
        pd.DataFrame(serial.grids.drop(columns="geometry")),
        pd.DataFrame(side.grids.drop(columns="geometry")),
    )
    assert serial.grids.geometry.to_wkb().tolist() == side.grids.geometry.to_wkb().tolist()
    assert serial.figures == side.figures


def test_order_of_rows_does_not_change_the_plan():
    stands = county(columns=9, towns=3)
    stands.loc[[4, 40], "previous_grid_code"] = ""
    mixed = stands.sample(frac=1.0, random_state=5).reset_index(drop=True)
    one = plan_of(stands, posts(stands)).grids
    other = plan_of(mixed, posts(stands).iloc[::-1]).grids
    assert one["grid_code"].tolist() == other["grid_code"].tolist()


def test_layers_in_degrees_give_grids_in_degrees():
    stands = county()
    plain = plan_of(stands, posts(stands))
    degrees = plan_of(stands.to_crs(4490), posts(stands).to_crs(4490))
    assert degrees.grids.crs.to_epsg() == 4490
    assert degrees.stands.crs.to_epsg() == 4490
    assert degrees.grids["grid_code"].tolist() == plain.grids["grid_code"].tolist()
    assert degrees.grids["area_mu"].sum() == pytest.approx(plain.grids["area_mu"].sum(), rel=1e-6)


@settings(max_examples=6)
@given(st.integers(0, 10_000), st.integers(1, 3), st.integers(3, 9), st.booleans())
def test_any_county_keeps_the_hard_rules_or_says_why(seed, towns, columns, afresh):
    rng = np.random.default_rng(seed)
    stands = county(columns=columns * 2, rows=5, towns=towns, per_grid=10, seed=seed)
    keep = rng.random(len(stands)) > 0.15
    stands = stands[keep].reset_index(drop=True)
    if stands["town_code"].nunique() < towns:
        return
    messed = rng.random(len(stands)) < 0.2
    pool = stands["previous_grid_code"].to_numpy()
    stands.loc[messed, "previous_grid_code"] = rng.choice(np.r_[pool, ["", ""]], messed.sum())
    rangers = posts(stands)
    home = stands.drop_duplicates("previous_grid_code").set_index("previous_grid_code")["town_code"]
    rangers["town_code"] = home[rangers["previous_grid_code"]].to_numpy()
    sizes, counts = stands.groupby("town_code").size(), rangers.groupby("town_code").size()
    if set(counts.index) != set(sizes.index) or (counts > sizes).any():
        return
    params = GridParams(AFRESH if afresh else 0, None, 500.0, 9000.0, None if afresh else 10.0,
                        effort=0, seed=seed)  # fmt: skip
    plan = plan_of(stands, rangers, params)
    got = plan.stands
    assert (got["grid"] >= 0).all()
    assert got.groupby("grid_code")["town_code"].nunique().max() == 1
    assert plan.figures["N_DISCONNECTED"] == 0
    broken = plan.grids["violations"] > 0
    least, most = plan.grids["area_mu"].min(), plan.grids["area_mu"].max()
    assert broken.any() == (least < 500.0 - 1e-6 or most > 9000.0 + 1e-6 or
                            (plan.grids["n_stands"] == 0).any())  # fmt: skip
    assert bool(plan.causes) or not broken.any()
    overlaps = shapely.STRtree(plan.grids.geometry.to_numpy()).query(
        plan.grids.geometry.to_numpy(), predicate="overlaps"
    )
    for a, b in overlaps.T:
        shared = plan.grids.geometry.iloc[a].intersection(plan.grids.geometry.iloc[b]).area
        assert shared < 1e-3
    must = plan.figures["MUST_CHANGE_PERCENT"]
    assert must is None or must <= plan.figures["CHANGED_PERCENT"] + 1e-9


BAD = {
    "no id": (lambda s, r: (s.assign(stand_id=["", *s["stand_id"][1:]]), r), "no value in"),
    "duplicate id": (lambda s, r: (s.assign(stand_id="x"), r), "occurs 96 times"),
    "null geometry": (lambda s, r: (s.assign(geometry=[None, *s.geometry[1:]]), r), "no geometry"),
    "self-intersection": (
        lambda s, r: (s.assign(geometry=[shapely.from_wkt(
            "POLYGON((0 0, 10 10, 10 0, 0 10, 0 0))"), *s.geometry[1:]]), r),
        "crosses itself",
    ),
    "no town": (lambda s, r: (s.assign(town_code=["", *s["town_code"][1:]]), r), "has no town"),
    "no towns at all": (lambda s, r: (s.assign(town_code=None), r), "is empty"),
    "unknown ranger town": (lambda s, r: (s, r.assign(town_code=["999", *r["town_code"][1:]])),
                            "where no stand lies"),
    "town without ranger": (lambda s, r: (s, r[r["town_code"] == "360702100"]), "but no post"),
    "more posts than stands": (
        lambda s, r: (s[s["previous_grid_code"] == "360702100W001"].iloc[:1],
                      r[r["town_code"] == "360702100"].assign(previous_grid_code="")),
        "but only 1 stands",
    ),
    "code nobody has": (
        lambda s, r: (s, r.assign(previous_grid_code=["Q"] + [""] * (len(r) - 1))),
        "is in no stand",
    ),
    "person twice": (lambda s, r: (s, r.assign(person_id="p1")), "occurs twice"),
    "bad lock": (lambda s, r: (s.assign(locked=7), r), "not 0, 1 or 2"),
    "points": (lambda s, r: (s.assign(geometry=s.centroid), r), "no polygon"),
    "no rows": (lambda s, r: (s.iloc[:0], r), "no features"),
}  # fmt: skip


@pytest.mark.parametrize("case", sorted(BAD))
def test_bad_input_is_refused_in_one_sentence(case):
    spoil, words = BAD[case]
    stands = county()
    spoilt, rangers = spoil(stands, posts(stands))
    with pytest.raises(InputError, match=words) as caught:
        plan_of(spoilt, rangers)
    assert str(caught.value).count("\n") == 0
    assert "{" not in str(caught.value)


def test_overlaps_are_told_and_do_not_stop_the_work():
    stands = county()
    stands.loc[0, "geometry"] = stands.geometry[0].buffer(20.0)
    plan = plan_of(stands, posts(stands))
    assert any("overlap" in str(notice) for notice in plan.notices)


def test_stands_drawn_twice_do_not_stop_the_work():
    stands = county(towns=1)
    twice = stands.iloc[:3].copy()
    twice["stand_id"] = ["twice0", "twice1", "twice2"]
    twice["previous_grid_code"] = ""
    both = gpd.GeoDataFrame(pd.concat([stands, twice], ignore_index=True), crs=stands.crs)
    for params in (STAY, GridParams(AFRESH, None, 0.0, 1e9, None, 33, effort=0)):
        rangers = posts(stands) if params is STAY else None
        plan = plan_of(both, rangers, params)
        assert (plan.stands["grid_code"] != "").all()
        assert plan.grids["area_mu"].sum() == pytest.approx(both.area.sum() * 15 / 1e4)
        assert plan.grids.geometry.is_valid.all()


def test_stands_of_several_parts_and_with_holes_are_whole_stands():
    stands = county(columns=6, rows=4, towns=1)
    both = shapely.union_all(stands.geometry.iloc[[0, 2]].to_numpy())
    ring = stands.geometry[14].difference(stands.geometry[14].centroid.buffer(100.0))
    stands.loc[0, "geometry"] = both
    stands.loc[14, "geometry"] = ring
    stands = stands.drop(index=2).reset_index(drop=True)
    assert both.geom_type == "MultiPolygon"
    plan = plan_of(stands, posts(stands), FREE)
    assert plan.figures["N_DISCONNECTED"] == 0
    assert plan.stands["stand_id"].is_unique and len(plan.stands) == 23
    assert plan.grids["area_mu"].sum() == pytest.approx(stands.area.sum() * 15 / 1e4)
    assert plan.grids.geometry.area.sum() == pytest.approx(stands.area.sum(), rel=1e-3)


def test_rangers_without_a_point_do_not_stop_the_work():
    stands = county(towns=1)
    rangers = posts(stands)
    rangers.loc[0, "geometry"] = shapely.Point()
    rangers.loc[1, "geometry"] = None
    plan = plan_of(stands, rangers)
    travel = plan.grids.set_index("ranger_id")["travel_min"]
    assert travel[["p000", "p001"]].isna().all() and travel["p002"] > 0
    assert plan.figures["MEAN_TRAVEL_MIN"] == pytest.approx(travel.mean(), rel=0.2)


def test_start_is_a_draft_to_continue_and_used_codes_are_never_issued_again():
    stands = county(columns=6, rows=4, towns=1, per_grid=4)
    rangers = posts(stands).iloc[:5].reset_index(drop=True)
    draft = stands["previous_grid_code"].to_numpy().copy()
    draft[:6] = draft[6]
    stands["draft"] = draft
    rangers.loc[5] = {"person_id": "new", "name": "示例", "town_code": "360702100",
                      "previous_grid_code": "", "geometry": None}  # fmt: skip
    stands.loc[stands["previous_grid_code"] == "360702100W006", ["previous_grid_code", "draft"]] = (
        "", "360702100W900"
    )  # fmt: skip
    fields = StandFields("stand_id", "", "", "town_code", "", "previous_grid_code", "draft")
    used = tuple(f"360702100W{n:03d}" for n in range(7, 20))
    plan = plan_of(stands, rangers, STAY, fields, used_codes=used)
    fresh = set(plan.grids["grid_code"]) - set(stands["previous_grid_code"])
    assert len(fresh) == 1 and not fresh & set(used)
    new = plan.grids[plan.grids["ranger_id"] == "new"]
    assert set(new["grid_code"]) == fresh


def test_max_change_holds_but_for_what_the_rules_force():
    stands = county(columns=12, rows=6, towns=1, per_grid=6)
    stands["po_du"] = np.where(stands.index % 12 < 6, 6, 1)
    fields = StandFields("stand_id", "", "", "town_code", "", "previous_grid_code", "", "", "po_du")
    changed = []
    for percent in (0.0, 3.0, 12.0, 60.0):
        params = GridParams(0, None, 0.0, 1e9, percent, weight_balance=100.0, effort=0)
        plan = plan_of(stands, posts(stands), params, fields)
        assert plan.figures["CHANGED_PERCENT"] <= percent + 1e-6
        changed.append(plan.figures["CHANGED_PERCENT"])
    assert changed[0] == 0.0 and changed[3] > changed[1]


def test_tolerance_is_hard_where_set():
    stands = county(columns=12, rows=6, towns=1, per_grid=6)
    stands["po_du"] = np.where(stands.index % 12 < 6, 6, 1)
    fields = StandFields("stand_id", "", "", "town_code", "", "previous_grid_code", "", "", "po_du")
    loose = plan_of(stands, posts(stands), STAY, fields)
    tight = plan_of(stands, posts(stands), GridParams(0, 15.0, 0.0, 1e9, 0.0, effort=0), fields)
    assert loose.figures["MAX_DEVIATION_PERCENT"] > 20.0
    assert tight.figures["MAX_DEVIATION_PERCENT"] <= 15.0 + 1e-6
    assert tight.figures["N_VIOLATIONS"] == 0
    assert tight.figures["CHANGED_PERCENT"] >= tight.figures["MUST_CHANGE_PERCENT"] > 0.0


def test_a_grid_on_both_sides_of_a_wide_valley_keeps_its_larger_part_and_that_is_told():
    stands = county(columns=10, rows=4, towns=1, per_grid=4)
    codes = sorted(stands["previous_grid_code"].unique())
    column = np.arange(40) % 10
    east = column >= 5
    stands.loc[east, "geometry"] = stands.loc[east, "geometry"].translate(3000.0)
    stands.loc[(column == 4) | ((column == 5) & (stands.index < 20)), "previous_grid_code"] = codes[
        4
    ]
    plan = plan_of(stands, posts(stands), STAY)
    assert plan.figures["N_DISCONNECTED"] == 0 and plan.figures["N_ISLANDS"] == 0
    told = [str(n) for n in plan.notices if "no link joins" in str(n)]
    assert len(told) == 1 and codes[4] in told[0] and "2160 mu of it" in told[0]
    assert "other 1080 mu" in told[0]
    kept = plan.stands["grid_code"].to_numpy() == stands["previous_grid_code"].to_numpy()
    assert kept[column == 4].all() and kept[column != 5].all()
    assert plan.changes["mu"].sum() == pytest.approx(1080.0)
    page = plan_report(plan, 0.0).html()
    assert "Why forest changes hands" in page and "lay apart from the rest of its grid" in page


def test_every_reason_has_a_kind():
    source = ast.parse(Path(reasons.__file__).read_text(encoding="utf-8"))
    (facts,) = (n for n in source.body if isinstance(n, ast.ClassDef))
    said = {
        call.args[0].value
        for call in ast.walk(facts)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Message"
    }
    assert said == set(reasons.KINDS)


def test_grid_count_is_shared_by_workload_at_least_one_a_town():
    stands = county(columns=12, rows=4, towns=3)
    keep = (stands["town_code"] != "360702102") | (stands.index % 12 == 11)
    stands = stands[keep].reset_index(drop=True)
    stands["previous_grid_code"] = ""
    plan = plan_of(stands, params=GridParams(AFRESH, None, 0.0, 1e9, None, 8, effort=0))
    counts = plan.grids.groupby("town_code").size()
    assert counts.sum() == 8 and counts["360702102"] == 1
    assert counts["360702100"] in (3, 4)


def test_official_areas_count_where_they_are_near():
    stands = county(towns=1)
    stands["ha"] = SIDE * SIDE / 1e4 * 1.005
    stands.loc[0, "ha"] = 1.0
    fields = StandFields("stand_id", "ha", "", "town_code", "", "previous_grid_code")
    plan = plan_of(stands, posts(stands), FREE, fields)
    mu = plan.stands["mu"]
    assert mu.iloc[1] == pytest.approx(540 * 1.005)
    assert mu.iloc[0] == pytest.approx(540, rel=1e-3)
    assert any("deviates" in str(n) for n in plan.notices)


def test_squares_helper_is_a_grid():
    shapes = squares(3, 2)
    assert one_piece(shapes) and shapely.area(shapes).sum() == 6 * SIDE * SIDE
