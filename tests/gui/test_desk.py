"""Dock, menu and toolbar: built and taken away, and what they hand to the next step."""

from __future__ import annotations

from unittest.mock import MagicMock

import pytest
from qgis.core import QgsExpressionContextUtils, QgsProject
from qgis.gui import QgsCollapsibleGroupBox
from qgis.PyQt.QtWidgets import QMainWindow, QMenu, QToolBar

from linzhang_plugin.core.messages import InputError
from linzhang_plugin.core.tables.schema import TABLES
from linzhang_plugin.gui import guard
from linzhang_plugin.gui.desk import STEPS, Desk
from linzhang_plugin.gui.dock import WORKSPACE, YEAR, algorithm_of
from linzhang_plugin.gui.figures import readable
from linzhang_plugin.gui.steps import STAGES
from linzhang_plugin.language import translate


class Iface:
    """The parts of QGIS's interface that the desk uses, on a real window."""

    def __init__(self) -> None:
        self.window = QMainWindow()
        self.menu = QMenu()
        self.bar = MagicMock()

    def mainWindow(self) -> QMainWindow:
        return self.window

    def pluginMenu(self) -> QMenu:
        return self.menu

    def messageBar(self) -> MagicMock:
        return self.bar

    def addToolBar(self, title: str) -> QToolBar:
        return self.window.addToolBar(title)

    def addDockWidget(self, area, dock) -> None:
        self.window.addDockWidget(area, dock)

    def removeDockWidget(self, dock) -> None:
        self.window.removeDockWidget(dock)


@pytest.fixture
def iface(qgis_app) -> Iface:
    return Iface()


@pytest.fixture
def desk(provider, iface):
    QgsProject.instance().clear()
    desk = Desk(iface)
    yield desk
    desk.remove()


def test_steps_stand_in_the_order_of_the_year(desk):
    names = [step.algorithm for stage in STAGES for step in stage.steps]
    assert list(desk.dock.buttons) == names
    assert len(names) == len(set(names))


def test_what_a_step_takes_is_an_output_of_an_earlier_step():
    names = [step.algorithm for stage in STAGES for step in stage.steps]
    for stage in STAGES:
        for step in stage.steps:
            for earlier, _ in step.takes.values():
                assert names.index(earlier) < names.index(step.algorithm)


def test_what_a_step_takes_of_the_workspace_is_a_table_and_a_raster(provider):
    for step in STEPS.values():
        kinds = {"source": set(step.tables), "raster": set(step.beside)}
        for kind, names in kinds.items():
            for name in names:
                assert algorithm_of(step.algorithm).parameterDefinition(name).type() == kind
        assert set(step.tables.values()) <= set(TABLES)


def test_a_dialog_starts_with_the_tables_and_rasters_of_the_workspace(desk, tmp_path):
    store = tmp_path / "示例 县.gpkg"
    for path in (store, tmp_path / "示例 县_dem.tif"):
        path.write_bytes(b"")
    desk.dock.workspace.setFilePath(str(store))
    known = desk.parameters("detectbareslopes")
    assert known["KNOWN"] == f"{store}|layername=bare_slope"
    assert known["DEM"] == str(tmp_path / "示例 县_dem.tif")
    assert "IMAGE" not in known, "there is none beside this workspace"
    desk.dock.workspace.setFilePath(str(tmp_path / "nowhere.gpkg"))
    assert {"KNOWN", "DEM"} & set(desk.parameters("detectbareslopes")) == set()


def test_what_a_step_takes_fits_the_algorithms(provider):
    for stage in STAGES:
        for step in stage.steps:
            for name, (earlier, output) in step.takes.items():
                assert algorithm_of(step.algorithm).parameterDefinition(name) is not None
                assert algorithm_of(earlier).outputDefinition(output) is not None


def test_later_stages_are_folded_at_first(desk):
    boxes = desk.dock.findChildren(QgsCollapsibleGroupBox)
    assert [box.isCollapsed() for box in boxes] == [stage.folded for stage in STAGES]
    assert {box.title() for box in boxes} == {translate(stage.title) for stage in STAGES}


def test_every_button_asks_for_its_own_dialog(desk):
    asked = []
    desk.dock.chosen.disconnect()
    desk.dock.chosen.connect(asked.append)
    for button in desk.dock.buttons.values():
        button.click()
    assert asked == list(desk.dock.buttons)


def test_results_become_the_next_steps_inputs(desk):
    desk.keep_results("loadplan", True, {"STANDS": "layer_1", "RANGERS": "layer_2"})
    given = desk.parameters("optimizegrids")
    assert given["STANDS"] == "layer_1"
    assert given["RANGERS"] == "layer_2"
    assert given["YEAR"] == desk.dock.year.value()


def test_a_failed_run_is_not_remembered(desk):
    desk.keep_results("loadplan", False, {"STANDS": "layer_1"})
    assert "STANDS" not in desk.parameters("optimizegrids")


def test_figures_of_the_last_run_are_shown(desk):
    results = {"N_GRIDS": 78, "MAX_DEVIATION_PERCENT": 9.876, "GAP_PERCENT": None, "GRIDS": "x"}
    desk.keep_results("optimizegrids", True, results)
    table = desk.dock.figures
    shown = [table.item(row, 1).text() for row in range(table.rowCount())]
    assert shown == ["78", "9.88", "—"]


def test_workspace_and_year_are_the_projects(desk, tmp_path):
    file = tmp_path / "县 工作区.gpkg"
    file.touch()
    project = QgsProject.instance()
    desk.dock.workspace.setFilePath(str(file))
    desk.dock.year.setValue(2031)
    scope = QgsExpressionContextUtils.projectScope(project)
    assert scope.variable(WORKSPACE) == str(file)
    assert int(scope.variable(YEAR)) == 2031
    QgsExpressionContextUtils.setProjectVariable(project, YEAR, 2027)
    desk.dock.read_project()
    assert desk.dock.year.value() == 2027


def test_a_workspace_that_is_not_there_is_not_kept(desk, tmp_path):
    desk.dock.workspace.setFilePath(str(tmp_path / "none.gpkg"))
    scope = QgsExpressionContextUtils.projectScope(QgsProject.instance())
    assert not scope.variable(WORKSPACE)


def test_removing_leaves_nothing(provider, iface):
    desk = Desk(iface)
    assert len(iface.menu.actions()) == 1
    desk.remove()
    assert iface.menu.actions() == []
    assert not desk.dock.isVisible()
    QgsProject.instance().clear()  # no slot of the removed dock may answer


def test_a_slot_that_fails_says_one_sentence(monkeypatch, iface):
    monkeypatch.setattr(guard.utils, "iface", iface)

    @guard.guarded
    def fails(error):
        raise error

    fails(InputError("Layer {layer} is empty.", layer="小班"))
    fails(ZeroDivisionError())
    said = [call.args[1] for call in iface.bar.pushWarning.call_args_list]
    assert said[0] == "Layer 小班 is empty."
    assert "log" in said[1] and "Traceback" not in said[1]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12345.678, "12,345.68"),
        (3.0, "3"),
        (0, "0"),
        (1000, "1,000"),
        (None, "—"),
        (float("nan"), "—"),
        (-0.5, "-0.5"),
    ],
)
def test_figures_are_written_as_people_write_them(value, text):
    assert readable(value) == text
