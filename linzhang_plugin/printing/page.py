"""One printed page: labels, rules, tables and small symbols laid out in millimetres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qgis.core import (
    Qgis,
    QgsFillSymbol,
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsLayoutItemPolyline,
    QgsLayoutItemShape,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsLineSymbol,
    QgsPrintLayout,
    QgsTextFormat,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import QPointF, Qt
from qgis.PyQt.QtGui import QColor, QPolygonF

from linzhang_plugin.printing.fonts import font, wrapped

MM = QgsUnitTypes.LayoutUnit.LayoutMillimeters
LEADING = 1.45
"""Height that a line of a table is given, in font sizes; fonts' own spacing is less."""
POINT = 25.4 / 72.0


@dataclass(frozen=True)
class Column:
    """A table's column: its title, its width in mm and where its text stands."""

    title: str
    width: float
    right: bool = False


@dataclass(frozen=True)
class Row:
    """A measured table row: the lines of each cell, and its height in mm."""

    cells: tuple[tuple[str, ...], ...]
    height: float


class Page:
    """A page of a layout; every measure is mm from its upper left corner."""

    def __init__(
        self, layout: QgsPrintLayout, number: int, width: float, height: float, family: str
    ) -> None:
        """Stand on page ``number`` of the layout."""
        self.layout = layout
        self.number = number
        self.width = width
        self.height = height
        self.family = family

    def place(self, item: QgsLayoutItem, x: float, y: float, width: float, height: float) -> None:
        """Put an item on the page."""
        item.attemptResize(QgsLayoutSize(width, height, MM))
        item.attemptMove(QgsLayoutPoint(x, y, MM), True, False, self.number)
        self.layout.addLayoutItem(item)

    def text(
        self,
        words: str,
        x: float,
        y: float,
        width: float,
        height: float,
        points: float,
        bold: bool = False,
        color: str = "#1a1a1a",
        align: str = "left",
    ) -> QgsLayoutItemLabel:
        """Write one block of text, its lines already broken."""
        item = QgsLayoutItemLabel(self.layout)
        form = QgsTextFormat()
        form.setFont(font(self.family, points, bold))
        form.setSize(points)
        form.setSizeUnit(Qgis.RenderUnit.Points)
        form.setColor(QColor(color))
        item.setTextFormat(form)
        item.setText(words)
        item.setMarginX(0.0)
        item.setMarginY(0.0)
        sides = {
            "left": Qt.AlignmentFlag.AlignLeft,
            "center": Qt.AlignmentFlag.AlignHCenter,
            "right": Qt.AlignmentFlag.AlignRight,
        }
        item.setHAlign(sides[align])
        item.setVAlign(Qt.AlignmentFlag.AlignVCenter)
        self.place(item, x, y, width, height)
        return item

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str = "",
        line: str = "#333333",
        thick: float = 0.2,
    ) -> None:
        """Draw a rectangle."""
        item = QgsLayoutItemShape(self.layout)
        item.setShapeType(QgsLayoutItemShape.Shape.Rectangle)
        item.setSymbol(
            QgsFillSymbol.createSimple(
                {
                    "color": fill or "#ffffff",
                    "style": "solid" if fill else "no",
                    "outline_color": line,
                    "outline_width": str(thick),
                    "outline_style": "solid" if line else "no",
                }
            )
        )
        self.place(item, x, y, width, height)

    def rule(self, points: Sequence[tuple[float, float]], symbol: QgsLineSymbol) -> None:
        """Draw a line."""
        top = self.layout.pageCollection().page(self.number).pos().y()
        line = QPolygonF([QPointF(x, y + top) for x, y in points])
        item = QgsLayoutItemPolyline(line, self.layout)
        item.setSymbol(symbol)
        self.layout.addLayoutItem(item)

    def thin(self, x1: float, y1: float, x2: float, y2: float, thick: float = 0.12) -> None:
        """Draw a thin straight line."""
        symbol = QgsLineSymbol.createSimple({"line_color": "#777777", "line_width": str(thick)})
        self.rule([(x1, y1), (x2, y2)], symbol)

    def table(
        self, columns: Sequence[Column], rows: Sequence[Row], x: float, y: float, points: float
    ) -> float:
        """Draw a heading and the given rows; give the y below them."""
        width = sum(column.width for column in columns)
        head = head_height(points)
        self.box(x, y, width, head, fill="#dfe9dc", thick=0.25)
        left = x
        for column in columns:
            self.text(column.title, left, y, column.width, head, points, True, align="center")
            left += column.width
        top = y + head
        for number, row in enumerate(rows):
            if number % 2:
                self.box(x, top, width, row.height, fill="#f6f8f4", line="", thick=0.0)
            left = x
            for column, lines in zip(columns, row.cells, strict=True):
                self.text(
                    "\n".join(lines),
                    left + PAD,
                    top,
                    column.width - 2 * PAD,
                    row.height,
                    points,
                    align="right" if column.right else "left",
                )
                left += column.width
            top += row.height
        line = y + head
        for row in rows:
            line += row.height
            self.thin(x, line, x + width, line)
        left = x
        for column in columns[:-1]:
            left += column.width
            self.thin(left, y, left, top)
        self.box(x, y, width, top - y, thick=0.25)
        return top


PAD = 0.9
"""Space beside a cell's text, mm."""


def head_height(points: float) -> float:
    """Give the height of a table's heading, mm."""
    return points * POINT * 2.1


def measured(columns: Sequence[Column], cells: Sequence[str], family: str, points: float) -> Row:
    """Break a row's texts to its columns and give it its height."""
    broken = tuple(
        tuple(wrapped(text, family, points, column.width - 2 * PAD - 0.3))
        for column, text in zip(columns, cells, strict=True)
    )
    lines = max(len(cell) for cell in broken)
    return Row(broken, lines * points * POINT * LEADING + 0.9)


def fitting(rows: Sequence[Row], height: float, points: float) -> int:
    """Give how many of the rows fit into a table of ``height`` mm with its heading."""
    left = height - head_height(points)
    for number, row in enumerate(rows):
        left -= row.height
        if left < -1e-6:
            return number
    return len(rows)
