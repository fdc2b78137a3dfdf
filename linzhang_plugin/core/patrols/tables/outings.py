"""Columns of patrols, the days that they make, stops and doubts."""

from __future__ import annotations

from linzhang_plugin.core.patrols.tables.fields import (
    DAY,
    KM,
    MINUTES,
    PERSON_ID,
    REASONS,
)
from linzhang_plugin.core.tables.field import Field, Table

VALID = Field("valid", "boolean", "是否有效", "Valid")
IN_GRID = Field("in_grid_min", "real", "网格内时长", "Minutes in own grid", unit="min")
PATROL = Table(
    "patrol",
    "巡护",
    "Patrols",
    (
        Field("patrol_no", "integer", "序号", "Number"),
        PERSON_ID,
        DAY,
        Field("start", "datetime", "开始(UTC)", "Start (UTC)"),
        Field("end", "datetime", "结束(UTC)", "End (UTC)"),
        MINUTES,
        Field("counted_min", "real", "计入时长", "Minutes counted", unit="min"),
        IN_GRID,
        KM,
        Field("in_grid_km", "real", "网格内里程", "Kilometres in own grid", unit="km"),
        Field("rest_km", "real", "停留中漂移里程", "Kilometres within stops", unit="km"),
        Field("vehicle_min", "real", "乘车时长", "Minutes ridden", unit="min"),
        Field("stationary_min", "real", "停留时长", "Minutes in stops", unit="min"),
        Field("bridged_min", "real", "无信号补算时长", "Minutes bridged", unit="min"),
        Field("max_gap_min", "real", "最长间断", "Longest gap", unit="min"),
        Field("n_fix", "integer", "定位点数", "Fixes"),
        Field("n_stops", "integer", "停留次数", "Stops"),
        VALID,
        REASONS,
        Field("remarks", "text", "说明", "Remarks"),
    ),
    geometry="LineStringZM",
    style="patrol",
)
PATROL_DAY = Table(
    "patrol_day",
    "日出勤",
    "Patrol days",
    (
        PERSON_ID,
        DAY,
        Field("n_patrols", "integer", "巡护次数", "Patrols"),
        MINUTES,
        IN_GRID,
        KM,
        VALID,
        REASONS,
        Field("source", "text", "数据来源", "Source"),
    ),
)
STOP = Table(
    "stop",
    "停留点",
    "Stops",
    (
        Field("patrol_no", "integer", "巡护序号", "Patrol number"),
        PERSON_ID,
        Field("start", "datetime", "开始(UTC)", "Start (UTC)"),
        Field("end", "datetime", "结束(UTC)", "End (UTC)"),
        MINUTES,
    ),
    geometry="Point",
    style="stop",
)
SUSPECT = Table(
    "suspect",
    "存疑轨迹",
    "Doubtful traces",
    (
        Field("kind", "text", "类型", "Kind"),
        Field("word", "text", "定性", "Word"),
        PERSON_ID,
        Field("other_id", "text", "相关人员", "Other person"),
        DAY,
        Field("other_day", "date", "相关日期", "Other day"),
        MINUTES,
        Field("evidence", "text", "依据", "Evidence"),
    ),
    geometry="LineStringZM",
    style="suspect",
)
