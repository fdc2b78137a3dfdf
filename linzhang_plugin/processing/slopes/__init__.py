"""Algorithms of the room `slopes`, one a file."""

from __future__ import annotations

from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.slopes.detectbareslopes import DetectBareSlopes
from linzhang_plugin.processing.slopes.importsites import ImportSites
from linzhang_plugin.processing.slopes.prioritizeslopes import PrioritizeSlopes
from linzhang_plugin.processing.slopes.regreeningprogress import RegreeningProgress
from linzhang_plugin.processing.slopes.verifyregreening import VerifyRegreening

ALGORITHMS: list[type[LinzhangAlgorithm]] = [
    DetectBareSlopes,
    ImportSites,
    PrioritizeSlopes,
    RegreeningProgress,
    VerifyRegreening,
]
