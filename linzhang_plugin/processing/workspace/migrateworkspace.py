"""Bring an older workspace up to this version's format."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsProcessingOutputNumber

from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.language import translate
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.workspace.backup import backup_path
from linzhang_plugin.workspace.migrate import migrate
from linzhang_plugin.workspace.store import open_workspace
from linzhang_plugin.workspace.version import SCHEMA_VERSION


class MigrateWorkspace(LinzhangAlgorithm):
    """WORKSPACE of an older version → the same file in this version's format."""

    NAME = "migrateworkspace"
    TITLE = tr("Migrate workspace")
    GROUP = tr("Workspace")

    def declare(self) -> None:
        """Add the parameters and outputs."""
        self.add_workspace()
        self.addOutput(QgsProcessingOutputNumber("VERSION", translate(tr("Format"))))

    def work(self, call: Call) -> dict[str, Any]:
        """Back up, convert, check."""
        path = Path(call.workspace())
        before = migrate(path)
        open_workspace(path)
        call.say(
            Message(
                tr("{path}: format {before} → {now}; the file as it was is kept as {kept}."),
                {
                    "path": str(path),
                    "before": before,
                    "now": SCHEMA_VERSION,
                    "kept": backup_path(path).name,
                },
            )
        )
        return {"VERSION": SCHEMA_VERSION}
