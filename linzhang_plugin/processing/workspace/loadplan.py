"""Load a year's plan: the layers that optimizegrids starts from."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingOutputNumber, QgsProcessingParameterNumber

from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.tables.plan_tables import PLAN_GRID, PLAN_RANGER, PLAN_STAND
from linzhang_plugin.language import translate
from linzhang_plugin.processing import bridge
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.workspace.plans import read_plan
from linzhang_plugin.workspace.store import open_workspace


class LoadPlan(LinzhangAlgorithm):
    """WORKSPACE, YEAR → STANDS, RANGERS, GRIDS."""

    NAME = "loadplan"
    TITLE = tr("Load plan")
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
        self.add_sink("STANDS", PLAN_STAND)
        self.add_sink("RANGERS", PLAN_RANGER)
        self.add_sink("GRIDS", PLAN_GRID)
        for name, title in (
            ("N_STANDS", tr("Stands")),
            ("N_RANGERS", tr("Rangers")),
            ("N_VACANT", tr("Vacant posts")),
            ("N_GRIDS", tr("Grids")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, translate(title)))

    def work(self, call: Call) -> dict[str, Any]:
        """Read the workspace, then write the sinks."""
        workspace = open_workspace(call.workspace())
        year = call.integer("YEAR")
        plan = read_plan(workspace, year)
        vacant = int((plan.rangers["person_id"] == "").sum())
        if plan.previous_year is None and plan.stands["previous_grid_code"].isna().all():
            call.warn(
                Message(
                    tr("There is no plan before {year}; the grids are divided afresh."),
                    {"year": year},
                )
            )
        elif plan.previous_year is not None:
            call.say(
                Message(
                    tr("Last year's plan is that of {previous}; {year} has {own}."),
                    {
                        "previous": plan.previous_year,
                        "year": year,
                        "own": Message(tr("a plan of its own"))
                        if plan.has_plan
                        else Message(tr("none yet")),
                    },
                )
            )
        crs = bridge.qgis_crs(workspace.crs)
        results: dict[str, Any] = {
            "STANDS": call.write("STANDS", plan.stands, PLAN_STAND, crs),
            "RANGERS": call.write("RANGERS", plan.rangers, PLAN_RANGER, crs),
            "GRIDS": call.write("GRIDS", plan.grids, PLAN_GRID, crs),
        }
        return {
            **{name: value for name, value in results.items() if value},
            "N_STANDS": len(plan.stands),
            "N_RANGERS": len(plan.rangers) - vacant,
            "N_VACANT": vacant,
            "N_GRIDS": len(plan.grids),
        }
