# ruff: noqa: S608 - names in the SQL come from the schema and are quoted, values are bound
"""A county workspace in a GeoPackage: open, read, and write in one transaction.

Before the first change of a write the file is copied beside itself (``….gpkg.bak``) by SQLite's
backup API; after the commit the file is checked again from a new connection. A write that fails
leaves the workspace as it was.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyproj

from linzhang_plugin.core.messages import StoreError, tr
from linzhang_plugin.core.tables.ddl import columns_of, quoted
from linzhang_plugin.core.tables.field import Field
from linzhang_plugin.core.tables.geopackage import APPLICATION_ID
from linzhang_plugin.core.tables.schema import TABLES
from linzhang_plugin.core.tables.standard import GEOMETRY
from linzhang_plugin.workspace.backup import backup_path, copy_database
from linzhang_plugin.workspace.conditions import Where, where_clause
from linzhang_plugin.workspace.connection import connect, is_sound, opened, said
from linzhang_plugin.workspace.shapes import from_blobs
from linzhang_plugin.workspace.values import frame_of
from linzhang_plugin.workspace.version import SCHEMA_VERSION
from linzhang_plugin.workspace.writer import Writer


def open_workspace(path: str | Path) -> Workspace:
    """Open a workspace for reading and writing.

    Raises:
        StoreError: The file is missing, damaged, no workspace, of a newer or an older version.
    """
    file = Path(str(path).strip().removeprefix("file://"))
    if not file.suffix and not file.exists():
        raise StoreError(
            tr(
                "{name} is no GeoPackage file; workspaces in PostgreSQL are not supported yet."
                " Give the path of a .gpkg file."
            ),
            name=str(path),
        )
    with opened(file) as connection:
        ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        found = connection.execute(
            "SELECT count(*) FROM sqlite_master WHERE type = 'table'"
            " AND name IN ('workspace', 'gpkg_contents', 'grid_stand')"
        ).fetchone()[0]
        if not ours or found < 3:
            raise StoreError(
                tr("{path} is not a Linzhang workspace; make one with Create workspace."),
                path=str(file),
            )
        if not is_sound(connection):
            raise StoreError(
                tr("The file {path} is damaged or no GeoPackage; restore a backup."),
                path=str(file),
            )
        info = dict(connection.execute("SELECT name, value FROM workspace"))
    _check_version(file, info)
    return Workspace(file, info)


def _check_version(file: Path, info: Mapping[str, str]) -> None:
    version = int(info.get("schema_version") or 0)
    if version > SCHEMA_VERSION:
        raise StoreError(
            tr(
                "The workspace {path} was made by a newer Linzhang (format {version}, this one"
                " knows {known}); update the plugin."
            ),
            path=str(file),
            version=version,
            known=SCHEMA_VERSION,
        )
    if version < SCHEMA_VERSION:
        raise StoreError(
            tr(
                "The workspace {path} is of an older format ({version}, now {known}); migrate it"
                " first: a backup is kept."
            ),
            path=str(file),
            version=version,
            known=SCHEMA_VERSION,
        )


class Workspace:
    """An opened workspace; it holds no connection between calls.

    Attributes:
        path: The GeoPackage.
        info: The ``workspace`` table: county_code, county_name, crs, year, sample …
    """

    def __init__(self, path: Path, info: Mapping[str, str]) -> None:
        """Hold what :func:`open_workspace` has checked."""
        self.path = path
        self.info = dict(info)

    @property
    def crs(self) -> pyproj.CRS:
        """The CRS of all layers."""
        return pyproj.CRS.from_user_input(self.info["crs"])

    @property
    def county_code(self) -> str:
        """Six digits of the county."""
        return self.info.get("county_code", "")

    @property
    def sample(self) -> bool:
        """Whether this is the sample county, marked 示例 wherever it is shown."""
        return self.info.get("sample") == "1"

    def read(
        self, table: str, where: Where | None = None, standard: bool = False
    ) -> gpd.GeoDataFrame | pd.DataFrame:
        """Read rows of a table in the order in which they were stored.

        Args:
            table: Name of a table.
            where: Conditions on its columns, all of which must hold.
            standard: Also give ``fid``, ``uuid``, ``row_version``, times, editor and note.

        Returns:
            A GeoDataFrame in the workspace's CRS where the table has geometry (column
            ``geometry``), else a DataFrame. Texts are str or None, dates ISO text.

        Raises:
            StoreError: The file cannot be read.
            KeyError: There is no such table or column.
        """
        description = TABLES[table]
        fields: list[Field] = list(columns_of(description) if standard else description.fields)
        if standard:
            fields.insert(0, Field("fid", "integer", "序号", "Number"))
        names = [field.name for field in fields] + ([GEOMETRY] if description.geometry else [])
        condition, values = where_clause(description, where or {})
        with opened(self.path) as connection:
            rows = connection.execute(
                f"SELECT {', '.join(quoted(name) for name in names)}"
                f" FROM {quoted(table)}{condition} ORDER BY fid",
                values,
            ).fetchall()
        if not description.geometry:
            return frame_of(rows, fields)
        frame = frame_of((row[:-1] for row in rows), fields)
        shapes = from_blobs([row[-1] for row in rows])
        return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(shapes, crs=self.crs), crs=self.crs)

    def count(self, table: str, where: Where | None = None) -> int:
        """Count rows."""
        condition, values = where_clause(TABLES[table], where or {})
        with opened(self.path) as connection:
            found = connection.execute(
                f"SELECT count(*) FROM {quoted(table)}{condition}", values
            ).fetchone()
        return int(found[0])

    def rule_texts(self) -> dict[str, str]:
        """Give the stored rule sets as JSON by name, for ``load_rules``."""
        frame = self.read("rule_set")
        return dict(zip(frame["name"], frame["parameters"], strict=True))

    @contextlib.contextmanager
    def transaction(self, editor: str = "", action: str = "") -> Iterator[Writer]:
        """Write in one transaction, backed up before and verified after.

        Args:
            editor: Who writes, for the rows and the log.
            action: Name of the algorithm, for the log.

        Raises:
            StoreError: Locked, read-only, disk full, refused by a rule; nothing was written.
        """
        with contextlib.closing(connect(self.path, write=True)) as connection:
            with said(self.path):
                connection.execute("BEGIN IMMEDIATE")
            kept = backup_path(self.path)
            try:
                copy_database(self.path, kept)
                writer = Writer(connection, self.path, self.crs, editor, action)
                with said(self.path):
                    writer.begin()
                    yield writer
                    writer.finish()
                    connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        self._verify(kept)
        self.info = self._fresh_info()

    def write(
        self,
        frames: Mapping[str, pd.DataFrame],
        remove: Mapping[str, Where] | None = None,
        editor: str = "",
        action: str = "",
    ) -> dict[str, int]:
        """Write several tables in one transaction.

        Args:
            frames: Rows by table; a row whose natural key is stored already updates it (only
                the columns that the frame has), any other is added.
            remove: Rows to delete first, by table; ``{}`` as condition deletes all.
            editor: Who writes.
            action: Name of the algorithm.

        Returns:
            Rows added or changed, by table.

        Raises:
            StoreError, InputError: Nothing was written.
        """
        unknown = set(frames) - set(TABLES)
        if unknown:
            raise KeyError(", ".join(sorted(unknown)))
        with self.transaction(editor, action) as writer:
            for name in reversed([name for name in TABLES if name in (remove or {})]):
                writer.remove(name, (remove or {})[name])
            return writer.fill(frames)

    def _verify(self, kept: Path) -> None:
        with opened(self.path) as connection:
            sound = is_sound(connection)
        if not sound:
            copy_database(kept, self.path)
            raise StoreError(
                tr(
                    "What was written to {path} cannot be read back; the workspace was put back"
                    " as it was. Check the disk."
                ),
                path=str(self.path),
            )

    def _fresh_info(self) -> dict[str, str]:
        with opened(self.path) as connection:
            return dict(connection.execute("SELECT name, value FROM workspace"))
