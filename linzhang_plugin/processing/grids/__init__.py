"""Algorithms of the room `grids`, one a file."""

from __future__ import annotations

from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.grids.assignrangers import AssignRangers
from linzhang_plugin.processing.grids.comparegrids import CompareGrids
from linzhang_plugin.processing.grids.describebounds import DescribeBounds
from linzhang_plugin.processing.grids.evaluategrids import EvaluateGrids
from linzhang_plugin.processing.grids.numbergrids import NumberGrids
from linzhang_plugin.processing.grids.optimizegrids import OptimizeGrids
from linzhang_plugin.processing.grids.printgridmaps import PrintGridMaps
from linzhang_plugin.processing.grids.splitstands import SplitStands
from linzhang_plugin.processing.grids.tradeoffgrids import TradeoffGrids

ALGORITHMS: list[type[LinzhangAlgorithm]] = [
    OptimizeGrids,
    TradeoffGrids,
    EvaluateGrids,
    CompareGrids,
    AssignRangers,
    NumberGrids,
    DescribeBounds,
    SplitStands,
    PrintGridMaps,
]
