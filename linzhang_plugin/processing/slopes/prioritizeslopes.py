"""``linzhang:prioritizeslopes``: which site to green first, by what people see."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.slopes.prioritize import out_of_sight, prioritize, priority_rules
from linzhang_plugin.core.slopes.tables import PRIORITY
from linzhang_plugin.core.tables.zones import to_zone
from linzhang_plugin.core.terrain.metric import metric
from linzhang_plugin.core.terrain.raster import read_raster
from linzhang_plugin.language import translate
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.bridge import qgis_crs
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.parameters import add_source, raster_source
from linzhang_plugin.processing.slopes.layers import (
    GROUP,
    own_fields,
    sites,
    slope_rules,
)

PLACES = (
    ("TOWNS", tr("Towns and built-up edges"), "town"),
    ("HIGHSPEED", tr("High-speed railways"), "high_speed_railway"),
    ("RAILWAYS", tr("Railways"), "railway"),
    ("MOTORWAYS", tr("Motorways"), "motorway"),
    ("ROADS", tr("National and provincial roads"), "road"),
    ("SCENIC", tr("Scenic spots"), "scenic"),
)


class PrioritizeSlopes(LinzhangAlgorithm):
    """Distance, visible length, first hillside, score and reasons of each site."""

    NAME = "prioritizeslopes"
    TITLE = tr("Rank bare slopes by what people see")
    GROUP = GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        kind = QgsProcessing.SourceType
        add_source(self, "SITES", tr("Sites"), kind.TypeVectorPolygon, False)
        self.add(
            QgsProcessingParameterRasterLayer("DEM", translate(tr("Elevation (DEM)")), None, True)
        )
        for name, title, _ in PLACES:
            add_source(self, name, title, kind.TypeVectorAnyGeometry)
        self.add(
            QgsProcessingParameterString("RULES", translate(tr("Rule set")), "", False, True),
            advanced=True,
        )
        self.add_sink("OUTPUT", PRIORITY)

    def work(self, call: Call) -> dict[str, Any]:
        """Measure, look, rank."""
        frame = sites(call)
        rules = priority_rules(slope_rules(call))
        path = raster_source(call, "DEM")
        dem = metric(read_raster(path)) if path else None
        if dem is None:
            call.warn(Message("No DEM: distance stands for visibility, which is coarser."))
        places = to_zone(frame) if dem is None else frame.to_crs(dem.crs)
        layers = self._layers(call, places)
        if not layers:
            call.warn(Message("No railway, road, town or scenic spot was given: all rank alike."))
        for key in out_of_sight(places, layers, rules) if len(places) else ():
            call.warn(
                Message(
                    "{layer} lies nowhere within {km:.0f} km of a site and changes no rank;"
                    " check its area and CRS.",
                    {
                        "layer": next(name for name, _, own in PLACES if own == key),
                        "km": rules.sight_m / 1000.0,
                    },
                )
            )
        made = prioritize(places, layers, dem, rules, call.progress)
        own = tuple(n for n in own_fields(frame) if n not in PRIORITY.names)
        crs = qgis_crs(frame.crs)
        return {"OUTPUT": call.write("OUTPUT", made, PRIORITY, crs, extra=own)}

    def _layers(self, call: Call, places: gpd.GeoDataFrame) -> dict[str, gpd.GeoDataFrame]:
        """Read the given places in the CRS of the work."""
        layers = {}
        for name, _, key in PLACES:
            source = call.source(name)
            if source is None or source.featureCount() == 0:
                continue
            frame = call.frame(name)
            assert frame is not None
            frame = frame[frame.geometry.notna() & ~frame.geometry.is_empty]
            layers[key] = frame.to_crs(places.crs).reset_index(drop=True)
        return layers
