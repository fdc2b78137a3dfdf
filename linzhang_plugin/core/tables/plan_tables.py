"""Tables that algorithms on the workspace give out, beside the stored ones."""

from __future__ import annotations

from linzhang_plugin.core.tables.field import Field, Table
from linzhang_plugin.core.tables.schema.grids import GRID
from linzhang_plugin.core.tables.schema.persons import PERSON
from linzhang_plugin.core.tables.schema.stands import STAND

_GRIDS_END = GRID.names.index("flags") + 1
_STAND_SKIPPED = {"previous_grid_code", "raw_json", "first_year", "last_year", "src_area_ha"}

PLAN_STAND = Table(
    "plan_stand",
    "年度方案小班",
    "Stands of the plan",
    (
        *(field for field in STAND if field.name not in _STAND_SKIPPED),
        Field("grid_code", "text", "网格编号", "Grid code", width=24),
        Field("previous_grid_code", "text", "上年网格", "Last year's grid", width=24),
        Field("start_grid_code", "text", "起始网格", "Start grid", width=24),
    ),
    geometry="MultiPolygon",
    key=("stand_id",),
    style="stand_grid",
)
"""STANDS of loadplan: what optimizegrids takes."""

PLAN_RANGER = Table(
    "plan_ranger",
    "护林员岗位",
    "Ranger posts",
    (
        Field("person_id", "text", "人员编号", "Person id", width=24),
        Field("name", "text", "姓名", "Name", width=40),
        Field("town_code", "text", "乡镇代码", "Town code", width=9),
        PERSON.field("village_code"),
        PERSON.field("capacity_mu"),
        Field("previous_grid_code", "text", "上年网格", "Last year's grid", width=24),
        PERSON.field("home_presumed"),
    ),
    geometry="Point",
    style="person",
)
"""RANGERS of loadplan; an empty ``person_id`` is a vacant post."""

PLAN_GRID = Table(
    "plan_grid",
    "管护网格",
    "Management grids",
    GRID.fields[:_GRIDS_END],
    geometry="MultiPolygon",
    key=("grid_code",),
    style="grid",
)
"""GRIDS of loadplan: the fields that every algorithm's GRIDS have."""

FINDING = Table(
    "finding",
    "检查结果",
    "Findings",
    (
        Field("rule", "integer", "规则", "Rule", required=True, low=1, high=12),
        Field("severity", "text", "程度", "Severity", width=10, required=True),
        Field("object_kind", "text", "对象", "Object", width=20),
        Field("object_id", "text", "对象编号", "Object id", width=80),
        Field("town_code", "text", "乡镇代码", "Town code", width=9),
        Field("text", "text", "说明", "Finding", width=400),
        Field("area_mu", "real", "涉及面积（亩）", "Area (mu)", unit="mu"),
    ),
    geometry="MultiPolygon",
    style="finding",
)
"""FINDINGS of checkworkspace."""
