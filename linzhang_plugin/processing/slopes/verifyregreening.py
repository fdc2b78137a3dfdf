"""``linzhang:verifyregreening``: has it become green?"""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.slopes.bands import band_numbers
from linzhang_plugin.core.slopes.proof import clear_of, prove
from linzhang_plugin.core.slopes.tables import VERIFICATION
from linzhang_plugin.core.slopes.verify import Endmembers
from linzhang_plugin.core.tables.rules import RuleSet
from linzhang_plugin.core.terrain.raster import open_raster, warped
from linzhang_plugin.language import translate
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.bridge import qgis_crs
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.parameters import add_number, add_source, raster_source
from linzhang_plugin.processing.slopes.layers import (
    GROUP,
    own_fields,
    sites,
    slope_rules,
)


class VerifyRegreening(LinzhangAlgorithm):
    """Cover, confidence and verdict of each site from imagery before and after."""

    NAME = "verifyregreening"
    TITLE = tr("Prove regreening by imagery")
    GROUP = GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        kind = QgsProcessing.SourceType
        add_source(self, "SITES", tr("Sites"), kind.TypeVectorPolygon, False)
        self.add(QgsProcessingParameterRasterLayer("BEFORE", translate(tr("Image before"))))
        self.add(QgsProcessingParameterRasterLayer("AFTER", translate(tr("Image after"))))
        add_source(self, "REFERENCE", tr("Areas that did not change"), kind.TypeVectorPolygon)
        for name, title in (("BANDS", tr("Bands")), ("RULES", tr("Rule set"))):
            self.add(QgsProcessingParameterString(name, translate(title), "", False, True))
        soil, canopy = tr("NDVI of bare soil"), tr("NDVI of full canopy")
        add_number(self, "NDVI_SOIL", soil, Endmembers.soil, advanced=True)
        add_number(self, "NDVI_CANOPY", canopy, Endmembers.canopy, advanced=True)
        add_number(self, "SEED", tr("Seed"), 0, whole=True, least=0, advanced=True)
        self.add_sink("OUTPUT", VERIFICATION)
        self.addOutput(QgsProcessingOutputNumber("N_PASSED", translate(tr("Sites passed"))))

    def work(self, call: Call) -> dict[str, Any]:
        """Read the cells, even the images out, judge."""
        frame = sites(call)
        before = open_raster(raster_source(call, "BEFORE"))
        after = open_raster(raster_source(call, "AFTER"))
        ends = Endmembers(call.number("NDVI_SOIL") or 0.0, call.number("NDVI_CANOPY") or 0.8)
        if ends.soil >= ends.canopy:
            raise InputError(tr("NDVI_SOIL must lie below NDVI_CANOPY."))
        if gpd.GeoSeries([], crs=before.crs).crs != gpd.GeoSeries([], crs=after.crs).crs:
            after = warped(after, before.crs)
            call.say(Message("AFTER lies in another CRS: its nearest cells were taken."))
        shapes = frame.to_crs(before.crs).geometry.to_numpy()
        reference = call.frame("REFERENCE")
        unchanged = None
        if reference is not None:
            unchanged = clear_of(reference.to_crs(before.crs).geometry.to_numpy(), shapes)
        given = call.text("BANDS")
        verdicts, said = prove(
            shapes,
            _needed(frame, slope_rules(call)),
            (before, band_numbers(given, before.titles)[0]),
            (after, band_numbers(given, after.titles)[0]),
            unchanged,
            ends,
            call.integer("SEED"),
        )
        for message in said:
            call.say(message)
        for column in verdicts:
            frame[column] = verdicts[column].to_numpy()
        own = tuple(n for n in own_fields(frame) if n not in VERIFICATION.names)
        passed = sum(v is True for v in verdicts["passed"])
        crs = qgis_crs(frame.crs)
        return {
            "OUTPUT": call.write("OUTPUT", frame, VERIFICATION, crs, extra=own),
            "N_PASSED": passed,
        }


def _needed(frame: pd.DataFrame, rules: RuleSet) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Give the cover each site must reach, by its material; soil's where it is not known."""
    by_material = {str(k): float(v) for k, v in rules.get("cover_pass", {}).items()}
    usual = by_material.get("1", 0.8)
    if "material" not in frame:
        return np.full(len(frame), usual)
    return np.array([by_material.get(str(m), usual) for m in frame["material"]])
