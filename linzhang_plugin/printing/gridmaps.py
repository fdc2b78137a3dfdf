"""The atlas of grid maps: a sheet a town or village, its map beside its table of grids."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
from qgis.core import (
    QgsLayoutItemMap,
    QgsLayoutItemPage,
    QgsLayoutSize,
    QgsLineSymbol,
    QgsMapLayer,
)
from qgis.PyQt.QtGui import QColor

from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.progress import Progress, silent, step
from linzhang_plugin.printing import maplayers
from linzhang_plugin.printing.furniture import (
    around,
    arrow,
    draw_legend,
    fitting_scale,
    scale_bar,
)
from linzhang_plugin.printing.gridbook import Book, Sheet, cells
from linzhang_plugin.printing.page import MM, Column, Page, Row, fitting, measured
from linzhang_plugin.printing.pdfwriting import write_book
from linzhang_plugin.printing.workbench import Paper, Workbench, prepare

NOTE = (
    "本图界线仅供护林管护使用，不作为权属划界依据。"
    "按《公开地图内容表示规范》编制，公开使用前须送审。"
)


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
    title = f"{book.county}{book.year}年护林员管护网格图"
    write_book(bench.layout, paper, title, path, pages, progress)
    return int(pages)


def columns(paper: Paper) -> list[Column]:
    """Give the grid table's columns."""
    f = paper.factor
    made = [
        Column("网格编号", 21 * f),
        Column("护林员", 15 * f),
        Column("面积（亩）", 17 * f, True),
        Column("涉及村", 27 * f),
        Column("四至", 46 * f),
    ]
    if not paper.public:
        made.insert(2, Column("电话", 20 * f))
        made[4] = Column("涉及村", 22 * f)
        made[5] = Column("四至", 31 * f)
    return made


def new_page(bench: Workbench) -> Page:
    """Add an empty page."""
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
    draw_map(bench, page, sheet, margin, top, wide, bottom - top - 12 * f)
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
        left,
        top,
        side,
        5 * f,
        8 * f,
        True,
        align="center",
    )
    page.table(titles, rows[:fits], left, top + 5 * f, points)
    draw_legend(bench, page, sheet, left, bottom - legend, side, legend)
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
    page.text(
        edition,
        paper.width - 70 * f,
        9 * f,
        60 * f,
        6 * f,
        9 * f,
        align="right",
        color="#1a1a1a" if paper.public else "#b91c1c",
    )
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
            paper.width - 60 * f,
            paper.height - 16.5 * f,
            50 * f,
            5 * f,
            8 * f,
            align="right",
        )


def draw_map(
    bench: Workbench, page: Page, sheet: Sheet, x: float, y: float, width: float, height: float
) -> None:
    """Draw the sheet's map with its scale bar and north arrow."""
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
    item.setBackgroundColor(QColor("#fbfaf5"))
    if not bench.paper.public:
        graticule(item)
    # Below the map, where they cover nothing.
    arrow(page, x + width - 14 * f, y + height + 1.4 * f, 10.5 * f)
    scale_bar(bench, page, item, x + 2 * f, y + height + 1.5 * f, scale)


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


def graticule(item: QgsLayoutItemMap) -> None:
    """Draw a kilometre grid for the internal edition."""
    grid = item.grid()
    grid.setEnabled(True)
    grid.setIntervalX(1000)
    grid.setIntervalY(1000)
    grid.setLineSymbol(
        QgsLineSymbol.createSimple({"line_color": "90,90,90,70", "line_width": "0.08"})
    )
