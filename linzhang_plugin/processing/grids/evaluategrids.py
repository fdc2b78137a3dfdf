"""Evaluate grids: the same figures for any plan, also one drawn by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd
from qgis.core import QgsProcessing, QgsProcessingParameterRasterLayer, QgsProcessingParameterString

from linzhang_plugin.core.child import run_in_child
from linzhang_plugin.core.grids.evaluate import summary_table
from linzhang_plugin.core.grids.intake import code_text
from linzhang_plugin.core.grids.job import Request
from linzhang_plugin.core.grids.params import GridParams
from linzhang_plugin.core.grids.planjob import Evaluation, PlanLayer
from linzhang_plugin.core.grids.tables import INDICATORS, SUMMARY
from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.core.progress import part
from linzhang_plugin.language import translate
from linzhang_plugin.processing import bridge
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.grids import asked
from linzhang_plugin.processing.parameters import add_choice, add_number, add_source, raster_source

NUMBERS = ("N_GRIDS", "MAX_DEVIATION_PERCENT", "CHANGED_PERCENT", "N_DISCONNECTED", "N_ISLANDS",
           "N_VIOLATIONS", "VILLAGE_SPLITS", "MEAN_TRAVEL_MIN")  # fmt: skip
FIELDS = tuple(f for f in asked.FIELDS if f[0] not in ("START_FIELD", "LOCKED_FIELD"))


class EvaluateGrids(LinzhangAlgorithm):
    """Grids and stands → a row of figures a grid, and their summary."""

    NAME = "evaluategrids"
    TITLE = tr("Evaluate grids")
    GROUP = asked.GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        vector = QgsProcessing.SourceType
        add_source(self, "GRIDS", tr("Grids"), vector.TypeVectorPolygon, False)
        asked.declare_stands(self, FIELDS)
        add_source(self, "STAND_GRID", tr("Stands with their grid"), vector.TypeVector)
        add_source(self, "RANGERS", tr("Rangers (a row a post)"), vector.TypeVector)
        for name, title in asked.BOUNDS[:3]:
            add_number(self, name, title, None, least=0)
        add_number(self, "LINK_DISTANCE", tr("Widest gap that is bridged (m)"), 200.0,
                         least=0, advanced=True)  # fmt: skip
        basis = [tr("Official where within 1 % of geometry"), tr("Geometry"), tr("Official")]
        add_choice(self, "AREA_BASIS", tr("Area that counts"), basis, 0, advanced=True)
        add_source(self, "BARRIERS", tr("Barriers"), vector.TypeVectorAnyGeometry)
        add_source(self, "BRIDGES", tr("Bridges over barriers (besides the roads)"),
                   vector.TypeVectorAnyGeometry)  # fmt: skip
        dem = QgsProcessingParameterRasterLayer("DEM", translate(tr("Elevation (DEM)")), None, True)
        self.add(dem)
        add_source(self, "ROADS", tr("Roads"), vector.TypeVectorLine)
        self.add(
            QgsProcessingParameterString("RULES", translate(tr("Rule set")), "", False, True),
            advanced=True,
        )
        self.add_sink("INDICATORS", INDICATORS)
        self.add_sink("SUMMARY", SUMMARY)
        asked.add_figures(self, NUMBERS)

    def work(self, call: Call) -> dict[str, Any]:
        """Read, measure in a child process, write."""
        stands, grids = call.frame("STANDS"), call.frame("GRIDS")
        assert stands is not None and grids is not None
        fields = asked.stand_fields(call, stands)
        request = Request(
            stands=stands,
            fields=fields,
            rangers=call.frame("RANGERS", needs_crs=False),
            params=GridParams(
                min_mu=call.number("MIN_MU"),
                max_mu=call.number("MAX_MU"),
                link_distance=float(call.number("LINK_DISTANCE") or 0.0),
            ),
            rules=asked.read_rules(call),
            basis=call.choice("AREA_BASIS"),
            barriers=call.frame("BARRIERS"),
            bridges=call.frame("BRIDGES"),
            roads=call.frame("ROADS"),
            dem=raster_source(call, "DEM") or None,
        )
        plan = PlanLayer(grids, stand_table(call))
        made, summary = run_in_child(
            "linzhang_plugin.core.grids.planjob:evaluate_layers",
            (Evaluation(request, plan, call.number("TOLERANCE")),),
            part(call.progress, 0.05, 0.9),
        )
        results: dict[str, Any] = {
            "INDICATORS": call.write("INDICATORS", made, INDICATORS, bridge.qgis_crs(stands.crs)),
            "SUMMARY": call.write("SUMMARY", summary_table(summary), SUMMARY),
        }
        return results | {name: summary[name] for name in NUMBERS}


def stand_table(call: Call) -> pd.DataFrame | None:
    """Read STAND_GRID (stand_id, grid_code).

    Raises:
        InputError: A column is missing.
    """
    table = call.frame("STAND_GRID", needs_crs=False)
    if table is None:
        return None
    for column in ("stand_id", "grid_code"):
        if column not in table:
            raise InputError(
                tr("{layer} has no field {field}; give the STAND_GRID output of optimizegrids."),
                layer="STAND_GRID",
                field=column,
            )
    return pd.DataFrame({c: [code_text(v) for v in table[c]] for c in ("stand_id", "grid_code")})
