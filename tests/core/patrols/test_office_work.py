"""Platform totals, objections, leave lists, retention, homes: what an office does with a month."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from linzhang_plugin.core.messages import InputError
from linzhang_plugin.core.patrols.absences import read_absences, reason_code
from linzhang_plugin.core.patrols.areas import Areas, Post
from linzhang_plugin.core.patrols.attendance import Absence, Member, attendance
from linzhang_plugin.core.patrols.clipping import private_fixes, without_private
from linzhang_plugin.core.patrols.clock import Clock, day_number, day_text
from linzhang_plugin.core.patrols.corrections import moved_since
from linzhang_plugin.core.patrols.events import LIMITS
from linzhang_plugin.core.patrols.judgement import judge
from linzhang_plugin.core.patrols.notice import make_notice
from linzhang_plugin.core.patrols.notice_form import NoticeOptions, Percent
from linzhang_plugin.core.patrols.objections import Objection, corrected, read_objections, upheld
from linzhang_plugin.core.patrols.patrols import find_patrols
from linzhang_plugin.core.patrols.people import Roster
from linzhang_plugin.core.patrols.platform import with_platform
from linzhang_plugin.core.patrols.rates import RATES, definitions, rates
from linzhang_plugin.core.patrols.responses import responses
from linzhang_plugin.core.patrols.retention import oldest_kept
from linzhang_plugin.core.patrols.rules import PatrolRules
from tests.truth.traces import Walk, degrees, fixes_of, sampled, start_of, walk

MARCH = (day_number("2025-03-01"), day_number("2025-03-31"))
NAMES = ["person_id", "day", "n_patrols", "minutes", "km", "in_grid_min", "valid", "reasons",
         "source"]  # fmt: skip


def days_of(person, days, valid=True, source="轨迹", month="2025-03"):
    rows = [(person, f"{month}-{d:02d}", 1, 150.0, 6.0, 140.0, valid, [], source) for d in days]
    return pd.DataFrame(rows, columns=NAMES)


def platform(person, days, minutes, km=5.0):
    rows = [(person, f"2025-03-{d:02d}", minutes, km) for d in days]
    return pd.DataFrame(rows, columns=["person_id", "day", "minutes", "km"])


# -- platform --------------------------------------------------------------------


def test_our_own_trace_decides_where_both_know_a_day():
    own = days_of("A", [3], valid=False)
    both = with_platform(own, platform("A", [3, 4], 180.0), PatrolRules())
    assert both["day"].tolist() == ["2025-03-03", "2025-03-04"]
    assert both["valid"].tolist() == [False, True]
    assert both["source"].tolist() == ["轨迹", "平台数据"]


@pytest.mark.parametrize(
    ("rules", "minutes", "km", "valid"),
    [
        (PatrolRules(), 119.0, 9.0, False),
        (PatrolRules(), 120.0, 0.1, True),
        (PatrolRules(), float("nan"), 9.0, False),
        (PatrolRules(min_minutes=60, min_km=3), 200.0, 2.9, False),
        (PatrolRules(min_minutes=60, min_km=3), 200.0, 3.0, True),
        (PatrolRules(min_minutes=60, min_km_in_grid=3), 200.0, float("nan"), False),
    ],
)
def test_a_platform_day_is_judged_by_time_and_way(rules, minutes, km, valid):
    out = with_platform(days_of("A", []), platform("B", [1], minutes, km), rules)
    assert out["valid"].tolist() == [valid]
    assert bool(out["reasons"].iloc[0]) is not valid


def test_a_county_may_refuse_platform_days():
    rules = replace(PatrolRules(), platform_counts=False)
    assert len(with_platform(days_of("A", [1]), platform("A", [2], 200.0), rules)) == 1


def test_platform_days_are_counted_apart_and_are_online():
    own = with_platform(days_of("A", [1, 2]), platform("A", [5, 6, 7], 180.0), PatrolRules())
    row = attendance(own, [Member("A")], *MARCH, PatrolRules()).iloc[0]
    assert (row["days_valid"], row["days_platform"], row["days_online"]) == (5, 3, 5)


# -- objections ------------------------------------------------------------------


def objection(number, day, effect, person="A"):
    return Objection(number, person, day_number(f"2025-03-{day:02d}"), effect, "理由", "证明")


def test_what_each_objection_changes():
    days = days_of("A", range(1, 11))
    better, more = corrected(
        days,
        [objection("1", 20, "counts"), objection("2", 3, "void"), objection("3", 25, "leave"),
         objection("4", 26, "exempt")],
    )  # fmt: skip
    before = attendance(days, [Member("A")], *MARCH, PatrolRules()).iloc[0]
    after = attendance(better, [Member("A")], *MARCH, PatrolRules(), more).iloc[0]
    assert (before["days_valid"], after["days_valid"]) == (10, 10)  # one more, one less
    assert after["days_corrected"] == 1 and after["days_online"] == 10
    assert (before["days_required"], after["days_required"]) == (20, 18)  # 20 × 30/31 − 1
    assert (after["leave_days"], after["exempt_days"]) == (1, 1)


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(4)))
def test_the_order_of_objections_does_not_matter(order):
    days = days_of("A", range(1, 11))
    every = [objection("1", 20, "counts"), objection("2", 3, "void"), objection("3", 25, "leave"),
             objection("4", 21, "counts", "B")]  # fmt: skip
    roster = [Member("A"), Member("B")]

    def figures(objections):
        better, more = corrected(days, objections)
        table = attendance(better, roster, *MARCH, PatrolRules(), more)
        return table[["person_id", "days_required", "days_valid", "met"]].values.tolist()

    assert figures([every[i] for i in order]) == figures(every)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"proof": None}, "without proof"),
        ({"day": "2025-04-01"}, "no day of 2025-03"),
        ({"effect": "pardon"}, "known are"),
    ],
)
def test_an_objection_that_cannot_be_applied_is_refused(change, said):
    row = {"objection_no": "S1", "month": "2025-03", "person_id": "A", "day": "2025-03-02",
           "effect": "counts", "proof": "照片", "decision": "upheld"}  # fmt: skip
    assert len(upheld(pd.DataFrame([row]), "2025-03")) == 1
    with pytest.raises(InputError, match=said):
        upheld(pd.DataFrame([{**row, **change}]), "2025-03")
    refused = pd.DataFrame([{**row, **change, "decision": "refused"}])
    assert upheld(refused, "2025-03") == []  # a refused one changes nothing, whatever it says


def test_a_list_of_objections_is_read_in_the_offices_words():
    header = ["编号", "姓名", "日期", "申诉事项", "理由", "证明", "结果"]
    rows = [["1", "甲", "2025年3月2日", "该日不应计有效", "代打卡", "视频", "采纳"],
            ["2", "乙", "2025/3/3", "", "手机坏", "收据", "不予采纳"],
            ["3", "丙", "2025-03-04", "应免巡", "暴雨", "公告", ""],
            ["4", "", "2025-03-04", "", "x", "", ""], ["1", "丁", "2025-03-04", "", "x", "", ""],
            ["6", "戊", "2025-03-04", "", "", "", "采纳"]]  # fmt: skip
    found = read_objections(header, rows, range(2, 8), Clock())
    assert found.frame["effect"].tolist() == ["void", "counts", "exempt"]
    assert found.frame["decision"].tolist() == ["upheld", "refused", "open"]
    assert found.frame["month"].unique().tolist() == ["2025-03"]
    assert [row.line for row in found.refused] == [5, 6, 7]


def test_a_changed_roster_is_seen():
    table = pd.DataFrame({"person_id": ["A", "B"], "days_required": [20, 20],
                          "days_valid": [20, 3], "met": [True, False]})  # fmt: skip
    assert moved_since(table, table.copy()) == []
    assert moved_since(table, table.assign(days_required=[20, 19])) == ["B"]
    assert moved_since(table, table.iloc[:1]) == ["B"]


# -- leave -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [("病假", "leave"), ("事假", "leave"), ("业务培训", "training"), ("扑火", "firefighting"),
     ("暴雨橙色预警", "weather"), ("台风", "weather"), ("", "weather"), ("其他", "weather")],
)  # fmt: skip
def test_reasons_in_words(text, code):
    assert reason_code(text) == code


def test_a_word_that_says_nothing_is_leave_for_a_person():
    assert reason_code("其他", personal=True) == "leave"


def test_a_list_of_leave():
    header = ["姓名", "请假开始", "请假结束", "请假类型"]
    rows = [["甲", "2025/3/4", "2025/3/8", "病假"], ["甲", "2025-03-04", "2025-03-10", "事假"],
            ["", "2025年3月12日", "", "暴雨"], ["乙", "三月", "", "事假"],
            ["乙", "2025-03-09", "2025-03-01", "事假"]]  # fmt: skip
    found = read_absences(header, rows, range(2, 7), Clock())
    assert found.frame["last_day"].tolist() == ["2025-03-10", "2025-03-12"]  # the longer holds
    people = found.frame["person_id"].tolist()
    assert people[0] == "甲" and not isinstance(people[1], str)
    assert [row.line for row in found.refused] == [5, 6]


def test_names_become_ids_where_one_person_bears_them():
    people = pd.DataFrame({"person_id": ["R1", "R2", "R3"], "name": ["甲", "乙", "乙"]})
    roster = Roster(people)
    assert [roster.person(w) for w in ("R2", "甲", "乙", "丙")] == ["R2", "R1", "", ""]
    assert roster.renamed(["甲", "丙"]) == ["R1", "丙"]
    assert Roster(None).person("谁") == "谁"


# -- retention -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "months", "first"),
    [("2025-12-05", 24, "2023-12"), ("2025-01-31", 1, "2024-12"), ("2025-03-01", 0, "2025-03"),
     ("2025-03-31", 0.5, "2025-02")],
)  # fmt: skip
def test_the_oldest_month_kept(today, months, first):
    assert oldest_kept(day_number(today), months) == first


# -- homes -----------------------------------------------------------------------


def always_on(rng):
    """Three hours at home, a walk of two hours with a rest of 150 minutes in it, home again."""
    out = walk(rng, 60, start=(400.0, 0.0), bend=0.0)
    angle = np.linspace(0, np.pi, len(out.x))
    out.x[:], out.y[:] = 400 + 1500 * (1 - np.cos(angle)) / 2, 800 * np.sin(angle)
    n_home, n_rest = 10_800, 9000
    x = np.concatenate([np.zeros(n_home), out.x, np.full(n_rest, out.x[-1]), out.x[::-1],
                        np.zeros(n_home)])  # fmt: skip
    y = np.concatenate([np.zeros(n_home), out.y, np.full(n_rest, out.y[-1]), out.y[::-1],
                        np.zeros(n_home)])  # fmt: skip
    x, y = x + rng.normal(0, 2, len(x)), y + rng.normal(0, 2, len(y))
    return sampled(Walk(np.arange(len(x), dtype=float), x, y), 15)


@pytest.mark.parametrize("know_home", [True, False])
def test_hours_at_home_are_cut_and_a_rest_on_the_way_is_not(know_home):
    rng = np.random.default_rng(1)
    fixes = fixes_of([("A", start_of(3, 6), always_on(rng)), ("B", start_of(3, 6), always_on(rng))])
    found = find_patrols(fixes, PatrolRules(), Clock())
    lon, lat = degrees(np.array([0.0]), np.array([0.0]))
    homes = {p: (float(lon[0]), float(lat[0])) for p in "AB"} if know_home else {}
    kept = without_private(fixes, found, private_fixes(found, homes))
    for person in (0, 1):
        own = fixes.time[fixes.person == person]
        left = kept.time[kept.person == person]
        seconds = (left - own[0]) / 1000.0
        assert 10_800 - 700 < seconds.min() < 10_800 + 300  # nothing of the hours at home
        assert 27_000 - 300 < seconds.max() < 27_000 + 700
        assert np.diff(left).max() <= 60_000  # walk and rest are whole
    again = find_patrols(kept, PatrolRules(), Clock())
    assert len(again) == 2 and (again.minutes > 260).all()


def test_a_watch_post_in_the_own_grid_is_no_home():
    rng = np.random.default_rng(2)
    fixes = fixes_of([("A", start_of(3, 6), always_on(rng))])
    lon, lat = degrees(np.array([-3000.0, 3000.0]), np.array([-3000.0, 3000.0]))
    area = shapely.box(lon[0], lat[0], lon[1], lat[1])
    areas = Areas({"A": (Post(area, ("W001",)),)})
    found = find_patrols(fixes, PatrolRules(), Clock(), areas)
    assert not private_fixes(found).any()


def test_spikes_within_a_private_stretch_go_with_it():
    rng = np.random.default_rng(3)
    fixes = fixes_of([("A", start_of(3, 6), always_on(rng))])
    fixes.lat[100] += 0.05
    found = find_patrols(fixes, PatrolRules(), Clock())
    assert found.cleaned.n_spikes == 1
    kept = without_private(fixes, found, private_fixes(found))
    assert fixes.time[100] not in kept.time and len(kept) < len(fixes)


# -- supervisors -----------------------------------------------------------------


def test_responses_by_supervisor():
    base = {"type": "01", "found_at": "2025-03-01 08:00"}
    events = pd.DataFrame(
        [
            {**base, "handler": "S1", "accepted_at": "2025-03-01 08:30",
             "closed_at": "2025-03-01 20:00"},
            {**base, "handler": "S1", "accepted_at": "2025-03-01 10:00", "closed_at": None},
            {**base, "handler": None, "accepted_at": None, "closed_at": None},
            {**base, "handler": "S2", "accepted_at": None, "closed_at": None, "type": "99"},
        ]
    )  # fmt: skip
    clock = Clock()
    as_of = int(clock.utc(np.int64(day_number("2025-03-02")) * 86_400_000))
    table = responses(events, clock, as_of, LIMITS).set_index("handler")
    one = table.loc["S1"]
    assert (one["accepted_in_time"], one["accepted_late"]) == (1, 1)  # the limit is one hour
    assert one["accept_hours"] == 1.25 and one["slowest_hours"] == 2.0
    assert (one["closed"], one["timely"], one["timely_percent"]) == (1, 1, 50.0)
    assert table.loc["", "accepted_late"] == 1  # nobody took it up in an hour
    assert table.loc["S2", "accepted_late"] == 0  # 16 of 24 hours
    assert pd.isna(table.loc["S2", "accept_hours"])


# -- rates -----------------------------------------------------------------------


def month_rates(days, roster, first, last, rules=None, absences=()):
    attended = attendance(days, roster, first, last, rules or PatrolRules(), absences)
    return rates(attended, days, roster, first, last)


def test_february_owes_as_many_days_and_its_rates_use_its_own_length():
    first, last = day_number("2025-02-01"), day_number("2025-02-28")
    days = days_of("A", range(1, 15), month="2025-02")
    row = month_rates(days, [Member("A", "", "T1")], first, last).iloc[-1]
    assert row["days_required"] == 20
    assert row["daily_percent"] == pytest.approx(50.0)  # 14 of 28 days
    assert row["attendance_percent"] == pytest.approx(70.0)


def test_nothing_is_divided_by_zero():
    off = [Absence(MARCH[0], MARCH[1], reason="weather")]
    empty = days_of("A", [])
    table = month_rates(empty, [Member("A", "", "T1")], *MARCH, absences=off)
    row = table.iloc[-1]
    assert row["days_required"] == 0 and row["attendance_percent"] is None
    assert (row["online_percent"], row["qualified_percent"]) == (0.0, 100.0)
    gone = [Member("A", "", "T1", last=MARCH[0] - 1)]
    assert not len(month_rates(empty, gone, *MARCH))  # nobody on the roster: no row, no rate


def test_a_town_without_anybody_on_some_days_counts_only_the_others():
    joiner = Member("A", "", "T1", first=MARCH[0] + 21)
    days = days_of("A", range(22, 32))
    row = month_rates(days, [joiner], *MARCH).iloc[-1]
    assert row["daily_percent"] == 100.0 and row["online_percent"] == 100.0
    assert row["days_required"] == 6  # 20 × 10/31 = 6.45


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 30), st.integers(0, 30), st.lists(st.integers(1, 31))),
        min_size=1, max_size=5,
    )
)  # fmt: skip
def test_rates_stay_between_nought_and_a_hundred(people):
    roster, parts = [], []
    for number, (a, b, days) in enumerate(people):
        name = f"P{number}"
        first, last = sorted((MARCH[0] + a, MARCH[0] + b))
        roster.append(Member(name, "", f"T{number % 2}", first, last))
        parts.append(days_of(name, sorted(set(days))))
    whole = pd.concat(parts, ignore_index=True)
    table = month_rates(whole, roster, *MARCH)
    for name in ("online_percent", "daily_percent", "attendance_percent", "qualified_percent"):
        known = [v for v in table[name] if v is not None and v == v]
        assert all(-1e-9 <= v <= 100 + 1e-9 for v in known)
    county = table[table["town_code"] == ""]
    towns = table[table["town_code"] != ""]
    assert county["rangers"].sum() == towns["rangers"].sum()


def test_every_rate_has_its_words_in_both_languages():
    for rate in RATES:
        assert "÷" in rate.words_zh or "份额" in rate.words_zh or "平均" in rate.words_zh
        assert rate.zh in definitions((rate.name,), True)
        assert rate.en in definitions((rate.name,), False)
    assert len({rate.name for rate in RATES}) == len(RATES)


# -- notice ----------------------------------------------------------------------


def test_those_below_are_counted_apart():
    rules = PatrolRules(min_per_tenday=6)
    spread = [*range(1, 11), *range(21, 31), 31]
    days = pd.concat([days_of("A", spread), days_of("B", range(1, 20)), days_of("C", range(1, 3))])
    roster = [Member("A", "甲", "T1"), Member("B", "乙", "T1"), Member("C", "丙", "T2")]
    attended = attendance(days, roster, *MARCH, rules)
    table = rates(attended, days, roster, *MARCH)
    for public in (True, False):
        notice = make_notice(attended, table, NoticeOptions("2025-03", public=public))
        text = notice.parts[2][1][0]
        assert "未达标3人，其中差1至3天1人，差4至9天0人，差10天以上1人" in text
        assert "各旬分布不符1人" in text
    low = {row[1]: row[4] for row in notice.annexes[0].rows}
    assert low["甲"] == "各旬有效天数不符规则：上/中/下旬10/0/11天"
    assert low["丙"] == "有效2天，差18天，有轨迹2天"


def test_towns_are_ranked_and_equal_ones_share_a_place():
    days = pd.concat([days_of("A", range(1, 21)), days_of("B", range(1, 21)),
                      days_of("C", range(1, 11))])  # fmt: skip
    roster = [Member("A", "", "T1"), Member("B", "", "T2"), Member("C", "", "T3")]
    attended = attendance(days, roster, *MARCH, PatrolRules())
    notice = make_notice(attended, rates(attended, days, roster, *MARCH), NoticeOptions("2025-03"))
    sheet = next(table for table in notice.tables if table.name == "towns")
    assert {row[0]: row[-1] for row in sheet.rows} == {"T1": 1, "T2": 1, "T3": 3, "合计": "—"}
    assert isinstance(sheet.rows[0][5], Percent) and str(sheet.rows[0][5]) == "100.00%"


def test_the_day_text_is_the_day_number(  # the two are used as each other's inverse above
):
    assert all(day_number(day_text(day)) == day for day in range(MARCH[0] - 800, MARCH[1]))


# -- rounds ----------------------------------------------------------------------


def lap(rng, radius, centre=(0.0, 0.0)):
    """Walk once around a circle."""
    done = walk(rng, 130, bend=0.0)
    angle = np.linspace(0, 2 * np.pi, len(done.x))
    done.x[:], done.y[:] = centre[0] + radius * np.cos(angle), centre[1] + radius * np.sin(angle)
    return sampled(done, 15)


def judged_laps(radii, until):
    rng = np.random.default_rng(0)
    fixes = fixes_of([("A", start_of(d, 8), lap(rng, r)) for d, r in enumerate(radii, start=1)])
    lon, lat = degrees(np.array([-700.0, 700.0]), np.array([-700.0, 700.0]))
    post = Post(shapely.box(lon[0], lat[0], lon[1], lat[1]), ("W001",))
    rules = PatrolRules(max_repeat_share=0.8, repeat_until_share=until)
    areas = Areas({"A": (post,)})
    found = find_patrols(fixes, rules, Clock(), areas)
    return judge(found, rules, areas).patrols["valid"].tolist()


def test_ways_may_be_walked_again_once_the_area_was_walked_over():
    radii = [600, 600, 300, 600, 600]
    # never within the month; with rounds the third lap completes half of the area
    assert judged_laps(radii, 0.0) == [True, False, True, False, False]
    assert judged_laps(radii, 0.5) == [True, False, True, True, False]
    assert judged_laps(radii, 1.0) == [True, False, True, False, False]


def test_coverage_and_risk_zones_are_told_by_town_only():
    days = days_of("A", range(1, 21))
    roster = [Member("A", "甲", "T1")]
    attended = attendance(days, roster, *MARCH, PatrolRules())
    table = rates(attended, days, roster, *MARCH)
    coverage = pd.DataFrame(
        {"grid_code": ["W001", "W002"], "ranger_id": ["A", "B"], "town_code": ["T1", "T2"],
         "area_m2": [100.0, 300.0], "covered_m2": [90.0, 110.0], "buffer_m": 100.0}
    )  # fmt: skip
    risk = pd.DataFrame(
        {"town_code": ["T1", ""], "due": [4, 4], "visited": [3, 3], "missed": [1, 1],
         "risk_percent": [75.0, 75.0]}
    )  # fmt: skip
    options = NoticeOptions("2025-03")
    notice = make_notice(attended, table, options, coverage=coverage, risk=risk)
    heading, lines, tables = notice.parts[3]
    assert heading == "四、巡护覆盖情况"
    assert "巡护率（面积）50.00%（轨迹两侧各100米），其中低于50%的网格1个，共2个网格" in lines[0]
    assert "应巡4处次，已巡3处次，未巡1处次，重点区域巡护率75.00%" in lines[1]
    assert [tuple(map(str, row)) for row in tables[0].rows] == [
        ("T1", "90.00%", "4", "3", "75.00%"), ("T2", "36.67%", "—", "—", "—"),
    ]  # fmt: skip
    assert "W00" not in str(notice.parts)


def test_rates_without_the_county_are_said():
    days, roster = days_of("A", range(1, 21)), [Member("A", "甲", "T1")]
    attended = attendance(days, roster, *MARCH, PatrolRules())
    table = rates(attended, days, roster, *MARCH)
    with pytest.raises(InputError, match="no row for all towns"):
        make_notice(attended, table[table["town_code"] != ""], NoticeOptions("2025-03"))
