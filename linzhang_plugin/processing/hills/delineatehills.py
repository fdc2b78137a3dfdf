"""``linzhang:delineatehills``: hill units and peaks from a DEM."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterField,
    QgsProcessingParameterRasterLayer,
)

from linzhang_plugin.core.hills.delineate import HillRules, delineate_hills, named, snapped
from linzhang_plugin.core.hills.tables import HILLS, PEAKS
from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.progress import part
from linzhang_plugin.language import translate
from linzhang_plugin.processing.base import Call, LinzhangAlgorithm
from linzhang_plugin.processing.bridge import qgis_crs
from linzhang_plugin.processing.grids.asked import add_number, add_source
from linzhang_plugin.processing.hills.layers import needed_field, polygons, read_dem

GROUP = tr("Hills")


class DelineateHills(LinzhangAlgorithm):
    """A gap-free partition into hills by prominence."""

    NAME = "delineatehills"
    TITLE = tr("Delineate hills")
    GROUP = GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        self.add(QgsProcessingParameterRasterLayer("DEM", translate(tr("Elevation (DEM)"))))
        add_number(self, "MIN_PROMINENCE", tr("Least prominence (m)"), 30.0, least=0)
        add_number(self, "MIN_MU", tr("Least area of a hill (mu)"), 300.0, least=0)
        kind = QgsProcessing.SourceType
        add_source(self, "NAMES", tr("Place names (points)"), kind.TypeVectorPoint)
        self.add(
            QgsProcessingParameterField(
                "NAME_FIELD", translate(tr("Name field")), "hill_name", "NAMES", optional=True
            )
        )
        add_source(self, "STANDS", tr("Stands to snap the borders to"), kind.TypeVectorPolygon)
        self.add_sink("HILLS", HILLS)
        self.add_sink("PEAKS", PEAKS, optional=True)
        self.addOutput(QgsProcessingOutputNumber("N_HILLS", translate(tr("Number of hills"))))

    def work(self, call: Call) -> dict[str, Any]:
        """Delineate, name, snap."""
        dem = read_dem(call)
        assert dem is not None
        names, stands = call.frame("NAMES"), polygons(call, "STANDS")
        field = needed_field(call, "NAME_FIELD", names) if names is not None else ""
        rules = HillRules(call.number("MIN_PROMINENCE") or 0.0, call.number("MIN_MU") or 0.0)
        found = delineate_hills(dem, rules, part(call.progress, 0.0, 0.8))
        if stands is not None:
            found = snapped(found, dem, stands.to_crs(dem.crs))
        if names is not None:
            found = named(found, names.to_crs(dem.crs), field)
        call.say(Message("{n} hills.", {"n": len(found.hills)}))
        crs = qgis_crs(stands.crs if stands is not None else found.hills.crs)
        return {
            "HILLS": call.write("HILLS", found.hills, HILLS, crs),
            "PEAKS": call.write("PEAKS", found.peaks, PEAKS, crs),
            "N_HILLS": len(found.hills),
        }
