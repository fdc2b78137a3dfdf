"""The dock: the workspace, the year, the year's steps as buttons, the last run's figures."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsExpressionContextUtils,
    QgsProcessingAlgorithm,
    QgsProject,
)
from qgis.gui import QgsCollapsibleGroupBox, QgsDockWidget, QgsFileWidget
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QFormLayout,
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from linzhang_plugin.core.messages import tr
from linzhang_plugin.gui.figures import FiguresTable
from linzhang_plugin.gui.guard import guarded
from linzhang_plugin.gui.steps import STAGES, Stage
from linzhang_plugin.language import translate

WORKSPACE = "linzhang_workspace"
YEAR = "linzhang_year"


class YearDock(QgsDockWidget):
    """What a technician sees of the plugin: one page, in the order of the year.

    Signals:
        chosen: The algorithm of the step whose button was pressed.
    """

    chosen = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build the page; the workspace is that of the open project."""
        super().__init__(translate(tr("Forest chief office")), parent)
        self.setObjectName("LinzhangYearDock")
        self.buttons: dict[str, QPushButton] = {}
        self.figures = FiguresTable()
        self.figures_title = QLabel()
        self.figures_title.setTextFormat(Qt.TextFormat.PlainText)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.addLayout(self._workspace_form())
        layout.addWidget(self._stages(), 3)
        layout.addWidget(_heading(translate(tr("Last result"))))
        layout.addWidget(self.figures_title)
        layout.addWidget(self.figures, 1)
        self.setWidget(page)
        self.read_project()

    def _stages(self) -> QScrollArea:
        """Give the stages one under the other; those not at work now can be folded away."""
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        for stage in STAGES:
            box = QgsCollapsibleGroupBox(translate(stage.title))
            box.setObjectName(f"LinzhangStage_{stage.name}")
            box.setSettingGroup("linzhang")
            box.setSaveCollapsedState(True)
            box.setLayout(self._buttons_of(stage))
            box.setCollapsed(stage.folded)
            layout.addWidget(box)
        layout.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(page)
        return scroll

    def _workspace_form(self) -> QFormLayout:
        self.workspace = QgsFileWidget()
        self.workspace.setFilter("GeoPackage (*.gpkg)")
        self.workspace.setDialogTitle(translate(tr("Choose the county's workspace")))
        self.workspace.fileChanged.connect(self._keep_workspace)
        self.year = QSpinBox()
        self.year.setRange(2000, 2100)
        self.year.valueChanged.connect(self._keep_year)
        form = QFormLayout()
        form.addRow(translate(tr("Workspace")), self.workspace)
        form.addRow(translate(tr("Year")), self.year)
        return form

    def _buttons_of(self, stage: Stage) -> QGridLayout:
        """Give the stage's buttons, two a row; an algorithm that is not there has none."""
        grid = QGridLayout()
        grid.setSpacing(4)
        shown = 0
        for step in stage.steps:
            algorithm = algorithm_of(step.algorithm)
            if algorithm is None:
                continue
            button = QPushButton(algorithm.displayName())
            button.setToolTip(algorithm.displayName())
            button.clicked.connect(
                lambda _checked=False, name=step.algorithm: self.chosen.emit(name)
            )
            grid.addWidget(button, shown // 2, shown % 2)
            self.buttons[step.algorithm] = button
            shown += 1
        return grid

    @guarded
    def read_project(self, *_: Any) -> None:
        """Show the workspace and the year that the open project names."""
        scope = QgsExpressionContextUtils.projectScope(QgsProject.instance())
        path, year = scope.variable(WORKSPACE), scope.variable(YEAR)
        for widget in (self.workspace, self.year):
            widget.blockSignals(True)
        self.workspace.setFilePath(str(path or ""))
        self.year.setValue(int(year) if str(year or "").isdigit() else date.today().year)
        for widget in (self.workspace, self.year):
            widget.blockSignals(False)

    @guarded
    def _keep_workspace(self, path: str) -> None:
        if path and not Path(path).exists():
            return
        QgsExpressionContextUtils.setProjectVariable(QgsProject.instance(), WORKSPACE, path)

    @guarded
    def _keep_year(self, year: int) -> None:
        QgsExpressionContextUtils.setProjectVariable(QgsProject.instance(), YEAR, year)

    def settings(self) -> dict[str, Any]:
        """Give the parameters that every step shares."""
        shared: dict[str, Any] = {"YEAR": self.year.value()}
        if self.workspace.filePath():
            shared["WORKSPACE"] = self.workspace.filePath()
        return shared

    def show_results(self, name: str, results: dict[str, Any]) -> None:
        """Show the figures of a finished run."""
        algorithm = algorithm_of(name)
        if algorithm is not None:
            self.figures_title.setText(algorithm.displayName())
            self.figures.show_results(algorithm, results)


def algorithm_of(name: str) -> QgsProcessingAlgorithm | None:
    """Give a registered algorithm of the provider, None where this version has none."""
    return QgsApplication.processingRegistry().algorithmById(f"linzhang:{name}")


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label
