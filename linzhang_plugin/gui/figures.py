"""The figures of the last run, as a small table."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingAlgorithm, QgsProcessingOutputNumber
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from linzhang_plugin.core.messages import tr
from linzhang_plugin.language import translate


class FiguresTable(QTableWidget):
    """Two columns: what, and how much."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(0, 2)
        self.setHorizontalHeaderLabels([translate(tr("Figure")), translate(tr("Value"))])
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setAlternatingRowColors(True)
        header = self.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)

    def show_results(self, algorithm: QgsProcessingAlgorithm, results: dict[str, Any]) -> None:
        """Show the numeric outputs of a run, in the order they are declared."""
        numbers = [
            output
            for output in algorithm.outputDefinitions()
            if isinstance(output, QgsProcessingOutputNumber) and output.name() in results
        ]
        self.setRowCount(len(numbers))
        for row, output in enumerate(numbers):
            value = QTableWidgetItem(readable(results[output.name()]))
            value.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.setItem(row, 0, QTableWidgetItem(output.description() or output.name()))
            self.setItem(row, 1, value)


def readable(value: Any) -> str:
    """Give a figure as people write it: grouped, at most two decimals, a dash for none.

    Example:
        >>> readable(12345.678), readable(3.0), readable(None)
        ('12,345.68', '3', '—')
    """
    if not isinstance(value, (int, float)) or value != value:
        return "—"
    return f"{value:,.2f}".rstrip("0").rstrip(".")
