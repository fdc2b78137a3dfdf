"""Which rows: a mapping of columns to values as an SQL condition with bound values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from linzhang_plugin.core.tables.ddl import columns_of, quoted
from linzhang_plugin.core.tables.field import Table

Where = Mapping[str, Any]
"""Column → value, or a list of values any of which will do."""


def where_clause(table: Table, where: Where) -> tuple[str, list[Any]]:
    """Give the SQL condition and its values.

    Raises:
        KeyError: A column that the table does not have.
    """
    parts: list[str] = []
    values: list[Any] = []
    known = {field.name for field in columns_of(table)} | {"fid"}
    for name, value in where.items():
        if name not in known:
            raise KeyError(f"{table.name}.{name}")
        if value is None:
            parts.append(f"{quoted(name)} IS NULL")
        elif isinstance(value, Sequence) and not isinstance(value, str):
            parts.append(f"{quoted(name)} IN ({', '.join('?' for _ in value)})")
            values += list(value)
        else:
            parts.append(f"{quoted(name)} = ?")
            values.append(value)
    return (f" WHERE {' AND '.join(parts)}" if parts else ""), values
