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
        Field("problem", "text", "问题", "Problem", width=200),
    ),
    geometry="MultiPolygon",
    key=("hill_id",),
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
