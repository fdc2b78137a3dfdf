"""Events, risk zones, fire periods, danger levels, and what the patrol platform reports."""

from __future__ import annotations

from linzhang_plugin.core.tables.field import Field, Table

EVENT = Table(
    "event",
    "事件",
    "Events",
    (
        Field("event_id", "text", "事件编号", "Event id", width=40, required=True),
        Field("type", "text", "事件类型", "Event type", width=20),
        Field("found_at", "datetime", "发现时间", "Found at", required=True),
        Field("accepted_at", "datetime", "受理时间", "Accepted at"),
        Field("closed_at", "datetime", "办结时间", "Closed at"),
        Field("person_id", "text", "上报人编号", "Reported by", width=24),
        Field("handler", "text", "处置人", "Handler", width=40, private=True),
        Field("town_code", "text", "乡镇代码", "Town code", width=9),
        Field("grid_code", "text", "网格编号", "Grid code", width=24),
        Field("description", "text", "描述", "Description", width=500),
        Field("status", "text", "状态", "Status", width=20),
    ),
    geometry="Point",
    key=("event_id",),
    style="event",
    group="patrols",
)

RISK_ZONE = Table(
    "risk_zone",
    "重点风险区",
    "Risk zones",
    (
        Field("zone_id", "text", "区域编号", "Zone id", width=24, required=True),
        Field("zone_name", "text", "名称", "Name", width=60),
        Field("zone_type", "text", "类型", "Type", width=20),
        Field("daily_required", "boolean", "每日必巡", "Daily patrol required"),
        Field("town_code", "text", "乡镇代码", "Town code", width=9),
        Field("grid_code", "text", "网格编号", "Grid code", width=24),
    ),
    geometry="MultiPolygon",
    key=("zone_id",),
    style="risk_zone",
    group="patrols",
)

FIRE_PERIOD = Table(
    "fire_period",
    "防火期",
    "Fire periods",
    (
        Field("start_on", "date", "开始日期", "First day", required=True),
        Field("end_on", "date", "结束日期", "Last day", required=True),
        Field("kind", "text", "类别", "Kind", width=20, required=True),
    ),
    key=("start_on", "kind"),
    group="patrols",
)

DANGER_DAY = Table(
    "danger_day",
    "火险等级",
    "Danger level by day",
    (
        Field("day", "date", "日期", "Day", required=True),
        Field("town_code", "text", "乡镇代码", "Town code", width=9),
        Field("level", "integer", "火险等级", "Level", required=True, low=1, high=5),
    ),
    key=("day", "town_code"),
    group="patrols",
)

PLATFORM_DAY = Table(
    "platform_day",
    "平台日出勤",
    "Attendance by the platform",
    (
        Field("person_id", "text", "人员编号", "Person id", width=24, required=True),
        Field("day", "date", "日期", "Day", required=True),
        Field("minutes", "real", "时长", "Minutes", unit="min", low=0),
        Field("km", "real", "里程", "Kilometres", unit="km", low=0),
        Field("source", "text", "来源", "Source", width=40),
    ),
    key=("person_id", "day"),
    group="patrols",
)

TABLES_HERE = (EVENT, RISK_ZONE, FIRE_PERIOD, DANGER_DAY, PLATFORM_DAY)
