"""The columns that every stored table has besides those of its schema."""

from __future__ import annotations

import uuid

from linzhang_plugin.core.tables.field import Field

NAMESPACE = uuid.UUID("6c696e7a-6861-5e67-8f66-6f7265737431")
"""Namespace of the uuids that are made from natural keys."""

UUID = Field("uuid", "text", "唯一标识", "Unique id", width=36, required=True)
ROW_VERSION = Field("row_version", "integer", "行版本", "Row version", required=True)
CREATED_AT = Field("created_at", "datetime", "创建时间", "Created at", required=True)
UPDATED_AT = Field("updated_at", "datetime", "修改时间", "Updated at", required=True)
EDITOR = Field("editor", "text", "编辑人", "Editor", width=60)
NOTE = Field("note", "text", "备注", "Note")

ROW_VERSION_FORM = 'CASE WHEN "row_version" IS NULL THEN 1 ELSE -abs("row_version") END'
"""QGIS expression of a form's ``row_version``: the version that the edit started from."""

TAIL = (NOTE, EDITOR, ROW_VERSION, CREATED_AT, UPDATED_AT)
"""Standard columns after the table's own; ``fid`` and ``uuid`` stand before them."""

GEOMETRY = "geom"
"""Name of the geometry column."""


def row_uuid(table: str, key: tuple[object, ...]) -> str:
    """Give the uuid5 of a row from its table and natural key: the same row, the same uuid.

    Example:
        >>> row_uuid("grid", ("360702104W001", 2025))
        'fc354887-2a83-557c-bab3-84f0c71b78ff'
    """
    return str(uuid.uuid5(NAMESPACE, "/".join([table, *(str(part) for part in key)])))
