"""Columns of a frame as SQLite takes them, and rows from SQLite as a frame's columns."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.core.tables.field import Field, Table


def stored(column: pd.Series, field: Field, table: Table) -> list[Any]:
    """Give a column's values for the store; missing ones are None.

    Raises:
        InputError: A value is not of the field's kind; it names table, field and row.
    """
    made = []
    for row, value in enumerate(column.tolist()):
        try:
            made.append(stored_value(value, field.kind))
        except (ValueError, TypeError) as error:
            raise InputError(
                tr("Table {table}, field {field}, row {row}: {value} is not a {kind}; correct it."),
                table=table.name,
                field=field.name,
                row=row + 1,
                value=str(value),
                kind=field.kind,
            ) from error
    return made


def stored_value(value: Any, kind: str) -> Any:
    """Give one value for the store.

    Raises:
        ValueError: It cannot be of that kind.
    """
    if kind == "json":
        return _json(value)
    if is_missing(value):
        return None
    if kind == "integer":
        return _integer(value)
    if kind == "real":
        number = float(value)
        return number if np.isfinite(number) else None
    if kind == "boolean":
        return int(bool(value))
    if kind == "date":
        return _date(value)
    if kind == "datetime":
        return value.isoformat() if hasattr(value, "isoformat") else str(value)
    return _text(value)


def is_missing(value: Any) -> bool:
    """Tell whether a cell holds nothing."""
    if value is None or value is pd.NaT or value is pd.NA:
        return True
    return bool(np.isscalar(value) and pd.isna(value))


def _json(value: Any) -> str | None:
    if isinstance(value, str):
        json.loads(value)
        return value
    if isinstance(value, (dict, list, tuple)):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    if is_missing(value):
        return None
    raise ValueError(value)


def _integer(value: Any) -> int:
    number = int(value)
    if float(value) != number:
        raise ValueError(value)
    return number


def _date(value: Any) -> str:
    if isinstance(value, (datetime.datetime, pd.Timestamp)):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    return datetime.date.fromisoformat(str(value)[:10]).isoformat()


def _text(value: Any) -> str | None:
    # A code read as a number is written without the ".0" that a float column brings.
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value).strip()
    return text or None


def loaded(values: Sequence[Any], field: Field) -> Any:
    """Give a column for a frame: plain types without gaps, pandas' nullable ones with."""
    gaps = any(value is None for value in values)
    if field.kind == "real":
        return np.array([np.nan if v is None else v for v in values], dtype=np.float64)
    if field.kind == "integer":
        return pd.array(list(values), dtype="Int64") if gaps else np.array(values, dtype=np.int64)
    if field.kind == "boolean":
        plain = [None if v is None else bool(v) for v in values]
        return pd.array(plain, dtype="boolean") if gaps else np.array(plain, dtype=np.bool_)
    return pd.Series(list(values), dtype=object)


def frame_of(rows: Iterable[Sequence[Any]], fields: Sequence[Field]) -> pd.DataFrame:
    """Make a frame of fetched rows."""
    columns = list(zip(*rows, strict=True)) or [()] * len(fields)
    return pd.DataFrame(
        {field.name: loaded(values, field) for field, values in zip(fields, columns, strict=True)}
    )
