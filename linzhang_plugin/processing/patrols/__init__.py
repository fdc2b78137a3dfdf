"""Algorithms of the room `patrols`, one a file."""

from __future__ import annotations

from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.patrols.assesspatrols import AssessPatrols
from linzhang_plugin.processing.patrols.importtraces import ImportTraces

ALGORITHMS: list[type[LinzhangAlgorithm]] = [ImportTraces, AssessPatrols]
