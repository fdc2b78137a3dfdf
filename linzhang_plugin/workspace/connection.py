"""Connections to a GeoPackage, and SQLite's failures as one sentence each."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from linzhang_plugin.core.messages import StoreError, tr
from linzhang_plugin.workspace.shapes import add_functions

WAIT_S = 5.0
"""How long a writer waits for another one."""


def connect(path: Path, write: bool = False, wait: float = WAIT_S) -> sqlite3.Connection:
    """Open a GeoPackage, read-only unless ``write``; transactions are begun by hand.

    Raises:
        StoreError: The file is missing, read-only, or cannot be opened.
    """
    if not path.is_file():
        raise StoreError(tr("There is no workspace at {path}; check the path."), path=str(path))
    if write and not writable(path):
        raise StoreError(
            tr("The workspace {path} is read-only; allow writing or copy it elsewhere."),
            path=str(path),
        )
    # After a crash the journal beside the file has to be played back, which a reader cannot.
    left = path.with_name(path.name + "-journal").exists() and writable(path)
    mode = "rw" if write or left else "ro"
    with said(path):
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=wait, isolation_level=None
        )
        add_functions(connection)
        connection.execute("PRAGMA foreign_keys = OFF")
    return connection


def writable(path: Path) -> bool:
    """Tell whether a file may be changed; a file without write bits is left alone by root too."""
    return bool(path.stat().st_mode & 0o222) and os.access(path, os.W_OK)


@contextlib.contextmanager
def opened(path: Path, write: bool = False, wait: float = WAIT_S) -> Iterator[sqlite3.Connection]:
    """Open a connection and close it again; failures inside become a StoreError."""
    connection = connect(path, write, wait)
    try:
        with said(path):
            yield connection
    finally:
        connection.close()


@contextlib.contextmanager
def said(path: Path) -> Iterator[None]:
    """Turn SQLite's and the system's errors about a file into a StoreError.

    Raises:
        StoreError: With the sentence for what happened.
    """
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise StoreError(
            tr("The workspace refused a row: {reason}. Nothing was written."), reason=str(error)
        ) from error
    except UnicodeDecodeError as error:
        # Text that is no UTF-8 is only met in a damaged file.
        raise sentence(path, "malformed") from error
    except sqlite3.Error as error:
        raise sentence(path, str(error)) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
            raise sentence(path, "disk is full") from error
        if error.errno in (errno.EACCES, errno.EROFS, errno.EPERM):
            raise sentence(path, "readonly") from error
        raise StoreError(
            tr("{path} cannot be used: {reason}."), path=str(path), reason=str(error)
        ) from error


def sentence(path: Path, reason: str) -> StoreError:
    """Give the error that says what SQLite's words mean for the user."""
    name = str(path)
    if "locked" in reason or "busy" in reason:
        return StoreError(
            tr(
                "The workspace {path} is being written by another program; save or close it"
                " there and try again."
            ),
            path=name,
        )
    if "readonly" in reason or "unable to open" in reason:
        return StoreError(
            tr("The workspace {path} is read-only; allow writing or copy it elsewhere."), path=name
        )
    if "full" in reason or "disk I/O" in reason:
        return StoreError(
            tr("The disk of {path} is full; free some space. The workspace is as it was."),
            path=name,
        )
    if "not a database" in reason or "malformed" in reason or "corrupt" in reason:
        return StoreError(
            tr("The file {path} is damaged or no GeoPackage; restore a backup."), path=name
        )
    return StoreError(tr("{path} cannot be used: {reason}."), path=name, reason=reason)


def is_sound(connection: sqlite3.Connection) -> bool:
    """Tell whether SQLite finds every page and row in order (``PRAGMA quick_check``)."""
    try:
        return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return False
