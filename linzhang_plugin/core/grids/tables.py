"""The tables that grid algorithms give out."""

from __future__ import annotations

from linzhang_plugin.core.tables.field import Field, Table
from linzhang_plugin.core.tables.schema.grids import GRID

_LAST = GRID.names.index("flags") + 1

GRIDS = Table(
    "grids", "管护网格", "Management grids", GRID.fields[:_LAST], "MultiPolygon",
    key=("grid_code",), style="grid",
)  # fmt: skip
"""A plan's grids; the same columns in every algorithm."""

STAND_ID = Field("stand_id", "text", "小班标识", "Stand id", width=40, required=True)
TOWN = Field("town_code", "text", "乡镇代码", "Town code", width=24)
CODE = Field("grid_code", "text", "网格编号", "Grid code", width=24)
BEFORE = Field("previous_grid_code", "text", "上年网格", "Last year's grid", width=24)
MU = Field("mu", "real", "面积（亩）", "Area (mu)", unit="mu")

STAND_GRID = Table(
    "stand_grid", "小班网格归属", "Stands with their grid",
    (
        STAND_ID,
        TOWN,
        Field("village_code", "text", "村代码", "Village code", width=24),
        CODE,
        BEFORE,
        Field("changed", "boolean", "是否调整", "Changed"),
        MU,
        Field("area_m2", "real", "图形面积", "Area by geometry", unit="m2"),
        Field("official_m2", "real", "填报面积", "Official area", unit="m2"),
        Field("slope_class", "integer", "坡度级", "Slope class"),
        Field("slope_factor", "real", "坡度系数", "Slope factor"),
        Field("road_m", "real", "距道路", "Distance to a road", unit="m"),
        Field("access_factor", "real", "可达系数", "Access factor"),
        Field("risk_share", "real", "风险占比", "Risk share"),
        Field("risk_factor", "real", "风险系数", "Risk factor"),
        Field("workload", "real", "巡护工作量", "Patrol workload", unit="mu"),
        Field("island", "boolean", "飞地", "Enclave that no link reaches"),
        Field("locked", "integer", "锁定", "Lock"),
    ),
    "MultiPolygon", key=("stand_id",), style="stand_grid",
)  # fmt: skip
"""Every stand with its grid and the factors of its workload."""

CHANGES = Table(
    "changes", "调整清单", "Stands that change hands",
    (
        STAND_ID,
        TOWN,
        Field("from_grid", "text", "调出网格", "From grid", width=24),
        Field("to_grid", "text", "调入网格", "To grid", width=24),
        Field("ranger_from", "text", "原护林员", "Ranger before", width=40),
        Field("ranger_to", "text", "新护林员", "Ranger after", width=40),
        MU,
        Field("reason", "text", "原因", "Reason", width=254),
    ),
    "MultiPolygon", key=("stand_id",), style="changes",
)  # fmt: skip
"""A row a moved stand."""

INDICATORS = Table(
    "indicators", "网格指标", "Indicators of the grids",
    (
        CODE,
        TOWN,
        Field("n_stands", "integer", "小班数", "Stands"),
        Field("area_mu", "real", "面积（亩）", "Area (mu)", unit="mu"),
        Field("workload", "real", "巡护工作量", "Patrol workload", unit="mu"),
        Field("deviation_percent", "real", "偏差", "Deviation", unit="percent"),
        Field("compactness", "real", "紧凑度", "Compactness"),
        Field("n_parts", "integer", "片数", "Parts"),
        Field("n_islands", "integer", "飞地数", "Enclaves"),
        Field("n_villages", "integer", "涉及村数", "Villages"),
        Field("travel_min", "real", "到达时间", "Travel time", unit="min"),
        Field("moment", "real", "惯性矩", "Moment about the centre", unit="mu km2"),
        Field("flags", "text", "提示", "Flags", width=200),
    ),
    "MultiPolygon", key=("grid_code",), style="grid",
)  # fmt: skip

SUMMARY = Table(
    "summary", "汇总指标", "Summary",
    (
        Field("indicator", "text", "指标", "Indicator", width=40, required=True),
        Field("title", "text", "名称", "Title", width=80),
        Field("value", "real", "数值", "Value"),
    ),
    key=("indicator",),
)  # fmt: skip

GRID_CHANGES = Table(
    "grid_changes", "网格调整清单", "Changes of the grids",
    (
        Field("from_grid", "text", "调出网格", "From grid", width=24),
        Field("to_grid", "text", "调入网格", "To grid", width=24),
        Field("ranger_from", "text", "原护林员", "Ranger before", width=40),
        Field("ranger_to", "text", "新护林员", "Ranger after", width=40),
        Field("n_stands", "integer", "小班数", "Stands"),
        MU,
        Field("kind", "text", "变化", "Kind", width=40),
    ),
    "MultiPolygon", style="changes",
)  # fmt: skip
"""What moved from one grid to another between two plans."""

TOWNS = Table(
    "towns", "乡镇结果", "Result by town",
    (
        Field("town_code", "text", "乡镇代码", "Town code", width=24),
        Field("n_grids", "integer", "网格数", "Grids"),
        Field("n_rangers", "integer", "护林员数", "Rangers"),
        Field("area_mu", "real", "面积（亩）", "Area (mu)", unit="mu"),
        Field("worst_before", "real", "原最大偏差", "Worst deviation before", unit="percent"),
        Field("worst_after", "real", "现最大偏差", "Worst deviation after", unit="percent"),
        Field("changed_percent", "real", "调整比例", "Changed", unit="percent"),
        Field("must_change_percent", "real", "必须调整", "Must change", unit="percent"),
        Field("n_disconnected", "integer", "不连通网格", "Disconnected grids"),
        Field("n_islands", "integer", "飞地数", "Enclaves"),
        Field("n_violations", "integer", "违规数", "Violations"),
        Field("objective", "real", "目标值", "Objective"),
        Field("lower_bound", "real", "下界", "Lower bound"),
        Field("gap_percent", "real", "差距", "Gap", unit="percent"),
    ),
    key=("town_code",),
)  # fmt: skip
"""A row a town: what was asked, what came of it, what is proven."""

GRID_RANGER = Table(
    "grid_ranger", "网格护林员", "Grids and their rangers",
    (
        CODE,
        TOWN,
        Field("ranger_id", "text", "护林员编号", "Ranger id", width=24),
        Field("ranger_name", "text", "护林员", "Ranger", width=40),
        Field("travel_min", "real", "到达时间", "Travel time", unit="min"),
        Field("kept_percent", "real", "原责任山场占比", "Last year's share", unit="percent"),
        Field("duty", "text", "责任", "Duty", width=20),
    ),
    key=("grid_code",),
)  # fmt: skip

PLANS = Table(
    "plans", "方案", "Plans",
    (
        Field("plan", "integer", "方案", "Plan", required=True),
        STAND_ID,
        TOWN,
        CODE,
        BEFORE,
        Field("changed", "boolean", "是否调整", "Changed"),
        MU,
    ),
    "MultiPolygon", key=("plan", "stand_id"), style="stand_grid",
)  # fmt: skip

PLAN_GRIDS = Table(
    "plan_grids", "方案网格", "Grids of the plans",
    (Field("plan", "integer", "方案", "Plan", required=True), *GRIDS.fields),
    "MultiPolygon", key=("plan", "grid_code"), style="grid",
)  # fmt: skip
"""The grids of several plans: filter by ``plan`` to see or adopt one."""

CURVE = Table(
    "curve", "方案对比", "Change against balance",
    (
        Field("plan", "integer", "方案", "Plan", required=True),
        Field("title", "text", "名称", "Title", width=80),
        Field("max_change_percent", "real", "允许调整", "Allowed change", unit="percent"),
        Field("changed_percent", "real", "调整比例", "Changed", unit="percent"),
        Field("must_change_percent", "real", "必须调整", "Must change", unit="percent"),
        Field("max_deviation_percent", "real", "最大偏差", "Worst deviation", unit="percent"),
        Field("mean_deviation_percent", "real", "平均偏差", "Mean deviation", unit="percent"),
        Field("compactness", "real", "平均紧凑度", "Mean compactness"),
        Field("moment", "real", "惯性矩", "Moment", unit="mu km2"),
        Field("travel_min", "real", "平均到达时间", "Mean travel time", unit="min"),
        Field("village_splits", "integer", "跨网格村数", "Villages split"),
        Field("n_disconnected", "integer", "不连通网格", "Disconnected grids"),
        Field("n_violations", "integer", "违规数", "Violations"),
        Field("quality", "real", "目标值（不计调整）", "Objective without change"),
    ),
    key=("plan",),
)  # fmt: skip

UNITS = Table(
    "units", "基本单元", "Basic units",
    (STAND_ID, TOWN, MU, Field("area_m2", "real", "面积", "Area", unit="m2")),
    "MultiPolygon", key=("stand_id",), style="stand_grid",
)  # fmt: skip
