"""Algorithms of the room `hills`, one a file."""

from __future__ import annotations

from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.hills.delineatehills import DelineateHills
from linzhang_plugin.processing.hills.delineateunits import DelineateUnits
from linzhang_plugin.processing.hills.hillresponsibility import HillResponsibility
from linzhang_plugin.processing.hills.importduties import ImportDuties
from linzhang_plugin.processing.hills.walkingtime import WalkingTime

ALGORITHMS: list[type[LinzhangAlgorithm]] = [
    DelineateHills,
    DelineateUnits,
    HillResponsibility,
    ImportDuties,
    WalkingTime,
]
