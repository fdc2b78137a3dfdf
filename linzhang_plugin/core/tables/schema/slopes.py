"""The register of bare slopes (裸露山体) and the checks made of them."""

from __future__ import annotations

from linzhang_plugin.core.tables.field import Field, Table

BARE_SLOPE = Table(
    "bare_slope",
    "裸露山体",
    "Bare slopes",
    (
        Field("site_code", "text", "图斑编号", "Site code", width=24, required=True),
        Field("site_name", "text", "小地名", "Place name", width=60),
        Field("town_code", "text", "乡镇代码", "Town code", width=9),
        Field("village_code", "text", "村代码", "Village code", width=12),
        Field("cause", "text", "成因", "Cause", width=4, codes="slope_cause"),
        Field("loc_class", "text", "区位类别", "Location class", width=4, codes="loc_class"),
        Field("near_corridor", "text", "最近干线", "Nearest corridor", width=80),
        Field("dist_m", "real", "距干线", "Distance to corridor", unit="m", low=0),
        Field("visible", "text", "可视等级", "Visibility", width=8, codes="visible"),
        Field("visible_km", "real", "可视长度", "Visible length", unit="km", low=0),
        Field("first_hillside", "boolean", "第一面山坡", "First hillside"),
        Field("priority", "integer", "优先级", "Priority", low=1, high=9),
        Field("area_m2", "real", "投影面积", "Plan area", unit="m2", low=0),
        Field("slope_area_m2", "real", "坡面面积", "Surface area", unit="m2", low=0),
        Field("area_mu", "real", "面积（亩）", "Area (mu)", unit="mu", low=0),
        Field("slope_deg", "real", "坡度", "Slope", unit="deg", low=0, high=90),
        Field("height_m", "real", "坡高", "Height of the face", unit="m", low=0),
        Field("material", "text", "坡质", "Material", width=4, codes="slope_material"),
        Field("cover_pct", "real", "植被盖度", "Cover", unit="percent", low=0, high=100),
        Field("owner_status", "text", "责任主体", "Liability", width=4, codes="owner_status"),
        Field("in_forest_land", "boolean", "是否林地", "On forest land"),
        Field("hazard", "text", "安全隐患", "Hazard", width=200),
        Field("measure", "text", "拟采取措施", "Measure", width=4, codes="slope_measure"),
        Field("budget_wan", "real", "估算投资（万元）", "Budget (10,000 yuan)", low=0),
        Field("resp_unit", "text", "责任单位", "Responsible unit", width=80),
        Field("resp_person", "text", "责任人", "Responsible person", width=40, private=True),
        Field("plan_end", "date", "计划完成", "Planned end"),
        Field("accepted_on", "date", "验收日期", "Accepted on"),
        Field("status", "text", "状态", "Status", width=12, required=True, codes="slope_status"),
    ),
    geometry="MultiPolygon",
    key=("site_code",),
    style="bare_slope",
    group="slopes",
)

BARE_SLOPE_CHECK = Table(
    "bare_slope_check",
    "裸露山体检查",
    "Checks of bare slopes",
    (
        Field(
            "site_code",
            "text",
            "图斑编号",
            "Site code",
            width=24,
            required=True,
            references="bare_slope.site_code",
        ),
        Field("check_on", "date", "检查日期", "Checked on", required=True),
        Field("kind", "text", "检查类别", "Kind", width=12, required=True, codes="slope_check"),
        Field("cover_pct", "real", "植被覆盖率", "Cover", unit="percent", low=0, high=100),
        Field("survival_pct", "real", "成活率", "Survival", unit="percent", low=0, high=100),
        Field("passed", "boolean", "是否合格", "Passed"),
        Field("photo_before", "text", "复绿前照片", "Photo before", width=200),
        Field("photo_after", "text", "复绿后照片", "Photo after", width=200),
    ),
    key=("site_code", "check_on", "kind"),
    group="slopes",
)

TABLES_HERE = (BARE_SLOPE, BARE_SLOPE_CHECK)
