"""Make a new workspace file: every table, trigger and index, code lists and shipped rules."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pandas as pd
import pyproj

from linzhang_plugin.core.messages import InputError, StoreError, tr
from linzhang_plugin.core.progress import Progress, silent
from linzhang_plugin.core.tables.codes import every_code
from linzhang_plugin.core.tables.ddl import create_indices, create_table, quoted
from linzhang_plugin.core.tables.geopackage import (
    APPLICATION_ID,
    METADATA,
    USER_VERSION,
    register,
)
from linzhang_plugin.core.tables.rules import FOLDER, parse
from linzhang_plugin.core.tables.schema import TABLES
from linzhang_plugin.core.tables.triggers import triggers
from linzhang_plugin.workspace.backup import backup_path, copy_database, settle
from linzhang_plugin.workspace.connection import is_sound, said
from linzhang_plugin.workspace.shapes import add_functions
from linzhang_plugin.workspace.store import Workspace, open_workspace
from linzhang_plugin.workspace.version import SCHEMA_VERSION
from linzhang_plugin.workspace.writer import Writer


def create_workspace(
    path: Path,
    county_code: str,
    county_name: str,
    year: int,
    crs: pyproj.CRS,
    frames: Mapping[str, pd.DataFrame] | None = None,
    sample: bool = False,
    overwrite: bool = False,
    progress: Progress = silent,
) -> Workspace:
    """Create a workspace, with rows where frames are given; the file appears complete or not.

    Args:
        path: The new ``.gpkg`` file.
        county_code: Six digits.
        county_name: Its name.
        year: The plan year worked on first.
        crs: A projected CRS in metres with an EPSG code.
        frames: Rows by table (the sample county).
        sample: The rows are the sample county's; everything shown says 示例.
        overwrite: Replace an existing workspace; it is kept as ``….gpkg.bak``.
        progress: Receives progress.

    Raises:
        InputError: A code, name or CRS that cannot be used.
        StoreError: The file exists, or cannot be written.
    """
    check_county(county_code, county_name, crs)
    if path.exists():
        _make_room(path, sample, overwrite)
    info = {
        "county_code": county_code,
        "county_name": county_name,
        "year": str(year),
        "crs": f"EPSG:{crs.to_epsg()}",
        "sample": "1" if sample else "0",
        "schema_version": str(SCHEMA_VERSION),
    }
    draft = path.with_name(path.name + ".part")
    with said(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
    try:
        with said(path), closing(sqlite3.connect(draft, isolation_level=None)) as connection:
            add_functions(connection)
            _build(connection, draft, crs, info, frames or {}, progress)
            if not is_sound(connection):
                raise StoreError(tr("The new workspace {path} cannot be read back."), path=path)
        settle(path)
        with said(path):
            os.replace(draft, path)
    finally:
        for ending in ("", "-journal"):
            draft.with_name(draft.name + ending).unlink(missing_ok=True)
    return open_workspace(path)


def check_county(county_code: str, county_name: str, crs: pyproj.CRS) -> None:
    """Check what a workspace is created with.

    Raises:
        InputError: In one sentence.
    """
    if len(county_code) != 6 or not county_code.isdigit():
        raise InputError(
            tr("COUNTY_CODE {code} is not six digits, such as 360702."), code=county_code or "-"
        )
    if not county_name.strip():
        raise InputError(tr("COUNTY_NAME is empty; give the county's name."))
    if not crs.is_projected or crs.to_epsg() is None:
        raise InputError(
            tr(
                "CRS {crs} is not a projected system with an EPSG code; choose a CGCS2000 3°"
                " zone such as EPSG:4547."
            ),
            crs=crs.name,
        )
    unit = crs.axis_info[0].unit_name
    if unit not in ("metre", "meter"):
        raise InputError(
            tr("CRS {crs} is in {unit}, not in metres; choose a CGCS2000 3° zone."),
            crs=crs.name,
            unit=unit,
        )


def _make_room(path: Path, sample: bool, overwrite: bool) -> None:
    """Allow an existing file to be replaced: asked for, or a sample by a sample.

    Raises:
        StoreError: It is not to be replaced.
    """
    try:
        old: Workspace | None = open_workspace(path)
    except StoreError:
        old = None
    replaceable = overwrite or (sample and old is not None and old.sample)
    if not replaceable:
        raise StoreError(
            tr("{path} exists already; choose another file, or tick OVERWRITE (it is kept)."),
            path=str(path),
        )
    if old is not None:
        copy_database(path, backup_path(path))


def _build(
    connection: sqlite3.Connection,
    path: Path,
    crs: pyproj.CRS,
    info: Mapping[str, str],
    frames: Mapping[str, pd.DataFrame],
    progress: Progress,
) -> None:
    """Fill a new database in one transaction."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {USER_VERSION}")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("BEGIN")
    srs_id = _add_crs(connection, crs)
    for table in TABLES.values():
        for statement in (create_table(table), *create_indices(table), *register(table, srs_id)):
            connection.execute(statement)
    make_triggers(connection)
    writer = Writer(connection, path, crs, editor="linzhang", action="createworkspace")
    writer.begin()
    writer.set_info(**info)
    writer.upsert("code_list", code_frame())
    writer.upsert("rule_set", rule_frame())
    writer.fill(frames, progress)
    writer.finish()
    connection.execute("COMMIT")
    connection.execute("PRAGMA synchronous = FULL")


def _add_crs(connection: sqlite3.Connection, crs: pyproj.CRS) -> int:
    code = int(crs.to_epsg() or 0)
    wkt = crs.to_wkt("WKT1_GDAL")
    connection_rows = (crs.name, code, "EPSG", code, wkt, crs.name)
    for statement in METADATA:
        connection.execute(statement)
    if code != 4326:
        connection.execute(
            "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", connection_rows
        )
    return code


def make_triggers(connection: sqlite3.Connection) -> None:
    """Drop our triggers and make them again from the schema."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'lz\\_%' ESCAPE '\\'"
    ).fetchall()
    for (name,) in names:
        connection.execute(f"DROP TRIGGER {quoted(name)}")
    for table in TABLES.values():
        for statement in triggers(table, TABLES):
            connection.execute(statement)


def code_frame() -> pd.DataFrame:
    """Give the shipped code lists as rows of ``code_list``."""
    rows: list[dict[str, Any]] = [
        {
            "domain": entry.domain,
            "code": entry.code,
            "zh": entry.zh,
            "en": entry.en,
            "sort": entry.sort,
            "active": True,
        }
        for entry in every_code()
    ]
    return pd.DataFrame(rows)


def rule_frame() -> pd.DataFrame:
    """Give the shipped rule sets as rows of ``rule_set``."""
    rows = []
    for path in sorted(FOLDER.glob("*.json")):
        text = path.read_text(encoding="utf-8")
        rules = parse(text, path.name)
        title = f"{rules.zh} {rules.en}"
        compact = json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True)
        rows.append({"name": rules.name, "title": title[:100], "parameters": compact})
    return pd.DataFrame(rows)
