"""Restore a workspace from a backup."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
)

from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.language import translate
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.workspace.restore import replaced_path, restore


class RestoreWorkspace(LinzhangAlgorithm):
    """BACKUP → WORKSPACE; the workspace as it was is kept beside it."""

    NAME = "restoreworkspace"
    TITLE = tr("Restore workspace")
    GROUP = tr("Workspace")

    def declare(self) -> None:
        """Add the parameters and outputs."""
        self.add_workspace()
        self.add(QgsProcessingParameterFile("BACKUP", translate(tr("Backup file"))))
        self.add(
            QgsProcessingParameterBoolean(
                "OTHER_COUNTY", translate(tr("Allow a backup of another county")), False
            ),
            advanced=True,
        )
        self.addOutput(QgsProcessingOutputString("RESTORED", translate(tr("Workspace"))))

    def work(self, call: Call) -> dict[str, Any]:
        """Check the backup, keep what is there, put the backup in its place."""
        path = Path(call.workspace())
        workspace = restore(Path(call.path("BACKUP")), path, call.switch("OTHER_COUNTY"))
        call.say(
            Message(
                tr("{path} is restored; what was there is kept as {kept}."),
                {"path": str(workspace.path), "kept": replaced_path(path).name},
            )
        )
        return {"RESTORED": str(workspace.path)}
