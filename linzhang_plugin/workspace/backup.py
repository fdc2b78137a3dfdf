"""Copies of a workspace by SQLite's backup API: whole and checked, or not there at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from pathlib import Path

from linzhang_plugin.core.messages import StoreError, tr
from linzhang_plugin.workspace.connection import connect, is_sound, said, sentence

PAGES = 4096
"""Pages copied between two looks at the source's lock."""


def backup_path(path: Path) -> Path:
    """Give where a workspace is copied before it is written."""
    return path.with_name(path.name + ".bak")


def settle(path: Path) -> None:
    """Make a database one plain file, so that another may be put in its place.

    A write-ahead log that a program left behind belongs to the old file: beside a new one it
    would damage it.

    Raises:
        StoreError: Another program has the file open and the log is in use.
    """
    if path.exists() and is_database(path):
        with contextlib.closing(connect(path, write=True)) as connection, said(path):
            mode = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
        if mode != "delete":
            raise sentence(path, "locked")
    with said(path):
        for ending in ("-wal", "-shm", "-journal"):
            path.with_name(path.name + ending).unlink(missing_ok=True)


def is_database(path: Path) -> bool:
    """Tell whether a file begins as SQLite files do."""
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\x00"


def copy_database(source: Path, target: Path) -> None:
    """Copy a database consistently, an open WAL included; replaces ``target`` at the end.

    Raises:
        StoreError: The source is damaged, or there is no room or no permission for the copy.
    """
    draft = target.with_name(target.name + ".part")
    with said(target):
        free = shutil.disk_usage(target.parent).free
        if free < source.stat().st_size:
            raise sentence(target, "disk is full")
        draft.unlink(missing_ok=True)
    try:
        with (
            contextlib.closing(connect(source)) as origin,
            said(target),
            contextlib.closing(sqlite3.connect(draft, isolation_level=None)) as copy,
        ):
            origin.backup(copy, pages=PAGES)
            # A copy is one file: no log of its own beside it.
            copy.execute("PRAGMA journal_mode = DELETE")
            sound = is_sound(copy)
        if not sound:
            raise StoreError(
                tr("The file {path} is damaged or no GeoPackage; restore a backup."),
                path=str(source),
            )
        settle(target)
        with said(target):
            os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)
