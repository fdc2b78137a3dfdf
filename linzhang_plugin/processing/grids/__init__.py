"""Algorithms of the room `grids`, one a file."""

from __future__ import annotations

from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.grids.optimizegrids import OptimizeGrids

ALGORITHMS: list[type[LinzhangAlgorithm]] = [OptimizeGrids]
