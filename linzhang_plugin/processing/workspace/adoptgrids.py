"""Adopt a plan: the only algorithm that writes a year's grids into the workspace."""

from __future__ import annotations

import datetime
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.language import translate
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.workspace.plans import STATUSES, adopt_plan
from linzhang_plugin.workspace.store import open_workspace


class AdoptGrids(LinzhangAlgorithm):
    """GRIDS and STAND_GRID of optimizegrids → tables grid, grid_stand, assignment."""

    NAME = "adoptgrids"
    TITLE = tr("Adopt grids")
    GROUP = tr("Workspace")

    def declare(self) -> None:
        """Add the parameters and outputs."""
        self.add_workspace()
        integer = QgsProcessingParameterNumber.Type.Integer
        self.add(
            QgsProcessingParameterNumber(
                "YEAR", translate(tr("Year")), integer, 2024, False, 1990, 2100
            )
        )
        polygons = [QgsProcessing.SourceType.TypeVectorPolygon]
        self.add(
            QgsProcessingParameterFeatureSource("GRIDS", translate(tr("Grids")), polygons),
            tr("The plan's grids; grid_code and ranger_id are read from here."),
        )
        self.add(
            QgsProcessingParameterFeatureSource(
                "STAND_GRID",
                translate(tr("Stands with their grid")),
                [QgsProcessing.SourceType.TypeVector],
            ),
            tr("stand_id and grid_code; share where a stand is cut."),
        )
        titles = [tr("Draft"), tr("Proposed"), tr("Confirmed")]
        self.add(
            QgsProcessingParameterEnum(
                "STATUS", translate(tr("Status")), [translate(t) for t in titles], False, 0
            ),
            tr("Confirming freezes the year's borders and codes for good."),
        )
        self.add(
            QgsProcessingParameterBoolean("REPLACE", translate(tr("Replace")), False),
            tr("Put the plan in place of a draft that the year has already."),
        )
        self.add(
            QgsProcessingParameterString(
                "CONFIRMED_ON", translate(tr("Confirmed on")), "", False, True
            ),
            tr("Date as 2024-03-31; empty: today."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterString("EDITOR", translate(tr("Editor")), "", False, True),
            advanced=True,
        )
        for name, title in (("N_GRIDS", tr("Grids")), ("N_ASSIGNED", tr("Grids with a ranger"))):
            self.addOutput(QgsProcessingOutputNumber(name, translate(title)))

    def work(self, call: Call) -> dict[str, Any]:
        """Check everything, then write in one transaction."""
        workspace = open_workspace(call.workspace())
        grids = call.frame("GRIDS")
        stand_grid = call.frame("STAND_GRID", needs_crs=False)
        assert grids is not None and stand_grid is not None
        status = STATUSES[call.choice("STATUS")]
        year = call.integer("YEAR")
        adoption = adopt_plan(
            workspace,
            year,
            grids,
            stand_grid,
            status,
            call.switch("REPLACE"),
            self._confirmed_on(call) if status == "confirmed" else None,
            call.text("EDITOR"),
        )
        call.say(
            Message(
                tr("{n} grids of {year} adopted, {assigned} with a full-time ranger."),
                {"n": len(adoption.grid), "year": year, "assigned": adoption.n_assigned},
            )
        )
        return {"N_GRIDS": len(adoption.grid), "N_ASSIGNED": adoption.n_assigned}

    def _confirmed_on(self, call: Call) -> str:
        text = call.text("CONFIRMED_ON")
        try:
            day = datetime.date.fromisoformat(text) if text else datetime.date.today()
        except ValueError as error:
            raise InputError(
                tr("CONFIRMED_ON {text} is no date; write it as 2024-03-31."), text=text
            ) from error
        return day.isoformat()
