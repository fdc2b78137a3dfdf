# ruff: noqa: S608 - names in the SQL come from the schema and are quoted, values are bound
"""Rows into a workspace, inside one transaction of :class:`Workspace`."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyproj

from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.core.progress import Progress, silent, step
from linzhang_plugin.core.tables.ddl import columns_of, quoted
from linzhang_plugin.core.tables.field import Table
from linzhang_plugin.core.tables.schema import TABLES
from linzhang_plugin.core.tables.standard import GEOMETRY, row_uuid
from linzhang_plugin.core.tables.triggers import BULK
from linzhang_plugin.workspace.conditions import where_clause
from linzhang_plugin.workspace.shapes import blobs, promoted
from linzhang_plugin.workspace.values import stored

Rows = list[tuple[Any, ...]]


class Writer:
    """Adds, changes and removes rows; made by ``Workspace.transaction``."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        crs: pyproj.CRS,
        editor: str = "",
        action: str = "",
    ) -> None:
        """Write through an open transaction."""
        self.connection = connection
        self.path = path
        self.crs = crs
        self.editor = editor or None
        self.action = action
        self.touched: dict[str, dict[str, int]] = {}

    def begin(self) -> None:
        """Have the triggers log nothing row by row: one entry a table is written at the end."""
        self.connection.execute("INSERT INTO workspace (name, value) VALUES (?, '1')", (BULK,))

    def finish(self) -> None:
        """Write the log's entries, the layers' extents, and let the triggers log again."""
        number = self.connection.execute("SELECT coalesce(max(fid), 0) FROM change_log").fetchone()
        entries = [
            (name, action, rows)
            for name, actions in self.touched.items()
            for action, rows in actions.items()
            if rows and TABLES[name].audited
        ]
        for offset, (name, action, rows) in enumerate(entries, start=1):
            self.connection.execute(
                "INSERT INTO change_log (uuid, editor, note, table_name, action, n_rows)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    row_uuid("change_log", (number[0] + offset,)),
                    self.editor,
                    self.action or None,
                    name,
                    action,
                    rows,
                ),
            )
        for name in self.touched:
            self._extent(TABLES[name])
        self.connection.execute("DELETE FROM workspace WHERE name = ?", (BULK,))

    def remove(self, table: str, where: Mapping[str, Any]) -> int:
        """Delete rows; ``{}`` deletes all of the table."""
        condition, values = where_clause(TABLES[table], where)
        done = self.connection.execute(f"DELETE FROM {quoted(table)}{condition}", values)
        return self._count(table, "delete", done.rowcount)

    def fill(
        self, frames: Mapping[str, pd.DataFrame], progress: Progress = silent
    ) -> dict[str, int]:
        """Add or change rows of several tables, referred-to tables first.

        Years that are new with a confirmed plan are frozen last, after their grids are written.

        Returns:
            Rows added or changed, by table.
        """
        counts: dict[str, int] = {}
        order = [name for name in TABLES if name in frames]
        for number, name in enumerate(order, start=1):
            frame = frames[name]
            if name == "plan_year":
                known = {key[0] for key in self.keys("plan_year")}
                new = frame[~frame["grid_year"].isin(known)]
                counts[name] = self.upsert(name, new.assign(status="draft"))
            else:
                counts[name] = self.upsert(name, frame)
            step(progress, number / len(order))
        if "plan_year" in frames:
            self.upsert("plan_year", frames["plan_year"])
            counts["plan_year"] = len(frames["plan_year"])
        return counts

    def upsert(self, table: str, frame: pd.DataFrame) -> int:
        """Add rows, or change those whose natural key is stored already.

        Only columns that the frame has are written; unchanged rows keep their version.

        Returns:
            Rows added and changed.

        Raises:
            InputError: A value that the table cannot hold, or a natural key given twice.
        """
        description = TABLES[table]
        names, rows = self._rows(description, frame)
        key = [names.index(name) for name in description.key if name in names]
        if len(key) < len(description.key) or not key:
            self._insert(description, names, rows, list(range(len(rows))))
            return self._count(table, "insert", len(rows))
        self._refuse_twice(description, rows, key)
        fids = self._fids(description)
        known = [fids.get(tuple(row[i] for i in key)) for row in rows]
        new = [i for i, fid in enumerate(known) if fid is None]
        self._insert(description, names, rows, new)
        changed = sum(
            self._update(description, names, row, fid)
            for row, fid in zip(rows, known, strict=True)
            if fid is not None
        )
        self._count(table, "update", changed)
        return self._count(table, "insert", len(new)) + changed

    def set_info(self, **values: str) -> None:
        """Set entries of the ``workspace`` table."""
        frame = pd.DataFrame({"name": list(values), "value": list(values.values())})
        self.upsert("workspace", frame)

    # -- rows ------------------------------------------------------------------

    def _rows(self, table: Table, frame: pd.DataFrame) -> tuple[list[str], Rows]:
        """Give the column names and rows that a frame brings to a table."""
        fields = [f for f in columns_of(table) if f.name in frame.columns]
        fields = [f for f in fields if f.name not in ("row_version", "updated_at", "created_at")]
        columns = [stored(frame[f.name], f, table) for f in fields]
        names = [f.name for f in fields]
        if table.geometry and isinstance(frame, gpd.GeoDataFrame):
            names.append(GEOMETRY)
            columns.append(self._blobs(table, frame))
        return names, list(zip(*columns, strict=True)) if columns else []

    def _blobs(self, table: Table, frame: gpd.GeoDataFrame) -> list[bytes | None]:
        shapes = frame.geometry
        if shapes.crs is not None and shapes.crs != self.crs:
            shapes = shapes.to_crs(self.crs)
        try:
            whole = promoted(shapes.to_numpy(), table.geometry)
        except ValueError as error:
            raise InputError(
                tr("Table {table}, row {row}: the geometry is no {kind}; correct it."),
                table=table.name,
                row=int(error.args[0]) + 1,
                kind=table.geometry,
            ) from error
        return blobs(whole, self._srs_id(table))

    def _srs_id(self, table: Table) -> int:
        found = self.connection.execute(
            "SELECT srs_id FROM gpkg_geometry_columns WHERE table_name = ?", (table.name,)
        ).fetchone()
        return int(found[0])

    def _refuse_twice(self, table: Table, rows: Rows, key: Sequence[int]) -> None:
        seen: dict[tuple[Any, ...], int] = {}
        for number, row in enumerate(rows, start=1):
            value = tuple(row[i] for i in key)
            if value in seen:
                raise InputError(
                    tr(
                        "Table {table}: rows {first} and {second} have the same {key} {value};"
                        " each may occur once."
                    ),
                    table=table.name,
                    first=seen[value],
                    second=number,
                    key=", ".join(table.key),
                    value=", ".join(str(v) for v in value),
                )
            seen[value] = number

    def keys(self, table: str) -> set[tuple[Any, ...]]:
        """Give the natural keys that are stored."""
        return set(self._fids(TABLES[table]))

    def _fids(self, table: Table) -> dict[tuple[Any, ...], int]:
        names = ", ".join(quoted(name) for name in table.key)
        rows = self.connection.execute(f"SELECT fid, {names} FROM {quoted(table.name)}")
        return {tuple(row[1:]): row[0] for row in rows}

    def _insert(
        self, table: Table, names: Sequence[str], rows: Rows, picked: Sequence[int]
    ) -> None:
        """Insert rows, with a uuid made from the natural key unless one is given."""
        first = self.connection.execute(
            f"SELECT coalesce(max(fid), 0) FROM {quoted(table.name)}"
        ).fetchone()[0]
        key = [names.index(name) for name in table.key if name in names]
        extra = [name for name in ("uuid", "editor") if name not in names]
        columns = [*names, *extra]
        marks = ", ".join("?" for _ in columns)
        statement = (
            f"INSERT INTO {quoted(table.name)} ({', '.join(quoted(n) for n in columns)})"
            f" VALUES ({marks})"
        )

        def complete() -> Any:
            for offset, index in enumerate(picked, start=1):
                row = rows[index]
                values = tuple(row[i] for i in key) or (first + offset,)
                more = {"uuid": row_uuid(table.name, values), "editor": self.editor}
                yield (*row, *(more[name] for name in extra))

        self.connection.executemany(statement, complete())

    def _update(self, table: Table, names: Sequence[str], row: tuple[Any, ...], fid: int) -> int:
        """Change one row where it differs; gives 1 or 0."""
        moved = " OR ".join(f"{quoted(name)} IS NOT ?" for name in names)
        sets = ", ".join(f"{quoted(name)} = ?" for name in names)
        editor = "" if "editor" in names or self.editor is None else ", editor = ?"
        values = [*row, *([self.editor] if editor else []), fid, *row]
        done = self.connection.execute(
            f"UPDATE {quoted(table.name)} SET {sets}{editor}, row_version = row_version + 1"
            f" WHERE fid = ? AND ({moved})",
            values,
        )
        return done.rowcount

    def _count(self, table: str, action: str, rows: int) -> int:
        actions = self.touched.setdefault(table, {})
        actions[action] = actions.get(action, 0) + rows
        return rows

    def _extent(self, table: Table) -> None:
        if not table.geometry:
            return
        index = quoted(f"rtree_{table.name}_{GEOMETRY}")
        self.connection.execute(
            "UPDATE gpkg_contents SET (min_x, min_y, max_x, max_y) ="
            f" (SELECT min(minx), min(miny), max(maxx), max(maxy) FROM {index})"
            " WHERE table_name = ?",
            (table.name,),
        )
