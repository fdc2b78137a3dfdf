"""Bring an older workspace to this version's format, with a backup, in one transaction.

What a new version adds (tables, columns, code lists, rule sets, triggers) is added from the
schema; a step is only written where rows have to be converted.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import pyproj

from linzhang_plugin.core.messages import StoreError, tr
from linzhang_plugin.core.tables.ddl import (
    GEOPACKAGE,
    column,
    columns_of,
    create_indices,
    create_table,
    quoted,
)
from linzhang_plugin.core.tables.geopackage import register
from linzhang_plugin.core.tables.schema import TABLES
from linzhang_plugin.workspace.backup import backup_path, copy_database
from linzhang_plugin.workspace.connection import connect, is_sound, opened, said
from linzhang_plugin.workspace.create import code_frame, make_triggers, rule_frame
from linzhang_plugin.workspace.version import SCHEMA_VERSION
from linzhang_plugin.workspace.writer import Writer

Step = Callable[[sqlite3.Connection], None]

STEPS: Mapping[int, Step] = {}
"""Conversion of rows by the version that it leads to."""


def migrate(path: Path, steps: Mapping[int, Step] = STEPS, target: int = SCHEMA_VERSION) -> int:
    """Migrate a workspace; one of this version is completed where it lacks something.

    Args:
        path: The GeoPackage; it is kept as ``….gpkg.bak``.
        steps: Conversions by the version they lead to.
        target: The version to reach.

    Returns:
        The version that it had.

    Raises:
        StoreError: It is no workspace, newer, locked or cannot be written; it is as it was.
    """
    with opened(path) as reader:
        version = version_of(reader, path)
    if version > target:
        raise StoreError(
            tr("The workspace {path} was made by a newer Linzhang; update the plugin."),
            path=str(path),
        )
    with closing(connect(path, write=True)) as connection:
        with said(path):
            connection.execute("BEGIN IMMEDIATE")
        copy_database(path, backup_path(path))
        try:
            with said(path):
                _drop_triggers(connection)
                for number in range(version + 1, target + 1):
                    if number in steps:
                        steps[number](connection)
                complete(connection, path)
                connection.execute(
                    "UPDATE workspace SET value = ?, row_version = row_version + 1"
                    " WHERE name = 'schema_version' AND value IS NOT ?",
                    (str(target), str(target)),
                )
                if not is_sound(connection):
                    raise StoreError(
                        tr("The file {path} is damaged or no GeoPackage; restore a backup."),
                        path=str(path),
                    )
                connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    return version


def version_of(connection: sqlite3.Connection, path: Path) -> int:
    """Give a workspace's format.

    Raises:
        StoreError: It is no workspace.
    """
    try:
        found = connection.execute(
            "SELECT value FROM workspace WHERE name = 'schema_version'"
        ).fetchone()
    except sqlite3.OperationalError:
        found = None
    if found is None:
        raise StoreError(
            tr("{path} is not a Linzhang workspace; make one with Create workspace."),
            path=str(path),
        )
    return int(found[0])


def _drop_triggers(connection: sqlite3.Connection) -> None:
    """Take our triggers away while rows are converted; ``complete`` makes them anew."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'lz\\_%' ESCAPE '\\'"
    ).fetchall()
    for (name,) in names:
        connection.execute(f"DROP TRIGGER {quoted(name)}")


def complete(connection: sqlite3.Connection, path: Path) -> None:
    """Add tables, columns, codes and rules that the schema has and the file has not."""
    info = dict(connection.execute("SELECT name, value FROM workspace"))
    crs = pyproj.CRS.from_user_input(info["crs"])
    existing = {
        row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    for table in TABLES.values():
        if table.name not in existing:
            srs_id = int(crs.to_epsg() or 0)
            made = (create_table(table), *create_indices(table), *register(table, srs_id))
            for statement in made:
                connection.execute(statement)
            continue
        have = {row[1] for row in connection.execute(f"PRAGMA table_info({quoted(table.name)})")}
        for field in columns_of(table):
            if field.name not in have:
                # A column added to rows that exist cannot be required without a default.
                words = column(field, GEOPACKAGE).replace(" NOT NULL", "")
                connection.execute(f"ALTER TABLE {quoted(table.name)} ADD COLUMN {words}")
    make_triggers(connection)
    writer = Writer(connection, path, crs, "linzhang", "migrate")
    writer.begin()
    for name, shipped in (("code_list", code_frame()), ("rule_set", rule_frame())):
        known = writer.keys(name)
        key = list(TABLES[name].key)
        new = [tuple(row) not in known for row in shipped[key].itertuples(index=False)]
        writer.upsert(name, shipped[new])
    writer.finish()
