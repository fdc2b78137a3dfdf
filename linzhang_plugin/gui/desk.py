"""The plugin's place on the desktop: dock, menu and toolbar, and the dialogs they open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction, QMenu

from linzhang_plugin.core.messages import tr
from linzhang_plugin.gui.dock import YearDock, algorithm_of
from linzhang_plugin.gui.guard import guarded
from linzhang_plugin.gui.steps import STAGES, Step
from linzhang_plugin.language import translate

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

ICON = ":/linzhang/linzhang.svg"
STEPS = {step.algorithm: step for stage in STAGES for step in stage.steps}


class Desk:
    """Builds it all in ``__init__`` and takes it all away in ``remove``."""

    def __init__(self, iface: QgisInterface) -> None:
        """Put dock, menu and toolbar on the desktop."""
        self.iface = iface
        self.results: dict[str, dict[str, Any]] = {}
        self.dialogs: list[Any] = []
        self.dock = YearDock(iface.mainWindow())
        self.dock.chosen.connect(self.open_dialog)
        iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.dock)
        title = translate(tr("Linzhang"))
        self.show_dock = QAction(QIcon(ICON), translate(tr("Forest chief office")))
        self.show_dock.setObjectName("LinzhangShowDock")
        self.show_dock.setCheckable(True)
        self.dock.setToggleVisibilityAction(self.show_dock)
        self.menu = QMenu(title)
        self.menu.setIcon(QIcon(ICON))
        self.menu.addAction(self.show_dock)
        self._fill_menu()
        iface.pluginMenu().addMenu(self.menu)
        self.toolbar = iface.addToolBar(title)
        self.toolbar.setObjectName("LinzhangToolbar")
        self.toolbar.addAction(self.show_dock)
        QgsProject.instance().readProject.connect(self.dock.read_project)
        QgsProject.instance().cleared.connect(self.dock.read_project)

    def _fill_menu(self) -> None:
        for stage in STAGES:
            self.menu.addSection(translate(stage.title))
            for step in stage.steps:
                algorithm = algorithm_of(step.algorithm)
                if algorithm is not None:
                    action = self.menu.addAction(algorithm.displayName())
                    action.triggered.connect(
                        lambda _checked=False, name=step.algorithm: self.open_dialog(name)
                    )

    @guarded
    def open_dialog(self, name: str) -> None:
        """Open an algorithm's dialog, filled with what the earlier steps gave."""
        import processing  # the desktop's own plugin; it is not there under qgis_process

        dialog = processing.createAlgorithmDialog(f"linzhang:{name}", self.parameters(name))
        if dialog is None:
            return
        dialog.algorithmFinished.connect(
            lambda ok, results, name=name: self.keep_results(name, ok, results)
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.destroyed.connect(lambda *_, dialog=dialog: self._forget(dialog))
        self.dialogs.append(dialog)
        dialog.show()

    def parameters(self, name: str) -> dict[str, Any]:
        """Give what is known of an algorithm's parameters before the user says anything."""
        algorithm = algorithm_of(name)
        if algorithm is None:
            return {}
        known = self.dock.settings()
        step = STEPS[name]
        known |= of_workspace(step, str(known.get("WORKSPACE", "")))
        for parameter, (earlier, output) in step.takes.items():
            if self.results.get(earlier, {}).get(output):
                known[parameter] = self.results[earlier][output]
        return {
            parameter: value
            for parameter, value in known.items()
            if algorithm.parameterDefinition(parameter) is not None
        }

    @guarded
    def keep_results(self, name: str, ok: bool, results: dict[str, Any]) -> None:
        """Remember what a run gave, for the next step and for the table of figures."""
        if not ok:
            return
        self.results[name] = dict(results)
        self.dock.show_results(name, results)
        if name == "createworkspace" and results.get("WORKSPACE"):
            self.dock.workspace.setFilePath(str(results["WORKSPACE"]))
            self.iface.messageBar().pushSuccess(
                translate(tr("Linzhang")),
                translate(tr("The workspace is ready; its project can be opened now.")),
            )

    def _forget(self, dialog: Any) -> None:
        if dialog in self.dialogs:
            self.dialogs.remove(dialog)

    def remove(self) -> None:
        """Take everything off the desktop again, last first."""
        project = QgsProject.instance()
        project.cleared.disconnect(self.dock.read_project)
        project.readProject.disconnect(self.dock.read_project)
        for dialog in list(self.dialogs):
            dialog.close()
        self.dialogs.clear()
        self.iface.mainWindow().removeToolBar(self.toolbar)
        self.toolbar.deleteLater()
        self.iface.pluginMenu().removeAction(self.menu.menuAction())
        self.menu.deleteLater()
        self.iface.removeDockWidget(self.dock)
        self.dock.deleteLater()


def of_workspace(step: Step, store: str) -> dict[str, str]:
    """Give the workspace's own tables and the rasters beside it that a step starts from."""
    path = Path(store)
    if not store or not path.is_file():
        return {}
    found = {name: f"{store}|layername={table}" for name, table in step.tables.items()}
    for name, ending in step.beside.items():
        raster = path.with_name(path.stem + ending)
        if raster.exists():
            found[name] = str(raster)
    return found
