"""Assign rangers: one full-time ranger a grid, least walking, last year's hill preferred."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterRasterLayer,
)

from linzhang_plugin.core.child import run_in_child
from linzhang_plugin.core.grids.assign import BONUS
from linzhang_plugin.core.grids.planjob import Assignment
from linzhang_plugin.core.grids.tables import GRID_RANGER
from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.progress import part
from linzhang_plugin.language import translate
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.grids import asked
from linzhang_plugin.processing.parameters import add_number, add_source, raster_source


class AssignRangers(LinzhangAlgorithm):
    """Grids and rangers → who answers for which grid."""

    NAME = "assignrangers"
    TITLE = tr("Assign rangers to grids")
    GROUP = asked.GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        vector = QgsProcessing.SourceType
        add_source(self, "GRIDS", tr("Grids"), vector.TypeVectorPolygon, False)
        add_source(self, "RANGERS", tr("Rangers"), vector.TypeVector, False)
        add_source(self, "PREVIOUS", tr("Last year's grids"), vector.TypeVectorPolygon)
        self.add(
            QgsProcessingParameterRasterLayer("DEM", translate(tr("Elevation (DEM)")), None, True)
        )
        add_source(self, "ROADS", tr("Roads"), vector.TypeVectorLine)
        add_number(self, "BONUS", tr("Minutes that keeping last year's hill is worth"),
                         BONUS, least=0)  # fmt: skip
        self.add_sink("GRID_RANGER", GRID_RANGER)
        for name, title in (("N_ASSIGNED", tr("Grids with a ranger")),
                            ("N_VACANT", tr("Grids without a ranger")),
                            ("N_LEFT", tr("Rangers without a grid"))):  # fmt: skip
            self.addOutput(QgsProcessingOutputNumber(name, translate(title)))

    def work(self, call: Call) -> dict[str, Any]:
        """Read, assign in a child process, write."""
        grids = call.frame("GRIDS")
        rangers = call.frame("RANGERS", needs_crs=False)
        assert grids is not None and rangers is not None
        rules = asked.read_rules(call)
        made, left = run_in_child(
            "linzhang_plugin.core.grids.planjob:assign_layers",
            (
                Assignment(grids, rangers, call.frame("PREVIOUS"),
                           raster_source(call, "DEM") or None, call.frame("ROADS"),
                           float(call.number("BONUS") or 0.0), rules),
            ),
            part(call.progress, 0.05, 0.9),
        )  # fmt: skip
        if left:
            call.say(
                Message(
                    tr("{n} rangers have no grid and can assist: {ids}."),
                    {"n": len(left), "ids": ", ".join(left[:20]) + ("…" if len(left) > 20 else "")},
                )
            )
        assigned = int(made["ranger_id"].notna().sum())
        return {
            "GRID_RANGER": call.write("GRID_RANGER", made, GRID_RANGER),
            "N_ASSIGNED": assigned,
            "N_VACANT": len(made) - assigned,
            "N_LEFT": len(left),
        }
