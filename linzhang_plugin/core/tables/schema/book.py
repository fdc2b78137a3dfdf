"""The workspace's own books: what it is, its code lists, rules and log of changes."""

from __future__ import annotations

from linzhang_plugin.core.tables.field import Field, Table

WORKSPACE = Table(
    "workspace",
    "工作区信息",
    "About the workspace",
    (
        Field("name", "text", "项目", "Item", width=40, required=True),
        Field("value", "text", "内容", "Value"),
    ),
    key=("name",),
    group="book",
    audited=False,
)

CODE_LIST = Table(
    "code_list",
    "代码表",
    "Code lists",
    (
        Field("domain", "text", "代码域", "Domain", width=40, required=True),
        Field("code", "text", "代码", "Code", width=40, required=True),
        Field("zh", "text", "中文", "Chinese", width=80, required=True),
        Field("en", "text", "英文", "English", width=80, required=True),
        Field("sort", "integer", "顺序", "Order", required=True),
        Field("active", "boolean", "启用", "Active", required=True),
    ),
    key=("domain", "code"),
    group="book",
)

RULE_SET = Table(
    "rule_set",
    "规则集",
    "Rule sets",
    (
        Field("name", "text", "名称", "Name", width=40, required=True),
        Field("title", "text", "说明", "Title", width=100),
        Field("valid_from", "date", "启用日期", "Valid from"),
        Field("parameters", "json", "参数", "Parameters", required=True),
    ),
    key=("name",),
    group="book",
)

CHANGE_LOG = Table(
    "change_log",
    "变更日志",
    "Change log",
    (
        Field("table_name", "text", "表", "Table", width=40, required=True),
        Field("row_uuid", "text", "行标识", "Row", width=36),
        Field("action", "text", "操作", "Action", width=10, required=True, codes="log_action"),
        Field("changes", "json", "变更内容", "What changed"),
        Field("n_rows", "integer", "行数", "Rows", required=True, low=0),
    ),
    group="book",
    audited=False,
)
"""The time of a change is the row's ``created_at``; who made it is ``editor``."""

TABLES_HERE = (WORKSPACE, CODE_LIST, RULE_SET, CHANGE_LOG)
