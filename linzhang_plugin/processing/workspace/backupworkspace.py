"""Back up a workspace into one checked file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsProcessingOutputNumber, QgsProcessingParameterFileDestination

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.language import translate
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.workspace.backup import copy_database
from linzhang_plugin.workspace.store import open_workspace


class BackupWorkspace(LinzhangAlgorithm):
    """WORKSPACE → BACKUP, copied while others may be reading and checked afterwards."""

    NAME = "backupworkspace"
    TITLE = tr("Back up workspace")
    GROUP = tr("Workspace")

    def declare(self) -> None:
        """Add the parameters and outputs."""
        self.add_workspace()
        self.add(
            QgsProcessingParameterFileDestination(
                "BACKUP", translate(tr("Backup file")), "GeoPackage (*.gpkg)"
            )
        )
        self.addOutput(QgsProcessingOutputNumber("SIZE_MB", translate(tr("Size (MB)"))))

    def work(self, call: Call) -> dict[str, Any]:
        """Copy and check."""
        workspace = open_workspace(call.workspace())
        target = Path(call.output_path("BACKUP"))
        if target.resolve() == workspace.path.resolve():
            raise InputError(tr("BACKUP is the workspace itself; choose another file."))
        copy_database(workspace.path, target)
        open_workspace(target)
        size = target.stat().st_size / 1e6
        call.say(
            Message(
                tr("Backed up to {path} ({size} MB), checked."),
                {"path": str(target), "size": round(size, 1)},
            )
        )
        return {"BACKUP": str(target), "SIZE_MB": size}
