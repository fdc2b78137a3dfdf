"""Algorithms of the room `workspace`, one a file."""

from __future__ import annotations

from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.workspace.adoptgrids import AdoptGrids
from linzhang_plugin.processing.workspace.backupworkspace import BackupWorkspace
from linzhang_plugin.processing.workspace.checkworkspace import CheckWorkspace
from linzhang_plugin.processing.workspace.createworkspace import CreateWorkspace
from linzhang_plugin.processing.workspace.exportgrids import ExportGrids
from linzhang_plugin.processing.workspace.importadmin import ImportAdmin
from linzhang_plugin.processing.workspace.importgrids import ImportGrids
from linzhang_plugin.processing.workspace.importpersons import ImportPersons
from linzhang_plugin.processing.workspace.importstands import ImportStands
from linzhang_plugin.processing.workspace.loadplan import LoadPlan
from linzhang_plugin.processing.workspace.migrateworkspace import MigrateWorkspace
from linzhang_plugin.processing.workspace.restoreworkspace import RestoreWorkspace
from linzhang_plugin.processing.workspace.rolloveryear import RolloverYear

ALGORITHMS: list[type[LinzhangAlgorithm]] = [
    RolloverYear,
    MigrateWorkspace,
    ExportGrids,
    RestoreWorkspace,
    BackupWorkspace,
    CheckWorkspace,
    CreateWorkspace,
    LoadPlan,
    AdoptGrids,
    ImportAdmin,
    ImportStands,
    ImportPersons,
    ImportGrids,
]
