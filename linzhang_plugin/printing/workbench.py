"""What all pages of a book of grid maps share: paper, layout, layers and font."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely
from qgis.core import QgsCoordinateReferenceSystem, QgsMapLayer, QgsPrintLayout, QgsProject

from linzhang_plugin.printing import maplayers
from linzhang_plugin.printing.fonts import chinese_family
from linzhang_plugin.printing.gridbook import Book


@dataclass(frozen=True)
class Paper:
    """How the book is printed.

    Attributes:
        width, height: Page, mm.
        dpi: Resolution.
        as_of: The printed date, YYYY-MM-DD.
        unit: Who made the map (制图单位).
        public: Leave out what the public must not see.
    """

    width: float
    height: float
    dpi: int
    as_of: str
    unit: str
    public: bool

    @property
    def factor(self) -> float:
        """Size of this page against A3 across, for texts and margins."""
        return max(0.55, min(1.6, min(self.width / 420.0, self.height / 297.0)))


@dataclass(eq=False)
class Workbench:
    """What all pages of a book share: project, layout, common layers, font."""

    book: Book
    paper: Paper
    project: QgsProject
    layout: QgsPrintLayout
    family: str
    crs: QgsCoordinateReferenceSystem
    below: list[QgsMapLayer]
    above: list[QgsMapLayer]
    towns: QgsMapLayer
    keep: list[QgsMapLayer]


def prepare(book: Book, paper: Paper, dem: Path | None) -> Workbench:
    """Make the layout and the layers that every page shows."""
    family = chinese_family()
    crs = crs_of(book.grids)
    project = QgsProject()
    project.setCrs(crs)
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.pageCollection().deletePage(0)
    places = book.places
    units = places["admin_unit"]

    def made(frame: gpd.GeoDataFrame, kind: str, fields: list[str], name: str) -> Any:
        return maplayers.memory_layer(frame, kind, crs, fields, name)

    points = 6.5 * paper.factor
    water = maplayers.fill(
        made(places["water"], "MultiPolygon", [], "water"), maplayers.FILLS["water"]
    )
    fields = maplayers.fill(
        made(places["farmland"], "MultiPolygon", [], "farmland"), maplayers.FILLS["farmland"]
    )
    others = maplayers.fill(
        made(book.grids, "MultiPolygon", ["label"], "others"), maplayers.FILLS["others"]
    )
    stands = maplayers.fill(
        made(places["stand"], "MultiPolygon", ["lin_ban", "xiao_ban"], "stands"),
        maplayers.FILLS["stands"],
    )
    if not paper.public:
        maplayers.labelled(
            stands,
            "lin_ban || '-' || xiao_ban",
            family,
            3.5 * paper.factor,
            "#6b6b6b",
            everywhere=False,
            priority=1,
        )
    rivers = maplayers.lines(
        made(places["river"], "MultiLineString", ["river_name"], "rivers"), maplayers.RIVERS
    )
    maplayers.labelled(
        rivers, "river_name", family, points, "#2b6f99", everywhere=False, priority=2
    )
    roads = maplayers.roads(made(places["road"], "MultiLineString", ["kind", "road_name"], "roads"))
    maplayers.labelled(
        roads, "CASE WHEN kind NOT IN ('village','path','forest','township') THEN road_name END",
        family, points, "#7a3b2e", everywhere=False, priority=2,
    )  # fmt: skip
    villages = maplayers.fill(
        made(units[units["level"] == 5], "MultiPolygon", ["unit_name"], "villages"),
        maplayers.FILLS["villages"],
    )
    settlements = maplayers.marks(
        made(places["settlement"], "Point", ["settlement_name"], "settlements"), maplayers.PLACES
    )
    maplayers.labelled(
        settlements, "settlement_name", family, points, "#3d3d3d", everywhere=False, priority=3
    )
    towns = maplayers.fill(
        made(units[units["level"] == 4], "MultiPolygon", ["unit_name"], "towns"),
        maplayers.FILLS["towns"],
    )
    country = maplayers.fill(
        made(units[units["level"] == 4], "MultiPolygon", ["unit_name"], "country"),
        maplayers.FILLS["country"],
    )
    shade = maplayers.hillshade(dem) if dem else None
    veil = maplayers.fill(
        made(outside(units, book.grids), "MultiPolygon", [], "outside"), maplayers.FILLS["outside"]
    )
    below = [veil, water, rivers, others, fields, *([shade] if shade else [])]
    above = [settlements, roads, villages, stands]
    keep: list[QgsMapLayer] = [*above, *below, towns, country]
    project.addMapLayers(keep, False)
    return Workbench(book, paper, project, layout, family, crs, below, above, country, keep)


def crs_of(frame: gpd.GeoDataFrame) -> QgsCoordinateReferenceSystem:
    """Give a frame's CRS as QGIS's."""
    code = frame.crs.to_epsg()
    if code:
        return QgsCoordinateReferenceSystem(f"EPSG:{code}")
    return QgsCoordinateReferenceSystem.fromWkt(frame.crs.to_wkt())


def outside(units: gpd.GeoDataFrame, grids: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give all land around the county, to be veiled."""
    county = units[units["level"] == 3]
    shape = county.geometry.unary_union if len(county) else grids.geometry.unary_union
    around = shapely.box(*shape.bounds).buffer(200_000.0, join_style="mitre").difference(shape)
    return gpd.GeoDataFrame(geometry=[around], crs=grids.crs)
