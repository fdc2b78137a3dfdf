"""Put a backup in a workspace's place; what was there is kept beside it."""

from __future__ import annotations

from pathlib import Path

from linzhang_plugin.core.messages import InputError, StoreError, tr
from linzhang_plugin.workspace.backup import copy_database, settle
from linzhang_plugin.workspace.connection import opened
from linzhang_plugin.workspace.store import Workspace, open_workspace


def replaced_path(path: Path) -> Path:
    """Give where the workspace that a backup replaces is kept."""
    return path.with_name(path.name + ".replaced")


def restore(backup: Path, path: Path, other_county: bool = False) -> Workspace:
    """Restore a backup.

    Args:
        backup: A copy made by backupworkspace, or a ``.bak`` file.
        path: The workspace; it may be damaged or missing.
        other_county: Allow a backup of another county.

    Raises:
        InputError: The backup is the workspace itself, or of another county; or the workspace
            is a folder or another sound database.
        StoreError: The backup is no sound workspace, or the workspace is in use.
    """
    if backup.resolve() == path.resolve():
        raise InputError(tr("The backup is the workspace itself; choose another file."))
    if path.is_dir():
        raise InputError(tr("{path} is a folder; choose the workspace's file."), path=str(path))
    kept = open_workspace(backup)
    try:
        current: Workspace | None = open_workspace(path)
    except StoreError:
        current = None
    if current is not None:
        if current.county_code != kept.county_code and not other_county:
            raise InputError(
                tr("The backup is of county {backup}, the workspace of {county}; choose another."),
                backup=kept.county_code,
                county=current.county_code,
            )
        # Nobody may be writing while the file is changed under him.
        with opened(path, write=True) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
        copy_database(path, replaced_path(path))
    elif path.exists():
        if _is_another_database(path):
            raise InputError(
                tr("{path} holds other data and no workspace; choose the workspace's file."),
                path=str(path),
            )
        settle(path)
        path.replace(replaced_path(path))
    copy_database(backup, path)
    return open_workspace(path)


def _is_another_database(path: Path) -> bool:
    """Tell whether a file has tables, and none of those by which a workspace is known."""
    try:
        with opened(path) as connection:
            tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            names = {name for (name,) in tables}
            return bool(names) and not names & {"workspace", "grid_stand"}
    except StoreError:
        return False
