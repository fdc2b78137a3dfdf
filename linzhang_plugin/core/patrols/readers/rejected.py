"""Rows of a file that gave no fix, each with its line and the reason."""

from __future__ import annotations

from dataclasses import dataclass

from linzhang_plugin.core.messages import Message


@dataclass(frozen=True)
class Rejection:
    """One row that was not taken.

    Attributes:
        file: Name of the file, with its path inside the archive or folder.
        line: Line or row in it from 1; 0 for the whole file.
        reason: Why.
    """

    file: str
    line: int
    reason: Message
