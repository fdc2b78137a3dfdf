"""Algorithms of the room `slopes`, one a file."""

from __future__ import annotations

from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.slopes.adoptmoves import AdoptMoves
from linzhang_plugin.processing.slopes.adoptreviews import AdoptReviews
from linzhang_plugin.processing.slopes.checksdue import ChecksDue
from linzhang_plugin.processing.slopes.detectbareslopes import DetectBareSlopes
from linzhang_plugin.processing.slopes.importcandidates import ImportCandidates
from linzhang_plugin.processing.slopes.importchecks import ImportChecks
from linzhang_plugin.processing.slopes.importsites import ImportSites
from linzhang_plugin.processing.slopes.prioritizeslopes import PrioritizeSlopes
from linzhang_plugin.processing.slopes.regreeningprogress import RegreeningProgress
from linzhang_plugin.processing.slopes.verifyregreening import VerifyRegreening

ALGORITHMS: list[type[LinzhangAlgorithm]] = [
    AdoptMoves,
    AdoptReviews,
    ChecksDue,
    DetectBareSlopes,
    ImportCandidates,
    ImportChecks,
    ImportSites,
    PrioritizeSlopes,
    RegreeningProgress,
    VerifyRegreening,
]
