"""Describe bounds: 四至, what bounds each grid to the east, south, west and north."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
from qgis.core import QgsProcessing, QgsProcessingParameterString

from linzhang_plugin.core.child import run_in_child
from linzhang_plugin.core.grids.tables import GRIDS
from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.core.progress import part
from linzhang_plugin.language import translate
from linzhang_plugin.processing import bridge
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.grids import asked
from linzhang_plugin.processing.parameters import add_source

NAMED = (("ROADS", "TypeVectorLine"), ("RIVERS", "TypeVectorAnyGeometry"),
         ("RIDGES", "TypeVectorLine"), ("VILLAGES", "TypeVectorPolygon"),
         ("TOWNS", "TypeVectorPolygon"))  # fmt: skip
TITLES = {"ROADS": tr("Roads"), "RIVERS": tr("Rivers and lakes"), "RIDGES": tr("Ridges"),
          "VILLAGES": tr("Villages"), "TOWNS": tr("Towns")}  # fmt: skip


class DescribeBounds(LinzhangAlgorithm):
    """Grids and named features → the same grids with their four limits in words."""

    NAME = "describebounds"
    TITLE = tr("Describe the limits of grids (四至)")
    GROUP = asked.GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        kinds = QgsProcessing.SourceType
        add_source(self, "GRIDS", tr("Grids"), kinds.TypeVectorPolygon, False)
        for name, kind in NAMED:
            add_source(self, name, TITLES[name], getattr(kinds, kind))
        self.add(
            QgsProcessingParameterString(
                "NAME_FIELD", translate(tr("Field with the features' names")), "name", False, True
            ),
            tr("Where a layer lacks it: name, unit_name or the first text field."),
        )
        self.add_sink("OUTPUT", GRIDS)

    def work(self, call: Call) -> dict[str, Any]:
        """Read, describe in a child process, write."""
        layer = call.frame("GRIDS")
        assert layer is not None
        features = {name: named(call, name) for name, _ in NAMED}
        made = run_in_child(
            "linzhang_plugin.core.grids.limitsjob:describe",
            (layer, features),
            part(call.progress, 0.05, 0.9),
        )
        own = tuple(c for c in layer.columns if c != layer.geometry.name)
        return {"OUTPUT": call.write("OUTPUT", made, GRIDS, bridge.qgis_crs(layer.crs), own)}


def named(call: Call, parameter: str) -> gpd.GeoDataFrame | None:
    """Read a layer of named features: ``name``, ``code`` (towns) and geometry.

    Raises:
        InputError: The layer has no text field to take names from.
    """
    layer = call.frame(parameter)
    if layer is None:
        return None
    columns = [c for c in layer.columns if c != layer.geometry.name]
    texts = [c for c in columns if layer[c].map(lambda v: isinstance(v, str)).any()]
    wanted = [call.text("NAME_FIELD"), "name", "unit_name", "road_name", "river_name", *texts]
    column = next((c for c in wanted if c in columns), "")
    if not column:
        raise InputError(
            tr("{parameter}: the layer has no text field with names; give NAME_FIELD."),
            parameter=parameter,
        )
    codes = next((c for c in ("unit_code", "town_code", "code") if c in columns), column)
    frame = pd.DataFrame({"name": layer[column], "code": layer[codes].astype(str)})
    made = gpd.GeoDataFrame(frame, geometry=layer.geometry.to_numpy(), crs=layer.crs)
    return made[made["name"].notna() & (made["name"].astype(str).str.strip() != "")]
