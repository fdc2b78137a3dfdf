"""Begin a new year with last year's plan as its draft."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterNumber,
)

from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.language import translate
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.workspace.plans import adopt_plan, rolled_over
from linzhang_plugin.workspace.store import open_workspace


class RolloverYear(LinzhangAlgorithm):
    """WORKSPACE, YEAR → the plan of the year before as the draft of YEAR, to be worked on."""

    NAME = "rolloveryear"
    TITLE = tr("Roll over year")
    GROUP = tr("Workspace")

    def declare(self) -> None:
        """Add the parameters and outputs."""
        self.add_workspace()
        integer = QgsProcessingParameterNumber.Type.Integer
        self.add(
            QgsProcessingParameterNumber(
                "YEAR", translate(tr("New year")), integer, 2025, False, 1990, 2100
            )
        )
        self.add(
            QgsProcessingParameterBoolean("REPLACE", translate(tr("Replace")), False),
            tr("Put the plan in place of a draft that the year has already."),
        )
        for name, title in (
            ("N_GRIDS", tr("Grids")),
            ("N_ASSIGNED", tr("Grids with a ranger")),
            ("N_VACANT", tr("Grids whose ranger has left")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, translate(title)))

    def work(self, call: Call) -> dict[str, Any]:
        """Copy the plan; grids, codes and borders stay, rangers who left leave a vacancy."""
        workspace = open_workspace(call.workspace())
        year = call.integer("YEAR")
        grids, stand_grid = rolled_over(workspace, year)
        done = adopt_plan(workspace, year, grids, stand_grid, "draft", call.switch("REPLACE"))
        vacant = len(done.grid) - done.n_assigned
        call.say(
            Message(
                tr("{n} grids taken over into {year}; {vacant} have no ranger on duty."),
                {"n": len(done.grid), "year": year, "vacant": vacant},
            )
        )
        return {"N_GRIDS": len(done.grid), "N_ASSIGNED": done.n_assigned, "N_VACANT": vacant}
