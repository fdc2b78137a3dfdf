"""The sample's traces against the truth that was planted in them, each side reckoned apart."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyproj
import pytest

from linzhang_plugin.core.patrols.areas import make_areas
from linzhang_plugin.core.patrols.attendance import Member, attendance
from linzhang_plugin.core.patrols.clock import Clock, day_number
from linzhang_plugin.core.patrols.datum import gcj_from_wgs
from linzhang_plugin.core.patrols.doubts import find_doubts
from linzhang_plugin.core.patrols.fixes import Fixes
from linzhang_plugin.core.patrols.judgement import judge
from linzhang_plugin.core.patrols.patrols import find_patrols
from linzhang_plugin.core.patrols.risk import RiskParams, due_days, visits
from linzhang_plugin.core.patrols.rules import PatrolRules, patrol_rules
from linzhang_plugin.core.sample import dangers, happenings
from linzhang_plugin.core.sample.county import make_county
from linzhang_plugin.core.sample.received import make_received, shifted
from linzhang_plugin.core.sample.schedule import COUNTS, SHARES
from linzhang_plugin.core.sample.tracks import Ground, degrees_of, duties_of, make_traces
from linzhang_plugin.core.tables.rules import load_rules

SEED, YEAR, SCALE = 20240301, 2024, 0.1


@pytest.fixture(scope="module")
def county():
    return make_county(SEED, YEAR, SCALE)


@pytest.fixture(scope="module")
def ground(county):
    return Ground(county.grid, county.person, county.dem)


@pytest.fixture(scope="module")
def zones(county):
    return dangers.risk_zones(county.grid, SEED, SCALE)


@pytest.fixture(scope="module")
def danger():
    return dangers.danger_days(SEED, YEAR)


@pytest.fixture(scope="module")
def traces(ground, zones, danger):
    return make_traces(ground, SEED, YEAR, zones, dangers.extreme_days(danger))


@pytest.fixture(scope="module")
def fixes(traces):
    zero = np.zeros(len(traces), dtype=np.int32)
    return Fixes(
        traces.people, traces.person, traces.time, traces.lon, traces.lat, traces.ele,
        traces.accuracy, zero, ("示例",), zero, zero,
    )  # fmt: skip


@pytest.fixture(scope="module")
def judged(ground, traces, fixes):
    duties = duties_of(ground)
    held = pd.DataFrame(
        {
            "grid_code": [ground.grid["grid_code"].iloc[d.grid] for d in duties],
            "person_id": [d.person for d in duties],
        }
    )
    rules = PatrolRules()
    areas = make_areas(ground.grid, rules.grid_buffer_m, held)
    found = find_patrols(fixes, rules, Clock(), areas)
    table = judge(found, rules).patrols
    truth = traces.truth.sort_values(["person_id", "start_ms"]).reset_index(drop=True)
    assert len(table) == len(truth)  # every planted patrol is found, and no other
    both = truth.join(table.rename(columns=lambda name: f"our_{name}"))
    assert (both["person_id"] == both["our_person_id"]).all()
    return both, found


def test_the_same_seed_gives_the_same_traces(ground, zones, danger, traces):
    again = make_traces(ground, SEED, YEAR, zones, dangers.extreme_days(danger))
    for name in ("person", "time", "lon", "lat", "ele", "accuracy"):
        assert (getattr(again, name) == getattr(traces, name)).all()
    pd.testing.assert_frame_equal(again.truth, traces.truth)
    one = make_traces(ground, SEED, YEAR, zones, dangers.extreme_days(danger), months=1)
    assert set(one.truth["day"].str[:7]) == {"2023-12"}


def test_planted_shares_and_sizes(traces):
    truth = traces.truth
    share = truth["kind"].value_counts(normalize=True)
    for kind, wanted in SHARES:
        assert share.get(kind, 0.0) == pytest.approx(wanted, abs=0.03)
    for kind in ("night", "midnight", "replay", "together"):
        assert (truth["kind"] == kind).sum() >= 3
    plain = truth[truth["kind"] == "normal"]
    assert plain["minutes"].between(120, 210).all()
    assert plain["km"].mean() == pytest.approx(7.5, abs=1.0)
    days = truth.groupby(["person_id", truth["day"].str[:7]]).size()
    assert days.between(1, 24).all() and days.median() >= 19


def test_degrees_are_those_of_the_projection(traces):
    rng = np.random.default_rng(1)
    xy = np.array([590_000.0, 2_860_000.0]) + rng.uniform(-13_000, 13_000, (500, 2))
    exact = pyproj.Transformer.from_crs(4547, 4490, always_xy=True).transform(xy[:, 0], xy[:, 1])
    made = degrees_of(xy)
    off = np.hypot((made[0] - exact[0]) * 100_000, (made[1] - exact[1]) * 111_000)
    assert off.max() < 0.01


def test_every_minute_is_found_to_the_second(judged):
    both, _ = judged
    assert (both["our_minutes"] - both["minutes"]).abs().max() < 1 / 60
    assert (both["our_day"] == both["day"]).all()  # over midnight: the day it began


def test_kilometres_are_found(judged):
    both, found = judged
    walked = both[both["km"] > 1.0]
    # a phone at rest wanders: what it does there is shown apart
    ours = walked["our_km"] - walked["our_rest_km"]
    lost = both.loc[walked.index, "our_bridged_min"] > 0
    ratio = ours[~lost].sum() / walked.loc[~lost, "km"].sum()
    assert ratio == pytest.approx(1.0, abs=0.005)
    assert found.cleaned.n_spikes >= 3 * (both["kind"] == "jumps").sum()


def test_planted_defects_are_judged_as_planted(judged):
    """The table of planted against judged: a row a kind, and no row is wrong."""
    both, _ = judged
    sure = both[both["counts"].notna()]
    table = sure.groupby("kind").apply(
        lambda part: pd.Series(
            {
                "planted": len(part),
                "counts": int(part["counts"].astype(bool).sum()),
                "judged": int(part["our_valid"].sum()),
                "wrong": int((part["counts"].astype(bool) != part["our_valid"]).sum()),
            }
        )
    )
    assert set(table.index) == set(COUNTS)
    assert table["wrong"].sum() == 0, table
    assert (both["counts"].isna()).mean() < 0.05
    short = both[both["kind"] == "short"]
    assert all("minutes required" in r[0].template for r in short["our_reasons"])
    away = both[both["kind"] == "out_of_grid"]
    assert all("own grid" in r[-1].template for r in away["our_reasons"])
    ridden = both["our_vehicle_min"] >= 3.0
    assert ridden[both["kind"] == "motorbike"].all()
    assert not ridden[~both["kind"].isin(["motorbike"])].any()
    still = both["our_stationary_min"] > 0.9 * both["our_minutes"]
    assert (still == (both["kind"] == "stationary")).all()


def test_planted_visits_of_zones_are_found(fixes, traces, zones, danger):
    levels = {(day_number(d), t or ""): int(v) for d, t, v in
              danger[["day", "town_code", "level"]].itertuples(index=False)}  # fmt: skip
    first, last = day_number("2023-10-01"), day_number("2023-12-31")
    due = due_days(levels, [(first, last)], 5, first, last)
    assert len(due) == 15
    table, _ = visits(fixes, zones, due, RiskParams(), Clock(), (), frozenset(levels))
    found = {
        (row.zone_id, row.day, person)
        for row in table[table["visited"]].itertuples()
        for person in row.person_ids.split(", ")
    }
    due_pairs = set(zip(table["zone_id"], table["day"], strict=True))
    planted = {
        (v.zone_id, v.day, v.person_id)
        for v in traces.visits.itertuples()
        if (v.zone_id, v.day) in due_pairs
    }
    # over midnight a visit may belong to the next day
    assert len(planted) > 20 and len(planted - found) <= 1


def test_files_carry_their_defects(traces):
    received = make_received(traces)
    planted = received.planted.set_index("defect")
    assert set(planted.index) == {"gcj02", "twice", "no_time", "kml"}
    assert planted["fixes"].sum() + planted["rejected"].sum() == received.waiting.sum()
    names = [n for n in received.files if "副本" in n]
    assert received.files[names[0]] == received.files[names[0].replace("_副本", "")]
    text = received.files[planted.loc["no_time", "file"]].decode("gb18030").splitlines()
    assert sum(line.split(",")[1] == "" for line in text[1:]) == planted.loc["no_time", "rejected"]


def test_the_forward_formula_is_the_published_one():
    lon, lat = np.array([114.95, 115.02]), np.array([25.80, 25.95])
    ours, engine = shifted(lon, lat), gcj_from_wgs(lon, lat)
    assert np.abs(np.array(ours) - np.array(engine)).max() < 1e-9
    assert 300 < np.hypot(*((np.array(ours) - [lon, lat]) * 100_000)).mean() < 700


def test_zones_events_and_days(county, zones, danger):
    assert zones.is_valid.all() and set(zones["zone_type"]) == {"1", "2", "3", "4", "5"}
    assert set(zones["grid_code"]) <= set(county.grid["grid_code"])
    assert (danger["level"] == 5).sum() == 15 and danger["day"].nunique() == 92
    periods = dangers.fire_periods(YEAR)
    assert ("2022-09-12", "2023-04-30") in set(zip(periods["start_on"], periods["end_on"],
                                                   strict=True))  # fmt: skip
    events = happenings.events(county.grid, county.assignment, SEED, YEAR, 1.0)
    assert len(events) == 180 and events["type"].nunique() == 9
    assert events["closed_at"].notna().mean() == pytest.approx(0.95, abs=0.03)
    later = events.dropna(subset=["closed_at"])
    assert (later["accepted_at"] > later["found_at"]).all()
    assert (later["closed_at"] > later["accepted_at"]).all()
    homes = dict(zip(county.grid["grid_code"], county.grid.geometry, strict=True))
    assert all(homes[c].distance(p) < 0.02 for c, p in
               zip(events["grid_code"], events.geometry, strict=True))  # fmt: skip


def test_totals_of_the_platform_and_objections(traces):
    days, planted = happenings.platform_days(SEED, traces.truth)
    assert not days.duplicated(["person_id", "day"]).any()
    assert set(planted["kind"]) == {"hour_more", "no_trace"}
    raised = happenings.objections(traces.truth)
    assert raised["decision"].tolist() == ["upheld", "refused"]
    assert [isinstance(proof, str) for proof in raised["proof"]] == [True, False]


@pytest.fixture(scope="module")
def by_rules(ground, traces, fixes):
    """Give the planted patrols beside their judgement under a shipped rule set."""
    duties = duties_of(ground)
    codes = ground.grid["grid_code"].tolist()
    held = pd.DataFrame(
        {
            "grid_code": [codes[duty.grid] for duty in duties],
            "person_id": [duty.person for duty in duties],
        }
    )
    truth = traces.truth.sort_values(["person_id", "start_ms"]).reset_index(drop=True)

    def judged_by(name):
        rules = patrol_rules(load_rules(f"patrol_{name}", "patrols").parameters)
        areas = make_areas(ground.grid, rules.grid_buffer_m, held)
        table = judge(find_patrols(fixes, rules, Clock(), areas), rules, areas).patrols
        return truth.join(table.rename(columns=lambda column: f"our_{column}"))

    return judged_by


def _share(table, kind):
    return table.loc[table["kind"] == kind, "our_valid"].mean()


def test_rides_do_not_count_in_xinhuang(by_rules):
    both = by_rules("xinhuang")
    assert _share(both, "motorbike") == 0.0 and _share(both, "normal") > 0.97
    ridden = both[both["kind"] == "motorbike"]
    # six tenths of the way were ridden
    counted = ridden["our_counted_min"] / ridden["our_minutes"]
    assert counted.between(0.33, 0.45).all()


def test_a_day_needs_an_hour_and_a_kilometre_in_dachuan(by_rules):
    both = by_rules("dachuan")
    assert _share(both, "stationary") == 0.0 and _share(both, "out_of_grid") == 1.0
    short = both[both["kind"] == "short"]
    assert (short["our_valid"] == (short["minutes"] >= 60)).all()


def test_three_kilometres_and_no_repeated_way_by_distance(by_rules):
    both = by_rules("distance")
    replays = both[both["kind"] == "replay"]
    assert not replays["our_valid"].any()
    assert all("walked before" in r[0].template for r in replays["our_reasons"])
    assert _share(both, "stationary") == 0.0 and _share(both, "out_of_grid") == 0.0
    # who walks at random soon comes to known ways; nothing else makes these invalid
    refused = both[(both["kind"] == "normal") & ~both["our_valid"].astype(bool)]
    assert all(len(r) == 1 and "walked before" in r[0].template for r in refused["our_reasons"])
    assert _share(both, "normal") > 0.6


def test_ten_day_parts_are_judged_by_the_month(by_rules):
    both = by_rules("tenday")
    assert _share(both, "normal") > 0.97 and _share(both, "short") == 0.0
    rules = patrol_rules(load_rules("patrol_tenday", "patrols").parameters)
    days = both.rename(columns={"our_valid": "valid"})[["person_id", "day", "valid", "minutes"]]
    days = days.assign(km=5.0).drop_duplicates(["person_id", "day"])
    people = sorted(set(days["person_id"]))
    first, last = day_number("2023-11-01"), day_number("2023-11-30")
    table = attendance(days, [Member(p) for p in people], first, last, rules)
    for row in table.to_dict("records"):
        parts = [int(n) for n in row["tendays"].split("/")]
        enough = row["days_valid"] >= row["days_required"] and min(parts) >= 6
        assert row["met"] is enough


def test_every_judgement_has_reasons_and_figures(by_rules):
    for name in ("zhanggong2021", "xinhuang", "dachuan", "distance", "tenday"):
        both = by_rules(name)
        for valid, reasons in zip(both["our_valid"], both["our_reasons"], strict=True):
            assert bool(reasons) is not valid
            assert all(any(c.isdigit() for c in str(reason)) for reason in reasons)


def test_planted_doubts_are_found_each_of_its_kind(judged):
    both, found = judged
    doubts = find_doubts(found)
    truth = both.reset_index(drop=True)
    seen = {}
    for doubt in doubts:
        seen.setdefault(doubt.kind, set()).add(doubt.patrol)
        if doubt.other >= 0:
            seen[doubt.kind].add(doubt.other)
    kinds = truth["kind"]
    together = set(truth.index[kinds == "together"])
    assert together <= seen["together"]  # two phones, one walker
    replays = set(truth.index[kinds == "replay"])
    assert replays <= seen["replay"]
    ridden = set(truth.index[kinds == "motorbike"])
    assert len(ridden & seen["vehicle"]) >= 0.95 * len(ridden)
    # nothing is said about patrols in which nothing was planted
    doubted = set().union(*(seen[k] for k in seen))
    sources = {p for d in doubts if d.other >= 0 for p in (d.patrol, d.other)}
    plain = set(truth.index[kinds.isin(["normal", "short", "jumps", "out_of_grid"])])
    assert len((doubted - sources) & plain) <= 0.005 * len(plain)
