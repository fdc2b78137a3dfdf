"""``linzhang:delineatehills``: hill units and peaks from a DEM."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import shapely
from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterField,
    QgsProcessingParameterRasterLayer,
)

from linzhang_plugin.core.hills.delineate import (
    HillMap,
    HillRules,
    delineate_hills,
    named,
    unused_names,
)
from linzhang_plugin.core.hills.named import hills_from_names
from linzhang_plugin.core.hills.snap import snapped
from linzhang_plugin.core.hills.tables import HILLS, PEAKS
from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.progress import part
from linzhang_plugin.core.tables.zones import to_zone
from linzhang_plugin.language import translate
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.bridge import qgis_crs
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.hills.layers import needed_field, polygons, read_dem
from linzhang_plugin.processing.parameters import add_number, add_source

GROUP = tr("Hills")


class DelineateHills(LinzhangAlgorithm):
    """A gap-free partition into hills by prominence."""

    NAME = "delineatehills"
    TITLE = tr("Delineate hills")
    GROUP = GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        self.add(
            QgsProcessingParameterRasterLayer("DEM", translate(tr("Elevation (DEM)")), None, True),
            tr("Without one, stands are gathered around named points, which is coarser."),
        )
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
        names, stands = call.frame("NAMES"), polygons(call, "STANDS")
        field = needed_field(call, "NAME_FIELD", names) if names is not None else ""
        if dem is None:
            found = self._without_dem(call, names, stands, field)
        else:
            rules = HillRules(call.number("MIN_PROMINENCE") or 0.0, call.number("MIN_MU") or 0.0)
            found = delineate_hills(dem, rules, part(call.progress, 0.0, 0.8))
            if stands is not None:
                found = snapped(found, dem, stands.to_crs(dem.crs), rules.min_mu)
            if names is not None:
                found = named(found, names.to_crs(dem.crs), field)
        call.say(Message("{n} hills.", {"n": len(found.hills)}))
        if names is not None:
            _tell_unused(call, *unused_names(found.hills, names, field))
        crs = qgis_crs(stands.crs if stands is not None else found.hills.crs)
        return {
            "HILLS": call.write("HILLS", found.hills, HILLS, crs),
            "PEAKS": call.write("PEAKS", found.peaks, PEAKS, crs),
            "N_HILLS": len(found.hills),
        }

    def _without_dem(
        self,
        call: Call,
        names: gpd.GeoDataFrame | None,
        stands: gpd.GeoDataFrame | None,
        field: str,
    ) -> HillMap:
        """Gather stands around names.

        Raises:
            InputError: Names or stands are missing too.
        """
        if names is None or stands is None:
            raise InputError(tr("Give DEM, or both NAMES and STANDS."))
        call.warn(Message("No DEM: hills follow stands around their names, without heights."))
        places = to_zone(stands)
        hills = hills_from_names(places, names.to_crs(places.crs), field)
        tops = hills[["hill_id", "hill_name", "peak_m", "prominence_m"]]
        inner = shapely.point_on_surface(hills.geometry.to_numpy())
        return HillMap(hills, gpd.GeoDataFrame(tops, geometry=inner, crs=hills.crs))


def _tell_unused(call: Call, given: int, unused: int) -> None:
    """Say how many points named no hill, so that nobody looks for their hills in vain."""
    if unused:
        call.say(
            Message(
                "{unused} of the {given} points with a name named no hill: another point lies"
                " nearer to the peak, or no hill lies there.",
                {"unused": unused, "given": given},
            )
        )
