"""Number grids: codes from north to south and west to east; kept codes stay."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterField,
    QgsProcessingParameterString,
)

from linzhang_plugin.core.grids.intake import code_text
from linzhang_plugin.core.grids.land.shapes import centres
from linzhang_plugin.core.grids.naming import grid_names
from linzhang_plugin.core.grids.numbering import county6_of, number_grids
from linzhang_plugin.core.grids.tables import GRIDS
from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.core.tables.zones import to_zone
from linzhang_plugin.language import translate
from linzhang_plugin.processing import bridge
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.grids import asked
from linzhang_plugin.processing.parameters import add_source


class NumberGrids(LinzhangAlgorithm):
    """Grids → the same grids with codes and names."""

    NAME = "numbergrids"
    TITLE = tr("Number grids")
    GROUP = asked.GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        vector = QgsProcessing.SourceType
        add_source(self, "GRIDS", tr("Grids"), vector.TypeVectorPolygon, False)
        self.add(
            QgsProcessingParameterField(
                "TOWN_FIELD", translate(tr("Town field")), parentLayerParameterName="GRIDS",
                optional=True,
            ),
            tr("Empty: the workspace's own column where the layer has it."),
        )  # fmt: skip
        self.add(
            QgsProcessingParameterString(
                "COUNTY_CODE", translate(tr("County code (6 digits)")), "", False, True
            )
        )
        self.add(
            QgsProcessingParameterBoolean(
                "KEEP", translate(tr("Grids that keep half of last year's forest keep its code")),
                True,
            )
        )  # fmt: skip
        add_source(self, "USED_CODES", tr("Codes never issued again"), vector.TypeVector)
        self.add_sink("OUTPUT", GRIDS)
        self.addOutput(QgsProcessingOutputNumber("N_GRIDS", translate(tr("Grids"))))
        self.addOutput(QgsProcessingOutputNumber("N_KEPT", translate(tr("Codes kept"))))

    def work(self, call: Call) -> dict[str, Any]:
        """Read, number, write."""
        layer = call.frame("GRIDS")
        assert layer is not None
        town = asked.field_of(call, list(layer.columns), "TOWN_FIELD", "town_code")
        made, kept = numbered(layer, town, call.text("COUNTY_CODE"), asked.used_codes(call),
                              call.switch("KEEP"))  # fmt: skip
        own = tuple(c for c in layer.columns if c != layer.geometry.name)
        return {
            "OUTPUT": call.write("OUTPUT", made, GRIDS, bridge.qgis_crs(layer.crs), own),
            "N_GRIDS": len(made),
            "N_KEPT": kept,
        }


def numbered(
    layer: gpd.GeoDataFrame, town: str, county: str, used: tuple[str, ...], keep: bool
) -> tuple[gpd.GeoDataFrame, int]:
    """Give the grids with new codes, sorted by them, and how many codes were kept.

    Raises:
        InputError: A grid has no geometry.
    """
    shapes = layer.geometry.to_numpy()
    empty = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    if empty.any():
        raise InputError(
            tr("{layer}: row {row} has no geometry; delete it or draw it."),
            layer="GRIDS",
            row=int(np.flatnonzero(empty)[0]) + 1,
        )
    zone = to_zone(layer).geometry.to_numpy()
    towns = [code_text(v) for v in layer[town]] if town else [""] * len(layer)
    before = _texts(layer, "previous_grid_code")
    share = (
        pd.to_numeric(layer["kept_percent"], errors="coerce").fillna(0.0).to_numpy(np.float64)
        if "kept_percent" in layer else np.zeros(len(layer))
    )  # fmt: skip
    if not keep:
        before, share = [""] * len(layer), np.zeros(len(layer))
    facts = pd.DataFrame(
        {"town_code": towns, "previous_code": before, "kept_mu": share, "before_mu": 100.0}
    )
    bounds = shapely.bounds(zone)
    taken = set(used) | (set(before) if keep else set())
    codes = number_grids(facts, centres(zone), bounds[:, 3] - bounds[:, 1],
                         county6_of(towns, county), taken)  # fmt: skip
    made = layer.copy()
    made["grid_code"] = codes
    villages = [v or None for v in _texts(layer, "main_village")]
    made["grid_name"] = grid_names(codes, villages)
    made["town_code"] = [t or None for t in towns]
    kept = sum(1 for old, new in zip(before, codes, strict=True) if old and old == new)
    return made.sort_values("grid_code", kind="stable", ignore_index=True), kept


def _texts(layer: gpd.GeoDataFrame, column: str) -> list[str]:
    return [code_text(v) for v in layer[column]] if column in layer else [""] * len(layer)
