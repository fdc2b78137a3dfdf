"""The register of bare slopes (裸露山体): queue of candidates, sites, their moves and checks."""

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
        Field("stand_id", "text", "所在小班", "Stand", width=40),
        Field("grid_code", "text", "网格编号", "Grid code", width=24),
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
        Field("checked_by", "text", "检查人", "Checked by", width=40, private=True),
        Field("photo_before", "text", "复绿前照片", "Photo before", width=200),
        Field("photo_after", "text", "复绿后照片", "Photo after", width=200),
    ),
    key=("site_code", "check_on", "kind"),
    group="slopes",
)

BARE_SLOPE_MOVE = Table(
    "bare_slope_move",
    "裸露山体状态流转",
    "Moves of bare slopes",
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
        Field("move_no", "integer", "流转序号", "Number of the move", required=True, low=1),
        Field("moved_on", "date", "流转日期", "Moved on", required=True),
        Field("from_status", "text", "原状态", "From status", width=12, codes="slope_status"),
        Field(
            "to_status",
            "text",
            "新状态",
            "To status",
            width=12,
            required=True,
            codes="slope_status",
        ),
        Field("moved_by", "text", "经办人", "Moved by", width=40, private=True),
        Field("document", "text", "依据文件", "Document", width=200),
        Field("photo", "text", "照片", "Photo", width=200),
        Field("reason", "text", "说明", "Reason", width=200),
    ),
    key=("site_code", "move_no"),
    group="slopes",
)
"""Every change of a site's status, with what proves it."""

SLOPE_REVIEW = Table(
    "slope_review",
    "裸露山体核查队列",
    "Review queue of bare slopes",
    (
        Field("candidate_no", "text", "疑似编号", "Candidate number", width=24, required=True),
        Field("known_code", "text", "已知图斑", "Known site", width=24),
        Field("change", "text", "变化", "Change", width=12, codes="slope_change"),
        Field("detected_on", "date", "发现日期", "Detected on", required=True),
        Field("image", "text", "影像", "Image", width=100),
        Field("town_code", "text", "乡镇代码", "Town code", width=9),
        Field("village_code", "text", "村代码", "Village code", width=12),
        Field("area_m2", "real", "投影面积", "Plan area", unit="m2", low=0),
        Field("slope_area_m2", "real", "坡面面积", "Surface area", unit="m2", low=0),
        Field("area_mu", "real", "面积（亩）", "Area (mu)", unit="mu", low=0),
        Field("slope_deg", "real", "坡度", "Slope", unit="deg", low=0, high=90),
        Field("ndvi", "real", "NDVI", "NDVI", low=-1, high=1),
        Field("bsi", "real", "裸土指数", "Bareness index", low=-1, high=1),
        Field("confidence", "real", "可信度", "Confidence", low=0, high=1),
        Field(
            "status", "text", "核查结论", "Review", width=12, required=True, codes="slope_review"
        ),
        Field("decided_on", "date", "核查日期", "Decided on"),
        Field("decided_by", "text", "核查人", "Decided by", width=40, private=True),
        Field("reason", "text", "理由", "Reason", width=200),
        Field("photo", "text", "照片", "Photo", width=200),
        Field("site_code", "text", "图斑编号", "Site code", width=24),
    ),
    geometry="MultiPolygon",
    key=("candidate_no",),
    style="slope_review",
    group="slopes",
)
"""Candidates wait here for a person; only verified ones enter :data:`BARE_SLOPE`."""

TABLES_HERE = (BARE_SLOPE, BARE_SLOPE_CHECK, BARE_SLOPE_MOVE, SLOPE_REVIEW)
