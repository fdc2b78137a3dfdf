"""Algorithms of the room `grids`, one a file."""

from __future__ import annotations

from linzhang_plugin.processing.base import LinzhangAlgorithm

ALGORITHMS: list[type[LinzhangAlgorithm]] = []
