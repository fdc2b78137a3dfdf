"""The atlas of grid maps: a sheet a town or village, drawn and written page by page."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsFillSymbol,
    QgsLayoutExporter,
    QgsLayoutItemMap,
    QgsLayoutItemScaleBar,
    QgsLayoutPoint,
    QgsLayoutRenderContext,
    QgsLayoutSize,
    QgsLineSymbol,
    QgsMapLayer,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
    QgsTextFormat,
)
from qgis.PyQt.QtCore import QMarginsF, QSizeF
from qgis.PyQt.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from linzhang_plugin.core.messages import Message, StoreError, tr
from linzhang_plugin.core.progress import Progress, silent, step
from linzhang_plugin.printing import maplayers, pdftext
from linzhang_plugin.printing.coloring import PALETTE
from linzhang_plugin.printing.fonts import chinese_family, font
from linzhang_plugin.printing.gridbook import Book, Sheet, cells
from linzhang_plugin.printing.page import MM, Column, Page, Row, fitting, measured

SCALES = (2_000, 2_500, 4_000, 5_000, 8_000, 10_000, 12_500, 15_000, 20_000, 25_000, 30_000,
          40_000, 50_000, 60_000, 80_000, 100_000, 125_000, 150_000, 200_000, 250_000, 500_000,
          1_000_000)  # fmt: skip
"""Round scales, the largest that shows the whole unit is taken."""
BARS = (0.05, 0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0)
"""Lengths of one part of the scale bar, km."""
NOTE = "本图界线仅供护林管护使用，不作为权属划界依据。按《公开地图内容表示规范》编制，公开使用前须送审。"


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


def print_book(
    book: Book,
    sheets: list[Sheet],
    paper: Paper,
    path: Path,
    dem: Path | None = None,
    progress: Progress = silent,
) -> int:
    """Draw the sheets and write them as one PDF, whole or not at all.

    Args:
        book: The year's grids.
        sheets: What to print, in order.
        paper: Page, resolution, date, edition.
        path: The PDF; replaced only when the new one has been checked.
        dem: Elevation for the hillshade.
        progress: Reports a page at a time.

    Returns:
        Number of pages.

    Raises:
        StoreError: The file cannot be written or came out wrong.
        CancelledError: The receiver of ``progress`` said stop.
    """
    bench = prepare(book, paper, dem)
    for number, sheet in enumerate(sheets):
        step(
            progress,
            0.25 * number / len(sheets),
            Message(tr("Laying out {name}."), {"name": sheet.name}),
        )
        lay_out(bench, sheet)
    pages = bench.layout.pageCollection().pageCount()
    number_pages(bench, pages)
    draft = path.with_name(path.stem + ".part.pdf")
    try:
        write_pages(bench, draft, pages, progress)
        finish(draft, path, pages, paper)
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
    return int(pages)


def finish(draft: Path, path: Path, pages: int, paper: Paper) -> None:
    """Repair the text, check the file and move it into place."""
    try:
        draft.write_bytes(pdftext.repair(draft.read_bytes(), paper.as_of))
        pdftext.check(draft, pages)
        os.replace(draft, path)
    except OSError as error:
        raise StoreError(
            tr("{path} cannot be written: {reason}. Close it elsewhere, or check free space."),
            path=str(path),
            reason=error.strerror or str(error),
        ) from error


def write_pages(bench: Workbench, draft: Path, pages: int, progress: Progress) -> None:
    """Paint page after page into a PDF; text stays text."""
    paper = bench.paper
    try:
        draft.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(b"")
    except OSError as error:
        raise StoreError(
            tr("{path} cannot be written: {reason}. Close it elsewhere, or check free space."),
            path=str(draft),
            reason=error.strerror or str(error),
        ) from error
    writer = QPdfWriter(str(draft))
    writer.setCreator("Linzhang")
    writer.setTitle(title_of(bench.book))
    writer.setResolution(paper.dpi)
    size = QPageSize(
        QSizeF(paper.width, paper.height),
        QPageSize.Unit.Millimeter,
        "",
        QPageSize.SizeMatchPolicy.ExactMatch,
    )
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    context = bench.layout.renderContext()
    context.setDpi(paper.dpi)
    context.setTextRenderFormat(Qgis.TextRenderFormat.AlwaysText)
    context.setFlag(QgsLayoutRenderContext.Flag.FlagUseAdvancedEffects, False)
    context.setFlag(QgsLayoutRenderContext.Flag.FlagAntialiasing, True)
    exporter = QgsLayoutExporter(bench.layout)
    painter = QPainter()
    if not painter.begin(writer):
        raise StoreError(
            tr("{path} cannot be written: {reason}. Close it elsewhere, or check free space."),
            path=str(draft),
            reason="QPdfWriter",
        )
    try:
        for number in range(pages):
            step(
                progress,
                0.25 + 0.75 * number / pages,
                Message(
                    tr("Printing page {number} of {pages}."), {"number": number + 1, "pages": pages}
                ),
            )
            if number:
                writer.newPage()
            exporter.renderPage(painter, number)
    finally:
        painter.end()


def title_of(book: Book) -> str:
    """Give the book's title."""
    return f"{book.county}{book.year}年护林员管护网格图"


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


def columns(paper: Paper) -> list[Column]:
    """Give the grid table's columns."""
    f = paper.factor
    made = [Column("网格编号", 21 * f), Column("护林员", 15 * f), Column("面积（亩）", 17 * f, True),
            Column("涉及村", 27 * f), Column("四至", 46 * f)]  # fmt: skip
    if not paper.public:
        made.insert(2, Column("电话", 20 * f))
        made[4] = Column("涉及村", 22 * f)
        made[5] = Column("四至", 31 * f)
    return made


def new_page(bench: Workbench) -> Page:
    """Add an empty page."""
    from qgis.core import QgsLayoutItemPage

    item = QgsLayoutItemPage(bench.layout)
    item.setPageSize(QgsLayoutSize(bench.paper.width, bench.paper.height, MM))
    bench.layout.pageCollection().addPage(item)
    number = bench.layout.pageCollection().pageCount() - 1
    return Page(bench.layout, number, bench.paper.width, bench.paper.height, bench.family)


def lay_out(bench: Workbench, sheet: Sheet) -> None:
    """Lay out one sheet: map and table, and further pages where the table is long."""
    paper, f = bench.paper, bench.paper.factor
    page = new_page(bench)
    margin, top, foot = 10 * f, 24 * f, 14 * f
    titles = columns(paper)
    side = sum(column.width for column in titles)
    texts = cells(sheet, paper.public)
    head(bench, page, f"{sheet.name}{bench.book.year}年护林员管护网格图")
    bottom = paper.height - foot - 5 * f
    left = paper.width - margin - side
    legend = 54 * f
    wide = left - 3 * f - margin
    scale = draw_map(bench, page, sheet, margin, top, wide, bottom - top)
    room = bottom - legend - 3 * f - top - 5 * f
    # Slightly smaller letters rather than a page for a few rows.
    for points in (6.3 * f, 5.8 * f, 5.3 * f):
        rows = [measured(titles, row, bench.family, points) for row in texts]
        if fitting(rows, room, points) == len(rows):
            break
    else:
        points = 6.3 * f
        rows = [measured(titles, row, bench.family, points) for row in texts]
    fits = fitting(rows, room, points)
    rest = rows[fits:]
    page.text(
        f"网格一览表（{len(sheet.grids)}个网格{'，续表见下页' if rest else ''}）",
        left, top, side, 5 * f, 8 * f, True, align="center",
    )  # fmt: skip
    page.table(titles, rows[:fits], left, top + 5 * f, points)
    draw_legend(bench, page, sheet, left, bottom - legend, side, legend, scale)
    while rest:
        rest = continued(bench, sheet, titles, rest, points)


def continued(
    bench: Workbench, sheet: Sheet, titles: list[Column], rows: list[Row], points: float
) -> list[Row]:
    """Fill a page with the table's next rows, side by side; give what is left."""
    paper, f = bench.paper, bench.paper.factor
    page = new_page(bench)
    head(bench, page, f"{sheet.name}{bench.book.year}年护林员管护网格一览表（续）")
    margin, top = 10 * f, 24 * f
    room = paper.height - 19 * f - top
    width = sum(column.width for column in titles)
    across = max(1, int((paper.width - 2 * margin + 4 * f) // (width + 4 * f)))
    for number in range(across):
        # A row taller than a page is printed all the same, on its own.
        fits = max(1, fitting(rows, room, points))
        page.table(titles, rows[:fits], margin + number * (width + 4 * f), top, points)
        rows = rows[fits:]
        if not rows:
            break
    return rows


def head(bench: Workbench, page: Page, title: str) -> None:
    """Write a page's title, edition and foot."""
    paper, f, book = bench.paper, bench.paper.factor, bench.book
    page.text(f"{book.county}{title}", 0, 7 * f, paper.width, 11 * f, 21 * f, True, align="center")
    edition = "公开版" if paper.public else "内部资料  注意保管"
    page.text(edition, paper.width - 70 * f, 9 * f, 60 * f, 6 * f, 9 * f, align="right",
              color="#1a1a1a" if paper.public else "#b91c1c")  # fmt: skip
    if book.sample:
        page.box(10 * f, 7.5 * f, 24 * f, 10 * f, line="#b91c1c", thick=0.6)
        page.text("示例", 10 * f, 7.5 * f, 24 * f, 10 * f, 17 * f, True, "#b91c1c", "center")
    y = paper.height - 16.5 * f
    year, month, day = paper.as_of.split("-")
    left = (
        f"制图单位：{paper.unit}    数据日期：{book.data_date}    "
        f"制图日期：{int(year)}年{int(month)}月{int(day)}日    审图号："
    )
    page.text(left, 10 * f, y, paper.width * 0.72, 5 * f, 8 * f)
    sample = "本图为示例数据，地名、人名均为虚构。" if book.sample else ""
    page.text(
        sample + NOTE, 10 * f, y + 5 * f, paper.width - 60 * f, 5 * f, 6.5 * f, color="#555555"
    )


def number_pages(bench: Workbench, pages: int) -> None:
    """Write each page's number."""
    paper, f = bench.paper, bench.paper.factor
    for number in range(pages):
        page = Page(bench.layout, number, paper.width, paper.height, bench.family)
        page.text(
            f"第{number + 1}页  共{pages}页",
            paper.width - 60 * f, paper.height - 16.5 * f, 50 * f, 5 * f, 8 * f, align="right",
        )  # fmt: skip


def draw_map(
    bench: Workbench, page: Page, sheet: Sheet, x: float, y: float, width: float, height: float
) -> int:
    """Draw the sheet's map with its scale bar and north arrow; give its scale."""
    f = bench.paper.factor
    own = maplayers.memory_layer(
        sheet.grids, "MultiPolygon", bench.crs, ["label", "ranger", "color"], "grids"
    )
    maplayers.colored_grids(own)
    expression = "label || '\\n' || ranger"
    size = (7.4 if len(sheet.grids) < 25 else 6.6) * f
    maplayers.labelled(own, expression, bench.family, size, "#14321a", True, True, 10)
    border = gpd.GeoDataFrame(geometry=[sheet.shape], crs=bench.book.grids.crs)
    edge = maplayers.fill(
        maplayers.memory_layer(border, "MultiPolygon", bench.crs, [], "town"),
        maplayers.FILLS["town"],
    )
    homes = homes_of(bench, sheet)
    bench.project.addMapLayers([own, edge, *homes], False)
    bench.keep += [own, edge, *homes]
    item = QgsLayoutItemMap(bench.layout)
    page.place(item, x, y, width, height)
    item.setCrs(bench.crs)
    item.setKeepLayerSet(True)
    over, under = bench.below[:3], bench.below[3:]
    item.setLayers([*homes, edge, *bench.above, *over, own, *under])
    item.setFrameEnabled(True)
    bounds = own.extent()
    bounds.combineExtentWith(edge.extent())
    scale = fitting_scale(bounds, width, height)
    item.zoomToExtent(around(bounds, width, height, scale))
    item.setScale(scale)
    item.setBackgroundColor(background())
    if not bench.paper.public:
        graticule(item, bench.family, f)
    arrow(page, x + width - 16 * f, y + 3 * f, 13 * f)
    scale_bar(bench, page, item, x + 4 * f, y + height - 16.5 * f, scale)
    return scale


def background() -> Any:
    """Give the map's ground colour."""
    from qgis.PyQt.QtGui import QColor

    return QColor("#fbfaf5")


def fitting_scale(bounds: QgsRectangle, width: float, height: float) -> int:
    """Give the largest round scale at which the bounds fit into ``width`` by ``height`` mm."""
    need = 1.04 * max(bounds.width() / (width / 1000.0), bounds.height() / (height / 1000.0), 1.0)
    return next((scale for scale in SCALES if scale >= need), int(need))


def around(bounds: QgsRectangle, width: float, height: float, scale: float) -> QgsRectangle:
    """Give the map's extent at a scale around the middle of the bounds."""
    middle = bounds.center()
    x, y = width / 2000.0 * scale, height / 2000.0 * scale
    return QgsRectangle(middle.x() - x, middle.y() - y, middle.x() + x, middle.y() + y)


def homes_of(bench: Workbench, sheet: Sheet) -> list[QgsMapLayer]:
    """Give the rangers' homes; the public edition shows none."""
    if bench.paper.public:
        return []
    person = bench.book.places["person"]
    own = person[person["person_id"].isin(sheet.grids["ranger_id"].dropna())]
    if own.empty:
        return []
    layer = maplayers.memory_layer(own, "Point", bench.crs, ["name"], "homes")
    return [maplayers.marks(layer, maplayers.HOMES)]


def graticule(item: QgsLayoutItemMap, family: str, factor: float) -> None:
    """Draw a kilometre grid for the internal edition."""
    grid = item.grid()
    grid.setEnabled(True)
    grid.setIntervalX(1000)
    grid.setIntervalY(1000)
    grid.setLineSymbol(
        QgsLineSymbol.createSimple({"line_color": "90,90,90,70", "line_width": "0.08"})
    )
    del family, factor


def arrow(page: Page, x: float, y: float, size: float) -> None:
    """Draw a north arrow: half a dark, half a light blade, and 北."""
    from qgis.core import QgsLayoutItemPolygon
    from qgis.PyQt.QtCore import QPointF
    from qgis.PyQt.QtGui import QPolygonF

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
    page.box(
        x - 1.5 * f,
        y - 1.0 * f,
        unit * 1e6 / scale * 4 + 22 * f,
        15.5 * f,
        fill="#ffffff",
        line="",
        thick=0,
    )
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
    bar.attemptMove(QgsLayoutPoint(x, y, MM), True, False, page.number)
    page.text(f"1:{scale:,}", x + 1.5 * f, y + 9.8 * f, 40 * f, 4 * f, 8 * f, True)


def draw_legend(
    bench: Workbench,
    page: Page,
    sheet: Sheet,
    x: float,
    y: float,
    width: float,
    height: float,
    scale: int,
) -> None:
    """Draw the legend and, beside it, where the unit lies in the county."""
    del scale
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
    from qgis.core import QgsLayoutItemShape

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
