"""Lists of check-ins: every row is taken, or refused with its line and reason."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from linzhang_plugin.core.patrols.checkins import Zones, read_checkins
from linzhang_plugin.core.patrols.clock import Clock
from linzhang_plugin.core.patrols.people import Roster

PEOPLE = pd.DataFrame({"person_id": ["G1", "G2", "V1"], "name": ["示例甲", "示例乙", "示例乙"]})
ZONES = gpd.GeoDataFrame(
    {"zone_id": ["Z1", "Z2", "Z3"], "zone_name": ["示例墓区", "示例走廊", "示例走廊"]},
    geometry=[shapely.Point(114.9 + k / 100, 25.8).buffer(0.001) for k in range(3)],
    crs=4490,
)
HEADER = ["姓名", "签到时间", "日期", "重点区域", "经度", "纬度", "照片", "备注"]


def read(rows, header=HEADER, zones=ZONES, people=PEOPLE, points=None):
    found = read_checkins(
        header, rows, range(2, len(rows) + 2), Clock(), Roster(people), Zones.of(zones), points
    )
    return found.frame, {(one.line, one.reason.template) for one in found.refused}


def row(who="示例甲", at="2023-12-15 09:20", day="", zone="Z1", lon="", lat="", photo="", note=""):
    return [who, at, day, zone, lon, lat, photo, note]


def test_good_rows_are_taken():
    frame, refused = read(
        [
            row(photo="a.jpg", note="无异常"),
            row(at="2023年12月16日 8时", zone="示例墓区"),
            row(who="V1", zone="", lon="114.91", lat="25.8"),
            row(who="G2", at="", day="2023-12-17"),
            row(who="G2", at="10:30", day="2023/12/18"),
            row(who="G2", at="2023-12-19 10:00", lon="0", lat="0"),  # 0, 0 is no position
        ]
    )
    assert refused == set()
    assert frame["person_id"].tolist() == ["G1", "G1", "V1", "G2", "G2", "G2"]
    assert frame["zone_id"].fillna("").tolist() == ["Z1", "Z1", "", "Z1", "Z1", "Z1"]
    hours = ["15T01:20", "16T00:00", "15T01:20", "17T04:00", "18T02:30", "19T02:00"]
    assert frame["done_at"].tolist() == [f"2023-12-{hour}:00Z" for hour in hours]
    assert frame.loc[0, ["photo", "note"]].tolist() == ["a.jpg", "无异常"]
    assert np.isnan(frame["lon"]).tolist() == [True, True, False, True, True, True]


@pytest.mark.parametrize(
    "bad, why",
    [
        (row(who=""), "names no person"),
        (row(who="示例丙"), "not on the roster"),
        (row(who="示例乙"), "several have that name"),
        (row(at="明天"), "cannot be read"),
        (row(zone="Z9"), "no risk zone"),
        (row(zone="示例走廊"), "several have that name"),
        (row(zone=""), "neither a risk zone nor a position"),
        (row(zone="", lon="500", lat="25.8"), "neither a risk zone nor a position"),
        (row(lon="114.99", lat="25.8"), "m from zone"),
        (row(), "there already"),
    ],
)
def test_bad_rows_are_listed(bad, why):
    frame, refused = read([row(), bad])
    assert len(frame) == 1
    ((line, text),) = refused
    assert line == 3 and why in text


def test_a_layer_of_points_needs_no_columns_of_degrees():
    points = [shapely.Point(114.91, 25.8), None]
    frame, refused = read(
        [["G1", "2023-12-15 09:20"], ["G1", "2023-12-15 09:30"]],
        ["person_id", "time"],
        points=points,
    )
    assert len(frame) == 1 and frame["lon"].tolist() == [114.91]
    assert {line for line, _ in refused} == {3}


def test_without_a_workspace_words_are_ids():
    frame, refused = read([row(who="某人", zone="任何处")], zones=None, people=None)
    assert not refused
    assert frame.loc[0, ["person_id", "zone_id"]].tolist() == ["某人", "任何处"]
