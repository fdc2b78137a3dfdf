"""``linzhang:regreeningprogress``: done ÷ should be green."""

from __future__ import annotations

from typing import Any

import shapely
from qgis.core import QgsProcessing, QgsProcessingOutputNumber

from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.core.slopes.progress import regreening_progress
from linzhang_plugin.core.slopes.tables import PROGRESS
from linzhang_plugin.core.tables.units import MU_M2
from linzhang_plugin.core.tables.zones import to_zone
from linzhang_plugin.language import translate
from linzhang_plugin.processing.base import Call, LinzhangAlgorithm
from linzhang_plugin.processing.parameters import add_source
from linzhang_plugin.processing.slopes.layers import GROUP


class RegreeningProgress(LinzhangAlgorithm):
    """Sites and mu by town, class and status, with totals."""

    NAME = "regreeningprogress"
    TITLE = tr("Regreening progress")
    GROUP = GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        kind = QgsProcessing.SourceType
        add_source(self, "SITES", tr("Sites"), kind.TypeVectorPolygon, False)
        self.add_sink("PROGRESS", PROGRESS)
        self.addOutput(QgsProcessingOutputNumber("DONE_PERCENT", translate(tr("Done (percent)"))))

    def work(self, call: Call) -> dict[str, Any]:
        """Count and add up."""
        frame = call.frame("SITES")
        assert frame is not None
        if "status" not in frame:
            raise InputError(tr("SITES has no field status; add it, such as 施工 or 验收合格."))
        if "area_mu" not in frame:
            frame["area_mu"] = shapely.area(to_zone(frame).geometry.to_numpy()) / MU_M2
        made = regreening_progress(frame)
        done = made["done_percent"].iloc[-1]
        return {
            "PROGRESS": call.write("PROGRESS", made, PROGRESS),
            "DONE_PERCENT": None if done != done else float(done),
        }
