"""Columns of events, how timely they were dealt with and where they gather."""

from __future__ import annotations

from linzhang_plugin.core.patrols.tables.fields import DEFINITIONS, GRID_CODE, PERSON_ID, TOWN
from linzhang_plugin.core.tables.field import Field, Table

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
)  # fmt: skip  # fmt: skip
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
