"""Events, risk zones, fire periods, danger levels, the platform's days, and results by month."""

from __future__ import annotations

from linzhang_plugin.core.tables.field import Field, Table

EVENT = Table(
    "event",
    "事件",
    "Events",
    (
        Field("event_id", "text", "事件编号", "Event id", width=40, required=True),
        Field("type", "text", "事件类型", "Event type", width=20, codes="event_type"),
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
        Field("zone_type", "text", "类型", "Type", width=20, codes="zone_type"),
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
        Field("kind", "text", "类别", "Kind", width=20, required=True, codes="period_kind"),
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

PERSON_ID = Field("person_id", "text", "人员编号", "Person id", width=24, required=True)
MONTH = Field("month", "text", "月份", "Month", width=7, required=True)
TOWN = Field("town_code", "text", "乡镇代码", "Town code", width=9)
REVISION = Field("revision", "integer", "更正次数", "Correction", required=True, low=0)
"""0 for the notice as first issued, n for its n-th correction; earlier ones stay."""
REASONS = Field("reasons", "text", "原因", "Reasons")
MINUTES = Field("minutes", "real", "时长", "Minutes", unit="min", low=0)
KM = Field("km", "real", "里程", "Kilometres", unit="km", low=0)

CHECKIN = Table(
    "checkin",
    "签到登记",
    "Check-ins",
    (
        PERSON_ID,
        Field("done_at", "datetime", "签到时间", "Time of the check-in", required=True),
        Field("zone_id", "text", "区域编号", "Zone id", width=24),
        Field("place", "text", "地点", "Place", width=80),
        Field("photo", "text", "照片", "Photo", width=260, private=True),
    ),
    geometry="Point",
    key=("person_id", "done_at"),
    group="patrols",
)
"""Cadres, party members and volunteers who have no app: where they were, and when."""

HELPER_SHIFT = Table(
    "helper_shift",
    "补位排班",
    "Shifts of cadres and volunteers",
    (
        PERSON_ID,
        TOWN,
        Field("first_day", "date", "开始日期", "First day", required=True),
        Field("last_day", "date", "结束日期", "Last day", required=True),
        Field("from_hour", "integer", "起始钟点", "From (hour)", low=0, high=24),
        Field("to_hour", "integer", "结束钟点", "To (hour)", low=0, high=24),
        Field("most_hours", "integer", "每日最多小时数", "Most hours a day", low=1, high=24),
    ),
    key=("person_id", "first_day"),
    group="patrols",
)
"""When they can fill the hours that no ranger covers; without a town: their own."""

ABSENCE = Table(
    "absence",
    "免巡与请假",
    "Days off duty",
    (
        Field("person_id", "text", "人员编号", "Person id", width=24),
        TOWN,
        Field("first_day", "date", "开始日期", "First day", required=True),
        Field("last_day", "date", "结束日期", "Last day", required=True),
        Field("reason", "text", "事由", "Reason", width=20, required=True, codes="absence_reason"),
    ),
    key=("person_id", "town_code", "first_day", "reason"),
    group="patrols",
)
"""Without a person for a whole town, without a town for the whole county."""

PATROL_DAY = Table(
    "patrol_day",
    "日出勤",
    "Patrol days",
    (
        PERSON_ID,
        Field("day", "date", "日期", "Day", required=True),
        Field("n_patrols", "integer", "巡护次数", "Patrols", low=0),
        MINUTES,
        Field("in_grid_min", "real", "网格内时长", "Minutes in own grid", unit="min", low=0),
        KM,
        Field("valid", "boolean", "是否有效", "Valid", required=True),
        REASONS,
        Field("source", "text", "数据来源", "Source", width=20),
    ),
    key=("person_id", "day"),
    group="patrols",
)
"""Results that stay when the raw traces go."""

PATROL_NOTICE = Table(
    "patrol_notice",
    "履职通报登记",
    "Notices of patrols",
    (
        MONTH,
        REVISION,
        Field("rules", "text", "规则", "Rule set", width=80, required=True),
        Field("parameters", "json", "规则参数", "Parameters of the rules", required=True),
        Field("first_day", "date", "开始日期", "First day", required=True),
        Field("last_day", "date", "结束日期", "Last day", required=True),
        Field("made_on", "date", "日期", "Made on"),
        Field("reason", "text", "更正说明", "Reason of the correction", width=2000),
    ),
    key=("month", "revision"),
    group="patrols",
)

ATTENDANCE = Table(
    "attendance",
    "月出勤",
    "Attendance",
    (
        PERSON_ID,
        MONTH,
        REVISION,
        TOWN,
        Field("roster_days", "integer", "在岗天数", "Days on the roster", low=0),
        Field("exempt_days", "integer", "免巡天数", "Exempt days", low=0),
        Field("leave_days", "integer", "请假天数", "Days of leave", low=0),
        Field("days_required", "integer", "应巡天数", "Days required", required=True, low=0),
        Field("days_online", "integer", "有轨迹天数", "Days with a trace", low=0),
        Field("days_valid", "integer", "有效天数", "Valid days", required=True, low=0),
        Field("days_platform", "integer", "其中平台数据", "Of them by the platform", low=0),
        Field("days_corrected", "integer", "其中申诉更正", "Of them by objection", low=0),
        Field("met", "boolean", "是否达标", "Met", required=True),
        Field("percent", "real", "出勤率", "Attendance rate", unit="percent", low=0),
        MINUTES,
        KM,
        Field("tendays", "text", "上/中/下旬有效天数", "Valid days by ten-day part", width=20),
        REASONS,
    ),
    key=("person_id", "month", "revision"),
    group="patrols",
)

RATE = Table(
    "rate",
    "巡护率",
    "Rates",
    (
        TOWN,
        MONTH,
        REVISION,
        Field("rangers", "integer", "在岗护林员", "Rangers", low=0),
        Field("online", "integer", "上线护林员", "Rangers online", low=0),
        Field("qualified", "integer", "达标护林员", "Rangers who met the rule", low=0),
        Field("below", "integer", "未达标护林员", "Rangers below the rule", low=0),
        Field("days_valid", "integer", "有效天数", "Valid days", low=0),
        Field("days_required", "integer", "应巡天数", "Days required", low=0),
        Field("online_percent", "real", "上线率", "Online rate", unit="percent"),
        Field("daily_percent", "real", "平均上线巡护率", "Mean daily online rate", unit="percent"),
        Field("attendance_percent", "real", "出勤率", "Attendance rate", unit="percent"),
        Field("qualified_percent", "real", "出巡达标率", "Qualified-patrol rate", unit="percent"),
        MINUTES,
        KM,
        Field("area_m2", "real", "网格林地面积", "Forest of the grids", unit="m2", low=0),
        Field("covered_m2", "real", "已巡面积", "Forest covered", unit="m2", low=0),
        Field("covered_percent", "real", "巡护率（面积）", "Patrol rate (area)", unit="percent"),
        Field("buffer_m", "real", "缓冲距离", "Buffer", unit="m", low=0),
        Field("risk_due", "integer", "重点区域应巡", "Risk visits due", low=0),
        Field("risk_visited", "integer", "重点区域已巡", "Risk visits made", low=0),
        Field("risk_checkins", "integer", "其中签到补位", "Of them by check-in", low=0),
        Field("risk_percent", "real", "重点区域巡护率", "Risk-zone patrol rate", unit="percent"),
    ),
    key=("town_code", "month", "revision"),
    group="patrols",
)
"""Without a town for all towns together."""

OBJECTION = Table(
    "objection",
    "申诉更正",
    "Objections",
    (
        Field("objection_no", "text", "申诉编号", "Objection number", width=24, required=True),
        MONTH,
        PERSON_ID,
        Field("day", "date", "申诉日期项", "Day objected to"),
        Field(
            "effect", "text", "申诉事项", "What it asks", width=12, required=True,
            codes="objection_effect",
        ),
        Field("raised_by", "text", "申诉人", "Raised by", width=60, required=True, private=True),
        Field("raised_on", "date", "提出日期", "Raised on"),
        Field("reason", "text", "申诉理由", "Reason", width=500, required=True),
        Field("proof", "text", "证明材料", "Proof", width=500),
        Field(
            "decision", "text", "处理结果", "Decision", width=12, required=True,
            codes="objection_decision",
        ),
        Field("decided_by", "text", "审核人", "Decided by", width=60, private=True),
        Field("decided_on", "date", "审核日期", "Decided on"),
        Field("revision", "integer", "计入第几次更正", "Applied in correction", low=1),
    ),
    key=("objection_no",),
    group="patrols",
)  # fmt: skip

TABLES_HERE = (
    EVENT,
    RISK_ZONE,
    FIRE_PERIOD,
    DANGER_DAY,
    PLATFORM_DAY,
    CHECKIN,
    HELPER_SHIFT,
    ABSENCE,
    PATROL_DAY,
    PATROL_NOTICE,
    ATTENDANCE,
    RATE,
    OBJECTION,
)
