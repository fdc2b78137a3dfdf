"""Appeals of people (诉求): a dated register that holds no names and no numbers of persons."""

from __future__ import annotations

from linzhang_plugin.core.tables.field import Field, Table

APPEAL = Table(
    "appeal",
    "诉求登记",
    "Appeals",
    (
        Field("appeal_no", "text", "诉求编号", "Appeal number", width=24, required=True),
        Field("received_on", "date", "受理日期", "Received on", required=True),
        Field("kind", "text", "诉求类别", "Kind", width=4, codes="appeal_kind"),
        Field("grid_code", "text", "网格编号", "Grid code", width=24),
        Field("village_code", "text", "村代码", "Village code", width=12),
        Field("group_name", "text", "村小组", "Village group", width=60),
        Field("content", "text", "诉求内容", "What is asked for", width=400),
        Field("handled_by", "text", "办理单位", "Handled by", width=80),
        Field("status", "text", "办理状态", "State", width=12, codes="appeal_status"),
        Field("replied_on", "date", "答复日期", "Replied on"),
        Field("reply", "text", "答复内容", "Reply", width=400),
    ),
    key=("appeal_no",),
    group="grids",
)

TABLES_HERE = (APPEAL,)
