"""Tables that the bare-slope algorithms give out."""

from __future__ import annotations

from linzhang_plugin.core.tables.field import Field, Table

CODE = Field("site_code", "text", "图斑编号", "Site code", width=24, required=True)

CANDIDATES = Table(
    "candidates",
    "裸露山体疑似图斑",
    "Bare-slope candidates",
    (
        CODE,
        Field("area_m2", "real", "投影面积", "Plan area", unit="m2"),
        Field("slope_area_m2", "real", "坡面面积", "Surface area", unit="m2"),
        Field("area_mu", "real", "面积（亩）", "Area (mu)", unit="mu"),
        Field("slope_deg", "real", "坡度", "Slope", unit="deg"),
        Field("ndvi", "real", "NDVI", "NDVI"),
        Field("bsi", "real", "裸土指数", "Bareness index"),
        Field("steep_share", "real", "陡坡占比", "Steep share"),
        Field("known_code", "text", "已知图斑", "Known site", width=24),
        Field("change", "text", "变化", "Change", width=12),
        Field("status", "text", "状态", "Status", width=12),
        Field("confidence", "real", "可信度", "Confidence"),
        Field("likely", "text", "疑为", "Likely", width=80),
        Field("reason", "text", "存疑理由", "Why doubtful", width=300),
    ),
    geometry="MultiPolygon",
    key=("site_code",),
    style="candidate",
)

PRIORITY = Table(
    "priority",
    "复绿优先级",
    "Regreening priority",
    (
        CODE,
        Field("dist_m", "real", "距干线", "Distance to corridor", unit="m"),
        Field("near_corridor", "text", "最近干线", "Nearest corridor", width=80),
        Field("loc_class", "text", "区位类别", "Location class", width=4, codes="loc_class"),
        Field("visible", "text", "可视等级", "Visibility", width=8, codes="visible"),
        Field("visible_km", "real", "可视长度", "Visible length", unit="km"),
        Field("visible_share", "real", "可视面积比", "Visible share"),
        Field("visible_km_by_class", "json", "分类可视长度", "Visible length by class"),
        Field("first_hillside", "boolean", "第一面山坡", "First hillside"),
        Field("score", "real", "得分", "Score"),
        Field("priority", "integer", "优先级", "Priority"),
        Field("reasons", "text", "理由", "Reasons", width=400),
    ),
    geometry="MultiPolygon",
    key=("site_code",),
    style="priority",
)

VERIFICATION = Table(
    "verification",
    "复绿成效核验",
    "Regreening proof",
    (
        CODE,
        Field("ndvi_before", "real", "复绿前NDVI", "NDVI before"),
        Field("ndvi_after", "real", "复绿后NDVI", "NDVI after"),
        Field("cover_percent", "real", "植被覆盖率", "Vegetation cover", unit="percent"),
        Field("cover_before", "real", "复绿前覆盖率", "Cover before", unit="percent"),
        Field("confidence", "real", "可信度", "Confidence"),
        Field("passed", "boolean", "是否达标", "Passed"),
        Field("reason", "text", "说明", "Reason", width=300),
    ),
    geometry="MultiPolygon",
    key=("site_code",),
    style="verification",
)

PROGRESS = Table(
    "progress",
    "复绿进度",
    "Regreening progress",
    (
        Field("town_code", "text", "乡镇代码", "Town code", width=9),
        Field("loc_class", "text", "区位类别", "Location class", width=4, codes="loc_class"),
        Field("status", "text", "状态", "Status", width=12),
        Field("n", "integer", "图斑数", "Sites"),
        Field("mu", "real", "面积（亩）", "Area (mu)", unit="mu"),
        Field("should_mu", "real", "应绿面积（亩）", "Should be green (mu)", unit="mu"),
        Field("done_mu", "real", "已绿面积（亩）", "Is green (mu)", unit="mu"),
        Field("done_percent", "real", "完成率", "Done", unit="percent"),
    ),
    key=("town_code", "loc_class", "status"),
)

DUE = Table(
    "slope_checks_due",
    "裸露山体应检清单",
    "Checks of bare slopes that are due",
    (
        CODE,
        Field("site_name", "text", "小地名", "Place name", width=60),
        Field("town_code", "text", "乡镇代码", "Town code", width=9),
        Field("village_code", "text", "村代码", "Village code", width=12),
        Field("resp_unit", "text", "责任单位", "Responsible unit", width=80),
        Field("area_mu", "real", "面积（亩）", "Area (mu)", unit="mu"),
        Field("status", "text", "状态", "Status", width=12),
        Field("accepted_on", "date", "验收日期", "Accepted on"),
        Field("kind", "text", "检查类别", "Kind", width=12, codes="slope_check"),
        Field("due_on", "date", "应检日期", "Due on"),
        Field("days_overdue", "integer", "逾期天数", "Days overdue"),
        Field("done_on", "date", "已检日期", "Done on"),
        Field("passed", "boolean", "是否合格", "Passed"),
        Field("state", "text", "情况", "State", width=12),
        Field("text", "text", "说明", "Text", width=200),
    ),
    key=("site_code", "kind"),
)
