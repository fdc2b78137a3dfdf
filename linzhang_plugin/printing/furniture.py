"""What stands around a map: scale, north arrow, legend and where the unit lies."""

from __future__ import annotations

import geopandas as gpd
from qgis.core import (
    Qgis,
    QgsFillSymbol,
    QgsLayoutItemMap,
    QgsLayoutItemPolygon,
    QgsLayoutItemScaleBar,
    QgsLayoutItemShape,
    QgsLayoutPoint,
    QgsLineSymbol,
    QgsRectangle,
    QgsTextFormat,
)
from qgis.PyQt.QtCore import QPointF
from qgis.PyQt.QtGui import QPolygonF

from linzhang_plugin.printing import maplayers
from linzhang_plugin.printing.coloring import PALETTE
from linzhang_plugin.printing.fonts import font
from linzhang_plugin.printing.gridbook import Sheet
from linzhang_plugin.printing.page import MM, Page
from linzhang_plugin.printing.workbench import Workbench

SCALES = (2_000, 2_500, 4_000, 5_000, 8_000, 10_000, 12_500, 15_000, 20_000, 25_000, 30_000,
          40_000, 50_000, 60_000, 80_000, 100_000, 125_000, 150_000, 200_000, 250_000, 500_000,
          1_000_000)  # fmt: skip
"""Round scales, the largest that shows the whole unit is taken."""
BARS = (0.05, 0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0)
"""Lengths of one part of the scale bar, km."""


def fitting_scale(bounds: QgsRectangle, width: float, height: float) -> int:
    """Give the largest round scale at which the bounds fit into ``width`` by ``height`` mm."""
    need = 1.04 * max(bounds.width() / (width / 1000.0), bounds.height() / (height / 1000.0), 1.0)
    return next((scale for scale in SCALES if scale >= need), int(need))


def around(bounds: QgsRectangle, width: float, height: float, scale: float) -> QgsRectangle:
    """Give the map's extent at a scale around the middle of the bounds."""
    middle = bounds.center()
    x, y = width / 2000.0 * scale, height / 2000.0 * scale
    return QgsRectangle(middle.x() - x, middle.y() - y, middle.x() + x, middle.y() + y)


def arrow(page: Page, x: float, y: float, size: float) -> None:
    """Draw a north arrow: half a dark, half a light blade, and 北."""
    top = page.layout.pageCollection().page(page.number).pos().y()
    tip, low, waist = y + 0.3 * size, y + size, y + 0.8 * size
    for side, color in ((-1, "#222222"), (1, "#ffffff")):
        blade = [
            (x + size / 2, tip),
            (x + size / 2 + side * size * 0.24, low),
            (x + size / 2, waist),
        ]
        item = QgsLayoutItemPolygon(QPolygonF([QPointF(a, b + top) for a, b in blade]), page.layout)
        item.setSymbol(
            QgsFillSymbol.createSimple(
                {"color": color, "outline_color": "#222222", "outline_width": "0.2"}
            )
        )
        page.layout.addLayoutItem(item)
    page.text("北", x, y, size, 0.3 * size, size * 0.75, True, align="center")


def scale_bar(
    bench: Workbench, page: Page, item: QgsLayoutItemMap, x: float, y: float, scale: int
) -> None:
    """Draw a scale bar of round length, with the scale as a number."""
    f = bench.paper.factor
    unit = max((bar for bar in BARS if bar * 1e6 / scale <= 16 * f), default=BARS[0])
    small = unit < 0.5
    bar = QgsLayoutItemScaleBar(bench.layout)
    bar.setStyle("Double Box")
    bar.setLinkedMap(item)
    bar.setUnits(Qgis.DistanceUnit.Meters if small else Qgis.DistanceUnit.Kilometers)
    bar.setUnitLabel("米" if small else "公里")
    bar.setMapUnitsPerScaleBarUnit(1.0)
    bar.setNumberOfSegments(4)
    bar.setNumberOfSegmentsLeft(0)
    bar.setUnitsPerSegment(unit * 1000 if small else unit)
    bar.setHeight(1.6 * f)
    form = QgsTextFormat()
    form.setFont(font(bench.family, 7 * f))
    form.setSize(7 * f)
    bar.setTextFormat(form)
    bar.setBoxContentSpace(0.5)
    bar.update()
    page.layout.addLayoutItem(bar)
    bar.attemptMove(QgsLayoutPoint(x + 25 * f, y, MM), True, False, page.number)
    page.text(f"1:{scale:,}", x, y + 1.5 * f, 24 * f, 6 * f, 10 * f, True)


def draw_legend(
    bench: Workbench,
    page: Page,
    sheet: Sheet,
    x: float,
    y: float,
    width: float,
    height: float,
) -> None:
    """Draw the legend and, beside it, where the unit lies in the county."""
    f = bench.paper.factor
    locator = min(0.42 * width, height - 6 * f)
    page.box(x, y, width, height, line="#555555", thick=0.25)
    page.text("图  例", x, y + 1 * f, width - locator, 5 * f, 9 * f, True, align="center")
    entries = legend_entries(bench)
    rows = -(-len(entries) // 2)
    pitch = min(6.2 * f, (height - 9 * f) / rows)
    column = (width - locator - 5 * f) / 2
    for number, (kind, look, title) in enumerate(entries):
        left = x + 3 * f + (number // rows) * column
        top = y + 7.5 * f + (number % rows) * pitch
        swatch(page, kind, look, left, top, 9 * f, 0.6 * pitch)
        page.text(title, left + 11 * f, top - 0.2 * pitch, column - 11 * f, pitch, 7 * f)
    side = x + width - locator - 1.5 * f
    page.text("位置示意图", side, y + 1 * f, locator, 5 * f, 7.5 * f, align="center")
    item = QgsLayoutItemMap(bench.layout)
    page.place(item, side, y + 6 * f, locator, height - 7.5 * f)
    border = gpd.GeoDataFrame(geometry=[sheet.shape], crs=bench.book.grids.crs)
    here = maplayers.fill(
        maplayers.memory_layer(border, "MultiPolygon", bench.crs, [], "here"),
        maplayers.FILLS["here"],
    )
    bench.project.addMapLayers([here], False)
    bench.keep.append(here)
    item.setCrs(bench.crs)
    item.setKeepLayerSet(True)
    item.setLayers([here, bench.towns])
    bounds = bench.towns.extent()
    bounds.combineExtentWith(here.extent())
    tall = height - 7.5 * f
    need = 1.06 * max(bounds.width() / locator, bounds.height() / tall, 0.001) * 1000.0
    item.zoomToExtent(around(bounds, locator, tall, need))
    item.setScale(need)
    item.setFrameEnabled(False)


def legend_entries(bench: Workbench) -> list[tuple[str, dict[str, str], str]]:
    """Give what the map shows, as (symbol kind, look, title)."""
    fills = maplayers.FILLS
    made: list[tuple[str, dict[str, str], str]] = [
        ("fill", {"color": PALETTE[0], **maplayers.GRID_LINE}, "管护网格（相邻异色）"),
        ("fill", fills["others"], "其他镇街网格"),
        ("fill", fills["town"], "本单位界线"),
        ("fill", fills["villages"], "村界"),
        ("fill", fills["stands"] | {"outline_color": "#8a9484", "outline_width": "0.15"}, "小班界"),
        ("fill", fills["farmland"], "农田"),
        ("fill", fills["water"], "水面"),
        ("line", maplayers.RIVERS, "河流、溪沟"),
        ("mark", maplayers.PLACES, "居民点"),
    ]
    if not bench.paper.public:
        made.append(("mark", maplayers.HOMES, "护林员住址"))
    kinds = set(bench.book.places["road"]["kind"].dropna())
    made += [
        ("line", look, title) for kind, (title, look) in maplayers.ROADS.items() if kind in kinds
    ]
    return made


def swatch(
    page: Page, kind: str, look: dict[str, str], x: float, y: float, width: float, height: float
) -> None:
    """Draw one legend symbol."""
    if kind == "line":
        page.rule(
            [(x, y + height / 2), (x + width, y + height / 2)],
            QgsLineSymbol.createSimple(dict(look)),
        )
        return
    item = QgsLayoutItemShape(page.layout)
    if kind == "mark":
        square = look.get("name") == "square"
        size = height * (0.5 if square else 0.7)
        item.setShapeType(
            QgsLayoutItemShape.Shape.Rectangle if square else QgsLayoutItemShape.Shape.Ellipse
        )
        item.setSymbol(QgsFillSymbol.createSimple({"color": look["color"], "outline_style": "no"}))
        page.place(item, x + (width - size) / 2, y + (height - size) / 2, size, size)
        return
    item.setShapeType(QgsLayoutItemShape.Shape.Rectangle)
    item.setSymbol(QgsFillSymbol.createSimple(dict(look)))
    page.place(item, x, y, width, height)
