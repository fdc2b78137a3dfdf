"""Forms of a project's layers: aliases, drop-downs from the code lists, hidden bookkeeping."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsDefaultValue,
    QgsEditorWidgetSetup,
    QgsFieldConstraints,
    QgsVectorLayer,
)

from linzhang_plugin.core.tables.ddl import columns_of
from linzhang_plugin.core.tables.field import Field, Table
from linzhang_plugin.core.tables.slope_moves import SLOPE_MOVES
from linzhang_plugin.core.tables.standard import ROW_VERSION_FORM

HIDDEN = ("fid", "uuid", "row_version", "created_at", "updated_at", "raw_json")
DEFAULTS: dict[str, tuple[str, bool]] = {
    "uuid": ("uuid('WithoutBraces')", False),
    "row_version": (ROW_VERSION_FORM, True),
    "editor": ("coalesce(nullif(@user_full_name, ''), @user_account_name)", True),
}
"""Expression of a standard column, and whether it is evaluated at every change."""


def dress_form(layer: QgsVectorLayer, table: Table, codes: Any, language: str) -> None:
    """Give a layer's fields their titles, widgets, defaults and constraints.

    Args:
        layer: A layer of the workspace.
        table: Its description.
        codes: Rows of ``code_list``.
        language: ``zh`` or ``en``.
    """
    fields = layer.fields()
    for field in columns_of(table):
        index = fields.lookupField(field.name)
        if index < 0:
            continue
        layer.setFieldAlias(index, field.zh if language == "zh" else field.en)
        layer.setEditorWidgetSetup(index, widget_of(field, codes, language))
        if field.required and field.name not in DEFAULTS:
            layer.setFieldConstraint(
                index,
                QgsFieldConstraints.Constraint.ConstraintNotNull,
                QgsFieldConstraints.ConstraintStrength.ConstraintStrengthHard,
            )
        if field.name in DEFAULTS:
            expression, always = DEFAULTS[field.name]
            layer.setDefaultValueDefinition(index, QgsDefaultValue(expression, always))
    if table.name == "bare_slope":
        _legal_status_only(layer, language)
    hidden = QgsEditorWidgetSetup("Hidden", {})
    index = fields.lookupField("fid")
    if index >= 0:
        layer.setEditorWidgetSetup(index, hidden)
    if table.key:
        layer.setDisplayExpression(" || ' ' || ".join(f'"{name}"' for name in title_fields(table)))


def legal_status() -> str:
    """Give the expression that a bare slope's status follows its stored one as it may."""
    ways = ", ".join(
        f"'{old}', array({', '.join(repr(status) for status in (old, *new))})"
        for old, new in SLOPE_MOVES.items()
    )
    stored = "attribute(get_feature_by_id(@layer, $id), 'status')"
    return f'array_contains(map_get(map({ways}), coalesce({stored}, "status")), "status")'


def _legal_status_only(layer: QgsVectorLayer, language: str) -> None:
    """Have the form refuse a status that may not follow; the store refuses it anyway."""
    index = layer.fields().lookupField("status")
    said = "状态须按流程流转" if language == "zh" else "The status must follow the life cycle"
    layer.setConstraintExpression(index, legal_status(), said)
    layer.setFieldConstraint(
        index,
        QgsFieldConstraints.Constraint.ConstraintExpression,
        QgsFieldConstraints.ConstraintStrength.ConstraintStrengthHard,
    )


def title_fields(table: Table) -> list[str]:
    """Give the columns a row is called by in lists: its name and the last part of its key."""
    names = [name for name in table.names if name.endswith("name") and name != "place_name"]
    return [*names[:1], *(n for n in table.key[:1] if n not in names[:1])]


def widget_of(field: Field, codes: Any, language: str) -> QgsEditorWidgetSetup:
    """Give the widget of a field."""
    if field.name in HIDDEN:
        return QgsEditorWidgetSetup("Hidden", {})
    if field.codes:
        rows = codes[(codes["domain"] == field.codes) & codes["active"].astype(bool)]
        titles = rows["zh"] if language == "zh" else rows["en"]
        entries = [{title: code} for title, code in zip(titles, rows["code"], strict=True)]
        return QgsEditorWidgetSetup("ValueMap", {"map": entries})
    if field.kind == "boolean":
        return QgsEditorWidgetSetup("CheckBox", {})
    if field.kind == "date":
        return QgsEditorWidgetSetup(
            "DateTime",
            {
                "allow_null": True,
                "calendar_popup": True,
                "display_format": "yyyy-MM-dd",
                "field_format": "yyyy-MM-dd",
            },
        )
    long = field.kind == "json" or field.name == "note"
    return QgsEditorWidgetSetup("TextEdit", {"IsMultiline": long})
