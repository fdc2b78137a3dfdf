"""Tables that the hill algorithms give out."""

from __future__ import annotations

from linzhang_plugin.core.tables.field import Field, Table

HILLS = Table(
    "hills",
    "山头",
    "Hills",
    (
        Field("hill_id", "text", "山头编号", "Hill id", width=24, required=True),
        Field("hill_name", "text", "山头（小地名）", "Hill name", width=60),
        Field("peak_m", "real", "峰顶海拔", "Peak elevation", unit="m"),
        Field("prominence_m", "real", "相对突起", "Prominence", unit="m"),
        Field("saddle_m", "real", "鞍部海拔", "Key saddle elevation", unit="m"),
        Field("parent_id", "text", "上级山头", "Parent hill", width=24),
        Field("area_m2", "real", "面积", "Area", unit="m2"),
        Field("area_mu", "real", "面积（亩）", "Area (mu)", unit="mu"),
        Field("n_stands", "integer", "小班数", "Stands"),
    ),
    geometry="MultiPolygon",
    key=("hill_id",),
    style="hill",
)

PEAKS = Table(
    "peaks",
    "山峰",
    "Peaks",
    (
        Field("hill_id", "text", "山头编号", "Hill id", width=24, required=True),
        Field("hill_name", "text", "山头（小地名）", "Hill name", width=60),
        Field("peak_m", "real", "峰顶海拔", "Peak elevation", unit="m"),
        Field("prominence_m", "real", "相对突起", "Prominence", unit="m"),
        Field("saddle_x", "real", "鞍部X", "Key saddle x"),
        Field("saddle_y", "real", "鞍部Y", "Key saddle y"),
    ),
    geometry="Point",
    key=("hill_id",),
    style="peak",
)

RESPONSIBILITY = Table(
    "hill_responsibility",
    "包山包人责任清单",
    "Who answers for which hill",
    (
        Field("hill_id", "text", "山头编号", "Hill id", width=24, required=True),
        Field("hill_name", "text", "山头（小地名）", "Hill name", width=60),
        Field("grid_code", "text", "网格编号", "Grid code", width=24),
        Field("share", "real", "份额", "Share"),
        Field("area_mu", "real", "面积（亩）", "Area (mu)", unit="mu"),
        Field("ranger", "text", "护林员", "Ranger", width=80, private=True),
        Field("assistants", "text", "协管员", "Assistants", width=200, private=True),
        Field("supervisor", "text", "监管员", "Supervisor", width=80, private=True),
        Field("village_chief", "text", "村级林长", "Village chief", width=80, private=True),
        Field("town_chief", "text", "镇级林长", "Town chief", width=80, private=True),
        Field("county_chief", "text", "区级林长", "County chief", width=80, private=True),
        Field("kind", "text", "问题类别", "Kind of problem", width=12, codes="hill_problem"),
        Field("problem", "text", "问题", "Problem", width=200),
    ),
    key=("hill_id", "grid_code"),
)

ORPHANS = Table(
    "hill_orphans",
    "未落实山头",
    "Hills that nobody answers for",
    (
        Field("hill_id", "text", "山头编号", "Hill id", width=24, required=True),
        Field("hill_name", "text", "山头（小地名）", "Hill name", width=60),
        Field("area_mu", "real", "面积（亩）", "Area (mu)", unit="mu"),
        Field("kind", "text", "问题类别", "Kind of problem", width=12, codes="hill_problem"),
        Field("problem", "text", "问题", "Problem", width=200),
    ),
    geometry="MultiPolygon",
    key=("hill_id",),
)

DUTY_LIST = Table(
    "duty_list",
    "包山包人责任清单（打印）",
    "Hills and people in charge, as printed",
    (
        Field("seq", "integer", "序号", "Number", required=True),
        Field("line", "integer", "行号", "Line", required=True),
        Field("grid_code", "text", "网格编号", "Grid code", width=24, required=True),
        Field("grid_name", "text", "网格名称", "Grid name", width=60),
        Field("ranger", "text", "护林员", "Ranger", width=80, private=True),
        Field("phone", "text", "联系电话", "Phone", width=40, private=True),
        Field("hill_id", "text", "山头编号", "Hill id", width=24),
        Field("hill_name", "text", "山头（小地名）", "Hill name", width=60),
        Field("stands", "text", "林班-小班", "Stands", width=200),
        Field("area_mu", "real", "面积（亩）", "Area (mu)", unit="mu"),
        Field("share", "real", "份额", "Share"),
        Field("bounds", "text", "四至", "Bounds", width=1000),
        Field("key_places", "text", "重点部位", "Key places", width=200),
        Field("group_name", "text", "村小组", "Village group", width=60),
        Field("households", "integer", "联系户数", "Households"),
        Field("units", "integer", "单位数", "Working units"),
        Field("publicity", "integer", "宣传次数", "Publicity visits"),
        Field("appeals", "integer", "诉求条数", "Appeals"),
        Field("supervisor", "text", "监管员", "Supervisor", width=80, private=True),
        Field("village_chief", "text", "村级林长", "Village chief", width=80, private=True),
    ),
    key=("seq", "line"),
)

UNITS = Table(
    "units",
    "基本单元",
    "Basic units",
    (
        Field("unit_id", "text", "单元编号", "Unit id", width=24, required=True),
        Field("town_code", "text", "乡镇代码", "Town code", width=24),
        Field("area_m2", "real", "面积", "Area", unit="m2"),
        Field("area_mu", "real", "面积（亩）", "Area (mu)", unit="mu"),
    ),
    geometry="MultiPolygon",
    key=("unit_id",),
)
