"""Limits that a hostile or broken file cannot pass."""

from __future__ import annotations

from dataclasses import dataclass

from linzhang_plugin.core.messages import Message


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes.

    Attributes:
        file: Largest single file.
        archive: Largest sum of an archive's unpacked members.
        members: Most members of an archive.
        nesting: Archives inside archives.
        depth: Elements inside elements of XML, brackets inside brackets of JSON.
    """

    file: int = 1 << 30
    archive: int = 4 << 30
    members: int = 200_000
    nesting: int = 2
    depth: int = 64


DOCTYPE = Message("The file declares a DOCTYPE, which tracks never need and attacks do; refused.")
TOO_DEEP = Message("Elements are nested deeper than tracks ever are; refused.")
TOO_LARGE = Message("The file is larger than is safe to read; split it.")


class RefusedError(Exception):
    """A file that is not read further, with the reason for the rejection."""

    def __init__(self, reason: Message) -> None:
        """Keep the reason."""
        super().__init__(reason.template)
        self.reason = reason
