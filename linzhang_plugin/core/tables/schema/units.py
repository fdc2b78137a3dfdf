"""Administrative units: county, towns (and state farms, which count as towns), villages."""

from __future__ import annotations

from linzhang_plugin.core.tables.field import Field, Table

ADMIN_UNIT = Table(
    "admin_unit",
    "行政单位",
    "Administrative units",
    (
        Field("unit_code", "text", "区划代码", "Unit code", width=12, required=True),
        Field("unit_name", "text", "名称", "Name", width=60, required=True),
        Field(
            "level", "integer", "级别", "Level", required=True, codes="admin_level", low=3, high=5
        ),
        Field("parent_code", "text", "上级代码", "Parent code", width=12),
        Field("kind", "text", "类别", "Kind", width=20, codes="admin_kind"),
        Field("area_m2", "real", "面积", "Area", unit="m2", low=0),
        Field("presumed", "boolean", "推定界线", "Boundary presumed from stands"),
    ),
    geometry="MultiPolygon",
    key=("unit_code",),
    style="admin_unit",
    group="base",
)

TABLES_HERE = (ADMIN_UNIT,)
