"""巡护率（面积） and 重点区域巡护率 among a month's rates, and on the notice."""

from __future__ import annotations

import pandas as pd
import pytest

from linzhang_plugin.core.patrols.attendance import Member, attendance
from linzhang_plugin.core.patrols.clock import day_number
from linzhang_plugin.core.patrols.notice import make_notice
from linzhang_plugin.core.patrols.notice_form import NoticeOptions
from linzhang_plugin.core.patrols.rates import PLACE_COLUMNS, rates, with_places
from linzhang_plugin.core.patrols.rules import PatrolRules

FEBRUARY = day_number("2024-02-01"), day_number("2024-02-29")
ROSTER = (
    Member("A", town="T1"),
    Member("B", town="T2", first=day_number("2024-02-15")),  # joins in the middle
    Member("C", town="T2", last=day_number("2024-02-10")),  # leaves
    Member("D", town="T3", first=day_number("2024-03-01")),  # not on duty in this month
)


def judged(*days):
    rows = [(p, f"2024-02-{d:02d}", 1, 130.0, 5.0, 100.0, True, [], "轨迹") for p, d in days]
    names = ["person_id", "day", "n_patrols", "minutes", "km", "in_grid_min", "valid"]
    names += ["reasons", "source"]
    return pd.DataFrame(rows, columns=names)


def table():
    days = judged(*[("A", d) for d in range(1, 21)], *[("B", d) for d in range(15, 26)], ("C", 3))
    attended = attendance(days, ROSTER, *FEBRUARY, PatrolRules())
    return attended, rates(attended, days, ROSTER, *FEBRUARY)


COVERAGE = pd.DataFrame(
    {
        "town_code": ["T1", "T1", "T2", None],
        "area_m2": [100.0, 300.0, 0.0, 100.0],
        "covered_m2": [50.0, 150.0, 0.0, 0.0],
        "buffer_m": 100.0,
    }
)
RISK = pd.DataFrame(
    {"town_code": ["T1", "T2", ""], "due": [4, 0, 4], "visited": [3, 0, 3], "checkins": [1, 0, 1]}
)


def test_areas_and_zones_by_town():
    made = with_places(table()[1], COVERAGE, RISK).set_index("town_code")
    assert made.loc["T1", list(PLACE_COLUMNS)].tolist() == [400, 200, 50, 100, 4, 3, 1, 75]
    # nothing to divide by is no rate, not 0
    assert made.loc["T2", ["covered_percent", "risk_percent"]].tolist() == [None, None]
    assert made.loc["", list(PLACE_COLUMNS)].tolist() == [500, 200, 40, 100, 4, 3, 1, 75]
    assert with_places(table()[1], None, None)[list(PLACE_COLUMNS)].isna().all().all()


def test_joiners_leavers_and_february():
    attended, made = table()
    own = attended.set_index("person_id")
    # 20 days x days on the roster / 29, rounded half up
    assert own.loc[["A", "B", "C"], "days_required"].tolist() == [20, 10, 7]
    assert "D" not in own.index
    assert own.loc["B", "met"] and not own.loc["C", "met"]
    town = made.set_index("town_code")
    assert town.loc["T2", "rangers"] == 2
    assert town.loc["T2", "attendance_percent"] == pytest.approx(100 * 11 / 17)
    assert "T3" not in town.index


@pytest.mark.parametrize("public", [True, False])
def test_the_notice_prints_what_is_kept(public):
    attended, made = table()
    kept = with_places(made, COVERAGE, RISK)
    options = NoticeOptions("2024-02", public)
    notice = make_notice(attended, kept, options, {"T1": "示例一镇", "T2": "示例二镇"})
    text = notice.fields["body"]
    assert "本月巡护率（面积）40.00%（轨迹两侧各100米）" in text
    assert "应巡4处次，已巡3处次，未巡1处次，重点区域巡护率75.00%，其中由干部" in text
    assert "签到补位1处次" in text
    assert "巡护率（面积）＝" in text and "重点区域巡护率＝" in text
    (sheet,) = [one for one in notice.tables if one.name == "coverage"]
    assert [[str(cell) for cell in row] for row in sheet.rows] == [
        ["示例一镇", "50.00%", "4", "3", "75.00%"],
        ["示例二镇", "—", "0", "0", "—"],
    ]
    bare = make_notice(attended, made, options)
    assert "本月巡护率（面积）" not in bare.fields["body"]
    assert bare.fields["covered_percent"] == "—"
