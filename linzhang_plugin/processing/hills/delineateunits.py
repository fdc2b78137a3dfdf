"""``linzhang:delineateunits``: basic units where a county has no 小班 layer."""

from __future__ import annotations

from typing import Any, Literal

import geopandas as gpd
import shapely
from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterField,
    QgsProcessingParameterRasterLayer,
)

from linzhang_plugin.core.hills.delineate import HillRules, delineate_hills
from linzhang_plugin.core.hills.tables import UNITS
from linzhang_plugin.core.hills.towns import of_town_level
from linzhang_plugin.core.hills.units import basic_units, net
from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.progress import part
from linzhang_plugin.core.tables.units import MU_M2
from linzhang_plugin.core.tables.zones import to_zone
from linzhang_plugin.language import translate
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.bridge import qgis_crs
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.hills.delineatehills import GROUP
from linzhang_plugin.processing.hills.layers import needed_field, polygons, read_dem
from linzhang_plugin.processing.parameters import add_choice, add_number, add_source

SHAPES: tuple[Literal["hexagon", "square"], ...] = ("hexagon", "square")
HILL = 2


class DelineateUnits(LinzhangAlgorithm):
    """Forest cut by hexagons, squares or hills, never across towns."""

    NAME = "delineateunits"
    TITLE = tr("Delineate basic units")
    GROUP = GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        kind = QgsProcessing.SourceType
        add_source(self, "FOREST", tr("Forest land"), kind.TypeVectorPolygon)
        self.add(
            QgsProcessingParameterRasterLayer("DEM", translate(tr("Elevation (DEM)")), None, True)
        )
        methods = [tr("Hexagons"), tr("Squares"), tr("Hills")]
        add_choice(self, "METHOD", tr("Method"), methods, 0)
        add_number(self, "SIZE_MU", tr("Size of a unit (mu)"), 120.0, least=1)
        add_source(self, "TOWNS", tr("Towns"), kind.TypeVectorPolygon)
        self.add(
            QgsProcessingParameterField(
                "TOWN_FIELD", translate(tr("Town field")), "unit_code", "TOWNS", optional=True
            )
        )
        self.add_sink("UNITS", UNITS)

    def work(self, call: Call) -> dict[str, Any]:
        """Cut the forest, or the whole DEM where no forest is given."""
        forest, towns = polygons(call, "FOREST"), _towns(call)
        dem = read_dem(call)
        method = call.choice("METHOD")
        if forest is None and dem is None:
            raise InputError(tr("Give FOREST, DEM or both."))
        if method == HILL and dem is None:
            raise InputError(tr("Hills need a DEM; give DEM or choose another METHOD."))
        source = forest
        if forest is None:
            assert dem is not None
            a, _, c, _, e, f = dem.transform
            rows, columns = dem.array.shape
            box = shapely.box(c, f + e * rows, c + a * columns, f)
            forest = source = gpd.GeoDataFrame(geometry=[box], crs=dem.crs)
            call.say(Message("No forest layer: the whole DEM is divided."))
        assert source is not None
        forest = to_zone(forest) if dem is None else forest.to_crs(dem.crs)
        size = (call.number("SIZE_MU") or 120.0) * MU_M2
        if method == HILL:
            assert dem is not None
            rules = HillRules(10.0, size / MU_M2)
            cells = delineate_hills(dem, rules, part(call.progress, 0, 0.6)).hills
            shapes = cells.geometry.to_numpy()
        else:
            shapes = net(tuple(forest.total_bounds), SHAPES[method], size)
        field = needed_field(call, "TOWN_FIELD", towns) if towns is not None else "town_code"
        towns = towns.to_crs(forest.crs) if towns is not None else None
        made = basic_units(forest, shapes, towns, field)
        return {"UNITS": call.write("UNITS", made, UNITS, qgis_crs(source.crs))}


def _towns(call: Call) -> gpd.GeoDataFrame | None:
    """Read TOWNS, of an administrative layer the town level only; rows keep their number."""
    units = call.frame("TOWNS")
    if units is None:
        return None
    towns = of_town_level(units)
    if len(towns) < len(units):
        call.say(
            Message(
                "TOWNS holds several levels: its {n} units of the town level divide the forest,"
                " the other {others} are left out.",
                {"n": len(towns), "others": len(units) - len(towns)},
            )
        )
    return towns[towns.geometry.notna() & ~towns.geometry.is_empty]
