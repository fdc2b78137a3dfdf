"""``linzhang:walkingtime``: minutes on foot from homes, as a raster and per stand or grid."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.tables.field import Field, Table
from linzhang_plugin.core.terrain.outing import outing, outing_table, pace
from linzhang_plugin.core.terrain.raster import Raster, read_raster, write_raster
from linzhang_plugin.core.terrain.walking import OFF_PATH
from linzhang_plugin.core.terrain.warp import grid_of, resampled
from linzhang_plugin.language import translate
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.bridge import qgis_crs
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.hills.delineatehills import GROUP
from linzhang_plugin.processing.hills.layers import polygons, read_dem
from linzhang_plugin.processing.parameters import add_choice, add_number, add_source

WALKS = Table(
    "walks",
    "步行时间",
    "Walking times",
    (
        Field("unit", "text", "单元", "Unit", width=60),
        Field("minutes_in", "real", "进山时间", "Way in", unit="min"),
        Field("minutes_out", "real", "出山时间", "Way out", unit="min"),
        Field("minutes_mean", "real", "平均到达时间", "Mean way in", unit="min"),
        Field("climb_m", "real", "爬升", "Climb", unit="m"),
        Field("far_share", "real", "两小时外占比", "Share beyond two hours"),
        Field("home", "text", "最近住址", "Nearest home", width=60),
    ),
    geometry="MultiPolygon",
)


LAW_TITLES = {
    "tobler": tr("Tobler 1993 (exponential)"),
    "langmuir": tr("Langmuir 1984 (Naismith with descents, as r.walk)"),
    "naismith": tr("Naismith 1892 (ascent only)"),
}


class WalkingTime(LinzhangAlgorithm):
    """Walking time over a DEM, with roads, land cover and barriers."""

    NAME = "walkingtime"
    TITLE = tr("Walking time")
    GROUP = GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        kind = QgsProcessing.SourceType
        self.add(QgsProcessingParameterRasterLayer("DEM", translate(tr("Elevation (DEM)"))))
        add_source(self, "ORIGINS", tr("Homes"), kind.TypeVectorPoint, False)
        add_source(self, "ROADS", tr("Roads"), kind.TypeVectorLine)
        add_source(self, "BARRIERS", tr("Barriers"), kind.TypeVectorAnyGeometry)
        cover = QgsProcessingParameterRasterLayer(
            "LANDCOVER", translate(tr("Land cover")), None, True
        )
        self.add(cover)
        self.add(
            QgsProcessingParameterString(
                "COVER_SPEED", translate(tr("Speed by land cover")), "", False, True
            ),
            tr("Factor of walking speed for each class, such as 1=0.6, 5=0; 0 is closed."),
        )
        add_source(self, "UNITS", tr("Stands or grids"), kind.TypeVectorPolygon)
        add_number(self, "MAX_MINUTES", tr("Longest walk (minutes)"), 240.0, least=1)
        add_choice(self, "LAW", tr("Law of walking"), list(LAW_TITLES.values()), 0, advanced=True)
        self.add(QgsProcessingParameterRasterDestination("TIME", translate(tr("Walking time")),
                                                         None, True))  # fmt: skip
        self.add_sink("TABLE", WALKS, optional=True)

    def work(self, call: Call) -> dict[str, Any]:
        """Walk, then write what was asked for."""
        dem, origins, units = read_dem(call), call.frame("ORIGINS"), polygons(call, "UNITS")
        assert dem is not None
        assert origins is not None
        if call.given("TABLE") and units is None:
            raise InputError(tr("TABLE needs UNITS; give the stands or grids to be described."))
        places = origins[origins.geometry.notna()].to_crs(dem.crs)
        homes = shapely.get_coordinates(shapely.centroid(places.geometry.to_numpy()))
        factor = pace(dem, _shapes(call, "ROADS", dem), _shapes(call, "BARRIERS", dem),
                      _cover(call, dem))  # fmt: skip
        if not call.given("ROADS"):
            call.say(Message("No roads: everybody walks off paths."))
        law = tuple(LAW_TITLES)[call.integer("LAW")]
        limit = call.number("MAX_MINUTES") or 240.0
        made = outing(dem, homes, factor, limit, call.progress, law)
        results: dict[str, Any] = {}
        path = call.raster_path("TIME")
        if path:
            minutes = np.where(np.isfinite(made.there), made.there, np.nan)
            write_raster(path, Raster(minutes, dem.transform, dem.crs))
            results["TIME"] = path
        if units is not None:
            shapes = units.to_crs(dem.crs).geometry.to_numpy()
            table = outing_table(dem, made, shapes, homes)
            table["home"] = [_named(places, n) for n in table["home"]]
            table["unit"] = [_unit(row) for row in units.to_dict("records")]
            frame = gpd.GeoDataFrame(table, geometry=units.geometry.to_numpy(), crs=units.crs)
            results["TABLE"] = call.write("TABLE", frame, WALKS, qgis_crs(units.crs))
        return results


def _shapes(call: Call, name: str, dem: Raster) -> npt.NDArray[np.object_] | None:
    """Read an optional layer in the DEM's CRS."""
    frame = call.frame(name)
    if frame is None:
        return None
    return frame[frame.geometry.notna()].to_crs(dem.crs).geometry.to_numpy()


def _cover(call: Call, dem: Raster) -> npt.NDArray[np.float64] | None:
    """Give the speed factor by land cover, None without LANDCOVER."""
    if not call.given("LANDCOVER"):
        return None
    layer = call.algorithm.parameterAsRasterLayer(call.parameters, "LANDCOVER", call.context)
    if layer is None:
        raise InputError(tr("LANDCOVER cannot be opened as a raster; check the path."))
    if not call.text("COVER_SPEED").strip():
        raise InputError(
            tr("LANDCOVER needs COVER_SPEED, the speed in each class, such as 1=0.6, 5=0.")
        )
    try:
        pairs = [pair.split("=") for pair in call.text("COVER_SPEED").split(",")]
        speeds = {float(value): float(speed) for value, speed in pairs}
    except ValueError as error:
        raise InputError(
            tr("COVER_SPEED {given} cannot be read; write class=factor, such as 1=0.6, 5=0."),
            given=call.text("COVER_SPEED"),
        ) from error
    classes = resampled(read_raster(layer.source()), grid_of(dem), classes=True)
    factor = np.full(classes.shape, OFF_PATH)
    for value, speed in speeds.items():
        factor[classes == value] = speed
    return factor


def _named(places: gpd.GeoDataFrame, number: int) -> str | None:
    """Give a home's name or id."""
    if number < 0:
        return None
    for column in ("person_id", "name", "id"):
        if column in places and places[column].iloc[number] is not None:
            return str(places[column].iloc[number])
    return str(number + 1)


def _unit(row: dict[Any, Any]) -> str | None:
    """Give a stand's or grid's id."""
    for column in ("grid_code", "stand_id", "unit_id", "hill_id"):
        if row.get(column) is not None:
            return str(row[column])
    return None
