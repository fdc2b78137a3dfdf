"""Columns of the months: attendance, rates, scores, corrections, the platform's days."""

from __future__ import annotations

from linzhang_plugin.core.patrols.tables.fields import (
    DAY,
    DEFINITIONS,
    KM,
    MINUTES,
    MONTH,
    PERSON_ID,
    REASONS,
    TOWN,
)
from linzhang_plugin.core.tables.field import Field, Table

ATTENDANCE = Table(
    "attendance",
    "月出勤",
    "Attendance",
    (
        PERSON_ID,
        Field("name", "text", "姓名", "Name"),
        TOWN,
        MONTH,
        Field("roster_days", "integer", "在岗天数", "Days on the roster"),
        Field("exempt_days", "integer", "免巡天数", "Exempt days"),
        Field("leave_days", "integer", "请假天数", "Days of leave"),
        Field("days_required", "integer", "应巡天数", "Days required"),
        Field("days_online", "integer", "有轨迹天数", "Days with a trace"),
        Field("days_valid", "integer", "有效天数", "Valid days"),
        Field("days_platform", "integer", "其中平台数据", "Of them by the platform"),
        Field("days_corrected", "integer", "其中申诉更正", "Of them by objection"),
        Field("met", "boolean", "是否达标", "Met"),
        Field("percent", "real", "出勤率", "Attendance rate", unit="percent"),
        MINUTES,
        KM,
        Field("tendays", "text", "上/中/下旬有效天数", "Valid days by ten-day part"),
        REASONS,
        DEFINITIONS,
    ),
)
RATE = Table(
    "rate",
    "巡护率",
    "Rates",
    (
        TOWN,
        MONTH,
        Field("rangers", "integer", "在岗护林员", "Rangers"),
        Field("online", "integer", "上线护林员", "Rangers online"),
        Field("qualified", "integer", "达标护林员", "Rangers who met the rule"),
        Field("below", "integer", "未达标护林员", "Rangers below the rule"),
        Field("days_valid", "integer", "有效天数", "Valid days"),
        Field("days_required", "integer", "应巡天数", "Days required"),
        Field("online_percent", "real", "上线率", "Online rate", unit="percent"),
        Field("daily_percent", "real", "平均上线巡护率", "Mean daily online rate", unit="percent"),
        Field("attendance_percent", "real", "出勤率", "Attendance rate", unit="percent"),
        Field("qualified_percent", "real", "出巡达标率", "Qualified-patrol rate", unit="percent"),
        MINUTES,
        KM,
        DEFINITIONS,
    ),
)
SCORE = Table(
    "score",
    "考核得分",
    "Scores",
    (
        Field("rank", "integer", "名次", "Rank"),
        PERSON_ID,
        Field("name", "text", "姓名", "Name"),
        TOWN,
        MONTH,
        Field("total", "real", "总分", "Total"),
        Field("attendance_score", "real", "出勤", "Attendance"),
        Field("hours_score", "real", "有效巡护时长", "Valid hours"),
        Field("coverage_score", "real", "面积巡护率", "Coverage"),
        Field("events_score", "real", "事件上报处置", "Events"),
        Field("fire_score", "real", "防火", "Fire"),
        Field("records_score", "real", "台账宣传", "Records and publicity"),
        Field("adjusted", "real", "奖惩", "Rewards and penalties"),
        REASONS,
    ),
)
CORRECTION = Table(
    "correction",
    "更正前后对照",
    "What a correction changed",
    (
        PERSON_ID,
        Field("name", "text", "姓名", "Name", private=True),
        TOWN,
        MONTH,
        Field("required_before", "integer", "原应巡天数", "Days required before"),
        Field("required_after", "integer", "更正后应巡天数", "Days required after"),
        Field("valid_before", "integer", "原有效天数", "Valid days before"),
        Field("valid_after", "integer", "更正后有效天数", "Valid days after"),
        Field("met_before", "boolean", "原是否达标", "Met before"),
        Field("met_after", "boolean", "更正后是否达标", "Met after"),
        Field("objections", "text", "申诉编号", "Objections"),
    ),
)
PLATFORM = Table(
    "platform_day",
    "平台日出勤",
    "Attendance by the platform",
    (
        PERSON_ID,
        DAY,
        MINUTES,
        KM,
        Field("source", "text", "数据来源", "Source"),
        Field("own_minutes", "real", "本系统时长", "Minutes by our traces", unit="min"),
        Field("own_km", "real", "本系统里程", "Kilometres by our traces", unit="km"),
        Field("difference_min", "real", "时长差值", "Difference", unit="min"),
    ),
)
