"""Columns of fixes, tracks and what was said of files that came in."""

from __future__ import annotations

from linzhang_plugin.core.patrols.tables.fields import KM, MINUTES, MONTH, PERSON_ID, TEXT
from linzhang_plugin.core.tables.field import Field, Table

FIX = Table(
    "fix",
    "定位点",
    "Fixes",
    (
        PERSON_ID,
        Field("time", "datetime", "时间(UTC)", "Time (UTC)"),
        Field("ele", "real", "海拔", "Altitude", unit="m"),
        Field("accuracy", "real", "精度", "Accuracy", unit="m"),
        Field("track_no", "integer", "轨迹序号", "Track number"),
        Field("source", "text", "来源文件", "Source file"),
        Field("line", "integer", "行号", "Line"),
        Field("device_id", "text", "设备标记", "Mark of the device", width=14),
    ),
    geometry="Point",
    style="fix",
)
TRACK = Table(
    "track",
    "巡护轨迹",
    "Tracks",
    (
        PERSON_ID,
        Field("track_no", "integer", "轨迹序号", "Track number"),
        Field("start", "datetime", "开始(UTC)", "Start (UTC)"),
        Field("end", "datetime", "结束(UTC)", "End (UTC)"),
        Field("n_fix", "integer", "定位点数", "Fixes"),
        MINUTES,
        KM,
        Field("datum", "text", "原坐标", "Datum of the file"),
        Field("source", "text", "来源文件", "Source file"),
    ),
    geometry="LineStringZM",
    style="track",
)
REJECTED = Table(
    "rejected",
    "未采用记录",
    "Rejected rows",
    (
        Field("file", "text", "文件", "File"),
        Field("line", "integer", "行号", "Line"),
        Field("reason", "text", "原因", "Reason"),
    ),
)
DATUM_TOLD = Table(
    "datum_told",
    "坐标系判别",
    "Datum by ranger and month",
    (
        PERSON_ID,
        MONTH,
        Field("n_fix", "integer", "定位点数", "Fixes"),
        Field("datum", "text", "判别结果", "Datum"),
        Field("evidence", "text", "依据", "Evidence"),
    ),
)
PURGE = Table(
    "purge",
    "原始轨迹保留期清理",
    "Raw traces past their time",
    (
        MONTH,
        Field("persons", "integer", "人数", "Persons"),
        Field("n_fix", "integer", "定位点数", "Fixes"),
        Field("results_kept", "boolean", "结果已入库", "Results are kept"),
        Field("purged", "boolean", "已清理", "Purged"),
        TEXT,
    ),
)
