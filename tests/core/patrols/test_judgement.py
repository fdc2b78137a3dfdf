"""Rules, attendance and rates: by hand where a hand can reckon them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import linzhang_plugin
from linzhang_plugin.core.messages import InputError
from linzhang_plugin.core.patrols.areas import make_areas
from linzhang_plugin.core.patrols.attendance import Absence, Member, attendance, roster_of
from linzhang_plugin.core.patrols.clock import Clock, day_number
from linzhang_plugin.core.patrols.judgement import judge
from linzhang_plugin.core.patrols.notice import make_notice
from linzhang_plugin.core.patrols.notice_form import NoticeOptions
from linzhang_plugin.core.patrols.patrols import find_patrols
from linzhang_plugin.core.patrols.ranking import Deed, RankingRules, ranking_rules, scores
from linzhang_plugin.core.patrols.rates import RATES, percent, rates
from linzhang_plugin.core.patrols.rules import PatrolRules, patrol_rules
from tests.truth.traces import degrees, fixes_of, sampled, start_of, walk

SHIPPED = sorted((Path(linzhang_plugin.__file__).parent / "rules").glob("patrol_*.json"))
MARCH = (day_number("2025-03-01"), day_number("2025-03-31"))


def _days(person, days, valid=True, minutes=130.0):
    rows = [(person, f"2025-03-{d:02d}", 1, minutes, 5.0, minutes, valid, []) for d in days]
    names = ["person_id", "day", "n_patrols", "minutes", "km", "in_grid_min", "valid", "reasons"]
    return pd.DataFrame(rows, columns=names)


def _attended(days, members, rules=None, absences=(), period=MARCH):
    return attendance(days, members, *period, rules or PatrolRules(), absences)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
def test_shipped_rules_are_read(path):
    rules = patrol_rules(json.loads(path.read_text(encoding="utf-8")))
    assert rules.title_zh and rules.title_en and len(rules.days_by_month) == 12
    assert rules.name == path.stem


@pytest.mark.parametrize(
    "given", [{"dayz": 3}, {"min_minutes": "two"}, {"min_minutes": -1}, {"sum_day": 1},
              {"days_by_month": [1, 2]}, {"days": True}],
)  # fmt: skip
def test_bad_rules_are_named(given):
    with pytest.raises(InputError, match=next(iter(given))):
        patrol_rules(given)


def _judged(minutes, rules, inside=True, day=1):
    rng = np.random.default_rng(1)
    done = sampled(walk(rng, minutes), 15)
    lon, lat = degrees(np.array([-9e3, 9e3]), np.array([-9e3, 9e3]))
    x = 0 if inside else 5
    shape = shapely.box(lon[0] + x, lat[0], lon[1] + x, lat[1])
    grids = gpd.GeoDataFrame({"grid_code": ["W1"], "ranger_id": ["R"]}, geometry=[shape], crs=4326)
    fixes = fixes_of([("R", start_of(day, 8), done)])
    return judge(find_patrols(fixes, rules, Clock(), make_areas(grids, 100)), rules)


def test_a_patrol_counts_or_says_why():
    rules = PatrolRules()
    assert _judged(125, rules).patrols["valid"].tolist() == [True]
    short = _judged(100, rules).patrols.iloc[0]
    assert [str(r) for r in short["reasons"]] == ["99.7 of the 120 minutes required."]
    away = _judged(125, rules, inside=False).patrols.iloc[0]
    assert [str(r) for r in away["reasons"]] == [
        "0 % of the minutes in the own grid, 50 % required."
    ]
    far = replace(rules, min_minutes=0, min_km=99, min_share_in_grid=0, min_km_in_grid=98)
    reasons = [str(r) for r in _judged(125, far).patrols.iloc[0]["reasons"]]
    assert len(reasons) == 2 and "of the 99 km" in reasons[0] and "98 km" in reasons[1]


def test_figures_are_cut_so_that_a_reason_never_contradicts_itself():
    rules = PatrolRules(min_minutes=120.0)
    reasons = _judged(120, rules).patrols.iloc[0]["reasons"]
    assert [str(r) for r in reasons] == ["119.7 of the 120 minutes required."]


def test_the_sum_of_a_day_may_count():
    rng = np.random.default_rng(1)
    done = sampled(walk(rng, 70), 15)
    fixes = fixes_of([("R", start_of(1, h), done) for h in (8, 14)])
    for sum_day, valid in ((False, [False]), (True, [True])):
        rules = PatrolRules(min_share_in_grid=0, sum_day=sum_day)
        assert judge(find_patrols(fixes, rules, Clock()), rules).days["valid"].tolist() == valid


def test_a_repeated_way_does_not_count_twice():
    rng = np.random.default_rng(1)
    done = sampled(walk(rng, 130), 15)
    other = sampled(walk(rng, 130, start=(9000, 0)), 15)
    fixes = fixes_of([("R", start_of(1, 8), done), ("R", start_of(2, 8), done),
                      ("R", start_of(3, 8), other)])  # fmt: skip
    rules = PatrolRules(min_share_in_grid=0, max_repeat_share=0.8)
    judged = judge(find_patrols(fixes, rules, Clock()), rules).patrols
    assert judged["valid"].tolist() == [True, False, True]
    assert "walked before" in str(judged["reasons"].iloc[1][0])


def test_a_ranger_changes_grids_in_mid_month():
    lon, lat = degrees(np.array([0.0, 1000.0]), np.array([0.0, 1000.0]))
    west = shapely.box(lon[0], lat[0], lon[1], lat[1])
    east = shapely.box(lon[0] + 1, lat[0], lon[1] + 1, lat[1])
    grids = gpd.GeoDataFrame({"grid_code": ["W1", "W2"]}, geometry=[west, east], crs=4326)
    rows = [("W1", "R", None, "2025-03-15"), ("W2", "R", "2025-03-16", None)]
    table = pd.DataFrame(rows, columns=["grid_code", "person_id", "start_on", "end_on"])
    areas = make_areas(grids, 0, table)
    day = np.array([day_number("2025-03-15"), day_number("2025-03-16")])
    spot = np.full(2, (lat[0] + lat[1]) / 2)
    middle = np.full(2, (lon[0] + lon[1]) / 2)
    assert areas.inside("R", day, middle, spot).tolist() == [True, False]
    assert areas.inside("R", day, middle + 1, spot).tolist() == [False, True]
    assert areas.inside("X", day, middle, spot) is None


@pytest.mark.parametrize(
    ("member", "absences", "owed"),
    [
        (Member("R"), (), 20),
        (Member("R", first=day_number("2025-03-16")), (), 10),
        (Member("R", last=day_number("2025-03-03")), (), 2),
        (Member("R"), (Absence(MARCH[0], MARCH[0] + 2),), 17),
        (Member("R"), (Absence(MARCH[0], MARCH[0] + 9, "R", reason="leave"),), 14),
        (Member("R"), (Absence(MARCH[0], MARCH[0] + 9, "X", reason="leave"),), 20),
        (Member("R", town="T"), (Absence(MARCH[0], MARCH[0], town="U"),), 20),
        (Member("R"), (Absence(MARCH[0], MARCH[1]),), 0),
    ],
)
def test_days_required(member, absences, owed):
    row = _attended(_days("R", [1]), [member], absences=absences).iloc[0]
    assert row["days_required"] == owed


def test_february_owes_as_many_and_nobody_divides_by_zero():
    period = (day_number("2025-02-01"), day_number("2025-02-28"))
    row = _attended(_days("R", []), [Member("R")], period=period).iloc[0]
    assert (row["days_required"], row["days_valid"], row["percent"]) == (20, 0, 0.0)
    nothing = rates(_attended(_days("R", []), []), _days("R", []), [], *MARCH)
    assert len(nothing) == 0 and percent(1, 0) is None


def test_tenday_parts():
    rules = PatrolRules(min_per_tenday=6)
    days = _days("R", [*range(1, 11), *range(11, 14), *range(21, 31)])
    row = _attended(days, [Member("R")], rules).iloc[0]
    assert row["tendays"] == "10/3/10" and not row["met"]
    assert [str(r) for r in row["reasons"]] == ["3 of 6 days in part 2 of the month (旬)."]


@pytest.mark.parametrize(
    ("absences", "reasons"),
    [
        ((), ["3 of 6 days in part 1 of the month (旬)."]),
        # 6 × 5/10 = 3 are owed after five days of leave, and 20 × 26/31 = 16.8 in the month
        ((Absence(MARCH[0], MARCH[0] + 4, "R", reason="leave"),), []),
        ((Absence(MARCH[0], MARCH[0] + 2),), []),
        ((Absence(MARCH[0], MARCH[0] + 1),), ["3 of 4 days in part 1 of the month (旬)."]),
    ],
)
def test_leave_and_weather_lower_what_a_tenday_part_owes(absences, reasons):
    days = _days("R", [*range(8, 11), *range(11, 21), *range(21, 31)])
    row = _attended(days, [Member("R")], PatrolRules(min_per_tenday=6), absences).iloc[0]
    assert [str(r) for r in row["reasons"]] == reasons


@pytest.mark.parametrize(("month", "owed"), [("2023-02", 28), ("2024-02", 29), ("2025-04", 30)])
def test_daily_rules_owe_the_days_that_a_month_has(month, owed):
    path = next(p for p in SHIPPED if p.stem == "patrol_dachuan")
    rules = patrol_rules(json.loads(path.read_text(encoding="utf-8")))
    period = (day_number(f"{month}-01"), day_number(f"{month}-{owed}"))
    row = _attended(_days("R", []), [Member("R")], rules, period=period).iloc[0]
    assert row["days_required"] == owed


def test_rates_by_hand():
    days = pd.concat([_days("A", range(1, 21)), _days("B", [1, 2], valid=False)])
    members = [Member("A", town="T1"), Member("B", town="T1"),
               Member("C", town="T2", first=day_number("2025-03-30"))]  # fmt: skip
    table = rates(_attended(days, members), days, members, *MARCH)
    whole = table[table["town_code"] == ""].iloc[0]
    assert (whole["rangers"], whole["online"], whole["qualified"]) == (3, 2, 1)
    assert whole["online_percent"] == pytest.approx(200 / 3)
    assert whole["attendance_percent"] == pytest.approx(100 * 20 / 41)
    shares = [1.0] * 2 + [0.5] * 18 + [0.0] * 11
    assert whole["daily_percent"] == pytest.approx(100 * sum(shares) / 31)
    assert set(table["town_code"]) == {"", "T1", "T2"}


def test_rosters_take_rangers_only():
    table = pd.DataFrame(
        {"person_id": ["A", "B"], "role": ["ranger", "chief"], "name": ["甲", "乙"]}
    )
    assert [m.person for m in roster_of(table, [])] == ["A"]
    assert [m.person for m in roster_of(None, ["Z", "Y"])] == ["Y", "Z"]
    with pytest.raises(InputError, match="person_id"):
        roster_of(pd.DataFrame({"person_id": [None], "role": ["ranger"]}), [])


def test_scores_sum_to_100_and_missing_items_cost_nothing():
    attended = _attended(_days("A", range(1, 21), minutes=120), [Member("A"), Member("B")])
    table = scores(attended, RankingRules(), {"coverage": {"A": 1.0}}, [Deed("B", "x", -5.0)])
    assert table["total"].tolist() == [pytest.approx(100.0), 0.0]
    assert table["rank"].tolist() == [1, 2]
    full = {item: {"A": 0.5} for item in ("coverage", "events", "fire", "records")}
    half = scores(attended, RankingRules(), full).iloc[0]
    parts = half[[name for name in table.columns if name.endswith("_score")]].sum()
    assert half["total"] == pytest.approx(parts) == pytest.approx(45 + 55 / 2)
    with pytest.raises(InputError, match="100"):
        ranking_rules({"weights": {"attendance": 99}})
    with pytest.raises(InputError, match="beauty"):
        ranking_rules({"weights": {"beauty": 100}})


def test_the_public_notice_holds_no_name():
    days = _days("A", range(1, 21))
    members = [Member("A", "示例甲", "T1"), Member("B", "示例乙", "T1")]
    attended = _attended(days, members)
    table = rates(attended, days, members, *MARCH)
    for public in (True, False):
        notice = make_notice(
            attended, table, NoticeOptions("2025-03", public=public), {"T1": "一镇"}
        )
        text = str(notice.parts) + str(notice.fields)
        assert ("示例乙" in text) is not public
        assert "示例甲" not in text
        assert all(f"{rate.zh}＝" in text for rate in RATES)
    revised = make_notice(
        attended, table, NoticeOptions("2025-03", revision=2, correction="核实轨迹")
    )
    assert "第2次更正" in revised.title and revised.parts[0][1] == ("核实轨迹",)
    with pytest.raises(InputError, match="2024-01"):
        make_notice(attended, table, NoticeOptions("2024-01"))
