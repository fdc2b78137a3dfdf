"""Columns of grids covered, risk zones visited and the roster for the gaps."""

from __future__ import annotations

from linzhang_plugin.core.patrols.tables.fields import (
    DAY,
    DEFINITIONS,
    GRID_CODE,
    PERSON_ID,
    TEXT,
    TOWN,
)
from linzhang_plugin.core.tables.field import Field, Table

COVERAGE = Table(
    "coverage",
    "网格巡护率",
    "Coverage of grids",
    (
        GRID_CODE,
        Field("ranger_id", "text", "护林员", "Ranger"),
        TOWN,
        Field("area_m2", "real", "面积", "Area", unit="m2"),
        Field("covered_m2", "real", "已巡面积", "Area covered", unit="m2"),
        Field("covered_percent", "real", "巡护率（面积）", "Patrol rate (area)", unit="percent"),
        Field("buffer_m", "real", "缓冲距离", "Buffer", unit="m"),
        Field("n_fix", "integer", "定位点数", "Fixes"),
        DEFINITIONS,
    ),
    geometry="MultiPolygon",
    style="coverage",
)
UNVISITED = Table(
    "unvisited",
    "未巡区域",
    "Unvisited areas",
    (GRID_CODE, Field("area_m2", "real", "面积", "Area", unit="m2")),
    geometry="MultiPolygon",
    style="unvisited",
)
VISIT = Table(
    "visit",
    "重点区域巡护",
    "Visits of risk zones",
    (
        Field("zone_id", "text", "区域编号", "Zone id"),
        DAY,
        Field("level", "integer", "火险等级", "Danger level"),
        Field("visited", "boolean", "是否已巡", "Visited"),
        Field("minutes", "real", "停留时长", "Minutes", unit="min"),
        Field("person_ids", "text", "巡护人员", "Visitors"),
        Field("by", "text", "方式", "By"),
    ),
)
RISK_RATE = Table(
    "risk_rate",
    "重点区域巡护率",
    "Risk-zone patrol rates",
    (
        TOWN,
        Field("due", "integer", "应巡次数", "Visits due"),
        Field("visited", "integer", "已巡次数", "Visited"),
        Field("missed", "integer", "未巡次数", "Missed"),
        Field("checkins", "integer", "其中签到补位", "Of them by check-in alone"),
        Field("risk_percent", "real", "重点区域巡护率", "Risk-zone patrol rate", unit="percent"),
        DEFINITIONS,
    ),
)
MISSED = Table(
    "missed",
    "未巡重点区域",
    "Missed visits",
    (
        Field("zone_id", "text", "区域编号", "Zone id"),
        DAY,
        Field("level", "integer", "火险等级", "Danger level"),
        TEXT,
    ),
)
ROSTER = Table(
    "roster",
    "补巡排班",
    "Roster for the gaps",
    (
        GRID_CODE,
        TOWN,
        DAY,
        Field("from_hour", "integer", "起(时)", "From hour"),
        Field("to_hour", "integer", "止(时)", "To hour"),
        Field("hours", "integer", "小时数", "Hours"),
        PERSON_ID,
        Field("role", "text", "身份", "Role"),
        TEXT,
    ),
)
