"""Stands (小班) of the one-map and hills (山头)."""

from __future__ import annotations

from linzhang_plugin.core.tables.field import Field, Table

STAND = Table(
    "stand",
    "小班",
    "Stands",
    (
        Field("stand_id", "text", "小班标识", "Stand id", width=40, required=True),
        Field("town_code", "text", "乡镇代码", "Town code", width=9),
        Field("village_code", "text", "村代码", "Village code", width=12),
        Field("xian", "text", "县", "County code", width=6),
        Field("xiang", "text", "乡", "Town number", width=9),
        Field("cun", "text", "村", "Village number", width=12),
        Field("lin_ban", "text", "林班", "Compartment", width=10),
        Field("xiao_ban", "text", "小班号", "Stand number", width=12),
        Field("place_name", "text", "小地名", "Place name", width=60),
        Field("parent_id", "text", "原小班标识", "Stand it was cut from", width=40),
        Field("parent_share", "real", "占原小班份额", "Share of that stand", low=0, high=1),
        Field("area_m2", "real", "图形面积", "Geometric area", unit="m2", low=0),
        Field("official_m2", "real", "填报面积", "Official area", unit="m2", low=0),
        Field("di_lei_raw", "text", "原地类代码", "Land class as delivered", width=20),
        Field("land_class", "text", "地类", "Land class", width=20, codes="land_class"),
        Field("sen_lin_lb", "text", "森林类别", "Forest category", width=4, codes="sen_lin_lb"),
        Field("shi_quan_d", "text", "事权等级", "Authority level", width=4, codes="shi_quan_d"),
        Field(
            "gjgyl_bhdj",
            "text",
            "国家级公益林保护等级",
            "National public-welfare protection grade",
            width=4,
            codes="gjgyl_bhdj",
        ),
        Field("lin_zhong", "text", "林种", "Forest use", width=6, codes="lin_zhong"),
        Field("qi_yuan", "text", "起源", "Origin", width=4, codes="qi_yuan"),
        Field("you_shi_sz", "text", "优势树种", "Dominant species", width=30),
        Field("ling_zu", "text", "龄组", "Age group", width=4, codes="ling_zu"),
        Field("yu_bi_du", "real", "郁闭度", "Canopy density", low=0, high=1),
        Field("ld_qs", "text", "林地权属", "Land tenure", width=4, codes="ld_qs"),
        Field("bh_dj", "text", "林地保护等级", "Protection grade", width=4, codes="bh_dj"),
        Field("po_du", "text", "坡度级", "Slope class", width=2, codes="po_du"),
        Field("slope_deg", "real", "坡度", "Slope", unit="degree", low=0, high=90),
        Field("volume_m3", "real", "蓄积", "Growing stock", unit="m3", low=0),
        Field("risk_share", "real", "风险系数", "Risk share", low=0, high=1),
        Field("workload", "real", "巡护工作量", "Patrol workload", unit="mu", low=0),
        Field("previous_grid_code", "text", "上年网格", "Last year's grid", width=24),
        Field("locked", "integer", "锁定", "Locked", codes="lock", low=0, high=2),
        Field("src_area_ha", "real", "原面积", "Area as delivered", unit="ha", low=0),
        Field("src_year", "integer", "数据年度", "Year of the data", low=1900, high=2200),
        Field("first_year", "integer", "启用年度", "First year", low=1900, high=2200),
        Field("last_year", "integer", "末年度", "Last year", low=1900, high=2200),
        Field("raw_json", "json", "原始属性", "Attributes as delivered"),
    ),
    geometry="MultiPolygon",
    key=("stand_id",),
    style="stand",
    group="forest",
)

HILL = Table(
    "hill",
    "山头",
    "Hills",
    (
        Field("hill_id", "text", "山头编号", "Hill id", width=24, required=True),
        Field("hill_name", "text", "山头（小地名）", "Hill name", width=60),
        Field("town_code", "text", "乡镇代码", "Town code", width=9),
        Field("village_code", "text", "村代码", "Village code", width=12),
        Field("peak_m", "real", "峰顶海拔", "Peak elevation", unit="m", low=-200, high=9000),
        Field("prominence_m", "real", "相对突起", "Prominence", unit="m", low=0),
        Field("area_m2", "real", "面积", "Area", unit="m2", low=0),
    ),
    geometry="MultiPolygon",
    key=("hill_id",),
    style="hill",
    group="forest",
)

TABLES_HERE = (STAND, HILL)
