"""A year's plan: grids, their stands, who answers for them, hills and people in charge."""

from __future__ import annotations

from linzhang_plugin.core.tables.field import Field, Reference, Table

GRID_KEY = Reference(("grid_code", "grid_year"), "grid", ("grid_code", "grid_year"))
"""Reference of a row to its grid of its year."""

GRID_CODE = Field("grid_code", "text", "网格编号", "Grid code", width=24, required=True)
GRID_YEAR = Field("grid_year", "integer", "年度", "Year", required=True, low=1900, high=2200)

PLAN_YEAR = Table(
    "plan_year",
    "年度方案",
    "Plan years",
    (
        GRID_YEAR,
        Field("status", "text", "状态", "Status", width=12, required=True, codes="plan_status"),
        Field("confirmed_by", "text", "确认人", "Confirmed by", width=60),
        Field("confirmed_on", "date", "确认日期", "Confirmed on"),
    ),
    key=("grid_year",),
    group="grids",
)

GRID = Table(
    "grid",
    "管护网格",
    "Management grids",
    (
        GRID_CODE,
        Field("grid_name", "text", "网格名称", "Grid name", width=60),
        GRID_YEAR,
        Field("town_code", "text", "乡镇代码", "Town code", width=9),
        Field("main_village", "text", "主村", "Main village", width=60),
        Field("villages", "text", "涉及村", "Villages", width=1000),
        Field("ranger_id", "text", "护林员编号", "Ranger id", width=24),
        Field("ranger_name", "text", "护林员", "Ranger", width=40, private=True),
        Field("n_stands", "integer", "小班数", "Stands", low=0),
        Field("area_m2", "real", "面积", "Area", unit="m2", low=0),
        Field("area_mu", "real", "面积（亩）", "Area (mu)", unit="mu", low=0),
        Field("workload", "real", "巡护工作量", "Patrol workload", unit="mu", low=0),
        Field("deviation_percent", "real", "偏差", "Deviation", unit="percent"),
        Field("compactness", "real", "紧凑度", "Compactness", low=0, high=1.000001),
        Field("n_parts", "integer", "片数", "Parts", low=0),
        Field("travel_min", "real", "到达时间", "Travel time", unit="min", low=0),
        Field("previous_grid_code", "text", "上年网格", "Last year's grid", width=24),
        Field("kept_percent", "real", "保留比例", "Kept", unit="percent", low=0, high=100.000001),
        Field("changed_mu", "real", "调整面积", "Changed area", unit="mu", low=0),
        Field("bound_e", "text", "东至", "Bounded east by", width=400),
        Field("bound_s", "text", "南至", "Bounded south by", width=400),
        Field("bound_w", "text", "西至", "Bounded west by", width=400),
        Field("bound_n", "text", "北至", "Bounded north by", width=400),
        Field("status", "text", "状态", "Status", width=12, codes="plan_status"),
        Field("flags", "text", "提示", "Flags", width=400),
        Field("forest_area_m2", "real", "林地面积", "Forest land", unit="m2", low=0),
        Field("gyl_area_m2", "real", "公益林面积", "Public-welfare forest", unit="m2", low=0),
        Field("confirmed_by", "text", "确认人", "Confirmed by", width=60),
        Field("confirmed_on", "date", "确认日期", "Confirmed on"),
    ),
    geometry="MultiPolygon",
    key=("grid_code", "grid_year"),
    style="grid",
    references=(Reference(("grid_year",), "plan_year", ("grid_year",)),),
    year="grid_year",
    group="grids",
)
"""The first fields, up to ``flags``, are those of GRIDS in every algorithm."""

GRID_STAND = Table(
    "grid_stand",
    "网格小班",
    "Stands of grids",
    (
        GRID_CODE,
        GRID_YEAR,
        Field(
            "stand_id",
            "text",
            "小班标识",
            "Stand id",
            width=40,
            required=True,
            references="stand.stand_id",
        ),
        Field("share", "real", "份额", "Share", required=True, low=0, high=1),
    ),
    key=("grid_code", "grid_year", "stand_id"),
    references=(GRID_KEY,),
    year="grid_year",
    group="grids",
)

ASSIGNMENT = Table(
    "assignment",
    "网格责任",
    "Assignments",
    (
        GRID_CODE,
        GRID_YEAR,
        Field(
            "person_id",
            "text",
            "人员编号",
            "Person id",
            width=24,
            required=True,
            references="person.person_id",
        ),
        Field("duty", "text", "责任", "Duty", width=20, required=True, codes="duty"),
        Field("start_on", "date", "起始日期", "Start on", required=True),
        Field("end_on", "date", "终止日期", "End on"),
        Field("contract_no", "text", "管护协议号", "Contract number", width=40),
        Field("fee_year", "real", "年管护费", "Fee a year", unit="yuan", low=0),
        Field("signed_on", "date", "签订日期", "Signed on"),
    ),
    key=("grid_code", "grid_year", "person_id", "duty", "start_on"),
    references=(GRID_KEY,),
    group="grids",
)

HILL_DUTY = Table(
    "hill_duty",
    "包山清单",
    "Hills in charge",
    (
        GRID_CODE,
        GRID_YEAR,
        Field(
            "hill_id",
            "text",
            "山头编号",
            "Hill id",
            width=24,
            required=True,
            references="hill.hill_id",
        ),
        Field("share", "real", "份额", "Share", required=True, low=0, high=1),
        Field("key_places", "text", "重点部位", "Key places", width=200),
    ),
    key=("grid_code", "grid_year", "hill_id"),
    references=(GRID_KEY,),
    group="grids",
)

PEOPLE_DUTY = Table(
    "people_duty",
    "包人清单",
    "People in charge (counts only)",
    (
        GRID_CODE,
        GRID_YEAR,
        Field("village_code", "text", "村代码", "Village code", width=12),
        Field("group_name", "text", "村小组", "Village group", width=60, required=True),
        Field("households", "integer", "联系户数", "Households", low=0),
        Field("units", "integer", "单位数", "Working units", low=0),
        Field("publicity", "integer", "宣传次数", "Publicity visits", low=0),
        Field("appeals", "integer", "诉求条数", "Appeals", low=0),
    ),
    key=("grid_code", "grid_year", "group_name"),
    references=(GRID_KEY,),
    group="grids",
)

TABLES_HERE = (PLAN_YEAR, GRID, GRID_STAND, ASSIGNMENT, HILL_DUTY, PEOPLE_DUTY)
