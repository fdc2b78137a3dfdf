"""Algorithms of the room `patrols`, one a file."""

from __future__ import annotations

from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.patrols.adoptcorrections import AdoptCorrections
from linzhang_plugin.processing.patrols.adoptpatrols import AdoptPatrols
from linzhang_plugin.processing.patrols.assessevents import AssessEvents
from linzhang_plugin.processing.patrols.assesspatrols import AssessPatrols
from linzhang_plugin.processing.patrols.importabsences import ImportAbsences
from linzhang_plugin.processing.patrols.importattendance import ImportAttendance
from linzhang_plugin.processing.patrols.importcheckins import ImportCheckins
from linzhang_plugin.processing.patrols.importevents import ImportEvents
from linzhang_plugin.processing.patrols.importobjections import ImportObjections
from linzhang_plugin.processing.patrols.importtraces import ImportTraces
from linzhang_plugin.processing.patrols.patrolcoverage import PatrolCoverage
from linzhang_plugin.processing.patrols.patrolgaps import PatrolGaps
from linzhang_plugin.processing.patrols.patrolnotice import PatrolNotice
from linzhang_plugin.processing.patrols.purgetraces import PurgeTraces
from linzhang_plugin.processing.patrols.rankrangers import RankRangers
from linzhang_plugin.processing.patrols.riskpatrols import RiskPatrols
from linzhang_plugin.processing.patrols.suspecttraces import SuspectTraces

ALGORITHMS: list[type[LinzhangAlgorithm]] = [
    ImportTraces,
    ImportAttendance,
    ImportEvents,
    ImportAbsences,
    ImportCheckins,
    AssessPatrols,
    PatrolCoverage,
    RiskPatrols,
    PatrolGaps,
    SuspectTraces,
    AssessEvents,
    RankRangers,
    AdoptPatrols,
    PatrolNotice,
    ImportObjections,
    AdoptCorrections,
    PurgeTraces,
]
