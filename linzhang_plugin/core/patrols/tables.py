"""Columns of what the patrol algorithms give."""

from __future__ import annotations

from linzhang_plugin.core.tables.field import Field, Table

PERSON_ID = Field("person_id", "text", "人员编号", "Person id")
DAY = Field("day", "date", "日期", "Day")
MONTH = Field("month", "text", "月份", "Month")
TOWN = Field("town_code", "text", "乡镇代码", "Town code")
VALID = Field("valid", "boolean", "是否有效", "Valid")
REASONS = Field("reasons", "text", "原因", "Reasons")
MINUTES = Field("minutes", "real", "时长", "Minutes", unit="min")
KM = Field("km", "real", "里程", "Kilometres", unit="km")
IN_GRID = Field("in_grid_min", "real", "网格内时长", "Minutes in own grid", unit="min")
GRID_CODE = Field("grid_code", "text", "网格编号", "Grid code")
DEFINITIONS = Field("definitions", "text", "指标定义", "Definitions")
TEXT = Field("text", "text", "说明", "Text")

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
TIMELINESS = Table(
    "timeliness",
    "事件时效",
    "Timeliness of events",
    (
        TOWN,
        Field("type", "text", "事件类型", "Event type"),
        Field("reported", "integer", "上报数", "Reported"),
        Field("closed", "integer", "办结数", "Closed"),
        Field("timely", "integer", "及时数", "Closed in time"),
        Field("overdue", "integer", "超期未结", "Overdue"),
        Field("closed_percent", "real", "事件办结率", "Closure rate", unit="percent"),
        Field("timely_percent", "real", "事件及时率", "Timeliness rate", unit="percent"),
        Field("accept_hours", "real", "受理用时中位数", "Median hours to accept", unit="h"),
        Field("close_hours", "real", "办结用时中位数", "Median hours to close", unit="h"),
        DEFINITIONS,
    ),
)
RESPONSE = Table(
    "response",
    "监管员处置时效",
    "Supervisors' response",
    (
        Field("handler", "text", "监管员（处置人）", "Supervisor", private=True),
        Field("name", "text", "姓名", "Name", private=True),
        TOWN,
        Field("reported", "integer", "事件数", "Events"),
        Field("accepted", "integer", "已受理", "Accepted"),
        Field("accept_hours", "real", "受理用时中位数", "Median hours to accept", unit="h"),
        Field("slowest_hours", "real", "最慢受理用时", "Slowest hours to accept", unit="h"),
        Field("accepted_in_time", "integer", "按时受理", "Accepted in time"),
        Field("accepted_late", "integer", "超时受理或未受理", "Accepted late or not at all"),
        Field("accept_percent", "real", "按时受理率", "Accepted in time (percent)",
              unit="percent"),
        Field("closed", "integer", "办结数", "Closed"),
        Field("closed_percent", "real", "事件办结率", "Closure rate", unit="percent"),
        Field("timely", "integer", "及时数", "Closed in time"),
        Field("timely_percent", "real", "事件及时率", "Timeliness rate", unit="percent"),
        DEFINITIONS,
    ),
)  # fmt: skip
HOTSPOT = Table(
    "hotspot",
    "事件热点",
    "Hot spots of events",
    (
        Field("n", "integer", "事件数", "Events"),
        Field("types", "text", "类型", "Types"),
        Field("radius_m", "real", "半径", "Radius", unit="m"),
    ),
    geometry="Point",
    style="hotspot",
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
EVENT_ROW = Table(
    "event",
    "事件",
    "Events",
    (
        Field("event_id", "text", "事件编号", "Event id"),
        Field("type", "text", "事件类型", "Event type"),
        Field("found_at", "datetime", "发现时间(UTC)", "Found at (UTC)"),
        Field("accepted_at", "datetime", "受理时间(UTC)", "Accepted at (UTC)"),
        Field("closed_at", "datetime", "办结时间(UTC)", "Closed at (UTC)"),
        PERSON_ID,
        Field("handler", "text", "处置人", "Handler"),
        TOWN,
        GRID_CODE,
        Field("description", "text", "描述", "Description"),
        Field("status", "text", "状态", "Status"),
    ),
    geometry="Point",
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
