"""Columns that several of the patrol tables have."""

from __future__ import annotations

from linzhang_plugin.core.tables.field import Field

PERSON_ID = Field("person_id", "text", "人员编号", "Person id")
DAY = Field("day", "date", "日期", "Day")
MONTH = Field("month", "text", "月份", "Month")
TOWN = Field("town_code", "text", "乡镇代码", "Town code")
REASONS = Field("reasons", "text", "原因", "Reasons")
MINUTES = Field("minutes", "real", "时长", "Minutes", unit="min")
KM = Field("km", "real", "里程", "Kilometres", unit="km")
GRID_CODE = Field("grid_code", "text", "网格编号", "Grid code")
DEFINITIONS = Field("definitions", "text", "指标定义", "Definitions")
TEXT = Field("text", "text", "说明", "Text")
