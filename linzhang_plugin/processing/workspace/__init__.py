"""Algorithms of the room `workspace`, one a file."""

from __future__ import annotations

from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.workspace.importstands import ImportStands

ALGORITHMS: list[type[LinzhangAlgorithm]] = [
    ImportStands,
]
