"""Persons of the chief system, their phones kept apart."""

from __future__ import annotations

from linzhang_plugin.core.tables.field import Field, Table

PERSON = Table(
    "person",
    "人员",
    "Persons",
    (
        Field("person_id", "text", "人员编号", "Person id", width=24, required=True),
        Field("name", "text", "姓名", "Name", width=40, required=True, private=True),
        Field("role", "text", "身份", "Role", width=20, required=True, codes="role"),
        Field("town_code", "text", "乡镇代码", "Town code", width=9),
        Field("village_code", "text", "村代码", "Village code", width=12),
        Field("post", "text", "职务", "Post", width=60),
        Field("ranger_type", "text", "护林员类别", "Ranger type", width=20, codes="ranger_type"),
        Field("capacity_mu", "real", "可管护面积", "Capacity", unit="mu", low=0),
        Field("active_from", "date", "到岗日期", "Active from"),
        Field("active_to", "date", "离岗日期", "Active to"),
        Field("home_presumed", "boolean", "住址推定", "Home presumed"),
        Field("publish_agreed", "boolean", "同意公示", "Publication agreed"),
    ),
    geometry="Point",
    key=("person_id",),
    style="person",
    group="people",
)

PERSON_PRIVATE = Table(
    "person_private",
    "人员联系方式",
    "Persons' phones",
    (
        Field(
            "person_id",
            "text",
            "人员编号",
            "Person id",
            width=24,
            required=True,
            references="person.person_id",
        ),
        Field("phone", "text", "电话", "Phone", width=20, private=True),
    ),
    key=("person_id",),
    group="people",
)

VACANT_POST = Table(
    "vacant_post",
    "空缺岗位",
    "Vacant posts",
    (
        Field("post_id", "text", "岗位编号", "Post id", width=24, required=True),
        Field("town_code", "text", "乡镇代码", "Town code", width=9, required=True),
        Field("village_code", "text", "村代码", "Village code", width=12),
    ),
    key=("post_id",),
    group="people",
)
"""Full-time rangers' posts that the roster names and nobody holds: their grids are made too."""

TABLES_HERE = (PERSON, PERSON_PRIVATE, VACANT_POST)
