"""Compare grids: what changed between two plans, with the explanation (调整说明)."""

from __future__ import annotations

from typing import Any

import pandas as pd
from qgis.core import QgsProcessing, QgsProcessingOutputNumber

from linzhang_plugin.core.child import run_in_child
from linzhang_plugin.core.grids.compare import COMPARE_TITLES, compare_report
from linzhang_plugin.core.grids.job import Request
from linzhang_plugin.core.grids.tables import GRID_CHANGES, SUMMARY
from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.progress import part
from linzhang_plugin.language import translate
from linzhang_plugin.processing import bridge
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.grids import asked
from linzhang_plugin.processing.parameters import add_report, add_source, write_report

FIELDS = asked.FIELDS[:2]


class CompareGrids(LinzhangAlgorithm):
    """Two plans and the stands → what moved from which grid to which."""

    NAME = "comparegrids"
    TITLE = tr("Compare grids")
    GROUP = asked.GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        polygon = QgsProcessing.SourceType.TypeVectorPolygon
        add_source(self, "BEFORE", tr("Grids before"), polygon, False)
        add_source(self, "AFTER", tr("Grids after"), polygon, False)
        asked.declare_stands(self, FIELDS)
        self.add_sink("CHANGES", GRID_CHANGES)
        self.add_sink("SUMMARY", SUMMARY)
        add_report(self)
        for name in ("N_MOVED", "MOVED_MU", "CHANGED_PERCENT"):
            self.addOutput(QgsProcessingOutputNumber(name, translate(COMPARE_TITLES[name])))

    def work(self, call: Call) -> dict[str, Any]:
        """Read, compare in a child process, write."""
        stands = call.frame("STANDS")
        assert stands is not None
        request = Request(stands, asked.stand_fields(call, stands))
        made, summary = run_in_child(
            "linzhang_plugin.core.grids.planjob:compare_layers",
            (request, call.frame("BEFORE"), call.frame("AFTER")),
            part(call.progress, 0.05, 0.9),
        )
        table = pd.DataFrame(
            {
                "indicator": list(summary),
                "title": [Message(COMPARE_TITLES[name]) for name in summary],
                "value": [float(value) for value in summary.values()],
            }
        )
        return {
            "CHANGES": call.write("CHANGES", made, GRID_CHANGES, bridge.qgis_crs(stands.crs)),
            "SUMMARY": call.write("SUMMARY", table, SUMMARY),
            "REPORT": write_report(call, compare_report(made, summary)),
            **{name: summary[name] for name in ("N_MOVED", "MOVED_MU", "CHANGED_PERCENT")},
        }
